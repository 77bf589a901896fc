"""Which place a name means, and that nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.ontology.errors import SchemaError
from aikg.ontology.place_resolution import REASONS
from aikg.ontology.places import Place, load_places

PLACES = load_places()
ROWS = list(PLACES)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("深圳", "city:440300"),
        ("深圳市", "city:440300"),
        ("广东", "province:440000"),
        ("粤", "province:440000"),
        ("内蒙古", "province:150000"),
        ("深圳南山区", "district:440305"),
        ("深圳市南山区", "district:440305"),
        ("深圳南山", "district:440305"),
        ("北京海淀区", "district:110108"),
        ("天津滨海新区", "district:120116"),
        ("天津(滨海新区)", "district:120116"),
        ("上海（浦东新区）", "district:310115"),
        ("浦东", "district:310115"),
        ("杭州余杭区", "district:330110"),
        ("浙江省杭州市西湖区", "district:330106"),
        ("浙江 杭州 西湖区", "district:330106"),
        ("海淀区", "district:110108"),
        ("佛山南海区", "district:440605"),
        ("寿光", "district:370783"),
        ("山东寿光市", "district:370783"),
        ("吉林", "province:220000"),
        ("吉林市", "city:220200"),
        ("海南", "province:460000"),
        ("海南州", "city:632500"),
        ("朝阳市", "city:211300"),
        ("西安", "city:610100"),
        ("大理", "city:532900"),
        ("仙桃", "city:429004"),
        ("石河子市", "city:659001"),
        ("巢湖市", "district:340181"),
        ("我国", "country:CN"),
        ("国内", "country:CN"),
        ("全国", "country:CN"),
        ("中国（杭州）", "city:330100"),
        ("US", "country:US"),
        ("美国纽约", "city:US:纽约"),
        ("长三角地区", "region:长三角"),
        ("成渝地区双城经济圈", "region:成渝"),
        ("Shenzhen", "city:440300"),
        ("urumqi", "city:650100"),
        ("Xi’an", "city:610100"),
        ("Guangdong Province", "province:440000"),
        ("Pudong", "district:310115"),
        ("Xizang", "province:540000"),
    ],
)
def test_resolves(text: str, place_id: str) -> None:
    found = PLACES.resolve(text)
    assert found.place is not None, found.message
    assert found.place.id == place_id
    assert (found.reason, found.candidates, found.message["zh"]) == ("", (), "")


@pytest.mark.parametrize(
    ("text", "reason", "candidates"),
    [
        ("西湖区", "ambiguous", ["330106", "360103"]),
        ("朝阳区", "ambiguous", ["110105", "220104"]),
        ("南山区", "ambiguous", ["230404", "440305"]),
        ("鼓楼区", "ambiguous", ["320106", "320302", "350102", "410204"]),
        ("江北区", "ambiguous", ["330205", "500105"]),
        ("朝阳", "ambiguous", ["110105", "211300", "220104"]),
        ("Suzhou", "ambiguous", ["320500", "341300"]),
        ("海淀", "needs_context", ["110108"]),
        ("Haidian", "needs_context", ["110108"]),
        ("两江新区", "functional_area", ["500157"]),
        ("重庆两江新区", "functional_area", ["500157"]),
        ("雄安新区", "functional_area", []),
        ("上海临港新片区", "functional_area", ["310000"]),
        ("米泉市", "not_in_table", []),
        ("昌吉米泉市", "not_in_table", ["652300"]),
        ("999999", "not_in_table", []),
        ("京东", "unknown", []),
        ("济南-青岛", "unknown", ["370100"]),
        (" ", "empty", []),
    ],
)
def test_never_guesses(text: str, reason: str, candidates: list[str]) -> None:
    found = PLACES.resolve(text)
    assert (found.place, found.reason) == (None, reason)
    assert [place.code for place in found.candidates] == candidates
    assert found.message["zh"]
    assert found.message["en"]
    assert text.strip() in found.message["en"]


def test_every_reason_is_said_in_both_languages() -> None:
    assert all(zh and en and zh != en for zh, en in REASONS.values())
    message = PLACES.resolve("西湖区").message
    assert message["zh"] == "“西湖区”不止一处：杭州市西湖区（330106）、南昌市西湖区（360103）；请写上级地名"
    assert message["en"].startswith("'西湖区' is more than one place: Xihu District, Hangzhou (330106); ")


@pytest.mark.parametrize(
    ("text", "within", "place_id"),
    [
        ("西湖区", "杭州", "district:330106"),
        ("西湖区", "city:360100", "district:360103"),
        ("朝阳", "北京", "district:110105"),
        ("朝阳", "辽宁省", "city:211300"),
        ("南山", "深圳", "district:440305"),
        ("江北区", "浙江", "district:330205"),
        ("吉林", "吉林省", "city:220200"),
        ("吉林", "中国", "province:220000"),
        ("海南", "青海", "city:632500"),
        ("深圳", "深圳", "city:440300"),
        ("南京", "长三角", "city:320100"),
        ("和平区", "天津", "district:120101"),
    ],
)
def test_within_decides(text: str, within: str, place_id: str) -> None:
    found = PLACES.resolve(text, within=within)
    assert found.place is not None, found.message
    assert found.place.id == place_id
    container = PLACES.resolve(within).place
    assert container is not None
    assert PLACES.resolve(text, within=container) == found


def test_within_and_level_exclude() -> None:
    assert PLACES.resolve("深圳", within="浙江").reason == "outside"
    assert PLACES.resolve("杭州", within="苏南").reason == "outside"
    assert PLACES.resolve("深圳", level="district").reason == "other_level"
    assert PLACES.resolve("吉林", level="city").place == PLACES.get("220200")
    assert PLACES.resolve("海淀", level="district").place == PLACES.get("110108")
    assert PLACES.resolve("朝阳", level="city").place == PLACES.get("211300")
    with pytest.raises(SchemaError, match="within: '西湖区' is more than one place"):
        PLACES.resolve("三墩", within="西湖区")
    with pytest.raises(ValueError, match="level '镇' is not one of country, region"):
        PLACES.resolve("深圳", level="镇")
    with pytest.raises(ValueError, match="on '2021年' is no ISO date"):
        PLACES.resolve("深圳", on="2021年")


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("杭州钱塘区", "2021", "330114"),
        ("杭州钱塘区", "2020", None),
        ("杭州临平区", "2021-04-08", None),
        ("杭州临平区", "2021-04-09", "330113"),
        ("杭州下城区", "2019-06-01", "330103"),
        ("杭州江干区", "2022", None),
        ("余杭区", "2010", "330110"),
        ("两江新区", "2026", "500157"),
        ("两江新区", "2024", None),
        ("重庆江北区", "2025-11-05", "500105"),
        ("重庆江北区", "2026", None),
        ("江北区", "2026", "330205"),
        ("渝北区", "2020", "500112"),
        ("莱芜市", "2017", "371200"),
        ("巢湖市", "2009", "341400"),
        ("巢湖市", "2020", "340181"),
    ],
)
def test_validity_by_date(text: str, on: str, code: str | None) -> None:
    found = PLACES.resolve(text, on=on)
    assert (found.place.code if found.place else None) == code
    assert found.reason == ("" if code else "not_valid")


def test_probe_codes() -> None:
    # standards.md 4.3: the codes by which editions of the table can be told apart
    assert [(PLACES.get(code).name, PLACES.get(code).valid_from) for code in ("653228", "653229", "500157")] == [
        ("和康县", "2024-12"),
        ("和安县", "2024-12"),
        ("两江新区", "2025-11-06"),
    ]
    assert [(PLACES.get(code).name, PLACES.get(code).valid_to) for code in ("500105", "500112")] == [
        ("江北区", "2025-11-06"),
        ("渝北区", "2025-11-06"),
    ]
    with pytest.raises(SchemaError):
        PLACES.get("133100")  # 雄安新区 is no unit of GB/T 2260


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("北京、天津(滨海新区)、杭州、广州、成都", ["北京市", "滨海新区", "杭州市", "广州市", "成都市"]),
        ("济南-青岛", ["济南市", "青岛市"]),
        ("沪浙苏皖", ["上海市", "浙江省", "江苏省", "安徽省"]),
        ("苏浙", ["江苏省", "浙江省"]),
        ("呼和浩特和包头", ["呼和浩特市", "包头市"]),
        ("天津和平区与和田", ["和平区", "和田地区"]),
        ("深圳", ["深圳市"]),
        ("京津冀", ["京津冀"]),
        ("广州、某地", ["广州市", "unknown"]),
        ("某地", ["unknown"]),
        ("", []),
    ],
)
def test_lists_of_places(text: str, names: list[str]) -> None:
    assert [found.place.name if found.place else found.reason for found in PLACES.resolve_all(text)] == names


def _a_date_inside(place: Place) -> str | None:
    if place.valid_from is not None:
        return place.valid_from
    return None if place.valid_to is None else str(int(place.valid_to[:4]) - 1)


def test_every_name_resolves_to_its_place_inside_the_parent() -> None:
    for place in ROWS:
        for name in (place.name, *place.aliases):
            found = PLACES.resolve(name, within=place.parent, on=_a_date_inside(place))
            assert found.place == place, (name, found)


@given(place=st.sampled_from(ROWS), data=st.data())
def test_a_chain_of_names_resolves_to_its_last_place(place: Place, data: st.DataObject) -> None:
    around = [above for above in reversed(PLACES.ancestors(place)) if data.draw(st.booleans())]
    parent = PLACES.ancestors(place)[:1]
    chain = [*around, *(above for above in parent if above not in around), place]
    names = [data.draw(st.sampled_from([p.name, *(a for a in p.aliases if not a.isascii())])) for p in chain]
    found = PLACES.resolve("".join(names), on=_a_date_inside(place))
    assert found.place == place, (names, found)


@given(st.text(max_size=30))
def test_any_text_gives_one_place_or_a_reason(text: str) -> None:
    found = PLACES.resolve(text)
    assert (found.place is None) == bool(found.reason)
    assert all(part.place or part.reason for part in PLACES.resolve_all(text))
