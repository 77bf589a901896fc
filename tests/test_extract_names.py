"""Names in running text: each recogniser with what it must find and what it must leave alone. All sentences are made up."""

from __future__ import annotations

import doctest
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.loaders.extract import (
    boundaries,
    companies,
    lists,
    organisations,
    parks,
    plain,
    programmes,
    regions,
    sector_firms,
    titles,
    topics,
    uses,
)
from aikg.loaders.extract.lexicon import Lexicon
from aikg.loaders.extract.mentions import Mention, View
from aikg.loaders.extract.passages import passages
from aikg.loaders.extract.recognisers import names_in, names_known
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
    "module",
    [
        boundaries,
        companies,
        lists,
        organisations,
        parks,
        plain,
        programmes,
        regions,
        sector_firms,
        titles,
        topics,
        uses,
    ],
)
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# ------------------------------------------------------------------------------------------------------------ parks


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("项目落户苏州高新区，明年投产。", ["苏州高新区"]),
        ("陵水湾科技城、雁栖谷科创港同日开园。", ["陵水湾科技城", "雁栖谷科创港"]),
        ("浙江绍兴镜湖科技城相关负责人调度科创中心三期。", ["镜湖科技城", "科创中心三期"]),
        ("位于广东省佛山市高新区的企业增多。", ["佛山市高新区"]),
        ("泉州高新区和经开区比肩。", ["泉州高新区"]),
        ("中国（徐州）人工智能小镇正在建设。", ["中国（徐州）人工智能小镇"]),
        ("他走访了宝鸡机器人产业园和凤鸣软件园。", ["宝鸡机器人产业园", "凤鸣软件园"]),
        ("杭州高新区（滨江）发布清单。", ["杭州高新区（滨江）"]),
    ],
)
def test_parks_are_found_by_their_endings(sentence, names):
    assert [name.replace("(", "（").replace(")", "）") for name in named("Park", sentence)] == names


@pytest.mark.parametrize(
    "sentence",
    [
        "全省共有省级产业集聚区60个，国家级高新区8家。",
        "某电子产业园因停电停产。",
        "该产业园去年扩建，本园区不变。",
        "通过系统优化园区布局，帮助集聚区节能。",
        "各地特色产业园区数量增加。",
        "东北地区代表性产业集聚区有所回升。",
        "上海浦东新区发布公告。",
        "推动智慧城市和数字乡村协同发展。",
        "全球人工智能产业集聚区概况",
    ],
)
def test_a_class_of_parks_is_no_park(sentence):
    assert named("Park", sentence) == []


def test_a_park_has_its_short_forms_as_aliases_and_its_places_beside_it():
    park = one("Park", "落户浙江绍兴镜湖科技城。")
    assert park.name == "镜湖科技城"
    assert "浙江绍兴镜湖科技城" in park.aliases
    assert park.place == PLACES.resolve("绍兴").place
    assert {place.name for place in park.holds} == {"浙江省", "绍兴市"}


def test_a_park_named_in_full_once_is_the_same_park_elsewhere():
    names = set(named("Park", "镜湖科技城扩容。", "在浙江绍兴镜湖科技城，三家企业投产。"))
    assert names == {"镜湖科技城"}


# --------------------------------------------------------------------------------------------------------- policies


def test_titles_are_policies_unless_they_are_reports_or_newspapers():
    line = "近日印发《某湾区人工智能发展若干措施》。据《中国某某产业发展报告》，《蓬莱日报》记者获悉。"
    assert named("Policy", line) == ["某湾区人工智能发展若干措施"]
    assert "蓬莱日报" in named("Institution", line)


def test_a_guide_that_shows_figures_is_a_report():
    assert named("Policy", "《算力中心发展指南》显示，已有三十座。") == []
    assert named("Policy", "工信部印发《算力中心发展指南》。") == ["算力中心发展指南"]


def test_a_title_without_a_name_means_the_one_before():
    lines = (
        "市政府印发《绍兴市智能终端产业三年行动方案（2025—2027年）》（以下简称《行动方案》）。",
        "《行动方案》提出八项任务。",
    )
    names = named("Policy", *lines)
    assert len(names) > 1
    assert len(set(names)) == 1
    assert named("Policy", "《行动方案》提出八项任务。") == []


def test_a_notice_is_named_by_its_headline():
    assert named("Policy", "绍兴市推动人工智能高质量发展实施方案") == ["绍兴市推动人工智能高质量发展实施方案"]
    found = named("Policy", "绍兴市人民政府办公室关于印发绍兴市机器人产业发展规划的通知")
    assert found == ["绍兴市机器人产业发展规划"]
    assert named("Policy", "绍兴推出人工智能产业三年行动计划") == []


def test_the_issuer_in_a_headline_is_named_too():
    mentions = read("绍兴市人民政府关于促进算力产业发展的若干意见")
    assert ("Institution", "绍兴市人民政府") in [(m.label, m.name) for m in mentions]
    policy = next(m for m in mentions if m.label == "Policy")
    assert policy.name == "绍兴市人民政府关于促进算力产业发展的若干意见"
    assert "关于促进算力产业发展的若干意见" in policy.aliases


# ------------------------------------------------------------------------------------------------------- programmes


def test_programmes_of_the_state_have_one_name():
    for wording in ("国家级人工智能创新应用先导区", "人工智能创新应用先导区", "国家人工智能先导区"):
        assert named("Programme", f"全市争创{wording}。") == ["国家人工智能创新应用先导区"]


def test_quoted_plans_are_programmes_and_slogans_are_not():
    assert named("Programme", "实施未来产业“晨曦计划”，推进“人工智能+”行动。") == ["未来产业“晨曦计划”"]
    assert named("Programme", "建立“三个一”机制，助力“碳中和”目标。") == []


def test_a_count_of_firms_is_no_programme():
    assert named("Programme", "培育80家专精特新“小巨人”企业、近2万家国家级高新技术企业。") == []


def test_a_word_introduced_for_a_programme_leads_to_it_but_is_no_alias():
    mentions = [
        m
        for m in read("绍兴争创国家人工智能创新应用先导区（下称“先导区”）。", "先导区将聚焦纺织。")
        if m.label == "Programme"
    ]
    assert len(mentions) > 1
    assert {m.name for m in mentions} == {"国家人工智能创新应用先导区"}
    assert all("先导区" not in m.aliases for m in mentions)


# ---------------------------------------------------------------------------------------------------- organisations


@pytest.mark.parametrize(
    ("sentence", "label", "name"),
    [
        ("浙江大学绍兴机器人研究院上月成立。", "Institution", "浙江大学绍兴机器人研究院"),
        ("中科院徐州应用技术研究所参与其中。", "Institution", "中科院徐州应用技术研究所"),
        ("清华湘潭新材料研究院揭牌。", "Institution", "清华湘潭新材料研究院"),
        ("江苏省政府召开新闻发布会。", "Institution", "江苏省政府"),
        ("据徐州市经信局统计。", "Institution", "徐州市经信局"),
        ("与徐州智云计算研究院共建。", "Institution", "徐州智云计算研究院"),
        ("香港中文大学（深圳）参展。", "University", "香港中文大学（深圳）"),
    ],
)
def test_an_organisation_is_named_whole(sentence, label, name):
    found = [m for m in read(sentence) if m.label in ("Institution", "University")]
    assert [m.label for m in found] == [label]
    names = {word.replace("(", "（").replace(")", "）") for word in (found[0].name, *found[0].aliases)}
    assert name in names


@pytest.mark.parametrize(
    "sentence",
    [
        "大学生和高水平大学增多。",
        "建成重点实验室5个、工程研究中心3家。",
        "鼓励企业设立联合实验室。",
        "大学城、大学园相邻。",
        "政府部门加大投入。",
    ],
)
def test_a_class_of_organisations_is_none(sentence):
    assert [m.name for m in read(sentence) if m.label in ("Institution", "University")] == []


def test_a_bureau_without_its_place_is_that_of_the_documents_place():
    lines = ("绍兴市推动智能纺织高质量发展实施方案", "责任单位：市经信局、市发展改革委。")
    assert {"绍兴市经信局", "绍兴市发展改革委"} <= set(named("Institution", *lines))
    assert named("Institution", "责任单位：市经信局。") == []


# -------------------------------------------------------------------------------------------------- compute centres


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("已移交云梦泽智算中心使用。", ["云梦泽智算中心"]),
        ("徐州先进计算中心投用，算力翻番。", ["徐州先进计算中心"]),
        ("其中华为徐州数据中心最大。", ["华为徐州数据中心"]),
        ("国家超级计算徐州中心开工。", ["国家超级计算徐州中心"]),
        ("全国智算中心利用率偏低，个别智算中心停摆，某算力中心闲置。", []),
        ("各地建设绿色数据中心和大型数据中心。", []),
        ("建成3个城市算力中心。", []),
    ],
)
def test_compute_centres(sentence, names):
    assert named("ComputeCenter", sentence) == names


# -------------------------------------------------------------------------------------------------------- companies


def test_full_names_and_their_short_forms():
    company = read("落户当地的徐州云雀星途科技股份有限公司（以下简称“云雀星途”）扩产。")[0]
    assert company.name == "徐州云雀星途科技股份有限公司"
    assert company.aliases == ("云雀星途",)
    later = named("Company", "徐州云雀星途科技股份有限公司（简称云雀星途）扩产。", "去年云雀星途营收翻番。")
    assert set(later) == {"徐州云雀星途科技股份有限公司"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("园区吸引了百度、云雀星途和鹿鸣智造等30家企业入驻。", {"百度", "云雀星途", "鹿鸣智造"}),
        ("以腾讯、云雀星途为代表的科技企业发力。", {"腾讯", "云雀星途"}),
        ("代表企业有云雀星途、鹿鸣智造、QuickFox、Deep Pond等。", {"云雀星途", "鹿鸣智造", "QuickFox", "Deep Pond"}),
        ("芯片由英伟达、三星和超威供应。", {"英伟达", "三星"}),
    ],
)
def test_lists_of_companies(sentence, names):
    assert names <= set(named("Company", sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "培育芯片、传感器、机器人等龙头企业。",
        "引进北京、上海等地企业。",
        "支持中小微企业、独角兽企业等创新型企业。",
        "理想很丰满，现代服务业提速，大众满意。",
        "建设、运营、管理等环节由公司承担。",
        "智能科技、生物技术和新能源汽车并进。",
        "该公司、子公司和某科技公司均未回应。",
    ],
)
def test_what_is_no_company(sentence):
    assert named("Company", sentence) == []


def test_a_name_that_also_is_a_word_needs_a_firm_beside_it():
    assert "理想" not in "".join(named("Company", "他的理想是办学。"))
    assert any(name.startswith("理想") for name in named("Company", "整车厂有比亚迪、理想和蔚来。"))


# ----------------------------------------------------------------------------------------------- regions and places


def test_regions_by_their_endings_and_parts_of_the_country():
    assert named("Region", "环太湖智能装备产业带成形，西部、东部各有侧重，大湾区牵头。") == [
        "环太湖智能装备产业带",
        "西部地区",
        "东部地区",
        "粤港澳大湾区",
    ]
    assert named("Region", "徐州市东部新城动工，打造世界级城市群。") == []


def test_a_district_of_many_cities_is_that_of_the_city_before_it():
    districts = [m for m in read("杭州发布榜单，余杭区29家、西湖区24家。") if m.label == "District"]
    assert [(m.name, m.place.parent if m.place else None) for m in districts] == [
        ("余杭区", "330100"),
        ("西湖区", "330100"),
    ]
    assert named("District", "上海全域联动，杨浦、长宁、静安等各区并进。") == ["杨浦区", "长宁区", "静安区"]


# ----------------------------------------------------------------------------------------------------------- topics


def test_fields_count_where_a_list_or_the_word_behind_says_so():
    assert named("ApplicationField", "在医疗、金融、文教等领域应用。")[:2] == ["医疗", "金融"]
    assert named("ApplicationField", "交通拥堵，金融机构观望。") == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("研制极端环境机器人。", "极端环境机器人"),
        ("量产车规级芯片。", "车规级芯片"),
        ("发布“云雀”大模型。", "“云雀”大模型"),
        ("聚焦智能鞋楦、云端裁剪等环节。", "云端裁剪"),
        ("推进“AI+纺织”。", "AI+纺织"),
    ],
)
def test_new_topics(sentence, name):
    topics_found = {m.name for m in read(sentence) if m.label in ("ChainSegment", "Technology", "ApplicationScenario")}
    assert name in topics_found


# ---------------------------------------------------------------------------------------------------------- lexicon


def test_the_first_meaning_of_a_word_stays_and_latin_words_need_their_bounds():
    lexicon = Lexicon()
    assert lexicon.add("云雀", "Company", "云雀星途")
    assert not lexicon.add("云雀", "Technology", "云雀大模型")
    assert not lexicon.add("云", "Company", "云")
    lexicon.add("AI", "Technology", "AI")
    assert [m.name for m in lexicon.find("AIoT与AI、云雀")] == ["AI", "云雀星途"]


def test_learning_joins_what_shares_a_name():
    lexicon = Lexicon()
    new = lexicon.learn(
        [
            Mention(0, 2, "Park", "镜湖谷"),
            Mention(0, 2, "Park", "绍兴镜湖谷", aliases=("镜湖谷",), place=PLACES.resolve("绍兴").place),
        ]
    )
    assert set(new) == {"镜湖谷", "绍兴镜湖谷"}
    assert {getattr(lexicon.get(word), "name", None) for word in new} == {"绍兴镜湖谷"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(list("上海徐州市区高新园产业大学研究院公司集团等、，。（）《》“”和与AI8机器人")), max_size=60
    )
)
def test_any_text_gives_mentions_in_order_that_do_not_overlap(signs):
    text = "".join(signs)
    mentions = read(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert isinstance(View(text).again(), View)


def test_marks_of_a_web_page_are_no_part_of_a_name() -> None:
    text = "<img src=x onerror=alert(1)>星海科技有限公司落户，<script>alert(1)</script>云帆智联科技有限公司也将入驻。"
    found = [m.name for m in companies.companies(View(text))]
    assert found == ["星海科技有限公司", "云帆智联科技有限公司"]
