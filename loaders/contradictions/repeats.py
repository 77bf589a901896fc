"""A row that a table holds twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from aikg.loaders.contradictions.contradiction import Contradiction
from aikg.loaders.records import Records, citation
from aikg.loaders.statements import line_of

__all__ = ["of_rows"]

_NOT_THE_ROWS = frozenset({"Country", "Region", "Province", "City", "District", "ChainLayer", "ChainSegment", "Source"})


def of_rows(table: Records, repeated: Iterable[int]) -> Iterator[tuple[Contradiction, str]]:
    """Contradictions of kind repeat, with the name of their subject, of the rows of one table.

    `table` are the records of the table, `repeated` the lines whose cells an earlier row has, as `TableResult` lists them.
    The subject is what the row is about: its first thing that is neither a place nor a word of the chain.
    """
    lines = set(repeated)
    said: dict[int, dict[tuple[str, str], tuple[str, str, str, str | None]]] = defaultdict(dict)
    for label, rows in table.entities.items():
        for row in rows:
            line = line_of(row["locator"])
            if line is not None:
                origin = (row["name"], row["source"], row["locator"], row["as_of"])
                said[line].setdefault((label, row["id"]), origin)
    first: dict[frozenset[tuple[str, str]], int] = {}
    for line in sorted(said):
        before = first.setdefault(frozenset(said[line]), line)
        if before == line or line not in lines:
            continue
        subject = next((key for key in said[line] if key[0] not in _NOT_THE_ROWS), None)
        if subject is None:
            continue
        name, source, where, as_of = said[line][subject]
        cited = [citation(source, said[n][subject][2]) for n in (before, line)]
        values = tuple(_row_of(source_and_place) for source_and_place in cited)
        del where
        yield (
            Contradiction(
                subject[1], "row", "repeat", "soft", None, values, tuple((c,) for c in cited), None, as_of, (), "table"
            ),
            name,
        )


def _row_of(cited: str) -> str:
    """图表54 L1082: which row is meant."""
    line, _, table = cited.partition("#")[2].partition(";")
    return f"{table.split(';')[0]} {line}".strip()
