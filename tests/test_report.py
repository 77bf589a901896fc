"""The report on a place: its numbers are those of the measures and the catalogue, each with a note; its pictures stand together."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from cli_support import run
from hostile_graph import hostile_graph
from sample_graph import SOURCE, Rows

import aikg
from aikg.graph.analysis.tables import records
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.report.page import ranges
from aikg.graph.views.report.pictures import beside
from aikg.graph.views.report.report import Report, report
from aikg.ontology.errors import GraphError, QueryError, SchemaError
from aikg.pipeline import build_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAPH = build_graph()[0]
KG = aikg.Graph(frames=GRAPH)
PLACES = ["深圳", "杭州", "长三角"]
every_place = pytest.mark.parametrize("place", PLACES)


@lru_cache
def shipped(place: str, lang: str = "zh") -> Report:
    return report(GRAPH, place, lang=lang)


class Reader(HTMLParser):
    """Tables by caption (rows of cells as text, the header first), ids, links, and elements by name."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, list[list[str]]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self._caption: list[str] | None = None
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append(tag)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))
        if tag == "table":
            self._rows = []
        if tag == "caption":
            self._caption = []
        if tag == "tr":
            self._rows.append([])
        if tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption" and self._caption is not None:
            self.tables["".join(self._caption)] = self._rows
            self._caption = None
        if tag in ("td", "th") and self._cell is not None:
            self._rows[-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        for held in (self._caption, self._cell):
            if held is not None:
                held.append(data)

    def table(self, caption: str) -> list[list[str]]:
        """Rows of the table whose caption begins so, without the header."""
        return next(rows[1:] for title, rows in self.tables.items() if title.startswith(caption))


@lru_cache
def read(place: str, lang: str = "zh") -> Reader:
    return Reader(shipped(place, lang).html)


# -- numbers ----------------------------------------------------------------------------------------


@every_place
def test_the_summary_counts_what_the_profile_counts(place: str) -> None:
    profile = KG.clusters.profile(place)
    counted = dict(zip(profile["measure"], profile["n"], strict=True))
    rows = {row[0]: row for row in read(place).table("有记载的数量")}
    for title, measure in (
        ("企业", "firms"),
        ("环节", "segments"),
        ("产业链层", "layers"),
        ("园区", "parks"),
        ("政策", "policies"),
        ("智算中心", "compute centres"),
        ("试点与专项", "programmes"),
    ):
        n = counted[measure]
        text = rows[title][1]
        if pd.isna(n):
            assert text == "未见记载"
        else:
            assert int(text.split()[0]) == int(n)
            assert len(rows[title][2].split("、")) == int(n)


def test_the_numbers_of_shenzhen_as_the_white_paper_has_them() -> None:
    # Document 003, 图表 3-5: the firms whose 所在城市 is 深圳市; 图表 4 line 233 puts 商汤科技 there, line 225 in 北京市.
    rows = {row[0]: row for row in read("深圳").table("有企业或被提及的环节")}
    # 图表5, lines 248-256: five of the firms of 智能机器人 sit in 深圳市.
    assert rows["智能机器人"][2:5] == ["强", "5", "1.43"]
    assert rows["计算机视觉"][3] == "2–3", "with and without the disputed headquarters"
    assert rows["云计算"][2:4] == ["仅提及", "未见记载"]
    figures = {(row[0], row[3], row[4]): row for row in read("深圳").table("公布的指标")}
    # Document 003, line 772: 1,588 firms in 2022; line 816: 7,817 applications in 2021.
    assert figures["泛人工智能企业数量", "2022", ""][1:3] == ["1,588", "家"]
    assert figures["人工智能发明专利申请量", "2021", "当年，阶段性顶峰"][1:3] == ["7,817", "件"]


@every_place
def test_states_and_lists_are_those_of_the_chain(place: str) -> None:
    reader, states = read(place), KG.chain.states(place)
    named = states[states["state"] != "not recorded"]
    rows = reader.table("有企业或被提及的环节")
    assert [row[0] for row in rows] == list(named["segment"])
    firms = {row[0]: row[3] for row in rows}
    for row in records(named):
        assert firms[row.segment] == (
            "未见记载" if not row.n else str(row.n) if row.low == row.n else f"{row.low}–{row.n}"
        )
    actions = KG.chain.actions(place)
    for action, caption in (("strong", "强链："), ("fill", "补链："), ("extend", "延链：")):
        wanted = list(actions.loc[actions["action"] == action, "segment"])
        assert (([row[0] for row in reader.table(caption)]) if wanted else []) == wanted
    coverage = KG.chain.coverage(place).iloc[0]
    assert reader.table("产业链覆盖度")[0][1:4] == [
        str(coverage["segments"]),
        str(coverage["covered"]),
        f"{coverage['value']:.0%}",
    ]


@pytest.mark.parametrize(("place", "level"), [("深圳市", "city"), ("杭州市", "city"), ("长三角", "region")])
def test_parks_policies_goals_and_institutions_are_those_of_the_catalogue(place: str, level: str) -> None:
    reader = Reader(shipped({"深圳市": "深圳", "杭州市": "杭州"}.get(place, place)).html)
    policies = KG.ask("policies-of-place", **{level: place})
    assert len(reader.table("政策 ")) == policies["id"].nunique()
    assert {str(date) for date in policies["period"].dropna()} <= {row[0] for row in reader.table("政策 ")}
    goals = KG.ask("targets-of-place", **{level: place})
    assert sorted(row[0] for row in reader.table("目标与规划数")) == sorted(
        "未见记载" if pd.isna(period) else str(period)
        for period in goals.drop_duplicates("id")["period"].astype(object)
    )
    seats = KG.ask("place-institutions", **{level: place})
    assert sorted(row[0] for row in reader.table("高校与机构 ")) == sorted(seats["name"])
    if level == "city":
        parks = KG.ask("parks-of-city", city=place)
        assert {row[0] for row in parks[["name"]].itertuples(index=False)} <= {
            name for row in reader.table("园区 ") for name in parks["name"] if row[0].startswith(name)
        }


@every_place
def test_every_figure_of_the_place_is_in_the_report_once(place: str) -> None:
    place_id = shipped(place).place
    observed = GRAPH.edges["OBSERVED"]
    mine = set(observed.loc[observed["subject"] == place_id, "object"]) & set(GRAPH.nodes["Observation"]["id"])
    frame = GRAPH.nodes["Observation"]
    plans = {
        row["id"]
        for row in frame[frame["id"].isin(mine)].to_dict("records")
        if {"target", "planned"} & set(row["qualifier"] if row["qualifier"] is not None else [])
    }
    assert len(read(place).table("公布的指标")) == len(mine - plans)


def test_a_region_counts_each_thing_once() -> None:
    parks = [row[0] for row in read("长三角").table("园区 ")]
    assert len(parks) == len(set(parks)) == 33
    # 科大讯飞 is recorded in 合肥市 and in 长三角: one company.
    assert [row[0] for row in read("长三角").table("企业 ")].count("科大讯飞") == 1


@every_place
def test_likeness_is_that_of_the_policies(place: str) -> None:
    report_ = shipped(place)
    level = next(label for label in ("City", "Region") if report_.place in set(GRAPH.nodes[label]["id"]))
    found = KG.policy.similarity(level=level)
    found = found[
        ((found["place_id"] == report_.place) | (found["other_id"] == report_.place)) & found["value"].notna()
    ]
    rows = read(place).table("政策重点的相似度") if len(found) else []
    assert [row[1] for row in rows] == [f"{value:.2f}" for value in found["idf"]]


@every_place
def test_contradictions_have_both_sides_with_sources(place: str) -> None:
    rows = read(place).table("矛盾 ")
    assert rows
    for row in rows:
        assert re.search(r"\[\d", row[1])
        assert re.search(r"\[\d", row[2])
    if place == "深圳":  # 图表3 line 185 and 图表4 line 220: two dates of 奥比中光
        assert any(row[0].startswith("奥比中光") and "2013-01-08" in row[1] and "2013-01-18" in row[2] for row in rows)


# -- notes and links --------------------------------------------------------------------------------


@every_place
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_stated_row_has_notes_and_every_link_leads_somewhere(place: str, lang: str) -> None:
    reader = read(place, lang)
    assert len(reader.ids) == len(set(reader.ids)), "ids of several pictures on one page"
    anchors = {f"#{one}" for one in reader.ids}
    assert set(reader.links) <= anchors
    uncited = ("图谱中没有的内容", "What the graph lacks", "矛盾", "Pairs of values")
    for caption, rows in reader.tables.items():
        if caption.startswith(uncited):
            continue
        for row in rows[1:]:
            numbers = [cell for cell in row[1:-1] if re.match(r"\d", cell)]
            # Segments of a layer without a firm on record have a number of segments only.
            if numbers and not caption.startswith(("产业链覆盖度", "Coverage")):
                assert re.search(r"\[\d", row[-1]), (caption, row)


def test_notes_are_citations_of_documents_and_lines() -> None:
    html = shipped("深圳").html
    notes = [unescape(text) for text in re.findall(r'<li id="n\d+"[^>]*><span[^>]*>\[\d+\]</span> ([^<]*)', html)]
    assert len(notes) == len(set(notes))
    assert "《2023人工智能发展白皮书》图表3，第178行" in notes
    row = next(row for row in read("深圳").table("企业 ") if row[0] == "汇顶科技")
    number = notes.index("《2023人工智能发展白皮书》图表3，第178行") + 1
    assert str(number) in re.findall(r"\d+", row[-1]), "汇顶科技: 图表3, line 178"


def test_ranges_of_notes() -> None:
    assert ranges([]) == []
    assert ranges([4, 5, 6, 9]) == [(4, 6), (9, 9)]


# -- pictures ---------------------------------------------------------------------------------------


def test_pictures_keep_their_fills_and_do_not_act() -> None:
    html = shipped("深圳").html
    drawn = [one for one in re.findall(r"<svg.*?</svg>", html, re.DOTALL) if "not-recorded" in one]
    assert len(drawn) >= 4
    for one in drawn:
        used = set(re.findall(r"url\(#([^)]+)\)", one))
        assert used <= set(re.findall(r'id="([^"]+)"', one))
        assert "data-key" not in one
        assert "tabindex" not in one


def test_a_name_that_looks_like_an_id_is_left_as_it_is() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g id="a"/><text fill="url(#a)">id="a" url(#a)</text></svg>'
    made = beside(svg, "x")
    assert 'id="a" url(#a)' in made
    assert 'fill="url(#x-a)"' in made


# -- what is missing, and bad input -----------------------------------------------------------------


def test_a_place_of_which_nothing_is_recorded_says_so() -> None:
    rows = Rows()
    rows.node("City", "city:540100", "拉萨市")
    rows.node("Source", SOURCE, "报告")
    made = report(rows.graph(), "拉萨")
    assert "图谱中除名称外未见拉萨市的记载" in made.html
    assert "未附来源" in made.html
    counts = Reader(made.html).table("有记载的数量")
    assert {row[1] for row in counts} == {"未见记载"}
    assert "Nothing but the name of" in report(rows.graph(), "拉萨", lang="en").html


def test_unknown_places_are_named_with_suggestions() -> None:
    with pytest.raises(QueryError, match=r"'深镇市'.*深圳市"):
        report(GRAPH, "深镇市")
    with pytest.raises(QueryError):
        report(KnowledgeGraph(), "深圳")
    with pytest.raises(SchemaError):
        report(GRAPH, "深圳", lang="fr")


def test_it_is_the_same_every_time_and_has_no_script() -> None:
    assert report(GRAPH, "杭州").html == shipped("杭州").html
    html = shipped("杭州").html
    assert "script-src 'none'" in html
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert len(html) < 2_000_000


@pytest.mark.parametrize("label", ["City", "Province", "Region", "Country", "District"])
def test_hostile_names_stay_text(label: str) -> None:
    graph = hostile_graph()[0]
    for node in (one for one in graph.nodes[label]["id"] if one == one.strip()):
        for lang in ("zh", "en"):
            reader = Reader(report(graph, str(node), lang=lang).html)
            assert {"script", "img", "b", "i", "code"}.isdisjoint(reader.elements)
            assert len(reader.ids) == len(set(reader.ids))


def test_it_is_saved_as_a_page_only(tmp_path: Path) -> None:
    made = KG.report("杭州")
    assert made.save(tmp_path / "r.html").read_text(encoding="utf-8") == made.html
    with pytest.raises(GraphError, match="print it to PDF"):
        made.save(tmp_path / "r.pdf")
    with pytest.raises(GraphError, match="is a folder"):
        made.save(tmp_path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield KG.save(tmp_path_factory.mktemp("graph") / "graph")
    KG.folder = None


def test_the_command_writes_the_file_and_says_where(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "杭州.html"
    shown: Any = run("report", "杭州", "-o", str(target), "--graph", str(folder), "--lang", "en")
    assert (shown.exit_code, shown.stdout) == (0, f"{target}\n")
    assert "Hangzhou: AI industry" in target.read_text(encoding="utf-8")
    missed: Any = run("report", "深镇市", "-o", str(target), "--graph", str(folder))
    assert missed.exit_code == 1
    assert "深圳市" in missed.stderr
    assert missed.stderr.count("\n") == 1
