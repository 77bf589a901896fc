"""Numbers that state nothing of their own: a threshold (营收过亿元的企业12家), an anaphor (这七个基地), the sum of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikg.loaders.extract.discourse import Clause
from aikg.loaders.extract.figure_names import coordinated
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["is_anaphor", "is_threshold"]

_COUNTERS = frozenset("家个项所件种类座台套辆人名位款起篇条支户部处")
# What stands between the bound that a class is defined by and the number that counts the class.
_CLASS = re.compile(r"(?:及)?(?:以上|以下|以内|之间)?的[^，。；、0-9]{0,16}$|(?:及)?以[上下内][^，。；、0-9]{1,14}$")
_OWN_VERB = re.compile(r"目标|任务|增长|提升|达到|达|突破")
_POINTS_BACK = re.compile(r"(?:这|该|上述|前述|以上|那|此)$")
_OPENS = re.compile(r"^[“”\"\s]*$")
_OF = re.compile(r"(?:公司|企业|城市|基地|园区|项目|地区|平台|中心|机构)?(?:地|市|区|省)?(?:的(?:共同|相同|差[异别]|路)|合计|之[间中]|均|都|分别|各有|各)")
_TWO = {"两": 2, "双": 2, "三": 3, "四": 4, "五": 5, "六": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
_JOINED = re.compile(r"(?:[”\"）)]|等|这)*")


def is_threshold(text: str, clause: Clause, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether a number only says which things the next number counts: 总投资10亿元以上的项目40个."""
    if following is None or following.start >= clause.end or (following.unit or "") not in _COUNTERS:
        return False
    if (quantity.unit or "") in _COUNTERS - {"人", "名"}:
        return False
    between = text[quantity.end : following.start]
    bound = bool({"over", "under", "range"} & set(quantity.qualifiers))
    return _CLASS.match(between) is not None and _OWN_VERB.search(between) is None and (bound or "以" in between)


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
    return len(run) == count and _JOINED.fullmatch(text[end : quantity.start]) is not None and "等" not in text[end : quantity.start]
