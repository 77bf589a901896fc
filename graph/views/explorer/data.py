"""What the network page holds: columns over nodes and relations, layouts, measures, facets, search keys, details."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.analysis.communities import HUB_LABELS
from aikg.graph.analysis.facts import ROOT, names_of, things
from aikg.graph.views.details import plain
from aikg.graph.views.explorer.choose import DEFAULT_LABELS, cells, rank_of
from aikg.graph.views.explorer.facets import PLACE_LABELS, facets
from aikg.graph.views.explorer.layouts import layouts
from aikg.graph.views.explorer.measures import measures
from aikg.graph.views.explorer.payload import column, lists, packed
from aikg.graph.views.style import label_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.details import Details
    from aikg.graph.views.explorer.choose import Choice
    from aikg.graph.views.explorer.facets import Facets
    from aikg.ontology.schema import Schema

__all__ = ["explorer_data", "initials"]

_ARROWS = ("SUPPLIES", "UPSTREAM_OF")
_PHRASES_UP_TO = 20_000
"""Names up to which readings come from pypinyin's phrases (重庆 is cq); above, from single characters, 50 times as fast."""


def explorer_data(
    graph: KnowledgeGraph, schema: Schema, choice: Choice, details: Details | None, text: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """Everything of the page but its title, words and notes. Nodes and relations are numbered in the order of `choice`."""
    known = facets(graph, schema, choice)
    place = {node.id: at for at, node in enumerate(choice.nodes)}
    labels = sorted({node.label for node in choice.nodes}, key=place_in_legend)
    label_at = {label: at for at, label in enumerate(labels)}
    types = sorted({edge.type for edge in choice.edges})
    type_at = {name: at for at, name in enumerate(types)}
    drawn = {node.id: node.label for node in choice.nodes}
    told = None
    disputed: set[str] = set()
    if details is not None:
        nodes = details.node_details(drawn)
        edges = details.edge_details(types, {edge.id for edge in choice.edges})
        disputed = {i for i, own in nodes.items() if own.get("conflicts")}
        told = packed(
            {
                "nodes": [nodes[node.id] for node in choice.nodes],
                "edges": [edges[edge.id] for edge in choice.edges],
                "columns": details.columns,
                "cites": details.cites,
                "facts": details.facts,
            }
        )
    elif "HAS_CONFLICT" in graph.edges:
        disputed = set(graph.edges["HAS_CONFLICT"]["subject"]) & set(drawn)
    aliases = _aliases(graph, drawn)
    names = [node.name for node in choice.nodes]
    return {
        "labels": [_label(label, schema, lang) for label in labels],
        "relations": [
            {
                "key": name,
                "name": schema.relations[name].label[lang],
                "arrow": name in _ARROWS,
                "dash": name == "SAME_AS_CANDIDATE",
            }
            for name in types
        ],
        "ids": [node.id for node in choice.nodes],
        "names": names,
        "aliases": {str(place[i]): given for i, given in aliases.items()},
        "initials": [initials(name, phrases=len(names) <= _PHRASES_UP_TO) for name in names],
        "label": column((label_at[node.label] for node in choice.nodes), "u1"),
        "disputed": column((node.id in disputed for node in choice.nodes), "u1"),
        "from": column((place[edge.subject] for edge in choice.edges), "u4"),
        "to": column((place[edge.object] for edge in choice.edges), "u4"),
        "type": column((type_at[edge.type] for edge in choice.edges), "u1"),
        "layouts": [
            {
                "key": layout.name,
                "name": text[f"layout_{layout.name}"],
                "x": column((layout.positions[i][0] for i in place), "f4"),
                "y": column((layout.positions[i][1] for i in place), "f4"),
                "boxes": [box.data() for box in layout.boxes],
            }
            for layout in layouts(graph, schema, choice, known, lang)
        ],
        "measures": [
            {"key": name, "name": text[name], "values": column(_rounded(values), "f4")}
            for name, values in measures(choice).items()
        ],
        **_facet_columns(graph, choice, known, schema, lang),
        "hubs": [label_at[label] for label in HUB_LABELS if label in label_at],
        "root": place.get(ROOT, -1),
        "center": place[choice.center.id] if choice.center else -1,
        "details": told,
    }


def place_in_legend(label: str) -> tuple[int, str]:
    """Sorts labels as the legend lists them: those of `DEFAULT_LABELS`, then the others by name."""
    return DEFAULT_LABELS.index(label) if label in DEFAULT_LABELS else len(DEFAULT_LABELS), label


def _label(label: str, schema: Schema, lang: str) -> dict[str, Any]:
    style = label_style(label)
    shown = {"color": style.color, "shape": style.shape, "size": style.size, "rank": rank_of(label)}
    return {"key": label, "name": schema.labels[label].label[lang], **shown}


def _aliases(graph: KnowledgeGraph, drawn: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label in sorted(set(drawn.values())):
        frame = graph.nodes[label]
        for i, given in zip(cells(frame["id"]), cells(frame["aliases"]), strict=True):
            if i in drawn and (listed := plain(given)):
                found[i] = [str(one) for one in listed]
    return {i: found[i] for i in drawn if i in found}


def _rounded(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """To four significant digits: what a reader is shown, and what gzip can shorten."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 10.0 ** (3 - np.floor(np.log10(np.abs(values))))
        made = np.round(values * size) / size
    rounded: np.ndarray[Any, Any] = np.where(np.isfinite(made), made, values)
    return rounded


def _facet_columns(graph: KnowledgeGraph, choice: Choice, known: Facets, schema: Schema, lang: str) -> dict[str, Any]:
    used = {place for found in known.places.values() for place in found}
    spots = [row for row in things(graph, *PLACE_LABELS).itertuples(index=False) if row.id in used]
    spots.sort(key=lambda row: (PLACE_LABELS.index(row.label), row.name, row.id))
    spot_at = {row.id: at for at, row in enumerate(spots)}
    layers = _layers(graph, known)
    layer_at = {layer: at for at, (layer, _) in enumerate(layers)}
    return {
        "layers": [{"key": layer, "name": name} for layer, name in layers],
        "node_layers": lists([[layer_at[i] for i in known.layers.get(n.id, ())] for n in choice.nodes], "u1"),
        "places": [
            {"key": row.id, "name": plain(row.name) or row.id, "kind": schema.labels[str(row.label)].label[lang]}
            for row in spots
        ],
        "node_places": lists([[spot_at[i] for i in known.places.get(n.id, ())] for n in choice.nodes], "u2"),
        "year": column((known.year.get(node.id, 0) for node in choice.nodes), "i2"),
        "as_of": column((known.as_of.get(node.id, 0) for node in choice.nodes), "i2"),
        "edge_as_of": column((known.as_of.get(edge.id, 0) for edge in choice.edges), "i2"),
    }


def _layers(graph: KnowledgeGraph, known: Facets) -> list[tuple[str, str]]:
    """Layers that something drawn belongs to, upstream first."""
    used = {layer for found in known.layers.values() for layer in found}
    if not used:
        return []
    names = names_of(graph, "ChainLayer")
    frame = graph.nodes["ChainLayer"]
    orders = dict(zip(frame["id"], frame["order"], strict=True)) if "order" in frame else {}

    def order(layer: str) -> tuple[float, str]:
        value = plain(orders.get(layer))
        return (float(value) if isinstance(value, int | float) else math.inf, layer)

    return [(layer, plain(names[layer]) or layer) for layer in sorted(used, key=order)]


def initials(name: str, *, phrases: bool = True) -> str:
    """The first letters of the readings of a Chinese name; letters and digits stay; "" without Chinese.

    >>> initials("重庆市"), initials("小马智行"), initials("SAP")
    ('cqs', 'xmzx', '')
    """
    short = name[:40]
    if not any("\u3400" <= sign <= "\u9fff" for sign in short):
        return ""
    if phrases:
        from pypinyin import Style, lazy_pinyin

        read = "".join(lazy_pinyin(short, style=Style.FIRST_LETTER, errors="default"))
    else:
        read = "".join(map(_initial, short))
    return "".join(sign for sign in read.lower() if sign.isascii() and sign.isalnum())


@lru_cache(maxsize=30_000)
def _initial(sign: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(sign, style=Style.FIRST_LETTER, errors="default")[0]
