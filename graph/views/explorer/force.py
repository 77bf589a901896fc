"""A force layout, for graphs whose shape is the question. Computed here, once, the same every time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.views.explorer.layout import PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["force"]

_ASPECT = PAGE[0] / PAGE[1]
_EXACT = 600
"""Nodes up to which every pair repels exactly."""
_PAIRS = 20
"""Near pairs per node that repel exactly; while everything is still in a heap there are more, and they do not matter."""
Points = np.ndarray[Any, np.dtype[np.float64]]


def force(
    ids: Sequence[str], pairs: Sequence[tuple[str, str]], *, seed: int = 0, rounds: int | None = None
) -> dict[str, tuple[float, float]]:
    """Positions by attraction along edges and repulsion between all nodes (Fruchterman & Reingold 1991).

    Far nodes repel through a grid of their masses (a convolution, as in particle-mesh methods: Hockney & Eastwood
    1981), so that 20,000 nodes take seconds. The same ids, pairs and seed give the same positions; unknown ids in
    `pairs` are left aside. `rounds` are 120 by default, fewer for more than 5,000 nodes.
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
    steps = rounds if rounds is not None else 120 if count <= 5_000 else 70 if count <= 25_000 else 40
    at = _moved(count, links, seed, steps)
    at *= np.array([_ASPECT**0.5, _ASPECT**-0.5]) * 60.0
    return dict(zip(ordered, map(tuple, np.round(at, 1).tolist()), strict=True))


def _moved(count: int, links: np.ndarray[Any, Any], seed: int, rounds: int) -> Points:
    degree = np.bincount(links.ravel(), minlength=count).astype(float)
    # What hangs together with little drifts off, since little pulls it: the fewer, the more towards the
    # middle.
    parts, part = _components(count, links)
    size = np.bincount(part, minlength=parts)[part]
    gravity = np.where(size < 0.05 * count, 1.1, 0.16)[:, None]
    rng = np.random.default_rng(seed)
    # In units of the ideal edge length: √n on a side gives every node about one unit of room.
    side = math.sqrt(count)
    at: Points = rng.uniform(-side / 2, side / 2, size=(count, 2))
    weight = 1.0 + 0.5 * np.sqrt(degree)  # hubs need room for their labels and neighbours
    # A hub's many edges would pull it onto all of its neighbours at once.
    slack = np.sqrt(degree[links].max(axis=1)) if len(links) else np.empty(0)
    for step in range(rounds):
        push = _repulsion(at, weight)
        if len(links):
            delta = at[links[:, 1]] - at[links[:, 0]]
            pull = delta * (np.hypot(delta[:, 0], delta[:, 1]) / slack)[:, None]
            for axis in (0, 1):
                push[:, axis] += np.bincount(links[:, 0], weights=pull[:, axis], minlength=count)
                push[:, axis] -= np.bincount(links[:, 1], weights=pull[:, axis], minlength=count)
        push -= at * gravity
        length = np.maximum(np.linalg.norm(push, axis=1), 1e-9)
        heat = 0.12 * side * (1 - step / rounds) + 0.02
        at += push / length[:, None] * np.minimum(length, heat)[:, None]
    return at


def _components(count: int, links: np.ndarray[Any, Any]) -> tuple[int, np.ndarray[Any, Any]]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    joined = coo_array((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(count, count))
    parts, part = connected_components(joined, directed=False)
    return int(parts), part


def _repulsion(at: Points, weight: np.ndarray[Any, Any]) -> Points:
    """Sum over all others of weight · direction / distance."""
    if len(at) <= _EXACT:
        delta = at[:, None, :] - at[None, :, :]
        square = np.maximum((delta**2).sum(axis=2), 1e-4)
        exact: Points = (delta * (weight[None, :] / square)[:, :, None]).sum(axis=1)
        return exact
    from scipy.spatial import cKDTree

    push, cell = _far(at, weight)
    # Within a cell the mean says little: the near pairs say it exactly.
    near = cKDTree(at).query_pairs(min(cell, 1.0), output_type="ndarray")
    if len(near) > _PAIRS * len(at):
        near = near[:: len(near) // (_PAIRS * len(at)) + 1]
    if len(near):
        delta = at[near[:, 0]] - at[near[:, 1]]
        unit = delta / np.maximum((delta**2).sum(axis=1), 1e-4)[:, None]
        for axis in (0, 1):
            push[:, axis] += np.bincount(near[:, 0], weights=unit[:, axis] * weight[near[:, 1]], minlength=len(at))
            push[:, axis] -= np.bincount(near[:, 1], weights=unit[:, axis] * weight[near[:, 0]], minlength=len(at))
    return push


def _far(at: Points, weight: np.ndarray[Any, Any]) -> tuple[Points, float]:
    """The push of all masses, each spread over the four grid points around it, and the size of a cell."""
    from scipy.signal import fftconvolve

    grid = int(min(128, max(16, math.sqrt(len(at)) / 2)))
    low = at.min(axis=0)
    cell = float(max((at.max(axis=0) - low).max() / (grid - 1), 1e-9))
    spot = np.clip((at - low) / cell, 0, grid - 1 - 1e-9)
    base = spot.astype(int)
    part = spot - base
    corners = [
        (
            (base[:, 0] + i) * grid + base[:, 1] + j,
            (part[:, 0] if i else 1 - part[:, 0]) * (part[:, 1] if j else 1 - part[:, 1]),
        )
        for i in (0, 1)
        for j in (0, 1)
    ]
    size = grid * grid
    mass = sum(np.bincount(number, weights=weight * share, minlength=size)[:size] for number, share in corners)
    steps = np.arange(-(grid - 1), grid) * cell
    # Softened by half a cell: what lies in the same one is left to the exact pairs.
    square = steps[:, None] ** 2 + steps[None, :] ** 2 + (cell / 2) ** 2
    push = np.zeros_like(at)
    for axis, kernel in enumerate((steps[:, None] / square, steps[None, :] / square)):
        field = fftconvolve(np.reshape(mass, (grid, grid)), kernel, mode="valid" if grid == 1 else "same")
        flat = field.ravel()
        for number, share in corners:
            push[:, axis] += flat[np.minimum(number, size - 1)] * share
    return push, cell
