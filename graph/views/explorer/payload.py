"""How a large graph travels in a page: columns of integers, and compressed text, instead of one object per node.

A hundred thousand nodes as JSON objects take a browser seconds to parse and 40 MB to hold. As typed arrays in base64
they cost what copying them costs; names and citations, which repeat themselves, go through gzip.
"""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.views.page import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["COMPRESSED_FROM", "column", "lists", "packed", "unpacked"]

COMPRESSED_FROM = 300_000
"""Characters of JSON from which the page holds them compressed. Below, they stay readable in the file."""
_TYPES = {"u1": "<u1", "i2": "<i2", "u2": "<u2", "u4": "<u4", "f4": "<f4"}


def column(values: Iterable[float] | np.ndarray[Any, Any], kind: str) -> dict[str, str]:
    """Numbers as little-endian bytes in base64, with their type (u1, i2, u2, u4, f4).

    >>> column([1, 2, 3], "u1")
    {'u1': 'AQID'}
    """
    made = np.asarray(values if isinstance(values, np.ndarray) else list(values))
    return {kind: base64.b64encode(made.astype(_TYPES[kind]).tobytes()).decode("ascii")}


def lists(values: Sequence[Sequence[int]], kind: str = "u2") -> dict[str, Any]:
    """A list of numbers for each node, as the end of each list and all numbers one after another."""
    ends = np.cumsum([len(part) for part in values]) if values else np.empty(0)
    return {"ends": column(ends, "u4"), "all": column((one for part in values for one in part), kind)}


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data, or where they are long ``{"gzip": base64}`` of their JSON; the same bytes for the same data."""
    text = json_text(data)
    if len(text) < COMPRESSED_FROM:
        return dict(data)
    # mtime=0: a time stamp would make each run's file another one.
    made = gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)
    return {"gzip": base64.b64encode(made).decode("ascii")}


def unpacked(data: Mapping[str, Any]) -> Any:
    """What `packed` was given, with columns as arrays: what the page's script does too.

    >>> unpacked({"x": column([1, 2], "u2")})["x"].tolist()
    [1, 2]
    """
    import json

    if set(data) == {"gzip"}:
        return unpacked(json.loads(gzip.decompress(base64.b64decode(data["gzip"]))))
    return _numbers(data)


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        if len(value) == 1 and (kind := next(iter(value))) in _TYPES and isinstance(value[kind], str):
            return np.frombuffer(base64.b64decode(value[kind]), dtype=_TYPES[kind])
        return {key: _numbers(item) for key, item in value.items()}
    return [_numbers(item) for item in value] if isinstance(value, list) else value
