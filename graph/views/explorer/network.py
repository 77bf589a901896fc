"""The network explorer: a graph, or a part of it, as one offline page with search, filters, paths and evidence.

Positions, measures and facets are computed here; the page draws them on a canvas and needs no library.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from aikg.graph.views.details import Details, plain
from aikg.graph.views.explorer.choose import DEFAULT_LABELS, Choice, choose
from aikg.graph.views.explorer.data import explorer_data
from aikg.graph.views.explorer.layouts import FORCE_UP_TO, LAYOUTS
from aikg.graph.views.explorer.measures import MEASURES
from aikg.graph.views.explorer.payload import packed
from aikg.graph.views.explorer.words import explorer_words
from aikg.graph.views.page import html_page
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.style import FONT_STACK
from aikg.ontology.schema import Schema, load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["DEFAULT_LABELS", "DETAILS_UP_TO", "PARAMETERS", "NetworkPage", "footer", "network", "notes"]

DETAILS_UP_TO = 6_000
"""Nodes up to which the page holds what is said of each one; with more, the file would hold little else."""
PARAMETERS = (
    Parameter(
        "labels",
        "text_list",
        None,
        {"zh": "画哪些节点类型，如 Company,City", "en": "labels to draw, such as Company,City"},
    ),
    Parameter(
        "relations",
        "text_list",
        None,
        {"zh": "画哪些关系，如 LOCATED_IN", "en": "relations to draw, such as LOCATED_IN"},
    ),
    Parameter(
        "around",
        "text",
        None,
        {"zh": "只画这个对象周围：编号、名称或别名", "en": "only what lies around this id, name or alias"},
    ),
    Parameter("depth", "integer", 1, {"zh": "周围几步", "en": "how many steps around"}, least=0),
    Parameter(
        "layout",
        "text",
        "bands",
        {
            "zh": "先显示的布局：bands 按产业层，places 按地区，force 力导向",
            "en": "layout shown first: bands (by layer), places, force",
        },
        LAYOUTS,
    ),
    Parameter(
        "size",
        "text",
        "degree",
        {"zh": "节点大小先按什么", "en": "what the size of nodes shows first"},
        ("same", *MEASURES[:-1]),
    ),
    Parameter(
        "color",
        "text",
        "label",
        {"zh": "节点颜色先按什么", "en": "what the colour of nodes shows first"},
        ("label", *MEASURES),
    ),
    LANG,
    Parameter("limit", "integer", 20_000, {"zh": "最多多少节点", "en": "how many nodes at most"}, least=1),
)
_SCRIPTS = ("data", "dom", "state", "find", "layer", "draw", "view", "panel", "export", "page")
_BODY = """<header id="bar">
<h1 id="heading"></h1>
<div id="finder" class="finder"></div>
<div id="tools"></div>
</header>
<p id="notes" role="status" hidden></p>
<main id="stage"><canvas id="canvas" tabindex="0" role="application"></canvas>
<form id="legend"></form>
<aside id="panel" hidden></aside>
<div id="tip" role="tooltip" hidden></div>
<p id="said" aria-live="polite"></p></main>
<footer id="foot"></footer>
<noscript>本页需要 JavaScript 才能画图。This page needs JavaScript to draw.</noscript>"""


@dataclass(frozen=True)
class NetworkPage:
    """The explorer of one choice of nodes: what the page holds (`data`), and the page itself (`html`)."""

    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def notes(self) -> tuple[str, ...]:
        """What the picture leaves out, in the page's language."""
        return tuple(self.data["notes"])

    @cached_property
    def html(self) -> str:
        folder = resources.files("aikg.graph.views") / "assets"
        parts = [(folder / f"network.{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
        script = "\n".join(['"use strict";', "(async () => {", *parts, "})();", ""])
        style = (folder / "network.css").read_text(encoding="utf-8").replace("FONT_STACK", FONT_STACK)
        return html_page(
            title=self.title,
            body=_BODY,
            data=packed(self.data),
            scripts=[script],
            styles=[style],
            lang=str(self.data["lang"]),
        )


def network(
    graph: KnowledgeGraph,
    *,
    labels: Sequence[str] | None = None,
    relations: Sequence[str] | None = None,
    around: str | None = None,
    depth: int = 1,
    layout: Literal["bands", "places", "force"] = "bands",
    size: str = "degree",
    color: str = "label",
    lang: Literal["zh", "en"] = "zh",
    limit: int = 20_000,
) -> NetworkPage:
    """`graph` as the explorer page.

    `labels` and `relations` choose what is drawn (default: `DEFAULT_LABELS`, all relations between them).
    `around` is a node's id, or a name or alias that only one node has: then only nodes within `depth` steps
    of it are drawn. More than `limit` nodes are cut (nearest first, then the chain and the places, then the
    best connected), which the page and `notes` say. `layout`, `size` and `color` are what the page shows first; a
    reader can switch. Above `DETAILS_UP_TO` nodes the page says of each one only what is drawn.

    Raises GraphError for an unknown or ambiguous node, SchemaError for an unknown label, relation or
    language, ValueError for a negative depth, a limit below 1 or an unknown layout, size or colour.

    >>> draw(graph, "network", around="小马智行", depth=2).save("pony.html")  # doctest: +SKIP
    PosixPath('pony.html')
    """
    schema, text = load_schema(), explorer_words(lang)
    if depth < 0 or limit < 1:
        raise ValueError(f"depth must be at least 0 and limit at least 1, not {depth} and {limit}")
    for name, value, known in (
        ("layout", layout, LAYOUTS),
        ("size", size, ("same", *MEASURES[:-1])),
        ("color", color, ("label", *MEASURES)),
    ):
        if value not in known:
            raise ValueError(f"{name} {value!r} is not one of {', '.join(known)}")
    choice = choose(graph, schema, labels=labels, relations=relations, around=around, depth=depth, limit=limit)
    said = notes(choice, schema, lang, around is not None)
    details = Details(graph, schema, lang) if len(choice.nodes) <= DETAILS_UP_TO else None
    if details is None:
        said.append(text["basic_only"])
    shown = "bands" if layout == "force" and len(choice.nodes) > FORCE_UP_TO else layout
    if shown != layout:
        said.append(text["no_force"].format(n=f"{FORCE_UP_TO:,}"))
    center = choice.center
    data = {
        "lang": lang,
        "title": text["around"].format(name=center.name, depth=depth) if center else text["title"],
        "words": text,
        "font": FONT_STACK,
        "notes": said,
        **explorer_data(graph, schema, choice, details, text, lang),
        "first": {"layout": shown, "size": size, "color": color},
    }
    data["footer"] = footer(graph, choice, details, text)
    return NetworkPage(data)


def notes(choice: Choice, schema: Schema, lang: str, around: bool) -> list[str]:
    """What the picture leaves out, in full sentences."""
    text, found = explorer_words(lang), []
    all_, shown = choice.candidates, len(choice.nodes)
    if shown < all_:
        how = text["cut_distance" if around else "cut_degree"]
        cut = text["cut"].format(n=f"{shown:,}", all=f"{all_:,}", rest=f"{all_ - shown:,}", how=how)
        found.append(f"{cut} {text['offer']}" if lang == "en" else cut + text["offer"])
    if choice.absent:
        names = text["list"].join(schema.labels[name].label[lang] for name in choice.absent)
        found.append(text["no_such_nodes"].format(labels=names))
    return found


def footer(graph: KnowledgeGraph, choice: Choice, known: Details | None, text: Mapping[str, str]) -> list[str]:
    """From when to when the drawn facts are, and which documents they come from.

    Without details the documents are those that the drawn nodes cite themselves.
    """
    dates: set[str] = set()
    cited: set[str] = set()

    def read(frame: pd.DataFrame, ids: set[str]) -> None:
        part = frame[frame["id"].isin(ids)]
        dates.update(date for date in map(plain, part["as_of"].unique()) if date)
        if known is None:
            cited.update(entry.partition("#")[0] for entries in part["sources"] for entry in entries)

    for label in {node.label for node in choice.nodes}:
        read(graph.nodes[label], {node.id for node in choice.nodes if node.label == label})
    for kind in {edge.type for edge in choice.edges}:
        read(graph.edges[kind], {edge.id for edge in choice.edges if edge.type == kind})
    span = sorted(dates)
    shown = text["as_of_unknown"]
    if span:
        shown = text["as_of"].format(range=span[0] if len(span) == 1 else f"{span[0]} – {span[-1]}")
    titles = known.titles if known is not None else _titles(graph)
    used = sorted(known.used_sources if known is not None else cited)
    names = [f"《{titles[i].strip('《》')}》" if i in titles else i for i in used[:4]]
    listed = text["list"].join(names) + (text["sources_more"].format(n=len(used)) if len(used) > 4 else "")
    return [shown, text["sources_of"].format(names=listed or text["not_recorded"])]


def _titles(graph: KnowledgeGraph) -> Mapping[str, str]:
    from aikg.graph.citations import titles

    found: Mapping[str, str] = titles(graph)
    return found
