"""Which lines of a web page or text are its content, and which are furniture of the site or the printed page.

No single sign decides: a line is judged by its words, its shape, its neighbours, and whether it stands before,
within, or behind the running text. A line with a full sentence is only furniture where it speaks of the site
itself (本站, 上传, 侵权 …). Nothing here knows any particular site.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

from aikg.loaders.readers import furniture_words as words
from aikg.loaders.readers.pipe_tables import is_note, read_tables
from aikg.loaders.readers.tables import parse_caption

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["content"]


class Kind(IntEnum):
    """What a line looks like by itself."""

    BLANK = 0
    TABLE = 1
    SENTENCE = 2
    """Running text: it counts for where the content begins and ends."""
    PLAIN = 3
    """Headings, titles, list items: content unless their place or neighbours say otherwise."""
    FURNITURE = 4
    HEADING_OF_LINKS = 5
    """相关新闻, 最新文档: furniture, and so are the titles below it."""
    HEADING_OF_NOTICE = 6
    """温馨提示: furniture, and so are the items below it that speak of the site."""


_DROPPED = (Kind.FURNITURE, Kind.HEADING_OF_LINKS, Kind.HEADING_OF_NOTICE)
_LONGEST_TITLE = 70
_SHORT = 8
_TEASER = 80
_TEASERS = 0.25  # of the length of all sentences


def content(lines: Sequence[str]) -> tuple[bool, ...]:
    """For each line of a text in simplified Chinese (or English) whether it is content; blank lines are none.

    Give repaired lines: traditional or damaged characters hide the words that tell. Tables are content, tables
    of contents are not. What a cover says of a page (editor, source, time) is furniture here: `read_cover`
    takes it from all lines.

    >>> content(["首页|新闻|财经|科技", "某市发布规划", "某市今日发布人工智能规划。", "责任编辑：张三"])
    (False, True, True, False)
    """
    texts = [words.BULLET.sub("", line).strip() for line in lines]
    kinds = _kinds(lines, texts)
    _running_headers(texts, kinds)
    first, last = _running_text(kinds)
    _runs_of_links(texts, kinds, first, last)
    _below_headings(texts, kinds)
    _teasers(texts, kinds)
    first, last = _running_text(kinds)
    _behind(texts, kinds, last)
    return tuple(kind not in _DROPPED and kind != Kind.BLANK for kind in kinds)


# ------------------------------------------------------------------------------------------ one line


def _kinds(lines: Sequence[str], texts: Sequence[str]) -> list[Kind]:
    kinds: list[Kind] = []
    tables = _tables(lines)
    above = ""  # the last line with something on it
    for index, text in enumerate(texts):
        if not text:
            kinds.append(Kind.BLANK)
            continue
        if index in tables:
            kinds.append(tables[index])
        elif is_note(text) and (kinds and _is_noted(above, kinds)):
            kinds.append(Kind.PLAIN)
        else:
            kinds.append(_kind(text))
        above = text
    return kinds


def _tables(lines: Sequence[str]) -> dict[int, Kind]:
    found: dict[int, Kind] = {}
    for table in read_tables(lines):
        kind = Kind.FURNITURE if table.kind == "contents" else Kind.TABLE
        last = max((row.line for row in table.rows), default=table.line)
        for index in range(table.line - 1, last):
            if "|" in lines[index]:
                found[index] = kind
        # The first line is a dashed one where the table has no header.
        if last < len(lines) and set(lines[last].strip()) <= set("|-: ") and lines[last].strip():
            found[last] = kind
    return found


def _is_noted(above: str, kinds: Sequence[Kind]) -> bool:
    """Whether 来源：… stands under a table or a caption: then it is their note and not the source of the page."""
    before = next((kind for kind in reversed(kinds) if kind != Kind.BLANK), Kind.BLANK)
    return before == Kind.TABLE or parse_caption(above) is not None or is_note(above)


def _kind(text: str) -> Kind:
    if words.PICTURE.fullmatch(text) or words.PAGE_NUMBER.fullmatch(text) or words.CONTENTS_ENTRY.search(text):
        return Kind.FURNITURE
    if len(text) <= 20:
        bare = words.AROUND.sub("", text)
        if words.LINKS_HEADING.fullmatch(bare):
            return Kind.HEADING_OF_LINKS
        if words.NOTICE_HEADING.fullmatch(bare):
            return Kind.HEADING_OF_NOTICE
        if words.CONTENTS_HEADING.fullmatch(bare):
            return Kind.FURNITURE
    parts = [part for part in words.BETWEEN_BUTTONS.split(text) if part]
    if parts and len(text) <= 80 and all(words.BUTTON.fullmatch(part) for part in parts):
        return Kind.FURNITURE
    if words.LETTER.fullmatch(text) or _is_menu(text) or _is_pile(text):
        return Kind.FURNITURE
    if _is_notice(text) or _is_label(text):
        return Kind.FURNITURE
    return Kind.SENTENCE if _is_sentence(text) else Kind.PLAIN


def _is_sentence(text: str) -> bool:
    """A full sentence, or a paragraph of which the end was lost."""
    if "。" in text or words.SENTENCE_END.search(text):
        return len(text) >= 8
    return len(text) >= 40 and bool(words.COMMA.search(text))


def _is_label(text: str) -> bool:
    """责任编辑：…, 发布时间：…, 电话：…, and lines of nothing but an address."""
    if len(text) <= 120 and (match := words.LABEL.match(text)):
        rest = text[match.end() :]
        return not words.INNER_SENTENCE.search(rest.rstrip("。；;) ）"))
    if len(text) <= 120 and (words.ADDRESS.search(text) or words.COUNTER.fullmatch(text)):
        return not _is_sentence(words.ADDRESS.sub("", text))
    if len(text) <= 60 and (words.CALL.search(text) or words.BYLINE.fullmatch(text)):
        return "，" not in text or len(text) <= 30
    return False


def _is_notice(text: str) -> bool:
    """A sentence that speaks of the site and its rights, not of the subject."""
    if len(text) > 600:
        return False
    if words.NUMBER_OF_LICENCE.search(text) and len(text) <= 200:
        return True
    if words.COPYRIGHT.search(text) and len(text) <= 200:
        return True
    spoken = {match[0] for match in words.NOTICE.finditer(text)}
    if words.NOTICE_LABEL.match(text):
        return bool(spoken)
    return bool(spoken and words.SELF.search(text)) and len(spoken) >= 2


def _is_menu(text: str) -> bool:
    """首页|新闻|财经, 首页 >> 科技 >> 正文, or words side by side of which some are those of every menu."""
    if words.INNER_SENTENCE.search(text) or len(text) > 400:
        return False
    if words.CRUMBS.match(text):
        return True
    for separator in words.SEPARATORS:
        items = [item.strip() for item in re.split(separator, text) if item.strip()]
        if len(items) < 3:
            continue
        short = all(len(item) <= words.LONGEST_MENU_ITEM for item in items)
        known = sum(words.MENU_WORD.fullmatch(item) is not None for item in items)
        if separator == words.BLANKS:
            # Blanks also divide the words of a title or the fields of a form.
            if short and known >= 2 and len(items) >= 4:
                return True
        elif (short and (len(items) >= 4 or known)) or known >= 2:
            return True
    return False


def _is_pile(text: str) -> bool:
    """Names glued together that end alike, with next to no punctuation: the links of a list of companies."""
    names = words.TAG_DEBRIS.sub("", text)
    signs = len(words.INNER_SENTENCE.findall(names)) + len(words.COMMA.findall(names))
    han = re.sub(r"[^\u3400-\u9fff]", "", names)
    if len(names) < 40 or len(han) < 0.7 * len(names) or signs > len(names) / 60:
        return False
    pairs = Counter(han[i : i + 2] for i in range(len(han) - 1)).most_common(2)
    # A damaged list may hold a sign that a repair guessed; then the names must be plainer still.
    enough = 5 if not signs or names != text else 8
    return pairs[0][1] >= enough and sum(count for _, count in pairs) >= 0.1 * len(han)


# ------------------------------------------------------------------------------------- lines together


def _running_text(kinds: Sequence[Kind]) -> tuple[int, int]:
    """Where sentences and tables begin and end; the whole text where there are none."""
    solid = [index for index, kind in enumerate(kinds) if kind in (Kind.SENTENCE, Kind.TABLE)]
    return (solid[0], solid[-1]) if solid else (0, len(kinds) - 1)


def _running_headers(texts: Sequence[str], kinds: list[Kind]) -> None:
    """The head of every page: a short line that stands three times or more, on the cover too or beside page numbers."""
    places: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if kinds[index] == Kind.PLAIN and 4 <= len(text) <= 40 and not words.NUMBERED.match(text):
            places.setdefault(text, []).append(index)
    shown = [index for index, text in enumerate(texts) if text]
    cover = {texts[index] for index in shown[:8]}
    for text, indexes in places.items():
        if len(indexes) < 3 or is_note(text) or parse_caption(text):
            continue
        beside = sum(_beside_page_number(texts, index) for index in indexes)
        if text in cover or 2 * beside >= len(indexes):
            for index in indexes[text in cover :]:
                kinds[index] = Kind.FURNITURE


def _beside_page_number(texts: Sequence[str], index: int) -> bool:
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(texts) and not texts[at]:
            at += step
        if 0 <= at < len(texts) and words.PAGE_NUMBER.fullmatch(texts[at]):
            return True
    return False


def _runs_of_links(texts: Sequence[str], kinds: list[Kind], first: int, last: int) -> None:
    """A menu with one word a line, before or behind the running text: some of the words are those of every menu."""
    run: list[int] = []
    for index in range(len(texts) + 1):
        if index < len(texts) and (not texts[index] or index in run):
            continue
        outside = index < len(texts) and not first <= index <= last
        if outside and len(texts[index]) <= _SHORT and kinds[index] in (Kind.PLAIN, *_DROPPED):
            run.append(index)
            continue
        known = sum(kinds[i] in _DROPPED or words.MENU_WORD.fullmatch(texts[i]) is not None for i in run)
        if len(run) >= 3 and 3 * known >= len(run):
            for i in run:
                kinds[i] = Kind.FURNITURE if kinds[i] == Kind.PLAIN else kinds[i]
        run = []
    for index, text in enumerate(texts):
        if not first <= index <= last and kinds[index] == Kind.PLAIN and words.MENU_WORD.fullmatch(text):
            kinds[index] = Kind.FURNITURE


def _below_headings(texts: Sequence[str], kinds: list[Kind]) -> None:
    """Titles below 相关新闻 and items below 温馨提示, until something else begins."""
    below: Kind | None = None
    for index, text in enumerate(texts):
        kind = kinds[index]
        if kind in (Kind.HEADING_OF_LINKS, Kind.HEADING_OF_NOTICE):
            below = kind
        elif below is None or kind == Kind.BLANK:
            continue
        elif below == Kind.HEADING_OF_LINKS:
            if kind == Kind.PLAIN and len(text) <= _LONGEST_TITLE and not words.CHAPTER.match(text):
                kinds[index] = Kind.FURNITURE
            elif kind in (Kind.SENTENCE, Kind.TABLE) or kind == Kind.PLAIN:
                below = None
        elif kind in (Kind.PLAIN, Kind.SENTENCE):
            if words.NOTICE.search(text) or words.SELF.search(text):
                kinds[index] = Kind.FURNITURE
            else:
                below = None


def _teasers(texts: Sequence[str], kinds: list[Kind]) -> None:
    """Sentences about other articles: short, few, below 相关新闻, and behind a line that ends the article."""
    heading = next((i for i, kind in enumerate(kinds) if kind == Kind.HEADING_OF_LINKS), None)
    if heading is None or not any(kinds[i] == Kind.FURNITURE and words.END.match(texts[i]) for i in range(heading)):
        return
    sentences = [index for index, kind in enumerate(kinds) if kind == Kind.SENTENCE]
    below = [index for index in sentences if index > heading]
    length = sum(len(texts[index]) for index in sentences)
    if all(len(texts[i]) <= _TEASER for i in below) and sum(len(texts[i]) for i in below) <= _TEASERS * length:
        for index in below:
            kinds[index] = Kind.FURNITURE


def _behind(texts: Sequence[str], kinds: list[Kind], last: int) -> None:
    """Behind the last sentence everything is furniture from the first line on that surely is.

    What stands between may be a list that belongs to the text.
    """
    start = next((i for i in range(last + 1, len(kinds)) if kinds[i] in _DROPPED and not _is_weak(texts[i])), None)
    if start is None:
        return
    for index in range(start, len(kinds)):
        if kinds[index] == Kind.PLAIN:
            kinds[index] = Kind.FURNITURE


def _is_weak(text: str) -> bool:
    """Signs that also stand within a text: a picture or a page number does not end it."""
    return bool(words.PICTURE.fullmatch(text) or words.PAGE_NUMBER.fullmatch(text) or words.LETTER.fullmatch(text))
