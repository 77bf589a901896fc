"""Chinese numerals and the words that multiply (万, 亿, million)."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["CHINESE_NUMERAL", "MULTIPLIER", "MULTIPLIERS", "chinese_number"]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}

CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"

MULTIPLIERS: dict[str, int] = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
# 千瓦 and 百分点 are units, not a thousand watts or a hundred points.
MULTIPLIER = (
    r"(?:万亿|[十百千]?亿|[十百千]?万|千(?![瓦米克卡伏赫兆字])|百(?!分)"
    r"|(?i:thousand|million|billion|trillion)(?![A-Za-z]))"
)


def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is none.

    Reads 三十六, 两万, 一千二百, 二〇二二 digit by digit, and the spoken 一百二 (120).
    A magnitude alone (百, 万亿) counts once.

    >>> chinese_number("一百二十万"), chinese_number("两万五"), chinese_number("十十")
    (Decimal('1200000'), Decimal('25000'), None)
    """
    if not text or any(char not in _DIGITS and char not in _TENS and char not in "万亿" for char in text):
        return None
    if all(char in _DIGITS for char in text):
        # 三五家 means three to five; digits read one by one are long or have a zero among them.
        if len(text) == 1 or len(text) >= 3 or any(_DIGITS[char] == 0 for char in text):
            return Decimal("".join(str(_DIGITS[char]) for char in text))
        return None
    value = _grouped(text)
    return Decimal(value) if value is not None else None


def _grouped(text: str) -> int | None:
    """Numerals with 万 and 亿: what stands before the greatest is multiplied, what follows is added."""
    for word, factor in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if word not in text:
            continue
        before, _, after = text.partition(word)
        if word in after:
            return None
        head = 1 if not before else _grouped(before)
        tail = _tail(after, factor)
        if head is None or tail is None or (before and before[0] in "零〇"):
            return None
        return head * factor + tail
    return _section(text)


def _tail(after: str, factor: int) -> int | None:
    if not after:
        return 0
    if after[0] in "百千万亿":
        return None
    if len(after) == 1 and _DIGITS.get(after):
        return _DIGITS[after] * factor // 10  # 两万五
    value = _grouped(after.lstrip("零〇"))
    return value if value is not None and value < factor else None


def _section(text: str) -> int | None:
    """Numerals below 万: 一千二百三十四, 十五, 百."""
    total, digit, last = 0, None, 10_000
    zero = False
    for char in text:
        if char in _TENS:
            unit = _TENS[char]
            # 千百 and 亿万 are manners of speaking, 一百十五 is not.
            if unit >= last or (digit is None and (zero or (total and char != "十"))):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last, zero = None, unit, False
        elif _DIGITS[char] == 0:
            if digit is not None:
                return None
            zero = True
        else:
            if digit is not None:
                return None
            digit = _DIGITS[char]
    if digit is None:
        return total if total and not zero else None
    spoken = last in (100, 1000) and not zero  # 一百二 is 120, 一百零二 is 102
    return total + digit * (last // 10 if spoken else 1)
