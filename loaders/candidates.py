"""Pairs that may be one thing under two names. Reported for a person to judge; names alone never merge."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aikg.loaders.identity import match_key
from aikg.ontology.places import Places

__all__ = ["LABELS", "Candidate", "find"]

LABELS = ("Company", "Park", "ComputeCenter", "University", "Institution", "Programme", "Policy")
_SHORTEST_START, _SHORTEST_NAME, _LONGEST_WORD = 2, 5, 4
_LONGEST_NAME = 100
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百零]")


@dataclass(frozen=True, order=True)
class Candidate:
    """Two ids of one label, with the reason a person would want to look."""

    first: str
    second: str
    score: float
    reason: str


def find(
    nodes: Mapping[str, tuple[str, Mapping[str, Any]]], places: Places, different: set[frozenset[str]]
) -> list[Candidate]:
    """Pairs of equal match keys (0.95), of a name and the same name with one word put in (0.8).

    Two entries of one and the same table are taken as two things: whoever made the list held them apart. So are two
    things of different places (北京经济技术开发区, 天津经济技术开发区; a policy of 英国 and one of 印度).
    Names that differ by a swapped part (小马智行, 小马易行) are not candidates: that is how siblings are named.
    """
    found: list[Candidate] = []
    for label in LABELS:
        entries = [_entry(id_, row, places) for id_, (own, row) in nodes.items() if own == label]
        found.extend(_equal_keys(entries, different))
        found.extend(_one_inside_other(entries, different, {frozenset((c.first, c.second)) for c in found}))
    return sorted(found)


@dataclass(frozen=True)
class _Entry:
    """What is compared of a node: `keys` of all its names, `place` of its id or of its name, the tables it stands in."""

    id: str
    key: str
    keys: frozenset[str]
    place: str
    tables: frozenset[tuple[str, str]]

    def may_be(self, other: _Entry) -> bool:
        apart = self.place and other.place and self.place != other.place
        return not apart and not self.tables & other.tables


def _entry(id_: str, row: Mapping[str, Any], places: Places) -> _Entry:
    parts = id_.split(":", 2)
    place = parts[1] if len(parts) == 3 and parts[0] in ("park", "policy") else ""
    keys = []
    for name in (row["name"], *row["aliases"]):
        leading = places.leading(name)
        keys.append(match_key(name, [name[: leading[1]]] if leading else []))
        if leading and not place:
            place = leading[0].code
    return _Entry(id_, match_key(row["name"]), frozenset(keys), place, frozenset(_tables(row["sources"])))


def _equal_keys(entries: Iterable[_Entry], different: set[frozenset[str]]) -> Iterable[Candidate]:
    groups: dict[str, set[str]] = defaultdict(set)
    rows = {entry.id: entry for entry in entries}
    for entry in rows.values():
        for key in entry.keys:
            groups[key].add(entry.id)
    pairs: dict[frozenset[str], str] = {}
    for key, ids in groups.items():
        ordered = sorted(ids)
        for i, first in enumerate(ordered):
            for second in ordered[i + 1 :]:
                pairs.setdefault(frozenset((first, second)), key)
    for pair, key in pairs.items():
        first, second = sorted(pair)
        if pair not in different and rows[first].may_be(rows[second]):
            yield Candidate(first, second, 0.95, f"同名（不计法律形式与地名）：{key}")


def _one_inside_other(
    entries: Iterable[_Entry], different: set[frozenset[str]], known: set[frozenset[str]]
) -> Iterable[Candidate]:
    # Each name is looked up with a word taken out, instead of comparing a million names pair by pair.
    by_key: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.key].append(entry)
    for key, long in sorted(by_key.items()):
        for short, word in _without_a_word(key):
            for a in long:
                for b in by_key.get(short, ()):
                    pair = frozenset((a.id, b.id))
                    if pair not in different and pair not in known and a.may_be(b):
                        known.add(pair)
                        first, second = sorted(pair)
                        yield Candidate(first, second, 0.8, f"名称相差一词：{word}")


def _without_a_word(key: str) -> Iterable[tuple[str, str]]:
    """The key without one to four signs from its inside, where enough is left to tell. Numbers are no such word."""
    if len(key) > _LONGEST_NAME:  # a sentence in a name's place; its parts are no words to compare
        return
    for size in range(1, _LONGEST_WORD + 1):
        for start in range(_SHORTEST_START, len(key) - size):
            word, short = key[start : start + size], key[:start] + key[start + size :]
            if len(short) >= _SHORTEST_NAME and not _NUMBER.search(word):
                yield short, word


def _tables(sources: Iterable[str]) -> set[tuple[str, str]]:
    found = set()
    for cited in sources:
        source, _, where = cited.partition("#")
        parts = where.split(";")
        if len(parts) > 1:
            found.add((source, parts[1]))
    return found
