"""Where values come from and where they disagree: tables over the frames, for people who must defend a number."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema
from aikg.ontology.values import as_text, is_null

__all__ = ["CONFLICT_COLUMNS", "WHY_COLUMNS", "conflicts", "find_node", "sources", "why"]

CONFLICT_COLUMNS = [
    "kind", "severity", "subject", "subject_id", "property", "period",
    "value_a", "source_a", "value_b", "source_b", "chosen",
]  # fmt: skip
WHY_COLUMNS = [
    "id", "name", "property", "value", "raw", "shown", "source", "as_of", "method", "confidence",
]  # fmt: skip
_SEVERITY = ("hard", "soft", "alias")
_INCOMING = {"HAS_EVENT", "OBSERVED", "HAS_CONFLICT"}


def conflicts(graph: KnowledgeGraph, *, kinds: Iterable[str] = (), severities: Iterable[str] = ()) -> pd.DataFrame:
    """Contradictions, hard ones first: one row per pair of values, as written, a dash as —.

    Columns: `CONFLICT_COLUMNS`. Sources are entries of `sources`, several joined by ``, ``. `attrs["kinds"]` counts
    contradictions, not pairs, by kind. `kinds` and `severities` limit them; empty means all.
    """
    wanted_kinds, wanted_severities = set(kinds), set(severities)
    counts: Counter[str] = Counter()
    names = _names(graph)
    subjects = dict(_rows(graph, "edges", "HAS_CONFLICT", "object", "subject"))
    found: list[dict[str, Any]] = []
    frame = graph.nodes.get("Conflict")
    for row in [] if frame is None else frame.to_dict("records"):
        if (wanted_kinds and row["kind"] not in wanted_kinds) or (
            wanted_severities and row["severity"] not in wanted_severities
        ):
            continue
        counts[row["kind"]] += 1
        subject = subjects.get(row["id"], "")
        stated = list(zip(row["values"], row["value_sources"], strict=True))
        for (value_a, source_a), (value_b, source_b) in combinations(stated, 2):
            found.append(
                {
                    "kind": row["kind"],
                    "severity": row["severity"],
                    "subject": names.get(subject, subject),
                    "subject_id": subject,
                    "property": row["property"],
                    "period": _none(row["period"]),
                    "value_a": value_a,
                    "source_a": source_a,
                    "value_b": value_b,
                    "source_b": source_b,
                    "chosen": _none(row["chosen"]),
                }
            )
    found.sort(key=lambda r: (_rank(r["severity"]), r["subject_id"], r["property"], r["value_a"], r["value_b"]))
    made = pd.DataFrame(found, columns=CONFLICT_COLUMNS)
    made.attrs["kinds"] = dict(sorted(counts.items()))
    return made


def why(graph: KnowledgeGraph, id_or_name: str, property: str | None = None) -> pd.DataFrame:  # noqa: A002 - the user's word
    """Every statement behind one node: its values and its relations, each with source and line.

    `property` limits the answer to one property or relation type. `shown` says whether this is the value that
    the node shows; of contradicting relations, the one that the written rule prefers.
    Raises GraphError for an unknown node (with near names) or property.
    """
    id_ = find_node(graph, id_or_name)
    label = next(label for label, frame in graph.nodes.items() if (frame["id"] == id_).any())
    schema = load_schema()
    property = _property_name(property, label) if property is not None else None  # noqa: A001 - the user's word
    node = graph.nodes[label].loc[graph.nodes[label]["id"] == id_].to_dict("records")[0]
    if property is not None and property not in schema.node_columns(label) and property not in schema.relations:
        known = [*schema.labels[label].properties, *schema.relations]
        raise GraphError(
            say(
                f"{label} has no property or relation '{property}'; known are {', '.join(known)}",
                f"{label} 没有“{property}”这个属性或关系；可用的有 {'、'.join(known)}",
            )
        )
    said = graph.statements[graph.statements["id"] == id_]
    rows = [_statement(row, node) for row in said.to_dict("records")]
    rows += _relations(graph, id_)
    if property is not None:
        rows = [row for row in rows if row["property"] == property]
    return pd.DataFrame(rows, columns=WHY_COLUMNS)


def _property_name(word: str, label: str) -> str:
    """The column or relation type that a word means: its name, or its Chinese or English label (成立日期 → founded)."""
    schema = load_schema()
    labels = {name: relation.label for name, relation in schema.relations.items()}
    labels |= {name: column.label for name, column in schema.node_columns(label).items()}
    return next((name for name, texts in labels.items() if word in (name, *texts.values())), word)


def _statement(row: Mapping[Any, Any], node: Mapping[Any, Any]) -> dict[str, Any]:
    source = _none(row["source"])
    value = _none(row["value"])
    return {
        "id": row["id"],
        "name": node["name"],
        "property": row["property"],
        "value": value,
        "raw": _none(row["raw"]),
        "shown": value is not None and value == as_text(node.get(row["property"])),
        "source": f"{source}#{row['locator']}" if source else row["locator"],
        "as_of": _none(row["as_of"]),
        "method": row["method"],
        "confidence": row["confidence"],
    }


def _relations(graph: KnowledgeGraph, id_: str) -> list[dict[str, Any]]:
    names = _names(graph)
    # A contradiction of which no side was chosen leaves both shown.
    told = [row for row in conflicts(graph).to_dict("records") if row["subject_id"] == id_]
    chosen = {row["property"]: row["chosen"] for row in told if not is_null(row["chosen"])}
    published = {id_: _none(date) for id_, date in _rows(graph, "nodes", "Source", "id", "published")}
    rows: list[dict[str, Any]] = []
    for kind, frame in graph.edges.items():
        if kind == "STATED_IN":
            continue
        for end, other in (("subject", "object"), ("object", "subject")):
            for row in frame[frame[end] == id_].to_dict("records"):
                if end == "object" and kind in _INCOMING:
                    continue
                arrow = "" if end == "subject" else "← "
                relation = {
                    "id": id_,
                    "name": names.get(id_, id_),
                    "property": kind,
                    "value": f"{arrow}{names.get(row[other], row[other])}",
                    "raw": None,
                    "shown": end == "object" or chosen.get(kind, names.get(row[other])) == names.get(row[other]),
                    "as_of": _none(row["as_of"]),
                    "method": row["method"],
                    "confidence": row["confidence"],
                }
                # Each document speaks as of its own date; the edge holds the latest of them.
                for entry in list(row["sources"]) or ["GB/T 2260"]:
                    as_of = published.get(entry.partition("#")[0], relation["as_of"])
                    rows.append({**relation, "source": entry, "as_of": as_of})
    return rows


def sources(graph: KnowledgeGraph) -> pd.DataFrame:
    """The documents a graph was made of, with how much rests on each.

    Columns: id, name, publisher, published, retrieved, licence, url, sha256, nodes, relations, statements.
    """
    columns = ["id", "name", "publisher", "published", "retrieved", "licence", "url", "sha256"]
    frame = graph.nodes.get("Source")
    if frame is None:
        return pd.DataFrame(columns=[*columns, "nodes", "relations", "statements"])
    made = frame[columns].copy()
    stated = graph.edges.get("STATED_IN")
    made["nodes"] = [0 if stated is None else int((stated["object"] == id_).sum()) for id_ in made["id"]]
    cited: dict[str, int] = dict.fromkeys(made["id"], 0)
    for kind, edges in graph.edges.items():
        if kind == "STATED_IN":
            continue
        for entries in edges["sources"]:
            for source in {entry.partition("#")[0] for entry in entries}:
                if source in cited:
                    cited[source] += 1
    made["relations"] = [cited[id_] for id_ in made["id"]]
    counts = graph.statements["source"].value_counts()
    made["statements"] = [int(counts.get(id_, 0)) for id_ in made["id"]]
    return made


def find_node(graph: KnowledgeGraph, id_or_name: str) -> str:
    """The id of a node given by id, name or alias. Raises GraphError when none or several fit."""
    hits: dict[str, str] = {}
    for label, frame in graph.nodes.items():
        if (frame["id"] == id_or_name).any():
            return id_or_name
        if label in ("Observation", "Conflict", "Assessment"):
            continue
        for row in frame[["id", "name", "aliases"]].to_dict("records"):
            if row["name"] == id_or_name or id_or_name in list(row["aliases"]):
                hits[row["id"]] = label
    if len(hits) == 1:
        return next(iter(hits))
    if hits:
        raise GraphError(
            say(
                f"'{id_or_name}' names {len(hits)} nodes; give one of the ids {', '.join(sorted(hits))}",
                f"“{id_or_name}”对应 {len(hits)} 个节点；请给出其中一个编号：{'、'.join(sorted(hits))}",
            )
        )
    near = difflib.get_close_matches(id_or_name, _names(graph).values(), n=3, cutoff=0.6)
    hint = say(f"; did you mean {', '.join(near)}?", f"；是不是 {'、'.join(near)}？") if near else ""
    raise GraphError(
        say(f"no node with the id or name '{id_or_name}'{hint}", f"没有编号或名称为“{id_or_name}”的节点{hint}")
    )


def _names(graph: KnowledgeGraph) -> dict[str, str]:
    return {id_: name for label in graph.nodes for id_, name in _rows(graph, "nodes", label, "id", "name")}


def _rows(graph: KnowledgeGraph, kind: str, name: str, *columns: str) -> list[tuple[Any, ...]]:
    frame = (graph.nodes if kind == "nodes" else graph.edges).get(name)
    return [] if frame is None else list(zip(*(frame[c] for c in columns), strict=True))


def _rank(severity: str) -> int:
    """Hard first; a word that no list of ours holds (a graph of the user's own) last."""
    return _SEVERITY.index(severity) if severity in _SEVERITY else len(_SEVERITY)


def _none(value: Any) -> Any:
    return None if is_null(value) else value
