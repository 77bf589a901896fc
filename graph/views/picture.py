"""The pictures by name: what there is to draw, with which parameters, and one entry that draws.

Each picture draws with its defaults alone. Values may be text, as a command line or a form gives them.
"""

from __future__ import annotations

import difflib
import html as markup
import os
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aikg.graph.views.chart import Chart
from aikg.graph.views.chart_page import chart_html
from aikg.graph.views.parameter import Parameter, typed
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PICTURES", "Picture", "PictureKind", "draw", "known_picture"]


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A picture that can be drawn: its title, and the module that draws it.

    The module has a function of the module's last name (``heatmap.heatmap(graph, *, …)``) that returns a `Chart` (the
    network: the page itself), and its parameters as ``PARAMETERS``.
    """

    title: dict[str, str]
    module: str

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        found: tuple[Parameter, ...] = import_module(self.module).PARAMETERS
        return found

    @property
    def function(self) -> Callable[..., Any]:
        made: Callable[..., Any] = getattr(import_module(self.module), self.module.rpartition(".")[2])
        return made


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture: one offline HTML page; charts are also an `svg` and the `table` behind it (None for the network).

    `notes` say what it leaves out, in the page's language.
    """

    name: str
    title: str
    html: str
    notes: tuple[str, ...] = ()
    svg: str | None = None
    table: pd.DataFrame | None = None

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, or by the file's ending the drawing (.svg, .png) or its data (.xlsx, .csv); returns the path.

        Whole or not at all, as UTF-8. Raises GraphError when it cannot.

        >>> kg.view("network").save("network.html")  # doctest: +SKIP
        PosixPath('network.html')
        """
        from aikg.graph.views.chart_page import png_of, workbook_of
        from aikg.graph.views.page import save_bytes, save_html

        suffix = os.fspath(path).lower().rpartition(".")[2]
        if suffix in ("svg", "png", "xlsx", "csv") and (self.svg is None or self.table is None):
            raise GraphError(
                say(
                    f"picture '{self.name}' is written as .html only; its page exports PNG and SVG",
                    f"图 {self.name} 只能写成 .html；在网页里可导出 PNG 与 SVG",
                )
            )
        if self.svg is not None and suffix == "svg":
            return save_bytes(self.svg.encode("utf-8", "replace"), path)
        if self.svg is not None and suffix == "png":
            return save_bytes(png_of(self.svg), path)
        if self.table is not None and suffix == "xlsx":
            return save_bytes(workbook_of(self.table), path)
        if self.table is not None and suffix == "csv":
            return save_bytes(self.table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"), path)
        return save_html(self.html, path)

    def _repr_html_(self) -> str:
        """The page in a notebook, in a frame whose scripts do not run as the notebook's."""
        return (
            f'<iframe srcdoc="{markup.escape(self.html)}" sandbox="allow-scripts allow-popups" '
            'frameborder="0" width="100%" height="760"></iframe>'
        )


def _module(name: str) -> str:
    folder = "explorer" if name == "network" else "pictures"
    return f"aikg.graph.views.{folder}.{name.replace('-', '_')}"


PICTURES: dict[str, PictureKind] = {
    name: PictureKind({"zh": zh, "en": en}, _module(name))
    for name, zh, en in (
        ("network", "关系网络图", "Network"),
        ("panorama", "产业链全景图", "Panorama of the chain"),
        ("places", "城市集群示意图", "City clusters"),
        ("diamond", "三大城市群钻石模型", "Diamonds of the clusters"),
        ("programmes", "地方 × 试点", "Places by programmes"),
        ("parks", "园区 × 布局重点", "Parks by focus"),
        ("scenarios", "应用场景矩阵", "Application scenarios"),
        ("compute", "智算中心", "Compute centres"),
        ("heatmap", "城市 × 环节热力图", "Cities by segments"),
        ("timeline", "政策时间线", "Time line of policies"),
        ("sankey", "产业层 → 环节 → 城市", "Layers to segments to cities"),
        ("similarity", "政策同质化矩阵", "Likeness of policy focus"),
        ("next-segments", "可延伸的环节", "Next segments of a place"),
        ("targets", "目标与现状", "Targets against values"),
        ("contradictions", "矛盾对照图", "Contradictions"),
        ("indicators", "指标图", "Indicators"),
    )
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
    drawn = kind.function(graph, **typed(name, kind.parameters, options))
    if isinstance(drawn, Chart):
        return Picture(name, drawn.title, chart_html(drawn), tuple(drawn.notes), drawn.svg(), drawn.table)
    return Picture(name, drawn.title, drawn.html, drawn.notes)
