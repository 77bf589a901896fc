"""Titles in 《》: policies, and what looks like one (newspapers, reports, books); plans that are named without 《》."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from aikg.loaders import identity
from aikg.loaders.extract.mentions import Mention, View
from aikg.ontology.places import Place, Places

__all__ = ["issuing_verb", "titles"]

_TITLE = re.compile(r"《([^《》]{2,90})》(\s?[（(][^（）()]{2,24}[)）])?")
_DRAFT = re.compile(r"[（(](?:征求意见稿|试行|暂行|草案|送审稿|修订版?|20\d\d\s?[—–\-~至]+\s?20\d\d\s?年?|20\d\d年?版?)[)）]")
_POLICY = re.compile(
    r"(?:规划|计划|方案|意见|措施|办法|条例|通知|纲要|细则|指南|战略|决定|政策|法案?|规定|行动|蓝图|路线图|指引|规程|倡议"
    r"|框架|清单|准则|宪章|宣言|公报|若干条|[一二三四五六七八九十0-9]+条|建议|要求|批复|原则|制度|章程|体系建设|大纲|规范|声明|协议|协定|公约|议程|令)"
    r"(?:[（(].*[)）])?(?:20\d\d)?$"
)
_REPORT = re.compile(r"(?:报告|白皮书|蓝皮书|绿皮书|皮书|指数|年鉴|研究|展望|综述|榜|排行|观察|洞察|图谱|手册|画像|百强|统计|调查|评估|地图|年报|简报|\d{4})(?:[（(].*[)）]|\d{4})?$")
_MEDIA = re.compile(r"(?:日报|晚报|时报|早报|商报|晨报|导报|周报|报|周刊|杂志|月刊|期刊|电讯|新闻|网|评论|观察者?|科学|自然|柳叶刀)$")
_SAID_BY_MEDIA = re.compile(r"^(?:》|\s)*(?:记者|报道|讯|采访|消息|网站|客户端|发表|刊文)")
_ISSUE = re.compile(
    r"(?:联合|正式|先后|相继|共同|密集|陆续|率先|近日|日前|最新|又|已|再次|专门|制定|研究|审议)*(?:印发|发布|出台|颁布|推出|公布|下发|制定|审议通过|通过|签署|实施|编制|起草|提出|施行|解读|发出|提交|推行|批准|颁发)"
    r"(?:了|的|实施|并实施|关于|印发)?"
)
_PLAN = re.compile(r"[“\"]?(十[一二三四五六七八]五|1[0-9]?5)[”\"]?(?:时期)?(?:规划|发展规划)(?:和2035年远景目标)?(?:纲要|建议|《建议》)?")


def issuing_verb(before: str) -> re.Match[str] | None:
    """The verb of issuing that ends `before` (what stands before a title), with words such as 联合, 近日 in front of it."""
    last = None
    for match in _ISSUE.finditer(before):
        last = match
    return last if last is not None and len(before) - last.end() <= 12 else None


def titles(places: Places) -> Callable[[View], Iterable[Mention]]:
    """A recogniser of policies, and of newspapers named in 《》."""

    def find(view: View) -> Iterator[Mention]:
        for match in _TITLE.finditer(view.text):
            name, end = match[1].strip(), match.end(1) + 1
            if match[2] and _DRAFT.fullmatch(match[2].strip()):
                name, end = name + match[2].strip(), match.end()
            before, behind = view.text[max(0, match.start() - 30) : match.start()], view.text[end : end + 12]
            label = _label(name, before, behind)
            if label is None:
                # Whatever stands in a title is no name of its own: hide it from the other recognisers.
                view.take(Mention(match.start(), end, "", name))
                continue
            name = identity.clean_name(name)
            place = _place(name, places) if label == "Policy" else None
            yield Mention(
                match.start(), end, label, name, place=place, kind="media" if label == "Institution" else None, confidence=0.9
            )
        for match in _PLAN.finditer(view.text):
            start = match.start()
            around = view.place_ending(start)
            place = None
            if around:
                start, place = around
            name = identity.clean_name(view.text[start : match.end()])
            yield Mention(start, match.end(), "Policy", name, place=place, confidence=0.7)

    return find


def _label(name: str, before: str, behind: str) -> str | None:
    if _SAID_BY_MEDIA.match(behind) or (_MEDIA.search(name) and not _POLICY.search(name)):
        return "Institution" if _MEDIA.search(name) or _SAID_BY_MEDIA.match(behind) else None
    if _POLICY.search(name):
        return "Policy"
    if _REPORT.search(name):
        return None
    return "Policy" if issuing_verb(before) and len(name) >= 6 else None


def _place(name: str, places: Places) -> Place | None:
    leading = places.leading(name)
    return leading[0] if leading else None
