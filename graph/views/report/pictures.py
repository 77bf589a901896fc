"""Pictures of one place, made to stand beside each other on one page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.names import find
from aikg.graph.views.chart import Chart
from aikg.graph.views.picture import PICTURES
from aikg.graph.views.report.parts import Figure
from aikg.ontology.errors import AikgError, QueryError

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.parameter import Parameter

__all__ = ["beside", "picture_of_place", "place_option"]

_SVG = "http://www.w3.org/2000/svg"
# What makes a shape of a picture's own page answer to a click: on a page of many pictures there are no details to show.
_ACTING = ("data-key", "data-tags", "tabindex", "role", "aria-label")
_LEAST_ROWS = 3
"""Below this the tables of a report say as much as a picture."""
_NAMES = ("place", "city", "province", "region", "country", "places", "cities")


def place_option(parameters: tuple[Parameter, ...], level: str, place: str) -> dict[str, Any] | None:
    """The option that limits a picture to a place (an id) of this level; None where no parameter of it takes such a place.

    >>> from aikg.graph.views.pictures.heatmap import PARAMETERS
    >>> place_option(PARAMETERS, "Region", "region:长三角"), place_option(PARAMETERS, "City", "city:440300")
    ({'region': 'region:长三角'}, None)
    """
    for name in _NAMES:
        for parameter in parameters:
            if parameter.name == name and level in parameter.values:
                return {name: [place] if parameter.datatype == "text_list" else place}
    return None


def picture_of_place(graph: KnowledgeGraph, name: str, level: str, place: str, lang: str) -> Figure | str:
    """The picture `name` for a place, or one line that says why there is none: "" where it is not drawn by such a place, or shows little."""
    kind = PICTURES[name]
    option = place_option(kind.parameters, level, _called(graph, level, place))
    if option is None:
        return ""
    try:
        drawn = kind.function(graph, **option, lang=lang)
    except AikgError as error:
        return str(error).splitlines()[0]
    if not isinstance(drawn, Chart) or drawn.table is None or len(drawn.table) < _LEAST_ROWS:
        return ""
    return Figure(name, drawn.title, drawn.svg())


def _called(graph: KnowledgeGraph, level: str, place: str) -> str:
    """The name of a place, which pictures may show as it was given; its id where the name names another one too."""
    name = next(
        name for node, name in zip(graph.nodes[level]["id"], graph.nodes[level]["name"], strict=True) if node == place
    )
    try:
        return str(name) if find(graph, str(name), level)[0] == place else place
    except QueryError:
        return place


def beside(svg: str, prefix: str) -> str:
    """A drawing whose ids begin with `prefix`, so that several can stand in one page, and whose shapes do not act.

    >>> beside(
    ...     '<svg xmlns="http://www.w3.org/2000/svg"><g id="a" tabindex="0"/><use href="#a" fill="url(#a)"/></svg>', "x"
    ... )
    '<svg xmlns="http://www.w3.org/2000/svg"><g id="x-a" /><use href="#x-a" fill="url(#x-a)" /></svg>'
    """
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)  # noqa: S314 - a drawing of ours
    ids = {element.get("id") for element in root.iter()} - {None}
    renamed = {f"url(#{one})": f"url(#{prefix}-{one})" for one in ids} | {f"#{one}": f"#{prefix}-{one}" for one in ids}
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name in _ACTING and element is not root:
                del element.attrib[name]
            elif name == "id":
                element.set(name, f"{prefix}-{value}")
            elif value in renamed:
                element.set(name, renamed[value])
    return ET.tostring(root, encoding="unicode")
