"""Entries of `sources` as people cite them: 《2023人工智能发展白皮书》图表3，第178行."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Citation", "cite", "parse_source", "titles"]

_ENTRY = re.compile(r"(?P<source>src:[0-9a-f]{12})(?:#L(?P<line>\d+)(?:;(?P<parts>.*))?)?")
_FIGURE = re.compile(r"[图表]+\s*\d")


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of one entry of `sources`."""

    source: str
    line: int | None
    table: str | None
    column: str | None


def parse_source(entry: str) -> Citation | None:
    """``src:a76a81ffa34b#L178;图表3;企业简称`` in its parts, or None when it is no such entry.

    >>> parse_source("src:a76a81ffa34b#L178;图表3;企业简称").line
    178
    """
    match = _ENTRY.fullmatch(entry.strip())
    if match is None:
        return None
    parts = (match["parts"] or "").split(";")
    line = int(match["line"]) if match["line"] else None
    return Citation(match["source"], line, parts[0] or None, parts[1] if len(parts) > 1 else None)


def titles(graph: KnowledgeGraph) -> dict[str, str]:
    """Source id → title of the document."""
    frame = graph.nodes.get("Source")
    return {} if frame is None else dict(zip(frame["id"], frame["name"], strict=True))


def cite(entry: str, titles: Mapping[str, str], lang: str = "zh") -> str:
    """One entry as a citation; what cannot be parsed comes back as it is.

    >>> cite("src:a76a81ffa34b#L178;图表3;企业简称", {"src:a76a81ffa34b": "2023人工智能发展白皮书"})
    '《2023人工智能发展白皮书》图表3，第178行'
    """
    found = parse_source(entry)
    if found is None:
        return entry
    title = titles.get(found.source, found.source)
    table = found.table or ""
    if lang == "en":
        parts = [f"“{title}”", table, f"line {found.line}" if found.line else ""]
        return ", ".join(part for part in parts if part)
    line = f"第{found.line}行" if found.line else ""
    if table and not _FIGURE.match(table):
        table = f"“{table}”"
    return f"《{title}》{table}" + (f"，{line}" if line and table else line)
