"""What a written number allows: 1.2 万亿 is anything that rounds to it, 超过 500 is 500 and somewhat more.

Two readings of each number. The `strict` one holds whatever the words allow (超过 500: from 500 to infinity): values that
are apart in it cannot both be true. The `usual` one is what a writer means (超过 1200 is not said of 1500): values that are
apart only in it deserve a look.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from decimal import Decimal

from aikg.loaders.numbers.units import currency_of, factor_of

__all__ = ["Span", "factor", "family_of", "spans"]

Span = tuple[float, float]

_PREFIXED = re.compile(r"([KMGTPE])(FLOPS|OPS|B|bps|Hz)(/.*)?$")
_PREFIXES = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}
_THINGS = frozenset("个家所座项条款种类部处支只件起")
_PEOPLE = frozenset("人名员")
_ROUND = 0.1
"""A round number (100, 2000) may be off by half of its last digit that is not 0, but not by more than a tenth."""


def family_of(unit: str | None) -> str:
    """What a unit measures; only values of one family are compared.

    >>> family_of("亿元"), family_of("万亿美元"), family_of("百分点"), family_of("家"), family_of("EFLOPS")
    ('CNY', 'USD', '%', 'things', 'FLOPS')
    """
    if not unit:
        return ""
    currency = currency_of(unit)
    if currency:
        return currency + ("/" + unit.split("/", 1)[1] if "/" in unit else "")
    bare = unit.lstrip("百千万亿") or unit
    if bare in ("%", "％", "百分点", "个百分点", "‰"):
        return "%"
    if bare in _THINGS:
        return "things"
    if bare in _PEOPLE:
        return "people"
    if bare in ("年", "月", "个月"):
        return "time"
    prefixed = _PREFIXED.match(bare)
    return f"{prefixed[2]}{prefixed[3] or ''}" if prefixed else bare


def factor(unit: str | None) -> float:
    """What a value in this unit is multiplied with to be in the unit of its family."""
    if not unit:
        return 1.0
    bare = unit.lstrip("百千万亿") or unit
    prefixed = _PREFIXED.match(bare)
    scale = _PREFIXES[prefixed[1]] if prefixed else {"年": 12.0, "‰": 0.1}.get(bare, 1.0)
    return factor_of(unit) * scale


def spans(value: float, value_max: float | None, unit: str | None, qualifiers: Collection[str]) -> tuple[Span, Span]:
    """The strict and the usual span of a value, in the unit of its family.

    >>> spans(523, None, "家", ["exact"])
    ((522.5, 523.5), (522.5, 523.5))
    >>> spans(500, None, "家", ["over"])
    ((500.0, inf), (500.0, 600.0))
    >>> spans(1.5, None, "万亿元", ["exact"])[0]
    (1450000000000.0, 1550000000000.0)
    """
    times = factor(unit)
    if unit == "位":  # third is third
        return (value, value), (value, value)
    if value_max is not None:
        low, high = sorted((value, value_max))
        span = ((low - _half(low)) * times, (high + _half(high)) * times)
        return span, span
    size = abs(value)
    strict: Span = (size - _half(size), size + _half(size))
    usual = strict
    more = max(_step(size), _ROUND * size)
    if "over" in qualifiers:
        strict, usual = (size, math.inf), (size, size + more)
    elif "under" in qualifiers:
        strict, usual = (0.0, size), (max(size - more, 0.0), size)
    if "approx" in qualifiers:
        strict = (min(strict[0], size * (1 - _ROUND)), max(strict[1], size * (1 + _ROUND)))
        usual = (min(usual[0], strict[0]), max(usual[1], size * (1 + _ROUND)))
    return _signed(strict, value, times), _signed(usual, value, times)


def _signed(span: Span, value: float, times: float) -> Span:
    low, high = float(span[0] * times), float(span[1] * times)
    return (-high, -low) if value < 0 else (low, high)  # a fall of over 15 % is a fall by 15 or more


def _half(value: float) -> float:
    """Half of what a written number was rounded to."""
    return min(_step(value), _ROUND * abs(value)) / 2


def _step(value: float) -> float:
    """The worth of the last digit that is not a closing 0: 1.2 → 0.1, 460000 (46 万) → 10000."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return float(10.0**exponent) if isinstance(exponent, int) else 1.0
