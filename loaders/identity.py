"""Ids made from identity (ontology.md, "Identity"): the same thing gets the same id in every build.

Pure functions of what one row says. Whether two ids mean one thing is decided in `resolve.py`.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aikg.ontology.places import Place

__all__ = [
    "clean_name",
    "digest",
    "entity_id",
    "identifying",
    "match_key",
    "observation_key",
    "park_place",
    "simplified",
]

_CJK = r"\u3400-\u9fff\uf900-\ufaff"
_BETWEEN_SCRIPTS = re.compile(rf"(?<=[{_CJK}])\s+(?=[0-9A-Za-z{_CJK}])|(?<=[0-9A-Za-z])\s+(?=[{_CJK}])")
# fmt: off
_LEGAL_FORMS = sorted(
    (
        "股份有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司", "控股集团", "股份公司", "(集团)",
        "集团", "控股", "公司", "co.,ltd.", "co.,ltd", "co.ltd.", "co.ltd", "ltd.", "ltd", "inc.", "inc", "corp.", "corp",
    ),
    key=len,
    reverse=True,
)
# fmt: on


@functools.lru_cache(maxsize=1)
def _converters() -> tuple[Any, Any]:
    import opencc

    return opencc.OpenCC("t2s"), opencc.OpenCC("s2t")


def simplified(text: str) -> str:
    """Traditional Chinese as Simplified; anything else unchanged."""
    try:
        # Every sign of GB 2312 is Simplified already; so 乾坤 and 著名 stay, and the converter is rarely needed.
        text.encode("gb2312")
        return text
    except UnicodeEncodeError:
        pass
    to_simplified, to_traditional = _converters()
    if to_traditional.convert(text) != text:
        # Signs that only Simplified has: the text is Simplified, and 昇腾 is a name and not 升腾 in Traditional.
        return text
    return str(to_simplified.convert(text))


def clean_name(text: str) -> str:
    """A name as the graph holds it: Simplified, one line, no blanks between Chinese and digits, no outer 《》.

    >>> clean_name("《2020 国家人工智能倡议法案》")
    '2020国家人工智能倡议法案'
    """
    name = " ".join(simplified(text).split())
    name = _BETWEEN_SCRIPTS.sub("", name)
    if name.startswith("《") and name.endswith("》") and name.count("《") == 1:
        name = name[1:-1].strip()
    return name


def match_key(name: str, places: Iterable[str] = ()) -> str:
    """What is compared to find candidates: without width, case, blanks, legal form and a leading place name.

    Never shown and never an id: 深圳市腾讯计算机系统有限公司 and 腾讯计算机系统 are alike, whether they are one is for
    evidence to say. `places` are the names that may stand in front.

    >>> match_key("深圳市大疆创新科技有限公司", ["深圳市", "深圳"])
    '大疆创新科技'
    """
    key = re.sub(r"[\s·•.．]+", "", unicodedata.normalize("NFKC", simplified(name)).casefold()).strip("()")
    for place in sorted(places, key=len, reverse=True):
        if key.startswith(place) and len(key) - len(place) >= 2:
            key = key[len(place) :]
            break
    if key in _LEGAL_FORMS:
        return key
    stripped = True
    while stripped:  # 阿里巴巴集团控股有限公司, 阿里巴巴集团控股 and 阿里巴巴集团 all come to 阿里巴巴
        stripped = False
        for form in _LEGAL_FORMS:
            if key.endswith(form) and len(key) - len(form) >= 2:
                key, stripped = key[: -len(form)], True
                break
    return key


def digest(*parts: object) -> str:
    """12 hex digits of the sha1 of the identifying fields, null and blank apart."""
    text = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()[:12]


def entity_id(
    label: str, prefix: str, name: str, *, place: str = "", uscc: str = "", key: Iterable[object] = ()
) -> str:
    """The id of a thing from what identifies it.

    `place` is the code of the city (Park) or of the place or the name of the issuer (Policy); `key` are the
    identifying fields of things without a name of their own (Observation, Event, …).

    >>> entity_id("Park", "park", "宝能科技园", place="440300")
    'park:440300:宝能科技园'
    """
    fields = tuple(key)
    if fields:
        return f"{prefix}:{digest(*fields)}"
    if label == "Company" and uscc:
        return f"{prefix}:uscc:{uscc}"
    if label in ("Park", "Policy"):
        return f"{prefix}:{place}:{name}"
    return f"{prefix}:{name}"


def park_place(place: Place) -> str:
    """The code that stands for the place in the id of a park: that of its city, also where a district is named.

    >>> from aikg.ontology.places import load_places
    >>> park_place(load_places().get("330110"))
    '330100'
    """
    return place.parent if place.level == "district" and place.parent else place.code


_OBSERVED = ("indicator_text", "period", "scope", "value", "value_max", "unit", "qualifier")


def observation_key(subjects: Iterable[str], values: Mapping[str, object]) -> tuple[object, ...]:
    """The identifying fields of an Observation of `subjects` (ids): differing values never merge."""
    return ("+".join(sorted(subjects)), *(values.get(field) for field in _OBSERVED), values.get("value_text"))


def identifying(label: str, name: str, values: Mapping[str, object], locator: str) -> tuple[object, ...]:
    """The identifying fields of things that have no name of their own; empty for all others."""
    if label == "Event":
        return (name, values.get("kind"), values.get("date"))
    if label == "Assessment":
        said = values.get("text") or locator
        return (name, values.get("framework"), values.get("aspect"), values.get("rating"), said)
    if label == "PolicyTarget":
        return (name, values.get("indicator"), values.get("value"), values.get("unit"), values.get("due"))
    return ()
