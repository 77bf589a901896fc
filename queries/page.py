"""The catalogue as a Markdown page. ``python -m aikg.queries.page > docs/queries.md`` writes it anew; a test compares."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aikg.queries.catalogue import Catalogue, load_catalogue
from aikg.queries.parse import LANGUAGES, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aikg.queries.parse import Parameter, Query

__all__ = ["catalogue_page", "document"]

_WORDS = {
    "zh": {
        "title": "问题目录",
        "intro": "本页由 `queries/cypher/` 下各文件的注释头生成。每个问题不给参数也能回答；每一行都带出处（`sources`）。"
        "未见记载（空值、`not recorded`）从不等于“没有”。",
        "rules": (
            "地名、环节、企业等可写名称、别名或 id：`city=深圳` 与 `city=深圳市` 相同。"
            "本体中有而本图没有的，答案没有行并附说明；谁都不认识的报错，并给出相近的名称。",
            "`source` 限定来源：图表号（`图表3`，不会误中图表31）、文件标题或 id、两者合写（`《…》图表3`）；多个用逗号隔开。"
            "标题本身含逗号时请写 id。其他来源的事实不计入，也不出现在出处中。节点自身的值（日期、金额、算力、类别）不分来源保存，"
            "所问来源提到该节点时照图中采用的值列出。",
            "`aikg queries 名称 --cypher` 给出完整的语句（文件中 `from_source(…)` 等条件是缩写），可在 Neo4j 中直接运行；参数须是 id（`city:440300`），不限为 `''`；`$source` 是过滤条件的列表，不限为 `[]`，"
            "例如 `[[';图表3;'], ['src:a76a81ffa34b', ';图表4;']]`。",
            "出处一栏里，语句给出引文，或关系的 id（`PART_OF:…`，指该关系的出处，至多列十条），或 `{row: 引文, steps: 关系}`（该行已写明的只引该行，"
            "未写明的引关系的前十条）；`aikg ask` 与 `kg.ask` 换成引文。",
        ),
        "parameters": "参数",
        "columns": "返回",
        "examples": "示例",
        "method": "口径",
        "empty": "没有行时",
        "default": "默认",
        "type": "类型",
        "values": "取值",
        "description": "说明",
        "all": "不限",
        "source": "文件标题或 id、图表号",
        "choice": "任选其一：{names}",
        "name": "名称",
        "question": "问题",
        "between": "、",
    },
    "en": {
        "title": "Catalogue of questions",
        "intro": "Made from the headers of the files in `queries/cypher/`. Every question answers without parameters; every row "
        "carries its `sources`. Not recorded (null, `not recorded`) never means that there is none.",
        "rules": (
            "Places, segments, companies … are named by name, alias or id: `city=深圳` is `city=深圳市`. What the ontology knows "
            "but this graph does not hold gives no rows and a note; what nobody knows is an error with near names.",
            "`source` counts only the named sources: the number of a table (`图表3`, which is not found in 图表31), title or id of a document, "
            "or both (`《…》图表3`); several with commas between. Give the id where a title has a comma. Facts of other sources do "
            "not count and are not cited. A node's own values (dates, amounts, capacity, kind) are not kept by source: where an asked source names "
            "the node, the value that the graph has chosen is shown.",
            "`aikg queries NAME --cypher` shows the whole statement (in the files, conditions like `from_source(…)` are written short), to run it by hand in Neo4j: give ids (`city:440300`) and `''` for no limit; `$source` is a list of filters, `[]` for no "
            "limit, as in `[[';图表3;'], ['src:a76a81ffa34b', ';图表4;']]`.",
            "As sources a statement gives citations, or the id of a relation (`PART_OF:…`: its sources are meant, at most ten are listed), or "
            "`{row: citations, steps: relations}` (what the row itself states is cited by it alone, else the first ten of the relation); "
            "`aikg ask` and `kg.ask` put citations in their place.",
        ),
        "parameters": "Parameters",
        "columns": "Returns",
        "examples": "Examples",
        "method": "How it counts",
        "empty": "Without rows",
        "default": "default",
        "type": "type",
        "values": "values",
        "description": "description",
        "all": "no limit",
        "source": "title or id of a document, number of a table",
        "choice": "one of {names}",
        "name": "name",
        "question": "question",
        "between": ", ",
    },
}


def catalogue_page(catalogue: Catalogue, lang: str) -> str:
    """The page in one language: an overview, then every question with parameters, columns and examples."""
    return "\n".join(_lines(catalogue, lang)).rstrip() + "\n"


def document(catalogue: Catalogue) -> str:
    """``docs/queries.md``: the page in Chinese, then in English."""
    return "\n".join(catalogue_page(catalogue, lang) for lang in LANGUAGES)


def _lines(catalogue: Catalogue, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    yield f"# {words['title']}"
    yield ""
    yield str(words["intro"])
    yield ""
    yield from (f"- {rule}" for rule in words["rules"])
    yield ""
    yield from _table((words["name"], words["question"]), ((f"`{q.name}`", q.question[lang]) for q in catalogue))
    theme = ""
    for query in catalogue:
        if query.theme != theme:
            theme = query.theme
            yield f"## {THEMES[theme][lang]}"
            yield ""
        yield from _question(query, lang, words)


def _question(query: Query, lang: str, words: Mapping[str, object]) -> Iterator[str]:
    yield f"### {query.name}"
    yield ""
    yield f"**{query.title[lang]}** · {query.question[lang]}"
    yield ""
    if query.method:
        yield f"{words['method']}: {query.method[lang]}"
        yield ""
    header = (words["parameters"], words["type"], words["default"], words["values"], words["description"])
    rows = (
        (f"`{p.name}`", p.datatype, _default(p, words), _values(p, words), p.description[lang])
        for p in query.parameters.values()
    )
    yield from _table(header, rows)
    for group in query.choices:
        names = str(words["between"]).join(f"`{name}`" for name in group)
        yield str(words["choice"]).format(names=names)
        yield ""
    yield from _table(
        (words["columns"], words["description"]), ((f"`{c.name}`", c.description[lang]) for c in query.columns)
    )
    yield f"{words['examples']}:"
    yield ""
    yield "```sh"
    yield f"aikg ask {query.name}"
    for example in query.examples:
        yield f"aikg ask {query.name} " + " ".join(f"{name}={value}" for name, value in example.items())
    yield "```"
    yield ""
    yield f"{words['empty']}: {query.empty[lang]}"
    yield ""


def _default(parameter: Parameter, words: Mapping[str, object]) -> str:
    value = parameter.default
    shown = ",".join(value) if isinstance(value, list) else str(value)
    return f"`{shown}`" if shown else str(words["all"])


def _values(parameter: Parameter, words: Mapping[str, object]) -> str:
    if parameter.values == "source":
        return str(words["source"])
    named = parameter.choices or parameter.values.split(",")
    return str(words["between"]).join(f"`{name}`" for name in named if name)


def _table(header: Iterable[object], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = [str(name) for name in header]
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(document(load_catalogue()))
