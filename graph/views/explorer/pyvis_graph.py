"""A graph, or a part of it, as a pyvis network with positions, colours, a legend, and evidence as tooltips."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

from aikg.graph.views.details import Details
from aikg.graph.views.explorer.choose import Choice, choose
from aikg.graph.views.explorer.data import place_in_legend
from aikg.graph.views.explorer.facets import facets
from aikg.graph.views.explorer.layouts import LAYOUTS, layouts
from aikg.graph.views.explorer.network import footer, notes
from aikg.graph.views.explorer.pyvis_network import SafeNetwork
from aikg.graph.views.style import label_style
from aikg.graph.views.words import words
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["pyvis_graph"]

_LINES = 9
"""Lines of a tooltip: more does not fit beside the pointer."""


def pyvis_graph(
    graph: KnowledgeGraph,
    *,
    labels: Sequence[str] | None = None,
    relations: Sequence[str] | None = None,
    around: str | None = None,
    depth: int = 1,
    layout: Literal["bands", "places", "force"] = "bands",
    lang: Literal["zh", "en"] = "zh",
    limit: int = 5000,
) -> SafeNetwork:
    """`graph` as a `pyvis.network.Network` to go on working with: add to it, change its options, ``show`` it.

    What is drawn is chosen as in `aikg.graph.views.explorer.network.network`, with the same errors. Positions are given (no
    physics), colours and shapes are those of all pictures, a node's tooltip tells its values and sources.

    >>> pyvis_graph(graph, around="小马智行").show("pony.html")  # doctest: +SKIP
    """
    schema, text = load_schema(), words(lang)
    if depth < 0 or limit < 1:
        raise ValueError(f"depth must be at least 0 and limit at least 1, not {depth} and {limit}")
    if layout not in LAYOUTS:
        raise ValueError(f"layout {layout!r} is not one of {', '.join(LAYOUTS)}")
    choice = choose(graph, schema, labels=labels, relations=relations, around=around, depth=depth, limit=limit)
    made = layouts(graph, schema, choice, facets(graph, schema, choice), lang, only=layout)[0]
    details = Details(graph, schema, lang)
    told = details.node_details({node.id: node.label for node in choice.nodes})
    types = sorted({edge.type for edge in choice.edges})
    between = details.edge_details(types, {edge.id for edge in choice.edges})

    def tip(title: str, kind: str, columns: Sequence[str], own: Mapping[str, Any]) -> str:
        values = zip(columns, own["values"], strict=True)
        lines = [title, kind, *(f"{name}{text['colon']}{value}" for name, value in values if value is not None)]
        cited = [details.cites[at]["text"] for at in own["sources"][:2]]
        return "\n".join(line for line in (*lines[:_LINES], *cited) if line)

    net = SafeNetwork(height="760px", width="100%", directed=True, cdn_resources="in_line")
    _settings(net, len(choice.edges))
    kinds = {label: schema.labels[label].label[lang] for label in {node.label for node in choice.nodes}}
    nodes = _nodes(choice, made.positions, told)
    for node in nodes:
        columns = details.columns[node["group"]]
        node["title"] = tip(node["label"], kinds[node["group"]], columns, told[node["id"]])
    edges = _edges(choice)
    for edge in edges:
        name = schema.relations[edge["type"]].label[lang]
        edge["title"] = tip(name, "", details.columns[edge["type"]], between[edge["id"]])
    net.add_graph(nodes, edges)
    center = choice.center
    net.page_data = {
        "lang": lang,
        "title": text["around"].format(name=center.name, depth=depth) if center else text["title"],
        "groups": {
            label: {"name": kinds[label], "color": label_style(label).color, "shape": label_style(label).shape}
            for label in sorted(kinds, key=place_in_legend)
        },
        "notes": notes(choice, schema, lang, around is not None),
        "footer": footer(graph, choice, details, text),
    }
    return net


def _settings(net: SafeNetwork, edges: int) -> None:
    """Nothing moves: positions come from here, and straight pale edges are what a browser draws fastest."""
    net.toggle_physics(False)
    options = net.options
    options.edges.smooth.enabled = False
    options.edges.color.inherit = False
    options.edges.color.color = "#9db0c9"
    options.edges.color.highlight = "#476296"
    options.edges.color.opacity = 0.55 if edges < 400 else 0.35 if edges < 2500 else 0.18
    options.edges.width = 1


def _nodes(
    choice: Choice, positions: Mapping[str, tuple[float, float]], told: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    made = []
    for node in choice.nodes:
        style = label_style(node.label)
        x, y = positions[node.id]
        shown: dict[str, Any] = {
            "id": node.id,
            "label": node.name,
            "group": node.label,
            "shape": style.shape,
            "color": style.color,
            "size": round(style.size + min(math.log2(1 + node.degree), 5.0), 1),
            "x": x,
            "y": y,
            "rank": node.rank,
        }
        if told[node.id].get("conflicts"):
            shown |= {"borderWidth": 2, "color": {"background": style.color, "border": "#c81e1e"}}
        made.append(shown)
    return made


def _edges(choice: Choice) -> list[dict[str, Any]]:
    # Arrow heads of hundreds of relations into one city are a blot.
    return [
        {
            "id": edge.id,
            "from": edge.subject,
            "to": edge.object,
            "type": edge.type,
            "arrows": "to" if edge.type in ("SUPPLIES", "UPSTREAM_OF") else "",
            **({"dashes": True} if edge.type == "SAME_AS_CANDIDATE" else {}),
        }
        for edge in choice.edges
    ]
