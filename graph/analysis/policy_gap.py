"""Where policy aims and where the firms are: ranks side by side, after both are put into the same words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis.tables import checked_series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["gap_correlation", "map_words", "policy_gap"]


def map_words(weights: pd.Series, mapping: Mapping[str, Sequence[str]]) -> pd.Series:
    """Weights of words as weights of segments, through a concordance `{word: [segments]}`; a word of several segments
    counts for each. `attrs`: `mapped` (share of the words that have a segment, 0-1; NaN without words), `words` (their
    number) and `unmapped` (sorted). Raises ValueError for a negative weight or NaN, naming the word.

    >>> map_words(pd.Series({"智能驾驶": 2, "航运": 1}), {"智能驾驶": ["智能运载工具"]}).to_dict()
    {'智能运载工具': 2.0}
    """
    sums: dict[str, float] = {}
    unmapped = []
    for word, weight in weights.items():
        if not math.isfinite(weight) or weight < 0:
            raise ValueError(f"weight of {word}: {weight} is not a number of 0 or more")
        targets = mapping.get(str(word), ())
        if not targets:
            unmapped.append(str(word))
        for target in dict.fromkeys(targets):
            sums[target] = sums.get(target, 0.0) + float(weight)
    found = pd.Series({target: sums[target] for target in sorted(sums)}, dtype=float)
    n = len(weights)
    found.attrs.update(mapped=(n - len(unmapped)) / n if n else math.nan, words=n, unmapped=sorted(unmapped))
    return found


def policy_gap(focus: pd.Series, quotients: pd.Series, density: pd.Series | None = None) -> pd.DataFrame:
    """Policy against firms in one place: rank of the policy weight minus rank of the location quotient.

    `focus` and `quotients` are by segment; rank 1 is the largest and ties share their mean rank. gap < 0: policy aims beyond what
    is there; gap > 0: what is there is overlooked. Segments without a quotient (NaN) or without a weight are not ranked, their
    gap is NaN. Columns: focus, lq, focus_rank, lq_rank, gap, reading. `reading` is null, or

    - ``aims beyond reach``: targeted, LQ < 1 and relatedness density below its median (needs `density`);
    - ``overlooked strength``: not targeted, LQ >= 2.

    >>> found = policy_gap(pd.Series({"a": 3.0, "b": 0.0}), pd.Series({"a": 0.5, "b": 2.5}))
    >>> found["gap"].to_dict(), found.at["b", "reading"]
    ({'a': -1.0, 'b': 1.0}, 'overlooked strength')
    """
    segments = [name for name in focus.index if name in quotients.index]
    weights = checked_series(focus[segments], "focus")
    lq = quotients[segments].astype(float)
    checked_series(lq.dropna(), "quotients")
    known = lq.notna()
    found = pd.DataFrame({"focus": weights, "lq": lq})
    found["focus_rank"] = weights[known].rank(ascending=False).reindex(found.index)
    found["lq_rank"] = lq[known].rank(ascending=False).reindex(found.index)
    found["gap"] = found["focus_rank"] - found["lq_rank"]
    middle = math.nan if density is None else float(density.reindex(segments).median())
    readings: list[str | None] = []
    for name in segments:
        near = math.nan if density is None else float(density.get(name, math.nan))
        if weights[name] > 0 and lq[name] < 1 and near < middle:
            readings.append("aims beyond reach")
        else:
            readings.append("overlooked strength" if weights[name] == 0 and lq[name] >= 2 else None)
    found["reading"] = pd.Series(readings, index=found.index, dtype=object)
    return found


def gap_correlation(focus: pd.Series, quotients: pd.Series, *, least: int = 5) -> float:
    """Spearman's rank correlation of policy weights and location quotients of a place, -1 to 1.

    NaN with fewer than `least` segments that have both, or where all weights or all quotients are the same.

    >>> gap_correlation(pd.Series(range(5)), pd.Series([0.0, 0.5, 1.0, 2.0, 9.0]))
    1.0
    """
    both = pd.DataFrame({"focus": focus, "lq": quotients}).astype(float).dropna()
    if len(both) < least:
        return math.nan
    a, b = both["focus"].rank(), both["lq"].rank()
    if a.nunique() < 2 or b.nunique() < 2:
        return math.nan
    return round(float(a.corr(b)), 12)
