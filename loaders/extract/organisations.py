"""Universities, institutions and compute centres by the endings of their names, and bodies of the state by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import name_start
from aikg.loaders.extract.mentions import Mention, View
from aikg.ontology.places import Place

__all__ = ["compute_centres", "institutions", "universities"]

_UNIVERSITY = re.compile(r"(?:大学|理工学院|职业技术学院|职业学院|工程学院|师范学院|医学院|商学院|技术学院)(?![生们城都多部概习])")
_UNIVERSITY_INSIDE = re.compile(r"^(?:科技园|研究院|附属|出版社|城|分校|医院)")
_GENERIC_UNIVERSITY = re.compile(r"^(?:所|多所|各|等|重点|综合|一流|双一流|国内外|知名|当地|本地|部分|高水平|研究型|与|和|的|著名)*$")

_OF_STATE = (
    "人民政府办公厅|人民政府|市政府|省政府|区政府|政府办公厅|政府|经济和信息化委员会|经济和信息化厅|经济和信息化局|经济和信息化委|经信厅|经信局|经信委|工业和信息化厅|工业和信息化局|工信厅|工信局|工信委"
    "|发展和改革委员会|发展改革委|发改委|发展和改革局|科学技术委员会|科学技术厅|科学技术局|科技厅|科技局|科技创新局|科技创新委员会|科创委|科委|商务厅|商务局|财政厅|财政局|数据局|大数据局|数据管理局|政务服务数据管理局"
    "|通信管理局|市场监管局|市场监督管理局|统计局|教育厅|教育局|人社厅|人社局|卫健委|住建厅|住建局|交通厅|交通运输厅|农业农村厅|网信办|知识产权局|人大常委会|国资委|管委会|自然资源局|规划局|人力资源和社会保障局|人力资源和社会保障厅|两会"
)
_STATE = re.compile(rf"(?:{_OF_STATE})(?![工作的]?工作报告|引导|部门|采购|功能|主导|支持|职能|补贴|资金|服务)")
_NATIONAL = re.compile(
    "国务院办公厅|国务院|中共中央|党中央|全国人大常委会|全国人大|工业和信息化部|工信部|国家发展和改革委员会|国家发展改革委|国家发改委|发展改革委|科学技术部|科技部|教育部|财政部|商务部"
    "|人力资源社会保障部|人力资源和社会保障部|人社部|国家统计局|国家数据局|中央网信办|国家网信办|国家互联网信息办公室|国家知识产权局|农业农村部|交通运输部|国家卫生健康委|国家卫健委|自然资源部|生态环境部|住房城乡建设部"
    "|公安部|司法部|水利部|国家能源局|国家药监局|国家市场监督管理总局|市场监管总局|国资委|中国人民银行|银保监会|证监会|国家标准委|国家标准化管理委员会|全国工商联|国新办|最高人民法院|最高人民检察院|民政部|文化和旅游部"
)
_BODY = (
    "研究院|研究所|研究总院|研究中心|科学院|工程院|实验室|协会|学会|联盟|商会|联合会|促进会|基金会|委员会|交易所|信通院|赛迪|智库|达摩院|技术转移中心|创新中心|检测中心|认证中心|数据中心联盟|情报所|信息中心|标准院|出版社|电视台|日报社|通讯社|新华社"
)
_BODY_END = re.compile(rf"(?:{_BODY})(?!级|群|数量|员)")
_MEDIA = re.compile(r"(?:日报|晚报|时报|财经网?|新闻网|通讯社|电视台|周刊)(?=记者|报道|讯|采访|获悉|[)）]|$)")
_GENERIC_BODY = re.compile(
    r"^(?:高端|研发|国家|国家级|省级|市级|省|市|重点|联合|新型|国内|国际|国外|全国|全球|第三方|多家|专业|企业|行业|产业|技术|创新|工程|工程技术|制造业|公共|服务|数字|科技|科研|人工智能|AI|智能|算法|伦理|数据|大数据|多个|一批|[0-9一二三四五六七八九十百余]+[个家所]?|级|类|的|和|与|、)*$"
)

_CENTRE = re.compile(r"(?:人工智能计算中心|人工智能算力中心|智能计算中心|智能算力中心|智算中心|超级计算中心|超算中心|算力中心|计算中心|大数据中心|数据中心|算力枢纽|算力基地|智算基地|智算集群|先进计算中心)(?!集群|机架|建设|平均|数量|数|建成|等|规模|资源|产业|布局|抗|利用|业务)")
_CENTRE_LOOSE = re.compile(r"(?:人工智能计算中心|人工智能算力中心|智能计算中心|智算中心|超级计算中心|超算中心|算力中心|计算中心)")


def universities(view: View) -> Iterator[Mention]:
    """深圳大学, 清华大学; not 大学生 and not 多所大学."""
    for match in _UNIVERSITY.finditer(view.text):
        start = name_start(view, match.start(), 14)
        own = view.text[start : match.start()]
        if not own or _GENERIC_UNIVERSITY.match(own) or _UNIVERSITY_INSIDE.match(view.text[match.end() :]):
            continue
        yield Mention(start, match.end(), "University", identity.clean_name(view.text[start : match.end()]), place=_begins(view, start, match.end()), confidence=0.85)


def institutions(view: View) -> Iterator[Mention]:
    """Ministries and their counterparts in provinces and cities, institutes, laboratories, associations, media."""
    for match in _NATIONAL.finditer(view.text):
        yield Mention(match.start(), match.end(), "Institution", match[0], kind="ministry", confidence=0.9)
    for match in _STATE.finditer(view.text):
        around = view.place_ending(match.start())
        if around is None:
            continue
        start, place = around
        while chain := view.place_ending(start):
            start = chain[0]
        name = identity.clean_name(view.text[start : match.end()])
        yield Mention(start, match.end(), "Institution", name, place=place, kind="ministry", confidence=0.85)
    for match in _BODY_END.finditer(view.text):
        start = name_start(view, match.start(), 24)
        own = view.text[start : match.start()]
        place = _begins(view, start, match.end())
        rest = own if place is None else view.text[_end_of_places(view, start) : match.start()]
        if len(own) < 2 and match[0] not in ("信通院", "达摩院", "新华社"):
            continue
        if match[0] not in ("信通院", "达摩院", "新华社", "赛迪") and (
            _GENERIC_BODY.match(rest) if place is None else match[0] == "创新中心" and _GENERIC_BODY.match(rest)
        ):
            continue
        if re.search(r"国家重点$|省重点$|[0-9一二三四五六七八九十]\s?[个家所]", own):
            continue
        yield Mention(start, match.end(), "Institution", identity.clean_name(view.text[start : match.end()]), place=place, kind=_kind(match[0]), confidence=0.75)
    for match in _MEDIA.finditer(view.text):
        start = name_start(view, match.start(), 8)
        if start < match.start():
            yield Mention(start, match.end(), "Institution", view.text[start : match.end()], kind="media", confidence=0.7)


def compute_centres(view: View) -> Iterator[Mention]:
    """Centres with a name of their own or a place: 合肥先进计算中心; not 算力中心 as a class."""
    for match in _CENTRE.finditer(view.text):
        start = name_start(view, match.start(), 16)
        place = _begins(view, start, match.end())
        own = view.text[_end_of_places(view, start) if place else start : match.start()]
        named = place is not None and place.label in ("City", "District", "Province") and not re.search(r"[级各型等]", own)
        if not named and (len(own) < 2 or not _CENTRE_LOOSE.search(match[0]) or _GENERIC_BODY.match(own) or re.search("[级类各等型]|[0-9]|绿色|大型|超大", own)):
            continue
        yield Mention(start, match.end(), "ComputeCenter", identity.clean_name(view.text[start : match.end()]), place=place, confidence=0.75)


def _begins(view: View, start: int, end: int) -> Place | None:
    """The innermost place of a chain that a name begins with."""
    place, at = None, start
    while at < end and (found := view.place_at(at)) and found[0] <= end:
        at, place = found
    return place


def _end_of_places(view: View, start: int) -> int:
    at = start
    while found := view.place_at(at):
        at = found[0]
    return at


def _kind(ending: str) -> str | None:
    if ending in ("实验室",):
        return "lab"
    if ending in ("协会", "学会", "联盟", "商会", "联合会", "促进会"):
        return "association"
    return None
