"""Size and colour of a network's nodes by measures of the network that is drawn, computed here by the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aikg.graph.analysis.facts import ROOT

if TYPE_CHECKING:
    from aikg.graph.views.explorer.choose import Choice

__all__ = ["EXACT_UP_TO", "MEASURES", "SAMPLE", "measures"]

MEASURES = ("degree", "pagerank", "betweenness", "k-core", "community")
EXACT_UP_TO = 2_000
"""Nodes up to which betweenness is exact."""
SAMPLE = 128
"""Sources from which it is estimated above; a quarter as many above 40,000 nodes, so that a page takes seconds to make."""


def measures(choice: Choice) -> dict[str, np.ndarray[Any, Any]]:
    """One value per drawn node, in their order, for each of `MEASURES`; NaN where it is not computed.

    The root of the chain takes part in none but degree (a link to it only says "about AI"), and places and layers in no
    community, as in `aikg.graph.analysis`. Relations that are drawn count, parallel ones once.
    """
    from aikg.graph.analysis.centrality import centrality
    from aikg.graph.analysis.communities import HUB_LABELS, HUB_RELATIONS, communities
    from aikg.graph.analysis.structure import Structure

    count = len(choice.nodes)
    made = {name: np.full(count, np.nan) for name in MEASURES}
    made["degree"] = np.array([float(node.degree) for node in choice.nodes])
    place = {node.id: at for at, node in enumerate(choice.nodes)}
    inside = np.array([node.id != ROOT for node in choice.nodes], dtype=bool)
    hub = np.array([node.label in HUB_LABELS for node in choice.nodes], dtype=bool)
    ends = np.array([(place[e.subject], place[e.object]) for e in choice.edges], dtype=np.int64).reshape(-1, 2)
    ends = ends[inside[ends].all(axis=1) & (ends[:, 0] != ends[:, 1])] if len(ends) else ends
    if not len(ends):
        return made
    network = Structure.of_edges(pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1]}), np.flatnonzero(inside))
    # Shortest paths from every node take minutes at 20,000.
    sample = 0 if count <= EXACT_UP_TO else SAMPLE if count <= 40_000 else SAMPLE // 4
    for kind in ("pagerank", "betweenness", "k-core"):
        found = centrality(network, kind, engine="compiled", sample=sample if kind == "betweenness" else None)
        made[kind][found["id"].to_numpy(dtype=np.int64)] = found["value"].to_numpy(dtype=float)
    types = np.array([e.type not in HUB_RELATIONS for e in choice.edges], dtype=bool)
    every = np.array([(place[e.subject], place[e.object]) for e in choice.edges], dtype=np.int64)
    kept = every[types & (inside & ~hub)[every].all(axis=1) & (every[:, 0] != every[:, 1])]
    if len(kept):
        found = communities(pd.DataFrame({"source": kept[:, 0], "target": kept[:, 1]}))
        made["community"][found["id"].to_numpy(dtype=np.int64)] = found["community"].to_numpy(dtype=float)
    return made
