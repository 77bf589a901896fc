"""DESIGNATED_AS and ISSUED_BY where a list of those who were chosen is published: 公布…名单，A、B、C入选."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import SAME_CLAUSE, SAME_SENTENCE, Rule, Scene

__all__ = ["RULES"]

_BEARERS = frozenset({"City", "District", "Province", "Park", "Company", "University"})
_PUBLISH = re.compile(
    r"公布|发布|印发|公示|认定|评选|遴选|批复|下发|确定|启动|组织|命名|授予|揭晓|批准|同意|通报|评定|评出|授牌|设立|开展|部署|发文"
)
_CHOSEN = re.compile(
    r"(?:等|等等)?(?:[\u3400-\u9fff]{0,4}[0-9一二三四五六七八九十两]+?(?:个|家|地|市|区|县|城|座)(?:地区|城市|园区|企业|区县|单位)?|[\u3400-\u9fff]{0,6}?(?:地|城市|园区|地区|企业|区县|单位))?"
    r"(?:也|已|还|又|均|都|双双|成功|同时|一同|一起|同步|分别|率先|榜上|一并|赫然|悉数|同批|先后|首批)*"
    r"(?:入选(?!企业)|上榜|在列|有名|入围|跻身|榜上有名|位列其[中间]|名列其[中间]|获批|获评|获认定|获得认定|列入|纳入|通过认定|脱颖而出|获此殊荣|中选|当选|摘牌|拿下|被认定|被列为|被列入|被确定|被授予|被评为|被纳入|被命名)"
)
_NAMELY = re.compile(
    r"(?:它们|其中|名单|具体|入选者|入选的|这[一二三四五六七八九十几0-9两]+[个家地座]|前者)?(?:分别|依次|主要)?(?:是|为|有|包括|包含|涵盖|含|新增|花落|落子|：)+"
)
_A_LIST = re.compile(
    r"入选|名单|上榜|席|公布|获批|获评|认定|入围|[0-9一二三四五六七八九十两]+(?:个|家|地|座|市|区)|批复|授予|揭晓|包括|新增|花落"
)
_NOT_YET = re.compile(r"争创|申报|申请|争取|力争|拟|有望|鼓励|推动|支持(?!的)|对[^，。；]{0,10}$|到20\d\d年")


def published(scene: Scene) -> None:
    """省工信厅、省科技厅等公布…试点名单: all the bodies of the list issue the programme."""
    for sentence in scene.sentences:
        programmes = [m for m in sentence.mentions if m.label == "Programme"]
        bodies = [m for m in sentence.mentions if m.label == "Institution" and m.kind != "media"]
        if not programmes or not bodies:
            continue
        for programme in programmes[:2]:
            before = [m for m in bodies if m.end <= programme.start]
            if not before:
                continue
            between = scene.text[before[-1].end : programme.start]
            clause = next((c for c in sentence.clauses if c.start <= programme.start < c.end), sentence.clauses[0])
            if (
                len(between) > 40
                or not _PUBLISH.search(between)
                or _NOT_YET.search(between)
                or re.search(r"[。；》]|表示|认为|建议|介绍", between)
                or not scene.real(sentence, clause, programme.start)
            ):
                continue
            for body in scene.together(before[-1], {"Institution"}):
                scene.link("ISSUED_BY", programme, body, SAME_SENTENCE)


def chosen(scene: Scene) -> None:
    """A、B、C入选; 分别是A、B和C; 包括A、B: they bear the title that the sentence, or the one before it, speaks of."""
    if "Programme" not in scene.labels:
        return
    for sentence in scene.sentences:
        programme = _spoken_of(scene, sentence)
        if programme is None or not _A_LIST.search(sentence.text + _before(scene, sentence)):
            continue
        for clause in sentence.clauses:
            if clause.end <= programme.start:
                continue
            row = _row(scene, clause, programme)
            if not row or _NOT_YET.search(scene.text[clause.start : row[0].start]):
                continue
            opening = scene.text[max(clause.start, programme.end) : row[0].start]
            behind = scene.text[row[-1].end : clause.end]
            verb = _CHOSEN.match(behind)
            named = _NAMELY.search(opening) is not None and opening.strip("（(：: ").endswith(
                ("是", "为", "有", "括", "含", "盖", "：", "")
            )
            listed = len(row) > 1 and _NAMELY.fullmatch(opening.strip(" ，")) is not None
            if not (verb or listed or (named and len(row) > 1 and len(opening) <= 10)):
                continue
            if verb and not re.match(r"[，。；！：\s”]|$|(?:首批|第.批|其中|名单|该|这一|了)", behind[verb.end() :]):
                if not any(m.label == "Programme" and m.start >= row[-1].end for m in clause.mentions):
                    continue
                programme_here = next(m for m in clause.mentions if m.label == "Programme" and m.start >= row[-1].end)
                if scene.id(programme_here) != scene.id(programme):
                    continue
            if not scene.real(sentence, clause, row[0].start):
                continue
            for bearer in row:
                scene.link("DESIGNATED_AS", bearer, programme, SAME_CLAUSE if verb else SAME_SENTENCE)


def _spoken_of(scene: Scene, sentence: Sentence) -> Mention | None:
    """The one programme of the sentence, or of the sentence before, where lists of those chosen go on."""
    here = {scene.id(m): m for m in sentence.mentions if m.label == "Programme"}
    if here:
        return next(iter(here.values())) if len(here) == 1 else None
    earlier = [s for s in scene.sentences if s.end <= sentence.start][-2:]
    there = {scene.id(m): m for s in earlier for m in s.mentions if m.label == "Programme"}
    return next(iter(there.values())) if len(there) == 1 else None


def _before(scene: Scene, sentence: Sentence) -> str:
    return "".join(s.text for s in scene.sentences if s.end <= sentence.start)[-80:]


def _row(scene: Scene, clause: Clause, programme: Mention) -> list[Mention]:
    """The list of possible bearers of a clause: that behind the programme, or the one that opens the clause."""
    mentions = [m for m in clause.mentions if m.label in _BEARERS and m.start >= programme.end]
    if not mentions:
        return []
    first = mentions[0]
    labels = PLACES | {"Park"} if first.label in PLACES | {"Park"} else {first.label}
    row = [m for m in scene.together(first, labels) if m.start >= clause.start and m.end <= clause.end]
    return [m for m in row if m.label in _BEARERS]


RULES: tuple[Rule, ...] = (published, chosen)
