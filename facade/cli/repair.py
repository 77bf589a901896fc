"""``aikg repair``: what a converter did to a Chinese text, run by run, and the text without it."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from aikg.cli import streams
from aikg.cli.bilingual import Misuse, argument, command, lang_of, option
from aikg.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aikg.loaders.repair.changes import Change
    from aikg.loaders.repair.stream import Survey

__all__ = ["repair_command"]

_KINDS = ("reading", "script", "shift", "mark")
_MOST_LINES = 8  # lines with unsure runs that the summary names


@command("repair")
@argument("file", metavar="FILE", type=click.Path())
@option("-o", "--output", "output_", type=click.Path(), metavar="FILE")
@option("--format", "format_", type=click.Choice(("table", "json")))
@click.pass_context
def repair_command(ctx: click.Context, /, file: str, output_: str | None, format_: str | None) -> None:
    from aikg.loaders.repair.stream import survey

    path = Path(file)
    if output_ == "-" and format_:
        raise Misuse(say("repair_one_stdout", lang_of()), ctx)
    if output_ and output_ != "-" and _same(path, Path(output_)):
        raise Misuse(say("repair_over_input", lang_of(), file=output_), ctx)
    found = survey(path)
    tally = _Tally()
    if output_ is None:
        _show(path, found, tally, format_ or "table")
    elif output_ == "-":
        _write(path, found, tally, streams.write, None)
    else:
        with _atomic(Path(output_)) as out:
            _write(path, found, tally, out.write, format_)
        streams.note(say("written", lang_of(), path=output_))
    streams.note(tally.summary(path, found))


@dataclass
class _Tally:
    runs: Counter[str] = field(default_factory=Counter)
    unsure: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, change: Change) -> None:
        self.runs[change.kind] += 1
        if not change.sure:
            self.unsure += 1
            if len(self.lines) <= _MOST_LINES and change.line not in self.lines:
                self.lines.append(change.line)

    def summary(self, path: Path, found: Survey) -> str:
        """One line: what the text is, the runs by kind, and where the unsure ones are."""
        lang = lang_of()
        text = say(f"repair_{found.kind}", lang, file=path)
        if found.kind in ("clean", "traditional"):
            return text
        comma = say("list", lang)
        kinds = comma.join(say(f"repair_{kind}", lang, n=f"{self.runs[kind]:,}") for kind in _KINDS if self.runs[kind])
        text = say("repair_runs", lang, text=text, n=f"{self.runs.total():,}", kinds=kinds or "0")
        if not self.unsure:
            return text
        lines = comma.join(map(str, self.lines[:_MOST_LINES])) + ("…" if len(self.lines) > _MOST_LINES else "")
        return say("repair_unsure", lang, text=text, n=f"{self.unsure:,}", lines=lines)


def _same(given: Path, wanted: Path) -> bool:
    try:
        return given.samefile(wanted)
    except OSError:
        return os.path.realpath(given) == os.path.realpath(wanted)


def _show(path: Path, found: Survey, tally: _Tally, form: str) -> None:
    """The changes on stdout, as they are found."""
    from aikg.loaders.repair.stream import repaired_pieces

    lines = _Rows(form)
    for piece in repaired_pieces(path, found):
        for change in piece.changes:
            tally.add(change)
        lines.add(piece.changes)
    lines.end()


def _write(path: Path, found: Survey, tally: _Tally, write: Callable[[str], object], form: str | None) -> None:
    """The clean text to its place, and, where a form was asked for, the changes to stdout."""
    from aikg.loaders.repair.stream import repaired_pieces

    rows = _Rows(form) if form else None
    for piece in repaired_pieces(path, found):
        write(piece.text)
        for change in piece.changes:
            tally.add(change)
        if rows:
            rows.add(piece.changes)
    if rows:
        rows.end()


class _Rows:
    """Changes as lines for people, or as one JSON array."""

    def __init__(self, form: str) -> None:
        self.json = form == "json"
        self.first = True

    def add(self, changes: tuple[Change, ...]) -> None:
        if not changes:
            return
        made = "".join(self._json(change) if self.json else _line(change) for change in changes)
        streams.write(made)

    def _json(self, change: Change) -> str:
        row = {
            "line": change.line,
            "start": change.start,
            "end": change.end,
            "given": change.given,
            "repaired": change.repaired,
            "kind": change.kind,
            "sure": change.sure,
            "note": change.note.as_dict() if change.note else None,
        }
        before = "[\n" if self.first else ",\n"
        self.first = False
        return before + json.dumps(row, ensure_ascii=False)

    def end(self) -> None:
        if self.json:
            streams.write("[]\n" if self.first else "\n]\n")


def _line(change: Change) -> str:
    from aikg.cli.width import clean

    text = f"{change.line}: {clean(change.given)} → {clean(change.repaired)}"
    if change.sure:
        return f"{text}\n"
    return say("repair_line_unsure", lang_of(), text=text, note=change.note or "") + "\n"


@contextmanager
def _atomic(path: Path) -> Iterator[TextIO]:
    """A file that is there whole or not at all. Raises GraphError in one line where it cannot be written."""
    from aikg.ontology.errors import GraphError
    from aikg.ontology.language import why_not

    lang = lang_of()
    if path.is_dir():
        raise GraphError(say("unknown_output", lang, path=path, reason=say("is_folder", lang)))
    if not path.parent.is_dir():
        reason = say("no_folder", lang, folder=path.parent)
        raise GraphError(say("unknown_output", lang, path=path, reason=reason))
    real = Path(os.path.realpath(path))
    special = real.exists() and not real.is_file()  # /dev/stdout, a named pipe
    temporary = real if special else real.with_name(f".{real.name[:60]}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
            yield out
        if not special:
            temporary.replace(real)
    except OSError as error:
        raise GraphError(say("unknown_output", lang, path=path, reason=why_not(error))) from error
    finally:
        if not special:
            temporary.unlink(missing_ok=True)
