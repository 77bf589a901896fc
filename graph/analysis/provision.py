"""Who provides a segment and where, and whether a place depends on others for it, over a graph."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from aikg.graph.analysis import chain_inputs
from aikg.graph.analysis.cells import nulls
from aikg.graph.analysis.concentration import hhi
from aikg.graph.analysis.facts import names_of, things, works_in
from aikg.graph.analysis.names import find, find_place
from aikg.graph.analysis.providers import import_dependence, provider_concentration
from aikg.graph.analysis.supply import LEVELS, answered, checked_level, no_supplies, places_of, supplies_of
from aikg.graph.analysis.tables import records
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["concentration_of", "dependence_of", "providers_of", "segment_named"]

_COMBINATIONS = 4096


def segment_named(graph: KnowledgeGraph, text: str) -> str:
    """Id of the segment or technology that a user names; QueryError for another name."""
    return find(graph, text, "ChainSegment", "Technology")[0]


class _Provision(NamedTuple):
    amounts: dict[str, float]  # by place; a provider without a place stands for itself
    n: dict[str, int]
    sources: dict[str, list[str]]
    by: str
    period: str | None
    variants: list[dict[str, float]]  # with each disputed firm in one place only


def providers_of(graph: KnowledgeGraph, segment: str, *, level: str = "City") -> pd.DataFrame:
    """Where a segment (or technology) is provided: place, place_id, n (firms), share (0-1), by, period, sources; largest first.

    Shares are those of PROVIDES, of the latest year, where any is recorded; else the share of the firms (distinct per place) that work in the
    segment: `by` says which. A provider whose place is not recorded is left out of the latter and stands for itself in the former.
    """
    checked_level(level)
    node = segment_named(graph, segment)
    found, names = _Givers(graph, level).provision(node), names_of(graph)
    total = math.fsum(found.amounts.values())
    rows = [
        {
            "place": names[place],
            "place_id": place,
            "n": found.n[place],
            "share": amount / total if found.by == "firms" else amount,
            "by": found.by,
            "period": found.period,
            "sources": found.sources[place],
        }
        for place, amount in sorted(found.amounts.items(), key=lambda item: (-item[1], item[0]))
    ]
    note = None if rows else say("no provider with a place is recorded", "未见有所在地的提供者的记载")
    return answered(rows, ["place", "place_id", "n", "share", "by", "period", "sources"], found.by, note)


def concentration_of(
    graph: KnowledgeGraph,
    segments: Iterable[str],
    *,
    level: str = "City",
    threshold: float = 0.75,
    eto: bool = False,
    min_count: int = 3,
) -> pd.DataFrame:
    """Concentration of the provision of segments over places, one row per segment with a provider on record.

    Columns: segment, segment_id, n (firms, or providers with a share), places, value (least number of places that reach the threshold; null
    below `min_count` firms), reached, hhi with low and high (disputed headquarters), by, period, sources.
    """
    checked_level(level)
    if not 0 < threshold <= 1:
        raise QueryError(
            say(f"threshold={threshold} is not above 0 and at most 1", f"threshold={threshold} 应大于 0、至多 1")
        )
    names, givers, rows = names_of(graph), _Givers(graph, level), []
    for segment in segments:
        found = givers.provision(segment)
        if not found.amounts:
            continue
        n = sum(found.n.values())
        enough = found.by != "firms" or n >= min_count
        total = math.fsum(found.amounts.values())
        shares = found.amounts if found.by != "firms" else {p: a / total for p, a in found.amounts.items()}
        least = provider_concentration(shares, threshold=threshold, eto=eto)
        spread = [hhi(variant, renormalise=True) for variant in [found.amounts, *(found.variants or [])]]
        rows.append(
            {
                "segment": names[segment],
                "segment_id": segment,
                "n": n,
                "places": len(found.amounts),
                "value": least.value if enough else None,
                "reached": least.reached,
                "hhi": hhi(found.amounts, renormalise=True) if enough else math.nan,
                "low": min(spread) if enough else math.nan,
                "high": max(spread) if enough else math.nan,
                "by": found.by,
                "period": found.period,
                "sources": sorted({entry for said in found.sources.values() for entry in said}),
            }
        )
    columns = [
        "segment",
        "segment_id",
        "n",
        "places",
        "value",
        "reached",
        "hhi",
        "low",
        "high",
        "by",
        "period",
        "sources",
    ]
    result = answered(rows, columns, "firms", None)
    result["value"] = result["value"].astype("Int64")
    result = result.sort_values(["hhi", "segment_id"], ascending=[False, True], ignore_index=True)
    result.attrs["by"] = ", ".join(sorted(set(result["by"]))) or "firms"
    if result.empty:
        result.attrs["note"] = say("no provider with a place is recorded", "未见有所在地的提供者的记载")
    return result


class _Givers:
    """Who provides what and where, read once for all segments."""

    def __init__(self, graph: KnowledgeGraph, level: str) -> None:
        self.at = places_of(graph, level)
        places = {place for spots in self.at.values() for place in spots}
        self.doubtful = chain_inputs.doubtful(graph, places)
        self.firms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in records(works_in(graph, objects=("ChainSegment", "Technology"))):
            self.firms[row.segment][row.id].update(row.sources)
        companies, edges = set(things(graph, "Company")["id"]), graph.edges.get("PROVIDES")
        self.shared: dict[str, list[Any]] = defaultdict(list)
        for row in [] if edges is None else records(edges.astype(object)):
            if not is_null(row.share):
                self.shared[row.object].append(row)
            if row.subject in companies:
                self.firms[row.object][row.subject].update(row.sources)

    def provision(self, segment: str) -> _Provision:
        return self._by_share(segment) if self.shared[segment] else self._by_firms(segment)

    def _by_share(self, segment: str) -> _Provision:
        years = [int(row.year) for row in self.shared[segment] if not is_null(row.year)]
        latest = max(years, default=None)
        amounts: dict[str, float] = defaultdict(float)
        n: dict[str, int] = defaultdict(int)
        cited: dict[str, set[str]] = defaultdict(set)
        for row in self.shared[segment]:
            if latest is not None and (is_null(row.year) or int(row.year) != latest):
                continue
            spots = self.at.get(row.subject, set())
            place = min(spots) if len(spots) == 1 else row.subject
            amounts[place] += float(row.share)
            n[place] += 1
            cited[place].update(row.sources)
        sources = {place: sorted(said) for place, said in cited.items()}
        period = None if latest is None else str(latest)
        return _Provision(dict(amounts), dict(n), sources, "PROVIDES share", period, [])

    def _by_firms(self, segment: str) -> _Provision:
        firms = self.firms[segment]
        homes = {firm: sorted(self.at[firm]) for firm in sorted(firms) if firm in self.at}
        by_place: dict[str, list[str]] = defaultdict(list)
        for firm, spots in homes.items():
            for place in spots:
                by_place[place].append(firm)
        said = {place: sorted({e for firm in of for e in firms[firm]}) for place, of in by_place.items()}
        counts = {place: len(of) for place, of in sorted(by_place.items())}
        # A firm in doubt sits in one of the places that it is in doubt of, and in all others in any case.
        options: list[list[tuple[str, ...]]] = []
        for firm, spots in homes.items():
            sure = tuple(place for place in spots if (firm, place) not in self.doubtful)
            options.append([(*sure, place) for place in spots if place not in sure] or [sure])
        variants = []
        if 1 < math.prod(len(option) for option in options) <= _COMBINATIONS:
            for choice in itertools.product(*options):
                tally: dict[str, float] = defaultdict(float)
                for place in itertools.chain.from_iterable(choice):
                    tally[place] += 1
                variants.append(dict(tally))
        amounts = {place: float(count) for place, count in counts.items()}
        return _Provision(amounts, counts, said, "firms", None, variants)


def dependence_of(graph: KnowledgeGraph, segment: str, place: str) -> pd.DataFrame:
    """The import-dependence triple of a place for a segment (`providers.import_dependence`), for all years together and for each.

    A supply is of the segment where its product names it, or its supplier works in it and the product names no other one. Imports are
    relations from firms of other places into the place, exports those of its own firms. Columns: period (null: all), criterion, value, above,
    holds, n, sources. `attrs`: `cepii`, `eu` (whether all criteria hold, all years together). Suppliers whose place is not recorded are left
    out, and counted in the note.
    """
    columns = ["period", "criterion", "value", "above", "holds", "n", "sources"]
    node, (here, name) = segment_named(graph, segment), find_place(graph, place)
    if "SUPPLIES" not in graph.edges:
        return answered([], columns, "relations", no_supplies())
    level = chain_inputs.level_of(graph, here)
    # Regions overlap, so what stands outside of one is told by cities.
    own, other = places_of(graph, level), places_of(graph, level if level in LEVELS else "City")
    work = works_in(graph, objects=("ChainSegment", "Technology"))
    firms = set(work.loc[work["segment"] == node, "id"])
    table = supplies_of(graph)
    of = {text: _named(text, node) for text in set(table["input"].dropna())}
    fits = [
        of[item] if item is not None and of[item] is not None else supplier in firms
        for supplier, item in zip(table["supplier"], table["input"], strict=True)
    ]
    table = table[pd.Series(fits, index=table.index, dtype=bool)]
    world = _Givers(graph, level if level in LEVELS else "City").provision(node).amounts
    periods = sorted({int(year) for year in table["year"].dropna()})
    rows, verdict, unknown = [], {}, 0
    for period in [None, *periods]:
        part = table if period is None else table[[y is not None and int(y) == period for y in table["year"]]]
        imports: dict[str, float] = defaultdict(float)
        exports = inner = 0
        for row in records(part):
            inside = here in own.get(row.supplier, ())
            into = here in own.get(row.customer, ())
            exports += inside
            inner += inside and into
            if into and not inside:
                spots = other.get(row.supplier, set())
                unknown += not spots and period is None
                for spot in sorted(spots)[:1]:
                    imports[spot] += 1
        triple = import_dependence(imports, exports, world, own=inner)
        verdict[period] = triple.attrs
        cited = sorted({entry for said in part["sources"] for entry in said})
        for criterion, row in triple.iterrows():
            value = {key: row[key] for key in ("value", "above", "holds", "n")}
            rows.append(
                {"period": None if period is None else str(period), "criterion": criterion, **value, "sources": cited}
            )
    notes = []
    if not len(table):
        notes.append(say(f"no supply of {segment} is recorded", f"未见{segment}的供应关系的记载"))
    if unknown:
        notes.append(
            say(
                f"{unknown} suppliers to {name} without a place are left out",
                f"{unknown} 个对{name}的供应方所在地未见记载，未计入",
            )
        )
    found = answered(rows, columns, "relations", "; ".join(notes) or None)
    found["period"] = nulls(found["period"])
    found.attrs.update(verdict[None])
    return found


def _named(product: str, segment: str) -> bool | None:
    """Whether a product's name names the segment; None where it names none at all."""
    concept = load_concepts().find(product)
    if concept is None:
        return None
    followed = {target for kind, target in load_concepts().mappings(concept.id) if kind in chain_inputs.FOLLOWED}
    return segment in {concept.id, *followed}
