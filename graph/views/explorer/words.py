"""What the network page says beside the words that all pages share."""

from __future__ import annotations

from aikg.graph.views.words import words

__all__ = ["explorer_words"]

_WORDS: dict[str, tuple[str, str]] = {
    "search": (
        "搜索名称、别名、编号、拼音首字母（按 / 键）",
        "Search names, aliases, ids, pinyin initials (press /)",
    ),
    "layout": ("布局", "Layout"),
    "layout_bands": ("按产业层", "by layer"),
    "layout_places": ("按地区", "by place"),
    "layout_force": ("力导向", "by force"),
    "size": ("大小", "Size"),
    "color": ("颜色", "Colour"),
    "by_label": ("类型", "type"),
    "degree": ("关系数（度）", "Degree"),
    "pagerank": ("PageRank", "PageRank"),
    "betweenness": ("介数", "Betweenness"),
    "k-core": ("k 核", "k-core"),
    "community": ("社群", "Community"),
    "same": ("一律", "equal"),
    "measure_note": (
        "按所画的关系计算（平行关系算一条，不计产业链根节点）；社群不计地点与产业层；2,000 个节点以上的介数由抽样估计",
        "of the relations that are drawn (parallel ones once, without the root of the chain); communities leave out places and layers; betweenness is estimated from a sample above 2,000 nodes",
    ),
    "low": ("低", "low"),
    "high": ("高", "high"),
    "not_computed": ("未计入", "not counted"),
    "community_n": ("社群 {n}", "community {n}"),
    "other_communities": ("其他社群", "other communities"),
    "filters": ("筛选", "Filter"),
    "layer": ("产业层", "Layer"),
    "place": ("地区", "Place"),
    "time": ("时间", "Time"),
    "time_none": ("不限", "all"),
    "time_date": ("成立、发布等日期", "own date (founded, issued …)"),
    "time_as_of": ("记载时点", "recorded as of"),
    "from": ("从", "from"),
    "until": ("到", "to"),
    "with_unknown": ("含日期未见记载的", "with those not dated"),
    "filter_note": (
        "筛选后保留符合者，以及与其直接相连、但本身无此属性的节点（如环节没有地区）",
        "kept is what fits, and what is directly related to it and has no such property itself (a segment has no place)",
    ),
    "reset": ("清除筛选", "Clear filters"),
    "path": ("路径", "Path"),
    "path_tip": ("两点之间的最短路径", "Shortest path between two nodes"),
    "path_from": ("起点", "From"),
    "path_to": ("终点", "To"),
    "path_here": ("从这里找路径", "Path from here"),
    "path_avoid": ("不经过地点和产业层", "not through places and layers"),
    "path_steps": (
        "最短路径：{n} 步；同样短的共 {m} 条，所示者经过的节点关系最少",
        "Shortest path: {n} steps; {m} are equally short, shown is the one whose nodes have the fewest relations",
    ),
    "path_none": (
        "在所显示的关系中没有路径（未见记载，不等于没有关系）",
        "No path along the relations shown (not recorded is not the same as none)",
    ),
    "path_same": ("起点与终点相同", "Start and end are the same"),
    "path_reversed": ("逆向", "reverse"),
    "around_n": ("邻域", "Neighbourhood"),
    "step": ("{n} 步", "{n} step"),
    "steps": ("{n} 步", "{n} steps"),
    "only_these": ("只显示这些", "only these"),
    "in_focus": ("共 {n} 个节点", "{n} nodes"),
    "dark": ("深色 / 浅色", "Dark / light"),
    "export": ("导出", "Export"),
    "csv_nodes": ("CSV 节点", "CSV nodes"),
    "csv_edges": ("CSV 关系", "CSV relations"),
    "sheet_nodes": ("节点", "nodes"),
    "sheet_edges": ("关系", "relations"),
    "name": ("名称", "name"),
    "year": ("年份", "year"),
    "recorded": ("记载时点", "as of"),
    "subject": ("起点", "subject"),
    "object": ("终点", "object"),
    "relation": ("关系", "relation"),
    "basic_only": (
        "节点较多，此页不含各节点的属性与出处；请用 around（如 around=华为）或 labels、limit 缩小范围后重画，即可查看。",
        "With so many nodes this page leaves out their properties and sources; draw a part of it (around=…, labels=…, limit=…) to see them.",
    ),
    "offer": (
        "可用 labels、relations、around 缩小，或用 limit 放宽。",
        "Narrow it down with labels, relations or around, or raise limit.",
    ),
    "no_force": (
        "节点超过 {n} 个，不提供力导向布局。",
        "No force layout: there are more than {n} nodes.",
    ),
    "no_script": ("此浏览器过旧，无法读取本页数据。", "This browser is too old to read the data of this page."),
    "loading": ("正在载入……", "Loading …"),
    "keys": (
        "/ 搜索 · 方向键在相邻节点间移动，回车选定 · + − 0 缩放 · P 演示 · Esc 返回",
        "/ search · arrows move between neighbours, Enter chooses · + − 0 zoom · P present · Esc back",
    ),
    "canvas": (
        "关系图。方向键在相邻节点间移动，回车选定。",
        "Network. Arrow keys move between neighbours, Enter chooses.",
    ),
    "neighbour_at": (
        "{name}（第 {n} 个，共 {m} 个相邻节点；回车选定）",
        "{name} ({n} of {m} neighbours; Enter chooses)",
    ),
    "not_dated": ("日期未见记载", "date not recorded"),
    "unknown_place": ("斜纹：地点未见记载", "hatched: place not recorded"),
}


def explorer_words(lang: str) -> dict[str, str]:
    """The words of all pages and those of the network page, in one language. SchemaError for one that is not zh or en.

    >>> explorer_words("en")["path"]
    'Path'
    """
    at = 1 if lang == "en" else 0
    return {**words(lang), **{key: texts[at] for key, texts in _WORDS.items()}}
