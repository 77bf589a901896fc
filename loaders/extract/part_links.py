"""PART_OF: members of regions, bands of provinces, bodies of bodies, parts and kinds of segments and layers."""

from __future__ import annotations

import re
from dataclasses import replace

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, TOPICS, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["REGION_MEMBERS", "RULES", "region_at"]

# The provincial units of the regions that Chinese texts speak of; a member and its region in one breath are one in the
# other. 成渝, 珠三角 and the like are parts of provinces, so cities count only where they are listed.
REGION_MEMBERS: dict[str, frozenset[str]] = {
    name: frozenset(codes.split())
    for names, codes in {
        "长三角": "310000 320000 330000 340000",
        "京津冀": "110000 120000 130000",
        "珠三角": "440100 440300 440400 440600 440700 441200 441300 441900 442000",
        "粤港澳大湾区": "440100 440300 440400 440600 440700 441200 441300 441900 442000 810000 820000",
        "成渝|成渝城市群|成渝地区双城经济圈|成渝双城经济圈": "500000 510100 510300 510400 510500 510600 510700 510900 511000 511100 511300 511400 511500 511600 511700 511800 512000",
        "东部|东部地区": "110000 120000 130000 310000 320000 330000 350000 370000 440000 460000",
        "东部沿海|东部沿海地区": "120000 130000 310000 320000 330000 350000 370000 440000",
        "中部|中部地区": "140000 340000 360000 410000 420000 430000",
        "中西部|中西部地区": "140000 340000 360000 410000 420000 430000 150000 450000 500000 510000 520000 530000 540000 610000 620000 630000 640000 650000",
        "西部|西部地区": "150000 450000 500000 510000 520000 530000 540000 610000 620000 630000 640000 650000",
        "东北|东北地区": "210000 220000 230000",
        "西北|西北地区": "610000 620000 630000 640000 650000",
        "西南|西南地区": "500000 510000 520000 530000 540000",
        "华东|华东地区": "310000 320000 330000 340000 350000 360000 370000",
        "华南|华南地区": "440000 450000 460000",
        "华北|华北地区": "110000 120000 130000 140000 150000",
        "华中|华中地区": "410000 420000 430000",
        "长江中游城市群": "420100 430100 360100",
        "中原城市群": "410100",
    }.items()
    for name in names.split("|")
}
_MEMBER = frozenset({"Province", "City"})
_MEMBER_CUE = re.compile(
    r"组成部分|成员|一员|核心城市|中心城市|节点城市|重要城市|城市之一|省份之一|增长极|龙头|首位城市"
)


# 服务中部地区, 打造中部算力高地: whom somebody serves, or what he means to be for it.
_SERVED = re.compile(r"(?:服务|辐射|带动|面向|覆盖|打造|建设|对接|融入|支援|惠及|供给|输送至?)[^，。；]{0,4}$")


def region_at(scene: Scene, position: int) -> Mention | None:
    """The region that opens the sentence or one before it in the passage."""
    current = None
    for sentence in scene.sentences:
        if sentence.start > position:
            break
        opening = [r for r in _regions(scene, sentence) if r.start - sentence.start <= 8]
        current = opening[0] if opening else current
    return current


def members(scene: Scene) -> None:
    """Provinces and cities of a region that the sentence (or the statement before) speaks of; parts of a municipality."""
    for sentence in scene.sentences:
        regions = _regions(scene, sentence)
        for region in regions:
            if _SERVED.search(scene.text[sentence.start : region.start]):
                continue
            known = REGION_MEMBERS.get(region.name) or REGION_MEMBERS.get(scene.text[region.start : region.end])
            for member in sentence.mentions:
                if member.label not in _MEMBER or member.place is None:
                    continue
                if known is not None:
                    codes = {member.place.code, *(a.code for a in scene.places.ancestors(member.place))}
                    if known & codes:
                        scene.link("PART_OF", member, region, SAME_SENTENCE)
                elif _belongs(scene, sentence, member, region):
                    scene.link("PART_OF", member, region, SAME_SENTENCE)
    _members_behind(scene)
    _remember_region(scene)
    if scene.memory.region is not None:
        region, _ = scene.memory.region
        known = REGION_MEMBERS.get(region.name)
        for member in scene.mentions:
            if known and member.label in _MEMBER and member.place is not None:
                codes = {member.place.code, *(a.code for a in scene.places.ancestors(member.place))}
                if known & codes:
                    scene.link("PART_OF", member, region, CONTEXT)


def _members_behind(scene: Scene) -> None:
    """长三角地区…。昆山、芜湖…: what a region that opens a sentence is about goes on in the sentences behind it."""
    current: Mention | None = None
    for sentence in scene.sentences:
        opening = [r for r in _regions(scene, sentence) if r.start - sentence.start <= 8]
        current = opening[0] if opening else current
        known = REGION_MEMBERS.get(current.name) if current is not None else None
        if current is None or known is None or opening:
            continue
        for member in sentence.mentions:
            if member.label not in _MEMBER | {"District"} or member.place is None:
                continue
            if known & {member.place.code, *(a.code for a in scene.places.ancestors(member.place))}:
                scene.link("PART_OF", member, current, CONTEXT)


def _regions(scene: Scene, sentence: Sentence) -> list[Mention]:
    """Regions of a sentence, and those that a class of places names (东部省份)."""
    found = []
    for mention in sentence.mentions:
        if mention.label == "Region":
            found.append(mention)
        elif mention.label == "Group" and (region := _group_region(scene, mention)) is not None:
            found.append(region)
    return found


_CLASS = re.compile(
    r"(中西部|东部沿海|东部|中部|西部|东北|西北|西南|华东|华南|华北|华中|长三角|珠三角|京津冀)(?:地区|省份|省区市?|省市|城市|的?各省|各地)+"
)


def _group_region(scene: Scene, group: Mention) -> Mention | None:
    match = _CLASS.match(group.name)
    if match is None:
        return None
    for name in (match[1], f"{match[1]}地区"):
        found = scene.places.resolve(name, level="region").place
        if found is not None:
            return scene.place(found, group)
    return None


def _remember_region(scene: Scene) -> None:
    """东部省份…: what follows speaks of its provinces, until another region is named or the section ends."""
    first = next((m for m in scene.mentions if m.label in PLACES | {"Group"} and not scene.is_everywhere(m)), None)
    if first is not None and first.label == "Group":
        group = _group_region(scene, first)
        first = replace(group, start=first.start, end=first.end) if group is not None else None
    section = scene.discourse.passage.headings[-1].line if scene.discourse.passage.headings else 0
    if scene.memory.region is not None and (scene.memory.region[1] != section or scene.discourse.passage.is_heading):
        scene.memory.region = None
    heads = [m for h in scene.discourse.passage.headings for m in scene.discourse.under(h) if m.label == "Region"]
    if heads and scene.memory.region is None:
        scene.memory.region = (heads[-1], section)
    if first is not None and first.label == "Region" and first.start <= 4:
        behind = scene.text[first.end : first.end + 4]
        class_named = _CLASS.match(scene.text, first.start) is not None
        if (
            class_named
            or re.match(r"(?:的)?(?:各|些)?(?:省份|省市|地区|城市|各地|各省)", behind)
            or first.name.endswith(("地区", "部", "沿海"))
        ):
            scene.memory.region = (first, section)


def _belongs(scene: Scene, sentence: Sentence, member: Mention, region: Mention) -> bool:
    """杭州都市圈 is around 杭州; 作为X的组成部分, A与B."""
    if member.name[:2] == region.name[:2]:
        return True
    behind = scene.text[region.end : region.end + 20]
    cue = _MEMBER_CUE.search(behind)
    return (
        cue is not None
        and re.search(r"(?:作为|是|为)[^，。]{0,6}$", scene.text[sentence.start : region.start]) is not None
    )


def wholes(scene: Scene) -> None:
    """Bands and circles named after a place of a province that is spoken of; bodies named after a wider body."""
    for mention in scene.mentions:
        if mention.label == "Region":
            if mention.place is not None and scene.places.ancestors(mention.place):
                continue
            where, sure = scene.spoken_of(
                scene.discourse.sentence(mention.start), mention.start, frozenset({"Province"})
            )
            if where is not None and re.search(r"(?:带|圈|湾|走廊|片区)$", mention.name):
                scene.link("PART_OF", mention, where, min(SAME_SENTENCE, sure))
        elif mention.label == "Institution":
            for name, wider in scene.memory.institutions.items():
                if len(name) >= 4 and mention.name.startswith(name) and mention.name != name:
                    scene.link("PART_OF", mention, wider, SAME_SENTENCE)


_CONSISTS = re.compile(
    r"(?:主要)?(?:可|又|被)?(?:包括|包含|涵盖|分为|细分为|划分为|由(?=[^，。]{2,40}(?:组成|构成))|涉及|主要有|覆盖|囊括|分成)(?:了|有)?"
)
_KIND_OF = re.compile(r"等(?:[\u3400-\u9fff]{0,6}?)$")


def parts(scene: Scene) -> None:
    """A包括B、C: parts of a segment or a layer; B、C等A: kinds of it."""
    wholes_ = {"ChainSegment", "ChainLayer"}
    for sentence, clause in scene.clauses(TOPICS):
        for match in _CONSISTS.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()):
                continue
            whole = _whole(scene, clause, match.start(), wholes_)
            if whole is None:
                continue
            found = read_list(scene, match.end(), clause.end, new=False)
            if len(found.topics) < 2:
                continue
            for topic in found.topics:
                if not scene.is_root(topic):
                    scene.link("PART_OF", topic, whole, SAME_CLAUSE)
        for whole in clause.mentions:
            if whole.label in wholes_ and (etc := _KIND_OF.search(scene.text, clause.start, whole.start)):
                _kinds(scene, clause, whole, etc.start())


def _whole(scene: Scene, clause: Clause, cue: int, labels: set[str]) -> Mention | None:
    """The segment or layer right before the cue: only nouns such as 产业链, 领域 and adverbs may stand between."""
    before = [m for m in clause.mentions if m.end <= cue and m.label in labels]
    if not before:
        return None
    between = scene.text[before[-1].end : cue]
    return (
        before[-1]
        if re.fullmatch(
            r"(?:产业链?|领域|行业|技术|方面|大致|一般|通常|主要|则|又|可以?|环节|层面|市场|产品|\s|其?主要应用领域有)*",
            between,
        )
        else None
    )


def _kinds(scene: Scene, clause: Clause, whole: Mention, end: int) -> None:
    """The list before 等: its items from the last one backwards, joined by 、."""
    if not re.match(
        r"(?:核心|关键|前沿|相关)?(?:技术|产品|领域|产业|装备|设备|[，。；、])|$", scene.text[whole.end : clause.end]
    ):
        return
    at = end
    found: list[Mention] = []
    for mention in reversed([m for m in clause.mentions if m.end <= end]):
        if mention.label not in TOPICS or not re.fullmatch(
            r"(?:技术|领域|产业)?[、和与及\s]*", scene.text[mention.end : at]
        ):
            break
        found.append(mention)
        at = mention.start
    for mention in found if len(found) >= 2 else ():
        scene.link("PART_OF", mention, whole, SAME_SENTENCE)


RULES: tuple[Rule, ...] = (members, wholes, parts)
