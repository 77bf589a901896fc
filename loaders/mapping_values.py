"""Types of the values in a mapping file: a number where a text belongs is named, not met later as an inner error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aikg.ontology.language import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["misfits"]

TEXT, TEXTS = Said("a text", "一段文字"), Said("a list of texts", "文字的列表")
TABLE, TABLES = Said("a table", "一张表（[…]）"), Said("tables of texts", "文字的表")
WORDINGS = Said("a text or a list of texts", "一段文字或文字的列表")
FLAG, NUMBER = Said("true or false", "true 或 false"), Said("a number from 0 to 1", "0 到 1 之间的数")
ROWS = Said("a list of tables ([[table.…]])", "表的列表（[[table.…]]）")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _text_table(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


_FITS: dict[Said, Callable[[Any], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    TEXTS: _texts,
    WORDINGS: lambda value: isinstance(value, str) or _texts(value),
    TABLE: lambda value: isinstance(value, dict),
    TABLES: _text_table,
    FLAG: lambda value: isinstance(value, bool),
    NUMBER: lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1,
    ROWS: lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
}
_KINDS: dict[str, dict[str, Said]] = {
    "table": {
        "name": TEXT, "title": TABLES, "caption": TEXT, "required": TEXTS, "key": TEXT, "fill_down": TEXTS,
        "columns": TABLE, "entity": ROWS, "link": ROWS, "observation": ROWS,
    },
    "entity": {
        "as": TEXT, "label": TEXT, "name": TEXT, "properties": TABLES, "place": TEXT, "within": TEXT, "split": FLAG,
        "leading": FLAG, "anywhere": FLAG, "strip": TEXT, "kinds": TEXT, "default": TEXT, "labels": TEXTS, "when": TABLE,
        "method": TEXT, "confidence": NUMBER,
    },
    "link": {"type": TEXT, "from": TEXT, "to": TEXT, "properties": TABLES, "only": TEXTS},
    "observation": {
        "of": TEXTS, "value": TEXT, "indicator": TEXT, "unit": TEXT, "period": TEXT, "scope": TEXT, "read": TEXT,
        "labels": TEXTS,
    },
}  # fmt: skip


def misfits(table: Mapping[str, Any]) -> Iterator[tuple[str, Any, Said]]:
    """Where a value of one ``[[table]]`` has another type than its key takes: the key, the value, what belongs there.

    Keys that nobody knows are not its business.

    >>> [(where, value, kind.en) for where, value, kind in misfits({"name": 7, "columns": {"firm": 3}})]
    [('name', 7, 'a text'), ('columns.firm', 3, 'a text or a list of texts')]
    """
    yield from _of(table, "table", "")
    columns = table.get("columns")
    for column, wordings in columns.items() if isinstance(columns, dict) else ():
        if not _FITS[WORDINGS](wordings):
            yield f"columns.{column}", wordings, WORDINGS
    for part in ("entity", "link", "observation"):
        rows = table.get(part, [])
        for at, row in enumerate(rows if _FITS[ROWS](rows) else (), 1):
            yield from _of(row, part, f"{part} {at}: ")
            for outer, inner in _cases(row.get("when")):
                if not isinstance(inner, dict):
                    yield f"{part} {at}: when.{outer}", inner, TABLE


def _cases(when: Any) -> Iterator[tuple[str, Any]]:
    """Every ``when = { property = { value = { … } } }``, by property and value."""
    for name, cases in when.items() if isinstance(when, dict) else ():
        if isinstance(cases, dict):
            yield from ((f"{name}.{value}", made) for value, made in cases.items())
        else:
            yield name, cases


def _of(row: Mapping[str, Any], part: str, where: str) -> Iterator[tuple[str, Any, Said]]:
    for key, value in row.items():
        kind = _KINDS[part].get(key)
        if kind is not None and not _FITS[kind](value):
            yield f"{where}{key}", value, kind
