"""Known names inside running text: the longest name at each place, from the ontology and from the tables read so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from aikg.ontology.concepts import Concepts

__all__ = ["Found", "Gazetteer"]


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: what it names, and the word as written with its span."""

    id: str
    label: str
    name: str
    word: str
    start: int
    end: int


@dataclass
class Gazetteer:
    """Words and what they name. Words of one sign are left out: they occur inside too many others."""

    words: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, concepts: Concepts) -> Gazetteer:
        """All words of the chain schemes and of the concordance."""
        made = cls()
        for word, id_ in concepts.gazetteer().items():
            if concept := concepts.get(id_):
                made.add(word, concept.id, concept.label, concept.name)
        return made

    def add(self, word: str, id_: str, label: str, name: str) -> None:
        """The first meaning of a word stays: the ontology's before that of a table."""
        if len(word) >= 2 and word not in self.words:
            self.words[word] = (id_, label, name)
            self._pattern = None

    def find(self, text: str) -> list[Found]:
        """All names in `text` from left to right, the longest at each place, none overlapping, each thing once."""
        if not self.words:
            return []
        if self._pattern is None:
            self._pattern = re.compile("|".join(_bounded(word) for word in _longest_first(self.words)))
        found: dict[str, Found] = {}
        for match in self._pattern.finditer(text):
            id_, label, name = self.words[match[0]]
            found.setdefault(id_, Found(id_, label, name, match[0], match.start(), match.end()))
        return list(found.values())


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _bounded(word: str) -> str:
    """Latin words need their bounds (AI is not in AIoT); Chinese has none."""
    before = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re.escape(word) + after
