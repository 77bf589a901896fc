"""Which relations and which things of a knowledge graph take part in a network: a choice, made here and said."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aikg.ontology.errors import GraphError, QueryError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["BOOKKEEPING", "Selected", "Selection", "known_labels", "known_relations", "select"]

BOOKKEEPING = ("STATED_IN", "HAS_CONFLICT", "OBSERVED", "SAME_AS_CANDIDATE", "ASSESSED", "HAS_EVENT", "TARGETS")
"""Relations to what is recorded about a thing, not between things: no network takes them unless they are named."""


@dataclass(frozen=True)
class Selection:
    """Relation types that take part (those the graph holds), labels (none: all), and what was left out on purpose."""

    relations: tuple[str, ...]
    labels: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class Selected:
    """Nodes (Arrow arrays of `ids`, `names`, `labels`) and edges (positions of the ends, weights) of a selection."""

    selection: Selection
    ids: pa.Array
    names: pa.Array
    labels: pa.Array
    subjects: np.ndarray[Any, np.dtype[np.int64]]
    objects: np.ndarray[Any, np.dtype[np.int64]]
    weights: np.ndarray[Any, np.dtype[np.float64]] | None


def known_relations(names: Sequence[str]) -> tuple[str, ...]:
    """Relation types by name or by their Chinese or English label; QueryError, with near names, for others.

    >>> known_relations(["located_in", "上游于"])
    ('LOCATED_IN', 'UPSTREAM_OF')
    """
    relations = load_schema().relations
    return _known(names, {name: entry.label for name, entry in relations.items()}, "relation type", "关系")


def known_labels(names: Sequence[str]) -> tuple[str, ...]:
    """Labels by name or by their Chinese or English label; QueryError, with near names, for others."""
    labels = load_schema().labels
    return _known(names, {name: entry.label for name, entry in labels.items()}, "label", "类型")


def _known(names: Sequence[str], entries: Mapping[str, Mapping[str, str]], en: str, zh: str) -> tuple[str, ...]:
    given = [names] if isinstance(names, str) else list(names)
    by_text = {text.casefold(): name for name, label in entries.items() for text in (*label.values(), name)}
    found = []
    for text in given:
        name = by_text.get(str(text).strip().casefold())
        if name is None:
            near = difflib.get_close_matches(str(text).casefold(), by_text, n=3, cutoff=0.5)
            cure = list(dict.fromkeys(by_text[n] for n in near)) or sorted(entries)
            raise QueryError(
                say(
                    f"{en} '{text}' is not in the ontology; use one of {', '.join(cure)}",
                    f"本体里没有{zh}“{text}”；应为 {'、'.join(cure)} 之一",
                )
            )
        found.append(name)
    return tuple(dict.fromkeys(found))


def select(
    graph: KnowledgeGraph,
    relations: Sequence[str] | None,
    labels: Sequence[str] | None,
    weight: str | None,
    without_relations: Sequence[str],
    without_labels: Sequence[str],
    without_nodes: Sequence[str],
) -> Selected:
    """The nodes and edges that `Structure.of_graph` describes."""
    taken = (
        known_relations(relations) if relations else tuple(t for t in load_schema().relations if t not in BOOKKEEPING)
    )
    types = tuple(t for t in taken if t in graph.edges and len(graph.edges[t]) and t not in without_relations)
    wanted = known_labels(labels) if labels else ()
    present = tuple(graph.nodes)
    ids, names = (
        pa.chunked_array([c for label in present for c in _chunks(graph.nodes[label][column])], pa.string())
        for column in ("id", "name")
    )
    label_codes = np.repeat(np.arange(len(present)), [len(graph.nodes[label]) for label in present])
    subjects, objects = (_positions(graph, types, end, ids) for end in ("subject", "object"))
    allowed = np.array(
        [(not wanted or label in wanted) and label not in without_labels for label in present], dtype=bool
    )
    fit = allowed[label_codes] if len(present) else np.zeros(0, dtype=bool)
    if without_nodes:
        fit &= ~pc.is_in(ids, value_set=pa.array(list(without_nodes), pa.string())).to_numpy(zero_copy_only=False)
    kept = fit[subjects] & fit[objects]
    if not kept.any():
        raise QueryError(_nothing(graph, taken, wanted))
    weights = None if weight is None else _weights(graph, types, weight, kept)
    subjects, objects = subjects[kept], objects[kept]
    stands = fit if wanted else np.zeros(len(ids), dtype=bool)
    stands[subjects] = stands[objects] = True
    place = np.cumsum(stands) - 1
    rows = pa.array(np.flatnonzero(stands))
    of_label = pa.DictionaryArray.from_arrays(pa.array(label_codes[stands]), pa.array(list(present), pa.string()))
    counted = np.repeat(np.arange(len(types)), [len(graph.edges[t]) for t in types])[kept]
    left_out = (*without_relations, *without_labels, *without_nodes)
    return Selected(
        Selection(tuple(types[i] for i in np.unique(counted)), wanted, left_out),
        _plain(ids.take(rows)),
        _plain(names.take(rows)),
        of_label.cast(pa.string()),
        place[subjects],
        place[objects],
        weights,
    )


def _chunks(column: pd.Series[Any]) -> list[pa.Array]:
    array = pa.array(column, pa.string(), from_pandas=True)
    return list(array.chunks) if isinstance(array, pa.ChunkedArray) else [array]


def _plain(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _positions(graph: KnowledgeGraph, types: tuple[str, ...], end: str, ids: pa.ChunkedArray) -> Any:
    ends = pa.chunked_array([chunk for t in types for chunk in _chunks(graph.edges[t][end])], pa.string())
    found = pc.index_in(ends, value_set=ids)
    if found.null_count:
        missing = ends.filter(pc.is_null(found))[0].as_py()
        raise GraphError(
            say(
                f"a relation ends in '{missing}', which is no node of the graph; rebuild it",
                f"有一条关系的一端“{missing}”不是图里的节点；请重新建图",
            )
        )
    return found.to_numpy().astype(np.int64)


def _weights(graph: KnowledgeGraph, types: tuple[str, ...], weight: str, kept: Any) -> Any:
    parts = []
    for name in types:
        column = load_schema().edge_columns(name).get(weight)
        if column is None or column.datatype not in ("number", "integer"):
            raise QueryError(
                say(
                    f"{name} has no number called '{weight}' to weigh by; choose relations that have one (SUPPLIES share)",
                    f"{name} 没有可作权重的数值属性“{weight}”；请只选有该属性的关系（如 SUPPLIES 的 share）",
                )
            )
        frame = graph.edges[name]
        parts.append(frame[weight].to_numpy(dtype=np.float64, na_value=np.nan))
    values = np.concatenate(parts)
    wrong = np.flatnonzero(kept & ~(np.isfinite(values) & (values >= 0)))
    if len(wrong):
        listed = pa.chunked_array([c for t in types for c in _chunks(graph.edges[t]["id"])], pa.string())
        raise ValueError(
            f"relation {listed[int(wrong[0])].as_py()} has {weight} = {values[wrong[0]]}; "
            f"weights are finite numbers of 0 and above ({len(wrong)} relations have none)"
        )
    return values[kept]


def _nothing(graph: KnowledgeGraph, taken: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    """One line for a choice without a relation: what was asked and what the graph holds."""
    held = [t for t in load_schema().relations if t in graph.edges and len(graph.edges[t]) and t not in BOOKKEEPING]
    asked = ", ".join(taken) if len(taken) <= 4 else say("any relation", "任何关系")
    between = f" {say('between', '：两端为')} {', '.join(wanted)}" if wanted else ""
    holds = ", ".join(held) or say("no relation at all", "没有任何关系")
    return say(f"this graph holds no {asked}{between}; it holds {holds}", f"本图没有 {asked}{between}；图里有 {holds}")
