"""The ontology's indicator of a figure: by its wording, by the wording without the names it is linked to, never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from aikg.loaders.numbers.quantities import Quantity
from aikg.ontology.concepts import Concepts

__all__ = ["Indicators"]

_PERCENT = frozenset({"percent", "percentage_points", "ratio"})
# Families that a unit may belong to; None for counters, which count whatever the indicator says.
_OF_UNIT = {
    **dict.fromkeys(("%", "‰"), _PERCENT),
    **dict.fromkeys(("个百分点", "百分点"), frozenset({"percentage_points", "percent"})),
    **dict.fromkeys(("倍", "番"), frozenset({"ratio", "percent"})),
    "位": frozenset({"rank"}),
    **dict.fromkeys(("人", "名", "人次"), frozenset({"persons", "count"})),
    **dict.fromkeys(("年", "个月", "月", "天", "小时", "分钟", "秒", "毫秒"), frozenset({"time"})),
    **dict.fromkeys(("平方米", "平方公里", "亩", "公顷"), frozenset({"area"})),
    **dict.fromkeys(("公里", "米"), frozenset({"distance"})),
    **dict.fromkeys(("PB", "EB", "TB", "GB", "ZB"), frozenset({"data_volume"})),
    **dict.fromkeys(("Gbps", "Tbps", "Mbps"), frozenset({"data_rate"})),
    "nm": frozenset({"length_scale"}),
}
_COMPUTE = re.compile(r"(?:FLOPS|OPS|^P$|^[EPT]$)", re.IGNORECASE)
_MONEY = frozenset({"money", "price"})
_COUNTS = frozenset({"count", "persons", "density"})
# What leads a wording in and changes nothing of what is measured.
_LEAD = re.compile(
    r"^(?:全国|全球|全省|全市|全区|国家级?|我国|国内|园区(?!生产)|小镇|新增|虽|总|各类|相关|该|实现)+(?=[\u3400-\u9fff]{2})"
)
_DOING = re.compile(
    r"^(?:现有|累计|已|共建有|共|培育|引进|引育|签约|建成|建设|打造|形成|集聚(?!区)|汇聚|聚集(?!区)|拥有|发布|推出|开放|实施|部署|年均|平均|预计|计划|规划(?!面|用|建)|目标|将|设立|认定|投入运营的|注入资本动能的|正在建设的)+(?=[\u3400-\u9fffA-Z]{2})"
)
_WHERE = re.compile(
    r"^.{0,10}?(?:产业集聚区|集聚区|产业园区|园区|示范区|开发区|高新区)(?:内|的)?(?:企业|的)?(?:跨系统)?(?=.{2,})|在[^，在]{2,10}?(?:的)?(?=(?:覆盖|渗透|普及|应用|使用|准确)率)"
)
_OF = re.compile(r"^[^的]{2,14}的(?=[^的]{2,}$)")
_FILLER = re.compile(
    r"^(?:领域|行业|产业链|产业(?!规模|增|营|基|总|产|链|占)|技术|系统|项目|市场(?!规模|份额|增|占|渗)|环节|方面|等|的|相关)+"
)
_RISE = re.compile(r"(?:同比增速|年均增速|环比增速|增速|增长率|变化率|增幅)$")
_PARTS = re.compile(r"占(?:超)?(?:全国|国家|全球|全省|全国总数|全国总量)[^占]{0,10}比[重例]$")
_STAGE = re.compile(r"^(?:属于|是|为)(?P<what>[^的]{2,10})的[^的]{2,6}占比$")


class Indicators:
    """Finds indicators; the answers of a wording are kept, since documents repeat them."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts
        self._of = lru_cache(maxsize=4096)(self._found)

    def of(self, wording: str, quantity: Quantity, linked: Iterable[str] = ()) -> str | None:
        """The indicator's name, None where the list has none of the wording.

        `linked` are the names, as the text has them, of the things that the figure is linked to: 机器人产业规模 of the
        segment 机器人 is its 产业规模.
        """
        kind = "money" if quantity.currency else quantity.unit or ""
        return self._of(wording, kind, tuple(linked))

    def _found(self, wording: str, unit: str, linked: tuple[str, ...]) -> str | None:
        families = _families(unit)
        for candidate in _candidates(wording, linked):
            if len(candidate) < 2:
                continue
            found = self._concepts.find_indicator(candidate)
            if found is not None and (families is None or found.unit_family in families):
                return found.name
        return None


def _families(unit: str) -> frozenset[str] | None:
    if unit == "money":
        return _MONEY
    if _COMPUTE.search(unit):
        return frozenset({"compute", "compute_flops", "compute_ops", "density"})
    if "/" in unit:
        return None
    return _OF_UNIT.get(unit, _COUNTS if unit else None)


def _candidates(wording: str, linked: tuple[str, ...]) -> Iterator[str]:
    """The wording and what is left without names, places and words that say nothing; the fullest first."""
    seen: set[str] = set()
    texts = (wording, wording.replace("AI", "人工智能")) if "AI" in wording else (wording,)
    for text in texts:
        for shorter in (text, *_shorter(text, linked)):
            if shorter not in seen:
                seen.add(shorter)
                yield from _spellings(shorter)


def _shorter(text: str, linked: tuple[str, ...]) -> Iterator[str]:
    if match := _STAGE.match(text):
        yield f"{match['what']}占比"
    step = text
    for pattern in (_DOING, _WHERE, _DOING, _LEAD, _DOING):
        step = pattern.sub("", step, count=1)
        yield step
    for start in dict.fromkeys((text, step)):
        bare = start
        for name in linked:
            # Only what leads in: what stands in the middle belongs to the meaning.
            at = bare.find(name)
            if 0 <= at <= 2 and len(bare) > at + len(name):
                bare = bare[at + len(name) :]
                yield bare
                yield _LEAD.sub("", _DOING.sub("", _FILLER.sub("", bare)))
        if bare != start:
            yield _FILLER.sub("", bare)


def _spellings(text: str) -> Iterator[str]:
    yield text
    if text.endswith("数"):
        plain = text[:-1].removesuffix("总")
        yield f"{plain}数量"
        yield plain
    else:
        yield f"{text}数量"
    if "的" in text:
        yield text.replace("的", "")
    if match := _RISE.search(text):
        head = text[: match.start()]
        stem = head.removesuffix("数") + "数量" if head.endswith("数") else head
        for ending in ("增速", "提升", "降幅") if match[0] != "变化率" else ("降幅", "增速"):
            yield stem + ending
    if text.endswith("占比") and text.count("数量"):
        yield text.replace("数量占比", "占比")
    if match := _PARTS.search(text):
        head = text[: match.start()]
        yield f"{head}占全国比重"
        yield f"{head}占比"
        yield f"{head.removesuffix('数量').removesuffix('总数')}占比"
