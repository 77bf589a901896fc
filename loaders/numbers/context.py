"""What the words around a number say of it: reservations, plans, falls, stage, time; and where no number is.

Helpers of `quantities`. Every look around is bounded, so that a long text costs linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.loaders.numbers.numerals import MULTIPLIER
from aikg.loaders.numbers.units import UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.loaders.numbers.dates import Period

HIDDEN = "\0"

WITHHELD = re.compile(
    r"^\s*(?:金额)?(?:未|不|暂未|暂不|尚未)(?:透露|披露|公开|公布|对外公布|便透露)[^0-9]{0,6}$"
    r"|^\s*(?:保密|undisclosed|not disclosed)\s*$",
    re.IGNORECASE,
)
COORDINATED = re.compile(r"\s*(?:和|与|及|、|/)\s*")

# ---------------------------------------------------------------------------------- where no number is

_NAMES = re.compile(
    r"《[^《》\n]{1,80}》"  # titles
    r"|(?:https?://|www\.)[^\s，。；）)】\u3400-\u9fff]+"
    r"|(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,60}@[A-Za-z0-9.-]{1,60}"
    r"|(?:图表|附表|附图|图|表|第)\s?[0-9]{1,3}(?:[-.][0-9]{1,3})?(?=\s?[:：、章节条款项届批期个次版号])"
    r"|图表\s?[0-9]{1,3}"
    r"|(?<![0-9])[0-9]{1,2}(?:\.[0-9]{1,3}){2,}"  # 1.1.1
    r"|[0-9]{1,2}\.[0-9]{1,2}\s?(?:版|时代)"
    r"|[0-9]{1,3}\s?(?:号|版|届|强|期工程|nm|纳米|岁)"
    r"|(?<!个)(?<![0-9.])(?:1[0-2]|0?[1-9])\s?月(?:\s?(?:3[01]|[12][0-9]|0?[1-9])\s?[日号]|[份底末初中])?(?!度均|薪)"
    r"|(?<![0-9.])(?:3[01]|[12][0-9]|0?[1-9])[日号]"
    r"|(?<![0-9.:])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9.])"
    r"|[0-9A-Za-z]{0,4}\+[0-9A-Za-z](?![0-9.]*\s?[%万亿])"  # 4+X, AI+5
    r"|0[0-9]{2,3}-[0-9]{7,8}|[0-9]{2,9}-[0-9]{2,9}-[0-9]{2,9}"
)
_QUOTED = re.compile(r"[“‘「『\"][^“”‘’「」『』\"\n]{1,12}[”’」』\"]")  # “五个一”, “4+X”
# 1.2 研究范围, (2) 企业, 3、算力 at the start of a line; not 1.2 亿元 or 30 家企业.
_ENUMERATED = re.compile(
    r"^[ \t#>*-]{0,8}"
    r"(?:[（(][0-9]{1,2}[）)]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[、．.)）]?(?:\s|(?=[\u3400-\u9fff“《A-Za-z])))"
    r"(?!\s?(?:[百千]?[万亿%]|倍|[EPT]?FLOPS|[EP]OPS|[家起件个项所座人名位款台套辆](?![业动案别目有类心])"
    r"|个月|年|元))",
    re.MULTILINE,
)
NOT_A_RANK = frozenset(
    "梯队方阵批大产届期章个次阶段季代类层财线步时家年人条款项部轮版者任台座种级性手课把语空视张组套场节卷回站天局看医高"
)
_RANKING = (
    "排名|排行|名列|位列|位居|位于|排在|排到|分列|并列|跻身|稳居|居于|高居|跃居|蝉联"
    "|升至|升到|降至|跌至|居|列|排|为|是|占"
)
RANK_BEFORE = re.compile(
    rf"(?:{_RANKING})[^，。；;、,.！？\n]{{0,9}}$|第[一二三四五六七八九十0-9]{{1,3}}[位名]?\s?[、和与及]\s?$"
)


def mask(text: str, periods: Sequence[Period], *, strict: bool) -> str:
    """The text with dates, titles, addresses and numbering hidden; the length stays."""
    spans = [(period.start, period.end) for period in periods]
    if strict:
        spans += [m.span() for m in _NAMES.finditer(text) if not _is_ratio_after_all(text, m)]
        spans += [m.span() for pattern in (_QUOTED, _ENUMERATED) for m in pattern.finditer(text)]
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = HIDDEN * (end - start)
    return "".join(chars)


def _is_ratio_after_all(text: str, match: re.Match[str]) -> bool:
    """1:10 is a time of day unless the words before speak of a ratio."""
    return match[0].startswith("1:") and is_ratio(text, match.start(), match[0][2:])


_RATIO_WORD = re.compile(r"(?:比例?|ROI|比率|率|配比)[^，。；,\n]{0,4}$")


def is_ratio(text: str, at: int, second: str) -> bool:
    """Whether 1:`second` at this place is a ratio."""
    return ("." in second and len(second) < 6) or _RATIO_WORD.search(text[max(0, at - 10) : at]) is not None


def speaks_of_power(text: str, at: int, end: int) -> bool:
    """1000P is computing power where 算力 stands beside it, or where it is all that a cell holds."""
    return "算力" in text[max(0, at - 20) : end + 6] or (len(text) < 20 and text.strip() == text[at:end].strip())


_WINDOW = re.compile(r"(?:近|未来|过去|最近|今后|此后|之?前|以?后|第|每|前)\s?$")


def is_window(text: str, at: int, unit: str | None) -> bool:
    """近三年, 未来 5-10 年: a stretch of time looked back or forward on, not a measured duration."""
    return unit in ("年", "个月", "天", "小时") and _WINDOW.search(text[max(0, at - 4) : at]) is not None


_UNIT_NEXT = re.compile(rf"\s?(?:{MULTIPLIER})?\s?{UNIT}")


_ATTRIBUTE = re.compile(r"(?:年)?\s?(?:以?[前后来]|及以[前后])?(?:新?创建|新?成立|创办|设立|注册|建立|落成|出生)的")


def is_attribute(text: str, period: Period) -> bool:
    """Whether a date is part of what is counted (2015年创建的 firms), and no time at which it was."""
    return _ATTRIBUTE.match(text, period.end) is not None


def is_time(text: str, period: Period, *, strict: bool) -> bool:
    """2016.10 is a number before a unit, and may be one in a cell; with 年, with a day or in brackets it is a time."""
    raw = text[period.start : period.end]
    if any(char in raw for char in "年月季五") or len(period.period) == 10:
        return True
    if _UNIT_NEXT.match(text, period.end):
        return False
    return strict or text[period.start - 1 : period.start] == "("


# --------------------------------------------------------------------------------- words beside a number

_OVER = "超过|超出|突破|不少于|不低于|不小于|至少|高于|多于|大于|(?<!高)超(?!算|级)|逾|≥|>=?"
_OVER_PASSED = "(?<!不)(?<!通)(?<!经)过"  # 过半, 过千家; what stands between it and the number is nothing
_UNDER = "不足|不到|不及|不超过|不多于|低于|少于|小于|接近|将近|临近|至多|(?<![附最])近|≤|<=?"
_APPROX = "大约|约为|约有|约占|约|大概|大致|近似|左右|≈|~"
_GAP = r"(?:\s|了|有|达|达到|到|全国|全球|全省|全市|世界|国内|其|总[数量额]的?){0,2}"
# 接近全国总数的三分之一: after the longer words only, otherwise 超大城市的30家 would be "over".
_WHOLE = r"[\u3400-\u9fff]{1,6}的"
_PREFIX = re.compile(
    rf"(?:(?P<under>{_UNDER})|(?P<over>{_OVER})|(?P<approx>{_APPROX})){_GAP}\s*$"
    rf"|(?:(?P<under2>不足|不到|不及|接近)|(?P<over2>超过|超出)){_WHOLE}\s*$"
    rf"|(?P<over3>{_OVER_PASSED})$"
)
_SUFFIXES = (
    ("over", ("以上", "之上", "之多", "开外")),
    ("under", ("以下", "之下", "以内", "之内", "不到")),
    ("approx", ("左右", "上下")),
)


def suffix(text: str | None) -> tuple[str, ...]:
    """What 以上, 以内, 左右 behind a number say."""
    return tuple(name for name, words in _SUFFIXES if text and any(word in text for word in words))


def prefix(text: str, start: int, floor: int) -> tuple[tuple[str, ...], int]:
    """The reservation directly before a number, and where it begins."""
    low = max(floor, start - 14)
    match = _PREFIX.search(text, low, start)
    if not match:
        return (), start
    return tuple(name.rstrip("23") for name, value in match.groupdict().items() if value), match.start()


@dataclass(frozen=True, slots=True)
class Around:
    """The clause before a number, what follows it in the clause, and the bracket behind it."""

    before: str
    after: str
    bracket: str
    start: int
    bracket_start: int


_STOPS_IN_CELL = re.compile(r"[，,。；;！？!?：:\n、（(）)|]")
_STOPS_IN_TEXT = re.compile(r"[，,。；;！？!?：:\n（(|]")
_BRACKET = re.compile(r"\s{0,2}[(（]([^()（）\n]{1,40})[)）]")
_DEADLINE = re.compile(r"(?:[，,。；;！？!?：:\n]|^)([^，,。；;！？!?：:\n]{0,24}?(?:年|年底|年末|期末|期间|时)[，,])$")


def look_around(text: str, start: int, end: int, floor: int, following: int, *, strict: bool) -> Around:
    """Clause and bracket of a number; a clause of nothing but a date (到2025年，) is looked through."""
    low = max(floor, start - 60)
    window = text[low:start]
    stops = _STOPS_IN_TEXT if strict else _STOPS_IN_CELL
    cut = 0
    for match in stops.finditer(window):
        cut = match.end()
    if strict and cut and window[cut - 1] in "，," and (deadline := _DEADLINE.search(window[:cut])):
        cut = deadline.start(1)
    tail = text[end : min(following, end + 40)]
    bracket = _BRACKET.match(text[end : min(following, end + 44)])
    stop = stops.search(tail)
    return Around(
        before=window[cut:],
        after=tail[: stop.start()] if stop else tail,
        bracket=bracket[1] if bracket else "",
        start=low + cut,
        bracket_start=end + bracket.start(1) if bracket else end,
    )


_FORECAST = re.compile(
    r"预计|预测(?![性模准精系能算技分误结])|(?<![达超及于])预期(?!寿)|预估|预判|有望|或将|料将"
    r"|将(?:会|达|达到|突破|超|增|升|降|占|建成|实现|覆盖|提升|提高|增至|有|形成|新增|带动|培育|拥有)"
)
_LATER = "未来|后期|远期|短期|中期|长期|近期|二期|三期|四期|远景|建成后|将来|扩容|扩建|投产后"
_PLANNED_IN_CELL = re.compile(rf"计划|规划|拟|{_LATER}")
_PLANNED_IN_TEXT = re.compile(
    r"(?:计划|规划(?!局|院|》|纲要|中)|拟)[^，。；,\n]{0,14}$|(?:二期|三期|远期)[^，。；,\n]{0,10}$"
)
_TARGET = re.compile(r"目标|力争|争取|锚定|剑指|确保|力求")
_PEAK = re.compile(r"峰值|最大算力|最高算力")


def outlook(around: Around, *, strict: bool) -> set[str]:
    """forecast, planned, target, peak: what the clause and the bracket say of the number's standing."""
    said = set()
    parts = [around.before, around.bracket] if strict else [around.before, around.after, around.bracket]
    near = [*parts, around.after[:8]]  # 5000亿元营收目标
    if any(_FORECAST.search(part) for part in parts):
        said.add("forecast")
    planned = _PLANNED_IN_TEXT if strict else _PLANNED_IN_CELL
    if any(planned.search(part) for part in parts) or _PLANNED_IN_CELL.search(around.bracket):
        said.add("planned")
    if any(_TARGET.search(part) for part in near):
        said.add("target")
    if any(_PEAK.search(part) for part in near):
        said.add("peak")
    return said


_FALLS = (
    "减少|下降|降低|下滑|回落|缩减|萎缩|下跌|缩短|收窄|下调|锐减|骤减|削减|减排|节约|节省"
    r"|减(?=[0-9\s])|降(?=[0-9\s])|(?:降|跌|减)幅(?:达到|达|为|约为|约|近|超过|超)?"
)
_FALL = re.compile(rf"(?:{_FALLS})(?P<between>[^，。；,;\n0-9%]{{0,10}})$")
_LEVEL = re.compile(r"[至到为后]|^成")
_MODIFIERS = re.compile(r"[\s了约近达超过逾仅]")


def falls(before: str, unit: str | None) -> bool:
    """同比减少 2.4 %, 降低能耗15% are falls; 下降至 15% is a level, 节省成本 200 万元 a gain."""
    match = _FALL.search(before)
    if not match or _LEVEL.search(match["between"]):
        return False
    return unit in ("%", "个百分点", "百分点", "‰") or not _MODIFIERS.sub("", match["between"])


_STAGE = re.compile(r"[一二三四五首]期|短期|近期|中期|远期|长期|后期|前期|未来|远景|现阶段|目前|当前|现有")
_STAGE_IN_TEXT = re.compile(r"[一二三四首]期(?=[^，。；,\n]{0,8}$)")
CELL_WORD = re.compile(r"(?:共|达|到|为|约|近|超|过|逾|计划|预计|有|期|增至)\s?$")


def stage(around: Around, *, strict: bool) -> str | None:
    """一期, 远期 …: the last such word before the number, else one in its bracket."""
    if strict:
        match = _STAGE_IN_TEXT.search(around.before)
        return match[0] if match else None
    words = _STAGE.findall(around.before) or _STAGE.findall(around.bracket)
    return words[-1] if words else None


# --------------------------------------------------------------------------- share of what, rank among whom

_SHARE = re.compile(r"占(?:据了?|到了?|了)?(?![比有])(?P<of>[^占，,。；;：:0-9%\n]{2,24})$")
_SHARE_TAIL = re.compile(
    r"(?:的)?(?:比例|比重|份额|比率)?(?:的|也|已|仅|约|近|超过|超|不足|达到|达|为|接近|高达|稳定在"
    r"|提升|提高|上升|增长|增|下降|降低|降|升|至|到|了|有|\s)*$"
)
_SHARE_HEAD = re.compile(r"(?P<over>超过|超|逾)|(?P<under>接近|近|不足)|(?P<approx>约)")
_RANK_SCOPE = re.compile(
    r"(?:在(?P<a>[^，。；;,\n在]{1,14}?)中?的?(?:排名|排行|位列|位居|名列|居|列|排)[在到至]?"
    r"|(?:排名|位列|位居|名列|稳居|高居|排在|跃居|升至|并列|居|列|为|是)(?P<b>[^，。；;,\n居列排为是]{1,10}))$"
)


def share(around: Around, unit: str | None) -> tuple[str | None, tuple[str, ...]]:
    """占全国总数的 17.6% → 全国总数; 占超全国总数的 80% → the same, and over."""
    match = _SHARE.search(around.before.rstrip()) if unit == "%" else None
    if not match:
        return None, ()
    of = _SHARE_TAIL.sub("", match["of"]).strip().removesuffix("的")
    said: tuple[str, ...] = ()
    if reserved := _SHARE_HEAD.match(of):
        of = of[reserved.end() :].strip()
        said = tuple(name for name, value in reserved.groupdict().items() if value)
    return (of if 2 <= len(of) <= 16 else None), said


def rank_scope(text: str, start: int) -> str | None:
    """位列全球第二 → 全球; 在全国各城市中排名第二 → 全国各城市."""
    match = _RANK_SCOPE.search(text[max(0, start - 24) : start].rstrip())
    if not match:
        return None
    scope = (match["a"] or match["b"]).strip().removesuffix("的")
    return scope if scope and "第" not in scope else None


# --------------------------------------------------------------------------------- when

_SENTENCE = re.compile(r"[。！？!?\n]")
_COMPARED = re.compile(r"(?:较|比|相比于?|相较于?|从|自|由|同)\s?$")
_COMPARED_AFTER = re.compile(r"\s?(?:同期|年?同比|相比|之前|以前|的?基础上)")
_PLAN_AS_TIME = re.compile(r"\s?(?:期间|时期|期末|末|期内)")


@dataclass(frozen=True, slots=True)
class Times:
    """The periods of a text, to be asked for the time of a number in it."""

    text: str
    periods: Sequence[Period]
    starts: Sequence[int]

    def of(self, start: int, end: int, around: Around, *, strict: bool) -> str | None:
        """The time in the number's bracket, else that of its clause in a cell; in running text the last one
        before it in its sentence that nothing is compared with.
        """
        inside = self._between(around.bracket_start, around.bracket_start + len(around.bracket))
        if not inside and not strict:
            inside = [*self._between(around.start, start), *self._between(end, end + len(around.after))]
        if inside or not strict:
            return inside[0].period if inside else None
        low = max(0, start - 400)
        for match in _SENTENCE.finditer(self.text, low, start):
            low = match.end()
        for period in reversed(self._between(low, start)):
            if not period.period.endswith("..") and self._is_own(period, start, low):
                return period.period
        return None

    def _between(self, low: int, high: int) -> Sequence[Period]:
        return self.periods[bisect_left(self.starts, low) : bisect_left(self.starts, high)]

    def _is_own(self, period: Period, start: int, low: int) -> bool:
        text = self.text
        if text.rfind("《", low, period.start) > text.rfind("》", low, period.start):
            return False
        # “十五五”规划 names a plan; “十五五”期间 is a time.
        if not any(char.isdecimal() for char in period.raw) and not _PLAN_AS_TIME.match(text, period.end):
            return False
        # 从2023年的12%升至28%: the year directly before a number is its own, though something is compared.
        if text[period.end : start].strip() in ("", "的"):
            return True
        compared = _COMPARED.search(text[max(0, period.start - 3) : period.start])
        return not compared and not _COMPARED_AFTER.match(text, period.end)
