"""Makes the records of the shipped data set from the source documents: for maintainers, who have them.

    python -m aikg.loaders.make_data_set ../shared/documents/*.txt

Tables are read by their mappings; what the sentences say comes from the reviewed record files in `loaders/curated`.

The result is reviewed like any change: `git diff loaders/dataset`. A test makes it again and compares.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from aikg.loaders.curated import read_curated
from aikg.loaders.load import load_files
from aikg.loaders.records import Records
from aikg.ontology.errors import AikgError, SourceError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

__all__ = ["CURATED", "make_data_set"]

CURATED = Path(__file__).resolve().parent / "curated"


def make_data_set(documents: list[Path], folder: Path, curated: Path = CURATED) -> Records:
    """Write the records of `documents` to `folder`, replacing what is there.

    A table that is not understood and a reviewed row that does not fit the ontology are errors.
    """
    records, _ = load_files(documents, strict=True, prose=False)
    reviewed = read_curated(curated, records)
    if reviewed.problems:
        said = [problem.said for problem in reviewed.problems]
        raise SourceError(say("\n".join(s.en for s in said), "\n".join(s.zh for s in said)))
    records.extend(reviewed.records)
    if folder.exists():
        shutil.rmtree(folder)
    records.write_csv(folder, load_schema())
    return records


if __name__ == "__main__":
    try:
        made = make_data_set([Path(a) for a in sys.argv[1:]], Path(__file__).resolve().parent / "dataset")
    except AikgError as error:
        sys.exit(f"make_data_set: {error}")
    sys.stderr.write(f"{len(made)} records\n")
