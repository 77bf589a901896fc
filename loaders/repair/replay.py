"""Shifted bytes played backwards: a search over the bytes that may have been lost.

A bracket between the two bytes of a character leaves ``?`` for one of them and often takes the ``(`` with it; a
mark that was narrowed inside of a character costs the byte before it; bytes that landed in the private use area are
gone. The search keeps, token by token, what may stand there, how likely it is as Chinese, and the byte that waits
for its second half.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from aikg.loaders.repair.brackets import belongs, readings_of
from aikg.loaders.repair.gbk import PRIVATE_LEADS, char_of, pair_of, with_lead, with_reading, with_trail
from aikg.loaders.repair.script import to_simplified, to_traditional
from aikg.loaders.repair.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["State", "Token", "play_back"]

NONE, UNKNOWN = -2, -1  # no byte waits; a byte waits that is not known
_LOST, _DROPPED, _MISREAD, _TWO, _STRAY = -1.5, 0.0, -14.0, -1.0, -5.0  # log costs of what happened
_TAG = 3.0  # a lost byte that explains how the < of a tag got lost
_BEAM, _BEST, _BEST_LATER, _TRIED = 24, 4, 1, 12
_HOPELESS = 11.0  # log odds against the best reading so far at which one is given up
_UNLIKELY = -10.5  # a character that follows so rarely is not tried for bytes that left no trace
_RARE, _OTHER_TONE = -16.0, -4.0
_NARROW = 0xA3
_MARKS = ("!", ";", "?", "", "！", "；", "？", "<")  # "" is a question mark that may be a lost byte itself


class Token(NamedTuple):
    """A character, a ``?`` (with the reading behind it, if its bracket lost the opening half), or a reading."""

    kind: str  # "char", "lost", "reading"
    text: str
    start: int
    end: int


class State(NamedTuple):
    """One way to read the tokens so far.

    `text` is Simplified and begins with the context; `waits` is a byte, UNKNOWN or NONE; `last` the last two bytes;
    `settled` how many tokens and characters of `text` the damage reaches; `guesses` how many characters
    no reading vouches for.
    """

    likely: float
    cost: float
    text: str
    waits: int
    last: tuple[int, int]
    settled: tuple[int, int]
    guesses: int = 0


def _total(state: State) -> float:
    return state.likely + state.cost


def play_back(tokens: Sequence[Token], context: str, last: tuple[int, int], trouble: int, least: int) -> list[State]:
    """The likeliest readings in which no byte is left waiting.

    `context` is what stands before, in Simplified, `last` its last two bytes. Bytes may be lost without
    a trace in the first `trouble` tokens; the search goes on to token `least`, and until no byte waits.
    """
    search = _Search(tokens, trouble)
    states = [State(0.0, 0.0, context, NONE, last, (0, len(context)))]
    for at in range(len(tokens)):
        found: dict[tuple[str, int, tuple[int, int]], State] = {}
        for rank, state in enumerate(states):
            for new in search.step(state, at, rank):
                key = (new.text, new.waits, new.last)
                old = found.get(key)
                if old is None or new.likely + new.cost > old.likely + old.cost:
                    found[key] = new
        # What follows tells the many that a lost byte may be apart.
        widest = 2 * _BEAM if tokens[at].kind == "lost" else _BEAM
        ranked = sorted(found.values(), key=_total, reverse=True)[:widest]
        limit = ranked[0].likely + ranked[0].cost - _HOPELESS if ranked else 0.0
        states = [new for new in ranked if new.likely + new.cost >= limit]
        if (
            at >= least
            and tokens[at + 1 : at + 2]
            and tokens[at + 1].kind != "reading"
            and all(state.waits == NONE for state in states)
        ):
            break
    return [state for state in states if state.waits == NONE]


@functools.lru_cache(maxsize=8_192)
def _options(before: str, side: str, byte: int) -> tuple[tuple[float, int, str], ...]:
    """How likely, other byte, character: of what a byte may be a half of; `side` is the half that the byte is."""
    words, table = load_words(), to_simplified()
    pairs = with_trail(byte) if side == "trail" else with_lead(byte)
    found = [
        (words.step(before, table.get(ord(char), char)), other, char)
        for other, char in pairs
        if (side != "private" or other in PRIVATE_LEADS) and words.common(table.get(ord(char), char))
    ]
    return tuple(sorted((option for option in found if option[0] > _RARE), reverse=True))


class _Search:
    def __init__(self, tokens: Sequence[Token], trouble: int) -> None:
        self.tokens, self.words, self.trouble = tokens, load_words(), trouble
        self.table = to_simplified()
        self.traceless = True

    def step(self, state: State, at: int, rank: int) -> Iterator[State]:
        """The states after one more token; losses without a trace are tried for the first few only."""
        token = self.tokens[at]
        self.traceless = rank < (_BEST if at <= self.trouble + 1 else _BEST_LATER)
        if token.kind == "reading":
            yield from self._reading(state, token.text, at)
        elif token.kind == "lost":
            yield from self._lost(state, token.text, at)
            if not token.text:
                yield from self._char(state, "?", at)
        else:
            yield from self._char(state, token.text, at)

    # -- what a state becomes --------------------------------------------------------------------

    def _put(
        self, state: State, char: str, waits: int, last: tuple[int, int], at: int, cost: float = 0.0, guessed: int = 0
    ) -> State:
        """The state with one more character, made of bytes that were torn apart; `guessed`: with a free choice."""
        simple = self._simple(char)
        text = state.text + simple
        likely = state.likely + self.words.step(state.text[-1:], simple)
        return State(likely, state.cost + cost, text, waits, last, (at + 1, len(text)), state.guesses + guessed)

    def _simple(self, char: str) -> str:
        return "着" if char == "著" else self.table.get(ord(char), char)

    def _keep(self, state: State, char: str, last: tuple[int, int]) -> State:
        """The state with a character as it stands."""
        simple = self.table.get(ord(char), char)
        likely = state.likely + self.words.step(state.text[-1:], simple)
        return State(likely, state.cost, state.text + simple, NONE, last, state.settled, state.guesses)

    def _feed(self, state: State, byte: int, at: int, least: float) -> list[State]:
        """The states after one more byte."""
        waits, last = state.waits, (state.last[1], byte)
        if waits == NONE:
            if byte < 0x80:
                return [self._put(state, chr(byte), NONE, last, at)]
            return [state._replace(waits=byte, last=last, settled=(at + 1, len(state.text)))]
        if waits == UNKNOWN:
            return [
                self._put(state, char, NONE, (lead, byte), at, 0.0, 1)
                for lead, char in self._possible(state, "trail", byte, least)
            ]
        char = char_of(waits, byte)
        if char is None or not self.words.knows(self.table.get(ord(char), char)):
            return []
        return [self._put(state, char, NONE, last, at)]

    def _possible(self, state: State, side: str, byte: int, least: float = _RARE) -> list[tuple[int, str]]:
        """The other bytes and characters that `byte` may belong to behind what stands there, the likeliest first."""
        options = _options(state.text[-1:], side, byte)
        if least == _RARE:
            return [(other, char) for _, other, char in options[: 2 * _TRIED]]
        return [(other, char) for step, other, char in options if step > least]

    # -- tokens ----------------------------------------------------------------------------------

    def _char(self, state: State, char: str, at: int) -> Iterator[State]:
        pair = pair_of(char)
        code = ord(char)
        if state.waits == NONE:
            if pair is None or not 0xE000 <= code < 0xF900:
                kept = self._keep(state, char, pair or (0, 0))
                stray = char in "?!;" and at < self.trouble > 1  # more trouble beside it
                yield kept._replace(cost=kept.cost + _STRAY) if stray else kept
            narrow = code | 0x80 if char in "!;?<" else pair[1] if char in "！；？" and pair else 0
            if narrow and at < self.trouble:  # the first half of a character was lost before a mark that is none
                for _, made in self._possible(state, "trail", _NARROW, -11.5):
                    yield self._put(state, made, narrow, (_NARROW, narrow), at, _LOST, 1)
            return
        yield from self._torn(state, char, pair, at, _RARE)
        if self.traceless or code < 0x40 or char in "，：；！？":
            yield from self._cut_off(state, char, pair, at)
        for before in self._dropped(state, at):
            yield from self._torn(before, char, pair, at, _UNLIKELY)

    def _cut_off(self, state: State, char: str, pair: tuple[int, int] | None, at: int) -> Iterator[State]:
        """The waiting byte's other half was lost without a trace, and the shift ends before this character."""
        code = ord(char)
        # A letter would have become the other half.
        if state.waits == UNKNOWN or 0x40 <= code < 0x7F or 0xE000 <= code < 0xF900:
            return
        made = [
            self._put(state, other, NONE, (state.waits, trail), at - 1, _LOST, 1)
            for trail, other in self._possible(state, "lead", state.waits, _UNLIKELY)
        ]
        for whole in sorted(made, key=_total, reverse=True)[:5]:
            yield self._keep(whole, char, pair or (0, 0))

    def _torn(self, state: State, char: str, pair: tuple[int, int] | None, at: int, least: float) -> Iterator[State]:
        """The states after the bytes of a sign that stands where a byte waits."""
        code = ord(char)
        if pair is not None:
            for half in self._feed(state, pair[0], at, least):
                yield from self._feed(half, pair[1], at, least)
        elif 0x40 <= code < 0x7F:
            yield from self._feed(state, code, at, least)
        if 0x21 <= code < 0x7F and not char.isalnum():
            for half in self._feed(state, _NARROW, at, least):
                yield from self._feed(half, code | 0x80, at, least)

    def _dropped(self, state: State, at: int) -> list[State]:
        """Pairs of bytes that became private characters and were dropped: at most two."""
        # A byte that waits since a question mark was torn from what follows: nothing lies between them.
        if not self.traceless or state.waits == UNKNOWN:
            return []
        found: list[State] = []
        open_states = [state]
        for _ in range(2):
            after: list[State] = []
            for before in open_states:
                if before.waits == UNKNOWN:
                    options = [
                        (pair[1], char)
                        for char in self._likely(before)
                        if (pair := pair_of(char)) and pair[0] >= 0xA1 and pair[1] in PRIVATE_LEADS
                    ]
                else:
                    options = self._possible(before, "private", before.waits, _UNLIKELY)
                after += [
                    self._put(before, char, UNKNOWN, (trail, UNKNOWN), at, _DROPPED, 1) for trail, char in options
                ]
            open_states = sorted(after, key=_total, reverse=True)[:4]
            found += open_states
        return found

    def _likely(self, state: State) -> list[str]:
        """Characters, as the converter wrote them, that often follow what stands there."""
        table = to_traditional()
        return [table.get(ord(char), char) for char in self.words.followers(state.text[-1:])]

    def _lost(self, state: State, reading: str, at: int) -> Iterator[State]:
        """A ``?``: a byte that is gone, or two of them."""
        if state.waits == NONE:
            if not reading:
                # Before a character there is no way for one byte to get lost: two bytes are one or another.
                if self.tokens[at + 1 : at + 2] and self.tokens[at + 1].text in _MARKS:
                    yield state._replace(
                        waits=UNKNOWN, last=(state.last[1], UNKNOWN), settled=(at + 1, len(state.text))
                    )
                return
            for trail, _ in with_reading(state.last[1], reading):
                yield state._replace(waits=trail, last=(state.last[1], trail), settled=(at + 1, len(state.text)))
        elif state.waits == UNKNOWN:
            yield from self._both(state, reading, at)
        elif reading:
            for trail, char in with_reading(state.waits, reading):
                yield self._put(state, char, NONE, (state.waits, trail), at)
        else:
            for trail, char in self._before_next(state, at):
                yield self._close_tag(self._put(state, char, NONE, (state.waits, trail), at, 0.0, 1), at)
            for char in self._likely(state):
                pair = pair_of(char)
                if pair and pair[0] == state.waits:
                    yield self._put(state, char, UNKNOWN, (pair[1], UNKNOWN), at, _TWO, 1)
            for before in self._dropped(state, at):
                yield from self._both(before, "", at)

    def _before_next(self, state: State, at: int) -> list[tuple[int, str]]:
        """What a waiting byte may be the first half of: the likeliest between what stands before and behind."""
        following = self.tokens[at + 1 : at + 2]
        options = _options(state.text[-1:], "lead", state.waits)
        if following and following[0].kind == "char" and following[0].text > "\u3400":
            after, step = self._simple(following[0].text), self.words.step
            options = tuple(sorted(options, key=lambda option: -option[0] - step(self._simple(option[2]), after)))
        return [(other, char) for _, other, char in options[:_TRIED]]

    def _both(self, state: State, reading: str, at: int) -> Iterator[State]:
        """Both bytes of a character are gone."""
        for char in self._likely(state):
            pair = pair_of(char)
            if pair and (not reading or belongs(char, reading)):
                yield self._close_tag(self._put(state, char, NONE, pair, at, _TWO, 1), at, both=True)

    def _close_tag(self, state: State, at: int, *, both: bool = False) -> State:
        """``?/a>``: the byte took the ``<`` with it."""
        ahead = "".join(token.text for token in self.tokens[at + 1 : at + 4])
        if not (ahead.startswith("/") and ahead.endswith(">")):
            return state
        # Two bytes where one is seen: the rarer way to get here is the longer text, which scores lower by itself.
        cost = state.cost + (_TAG if both else 0.0)
        return state._replace(cost=cost, text=state.text + "<", settled=(at + 1, len(state.text) + 1))

    def _reading(self, state: State, reading: str, at: int) -> Iterator[State]:
        first, second = state.last
        char = char_of(first, second) if min(first, second) > 0 else None
        if char is not None and belongs(char, reading):
            cost = 0.0 if reading in readings_of(char) else _OTHER_TONE
            settled = (at + 1, len(state.text)) if state.settled[0] == at else state.settled
            yield state._replace(settled=settled, cost=state.cost + cost)
            if not cost:
                return
        if first > 0 and second == UNKNOWN:
            for trail, _ in with_reading(first, reading):
                yield state._replace(waits=trail, last=(first, trail))
        elif second > 0x80:  # the byte before the bracket was lost
            for trail, made in with_reading(second, reading):
                if state.waits == NONE:
                    yield state._replace(
                        waits=trail, last=(second, trail), cost=state.cost + _LOST, settled=(at + 1, len(state.text))
                    )
                else:
                    yield self._put(state, made, NONE, (second, trail), at, _LOST)
        if char is None or not belongs(char, reading):
            yield state._replace(cost=state.cost + _MISREAD, settled=(at + 1, len(state.text)))
