"""``aikg schema`` and ``aikg completion``."""

from __future__ import annotations

import click

from aikg.cli import streams
from aikg.cli.bilingual import argument, command, lang_of, option
from aikg.cli.output import Output

__all__ = ["completion_command", "schema_command"]

_SHELLS = ("bash", "zsh", "fish")


@command("schema")
@option("-o", "--output", "output_", type=click.Path(), metavar="FILE")
def schema_command(output_: str | None) -> None:
    from aikg.ontology.schema import load_schema

    Output(path=output_).write(load_schema().markdown(lang_of()))


@command("completion")
@argument("shell", metavar="SHELL", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, /, shell: str) -> None:
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - the three that click knows
    script = made(ctx.find_root().command, {}, "aikg", "_AIKG_COMPLETE").source()
    # Behind `city=` bash would set a blank, as if the parameter were complete.
    script = script.replace("COMPREPLY+=($value)", 'COMPREPLY+=("$value"); [[ $value == *= ]] && compopt -o nospace')
    streams.write(script + "\n")
