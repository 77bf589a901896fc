"""Values of indicators as a chart needs them: by indicator and unit, equal records as one, with what kind of value each is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import ROOT, above, links, names_of
from aikg.graph.analysis.tables import records
from aikg.graph.views.axes import Span, span_of
from aikg.graph.views.figure_conflicts import FigureConflicts
from aikg.graph.views.recorded import rows_by_id
from aikg.graph.views.svg import shown
from aikg.ontology.concepts import load_concepts

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.recorded import Conflicts

__all__ = ["Figure", "Panel", "panels_of"]

# In this order, as in the question indicator-values: a planned value that is a peak is planned.
_STATES = ("planned", "target", "forecast", "peak")


@dataclass
class Figure:
    """A recorded value: one row of Observation, or several that say the same (`ids`)."""

    row: dict[str, Any]
    ids: list[str]
    subjects: tuple[str, ...]
    label: str
    sources: tuple[str, ...]
    conflicts: Conflicts = field(default_factory=list)

    @property
    def value(self) -> float:
        return float(self.row["value"])

    @property
    def high(self) -> float:
        """The upper end of a range, or the value."""
        most = self.row.get("value_max")
        return self.value if most is None else float(most)

    @property
    def state(self) -> str:
        """actual, planned, target, forecast or peak."""
        said = self.row.get("qualifier") or []
        return next((state for state in _STATES if state in said), "actual")

    @property
    def period(self) -> str | None:
        return self.row.get("period")

    @property
    def span(self) -> Span | None:
        return span_of(self.row.get("period"))

    @property
    def scope(self) -> str:
        """What the value is counted over: its scope up to the first comma, behind which sources comment."""
        return str(self.row.get("scope") or "").split("，")[0]

    @property
    def series(self) -> tuple[tuple[str, ...], str]:
        """What a line may connect: the same subjects and scope (of one indicator and unit)."""
        return self.subjects, self.scope


@dataclass
class Panel:
    """All values of one indicator in one unit. `ranks`: they are places in an order, of which 1 is the best."""

    what: str
    unit: str
    ranks: bool
    figures: list[Figure]

    def lines(self) -> list[list[Figure]]:
        """Series with values at two times or more, in time."""
        found: dict[tuple[tuple[str, ...], str], list[Figure]] = {}
        for figure in self.figures:
            if figure.span:
                found.setdefault(figure.series, []).append(figure)
        return [
            sorted(one, key=lambda f: (f.span.middle if f.span else 0.0, f.value, f.ids))
            for one in found.values()
            if len({f.period for f in one}) > 1
        ]

    def bars(self) -> list[Figure]:
        """The values that no line shows: latest time first, those without a time last, then by scope and size."""
        lines = {at for one in self.lines() for figure in one for at in figure.ids}
        left = [figure for figure in self.figures if not lines & set(figure.ids)]
        return sorted(
            left,
            key=lambda f: (
                f.span is None,
                -f.span.end if f.span else 0.0,
                f.period or "",
                f.scope,
                f.value if self.ranks else -f.high,
                f.label,
                f.ids,
            ),
        )

    def subjects(self) -> set[str]:
        return {node for figure in self.figures for node in figure.subjects}


def panels_of(graph: KnowledgeGraph, lang: str = "zh") -> list[Panel]:
    """Panels with values, those with most values first.

    Records with the same subjects, time, scope, unit, value and kind are one value (the rule of the question indicator-values); the root
    人工智能 is a subject only where there is no other.
    """
    names, ways, conflicts = names_of(graph), above(graph), FigureConflicts(graph, lang)
    listed = {one.name: one.unit_family for one in load_concepts().indicators()}
    said: dict[str, dict[str, list[str]]] = {}
    for link in records(links(graph, "OBSERVED")):
        said.setdefault(link.object, {}).setdefault(link.subject, []).extend(link.sources)
    found: dict[tuple[str, str], dict[tuple[Any, ...], Figure]] = {}
    for node, row in sorted(rows_by_id(graph, "Observation").items()):
        if row.get("value") is None or node not in said:
            continue
        subjects = tuple(sorted(said[node].keys() - {ROOT})) or (ROOT,)
        what, unit = str(row.get("indicator") or row["name"]), str(row.get("unit") or "")
        same = (
            subjects,
            *(row.get(name) for name in ("period", "scope", "value", "value_max")),
            tuple(sorted(row.get("qualifier") or [])),
        )
        cited = tuple(dict.fromkeys(entry for listed_ in said[node].values() for entry in listed_))
        known = found.setdefault((what, unit), {}).get(same)
        if known:
            known.ids.append(node)
            known.sources = tuple(dict.fromkeys([*known.sources, *cited]))
            continue
        label = _label(subjects, names, ways)
        found[what, unit][same] = Figure(row, [node], subjects, label, cited, conflicts.of(subjects, row))
    made = [
        Panel(what, unit, listed.get(what) == "rank", list(figures.values())) for (what, unit), figures in found.items()
    ]
    return sorted(made, key=lambda panel: (-len(panel.figures), panel.what, panel.unit))


def _label(subjects: tuple[str, ...], names: dict[str, str], ways: dict[str, dict[str, list[str]]]) -> str:
    """Names of the subjects, without those that another of them lies in: 旧金山, not 旧金山 in 美国."""
    wider = {up for node in subjects for up in ways.get(node, ()) if up != node}
    return " · ".join(shown(names.get(node, node)) for node in subjects if node not in wider) or shown(subjects[0])
