"""What pictures of things say of them: codes by their names, figures as text, contradictions with both sides."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import links
from aikg.graph.views.details import number_text, plain
from aikg.graph.views.words import words
from aikg.ontology.concepts import load_concepts
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Conflicts", "code_names", "conflicts_by_node", "figure_about", "figure_text", "linked", "rows_by_id"]

Conflicts = list[tuple[str, list[tuple[str, list[str]]]]]
"""Contradictions of a thing as `Chart.tell` takes them: what, and its values with their sources."""


def code_names(scheme: str, lang: str) -> dict[str, str]:
    """Names of the codes of a list in a language.

    >>> code_names("level", "zh")["provincial"]
    '省级'
    """
    return {one.name: one.en if lang == "en" else one.zh or one.name for one in load_concepts().code_list(scheme)}


def rows_by_id(graph: KnowledgeGraph, label: str) -> dict[str, dict[str, Any]]:
    """Nodes of a label by id, with null as None and lists as lists; empty where there are none.

    >>> rows_by_id(graph, "Park")["park:110000:中关村科学城"]["kind"]  # doctest: +SKIP
    'science_city'
    """
    frame = graph.nodes.get(label)
    if frame is None:
        return {}
    return {row["id"]: {str(key): plain(value) for key, value in row.items()} for row in frame.to_dict("records")}


def linked(
    graph: KnowledgeGraph, *types: str, subjects: Iterable[str] = (), objects: Iterable[str] = ()
) -> list[tuple[str, str, list[str]]]:
    """Relations of these types between these labels, each as (subject, object, sources), sorted; see `facts.links`.

    >>> linked(graph, "HOSTS", subjects=["Park"])[0][:2]  # doctest: +SKIP
    ('park:310000:上海张江科学城', 'institution:上海张江科学城科研数据共享平台')
    """
    found = links(graph, *types, subjects=subjects, objects=objects)
    rows = zip(found["subject"], found["object"], found["sources"], strict=True)
    return sorted((str(one), str(other), [str(entry) for entry in said]) for one, other, said in rows)


def conflicts_by_node(graph: KnowledgeGraph, lang: str) -> dict[str, Conflicts]:
    """Contradictions that the graph records of each node, in the order of their ids.

    >>> conflicts_by_node(graph, "zh")["scenario:手术机器人"][0][0]  # doctest: +SKIP
    '成熟度（可解释）；采用 新兴'
    """
    frame = graph.edges.get("HAS_CONFLICT")
    if frame is None:
        return {}
    text, severity = words(lang), code_names("severity", lang)
    known = {
        name: item.label[lang]
        for label in load_schema().labels
        for name, item in load_schema().node_columns(label).items()
    }
    nodes = rows_by_id(graph, "Conflict")
    found: dict[str, Conflicts] = defaultdict(list)
    for subject, target in sorted(zip(frame["subject"], frame["object"], strict=True)):
        row = nodes.get(target)
        if row is None:
            continue
        name = row.get("property") or ""
        about = [severity.get(row.get("severity") or "", row.get("severity")), row.get("period")]
        inside = text["semicolon"].join(str(part) for part in about if part)
        what = known.get(name, name) + (f"{text['open']}{inside}{text['shut']}" if inside else "")
        if row.get("chosen") is not None:
            what += f"{text['semicolon']}{text['chosen']} {row['chosen']}"
        places = row.get("value_sources") or []
        values = [
            (str(value), [part for part in places[at].split(", ") if part] if at < len(places) else [])
            for at, value in enumerate(row.get("values") or [])
        ]
        found[subject].append((what, values))
    return dict(found)


def figure_text(row: Mapping[str, Any], lang: str) -> str | None:
    """The value of an Observation as people write it, with unit, over or about; None where none is recorded.

    >>> figure_text({"value": 1200.0, "unit": "亿元", "qualifier": ["over"]}, "zh")
    '超过 1,200 亿元'
    """
    if row.get("value") is None:
        return str(row["value_text"]) if row.get("value_text") else None
    value = number_text(row["value"])
    if row.get("value_max") is not None:
        value += f"–{number_text(row['value_max'])}"
    unit = str(row.get("unit") or "")
    # 22% is written together, 120 人 is not.
    value += unit if not unit or unit.startswith("%") else f" {unit}"
    before = [code_names("qualifier", lang)[q] for q in row.get("qualifier") or [] if q in ("over", "under", "approx")]
    return " ".join([*before, value])


def figure_about(row: Mapping[str, Any], lang: str) -> str:
    """When, of what, and whether planned, forecast, a target or a peak: what stands small behind a figure."""
    named = code_names("qualifier", lang)
    marks = [named[q] for q in row.get("qualifier") or [] if q in ("forecast", "planned", "target", "peak")]
    return " · ".join(str(part) for part in (row.get("period"), row.get("scope"), *marks) if part)
