"""What of a chain a place has: coverage, states of segments, the lists 强链 / 补链 / 延链, leakage.

No published formula was found for these (Chinese sources name the actions and no number): definitions and parameters are
this project's, and said here. Tables are place x segment with numbers of firms; 0 means that none is counted, which is
"not recorded" unless the input is declared complete.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis.cells import cell
from aikg.graph.analysis.tables import checked, checked_series

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ACTIONS",
    "STATES",
    "actions",
    "connected_coverage",
    "coverage",
    "leakage",
    "segment_state",
    "segment_states",
]

STATES = ("strong", "present", "thin", "stated", "none", "not recorded")
ACTIONS = {"strong": "强链", "fill": "补链", "extend": "延链"}
_HELD = ("strong", "present")
_ACTION_COLUMNS = ["action", "segment", "state", "n", "reasons", "neighbours", "density", "cut"]


def coverage(
    table: pd.DataFrame, *, at_least: int = 1, weights: pd.Series | None = None, complete: bool = False
) -> pd.DataFrame:
    """Share of the segments in which a place has `at_least` firms, one row per place.

    `weights` (by segment) makes it a share of weight. Columns: coverage (0-1; NaN for an empty chain), covered, few (1 to
    `at_least` - 1 firms), none, unknown, segments. Without a firm a segment is `unknown`, or `none` where the table is declared
    `complete`. Raises ValueError for negative or missing cells and weights.

    >>> coverage(pd.DataFrame([[3, 0, 1, 5]], ["r"], list("abcd"))).loc["r", "coverage"]
    np.float64(0.75)
    """
    _positive(at_least, "at_least")
    numbers = checked(table)
    weight = pd.Series(1.0, index=numbers.columns) if weights is None else weights.reindex(numbers.columns)
    weight = checked_series(weight, "weights")
    has, empty = numbers >= at_least, numbers == 0
    total = float(weight.sum())
    found = pd.DataFrame(index=numbers.index)
    found["coverage"] = (has * weight).sum(axis=1) / total if total > 0 else math.nan
    found["covered"] = has.sum(axis=1).astype(int)
    found["few"] = (~has & ~empty).sum(axis=1).astype(int)
    found["none"] = empty.sum(axis=1).astype(int) if complete else 0
    found["unknown"] = 0 if complete else empty.sum(axis=1).astype(int)
    found["segments"] = len(numbers.columns)
    return found


def connected_coverage(table: pd.DataFrame, pairs: Iterable[tuple[str, str]], *, at_least: int = 1) -> pd.DataFrame:
    """Share of the pairs upstream -> downstream of which a place has both ends, one row per place.

    A chain of which every second link is there has half of its segments covered and none connected. Columns: connected
    (0-1; NaN where the chain has no pair), linked, pairs. Raises ValueError for a pair of which the table lacks an end.

    >>> table = pd.DataFrame([[3, 0, 1, 5]], ["r"], list("abcd"))
    >>> float(connected_coverage(table, [("a", "b"), ("b", "c"), ("c", "d")]).loc["r", "connected"].round(4))
    0.3333
    """
    _positive(at_least, "at_least")
    has = checked(table) >= at_least
    listed = _known_pairs(pairs, set(has.columns))
    linked = sum((has[up] & has[down]).astype(int) for up, down in listed) if listed else 0
    found = pd.DataFrame(index=has.index)
    found["connected"] = linked / len(listed) if listed else math.nan
    found["linked"] = linked
    found["pairs"] = len(listed)
    return found


def segment_state(n: float, lq: float, *, k: int = 3, stated: bool = False, complete: bool = False) -> str:
    """State of one segment in one place.

    `strong`: n >= k and LQ >= 1; `present`: n >= k; `thin`: 1 <= n < k; `stated`: no firm, but a park, a policy or a sentence says
    that the place has it; `none`: no firm, and the input is declared complete; otherwise `not recorded`.

    >>> segment_state(1, 2.0), segment_state(0, 0.0), segment_state(0, 0.0, complete=True)
    ('thin', 'not recorded', 'none')
    """
    if not n >= 0:
        raise ValueError(f"n: {n} is not a number of 0 or more")
    _positive(k, "k")
    if n >= k:
        return "strong" if lq >= 1 else "present"
    if n >= 1:
        return "thin"
    if stated:
        return "stated"
    return "none" if complete else "not recorded"


def segment_states(
    table: pd.DataFrame, lq: pd.DataFrame, *, k: int = 3, stated: pd.DataFrame | None = None, complete: bool = False
) -> pd.DataFrame:
    """`segment_state` of every cell, a place x segment table of texts. `lq` and `stated` (booleans) have the same labels."""
    numbers = checked(table)
    says = pd.DataFrame(False, numbers.index, numbers.columns) if stated is None else stated
    return pd.DataFrame(
        [
            [
                segment_state(
                    cell(numbers, place, segment),
                    float(cell(lq, place, segment)),
                    k=k,
                    stated=bool(cell(says, place, segment)),
                    complete=complete,
                )
                for segment in numbers.columns
            ]
            for place in numbers.index
        ],
        numbers.index,
        numbers.columns,
        dtype=object,
    )


def actions(
    states: pd.DataFrame,
    pairs: Iterable[tuple[str, str]],
    *,
    density: pd.Series | None = None,
    held: Iterable[str] | None = None,
    threats: pd.DataFrame | None = None,
    provider_hhi: float = 0.4,
    outside: float = 0.5,
    percentile: float = 0.75,
    least_held: int = 3,
) -> pd.DataFrame:
    """The lists 强链, 补链 and 延链 of one place; a segment may be in several.

    `states` is by segment, with the columns n and state. `pairs` are upstream -> downstream. `density` is the relatedness density by
    segment, `held` the segments that it rests on (default: those strong or present). `threats` is by segment, with `hhi` (of its
    providers, all places) and `outside` (share of its supplies that come from outside), either NaN where not recorded.

    - `strong` (强链): state strong or thin, with what threatens it: ``provider_hhi`` (above the parameter), ``one_firm``,
      ``suppliers_outside`` (share above `outside`).
    - `fill` (补链): state none or not recorded, with an upstream or downstream neighbour strong or present; `neighbours` lists these.
    - `extend` (延链): n = 0, density > 0 and at or above the percentile (linear) of the density over the place's own absent segments;
      none below `least_held` held segments, where a density says nothing.

    Columns: action, segment, state, n, reasons (list of codes), neighbours (list), density, cut (the percentile).
    """
    upstream: dict[str, set[str]] = {}
    downstream: dict[str, set[str]] = {}
    for up, down in _known_pairs(pairs, set(states.index)):
        upstream.setdefault(down, set()).add(up)
        downstream.setdefault(up, set()).add(down)
    state = states["state"]
    n = checked_series(states["n"], "n")
    holds = {s for s in states.index if state[s] in _HELD}
    rows: list[tuple[object, ...]] = []

    def row(action: str, segment: str, reasons: list[str], near: Iterable[str], d: float, cut: float) -> None:
        rows.append((action, segment, state[segment], int(n[segment]), reasons, sorted(near), d, cut))

    for segment in states.index:
        if state[segment] in ("strong", "thin"):
            known = threats.loc[segment] if threats is not None and segment in threats.index else {}
            said = ["provider_hhi"] if known.get("hhi", math.nan) > provider_hhi else []
            said += ["one_firm"] if n[segment] == 1 else []
            said += ["suppliers_outside"] if known.get("outside", math.nan) > outside else []
            row("strong", segment, said, (), math.nan, math.nan)
    for segment in states.index:
        if state[segment] in ("none", "not recorded"):
            ups, downs = upstream.get(segment, set()) & holds, downstream.get(segment, set()) & holds
            said = (["upstream"] if ups else []) + (["downstream"] if downs else [])
            if said:
                row("fill", segment, said, ups | downs, math.nan, math.nan)
    absent = [s for s in states.index if n[s] == 0]
    if density is not None and len(holds if held is None else set(held)) >= least_held:
        known = density.reindex(absent).astype(float).dropna()
        cut = float(known.quantile(percentile, interpolation="linear")) if len(known) else math.nan
        for segment in known.index:
            if known[segment] > 0 and known[segment] >= cut:
                row("extend", segment, ["density"], (), float(known[segment]), cut)
    return pd.DataFrame(rows, columns=_ACTION_COLUMNS)


def leakage(supplies: pd.DataFrame, place: str, *, segments: Iterable[str] | None = None) -> pd.Series:
    """Share of the supplies into a place's segments whose supplier is outside the place.

    `supplies` has a row for each relation, with `supplier_place`, `customer_place` and, where `segments` limits it, `segment` (what the
    customer works in). A supplier whose place is not recorded (null) counts in neither: `low` and `high` are the shares if all of these
    were inside or outside. Returns leakage (0-1), outside, n (with a known place), unknown, low, high; NaN without supplies.

    >>> table = pd.DataFrame({"supplier_place": ["r", "q"], "customer_place": ["r", "r"]})
    >>> float(leakage(table, "r")["leakage"])
    0.5
    """
    into = supplies[supplies["customer_place"] == place]
    if segments is not None:
        into = into[into["segment"].isin(set(segments))]
    known = into["supplier_place"].notna()
    outside = int((into["supplier_place"][known] != place).sum())
    n, unknown = int(known.sum()), int((~known).sum())
    total = n + unknown
    return pd.Series(
        {
            "leakage": outside / n if n else math.nan,
            "outside": float(outside),
            "n": float(n),
            "unknown": float(unknown),
            "low": outside / total if total else math.nan,
            "high": (outside + unknown) / total if total else math.nan,
        }
    )


def _known_pairs(pairs: Iterable[tuple[str, str]], segments: set[str]) -> list[tuple[str, str]]:
    listed = sorted({(str(up), str(down)) for up, down in pairs})
    for up, down in listed:
        for end in (up, down):
            if end not in segments:
                raise ValueError(f"{end} of the pair {up} -> {down} is no segment of the table")
    return listed


def _positive(number: int, name: str) -> None:
    if number < 1:
        raise ValueError(f"{name}: {number} is not 1 or more")
