"""The shape that all measures of clusters answer in: tidy frames with n, value, low, high and sources."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.analysis.cluster_inputs import Counted

__all__ = ["FIRMS", "answer", "cell", "ranged", "tidy", "told"]

FIRMS = "firms"
_WHOLE = ("n", "other_n", "place_firms", "places", "segments", "diversity", "firms_elsewhere")


def ranged(value: Any, low: Any, high: Any) -> dict[str, float]:
    """The three columns of a number; what is not shown has no range either."""
    if math.isnan(value):
        return {"value": math.nan, "low": math.nan, "high": math.nan}
    return {"value": float(value), "low": float(low), "high": float(high)}


def cell(found: Counted, place: str, segment: str) -> dict[str, Any]:
    """Names and ids of a place and a segment, and its firms; n is null where none is recorded."""
    return {
        "place": found.names[place],
        "place_id": place,
        "segment": found.names[segment],
        "segment_id": segment,
        "n": found.number(place, segment) or None,
    }


def answer(
    rows: list[dict[str, Any]], columns: Sequence[str], found: Counted, *, min_count: int = 0, note: str | None = None
) -> pd.DataFrame:
    """Rows counted from firms, largest value first; the note tells what is left out."""
    few = sum(1 for row in rows if min_count > (row["n"] or 0))
    hidden = say(
        f"{few} of {len(rows)} rows have fewer than {min_count} firms: no value",
        f"{len(rows)} 行中有 {few} 行不足 {min_count} 家企业，不给数值",
    )
    notes = [found.note, hidden if few else None, note]
    return tidy(rows, columns, by=FIRMS, n=found.firms(), note="; ".join(text for text in notes if text) or None)


def tidy(
    rows: list[dict[str, Any]], columns: Sequence[str], *, by: str, n: int | None, note: str | None
) -> pd.DataFrame:
    """Rows as a frame with exactly these columns: largest value first, then largest n, then by id."""
    frame = pd.DataFrame(rows, columns=list(columns))
    for name in columns:
        if name in _WHOLE:
            frame[name] = frame[name].astype("Int64")
        elif name in ("value", "low", "high"):
            frame[name] = frame[name].astype("float64")
    ids = [name for name in columns if name.endswith("_id")]
    down = [name for name in ("value", "n") if name in columns]
    frame = frame.sort_values(
        [*down, *ids],
        ascending=[False] * len(down) + [True] * len(ids),
        na_position="last",
        ignore_index=True,
        kind="stable",
    )
    return told(frame, by=by, n=n, note=note)


def told(frame: pd.DataFrame, *, by: str, n: int | None, note: str | None) -> pd.DataFrame:
    """The frame with what was counted, how many, and what the reader must know."""
    frame.attrs = {"by": by, "n": n, "note": note}
    return frame
