"""Numbers that running text says without a unit: 三大引擎, 五部门, 第二批, 万亿产业规模, 百亿级基金, 一轴三带, 7nm.

`find_quantities` leaves them out, since in a cell or in other kinds of text they are manners of speaking; in reports on places
and policies they count parts, or tell a magnitude of money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aikg.loaders.numbers.numerals import MULTIPLIERS, chinese_number
from aikg.loaders.numbers.quantities import Quantity, find_quantities

__all__ = ["numbers"]

_FEW = r"(?:[两三四五六七八九]|十[一二三四五六七八九]?|[2-9]|1[0-9])"
_NOT_BEFORE = r"(?<![第前近每各几数半百千万亿零十一二三四五六七八九0-9.+\-—~至到、])"
_GREAT = re.compile(
    rf"{_NOT_BEFORE}(?P<n>{_FEW})\s?大(?=[\u3400-\u9fff“]{{2}})(?!运营商|行[^业动]|洲|件|名著|天王|数据|模型|学|会|代表|精神|以来|报告|提出|后|上|之|型|规模|幅|力|部分|湾区|厂|赛|家|全)"
)
_OWN_MEASURE = re.compile(r"[^，。；：、]{2,14}(?:数量|规模|总数|占|总量|[率额])")
_BODIES = re.compile(
    rf"{_NOT_BEFORE}(?P<n>{_FEW})\s?(?P<unit>部门|部委|省市|委办局)(?=联合|共同|印发|发布|出台|协同|近日|日前|等|公布|联手|发文|合力|下发|推出|制定|启动|组织|认定|会签)"
)
_PARTS = re.compile(
    rf"{_NOT_BEFORE}(?P<n>{_FEW})\s?(?P<unit>个方面|个层面|个维度|个阶段|个环节|个核心|个关键|个梯队|个层次|个领域|个方向|阶段|步走|类|种|层(?!次|级|楼|建)|级(?!市|以|及|别|甲|医)|条主线|位一体)(?![型别似群植业])"
)
_BATCH = re.compile(
    r"第\s?(?P<n>[一二三四五六七八九十]{1,3}|[0-9]{1,2})\s?(?P<unit>批)(?=[\u3400-\u9fff“]{2})(?!次|复|判)"
)
_POWER = r"(?:十万亿|万亿|千亿|百亿|十亿|亿|千万|百万)"
_MAGNITUDE = re.compile(
    rf"(?<![0-9.数几十百千万亿两三四五六七八九个家])(?P<said>上|近|超过|超|突破|逾|约|过)?(?P<n>{_POWER})(?P<level>元?级别?的?)?(?=(?:[\u3400-\u9fffA-Za-z]{{0,8}}?)(?:产业|规模|市场|营收|资金|年薪|投资|基金|产值|收入|赛道|GDP|融资|订单|贷款|补贴|总量|集群))(?!元(?!级)|美元|港元|欧元|日元|次|人(?!工)|条|台|个|家|件|参数|用户|度|吨|千瓦|设备|终端|像素)"
)
_CLASS = re.compile(r"[\u3400-\u9fffA-Za-z]{0,10}?(?:集群|赛道|产业(?!规模|产值|基金|引导|投资)|企业|园区)")
_CITY_OF = re.compile(r"[“\"]?(?P<n>万亿|千亿)(?:GDP|之城|城市|俱乐部)(?P<end>[”\"]?)")
# 份额全国第一, 居全国第二、全省第一: a rank whose verb is left out.
_RANK = re.compile(
    r"(?P<scope>全国|全球|世界|亚洲|国内|全省|全市|全区|行业|东部|中部|西部|东北|华东|华南|华中|华北|西南|西北|长三角|珠三角|省内|市内|业内)(?P<rank>第(?P<n>[一二两三四五六七八九十]{1,3}|[0-9]{1,2})(?!批|次|个|家|届|期|产业|[一二三四]?季度|轮|方|大|条|台|座|代|者|版|款|只|张|项|所)位?)"
)
_PUE = re.compile(
    r"(?:PUE|能效比|电能利用效率|能源使用效率)[^，。；、0-9]{0,10}?(?P<n>1\.[0-9]{1,3})(?P<below>(?:及)?以[下内])?"
)
_INDEX = re.compile(
    r"(?:指数|得分|评分|总分|系数)(?:得分|值)?(?:已|约|达到|达|为|升至|升到|提升至|提高到|上升至|攀升至|超过|超|是|从|由|降至|\s)*(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)(?![0-9.]*[%％万亿个位家倍年月])(?P<unit>分)?"
)
_CAPACITY = re.compile(r"(?<![A-Za-z0-9.])(?P<n>[0-9]{1,5}(?:\.[0-9]+)?)\s?(?P<unit>[PE])(?![A-Za-z0-9/])")
_TENTHS = re.compile(r"(?<![0-9A-Za-z.第])(?P<n>[1-9])成(?P<over>多|以上)?(?![立为功长都了员果就本分效熟品交份年])")
_CHIP = re.compile(r"(?<![A-Za-z0-9.])(?P<n>[0-9]{1,3})\s?(?:nm|纳米)(?P<after>及?以[上下])?(?![A-Za-z])")
_PROVINCES = re.compile(r"(?<![\u4e00-\u9fff])?(?P<n>[一二两三四])省(?P<m>[一二两三四])市")
_MONEY_BEHIND = re.compile(r"\s?(?:的)?(?:投资|资金|融资|产值|营收|收入|基金|市场|规模|贷款|订单|补贴|建|砸|打造|补助)")
_MONEY_BEFORE = re.compile(
    r"(?:投入|投资|融资|斥资|耗资|砸|资金|产值|营收|收入|市场规模|产业规模|规模|销售额|总额|金额|税收|利润|补贴|奖励|订单额?|市值|估值)(?:了|已|将|约|近|超|超过|突破|达到|达|为|至|上|总计|累计|逾|不足)*$"
)
_MONEY_NAME = re.compile(r"(?:元人民币|人民币元?)$")


# Without one of these a text states no number; most paragraphs of plain prose go by here.
_ANY = re.compile(
    r"[0-9\uff10-\uff19]|[一二两三四五六七八九十百千万亿数几半双]\s?(?:[家个項项所件種种类類座台臺套辆輛人名位款起篇條条支户戶部倍成年天月％%多余餘页頁场場次批座栋层級级阶步大省市委轴分张頁]|[百千万萬亿億])"
    r"|第\s?[一二三四五六七八九十]|[首榜]位|榜首|过半|一半|半数|半壁|番|[百千万亿]"
)


def numbers(text: str) -> list[Quantity]:
    """All numbers of a passage by position, without overlaps: those of `find_quantities` and those said without a unit.

    >>> [(q.value, q.unit) for q in numbers("三省联合培育六大产业集群，产值超2000亿元")]
    [(6.0, '个'), (2000.0, '亿元')]
    """
    if _ANY.search(text) is None:
        return []
    found = [_whole(text, _money_meant(text, q)) for q in find_quantities(text)]
    taken = [(q.start, q.end) for q in found]
    for extra in _extra(text):
        if all(extra.end <= a or extra.start >= b for a, b in taken):
            found.append(extra)
            taken.append((extra.start, extra.end))
    return sorted(found, key=lambda q: q.start)


_HALF = {"近": ("逼", "临", "接", "将", "靠"), "超": ("不",), "低": ("不",), "少": ("不",)}


def _whole(text: str, quantity: Quantity) -> Quantity:
    """With the first sign of a word that was cut in two: 逼|近千家, 不|超过合同金额的50%."""
    before = text[quantity.start - 1] if quantity.start else ""
    if not before or before not in _HALF.get(quantity.raw[:1], ()):
        return quantity
    said = quantity.qualifiers
    if before == "不":
        said = ("under",) if quantity.raw[0] == "超" else ("over",)
    return replace(quantity, start=quantity.start - 1, raw=before + quantity.raw, qualifiers=said)


def _money_meant(text: str, quantity: Quantity) -> Quantity:
    """投入500亿建算力中心: a magnitude beside a word of money is money; 亿元人民币 is 亿元."""
    if quantity.currency == "CNY" and quantity.unit and _MONEY_NAME.search(quantity.unit):
        return replace(quantity, unit=_MONEY_NAME.sub("元", quantity.unit))
    match = (
        re.search(r"(?P<power>万亿|[百千]?亿|[百千十]?万)$", quantity.raw)
        if quantity.unit is None and quantity.value
        else None
    )
    if match and (
        _MONEY_BEHIND.match(text[quantity.end :])
        or _MONEY_BEFORE.search(text[max(0, quantity.start - 16) : quantity.start])
    ):
        factor = MULTIPLIERS[match["power"]]
        top = None if quantity.value_max is None else quantity.value_max / factor
        return replace(
            quantity, value=(quantity.value or 0) / factor, value_max=top, unit=f"{match['power']}元", currency="CNY"
        )
    return quantity


def _made(
    match: re.Match[str], value: float, unit: str, said: tuple[str, ...] = ("exact",), start: int | None = None
) -> Quantity:
    begin = match.start() if start is None else start
    raw = match.string[begin : match.end()]
    currency = "CNY" if unit.endswith("元") else None
    return Quantity(
        value, unit=unit, currency=currency, qualifiers=said, raw=raw, start=begin, end=match.end(), value_text=raw
    )


def _number(text: str) -> float | None:
    if text == "双":
        return 2.0
    value = float(text) if text.isdecimal() else chinese_number(text)
    return None if value is None else float(value)


def _extra(text: str) -> Iterator[Quantity]:
    for pattern in (_GREAT, _BODIES, _PARTS) if "大" in text else (_BODIES, _PARTS):
        for match in pattern.finditer(text):
            if pattern is _GREAT and _OWN_MEASURE.match(text, match.end()):
                continue
            if (value := _number(match["n"])) is not None:
                unit = (
                    "个"
                    if pattern is not _PARTS
                    else (re.match(r"个|阶段|步|类|种|层|级|条|位", match["unit"]) or match)[0]
                )
                end = (
                    match.end()
                    if pattern is _GREAT or unit in ("类", "种", "层", "级")
                    else match.end("n") + (1 if unit == "个" and match["unit"].startswith("个") else 0)
                )
                yield Quantity(
                    value,
                    unit=unit,
                    raw=text[match.start() : end],
                    start=match.start(),
                    end=end,
                    value_text=text[match.start() : end],
                )
    for match in _BATCH.finditer(text) if "批" in text else ():
        if (value := _number(match["n"])) is not None:
            yield _made(match, value, "批")
    great = "亿" in text or "百万" in text or "千万" in text
    for match in _CITY_OF.finditer(text) if great else ():
        yield _made(match, 1.0, f"{match['n']}元", ("over",))
    for match in _MAGNITUDE.finditer(text) if great else ():
        if match["level"] and _CLASS.match(text, match.end()):  # 百亿级产业集群 is a class, and no amount
            continue
        said = {"近": "under", "约": "approx"}.get(match["said"] or "", "over" if match["said"] else "approx")
        power = match["n"]
        value, unit = (
            (float(MULTIPLIERS[power]) / 10**8, "亿元")
            if power.endswith("亿") and power != "亿"
            else (1.0, "亿元")
            if power == "亿"
            else (float(MULTIPLIERS[power]) / 10**4, "万元")
        )
        yield _made(match, value, unit, (said,))
    for match in _CHIP.finditer(text) if "nm" in text or "纳米" in text else ():
        yield _made(
            match,
            float(match["n"]),
            "nm",
            ("over",) if (match["after"] or "").endswith("上") else ("under",) if match["after"] else ("exact",),
        )
    for match in _RANK.finditer(text) if "第" in text else ():
        if (value := _number(match["n"])) is not None:
            yield Quantity(
                value,
                unit="位",
                raw=match["rank"],
                start=match.start("rank"),
                end=match.end("rank"),
                value_text=match["rank"],
                scope=match["scope"],
            )
    for match in _PUE.finditer(text) if "1." in text else ():
        under = match["below"] or re.search(r"低于|小于|不高于|不超过|降到|以内", match[0])
        yield Quantity(
            float(match["n"]),
            qualifiers=("under",) if under else ("exact",),
            raw=text[match.start("n") : match.end()],
            start=match.start("n"),
            end=match.end(),
        )
    for match in _INDEX.finditer(text) if "数" in text or "分" in text else ():
        yield Quantity(
            float(match["n"]),
            unit=match["unit"],
            raw=text[match.start("n") : match.end()],
            start=match.start("n"),
            end=match.end(),
        )
    for match in _CAPACITY.finditer(text) if "算" in text else ():
        yield Quantity(float(match["n"]), unit=match["unit"], raw=match[0], start=match.start(), end=match.end())
    for match in _TENTHS.finditer(text) if "成" in text else ():
        yield Quantity(
            float(match["n"]) * 10,
            unit="%",
            qualifiers=("over",) if match["over"] else ("exact",),
            raw=match[0],
            start=match.start(),
            end=match.end(),
            value_text=match[0],
        )
    for match in _PROVINCES.finditer(text) if "省" in text else ():
        for name, unit in (("n", "省"), ("m", "市")):
            if (value := _number(match[name])) is not None:
                yield Quantity(
                    value,
                    unit="个",
                    raw=match[name] + unit,
                    start=match.start(name),
                    end=match.end(name) + 1,
                    value_text=match[name] + unit,
                )
