"""Parks by the endings of their names: 高新区, 产业园, 科学城, 大走廊 … A class of parks (省级产业集聚区) is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import name_start
from aikg.loaders.extract.mentions import Mention, View
from aikg.ontology.places import Place

__all__ = ["parks"]

# Endings that make a name together with a place alone (合肥高新区), and those that need a word of their own.
_OF_A_PLACE = (
    "高新技术产业开发区|高新技术开发区|经济技术开发区|高新技术产业园区|国家高新区|国家级新区|自由贸易试验区|自由贸易区|自贸试验区|自贸区|自贸港|高新区|经开区|临港新片区|开发区"
    "|工业园区|航空港区|港区|保税区|综保区|科学城|科技城|大走廊|科创走廊|创新走廊|新片区|合作区|示范区|临空经济区|光谷|软件谷|声谷|智谷|云谷|数谷|药谷|车谷|芯谷|硅谷|光电谷|未来城|人工智能岛|AI岛|人工智能小镇"
)
_WITH_A_NAME = (
    "产业园区?|科技园区?|软件园区?|工业园|创新园区?|创业园区?|生态园区?|科创园区?|产业基地|创新基地|创业基地|制造基地|示范基地|产业城|科创城|智慧城|智能城|创新城|大学科技园|数字城|金融城"
    "|小镇|科创中心|创新港|信息港|科创港|智能港|孵化器|加速器|众创空间|集聚区|聚集区|新区|新城|园区|总部基地|创新谷|机器人谷|数字谷|AI谷|人工智能谷|谷"
)
_ENDING = re.compile(rf"(?P<strong>{_OF_A_PLACE})|(?P<weak>{_WITH_A_NAME})")
_LONGEST = 22
_BRACKET_BEHIND = re.compile(r"[（(]([^（）()]{2,10})[)）]")
_BRACKET_PLACE = re.compile(r"^中国\s?[（(][^（）()]{2,8}[)）]")
# What a class of parks is called by; a name needs something else, or a place.
_GENERIC = re.compile(
    r"^(?:国家级?|省级?|市级?|县级?|区级|级|全国|全省|全市|各地?|各类|多个|一批|重点|核心|主要|现代|新型|高端|先进|特色|专业|传统|世界级|国际|国内|部分|首个|首批|首家|第[一二三四五六七八九十]批?|大型|中型|小型"
    r"|人工智能|AI|智能|智慧|数字|数字经济|产业|企业|科技|技术|高新|高新技术|创新|应用|发展|制造业?|服务业|农业|工业|软件|信息|经济|装备|机器人|电子信息|生物医药|新能源|新材料|集成电路|芯片|算力|数据|大数据|金融|商业|电商|物流"
    r"|融合|示范|试点|标杆|未来|综合|配套|孵化|科创|总部|生态|绿色|低碳|零碳|相关|入驻|整个|所在|该|本|此|其|与|和|及|型|类|的|内|外|化|园|区|东部|西部|中部|东北|中西部|沿海|周边|先进|头部|半导体|汽车|互联网|文化|创意|中心|重大|经济技术|、|\d)+$"
)
_CLASS_BEFORE = re.compile(r"(?:\d|[一二三四五六七八九十百两几多数余])\s?(?:个|家|座|大|批|类|余个|多个|处)?(?:国家级|省级|市级|县级|重点|特色|专业|核心)?$|(?:级|类|各|批|部分|多数|每个|这些|其他|等)$")
_CLASS_BEHIND = re.compile(r"^(?:数量|总数|分布|名单|类型|平均|企业数|们|之间|(?:发展)?概况|(?:发展)?情况|智能化改造)")


def parks(view: View) -> Iterator[Mention]:
    """Mentions of named parks."""
    text = view.text
    at = 0
    while match := _ENDING.search(text, at):
        at = match.end()
        longer = _ENDING.match(text, match.end())
        if longer and longer.start() == match.end():
            continue  # 高新区产业园: the whole name ends later
        found = _name(view, match)
        if found is None:
            continue
        yield found
        at = max(at, found.end)


def _name(view: View, match: re.Match[str]) -> Mention | None:
    text = view.text
    start = name_start(view, match.start(), _LONGEST)
    name = text[start : match.end()]
    end = match.end()
    bracket = _BRACKET_BEHIND.match(text, end)
    if bracket and any(begin == bracket.start(1) and stop == bracket.end(1) for begin, stop, _ in view.places):
        end = bracket.end()
        name = text[start:end]
    if not view.free(start, end):
        return None
    place, rest = _place(view, start, match.start())
    own = text[rest : match.start()]
    specific = bool(own) and not _GENERIC.match(own)
    if _CLASS_BEFORE.search(text[max(0, start - 8) : start]) and not place:
        return None
    if _CLASS_BEHIND.match(text[end : end + 8]) and not specific:
        return None
    if re.search(r"国家级|省级|市级|各|某", own[:4]) or name.startswith(("某", "该", "本", "各")):
        return None
    if match["strong"]:
        if not place and not specific:
            return None
    elif not specific and not _names_itself(place, own, match["weak"]):
        return None
    if specific and not place and len(own) < 2:
        return None
    return Mention(start, end, "Park", identity.clean_name(name), place=place, confidence=0.85 if place else 0.7)


def _names_itself(place: Place | None, own: str, ending: str) -> bool:
    """杭州人工智能小镇 and 松江人工智能产业园 are names; 浙江产业园 and 长三角集聚区 are classes."""
    if place is None or place.label not in ("City", "District"):
        return False
    if ending in ("集聚区", "聚集区", "园区", "产业园", "产业园区", "科创中心", "谷", "新城", "创新城"):
        return ending in ("产业园", "产业园区", "园区") and len(own) >= 2 and own not in ("产业", "科技", "AI")
    return True


def _place(view: View, start: int, end: int) -> tuple[Place | None, int]:
    """The innermost place that the name begins with, and where it ends: 浙江杭州城西… → 杭州市."""
    place, at = None, start
    while at < end and (found := view.place_at(at)) and found[0] <= end:
        at, place = found
    if place is None and (bracket := _BRACKET_PLACE.match(view.text[start:end])):
        inside = [(e, p) for b, e, p in view.places if start < b and e < start + bracket.end()]
        if inside:
            return inside[-1][1], start + bracket.end()
    return place, at
