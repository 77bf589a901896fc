"""What the pictures of places count: things recorded in a city or province, and those that no city is recorded of.

The rules are those of the catalogue (`queries/cypher/places/cities-ranked`): distinct ids, districts and parks belong to
their city, a firm whose headquarters are disputed counts in each of its cities, a policy belongs to the places that it
applies to or that issued it (ministries are no places).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aikg.graph.analysis.facts import above, links, names_of, seats, things
from aikg.graph.analysis.tables import records
from aikg.graph.views.words import pick
from aikg.ontology.errors import SchemaError
from aikg.ontology.places import load_places

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["VALUES", "At", "Recorded", "is_chinese", "place_name", "provinces_of", "recorded", "value_word"]

VALUES = {
    "firms": ("Company", "企业", "firms"),
    "parks": ("Park", "园区", "parks"),
    "policies": ("Policy", "政策", "policies"),
    "compute": ("ComputeCenter", "智算中心", "compute centres"),
}
"""What can be counted: label of the things, and the words for it."""
_LEVELS = ("City", "Province", "Region", "Country")
_MUNICIPALITY = re.compile(r"city:\d{2}0000")


@dataclass
class At:
    """What is recorded at one place: the things with the sources that put them there, and those that are disputed."""

    things: dict[str, list[str]] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)

    @property
    def n(self) -> int | None:
        """How many; None where nothing is recorded, which is not 0."""
        return len(self.things) or None


@dataclass
class Recorded:
    """Things of one kind by city; `coarser` are those recorded only at a province, region or country: {level: {place: At}}.

    `nowhere` are the ids of which no place is recorded, `total` is the number of all things of the kind.
    """

    value: str
    cities: dict[str, At]
    provinces: dict[str, At]
    coarser: dict[str, dict[str, At]]
    nowhere: list[str]
    total: int

    def at(self, place: str) -> At:
        return self.cities.get(place) or self.provinces.get(place) or At()


def value_word(value: str, lang: str) -> str:
    """What is counted, in words.

    >>> value_word("compute", "en")
    'compute centres'
    """
    return pick(lang, VALUES[value][1], VALUES[value][2])


def recorded(graph: KnowledgeGraph, value: str) -> Recorded:
    """Where the things of a kind (`VALUES`) are recorded. Provinces include the cities that are provinces (北京)."""
    label = VALUES[value][0]
    by_level = {level: _by_place(graph, label, level) for level in _LEVELS}
    provinces = dict(by_level["Province"])
    provinces |= {
        place: At(at.things, at.disputed) for place, at in by_level["City"].items() if _MUNICIPALITY.fullmatch(place)
    }
    home = provinces_of(graph)
    units: dict[str, set[str]] = defaultdict(set)
    for city, at in by_level["City"].items():
        for thing in at.disputed:
            units[thing].add(home.get(city, city))
    for place, at in provinces.items():
        # Disputed between two provinces, not between two cities of one.
        at.disputed = {thing for thing in at.things if place in units[thing] and len(units[thing]) > 1}
    placed: set[str] = set()
    coarser: dict[str, dict[str, At]] = {}
    for level in _LEVELS:
        if level != "City":
            left = {
                place: At({thing: said for thing, said in at.things.items() if thing not in placed}, at.disputed)
                for place, at in by_level[level].items()
            }
            _narrowest(graph, left)
            coarser[level] = {place: at for place, at in left.items() if at.things}
        placed |= {thing for at in by_level[level].values() for thing in at.things}
    ids = [str(thing) for thing in things(graph, label)["id"]]
    return Recorded(
        value, by_level["City"], provinces, coarser, [thing for thing in ids if thing not in placed], len(ids)
    )


def _narrowest(graph: KnowledgeGraph, places: dict[str, At]) -> None:
    """Take a thing away from a place where a place inside of it has it too: 长三角 lies in 东部地区."""
    ways = above(graph, "PART_OF")
    for place, at in places.items():
        for wider in set(ways.get(place, ())) - {place}:
            if wider in places:
                for thing in at.things:
                    places[wider].things.pop(thing, None)


def _by_place(graph: KnowledgeGraph, label: str, level: str) -> dict[str, At]:
    found: dict[str, At] = defaultdict(At)
    if label != "Policy":
        for row in records(seats(graph, level, label)):
            found[row.place].things[row.id] = row.sources
            if row.disputed:
                found[row.place].disputed.add(row.id)
        return dict(found)
    of_level, ways = set(things(graph, level)["id"]), above(graph)
    ministries = set(things(graph, "Institution")["id"])
    for row in records(links(graph, "APPLIES_TO", "ISSUED_BY", subjects=["Policy"])):
        if row.object in ministries:
            continue
        for reached, way in ways.get(row.object, {row.object: []}).items():
            if reached in of_level:
                known = found[reached].things.get(row.subject, [])
                found[reached].things[row.subject] = sorted({*known, *row.sources, *way})
    return dict(found)


def provinces_of(graph: KnowledgeGraph) -> dict[str, str]:
    """The province (or the city that is one) of each city of China, by id."""
    provinces = set(things(graph, "Province")["id"])
    ways = above(graph, "PART_OF")
    found = {}
    for city in things(graph, "City")["id"]:
        reached = sorted(provinces & set(ways.get(city, ())))
        if reached or _MUNICIPALITY.fullmatch(city):
            found[city] = reached[0] if reached else city
    return found


def is_chinese(graph: KnowledgeGraph) -> set[str]:
    """Ids of the cities in China: by the graph's own relations, else by the table of places."""
    ways = above(graph)
    found = set()
    for city in things(graph, "City")["id"]:
        countries = [reached for reached in ways.get(city, ()) if reached.startswith("country:")]
        if "country:CN" in countries or (not countries and _country(city) == "CN"):
            found.add(city)
    return found


def _country(city: str) -> str | None:
    try:
        around = load_places().ancestors(city)
    except SchemaError:  # a city of the user's own
        return None
    return around[-1].code if around else None


def place_name(place: str, names: dict[str, str], lang: str) -> str:
    """What a place is called on the drawing: as the graph calls it, in English as the table of places does.

    >>> place_name("city:440300", {"city:440300": "深圳市"}, "en")
    'Shenzhen'
    """
    if lang == "en":
        try:
            return load_places().get(place).name_en or names.get(place, place)
        except SchemaError:
            pass
    return names.get(place, place)


def names_of_places(graph: KnowledgeGraph) -> dict[str, str]:
    """Names of all places by id."""
    return names_of(graph, *_LEVELS, "District")
