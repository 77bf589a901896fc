"""One name in two spellings in one context: 关村科学城 beside 中关村科学城, 数据孪生 in a paragraph on 数字孪生."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from aikg.loaders.contradictions.contradiction import Contradiction, first_place, places_of

__all__ = ["of_spellings"]

_LABELS = (
    *("Company", "Park", "ComputeCenter", "University", "Institution", "Programme", "Policy"),
    *("Technology", "ApplicationScenario"),
)
# Names of siblings differ in one sign: 小马智行 and 小马智能, 一期 and 二期, 东区 and 西区, 军用机器人 and 家用机器人.
_NO_EXCHANGE = frozenset({"Company", "Policy"})
_TELLS_APART = re.compile(r"[0-9A-Za-z一二三四五六七八九十百零甲乙丙丁东南西北中上下左右前后新老大小省市区县州国]")
_NUMBER = re.compile(r"[0-9A-Za-z一二三四五六七八九十百零甲乙丙丁]")
_SHORTEST, _SHORTEST_CUT, _LONGEST = 4, 5, 40
_NEAR = 2
"""Lines between the two spellings: a misspelling stands where the right name was just written."""


def of_spellings(
    nodes: Mapping[str, tuple[str, Mapping[str, Any]]],
    known: Collection[frozenset[str]],
    order: Mapping[str, int],
) -> Iterator[Contradiction]:
    """Names of one label that differ in one sign, the rarer one said once, within a few lines of the other.

    `known` are pairs that are judged apart, or candidates for judgement already.
    """
    for label in _LABELS:
        cut: dict[str, list[tuple[str, int]]] = defaultdict(list)
        names: dict[str, list[str]] = defaultdict(list)
        for id_, (own, row) in nodes.items():
            name = str(row["name"])
            if own == label and _SHORTEST <= len(name) <= _LONGEST:
                names[name].append(id_)
                for i in range(len(name)):
                    cut[name[:i] + name[i + 1 :]].append((id_, i))
        pairs: set[tuple[str, str]] = set()
        for short, longer in cut.items():
            if len(short) >= _SHORTEST_CUT - 1:
                pairs |= {
                    _ordered(a, b)
                    for a, i in longer
                    for b in names.get(short, ())
                    if _may_drop(str(nodes[a][1]["name"]), i)
                }
            if label not in _NO_EXCHANGE and len(longer) <= _LONGEST:
                pairs |= {
                    _ordered(a, b)
                    for n, (a, i) in enumerate(longer)
                    for b, j in longer[n + 1 :]
                    if i == j
                    and a != b
                    and i
                    and short[i:]
                    and _may_swap(nodes[a][1]["name"][i], nodes[b][1]["name"][i])
                }
        for first, second in sorted(pairs):
            if frozenset((first, second)) not in known:
                yield from _said_near(first, second, nodes, order)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _may_drop(name: str, at: int) -> bool:
    # The last sign says what kind of thing it is: 量子计算机 is no misspelt 量子计算.
    return at < len(name) - 1 and not _NUMBER.match(name[at])


def _may_swap(one: str, other: str) -> bool:
    return not _TELLS_APART.match(one) and not _TELLS_APART.match(other)


def _said_near(
    first: str, second: str, nodes: Mapping[str, tuple[str, Mapping[str, Any]]], order: Mapping[str, int]
) -> Iterator[Contradiction]:
    one, other = nodes[first][1], nodes[second][1]
    if len(places_of(one["sources"])) < len(places_of(other["sources"])):
        first, one, other = second, other, one
    often, rare = places_of(one["sources"]), places_of(other["sources"])
    if len(rare) != 1 or len(often) < 2:
        return
    source, line = next(iter(rare))
    near = [c for c in one["sources"] for s, n in places_of([c]) if s == source and abs(n - line) <= _NEAR]
    # Two entries of one table, or of one list in a sentence, were held apart by whoever wrote it.
    if not near or any(";" in c and c.split(";")[1:2] == other["sources"][0].split(";")[1:2] for c in near):
        return
    near.sort(key=lambda c: first_place(c, order))
    yield Contradiction(
        first,
        "name",
        "spelling",
        "alias",
        None,
        (str(one["name"]), str(other["name"])),
        (tuple(near), tuple(other["sources"])),
        str(one["name"]),
        max((r["as_of"] for r in (one, other) if r["as_of"]), default=None),
        (second,),
    )
