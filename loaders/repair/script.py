"""Traditional characters of a damaged text as the Simplified ones that they were made from.

The converter worked character by character, so going back is a table, with four characters that need a look at
their neighbours. Whole texts in Traditional are for `aikg.loaders.identity.simplified` and OpenCC's phrases.
"""

from __future__ import annotations

import functools
import re
from typing import Any

__all__ = ["CHANGED", "read_as_simplified", "settle", "settle_all", "settled_apart", "to_simplified", "to_traditional"]

# 着 became 著; what is written with 著 in Simplified stays.
_ZHU_BEFORE = set("显名论专原编合译巨遗新拙卓昭土撰较大所")
_ZHU_AFTER = set("名作称述书者录文")
_NOT_FAME = set("单字义为词牌额次望额片")  # 随着名单, 向着名次
_SETTLED = frozenset("著乾昇徵")
# In GB 2312 for names and old books only; 麽, 夥 and the like are Traditional all the same.
_OLD = frozenset("後於夥麽榘")
_QIAN_AFTER = set("坤隆嘉县卦陵元清")
_SHENG_AFTER = set("腾騰思")


@functools.cache
def _converter(kind: str) -> Any:
    import opencc

    return opencc.OpenCC(kind)


def _singly(kind: str) -> dict[int, str]:
    """What OpenCC makes of each character alone."""
    chars = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    made = str(_converter(kind).convert("\n".join(chars))).split("\n")
    return {ord(char): new for char, new in zip(chars, made, strict=True) if len(new) == 1 and new != char}


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@functools.cache
def to_simplified() -> dict[int, str]:
    """Traditional → Simplified, for `str.translate`; a sign of GB 2312 is Simplified already.

    Without the four that `settle` decides.
    """
    table = {code: new for code, new in _singly("t2s").items() if not _in_gb2312(chr(code)) or chr(code) in _OLD}
    return {code: new for code, new in table.items() if chr(code) not in _SETTLED}


@functools.cache
def to_traditional() -> dict[int, str]:
    """Simplified → Traditional, the most usual form, for `str.translate`."""
    return _singly("s2t")


def settled_apart(text: str) -> bool:
    """Whether a text holds a character that `settle` decides."""
    return _TO_SETTLE.search(text) is not None


@functools.cache
def CHANGED() -> str:  # noqa: N802 - the text of a character class
    """Every character that may have to change, as the inside of a character class."""
    return "".join(map(chr, to_simplified())) + "".join(sorted(_SETTLED))


def settle(char: str, before: str, after: str, reading: str = "") -> str:
    """The Simplified form of 著, 乾, 昇 or 徵 between two neighbours, already Simplified or not.

    >>> settle("著", "有", "巨"), settle("著", "显", "提"), settle("乾", "若", "措"), settle("乾", "", "坤")
    ('着', '著', '干', '乾')
    """
    if char == "著":
        if before.translate(to_simplified()) in _ZHU_BEFORE and before:
            return "著"
        follows = after[:1].translate(to_simplified())
        if follows in _ZHU_AFTER and follows and after[1:2].translate(to_simplified()) not in _NOT_FAME:
            return "著"
        return "着"
    if char == "乾":
        if reading:
            return "乾" if reading.startswith("qi") else "干"
        return "乾" if (after[:1] in _QIAN_AFTER and after) or before == "康" else "干"
    if char == "昇":
        return "昇" if after[:1] in _SHENG_AFTER and after else "升"
    if char == "徵":
        return "徵" if before in ("角", "宫", "宮") or after[:1] == "羽" else "征"
    return char


_TO_SETTLE = re.compile("[著乾昇徵]")


def settle_all(text: str) -> str:
    """`settle` for every such character of a text."""
    if not _TO_SETTLE.search(text):
        return text
    return _TO_SETTLE.sub(
        lambda m: settle(m[0], text[max(m.start() - 1, 0) : m.start()], text[m.end() : m.end() + 2]), text
    )


def read_as_simplified(text: str) -> str:
    """A text in Traditional for reading in Simplified, phrases included; the same length as given.

    >>> read_as_simplified("雲端與後台")
    '云端与后台'
    """
    if text.isascii():
        return text
    read = str(_converter("t2s").convert(text))
    return read if len(read) == len(text) else text.translate(to_simplified())
