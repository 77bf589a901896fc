"""What each row of the picture of contradictions holds, in which order, and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.citations import cite
from aikg.graph.views.details import plain
from aikg.graph.views.pictures.contradiction_sides import Reading, read
from aikg.graph.views.recorded import code_names
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BLANK", "Dispute", "Side", "disputes", "property_names", "table_of"]

BLANK = ("—", "-", "")
"""What a document writes for no value: not recorded there."""
_FORMS = ("number", "date", "words")
_SEVERITIES = ("hard", "soft", "alias")


@dataclass(frozen=True)
class Side:
    """One side: the value as written (None where the document leaves it blank), its sources, and whether it is the chosen one."""

    text: str | None
    sources: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True)
class Dispute:
    """One pair of values that contradict each other, with names in the language of the picture."""

    subject: str
    subject_id: str
    what: str
    period: str | None
    severity: str
    severity_name: str
    kind: str
    kind_name: str
    a: Side
    b: Side
    chosen: str | None
    reading: Reading

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents of both sides."""
        return tuple(sorted({entry.partition("#")[0] for side in (self.a, self.b) for entry in side.sources}))

    @property
    def tags(self) -> tuple[str, ...]:
        """What filters look for."""
        return (f"severity:{self.severity}", f"kind:{self.kind}", *self.documents)

    @property
    def sides(self) -> tuple[Side, Side]:
        """From left to right: the smaller or earlier one first; words as the sources have them."""
        low, high = self.reading.a, self.reading.b
        return (self.b, self.a) if low is not None and high is not None and _middle(low) > _middle(high) else (self.a, self.b)  # fmt: skip


def _middle(extent: object) -> float:
    return float(extent.low + extent.high) / 2  # type: ignore[attr-defined]


def property_names(lang: str) -> dict[str, str]:
    """Names of properties and relation types in a language.

    >>> property_names("zh")["LOCATED_IN"]
    '位于'
    """
    schema = load_schema()
    named = {kind: relation.label[lang] for kind, relation in schema.relations.items()}
    for label in schema.labels:
        named |= {name: item.label[lang] for name, item in schema.node_columns(label).items()}
    return named


def disputes(found: pd.DataFrame, names: Mapping[str, str], lang: str) -> list[Dispute]:
    """Rows of `evidence.conflicts`: hard ones first, by kind as the ontology lists them; numbers (widest gap first), dates, words.

    `names` are those of things by id in the language of the picture.
    """
    named = property_names(lang)
    severities, kinds = code_names("severity", lang), code_names("conflict_kind", lang)
    order = list(kinds)
    made = []
    for row in found.to_dict("records"):
        chosen = plain(row["chosen"])
        values = [str(row["value_a"]), str(row["value_b"])]
        # Two sides that say the same are both chosen or none; the rule chose a value, not a source.
        a, b = (
            Side(
                None if value.strip() in BLANK else value,
                tuple(part for part in str(row[key]).split(", ") if part),
                chosen is not None and value == str(chosen),
            )
            for value, key in zip(values, ("source_a", "source_b"), strict=True)
        )
        made.append(
            Dispute(
                subject=names.get(row["subject_id"]) or str(row["subject"]),
                subject_id=str(row["subject_id"]),
                what=named.get(row["property"], str(row["property"])),
                period=plain(row["period"]),
                severity=str(row["severity"]),
                severity_name=severities.get(row["severity"], str(row["severity"])),
                kind=str(row["kind"]),
                kind_name=kinds.get(row["kind"], str(row["kind"])),
                a=a,
                b=b,
                chosen=None if chosen is None else str(chosen),
                reading=read(*values),
            )
        )
    return sorted(
        made,
        key=lambda one: (
            _place(one.severity, _SEVERITIES),
            _place(one.kind, order),
            one.kind,
            _FORMS.index(one.reading.form),
            2.0 if one.reading.share is None else one.reading.share,
            one.subject_id,
            one.what,
            one.a.text or "",
            one.b.text or "",
        ),
    )


def _place(word: str, order: tuple[str, ...] | list[str]) -> int:
    return order.index(word) if word in order else len(order)


def table_of(drawn: list[Dispute], titles: Mapping[str, str], lang: str) -> pd.DataFrame:
    """The rows as drawn. Values as written; a blank is null. `share` is the smaller number in % of the larger."""
    headings = {
        "severity": ("严重程度", "severity"),
        "kind": ("类别", "kind"),
        "subject": ("对象", "subject"),
        "property": ("属性或关系", "property"),
        "period": ("时期", "period"),
        "value_a": ("一方", "one side"),
        "source_a": ("一方出处", "sources of one side"),
        "value_b": ("另一方", "other side"),
        "source_b": ("另一方出处", "sources of the other side"),
        "chosen": ("采用", "shown"),
        "share": ("小者为大者的%", "smaller in % of larger"),
    }
    rows = [
        {
            "severity": one.severity_name,
            "kind": one.kind_name,
            "subject": one.subject,
            "property": one.what,
            "period": one.period,
            "value_a": one.a.text,
            "source_a": [cite(entry, titles, lang) for entry in one.a.sources],
            "value_b": one.b.text,
            "source_b": [cite(entry, titles, lang) for entry in one.b.sources],
            "chosen": one.chosen,
            "share": None if one.reading.share is None else round(one.reading.share * 100, 1),
        }
        for one in drawn
    ]
    table = pd.DataFrame(rows, columns=list(headings))
    table["share"] = table["share"].astype("Float64")
    return table.rename(columns={key: both[lang == "en"] for key, both in headings.items()})
