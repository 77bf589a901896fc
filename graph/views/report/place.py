"""One place as the chapters of a report see it: what lies in it, by the rules of the measures, and what is said of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.chain_inputs import level_of
from aikg.graph.analysis.cluster_profile import things_in
from aikg.graph.analysis.facts import above, links, seats, things
from aikg.graph.analysis.names import PLACES, find_place
from aikg.graph.analysis.policy import Policies
from aikg.graph.analysis.tables import records
from aikg.graph.citations import cite, parse_source, titles
from aikg.graph.views.chain_names import names_in
from aikg.graph.views.details import plain
from aikg.graph.views.recorded import code_names, rows_by_id
from aikg.graph.views.svg import shown
from aikg.graph.views.words import pick, words
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Place", "dates", "unique"]

_OWNERS = ("Park", *PLACES)
_NO_FACTS = {"STATED_IN", "HAS_CONFLICT"}


class Place:
    """A place of a graph, in one language. Raises QueryError, with near names, for a place that the graph does not have.

    `inside` are the ids that lie in it (districts, cities, parks …, itself included) with the sources that put them there; `things` are
    what the measures count in it (`cluster_profile.things_in`).
    """

    def __init__(self, graph: KnowledgeGraph, place: str, lang: str) -> None:
        self.graph, self.lang, self.words = graph, lang, words(lang)
        self.id, _ = find_place(graph, place)
        self.level = level_of(graph, self.id)
        self.names = names_in(graph, lang)
        self.name = self.name_of(self.id)
        self.ways = above(graph)
        self.inside = {node: way[self.id] for node, way in self.ways.items() if self.id in way} | {self.id: []}
        self.things = things_in(graph, self.id)
        self.titles = titles(graph)
        self.chain, self.policies = Chain(graph), Policies(graph)

    def pick(self, zh: str, en: str) -> str:
        return pick(self.lang, zh, en)

    # -- names and codes --------------------------------------------------------------------------

    def name_of(self, node: str) -> str:
        return shown(self.names.get(node, node))

    def listed(self, nodes: Iterable[str], most: int = 200) -> str | None:
        """Names of nodes in their order, None where there is none; of more than `most` it says how many."""
        every = list(nodes)
        text = self.words["list"].join(self.name_of(node) for node in every[:most])
        if len(every) > most:
            text += self.pick(f"等 {len(every)} 个", f" and others, {len(every)} in all")
        return text or None

    def code(self, scheme: str, value: Any) -> str | None:
        """What a code means; None where none is recorded."""
        return None if value is None else code_names(scheme, self.lang).get(str(value), str(value))

    def label(self, label: str) -> str:
        return str(load_schema().labels[label].label[self.lang])

    def cite(self, entry: str) -> str:
        """An entry of a sources list as a citation; what the code table of places says has no document."""
        found = cite(entry, self.titles, self.lang)
        return (
            found
            if parse_source(entry)
            else f"{found}{self.words['open']}{self.words['code_table']}{self.words['shut']}"
        )

    # -- rows and relations -----------------------------------------------------------------------

    def rows(self, label: str) -> dict[str, dict[str, Any]]:
        """Nodes of a label by id, with null as None."""
        if label not in self._rows:
            self._rows[label] = rows_by_id(self.graph, label)
        return self._rows[label]

    @cached_property
    def _rows(self) -> dict[str, dict[str, dict[str, Any]]]:
        return {}

    def related(self, kind: str, subjects: Iterable[str], *, back: bool = False) -> dict[str, dict[str, list[str]]]:
        """What relations of a type lead to from these nodes: {node: {other: sources}}; `back` follows them from their objects."""
        wanted = set(subjects)
        found: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for row in records(links(self.graph, kind)):
            here, there = (row.object, row.subject) if back else (row.subject, row.object)
            if here in wanted:
                found[here][there] = unique([*found[here].get(there, ()), *row.sources])
        return {node: dict(sorted(others.items())) for node, others in found.items()}

    def stated(self, nodes: Iterable[str], name: str) -> dict[str, list[str]]:
        """Sources that state a property of nodes: {node: entries}."""
        frame = self.graph.statements
        found: dict[str, list[str]] = defaultdict(list)
        if not frame.empty:
            frame = frame[(frame["property"] == name) & frame["id"].isin(set(nodes))]
            for node, source, locator in zip(frame["id"], frame["source"], frame["locator"], strict=True):
                if plain(source):
                    found[node].append(f"{source}#{locator}" if plain(locator) else str(source))
        return {node: unique(said) for node, said in found.items()}

    def spots(self, label: str) -> dict[str, dict[str, list[str]]]:
        """Things of a label located in the place: {thing: {spot: sources}}, the spot as the sources name it."""
        at = seats(self.graph, self.level, label)
        here = {row.id: list(row.sources) for row in records(at[at["place"] == self.id])}
        found: dict[str, dict[str, list[str]]] = {node: {} for node in here}
        for kind, back in (("LOCATED_IN", False), ("HOSTS", True)):
            for node, others in self.related(kind, here, back=back).items():
                for spot, said in others.items():
                    if spot in self.inside:
                        found[node][spot] = unique([*found[node].get(spot, ()), *said, *self.inside[spot]])
        return found

    def where(self, nodes: Iterable[str]) -> dict[str, str]:
        """The nearest place above each node, for parks and the like: a district and its city."""
        found = {}
        order = {node: label for label in ("City", "District") for node in things(self.graph, label)["id"]}
        for node in nodes:
            spots = [spot for spot in self.ways.get(node, {}) if spot in order and spot != self.id]
            spots.sort(key=lambda spot: (order[spot] != "City", spot))
            if spots:
                found[node] = self.words["list"].join(self.name_of(spot) for spot in spots)
        return found

    @cached_property
    def states(self) -> pd.DataFrame:
        """`Chain.states` of the place."""
        return self.chain.states(self.id)

    @cached_property
    def owners(self) -> set[str]:
        """Places and parks that speak for themselves in this place: a ministry that sits here does not."""
        return self.inside.keys() & set(things(self.graph, *_OWNERS)["id"])

    @cached_property
    def members(self) -> set[str]:
        """Everything that the report is about: the place, what lies in it, its firms, policies and institutions."""
        counted = [
            set(found)
            for measure, found in self.things.items()
            if measure not in ("segments", "layers", "programmes", "firms with disputed seat")
        ]
        seated = [set(self.spots(label)) for label in ("Institution", "University")]
        return set(self.inside).union(*counted, *seated)

    @cached_property
    def facts(self) -> int:
        """Relations of the graph that have one of `members` at an end."""
        count = 0
        for kind, frame in self.graph.edges.items():
            if kind not in _NO_FACTS:
                count += int((frame["subject"].isin(self.members) | frame["object"].isin(self.members)).sum())
        return count

    def documents(self, entries: Iterable[str]) -> list[dict[str, Any]]:
        """The documents that entries cite, in the order of their ids."""
        cited = {entry.partition("#")[0] for entry in entries}
        return [row for node, row in sorted(self.rows("Source").items()) if node in cited]


def unique(entries: Iterable[str]) -> list[str]:
    """Entries once each, sorted.

    >>> unique(["b", "a", "b"])
    ['a', 'b']
    """
    return sorted(set(entries))


def dates(documents: Iterable[Mapping[str, Any]]) -> str:
    """Earliest and latest date of documents; "" where none is recorded."""
    found = sorted(
        str(row.get("as_of") or row.get("published")) for row in documents if row.get("as_of") or row.get("published")
    )
    return "" if not found else found[0] if found[0] == found[-1] else f"{found[0]} – {found[-1]}"
