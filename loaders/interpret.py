"""Rows of a table → records, as a mapping file says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from aikg.loaders import identity
from aikg.loaders.cells import Reading, read_property
from aikg.loaders.gazetteer import Gazetteer
from aikg.loaders.mapping import BUNDLES, EntitySpec, LinkSpec, TableMapping
from aikg.loaders.observations import observe
from aikg.loaders.readers.tables import Row, Table, fill_down, merge_continued
from aikg.loaders.records import Origin, Problem, Records, locator
from aikg.loaders.rows import Ref, RowContext, TableResult
from aikg.loaders.statements import line_of
from aikg.ontology.concepts import Concepts, load_concepts
from aikg.ontology.language import Said
from aikg.ontology.places import Place, Places, load_places
from aikg.ontology.schema import Schema, load_schema

__all__ = ["Interpreter"]

_LIST_MARKS = re.compile(r"[、，,;；]")


class Interpreter:
    """Reads tables by their mappings. `gazetteer` knows the names that running text is searched for."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        schema: Schema | None = None,
        places: Places | None = None,
        concepts: Concepts | None = None,
    ) -> None:
        self.gazetteer = gazetteer
        self.schema = schema or load_schema()
        self.places = places or load_places()
        self.concepts = concepts or load_concepts()

    def read(
        self,
        table: Table,
        mapping: TableMapping,
        columns: Mapping[str, int],
        groups: Mapping[str, str],
        origin: Origin,
        file: str,
        *,
        sheet: bool = False,
    ) -> TableResult:
        """All rows of `table`. `origin` is the document's: source and as_of; the locator is made here.

        Of a row with a bad value a document still gives what is good in it (`partial`); a row of a `sheet`, which its
        owner can mend, is left out as a whole.
        """
        result = TableResult(mapping=mapping.name, rows=len(table.rows))
        rows: Sequence[Row] = table.rows
        if not sheet:  # page breaks and "as above" are habits of documents; in a sheet a blank is a blank
            if mapping.key is not None:
                rows = merge_continued(rows, columns[mapping.key])
            rows = fill_down(rows, [columns[name] for name in mapping.fill_down if name in columns])
        result.logical_rows = len(rows)
        headers = {name: table.headers[index] for name, index in columns.items()}
        seen: dict[tuple[str | None, ...], Row] = {}
        for row in rows:
            where = locator(line_of(row.locator) or row.line, table.number or table.caption)
            context = RowContext(
                row,
                {name: row.cells[index] for name, index in columns.items()},
                headers,
                {f"@{key}": value for key, value in groups.items()},
                replace(origin, locator=where),
            )
            content = tuple(cell.text for name, cell in context.cells.items() if name != "number")
            if content in seen:
                result.repeated.append(row.line)
            seen.setdefault(content, row)
            before = len(result.problems)
            taken = self._row(context, mapping, result, file, sheet=sheet)
            clean = not any(p.row for p in result.problems[before:])
            result.accepted += int(taken and clean)
            result.partial += int(taken and not clean)
        return result

    def _row(self, context: RowContext, mapping: TableMapping, result: TableResult, file: str, *, sheet: bool) -> bool:
        found: list[Problem] = []

        def problem(message: Said, *, row: bool = True) -> None:
            found.append(Problem(file, context.row.line, message, row, "row" if sheet else "line"))
            result.problems.append(found[-1])

        if context.row.problem or context.row.ragged:
            problem(
                context.row.problem or Said("the row has not as many cells as the header", "这一行的格数与表头不同")
            )
            return False
        if mapping.key is not None and context.text(mapping.key) is None:
            key = context.headers[mapping.key]
            problem(Said(f"{key} is blank", f"{key}为空"))
            return False
        staged = Records()
        for spec in mapping.entities:
            context.refs[spec.as_] = list(self._entities(spec, context, staged, result, problem))
        for link in mapping.links:
            self._link(link, context, staged)
        for observation in mapping.observations:
            observe(observation, context, staged, result, self.schema, self.concepts, problem)
        if sheet and any(p.row for p in found):
            return False
        result.records.extend(staged)
        for spec in mapping.entities:
            if spec.label in self.schema.labels:
                result.things.setdefault(spec.label, set()).update(ref.id for ref in context.refs[spec.as_])
        return True

    # -- entities ---------------------------------------------------------------------------------

    def _entities(
        self,
        spec: EntitySpec,
        context: RowContext,
        records: Records,
        result: TableResult,
        problem: Callable[..., None],
    ) -> Iterator[Ref]:
        text = context.render(spec.name)
        if text is None:
            return
        header = context.header(spec.name)
        origin = context.origin
        if spec.method:
            origin = replace(origin, method=spec.method, confidence=spec.confidence)
        if spec.label == "Place":
            yield from self._place(spec, text, header, origin, context, records, problem)
        elif spec.label == "Focus":
            yield from self._focus(spec, text, header, origin, records, result)
        elif spec.label == "Mention":
            yield from self._mention(spec, text, header, origin, records)
        else:
            yield from self._thing(spec, text, header, origin, context, records, problem)

    def _place(
        self,
        spec: EntitySpec,
        text: str,
        header: str | None,
        origin: Origin,
        context: RowContext,
        records: Records,
        problem: Callable[..., None],
    ) -> Iterator[Ref]:
        found: list[tuple[Place, str]] = []
        if spec.leading or spec.anywhere:
            name = identity.clean_name(text)
            if spec.anywhere:
                found = [(place, name[start:end]) for start, end, place in self.places.find_all(name)]
            elif leading := self.places.leading(name):
                found = [(leading[0], name[: leading[1]])]
        else:
            around = next((ref.place for ref in context.refs.get(spec.within or "", []) if ref.place), None)
            resolution = self.places.resolve(text, within=around)
            if resolution.place is None:
                said = resolution.message
                problem(Said(f"{header or 'place'}: {said['en']}", f"{header or '地名'}：{said['zh']}"))
                return
            found = [(resolution.place, text)]
        for place, word in found:
            if not spec.labels or place.label in spec.labels:
                records.entity(place.label, place.id, place.name, origin, **_named(word, header))
                yield Ref(place.id, place.label, word, header, origin.at(header), place)

    def _focus(
        self,
        spec: EntitySpec,
        text: str,
        header: str | None,
        origin: Origin,
        records: Records,
        result: TableResult,
    ) -> Iterator[Ref]:
        # A sentence in a column of key words is searched for known names instead of being cut at its commas.
        if spec.split and "。" in text:
            yield from self._mention(spec, text, header, replace(origin, method="pattern", confidence=0.8), records)
            return
        words = [text]
        if spec.split:
            words = [re.sub(r"等(?:领域|产业)?$", "", word.strip()) for word in _LIST_MARKS.split(text)]
        for word in words:
            name = identity.clean_name(word)
            if not name:
                continue
            concept = self.concepts.find(name)
            if concept is not None:
                label, id_, name = concept.label, concept.id, concept.name
            else:
                label = spec.default
                id_ = identity.entity_id(label, self.schema.labels[label].id_prefix, name)
                result.unknown_words.setdefault(name, label)
            records.entity(label, id_, name, origin, **_named(word, header))
            yield Ref(id_, label, word, header, origin.at(header))

    def _mention(
        self, spec: EntitySpec, text: str, header: str | None, origin: Origin, records: Records
    ) -> Iterator[Ref]:
        for found in self.gazetteer.find(text):
            if spec.labels and found.label not in spec.labels:
                continue
            records.entity(found.label, found.id, found.name, origin, **_named(found.word, header))
            yield Ref(found.id, found.label, found.word, header, origin.at(header))

    def _thing(
        self,
        spec: EntitySpec,
        text: str,
        header: str | None,
        origin: Origin,
        context: RowContext,
        records: Records,
        problem: Callable[..., None],
    ) -> Iterator[Ref]:
        label = self.schema.labels[spec.label]
        written = text
        aliases = []
        if spec.strip is not None and (match := spec.strip.search(text)):
            context.variables |= {key: value for key, value in match.groupdict().items() if value}
            aliases.append(identity.clean_name(text))
            text = (text[: match.start()] + text[match.end() :]).strip()
        name = identity.clean_name(text)
        if spec.label == "ChainLayer":
            layer = self.concepts.find(name)
            if layer is None or layer.label != "ChainLayer":
                names = [c.name for c in self.concepts.layers()]
                problem(
                    Said(
                        f"{header or 'layer'} {name!r} is not one of {', '.join(names)}",
                        f"{header or '产业链层'}“{name}”应为 {'、'.join(names)} 之一",
                    )
                )
                return
            name = layer.name
        reading = self._properties(spec, context, problem)
        if spec.kinds and (kind := self._kind(spec.kinds, name)):
            reading.values["kind"] = kind
            reading.cells["kind"] = header or ""
        id_ = identity.entity_id(
            spec.label,
            label.id_prefix,
            name,
            place=self._place_key(spec, name, context),
            uscc=str(reading.values.get("uscc") or ""),
            key=identity.identifying(spec.label, name, reading.values, origin.locator),
        )
        records.entity(
            spec.label,
            id_,
            name,
            origin,
            properties=reading.values,
            raw={"name": written, **reading.raw},
            cells=({"name": header} if header else {}) | reading.cells,
            aliases=[*aliases, " ".join(written.split()).strip("《》") if not aliases else ""],
        )
        yield Ref(id_, spec.label, written, header, origin.at(header))

    def _properties(self, spec: EntitySpec, context: RowContext, problem: Callable[..., None]) -> Reading:
        reading = Reading()
        for name, template in spec.properties.items():
            column = context.column(template)
            cell = context.cells.get(column) if column else None
            targets = BUNDLES.get(name, (name,))
            if cell is not None and cell.is_dash and template == f"{{{column}}}":
                reading.raw |= dict.fromkeys(targets[:1], cell.raw)
                reading.cells |= {target: context.headers[column] for target in targets if column}
                continue
            text = context.render(template)
            if text is None:
                continue
            found = read_property(spec.label, name, text, self.schema, self.concepts)
            if doubt := found.error or found.note:
                where = context.headers[column] if column else name
                message = Said(f"{where} {text!r}: {doubt.en}", f"{where}“{text}”：{doubt.zh}")
                problem(message, row=found.error is not None)
            if found.error:
                continue
            reading.values |= found.values
            if column:
                reading.raw |= dict.fromkeys(found.values, text)
                reading.cells |= dict.fromkeys(found.values, context.headers[column])
            for value, more in spec.when.get(name, {}).items():
                if found.values.get(name) == value:
                    reading.values |= more
                    reading.raw |= dict.fromkeys(more, text)
                    reading.cells |= {key: context.headers[column] for key in more if column}
        return reading

    def _kind(self, code_list: str, name: str) -> str | None:
        """The code whose wording the name ends with; the longest wording wins (高新技术产业开发区 before 开发区)."""
        best: tuple[int, str] | None = None
        for concept in self.concepts.code_list(code_list):
            for wording in filter(None, (concept.zh, *concept.alternatives)):
                if name.endswith(wording) and (best is None or len(wording) > best[0]):
                    best = (len(wording), concept.name)
        return best[1] if best else None

    def _place_key(self, spec: EntitySpec, name: str, context: RowContext) -> str:
        """What stands for the place in the id of a park (its city) or of a policy (the place in its own name first)."""
        given = next((ref.place for ref in context.refs.get(spec.place or "", []) if ref.place), None)
        if spec.label == "Policy":
            leading = self.places.leading(name)
            return leading[0].code if leading else (given.code if given else "")
        if given is None:
            return ""
        return identity.park_place(given) if spec.label == "Park" else given.code

    # -- relations and numbers --------------------------------------------------------------------

    def _link(self, spec: LinkSpec, context: RowContext, records: Records) -> None:
        for subject in context.refs[spec.from_]:
            for target in context.refs[spec.to]:
                if (spec.only and target.label not in spec.only) or subject.id == target.id:
                    continue
                # The more doubtful end decides: a place read from a name makes the relation a pattern too.
                origin = min(target.origin, subject.origin, key=lambda o: o.confidence)
                origin = replace(origin, locator=(target if target.cell else subject).origin.locator)
                context.variables["word"] = target.word
                properties = {key: context.render(value) for key, value in spec.properties.items()}
                records.link(spec.type, subject.id, target.id, origin, **properties)
        context.variables.pop("word", None)


def _named(word: str, header: str | None) -> dict[str, Any]:
    """What is kept of a bare mention: the word as written and the column."""
    return {"raw": {"name": word}, "cells": {"name": header} if header else {}, "aliases": [word]}
