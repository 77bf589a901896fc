"""The forms a number takes in Chinese text.

1.2 万件, 5-10 年, [40%，70%), 百分之五, 三分之一, 近半, 三成, 第三, 1:3.5, 数亿美元, 八千家. Works on text
whose dates and names are hidden (`context.mask`). `strict` is running text, where a number needs a
known unit; otherwise the text is a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from aikg.loaders.numbers import context
from aikg.loaders.numbers.numerals import CHINESE_NUMERAL, MULTIPLIER, MULTIPLIERS, chinese_number
from aikg.loaders.numbers.units import CURRENCY_SIGN, SIGN_WORDS, UNIT, canonical_unit, currency_of, factor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Hit", "hits"]


@dataclass(slots=True)
class Hit:
    """A number found at start..end of the text, before its surroundings are looked at."""

    start: int
    end: int
    value: float | None
    value_max: float | None = None
    unit: str | None = None
    said: tuple[str, ...] = ()
    value_text: str | None = None
    rank: bool = False


_N = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,10})?|[0-9]{1,15}(?:\.[0-9]{1,10})?)(?![0-9])"
_UNIT = rf"(?:{UNIT})(?:\s?/\s?[百千万]?(?:{UNIT}|[月日天]|[A-Za-z]{{1,4}}(?![A-Za-z])))?"
_CURRENCY = rf"(?P<currency>{CURRENCY_SIGN}\s?)?"
_MORE = r"(?:多(?!数|个?样|元|层|维|种|方)|余|几|来(?=[个家项人种])|\+)"
_AFTER = r"(?P<after>\s?(?:及|或)?(?:以上|之上|以下|之下|以内|之内|左右|上下|之多|不到|开外)(?!来))?"
_TO = r"\s?(?:-{1,2}|—{1,2}|–|−|~|～|∼|〜|至|到)\s?"

_NUMBER = re.compile(
    rf"{_CURRENCY}(?P<sign>[-−+↑↓▲▼]\s?)?(?P<n>{_N})(?P<more>{_MORE})?\s?(?P<multiplier>{MULTIPLIER})?"
    rf"\s?(?P<more2>{_MORE})?\s?(?P<unit>{_UNIT})?{_AFTER}"
)
_RANGE = re.compile(
    rf"{_CURRENCY}(?P<sign>[-−])?(?P<n>{_N})\s?(?P<multiplier1>{MULTIPLIER})?\s?(?P<unit1>{_UNIT})?{_TO}"
    rf"(?P<sign2>[-−])?(?P<n2>{_N})\s?(?P<multiplier>{MULTIPLIER})?(?P<more2>{_MORE})?"
    rf"\s?(?P<unit>{_UNIT})?{_AFTER}"
)
_INTERVAL = re.compile(
    rf"[\[(]\s?(?P<n>{_N})\s?(?P<unit1>{_UNIT})?\s?[,、]\s?(?P<n2>{_N})\s?(?P<unit>{_UNIT})?\s?[\])]"
)
_PERCENT_WORDS = re.compile(rf"百分之\s?(?P<n>{_N}|{CHINESE_NUMERAL}{{1,5}}(?:点{CHINESE_NUMERAL}{{1,3}})?){_AFTER}")
_FRACTION = re.compile(
    rf"(?P<below>{CHINESE_NUMERAL}{{1,3}}|[0-9]{{1,3}})分之(?P<above>{CHINESE_NUMERAL}{{1,3}}|[0-9]{{1,3}})"
    rf"{_AFTER}"
)
_SLASHED = re.compile(rf"(?P<above>[1-9][0-9]?)/(?P<below>[1-9][0-9]?)(?![0-9./%]){_AFTER}")
_BEFORE_SLASHED = re.compile(r"[/.0-9A-Za-z-]")
_RATIO = re.compile(rf"1\s?:\s?(?P<n>{_N})(?![:0-9])")
_RANK = re.compile(rf"第\s?(?P<n>[1-9][0-9]{{0,3}}|{CHINESE_NUMERAL}{{1,4}})(?P<unit>\s?[位名])?")
_FIRST = re.compile(r"(?:首位|榜首)(?!度)")
_HALF = re.compile(r"(?:半壁江山|半数|一半|(?<=[近过超逾占])半(?![年个月天日小岛导径岁边场决程路价]))" + _AFTER)
_TENTH = re.compile(
    r"(?P<n>[一二两三四五六七八九]|[1-9])成(?P<more>多)?(?P<half>半)?"
    rf"(?![立为果本长功都效员熟就渝分型交语]){_AFTER}"
)
_VAGUE = re.compile(rf"(?:好几|数|几)(?P<multiplier>[十百千万亿]{{1,3}})[多余]?\s?(?P<unit>{_UNIT})?")
_SPOKEN = re.compile(
    rf"(?P<n>{CHINESE_NUMERAL}{{1,12}})(?P<more>[多余几])?(?P<multiplier>万亿|[万亿])?(?P<more2>[多余])?"
    rf"\s?(?P<unit>{_UNIT})?{_AFTER}"
)
# In a cell an unknown word up to its end is the unit: 12 台套.
_OTHER_UNIT = re.compile(r"\s?([A-Za-zµ°²³/·]{2,12}|[\u3400-\u9fff]{1,4})(?=\s*(?:$|[(（)）,，;；、/\n]))")
_COMPUTING_POWER = re.compile(r"\s?([PET])(?![A-Za-z0-9])")

_CANDIDATE = re.compile(
    rf"[0-9\[(百第首榜半数几好]|{CURRENCY_SIGN}|{CHINESE_NUMERAL}"
    r"|(?<![0-9A-Za-z])[-−+](?=[0-9])|[↑↓▲▼](?=\s?[0-9])"
)
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_ARABIC_START = re.compile(rf"[-−+↑↓▲▼0-9]|{CURRENCY_SIGN}\s?[0-9]")
_SIGNED_SHARE = re.compile(rf"[-−+]{_N}\s?(?:%|个?百分点)")
_NAME_BEFORE = re.compile(r"[A-Za-z0-9_.][-–]?$")
_NAME_AFTER = re.compile(r"[A-Za-z_]")
_WORD_AFTER = re.compile(r"[A-Za-z_]|[\u3400-\u9fff]{2}")  # 1918智能网联产业园
_AFTER_MAGNITUDE = re.compile(r"[^达科里象物事众能全级]|$")  # 5万科 is no fifty thousand
_NOT_COUNTED = re.compile(r"\s?(?:方面|层面|维度|阶段|环节|部分|原因|特点|等级|关键|核心|不停|半)")
# With these, a spoken number is mostly a manner of speaking: 三类企业, 二次利用, 三年行动.
_NOT_SPOKEN = frozenset("种类次层部条路卡班字页门核站间块年天份点")
_TIMES = ("年", "个月", "天")


def hits(masked: str, *, strict: bool) -> Iterator[Hit]:
    """The numbers of a text from left to right, without overlaps."""
    position = 0
    while candidate := _CANDIDATE.search(masked, position):
        start = candidate.start()
        hit = _hit(masked, start, strict=strict)
        if hit is None:
            # A number that is none must be left as a whole: 2022 in a name is not 022.
            run = _DIGITS.match(masked, start)
            position = run.end() if run else start + 1
            continue
        yield hit
        position = max(hit.end, start + 1)


def _hit(masked: str, at: int, *, strict: bool) -> Hit | None:
    char = masked[at]
    if char in "[(":
        return _interval(masked, at)
    if char == "第":
        return _rank(masked, at, strict=strict)
    if char in "首榜":
        return _first(masked, at, strict=strict)
    for reader in (_percent_words, _fraction, _half, _tenth, _vague):
        if hit := reader(masked, at):
            return hit
    if _ARABIC_START.match(masked, at):
        return _arabic(masked, at, strict=strict)
    return _spoken(masked, at, strict=strict)


# ------------------------------------------------------------------------------- shares, ranks, ranges


def _interval(masked: str, at: int) -> Hit | None:
    match = _INTERVAL.match(masked, at)
    # (1,2) without a square bracket may be anything.
    if not match or not (match[0].startswith("[") or match[0].endswith("]")):
        return None
    low, high = _decimal(match["n"]), _decimal(match["n2"])
    if high <= low:
        return None
    return Hit(at, match.end(), float(low), float(high), _unit(match["unit"] or match["unit1"]), ("range",))


def _rank(masked: str, at: int, *, strict: bool) -> Hit | None:
    match = _RANK.match(masked, at)
    if not match:
        return None
    number = _decimal(match["n"]) if match["n"].isdecimal() else chinese_number(match["n"])
    if number is None or number < 1:
        return None
    after = masked[match.end() : match.end() + 1]
    if not match["unit"]:
        if after and after in context.NOT_A_RANK:
            return None
        if strict and not context.RANK_BEFORE.search(masked[max(0, at - 14) : at]):
            return None
        if not strict and after and after not in " )），,；;。":
            return None
    return Hit(at, match.end(), float(number), unit="位", value_text=match[0], rank=True)


def _first(masked: str, at: int, *, strict: bool) -> Hit | None:
    match = _FIRST.match(masked, at)
    if not match or (strict and not context.RANK_BEFORE.search(masked[max(0, at - 14) : at])):
        return None
    return Hit(at, match.end(), 1.0, unit="位", value_text=match[0], rank=True)


def _percent_words(masked: str, at: int) -> Hit | None:
    match = _PERCENT_WORDS.match(masked, at)
    if not match:
        return None
    whole, _, part = match["n"].partition("点")
    number = _decimal(whole) if whole[0].isdecimal() else chinese_number(whole)
    digits = [chinese_number(char) for char in part]
    if number is None or None in digits:
        return None
    if part:
        number = Decimal(f"{number}." + "".join(str(digit) for digit in digits))
    return Hit(at, match.end(), float(number), unit="%", said=context.suffix(match["after"]))


def _fraction(masked: str, at: int) -> Hit | None:
    match = _FRACTION.match(masked, at)
    if match is None:
        match = _SLASHED.match(masked, at)
        if match is None or (at and _BEFORE_SLASHED.match(masked[at - 1])):
            return None
    above, below = (
        _decimal(part) if part.isdecimal() else chinese_number(part) for part in (match["above"], match["below"])
    )
    if above is None or below is None or not 0 < above < below:
        return None
    value = round(float(above / below) * 100, 1)
    return Hit(at, match.end(), value, unit="%", said=context.suffix(match["after"]), value_text=match[0])


def _half(masked: str, at: int) -> Hit | None:
    match = _HALF.match(masked, at)
    if not match:
        return None
    return Hit(at, match.end(), 50.0, unit="%", said=context.suffix(match["after"]), value_text=match[0])


def _tenth(masked: str, at: int) -> Hit | None:
    match = _TENTH.match(masked, at)
    if not match or (at and re.match(rf"[第0-9.]|{CHINESE_NUMERAL}", masked[at - 1])):
        return None
    number = _decimal(match["n"]) if match["n"].isdecimal() else chinese_number(match["n"])
    if number is None:
        return None
    value = float(number * 10) + (5 if match["half"] else 0)
    said = ("over",) if match["more"] else context.suffix(match["after"])
    return Hit(at, match.end(), value, unit="%", said=said, value_text=match[0])


def _vague(masked: str, at: int) -> Hit | None:
    """数亿美元, 几十家: a magnitude, no number."""
    match = _VAGUE.match(masked, at)
    if not match or not (match["unit"] or masked[match.end() : match.end() + 1] in ("", *" ，,)）")):
        return None
    unit = _unit(match["unit"])
    if unit and currency_of(unit):
        unit = re.sub("^[十百千]*(?=[万亿])|^[十百千]+$", "", match["multiplier"]) + unit
    return Hit(at, match.end(), None, unit=unit, value_text=match[0])


# ------------------------------------------------------------------------------------------- numbers


def _arabic(masked: str, at: int, *, strict: bool) -> Hit | None:
    if _NAME_BEFORE.search(masked[max(0, at - 2) : at]) and masked[at].isdecimal():
        return None
    ratio = _RATIO.match(masked, at)
    if ratio and (not strict or context.is_ratio(masked, at, ratio["n"])):
        return Hit(at, ratio.end(), float(_decimal(ratio["n"])), value_text=ratio[0])
    if strict and masked[at] in "-−+↑↓▲▼" and not _SIGNED_SHARE.match(masked, at):
        return None
    hit = _range(masked, at) or _single(masked, at)
    if hit is None:
        return None
    if hit.unit is None and not strict and (other := _OTHER_UNIT.match(masked, hit.end)):
        hit.unit, hit.end = other[1].strip(), other.end()
        return hit
    if hit.unit is None and (_NAME_AFTER if strict else _WORD_AFTER).match(masked, hit.end):
        return None
    return hit if not strict or _is_stated(masked, hit) else None


def _is_stated(masked: str, hit: Hit) -> bool:
    """Whether a number in running text is a quantity: with unit or magnitude, no year, no stretch of time."""
    if hit.unit is None and hit.value_text is None:
        written = masked[hit.start : hit.end]
        if not any(word in written for word in MULTIPLIERS) or not _AFTER_MAGNITUDE.match(masked, hit.end):
            return False
    if hit.unit == "年" and (hit.value or 0) >= 1000:
        return False
    if masked.startswith("级", hit.end) or (hit.unit in _TIMES and masked.startswith(("前", "后"), hit.end)):
        return False
    return not context.is_window(masked, hit.start, hit.unit)


def _single(masked: str, at: int) -> Hit | None:
    match = _NUMBER.match(masked, at)
    if not match:
        return None
    number = _decimal(match["n"])
    if match["sign"] and match["sign"].strip() in ("-", "−", "↓", "▼"):
        number = -number
    said = context.suffix(match["after"])
    if match["more"] or match["more2"]:
        said = ("over", *said)
    value, unit = _scaled(number, match["multiplier"], match["unit"], match["currency"])
    hit = Hit(at, match.end(), value, unit=unit, said=said)
    power = _COMPUTING_POWER.match(masked, hit.end) if unit is None else None
    if power and context.speaks_of_power(masked, at, power.end()):
        hit.unit, hit.end = power[1], power.end()
    return hit


def _range(masked: str, at: int) -> Hit | None:
    match = _RANGE.match(masked, at)
    if not match:
        return None
    # 从12%到28% is a change from one value to another, 12%-28% a range.
    if re.search(r"[从由自]\s?$", masked[max(0, at - 2) : at]) and re.search("[至到]", match[0]):
        return None
    low, high = _decimal(match["n"]), _decimal(match["n2"])
    low = -low if match["sign"] else low
    high = -high if match["sign2"] else high
    unit1, unit = match["unit1"], match["unit"]
    if unit1 and unit and _unit(unit1) != _unit(unit):
        return None
    first = match["multiplier1"] or (match["multiplier"] if not unit1 else None)
    small, small_unit = _scaled(low, first, unit or unit1, match["currency"])
    large, large_unit = _scaled(high, match["multiplier"], unit or unit1, match["currency"])
    if small_unit != large_unit and small_unit and large_unit:
        # 800万-1.2亿元: money of two magnitudes is brought to the second one.
        small = float(Decimal(repr(small)) * factor_of(small_unit) / factor_of(large_unit))
    if large <= small:
        return None
    said = ("range", *context.suffix(match["after"]))
    return Hit(at, match.end(), small, large, large_unit, ("over", *said) if match["more2"] else said)


def _spoken(masked: str, at: int, *, strict: bool) -> Hit | None:
    """Chinese numerals: 十项, 八千家, 两万, 三十六. In running text with a unit, and never the single 一."""
    match = _SPOKEN.match(masked, at)
    if not match or (at and re.match(rf"[第每各半数几]|{CHINESE_NUMERAL}", masked[at - 1])):
        return None
    written, unit, multiplier = match["n"], match["unit"], match["multiplier"]
    money = currency_of(_unit(unit)) is not None
    if money and multiplier is None and (tail := re.search("(?:万亿|亿|万)$", written)):
        written, multiplier = written[: tail.start()], tail[0]
    number = chinese_number(written) if written else Decimal(1)
    if number is None:
        return None
    said = context.suffix(match["after"])
    if match["more"] or match["more2"]:
        said = ("over", *said)
    start = at
    bare = not written or (written != "十" and not written.strip("十百千万亿"))
    if bare and re.search(r"(?<!以)上$", masked[max(0, at - 2) : at]):
        said, bare, start = ("over", *said), False, at - 1
    elif bare and re.search(r"[近超过逾破]\s?$", masked[max(0, at - 2) : at]):
        bare = False
    if strict:
        if unit is None or written == "一" or unit in _NOT_SPOKEN or _NOT_COUNTED.match(masked, match.end()):
            return None
        if bare and not said:
            # 迈入万亿元规模 tells a magnitude; （单位：亿元） tells none.
            if not money or not at or not "\u3400" <= masked[at - 1] <= "\u9fff":
                return None
            said = ("approx",)
        if context.is_window(masked, at, unit) or masked.startswith("级", match.end()):
            return None
    end = match.end()
    if not strict and unit is None and not _ends_a_cell(masked, at, end):
        return None
    value, name = _scaled(number, multiplier, unit, None)
    return Hit(start, end, value, unit=name, said=said)


def _ends_a_cell(masked: str, at: int, end: int) -> bool:
    """Whether a spoken number without a unit stands alone: 三十六, 共三十六（家）, but not 三星 or 张三."""
    if masked[end : end + 1].strip(" (（,，;；、)）"):
        return False
    before = masked[max(0, at - 4) : at]
    return not before or not "\u3400" <= before[-1] <= "\u9fff" or bool(context.CELL_WORD.search(before))


# ------------------------------------------------------------------------------------------- helpers


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _unit(text: str | None) -> str | None:
    return canonical_unit(text) if text and text.strip() else None


def _scaled(number: Decimal, multiplier: str | None, unit: str | None, sign: str | None) -> tuple[float, str | None]:
    """Counts are multiplied out; money keeps 亿 in its unit, as it was written."""
    name = _unit(unit)
    if sign and currency_of(name) is None:
        name = SIGN_WORDS[sign.strip()]
    if multiplier and name and currency_of(name):
        name = f"{multiplier} {currency_of(name)}" if multiplier.isascii() else f"{multiplier}{name}"
        return float(number), name
    factor = MULTIPLIERS[multiplier.lower()] if multiplier else 1
    return float(number * factor), name
