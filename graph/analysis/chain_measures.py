"""The measures of the chain as ``aikg analyze`` lists and runs them; they are computed by `chain.Chain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.measure import Measure

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["MEASURES"]

Texts = tuple[str, str]

_P: dict[str, Texts] = {
    "place": ("城市、省、区域、国家或区县的名称或 id", "name or id of a city, province, region, country or district"),
    "places": ("地方，逗号分隔；默认该层级有企业记载的各地", "places, by commas; by default all of the level with companies on record"),
    "level": ("层级：City、Province、Region、Country", "level: City, Province, Region, Country"),
    "layer": ("只看此层的环节，默认各层", "only segments of this layer; all by default"),
    "k": ("达到 present 所需的企业数", "companies needed for `present`"),
    "min_count": ("少于此企业数（或供应关系数）时不给出数值", "no number below this many companies (or supply relations)"),
    "roll_up": ("下级环节的企业也计入上级环节", "companies of finer segments count for the wider one too"),
    "complete": ("声明图中已记载本地全部企业，无企业的环节即为 none", "declares that all companies here are recorded: only then is a segment without one `none`"),
    "at_least": ("覆盖一个环节所需的企业数", "companies needed to cover a segment"),
    "via_layers": ("也把层次的上下游用作环节的上下游", "also take the order of the layers as the order of their segments"),
    "provider_hhi": ("提供地集中度超过此值即为风险", "concentration of the providers above which a segment is threatened"),
    "outside": ("外部供应占比超过此值即为风险", "share of supplies from outside above which a segment is threatened"),
    "percentile": ("延链所需的关联密度分位", "percentile of relatedness density needed to extend"),
    "least_held": ("计算密度所需的优势环节数", "segments the place must be specialised in for a density"),
    "segment": ("环节或技术的名称或 id", "name or id of a segment or technology"),
    "company": ("企业名称或 id", "name or id of a company"),
    "direction": ("upstream 供应方，downstream 客户", "upstream: suppliers; downstream: customers"),
    "steps": ("层数", "number of tiers"),
    "threshold": ("份额之和须达到的比例", "share that the largest must reach together"),
    "eto": ("对未量化的 major 采用 ETO 的规则", "ETO's rule for unquantified major providers"),
    "product": ("产品（按供应关系所写）或企业", "a product as SUPPLIES writes it, or a company"),
    "inputs": ("链条起点的企业，逗号分隔", "companies at which the chain begins, by commas"),
    "name": ("技术、环节或企业的名称或 id", "name or id of a technology, segment or company"),
}  # fmt: skip
_C: dict[str, Texts] = {
    "place": ("地方", "place"),
    "place_id": ("地方 id", "id of the place"),
    "segment": ("环节", "segment"),
    "segment_id": ("环节 id", "id of the segment"),
    "id": ("编号", "id"),
    "name": ("名称", "name"),
    "label": ("标签", "label"),
    "layer": ("层", "layers"),
    "n": ("企业数", "companies"),
    "low": ("下限", "low"),
    "high": ("上限", "high"),
    "state": ("状态", "state"),
    "lq": ("区位商", "location quotient"),
    "firms": ("企业", "companies (names)"),
    "stated_by": ("提到者", "named by"),
    "value": ("数值", "value"),
    "covered": ("已覆盖环节", "segments covered"),
    "few": ("企业不足的环节", "segments with too few companies"),
    "none": ("没有的环节", "segments without any"),
    "unknown": ("未见记载", "not recorded"),
    "segments": ("环节数", "segments of the chain"),
    "connected": ("连通覆盖度", "connected coverage"),
    "linked": ("连通的环节对", "pairs with both ends"),
    "pairs": ("环节对", "pairs"),
    "pairs_stated": ("其中：来源写明", "of these: stated"),
    "pairs_use": ("其中：场景使用", "of these: by use"),
    "pairs_layers": ("其中：层次", "of these: by layers"),
    "from": ("上游环节", "upstream segment"),
    "to": ("下游环节", "downstream segment"),
    "upstream": ("上游 id", "id of the upstream segment"),
    "downstream": ("下游 id", "id of the downstream segment"),
    "basis": ("依据", "basis"),
    "via": ("经由", "by way of"),
    "action": ("清单", "list"),
    "reasons": ("理由", "reasons"),
    "neighbours": ("已具备的上下游", "neighbours that are there"),
    "density": ("关联密度", "relatedness density"),
    "cut": ("密度分位值", "percentile of density"),
    "outside": ("外部供应", "from outside"),
    "tier": ("层级", "tier"),
    "products": ("产品", "products"),
    "share": ("份额", "share"),
    "by": ("计算依据", "counted by"),
    "period": ("年份", "year"),
    "places": ("地方数", "number of places"),
    "reached": ("达到阈值", "threshold reached"),
    "hhi": ("HHI（0–1）", "HHI, 0-1"),
    "criterion": ("判据", "criterion"),
    "above": ("阈值", "threshold"),
    "holds": ("成立", "holds"),
    "level": ("规则", "rule"),
    "input": ("投入", "input"),
    "customer": ("需要者", "needed by"),
    "second": ("二阶", "second order"),
    "second_low": ("二阶下限", "second order, low"),
    "without_other": ("无其他供应方的对", "pairs without another"),
    "same_place": ("其他都在同地的对", "pairs with others in the same place only"),
    "steps": ("步数", "steps"),
    "counted": ("所计", "counted"),
    "before": ("现有", "before"),
    "after": ("缺失后", "after"),
    "stops": ("停止", "stops"),
    "sources": ("出处", "sources"),
}  # fmt: skip


def _states(
    graph: KnowledgeGraph, *, place: str = "深圳市", layer: str = "", k: int = 3, min_count: int = 3,
    roll_up: bool = False, complete: bool = False,
) -> pd.DataFrame:  # fmt: skip
    return Chain(graph).states(place, layer=layer, k=k, min_count=min_count, roll_up=roll_up, complete=complete)


def _coverage(
    graph: KnowledgeGraph, *, places: list[str] = [], level: str = "City", layer: str = "", at_least: int = 1,  # noqa: B006
    roll_up: bool = False, via_layers: bool = False, complete: bool = False,
) -> pd.DataFrame:  # fmt: skip
    return Chain(graph).coverage(
        places or None,
        level=level,
        layer=layer,
        at_least=at_least,
        roll_up=roll_up,
        via_layers=via_layers,
        complete=complete,
    )


def _pairs(graph: KnowledgeGraph, *, layer: str = "", roll_up: bool = False, via_layers: bool = False) -> pd.DataFrame:
    return Chain(graph).pairs(layer=layer, roll_up=roll_up, via_layers=via_layers)


def _actions(
    graph: KnowledgeGraph, *, place: str = "深圳市", layer: str = "", k: int = 3, min_count: int = 3, provider_hhi: float = 0.4,
    outside: float = 0.5, percentile: float = 0.75, least_held: int = 3, via_layers: bool = False, roll_up: bool = False,
    complete: bool = False,
) -> pd.DataFrame:  # fmt: skip
    return Chain(graph).actions(
        place,
        layer=layer,
        k=k,
        min_count=min_count,
        provider_hhi=provider_hhi,
        outside=outside,
        percentile=percentile,
        least_held=least_held,
        via_layers=via_layers,
        roll_up=roll_up,
        complete=complete,
    )


def _leakage(graph: KnowledgeGraph, *, place: str = "深圳市", min_count: int = 3) -> pd.DataFrame:
    return Chain(graph).leakage(place, min_count=min_count)


def _tiers(
    graph: KnowledgeGraph, *, company: str = "华为", direction: str = "upstream", steps: int = 3
) -> pd.DataFrame:
    return Chain(graph).tiers(company, direction=direction, steps=steps)


def _providers(graph: KnowledgeGraph, *, segment: str = "智能芯片", level: str = "City") -> pd.DataFrame:
    return Chain(graph).providers(segment, level=level)


def _concentration(
    graph: KnowledgeGraph, *, segment: str = "", level: str = "City", threshold: float = 0.75, eto: bool = False, min_count: int = 3
) -> pd.DataFrame:  # fmt: skip
    return Chain(graph).provider_concentration(segment, level=level, threshold=threshold, eto=eto, min_count=min_count)


def _dependence(graph: KnowledgeGraph, *, segment: str = "智能芯片", place: str = "深圳市") -> pd.DataFrame:
    return Chain(graph).dependence(segment, place)


def _choke(graph: KnowledgeGraph, *, product: str = "华为", inputs: list[str] = []) -> pd.DataFrame:  # noqa: B006
    return Chain(graph).choke_points(product, inputs=inputs)


def _substitutability(graph: KnowledgeGraph, *, company: str = "华为", level: str = "City") -> pd.DataFrame:
    return Chain(graph).substitutability(company, level=level)


def _absence(graph: KnowledgeGraph, *, name: str = "计算机视觉") -> pd.DataFrame:
    return Chain(graph).absence(name)


def _of(columns: str, **own: Texts) -> dict[str, Texts]:
    return {name: own.get(name) or _C[name] for name in columns.split()}


def _take(parameters: str, **own: Texts) -> dict[str, Texts]:
    return {name: own.get(name) or _P[name] for name in parameters.split()}


MEASURES: tuple[Measure, ...] = (
    Measure(
        name="chain-states",
        group="chain",
        title=("地方各环节的状态", "State of each segment in a place"),
        method=(
            "strong：企业不少于 k 家且区位商不低于 1；present：不少于 k 家；thin：1 至 k-1 家；stated：无企业记载，但本地园区、政策等提到；"
            "none：仅在声明完整时；否则 not recorded（未见记载，不等于没有）。总部有矛盾的企业在各地都计入，low 与 high 为不计与计入时的企业数。",
            "strong: at least k companies and a quotient of 1 or more; present: at least k; thin: 1 to k-1; stated: none recorded, but a park, policy … of "
            "the place names it; none: only where declared complete; otherwise not recorded, which is not none. Companies with disputed headquarters "
            "count in each place, low and high are the numbers without and with them.",
        ),
        compute=_states,
        columns=_of("segment id layer n low high state lq firms stated_by sources"),
        parameters=_take("place layer k min_count roll_up complete"),
    ),
    Measure(
        name="chain-coverage",
        group="chain",
        title=("产业链覆盖度与连通覆盖度", "Coverage of the chain, and connected coverage"),
        method=(
            "覆盖度：有企业（不少于 at_least 家）的环节占比；连通覆盖度：上下游两端俱全的环节对占比。环节取直接属于各层者，根概念不计。"
            "上下游来自来源写明的关系与场景所用技术，层次推得的仅应要求计入。本项目自定，没有公认的公式。",
            "Coverage: share of the segments with at_least companies. Connected: share of the pairs upstream and downstream with both ends. Segments are "
            "those directly under a layer, without the root. Pairs are stated, or come from what scenarios use; the order of layers only on request. "
            "Our definition; no published formula is known.",
        ),
        compute=_coverage,
        columns=_of(
            "place place_id n value low high covered few none unknown segments connected linked pairs pairs_stated pairs_use pairs_layers sources",
            value=("覆盖度，0–1", "coverage, 0-1"),
        ),
        parameters=_take("places level layer at_least roll_up via_layers complete"),
    ),
    Measure(
        name="chain-pairs",
        group="chain",
        title=("环节的上下游对及其依据", "Pairs of segments upstream and downstream, and why"),
        method=(
            "stated：来源写明；use：下游环节的场景使用上游环节的技术；layers：仅由层次推得（应要求）。",
            "stated: a source says so; use: a scenario of the downstream segment uses the upstream one; layers: order of the layers only (on request).",
        ),
        compute=_pairs,
        columns=_of("from to upstream downstream basis via sources"),
        parameters=_take("layer roll_up via_layers"),
    ),
    Measure(
        name="chain-actions",
        group="chain",
        title=("强链、补链、延链清单", "What to strengthen, fill and extend"),
        method=(
            "强链：strong 与 thin 的环节及其风险（provider_hhi 提供地集中、one_firm 仅一家、suppliers_outside 供应来自外部）；补链：none 或未见记载、且上下游已具备的环节；"
            "延链：无企业记载、关联密度大于 0 且不低于本地未记载环节密度的给定分位。本项目自定，阈值均为参数。",
            "Strengthen: segments strong or thin, with what threatens them (provider_hhi, one_firm, suppliers_outside). Fill: none or not "
            "recorded, with a neighbour upstream or downstream that is there. Extend: no company recorded, density above 0 and at or above the percentile "
            "over the place's absent segments. Our definition; all thresholds are parameters.",
        ),
        compute=_actions,
        columns=_of("action segment id state n reasons neighbours basis density cut sources"),
        parameters=_take(
            "place layer k min_count provider_hhi outside percentile least_held via_layers roll_up complete"
        ),
    ),
    Measure(
        name="leakage",
        group="chain",
        title=("供应的外部依赖", "Leakage of supply"),
        method=(
            "对本地企业的供应关系中，供应方在外地的比例；所在地未见记载或有矛盾者单列，low 与 high 为其全在本地或全在外地时的值。",
            "Share of the supplies to companies of the place that work in a segment of the chain whose supplier is outside; suppliers of unknown or disputed place are counted apart, low and "
            "high are the values if all of them were inside or outside.",
        ),
        compute=_leakage,
        columns=_of(
            "place place_id n value low high outside unknown sources",
            n=("所在地已知的供应关系", "supplies with a known place"),
            unknown=("所在地未知或有矛盾", "place unknown or disputed"),
        ),
        parameters=_take("place min_count"),
    ),
    Measure(
        name="supply-tiers",
        group="chain",
        title=("企业的供应层级", "Suppliers or customers by tier"),
        method=(
            "沿供应关系逐层查找，每家企业列在最先出现的一层。",
            "Along SUPPLIES, tier by tier; each company stands in the first tier it is met in.",
        ),
        compute=_tiers,
        columns=_of("tier name id via products sources"),
        parameters=_take("company direction steps"),
    ),
    Measure(
        name="providers",
        group="chain",
        title=("环节的提供地", "Who provides a segment, by place"),
        method=(
            "有 PROVIDES 份额时取最近一年的份额，否则按企业数计；by 说明是哪一种。",
            "Shares of PROVIDES of the latest year where recorded, else numbers of companies; by says which.",
        ),
        compute=_providers,
        columns=_of("place place_id n share by period sources"),
        parameters=_take("segment level"),
    ),
    Measure(
        name="provider-concentration",
        group="chain",
        title=("各环节提供地的集中度", "Concentration of providers, by segment"),
        method=(
            "value：份额由大到小累加达到阈值所需的最少地方数（CSET ETO）；hhi：赫芬达尔指数。low 与 high 为总部有矛盾的企业各归一地时的范围。",
            "value: least number of places whose shares, from the largest, reach the threshold (CSET ETO). hhi: Herfindahl-Hirschman index; low and high "
            "over assigning each company with disputed headquarters to one of its places.",
        ),
        compute=_concentration,
        columns=_of(
            "segment segment_id n places value reached hhi low high by period sources",
            value=("达到阈值所需的最少地方数", "least number of places that reach the threshold"),
            low=("hhi 的下限", "lowest hhi"),
            high=("hhi 的上限", "highest hhi"),
        ),
        parameters=_take(
            "segment level threshold eto min_count",
            segment=("只看此环节，默认各环节", "only this segment; all by default"),
        ),
    ),
    Measure(
        name="import-dependence",
        group="chain",
        title=("地方对环节的外部依赖（三项判据）", "Import dependence of a place for a segment"),
        method=(
            "欧盟委员会 2021 与 CEPII GeoDep：供应地集中度、全部提供地集中度（欧委会改用外部占比）、进出比。按供应关系计数，各年合计与逐年。",
            "European Commission 2021 and CEPII GeoDep: HHI of the supplying places, HHI of all providers (the Commission: share from outside), imports to "
            "exports. Supply relations are counted, all years together and each.",
        ),
        compute=_dependence,
        columns=_of("period criterion value above holds n sources", n=("地方数", "places")),
        parameters=_take("segment place"),
    ),
    Measure(
        name="choke-points",
        group="chain",
        title=("产品的卡点", "Choke points of a product"),
        method=(
            "supplier：从所给投入到产品的每条链都经过者（支配点，任一供应可替代）；input：某投入唯一已知的供应方（投入缺一不可）。供应方未见记载的企业使结果开放。",
            "supplier: on every way from the given inputs to the product (dominators, every supply an alternative). input: the one known supplier of an "
            "input (all inputs are needed). A company whose suppliers are not recorded leaves the result open.",
        ),
        compute=_choke,
        columns=_of("level name id input customer steps sources"),
        parameters=_take("product inputs"),
    ),
    Measure(
        name="substitutability",
        group="chain",
        title=("供应方的可替代性", "Substitutability of a supplier"),
        method=(
            "1 减去没有其他已知供应方的（客户，投入）对的比例；二阶：其他供应方都在同地时计一半。世界是开放的：未见其他不等于没有。",
            "1 - share of its (customer, input) pairs without another known supplier; second order: others all in the same place count half. The world is "
            "open: no other known is not none.",
        ),
        compute=_substitutability,
        columns=_of(
            "name id n value second second_low without_other same_place sources",
            n=("（客户，投入）对", "(customer, input) pairs"),
        ),
        parameters=_take("company level"),
    ),
    Measure(
        name="absence",
        group="chain",
        title=("缺失的影响", "What an absence would stop"),
        method=(
            "某技术、环节或企业缺失时，使用它的场景、领域与下游各有多少提供者，缺失后还剩多少（所计：firms 企业、inputs 上游、scenarios 场景、suppliers 供应方）；缺失后未见其他者为“停止”，不等于确无其他。",
            "Scenarios, fields and what is downstream of a technology, segment or company: how many providers there are, and how many would be left (counted: firms, inputs, scenarios, "
            "suppliers). It stops where no other is recorded, which does not mean that there is none.",
        ),
        compute=_absence,
        columns=_of("label name id via counted before after stops sources"),
        parameters=_take("name"),
    ),
)
