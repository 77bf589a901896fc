"""KGX exchange format: nodes.tsv and edges.tsv, the form that other tools and quality checks read.

UTF-8, tab-separated, no quoting; multi-values joined by ``|``; tabs, line ends and ``|`` inside a value become a
blank. `category` is the bare label, `predicate` the relation type.

An id stays the id of one thing: what may not stand in it is percent-encoded (``%7C`` for ``|``), and so is a percent sign
that could be read as such a code (``%25``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say, why_not
from aikg.ontology.values import as_text

__all__ = ["kgx_id", "write_kgx"]

_IDS = frozenset({"id", "subject", "object"})
_ENCODED = re.compile(r"%(?=[0-9A-F]{2})")
_NOT_IN_TSV = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029|]+")


def write_kgx(graph: KnowledgeGraph, directory: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Write both files, rows sorted by id. Raises GraphError when the directory cannot be written.

    >>> write_kgx(graph, "export")  # doctest: +SKIP
    (PosixPath('export/nodes.tsv'), PosixPath('export/edges.tsv'))
    """
    folder = Path(directory)
    nodes = {label: frame.assign(category=label) for label, frame in graph.nodes.items()}
    edges = {kind: frame.assign(predicate=kind) for kind, frame in graph.edges.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / "nodes.tsv", ["id", "category", "name", "aliases"], nodes)
        _write(folder / "edges.tsv", ["id", "subject", "predicate", "object"], edges)
    except OSError as error:
        raise GraphError(
            say(f"{folder}: cannot be written ({why_not(error)})", f"{folder}：写不进去（{why_not(error)}）")
        ) from error
    return folder / "nodes.tsv", folder / "edges.tsv"


def _write(path: Path, first: list[str], frames: Mapping[str, pd.DataFrame]) -> None:
    own = {column for frame in frames.values() for column in frame.columns} - {*first, "sources"}
    columns = [*first, *sorted(own), "sources"]
    rows: list[tuple[str, str]] = []
    for frame in frames.values():
        listed = frame.to_dict("records")
        rows.extend((str(row["id"]), "\t".join(_cell(row.get(column), column) for column in columns)) for row in listed)
    partial = path.with_name(f".{path.name}.part")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(columns) + "\n")
        file.writelines(f"{line}\n" for _, line in sorted(rows))
    partial.replace(path)


def _cell(value: Any, column: str) -> str:
    if column in _IDS:
        return kgx_id(str(value))
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        return "|".join(_NOT_IN_TSV.sub(" ", str(v)) for v in value)
    return _NOT_IN_TSV.sub(" ", as_text(value) or "")


def kgx_id(node_id: str) -> str:
    """An id as it stands in the files; different ids stay different.

    >>> kgx_id("company:甲|乙"), kgx_id("company:甲 乙"), kgx_id("company:甲%7C乙")
    ('company:甲%7C乙', 'company:甲 乙', 'company:甲%257C乙')
    """
    text = _ENCODED.sub("%25", node_id)
    return _NOT_IN_TSV.sub(lambda match: quote(match[0], safe=""), text)
