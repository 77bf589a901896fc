"""What the console says, in Chinese and English; the page gets the texts of its language with everything else it shows."""

from __future__ import annotations

__all__ = ["WORDS", "words"]

WORDS: dict[str, dict[str, str]] = {
    # -- refusals, before anything is asked
    "refused_host": {
        "zh": "拒绝：Host 不是本控制台的地址；请用终端里打印的网址",
        "en": "refused: Host is no address of this console; use the URL that the terminal shows",
    },
    "refused_origin": {
        "zh": "拒绝：请求来自别的网页",
        "en": "refused: the request comes from another page",
    },
    "refused_token": {
        "zh": "拒绝：没有口令；请用 aikg serve 在终端里打印的完整网址打开",
        "en": "refused: no token; open the whole URL that aikg serve printed on the terminal",
    },
    "refused_type": {
        "zh": "拒绝：只接受 JSON（application/json）",
        "en": "refused: only JSON is taken (application/json)",
    },
    "refused_size": {"zh": "拒绝：请求太大，最多 64 KB", "en": "refused: the request is too large; 64 KB at most"},
    "refused_slow": {"zh": "拒绝：请求迟迟没有发完", "en": "refused: the request did not arrive in time"},
    "not_found": {"zh": "没有这个页面", "en": "there is no such page"},
    "bad_request": {"zh": "请求不是所要的 JSON 对象", "en": "the request is not the JSON object that is asked for"},
    "bad_parameters": {
        "zh": '参数应为一个 JSON 对象，如 {"city": "杭州市"}',
        "en": 'parameters are one JSON object, such as {"city": "杭州市"}',
    },
    "no_files": {
        "zh": "参数 file 会读取文件，控制台不接受；请在命令行运行 aikg analyze",
        "en": "the parameter file reads a file, which the console does not; run aikg analyze on the command line",
    },
    "answer_too_large": {
        "zh": "结果的一行就超过 {most} MB；请返回较少的列或用 LIMIT",
        "en": "one row of the answer is larger than {most} MB; return fewer columns or add a LIMIT",
    },
    "bug": {
        "zh": "程序内部出错（{kind}：{reason}）；请报告此问题",
        "en": "an error inside the program ({kind}: {reason}); please report it",
    },
    # -- the frame
    "title": {"zh": "aikg 控制台", "en": "aikg console"},
    "brand": {"zh": "人工智能产业知识图谱", "en": "AI industry knowledge graph"},
    "tab_questions": {"zh": "问题", "en": "Questions"},
    "tab_measures": {"zh": "指标", "en": "Measures"},
    "tab_cypher": {"zh": "Cypher", "en": "Cypher"},
    "tab_pictures": {"zh": "图", "en": "Pictures"},
    "tab_schema": {"zh": "结构", "en": "Schema"},
    "other_language": {"zh": "English", "en": "中文"},
    "graph_size": {"zh": "{nodes} 个节点 · {relations} 条关系", "en": "{nodes} nodes · {relations} relations"},
    "read_only": {"zh": "只读", "en": "read-only"},
    "loading": {"zh": "正在读取……", "en": "Loading …"},
    "gone": {
        "zh": "控制台没有应答；请看终端里的 aikg serve 是否还在运行",
        "en": "the console does not answer; see whether aikg serve still runs on the terminal",
    },
    # -- choosing
    "search_questions": {"zh": "搜索问题……", "en": "Search questions …"},
    "search_measures": {"zh": "搜索指标……", "en": "Search measures …"},
    "search_pictures": {"zh": "搜索图……", "en": "Search pictures …"},
    "search_schema": {"zh": "搜索类型、关系、属性……", "en": "Search labels, relations, properties …"},
    "found_none": {"zh": "没有匹配的条目", "en": "Nothing matches"},
    "method": {"zh": "口径", "en": "How it is counted"},
    "columns": {"zh": "列的含义", "en": "What the columns mean"},
    "default": {"zh": "默认：{value}", "en": "default: {value}"},
    "no_limit": {"zh": "不限", "en": "all"},
    "one_of": {"zh": "{names} 只填一个", "en": "fill in one of {names}"},
    "several": {"zh": "可写多个，用顿号或逗号隔开", "en": "several, divided by commas"},
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
    "run": {"zh": "运行", "en": "Run"},
    "stop": {"zh": "停止", "en": "Stop"},
    "stopped": {"zh": "已停止等待", "en": "Stopped waiting"},
    "show_cypher": {"zh": "看 Cypher", "en": "As Cypher"},
    "draw": {"zh": "画图", "en": "Draw"},
    "open_tab": {"zh": "在新标签页打开", "en": "Open in a new tab"},
    "ready": {
        "zh": "左边选一项，填参数，再点“运行”。",
        "en": "Choose on the left, fill in what is asked, and press Run.",
    },
    # -- Cypher
    "parameters_json": {
        "zh": '参数（JSON），如 {"city": "杭州市"}',
        "en": 'Parameters (JSON), such as {"city": "杭州市"}',
    },
    "run_hint": {"zh": "Ctrl+Enter 运行", "en": "Ctrl+Enter runs"},
    "cypher_hint": {
        "zh": "只读：写入语句会被拒绝。限时 {timeout} 秒，最多 {rows} 行。",
        "en": "Read-only: statements that write are refused. {timeout} s and {rows} rows at most.",
    },
    "examples": {"zh": "示例", "en": "Examples"},
    "kind_label": {"zh": "类型", "en": "label"},
    "kind_relation": {"zh": "关系", "en": "relation"},
    "kind_property": {"zh": "属性", "en": "property"},
    "kind_parameter": {"zh": "参数", "en": "parameter"},
    "kind_keyword": {"zh": "关键字", "en": "keyword"},
    "kind_function": {"zh": "函数", "en": "function"},
    # -- answers
    "as_table": {"zh": "表格", "en": "Table"},
    "as_network": {"zh": "关系图", "en": "Network"},
    "export": {"zh": "导出", "en": "Export"},
    "rows": {"zh": "{n} 行", "en": "{n} rows"},
    "row": {"zh": "1 行", "en": "1 row"},
    "milliseconds": {"zh": "{n} 毫秒", "en": "{n} ms"},
    "first_rows": {
        "zh": "表中是前 {shown} 行，导出含全部 {n} 行",
        "en": "the table shows the first {shown} rows, an export has all {n}",
    },
    "cut": {
        "zh": "结果不完整：达到 {n} 行的上限",
        "en": "the answer is not whole: it reached the limit of {n} rows",
    },
    "no_rows": {
        "zh": "没有结果（未见记载，不等于没有）",
        "en": "No rows (not recorded, which is not the same as none)",
    },
    "used": {"zh": "本次参数：{text}", "en": "Asked with {text}"},
    "not_recorded": {"zh": "未见记载", "en": "not recorded"},
    "sources_n": {"zh": "{n} 处", "en": "{n}"},
    "sources": {"zh": "来源", "en": "Sources"},
    "sources_of_row": {"zh": "第 {n} 行的来源", "en": "Sources of row {n}"},
    "no_sources": {"zh": "未附来源", "en": "no source given"},
    "copy": {"zh": "复制引文", "en": "Copy citations"},
    "copied": {"zh": "已复制", "en": "Copied"},
    "conflict": {"zh": "有矛盾", "en": "disputed"},
    "conflict_tip": {
        "zh": "来源之间有矛盾：{n} 处，点击查看",
        "en": "sources disagree on {n} points; choose to see them",
    },
    "more_items": {"zh": "等 {n} 项", "en": "… {n} in all"},
    "sort": {"zh": "点击排序", "en": "Choose to sort"},
    "node": {"zh": "节点", "en": "node"},
    "relation": {"zh": "关系", "en": "relation"},
    "path": {"zh": "路径", "en": "path"},
    # -- network
    "no_network": {
        "zh": "这个结果里没有可画的节点；返回节点、关系、路径或 id 即可成图",
        "en": "There is no node to draw in this answer; return nodes, relations, paths or ids",
    },
    "network_size": {"zh": "{nodes} 个节点 · {relations} 条关系", "en": "{nodes} nodes · {relations} relations"},
    "network_cut": {
        "zh": "只画结果中的前 {n} 个节点，共 {all} 个",
        "en": "the first {n} nodes of the answer are drawn, of {all}",
    },
    "network_joined": {
        "zh": "连线是这些节点之间在图中的关系",
        "en": "lines are the graph's relations between these nodes",
    },
    "fit": {"zh": "全图", "en": "Whole"},
    "network_hint": {"zh": "滚轮缩放，拖动移动，点击看详情", "en": "wheel zooms, drag moves, choose for details"},
    # -- details
    "properties": {"zh": "属性", "en": "Properties"},
    "aliases": {"zh": "别名", "en": "Also called"},
    "id": {"zh": "编号", "en": "Id"},
    "contradictions": {"zh": "来源之间的矛盾", "en": "Contradictions between sources"},
    "relations": {"zh": "关系", "en": "Relations"},
    "more_relations": {"zh": "只列前 {n} 条", "en": "the first {n} are listed"},
    "close": {"zh": "关闭", "en": "Close"},
    "no_node": {"zh": "图中没有编号为 {id} 的节点", "en": "the graph holds no node with the id {id}"},
    # -- schema
    "schema_intro": {
        "zh": "图中有哪些类型、关系与属性；数字是本图中的个数，“—”为本图未见。点击“查询”写入 Cypher。",
        "en": "Labels, relations and properties; numbers are those of this graph, — where it holds none. “Query” writes Cypher.",
    },
    "labels": {"zh": "节点类型", "en": "Labels"},
    "relation_types": {"zh": "关系类型", "en": "Relation types"},
    "ends": {"zh": "起点 → 终点", "en": "from → to"},
    "datatype": {"zh": "数据类型", "en": "datatype"},
    "query_it": {"zh": "查询", "en": "Query"},
    "count": {"zh": "个数", "en": "number"},
    "pictures_database": {
        "zh": "图由数据库的节点与关系画出；数据库中没有陈述，故“另有记载”不在图中",
        "en": "Pictures are drawn from the database's nodes and relations; a database holds no statements, so what else was stated is not in them",
    },
}


def words(lang: str) -> dict[str, str]:
    """All texts of one language.

    >>> words("en")["run"]
    'Run'
    """
    return {key: text[lang] for key, text in WORDS.items()}
