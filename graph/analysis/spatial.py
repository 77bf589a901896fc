"""How unevenly a sector lies over regions: two Ginis that share a name, Ellison-Glaeser, Litzenberger-Sternberg."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, overload

import pandas as pd

from aikg.graph.analysis.tables import checked, checked_series, one_total, same_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from aikg.graph.analysis.tables import Amounts

__all__ = ["ellison_glaeser", "gini_of_quotients", "litzenberger_sternberg", "locational_gini"]


@overload
def gini_of_quotients(activity: pd.DataFrame, totals: Amounts | None = None) -> pd.Series[float]: ...
@overload
def gini_of_quotients(activity: Amounts, totals: Amounts) -> float: ...
def gini_of_quotients(activity: pd.DataFrame | Amounts, totals: Amounts | None = None) -> float | pd.Series[float]:
    """Unweighted Gini of a sector's location quotients: every region weighs the same, however small (REAT's formula).

    ``G = 2 / (n² · mean c) · sum i (c_i - mean c)`` with the quotients c sorted ascending, 0 to (n - 1)/n. `activity` per
    region with `totals` per region gives a float; a table of regions × sectors gives one number per sector (totals:
    its row sums, unless given). Regions without anything are left out; no activity at all → NaN.
    """
    return _by_sector(activity, totals, _unweighted)


@overload
def locational_gini(activity: pd.DataFrame, totals: Amounts | None = None) -> pd.Series[float]: ...
@overload
def locational_gini(activity: Amounts, totals: Amounts) -> float: ...
def locational_gini(activity: pd.DataFrame | Amounts, totals: Amounts | None = None) -> float | pd.Series[float]:
    """Krugman's locational Gini, 0 (spread like everything) to 1: regions weigh by their size. Take this by default.

    Twice the area between the diagonal and the Lorenz curve of the sector against everything, regions sorted by
    location quotient. Arguments, and what is NaN, as for `gini_of_quotients`.

    >>> round(locational_gini([500, 500, 1000, 7000, 1000], [20000, 15000, 20000, 40000, 5000]), 4)
    0.3725
    """
    return _by_sector(activity, totals, _lorenz)


@overload
def ellison_glaeser(
    activity: pd.DataFrame, totals: Amounts | None = None, *, by: str = "count"
) -> pd.Series[float]: ...
@overload
def ellison_glaeser(activity: Amounts, totals: Amounts, *, by: str = "plants") -> float: ...
def ellison_glaeser(
    activity: pd.DataFrame | Amounts, totals: Amounts | None = None, *, by: str | None = None
) -> float | pd.Series[float]:
    """Ellison and Glaeser's gamma (1997): concentration beyond what a dartboard gives, considering few large plants.

    ``gamma = (G - (1 - sum a²) H) / ((1 - sum a²)(1 - H))`` with ``G = sum (s_r - a_r)²``, s and a the region's shares of the
    sector and of everything, H the Herfindahl index of the sector's plants. Around 0: as by chance; may be negative;
    customarily above 0.05 strong, below 0.02 weak.

    ``by="plants"``: `activity` is a Series of plant sizes, indexed by region (repeated). ``by="count"``: numbers of firms per
    region, H = 1/n (the count-based index of Guimarães, Figueiredo & Woodward 2007); also a table of regions × sectors,
    one number per sector, totals: its row sums. `totals`: everything, by region; regions without the sector belong in.
    One plant, one region, or no activity → NaN. ValueError for a region of `activity` that `totals` lacks.
    """
    by = by or ("count" if isinstance(activity, pd.DataFrame) else "plants")
    if by not in ("plants", "count"):
        raise ValueError(f"by={by!r} is neither 'plants' nor 'count'")
    if isinstance(activity, pd.DataFrame):
        if by == "plants":
            raise ValueError("a table of regions × sectors holds no plants; say by='count', or give sizes by region")
        return _by_sector(activity, totals, lambda own, whole: _gamma(own, own, whole, by))
    if totals is None:
        raise ValueError("totals are needed: everything, by region")
    plants, whole = checked_series(activity, "activity"), checked_series(totals, "totals")
    one_total(whole)
    strange = [label for label in plants.index if label not in whole.index]
    if strange:
        raise ValueError(f"totals lacks {strange[0]!r}")
    own = plants.groupby(level=0, sort=False).sum().reindex(whole.index, fill_value=0.0)
    _within(own, whole)
    return _gamma(plants, own, whole, by)


def litzenberger_sternberg(
    *,
    sector_here: float,
    sector_all: float,
    area_here: float,
    area_all: float,
    population_here: float,
    population_all: float,
    firms_here: float,
    firms_all: float,
) -> float:
    """Cluster index of Litzenberger & Sternberg (2006): relative stock × relative density / relative firm size.

    ``(e/E)/(p/P) · (e/E)/(a/A) · (b/B)/(e/E)`` with e staff of the sector, p population, a area, b firms of the sector, here and
    in all. 0 upwards, 1 is the average. A zero or a missing one among what is divided by → NaN. Negative: ValueError.
    """
    amounts = checked_series(
        {
            "sector_here": sector_here,
            "sector_all": sector_all,
            "area_here": area_here,
            "area_all": area_all,
            "population_here": population_here,
            "population_all": population_all,
            "firms_here": firms_here,
            "firms_all": firms_all,
        }
    )
    below = amounts[["sector_all", "area_here", "area_all", "population_here", "population_all", "firms_all"]]
    if (below == 0).any():
        return math.nan
    # The staff's share stands above twice and below once: one of them is left, and no staff here gives 0.
    share = sector_here / sector_all * (firms_here / firms_all)
    return float(share / (population_here / population_all) / (area_here / area_all))


def _by_sector(
    activity: pd.DataFrame | Amounts, totals: Amounts | None, measure: Callable[[Any, Any], float]
) -> float | pd.Series[float]:
    if isinstance(activity, pd.DataFrame):
        table = checked(activity)
        whole = table.sum(axis=1) if totals is None else _totals(table.index, totals)
        for sector in table.columns:
            _within(table[sector], whole)
        return pd.Series({sector: measure(table[sector], whole) for sector in table.columns}, dtype="float64")
    if totals is None:
        raise ValueError("totals are needed: everything, by region")
    own = checked_series(activity, "activity")
    one_total(own, "activity")
    whole = _totals(own.index, totals)
    _within(own, whole)
    return measure(own, whole)


def _totals(regions: pd.Index[Any], totals: Amounts) -> pd.Series[float]:
    whole = checked_series(totals, "totals")
    one_total(whole)
    same_labels(regions, whole.index, "totals")
    return whole.reindex(regions)


def _within(own: pd.Series[float], whole: pd.Series[float]) -> None:
    strange = own[(own > 0) & (whole == 0)]
    if len(strange):
        raise ValueError(f"totals[{strange.index[0]!r}] is 0, but the sector has {strange.iloc[0]:g} there")


def _quotients(own: pd.Series[float], whole: pd.Series[float]) -> pd.DataFrame | None:
    kept = whole > 0
    if not kept.any() or own[kept].sum() == 0:
        return None
    found = pd.DataFrame({"own": own[kept] / own[kept].sum(), "whole": whole[kept] / whole[kept].sum()})
    found["quotient"] = found["own"] / found["whole"]
    return found.sort_values("quotient", kind="stable")


def _unweighted(own: pd.Series[float], whole: pd.Series[float]) -> float:
    found = _quotients(own, whole)
    if found is None:
        return math.nan
    c, n = found["quotient"].to_numpy(), len(found)
    mean = c.mean()
    return float(2 / (n**2 * mean) * sum(i * (value - mean) for i, value in enumerate(c, start=1)))


def _lorenz(own: pd.Series[float], whole: pd.Series[float]) -> float:
    found = _quotients(own, whole)
    if found is None:
        return math.nan
    upper = found["own"].cumsum()
    lower = upper.shift(fill_value=0.0)
    return float(1 - (found["whole"] * (upper + lower)).sum())


def _gamma(plants: pd.Series[float], own: pd.Series[float], whole: pd.Series[float], by: str) -> float:
    if own.sum() == 0 or whole.sum() == 0:
        return math.nan
    if by == "count":
        fraction = own[own % 1 != 0]
        if len(fraction):
            raise ValueError(f"activity[{fraction.index[0]!r}] is {fraction.iloc[0]}; a number of firms is whole")
    s, a = own / own.sum(), whole / whole.sum()
    h = 1 / float(own.sum()) if by == "count" else float(((plants / plants.sum()) ** 2).sum())
    spread = 1 - float((a**2).sum())
    if math.isclose(h, 1) or math.isclose(spread, 0, abs_tol=1e-12):
        return math.nan
    return float((((s - a) ** 2).sum() - spread * h) / (spread * (1 - h)))
