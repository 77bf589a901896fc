"""Programmes: pilot and test zones, named plans and projects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.mentions import Mention, View
from aikg.loaders.extract.titles import short_form

__all__ = ["programmes"]

# One name for the ways in which a programme of the state is written.
_STATE = (
    (re.compile(r"(?:国家级?)?(?:新一代)?人工智能创新应用先导区"), "国家人工智能创新应用先导区"),
    (re.compile(r"国家人工智能先导区"), "国家人工智能创新应用先导区"),
    (re.compile(r"(?:国家级?)?(?:新一代)?人工智能创新发展试验区"), "国家新一代人工智能创新发展试验区"),
    (re.compile(r"国家级?车联网先导区"), "国家车联网先导区"),
)
_STATE_KINDS = "先导区|试验区|示范区|试点城市|示范城市|示范基地|创新中心|枢纽节点|节点城市|战略性新兴产业集群|先进制造业集群|综合试验区|改革试点|试点|中试基地|测试示范区|开放创新平台|科学中心|科技创新中心|创业创新示范基地|双创示范基地|综合性科学中心|大数据中心体系"
_NATIONAL = re.compile(
    rf"(?:国家级?|全国)(?:一体化)?(?:[^，。；、！？“”《》（）()\s的了在是有与和为将以及等到各超家个]|[第]){{2,18}}?(?:{_STATE_KINDS})(?![数内外们]|名单|城市群)"
)
_CLASS = re.compile(
    r"^(?:国家级?|全国)(?:首个|首批|重点|各|多个|一批|\d|[一二三四五六七八九十]|人工智能)*(?:先导区|试验区|示范区|试点|创新中心|示范基地|枢纽节点)$"
)
_NODE = re.compile(r"(?:国家)?枢纽节点")
_QUOTED = re.compile(
    r"[“\"](?P<name>[^“”\"，。；《》]{2,16})[”\"](?P<tail>现代化产业体系|现代制造业集群体系|产业集群体系|(?:现代|先进制造业?|未来|特色)?产业集群|制造业集群|产业体系|计划|工程|行动计划|专项行动|行动|专项|培育工程|(?:重点|重大|示范|攻坚|标志性|惠民|提升|建设|培优|引领|培育)(?:工程|项目)|三年行动|攻坚战|培优计划|先导工程|揭榜挂帅|赋能行动|梯队|产业体系|产业布局体系)"
)
_QUOTED_NAME = re.compile(r"[“\"](?P<name>[^“”\"，。；《》]{2,14}(?:计划|工程|专项行动|专项))[”\"]")
_CARRIED_OUT = re.compile(
    r"(?:实施|启动|推出|开展|推进|组织|深化)(?P<name>(?:(?![的了和与及、，等将个项])[\u3400-\u9fffA-Za-z0-9]){3,14}?(?:工程|专项行动|行动计划|提升行动|培育行动|攻坚行动|倍增计划|培育计划))(?!院|师|机械|技术|化|中心|研究|实验|建设|硕士|学)"
)
_PLAIN = re.compile(
    r"^(?:重大|重点|一批|系列|相关|多项|若干|示范|建设|各类|专项|三年|五年|\d+|[一二三四五六七八九十]+[大项])*(?:工程|行动|专项行动|行动计划|计划)$"
)
_HEAD = re.compile(r"(?:未来产业|人才|国家|省级?|市级?|产业|企业|科技|数字经济|创新)$")
_NO_NAME = re.compile(
    r"^(?:人工智能\+?|AI\+?|智能\+?|互联网\+?|数据要素×?|[一二三四五六七八九十0-9]+个一|碳达峰|碳中和|双碳)$"
)
# What places are chosen for: 车联网和智能网联汽车先行先试区, 智慧城市基础设施与智能网联汽车协同发展试点城市.
_CHOSEN = re.compile(
    r"(?:入选|入围|获批|公布|列入|列为|认定为?|获评|成为|创建|创成|评为|评定为|授予|获得|荣获|发布|纳入|跻身|确定为|成功申报|启动|开展|揭晓|推进|建设|争创|获准建设|被?确定为)(?:了|为)?(?:第[一二三四五六七八]批|首批|首个|首家|全国|全省|全市|国家|省级|市级|[0-9]{4}年度?|[一二三四五六七八九十0-9]+个?|的|、|“)*"
    r"(?P<name>(?:(?![的了是有被])[\u3400-\u9fffA-Za-z0-9+]){3,24}?(?:先行先试区|先行示范区|先行区|先行试验区|试点城市|试点省份|试点地区|试点区|试点县|试点园区|示范城市|示范县|示范省|标杆城市|创建城市|建设城市|先导城市|应用试点|综合试点|改革试点|准入和上路通行试点|一体化试点|协同发展试点))(?!经验|工作|建设|方案)"
)
_MAY_BE_CHOSEN = re.compile("先行|试点|示范[城县省]|[标建先创][杆设导建]城市")
_PLAIN_CHOSEN = re.compile(
    r"^(?:国家级?|全国|省级|全省|市级|重点|首批|一批|多个|人工智能|相关|AI|数字化?|智能|应用|综合|改革|创新)*(?:先行先试区|先行示范区|先行区|试点\S*|示范城市|示范县|标杆城市|建设城市)$"
)
_CLUSTER = re.compile(r"(?:国家)?数据中心集群")
_CENTRE = re.compile(r"(?:北京|上海|粤港澳大湾区)?国际科技创新中心(?!城市)")


def programmes(view: View) -> Iterator[Mention]:
    """国家人工智能创新应用先导区, “东数西算”工程, “星火计划”.

    >>> from aikg.loaders.extract.mentions import View
    >>> [m.name for m in programmes(View("入选国家级车联网先导区，启动“晨光计划”，实施产业链强基工程。"))]
    ['国家车联网先导区', '晨光计划', '产业链强基工程']
    """
    text = view.text
    state: set[int] = set()
    for pattern, name in _STATE if "先导区" in text or "试验区" in text else ():
        for match in pattern.finditer(text):
            state.add(match.end())
            aliases = (match[0],) if match[0] != name else ()
            yield _made(view, match.start(), match.end(), name, 0.85, aliases)
    if "创新应用先导区" in text:  # the head of the name stands once before both
        for match in re.finditer(r"(?<=[与和、])创新发展试验区", text):
            yield Mention(
                match.start(),
                match.end(),
                "Programme",
                "国家新一代人工智能创新发展试验区",
                aliases=(match[0],),
                confidence=0.75,
            )
    for match in _NATIONAL.finditer(text) if "国家" in text or "全国" in text else ():
        if (
            match.end() not in state
            and not _CLASS.match(match[0])
            and not re.search(r"(?:中关村|东湖|张江)$", text[: match.start()])
        ):
            yield _made(view, match.start(), match.end(), identity.clean_name(match[0]), 0.7, _without_level(match[0]))
    for match in _CENTRE.finditer(text) if "科技创新中心" in text else ():
        yield _made(view, match.start(), match.end(), match[0], 0.7)
    for match in _NODE.finditer(text) if "枢纽节点" in text else ():
        if around := view.place_ending(match.start()):
            yield _made(view, around[0], match.end(), text[around[0] : match.end()], 0.65)
    for match in _CLUSTER.finditer(text) if "数据中心集群" in text else ():
        around = view.place_ending(match.start())
        if around is not None and around[1].label in ("City", "District", "Park", "Region"):
            yield _made(view, around[0], match.end(), text[around[0] : match.end()], 0.7)
    for match in _CHOSEN.finditer(text) if _MAY_BE_CHOSEN.search(text) else ():
        name = match["name"]
        if not _PLAIN_CHOSEN.match(name) and match.end() not in state and "企业" not in name:
            yield _made(view, match.start("name"), match.end(), identity.clean_name(name), 0.7)
    if "“" in text or '"' in text:
        yield from _quoted(view)
    if not ("工程" in text or "行动" in text or "计划" in text):
        return
    for match in _CARRIED_OUT.finditer(text):
        if not _PLAIN.match(match["name"]):
            yield _made(view, match.start("name"), match.end("name"), identity.clean_name(match["name"]), 0.65)


def _quoted(view: View) -> Iterator[Mention]:
    text = view.text
    for match in _QUOTED.finditer(text):
        name, tail = match["name"], match["tail"]
        if _NO_NAME.match(name) or "规划" in name or re.fullmatch(r"十[一二三四五]五", name):
            continue
        yield _made(view, match.start("name") - 1, match.end(), f"“{name}”{tail}", 0.75, (name + tail, name))
    for match in _QUOTED_NAME.finditer(text):
        start = match.start()
        if "规划" in match["name"] or _PLAIN.match(match["name"]) or re.search(r"[+＋]", match["name"]):
            continue
        head = _HEAD.search(text[max(0, start - 6) : start])
        name = f"{head[0]}“{match['name']}”" if head else match["name"]
        yield _made(view, start, match.end(), name, 0.75, (match["name"],) if head else ())


def _made(view: View, start: int, end: int, name: str, confidence: float, aliases: tuple[str, ...] = ()) -> Mention:
    short = short_form(view.text[end:])
    return Mention(
        start, end, "Programme", name, aliases=aliases, shorts=(short,) if short else (), confidence=confidence
    )


def _without_level(name: str) -> tuple[str, ...]:
    return ("国家" + name.removeprefix("国家级"),) if name.startswith("国家级") else ()
