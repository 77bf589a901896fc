"""LOCATED_IN, PART_OF and HOSTS: what lies where, by the name itself, by a cue, or by the place that is spoken of."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, ORGANISATIONS, SAME_CLAUSE, SAME_SENTENCE, TOPICS, Rule, Scene

__all__ = ["REGION_MEMBERS", "RULES"]

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
_LIES = re.compile(r"(?:总部|公司|企业)?(?:位于|坐落于|坐落在|地处|落户于?|落地于?|入驻|进驻|设在|设立在|落址|选址于?|扎根于?|布局在|注册在|诞生于|总部(?:设)?在|总部位于)")
_HOSTS = re.compile(
    r"(?:已|现已|现|累计|先后|成功|目前|共|还|也|并)*(?:集聚|聚集|汇聚|汇集|云集|拥有|入驻|引进|引入|吸引|落户|落地|培育|孵化|建有|建成|设有|坐拥|签约|引育|涌现出|涌现|会聚|聚合|吸引来|引来)(?:了|有|出)?"
)
_NOT_YET = re.compile(r"(?:将|拟|计划|有望|力争|争取|目标|未来|推动|支持|鼓励|探索|预计|加快|推进|到20\d\d年)[^，。；]{0,12}$")
_MEMBER_CUE = re.compile(r"组成部分|成员|一员|核心城市|中心城市|节点城市|重要城市|城市之一|省份之一|增长极|龙头|首位城市")
_HOSTED = ORGANISATIONS - {"University"}


def by_name(scene: Scene) -> None:
    """宁波前湾新区 lies in 宁波, 深圳大学 in 深圳; and in the province that the text speaks of."""
    for mention in scene.mentions:
        if mention.label not in ("Park", "University", "Institution", "ComputeCenter", "Company"):
            continue
        where = scene.place_of(mention)
        if mention.label == "Park":
            where = _district(scene, mention) or where
        sentence = scene.discourse.sentence(mention.start)
        if where is None or where.label in ("Country", "Region"):
            if mention.label == "Institution" and mention.kind == "ministry" and where is None:
                scene.link("LOCATED_IN", mention, scene.place(scene.places.get("CN")), CONTEXT)
            if mention.label in ("Park", "ComputeCenter"):
                _by_context(scene, sentence, mention)
            elif where is not None:
                scene.link("LOCATED_IN", mention, where, SAME_SENTENCE)
            continue
        scene.link("LOCATED_IN", mention, where, SAME_CLAUSE)
        assert where.place is not None
        above = {a.id: a for a in scene.places.ancestors(where.place) if a.label in ("Province", "City")}
        for other in _spoken(scene, mention.start):
            if other.id in above:
                scene.link("LOCATED_IN", mention, other, SAME_SENTENCE)


def _district(scene: Scene, park: Mention) -> Mention | None:
    """萧山信息港小镇 where 杭州 is spoken of: the short name of a district of that city stands in front."""
    for city in _spoken(scene, park.start):
        if city.label == "City" and city.place is not None and park.place is None:
            leading = scene.places.leading(park.name, within=city.place)
            if leading is not None and leading[0].label == "District":
                scene.link("LOCATED_IN", park, city, SAME_SENTENCE)
                return scene.place(leading[0], park)
    bracket = re.search(r"[（(]([\u3400-\u9fff]{2,4})[)）]$", park.name)
    if bracket and park.place is not None and park.place.label == "City":
        leading = scene.places.leading(bracket[1], within=park.place)
        if leading is not None and leading[0].label == "District":
            scene.link("LOCATED_IN", park, scene.place(leading[0], park), SAME_CLAUSE)
    return None


def _spoken(scene: Scene, position: int) -> list[Mention]:
    """Places spoken of before a position: in the passage, nearest first, and in the headings."""
    before = [m for m in scene.mentions if m.end <= position and m.label in PLACES]
    above = [m for h in reversed(scene.discourse.passage.headings) for m in scene.discourse.under(h) if m.label in PLACES]
    return [*reversed(before), *above]


def _by_context(scene: Scene, sentence: Sentence | None, mention: Mention) -> None:
    """A park without a place in its name lies in the place that its sentence, or else the section, is about."""
    where, sure = scene.spoken_of(sentence, mention.start, frozenset({"District", "City", "Province"}))
    if where is None:
        return
    scene.link("LOCATED_IN", mention, where, min(sure, CONTEXT + 0.05) if sure < SAME_SENTENCE else CONTEXT + 0.05)
    if where.label != "Province" and where.place is not None:
        above = {a.id for a in scene.places.ancestors(where.place)}
        for other in _spoken(scene, mention.start):
            if other.id in above and other.label in ("Province", "City"):
                scene.link("LOCATED_IN", mention, other, CONTEXT)
                break


def by_cue(scene: Scene) -> None:
    """A位于B; A落户B: B is the nearest place or park behind the verb, A what stands before it."""
    for sentence, clause in scene.clauses():
        for match in _LIES.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()):
                continue
            target = next((m for m in clause.mentions if m.start >= match.end() and m.label in PLACES | {"Park"}), None)
            if target is None or target.start - match.end() > 6:
                continue
            subjects = [m for m in clause.mentions if m.end <= match.start() and m.label in ORGANISATIONS | {"Park", "ApplicationScenario"}]
            if not subjects and clause is not sentence.clauses[0]:
                subjects = [m for m in sentence.mentions if m.end <= clause.start and m.label in ORGANISATIONS | {"Park"}][:1]
            if not subjects:
                continue
            innermost = scene.together(target, PLACES | {"Park"})
            for subject in scene.together(subjects[-1]):
                for place in innermost[-1:] if len(innermost) > 1 else [target]:
                    scene.link("LOCATED_IN", subject, place, SAME_CLAUSE)
                    if place.label in ("Park", "District"):
                        scene.link("HOSTS", place, subject, SAME_CLAUSE)


def hosting(scene: Scene) -> None:
    """A集聚了B、C等机构: a park or district and the organisations listed right behind the verb."""
    for sentence, clause in scene.clauses():
        for match in _HOSTS.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()) or _NOT_YET.search(scene.text[clause.start : match.start()]):
                continue
            subjects, sure = scene.subjects(sentence, clause, match.start())
            found = _listed(scene, sentence, match.end())
            for subject in subjects:
                for thing in found:
                    if subject.label in ("Park", "District"):
                        scene.link("HOSTS", subject, thing, sure)
                    if subject.label in PLACES | {"Park"} and subject.label != "Country":
                        scene.link("LOCATED_IN", thing, subject, min(sure, SAME_SENTENCE))


def _listed(scene: Scene, sentence: Sentence, start: int) -> list[Mention]:
    """Organisations behind a verb, as long as only joints and words such as 等, 一批, 为代表的 stand between them."""
    found: list[Mention] = []
    at = start
    for mention in scene.inside(start, sentence.end):
        between = scene.text[at : mention.start]
        if mention.label not in _HOSTED or re.search(r"[。；：]", between):
            break
        limit = 24 if not found else 8
        if len(between) > limit or (found and not re.fullmatch(r"[\s、和与及以，]*(?:以及|等[\u3400-\u9fff]{0,8}[、，和与])?[\s]*", between)):
            break
        if not found and not re.fullmatch(r"[^，]*|[^，]*(?:企业|机构|单位|公司)[^，]*，?(?:包括|如|有|其中有)?", between):
            break
        found.append(mention)
        at = mention.end
    return found


def members(scene: Scene) -> None:
    """Provinces and cities of a region that the sentence (or the statement before) speaks of; parts of a municipality."""
    for sentence in scene.sentences:
        regions = [m for m in sentence.mentions if m.label == "Region"]
        for region in regions:
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
    _remember_region(scene)
    if scene.memory.region is not None:
        region, _ = scene.memory.region
        known = REGION_MEMBERS.get(region.name)
        for member in scene.mentions:
            if known and member.label in _MEMBER and member.place is not None:
                codes = {member.place.code, *(a.code for a in scene.places.ancestors(member.place))}
                if known & codes and member.start <= 24:
                    scene.link("PART_OF", member, region, CONTEXT)


def _remember_region(scene: Scene) -> None:
    """东部省份…: what follows speaks of its provinces, until another region is named or the section ends."""
    first = next((m for m in scene.mentions if m.label in PLACES and not scene.is_everywhere(m)), None)
    section = scene.discourse.passage.headings[-1].line if scene.discourse.passage.headings else 0
    if scene.memory.region is not None and (scene.memory.region[1] != section or scene.discourse.passage.is_heading):
        scene.memory.region = None
    heads = [m for h in scene.discourse.passage.headings for m in scene.discourse.under(h) if m.label == "Region"]
    if heads and scene.memory.region is None:
        scene.memory.region = (heads[-1], section)
    if first is not None and first.label == "Region" and first.start <= 4:
        behind = scene.text[first.end : first.end + 4]
        if re.match(r"(?:的)?(?:各|些)?(?:省份|省市|地区|城市|各地|各省)", behind) or first.name.endswith(("地区", "部", "沿海")):
            scene.memory.region = (first, section)


def _belongs(scene: Scene, sentence: Sentence, member: Mention, region: Mention) -> bool:
    """杭州都市圈 is around 杭州; 作为X的组成部分, A与B."""
    if member.name[:2] == region.name[:2]:
        return True
    behind = scene.text[region.end : region.end + 20]
    cue = _MEMBER_CUE.search(behind)
    return cue is not None and re.search(r"(?:作为|是|为)[^，。]{0,6}$", scene.text[sentence.start : region.start]) is not None


def wholes(scene: Scene) -> None:
    """Bands and circles named after a place of a province that is spoken of; bodies named after a wider body."""
    for mention in scene.mentions:
        if mention.label == "Region":
            if mention.place is not None and scene.places.ancestors(mention.place):
                continue
            where, sure = scene.spoken_of(scene.discourse.sentence(mention.start), mention.start, frozenset({"Province"}))
            if where is not None and re.search(r"(?:带|圈|湾|走廊|片区)$", mention.name):
                scene.link("PART_OF", mention, where, sure if sure < SAME_SENTENCE else SAME_SENTENCE)
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
    from aikg.loaders.extract.topic_lists import read_list

    wholes_ = {"ChainSegment", "ChainLayer"}
    for sentence, clause in scene.clauses():
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
    return before[-1] if re.fullmatch(r"(?:产业链?|领域|行业|技术|方面|大致|一般|通常|主要|则|又|可以?|环节|层面|市场|产品|\s|其?主要应用领域有)*", between) else None


def _kinds(scene: Scene, clause: Clause, whole: Mention, end: int) -> None:
    """The list before 等: its items from the last one backwards, joined by 、."""
    if not re.match(r"(?:核心|关键|前沿|相关)?(?:技术|产品|领域|产业|装备|设备|[，。；、])|$", scene.text[whole.end : clause.end]):
        return
    at = end
    found: list[Mention] = []
    for mention in reversed([m for m in clause.mentions if m.end <= end]):
        if mention.label not in TOPICS or not re.fullmatch(r"(?:技术|领域|产业)?[、和与及\s]*", scene.text[mention.end : at]):
            break
        found.append(mention)
        at = mention.start
    for mention in found if len(found) >= 2 else ():
        scene.link("PART_OF", mention, whole, SAME_SENTENCE)


RULES: tuple[Rule, ...] = (by_name, by_cue, hosting, members, wholes, parts)
