"""What a document says once and means for long: the firm of a feasibility study, the share of a paragraph, a list's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikg.loaders.extract.discourse import Discourse, Sentence
from aikg.loaders.extract.indicator_words import LONGEST, Wording
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["inherited", "item_line", "of_project", "project_firm", "spoken_share"]

_PLANS = re.compile(r"^(?:（[^（）]{1,30}）)?(?:拟|将|计划)[^，。；]{0,40}?(?:选址|建设|新建|实施|投建)")
_BUILDER = re.compile(r"(?:建设|项目|承建|实施)(?:单位|主体|业主)(?:名称)?\s?(?:为|是|：|:|由)\s?$")
_AS_BUILDER = re.compile(r"^\s*(?:项目)?(?:建设|承建|实施)(?:单位|主体)(?![为是：:])")
_STUDIED = re.compile(
    r"达产|产能|年产(?!值)|营业收入|销售收入|净利润|利润总额|就业岗位|发明专利|研发人员|单卡算力|单机算力|内部收益率|投资回收期"
)


def project_firm(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """The firm whose project a passage introduces: 甲公司拟将加速卡项目选址…, 建设单位：甲公司."""
    for mention in mentions:
        if mention.label != "Company":
            continue
        plan = _PLANS.match(text[mention.end : mention.end + 80])
        behind = text[mention.end : mention.end + 80].split("。")[0]
        if (plan and "项目" in behind) or _BUILDER.search(text[max(0, mention.start - 12) : mention.start]):
            return mention
    return None


def of_project(discourse: Discourse, sentence: Sentence) -> bool:
    """Whether a sentence without an actor of its own tells of the project: it or its paragraph speaks of 达产, 净利润, 专利."""
    return not discourse.passage.is_heading and (
        _AS_BUILDER.match(sentence.text) is not None or _STUDIED.search(discourse.passage.text) is not None
    )


_SHARE_NOUN = re.compile(r"[^，。；]*(?:占比|比重|份额)")
# 北京占29%, 技术层则占13%, and 深圳、广州分别占…: a name and nothing that is measured.
_BARE_SHARE = re.compile(r"(?:则|也|约|仅|分别|各|\s)*占(?:了|约|近|超|超过|到|\s)*$")


def spoken_share(pre: str, quantity: Quantity, wording: Wording) -> Wording | None:
    """The wording of a share that names its measure (企业占比分别为31%), for bare clauses behind it."""
    if quantity.unit != "%" or not _SHARE_NOUN.search(pre) or not wording.base:
        return None
    base = re.sub(r"占比$", "", wording.base)
    text = wording.text if wording.text.endswith(("占比", "比重", "份额")) else f"{base}占比"
    return Wording(text[:LONGEST], base, "share") if base else None


def inherited(
    pre: str, quantity: Quantity, share: Wording | None, subjects: Sequence[str], mentions: Sequence[Mention]
) -> Wording | None:
    """What 北京占|29% measures behind 企业占比…: the share spoken of, where a name alone stands before 占."""
    if share is None or quantity.unit != "%" or not mentions:
        return None
    rest = pre.strip("，,；;：、 ")
    for name in subjects:
        rest = rest.replace(name, "")
    return share if _BARE_SHARE.fullmatch(rest.strip("、和与及 ")) else None


_ITEM = re.compile(r"^[\s\-—–*•·]*(?P<name>[^，。；：:（）()]{2,16})[（(](?P<place>[^（）()，]{2,8})[）)]\s*[：:]")


def item_line(text: str, mentions: Sequence[Mention]) -> tuple[int, Mention | None] | None:
    """Of a list line 某公司（北京）：… the end of its head and the name it tells of, None for a name nobody knows.

    None where the line is no such item: the bracket must hold a place and nothing else.
    """
    match = _ITEM.match(text)
    if match is None or not any(m.place and (m.start, m.end) == match.span("place") for m in mentions):
        return None
    inside = [m for m in mentions if match.start("name") <= m.start and m.end <= match.end("name")]
    return match.end(), (inside[0] if inside else None)
