"""Nouns around a number: the phrase before its verb, the thing behind a count, the items of a list."""

from __future__ import annotations

import re

__all__ = [
    "ADVERB",
    "BLANK",
    "ELLIPTIC",
    "LEVEL_TAIL",
    "TIME",
    "VAGUE_NOUNS",
    "items",
    "measured_in",
    "noun_behind",
    "noun_phrase",
]

# How a number is led in: adverbs and verbs of level.
ADVERB = r"(?:主要|正式|却|已经|已|将(?:会|达)?|就|均|都|也|则|还|仍|又|再|约|近|仅|共计|共|合计|总计|累计|平均|分别|高达|多达|力争|争取|预计|有望|预期|目标|率先|首次|成功|进一步|稳步|持续|大幅|明显|显著|快速|不断|同步|同比|环比|年均|相应|直接|可达|能达|总体(?!规模|水平|产值)|基本|普遍|较大|最终|随后|同时|实际|仅为|整体|常年|稳定在|保持在|维持在|控制在|稳定|维持|保持|控制|分布在|集中在|最短|最长|最高|最低|最多|最少)"
_LEVEL_VERB = (
    r"(?:划分为|细分为|分为|分成|提升至|提升到|提高到|提高至|增长至|增长到|增加至|增加到|增至|上升至|上升到|升至|升到|跃升至|跃升到|跃升为|跃至|跃居|攀升至|攀升到|扩大至|扩大到|扩展至|扩展到|拓展至|扩容至|扩充至|发展至|发展到|下降至|下降到|降至|降到|降低至|降低到|降为|减少至|减少到|减至|缩短至|缩短到|缩减至|压缩至|压缩到|下滑至|回落至|跌至|上调至|下调至|调整为"
    r"|达到了|达到|达成|达|突破了|突破|超过了|超过|超越|超|不低于|不少于|不超过|不足|不到|接近|逾|迈入|迈上|迈过|跨越|跨过|跨入|跻身|冲刺|逼近|共有|拥有|有着|设有|建有|约有|约为|约占|为|是|至|到|在|有|占|占到|占据|含|计|记|仅|过|于)"
)
LEVEL_TAIL = re.compile(rf"{ADVERB}*{_LEVEL_VERB}?{ADVERB}*了?$")
_ONE_SIGN = (
    "在(?![线校职建岸研营手])|从(?!业|事|严)|由|自(?![动主研然贸有驾由身学治])|对(?![外话口接比])|将|到(?!位|岸|账)|至|已|也|都(?!市)|均(?![价值])|则|还(?!款)|又|再(?!生|制)|且|而"
    "|并(?!购|网|联)|但|虽|使(?!用|命)|让(?!利)|令|把(?!控)|其|该|本(?![地土科外币])|此|那|仅|约(?!束)|近(?![海零])|超(?![级高算大低导声融])|和(?!谐)|与|及|或|的|之(?!江)|是|有(?![色效机线限源轨关])|如|像"
    "|中(?![国心小部西东央关试医药标台型间药])|内(?![蒙地部陆需容])|里|底(?!层|座)|末|初(?![创级步])|时(?![间空速长尚效])|各(?![类级地])|共(?![享性建创同])"
)
_LEADING = re.compile(
    r"^(?:[\s、，,：:；;。！？!?”’）)\]】.·*…—-]+|其中|目前|当前|现在|如今|至此|此外|同时|另外|而且|并且|以及|从而|因此|其次|首先|随后|最后|总体而言|相较而言|不过|然而|预计|预测|据悉|据统计|据测算|据介绍|据了解|数据显示|统计显示|显示|截至目前|截至|截止|至今|全年|今年|去年|本年|当年|该年|该领域|同年|次年|同期"
    r"|上半年|下半年|前[一二三四1-4]季度|近[几一二两三四五六七八九十0-9]+个?[年月]来?|近年来?|连续[一二两三四五六七八九十0-9]+(?:年|个月|个?季度)|多年来|未来|年底|年末|届时|已经|但是|虽然|使得|这些?|累计|总计|合计|共计|率先|实现|力争|争取|确保|推动|带动|促进|促使|拉动|助力|支撑|保障|推进|加快"
    r"|完成|达成|形成|建成|着力|全面|全力|持续|积极|努力|计划|规划|拟(?!合)|主要目标是?|目标是?|要求|提出|明确|主要|比如|例如|包括|包含|涵盖|来看|来说|方面|以来|期间|累计实现|年均|平均(?![工价薪利年单招])|多达|高达|当地|当时|年(?=[\u3400-\u9fff]{2})(?![产度薪均利龄营收销经吞])"
    rf"|{_ONE_SIGN})"
)
_REPORTED = re.compile(
    r"^.*(?:显示|表示|指出|认为|透露|介绍|预测|测算|估算|统计|披露|称|报道|报告|(?<![数依证凭根占])据)(?=[^，]{4,}$)"
)
_LEAD_VERB = re.compile(
    r".*(?:拥有|形成了?|带动|推动|实现|促进|促使|使得|使(?![用命])|让(?!利)|确保|力争|助力|构建了?|建成了?|打造了?|计划|规划|吸引了?|汇聚了?|集聚(?![区群])了?|聚集(?![区群])了?|落地|布局了?|完成|达成|覆盖|保持|累计|贡献了?|创造了?|催生|支撑|推进|显示|预计|明确)(?![率数量额度面])(?=[^，]{2,})"
)
TIME = re.compile(
    r"(?:截至|截止|到|至|在|于|从|自|早在)?\s?(?:20\d\d|19\d\d)\s?(?:年|[-—~至到])?\s?(?:(?:20\d\d)年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:第?[一二三四1-4]季度|前[一二三四]季度|上半年|下半年)?(?:年?[底末初](?!级|步)|前|以来|起|间|期间|年度)?"
    r"|[“\"]?十[一二三四五六]五[”\"]?(?:期间|时期|末|以来|期末)?|\d{1,2}月(?:\d{1,2}日)?(?:[底末])?|(?:前[一二三四]|第?[一二三四])季度"
)
_FINITE = (
    "增长(?!率|点|极)|提升(?!率)|提高|下降(?!率)|降低|扩大|跃升|攀升|增加(?!值|额)|减少|招聘|扩容|增至|升至|降至|到(?!位|岸|账)|出台|新设|(?<!即)将|位于|进入|入选|入围|入驻|落户|集聚(?![区群])|聚集(?![区群])|汇聚|形成|布局|开展|参与|参加|实现|完成|获得|获(?!得|批)|通过|采用|使用|应用了|应用于|部署了|已经|已|正在|尚未|没有|未(?!来)|认为|表示|选择|计划|希望|面临|存在|拥有|具备|设立|成立|发布|推出|提供|引入|引进(?!基金|计划|专项|工程|补贴|资金|政策)|分布|来自|属于|覆盖(?!率|面)|涵盖|涉及"
    "|提出|成为|作为|(?<![行作认成])为|是|占据|占(?![比有地])|达(?![州芬])|(?<!高)超(?![级高算大低导声])|(?<![存现潜])在(?![线校职建岸研营])|(?<![关由处对属位低高])于|把|(?<![覆])被|(?<![自理])由|(?<![应面针绝相])对|(?<![方面转取])向|(?<![服])从(?!业)|用于|用来|支撑|带动|推动|助力|促进|加快|加速|密集|纷纷|相继|陆续|先后|(?<![平人])均|(?<![首])都|(?<![再])也"
    "|协同发展|协同|联合|同步|强化|统筹|建立|建成|打造|构成|组成|联动|推进|启动|注入|显示|(?<![所国拥现特占专])有(?![色效机线限源])|仅|不(?![锈同])|只|愿意|打算|需要|(?<![刚供])需(?!求)|开始|聘请|同比|(?<![比])较|(?<![对占])比(?![例重赛])|不等|左右|以上|落子|安装|快速|被认定|入驻|获评|集中了|可(?=[以实达])|能够|为何|处于|集中|主要|遍布|共同|超过|突破|总体|总量|全部|基础上"
)
BLANK = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_BAD = re.compile(
    r"^(?:[的了和与及是为有其该此多余约近超]+|情况|方面|左右|以上|水平|规模|数量|总数|总量|比例|占比|增速|全球|全国|世界|同比|分别|目标|时间|一|其中|数|人|企业的|区间|之间|范围|范围内|的.*)$"
)
VAGUE_NOUNS = frozenset(
    {
        "规模",
        "数量",
        "总数",
        "总量",
        "比例",
        "占比",
        "比重",
        "增速",
        "总额",
        "总规模",
        "产值",
        "收入",
        "份额",
        "均价",
        "增长率",
        "总投资",
        "面积",
        "数",
        "人数",
        "金额",
        "价格",
    }
)


# A measure that the next item of a list may leave out: 排产系统回收期1.8年，仓储系统2.5年.
ELLIPTIC = re.compile(
    r"(?:年化|平均|年均|总|核心)?(?:回收期|收益率|回报率|增长率|增速|占比|市场规模|产业规模|规模|产值|营业收入|营收|收入|利润|投资额|总投资|投资|成本|单价|均价|价格|年薪|月薪|薪资|工资|覆盖率|普及率|渗透率|利用率"
    r"|使用率|准确率|合格率|不良率|转化率|毛利率|就业率|满意度|面积|周期|寿命|密度|产量|销量|出货量|装机量|数量|份额|市场份额|时长|里程|产能|算力|薪酬|需求|缺口)$"
)


def noun_phrase(text: str, subjects: tuple[str, ...]) -> str:
    """The noun phrase at the end of `text`, without what leads in: time, subject, adverbs, a verb before it."""
    text = re.split(r"[，,。；;：:！？!?（(）)]", TIME.sub("", text))[-1].strip()
    if (reported := _REPORTED.match(text)) and len(text) - reported.end() >= 2:
        text = text[reported.end() :]
    if (led := _LEAD_VERB.match(text)) and len(text) - led.end() >= 2:
        text = text[led.end() :]
    if "”" in text and "“" not in text[: text.index("”")]:
        text = text[text.index("”") + 1 :]
    while True:
        before = text
        text = _LEADING.sub("", text, count=1)
        for subject in subjects:
            text = text.removeprefix(subject)
        if text == before:
            break
    text = re.sub(rf"(?:的|了|、|{ADVERB})+$", "", text.strip()).strip("“”\"'‘’、 ")
    if len(text) > 24:
        text = re.split(r"的", text)[-1] if len(re.split(r"的", text)[-1]) >= 2 else text[-24:]
    return "" if len(text) < 2 or (_BAD.match(text) and text not in VAGUE_NOUNS) else text


def noun_behind(text: str) -> tuple[str, str]:
    """The noun that a count counts, and what its verb says: 高校新设人工智能专业 → 高校, 新设人工智能专业."""
    text = re.sub(r"^[\s多余几]+", "", text)
    clause = re.match(r"[^…，,。；;：:！？!?（(）)\n]*", text)
    phrase = clause[0] if clause else ""
    match = re.search(rf"(?:以及|及其|{_FINITE})|(?<=[\u3400-\u9fff]{{2}})(?:和|与|及|并|等)(?!离子)", phrase)
    noun, rest = (phrase[: match.start()], phrase[match.start() :]) if match else (phrase, "")
    if "、" in noun:
        noun, rest = noun.split("、")[0], ""
    rest = re.split(r"[《（(]", rest)[0]
    if len(rest) > 14:
        rest = ""
    noun = re.sub(r"(?:之后|以后|之前|以来|后|时|中|内|上)$", "", noun.strip('的 ”’"'))
    if "“" in noun and "”" not in noun:
        noun = noun.replace("“", "")
    if re.match(r"(?:和|与|及|以及|等|并|左右|以上)", rest):
        rest = ""
    if len(noun) > 20:
        noun = noun.rsplit("的", 1)[-1]
    if not 2 <= len(noun) <= 22 or _BAD.match(noun):
        return "", ""
    return noun, rest.strip()[:18]


_SAYS = re.compile(r"(?:再创|也|双双|均|都|持续|呈|实现|创下|大幅|快速|稳步|进一步|不断|同比|同步|较|分别|依次|各).*$")


def items(text: str) -> list[str]:
    """The items that 分别 shares its numbers out to: 算力和专利数分别 → 算力, 专利数; 融资金额和数量 → 融资金额, 融资数量."""
    head = _SAYS.sub("", text)
    head = re.split(r"[，,。；;：:]", head)[-1]
    parts = [part.strip() for part in re.split(r"、|和|与|及|以及", head)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and (lead := re.match(r".*(?=(?:金额|规模|数量|总量|总额|产值|收入)$)", parts[0])):
        parts = [parts[0], *(lead[0] + part if part in VAGUE_NOUNS or part == "金额" else part for part in parts[1:])]
    return parts


_PREDICATE = re.compile(
    r"(?:(?<![行作认成])为|(?<!还)是|较|最|比较|相对|十分|非常|更|稳步|持续|快速|不断|大幅|逐年|逐步|明显|显著|再创|总体|呈现?|居|位居|位列|排名|不足|增长|提升|下降|上升|减少|扩大|有限|良好|突出|可观|领先|强劲|迅速|迅猛).*$"
)
_MEASURED = re.compile(
    r"(?:数量|规模|总数|总量|金额|总额|额|率|量|产值|收入|营收|薪资|工资|成本|价格|人才|企业|专利|用户|投资|费用|周期|效率|面积|人口|缺口|资金|基金|贷款|订单|协议|数|增加值|市场|占比|份额|需求|能力|融资|订单|论文|产能)$"
)


_SET_UP = re.compile(r"^(?:并|还|将)*(?:设立|安排|成立|组建|投入)(?=..)")


def measured_in(text: str, subjects: tuple[str, ...]) -> str | None:
    """What a clause without a number speaks of, for one behind it that only says how much (…平均薪资，比中部高30%)."""
    found = noun_phrase(_PREDICATE.sub("", text.strip("，。；：、 ")), subjects)
    found = _SET_UP.sub("", found)
    return found if found and _MEASURED.search(found) else None
