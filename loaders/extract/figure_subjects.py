"""Of whom a number is stated: the places, bodies, groups and segments that its clause, sentence or heading names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aikg.loaders.extract.discourse import PLACES, Clause, Discourse, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.numbers.quantities import Quantity
from aikg.ontology.places import Places

__all__ = ["Subjects", "coordinated", "country", "speaks_for", "subjects_of", "topics_of"]

_WHERE = PLACES | {"Park", "Group"}
_WHO = frozenset({"Company", "University", "Institution", "ComputeCenter", "Programme"})
_WHAT = frozenset({"ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "ChainLayer"})
_ROOT = "segment:人工智能"
_COUNTRY = "country:CN"
_AND = re.compile(r"(?:、|和|与|及|以及|（[^）]{0,12}）|\([^)]{0,12}\)|[”“\"]|\s|/|-|—)+")
# What stands before a name that is compared with, or that is the whole of a share or the field of a rank.
_BESIDE_BEFORE = re.compile(
    r"(?:占据?了?|居|位列|名列|位居|排名?|列|较|比|相比|相较于?|高于|低于|超过|多于|少于|相当于|不足|接近|达到|领先|赶超|超越|仅次于|来自|出口|进口|面向|辐射|对标|服务|走向|销往|远销|媲美|同比|约为|领跑|为|是|引领|覆盖|放眼)(?:到了?|了|超|约|近|全部)?$"
)
_BESIDE_AFTER = re.compile(
    r"^(?:的?(?:比重|平均|总量的|总数的|总额的|排名|排行|第[一二三四五六七八九十0-9]|首位|前列|同类|同期|首[个家批座条部]|最|领先|一流|唯一|先进|知名|范围|各地|水平|市场份额))"
)
_REPORTER = re.compile(
    r"^(?:等)?(?:联合)?(?:此前|近日|日前|最新|今日|昨日|[0-9一二三四五六七八九十年月日]{0,8})*(?:的?(?:数据|统计|测算|预测|报告|调查|调研|监测|资料|研究(?!院|所|中心))|发布|公布|印发|出台|表示|介绍|指出|认为|显示|透露|披露|提出|预计|院长|主任|副|教授|首席|专家|研究员|分析师|记者|负责人|有关|相关负责|总裁|董事长|CEO)"
)
_EXCHANGE = re.compile(r"(?:证券|联合)?(?:交易所|联交所|证交所|上市|主板|科创板|创业板|北交所)")
_LISTED_AT = re.compile(r"(?:主板|科创板|创业板)?(?:挂牌)?上市")
_ISSUES = re.compile(r"(?:等[^，。]{0,6}|联合[^，。]{0,8})?(?:发布|公布|印发|出台|提出|推出|相关负责)")
_NATIONAL = re.compile(
    r"国务院|中共中央|国家(?:发展|发改|网信|互联网|数据局|能源局|知识产权|市场|标准|税务|工业|信息|科技)|工业和信息化部|工信部|科技部|科学技术部"
    r"|发展改革委|发改委|财政部|教育部|商务部|农业农村部|交通运输部|人力资源|中央(?:网信|财政|政府)|自然资源部|住房和城乡"
)
_OFFICE = re.compile(r"(?:厅|局|委|委员会|部|办公室|政府|办|人大|政协|会议|财政|海关|法院|报|社|网|台)$")
_LISTED = re.compile(
    r"(?:包括|如|例如|比如|代表(?:性)?(?:企业|公司|机构)?(?:有|为|包括)|有|以|涌现出?|集聚了?|吸引了?|引进了?|汇聚了?|、|和|与|及)[^，。；：、]{0,6}$"
)
_OPENING = re.compile(
    r"^(?:\s|其中|而|但|同时|此外|另外|目前|当前|截至|到|在|据|从|例如|比如|如|作为|对于|根据|相比|不过|然而|近年来|如今|以|由|[0-9一二三四五六七八九十年月日底末初—~至-]|[“”（）(),，])*$"
)
_ITEMS_END = re.compile(r"^[^，。；：]{0,8}?(?:等|共|等共|共计|共有|这|等这)\s*$")
_LIES_IN = re.compile(r"^\s?[^，。；：]{0,10}?(?:位于|分布在|分布于|集中在|集中于|落户在?|落在|聚集在)(?:了)?$")
_WITH = re.compile(
    r"(?:与|和|及|同|由|携手|联合|采用|搭载|基于|引入|引进|依托|包括|如|像|集聚了?|汇聚了?|吸引了?|有|等|给|向|为|被|、)[^，。；、]{0,3}$"
)
_MEANT = (
    (
        re.compile(
            r"^[\s、，]*(?:目前|据悉|据了解|据介绍|，|该|这个|整个|此外|同时|其中|截至[^，]{0,12}|在|今年|去年|预计|届时|未来|全|[0-9年月底]+)*(?P<noun>小镇|园区|产业园|科技园|开发区|高新区|经开区|新区|集聚区|示范区|基地|科学城|科技城|全园|园内|全岛|岛内|全镇)"
        ),
        frozenset({"Park"}),
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
)
_ANY_PARK = frozenset({"园区", "产业园", "全园", "园内", "基地"})
_CLASSES = frozenset({"集聚区", "示范区", "科技园", "产业园"})
_ZONES = re.compile(
    r"(?:20\d\d年|目前|截至[^，]{0,12}，|近年来，|，|[0-9.%]+的)*(?P<zone>产业集聚区|产业园区|集聚区|开发区|高新区|工业园区|产业集群|头部企业|龙头企业|上市公司|独角兽企业)"
)
_BRACKETS = re.compile(r"（[^（）]{6,80}）|\([^()]{6,80}\)")
_OWNER = re.compile(r"^[”\"]?的(?:是|有)?$")
_HOME = re.compile(r"国内|我国|全国(?!第|首|各|领先|前|最|率先)")
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
) -> Subjects:
    """The subjects of a number. Empty where nobody is named.

    `previous` is the end of the number before in the sentence with its subjects, `unfinished` are the mentions of a
    passage that a page break cut off before this one, `recent` all names before it, latest last, `title` those of the
    document's title.
    """
    text, start, end = discourse.passage.text, quantity.start, quantity.end
    own = _usable(text, clause.mentions, clause.start, places)
    for bracket in _BRACKETS.finditer(text, clause.start, clause.end):
        if not bracket.start() < start < bracket.end():
            own = [
                m for m in own if not bracket.start() < m.start < bracket.end() or bracket.end() - bracket.start() < 3
            ]
    own = _heads(text, own, start)
    if scope := quantity.scope:
        at = text.rfind(scope, clause.start, start)
        own = [m for m in own if at < 0 or m.end <= at or m.start >= at + len(scope)]
    if quantity.unit == "%":
        own = [m for m in own if not re.fullmatch(r"(?:的|约|近|超|超过|\s)*", text[m.end : start]) or m.start >= end]
    if owner := next(
        (m for m in (*own, *clause.mentions) if m.start >= end and _owns(m, text[end : m.start], quantity)),
        None,
    ):
        return Subjects((owner,), 0)
    lies = next((m for m in own if m.start >= end and m.label in _WHERE and _LIES_IN.match(text[end : m.start])), None)
    if lies is not None and quantity.unit != "%":
        return Subjects((lies,), 0)
    if quantity.value_text and quantity.value_text.endswith("大"):
        named = [
            m
            for m in clause.mentions
            if m.label in _WHERE and m.end <= start and re.search(r"(?:成为|作为|是|为)$", text[clause.start : m.start])
        ]
        if named:
            return Subjects((named[-1],), 0)
    before = _without_items(text, [m for m in own if m.end <= start], start, parts=is_part_count(quantity))
    gap = max(clause.start, previous[0] if previous else 0)
    # 上海占49%、浙江占27%: a name between the number before and this one.
    for floor in sorted({gap, clause.start}, reverse=True):
        if found := _choose([m for m in before if m.start >= floor], text, floor):
            return Subjects(tuple(found), 0)
    spoken = text[gap:start]
    if meant := _meant(spoken, recent, discourse, sentence, start, title):
        return Subjects((meant,), 1)
    head = text[sentence.start : start]
    last_named = max(
        (m.end - sentence.start for m in sentence.mentions if m.end <= start and m.label in _WHERE), default=0
    )
    for pattern, labels in _WIDER:
        wider = list(pattern.finditer(head))
        if (
            wider
            and wider[-1].start() >= last_named
            and (wide := next((m for m in reversed(recent) if m.label in labels), None))
        ):
            return Subjects((wide,), 2)
    if (
        (home := _HOME.search(spoken))
        and not _BESIDE_BEFORE.search(spoken[: home.start()])
        and not (scope and home[0] in scope)
        and quantity.unit != "位"
        and not re.match(r"(?:的|约|近|超)*$", spoken[home.end() :])
    ):
        return Subjects((country(),), 0)
    since = previous[0] if previous else sentence.start
    clauses_before = [c for c in sentence.clauses if c.end <= clause.start]
    if previous is not None:
        opened = _of_clauses(text, [c for c in clauses_before if c.start >= since], places, opening=True)
        return Subjects(tuple(opened), 1) if opened else Subjects(previous[1].mentions, max(1, previous[1].distance))
    for earlier in reversed(clauses_before):
        if meant := _meant(earlier.text, recent, discourse, sentence, earlier.start, title):
            return Subjects((meant,), 1)
    if found := _of_clauses(text, clauses_before, places):
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
            for m in _of_clauses(text, other.clauses, places)
            if not m.name.startswith("某") or sentence.text.startswith(("其", "该"))
        ]
        if found:
            return Subjects(tuple(found), 2)
    if rest := [m for m in unfinished if m.label in _WHERE | _WHO]:
        return Subjects((rest[-1],), 2)
    for heading in reversed(discourse.passage.headings):
        if found := _first(_usable(heading.text, discourse.under(heading), 0, places), heading.text):
            return Subjects(tuple(found), 3)
    background = (
        None if discourse.passage.is_heading or is_part_count(quantity) else discourse.background(_WHERE | _WHO)
    )
    if background is not None and not background.name.startswith("某") and not _OFFICE.search(background.name):
        # A report on one town names the country in passing.
        if background.label != "Country":
            return Subjects((background,), 3)
        if not title and (often := _most_named(recent)) is not None:
            return Subjects((often,), 3)
        if not title or title[0].label == "Country":
            return Subjects((background,), 3)
    if title:
        return Subjects((title[0],), 3)
    if zones := _ZONES.match(sentence.text):
        at = sentence.start + zones.start("zone")
        return Subjects((Mention(at, at + len(zones["zone"]), "Group", zones["zone"], confidence=0.7),), 2)
    if not things:
        things = [m for m in sentence.mentions if m.label in _WHAT]
    if not things:
        things = [
            m for heading in reversed(discourse.passage.headings) for m in discourse.under(heading) if m.label in _WHAT
        ]
    return Subjects(tuple(things[:1]), 2) if things else Subjects(())


_DOES = re.compile(r"[^，。；：、]{0,14}的$")


def _heads(text: str, mentions: list[Mention], start: int) -> list[Mention]:
    """Without what only describes the next name: of 佛山的美的集团, 某区联合深圳共建的科技园 the name behind 的."""
    before = [m for m in mentions if m.end <= start]
    gone = set()
    for index in range(len(before) - 1, 0, -1):
        first, second = before[index - 1], before[index]
        if _DOES.fullmatch(text[first.end : second.start]) and not (
            second.label in PLACES and first.label not in PLACES
        ):
            gone.add(index - 1)
        elif index in gone and _COORDINATED_WITH.fullmatch(text[first.end : second.start]):
            gone.add(index - 1)  # 甲联合乙共建的园区
    return [m for index, m in enumerate(before) if index not in gone] + [m for m in mentions if m.end > start]


_COORDINATED_WITH = re.compile(r"(?:联合|携手|与|和|、|会同|牵手)?")


def _owns(mention: Mention, between: str, quantity: Quantity) -> bool:
    """人口超千万的成都, 排名第三的是机器视觉; of 80%的AI企业 the noun behind is what is counted, and no owner."""
    if mention.label in _WHAT or quantity.unit == "%":
        return between in ("的是", "的为")
    return mention.label in _WHERE | _WHO and _OWNER.match(between) is not None


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
            if any(m.label in _WHERE and m.end <= start for m in sentence.mentions) and those:
                return those[-1] if those[-1] in sentence.mentions else None
            return those[-1] if those else None
    return None


def _most_named(recent: Sequence[Mention]) -> Mention | None:
    """The place that a text names again and again, where its title names none."""
    counts = Counter(m.name for m in recent if m.label in PLACES and m.label not in ("Country", "Region"))
    first = counts.most_common(2)
    if not first or first[0][1] < 3 or (len(first) > 1 and first[1][1] * 2 > first[0][1]):
        return None
    return next(m for m in reversed(recent) if m.name == first[0][0] and m.label in PLACES)


def country() -> Mention:
    """China, where the text says only 国内 or counts 省份."""
    return Mention(0, 0, "Country", "中国", _COUNTRY, None, confidence=0.7)


def _without_items(text: str, mentions: list[Mention], start: int, *, parts: bool = False) -> list[Mention]:
    """Without the list that a count sums up: 广州、深圳等九个城市."""
    if parts and mentions and not text[mentions[-1].end : start].strip("等这"):
        runs = coordinated(text, mentions)
        if len(runs[-1]) > 1:  # 东部、中部和西部三大区域
            return mentions[: len(mentions) - len(runs[-1])]
    if not mentions or not _ITEMS_END.match(text[mentions[-1].end : start]):
        return mentions
    if not re.search(r"(?:等|共|共计|这)\s*$", text[max(0, start - 6) : start]):
        return mentions
    at = len(mentions) - 1
    while at > 0 and re.fullmatch(
        r"(?:、|和|与|及|以及|[^，。；：]{0,12}[、和])", text[mentions[at - 1].end : mentions[at].start]
    ):
        at -= 1
    listed = len(mentions) - at > 1 or "、" in text[max(0, mentions[-1].start - 1) : start]
    return mentions[:at] if listed else mentions


def _of_clauses(text: str, clauses: Sequence[Clause], places: Places, *, opening: bool = False) -> list[Mention]:
    """The subject of the clauses before: of the nearest one that begins with a name, else (not with `opening`) the
    first name of all. Examples (代表企业有…, 包括…) and the world as a background are no subjects of what follows.
    """
    rest: list[Mention] = []
    for clause in reversed(clauses):
        named = _usable(text, clause.mentions, clause.start, places)
        usable = [
            m
            for m in _heads(text, named, clause.end)
            if not (m.label == "Group" and m.name == "全球")
            and not (m.label in _WHO and _LISTED.search(text[max(clause.start, m.start - 14) : m.start]))
        ]
        if usable and _OPENING.match(text[clause.start : min(named[0].start, usable[0].start)]):
            return _first(usable, text)
        rest = usable or rest
    return [] if opening else _first(rest, text)


def _usable(text: str, mentions: Sequence[Mention], floor: int, places: Places) -> list[Mention]:
    """Mentions that can be a subject: not the whole of a share, not whom a rank is among, not who reports. An office
    speaks for its place.
    """
    kept = []
    for mention in mentions:
        if mention.label not in _WHERE and mention.label not in _WHO:
            continue
        before, after = text[max(floor, mention.start - 8) : mention.start], text[mention.end : mention.end + 16]
        if mention.label in _WHERE:
            if _BESIDE_BEFORE.search(before) and not before.endswith("作为"):
                continue
            if before.endswith("作为") and re.match(r"的|重要|唯一|最|首|核心|中心|主要", after):
                continue
            if (before.endswith("在") or mention.name in ("中国", "全球")) and _BESIDE_AFTER.match(after):
                continue
            if _EXCHANGE.match(after):
                continue
            if (
                mention.label in PLACES
                and _REPORTER.match(after)
                and _ISSUES.match(after) is None
            ):
                continue
        elif mention.label == "Institution" and _NATIONAL.match(mention.name):
            if _REPORTER.match(after) and not _ISSUES.match(after):
                continue
            mention = country()
        elif mention.label == "Institution" and _OFFICE.search(mention.name):
            place = speaks_for(mention, places)
            if place is None or not text.startswith(place.name[:2], mention.start):
                continue
            mention = place
        elif _REPORTER.match(after) or _LISTED_AT.match(after):
            continue
        kept.append(mention)
    return kept


def speaks_for(mention: Mention, places: Places) -> Mention | None:
    """The place of an office (浙江省经信厅 → 浙江省), the mention itself where it is none, None for one without a place."""
    if mention.label != "Institution":
        return mention
    if _NATIONAL.match(mention.name):
        return country()
    if not _OFFICE.search(mention.name):
        return mention
    leading = places.leading(mention.name)
    if leading is None:
        return None
    place = leading[0]
    return Mention(mention.start, mention.end, place.label, place.name, place.id, place, confidence=0.75)


def coordinated(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions in runs: 北京、上海和深圳 is one run, what other words part are several."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _AND.fullmatch(text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _nested(mentions: Sequence[Mention]) -> list[Mention]:
    """Of 广东深圳, 浙江省杭州市余杭区 only the last: what stands directly behind a place lies in it."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and kept[-1].end == mention.start and kept[-1].label in PLACES and mention.label in PLACES | {"Park"}:
            kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _choose(mentions: Sequence[Mention], text: str, floor: int) -> list[Mention]:
    """Of the names before a number in its clause: the one that opens it, else the nearest place, each with those it is
    coordinated with; and the first body.
    """
    where = coordinated(text, _nested([m for m in mentions if m.label in _WHERE]))
    who = coordinated(text, [m for m in mentions if m.label in _WHO])
    chosen: list[Mention] = []
    if where:
        chosen = (
            where[0] if _OPENING.match(text[floor : where[0][0].start]) and where[0][0].label != "Group" else where[-1]
        )
    if who and _OPENING.match(text[floor : who[0][0].start].lstrip("、，和及")):
        chosen = [*chosen, *who[0]]
    elif (
        who
        and not chosen
        and len(who[-1]) == 1
        and not _WITH.search(text[max(floor, who[-1][0].start - 8) : who[-1][0].start])
    ):
        chosen = who[-1]
    return chosen


def _first(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The subject of another clause or sentence: its first name, with those it is coordinated with."""
    return coordinated(text, _nested(mentions))[0] if mentions else []
