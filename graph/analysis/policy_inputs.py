"""What the measures of policy start from: who names what, for which place, from which source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis.chain_inputs import FOLLOWED
from aikg.graph.analysis.facts import ROOT, above, links, things
from aikg.graph.analysis.tables import records
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["ITEMS", "LEVELS", "SPEAKERS", "Focus", "focus_of", "items_of", "policy_places", "said_by"]

SPEAKERS = ("place", "policy", "park")
ITEMS = ("segments", "words")
LEVELS = ("Province", "City", "Region", "Country", "District")


@dataclass(frozen=True)
class Focus:
    """`named[place, item]` is {speaker: sources}; `words[place]` all words named, `unmapped[place]` those without a segment."""

    named: dict[tuple[str, str], dict[str, list[str]]]
    words: dict[str, set[str]]
    unmapped: dict[str, set[str]]

    def table(self, places: Sequence[str]) -> pd.DataFrame:
        """Place x item: number of those who name it. All items that any of the places of the graph's level names are columns."""
        items = sorted({item for _, item in self.named})
        rows = [[len(self.named.get((place, item), ())) for item in items] for place in places]
        return pd.DataFrame(rows, index=list(places), columns=items, dtype="float64")

    def items(self, place: str) -> list[str]:
        """What a place focuses on."""
        return sorted(item for where, item in self.named if where == place)

    def sources(self, place: str) -> list[str]:
        """Sources of everything that a place focuses on."""
        return sorted(
            {e for (where, _), by in self.named.items() if where == place for said in by.values() for e in said}
        )


def said_by(speakers: Iterable[str]) -> tuple[str, ...]:
    """Checked list of who speaks; QueryError for another word or none."""
    found = tuple(dict.fromkeys([speakers] if isinstance(speakers, str) else speakers))
    wrong = [word for word in found if word not in SPEAKERS]
    if wrong or not found:
        raise QueryError(
            say(
                f"speakers '{', '.join(wrong)}' are none of {', '.join(SPEAKERS)}",
                f"发言者“{'、'.join(wrong)}”不对，应为 {'、'.join(SPEAKERS)}",
            )
        )
    return found


def items_of(graph: KnowledgeGraph, words: Iterable[str], items: str) -> dict[str, list[str]]:
    """What each word counts as: with ``segments`` the segments that it is or that the concordance maps it to (`FOLLOWED`), else itself.

    The root of the chain is no focus and has no entry.
    """
    if items not in ITEMS:
        raise QueryError(say(f"items '{items}' is not segments or words", f"items“{items}”应为 segments 或 words"))
    segments = set(things(graph, "ChainSegment")["id"])
    found = {}
    for word in words:
        if word == ROOT:
            continue
        if items == "words" or word in segments:
            found[word] = [word]
            continue
        targets = [target for kind, target in load_concepts().mappings(word) if kind in FOLLOWED and target != ROOT]
        found[word] = sorted(set(targets))
    return found


def policy_places(graph: KnowledgeGraph) -> dict[str, dict[str, list[str]]]:
    """Places that a policy is of: {policy: {place: sources}}, by APPLIES_TO and ISSUED_BY. An issuing ministry is no place."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(links(graph, "APPLIES_TO", "ISSUED_BY", subjects=["Policy"], objects=LEVELS)):
        found[row.subject][row.object] = sorted({*found[row.subject].get(row.object, ()), *row.sources})
    return dict(found)


def focus_of(graph: KnowledgeGraph, *, speakers: Iterable[str] = ("place", "policy"), items: str = "segments") -> Focus:
    """What each place focuses on: said by the place itself, by its policies (`policy_places`), by the parks in it (``park``)."""
    chosen = said_by(speakers)
    of: dict[str, dict[str, list[str]]] = {}
    if "place" in chosen:
        of |= {place: {place: []} for place in things(graph, *LEVELS)["id"]}
    if "policy" in chosen:
        of |= policy_places(graph)
    if "park" in chosen:
        parks, places, ways = set(things(graph, "Park")["id"]), set(things(graph, *LEVELS)["id"]), above(graph)
        of |= {park: {p: way for p, way in ways.get(park, {}).items() if p in places} for park in parks}
    rows = links(graph, "FOCUSES_ON")
    meaning = items_of(graph, sorted(set(rows["object"])), items)
    named: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    words: dict[str, set[str]] = defaultdict(set)
    unmapped: dict[str, set[str]] = defaultdict(set)
    for row in records(rows):
        if row.object not in meaning:
            continue
        for place, way in of.get(row.subject, {}).items():
            words[place].add(row.object)
            if not meaning[row.object]:
                unmapped[place].add(row.object)
            for item in meaning[row.object]:
                named[place, item][row.subject].update(row.sources, way)
    plain = {key: {who: sorted(said) for who, said in sorted(by.items())} for key, by in sorted(named.items())}
    return Focus(plain, dict(words), dict(unmapped))
