"""What a number measures: the noun phrase before its verb, or behind the number of a count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aikg.loaders.extract.indicator_nouns import (
    ADVERB,
    BLANK,
    ELLIPTIC,
    LEVEL_TAIL,
    TIME,
    VAGUE_NOUNS,
    noun_behind,
    noun_phrase,
)
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["LONGEST", "Wording", "word"]

LONGEST = 40
_RATIO_UNITS = frozenset({"%", "个百分点", "百分点", "‰", "倍", "番"})
# Verbs of change (a growth unless 到, 至, 为 follow).
_CHANGE = r"(?:增长率|增速|增幅|降幅|跌幅|涨幅|增长|增加|提升|提高|上升|上涨|扩大|攀升|飙升|激增|猛增|跃升|下降|降低|减少|下滑|回落|缩短|缩减|压缩|减幅|下跌|节省|节约|节能|降|减|增|升|涨|跌|高出|高于|低于|高(?!达|新|校)|低(?!至)|快|多(?!达)|少|翻)"
_CHANGE_TAIL = re.compile(
    rf"(?P<adverb>(?:{ADVERB}|(?:较|比|与|同)[^，。；、]{{1,14}}?(?:相比)?|了)*)(?P<change>{_CHANGE})(?:幅度|比例)?(?:了|约|近|超|逾|过|达到|达|为|高达|多达|超过|突破|不低于)*$"
)
_LEVEL_OF_CHANGE = re.compile(
    r"(?:增长|增加|提升|提高|上升|下降|降低|减少|缩短|压缩|扩大|跃升|攀升|增|降|升|减)(?:到|至|为|成)(?:了|约|近|超|超过)*$"
)
_SHARE_TAIL = re.compile(
    r"(?:占据|占到|占(?!率|有率|用))(?:了|据)?(?P<of>[^占，。；、]{0,16}?)(?:的)?(?:比重|比例|份额)?(?:约|近|超|超过|接近|达到|达|为|的|已|高达|不足|仅)*$"
)
_RANK_TAIL = re.compile(
    r"(?:(?:(?:稳|位|高|名|均|分别|跃|分|并)?(?:居|列|占)(?!民|车)|排名|排行|排在|排到|排|稳坐|升至|升到|跃升至|跃居|蝉联|荣登|是|为|在|跻身|进入)(?:至|到|于|在|了|全|均)*)+[^，。；、]{0,6}$"
)
# Words that lead a clause in and say nothing of what is measured.
# The verb that tells how a count came about and belongs to its meaning.
_MEANT = {
    "攻克": "攻克", "突破": "突破", "新增": "新增", "新设": "新设", "新建": "新建", "新设立": "新设", "新成立": "新成立", "引进": "引进", "引育": "引育", "培育": "培育", "孵化": "孵化", "培养": "培养",
    "发布": "发布", "推出": "推出", "出台": "出台", "制定": "制定", "开放": "开放", "获批": "获批", "认定": "认定", "遴选": "遴选", "征集": "征集", "签约": "签约", "落地": "落地", "承接": "承接", "服务": "服务",
    "带动": "带动", "新落地": "新落地", "转化": "转化", "入选": "入选", "入围": "入围", "入驻": "入驻", "落户": "落户", "申请": "申请", "授权": "授权", "备案": "备案", "改造": "改造", "淘汰": "淘汰", "裁减": "裁减", "培训": "培训", "覆盖": "覆盖", "惠及": "惠及", "部署": "部署", "组建": "组建", "获得": "获得", "开发": "开发", "研发": "研发", "接入": "接入", "上线": "上线", "主导": "主导", "参与": "参与", "牵头": "牵头", "建设": "建设", "减少": "减少", "增加": "增加",
}  # fmt: skip
_MEANT_TAIL = re.compile(
    rf"(?P<verb>{'|'.join(sorted(_MEANT, key=len, reverse=True))})(?:了|过|出|约|近|超|超过|逾|达|达到|不少于|至少|总计|累计)*$"
)
_MONEY_VERB = {"投入": "投入", "投资": "投资额", "融资": "融资额", "获得": "获得金额", "设立": "", "组建": "", "成立": "", "筹集": "筹集金额", "奖励": "奖励金额", "给予": "奖励金额", "补贴": "补贴金额", "补助": "补助金额", "资助": "资助金额", "出资": "出资额", "募资": "募资额", "募集": "募集金额", "节省": "节省金额", "节约": "节约金额", "发放": "发放金额", "安排": "安排资金", "支持": "支持金额", "耗资": "耗资", "斥资": "投资额", "签约": "签约金额", "撬动": "撬动金额", "追加": "追加金额", "捐赠": "捐赠金额", "完成": "完成金额", "授信": "授信额"}  # fmt: skip
_MONEY_TAIL = re.compile(
    rf"(?P<verb>{'|'.join(_MONEY_VERB)})(?:了|约|近|超|超过|逾|达|达到|高达|总额|上|共|累计|不少于)*$"
)
# Where the noun behind a count ends.
_PER = re.compile(
    r"每(?:[万千百亿]?(?:人|名|户|家|台|辆|亩|公顷|平方公里|小时|秒|次|名员工|名工人))(?:拥有|有|约|超|达)?$"
)


# 增长到2027年的|3500亿元: the year belongs to the number.
_TIME_OF = re.compile(rf"(?:{TIME.pattern})的?$")
# Things that a measure is left out behind, in a list.
_THING = re.compile(
    r"(?:系统|项目|设备|产品|平台|工厂|行业|领域|产业|业|机器人|模型|技术|企业|机构|城市|地区|岗位|工程师|人才|基金|信贷|资本|芯片|服务器|环节|市场|车辆|汽车|软件|硬件|材料|装备|专业|学历|省|市|区|以上|以下)$"
)


# 突破3000亿元大关: what the number is called, and no noun that it counts.
_AFTER = re.compile(r"^(?:的)?(?:大关|关口|台阶|门槛|量级|之多|之巨|有余|上下|左右)")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a number measures. `base` is the plain thing, without 增速, 占比 or 排名, for figures that go on from it."""

    text: str
    base: str
    kind: str  # level, growth, share, rank, count


def word(pre: str, post: str, quantity: Quantity, earlier: str | None, subjects: tuple[str, ...]) -> Wording | None:
    """The wording of a number between `pre` and `post`, the parts of its clause that no other number has.

    `earlier` is the base of the number before, for a clause that goes on from it (，同比增长8%); `subjects` are names
    that begin the clause and belong to the edge, not to the wording. None where nobody could say what is measured.
    """
    pre, post = BLANK.sub("", TIME.sub("", _TIME_OF.sub("", pre))), BLANK.sub("", post)
    if per := _PER.search(pre):  # 密度达每万人120台
        found = word(pre[: per.start()], "", quantity, earlier, subjects)
        return Wording(_cut(found.text.removesuffix("数"), f"（{per[0]}）"), found.base, found.kind) if found else None
    post = _AFTER.sub("", post)
    unit, said = quantity.unit or "", quantity.value_text or ""
    if not unit and re.search(r"PUE|能效比|利用效率|能源使用效率", pre[-16:]):
        return Wording("PUE", "PUE", "level")
    if unit == "席":
        return Wording("入选席位数", "入选席位", "count")
    if said and (special := _special(pre, post, unit, said)):
        return special
    if unit == "位" and quantity.value_text:
        return _rank(pre, quantity, earlier, subjects)
    if earlier and (filled := _filled(pre, post, quantity, earlier, subjects)):
        return filled
    if unit in _RATIO_UNITS or (quantity.value_text and ":" in quantity.value_text):
        return _ratio(pre, post, quantity, earlier, subjects)
    if quantity.currency:
        return _money(pre, post, earlier, subjects)
    return _count(pre, post, quantity, earlier, subjects)


def _filled(pre: str, post: str, quantity: Quantity, earlier: str, subjects: tuple[str, ...]) -> Wording | None:
    """An item of a list that leaves out what the one before measured: 仓储系统约2.5年 → 仓储系统回收期."""
    unit = quantity.unit or ""
    if not (unit in _RATIO_UNITS or quantity.currency or unit in _STRETCHES) or (post and not post.startswith(_STOPS)):
        return None
    measure = ELLIPTIC.search(earlier)
    if measure is None or _CHANGE_TAIL.search(pre) or _SHARE_TAIL.search(pre) or _MONEY_TAIL.search(pre):
        return None
    thing = noun_phrase(LEVEL_TAIL.sub("", pre), subjects)
    if not thing or not _THING.search(thing) or ELLIPTIC.search(thing):
        return None
    return Wording(_cut(thing, measure[0]), thing + measure[0], "level")


_STRETCHES = frozenset({"年", "个月", "天", "小时", "分钟", "秒", "毫秒", "平方米", "平方公里", "亩"})
_STOPS = ("，", "。", "；", "、", "）", ",", ")")


def _special(pre: str, post: str, unit: str, said: str) -> Wording | None:
    """Numbers said without a unit (`more_numbers`): 万亿之城, 第二批, 全国首个, 一轴三带, 7nm."""
    noun = noun_behind(post)[0]
    if said.strip('“"').startswith(("万亿", "千亿")) and re.search(r"GDP|之城|城市|俱乐部", said):
        return Wording("地区生产总值（GDP）", "地区生产总值（GDP）", "level")
    if unit == "nm":
        text = "芯片制程" if "芯片" in pre + post else "制程"
        return Wording(text, text, "level")
    if unit == "批":
        base = noun or noun_phrase(re.sub(r"到$", "", pre), ())
        return Wording(_cut(base, "批次"), base, "count") if base else None
    if said.startswith("首") and len(said) == 2:
        phrase = re.split(r"[，。；：—《（(]", post)[0].strip("“” ")
        return Wording(_cut(phrase[-24:], "次序"), phrase, "order") if 4 <= len(phrase) <= 30 else None
    if match := re.fullmatch(r"[一二两三四五六七八九双]\s?([轴带核心城区圈翼廊极园环港谷点片省市])", said):
        if unit == "个" and match[1] not in ("大", "省", "市") and not said.endswith("大"):
            return Wording(f"空间布局“{said}”{match[1]}数", match[1], "count")
        if unit == "个" and match[1] in ("省", "市"):
            return Wording("省数量" if match[1] == "省" else "直辖市数量", match[1], "count")
    return None


def _rank(pre: str, quantity: Quantity, earlier: str | None, subjects: tuple[str, ...]) -> Wording | None:
    head = pre
    if quantity.scope and (at := pre.rfind(quantity.scope)) >= 0:
        head = pre[:at]
    match = _RANK_TAIL.search(head)
    base = noun_phrase(head[: match.start()] if match else head, subjects) or (earlier or "")
    if not base:
        return None
    return Wording(_cut(base, "排名"), base, "rank")


def _ratio(pre: str, post: str, quantity: Quantity, earlier: str | None, subjects: tuple[str, ...]) -> Wording | None:
    of_whole = (
        re.search(r"(?:全国|国家|全省|全市|全球|世界|国内)(?:的|约|近|超|超过)*$", pre) and post[:1] not in "，。；：、"
    )
    behind = re.match(r"的?(?P<noun>[^，。；：！？（）]{2,24})", post) if post.startswith("的") or of_whole else None
    if whole := re.match(r"(?:不足|不到|不及|接近|超过|超出|相当于|约为)([\u3400-\u9fff]{2,8})的", quantity.raw):
        base = noun_phrase(LEVEL_TAIL.sub("", pre), subjects) or (earlier or "")
        part = "占" if re.search(r"总数|总量|总额|全[国省市球]|整体", whole[1]) else "相当于"
        return Wording(_cut(base, f"{part}{whole[1]}比例"), base, "share") if base else None
    whole_share = LEVEL_TAIL.sub("", pre)
    if (
        whole_share != pre
        and whole_share.endswith(("比重", "占比", "份额", "比例"))
        and "占" in whole_share
        and (base := noun_phrase(whole_share, subjects))
    ):
        return Wording(_cut(base), base, "level")
    share = _SHARE_TAIL.search(pre)
    if share and quantity.unit == "%" and not pre[share.start() :].startswith(("占比", "占有")):
        base = noun_phrase(pre[: share.start()], subjects) or (earlier or "")
        of = re.sub(r"^(?:了|据|到|的)+|(?:约|近|超过|超|达|为|的|总数|总量|总体)+$", "", share["of"]).strip() or (
            quantity.scope or ""
        )
        if base:
            return Wording(_cut(base, f"占{of}比重" if of else "占比"), base, "share")
    if behind:
        noun, rest = noun_behind(behind["noun"])
        if noun:
            scope = re.search(r"(全国|国家|全省|全市|全区|全球|世界|国内|全县|全州)(?:的|约|近|超|超过)*$", pre)
            thing = f"{rest}的{noun}" if rest and len(rest) + len(noun) < 30 else noun
            if noun.endswith(
                ("占比", "比重", "份额", "率", "增速", "增幅", "比例", "折扣", "股权", "股份", "准确度", "满意度")
            ):
                return Wording(_cut(noun), noun, "level")
            return Wording(_cut(thing, f"占{scope[1]}比重" if scope else "占比"), noun, "share")
    if not _LEVEL_OF_CHANGE.search(pre) and (change := _CHANGE_TAIL.search(pre)):
        base = noun_phrase(pre[: change.start()], subjects)
        word_ = change["change"]
        compared = re.search(r"(?:较|比)([^，。；、]{2,12}?)(?:$|的|相比)", change["adverb"])
        if word_ in ("高", "低", "多", "少", "快", "高出", "高于", "低于"):
            more = f"比{compared[1]}" if compared else ""
            ending = (
                f"{more}{word_.rstrip('出于')}出幅度" if word_.startswith("高") else f"{more}{word_.rstrip('于')}的幅度"
            )
        elif word_ in ("节省", "节约", "节能"):
            ending = word_ + "率"
        elif word_.startswith(("降", "减", "下", "回", "缩", "压", "跌")):
            ending = "降幅" if word_ in ("降幅", "减幅", "跌幅") else "变化率"
        else:
            prefix = (
                "同比"
                if "同比" in change["adverb"]
                else "环比"
                if "环比" in change["adverb"]
                else "年均"
                if "年均" in change["adverb"]
                else ""
            )
            ending = prefix + "增速"
        after = ""
        if not base and (noun := noun_behind(post)[0]) and post[:1] not in "，。；、,的":
            after = noun
        base = base or after or (earlier or "")
        if base.endswith(("增速", "增长率", "增幅", "降幅")):
            return Wording(
                _cut(base), re.sub(r"(?:同比|年均|年复合|复合)?(?:增速|增长率|增幅|降幅)$", "", base) or base, "growth"
            )
        return Wording(_cut(base, ending), base, "growth") if base else None
    base = noun_phrase(LEVEL_TAIL.sub("", _from(pre)), subjects)
    if not base and post[:1] not in "，。；、,的" and (noun := noun_behind(post)[0]):
        base = noun
    if led := re.match(r"(?P<verb>提升|提高|增加|降低|减少|压缩|缩短)了?(?P<what>[^，]{2,})$", base):
        ending = "增速" if led["verb"] in ("提升", "提高", "增加") else "变化率"
        return Wording(_cut(led["what"], ending), led["what"], "growth")
    if earlier and len(base) <= 4 and earlier.endswith(base):
        base = earlier
    if base in VAGUE_NOUNS and earlier and not earlier.endswith(base):
        base = earlier.removesuffix("数") + base
    base = base or earlier or ""
    return Wording(_cut(base), base, "level") if base else None


def _money(pre: str, post: str, earlier: str | None, subjects: tuple[str, ...]) -> Wording | None:
    verb = _MONEY_TAIL.search(pre)
    noun, rest = noun_behind(post.removeprefix("的"))
    if verb:
        own = noun_phrase(pre[: verb.start()], subjects)
        meaning = _MONEY_VERB[verb["verb"]]
        funds = re.match(r"(?:的)?(?:资金|经费)(?:用于|用来)?(?P<rest>[\u3400-\u9fff]{2,12})?(?=[，。；]|$)", post)
        if funds and meaning:
            own = funds["rest"] or own or (earlier or "")
            return Wording(_cut(own, meaning if not own.endswith(meaning) else ""), own, "level")
        if noun and not re.match(r"[，。；、,建搞用]", post):
            return Wording(_cut(noun, "金额" if not _MONEY_NOUN.search(noun) else ""), noun, "level")
        purpose = re.match(
            r"(?:用于|用来|以)?((?:建设|建|研发|打造|发展|支持|开展|搞|推进|升级)[^，。；、]{2,14})", post
        )
        if purpose:
            return Wording(_cut(purpose[1], meaning or "金额"), purpose[1], "level")
        if meaning and (own or verb["verb"] not in ("获得", "完成")):
            base = own + (meaning if not own.endswith(meaning) else "")
            return Wording(_cut(base), base, "level")
    change = None if _LEVEL_OF_CHANGE.search(pre) else _CHANGE_TAIL.search(pre)
    if change and change["change"] not in ("高", "低", "多", "少", "快", "翻"):
        base = noun_phrase(pre[: change.start()], subjects)
        own = "" if base else noun
        ending = (
            change["change"]
            if change["change"] in ("节省", "节约")
            else "增量"
            if not change["change"].startswith(("下", "减", "降", "缩"))
            else "减少量"
        )
        if own:
            return Wording(_cut(change["change"] + own), own, "level")
        if base or earlier:
            return Wording(_cut(base or earlier or "", ending), base or earlier or "", "level")
    base = noun_phrase(LEVEL_TAIL.sub("", _from(pre)), subjects)
    # 5000亿元营收目标 speaks of its noun behind, 营收达5000亿元 of the one before.
    behind = noun if post[:1] not in "，。；、,（" else ""
    if behind and (not base or _led_by_verb(pre)):
        base = (
            f"{rest}的{behind}"
            if rest and len(rest) < 14 and rest[:1] not in "的是为有仅"
            else re.sub(r"目标(?:的.*)?$", "", behind) or behind
        )
    if base in VAGUE_NOUNS and earlier and not earlier.endswith(base) and not behind:
        joined = (
            len(base) > 2
            or base in ("收入", "产值")
            or earlier.endswith(("资金", "基金", "贷款", "产业", "市场", "订单"))
        )
        base = f"{earlier}{base}" if joined else base
    base = base or earlier or ""
    if base and post.startswith("规模") and not behind:
        base = base.removesuffix("规模") + "规模"
    return Wording(_cut(base), base, "level") if base else None


_MONEY_NOUN = re.compile(
    r"(?:额|资金|基金|收入|投资|规模|产值|融资|贷款|补贴|费用|经费|资本|成本|市场|利润|税收|目标|订单)$"
)
_COUNTERS = frozenset("家个项所件种类座台套辆人名位款起篇条支颗块株户栋艘架枚部门层批处例张场") | {"人次"}
_MEASURE = re.compile(
    r"(?:数|量|率|度|规模|额|值|缺口|面积|长度|周期|时间|总计|产能|储备|能力|比例|速度|人口|次序|批次|指数|得分|存量|库)$"
)


def _count(pre: str, post: str, quantity: Quantity, earlier: str | None, subjects: tuple[str, ...]) -> Wording | None:
    noun, rest = noun_behind(post.removeprefix("的"))
    if post.startswith("参数"):
        return Wording("模型参数量", "模型参数量", "level")
    if not noun and quantity.value_text and (parts := {"层": "层次数", "级": "层级数"}.get(quantity.unit or "")):
        return Wording(parts, parts, "count")
    if re.match(r"方面|层面|维度|角度", post) and "从" in pre:  # 从三个方面给予支持
        return None
    if not noun and (part := re.match(r"(?:方面|层面|维度|环节|梯队)", post)):
        noun = part[0]
    if noun and (quantity.unit or "").endswith(_EXTENT) and _BUILT_TAIL.search(pre):  # 建成5000平方米训练场
        text = f"{noun}{'里程' if quantity.unit == '公里' else '面积'}"
        return Wording(_cut(text), text, "level")
    if (quantity.unit or "").endswith(_EXTENT) and noun_phrase(LEVEL_TAIL.sub("", pre), subjects):
        noun = ""  # 占地300亩的某某园正式启动: an extent belongs to what stands before it
    meant = _MEANT_TAIL.search(pre)
    if noun and (made := _YEARLY.search(pre)):
        text = (
            f"{noun}年{made['verb'].removeprefix('生')}量"
            if made["verb"] in ("生产", "产")
            else f"年{made['verb']}{noun}数"
        )
        return Wording(_cut(text), text, "level")
    if noun:
        text = noun if noun.endswith(("数", "量", "率", "度")) and not noun.endswith("力量") else f"{noun}数"
        if meant:
            text = _MEANT[meant["verb"]] + text
        elif (
            rest
            and len(rest) >= 2
            and not _CUT_SHORT.search(rest)
            and not noun_phrase(LEVEL_TAIL.sub("", pre), subjects)
        ):
            text = f"{rest}的{text}"
        plain_text = noun if noun.endswith(("数", "量", "率", "度")) else f"{noun}数"
        return Wording(_cut(text), plain_text, "count")
    change = None if _LEVEL_OF_CHANGE.search(pre) else _CHANGE_TAIL.search(pre)
    if change:
        base = noun_phrase(pre[: change.start()], subjects) or (earlier or "")
        down = change["change"].startswith(("下", "减", "降", "缩", "压", "节"))
        return Wording(_cut(base, "减少量" if down else "增量"), base, "level") if base else None
    base = noun_phrase(LEVEL_TAIL.sub("", _from(pre)), subjects)
    if base in VAGUE_NOUNS and earlier and not earlier.endswith(base):
        base = earlier + base
    if not base and meant:
        base = _MEANT[meant["verb"]] + (earlier or "")
    base = base or earlier or ""
    if not base:
        return None
    counted = (quantity.unit or "") in _COUNTERS and not _MEASURE.search(base)
    return Wording(
        _cut(base, {"类": "类别数", "种": "种类数"}.get(quantity.unit or "", "数") if counted else ""), base, "level"
    )


_BUILT_TAIL = re.compile(r"(?:建成|建有|新建|设有|打造)(?:了|约|近|超过|超)*$")
_EXTENT = ("亩", "平方米", "平方公里", "公顷", "公里")
_CUT_SHORT = re.compile(r"(?:全国|全省|全市|全球|了|超过?|约|近|达到?|过|占|为|于|的)$")
_YEARLY = re.compile(
    r"(?:每年|年)(?:均|可|能|将|预计|计划|约)*(?P<verb>生产|产|培训|培养|服务|接待|输送|举办)(?:约|近|超过|超|各类)*$"
)


def _from(pre: str) -> str:
    """误检率从|3%, 产能由|5万台: the preposition before the first of two values."""
    return re.sub(
        r"(?:从|由|自)(?:原来的?|最初的?|[一二两三四五六七八九十几0-9]+年前的?|此前的?|过去的?|的)?$", "", pre
    )


def _led_by_verb(pre: str) -> bool:
    return not re.search(r"(?:达到|达|为|超过|突破|超|约|近)$", pre)


def _cut(text: str, ending: str = "") -> str:
    if not ending or text.endswith(ending):
        return text[:LONGEST]
    return text[: LONGEST - len(ending)] + ending
