"""Communities: which things are tied more closely to each other than to the rest."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aikg.graph.analysis.centrality_fast import seeded
from aikg.graph.analysis.facts import ROOT
from aikg.graph.analysis.structure import Structure
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HUB_LABELS", "HUB_RELATIONS", "METHODS", "communities", "modularity"]

METHODS = ("leiden", "louvain", "label-propagation", "components", "strong-components")
HUB_RELATIONS = ("LOCATED_IN", "REPRESENTATIVE_OF")
HUB_LABELS = ("ChainLayer", "Country", "Region", "Province", "City", "District")
"""Left out by default, with the root of the chain: a layer or a place is tied to nearly everything and glues it together."""


def communities(
    network: pd.DataFrame | KnowledgeGraph | Structure,
    method: str = "leiden",
    *,
    relations: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    weight: str | None = None,
    resolution: float = 1.0,
    seed: int = 0,
) -> pd.DataFrame:
    """The community of every node.

    `method`: leiden (Traag, Waltman & van Eck 2019) and louvain (Blondel et al. 2008) look for the largest modularity
    at this `resolution` (above 1: smaller communities); label-propagation (Raghavan et al. 2007); components and
    strong-components are the parts that hang together (the latter along the direction of the edges). But for
    strong-components directions do not count; parallel edges are one, with the sum of their weights; self-loops do not count.
    Leiden and Louvain are networkit's with one thread, label propagation is networkx's; the same seed gives the same answer.

    `network`, `relations`, `labels` and `weight` as for `centrality`. With neither `relations` nor `labels`, a
    KnowledgeGraph takes part without LOCATED_IN and REPRESENTATIVE_OF, without places and layers and without the root
    of the chain: these hubs would glue everything together. What is named takes part.

    Columns: `id`, `name` and `label` (KnowledgeGraph), `community` (1 for the largest; of equal ones the one with
    the smallest id first), `size`; sorted by community and id. attrs: method, by, n, edges, modularity (Newman & Girvan
    2004; NaN without edges), resolution, n_communities, engine, seed, note, relations, without.

    Raises QueryError for an unknown method, relation or label and a choice without a relation, ValueError for a
    resolution that is not above 0 and for weights as in `Structure`.

    >>> edges = pd.DataFrame({"source": ["a", "b", "d"], "target": ["b", "c", "e"]})
    >>> communities(edges, "components")["community"].tolist()
    [1, 1, 1, 2, 2]
    """
    if method not in METHODS:
        near = difflib.get_close_matches(str(method), METHODS, n=1, cutoff=0.6)
        meant = say(f"did you mean {near[0]}? ", f"是不是 {near[0]}？") if near else ""
        raise QueryError(
            say(
                f"method '{method}' is not known; {meant}methods are {', '.join(METHODS)}",
                f"没有方法“{method}”；{meant}可用的有 {'、'.join(METHODS)}",
            )
        )
    if not (math.isfinite(resolution) and resolution > 0):
        raise ValueError(f"resolution={resolution}: give a number above 0")
    structure = _structure(network, relations, labels, weight)
    weighted = structure.weight is not None
    found, engine = _found(structure, method, weighted, resolution, seed)
    frame, count = _numbered(structure, found)
    frame.attrs.update(
        method=method,
        by=structure.weight or "links",
        n=structure.n,
        edges=structure.edges(directed=method == "strong-components"),
        modularity=_quality(structure, method, found, weighted, resolution),
        resolution=resolution,
        n_communities=count,
        engine=engine,
        seed=seed,
        note=_note(structure),
        **structure.said(),
    )
    return frame


def modularity(matrix: Any, community: Any, resolution: float = 1.0) -> float:
    """Q = Σ_c (L_c/m − γ (d_c/2m)²) of a symmetric CSR matrix (Newman & Girvan 2004; γ: Reichardt & Bornholdt 2006).

    `community` numbers the community of each node. NaN where there is no edge.
    """
    double = float(matrix.sum())
    if double == 0:
        return float("nan")
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    inside = float(matrix.data[community[rows] == community[matrix.indices]].sum())
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1)
    of_community = np.bincount(community, weights=strength)
    return inside / double - resolution * float(((of_community / double) ** 2).sum())


def _quality(structure: Structure, method: str, found: Any, weighted: bool, resolution: float) -> float:
    if method != "components":
        return modularity(structure.adjacency(directed=False, weighted=weighted, loops=False), found, resolution)
    # Every edge lies inside a component: the strengths say it all, at a third of the time.
    matrix = structure.adjacency(directed=False, weighted=weighted)
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64).reshape(-1) - matrix.diagonal()
    double = float(strength.sum())
    if double == 0:
        return float("nan")
    return 1.0 - resolution * float(((np.bincount(found, weights=strength) / double) ** 2).sum())


def _structure(
    network: pd.DataFrame | KnowledgeGraph | Structure,
    relations: Sequence[str] | None,
    labels: Sequence[str] | None,
    weight: str | None,
) -> Structure:
    if not isinstance(network, KnowledgeGraph):
        from aikg.graph.analysis.centrality import structure_of

        return structure_of(network, relations, labels, weight, None)
    if relations or labels:
        return Structure.of_graph(network, relations, labels, weight=weight)
    return Structure.of_graph(
        network,
        weight=weight,
        without_relations=HUB_RELATIONS,
        without_labels=HUB_LABELS,
        without_nodes=(ROOT,),
    )


def _found(structure: Structure, method: str, weighted: bool, resolution: float, seed: int) -> tuple[Any, str]:
    """A number for the community of each node, and the engine."""
    n = structure.n
    if method in ("components", "strong-components"):
        if n == 0:
            return np.empty(0, dtype=np.int64), "scipy"
        from scipy.sparse.csgraph import connected_components

        connection = "strong" if method == "strong-components" else "weak"
        return connected_components(structure.adjacency(directed=True), directed=True, connection=connection)[
            1
        ], "scipy"
    if n == 0 or structure.adjacency(directed=False, loops=False).nnz == 0:
        return np.arange(n), "networkx" if method == "label-propagation" else "networkit"
    # The seed decides among equals by their position: positions in the order of ids make the rows' order irrelevant.
    place = pc.sort_indices(structure.ids).to_numpy()
    ordered = Structure(structure.ids.take(pa.array(place)), structure.matrix[place][:, place], weight=structure.weight)
    made = _partition(ordered, method, weighted, resolution, seed)
    found = np.empty(n, dtype=np.int64)
    found[place] = made
    return found, "networkx" if method == "label-propagation" else "networkit"


def _partition(structure: Structure, method: str, weighted: bool, resolution: float, seed: int) -> Any:
    if method == "label-propagation":
        import networkx as nx

        graph = structure.networkx(directed=False, weighted=weighted)
        parts = nx.community.fast_label_propagation_communities(graph, weight="weight" if weighted else None, seed=seed)
        found = np.empty(structure.n, dtype=np.int64)
        for number, nodes in enumerate(parts):
            found[list(nodes)] = number
        return found
    graph = structure.networkit(directed=False, weighted=weighted)
    with seeded(seed) as nk:
        if method == "leiden":
            algorithm = nk.community.ParallelLeiden(graph, randomize=True, iterations=10, gamma=resolution)
        else:
            algorithm = nk.community.PLM(graph, refine=False, gamma=resolution, par="none randomized")
        algorithm.run()
        return np.asarray(algorithm.getPartition().getVector(), dtype=np.int64)


def _numbered(structure: Structure, found: Any) -> tuple[pd.DataFrame, int]:
    """The frame, with communities numbered by size, then by their smallest id; and their number."""
    order = pc.sort_indices(structure.ids).to_numpy()
    # In the order of ids, the first node of a community is the one with its smallest id.
    _, first, number, sizes = np.unique(found[order], return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    community = rank[number]
    by_community = np.argsort(community, kind="stable")
    columns = structure.columns(order[by_community])
    frame = pd.DataFrame({**columns, "community": community[by_community], "size": sizes[number][by_community]})
    return frame, len(sizes)


def _note(structure: Structure) -> str | None:
    if structure.chosen is None or not structure.chosen.without:
        return None
    left_out = structure.chosen.without
    return say(
        f"left out, because they are tied to nearly everything: {', '.join(left_out)}; name relations or labels to have them",
        f"几乎与一切相连，故未计入：{'、'.join(left_out)}；如需计入，请指明 relations 或 labels",
    )
