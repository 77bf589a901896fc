"""UPSTREAM_OF of components: 上游：A、B under 中游：C; C的核心零部件有A、B; A、B等上游零部件 … C."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import SAME_CLAUSE, SAME_SENTENCE, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["RULES"]

_CHAIN = frozenset({"ChainSegment", "Technology"})
_PARTS = r"(?:(?:上游|核心|关键|基础|主要|重要|高端)的?)+(?:零部件|部件|元器件|零件|元件|组件|器件|原材料|材料|模组|配件|环节)"
_STEP = re.compile(
    r"[\s0-9一二三四五六七八九十.．、（）()●•·*\-—]*(?:产业链)?(?P<where>上游|中游|下游)(?:[\u3400-\u9fff]{0,8})?[:：](?=.)"
)


def steps(scene: Scene) -> None:
    """上游：A、B。 中游：C。 Each in a line or a sentence of its own: A and B feed C."""
    for sentence in scene.sentences:
        match = _STEP.match(scene.text, sentence.start, sentence.end)
        if match is None:
            continue
        found = [m for m in read_list(scene, match.end(), sentence.end, new=False).topics if m.label in _CHAIN]
        found = found or [m for m in scene.inside(match.end(), sentence.end, _CHAIN) if not scene.is_root(m)]
        if match["where"] == "上游":
            scene.memory.upstream = (scene.section, tuple(found))
        elif match["where"] == "中游":
            section, givers = scene.memory.upstream
            if section == scene.section:
                _feed(scene, list(givers), [m for m in found if not scene.is_root(m)], SAME_SENTENCE)
                scene.memory.upstream = (-1, ())


def _feed(scene: Scene, givers: list[Mention], takers: list[Mention], sure: float) -> None:
    for giver in givers:
        for taker in takers:
            if giver.label in _CHAIN and not scene.is_root(giver) and scene.id(giver) != scene.id(taker):
                scene.link("UPSTREAM_OF", giver, taker, sure, basis="stated")


_LISTED = re.compile(rf"(?:(?:等|等等)(?:[\u3400-\u9fff]{{0,4}}?)|为代表的){_PARTS}")
_HAS = re.compile(
    rf"(?:的|所需的?|需要的?|上|产业|[一二两三四五六七八九十几]大)*(?:{_PARTS}|上游|零部件|元器件)(?:，|则|主要|一般|通常|大致|目前)*(?:包括|包含|涵盖|有|如|是|为|例如|：|——|由|离不开)(?:了|：)?"
)
_ARE = re.compile(
    rf"(?:等[\u3400-\u9fff]{{0,6}}?)?(?:均|都|皆|则|既|也|正)*(?:是|为|属于|属|作为|构成|组成)(?:了)?(?P<whose>[^，。；]{{2,16}}?)(?:的|所需的?|最)?(?:{_PARTS}|上游)"
)
_COST = re.compile(
    r"(?:等[\u3400-\u9fff]{0,6}?)?(?:合计|约|就|一般|通常|大约|要)*占(?:据|到|去)?了?(?P<whose>[^，。；]{2,12}?)(?:整机|总|制造|物料|生产|硬件)*成本"
)
_AIM = re.compile(
    r"(?:[将把]|以)(?P<list>[^，。；：]{2,40}?)(?:等[\u3400-\u9fff]{0,6}?)?(?:列为|作为|列入|纳入|确定为|定为)[^，。；]{0,8}?(?:上游|零部件|部件|元器件|卡脖子)"
)
_ATTACK = re.compile(
    rf"(?:攻关|突破|攻克|研制|研发|补齐|补强|发展|引进|培育|布局|推动|实现|支持|聚焦|掌握)(?:了|一批)?(?P<list>[^，。；：]{{2,40}}?)(?:等|等等)(?:[\u3400-\u9fff]{{0,4}}?){_PARTS}"
)
_FOR = re.compile(
    r"(?:是|成为|制约|影响|决定|关系|支撑|满足|用于|应用于|供应|配套|占|推动|拉低|降低|助力|服务)[^，。；]{0,8}?$"
)
_ITS_SAKE = re.compile(
    r"(?:整机|本体|产业|行业)?(?:的)?(?:整机)?(?:降本|量产|成本|国产化|制造|规模化|产业化|性能|发展|落地|整机|配套|商业化|上量|普及|生产|所需|的?瓶颈|的?关键|的?短板|的?核心)"
)


def components(scene: Scene) -> None:
    """What is called an upstream component or a core part feeds the product that the sentence, or its plan, is about."""
    for sentence, clause in scene.clauses(_CHAIN):
        if not re.search(r"上游|零部件|部件|元器件|零件|组件|器件|材料|环节|模组|成本", clause.text):
            continue
        _told(scene, sentence, clause)
        for match in _HAS.finditer(scene.text, clause.start, clause.end):
            whole = next((m for m in clause.mentions if m.end == match.start() and m.label in _CHAIN), None)
            if whole is not None and not scene.is_root(whole) and scene.real(sentence, clause, match.start()):
                given = read_list(scene, match.end(), clause.end, new=True).topics
                _feed(scene, list(given), [whole], SAME_CLAUSE)
        for mention in clause.mentions:
            if mention.label not in _CHAIN:
                continue
            are = _ARE.match(scene.text, mention.end, clause.end) or _COST.match(scene.text, mention.end, clause.end)
            if are is None or not scene.real(sentence, clause, mention.start):
                continue
            whose = scene.inside(are.start("whose"), are.end("whose"), _CHAIN)
            if whose and whose[-1].end == are.end("whose"):
                _feed(scene, scene.together(mention, _CHAIN), whose[-1:], SAME_CLAUSE)


def _told(scene: Scene, sentence: Sentence, clause: Clause) -> None:
    """A、B等上游零部件…，是C降本的关键; 将A、B列为上游攻关重点 in a plan for C; 突破A、B等核心零部件."""
    text = scene.text
    for match in _LISTED.finditer(text, clause.start, clause.end):
        last = next((m for m in reversed(clause.mentions) if m.end <= match.start() and m.label in _CHAIN), None)
        if last is None or match.start() - last.end > 2 or not scene.real(sentence, clause, match.start()):
            continue
        givers = [m for m in scene.together(last, _CHAIN) if m.start >= clause.start]
        if len(givers) > 1 and givers[0].end == givers[1].start:
            givers = givers[1:]  # 机器人减速器、电机: the first is what they are for
        _feed(scene, givers, _taker(scene, sentence, givers[0].start, match.end()), SAME_SENTENCE)
    for pattern in (_AIM, _ATTACK):
        for match in pattern.finditer(text, clause.start, clause.end):
            if scene.real(sentence, clause, match.start()):
                given = [m for m in read_list(scene, *match.span("list"), new=False).topics if m.label in _CHAIN]
                if given:
                    _feed(scene, given, _taker(scene, sentence, given[0].start, match.end()), SAME_SENTENCE)


def _taker(scene: Scene, sentence: Sentence, start: int, end: int) -> list[Mention]:
    """The product right before the list (C的A、B), one that a clause behind says it is for, or that of the plan's title."""
    text = scene.text
    right = [m for m in sentence.mentions if m.end <= start and m.label in _CHAIN and not scene.is_root(m)]
    if right and re.fullmatch(
        r"(?:的|所需的?|用|产业链?的?|整机的?|由|(?:领域|方面|行业|产业)(?:里|中|上)?的?，?)?",
        text[right[-1].end : start],
    ):
        return [right[-1]]
    for mention in sentence.mentions:
        if mention.start >= end and mention.label in _CHAIN and not scene.is_root(mention):
            before = text[max(end, mention.start - 16) : mention.start]
            if _FOR.search(before) and _ITS_SAKE.match(text, mention.end):
                return [mention]
    titles = [m for m in sentence.mentions if m.label == "Policy" and m.end <= start]
    if titles and "计算" not in titles[-1].name:
        named = [c for _, _, c in _products(scene, titles[-1])]
        return named[-1:] if len({scene.id(m) for m in named}) == 1 else []
    return []


def _products(scene: Scene, title: Mention) -> list[tuple[int, int, Mention]]:
    """Segments whose name stands in a title, the longest of those that overlap."""
    found: list[tuple[int, int, Mention]] = []
    for topic in sorted(scene.memory.topics.values(), key=lambda m: -len(m.name)):
        at = title.name.find(topic.name)
        if at < 0 or topic.label != "ChainSegment" or scene.is_root(topic):
            continue
        if all(at >= stop or at + len(topic.name) <= begin for begin, stop, _ in found):
            found.append((at, at + len(topic.name), topic))
    return sorted(found, key=lambda f: f[0])


RULES: tuple[Rule, ...] = (steps, components)
