"""Parts and wholes: shares that do not add up, a part above its whole, a share that does not make the stated part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aikg.loaders.contradictions.contradiction import Contradiction
from aikg.loaders.contradictions.figures import Figure, Subjects, made_of
from aikg.loaders.contradictions.intervals import Span
from aikg.loaders.contradictions.wordings import additive, base_of_share, is_part
from aikg.ontology.concepts import Concepts

__all__ = ["parts_and_wholes", "shares_of_wholes", "sums_of_shares"]

_IN_YUAN: dict[str, Span] = {"USD": (6.0, 8.3), "HKD": (0.77, 1.07), "EUR": (6.5, 11.2), "CNY": (1.0, 1.0)}
"""Yuan for one unit, lowest and highest since 2000: enough to see what no exchange rate can make true."""

_HUNDRED = 100.0
_LAYERS = 3


def sums_of_shares(figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int]) -> Iterator[Contradiction]:
    """Shares of one whole in one line that come to more than 100 %, or, for all layers of the chain, to another sum.

    Only shares by the same indicator are parts of one whole: of parks, 70 % may do one thing and 80 % another.
    """
    groups: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if (
            figure.family == "%"
            and figure.stage == "now"
            and figure.value > 0
            and figure.wording.endswith(("占比", "份额", "比重"))
        ):
            for line in figure.lines:
                groups[line, figure.key, figure.scope, figure.period].append(figure)
    for _, members in sorted(groups.items(), key=lambda item: str(item[0])):
        parts: dict[frozenset[str], Figure] = {}
        for figure in members:
            own = frozenset(i for i in figure.subjects if not _contains_others(i, members)) or figure.subjects
            known = parts.get(own)
            if known is None or figure.value < known.value:
                parts[own] = figure
        chosen = sorted(parts.values(), key=lambda f: (f.value, f.id))
        if len(chosen) < 2 or _nested([f.subjects for f in chosen], subjects):
            continue
        low, high = sum(f.strict[0] for f in chosen), sum(f.strict[1] for f in chosen)
        layers = {i for f in chosen for i in f.subjects if subjects.label(i) == "ChainLayer"}
        whole = len(layers) == _LAYERS == len(chosen)
        if low > _HUNDRED or (whole and high < _HUNDRED):
            everybody = frozenset.intersection(*(frozenset(f.all_subjects) for f in chosen)) or chosen[0].subjects
            sides = [" + ".join(f.written for f in chosen), "100%"]
            yield made_of([chosen, chosen], subjects.main(everybody), "sum", "hard", order, sides=sides)


def _contains_others(id_: str, members: Sequence[Figure]) -> bool:
    """What all parts are linked to is the whole: 长三角 beside 上海, 浙江, 安徽."""
    return len(members) > 1 and all(id_ in f.all_subjects for f in members)


def _nested(sets: Sequence[frozenset[str]], subjects: Subjects) -> bool:
    ids = frozenset(i for s in sets for i in s)
    return any(subjects.above(i) & ids for i in ids) or any(a < b for a in sets for b in sets)


def parts_and_wholes(
    figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int]
) -> Iterator[Contradiction]:
    """A part above its whole: a subject with one more restriction, a place above the one around it, a narrower indicator."""
    index: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    names: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    counted = [f for f in figures if f.stage == "now" and f.period and additive(f.wording, f.family)]
    for figure in counted:
        index[figure.subjects, figure.key, figure.family, figure.period, figure.scope].append(figure)
        if figure.tied:
            names[figure.subjects, figure.family, figure.period, figure.scope].add(figure.wording)
    for figure in counted:
        rest = (figure.family, figure.period, figure.scope)
        for around in _wider(figure.subjects, subjects):
            for whole in index.get((around, figure.key, *rest), ()):
                yield from _exceeding(figure, whole, subjects, order, "hard")
        if figure.tied:
            for name in sorted(names[figure.subjects, *rest]):
                sure = is_part(figure.wording, name)
                for whole in index[figure.subjects, name, *rest] if sure else ():
                    yield from _exceeding(figure, whole, subjects, order, "hard" if sure == "sure" else "soft")


def _wider(ids: frozenset[str], subjects: Subjects) -> Iterator[frozenset[str]]:
    """The same without one restriction, or with a place around in the place's stead."""
    if len(ids) > 1:
        for id_ in sorted(ids):
            if not subjects.is_place(id_) and subjects.label(id_) not in ("Company", "Park", "ComputeCenter"):
                yield ids - {id_}
    for id_ in sorted(ids):
        if subjects.label(id_):
            for around in sorted(subjects.above(id_)):
                yield (ids - {id_}) | {around}


def _exceeding(
    part: Figure, whole: Figure, subjects: Subjects, order: Mapping[str, int], severity: str
) -> Iterator[Contradiction]:
    if part.usual[0] <= whole.usual[1]:
        return
    surely = part.strict[0] > whole.strict[1] and part.certain and whole.certain
    main = subjects.main(part.subjects)
    yield made_of([[part], [whole]], main, "part_of_whole", severity if surely else "soft", order)


def shares_of_wholes(
    figures: Sequence[Figure], subjects: Subjects, order: Mapping[str, int], concepts: Concepts
) -> Iterator[Contradiction]:
    """A stated share, the whole and the part for one period, where share times whole is not the part."""
    index: dict[tuple[Any, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.tied and figure.period and figure.family not in ("%", "位"):
            index[figure.subjects, figure.wording, figure.period].append(figure)
    for share in figures:
        if share.family != "%" or not share.period or share.stage == "peak" or len(share.all_subjects) < 2:
            continue
        base = base_of_share(share.wording, concepts)
        if base is None:
            continue
        inner = share.subjects
        outer = _whole_of(share, subjects)
        parts = index.get((inner, base, share.period), ())
        wholes = [w for o in outer for w in index.get((frozenset({o}), base, share.period), ())]
        pairs = [(p, w) for p in parts for w in wholes if p.scope == w.scope or not (p.scope and w.scope)]
        if not pairs or any(_fits(share, p, w) for p, w in pairs):
            continue
        part, whole = min(pairs, key=lambda pair: (_distance(share, *pair), pair[0].id, pair[1].id))
        stages = {share.stage, part.stage, whole.stage}
        one_source = len(share.sources | part.sources | whole.sources) == 1
        hard = (stages == {"now"} or one_source) and all(f.certain for f in (share, part, whole))
        sides = [f"{share.written} × {whole.written}", part.written]
        severity = "hard" if hard else "soft"
        yield made_of([[share, whole], [part]], subjects.main(inner), "sum", severity, order, sides=sides)


def _whole_of(share: Figure, subjects: Subjects) -> list[str]:
    """The whole a share is of: the other subject that contains, or is said in the scope to be, the whole."""
    return [
        i
        for i in share.all_subjects
        if i not in share.subjects
        and subjects.is_place(i)
        and (subjects.name(i) in share.scope_text or _all(i, share, subjects))
    ]


def _all(id_: str, share: Figure, subjects: Subjects) -> bool:
    word = "全国" if subjects.label(id_) == "Country" else "全球"
    return word in share.scope_text or not share.scope_text


def _fits(share: Figure, part: Figure, whole: Figure) -> bool:
    low, high = _product(share, whole)
    part_low, part_high = _in_yuan(part.usual, part.family)
    return part_low <= high and low <= part_high


def _product(share: Figure, whole: Figure) -> Span:
    low, high = _in_yuan(whole.usual, whole.family)
    return low * share.usual[0] / _HUNDRED, high * share.usual[1] / _HUNDRED


def _in_yuan(span: Span, family: str) -> Span:
    low, high = _IN_YUAN.get(family, (1.0, 1.0))
    return span[0] * low, span[1] * high


def _distance(share: Figure, part: Figure, whole: Figure) -> float:
    low, high = _product(share, whole)
    middle = sum(_in_yuan(part.usual, part.family)) / 2
    return min(abs(middle - low), abs(middle - high))
