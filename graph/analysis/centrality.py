"""Who is central: one function for all kinds of centrality, and the points and bridges that hold a network together."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aikg.graph.analysis.facts import ROOT
from aikg.graph.analysis.structure import Structure
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "COMPILED_FROM",
    "ENGINES",
    "KINDS",
    "SAMPLED_FROM",
    "articulation_points",
    "bridges",
    "centrality",
    "structure_of",
]

Network = pd.DataFrame | KnowledgeGraph | Structure
ENGINES = ("auto", "networkx", "compiled")
COMPILED_FROM = 10_000
"""Edges from which `engine="auto"` leaves networkx."""
SAMPLED_FROM = 5_000
"""Nodes above which betweenness is estimated from a sample unless ``sample=0`` asks for the exact one."""
_SAMPLE = 256


@dataclass(frozen=True)
class _Kind:
    directed: bool
    """Whether the direction of relations counts by default."""
    fixed: bool = False
    """Whether this cannot be chosen."""
    weighted: bool = True
    """Whether weights can count."""
    smallest_first: bool = False


KINDS: dict[str, _Kind] = {
    "degree": _Kind(directed=True, weighted=False),
    "weighted-degree": _Kind(directed=True),
    "pagerank": _Kind(directed=True),
    "hits": _Kind(directed=True, fixed=True),
    "betweenness": _Kind(directed=False),
    "closeness": _Kind(directed=False),
    "harmonic": _Kind(directed=False),
    "eigenvector": _Kind(directed=False),
    "k-core": _Kind(directed=False, fixed=True, weighted=False),
    "constraint": _Kind(directed=False, fixed=True, smallest_first=True),
    "effective-size": _Kind(directed=False, fixed=True),
}


def centrality(
    network: Network,
    kind: str = "degree",
    *,
    relations: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    of: Sequence[str] | None = None,
    without: Sequence[str] | None = None,
    weight: str | None = None,
    directed: bool | None = None,
    sample: int | None = None,
    seed: int = 0,
    engine: str = "auto",
) -> pd.DataFrame:
    """Centrality of every node, the most central first.

    `network` is a KnowledgeGraph, a frame of edges with the columns `source` and `target`, or a `Structure` (for other
    column names and for nodes without edges). Parallel edges are one, with the sum of their weights; self-loops count
    for degree, PageRank, eigenvector and HITS alone.

    `kind`, in brackets what is returned as `value`:

    - degree (neighbours; with direction `in` + `out`), weighted-degree (sum of weights; number of links without `weight`)
    - pagerank (Brin & Page 1998; damping .85, sums to 1), hits (Kleinberg 1999; `hub`, `authority`, each sums to 1)
    - betweenness (Freeman 1977; 0–1), closeness (with Wasserman & Faust's factor for several parts; 0–1 without weights),
      harmonic (sum of 1/distance), eigenvector (Bonacich 1972, in the largest connected part only, elsewhere NaN)
    - k-core (Seidman 1983; the largest k), constraint and effective-size (Burt 1992; isolated → NaN). A low constraint
      is what a broker has, so it ranks first

    `relations` and `labels` choose what takes part in a KnowledgeGraph (`Structure.of_graph`), `of` the labels that are
    listed and ranked, with the network unchanged, `without` the ids of nodes to leave out: by default the root of the
    chain, since a link to 人工智能 says no more than that something is about AI. `weight` is a column, or a property of the relations: strengths, so
    that paths are 1/weight long. `directed` is by default true for degree, pagerank and hits, false for the others.
    Betweenness is exact up to 5,000 nodes; above, and with `sample`, it is estimated from that many random sources
    (``sample=0``: exact). `engine`: networkx below 10,000 edges, else networkit and SciPy (`compiled`; HITS always).

    Columns: `id`, `name` and `label` (KnowledgeGraph), `value`, what the kind adds, `rank` (1 first, ties share it,
    none for NaN). attrs: kind, by, n, edges, directed, method, engine, note, relations, without.

    Raises QueryError for an unknown kind, engine, relation or label and for a choice without a relation; ValueError for
    weights below 0 or not finite, and for options that the kind does not have.

    >>> edges = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    >>> centrality(edges, "betweenness")["value"].round(3).tolist()
    [0.667, 0.667, 0.0, 0.0]
    """
    chosen = _kind(kind)
    _check(kind, chosen, weight, directed, sample, engine)
    structure = structure_of(network, relations, labels, weight, without)
    if structure.weight is not None and not chosen.weighted:
        raise ValueError(f"{kind} takes no weight; leave it out")
    is_directed = chosen.directed if directed is None else directed
    weighted = structure.weight is not None or kind == "weighted-degree"
    found, method, used = _computed(structure, kind, is_directed, weighted, sample, seed, engine)
    frame = _table(structure, found, chosen.smallest_first, _listed(structure, of))
    frame.attrs.update(
        kind=kind,
        by=structure.weight or "links",
        n=structure.n,
        edges=structure.edges(directed=is_directed),
        directed=is_directed,
        method=method,
        engine=used,
        note=_note(structure, kind, found["value"]),
        **structure.said(),
    )
    return frame


def articulation_points(
    network: Network,
    *,
    relations: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    without: Sequence[str] | None = None,
    engine: str = "auto",
) -> pd.DataFrame:
    """Nodes without which their part of the network falls apart (Hopcroft & Tarjan 1973); directions do not count.

    Columns: `id`, `name`, `label`, `parts` (into how many parts it would fall), most parts first. Arguments, attrs and
    errors as for `centrality`.

    >>> articulation_points(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))["id"].tolist()
    ['b']
    """
    from aikg.graph.analysis.brokerage import cut_nodes

    _check_engine(engine)
    structure = structure_of(network, relations, labels, None, without)
    used = _by_size(structure, engine, "networkit")
    nodes, parts = cut_nodes(structure, used)
    order = _sorted(structure, nodes, -parts)
    frame = pd.DataFrame({**structure.columns(nodes[order]), "parts": parts[order]})
    frame.attrs.update(_attrs(structure, "articulation-points", used))
    return frame


def bridges(
    network: Network,
    *,
    relations: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    without: Sequence[str] | None = None,
    engine: str = "auto",
) -> pd.DataFrame:
    """Links without which their part of the network falls in two (Tarjan 1974); directions do not count.

    Columns: `id`, `name`, `label` of the end on the smaller side, `other`, `other_name`, `other_label` of the other,
    and `cut_off`, the number of nodes on the smaller side; most first. Two links between the same nodes are one here.
    Arguments, attrs and errors as for `centrality`.

    >>> bridges(pd.DataFrame({"source": ["a", "b", "c", "c"], "target": ["b", "c", "a", "d"]}))["id"].tolist()
    ['d']
    """
    from aikg.graph.analysis.brokerage import cut_edges

    _check_engine(engine)
    structure = structure_of(network, relations, labels, None, without)
    used = _by_size(structure, engine, "networkit")
    found = cut_edges(structure, used)
    first, second, cut_off = (found[name].to_numpy() for name in ("a", "b", "cut_off"))
    # In a part of two nodes no side is smaller: the smaller id comes first.
    places = _id_places(structure, np.concatenate([first, second]))
    at, to = places[: len(first)], places[len(first) :]
    whole = _part_sizes(structure)[first] if len(first) else cut_off
    swap = (2 * cut_off == whole) & (to < at)
    first, second, at, to = (*_swapped(first, second, swap), *_swapped(at, to, swap))
    order = np.lexsort((to, at, -cut_off))
    other = structure.columns(second[order])
    named = {"other" if key == "id" else f"other_{key}": column for key, column in other.items()}
    frame = pd.DataFrame({**structure.columns(first[order]), **named, "cut_off": cut_off[order]})
    frame.attrs.update(_attrs(structure, "bridges", used))
    return frame


def structure_of(
    network: Network,
    relations: Sequence[str] | None,
    labels: Sequence[str] | None,
    weight: str | None,
    without: Sequence[str] | None,
) -> Structure:
    """The structure that the arguments of `centrality` describe."""
    if isinstance(network, KnowledgeGraph):
        left_out = (ROOT,) if without is None else tuple(without)
        return Structure.of_graph(network, relations, labels, weight=weight, without_nodes=left_out)
    if relations or labels or without:
        raise ValueError("relations, labels and without choose from a KnowledgeGraph; a frame of edges has none")
    if isinstance(network, Structure):
        if weight not in (None, network.weight):
            raise ValueError(f"this structure was made with weight={network.weight!r}; make it with {weight!r}")
        return network
    return Structure.of_edges(network, weight=weight)


def _kind(kind: str) -> _Kind:
    if kind not in KINDS:
        near = difflib.get_close_matches(str(kind), KINDS, n=1, cutoff=0.6)
        meant = say(f"did you mean {near[0]}? ", f"是不是 {near[0]}？") if near else ""
        raise QueryError(
            say(
                f"centrality '{kind}' is not known; {meant}kinds are {', '.join(KINDS)}",
                f"没有中心性“{kind}”；{meant}可用的有 {'、'.join(KINDS)}",
            )
        )
    return KINDS[kind]


def _check_engine(engine: str) -> None:
    if engine not in ENGINES:
        raise QueryError(
            say(
                f"engine '{engine}' is not one of {', '.join(ENGINES)}", f"引擎“{engine}”应为 {'、'.join(ENGINES)} 之一"
            )
        )


def _check(
    kind: str, chosen: _Kind, weight: str | None, directed: bool | None, sample: int | None, engine: str
) -> None:
    _check_engine(engine)
    if weight is not None and not chosen.weighted:
        raise ValueError(f"{kind} takes no weight; leave it out")
    if directed is not None and chosen.fixed and directed != chosen.directed:
        raise ValueError(f"{kind} is always {'directed' if chosen.directed else 'undirected'}; leave `directed` out")
    if sample is not None and kind != "betweenness":
        raise ValueError(f"only betweenness is sampled; leave `sample` out for {kind}")
    if sample is not None and (sample < 0 or sample == 1):
        raise ValueError(f"sample={sample}: give 0 for the exact value, or 2 sources and more")


def _by_size(structure: Structure, engine: str, compiled: str) -> str:
    small = engine == "auto" and structure.edges(directed=True) < COMPILED_FROM
    return "networkx" if engine == "networkx" or small else compiled


def _computed(
    structure: Structure,
    kind: str,
    directed: bool,
    weighted: bool,
    sample: int | None,
    seed: int,
    engine: str,
) -> tuple[dict[str, Any], str, str]:
    """Values, method and engine."""
    from aikg.graph.analysis import centrality_fast, centrality_networkx

    size = (_SAMPLE if structure.n > SAMPLED_FROM else 0) if sample is None else sample
    if kind == "betweenness" and 0 < size < structure.n:
        value, agreement = centrality_fast.sampled_betweenness(
            structure, size, seed, directed=directed, weighted=weighted
        )
        method = f"sampled k={size}, seed {seed}, Spearman {agreement:.2f} between its two halves"
        return {"value": value}, method, "networkit"
    # Both are eigenvectors, which networkx leaves to SciPy as well: its start is random in some versions, and its HITS of
    # a cycle are of the order of 10^16.
    by_scipy = kind == "hits" or (kind == "eigenvector" and engine == "auto")
    compiled = centrality_fast.ENGINES.get(kind, "scipy")
    used = "scipy" if by_scipy else _by_size(structure, engine, compiled)
    if structure.n == 0:
        names = ["value", *_EXTRA.get(kind, ())]
        return {name: np.empty(0) for name in names}, "exact", used
    scores = centrality_networkx.scores if used == "networkx" else centrality_fast.scores
    return scores(structure, kind, directed=directed, weighted=weighted), "exact", used


_EXTRA = {"hits": ("hub", "authority"), "degree": ("in", "out"), "weighted-degree": ("in", "out")}


def _listed(structure: Structure, of: Sequence[str] | None) -> Any:
    """Positions of the nodes that are listed."""
    if not of:
        return np.arange(structure.n)
    from aikg.graph.analysis.selection import known_labels

    if structure.labels is None:
        raise ValueError("`of` names labels of a KnowledgeGraph; a frame of edges has none")
    wanted = known_labels(of)
    fit = np.isin(structure.labels.to_numpy(zero_copy_only=False), wanted)
    if not fit.any():
        raise QueryError(
            say(
                f"no {' or '.join(wanted)} stands in the chosen relations; choose others",
                f"所选关系里没有 {'、'.join(wanted)}；请另选",
            )
        )
    return np.flatnonzero(fit)


def _table(structure: Structure, found: dict[str, Any], smallest_first: bool, listed: Any) -> pd.DataFrame:
    value = found["value"][listed]
    # Engines differ in the last digits: what is equal but for these is a tie, on each of them.
    key = _significant(value) if smallest_first else -_significant(value)
    order = _sorted(structure, listed, key)
    key = key[order]
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    rank = pd.Series(np.maximum.accumulate(np.where(new, np.arange(1, len(key) + 1), 0)), dtype="Int64")
    rank[np.isnan(key)] = pd.NA
    columns = {name: values[listed][order] for name, values in found.items()}
    return pd.DataFrame({**structure.columns(listed[order]), **columns, "rank": rank})


def _significant(values: Any, digits: int = 10) -> Any:
    """Values rounded to some significant digits; 0 and NaN as they are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 10.0 ** (digits - 1 - np.floor(np.log10(np.abs(values))))
        rounded = np.round(values * size) / size
    return np.where(np.isfinite(rounded), rounded, values)


def _sorted(structure: Structure, nodes: Any, key: Any) -> Any:
    """Order by key, then by id; NaN last."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = pa.table({"key": pa.array(key), "id": structure.ids.take(pa.array(nodes))})
    return pc.sort_indices(table, sort_keys=[("key", "ascending"), ("id", "ascending")]).to_numpy()


def _id_places(structure: Structure, nodes: Any) -> Any:
    """The place of each node's id among all ids."""
    import pyarrow.compute as pc

    place = np.empty(structure.n, dtype=np.int64)
    place[pc.sort_indices(structure.ids).to_numpy()] = np.arange(structure.n)
    return place[nodes]


def _part_sizes(structure: Structure) -> Any:
    """Number of nodes of the connected part that each node lies in."""
    from scipy.sparse.csgraph import connected_components

    _, part = connected_components(structure.adjacency(directed=False), directed=False)
    return np.bincount(part)[part]


def _swapped(first: Any, second: Any, swap: Any) -> tuple[Any, Any]:
    return np.where(swap, second, first), np.where(swap, first, second)


def _attrs(structure: Structure, kind: str, engine: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "by": "links",
        "n": structure.n,
        "edges": structure.edges(directed=False),
        "directed": False,
        "method": "exact",
        "engine": engine,
        "note": None,
        **structure.said(),
    }


def _note(structure: Structure, kind: str, value: Any) -> str | None:
    unknown = int(np.isnan(value).sum()) if len(value) else 0
    if kind == "eigenvector" and unknown:
        return say(
            f"computed in the largest connected part alone: {structure.n - unknown} of {structure.n} nodes",
            f"只在最大的连通部分内计算：{structure.n} 个节点中的 {structure.n - unknown} 个",
        )
    if kind in ("constraint", "effective-size") and unknown:
        return say(
            f"{unknown} nodes have no contact, so nothing can be said of them",
            f"{unknown} 个节点没有任何联系，无从计算",
        )
    if kind == "hits" and unknown:
        return say("no edge, so no hubs and authorities", "没有边，也就没有枢纽与权威")
    return None
