"""Where firms have their seat, what feeds a product, and what a sentence comes back to. The sentences were made for these tests."""

from __future__ import annotations

import pytest
from test_extract_relations import read

FIRMS = "蓝鲸科技|云岭智能|赤峰电子|白鹿机器人"
PARTS = "机器视觉|工业机器人|伺服电机|减速器|力传感器|芯片"


@pytest.mark.parametrize(
    "sentence",
    [
        "蓝鲸科技（苏州）完成亿元融资。",
        "参会的有蓝鲸科技（苏州）、云岭智能（合肥）。",
        "蓝鲸科技（总部：苏州）发布新品。",
        "蓝鲸科技是一家苏州企业。",
        "苏州企业蓝鲸科技中标。",
        "苏州本土企业蓝鲸科技中标。",
        "蓝鲸科技2015年创立于苏州。",
        "蓝鲸科技注册地为苏州。",
        "蓝鲸科技将总部迁至苏州。",
        "扎根苏州的蓝鲸科技发布新品。",
        "蓝鲸科技、云岭智能分别位于苏州和合肥。",
        "蓝鲸科技、云岭智能两家企业分别扎根于苏州和合肥。",
    ],
)
def test_seat_of_a_firm(sentence: str) -> None:
    found = read(sentence, Company=FIRMS)
    assert ("蓝鲸科技", "LOCATED_IN", "苏州市") in found
    assert ("蓝鲸科技", "LOCATED_IN", "合肥市") not in found
    assert ("云岭智能", "LOCATED_IN", "苏州市") not in found


def test_firms_whose_seat_is_here() -> None:
    found = read("鹭岛智谷聚集企业百家，蓝鲸科技、云岭智能都把总部设在这里。", Company=FIRMS, Park="鹭岛智谷")
    assert {("蓝鲸科技", "LOCATED_IN", "鹭岛智谷"), ("云岭智能", "LOCATED_IN", "鹭岛智谷")} <= found


@pytest.mark.parametrize(
    "lines",
    [
        ("工业机器人的核心零部件包括减速器、伺服电机。",),
        ("工业机器人三大核心零部件为减速器、伺服电机、芯片。",),
        ("减速器、伺服电机是工业机器人的核心零部件。",),
        ("减速器、伺服电机等核心零部件国产化，推动工业机器人降本。",),
        ("将减速器、伺服电机列为上游攻关重点，推动工业机器人国产化。",),
        ("工业机器人所需的减速器、伺服电机等关键零部件仍需进口。",),
        ("工业机器人由减速器、伺服电机等核心零部件组成。",),
        ("在工业机器人领域，减速器、伺服电机等核心部件长期依赖进口。",),
        ("突破工业机器人减速器、伺服电机等关键零部件。",),
        ("减速器和伺服电机占工业机器人成本的六成。",),
        ("上游：减速器、伺服电机。", "中游：工业机器人。"),
    ],
)
def test_what_feeds_a_product(lines: tuple[str, ...]) -> None:
    found = read(*lines, ChainSegment=PARTS)
    assert ("减速器", "UPSTREAM_OF", "工业机器人") in found
    assert ("伺服电机", "UPSTREAM_OF", "工业机器人") in found
    assert ("工业机器人", "UPSTREAM_OF", "减速器") not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "蓝鲸科技以机器视觉起家。",
        "蓝鲸科技凭借机器视觉打开市场。",
        "以机器视觉见长的蓝鲸科技完成融资。",
        "做机器视觉的蓝鲸科技完成融资。",
        "专注机器视觉的蓝鲸科技完成融资。",
        "机器视觉第一股蓝鲸科技上市。",
        "蓝鲸科技（机器视觉）完成融资。",
        "蓝鲸科技占全球机器视觉市场三成。",
        "蓝鲸科技取得首张机器视觉认证。",
        "蓝鲸科技的芯片卖得好，其机器视觉系统销往海外。",
        "蓝鲸科技、云岭智能各有所长：前者做机器视觉，后者研发芯片。",
        "机器视觉市场以蓝鲸科技、赤峰电子为主。",
    ],
)
def test_what_a_firm_is_known_for(sentence: str) -> None:
    found = read(sentence, Company=FIRMS, ChainSegment=PARTS)
    assert ("蓝鲸科技", "OPERATES_IN", "机器视觉") in found
    assert ("云岭智能", "OPERATES_IN", "机器视觉") not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "苏州市要在智慧物流、智慧医疗等场景加强应用示范。",
        "苏州市开展智慧物流、智慧医疗应用示范。",
        "苏州市开放智慧物流、智慧医疗等应用场景50个。",
        "苏州市产业方向锁定智慧物流和智慧医疗。",
        "苏州市产业定位为智慧物流、智慧医疗。",
        "苏州市推动人工智能在智慧物流、智慧医疗等场景的应用。",
    ],
)
def test_scenes_that_a_city_bets_on(sentence: str) -> None:
    found = read(sentence, ApplicationScenario="智慧物流|智慧医疗")
    assert {("苏州市", "FOCUSES_ON", "智慧物流"), ("苏州市", "FOCUSES_ON", "智慧医疗")} <= found


@pytest.mark.parametrize(
    "sentence",
    [
        "此前，苏州、合肥和杭州已先后获批国家先导区。",
        "工信部公布国家先导区名单。此前，苏州、合肥和杭州已获批。",
        "国家先导区花落苏州、合肥。",
        "国家先导区扩容，新增苏州、合肥。",
    ],
)
def test_cities_that_bear_a_title(sentence: str) -> None:
    found = read(sentence, Programme="国家先导区")
    assert {("苏州市", "DESIGNATED_AS", "国家先导区"), ("合肥市", "DESIGNATED_AS", "国家先导区")} <= found
