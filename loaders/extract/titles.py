"""Titles in 《》: policies, and what looks like one (newspapers, reports, books); plans that are named without 《》."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from aikg.loaders import identity
from aikg.loaders.extract.mentions import Mention, View
from aikg.ontology.places import Place, Places

__all__ = ["issuing_verb", "short_form", "titles"]

_TITLE = re.compile(r"《([^《》]{2,90})》(\s?[（(][^（）()]{2,24}[)）])?")
_DRAFT = re.compile(
    r"[（(](?:征求意见稿|试行|暂行|草案|送审稿|修订版?|20\d\d\s?[—–\-~至]+\s?20\d\d\s?年?|20\d\d年?版?)[)）]"
)
_POLICY = re.compile(
    r"(?:规划|计划|方案|意见|措施|办法|条例|通知|纲要|细则|指南|战略|决定|政策|法案?|规定|行动|蓝图|路线图|指引|规程|倡议"
    r"|框架|清单|准则|宪章|宣言|公报|若干条|[一二三四五六七八九十0-9]+条|建议|要求|批复|原则|制度|章程|体系建设|大纲|规范|声明|协议|协定|公约|议程|令)"
    r"(?:[（(].*[)）])?(?:20\d\d)?$"
)
# What stands in a title but has no name of its own: 《行动方案》 means the one that was named before.
_ANY = re.compile(
    r"(?:三年|五年|专项|总体|具体|实施|工作|指导|若干|行动|发展|建设|产业|管理|申报|本)*(?:规划|计划|方案|意见|措施|办法|条例|通知|纲要|细则|指南|战略|决定|政策|规定|行动|建议|清单|法案|报告)"
)
_REPORT = re.compile(
    r"(?:报告|白皮书|蓝皮书|绿皮书|皮书|指数|年鉴|研究|展望|综述|榜|排行|观察|洞察|图谱|手册|画像|百强|统计|调查|评估|地图|年报|简报|招股说明书|\d{4})(?:[（(].*[)）]|\d{4})?$"
)
# A list of firms or cases is no policy, whoever publishes it.
_LIST = re.compile(
    r"(?:企业库|名录|名单|榜单|案例集|案例库|案例|企业榜|项目库|产品库|人才库|专家库|图谱集)(?:[（(].*[)）])?$"
)
_READ = re.compile(r"^(?:》|\s)*(?:数据)?(?:显示|统计|测算)")
_MAYBE_READ = re.compile(r"(?:指南|指引|战略|评估|清单|框架|路线图)$")
_MEDIA = re.compile(
    r"(?:日报|晚报|时报|早报|商报|晨报|导报|周报|报|周刊|杂志|月刊|期刊|电讯|新闻|网|评论|观察者?|科学|自然|柳叶刀)$"
)
_SAID_BY_MEDIA = re.compile(r"^(?:》|\s)*(?:记者|报道|讯|采访|消息|网站|客户端|发表|刊文)")
_ISSUE = re.compile(
    r"(?:联合|正式|先后|相继|共同|密集|陆续|率先|近日|日前|最新|又|已|再次|专门|制定|研究|审议)*(?:印发|发布|出台|颁布|推出|公布|下发|制定|审议通过|通过|签署|实施|编制|起草|提出|施行|解读|发出|提交|推行|批准|颁发)"
    r"(?:了|的|实施|并实施|关于|印发)?"
)
# 下称“先导区”: words that stand for a title from here on.
_SHORT = re.compile(r"^\s?[（(](?:以下|下)(?:统)?(?:简)?称(?:为)?[：:]?\s?[“\"《]?([^”\"》（）()]{2,16})[”\"》]?[)）]")
_PLAN = re.compile(
    r"[“\"]?(?:十[一二三四五六七八]五|1[0-9]?5)[”\"]?(?:时期)?(?:规划|发展规划)(?:和2035年远景目标)?(?:纲要|建议|《建议》)?"
)
_WORK_REPORT = re.compile(r"(?P<year>20\d\d年)?(?P<unit>[省市区县])?政府工作报告")
# A notice carries its title as a line of its own.
_HEADLINE = re.compile(
    r"^(?:[^，。：；！？、《》]{0,30}?关于)?[^，。；！？《》]{6,60}?(?:规划|计划|方案|意见|措施|办法|条例|纲要|细则|政策|规定)(?:的通知)?"
    r"(?:[（(][^（）()]{2,24}[)）])?$"
)
_BODY_BEFORE_TITLE = re.compile(r"(?:印发|转发|发布)《?(?P<title>.+?)》?的通知$")
_ISSUES = re.compile(r"出台|推出|发布|印发|公布|颁布|实施(?!方案|意见|细则|办法)|启动|通过|落实|编制")
_SPEAKS = re.compile(r"[？?！!|｜]|发布会|出台|解读|来了|提出|打造|加快|力争|如何|为何|年度计划|^(?:我国|近日|到20)")


def issuing_verb(before: str) -> re.Match[str] | None:
    """The verb of issuing that ends `before` (what stands before a title), with words such as 联合, 近日 in front of it."""
    last = None
    for match in _ISSUE.finditer(before):
        last = match
    return last if last is not None and len(before) - last.end() <= 12 else None


def short_form(behind: str) -> str | None:
    """The word that a bracket introduces for the name before it.

    >>> short_form("（下称“先导区”）的建设")
    '先导区'
    """
    match = _SHORT.match(behind)
    return match[1].strip() if match else None


def titles(places: Places) -> Callable[[View], Iterable[Mention]]:
    """A recogniser of policies, and of newspapers named in 《》."""

    def find(view: View) -> Iterator[Mention]:
        text = view.text
        if "《" in text:
            yield from _in_brackets(view, places)
        yield from _headline(view, places)
        for match in _PLAN.finditer(text) if "规划" in text else ():
            start, place = match.start(), None
            if around := view.place_ending(start):
                start, place = around
            name = identity.clean_name(view.text[start : match.end()])
            yield Mention(start, match.end(), "Policy", name, place=place, confidence=0.7)
        for match in _WORK_REPORT.finditer(text) if "工作报告" in text else ():
            around = view.place_ending(match.start("unit") if match["unit"] else match.end() - 6)
            around = around or view.place_ending(match.end() - 6)
            if around is None:
                continue
            start, place = around
            year = re.search(r"20\d\d年$", view.text[:start])
            start = year.start() if year else start
            name = identity.clean_name(view.text[start : match.end()])
            aliases = (view.text[around[0] : match.end()],) if year else ()
            yield Mention(start, match.end(), "Policy", name, place=place, aliases=aliases, confidence=0.7)

    return find


def _in_brackets(view: View, places: Places) -> Iterator[Mention]:
    for match in _TITLE.finditer(view.text):
        name, end = match[1].strip(), match.end(1) + 1
        if match[2] and _DRAFT.fullmatch(match[2].strip()):
            name, end = name + match[2].strip(), match.end()
        before, behind = view.text[max(0, match.start() - 30) : match.start()], view.text[end : end + 24]
        label = _label(name, before, behind)
        known = view.lexicon.get(name) if view.lexicon else None
        if label == "Policy" and _ANY.fullmatch(name):
            if known is not None and known.label == "Policy":
                yield Mention(match.start(), end, "Policy", known.name, known.id, known.place, confidence=0.8)
                continue
            label = None
        if label is None:
            # Whatever stands in a title is no name of its own: hide it from the other recognisers.
            view.take(Mention(match.start(), end, "", name))
            continue
        name = identity.clean_name(name)
        place = _place(name, places) if label == "Policy" else None
        short = short_form(behind)
        yield Mention(
            match.start(),
            end,
            label,
            name,
            place=place,
            kind="media" if label == "Institution" else None,
            aliases=_without_years(name) if label == "Policy" else (),
            shorts=(short,) if short else (),
            confidence=0.9,
        )


def _headline(view: View, places: Places) -> Iterator[Mention]:
    """嘉兴市推动人工智能高质量发展实施方案 as a line of its own, 某市关于促进…的若干意见, …关于印发…的通知."""
    text = view.text.strip()
    if len(text) < 10 or "《" in text or not _HEADLINE.match(text) or _SPEAKS.search(text):
        return
    inner = _BODY_BEFORE_TITLE.search(text)
    if inner is None and _ISSUES.search(text):
        return  # a headline: 某市推出三年行动计划
    title = inner["title"] if inner else text
    offset = view.text.find(title)
    if offset < 0 or not _POLICY.search(title):
        return
    leading = places.leading(title)
    if leading is None and not re.match(r"关于", title) and "关于" not in title[:30]:
        return
    if (
        re.search(r"的(?!(?:若干|实施|指导)?(?:意见|措施|办法|政策|规定|决定|通知))", title.split("关于", 1)[-1])
        or len(title) < 8
    ):
        return
    name = identity.clean_name(title)
    about = re.search(r"关于.+", name)
    aliases = (*_without_years(name), *((about[0],) if about and about.start() else ()))
    place = leading[0] if leading else None
    # The issuer before 关于 is named too.
    start = offset + title.index("关于") if about and about.start() else offset
    yield Mention(start, offset + len(title), "Policy", name, place=place, aliases=aliases, confidence=0.8)


def _without_years(name: str) -> tuple[str, ...]:
    """三年行动计划 for 三年行动计划（2025—2027年）."""
    bare = _DRAFT.sub("", name)
    return (bare,) if bare != name and len(bare) >= 6 else ()


def _label(name: str, before: str, behind: str) -> str | None:
    if _SAID_BY_MEDIA.match(behind) or (_MEDIA.search(name) and not _POLICY.search(name)):
        return "Institution" if _MEDIA.search(name) or (_SAID_BY_MEDIA.match(behind) and len(name) <= 8) else None
    if _POLICY.search(name):
        return None if _READ.match(behind) and _MAYBE_READ.search(name) and not issuing_verb(before) else "Policy"
    if _REPORT.search(name) or _LIST.search(name):
        return None
    return "Policy" if issuing_verb(before) and len(name) >= 6 else None


def _place(name: str, places: Places) -> Place | None:
    leading = places.leading(name)
    return leading[0] if leading else None
