"""``aikg report``: one page about a place, to print and pass on."""

from __future__ import annotations

import click

from aikg.cli import streams
from aikg.cli.bilingual import argument, command, lang_of, option
from aikg.cli.opened import Place, graph_options

__all__ = ["report_command"]


@command("report")
@argument("where", metavar="PLACE")
@option("--output", "-o", type=click.Path(), metavar="FILE")
@graph_options
def report_command(where: str, output: str | None, place: Place) -> None:
    with place.open() as kg:
        made = kg.report(where, lang=lang_of())
    path = made.save(output or "aikg-report.html")
    for note in made.notes:
        streams.note(note)
    streams.write(f"{path}\n")
