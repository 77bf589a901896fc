"""A force layout, for graphs whose shape is the question. Computed here, once, the same every time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.views.layout import PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["force"]

_ASPECT = PAGE[0] / PAGE[1]


def force(
    ids: Sequence[str], pairs: Sequence[tuple[str, str]], *, seed: int = 0, rounds: int = 120
) -> dict[str, tuple[float, float]]:
    """Positions by attraction along edges and repulsion between all nodes (Fruchterman & Reingold 1991).

    Far nodes repel through the mean of their grid cell, so 5,000 nodes take seconds instead of minutes. The
    same ids, pairs and seed give the same positions; unknown ids in `pairs` are left aside.
    """
    ordered = sorted(set(ids))
    count = len(ordered)
    if count == 0:
        return {}
    index = {i: at for at, i in enumerate(ordered)}
    links = np.array(
        sorted({(index[a], index[b]) for a, b in pairs if a in index and b in index and a != b}),
        dtype=np.int64,
    ).reshape(-1, 2)
    degree = np.bincount(links.ravel(), minlength=count).astype(float)
    # What hangs together with little drifts off, since little pulls it: the fewer, the more towards the
    # middle.
    parts, part = _components(count, links)
    size = np.bincount(part, minlength=parts)[part]
    gravity = np.where(size < 0.05 * count, 0.4, 0.12)[:, None]
    rng = np.random.default_rng(seed)
    # In units of the ideal edge length: √n on a side gives every node about one unit of room.
    side = math.sqrt(count)
    at = rng.uniform(-side / 2, side / 2, size=(count, 2))
    weight = 1.0 + 0.5 * np.sqrt(degree)  # hubs need room for their labels and neighbours
    for step in range(rounds):
        push = _repulsion(at, weight)
        if len(links):
            delta = at[links[:, 1]] - at[links[:, 0]]
            # A hub's many edges would pull it onto all of its neighbours at once.
            pull = delta * (np.linalg.norm(delta, axis=1) / np.sqrt(degree[links].max(axis=1)))[:, None]
            np.add.at(push, links[:, 0], pull)
            np.add.at(push, links[:, 1], -pull)
        push -= at * gravity
        length = np.maximum(np.linalg.norm(push, axis=1), 1e-9)
        heat = 0.12 * side * (1 - step / rounds) + 0.02
        at += push / length[:, None] * np.minimum(length, heat)[:, None]
    at *= np.array([_ASPECT**0.5, _ASPECT**-0.5]) * 60.0
    return {i: (round(float(x), 1), round(float(y), 1)) for i, (x, y) in zip(ordered, at, strict=True)}


def _components(count: int, links: np.ndarray[Any, Any]) -> tuple[int, np.ndarray[Any, Any]]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    joined = coo_array((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(count, count))
    parts, part = connected_components(joined, directed=False)
    return int(parts), part


def _repulsion(at: np.ndarray[Any, Any], weight: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Sum over all others of weight · direction / distance; cells stand for far nodes."""
    count = len(at)
    if count <= 600:
        delta = at[:, None, :] - at[None, :, :]
        square = np.maximum((delta**2).sum(axis=2), 1e-4)
        exact: np.ndarray[Any, Any] = (delta * (weight[None, :] / square)[:, :, None]).sum(axis=1)
        return exact
    from scipy.spatial import cKDTree

    grid = int(min(32, max(8, math.sqrt(count) / 3)))
    low, high = at.min(axis=0), at.max(axis=0)
    cell = np.minimum(((at - low) / np.maximum(high - low, 1e-9) * grid).astype(int), grid - 1)
    number = cell[:, 0] * grid + cell[:, 1]
    mass = np.bincount(number, weights=weight, minlength=grid * grid)
    used = np.flatnonzero(mass)
    mass = mass[used]
    middle = np.stack(
        [np.bincount(number, weights=weight * at[:, axis], minlength=grid * grid)[used] / mass for axis in (0, 1)],
        axis=1,
    )
    delta_x = at[:, 0, None] - middle[None, :, 0]
    delta_y = at[:, 1, None] - middle[None, :, 1]
    size = float(((high - low) / grid).max())
    # Softened by half a cell: within a cell the mean says little, the near pairs below say it exactly.
    factor = mass[None, :] / (delta_x**2 + delta_y**2 + (size / 2) ** 2)
    push = np.stack([(delta_x * factor).sum(axis=1), (delta_y * factor).sum(axis=1)], axis=1)
    near = cKDTree(at).query_pairs(min(size, 1.0), output_type="ndarray")
    if len(near):
        delta = at[near[:, 0]] - at[near[:, 1]]
        unit = delta / np.maximum((delta**2).sum(axis=1), 1e-4)[:, None]
        np.add.at(push, near[:, 0], unit * weight[near[:, 1], None])
        np.add.at(push, near[:, 1], -unit * weight[near[:, 0], None])
    return push
