"""The network page: what it holds, that it asks nobody, and that nothing a name says is executed."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graph import sample_graph

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.choose import DEFAULT_LABELS
from aikg.graph.views.force import force
from aikg.graph.views.layout import LayoutEdge, LayoutNode, bands
from aikg.graph.views.network import network
from aikg.graph.views.page import html_page, json_text, save_html
from aikg.ontology.errors import GraphError, SchemaError
from aikg.ontology.schema import load_schema


class Page(html.parser.HTMLParser):
    """What a page holds: its scripts, styles, data, policy, and every address in an attribute."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.addresses: list[str] = []
        self.policy = ""
        self.data: dict[str, Any] = {}
        self._inside: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.addresses += [named[key] or "" for key in ("src", "href", "srcset", "action") if key in named]
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named["content"] or ""
        if tag in ("script", "style"):
            self._inside = tag, named

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            return
        tag, named = self._inside
        if tag == "style":
            self.styles.append(data)
        elif named.get("type") == "application/json":
            self.data = json.loads(data)
        else:
            self.scripts.append(data)


def sha256(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(network(sample_graph()).generate_html())


def values(page: Page, label: str, node: str) -> dict[str, Any]:
    return dict(zip(page.data["columns"][label], page.data["details"][node]["values"], strict=True))


# What the page holds ----------------------------------------------------------------------------------------


def test_draws_what_a_reader_can_take_in_and_nothing_else(page: Page) -> None:
    graph = sample_graph()
    expected = {i for label in DEFAULT_LABELS if label in graph.nodes for i in graph.nodes[label]["id"]}
    assert {node["id"] for node in page.data["nodes"]} == expected
    drawn = {node["group"] for node in page.data["nodes"]}
    assert not drawn & {"Observation", "Conflict", "Source"}
    kinds = {edge["type"] for edge in page.data["edges"]}
    assert {"OPERATES_IN", "LOCATED_IN", "PART_OF", "FOCUSES_ON", "ISSUED_BY"} <= kinds
    assert not kinds & {"OBSERVED", "HAS_CONFLICT", "STATED_IN"}
    names = {node["id"]: node["label"] for node in page.data["nodes"]}
    assert names["company:小马智行"] == "小马智行"


def test_legend_names_labels_in_the_language_of_the_page(page: Page) -> None:
    assert page.data["groups"]["Company"]["name"] == "企业"
    assert page.data["relations"]["LOCATED_IN"]["name"] == load_schema().relations["LOCATED_IN"].label["zh"]
    english = Page(network(sample_graph(), lang="en").generate_html())
    assert english.data["groups"]["Company"]["name"] == "Company"
    assert english.data["words"]["not_recorded"] == "not recorded"
    assert list(page.data["groups"])[:3] == ["ChainLayer", "ChainSegment", "Industry"]


def test_panel_says_where_each_value_comes_from(page: Page) -> None:
    # 003, 图表3 L185 and 图表4 L220: 奥比中光, founded 2013-01-08 and 2013-01-18
    stated = page.data["details"]["company:奥比中光"]["stated"]
    founded = page.data["columns"]["Company"].index("成立日期")
    cites = page.data["cites"]
    said = {entry["value"]: [cites[at]["text"] for at in entry["cites"]] for entry in stated[str(founded)]}
    assert said == {
        "2013-01-08": ["《2023人工智能发展白皮书》图表3，第185行"],
        "2013-01-18": ["《2023人工智能发展白皮书》图表4，第220行"],
    }


def test_panel_shows_contradictions_with_both_sides(page: Page) -> None:
    (conflict,) = page.data["details"]["company:奥比中光"]["conflicts"]
    assert conflict["text"].startswith("成立日期")
    assert [value["value"] for value in conflict["values"]] == ["2013-01-08", "2013-01-18"]
    assert all(len(value["cites"]) == 1 for value in conflict["values"])
    disputed = {node["id"] for node in page.data["nodes"] if node.get("disputed")}
    assert disputed == {"company:奥比中光", "company:商汤科技"}
    # a relation that differs is named as a relation
    (place,) = page.data["details"]["company:商汤科技"]["conflicts"]
    assert place["text"].startswith(load_schema().relations["LOCATED_IN"].label["zh"])


def test_unknown_is_null_and_figures_keep_their_qualifier(page: Page) -> None:
    # 003 L992: 1400 PFLOPS（预计), so today's value is not recorded; L999: 不详
    center = "center:腾讯长三角人工智能计算中心"
    capacity = load_schema().labels["ComputeCenter"].properties["capacity_value"].label["zh"]
    assert values(page, "ComputeCenter", center)[capacity] is None
    (fact,) = page.data["details"][center]["facts"]
    assert page.data["facts"][fact]["text"] == "算力：1,400PFLOPS（预测）"
    assert "facts" not in page.data["details"]["center:太湖量子智算中心"]
    assert values(page, "ComputeCenter", "center:横琴人工智能超算中心")[capacity] == "1.16"


def test_codes_are_shown_as_words(page: Page) -> None:
    edge = next(e for e in page.data["edges"] if e["type"] == "LOCATED_IN" and e["from"] == "company:小马智行")
    role = page.data["columns"]["LOCATED_IN"].index("地点作用")
    assert page.data["edge_details"][edge["id"]]["values"][role] == "总部"


def test_a_statement_of_the_shown_value_is_not_called_another_one() -> None:
    graph = sample_graph()
    rows = {label: frame.to_dict("records") for label, frame in graph.nodes.items()}
    firm, center = "company:商汤科技", "center:横琴人工智能超算中心"
    for row in rows["Company"]:
        if row["id"] == firm:
            row["listed"] = True
    for row in rows["ComputeCenter"]:
        if row["id"] == center:
            row["capacity_value"] = 1400
    cited = {"raw": "x", "source": "src:a76a81ffa34b", "as_of": "2023", "method": "table", "confidence": 1.0, "line": 1}
    said = [
        {"label": label, "id": node, "property": name, "value": value, "locator": f"L{at};图表3;栏", **cited}
        for at, (label, node, name, value) in enumerate(
            [
                ("Company", firm, "listed", "true"),
                ("Company", firm, "listed", "false"),
                ("ComputeCenter", center, "capacity_value", "1400.0"),
                ("ComputeCenter", center, "capacity_value", "1400"),
            ],
            1,
        )
    ]
    edges = {kind: frame.to_dict("records") for kind, frame in graph.edges.items()}
    page = Page(network(KnowledgeGraph.from_rows(rows, edges, said, {})).generate_html())

    def shown(label: str, node: str, name: str) -> tuple[Any, list[Any]]:
        title = load_schema().labels[label].properties[name].label["zh"]
        at = page.data["columns"][label].index(title)
        return values(page, label, node)[title], [e["value"] for e in page.data["details"][node]["stated"][str(at)]]

    assert shown("Company", firm, "listed") == ("是", ["是", "否"])
    assert shown("ComputeCenter", center, "capacity_value") == ("1,400", ["1,400"]), "both statements are the value"


def test_foot_says_when_and_from_what(page: Page) -> None:
    assert page.data["footer"] == ["截至 2022", "来源：《2023人工智能发展白皮书》"]
    assert page.data["words"]["absent"] == "不在图中 = 未见记载，不等于没有"


def test_ancestors_from_the_code_table_have_no_source(page: Page) -> None:
    assert page.data["details"]["province:440000"]["sources"] == []
    assert page.data["details"]["city:440300"]["aliases"] == ["深圳"]


# What is chosen ---------------------------------------------------------------------------------------------


def test_around_follows_relations_in_both_directions() -> None:
    near = network(sample_graph(), around="company:小马智行")
    assert {n["id"] for n in near.nodes} == {
        "company:小马智行",
        "segment:智能运载工具",
        "layer:应用层",
        "city:110000",
    }
    assert near.page_data is not None
    assert near.page_data["title"] == "“小马智行”周围 1 步"
    further = {n["id"] for n in network(sample_graph(), around="小马智行", depth=2).nodes}
    assert {"company:大疆创新", "park:110000:中关村科学城"} <= further
    assert network(sample_graph(), around="深圳", depth=0).node_ids == ["city:440300"]


def test_around_a_node_that_is_not_drawn_by_default() -> None:
    observation = sample_graph().nodes["Observation"]["id"].iloc[0]
    assert observation in network(sample_graph(), around=observation).node_ids


def test_labels_and_relations_are_chosen() -> None:
    net = network(sample_graph(), labels=["Company", "City"], relations=["LOCATED_IN"])
    assert {n["group"] for n in net.nodes} == {"Company", "City"}
    assert {e["type"] for e in net.edges} == {"LOCATED_IN"}
    event = network(sample_graph(), labels=["Company", "University"])
    assert event.page_data is not None
    assert event.page_data["notes"] == ["图谱中没有这些类型的节点：高校。"]


def test_a_cut_keeps_the_skeleton_and_says_what_is_missing() -> None:
    whole = network(sample_graph())
    net = network(sample_graph(), limit=40)
    assert len(net.nodes) == 40
    assert net.page_data is not None
    (note,) = net.page_data["notes"]
    assert f"{len(whole.nodes)} 个节点中的 40 个" in note
    assert {"layer:基础层", "segment:智能芯片", "city:440300"} <= set(net.node_ids)
    (near,) = network(sample_graph(), around="深圳", limit=5).page_data["notes"]  # type: ignore[index]
    assert "按距离" in near


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"labels": ["Compny"]}, SchemaError, "did you mean Company"),
        ({"relations": ["located in"]}, SchemaError, "'located in' is not in the ontology"),
        ({"around": "小马智形"}, GraphError, "小马智行"),
        ({"lang": "fr"}, SchemaError, "not one of zh, en"),
        ({"layout": "circle"}, ValueError, "bands, force"),
        ({"limit": 0}, ValueError, "limit at least 1"),
    ],
)
def test_errors_name_the_thing_and_the_cure(arguments: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        network(sample_graph(), **arguments)
    assert "\n" not in str(caught.value)


def test_an_empty_graph_makes_a_page() -> None:
    data = Page(network(KnowledgeGraph()).generate_html()).data
    assert data["nodes"] == []
    assert data["footer"] == ["时点未见记载", "来源：未见记载"]


# Positions --------------------------------------------------------------------------------------------------


def test_layers_are_bands_from_top_to_bottom_with_their_segments_inside(page: Page) -> None:
    at = {node["id"]: (node["x"], node["y"]) for node in page.data["nodes"]}
    assert at["layer:基础层"][1] < at["layer:技术层"][1] < at["layer:应用层"][1] < at["city:440300"][1]
    tops = [band["y"] for band in page.data["bands"]]
    assert tops == sorted(tops)
    for band, layer in zip(page.data["bands"], ("基础层", "技术层", "应用层"), strict=False):
        inside = {i for i, (_, y) in at.items() if band["y"] <= y <= band["y"] + band["height"]}
        assert f"layer:{layer}" in inside
    # 智能芯片 is of 基础层, 计算机视觉 of 技术层: 图表3, 图表4
    chips, vision = page.data["bands"][0], page.data["bands"][1]
    assert chips["y"] <= at["segment:智能芯片"][1] <= chips["y"] + chips["height"]
    assert vision["y"] <= at["segment:计算机视觉"][1] <= vision["y"] + vision["height"]


def test_firms_stand_around_a_segment_of_theirs_best_connected_in_the_middle() -> None:
    nodes = [LayoutNode("layer:a", "ChainLayer", "a"), LayoutNode("segment:s", "ChainSegment", "s")]
    nodes += [LayoutNode(f"company:{k:02}", "Company", f"{k}") for k in range(40)]
    edges = [LayoutEdge("PART_OF", "segment:s", "layer:a")]
    edges += [LayoutEdge("OPERATES_IN", f"company:{k:02}", "segment:s") for k in range(40)]
    edges += [LayoutEdge("SUPPLIES", "company:07", f"company:{k:02}") for k in range(10, 20)]
    at, (band,) = bands(nodes, edges)
    x, y = at["segment:s"]
    distance = {i: ((p[0] - x) / 1.6) ** 2 + (p[1] - y) ** 2 for i, p in at.items() if i[:7] == "company"}
    assert min(distance, key=lambda i: distance[i]) == "company:07"
    assert band.layer == "layer:a"
    points = list(at.values())
    gaps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for n, a in enumerate(points) for b in points[:n]]
    assert min(gaps) > 15  # dots of radius 6 to 9 do not cover each other


def test_positions_do_not_depend_on_the_order_of_rows() -> None:
    net = network(sample_graph())
    nodes = [LayoutNode(n["id"], n["group"], n["label"]) for n in net.nodes]
    edges = [LayoutEdge(e["type"], e["from"], e["to"]) for e in net.edges]
    assert bands(nodes, edges)[0] == bands(nodes[::-1], edges[::-1])[0]
    assert net.generate_html() == network(sample_graph()).generate_html()


@pytest.mark.parametrize("count", [0, 1, 2, 30, 900])
def test_force_layout_is_reproducible_and_keeps_nodes_apart(count: int) -> None:
    ids = [f"n{k}" for k in range(count)]
    pairs = [(f"n{k}", f"n{k // 3}") for k in range(1, count - 3)]  # a tree and three nodes of their own
    at = force(ids, pairs)
    assert sorted(at) == sorted(ids)
    assert at == force(ids[::-1], pairs[::-1])
    assert len(set(at.values())) == count
    assert all(abs(value) < 1e5 for point in at.values() for value in point)


def test_force_layout_of_the_graph_brings_neighbours_together() -> None:
    net = network(sample_graph(), layout="force")
    at = {n["id"]: (n["x"], n["y"]) for n in net.nodes}

    def apart(a: str, b: str) -> float:
        return ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5

    linked = [apart(e["from"], e["to"]) for e in net.edges]
    every = [apart(a, b) for n, a in enumerate(at) for b in list(at)[:n]]
    assert sum(linked) / len(linked) < 0.6 * sum(every) / len(every)


# The shell --------------------------------------------------------------------------------------------------


def test_the_policy_admits_exactly_the_scripts_and_styles_of_the_page(page: Page) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [sha256(script) for script in page.scripts]
    assert rules["style-src"].split() == [sha256(style) for style in page.styles]
    assert "unsafe" not in page.policy
    assert rules["require-trusted-types-for"] == "'script'"


def test_the_page_names_no_address(page: Page) -> None:
    assert page.addresses == ["data:,"]
    for script in page.scripts:
        assert "sourceMappingURL" not in script
        assert "innerHTML" not in script
        assert "eval(" not in script
    assert "@license" in page.scripts[0]  # vis-network's own notice goes along with it
    assert not any("url(" in style or "@import" in style for style in page.styles)


TEXT = st.text(st.characters() | st.sampled_from("</>&\"'\u2028\u2029\ud800\x00{}!-"), max_size=40)


@given(st.recursive(TEXT | st.integers() | st.booleans() | st.none(), lambda x: st.lists(x) | st.dictionaries(TEXT, x)))
def test_data_come_back_as_they_went_in_whatever_they_say(value: Any) -> None:
    page = Page(html_page(title="t", body="", data={"value": value}))
    assert page.data == {"value": value}
    assert not set("<>&\u2028\u2029") & set(json_text(value))


def test_numbers_that_json_does_not_know_become_null() -> None:
    import numpy as np

    assert json_text({"a": float("nan"), "b": np.float64("inf"), "c": np.int64(3), "d": {2, 1}}) == (
        '{"a":null,"b":null,"c":3,"d":[1,2]}'
    )


@given(TEXT)
def test_a_title_is_text(title: str) -> None:
    page = html_page(title=title, body="<p></p>", scripts=["1\r\n2"])
    assert page.count("<script") == 1
    assert "<script>1\n2</script>" in page
    page.encode("utf-8")


def test_a_script_that_ends_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="</script"):
        html_page(title="", body="", scripts=["'</SCRIPT>'"])


# The file ---------------------------------------------------------------------------------------------------


def test_saved_as_utf8_with_lf_and_readable_by_others(tmp_path: Path) -> None:
    path = network(sample_graph()).save(tmp_path / "图.html")
    content = path.read_bytes()
    assert b"\r" not in content
    assert Page(content.decode("utf-8")).data["title"] == "人工智能产业知识图谱"
    usual = tmp_path / "usual"
    usual.touch()
    assert path.stat().st_mode == usual.stat().st_mode
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["usual", "图.html"]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old", encoding="utf-8")
    (tmp_path / "link.html").symlink_to("real.html")
    save_html("new\r\n", tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new\n"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GraphError, match="is a folder"):
        save_html("x", tmp_path)
    with pytest.raises(GraphError, match="there is no folder"):
        save_html("x", tmp_path / "missing" / "a.html")
    (tmp_path / "a.html").write_text("old", encoding="utf-8")

    def full(self: Path, data: bytes) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(GraphError, match=r"a\.html cannot be written \(Permission denied\)") as caught:
        save_html("x", tmp_path / "a.html")
    assert "\n" not in str(caught.value)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.html"]


def run(code: str, **environment: str) -> str:
    tests = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": tests, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("ascii")


def test_works_in_a_locale_that_cannot_write_chinese(tmp_path: Path) -> None:
    # pyvis opens its files in the locale's encoding: here ASCII, on a Chinese Windows GBK
    code = (
        "import locale, sys; from sample_graph import sample_graph; from aikg.graph.views.network import network\n"
        "network(sample_graph()).write_html(sys.argv[1] if sys.argv[1:] else 'page.html')\n"
        "print(locale.getpreferredencoding(False))"
    )
    ascii_only = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    encoding = run(f"import os; os.chdir({str(tmp_path)!r})\n{code}", **ascii_only).strip()
    assert encoding.lower() not in ("utf-8", "utf8")
    data = Page((tmp_path / "page.html").read_text(encoding="utf-8")).data
    assert any(node["label"] == "小马智行" for node in data["nodes"])


def test_pyvis_is_imported_only_when_a_page_is_made() -> None:
    code = "import sys, aikg.graph.views.network as n; print('pyvis' in sys.modules, 'IPython' in sys.modules)"
    assert run(code).split() == ["False", "False"]


# The class --------------------------------------------------------------------------------------------------


def test_it_is_pyvis_network_with_three_methods_replaced() -> None:
    from pyvis.network import Network

    from aikg.graph.views.pyvis_network import SafeNetwork

    replaced = {name for name in vars(SafeNetwork) if name in vars(Network) and not name.startswith("__")}
    assert replaced == {"generate_html", "write_html", "show"}
    assert isinstance(network(sample_graph()), Network)


def test_pyvis_own_methods_go_on_working(tmp_path: Path) -> None:
    from aikg.graph.views.pyvis_network import SafeNetwork

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
    from aikg.graph.views.pyvis_network import SafeNetwork

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
    from aikg.graph.views.pyvis_network import SafeNetwork

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

    from aikg.graph.views.pyvis_network import SafeNetwork

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
    assert "小马智行" in network(sample_graph())._repr_html_()
