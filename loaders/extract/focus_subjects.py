"""Of whom a list of topics speaks: of the paper that covers them, of a place's directions of industry, or only of firms."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import Scene

__all__ = ["COVERS", "DIRECTION", "covered_by_firms", "just_issued", "says"]

# 产业方向锁定A: a direction of industry is one of a place or a park, whatever firms the sentence named before.
DIRECTION = re.compile(
    r"(?:产业|主攻|主导|发展|重点|招商|功能|特色)+(?:方向|定位|赛道|领域|重点)?(?:也|则|已|均|主要|将|明确)*$"
)


COVERS = re.compile(r"(?:范围|内容)?(?:主要|重点)?(?:涵盖|覆盖|涉及|包括)")


def just_issued(scene: Scene, sentence: Sentence, clause: Clause, cue: int) -> Mention | None:
    """深圳发布《X》，涵盖A、B: a clause that opens with the verb behind a title tells what the paper covers."""
    before = [m for m in sentence.mentions if m.end <= clause.start]
    if not before or before[-1].label != "Policy" or not COVERS.match(clause.text) or cue - clause.start > 8:
        return None
    return before[-1] if re.fullmatch(r"[》”\"，\s]*", scene.text[before[-1].end : clause.start]) else None


_SAYS = re.compile(
    r"[》”\"]?(?:（[^）]{0,20}）)?(?:通知|文件|方案)?[，,]?(?:其中|文件|方案|规划)?(?:提出|明确|指出|要求|规定|强调|部署|确定|写明|列出)"
)


def says(scene: Scene, sentence: Sentence, cue: int) -> Mention | None:
    """某市印发《X》，提出…将A列为重点: all that follows is what the paper says."""
    papers = scene.inside(sentence.start, cue, {"Policy"})
    if len(papers) != 1 or papers[0].start - sentence.start < 2:
        return None
    return papers[0] if _SAYS.match(scene.text, papers[0].end, cue) else None


def covered_by_firms(scene: Scene, sentence: Sentence, clause: Clause, focusing: list[Mention]) -> bool:
    """某市有企业200家，…，覆盖A、B等环节: the firms cover them; whether the place bets on them is not said."""
    if not focusing or any(m.start >= clause.start or m.label not in PLACES for m in focusing):
        return False
    return re.search(r"企业|公司|厂商", scene.text[sentence.start : clause.start]) is not None
