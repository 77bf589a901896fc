"""Places × places: how alike their policy focuses are (同质化), alike places side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

from aikg.graph.analysis.policy import Policies
from aikg.graph.analysis.policy_inputs import LEVELS, focus_of
from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import names_in
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.heatmap_cells import RAMP
from aikg.graph.views.pictures.similarity_draw import OWN, STEPS, Scene, draw_matrix
from aikg.graph.views.pictures.similarity_order import ordered
from aikg.graph.views.words import pick
from aikg.ontology.language import speaking

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "similarity"]

PARAMETERS = (
    Parameter(
        "level",
        "text",
        "Province",
        {"zh": "比较哪一级的地方", "en": "places of which level"},
        LEVELS,
    ),
    Parameter(
        "places",
        "text_list",
        [],
        {
            "zh": "只比较这些地方（默认为此级全部有政策重点者）",
            "en": "only these places (default: all of the level with a focus)",
        },
        values=LEVELS,
    ),
    Parameter(
        "weighting",
        "text",
        "idf",
        {"zh": "idf 少见的重点权重高，plain 同等看待", "en": "idf: rare focuses weigh more; plain: all weigh the same"},
        ("idf", "plain"),
    ),
    Parameter(
        "speakers",
        "text_list",
        ["place", "policy"],
        {
            "zh": "谁代表地方：place 本身、policy 其政策、park 其园区",
            "en": "who speaks for a place: place, policy, park",
        },
    ),
    Parameter(
        "min_count", "integer", 3, {"zh": "至少几个重点才比较", "en": "focuses that a comparison needs"}, least=1
    ),
    Parameter("limit", "integer", 24, {"zh": "最多多少地方，重点多者在前", "en": "how many places at most"}, least=2),
    LANG,
)


def similarity(
    graph: KnowledgeGraph,
    *,
    level: str = "Province",
    places: list[str] | None = None,
    weighting: Literal["idf", "plain"] = "idf",
    speakers: list[str] | None = None,
    min_count: int = 3,
    limit: int = 24,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Cosine of the focuses of each pair of places (`Policies.similarity`), in the order of an average-linkage clustering.

    A cell tells the shared focuses and who names them on both sides; places with fewer than `min_count` focuses are hatched, with
    the reason. QueryError for an unknown place, level or speaker.

    >>> similarity(graph, level="City", weighting="plain").svg()  # doctest: +SKIP
    """
    who = tuple(speakers or _default("speakers"))
    measured = Policies(graph)
    options: dict[str, Any] = {"level": level, "weighting": weighting, "speakers": who, "min_count": min_count}
    with speaking(lang):
        pairs = measured.similarity(places or (), **options)
        means = measured.homogeneity(places or (), **options)
    found = focus_of(graph, speakers=who)
    numbers = {row.place_id: int(row.n) for row in records(means) if row.kind == "place"}
    # The nation is what places are compared with; `homogeneity` gives it no row of its own.
    for row in records(pairs):
        numbers.setdefault(row.place_id, int(row.n_place))
        numbers.setdefault(row.other_id, int(row.n_other))
    listed = sorted(numbers, key=lambda place: (-numbers[place], place))
    kept = listed[:limit]
    value = {(row.place_id, row.other_id): float(row.value) for row in records(pairs)}
    value |= {(other, place): x for (place, other), x in value.items()}
    order, tree = ordered(kept, value, {place: numbers[place] >= min_count for place in kept})
    chart = Chart(
        graph, "similarity", pick(lang, "政策重点同质化矩阵", "How alike the policy focuses of places are"), lang
    )
    chart.subtitle = _subtitle(means, weighting, lang)
    scene = Scene(chart, found, names_in(graph, lang), numbers, value, pairs, means, min_count)
    draw_matrix(scene, order, tree)
    chart.not_recorded = False  # the legend has a hatched entry of its own, which says why
    chart.notes.append(chart.words["absent"])
    chart.legend = _legend(lang, min_count, bool(tree.joins))
    chart.filters = [Filter(pick(lang, "地方", "Place"), tuple((place, scene.names[place]) for place in order))]
    chart.n = pick(lang, f"{len(listed)} 个地方的政策重点", f"focuses of {len(listed)} places")
    chart.notes += _notes(pairs, means, listed, kept, who, lang)
    chart.table = _table(pairs, kept, scene.names, lang)
    return chart


def _default(name: str) -> Any:
    return next(parameter.default for parameter in PARAMETERS if parameter.name == name)


def _subtitle(means: pd.DataFrame, weighting: str, lang: str) -> str:
    group = next(row for row in records(means) if row.kind == "group")
    weighted = pick(lang, "少见的重点权重高（idf）", "rare focuses weigh more (idf)") if weighting == "idf" else pick(lang, "各重点等权", "all focuses weigh the same")  # fmt: skip
    if math.isnan(group.value):
        return pick(lang, f"政策重点的余弦相似度，{weighted}；可比的地方不足两个，不给同质化程度", f"Cosine of policy focuses, {weighted}; fewer than two places can be compared")  # fmt: skip
    told = pick(
        lang,
        f"政策重点的余弦相似度，{weighted}；整组同质化程度 {group.value:.2f}（{group.pairs} 对的平均，0 无一相同，1 完全相同）",
        f"Cosine of policy focuses, {weighted}; homogeneity of the group {group.value:.2f} (mean of {group.pairs} pairs; 0 nothing shared, 1 the same)",
    )
    if not math.isnan(group.distance):
        told += pick(
            lang,
            f"；与国家重点的平均距离 {group.distance:.2f}",
            f"; mean distance to national policy {group.distance:.2f}",
        )
    return told


def _notes(
    pairs: pd.DataFrame,
    means: pd.DataFrame,
    listed: list[str],
    kept: list[str],
    who: tuple[str, ...],
    lang: str,
) -> list[str]:
    said = {
        "place": pick(lang, "地方本身", "the place itself"),
        "policy": pick(lang, "其政策", "its policies"),
        "park": pick(lang, "其园区", "its parks"),
    }
    notes = [
        pick(lang, "代表地方的是：", "who speaks for a place: ") + pick(lang, "、", ", ").join(said[one] for one in who if one in said),
        *[note for note in dict.fromkeys([pairs.attrs.get("note"), *(str(means.attrs.get("note") or "").split("; "))]) if note],
    ]  # fmt: skip
    if len(kept) < len(listed):
        notes.append(pick(lang, f"只画重点最多的 {len(kept)} 个地方，共 {len(listed)} 个", f"the {len(kept)} places with most focuses of {len(listed)}"))  # fmt: skip
    return list(dict.fromkeys(notes))


def _legend(lang: str, min_count: int, tree: bool) -> list[Key]:
    steps = " · ".join(f"{step:g}" for step in STEPS)
    keys = [
        Key(pick(lang, f"余弦，由低到高（分级 {steps}）", f"cosine, low to high (steps {steps})"), "ramp", RAMP),
        Key(pick(lang, "0：所记载的重点无一相同", "0: no focus on record is shared"), "box", ("#ffffff",)),
        Key(pick(lang, "n=：有记载的重点数", "n=: focuses on record"), "box", (OWN,)),
    ]
    if tree:
        keys.append(Key(pick(lang, "树：越早相连越相像", "tree: joined earlier, more alike"), "line", ("#7a8492",)))
    few = pick(
        lang,
        f"有记载的重点不足 {min_count} 个，不比较；未见记载",
        f"fewer than {min_count} focuses on record: not compared; not recorded",
    )
    return [*keys, Key(few, "hatch")]


def _table(pairs: pd.DataFrame, kept: list[str], names: dict[str, str], lang: str) -> pd.DataFrame:
    headings = {
        "place": ("地方", "place"),
        "other": ("另一地方", "other place"),
        "value": ("余弦", "cosine"),
        "idf": ("余弦（idf）", "cosine (idf)"),
        "plain": ("余弦（等权）", "cosine (plain)"),
        "n": ("共同重点数", "shared focuses"),
        "n_place": ("地方的重点数", "focuses of the place"),
        "n_other": ("另一地方的重点数", "focuses of the other"),
        "shared": ("共同重点", "shared"),
    }
    rows = pairs[pairs["place_id"].isin(kept) & pairs["other_id"].isin(kept)]
    table = rows[list(headings)].reset_index(drop=True)
    for side in ("place", "other"):
        table[side] = [names[node] for node in rows[f"{side}_id"]]
    return table.rename(columns={key: both[lang == "en"] for key, both in headings.items()})
