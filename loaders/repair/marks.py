"""Marks that the converter narrowed: , between Chinese characters was ， before. Times, ratios and URLs keep theirs."""

from __future__ import annotations

import re

from aikg.loaders.repair.brackets import HAN

__all__ = ["WIDE", "is_narrowed", "share_of_narrow"]

WIDE = dict(zip(",:;!?", "，：；！？", strict=True))
_BEHIND = re.compile(rf"[{HAN}”’》」』】〕）〉、。…％〇]")
_AHEAD = re.compile(rf"[{HAN}“‘《「『【〔（〈]")
_YEAR = re.compile(r"[12]\d{3}\s*年")
_WORD_THEN_HAN = re.compile(rf"[0-9A-Za-z]{{1,12}}[{HAN}]")  # 占35%,5G基站
_URL = re.compile(r"(?:://|www\.|@)[^\s\u3000-\uffef]*$", re.IGNORECASE)
_NARROW = re.compile(rf"(?<=[{HAN})”》])[,:;!?](?=[{HAN}“《0-9])")
_FULL = re.compile("[，：；！？]")


def share_of_narrow(text: str) -> tuple[int, int]:
    """How many marks beside Chinese characters are narrow, and how many are full width."""
    return len(_NARROW.findall(text)), len(_FULL.findall(text))


def is_narrowed(before: str, after: str) -> bool:
    """Whether a half-width mark stands for a full-width one; `before` is the line up to it, repaired, `after` the rest.

    >>> is_narrowed("近年来", "国家高度重视"), is_narrowed("7", "30 开始"), is_narrowed("达到1", "10，算法")
    (True, False, False)
    """
    if not before:
        return False
    if _BEHIND.match(before[-1]):
        return not after.startswith("//")
    ahead = _AHEAD.match(after[:1]) or _YEAR.match(after)
    if not ahead and not (before[-1] == "%" and _WORD_THEN_HAN.match(after)):
        return False
    if before[-1].isspace():
        return False
    return not _URL.search(before[-200:])
