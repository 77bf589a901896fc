"""One finding, one Conflict: what programs found and what a reviewer found about the same lines come together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aikg.loaders.contradictions.contradiction import DASH, Contradiction, places_of

__all__ = ["Reviewed", "join"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_COMPARED = frozenset({"value", "blank", "sum", "part_of_whole", "count"})
_ENOUGH = 2
_HARDER = {"hard": 0, "soft": 1, "alias": 2}


@dataclass(frozen=True)
class Reviewed:
    """A Conflict that a person wrote down: its node's id, its subject, and what was found."""

    id: str
    subject: str
    kind: str
    severity: str
    values: tuple[str, ...]
    citations: tuple[str, ...]


def join(found: Iterable[Contradiction], reviewed: Sequence[Reviewed]) -> tuple[list[Contradiction], set[str]]:
    """The contradictions, with kind and severity as a reviewer judged them, and the ids of reviewed nodes they replace.

    A reviewer's finding is the same as a program's where its lines are among the program's, its subject among the
    subjects, and its values the same numbers or words. The values as a program read them stay, the person's judgement
    of kind and severity holds. Of several judgements on one finding the hardest holds.
    """
    by_line: dict[tuple[str, int], list[Reviewed]] = defaultdict(list)
    for review in reviewed:
        for place in places_of(review.citations):
            by_line[place].append(review)
    made: list[Contradiction] = []
    replaced: set[str] = set()
    taken: dict[str, int] = {}
    for conflict in sorted(found, key=lambda c: (_HARDER.get(c.severity, 9), c.subject, c.property, c.values)):
        near = {r.id: r for place in conflict.lines for r in by_line.get(place, ())}
        same = sorted(
            (r for r in near.values() if _is_same(conflict, r)), key=lambda r: (_HARDER.get(r.severity, 9), r.id)
        )
        if not same:
            made.append(conflict)
            continue
        known = next((taken[r.id] for r in same if r.id in taken), None)
        if known is not None and conflict.lines <= made[known].lines:
            continue  # another rule came to the same lines, of which the reviewer wrote one finding
        best = same[0]
        replaced |= {r.id for r in same}
        taken.update({r.id: len(made) for r in same if r.id not in taken})
        others = tuple(sorted({conflict.subject, *conflict.others}))
        made.append(
            replace(
                conflict,
                subject=best.subject,
                others=others,
                kind=best.kind,
                severity=best.severity,
                method="curated",
                confidence=1.0,
            )
        )
    return made, replaced


def _is_same(conflict: Contradiction, review: Reviewed) -> bool:
    if review.subject not in {conflict.subject, *conflict.others} or not places_of(review.citations) <= conflict.lines:
        return False
    if conflict.kind == review.kind and conflict.kind not in _COMPARED:
        return True
    said = " ".join(review.values)
    numbers = _numbers([said])
    stated = {value for value in conflict.values if value != DASH}
    alike = sum(value in said or bool(_numbers([value]) & numbers) for value in stated)
    if DASH in conflict.values:
        return DASH in review.values and alike >= 1
    return alike >= _ENOUGH or len(_numbers(stated) & numbers) >= _ENOUGH


def _numbers(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(n for text in texts for n in _NUMBER.findall(text.translate(_DIGITS)))


def reviewed_from(nodes: Mapping[str, tuple[str, Mapping[str, object]]], subjects: Mapping[str, str]) -> list[Reviewed]:
    """The Conflict nodes that reviewers wrote, of the nodes that were folded from records."""
    made = []
    for id_, (label, row) in nodes.items():
        if label == "Conflict" and row["method"] == "curated" and id_ in subjects:
            values, sources = row.get("values"), row.get("sources")
            assert isinstance(values, list)  # noqa: S101 - as the ontology has it
            assert isinstance(sources, list)  # noqa: S101
            made.append(
                Reviewed(id_, subjects[id_], str(row["kind"]), str(row["severity"]), tuple(values), tuple(sources))
            )
    return made
