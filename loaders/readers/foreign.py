"""Lines in another language: sentences are read in Chinese only, and wrong facts are worse than none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aikg.loaders.records import Problem
from aikg.ontology.language import Said

if TYPE_CHECKING:
    from aikg.loaders.readers.document import Document

__all__ = ["foreign_lines", "is_foreign"]

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3  # a Japanese sign in a brand's name makes no Japanese sentence
_SHARE = 0.15  # of kana or Hangul among the characters of a line; quotations in Chinese text stay below
_WORDS = 6  # a list of foreign names is shorter, a sentence is not
_BEGIN = 2_000  # characters of a line that tell its language


def is_foreign(line: str) -> bool:
    """Whether a line is a sentence of a language other than Chinese.

    Japanese and Korean are known by their own signs, others by having no Chinese character at all. Names alone, in
    whatever script, are not foreign: lists of them stand in Chinese texts.

    >>> is_foreign("トヨタ自動車は愛知県に本社を置く。"), is_foreign("OpenAI、NVIDIA"), is_foreign("优の良品公司")
    (True, False, False)
    """
    if line.isascii() and len(line) < 2 * _WORDS:
        return False
    head = line[:_BEGIN]
    han = len(_HAN.findall(head))
    own = max(len(_KANA.findall(head)), len(_HANGUL.findall(head)))
    if own >= _FEWEST and own >= _SHARE * (own + han):
        return True
    return not han and len(_WORD.findall(head)) >= _WORDS


def foreign_lines(document: Document) -> list[Problem]:
    """A remark that says where a document has sentences in another language, or none."""
    found = [
        n for n, line in enumerate(document.lines, start=1) if is_foreign(line) and not line.lstrip().startswith("|")
    ]
    if not found:
        return []
    message = Said(
        f"{len(found)} line(s), this one first, are in another language and were not read; sentences are read in Chinese",
        f"从这一行起共 {len(found)} 行是其他语言，没有读；句子只读中文",
    )
    return [Problem(document.name, found[0], message, row=False)]
