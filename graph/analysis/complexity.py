"""Diversity, ubiquity, the method of reflections, and the complexity indices (Hidalgo & Hausmann 2009, PNAS 106:10570).

The complexity index speaks only where many regions have many sectors in a nested pattern. Where its conditions do not
hold it is NaN, and ``attrs["note"]`` says which of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from aikg.graph.analysis.quotient import location_quotient
from aikg.graph.analysis.tables import checked
from aikg.ontology.language import say

__all__ = ["checked_presence", "diversity", "eci", "eigenvalues", "pci", "presence", "reflections", "ubiquity"]

_SAME, _CLOSE, _WEAK = 1e-9, 0.02, 0.3
"""Eigenvalues nearer than this are one; nearer than this, say so; a correlation below this hardly founds the sign."""


def presence(table: pd.DataFrame, cut: float = 1.0, *, strict: bool = False, min_count: float = 0) -> pd.DataFrame:
    """M: 1 where the location quotient is at least `cut` (`strict`: above it) and the amount at least `min_count`, else 0."""
    amounts = checked(table)
    quotients = location_quotient(amounts)
    above = quotients > cut if strict else quotients >= cut
    return (above & (amounts > 0) & (amounts >= min_count)).astype(int)


def checked_presence(m: pd.DataFrame) -> pd.DataFrame:
    """M as floats; ValueError naming the cell that is neither 0 nor 1."""
    found = checked(m, "presence")
    for row, column in np.argwhere(~np.isin(found.to_numpy(), (0.0, 1.0))):
        cell = f"presence[{found.index[row]!r}, {found.columns[column]!r}]"
        raise ValueError(f"{cell} is {found.to_numpy()[row, column]:g}; it is 0 or 1 (see complexity.presence)")
    return found


def diversity(m: pd.DataFrame) -> pd.Series[int]:
    """k_r: number of sectors that a region has."""
    return checked_presence(m).sum(axis=1).astype(int)


def ubiquity(m: pd.DataFrame) -> pd.Series[int]:
    """k_s: number of regions that have a sector."""
    return checked_presence(m).sum().astype(int)


def reflections(m: pd.DataFrame, n: int = 1) -> tuple[pd.Series[float], pd.Series[float]]:
    """The n-th reflection of regions and sectors: ``k_r,N = (1/k_r,0) sum_s M_rs k_s,N-1``, and likewise for sectors.

    n = 0 gives diversity and ubiquity, n = 1 the mean ubiquity of what a region has. A region or sector with nothing → NaN.
    """
    if n < 0:
        raise ValueError(f"n is {n}; reflections count from 0")
    found = checked_presence(m)
    of_regions, of_sectors = found.sum(axis=1), found.sum()
    below_regions, below_sectors = of_regions.where(of_regions > 0), of_sectors.where(of_sectors > 0)
    for _ in range(n):
        of_regions, of_sectors = (
            (found @ of_sectors.fillna(0.0)) / below_regions,
            (found.T @ of_regions.fillna(0.0)) / below_sectors,
        )
    return of_regions, of_sectors


def eigenvalues(m: pd.DataFrame) -> list[float]:
    """Eigenvalues of ``D⁻¹ M U⁻¹ Mᵀ``, largest (always 1) first; regions and sectors with nothing are left out."""
    kept = _kept(checked_presence(m))
    if kept.empty:
        return []
    d, u = kept.sum(axis=1).to_numpy(), kept.sum().to_numpy()
    root = kept.to_numpy() / np.sqrt(d)[:, None] / np.sqrt(u)
    return [float(value) for value in np.sort(np.linalg.eigvalsh(root @ root.T))[::-1]]


def eci(m: pd.DataFrame) -> pd.Series[float]:
    """Economic complexity of regions; mean 0 and standard deviation 1 over the regions that have something.

    The convention of ecomplexity: PCI is the eigenvector of the 2nd largest eigenvalue of ``U⁻¹ Mᵀ D⁻¹ M``, ECI the mean PCI of
    what a region has, the sign such that ECI and diversity correlate positively; both standardised with ECI's mean and
    population standard deviation. Regions with nothing → NaN. All NaN, with the reason in ``attrs["note"]``, where regions
    and sectors fall into unconnected groups (eigenvalue 1 repeats), the 2nd and 3rd eigenvalue are the same, or all
    regions come out alike. The note also warns of eigenvalues that are close, and of a sign that diversity hardly founds.
    """
    return _indices(m)[0]


def pci(m: pd.DataFrame) -> pd.Series[float]:
    """Complexity of sectors, on the scale of `eci`, with the same conditions."""
    return _indices(m)[1]


def _kept(m: pd.DataFrame) -> pd.DataFrame:
    return m.loc[m.sum(axis=1) > 0, m.sum() > 0]


def _indices(m: pd.DataFrame) -> tuple[pd.Series[float], pd.Series[float]]:
    found = checked_presence(m)
    regions = pd.Series(np.nan, index=found.index, dtype="float64")
    sectors = pd.Series(np.nan, index=found.columns, dtype="float64")
    kept = _kept(found)
    values, note = _solved(kept)
    if values is not None:
        regions.update(pd.Series(values[0], index=kept.index))
        sectors.update(pd.Series(values[1], index=kept.columns))
    regions.attrs["note"] = sectors.attrs["note"] = note
    return regions, sectors


def _solved(kept: pd.DataFrame) -> tuple[tuple[Any, Any] | None, str | None]:
    if min(kept.shape) < 2:
        return None, say("fewer than two regions or sectors", "地区或环节不足两个")
    matrix = kept.to_numpy()
    d, u = matrix.sum(axis=1), matrix.sum(axis=0)
    root = matrix / np.sqrt(d)[:, None] / np.sqrt(u)
    # The symmetric form has the same eigenvalues, and a solver that is exact and deterministic for it.
    spectrum, vectors = np.linalg.eigh(root.T @ root)
    spectrum, vectors = spectrum[::-1], vectors[:, ::-1]
    if spectrum[1] > 1 - _SAME:
        return None, say(
            "regions and sectors fall into unconnected groups (eigenvalue 1 repeats), so the index has no meaning",
            "地区与环节分成互不相连的几组（特征值 1 重复），指数没有意义",
        )
    if spectrum[1] < _SAME:
        return None, say("all regions have the same sectors", "各地区的环节完全相同")
    third = spectrum[2] if len(spectrum) > 2 else 0.0
    if spectrum[1] - third < _SAME:
        return None, say(
            "the 2nd and 3rd eigenvalue are the same, so the index is not determined",
            "第二、第三特征值相同，指数无法确定",
        )
    of_sectors = vectors[:, 1] / np.sqrt(u)
    of_regions = matrix @ of_sectors / d
    deviation = of_regions.std()
    if deviation < _SAME:
        return None, say("all regions come out alike", "各地区结果相同，标准差为零")
    notes = []
    if spectrum[1] - third < _CLOSE:
        notes.append(
            say(
                f"2nd and 3rd eigenvalue are close ({spectrum[1]:.3f}, {third:.3f}): small changes may reorder everything",
                f"第二、第三特征值接近（{spectrum[1]:.3f}、{third:.3f}），细小变动就可能改变排序",
            )
        )
    correlation = float(np.corrcoef(of_regions, d)[0, 1]) if d.std() > 0 else 0.0
    if abs(correlation) < _WEAK:
        notes.append(
            say(
                f"the sign is weakly founded (correlation with diversity {abs(correlation):.2f})",
                f"符号依据不足（与多样性的相关系数 {abs(correlation):.2f}）",
            )
        )
    # Without any correlation a fixed rule must decide, or the solver would: the first region that stands out is positive.
    largest = int(np.argmax(np.abs(of_regions) > np.abs(of_regions).max() - _SAME))
    flip = correlation < 0 if abs(correlation) > _SAME else of_regions[largest] < 0
    sign = -1.0 if flip else 1.0
    mean = of_regions.mean()
    scaled = (sign * (of_regions - mean) / deviation, sign * (of_sectors - mean) / deviation)
    return scaled, "; ".join(notes) or None
