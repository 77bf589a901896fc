"""The reading that the converter wrote behind a character: 產(chǎn) is 產. Other brackets are the author's."""

from __future__ import annotations

import functools
import re
import unicodedata

__all__ = ["BRACKET", "HAN", "TONED", "bare_reading", "belongs", "readings_of"]

HAN = "\u3400-\u9fff\uf900-\ufaff"
HAN_SIGN = re.compile(rf"[{HAN}]")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# One syllable: at most six letters, one of them with a tone. English words and abbreviations have none.
TONED = rf"[a-zü]{{0,4}}[{_TONES}][a-zü]{{0,4}}"
# Without a tone only what `belongs` confirms: 們(men) is a reading, 數據(data) a translation.
BRACKET = re.compile(rf"\(({TONED}|[a-z]{{1,6}})\)")


@functools.cache
def _table() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    table: dict[int, str] = pinyin_dict
    return table


@functools.lru_cache(maxsize=20_000)
def readings_of(char: str) -> frozenset[str]:
    """The readings of one character, with tones as marks.

    >>> sorted(readings_of("長"))
    ['cháng', 'zhàng', 'zhǎng']
    """
    return frozenset(_table().get(ord(char), "").split(",")) - {""}


@functools.lru_cache(maxsize=4_000)
def bare_reading(reading: str) -> str:
    """A reading without its tone.

    >>> bare_reading("chǎn")
    'chan'
    """
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@functools.lru_cache(maxsize=20_000)
def belongs(char: str, reading: str) -> bool:
    """Whether a character is read so; tables differ in tones (績 jī, jì), so the tone is not compared.

    >>> belongs("產", "chǎn"), belongs("產", "yè")
    (True, False)
    """
    wanted = bare_reading(reading)
    return any(bare_reading(known) == wanted for known in readings_of(char))
