"""Files for Neo4j's offline import, which is an order of magnitude faster than Bolt for millions of rows.

`neo4j-admin database import full` reads CSV files into a database that nobody uses: the server is stopped, or the
database is new. Constraints are created afterwards, over Bolt.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from aikg.graph.stores.neo4j_load import schema_statements
from aikg.graph.stores.rows import arrow_table, edge_groups, label_by_id
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say, why_not

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["ImportFiles", "write_import_files"]

# Sources hold ";", names may hold anything that is printed: the separator of list entries is a control character.
_SEPARATOR = "\x1f"
_SUFFIXES = ((pa.types.is_integer, ":long"), (pa.types.is_floating, ":double"), (pa.types.is_boolean, ":boolean"))


@dataclass(frozen=True)
class ImportFiles:
    """What was written: the folder, the arguments for `neo4j-admin`, and the statements to run afterwards."""

    directory: Path
    arguments: tuple[str, ...]
    statements: tuple[str, ...]

    def command(self, program: str = "neo4j-admin") -> str:
        """The command as one line for a shell, run from within the directory.

        >>> files.command()  # doctest: +SKIP
        "neo4j-admin database import full neo4j --nodes=Company=nodes/Company.csv … --array-delimiter=U+001F"
        """
        return shlex.join([program, *self.arguments])


def write_import_files(graph: KnowledgeGraph, directory: str | Path, database: str = "neo4j") -> ImportFiles:
    """Write a CSV file for every label and relation type, ``import.sh`` and ``constraints.cypher``.

    A null is an empty cell and gives no property. An empty list cannot be told from it in these files: such a
    property is absent after the import, where loading over Bolt stores the empty list. Raises GraphError when the
    directory is not empty, cannot be written, or an edge ends at no node.

    >>> print(write_import_files(graph, "import").command())  # doctest: +SKIP
    """
    directory = Path(directory)
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise GraphError(
            say(f"{directory}: is not an empty folder; give another one", f"{directory}：不是空文件夹；请换一个文件夹")
        )
    labels = label_by_id(graph)
    groups = list(edge_groups(graph, labels))
    arguments = ["database", "import", "full", database, f"--array-delimiter=U+{ord(_SEPARATOR):04X}"]
    arguments += ["--multiline-fields=true", "--overwrite-destination=true"]
    try:
        for kind in ("nodes", "relationships"):
            (directory / kind).mkdir(parents=True)
        for label, frame in sorted(graph.nodes.items()):
            _write(directory / "nodes" / f"{label}.csv", arrow_table(frame), {"id": "id:ID"})
            arguments.append(f"--nodes={label}=nodes/{label}.csv")
        ends = {"subject": ":START_ID", "object": ":END_ID"}
        for name in sorted({group.type for group in groups}):
            table = pa.concat_tables([group.table for group in groups if group.type == name])
            _write(directory / "relationships" / f"{name}.csv", table, ends)
            arguments.append(f"--relationships={name}=relationships/{name}.csv")
        files = ImportFiles(directory, tuple(arguments), tuple(schema_statements()))
        _text(directory / "constraints.cypher", [f"{statement};" for statement in files.statements])
        script = directory / "import.sh"
        lines = ["#!/bin/sh", "# Stop the server first; run constraints.cypher when it is up again."]
        lines += ['cd "$(dirname "$0")" || exit 1', "${NEO4J_ADMIN:-neo4j-admin} " + shlex.join(arguments)]
        _text(script, lines)
        script.chmod(0o755)
    except OSError as error:
        raise GraphError(
            say(f"{directory}: cannot be written ({why_not(error)})", f"{directory}：写不进去（{why_not(error)}）")
        ) from error
    return files


def _write(path: Path, table: pa.Table, names: dict[str, str]) -> None:
    header = [names.get(field.name) or field.name + _suffix(field.type) for field in table.schema]
    columns = [_joined(c) if pa.types.is_list(c.type) else c for c in table.combine_chunks().columns]
    with path.open("wb") as file:
        file.write((",".join(header) + "\n").encode("utf-8"))
        # Arrow quotes every text and leaves null bare, so that an empty text is told from null.
        made = pa.Table.from_arrays(columns, names=[field.name for field in table.schema])
        pa.csv.write_csv(made, file, pa.csv.WriteOptions(include_header=False))


def _joined(column: pa.ChunkedArray) -> pa.ChunkedArray:
    joined = pc.binary_join(column, _SEPARATOR)
    return pc.if_else(pc.equal(pc.list_value_length(column), 0), pa.scalar(None, pa.string()), joined)


def _suffix(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return ":string[]"
    return next((suffix for fits, suffix in _SUFFIXES if fits(kind)), "")


def _text(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
