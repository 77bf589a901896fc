"""Names known beforehand: the ontology's words, the shipped word lists, and what tables or a graph hand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aikg.loaders.extract.mentions import Mention
from aikg.ontology.concepts import Concepts
from aikg.ontology.places import Place

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


@dataclass
class Lexicon:
    """Words and what they name. The first meaning of a word stays, so hand in the surest source first."""

    words: dict[str, _Entry] = field(default_factory=dict)
    _automaton: Any = field(default=None, repr=False)

    def add(
        self,
        word: str,
        label: str,
        name: str,
        id_: str | None = None,
        confidence: float = 0.8,
        place: Place | None = None,
        kind: str | None = None,
    ) -> bool:
        """Whether the word is new. A word of one sign occurs inside too many others and is left out."""
        if len(word) < 2 or word in self.words:
            return False
        self.words[word] = _Entry(label, name, id_, confidence, place, kind)
        self._automaton = None
        return True

    def add_concepts(self, concepts: Concepts) -> None:
        """All words of the chain schemes and of the concordance."""
        for word, id_ in concepts.gazetteer().items():
            if concept := concepts.get(id_):
                self.add(word, concept.label, concept.name, concept.id, 0.85)

    def find(self, text: str) -> Iterator[Mention]:
        """All names from left to right, the longest at each place, none overlapping."""
        if not self.words:
            return
        if self._automaton is None:
            self._automaton = self._built()
        best: list[tuple[int, int, _Entry]] = []
        for last, (word, entry) in self._automaton.iter_long(text):
            start = last - len(word) + 1
            if _inside_latin(text, start, last + 1):
                continue
            best.append((start, last + 1, entry))
        for start, end, entry in best:
            word = text[start:end]
            aliases = (word,) if word != entry.name else ()
            yield Mention(
                start, end, entry.label, entry.name, entry.id, entry.place, entry.kind, aliases, entry.confidence
            )

    def _built(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for word, entry in self.words.items():
            automaton.add_word(word, (word, entry))
        automaton.make_automaton()
        return automaton

    def learn(self, mentions: Iterable[Mention]) -> int:
        """Names found once are known from then on; the number of new words."""
        return sum(
            self.add(word, m.label, m.name, m.id, m.confidence - 0.05, m.place, m.kind)
            for m in mentions
            for word in (m.name, *m.aliases)
        )


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Latin words need their bounds (AI is not in AIoT); Chinese has none."""
    before = start > 0 and text[start] in _LATIN and text[start - 1] in _LATIN
    return before or (end < len(text) and text[end - 1] in _LATIN and text[end] in _LATIN)
