"""A graph without a source, or of some sources only: what would we know, had this document not been read?

What cites other sources too stays and cites these; what cites nothing else goes, and so do relations with an end that
went. A node's values are chosen anew from the statements that stay (rule: `ontology/ranking.py`). A contradiction stays
while two of its sides do. What no document states (the ancestors of places, from the code table) stays.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import pyarrow as pa

from aikg.graph.knowledge_graph import STATEMENT_COLUMNS, KnowledgeGraph, arrow_schema, typed_frame
from aikg.graph.source_filter import caption_of, filter_of, matches
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.ranking import rank, refines
from aikg.ontology.schema import Property, load_schema
from aikg.ontology.values import is_null

__all__ = ["only", "source_filters", "without"]

Keep = Callable[[str], bool]
_BESIDE = ("STATED_IN", "HAS_CONFLICT", "SAME_AS_CANDIDATE")
"""Relations that hold no thing in the graph: a node that only these reach was named by what went."""


def without(graph: KnowledgeGraph, sources: Iterable[str]) -> KnowledgeGraph:
    """The graph had these sources not been read: documents (title or id), tables (图表31) or both (《…》图表3).

    Raises QueryError for what is no source of the graph.

    >>> without(graph, ["图表31"]).edges["HAS_EVENT"]  # doctest: +SKIP
    """
    filters = source_filters(graph, sources)
    return _subset(graph, lambda citation: not matches(citation, filters))


def only(graph: KnowledgeGraph, sources: Iterable[str]) -> KnowledgeGraph:
    """The graph that these sources alone would have made; arguments and errors as for `without`."""
    filters = source_filters(graph, sources)
    return _subset(graph, lambda citation: matches(citation, filters))


def source_filters(graph: KnowledgeGraph, sources: Iterable[str]) -> list[list[str]]:
    """What citations of these sources hold (`source_filter`). QueryError for what is no source of the graph."""
    frame = graph.nodes.get("Source")
    documents = [] if frame is None else list(zip(frame["id"], frame["name"], strict=True))
    found = []
    for text in [sources] if isinstance(sources, str) else sources:
        pieces = filter_of(text, documents)
        if pieces is None or not _cited(graph, pieces):
            pieces = [caption_of(text)]
        if not _cited(graph, pieces):
            titles = [name for _, name in documents]
            near = difflib.get_close_matches(text, titles, n=3, cutoff=0.4) or titles[:5]
            raise QueryError(
                say(
                    f"source '{text}' is no table (图表3) and no document that this graph cites; its documents are {', '.join(near)}",
                    f"来源“{text}”既不是本图引用的图表（如图表3），也不是本图的文件；文件有 {'、'.join(near)}",
                )
            )
        found.append(pieces)
    return found


def _cited(graph: KnowledgeGraph, pieces: list[str]) -> bool:
    frames = [*graph.nodes.values(), *graph.edges.values()]
    return any(matches(entry, [pieces]) for frame in frames for cell in frame["sources"] for entry in _entries(cell))


def _entries(cell: Any) -> list[str]:
    return [] if is_null(cell) else list(cell)


def _subset(graph: KnowledgeGraph, keep: Keep) -> KnowledgeGraph:
    schema = load_schema()
    documents = {entry.partition("#")[0] for cell in _all_sources(graph) for entry in cell if keep(entry)}
    edges = {name: _cut(frame, keep) for name, frame in graph.edges.items()}
    reached = _reached(graph, edges, keep)
    nodes: dict[str, list[dict[str, Any]]] = {}
    for label, frame in graph.nodes.items():
        rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
        if label == "Source":
            nodes[label] = [row for row in rows if row["id"] in documents]
        elif label == "Conflict":
            nodes[label] = [kept for row in rows if (kept := _conflict(row, keep)) is not None]
        else:
            nodes[label] = [kept for row in rows if (kept := _kept(row, keep, reached)) is not None]
    stated = [{str(name): value for name, value in row.items()} for row in graph.statements.to_dict("records")]
    statements = [row for row in stated if _stated(row, keep)]
    gone = len(statements) < len(graph.statements)
    if gone:
        _choose_anew(graph, nodes, statements)
    held = {row["id"] for rows in nodes.values() for row in rows}
    whole = {k: [row for row in rows if row["subject"] in held and row["object"] in held] for k, rows in edges.items()}
    return KnowledgeGraph(
        nodes={k: typed_frame(rows, arrow_schema(schema.node_columns(k))) for k, rows in nodes.items() if rows},
        edges={k: typed_frame(rows, arrow_schema(schema.edge_columns(k))) for k, rows in whole.items() if rows},
        statements=typed_frame([row for row in statements if row["id"] in held], pa.schema(STATEMENT_COLUMNS.items())),
        manifest={},
    )


def _all_sources(graph: KnowledgeGraph) -> Iterable[list[str]]:
    for frame in (*graph.nodes.values(), *graph.edges.values()):
        for cell in frame["sources"]:
            yield _entries(cell)


def _cut(frame: pd.DataFrame, keep: Keep) -> list[dict[str, Any]]:
    """Relations that a kept source states, or none does (code table), citing what stays."""
    found = []
    for row in frame.to_dict("records"):
        cited = _entries(row["sources"])
        kept = [entry for entry in cited if keep(entry)]
        if kept or not cited or row["method"] == "code_table":
            found.append({**_plain(row), "sources": kept})
    return found


def _reached(graph: KnowledgeGraph, edges: dict[str, list[dict[str, Any]]], keep: Keep) -> set[str]:
    """What is stated itself, what stands in a stated relation, and the ancestors that the code table gives to these."""
    reached = {
        id_
        for frame in graph.nodes.values()
        for id_, cell in zip(frame["id"], frame["sources"], strict=True)
        if any(map(keep, _entries(cell)))
    }
    up: dict[str, list[str]] = defaultdict(list)
    for name, rows in edges.items():
        for row in rows if name not in _BESIDE else ():
            if row["sources"]:
                reached |= {row["subject"], row["object"]}
            else:
                up[row["subject"]].append(row["object"])
    waiting = list(reached)
    while waiting:
        for ancestor in up.get(waiting.pop(), ()):
            if ancestor not in reached:
                reached.add(ancestor)
                waiting.append(ancestor)
    return reached


def _kept(row: dict[str, Any], keep: Keep, reached: set[str]) -> dict[str, Any] | None:
    if row["id"] not in reached:
        return None
    return {**_plain(row), "sources": [entry for entry in _entries(row["sources"]) if keep(entry)]}


def _conflict(row: dict[str, Any], keep: Keep) -> dict[str, Any] | None:
    """A contradiction between what stays; None where fewer than two sides do (one figure told of two years is one as well)."""
    sides = []
    for value, said in zip(row["values"], row["value_sources"], strict=True):
        left = [entry for entry in str(said).split(", ") if keep(entry)]
        if left:
            sides.append((value, ", ".join(left)))
    if len(sides) < 2:
        return None
    values = [value for value, _ in sides]
    chosen = row["chosen"] if row["chosen"] in values else None
    sources = [entry for entry in _entries(row["sources"]) if keep(entry)]
    said = [entries for _, entries in sides]
    return {**_plain(row), "values": values, "value_sources": said, "chosen": chosen, "sources": sources}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): None if is_null(value) else value for name, value in row.items()}


def _stated(row: dict[Any, Any], keep: Keep) -> bool:
    return is_null(row["source"]) or keep(f"{row['source']}#{row['locator']}")


def _choose_anew(
    graph: KnowledgeGraph, nodes: dict[str, list[dict[str, Any]]], statements: list[dict[str, Any]]
) -> None:
    """Set every value that statements tell of to the one they now tell, or to unknown."""
    order = {entry.get("source"): at for at, entry in enumerate(graph.manifest.get("inputs", ()))}
    told: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in statements:
        told[row["id"], row["property"]].append(row)
    before = set(zip(graph.statements["id"], graph.statements["property"], strict=True))
    for label, rows in nodes.items():
        columns = load_schema().node_columns(label)
        for row in rows:
            for name, column in columns.items():
                if name in ("name", "aliases", "sources") or (row["id"], name) not in before:
                    continue
                row[name] = _winner(told.get((row["id"], name), []), column, order)
            for name, column in columns.items():
                if column.derived_from and (row["id"], column.derived_from) in before:
                    date = row.get(column.derived_from)
                    row[name] = int(str(date)[:4]) if date else None


def _winner(said: list[dict[str, Any]], column: Property, order: dict[Any, int]) -> Any:
    def key(row: dict[Any, Any]) -> tuple[Any, ...]:
        as_of, line = (None if is_null(row[name]) else row[name] for name in ("as_of", "line"))
        return rank(as_of, row["confidence"], order.get(row["source"], len(order)), line, row["locator"])

    stated = sorted((row for row in said if not is_null(row["value"])), key=key)
    if not stated:
        return None
    best = stated[0]["value"]
    for row in stated[1:]:
        if refines(row["value"], best):
            best = row["value"]
    return _typed(best, column.datatype)


def _typed(text: str, datatype: str) -> Any:
    """A value of a statement, which is text, as its property has it."""
    if datatype == "integer":
        return int(float(text))
    if datatype == "number":
        return float(text)
    if datatype == "boolean":
        return text == "true"
    return text.split("|") if datatype == "text_list" else text
