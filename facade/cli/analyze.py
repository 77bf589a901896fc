"""``aikg analyze`` and ``aikg compare``: measures of the graph, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aikg.cli import streams
from aikg.cli.ask import heading, words_of_scheme
from aikg.cli.bilingual import Misuse, argument, command, lang_of, option
from aikg.cli.complete import measures_beginning, places_beginning
from aikg.cli.cypher import key_values
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options
from aikg.cli.output import Output, show_frame, table_options

if TYPE_CHECKING:
    import pandas as pd

    from aikg.api import Graph
    from aikg.cli.language import Lang
    from aikg.graph.analysis.measure import Measure

__all__ = ["analyze_command", "compare_command"]


@command("analyze")
@argument("metric", metavar="[METRIC]", required=False, shell_complete=measures_beginning)
@argument("parameters", metavar="[KEY=VALUE]…", nargs=-1, shell_complete=measures_beginning)
@option("--without", multiple=True, metavar="SOURCE")
@option("--only", multiple=True, metavar="SOURCE")
@option("--explain", is_flag=True)
@option("--cite", is_flag=True)
@graph_options
@table_options
@click.pass_context
def analyze_command(
    ctx: click.Context,
    /,
    metric: str | None,
    parameters: tuple[str, ...],
    without: tuple[str, ...],
    only: tuple[str, ...],
    explain: bool,
    cite: bool,
    place: Place,
    output: Output,
) -> None:
    from aikg.graph.analysis.catalogue import measure_named

    lang = lang_of()
    if metric is None:
        _list(output, lang)
        return
    measure = measure_named(metric)
    if explain:
        _explain(measure, output, lang)
        return
    given: dict[str, Any] = {}
    for key, value in key_values(parameters, ctx):
        given[key] = value if key not in given else [*_listed(given[key]), value]
    with place.open() as whole:
        kg = _of_sources(whole, without, only)
        found = kg.analyze(measure.name, **given)
        if said := _defaults(measure, given, lang):
            streams.note(said)
        titles = {str(n): heading(measure.columns[n][lang == "en"]) for n in found.columns if n in measure.columns}
        _show(whole, found, output, cite=cite, titles=titles)


@command("compare")
@argument("places", metavar="PLACE…", nargs=-1, required=True, shell_complete=places_beginning)
@option("--without", multiple=True, metavar="SOURCE")
@option("--only", multiple=True, metavar="SOURCE")
@option("--long", is_flag=True)
@option("--cite", is_flag=True)
@graph_options
@table_options
@click.pass_context
def compare_command(
    ctx: click.Context,
    /,
    places: tuple[str, ...],
    without: tuple[str, ...],
    only: tuple[str, ...],
    long: bool,
    cite: bool,
    place: Place,
    output: Output,
) -> None:
    if len(places) < 2:
        raise Misuse(say("two_places", lang_of()), ctx)
    from aikg.graph.analysis.compare import wide

    with place.open() as whole:
        found = _of_sources(whole, without, only).compare(*places)
        _show(whole, found if long else wide(found), output, cite=cite, titles={})


def _of_sources(kg: Graph, without: tuple[str, ...], only: tuple[str, ...]) -> Graph:
    kg = kg.only(only) if only else kg
    return kg.without(without) if without else kg


def _show(kg: Graph, found: pd.DataFrame, output: Output, *, cite: bool, titles: dict[str, str]) -> None:
    """A result as a table. Only a count that is null is not recorded; another null is what could not be computed."""
    from aikg.graph.analysis.measure import CODES

    lang = lang_of()
    codes: dict[str, dict[str, str]] = {}
    if output.for_people and lang == "zh":
        for name in map(str, found.columns):
            codes[name] = dict(CODES.get(name.partition(" ")[0], {}))
        codes |= words_of_scheme("label", "label", lang)
    show_frame(
        found,
        output,
        cite=(lambda entry: kg.cite(entry, lang)) if cite else None,
        titles=titles,
        blank=[str(name) for name in found.columns if str(name).partition(" ")[0] != "n"],
        empty="no_result",
        codes=codes,
    )


def _list(output: Output, lang: Lang) -> None:
    from aikg.cli.tables import Table
    from aikg.graph.analysis.catalogue import load_measures
    from aikg.graph.analysis.measure import GROUPS

    measures = load_measures().values()
    if output.kind == "table":
        rows = [
            {
                "name": m.name,
                "group": GROUPS[m.group][lang],
                "title": m.title[lang == "en"],
                "parameters": " ".join(m.signature()),
            }
            for m in measures
        ]
        output.show(Table.of_rows(["name", "group", "title", "parameters"], rows))
        return
    listed: list[dict[str, Any]] = [
        {
            "name": m.name,
            "group": m.group,
            **dict(zip(("title_zh", "title_en"), m.title, strict=True)),
            **dict(zip(("method_zh", "method_en"), m.method, strict=True)),
            "parameters": list(m.signature()),
        }
        for m in measures
    ]
    columns = ["name", "group", "title_zh", "title_en", "method_zh", "method_en", "parameters"]
    output.show(Table.of_rows(columns, listed))


def _explain(measure: Measure, output: Output, lang: Lang) -> None:
    from aikg.cli.output import terminal_columns
    from aikg.cli.tables import Table, as_table

    which = int(lang == "en")
    parameters = Table.of_rows(
        ["parameter", "datatype", "default", "description"],
        [
            {
                "parameter": name,
                "datatype": p.annotation,
                "default": None if p.default is p.empty else p.default,
                "description": measure.parameters[name][which],
            }
            for name, p in measure.signature().items()
        ],
    )
    parameters.blank = frozenset(["default"])
    if output.kind != "table":
        output.show(parameters)
        return
    width = None if output.path else terminal_columns()
    columns = Table.of_rows(
        ["name", "description"], [{"name": name, "description": text[which]} for name, text in measure.columns.items()]
    )
    parts = [f"{measure.name} — {measure.title[which]}\n{measure.method[which]}\n"]
    parts += [as_table(table, lang, width)[0] for table in (parameters, columns) if table.rows]
    output.write("\n".join(parts))


def _defaults(measure: Measure, given: dict[str, Any], lang: Lang) -> str:
    """Parameters that were not given and limit or shape the answer."""
    between = say("list", lang)
    return between.join(
        say("defaulted", lang, name=name, value=between.join(map(str, value)) if isinstance(value, list) else value)
        for name, value in measure.defaults().items()
        if value not in (None, "", False) and value != [] and name not in given
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
