"""The measures as a Markdown page. ``python -m aikg.graph.analysis.page > docs/measures.md`` writes it anew; a test compares."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

from aikg.graph.analysis.catalogue import load_measures
from aikg.graph.analysis.measure import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aikg.graph.analysis.measure import Measure

__all__ = ["measures_page"]

_WORDS = {
    "zh": {
        "title": "指标",
        "intro": '本页由 `graph/analysis/*_measures.py` 生成。`aikg analyze 名称 参数=值` 计算，`kg.analyze("名称", 参数=值)` 得到 DataFrame；'
        "`--without 来源` 与 `kg.without(...)` 表示当作没有读过某来源。每个结果写明所计之物与 n；n 小于 `min_count` 时只给 n；"
        "输入有矛盾时另给下限与上限；未见记载为空，不作 0。",
        "parameters": ("参数", "类型", "默认", "说明"),
        "columns": ("列", "说明"),
        "must": "必填",
    },
    "en": {
        "title": "Measures",
        "intro": 'Made from `graph/analysis/*_measures.py`. `aikg analyze NAME key=value` computes one, `kg.analyze("NAME", key=value)` gives a '
        "DataFrame; `--without SOURCE` and `kg.without(...)` leave a source out. Each result says what was counted, and n; below `min_count` "
        "only n is given; disputed inputs give a range; what is not recorded is null and never 0.",
        "parameters": ("parameter", "type", "default", "description"),
        "columns": ("column", "description"),
        "must": "required",
    },
}


def measures_page() -> str:
    """The page: Chinese, then English."""
    return "\n".join(line for lang in ("zh", "en") for line in [*_lines(lang), ""]).rstrip() + "\n"


def _lines(lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    yield f"# {words['title']}"
    yield ""
    yield str(words["intro"])
    group = ""
    for measure in load_measures().values():
        if measure.group != group:
            group = measure.group
            yield ""
            yield f"## {GROUPS[group][lang]}"
        yield from _measure(measure, lang)


def _measure(measure: Measure, lang: str) -> Iterator[str]:
    words, which = _WORDS[lang], int(lang == "en")
    yield ""
    yield f"### {measure.name}"
    yield ""
    yield f"**{measure.title[which]}** · {measure.method[which]}"
    parameters = measure.signature()
    if parameters:
        yield ""
        yield from _table(
            words["parameters"],
            [
                (f"`{name}`", str(p.annotation), _default(p, str(words["must"])), measure.parameters[name][which])
                for name, p in parameters.items()
            ],
        )
    yield ""
    yield from _table(words["columns"], [(f"`{name}`", text[which]) for name, text in measure.columns.items()])


def _default(parameter: inspect.Parameter, must: str) -> str:
    if parameter.default is parameter.empty:
        return must
    value = parameter.default
    if isinstance(value, list | tuple):
        value = ",".join(map(str, value))
    return f"`{value}`" if value not in (None, "") else ""


def _table(header: object, rows: list[tuple[str, ...]]) -> Iterator[str]:
    names = list(header) if isinstance(header, tuple) else [str(header)]
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


if __name__ == "__main__":
    sys.stdout.buffer.write(measures_page().encode("utf-8"))
