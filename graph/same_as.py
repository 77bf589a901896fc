"""Pairs that may be one thing under two names, for a person to judge, with what speaks for it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["SAME_AS_COLUMNS", "UNJUDGED", "same_as"]

# The first four are those of a judgement file.
SAME_AS_COLUMNS = [
    "id_a", "id_b", "judgement", "reason", "score", "label", "name_a", "name_b", "source_a", "source_b",
]  # fmt: skip
UNJUDGED = "unsure"
"""What stands in `judgement` until a person has looked: a build changes nothing for it."""


def same_as(graph: KnowledgeGraph, judged: Collection[frozenset[str]] = ()) -> pd.DataFrame:
    """Candidates, the likelier first, without the pairs in `judged`.

    Columns: `SAME_AS_COLUMNS`; sources are lists. Written as CSV this is a judgement file: a person changes `judgement`
    to same or different and gives the file to the next build.

    >>> same_as(graph).columns[:3].tolist()  # doctest: +SKIP
    ['id_a', 'id_b', 'judgement']
    """
    frame = graph.edges.get("SAME_AS_CANDIDATE")
    rows: list[dict[str, Any]] = []
    if frame is not None:
        known: dict[str, tuple[str, str, list[str]]] = {}
        ends = {*frame["subject"], *frame["object"]}
        for label, nodes in graph.nodes.items():
            near = nodes[nodes["id"].isin(ends)]
            for id_, name, sources in zip(near["id"], near["name"], near["sources"], strict=True):
                known[id_] = (label, name, list(sources))
        for edge in frame.to_dict("records"):
            first, second = edge["subject"], edge["object"]
            if frozenset((first, second)) in judged:
                continue
            (label, name_a, source_a), (_, name_b, source_b) = known[first], known[second]
            values = (first, second, UNJUDGED, edge["reason"], edge["score"], label, name_a, name_b, source_a, source_b)
            rows.append(dict(zip(SAME_AS_COLUMNS, values, strict=True)))
    rows.sort(key=lambda row: (-row["score"], row["label"], row["id_a"], row["id_b"]))
    return pd.DataFrame(rows, columns=SAME_AS_COLUMNS)
