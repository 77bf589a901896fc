"""``aikg queries`` and ``aikg ask``: the questions that need no Cypher."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from aikg.cli import streams
from aikg.cli.bilingual import Misuse, argument, command, lang_of, option
from aikg.cli.complete import parameters_beginning, queries_beginning
from aikg.cli.cypher import key_values
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options
from aikg.cli.output import Output, show_frame, table_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.cli.language import Lang
    from aikg.queries.catalogue import Query

__all__ = ["ask_command", "heading", "queries_command", "titles_of", "words_of", "words_of_scheme"]

# What a column is ends where its description begins to explain: 状态：present、thin …
_EXPLANATION = re.compile(r"[（(，,；;：:。]|\. ")


@command("queries")
@argument("name", metavar="[NAME]", required=False, shell_complete=queries_beginning)
@option("--cypher", is_flag=True)
@table_options
@click.pass_context
def queries_command(ctx: click.Context, /, name: str | None, cypher: bool, output: Output) -> None:
    from aikg.cli.tables import Table
    from aikg.queries.catalogue import load_catalogue
    from aikg.queries.parse import THEMES

    lang = lang_of()
    catalogue = load_catalogue()
    rows: list[dict[str, Any]]
    if cypher:
        if name is None:
            raise Misuse(say("cypher_of_which", lang), ctx)
        output.write(catalogue.get(name).statement + "\n")
        return
    if name is not None:
        _explain(catalogue.get(name), output)
        return
    if output.kind == "table":
        columns = ["name", "theme", "question", "parameters"]
        rows = [
            {
                "name": query.name,
                "theme": THEMES[query.theme][lang],
                "question": query.question[lang],
                "parameters": " ".join(query.parameters),
            }
            for query in catalogue
        ]
    else:
        columns = ["name", "theme", "title_zh", "title_en", "question_zh", "question_en", "parameters"]
        rows = [
            {
                "name": query.name,
                "theme": query.theme,
                "title_zh": query.title["zh"],
                "title_en": query.title["en"],
                "question_zh": query.question["zh"],
                "question_en": query.question["en"],
                "parameters": list(query.parameters),
            }
            for query in catalogue
        ]
    output.show(Table.of_rows(columns, rows))


def _explain(query: Query, output: Output) -> None:
    """One question: its parameters, and for people also its words and the columns of its answer."""
    from aikg.cli.output import terminal_columns
    from aikg.cli.tables import Table, as_table

    lang = lang_of()
    parameters = Table.of_rows(
        ["parameter", "datatype", "default", "description"],
        [
            {
                "parameter": parameter.name,
                "datatype": parameter.datatype,
                "default": parameter.default,
                "description": parameter.description[lang],
            }
            for parameter in query.parameters.values()
        ],
    )
    parameters.blank = frozenset(["default"])
    if output.kind != "table":
        output.show(parameters)
        return
    width = None if output.path else terminal_columns()
    columns = Table.of_rows(
        ["name", "description"],
        [{"name": column.name, "description": column.description[lang]} for column in query.columns],
    )
    parts = [f"{query.name} — {query.title[lang]}\n{query.question[lang]}\n"]
    parts += [as_table(table, lang, width)[0] for table in (parameters, columns) if table.rows]
    output.write("\n".join(parts))


@command("ask")
@argument("name", metavar="NAME", shell_complete=queries_beginning)
@argument("parameters", metavar="[KEY=VALUE]…", nargs=-1, shell_complete=parameters_beginning)
@option("--values", metavar="PARAM")
@option("--cite", is_flag=True)
@graph_options
@table_options
@click.pass_context
def ask_command(
    ctx: click.Context,
    /,
    name: str,
    parameters: tuple[str, ...],
    values: str | None,
    cite: bool,
    place: Place,
    output: Output,
) -> None:
    from aikg.cli.tables import Table
    from aikg.queries.catalogue import load_catalogue

    lang = lang_of()
    given: dict[str, Any] = {}
    for key, value in key_values(parameters, ctx):
        # The same key twice is a list: source=图表3 source=图表4.
        given[key] = value if key not in given else [*_listed(given[key]), value]
    catalogue = load_catalogue()
    query = catalogue.get(name)
    with place.open() as kg:
        if values is not None:
            found = catalogue.values(kg.store, name, values)
            output.show(Table([values], [[value] for value in found]))
            return
        answer = catalogue.ask(kg.store, name, given, lang=lang)
        if used := _defaults(answer.attrs["parameters"], given, lang):
            streams.note(used)
        show_frame(
            answer,
            output,
            cite=(lambda entry: kg.cite(entry, lang)) if cite else None,
            titles=titles_of(query, lang),
            # No firm with a contradiction is known to be none, and not unrecorded; what a row itself says of its
            # layer needs no other source.
            blank=["disputed", "sources_layer", *query.blank],
            cut="truncated_ask",
            codes=words_of(query, lang) if output.for_people else None,
        )


def titles_of(query: Query, lang: Lang) -> dict[str, str]:
    """Headings for people: the columns' descriptions as far as they name and do not explain.

    `aikg queries NAME` gives them in full.
    """
    found = {column.name: column.description[lang] for column in query.columns}
    return {name: heading(text) for name, text in found.items()}


def heading(description: str) -> str:
    """What a column is, without what explains it: 状态：present、thin … is 状态."""
    return _EXPLANATION.split(description)[0].strip() or description


def words_of(query: Query, lang: Lang) -> dict[str, dict[str, str]]:
    """Words for the codes of a question's columns, by column: state present is 有. English codes are words already."""
    if lang == "en":
        return {}
    return {c.name: {**_scheme(c.scheme, lang), **c.codes} for c in query.columns if c.scheme or c.codes}


def words_of_scheme(column: str, scheme: str, lang: Lang) -> dict[str, dict[str, str]]:
    """Words for the codes of one column that holds codes of a scheme: ``label``, ``relation``, ``property`` or a code list."""
    return {} if lang == "en" else {column: dict(_scheme(scheme, lang))}


def _scheme(name: str, lang: Lang) -> dict[str, str]:
    """What stands for the codes of a list of the ontology, or for its labels, relations or properties."""
    if not name:
        return {}
    from aikg.ontology.schema import load_schema

    schema = load_schema()
    if name == "label":
        return {label.name: label.label[lang] for label in schema.labels.values()}
    relations = {relation.name: relation.label[lang] for relation in schema.relations.values()}
    if name == "relation":
        return relations
    if name == "property":
        columns = [schema.node_columns(label) for label in schema.labels]
        return {p.name: p.label[lang] for known in columns for p in known.values()} | relations
    from aikg.ontology.concepts import load_concepts

    return {code.name: code.zh or code.name for code in load_concepts().code_list(name)}


def _defaults(asked: Mapping[str, Any], given: Mapping[str, Any], lang: Lang) -> str:
    """The parameters that were not given and yet limit the answer, empty for none."""
    between = say("list", lang)
    return between.join(
        say("defaulted", lang, name=name, value=between.join(map(str, value)) if isinstance(value, list) else value)
        for name, value in asked.items()
        if value and not given.get(name)
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
