"""What a check found, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from aikg.ontology.values import as_text

if TYPE_CHECKING:
    from aikg.ontology.constraints import Constraint

__all__ = ["COLUMNS", "SEVERITIES", "Findings"]

COLUMNS = ("severity", "label", "id", "property", "value", "message_zh", "message_en")
SEVERITIES = ("violation", "warning", "info")


class Findings:
    """Collects rows column by column; `frame` gives them sorted."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []

    def add(
        self,
        severity: str,
        label: str,
        ids: pa.Array | None,
        property_: str | None,
        values: pa.Array | None,
        message: dict[str, str],
    ) -> None:
        """Add a row for each of `ids` (one row without an id for None); `values` runs in parallel."""
        count = 1 if ids is None else len(ids)
        if not count:
            return
        columns = [
            pa.repeat(pa.scalar(severity), count),
            pa.repeat(pa.scalar(label), count),
            _texts(ids, count),
            pa.repeat(pa.scalar(property_, pa.string()), count),
            _texts(values, count),
            pa.repeat(pa.scalar(message["zh"]), count),
            pa.repeat(pa.scalar(message["en"]), count),
        ]
        self._tables.append(pa.Table.from_arrays(columns, names=list(COLUMNS)))

    def of_rule(self, rule: Constraint, label: str, ids: pa.Array, property_: str, values: pa.Array | None) -> None:
        """Add rows that break a rule of the ontology."""
        self.add(rule.severity, label, ids, property_, values, rule.message)

    def frame(self) -> pd.DataFrame:
        """Columns `COLUMNS`, all text; sorted by severity, label, id, property, then value and message."""
        schema = pa.schema([(name, pa.string()) for name in COLUMNS])
        rows: pd.DataFrame = pa.concat_tables([schema.empty_table(), *self._tables]).to_pandas(
            types_mapper=pd.ArrowDtype
        )
        rank = rows["severity"].map({severity: i for i, severity in enumerate(SEVERITIES)})
        rows = rows.assign(rank=rank).sort_values(["rank", *COLUMNS[1:]], kind="stable", na_position="first")
        return rows.drop(columns="rank").reset_index(drop=True)


def _texts(values: pa.Array | pa.ChunkedArray | None, count: int) -> pa.Array:
    if values is None:
        return pa.nulls(count, pa.string())
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if values.type == pa.string():
        return values
    return pa.array([as_text(value) for value in values.to_pylist()], pa.string())
