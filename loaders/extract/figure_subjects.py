"""Of whom a number is stated: the places, bodies, groups and segments that its clause, sentence or heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aikg.loaders.extract.discourse import PLACES, Clause, Discourse, Sentence
from aikg.loaders.extract.mentions import Mention

__all__ = ["Subjects", "coordinated", "subjects_of"]

_WHERE = PLACES | {"Park", "Group"}
_WHO = frozenset({"Company", "University", "Institution", "ComputeCenter", "Programme"})
_WHAT = frozenset({"ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "ChainLayer"})
_ROOT = "segment:人工智能"
_AND = re.compile(r"(?:、|和|与|及|以及|，|（[^）]{0,12}）|\([^)]{0,12}\)|[”“\"]|\s|/|-|—)+")
# What stands before a name that is compared with, or that is the whole of a share or the field of a rank.
_BESIDE_BEFORE = re.compile(
    r"(?:占据?了?|居|位列|名列|位居|排名?|列|较|比|相比|相较于?|高于|低于|超过|多于|少于|相当于|不足|接近|达到|领先|赶超|超越|仅次于|来自|出口|进口|面向|辐射|对标|服务|走向|销往|远销|媲美|同比|约为|领跑|为|是|引领|覆盖|放眼|在)(?:到了?|了|超|约|近|全部)?$"
)
_BESIDE_AFTER = re.compile(r"^(?:的?(?:比重|平均|总量的|总数的|总额的|第[一二三四五六七八九十0-9]|首位|前列|同类|同期|首[个家批座条]|最|领先|一流|唯一|先进|知名|范围|各地|水平|市场份额))")
_REPORTER = re.compile(
    r"^(?:等)?(?:联合)?(?:此前|近日|日前|最新|今日|昨日|[0-9一二三四五六七八九十年月日]{0,8})*(?:的?(?:数据|统计|测算|预测|报告|调查|调研|监测|资料|研究)|发布|公布|印发|出台|表示|介绍|指出|认为|显示|透露|披露|提出|预计|院长|主任|副|教授|首席|专家|研究员|分析师|记者|负责人|有关|相关|总裁|董事长|CEO)"
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
    discourse: Discourse, sentence: Sentence, clause: Clause, start: int, end: int, scope: str | None = None
) -> Subjects:
    """The subjects of the number at `start`..`end`. Empty where nobody is named. `scope` is what it is a share of."""
    text = discourse.passage.text
    own = _usable(text, clause.mentions, clause.start)
    if scope and (at := text.rfind(scope, clause.start, start)) >= 0:
        own = [m for m in own if m.end <= at or m.start >= at + len(scope)]
    before = [m for m in own if m.end <= start]
    topics = _topics(clause.mentions, start, end)
    found = _choose(before, text)
    if found:
        return Subjects(_with(found, topics), 0)
    if found := _of_clauses(text, [c for c in sentence.clauses if c.end <= clause.start]):
        return Subjects(_with(found, topics), 1)
    behind = [m for m in own if m.start >= end and re.match(r".{0,6}(?:位于|分布在|集中在|来自|落户)$", text[end : m.start])]
    if behind:
        return Subjects(_with(behind[:1], topics), 1)
    for other in reversed([s for s in discourse.sentences if s.end <= sentence.start]):
        if found := _of_clauses(text, other.clauses):
            return Subjects(_with(found, topics), 2)
    for heading in reversed(discourse.passage.headings):
        if found := _first(_usable(heading.text, discourse.under(heading), 0), heading.text):
            return Subjects(_with(found, topics), 3)
    if topics:
        return Subjects(tuple(topics), 0)
    background = discourse.background(_WHERE | _WHO)
    if background is not None:
        return Subjects(_with([background], topics), 3)
    things = [m for m in sentence.mentions if m.label in _WHAT and m.end <= start]
    if not things:
        things = [m for heading in reversed(discourse.passage.headings) for m in discourse.under(heading) if m.label in _WHAT]
    return Subjects(tuple(things[:1]), 2) if things else Subjects(())


_LISTED = re.compile(r"(?:包括|如|例如|比如|代表(?:性)?(?:企业|公司|机构)?(?:有|为|包括)|有|以|涌现出?|集聚了?|吸引了?|引进了?|汇聚了?|、|和|与|及)[^，。；：、]{0,6}$")
_OPENING = re.compile(r"^(?:\s|其中|而|但|同时|此外|另外|目前|当前|截至|到|在|据|从|例如|比如|如|作为|对于|根据|相比|不过|然而|近年来|如今|[0-9一二三四五六七八九十年月日底末初—~至-]|[“”（）(),])*$")


def _of_clauses(text: str, clauses: Sequence[Clause]) -> list[Mention]:
    """The subject of the clauses before: of the nearest one that begins with a name, else the first name of all.

    Examples (代表企业有…, 包括…) and the world as a background are no subjects of what follows.
    """
    rest: list[Mention] = []
    for clause in reversed(clauses):
        usable = [
            m
            for m in _usable(text, clause.mentions, clause.start)
            if not (m.label == "Group" and m.name == "全球")
            and not (m.label in _WHO and _LISTED.search(text[max(clause.start, m.start - 14) : m.start]))
        ]
        if usable and _OPENING.match(text[clause.start : usable[0].start]):
            return _first(usable, text)
        rest = usable or rest
    return _first(rest, text)


def _usable(text: str, mentions: Sequence[Mention], floor: int) -> list[Mention]:
    """Mentions that can be a subject: not the whole of a share, not whom a rank is among, not who reports."""
    kept = []
    for mention in mentions:
        if mention.label not in _WHERE and mention.label not in _WHO:
            continue
        before, after = text[max(floor, mention.start - 8) : mention.start], text[mention.end : mention.end + 16]
        if _BESIDE_BEFORE.search(before) and not re.search(r"(?:以及|在)$", before):
            if mention.label in _WHERE:
                continue
        elif before.endswith("在") and _BESIDE_AFTER.match(after):
            continue
        if mention.name in ("中国", "全球") and _BESIDE_AFTER.match(after):
            continue
        if mention.label in _WHO and _REPORTER.match(after):
            continue
        if mention.label in PLACES and _REPORTER.match(after) and re.search(r"^(?:发布|公布|印发|出台|提出)", after) is None:
            continue
        kept.append(mention)
    return kept


def coordinated(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions in runs: 北京、上海和深圳 is one run, what other words part are several."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _AND.fullmatch(text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _nested(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Of 广东深圳, 浙江省杭州市余杭区 only the last: what stands directly behind a place lies in it."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and kept[-1].end == mention.start and kept[-1].label in PLACES and mention.label in PLACES | {"Park"}:
            kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _choose(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Of the names before a number in its clause: the nearest place (with those it is coordinated with) and the first body."""
    where = _nested(text, [m for m in mentions if m.label in _WHERE])
    who = [m for m in mentions if m.label in _WHO]
    chosen = coordinated(text, where)[-1] if where else []
    return [*chosen, *who[:1]]


def _first(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The subject of another clause or sentence: its first name, with those it is coordinated with."""
    if not mentions:
        return []
    runs = coordinated(text, _nested(text, mentions))
    return runs[0]


def _topics(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The segments, technologies and fields that the number is about, without the root of the chain."""
    found = [m for m in mentions if m.label in _WHAT and m.end <= start and m.id != _ROOT]
    return found[-1:]


def _with(found: Sequence[Mention], topics: Sequence[Mention]) -> tuple[Mention, ...]:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in (*found, *topics):
        seen.setdefault((mention.label, mention.name), mention)
    return tuple(seen.values())
