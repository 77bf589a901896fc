"""Asks one question of a store: parameters in, a frame with evidence and a note out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.ontology.schema import load_schema
from aikg.queries.parameters import Resolved, resolve
from aikg.queries.sources import Relations, keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.graph.stores.protocol import Store
    from aikg.queries.parse import Query

__all__ = ["answer"]

_WORDS = {
    "zh": {
        "holds_no": "本图没有 {names}；请先装载写有这些内容的文件或表格（aikg build 文件 …），或建图时加 --with-data-set 并入随附数据集",
        "absent": "本图未见：{names}",
        "counted": "只计入这些来源的事实：{sources}",
        "no_fact": "所问的来源（{sources}）中没有可用于回答的事实",
        "between": "、",
    },
    "en": {
        "holds_no": "this graph holds no {names}; load documents or tables that state it (aikg build FILE …), "
        "or build with --with-data-set",
        "absent": "not in this graph: {names}",
        "counted": "only facts of these sources are counted: {sources}",
        "no_fact": "the asked sources ({sources}) state nothing that answers this",
        "between": ", ",
    },
}


def answer(
    store: Store,
    query: Query,
    given: Mapping[str, Any],
    lang: str,
    *,
    timeout: float | None = 30.0,
    row_limit: int | None = 100_000,
) -> pd.DataFrame:
    """See `Catalogue.ask`."""
    resolved = resolve(store, query, given)
    frame = store.query(query.statement, resolved.engine, timeout=timeout, row_limit=row_limit)
    truncated = bool(frame.attrs.get("truncated", False))
    columns = [column.name for column in query.columns]
    if list(frame.columns) != columns:  # an engine names no columns where it finds no row
        frame = frame.reindex(columns=columns)
    cited = [name for name in frame.columns if name == "sources" or name.startswith(("sources_", "source_"))]
    relations = Relations.cited(store, [cell for name in cited for cell in frame[name]], resolved.sources)
    for name in frame.columns:
        cells = list(frame[name])
        if name in cited:
            cells = [keep(cell, resolved.sources, relations) for cell in cells]
        elif any(isinstance(cell, list) for cell in cells):
            # No list of the catalogue has an order of its own; engines collect in any.
            cells = [sorted(cell) if isinstance(cell, list) else cell for cell in cells]
        else:
            continue
        frame[name] = pd.Series(cells, index=frame.index, dtype=object)
    frame.attrs = {
        "query": query.name,
        "parameters": resolved.given,
        "truncated": truncated,
        "note": _note(store, query, resolved, lang, empty=frame.empty),
    }
    return frame


def _note(store: Store, query: Query, resolved: Resolved, lang: str, *, empty: bool) -> str | None:
    """What an answer without rows means, or what was counted; the most telling reason alone."""
    words = _WORDS[lang]
    asked = words["between"].join(str(text) for text in resolved.given.get("source", ()))
    if not empty:
        return words["counted"].format(sources=asked) if asked else None
    missing = _missing(store, query)
    if missing:
        between = words["between"]
        return words["holds_no"].format(names=between.join(_named(name, lang) for name in missing))
    if resolved.absent:
        return words["absent"].format(names=words["between"].join(resolved.absent))
    if asked:
        return words["no_fact"].format(sources=asked)
    return query.empty[lang]


def _missing(store: Store, query: Query) -> list[str]:
    held = store.schema()
    return [name for name in query.needs if not held.labels.get(name) and not held.types.get(name)]


def _named(name: str, lang: str) -> str:
    """SUPPLIES（供应） or SUPPLIES (supplies), so that both the reader of Cypher and everybody else can use it."""
    text = load_schema().label_text(name, lang)
    return f"{name}（{text}）" if lang == "zh" else f"{name} ({text})"
