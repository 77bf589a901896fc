"""Of whom a number is stated: the places, bodies, groups and segments that its clause, sentence or heading names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aikg.loaders.extract.discourse import PLACES, Clause, Discourse, Sentence
from aikg.loaders.extract.figure_names import (
    BESIDE_BEFORE,
    OFFICE,
    WHERE,
    WHO,
    choose,
    country,
    first,
    heads,
    main_clauses,
    of_clauses,
    usable,
    without_items,
)
from aikg.loaders.extract.figure_projects import item_line, of_project
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.numbers.quantities import Quantity
from aikg.ontology.places import Places

__all__ = ["Subjects", "is_part_count", "subjects_of", "topics_of"]

_WHAT = frozenset({"ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "ChainLayer"})
_ROOT = "segment:人工智能"
_LIES_IN = re.compile(r"^\s?[^，。；：]{0,10}?(?:位于|分布在|分布于|集中在|集中于|落户在?|落在|聚集在)(?:了)?$")
_MEANT = (
    (
        re.compile(
            r"^[\s、，]*(?:目前|据悉|据了解|据介绍|，|该|这个|整个|此外|同时|其中|截至[^，]{0,12}|在|今年|去年|预计|届时|未来|全|[0-9年月底]+)*(?P<noun>小镇|园区|产业园|科技园|开发区|高新区|经开区|新区|集聚区|示范区|基地|科学城|科技城|全园|园内|全岛|岛内|全镇)"
        ),
        frozenset({"Park"}),
    ),
    (
        re.compile(
            r"^[\s、，]*(?:目前|据悉|据介绍|，|该|同时|其中|今年|去年|近年来|[0-9年月底]+)*(?P<noun>新区|开发区|高新区|经开区)"
        ),
        frozenset({"District"}),
    ),
    (
        re.compile(
            r"^[\s、，]*(?:目前|据悉|据了解|据介绍|，|该|本|此外|同时|其中|截至[^，]{0,12}|今年|去年|[0-9年月底]+)*(?P<noun>公司|集团|(?<=[该本])企业)(?![数家规总的])"
        ),
        frozenset({"Company"}),
    ),
    (
        re.compile(
            r"^[\s、，]*(?:目前|据悉|据了解|据介绍|，|该|此外|同时|其中|截至[^，]{0,12}|[0-9年月底]+)*(?P<noun>智算中心|算力中心|计算中心|超算中心|数据中心|该中心|中心(?=[一二三首]期|总|规划|建成|算力|已|占地|可))"
        ),
        frozenset({"ComputeCenter"}),
    ),
    (
        re.compile(
            r"^[\s、，]*(?:目前|据悉|据了解|据介绍|，|同时|其中|截至[^，]{0,12}|[0-9年月底]+)*(?:该|这家)?(?P<noun>(?<=[该家])中心|创新中心|研究院|实验室|研究中心|学院)(?!数|的)"
        ),
        frozenset({"Institution", "University"}),
    ),
)
_BUILT = frozenset({"Park", "ComputeCenter", "Programme"})
_ANY_PARK = frozenset({"园区", "产业园", "全园", "园内", "基地"})
_CLASSES = frozenset({"集聚区", "示范区", "科技园", "产业园"})
_ZONES = re.compile(
    r"(?:20\d\d年|目前|截至[^，]{0,12}，|近年来，|，|[0-9.%]+的)*(?P<zone>产业集聚区|产业园区|集聚区|开发区|高新区|工业园区|产业集群|头部企业|龙头企业|上市公司|独角兽企业)"
)
_BRACKETS = re.compile(r"（[^（）]{6,80}）|\([^()]{6,80}\)")
_OWNER = re.compile(r"^[”\"]?的(?:是|有)?[“\"《]?$")
# 总投资80亿元、占地约600亩的“某某谷”: other numbers of the same thing stand between.
_OWNER_OF_ALL = re.compile(
    r"^(?:[、，和及且][^，。；、的]{0,12}[0-9一二三四五六七八九十百千万亿][^，。；、的]{0,8}){1,4}的[“\"《]?$"
)
_HOME = re.compile(
    r"国内(?!市占|市场占|市场份|占有率|首|领先|排名|第|同类|唯一|营收|收入|出货|订单|销)|中央财政|地方政府配套|我国|全国(?!第|首|各|领先|前|最|率先)"
)
_WIDER = (
    (re.compile(r"全省|我省|该省|省内"), frozenset({"Province"})),
    (re.compile(r"全市|我市|该市|市内"), frozenset({"City"})),
    (re.compile(r"全区|我区|该区"), frozenset({"District", "Park"})),
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The mentions an OBSERVED edge is made from, and how far away they were found: clause, sentence, paragraph, heading."""

    mentions: tuple[Mention, ...]
    distance: int = 0

    @property
    def place(self) -> Mention | None:
        return next((m for m in self.mentions if m.label in PLACES), None)


def subjects_of(
    discourse: Discourse,
    sentence: Sentence,
    clause: Clause,
    quantity: Quantity,
    places: Places,
    previous: tuple[int, Subjects] | None = None,
    unfinished: Sequence[Mention] = (),
    recent: Sequence[Mention] = (),
    title: Sequence[Mention] = (),
    project: Mention | None = None,
) -> Subjects:
    """The subjects of a number. Empty where nobody is named.

    `previous` is the end of the number before in the sentence with its subjects, `unfinished` are the mentions of a
    passage that a page break cut off before this one, `recent` all names before it, latest last, `title` those of the
    document's title, `project` is the firm whose project the document studies.
    """
    text, start, end = discourse.passage.text, quantity.start, quantity.end
    if (item := item_line(text, discourse.mentions)) and start >= item[0]:
        return Subjects((item[1],) if item[1] is not None else (), 1)
    own = usable(text, clause.mentions, clause.start, places)
    for bracket in _BRACKETS.finditer(text, clause.start, clause.end):
        if not bracket.start() < start < bracket.end():
            own = [
                m for m in own if not bracket.start() < m.start < bracket.end() or bracket.end() - bracket.start() < 3
            ]
    own = heads(text, own, start)
    if scope := quantity.scope:
        at = text.rfind(scope, clause.start, start)
        own = [m for m in own if at < 0 or m.end <= at or m.start >= at + len(scope)]
    if quantity.unit == "%":
        own = [
            m
            for m in own
            if m.start >= end
            or re.search(r"占|达|为|有", quantity.raw)
            or not re.fullmatch(r"(?:的|约|近|超|超过|\s)*", text[m.end : start])
        ]
    if owner := next(
        (
            m
            for m in (*own, *clause.mentions, *sentence.mentions)
            if m.start >= end and _owns(m, text[end : m.start], quantity)
        ),
        None,
    ):
        return Subjects((owner,), 0)
    lies = next((m for m in own if m.start >= end and m.label in WHERE and _LIES_IN.match(text[end : m.start])), None)
    if lies is not None and quantity.unit != "%":
        return Subjects((lies,), 0)
    if quantity.value_text and quantity.value_text.endswith("大"):
        named = [
            m
            for m in clause.mentions
            if m.label in WHERE
            and m.end <= start
            and re.search(r"(?:成为|作为|是|(?<!分)为)$", text[clause.start : m.start])
        ]
        if named:
            return Subjects((named[-1],), 0)
    before = without_items(text, [m for m in own if m.end <= start], start, parts=is_part_count(quantity))
    gap = max(clause.start, previous[0] if previous else 0)
    # 上海占49%、浙江占27%: a name between the number before and this one.
    for floor in sorted({gap, clause.start}, reverse=True):
        if found := choose([m for m in before if m.start >= floor], text, floor):
            return Subjects(tuple(found), 0)
    spoken = text[gap:start]
    if meant := _meant(spoken, recent, discourse, sentence, start, title):
        return Subjects((meant,), 1)
    head = text[sentence.start : start]
    last_named = max(
        (m.end - sentence.start for m in sentence.mentions if m.end <= start and m.label in WHERE), default=0
    )
    for pattern, labels in _WIDER:
        wider = [m for m in pattern.finditer(head) if not BESIDE_BEFORE.search(head[: m.start()])]
        if (
            wider
            and wider[-1].start() >= last_named
            and (wide := next((m for m in reversed(recent) if m.label in labels), None))
        ):
            return Subjects((wide,), 2)
    if (
        (home := _HOME.search(spoken))
        and not BESIDE_BEFORE.search(spoken[: home.start()])
        and not (scope and home[0] in scope)
        and quantity.unit != "位"
        and not re.match(r"(?:的|约|近|超)*$", spoken[home.end() :])
    ):
        return Subjects((country(),), 0)
    since = previous[0] if previous else sentence.start
    clauses_before = [c for c in sentence.clauses if c.end <= clause.start]
    if previous is not None:
        opened = of_clauses(text, [c for c in clauses_before if c.start >= since], places, opening=True)
        return Subjects(tuple(opened), 1) if opened else Subjects(previous[1].mentions, max(1, previous[1].distance))
    for earlier in reversed(clauses_before):
        if meant := _meant(earlier.text, recent, discourse, sentence, earlier.start, title):
            return Subjects((meant,), 1)
    if found := of_clauses(text, clauses_before, places):
        return Subjects(tuple(found), 1)
    if lies is not None:
        return Subjects((lies,), 0)
    things = [m for m in sentence.mentions if m.label in _WHAT and m.end <= start]
    if things and is_part_count(quantity):
        return Subjects((things[0],), 1)
    for other in reversed([s for s in discourse.sentences if s.end <= sentence.start]):
        # 某企业 is an example and no subject of what another sentence says.
        found = [
            m
            for m in of_clauses(text, main_clauses(other.clauses), places)
            if not m.name.startswith("某") or sentence.text.startswith(("其", "该"))
        ]
        if found:
            return Subjects(tuple(found), 2)
    if rest := [m for m in unfinished if m.label in WHERE | WHO]:
        return Subjects((rest[-1],), 2)
    for heading in reversed(discourse.passage.headings):
        if found := first(usable(heading.text, discourse.under(heading), 0, places), heading.text):
            return Subjects(tuple(found), 3)
    if project is not None and of_project(discourse, sentence):
        return Subjects((project,), 3)
    background = None if discourse.passage.is_heading or is_part_count(quantity) else discourse.background(WHERE | WHO)
    if background is not None and not background.name.startswith("某") and not OFFICE.search(background.name):
        # A report on one town names the country in passing.
        if background.label != "Country":
            return Subjects((background,), 3)
        if not title and (often := _most_named(recent)) is not None:
            return Subjects((often,), 3)
        if not title or title[0].label == "Country":
            return Subjects((background,), 3)
    if title:
        return Subjects((title[0],), 3)
    for said in reversed([other for other in discourse.sentences if other.start <= sentence.start]):
        if zones := _ZONES.match(said.text):
            at = said.start + zones.start("zone")
            return Subjects((Mention(at, at + len(zones["zone"]), "Group", zones["zone"], confidence=0.7),), 2)
    if not things:
        things = [
            m for heading in reversed(discourse.passage.headings) for m in discourse.under(heading) if m.label in _WHAT
        ] or [m for m in sentence.mentions if m.label in _WHAT]
    return Subjects(tuple(things[:1]), 2) if things else Subjects(())


def _owns(mention: Mention, between: str, quantity: Quantity) -> bool:
    """人口超千万的成都, 排名第三的是机器视觉; of 80%的AI企业 the noun behind is what is counted, and no owner."""
    if mention.label in _WHAT or quantity.unit == "%":
        return between in ("的是", "的为")
    if mention.label not in WHERE | WHO:
        return False
    return bool(_OWNER.match(between) or (mention.label in _BUILT and _OWNER_OF_ALL.match(between)))


def is_part_count(quantity: Quantity) -> bool:
    """三大要素, 四个阶段: a count of parts, which belongs to what is spoken of and not to a place far above."""
    return (
        quantity.currency is None
        and bool(quantity.value_text)
        and quantity.unit in ("个", "种", "类", "层", "阶段", "步")
    )


def topics_of(discourse: Discourse, sentence: Sentence, clause: Clause, wording: str, start: int) -> list[Mention]:
    """The segments and fields that the wording names, or that the clause before introduces and 其 takes up."""
    text = discourse.passage.text
    own = [m for m in clause.mentions if m.label in _WHAT and m.id != _ROOT]
    found = [m for m in own if text[m.start : m.end] in wording]
    programmes = [m for m in clause.mentions if m.label == "Programme"]
    if found or programmes:
        return [*found[-2:], *programmes[:1]]
    earlier = [c for c in sentence.clauses if c.end <= clause.start][-1:]
    last = [m for c in earlier for m in c.mentions if m.label in _WHAT and m.id != _ROOT][-1:]
    if not last or own:
        return []
    introduced = re.search(r"(?:是|为)$", text[earlier[0].start : last[0].start])
    taken_up = re.match(r"\s*(?:其(?!中|次|他)|该)", text[clause.start : start])
    return last if introduced or taken_up else []


def _meant(
    spoken: str,
    recent: Sequence[Mention],
    discourse: Discourse,
    sentence: Sentence,
    start: int,
    title: Sequence[Mention] = (),
) -> Mention | None:
    """小镇已签约…, 园区年产值…, 公司去年…: the last thing of that kind; of a park that a paragraph opens with, that one."""
    for pattern, labels in _MEANT:
        if match := pattern.match(spoken):
            noun = match["noun"]
            those = [m for m in recent if m.label in labels]
            if noun in _ANY_PARK:
                if title and title[0].label in labels:
                    return title[0]
                opener = next(iter(discourse.mentions), None)
                if opener is not None and opener.label in labels and opener.start <= 4 and opener.end <= start:
                    return opener
            alike = [m for m in those if m.name.endswith(noun)]
            if alike and (noun not in _CLASSES or alike[-1] in sentence.mentions):
                return alike[-1]
            # 长三角以制造为主，集聚区内企业…: the place of the sentence is nearer than a park far above.
            if any(m.label in WHERE and m.end <= start for m in sentence.mentions) and those:
                return those[-1] if those[-1] in sentence.mentions else None
            if those:
                return those[-1]
    return None


def _most_named(recent: Sequence[Mention]) -> Mention | None:
    """The place that a text names again and again, where its title names none."""
    counts = Counter(m.name for m in recent if m.label in PLACES and m.label not in ("Country", "Region"))
    first = counts.most_common(2)
    if not first or first[0][1] < 3 or (len(first) > 1 and first[1][1] * 2 > first[0][1]):
        return None
    return next(m for m in reversed(recent) if m.name == first[0][0] and m.label in PLACES)
