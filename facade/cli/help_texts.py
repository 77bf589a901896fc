"""Help of every command, argument and option, in Chinese and English.

Keys: ``build`` a command (its first line is what the list of commands shows), ``build.sources`` one of its
arguments or options, ``*.graph`` an option that several commands share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aikg.cli.language import Lang

__all__ = ["HELP", "help_text"]

HELP: dict[str, dict[Lang, str]] = {
    "aikg": {
        "zh": "人工智能产业知识图谱：企业、园区、城市、政策与产业链，每一条都有出处。",
        "en": "A knowledge graph of the AI industry: companies, parks, cities, policies and the chain, "
        "with a source for every fact.",
    },
    "aikg.epilog": {
        "zh": "先试：aikg demo\n\n"
        "退出码：0 完成；1 出错，或 aikg check 发现违反；2 用法不对；130 被中断（Ctrl-C）。\n\n"
        "语言：--lang，其次环境变量 AIKG_LANG，再次系统语言；系统没有设语言时用中文。\n\n"
        "环境变量：AIKG_LANG；AIKG_DEBUG=1 同 --debug；"
        "NEO4J_USERNAME、NEO4J_PASSWORD、NEO4J_DATABASE 为数据库登录信息。",
        "en": "Try first: aikg demo\n\n"
        "Exit codes: 0 done; 1 an error, or violations found by aikg check; 2 wrong usage; "
        "130 interrupted (Ctrl-C).\n\n"
        "Language: --lang, else the environment's AIKG_LANG, else the system's; Chinese where the system is "
        "set to none.\n\n"
        "Environment: AIKG_LANG; AIKG_DEBUG=1 is --debug; NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE log in "
        "to a database.",
    },
    "*.lang": {"zh": "语言：zh 或 en。", "en": "Language: zh or en."},
    "*.debug": {"zh": "出错时显示完整的调用过程。", "en": "Show the whole traceback of an error."},
    "*.help": {"zh": "显示本帮助。", "en": "Show this help."},
    "aikg.version": {"zh": "显示版本。", "en": "Show the version."},
    # -- shared
    "*.graph": {
        "zh": "图谱文件夹。默认 ./aikg-graph；没有时读随附数据集（会在 stderr 说明）。",
        "en": "Folder of the graph. Default ./aikg-graph; without one the shipped data set, which stderr says.",
    },
    "*.store": {
        "zh": "改读数据库：bolt://…、neo4j://…（也可 +s）。",
        "en": "Read a database instead: bolt://…, neo4j://… (or +s).",
    },
    "*.username": {
        "zh": "数据库用户名；也可用环境变量 NEO4J_USERNAME。",
        "en": "User of the database; or the environment's NEO4J_USERNAME.",
    },
    "*.password": {
        "zh": "数据库密码；最好用环境变量 NEO4J_PASSWORD，别人就看不到。",
        "en": "Its password; better the environment's NEO4J_PASSWORD, which nobody else sees.",
    },
    "*.database": {
        "zh": "数据库名；也可用环境变量 NEO4J_DATABASE。",
        "en": "Its database; or the environment's NEO4J_DATABASE.",
    },
    "*.format": {
        "zh": "table 给人看（默认），csv 逗号分隔，json 对象数组。csv 中以 =、+、-、@ 开头的文字前加 '，以免表格软件当公式运行。",
        "en": "table for people (default), csv, or json: an array of objects. In csv, text that begins with =, +, - or @ "
        "gets a ' in front, so that no spreadsheet runs it as a formula.",
    },
    "*.output": {
        "zh": "写到文件（UTF-8）；没写 --format 时，.csv 与 .json 按后缀；.xlsx 写成 Excel 工作簿，文字仍是文字。",
        "en": "Write to a file (UTF-8); without --format, .csv and .json tell the format; .xlsx is an Excel "
        "workbook, in which text stays text.",
    },
    "*.bom": {
        "zh": "CSV 开头加 BOM，Excel 才能认出中文（没写 --format 时即为 CSV）。",
        "en": "Begin the CSV with a BOM, so that Excel reads Chinese (means CSV where no --format is given).",
    },
    "*.cite": {
        "zh": "出处写成引文：《……》图表3，第178行。",
        "en": "Write sources as citations: “…”, 图表3, line 178.",
    },
    "*.without": {
        "zh": "当作没有读过这个来源：文件标题或编号、图表号（图表31），可写多次。",
        "en": "As if this source had not been read: title or id of a document, number of a table (图表31); may be repeated.",
    },
    "*.only": {
        "zh": "当作只读过这个来源，可写多次。",
        "en": "As if only this source had been read; may be repeated.",
    },
    # -- build
    "build": {
        "zh": "建图：不给文件时用随附数据集，给了文件就只用这些文件。\n\n"
        "写好之前不动原有的图谱；中断或出错时原图不变。报告输出到 stdout。",
        "en": "Build a graph: the shipped data set, or what the given files say and nothing else.\n\n"
        "The previous graph stays as it is until the new one is whole, whatever interrupts. The report goes to stdout.",
    },
    "build.sources": {
        "zh": "文件或文件夹：.txt .md .html .pdf .docx .csv .tsv .xlsx。",
        "en": "Files or folders: .txt .md .html .pdf .docx .csv .tsv .xlsx.",
    },
    "build.graph": {"zh": "写到哪个文件夹。默认 ./aikg-graph。", "en": "Folder to write to. Default ./aikg-graph."},
    "build.with_data_set": {"zh": "同时并入随附数据集。", "en": "Join the shipped data set to the files."},
    "build.mapping": {
        "zh": "自己的表格映射（TOML），可写多次。",
        "en": "A mapping of your own for tables (TOML); may be repeated.",
    },
    "build.curated": {
        "zh": "审定记录文件夹（见 docs/curated.md），可写多次。",
        "en": "A folder of reviewed records (docs/curated.md); may be repeated.",
    },
    "build.judgements": {
        "zh": "人对疑似同一对象的判断（CSV）。",
        "en": "A person's judgements on pairs that may be the same (CSV).",
    },
    "build.places": {
        "zh": "自己的地名（CSV，表头同随附的 places.csv），补充随附的表，同代码者替换。",
        "en": "Places of your own (CSV, header of the shipped places.csv), added to those; an equal code replaces.",
    },
    "build.lenient": {
        "zh": "CSV、XLSX 里读不了的行只报告、不中止。",
        "en": "Report rows of CSV and XLSX files that cannot be read, instead of stopping.",
    },
    "build.strict": {
        "zh": "任何读不了的行、没有映射的表都中止。",
        "en": "Stop at any row that cannot be read and any table without a mapping.",
    },
    "build.format": {"zh": "table（默认）或 json（一个对象）。", "en": "table (default) or json (one object)."},
    # -- check, evidence
    "check": {
        "zh": "按本体规则检查图谱；有违反时退出码为 1，只有提醒时为 0。",
        "en": "Check a graph against the ontology's rules; exit code 1 for violations, 0 for warnings alone.",
    },
    "repair": {
        "zh": "还原被转换程序损坏的中文文本（產(chǎn)業(yè) → 产业），列出每处改动；原文件不动。\n\n"
        "拿不准的改动会标出。没有损坏的文本、作者写的括号、繁体原文都不改。\n\n例：aikg repair 网页.txt --output 干净.txt",
        "en": "Undo what a converter did to a Chinese text (產(chǎn)業(yè) → 产业) and list every change.\n\n"
        "The file itself stays as it is, and doubtful changes are marked. Clean text, brackets of the author's own and "
        "texts in Traditional characters are not changed.\n\nExample: aikg repair page.txt --output clean.txt",
    },
    "repair.file": {"zh": "文本文件。", "en": "A text file."},
    "repair.output": {
        "zh": "把干净的文本写到这个文件（UTF-8，行数不变）；- 为 stdout。",
        "en": "Write the clean text to this file (UTF-8, as many lines); - is stdout.",
    },
    "repair.format": {
        "zh": "改动的写法：table（默认，一处一行）或 json。",
        "en": "How changes are written: table (default, one a line) or json.",
    },
    "sources": {
        "zh": "列出图谱的来源文件；给出出处和文件时，显示原文那一行。\n\n"
        "例：aikg sources 'src:a76a81ffa34b#L178;图表3' --file 白皮书.txt",
        "en": "List the documents of a graph, or show one line of your own copy of a document.\n\n"
        "Example: aikg sources 'src:a76a81ffa34b#L178;图表3' --file white-paper.txt",
    },
    "sources.locator": {"zh": "出处：src:…#L178;…、L178 或 178。", "en": "A place: src:…#L178;…, L178 or 178."},
    "sources.file": {
        "zh": "你手里的那份文件；会核对 sha256。",
        "en": "Your own copy of the document; its sha256 is checked.",
    },
    "conflicts": {
        "zh": "列出来源之间的矛盾，一对值一行。",
        "en": "List where sources disagree, one row per pair of values.",
    },
    "conflicts.kind": {"zh": "只看这一类，可写多次。", "en": "Only this kind; may be repeated."},
    "conflicts.severity": {"zh": "只看这种程度，可写多次。", "en": "Only this severity; may be repeated."},
    "same-as": {
        "zh": "列出可能是同一对象的几对名称，待人判断。\n\n"
        "写成 CSV 就是判断文件：把 judgement 列的 unsure 改成 same 或 different，再交给下一次 aikg build --judgements。\n\n"
        "例：aikg same-as --output judgements.csv",
        "en": "List pairs of names that may be one thing, for a person to judge.\n\n"
        "Written as CSV this is a judgement file: change unsure in the column judgement to same or different, and give "
        "it to the next aikg build --judgements.\n\nExample: aikg same-as --output judgements.csv",
    },
    "same-as.judgements": {
        "zh": "已有的判断文件（CSV）：里面判断过的不再列出。",
        "en": "A judgement file (CSV) that you have: pairs judged there are left out.",
    },
    "why": {
        "zh": "一个对象的每个值、每条关系出自哪里。\n\n例：aikg why 奥比中光 founded --cite",
        "en": "Where each value and relation of a thing comes from.\n\nExample: aikg why 奥比中光 founded --cite",
    },
    "why.id": {"zh": "编号、名称或别名。", "en": "An id, name or alias."},
    "why.property": {"zh": "只看这个属性或关系。", "en": "Only this property or relation."},
    # -- questions
    "queries": {
        "zh": "列出能问的问题；给出名字时说明它的参数与结果列。",
        "en": "List the questions that can be asked, or explain one of them.",
    },
    "queries.name": {"zh": "只说明这一个问题。", "en": "Explain this question only."},
    "queries.cypher": {
        "zh": "显示这个问题的 Cypher，可在 Neo4j 中运行（参数写 id，见 docs/queries.md）。",
        "en": "Show the Cypher of the question, to run in Neo4j (give ids as parameters, see docs/queries.md).",
    },
    "ask": {
        "zh": "回答一个问题。没写的参数用默认值，stderr 会说明用了哪些。\n\n例：aikg ask parks-of-city city=深圳市 --cite\n\n"
        "例：aikg ask companies-in-segment source=图表3,图表4",
        "en": "Answer a question. Parameters that are not given have their defaults, which stderr names.\n\n"
        "Example: aikg ask parks-of-city city=深圳市 --cite\n\n"
        "Example: aikg ask companies-in-segment source=图表3,图表4",
    },
    "ask.name": {"zh": "问题的名字，见 aikg queries。", "en": "Name of the question, see aikg queries."},
    "ask.parameters": {"zh": "参数，写成 key=value。", "en": "Parameters, written key=value."},
    "ask.values": {"zh": "不提问，只列出这个参数能填的值。", "en": "Do not ask; list what this parameter may be."},
    "analyze": {
        "zh": "计算指标：中心性、社群、集群、产业链、政策；不给名称时列出全部指标。\n\n"
        "例：aikg analyze location-quotient min_count=1\n\n例：aikg analyze centrality kind=pagerank -o 中心性.xlsx",
        "en": "Compute a measure: centrality, communities, clusters, chain, policy; without a name all are listed.\n\n"
        "Example: aikg analyze location-quotient min_count=1\n\nExample: aikg analyze centrality kind=pagerank -o scores.xlsx",
    },
    "analyze.metric": {
        "zh": "指标名称（aikg analyze 列出全部）。",
        "en": "Name of a measure (aikg analyze lists all).",
    },
    "analyze.parameters": {"zh": "参数，如 city=深圳。", "en": "Parameters, such as city=深圳."},
    "analyze.explain": {
        "zh": "说明这个指标：定义、参数、各列。",
        "en": "Explain the measure: definition, parameters, columns.",
    },
    "compare": {
        "zh": "两个以上地方（市、省、区域）并排对比，每个数都有出处。\n\n例：aikg compare 深圳 杭州 -o 对比.xlsx",
        "en": "Two or more places (cities, provinces, regions) side by side, each number with its sources.\n\n"
        "Example: aikg compare 深圳 杭州 -o compared.xlsx",
    },
    "compare.places": {"zh": "地方名称或编号，两个以上。", "en": "Names or ids of two or more places."},
    "compare.long": {
        "zh": "每个地方、每项指标一行，带出处；默认每项指标一行、每个地方一列。",
        "en": "One row per place and measure, with sources; by default one row per measure and one column per place.",
    },
    "cypher": {
        "zh": "运行一条只读的 Cypher 查询；写成 - 时从 stdin 读。\n\n"
        "例：aikg cypher 'MATCH (c:Company) WHERE c.name = $name RETURN c.founded AS founded' --param name=华为",
        "en": "Run a Cypher statement that only reads; - reads it from stdin.\n\n"
        "Example: aikg cypher 'MATCH (c:Company) WHERE c.name = $name RETURN c.founded AS founded' --param name=华为",
    },
    "cypher.statement": {"zh": "Cypher 语句，或 -。", "en": "The statement, or -."},
    "cypher.param": {
        "zh": '参数 $k 的值；能按 JSON 读就按 JSON（12、[1,2]、"12"），否则作文字。可写多次。',
        "en": 'Value of $k; as JSON where it is JSON (12, [1,2], "12"), otherwise as text. May be repeated.',
    },
    "cypher.timeout": {
        "zh": "最多多少秒，默认 30；0 为不限。",
        "en": "Seconds it may take, default 30; 0 for no limit.",
    },
    "cypher.limit": {
        "zh": "最多多少行，默认 100000；0 为不限。",
        "en": "Rows it may return, default 100000; 0 for no limit.",
    },
    # -- out
    "export": {
        "zh": "把图谱写成交换格式；不带参数时列出格式。\n\n例：aikg export kgx kgx-folder",
        "en": "Write the graph in an exchange format; without arguments list the formats.\n\n"
        "Example: aikg export kgx kgx-folder",
    },
    "export.kind": {"zh": "格式名。", "en": "Name of the format."},
    "export.destination": {"zh": "写到的文件夹或文件。", "en": "Folder or file to write."},
    "view": {
        "zh": "画图，写成一个离线的 HTML 文件；不带名字时列出能画的图。除 network 外也可写成 .svg、.png、.xlsx。\n\n"
        "例：aikg view network around=华为 depth=2 -o 华为.html\n\n例：aikg view heatmap -o 热力图.png",
        "en": "Draw a picture into one offline HTML file; without a name list the pictures. All but network can also be "
        "written as .svg, .png and .xlsx.\n\n"
        "Example: aikg view network around=华为 depth=2 -o huawei.html\n\nExample: aikg view heatmap -o heatmap.png",
    },
    "view.picture": {"zh": "图的名字。", "en": "Name of the picture."},
    "view.parameters": {"zh": "图的参数，如 city=深圳。", "en": "Parameters of the picture, such as city=深圳."},
    "view.output": {
        "zh": "写到哪个文件，默认 aikg-<图名>.html；列表时为列表的文件。",
        "en": "File to write, default aikg-<picture>.html; for the list, its file.",
    },
    "view.option": {"zh": "同 KEY=VALUE，可写多次。", "en": "The same as KEY=VALUE; may be repeated."},
    "report": {
        "zh": "一个城市、省或区域的报告：图、表、缺口、政策、矛盾与编号的出处，写成一个可打印的离线网页，手机上也能看。\n\n"
        "例：aikg report 深圳 -o 深圳.html\n\n例：aikg report 长三角 --lang en",
        "en": "The report on a city, province or region: pictures, tables, gaps, policies, contradictions and numbered sources, in one "
        "offline page that prints and reads on a phone.\n\n"
        "Example: aikg report 深圳 -o shenzhen.html\n\nExample: aikg report 长三角 --lang en",
    },
    "report.where": {"zh": "地方的名称或编号。", "en": "Name or id of the place."},
    "report.output": {
        "zh": "写到哪个文件，默认 aikg-report.html。",
        "en": "File to write, default aikg-report.html.",
    },
    "load": {
        "zh": "把图谱载入 Neo4j；载两次结果相同。\n\n例：NEO4J_PASSWORD=… aikg load neo4j://localhost:7687",
        "en": "Load the graph into Neo4j; twice gives the same.\n\nExample: NEO4J_PASSWORD=… aikg load neo4j://localhost:7687",
    },
    "load.uri": {
        "zh": "数据库地址：bolt://…、neo4j://…（也可 +s）。",
        "en": "Address of the database: bolt://…, neo4j://… (or +s).",
    },
    "load.into": {
        "zh": "数据库里已有别的节点也载入（它们不动）。",
        "en": "Load even where the database holds other nodes (which stay as they are).",
    },
    # -- serve
    "serve": {
        "zh": "本机控制台：在浏览器里选问题、算指标、写 Cypher、看图、导出 Excel；只读。\n\n"
        "打印的网址带有口令，每次启动都不同；Ctrl-C 结束。\n\n例：aikg serve --graph my-graph",
        "en": "The local console: questions, measures, Cypher, pictures and Excel files in a browser; it only reads.\n\n"
        "The URL that it prints holds a token, a new one at each start; Ctrl-C ends it.\n\n"
        "Example: aikg serve --graph my-graph",
    },
    "serve.port": {"zh": "端口，默认 8765；0 为任一空闲端口。", "en": "Port, default 8765; 0 takes a free one."},
    "serve.host": {
        "zh": "监听的地址，默认 127.0.0.1（只有本机能连接）。",
        "en": "Address to listen on, default 127.0.0.1 (this machine only).",
    },
    "serve.no_browser": {"zh": "不自动打开浏览器。", "en": "Do not open a browser."},
    "serve.timeout": {"zh": "一条语句最长运行秒数，默认 30。", "en": "Seconds that a statement may run, default 30."},
    "serve.limit": {"zh": "一次最多多少行，默认 100000。", "en": "Rows that an answer may have, default 100000."},
    # -- help pages
    "demo": {
        "zh": "演示：建图，三个带出处的答案，全景图与网络图。",
        "en": "Demonstration: build, three answers with sources, the panorama and the network.",
    },
    "demo.graph": {
        "zh": "图谱写到哪个文件夹。默认 ./aikg-graph。",
        "en": "Folder for the graph. Default ./aikg-graph.",
    },
    "schema": {
        "zh": "本体一览（Markdown）：节点类型、关系、属性与规则。",
        "en": "The ontology as a Markdown page: labels, relations, properties, rules.",
    },
    "completion": {
        "zh": "输出命令补全脚本；问题名与地名也能补全。\n\n"
        'bash：eval "$(aikg completion bash)"　zsh：eval "$(aikg completion zsh)"　fish：aikg completion fish | source',
        "en": "Print a completion script; it also completes questions and places.\n\n"
        'bash: eval "$(aikg completion bash)"  zsh: eval "$(aikg completion zsh)"  fish: aikg completion fish | source',
    },
    "completion.shell": {"zh": "bash、zsh 或 fish。", "en": "bash, zsh or fish."},
}


def help_text(command: str, name: str | None, lang: Lang) -> str:
    """Help of a command, or of its parameter `name`. KeyError where a text is missing: a test asks for all of them."""
    if name is None:
        return HELP[command][lang]
    found = HELP.get(f"{command}.{name}") or HELP[f"*.{name}"]
    return found[lang]
