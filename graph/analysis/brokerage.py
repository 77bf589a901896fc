"""Structural holes (Burt) and the points and lines at which a network falls apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from aikg.graph.analysis.structure import Structure

__all__ = ["constraint", "cut_edges", "cut_nodes", "effective_size"]

Values = np.ndarray[Any, np.dtype[np.float64]]
_WORK = 20_000_000
"""Products of one block of rows, so that the memory of the intermediate matrix stays below some hundred MB."""


def constraint(matrix: Any) -> Values:
    """Burt's constraint (1992, eq. 2.4) of every node of a symmetric CSR matrix of tie strengths; isolated → NaN.

    c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over the contacts j of i, where p_ij is the share of j in the ties of i.
    """
    import scipy.sparse as sparse

    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1)
    shares = (sparse.diags_array(_inverse(strength)) @ matrix).tocsr()
    value = np.full(len(strength), np.nan)
    for rows in _blocks(matrix):
        own = shares[rows]
        # Only contacts count: paths of two steps to others than contacts are dropped.
        both = own + (own @ shares).multiply((matrix[rows] != 0).astype(np.float64))
        value[rows] = np.asarray(both.multiply(both).sum(axis=1), dtype=np.float64).reshape(-1)
    value[strength == 0] = np.nan
    return value


def effective_size(matrix: Any) -> Values:
    """Burt's effective size (1992, eq. 2.2) of every node; n − 2t/n where all ties are equal (Borgatti 1997).

    e_i = Σ_j (1 − Σ_q p_iq m_jq) over the contacts j of i, m_jq the tie of j and q as a share of j's strongest tie.
    `matrix` as for `constraint`; isolated → NaN.
    """
    import scipy.sparse as sparse

    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1)
    strongest = matrix.max(axis=1).toarray().reshape(-1) if matrix.nnz else np.zeros(len(strength))
    shares = (sparse.diags_array(_inverse(strength)) @ matrix).tocsr()
    marginal = (sparse.diags_array(_inverse(strongest)) @ matrix).T.tocsr()
    contacts = np.diff(matrix.indptr).astype(np.float64)
    value = np.full(len(strength), np.nan)
    for rows in _blocks(matrix):
        redundant = (shares[rows] @ marginal).multiply((matrix[rows] != 0).astype(np.float64))
        value[rows] = contacts[rows] - np.asarray(redundant.sum(axis=1), dtype=np.float64).reshape(-1)
    value[strength == 0] = np.nan
    return value


def _inverse(values: Values) -> Values:
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _blocks(matrix: Any) -> list[slice]:
    """Slices of rows, each with about `_WORK` products in the square of the matrix."""
    degrees = np.diff(matrix.indptr)
    work = np.concatenate([[0], np.cumsum(degrees[matrix.indices], dtype=np.int64)])[matrix.indptr]
    n = len(degrees)
    cuts = np.unique(np.searchsorted(work, np.arange(0, work[-1] + _WORK, _WORK)).clip(0, n)) if n else np.empty(0)
    bounds = sorted({0, n, *cuts.tolist()})
    return [slice(int(a), int(b)) for a, b in pairwise(bounds)]


def cut_nodes(structure: Structure, engine: str) -> tuple[Any, Any]:
    """Articulation points (positions) and the number of parts that each holds together (Hopcroft & Tarjan 1973)."""
    if engine == "networkx":
        import networkx as nx

        blocks = [sorted(block) for block in nx.biconnected_components(structure.networkx(directed=False))]
    else:
        import networkit as nk

        found = nk.components.BiconnectedComponents(structure.networkit(directed=False))
        found.run()
        blocks = [block for block in found.getComponents() if len(block) > 1]
    members = np.fromiter((node for block in blocks for node in block), dtype=np.int64)
    parts = np.bincount(members, minlength=structure.n)
    nodes = np.flatnonzero(parts > 1)
    return nodes, parts[nodes]


def cut_edges(structure: Structure, engine: str) -> pd.DataFrame:
    """Bridges as positions `a`, `b` with a on the smaller side, and `cut_off`, the number of nodes of this side."""
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import connected_components

    n = structure.n
    first, second = (np.array(ends, dtype=np.int64) for ends in _bridges(structure, engine))
    if not len(first):
        return pd.DataFrame({name: np.empty(0, dtype=np.int64) for name in ("a", "b", "cut_off")})
    whole = structure.adjacency(directed=False, loops=False)
    ones = np.ones(2 * len(first))
    gone = sparse.csr_array((ones, (np.r_[first, second], np.r_[second, first])), shape=(n, n))
    rest = (whole - gone).tocsr()
    rest.eliminate_zeros()
    # What is left without the bridges are the nodes of a forest; sizes are summed from its leaves to its roots.
    count, block = connected_components(rest, directed=False)
    sizes = np.bincount(block, minlength=count)
    below, parent = _summed(count, block[first], block[second], sizes)
    _, part = connected_components(whole, directed=False)
    total = np.bincount(part)[part[first]]
    child_first = parent[block[first]] == block[second]
    child = np.where(child_first, block[first], block[second])
    side = below[child]
    smaller_is_child = side * 2 <= total
    at_child = np.where(child_first, first, second)
    at_parent = np.where(child_first, second, first)
    return pd.DataFrame(
        {
            "a": np.where(smaller_is_child, at_child, at_parent),
            "b": np.where(smaller_is_child, at_parent, at_child),
            "cut_off": np.minimum(side, total - side),
        }
    )


def _bridges(structure: Structure, engine: str) -> tuple[Any, Any]:
    if engine == "networkx":
        import networkx as nx

        found = sorted(nx.bridges(structure.networkx(directed=False)))
        return [a for a, _ in found], [b for _, b in found]
    import networkit as nk

    components = nk.components.BiconnectedComponents(structure.networkit(directed=False))
    components.run()
    found = [sorted(block) for block in components.getComponents() if len(block) == 2]
    return [a for a, _ in found], [b for _, b in found]


def _summed(count: int, first: Any, second: Any, sizes: Any) -> tuple[Any, Any]:
    """Sizes of the subtrees of a forest, and the parent of each of its nodes."""
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    ones = np.ones(len(first))
    forest = sparse.csr_array((ones, (first, second)), shape=(count, count))
    _, tree = connected_components(forest, directed=False)
    roots = np.unique(tree, return_index=True)[1]
    # One more node above all roots makes it one tree, and one search.
    rows, columns = np.r_[first, np.full(len(roots), count)], np.r_[second, roots]
    joined = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(count + 1, count + 1))
    order, parent = breadth_first_order(joined, count, directed=False)
    below = np.append(sizes, 0).tolist()
    above = parent.tolist()
    for node in order[:0:-1].tolist():
        below[above[node]] += below[node]
    return np.array(below), parent
