"""Lines of running text → passages: one paragraph each, with the headings it stands under, cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Heading", "Passage", "clauses", "passages", "sentences"]

_LONGEST_HEADING = 40
_NUMBERED = (
    (re.compile(r"^第[一二三四五六七八九十百0-9]{1,3}[章部编篇]\s*"), 1),
    (re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．]\s*"), 1),
    (re.compile(r"^第[一二三四五六七八九十百0-9]{1,3}[节条]\s*"), 2),
    (re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]\s*"), 2),
    (re.compile(r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}\.?\s*(?![0-9%])"), 4),
    (re.compile(r"^[0-9]{1,2}\.[0-9]{1,2}\.?\s*(?![0-9%])"), 3),
    (re.compile(r"^[（(][0-9]{1,2}[)）]\s*"), 5),
    (re.compile(r"^[0-9]{1,2}\s*[、.．]\s*(?![0-9])"), 4),
    (re.compile(r"^[①-⑳]\s*"), 6),
)
_MARKDOWN = re.compile(r"^(#{1,6})\s+")
_ENDS_SENTENCE = re.compile(r"[。！!；;，,：:、…]\s*[”’」』）)]*$")
_UNNUMBERED = 7
_ASKS = re.compile(r"[？?]\s*$")
# A heading is a phrase; these words make it a sentence that merely lost its full stop.
_FULL_STOP = re.compile(r"[。！；]")
# Western commas, semicolons and colons among Chinese characters, which some pages write for their own.
_HAN = "\u3400-\u9fff”“》《）（%％"
_WESTERN = re.compile(rf"(?<=[{_HAN}])[,;:!?](?![/\\])|(?<=[)0-9A-Za-z\"])[,;:](?=[{_HAN}])")
_OURS = str.maketrans(",;:!?", "，；：！？")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its number; level 1 is the highest."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph (`is_heading`: a heading, whose own words are read too) and the headings above it, highest first."""

    line: int
    text: str
    headings: tuple[Heading, ...] = ()
    is_heading: bool = False

    @property
    def heading(self) -> str | None:
        return self.headings[-1].text if self.headings else None


def passages(lines: Sequence[str], headings: Mapping[int, int] | None = None) -> Iterator[Passage]:
    """The paragraphs of `lines` (line 1 first), each with its headings. Blank lines end nothing and are skipped.

    >>> [(p.line, p.heading, p.text) for p in passages(["一、总论", "", "全国有企业1200家。"])][1]
    (3, '总论', '全国有企业1200家。')
    """
    known = headings or {}
    stack: list[Heading] = []
    for number, raw in enumerate(lines, start=1):
        text = _WESTERN.sub(lambda mark: mark[0].translate(_OURS), raw.strip(" \t\u3000\xa0"))
        if not text:
            continue
        level, title, rest = _heading(text, known.get(number))
        if level is not None and title:
            # An unnumbered heading stands below the numbered ones and beside its like.
            while stack and stack[-1].level >= level:
                stack.pop()
            above = tuple(stack)
            stack.append(Heading(number, level, title))
            yield Passage(number, title, above, True)
            text = rest
        for piece in _pieces(text):
            yield Passage(number, piece, tuple(stack))


_LONGEST = 2_000
_REACH = 1_000  # how far back a piece looks for the mark that it ends at
_ENDS = ("。！？!?", "；;", "，,", "、", " \t\u3000")


def _pieces(text: str) -> Iterator[str]:
    """A paragraph that no person wrote, of a book without a line break, in pieces that end at the best mark in reach.

    The patterns compare the parts of a paragraph with each other: without a limit their time grows with its square.
    """
    start = 0
    while len(text) - start > _LONGEST:
        low, high = start + _LONGEST - _REACH, start + _LONGEST
        cut = high
        for marks in _ENDS:
            if (found := max(text.rfind(mark, low, high) for mark in marks)) >= 0:
                cut = found + 1
                break
        if piece := text[start:cut].strip():
            yield piece
        start = cut
    if piece := text[start:].strip():
        yield piece


def _heading(text: str, given: int | None) -> tuple[int | None, str, str]:
    """Level, title and, for a heading that runs on into its paragraph (``1.算力。全国有…``), the paragraph."""
    if match := _MARKDOWN.match(text):
        return len(match[1]), text[match.end() :].strip("# *"), ""
    text = text.strip("*") if text.startswith("**") and text.endswith("**") else text
    if given is not None and len(text) <= 2 * _LONGEST_HEADING:
        return given, _unnumbered(text), ""
    for pattern, level in _NUMBERED:
        if match := pattern.match(text):
            title = text[match.end() :].strip()
            if len(title) <= _LONGEST_HEADING and not _ENDS_SENTENCE.search(title):
                return level, title, ""
            return None, "", ""
    plain = len(text) <= _LONGEST_HEADING and not _ENDS_SENTENCE.search(text) and not _FULL_STOP.search(text)
    if plain and (len(text) <= 30 or _ASKS.search(text)):
        return _UNNUMBERED, text, ""
    return None, "", ""


def _unnumbered(text: str) -> str:
    for pattern, _ in _NUMBERED:
        if match := pattern.match(text):
            return text[match.end() :].strip()
    return text


_PAIR = dict(zip("“‘（(《〈「『【[", "”’）)》〉」』】]", strict=True))
_STOPS = "。！？!?"
_LONGEST_QUOTE = 200


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a paragraph, their full stops included. Stops inside brackets and titles do not count.

    A quotation may hold several sentences, so stops inside “…” do count.
    """
    return _cut(text, _STOPS, "（(《〈【[")


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between ，；： and full stops inside `text[start:end]`; brackets, titles and short quotations stay whole."""
    return [(start + a, start + b) for a, b in _cut(text[start:end], "。！？!?，；：;", "（(《〈【[“‘「")]


def _cut(text: str, stops: str, opening: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = at = 0
    while at < len(text):
        char = text[at]
        if char in opening:
            # A bracket that is not closed soon must not swallow the rest of the text.
            closed = text.find(_PAIR[char], at + 1, at + _LONGEST_QUOTE)
            at = closed + 1 if closed >= 0 else at + 1
            continue
        at += 1
        if char in stops:
            while at < len(text) and text[at] in stops + "”’」』":
                at += 1
            spans.append((start, at))
            start = at
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]
