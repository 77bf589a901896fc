"""How alike the focuses of places are: overlap, cosine, homogeneity of a group."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from aikg.graph.analysis.cells import cell
from aikg.graph.analysis.concentration import hhi
from aikg.graph.analysis.tables import checked

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["focus_overlap", "focus_similarity", "homogeneity", "idf", "pooled_hhi"]

Weighting = Literal["plain", "idf"]


def focus_overlap(table: pd.DataFrame, *, min_count: int = 0) -> pd.DataFrame:
    """Jaccard overlap of what places focus on: |F_i & F_j| / |F_i | F_j|, a place x place table, 0-1.

    `table` is place x segment: a cell above 0 is a focus. Two places without a focus have NaN, as has a place with fewer
    than `min_count` focuses. Raises ValueError for negative or missing cells.

    >>> table = pd.DataFrame([[1, 1, 1, 0], [0, 1, 1, 1]], ["i", "j"], list("abcd"))
    >>> float(focus_overlap(table).loc["i", "j"])
    0.5
    """
    has = (checked(table) > 0).astype(float)
    numbers = has.to_numpy()
    both = numbers @ numbers.T
    counts = numbers.sum(axis=1)
    either = counts[:, None] + counts[None, :] - both
    with np.errstate(invalid="ignore"):
        found = np.where(either > 0, both / np.where(either > 0, either, 1), np.nan)
    return _without_few(pd.DataFrame(found, has.index, has.index), counts, min_count)


def idf(reference: pd.DataFrame) -> pd.Series:
    """Weight of each focus: ln((1 + N) / (1 + n_s)) + 1, with N the places of `reference` that have a focus and n_s those that
    have this one. What every place names weighs 1, what few name weighs more (Salton, Buckley 1988; smoothed).

    >>> float(idf(pd.DataFrame([[1, 1], [1, 0]], ["i", "j"], ["a", "b"]))["a"])
    1.0
    """
    has = checked(reference) > 0
    places = int(has.any(axis=1).sum())
    weight: pd.Series[float] = np.log((1 + places) / (1 + has.sum())) + 1
    return weight


def focus_similarity(
    table: pd.DataFrame,
    *,
    weighting: Weighting = "plain",
    reference: pd.DataFrame | None = None,
    min_count: int = 0,
) -> pd.DataFrame:
    """Cosine of the focus vectors, a place x place table, 0-1. On sector shares it is UNIDO's industrial structure
    similarity coefficient (产业结构相似系数), whose values above 0.85 are commonly read as high.

    `table` is place x segment with weights (numbers of focuses, budget, shares). `weighting="idf"` multiplies each segment by
    `idf(reference)`, where `reference` holds all places with a recorded focus (default: `table`), never a selection only.
    A place without a focus, or with fewer than `min_count` focused segments, has NaN.

    >>> table = pd.DataFrame([[1, 0], [0, 1]], ["i", "j"], ["a", "b"])
    >>> float(focus_similarity(table).loc["i", "j"])
    0.0
    """
    numbers = checked(table)
    counts = (numbers > 0).sum(axis=1).to_numpy(float)
    weighted = numbers * _weights(numbers, weighting, reference)
    # The largest of a row is put to 1: the cosine stays, and squares of tiny numbers do not vanish.
    largest = weighted.max(axis=1).to_numpy(float) if len(weighted.columns) else np.zeros(len(weighted))
    scaled = weighted.to_numpy(float) / np.where(largest > 0, largest, 1)[:, None]
    norms = np.sqrt((scaled**2).sum(axis=1))
    unit = scaled / np.where(norms > 0, norms, np.nan)[:, None]
    found = np.clip(unit @ unit.T, 0.0, 1.0)
    return _without_few(pd.DataFrame(found, numbers.index, numbers.index), counts, min_count)


def homogeneity(
    table: pd.DataFrame,
    *,
    national: Hashable | None = None,
    weighting: Weighting = "plain",
    reference: pd.DataFrame | None = None,
    min_count: int = 0,
) -> pd.Series:
    """How alike a group of places is: the mean of the pairwise cosines, with what stands beside it.

    `national` names the row that holds the national policy; it is no member of the group. Returns `homogeneity` (0-1),
    `pairs` (with a cosine), `places` (members with a cosine), `pooled_hhi`, and `national` (mean cosine of the members to the
    national row; NaN without one). Fewer than two places: NaN.

    >>> table = pd.DataFrame([[1, 0], [1, 0]], ["i", "j"], ["a", "b"])
    >>> float(homogeneity(table)["homogeneity"])
    1.0
    """
    alike = focus_similarity(table, weighting=weighting, reference=reference, min_count=min_count)
    members = [place for place in alike.index if place != national]
    cosines = [float(cell(alike, i, j)) for i, j in combinations(members, 2)]
    known = [value for value in cosines if not math.isnan(value)]
    places = sum(not math.isnan(cell(alike, place, place)) for place in members)
    above = [float(cell(alike, place, national)) for place in members] if national is not None else []
    above = [value for value in above if not math.isnan(value)]
    return pd.Series(
        {
            "homogeneity": math.fsum(known) / len(known) if known else math.nan,
            "pairs": float(len(known)),
            "places": float(places),
            "pooled_hhi": pooled_hhi(table.loc[members]),
            "national": math.fsum(above) / len(above) if above else math.nan,
        }
    )


def pooled_hhi(table: pd.DataFrame) -> float:
    """HHI (0-1) of the places' focuses taken together: 1 says "all in one segment". No focus at all: NaN.

    >>> pooled_hhi(pd.DataFrame([[1, 1], [2, 0]], ["i", "j"], ["a", "b"]))
    0.625
    """
    return hhi(checked(table).sum(), renormalise=True)


def _weights(table: pd.DataFrame, weighting: str, reference: pd.DataFrame | None) -> pd.Series:
    if weighting == "plain":
        return pd.Series(1.0, index=table.columns)
    if weighting != "idf":
        raise ValueError(f"weighting '{weighting}' is not plain or idf")
    whole = table if reference is None else reference
    missing = [column for column in table.columns if column not in whole.columns]
    if missing:
        raise ValueError(f"{missing[0]} is a focus of the table and none of the reference")
    return idf(whole)[list(table.columns)]


def _without_few(found: pd.DataFrame, counts: np.ndarray, min_count: int) -> pd.DataFrame:
    few = counts < min_count
    found.loc[few, :] = math.nan
    found.loc[:, few] = math.nan
    return found
