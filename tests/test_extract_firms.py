"""Firms, chains, lists of those chosen and tasks of policies. The sentences were made for these tests."""

from __future__ import annotations

import pytest
from test_extract_relations import read

# -- firms at home in a park, and what each of them makes ----------------------------------------------------

FIRMS = "蓝鲸科技|云岭智能|赤峰电子|白鹿机器人"


@pytest.mark.parametrize(
    "sentence",
    [
        "鹭岛智谷的代表企业中，蓝鲸科技主攻机器视觉，云岭智能做语音识别。",
        "鹭岛智谷的龙头企业有蓝鲸科技、云岭智能。",
        "鹭岛智谷企业扎堆，蓝鲸科技主营机器视觉，云岭智能深耕语音识别。",
        "鹭岛智谷不大，但蓝鲸科技、云岭智能均从这里起步。",
        "鹭岛智谷很热闹，蓝鲸科技、云岭智能都把总部设在这里。",
        "鹭岛智谷以蓝鲸科技、云岭智能为龙头。",
        "鹭岛智谷内的蓝鲸科技、云岭智能正在扩产。",
        "鹭岛智谷聚集了蓝鲸科技、云岭智能等企业。",
        "鹭岛智谷先后走出了蓝鲸科技、云岭智能两家独角兽。",
        "蓝鲸科技、云岭智能等企业已签约入驻鹭岛智谷。",
    ],
)
def test_firms_that_a_park_is_home_to(sentence: str) -> None:
    found = read(sentence, Park="鹭岛智谷", Company=FIRMS, ChainSegment="机器视觉|语音识别")
    assert ("鹭岛智谷", "HOSTS", "蓝鲸科技") in found
    assert ("鹭岛智谷", "HOSTS", "云岭智能") in found


@pytest.mark.parametrize(
    "sentence",
    ["鹭岛智谷与蓝鲸科技签署合作协议。", "鹭岛智谷没有引进蓝鲸科技。", "建议鹭岛智谷引进蓝鲸科技等企业。"],
)
def test_whoever_only_works_with_a_park_is_not_at_home_there(sentence: str) -> None:
    found = read(sentence, Park="鹭岛智谷", Company=FIRMS)
    assert not {kind for _, kind, thing in found if thing == "蓝鲸科技"} & {"HOSTS"}
    assert ("蓝鲸科技", "LOCATED_IN", "鹭岛智谷") not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "蓝鲸科技做机器视觉。",
        "蓝鲸科技的机器视觉系统卖到海外。",
        "蓝鲸科技推出机器视觉系统。",
        "蓝鲸科技专注机器视觉。",
        "蓝鲸科技用机器视觉做零件分拣。",
        "蓝鲸科技则把机器视觉用于零件分拣。",
        "机器视觉领域有蓝鲸科技、赤峰电子；语音识别领域有云岭智能。",
        "蓝鲸科技是国内机器视觉的代表企业。",
        "蓝鲸科技在机器视觉领域居全球第三。",
        "全球机器视觉市场中，赤峰电子独占八成，蓝鲸科技仅占1%。",
        "国产机器视觉公司的半年报陆续发布。蓝鲸科技营收增长三成。",
        "蓝鲸科技净利润大增，赤峰电子扭亏，两家均称机器视觉订单饱满。",
    ],
)
def test_what_a_firm_makes(sentence: str) -> None:
    found = read(sentence, Company=FIRMS, ChainSegment="机器视觉|语音识别")
    assert ("蓝鲸科技", "OPERATES_IN", "机器视觉") in found
    assert ("蓝鲸科技", "OPERATES_IN", "语音识别") not in found


def test_the_leading_firm_stands_for_its_segment() -> None:
    found = read("蓝鲸科技是国内机器视觉的龙头企业。", Company=FIRMS, ChainSegment="机器视觉")
    assert ("蓝鲸科技", "REPRESENTATIVE_OF", "机器视觉") in found


def test_what_is_done_with_a_technology_uses_it() -> None:
    found = read(
        "蓝鲸科技把机器视觉用于肺病筛查。", Company=FIRMS, ChainSegment="机器视觉", ApplicationScenario="肺病筛查"
    )
    assert ("肺病筛查", "USES_TECHNOLOGY", "机器视觉") in found
    found = read("全息成像技术，已用于自助挂号。", Technology="全息成像", ApplicationScenario="自助挂号")
    assert ("自助挂号", "USES_TECHNOLOGY", "全息成像") in found


# -- chains ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "从产业链看，服务器的上游是存储芯片、电源，中游为整机制造，下游面向智算中心和网吧。",
        "服务器上游包括存储芯片、电源，下游应用于智算中心、网吧等场景。",
        "服务器产业链上游为存储芯片与电源；下游覆盖智算中心、网吧。",
        "服务器上游主要涉及存储芯片、电源，下游服务于智算中心和网吧。",
    ],
)
def test_a_chain_that_is_gone_through(sentence: str) -> None:
    found = read(sentence, ChainSegment="服务器|存储芯片|电源|整机制造|智算中心|网吧")
    for part in ("存储芯片", "电源"):
        assert (part, "UPSTREAM_OF", "服务器") in found
    for user in ("智算中心", "网吧"):
        assert ("服务器", "UPSTREAM_OF", user) in found
    assert not any("整机制造" in (a, b) for a, kind, b in found if kind == "UPSTREAM_OF")


# -- lists of those chosen --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "甲省工信厅、甲省科技厅等公布首批车联网试点名单，苏州、长沙、郑州入选。",
        "甲省工信厅、甲省科技厅联合认定车联网试点，包括苏州、长沙、郑州。",
        "甲省工信厅、甲省科技厅公布车联网试点名单，全国三地入选，分别是苏州、长沙和郑州。",
        "甲省工信厅、甲省科技厅批复车联网试点，苏州、长沙、郑州三市获批。",
        "甲省工信厅、甲省科技厅评出车联网试点。苏州、长沙、郑州等上榜。",
    ],
)
def test_all_that_a_list_names_bear_the_title(sentence: str) -> None:
    found = read(sentence, Institution="甲省工信厅|甲省科技厅", Programme="车联网试点")
    for city in ("苏州市", "长沙市", "郑州市"):
        assert (city, "DESIGNATED_AS", "车联网试点") in found
    for body in ("甲省工信厅", "甲省科技厅"):
        assert ("车联网试点", "ISSUED_BY", body) in found


def test_a_place_behind_the_verb_grants_the_title() -> None:
    found = read("海淀区入选北京市数据试点。", Programme="数据试点")
    assert ("海淀区", "DESIGNATED_AS", "数据试点") in found
    assert ("北京市", "DESIGNATED_AS", "数据试点") not in found


# -- what a place bets on, told as a whole ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "鹭岛智谷形成了涵盖智能装备、工业软件的产业生态。",
        "鹭岛智谷已形成从智能装备到工业软件的完整产业链。",
        "鹭岛智谷构建“1+2+N”产业体系，其中“2”为智能装备、工业软件。",
        "鹭岛智谷明确了两大方向：智能装备、工业软件。",
        "鹭岛智谷的产业版图里，智能装备、工业软件两条赛道最为突出。",
        "鹭岛智谷以智能装备、工业软件为两大新兴产业。",
        "鹭岛智谷把智能装备、工业软件作为一号产业。",
        "鹭岛智谷主导产业包括智能装备、工业软件。",
    ],
)
def test_industries_told_of_a_park(sentence: str) -> None:
    found = read(sentence, Park="鹭岛智谷", ChainSegment="智能装备|工业软件")
    assert ("鹭岛智谷", "FOCUSES_ON", "智能装备") in found
    assert ("鹭岛智谷", "FOCUSES_ON", "工业软件") in found


def test_the_tasks_of_a_policy() -> None:
    found = read(
        "苏州人工智能行动方案",
        "（一）推动具身智能产业发展",
        "面向纺织、化纤等行业推广机器视觉。",
        "打造太湖数据产业园，支持鹭岛智谷发展工业软件。",
        Policy="苏州人工智能行动方案",
        Park="太湖数据产业园|鹭岛智谷",
        ChainSegment="具身智能|机器视觉|工业软件",
        Industry="纺织|化纤",
    )
    paper = "苏州人工智能行动方案"
    assert {(paper, "FOCUSES_ON", "具身智能"), (paper, "FOCUSES_ON", "机器视觉")} <= found
    assert (paper, "FOCUSES_ON", "纺织") not in found
    assert (paper, "PROMOTES", "太湖数据产业园") in found
    assert (paper, "PROMOTES", "鹭岛智谷") not in found
    assert ("鹭岛智谷", "FOCUSES_ON", "工业软件") in found


def test_scenarios_tried_in_a_park() -> None:
    found = read("在鹭岛智谷试点无人集卡运输。", Park="鹭岛智谷", ApplicationScenario="无人集卡运输")
    assert ("鹭岛智谷", "HOSTS", "无人集卡运输") in found


def test_a_name_does_not_say_where_a_firm_or_a_body_works() -> None:
    found = read("大连天河科技公司与沈阳新闻社联合发布报告。", Company="大连天河科技公司", Institution="沈阳新闻社")
    assert not [link for link in found if link[1] == "LOCATED_IN"]


@pytest.mark.parametrize(
    "sentence",
    [
        "紫杉算力中心在沈阳市浑南区星河谷正式揭牌。",
        "紫杉算力中心落子沈阳市浑南区星河谷。",
        "紫杉算力中心选址沈阳市浑南区的星河谷。",
        "紫杉算力中心坐落于沈阳市浑南区星河谷。",
    ],
)
def test_a_centre_lies_in_every_place_of_a_chain(sentence: str) -> None:
    found = read(sentence, Park="星河谷", ComputeCenter="紫杉算力中心")
    assert {("紫杉算力中心", "LOCATED_IN", "星河谷"), ("紫杉算力中心", "LOCATED_IN", "浑南区")} <= found


@pytest.mark.parametrize("sentence", ["星河谷推进紫杉算力中心建设。", "星河谷热闹非凡。园区配建的紫杉算力中心已投用。"])
def test_what_a_park_runs_lies_in_it(sentence: str) -> None:
    found = read(sentence, Park="星河谷", ComputeCenter="紫杉算力中心")
    assert ("紫杉算力中心", "LOCATED_IN", "星河谷") in found


def test_what_stands_behind_a_semicolon_is_somewhere_else() -> None:
    found = read("在南京市江宁区，软件企业集聚；星河谷则发展新材料。", Park="星河谷")
    assert ("星河谷", "LOCATED_IN", "江宁区") not in found
