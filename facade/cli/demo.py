"""``aikg demo``: the shipped data set as a graph, three answers with their sources, and the network picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aikg.cli import streams
from aikg.cli.bilingual import command, lang_of, option
from aikg.cli.messages import say

if TYPE_CHECKING:
    from aikg.api import Graph
    from aikg.cli.language import Lang

__all__ = ["demo_command", "is_free"]

QUESTIONS = ("companies-across-layers", "parks-by-focus", "chain-gaps")
PICTURES = ("panorama", "network")
_ROWS = 8


@command("demo")
@option("--graph", type=click.Path(), metavar="PATH")
def demo_command(graph: str | None) -> None:
    import aikg
    from aikg.api import DEFAULT_GRAPH
    from aikg.ontology.errors import GraphError

    lang = lang_of()
    target = Path(graph or DEFAULT_GRAPH)
    if not is_free(target):
        raise GraphError(say("demo_occupied", lang, path=target))
    streams.write(say("demo_build", lang) + "\n")
    with aikg.build(graph=target) as kg:
        for name in QUESTIONS:
            streams.write(_answer(kg, name, lang))
        pictures = [kg.view(name, lang=lang).save(f"aikg-{name}.html") for name in PICTURES]
    streams.write("\n".join(_ending(target, pictures, lang)) + "\n")


def is_free(target: Path) -> bool:
    """Whether nothing of the user's is lost: no graph there, or one of the shipped data set alone."""
    from aikg.graph.folder import is_graph, read_manifest

    if not is_graph(target):
        return True
    manifest = read_manifest(target)
    return bool(manifest.get("data_set")) and all(entry.get("data_set") for entry in manifest.get("inputs", ()))


def _answer(kg: Graph, name: str, lang: Lang) -> str:
    from dataclasses import replace

    from aikg.cli.ask import titles_of, words_of
    from aikg.cli.output import cited, terminal_columns
    from aikg.cli.tables import Table, as_table
    from aikg.queries.catalogue import load_catalogue

    query = load_catalogue().get(name)
    found: Any = kg.ask(name, lang=lang)
    table = replace(Table.of_frame(found.head(_ROWS), titles_of(query, lang)), codes=words_of(query, lang))
    table = cited(table, lambda entry: kg.cite(entry, lang))
    lines = ["", f"{query.question[lang]}", f"$ aikg ask {name} --cite", as_table(table, lang, terminal_columns())[0]]
    if len(found) > _ROWS:
        lines.append(say("demo_more", lang, n=len(found), command=f"aikg ask {name} --cite") + "\n")
    if found.attrs.get("note"):
        lines.append(f"{found.attrs['note']}\n")
    return "\n".join(lines)


def _ending(target: Path, pictures: list[Path], lang: Lang) -> list[str]:
    from aikg.cli.width import pad, width

    written = [(str(target), "demo_graph")]
    written += [(str(path), f"demo_{name}") for path, name in zip(pictures, PICTURES, strict=True)]
    graph = "" if str(target) == "aikg-graph" else f" --graph {target}"
    next_ = [
        ("aikg queries", "demo_queries"),
        ("aikg analyze", "demo_measures"),
        ("aikg view", "demo_views"),
        (f"aikg ask parks-of-city --values city{graph}", "demo_values"),
        (f"aikg why 华为 --cite{graph}", "demo_why"),
        (f"aikg conflicts --cite{graph}", "demo_conflicts"),
        ("aikg build 白皮书.txt 企业.csv --graph my-graph", "demo_own"),
    ]
    left = max(width(words) for words, _ in [*written, *next_]) + 2

    def listed(rows: list[tuple[str, str]]) -> list[str]:
        return [f"  {pad(words, left)}{say(key, lang)}" for words, key in rows]

    return ["", say("demo_written", lang), *listed(written), "", say("demo_next", lang), *listed(next_)]
