"""Figures as records: an Observation with its OBSERVED edges, or the PolicyTarget of a policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from aikg.loaders import identity
from aikg.loaders.extract.discourse import PLACES, Sentence
from aikg.loaders.extract.figure_indicators import Indicators
from aikg.loaders.extract.figure_subjects import Subjects
from aikg.loaders.extract.figure_times import due_of
from aikg.loaders.extract.indicator_words import Wording
from aikg.loaders.extract.mentions import Mention, mention_id
from aikg.loaders.numbers.quantities import QUALIFIERS, Quantity, comparator
from aikg.loaders.records import RAW_LIMIT, Origin, Records
from aikg.ontology.concepts import Concepts
from aikg.ontology.schema import Schema

__all__ = ["Figure", "Writer", "Written"]

_IDENTIFYING = ("indicator_text", "period", "scope", "value", "value_max", "unit", "qualifier")
_PLAN_NOUN = re.compile(r"措施|任务|原则|工程|行动|目标|部门|政策|条款|举措|方向|支柱|阶段")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with all that is known of it."""

    quantity: Quantity
    wording: Wording
    subjects: Subjects


@dataclass(slots=True)
class Written:
    """The rows of one figure: `label` of its record, the record, its edges by type, and what it says for comparison."""

    label: str
    row: dict[str, Any]
    links: list[tuple[str, dict[str, Any]]]
    amount: float | None
    unit: str | None
    subjects: frozenset[str]
    period: str | None
    line: int = 0

    def tells(self, other: Written) -> bool:
        """Whether another figure states the same, such as a heading and the text below it."""
        same = self.amount is not None and self.amount == other.amount and self.unit == other.unit
        when = not self.period or not other.period or self.period[:4] == other.period[:4]
        return same and when and bool(self.subjects & other.subjects)

    def become(self, other: Written, records: Records) -> None:
        """Take the wording of `other`: one figure with two sources."""
        kept = {name: self.row[name] for name in _SAID_HERE}
        rows = records.entities[self.label]
        del rows[next(i for i in range(len(rows) - 1, -1, -1) if rows[i] is self.row)]
        self.row = {**other.row, **kept}
        records.entities[other.label].append(self.row)
        for kind, link in self.links:
            edges = records.links[kind]
            del edges[next(i for i in range(len(edges) - 1, -1, -1) if edges[i] is link)]
        self.links = [(kind, {**link, **{n: kept[n] for n in kept if n != "raw"}}) for kind, link in other.links]
        for kind, link in self.links:
            records.links[kind].append(link)
        self.label = other.label


_SAID_HERE = ("raw", "source", "locator", "as_of", "method", "confidence")


class Writer:
    """Makes the records of figures; ids come from the identifying fields, so the same statement has one id."""

    def __init__(self, schema: Schema, concepts: Concepts) -> None:
        self.schema, self._indicators = schema, Indicators(concepts)

    def write(
        self,
        figure: Figure,
        sentence: Sentence,
        period: str | None,
        policy: Mention | None,
        origin: Origin,
        records: Records,
        *,
        goal: bool,
    ) -> Written:
        """Add one number and its edges, and return them. `policy` is the source of a goal, None where none is named."""
        quantity, wording = figure.quantity, figure.wording
        said = set(quantity.qualifiers)
        if goal and not said & {"target", "planned", "forecast"}:
            said.add("target")
        said -= {"exact"} if len(said) > 1 else set()
        values: dict[str, object] = {
            "indicator": self._indicators.of(wording.text, quantity, _linked(figure, sentence)),
            "indicator_text": wording.text,
            "value": quantity.value,
            "value_max": quantity.value_max,
            "value_text": (quantity.value_text or quantity.raw)[:RAW_LIMIT],
            "unit": quantity.unit,
        }
        subjects = self._ids(figure, sentence, records, origin)
        if policy is not None:
            edges = self._target(policy, figure, values, due_of(period), subjects, records, origin)
            said_by = frozenset({*subjects, *_places_of(policy)})
            return _written("PolicyTarget", figure, records, edges, said_by, due_of(period))
        values |= {
            "period": period,
            "scope": quantity.scope or quantity.stage,
            "qualifier": [q for q in QUALIFIERS if q in said] or ["exact"],
        }
        key = ("+".join(sorted(subjects)), *(values[name] for name in _IDENTIFYING), values["value_text"])
        id_ = identity.entity_id("Observation", self.schema.labels["Observation"].id_prefix, wording.text, key=key)
        records.entity("Observation", id_, wording.text, origin, properties=values, raw={"value": quantity.raw})
        for subject in sorted(subjects):
            records.link("OBSERVED", subject, id_, origin)
        return _written("Observation", figure, records, {"OBSERVED": len(subjects)}, frozenset(subjects), period)

    def _target(
        self,
        policy: Mention,
        figure: Figure,
        values: dict[str, object],
        due: str | None,
        subjects: set[str],
        records: Records,
        origin: Origin,
    ) -> dict[str, int]:
        values = {**values, "due": due, "comparator": comparator(figure.quantity.qualifiers, figure.quantity.raw)}
        source = mention_id(policy, self.schema)
        name = figure.wording.text
        key = (source, *identity.identifying("PolicyTarget", name, values, origin.locator))
        id_ = identity.entity_id("PolicyTarget", self.schema.labels["PolicyTarget"].id_prefix, name, key=key)
        records.entity("PolicyTarget", id_, name, origin, properties=values, raw={"value": figure.quantity.raw})
        records.link("TARGETS", source, id_, origin)
        for subject in sorted(subjects - {source}):
            records.link("OBSERVED", subject, id_, origin)
        return {"TARGETS": 1, "OBSERVED": len(subjects - {source})}

    def _ids(self, figure: Figure, sentence: Sentence, records: Records, origin: Origin) -> set[str]:
        mentions = list(figure.subjects.mentions)
        # 五部门联合发布…, 提出15条措施: a count of the policy's own parts.
        if figure.wording.kind == "count" and _PLAN_NOUN.search(figure.wording.base):
            mentions += [m for m in sentence.mentions if m.label == "Policy"][:1]
        made = set()
        for mention in mentions:
            id_ = mention_id(mention, self.schema)
            if mention.label == "Group" or mention.label in PLACES:
                records.entity(
                    mention.label,
                    id_,
                    mention.name,
                    replace(origin, confidence=mention.confidence),
                    aliases=mention.aliases,
                )
            made.add(id_)
        return made


def _linked(figure: Figure, sentence: Sentence) -> tuple[str, ...]:
    """How the sentence names the things that a figure is linked to, longest first."""
    ids = {(m.label, m.name) for m in figure.subjects.mentions}
    names = {
        sentence.text[m.start - sentence.start : m.end - sentence.start]
        for m in sentence.mentions
        if (m.label, m.name) in ids
    }
    return tuple(sorted(names, key=lambda n: (-len(n), n)))


def _written(
    label: str,
    figure: Figure,
    records: Records,
    edges: dict[str, int],
    subjects: frozenset[str],
    period: str | None,
) -> Written:
    """What was written last, with so many edges of each type."""
    links = [(kind, link) for kind, count in edges.items() if count for link in records.links[kind][-count:]]
    quantity = figure.quantity
    unit = quantity.currency or quantity.unit
    return Written(label, records.entities[label][-1], links, quantity.amount, unit, subjects, period)


def _places_of(policy: Mention) -> tuple[str, ...]:
    return () if policy.place is None else (policy.place.id,)
