"""The answer to "which place is this?": one place, or the reason why none, with candidates and the cure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aikg.ontology.place_table import Place

REASONS = {
    "empty": ("没有地名", "no place name is given"),
    "unknown": (
        "“{0}”不是已知地名；请写全称或代码",
        "'{0}' is no known place; write its full name or its code",
    ),
    "not_in_table": (
        "“{0}”不在地名表中（收录现有的全部区县和部分已撤销的区县）；请检查，或在自己的地名表中添加",
        "'{0}' is not in the place table (all units of today, some abolished ones); check it or add it to a table "
        "of your own",
    ),
    "functional_area": (
        "“{0}”是功能区（园区），不是行政区；2025-11-06 起设区的两江新区请用 on 给出日期",
        "'{0}' is a functional area (a Park), no district; for 两江新区 since 2025-11-06 give a date (on)",
    ),
    "ambiguous": (
        "“{0}”不止一处：{1}；请写上级地名",
        "'{0}' is more than one place: {1}; say inside which place",
    ),
    "needs_context": (
        "“{0}”单独出现时不作区县简称：{1}；请写全称或上级地名",
        "'{0}' alone is not taken for a district: {1}; write its full name, or its city before it",
    ),
    "outside": ("“{0}”不在所给范围内：{1}", "'{0}' is not inside the given place: {1}"),
    "other_level": ("“{0}”不是所给级别：{1}", "'{0}' is not of the given level: {1}"),
    "not_valid": ("“{0}”在所给日期不存在：{1}", "'{0}' did not exist on the given date: {1}"),
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text was resolved to. `place` is None exactly if `reason` is set.

    `reason` is one of the keys of `REASONS`; `candidates` may help a person. For not_in_table,
    functional_area and unknown the candidate is the place that the text began with, if any (杭州 for
    杭州钱江新城). `message` says the reason in Chinese (zh) and English (en), with candidates and cure;
    empty when resolved.
    """

    place: Place | None
    reason: str = ""
    candidates: tuple[Place, ...] = ()
    message: dict[str, str] = field(default_factory=lambda: {"zh": "", "en": ""}, compare=False)


def unresolved(
    reason: str, text: str, candidates: Iterable[Place], ancestors: Callable[[Place], tuple[Place, ...]]
) -> Resolution:
    """A Resolution without a place; the candidates come in code order, described with their city."""
    ordered = tuple(sorted(set(candidates), key=lambda place: place.code))
    described: dict[str, list[str]] = {"zh": [], "en": []}
    for place in ordered:
        around = next(iter(ancestors(place)), None)
        until = f", –{place.valid_to}" if place.valid_to else ""
        above_zh, above_en = ("", "") if around is None else (around.name, f", {around.name_en}")
        described["zh"].append(f"{above_zh}{place.name}（{place.code}{until}）")
        described["en"].append(f"{place.name_en}{above_en} ({place.code}{until})")
    zh, en = REASONS[reason]
    message = {
        "zh": zh.format(text.strip(), "、".join(described["zh"])),
        "en": en.format(text.strip(), "; ".join(described["en"])),
    }
    return Resolution(None, reason, ordered, message)
