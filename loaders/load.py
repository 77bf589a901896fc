"""Files → records: finds the tables, the mapping of each, and reports what was taken over and what was not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aikg.loaders.contradictions import as_record, of_rows
from aikg.loaders.extract.protocol import Extractor
from aikg.loaders.gazetteer import Gazetteer
from aikg.loaders.interpret import Interpreter
from aikg.loaders.mapping import TableMapping, choose, load_mappings
from aikg.loaders.readers.cover import read_cover
from aikg.loaders.readers.document import Document
from aikg.loaders.readers.files import DOCUMENT_SUFFIXES, SHEET_SUFFIXES, SUFFIXES, is_sheet, read_file
from aikg.loaders.readers.foreign import foreign_lines
from aikg.loaders.readers.pipe_tables import read_tables
from aikg.loaders.readers.tables import Table
from aikg.loaders.records import Origin, Problem, Records
from aikg.loaders.repair.text import Repaired, repair_lines
from aikg.loaders.rows import TableResult
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, say, speaking
from aikg.ontology.places import load_places
from aikg.ontology.schema import load_schema

__all__ = ["DOCUMENT_SUFFIXES", "SHEET_SUFFIXES", "LoadReport", "load_files"]


@dataclass
class LoadReport:
    """What the inputs held and what became of it; plain lists and dictionaries, ready for JSON."""

    inputs: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    prose: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown_words: dict[str, str] = field(default_factory=dict)
    untied_indicators: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=lambda: {"read": 0, "accepted": 0, "partial": 0, "rejected": 0})


@dataclass
class _Task:
    """One table that a mapping fits."""

    document: Document
    table: Table
    mapping: TableMapping
    columns: dict[str, int]
    groups: dict[str, str]
    sheet: bool
    result: TableResult | None = None

    @property
    def searches_text(self) -> bool:
        return any(spec.label == "Mention" for spec in self.mapping.entities)


def load_files(
    paths: Sequence[Path],
    *,
    mappings: Iterable[Path] = (),
    places: Path | None = None,
    lenient: bool = False,
    strict: bool = False,
    prose: bool = True,
    extractor: Extractor | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> tuple[Records, LoadReport]:
    """Read documents and sheets.

    In sheets (CSV, XLSX) a row that cannot be taken over is an error unless `lenient`; in documents it is
    reported and left out. A file of a folder that cannot be read is an error, with `lenient` a reported problem;
    one that was named itself is always an error. A table of a document whose headers no mapping knows is left
    out and reported; with `strict` it is an error. Running text is read by `extractor` (the patterns that come with
    aikg), unless `prose` is False. `step` is called with each file's name, for progress.
    Raises SourceError naming file, line and cure.
    """
    known = load_mappings(*mappings)
    concepts, place_table = load_concepts(), load_places(places)
    interpreter = Interpreter(Gazetteer.of(concepts), places=place_table, concepts=concepts)
    records, report = Records(), LoadReport()
    tasks: list[_Task] = []
    texts: list[tuple[Document, list[Table], Repaired]] = []
    seen: dict[str, str] = {}
    named = set(paths)
    for path in _files(paths):
        step(path.name)
        try:
            document, tables = read_file(path)
        except SourceError:
            if not lenient or path in named:
                raise
            report.problems.append(_unread(path))
            continue
        if document.sha256 in seen:
            first = seen[document.sha256]
            same = Said(f"is the same file as {first}; read once", f"与 {first} 是同一份文件；只读一次")
            report.problems.append(Problem(path.name, None, same, row=False))
            continue
        seen[document.sha256] = path.name
        if not is_sheet(path):
            repaired = repair_lines(document.lines)
            if repaired.kind != "clean":
                document = _with_cover(document, repaired)
                tables = read_tables(replace(document, lines=repaired.reading))
            if prose:
                texts.append((document, tables, repaired))
                report.problems.extend(foreign_lines(document))
        _source(document, records)
        report.inputs.append(_input(path, document, tables))
        tasks.extend(_tasks(document, tables, known, report, sheet=is_sheet(path)))
    if report.problems and not report.inputs:
        first_problem = report.problems[0].said
        raise SourceError(
            say(f"{first_problem.en} (no file could be read)", f"{first_problem.zh}（没有一个文件能读取）")
        )
    # Parks that tables name are looked for in the running text of policies, whichever comes first in the file.
    for task in sorted(tasks, key=lambda t: t.searches_text):
        if task.searches_text:
            _learn(interpreter.gazetteer, tasks)
        origin = Origin(task.document.source_id, "", task.document.published)
        task.result = interpreter.read(
            task.table, task.mapping, task.columns, task.groups, origin, task.document.name, sheet=task.sheet
        )
    for task in tasks:
        _account(task, records, report)
    if texts:
        _read_prose(texts, extractor, places, records, report)
    _judge(report, lenient=lenient, strict=strict)
    return records, report


def _with_cover(document: Document, repaired: Repaired) -> Document:
    """What a damaged page says of itself, read after its repair."""
    cover = read_cover(repaired.reading)
    return replace(document, title=cover.title, publisher=cover.publisher, published=cover.published)


_NAMED = ("Company", "University", "Institution", "Park", "Policy", "Programme", "ComputeCenter")


def _read_prose(
    texts: Sequence[tuple[Document, list[Table], Repaired]],
    extractor: Extractor | None,
    places: Path | None,
    records: Records,
    report: LoadReport,
) -> None:
    """Facts from sentences. Names that the tables of any of the files give are known to the extractor."""
    from aikg.loaders.extract.prose import PatternExtractor
    from aikg.loaders.extract.reading import prose_of

    reader = extractor or PatternExtractor(places=load_places(places))
    known = [
        (word, label, row["id"])
        for label in _NAMED
        for row in records.entities.get(label, ())
        for word in (row["name"], *row["aliases"])
    ]
    for document, tables, repaired in texts:
        text = prose_of(document, tables, repaired)
        found = reader.extract(text, known)
        report.prose.append(
            {
                "file": document.name,
                "damage": repaired.kind,
                "repaired": len(repaired.changes),
                "unsure": sum(not change.sure for change in repaired.changes),
                "lines": sum(bool(line) for line in text.lines),
                "entities": {label: len({r["id"] for r in rows}) for label, rows in sorted(found.entities.items())},
                "relations": {kind: len(rows) for kind, rows in sorted(found.links.items())},
            }
        )
        for label in ("Observation", "PolicyTarget"):
            for row in found.entities.get(label, ()):
                if row.get("indicator") is None:
                    where = f"{row['source']}#{row['locator']}"
                    report.untied_indicators.setdefault(row.get("indicator_text") or row["name"], where)
        records.extend(found)


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if _is_readable(p))
            if not inside:
                kinds = " ".join(SUFFIXES)
                raise SourceError(
                    say(
                        f"{path}: no file in this folder that can be read ({kinds})",
                        f"{path}：文件夹里没有能读取的文件（{kinds}）",
                    )
                )
            found.extend(inside)
        else:
            found.append(path)
    return found


def _is_readable(path: Path) -> bool:
    """Whether a file of a folder is meant; hidden files and the locks of office programs (~$…) are not."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()


def _unread(path: Path) -> Problem:
    """Why a file cannot be read, in both languages whatever is spoken: the report is read in either."""
    en, zh = _why_unread(path, "en"), _why_unread(path, "zh")
    return Problem(path.name, None, Said(en, zh))


def _why_unread(path: Path, lang: str) -> str:
    with speaking(lang):
        try:
            read_file(path)
        except SourceError as error:
            names = f"(?:{re.escape(str(path))}|{re.escape(path.name)})"
            return re.sub(rf"^{names}(?:[:：]\s*|\s+)", "", str(error))
    return say("cannot be read at the first try", "第一次读取失败")  # it was mended meanwhile


def _source(document: Document, records: Records) -> None:
    records.entity(
        "Source",
        document.source_id,
        document.title or Path(document.name).stem,
        # A file's name stands in for a title that the document does not give, until somebody states one.
        Origin(document.source_id, "", document.published, "table", 1.0 if document.title else 0.5),
        properties={
            "publisher": document.publisher,
            "published": document.published,
            "sha256": document.sha256,
        },
    )


def _input(path: Path, document: Document, tables: Sequence[Table]) -> dict[str, Any]:
    return {
        "name": path.name,
        "sha256": document.sha256,
        "source": document.source_id,
        "title": document.title,
        "encoding": document.encoding,
        "lines": len(document.lines) or sum(len(table.rows) for table in tables),
        "tables": sum(table.kind == "table" for table in tables),
        "furniture": sum(table.kind != "table" for table in tables),
    }


def _tasks(
    document: Document, tables: Sequence[Table], known: Sequence[TableMapping], report: LoadReport, *, sheet: bool
) -> Iterable[_Task]:
    fits = any(choose(known, table.headers, table.caption) for table in tables if table.kind == "table")
    for table in tables:
        if table.kind != "table":
            continue
        chosen = choose(known, table.headers, table.caption)
        if chosen is None:
            headers = " | ".join(table.headers)
            if (
                sheet and not fits
            ):  # a workbook may hold a sheet of remarks, but a file of which nothing is read is a mistake
                raise SourceError(
                    say(
                        f"{document.name} row {table.line}: no mapping knows the headers {headers}; "
                        "write one and give it with --mapping (docs/mappings.md)",
                        f"{document.name} 第 {table.line} 行：没有映射认得表头 {headers}；"
                        "请写一个映射，用 --mapping 给出（见 docs/mappings.md）",
                    )
                )
            report.left_out.append(
                {
                    "file": document.name,
                    "line": table.line,
                    "number": table.number,
                    "caption": table.caption,
                    "headers": headers,
                }
            )
            continue
        mapping, columns, groups = chosen
        unmapped = [h for i, h in enumerate(table.headers) if i not in columns.values() and h and h != "序号"]
        if unmapped:
            message = Said(
                f"columns {', '.join(unmapped)} are in no mapping and were left out",
                f"{'、'.join(unmapped)} 等列不在映射里，没有收入",
            )
            report.problems.append(Problem(document.name, table.line, message, False, "row" if sheet else "line"))
        yield _Task(document, table, mapping, columns, groups, sheet)


def _learn(gazetteer: Gazetteer, tasks: Iterable[_Task]) -> None:
    for task in tasks:
        if task.result is None:
            continue
        for row in task.result.records.entities.get("Park", ()):
            for word in (row["name"], *row["aliases"]):
                gazetteer.add(word, row["id"], "Park", row["name"])


def _account(task: _Task, records: Records, report: LoadReport) -> None:
    result = task.result
    assert result is not None  # noqa: S101 - every task was read
    records.extend(result.records)
    for conflict, subject in of_rows(result.records, result.repeated):
        as_record(conflict, subject, records, load_schema())
    report.problems.extend(result.problems)
    for word, label in result.unknown_words.items():
        report.unknown_words.setdefault(word, label)
    for text, where in result.untied_indicators.items():
        report.untied_indicators.setdefault(text, f"{task.document.source_id}#{where}")
    report.rows["read"] += result.logical_rows
    report.rows["accepted"] += result.accepted
    report.rows["partial"] += result.partial
    report.rows["rejected"] += result.logical_rows - result.accepted - result.partial
    report.tables.append(
        {
            "file": task.document.name,
            "number": task.table.number,
            "caption": task.table.caption,
            "line": task.table.line,
            "mapping": result.mapping,
            "rows": result.rows,
            "logical_rows": result.logical_rows,
            "accepted": result.accepted,
            "partial": result.partial,
            "repeated": result.repeated,
            "things": {label: len(ids) for label, ids in sorted(result.things.items())},
        }
    )


def _judge(report: LoadReport, *, lenient: bool, strict: bool) -> None:
    """Stop before anything is written, where a user asked for it or a sheet is broken."""
    broken = [p for p in report.problems if p.row and (strict or (p.unit == "row" and not lenient))]
    if broken:
        left = len(broken) - 1
        more = say(f" (and {left} more)", f"（另有 {left} 处）") if left else ""
        raise SourceError(
            say(
                f"{broken[0]}{more}; mend it, or leave such rows out with --lenient",
                f"{broken[0]}{more}；请改正，或加 --lenient 略过这样的行",
            )
        )
    if strict and report.left_out:
        first = report.left_out[0]
        raise SourceError(
            say(
                f"{first['file']} line {first['line']}: no mapping knows the headers {first['headers']}; "
                "write one and give it with --mapping (docs/mappings.md)",
                f"{first['file']} 第 {first['line']} 行：没有映射认得表头 {first['headers']}；"
                "请写一个映射，用 --mapping 给出（见 docs/mappings.md）",
            )
        )
