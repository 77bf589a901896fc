"""What AI is used for and built into, by what the sentence says: 用于宫颈癌筛查, 推出智能门锁, 研发的空中成像技术."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aikg.loaders.extract.lists import items_before
from aikg.loaders.extract.mentions import Mention, View

__all__ = ["uses"]

_INSIDE = r"(?:(?![的了在和与及或将把被为是等对从由向并以能够让使更其于]|可以|可能)[\u3400-\u9fffA-Za-z0-9])"
# What a scenario ends in: something that is done.
_DONE = (
    "筛查|早筛|初筛|诊断|问诊|导诊|分诊|挂号|诊疗|治疗|康复|阅片|读片|判读|手术|护理|陪护|照护|助浴|质检|抽检|巡检|点检|检测|监测|预警|预测|预报|科研|勘探|测绘|配送|运输|转运|分拣|拣选|搬运|装卸|盘点|仓储"
    "|客服|外呼|营销|导购|推荐|排产|调度|清扫|环卫|种植|养殖|灌溉|采摘|植保|育种|救援|巡逻|巡护|安检|抢修|值守|执法|监管|审批|审核|评审|导览|讲解|批改|阅卷|备课|助教|教学|运维|检修|核保|理赔|反欺诈|风控|授信|招采|接驳|泊车|停车|充电|换电|喷涂|焊接|装配|打磨|裁剪|仿真|翻译|同传|制药|新药研发|药物研发|抓拍|识别|报修|报税|办税|取餐|送餐|点餐|售货|阅读|体检|问答|公交"
)
_USED_FOR = re.compile(
    r"(?:应用于|应用到|应用在|用于|用在|用到|用来|运用于|运用到|适用于|服务于|落地于|切入|试点|拓展到|拓展至|延伸到|延伸至|推广到|推广至|开展)(?:了|各类|多个|开展|医院|企业|工厂)?"
    rf"(?P<name>{_INSIDE}{{2,9}}?(?:{_DONE}))(?=$|[，。；、！？）)]|等|和|与|及|场景|领域|环节|业务|任务|工作|的|服务)"
)
_MORE_USES = re.compile(
    rf"(?:、|和|与|及|以及)(?P<name>{_INSIDE}{{2,9}}?(?:{_DONE}))(?=$|[，。；、！？）)]|等|和|与|及|场景|领域|环节|业务|任务|工作|的|服务)"
)
_TOO_PLAIN = re.compile(
    r"^(?:产品|质量|设备|数据|模型|算法|智能|自动|实时|在线|远程|信息|环境|安全|风险|市场|行业|企业|相关|日常|常规|第三方|统计|动态|综合|全面|专项|科学|基础|临床|教育|重点|试点|示范)*(?:检测|监测|预测|识别|科研|营销|监管|审批|审核|教学|治疗|推荐|预警|阅读|翻译|评审|运输|仓储|服务|公交|护理|执法|配送)$"
)
_VERB_INSIDE = re.compile(
    r"推动|实现|提升|支持|发展|建设|加快|开展|提供|进行|帮助|用于|打造|促进|合作|企业|项目|平台|园区|产业|技术的|系统的|政策|规划"
)
# Goods with AI in them: sold by the piece, so they are no programme and no field.
_GOODS = (
    "鼠标|键盘|音箱|手表|手环|戒指|眼镜|头显|头盔|耳机|门锁|猫眼|学习机|学习灯|台灯|翻译机|录音笔|办公本|工牌|电视|机顶盒|投影仪?|打印机|冰箱|空调|洗衣机|洗碗机|油烟机|净化器|马桶|床垫|牙刷|枕头|轮椅|拐杖|助听器|血糖仪|血压计|体温计|听诊器|药盒|护理床|扫地机|清洁机|割草机|洗地机|炒菜机|咖啡机|售货机|快递柜|充电桩|充电宝|换电柜"
    "|垃圾箱|水表|电表|气表|燃气表|断路器|开关|摄像头|摄像机|相机|门禁|道闸|路灯|井盖|信号灯|电梯|叉车|重卡|集卡|卡车|矿卡|挖掘机|起重机|塔吊|装载机|拖拉机|收割机|插秧机|农机|机床|缝纫机|横机|织机|注塑机|贴片机|雕刻机|玩具|玩偶|宠物|假肢|义肢|外骨骼|内窥镜|显微镜|超声仪|心电仪|工作台|办公桌|黑板|课桌|书包|单车|自行车|电动车|滑板车|平衡车|游艇|无人艇|无人车|巴士|配送车|清扫车|摆渡车|接驳车|观光车|物流车|巡逻车|环卫车|巡检车"
)
_GOOD = re.compile(
    rf"(?:(?:AI|智能|智慧|无人驾驶|无人|自动驾驶)(?:(?![的了和与及在、])[\u3400-\u9fff]){{0,4}}?|(?:AR|VR|XR|MR)/?(?:VR|AR)?)(?:{_GOODS})(?![\u3400-\u9fff]?[厂店板件城网]|企业|产业|制造|生产线)"
)
_MADE = re.compile(
    rf"(?:研发|研制|开发|攻克|掌握|突破|首创|独创|自研|拥有)(?:出|了|的)*(?:自主|国内|全球|世界|首个|首套|首款|领先|核心|自有|知识产权|的)*(?P<name>{_INSIDE}{{3,14}}(?:技术|算法|架构|引擎))(?=$|[，。；、！？）)]|等|和|与|的|已|可|在|填补)"
)
_PLAIN_TECHNOLOGY = re.compile(
    r"^(?:关键|核心|前沿|共性|先进|相关|新|新型|各类|多项|一批|基础|重大|自主|底层|原创|领先|首创|专利|产业|行业|智能|智能化|数字化?|信息|高新|科学|人工智能|AI|AI核心|卡脖子|颠覆性|硬|实用|应用|国产|机器人|芯片|大模型)*(?:技术|算法|架构|引擎)$"
)
_OF_MODELS = re.compile(
    r"(?P<plain>国产人工智能|人工智能|国产AI|国产|AI|行业)大模型(?![一])|(?P<sort>(?!其他|相关|重点|传统|各)[\u3400-\u9fff]{2})行业(?:垂直|垂类|专用)?大模型"
)
_EXTRA = re.compile(r"泛半导体(?:装备|设备)?")
_SCENES = re.compile(
    r"(?:等|(?=[一二三四五六七八九十两几]))[一二三四五六七八九十两几0-9]*(?:大|类|个|种|项)?(?:重点|典型|特色|标杆|细分|主要|核心|民生|创新|垂直|实际)*(?:应用场景|场景)(?!化)"
)
_ITEM = re.compile(r"[\u3400-\u9fffA-Za-z0-9+]{3,10}")
_NO_ITEM = re.compile(r"的|企业|公司|平台|产业|行业$|领域$|场景|政策|项目|技术|芯片|[0-9]{2,}|[省市区县]$|中心|等$")
_HINT = re.compile("用于|用在|用到|用来|应用|适用|于|切入|试点|拓展|延伸|推广|开展")


def uses(view: View) -> Iterator[Mention]:
    """Scenarios, goods, technologies and models that the sentence itself names.

    >>> from aikg.loaders.extract.mentions import View
    >>> [(m.label, m.name) for m in uses(View("该系统用于肺结节早筛，公司推出智能助听器和水泥行业大模型。"))]
    [('ApplicationScenario', '肺结节早筛'), ('ChainSegment', '智能助听器'), ('Technology', '水泥行业大模型')]
    """
    text = view.text
    if _HINT.search(text):
        for match in _USED_FOR.finditer(text):
            name = match["name"]
            if not _TOO_PLAIN.match(name) and not _VERB_INSIDE.search(name):
                yield Mention(match.start("name"), match.end("name"), "ApplicationScenario", name, confidence=0.65)
            at = match.end()
            while more := _MORE_USES.match(text, at):
                at = more.end()
                if not _TOO_PLAIN.match(more["name"]) and not _VERB_INSIDE.search(more["name"]):
                    span = more.span("name")
                    yield Mention(*span, "ApplicationScenario", more["name"], confidence=0.65)
    for match in _GOOD.finditer(text):
        yield _under_its_word(view, match.start(), match.end(), "ChainSegment", match[0], 0.65)
    if "技术" in text or "算法" in text or "架构" in text or "引擎" in text:
        for match in _MADE.finditer(text):
            name = match["name"]
            if not _PLAIN_TECHNOLOGY.match(name) and not _VERB_INSIDE.search(name):
                yield _under_its_word(view, match.start("name"), match.end("name"), "Technology", name, 0.65)
    if "大模型" in text:
        yield from _models(view)
    if "泛半导体" in text:
        for match in _EXTRA.finditer(text):
            yield Mention(match.start(), match.end(), "ChainSegment", match[0], confidence=0.65)
    if "场景" in text and "、" in text:
        yield from _scenes(view)


def _under_its_word(view: View, start: int, end: int, label: str, name: str, confidence: float) -> Mention:
    """Under what the lexicon calls it, if it knows the whole word."""
    for mention in view.known:
        if (mention.start, mention.end) == (start, end):
            return mention
    return Mention(start, end, label, name, confidence=confidence)


def _models(view: View) -> Iterator[Mention]:
    """国产人工智能大模型 is 大模型; 石化行业大模型 is a sort of its own."""
    for match in _OF_MODELS.finditer(view.text):
        if match["sort"]:
            yield Mention(match.start(), match.end(), "Technology", match[0], confidence=0.7)
            continue
        entry = view.lexicon.get("大模型") if view.lexicon else None
        if entry is not None:
            yield Mention(match.start(), match.end(), entry.label, entry.name, entry.id, confidence=0.75)


def _scenes(view: View) -> Iterator[Mention]:
    """智慧港口、海洋科研三类场景: what the list calls scenarios and nobody knows."""
    text = view.text
    for match in _SCENES.finditer(text):
        items = items_before(view, match.start())
        known = {(m.start, m.end) for m in view.known}
        for start, end in items if len(items) > 1 else ():
            name = text[start:end]
            if (start, end) in known or not _ITEM.fullmatch(name) or _NO_ITEM.search(name) or len(name) < 4:
                continue
            if any(m.start <= start and end <= m.end for m in view.known) or not _is_thing(view, end):
                continue
            if not any(b < end and s > start for b, s, _ in view.places):
                yield Mention(start, end, "ApplicationScenario", name, confidence=0.65)


def _is_thing(view: View, end: int) -> bool:
    words = view.words.before(end, end - 4)
    return bool(words) and words[0].tag[0] in "nvjlbzi"
