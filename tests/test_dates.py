"""Dates as written → ISO text, and the periods named in a text."""

from __future__ import annotations

import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.loaders.numbers import dates
from aikg.loaders.numbers.dates import find_periods, parse_date, plain


def test_examples_in_docstrings_hold():
    assert doctest.testmod(dates).failed == 0


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2002-05-31", "2002-05-31"),
        ("2022.09", "2022-09"),
        ("2022.9", "2022-09"),
        ("2022/9/1", "2022-09-01"),
        (" 2022 年 9 月 1 日 ", "2022-09-01"),
        ("2022年9月", "2022-09"),
        ("2022年9月底", "2022-09"),
        ("2022年", "2022"),
        ("2022 年底", "2022"),
        ("2022年上半年", "2022"),
        ("2022Q3", "2022"),
        ("截至 2022 年底", "2022"),
        ("1918", "1918"),
        ("20220901", "2022-09-01"),
        ("202209", "2022-09"),
        ("２０２２．０９．０１", "2022-09-01"),
        ("二〇二二年九月", "2022-09"),
        ("二○二三年三月二十五日", "2023-03-25"),
        ("二〇二二年十月", "2022-10"),
        ("2021年2月23日 08:03", "2021-02-23"),
        ("2022-09-01T08:00:00Z", "2022-09-01"),
        ("2020-02-29", "2020-02-29"),
        ("Sept. 1, 2022", "2022-09-01"),
        ("27 January 2022", "2022-01-27"),
        ("March 2023", "2023-03"),
        ("27/01/2022", "2022-01-27"),
        ("05/05/2022", "2022-05-05"),
    ],
)
def test_dates_are_as_precise_as_written(text, iso):
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2022-13", "no month 13"),
        ("2022年0月", "no month 0"),
        ("2021-02-30", "no day 30"),
        ("2021-02-29", "no day 29"),
        ("22-09-01", "four digits"),
        ("22年9月", "four digits"),
        ("1/9/22", "four digits"),
        ("202", "four digits"),
        ("0999", "between 1000 and 2999"),
        ("03/04/2022", "cannot be told apart"),
        ("2010-2018", "not a date"),
        ("去年", "not a date"),
        ("Mars 2023", "not a date"),
        ("—", "not a date"),
        ("", "not a date"),
        ("35104", "four digits"),
    ],
)
def test_what_is_no_date_says_why(text, says):
    with pytest.raises(ValueError, match=says) as error:
        parse_date(text)
    assert repr(text) in str(error.value)


FORMS = [
    "{y}-{m:02d}-{d:02d}",
    "{y}.{m:02d}.{d:02d}",
    "{y}/{m}/{d}",
    "{y}年{m}月{d}日",
    "{y} 年 {m} 月 {d} 日",
    "{y}{m:02d}{d:02d}",
]


@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)), st.sampled_from(FORMS))
def test_every_day_in_every_form(day, form):
    text = form.format(y=day.year, m=day.month, d=day.day)
    assert parse_date(text) == day.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        iso = parse_date(text)
    except ValueError:
        return
    assert dt.date.fromisoformat(f"{iso}-01-01"[:10])


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2022年达到", ["2022"]),
        ("截至 2022 年底，共 12 家", ["2022"]),
        ("2022 年 9 月出台", ["2022-09"]),
        ("2021年2月23日 08:03", ["2021-02-23"]),
        ("行动计划（2022—2024年）", ["2022/2024"]),
        ("2010 至 2018 年增加；2018 年最多", ["2010/2018", "2018"]),
        ("2013 年至 2018 年", ["2013/2018"]),
        ("2019-2021 年", ["2019/2021"]),
        ("规划(2025-2030)", ["2025/2030"]),
        ("“十四五”规划", ["2021/2025"]),
        ("十五五时期", ["2026/2030"]),
        ("十五规划", ["2001/2005"]),
        ("2022年1-9月", ["2022-01/2022-09"]),
        ("2022年上半年", ["2022-01/2022-06"]),
        ("2022年前三季度与2023年一季度", ["2022-01/2022-09", "2023-01/2023-03"]),
        ("2022年1月1日至5日", ["2022-01-01/2022-01-05"]),
        ("2010 年以来", ["2010/.."]),
        ("2022年起步", ["2022"]),
        ("2022年中国规模", ["2022"]),
        ("2016.10 发布", ["2016-10"]),
        ("2022-09-01", ["2022-09-01"]),
        ("2024年60%的企业", ["2024"]),
        # Counts, names, ordinals, telephone numbers and days that do not exist are no periods.
        ("共 2022 家", []),
        ("第十五届", []),
        ("共十五个", []),
        ("二十五项", []),
        ("0755-82540000", []),
        ("2018-2013 年", []),
        ("2021年2月30日", []),
        ("1650 产业体系", []),
        ("去年和近三年", []),
    ],
)
def test_periods_in_text(text, periods):
    found = find_periods(text)
    assert [period.period for period in found] == periods
    for start, end, _, raw in found:
        assert text[start:end] == raw


@given(st.text(alphabet="2019年月日-至—.到0135四五十“”底上半 a", max_size=40))
def test_periods_lie_in_the_text_and_do_not_overlap(text):
    last = 0
    for start, end, period, raw in find_periods(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == raw
        for part in period.removesuffix("..").rstrip("/").split("/"):
            assert parse_date(part) == part
        last = end


@given(st.text())
def test_plain_keeps_positions(text):
    assert len(plain(text)) == len(text)
