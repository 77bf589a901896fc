"""Numbers that state nothing of their own: a threshold (营收过亿元的企业12家), an anaphor (这七个基地), the sum of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikg.loaders.extract.discourse import Clause
from aikg.loaders.extract.figure_names import coordinated
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["is_anaphor", "stated"]

_COUNTERS = frozenset("家个项所件种类座台套辆人名位款起篇条支户部处")
# What stands between the bound that a class is defined by and the number that counts the class.
_CLASS = re.compile(r"(?:及)?(?:以上|以下|以内|之间)?的[^，。；、0-9]{0,16}$|(?:及)?以[上下内][^，。；、0-9]{1,14}$")
_THINGS = re.compile(r"的?[^，。；、0-9]{2,14}")
_OWN_VERB = re.compile(r"目标|任务|增长|提升|达到|达|突破")
_POINTS_BACK = re.compile(r"(?:这|该|上述|前述|以上|那|此)$")
_OPENS = re.compile(r"^[“”\"\s]*$")
_OF = re.compile(
    r"(?:公司|企业|城市|基地|园区|项目|地区|平台|中心|机构)?(?:地|市|区|省)?(?:的(?:共同|相同|差[异别]|路)|合计|之[间中]|均|都|分别|各有|各)"
)
_TWO = {"两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_JOINED = re.compile(r"(?:[”\"）)]|等|这)*")


_AMOUNT = re.compile(
    r"(?:年|总|主营|营业|实现|拥有|达到|的|单体|累计|具有|注册|实缴|\s)*(?:产值|营收|收入|投资额?|规模|销售额?|市值|估值|面积|资本|融资额?|税收|算力)[^，。；、0-9]{0,8}$"
)
_OF_CLASS = re.compile(r"(?:及)?(?:以[上下内])?的?(?=[\u3400-\u9fff]{2})")


# 对首次营收突破1亿元、5亿元的企业，…: what a support asks for is no fact.
_CONDITION = re.compile(
    r"^[\s，；：、（）()一二三四五六七八九十0-9.．]*(?:对于?|凡|凡是)[^，；。]{4,60}的(?:[\u3400-\u9fff“”]{0,10}(?:企业|单位|机构|项目|平台|园区|个人|团队|人才|主体|中心|产品|实验室|高校|院所|公司|用户|基地|场景|模型|人员|毕业生|工厂))?[，；]$"
)


_OTHERS = re.compile(
    r"(?:仅次于|不及|落后于|略低于|略高于)[^，。；0-9]{2,14}的$"
)  # 仅次于乙公司的38% is told of another


def stated(text: str, clause: Clause, quantities: list[Quantity]) -> list[Quantity]:
    """The numbers of a clause that state something: no thresholds and no anaphors."""
    if _CONDITION.match(clause.text):
        return []
    kept = []
    for index, quantity in enumerate(quantities):
        previous = quantities[index - 1] if index else None
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        if _OTHERS.search(text, clause.start, quantity.start):
            continue
        if not _is_threshold(text, quantity, previous, following) and not is_anaphor(text, clause, quantity):
            kept.append(quantity)
    return kept


def _is_threshold(text: str, quantity: Quantity, previous: Quantity | None, following: Quantity | None) -> bool:
    """Whether a number only says which things another counts: 总投资10亿元以上的项目40个, 5家产值超百亿元的企业."""
    if (quantity.unit or "") in _COUNTERS - {"人", "名"}:
        return False
    bound = bool({"over", "under", "range"} & set(quantity.qualifiers))
    if following is not None and (following.unit or "") in _COUNTERS:
        between = text[quantity.end : following.start]
        of_class = _CLASS.match(between) or (
            quantity.raw.endswith(("以上", "以下", "以内")) and _THINGS.fullmatch(between)
        )
        if of_class and not _OWN_VERB.search(between) and (bound or "以" in between or "以" in quantity.raw):
            return True
    if previous is None or (previous.unit or "") not in _COUNTERS or not quantity.currency:
        return False
    described = _OF_CLASS.match(text, quantity.end)
    return (
        described is not None
        and "的" in described[0]
        and _AMOUNT.match(text[previous.end : quantity.start]) is not None
    )


def is_anaphor(text: str, clause: Clause, quantity: Quantity) -> bool:
    """Whether a count points back at what was told or listed: 这七个基地, 三家公司的共同点, 甲、乙两家企业."""
    if (quantity.unit or "") not in ("家", "个", "座", "地", "项", "款") or quantity.currency:
        return False
    before = text[clause.start : quantity.start]
    if _POINTS_BACK.search(before):
        return True
    count = _TWO.get(quantity.raw[:1]) if len(quantity.raw) <= 3 else None
    if count is None:
        return False
    if _OPENS.match(before) and _OF.match(text, quantity.end):
        return True
    if quantity.unit != "家":  # 语音、芯片、信创三大领域 counts what a plan is made of
        return False
    runs = coordinated(text, [m for m in clause.mentions if m.end <= quantity.start])
    return _sums_up(text, quantity, runs[-1], count) if runs else False


def _sums_up(text: str, quantity: Quantity, run: Sequence[object], count: int) -> bool:
    end: int = getattr(run[-1], "end", 0)
    return (
        len(run) == count
        and _JOINED.fullmatch(text[end : quantity.start]) is not None
        and "等" not in text[end : quantity.start]
    )
