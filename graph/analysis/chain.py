"""Measures of the chain over a graph: states of segments, coverage, what to strengthen, fill and extend, who supplies.

Each method builds a table from the graph and calls a pure function of this package. What is not recorded is said to be
"not recorded", unless the caller declares the input `complete`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis import absence, chain_inputs, provision, supply
from aikg.graph.analysis.cells import cell, row_of
from aikg.graph.analysis.complexity import presence
from aikg.graph.analysis.concentration import hhi
from aikg.graph.analysis.coverage import STATES, actions, connected_coverage, coverage, segment_states
from aikg.graph.analysis.facts import names_of
from aikg.graph.analysis.names import find_place
from aikg.graph.analysis.quotient import location_quotient
from aikg.graph.analysis.relatedness import relatedness_density
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Chain"]

_OVERLAPPING = ("Region", "Country", "District")
"""Levels whose places are compared with all cities on record: they overlap, or are few, or have too few firms."""


class Chain:
    """``kg.chain``: measures of the chain of a graph. `graph` is a KnowledgeGraph.

    >>> Chain(graph).states("深圳")  # doctest: +SKIP
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self._firms: dict[tuple[str, bool], chain_inputs.Firms] = {}
        self._names: dict[str, str] | None = None

    # -- what a place has ---------------------------------------------------------------------------

    def states(
        self,
        place: str,
        *,
        layer: str = "",
        k: int = 3,
        min_count: int = 3,
        roll_up: bool = False,
        complete: bool = False,
    ) -> pd.DataFrame:
        """State of each segment of the chain in a place, one row per segment.

        Columns: segment, id, layer (list), n (distinct firms recorded here), low and high (n without and with the firms whose headquarters are
        disputed), state (`coverage.segment_state`: strong, present, thin, stated, none, not recorded), lq (NaN below `min_count` firms), firms
        (list), stated_by (list: parks, policies … that name it, firms of finer segments), sources. `complete` declares that the graph records all firms here: only
        then is a segment without one `none`. With `roll_up` firms of finer segments count for the wider one too.
        The quotient compares a city with all cities on record, a province with all provinces, other places with all cities.
        """
        _at_least(k=k, min_count=min_count + 1)
        here, name = find_place(self.graph, place)
        segments = chain_inputs.chain_segments(self.graph, layer or None)
        level = chain_inputs.level_of(self.graph, here)
        firms = self.counted(level, roll_up)
        counts = self._row(firms.table(segments), here, segments)
        sure = self._row(firms.table(segments, sure=True), here, segments)
        lq = self.quotients(here, min_count=min_count, roll_up=roll_up).reindex(segments)
        said = chain_inputs.stated_in(self.graph, here, roll_up=roll_up)
        if not roll_up:
            # A firm of a finer segment does not count here, but it says that the place has something of it.
            finer = self.counted(level, True)
            for s in segments:
                if not firms.at.get((here, s)):
                    said[s] = {**said.get(s, {}), **{f: sorted(e) for f, e in finer.at.get((here, s), {}).items()}}
        spoken = pd.DataFrame([[bool(said.get(s)) for s in segments]], [here], segments)
        state = segment_states(counts, lq.to_frame().T.set_axis([here]), k=k, stated=spoken, complete=complete)
        layers = chain_inputs.layer_of(self.graph, segments)
        names = self._all_names()
        rows = []
        for s in segments:
            at, by = firms.at.get((here, s), {}), said.get(s, {})
            cited = {entry for part in (*at.values(), *(by.values() if not at else ())) for entry in part}
            rows.append(
                {
                    "segment": names[s],
                    "id": s,
                    "layer": layers[s],
                    "n": int(cell(counts, here, s)),
                    "low": int(cell(sure, here, s)),
                    "high": int(cell(counts, here, s)),
                    "state": state.at[here, s],
                    "lq": lq[s] if at or complete else math.nan,  # 0 would claim that there is nothing
                    "firms": sorted(names[firm] for firm in at),
                    "stated_by": sorted({names[speaker] for speaker in by}),
                    "sources": sorted(cited),
                }
            )
        columns = ["segment", "id", "layer", "n", "low", "high", "state", "lq", "firms", "stated_by", "sources"]
        found = pd.DataFrame(rows, columns=columns)
        found = found.sort_values("state", key=lambda c: c.map(STATES.index), kind="stable", ignore_index=True)
        n = len({firm for (p, s), of in firms.at.items() if p == here and s in set(segments) for firm in of})
        found.attrs.update(by="firms", n=n, note=None if n else _no_firms(name), place=here)
        return found

    def coverage(
        self,
        place: str | Sequence[str] | None = None,
        *,
        level: str = "City",
        layer: str = "",
        at_least: int = 1,
        roll_up: bool = False,
        via_layers: bool = False,
        complete: bool = False,
    ) -> pd.DataFrame:
        """How much of the chain a place has; without a place, every place of the level with a firm on record, one row each.

        Columns: place, place_id, n (distinct firms), value (share of the segments with `at_least` firms, 0-1), low and high (without and with
        firms whose headquarters are disputed), covered, few, none, unknown (not recorded), segments; connected (share of the pairs upstream ->
        downstream with both ends), linked, pairs and, of these, pairs_stated, pairs_use, pairs_layers (`chain_inputs.segment_pairs`); sources.
        """
        _at_least(at_least=at_least)
        segments = chain_inputs.chain_segments(self.graph, layer or None)
        pairs = chain_inputs.segment_pairs(self.graph, segments, roll_up=roll_up, via_layers=via_layers)
        ends = list(zip(pairs["upstream"], pairs["downstream"], strict=True))
        by_basis = pairs["basis"].value_counts()
        names, all_firms = self._all_names(), set[str]()
        rows = []
        for here in self._places(place, level):
            firms = self.counted(chain_inputs.level_of(self.graph, here), roll_up)
            counts = self._row(firms.table(segments), here, segments)
            sure = self._row(firms.table(segments, sure=True), here, segments)
            row = row_of(coverage(counts, at_least=at_least, complete=complete), here)
            linked = row_of(connected_coverage(counts, ends, at_least=at_least), here)
            own = {firm for s in segments for firm in firms.at.get((here, s), ())}
            all_firms |= own
            # Where no segment is known to be there or not, a share of 0 would claim that nothing is.
            known = row["covered"] + row["few"] + row["none"] > 0
            rows.append(
                {
                    "place": names[here],
                    "place_id": here,
                    "n": len(own),
                    "value": row["coverage"] if known else math.nan,
                    "low": coverage(sure, at_least=at_least).at[here, "coverage"] if known else math.nan,
                    "high": row["coverage"] if known else math.nan,
                    **{name: int(row[name]) for name in ("covered", "few", "none", "unknown", "segments")},
                    "connected": linked["connected"] if known else math.nan,
                    "linked": int(linked["linked"]),
                    "pairs": int(linked["pairs"]),
                    **{f"pairs_{basis}": int(by_basis.get(basis, 0)) for basis in chain_inputs.BASES},
                    "sources": firms.sources(here, segments),
                }
            )
        columns = ["place", "place_id", "n", "value", "low", "high", "covered", "few", "none", "unknown", "segments"]
        columns += ["connected", "linked", "pairs", *(f"pairs_{b}" for b in chain_inputs.BASES), "sources"]
        found = pd.DataFrame(rows, columns=columns)
        found = found.sort_values(["value", "place_id"], ascending=[False, True], ignore_index=True)
        note = None
        if not ends:
            note = say(
                "no pair of these segments is recorded as upstream and downstream", "未见这些环节之间上下游关系的记载"
            )
        found.attrs.update(by="firms", n=len(all_firms), note=note)
        return found

    def pairs(self, *, layer: str = "", roll_up: bool = False, via_layers: bool = False) -> pd.DataFrame:
        """The pairs upstream -> downstream that `coverage` and `actions` use, each with its basis (stated, use, layers) and sources."""
        segments = chain_inputs.chain_segments(self.graph, layer or None)
        found = chain_inputs.segment_pairs(self.graph, segments, roll_up=roll_up, via_layers=via_layers)
        names = self._all_names()
        found.insert(0, "from", found["upstream"].map(names))
        found.insert(1, "to", found["downstream"].map(names))
        found["via"] = [sorted(names[node] for node in via) for via in found["via"]]
        found.attrs.update(by="relations", n=len(found), note=None)
        return found

    def actions(
        self,
        place: str,
        *,
        layer: str = "",
        k: int = 3,
        min_count: int = 3,
        provider_hhi: float = 0.4,
        outside: float = 0.5,
        percentile: float = 0.75,
        least_held: int = 3,
        via_layers: bool = False,
        roll_up: bool = False,
        complete: bool = False,
    ) -> pd.DataFrame:
        """What a place might strengthen (强链), fill (补链) and extend into (延链), each with its reasons; rules in `coverage.actions`.

        Columns: action (strong, fill, extend), segment, id, state, n, reasons (codes), neighbours, basis (of the pairs to these neighbours),
        density, cut, sources. `attrs["note"]` says what could not be judged (no pairs, no supplies, no density).
        """
        states = self.states(
            place, layer=layer, k=k, min_count=min_count, roll_up=roll_up, complete=complete
        ).set_index("id")
        if not 0 <= percentile <= 1:
            raise QueryError(say(f"percentile={percentile} is not 0 to 1", f"percentile={percentile} 应在 0 到 1 之间"))
        here, _ = find_place(self.graph, place)
        level = chain_inputs.level_of(self.graph, here)
        segments = list(states.index)
        pairs = chain_inputs.segment_pairs(self.graph, segments, roll_up=roll_up, via_layers=via_layers)
        density, held = self.density(here, min_count=min_count)
        found = actions(
            states,
            list(zip(pairs["upstream"], pairs["downstream"], strict=True)),
            density=density,
            held=held,
            threats=self._threats(here, segments, min_count),
            provider_hhi=provider_hhi,
            outside=outside,
            percentile=percentile,
            least_held=least_held,
        )
        names, notes = self._all_names(), []
        of_pair = {frozenset((p.upstream, p.downstream)): (p.basis, p.sources) for p in records(pairs)}
        ways = [[of_pair[frozenset((row.segment, near))] for near in row.neighbours] for row in records(found)]
        cited = [
            sorted({*cell(states, row.segment, "sources"), *(e for _, said in way for e in said)})
            if row.action != "extend"
            else sorted(self.counted(level, False).sources(here, held))
            for row, way in zip(records(found), ways, strict=True)
        ]
        found.insert(2, "id", found["segment"])
        found["segment"] = found["id"].map(names)
        found.insert(7, "basis", pd.Series([sorted({b for b, _ in way}) for way in ways], dtype=object))
        found["neighbours"] = [[names[s] for s in near] for near in found["neighbours"]]
        found["sources"] = pd.Series(cited, dtype=object)
        if pairs.empty:
            notes.append(
                say(
                    "no pair of segments is recorded, so the list to fill is empty",
                    "未见环节上下游的记载，补链无从判断",
                )
            )
        if len(held) < least_held:
            notes.append(
                say(
                    f"specialised in {len(held)} segments, fewer than {least_held}: no density, so the list to extend is empty",
                    f"优势环节 {len(held)} 个，不足 {least_held} 个：无密度可言，延链无从判断",
                )
            )
        if "SUPPLIES" not in self.graph.edges:
            notes.append(supply.no_supplies())
        found.attrs.update(by="firms", n=int((states["n"] > 0).sum()), note="; ".join(notes) or None)
        return found

    # -- supply, in `supply` and `absence` ------------------------------------------------------------

    def leakage(self, place: str, *, min_count: int = 3) -> pd.DataFrame:
        """Share of the supplies into a place's segments that come from outside; see `supply.leakage_of`."""
        return supply.leakage_of(self.graph, place, min_count=min_count)

    def tiers(self, company: str, *, direction: str = "upstream", steps: int = 3) -> pd.DataFrame:
        """Suppliers (upstream) or customers (downstream) of a company by tier; see `supply.tiers_of`."""
        return supply.tiers_of(self.graph, company, direction=direction, steps=steps)

    def providers(self, segment: str, *, level: str = "City") -> pd.DataFrame:
        """Who provides a segment, by place, with shares; see `provision.providers_of`."""
        return provision.providers_of(self.graph, segment, level=level)

    def provider_concentration(
        self,
        segment: str = "",
        *,
        level: str = "City",
        threshold: float = 0.75,
        eto: bool = False,
        min_count: int = 3,
    ) -> pd.DataFrame:
        """Least number of places that provide 75 % of a segment, and their HHI, one row per segment; see `provision.concentration_of`."""
        wanted = [provision.segment_named(self.graph, segment)] if segment else chain_inputs.chain_segments(self.graph)
        return provision.concentration_of(
            self.graph, wanted, level=level, threshold=threshold, eto=eto, min_count=min_count
        )

    def dependence(self, segment: str, place: str) -> pd.DataFrame:
        """The import-dependence triple of a place for a segment; see `provision.dependence_of`."""
        return provision.dependence_of(self.graph, segment, place)

    def choke_points(self, product: str, *, inputs: Iterable[str] = ()) -> pd.DataFrame:
        """What a product or company cannot be made without; see `supply.choke_points_of`."""
        return supply.choke_points_of(self.graph, product, inputs=inputs)

    def substitutability(self, company: str, *, level: str = "City") -> pd.DataFrame:
        """How far the customers of a company have another supplier; see `supply.substitutability_of`."""
        return supply.substitutability_of(self.graph, company, level=level)

    def absence(self, id_or_name: str) -> pd.DataFrame:
        """What the absence of a technology, segment or company would stop; see `absence.absence_of`."""
        return absence.absence_of(self.graph, id_or_name)

    # -- numbers that other measures take -------------------------------------------------------------

    def counted(self, level: str, roll_up: bool = False) -> chain_inputs.Firms:
        """Firms of each place of a level by segment, read once."""
        if (level, roll_up) not in self._firms:
            self._firms[level, roll_up] = chain_inputs.firms_of(self.graph, level, roll_up=roll_up)
        return self._firms[level, roll_up]

    def quotients(self, here: str, *, min_count: int = 3, roll_up: bool = False) -> pd.Series[float]:
        """Location quotients of a place (an id) over all segments with firms; the whole is all places that it is compared with."""
        level = chain_inputs.level_of(self.graph, here)
        whole = self.counted("City" if level in _OVERLAPPING else level, roll_up)
        own = self.counted(level, roll_up)
        segments = sorted({s for _, s in (*whole.at, *own.at)})
        table = self._row(own.table(segments), here, segments)
        reference = whole.table(segments).sum()
        if not segments or not table.to_numpy().any():
            return pd.Series(math.nan, index=segments, dtype="float64")
        return row_of(location_quotient(table, min_count, reference=reference), here)

    def density(self, here: str, *, min_count: int = 3) -> tuple[pd.Series[float] | None, list[str]]:
        """Relatedness density of a city or province (an id), None for other levels, and the segments that it is specialised in (M)."""
        level = chain_inputs.level_of(self.graph, here)
        if level in _OVERLAPPING:
            return None, []
        firms = self.counted(level, False)
        table = firms.table(sorted({s for _, s in firms.at}))
        if here not in table.index:
            return None, []
        m = presence(table, min_count=min_count)
        return row_of(relatedness_density(m), here), [s for s in m.columns if m.at[here, s]]

    # -- parts ----------------------------------------------------------------------------------------

    def _all_names(self) -> dict[str, str]:
        if self._names is None:
            self._names = names_of(self.graph)
        return self._names

    def _row(self, table: pd.DataFrame, here: str, segments: list[str]) -> pd.DataFrame:
        return table.reindex(index=[here], columns=segments, fill_value=0).fillna(0)

    def _places(self, place: str | Sequence[str] | None, level: str) -> list[str]:
        if place is None or (isinstance(place, str) and not place):
            if level not in ("City", "Province", "Region", "Country", "District"):
                what = "City, Province, Region, Country, District"
                raise QueryError(say(f"level '{level}' is none of {what}", f"层级“{level}”不对，应为 {what} 之一"))
            return sorted({here for here, _ in self.counted(level, False).at})
        listed = [place] if isinstance(place, str) else place
        return list(dict.fromkeys(find_place(self.graph, text)[0] for text in listed))

    def _threats(self, here: str, segments: list[str], min_count: int) -> pd.DataFrame:
        table = self.counted("City", False).table(segments)
        alone = [
            hhi(table[s], renormalise=True) if len(table) and table[s].sum() >= max(min_count, 1) else math.nan
            for s in segments
        ]
        return pd.DataFrame({"hhi": alone, "outside": supply.outside_shares(self.graph, here, segments)}, segments)


def _at_least(**numbers: Any) -> None:
    for name, number in numbers.items():
        if number < 1:
            raise QueryError(say(f"{name}={number} is too small", f"{name}={number} 太小"))


def _no_firms(name: str) -> str:
    return say(
        f"no company of {name} with a segment is recorded, which does not mean that there is none",
        f"未见{name}企业及其环节的记载，不等于没有",
    )
