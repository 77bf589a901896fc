"""What a user writes for a place, a segment, a company … and the node that is meant."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

from aikg.ontology.errors import QueryError, SchemaError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PLACES", "find", "find_place"]

PLACES = ("Country", "Region", "Province", "City", "District")


def find(graph: KnowledgeGraph, text: str, *labels: str) -> tuple[str, str]:
    """Id and name of the node that `text` names: by id, else by name, else by alias, else as the ontology calls it.

    Raises QueryError, with near names, where no node of these labels is called so, or several are.

    >>> find(graph, "深圳", "City")  # doctest: +SKIP
    ('city:440300', '深圳市')
    """
    written = str(text).strip()
    wanted = {written, unicodedata.normalize("NFKC", written), written.strip("《》“”\"' ")}
    for found in (
        _by(graph, labels, wanted, "id"),
        _by(graph, labels, wanted, "name"),
        _by_alias(graph, labels, wanted),
    ):
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(node_id for node_id, _ in found[:5])
            raise QueryError(
                say(
                    f"'{written}' is {len(found)} things: {listed}; give one of these ids",
                    f"“{written}”对应 {len(found)} 个对象：{listed}；请给出其中一个编号",
                )
            )
    known = _in_ontology(labels, written)
    if known is not None:
        found = _by(graph, labels, {known}, "id")
        if found:
            return found[0]
    raise QueryError(_unknown(graph, labels, written))


def find_place(graph: KnowledgeGraph, text: str) -> tuple[str, str]:
    """A country, region, province, city or district; the higher level where one name means two (北京 is a city)."""
    for level in ("City", "Province", "Region", "Country", "District"):
        try:
            return find(graph, text, level)
        except QueryError:
            continue
    return find(graph, text, *PLACES)


def _by(graph: KnowledgeGraph, labels: tuple[str, ...], wanted: set[str], column: str) -> list[tuple[str, str]]:
    found = []
    for label in labels or tuple(graph.nodes):
        frame = graph.nodes.get(label)
        if frame is not None:
            fit = frame[frame[column].isin(list(wanted))]
            found += list(zip(fit["id"].astype(str), fit["name"].astype(str), strict=True))
    return sorted(found)


def _by_alias(graph: KnowledgeGraph, labels: tuple[str, ...], wanted: set[str]) -> list[tuple[str, str]]:
    found = []
    for label in labels or tuple(graph.nodes):
        frame = graph.nodes.get(label)
        if frame is not None:
            for node_id, name, aliases in zip(frame["id"], frame["name"], frame["aliases"], strict=True):
                if aliases is not None and not wanted.isdisjoint(aliases):
                    found.append((str(node_id), str(name)))
    return sorted(found)


def _in_ontology(labels: tuple[str, ...], text: str) -> str | None:
    for label in labels:
        if label in PLACES:
            from aikg.ontology.places import load_places

            try:
                place = load_places().resolve(text, level=label.lower()).place
            except SchemaError:  # a code that the table does not have
                continue
            if place is not None:
                return place.id
    if set(labels) - set(PLACES):
        from aikg.ontology.concepts import load_concepts

        concept = load_concepts().get(text) or load_concepts().find(text)
        if concept is not None and concept.label in labels:
            return concept.id
    return None


def _unknown(graph: KnowledgeGraph, labels: tuple[str, ...], text: str) -> str:
    names = sorted(
        {str(n) for label in labels or tuple(graph.nodes) if label in graph.nodes for n in graph.nodes[label]["name"]}
    )
    near = (
        difflib.get_close_matches(text, names, n=3, cutoff=0.5) or [name for name in names if text and text in name][:3]
    )
    what = say(
        f"no {' or '.join(labels) or 'node'} of this graph is called '{text}'",
        f"本图没有名为“{text}”的{'、'.join(labels) or '节点'}",
    )
    if near:
        return say(f"{what}; did you mean {', '.join(near)}?", f"{what}；是不是 {'、'.join(near)}？")
    listed = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
    return say(f"{what}; it holds {listed}", f"{what}；图里有 {listed}") if names else what
