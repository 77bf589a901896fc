"""Dates and periods as Chinese and English texts write them, as ISO 8601 text.

A date may be partial (2022, 2022-09, 2022-09-01): a source that gives only a year has said no month,
and none is made up.
"""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from aikg.ontology.language import Said

__all__ = ["DateError", "Period", "find_periods", "parse_date", "plain"]

# One character for one: positions in the given text stay valid after `plain`.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_CHINESE_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}

_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_SPOKEN_MONTHS = {"元": 1, "正": 1, "十": 10, "十一": 11, "十二": 12} | {
    char: value for value, char in enumerate("一二三四五六七八九", start=1)
}

_YEAR_FIRST = re.compile(
    r"(?P<year>\d+) ?(?:年|[-./]) ?(?P<month>\d{1,2})"
    r"(?: ?(?:月|[-./]) ?(?P<day>\d{1,2}) ?[日号]?| ?月(?:份|[底末初中])?|)"
)
_YEAR_ONLY = re.compile(r"(?P<year>\d+) ?(?:年 ?(?:[底末初中]|年[底末初中]|上半年|下半年|第?[1-4] ?季度|度)?)?")
_QUARTER = re.compile(r"(?P<year>\d{4}) ?-?[Qq][1-4]|[Qq][1-4] ?(?P<year2>\d{4})")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?")
_ENGLISH = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)? )?(?P<name>[A-Za-z]{3,9})\.?"
    r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>\d{2,5})"
)
_DAY_FIRST = re.compile(r"(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<year>\d{2,4})")
_TIME = re.compile(r"(?:[T ] ?|(?<=[日号]))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?$")
_SPOKEN_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?= ?年)")
_SPOKEN_PART = re.compile(
    r"(?:二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九元正])(?= ?[月日])"
)


def plain(text: str) -> str:
    """Full-width letters, digits, signs and blanks as half-width ones, character for character.

    >>> plain("２０２２年９月")
    '2022年9月'
    """
    return text.translate(_FULL_WIDTH)


class DateError(ValueError):
    """A text is no date. `said` tells why, in English and Chinese."""

    def __init__(self, shown: str, en: str, zh: str) -> None:
        self.said = Said(f"{shown!r}: {en}", f"“{shown}”：{zh}")
        super().__init__(str(self.said))


def parse_date(text: str) -> str:
    """The ISO form of one date, as precise as it was written.

    Reads 2002-05-31, 2022.09, 2022/9/1, 20220901, 2022年9月, 2022 年底 (kept as the year),
    二〇二二年九月, Sept. 1, 2022 and a date followed by a time of day (which is dropped).
    Years have four digits, 1000 to 2999.

    Raises DateError, with the reason, for anything else: two-digit years, days that do not exist, 03/04/2022
    (day and month cannot be told apart), two dates, or words.

    >>> parse_date("2022 年底")
    '2022'
    >>> parse_date("2021-02-30")
    Traceback (most recent call last):
    aikg.loaders.numbers.dates.DateError: '2021-02-30': month 2 of 2021 has no day 30
    """
    shown = text.strip()
    words = _spoken_to_digits(re.sub(r"\s+", " ", plain(shown)).strip())
    words = _TIME.sub("", words).strip()
    words = re.sub(r"^(?:截至|截止|于) ?到? ?", "", words)
    if match := _COMPACT.fullmatch(words):
        return _iso(shown, match["year"], match["month"], match["day"])
    if match := _YEAR_ONLY.fullmatch(words):
        return _iso(shown, match["year"])
    if match := _QUARTER.fullmatch(words):
        return _iso(shown, match["year"] or match["year2"])
    if match := _YEAR_FIRST.fullmatch(words):
        # 03-04-22 has the same shape with the day in front.
        if len(match["year"]) <= 2 and match["day"] and "年" not in words:
            raise _short_year(shown)
        return _iso(shown, match["year"], match["month"], match["day"])
    if match := _DAY_FIRST.fullmatch(words):
        return _day_first(shown, match)
    if match := _ENGLISH.fullmatch(words):
        month = _MONTH_NAMES.get(match["name"][:3].lower())
        full = calendar.month_name[month].lower() if month else ""
        if month and (full.startswith(match["name"].lower()) or match["name"].lower() == "sept"):
            return _iso(shown, match["year"], str(month), match["day"] or match["day2"])
    raise DateError(
        shown, "is not a date; write it as 2022, 2022-09 or 2022-09-01", "不是日期；请写成 2022、2022-09 或 2022-09-01"
    )


def _short_year(shown: str) -> DateError:
    return DateError(shown, "the year needs four digits", "年份要写四位数字")


def _day_first(shown: str, match: re.Match[str]) -> str:
    first, second = int(match["a"]), int(match["b"])
    if len(match["year"]) != 4:
        raise _short_year(shown)
    if first <= 12 and second <= 12 and first != second:
        raise DateError(
            shown,
            "day and month cannot be told apart; write it as 2022-09-01",
            "分不清哪个是日、哪个是月；请写成 2022-09-01",
        )
    day, month = (first, second) if second <= 12 else (second, first)
    return _iso(shown, match["year"], str(month), str(day))


def _iso(shown: str, year: str, month: str | None = None, day: str | None = None) -> str:
    if len(year) != 4:
        raise _short_year(shown)
    y = int(year)
    if not 1000 <= y <= 2999:
        raise DateError(shown, "the year is not between 1000 and 2999", "年份不在 1000 到 2999 之间")
    if month is None:
        return f"{y}"
    m = int(month)
    if not 1 <= m <= 12:
        raise DateError(shown, f"there is no month {m}", f"没有 {m} 月")
    if day is None:
        return f"{y}-{m:02d}"
    d = int(day)
    if not 1 <= d <= calendar.monthrange(y, m)[1]:
        raise DateError(shown, f"month {m} of {y} has no day {d}", f"{y} 年 {m} 月没有 {d} 日")
    return f"{y}-{m:02d}-{d:02d}"


def _spoken_to_digits(text: str) -> str:
    """二〇二三年三月十五日 -> 2023年3月15日. Changes the length, so it is for whole cells only."""
    if not _SPOKEN_YEAR.search(text):
        return text
    text = _SPOKEN_YEAR.sub(lambda m: "".join(_CHINESE_DIGITS[c] for c in m[0]), text)
    return _SPOKEN_PART.sub(lambda m: str(_small_number(m[0])), text)


def _small_number(word: str) -> int:
    if word in _SPOKEN_MONTHS:
        return _SPOKEN_MONTHS[word]
    tens, _, ones = word.partition("十")
    return (int(_CHINESE_DIGITS[tens]) if tens else 1) * 10 + (int(_CHINESE_DIGITS[ones]) if ones else 0)


class Period(NamedTuple):
    """A stretch of time named in a text: `text[start:end] == raw`.

    `period` is ISO 8601: 2022, 2022-09, 2021/2025 for spans, 2010/.. for what is open.
    """

    start: int
    end: int
    period: str
    raw: str


_Y = r"(?:1[5-9]|2[01])\d{2}"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_TO = r"\s*(?:-|—{1,2}|–|~|至|到)\s*"
# The five-year plans of China that are still cited; a plan covers five years.
_PLAN_YEARS = {
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}
_MIDDLE = "(?!国|央|期|小|部|心|等|外)"  # 2022年中 is mid-2022, 2022年中国 is not
_PERIOD = re.compile(
    rf"""(?<![\d.A-Za-z])(?:
      (?P<months>(?P<my>{_Y})\s*年\s*(?P<m1>{_M})\s*月?{_TO}(?P<m2>{_M})\s*月)
    | (?P<day_span>(?P<dy>{_Y})\s*年\s*(?P<dm>{_M})\s*月\s*(?P<d1>{_D})\s*日?
        {_TO}(?P<d2>{_D})\s*日)
    | (?P<span>(?P<y1>{_Y})\s*(?:年\s*(?:(?P<sm1>{_M})\s*月\s*)?)?
        {_TO}(?P<y2>{_Y})\s*年\s*(?:(?P<sm2>{_M})\s*月|[底末初](?!级|步|期|始)|中{_MIDDLE})?)
    | (?P<bare>(?P<b1>{_Y})\s*[-—–~]{{1,2}}\s*(?P<b2>{_Y})(?![\d年.-]))
    | (?P<half>(?P<hy>{_Y})\s*年\s*(?P<h>[上下])半年)
    | (?P<quarter>(?P<qy>{_Y})\s*年\s*(?P<upto>前)?第?(?P<q>[一二三四1-4])\s*(?:个)?季度)
    | (?P<date>(?P<y>{_Y})\s*年\s*(?P<m>{_M})\s*月(?:\s*(?P<d>{_D})\s*[日号])?[底末]?)
    | (?P<iso>(?P<iy>{_Y})(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])(?P=sep)(?P<id>{_D})(?!\d|[-./]\d))
    | (?P<dotted>(?P<ty>(?:19|20)\d\d)[-./](?P<tm>1[0-2]|0[1-9])(?!\d|[-./]\d|\s?[%‰亿万千元家个件项起人名倍]))
    | (?P<year>(?P<yy>{_Y})\s*年(?:度|[底末初](?!级|步|期|始)|中{_MIDDLE})?)
    )(?P<since>\s*(?:以来|起(?![步点来初草诉飞])|开始))?
    # 十五 alone is fifteen; only quotation marks or the word plan make it one.
    | (?<![第一二三四五六七八九十])(?:
        [“"「『‘'](?P<quoted>十[一二三四五六]?五)[”"」』’']
      | (?P<named>十[一二三四五六]?五)(?=\s*(?:规划|规劃|計劃|计划|时期|時期|期间|期間))
      | (?P<plan>十[一二三四五六]五)(?![一二三四五六七八九十万亿千百年月日个家项条大号点届章节])
      )
    """,
    re.VERBOSE,
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def find_periods(text: str) -> list[Period]:
    """Every year, date, span of years and five-year plan named in a text, in order, without overlaps.

    2022年 -> 2022; 2022 年底 -> 2022; 2022 年 9 月 -> 2022-09; 2022—2024年 -> 2022/2024;
    “十四五” -> 2021/2025; 2022年上半年 -> 2022-01/2022-06; 2010 年以来 -> 2010/.. (open).
    Four digits without 年 are a year only inside a date or a span, since 2022 家 is a count.
    Words such as 去年 are not resolved. Positions refer to the text as given.

    >>> [p.period for p in find_periods("截至 2022 年 3 月共有 21 个，2019-2021 年下降")]
    ['2022-03', '2019/2021']
    """
    normal = plain(text)
    found = []
    for match in _PERIOD.finditer(normal):
        period = _period(match)
        if period is None:
            continue
        if match["since"] and "/" not in period:
            period += "/.."
        found.append(Period(match.start(), match.end(), period, text[match.start() : match.end()]))
    return found


def _period(match: re.Match[str]) -> str | None:
    """The ISO text of a match, or None where it is no date: 2022-02-30, a span that runs backwards."""
    g = match.groupdict()
    try:
        if g["months"]:
            return _forward(_iso("", g["my"], g["m1"]), _iso("", g["my"], g["m2"]))
        if g["day_span"]:
            return _forward(_iso("", g["dy"], g["dm"], g["d1"]), _iso("", g["dy"], g["dm"], g["d2"]))
        if g["span"]:
            return _forward(_iso("", g["y1"], g["sm1"]), _iso("", g["y2"], g["sm2"]))
        if g["bare"]:
            return _forward(g["b1"], g["b2"])
        if g["half"]:
            return f"{g['hy']}-01/{g['hy']}-06" if g["h"] == "上" else f"{g['hy']}-07/{g['hy']}-12"
        if g["quarter"]:
            last = 3 * _QUARTERS[g["q"]]
            return f"{g['qy']}-{1 if g['upto'] else last - 2:02d}/{g['qy']}-{last:02d}"
        if g["date"]:
            return _iso("", g["y"], g["m"], g["d"])
        if g["iso"]:
            return _iso("", g["iy"], g["im"], g["id"])
        if g["dotted"]:
            return _iso("", g["ty"], g["tm"])
        if g["year"]:
            return _iso("", g["yy"])
    except DateError:
        return None
    start = _PLAN_YEARS[g["quoted"] or g["named"] or g["plan"]]
    return f"{start}/{start + 4}"


def _forward(start: str, end: str) -> str | None:
    return f"{start}/{end}" if start < end else None
