"""Names known beforehand: the ontology's words, the shipped word lists, and what tables or a graph hand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aikg.loaders.extract.mentions import Mention
from aikg.ontology.concepts import Concepts
from aikg.ontology.lexicon import load_lexicon
from aikg.ontology.places import Place, Places

__all__ = ["Lexicon"]

_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    name: str
    id: str | None
    confidence: float
    place: Place | None = None
    kind: str | None = None
    shown: bool = True  # whether the word may stand as an alias in the graph


@dataclass
class Lexicon:
    """Words and what they name. The first meaning of a word stays, so hand in the surest source first.

    `unsure` are words that name something only where the context says so (理想, 大众): see `find_unsure`. A lexicon of
    a document stands on a `base` that all documents share and adds its own words to it.
    """

    base: Lexicon | None = None
    own: dict[str, _Entry] = field(default_factory=dict)
    unsure: dict[str, _Entry] = field(default_factory=dict)
    _automaton: Any = field(default=None, repr=False)
    _unsure_automaton: Any = field(default=None, repr=False)

    def get(self, word: str) -> _Entry | None:
        """What a word names, None if it is not known."""
        found = self.own.get(word)
        return found if found is not None or self.base is None else self.base.get(word)

    def may_name(self, word: str) -> bool:
        """Whether the word is one of those that only the context makes a name."""
        return word in self.unsure or (self.base is not None and self.base.may_name(word))

    def add(
        self,
        word: str,
        label: str,
        name: str,
        id_: str | None = None,
        confidence: float = 0.8,
        place: Place | None = None,
        kind: str | None = None,
        *,
        shown: bool = True,
    ) -> bool:
        """Whether the word is new. A word of one sign occurs inside too many others and is left out.

        A word that is not `shown` (先导区 for 国家人工智能创新应用先导区) leads to its name but is no alias of it.
        """
        if len(word) < 2 or self.get(word) is not None:
            return False
        self.own[word] = _Entry(label, name, id_, confidence, place, kind, shown)
        self._automaton = None
        return True

    def override(self, word: str, label: str, id_: str) -> None:
        """A word of a table or graph: it means more than the shipped lists, less than the words of the ontology."""
        known = self.get(word)
        if len(word) >= 2 and (known is None or known.id is None):
            self.own.setdefault(word, _Entry(label, word, id_, 0.8))
            self._automaton = None

    def add_concepts(self, concepts: Concepts) -> None:
        """All words of the chain schemes and of the concordance."""
        for word, id_ in concepts.gazetteer().items():
            if concept := concepts.get(id_):
                self.add(word, concept.label, concept.name, concept.id, 0.85)

    def add_lists(self, places: Places) -> None:
        """The shipped word lists."""
        for entry in load_lexicon():
            place = places.resolve(entry.place).place if entry.place else None
            kind = entry.kind or None
            for word in entry.words:
                if not entry.ambiguous:
                    self.add(word, entry.label, entry.name, place=place, kind=kind)
                elif len(word) >= 2 and self.get(word) is None:
                    self.unsure.setdefault(word, _Entry(entry.label, entry.name, None, 0.7, place))

    def entry_of(self, label: str, words: Iterable[str]) -> _Entry | None:
        """What the first known one of the words names, if it is of this label."""
        for word in words:
            entry = self.get(word)
            if entry is not None and entry.label == label:
                return entry
        return None

    def find(self, text: str) -> Iterator[Mention]:
        """All names from left to right, the longest at each place, none overlapping."""
        if self._automaton is None:
            self._automaton = _built(self.own)
        own = list(_found(self._automaton, text))
        if self.base is None:
            yield from own
            return
        shared = self.base.find(text)
        if not own:
            yield from shared
            return
        end = 0
        for mention in sorted([*own, *shared], key=lambda m: (m.start, -m.end)):
            if mention.start >= end:
                end = mention.end
                yield mention

    def find_unsure(self, text: str) -> Iterator[Mention]:
        """Words that may be names; whether they are is for the context to say."""
        if self._unsure_automaton is None:
            self._unsure_automaton = _built(self.unsure)
        yield from _found(self._unsure_automaton, text)
        if self.base is not None:
            yield from self.base.find_unsure(text)

    def learn(self, mentions: Iterable[Mention]) -> list[str]:
        """Names found once are known from then on; the new words.

        Mentions that share a name or an alias are one thing. It is called by the name that says where it is, else by
        the one that was found first.
        """
        groups: list[list[Mention]] = []
        by_word: dict[tuple[str, str], list[Mention]] = {}
        for mention in mentions:
            words = [
                (mention.label, word) for word in (mention.name, *mention.aliases, *mention.shorts) if len(word) > 1
            ]
            group = next((by_word[word] for word in words if word in by_word), None)
            if group is None:
                groups.append(group := [])
            group.append(mention)
            for word in words:
                by_word.setdefault(word, group)
        return [word for group in groups for word in self._learn(group)]

    def _learn(self, group: list[Mention]) -> list[str]:
        best = next((m for m in group if m.place is not None), group[0])
        known = self.entry_of(best.label, (best.name, *best.aliases))
        name, id_, place = best.name, best.id, best.place
        if known is not None:
            name, id_, place = known.name, known.id, known.place or place
        confidence = max(m.confidence for m in group) - 0.05
        return [
            word
            for mention in group
            for word in (mention.name, *mention.aliases, *mention.shorts)
            if self.add(word, best.label, name, id_, confidence, place, best.kind, shown=word not in mention.shorts)
        ]

    def finder(self, words: Iterable[str]) -> Callable[[str], Iterator[Mention]]:
        """What finds only some of the words."""
        automaton = _built({word: self.own[word] for word in words})
        return lambda text: _found(automaton, text)


def _built(words: Mapping[str, _Entry]) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for word, entry in words.items():
        automaton.add_word(word, (word, entry))
    automaton.make_automaton()
    return automaton


def _found(automaton: Any, text: str) -> Iterator[Mention]:
    if not len(automaton):
        return
    for last, (word, entry) in automaton.iter_long(text):
        start, end = last - len(word) + 1, last + 1
        if _inside_latin(text, start, end):
            continue
        aliases = (word,) if word != entry.name and entry.shown else ()
        yield Mention(start, end, entry.label, entry.name, entry.id, entry.place, entry.kind, aliases, entry.confidence)


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Latin words need their bounds (AI is not in AIoT); Chinese has none."""
    before = start > 0 and text[start] in _LATIN and text[start - 1] in _LATIN
    return before or (end < len(text) and text[end - 1] in _LATIN and text[end] in _LATIN)
