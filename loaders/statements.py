"""Statements: every value that a source states, and which of several is shown (rule: `ontology/ranking.py`)."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aikg.loaders.records import citation
from aikg.ontology.ranking import rank, refines
from aikg.ontology.values import as_text

__all__ = ["Statement", "line_of", "winner"]

_LINE = re.compile(r"L(\d+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """One value that a source states; `value` None with a `raw` dash is a stated blank."""

    label: str
    id: str
    property: str
    value: Any
    raw: str | None
    source: str | None
    locator: str
    as_of: str | None
    method: str
    confidence: float
    order: int

    @builtins.property
    def line(self) -> int | None:
        return line_of(self.locator)

    @builtins.property
    def citation(self) -> str | None:
        return citation(self.source, self.locator) if self.source else None

    def rank(self) -> tuple[Any, ...]:
        """Sort key by the written rule; the smallest wins."""
        return rank(self.as_of, self.confidence, self.order, self.line, self.locator)

    def row(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "id": self.id,
            "property": self.property,
            "value": as_text(self.value),
            "raw": self.raw,
            "source": self.source,
            "locator": self.locator,
            "line": self.line,
            "as_of": self.as_of,
            "method": self.method,
            "confidence": self.confidence,
        }


def winner(said: Iterable[Statement]) -> Statement | None:
    """The statement a node shows: by `Statement.rank`; of dates that agree the more exact one."""
    stated = sorted((s for s in said if s.value is not None), key=Statement.rank)
    if not stated:
        return None
    best = stated[0]
    for other in stated[1:]:
        if isinstance(best.value, str) and isinstance(other.value, str) and refines(other.value, best.value):
            best = other
    return best


def line_of(locator: str) -> int | None:
    """The line or row number that a locator starts with: L178;图表3 → 178."""
    match = _LINE.match(locator)
    return int(match[1]) if match else None
