"""What a number measures where its clause has no noun: the frame before it, the thing counted before it, the support given."""

from __future__ import annotations

import re

from aikg.loaders.extract.indicator_nouns import noun_phrase
from aikg.loaders.extract.indicator_words import LONGEST, Wording
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["compared", "counted_before", "framed", "staged", "supported"]

# Kinds of things that a counter counts; the last one said before is what a bare counter means.
_KINDS = {
    "家": "企业|公司|机构|医院|高校|单位|工厂|院所|银行|厂商|门店",
    "人": "人才|人员|员工|学生|院士|专家|教师|工程师|博士|用户|从业者|劳动力|人口",
    "所": "高校|院校|大学|学校|院所|中小学",
    "个": "项目|场景|平台|园区|基地|中心|案例|集群|数据集|大模型|模型|实验室|产品|城市|机柜|机架|智能体|算法|岗位",
    "项": "专利|成果|技术|标准|政策|措施|产品|项目|著作权|发明|任务|场景",
    "件": "专利|发明|著作权|商标|产品|案件|知识产权",
    "款": "产品|大模型|模型|芯片|应用|机器人|算法|智能体",
    "座": "工厂|电站|中心|园区|城市|基站|车间",
    "台": "设备|服务器|机器人|装备|车辆|汽车|终端",
    "辆": "汽车|车辆|车",
    "起": "融资|投资|事件|案例|并购",
    "篇": "论文|文章",
}
_ALSO = {"名": "人", "位": "人", "套": "台", "种": "款", "部": "台", "张": "台"}
_FRAME = re.compile(
    r"(?:在|从|就|按)?(?P<what>[^，。；：的在]{2,18}?(?:市场|赛道|领域|行业|产业|版图|格局|人群|企业|订单|投资|融资|营收|出货|出货量|装机量|销量|份额))(?:份额)?(?:中|内|里|上|方面|当中|之中|来看|看)?，?$"
)
_SHARE_VERB = re.compile(
    r"(?:独占|占据|占到|占有|占|拿下|分得|握有|仅|只有|约|为|达|达到|超过|近|超|不足|则|也|均|已|\s)+$"
)
_SUPPORT = "补助|补贴|奖励|资助|贴息|奖补|扶持|减免|返还|报销|支持|激励|配套|优惠"
_GIVES = re.compile(
    rf"^(?:的)?(?:比例|标准|额度|幅度)?(?:给予|予以|进行|提供|享受|兑付|发放|一次性|资金|财政|最高|的|，)*[^，。；0-9]{{0,6}}?(?P<noun>{_SUPPORT})"
)
_BY = re.compile(r"(?:按照|按|以|依据|对|给予|予以)[^，。；]{0,18}?$")
_LIMIT = re.compile(
    r"^[，；、\s]*(?:且|并|但|同一|单个|单家|每[家个户年项人]|单户|年度|全年|每年|累计|总额|合计|企业|项目|机构|单位|主体|补助|补贴|奖励|资助|扶持|金额|资金|一次性|给予|予以|最终|支持)*(?P<limit>最高|上限|封顶|最多|不超过|限额|可达|最高不超过|最高可达|原则上)(?:为|可达|达|可|不|给予|不超过|补助|奖励|补贴|资助|支持|获得?|享受|申领|总额|金额|额度|每年|一次性)*$"
)
_CALLED = re.compile(
    r"[“\"「](?P<name>[\u3400-\u9fffA-Za-z]{1,6}券)[”\"」]|(?P<plain>(?:算力|模型|数据|标注|创新|训力|服务|语料|场景)券)"
)


def supported(text: str, start: int, pre: str, post: str, quantity: Quantity) -> Wording | None:
    """The rate or ceiling of a support: 按合同金额的30%给予补助，最高200万元 → 补助比例, 补助上限.

    `start` is where the sentence or paragraph begins that says which support is spoken of.
    """
    rate = _GIVES.match(post) if quantity.unit == "%" else None
    if rate is None and not (quantity.currency and _LIMIT.search(pre[-60:])):
        return None
    head = text[start : quantity.start]
    name = [m["name"] or m["plain"] for m in _CALLED.finditer(head)][-1:]
    called = name[0] if name else ""
    if rate and _BY.search(text[max(start, quantity.start - 24) : quantity.start]):
        noun = rate["noun"] if rate["noun"] != "支持" else "资金支持"
        return Wording(f"{called}{noun}比例"[:LONGEST], f"{called}{noun}", "level")
    if rate is None:
        behind = re.match(rf"(?:的)?[^，。；0-9]{{0,6}}?(?P<noun>{_SUPPORT})", post)
        said = [behind["noun"]] if behind else re.findall(_SUPPORT, head)
        if not said and not called:
            return None
        noun = (said[-1] if said[-1] != "支持" else "资金支持") if said else ""
        return Wording(f"{called}{noun}上限"[:LONGEST], f"{called}{noun}", "level")
    return None


def framed(frame: str, pre: str, quantity: Quantity, subjects: tuple[str, ...]) -> Wording | None:
    """The share of a market that the clause before names: 全球芯片市场中，|甲公司占80%."""
    if quantity.unit != "%" or not (match := _FRAME.search(frame)):
        return None
    for name in subjects:
        pre = pre.replace(name, "")
    if not _SHARE_VERB.fullmatch(pre.strip("，；：、 ")):
        return None
    what = re.sub(r"^(?:去年|今年|目前|当前|如今|20\d\d年)+", "", match["what"].strip())
    text = what if what.endswith("份额") else f"{what}份额"
    return Wording(text[-LONGEST:], text[-LONGEST:], "share")


_COMPARED = re.compile(
    r"(?P<verb>高出|高于|低于|超出|领先于?|快于|好于|优于|多于|少于|落后于?)(?P<of>[^，。；、]{2,12}?)(?:近|约|超过|达|了|\s)*$"
)


_TIMES = re.compile(r"(?:相当于|约为|为|是|达到|超过|高达)(?:了|约|近)*(?P<of>[^，。；、]{2,14}?)的$")
_STAGE = re.compile(
    r"(?:[一二三四首末]期|远期|近期)(?:工程|项目)?(?:全部|全面)?(?:建成|投产|达产|投运|投用|扩容|完工)?(?:以?后)?(?:将|预计)?"
)


def staged(found: Wording | None, earlier: str | None) -> Wording | None:
    """With what the stage before measured: 一期算力100P，二期建成后将达|500P."""
    if found is None or not earlier or not (stage := _STAGE.fullmatch(found.base)):
        return found
    base = _STAGE_LEAD.sub("", earlier)
    return Wording(f"{stage[0][:2]}{base}"[:LONGEST], base, found.kind)


_STAGE_LEAD = re.compile(r"^(?:[一二三四首末]期|远期|近期)")


def compared(pre: str, quantity: Quantity, earlier: str | None, subjects: tuple[str, ...]) -> Wording | None:
    """What a value is above or below of: 研发强度达4%，高出全省平均水平|1.2个百分点."""
    if (
        quantity.unit == "倍"
        and (times := _TIMES.search(pre))
        and earlier
        and not noun_phrase(pre[: times.start()], subjects)
    ):
        return Wording(f"{earlier}相当于{times['of']}倍数"[-LONGEST:], earlier, "share")
    if quantity.unit not in ("%", "个百分点", "百分点", "倍") or not (match := _COMPARED.search(pre)):
        return None
    base = noun_phrase(pre[: match.start()], subjects) or earlier
    if not base:
        return None
    verb = match["verb"].rstrip("于")
    text = f"{base}{verb}{match['of']}幅度"
    return Wording(text[-LONGEST:], base, "growth")


def counted_before(before: str, quantity: Quantity) -> Wording | None:
    """What a bare counter counts, by the last thing of its kind named before: 企业集中在三地，其中甲区有|557家."""
    unit = _ALSO.get(quantity.unit or "", quantity.unit or "")
    kinds = _KINDS.get(unit)
    if kinds is None or quantity.currency:
        return None
    found = list(re.finditer(rf"[\u3400-\u9fffA-Za-z]{{0,8}}?(?:{kinds})(?!家|化|级|区)", before))
    if not found:
        return None
    noun = noun_phrase(found[-1][0], ()) or found[-1][0][-2:]
    return Wording(f"{noun}数", f"{noun}数", "count")
