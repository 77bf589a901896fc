"""What the pages say in Chinese and English. Names of labels and relations come from the ontology."""

from __future__ import annotations

from aikg.ontology.errors import SchemaError
from aikg.ontology.language import say

__all__ = ["pick", "words"]

_WORDS: dict[str, dict[str, str]] = {
    "title": {"zh": "人工智能产业知识图谱", "en": "AI industry knowledge graph"},
    "around": {"zh": "“{name}”周围 {depth} 步", "en": "“{name}” and what lies within {depth} steps"},
    "search": {"zh": "搜索名称、别名、编号……（按 / 键）", "en": "Search names, aliases, ids … (press /)"},
    "search_label": {"zh": "搜索节点", "en": "Search nodes"},
    "nothing_found": {
        "zh": "图中没有与“{text}”匹配的节点（未见记载，不等于没有）",
        "en": "Nothing in this picture matches “{text}” (not recorded is not the same as none)",
    },
    "more_found": {"zh": "另有 {n} 个，请输入更多字", "en": "{n} more; type on to narrow down"},
    "fit": {"zh": "全图", "en": "Whole"},
    "closer": {"zh": "放大", "en": "Zoom in"},
    "farther": {"zh": "缩小", "en": "Zoom out"},
    "legend": {"zh": "类型（点击筛选）", "en": "Types (filter)"},
    "relations": {"zh": "关系（点击筛选）", "en": "Relations (filter)"},
    "places": {"zh": "国家与省区", "en": "Regions"},
    "all": {"zh": "全选", "en": "All"},
    "none": {"zh": "清空", "en": "None"},
    "close": {"zh": "关闭", "en": "Close"},
    "kind": {"zh": "类型", "en": "Type"},
    "aliases": {"zh": "别名", "en": "Also called"},
    "id": {"zh": "编号", "en": "Id"},
    "properties": {"zh": "属性", "en": "Properties"},
    "not_recorded": {"zh": "未见记载", "en": "not recorded"},
    "also_stated": {"zh": "另有记载", "en": "also stated"},
    "sources": {"zh": "来源", "en": "Sources"},
    "no_sources": {"zh": "未附来源", "en": "no source given"},
    "code_table": {"zh": "行政区划代码表（不出自文献）", "en": "code table of places (not from a document)"},
    "conflicts": {"zh": "来源之间的矛盾", "en": "Contradictions between sources"},
    "has_conflict": {"zh": "来源有矛盾", "en": "sources disagree"},
    "chosen": {"zh": "采用", "en": "shown"},
    "facts": {"zh": "指标与数值", "en": "Figures"},
    "neighbours": {"zh": "关系", "en": "Relations"},
    "others": {"zh": "未画出的相邻节点", "en": "Neighbours not drawn"},
    "more": {"zh": "另有 {n} 条", "en": "{n} more"},
    "nodes_edges": {"zh": "节点 {n} / {all} · 关系 {m}", "en": "{n} / {all} nodes · {m} relations"},
    "as_of": {"zh": "截至 {range}", "en": "as of {range}"},
    "undated": {"zh": "（文献日期；另有 {n} 份未写日期）", "en": " (dates of the documents; {n} more undated)"},
    "as_of_unknown": {"zh": "时点未见记载", "en": "date not recorded"},
    "sources_of": {"zh": "来源：{names}", "en": "Sources: {names}"},
    "sources_more": {"zh": "等 {n} 份", "en": " and others, {n} in all"},
    "absent": {
        "zh": "不在图中 = 未见记载，不等于没有",
        "en": "Not in the graph = not recorded, which is not the same as none",
    },
    "picture": {"zh": "关系图：{n} 个节点，{m} 条关系", "en": "Network of {n} nodes and {m} relations"},
    "empty": {"zh": "没有可画的节点。", "en": "There is nothing to draw."},
    "failed": {"zh": "图没有画成：", "en": "The picture could not be drawn: "},
    "cut": {
        "zh": "只画出 {all} 个节点中的 {n} 个（{how}）；其余 {rest} 个在图谱里，此图未画。",
        "en": "Only {n} of {all} nodes are drawn ({how}); the graph holds {rest} more.",
    },
    "cut_degree": {"zh": "按关系数取多者", "en": "those with the most relations"},
    "cut_distance": {"zh": "按距离取近者", "en": "the nearest"},
    "no_such_nodes": {
        "zh": "图谱中没有这些类型的节点：{labels}。",
        "en": "The graph holds no nodes of these types: {labels}.",
    },
    "copy": {"zh": "复制引文", "en": "Copy citation"},
    "copied": {"zh": "已复制", "en": "Copied"},
    "everything": {"zh": "不限", "en": "all"},
    "format": {"zh": "版式", "en": "Format"},
    "natural": {"zh": "自然大小", "en": "natural"},
    "save_as": {"zh": "保存图片", "en": "Save the picture"},
    "save_data": {"zh": "保存图中数据（Excel）", "en": "Save the data behind it (Excel)"},
    "print": {"zh": "打印", "en": "Print"},
    "present": {"zh": "演示", "en": "Present"},
    "present_tip": {"zh": "演示模式（P 键；Esc 退出）", "en": "Presentation (P; Esc to leave)"},
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
    "list": {"zh": "、", "en": ", "},
    "colon": {"zh": "：", "en": ": "},
    "open": {"zh": "（", "en": " ("},
    "shut": {"zh": "）", "en": ")"},
    "semicolon": {"zh": "；", "en": "; "},
}


def words(lang: str) -> dict[str, str]:
    """All texts in one language. Raises SchemaError for a language other than zh and en.

    >>> words("en")["not_recorded"]
    'not recorded'
    """
    if lang not in ("zh", "en"):
        raise SchemaError(say(f"language {lang!r} is not one of zh, en", f"语言“{lang}”应为 zh、en 之一"))
    return {key: text[lang] for key, text in _WORDS.items()}


def pick(lang: str, chinese: str, english: str) -> str:
    """One of two texts, for what only one picture says.

    >>> pick("en", "城市", "City")
    'City'
    """
    return english if lang == "en" else chinese
