"""Mapping files: what a table with certain headers means, in TOML, so that no document needs code of its own.

Format, with an example, in docs/mappings.md. A mapping fits a table when all its `required` columns
are there and, if it names a `caption` pattern, the caption matches or is absent.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from aikg.loaders.mapping_values import misfits
from aikg.ontology.errors import SourceError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

__all__ = ["EntitySpec", "LinkSpec", "ObservationSpec", "TableMapping", "choose", "load_mappings", "read_mapping_file"]

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
"""What a template is filled with: ``{column}``, ``{@group}``, ``{#column}``, ``{a|b}``, ``{x?}``."""

# Labels that a mapping may name beside those of the ontology: what they become depends on the cell.
VIRTUAL_LABELS = {
    "Place": "a name from the place table: Country, Region, Province, City or District",
    "Focus": "a word or list of words: ChainSegment, Technology, Industry or ApplicationField, as the ontology says",
    "Mention": "known names inside running text",
}
BUNDLES = {
    "money": ("amount", "currency", "amount_text"),
    "capacity": ("capacity_value", "capacity_unit"),
}
"""Pseudo-properties: one cell, several properties."""


@dataclass(frozen=True)
class EntitySpec:
    """One kind of thing that each row speaks of. `name` and property values are templates: ``{column}``, ``{@group}``."""

    as_: str
    label: str
    name: str
    properties: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    within: str | None = None
    split: bool = False
    leading: bool = False
    anywhere: bool = False
    strip: re.Pattern[str] | None = None
    kinds: str | None = None
    default: str = "Industry"
    labels: tuple[str, ...] = ()
    when: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    method: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class LinkSpec:
    """A relation between two of the row's entities; `only` limits the labels of the target."""

    type: str
    from_: str
    to: str
    properties: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class ObservationSpec:
    """A number in a cell, observed of one or more of the row's entities. `read`: number, stages (several in a cell), text."""

    of: tuple[str, ...]
    value: str
    indicator: str | None = None
    unit: str | None = None
    period: str | None = None
    scope: str | None = None
    read: str = "number"
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableMapping:
    """What the rows of one kind of table mean."""

    name: str
    file: str
    title: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    caption: re.Pattern[str] | None = None
    key: str | None = None
    fill_down: tuple[str, ...] = ()
    entities: tuple[EntitySpec, ...] = ()
    links: tuple[LinkSpec, ...] = ()
    observations: tuple[ObservationSpec, ...] = ()

    def assign(self, headers: Sequence[str]) -> dict[str, int] | None:
        """Column name → index in the table, or None when a required column is missing.

        The wording ``*`` takes the first header that no other column knows: the indicator of a ranking.
        """
        found: dict[str, int] = {}
        left = []
        for index, header in enumerate(headers):
            key = header_key(header)
            for column, wordings in self.columns.items():
                if column not in found and key in {header_key(wording) for wording in wordings}:
                    found[column] = index
                    break
            else:
                left.append(index)
        for column, wordings in self.columns.items():
            if "*" in wordings and column not in found and left:
                found[column] = left.pop(0)
        return found if all(column in found for column in self.required) else None


def header_key(header: str) -> str:
    """Headers are compared without width, case, blanks and a unit in brackets: 社会融资规模增量（亿元） = 社会融资规模增量."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header)).casefold()
    return re.sub(r"\((?:单位[::])?[^()]*\)$", "", text) or text


def choose(
    mappings: Iterable[TableMapping], headers: Sequence[str], caption: str | None
) -> tuple[TableMapping, dict[str, int], dict[str, str]] | None:
    """The mapping that fits best, its columns, and the named groups of the caption.

    A caption that matches counts most, then the number of headers that are understood, then order.
    A mapping whose caption pattern does not match a given caption may still fit by its headers alone:
    what the caption would have told stays unknown.
    """
    best: tuple[tuple[int, int], TableMapping, dict[str, int], dict[str, str]] | None = None
    for mapping in mappings:
        columns = mapping.assign(headers)
        if columns is None:
            continue
        match = mapping.caption.search(caption) if mapping.caption and caption else None
        groups = {key: value for key, value in match.groupdict().items() if value} if match else {}
        rank = (int(match is not None), len(columns))
        if best is None or rank > best[0]:
            best = (rank, mapping, columns, groups)
    return best[1:] if best else None


@functools.lru_cache(maxsize=1)
def _shipped() -> tuple[TableMapping, ...]:
    folder = resources.files("aikg.loaders") / "mappings"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(m for f in files for m in _parse(f.name, f.read_text(encoding="utf-8")))


def load_mappings(*extra: Path) -> tuple[TableMapping, ...]:
    """A user's own mapping files first (they win over equal fits), then the shipped ones."""
    return (*(m for path in extra for m in read_mapping_file(path)), *_shipped())


def read_mapping_file(path: Path) -> tuple[TableMapping, ...]:
    """Raises SourceError that names file, table and key."""
    try:
        return _parse(path.name, path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourceError(say(f"{path}: no such mapping file", f"{path}：没有这个映射文件")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            say(f"{path}: cannot be read as UTF-8 text ({error})", f"{path}：无法按 UTF-8 文本读取（{error}）")
        ) from error


def _parse(file: str, text: str) -> tuple[TableMapping, ...]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(say(f"{file}: not valid TOML: {error}", f"{file}：不符合 TOML 格式：{error}")) from error
    tables = document.get("table")
    if not isinstance(tables, list) or not tables:
        raise SourceError(
            say(
                f"{file}: no [[table]] in it; see docs/mappings.md for the format",
                f"{file}：里面没有 [[table]]；格式见 docs/mappings.md",
            )
        )
    if not all(isinstance(table, dict) for table in tables):
        raise SourceError(say(f"{file}: `table` must be written as [[table]]", f"{file}：`table` 要写成 [[table]]"))
    return tuple(_Reader(file, table).mapping() for table in tables)


class _Reader:
    """One [[table]] of a file, checked key by key so that a typing error is named and not ignored."""

    def __init__(self, file: str, table: dict[str, Any]) -> None:
        self.file = file
        self.table = table
        self.name = str(table.get("name", "?"))

    def fail(self, en: str, zh: str) -> SourceError:
        return SourceError(say(f"{self.file} table '{self.name}': {en}", f"{self.file} 的表“{self.name}”：{zh}"))

    def mapping(self) -> TableMapping:
        table = self.table
        known = {"name", "title", "caption", "required", "key", "fill_down", "columns", "entity", "link", "observation"}
        self._only(table, known, "table")
        for where, value, kind in misfits(table):
            raise self.fail(f"{where} = {value!r} must be {kind.en}", f"{where} = {value!r} 不对，应为{kind.zh}")
        if "name" not in table or not table.get("columns"):
            raise self.fail("needs a name and [table.columns]", "要有 name 和 [table.columns]")
        columns = {
            str(column): tuple([wordings] if isinstance(wordings, str) else wordings)
            for column, wordings in table["columns"].items()
        }
        required = tuple(table.get("required", columns))
        key, fill_down = table.get("key"), tuple(table.get("fill_down", ()))
        for column in (*required, *([key] if key else []), *fill_down):
            if column not in columns:
                raise self.fail(
                    f"column '{column}' is not in [table.columns] ({', '.join(columns)})",
                    f"列“{column}”不在 [table.columns] 里（有 {'、'.join(columns)}）",
                )
        self.variables = self._variables(table, columns)
        entities = tuple(self._entity(row) for row in table.get("entity", ()))
        self.names = {entity.as_ for entity in entities}
        for entity in entities:
            for name in filter(None, (entity.within, entity.place)):
                if name not in self.names:
                    raise self.fail(
                        f"entity '{entity.as_}': '{name}' is not the `as` of an entity",
                        f"实体“{entity.as_}”：“{name}”不是任何实体的 `as`",
                    )
        return TableMapping(
            name=self.name,
            file=self.file,
            title=table.get("title", {"zh": self.name, "en": self.name}),
            columns=columns,
            required=required,
            caption=self._pattern(table["caption"]) if "caption" in table else None,
            key=key,
            fill_down=fill_down,
            entities=entities,
            links=tuple(self._link(row) for row in table.get("link", ())),
            observations=tuple(self._observation(row) for row in table.get("observation", ())),
        )

    def _variables(self, table: dict[str, Any], columns: Mapping[str, Any]) -> set[str]:
        """Everything a template of this table may name."""
        known = {*columns, *(f"#{column}" for column in columns), "word", "@after"}
        if "caption" in table:
            known |= {f"@{group}" for group in self._pattern(table["caption"]).groupindex}
        for row in table.get("entity", ()):
            if "strip" in row:
                known |= set(self._pattern(row["strip"]).groupindex)
        return known

    def _template(self, text: object) -> None:
        for match in PLACEHOLDER.finditer(str(text)):
            for name in match[1].split("|"):
                if name.rstrip("?") not in self.variables:
                    known = ", ".join(sorted(self.variables))
                    raise self.fail(
                        f"'{{{name}}}' is no column, caption group or variable; known are {known}",
                        f"“{{{name}}}”不是列、表题命名组或变量；可用的有 {known}",
                    )

    def _entity(self, row: dict[str, Any]) -> EntitySpec:
        fields = {f for f in EntitySpec.__dataclass_fields__ if f != "as_"} | {"as"}
        self._only(row, fields, "entity")
        label = row.get("label", "")
        schema = load_schema()
        if label not in schema.labels and label not in VIRTUAL_LABELS:
            labels = [*schema.labels, *VIRTUAL_LABELS]
            raise self.fail(
                f"label '{label}' is not one of {', '.join(labels)}", f"类型“{label}”应为 {'、'.join(labels)} 之一"
            )
        properties = row.get("properties", {})
        if label in schema.labels:
            for name in properties:
                if name not in schema.labels[label].properties and name not in BUNDLES:
                    raise self.fail(f"property '{name}' is not a property of {label}", f"“{name}”不是 {label} 的属性")
        if "as" not in row or "name" not in row:
            raise self.fail(
                "each [[table.entity]] needs `as` and `name`", "每个 [[table.entity]] 都要有 `as` 和 `name`"
            )
        made = {key: value for key, value in row.items() if key != "as"}
        if "strip" in made:
            made["strip"] = self._pattern(made["strip"])
        if "labels" in made:
            made["labels"] = tuple(made["labels"])
        for template in (row["name"], *properties.values()):
            self._template(template)
        return EntitySpec(as_=row["as"], **made)

    def _link(self, row: dict[str, Any]) -> LinkSpec:
        self._only(row, {"type", "from", "to", "properties", "only"}, "link")
        schema = load_schema()
        if row.get("type") not in schema.relations:
            raise self.fail(
                f"relation '{row.get('type')}' is not one of {', '.join(schema.relations)}",
                f"关系“{row.get('type')}”应为 {'、'.join(schema.relations)} 之一",
            )
        for end in (row.get("from"), row.get("to")):
            if end not in self.names:
                raise self.fail(
                    f"link {row['type']}: '{end}' is not the `as` of an entity ({', '.join(sorted(self.names))})",
                    f"关系 {row['type']}：“{end}”不是任何实体的 `as`（有 {'、'.join(sorted(self.names))}）",
                )
        for name in row.get("properties", {}):
            if name not in schema.relations[row["type"]].properties:
                raise self.fail(
                    f"property '{name}' is not a property of {row['type']}", f"“{name}”不是 {row['type']} 的属性"
                )
        for template in row.get("properties", {}).values():
            self._template(template)
        return LinkSpec(row["type"], row["from"], row["to"], row.get("properties", {}), tuple(row.get("only", ())))

    def _observation(self, row: dict[str, Any]) -> ObservationSpec:
        self._only(row, set(ObservationSpec.__dataclass_fields__), "observation")
        for name in row.get("of", ()):
            if name not in self.names:
                raise self.fail(
                    f"observation of '{name}', which is not the `as` of an entity",
                    f"观测的对象“{name}”不是任何实体的 `as`",
                )
        if row.get("read", "number") not in ("number", "stages", "text"):
            raise self.fail(
                f"read = '{row['read']}' is not one of number, stages, text",
                f"read = “{row['read']}”应为 number、stages、text 之一",
            )
        if not row.get("of") or "value" not in row:
            raise self.fail(
                "each [[table.observation]] needs `of` and `value`", "每个 [[table.observation]] 都要有 `of` 和 `value`"
            )
        for key in ("value", "indicator", "period", "scope"):
            self._template(row.get(key, ""))
        return ObservationSpec(**{**row, "of": tuple(row["of"]), "labels": tuple(row.get("labels", ()))})

    def _only(self, row: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in row:
            if key not in known:
                raise self.fail(
                    f"'{key}' is not a key of [[{where}]]; known are {', '.join(sorted(known))}",
                    f"[[{where}]] 里没有“{key}”这个键；可用的有 {'、'.join(sorted(known))}",
                )

    def _pattern(self, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            raise self.fail(
                f"pattern {text!r} is not a regular expression: {error}", f"“{text}”不是正则表达式：{error}"
            ) from error
