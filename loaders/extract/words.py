"""Words of a Chinese text with their parts of speech, by the segmenter rjieba (the Rust port of jieba, MIT)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from typing import NamedTuple, cast

__all__ = ["Word", "Words", "is_word"]


@lru_cache(maxsize=100_000)
def is_word(text: str) -> bool:
    """Whether the dictionary knows the word: cutting it without guessing leaves it whole."""
    import rjieba

    return len(rjieba.cut(text, False)) == 1


class Word(NamedTuple):
    """One word: `text[start:end]`, its part of speech in jieba's tag set (n, v, ns, m, eng …)."""

    text: str
    tag: str
    start: int
    end: int


_WORD = cast("Callable[[tuple[str, str, int, int]], Word]", partial(tuple.__new__, Word))


class Words:
    """The words of one text, cut when they are first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def all(self) -> tuple[Word, ...]:
        import rjieba

        cut = rjieba.tag(self.text)
        texts = [text for text, _ in cut]
        ends = list(accumulate(map(len, texts)))
        if not ends or ends[-1] == len(self.text):
            return tuple(map(_WORD, zip(texts, [tag for _, tag in cut], [0, *ends], ends, strict=False)))
        made, at = [], 0
        for word, tag in cut:  # the segmenter left something out
            at = self.text.index(word, at)
            made.append(Word(word, tag, at, at + len(word)))
            at += len(word)
        return tuple(made)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.all]

    def before(self, position: int, least: int = 0) -> list[Word]:
        """Words that end at or before `position` and start at or behind `least`, nearest first."""
        first, last = bisect_left(self._starts, least), bisect_left(self._starts, position)
        return [w for w in self.all[first:last][::-1] if w.end <= position]

    def after(self, position: int) -> list[Word]:
        """Words that start at or behind `position`."""
        return list(self.all[bisect_left(self._starts, position) :])

    def between(self, start: int, end: int) -> list[Word]:
        """Words that lie wholly inside the span."""
        return [w for w in self.all[bisect_left(self._starts, start) : bisect_right(self._starts, end)] if w.end <= end]

    def start_of(self, position: int) -> int:
        """Where the word begins that `position` lies in (a segmenter may cut 宝龙|科技城 as 宝|龙科技|城); itself at a boundary."""
        i = bisect_left(self._starts, position)
        if i < len(self._starts) and self._starts[i] == position:
            return position
        return self.all[i - 1].start if i and self.all[i - 1].end > position else position

    def word_at(self, position: int) -> int | None:
        """The index in `all` of the word that starts at `position`, None if none does."""
        i = bisect_left(self._starts, position)
        return i if i < len(self._starts) and self._starts[i] == position else None
