"""The time of a number: its sentence's, one carried from the sentence before, or one told by 去年, 今年, 同年."""

from __future__ import annotations

import re
from functools import lru_cache

from aikg.loaders.extract.discourse import Clause, Discourse, Sentence
from aikg.loaders.numbers.dates import find_periods
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["due_of", "is_goal", "period_of"]

_NOW = re.compile(
    r"目前|当前|现有|现已|截至目前|迄今|至今|如今|眼下|日前|近日|已有|近年来|多年来|近[几一二两三四五六七八九十0-9]+年"
)
_RELATIVE = re.compile(r"去年|今年|明年|前年|上年")
_SHIFT = {"去年": -1, "上年": -1, "今年": 0, "明年": 1, "前年": -2}
_COMPARED = re.compile(r"(?:较|比|相比|从|自|由|同)\s?$")
_GOAL_WORDS = re.compile(r"目标|力争|争取|锚定|剑指|确保|计划到|规划到|将|要|拟|预计|提出|明确|实现|规划")
_UNTIL = re.compile(r"(?:到|至|截至|在)\s?$")
_DONE = re.compile(r"已(?!经?列入)|截至|截止|达到了|统计|实现了|数据显示|同比")
_STRONG = re.compile(r"目标|力争|争取|锚定|剑指|确保|计划|规划|将|预计|预期|有望|拟")


_periods = lru_cache(maxsize=64)(find_periods)


def period_of(discourse: Discourse, sentence: Sentence, quantity: Quantity, published: str | None) -> str | None:
    """The period (ISO) of a number, None where the text says none."""
    text = discourse.passage.text
    head = text[sentence.start : quantity.start]
    relative = list(_RELATIVE.finditer(head))
    if quantity.period and not (relative and _behind_last_period(head, relative[-1].start())):
        return quantity.period
    if relative and published:
        word = relative[-1]
        return str(int(published[:4]) + _SHIFT[word[0]])
    if _NOW.search(head):
        return None
    if relative:
        return None
    for other in reversed([s for s in discourse.sentences if s.end <= sentence.start]):
        if _NOW.search(other.text):
            return None
        periods = [p for p in _periods(other.text) if not p.period.endswith("..") and "/" not in p.period]
        own = [p for p in periods if not _COMPARED.search(other.text[max(0, p.start - 2) : p.start])]
        if own:
            last = own[-1]
            if _UNTIL.search(other.text[: last.start]) and not _DONE.search(other.text):
                return None
            # Only a sentence that itself states figures sets the time of the next one.
            return last.period if re.search(r"\d", other.text[last.end :]) or "同年" in head else None
    return None


def _behind_last_period(head: str, at: int) -> bool:
    periods = _periods(head)
    return not periods or periods[-1].start < at


def is_goal(sentence: Sentence, clause: Clause, quantity: Quantity, published: str | None) -> bool:
    """Whether a number is one to be reached: 到2030年, 力争, 目标; not 截至2020年底已达."""
    if {"target", "planned"} & set(quantity.qualifiers):
        return True
    head = sentence.text[: quantity.start - sentence.start]
    own = head[max(0, clause.start - sentence.start) :]
    if re.search(r"目标[^。]{0,200}$|力争|主要目标", head):
        return not _DONE.search(own)
    if quantity.period is None:
        return False
    year = int(quantity.period.split("/")[-1][:4])
    if published and year < int(published[:4]):
        return bool(_STRONG.search(own)) and not _DONE.search(own)
    if re.search(rf"到\s?{year}\s?年", head) and not _DONE.search(head):
        return True
    return bool(published) and year > int(published[:4]) if published else False


def due_of(period: str | None) -> str | None:
    """The end of a period: 2021/2025 → 2025."""
    return period.split("/")[-1] if period and not period.endswith("..") else None
