"""The measures of policy as ``aikg analyze`` lists and runs them; they are computed by `policy.Policies`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aikg.graph.analysis.measure import Measure
from aikg.graph.analysis.policy import Policies

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["MEASURES"]

Texts = tuple[str, str]

_P: dict[str, Texts] = {
    "level": ("层级：Province、City、Region、Country、District", "level: Province, City, Region, Country, District"),
    "places": ("地方，逗号分隔；默认该层级有政策重点的各地", "places, by commas; by default all of the level with a focus"),
    "speakers": ("谁代表地方：place 地方本身、policy 其政策、park 其园区", "who speaks for a place: place (itself), policy (its policies), park (its parks)"),
    "items": ("segments 对应到环节，words 原词", "segments: mapped to segments of the chain; words: as named"),
    "min_count": ("重点少于此数（差距：企业少于此数）时不给出数值", "no number below this many focuses (gap: companies)"),
    "weighting": ("idf 或 plain：越多地方都提的越轻，或一律相等", "idf: what many places name weighs less; plain: all the same"),
    "national": ("国家，用于比较地方与国家政策", "country whose policy the places are compared with"),
    "place": ("地方的名称或 id", "name or id of a place"),
}  # fmt: skip
_C: dict[str, Texts] = {
    "place": ("地方", "place"),
    "place_id": ("地方 id", "id of the place"),
    "other": ("另一地方", "the other place"),
    "other_id": ("另一地方 id", "id of the other place"),
    "n": ("共同的重点数", "focuses that both have"),
    "n_place": ("地方的重点数", "focuses of the place"),
    "n_other": ("另一地方的重点数", "focuses of the other"),
    "value": ("数值", "value"),
    "plain": ("等权", "plain"),
    "idf": ("idf 加权", "idf"),
    "shared": ("共同的重点", "shared"),
    "kind": ("行", "row"),
    "pairs": ("地方对", "pairs"),
    "distance": ("与国家政策的距离", "distance to national policy"),
    "pooled_hhi": ("合并 HHI", "pooled HHI"),
    "segment": ("环节", "segment"),
    "id": ("编号", "id"),
    "name": ("重点", "focus"),
    "focus": ("提到次数", "named by how many"),
    "lq": ("区位商", "location quotient"),
    "density": ("关联密度", "relatedness density"),
    "focus_rank": ("政策位次", "rank of focus"),
    "lq_rank": ("区位商位次", "rank of quotient"),
    "gap": ("差距", "gap"),
    "reading": ("读法", "reading"),
    "said_by": ("提到者", "named by"),
    "period": ("年份", "year"),
    "first": ("首次", "first"),
    "policies": ("政策", "policies"),
    "sources": ("出处", "sources"),
}  # fmt: skip


def _overlap(
    graph: KnowledgeGraph, *, level: str = "Province", places: list[str] = [], speakers: list[str] = ["place", "policy"],  # noqa: B006
    items: str = "segments", min_count: int = 3,
) -> pd.DataFrame:  # fmt: skip
    return Policies(graph).focus_overlap(level, places=places, speakers=speakers, items=items, min_count=min_count)


def _similarity(
    graph: KnowledgeGraph, *, level: str = "Province", places: list[str] = [], weighting: str = "idf",  # noqa: B006
    speakers: list[str] = ["place", "policy"], items: str = "segments", min_count: int = 3,  # noqa: B006
) -> pd.DataFrame:  # fmt: skip
    return Policies(graph).similarity(
        places, level=level, weighting=weighting, speakers=speakers, items=items, min_count=min_count
    )


def _homogeneity(
    graph: KnowledgeGraph, *, level: str = "Province", places: list[str] = [], national: str = "中国", weighting: str = "idf",  # noqa: B006
    speakers: list[str] = ["place", "policy"], items: str = "segments", min_count: int = 3,  # noqa: B006
) -> pd.DataFrame:  # fmt: skip
    return Policies(graph).homogeneity(
        places,
        level=level,
        national=national,
        weighting=weighting,
        speakers=speakers,
        items=items,
        min_count=min_count,
    )


def _gap(
    graph: KnowledgeGraph, *, place: str = "深圳市", speakers: list[str] = ["place", "policy"], min_count: int = 3  # noqa: B006
) -> pd.DataFrame:  # fmt: skip
    return Policies(graph).gap(place, speakers=speakers, min_count=min_count)


def _timeline(graph: KnowledgeGraph, *, place: str = "", items: str = "segments") -> pd.DataFrame:
    return Policies(graph).timeline(place, items=items)


def _of(columns: str, **own: Texts) -> dict[str, Texts]:
    return {name: own.get(name) or _C[name] for name in columns.split()}


def _take(parameters: str, **own: Texts) -> dict[str, Texts]:
    return {name: own.get(name) or _P[name] for name in parameters.split()}


_FIRST_PLACE: Texts = ("地方，默认各地", "place; all by default")

MEASURES: tuple[Measure, ...] = (
    Measure(
        name="focus-overlap",
        group="policy",
        title=("政策重点的重合度", "Overlap of focuses"),
        method=(
            "两地重点集合的交集除以并集（Jaccard）。重点词经对照表对应到环节，根概念“人工智能”不计；部委不代表所在城市。",
            "Shared focuses over all focuses of two places (Jaccard). Words are mapped to segments by the concordance, the root 人工智能 is no focus; "
            "a ministry does not speak for its city.",
        ),
        compute=_overlap,
        columns=_of("place place_id other other_id n n_place n_other value shared sources"),
        parameters=_take("level places speakers items min_count"),
    ),
    Measure(
        name="focus-similarity",
        group="policy",
        title=("政策重点的相似度", "Likeness of focuses"),
        method=(
            "重点向量的余弦（权重为提到者的数量）；按占比计即联合国工发组织的产业结构相似系数。idf 以该层级有重点记载的全部地方计算，两种权重并列。",
            "Cosine of the focus vectors (weights: how many name a focus); on shares it is UNIDO's industrial structure similarity coefficient. idf is taken "
            "over all places of the level with a focus; both weightings are shown.",
        ),
        compute=_similarity,
        columns=_of("place place_id other other_id n n_place n_other value plain idf shared sources"),
        parameters=_take("level places weighting speakers items min_count"),
    ),
    Measure(
        name="policy-homogeneity",
        group="policy",
        title=("政策同质化程度", "Homogeneity of policy"),
        method=(
            "各地两两余弦的平均值；各地与国家政策的距离；合并重点的赫芬达尔指数（1 为全在一个环节）。首行 group 为整组，其余为各地。不足两地为空。",
            "Mean of the pairwise cosines; distance of each place to the national policy; HHI of the pooled focuses (1: all in one segment). The first row (group) is all together. "
            "Fewer than two places: empty.",
        ),
        compute=_homogeneity,
        columns=_of(
            "kind place place_id n pairs value distance pooled_hhi sources",
            n=("重点数", "number of focuses"),
            value=("余弦的平均值，0–1", "mean cosine, 0-1"),
        ),
        parameters=_take("level places national weighting speakers items min_count"),
    ),
    Measure(
        name="policy-gap",
        group="policy",
        title=("政策与企业的差距", "Gap between policy and companies"),
        method=(
            "政策重点的位次减区位商的位次（并列取平均）：负为政策超前，正为被忽视。两者先经对照表对应到环节，注明可对应的比例。无企业记载者区位商按 0 排位。aims beyond reach：力所不及（有政策、区位商低于 1、关联密度低于中位）；overlooked strength：被忽视的优势（无政策、区位商不低于 2）。本项目自定。",
            "Rank of the focus minus rank of the location quotient (ties averaged): < 0 policy aims beyond, > 0 overlooked. Both are first mapped to segments "
            "by the concordance; the share mapped is said. Where no company is recorded the quotient ranks as 0. Readings: aims beyond reach (targeted, LQ below 1, density below the "
            "median), overlooked strength (not targeted, LQ of 2 or more). Our definition.",
        ),
        compute=_gap,
        columns=_of(
            "segment id focus n lq density focus_rank lq_rank gap reading said_by sources",
            n=("企业数，空为未见记载", "companies; empty where not recorded"),
        ),
        parameters=_take("place speakers min_count"),
    ),
    Measure(
        name="focus-timeline",
        group="policy",
        title=("政策重点的时间线", "Focuses by year"),
        method=(
            "各年发布的政策提到哪些环节，哪一年首次提出；有未注明年份的政策也提到时，首次无从判断。",
            "What the policies of each year name, and when it was first named; where a policy without a year names it too, the first year is not known.",
        ),
        compute=_timeline,
        columns=_of("period name id n first policies sources", n=("政策数", "number of policies")),
        parameters=_take("place items", place=_FIRST_PLACE),
    ),
)
