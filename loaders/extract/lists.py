"""Lists of names in a sentence: A、B和C等企业 read backwards from 等, 企业包括A、B和C read forwards."""

from __future__ import annotations

import re

from aikg.loaders.extract.boundaries import ends_before
from aikg.loaders.extract.mentions import View

__all__ = ["items_before", "items_behind", "items_in"]

_STOPS = "，。；：！？,;:!?\n（）()《》"
_JOINT = re.compile(r"(?<=[\u3400-\u9fffA-Za-z0-9”\"])(?:以及|[和与及])(?=[\u3400-\u9fffA-Za-z“\"])")
_QUOTES = " “”\"'‘’"
_BEGINS = re.compile(r"\s?(?:主要)?(?:包括|包含|有|为|如|例如)(?:了)?\s?")
_LONGEST = 120
_MOST = 40


def items_before(view: View, end: int) -> list[tuple[int, int]]:
    """Spans of the items of the list that ends at `end`, in their order. What the sentence says before the first is cut off.

    >>> from aikg.loaders.extract.mentions import View
    >>> text = "园区吸引了甲乙科技、丙丁智能和戊己股份等企业"
    >>> [text[a:b] for a, b in items_before(View(text), text.index("等"))]
    ['甲乙科技', '丙丁智能', '戊己股份']
    """
    text = view.text
    begin = end
    while begin > max(0, end - _LONGEST) and text[begin - 1] not in _STOPS:
        begin -= 1
    items = _items(text, begin, end)
    if not items:
        return []
    items[0] = (_behind_verb(view, *items[0]), items[0][1])
    return items


def _behind_verb(view: View, start: int, stop: int) -> int:
    """Where the first item begins: behind the last verb or preposition before its last word (吸引了|甲乙科技)."""
    words = view.words.between(start, stop)
    for word in reversed(words[:-1]):
        if ends_before(word.text, word.tag):
            return word.end
    return start


def items_behind(view: View, start: int) -> list[tuple[int, int]]:
    """Spans of the items of the list that begins at `start` and goes on to the next mark or 等."""
    text = view.text
    begins = _BEGINS.match(text, start)
    start = end = begins.end() if begins else start
    while end < min(len(text), start + _LONGEST) and text[end] not in _STOPS and text[end] != "等":
        end += 1
    return _items(text, start, end)


def items_in(view: View, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the items of the list inside a clause, what stands before the first and behind the last cut off."""
    items = _items(view.text, start, end)
    if not items:
        return []
    items[0] = (_behind_verb(view, *items[0]), items[0][1])
    begin, stop = items[-1]
    for word in view.words.between(begin, stop)[1:]:
        if ends_before(word.text, word.tag):
            stop = word.start
            break
    items[-1] = (begin, stop)
    return items


def _items(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    pieces: list[tuple[int, int]] = []
    at = begin
    for match in re.finditer("、", text[begin:end]):
        pieces.append((at, begin + match.start()))
        at = begin + match.end()
    pieces.append((at, end))
    for a, b in pieces[-_MOST:]:
        start = a
        for joint in _JOINT.finditer(text[a:b]):
            spans.append((start, a + joint.start()))
            start = a + joint.end()
        spans.append((start, b))
    return [trimmed for a, b in spans if (trimmed := _trimmed(text, a, b)) is not None]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _QUOTES:
        start += 1
    while end > start and text[end - 1] in _QUOTES:
        end -= 1
    return (start, end) if start < end else None
