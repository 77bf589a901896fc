"""Reviewed record files: what a person added to, or corrected in, what was read from a document.

A folder holds `document.toml` (which document) and CSV files, one line per fact, each with the line of the document
where it is said: `entities.csv`, `relations.csv`, `observations.csv`, `conflicts.csv`, and `retractions.csv` for what a
program read wrongly. Names are resolved as everywhere: places by the place table, words of the chain by the ontology, the
rest by the names that `entities.csv` declares. Columns and an example: docs/curated.md.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aikg.loaders import identity
from aikg.loaders.cells import read_property
from aikg.loaders.numbers.dates import DateError, parse_date
from aikg.loaders.numbers.quantities import comparator
from aikg.loaders.records import Origin, Problem, Records, locator
from aikg.loaders.reviewed import TOPICS, Retraction, Reviewed, csv_rows, topics_of
from aikg.loaders.statements import line_of
from aikg.ontology.concepts import Concepts, load_concepts
from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, say
from aikg.ontology.places import Place, Places, load_places
from aikg.ontology.schema import Schema, load_schema

__all__ = ["read_curated"]

_PLACES = {"Country": "country", "Region": "region", "Province": "province", "City": "city", "District": "district"}
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_curated(
    folder: Path,
    known: Records | None = None,
    *,
    schema: Schema | None = None,
    places: Places | None = None,
    concepts: Concepts | None = None,
) -> Reviewed:
    """The reviewed records of `folder`, or of each folder in it, in the order of their names.

    What `known` holds of the same document (its tables) need not be declared again. SourceError with file, line and
    cure for a broken file; a row that names what nobody declared, or a relation that the ontology does not allow, is
    a problem of the result, so that one wrong line does not hide the others.
    """
    if not folder.is_dir():
        raise SourceError(say(f"{folder}: no such folder of reviewed records", f"{folder}：没有这个审定记录文件夹"))
    made = Reviewed()
    inside = [folder] if (folder / "document.toml").exists() else sorted(p for p in folder.iterdir() if p.is_dir())
    if not any((path / "document.toml").exists() for path in inside):
        raise SourceError(
            say(
                f"{folder}: holds no document.toml that says which document its records are of (docs/curated.md)",
                f"{folder}：没有说明记录属于哪份文件的 document.toml（见 docs/curated.md）",
            )
        )
    schema, places, concepts = schema or load_schema(), places or load_places(), concepts or load_concepts()
    topics = topics_of(inside, known or Records(), schema)
    for path in inside:
        _Reader(path, made, schema, places, concepts, topics).read(known or Records())
    return made


@dataclass(frozen=True, slots=True)
class _Thing:
    id: str
    label: str
    name: str
    line: int
    place: Place | None = None
    from_table: bool = False


class _Reader:
    def __init__(
        self,
        folder: Path,
        made: Reviewed,
        schema: Schema,
        places: Places,
        concepts: Concepts,
        topics: dict[str, tuple[str, str, str]],
    ) -> None:
        self.folder, self.made = folder, made
        self.schema, self.places, self.concepts = schema, places, concepts
        self.topics = topics  # one word, one node: the label under which a word came first, in any document
        self.declared: dict[tuple[str, str], list[_Thing]] = defaultdict(list)
        self.file = ""
        self.line = 0

    def read(self, known: Records) -> None:
        self.source, self.published = self._document()
        for label, rows_of_label in known.entities.items():
            for row in rows_of_label:
                if row["source"] == self.source and label in self.schema.labels:
                    thing = _Thing(row["id"], label, row["name"], line_of(row["locator"]) or 0, from_table=True)
                    for word in {row["name"], *row["aliases"]}:
                        self.declared[label, word].append(thing)
        rows = list(self._rows("entities"))
        for row in sorted(rows, key=lambda r: r["label"] in ("Event", "Assessment")):
            self._entity(row)
        for row in self._rows("relations"):
            self._relation(row)
        for row in self._rows("observations"):
            self._observation(row)
        for row in self._rows("conflicts"):
            self._conflict(row)
        for row in self._rows("retractions"):
            label = row["label"]
            if label not in self.schema.labels:
                self._stop(f"'{label}' is not a label of the ontology", f"“{label}”不是本体的类型")
            self.made.retractions.append(Retraction(self.source, label, row["name"], int(row["line"] or 0)))

    # -- files ------------------------------------------------------------------------------------

    def _document(self) -> tuple[str, str | None]:
        path = self.folder / "document.toml"
        try:
            about = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SourceError(say(f"{path}: cannot be read ({error})", f"{path}：无法读取（{error}）")) from None
        sha256, title = str(about.get("sha256", "")), about.get("title")
        if not _SHA256.fullmatch(sha256) or not isinstance(title, str) or not title.strip():
            raise SourceError(
                say(
                    f"{path}: sha256 (64 hex digits of the document) and title are needed",
                    f"{path}：需要 sha256（文件的 64 位十六进制）和 title",
                )
            )
        source = f"src:{sha256[:12]}"
        published = about.get("published")
        try:
            published = parse_date(str(published)) if published else None
        except DateError:
            raise SourceError(
                say(
                    f"{path}: published {str(published)[:40]!r} is not a date; write 2022, 2022-09 or 2022-09-01",
                    f"{path}：published“{str(published)[:40]}”不是日期；请写成 2022、2022-09 或 2022-09-01",
                )
            ) from None
        properties = {name: str(about[name]) for name in ("publisher", "published", "url") if about.get(name)}
        origin = Origin(source, "", str(published) if published else None, "curated")
        self.made.records.entity("Source", source, str(title), origin, properties={**properties, "sha256": sha256})
        return source, str(published) if published else None

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        self.file = f"{self.folder.name}/{name}.csv"
        for line, row in csv_rows(self.folder, name):
            self.line = line
            yield row

    def _problem(self, en: str, zh: str) -> None:
        self.made.problems.append(Problem(self.file, self.line, Said(en, zh)))

    def _origin(self, line: str) -> Origin:
        if not line.isdigit():
            self._stop(f"line {line!r} is not a number", f"line“{line}”不是数")
        return Origin(self.source, locator(int(line)), self.published, "curated", 1.0)

    def _stop(self, en: str, zh: str) -> None:
        raise SourceError(say(f"{self.file} line {self.line}: {en}", f"{self.file} 第 {self.line} 行：{zh}"))

    # -- things -----------------------------------------------------------------------------------

    def _entity(self, row: Mapping[str, str]) -> None:
        label = row["label"]
        if label not in self.schema.labels:
            self._stop(f"'{label}' is not a label of the ontology", f"“{label}”不是本体的类型")
        if not identity.clean_name(row["name"]):
            self._stop("the name is empty", "名称是空的")
        origin = self._origin(row["line"])
        aliases = [identity.clean_name(a) for a in row["aliases"].split("|") if a.strip()]
        place = self._place(row["place"]) if row["place"] else None
        values, cells = self._properties(label, row["properties"])
        thing = self._in_table(label, row) or self._thing(
            label, row["name"], int(row["line"]), place, row["place"], values, origin
        )
        for word in (row["name"], thing.name, *aliases):
            known = self.declared[label, identity.clean_name(word)]
            if thing.id not in {t.id for t in known if t.line == thing.line}:
                known.append(thing)
        own = self.schema.labels[thing.label].properties
        kept = {name: value for name, value in values.items() if name in own}
        self.made.records.entity(
            thing.label,
            thing.id,
            thing.name,
            origin,
            properties=kept,
            raw=cells,
            aliases=[*aliases, identity.clean_name(row["name"])],
        )

    def _in_table(self, label: str, row: Mapping[str, str]) -> _Thing | None:
        """The thing that a table of the document names, when the reviewer's line or the name alone tells which it is: he
        adds to it, under its id.
        """
        known = self.declared.get((label, identity.clean_name(row["name"])), ())
        of_tables = {thing.id: thing for thing in known if thing.from_table}
        here = [thing for thing in known if thing.from_table and thing.line == int(row["line"])]
        if here or (len(of_tables) == 1 and label == "Policy"):
            return (here or list(of_tables.values()))[0]
        return None

    def _properties(self, label: str, text: str) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        raw: dict[str, str] = {}
        for part in filter(None, (p.strip() for p in text.split(";"))):
            name, _, value = (piece.strip() for piece in part.partition("="))
            if name not in self.schema.labels[label].properties:
                self._problem(f"{name!r} is not a property of {label}", f"“{name}”不是 {label} 的属性")
                continue
            found = read_property(label, name, value, self.schema, self.concepts)
            if doubt := found.error or found.note:
                self._problem(f"{name} {value!r}: {doubt.en}", f"{name}“{value}”：{doubt.zh}")
                continue
            values |= found.values
            raw |= dict.fromkeys(found.values, value)
        return values, raw

    def _thing(
        self,
        label: str,
        name: str,
        line: int,
        place: Place | None,
        issuer: str,
        values: Mapping[str, Any],
        origin: Origin,
    ) -> _Thing:
        """The id of a declared thing: places and words of the chain by their tables, others by their identity."""
        name = identity.clean_name(name)
        if label in _PLACES:
            return self._named_place(label, name, line, place)
        if label in TOPICS:
            return _Thing(*self._topic(label, name), line)
        key = ""
        if label == "Park" and place is not None:
            key = identity.park_place(place)
        elif label == "Policy":
            leading = self.places.leading(name)
            key = leading[0].code if leading else place.code if place else issuer
        id_ = identity.entity_id(
            label,
            self.schema.labels[label].id_prefix,
            name,
            place=key,
            key=identity.identifying(label, name, values, origin.locator),
        )
        return _Thing(id_, label, name, line, place)

    def _named_place(self, label: str, name: str, line: int, within: Place | None) -> _Thing:
        found = self.places.resolve(name, level=_PLACES[label], within=within).place
        if found is None:
            found = self.places.resolve(name, level=_PLACES[label]).place
        if found is not None:
            return _Thing(found.id, found.label, found.name, line, found)
        # Areas that no code table has (苏南, 硅谷) are things of their own, inside what the document says.
        prefix = self.schema.labels[label].id_prefix
        around = f"{within.code}:" if within is not None and label in ("City", "District") else ""
        return _Thing(f"{prefix}:{around}{name}", label, name, line)

    def _topic(self, label: str, name: str) -> tuple[str, str, str]:
        concept = self.concepts.find(name)
        if concept is not None:
            return concept.id, concept.label, concept.name
        if name not in self.topics:
            self.topics[name] = (identity.entity_id(label, self.schema.labels[label].id_prefix, name), label, name)
        return self.topics[name]

    def _place(self, text: str) -> Place | None:
        return self.places.resolve(text).place

    def _find(self, label: str, name: str, line: int) -> _Thing | None:
        """A declared thing, or a place or word of the chain that needs no declaration.

        Of two things of one name (国家人工智能战略 of two countries) the one declared nearest above is meant.
        """
        clean = identity.clean_name(name)
        known = self.declared.get((label, clean), ())
        if known:
            above = [thing for thing in known if thing.line <= line]
            return max(above, key=lambda t: t.line) if above else min(known, key=lambda t: t.line)
        if label not in _PLACES and label not in TOPICS and label != "Group":
            self._problem(f"{label} '{name}' is declared nowhere", f"{label}“{name}”没有声明")
            return None
        origin = self._origin(str(line))
        thing = self._thing(label, name, line, None, "", {}, origin)
        self.made.records.entity(thing.label, thing.id, thing.name, origin, aliases=[clean])
        self.declared[label, clean].append(thing)
        return thing

    # -- statements -------------------------------------------------------------------------------

    def _relation(self, row: Mapping[str, str]) -> None:
        kind = row["type"]
        if kind not in self.schema.relations:
            self._stop(f"'{kind}' is not a relation type of the ontology", f"“{kind}”不是本体的关系")
        origin = self._origin(row["line"])
        line = int(row["line"])
        subject = self._find(row["subject_label"], row["subject"], line)
        target = self._find(row["object_label"], row["object"], line)
        if subject is None or target is None or subject.id == target.id:
            return
        relation = self.schema.relations[kind]
        if not relation.allows(subject.label, target.label):
            self._problem(
                f"no {kind} from {subject.label} '{subject.name}' to {target.label} '{target.name}'",
                f"本体没有从 {subject.label}“{subject.name}”到 {target.label}“{target.name}”的 {kind}",
            )
            return
        properties: dict[str, Any] = {}
        for part in filter(None, (p.strip() for p in row["properties"].split(";"))):
            name, _, value = (piece.strip() for piece in part.partition("="))
            if name in relation.properties:
                datatype = relation.properties[name].datatype
                number = self._number(value) if datatype in ("integer", "number") else None
                properties[name] = value if number is None else int(number) if datatype == "integer" else number
        # What a person read may say more than the line of either end: each end is told of there.
        self._tell(subject, origin)
        self._tell(target, origin)
        self.made.records.link(kind, subject.id, target.id, origin, **properties)

    def _tell(self, thing: _Thing, origin: Origin) -> None:
        self.made.records.entity(thing.label, thing.id, thing.name, origin)

    def _observation(self, row: Mapping[str, str]) -> None:
        origin = self._origin(row["line"])
        line = int(row["line"])
        subjects = [self._find(row["subject_label"], row["subject"], line)]
        for part in filter(None, row["also"].split("|")):
            label, _, name = part.partition(":")
            subjects.append(self._find(label.strip(), name.strip(), line))
        things = [thing for thing in subjects if thing is not None]
        if len(things) < len(subjects):
            return
        wording = row["indicator"][:40]
        indicator = self.concepts.find_indicator(wording)
        qualifier = [q for q in row["qualifier"].split("+") if q] or ["exact"]
        values: dict[str, Any] = {
            "indicator": indicator.name if indicator else None,
            "indicator_text": wording,
            "value": self._number(row["value"]),
            "value_max": self._number(row["value_max"]),
            "value_text": row["raw"][:40] or None,
            "unit": row["unit"] or None,
        }
        if indicator is None:
            self.made.untied_indicators.setdefault(wording, f"{origin.source}#{origin.locator}")
        raw = {"value": row["raw"]} if row["raw"] else {}
        ids = sorted({thing.id for thing in things})
        for thing in things:
            self._tell(thing, origin)
        records = self.made.records
        if row["policy"]:
            policy = self._find("Policy", row["policy"], line)
            if policy is None:
                return
            values |= {"due": row["period"] or None, "comparator": comparator(qualifier, row["raw"])}
            prefix = self.schema.labels["PolicyTarget"].id_prefix
            key = identity.identifying("PolicyTarget", wording, values, origin.locator)
            id_ = identity.entity_id("PolicyTarget", prefix, wording, key=(policy.id, *key))
            records.entity("PolicyTarget", id_, wording, origin, properties=values, raw=raw)
            records.link("TARGETS", policy.id, id_, origin)
        else:
            values |= {"period": row["period"] or None, "scope": row["scope"] or None, "qualifier": sorted(qualifier)}
            prefix = self.schema.labels["Observation"].id_prefix
            id_ = identity.entity_id("Observation", prefix, wording, key=identity.observation_key(ids, values))
            records.entity("Observation", id_, wording, origin, properties=values, raw=raw)
        for id_of_subject in ids:
            records.link("OBSERVED", id_of_subject, id_, origin)

    def _number(self, text: str) -> float | None:
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._stop(f"value {text[:40]!r} is not a number", f"value“{text[:40]}”不是数")
        return number

    def _conflict(self, row: Mapping[str, str]) -> None:
        subject = self._find(row["subject_label"], row["subject"], int(row["line_a"]))
        if subject is None:
            return
        first, second = self._origin(row["line_a"]), self._origin(row["line_b"])
        cited = [f"{o.source}#{o.locator}" for o in (first, second)]
        prefix = self.schema.labels["Conflict"].id_prefix
        key = (subject.id, row["property"], row["kind"], row["value_a"], row["value_b"], *cited)
        id_ = f"{prefix}:{identity.digest(*key)}"
        values = {
            "property": row["property"],
            "kind": row["kind"],
            "severity": row["severity"],
            "values": [row["value_a"], row["value_b"]],
            "value_sources": cited,
        }
        records = self.made.records
        records.entity("Conflict", id_, f"{subject.name}：{row['property']}", first, properties=values)
        records.entity("Conflict", id_, f"{subject.name}：{row['property']}", second)
        self._tell(subject, first)
        records.link("HAS_CONFLICT", subject.id, id_, first)
