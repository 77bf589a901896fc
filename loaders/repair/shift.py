"""Where the bytes of a text were shifted, and what was written there."""

from __future__ import annotations

import functools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aikg.loaders.repair.brackets import BRACKET, HAN, HAN_SIGN, TONED, readings_of
from aikg.loaders.repair.gbk import char_of, pair_of
from aikg.loaders.repair.replay import Token, play_back
from aikg.loaders.repair.script import settle_all, to_simplified
from aikg.loaders.repair.words import load_words
from aikg.ontology.language import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Patch", "find_shifts"]

_ODD = r"[A-Za-z@\[\]^_`{|}~]"  # ASCII bytes that can be the second half of a character
_TORN = rf"[?\ufffd](?:{TONED})\)"
_TORN_HERE = re.compile(_TORN)
_TROUBLE = re.compile(rf"{_TORN}|\ufffd|(?<![\x00-\x28\x2a-\x7f])[!;?<！；？](?=[^\x00-\x7f]|[?;!])|[\ue000-\ue4c5]")
_GLOSSED = re.compile(rf"([{HAN}])\(({TONED})\)")
_TOKEN = re.compile(rf"[?\ufffd]({TONED})\)|\(({TONED})\)|[?\ufffd]|.", re.DOTALL)
_MARK = frozenset("!;?<！；？")
_LOOK_BEHIND, _LOOK_AHEAD, _LONGEST, _NEAR = 6, 6, 48, 2_000
_CLEAR, _CLEARER = 3.0, 2.0  # log odds of a reading against the next best; for each character that was guessed


class Reading(NamedTuple):
    """What was written, the character after it, how many tokens that explains (0: nothing is shifted), how likely, and how many characters of it were
    chosen without a reading.
    """

    made: str
    after: str
    tokens: int
    score: float
    guesses: int


_NOTHING = Said("bytes are missing here, and nothing fits", "这里缺字节，没有合适的字")


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
    if not HAN_SIGN.search(line):  # signs such as ÷ stand in GBK too, but where no Chinese is, no Chinese was shifted
        return []
    troubles = sorted({match.start() for match in _TROUBLE.finditer(line)} | set(_misread(line)))
    patches: list[Patch] = []
    done = 0
    for index, at in enumerate(troubles):
        if at < done:
            continue
        if line[at] in _MARK and not _looks_shifted(line, at):
            continue
        patch = _solve(line, at, troubles[index + 1 : index + 1 + _LONGEST])
        if patch is not None:
            patches.append(patch)
            done = patch.end
    return patches


def _misread(line: str) -> Iterator[int]:
    """Characters whose bracket holds the reading of another."""
    wrong = {pair for pair in set(_GLOSSED.findall(line)) if pair[1] not in readings_of(pair[0])}
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
    if ahead[:1] in _MARK or re.match(_ODD, ahead) or not ahead or _TORN_HERE.match(line, at):
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
    while trouble < len(tokens) and (tokens[trouble].kind == "lost" or tokens[trouble].text in _MARK):
        trouble += 1
    context, last = _context(line, at)
    # Counted from the run, so that a run that comes again, wherever it stands, is read once.
    run = tuple(token._replace(start=token.start - at, end=token.end - at) for token in tokens)
    readings = _read(run, context, last, trouble)
    if not readings:
        lost = next((index for index in range(trouble, 0, -1) if tokens[index - 1].kind != "char"), 0)
        end = tokens[max(lost, 1) - 1].end
        if not lost or (tokens[0].kind != "lost" and line[at] not in "([" and end == at + 1):
            return None
        return Patch(at, end, line[at:end].translate(to_simplified()), False, _NOTHING)
    if len(readings) > 1:
        near = BRACKET.sub("", line[max(at - _NEAR, 0) : at + _NEAR]).translate(to_simplified())
        seen = [found._replace(score=found.score + _seen(found, context, near)) for found in readings]
        readings = tuple(sorted(seen, key=lambda found: -found.score))
    best = readings[0]
    if best.tokens == 0:
        if trouble == 1 or tokens[0].kind != "lost":
            return None
        end = tokens[trouble - 1].end
        return Patch(at, end, line[at:end].translate(to_simplified()), False, _NOTHING)
    end = tokens[best.tokens - 1].end
    kept = 0  # the mark that looked shifted may be one, and the trouble begins behind it
    while kept < best.tokens - 1 and tokens[kept].kind == "char" and best.made[kept : kept + 1] == tokens[kept].text:
        kept += 1
    at = tokens[kept].start
    second = next((found for found in readings if found.made != best.made), None)
    if second is None or best.score - second.score >= _CLEAR + _CLEARER * best.guesses:
        return Patch(at, end, best.made[kept:], True)
    instead = second.made[kept:] or line[at:end]
    return Patch(at, end, best.made[kept:], False, Said(f"may also be {instead}", f"也可能是“{instead}”"))


def _seen(found: Reading, context: str, near: str) -> float:
    """A bonus for pairs of characters that the text has elsewhere."""
    text = context[-1:] + found.made + found.after[:1]
    return sum(min(1.5 * math.log1p(near.count(text[at : at + 2])), 6.0) for at in range(len(text) - 1))


def _context(line: str, at: int) -> tuple[str, tuple[int, int]]:
    """What stands before, in Simplified, and its last two bytes."""
    before = BRACKET.sub("", line[max(at - 40, 0) : at])
    if not before:
        return "", (0, 0)
    return settle_all(before[-_LOOK_BEHIND:]).translate(to_simplified()), pair_of(before[-1]) or (0, 0)


@functools.lru_cache(maxsize=2_048)
def _read(tokens: tuple[Token, ...], context: str, last: tuple[int, int], trouble: int) -> tuple[Reading, ...]:
    """The likeliest readings of a run, best first; none where nothing fits."""
    words = load_words()
    best: dict[str, Reading] = {}
    for state in play_back(tokens, context, last, trouble, trouble + _LOOK_AHEAD):
        text = settle_all(state.text)
        read, length = state.settled
        found = Reading(
            text[len(context) : length], text[length : length + 1], read, words.score(text) + state.cost, state.guesses
        )
        if text not in best or found.score > best[text].score:
            best[text] = found
    return tuple(sorted(best.values(), key=lambda found: -found.score)[:30])
