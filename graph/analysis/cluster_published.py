"""Quotients from what sources publish by place and segment: shares of a place against shares of its country."""

from __future__ import annotations

import difflib
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis.cluster_answers import tidy, told
from aikg.graph.analysis.cluster_inputs import LEVELS
from aikg.graph.analysis.facts import ROOT, above, links, names_of, things
from aikg.graph.analysis.quotient import location_quotient, quotient_of_shares
from aikg.graph.analysis.tables import records
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.ranking import rank
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Published", "published", "published_quotient", "published_table"]

_SAID = {"exact", "approx", "range"}
"""Qualifiers of values that are what they say; over, under, planned, forecast … are bounds, or no facts yet."""
_COLUMNS = [
    "place",
    "place_id",
    "segment",
    "segment_id",
    "n",
    "share",
    "reference",
    "period",
    "value",
    "low",
    "high",
    "sources",
]


@dataclass(frozen=True)
class Published:
    """A published value of a place (or the country) and a segment or layer; several that differ give `low` and `high`."""

    place: str
    segment: str
    period: str
    unit: str
    value: float
    low: float
    high: float
    sources: list[str]


def published(graph: KnowledgeGraph, indicator: str, labels: Sequence[str]) -> list[Published]:
    """Observations of an indicator that are given for one place of these labels and one segment or layer.

    Bounds (over, under), plans and forecasts are no values and are left out; so is what is said of a third thing too.
    QueryError, with the indicators that have such values, where there is none.
    """
    known = load_concepts().find_indicator(indicator)
    wanted = {indicator, known.name if known else indicator}
    frame, subjects = graph.nodes.get("Observation"), defaultdict(set)
    for row in records(links(graph, "OBSERVED")):
        subjects[row.object].add(row.subject)
    here = set(things(graph, *labels)["id"])
    parts = set(things(graph, "ChainSegment", "ChainLayer")["id"]) - {ROOT}
    groups: dict[tuple[str, str, str, str], list[tuple[tuple[object, ...], float, float, list[str]]]] = defaultdict(
        list
    )
    offered: set[str] = set()
    for row in [] if frame is None else records(frame.astype(object)):
        of = subjects[row.id]
        # A third subject (a park, a group of firms, a technology) makes it a statement of something narrower.
        if len(of) != 2 or len(of & here) != 1 or len(of & parts) != 1 or is_null(row.value):
            continue
        offered.add(row.indicator_text if is_null(row.indicator) else row.indicator)
        if wanted.isdisjoint({row.indicator, row.indicator_text}) or not set(_list(row.qualifier)) <= _SAID:
            continue
        period, unit = ("" if is_null(text) else str(text) for text in (row.period, row.unit))
        high = float(row.value if is_null(row.value_max) else row.value_max)
        as_of = None if is_null(row.as_of) else row.as_of
        key = rank(as_of, row.confidence, 0, None, _list(row.sources)[0] if _list(row.sources) else "")
        cell = (min(of & here), min(of & parts), period, unit)
        groups[cell].append((key, float(row.value), high, _list(row.sources)))
    if not groups:
        raise QueryError(_not_published(indicator, labels, sorted(offered)))
    found = []
    for cell, values in sorted(groups.items()):
        first = min(values, key=lambda value: value[0])
        # A range is not a value: it has ends, and nothing is known of the middle.
        value = first[1] if first[1] == first[2] else math.nan
        cited = sorted({entry for _, _, _, said in values for entry in said})
        low, high = min(v[1] for v in values), max(v[2] for v in values)
        found.append(Published(*cell, value, low, high, cited))
    return found


def _not_published(indicator: str, labels: Sequence[str], offered: list[str]) -> str:
    what = say(
        f"no value of '{indicator}' is given for {', '.join(labels)} and a segment",
        f"没有按{'、'.join(labels)}和环节给出的“{indicator}”",
    )
    if not offered:
        return what
    near = difflib.get_close_matches(indicator, offered, n=3, cutoff=0.4) or offered[:5]
    listed = ", ".join(near)
    return say(f"{what}; take 'firms', or one of {listed}", f"{what}；请用 firms，或 {listed}")


def published_table(graph: KnowledgeGraph, indicator: str, level: str, rows: Sequence[str]) -> pd.DataFrame:
    """Places × segments of the latest published values, NaN where none is given; ``attrs["unit"]``."""
    found = _latest([value for value in published(graph, indicator, [level]) if value.place in set(rows)])
    index, columns = sorted({v.place for v in found}), sorted({v.segment for v in found})
    wide = pd.DataFrame(math.nan, index=index, columns=columns)
    for value in found:
        wide.loc[value.place, value.segment] = value.value
    names = names_of(graph, "ChainSegment", "ChainLayer", *LEVELS)
    told(wide, by=indicator, n=len(found), note=None if found else _empty(indicator))
    wide.attrs |= {
        "names": {key: names[key] for key in [*index, *columns]},
        "unit": "、".join(sorted({v.unit for v in found})),
    }
    return wide


def published_quotient(graph: KnowledgeGraph, indicator: str, level: str, rows: Sequence[str]) -> pd.DataFrame:
    """Location quotients from an indicator: shares (%) against the country's shares, other amounts by their structure.

    A place and its country are compared for the same segments, unit and period, the latest that both have. `share` is the
    place's value, `reference` the country's; n is null, since sources do not say how many firms are behind a share.
    `low` and `high` are the extremes of all values given for the period. QueryError where nothing can be compared.
    """
    countries = set(things(graph, "Country")["id"])
    given = published(graph, indicator, [level])
    wholes = published(graph, indicator, ["Country"]) if given else []
    ways, names = above(graph), names_of(graph, "ChainSegment", "ChainLayer", *LEVELS)
    answer: list[dict[str, Any]] = []
    for place in sorted({v.place for v in given} & set(rows)):
        up = countries & set(ways.get(place, {}))
        pairs = _pairs([v for v in given if v.place == place], [v for v in wholes if v.place in up])
        if not pairs:
            continue
        for (own, whole), (value, low, high) in zip(pairs, _quotients(pairs), strict=True):
            answer.append(
                {
                    "place": names[place],
                    "place_id": place,
                    "segment": names[own.segment],
                    "segment_id": own.segment,
                    "n": None,
                    "share": own.value,
                    "reference": whole.value,
                    "period": own.period or None,
                    "value": value,
                    "low": low,
                    "high": high,
                    "sources": sorted({*own.sources, *whole.sources}),
                }
            )
    return tidy(answer, _COLUMNS, by=indicator, n=None, note=None if answer else _empty(indicator))


def _empty(indicator: str) -> str:
    return say(
        f"'{indicator}' is not given for these places and their country in one period",
        f"没有这些地方及其国家同一时期的“{indicator}”",
    )


def _latest(values: list[Published]) -> list[Published]:
    """The latest period of each place and segment."""
    latest: dict[tuple[str, str], Published] = {}
    for value in sorted(values, key=lambda v: v.period):
        latest[value.place, value.segment] = value
    return [latest[key] for key in sorted(latest)]


def _pairs(given: list[Published], wholes: list[Published]) -> list[tuple[Published, Published]]:
    """Values of a place with those of its country, of the latest period and unit that both have."""
    whole = {(v.segment, v.period, v.unit): v for v in wholes}
    pairs = [(v, whole[v.segment, v.period, v.unit]) for v in given if (v.segment, v.period, v.unit) in whole]
    if not pairs:
        return []
    latest = max((own.period, own.unit) for own, _ in pairs)
    return [pair for pair in pairs if (pair[0].period, pair[0].unit) == latest]


def _quotients(pairs: list[tuple[Published, Published]]) -> list[tuple[float, float, float]]:
    """Value, low and high of each pair."""
    of_shares = pairs[0][0].unit == "%"
    found = []
    for at in range(len(pairs)):
        cell = []
        # The cell at one end and all else at the other gives the largest quotient that it can have, and the smallest.
        for here, there in (("value", "value"), ("low", "high"), ("high", "low")):
            own = [float(getattr(o, here if i == at else there)) for i, (o, _) in enumerate(pairs)]
            whole = [float(getattr(w, there if i == at else here)) for i, (_, w) in enumerate(pairs)]
            if math.isnan(sum([own[at], whole[at]] if of_shares else own + whole)):
                cell.append(math.nan)
            elif of_shares:
                cell.append(float(quotient_of_shares([own[at]], [whole[at]]).iloc[0]))
            else:
                cell.append(float(location_quotient(pd.DataFrame([own]), reference=whole)[at].iloc[0]))
        found.append((cell[0], cell[1], cell[2]))
    return found


def _list(cell: object) -> list[str]:
    return [] if is_null(cell) else [str(entry) for entry in cell]  # type: ignore[attr-defined]
