"""Parks by the endings of their names: 高新区, 产业园, 科学城, 大走廊 … A class of parks (省级产业集聚区) is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import NOT_A_NAME, chain, name_start, place_of
from aikg.loaders.extract.mentions import Mention, View
from aikg.loaders.extract.words import is_word
from aikg.ontology.places import Place, load_places

__all__ = ["parks"]

# Endings that make a name together with a place alone (合肥高新区), and those that need a word of their own.
_OF_A_PLACE = (
    "高新技术产业开发区|高新技术开发区|经济技术开发区|高新技术产业园区|国家高新区|国家级新区|自由贸易试验区|自由贸易区|自贸试验区|自贸区|自贸港|台商投资区|台商工业园区?|台商工业园|旅游度假区|综合改革试验区|生态旅游区"
    "|高新区|经开区|临港新片区|开发区|工业园区|航空港区|港区|保税区|综保区|科学城|科技城|大走廊|科创走廊|创新走廊|新片区|合作区|示范区"
    "|临空经济区|光谷|软件谷|声谷|智谷|云谷|数谷|算谷|药谷|车谷|芯谷|光电谷|未来城|人工智能岛|AI岛|人工智能小镇"
)
_WITH_A_NAME = (
    "产业园区?|科技园区?|软件园区?|工业园|创新园区?|创业园区?|生态园区?|科创园区?|大学园|产业基地|创新基地|创业基地|制造基地|示范基地|总部基地"
    "|测试基地|测试场|产业城|科创城|智慧城|智能城|创新城|大学科技园|数字城|金融城|小镇|科创中心|创新港|科技港|信息港|科创港|智能港|孵化器|加速器"
    "|众创空间|国际商务区|商务区|投资区|度假区|经济区|科创园|创意园|文创园|智造园|产业社区|创新社区|创新街区|物流园|产业新城|总部园|总部港|总部经济港|加工区|生态区|合作园区?|飞地园区?|科创湾|创新湾|智能街区|未来社区|经济试验区|集聚区|聚集区|新区|新城|园区|创新谷|机器人谷|数字谷|AI谷|人工智能谷|科技岛|谷"
)
_ENDING = re.compile(rf"(?P<strong>{_OF_A_PLACE})|(?P<weak>{_WITH_A_NAME})")
_NOTHING_BEFORE = frozenset("，。；：、！？,;:!?“‘《\n\t 的了在该本各全此个每")
_LONGEST = 22
_BRACKET_BEHIND = re.compile(r"[（(]([^（）()]{2,10})[)）]")
# What a class of parks is called by; a name needs something else, or a place.
_GENERIC = re.compile(
    r"^(?:国家级?|省级?|市级?|县级?|区级|级|全球|世界|中国|我国|欧洲|北美|亚太|全国|全省|全市|各地?|各类|多个|一批|重点|核心|主要|现代|新型|高端|先进|特色|专业|传统|世界级|国际|国内|部分"
    r"|首个|首批|首家|第[一二三四五六七八九十]批?|[一二三四五六七八九十两几]大|大型|超大型|中型|小型|人工智能|AI|智能|智慧|数字|数字化|数字经济|产业|企业|科技|技术|高新|高新技术"
    r"|创新|应用|发展|制造业?|服务业|农业|工业|软件|信息|经济|装备|机器人|电子|电子信息|生物医药|新能源|新材料|集成电路|芯片|算力|数据|大数据|金融|商业|电商|物流"
    r"|融合|示范|试点|标杆|标准|高标准|未来|综合|配套|孵化|科创|总部|生态|绿色|低碳|零碳|相关|入驻|整个|所在|该|本|此|其|与|和|及|型|类|的|内|外|化|园|区|县|市|省"
    r"|地区|区域|城市|乡镇|东部|西部|中部|东北|中西部|沿海|周边|头部|半导体|汽车|互联网|文化|创意|中心|重大|经济技术|代表性?|典型|单体|现有|自主|自主创新|集聚|特殊"
    r"|价值|赛道|转型|升级|试验|保税|综合保税|物联网|云计算|低空|无人机|无人驾驶|自动驾驶|测试|生产|加工|贸易|出口|循环|经开|研发|设计|健康|医疗|医药|生命|航空|航天|海洋|光伏|储能|消费|高科技|硬科技|主题|要素|功能|主体|开放|商用|场景|全场景|标注|数据标注|智算|旅游|度假|商务|投资|台商|外商|外资|台资|招商|人才|楼宇|共享|飞地|合作|双创|共建|滨海|滨江|临港|空港|国家自主创新|[、+\d.])+$"
)
_CLASS_BEFORE = re.compile(
    r"(?:\d|[一二三四五六七八九十百两几多数余])\s?(?:个|家|座|大|批|类|余个|多个|处)?(?:国家级|省级|市级|县级|重点|特色|专业|核心)?$|(?:级|类|各|批|部分|多数|每个|这些|其他|等|某|首个|唯一的?)$"
)
_CLASS_BEHIND = re.compile(
    r"^(?:数量|总数|分布|名单|类型|平均|企业数|们|之间|布局|(?:发展)?概况|(?:发展)?(?:规划)?情况|智能化改造|体系|模式)"
)
_SAYS = re.compile(r"优化|帮助|推动|赋能|实现|提升|覆盖|打造|支持|助力|引领|带动|加快|成为|建设|升级为")
_BRACKET_INSIDE = re.compile(
    rf"[（(](?P<inner>[\u3400-\u9fff]{{2,6}})[)）](?P<own>(?:(?![的了在和与是有为等将位建])[\u3400-\u9fffA-Za-z]){{0,12}}?)(?:{_OF_A_PLACE}|{_WITH_A_NAME})(?![内型化们式级市]|管委会)"
)
_PHASE = re.compile(r"(?:科创中心|创新中心|孵化中心|双创中心|加速器|总部基地|智造园|创新大厦|科创大厦)[一二三四五]期")
_PART_OF_LAND = re.compile(r"[东西南北中]部")
_NOT_THE_END = re.compile(r"^\d{1,3}条|^[内型化们式级市]|^(?:内外|雨|底|歌)")


def parks(view: View) -> Iterator[Mention]:
    """Mentions of named parks.

    >>> from aikg.loaders.extract.mentions import View
    >>> [m.name for m in parks(View("企业入驻前湾新区，全市有二十个产业园区"))]
    ['前湾新区']
    """
    text = view.text
    at = 0
    yield from _bracketed(view)
    yield from _phases(view)
    while match := _ENDING.search(text, at):
        at = match.end()
        if match.start() == 0 or text[match.start() - 1] in _NOTHING_BEFORE:
            continue  # 园区 by itself
        longer = _ENDING.match(text, match.end())
        if longer or _NOT_THE_END.match(text[match.end() : match.end() + 4]):
            continue  # 高新区产业园: the whole name ends later
        found = _name(view, match)
        if found is not None:
            yield found
            at = max(at, found.end)


def _bracketed(view: View) -> Iterator[Mention]:
    """中关村（某地）科技园: a park of another park or body, with the place in a bracket."""
    text = view.text
    for match in _BRACKET_INSIDE.finditer(text) if "（" in text or "(" in text else ():
        start = name_start(view, match.start(), 12, through_parks=True)
        if match.start() - start < 2 or _SAYS.search(match["own"]) or not view.free(start, match.end()):
            continue
        if NOT_A_NAME.match(text[start:]) or _GENERIC.match(text[start : match.start()]):
            continue
        place = place_of(view, start, match.end()) or _district(view, match.start("inner")) or view.home
        yield Mention(
            start, match.end(), "Park", identity.clean_name(text[start : match.end()]), place=place, confidence=0.8
        )


def _phases(view: View) -> Iterator[Mention]:
    """科创中心三期: what stands without a name of its own is named by its phase."""
    for match in _PHASE.finditer(view.text):
        if name_start(view, match.start(), 12) == match.start():
            yield Mention(match.start(), match.end(), "Park", match[0], place=view.home, confidence=0.65)


def _name(view: View, match: re.Match[str]) -> Mention | None:
    text = view.text
    if any(begin < match.end() <= stop for begin, stop, _ in view.places):
        return None  # 浦东新区 is a district, 硅谷 a region
    start = name_start(view, match.start(), _LONGEST)
    end = match.end()
    first, rest = chain(view, start, match.start())
    bracket = _BRACKET_BEHIND.match(text, end)
    inside = _in_bracket(view, bracket, first) if bracket else None
    if bracket and inside:
        end = bracket.end()
    if NOT_A_NAME.match(text[start:end]) or not view.free(start, end):
        return None
    place = place_of(view, start, end) or _district(view, start)
    own = text[rest : match.start()].strip("（()） ")
    specific = len(own) >= 2 and not _GENERIC.match(own)
    if not _is_name(view, start, end, match, place=place, own=own, specific=specific):
        return None
    name, aliases = _names(view, start, rest, end, specific=specific)
    if inside:
        aliases = (*aliases, identity.clean_name(text[start : match.end()]))
    return Mention(
        start,
        end,
        "Park",
        name,
        place=place,
        aliases=aliases,
        confidence=0.85 if place else 0.7,
        holds=(inside,) if inside else (),
    )


def _in_bracket(view: View, bracket: re.Match[str], around: Place | None) -> Place | None:
    """The place that a bracket behind a park holds: 杭州高新区（滨江）."""
    for begin, stop, place in view.places:
        if begin == bracket.start(1) and stop == bracket.end(1):
            return place
    if around is None or around.label != "City":
        return None
    return load_places().resolve(bracket[1], within=around).place


def _district(view: View, start: int) -> Place | None:
    """萧山 of 萧山机器人小镇 in a text on 杭州: short names of districts mean nothing without their city."""
    before = [p for begin, _, p in view.places if begin < start and p.label == "City"]
    city = before[-1] if before else view.home
    if city is None or city.label != "City":
        return None
    found = load_places().resolve(view.text[start : start + 2], within=city).place
    return found if found is not None and found.label == "District" else None


def _is_name(
    view: View, start: int, end: int, match: re.Match[str], *, place: Place | None, own: str, specific: bool
) -> bool:
    text = view.text
    before, behind = text[max(0, start - 8) : start], text[end : end + 8]
    if _CLASS_BEFORE.search(before) and not (place and specific):
        return False
    if _SAYS.search(own):
        return False
    if re.search(r"国家级|省级|市级|各|某|\d\s?个", own) or (re.match(r"国家", own) and not specific):
        return False
    if _CLASS_BEHIND.match(behind) and not specific:
        return False
    if specific:
        return True
    if match[0] == "总部基地" and len(own) >= 4:
        return True  # 智能制造总部基地
    if _PART_OF_LAND.match(text, start) and (match[0].endswith("谷") or len(own) >= 6):
        return True  # 西部智谷, 西部自动驾驶开放测试基地
    if place is None or place.label not in ("City", "District", "Province"):
        return False
    if match["strong"]:
        return place.label != "Province" or len(own) >= 2
    return _names_itself(place, own, match["weak"])


def _names_itself(place: Place, own: str, ending: str) -> bool:
    """杭州人工智能小镇 and 松江人工智能产业园 are names; 浙江产业园, 上海特色产业园区 and 长三角集聚区 are classes."""
    if place.label not in ("City", "District") or re.search(r"特色|单体|重点|主要|[级大]$|^市", own):
        return False
    if ending == "新区":
        return not own
    if ending in (
        "集聚区",
        "聚集区",
        "园区",
        "产业园",
        "产业园区",
        "科创中心",
        "谷",
        "新城",
        "创新城",
        "示范基地",
        "测试基地",
        "总部基地",
        "经济区",
        "加工区",
        "合作园",
        "合作园区",
        "产业社区",
        "创新社区",
        "未来社区",
        "创新街区",
        "物流园",
        "生态区",
        "产业新城",
    ):
        return (
            ending in ("产业园", "产业园区", "园区", "总部基地")
            and len(own) >= 2
            and own not in ("产业", "科技", "AI", "工业")
        )
    return True


def _is_proper(view: View, start: int) -> bool:
    """Whether a name of its own begins here (鄱阳湖|生态科技城) and not a common noun (蔬菜|产业园)."""
    index = view.words.word_at(start)
    if index is None:
        return view.text[start] not in "（("
    word = view.words.all[index]
    return word.tag[:2] in ("ns", "nr", "nt", "nz") or (word.tag != "x" and not is_word(word.text))


def _names(view: View, start: int, rest: int, end: int, *, specific: bool) -> tuple[str, tuple[str, ...]]:
    """The name and its other forms: of 江西九江鄱阳湖生态科技城 the name is 鄱阳湖生态科技城, of 安徽省合肥市高新区 合肥市高新区."""
    text = view.text
    whole = identity.clean_name(text[start:end])
    places = [(b, s, p) for b, s, p in view.places if start <= b and s <= rest]
    if not places or rest == start:
        return whole, ()
    last_begin, last_stop, last = places[-1]
    bare = identity.clean_name(text[rest:end])
    named = whole if len(places) == 1 else identity.clean_name(text[last_begin:end])
    forms = [whole, named]
    if specific and _is_proper(view, rest):
        forms.append(bare)
        named = bare if len(places) > 1 else whole
    short = text[last_begin:last_stop].removesuffix("市") if last.label == "City" else ""
    if len(short) >= 2 and short != text[last_begin:last_stop]:
        forms.append(short + bare)
    others = tuple(dict.fromkeys(form for form in forms if form != named))
    return named, others
