"""What an indicator is about, as far as its wording tells: the same by another word, a part, a share, a change, a rank of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from aikg.ontology.concepts import Concepts, normal_form

__all__ = [
    "additive",
    "base_of_change",
    "base_of_rank",
    "base_of_share",
    "is_part",
    "key_of",
    "loose_key",
    "rate_of",
    "scope_class",
]

_SAME = (
    (re.compile(r"ai(?![a-z])"), "人工智能"),
    (re.compile(r"(?:同比)?(?:增长率|增速|增幅|增长)$"), "增速"),
    (re.compile(r"(?:所占)?(?:比重|比例|占比|份额)$"), "占比"),
    (re.compile(r"(?:数量|总数|个数|家数|数)$"), "数量"),
)
_RATE = "(?:普及率|应用率|覆盖率|渗透率|使用率|采用率)"
_SPREAD = re.compile(rf"(?<=..){_RATE}$")
_NOTHING = re.compile(r"[的“”\"'（）()、，·]|^(?:全国|我国|中国|国内|全省|全市|全球|世界)(?=..)")
# Words that may stand in one wording and not in another without another thing being meant.
_NEUTRAL = re.compile(r"平均|年均|技术|系统|相关|产业(?=企业)|总(?=[^数])|水平")
_CHANGE = re.compile(
    r"(?:年复合增长率|复合增长率|年均增速|同比增速|同比增长率?|增长率|增速|增幅|降幅|下降率|上升率|变化率)$"
)
_SHARE = re.compile(r"(?:占[^占]{0,8}(?:比重|比例)|占比|份额|比重|比例)$")
_RANK = re.compile(r"(?:排名|名次|位次|次序)$")
# Values that no sum is made of.
_NOT_ADDITIVE = re.compile(
    r"平均|人均|密度|占比|份额|比重|增速|增长|增量|降幅|提升|率$|年薪|月薪|薪|周期|单价|成本|价格|排名|次序|比$|倍|差距|期$|时长|回收"
)
_WIDER = re.compile(r"泛|带动|相关|关联|广义|累计|总|涉|拟|计划|预计|新型")
_TOGETHER = re.compile(r"[与和及]")

_NEUTRAL_SCOPE = re.compile(
    r"截至?[0-9年月日底末初]*|[0-9]{4}年?(?:数据|统计)?|目前|现有|已|原文[^，]*|[^，]*(?:统计局|咨询|数据|调查|调研|预测|测算|IDC)[^，]*|"
    r"不完全统计|平均|最[多少大小高低]|普遍|约|当前|至少|年末|年底"
)
_RANKED = {
    "世界": "全球",
    "我国": "全国",
    "国内": "全国",
    "中国": "全国",
    "全国各地区": "全国",
    "全国各城市": "全国",
    "中国各地区": "全国",
}


@functools.lru_cache(maxsize=100_000)
def key_of(wording: str) -> str:
    """The wording in normal form: two wordings with one key name the same thing.

    >>> key_of("AI企业数") == key_of("人工智能企业数量")
    True
    """
    text = normal_form(wording)
    text = _NOTHING.sub("", text)
    for pattern, same in _SAME:
        text = pattern.sub(same, text)
    return text


@functools.lru_cache(maxsize=100_000)
def loose_key(wording: str, *, rank: bool = False) -> str:
    """As `key_of`, and without words that often stand there or not: such findings are for a person to judge."""
    text = _NEUTRAL.sub("", _SPREAD.sub("普及率", key_of(wording)))
    return text.replace("泛", "") if rank else text


def rate_of(names: Iterable[str], wording: str) -> str:
    """What is left of the wording of a rate without the things it is of: only a rate of spread, or nothing.

    >>> rate_of(["精准种植", "病虫害智能识别"], "精准种植、病虫害智能识别技术普及率")
    '普及率'
    """
    text = wording
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    left = _NEUTRAL.sub("", _NOTHING.sub("", text))
    return "普及率" if text != wording and re.fullmatch(_RATE, left) else ""


@functools.lru_cache(maxsize=100_000)
def scope_class(scope: str | None, *, rank: bool, share: bool) -> str:
    """Scopes that say the same are equal; what only tells where a number comes from counts as none ('')."""
    text = _NEUTRAL_SCOPE.sub("", normal_form(scope or "")).strip("，,；; ")
    if rank:
        return _RANKED.get(text, text)
    if share or text.startswith("占"):
        text = re.sub(r"^占|总量|总数|总额|总|的|企业|人工智能|ai|融合市场|产业规模", "", text)
        return _RANKED.get(text, text) or text
    return text


def additive(wording: str, family: str) -> bool:
    """Whether parts of such a value make up a whole: counts and money, not rates, ranks, averages."""
    return family not in ("%", "位", "", "time", "倍") and "/" not in family and not _NOT_ADDITIVE.search(wording)


def base_of_change(wording: str, concepts: Concepts) -> str | None:
    """The indicator whose change a wording names: 融资数量增速 → 融资数量."""
    return _base(wording, _CHANGE, ("",), concepts)


def base_of_share(wording: str, concepts: Concepts) -> str | None:
    """The indicator of which a wording names a share: 人工智能企业占比 → 人工智能企业数量."""
    return _base(wording, _SHARE, ("", "数量", "规模"), concepts)


def base_of_rank(wording: str, concepts: Concepts) -> str | None:
    """The indicator by which a wording ranks: 泛人工智能企业数量排名 → 泛人工智能企业数量."""
    return _base(wording, _RANK, ("",), concepts)


@functools.lru_cache(maxsize=20_000)
def _base(wording: str, pattern: re.Pattern[str], behind: tuple[str, ...], concepts: Concepts) -> str | None:
    indicator = concepts.find_indicator(wording)
    words = (indicator.name, *indicator.wordings) if indicator else (wording,)
    for word in words:
        rest = pattern.sub("", word)
        if rest == word or len(rest) < 2:
            continue
        for more in behind:
            found = concepts.find_indicator(rest + more)
            if found is not None and (indicator is None or found.name != indicator.name):
                return found.name
    rest = pattern.sub("", wording)
    return key_of(rest) if rest != wording and len(rest) >= 2 else None


@functools.lru_cache(maxsize=200_000)
def is_part(part: str, whole: str) -> str | None:
    """Whether an indicator's name is that of another with a word put in that narrows it: "sure", "perhaps" or None.

    >>> is_part("生成式人工智能市场规模", "人工智能市场规模"), is_part("泛人工智能企业数量", "人工智能企业数量")
    ('sure', None)
    """
    more = len(part) - len(whole)
    if more < 2 or len(whole) < 4:
        return None
    start = 0
    while start < len(whole) and part[start] == whole[start]:
        start += 1
    end = 0
    while end < len(whole) - start and part[-1 - end] == whole[-1 - end]:
        end += 1
    if start + end != len(whole) or end < 2:
        return None
    inserted = part[start : start + more]
    if _WIDER.search(inserted):
        return None
    return "perhaps" if _TOGETHER.search(inserted) else "sure"
