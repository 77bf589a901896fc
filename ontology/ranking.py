"""The written rule by which one of several stated values is shown: later date, then confidence, then order of inputs, then line.

Of dates that agree, the more exact one is shown. Loading a graph and leaving a source out of one decide alike.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["later_first", "rank", "refines"]

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def rank(as_of: str | None, confidence: float, order: int, line: int | None, locator: str) -> tuple[Any, ...]:
    """Sort key by the rule; the smallest is shown."""
    return (later_first(as_of), -confidence, order, line or 0, locator)


def later_first(as_of: str | None) -> tuple[int, ...]:
    """Sort key that puts the later date first and the unknown one last."""
    digits = [int(part) for part in re.findall(r"\d+", as_of or "")][:3]
    return tuple(-d for d in [*digits, *[0] * (3 - len(digits))])


def refines(exact: str, rough: str) -> bool:
    """Whether a date says the same as a rougher one, only more exactly: 2013-01-08 and 2013."""
    both_dates = _DATE.fullmatch(exact) and _DATE.fullmatch(rough)
    return bool(both_dates) and exact != rough and exact.startswith(rough + "-")
