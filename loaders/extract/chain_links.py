"""UPSTREAM_OF where a text goes through a chain: 上游包括…，中游为…，下游应用于…."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import SAME_CLAUSE, SAME_SENTENCE, TOPICS, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["RULES"]

_CHAIN = frozenset({"ChainSegment", "Technology"})
_FIELDS = _CHAIN | {"ApplicationField"}
_TELLS = "包括|包含|涵盖|涉及|覆盖|囊括|汇集|集中于?|集中在|主要|大多|多|是|为|有|指|即|由|以|则|如|的|对应|依赖于?|离不开|来自|连接|对接|面向|服务于?|应用于?|应用在|应用场景|应用|用于|广泛|延伸至|延伸到|通往|落在|落地于?|分布在|供给|供应|供应商|原材料|原料|零部件|核心|关键|基础|环节|领域|企业|产业|市场|需求|端|层|部分|：|:|——|环节主要|客户"
_PLACE_IN_CHAIN = re.compile(rf"(?P<where>上游|中游|下游)(?:{_TELLS})*")


def streams_told(scene: Scene) -> None:
    """X的上游是A、B，下游面向C、D: what stands upstream feeds X, and X feeds what stands downstream."""
    for sentence in scene.sentences:
        if "上游" not in sentence.text and "下游" not in sentence.text:
            continue
        for clause in sentence.clauses:
            for match in _PLACE_IN_CHAIN.finditer(scene.text, clause.start, clause.end):
                if match["where"] == "中游" or not scene.real(sentence, clause, match.start()):
                    continue
                if re.search(
                    r"(?:处于|位于|属于|处在|居于|最|在|沿|向|和|与|、|对接|延伸至?|打通|整合|服务)$",
                    scene.text[clause.start : match.start()],
                ):
                    continue
                if match.end() == match.end("where"):
                    continue  # nothing tells what stands there
                whole = _whole(scene, sentence, match.start())
                if whole is None:
                    continue
                end = _until(scene, clause, match.end())
                for one in _listed(scene, match.end(), end):
                    if scene.id(one) == scene.id(whole):
                        continue
                    if match["where"] == "上游" and one.label in _CHAIN:
                        scene.link("UPSTREAM_OF", one, whole, SAME_CLAUSE, basis="stated")
                    elif match["where"] == "下游" and one.label in _FIELDS:
                        scene.link("UPSTREAM_OF", whole, one, SAME_CLAUSE, basis="stated")


def _whole(scene: Scene, sentence: Sentence, cue: int) -> Mention | None:
    """Whose chain it is: the topic right before the first 上游 or 下游 of the sentence, what the sentence before was about,
    or the heading."""
    first = next((sentence.start + m.start() for m in re.finditer("上游|中游|下游", sentence.text)), cue)
    before = [m for m in scene.inside(sentence.start, first, TOPICS) if not scene.is_root(m)]
    if before:
        return before[-1] if before[-1].label in _CHAIN else None
    for earlier in reversed([s for s in scene.sentences if s.end <= sentence.start][-1:]):
        topics = [m for m in earlier.mentions if m.label in _CHAIN and not scene.is_root(m)]
        if topics and topics[0].start - earlier.start <= 6:
            return topics[0]
    for heading in reversed(scene.discourse.passage.headings):
        topics = [m for m in scene.discourse.under(heading) if m.label in _CHAIN and not scene.is_root(m)]
        if topics:
            return topics[0] if len({m.name for m in topics}) == 1 else None
    return None


_NEXT = re.compile("[，；]?(?:而|并|其)?(?:上游|中游|下游)")


def _until(scene: Scene, clause: Clause, start: int) -> int:
    """Where what is told of one part of the chain ends: at the next part, or with the clause."""
    following = _NEXT.search(scene.text, start, clause.end)
    return following.start() if following is not None else clause.end


def _listed(scene: Scene, start: int, end: int) -> list[Mention]:
    found = list(read_list(scene, start, end, new=False).topics)
    inside = [m for m in scene.inside(start, end, TOPICS) if not scene.is_root(m)]
    return found if len(found) >= len(inside) else inside


_STANDS = re.compile(
    r"(?:均|都|则|分别|主要|同属|也)*(?:处于|位于|属于|处在|居于|是|为|居)(?P<to>[^，。；]{2,20}?)(?:产业链?|行业|供应链)?的?(?:最)?(?P<where>上游|下游)"
)


def stands(scene: Scene) -> None:
    """A、B处在X产业链下游: X feeds them."""
    for sentence, clause in scene.clauses(_CHAIN):
        if "下游" not in clause.text:
            continue
        for match in _STANDS.finditer(scene.text, clause.start, clause.end):
            givers = scene.inside(match.start("to"), match.end("to"), _CHAIN)
            before = [m for m in clause.mentions if m.end == match.start() and m.label in _FIELDS]
            if match["where"] == "下游" and givers and before and scene.real(sentence, clause, match.start()):
                for taker in scene.together(before[-1], _FIELDS):
                    if not scene.is_root(givers[-1]):
                        scene.link("UPSTREAM_OF", givers[-1], taker, SAME_SENTENCE, basis="stated")


RULES: tuple[Rule, ...] = (streams_told, stands)
