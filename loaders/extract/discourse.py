"""Whom a clause speaks of when it does not say so: the subject of the sentence, of the paragraph, of the heading.

Chinese texts name a subject once and go on without it; a figure or a focus three clauses later still belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.passages import Heading, Passage, clauses, sentences

__all__ = ["PLACES", "Clause", "Discourse", "Sentence"]

# The line that says who wrote a text and when: no heading, whoever it names.
_BYLINE = re.compile(
    r"(?:^|[报社网台])\S{0,6}记者|通讯员|来源[：:]|作者[：:]|编辑[：:]|责编|发布时间|发布日期|浏览量|点击量|字号|(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\S{0,8}$"
)

PLACES = frozenset({"Country", "Region", "Province", "City", "District"})
_ACTORS = PLACES | {"Park", "Company", "Policy", "Programme", "ComputeCenter", "University", "Institution", "Group"}
# What a figure can be about when nobody acts: 智能质检覆盖率达42%.
_THINGS = frozenset({"ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "ChainLayer"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a sentence between commas; `mentions` are those inside it, positions are those of the passage."""

    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its clauses."""

    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]
    clauses: tuple[Clause, ...]


@dataclass
class Discourse:
    """Follows a document passage by passage. Call `enter` for each passage in order, then ask about positions in it."""

    passage: Passage = field(default_factory=lambda: Passage(0, ""))
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    _by_heading: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    _lead: tuple[Mention, ...] = ()  # actors named first in the passage before, for one that names none

    def enter(self, passage: Passage, mentions: Sequence[Mention]) -> None:
        """The next passage of the document, with its mentions by position."""
        if passage.is_heading:
            self._by_heading[passage.line] = tuple(mentions)
        self._lead = () if passage.headings != self.passage.headings else self._leading()[:1] or self._lead
        self.passage, self.mentions = passage, tuple(mentions)
        self.sentences = tuple(self._sentence(start, end) for start, end in sentences(passage.text))

    def _sentence(self, start: int, end: int) -> Sentence:
        text = self.passage.text
        inside = self._inside(start, end)
        parts = tuple(Clause(a, b, text[a:b], self._inside(a, b)) for a, b in clauses(text, start, end))
        return Sentence(start, end, text[start:end], inside, parts)

    def _inside(self, start: int, end: int) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if m.start >= start and m.end <= end)

    def _leading(self) -> tuple[Mention, ...]:
        """The actors of the passage, without those that 其中 tells of as examples."""
        text = self.passage.text
        return tuple(
            m
            for m in self._actors(self.mentions)
            if "其中" not in text[max(text.rfind("。", 0, m.start), text.rfind("；", 0, m.start), 0) : m.start]
        )

    @staticmethod
    def _actors(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if m.label in _ACTORS)

    # -- questions --------------------------------------------------------------------------------

    def under(self, heading: Heading) -> tuple[Mention, ...]:
        """The mentions of a heading above."""
        return () if _BYLINE.search(heading.text) else self._by_heading.get(heading.line, ())

    def subject(self, position: int, labels: frozenset[str] = _ACTORS) -> Mention | None:
        """Who is spoken of at `position`: the nearest mention of `labels` before it in its sentence (of its clause first),
        else the subject of the sentences before, else of the headings, nearest first. None where nobody is named.
        """
        before = [m for m in self.mentions if m.end <= position and m.label in labels]
        sentence = self.sentence(position)
        if sentence is not None:
            clause = next((c for c in sentence.clauses if c.start <= position < c.end), None)
            if clause is not None and (own := [m for m in before if m.start >= clause.start]):
                return own[0]
            for earlier in reversed([c for c in sentence.clauses if c.end <= position]):
                if here := [m for m in earlier.mentions if m.label in labels]:
                    return here[0]
        for earlier_sentence in reversed([s for s in self.sentences if s.end <= position]):
            if here := [m for m in earlier_sentence.mentions if m.label in labels]:
                return here[0]
        return self.background(labels)

    def background(self, labels: frozenset[str] = _ACTORS) -> Mention | None:
        """Whom the headings speak of, nearest first; else the first actor of the passage before."""
        for heading in reversed(self.passage.headings):
            if here := [m for m in self.under(heading) if m.label in labels]:
                return here[0]
        return next((m for m in self._lead if m.label in labels), None)

    def place(self, position: int) -> Mention | None:
        """The place that is spoken of at `position`."""
        return self.subject(position, PLACES)

    def sentence(self, position: int) -> Sentence | None:
        return next((s for s in self.sentences if s.start <= position < s.end), None)
