"""Names in a paragraph: who and what it speaks of, with the span of each. Recognisers live in files of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from aikg.loaders import identity
from aikg.loaders.extract.words import Words
from aikg.ontology.places import Place
from aikg.ontology.schema import Schema

__all__ = ["Mention", "Recogniser", "View", "collect", "mention_id"]


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names a thing of `label`. `place` is where it is (or, of a place, itself), as far as its name says.

    `id` is given for places and concepts; other ids are made from label, name and place (`mention_id`).
    """

    start: int
    end: int
    label: str
    name: str
    id: str | None = None
    place: Place | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    confidence: float = 0.8

    def moved(self, by: int) -> Mention:
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass
class View:
    """One paragraph as the recognisers see it. `taken` are the mentions found so far, which none may overlap."""

    text: str
    places: Sequence[tuple[int, int, Place]] = ()
    taken: list[Mention] = field(default_factory=list)

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    def free(self, start: int, end: int) -> bool:
        """Whether no mention overlaps the span."""
        return all(m.end <= start or m.start >= end for m in self.taken)

    def take(self, mention: Mention) -> bool:
        """Add a mention unless its span is taken."""
        if mention.start >= mention.end or not self.free(mention.start, mention.end):
            return False
        self.taken.append(mention)
        return True

    def place_at(self, start: int) -> tuple[int, Place] | None:
        """The place whose name starts at `start`, and where the name ends."""
        return next(((end, place) for begin, end, place in self.places if begin == start), None)

    def place_ending(self, end: int) -> tuple[int, Place] | None:
        """The place whose name ends at `end`, and where it starts."""
        return next(((begin, place) for begin, stop, place in self.places if stop == end), None)


Recogniser = Callable[[View], Iterable[Mention]]


def collect(view: View, recognisers: Iterable[Recogniser]) -> list[Mention]:
    """All mentions, by position; of overlapping ones that of the earlier recogniser stays, then the longer one."""
    for recogniser in recognisers:
        for found in sorted(recogniser(view), key=lambda m: (m.start, m.start - m.end)):
            view.take(found)
    return sorted(view.taken, key=lambda m: (m.start, m.end))


def mention_id(mention: Mention, schema: Schema) -> str:
    """The id in the graph (ontology.md, Identity)."""
    if mention.id:
        return mention.id
    place = ""
    if mention.place is not None and mention.label in ("Park", "Policy"):
        place = mention.place.code
    return identity.entity_id(mention.label, schema.labels[mention.label].id_prefix, mention.name, place=place)


def from_places(view: View) -> Iterator[Mention]:
    """Countries, regions, provinces, cities and districts."""
    for start, end, place in view.places:
        word = view.text[start:end]
        aliases = (word,) if word != place.name else ()
        yield Mention(start, end, place.label, place.name, place.id, place, aliases=aliases, confidence=0.9)
