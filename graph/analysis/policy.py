"""Measures of policy over a graph: what places focus on, how alike that is, and whether firms are there.

Who speaks for a place is a choice (`speakers`, in ``attrs``): the place itself, the policies that it issued or that apply to it,
and, on request, the parks in it. A ministry does not speak for the city that it sits in.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis import chain_inputs
from aikg.graph.analysis.cells import cell, nulls, row_of
from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.facts import above, links, names_of, things
from aikg.graph.analysis.names import find_place
from aikg.graph.analysis.policy_gap import gap_correlation, map_words, policy_gap
from aikg.graph.analysis.policy_inputs import LEVELS, Focus, focus_of, items_of, policy_places, said_by
from aikg.graph.analysis.similarity import focus_overlap, focus_similarity, homogeneity
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Policies"]

Speakers = Iterable[str]
_BOTH = ("place", "policy")


class Policies:
    """``kg.policy``: measures of policy of a graph. `graph` is a KnowledgeGraph.

    >>> Policies(graph).similarity(level="Province")  # doctest: +SKIP
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.chain = Chain(graph)
        self._names: dict[str, str] | None = None

    def focus(self, place: str, *, speakers: Speakers = _BOTH, items: str = "segments") -> pd.DataFrame:
        """What a place focuses on: name, id, n (how many say so), said_by (names), sources; `attrs` with mapped and unmapped."""
        here, _ = find_place(self.graph, place)
        found, names = focus_of(self.graph, speakers=speakers, items=items), self._all_names()
        rows = []
        for item in found.items(here):
            by = found.named[here, item]
            said = sorted({entry for cited in by.values() for entry in cited})
            rows.append(
                {
                    "name": names.get(item, item.partition(":")[2]),
                    "id": item,
                    "n": len(by),
                    "said_by": sorted(names[who] for who in by),
                    "sources": said,
                }
            )
        result = pd.DataFrame(rows, columns=["name", "id", "n", "said_by", "sources"])
        result = result.sort_values(["n", "id"], ascending=[False, True], ignore_index=True)
        return self._told(result, found, [here], speakers, None if rows else _nothing())

    def focus_overlap(
        self,
        level: str = "Province",
        *,
        places: Sequence[str] = (),
        speakers: Speakers = _BOTH,
        items: str = "segments",
        min_count: int = 3,
    ) -> pd.DataFrame:
        """Jaccard overlap of the focuses of each pair of places (of the level, or those named): `value` 0-1, NaN where one of them has fewer
        than `min_count` focuses. `n` are the shared ones, listed in `shared`; n_place and n_other those of either. Highest first.
        """
        found = focus_of(self.graph, speakers=speakers, items=items)
        chosen, _ = self._chosen(found, level, places)
        value = focus_overlap(found.table(chosen), min_count=min_count)
        rows = []
        for one, other in combinations(chosen, 2):
            rows.append(self._pair(found, one, other) | {"value": float(cell(value, one, other))})
        columns = ["place", "place_id", "other", "other_id", "n", "n_place", "n_other", "value", "shared", "sources"]
        return self._told(_ranked(rows, columns), found, chosen, speakers, None if rows else _nothing())

    def similarity(
        self,
        places: Sequence[str] = (),
        *,
        level: str = "Province",
        weighting: str = "idf",
        speakers: Speakers = _BOTH,
        items: str = "segments",
        min_count: int = 3,
    ) -> pd.DataFrame:
        """Cosine of the focuses of each pair of places: `value` by the `weighting` asked for, and both `plain` and `idf` beside it (0-1; NaN below
        `min_count` focuses). The weights are how many name a focus; idf is taken over all places of the levels in question, never the selection
        (`attrs["reference"]` of them have a focus). n, n_place, n_other, shared as in `focus_overlap`.
        """
        _checked_weighting(weighting)
        found = focus_of(self.graph, speakers=speakers, items=items)
        chosen, reference = self._chosen(found, level, places)
        table, whole = found.table(chosen), found.table(reference)
        cosines = {
            name: focus_similarity(table, weighting=name, reference=whole, min_count=min_count)
            for name in ("plain", "idf")
        }
        rows = []
        for one, other in combinations(chosen, 2):
            both = {name: float(cell(cosines[name], one, other)) for name in cosines}
            rows.append(self._pair(found, one, other) | {"value": both[weighting]} | both)
        columns = ["place", "place_id", "other", "other_id", "n", "n_place", "n_other", "value", "plain", "idf"]
        result = _ranked(rows, [*columns, "shared", "sources"])
        result = self._told(result, found, chosen, speakers, None if rows else _nothing())
        result.attrs.update(weighting=weighting, reference=len(reference))
        return result

    def homogeneity(
        self,
        places: Sequence[str] = (),
        *,
        level: str = "Province",
        national: str = "中国",
        weighting: str = "idf",
        speakers: Speakers = _BOTH,
        items: str = "segments",
        min_count: int = 3,
    ) -> pd.DataFrame:
        """How alike a group of places is. The first row (`kind` group) holds the mean of the pairwise cosines (`value`), the mean `distance` to the
        national policy (1 - cosine) and the HHI of the pooled focuses; then each place with its mean cosine to the others and its distance.

        `n` are focuses (group: distinct ones), `pairs` the pairs with a cosine. Fewer than two places with `min_count` focuses: NaN.
        A country that the graph does not have gives no distance.
        """
        _checked_weighting(weighting)
        found = focus_of(self.graph, speakers=speakers, items=items)
        chosen, reference = self._chosen(found, level, places)
        nation = self._country(national)
        chosen = [place for place in chosen if place != nation]
        rows_of = [*chosen, *([nation] if nation else [])]
        table, whole = found.table(rows_of), found.table(reference)
        whole = whole if nation is None or nation in whole.index else pd.concat([whole, table.loc[[nation]]])
        options: dict[str, Any] = {"weighting": weighting, "reference": whole, "min_count": min_count}
        group = homogeneity(table, national=nation, **options)
        alike = focus_similarity(table, **options)
        rows = [
            {
                "kind": "group",
                "place": say("(all together)", "（整组）"),
                "place_id": "",
                "n": int((table.loc[chosen] > 0).any().sum()),
                "pairs": int(group["pairs"]),
                "value": float(group["homogeneity"]),
                "distance": 1 - float(group["national"]),
                "pooled_hhi": float(group["pooled_hhi"]),
                "sources": sorted({entry for place in chosen for entry in found.sources(place)}),
            }
        ]
        for place in chosen:
            others = row_of(alike, place)[[other for other in chosen if other != place]].dropna()
            rows.append(
                {
                    "kind": "place",
                    "place": self._all_names()[place],
                    "place_id": place,
                    "n": int((row_of(table, place) > 0).sum()),
                    "pairs": len(others),
                    "value": float(others.mean()) if len(others) else math.nan,
                    "distance": 1 - float(cell(alike, place, nation)) if nation else math.nan,
                    "pooled_hhi": math.nan,
                    "sources": found.sources(place),
                }
            )
        columns = ["kind", "place", "place_id", "n", "pairs", "value", "distance", "pooled_hhi", "sources"]
        result = pd.DataFrame(rows, columns=columns)
        result = result.sort_values(["kind", "value", "place_id"], ascending=[True, False, True], ignore_index=True)
        known = int((row_of(table, nation) > 0).sum()) if nation else 0
        note = None
        if known < max(min_count, 1):
            note = say(
                f"too few of the focuses of {national} have a segment of the chain for a distance ({known})",
                f"{national}的政策重点中可对应到环节的只有 {known} 个，不足以计算距离",
            )
        result = self._told(result, found, chosen, speakers, note)
        result.attrs.update(weighting=weighting, reference=len(whole))
        return result

    def gap(
        self,
        place: str,
        *,
        speakers: Speakers = _BOTH,
        min_count: int = 3,
    ) -> pd.DataFrame:
        """Policy focus against firms, per segment of the chain: rank of the focus minus rank of the location quotient (`gap` < 0: policy aims
        beyond; > 0: overlooked); readings in `policy_gap.policy_gap`. Focus words are mapped through PART_OF and the concordance.

        Columns: segment, id, focus (how many name it), n (firms here, null: not recorded), lq (NaN below `min_count` and where no firm is on record, which ranks as 0),
        density, focus_rank, lq_rank, gap, reading, said_by, sources. `attrs`: mapped (share of the words that have a segment of the chain),
        unmapped (list), spearman (NaN below 5 segments), and these in the note.
        """
        here, name = find_place(self.graph, place)
        chain, names = self.chain, self._all_names()
        words = focus_of(self.graph, speakers=speakers, items="words")
        segments = chain_inputs.chain_segments(self.graph)
        standing = chain_inputs.segments_of(self.graph, segments)
        weights = pd.Series({word: float(len(words.named[here, word])) for word in words.items(here)}, dtype=float)
        mapped = map_words(weights, {word: list(reached) for word, reached in standing.items()})
        speak: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for word in words.items(here):
            for segment, way in standing.get(word, {}).items():
                for who, said in words.named[here, word].items():
                    speak[segment][who].update(said, way)
        lq = chain.quotients(here, min_count=min_count).reindex(segments)
        density, held = chain.density(here, min_count=min_count)
        firms = chain.counted(chain_inputs.level_of(self.graph, here))
        focus = mapped.reindex(segments).fillna(0.0)
        known = len(words.items(here)) > 0
        table = policy_gap(focus, lq if known else lq * math.nan, density if len(held) >= 3 else None)
        rows = []
        for s in segments:
            at = firms.at.get((here, s), {})
            if not (focus[s] or at) and math.isnan(cell(table, s, "gap")):
                continue  # neither targeted nor found anywhere: nothing to compare
            cited = {entry for part in (*at.values(), *speak[s].values()) for entry in part}
            rows.append(
                {
                    "segment": names[s],
                    "id": s,
                    "focus": int(focus[s]),
                    "n": len(at) or None,
                    "lq": lq[s] if at else math.nan,
                }
                | {"density": math.nan if density is None else float(density.get(s, math.nan))}
                | {key: table.at[s, key] for key in ("focus_rank", "lq_rank", "gap", "reading")}
                | {"said_by": sorted(names[who] for who in speak[s]), "sources": sorted(cited)}
            )
        columns = ["segment", "id", "focus", "n", "lq", "density", "focus_rank", "lq_rank", "gap", "reading"]
        result = pd.DataFrame(rows, columns=[*columns, "said_by", "sources"])
        result["n"] = result["n"].astype("Int64")
        result = result.sort_values(["gap", "id"], na_position="last", ignore_index=True)
        rho = gap_correlation(focus, lq) if known else math.nan
        unmapped = sorted(names.get(word, word) for word in mapped.attrs["unmapped"])
        result.attrs.update(by="firms", n=len(rows), speakers=list(said_by(speakers)), spearman=rho)
        result.attrs.update(mapped=mapped.attrs["mapped"], words=mapped.attrs["words"], unmapped=unmapped)
        result.attrs["note"] = _gap_note(name, mapped.attrs, rho)
        return result

    def timeline(self, place: str = "", *, items: str = "segments") -> pd.DataFrame:
        """When policies named what: one row per focus and year, `n` policies, `first` marks the year in which it was first named.

        `place` limits it to the policies of a place and of what lies in it. Columns: period (year; null: not recorded), name, id, n, first (null where
        a policy without a year names it as well: it may be the earlier one), policies, sources. Years are those of issue.
        """
        frame, names = self.graph.nodes.get("Policy"), self._all_names()
        years: dict[str, str] = {}
        if frame is not None:
            years = {
                node: str(int(year))
                for node, year in zip(frame["id"], frame["issued_year"].astype(object), strict=True)
                if not is_null(year)
            }
        wanted = self._policies_in(place) if place else None
        rows = links(self.graph, "FOCUSES_ON", subjects=["Policy"])
        meaning = items_of(self.graph, sorted(set(rows["object"])), items)
        named: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in records(rows):
            if wanted is None or row.subject in wanted:
                for item in meaning.get(row.object, ()):
                    named[item, years.get(row.subject, "")][row.subject].update(row.sources)
        first = {item: min(y for i, y in named if i == item and y) for item, year in named if year}
        undated = {item for item, year in named if not year}
        made = [
            {
                "period": year or None,
                "name": names.get(item, item.partition(":")[2]),
                "id": item,
                "n": len(by),
                "first": None if not year or (year == first[item] and item in undated) else year == first[item],
                "policies": sorted(names[policy] for policy in by),
                "sources": sorted({entry for said in by.values() for entry in said}),
            }
            for (item, year), by in named.items()
        ]
        result = pd.DataFrame(made, columns=["period", "name", "id", "n", "first", "policies", "sources"])
        result = result.sort_values(["period", "n", "id"], ascending=[True, False, True], ignore_index=True)
        for column in ("period", "first"):
            result[column] = nulls(result[column])
        result.attrs.update(
            by="policies", n=len({p for by in named.values() for p in by}), note=None if made else _nothing()
        )
        return result

    # -- parts ----------------------------------------------------------------------------------------

    def _all_names(self) -> dict[str, str]:
        if self._names is None:
            self._names = names_of(self.graph)
        return self._names

    def _country(self, name: str) -> str | None:
        try:
            return find_place(self.graph, name)[0]
        except QueryError:
            return None

    def _chosen(self, found: Focus, level: str, places: Sequence[str]) -> tuple[list[str], list[str]]:
        """Places to compare, and all places that have a recorded focus, whatever is compared: what idf is made of."""
        if level not in LEVELS:
            raise QueryError(
                say(
                    f"level '{level}' is none of {', '.join(LEVELS)}",
                    f"层级“{level}”不对，应为 {'、'.join(LEVELS)} 之一",
                )
            )
        listed = [places] if isinstance(places, str) else list(places)
        named = list(dict.fromkeys(find_place(self.graph, text)[0] for text in listed))
        levels = {chain_inputs.level_of(self.graph, place) for place in named} or {level}
        of_level = set(things(self.graph, *sorted(levels))["id"])
        if "Province" in levels:
            cities = things(self.graph, "City")["id"]
            of_level |= set(cities[cities.astype(str).str.fullmatch(r"city:\d{2}0000")])
        reference = sorted({place for place, _ in found.named})
        return (named or [place for place in reference if place in of_level]), reference

    def _policies_in(self, place: str) -> set[str]:
        here, _ = find_place(self.graph, place)
        inside = {node for node, way in above(self.graph).items() if here in way} | {here}
        return {policy for policy, places in policy_places(self.graph).items() if inside & set(places)}

    def _pair(self, found: Focus, one: str, other: str) -> dict[str, Any]:
        names = self._all_names()
        mine, yours = set(found.items(one)), set(found.items(other))
        shared = sorted(mine & yours)
        return {
            "place": names[one],
            "place_id": one,
            "other": names[other],
            "other_id": other,
            "n": len(shared),
            "n_place": len(mine),
            "n_other": len(yours),
            "shared": [names.get(item, item.partition(":")[2]) for item in shared],
            "sources": sorted({*found.sources(one), *found.sources(other)}),
        }

    def _told(
        self, result: pd.DataFrame, found: Focus, chosen: Sequence[str], speakers: Speakers, note: str | None
    ) -> pd.DataFrame:
        words = {word for place in chosen for word in found.words.get(place, ())}
        unmapped = {word for place in chosen for word in found.unmapped.get(place, ())}
        names = self._all_names()
        result.attrs.update(by="speakers", n=len(chosen), note=note, speakers=list(said_by(speakers)))
        result.attrs["mapped"] = (len(words) - len(unmapped)) / len(words) if words else math.nan
        result.attrs["unmapped"] = sorted(names.get(word, word) for word in unmapped)
        if unmapped and note is None:
            share = result.attrs["mapped"]
            result.attrs["note"] = say(
                f"{len(words) - len(unmapped)} of {len(words)} focus words have a segment ({share:.0%}); the others are left out",
                f"{len(words)} 个重点词中 {len(words) - len(unmapped)} 个可对应到环节（{share:.0%}），其余未计入",
            )
        return result


def _ranked(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["value", "place_id", "other_id"], ascending=[False, True, True], ignore_index=True)


def _checked_weighting(weighting: str) -> None:
    if weighting not in ("plain", "idf"):
        raise QueryError(say(f"weighting '{weighting}' is not plain or idf", f"权重“{weighting}”应为 plain 或 idf"))


def _nothing() -> str:
    return say("no focus is recorded", "未见政策重点的记载")


def _gap_note(name: str, told: Any, rho: float) -> str:
    if not told["words"]:
        return say(f"no focus of {name} is recorded", f"未见{name}政策重点的记载")
    mapped = round(told["mapped"] * told["words"])
    parts = [
        say(
            f"{mapped} of {told['words']} focus words have a segment of the chain",
            f"{told['words']} 个重点词中 {mapped} 个可对应到产业链环节",
        )
    ]
    undefined = say("Spearman's rho is undefined (fewer than 5 segments)", "斯皮尔曼相关系数无定义（环节不足 5 个）")
    known = say(f"Spearman's rho {rho:.2f}", f"斯皮尔曼相关系数 {rho:.2f}")
    return "; ".join([*parts, undefined if math.isnan(rho) else known])
