"""Relations read from sentences. The sentences were made for these tests; what each must give follows from its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from aikg.loaders.extract.discourse import Discourse
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.passages import passages
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.extract.relations import Relations
from aikg.loaders.extract.topic_lists import label_of
from aikg.loaders.readers.document import Document
from aikg.loaders.records import Records
from aikg.ontology.concepts import load_concepts
from aikg.ontology.places import load_places
from aikg.ontology.schema import load_schema

PLACES = load_places()


def read(*lines: str, **named: str) -> set[tuple[str, str, str]]:
    """(subject, type, object) of all relations; `named` gives names by label (Park="甲园|乙园"), places are found."""
    document = Document(Path("x"), "x", "0" * 64, "src:000000000000", "utf-8", lines, None, None, None)
    prose, records, discourse = Prose(document, lines), Records(), Discourse()
    relations = Relations(load_schema(), load_concepts(), PLACES)
    for passage in passages(lines):
        mentions = mentions_of(passage.text, named)
        for m in mentions:
            records.entity(m.label, m.id or f"{m.label}:{m.name}", m.name, prose.origin(passage.line))
        discourse.enter(passage, mentions)
        relations.read(discourse, prose, records)
    names = {row["id"]: row["name"] for rows in records.entities.values() for row in rows}
    return {
        (
            names.get(row["subject"], row["subject"].split(":")[-1]),
            kind,
            names.get(row["object"], row["object"].split(":")[-1]),
        )
        for kind, rows in records.links.items()
        for row in rows
    }


def mentions_of(text: str, named: dict[str, str]) -> list[Mention]:
    found: list[Mention] = []
    for label, words in named.items():
        for word in sorted(words.split("|"), key=len, reverse=True):
            at = text.find(word)
            while at >= 0:
                if all(m.end <= at or m.start >= at + len(word) for m in found):
                    leading = PLACES.leading(word) if label in ("Park", "Policy", "Institution") else None
                    kind = "ministry" if word.endswith("部") else None
                    place = leading[0] if leading else None
                    found.append(Mention(at, at + len(word), label, word, place=place, kind=kind))
                at = text.find(word, at + 1)
    for start, end, place in PLACES.find_all(text):
        if all(m.end <= start or m.start >= end for m in found):
            found.append(Mention(start, end, place.label, place.name, place.id, place))
    return sorted(found, key=lambda m: m.start)


def test_a_cue_with_a_list_gives_every_topic() -> None:
    found = read("芜湖聚焦工业机器人、智能座舱等领域。", ChainSegment="工业机器人|智能座舱")
    assert ("芜湖市", "FOCUSES_ON", "工业机器人") in found
    assert ("芜湖市", "FOCUSES_ON", "智能座舱") in found


def test_an_item_that_nobody_knows_becomes_a_topic() -> None:
    found = read("绍兴重点发展智能缝制机、车规级芯片等产业。", ChainSegment="车规级芯片")
    assert ("绍兴市", "FOCUSES_ON", "智能缝制机") in found


@pytest.mark.parametrize(
    "sentence",
    [
        "徐州没有聚焦工业机器人。",
        "专家建议徐州聚焦工业机器人。",
        "如果徐州聚焦工业机器人，市场会更大。",
        "徐州难以布局工业机器人产业。",
    ],
)
def test_what_is_denied_wished_or_supposed_is_no_fact(sentence: str) -> None:
    assert not {t for t in read(sentence, ChainSegment="工业机器人") if t[1] == "FOCUSES_ON"}


def test_numbers_and_enterprises_are_no_topics() -> None:
    found = read("扬州锚定3000亿元目标，培育龙头企业和创新人才。")
    assert not {t for t in found if t[1] == "FOCUSES_ON"}


def test_the_subject_goes_on_over_commas_but_not_over_a_semicolon() -> None:
    found = read("洛阳底蕴深厚，主攻智能农机；襄阳起步晚，押注车载雷达。", ChainSegment="智能农机|车载雷达")
    assert ("洛阳市", "FOCUSES_ON", "智能农机") in found
    assert ("襄阳市", "FOCUSES_ON", "车载雷达") in found
    assert ("洛阳市", "FOCUSES_ON", "车载雷达") not in found


def test_respectively_pairs_in_parallel_order() -> None:
    found = read("泉州、漳州分别聚焦智能鞋机和水产机器人。", ChainSegment="智能鞋机|水产机器人")
    assert ("泉州市", "FOCUSES_ON", "智能鞋机") in found
    assert ("泉州市", "FOCUSES_ON", "水产机器人") not in found


def test_position_in_a_field_and_pillars() -> None:
    found = read("烟台在海工装备领域处于全国前列。", "潍坊以声学器件为主导产业。", ChainSegment="海工装备|声学器件")
    assert ("烟台市", "FOCUSES_ON", "海工装备") in found
    assert ("潍坊市", "PILLAR_INDUSTRY", "声学器件") in found


def test_kinds_of_a_segment_are_its_parts() -> None:
    found = read(
        "江西发布人工智能设备清单。",
        "江西提出，家庭设备重点发展扫地机；工厂设备聚焦焊接机。",
        ChainSegment="人工智能设备|家庭设备|工厂设备|扫地机|焊接机",
    )
    assert {("家庭设备", "PART_OF", "人工智能设备"), ("工厂设备", "PART_OF", "人工智能设备")} <= found
    assert ("扫地机", "PART_OF", "家庭设备") in found
    assert ("江西省", "FOCUSES_ON", "焊接机") in found


def test_a_park_lies_where_its_name_and_the_text_say() -> None:
    found = read("山东持续发力，烟台八角湾智谷加快建设。", Park="烟台八角湾智谷")
    assert {("烟台八角湾智谷", "LOCATED_IN", "烟台市"), ("烟台八角湾智谷", "LOCATED_IN", "山东省")} <= found
    found = read("位于山东烟台的八角湾智谷加快建设。", Park="八角湾智谷")
    assert {("八角湾智谷", "LOCATED_IN", "烟台市"), ("八角湾智谷", "LOCATED_IN", "山东省")} <= found


def test_hosts_and_settled() -> None:
    found = read(
        "常州星河谷集聚了蓝鲸机器人、紫杉实验室等机构。",
        Park="常州星河谷",
        Company="蓝鲸机器人",
        Institution="紫杉实验室",
    )
    assert {("常州星河谷", "HOSTS", "蓝鲸机器人"), ("常州星河谷", "HOSTS", "紫杉实验室")} <= found
    found = read("青禾智造落户常州星河谷。", Park="常州星河谷", Company="青禾智造")
    assert ("青禾智造", "LOCATED_IN", "常州星河谷") in found


def test_a_list_of_firms_of_several_places_is_nowhere() -> None:
    found = read("常州、泰州拥有蓝鲸机器人、青禾智造等企业。", Company="蓝鲸机器人|青禾智造")
    assert not {t for t in found if t[1] == "LOCATED_IN"}


def test_members_of_a_region_need_to_be_its_members() -> None:
    found = read("长三角的南通与西部的绵阳合作。")
    assert ("南通市", "PART_OF", "长三角") in found
    assert ("绵阳市", "PART_OF", "长三角") not in found


def test_issuer_and_area_of_a_policy() -> None:
    found = read(
        "湖南省工信厅印发《湖南省智能农机发展行动计划》。",
        Institution="湖南省工信厅",
        Policy="湖南省智能农机发展行动计划",
    )
    assert ("湖南省智能农机发展行动计划", "ISSUED_BY", "湖南省工信厅") in found
    assert ("湖南省智能农机发展行动计划", "APPLIES_TO", "湖南省") in found
    found = read("《湖南省智能农机发展行动计划》由长沙市发布。", Policy="湖南省智能农机发展行动计划")
    assert ("湖南省智能农机发展行动计划", "ISSUED_BY", "长沙市") in found


def test_a_policy_abroad_is_not_given_to_china() -> None:
    found = read("英国出台《算法问责指南》。", Policy="算法问责指南")
    assert ("算法问责指南", "APPLIES_TO", "英国") in found
    assert ("算法问责指南", "APPLIES_TO", "中国") not in found


def test_titles_are_shared_out() -> None:
    found = read("工信部支持创建长沙、太原国家智造先导区。", Programme="国家智造先导区", Institution="工信部")
    assert {("长沙市", "DESIGNATED_AS", "国家智造先导区"), ("太原市", "DESIGNATED_AS", "国家智造先导区")} <= found
    assert ("国家智造先导区", "ISSUED_BY", "工信部") in found
    found = read("长沙、太原成功创建国家智造先导区与国家算力试验区。", Programme="国家智造先导区|国家算力试验区")
    assert ("长沙市", "DESIGNATED_AS", "国家智造先导区") in found
    assert ("太原市", "DESIGNATED_AS", "国家算力试验区") in found
    assert ("太原市", "DESIGNATED_AS", "国家智造先导区") not in found


def test_who_moves_a_thing_into_a_programme_does_not_bear_it() -> None:
    found = read("河南将冷链列入“百链”工程重点培育。", Programme="“百链”工程")
    assert not {t for t in found if t[1] == "DESIGNATED_AS"}


def test_companies_and_what_they_make() -> None:
    found = read("蓝鲸机器人专注于焊接机器人。", Company="蓝鲸机器人", ChainSegment="焊接机器人")
    assert ("蓝鲸机器人", "OPERATES_IN", "焊接机器人") in found
    found = read(
        "以青禾智造、云杉微电子为代表的存算芯片企业加速成长。", Company="青禾智造|云杉微电子", ChainSegment="存算芯片"
    )
    assert ("青禾智造", "REPRESENTATIVE_OF", "存算芯片") in found
    assert ("云杉微电子", "OPERATES_IN", "存算芯片") in found


def test_a_product_made_in_a_province() -> None:
    found = read("青禾智造采茶机等“闽产”设备热销。", Company="青禾智造", ChainSegment="采茶机")
    assert ("青禾智造", "OPERATES_IN", "采茶机") in found or ("青禾智造", "LOCATED_IN", "福建省") in found


def test_upstream_and_supply() -> None:
    found = read("激光雷达为无人矿车提供感知能力。", ChainSegment="激光雷达|无人矿车")
    assert ("激光雷达", "UPSTREAM_OF", "无人矿车") in found
    found = read("青禾智造向蓝鲸机器人供应减速器。", Company="青禾智造|蓝鲸机器人", ChainSegment="减速器")
    assert ("青禾智造", "SUPPLIES", "蓝鲸机器人") in found


def test_ratings_become_assessments() -> None:
    found = read("智能农机行业处于成长期，供应商议价能力较强。", ChainSegment="智能农机")
    rated = {t for t in found if t[1] == "ASSESSED"}
    assert {t[0] for t in rated} == {"智能农机"}
    assert len(rated) == 2


def test_label_of_new_topics() -> None:
    assert label_of("海洋产业") == "Industry"
    assert label_of("无人机巡检") == "ApplicationScenario"


@pytest.mark.parametrize("body", ["湖南省工信厅", "湖南省人民政府", "科技部", "长沙市发展改革委", "星河新区管委会"])
def test_nobody_says_where_a_body_of_government_lies(body: str) -> None:
    found = read(f"长沙市与{body}推进智能农机。", Institution=body)
    assert not {t for t in found if t[1] == "LOCATED_IN" and t[0] == body}


def test_a_firm_lies_only_in_the_nearest_place() -> None:
    found = read("湖南长沙的星河谷发展快。星河谷集聚了蓝鲸机器人等企业。", Park="星河谷", Company="蓝鲸机器人")
    assert ("星河谷", "HOSTS", "蓝鲸机器人") in found
    assert not [t for t in found if t[:2] == ("蓝鲸机器人", "LOCATED_IN")]


def test_firms_whose_projects_are_listed_are_elsewhere() -> None:
    found = read("星河谷布局了蓝鲸机器人、青禾智造等运营商数据中心。", Park="星河谷", Company="蓝鲸机器人|青禾智造")
    assert not {t for t in found if t[1] in ("LOCATED_IN", "HOSTS") and t[0] != "星河谷"}


def test_a_place_in_front_of_a_list_belongs_to_its_first_name() -> None:
    found = read("上海蓝鲸机器人、青禾智造等企业同台竞争。", Company="蓝鲸机器人|青禾智造")
    assert ("青禾智造", "LOCATED_IN", "上海市") not in found


def test_short_name_of_a_district_that_was_named_before() -> None:
    found = read("长沙市岳麓区发展快。", "蓝鲸机器人、青禾智造等企业均在岳麓设立总部。", Company="蓝鲸机器人|青禾智造")
    assert ("蓝鲸机器人", "LOCATED_IN", "岳麓区") in found


def test_the_one_place_of_a_document_is_where_its_parks_are() -> None:
    found = read("长沙市岳麓区发展快。", "星河谷、蓝湾城等片区加快建设。", Park="星河谷|蓝湾城")
    assert ("星河谷", "LOCATED_IN", "岳麓区") in found
    found = read("长沙市与徐州市发展快。", "星河谷等片区加快建设。", Park="星河谷")
    assert not {t for t in found if t[0] == "星河谷"}


def test_what_a_park_builds_lies_there() -> None:
    found = read("星河谷建成全国首个紫杉算力中心。", Park="星河谷", ComputeCenter="紫杉算力中心")
    assert {("星河谷", "HOSTS", "紫杉算力中心"), ("紫杉算力中心", "LOCATED_IN", "星河谷")} <= found
    found = read("星河谷缺乏资金建成紫杉算力中心。", Park="星河谷", ComputeCenter="紫杉算力中心")
    assert not {t for t in found if t[1] == "HOSTS"}


def test_a_policy_that_bids_focuses_on_what_it_bids() -> None:
    found = read(
        "《湖南省智能农机发展行动计划》",
        "依托紫杉实验室、云湖研究院，加快突破激光雷达、智能座舱等技术。",
        Policy="湖南省智能农机发展行动计划",
        Institution="紫杉实验室|云湖研究院",
        ChainSegment="激光雷达|智能座舱",
    )
    assert ("湖南省智能农机发展行动计划", "FOCUSES_ON", "激光雷达") in found


def test_what_a_paper_covers_is_not_the_focus_of_who_issues_it() -> None:
    found = read(
        "长沙发布《农机场景清单》，涵盖智能灌溉、病虫害识别等场景。",
        Policy="农机场景清单",
        ApplicationScenario="智能灌溉|病虫害识别",
    )
    assert ("农机场景清单", "FOCUSES_ON", "智能灌溉") in found
    assert ("长沙市", "FOCUSES_ON", "智能灌溉") not in found


def test_scenarios_use_technologies_and_belong_to_the_field_above() -> None:
    found = read(
        "一、智能农业",
        "（一）成熟场景",
        "智能灌溉主要利用激光雷达、机器视觉等技术，节约用水。",
        ChainSegment="智能农业",
        ApplicationScenario="智能灌溉",
        Technology="激光雷达|机器视觉",
    )
    assert {("智能灌溉", "USES_TECHNOLOGY", "激光雷达"), ("智能灌溉", "USES_TECHNOLOGY", "机器视觉")} <= found
    assert ("智能灌溉", "PART_OF", "智能农业") in found
    found = read("激光雷达在智能灌溉等场景中的应用增多。", ApplicationScenario="智能灌溉", Technology="激光雷达")
    assert ("智能灌溉", "USES_TECHNOLOGY", "激光雷达") in found


def test_events_need_a_date_or_a_round() -> None:
    found = read("2021年6月，蓝鲸机器人在科创板上市。", Company="蓝鲸机器人")
    assert ("蓝鲸机器人", "HAS_EVENT", "蓝鲸机器人上市（2021-06）") in found
    found = read("蓝鲸机器人宣布完成3亿元B轮融资。", Company="蓝鲸机器人")
    assert {t[1] for t in found} == {"HAS_EVENT"}


@pytest.mark.parametrize(
    "sentence", ["蓝鲸机器人计划2026年在科创板上市。", "蓝鲸机器人是上市公司。", "2021年，蓝鲸机器人冲刺上市。"]
)
def test_a_listing_that_is_planned_is_no_event(sentence: str) -> None:
    assert not {t for t in read(sentence, Company="蓝鲸机器人") if t[1] == "HAS_EVENT"}


def test_provides() -> None:
    found = read("青禾智造为医院提供焊接机器人。", Company="青禾智造", ChainSegment="焊接机器人")
    assert ("青禾智造", "PROVIDES", "焊接机器人") in found
    found = read("青禾智造没有为医院提供焊接机器人。", Company="青禾智造", ChainSegment="焊接机器人")
    assert not {t for t in found if t[1] == "PROVIDES"}


def test_western_commas_end_clauses_too() -> None:
    found = read("泉州聚焦智能鞋机和水产机器人,企业不断增多。", ChainSegment="智能鞋机|水产机器人")
    assert ("泉州市", "FOCUSES_ON", "水产机器人") in found


def test_who_chases_does_the_same_business() -> None:
    found = read(
        "减速器主要由蓝鲸机器人、青禾智造主导，国内企业云杉微电子正在追赶。",
        Company="蓝鲸机器人|青禾智造|云杉微电子",
        ChainSegment="减速器",
    )
    assert ("云杉微电子", "OPERATES_IN", "减速器") in found
    assert ("云杉微电子", "REPRESENTATIVE_OF", "减速器") not in found
    assert ("蓝鲸机器人", "REPRESENTATIVE_OF", "减速器") in found


def test_examples_of_the_firms_of_a_place() -> None:
    found = read(
        "长沙是中部重镇，拥有200家企业，包括蓝鲸机器人、青禾智造等知名企业；徐州拥有90家企业，包括云杉微电子等企业。",
        Company="蓝鲸机器人|青禾智造|云杉微电子",
    )
    assert {("青禾智造", "LOCATED_IN", "长沙市"), ("青禾智造", "REPRESENTATIVE_OF", "长沙市")} <= found
    assert ("云杉微电子", "LOCATED_IN", "徐州市") in found
    assert ("云杉微电子", "LOCATED_IN", "长沙市") not in found
