"""Universities, institutions and compute centres by the endings of their names, and bodies of the state by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import NOT_A_NAME, chain, name_start, place_of
from aikg.loaders.extract.mentions import Mention, View, together
from aikg.ontology.places import Place

__all__ = ["compute_centres", "organisations"]

_UNIVERSITY = re.compile(
    r"(?:大学|理工学院|职业技术学院|职业学院|工程学院|师范学院|医学院|商学院|技术学院)(?![生们城都多部概习园])"
)
_UNIVERSITY_INSIDE = re.compile(r"^(?:科技园|研究院|附属|出版社|城|分校|医院)")
_GENERIC_UNIVERSITY = re.compile(
    r"^(?:AI|人工智能|非|家|各?类|[0-9]+|所|多所|各|等|重点|综合性?|一流|双一流|国内外?|海外|知名|当地|本地|部分|高水平|研究型|应用型|与|和|的|著名|顶尖|老牌|名牌|世界|全球|这所|理工科?|新型|特色|全国|地方|省属|几所|两所)*$"
)

# Bodies of a province, city, district or zone; 省, 市 or 区 may stand before them for the place.
_OF_PLACE = (
    "人民政府办公[厅室]|人民政府|政府办公[厅室]|政府|委办公[厅室]|经济和信息化委员会|经济和信息化厅|经济和信息化局|经济和信息化委|经济信息委|经信厅|经信局|经信委|工业和信息化厅|工业和信息化局|工信厅|工信局|工信委"
    "|发展和改革委员会|发展改革委|发改委|发展和改革局|发展改革局|发改局|科学技术委员会|科学技术厅|科学技术局|科技厅|科技局|科技创新局|科技创新委员会|科创委|科委|商务厅|商务局|商务委|财政厅|财政局|大数据发展管理局|大数据局|大数据发展局|数据资源管理局|数据资源局|科创局|科技和工业信息化局|工业和科技局|新闻办|数据局|数据管理局|大数据管理局|政务服务数据管理局|政务服务和数据管理局"
    "|通信管理局|市场监管局|市场监督管理局|统计局|教育厅|教育局|教委|人社厅|人社局|卫健委|住建厅|住建局|交通厅|交通局|交通运输[厅局]|农业农村[厅局]|网信办|知识产权局|人大常委会|国资委|自然资源局|规划局|人力资源和社会保障[厅局]|新经济发展委员会|投资促进局|招商局|民政局|文旅局|公安局|金融工作局|金融监管局"
)
_STATE = re.compile(
    rf"(?P<unit>[省市区县])?(?P<body>{_OF_PLACE})(?![工作的]?工作报告|引导|部门|采购|功能|主导|支持|职能|补贴|资金|服务|规划|投资基金|机关|办公(?![厅室]))"
)
_UNITS = {"省": "Province", "市": "City", "区": "District", "县": "District"}
_NEXT_BODY = re.compile(r"\s?(?:、|和|与|及|以及|会同|联合|/|，会同|，联合)\s?")
_SEATS = frozenset("厅局委会府办")
_COMMITTEE = re.compile(r"(?:管委会|管理委员会)(?![员])")
_NATIONAL = re.compile(
    "国务院办公厅|国务院|中共中央|党中央|全国人大常委会|全国人大|工业和信息化部|工信部|国家发展和改革委员会|国家发展改革委|国家发改委|科学技术部|科技部(?!门)|教育部(?!门|署)|财政部(?!门)|商务部(?!门)"
    "|人力资源社会保障部|人力资源和社会保障部|人社部|国家统计局|国家数据局|中央网信办|国家网信办|国家互联网信息办公室|国家知识产权局|农业农村部(?!门)|交通运输部(?!门)|国家卫生健康委(?:员会)?|国家卫健委|自然资源部(?!门)|生态环境部(?!门)|住房城乡建设部"
    "|公安部(?!门)|司法部(?!门)|水利部(?!门)|国家能源局|国家药监局|国家市场监督管理总局|市场监管总局|中国人民银行|银保监会|证监会|国家标准委|国家标准化管理委员会|全国工商联|国新办|最高人民法院|最高人民检察院|民政部(?!门)|文化和旅游部"
)
_BODY = "研究院|研究所|研究总院|研究中心|研究会|科学院|工程院|实验室|协会|学会|联盟|商会|联合会|促进会|基金会|委员会|交易所|联交所|信通院|达摩院|技术转移中心|创新中心|检测中心|认证中心|评定中心|服务中心|情报所|信息中心|标准院|出版社|电视台|日报社|通讯社|新华社|纳米所|自动化所|计算所|物质院|规划院|设计院|工作站|国重室"
_BODY_END = re.compile(rf"(?:{_BODY})(?!级|群|数量|员|化|和研究|[需用得以处占含示述产])")
_OF_ITS_OWN = frozenset({"信通院", "达摩院", "新华社"})
_FOREIGN = re.compile(
    r"国防部|商务部|能源部|教育部|经济产业省|总务省|文部科学省|国会|众议院|参议院|海军|空军|陆军|国家科学基金会|国家标准与技术研究院|联邦政府|财政部|科技部|科学技术信息通信部|白宫"
)
_MEDIA = re.compile(r"(?:日报|晚报|时报|财经网?|新闻网|通讯社|电视台|周刊|经济报)(?=记者|报道|讯|采访|获悉|[)）]|$)")
_GENERIC_BODY = re.compile(
    r"^(?:高端|研发|国家|国家级|省级|市级|省|市|区|重点|联合|共建|新型|国内|国际|国外|全国|全球|第三方|多家|专业|企业|行业|产业|技术|创新|工程|工程技术|制造业?|公共|服务|数字|数字化|科技|科研|人工智能|AI|智能|算法|伦理|数据|大数据|多个|一批|[0-9一二三四五六七八九十百余]+[个家所]?"
    r"|级|类|的|和|与|、|[+\d]|检验|测试|机器人|应用|高校|大学|校企|院企|政务|便民|为民|综合|展示|体验|党群|协同|概念|验证|中试|基础|前沿|交叉|学科|全省|全市|高水平|高能级|现代|先进|未来|发展|政策|战略|经济|信息|软件|芯片|区域|关键|共性|概念验证|实体|虚拟|开放|独立|顶尖|知名|著名|国防|联合国|领域|安全|标准化?|咨询|市场|专家|专门|指导|领导|工作|决策|管理|治理|审查|监督|双)*$"
)
_CLASS_BEFORE = re.compile(
    r"(?:\d|[一二三四五六七八九十百两几多数余])\s?(?:个|家|座|所|大|批)?$|(?:级|类|各|批|部分|多数|每个|这些|其他|某|首个|首家)$"
)
_ANALYST = re.compile(
    r"(?:券商|投行|咨询|研究|调研|评级|分析|市场研究|第三方|数据)(?:机构|公司)(?P<name>[\u3400-\u9fffA-Za-z&·]{2,8}?)(?=预计|预测|认为|数据显示|报告|发布|测算|统计|指出|估算|估计|的数据|的报告|最新|表示|称)"
)
_NO_ANALYST = re.compile(
    r"普遍|[也均都已曾还就的等在对为]|相关|最新|近日|日前|联合|共同|纷纷|今年|去年|负责人|分析师|专家"
)

_CENTRE = re.compile(
    r"(?:人工智能计算中心|人工智能公共算力中心|人工智能算力中心|智能计算中心|智能算力中心|智算中心|超级计算中心|超算中心|算力中心|先进计算中心|计算中心|大数据中心|云数据中心|数据中心|算力基地|智算基地|云脑|云计算基地|数据湖|智算园|大数据产业基地|云计算[\u3400-\u9fff]{0,6}信息园|大数据信息园|云计算产业?园|云计算中心|云基地|智算基地)(?!集群|机架|数量|联盟|服务器)"
    r"|国家超级计算[\u3400-\u9fff]{2,4}中心|国家超算[\u3400-\u9fff]{2,4}中心"
)
# What is said of a class rather than of one centre: 贵州数据中心规模.
_CENTRE_BEHIND = re.compile(
    r"(?:建设|平均|数|规模|资源|产业|布局|抗|利用|业务|的(?:建设|利用|上架)|体系|企业|市场|行业|项目)"
)
_CENTRE_LOOSE = re.compile(r"(?:计算中心|智算中心|超算中心|算力中心|云脑)$")
_CENTRE_CLASS = re.compile(
    r"[级类各等型]|[0-9]|大型|超大|^绿色$|^(?:新|老|自建|公共|城市|边缘|分布式|区域|自有|传统|通用|智能|云|国产|万卡|千卡|国家)+$"
)
_QUOTED_CENTRE = re.compile(
    r"[“\"](?P<name>[^“”\"，。、；《》]{2,12})[”\"](?P<ending>[\u3400-\u9fff]{0,8}?(?:计算中心|智算中心|超算中心|算力中心|数据中心|算力基地|智算基地|算力集群|智算集群|算力平台))(?!数|集群数|建设数)"
)
_OF_A_REGION = re.compile(
    r"^(?:长三角|珠三角|京津冀|大湾区|粤港澳|成渝|川渝|闽|浙|长江|黄河|淮海|华[东北南中]|西[南北]|东北|中部|西部|东部|北方|南方|环|[\u3400-\u9fff]{1,3}[江河湖湾海山])"
)
_BRACKET_PLACE = re.compile(r"\s?[（(]([^（）()]{2,6})[)）]")


def organisations(view: View) -> Iterator[Mention]:
    """Universities, institutes, laboratories, associations, bodies of the state, media; of names inside names the whole.

    >>> from aikg.loaders.extract.mentions import View
    >>> [(m.label, m.name) for m in organisations(View("据工信部介绍，之江实验室与蓬莱大学联合办学，大学生受益"))]
    [('Institution', '工信部'), ('Institution', '之江实验室'), ('University', '蓬莱大学')]
    """
    yield from together(_universities, _ministries, _bodies, _committees, _media, _analysts)(view)


def _universities(view: View) -> Iterator[Mention]:
    for match in _UNIVERSITY.finditer(view.text):
        start, end = name_start(view, match.start(), 14), match.end()
        own = view.text[start : match.start()]
        if (
            not own
            or _GENERIC_UNIVERSITY.match(own)
            or _UNIVERSITY_INSIDE.match(view.text[end:])
            or NOT_A_NAME.match(own)
        ):
            continue
        bracket = _BRACKET_PLACE.match(view.text, end)
        if bracket and any(b == bracket.start(1) and s == bracket.end(1) for b, s, _ in view.places):
            end = bracket.end()
        name = identity.clean_name(view.text[start:end])
        yield Mention(start, end, "University", name, place=place_of(view, start, end), confidence=0.85)


def _ministries(view: View) -> Iterator[Mention]:
    text = view.text
    last: tuple[int, Place] | None = None
    for match in _NATIONAL.finditer(text):
        yield Mention(match.start(), match.end(), "Institution", match[0], kind="ministry", confidence=0.9)
    for match in () if _SEATS.isdisjoint(view.signs) else _STATE.finditer(text):
        begin = match.start()
        around = view.place_ending(begin) or view.place_ending(match.start("body"))
        if around is not None and not (match["body"] == "政府" and around[1].code == "CN"):
            start, place = around
            while further := view.place_ending(start):
                start = further[0]
            name = identity.clean_name(text[start : match.end()])
            last = match.end(), place
            yield Mention(start, match.end(), "Institution", name, place=place, kind="ministry", confidence=0.85)
        elif last is not None and (owner := _same_owner(text, last, match)):
            # 某省发展改革委、科技厅、省工信厅: the place stands once before all.
            last = match.end(), owner
            name = owner.name + match["body"]
            short = identity.clean_name(text[begin : match.end()])
            yield Mention(
                begin, match.end(), "Institution", name, place=owner, kind="ministry", shorts=(short,), confidence=0.75
            )
        elif (
            match["unit"]
            and match["body"] != "政府"
            and (home := _home(view, match["unit"]))
            and not re.search(r"[\u3400-\u9fff]$", text[:begin][-1:].strip("和与及由经据向"))
        ):
            short = text[begin : match.end()]
            name = home.name.removesuffix(match["unit"]) + short
            yield Mention(
                begin, match.end(), "Institution", name, place=home, kind="ministry", shorts=(short,), confidence=0.7
            )
    abroad = any(p.label == "Country" and p.code != "CN" for _, _, p in view.places)
    for match in _FOREIGN.finditer(text) if abroad else ():
        around = view.place_ending(match.start())
        if around is not None and around[1].label == "Country" and around[1].code != "CN":
            yield Mention(
                around[0],
                match.end(),
                "Institution",
                text[around[0] : match.end()],
                place=around[1],
                kind="ministry",
                confidence=0.8,
            )


def _same_owner(text: str, last: tuple[int, Place], match: re.Match[str]) -> Place | None:
    """The place of the body before, where only a mark or 会同 stands between and a 省 or 市 before the body agrees."""
    end, place = last
    if not _NEXT_BODY.fullmatch(text[end : match.start()]) or match["body"] == "政府":
        return None
    label = _UNITS.get(match["unit"] or "")
    named = match["unit"] == "市" and place.name.endswith("市")  # 重庆市经济信息委、市科技局
    return place if named or label in (None, place.label) else None


def _home(view: View, unit: str) -> Place | None:
    """The place of the document, if it is of the kind that the unit says."""
    label = _UNITS[unit]
    return view.home if view.home is not None and view.home.label == label and view.home.name.endswith(unit) else None


def _bodies(view: View) -> Iterator[Mention]:
    text = view.text
    for match in _BODY_END.finditer(text):
        start = name_start(view, match.start(), 26, through_parks=True)
        own = text[start : match.start()]
        if match[0] not in _OF_ITS_OWN:
            owned = any(begin == start for begin, _ in view.owners)
            _, rest = chain(view, start, match.end())
            bare = text[rest : match.start()]
            if len(own) < 2 or NOT_A_NAME.match(own) or _CLASS_BEFORE.search(text[max(0, start - 6) : start]):
                continue
            if (
                _GENERIC_BODY.match(bare)
                and not owned
                and (rest == start or not _of_a_place(view, start, bare, match[0]))
            ):
                continue
            if re.search(r"国家重点$|省重点$|[0-9一二三四五六七八九十]\s?[个家所]|^(?:技术|工程)?研发|级$", own):
                continue
        end = match.end()
        bracket = _BRACKET_PLACE.match(text, end)
        if bracket and any(b == bracket.start(1) and s == bracket.end(1) for b, s, _ in view.places):
            end = bracket.end()
        name = identity.clean_name(text[start:end])
        yield Mention(
            start, end, "Institution", name, place=place_of(view, start, end), kind=_kind(match[0]), confidence=0.75
        )


def _of_a_place(view: View, start: int, bare: str, ending: str) -> bool:
    """浙江人工智能学会 is one body; 浙江创新中心, 深圳服务中心 are classes."""
    found = view.place_at(start)
    if found is None or found[1].label == "Region":
        return False
    if found[1].label == "Country":
        return len(bare) >= 2 and ending in (
            "研究院",
            "协会",
            "学会",
            "联盟",
            "商会",
            "联合会",
            "科学院",
            "工程院",
            "委员会",
            "促进会",
        )
    if len(bare) >= 4 and not re.fullmatch(r"(?:科技|技术|产业|区域|创新|公共|政务|企业|综合|联合|服务)*", bare):
        return ending not in ("委员会", "工作站", "服务中心")
    return len(bare) >= 2 and ending not in (
        "服务中心",
        "创新中心",
        "信息中心",
        "委员会",
        "研究中心",
        "实验室",
        "工作站",
    )


def _committees(view: View) -> Iterator[Mention]:
    """和林格尔新区管委会: the park or place before it tells whose."""
    for match in _COMMITTEE.finditer(view.text):
        park = next((m for m in view.known if m.label == "Park" and m.end == match.start()), None)
        start = park.start if park else name_start(view, match.start(), 16)
        own = view.text[start : match.start()]
        if len(own) < 4 or not re.search(r"[区园城镇谷岛带]$", own) or re.match(r"高新区|经济技术|各|经开区|园区", own):
            continue
        name = identity.clean_name(view.text[start : match.end()])
        yield Mention(
            start,
            match.end(),
            "Institution",
            name,
            place=place_of(view, start, match.end()),
            kind="ministry",
            confidence=0.75,
        )


def _media(view: View) -> Iterator[Mention]:
    for match in _MEDIA.finditer(view.text):
        start = name_start(view, match.start(), 8)
        if start < match.start():
            yield Mention(
                start, match.end(), "Institution", view.text[start : match.end()], kind="media", confidence=0.7
            )


def _analysts(view: View) -> Iterator[Mention]:
    """券商机构某某预计: who is called a broker, a bank or a consultancy and says something."""
    for match in _ANALYST.finditer(view.text):
        name = match["name"]
        if not _NO_ANALYST.search(name):
            start = match.start("name")
            yield Mention(start, match.end("name"), "Institution", name, kind="consultancy", confidence=0.65)


def compute_centres(view: View) -> Iterator[Mention]:
    """Centres with a name of their own or a place: 合肥先进计算中心; not 算力中心 as a class."""
    text = view.text
    for match in _QUOTED_CENTRE.finditer(text):
        bare = match["name"] + match["ending"]
        name = f"“{match['name']}”{match['ending']}"
        yield Mention(match.start(), match.end(), "ComputeCenter", name, aliases=(bare,), confidence=0.75)
    for match in _CENTRE.finditer(text):
        start, end = name_start(view, match.start(), 20, through_parks=True), match.end()
        bracket = _BRACKET_PLACE.match(text, end)
        bracketed = bracket is not None and any(
            b == bracket.start(1) and s == bracket.end(1) for b, s, _ in view.places
        )
        if bracket and bracketed:
            end = bracket.end()
        owner = next((m for m in view.known if m.label == "Company" and m.start == start), None)
        place = place_of(view, owner.end if owner else start, end)
        _, rest = chain(view, start, match.start())
        own = text[rest : match.start()]
        if NOT_A_NAME.match(text[start:end]) or _CLASS_BEFORE.search(text[max(0, start - 6) : start]):
            continue
        owned = any(begin == start for begin, _ in view.owners)
        named = place is not None and place.label in ("City", "District", "Province") and not _CENTRE_CLASS.search(own)
        named = named or (
            place is not None and place.label == "Region" and len(own) >= 2 and not re.search("[级类各等型]|[0-9]", own)
        )
        proper = (
            owned or (bracketed and len(own) >= 2) or _names_a_centre(own, match[0]) or match[0].startswith("国家超")
        )
        classed = _CENTRE_BEHIND.match(text, end) and not (len(own) >= 2 and text.startswith("建设", end))
        if not proper and (not named or classed):
            continue
        name = identity.clean_name(text[start:end])
        whole = rest == start or (place is not None and place.label == "Country") or text.startswith("中国", start)
        aliases = () if whole or not _names_a_centre(own, match[0]) else (identity.clean_name(text[rest:end]),)
        yield Mention(start, end, "ComputeCenter", name, place=place, aliases=aliases, confidence=0.75)


def _names_a_centre(own: str, ending: str) -> bool:
    return (
        len(own) >= 2
        and not _GENERIC_BODY.match(own)
        and not _CENTRE_CLASS.search(own)
        and (_CENTRE_LOOSE.search(ending) is not None or (own.startswith("国家") and len(own) >= 4))
    )


def _kind(ending: str) -> str | None:
    if ending == "实验室":
        return "lab"
    return "association" if ending in ("协会", "学会", "联盟", "商会", "联合会", "促进会", "研究会") else None
