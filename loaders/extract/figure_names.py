"""Which names of a clause can be the subject of its numbers: not those compared with, reporting, described or listed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aikg.loaders.extract.discourse import PLACES, Clause
from aikg.loaders.extract.mentions import Mention
from aikg.ontology.places import Places

__all__ = [
    "BESIDE_BEFORE",
    "OFFICE",
    "OPENING",
    "WHERE",
    "WHO",
    "choose",
    "coordinated",
    "country",
    "first",
    "heads",
    "main_clauses",
    "of_clauses",
    "speaks_for",
    "usable",
    "without_items",
]

WHERE = PLACES | {"Park", "Group"}
WHO = frozenset({"Company", "University", "Institution", "ComputeCenter", "Programme"})
_COUNTRY = "country:CN"
OFFICE = re.compile(r"(?:厅|局|委|委员会|部|办公室|政府|办|人大|政协|会议|财政|海关|法院|报|社|网|台)$")
_AND = re.compile(r"(?:、|和|与|及|以及|（[^）]{0,12}）|\([^)]{0,12}\)|[”“\"]|\s|/|-|—)+")
# What stands before a name that is compared with, or that is the whole of a share or the field of a rank.
BESIDE_BEFORE = re.compile(
    r"(?:占据?了?|居|位列|名列|位居|排名?|列|较|比|相比|相较于?|高于|低于|超过|多于|少于|相当于|不足|接近|达到|领先|赶超|超越|仅次于|来自|出口|进口|面向|辐射|对标|服务|走向|销往|远销|媲美|同比|约为|领跑|为|是|引领|覆盖|放眼)(?:到了?|了|超|约|近|全部)?$"
)
_BESIDE_AFTER = re.compile(
    r"^(?:的?(?:比重|平均|总量的|总数的|总额的|排名|排行|第[一二三四五六七八九十0-9]|首位|前列|同类|同期|首[个家批座条部]|最|领先|一流|唯一|先进|知名|范围|各地|水平|市场份额|市占率|市场占有率|占有率|首屈|排位|名列|位居))"
)
_REPORTER = re.compile(
    r"^(?:等)?(?:联合)?(?:此前|近日|日前|最新|今日|昨日|[0-9一二三四五六七八九十年月日]{0,8})*(?:的?(?:数据|统计|测算|预测|报告|调查|调研|监测|资料|研究(?!院|所|中心))|发布|公布|印发|出台|表示|介绍|指出|认为|显示|透露|披露|提出|预计|院长|主任|副|教授|首席|专家|研究员|分析师|记者|负责人|有关|相关负责|总裁|董事长|CEO)"
)
_EXCHANGE = re.compile(r"(?:证券|联合)?(?:交易所|联交所|证交所|上市|主板|科创板|创业板|北交所)")
_INVESTS = re.compile(r"(?:等[^，。；、]{0,6})?(?:独家|联合|共同)?(?:领投|跟投|投资)的")
_LISTED_AT = re.compile(r"(?:主板|科创板|创业板)?(?:挂牌)?上市")
_ISSUES = re.compile(r"(?:等[^，。]{0,6}|联合[^，。]{0,8})?(?:发布|公布|印发|出台|提出|推出|相关负责)")
_NATIONAL = re.compile(
    r"国务院|中共中央|国家(?:发展|发改|网信|互联网|数据局|能源局|知识产权|市场|标准|税务|工业|信息|科技)|工业和信息化部|工信部|科技部|科学技术部"
    r"|发展改革委|发改委|财政部|教育部|商务部|农业农村部|交通运输部|人力资源|中央(?:网信|财政|政府)|自然资源部|住房和城乡"
)
_LISTED = re.compile(
    r"(?:包括|如|例如|比如|代表(?:性)?(?:企业|公司|机构)?(?:有|为|包括)|有|以|涌现出?|集聚了?|吸引了?|引进了?|汇聚了?|、|和|与|及)[^，。；：、]{0,6}$"
)
OPENING = re.compile(
    r"^(?:\s|其中|而|但|同时|此外|另外|目前|当前|截至|到|在|据|从|例如|比如|如|作为|对于|根据|相比|不过|然而|近年来|如今|以|由|[0-9一二三四五六七八九十年月日底末初—~至-]|[“”（）(),，])*$"
)
_ITEMS_END = re.compile(r"^[^，。；：]{0,8}?(?:等|共|等共|共计|共有|这|等这)\s*$")
_WITH = re.compile(
    r"(?:与|和|及|同|由|携手|联合|采用|入驻|中标|拿下|斩获|签下|收购|入股|参股|牵手|搭载|基于|引入|引进|依托|包括|如|像|集聚了?|汇聚了?|吸引了?|有|等|给|向|为|被|、)[^，。；、]{0,3}$"
)
_DOES = re.compile(r"[^，。；：、]{0,14}的$|(?:旗下|控股|参股|全资|投资|孵化|子公司|下属)+的?(?:子公司)?$")
_COORDINATED_WITH = re.compile(r"(?:联合|携手|与|和|、|会同|牵手)?")
_NEXT_TO = re.compile(r"(?:地区|等|这)*")
_NEXT_ITEM = re.compile(r"(?:地区|城市群|经济圈)?(?:、|和|与|及|以及)")


def heads(text: str, mentions: list[Mention], start: int) -> list[Mention]:
    """Without what only describes the next name: of 佛山的美的集团, 某区联合深圳共建的科技园 the name behind 的."""
    before = [m for m in mentions if m.end <= start]
    gone = set()
    for index in range(len(before) - 1, 0, -1):
        first, second = before[index - 1], before[index]
        if _DOES.fullmatch(text[first.end : second.start]) and not (
            second.label in PLACES and first.label not in PLACES
        ):
            gone.add(index - 1)
        elif index in gone and _COORDINATED_WITH.fullmatch(text[first.end : second.start]):
            gone.add(index - 1)  # 甲联合乙共建的园区
    return [m for index, m in enumerate(before) if index not in gone] + [m for m in mentions if m.end > start]


def without_items(text: str, mentions: list[Mention], start: int, *, parts: bool = False) -> list[Mention]:
    """Without the list that a count sums up: 广州、深圳等九个城市."""
    if parts and mentions and _NEXT_TO.fullmatch(text[mentions[-1].end : start]):
        at = len(mentions) - 1  # 东部、中部和西部地区三大区域
        while at > 0 and _NEXT_ITEM.fullmatch(text[mentions[at - 1].end : mentions[at].start]):
            at -= 1
        if at < len(mentions) - 1:
            return mentions[:at]
    if not mentions or not _ITEMS_END.match(text[mentions[-1].end : start]):
        return mentions
    if not re.search(r"(?:等|共|共计|这)\s*$", text[max(0, start - 6) : start]):
        return mentions
    at = len(mentions) - 1
    while at > 0 and re.fullmatch(
        r"(?:、|和|与|及|以及|[^，。；：]{0,12}[、和])", text[mentions[at - 1].end : mentions[at].start]
    ):
        at -= 1
    listed = len(mentions) - at > 1 or "、" in text[max(0, mentions[-1].start - 1) : start]
    return mentions[:at] if listed else mentions


_ASIDE = re.compile(r"^[\s，；：、]*其中")
_FOUNDERS = re.compile(r"(?<![自理])由[^，。；]{0,14}$")  # 该中心由甲、乙等企业组建: they are not spoken of
_EACH = re.compile(r"分别(?!位于|是|为|在)|分列|依次|各(?:有|为|占|自)")
_SPREAD = re.compile(
    r"(?:位于|坐落于|坐落在|分布在|分布于|分别在|落在|集中在|集中于|聚集在|聚集于|扎根|落户于?|布局在?|设在|涵盖|覆盖|涉及|包括|来自|辐射)了?[^，。；、]{0,3}$"
)


_BUILT = frozenset({"Park", "ComputeCenter"})
# 依托甲区建设某某产业园，三年内引进企业30家: what follows is told of the thing to be built.
_BUILDS = re.compile(
    r"^[\s，；：、0-9.]*(?:[\u3400-\u9fff]{2,6}?)?(?:正|将|拟|已)?(?:依托|支持|鼓励|推动|推进|加快|加大|在|由|以|力争|重点|着力|高标准|高水平|规划|筹建|建设|打造|建|抓好|做强|做大|办好|用好)(?:[^，。；]{0,16}?(?:建设|打造|设立|建好|创建|兴建|新建|筹建|布局|规划|建成|建|做强))?[“\"]?$"
)


def main_clauses(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses of a sentence without its asides: what 其中甲区有… tells is no subject of the next sentence."""
    kept: list[Clause] = []
    aside = False
    for clause in clauses:
        aside = aside or _ASIDE.match(clause.text) is not None
        if not aside and not _EACH.search(clause.text):
            kept.append(clause)
        aside = aside and not clause.text.rstrip().endswith(("；", ";"))
    return kept


def _spread(text: str, mentions: Sequence[Mention], floor: int) -> set[int]:
    """Starts of the places that a thing is spread over: 七个基地分别位于成都、沈阳、合肥."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if mention.label not in WHERE:
            continue
        if runs and ((gap := text[runs[-1][-1].end : mention.start]) == "" or _AND.fullmatch(gap)):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return {
        m.start
        for run in runs
        if len(run) > 1 and _SPREAD.search(text[max(floor, run[0].start - 10) : run[0].start])
        for m in run
    }


def of_clauses(text: str, clauses: Sequence[Clause], places: Places, *, opening: bool = False) -> list[Mention]:
    """The subject of the clauses before: of the nearest one that begins with a name, else (not with `opening`) the
    first name of all. Examples (代表企业有…, 包括…) and the world as a background are no subjects of what follows.
    """
    rest: list[Mention] = []
    for clause in reversed(clauses):
        named = usable(text, clause.mentions, clause.start, places)
        spread = _spread(text, clause.mentions, clause.start)
        fit = [
            m
            for m in heads(text, named, clause.end)
            if m.start not in spread
            and not (m.label in WHO and _FOUNDERS.search(text[max(clause.start, m.start - 16) : m.start]))
            and not (m.label == "Group" and m.name == "全球")
            and not (m.label in WHO and _LISTED.search(text[max(clause.start, m.start - 14) : m.start]))
        ]
        built = [m for m in fit if m.label in _BUILT and _BUILDS.search(text[clause.start : m.start])]
        if built and not text[built[-1].end : clause.end].strip('，；：。”"、 '):
            return built[-1:]
        if fit and OPENING.match(text[clause.start : min(named[0].start, fit[0].start)]):
            return first(fit, text)
        rest = fit or rest
    return [] if opening else first(rest, text)


def usable(text: str, mentions: Sequence[Mention], floor: int, places: Places) -> list[Mention]:
    """Mentions that can be a subject: not the whole of a share, not whom a rank is among, not who reports. An office
    speaks for its place.
    """
    kept = []
    for mention in mentions:
        if mention.label not in WHERE and mention.label not in WHO:
            continue
        before, after = text[max(floor, mention.start - 8) : mention.start], text[mention.end : mention.end + 16]
        if mention.label in WHERE:
            if BESIDE_BEFORE.search(before) and not before.endswith("作为"):
                continue
            if before.endswith("作为") and re.match(r"的|重要|唯一|最|首|核心|中心|主要", after):
                continue
            if (before.endswith("在") or mention.name in ("中国", "全球")) and _BESIDE_AFTER.match(after):
                continue
            if _EXCHANGE.match(after):
                continue
            if mention.label in PLACES and _REPORTER.match(after) and _ISSUES.match(after) is None:
                continue
        elif mention.label == "Institution" and _NATIONAL.match(mention.name):
            if _REPORTER.match(after) and not _ISSUES.match(after):
                continue
            mention = replace(country(), start=mention.start, end=mention.end)
        elif mention.label == "Institution" and OFFICE.search(mention.name):
            place = speaks_for(mention, places)
            if place is None or not text.startswith(place.name[:2], mention.start):
                continue
            mention = place
        elif (
            (mention.label == "Company" and _INVESTS.match(after)) or _REPORTER.match(after) or _LISTED_AT.match(after)
        ):
            continue
        kept.append(mention)
    return kept


def speaks_for(mention: Mention, places: Places) -> Mention | None:
    """The place of an office (浙江省经信厅 → 浙江省), the mention itself where it is none, None for one without a place."""
    if mention.label != "Institution":
        return mention
    if _NATIONAL.match(mention.name):
        return country()
    if not OFFICE.search(mention.name):
        return mention
    leading = places.leading(mention.name)
    if leading is None:
        return None
    place = leading[0]
    return Mention(mention.start, mention.end, place.label, place.name, place.id, place, confidence=0.75)


def coordinated(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions in runs: 北京、上海和深圳 is one run, what other words part are several."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and _AND.fullmatch(text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _nested(mentions: Sequence[Mention]) -> list[Mention]:
    """Of 广东深圳, 浙江省杭州市余杭区 only the last: what stands directly behind a place lies in it."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and kept[-1].end == mention.start and kept[-1].label in PLACES and mention.label in PLACES | {"Park"}:
            kept[-1] = mention
        else:
            kept.append(mention)
    return kept


_PARENT = re.compile(r"[\u3400-\u9fffA-Za-z]{2,10}(?:旗下|控股|参股|孵化|投资)的?$")


def choose(mentions: Sequence[Mention], text: str, floor: int) -> list[Mention]:
    """Of the names before a number in its clause: the one that opens it, else the nearest place, each with those it is
    coordinated with; and the first body.
    """
    where = coordinated(text, _nested([m for m in mentions if m.label in WHERE]))
    who = coordinated(text, [m for m in mentions if m.label in WHO])
    chosen: list[Mention] = []
    if where:
        chosen = (
            where[0] if OPENING.match(text[floor : where[0][0].start]) and where[0][0].label != "Group" else where[-1]
        )
    if who and OPENING.match(_PARENT.sub("", text[floor : who[0][0].start].lstrip("、，和及"))):
        chosen = [*chosen, *who[0]]
    elif (
        who
        and not chosen
        and len(who[-1]) == 1
        and not _WITH.search(text[max(floor, who[-1][0].start - 8) : who[-1][0].start])
    ):
        chosen = who[-1]
    return chosen


def first(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The subject of another clause or sentence: its first name, with those it is coordinated with."""
    return coordinated(text, _nested(mentions))[0] if mentions else []


def country() -> Mention:
    """China, where the text says only 国内 or counts 省份."""
    return Mention(0, 0, "Country", "中国", _COUNTRY, None, confidence=0.7)
