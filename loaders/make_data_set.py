"""Makes the records of the shipped data set from the source documents: for maintainers, who have them.

    python -m aikg.loaders.make_data_set ../shared/documents/003_*.txt

The result is reviewed like any change: `git diff loaders/dataset`. A test makes it again and compares.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from aikg.loaders.load import load_files
from aikg.loaders.records import Records
from aikg.ontology.errors import AikgError
from aikg.ontology.schema import load_schema

__all__ = ["make_data_set"]


def make_data_set(documents: list[Path], folder: Path) -> Records:
    """Write the records of `documents` to `folder`, replacing what is there. A table that is not understood is an error."""
    records, _ = load_files(documents, strict=True)
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
