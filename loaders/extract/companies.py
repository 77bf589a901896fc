"""Companies: full names, names in lists that say what they are, and names that end like a firm's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import name_start
from aikg.loaders.extract.mentions import Mention, View

__all__ = ["companies", "listed_companies", "short_names"]

_FULL = re.compile(r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团公司|总公司|集团股份|集团)(?![军化式])")
_ENDING = re.compile(r"(?:科技|智能|技术|股份|信息|软件|电子|机器人|医疗|汽车|生物|通信|智造|智驾|微电子|半导体|光电|精密|自动化|数据|云|网络|传媒|资本|证券|银行|保险|航空|能源|电气|集成)")
# Who is said to be a company by what stands behind or before the list.
_LIST_BEHIND = re.compile(
    r"^(?:等|等等)\s?(?:一批|一大批|多家|众多|[0-9一二三四五六七八九十百余多几数两]+\s?(?:余|多)?\s?家|国内外|国内|全球|世界|知名|头部|龙头|领军|骨干|代表性?|优质|优秀|重点|行业|科技|高科技|高新技术|人工智能|AI|独角兽|上市|互联网|本土|本地|创新型?|核心|链主|大型|国际|初创|明星|智能|机器人|芯片|软件|算力|大模型|的|、|和)*"
    r"(?:企业|公司|巨头|厂商|龙头|独角兽|大厂|车企|集团|央企|国企)"
)
_LIST_BEFORE = re.compile(
    r"(?:企业|公司|巨头|厂商|龙头|独角兽|代表企业|车企)\s?(?:有|如|包括|包含|主要有|主要包括|代表有|例如|比如|为|:|：|（如|\(如|（|\()$|以$"
)
_BEFORE_ALONE = re.compile(r"(?:龙头企业|龙头|领军企业|头部企业|独角兽企业|独角兽|上市公司|科技巨头|科技企业|高新技术企业|代表企业|链主企业|车企|企业|公司)$")
_ITEM = re.compile(r"[A-Za-z][A-Za-z0-9&.\- ]{1,24}|[\u3400-\u9fffA-Za-z0-9·]{2,12}")
_NO_ITEM = re.compile(
    r"^(?:.*(?:企业|公司|产业|行业|领域|平台|园区|基地|中心|大学|学院|研究院|实验室|技术|产品|服务|应用|人才|政策|项目|资源|市|省|区|县|国家|政府|方面|环节|机构|高校|院所|团队|机器|领军|龙头|独角兽|单位|部门|场景|资金|模型)|.*[的了在和与及]|一批|多家|其他|相关|上下游|国内外|国内|全球|企业|以及|包括|如|等|其|为|有)$"
)
_SPOKEN = re.compile(r"^(?:创始人|董事长|总裁|CEO|首席|总经理|副总裁|联合创始人|负责人|合伙人|技术总监|研发|相关负责人|公司|在|推出|发布|自主|凭借|旗下|研发的|创办|成立|宣布|与|联合)")
_COMMON_OWN = frozenset("高新 现代 前沿 先进 信息 数字 金融 农业 医疗 生物 新型 核心 关键 智能 绿色 低碳 海洋 航天 产业 创新 互联网 网络 全球 国内 国际 中国 世界 未来 人工 制造 工业 军事 国防 教育 文化 民生 民用 尖端 战略 高端 通用 基础 应用 共性 公共 硬 黑 高 新 本 该 各 交通 城市 社会 环境 体育 消费 安全 人工智能 量子 空间 传统 自主 数据 大数据 云计算 区块链 物联网 具身 群体 商业 企业 行业 领域 研发 推动 发展 服务 促进 加强 开展 培育 引进 扶持 支持 从事 专注 科学 工程 电子 通信 汽车 生成式 类脑 混合 边缘 感知 认知 家居 穿戴 新能源 半导体 集成 软件 硬件 机器人 无人 自动 视觉 语音 语言 识别 算法 芯片 传感 传感器".split())


def companies(view: View) -> Iterator[Mention]:
    """Full names: 康奈集团, 北京旷视科技有限公司."""
    for match in _FULL.finditer(view.text):
        start = name_start(view, match.start(), 26)
        own = view.text[start : match.start()]
        if len(own) < 2 or own in _COMMON_OWN or re.search(r"(?:大型|龙头|国有|企业|产业|跨国|各|等|多家|家|个)$", own):
            continue
        yield Mention(start, match.end(), "Company", identity.clean_name(view.text[start : match.end()]), place=None, confidence=0.85)


def short_names(view: View) -> Iterator[Mention]:
    """Names that end like a firm's and have a first part that no dictionary knows: 强脑科技."""
    text = view.text
    words = view.words.all
    for index, word in enumerate(words):
        if not _ENDING.fullmatch(word.text) or word.text in ("数据", "云", "网络", "信息", "能源", "集成", "技术") and index == 0:
            continue
        if index == 0:
            continue
        before = words[index - 1]
        if before.end != word.start or not 2 <= len(before.text) <= 4 or not re.fullmatch(r"[\u4e00-\u9fff]+|[A-Z][A-Za-z]+", before.text):
            continue
        if before.text in _COMMON_OWN or _known_word(before.text):
            continue
        if view.place_ending(before.end) is not None:
            continue
        if word.text != "科技" and not _SPOKEN.match(text[word.end :]):
            continue
        yield Mention(before.start, word.end, "Company", text[before.start : word.end], confidence=0.65)


def listed_companies(view: View) -> Iterator[Mention]:
    """Lists that say what they list: 百度、小米等头部企业; 以华为、腾讯为代表的企业."""
    text = view.text
    for match in re.finditer(r"等", text):
        if not _LIST_BEHIND.match(text[match.start() :]):
            continue
        yield from _items(view, match.start())
    for match in re.finditer(r"为代表的?(?:[^，。；]{0,12})(?:企业|公司|巨头|厂商)", text):
        yield from _items(view, match.start())


def _items(view: View, end: int) -> Iterator[Mention]:
    """The items of the list that ends at `end`, read backwards until one does not look like a name."""
    text = view.text
    at = end
    first = True
    while at > 0:
        begin = max(text.rfind("、", 0, at), text.rfind("，", 0, at), text.rfind("。", 0, at), text.rfind("；", 0, at), text.rfind("：", 0, at)) + 1
        piece = text[begin:at]
        joined = re.split(r"(?<=[\u3400-\u9fffA-Za-z])(?:和|与|及|以及)(?=[\u3400-\u9fffA-Za-z])", piece) if first or "、" not in piece else [piece]
        first = False
        last_of_list = begin == 0 or text[begin - 1] != "、"
        position = at
        for index, item in enumerate(reversed(joined)):
            start = position - len(item)
            position = start - 1
            if last_of_list and index == len(joined) - 1:
                start = _behind_verb(view, start, start + len(item))
                item = text[start : start + len(item)] if start else item
                item = text[start : position + 1 + len(joined[0])] if False else text[start : start + len(item)]
            stop = start + len(item.rstrip())
            yield from _item(view, start, min(stop, at))
        if last_of_list:
            return
        at = begin - 1


def _behind_verb(view: View, start: int, end: int) -> int:
    """Where the first item of a list begins: behind the verb or preposition before it (依托|华为, 挤满了|百度)."""
    found = name_start(view, end, end - start)
    return max(start, found)


def _item(view: View, start: int, end: int) -> Iterator[Mention]:
    name = view.text[start:end].strip()
    offset = view.text.find(name, start) if name else start
    if not name or not _ITEM.fullmatch(name) or _NO_ITEM.match(name) or name in _COMMON_OWN:
        return
    if view.place_at(offset) and view.place_at(offset)[0] >= end:  # type: ignore[index]
        return
    yield Mention(offset, offset + len(name), "Company", identity.clean_name(name), confidence=0.75)


def _known_word(word: str) -> bool:
    """Whether the dictionary knows the word: cutting it without guessing leaves it whole."""
    import rjieba

    return len(rjieba.cut(word, False)) == 1
