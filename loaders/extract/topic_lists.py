"""Lists of topics behind a cue: which of their items are known, and which name something new."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import ACTORS, TOPICS, Scene
from aikg.loaders.extract.words import Words

__all__ = ["TopicList", "label_of", "read_list"]

# Words around a topic that add nothing to it.
_HEAD = re.compile(
    r"^(?:[\s“\"”‘’了以为是有的、]|主要|重点|大力|加快|优先|着力|全力|做强做优|做大做强|做强|做优|做大|壮大|发展|布局|培育|打造|建设|推进|推动|构建|突破|发力|包括|涵盖|如|例如|诸如|以及|在|于|向|到|对|新一代(?!信息)|新款|首款|全新|最新)+"
)
_NOUNS = "产业集群|产业链|产业带|产业园区?|产业基地|产业|行业|领域|赛道|技术|方向|板块|环节|品类|门类|业态|市场|集群|应用场景|场景|应用|产品|研发|制造业?|服务|解决方案|方面|业务|大类|先进|细分|前沿|未来|新兴|重点|核心|关键|特色|优势|新|等"
_TAIL = re.compile(rf"(?:[\s”“\"’‘]|{_NOUNS}|上|中|内|研发|建设|生态)+$")
# Names that consist of words which elsewhere only go with one.
_MADE_OF_NOUNS = re.compile(r"(?:先进|高端|未来|前沿)(?:制造业?|服务业?|研发)|研发服务|应用服务|市场服务")
_GOES_ON = re.compile(
    rf"^(?:[\s”\"’]|{_NOUNS}|深度融合|融合|突破发展|发展|落地|升级|转型|智能化|跃升|建设|创新|攻关|布局|突破|智能|高质量|集聚|加速|快速|协同|生态|平台|体系|系统|能力|[0-9.]+[余多]?[万亿]?(?:余|多)?[台架辆套款颗片件部枚只条张]|的|和|与|、|为|特色|主导|[一二三四五六七八九十0-9两几多大]+)*$"
)
_END_OF_LIST = re.compile(r"等(?![级于待比])")
_KIND_BEHIND = re.compile(
    r"^等?[0-9一二三四五六七八九十两几多]*(?:大|个|类|种|项)?(?:[\u3400-\u9fff]{0,8}?)(?:产业|领域|赛道|方向|品类|板块|环节|技术|行业|集群|场景|产品|业态|应用|方面|服务|工程|门类)"
)
_KIND_AT_END = re.compile(r"(?:领域|赛道|行业|场景|方向|产业集群|品类)(?:上|中|内)?$")
_SEPARATOR = re.compile(
    r"、|以及|[和与及]|”\s*“|\"\s*\"|[+＋](?=(?:行业|综合|整体)?解决方案|[\u3400-\u9fff]{2,6}[+＋])"
)
_NO_TOPIC = re.compile(
    r"[0-9]{2,}|亿|万|％|%|的|了|[在是将把被让使]|企业|公司|人才|政策|资金|项目|体系|机制|环境|生态|能力|水平|高地|目标|需求|优势|模式|路径|战略|规划|任务|短板|难题|问题|挑战|机遇|格局|区域|地区|城市群|"
    r"资源|要素|主体|人员|团队|成果|标准|品牌|市场化|国家|全国|全省|全市|国际|世界|全球|国内|省级|市级|我国|政府|部门|高校|院所|园区|基地|中心|训练场|测试场|实验室|厂房|载体|平台建设|示范区|先导区|试验区|新区|小镇|走廊|人民|群众|民生品质|"
    r"升级|转型|改造|提升|增强|推动|促进|加强|实现|完善|优化|提高|扩大|培养|引进|招引|落地|攻关|特点|方式|空间|关系|制度|过程|经济体系|第一|首个|一批|一个|多个|几个|若干|重要|现有|其他|相关|上述|这些|各类|各地|不同|自身|本地|当地|差异|特色产业|重点产业|主导产业|产业集聚|产业发展|产业布局|融合|结合|赋能|协同|合作|智能化$|数字化$|网络化$|研究$|基础设施$|^\+|[+＋]$"
)
_CLASSES = frozenset(
    [
        "未来产业",
        "新兴产业",
        "战略性新兴产业",
        "传统产业",
        "主导产业",
        "支柱产业",
        "优势产业",
        "特色产业",
        "重点产业",
        "新技术",
        "新产品",
        "新业态",
        "新模式",
        "实体经济",
        "产业",
        "行业",
        "领域",
        "技术",
        "应用",
        "场景",
        "产品",
        "服务",
        "市场",
        "创新",
        "研发",
        "制造",
        "核心技术",
        "关键技术",
        "关键核心技术",
        "前沿技术",
        "产业链",
        "供应链",
        "上下游",
        "生态",
        "硬件",
        "软件",
        "数据",
        "算法",
        "高端",
        "中高端",
        "细分",
        "前沿",
        "新赛道",
        "新领域",
        "数字",
        "智能",
        "智慧",
        "科技",
        "生产",
        "消费",
        "行业应用",
        "示范应用",
        "产业化",
        "产业集群",
        "高技术",
        "高新技术",
    ]
)
_AI = re.compile(r"人工智能|智能|智慧|AI|机器人|算力|算法|芯片|模型|无人|数据|机器|视觉|语音")

# Names of products, which stand in a list of known ones as one of them.
_PRODUCT = re.compile(
    r"(?:零部件|元器件|器件|减速器|控制器|传感器|材料|芯片|装备|设备|终端|软件|机器人|汽车|电池|整机|电机|雷达|模组|算法)$"
)

_NOT_FIRST = frozenset({"p", "c", "u", "uj", "ul", "r", "d", "y", "m", "q", "nr", "ns"})


def label_of(name: str) -> str:
    """What kind of topic a name is by its words: 智能座舱 is a segment, 联邦学习 a technology, 新型储能产业 an industry.

    >>> label_of("海洋产业"), label_of("视觉芯片"), label_of("联邦学习算法")
    ('Industry', 'ChainSegment', 'Technology')
    """
    if re.search(r"(?:产业|经济|制造|服务|加工|[农渔林牧工商矿旅]业)$", name) and not _AI.search(name):
        return "Industry"
    if re.search(r"(?:技术|算法|模型|学习|计算|识别|孪生|通信|架构|协议)$", name):
        return "Technology"
    if re.search(
        r"(?:诊疗|诊断|巡检|质检|检测|客服|调度|排产|预警|监测|安防|治理|管理|导览|配送|分拣|养老|问诊|营销|风控|维护|种植|灌溉)$",
        name,
    ):
        return "ApplicationScenario"
    return "ChainSegment"


@dataclass(frozen=True)
class TopicList:
    """The topics of a list, where the list stops, and whether the words behind it say what they are (等领域)."""

    topics: tuple[Mention, ...]
    end: int
    named_kind: bool


def read_list(scene: Scene, start: int, end: int, *, new: bool, ai: bool = False) -> TopicList:
    """The topics listed in `text[start:end]`, the rest of a clause behind a cue. `new`: an item that nobody knows may
    name a topic; otherwise it does so only where the list says that it lists fields or industries, or with `ai` where its words say so."""
    text = scene.text
    end = start + len(text[start:end].rstrip("，。；：！？,;:!?” \t"))
    stop = end
    named = False
    etc = _END_OF_LIST.search(text, start, end)
    if etc is not None and not any(m.start < etc.start() < m.end for m in scene.mentions):
        stop = etc.start()
        named = _KIND_BEHIND.match(text[stop:end]) is not None
    items = _items(scene, start, stop)
    named = named or (stop == end and _KIND_AT_END.search(text, start, end) is not None)
    known = sum(any(m.start < b and m.end > a and m.label in TOPICS for m in scene.mentions) for a, b in items)
    topics: list[Mention] = []
    for index, (a, b) in enumerate(items):
        a_thing = known > 1 and _PRODUCT.search(scene.text[a:b]) is not None
        found = _topic(scene, a, b, new=new or a_thing or (named and len(items) > 1), ai=ai)
        if found is not None:
            topics.append(found)
        elif index == 0:
            # A list whose first item is no topic is a list of something else, unless the others are well known.
            new = False
    return TopicList(tuple(topics), stop, named)


def _items(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    text, items, begin = scene.text, [], start
    for match in _SEPARATOR.finditer(text, start, end):
        at = match.start()
        if any(m.start < at < m.end or (m.start < match.end() - 1 < m.end and m.start < at) for m in scene.mentions):
            continue
        if text.count("（", start, at) > text.count("）", start, at) or text.count("(", start, at) > text.count(
            ")", start, at
        ):
            continue
        items.append((begin, at))
        begin = match.end()
    items.append((begin, end))
    return [(a, b) for a, b in items if text[a:b].strip(' “”"')]


def _topic(scene: Scene, start: int, end: int, *, new: bool, ai: bool) -> Mention | None:
    text = scene.text
    if opening := re.search(r"[（(:：]", text[start:end]):
        end = start + opening.start()
    if head := _HEAD.match(text[start:end]):
        start += head.end()
    inside = [m for m in scene.mentions if m.start < end and m.end > start]
    whole = text[start:end]
    body = _TAIL.sub("", whole) or (whole if _MADE_OF_NOUNS.fullmatch(whole) else "")
    if not body:
        return None
    if any(m.label in ACTORS for m in inside):
        return None
    topics = [m for m in inside if m.label in TOPICS]
    if topics:
        chosen = topics[-1]
        if chosen.start <= start and chosen.end >= start + len(body):
            return chosen if chosen.name not in _CLASSES else None
        first = topics[0]
        if re.fullmatch(r"[A-Za-z0-9\- ]+", text[start : max(start, chosen.start)]) and chosen.end >= start + len(body):
            return chosen
        if first.start <= start and _GOES_ON.match(text[first.end : end]):
            return first if first.name not in _CLASSES else None
        if chosen.end >= end and not new:
            return None
    if not (new or (ai and _AI.search(body))) or not _may_be_topic(body):
        return None
    return scene.topic(start, start + len(body), label_of(whole if whole.endswith("产业") else body))


def _may_be_topic(name: str) -> bool:
    if (
        not 2 <= len(name) <= 12
        or name in _CLASSES
        or _NO_TOPIC.search(name)
        or not re.fullmatch(r"[\u3400-\u9fffA-Za-z0-9+＋\-/]+", name)
    ):
        return False
    words = Words(name).all
    first, last = words[0], words[-1]
    if len(words) > 1 and first.tag in _NOT_FIRST:
        return False
    noun = last.tag[0] in "nvjlbzie" and last.tag not in {"v", "vd"}
    return (
        noun
        or last.tag in {"eng", "x"}
        or _PRODUCT.search(name) is not None
        or (len(words) == 1 and last.tag[0] == "n")
    )
