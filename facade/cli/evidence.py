"""``aikg check``, ``aikg conflicts``, ``aikg why``: what defends a number, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from aikg.cli import streams
from aikg.cli.bilingual import argument, command, lang_of, option
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options
from aikg.cli.output import Output, show_frame, table_options

if TYPE_CHECKING:
    import pandas as pd

    from aikg.api import Graph
    from aikg.cli.language import Lang

__all__ = ["check_command", "conflicts_command", "why_command"]


@command("check")
@graph_options
@table_options
@click.pass_context
def check_command(ctx: click.Context, /, place: Place, output: Output) -> None:
    with place.open() as kg:
        found = kg.check()
    kinds = found["severity"].value_counts().to_dict()
    if output.kind == "table":
        found = found.rename(columns={f"message_{lang_of()}": "message"})
        found = found[["severity", "label", "id", "property", "value", "message"]]
    show_frame(found, output, empty="no_violations")
    if len(found):
        others = sum(kinds.values()) - kinds.get("violation", 0)
        streams.note(say("violations", lang_of(), violations=kinds.get("violation", 0), warnings=others))
    ctx.exit(1 if kinds.get("violation", 0) else 0)


@command("conflicts")
@option("--cite", is_flag=True)
@graph_options
@table_options
def conflicts_command(cite: bool, place: Place, output: Output) -> None:
    with place.open() as kg:
        found = _named(kg.conflicts(), output, lang_of())
        show_frame(found, output, cite=_citing(kg, cite), empty="no_conflicts")


@command("why")
@argument("id_", metavar="ID")
@argument("property_", metavar="[PROPERTY]", required=False)
@option("--cite", is_flag=True)
@graph_options
@table_options
def why_command(id_: str, property_: str | None, cite: bool, place: Place, output: Output) -> None:
    with place.open() as kg:
        found = _named(kg.why(id_, property_), output, lang_of())
        heading = ""
        if output.kind == "table" and len(found):
            first = found.iloc[0].to_dict()
            heading = f"{first['name']} ({first['id']})\n"
            found = found.drop(columns=["id", "name"])
        show_frame(found, output, cite=_citing(kg, cite), heading=heading, blank=["raw"])


def _citing(kg: Graph, wanted: bool) -> Any:
    lang = lang_of()
    return (lambda entry: kg.cite(entry, lang)) if wanted else None


def _named(frame: pd.DataFrame, output: Output, lang: Lang) -> pd.DataFrame:
    """For people: properties, relations and codes by their names; CSV and JSON keep the graph's words."""
    if output.kind != "table":
        return frame
    from aikg.ontology.concepts import load_concepts
    from aikg.ontology.schema import load_schema

    schema, concepts = load_schema(), load_concepts()
    shown = frame.copy()
    if lang == "zh":  # the English names are hardly other words than the properties themselves
        names = {name: relation.label[lang] for name, relation in schema.relations.items()}
        for label in schema.labels:
            names |= {name: known.label[lang] for name, known in schema.node_columns(label).items()}
        shown["property"] = [f"{name} {names[name]}" if name in names else name for name in frame["property"]]
    for column, scheme in (("kind", "conflict_kind"), ("severity", "severity"), ("method", "method")):
        if column not in frame.columns:
            continue
        codes = {code.name: code.zh if lang == "zh" else code.en for code in concepts.code_list(scheme)}
        shown[column] = [codes.get(word, word) for word in frame[column]]
    return shown
