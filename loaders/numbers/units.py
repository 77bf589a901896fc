"""Units of measure and currencies as Chinese documents write them."""

from __future__ import annotations

import re

from aikg.loaders.numbers.dates import plain
from aikg.loaders.numbers.numerals import MULTIPLIER, MULTIPLIERS

__all__ = [
    "CURRENCY_SIGN",
    "SIGN_WORDS",
    "UNIT",
    "canonical_unit",
    "currency_of",
    "factor_of",
    "header_unit",
    "is_unit",
]

_MONEY_WORDS = {
    "CNY": ["元", "人民币", "元人民币", "块钱", "yuan", "RMB", "CNY"],
    "USD": ["美元", "美金", "USD", "US dollars", "dollars"],
    "HKD": ["港元", "港币", "元港币", "HKD"],
    "MOP": ["澳门元"],
    "TWD": ["新台币", "台币"],
    "EUR": ["欧元", "euros", "EUR"],
    "GBP": ["英镑", "GBP"],
    "JPY": ["日元", "日圆", "JPY"],
    "KRW": ["韩元", "KRW"],
    "INR": ["印度卢比", "卢比", "INR"],
    "SGD": ["新加坡元", "新元", "SGD"],
    "AUD": ["澳元", "澳大利亚元", "AUD"],
    "CAD": ["加元", "加拿大元", "CAD"],
    "CHF": ["瑞士法郎", "瑞郎", "CHF"],
    "RUB": ["卢布"],
}
_CURRENCIES = {word: code for code, words in _MONEY_WORDS.items() for word in words}

SIGN_WORDS = {
    "US$": "美元",
    "$": "美元",
    "USD": "美元",
    "HK$": "港元",
    "HKD": "港元",
    "¥": "元",  # of the yuan and of the yen; in documents about China it is the yuan
    "￥": "元",
    "RMB": "元",
    "CNY": "元",
    "€": "欧元",
    "EUR": "欧元",
    "£": "英镑",
    "GBP": "英镑",
}
CURRENCY_SIGN = "(?:" + "|".join(re.escape(sign) for sign in sorted(SIGN_WORDS, key=len, reverse=True)) + ")"

# Measure words, and the characters that must not follow because then another word begins: 项|目, 人|工智能.
_COUNTED = """
家:庭居用乡电族具长校 起:来步点到草飞码诉伏 件 个:别性体税案 项:目 所:有以在需谓示属处得长 座:谈椅舱席标
人:工才口均形类脸机力民文体造群际 名:称义单录列额城为词 位:于置列居数 款:项式 台:湾阶积州式风 套:路件 辆
架:构 只:有是能要 条:件例码文 部:门署分委队件落 种:植业子 类:似别脑型 场:景地所合馆次均外 次:于日要数方
篇:章 份:额子 笔:者记试 例:如子外 户:外籍型 颗 块:链 支:持付出撑柱 栋 层:面级次 间:接隔 宗:旨
股:份权东市票 席:位 站:点位 枚 张:江家 页 门:槛户店诊 人次 架次 台套 批次 村 镇 字:节符 字节 班 床 机架
标准机架 卡 核:心 路:径线由 亩 公顷 平方公里 平方千米 平方米 公里 千米 米:兰其 吨 公斤 千克 克:服隆
千瓦时 度电 千瓦 兆瓦 吉瓦 瓦 小时 分钟 秒 毫秒 微秒 天:津然地河气安使猫眼 个月 年:度均产轻 倍:增
个百分点 百分点
"""
_STOPS = {word: stop for word, _, stop in (entry.partition(":") for entry in _COUNTED.split())}
_LATIN_WORDS = """
EFLOPS PFLOPS TFLOPS GFLOPS FLOPS EOPS POPS TOPS GOPS QPS TPS EB PB TB GB MB KB Tbps Gbps Mbps Kbps bps
GHz MHz kHz Hz kWh MWh GWh TWh kW MW GW kV km² m² km kg mg cm mm ms
"""
_LATIN = _LATIN_WORDS.split()
_CANONICAL = {unit.lower(): unit for unit in _LATIN if unit.endswith(("OPS", "bps"))}


def _money(word: str) -> str:
    if word == "元":
        return "元(?:人民币)?(?![宇旦年素老])"  # 元宇宙, 元旦
    return re.escape(word) + ("(?![A-Za-z])" if word.isascii() else "")


def _longest_first(words: list[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


_MONEY = "|".join(_money(word) for word in _longest_first(list(_CURRENCIES)))
_WORDS = "|".join(word + (f"(?![{_STOPS[word]}])" if _STOPS[word] else "") for word in _longest_first(list(_STOPS)))
_LATIN_UNIT = (
    "(?:(?i:[EPTGM]?FLOPS|[EPTG]?OPS|[TGMK]bps)|"
    + "|".join(re.escape(word) for word in _longest_first(_LATIN))
    + ")(?![A-Za-z])"
)

UNIT = rf"(?:%|％|‰|(?i:percent)(?![A-Za-z])|{_MONEY}|{_WORDS}|{_LATIN_UNIT})"
"""Units that make a number in running text a quantity."""

_PER = rf"(?:\s?/\s?(?:[百千万]?(?:{UNIT})|[月日天]))?"
_UNIT_ALONE = re.compile(rf"(?:{MULTIPLIER})?\s?{UNIT}{_PER}|{MULTIPLIER}")
_LEADING = re.compile(rf"(?P<multiplier>{MULTIPLIER})?\s?(?P<rest>.*)", re.DOTALL)
_BRACKETED = re.compile(
    r"(?P<name>.*)[(（\[【]\s*(?P<told>(?:单位|unit)\s*[:：]\s*|in )?"
    r"(?P<unit>[^()（）\[\]【】]{1,20})[)）\]】]",
    re.IGNORECASE | re.DOTALL,
)
_SLASHED = re.compile(r"(?P<name>.{2,}?)\s*[/，,]\s*(?P<unit>[^/，,]{1,8})")
_WIDTH = {ord(char): plain(char) for char in map(chr, range(0xFF01, 0xFF5F)) if plain(char) not in ",:;"}
_HAN_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else: 亿元, %, 万人次, PFLOPS, 元/吨, 万."""
    return _UNIT_ALONE.fullmatch(plain(text).strip()) is not None


def canonical_unit(unit: str) -> str:
    """One spelling per unit: PFlops → PFLOPS, ％ and percent → %, no blanks inside Chinese."""
    text = _HAN_BLANK.sub("", unit.translate(_WIDTH).strip())
    if text.lower() == "percent":
        return "%"
    return _CANONICAL.get(text.lower(), text)


def currency_of(unit: str | None) -> str | None:
    """ISO 4217 code of a unit of money: 亿港元 → HKD, 万元/套 → CNY; None for other units."""
    if not unit:
        return None
    match = _LEADING.fullmatch(plain(unit).strip())
    rest = match["rest"].split("/")[0].strip() if match else ""
    return _CURRENCIES.get(rest) or _CURRENCIES.get(rest.upper()) or _CURRENCIES.get(rest.lower())


def factor_of(unit: str | None) -> int:
    """What a value in this unit is multiplied with to be in full units: 亿港元 → 100000000, 件 → 1."""
    match = _LEADING.fullmatch(plain(unit or "").strip())
    if not match or not match["multiplier"]:
        return 1
    return MULTIPLIERS[match["multiplier"].lower()]


def header_unit(header: str) -> tuple[str, str | None]:
    """The name and the unit in a column header; the whole header and None where no unit is written.

    >>> header_unit("社会融资规模增量（亿元）")
    ('社会融资规模增量', '亿元')
    >>> header_unit("名称（简称）")
    ('名称（简称）', None)
    """
    text = header.strip()
    match = _BRACKETED.fullmatch(text)
    if match and match["name"].strip() and (match["told"] or is_unit(match["unit"])):
        return match["name"].strip(), canonical_unit(match["unit"])
    match = _SLASHED.fullmatch(text)
    if match and is_unit(match["unit"]):
        return match["name"], canonical_unit(match["unit"])
    return text, None
