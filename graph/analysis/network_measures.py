"""Centrality, communities, articulation points and bridges as measures: what `aikg analyze` and the docs show of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis import centrality as central
from aikg.graph.analysis import communities as community
from aikg.graph.analysis.facts import ROOT, things
from aikg.graph.analysis.measure import Measure
from aikg.graph.analysis.selection import known_labels
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["MEASURES"]

_NODE = {
    "id": ("节点编号", "id of the node"),
    "name": ("名称", "name"),
    "label": ("类型", "label"),
}
_SOURCES = {"sources": ("该节点所选关系的出处", "sources of the node's relations that take part")}
_CHOICE = {
    "relations": (
        "参与的关系类型；默认为除出处、矛盾、观测、评价、事件、目标以外的全部关系",
        "relation types that take part; by default all but sources, contradictions, observations, assessments, events and targets",
    ),
    "labels": ("参与的节点类型；默认为全部", "labels of the nodes that take part; by default all"),
}
_WITH_ROOT = {
    "with_root": (
        "是否计入产业链根节点“人工智能”；默认不计，因为与它相连只说明“与人工智能有关”",
        "whether the root of the chain, 人工智能, takes part; by default not, since a link to it only says 'about AI'",
    )
}


def _centrality(
    graph: KnowledgeGraph,
    *,
    kind: str = "degree",
    relations: list[str] = [],  # noqa: B006 - read only; the default is shown to users
    labels: list[str] = [],  # noqa: B006
    of: list[str] = [],  # noqa: B006
    weight: str = "",
    directed: str = "",
    with_root: bool = False,
    sample: int = -1,
    seed: int = 0,
) -> pd.DataFrame:
    def compute() -> pd.DataFrame:
        return central.centrality(
            graph,
            kind,
            relations=relations or None,
            labels=labels or None,
            of=of or None,
            without=_without(with_root),
            weight=weight or None,
            directed=_switch(directed),
            sample=None if sample < 0 else sample,
            seed=seed,
        )

    return _cited(graph, _in_words(compute), _part(graph, labels))


def _articulation_points(
    graph: KnowledgeGraph,
    *,
    relations: list[str] = [],  # noqa: B006
    labels: list[str] = [],  # noqa: B006
    with_root: bool = False,
) -> pd.DataFrame:
    found = central.articulation_points(
        graph, relations=relations or None, labels=labels or None, without=_without(with_root)
    )
    return _cited(graph, found, _part(graph, labels))


def _bridges(
    graph: KnowledgeGraph,
    *,
    relations: list[str] = [],  # noqa: B006
    labels: list[str] = [],  # noqa: B006
    with_root: bool = False,
) -> pd.DataFrame:
    found = central.bridges(graph, relations=relations or None, labels=labels or None, without=_without(with_root))
    cited: dict[frozenset[str], set[str]] = defaultdict(set)
    for subject, target, sources in _links(graph, found.attrs["relations"]):
        cited[frozenset((subject, target))].update(sources)
    pairs = zip(found["id"], found["other"], strict=True)
    return _with_column(found, [sorted(cited[frozenset(pair)]) for pair in pairs])


def _communities(
    graph: KnowledgeGraph,
    *,
    method: str = "leiden",
    relations: list[str] = [],  # noqa: B006
    labels: list[str] = [],  # noqa: B006
    weight: str = "",
    resolution: float = 1.0,
    seed: int = 0,
) -> pd.DataFrame:
    def compute() -> pd.DataFrame:
        return community.communities(
            graph,
            method,
            relations=relations or None,
            labels=labels or None,
            weight=weight or None,
            resolution=resolution,
            seed=seed,
        )

    found = _in_words(compute)
    return _cited(graph, found, set(found["id"]))


def _in_words(compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """A user's mistake on the command line is one line, also where Python calls it a ValueError."""
    try:
        return compute()
    except ValueError as error:
        raise QueryError(say(f"{error}", f"参数不可用：{error}")) from error


def _without(with_root: bool) -> tuple[str, ...]:
    return () if with_root else (ROOT,)


def _switch(text: str) -> bool | None:
    words = {"": None, "true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if text.strip().casefold() not in words:
        raise QueryError(say(f"directed={text!r} is not true or false", f"directed={text!r} 应为 true 或 false"))
    return words[text.strip().casefold()]


def _links(graph: KnowledgeGraph, relations: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    found = []
    for name in relations:
        frame = graph.edges[name]
        columns = (frame[column].tolist() for column in ("subject", "object", "sources"))
        found += [(s, o, cited if isinstance(cited, list) else []) for s, o, cited in zip(*columns, strict=True)]
    return found


def _part(graph: KnowledgeGraph, labels: Sequence[str]) -> set[str]:
    """Ids of the nodes that can take part."""
    return set(things(graph, *(known_labels(labels) if labels else ()))["id"])


def _cited(graph: KnowledgeGraph, frame: pd.DataFrame, part: set[str]) -> pd.DataFrame:
    """The frame with the sources of each node's relations to nodes that take part."""
    shown = set(frame["id"])
    cited: dict[str, set[str]] = defaultdict(set)
    part = part - set(frame.attrs["without"])
    for subject, target, sources in _links(graph, frame.attrs["relations"]):
        if subject in part and target in part:
            for end in {subject, target} & shown:
                cited[end].update(sources)
    return _with_column(frame, [sorted(cited[node]) for node in frame["id"]])


def _with_column(frame: pd.DataFrame, sources: list[list[str]]) -> pd.DataFrame:
    made = frame.assign(sources=pd.Series(sources, index=frame.index, dtype=object))
    made.attrs = dict(frame.attrs)
    return made


MEASURES: tuple[Measure, ...] = (
    Measure(
        name="centrality",
        group="centrality",
        title=("中心性", "Centrality"),
        method=(
            "把所选关系看作网络，按 kind 计算每个节点的中心性；平行关系合并为一条，权重相加。"
            "节点多于 5,000 个时，介数由随机抽取的起点估计，并说明样本与一致性。",
            "The chosen relations as a network, and the centrality of each node by `kind`; parallel relations are one, "
            "with their weights summed. With more than 5,000 nodes betweenness is estimated from random sources, and says so.",
        ),
        compute=_centrality,
        columns={
            **_NODE,
            "value": ("中心性的值", "the centrality"),
            "in": ("指向该节点的关系数（度）", "relations towards the node (degree)"),
            "out": ("从该节点出发的关系数（度）", "relations from the node (degree)"),
            "hub": ("枢纽值（HITS）", "hub score (HITS)"),
            "authority": ("权威值（HITS）", "authority score (HITS)"),
            "rank": (
                "名次；并列者同名次，constraint 以小者为先",
                "rank; ties share it; for constraint the smallest is first",
            ),
            **_SOURCES,
        },
        parameters={
            "kind": (
                "种类：" + "、".join(central.KINDS),
                "one of " + ", ".join(central.KINDS),
            ),
            **_CHOICE,
            "of": ("只列出这些类型的节点；网络不变", "list nodes of these labels alone; the network is unchanged"),
            "weight": ("作为权重的关系属性，如 share", "property of the relations to weigh by, such as share"),
            "directed": (
                "是否计方向（true / false）；默认只有 degree、weighted-degree、pagerank、hits 计方向",
                "whether direction counts (true, false); by default for degree, weighted-degree, pagerank and hits alone",
            ),
            **_WITH_ROOT,
            "sample": (
                "介数的起点样本数；0 为精确计算，-1 为自动",
                "number of sources for betweenness; 0 for the exact one, -1 to decide by size",
            ),
            "seed": ("随机种子", "seed of the sample"),
        },
    ),
    Measure(
        name="articulation-points",
        group="centrality",
        title=("割点", "Articulation points"),
        method=(
            "去掉它，所在的连通部分就会分裂的节点（Hopcroft 与 Tarjan 1973）；不计方向。",
            "Nodes without which their connected part falls apart (Hopcroft & Tarjan 1973); directions do not count.",
        ),
        compute=_articulation_points,
        columns={
            **_NODE,
            "parts": ("去掉后分成几部分", "number of parts that it would fall into"),
            **_SOURCES,
        },
        parameters={**_CHOICE, **_WITH_ROOT},
    ),
    Measure(
        name="bridges",
        group="centrality",
        title=("桥", "Bridges"),
        method=(
            "去掉它，所在的连通部分就会一分为二的联系（Tarjan 1974）；不计方向，两点间的多条关系算一条联系。",
            "Links without which their connected part falls in two (Tarjan 1974); directions do not count, and several "
            "relations between two nodes are one link.",
        ),
        compute=_bridges,
        columns={
            "id": ("较小一侧的端点", "end on the smaller side"),
            "name": ("其名称", "its name"),
            "label": ("其类型", "its label"),
            "other": ("另一端点", "the other end"),
            "other_name": ("另一端点的名称", "its name"),
            "other_label": ("另一端点的类型", "its label"),
            "cut_off": ("较小一侧的节点数", "number of nodes on the smaller side"),
            "sources": ("这条联系的出处", "sources of the link"),
        },
        parameters={**_CHOICE, **_WITH_ROOT},
    ),
    Measure(
        name="communities",
        group="communities",
        title=("社群", "Communities"),
        method=(
            "彼此联系比与外界更紧密的节点。默认不计地点、产业链层级、LOCATED_IN、REPRESENTATIVE_OF 和根节点“人工智能”，"
            "否则一切都会粘在一起；指明 relations 或 labels 则全部照办。",
            "Things that are tied more closely to each other than to the rest. By default without places, layers, LOCATED_IN, "
            "REPRESENTATIVE_OF and the root 人工智能, which would glue everything together; named relations or labels all take part.",
        ),
        compute=_communities,
        columns={
            **_NODE,
            "community": ("社群编号，1 为最大", "number of the community, 1 for the largest"),
            "size": ("社群的节点数", "number of nodes of the community"),
            **_SOURCES,
        },
        parameters={
            "method": ("方法：" + "、".join(community.METHODS), "one of " + ", ".join(community.METHODS)),
            "relations": (
                "参与的关系类型；默认见说明",
                "relation types that take part; the default is said in the method",
            ),
            "labels": (
                "参与的节点类型；默认见说明",
                "labels of the nodes that take part; the default is said in the method",
            ),
            "weight": ("作为权重的关系属性，如 share", "property of the relations to weigh by, such as share"),
            "resolution": ("分辨率，越大社群越小", "resolution; the higher, the smaller the communities"),
            "seed": ("随机种子", "random seed"),
        },
    ),
)
