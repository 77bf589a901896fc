"""A `pyvis.network.Network` whose pages work offline, in any locale, and execute nothing that a name says.

pyvis 0.3.2 loads Bootstrap from a CDN in every mode, writes in the locale's encoding (under GBK an empty
file is left behind), pastes heading, colours and options into markup, and draws no legend. Only
`generate_html`, `write_html` and `show` are replaced here; nodes, edges, options and physics stay pyvis'
own, so existing code works.

Importing this module imports pyvis, and that IPython (about a second): import it where it is used.
"""

from __future__ import annotations

import html
import json
import webbrowser
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from IPython.display import IFrame
from pyvis.network import Network

from aikg.graph.views.explorer.force import force
from aikg.graph.views.page import html_page, save_html
from aikg.graph.views.style import FONT_STACK
from aikg.graph.views.words import words
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["SafeNetwork"]

_BODY = """<h1 id="heading" hidden></h1>
<p id="notes" role="status" hidden></p>
<main id="stage"><div id="network"></div>
<form id="legend" hidden></form>
<div id="config"></div></main>
<footer id="foot" hidden></footer>
<noscript>本页需要 JavaScript 才能画图。This page needs JavaScript to draw.</noscript>"""


@lru_cache(maxsize=1)
def _vis_network() -> tuple[str, str]:
    """vis-network as pyvis ships it: script and style sheet.

    The copy inside the pyvis wheel (9.1.2, MIT or Apache-2.0, its licence in its first lines) is recent
    enough: it has neither eval nor innerHTML and shows titles as text, so nothing needs to be vendored or
    updated here.
    """
    library = resources.files("pyvis").joinpath("templates", "lib")
    folders = sorted(
        (entry for entry in library.iterdir() if entry.name.startswith("vis-")),
        key=lambda entry: [int(part) for part in entry.name[4:].split(".") if part.isdigit()],
    )
    for folder in reversed(folders):
        script = folder.joinpath("vis-network.min.js")
        if script.is_file():
            text = script.read_text(encoding="utf-8")
            # Developer tools would fetch the map that the last line names.
            text = "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL="))
            return text, folder.joinpath("vis-network.css").read_text(encoding="utf-8")
    raise GraphError(
        say(
            f"pyvis at {library} holds no vis-network.min.js; reinstall it: pip install --force-reinstall pyvis",
            f"{library} 的 pyvis 里没有 vis-network.min.js；请重新安装：pip install --force-reinstall pyvis",
        )
    )


def _asset(name: str) -> str:
    return resources.files("aikg.graph.views").joinpath("assets", name).read_text(encoding="utf-8")


class _Frame(IFrame):
    """What pyvis' `show` returns, but holding the page itself: not every notebook serves files."""

    def __init__(self, page: str, name: str, width: Any, height: Any) -> None:
        super().__init__(name, width, height)
        self.page = page

    def _repr_html_(self) -> str:
        return _frame(self.page, self.width, self.height)


def _frame(page: str, width: Any, height: Any) -> str:
    """The page in a sandboxed frame: its scripts run, but not as the notebook's origin."""
    return (
        f'<iframe srcdoc="{html.escape(page)}" sandbox="allow-scripts allow-popups" frameborder="0" '
        f'width="{html.escape(str(width))}" height="{html.escape(str(height))}"></iframe>'
    )


def _without_address(node: dict[str, Any]) -> dict[str, Any]:
    """The node with a dot instead of an image that the page would have to ask somebody for."""
    images = [node[key] for key in ("image", "brokenImage") if key in node]
    if all(isinstance(image, str) and image.startswith("data:image/") for image in images):
        return node
    kept = {key: value for key, value in node.items() if key not in ("image", "brokenImage")}
    return {**kept, "shape": "dot"}


class SafeNetwork(Network):  # type: ignore[misc]  # pyvis is untyped
    """pyvis' `Network` with safe, offline, UTF-8 output. Same constructor, same methods.

    `page_data` is what the page shows beside nodes and edges: ``title``, ``lang``, ``groups`` (names and shapes for the
    legend), ``notes`` and ``footer`` (see `aikg.graph.views.explorer.pyvis_graph.pyvis_graph`, which fills it); a network filled
    by hand or by `from_nx` needs none: its legend lists the groups. `bgcolor`, `heading`, `height` and
    `width` are used as text and numbers, never as markup. Images at http addresses are not loaded: the page
    asks nobody; give `data:`. `select_menu`, `filter_menu` and `cdn_resources` have no effect: the legend
    filters, and everything is inline.

    >>> net = SafeNetwork(directed=True)
    >>> net.add_node(1, label="</script><script>alert(1)</script>")
    >>> net.save("network.html")  # doctest: +SKIP
    PosixPath('network.html')
    """

    page_data: Mapping[str, Any] | None = None

    def add_graph(self, nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> None:
        """Append nodes (``{"id", "label", …}``) and edges (``{"from", "to", …}``) in one go.

        pyvis' `add_edge` compares with every edge before it; this is linear. Nodes already there are kept
        as they are. Raises GraphError for an edge whose end is not a node.
        """
        for given in nodes:
            node = dict(given)
            node.setdefault("label", str(node["id"]))
            node.setdefault("shape", self.shape)
            if node["id"] not in self.node_map:
                self.nodes.append(node)
                self.node_ids.append(node["id"])
                self.node_map[node["id"]] = node
        for given in edges:
            edge = dict(given)
            for end in ("from", "to"):
                if edge[end] not in self.node_map:
                    raise GraphError(
                        say(
                            f"edge {edge['from']} → {edge['to']}: there is no node {edge[end]!r}; add it first",
                            f"边 {edge['from']} → {edge['to']}：没有节点“{edge[end]}”；请先加上",
                        )
                    )
            if self.directed:
                edge.setdefault("arrows", "to")
            self.edges.append(edge)

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = json.loads(self.get_network_data()[5])
        if not self.conf:
            options.pop("configure", None)
        return options

    def _placed(self, options: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The nodes, with positions for those that have none and to which the page would give none."""
        physics = options.get("physics", True)
        moving = physics if isinstance(physics, bool) else physics.get("enabled", True)
        hierarchical = "hierarchical" in options.get("layout", {})
        if moving or hierarchical or all("x" in node and "y" in node for node in self.nodes):
            return list(self.nodes)
        at = force(
            [str(node["id"]) for node in self.nodes],
            [(str(edge["from"]), str(edge["to"])) for edge in self.edges],
        )
        return [
            node if "x" in node and "y" in node else {**node, "x": at[str(node["id"])][0], "y": at[str(node["id"])][1]}
            for node in self.nodes
        ]

    # pyvis' own parameters stay, so that existing calls work; a page that is always whole needs few of them.
    # ruff: noqa: ARG002

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The whole page as text; the arguments are pyvis' and change nothing."""
        page = dict(self.page_data or {})
        language = page.get("lang", "zh")
        options = self._options()
        data = {
            "words": words(language),
            "font": FONT_STACK,
            **page,
            "title": page.get("title") or str(self.heading or ""),
            "background": self.bgcolor,
            "directed": bool(self.directed),
            "dot": self.dot_lang.replace('\\"', '"') if self.use_DOT else None,
            "options": options,
            "nodes": [_without_address(node) for node in self._placed(options)],
            "edges": self.edges,
        }
        script, sheet = _vis_network()
        styles = [_asset("pyvis.css").replace("FONT_STACK", FONT_STACK)]
        if self.conf:  # 220 KB that only the configuration widgets of show_buttons() need
            styles.insert(0, sheet)
        self.html = html_page(
            title=data["title"] or words(language)["title"],
            body=_BODY,
            data=data,
            scripts=[script, _asset("pyvis.js")],
            styles=styles,
            lang=language,
        )
        return self.html

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page as UTF-8, whole or not at all (else GraphError); returns the path."""
        return save_html(self.generate_html(), path)

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> IFrame | None:
        """Write the page; `notebook` also returns it as a frame, `open_browser` opens it."""
        path = self.save(name)
        if open_browser:
            webbrowser.open(path.resolve().as_uri())
        return _Frame(self.html, str(name), self.width, self.height) if notebook else None

    def show(self, name: str, local: bool = True, notebook: bool = True) -> IFrame | None:
        """Write the page and return it as a frame; with ``notebook=False`` open it in a browser."""
        return self.write_html(name, notebook=notebook, open_browser=not notebook)

    def _repr_html_(self) -> str:
        return _frame(self.generate_html(notebook=True), self.width, self.height)
