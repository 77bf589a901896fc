"""Companies: full names, names in lists that say what they are, names beside known ones, and names that end like a firm's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aikg.loaders import identity
from aikg.loaders.extract.boundaries import NOT_A_NAME, chain, name_start
from aikg.loaders.extract.lists import items_before, items_behind
from aikg.loaders.extract.mentions import Mention, View
from aikg.loaders.extract.titles import short_form
from aikg.loaders.extract.words import Word, is_word

__all__ = ["acts_like_a_firm", "companies", "listed_companies", "said_to_be_firms", "short_names", "unsure_names"]

_SPACED = re.compile(r"\S+")
_FULL = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团公司|总公司|集团股份|集团|(?<![分子])公司)(?![军化式旗总股])"
)
_NO_FIRM = re.compile(
    r"(?:大型|龙头|国有|企业|产业|跨国|各|等|多家|家|个|上市|科技型?|子|分|母|总|本|该|民营|外资|独角兽|代表|国内|国外|世界|全球|头部|知名|其他|一些|这些|运营|平台|开发|投资|技术|软件|芯片|机器人|人工智能|AI|互联网|创业|初创|物业|合资|外国|控股|医药|汽车|科创|服务|高新|解决方案|供应商)$"
)
# What a firm of a place does: 某市投资集团, 某开发区控股集团.
_OF_A_PLACE = re.compile(
    r"(?:投资|控股|发展|开发|建设|产业|产业投资|交通投资|国有资本|创新投资|科技投资|运营|技术|软件|平台)$"
)
_ENDING = re.compile(
    r"(?:科技|智能|技术|股份|信息|软件|电子|机器人|医疗|汽车|生物|通信|智造|智驾|微电子|半导体|光电|精密|自动化|数据|云|网络|传媒|资本|证券|银行|保险|航空|能源|电气|集成|数科|视觉|石化|铜业|锂业|钢铁|重工|化学|药业|制药|乳业|电气|机电|光学|材料|新材|装备|机械|动力|控股|医药|锂电|激光|传感|影像|微|芯|创新|国际|时代)"
)
_KIND = (
    r"(?:企业|公司|巨头|厂商|龙头|独角兽|大厂|车企|药企|集团|央企|国企|运营商|品牌|新势力|开发商|供应商|制造商|服务商)"
)
# Who is said to be a company by what stands behind or before the list.
_LIST_BEHIND = re.compile(
    r"^等等?\s?(?:一批|一大批|多家|众多|[0-9一二三四五六七八九十百余多几数两]+\s?(?:余|多)?\s?家|国内外|国内|全球|世界|知名|头部|龙头|领军|骨干|代表性?|优质|优秀|重点|行业|科技|高科技|高新技术|人工智能|AI|独角兽|上市|互联网|无人驾驶|自动驾驶|新能源|生物医药|医疗|医药|汽车|整车|光伏|传感器|半导体|集成电路|电子|信息|通信|材料|装备|零部件|互联|制造业?|制造|低空|无人机|家电|物流|金融|数字经济|数据|云计算|安防|视觉|语音|具身智能|量子|脑机接口|激光|显示|储能|电池|化工|食品|服装|纺织|农业|教育|文旅|游戏|电商|服务|生产|研发|设计|应用|配套|上下游|产业链|链上|总部|国产|省内|市内|区域|高成长性?|瞪羚|准独角兽|高企|规上|骨干|技术|工业|产业|本土|本地|创新型?|核心|链主|大型|国际|初创|明星|智能|机器人|芯片|软件|算力|大模型|外资|民营|国有|跨国|新锐|硬科技|专精特新|细分|领域|区内|园区|标杆|老牌|一线|的|、|和)*"
    + _KIND
    + r"|^等(?:[0-9一二三四五六七八九十百余多几数两]*余?家?)(?:重点|头部|知名|首批|各类|多家|本地|大型)*(?:用户|客户|单位|厂家|商家|合作伙伴|合作方|伙伴|主机厂|整车厂|投资方)(?!提供)|^等(?:企业|公司)?(?:先后|相继|陆续|纷纷|均|都|也)?(?:入驻|落户|进驻|加盟)"
)
_NO_LIST_BEHIND = re.compile(r"^等[^，。；]{0,6}(?:企业|公司)(?:类型|用户|级|家|总数|数量)")
_REPRESENT = re.compile(r"为(?:代表|龙头|引领|核心|首)的?[^，。；、]{0,14}?" + _KIND + r"|为代表的?(?=[，。；])")
_LIST_BEFORE = re.compile(
    r"(?:企业|公司|巨头|厂商|龙头|独角兽|车企|运营商|开发商|供应商|制造商)\s?(?:有|如|包括了?|包含|主要有|主要包括|代表有|例如|比如|为|诸如|:|：|（如|\(如|（包括|（|\()"
)
_BEFORE_ALONE = re.compile(
    r"(?:代表企业|代表性企业|典型企业|龙头企业|领军企业|链主企业|独角兽企业|头部企业)(?=[\u3400-\u9fffA-Z])(?!有|为|包括|如|主要|数|达|总)"
)
_RUN = re.compile(
    r"[^，。；：！？、（）《》]{2,30}、(?:[^，。；：！？、（）《》]{1,16}、)*[^，。；：！？、（）《》]{2,30}"
)
_ITEM = re.compile(r"[A-Za-z][A-Za-z0-9&.\- ]{0,24}|[\u3400-\u9fffA-Za-z0-9·]{2,12}")
_NO_ITEM = re.compile(
    r"^(?:.*(?:企业|产业|行业|领域|平台|园区|基地|中心|大学|学院|研究院|研究所|实验室|产品|服务|应用|人才|政策|项目|资源|方面|环节|机构|高校|院所|团队|机器|领军|龙头|独角兽|单位|部门|场景|资金|模型|省市|地区|城市|国家|政府|制造业|服务业|产业链|供应链|生态|企业家|客户|用户|上下游|产值|收入|研发|生产|制造|销售|集成|设计)|.*[的了在为已将还也曾正均都]|.*[省市区县]|一批|多家|其他|相关|国内外|国内|全球|以及|包括|等|其|有|本地|本土|外资|央企|国企|民企|车企|\d+.*|.{3,}芯片)$"
)
_SAYS = re.compile(r"(?:作为|推动|加快|通过|依托|利用|打造|建设|提供|实现|支持|发展|涵盖|覆盖|聚焦|围绕)")
_SPOKEN = re.compile(
    r"^(?:[（(](?:\d{5,6}|[A-Z0-9.:]{4,12}))|^(?:创始人|董事长|总裁|CEO|首席|总经理|副总裁|联合创始人|负责人|合伙人|技术总监|相关负责人|公司|集团|推出|发布|自主研发|凭借|旗下|研发的|创办|成立于|宣布|上市|营收|股价|市值|员工|总部|率先|携手|入驻|落户|签约|获得|完成|上半年|下半年|[一二三四]季度|中标|主攻|主营|深耕|的?(?:无人|自动|智能|新一代|最新)[\u3400-\u9fff]{1,6}?(?:车|机|器|系统|平台|终端|机器人|产品|手机|芯片|眼镜)|的?(?:[\u3400-\u9fff]{0,4}(?:大模型|芯片|机器人|激光雷达|处理器|整车|新车|车型|工厂|门店|产线|生产线|研发中心|算法团队)))"
)
# A word that the dictionary takes for a person, a place or a short form may be a firm's beside these.
_OWN_TAGS = frozenset({"nr", "ns", "nz", "nrt", "j"})
_TRADES = frozenset(_SPACED.findall("股份 石化 重工 钢铁 铜业 锂业 药业 乳业 机械 电气 化学 控股 证券 银行"))
_SURE = frozenset({"科技", "股份"})
# Before and behind a name that only a firm can have there: ，光庭信息主攻…
_OPEN = re.compile(r"(?:^|[，。；：、！？（(“\s]|[由与和]|中，|以及)$")
_ACTS = re.compile(
    r"(?:则|也|还|已|正|将|把|以|在|凭|靠|从|向|为|年内|去年|今年|上半年|下半年|全年|前三季度|[一二三四]季度|20\d\d年|专攻|主攻|主打|主营|深耕|聚焦|专注|致力|研发|研制|生产|提供|供应|承担|承接|负责|占据|占|位居|位列|打造|建成|建设|开发|布局|瞄准|切入|服务|拿下|中标|交付|量产|出货|发力|押注|攻克|突破|掌握|拥有|成功|计划|预计|引入|引进|新建|扩建|投资|启用|上线|接入|牵头|参与|加入|获评|入选|获批|增资|收购|与[^，。；]{2,14}(?:签约|签署|签订|合作|联手|共建|联合|达成|携手|成立|共同|战略)|利用|使用|采用|依托|推动|通过|等(?:企业|公司|单位))"
)
_DEALS = frozenset(
    _SPACED.findall(
        "供应 提供 把持 主导 垄断 占据 供货 参与 牵头 领衔 代工 承建 运营 瓜分 包揽 分列 分别 均 都 共同 联合"
    )
)
_FIRM_BEFORE = re.compile(
    r"(?:企业|公司|巨头|厂商|独角兽|车企|运营商|开发商|供应商|携手|收购|投资了|牵手|龙头|联合|引进了?|引入|吸引了?)$"
)
_BESIDE = re.compile(r"^\s?(?:、|和|与|及|以及|/)\s?$")
_COMMON_OWN = frozenset(
    _SPACED.findall(
        "高新 现代 前沿 先进 信息 数字 金融 农业 医疗 生物 新型 核心 关键 智能 绿色 低碳 海洋 航天 产业 创新 互联网 网络 全球 国内 国际 中国 世界 未来 人工 制造 工业 军事 国防 教育 文化 民生 民用 尖端 战略 高端 通用 基础 应用 共性 公共 硬 黑 高 新 本 该 各 交通 城市 社会 环境 体育 消费 安全 人工智能 量子 空间 传统 自主 数据 大数据 云计算 区块链 物联网 具身 群体 商业 企业 行业 领域 研发 推动 发展 服务 促进 加强 开展 培育 引进 扶持 支持 从事 专注 科学 工程 电子 通信 汽车 生成式 类脑 混合 边缘 感知 认知 家居 穿戴 新能源 半导体 集成 软件 硬件 机器人 无人 自动 视觉 语音 语言 识别 算法 芯片 传感 传感器 智慧 北斗 时空 卫星 光伏 储能 氢能 材料 生命 健康 环保 食品 中医药 医药 总部 物流 港口 气象 种业 财政 部门 基层 青少年 科普 传播"
    )
)


def companies(view: View) -> Iterator[Mention]:
    """Full names: 康奈集团, 北京旷视科技有限公司, with the short form that a bracket gives them.

    >>> from aikg.loaders.extract.mentions import View
    >>> [(m.name, m.aliases) for m in companies(View("入驻的蓬莱星图科技有限公司（以下简称“星图”）宣布"))]
    [('蓬莱星图科技有限公司', ('星图',))]
    """
    text = view.text
    for match in _FULL.finditer(text):
        start = _behind_joint(view, name_start(view, match.start(), 26), match.start())
        own = text[start : match.start()]
        place, rest = chain(view, start, match.start())
        bare = text[rest : match.start()].strip("（()） ")
        of_a_place = match[0] == "集团" and rest != start and _OF_A_PLACE.search(bare) is not None
        if len(bare) < 2 or (bare in _COMMON_OWN and not of_a_place):
            continue
        if NOT_A_NAME.match(own) or re.search(r"[0-9]\s?家|[、，]", own):
            continue
        generic = match[0] in ("公司", "集团") and not of_a_place and _NO_FIRM.search(bare)
        if generic and (match[0] == "集团" or rest == start or len(bare) < 6):
            continue
        if match[0] == "公司" and rest == start:
            continue  # 某某公司 without a place in front is a class too often
        if match[0] == "集团" and bare.endswith(("教育", "办学", "医疗", "医院")):
            continue  # schools and hospitals
        short = short_form(text[match.end() :])
        aliases = (identity.clean_name(short),) if short and short not in ("公司", "本公司", "集团") else ()
        name = identity.clean_name(text[start : match.end()])
        yield Mention(start, match.end(), "Company", name, place=place, aliases=aliases, confidence=0.85)


def _behind_joint(view: View, start: int, end: int) -> int:
    """A firm's name holds no conjunction: 某区政府与|某某发展集团, 甲公司和|乙集团."""
    joints = [w for w in view.words.between(start, end) if w.text in ("与", "和", "及", "以及", "同", "由")]
    return joints[-1].end if joints else start


def short_names(view: View) -> Iterator[Mention]:
    """Names that end like a firm's and have a first part that no dictionary knows: 强脑科技."""
    text = view.text
    for match in _ENDING.finditer(text):
        ending = match[0]
        sure = ending in _SURE
        if text[max(0, match.start() - 2) : match.start()] in _COMMON_OWN or match.start() < 2:
            continue
        spoken = sure or _SPOKEN.match(text, match.end()) or _ACTS.match(text, match.end())
        if not spoken:
            continue  # the words are cut only for what may be a name
        index = view.words.word_at(match.start())
        if not index or view.words.all[index].end != match.end():
            continue
        before, word = view.words.all[index - 1], view.words.all[index]
        if word.text in _SURE and len(before.text) == 1:
            before = _glued(view, index - 1)
        if (
            before.end != word.start
            or not 2 <= len(before.text) <= 4
            or not re.fullmatch(r"[\u4e00-\u9fff]+|[A-Z][A-Za-z]+", before.text)
        ):
            continue
        if (
            before.text in _COMMON_OWN
            or (is_word(before.text) and not (before.tag in _OWN_TAGS and word.text in _TRADES))
            or before.tag in ("v", "a", "d", "t", "m", "r", "p")
        ):
            continue
        if view.place_ending(before.end) is not None or not view.free(before.start, word.end):
            continue
        certain = word.text in _SURE or _SPOKEN.match(text[word.end : word.end + 24])
        if not certain and not acts_like_a_firm(view, before.start, word.end):
            continue
        yield Mention(before.start, word.end, "Company", text[before.start : word.end], confidence=0.65)


def _glued(view: View, index: int) -> Word:
    """The signs that the segmenter cut one by one: 禾|迈 of 禾迈股份."""
    last = first = view.words.all[index]
    while index and last.end - first.start < 3 and len(view.words.all[index - 1].text) == 1:
        index -= 1
        if view.words.all[index].end != first.start or view.words.all[index].tag[0] not in "njvagx":
            break
        first = view.words.all[index]
    opens = _OPEN.search(view.text[max(0, first.start - 4) : first.start]) is not None
    return Word(view.text[first.start : last.end], "nz", first.start, last.end) if opens else last


def acts_like_a_firm(view: View, start: int, end: int) -> bool:
    """Whether the span stands where a clause begins and goes on as one on a firm does: ，光庭信息主攻…, 九江石化利用…"""
    text = view.text
    opens = _OPEN.search(text[max(0, start - 4) : start]) is not None
    return opens and (_ACTS.match(text, end) or _SPOKEN.match(text[end : end + 24])) is not None


def said_to_be_firms(text: str, at: int) -> bool:
    """Whether what stands at `at` says that the list before it is one of firms: 等头部企业, 为代表的企业."""
    if text.startswith("等", at):
        behind = text[at : at + 60]
        return _LIST_BEHIND.match(behind) is not None and not _NO_LIST_BEHIND.match(behind)
    return _REPRESENT.match(text, at) is not None


def listed_companies(view: View) -> Iterator[Mention]:
    """Lists that say what they list (百度、小米等头部企业; 以华为、腾讯为代表的企业), and names between known firms."""
    text = view.text
    for match in re.finditer("等", text):
        if said_to_be_firms(text, match.start()):
            yield from _firms(view, items_before(view, match.start()), said=True)
    for match in _REPRESENT.finditer(text):
        yield from _firms(view, items_before(view, match.start()), said=not match[0].endswith(("代表", "的")))
    for match in _LIST_BEFORE.finditer(text):
        items = items_behind(view, match.end())
        if len(items) > 1:
            yield from _firms(view, items, said=True)
    for match in _BEFORE_ALONE.finditer(text):
        items = items_behind(view, match.end())
        if len(items) > 1:
            yield from _firms(view, items, said=True)
    firms = [m.start for m in view.known if m.label == "Company"]
    for run in _RUN.finditer(text) if len(firms) > 1 else ():
        if sum(run.start() <= start < run.end() for start in firms) < 2:
            continue
        end = run[0].find("等")
        yield from _firms(view, items_before(view, run.start() + end if end > 0 else run.end()), said=False)


def _firms(view: View, items: Sequence[tuple[int, int]], *, said: bool) -> Iterator[Mention]:
    """The new names of a list of firms. `said`: the text calls them firms; else most items must be known ones."""
    known = [span for span in items if _known(view, span) == "Company"]
    others = [span for span in items if _known(view, span) not in (None, "Company", "?")]
    items = [_without_verb(view, span) for span in items]
    fresh = [span for span in items if _known(view, span) in (None, "?") and _looks_like_a_name(view, span)]
    if said:
        if len(others) > len(known) or (not known and all(is_word(view.text[a:b]) for a, b in fresh)):
            # 芯片、传感器等企业 tells kinds of firms
            fresh = [span for span in fresh if _known(view, span) == "?"]
    elif len(known) < 2 or len(known) < len(fresh) or others:
        return
    for start, end in fresh:
        if not said and (is_word(view.text[start:end]) or end - start > 8) and _known(view, (start, end)) != "?":
            continue
        yield Mention(start, end, "Company", identity.clean_name(view.text[start:end]), confidence=0.75)


def _without_verb(view: View, span: tuple[int, int]) -> tuple[int, int]:
    """三星和美光供应 ends in a verb: where a verb follows a name that may be a firm's, the name."""
    start, end = span
    for word in view.words.between(start, end)[1:]:
        name = view.text[start : word.start]
        if word.text in _DEALS and word.end == end and len(name) >= 2:
            return start, word.start
        if not word.tag.startswith("v") or view.lexicon is None:
            continue
        if view.lexicon.may_name(name) or any(m.start == start and m.end == word.start for m in view.known):
            return start, word.start
    return span


def _known(view: View, span: tuple[int, int]) -> str | None:
    """The label of what an item is known as (`?`: perhaps a firm), None for what nobody knows."""
    start, end = span
    for mention in view.taken:
        if mention.start < end and mention.end > start:
            return mention.label or "title"
    if any(begin <= start and stop >= end for begin, stop, _ in view.places):
        return "place"
    for mention in view.known:
        if mention.start <= start and mention.end >= end:
            return mention.label
    if view.lexicon is not None and view.lexicon.may_name(view.text[start:end]):
        return "?"
    return None


def _looks_like_a_name(view: View, span: tuple[int, int]) -> bool:
    name = view.text[slice(*span)].strip()
    return bool(
        name
        and _ITEM.fullmatch(name)
        and not _NO_ITEM.match(name)
        and not _SAYS.search(name)
        and name not in _COMMON_OWN
        and not NOT_A_NAME.match(name)
    )


def unsure_names(view: View) -> Iterator[Mention]:
    """Everyday words that also name a firm (理想, 大众), where the text says so: beside a firm, or spoken of as one."""
    if view.lexicon is None:
        return
    text = view.text
    firms = {m.end for m in view.taken if m.label == "Company"}, {m.start for m in view.taken if m.label == "Company"}
    waiting = [m for m in view.lexicon.find_unsure(text) if view.free(m.start, m.end)]
    found = True
    while waiting and found:
        found = False
        for mention in list(waiting):
            if not (_beside(text, mention, *firms) or _spoken_of(text, mention)):
                continue
            firms[0].add(mention.end)
            firms[1].add(mention.start)
            waiting.remove(mention)
            found = True
            yield mention


def _beside(text: str, mention: Mention, ends: set[int], starts: set[int]) -> bool:
    before = any(0 < mention.start - end <= 3 and _BESIDE.match(text[end : mention.start]) for end in ends)
    return before or any(0 < start - mention.end <= 3 and _BESIDE.match(text[mention.end : start]) for start in starts)


def _spoken_of(text: str, mention: Mention) -> bool:
    before, behind = text[max(0, mention.start - 6) : mention.start], text[mention.end : mention.end + 8]
    if mention.label == "Institution":
        return re.match(r"(?:数据|预测|统计|报告|发布|测算|预计|显示|认为|最新)", behind) is not None
    return _SPOKEN.match(behind) is not None or _FIRM_BEFORE.search(before) is not None
