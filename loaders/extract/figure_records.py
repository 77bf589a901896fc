"""Figures as records: an Observation with its OBSERVED edges, or the PolicyTarget of a policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aikg.loaders import identity
from aikg.loaders.extract.discourse import PLACES, Sentence
from aikg.loaders.extract.figure_subjects import Subjects
from aikg.loaders.extract.figure_times import due_of
from aikg.loaders.extract.indicator_words import Wording
from aikg.loaders.extract.mentions import Mention, mention_id
from aikg.loaders.numbers.quantities import QUALIFIERS, Quantity
from aikg.loaders.records import RAW_LIMIT, Origin, Records
from aikg.ontology.concepts import Concepts
from aikg.ontology.schema import Schema

__all__ = ["Figure", "Writer"]

_IDENTIFYING = ("indicator_text", "period", "scope", "value", "value_max", "unit", "qualifier")
_PLAN_NOUN = re.compile(r"措施|任务|原则|工程|行动|目标|部门|政策|条款|举措|方向|支柱|阶段")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with all that is known of it."""

    quantity: Quantity
    wording: Wording
    subjects: Subjects


class Writer:
    """Makes the records of figures; ids come from the identifying fields, so the same statement has one id."""

    def __init__(self, schema: Schema, concepts: Concepts) -> None:
        self.schema, self.concepts = schema, concepts

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
    ) -> None:
        """Add one number and its edges. `policy` is the source of a goal, None where none is named."""
        quantity, wording = figure.quantity, figure.wording
        said = set(quantity.qualifiers)
        if goal and not said & {"target", "planned", "forecast"}:
            said.add("target")
        said -= {"exact"} if len(said) > 1 else set()
        values: dict[str, object] = {
            "indicator": self._indicator(wording),
            "indicator_text": wording.text,
            "value": quantity.value,
            "value_max": quantity.value_max,
            "value_text": (quantity.value_text or quantity.raw)[:RAW_LIMIT],
            "unit": quantity.unit,
        }
        subjects = self._ids(figure, sentence, records, origin)
        if policy is not None:
            self._target(policy, figure, values, due_of(period), subjects, records, origin)
            return
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

    def _target(
        self,
        policy: Mention,
        figure: Figure,
        values: dict[str, object],
        due: str | None,
        subjects: set[str],
        records: Records,
        origin: Origin,
    ) -> None:
        values = {**values, "due": due, "comparator": _comparator(figure.quantity)}
        source = mention_id(policy, self.schema)
        name = figure.wording.text
        key = (source, name, values["indicator"], values["value"], values["unit"], due)
        id_ = identity.entity_id("PolicyTarget", self.schema.labels["PolicyTarget"].id_prefix, name, key=key)
        records.entity("PolicyTarget", id_, name, origin, properties=values, raw={"value": figure.quantity.raw})
        records.link("TARGETS", source, id_, origin)
        for subject in sorted(subjects - {source}):
            records.link("OBSERVED", subject, id_, origin)

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

    def _indicator(self, wording: Wording) -> str | None:
        """The ontology's indicator of a wording; plain variants are tried, none is guessed."""
        text = wording.text
        tries = [text, text.removesuffix("数"), text.replace("AI", "人工智能"), text.replace("的", "")]
        if text.endswith("数"):
            tries += [text.removesuffix("数") + "数量", text[:-1].removesuffix("数") + "数量"]
        else:
            tries.append(f"{text}数量")
        for candidate in tries:
            if len(candidate) >= 2 and (found := self.concepts.find_indicator(candidate)):
                return found.name
        return None


def _comparator(quantity: Quantity) -> str:
    said, raw = quantity.qualifiers, quantity.raw
    if "over" in said:
        return ">=" if re.search(r"以上|不低于|不少于|至少|不小于", raw) else ">"
    if "under" in said:
        return "<=" if re.search(r"以内|以下|不超过|不高于|不多于", raw) else "<"
    return "~" if "approx" in said else "="
