"""Answers of an engine as one kind of frame, so that every store gives the same.

The adapters turn their engine's nodes, relationships and points into plain values; what is common is here.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aikg.ontology.errors import QueryError, StoreError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "frame_of",
    "missing_parameter",
    "node_dict",
    "plain_parameters",
    "plain_temporal",
    "relationship_dict",
    "timed_out",
]


_TEXT = pd.StringDtype("pyarrow", na_value=pd.NA)


def node_dict(label: str | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A node as a plain dict: `id`, `label`, then its properties by name; what is null is absent.

    >>> node_dict("City", {"name": "合肥市", "id": "city:340100"})
    {'id': 'city:340100', 'label': 'City', 'name': '合肥市'}
    """
    rest = {key: properties[key] for key in sorted(properties) if key != "id"}
    return {"id": properties.get("id"), "label": label, **rest}


def relationship_dict(name: str, subject: Any, target: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A relationship as a plain dict: `id`, `type`, its ends' ids as `subject` and `object`, its properties.

    >>> relationship_dict("LOCATED_IN", "company:甲", "city:340100", {"id": "LOCATED_IN:1"})
    {'id': 'LOCATED_IN:1', 'type': 'LOCATED_IN', 'subject': 'company:甲', 'object': 'city:340100'}
    """
    rest = {key: properties[key] for key in sorted(properties) if key != "id"}
    return {"id": properties.get("id"), "type": name, "subject": subject, "object": target, **rest}


def plain_temporal(value: dt.date | dt.datetime | dt.time) -> str:
    """A temporal value as ISO text, which is what dates are everywhere in the graph."""
    return value.isoformat()


def plain_parameters(parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    """Parameters as both engines take them: numpy and pandas values become Python's, NA becomes null.

    Raises QueryError, naming the parameter, for a value that no engine takes.
    """
    return {str(name): _plain_parameter(value, str(name)) for name, value in (parameters or {}).items()}


def _plain_parameter(value: Any, name: str) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise QueryError(
                say(
                    f"parameter ${name} holds half a character (a lone surrogate); give whole text",
                    f"参数 ${name} 里有半个字符（单独的代理码）；请给出完整的文字",
                )
            )
        return value
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise QueryError(
                say(
                    f"parameter ${name} = {value} does not fit into 64 bits; give it as text",
                    f"参数 ${name} = {value} 超出 64 位整数；请按文字给出",
                )
            )
        return value
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, dt.date | dt.datetime | dt.time | dt.timedelta):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain_parameter(item, f"{name}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=_sort_key) if isinstance(value, set | frozenset) else value
        return [_plain_parameter(item, f"{name}[{at}]") for at, item in enumerate(items)]
    if hasattr(value, "tolist"):  # numpy scalars and arrays, pandas series and indexes
        return _plain_parameter(value.tolist(), name)
    kind = type(value).__name__
    raise QueryError(
        say(
            f"parameter ${name} is a {kind}; give text, numbers, true/false, lists or maps",
            f"参数 ${name} 是 {kind}；请给出文字、数、true/false、列表或映射",
        )
    )


def missing_parameter(names: str) -> QueryError:
    """The error for parameters that a statement names and nobody gave; the same on every store."""
    return QueryError(say(f"parameter {names} is missing; give it a value", f"缺少参数 {names}；请给出它的值"))


def timed_out(timeout: float | None) -> StoreError:
    """The error for a statement that ran too long; the same on every store."""
    return StoreError(
        say(
            f"stopped after {timeout} s; narrow the statement or give a longer timeout",
            f"查询超过 {timeout} 秒，已停止；请缩小查询范围，或放宽时限",
        )
    )


def frame_of(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unordered: Iterable[int] = (),
    truncated: bool = False,
) -> pd.DataFrame:
    """Plain rows as the frame of an answer.

    A column of integers is Int64, of numbers Float64, of truth values boolean, of text string, each with NA
    for null; every other column (lists, dicts, mixed, nothing but nulls) is object with None. Lists in the
    columns `unordered` (by position) are sorted.
    """
    cells: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for column, value in zip(cells, row, strict=True):
            column.append(value)
    for at in unordered:
        cells[at] = [sorted(v, key=_sort_key) if isinstance(v, list) else v for v in cells[at]]
    frame = pd.DataFrame({at: _array(values) for at, values in enumerate(cells)})
    frame.columns = pd.Index(list(columns), dtype=object)
    frame.attrs["truncated"] = truncated
    return frame


def _array(values: list[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return pd.array(values, dtype="Int64")
    if kinds and kinds <= {int, float}:
        # NaN (0.0/0 on Neo4j, null on kglite) is no number: not known, like null.
        return pd.array([None if v is None or math.isnan(v) else float(v) for v in values], dtype="Float64")
    if kinds == {bool}:
        return pd.array(values, dtype="boolean")
    if kinds == {str}:
        return pd.array(values, dtype=_TEXT)
    made = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):  # one by one: numpy would take lists of one length for a matrix
        made[at] = value
    return made


def _sort_key(value: Any) -> tuple[int, Any]:
    """Text by code point, numbers by size, everything else by its JSON; nulls last."""
    if value is None:
        return (9, 0)
    if isinstance(value, bool):
        return (0, value)
    if isinstance(value, int | float):
        return (1, value)
    if isinstance(value, str):
        return (2, value)
    return (3, json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))
