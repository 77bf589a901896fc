"""Contradictions of figures: which of those that the graph records of a thing are about a given indicator and time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aikg.graph.views.recorded import conflicts_by_node, rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.recorded import Conflicts

__all__ = ["FigureConflicts"]

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")


class FigureConflicts:
    """Contradictions by subject and by what they are about.

    A contradiction is about a figure when it is recorded of one of its subjects under the indicator's name or the source's
    wording (what stands in brackets behind it, such as a year, aside), and of the same time or of none.
    """

    def __init__(self, graph: KnowledgeGraph, lang: str) -> None:
        frame, nodes = graph.edges.get("HAS_CONFLICT"), rows_by_id(graph, "Conflict")
        told = {subject: iter(listed) for subject, listed in conflicts_by_node(graph, lang).items()}
        self._found: dict[tuple[str, str], list[tuple[str, Any, Any]]] = {}
        if frame is None:
            return
        # In the order in which `conflicts_by_node` lists them.
        for subject, target in sorted(zip(frame["subject"], frame["object"], strict=True)):
            if target in nodes:
                about = _BRACKETS.sub("", str(nodes[target].get("property") or ""))
                one = (target, nodes[target].get("period"), next(told[subject]))
                self._found.setdefault((subject, about), []).append(one)

    def of(self, subjects: Iterable[str], figure: Mapping[str, Any]) -> Conflicts:
        """Contradictions of a figure (a row of Observation or PolicyTarget) of these subjects, each once."""
        found: dict[str, Any] = {}
        when = figure.get("period") or figure.get("due")
        for subject in sorted(subjects):
            for name in sorted({str(figure[k]) for k in ("indicator", "indicator_text", "name") if figure.get(k)}):
                for node, period, one in self._found.get((subject, name), ()):
                    if not period or not when or str(when).startswith(str(period)):
                        found.setdefault(node, one)
        return [found[node] for node in sorted(found)]
