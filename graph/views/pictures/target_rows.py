"""Goals and the latest recorded values that they can be compared with, by the rules of the question target-baseline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import links
from aikg.graph.analysis.tables import records
from aikg.graph.views.recorded import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["STATES", "Baseline", "Goal", "goals_of"]

STATES = ("reached", "open", "above", "no baseline recorded")
_NOT_ACTUAL = {"target", "planned", "forecast", "peak"}


@dataclass(frozen=True)
class Baseline:
    """A recorded value: the row of the Observation, and who states it."""

    row: Mapping[str, Any]
    sources: tuple[str, ...]

    @property
    def value(self) -> float:
        return float(self.row["value"])


@dataclass
class Goal:
    """A goal: the row of its PolicyTarget or Observation, its subjects (id: sources, policies among them), and its baselines.

    Several baselines are different values of one and the latest time.
    """

    id: str
    row: dict[str, Any]
    label: str
    subjects: dict[str, list[str]]
    things: tuple[str, ...]
    sources: tuple[str, ...]
    baselines: list[Baseline] = field(default_factory=list)

    @property
    def value(self) -> float:
        return float(self.row["value"])

    @property
    def unit(self) -> str:
        return str(self.row.get("unit") or "")

    @property
    def what(self) -> str:
        return str(self.row.get("indicator") or self.row.get("name"))

    @property
    def period(self) -> str | None:
        """When it is due, as recorded."""
        return self.row.get("due") or self.row.get("period")

    @property
    def relation(self) -> str | None:
        """How a value must relate to the goal: the comparator of a policy's goal; over and under of others count as ≥ and ≤."""
        if self.label == "PolicyTarget":
            return self.row.get("comparator")
        said = self.row.get("qualifier") or []
        return ">=" if "over" in said else "<=" if "under" in said else None

    def state(self, baseline: Baseline | None) -> str:
        """reached, open, above or no baseline recorded."""
        if baseline is None:
            return "no baseline recorded"
        value, goal, relation = baseline.value, self.value, self.relation
        if relation in (">", ">=", "<", "<="):
            met = {">": value > goal, ">=": value >= goal, "<": value < goal, "<=": value <= goal}[relation]
            return "reached" if met else "open"
        # "Equal", "about", or nothing said: whether more is better is not stated.
        return "reached" if value == goal else "above" if value > goal else "open"

    def distance(self, baseline: Baseline) -> float:
        return self.value - baseline.value

    def years(self, baseline: Baseline) -> int | None:
        """Whole years from the value to the date due; None where either is not recorded."""
        due, taken = _year(self.period), _year(baseline.row.get("period"))
        return None if due is None or taken is None else due - taken

    def growth(self, baseline: Baseline) -> float | None:
        """Compound yearly growth that is still needed, in %: ((goal ÷ value) ^ (1 ÷ years) − 1) × 100."""
        years = self.years(baseline)
        if years is None or years <= 0 or self.value <= 0 or baseline.value <= 0:
            return None
        return float(((self.value / baseline.value) ** (1.0 / years) - 1) * 100)


def _year(period: Any) -> int | None:
    last = str(period or "").split("/")[-1][:4]
    return int(last) if last.isdecimal() else None


def goals_of(graph: KnowledgeGraph) -> list[Goal]:
    """All goals with a value, in the order of their ids: goals of policies, and values that are targets or planned.

    A baseline is an actual value (no goal, plan, forecast or peak) of exactly the same things (policies aside), indicator (or wording,
    where the list of indicators lacks it) and unit; of these the latest time counts, a value without a time as the earliest.
    """
    figures, targets = rows_by_id(graph, "Observation"), rows_by_id(graph, "PolicyTarget")
    policies = set(rows_by_id(graph, "Policy"))
    said: dict[str, dict[str, list[str]]] = {}
    for link in records(links(graph, "OBSERVED")):
        said.setdefault(link.object, {}).setdefault(link.subject, []).extend(link.sources)
    by_policy: dict[str, list[str]] = {}
    for link in records(links(graph, "TARGETS")):
        by_policy.setdefault(link.object, []).extend(link.sources)
    actual: dict[tuple[tuple[str, ...], str, str], list[str]] = {}
    for node, row in figures.items():
        things = _things(said.get(node, {}), policies)
        if (
            things
            and row.get("value") is not None
            and row.get("unit")
            and not _NOT_ACTUAL & set(row.get("qualifier") or [])
        ):
            actual.setdefault((things, str(row.get("indicator") or row["name"]), str(row["unit"])), []).append(node)
    found = []
    for node in sorted({*figures, *targets} & set(said)):
        row = targets.get(node) or figures[node]
        is_goal = node in targets or {"target", "planned"} & set(row.get("qualifier") or [])
        if not is_goal or row.get("value") is None:
            continue
        things = _things(said[node], policies)
        label = "PolicyTarget" if node in targets else "Observation"
        cited = dict.fromkeys(entry for listed in said[node].values() for entry in listed)
        goal = Goal(node, row, label, said[node], things, tuple(cited | dict.fromkeys(by_policy.get(node, ()))))
        same = actual.get((things, goal.what, goal.unit), [])
        latest = max((str(figures[one].get("period") or "") for one in same), default="")
        goal.baselines = sorted(
            (
                Baseline(figures[one], tuple(dict.fromkeys(e for listed in said[one].values() for e in listed)))
                for one in same
                if str(figures[one].get("period") or "") == latest
            ),
            key=lambda one: (one.value, one.row["id"]),
        )
        found.append(goal)
    return found


def _things(subjects: Mapping[str, list[str]], policies: set[str]) -> tuple[str, ...]:
    return tuple(sorted(set(subjects) - policies))
