"""Relations of which there should be one: two headquarters, a firm in two cities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from aikg.loaders.contradictions.contradiction import Contradiction
from aikg.loaders.statements import line_of
from aikg.ontology.places import Places
from aikg.ontology.ranking import later_first
from aikg.ontology.schema import Schema

__all__ = ["of_homes", "of_relations"]


def of_relations(
    edges: Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]],
    nodes: Mapping[str, tuple[str, Mapping[str, Any]]],
    schema: Schema,
    places: Places,
) -> Iterator[Contradiction]:
    """A functional relation (one headquarters) with two targets of which neither lies in the other."""
    for kind, relation in schema.relations.items():
        if not relation.functional:
            continue
        name, _, value = relation.functional.partition("=")
        groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for edge in edges.get(kind, {}).values():
            if edge.get(name) == value:
                groups[edge["subject"]].append(edge)
        for subject, homes in sorted(groups.items()):
            apart = [e for e in homes if not any(_inside(o["object"], e["object"], places) for o in homes)]
            if len(apart) < 2:
                continue
            chosen = min(apart, key=lambda e: (later_first(e["as_of"]), -e["confidence"], _first(e)))
            apart.sort(key=_first)
            yield Contradiction(
                subject,
                kind,
                "relation",
                "hard",
                None,
                tuple(nodes[e["object"]][1]["name"] for e in apart),
                tuple(tuple(e["sources"]) for e in apart),
                nodes[chosen["object"]][1]["name"],
                max((e["as_of"] for e in apart if e["as_of"]), default=None),
            )


def _inside(inner: str, outer: str, places: Places) -> bool:
    """Whether place `inner` lies in `outer` (南山区 in 深圳市): then they agree."""
    place = places.find(inner)
    return place is not None and any(around.id == outer for around in places.ancestors(place))


def _first(edge: Mapping[str, Any]) -> tuple[int, str]:
    cited = edge["sources"][0] if edge["sources"] else ""
    return (line_of(cited.partition("#")[2]) or 0, cited)


def of_homes(
    edges: Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]],
    nodes: Mapping[str, tuple[str, Mapping[str, Any]]],
    places: Places,
) -> Iterator[Contradiction]:
    """A firm that stands in two cities without a word on which of them is what: soft, since it may be in both."""
    cities: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for edge in edges.get("LOCATED_IN", {}).values():
        if nodes[edge["subject"]][0] == "Company" and edge.get("role") != "site" and edge["sources"]:
            city = _city(edge["object"], nodes, places)
            if city is not None:
                cities[edge["subject"]][city].append(edge)
    for subject, by_city in sorted(cities.items()):
        said = [edge for of_city in by_city.values() for edge in of_city]
        if len(by_city) < 2 or sum(edge.get("role") == "headquarters" for edge in said) > 1:
            continue  # two headquarters are told of by `of_relations`
        parties = sorted(by_city.items(), key=lambda item: min(_first(e) for e in item[1]))
        yield Contradiction(
            subject,
            "LOCATED_IN",
            "place",
            "soft",
            None,
            tuple(str(nodes[city][1]["name"]) if city in nodes else city for city, _ in parties),
            tuple(tuple(dict.fromkeys(c for e in of_city for c in e["sources"])) for _, of_city in parties),
            None,
            max((e["as_of"] for e in said if e["as_of"]), default=None),
        )


def _city(id_: str, nodes: Mapping[str, tuple[str, Mapping[str, Any]]], places: Places) -> str | None:
    label = nodes[id_][0]
    if label == "City":
        return id_
    place = places.find(id_) if label == "District" else None
    if place is None:
        return None
    return next((around.id for around in places.ancestors(place) if around.label == "City"), None)
