"""Porter's diamond as a number: the GEM model of Padmore & Gibson (Research Policy 26, 1998, 625-641)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, overload

import pandas as pd

from aikg.ontology.values import is_null

__all__ = ["DETERMINANTS", "gem"]

DETERMINANTS = {
    "resources": "资源",
    "infrastructure": "设施",
    "suppliers": "供应商和相关辅助产业",
    "structure": "企业结构、战略和竞争",
    "local_markets": "本地市场",
    "external_markets": "外部市场",
}
"""The six determinants in three pairs: groundings, enterprises, markets; with their Chinese names."""


@overload
def gem(scores: pd.DataFrame) -> pd.Series[float]: ...
@overload
def gem(scores: pd.Series[float] | Mapping[str, float | None] | Sequence[float | None]) -> float: ...
def gem(
    scores: pd.DataFrame | pd.Series[float] | Mapping[str, float | None] | Sequence[float | None],
) -> float | pd.Series[float]:
    """``2.5 · [(D1 + D2)(D3 + D4)(D5 + D6)]^(2/3)``, 10-1000; 250 where all six are 5, the average.

    Six scores from 1 to 10 (`DETERMINANTS`, by English or Chinese name, or six numbers in that order): within a pair they
    replace each other, the pairs complete each other. A table of regions × determinants gives one number per region.
    A missing score → NaN, never 0. ValueError for a score outside 1-10 and for an unknown determinant.
    Scores are judgements: keep who gave them, when, and on what evidence.

    >>> round(gem([7, 6, 5, 5, 8, 4]), 4)
    336.2713
    """
    if isinstance(scores, pd.DataFrame):
        rows = {region: gem(row) for region, row in scores.T.items()}
        return pd.Series(rows, dtype="float64")
    if isinstance(scores, pd.Series):
        named: dict[Any, Any] = dict(scores.items())
        if list(scores.index) == list(range(len(DETERMINANTS))):
            named = dict(zip(DETERMINANTS, scores, strict=True))
    elif isinstance(scores, Mapping):
        named = dict(scores)
    else:
        if len(scores) != len(DETERMINANTS):
            raise ValueError(f"{len(scores)} scores; GEM has six: {', '.join(DETERMINANTS)}")
        named = dict(zip(DETERMINANTS, scores, strict=True))
    english = {zh: en for en, zh in DETERMINANTS.items()}
    given: dict[str, float] = {}
    for name, value in named.items():
        key = english.get(name, name)
        if key not in DETERMINANTS:
            raise ValueError(f"{name!r} is no determinant of GEM; they are {', '.join(DETERMINANTS)}")
        if not is_null(value):
            if not 1 <= float(value) <= 10:
                raise ValueError(f"score[{name!r}] is {value}; scores go from 1 to 10")
            given[key] = float(value)
    if len(given) < len(DETERMINANTS):
        return math.nan
    d = [given[key] for key in DETERMINANTS]
    return float(2.5 * ((d[0] + d[1]) * (d[2] + d[3]) * (d[4] + d[5])) ** (2 / 3))
