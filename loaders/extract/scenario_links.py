"""USES_TECHNOLOGY, UPSTREAM_OF, and the scenarios of a field."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.memory import TOPICS
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import ACTORS, CONTEXT, SAME_CLAUSE, SAME_SENTENCE, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["RULES"]

_USES = re.compile(
    r"(?:通过|利用|运用|采用|应用|引入|借助|基于|依托|使用|部署|结合|涉及|融合|搭载|以(?=[^，。]{2,40}(?:为支撑|为基础|为核心|技术为)))(?:了|着|到)?"
)
_BY_WHOM = frozenset({"ApplicationScenario", "City", "Park"})
_FEEDS = re.compile(
    r"(?:能够|可以?|主要|负责|均|都)*为(?P<to>[^，。；]{2,30}?)(?:提供|奠定|筑牢|夯实)[^，。；]{0,12}(?:支撑|基础|底座|算力|保障|动力|能力|数据|服务|原料|部件|动能)"
)
_UPSTREAM = re.compile(r"(?:处于|位于|是|属于|为)(?P<to>[^，。；]{2,24}?)(?:产业链?)?的?(?:最)?上游")
_BASE = re.compile(
    r"(?:是|作为)(?P<to>[^，。；]{2,24}?)(?:发展)?的(?:重要|核心|关键|底层|物理|算力|数据)*(?:基础|底座|基石|支撑|关键部件|核心部件|核心零部件|核心器件|原材料)"
)
_DOWN = re.compile(r"(?:下游|中游)的?(?P<to>[^，。；下]{2,40}?)(?=和下游|等|提供|供应|，|。|；|$)")
_CHAIN = frozenset({"ChainSegment", "Technology", "ChainLayer"})


# What a topic must be called to use something: a system, a machine, a place of work.
_USER_NAME = re.compile(
    r"(?:系统|机器人|平台|工厂|设备|大脑|助手|终端|装置|车辆?|顾问|客服|营销|医生|教师|商店|社区|门禁)$"
)
_USERS = frozenset({"ApplicationScenario", "ApplicationField"})
_THIS = re.compile(
    r"(?:该|此|这)(?:类|一|种|些)?(?:系统|技术|环节|机器人|场景|平台|产品|设备|领域|类|模式)|其(?=[利运采应通基])"
)


def technology(scene: Scene) -> None:
    """智能照明系统采用深度学习、计算机视觉; 某地通过AI风控系统…: what a scenario, a city or a park uses."""
    for sentence, clause in scene.clauses(_CHAIN):
        for match in _USES.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()):
                continue
            user, sure = _user(scene, sentence, clause, match.start())
            subjects = [user] if user is not None else []
            if user is None:
                subjects, sure = scene.subjects(sentence, clause, match.start())
            if not subjects or sure <= CONTEXT or (user is None and subjects[0].label not in _BY_WHOM):
                continue
            for topic in read_list(scene, match.end(), clause.end, new=False).topics:
                for subject in subjects:
                    if topic.label in {"Technology", "ChainSegment"} and "+" not in topic.name:
                        scene.link("USES_TECHNOLOGY", subject, topic, sure)
    _in_use(scene)


def _user(scene: Scene, sentence: Sentence, clause: Clause, cue: int) -> tuple[Mention | None, float]:
    """The scenario or system that a verb of using belongs to: before it in the clause, or what the sentence opens with."""
    own = [m for m in clause.mentions if m.end <= cue and _uses(m)]
    if own:
        return own[-1], SAME_CLAUSE
    if any(m.label in ACTORS and not scene.is_everywhere(m) and m.end <= cue for m in clause.mentions):
        return None, CONTEXT
    opening = [m for m in sentence.mentions if m.end <= clause.start and (_uses(m) or m.label in ACTORS)]
    if opening and _uses(opening[0]) and opening[0].start - sentence.start <= 12:
        return opening[0], SAME_SENTENCE
    if _THIS.match(clause.text):
        earlier = [m for m in scene.mentions if m.end <= clause.start and _uses(m)]
        if earlier:
            return earlier[-1], SAME_SENTENCE
    return None, CONTEXT


def _uses(mention: Mention) -> bool:
    return mention.label in _USERS or (mention.label == "ChainSegment" and _USER_NAME.search(mention.name) is not None)


_USED_IN = re.compile(
    r"在(?P<list>[^，。；：]{2,40}?)(?:等[^，。；、]{0,4}?)?(?P<kind>场景|领域|环节|行业)?(?:中|内|上|里)?的?(?:广泛|深度|规模化|创新|成功)*(?:应用|使用|落地|部署)"
)

_TOOL_ENDS = re.compile(r"(?:技术|系统|平台|方案|产品)?(?:的|主要|已|可|正|均)*")


def _in_use(scene: Scene) -> None:
    """AI在远程监控等场景中的应用, 数字孪生平台在某园区的应用: the scenarios and parks named behind 在 use it."""
    for sentence, clause in scene.clauses():
        for match in _USED_IN.finditer(scene.text, clause.start, clause.end):
            tools = [m for m in clause.mentions if m.end <= match.start() and m.label in {"Technology", "ChainSegment"}]
            if not tools or not scene.real(sentence, clause, match.start()):
                continue
            if not _TOOL_ENDS.fullmatch(scene.text[tools[-1].end : match.start()]):
                continue
            for user in scene.inside(match.start("list"), match.end("list"), {"ApplicationScenario", "Park", "City"}):
                for tool in scene.together(tools[-1], {"Technology", "ChainSegment"}):
                    scene.link("USES_TECHNOLOGY", user, tool, SAME_CLAUSE)


def upstream(scene: Scene) -> None:
    """A为B提供算力支撑; A处于B的上游; A是B的基础."""
    for sentence, clause in scene.clauses():
        for pattern in (_FEEDS, _UPSTREAM, _BASE):
            for match in pattern.finditer(scene.text, clause.start, clause.end):
                if not scene.real(sentence, clause, match.start()):
                    continue
                givers = [m for m in clause.mentions if m.end <= match.start() and m.label in _CHAIN]
                takers = [
                    m
                    for m in scene.inside(match.start("to"), match.end("to"))
                    if m.label in _CHAIN | {"ApplicationField"}
                ]
                if not givers or not takers:
                    continue
                if not re.fullmatch(
                    r"(?:产业|技术|领域|等|则|主要|[\s、，])*", scene.text[givers[-1].end : match.start()]
                ):
                    continue
                for giver in scene.together(givers[-1], _CHAIN):
                    for taker in takers:
                        if not scene.is_root(giver):
                            scene.link("UPSTREAM_OF", giver, taker, SAME_CLAUSE, basis="stated")


def streams(scene: Scene) -> None:
    """A处于产业链上游，向…下游的B、C…: who is said to stand upstream feeds what the sentence names downstream."""
    for sentence in scene.sentences:
        giver = None
        for clause in sentence.clauses:
            up = re.search(r"(?:处于|位于|属于|是)[^，。；]{0,10}上游", clause.text)
            if up is not None and scene.real(sentence, clause, clause.start + up.start()):
                before = [m for m in clause.mentions if m.end <= clause.start + up.start() and m.label in _CHAIN]
                giver = before[-1] if before else giver
            if giver is None:
                continue
            for match in _DOWN.finditer(clause.text):
                found = scene.inside(
                    clause.start + match.start("to"), clause.start + match.end("to"), _CHAIN | {"ApplicationField"}
                )
                for taker in found:
                    scene.link("UPSTREAM_OF", giver, taker, SAME_SENTENCE, basis="stated")


_FIELD_OF = re.compile(r"(?:场景|应用)(?:主要)?(?:有|包括|包含|涵盖|如|为)|(?:落地|应用)于")


def scenarios(scene: Scene) -> None:
    """The scenarios that a sentence lists belong to the field that it opens with."""
    for sentence, clause in scene.clauses():
        for match in _FIELD_OF.finditer(scene.text, clause.start, clause.end):
            fields = [m for m in clause.mentions if m.label == "ApplicationField" and m.end <= match.start()]
            if not fields or not scene.real(sentence, clause, match.start()):
                continue
            for topic in read_list(scene, match.end(), clause.end, new=False).topics:
                scene.link("PART_OF", topic, fields[-1], SAME_SENTENCE)
    for mention in scene.mentions:
        if mention.label != "ApplicationScenario":
            continue
        before = [m for m in scene.mentions if m.end == mention.start and m.label in PLACES]
        for place in before:
            scene.link("LOCATED_IN", mention, place, SAME_CLAUSE)


_STAGE = re.compile(r"(?:成熟|新兴|未来|典型|重点|主要|示范|落地)?的?(?:人工智能|AI)?(?:应用)?场景(?:分析)?")
_ABOUT_USE = re.compile(r"场景|应用")


def under_headings(scene: Scene) -> None:
    """智能制造 › 成熟场景: the scenarios told under a heading belong to the field that it, or the one above it, names."""
    if scene.discourse.passage.is_heading or (whole := _field_above(scene)) is None:
        return
    kind = whole.name[-3:]
    for mention in scene.mentions:
        alike = mention.label == "ChainSegment" and len(kind) == 3 and mention.name.endswith(kind)
        if (mention.label == "ApplicationScenario" or alike) and scene.id(mention) != scene.id(whole):
            scene.link("PART_OF", mention, whole, CONTEXT)


def _field_above(scene: Scene) -> Mention | None:
    headings = scene.discourse.passage.headings
    if not headings:
        return None
    if _STAGE.fullmatch(headings[-1].text) and len(headings) > 1:
        named = [m for m in scene.discourse.under(headings[-2]) if m.label in TOPICS]
        whole = len(named) == 1 and named[0].end - named[0].start >= len(headings[-2].text) - 2
        return named[0] if whole and not scene.is_root(named[0]) else None
    if any(_ABOUT_USE.search(h.text) for h in headings[:-1]):
        named = [m for m in scene.discourse.under(headings[-1]) if m.label in {"Industry", "ApplicationField"}]
        return named[0] if len(named) == 1 and named[0].start == 0 else None
    return None


RULES: tuple[Rule, ...] = (technology, upstream, streams, scenarios, under_headings)
