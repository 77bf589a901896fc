"""Reviewed files as rows, what they give, what a person took back; one word of the chain, one node."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aikg.loaders import identity
from aikg.loaders.readers.document import decode, read_bytes
from aikg.loaders.records import Problem, Records
from aikg.loaders.statements import line_of
from aikg.ontology.errors import SourceError
from aikg.ontology.language import say
from aikg.ontology.schema import Schema

__all__ = ["TOPICS", "Retraction", "Reviewed", "csv_rows", "retracted", "topics_of"]

TOPICS = ("ChainLayer", "ChainSegment", "ApplicationScenario", "Technology", "Industry", "ApplicationField")
"""Labels of words of the chain, the most general first: the label of a word on which reviewers differ."""


@dataclass(frozen=True, slots=True)
class Retraction:
    """A thing that a program read from a document and that is none; `line` 0 means everywhere in it."""

    source: str
    label: str
    name: str
    line: int


@dataclass
class Reviewed:
    """What the reviewed files of one or several documents say."""

    records: Records = field(default_factory=Records)
    problems: list[Problem] = field(default_factory=list)
    retractions: list[Retraction] = field(default_factory=list)
    untied_indicators: dict[str, str] = field(default_factory=dict)


def retracted(records: Records, retractions: Iterable[Retraction]) -> Records:
    """`records` without what a person took back: the thing as that document tells of it, and its links there.

    Other documents, and other lines where the retraction names one, may still tell of it.
    """
    wrong: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for taken in retractions:
        wrong[taken.source, taken.label, taken.name].add(taken.line)
    if not wrong:
        return records
    kept = Records()
    gone: dict[tuple[str, str], set[int]] = defaultdict(set)
    for label, rows in records.entities.items():
        for row in rows:
            lines = wrong.get((row["source"], label, row["name"]), set())
            line = line_of(row["locator"])
            if 0 in lines or line in lines:
                gone[row["source"], row["id"]] |= {0} if 0 in lines else {line or 0}
            else:
                kept.entities[label].append(row)
    for kind, rows in records.links.items():
        for row in rows:
            lines = gone[row["source"], row["subject"]] | gone[row["source"], row["object"]]
            if 0 not in lines and line_of(row["locator"]) not in lines:
                kept.links[kind].append(row)
    return kept


def topics_of(folders: Iterable[Path], known: Records, schema: Schema) -> dict[str, tuple[str, str, str]]:
    """One word, one node: id, label and name of each word of the chain, whatever several reviewers called it.

    What a table said stays. Where reviewers differ the label is the first of `TOPICS`; a word that is a technology
    to one and a scenario to another is a segment.
    """
    made: dict[str, tuple[str, str, str]] = {}
    for label in TOPICS:
        for row in known.entities.get(label, ()):
            made.setdefault(row["name"], (row["id"], label, row["name"]))
    labels: dict[str, set[str]] = defaultdict(set)
    for folder in folders:
        for _, row in csv_rows(folder, "entities"):
            if row["label"] in TOPICS:
                labels[identity.clean_name(row["name"])].add(row["label"])
    for name, said in sorted(labels.items()):
        label = "ChainSegment" if {"Technology", "ApplicationScenario"} <= said else min(said, key=TOPICS.index)
        made.setdefault(name, (identity.entity_id(label, schema.labels[label].id_prefix, name), label, name))
    return made


_COLUMNS = {
    "entities": ("line", "label", "name", "aliases", "place", "properties", "reason"),
    "relations": ("line", "subject_label", "subject", "type", "object_label", "object", "properties", "reason"),
    "observations": (
        *("line", "subject_label", "subject", "also", "indicator", "value", "value_max", "unit", "period", "scope"),
        *("qualifier", "policy", "raw", "reason"),
    ),
    "conflicts": (
        *(
            "line_a",
            "line_b",
            "subject_label",
            "subject",
            "property",
            "value_a",
            "value_b",
            "kind",
            "severity",
            "reason",
        ),
    ),
    "retractions": ("line", "label", "name", "reason"),
}
_LINE = re.compile(r"[0-9]{1,9}")


def csv_rows(folder: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of one file with the line where each ends; nothing where the file is missing. SourceError if it is broken."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return
    text, _ = decode(read_bytes(path), f"{folder.name}/{path.name}")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)

    def stop(en: str, zh: str) -> SourceError:
        return SourceError(say(f"{path} line {reader.line_num}: {en}", f"{path} 第 {reader.line_num} 行：{zh}"))

    try:
        header = next(reader, [])
        missing = [column for column in _COLUMNS[name] if column not in header]
        if missing:
            expected = _COLUMNS[name]
            raise stop(
                f"column {missing[0]!r} is missing; expected are {', '.join(expected)}",
                f"缺少列“{missing[0]}”；应有 {'、'.join(expected)}",
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise stop(
                    f"the row has {len(cells)} fields, the header {len(header)}; put a text with a comma into quotation marks",
                    f"这一行有 {len(cells)} 个字段，表头有 {len(header)} 个；含逗号的文字请加引号",
                )
            row = {column: cell.strip() for column, cell in zip(header, cells, strict=True) if column}
            for column in (c for c in _COLUMNS[name] if c in ("line", "line_a", "line_b")):
                value = row[column]
                if not _LINE.fullmatch(value) and (value or name != "retractions"):
                    raise stop(f"{column} {value[:40]!r} is not a number", f"{column}“{value[:40]}”不是数")
            yield reader.line_num, row
    except csv.Error as error:
        raise stop(f"is no CSV ({error}); mend the quotation marks", f"不是正确的 CSV（{error}）；请改正引号") from None
