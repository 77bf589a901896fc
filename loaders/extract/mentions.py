"""Names in a paragraph: who and what it speaks of, with the span of each. Recognisers live in files of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from aikg.loaders import identity
from aikg.loaders.extract.words import Words
from aikg.ontology.places import Place
from aikg.ontology.schema import Schema

if TYPE_CHECKING:
    from aikg.loaders.extract.lexicon import Lexicon

__all__ = ["Mention", "Recogniser", "View", "collect", "mention_id", "together", "where"]


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names a thing of `label`. `place` is where it is (or, of a place, itself), as far as its name says.

    `shorts` are words that stand for the name in this document only (下称“先导区”); `holds` are the places inside the name, `owner` is
    the firm that it begins with (中国电信 in 中国电信某某智算中心).
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
    shorts: tuple[str, ...] = ()
    holds: tuple[Place, ...] = ()
    owner: Mention | None = None

    def moved(self, by: int) -> Mention:
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass
class View:
    """One paragraph as the recognisers see it. `taken` are the mentions found so far, which none may overlap.

    `home` is the place that the document is about, where that is clear: 市经信局 in a notice of 嘉兴 is 嘉兴市经信局.
    """

    text: str
    places: Sequence[tuple[int, int, Place]] = ()
    taken: list[Mention] = field(default_factory=list)
    lexicon: Lexicon | None = None
    is_heading: bool = False
    home: Place | None = None

    @cached_property
    def words(self) -> Words:
        return Words(self.text)

    @cached_property
    def signs(self) -> frozenset[str]:
        """The signs of the text, for a quick look whether a recogniser can find anything."""
        return frozenset(self.text)

    @cached_property
    def known(self) -> tuple[Mention, ...]:
        """Names of the lexicon in the paragraph, by position."""
        return tuple(self.lexicon.find(self.text)) if self.lexicon else ()

    @cached_property
    def owners(self) -> tuple[tuple[int, int], ...]:
        """Spans that a name of a branch may begin with: 华为 in 华为云数据中心, 浙江大学 in 浙江大学机器人研究院."""
        spans = {(m.start, m.end) for m in self.known if m.label in _OWNERS}
        spans.update(match.span() for match in _SCHOOL.finditer(self.text))
        return tuple(sorted(spans))

    @cached_property
    def heads(self) -> tuple[tuple[int, int], ...]:
        """Spans that a name may begin with, by position: places and owners."""
        return tuple(sorted({(begin, stop) for begin, stop, _ in self.places} | set(self.owners)))

    @cached_property
    def _busy(self) -> bytearray:
        """One sign for each of the text: whether a mention covers it. Long passages have thousands of mentions."""
        busy = bytearray(len(self.text))
        for mention in self.taken:
            busy[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        return busy

    @cached_property
    def _by_start(self) -> dict[int, tuple[int, Place]]:
        return {begin: (end, place) for begin, end, place in reversed(self.places)}

    @cached_property
    def _by_end(self) -> dict[int, tuple[int, Place]]:
        return {end: (begin, place) for begin, end, place in reversed(self.places)}

    def again(self) -> View:
        """The paragraph as it was before anything was found, for a lexicon that has learnt. Places and words are kept."""
        self.taken = []
        for name in ("known", "owners", "heads", "_busy"):
            self.__dict__.pop(name, None)
        return self

    def free(self, start: int, end: int) -> bool:
        """Whether no mention overlaps the span."""
        return self._busy.find(1, start, end) < 0

    def take(self, mention: Mention) -> bool:
        """Add a mention unless its span is taken."""
        if mention.start >= mention.end or not self.free(mention.start, mention.end):
            return False
        self.taken.append(mention)
        self._busy[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        return True

    def place_at(self, start: int) -> tuple[int, Place] | None:
        """The place whose name starts at `start`, and where the name ends."""
        return self._by_start.get(start)

    def place_ending(self, end: int) -> tuple[int, Place] | None:
        """The place whose name ends at `end`, and where it starts."""
        return self._by_end.get(end)


_OWNERS = frozenset({"Company", "University", "Institution"})
_SCHOOL = re.compile(
    r"中科院|中国科学院|中国工程院|国地共建|国家地方共建|清华|北大(?![荒西])|浙大|哈工大|中科大|上海交大|西安交大"
)

Recogniser = Callable[[View], Iterable[Mention]]


def collect(view: View, recognisers: Iterable[Recogniser]) -> list[Mention]:
    """All mentions, by position; of overlapping ones that of the earlier recogniser stays, then the longer one."""
    for recogniser in recognisers:
        found = list(recogniser(view))
        if len(found) > 1:
            found.sort(key=lambda m: (m.start, m.start - m.end))
        for mention in found:
            view.take(mention)
    return sorted(view.taken, key=lambda m: (m.start, m.end))


def where(signs: str, recogniser: Recogniser) -> Recogniser:
    """The recogniser for texts that have one of the signs, without which it finds nothing."""
    needed = frozenset(signs)

    def find(view: View) -> Iterable[Mention]:
        return () if needed.isdisjoint(view.signs) else recogniser(view)

    return find


def together(*recognisers: Recogniser) -> Recogniser:
    """One recogniser of several: of names that overlap the longest (浙江大学机器人研究院, not 浙江大学)."""

    def find(view: View) -> Iterator[Mention]:
        found = [m for recogniser in recognisers for m in recogniser(view) if view.free(m.start, m.end)]
        if len(found) < 2:
            yield from found
            return
        apart = View(view.text)
        for mention in sorted(found, key=lambda m: m.start - m.end):
            apart.take(mention)
        yield from sorted(apart.taken, key=lambda m: m.start)

    return find


def mention_id(mention: Mention, schema: Schema) -> str:
    """The id in the graph (ontology.md, Identity)."""
    if mention.id:
        return mention.id
    place = ""
    if mention.place is not None:
        place = identity.park_place(mention.place) if mention.label == "Park" else mention.place.code
    return identity.entity_id(mention.label, schema.labels[mention.label].id_prefix, mention.name, place=place)
