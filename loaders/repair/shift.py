"""Where the bytes of a text were shifted, and what was written there."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.loaders.repair.brackets import BRACKET, HAN, TONED, belongs
from aikg.loaders.repair.gbk import char_of, pair_of
from aikg.loaders.repair.replay import Token, play_back
from aikg.loaders.repair.script import settle_all, to_simplified
from aikg.loaders.repair.words import load_words
from aikg.ontology.language import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Patch", "find_shifts"]

_TORN = rf"[?\ufffd](?:{TONED})\)"
_TROUBLE = re.compile(rf"{_TORN}|\ufffd|(?<=[{HAN}）)”》。])[!;?<！；？](?=[{HAN}?;!；！？\ue000-\uf8ff])|[\ue000-\ue4c5]")
_GLOSSED = re.compile(rf"([{HAN}])\(({TONED})\)")
_TOKEN = re.compile(rf"[?\ufffd]({TONED})\)|\(({TONED})\)|[?\ufffd]|.", re.DOTALL)
_MARK = frozenset("!;?<！；？")
_LOOK_BEHIND, _LOOK_AHEAD, _LONGEST = 6, 6, 80
_CLEAR = 3.0  # log odds of the reading against the next best


@dataclass(frozen=True, slots=True)
class Patch:
    """What stands in a line from `start` to `end`, and what was written there."""

    start: int
    end: int
    text: str
    sure: bool
    note: Said | None = None


def find_shifts(line: str) -> list[Patch]:
    """The shifted runs of a line, from left to right."""
    troubles = sorted({match.start() for match in _TROUBLE.finditer(line)} | set(_misread(line)))
    patches: list[Patch] = []
    done = 0
    for index, at in enumerate(troubles):
        if at < done:
            continue
        if line[at] in _MARK and not _looks_shifted(line, at):
            continue
        patch = _solve(line, at, troubles[index + 1 :])
        if patch is not None:
            patches.append(patch)
            done = patch.end
    return patches


def _misread(line: str) -> Iterator[int]:
    """Characters whose bracket holds the reading of another."""
    wrong = {pair for pair in set(_GLOSSED.findall(line)) if not belongs(*pair)}
    for char, reading in wrong:
        text = f"{char}({reading})"
        at = line.find(text)
        while at >= 0:
            yield at + 1
            at = line.find(text, at + 1)


def _looks_shifted(line: str, at: int) -> bool:
    """Whether what follows a mark reads better with its bytes shifted by one; quick, for the many that are marks."""
    mark = line[at]
    ahead = line[at + 1 : at + 3]
    if ahead[:1] in _MARK or not ahead or mark == "?" and _TOKEN.match(line, at)[1]:  # type: ignore[index]
        return True
    first = pair_of(ahead[0])
    if first is None:
        return True
    waiting = ord(mark) | 0x80 if mark.isascii() else (pair_of(mark) or (0, 0))[1]
    made = char_of(waiting, first[0])
    if made is None:
        return False
    second = pair_of(ahead[1:]) if len(ahead) > 1 else None
    words, table = load_words(), to_simplified()
    made = made.translate(table)
    shifted = words.step("。", made) if mark in "!！" else words.step("", made)
    plain = words.step("", ahead[0].translate(table))
    if second is not None:
        other = char_of(first[1], second[0])
        if other is None and not ahead[1].isspace():
            return False
        if other is not None:
            shifted += words.step(made, other.translate(table))
            plain += words.step(ahead[0].translate(table), ahead[1].translate(table))
    elif ahead[1:].isdigit():
        return False  # no second half of a character, and ASCII bytes are not lost
    elif len(ahead) > 1 and ahead[1].isascii() and (other := char_of(first[1], ord(ahead[1]))) is not None:
        shifted += words.step(made, other.translate(table))
        plain += words.step(ahead[0].translate(table), ahead[1])
    return shifted > plain - 4


def _tokens(line: str, at: int) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(line, at):
        if match[1] or match[0] in "?\ufffd":
            tokens.append(Token("lost", match[1] or "", match.start(), match.end()))
        elif match[2]:
            tokens.append(Token("reading", match[2], match.start(), match.end()))
        else:
            tokens.append(Token("char", match[0], match.start(), match.end()))
        if len(tokens) >= _LONGEST:
            break
    return tokens


def _solve(line: str, at: int, later: list[int]) -> Patch | None:
    tokens = _tokens(line, at)
    reach = at
    for other in later:  # troubles that are close to each other are one
        if sum(token.start < other for token in tokens) - sum(token.start < reach for token in tokens) > _LOOK_AHEAD:
            break
        reach = other
    trouble = sum(token.start <= reach for token in tokens)
    context, last = _context(line, at)
    text, read, sure, note = _read(tuple(tokens), context, last, trouble)
    if read == 0:
        return None
    if text is None:
        return Patch(at, tokens[read - 1].end, line[at : tokens[read - 1].end].translate(to_simplified()), False, note)
    return Patch(at, tokens[read - 1].end, text, sure, note)


def _context(line: str, at: int) -> tuple[str, tuple[int, int]]:
    """What stands before, in Simplified, and its last two bytes."""
    before = BRACKET.sub("", line[max(at - 40, 0) : at])
    if not before:
        return "", (0, 0)
    return settle_all(before[-_LOOK_BEHIND:]).translate(to_simplified()), pair_of(before[-1]) or (0, 0)


@functools.lru_cache(maxsize=4_096)
def _read(
    tokens: tuple[Token, ...], context: str, last: tuple[int, int], trouble: int
) -> tuple[str | None, int, bool, Said | None]:
    """The text, how many tokens it stands for (0: nothing is shifted), whether that is sure, and why not."""
    words = load_words()
    states = play_back(tokens, context, last, words, trouble, trouble + _LOOK_AHEAD)
    best: dict[str, tuple[float, int, int]] = {}
    for state in states:
        score = words.score(state.text) + state.cost
        if state.text not in best or score > best[state.text][0]:
            best[state.text] = (score, *state.settled)
    torn = [index for index, token in enumerate(tokens[:trouble]) if token.kind == "lost" and token.text]
    if not best:
        if not torn and tokens[0].kind != "reading":
            return None, 0, False, None
        note = Said("bytes are missing here and nothing that fits was found", "这里缺字节，没有找到合适的字")
        return None, max(torn[-1] + 1 if torn else 1, 1), False, note
    ranked = sorted(best.items(), key=lambda item: -item[1][0])
    text, (score, read, length) = ranked[0]
    if read == 0:
        return None, 0, True, None
    made = text[len(context) : length]
    if len(ranked) == 1 or score - ranked[1][1][0] >= _CLEAR:
        return made, read, True, None
    other, (_, other_read, other_length) = ranked[1]
    instead = other[len(context) : other_length] if other_read else "".join(token.text for token in tokens[:read])
    return made, read, False, Said(f"may also be {instead}", f"也可能是“{instead}”")
