"""Names that only the sentence shows: firms without a legal form, bodies behind a list, uses; words said in passing."""

from __future__ import annotations

import pytest

from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.passages import passages
from aikg.loaders.extract.plain import is_plain, settle, used
from aikg.loaders.extract.recognisers import names_in, names_known
from aikg.loaders.records import Origin, Records
from aikg.ontology.concepts import load_concepts
from aikg.ontology.places import load_places

PLACES = load_places()


def read(*lines: str) -> list[Mention]:
    """The mentions of a document of these lines."""
    lexicon = names_known(load_concepts(), PLACES)
    return [m for mentions in names_in(list(passages(lines)), lexicon, PLACES) for m in mentions]


def named(label: str, *lines: str) -> list[str]:
    return [m.name for m in read(*lines) if m.label == label]


def one(label: str, *lines: str) -> Mention:
    found = [m for m in read(*lines) if m.label == label]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("澜图信息主攻座舱软件，霍禾股份则把视觉算法卖到海外。", ["澜图信息", "霍禾股份"]),
        ("安庆石化建成中试线，武汉城投与澜图科技签约。", ["安庆石化", "武汉城投", "澜图科技"]),
        ("由长兴县人民政府和湖州产业集团联手打造。", ["湖州产业集团"]),
        ("平台已与烟台港、腾讯、宝钢等单位签订协议。", ["烟台港", "腾讯", "宝钢"]),
        ("园区引进小马智行、文远知行、新石器等无人驾驶企业。", ["小马智行", "文远知行", "新石器"]),
        ("山东化工产业转型，合肥半导体产业集聚，股份制改造推进，信息产业壮大。", []),
    ],
)
def test_firms_without_a_legal_form(sentence, names):
    found = named("Company", sentence)
    for name in names:
        assert any(name in (m.name, *m.aliases) for m in read(sentence) if m.label == "Company"), (name, found)
    assert len(found) == len(names), found


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("福建省工信厅、发改委、省财政厅联合印发通知。", ["福建省工信厅", "福建省发改委", "福建省财政厅"]),
        ("广东省发展改革委会同科技厅公布名单。", ["广东省发展改革委", "广东省科技厅"]),
        ("重庆市经济信息委、市科技局公布名单。", ["重庆市经济信息委", "重庆市科技局"]),
        ("研究机构晨砚咨询预计市场将翻番。", ["晨砚咨询"]),
    ],
)
def test_bodies_behind_an_abbreviated_list(sentence, names):
    assert named("Institution", sentence) == names


@pytest.mark.parametrize(
    ("label", "sentence", "names"),
    [
        ("ComputeCenter", "“华中之芯”算力中心动工。", ["“华中之芯”算力中心"]),
        ("ComputeCenter", "加快京津冀绿色智算中心建设。", ["京津冀绿色智算中心"]),
        (
            "Park",
            "中关村（房山）机器人产业园、张江（昆山）科创园同步建设。",
            ["中关村（房山）机器人产业园", "张江（昆山）科创园"],
        ),
        (
            "Park",
            "落户临平国际商务区，毗邻莫干山度假区和平潭台商投资区。",
            ["临平国际商务区", "莫干山度假区", "平潭台商投资区"],
        ),
        ("Programme", "列入“蓉易造”重点项目。", ["“蓉易造”重点项目"]),
        ("Programme", "厦门入选全国首批低空经济先行先试区。", ["低空经济先行先试区"]),
        ("ApplicationScenario", "系统已用于肺结节早筛和糖网病变诊断。", ["肺结节早筛", "糖网病变诊断"]),
        ("ApplicationScenario", "面向海上救助、航道养护两类场景开放清单。", ["海上救助", "航道养护"]),
        ("ChainSegment", "公司推出智能助听器。", ["智能助听器"]),
        (
            "Technology",
            "建设陶瓷行业大模型，企业研发的空中触感成像技术填补空白。",
            ["陶瓷行业大模型", "空中触感成像技术"],
        ),
        ("Technology", "支撑国产人工智能大模型研发。", ["大模型"]),
    ],
)
def test_names_that_the_sentence_shows(label, sentence, names):
    assert [name.replace("(", "（").replace(")", "）") for name in named(label, sentence)] == names


def test_a_list_of_firms_in_a_title_is_no_policy():
    assert named("Policy", "协会发布《2031年鹭岛智能企业库》。") == []


def test_the_firm_in_a_name_of_a_centre_is_known_with_it():
    centre = one("ComputeCenter", "中国电信洞庭湖智算中心投用。")
    assert centre.owner is not None
    assert centre.owner.name == "中国电信"


def test_what_is_said_in_passing_is_plain():
    assert is_plain(Mention(0, 4, "ChainSegment", "人工智能"), "人工智能")
    assert not is_plain(Mention(0, 4, "ChainSegment", "人形机器人"), "人形机器人")
    assert is_plain(Mention(0, 2, "Country", "中国"), "全国")
    assert not is_plain(Mention(0, 2, "Country", "中国"), "中国")


def test_a_plain_word_is_told_only_where_something_is_said_of_it():
    records = Records()
    origin = Origin("src:1", "L1")
    records.link("OBSERVED", "city:1", "obs:1", origin)
    records.link("OBSERVED", "segment:算力", "obs:1", origin)
    records.link("OBSERVED", "segment:算力", "obs:2", origin)
    settle(records, frozenset({"segment:算力"}))
    left = [(link["subject"], link["object"]) for link in records.links["OBSERVED"]]
    assert left == [("city:1", "obs:1"), ("segment:算力", "obs:2")]
    assert "segment:算力" in used(records)
