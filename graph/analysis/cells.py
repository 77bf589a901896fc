"""Single cells and columns of frames: pandas types a cell as anything, and makes NaN of a None beside texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

__all__ = ["cell", "nulls", "row_of"]


def cell(frame: pd.DataFrame, row: Hashable, column: Hashable) -> Any:
    """One cell, ``frame.at[row, column]``."""
    return frame.at[row, column]


def row_of(frame: pd.DataFrame, row: Any) -> pd.Series[Any]:
    """One row of a frame whose labels occur once."""
    found: Any = frame.loc[row]
    return found if isinstance(found, pd.Series) else found.iloc[0]


def nulls(values: Iterable[Any]) -> pd.Series[Any]:
    """A column of objects in which what is not known is None."""
    listed = [None if value is None or value is pd.NA or value != value else value for value in values]
    return pd.Series(listed, dtype=object)
