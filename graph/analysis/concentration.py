"""Concentration: Herfindahl-Hirschman index with its bounds, and the shares of the k largest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis.tables import checked_series
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.analysis.tables import Amounts

__all__ = ["cr_class", "cr_k", "hhi", "hhi_bounds"]

_ROUNDING = 0.02
"""Published shares are rounded: their sum may miss 1 by this much."""


def hhi(
    shares: Amounts,
    *,
    normalised: bool = False,
    equivalent: bool = False,
    points: bool = False,
    renormalise: bool = False,
) -> float:
    """Herfindahl-Hirschman index ``sum s²`` of shares between 0 and 1, itself between 1/n and 1 (Herfindahl 1950).

    `normalised`: ``(H - 1/n) / (1 - 1/n)``, 0-1, NaN for n = 1. `equivalent`: 1/H, the number of equal firms that
    would give the same. `points`: 0-10,000, as competition authorities write it. n counts every share given, zeros too.

    Shares must sum to 1 within 0.02 (they are published rounded); otherwise ValueError tells the sum: `renormalise`
    divides by it (amounts, percentages), and `hhi_bounds` is for lists that are known in part. Nothing at all → NaN.

    >>> round(hhi([20, 50, 20, 10], renormalise=True), 2)
    0.34
    """
    if sum((normalised, equivalent, points)) > 1:
        raise ValueError("normalised, equivalent and points are three scales; ask for one")
    found = _shares(shares, renormalise)
    total = float(found.sum())
    if found.empty or total == 0:
        return math.nan
    value, n = float((found**2).sum()), len(found)
    if normalised:
        return (value - 1 / n) / (1 - 1 / n) if n > 1 else math.nan
    if equivalent:
        return 1 / value
    return value * 10_000 if points else value


def hhi_bounds(shares: Amounts, *, top: bool = True, points: bool = False) -> pd.Series[float]:
    """Lowest and highest index that a list known in part allows; the rest ``R = 1 - sum`` belongs to unknown others.

    Low: the rest is spread over very many. High, if the list is the `top` (nobody unknown is larger than the least
    of the list): as many as possible of that size; if not: all the rest is one firm. A Series of `low` and `high`.

    >>> hhi_bounds([0.4, 0.2, 0.1]).round(2).to_dict()
    {'low': 0.21, 'high': 0.24}
    """
    found = checked_series(shares, "shares")
    rest = 1 - float(found.sum())
    if found.empty:
        return pd.Series({"low": math.nan, "high": math.nan})
    if rest < -_ROUNDING:
        raise ValueError(f"the shares sum to {found.sum():g}, more than 1; divide percentages by 100")
    rest = max(rest, 0.0)
    low = float((found**2).sum())
    least = float(found.min())
    if not top:
        high = low + rest**2
    elif rest and not least:
        raise ValueError(
            "a share of 0 cannot be among the largest while a rest is unknown; leave it out, or say top=False"
        )
    else:
        full = math.floor(rest / least + 1e-9) if rest else 0
        high = low + full * least**2 + (rest - full * least) ** 2
    return pd.Series({"low": low, "high": high}) * (10_000 if points else 1)


def cr_k(shares: Amounts, k: int = 4, *, renormalise: bool = False) -> float:
    """CR_k: the sum of the k largest shares, 0-1; NaN for nothing. With fewer than k shares, all of them.

    Shares that sum to less than 1 are welcome (the largest are known, the rest is not); more than 1 raises ValueError
    unless `renormalise` divides by the sum.

    >>> round(cr_k([0.10, 0.09, 0.12, 0.15, 0.12, 0.11, 0.15, 0.16]), 2)
    0.58
    """
    if k < 1:
        raise ValueError(f"k is {k}; the k largest need k ≥ 1")
    found = checked_series(shares, "shares")
    total = float(found.sum())
    if found.empty or total == 0:
        return math.nan
    if renormalise:
        found = found / total
    elif total > 1 + _ROUNDING:
        raise ValueError(f"the shares sum to {total:g}, more than 1; say renormalise=True for amounts or percentages")
    return float(found.nlargest(k).sum())


def cr_class(cr8: float) -> str | None:
    """Class of a market by CR8 (0-1) as Chinese studies read it: from 0.7, 0.4 (the lower end counts), 0.2; None for NaN.

    >>> cr_class(0.55)
    'low oligopoly (40-70 %)'
    """
    if math.isnan(cr8):
        return None
    if not 0 <= cr8 <= 1 + _ROUNDING:
        raise ValueError(f"CR8 is {cr8:g}; it lies between 0 and 1")
    if cr8 >= 0.7:
        return say("high oligopoly (70 % and more)", "极高寡占型")
    if cr8 >= 0.4:
        return say("low oligopoly (40-70 %)", "低集中寡占型")
    if cr8 >= 0.2:
        return say("competition, low concentration (20-40 %)", "低集中竞争型")
    return say("dispersed competition (below 20 %)", "分散竞争型")


def _shares(shares: Amounts, renormalise: bool) -> pd.Series[float]:
    found = checked_series(shares, "shares")
    total = float(found.sum())
    if found.empty or total == 0:
        return found
    if renormalise:
        return found / total
    if abs(total - 1) > _ROUNDING:
        raise ValueError(
            f"the shares sum to {total:g}, not to 1; say renormalise=True for amounts or percentages, "
            "or take hhi_bounds where the rest is unknown"
        )
    return found
