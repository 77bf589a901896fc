"""What a clause says around a number: names that lead it in, brackets, items that it shares out, groups that it counts."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.numbers.quantities import Quantity

__all__ = ["TITLED", "bracketed", "counted_group", "names", "owned_items"]

TITLED = PLACES | {"Park", "Company", "ComputeCenter", "Programme"}


def names(text: str, clause: Sentence) -> tuple[str, ...]:
    """The names that may lead a wording in, longest first; they are subjects and no part of it."""
    found = {
        text[m.start : m.end]
        for m in clause.mentions
        if m.label in PLACES
        or m.label in ("Park", "Company", "ComputeCenter", "Group", "Region", "Policy", "Institution")
    }
    return tuple(
        sorted(
            {*found, "全国", "全省", "全市", "全区", "我国", "国内", "我省", "我市", "该省", "该市", "公司", "企业的"},
            key=len,
            reverse=True,
        )
    )


def owned_items(text: str, start: int, end: int, listed: list[str], clause: Clause) -> list[Mention]:
    """Of 甲市芯片产业、乙市软件产业规模 the place of each item; empty unless each begins with one."""
    owners = []
    for item in listed:
        at = text.find(item, start, end)
        owner = next((m for m in clause.mentions if m.start == at and m.label in TITLED), None)
        if owner is None or owner.end - owner.start >= len(item):
            return []
        owners.append(owner)
        start = at + len(item)
    return owners


def counted_group(text: str, clause: Clause, quantity: Quantity, left: int) -> Mention | None:
    """The group that a number counts: 省级产业集聚区超过1000家."""
    behind = text[quantity.end : quantity.end + 1]
    if quantity.unit not in ("家", "个", "座") or (behind and behind not in "，。；、）)"):
        return None
    for mention in clause.mentions:
        if mention.label == "Group" and left <= mention.start and mention.end <= quantity.start:
            between = text[mention.end : quantity.start]
            if not mention.name.startswith(("某", "全球")) and re.fullmatch(
                r"(?:数量|总数)?(?:已|约|近|超过|超|达到|达|共|共有|为|增至|有)*", between
            ):
                return mention
    return None


def bracketed(text: str, left: int, start: int) -> str:
    """What stands before a number; of one alone in a bracket what stands before the bracket."""
    pre = text[left:start]
    opened = max(pre.rfind("（"), pre.rfind("("))
    if opened >= 0 and not re.search(r"[)）]", pre[opened:]):
        inside = pre[opened + 1 :]
        if re.fullmatch(r"(?:折合|约合|合)约?", inside.strip()):
            return pre[:opened]
        if len(re.sub(r"占比|占|约|近|超|达|为|共|同比|增长", "", inside).strip()) < 2:
            return pre[:opened] + inside
    return pre
