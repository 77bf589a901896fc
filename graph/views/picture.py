"""The pictures by name: what there is to draw, with which parameters, and one entry that draws.

Each picture draws with its defaults alone. Values may be text, as a command line or a form gives them.
"""

from __future__ import annotations

import difflib
import html as markup
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PICTURES", "Parameter", "Picture", "PictureKind", "draw", "known_picture"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a picture.

    `datatype` is text, text_list or integer; `choices` are all values, where they are few, `least` the least number.
    """

    name: str
    datatype: str
    default: Any
    description: dict[str, str]
    choices: tuple[str, ...] = ()
    least: int | None = None


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A picture that can be drawn: its title, its parameters, and the function (module and name) that draws it."""

    title: dict[str, str]
    parameters: tuple[Parameter, ...]
    module: str
    function: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture: one offline HTML page. `notes` say what it leaves out, in the page's language."""

    name: str
    title: str
    html: str
    notes: tuple[str, ...] = ()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page as UTF-8, whole or not at all; returns the path. Raises GraphError when it cannot.

        >>> kg.view("network").save("network.html")  # doctest: +SKIP
        PosixPath('network.html')
        """
        from aikg.graph.views.page import save_html

        return save_html(self.html, path)

    def _repr_html_(self) -> str:
        """The page in a notebook, in a frame whose scripts do not run as the notebook's."""
        return (
            f'<iframe srcdoc="{markup.escape(self.html)}" sandbox="allow-scripts allow-popups" '
            'frameborder="0" width="100%" height="760"></iframe>'
        )


_LANG = Parameter("lang", "text", "zh", {"zh": "图中文字的语言", "en": "language of the picture's words"}, ("zh", "en"))

PICTURES: dict[str, PictureKind] = {
    "network": PictureKind(
        {"zh": "关系网络图", "en": "Network"},
        (
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
            _LANG,
            Parameter("limit", "integer", 5000, {"zh": "最多多少节点", "en": "how many nodes at most"}, least=1),
        ),
        "aikg.graph.views.network",
        "network",
    ),
}


def known_picture(name: str) -> PictureKind:
    """The picture of this name. Raises GraphError that lists the names.

    >>> known_picture("network").title["en"]
    'Network'
    """
    if name not in PICTURES:
        near = difflib.get_close_matches(name, list(PICTURES), n=1, cutoff=0.6)
        hint = say(f" (did you mean {near[0]}?)", f"（是不是 {near[0]}？）") if near else ""
        raise GraphError(
            say(
                f"there is no picture '{name}'{hint}; pictures are {', '.join(PICTURES)}",
                f"没有“{name}”这种图{hint}；能画的有 {'、'.join(PICTURES)}",
            )
        )
    return PICTURES[name]


def draw(graph: KnowledgeGraph, name: str, **options: Any) -> Picture:
    """Draw the picture `name` of `graph`; `options` are its parameters (see `PICTURES`).

    Raises GraphError for an unknown picture, parameter or value, and for a node that is not in the graph;
    SchemaError for an unknown label or relation.

    >>> draw(graph, "network", around="华为", depth="2").save("huawei.html")  # doctest: +SKIP
    """
    kind = known_picture(name)
    given = _typed(name, kind, options)
    drawn = getattr(import_module(kind.module), kind.function)(graph, **given)
    page_data: Mapping[str, Any] = drawn.page_data or {}
    return Picture(name, str(page_data.get("title", name)), drawn.generate_html(), tuple(page_data.get("notes", ())))


def _typed(name: str, kind: PictureKind, options: Mapping[str, Any]) -> dict[str, Any]:
    known = {parameter.name: parameter for parameter in kind.parameters}
    for key in options:
        if key not in known:
            raise GraphError(
                say(
                    f"picture '{name}' has no parameter '{key}'; it has {', '.join(known)}",
                    f"图 {name} 没有参数“{key}”；它的参数有 {'、'.join(known)}",
                )
            )
    return {key: _value(name, known[key], value) for key, value in options.items() if value is not None}


def _value(name: str, parameter: Parameter, value: Any) -> Any:
    where = say(f"picture '{name}': {parameter.name}", f"图 {name} 的参数 {parameter.name} ")
    if parameter.datatype == "text_list":
        listed = value.replace("，", ",").split(",") if isinstance(value, str) else list(value)
        return [word.strip() for word in listed if word.strip()]
    if parameter.datatype == "integer":
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise GraphError(
                where + say(f" must be a whole number, not '{value}'", f"应为整数，不能是“{value}”")
            ) from None
        if parameter.least is not None and number < parameter.least:
            raise GraphError(
                where
                + say(
                    f" must be at least {parameter.least}, not {number}", f"至少为 {parameter.least}，不能是 {number}"
                )
            )
        return number
    if parameter.choices and value not in parameter.choices:
        choices = parameter.choices
        raise GraphError(
            where
            + say(
                f" must be one of {', '.join(choices)}, not '{value}'",
                f"只能是 {'、'.join(choices)}，不能是“{value}”",
            )
        )
    return str(value)
