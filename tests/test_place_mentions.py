"""Place names in running text: what counts as a mention, and the words that only look like one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import shared

from aikg.ontology.places import load_places

PLACES = load_places()
NAMES = sorted({name for place in PLACES for name in (place.name, *place.aliases)})


# Read off the text of 《2023人工智能发展白皮书》, the one document without damage. Left out are the short
# names of districts in lists (杨浦、长宁、静安; 东丽、津南), which only the reader of that list can decide.
WHITE_PAPER_NAMES = (
    "深圳市 北京市 杭州市 广州市 上海市 天津市 廊坊市 合肥市 南京市 长沙市 苏州市 武汉市 东莞市 惠州市",
    "珠海市 中山市 江门市 济南市 西安市 佛山市 肇庆市 宁波市 唐山市 纽约 旧金山 伦敦 东京 班加罗尔 孟买",
    "浙江省 安徽省 江苏省 广东省 河北省 湖北省 湖南省 山东省 四川省 福建省 香港特别行政区 澳门特别行政区",
    "中国 美国 英国 日本 印度 长三角 京津冀 珠三角 粤港澳大湾区 成渝 西部地区 中部地区 欧洲 硅谷",
    "滨海新区 西青区 津南区 北辰区 武清区 宁河区 宝坻区 浦东新区 松江区 南山区 光明区 龙华区 龙岗区 坪山区",
    "罗湖区 盐田区 福田区 香洲区 天河区 南沙区 海珠区 从化区 白云区 越秀区 余杭区 西湖区 钱塘区 临安区",
    "上城区 拱墅区 富阳区 萧山区 滨江区 海淀区 怀柔区 昌平区 大兴区 通州区",
)


def _found(text: str, within: str | None = None) -> list[tuple[str, str]]:
    return [(text[start:end], place.name) for start, end, place in PLACES.find_all(text, within=within)]


@pytest.mark.parametrize(
    ("text", "name", "length"),
    [
        ("杭州市人工智能产业发展规划", "杭州市", 3),
        ("南京智能计算中心", "南京市", 2),
        ("北京昇腾人工智能计算中心", "北京市", 2),
        ("中国人工智能（广州）产业园", "中国", 2),
        ("中国（杭州）5G创新园", "中国", 2),
        ("长三角一体化", "长三角", 3),
        ("长三角地区集聚", "长三角", 5),
        ("深圳南山区科技园", "南山区", 5),
        ("深圳南山科技园", "南山区", 4),
        ("佛山南海区AI技术共享中心", "南海区", 5),
        ("山东寿光蔬菜产业集聚区", "寿光市", 4),
        ("广东省深圳市人工智能", "深圳市", 6),
        ("上海浦东张江", "浦东新区", 4),
        ("北京市场", "北京市", 2),
        ("杭州钱塘新区", "杭州市", 2),
        ("重庆两江新区", "重庆市", 2),
        ("深圳前海", "深圳市", 2),
        ("成渝地区双城经济圈人工智能产业发展规划", "成渝", 9),
        ("吉林省长春市", "长春市", 6),
        ("全国一体化大数据中心", "中国", 2),
    ],
)
def test_leading_place(text: str, name: str, length: int) -> None:
    found = PLACES.leading(text)
    assert found is not None
    assert (found[0].name, found[1]) == (name, length)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "大疆创新",
            "京东",
            "阿里云",
            "阿里巴巴",
            "浙江大学",
            "上海交通大学",
            "中国科学院",
            "南京东路1号",
        ),
        *("西湖区政府", "南山智园", "两江新区管委会", "平安科技", "日照分析", "安全国家标准", "宁德时代"),
    ],
)
def test_nothing_leads(text: str) -> None:
    assert PLACES.leading(text) is None


def test_leading_uses_the_context_for_ambiguous_names() -> None:
    found = PLACES.leading("西湖区云栖小镇", within="杭州")
    assert found is not None
    assert (found[0].code, found[1]) == ("330106", 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("深圳南山区", [("深圳", "深圳市"), ("南山区", "南山区")]),
        ("上海南站", [("上海", "上海市")]),
        ("安徽合肥的“精准卡位”", [("安徽", "安徽省"), ("合肥", "合肥市")]),
        ("上海（浦东新区）、深圳、济南-青岛3个", ["上海", "浦东新区", "深圳", "济南", "青岛"]),
        ("云南海南两省", [("云南", "云南省"), ("海南", "海南省")]),
        ("浙江苏州", [("浙江", "浙江省"), ("苏州", "苏州市")]),
        ("陕西安康市", [("陕西", "陕西省"), ("安康市", "安康市")]),
        ("中山东路与中山市", [("中山市", "中山市")]),
        ("滨海新区位于天津", [("滨海新区", "滨海新区"), ("天津", "天津市")]),
        ("余杭区块链产业园", []),
        ("进入海口市场", [("海口", "海口市")]),
        ("2023成都大运会", [("成都", "成都市")]),
        ("杭州与浙江大学共建", [("杭州", "杭州市")]),
        ("我国和美国", [("我国", "中国"), ("美国", "美国")]),
        ("西湖区、滨江区", [("滨江区", "滨江区")]),
        ("杭州西湖区、滨江区", ["杭州", "西湖区", "滨江区"]),
        ("乌海海南区", [("乌海", "乌海市"), ("海南区", "海南区")]),
        ("济南市市北区", [("济南市", "济南市")]),
        ("浙江义乌小商品城", [("浙江", "浙江省"), ("义乌", "义乌市")]),
        ("福建安溪与泉州安溪", ["福建", "安溪", "泉州", "安溪"]),
        ("浙江临海、台州临海市", ["浙江", "临海", "台州", "临海市"]),
        ("位于和县的工厂", [("和县", "和县")]),
        ("甘肃成县", [("甘肃", "甘肃省"), ("成县", "成县")]),
        ("晋城城区的主城区", [("晋城", "晋城市"), ("城区", "城区")]),
        ("江西万年青水泥", [("江西", "江西省")]),
        ("中国平安与全国兴化工程", [("中国", "中国"), ("全国", "中国")]),
        ("荆州公安局", [("荆州", "荆州市")]),
        ("西安区块链产业", [("西安", "西安市")]),
        ("青岛市北区", [("青岛", "青岛市"), ("市北区", "市北区")]),
    ],
)
def test_mentions(text: str, found: list[tuple[str, str]] | list[str]) -> None:
    answer = _found(text)
    assert (answer if found and isinstance(found[0], tuple) else [written for written, _ in answer]) == found


TRAPS = {
    "words that hold a name": (
        "阿里巴巴和宁德时代 德州仪器 北海道 国内外 发展中国家 欧美国家 国内生产总值 杭州湾 复合肥 长白山"
    ),
    "a name across two words": (
        "其中国家级 其中国产芯片 集中国际资源 网络安全国家标准 完全国产化 推广安全技术 推广元宇宙 "
        "推广东风 造福建设者 隆重庆祝 生成都依赖 三成都是 平衡水平 确保定期 公益阳光 环保山水 "
        "人文山水 强大连接 重大理论 制定西部规划 西南通道 美丽水乡 东北美食 数智利用 稳固原有 "
        "今天水质 高密度 水平度 沿海南部 黄河南岸 入海口 今日本报 空中卫星 普通化 "
        "形成县域 提高县级财力 示范县 规范县 全社会理论 今天长江 最大安全 联合山水 平原平均 沿海城市 新兴城市 "
        "适宜城市 相应城市 各项城市更新 担任城区负责人 世界首位 半壁江山 化石首次 光芒市场 繁荣成就 会同县有关部门"
    ),
    "common words": (
        "白银 日照 来宾 新星 东部 新民 平房区改造 城北区域 国际合作 灯塔工厂 合作市场 主城区 郊区 矿区 中关村西区 "
        "港口区 老城区 无为而治 一视同仁 庐山真面目 樟树 弥勒 石狮子 香格里拉酒店 瑞金医院 乌苏里江"
    ),
    "universities": ("吉林大学 中国科学技术大学 浙江财经大学 北京航空航天大学 上海交大 中山大学附属医院"),
    "streets": ("南京东路 延安西路 北京路 江苏北路 广州大道"),
    "ambiguous names": ("西湖区 朝阳区 江北区 两江新区 州钱塘新区"),
}


@pytest.mark.parametrize("text", [text for texts in TRAPS.values() for text in texts.split()])
def test_traps(text: str) -> None:
    assert _found(text) == []


def test_short_names_of_districts_count_only_behind_their_city() -> None:
    assert _found("杭州余杭人工智能小镇") == [("杭州", "杭州市"), ("余杭", "余杭区")]
    assert _found("余杭人工智能小镇") == []
    assert _found("余杭人工智能小镇", within="杭州") == []


def test_context_decides_full_names_only_where_they_are_inside() -> None:
    assert _found("西湖区与深圳南山区", within="杭州") == [
        ("西湖区", "西湖区"),
        ("深圳", "深圳市"),
        ("南山区", "南山区"),
    ]
    assert _found("两江新区", within="重庆") == []
    assert _found("西湖区", within="长三角") == []


@pytest.mark.shared
def test_every_place_of_the_white_paper_and_no_other() -> None:
    text = shared("documents", "003_*.txt").read_text(encoding="utf-8")
    named = {place.name for _, _, place in PLACES.find_all(text)}
    assert named == {name for names in WHITE_PAPER_NAMES for name in names.split()}


@given(
    st.lists(
        st.sampled_from([*NAMES, "的", "和", "区", "市", "国", "（", "）", "、", "大学", "路", "AI"]),
        max_size=8,
    )
)
def test_spans_never_overlap_and_hold_a_name_of_their_place(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for start, stop, place in PLACES.find_all(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop] in (place.name, *place.aliases)
        end = stop
    leading = PLACES.leading(text)
    if leading is not None:
        place, length = leading
        ends = [stop for _, stop, _ in PLACES.find_all(text)]
        assert length in ends
        assert text[:length].endswith((place.name, *place.aliases))
        resolved = PLACES.resolve(text[:length])
        assert unicodedata.normalize("NFKC", text[:length]) == text[:length]
        assert resolved.place in (place, None)


@given(st.text(max_size=60))
def test_any_text_can_be_scanned(text: str) -> None:
    assert all(text[start:stop] in NAMES for start, stop, _ in PLACES.find_all(text))
