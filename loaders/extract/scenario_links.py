"""USES_TECHNOLOGY, UPSTREAM_OF, and the scenarios of a field."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, Rule, Scene
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


def technology(scene: Scene) -> None:
    """智能照明系统采用深度学习、计算机视觉; 某地通过AI风控系统…: what a scenario, a city or a park uses."""
    for sentence, clause in scene.clauses():
        for match in _USES.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()):
                continue
            scenario = next(
                (m for m in reversed(clause.mentions) if m.label == "ApplicationScenario" and m.end <= match.start()),
                None,
            )
            subjects, sure = ([scenario], SAME_CLAUSE) if scenario else scene.subjects(sentence, clause, match.start())
            if not subjects or sure <= CONTEXT or subjects[0].label not in _BY_WHOM:
                continue
            for topic in read_list(scene, match.end(), clause.end, new=False).topics:
                for subject in subjects:
                    if topic.label in {"Technology", "ChainSegment"} and "+" not in topic.name:
                        scene.link("USES_TECHNOLOGY", subject, topic, sure)


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


RULES: tuple[Rule, ...] = (technology, upstream, streams, scenarios)
