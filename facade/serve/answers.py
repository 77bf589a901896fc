"""Answers for the page and for files: questions, measures and Cypher as one kind of table, with citations and contradictions."""

from __future__ import annotations

import functools
import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, cast

from aikg.ontology.errors import GraphError, QueryError
from aikg.ontology.language import say
from aikg.serve.words import WORDS

if TYPE_CHECKING:
    import pandas as pd

    from aikg.api import Graph
    from aikg.cli.tables import Table

__all__ = ["EXPORTS", "Answer", "Answers", "Request"]

EXPORTS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN_ROWS = 1_000
SHOWN_BYTES = 8 * 1024 * 1024
_KEPT = 4


@dataclass(frozen=True)
class Request:
    """What is asked: ``question`` or ``measure`` by name, or a ``cypher`` statement; `parameters` as the form gives them."""

    kind: str
    name: str
    parameters: dict[str, Any]

    @classmethod
    def read(cls, body: Any, lang: str) -> Request:
        """A request as the page sends it. Raises QueryError for anything else."""
        wrong = QueryError(WORDS["bad_request"][lang])
        if not isinstance(body, dict):
            raise wrong
        kind, name, parameters = body.get("kind"), body.get("name"), body.get("parameters", {})
        if kind not in ("question", "measure", "cypher") or not isinstance(name, str):
            raise wrong
        if not isinstance(parameters, dict):
            raise QueryError(WORDS["bad_parameters"][lang])
        if kind == "measure" and "file" in parameters:
            raise QueryError(WORDS["no_files"][lang])
        return cls(kind, name, parameters)

    def key(self, lang: str) -> str:
        return json.dumps([self.kind, self.name, self.parameters, lang], sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Answer:
    """An answer as it is kept: the table with headings and words of one language, and what has to be said beside it."""

    table: Table
    note: str | None
    truncated: bool
    milliseconds: int
    used: dict[str, Any] = field(default_factory=dict)


class Answers:
    """Computes answers of one graph and keeps the last few, so that what is exported or drawn is what was shown."""

    def __init__(self, kg: Graph, *, timeout: float = 30.0, row_limit: int = 100_000) -> None:
        self.kg, self.timeout, self.row_limit = kg, timeout, row_limit
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()
        self._reading = Lock()

    def compute(self, request: Request, lang: str) -> Answer:
        """Ask now, and keep the answer."""
        from aikg.cli.tables import Table

        began = time.perf_counter()
        if request.kind == "question":
            frame, table, used = self._question(request, lang)
        elif request.kind == "measure":
            frame, table, used = self._measure(request, lang)
        else:
            frame = self.kg.cypher(request.name, request.parameters, timeout=self.timeout, row_limit=self.row_limit)
            table, used = Table.of_frame(frame, {str(name): str(name) for name in frame.columns}), {}
        note = frame.attrs.get("note")
        made = Answer(
            table,
            str(note) if note else None,
            bool(frame.attrs.get("truncated")),
            round((time.perf_counter() - began) * 1000),
            used,
        )
        with self._lock:
            self._kept[request.key(lang)] = made
            self._kept.move_to_end(request.key(lang))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def shown_before(self, request: Request, lang: str) -> Answer:
        """The answer that was shown last for this request; asked anew where it is no longer kept."""
        with self._lock:
            found = self._kept.get(request.key(lang))
        return found if found is not None else self.compute(request, lang)

    def contents(self) -> Any:
        """The graph's frames, read once, by one thread."""
        with self._reading:
            return self.kg.contents

    def _question(self, request: Request, lang: str) -> tuple[pd.DataFrame, Table, dict[str, Any]]:
        from aikg.cli.ask import titles_of, words_of
        from aikg.cli.tables import Table
        from aikg.queries.catalogue import load_catalogue

        catalogue = load_catalogue()
        query = catalogue.get(request.name)
        frame = catalogue.ask(
            self.kg.store, request.name, request.parameters, lang, timeout=self.timeout, row_limit=self.row_limit
        )
        spoken = cast("Literal['zh', 'en']", lang)
        table = replace(
            Table.of_frame(frame, titles_of(query, spoken)),
            # As on the command line: no mark of a contradiction is known to be none.
            blank=frozenset({"disputed", "sources_layer"}),
            codes=words_of(query, spoken),
        )
        return frame, table, {key: value for key, value in frame.attrs["parameters"].items() if value not in ("", [])}

    def _measure(self, request: Request, lang: str) -> tuple[pd.DataFrame, Table, dict[str, Any]]:
        from aikg.cli.ask import words_of_scheme
        from aikg.cli.tables import Table
        from aikg.graph.analysis.catalogue import analyze, measure_named

        measure = measure_named(request.name)
        frame = analyze(self.contents(), request.name, request.parameters)
        truncated = len(frame) > self.row_limit
        frame = frame.head(self.row_limit) if truncated else frame
        frame.attrs["truncated"] = truncated
        # A number that could not be computed is not one that is not recorded: it stays empty.
        numbers = [str(name) for name in frame.columns if frame[name].dtype.kind == "f" and name != "n"]
        which = int(lang == "en")
        table = replace(
            Table.of_frame(frame, {n: measure.columns[n][which] for n in frame.columns if n in measure.columns}),
            blank=frozenset([*numbers, "note", "reason"]),
            codes=words_of_scheme("label", "label", cast("Literal['zh', 'en']", lang)) if "label" in frame else {},
        )
        return frame, table, {k: v for k, v in (measure.defaults() | request.parameters).items() if _says(v)}

    # -- for the page -----------------------------------------------------------------------------

    def payload(self, answer: Answer, lang: str) -> str:
        """An answer as JSON: columns, the first rows, citations of what they cite, and which of their nodes are disputed."""
        table = answer.table
        rows: list[str] = []
        size = 0
        for row in table.rows[:SHOWN_ROWS]:
            text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            size += len(text.encode("utf-8", "replace"))
            if size > SHOWN_BYTES:
                break
            rows.append(text)
        if table.rows and not rows:
            raise QueryError(WORDS["answer_too_large"][lang].format(most=SHOWN_BYTES >> 20))
        shown = table.rows[: len(rows)]
        head = {
            "columns": [
                {
                    "name": name,
                    "title": table.titles.get(name) or name,
                    "codes": dict(table.codes.get(name, {})),
                    "blank": name in table.blank,
                }
                for name in table.columns
            ],
            "n": len(table.rows),
            "limit": self.row_limit,
            "truncated": answer.truncated,
            "note": answer.note,
            "used": answer.used,
            "milliseconds": answer.milliseconds,
            "cites": {entry: self.kg.cite(entry, lang) for entry in sorted(_entries(shown))},
            "conflicts": self._disputed(table, shown),
        }
        # Half a surrogate pair, from a damaged document, has no UTF-8 form.
        text = json.dumps(head, ensure_ascii=False)[:-1] + ',"rows":[' + ",".join(rows) + "]}"
        return text.encode("utf-8", "replace").decode("utf-8")

    def _disputed(self, table: Table, rows: list[list[Any]]) -> dict[str, int]:
        """How many contradictions the graph holds of the nodes that the rows are about, by id."""
        if "id" not in table.columns:
            return {}
        at = table.columns.index("id")
        ids = sorted({row[at] for row in rows if isinstance(row[at], str)})
        if not ids or not self.kg.store.schema().labels.get("Conflict"):
            return {}
        found = self.kg.store.query(
            "MATCH (n)-[:HAS_CONFLICT]->(c:Conflict) WHERE n.id IN $ids RETURN n.id AS id, count(DISTINCT c) AS n ORDER BY id",
            {"ids": ids},
        )
        return {str(i): int(n) for i, n in zip(found["id"], found["n"], strict=True)}

    # -- as files ---------------------------------------------------------------------------------

    def export(self, answer: Answer, form: str, lang: str) -> bytes:
        """An answer as a file. CSV (with a BOM) and XLSX are for people: headings and words of the language, sources as
        citations; JSON is for programs: names, codes and entries as the graph has them. GraphError for too many rows."""
        from aikg.cli.messages import say as message
        from aikg.cli.tables import as_csv, as_json
        from aikg.cli.workbook import MOST_ROWS, as_workbook

        if form == "json":
            return as_json(answer.table).encode("utf-8", "backslashreplace")
        table = self._for_people(answer.table, lang)
        if form == "csv":
            return as_csv(table, bom=True).encode("utf-8", "backslashreplace")
        if form != "xlsx":
            raise QueryError(say(f"{form} is none of {', '.join(EXPORTS)}", f"{form} 不在 {'、'.join(EXPORTS)} 之中"))
        if len(table.rows) >= MOST_ROWS:
            spoken = cast("Literal['zh', 'en']", lang)
            raise GraphError(message("too_many_rows", spoken, n=f"{len(table.rows):,}", most=f"{MOST_ROWS - 1:,}"))
        return as_workbook(table)[0]

    def _for_people(self, table: Table, lang: str) -> Table:
        from aikg.cli.output import cited

        spoken = cited(table, functools.partial(self.kg.cite, lang=lang)).map(
            lambda column, cell: _worded(cell, table.codes.get(column, {}))
        )
        headings: list[str] = []
        for name in table.columns:
            title = table.titles.get(name) or name
            headings.append(f"{title} ({name})" if title in headings else title)
        return replace(spoken, columns=headings)


def _worded(cell: Any, codes: Any) -> Any:
    if isinstance(cell, list):
        return [_worded(item, codes) for item in cell]
    return codes.get(cell, cell) if isinstance(cell, str) else cell


def _entries(value: Any) -> set[str]:
    """Places in documents that are cited anywhere in a value."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if item.startswith("src:"):
                found.add(item)
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(item.values())
    return found


def _says(value: Any) -> bool:
    return value is not None and value != "" and value != []
