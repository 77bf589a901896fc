"""GBK as tables: the bytes of a character, and the characters that have a given byte.

Only characters that a text made by the converter can hold are candidates for a lost byte: in use, and Traditional
where a Traditional form exists.
"""

from __future__ import annotations

import functools

from aikg.loaders.repair.brackets import bare_reading, readings_of
from aikg.loaders.repair.script import to_simplified, to_traditional

__all__ = ["PRIVATE_LEADS", "char_of", "made_by_converter", "pair_of", "with_lead", "with_reading", "with_trail"]

# Bytes that begin a character of the user's own (private use), which no font shows and many pages drop.
PRIVATE_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_FIRST_PRIVATE = 0xE000
_TRAILS = 94
# Simplified characters that the converter left beside Traditional ones.
_LEFT = frozenset("于后里云制托并范干只系台着面发复准历卷谷丰才采划别")


@functools.cache
def _tables() -> tuple[dict[int, str], dict[int, tuple[tuple[int, str], ...]], dict[int, tuple[tuple[int, str], ...]]]:
    chars: dict[int, str] = {}
    leads: dict[int, list[tuple[int, str]]] = {}
    trails: dict[int, list[tuple[int, str]]] = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                char = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            chars[lead << 8 | trail] = char
            if made_by_converter(char):
                leads.setdefault(lead, []).append((trail, char))
                trails.setdefault(trail, []).append((lead, char))
    return (
        chars,
        {lead: tuple(found) for lead, found in leads.items()},
        {trail: tuple(found) for trail, found in trails.items()},
    )


def made_by_converter(char: str) -> bool:
    """Whether the converter can have written a character."""
    if "\u3400" <= char <= "\u9fff":
        return ord(char) in to_simplified() or ord(char) not in to_traditional() or char in _LEFT
    return char in "，。、“”：；《》！？（）—…·‘’％【】"


@functools.lru_cache(maxsize=30_000)
def pair_of(char: str) -> tuple[int, int] | None:
    """The two bytes of a character, of the private use area too; None where GBK has no two bytes for it.

    >>> [hex(byte) for byte in pair_of("部")]
    ['0xb2', '0xbf']
    """
    code = ord(char) - _FIRST_PRIVATE
    if 0 <= code < len(PRIVATE_LEADS) * _TRAILS:
        return PRIVATE_LEADS[code // _TRAILS], 0xA1 + code % _TRAILS
    try:
        made = char.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (made[0], made[1]) if len(made) == 2 else None


def char_of(lead: int, trail: int) -> str | None:
    """The character of two bytes, or None.

    >>> char_of(0xB2, 0xBF)
    '部'
    """
    return _tables()[0].get(lead << 8 | trail)


def with_lead(lead: int) -> tuple[tuple[int, str], ...]:
    """The second bytes and characters that may follow a first byte."""
    return _tables()[1].get(lead, ())


def with_trail(trail: int) -> tuple[tuple[int, str], ...]:
    """The first bytes and characters that may stand before a second byte."""
    return _tables()[2].get(trail, ())


@functools.lru_cache(maxsize=4_000)
def with_reading(lead: int, reading: str) -> tuple[tuple[int, str], ...]:
    """The second bytes and characters that make a first byte a character of a reading, the tone right first.

    The bracket stands behind any two bytes that look like a character, so it need not be one that is meant.
    """
    found = []
    for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
        char = char_of(lead, trail)
        if char is None or ord(char) not in to_simplified():
            continue
        known = readings_of(char)
        if reading in known:
            found.append((0, trail, char))
        elif bare_reading(reading) in {bare_reading(other) for other in known}:
            found.append((1, trail, char))
    exact = [item for item in found if not item[0]]
    return tuple((trail, char) for _, trail, char in exact or found)
