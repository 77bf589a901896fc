"""The measures of clusters as ``aikg analyze`` lists them: their words, and the method of `Clusters` that computes each."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis.clusters import Clusters
from aikg.graph.analysis.diamond import DETERMINANTS
from aikg.graph.analysis.measure import Measure, Texts
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say, why_not

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["MEASURES"]

_PARAMETERS: dict[str, Texts] = {
    "level": (
        "层级：City 市，Province 省（含直辖市），Region 区域（互不重叠）",
        "City, Province (with municipalities) or Region (not overlapping)",
    ),
    "by": (
        "计数对象：firms 企业，或按地方和环节公布的指标",
        "what is counted: firms, or an indicator published by place and segment",
    ),
    "min_count": ("少于这么多家企业不给数值", "no value with fewer firms"),
    "places": ("只比较这些地方，不写则为该层级全部", "compare these places only; all of the level if left out"),
    "significance": ("另给超几何检验的 p 值", "also give the hypergeometric p"),
    "k": ("前 k 个地方的合计份额", "the k largest places"),
    "reference": (
        "参照：nation 全部，mean 其余均值，rest 其余合计，region 某一地方",
        "nation (all), mean or rest (of the others), region (one place)",
    ),
    "against": ("reference=region 时的参照地方", "the place, for reference=region"),
    "diagonal": ("是否计入环节自身", "whether a segment's own presence counts"),
    "place": ("地方", "place"),
    "other": ("与之比较的地方，可不写", "a place to set beside it, may be left out"),
    "file": (
        "评分 CSV：place, determinant, score, who, when, evidence",
        "scores as CSV: place, determinant, score, who, when, evidence",
    ),
}
_COLUMNS: dict[str, Texts] = {
    "place": ("地方", "place"),
    "place_id": ("地方编号", "id of the place"),
    "segment": ("环节", "segment"),
    "segment_id": ("环节编号", "id of the segment"),
    "other": ("另一环节", "other segment"),
    "other_id": ("另一环节编号", "id of the other segment"),
    "n": ("企业数", "firms"),
    "place_firms": ("该地方企业数（去重）", "distinct firms of the place"),
    "places": ("有企业的地方数", "places with firms"),
    "value": ("数值", "value"),
    "low": ("下限", "low"),
    "high": ("上限", "high"),
    "sources": ("出处", "sources"),
}
_DISPUTED_ZH = (
    "总部所在地有矛盾的企业在各城市均计入；low 与 high 为各种计法（各城市均计，或只计入其中一个城市）下的最小与最大值。"
)
_DISPUTED_EN = (
    "A firm with disputed headquarters counts in each of its cities; low and high are the extremes over that and over "
    "putting it in one of them. "
)


def _measure(
    name: str, title: Texts, method: Texts, columns: dict[str, Texts], method_name: str = "", **also: Texts
) -> Measure:
    """A method of `Clusters` as a measure; all its parameters become keyword parameters."""
    attribute = method_name or name.replace("-", "_")
    function: Callable[..., pd.DataFrame] = getattr(Clusters, attribute)

    def compute(graph: KnowledgeGraph, **parameters: Any) -> pd.DataFrame:
        return function(Clusters(graph), **parameters)

    signature = inspect.signature(function)
    own = [p.replace(kind=p.kind.KEYWORD_ONLY) for key, p in signature.parameters.items() if key != "self"]
    first = inspect.Parameter("graph", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation="KnowledgeGraph")
    vars(compute)["__signature__"] = signature.replace(parameters=[first, *own])
    compute.__name__, compute.__doc__ = attribute, function.__doc__
    words = {p.name: also.get(p.name, _PARAMETERS[p.name]) for p in own}
    full = (_DISPUTED_ZH, _DISPUTED_EN) if "low" in columns else ("", "")
    return Measure(
        name=name,
        group="clusters",
        title=title,
        method=(method[0] + full[0], (method[1] + " " + full[1]).strip()),
        compute=compute,
        # Unless it says otherwise, the value is what the measure is called.
        columns=columns | ({"value": title} if columns["value"] == _COLUMNS["value"] else {}),
        parameters=words,
    )


def _columns(*names: str, **own: Texts) -> dict[str, Texts]:
    return {name: own.get(name) or _COLUMNS[name] for name in names}


_RANGE = ("value", "low", "high")
_PLACE = ("place", "place_id")
_SEGMENT = ("segment", "segment_id")
_MEMBERS: Texts = ("企业数（各地方分别计）", "firms (in each of their places)")


def _profile(graph: KnowledgeGraph, *, place: str = "深圳市", other: str = "") -> pd.DataFrame:
    return Clusters(graph).profile(place, other or None)


def _gem(graph: KnowledgeGraph, *, file: str = "") -> pd.DataFrame:
    if not file:
        return Clusters(graph).gem()
    try:
        scores = pd.read_csv(Path(file), dtype=object)
    except OSError as error:
        raise QueryError(say(f"{file}: {why_not(error)}", f"文件 {file}：{why_not(error)}")) from error
    except (ValueError, UnicodeError) as error:
        raise QueryError(say(f"{file} is no CSV of scores: {error}", f"{file} 不是评分 CSV：{error}")) from error
    return Clusters(graph).gem(scores)


MEASURES: tuple[Measure, ...] = (
    _measure(
        "location-quotient",
        ("区位商", "Location quotient"),
        (
            "（地方的环节企业数 / 地方合计）/（环节合计 / 总计），1 为平均；合计为各环节之和，一家企业做两个环节计两次。by 为公布的份额时，与全国份额相比。",
            "(firms of the segment / of the place) / (the same of all places), 1 is the average; a firm in two segments counts in both. "
            "With by = a published share: share of the place / share of the country (low and high: extremes of the published values).",
        ),
        _columns(
            *_PLACE,
            *_SEGMENT,
            "n",
            "place_firms",
            *_RANGE,
            "p",
            "share",
            "reference",
            "period",
            "sources",
            p=(
                "随机分布下至少有这么多企业的概率（significance）",
                "chance of as many firms, were they dealt at random (significance)",
            ),
            share=("公布的地方数值", "published value of the place"),
            reference=("公布的全国数值", "published value of the country"),
            period=("时期", "period"),
        ),
    ),
    _measure(
        "concentration",
        ("环节的地理集中度", "Concentration of segments over places"),
        (
            "赫芬达尔指数（HHI，0–1）：各地方份额的平方和；另给标准化值、等价地方数、前 k 名合计份额。",
            "Herfindahl-Hirschman index (0-1): sum of the squared shares of the places; also normalised, as equivalent number, and CR_k.",
        ),
        _columns(
            *_SEGMENT,
            "n",
            "places",
            *_RANGE,
            "normalised",
            "equivalent",
            "cr",
            "largest",
            "sources",
            n=_MEMBERS,
            normalised=("标准化 HHI，0–1", "normalised HHI, 0-1"),
            equivalent=("等价地方数 1/HHI", "equivalent number of places, 1/HHI"),
            cr=("前 k 个地方的份额", "share of the k largest places"),
            largest=("企业最多的地方", "places with the most firms"),
        ),
    ),
    _measure(
        "specialisation",
        ("克鲁格曼专业化指数", "Krugman specialisation index"),
        (
            "各环节份额与参照之差的绝对值之和，0（结构相同）到 2（毫无交集）；参照不同，数值不同。",
            "Sum of the absolute differences between the place's shares and the reference's, 0 (same) to 2 (nothing in common).",
        ),
        _columns(
            *_PLACE,
            "n",
            "place_firms",
            *_RANGE,
            "hoover",
            "reference",
            "sources",
            n=("企业数（按环节计，做两个环节计两次）", "firms by segment (two segments count twice)"),
            hoover=("胡佛指数，数值之半，0–1", "Hoover's index, half of it, 0-1"),
            reference=("参照", "reference"),
        ),
    ),
    _measure(
        "locational-gini",
        ("空间基尼系数", "Locational Gini"),
        (
            "环节与全部企业的地方分布之间的洛伦兹曲线，地方按区位商排序；0 为与全部一致。",
            "Lorenz curve of the segment against all firms over places sorted by quotient; 0 is spread like everything.",
        ),
        _columns(*_SEGMENT, "n", "places", *_RANGE, "sources", n=_MEMBERS),
    ),
    _measure(
        "ellison-glaeser",
        ("埃利森-格莱泽指数", "Ellison-Glaeser index"),
        (
            "超出随机的集中程度；图谱不知工厂规模，按企业数计（H = 1/n，Guimarães 等 2007）。约为 0 即随机，惯例 0.05 以上为强。",
            "Concentration beyond chance, from numbers of firms (H = 1/n, Guimarães et al. 2007), as plant sizes are not known. "
            "Around 0 is chance, above 0.05 customarily strong.",
        ),
        _columns(*_SEGMENT, "n", "places", *_RANGE, "sources", n=_MEMBERS),
    ),
    _measure(
        "cluster-stars",
        ("集群星级", "Cluster stars"),
        (
            "规模居前一成、区位商不低于 2、本地占比居前一成，各得一星；少于 20 个地方不评。",
            "One star each: among the top tenth by size, quotient of at least 2, among the top tenth by own share; none below 20 places.",
        ),
        _columns(
            *_PLACE,
            *_SEGMENT,
            "n",
            "size",
            "specialisation",
            "focus",
            *_RANGE,
            "reason",
            "sources",
            size=("规模星，1 或 0", "star for size, 1 or 0"),
            specialisation=("专业化星", "star for specialisation"),
            focus=("聚焦星", "star for focus"),
            value=("星数 0–3", "stars, 0-3"),
            reason=("不评的原因", "why there is none"),
        ),
        method_name="stars",
    ),
    _measure(
        "diversity",
        ("多样性", "Diversity"),
        (
            "地方有专业化优势（区位商不低于 1 且达到 min_count 家）的环节数；ubiquity 为这些环节平均有多少地方具备。",
            "Segments in which the place is specialised (quotient of at least 1 and min_count firms); ubiquity: how many places have these on average.",
        ),
        _columns(
            *_PLACE,
            "n",
            "place_firms",
            *_RANGE,
            "segments",
            "ubiquity",
            "items",
            "sources",
            n=("企业数（按环节计）", "firms by segment"),
            segments=("有企业记载的环节数", "segments with recorded firms"),
            ubiquity=("这些环节的平均普遍性", "mean ubiquity of these segments"),
            items=("专业化的环节", "the segments"),
        ),
    ),
    _measure(
        "proximity",
        ("环节邻近度", "Proximity of segments"),
        (
            "两个环节同在一地的条件概率中较小者，0–1（Hidalgo 等 2007）。",
            "The lesser of the two chances to find one segment where the other is, 0-1 (Hidalgo et al. 2007).",
        ),
        _columns(
            *_SEGMENT,
            "other",
            "other_id",
            "n",
            *_RANGE,
            "sources",
            n=("两者兼具的地方数", "places specialised in both"),
        ),
    ),
    _measure(
        "relatedness-density",
        ("关联密度", "Relatedness density"),
        (
            "与某环节邻近的环节中，地方已具备的比重，0–1；默认不计环节自身；优势环节不足 3 个的地方不给数值。",
            "How much of what is near a segment the place already has, 0-1; the segment itself left out by default; no value below 3 segments.",
        ),
        _columns(
            *_PLACE,
            *_SEGMENT,
            "n",
            "specialised",
            *_RANGE,
            "sources",
            specialised=("是否专业化", "whether the place is specialised in it"),
        ),
    ),
    _measure(
        "economic-complexity",
        ("经济复杂度指数", "Economic complexity index"),
        (
            "Hidalgo 与 Hausmann 2009，均值 0、标准差 1；地方与环节各需 10 个且相互连通，否则不给数值并说明原因。",
            "Hidalgo & Hausmann 2009, mean 0, standard deviation 1; needs ten places and ten segments, all connected, else no value and the reason.",
        ),
        _columns(
            *_PLACE,
            "n",
            "diversity",
            *_RANGE,
            "sources",
            n=("企业数（按环节计）", "firms by segment"),
            diversity=("专业化的环节数", "segments in which it is specialised"),
        ),
        method_name="eci",
    ),
    _measure(
        "next-segments",
        ("可延伸的环节", "Segments within reach"),
        (
            "地方未见企业记载的环节：关联密度、有该环节企业的地方数与企业数。未见记载不等于没有。",
            "Segments of which no firm is recorded in the place: density, and how many places and firms have them. Not recorded is not none.",
        ),
        _columns(
            *_PLACE,
            *_SEGMENT,
            "n",
            *_RANGE,
            "places",
            "firms_elsewhere",
            "items",
            "sources",
            n=("企业数", "firms"),
            value=("关联密度", "relatedness density"),
            firms_elsewhere=("其他地方的企业数（去重）", "distinct firms elsewhere"),
            items=("有该环节企业的地方", "places that have firms in it"),
        ),
    ),
    Measure(
        name="cluster-profile",
        group="clusters",
        title=("集群对比", "Cluster beside cluster"),
        method=(
            "按 id 去重计数；根概念“人工智能”不计，部委的政策不计入所在城市；公布的指标按单位、时期与范围分行，数值不一或为界限时 n 为空并列出原值。",
            "Distinct ids; without the root of the chain, and without the policies of ministries; published indicators by unit, period and scope, "
            "with n null and the values as written where they differ or are bounds.",
        ),
        compute=_profile,
        columns={
            "measure": ("指标", "measure"),
            "name": ("名称", "name"),
            "unit": ("单位", "unit"),
            "period": ("时期", "period"),
            "scope": ("范围", "scope"),
            "n": ("数值", "number"),
            "items": ("所计的名称，或原值", "names of what was counted, or values as written"),
            "sources": ("出处", "sources"),
            "other_n": ("另一地方的数目", "the other place's number"),
            "other_items": ("另一地方所计的名称", "the other place's names"),
            "other_sources": ("另一地方的出处", "the other place's sources"),
        },
        parameters={key: _PARAMETERS[key] for key in ("place", "other")},
    ),
    Measure(
        name="gem",
        group="clusters",
        title=("钻石模型评分（GEM）", "Porter's diamond as a number (GEM)"),
        method=(
            "2.5 × [(D1+D2)(D3+D4)(D5+D6)]^(2/3)，六项评分各 1–10，结果 10–1000，全为 5 即 250（Padmore 与 Gibson 1998）。"
            "评分是判断，须写明谁、何时、依据；缺任何一项则无数值，评分不一时给 low 与 high。",
            "2.5 × [(D1+D2)(D3+D4)(D5+D6)]^(2/3) of six scores of 1-10, 10-1000, 250 where all are 5 (Padmore & Gibson 1998). "
            "Scores are judgements and need who, when and evidence; with one missing there is no value, with differing ones low and high.",
        ),
        compute=_gem,
        columns={
            "place": _COLUMNS["place"],
            "place_id": _COLUMNS["place_id"],
            "value": ("GEM，10–1000", "GEM, 10-1000"),
            "low": ("取各项最低评分", "from the lowest scores"),
            "high": ("取各项最高评分", "from the highest scores"),
            **{en: (zh, en.replace("_", " ")) for en, zh in DETERMINANTS.items()},
            "missing": ("缺少的评分", "scores that are missing"),
            "who": ("评分人", "who scored"),
            "when": ("评分时间", "when"),
            "evidence": ("依据", "evidence"),
            "sources": ("文字评价的出处", "sources of the assessments in words"),
        },
        parameters={"file": _PARAMETERS["file"]},
    ),
)
