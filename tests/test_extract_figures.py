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


@pytest.mark.parametrize(
    ("text", "value", "subject", "word"),
    [
        # What 其中 tells of a part is no subject of the next sentence; a bare counter counts what was named before.
        (
            "徐州市有机器人企业260家，其中云龙区有120家，占46%。从规模看，小微企业占比81%。",
            120,
            "district:320303",
            "企业",
        ),
        ("徐州市有机器人企业260家，其中云龙区有120家，占46%。从规模看，骨干厂商占比8%。", 8, "city:320300", "占比"),
        # Places that a thing is spread over, and names that numbers were shared out to, are no subjects either.
        ("全国五个基地分别位于成都、沈阳、合肥、长沙和海口。五地已形成数据集410个。", 410, "country:CN", "数据集"),
        ("南京企业活跃。鼓楼区、玄武区分别集聚企业31家和42家。从业人员20万人。", 200000, "city:320100", "从业人员"),
        # The frame names the market, the clauses their companies.
        ("去年全球语音芯片市场中，英伟达独占71%，寒武纪仅约2%。", 71, "company:英伟达", "市场份额"),
        ("去年全球语音芯片市场中，英伟达独占71%，寒武纪仅约2%。", 2, "company:寒武纪", "市场份额"),
        ("全市共3席，苏州占了2席，无锡占1席。", 2, "city:320500", "席"),
        ("泉州的两化融合指数达到102.3。", 102.3, "city:350500", "融合指数"),
        ("绵阳的产业规模突破3000亿元大关。", 3000, "city:510700", "产业规模"),
        ("绵阳的研发强度达4.1%，高出全省平均水平1.2个百分点。", 1.2, "city:510700", "研发强度高出"),
        ("绵阳的机器人密度达每万人320台，约为全国平均水平的2倍。", 2, "city:510700", "相当于全国平均水平"),
        ("科大讯飞语音市场份额全国第一。", 1, "company:科大讯飞", "份额排名"),
    ],
)
def test_subjects_and_wording_in_other_phrasings(
    tmp_path: Path, text: str, value: float, subject: str, word: str
) -> None:
    row = _one(tmp_path, text, value)
    assert any(of == subject or of.startswith(subject) for of in row["of"]), row["of"]
    assert word in row["indicator_text"]


def test_things_to_be_built_own_what_follows(tmp_path: Path) -> None:
    rows = _read(tmp_path, "绍兴依托越城区建设绍兴芯片智造园，规划面积3平方公里，三年内引进企业80家。")
    assert len(rows) == 2
    assert all(any("绍兴芯片智造园" in of for of in row["of"]) for row in rows)
    rows = _read(tmp_path, "总投资80亿元、占地约600亩的“苏州智谷”已经动工。")
    assert [row["indicator_text"] for row in rows] == ["投资额", "占地"]
    assert all(any("苏州智谷" in of for of in row["of"]) for row in rows)


def test_support_has_rates_and_ceilings(tmp_path: Path) -> None:
    text = "三明市支持算力产业若干措施\n发放“算力券”。购买服务的企业，按不超过合同金额的40%给予补助，最高100万元。\n"
    found = {row["indicator_text"]: row["value"] for row in _read(tmp_path, text)}
    assert found["算力券补助比例"] == 40
    assert found["算力券补助上限"] == 100


def test_thresholds_and_what_points_back_state_nothing(tmp_path: Path) -> None:
    rows = _read(tmp_path, "洛阳产值超10亿元的企业有12家，培育5家营收超100亿元的企业，引进总投资5亿元以上的项目28个。")
    assert sorted(row["value"] for row in rows) == [5.0, 12.0, 28.0]
    rows = _read(tmp_path, "洛阳市支持机器人产业若干政策\n对营收首次突破2亿元的企业，一次性奖励30万元。")
    assert [row["value"] for row in rows] == [30.0]
    assert not _read(tmp_path, "这三家企业来自洛阳。")


def test_a_byline_is_no_subject(tmp_path: Path) -> None:
    text = "中国声谷：让机器听懂人话\n安徽日报记者 2022-04-18\n2020年入驻企业突破900家。\n"
    assert all(any("中国声谷" in of for of in row["of"]) for row in _read(tmp_path, text))


def test_stages_measure_what_the_first_measured(tmp_path: Path) -> None:
    rows = _read(tmp_path, "太湖智算中心一期算力规模100P，二期建成后将达到500P。")
    assert [row["indicator_text"] for row in rows][1] == "二期算力规模"


def test_asides_and_classes_do_not_leak(tmp_path: Path) -> None:
    text = "渗透率调查\n国内渗透率达55%。其中，华为占31%，小鹏汽车占12%。\n价格方面，激光雷达均价降至1400元。\n"
    row = _one(tmp_path, text, 1400)
    assert not any(of.startswith("company:") for of in row["of"])
    rows = _read(tmp_path, "浑南区签约额达68亿元，其中亿元以上项目9个。")
    assert [row["value"] for row in rows] == [68.0, 9.0]


def test_bare_shares_go_on_from_the_share_of_the_paragraph(tmp_path: Path) -> None:
    text = "江苏和浙江的机器人企业占比分别为30%和20%。分城市看，苏州占12%，无锡、宁波分别占9%和7%。"
    rows = {row["value"]: row for row in _read(tmp_path, text)}
    assert {rows[v]["indicator_text"] for v in (12, 9, 7)} == {"机器人企业占比"}
    assert [len(rows[v]["of"]) for v in (12, 9, 7)] == [1, 1, 1]
    assert len(set.union(*(rows[v]["of"] for v in (12, 9, 7)))) == 3
    assert not _read(tmp_path, "分城市看，苏州占12%。")  # a share of what nobody said


def test_a_study_tells_of_its_project_firm(tmp_path: Path) -> None:
    text = (
        "洛阳智轴科技有限公司拟将减速器项目选址洛阳市高新区，总投资3亿元。\n达产年净利润0.4亿元，提供就业岗位210个。\n"
    )
    for value in (0.4, 210):
        assert any("洛阳智轴科技" in of for of in _one(tmp_path, text, value)["of"])


def test_list_lines_tell_of_the_name_that_leads_them(tmp_path: Path) -> None:
    text = "谁在融资\n- 宇树科技（杭州）：2025年6月获华为领投的7亿元新一轮融资；\n"
    assert [of for of in _one(tmp_path, text, 7)["of"] if "宇树" not in of] == []


def test_areas_in_brackets_and_of_what_is_built(tmp_path: Path) -> None:
    rows = _read(tmp_path, "太湖智算中心规划用地52000平方米（折合78亩）。")
    assert [(row["value"], row["indicator_text"]) for row in rows] == [(52000, "用地"), (78, "用地")]
    assert _one(tmp_path, "太湖智算中心建成5000平方米训练场。", 5000)["indicator_text"] == "训练场面积"
