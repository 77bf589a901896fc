"""One logical row of a table: its cells by column, the templates filled from them, and the entities found so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aikg.loaders.mapping import PLACEHOLDER
from aikg.loaders.numbers.quantities import header_unit
from aikg.loaders.readers.tables import Cell, Row
from aikg.loaders.records import Origin, Problem, Records
from aikg.ontology.places import Place

__all__ = ["Ref", "RowContext", "TableResult"]


@dataclass(frozen=True, slots=True)
class Ref:
    """One entity of a row, with the word that named it and the column it stood in."""

    id: str
    label: str
    word: str
    cell: str | None
    origin: Origin
    place: Place | None = None


@dataclass
class RowContext:
    """One logical row: cells by column, caption groups and other variables for templates."""

    row: Row
    cells: Mapping[str, Cell]
    headers: Mapping[str, str]
    variables: dict[str, str]
    origin: Origin
    refs: dict[str, list[Ref]] = field(default_factory=dict)

    def text(self, column: str) -> str | None:
        cell = self.cells.get(column)
        return cell.text if cell is not None and not cell.is_dash else None

    def render(self, template: str) -> str | None:
        """A template with its placeholders filled, or None when one that is not marked ``?`` is unknown."""
        missing = False

        def fill(match: re.Match[str]) -> str:
            nonlocal missing
            for name in match[1].split("|"):
                optional = name.endswith("?")
                value = self._variable(name.rstrip("?"))
                if value:
                    return value
                if optional:
                    return ""
            missing = True
            return ""

        text = PLACEHOLDER.sub(fill, template).strip()
        return None if missing or not text else text

    def _variable(self, name: str) -> str | None:
        if name.startswith("#"):
            header = self.headers.get(name[1:])
            return header_unit(header)[0] if header else None
        return self.variables.get(name) or self.text(name)

    def column(self, template: str) -> str | None:
        """The first column of the table that a template takes a cell from."""
        for match in PLACEHOLDER.finditer(template):
            for name in match[1].split("|"):
                if name.rstrip("?") in self.cells:
                    return name.rstrip("?")
        return None

    def header(self, template: str) -> str | None:
        column = self.column(template)
        return self.headers[column] if column else None


@dataclass
class TableResult:
    """What came of one table: counts for the build report, records, and what was left out."""

    mapping: str
    rows: int = 0
    logical_rows: int = 0
    accepted: int = 0
    partial: int = 0
    repeated: list[int] = field(default_factory=list)
    things: dict[str, set[str]] = field(default_factory=dict)
    records: Records = field(default_factory=Records)
    problems: list[Problem] = field(default_factory=list)
    unknown_words: dict[str, str] = field(default_factory=dict)
    untied_indicators: dict[str, str] = field(default_factory=dict)
