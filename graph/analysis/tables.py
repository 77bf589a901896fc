"""Checks that all measures over regions × sectors share: a wrong cell is named, an undefined number is NaN."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

__all__ = ["checked", "checked_series", "one_total", "records", "same_labels"]

Amounts = pd.Series | Mapping[Any, float] | Sequence[float]
"""One number per region, sector or firm."""


def checked(table: pd.DataFrame, what: str = "table") -> pd.DataFrame:
    """The table as floats. ValueError naming the cell for what is no number, infinite, missing or negative.

    Missing is not zero: fill what is known to be zero yourself. Labels must be unique, since results carry them.

    >>> checked(pd.DataFrame({"chips": [1, -2]}, index=["A", "B"]))
    Traceback (most recent call last):
    ...
    ValueError: table['B', 'chips'] is -2; negative amounts have no meaning here
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{what} is a {type(table).__name__}; give a DataFrame of regions × sectors")
    for axis, labels in (("row", table.index), ("column", table.columns)):
        if not labels.is_unique:
            raise ValueError(f"{what} has the {axis} {labels[labels.duplicated()][0]!r} twice")
    if not _sound(table):
        for column in table.columns:
            for row, value in table[column].items():
                _check(value, f"{what}[{row!r}, {column!r}]")
    return table.astype("float64")


def checked_series(amounts: Amounts, what: str = "amounts") -> pd.Series[float]:
    """One number per label as a Series of floats; errors as for `checked`. Labels may repeat (plants of a region)."""
    found = amounts if isinstance(amounts, pd.Series) else pd.Series(amounts, dtype=object)
    for label, value in found.items():
        _check(value, f"{what}[{label!r}]")
    return found.astype("float64")


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows as named tuples; what is in their fields only the reader of the frame knows."""
    return iter(frame.itertuples(index=False))


def one_total(amounts: pd.Series[float], what: str = "totals") -> None:
    """ValueError where a label that must be unique is not."""
    if not amounts.index.is_unique:
        raise ValueError(f"{what} has {amounts.index[amounts.index.duplicated()][0]!r} twice")


def same_labels(wanted: pd.Index[Any], given: pd.Index[Any], what: str) -> None:
    """ValueError naming the first label that only one of two inputs has."""
    missing = [label for label in wanted if label not in given]
    extra = [label for label in given if label not in wanted]
    if missing or extra:
        lack = f"{what} lacks {missing[0]!r}" if missing else f"{what} has {extra[0]!r}, which the amounts lack"
        raise ValueError(lack)


def _sound(table: pd.DataFrame) -> bool:
    """Whether all cells are good, found at once: only where one is not, each is looked at."""
    if not all(is_numeric_dtype(kind) for kind in table.dtypes):
        return False
    values = table.to_numpy(dtype="float64", na_value=np.nan)
    return bool(np.isfinite(values).all() and (values >= 0).all())


def _check(value: Any, cell: str) -> None:
    if value is None or value is pd.NA or value != value:
        raise ValueError(f"{cell} is missing; what is not recorded is no zero, so fill it or leave it out")
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{cell} is {value!r}, which is no number") from None
    if math.isinf(number):
        raise ValueError(f"{cell} is infinite")
    if number < 0:
        raise ValueError(f"{cell} is {value}; negative amounts have no meaning here")
