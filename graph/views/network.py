"""The network picture: a graph, or a part of it, as one offline page with search, filters and evidence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

from aikg.graph.views.choose import DEFAULT_LABELS, Choice, choose
from aikg.graph.views.details import Details, plain
from aikg.graph.views.force import force
from aikg.graph.views.layout import PAGE, Band, LayoutEdge, LayoutNode, bands
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.style import label_style
from aikg.graph.views.words import words
from aikg.ontology.schema import Schema, load_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.pyvis_network import SafeNetwork

__all__ = ["DEFAULT_LABELS", "PARAMETERS", "network"]

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
        {"zh": "布局：bands 分层，force 力导向", "en": "bands by layer, or force"},
        ("bands", "force"),
    ),
    LANG,
    Parameter("limit", "integer", 5000, {"zh": "最多多少节点", "en": "how many nodes at most"}, least=1),
)
Positions = dict[str, tuple[float, float]]


def network(
    graph: KnowledgeGraph,
    *,
    labels: Sequence[str] | None = None,
    relations: Sequence[str] | None = None,
    around: str | None = None,
    depth: int = 1,
    layout: Literal["bands", "force"] = "bands",
    lang: Literal["zh", "en"] = "zh",
    limit: int = 5000,
) -> SafeNetwork:
    """`graph` as a pyvis network with positions, panel and legend; write it with its `save`.

    `labels` and `relations` choose what is drawn (default: `DEFAULT_LABELS`, all relations between them).
    `around` is a node's id, or a name or alias that only one node has: then only nodes within `depth` steps
    of it are drawn. More than `limit` nodes are cut (nearest first, then the chain and the places, then the
    best connected), which the page and ``page_data["notes"]`` say.

    Raises GraphError for an unknown or ambiguous node, SchemaError for an unknown label, relation or
    language, ValueError for a negative depth, a limit below 1 or an unknown layout.

    >>> network(graph, around="小马智行", depth=2).save("pony.html")  # doctest: +SKIP
    PosixPath('pony.html')
    """
    # pyvis imports IPython: a second or so that others need not wait for.
    from aikg.graph.views.pyvis_network import SafeNetwork

    schema, text = load_schema(), words(lang)
    if depth < 0 or limit < 1:
        raise ValueError(f"depth must be at least 0 and limit at least 1, not {depth} and {limit}")
    if layout not in ("bands", "force"):
        raise ValueError(f"layout {layout!r} is not one of bands, force")
    choice = choose(graph, schema, labels=labels, relations=relations, around=around, depth=depth, limit=limit)
    drawn = {node.id: node.label for node in choice.nodes}
    types = sorted({edge.type for edge in choice.edges})
    known = Details(graph, schema, lang)
    details = known.node_details(drawn)
    edge_details = known.edge_details(types, {edge.id for edge in choice.edges})
    positions, drawn_bands = _positions(choice, layout)

    net = SafeNetwork(height="760px", width="100%", directed=True, cdn_resources="in_line")
    _settings(net, len(choice.edges))
    net.add_graph(_vis_nodes(choice, positions, details), _vis_edges(choice))
    center = choice.center
    net.page_data = {
        "lang": lang,
        "title": text["around"].format(name=center.name, depth=depth) if center else text["title"],
        "groups": {
            label: {
                "name": schema.labels[label].label[lang],
                "color": label_style(label).color,
                "shape": label_style(label).shape,
            }
            for label in sorted(set(drawn.values()), key=_place_in_legend)
        },
        "relations": {name: {"name": schema.relations[name].label[lang]} for name in types},
        "bands": [_band(band, choice, schema, lang) for band in drawn_bands],
        "details": details,
        "edge_details": edge_details,
        "columns": known.columns,
        "cites": known.cites,
        "facts": known.facts,
        "notes": _notes(choice, schema, lang, around is not None),
        "footer": _footer(graph, choice, known, text),
    }
    return net


def _place_in_legend(label: str) -> tuple[int, str]:
    return DEFAULT_LABELS.index(label) if label in DEFAULT_LABELS else len(DEFAULT_LABELS), label


def _notes(choice: Choice, schema: Schema, lang: str, around: bool) -> list[str]:
    """What the picture leaves out, in full sentences."""
    text, notes = words(lang), []
    all_, shown = choice.candidates, len(choice.nodes)
    if shown < all_:
        how = text["cut_distance" if around else "cut_degree"]
        notes.append(text["cut"].format(n=f"{shown:,}", all=f"{all_:,}", rest=f"{all_ - shown:,}", how=how))
    if choice.absent:
        names = text["list"].join(schema.labels[name].label[lang] for name in choice.absent)
        notes.append(text["no_such_nodes"].format(labels=names))
    return notes


def _positions(choice: Choice, layout: str) -> tuple[Positions, list[Band]]:
    if layout == "force":
        pairs = [(edge.subject, edge.object) for edge in choice.edges]
        return force([node.id for node in choice.nodes], pairs), []
    return bands(
        [LayoutNode(node.id, node.label, node.name, node.order) for node in choice.nodes],
        [LayoutEdge(edge.type, edge.subject, edge.object) for edge in choice.edges],
    )


def _band(band: Band, choice: Choice, schema: Schema, lang: str) -> dict[str, Any]:
    """A band as the page draws it: its title, and the labels without which it is not shown."""
    labels = {node.label for node in choice.nodes}
    present = [name for name in band.labels if name in labels]
    names = [schema.labels[name].label[lang] for name in present]
    title = " · ".join(names) if len(names) < 3 and lang == "zh" else names[0]
    if "Province" in band.labels and len(names) > 1:
        title = words(lang)["places"]
    if band.layer is not None:  # a layer of the chain: its node, or at least its name, is the title
        title = "" if band.head else next(node.name for node in choice.nodes if node.id == band.layer)
        present = ["ChainLayer", "ChainSegment", "Technology", "Company"]
    box = {"x": band.x, "y": band.y, "width": band.width, "height": band.height}
    return {"name": title, "groups": present, **box}


def _settings(net: SafeNetwork, edges: int) -> None:
    """Nothing moves: positions come from here, and straight pale edges are what a browser draws fastest."""
    net.toggle_physics(False)
    options = net.options
    options.interaction.dragNodes = False  # places carry meaning: band, circle, middle
    options.edges.smooth.enabled = False
    options.edges.color.inherit = False
    options.edges.color.color = "#9db0c9"
    options.edges.color.highlight = "#476296"
    options.edges.color.opacity = 0.55 if edges < 400 else 0.35 if edges < 2500 else 0.18
    options.edges.width = 1


def _vis_nodes(choice: Choice, positions: Positions, details: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    made = []
    # On a page where everything is small the skeleton of the picture must stay visible.
    shrink = _shrink(positions)
    for node in choice.nodes:
        style = label_style(node.label)
        grow = math.pow(min(shrink, 1.5 if node.label == "ChainSegment" else 2.5), 0.6) if node.rank else 1.0
        x, y = positions[node.id]
        shown: dict[str, Any] = {
            "id": node.id,
            "label": node.name,
            "group": node.label,
            "shape": style.shape,
            "color": style.color,
            "size": round((style.size + min(math.log2(1 + node.degree), 5.0)) * grow, 1),
            "x": x,
            "y": y,
            "rank": node.rank,
        }
        if details[node.id].get("conflicts"):
            ring = {"background": style.color, "border": "#c81e1e"}
            shown |= {"disputed": True, "borderWidth": 2, "color": ring}
        made.append(shown)
    return made


def _shrink(positions: Positions) -> float:
    """How many drawing units a pixel covers when the whole is in view at 1280 × 800; at least 1."""
    if not positions:
        return 1.0
    across = [x for x, _ in positions.values()]
    down = [y for _, y in positions.values()]
    return max(1.0, (max(across) - min(across)) / PAGE[0], (max(down) - min(down)) / PAGE[1])


def _vis_edges(choice: Choice) -> list[dict[str, Any]]:
    made = []
    for edge in choice.edges:
        shown: dict[str, Any] = {
            "id": edge.id,
            "from": edge.subject,
            "to": edge.object,
            "type": edge.type,
            # Arrow heads of hundreds of relations into one city are a blot; the panel tells the direction.
            "arrows": "to" if edge.type in ("SUPPLIES", "UPSTREAM_OF") else "",
        }
        if edge.type == "SAME_AS_CANDIDATE":
            shown["dashes"] = True
        made.append(shown)
    return made


def _footer(graph: KnowledgeGraph, choice: Choice, known: Details, text: dict[str, str]) -> list[str]:
    """From when to when the drawn facts are, and which documents they come from."""

    def dates(frame: pd.DataFrame, ids: list[str]) -> set[str]:
        return {date for date in map(plain, frame.loc[frame["id"].isin(ids), "as_of"]) if date}

    nodes, edges = [node.id for node in choice.nodes], [edge.id for edge in choice.edges]
    found: set[str] = set()
    for label in {node.label for node in choice.nodes}:
        found |= dates(graph.nodes[label], nodes)
    for kind in {edge.type for edge in choice.edges}:
        found |= dates(graph.edges[kind], edges)
    span = sorted(found)
    shown = text["as_of_unknown"]
    if span:
        shown = text["as_of"].format(range=span[0] if len(span) == 1 else f"{span[0]} – {span[-1]}")
    used = sorted(known.used_sources)
    names = [f"《{known.titles[i].strip('《》')}》" if i in known.titles else i for i in used[:4]]
    listed = text["list"].join(names) + (text["sources_more"].format(n=len(used)) if len(used) > 4 else "")
    return [shown, text["sources_of"].format(names=listed or text["not_recorded"])]
