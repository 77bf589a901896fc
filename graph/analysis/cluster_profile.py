"""A cluster in numbers, beside another one; and Porter's diamond from scores that somebody gave."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis.cluster_answers import told
from aikg.graph.analysis.diamond import DETERMINANTS, gem
from aikg.graph.analysis.facts import above, layers_of_segments, links, names_of, seats, things, works_in
from aikg.graph.analysis.names import PLACES, find_place
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["gem_of_places", "profile", "things_in"]

_COUNTED = {
    "firms": ("企业", "家"),
    "firms with disputed seat": ("其中总部所在地有矛盾的企业", "家"),
    "segments": ("环节", "个"),
    "layers": ("产业链层", "层"),
    "parks": ("园区", "个"),
    "policies": ("政策", "项"),
    "compute centres": ("智算中心", "个"),
    "programmes": ("试点/专项", "个"),
}
_COLUMNS = [
    "measure",
    "name",
    "unit",
    "period",
    "scope",
    "n",
    "other_n",
    "items",
    "other_items",
    "sources",
    "other_sources",
]
_FRAMEWORKS = {"钻石模型", "GEM", "GEM模型"}
_SCORES = ["place", "determinant", "score", "who", "when", "evidence"]
Found = dict[str, set[str]]
"""Sources by the id of what was counted."""


def profile(graph: KnowledgeGraph, place: str, other: str | None = None) -> pd.DataFrame:
    """Numbers of a place, one row per measure: firms, segments, layers, parks, policies, compute centres, programmes, and every
    indicator that sources publish of it. With `other`, those of another place beside them (`other_n` …).

    Distinct ids are counted, the root of the chain is no segment, a ministry's policies are not its city's. n is null where nothing
    is recorded, which is not none. Published indicators have a row per unit, period and scope; values that differ, or are bounds,
    are listed in `items` as written, and n is null where they are no single number. QueryError for an unknown place.

    >>> profile(graph, "杭州", "合肥")  # doctest: +SKIP
    """
    node, name = find_place(graph, place)
    sides = [_numbers(graph, node)]
    if other:
        other_node, other_name = find_place(graph, other)
        sides.append(_numbers(graph, other_node))
    counted = list(_COUNTED)
    keys = {key for side in sides for key in side}
    order = sorted(keys, key=lambda key: (counted.index(key[0]) if key[0] in counted else len(counted), key))
    rows = []
    for key in order:
        row: dict[str, Any] = dict(zip(_COLUMNS[:5], key, strict=True))
        for prefix, side in zip(("", "other_"), sides, strict=False):
            n, items, said = side.get(key, (None, [], []))
            row |= {f"{prefix}n": n, f"{prefix}items": items, f"{prefix}sources": said}
        rows.append({name_: text or None if name_ in _COLUMNS[2:5] else text for name_, text in row.items()})
    columns = [column for column in _COLUMNS if other or not column.startswith("other_")]
    frame = pd.DataFrame(rows, columns=columns)
    for column in ("n", "other_n"):
        if column in frame:
            frame[column] = frame[column].astype("Float64")
    note = say("n is null where nothing is recorded, which is not none", "n 为空即未见记载，不等于没有")
    told(frame, by="facts", n=len(frame), note=note)
    frame.attrs |= {"place": name, "place_id": node}
    if other:
        frame.attrs |= {"other": other_name, "other_id": other_node}
    return frame


def _numbers(graph: KnowledgeGraph, node: str) -> dict[tuple[str, ...], tuple[float | None, list[str], list[str]]]:
    names = names_of(graph)
    found: dict[tuple[str, ...], tuple[float | None, list[str], list[str]]] = {}
    for measure, of in things_in(graph, node).items():
        title, unit = _COUNTED[measure]
        items = sorted({names[key] for key in of})
        said = sorted({entry for cited in of.values() for entry in cited})
        found[measure, title, unit, "", ""] = (len(of) or None, items, said)
    return {**found, **_indicators(graph, node)}


def things_in(graph: KnowledgeGraph, node: str) -> dict[str, Found]:
    """What `profile` counts in a place (an id), by measure: ids with the sources that put them there.

    Measures: firms, firms with disputed seat, segments, layers, parks, policies, compute centres, programmes.

    >>> sorted(things_in(graph, "city:330100")["parks"])  # doctest: +SKIP
    """
    ways = above(graph)
    level = next(label for label in PLACES if node in set(things(graph, label)["id"]))
    at = seats(graph, level)
    at = at[at["place"] == node]
    firms: Found = {row.id: set(row.sources) for row in records(at)}
    disputed: Found = {row.id: set(row.sources) for row in records(_disputed(graph, set(firms)))}
    segments: Found = defaultdict(set)
    layers: Found = defaultdict(set)
    layers_of, up_chain = layers_of_segments(graph), above(graph, "PART_OF", hops=3)
    for row in records(works_in(graph)):
        if row.id in firms:
            segments[row.segment] |= {*row.sources, *firms[row.id]}
            for layer in layers_of.get(row.segment, ()):
                layers[layer] |= {*row.sources, *up_chain[row.segment][layer]}
    # A firm may be said to stand for a layer itself.
    for row in records(works_in(graph, objects=("ChainLayer",))):
        if row.id in firms:
            layers[row.segment] |= set(row.sources)
    parks: Found = {
        park: set(ways[park][node])
        for park in things(graph, "Park")["id"]
        if node in ways.get(park, {}) and park != node
    }
    centers = seats(graph, level, "ComputeCenter")
    return {
        "firms": firms,
        "firms with disputed seat": disputed,
        "segments": segments,
        "layers": layers,
        "parks": parks,
        "policies": _owned(graph, node, ways, "Policy", "APPLIES_TO", "ISSUED_BY"),
        "compute centres": {row.id: set(row.sources) for row in records(centers[centers["place"] == node])},
        "programmes": _programmes(graph, node, ways),
    }


def _disputed(graph: KnowledgeGraph, firms: set[str]) -> pd.DataFrame:
    """Of these firms, those with headquarters in several cities."""
    at = seats(graph, "City")
    return at[at["disputed"] & at["id"].isin(firms)].drop_duplicates("id")


def _owned(graph: KnowledgeGraph, node: str, ways: dict[str, dict[str, list[str]]], label: str, *types: str) -> Found:
    """Things of a label that are issued by, or apply to, the place or what lies in it; not those of ministries seated there."""
    ministries = set(things(graph, "Institution")["id"])
    found: Found = defaultdict(set)
    for row in records(links(graph, *types, subjects=[label])):
        way = ways.get(row.object, {row.object: []})
        if node in way and row.object not in ministries:
            found[row.subject] |= {*row.sources, *way[node]}
    return found


def _programmes(graph: KnowledgeGraph, node: str, ways: dict[str, dict[str, list[str]]]) -> Found:
    """Programmes that the place, or a park or district in it, is designated as."""
    found: Found = defaultdict(set)
    kinds = ("Park", *PLACES)
    for row in records(links(graph, "DESIGNATED_AS", subjects=kinds, objects=["Programme"])):
        way = ways.get(row.subject, {row.subject: []})
        if node in way:
            found[row.object] |= {*row.sources, *way[node]}
    return found


def _indicators(graph: KnowledgeGraph, node: str) -> dict[tuple[str, ...], tuple[float | None, list[str], list[str]]]:
    """Published indicators of the place, by indicator, unit, period, and scope with the further things they are said of."""
    frame = graph.nodes.get("Observation")
    if frame is None:
        return {}
    names, subjects = names_of(graph), defaultdict(set)
    for row in records(links(graph, "OBSERVED")):
        subjects[row.object].add(row.subject)
    whole = set(above(graph).get(node, {}))
    groups: dict[tuple[str, ...], list[tuple[float | None, str, list[str]]]] = defaultdict(list)
    for row in records(frame.astype(object)):
        if node not in subjects[row.id] or is_null(row.indicator):
            continue
        # What the place lies in is no dimension of its own: a rank within the country names the country too.
        also = sorted(names[other] for other in subjects[row.id] - whole - {node})
        scope = "；".join([*([str(row.scope)] if not is_null(row.scope) else []), *also])
        unit, period = ("" if is_null(text) else str(text) for text in (row.unit, row.period))
        exact = is_null(row.value_max) and set([] if is_null(row.qualifier) else row.qualifier) <= {"exact"}
        value = None if is_null(row.value) or not exact else float(row.value)
        groups["published", str(row.indicator), unit, period, scope].append((value, _written(row), list(row.sources)))
    found = {}
    for key, values in groups.items():
        single = {value for value, _, _ in values}
        n = values[0][0] if len(single) == 1 else None
        written = sorted({text for _, text, _ in values})
        found[key] = (n, written, sorted({entry for _, _, said in values for entry in said}))
    return found


def _written(row: Any) -> str:
    """A value with its qualifiers: ``1000 over``, ``40-70 range``."""
    if is_null(row.value):
        return "" if is_null(row.value_text) else str(row.value_text)
    text = f"{row.value:.12g}" + ("" if is_null(row.value_max) else f"-{row.value_max:.12g}")
    said = [] if is_null(row.qualifier) else [str(word) for word in row.qualifier if word != "exact"]
    return " ".join([text, *said])


# -- Porter's diamond -------------------------------------------------------------------------------


def gem_of_places(
    graph: KnowledgeGraph, scores: pd.DataFrame | Iterable[Mapping[str, Any]] | None = None
) -> pd.DataFrame:
    """GEM (10-1000) of each place from six scores of 1-10: `value`, `low`, `high`, the scores, what is `missing`, who, when, evidence.

    Scores are those that the graph records (assessments of the diamond model whose aspect is a determinant and whose rating is a
    number), and those given: rows of `place`, `determinant`, `score`, `who`, `when`, `evidence`, all of them filled, since a
    score is somebody's judgement. A missing score → NaN. Scores that differ are no single number: value NaN, `low` and `high` from
    the lowest and highest. Sources assess the diamond in words, so without scores every place is NaN. QueryError for a bad row.

    >>> gem_of_places(graph, [{"place": "深圳", "determinant": "resources", "score": 7, ...}])  # doctest: +SKIP
    """
    names = names_of(graph, *PLACES)
    rated: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    told_by: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    cited: dict[str, set[str]] = defaultdict(set)
    assessed = _assessed(graph)
    for node, aspect, rating, said in assessed:
        cited[node] |= set(said)
        key = _determinant(aspect)
        if key and re.fullmatch(r"\d+(\.\d+)?", rating or ""):
            rated[node][key].append(_score(float(str(rating)), f"{names[node]} {aspect}"))
    for row in _rows(scores):
        node, _ = find_place(graph, str(row["place"]))
        key = _determinant(str(row["determinant"]))
        if key is None:
            raise QueryError(
                say(
                    f"'{row['determinant']}' is no determinant of GEM; they are {', '.join(DETERMINANTS)}",
                    f"“{row['determinant']}”不是 GEM 的要素；要素为 {'、'.join(DETERMINANTS)}",
                )
            )
        rated[node][key].append(_score(row["score"], f"{names[node]} {key}"))
        told_by[node].append((str(row["who"]), str(row["when"]), str(row["evidence"])))
    rows = []
    for node in sorted({*rated, *cited}):
        ends = {key: (min(values), max(values)) for key, values in rated[node].items()}
        low, high = (gem({key: end[at] for key, end in ends.items()}) for at in (0, 1))
        agreed = {key: end[0] for key, end in ends.items() if end[0] == end[1]}
        who, when, evidence = (sorted({told_[at] for told_ in told_by[node]}) for at in range(3))
        rows.append(
            {
                "place": names[node],
                "place_id": node,
                "value": gem(agreed) if agreed else math.nan,
                "low": low,
                "high": high,
                **{key: agreed.get(key, math.nan) for key in DETERMINANTS},
                "missing": [key for key in DETERMINANTS if key not in ends],
                "who": who,
                "when": when,
                "evidence": evidence,
                "sources": sorted(cited[node]),
            }
        )
    columns = [
        "place",
        "place_id",
        "value",
        "low",
        "high",
        *DETERMINANTS,
        "missing",
        "who",
        "when",
        "evidence",
        "sources",
    ]
    frame = pd.DataFrame(rows, columns=columns).sort_values(
        ["value", "place_id"], ascending=[False, True], ignore_index=True
    )
    missing = say(
        "a place without all six scores has no number; give scores (place, determinant, score, who, when, evidence)",
        "六项评分不全的地方没有数值；请给出评分（place, determinant, score, who, when, evidence）",
    )
    return told(frame, by="scores", n=len(frame), note=missing if frame["value"].isna().any() or frame.empty else None)


def _assessed(graph: KnowledgeGraph) -> list[tuple[str, str, str | None, list[str]]]:
    """Assessments of places by the diamond model: place, aspect, rating, sources."""
    frame = graph.nodes.get("Assessment")
    if frame is None:
        return []
    rows = {row.id: row for row in records(frame.astype(object)) if row.framework in _FRAMEWORKS}
    found = []
    for link in records(links(graph, "ASSESSED", subjects=PLACES)):
        row = rows.get(link.object)
        if row is not None:
            aspect = "" if is_null(row.aspect) else str(row.aspect)
            rating = None if is_null(row.rating) else str(row.rating).strip()
            found.append((link.subject, aspect, rating, list(link.sources)))
    return sorted(found, key=lambda entry: (entry[0], entry[1], entry[2] or ""))


def _determinant(text: str) -> str | None:
    wanted = text.strip()
    return next((en for en, zh in DETERMINANTS.items() if wanted.lower().replace(" ", "_") == en or wanted == zh), None)


def _rows(scores: pd.DataFrame | Iterable[Mapping[str, Any]] | None) -> list[Mapping[Any, Any]]:
    rows: list[Mapping[Any, Any]] = []
    if isinstance(scores, pd.DataFrame):
        rows += scores.to_dict("records")
    elif scores is not None:
        rows += scores
    for at, row in enumerate(rows, start=1):
        for name in _SCORES:
            if is_null(row.get(name)) or not str(row[name]).strip():
                raise QueryError(
                    say(
                        f"score {at} has no '{name}'; each needs {', '.join(_SCORES)}",
                        f"第 {at} 条评分缺少“{name}”；每条都要有 {'、'.join(_SCORES)}",
                    )
                )
    return rows


def _score(value: Any, of: str) -> float:
    try:
        score = float(value)
    except (TypeError, ValueError):
        score = math.nan
    if not 1 <= score <= 10:
        raise QueryError(
            say(f"score {value!r} of {of} is not from 1 to 10", f"{of} 的评分 {value!r} 不在 1 到 10 之间")
        )
    return score
