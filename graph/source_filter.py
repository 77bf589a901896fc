"""Which document, which 图表 of it: what a user writes for a source, and whether a citation comes from there.

A citation is ``src:a76a81ffa34b#L178;图表3;企业简称``. What a user writes becomes *pieces* that a citation with a ``;``
behind it must hold: ``;图表3;`` for a table, so that 图表3 is not found in 图表31, and ``src:a76a81ffa34b`` for a
document. A filter is a list of pieces (all of them), and several filters are alternatives.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["caption_of", "filter_of", "matches", "table_name"]

_TABLE = re.compile(
    r"(?P<word>图表|附表|附图|表格|图|表|table|figure|exhibit|chart|tab|fig)\.?"
    r"(?P<number>[0-9]{1,3}(?:[-.][0-9]{1,3}){0,2}[a-d]?)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"src:[0-9a-f]{12}")
_QUOTES = "《》“”\"' "


def table_name(text: str) -> str | None:
    """The number of a table as citations write it, None for another text.

    >>> table_name("图表 ３"), table_name("fig. 2-1"), table_name("白皮书")
    ('图表3', 'Fig2-1', None)
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("圖", "图")
    plain = re.sub("[–—]", "-", plain)
    match = _TABLE.fullmatch(plain)
    return match["word"].capitalize() + match["number"] if match else None


def matches(citation: str, filters: Iterable[Sequence[str]]) -> bool:
    """Whether a citation comes from one of the asked sources; the same rule as in the statements.

    >>> matches("src:a76a81ffa34b#L711;图表31;企业简称", [[";图表3;"]])
    False
    """
    return any(all(piece in f"{citation};" for piece in pieces) for pieces in filters)


def filter_of(text: str, documents: Sequence[tuple[str, str]]) -> list[str] | None:
    """The filter for 图表3 · a title or id of a document · both (《白皮书》图表3) · a whole citation; None for other texts.

    `documents` are (id, title) of what the graph was made of.

    >>> filter_of("《白皮书》图表3", [("src:a76a81ffa34b", "白皮书")])
    ['src:a76a81ffa34b', ';图表3;']
    """
    table = table_name(text)
    if table is not None:
        return [f";{table};"]
    document = _DOCUMENT.match(text)
    if document is not None:
        rest = text[document.end() :].strip(" ;")
        if rest.startswith("#"):
            return [f"{document[0]}{rest};"]
        if document[0] in {node_id for node_id, _ in documents}:
            return [document[0], *_of_table(rest)]
    title, rest = _title(text)
    found = [node_id for node_id, name in documents if title in (_plain(name), node_id)]
    return [found[0], *_of_table(rest)] if found else None


def caption_of(text: str) -> str:
    """The piece for a table without a number, which is cited by its caption.

    >>> caption_of("各地 政策")
    ';各地政策;'
    """
    return ";" + re.sub(r"[\s|]+", "", text).replace(";", "；") + ";"


def _of_table(text: str) -> list[str]:
    table = table_name(text)
    return [f";{table};"] if table else []


def _title(text: str) -> tuple[str, str]:
    """Title and table of 《白皮书》图表3; the whole text as title where no table stands behind it."""
    match = re.fullmatch(
        r"(.*?[^\s#;,，])[\s#;,，]*((?:图表|圖表|表|图|table|figure)\.?\s*[0-9.-]+)", text, re.IGNORECASE
    )
    if match and table_name(match[2]):
        return _plain(match[1]), match[2]
    return _plain(text), ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip(_QUOTES)
