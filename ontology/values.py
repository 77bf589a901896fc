"""How values are written as text, the same in statements, tables and exports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["as_text", "is_null"]


def is_null(value: Any) -> bool:
    """Whether a cell holds nothing: None, NA or NaN (each unequal to itself or without a truth of its own)."""
    if value is None:
        return True
    if isinstance(value, str | bool | int):
        return False
    if isinstance(value, float):
        return value != value
    return type(value).__name__ in ("NAType", "NaTType")


def as_text(value: Any) -> str | None:
    """A value as text: 1400.0 → 1400, True → true, lists joined by ``|``; null stays None.

    >>> as_text(1400.0), as_text(["a", "b"]), as_text(None)
    ('1400', 'a|b', None)
    """
    if is_null(value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Iterable):
        return "|".join(text for text in map(as_text, value) if text is not None)
    return str(value)
