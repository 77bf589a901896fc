"""Proximity of sectors and relatedness density (Hidalgo, Klinger, Barabási & Hausmann 2007, Science 317:482)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aikg.graph.analysis.complexity import checked_presence
from aikg.graph.analysis.tables import checked, same_labels

__all__ = ["proximity", "relatedness_density"]


def proximity(presence: pd.DataFrame) -> pd.DataFrame:
    """``sum_r M_rs M_rt / max(k_s, k_t)``, 0-1: the lesser of the two chances to find one sector where the other is.

    `presence` is regions × sectors of 0 and 1 (`complexity.presence`). Sectors × sectors, 1 on the diagonal; a sector that
    no region has → NaN in row and column.
    """
    m = checked_presence(presence)
    own = m.sum().to_numpy()
    both = m.to_numpy().T @ m.to_numpy()
    largest = np.maximum.outer(own, own)
    found = np.full(both.shape, np.nan)
    # Where only one of two sectors is anywhere, there is no chance to find it where the other is.
    np.divide(both, largest, out=found, where=(own[:, None] > 0) & (own > 0))
    return pd.DataFrame(found, index=m.columns, columns=m.columns)


def relatedness_density(
    presence: pd.DataFrame, phi: pd.DataFrame | None = None, *, diagonal: bool = False
) -> pd.DataFrame:
    """``sum_t M_rt phi_st / sum_t phi_st``, 0-1: how much of what is near a sector the region already has.

    `phi` is a proximity of your own (of the nation, say), by default that of `presence`. Without the `diagonal` a sector's own
    presence does not count, as befits the question what a region lacks; ecomplexity counts it. Nothing near → NaN.
    """
    m = checked_presence(presence)
    near = proximity(presence) if phi is None else phi
    if phi is not None:
        same_labels(m.columns, near.index, "phi")
        same_labels(m.columns, near.columns, "phi")
        near = near.loc[m.columns, m.columns]
        checked(near.fillna(0.0), "phi")
    weights = near.fillna(0.0).to_numpy(dtype="float64", copy=True)
    if not diagonal:
        np.fill_diagonal(weights, 0.0)
    around = weights.sum(axis=1)
    found = (m.to_numpy() @ weights.T) / np.where(around > 0, around, np.nan)
    # Sums of thirds in another order may pass 1 by a rounding error.
    return pd.DataFrame(found, index=m.index, columns=m.columns).clip(0.0, 1.0)
