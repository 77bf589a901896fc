"""LOCATED_IN and HOSTS of what is built and set up: 某园区建成算力中心, 计划在某地设立研究院."""

from __future__ import annotations

import itertools
import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.memory import governs
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, Rule, Scene

__all__ = ["RULES"]

_MADE = re.compile(
    r"(?:联合|合作|共同)?(?:建成|建立|设立|成立|组建|打造|共建|建设|推出|启用|上线|部署|落成|揭牌)(?:了|的|有)?"
    r"(?:全国|全省|全市|国内|全球|我国|西部|东部|中部|东北|区域|行业)?(?:首个|首家|首座|最大的?|第一[个家座])?(?:“|\")?"
)
_THINGS = frozenset({"Institution", "ComputeCenter", "Park", "ApplicationScenario"})
_HERE = PLACES - {"Country", "Region"} | {"Park"}


def made(scene: Scene) -> None:
    """What a park or a city builds or sets up lies there, and a park hosts it."""
    for sentence, clause in scene.clauses(_THINGS):
        for match in _MADE.finditer(scene.text, clause.start, clause.end):
            thing = next((m for m in clause.mentions if m.start >= match.end()), None)
            if thing is None or thing.label not in _THINGS or governs(thing) or thing.start - match.end() > 6:
                continue
            if re.search(r"[，、的“]", scene.text[match.end() : thing.start]) or not scene.real(
                sentence, clause, match.start()
            ):
                continue
            where, sure = _where(scene, sentence, clause, match.start())
            if where is None or scene.id(where) == scene.id(thing):
                continue
            scene.locate(thing, where, sure)
            if where.label in ("Park", "District"):
                scene.link("HOSTS", where, thing, sure)


def _where(scene: Scene, sentence: Sentence, clause: Clause, cue: int) -> tuple[Mention | None, float]:
    """The place behind 在 before the verb, else who builds."""
    for mention in reversed([m for m in clause.mentions if m.end <= cue and m.label in _HERE]):
        if scene.text[: mention.start].endswith("在") and "、" not in scene.text[mention.end : cue]:
            return mention, SAME_CLAUSE
    found, sure = scene.subjects(sentence, clause, cue, _HERE | {"Company", "Institution", "University", "Policy"})
    if len(found) != 1 or found[0].label not in _HERE or sure <= CONTEXT:
        return None, CONTEXT
    return found[0], min(sure, SAME_SENTENCE)


_AMONG_THEM = re.compile(r"(?:其中|主要|代表性?企业|典型企业)*(?:包括|包含|有|如|例如)(?:了)?\s?")
_FIRMS = re.compile(r"企业|公司|机构|独角兽|厂商")


def examples(scene: Scene) -> None:
    """某市拥有百余家企业，包括A、B等知名企业: they are in the place that opens this part of the sentence, and stand for it."""
    for sentence in scene.sentences:
        for before, clause in zip(sentence.clauses, sentence.clauses[1:], strict=False):
            cue = _AMONG_THEM.match(clause.text)
            if cue is None or not _FIRMS.search(before.text) or not scene.real(sentence, clause, clause.start):
                continue
            first = next((m for m in clause.mentions), None)
            if first is None or first.label != "Company" or first.start - clause.start > cue.end() + 1:
                continue
            row = [m for m in clause.mentions if m.label == "Company"]
            where = _opens(scene, sentence, clause)
            if where is None or not re.match(
                r"等[^，。；]{0,12}(?:企业|公司|厂商)", scene.text[row[-1].end : clause.end]
            ):
                continue
            for firm in row:
                scene.locate(firm, where, SAME_SENTENCE)
                if where.label in PLACES:
                    scene.link("REPRESENTATIVE_OF", firm, where, SAME_SENTENCE)


def _opens(scene: Scene, sentence: Sentence, clause: Clause) -> Mention | None:
    """The nearest place or park before a clause that opens a clause of the same part of the sentence, between semicolons."""
    found = None
    for part in sentence.clauses:
        if part.end > clause.start:
            break
        if re.search("[；;]", part.text[-1:]):
            found = None
            continue
        opening = next((m for m in part.mentions if m.label in PLACES | {"Park"} and m.start - part.start <= 1), None)
        if opening is not None and not scene.is_everywhere(opening):
            found = found or opening
    return found


_OPENS = re.compile(
    r"(?:正式|顺利|盛大|如期|率先|全面|联合|共同|成功|举行|举办)*(?:开工|奠基|动工|开建|启动|揭牌|落成|投用|投运|开园|落地|成立|挂牌|启用|建成|上线|竣工|封顶|落户|破土|点亮|运行|运营|投产|开业|安家|布局|设立|建设)"
)


# The rest of an address behind a place: 某区某某镇, 某某大道8号.
_ADDRESS = re.compile(
    r"^(?:[\u3400-\u9fff]{1,8}?(?:镇|乡|街道|村|片区|组团|商务区|产业园|科技园|园区|湾|新城)|[\u3400-\u9fff0-9]{1,8}?(?:路|大道|街)(?:[0-9]+号)?)(?=[\u3400-\u9fff])"
)


def opened(scene: Scene) -> None:
    """某中心在甲新区乙商务区开工: it lies in every place of the chain, and the inner in the outer."""
    for sentence, clause in scene.clauses(_THINGS):
        for thing in clause.mentions:
            if thing.label not in ("ComputeCenter", "Park", "Institution") or governs(thing):
                continue
            if not re.match(
                r"(?:项目|工程|[一二三]期|建设)*(?:昨日|今日|近日|日前|正式|将|已)?[在于]", scene.text[thing.end :]
            ):
                continue
            chain: list[Mention] = []
            for mention in clause.mentions:
                if mention.start < thing.end or mention.label not in _HERE:
                    continue
                gap = scene.text[chain[-1].end : mention.start] if chain else scene.text[thing.end : mention.start]
                if (chain and gap not in ("", "的", "“")) or (not chain and len(gap) > 8):
                    break
                chain.append(mention)
            if not chain or not _OPENS.match(_ADDRESS.sub("", scene.text[chain[-1].end : clause.end].lstrip("”"))):
                continue
            if not scene.real(sentence, clause, thing.start):
                continue
            for place in chain:
                scene.locate(thing, place, SAME_CLAUSE)
            for outer, inner in itertools.pairwise(chain):
                if inner.label == "Park":
                    scene.locate(inner, outer, SAME_CLAUSE)


RULES: tuple[Rule, ...] = (made, examples, opened)
