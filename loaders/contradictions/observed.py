"""Numbers that differ: one subject, one indicator, one period, and values that do not round to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from aikg.loaders.contradictions.contradiction import Contradiction
from aikg.loaders.contradictions.figures import TOPICS, Figure, Node, Subjects, made_of, read_figures
from aikg.loaders.contradictions.intervals import Span
from aikg.loaders.contradictions.rates import changes_against_values, opposite_changes, ranks_against_shares
from aikg.loaders.contradictions.shares import parts_and_wholes, shares_of_wholes, sums_of_shares
from aikg.loaders.contradictions.wordings import rate_of
from aikg.ontology.concepts import Concepts
from aikg.ontology.places import Places

__all__ = ["of_observations"]

MOST_VALUES = 4
"""More different values under one key are not a contradiction but things that were not told apart."""

_JOINED = frozenset({"Technology", "ApplicationScenario", "ChainSegment"})
_MOST_JOINED = 20
_SHORTEST = 4

_Group = dict[str | None, list[Figure]]


def of_observations(
    nodes: Mapping[str, Node],
    edges: Mapping[str, Iterable[Mapping[str, Any]]],
    places: Places,
    concepts: Concepts,
    order: Mapping[str, int],
) -> list[Contradiction]:
    """All contradictions among Observations and PolicyTargets.

    `nodes` maps an id to its label and row, `edges` a type to rows; `order` gives the order of the inputs by source.
    Takes n log n steps for n numbers, as long as no key has very many.
    """
    subjects = Subjects(nodes, edges, places)
    figures = read_figures(subjects, edges)
    made = [
        *_differing(figures, subjects, order),
        *_jointly_said(figures, subjects, order),
        *_overtaken(figures, subjects, order),
        *parts_and_wholes(figures, subjects, order),
        *shares_of_wholes(figures, subjects, order, concepts),
        *sums_of_shares(figures, subjects, order),
        *changes_against_values(figures, subjects, order, concepts),
        *opposite_changes(figures, subjects, order, concepts),
        *ranks_against_shares(figures, subjects, order, concepts),
    ]
    return _once(made)


def _differing(figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int]) -> Iterator[Contradiction]:
    groups: dict[tuple[Any, ...], _Group] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        # A bare 占比 or 数量 that no list knows does not say of what.
        if figure.stage != "peak" and (figure.tied or len(figure.key) >= _SHORTEST):
            key = (tuple(sorted(figure.subjects)), figure.loose, figure.family, figure.stage)
            groups[key][figure.period].append(figure)
    for (ids, _, family, _), by_period in sorted(groups.items(), key=lambda item: item[0]):
        for parties, severity in _clashes(by_period, family):
            yield made_of(parties, subjects.main(ids), "value", severity, order)


def _clashes(by_period: _Group, family: str) -> Iterator[tuple[list[list[Figure]], str]]:
    open_ = by_period.get(None, [])
    dated = {period: members for period, members in by_period.items() if period is not None}
    for _, members in sorted(dated.items()):
        yield from _in_scopes(members, family, same_period=True)
    yield from _in_scopes(open_, family, same_period=False)
    for figure in open_:  # a number without a period may be that of the year that another one names
        near = [f for members in dated.values() for f in members if f.sources & figure.sources]
        near = [f for f in near if f.scope == figure.scope and f.key == figure.key]
        if near and len({f.period for f in near}) == 1 and (parties := _apart([figure, *near])) and len(parties) > 1:
            yield parties, "soft"


def _in_scopes(
    members: Sequence[Figure], family: str, *, same_period: bool
) -> Iterator[tuple[list[list[Figure]], str]]:
    by_scope: dict[str, list[Figure]] = defaultdict(list)
    for figure in members:
        by_scope[figure.scope].append(figure)
    for _, said in sorted(by_scope.items()):
        yield from _of_one_scope(said, same_period=same_period)
    scopes = [scope for scope in by_scope if scope]
    if "" in by_scope and len(scopes) == 1 and family != "位":
        # Without a scope a number may be that of the scope that another one names; of two scopes nobody knows which.
        one, other = by_scope[""], by_scope[scopes[0]]
        if not _apart(one) and not _apart(other) and same_period:
            parties = _apart([f for f in [*one, *other] if f.key == one[0].key])
            if parties:
                yield parties, "soft"


def _of_one_scope(members: list[Figure], *, same_period: bool) -> Iterator[tuple[list[list[Figure]], str]]:
    if not same_period:
        # Documents of different years may both be right, when neither says of which year it speaks.
        by_source: dict[str, list[Figure]] = defaultdict(list)
        for figure in members:
            by_source[min(figure.sources)].append(figure)
        for _, said in sorted(by_source.items()):
            yield from _in_one_time(said, same_period=False)
        return
    yield from _in_one_time(members, same_period=True)


def _in_one_time(members: list[Figure], *, same_period: bool) -> Iterator[tuple[list[list[Figure]], str]]:
    by_key: dict[str, list[Figure]] = defaultdict(list)
    for figure in members:
        by_key[figure.key].append(figure)
    found = False
    for _, said in sorted(by_key.items()):
        parties = _apart(said)
        if not parties:
            continue
        found = True
        involved = [f for party in parties for f in party]
        one_line = len({line for f in involved for line in f.lines}) == 1
        if _listed(involved):
            continue
        hard = (same_period or one_line) and _excluded(involved) and involved[0].stage in ("now", "target")
        more = [f for f in members if f.rank and f.key != involved[0].key]
        joined = [*parties, *[[f] for f in more if any(f.value == i.value for i in involved)]]
        yield joined, "hard" if hard and all(f.certain or f.tied for f in involved) else "soft"
    if not found and len(by_key) > 1 and same_period:
        parties = _apart(members)
        tied = {f.wording for party in parties for f in party if f.tied}
        # Two indicators of the list are two things, even if their names are much alike; ranks by them should agree.
        if parties and (len(tied) < 2 or members[0].rank):
            yield parties, "soft"


def _listed(members: Sequence[Figure]) -> bool:
    """Whether one line gives several of the numbers as of several things: each under a name of its own, or so that a
    program, which reads 3 new and 8 in all in one sentence, may not have seen what tells them apart.
    """
    texts: dict[tuple[str, int], set[str]] = defaultdict(set)
    guessed: dict[tuple[str, int], set[float]] = defaultdict(set)
    for figure in members:
        for line in figure.lines:
            texts[line].add(figure.text)
            if not figure.certain:
                guessed[line].add(figure.value)
    return any(len(said) > 1 for said in texts.values()) or any(len(said) > 1 for said in guessed.values())


def _apart(members: Sequence[Figure]) -> list[list[Figure]]:
    """Those of the figures that differ from some other beyond rounding, one list per value; empty where all agree."""
    if len(members) < 2:
        return []
    highest_low = max(f.usual[0] for f in members)
    lowest_high = min(f.usual[1] for f in members)
    if not _less(lowest_high, highest_low):
        return []
    apart = [f for f in members if _less(f.usual[1], highest_low) or _less(lowest_high, f.usual[0])]
    by_value: dict[Span, list[Figure]] = defaultdict(list)
    for figure in apart:
        by_value[figure.usual].append(figure)
    return list(by_value.values()) if 1 < len(by_value) <= MOST_VALUES else []


def _excluded(members: Iterable[Figure]) -> bool:
    """Whether not all can be true, whatever the words leave open."""
    spans = [f.strict for f in members]
    return _less(min(high for _, high in spans), max(low for low, _ in spans))


def _less(one: float, other: float) -> bool:
    return one < other - 1e-9 * max(abs(one), abs(other)) if abs(one) != float("inf") else one < other


def _jointly_said(figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int]) -> Iterator[Contradiction]:
    """A rate said of several things at once (精准种植、病虫害识别普及率 28 %) and another one of one of them: soft."""
    groups: dict[tuple[Any, ...], list[tuple[Figure, frozenset[str]]]] = defaultdict(list)
    for figure in figures:
        if figure.family != "%" or figure.stage != "now":
            continue
        topics = frozenset(i for i in figure.all_subjects if subjects.label(i) in _JOINED)
        who = tuple(i for i in figure.subjects if subjects.label(i) not in TOPICS)
        key = figure.key if figure.tied else rate_of([subjects.name(i) for i in topics], figure.wording)
        if key and who:
            for topic in topics:
                groups[tuple(sorted(who)), topic, key, min(figure.sources)].append((figure, topics))
    for (_, topic, *_), members in sorted(groups.items(), key=lambda item: item[0]):
        for i, (one, of_one) in enumerate(members[:_MOST_JOINED]):
            for other, of_other in members[i + 1 : _MOST_JOINED]:
                nested = of_one < of_other or of_other < of_one
                periods = {one.period, other.period} - {None}
                if nested and len(periods) < 2 and one.scope == other.scope and (parties := _apart([one, other])):
                    yield made_of(parties, topic, "value", "soft", order)


def _overtaken(figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int]) -> Iterator[Contradiction]:
    """What is expected for a later year was reached before: 2025 年预计 2000 家, 2024 年超 2000 家."""
    groups: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.family in ("things", "people", "CNY", "USD") and figure.period and figure.scope == "" and figure.tied:
            groups[tuple(sorted(figure.subjects)), figure.key, figure.family, min(figure.sources)].append(figure)
    for (ids, *_), members in sorted(groups.items(), key=lambda item: item[0]):
        reached = [f for f in members if f.stage == "now"]
        for later in members:
            if later.stage != "later" or not reached:
                continue
            before = [f for f in reached if str(f.period)[:4] < str(later.period)[:4]]
            top = max(before, key=lambda f: f.strict[0], default=None)
            if top is not None and top.strict[0] >= later.usual[0] + (later.usual[1] - later.usual[0]) / 2:
                yield made_of([[later], [top]], subjects.main(ids), "value", "soft", order)


def _once(found: Iterable[Contradiction]) -> list[Contradiction]:
    """The same lines and values told by two rules are one finding; the harder one, else the first."""
    made: dict[tuple[Any, ...], Contradiction] = {}
    for conflict in found:
        key = (conflict.lines, frozenset(conflict.values))
        known = made.get(key)
        if known is None or (known.severity != "hard" and conflict.severity == "hard"):
            made[key] = conflict
    return list(made.values())
