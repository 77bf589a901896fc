"""What a document says of itself before its text begins: title, publisher, date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from aikg.loaders.numbers.dates import DateError, find_periods, parse_date, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Cover", "read_cover"]


class Cover(NamedTuple):
    """What a document says of itself; None where it does not."""

    title: str | None
    publisher: str | None
    published: str | None


_COVER_LINES = 40

# Only for comparing, character for character: the text itself is not changed.
_PAIRS = (
    "權权聲声說说責责別别編编輯辑記记關关鍵键詞词標标籤签熱热門门擊击閱阅讀读瀏浏覽览號号體体當当現现電电話话郵邮網网"
    "錄录導导內内檔档簡简頁页發发觀观點点來来單单機机構构辦办協协會会學学聯联進进員员實实驗验團团報报雜杂廳厅統统計计"
    "國国務务佈布時时間间於于規规劃划書书術术產产業业"
)
_SIMPLIFIED = str.maketrans(_PAIRS[::2], _PAIRS[1::2])

_HAN = "\u3400-\u9fff"
_READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7}\)")  # damaged text: 產(chǎn) is 產
_MARKS = re.compile(r"^#{1,6}\s+|\*\*|^>\s*")
_BLANK_AT_DIGIT = re.compile(rf"(?<=[{_HAN}《（])\s+(?=\d)|(?<=\d)\s+(?=[{_HAN}》）])")
_HEADING = re.compile(
    r"目\s*[录次]|前\s*言|引\s*言|序\s*言?|摘\s*要|导\s*[读言]|正\s*文|内容(?:简介|提要)|文档简介|简介|首\s*页"
    r"|主要发现|核心观点|abstract|(?:table of )?contents|preface|foreword|introduction|summary",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[（(\[【]?(?:版权(?:声明|说明|所有)|声明|说明|免责声明|特别声明|作者|编辑|编者按?|责任?编辑?|记者|关键[词字]|标签|热门"
    r"|点击|阅读|浏览|分享|字[号体]|当前位置|您?(?:所在|现在)的?位置|电话|邮箱|网址|报告编号|编号|版本|密级"
    r"|Author|Keywords?|Tags?|Copyright)\s*(?:[:：]|$)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[（(]?(?:(?:文章|稿件|信息|本文)?来源|发布(?:单位|机构|者)|出版(?:单位|社|者)?|编制单位|主办单位|出品方?"
    r"|Publisher|Source|Published by)\s*[:：]\s*(?P<name>[^|()（）]{2,40}?)\s*[)）]?",
    re.IGNORECASE,
)
# At the end of a news page; a bare 来源：… further down is the source of a picture.
_ARTICLE_FROM = re.compile(r"[（(]?(?:文章|稿件|本文)来源\s*[:：]\s*([^|()（）]{2,30}?)\s*[)）]?")
_DATED = re.compile(
    r"[（(]?(?:(?:发布|出版|更新|成文|编制)?(?:时间|日期)|发布于|Date|Published(?: on)?)\s*[:：]\s*",
    re.IGNORECASE,
)
_BODIES = (
    "协会|学会|联合会|促进会|基金会|委员会|商会|研究院|研究所|研究中心|研究室|科学院|工程院|智库|实验室|公司|集团|大学|学院"
    "|联盟|出版社|报社|杂志社|办公室|办公厅|政府|统计局|管理局|国务院|发改委|中心|部|局|厅|委|院"
)
_ORGANISATION = re.compile(rf"[{_HAN}（）()·、]{{2,28}}(?:{_BODIES})")
_TIME_OF_DAY = re.compile(r"[\sT]*\d{1,2}:\d{2}(?::\d{2})?")
_GLUED_HEADING = re.compile(r"(?<=.{6})(?:\s*一、|\s*第[一1][章节部])")
_SENTENCE_END = re.compile(r"[。！？!?；;]\s*[”」』）)]?$")
_FRONT_MATTER = re.compile(
    r"(title|publisher|date|published|标题|题名|出版者|发布单位|日期)\s*:\s*[\"']?(.*?)[\"']?\s*$",
    re.IGNORECASE,
)
_FIELDS = {
    "标题": "title",
    "题名": "title",
    "出版者": "publisher",
    "发布单位": "publisher",
    "日期": "published",
    "date": "published",
}


_LONGEST_LINE = 1_000  # what makes a cover stands at the begin of a line


def read_cover(lines: Sequence[str]) -> Cover:
    """Title, publisher and date from the lines before the text begins (at most 40), or from front matter.

    Title: a Markdown heading of the first level, else the first line that is neither a menu, a label
    (作者：), a date, a heading such as 目录 nor a sentence. Publisher: 来源：…, a line that is the name of an
    organisation, or the name behind the date of a news page. Date: the first line that is one or begins with
    a full one.

    >>> read_cover(["2023 年报告", "某某市行业协会", "2023 年 3 月", "前言"])
    Cover(title='2023年报告', publisher='某某市行业协会', published='2023-03')
    """
    lines = [line[:_LONGEST_LINE] for line in lines]
    front, start = _front_matter(lines)
    shown = list(_shown(lines, start))
    heading = next((line for line in shown if re.match(r"#\s+\S", line)), None)
    title = front.get("title") or heading
    publisher, published = front.get("publisher") or None, _date(front.get("published", ""))
    for line in shown:
        text = _READING.sub("", _MARKS.sub("", line)).strip()
        same = text.translate(_SIMPLIFIED)
        if match := _FROM.fullmatch(same):
            publisher = publisher or text[match.start("name") : match.end("name")]
            continue
        date, rest = _leading_date(text)
        if date:
            published = published or date
            publisher = publisher or _byline(rest)
            continue
        if line == heading or _is_noise(text) or _LABEL.match(same):
            continue
        if _HEADING.fullmatch(same):
            if title:
                break
            continue
        if _is_body(text):
            glued = _GLUED_HEADING.search(text)
            title = title or (text[: glued.start()] if glued and glued.start() <= 60 else None)
            break
        if _ORGANISATION.fullmatch(same):
            publisher = publisher or text
        else:
            title = title or text
    return Cover(_title(title) if title else None, publisher or _article_source(lines), published)


def _shown(lines: Sequence[str], start: int) -> Iterator[str]:
    """The first lines with something on them; tables end the cover."""
    count = 0
    for line in lines[start : start + 400]:
        text = line.replace("\ufeff", "").strip()
        if text.startswith("|") or count == _COVER_LINES:
            return
        if text:
            count += 1
            yield text


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """The fields of YAML front matter and the line after it."""
    if not lines or lines[0].lstrip("\ufeff").strip() != "---":
        return {}, 0
    found: dict[str, str] = {}
    for index in range(1, min(len(lines), 60)):
        text = lines[index].strip()
        if text in ("---", "..."):
            return found, index + 1
        if match := _FRONT_MATTER.match(text):
            name = match[1].lower()
            found.setdefault(_FIELDS.get(name, name), match[2])
    return {}, 0


def _is_noise(text: str) -> bool:
    """Menus, crumbs, rules, pictures, addresses, numbers: lines that are neither a title nor text."""
    return (
        "|" in text
        or "｜" in text
        or text.count(">") > 1
        or text.endswith((":", "："))
        or text.startswith(("http://", "https://", "www.", "![", "<!--", "- ", "* "))
        or not re.search(rf"[{_HAN}A-Za-z]", text)
        or len(text) < 4
    )


def _is_body(text: str) -> bool:
    """A sentence or a paragraph. Latin titles are longer than Chinese ones."""
    han = sum("\u3400" <= char <= "\u9fff" for char in text)
    return bool(_SENTENCE_END.search(text)) or han > 60 or len(text) > 160 or "。" in text


def _leading_date(text: str) -> tuple[str | None, str]:
    """A date that a line is or begins with, and what follows it and the time of day.

    2025年，… is a sentence and 2023 人工智能… a title: only a full date may have something behind it.
    """
    label = _DATED.match(text.translate(_SIMPLIFIED))
    body = text[label.end() :] if label else text
    whole = _date(body.rstrip(")）"))
    if whole and (label or re.search(r"[年./-]", plain(body))):
        return whole, ""
    periods = find_periods(body)
    if not periods or periods[0].start or len(periods[0].period) != 10:
        return None, ""
    after = body[periods[0].end :]
    time = _TIME_OF_DAY.match(plain(after))
    rest = after[time.end() if time else 0 :].strip()
    if len(rest) > 40 or _SENTENCE_END.search(rest) or rest.startswith(("，", ",", "、")):
        return None, ""
    return periods[0].period, rest


def _byline(rest: str) -> str | None:
    """2021年2月23日 08:03 第一财经: the name behind the time is who published the page."""
    if match := _FROM.match(rest.translate(_SIMPLIFIED)):
        return rest[match.start("name") :].split()[0].rstrip("）)")
    return rest if rest and len(rest) <= 20 and not re.search(r"[\s，。,:：|]", rest) else None


def _article_source(lines: Sequence[str]) -> str | None:
    for line in lines:
        if len(line) <= 80 and "源" in line:
            text = _READING.sub("", line).strip()
            if match := _ARTICLE_FROM.fullmatch(text.translate(_SIMPLIFIED)):
                return text[match.start(1) : match.end(1)]
    return None


def _date(text: str) -> str | None:
    try:
        return parse_date(text) if text.strip() else None
    except DateError:
        return None


def _title(text: str) -> str:
    """A title without marks, readings, the chapter heading that ran into it, and blanks beside digits."""
    text = _READING.sub("", _MARKS.sub("", text)).strip().rstrip("#").strip()
    if glued := _GLUED_HEADING.search(text):
        text = text[: glued.start()].rstrip()
    text = re.sub(r"\s+", " ", _BLANK_AT_DIGIT.sub("", text))
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text
