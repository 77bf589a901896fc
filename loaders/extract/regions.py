"""Regions without a code: 环杭州湾人工智能产业带, 成德绵经济带, 东部 and 西部, 大湾区."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import NOT_A_NAME, chain, name_start
from aikg.loaders.extract.mentions import Mention, View
from aikg.ontology.places import Place, load_places

__all__ = ["from_places", "parts_in", "regions"]

_ENDING = re.compile(r"产业带|经济带|都市圈|经济圈|城市群|城镇群|科创带|创新带|发展轴")
_GENERIC = re.compile(
    r"^(?:区域|地区|都市|城市|世界级|国家级|现代化?|一批|重点|各|多个|人工智能|智能|数字|先进|制造业?|科技|创新|产业|周边|沿海|沿江|核心|主要|大|中心|[一二三四五六七八九十两几0-9]+[大个条]?)*$"
)
# Parts of the country: the bare word counts where it stands for the part and not for a direction (东部新城, 市区西部).
_PART = re.compile(
    r"(?<![省市区县州地城岸部山海国洲\u4e00])(?:中西部|东部|中部|西部)(?=地区|省份|城市|[、，。；：的与和及]|枢纽|集群|能源|算力|场景|医疗|比|高|则|有|在|以|是|承接|各|$)|东北三省|欧美(?!克)"
)
_BAY = re.compile(r"(?<!粤港澳)大湾区(?!大学)")
_NAMES = {
    "东部": "东部地区",
    "中部": "中部地区",
    "西部": "西部地区",
    "中西部": "中西部地区",
    "东北三省": "东北地区",
    "东部沿海": "东部沿海",
    "大湾区": "粤港澳大湾区",
}


def regions(view: View) -> Iterator[Mention]:
    """Regions by the endings of their names, and parts of the country.

    >>> from aikg.loaders.extract.mentions import View
    >>> [m.name for m in regions(View("蓬莱湾人工智能产业带初成，西部、大湾区各有侧重"))]
    ['蓬莱湾人工智能产业带', '西部地区', '粤港澳大湾区']
    """
    text = view.text
    for match in _ENDING.finditer(text):
        if any(begin <= match.start() and stop >= match.end() for begin, stop, _ in view.places):
            continue
        start = name_start(view, match.start(), 16)
        own = text[start : match.start()]
        place, rest = chain(view, start, match.start())
        if len(own) < 2 or NOT_A_NAME.match(own) or (_GENERIC.match(text[rest : match.start()]) and place is None):
            continue
        name = identity.clean_name(text[start : match.end()])
        yield Mention(start, match.end(), "Region", name, place=place, confidence=0.75)
    for pattern in (_PART, _BAY):
        for match in pattern.finditer(text):
            name = _NAMES.get(match[0], match[0])
            place = _table(name)
            id_ = place.id if place else None
            aliases = (match[0],) if match[0] != name else ()
            yield Mention(match.start(), match.end(), "Region", name, id_, place, aliases=aliases, confidence=0.75)


def parts_in(text: str) -> list[Place]:
    """The parts of the country that a class names: 东部 of 东部省份."""
    places = [_table(name) for word, name in _NAMES.items() if text.startswith(word)]
    return [place for place in places if place is not None]


def _table(name: str) -> Place | None:
    return load_places().resolve(name).place


def from_places(view: View) -> Iterator[Mention]:
    """Countries, regions, provinces, cities and districts of the place table."""
    for start, end, place in view.places:
        word = view.text[start:end]
        aliases = (word,) if word != place.name else ()
        yield Mention(start, end, place.label, place.name, place.id, place, aliases=aliases, confidence=0.9)
