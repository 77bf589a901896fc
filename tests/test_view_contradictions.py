"""Contradictions as dumbbells: every one, as the sources write it, on a scale only where a scale is honest."""

from __future__ import annotations

import re

import pytest
from drawn_marks import crossings, page_of, texts_of
from sample_graph import SOURCE, Rows

from aikg.graph.evidence import conflicts
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.details import plain
from aikg.graph.views.pictures.contradiction_sides import days_between, read
from aikg.graph.views.pictures.contradictions import contradictions
from aikg.graph.views.short_citation import short_citation
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import GraphError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
ALL = conflicts(GRAPH)


def made(*rows: tuple[str, str, str | None], severity: str = "hard") -> KnowledgeGraph:
    """A graph with contradictions about 甲: (one value, other value, chosen)."""
    found = Rows()
    found.node("Company", "company:甲", "甲", "L1")
    found.node("Source", SOURCE, "报告")
    for at, (a, b, chosen) in enumerate(rows):
        more = {"kind": "value", "severity": severity, "property": f"指标{at}", "values": [a, b], "chosen": chosen}
        found.node("Conflict", f"conflict:{at}", f"甲：指标{at}", "L1", value_sources=[f"{SOURCE}#L1", f"{SOURCE}#L2;图表3;列"], **more)  # fmt: skip
        found.edge("HAS_CONFLICT", "company:甲", f"conflict:{at}", "L1")
    return found.graph()


def test_every_contradiction_of_the_graph_is_drawn_with_both_values_and_sources() -> None:
    chart = contradictions(GRAPH, limit=500)
    assert chart.table is not None
    assert len(chart.table) == len(ALL) == chart.svg().count('role="button"')
    pair = ["value_a", "value_b"]
    expected = sorted((a, None if b == "—" else b) for a, b in ALL[pair].itertuples(index=False))
    drawn = [
        (row["一方"], None if plain(row["另一方"]) is None else row["另一方"]) for row in chart.table.to_dict("records")
    ]
    assert sorted(drawn, key=str) == sorted(expected, key=str)
    told = [
        own for own in chart.data()["details"].values() if own["conflicts"] and len(own["conflicts"][0]["values"]) == 2
    ]
    assert len(told) >= len(ALL)
    assert all(value["cites"] for own in told for one in own["conflicts"] for value in one["values"])


def test_hard_ones_come_first_and_what_is_left_out_is_said() -> None:
    chart = contradictions(GRAPH)
    assert chart.table is not None
    severities = list(chart.table["严重程度"])
    hard = int((ALL["severity"] == "hard").sum())
    assert severities == ["不能同真"] * hard + ["可解释"] * (40 - hard)
    soft, alias = (int((ALL["severity"] == s).sum()) for s in ("soft", "alias"))
    assert f"未画：可解释 {soft + hard - 40}、写法不同 {alias}" in chart.notes[0]
    assert contradictions(GRAPH, severity="hard").notes[0].startswith(("区间", "单位"))


def test_a_seat_stated_in_two_ways_shows_the_chosen_side() -> None:
    # Document 003, 图表4: line 225 has 商汤科技 in 北京, line 233 in 深圳; the written rule takes 北京市.
    chart = contradictions(GRAPH, subject="商汤科技")
    texts = [text.text for text in texts_of(page_of(chart))]
    assert "✓ 北京市" in texts
    assert "深圳市" in texts
    assert "《2023人工智能发展白皮书》图表4，第225行" in texts
    assert any(text.startswith("《2023人工智能发展白皮书》图表4，第233行") for text in texts)


def test_dates_stand_on_an_axis_with_their_distance() -> None:
    # Document 003: 奥比中光 is founded 2013-01-08 in 图表3 (line 185), 2013-01-18 in 图表4 (line 220).
    texts = [text.text for text in texts_of(page_of(contradictions(GRAPH, subject="奥比中光")))]
    assert "相差 10 天，每格 1 天" in texts
    assert days_between("2013-01-08", "2013-01-18") == 10


def test_numbers_are_drawn_in_shares_of_the_larger() -> None:
    # The feasibility report has 50PFLOPS (line 73) and 100PFlops (line 50): half.
    chart = contradictions(GRAPH, subject="成都高新区人工智能算力中心", severity="hard")
    marks = sorted({float(x) for x in re.findall(r'<circle cx="([\d.]+)" cy="[\d.]+" r="5.5"', chart.body.parts[-2])})
    zero = 222 + 18 + 312 + 18 + 14
    assert len(marks) == 2
    assert (marks[0] - zero) / (marks[1] - zero) == pytest.approx(0.5, abs=0.001)
    assert chart.table is not None
    assert chart.table["小者为大者的%"].tolist() == [50.0]


@pytest.mark.parametrize(
    ("a", "b", "form", "share"),
    [
        ("2万亿元", "突破9000亿元", "number", 0.45),
        ("18%", "40%-60%（全国引入AI质检企业）", "number", 0.36),
        ("12,000 家", "1.5万家", "number", 0.8),
        ("1-2万", "3万", "number", 0.5),
        ("0", "5", "number", 0.0),
        ("20%", "30个百分点", "words", None),
        ("83%", "83%", "words", None),
        ("40% × 突破2.3万亿美元", "2万亿元", "words", None),
        ("1:3.5", "1:4.2", "words", None),
        ("增长5%", "减少4%", "words", None),
        ("-5%", "4%", "words", None),
        ("第2", "第3", "words", None),
        ("0", "0.0", "words", None),
        ("2025年", "2024年", "date", None),
        ("2022-03-10", "2022-05-20", "date", None),
        ("1950", "2000", "number", 0.975),
        ("9" * 400, "1", "words", None),
    ],
)
def test_only_one_number_in_one_unit_is_read_as_a_number(a: str, b: str, form: str, share: float | None) -> None:
    assert read(a, b).form == form
    assert read(b, a).form == form
    if share is None:
        assert read(a, b).share is None
    else:
        assert read(a, b).share == pytest.approx(share)


def test_a_dash_is_not_recorded_and_no_value() -> None:
    # Document 003: 融资阶段 of 平安科技 is 战略融资 in 图表3 (line 192), a dash in 图表5 (line 275).
    chart = contradictions(GRAPH, subject="平安科技", kind="blank")
    assert chart.table is not None
    assert chart.table["另一方"].isna().all()
    assert any("未见记载" in text.text for text in texts_of(page_of(chart)) if text.text.startswith("—"))
    assert f'fill="{HATCH}"' in "".join(chart.body.parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_lies_on_another(lang: str) -> None:
    texts = list(texts_of(page_of(contradictions(GRAPH, limit=500, lang=lang))))  # type: ignore[arg-type]
    assert crossings(texts) == []
    assert min(text.size for text in texts) >= 10.5


def test_near_and_equal_values_do_not_hide_each_other() -> None:
    chart = contradictions(made(("99家", "100家", None), ("超过1家", "不足1000000家", "超过1家")))
    rows = [part for part in chart.body.parts if part.startswith("<g")]
    for row in rows:
        circles = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', row)]
        (x1, y1), (x2, y2) = circles
        assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 >= 11


def test_filters_know_the_documents_of_both_sides() -> None:
    chart = contradictions(GRAPH, limit=500)
    severity, kind, document = (dict(one.options) for one in chart.filters)
    assert set(severity) == {"severity:hard", "severity:soft", "severity:alias"}
    assert "kind:repeat" in kind
    cited = {entry.partition("#")[0] for column in ("source_a", "source_b") for said in ALL[column] for entry in said.split(", ")}  # fmt: skip
    assert set(document) == cited


def test_more_than_two_values_are_compared_two_by_two_as_the_table_does() -> None:
    graph = made(("1家", "2家", None))
    frame = graph.nodes["Conflict"]
    frame["values"], frame["value_sources"] = (
        [["1家", "2家", "4家"]],
        [[f"{SOURCE}#L1", f"{SOURCE}#L2", f"{SOURCE}#L3"]],
    )
    chart = contradictions(graph)
    assert chart.table is not None
    assert sorted(chart.table["小者为大者的%"]) == [25.0, 50.0, 50.0]


def test_an_unknown_subject_is_named_with_near_names() -> None:
    with pytest.raises(GraphError, match="商汤科技") as refused:
        contradictions(GRAPH, subject="商汤科枝")
    assert "\n" not in str(refused.value)


def test_a_long_title_gives_way_to_figure_and_line() -> None:
    cut = short_citation(
        ["src:a76a81ffa34b#L178;图表3;列", "src:a76a81ffa34b#L9"], {"src:a76a81ffa34b": "长" * 80}, "zh", 200
    )
    assert cut.endswith("…》图表3，第178行 等 2 处")
    assert short_citation([], {}, "en", 200) == "no source given"
