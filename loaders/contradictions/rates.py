"""Changes and ranks against the values they are of: a growth rate that two years' values do not give, a rise and a fall."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aikg.loaders.contradictions.contradiction import Contradiction
from aikg.loaders.contradictions.figures import TOPICS, Figure, Subjects, made_of
from aikg.loaders.contradictions.wordings import base_of_change, base_of_rank, base_of_share
from aikg.ontology.concepts import Concepts

__all__ = ["changes_against_values", "opposite_changes", "ranks_against_shares"]

_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTS = 2.0
"""A growth computed from round values must miss the stated one by more points than that, to be worth a line."""
_LIST = 50


def changes_against_values(
    figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int], concepts: Concepts
) -> Iterator[Contradiction]:
    """A stated yearly growth, and the values of both years, that do not go together."""
    index: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.tied and figure.period and figure.family not in ("%", "位") and figure.value > 0:
            index[figure.subjects, figure.wording, figure.period[:4]].append(figure)
    for change in figures:
        if change.family != "%" or not change.period or change.unit.endswith("百分点") or _other_years(change):
            continue
        base = base_of_change(change.wording, concepts)
        now = index.get((change.subjects, base, change.period[:4]), ())
        before = index.get((change.subjects, base, _before(change)), ())
        pairs = [(a, b) for a in now for b in before if _alike(a, b)]
        if not pairs:
            continue
        missed = [(abs(_miss(change, a, b)), a, b) for a, b in pairs]
        miss, a, b = min(missed, key=lambda m: (m[0], m[1].id, m[2].id))
        if miss > _POINTS:
            hard = _impossible(change, a, b) and {f.stage for f in (change, a, b)} == {"now"}
            certain = change.certain and a.certain and b.certain
            severity = "hard" if hard and certain else "soft"
            sides = [change.written, f"{b.written} → {a.written}"]
            yield made_of([[change], [b, a]], subjects.main(change.subjects), "sum", severity, order, sides=sides)


def _before(change: Figure) -> str:
    return str(int(str(change.period)[:4]) - 1)


def _other_years(change: Figure) -> bool:
    """Whether a change is measured against another year than the last: 较 2020 年."""
    return bool(set(_YEAR.findall(change.scope_text)) - {str(change.period)[:4], _before(change)})


def _alike(one: Figure, other: Figure) -> bool:
    # "At its height" and "in the year" are both of one year; a total since the beginning is not.
    totals = [("累计" in f.scope) or ("总" in f.scope) for f in (one, other)]
    return one.family == other.family and totals == [False, False]


def _miss(change: Figure, now: Figure, before: Figure) -> float:
    face = (_full(now) / _full(before) - 1) * 100
    low, high = change.usual
    return min(face - low, 0.0) + max(face - high, 0.0)


def _full(figure: Figure) -> float:
    low, high = figure.strict
    return figure.usual[0] if high == float("inf") else (low + high) / 2


def _impossible(change: Figure, now: Figure, before: Figure) -> bool:
    low = (now.usual[0] / before.usual[1] - 1) * 100
    high = (now.usual[1] / before.usual[0] - 1) * 100
    return high < change.strict[0] or low > change.strict[1]


def opposite_changes(
    figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int], concepts: Concepts
) -> Iterator[Contradiction]:
    """The same thing rises here and falls there in the same time."""
    groups: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.family == "%" and figure.period and figure.stage == "now" and figure.value:
            base = base_of_change(figure.wording, concepts)
            if base is not None:
                own = frozenset(i for i in figure.subjects if not _named_in(i, base, subjects)) or figure.subjects
                groups[tuple(sorted(own)), base, figure.period].append(figure)
    for (ids, _, _), members in sorted(groups.items(), key=lambda item: item[0]):
        rises = [f for f in members if f.strict[0] > 0]
        falls = [f for f in members if f.strict[1] < 0]
        for rise, fall in [(r, f) for r in rises[:_LIST] for f in falls[:_LIST]]:
            if rise.key == fall.key and rise.scope != fall.scope:
                continue
            years = [set(_YEAR.findall(f.scope_text)) - {str(f.period)[:4]} for f in (rise, fall)]
            same_span = bool(years[0] & years[1]) or not any(years)
            if same_span:
                certain = rise.certain and fall.certain and rise.key != fall.key
                yield made_of([[fall], [rise]], subjects.main(ids), "value", "hard" if certain else "soft", order)


def _named_in(id_: str, base: str, subjects: Subjects) -> bool:
    """A topic whose last word the indicator names (分布式存储 of 数据存储成本) restricts it hardly."""
    name = subjects.name(id_)
    return subjects.label(id_) in TOPICS and len(name) >= 4 and name[-2:] in base


def ranks_against_shares(
    figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int], concepts: Concepts
) -> Iterator[Contradiction]:
    """Who is said to be first, against a larger share of the same whole that another of its kind is said to have."""
    shares: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.family == "%" and figure.stage == "now" and len(figure.subjects) == 1:
            base = base_of_share(figure.wording, concepts)
            if base is not None:
                label = subjects.label(next(iter(figure.subjects)))
                shares[base, label, figure.period, figure.scope, min(figure.sources)].append(figure)
    tops = {key: max(said, key=lambda f: (f.value, f.id)) for key, said in shares.items()}
    firsts: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.rank and figure.value == 1 and len(figure.subjects) == 1:
            firsts[base_of_rank(figure.wording, concepts), figure.subjects, figure.period, min(figure.sources)].append(
                figure
            )
    for (base, label, period, scope, source), said in sorted(shares.items(), key=lambda item: str(item[0])):
        top = tops[base, label, period, scope, source]
        for own in said:
            if own.subjects == top.subjects or own.usual[1] >= top.value:
                continue
            for first in firsts.get((base, own.subjects, period, source), ()):
                if first.scope == scope:
                    surely = own.strict[1] < top.strict[0] and own.certain and top.certain
                    severity = "hard" if surely else "soft"
                    sides = [f"{first.written}，{own.written}", f"{subjects.name(min(top.subjects))} {top.written}"]
                    yield made_of(
                        [[first, own], [top]], subjects.main(own.subjects), "value", severity, order, sides=sides
                    )
