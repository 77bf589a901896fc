"""Topics: segments, technologies, industries, fields and scenarios, from the ontology's words and from how texts name new ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders.extract.lists import items_before, items_in
from aikg.loaders.extract.mentions import Mention, View

__all__ = ["CORE", "compound_topics", "fields", "known_names", "listed_topics", "plus_topics", "sorts_in_lists"]

_SPACED = re.compile(r"\S+")
# Words so plain that no list needs them, but that texts bet on.
CORE = {
    "算力": "ChainSegment",
    "算法": "Technology",
    "核心算法": "Technology",
    "互联网": "Technology",
    "制造业": "Industry",
    "服务业": "Industry",
    "先进制造业": "Industry",
    "现代服务业": "Industry",
    "电子信息制造业": "Industry",
    "智能算力": "ChainSegment",
}
# What AI is applied to. Such a word is a topic only where the sentence lists it or says 领域, 行业 behind it.
_FIELDS = (
    "公共安全|公共服务|医疗健康|医疗卫生|卫生健康|医疗|金融|教育|交通运输|交通|物流|农业|工业|政务服务|政务|文旅|文化旅游|旅游|文化|能源|电力|电网|安防|司法|法律|家居|零售|商贸|商务|商业|电信|通信"
    "|石油化工|石油|化工|钢铁|矿山|港口|环保|气象|养老|康养|助残|应急|城市管理|城市治理|社会治理|社区|国防|军事|航天|航空|水利|建筑|地产|房地产|汽车|传媒|媒体|娱乐|游戏|体育|保险|银行|证券|税务|制造|生产|消费|食品|纺织|服装|家电|制药|医药|科研|科学研究|民生|治理|外贸|会展|餐饮|酒店|物业|海洋|渔业|林业|畜牧业?|种植业?|种业|养殖业?|金融保险|信息安全|网络安全"
)
_FIELD = re.compile(rf"(?:{_FIELDS})")
_FIELD_RUN = re.compile(rf"(?:{_FIELDS})(?:(?:、|和|与|及|以及)(?:{_FIELDS}))+")
_KIND_BEHIND = re.compile(r"^等?[^，。；、]{0,8}?(?P<kind>领域|行业|场景|产业|方面|应用|赛道|部门|系统|板块)")
_OF_DATA = re.compile(
    r"等?(?:重点|优势|关键)?(?:领域|行业|方面)的?(?:高质量|标准|专业|行业)*(?:数据集|语料|数据资源|数据标注)"
)
_KIND = re.compile(r"领域|行业|场景")
_ONE_FIELD = re.compile(
    rf"(?<![\u3400-\u9fff])(?:{_FIELDS})(?=等?(?:重点|传统|优势)?(?:领域|行业|场景))|(?<=[在于对向如面、及和与])(?:{_FIELDS})(?=(?:等(?:重点|优势|关键|传统|民生)?)?(?:领域|行业|场景))"
)

_PLUS = re.compile(r"[“\"]?(?P<name>(?:人工智能|AI|智能)\s?[+＋]\s?[\u3400-\u9fffA-Za-z0-9]{1,8}?)[”\"]")
_PLUS_BEHIND = re.compile(
    r"(?:人工智能|AI)\s?[+＋]\s?(?:先进制造|高端制造|制造|医疗|教育|金融|交通|农业|物流|能源|文旅|政务|工业|服务|汽车|种业|装备制造|信息技术|数字经济|软件|6G|5G|消费|科研|治理|民生|电网|法律|广告|影视|机器人|安防)(?:业)?"
)
_FIELD_PLUS = re.compile(r"(?:金融|医疗|教育|法律|视觉|语音|工业|农业|政务|气象|生物)(?:AI|人工智能)(?![芯算大平技模])")

# Heads that a sort is put before: 水下特种机器人, 乳业大模型, 算力芯片.
_SORT = (
    "水下|特种|医疗|工业|服务|焊接|物流|教育|康复|农业|智能|家用|军用|陪伴|清洁|保洁|安防|巡检|配送|手术|仿生|四足|双足|轮式|协作|移动|搬运|空中|地面|陆地|陪护|护理|养老|建筑|商用|消防|采摘|喷涂|装配|人形|具身智能|具身|极端环境"
    "|车载|车规级|云端|边缘|边缘计算|加速|算力|推理|训练|存储|通信|传感|视觉|语音|语言|多模态|行业|垂直|通用|专用|金融|政务|法律|气象|盘古|科学|城市|电力|能源|化工|矿山|钢铁|航空|交通|海洋|文旅|乳业|纺织业?|种业|钢铁业|制造业|生物|蛋白质|新材料|消费|可穿戴|穿戴|家居|家电|物联网|柔性|压力|图像|红外|毫米波|激光|惯性|力矩|触觉|高端|量子计算|光子|模拟|射频|功率|存算一体|类脑|AI|RISC-V"
)
_HEADS = "机器人终端|机器人本体|机器人|大模型|模型|芯片|传感器|终端|摄像头|仪器仪表|无人机"
_COMPOUND = re.compile(rf"(?:{_SORT})+(?:{_HEADS})(?![学们院岛谷镇])")
# 智能质检系统, AI风控: what AI is built into; the name goes without 系统 too.
_BUILT = re.compile(
    r"(?:AI|智能|智慧|机器学习|数字孪生|供应链|区块链)(?:(?![的了在是将把被让使为与和及或等通过帮助实现提升建设开发推进赋能])[\u3400-\u9fff]){2,7}?(?P<tail>系统|平台)(?!性|化|型|级|[^，。；、]{0,2}企业)"
    r"|AI(?:视觉)?(?:检测|质检|风控|种植|制药|训练|诊断|客服|导诊|选种|排产|调度|巡检|监测|绘画|搜索|编程|教育|医生|助手|眼镜|玩具|手机|电脑|服务器)"
)
_INDUSTRY = re.compile(
    r"智能网联新能源汽车|新能源智能(?:网联)?汽车|新一代(?:电子)?信息(?:技术)?(?:制造业|产业)?(?!化)|(?:高端|智能|先进)装备(?:制造业?)?(?![备用])|光电子信息(?:产业)?|下一代互联网|超高清视频|智能家电"
)
_NAMED_MODEL = re.compile(r"[“\"](?P<name>[\u3400-\u9fffA-Za-z0-9·]{1,8})[”\"](?P<head>(?:[\u3400-\u9fff]{0,4})大模型)")
_TOO_PLAIN = frozenset(
    {
        "智能模型",
        "科学模型",
        "训练模型",
        "推理模型",
        "行业模型",
        "行业终端",
        "高端芯片",
        "通信模型",
        "城市模型",
        "物联网模型",
    }
)

# 聚焦A、B、C等领域: new names that a list calls topics.
_LIST_BEHIND = re.compile(
    r"^(?:等|(?=[一二三四五六七八九十两](?:大|类)))[一二三四五六七八九十两几多数0-9]*(?:大|个|类|项)?(?:重点|前沿|核心|关键|特色|优势|细分|未来|新兴|主导|战略性|高端|前沿|典型|标杆|创新|热门|传统|新型|智能|全新|具体|世界级|国家级|先进|制造业)*(?P<kind>集群|方面|品类|领域|方向|赛道|环节|产业链|产业|行业|关键技术|技术|应用场景|场景|应用|产品|终端|业态|板块|零部件)"
)
_RUN = re.compile(r"[^，。；：！？,;:!?（）()《》\s、]{2,24}(?:、[^，。；：！？,;:!?（）()《》\s、]{2,24})+")
_SORTED = re.compile(
    rf"(?:智能|智慧|AI|无人|自动化?|具身)[\u3400-\u9fff]{{2,6}}|[\u3400-\u9fff]{{1,6}}(?:{_HEADS}|系统|装备)"
)
_SORT_WORD = re.compile(rf"智能|智慧|AI|无人|自动|具身|系统|装备|{_HEADS}")
_LIST_END = re.compile(r"等|(?<=[\u3400-\u9fff])[一二三四五六七八九十两](?:大|类)")
_NO_TOPIC = re.compile(
    r"[0-9]{2,}|亿|万|％|%|[的了在是将把被让使为]|企业|公司|人才|政策|资金|项目|体系|机制|环境|能力|水平|高地|目标|需求|优势|模式|路径|战略|规划|任务|问题|挑战|机遇|格局|区域|地区|资源|要素|主体|人员|团队|成果|标准|品牌|国家|全国|全省|全市|国际|世界|全球|国内|我国|政府|部门|高校|院所|园区|基地|中心|示范区|先导区|试验区|新区|小镇|走廊|升级|转型|改造|提升|增强|推动|促进|加强|实现|完善|优化|提高|培养|引进|落地|攻关|特点|方式|空间|关系|制度|第一|一批|多个|若干|重要|其他|相关|各类|不同|本地|当地|(?:方向|领域|环节|赛道|场景|行业|类型|技术)$"
)
_CLASSES = frozenset(
    _SPACED.findall(
        "未来产业 新兴产业 战略性新兴产业 传统产业 主导产业 支柱产业 优势产业 特色产业 重点产业 新技术 新产品 新业态 新模式 实体经济 产业 行业 领域 技术 应用 场景 产品 服务 市场 创新 研发 制造 核心技术 关键技术 上游 中游 下游 生态 硬件 软件 数据 高端 前沿 数字 智能 智慧 科技 生产 消费 人工智能 医院 学校 工厂 公园 商场 基础 技术层 销售 采购 管理 设计 人机协同"
    )
)
_AI = re.compile(r"人工智能|智能|智慧|AI|机器人|算力|算法|芯片|模型|无人|数据|机器|视觉|语音")
_TOPICS = frozenset({"ChainLayer", "ChainSegment", "Technology", "ApplicationField", "ApplicationScenario", "Industry"})
_MADE = re.compile(r"(?:技术|算法|学习|计算|芯片|传感器|装备|设备|终端|系统|软件|器件|零部件|材料|雷达|平台)$")
_TAIL = re.compile(r"(?<=..)(?:产业|行业|领域|技术)$")


def known_names(view: View) -> Iterator[Mention]:
    """All topics of the lexicon, the longest at each place."""
    yield from (m for m in view.known if m.label in _TOPICS)


def plus_topics(view: View) -> Iterator[Mention]:
    """“AI+制造”, “人工智能+”高端制造, 金融AI: what a place bets on, under the name that the text uses."""
    for pattern in (_PLUS, _PLUS_BEHIND, _FIELD_PLUS):
        for match in pattern.finditer(view.text):
            group = "name" if pattern is _PLUS else 0
            name = match[group].replace(" ", "").replace("＋", "+")
            yield Mention(match.start(group), match.end(group), "ChainSegment", name, confidence=0.75)


def compound_topics(view: View) -> Iterator[Mention]:
    """Sorts of what everyone knows: 水下特种机器人, 乳业大模型, “天镜”大模型.

    >>> from aikg.loaders.extract.mentions import View
    >>> [(m.label, m.name) for m in compound_topics(View("研制陪护机器人和纺织业大模型"))]
    [('ChainSegment', '陪护机器人'), ('Technology', '纺织业大模型')]
    """
    text = view.text
    for match in _NAMED_MODEL.finditer(text) if "大模型" in text else ():
        name = f"“{match['name']}”{match['head']}"
        yield Mention(
            match.start(), match.end(), "Technology", name, aliases=(match["name"] + match["head"],), confidence=0.75
        )
    known = {view.text[m.start : m.end]: m for m in view.known}
    for match in _INDUSTRY.finditer(view.text):
        name = re.sub("(?<=..)产业$", "", match[0])
        listed = known.get(match[0])
        if listed is None or listed.id is None or listed.label == "Technology":
            yield Mention(match.start(), match.end(), "Industry", name, confidence=0.65)
    built = "系统" in text or "平台" in text or "AI" in text
    for match in _BUILT.finditer(text) if built else ():
        if match[0] in known or re.search(r"产业|技术|行业|公共服务|开放|创新|研发平台|企业", match[0]):
            continue
        bare = match[0].removesuffix(match["tail"] or "")
        aliases = (bare,) if bare != match[0] and len(bare) > 3 else ()
        yield Mention(match.start(), match.end(), "ChainSegment", match[0], aliases=aliases, confidence=0.6)
    for match in _COMPOUND.finditer(view.text):
        if match[0] in _TOO_PLAIN or (match[0].startswith("智能") and view.text[: match.start()].endswith("人工")):
            continue
        if match[0] in known:
            yield known[match[0]]
            continue
        label = "Technology" if match[0].endswith("模型") else "ChainSegment"
        yield Mention(match.start(), match.end(), label, match[0], confidence=0.65)


def fields(view: View) -> Iterator[Mention]:
    """医疗、金融等领域: fields where a list or the word behind says so; before 产业 they are industries.

    >>> from aikg.loaders.extract.mentions import View
    >>> [(m.label, m.name) for m in fields(View("在医疗、金融等领域落地，交通拥堵缓解"))]
    [('ApplicationField', '医疗'), ('ApplicationField', '金融')]
    """
    for run in _FIELD_RUN.finditer(view.text):
        behind = _KIND_BEHIND.match(view.text[run.end() : run.end() + 20])
        if behind is None and run[0].count("、") < 1:
            continue
        if _OF_DATA.match(view.text, run.end()):
            continue  # 医疗、教育等行业高质量数据集 tells what data is about
        label = "Industry" if behind and behind["kind"] == "产业" else "ApplicationField"
        yield from _each(view, run, label)
    runs = [run.span() for run in _FIELD_RUN.finditer(view.text)]
    for match in _ONE_FIELD.finditer(view.text) if _KIND.search(view.text) else ():
        if any(start <= match.start() < end for start, end in runs):
            continue
        yield Mention(match.start(), match.end(), "ApplicationField", match[0], confidence=0.7)


def _each(view: View, run: re.Match[str], label: str) -> Iterator[Mention]:
    for match in _FIELD.finditer(view.text, run.start(), run.end()):
        yield Mention(
            match.start(),
            match.end(),
            "Industry" if match[0].endswith("业") and label == "Industry" else label,
            match[0],
            confidence=0.7,
        )


def listed_topics(view: View) -> Iterator[Mention]:
    """New names in a list that is said to be one of topics: 聚焦A、B等赛道.

    >>> from aikg.loaders.extract.mentions import View
    >>> [(m.label, m.name) for m in listed_topics(View("重点发展智能鞋楦、云端裁剪等环节"))]
    [('ChainSegment', '智能鞋楦'), ('ChainSegment', '云端裁剪')]
    """
    text = view.text
    for match in _LIST_END.finditer(text):
        behind = _LIST_BEHIND.match(text[match.start() : match.start() + 24])
        items = items_before(view, match.start()) if behind else []
        if behind is None or len(items) < 2:
            continue
        for start, end in items:
            if not _is_new(view, start, end):
                continue
            stripped = _TAIL.sub("", text[start:end])
            name = stripped if len(stripped) >= 2 else text[start:end]
            yield Mention(start, start + len(name), label_of(name, behind["kind"]), name, confidence=0.65)


def sorts_in_lists(view: View) -> Iterator[Mention]:
    """智能廊灯, 对弈机器人 as items of any list: their first or last word says what they are."""
    for run in _RUN.finditer(view.text) if _SORT_WORD.search(view.text) else ():
        if not _SORT_WORD.search(run[0]):
            continue
        for start, end in items_in(view, run.start(), run.end()):
            name = view.text[start:end]
            if _SORTED.fullmatch(name) and _is_new(view, start, end):
                yield Mention(start, end, label_of(name, "产品"), name, confidence=0.6)


def _is_new(view: View, start: int, end: int) -> bool:
    name = view.text[start:end]
    if not 2 <= len(name) <= 14 or name in _CLASSES or _NO_TOPIC.search(name):
        return False
    if not re.fullmatch(r"[\u3400-\u9fffA-Za-z0-9+·\-]+", name) or not view.free(start, end):
        return False
    return not any(begin < end and stop > start for begin, stop, _ in view.places)


def label_of(name: str, kind: str) -> str:
    """What kind of topic a new name is, by its own words and by the word behind its list."""
    if _FIELD.fullmatch(name):
        return "Industry" if kind in ("产业", "产业链", "集群") else "ApplicationField"
    if kind in ("领域", "行业", "方面") and re.search(r"(?:治理|管理|监管|服务|使用|转型|安全|执法|养老|救援)$", name):
        return "ApplicationField"
    if kind in ("集群", "产业", "产业链") and not _AI.search(name) and not _MADE.search(name):
        return "Industry"
    if kind in ("应用场景", "场景", "应用"):
        return "ApplicationScenario"
    if re.search(r"(?:产业|经济|制造|服务|加工|[农渔林牧工商矿旅]业)$", name) and not _AI.search(name):
        return "Industry"
    if re.search(r"(?:技术|算法|模型|学习|计算|识别|孪生|通信|架构|协议)$", name) or kind in ("技术", "关键技术"):
        return "Technology"
    if re.search(
        r"(?:诊疗|诊断|巡检|质检|检测|客服|调度|排产|预警|监测|安防|治理|管理|导览|配送|分拣|养老|问诊|营销|风控|维护|种植|灌溉|康复|治疗|护理|交通)$",
        name,
    ):
        return "ApplicationScenario"
    return "ChainSegment"
