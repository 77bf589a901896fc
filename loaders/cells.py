"""One cell → the value of a property, by the datatype that the ontology gives it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aikg.loaders.numbers.dates import DateError, parse_date
from aikg.loaders.numbers.quantities import parse_quantity, parse_stages
from aikg.ontology.concepts import Concept, Concepts
from aikg.ontology.language import Said
from aikg.ontology.schema import Schema

__all__ = ["Reading", "read_property"]

_NOT_TODAY = {"planned", "forecast", "target", "peak"}


@dataclass
class Reading:
    """Values of properties with the text and the column each was read from."""

    values: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    error: Said | None = None
    note: Said | None = None


def read_property(label: str, name: str, text: str, schema: Schema, concepts: Concepts) -> Reading:
    """Read `text` as property `name` of `label`.

    `error` says why it cannot be (a date that is none); `note` what is doubtful but kept (a stage that is not in the list).
    """
    if name == "money":
        return _money(text)
    if name == "capacity":
        return _capacity(text)
    p = schema.labels[label].properties[name]
    if p.datatype == "date":
        try:
            return Reading({name: parse_date(text)})
        except DateError as error:
            said = error.said
            return Reading(error=Said(said.en.removeprefix(f"{text!r}: "), said.zh.removeprefix(f"“{text}”：")))
    if p.datatype in ("number", "integer"):
        quantity = parse_quantity(text)
        if quantity is None or quantity.value is None:
            return Reading(error=Said("is not a number", "不是数"))
        if p.datatype == "integer":
            if quantity.value != int(quantity.value):
                return Reading(error=Said("is not a whole number", "不是整数"))
            return Reading({name: int(quantity.value)})
        return Reading({name: quantity.value})
    if p.datatype == "boolean":
        known = {"是": True, "true": True, "yes": True, "1": True, "否": False, "false": False, "no": False, "0": False}
        if text.casefold() not in known:
            return Reading(error=Said("is neither 是/true nor 否/false", "既不是 是/true，也不是 否/false"))
        return Reading({name: known[text.casefold()]})
    if p.scheme:
        found = (
            concepts.find_stage(text) if p.scheme == "financing_stage" else _code(concepts.code_list(p.scheme), text)
        )
        if found is None:
            return Reading(
                {name: text},
                note=Said(
                    f"is not in the code list {p.scheme}; kept as written", f"不在代码表 {p.scheme} 里；照原文保留"
                ),
            )
        return Reading({name: found.name})
    if name == "text":
        # Only short remarks are quoted; of a long cell the locator says where it stands.
        text = text.rstrip("；;。.")
        return Reading({name: text} if len(text) <= 40 else {})
    return Reading({name: text})


def _code(code_list: Iterable[Concept], text: str) -> Concept | None:
    """The code whose name or wording a cell gives."""
    return next((c for c in code_list if text in (c.name, c.zh, c.en, *c.alternatives)), None)


def _money(text: str) -> Reading:
    """10.7亿港元 → amount 1070000000, currency HKD; 数亿美元, 未透露 → amount_text only."""
    quantity = parse_quantity(text)
    values: dict[str, Any] = {"amount_text": text}
    if quantity is not None:
        if quantity.currency:
            values["currency"] = quantity.currency
        if quantity.amount is not None:
            values["amount"] = quantity.amount
    return Reading(values)


def _capacity(text: str) -> Reading:
    """Today's capacity: the first stage that is neither planned, forecast, aimed at nor a peak."""
    for quantity in parse_stages(text):
        if quantity.value is not None and not _NOT_TODAY & set(quantity.qualifiers):
            return Reading({"capacity_value": quantity.value, "capacity_unit": quantity.unit})
    return Reading()
