"""ASSESSED: ratings in words. 谈判能力较强, 处于成长期, 全国第一梯队."""

from __future__ import annotations

import re

from aikg.loaders import identity
from aikg.loaders.extract.discourse import Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_SENTENCE, Scene
from aikg.loaders.records import RAW_LIMIT

__all__ = ["assessments"]

_DEGREE = r"(?:较|很|非常|相对|更|最|极|比较|十分|不够|不太|仍)?(?:大|小|强|弱|高|低|激烈|充分|薄弱|明显|完善|成熟|充足|旺盛|领先|滞后|不足)"
_FORCES = re.compile(
    rf"(?P<aspect>(?:潜在)?进入者的?威胁|替代品的?威胁|(?:现有)?(?:企业|竞争者)间的?竞争|(?:供应者|供应商|供方)的?(?:谈判|议价)能力|(?:购买者|买方|购买方|消费者)的?(?:谈判|议价)能力)(?P<rating>{_DEGREE})"
)
_CYCLE = re.compile(
    r"处于(?:行业|产业)?(?:生命周期的?)?(?P<rating>(?:形成期|初创期|导入期|萌芽期|成长期|成熟期|衰退期|爆发期)(?:[和与及](?:形成期|成长期|成熟期|衰退期))?)"
)
_DIAMOND = re.compile(
    rf"(?P<aspect>生产要素|需求条件|市场需求|相关支撑产业|支撑产业|企业战略|政府政策|政策支持|人才资源|科研实力)(?:方面)?(?P<rating>{_DEGREE}|具有(?:明显)?优势|优势明显|优势显著)"
)
_TIER = re.compile(r"(?P<rating>(?:全国|全球|国内|世界|国际)?第[一二三四]?(?:梯队|方阵|阵营)|领跑者|领头羊)")
_TIER_VERB = re.compile(r"(?:处于|位列|位居|进入|跻身|稳居|属于|迈入|成为|处在)[^，。；]{0,6}$")
_STANDS = re.compile(
    r"(?:处于|居|居于|位居|位于)(?P<rating>(?:全国|全球|国际|国内|世界)(?:绝对)?(?:领先|先进|领跑)(?:地位|水平)?)"
)
_ANY = re.compile(
    "威胁|竞争|能力|处于|第.?(?:梯队|方阵|阵营)|领跑者|领头羊|居|位于|要素|条件|需求|产业|战略|政策|资源|实力"
)
_ASSESSED = frozenset({"Region", "City", "Country", "ChainSegment"})
_KINDS = ((_FORCES, "波特五力"), (_CYCLE, "生命周期"), (_DIAMOND, "钻石模型"), (_TIER, None), (_STANDS, None))


def assessments(scene: Scene) -> None:
    """An Assessment for each rating, under the framework that its aspect belongs to."""
    if not _ANY.search(scene.text):
        return
    for sentence, clause in scene.clauses():
        for pattern, framework in _KINDS:
            for match in pattern.finditer(scene.text, clause.start, clause.end):
                if pattern is _TIER and not _TIER_VERB.search(scene.text[clause.start : match.start()]):
                    continue
                if not scene.real(sentence, clause, match.start()):
                    continue
                for subject, sure in _subjects(scene, sentence, clause, match.start(), framework):
                    _assess(scene, subject, framework, match, sure)


def _subjects(
    scene: Scene, sentence: Sentence, clause: Clause, position: int, framework: str | None
) -> list[tuple[Mention, float]]:
    if framework in ("波特五力", "生命周期"):
        # These rate an industry: the topics of the clause or, of a list of ratings, of the sentence.
        for part in [clause, *reversed([c for c in sentence.clauses if c.end <= clause.start])]:
            topics = [m for m in part.mentions if m.label == "ChainSegment" and m.end <= position]
            if topics:
                return [(m, SAME_SENTENCE) for m in scene.together(topics[0], {"ChainSegment"})]
        return []
    found, sure = scene.subjects(sentence, clause, position)
    return [(m, sure) for m in found if m.label in _ASSESSED and sure > CONTEXT]


def _assess(scene: Scene, subject: Mention, framework: str | None, match: re.Match[str], sure: float) -> None:
    groups = match.groupdict()
    aspect, rating = groups.get("aspect"), groups["rating"]
    text = match[0][:RAW_LIMIT]
    name = f"{subject.name}：{aspect or framework or '地位'}"
    key = (name, framework, aspect, rating, text)
    id_ = identity.entity_id("Assessment", scene.schema.labels["Assessment"].id_prefix, name, key=key)
    passage = scene.discourse.passage
    origin = scene.prose.origin(passage.line, passage.heading, confidence=sure)
    properties = {"framework": framework, "aspect": aspect, "rating": rating, "text": text}
    scene.records.entity("Assessment", id_, name, origin, properties=properties)
    scene.records.link("ASSESSED", scene.id(subject), id_, origin)
