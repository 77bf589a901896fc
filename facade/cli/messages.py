"""What the command line says beside its answers, in Chinese and English. Help texts stand in `help_texts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aikg.cli.language import Lang

__all__ = ["MESSAGES", "TITLES", "say", "title"]

MESSAGES: dict[str, dict[Lang, str]] = {
    # -- errors and ends
    "interrupted": {"zh": "已中断", "en": "interrupted"},
    "disk_full": {"zh": "写不进去：磁盘已满", "en": "cannot write: the disk is full"},
    "os_error": {"zh": "系统报错：{reason}", "en": "the system says: {reason}"},
    "memory": {
        "zh": "内存不够；请缩小问题（--limit、更少的文件），或换用 Neo4j（aikg load）",
        "en": "out of memory; ask for less (--limit, fewer files) or use Neo4j (aikg load)",
    },
    "missing_package": {
        "zh": "缺少 Python 包 {package}；请重新安装：pip install aikg",
        "en": "the Python package {package} is missing; install again: pip install aikg",
    },
    "bug": {
        "zh": "程序内部出错（{kind}：{reason}）；加 --debug 可看详情，请连同详情报告此问题",
        "en": "an error inside the program ({kind}: {reason}); --debug shows details, please report it with them",
    },
    # -- usage
    "see_help": {"zh": "用法见 {command} --help", "en": "see {command} --help"},
    "no_such_command": {"zh": "没有“{name}”这个命令", "en": "no such command '{name}'"},
    "no_such_option": {"zh": "没有“{name}”这个选项", "en": "no such option {name}"},
    "near": {"zh": "；是不是 {names}？", "en": "; did you mean {names}?"},
    "missing": {"zh": "缺少 {name}", "en": "{name} is missing"},
    "needs_value": {"zh": "选项 {name} 后面要写值", "en": "option {name} needs a value"},
    "takes_no_value": {"zh": "选项 {name} 不带值", "en": "option {name} takes no value"},
    "bad_choice": {
        "zh": "{name} 不能是“{value}”，可选 {choices}",
        "en": "{name} cannot be '{value}'; it is one of {choices}",
    },
    "bad_value": {"zh": "{name} 的值不对：{reason}", "en": "{name}: {reason}"},
    "bad_number": {
        "zh": "{name} 要写不小于 0 的数，不能是“{value}”",
        "en": "{name} takes a number from 0 on, not '{value}'",
    },
    "extra": {"zh": "多出来的参数：{words}", "en": "more arguments than expected: {words}"},
    "graph_or_store": {"zh": "--graph 与 --store 只能写一个", "en": "give --graph or --store, not both"},
    "store_uri": {
        "zh": "{name} 要写数据库地址，如 neo4j://localhost:7687，不能是“{value}”；文件夹用 --graph",
        "en": "{name} takes the address of a database, such as neo4j://localhost:7687, not '{value}'; "
        "for a folder use --graph",
    },
    "login_in_uri": {
        "zh": "数据库地址里不要写用户名和密码；请用 --username 与环境变量 NEO4J_PASSWORD",
        "en": "a database's address holds no user and password; give --username and the environment's NEO4J_PASSWORD",
    },
    "bom_needs_csv": {
        "zh": "--bom 只用于 CSV；请写 --format csv",
        "en": "--bom is for CSV only; add --format csv",
    },
    "workbook_alone": {
        "zh": "写成 .xlsx 时不要写 --format、--bom：文件本身就是 Excel 工作簿",
        "en": "leave out --format and --bom where the file is an .xlsx: that is an Excel workbook by itself",
    },
    "cypher_of_which": {
        "zh": "--cypher 要写明哪个问题，如 aikg queries chain-gaps --cypher",
        "en": "say of which question, as in aikg queries chain-gaps --cypher",
    },
    "two_places": {
        "zh": "请给出两个以上的地方，如 aikg compare 深圳 杭州",
        "en": "give two or more places, as in aikg compare 深圳 杭州",
    },
    "no_result": {
        "zh": "没有可算的内容：图中未见所需的记载",
        "en": "nothing to compute: the graph records nothing of what is needed",
    },
    # -- serve
    "serve_ready": {
        "zh": "控制台：{url}\n用浏览器打开以上网址；按 Ctrl-C 结束。",
        "en": "The console: {url}\nOpen this URL in a browser; Ctrl-C ends it.",
    },
    "serve_ended": {"zh": "控制台已结束。", "en": "The console has ended."},
    "serve_open": {
        "zh": "注意：监听 {host}，别的机器也能连接，且连接不加密；口令不要给别人",
        "en": "note: listening on {host}, which other machines reach, without encryption; keep the token to yourself",
    },
    # -- repair
    "repair_one_stdout": {
        "zh": "--output - 把文本写到 stdout，不能再写 --format",
        "en": "--output - takes stdout for the text; leave out --format",
    },
    "repair_over_input": {
        "zh": "--output 不能是原文件 {file}；请写到另一个文件",
        "en": "--output cannot be the file itself ({file}); name another one",
    },
    "repair_clean": {"zh": "{file}：没有损坏", "en": "{file}: not damaged"},
    "repair_traditional": {
        "zh": "{file}：繁体原文，没有损坏；读取时按简体理解",
        "en": "{file}: written in Traditional characters and not damaged; it is read as Simplified",
    },
    "repair_damaged": {"zh": "{file}：被转换程序损坏", "en": "{file}: damaged by a converter"},
    "repair_bare": {
        "zh": "{file}：被转换程序损坏（没有拼音括号）",
        "en": "{file}: damaged by a converter (without readings in brackets)",
    },
    "repair_runs": {"zh": "{text}；改动 {n} 处：{kinds}", "en": "{text}; {n} runs changed: {kinds}"},
    "repair_reading": {"zh": "拼音括号 {n}", "en": "{n} with readings"},
    "repair_script": {"zh": "繁体字 {n}", "en": "{n} in Traditional characters"},
    "repair_shift": {"zh": "字节错位 {n}", "en": "{n} with shifted bytes"},
    "repair_mark": {"zh": "标点 {n}", "en": "{n} marks"},
    "repair_unsure": {"zh": "{text}；{n} 处拿不准（第 {lines} 行）", "en": "{text}; {n} unsure (line {lines})"},
    "repair_line_unsure": {"zh": "{text}  【拿不准：{note}】", "en": "{text}  [unsure: {note}]"},
    "key_value": {"zh": "参数写成 key=value，不能是“{word}”", "en": "parameters are written key=value, not '{word}'"},
    "file_needed": {
        "zh": "要看原文这一行，请用 --file 给出你手里的那份文件",
        "en": "to see this line, give your own copy of the document with --file",
    },
    "locator_needed": {
        "zh": "--file 要和出处一起用，如 aikg sources L178 --file {file}",
        "en": "--file goes with a place in the document, as in aikg sources L178 --file {file}",
    },
    "bad_locator": {
        "zh": "“{value}”里没有行号；出处写成 src:a76a81ffa34b#L178;图表3、L178 或 178",
        "en": "'{value}' holds no line number; write src:a76a81ffa34b#L178;图表3, L178 or 178",
    },
    "no_such_line": {
        "zh": "{file}：没有第 {line} 行，全文共 {lines} 行",
        "en": "{file}: there is no line {line}, the document has {lines}",
    },
    "no_statement": {"zh": "没有读到查询语句", "en": "no statement was given"},
    "unknown_output": {"zh": "写不进 {path}：{reason}", "en": "{path}: cannot be written ({reason})"},
    "too_many_rows": {
        "zh": "{n} 行，Excel 最多 {most} 行；请写成 .csv",
        "en": "{n} rows, of which Excel takes {most}; write a .csv",
    },
    "no_folder": {"zh": "没有文件夹 {folder}，请先建好", "en": "there is no folder {folder}; make it first"},
    "is_folder": {"zh": "这是一个文件夹", "en": "it is a folder"},
    # -- notes on stderr
    "no_rows": {
        "zh": "没有结果（未见记载，不等于没有）",
        "en": "no rows (not recorded, which is not the same as none)",
    },
    "no_violations": {"zh": "没有发现违反本体规则之处", "en": "nothing violates the rules of the ontology"},
    "no_conflicts": {"zh": "没有发现矛盾", "en": "no contradictions were found"},
    "no_such_conflicts": {
        "zh": "没有这样的矛盾（其他种类或程度的可能有）",
        "en": "no such contradictions were found (there may be others)",
    },
    "conflicts_counted": {"zh": "矛盾 {n} 处：{kinds}", "en": "{n} contradictions: {kinds}"},
    "no_same_as": {"zh": "没有待判断的几对名称", "en": "no pairs are waiting for a judgement"},
    "judge_next": {
        "zh": "把 judgement 列的 unsure 改成 same 或 different，再运行 aikg build --judgements 这个文件",
        "en": "change unsure in the column judgement to same or different, then run aikg build --judgements with the file",
    },
    "violations": {
        "zh": "违反 {violations} 处，提醒 {warnings} 处",
        "en": "{violations} violations, {warnings} warnings",
    },
    "truncated": {
        "zh": "结果不完整：只取了前 {n} 行；用 --limit 改上限",
        "en": "the answer is cut: only the first {n} rows; change this with --limit",
    },
    "truncated_ask": {"zh": "结果不完整：只取了前 {n} 行", "en": "the answer is cut: only the first {n} rows"},
    "shortened": {
        "zh": "有单元格为适应屏幕而截短；--format csv 或 json 给出全文",
        "en": "some cells are shortened to fit the screen; --format csv or json gives them whole",
    },
    "shortened_workbook": {
        "zh": "有单元格太长（Excel 每格最多 32767 字），已截短；写成 .csv 或 .json 给出全文",
        "en": "some cells are longer than Excel's 32767 characters and are shortened; a .csv or .json gives them whole",
    },
    "defaulted": {"zh": "{name}={value}（默认）", "en": "{name}={value} (default)"},
    "other_file": {
        "zh": "{file} 不是出处所指的那份文件（sha256 前 12 位是 {found}，应为 {wanted}）：行号可能对不上",
        "en": "{file} is not the document cited (its sha256 begins {found}, not {wanted}): lines may differ",
    },
    "written": {"zh": "已写入 {path}", "en": "wrote {path}"},
    # -- build
    "reading": {"zh": "读取", "en": "reading"},
    "nothing_read": {
        "zh": "没有从 {files} 读入任何内容：没有一张表的表头有映射；请用 --mapping 文件.toml 说明各列是什么（写法见 docs/mappings.md）",
        "en": "nothing was taken over from {files}: no table has headers that a mapping knows; "
        "say what its columns are with --mapping FILE.toml (see docs/mappings.md)",
    },
    "and_more": {"zh": "{names} 等 {n} 个文件", "en": "{names} … ({n} files)"},
    "none": {"zh": "无", "en": "none"},
    "report_inputs": {"zh": "输入", "en": "Inputs"},
    "report_tables": {"zh": "读入的表", "en": "Tables taken over"},
    "report_prose": {"zh": "读入的正文", "en": "Running text"},
    "damage_clean": {"zh": "完好", "en": "clean"},
    "damage_damaged": {"zh": "受损，已修复", "en": "damaged, repaired"},
    "damage_bare": {"zh": "受损（无括号），已修复", "en": "damaged without brackets, repaired"},
    "damage_traditional": {"zh": "繁体", "en": "Traditional"},
    "report_left_out": {"zh": "没有映射、未读入的表", "en": "Tables left out, since no mapping knows their headers"},
    "report_problems": {"zh": "有问题的行", "en": "Rows with something wrong"},
    "report_notes": {"zh": "说明", "en": "Notes"},
    "report_unknown": {"zh": "本体里没有的词", "en": "Words that are not in the ontology"},
    "report_untied": {"zh": "没有对上指标表的说法", "en": "Wordings not tied to the list of indicators"},
    "report_nodes": {"zh": "节点", "en": "Nodes"},
    "report_edges": {"zh": "关系", "en": "Relations"},
    "report_rows": {
        "zh": "行：读 {read}，收 {accepted}，部分收 {partial}，拒 {rejected}；记录 {records} 条，并入已有的 {merged} 条",
        "en": "Rows: {read} read, {accepted} accepted, {partial} in part, {rejected} rejected; "
        "{records} records, {merged} folded into others",
    },
    "report_records": {
        "zh": "记录 {records} 条，并入已有的 {merged} 条",
        "en": "{records} records, {merged} folded into others",
    },
    "report_conflicts": {
        "zh": "矛盾 {conflicts} 处{kinds}（aikg conflicts），疑似同一对象 {candidates} 对（aikg same-as，待人判断）",
        "en": "{conflicts} contradictions{kinds} (aikg conflicts), {candidates} pairs that may be the same "
        "(aikg same-as, for a person to judge)",
    },
    "report_more": {"zh": "…… 另有 {n} 项，见 {path}", "en": "… and {n} more, in {path}"},
    "data_set": {"zh": "随附数据集引用", "en": "cited by the shipped data set"},
    "graph_written": {"zh": "图谱写入 {path}", "en": "The graph was written to {path}"},
    # -- load, demo
    "loaded": {
        "zh": "已载入 {uri}：{nodes} 个节点，{relations} 条关系",
        "en": "loaded into {uri}: {nodes} nodes, {relations} relations",
    },
    "demo_build": {"zh": "用随附数据集建图……", "en": "Building the graph from the shipped data set …"},
    "demo_occupied": {
        "zh": "{path} 里是用你的文件建的图谱，演示不会覆盖它；请换一个文件夹运行，或加 --graph",
        "en": "{path} holds a graph made of your files, which the demo does not overwrite; "
        "run it elsewhere or give --graph",
    },
    "demo_more": {"zh": "…… 共 {n} 行；全部：{command}", "en": "… {n} rows in all; see them with: {command}"},
    "demo_written": {"zh": "写出了：", "en": "Written:"},
    "demo_graph": {"zh": "图谱（Parquet 文件夹）", "en": "the graph (a folder of Parquet files)"},
    "demo_panorama": {"zh": "产业链全景图（可离线打开）", "en": "the panorama of the chain (opens offline)"},
    "demo_network": {"zh": "关系网络图（可离线打开）", "en": "the network (opens offline)"},
    "demo_next": {"zh": "接下来可以：", "en": "Next you may try:"},
    "demo_queries": {"zh": "能问哪些问题", "en": "the questions that can be asked"},
    "demo_measures": {"zh": "能算哪些指标", "en": "the measures that can be computed"},
    "demo_views": {"zh": "能画哪些图", "en": "the pictures that can be drawn"},
    "demo_values": {"zh": "一个参数能填什么", "en": "what a parameter may be"},
    "demo_why": {"zh": "这一条从哪里来", "en": "where a value comes from"},
    "demo_conflicts": {"zh": "来源之间的矛盾", "en": "where sources disagree"},
    "demo_own": {"zh": "用自己的文件建图", "en": "a graph of your own files"},
    # -- cells and lists
    "not_recorded": {"zh": "未见记载", "en": "not recorded"},
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
    "list": {"zh": "、", "en": ", "},
    "row": {"zh": "第 {n} 条", "en": "row {n}"},
    # -- help
    "usage": {"zh": "用法：", "en": "Usage: "},
    "options_word": {"zh": "[选项]", "en": "[OPTIONS]"},
    "command_word": {"zh": "命令 [参数]…", "en": "COMMAND [ARGS]…"},
    "arguments": {"zh": "参数", "en": "Arguments"},
    "options": {"zh": "选项", "en": "Options"},
    "commands_graph": {"zh": "建图与检查", "en": "Build and check"},
    "commands_ask": {"zh": "提问", "en": "Ask"},
    "commands_evidence": {"zh": "出处与矛盾", "en": "Sources and contradictions"},
    "commands_out": {"zh": "图、文件与数据库", "en": "Pictures, files, databases"},
    "commands_help": {"zh": "帮助", "en": "Help"},
}

TITLES: dict[str, dict[Lang, str]] = {
    "name": {"zh": "名称", "en": "name"},
    "id": {"zh": "编号", "en": "id"},
    "theme": {"zh": "主题", "en": "theme"},
    "title": {"zh": "标题", "en": "title"},
    "group": {"zh": "类别", "en": "group"},
    "place": {"zh": "地方", "en": "place"},
    "measure": {"zh": "指标", "en": "measure"},
    "unit": {"zh": "单位", "en": "unit"},
    "state": {"zh": "状态", "en": "state"},
    "question": {"zh": "问题", "en": "question"},
    "parameters": {"zh": "参数", "en": "parameters"},
    "parameter": {"zh": "参数", "en": "parameter"},
    "datatype": {"zh": "类型", "en": "type"},
    "default": {"zh": "默认值", "en": "default"},
    "description": {"zh": "说明", "en": "description"},
    "format": {"zh": "格式", "en": "format"},
    # conflicts
    "kind": {"zh": "种类", "en": "kind"},
    "severity": {"zh": "程度", "en": "severity"},
    "subject": {"zh": "对象", "en": "subject"},
    "subject_id": {"zh": "对象编号", "en": "subject id"},
    "property": {"zh": "属性", "en": "property"},
    "period": {"zh": "时期", "en": "period"},
    "value_a": {"zh": "甲值", "en": "value A"},
    "source_a": {"zh": "甲出处", "en": "source A"},
    "value_b": {"zh": "乙值", "en": "value B"},
    "source_b": {"zh": "乙出处", "en": "source B"},
    # same-as
    "id_a": {"zh": "甲编号", "en": "id A"},
    "id_b": {"zh": "乙编号", "en": "id B"},
    "name_a": {"zh": "甲名称", "en": "name A"},
    "name_b": {"zh": "乙名称", "en": "name B"},
    "score": {"zh": "可能性", "en": "score"},
    "reason": {"zh": "理由", "en": "reason"},
    "judgement": {"zh": "判断", "en": "judgement"},
    "chosen": {"zh": "采用", "en": "chosen"},
    # why
    "value": {"zh": "值", "en": "value"},
    "raw": {"zh": "原文", "en": "as written"},
    "shown": {"zh": "采用", "en": "shown"},
    "source": {"zh": "出处", "en": "source"},
    "sources": {"zh": "出处", "en": "sources"},
    "as_of": {"zh": "截至", "en": "as of"},
    "method": {"zh": "取得方式", "en": "method"},
    "confidence": {"zh": "可信度", "en": "confidence"},
    # sources
    "publisher": {"zh": "发布者", "en": "publisher"},
    "published": {"zh": "发布时间", "en": "published"},
    "retrieved": {"zh": "取得时间", "en": "retrieved"},
    "licence": {"zh": "许可", "en": "licence"},
    "url": {"zh": "网址", "en": "URL"},
    "sha256": {"zh": "SHA-256", "en": "SHA-256"},
    "nodes": {"zh": "节点", "en": "nodes"},
    "relations": {"zh": "关系", "en": "relations"},
    "statements": {"zh": "陈述", "en": "statements"},
    "file": {"zh": "文件", "en": "file"},
    "line": {"zh": "行", "en": "line"},
    "text": {"zh": "原文", "en": "text"},
    "matches": {"zh": "同一份文件", "en": "same document"},
    # check
    "label": {"zh": "类型", "en": "label"},
    "target": {"zh": "规则对象", "en": "target"},
    "rule": {"zh": "规则", "en": "rule"},
    "message": {"zh": "说明", "en": "message"},
    # build report
    "number": {"zh": "图表", "en": "table"},
    "caption": {"zh": "标题", "en": "caption"},
    "mapping": {"zh": "映射", "en": "mapping"},
    "rows": {"zh": "物理行", "en": "rows"},
    "logical_rows": {"zh": "逻辑行", "en": "logical rows"},
    "damage": {"zh": "文字", "en": "text"},
    "repaired": {"zh": "修复", "en": "repaired"},
    "unsure": {"zh": "存疑", "en": "unsure"},
    "edges": {"zh": "关系", "en": "relations"},
    "accepted": {"zh": "收入", "en": "accepted"},
    "partial": {"zh": "部分收入", "en": "in part"},
    "repeated": {"zh": "重复", "en": "repeated"},
    "things": {"zh": "不同的对象", "en": "distinct things"},
    "headers": {"zh": "表头", "en": "headers"},
    "encoding": {"zh": "编码", "en": "encoding"},
    "lines": {"zh": "行数", "en": "lines"},
    "tables": {"zh": "表", "en": "tables"},
    "furniture": {"zh": "版面表", "en": "layout tables"},
    "word": {"zh": "词", "en": "word"},
    "taken_as": {"zh": "当作", "en": "taken as"},
    "where": {"zh": "位置", "en": "where"},
    "type": {"zh": "类型", "en": "type"},
    "n": {"zh": "数量", "en": "n"},
}


def say(key: str, lang: Lang, **values: object) -> str:
    """One message in one language.

    >>> say("written", "en", path="a.csv")
    'wrote a.csv'
    """
    text = MESSAGES[key][lang]
    return text.format(**values) if values else text


def title(column: str, lang: Lang) -> str:
    """The heading of a column, or its name where it has none."""
    found = TITLES.get(column)
    return found[lang] if found else column
