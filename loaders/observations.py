"""Numbers in cells → Observation records, each with unit, period, scope and qualifier (ontology.md, Observation)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from aikg.loaders import identity
from aikg.loaders.mapping import ObservationSpec
from aikg.loaders.numbers.quantities import Quantity, find_quantities, header_unit, parse_quantity, parse_stages
from aikg.loaders.records import RAW_LIMIT, Records
from aikg.loaders.rows import RowContext, TableResult
from aikg.ontology.concepts import Concepts
from aikg.ontology.language import Said
from aikg.ontology.schema import Schema

__all__ = ["observe"]

_CLAUSE = re.compile(r"[^，。；,;（(]*")
_NOT_NOUN = re.compile(r"以及|制定|提出|实施|开展|展开|进行|并|和|与|及|等")


def observe(
    spec: ObservationSpec,
    context: RowContext,
    records: Records,
    result: TableResult,
    schema: Schema,
    concepts: Concepts,
    problem: Callable[..., None],
) -> None:
    """Add the Observations of one cell and link them to the subjects that `spec` names.

    An indicator that the ontology does not know stays null and is listed in `result.untied_indicators`.
    """
    subjects = sorted(
        {ref.id for name in spec.of for ref in context.refs[name] if not spec.labels or ref.label in spec.labels}
    )
    text = context.render(spec.value)
    if not subjects or text is None:
        return
    header = context.header(spec.value)
    origin = context.origin
    if spec.read == "text":
        origin = replace(origin, method="pattern", confidence=0.8)
    quantities = _quantities(spec.read, text)
    if spec.read == "number" and not quantities:
        problem(Said(f"{header} {text!r} is not a number", f"{header}“{text}”不是数"), row=False)
    for quantity in quantities:
        values = _values(spec, context, quantity, text, concepts)
        if values is None:
            continue
        name = str(values["indicator_text"])
        if values["indicator"] is None:
            result.untied_indicators.setdefault(name, origin.locator)
        id_ = identity.entity_id(
            "Observation",
            schema.labels["Observation"].id_prefix,
            name,
            key=identity.observation_key(subjects, {**values, "value_text": quantity.value_text}),
        )
        raw = {"value": quantity.raw if len(text) > RAW_LIMIT else text}
        cells = {"*": header} if header else {}
        records.entity("Observation", id_, name, origin, properties=values, raw=raw, cells=cells)
        for subject in subjects:
            records.link("OBSERVED", subject, id_, origin.at(header))


def _values(
    spec: ObservationSpec, context: RowContext, quantity: Quantity, text: str, concepts: Concepts
) -> dict[str, object] | None:
    """The properties of one Observation, or None when nobody can tell what the number counts."""
    header = context.header(spec.value)
    unit = spec.unit or (header_unit(header)[1] if header else None)
    if spec.read == "text":
        if quantity.unit is None:
            return None
        context.variables["@after"] = _noun(text[quantity.end :])
    wording = context.render(spec.indicator or "{#" + (context.column(spec.value) or "") + "}")
    context.variables.pop("@after", None)
    if wording is None:
        return None
    wording = wording[:RAW_LIMIT]
    indicator = concepts.find_indicator(wording)
    return {
        "indicator": indicator.name if indicator else None,
        "indicator_text": wording,
        "value": quantity.value,
        "value_max": quantity.value_max,
        "value_text": quantity.value_text or quantity.raw[:RAW_LIMIT],
        "unit": quantity.unit or unit,
        "period": quantity.period or (context.render(spec.period) if spec.period else None),
        "scope": quantity.stage or (context.render(spec.scope) if spec.scope else None),
        "qualifier": sorted(quantity.qualifiers) or ["exact"],
    }


def _noun(text: str) -> str:
    """What a number counts: ``个基础良好、成长较快的未来产业`` behind 9 gives 未来产业; a guess, hence less sure."""
    clause = _CLAUSE.match(text)
    phrase = _NOT_NOUN.split(clause[0] if clause else "", maxsplit=1)[0]
    noun = re.split(r"[的、\s]", phrase)[-1]
    return noun if 2 <= len(noun) <= 12 else ""


def _quantities(read: str, text: str) -> list[Quantity]:
    if read == "text":
        return find_quantities(text)
    if read == "stages":
        return [q for q in parse_stages(text) if q.value is not None or q.value_text]
    found = parse_quantity(text)
    return [found] if found is not None and found.value is not None else []
