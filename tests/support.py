"""What several test files share: skipping that cannot hide a missing tool, and comparing answers."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = ("neo4j", "browser", "shared")


def required(kind: str) -> bool:
    """Whether tests of this kind must run: the environment says ``AIKG_REQUIRE=neo4j,browser,shared``."""
    return kind in {part.strip() for part in os.environ.get("AIKG_REQUIRE", "").split(",")}


def require_or_skip(kind: str, reason: str) -> NoReturn:
    """Skip with a reason on a machine that lacks something; fail where `AIKG_REQUIRE` names the kind.

    A continuous integration that silently skips half of its tests is green for the wrong reason, so it
    sets the variable; somebody's laptop without Java does not.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not one of {', '.join(KINDS)}")
    if required(kind):
        pytest.fail(f"AIKG_REQUIRE names {kind}, but {reason}", pytrace=False)
    pytest.skip(reason)


def shared(*parts: str) -> Path:
    """A file or folder of ``../shared`` beside the checkout, by name or pattern; skips (or fails, see above) without it.

    >>> shared("documents", "003_*.txt")  # doctest: +SKIP
    """
    folder = Path(__file__).resolve().parents[2] / "shared"
    found = sorted(folder.glob("/".join(parts)))
    if not found:
        require_or_skip("shared", f"../shared/{'/'.join(parts)} is not beside the checkout")
    return found[0]


def canonical(value: Any) -> Any:
    """A cell in a form that can be compared and sorted: lists sorted, floats to nine digits, null as None."""
    if isinstance(value, dict):
        return {str(key): canonical(item) for key, item in sorted(value.items())}
    if isinstance(value, list | tuple):
        return sorted((canonical(item) for item in value), key=_sort_key)
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float):  # numpy's float64 included
        return float(f"{value:.9g}") + 0.0  # the sum makes -0.0 the same as 0.0
    if isinstance(value, bool | int | str):
        return value
    if hasattr(value, "item"):  # numpy's integers and booleans
        return canonical(value.item())
    raise TypeError(f"{value!r} of type {type(value).__name__} is no value that a store returns")


def _sort_key(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def multiset(frame: pd.DataFrame) -> list[str]:
    """The rows of a frame as sorted text, one entry a row."""
    rows: Iterable[tuple[Any, ...]] = frame.itertuples(index=False, name=None)
    return sorted(_sort_key([canonical(cell) for cell in row]) for row in rows)


def assert_equal_rows(left: pd.DataFrame, right: pd.DataFrame, what: str = "") -> None:
    """Same columns in the same order and the same multiset of rows; list cells sorted, floats within 1e-9."""
    assert list(left.columns) == list(right.columns), what
    one, other = multiset(left), multiset(right)
    only_one, only_other = sorted(set(one) - set(other))[:3], sorted(set(other) - set(one))[:3]
    assert one == other, f"{what}\nonly left: {only_one}\nonly right: {only_other}"
