"""``aikg same-as``: pairs that may be one thing, for a person to judge; written to a file it is what a build reads back."""

from __future__ import annotations

from pathlib import Path

import click

from aikg.cli import streams
from aikg.cli.bilingual import command, lang_of, option
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options
from aikg.cli.output import Output, show_frame, table_options

__all__ = ["same_as_command"]

_SHOWN = ["score", "label", "name_a", "name_b", "reason", "source_a", "source_b", "id_a", "id_b"]


@command("same-as")
@option("--judgements", type=click.Path(), metavar="FILE")
@option("--cite", is_flag=True)
@graph_options
@table_options
def same_as_command(judgements: str | None, cite: bool, place: Place, output: Output) -> None:
    lang = lang_of()
    with place.open() as kg:
        found = kg.same_as(judgements=Path(judgements) if judgements else None)
        show_frame(
            found[_SHOWN] if output.kind == "table" else found,
            output,
            cite=(lambda entry: kg.cite(entry, lang)) if cite else None,
            empty="no_same_as",
        )
    if len(found) and output.kind == "csv":
        streams.note(say("judge_next", lang))
