"""Numbers with units, reservations, stages and time, in cells and in running text."""

from __future__ import annotations

import doctest
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_document import shared_document

from aikg.loaders.numbers import context as number_context
from aikg.loaders.numbers import forms as number_forms
from aikg.loaders.numbers import numerals, quantities, units
from aikg.loaders.numbers.numerals import MULTIPLIERS, chinese_number
from aikg.loaders.numbers.quantities import (
    QUALIFIERS,
    Quantity,
    find_quantities,
    header_unit,
    parse_quantity,
    parse_stages,
)
from aikg.loaders.numbers.units import canonical_unit, currency_of, factor_of, is_unit
from aikg.loaders.readers.pipe_tables import read_tables


@pytest.mark.parametrize("module", [quantities, number_forms, number_context, numerals, units])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


def fields(quantity: Quantity, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(quantity, name) for name in names)


# ---------------------------------------------------------------------------------------------- numerals and units


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("十", 10), ("十五", 15), ("二十", 20), ("三十六", 36), ("一百二", 120), ("一百零二", 102), ("两百", 200),
        ("一千二百", 1200), ("一千零一十", 1010), ("八千", 8000), ("两万", 20000), ("两万五", 25000), ("一万零五", 10005),
        ("一百二十万", 1_200_000), ("三亿", 3 * 10**8), ("一亿三千万", 130_000_000), ("三万亿", 3 * 10**12), ("百", 100),
        ("万亿", 10**12), ("二〇二二", 2022), ("一百十五", 115),
        ("三五", None), ("十十", None), ("千百", None), ("亿万", None), ("百千", None), ("甲", None), ("", None), ("零十", None),
    ],
)  # fmt: skip
def test_chinese_numerals(text, value):
    assert chinese_number(text) == value


def spoken(number: int) -> str:
    """A Chinese numeral, written independently of the reader: 四位一节."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(part: int) -> str:
        text = ""
        for place in range(3, -1, -1):
            digit = part // 10**place % 10
            if digit:
                text += digits[digit] + places[place]
            elif text and not text.endswith("零"):
                text += "零"
        return text.rstrip("零")

    text = ""
    for factor, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // factor % 10**4
        if part:
            text += ("零" if text and part < 1000 else "") + section(part) + word
    return text


@given(st.integers(1, 10**12 - 1))
def test_every_number_in_chinese(number):
    assert chinese_number(spoken(number)) == number


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("社会融资规模增量（亿元）", "社会融资规模增量", "亿元"),
        ("占比(%)", "占比", "%"),
        ("占比（％）", "占比", "%"),
        ("规模/亿元", "规模", "亿元"),
        ("金额 [万美元]", "金额", "万美元"),
        ("企业数量（单位：家）", "企业数量", "家"),
        ("融资（单位：亿，起）", "融资", "亿，起"),
        ("规模（估算）（亿元）", "规模（估算）", "亿元"),
        ("算力 (PFlops)", "算力", "PFLOPS"),
        ("名称（简称）", "名称（简称）", None),
        ("较上一年排名变化", "较上一年排名变化", None),
        ("A/B", "A/B", None),
        ("（亿元）", "（亿元）", None),
        ("", "", None),
    ],
)
def test_units_in_headers(header, name, unit):
    assert header_unit(header) == (name, unit)


@pytest.mark.parametrize(
    ("unit", "currency", "factor"),
    [
        ("亿港元", "HKD", 10**8), ("万元/套", "CNY", 10**4), ("亿元人民币", "CNY", 10**8), ("亿美金", "USD", 10**8),
        ("万亿美元", "USD", 10**12), ("billion USD", "USD", 10**9), ("元", "CNY", 1), ("家", None, 1), ("万平方米", None, 10**4),
        ("千瓦", None, 1), ("个百分点", None, 1), (None, None, 1),
    ],
)  # fmt: skip
def test_money_and_magnitudes_of_units(unit, currency, factor):
    assert (currency_of(unit), factor_of(unit)) == (currency, factor)


def test_what_a_unit_is():
    assert all(is_unit(text) for text in ["亿元", "%", "万人次", "PFLOPS", "元/吨", "万", "个百分点"])
    assert not any(is_unit(text) for text in ["简称", "项目", "家庭", "", "元宇宙", "5"])
    assert canonical_unit("pflops") == "PFLOPS"


# ---------------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("cell", "value", "unit", "qualifiers"),
    [
        ("35104", 35104, None, ("exact",)),
        ("0", 0, None, ("exact",)),
        ("-4", -4, None, ("exact",)),
        ("－4", -4, None, ("exact",)),
        ("−4", -4, None, ("exact",)),
        ("+4", 4, None, ("exact",)),
        ("↑1", 1, None, ("exact",)),
        ("↓ 2", -2, None, ("exact",)),
        ("下降2位", -2, "位", ("exact",)),
        ("上升 1 位", 1, "位", ("exact",)),
        ("11,689 家", 11689, "家", ("exact",)),
        ("１２３", 123, None, ("exact",)),
        ("1,234.5", 1234.5, None, ("exact",)),
        ("2016.10", 2016.1, None, ("exact",)),
        ("0.1%", 0.1, "%", ("exact",)),
        ("15.3％", 15.3, "%", ("exact",)),
        ("百分之五", 5, "%", ("exact",)),
        ("百分之三点二", 3.2, "%", ("exact",)),
        ("8.4 万件", 84000, "件", ("exact",)),
        ("3千家", 3000, "家", ("exact",)),
        ("5 千瓦", 5, "千瓦", ("exact",)),
        ("2 亿", 200_000_000, None, ("exact",)),
        ("800 POPS", 800, "POPS", ("exact",)),
        ("100PFlops", 100, "PFLOPS", ("exact",)),
        ("100P", 100, "P", ("exact",)),
        ("12 台套", 12, "台套", ("exact",)),
        ("12 桶", 12, "桶", ("exact",)),
        ("3.5 mg/L", 3.5, "mg/L", ("exact",)),
        ("超过 46 万件", 460_000, "件", ("over",)),
        ("600 多家", 600, "家", ("over",)),
        ("500余家", 500, "家", ("over",)),
        ("2 万余人", 20000, "人", ("over",)),
        ("1000+", 1000, None, ("over",)),
        ("60%以上", 60, "%", ("over",)),
        ("至少12家", 12, "家", ("over",)),
        ("≥30", 30, None, ("over",)),
        ("过千家", 1000, "家", ("over",)),
        ("近 30%", 30, "%", ("under",)),
        ("不足100家", 100, "家", ("under",)),
        ("不超过 5 家", 5, "家", ("under",)),
        ("20毫秒以内", 20, "毫秒", ("under",)),
        ("约5家", 5, "家", ("approx",)),
        ("60%左右", 60, "%", ("approx",)),
        ("预计100家", 100, "家", ("forecast",)),
        ("1400 PFLOPS（预计）", 1400, "PFLOPS", ("forecast",)),
        ("3740 PFLOPS（峰值）", 3740, "PFLOPS", ("peak",)),
        ("计划100 PFLOPS", 100, "PFLOPS", ("planned",)),
        ("目标 500 家", 500, "家", ("target",)),
        ("同比减少 2.4%", -2.4, "%", ("exact",)),
        ("增长 5.6%", 5.6, "%", ("exact",)),
        ("下降至 15%", 15, "%", ("exact",)),
        ("十项", 10, "项", ("exact",)),
        ("两万", 20000, None, ("exact",)),
        ("三十六", 36, None, ("exact",)),
        ("一百二十家", 120, "家", ("exact",)),
        ("十余项", 10, "项", ("over",)),
    ],
)
def test_numbers_in_cells(cell, value, unit, qualifiers):
    found = parse_stages(cell)
    assert [fields(q, "value", "unit", "qualifiers") for q in found] == [(value, unit, qualifiers)]
    assert parse_quantity(cell) == found[0]


@pytest.mark.parametrize(
    ("cell", "value", "unit", "text"),
    [
        # 100 / 3 = 33.3; ontology.md: 三分之一 = 33.3 %, 近半 = 50 %, 1:3.5 = 3.5, 第三 = 3 位.
        ("三分之一", 33.3, "%", "三分之一"),
        ("三分之二", 66.7, "%", "三分之二"),
        ("1/8", 12.5, "%", "1/8"),
        ("近半", 50, "%", "近半"),
        ("一半", 50, "%", "一半"),
        ("三成", 30, "%", "三成"),
        ("六成半", 65, "%", "六成半"),
        ("1:3.5", 3.5, None, "1:3.5"),
        ("1：10", 10, None, "1:10"),
        ("第三", 3, "位", "第三"),
        ("第 12 位", 12, "位", "第 12 位"),
        ("首位", 1, "位", "首位"),
    ],
)
def test_what_a_wording_is_worth_with_the_wording_kept(cell, value, unit, text):
    found = parse_quantity(cell)
    assert fields(found, "value", "unit", "value_text") == (value, unit, text)


def test_near_half_is_under():
    assert parse_quantity("近半").qualifiers == ("under",)
    assert parse_quantity("过半").qualifiers == ("over",)


@pytest.mark.parametrize(
    ("cell", "low", "high", "unit"),
    [
        ("5-10年", 5, 10, "年"),
        ("5～10 年", 5, 10, "年"),
        ("5—10年", 5, 10, "年"),
        ("10至20家", 10, 20, "家"),
        ("28%-35%", 28, 35, "%"),
        ("8-12亿元", 8, 12, "亿元"),
        ("80-150万元/套", 80, 150, "万元/套"),
        ("8万-12万人", 80000, 120000, "人"),
        ("800万-1.2亿元", 0.08, 1.2, "亿元"),
        ("[40%，70%)", 40, 70, "%"),
        ("下降15%-20%", -20, -15, "%"),
    ],
)
def test_ranges(cell, low, high, unit):
    found = parse_quantity(cell)
    assert fields(found, "value", "value_max", "unit", "qualifiers") == (low, high, unit, ("range",))
    assert found.amount is None


@pytest.mark.parametrize("cell", ["从12%到28%", "100-50", "(1,2)"])
def test_what_is_no_range(cell):
    assert all(quantity.value_max is None for quantity in parse_stages(cell))


@pytest.mark.parametrize(
    ("cell", "value", "unit", "currency", "amount"),
    [
        ("10.7亿港元", 10.7, "亿港元", "HKD", 1_070_000_000),
        ("18.3亿人民币", 18.3, "亿人民币", "CNY", 1_830_000_000),
        ("1.2亿美元", 1.2, "亿美元", "USD", 120_000_000),
        ("1565 亿元", 1565, "亿元", "CNY", 156_500_000_000),
        ("3.5 万亿元", 3.5, "万亿元", "CNY", 3_500_000_000_000),
        ("600多万元", 600, "万元", "CNY", 6_000_000),
        ("$1.2 billion", 1.2, "billion USD", "USD", 1_200_000_000),
        ("US$1.2亿", 1.2, "亿美元", "USD", 120_000_000),
        ("RMB 500 million", 500, "million CNY", "CNY", 500_000_000),
        ("￥300", 300, "元", "CNY", 300),
        ("三千万元", 3000, "万元", "CNY", 30_000_000),
        ("20 元", 20, "元", "CNY", 20),
        ("数亿美元", None, "亿美元", "USD", None),
        ("数十亿元", None, "亿元", "CNY", None),
        ("几百万元", None, "万元", "CNY", None),
    ],
)
def test_money(cell, value, unit, currency, amount):
    found = parse_quantity(cell)
    assert fields(found, "value", "unit", "currency", "amount") == (value, unit, currency, amount)
    assert found.value_text == (cell if value is None else None)
    assert bool(found.qualifiers) == (value is not None)


@pytest.mark.parametrize("cell", ["不详", "—", "-", "", "  ", "无", "N/A", "A轮", "5G", "人工智能、芯片、5G通讯", "2022年", "2022-01-27",
                                  "1918智能网联产业园", "三星", "张三", "第一产业", "L4级", "www.example.org", "战略融资", "C+++轮"])  # fmt: skip
def test_cells_without_a_number(cell):
    assert parse_stages(cell) == []
    assert parse_quantity(cell) is None


@pytest.mark.parametrize("cell", ["未透露", "未披露", "暂未公开", "金额未透露", "undisclosed", " 未透露 "])
def test_what_is_withheld_keeps_its_wording(cell):
    found = parse_quantity(cell)
    assert fields(found, "value", "value_text", "qualifiers", "amount") == (None, cell.strip(), (), None)
    assert cell[found.start : found.end] == found.raw == cell.strip()


def test_the_unit_of_the_column_is_for_cells_without_one():
    found = parse_quantity("35104", unit="亿元")
    assert fields(found, "value", "unit", "currency", "amount") == (35104, "亿元", "CNY", 3_510_400_000_000)
    assert parse_quantity("12 万美元", unit="亿元").unit == "万美元"
    assert parse_quantity("5", unit="％").unit == "%"


STAGES = [
    ("40 PFLOPS (后期100 PFLOPS)", [(40, ("exact",), None, None), (100, ("planned",), "后期", None)]),
    ("100 PFLOPS (未来提升到1000 PFLOPS)", [(100, ("exact",), None, None), (1000, ("planned",), "未来", None)]),
    ("1.16 EOPS (2019年底)", [(1.16, ("exact",), None, "2019")]),
    (
        "一期100 PFLOPS (短期算力达到500 PFLOPS, 远期达到1000 PFLOPS)",
        [(100, ("exact",), "一期", None), (500, ("planned",), "短期", None), (1000, ("planned",), "远期", None)],
    ),
    ("100 PFLOPS，2025年达到300 PFLOPS", [(100, ("exact",), None, None), (300, ("exact",), None, "2025")]),
    ("一期：100 PFLOPS；二期：200 PFLOPS", [(100, ("exact",), None, None), (200, ("exact",), None, None)]),
    ("约100 PFLOPS（规划）", [(100, ("approx", "planned"), None, None)]),
    ("100 家（2022年）", [(100, ("exact",), None, "2022")]),
]


@pytest.mark.parametrize(("cell", "stages"), STAGES)
def test_stages(cell, stages):
    found = parse_stages(cell)
    assert [fields(q, "value", "qualifiers", "stage", "period") for q in found] == stages
    assert all(cell[q.start : q.end] == q.raw for q in found)


# ---------------------------------------------------------------------------------------------- running text


def said(text: str) -> list[tuple[Any, ...]]:
    return [fields(q, "value", "unit", "qualifiers") for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请量超过 46 万件，居首", [(460_000, "件", ("over",))]),
        ("规模为 1565 亿元¹，同比增长 5.6%。", [(1565, "亿元", ("exact",)), (5.6, "%", ("exact",))]),
        ("分别同比下降 55.0%和 36.1%", [(-55, "%", ("exact",)), (-36.1, "%", ("exact",))]),
        ("占比分别为 27%、20%", [(27, "%", ("exact",)), (20, "%", ("exact",))]),
        ("降低能耗15%以上", [(-15, "%", ("over",))]),
        ("周期缩短至18个月", [(18, "个月", ("exact",))]),
        ("比率降到 3%", [(3, "%", ("exact",))]),
        ("节省人力成本超200万元", [(200, "万元", ("over",))]),
        ("损失减少3.2亿元", [(-3.2, "亿元", ("exact",))]),
        ("数量突破八千家", [(8000, "家", ("over",))]),
        ("近百个园区", [(100, "个", ("under",))]),
        ("为上百个家庭供电", [(100, "个", ("over",))]),
        ("十多家企业", [(10, "家", ("over",))]),
        ("迈入万亿元规模", [(1, "万亿元", ("approx",))]),
        ("规模超万亿元", [(1, "万亿元", ("over",))]),
        ("接近全国总数的三分之一", [(33.3, "%", ("under",))]),
        ("企业数量不足某省的1/8", [(12.5, "%", ("under",))]),
        ("占总量的近半壁江山", [(50, "%", ("under",))]),
        ("三成以上的企业", [(30, "%", ("over",))]),
        ("位于[40%，70%)区间", [(40, "%", ("range",))]),
        ("成立年限在 5-10 年的企业", [(5, "年", ("range",))]),
        ("培训支出约2000-5000万元/万人", [(2000, "万元/万人", ("approx", "range"))]),
        ("项目平均ROI达1:3.2", [(3.2, None, ("exact",))]),
        ("供求比例达1:10", [(10, None, ("exact",))]),
        ("提升30个百分点", [(30, "个百分点", ("exact",))]),
        ("增速为-2.4%", [(-2.4, "%", ("exact",))]),
        ("预计到 2025 年缺口将会突破 1000 万人", [(10_000_000, "人", ("over", "forecast"))]),
        ("2025年计划培训5000人", [(5000, "人", ("planned",))]),
        ("锚定5000亿元营收目标", [(5000, "亿元", ("target",))]),
        ("力争达到100家", [(100, "家", ("target",))]),
        ("算力规模达50PFLOPS，峰值算力100PFLOPS", [(50, "PFLOPS", ("exact",)), (100, "PFLOPS", ("peak",))]),
        ("建成1000P算力中心", [(1000, "P", ("exact",))]),
        ("投入500亿建设中心", [(50_000_000_000, None, ("exact",))]),
        ("数百家企业", [(None, "家", ())]),
        # 2022 is a count here, 2024 a year.
        ("企业达到 2022 家", [(2022, "家", ("exact",))]),
        ("2024年60%的企业", [(60, "%", ("exact",))]),
        ("总量为2016.10吨", [(2016.1, "吨", ("exact",))]),
        # Words that only look like plans, forecasts and reservations.
        ("预测准确率超过95%", [(95, "%", ("over",))]),
        ("规划中应用率达42%", [(42, "%", ("exact",))]),
        ("附近30家企业", [(30, "家", ("exact",))]),
        ("超大城市的30家企业", [(30, "家", ("exact",))]),
        ("经过30家企业", [(30, "家", ("exact",))]),
    ],
)
def test_quantities_in_text(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "5G、6G网络与3D打印", "芯片实现 5nm 量产，还停留在 14 纳米", "“4+X”布局", "“五个一”机制", "“三城一区”", "AI+5G",
        "《示例战略2021》与《2022年100家企业名单》", "1.1项目背景", "1.2.3 研究意义", "(2) 企业数量", "1. 基础层", "2、项目",
        "图表 3：代表企业", "表 2 中", "第二批", "第19届", "第三产业", "第一梯队", "第一财经报道", "1月8日", "2021年2月23日 08:03",
        "近三年来", "未来 5-10 年内", "20 年前", "三年行动计划", "五种力量", "三大要素", "两院院士", "八个方面", "一个企业", "百亿级企业",
        "千亿级产业", "工业4.0", "Web3.0时代", "GPT-4", "ISO27001认证", "L0-L5", "C++轮", "1918智能网联产业园", "金田路 3038 号",
        "电话：0755-82540000", "[1] 张三", "https://example.org/2022/100家", "a100家@example.org", "35-45岁群体", "1.1版", "前10强",
        "（单位：亿元）", "其中一期", "每万人", "半导体", "近半年", "形成", "数字", "二十大", "0/150", "2022/9/1", "版本 2.0", "",
    ],
)  # fmt: skip
def test_what_is_no_quantity_in_text(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "value", "scope"),
    [
        ("企业数量位列全球第二。", 2, "全球"),
        ("在全国各城市中排名第二，", 2, "全国各城市"),
        ("申请量居世界首位", 1, "世界"),
        ("排名第四位", 4, None),
        ("数量为某国第一。", 1, "某国"),
        ("排名全国第3", 3, "全国"),
    ],
)
def test_ranks_in_text(text, value, scope):
    assert [fields(q, "value", "unit", "scope") for q in find_quantities(text)] == [(value, "位", scope)]


def test_ranks_in_a_row():
    found = find_quantities("甲与乙分列第二与第三位，各指标分别居全国第一、第四")
    assert [fields(q, "value", "scope") for q in found] == [(2, None), (3, None), (1, "全国"), (4, None)]


@pytest.mark.parametrize(
    ("text", "scope", "qualifiers"),
    [
        ("占全国总数的 17.6%", "全国总数", ("exact",)),
        ("企业占总数的比例超过了 50%", "总数", ("over",)),
        ("占GDP比重提升至15%", "GDP", ("exact",)),
        ("占据了超全国企业总数的 80%", "全国企业总数", ("over",)),
        ("占全国增量比重的 11%", "全国增量", ("exact",)),
        ("占比达 38%", None, ("exact",)),
        ("市场占有率超过20%", None, ("over",)),
    ],
)
def test_shares_in_text(text, scope, qualifiers):
    assert [fields(q, "scope", "qualifiers") for q in find_quantities(text)] == [(scope, qualifiers)]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("截至 2022 年底，甲地有 12 家，乙地有 3 家；丙地 4 家。丁地 5 家", ["2022", "2022", "2022", None]),
        ("2018 年为 262 家；2019 年开始减少；2022 年，仅 34 家", ["2018", "2022"]),
        ("2010 至 2018 年共 9 家", ["2010/2018"]),
        ("2010 年以来共 9 家", [None]),
        ("2022年比2021年增长 5 家", ["2022"]),
        ("从2023年的12%跃升至28%", ["2023", None]),
        ("规模为342亿元（2022年）", ["2022"]),
        ("“十四五”规划提出 9 项", [None]),
        ("“十四五”期间建设 9 项", ["2021/2025"]),
        ("依据《2020年报告》，共 9 家", [None]),
        ("到2025年，培育100家", ["2025"]),
    ],
)
def test_periods_of_quantities(text, periods):
    assert [q.period for q in find_quantities(text)] == periods


def test_stages_in_text():
    assert [fields(q, "stage", "qualifiers") for q in find_quantities("一期建成100PFLOPS，二期建设200PFLOPS")] == [
        ("一期", ("exact",)),
        ("二期", ("planned",)),
    ]


# ---------------------------------------------------------------------------------------------- properties

COUNTS = [
    "家",
    "件",
    "个",
    "项",
    "%",
    "PFLOPS",
    "POPS",
    "个百分点",
    "人",
    "倍",
    "平方公里",
    "千瓦",
    "TB",
    "万件",
    "亿次",
    "万人次",
]
MONEY = ["元", "亿元", "万美元", "亿港元", "万亿元", "亿人民币", "万欧元", "亿日元"]
NUMBERS = st.decimals(Decimal(0), Decimal(10**9), places=2, allow_nan=False)


def written(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@given(NUMBERS, st.sampled_from(COUNTS + MONEY), st.sampled_from(["", " "]), st.booleans())
def test_a_value_with_its_unit_is_read_back(value, unit, blank, grouped):
    number = f"{value:,f}".rstrip("0").rstrip(".") if grouped else written(value)
    text = f"{number}{blank}{unit}"
    found = parse_quantity(text)
    money = currency_of(unit) is not None
    factor = factor_of(unit)
    assert found.raw == text
    assert found.value == float(value if money else value * factor)
    assert float(found.amount) == float(value * factor)
    assert found.unit == (unit if money else unit.lstrip("万亿"))
    assert found.qualifiers == ("exact",)
    if value or unit != "%":
        assert find_quantities(f"总量为{text}。")[0].value == found.value


@given(NUMBERS, NUMBERS, st.sampled_from(["家", "%", "亿元", "PFLOPS"]), st.sampled_from(["-", "～", "—", "至"]))
def test_a_range_is_read_back(one, other, unit, dash):
    low, high = sorted([one, other])
    found = parse_quantity(f"{written(low)}{dash}{written(high)}{unit}")
    assert found.value == float(low)
    if low < high:
        assert (found.value_max, found.unit, found.qualifiers) == (float(high), unit, ("range",))


PIECES = """2022年 年底 第 三 十 万 亿 元 家 % 约 超过 近 预计 计划 （ ） ( [ ] ， 。 - ～ 至 1 2 3.5 46 1, 000 PFLOPS 占 全国 的
减少 一期 半 分之 成 : / 数 上 级 位 首位 排名 “ ” 《 》 G $ 个 月 日"""
WORDS = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=25).map("".join)


@given(st.one_of(st.text(max_size=60), WORDS))
def test_any_text_is_read_and_spans_are_inside_and_apart(text):
    for found in (find_quantities(text), parse_stages(text)):
        last = 0
        for quantity in found:
            assert last <= quantity.start < quantity.end <= len(text)
            assert text[quantity.start : quantity.end] == quantity.raw
            assert set(quantity.qualifiers) <= set(QUALIFIERS)
            assert quantity.qualifiers == tuple(name for name in QUALIFIERS if name in quantity.qualifiers)
            assert quantity.value is not None or quantity.value_text
            assert ("range" in quantity.qualifiers) == (quantity.value_max is not None)
            if quantity.value_max is not None:
                assert quantity.value < quantity.value_max
            _ = quantity.amount
            last = quantity.end


def test_multipliers_are_powers_of_ten():
    assert all(str(value).strip("0") == "1" for value in MULTIPLIERS.values())


# ---------------------------------------------------------------------------------------------- the white paper


@pytest.mark.shared
def test_white_paper_compute_centres():
    table = next(t for t in read_tables(shared_document("003")) if t.number == "图表50")
    index = table.headers.index("算力")
    cells = [row.cells[index].text or "" for row in table.rows]
    # 14 centres; one is unknown, two have a second stage, one a second and a third.
    assert len(cells) == 14
    assert sum(len(parse_stages(cell)) for cell in cells) == 13 + 2 + 2
    assert [q.value for cell in cells for q in parse_stages(cell)[:1]] == [
        1400,
        3740,
        800,
        800,
        40,
        300,
        100,
        1000,
        100,
        1.16,
        100,
        300,
        100,
    ]
    assert [q.unit for cell in cells for q in parse_stages(cell)].count("PFLOPS") == 14


@pytest.mark.shared
def test_white_paper_listings():
    table = next(t for t in read_tables(shared_document("003")) if t.number == "图表31")
    found = [parse_quantity(row.cells[3].text or "") for row in table.rows]
    assert [quantity.currency for quantity in found if quantity].count("CNY") == 7
    assert [quantity.currency for quantity in found if quantity].count("HKD") == 2
    assert [quantity.value_text for quantity in found if quantity and quantity.value is None] == [
        "未透露",
        "未透露",
        "数亿美元",
    ]
    assert found[0].amount == 1_070_000_000


@pytest.mark.shared
def test_white_paper_sentences():
    lines = shared_document("003").lines
    at = {
        number: [fields(q, "value", "unit", "period") for q in find_quantities(lines[number - 1])]
        for number in (667, 730, 982)
    }
    assert at[667] == [(1565, "亿元", "2022"), (5.6, "%", "2022")]
    assert at[730][0] == (460_000, "件", "2022")
    assert at[982][:3] == [(21, "个", "2022-03"), (8, "个", "2022-03"), (38, "%", "2022-03")]


def test_a_date_that_says_which_things_are_meant_is_not_the_time_of_the_figure() -> None:
    found = find_quantities("截至2020年底有企业300家，其中2015年创建的占14%，应用层占84%。")
    assert [(q.value, q.period) for q in found] == [(300, "2020"), (14, "2020"), (84, "2020")]
