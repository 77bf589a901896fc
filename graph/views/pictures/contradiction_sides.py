"""The two sides of a contradiction as a scale can show them: numbers of one unit, dates, or words.

Conflicts hold values as the documents write them ("突破1200亿元", "40%-60%（…）"). A value is read as a number only where one
number (or one range) stands in it and both sides have the same unit; everything else stays words, since a bar drawn from a
wrong reading would be worse than no bar.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from aikg.graph.views.axes import span_of

__all__ = ["Extent", "Reading", "days_between", "read"]

_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SCALES = {"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3}
_SCALE = "|".join(_SCALES)
# A year said in passing (2022年同比…) is no value; 2.3年 and 20年 are.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年(?!期)")
_VALUE = re.compile(
    rf"(?P<before>[^\d]*?)(?P<low>{_NUMBER})(?P<low_scale>{_SCALE})?"
    rf"(?:(?P<low_unit>%|‰)?[-–~至—](?P<high>{_NUMBER})(?P<high_scale>{_SCALE})?)?(?P<after>[^\d]*)"
)
# Sums, products, ratios and arrows are calculations, not values; an ordinal is no amount.
_NO_VALUE = re.compile(r"[+×*/=→:≈÷<>]|第\s*\d|(?:^|[^\d%‰万亿千百])[-−]\d")
_LONGEST = 200
_OVER = ("超", "突破", "以上", "至少", "不少于", "不低于", "逾", "多于", "高于", "大于")
_UNDER = ("不到", "以下", "不足", "低于", "至多", "不超过", "少于", "小于")
_VAGUE = ("左右", "上下", "余", "多")
_DOWN = re.compile(r"减|下降|降低|降幅|跌|负")
_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?")
_MONTH = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*月?")
_WHOLE_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")


@dataclass(frozen=True)
class Extent:
    """A value on a scale: `low` to `high` (the same for one number), `open` is over, under or "" ; dates are in years."""

    low: float
    high: float
    unit: str = ""
    open: str = ""


@dataclass(frozen=True)
class Reading:
    """How a pair of values is drawn: `form` is number, date or words; the extents are None for words."""

    form: str
    a: Extent | None = None
    b: Extent | None = None

    @property
    def share(self) -> float | None:
        """The smaller number in shares of the larger, 0-1 (of ranges: their middles); None for dates and words."""
        if self.form != "number" or self.a is None or self.b is None:
            return None
        middles = sorted((self.a.low + self.a.high, self.b.low + self.b.high))
        return middles[0] / middles[1]


_WORDS = Reading("words")


def read(value_a: str, value_b: str) -> Reading:
    """How two values stand to each other.

    Numbers need one unit, the same direction (a fall is not compared with a rise) and must differ; else they are words.

    >>> read("突破1200亿元", "突破1500亿元").share
    0.8
    >>> read("20%", "30个百分点").form, read("2013-01-08", "2013-01-18").form, read("北京市", "深圳市").form
    ('words', 'date', 'words')
    """
    when_a, when_b = _time(value_a), _time(value_b)
    if when_a is not None and when_b is not None:
        return _WORDS if (when_a.low, when_a.high) == (when_b.low, when_b.high) else Reading("date", when_a, when_b)
    a, b = _amount(value_a), _amount(value_b)
    if a is None or b is None or a.unit != b.unit or (a.low, a.high) == (b.low, b.high) or not max(a.high, b.high) > 0:
        return _WORDS
    return Reading("number", a, b)


def days_between(value_a: str, value_b: str) -> int | None:
    """Days between two dates that both state a day, else None.

    >>> days_between("2022-03-10", "2022年5月20日"), days_between("2022-03", "2022-05")
    (71, None)
    """
    a, b = (_DAY.fullmatch(unicodedata.normalize("NFKC", text).strip()) for text in (value_a, value_b))
    if a is None or b is None:
        return None
    try:
        first, second = (date(*(int(part) for part in found.groups())) for found in (a, b))
    except ValueError:
        return None
    return abs((second - first).days)


def _time(text: str) -> Extent | None:
    """A date in years. A bare 2024 is a number: only 年 or a month make it a year."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for pattern in (_DAY, _MONTH, _WHOLE_YEAR):
        found = pattern.fullmatch(plain)
        if found is not None:
            year, *rest = found.groups()
            span = span_of("-".join([year, *(part.zfill(2) for part in rest)]))
            return None if span is None else Extent(span.start, span.end)
    return None


def _amount(text: str) -> Extent | None:
    """A number or range in its unit; brackets (scope, year) are left out. None where it is not one plain number."""
    plain = "".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).split())
    plain = _YEAR.sub("", _BRACKETS.sub("", plain))
    found = None if len(plain) > _LONGEST or _NO_VALUE.search(plain) else _VALUE.fullmatch(plain)
    if found is None or (found["low_unit"] and not found["after"].startswith(found["low_unit"])):
        return None
    last = _SCALES.get(found["high_scale"] or "", 1.0)
    # 3-5万 is 30,000 to 50,000; 3000-1万 has a scale of its own on one side only and is not guessed at.
    low = float(found["low"].replace(",", "")) * _SCALES.get(found["low_scale"] or "", last)
    high = float(found["high"].replace(",", "")) * last if found["high"] else low
    if high < low:
        return None
    before, unit = found["before"], found["after"]
    under = any(word in before + unit for word in _UNDER)
    over = not under and any(word in before + unit for word in _OVER)
    for word in (*_UNDER, *_OVER, *_VAGUE):
        unit = unit.replace(word, "")
    direction = "−" if _DOWN.search(before) else ""
    return Extent(low, high, direction + unit.strip(".,;。").casefold(), "under" if under else "over" if over else "")
