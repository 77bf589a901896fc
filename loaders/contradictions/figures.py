"""Observations and targets in the form in which they are compared: of whom, of what, when, which span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aikg.loaders.contradictions.contradiction import Contradiction, first_place, places_of
from aikg.loaders.contradictions.intervals import Span, family_of, spans
from aikg.loaders.contradictions.wordings import key_of, loose_key, scope_class
from aikg.ontology.concepts import ROOT
from aikg.ontology.places import Places

__all__ = ["Figure", "Subjects", "made_of", "read_figures"]

Node = tuple[str, Mapping[str, Any]]
_PLACES = frozenset({"Country", "Region", "Province", "City", "District"})
TOPICS = frozenset(
    {"ChainLayer", "ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "Programme"}
)
_WORLD, _CHINA = "全球", "country:CN"
_LATER = frozenset({"forecast", "planned", "target"})
_COMPARATORS = {">": "over", "≥": "over", ">=": "over", "<": "under", "≤": "under", "<=": "under", "~": "approx"}
_MOST_ABOVE = 8


@dataclass(frozen=True)
class Figure:
    """One stated number. `subjects` are those that tell it from others, `all_subjects` everything it is linked to."""

    id: str
    subjects: frozenset[str]
    all_subjects: tuple[str, ...]
    wording: str
    tied: bool
    value: float
    unit: str
    family: str
    strict: Span
    usual: Span
    stage: str
    period: str | None
    scope: str
    scope_text: str
    written: str
    citations: tuple[str, ...]
    as_of: str | None
    certain: bool
    text: str = ""

    @property
    def rank(self) -> bool:
        return self.unit == "位"

    @cached_property
    def key(self) -> str:
        return self.wording if self.tied else key_of(self.wording)

    @cached_property
    def loose(self) -> str:
        return loose_key(self.wording, rank=self.rank)

    @cached_property
    def lines(self) -> frozenset[tuple[str, int]]:
        return places_of(self.citations)

    @cached_property
    def sources(self) -> frozenset[str]:
        return frozenset(cited.partition("#")[0] for cited in self.citations)


class Subjects:
    """Which of the subjects of a figure tell it from others, and which contains which."""

    def __init__(
        self, nodes: Mapping[str, Node], edges: Mapping[str, Iterable[Mapping[str, Any]]], places: Places
    ) -> None:
        self.nodes, self.places = nodes, places
        self._up: dict[str, set[str]] = defaultdict(set)
        for kind, inner, outer in (
            ("LOCATED_IN", "subject", "object"),
            ("PART_OF", "subject", "object"),
            ("HOSTS", "object", "subject"),
        ):
            for edge in edges.get(kind, ()):
                self._up[edge[inner]].add(edge[outer])
        self._above: dict[str, frozenset[str]] = {}

    def above(self, id_: str) -> frozenset[str]:
        """Everything that contains a thing, as the code table and the documents say."""
        if id_ not in self._above:
            found: set[str] = set()
            front = {id_}
            for _ in range(_MOST_ABOVE):
                upper: set[str] = set()
                for inner in front:
                    upper |= self._up.get(inner, set())
                    place = self.places.find(inner) if self.label(inner) in _PLACES else None
                    upper |= {p.id for p in self.places.ancestors(place)} if place is not None else set()
                front = upper - found - {id_}
                found |= front
                if not front:
                    break
            self._above[id_] = frozenset(found)
        return self._above[id_]

    def label(self, id_: str) -> str:
        return self.nodes[id_][0] if id_ in self.nodes else ""

    def name(self, id_: str) -> str:
        return str(self.nodes[id_][1]["name"]) if id_ in self.nodes else id_

    def is_place(self, id_: str) -> bool:
        return self.label(id_) in _PLACES or self.name(id_) == _WORLD

    def telling(self, ids: Iterable[str], wording: str) -> frozenset[str]:
        """Subjects without those that add nothing: what the wording names anyway, and what contains another subject."""
        left = [i for i in ids if i != ROOT]
        words = wording.replace("AI", "人工智能")
        kept = [i for i in left if not (self.label(i) in TOPICS | {"Group"} and self._bare(i) in words)] or left
        names = [self.name(i) for i in kept]
        kept = [
            i
            for i in kept
            if not (self.label(i) in TOPICS and any(self.name(i) in n and self.name(i) != n for n in names))
        ]
        around = frozenset(o for i in kept for o in self.above(i))
        inner = [i for i in kept if i not in around]
        if any(self.is_place(i) and self.name(i) != _WORLD for i in inner):
            inner = [i for i in inner if self.name(i) != _WORLD]
        if _CHINA in inner and any(self.label(i) == "Group" for i in inner):
            inner.remove(_CHINA)
        return frozenset(inner or kept)

    def _bare(self, id_: str) -> str:
        return self.name(id_).removeprefix("全国").removeprefix("中国").replace("AI", "人工智能")

    def main(self, ids: Iterable[str]) -> str:
        """Of whom a contradiction is told: the smallest actor or place, then a class, then a topic."""

        def rank(id_: str) -> tuple[int, int, str]:
            label = self.label(id_)
            if label in _PLACES or self.name(id_) == _WORLD:
                return (1, -len(self.above(id_)), id_)
            return (3 if label in TOPICS else 2 if label == "Group" else 0, -len(self.above(id_)), id_)

        return min(ids, key=rank)


def read_figures(subjects: Subjects, edges: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[Figure]:
    """All Observations and PolicyTargets that have a number and a subject."""
    of: dict[str, set[str]] = defaultdict(set)
    policies: dict[str, set[str]] = defaultdict(set)
    for edge in edges.get("OBSERVED", ()):
        of[edge["object"]].add(edge["subject"])
    for edge in edges.get("TARGETS", ()):
        policies[edge["object"]].add(edge["subject"])
    made = []
    for id_, (label, row) in subjects.nodes.items():
        if label not in ("Observation", "PolicyTarget") or row.get("value") is None:
            continue
        # What a policy aims at is compared within the policy: another one may aim at something else.
        ids = policies.get(id_) if label == "PolicyTarget" else of.get(id_)
        if ids:
            made.append(_figure(id_, label, row, tuple(sorted(ids | of.get(id_, set()))), frozenset(ids), subjects))
    return made


def _figure(
    id_: str, label: str, row: Mapping[str, Any], ids: tuple[str, ...], owners: frozenset[str], subjects: Subjects
) -> Figure:
    target = label == "PolicyTarget"
    wording = str(row.get("indicator") or row.get("indicator_text") or row["name"])
    unit = str(row.get("unit") or "")
    family = family_of(unit)
    qualifiers = set(row.get("qualifier") or ())
    if target:
        qualifiers |= {_COMPARATORS.get(str(row.get("comparator") or ""), "exact"), "target"}
    strict, usual = spans(float(row["value"]), row.get("value_max"), unit, qualifiers)
    full = f"{wording} {row.get('indicator_text') or ''}"
    share = wording.endswith(("占比", "份额", "比重", "比例"))
    named = row.get("scope") in {subjects.name(i) for i in ids}  # the subject once more
    stage = "peak" if "peak" in qualifiers else "later" if qualifiers & _LATER else "now"
    if target:
        stage = "target"
    return Figure(
        id_,
        owners if target else subjects.telling(ids, full),
        ids,
        wording,
        bool(row.get("indicator")),
        float(row["value"]),
        unit,
        family,
        strict,
        usual,
        stage,
        row.get("due") if target else row.get("period"),
        "" if named else scope_class(row.get("scope"), rank=unit == "位", share=share),
        str(row.get("scope") or ""),
        _written(row, unit),
        tuple(row["sources"]),
        row.get("as_of"),
        row["method"] in ("table", "curated") or float(row["confidence"]) >= 0.9,
        key_of(str(row.get("indicator_text") or wording)),
    )


def _written(row: Mapping[str, Any], unit: str) -> str:
    """The value as written, with its unit where the cell left it to the header."""
    text = str(row.get("value_text") or "") or f"{row['value']:g}"
    shown = "" if unit == "位" else unit
    return text if any(not (c.isdigit() or c in ".,，-–—~ ") for c in text) else f"{text} {shown}".strip()


def made_of(
    parties: Sequence[Sequence[Figure]],
    subject: str,
    kind: str,
    severity: str,
    order: Mapping[str, int],
    *,
    sides: Sequence[str] = (),
) -> Contradiction:
    """A Contradiction whose values are those of the parties as written, in the order of the inputs.

    Where several numbers together stand against another (40% × 2.3万亿美元), `sides` words each party.
    """
    cited: dict[str, list[str]] = defaultdict(list)
    for index, party in enumerate(parties):
        for figure in party:
            said = cited[sides[index] if sides else figure.written]
            said += [c for c in figure.citations if c not in said]
    values = list(cited) if sides else sorted(cited, key=lambda v: min(first_place(c, order) for c in cited[v]))
    figures = [f for party in parties for f in party]
    periods = {f.period for f in figures}
    return Contradiction(
        subject,
        figures[0].wording,
        kind,
        severity,
        next(iter(periods)) if len(periods) == 1 else None,
        tuple(values),
        tuple(tuple(sorted(cited[v], key=lambda c: first_place(c, order))) for v in values),
        None,
        max((f.as_of for f in figures if f.as_of), default=None),
        tuple(sorted({i for f in figures for i in f.all_subjects})),
        confidence=1.0 if all(f.certain for f in figures) else 0.8,
    )
