"""``aikg sources``: the documents of a graph, and the very line of a document that a fact was taken from."""

from __future__ import annotations

import re
from pathlib import Path

import click

from aikg.cli import streams
from aikg.cli.bilingual import Misuse, argument, command, lang_of, option
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options
from aikg.cli.output import Output, show_frame, table_options

__all__ = ["sources_command"]

_LOCATOR = re.compile(r"(?:(?P<source>src:[0-9a-f]{12}))?#?(?:L?(?P<line>\d+))(?:;.*)?")
_CITATION = re.compile(r"第\s*(\d+)\s*行|\bline (\d+)")


@command("sources")
@argument("locator", metavar="[LOCATOR]", required=False)
@option("--file", "file_", type=click.Path(), metavar="FILE")
@graph_options
@table_options
@click.pass_context
def sources_command(
    ctx: click.Context, /, locator: str | None, file_: str | None, place: Place, output: Output
) -> None:
    lang = lang_of()
    if locator is None:
        if file_ is not None:
            raise Misuse(say("locator_needed", lang, file=file_), ctx)
        with place.open() as kg:
            show_frame(kg.sources(), output)
        return
    source, line = _place_in_document(locator, ctx)
    if file_ is None:
        raise Misuse(say("file_needed", lang), ctx)
    _show_line(Path(file_), source, line, output)


def _place_in_document(locator: str, ctx: click.Context) -> tuple[str | None, int]:
    if found := _LOCATOR.fullmatch(locator.strip()):
        return found["source"], int(found["line"][:18])
    if cited := _CITATION.search(locator):
        return None, int((cited[1] or cited[2])[:18])
    raise Misuse(say("bad_locator", lang_of(), value=locator), ctx)


def _show_line(path: Path, source: str | None, line: int, output: Output) -> None:
    from aikg.cli.tables import Table
    from aikg.loaders.readers.files import read_file
    from aikg.ontology.errors import SourceError

    lang = lang_of()
    document = read_file(path)[0]
    if not 1 <= line <= len(document.lines):
        raise SourceError(say("no_such_line", lang, file=path, line=line, lines=len(document.lines)))
    same = None if source is None else document.source_id == source
    if same is False and source is not None:
        found, wanted = document.sha256[:12], source.removeprefix("src:")
        streams.note(say("other_file", lang, file=path, found=found, wanted=wanted))
    text = document.lines[line - 1]
    if output.kind == "table":
        from aikg.cli.width import clean

        output.write(f"{document.name}:{line}: {clean(text)}\n")
        return
    row = {
        "file": document.name,
        "line": line,
        "text": text,
        "sha256": document.sha256,
        "source": source,
        "matches": same,
    }
    output.show(Table.of_rows(list(row), [row]))
