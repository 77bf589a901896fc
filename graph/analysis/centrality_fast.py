"""Centralities by SciPy and networkit, for networks that networkx is too slow for. Arrays in the order of the nodes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.analysis.brokerage import constraint, effective_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aikg.graph.analysis.structure import Structure

__all__ = [
    "DAMPING",
    "ENGINES",
    "PAGERANK_TOLERANCE",
    "eigenvector_parts",
    "pagerank",
    "perron",
    "sampled_betweenness",
    "scores",
    "seeded",
]

Values = np.ndarray[Any, np.dtype[np.float64]]
DAMPING = 0.85
PAGERANK_TOLERANCE = 1e-10
"""Sum of all changes at which the iteration stops; the sum of all errors is then below 6e-10."""
ENGINES = {"betweenness": "networkit", "closeness": "networkit", "harmonic": "networkit", "k-core": "networkit"}
"""What computes a kind; SciPy where nothing is said."""
_DENSE = 64
"""Nodes up to which a dense eigenvalue problem is solved: Lanczos needs more nodes than vectors."""


def scores(structure: Structure, kind: str, *, directed: bool, weighted: bool) -> dict[str, Values]:
    """Columns of values of one kind; `value` is what ranks."""
    if kind in ("degree", "weighted-degree"):
        return _degree(structure, directed=directed, weighted=weighted)
    if kind == "pagerank":
        return {"value": pagerank(structure.adjacency(directed=directed, weighted=weighted))}
    if kind == "hits":
        return _hits(structure.adjacency(directed=directed, weighted=weighted))
    if kind == "eigenvector":
        value = np.full(structure.n, np.nan)
        for part in eigenvector_parts(structure, directed=directed):
            value[part] = perron(structure, part, directed=directed, weighted=weighted)
        return {"value": value}
    if kind == "constraint":
        return {"value": constraint(structure.adjacency(directed=False, weighted=weighted, loops=False))}
    if kind == "effective-size":
        return {"value": effective_size(structure.adjacency(directed=False, weighted=weighted, loops=False))}
    return {"value": _by_networkit(structure, kind, directed=directed, weighted=weighted)}


def _degree(structure: Structure, *, directed: bool, weighted: bool) -> dict[str, Values]:
    matrix = structure.adjacency(directed=directed, weighted=weighted)
    out = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1)
    if not directed:
        return {"value": out + matrix.diagonal()}  # a self-loop has two ends
    into = np.asarray(matrix.sum(axis=0), dtype=np.float64).reshape(-1)
    return {"value": into + out, "in": into, "out": out}


def pagerank(matrix: Any, damping: float = DAMPING, tolerance: float = PAGERANK_TOLERANCE) -> Values:
    """PageRank (Brin & Page 1998) of a CSR matrix of weights i → j; what points nowhere spreads its rank evenly.

    The values sum to 1. Power iteration until the changes sum to less than `tolerance`.
    """
    n = matrix.shape[0]
    if n == 0:
        return np.empty(0)
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1)
    dangling = np.flatnonzero(strength == 0)
    share = damping / np.where(strength > 0, strength, 1.0)
    into = matrix.T.tocsr()
    value = np.full(n, 1.0 / n)
    # After this many steps the error is below any tolerance that doubles can show.
    for _ in range(250):
        before = value
        rest = (1.0 - damping + damping * float(before[dangling].sum())) / n
        value = into @ (before * share)
        value += rest
        if float(np.abs(value - before).sum()) < tolerance:
            break
    made: Values = value / value.sum()
    return made


def _hits(matrix: Any) -> dict[str, Values]:
    """Hubs and authorities (Kleinberg 1999): what his iteration from equal scores converges to, each summing to 1."""
    n = matrix.shape[0]
    if matrix.nnz == 0:
        return {name: np.full(n, np.nan) for name in ("value", "hub", "authority")}
    authority = _dominant(matrix)
    hub = matrix @ authority
    authority = authority / authority.sum()
    return {"value": authority, "hub": hub / hub.sum(), "authority": authority}


def _dominant(matrix: Any) -> Values:
    """The part of (1, …, 1) in the space of the largest singular value: unique, also where several parts tie for it."""
    from scipy.sparse.linalg import LinearOperator, eigsh

    n = matrix.shape[0]
    start = np.ones(n)
    if n <= _DENSE:
        dense = matrix.toarray()
        values, vectors = np.linalg.eigh(dense.T @ dense)
        top = vectors[:, values >= values[-1] * (1 - 1e-9)]
        return np.asarray(np.abs(top @ (top.T @ start)))
    turned = matrix.T.tocsr()
    square = LinearOperator((n, n), matvec=lambda v: turned @ (matrix @ v), dtype=np.float64)
    values, vectors = eigsh(square, k=2, v0=start, which="LA")
    if values[0] < values[1] * (1 - 1e-9):
        return np.asarray(np.abs(vectors[:, 1]))
    value = start  # several parts tie: Kleinberg's own iteration, which no other eigenvalue is near enough to slow down
    for _ in range(5000):
        before, value = value, square.matvec(value)
        value /= np.linalg.norm(value)
        if np.abs(value - before).sum() < 1e-13:
            break
    return value


def eigenvector_parts(structure: Structure, *, directed: bool) -> list[Any]:
    """Nodes of the largest connected part (strongly connected, if directed), in one array; none without an edge.

    Of several parts of this size it is the one that holds the smallest id.
    """
    from scipy.sparse.csgraph import connected_components

    matrix = structure.adjacency(directed=directed)
    if matrix.nnz == 0:
        return []
    _, part = connected_components(matrix, directed=directed, connection="strong")
    sizes = np.bincount(part)
    largest = np.flatnonzero(sizes == sizes.max())
    if sizes.max() == 1:
        return []
    if len(largest) > 1:
        nodes = np.flatnonzero(np.isin(part, largest))
        ids = structure.ids.take(nodes).to_pylist()
        return [np.flatnonzero(part == part[nodes[ids.index(min(ids))]])]
    return [np.flatnonzero(part == largest[0])]


def perron(structure: Structure, part: Any, *, directed: bool, weighted: bool) -> Values:
    """Eigenvector centrality (Bonacich 1972) in one connected part: in-edges count; the length of the vector is 1."""
    from scipy.sparse.linalg import eigs, eigsh

    matrix = structure.adjacency(directed=directed, weighted=weighted)[part][:, part].T
    if len(part) <= _DENSE:
        dense = matrix.toarray()
        if directed:
            values, vectors = np.linalg.eig(dense)
            vector = vectors[:, int(np.argmax(values.real))].real
        else:
            vector = np.linalg.eigh(dense)[1][:, -1]
    elif directed:
        vector = eigs(matrix.astype(np.float64), k=1, which="LR", v0=np.ones(len(part)))[1][:, 0].real
    else:
        vector = eigsh(matrix, k=1, which="LA", v0=np.ones(len(part)))[1][:, 0]
    vector = np.abs(vector)
    made: Values = vector / np.linalg.norm(vector)
    return made


@contextmanager
def seeded(seed: int) -> Iterator[Any]:
    """networkit with this seed and one thread: with two, the order of sums and moves is not the same twice."""
    import networkit as nk

    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, False)
    try:
        yield nk
    finally:
        nk.setNumberOfThreads(threads)


def _by_networkit(structure: Structure, kind: str, *, directed: bool, weighted: bool) -> Values:
    n = structure.n
    if n < 3 and kind != "k-core":  # networkit's norms divide by n − 1 and n − 2
        return _tiny(structure, kind, directed=directed, weighted=weighted)
    graph = structure.networkit(directed=directed, weighted=weighted, lengths=True)
    if kind == "k-core":
        import networkit as nk

        return _run(nk.centrality.CoreDecomposition(structure.networkit(directed=False)), n)
    with seeded(0) as nk:
        if kind == "betweenness":
            return _run(nk.centrality.Betweenness(graph, normalized=True), n)
        if directed:  # networkx counts the distances towards a node, networkit those from it
            graph = nk.graphtools.transpose(graph)
        if kind == "closeness":
            generalised = nk.centrality.ClosenessVariant.GENERALIZED
            return _run(nk.centrality.Closeness(graph, not weighted, generalised), n)
        return _run(nk.centrality.HarmonicCloseness(graph, False), n)


def _run(algorithm: Any, n: int) -> Values:
    if n == 0:
        return np.empty(0)
    algorithm.run()
    return np.asarray(algorithm.scores(), dtype=np.float64)


def _tiny(structure: Structure, kind: str, *, directed: bool, weighted: bool) -> Values:
    """Two nodes or fewer: nothing lies between them, and the only distance is the edge itself."""
    matrix = structure.adjacency(directed=directed, weighted=weighted, loops=False)
    if kind == "betweenness" or structure.n < 2:
        return np.zeros(structure.n)
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).reshape(-1)


def sampled_betweenness(structure: Structure, sample: int, seed: int, *, directed: bool, weighted: bool) -> Any:
    """Betweenness estimated from `sample` random sources (Brandes & Pich 2007), and how far two halves of them agree.

    The agreement is Spearman's rank correlation between the estimates of the two halves, over nodes that either saw.
    """
    n = structure.n
    graph = structure.networkit(directed=directed, weighted=weighted, lengths=True)
    halves = []
    for part, size in enumerate((sample - sample // 2, sample // 2)):
        with seeded(2 * seed + part) as nk:
            halves.append((size, _run(nk.centrality.EstimateBetweenness(graph, max(size, 1), normalized=True), n)))
    value = sum(size * found for size, found in halves) / sample
    return value, _spearman(halves[0][1], halves[1][1])


def _spearman(first: Values, second: Values) -> float:
    from scipy.stats import rankdata

    seen = (first > 0) | (second > 0)
    if np.count_nonzero(seen) < 3:
        return float("nan")
    ranks = [rankdata(values[seen]) for values in (first, second)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1]) if all(np.ptp(r) > 0 for r in ranks) else float("nan")
