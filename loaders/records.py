"""Records: what a source says, one row per said thing, before anything is merged.

An entity row says that a thing exists and what its properties are; a link row says that two things
are related. Both name the place in the source. Ids in records are *proposed* ids (`identity.py`);
`resolve.py` may map several of them to one thing.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, say
from aikg.ontology.schema import Property, Schema

__all__ = ["RAW_LIMIT", "Origin", "Problem", "Records", "citation", "in_column", "locator"]

RAW_LIMIT = 40
"""Longest cell whose text is kept; of a longer one only the locator is (the sources are copyrighted)."""

_ENTITY_COLUMNS = ("id", "name", "aliases", "raw", "cells", "source", "locator", "as_of", "method", "confidence")
_LINK_COLUMNS = ("subject", "object", "source", "locator", "as_of", "method", "confidence")
_NOT_IN_LOCATOR = re.compile(r"[\s|]+")


def locator(line: int, *parts: str | None) -> str:
    """Where in a source: line first, then 图表 number or sheet, then the column.

    >>> locator(178, "图表3", "企业 简称")
    'L178;图表3;企业简称'
    """
    return ";".join([f"L{line}", *filter(None, map(_cleaned, parts))])


def in_column(row_locator: str, header: str | None) -> str:
    """The locator of one cell of a row."""
    cell = _cleaned(header)
    return f"{row_locator};{cell}" if cell else row_locator


def _cleaned(part: str | None) -> str:
    return _NOT_IN_LOCATOR.sub("", part or "").replace(";", "；")


def citation(source: str, where: str) -> str:
    """One entry of a `sources` list: ``src:a76a81ffa34b#L178;图表3;企业简称``."""
    return f"{source}#{where}" if where else source


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and how something was said."""

    source: str
    locator: str
    as_of: str | None = None
    method: str = "table"
    confidence: float = 1.0

    def at(self, cell: str | None) -> Origin:
        """The same row, another cell."""
        return replace(self, locator=in_column(self.locator, cell))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that was not taken over, and why.

    `row` True means that a value or a whole row was left out; otherwise it is a remark. `unit` is what `line` counts:
    lines of a document, rows of a sheet.
    """

    file: str
    line: int | None
    message: Said
    row: bool = True
    unit: str = "line"

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: file, line, and the whole sentence as en and zh."""
        return {"file": self.file, "line": self.line, **self.said.as_dict()}

    @property
    def said(self) -> Said:
        """Place and message as one sentence."""
        en, zh = (self.file, self.file)
        if self.line is not None:
            en, zh = f"{en} {self.unit} {self.line}", f"{zh} 第 {self.line} 行"
        return Said(f"{en}: {self.message.en}", f"{zh}：{self.message.zh}")

    def __str__(self) -> str:
        return str(self.said)


@dataclass
class Records:
    """Entity rows by label and link rows by relation type."""

    entities: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def entity(
        self,
        label: str,
        id: str,  # noqa: A002 - the name the ontology gives it
        name: str,
        origin: Origin,
        *,
        properties: Mapping[str, Any] | None = None,
        raw: Mapping[str, str] | None = None,
        cells: Mapping[str, str] | None = None,
        aliases: Iterable[str] = (),
    ) -> str:
        """Add one entity row; `raw` gives values as written, `cells` the column that a property stood in (``*``: all others).

        A property that is in `raw` but not in `properties` was stated as a blank (a dash).
        """
        self.entities[label].append(
            {
                "id": id,
                "name": name,
                "aliases": sorted({alias for alias in aliases if alias and alias != name}),
                **{key: value for key, value in (properties or {}).items() if value is not None},
                "raw": {key: text for key, text in (raw or {}).items() if len(text) <= RAW_LIMIT},
                "cells": dict(cells or {}),
                "source": origin.source,
                "locator": origin.locator,
                "as_of": origin.as_of,
                "method": origin.method,
                "confidence": origin.confidence,
            }
        )
        return id

    def link(self, kind: str, subject: str, target: str, origin: Origin, **properties: Any) -> None:
        """Add one link row from `subject` to `target` (ids)."""
        self.links[kind].append(
            {
                "subject": subject,
                "object": target,
                **{key: value for key, value in properties.items() if value is not None},
                "source": origin.source,
                "locator": origin.locator,
                "as_of": origin.as_of,
                "method": origin.method,
                "confidence": origin.confidence,
            }
        )

    def extend(self, other: Records) -> None:
        """Append all rows of `other`; the order of inputs is the order of rows."""
        for label, rows in other.entities.items():
            self.entities[label].extend(rows)
        for kind, links in other.links.items():
            self.links[kind].extend(links)

    def __len__(self) -> int:
        return sum(map(len, self.entities.values())) + sum(map(len, self.links.values()))

    def write_csv(self, folder: Path, schema: Schema) -> None:
        """One readable CSV per label and type, in the order of the rows; lists and mappings as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in sorted(self.entities.items()):
            own = [c for c in schema.labels[name].properties if any(c in row for row in rows)]
            _write(folder / f"{name}.csv", [*_ENTITY_COLUMNS[:3], *own, *_ENTITY_COLUMNS[3:]], rows)
        for name, rows in sorted(self.links.items()):
            own = [c for c in schema.relations[name].properties if any(c in row for row in rows)]
            _write(folder / f"{name}.csv", [*_LINK_COLUMNS[:2], *own, *_LINK_COLUMNS[2:]], rows)

    @classmethod
    def read_csv(cls, folder: Path, schema: Schema) -> Records:
        """The records that `write_csv` wrote. An unknown file or column is a SourceError."""
        records = cls()
        for path in sorted(folder.glob("*.csv")):
            name = path.stem
            own: Mapping[str, Property]
            base: tuple[str, ...]
            if name in schema.labels:
                own, base, into = schema.labels[name].properties, _ENTITY_COLUMNS, records.entities
            elif name in schema.relations:
                own, base, into = schema.relations[name].properties, _LINK_COLUMNS, records.links
            else:
                raise SourceError(
                    say(
                        f"{path}: '{name}' is neither a label nor a relation type of the ontology",
                        f"{path}：“{name}”既不是本体的类型，也不是本体的关系",
                    )
                )
            types = {column: p.datatype for column, p in own.items()}
            types |= {"aliases": "text_list", "raw": "mapping", "cells": "mapping", "confidence": "number"}
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file, strict=True)
                unknown = set(reader.fieldnames or ()) - set(own) - set(base)
                if unknown:
                    raise SourceError(
                        say(
                            f"{path}: column {min(unknown)!r} is not a property of {name}",
                            f"{path}：列“{min(unknown)}”不是 {name} 的属性",
                        )
                    )
                for row in reader:
                    into[name].append(_read(path, reader.line_num, row, types, base))
        return records


def _write(path: Path, columns: list[str], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(row.get(column)) for column in columns])


def _cell(value: Any) -> Any:
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return repr(value) if isinstance(value, float) else value


def _read(
    path: Path, line: int, row: Mapping[str, str], types: Mapping[str, str], base: Iterable[str]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column, text in row.items():
        kind = types.get(column, "text")
        try:
            value = _value(text, kind)
        except ValueError as error:
            raise SourceError(
                say(
                    f"{path.name} line {line}: {column} {text!r} is not a {kind}",
                    f"{path.name} 第 {line} 行：{column} 的值“{text}”不是 {kind}",
                )
            ) from error
        if value is None and column in ("source", "locator"):
            value = ""
        # A blank cell of a list says nothing, as one of any other property; only `aliases` is always there.
        if (value is not None and value != []) or column in base:
            made[column] = value
    return made


def _value(text: str, kind: str) -> Any:
    if kind in ("text_list", "mapping"):
        return json.loads(text) if text else ([] if kind == "text_list" else {})
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    if kind == "boolean":
        if text not in ("true", "false"):
            raise ValueError(text)
        return text == "true"
    return text
