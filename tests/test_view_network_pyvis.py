"""`kg.to_pyvis()`: a real pyvis network that works offline, in any locale and notebook, and executes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest
from explorer_page import Page
from sample_graph import sample_graph

from aikg.graph.views.explorer.pyvis_graph import pyvis_graph
from aikg.ontology.errors import GraphError, SchemaError

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_pyvis_network_with_three_methods_replaced() -> None:
    from pyvis.network import Network

    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    replaced = {name for name in vars(SafeNetwork) if name in vars(Network) and not name.startswith("__")}
    assert replaced == {"generate_html", "write_html", "show"}
    assert isinstance(pyvis_graph(sample_graph()), Network)


def test_pyvis_own_methods_go_on_working(tmp_path: Path) -> None:
    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    net = SafeNetwork(heading="<b>标题</b>", directed=True)
    net.from_nx(nx.path_graph(4))
    net.add_node("五", label="</script>", group=1)
    net.add_edge("五", 0, title="t")
    net.toggle_physics(False)
    data = Page(net.generate_html()).data
    assert [node["id"] for node in data["nodes"]] == [0, 1, 2, 3, "五"]
    assert all("x" in node for node in data["nodes"])  # nothing in the page would find them a place
    assert all("x" not in node for node in net.nodes)
    assert data["title"] == "<b>标题</b>"
    assert data["options"]["physics"]["enabled"] is False
    net.save_graph(str(tmp_path / "page.html"))
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == net.html
    net.set_options('{"physics": {"enabled": true}}')
    assert "x" not in Page(net.generate_html()).data["nodes"][0]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["page.html"]  # no lib/ folder


def test_images_are_drawn_only_when_they_are_in_the_page() -> None:
    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    net = SafeNetwork()
    pixel = "data:image/png;base64,iVBORw0KGgo="
    net.add_node("inside", shape="image", image=pixel)
    net.add_node("outside", shape="circularImage", image="https://example.invalid/y.png")
    inside, outside = Page(net.generate_html()).data["nodes"]
    assert (inside["shape"], inside["image"]) == ("image", pixel)
    assert outside["shape"] == "dot"
    assert "image" not in outside
    assert net.get_node("outside")["shape"] == "circularImage"


def test_many_edges_are_added_at_once() -> None:
    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    net = SafeNetwork()
    net.add_graph(({"id": k} for k in range(3000)), ({"from": k, "to": k // 2} for k in range(3000)))
    net.add_graph([{"id": 0, "label": "again"}], [{"from": 0, "to": 2999}])
    assert (net.num_nodes(), net.num_edges()) == (3000, 3001)
    assert net.get_node(0)["label"] == "0"
    assert 2999 in net.neighbors(0)
    with pytest.raises(GraphError, match="there is no node 'x'"):
        net.add_graph([], [{"from": 0, "to": "x"}])


def test_notebooks_get_the_page_in_a_sandboxed_frame(tmp_path: Path) -> None:
    from IPython.display import IFrame

    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    net = SafeNetwork()
    net.add_node(1, label='"><script>alert(1)</script>')
    shown = net.show(str(tmp_path / "page.html"))
    assert isinstance(shown, IFrame)
    for frame in (shown._repr_html_(), net._repr_html_()):
        assert frame.startswith('<iframe srcdoc="')
        assert 'sandbox="allow-scripts allow-popups"' in frame
        assert "<script" not in frame
    assert (tmp_path / "page.html").exists()
    assert net.write_html(str(tmp_path / "page.html")) is None
    assert "小马智行" in pyvis_graph(sample_graph())._repr_html_()


def test_the_graph_is_drawn_with_its_evidence_as_tooltips() -> None:
    net = pyvis_graph(sample_graph(), lang="en")
    firm = net.get_node("company:奥比中光")
    assert firm["title"].splitlines()[:2] == ["奥比中光", "Company"]
    assert "line 185" in firm["title"]
    assert firm["color"]["border"] == "#c81e1e", "its founding date is disputed"
    assert {"x", "y"} <= set(firm)
    data = Page(net.generate_html()).data
    assert data["groups"]["Company"]["name"] == "Company"
    assert data["footer"][0] == "as of 2022"
    assert next(e for e in net.edges if e["type"] == "LOCATED_IN")["title"].startswith("located in")


def test_what_is_drawn_is_chosen_as_in_the_explorer() -> None:
    from aikg.graph.views.explorer.network import network

    net = pyvis_graph(sample_graph(), around="小马智行", depth=2)
    assert net.node_ids == network(sample_graph(), around="小马智行", depth=2).data["ids"]
    assert pyvis_graph(sample_graph(), limit=40).page_data["notes"]  # type: ignore[index]
    with pytest.raises(SchemaError, match="did you mean Company"):
        pyvis_graph(sample_graph(), labels=["Compny"])
    with pytest.raises(ValueError, match="bands, places, force"):
        pyvis_graph(sample_graph(), layout="circle")  # type: ignore[arg-type]
