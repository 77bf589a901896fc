"""Centralities by networkx: small networks, and the yardstick of the compiled engines. Arrays in the order of the nodes.

HITS is not among them: where several parts tie for the largest singular value, networkx divides by a sum near 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.analysis.centrality_fast import PAGERANK_TOLERANCE, eigenvector_parts, perron

if TYPE_CHECKING:
    from aikg.graph.analysis.structure import Structure

__all__ = ["scores"]

Values = np.ndarray[Any, np.dtype[np.float64]]


def scores(structure: Structure, kind: str, *, directed: bool, weighted: bool) -> dict[str, Values]:
    """Columns of values of one kind; `value` is what ranks."""
    import networkx as nx

    n = structure.n
    loops = kind in ("degree", "weighted-degree", "pagerank", "eigenvector")
    graph = structure.networkx(directed=directed, weighted=weighted, loops=loops)
    weight = "weight" if weighted else None
    if kind in ("degree", "weighted-degree"):
        total = _array(dict(graph.degree(weight=weight)), n)
        if not directed:
            return {"value": total}
        return {
            "value": total,
            "in": _array(dict(graph.in_degree(weight=weight)), n),
            "out": _array(dict(graph.out_degree(weight=weight)), n),
        }
    if kind == "pagerank":
        # networkx stops where the change is below n times the tolerance.
        tolerance = PAGERANK_TOLERANCE / max(n, 1)
        return {"value": _array(nx.pagerank(graph, weight=weight, tol=tolerance, max_iter=1000), n)}
    if kind == "eigenvector":
        value = np.full(n, np.nan)
        for part in eigenvector_parts(structure, directed=directed):
            if len(part) > 2:
                found = nx.eigenvector_centrality_numpy(graph.subgraph(part.tolist()), weight=weight)
                value[part] = [found[int(node)] for node in part]
            else:
                value[part] = perron(structure, part, directed=directed, weighted=weighted)
        return {"value": value}
    distance = None
    if weighted and kind in ("betweenness", "closeness", "harmonic"):
        # Strong ties are short ones.
        graph = graph.copy()
        for _, _, data in graph.edges(data=True):
            data["length"] = 1.0 / data["weight"]
        distance = "length"
    if kind == "betweenness":
        return {"value": _array(nx.betweenness_centrality(graph, normalized=True, weight=distance), n)}
    if kind == "closeness":
        return {"value": _array(nx.closeness_centrality(graph, distance=distance), n)}
    if kind == "harmonic":
        return {"value": _array(nx.harmonic_centrality(graph, distance=distance), n)}
    if kind == "k-core":
        return {"value": _array(nx.core_number(graph), n)}
    if kind == "constraint":
        return {"value": _array(nx.constraint(graph, weight=weight), n)}
    if weight is not None:
        # With weights networkx (3.6) departs from Burt's equation 2.2: 4/3 for the ends of the strong tie of a triangle with
        # ties of 1/2, 1/2 and 1, where it gives 7/6 by hand.
        from aikg.graph.analysis.brokerage import effective_size

        matrix = nx.to_scipy_sparse_array(graph, nodelist=range(n), weight=weight, dtype=float).tocsr()
        return {"value": effective_size(matrix)}
    return {"value": _array(nx.effective_size(graph, weight=weight), n)}


def _array(found: dict[int, float], n: int) -> Values:
    return np.array([found[node] for node in range(n)], dtype=np.float64)
