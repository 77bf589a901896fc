"""Numbers with their unit, reservations (超过, 约, 预计 …), stage and time, in cells and running text.

In running text only a number with a known unit counts, and numbers inside names, dates, titles, versions and
section numbers do not: a missing number is better than a wrong one. A cell is trusted to hold what its header
says. Text damaged by a converter is repaired first (see `repair`); Traditional characters are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from aikg.loaders.numbers import context
from aikg.loaders.numbers.dates import find_periods, plain
from aikg.loaders.numbers.forms import Hit, hits
from aikg.loaders.numbers.units import canonical_unit, currency_of, factor_of, header_unit

__all__ = ["QUALIFIERS", "Quantity", "comparator", "find_quantities", "header_unit", "parse_quantity", "parse_stages"]

QUALIFIERS = ("exact", "over", "under", "approx", "range", "forecast", "planned", "target", "peak")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated number: `text[start:end] == raw` for the text it was read from.

    `value` is in `unit`, ranges run to `value_max`, falls are negative. Counts are written out (46 万件 →
    460000 件); money keeps the unit as written (10.7 亿港元) and has an ISO 4217 `currency` and a full
    `amount`. Where the source gives no single number (数亿美元, 未透露) `value` is None; `value_text` keeps
    the wording then, and that of fractions, ratios and ranks. `qualifiers` are some of QUALIFIERS, in that
    order, ("exact",) where nothing is said. `stage` is 一期, 远期 …; `scope` what it is a share of or a rank
    among; `period` ISO 8601.
    """

    value: float | None
    value_max: float | None = None
    unit: str | None = None
    currency: str | None = None
    qualifiers: tuple[str, ...] = ("exact",)
    period: str | None = None
    raw: str = ""
    start: int = 0
    end: int = 0
    value_text: str | None = None
    stage: str | None = None
    scope: str | None = None

    @property
    def amount(self) -> float | None:
        """The value in full units: 10.7 亿港元 → 1070000000. None where there is no single number."""
        if self.value is None or self.value_max is not None:
            return None
        amount = Decimal(repr(self.value)) * factor_of(self.unit)
        return int(amount) if amount == amount.to_integral_value() else float(amount)


def find_quantities(text: str) -> list[Quantity]:
    """Quantities in running text, in order, without overlaps. Never raises.

    >>> [(q.value, q.unit, q.qualifiers) for q in find_quantities("申请量超过 46 万件，同比减少 2.4%")]
    [(460000.0, '件', ('over',)), (-2.4, '%', ('exact',))]
    """
    return _find(text, strict=True)


def parse_stages(cell: str) -> list[Quantity]:
    """All numbers of a cell, such as the capacity of today and of later stages. Never raises.

    不详, a dash or words give none; 未透露 gives one without a value.

    >>> [(q.value, q.qualifiers) for q in parse_stages("40 PFLOPS (后期100 PFLOPS)")]
    [(40.0, ('exact',)), (100.0, ('planned',))]
    """
    found = _find(cell, strict=False)
    if not found and context.WITHHELD.search(cell):
        start = len(cell) - len(cell.lstrip())
        raw = cell.strip()
        return [Quantity(None, raw=raw, start=start, end=start + len(raw), value_text=raw, qualifiers=())]
    return found


def parse_quantity(cell: str, unit: str | None = None) -> Quantity | None:
    """The number of a cell (the first of several stages); `unit` is the column's, for cells without one.

    None where the cell is blank, a dash, or says that nothing is known; without a value for 未透露, 数亿美元.

    >>> parse_quantity("10.7亿港元").amount, parse_quantity("35104", unit="亿元").currency
    (1070000000, 'CNY')
    """
    found = parse_stages(cell)
    if not found:
        return None
    first = found[0]
    if unit and first.unit is None and first.value is not None:
        unit = canonical_unit(unit)
        first = replace(first, unit=unit, currency=currency_of(unit))
    return first


_AT_LEAST = re.compile(r"以上|不低于|不少于|至少|不小于")
_AT_MOST = re.compile(r"以内|以下|不超过|不高于|不多于")


def comparator(qualifiers: Collection[str], raw: str) -> str:
    """How a goal compares with its value, from its qualifiers and its wording: 70%以上 is >=, 超70% is >.

    >>> comparator(["over", "target"], "70%以上"), comparator(["over"], "突破5000亿元")
    ('>=', '>')
    """
    if "over" in qualifiers:
        return ">=" if _AT_LEAST.search(raw) else ">"
    if "under" in qualifiers:
        return "<=" if _AT_MOST.search(raw) else "<"
    return "~" if "approx" in qualifiers else "="


def _find(text: str, *, strict: bool) -> list[Quantity]:
    normal = plain(text)
    periods = [period for period in find_periods(text) if context.is_time(normal, period, strict=strict)]
    # 其中2015年创建的占14%: the date says which firms are meant, not when they were counted.
    said = [period for period in periods if not context.is_attribute(normal, period)]
    times = context.Times(normal, said, [period.start for period in said])
    found = list(hits(context.mask(normal, periods, strict=strict), strict=strict))
    quantities: list[Quantity] = []
    for index, hit in enumerate(found):
        previous = quantities[-1] if quantities else None
        following = found[index + 1].start if index + 1 < len(found) else len(text)
        quantities.append(_finished(text, times, hit, previous, following, strict=strict))
    return quantities


def _finished(
    text: str, times: context.Times, hit: Hit, previous: Quantity | None, following: int, *, strict: bool
) -> Quantity:
    """What stands around a hit: words before and behind it, a bracket that belongs to it, its time."""
    normal = times.text
    floor = previous.end if previous else 0
    around = context.look_around(normal, hit.start, hit.end, floor, following, strict=strict)
    adjacent, start = context.prefix(normal, hit.start, floor)
    of_share: tuple[str, ...] = ()
    if hit.rank:
        scope = context.rank_scope(normal, hit.start)
    else:
        scope, of_share = context.share(around, hit.unit)
    said = {*hit.said, *adjacent, *of_share, *context.outlook(around, strict=strict)}
    if {"over", "under"} <= said:
        said -= set(adjacent)
    value, value_max = hit.value, hit.value_max
    if value is not None and value > 0 and not hit.rank and _falls(normal, around, hit, previous):
        value, value_max = (-value, None) if value_max is None else (-value_max, -value)
    qualifiers = tuple(name for name in QUALIFIERS if name in said)
    raw = text[start : hit.end].rstrip()
    return Quantity(
        value=value,
        value_max=value_max,
        unit=hit.unit,
        currency=currency_of(hit.unit),
        qualifiers=qualifiers or (("exact",) if value is not None else ()),
        period=times.of(hit.start, hit.end, around, strict=strict),
        raw=raw,
        start=start,
        end=start + len(raw),
        value_text=raw if hit.value_text and hit.value_text.startswith("半") else hit.value_text,
        stage=context.stage(around, strict=strict),
        scope=scope,
    )


def _falls(normal: str, around: context.Around, hit: Hit, previous: Quantity | None) -> bool:
    """减少 2.4%; and of 分别下降 55.0%和 36.1% the second too."""
    if context.falls(around.before, hit.unit):
        return True
    return (
        previous is not None
        and (previous.value or 0) < 0
        and previous.unit == hit.unit
        and context.COORDINATED.fullmatch(normal[previous.end : hit.start]) is not None
    )
