"""Numbers in sentences → observations and goals. The sentences are made up; what they say is what the tests expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aikg.loaders.extract.groups import groups
from aikg.loaders.extract.mentions import View
from aikg.loaders.extract.more_numbers import numbers
from aikg.loaders.extract.prose import PatternExtractor
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.readers.document import read_document


def _read(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    """Every figure of a text: its properties, with `of` the ids of its subjects and `by` those of its policies."""
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8", newline="\n")
    document = read_document(path)
    prose = Prose(document, document.lines)
    extractor = PatternExtractor()
    records = extractor.extract(prose)
    found = []
    for label in ("Observation", "PolicyTarget"):
        for row in records.entities[label]:
            subjects = {r["subject"] for r in records.links["OBSERVED"] if r["object"] == row["id"]}
            policies = {r["subject"] for r in records.links["TARGETS"] if r["object"] == row["id"]}
            found.append(row | {"of": subjects, "by": policies, "label": label})
    return found


def _one(tmp_path: Path, text: str, value: float) -> dict[str, Any]:
    found = [row for row in _read(tmp_path, text) if row["value"] == value]
    assert len(found) == 1, [(row["value"], row["indicator_text"]) for row in found]
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "value", "subject", "wording", "unit"),
    [
        ("2023年，武汉人工智能产业规模达700亿元，同比增长21%。", 700, "city:420100", "人工智能产业规模", "亿元"),
        ("2023年，武汉人工智能产业规模达700亿元，同比增长21%。", 21, "city:420100", "人工智能产业规模同比增速", "%"),
        ("长沙拥有36家科研机构。", 36, "city:430100", "科研机构数", "家"),
        ("厦门攻克18项关键技术。", 18, "city:350200", "攻克关键技术数", "项"),
        ("南昌的设备故障率由9%降至4%。", 4, "city:360100", "设备故障率", "%"),
        ("福州的发明专利数占全省的41%。", 41, "city:350100", "发明专利数占全省比重", "%"),
        ("宁波人工智能企业数量位居全省第三。", 3, "city:330200", "人工智能企业数量排名", "位"),
        ("某钢铁企业的用工成本下降13%。", -13, "group:某钢铁企业", "用工成本变化率", "%"),
        ("昆明有27%的制造企业采用机器视觉。", 27, "city:530100", "采用机器视觉的制造企业占比", "%"),
        ("太原的机器人密度达到每万人85台。", 85, "city:140100", "机器人密度（每万人）", "台"),
    ],
)
def test_wording_and_subject(
    tmp_path: Path, sentence: str, value: float, subject: str, wording: str, unit: str
) -> None:
    row = _one(tmp_path, sentence, value)
    assert subject in row["of"]
    assert (row["indicator_text"], row["unit"]) == (wording, unit)


def test_both_ends_of_a_change_are_kept(tmp_path: Path) -> None:
    rows = _read(tmp_path, "贵阳的算力利用率从2021年的31%提升至2023年的58%。")
    assert [(r["value"], r["period"]) for r in rows] == [(31.0, "2021"), (58.0, "2023")]


def test_shared_out_numbers(tmp_path: Path) -> None:
    rows = _read(tmp_path, "2022年，青岛、济南的算力规模分别达90P和70P。")
    assert [(r["value"], min(r["of"])) for r in rows] == [(90.0, "city:370200"), (70.0, "city:370100")]
    nouns = _read(tmp_path, "2022年，大连融资金额和数量再创新高，分别为12亿元和35起。")
    assert [r["indicator_text"] for r in nouns] == ["融资金额", "融资数量"]


def test_whole_of_a_share_and_field_of_a_rank_are_no_subjects(tmp_path: Path) -> None:
    for row in _read(tmp_path, "西安的论文数量占全国的6%，居世界第九。"):
        assert row["of"] == {"city:610100"}


def test_a_goal_of_a_named_policy_is_its_target(tmp_path: Path) -> None:
    text = "近日，郑州市印发《郑州市机器人产业行动方案》。根据方案，到2028年，机器人产业规模突破300亿元。"
    row = _one(tmp_path, text, 300)
    assert (row["label"], row["due"], row["comparator"]) == ("PolicyTarget", "2028", ">")
    assert row["by"] == {"policy:410100:郑州市机器人产业行动方案"}


def test_a_goal_without_a_policy_is_an_observation(tmp_path: Path) -> None:
    row = _one(tmp_path, "石家庄力争到2028年培育龙头企业15家。", 15)
    assert row["label"] == "Observation"
    assert "target" in row["qualifier"]
    assert row["period"] == "2028"


def test_time_is_carried_but_not_into_the_present(tmp_path: Path) -> None:
    first, second, third = _read(
        tmp_path, "2022年，兰州人工智能企业达80家。核心产业规模为9亿元。目前，全市从业人员约3000人。"
    )
    assert (first["period"], second["period"], third.get("period")) == ("2022", "2022", None)


def test_numbers_that_state_nothing(tmp_path: Path) -> None:
    assert _read(tmp_path, "前三季度，烟台的5G与ISO27001认证工作启动，热线0535-1234567，3月8日发布V2.0版。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("形成四大产业集群", [(4.0, "个")]),
        ("等六部门联合印发", [(6.0, "个")]),
        ("千亿产业规模", [(1000.0, "亿元")]),
        ("投入30亿建设基地", [(30.0, "亿元")]),
        ("第三大经济体", []),
        ("28nm芯片", [(28.0, "nm")]),
    ],
)
def test_numbers_without_a_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.value, q.unit) for q in numbers(text)] == expected


def test_groups() -> None:
    text = "某食品企业减员，西部省份跟进，高新技术集聚区与中小企业受益，全球领先"
    assert [m.name for m in groups(View(text))] == ["某食品企业", "高新技术集聚区", "西部省份", "中小企业"]


def test_same_text_gives_the_same_ids(tmp_path: Path) -> None:
    text = "2023年，武汉人工智能产业规模达700亿元，同比增长21%。"
    assert [r["id"] for r in _read(tmp_path, text)] == [r["id"] for r in _read(tmp_path, text)]


def test_a_heading_and_the_text_below_are_one_figure_with_two_sources(tmp_path: Path) -> None:
    rows = _read(tmp_path, "一、西宁机器人产业规模超90亿元\n2023年，西宁机器人产业规模超90亿元。")
    assert len({row["id"] for row in rows}) == 1
    assert len({row["locator"] for row in rows}) == 2


def test_what_only_describes_the_next_name_is_no_subject(tmp_path: Path) -> None:
    row = _one(tmp_path, "浙江宁波的美的集团建成工厂，生产效率提升31%。", 31)
    assert not any(subject.startswith(("city:", "province:")) for subject in row["of"])


def test_a_counted_group_is_what_is_counted(tmp_path: Path) -> None:
    row = _one(tmp_path, "2023年，全国省级产业集聚区超过700家。", 700)
    assert row["indicator_text"] == "省级产业集聚区数量"
    assert "country:CN" in row["of"]


def test_an_item_of_a_list_keeps_the_measure_of_the_first(tmp_path: Path) -> None:
    rows = _read(tmp_path, "徐州智能排产系统回收期约2年，智能仓储系统约3年。")
    assert [row["indicator_text"] for row in rows] == ["智能排产系统回收期", "智能仓储系统回收期"]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("常州机器人产业规模达80亿元。", "产业规模"),  # the segment is a subject beside the place
        ("常州的人工智能产业规模达80亿元。", "人工智能产业规模"),
        ("常州实现营业收入80亿元。", "营业收入"),
        ("常州的营业收入增长9%。", "营业收入增速"),
        ("常州的占地面积约80亩。", "占地面积"),
        ("常州的咖啡销售额达80亿元。", None),
    ],
)
def test_indicators_are_tied_by_wording_and_unit(tmp_path: Path, sentence: str, indicator: str | None) -> None:
    (row,) = _read(tmp_path, sentence)
    assert row.get("indicator") == indicator


def test_the_first_of_its_kind_and_questions_are_no_figures(tmp_path: Path) -> None:
    assert _read(tmp_path, "三张牌怎么打？\n扬州建成全国首个机器人小镇。") == []
