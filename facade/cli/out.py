"""``aikg view``, ``aikg export``, ``aikg load``: the graph as pictures, as files, and in a database."""

from __future__ import annotations

import sys

import click

from aikg.cli import streams
from aikg.cli.bilingual import Misuse, argument, command, lang_of, option
from aikg.cli.complete import formats_beginning, picture_parameters_beginning, pictures_beginning
from aikg.cli.cypher import key_values
from aikg.cli.messages import say
from aikg.cli.opened import Place, database_address, graph_options, login_options
from aikg.cli.output import Output, table_options

__all__ = ["export_command", "load_command", "view_command"]


@command("view")
@argument("picture", metavar="[PICTURE]", required=False, shell_complete=pictures_beginning)
@argument("parameters", metavar="[KEY=VALUE]…", nargs=-1, shell_complete=picture_parameters_beginning)
@option("--option", "option_", multiple=True, metavar="K=V")
@graph_options
@table_options
@click.pass_context
def view_command(
    ctx: click.Context,
    /,
    picture: str | None,
    parameters: tuple[str, ...],
    option_: tuple[str, ...],
    place: Place,
    output: Output,
) -> None:
    from aikg.cli.tables import Table
    from aikg.graph.views.picture import PICTURES, known_picture

    lang = lang_of()
    if picture is None:
        rows = [
            {"name": name, "title": kind.title[lang], "parameters": [p.name for p in kind.parameters]}
            for name, kind in PICTURES.items()
        ]
        output.show(Table.of_rows(["name", "title", "parameters"], rows))
        return
    known_picture(picture)  # a misspelt name is said before a graph is read
    given = {"lang": lang, **dict(key_values((*parameters, *option_), ctx))}
    with place.open() as kg:
        drawn = kg.view(picture, **given)
    path = drawn.save(output.path or f"aikg-{picture}.html")
    for note in drawn.notes:
        streams.note(note)
    streams.write(f"{path}\n")


@command("export")
@argument("kind", metavar="[FORMAT]", required=False, shell_complete=formats_beginning)
@argument("destination", metavar="[DEST]", required=False, type=click.Path())
@graph_options
@click.pass_context
def export_command(ctx: click.Context, /, kind: str | None, destination: str | None, place: Place) -> None:
    from aikg.cli.tables import Table
    from aikg.graph.export import FORMATS

    lang = lang_of()
    if kind is None:
        rows = [{"format": name, "description": text[lang]} for name, text in FORMATS.items()]
        Output().show(Table.of_rows(["format", "description"], rows))
        return
    if destination is None and kind in FORMATS:
        raise Misuse(say("missing", lang, name="DEST"), ctx)
    with place.open() as kg:
        for path in kg.export(kind, destination or ""):
            streams.write(f"{path}\n")


@command("load")
@argument("uri", metavar="URI")
@option("--graph", type=click.Path(), metavar="PATH")
@login_options
@option("--into", is_flag=True)
def load_command(
    uri: str,
    graph: str | None,
    username: str | None,
    password: str | None,
    database: str | None,
    into: bool,
) -> None:
    lang = lang_of()
    database_address(uri, "URI")
    with Place(graph).open() as kg:
        counts = kg.load_into(
            uri,
            username=username,
            password=password,
            database=database,
            into=into,
            progress=sys.stderr is not None and sys.stderr.isatty(),
        )
    nodes, relations = f"{counts['nodes']:,}", f"{counts['relations']:,}"
    streams.write(say("loaded", lang, uri=uri, nodes=nodes, relations=relations) + "\n")
