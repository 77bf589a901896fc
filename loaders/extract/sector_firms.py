"""Firms named by a place or a known firm and a trade: 九江石化, 某市国投, 百度智车, 华晨宝马. Only where the sentence shows a firm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders.extract.companies import acts_like_a_firm, said_to_be_firms
from aikg.loaders.extract.lists import items_before
from aikg.loaders.extract.mentions import Mention, View

__all__ = ["sector_firms"]

_TRADE = re.compile(
    r"(?:石化|炼化|化工|化学|铜业|铝业|锂业|稀土|有色|钢铁|特钢|重工|重机|机床|水泥|建材|玻璃|建工|路桥|城建|城投|国投|产投|交投|金控|科投|数投|文旅|旅游|港务|港口|机场|航空|地铁|轨道|公交|高速|电力|电网|燃气|水务|热力"
    r"|能源|石油|煤业|矿业|纸业|药业|制药|酒业|啤酒|乳业|糖业|烟草|纺织|服装|家纺|电器|电气|电子|电机|光电|光学|微电子|半导体|芯片|软件|信息|数据|数科|大数据|智算|智造|智能|机器人|汽车|客车|重汽|动力|轮胎|时代|移动|电信|联通|铁塔|广电|银行|农商行|证券|保险|农业|种业|物流|快递|邮政|医药|生物|材料|新材)"
)
# Trades that name no industry by themselves, so that a sentence may begin with such a firm.
_OF_ITS_OWN = re.compile(
    r"石化|炼化|铜业|铝业|锂业|钢铁|特钢|重工|重机|机床|建工|路桥|城建|城投|国投|产投|交投|金控|科投|数投|港务|地铁|燃气|水务|煤业|纸业|药业|啤酒|乳业|重汽|移动|电信|联通|铁塔|广电|银行|农商行|数科|电气|种业|时代"
)
_NOT_BEHIND = re.compile(
    r"^(?:产业|行业|领域|企业|公司|基地|园|区|学|研究|实验|中心|人才|市场|服务业|制造|工业|经济|集群|专业|大学|学院|局|厅|委|政府|系统|平台|技术|应用|协会|联盟|展|站|线|网|机组|装备|设备|产品|项目|资源|港$)"
)
_MORE = re.compile(r"[\u3400-\u9fff]{2,4}")
_GENERIC = re.compile(
    r"^(?:公司|集团|总部|企业|研究|实验|中心|技术|产品|平台|模型|芯片|系统|汽车城|团队|生态|产业|基地|园区|学院|大学|处理|服务|项目|旗下|投资|参与|联合|合作|等|及|以及|分公司|子公司|负责|提供|发布|推出|研发|生态链|供应链|[\u3400-\u9fff]*(?:芯片|模型|机器人|系统|平台|服务器|终端|处理器|[中企]心|产业园|基地|工厂|研究院))"
)
_LIST = re.compile("等|为代表|为龙头")


def sector_firms(view: View) -> Iterator[Mention]:
    """Place and trade in a list of firms or as who acts; in a list of firms a name that holds a known firm's is another firm.

    >>> from aikg.loaders.extract.mentions import View
    >>> [m.name for m in sector_firms(View("没有企业"))]
    []
    """
    text = view.text
    for begin, end, place in view.places:
        if place.label not in ("City", "Province", "District", "Region") or text[end - 1] in "省市":
            continue
        match = _TRADE.match(text, end)
        if match is None or _NOT_BEHIND.match(text[match.end() :]):
            continue
        acts = _OF_ITS_OWN.fullmatch(match[0]) and acts_like_a_firm(view, begin, match.end())
        if acts or _in_list(view, begin, match.end()):
            yield Mention(begin, match.end(), "Company", text[begin : match.end()], place=place, confidence=0.7)
    yield from _joined(view)


def _in_list(view: View, start: int, end: int) -> bool:
    """Whether the span is an item of a list that is said to be one of firms (等单位, 等企业)."""
    for match in _LIST.finditer(view.text, end, end + 60):
        if said_to_be_firms(view.text, match.start()):
            return (start, end) in items_before(view, match.start())
    return False


def _joined(view: View) -> Iterator[Mention]:
    firms = [m for m in view.known if m.label == "Company"]
    if not firms:
        return
    for match in _LIST.finditer(view.text):
        if not said_to_be_firms(view.text, match.start()):
            continue
        for start, end in items_before(view, match.start()):
            inside = [m for m in firms if start <= m.start and m.end <= end and (m.start, m.end) != (start, end)]
            if len(inside) != 1 or end - start > 8:
                continue
            before, behind = view.text[start : inside[0].start], view.text[inside[0].end : end]
            place = view.place_at(start)
            if behind and (before or not _MORE.fullmatch(behind) or _GENERIC.match(behind)):
                continue
            if before and not ((place and place[0] == inside[0].start) or _is_maker(before)):
                continue
            name = view.text[start:end]
            yield Mention(start, end, "Company", name, place=place[1] if place else None, confidence=0.7)


def _is_maker(word: str) -> bool:
    """华晨 of 华晨宝马: two signs of a partner's name."""
    return len(word) == 2 and not re.search(r"[的了在和与及由从对为是有等以]", word)
