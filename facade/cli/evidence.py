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
    from collections.abc import Mapping

    import pandas as pd

    from aikg.api import Graph
    from aikg.cli.language import Lang

__all__ = ["KINDS", "SEVERITIES", "check_command", "conflicts_command", "kinds_told", "why_command"]

# The code lists of the ontology, which a test compares: reading them is too slow for help and completion.
KINDS = ("value", "blank", "relation", "name", "sum", "part_of_whole", "repeat", "spelling", "place", "count")
SEVERITIES = ("hard", "soft", "alias")


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
@option("--kind", multiple=True, type=click.Choice(KINDS))
@option("--severity", multiple=True, type=click.Choice(SEVERITIES))
@option("--cite", is_flag=True)
@graph_options
@table_options
def conflicts_command(
    kind: tuple[str, ...], severity: tuple[str, ...], cite: bool, place: Place, output: Output
) -> None:
    given = {name: words for name, words in (("kind", kind), ("severity", severity)) if words}
    with place.open() as kg:
        listed = kg.conflicts(**given)
        found = _named(listed, output, lang_of())
        show_frame(found, output, cite=_citing(kg, cite), empty="no_such_conflicts" if given else "no_conflicts")
    counts = listed.attrs.get("kinds") or {}
    if len(listed) and counts and output.path in (None, "-"):
        told = kinds_told(counts, lang_of())
        streams.note(say("conflicts_counted", lang_of(), n=f"{sum(counts.values()):,}", kinds=told))


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


def kinds_told(counts: Mapping[str, int], lang: Lang) -> str:
    """Numbers of contradictions by kind as a person reads them: 取值不同 5、合计不符 2."""
    from aikg.ontology.concepts import load_concepts

    names = {code.name: code.zh if lang == "zh" else code.en for code in load_concepts().code_list("conflict_kind")}
    listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return say("list", lang).join(f"{names.get(kind, kind)} {n:,}" for kind, n in listed)


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
