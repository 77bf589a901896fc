"""Where an answer goes and in which form; the options that all commands with tables share."""

from __future__ import annotations

import functools
import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aikg.cli import streams
from aikg.cli.bilingual import Misuse, lang_of, option
from aikg.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from aikg.cli.tables import Table

__all__ = ["Output", "cited", "show_frame", "table_options", "write_file"]


@dataclass(frozen=True)
class Output:
    """Form and place of an answer, as the options say."""

    format: str | None = None
    path: str | None = None
    bom: bool = False

    @property
    def kind(self) -> str:
        """table, csv, json or xlsx."""
        if self.format:
            return self.format
        if self.bom:
            return "csv"
        suffix = Path(self.path).suffix.lower() if self.path else ""
        return {".csv": "csv", ".json": "json", ".xlsx": "xlsx"}.get(suffix, "table")

    @property
    def for_people(self) -> bool:
        """Whether it is read by people (a table, a workbook) and not by programs (csv, json)."""
        return self.kind in ("table", "xlsx")

    def show(self, table: Table, heading: str = "") -> None:
        """Write a table to its place; the heading is for people only."""
        from aikg.cli.tables import as_csv, as_json, as_table

        lang = lang_of()
        if self.kind == "xlsx":
            self._show_workbook(table)
            return
        if self.kind == "json":
            text = as_json(table)
        elif self.kind == "csv":
            text = as_csv(table, bom=self.bom)
        else:
            text, shortened = as_table(table, lang, None if self.path else terminal_columns())
            text = f"{heading}\n{text}" if heading else text
            if shortened:
                streams.note(say("shortened", lang))
        self.write(text)

    def _show_workbook(self, table: Table) -> None:
        from aikg.cli.workbook import MOST_ROWS, as_workbook
        from aikg.ontology.errors import GraphError

        lang = lang_of()
        if len(table.rows) >= MOST_ROWS:
            reason = say("too_many_rows", lang, n=f"{len(table.rows):,}", most=f"{MOST_ROWS - 1:,}")
            raise GraphError(say("unknown_output", lang, path=self.path, reason=reason))
        content, shortened = as_workbook(table, lang)
        self.write(content)
        if shortened:
            streams.note(say("shortened_workbook", lang))

    def write(self, text: str | bytes) -> None:
        """Write text to its place, or bytes to its file."""
        if isinstance(text, str) and (self.path is None or self.path == "-"):
            streams.write(text)
        else:
            write_file(Path(str(self.path)), text)
            streams.note(say("written", lang_of(), path=self.path))


def table_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--format``, ``--output`` and ``--bom``; the function gets them as one `Output` named ``output``."""

    @option("--format", "format_", type=click.Choice(("table", "csv", "json")))
    @option("-o", "--output", "output_", type=click.Path(), metavar="FILE")
    @option("--bom", is_flag=True)
    @functools.wraps(function)
    def wrapped(*args: Any, format_: str | None, output_: str | None, bom: bool, **rest: Any) -> None:
        output = Output(format_, output_, bom)
        if (bom or format_) and Path(output_ or "").suffix.lower() == ".xlsx":
            raise Misuse(say("workbook_alone", lang_of()), click.get_current_context())
        if bom and output.kind != "csv":
            raise Misuse(say("bom_needs_csv", lang_of()), click.get_current_context())
        function(*args, output=output, **rest)

    return wrapped


def terminal_columns() -> int | None:
    """Width of the terminal that stdout is, or None where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return max(shutil.get_terminal_size((100, 24)).columns, 40)


def show_frame(
    frame: pd.DataFrame,
    output: Output,
    *,
    cite: Callable[[str], str] | None = None,
    titles: Mapping[str, str] | None = None,
    empty: str = "no_rows",
    cut: str = "truncated",
    heading: str = "",
    blank: Iterable[str] = (),
    codes: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Show a frame; what its `attrs` say (a note, a cut) and that it is empty goes to stderr.

    `cite` turns an entry of `sources` into a citation, `titles` are headings of columns; `heading` stands above
    a table, `blank` and `codes` are those of `Table`; `empty` and `cut` are messages.
    """
    from aikg.cli.tables import Table

    lang = lang_of()
    table = replace(Table.of_frame(frame, titles), blank=frozenset(blank), codes=codes or {})
    output.show(cited(table, cite) if cite else table, heading)
    said = frame.attrs.get("note")
    if said:
        streams.note(str(said))
    elif not table.rows:
        streams.note(say(empty, lang))
    if frame.attrs.get("truncated"):
        streams.note(say(cut, lang, n=f"{len(table.rows):,}"))


def cited(table: Table, cite: Callable[[str], str]) -> Table:
    """The table with entries of `sources` as citations; a line that several cells cite is named once a cell."""
    cite = functools.cache(cite)

    def change(column: str, cell: Any) -> Any:
        if isinstance(cell, list) and any(isinstance(item, str) and item.startswith("src:") for item in cell):
            entries = [cite(item) if isinstance(item, str) else item for item in cell]
            # Other lists of entries may run in parallel to a list of values.
            return list(dict.fromkeys(entries)) if column.startswith("sources") else entries
        # A document's own id (src:a76a81ffa34b) stays: only places in documents are cited.
        if isinstance(cell, str) and cell.startswith("src:") and "#" in cell:
            return ", ".join(dict.fromkeys(cite(part) for part in cell.split(", ")))
        return cell

    return table.map(change)


def write_file(path: Path, text: str | bytes) -> None:
    """Write UTF-8 with line ends as they are, or bytes, whole or not at all. Raises GraphError in one line."""
    from aikg.ontology.errors import GraphError
    from aikg.ontology.language import why_not

    lang = lang_of()
    content = text.encode("utf-8", "backslashreplace") if isinstance(text, str) else text
    try:
        if path.is_dir():
            raise GraphError(say("unknown_output", lang, path=path, reason=say("is_folder", lang)))
        if path.exists() and not path.is_file():  # /dev/stdout, a named pipe
            path.write_bytes(content)
            return
        if not path.parent.is_dir():
            reason = say("no_folder", lang, folder=path.parent)
            raise GraphError(say("unknown_output", lang, path=path, reason=reason))
        real = Path(os.path.realpath(path))
        temporary = real.with_name(f".{real.name[:60]}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(content)
            temporary.replace(real)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise GraphError(say("unknown_output", lang, path=path, reason=why_not(error))) from error
