"""The parameter `source` of the questions (rules: `graph/source_filter.py`), and the citations of an answer."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from aikg.graph.source_filter import caption_of, filter_of, matches, table_name
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from aikg.graph.stores.protocol import Store

__all__ = ["Relations", "keep", "source_filters", "source_values"]


def source_filters(store: Store, texts: Sequence[str]) -> list[list[str]]:
    """One filter per text: 图表3 · a title or id of a document · both (《白皮书》图表3) · a whole citation · a caption.

    QueryError for a document that the graph does not hold, with near titles.
    """
    return [_filter(store, text) for text in texts]


def keep(citations: object, filters: Sequence[Sequence[str]], relations: Relations | None = None) -> list[str]:
    """Citations of the asked sources (all, where none was asked for), distinct and sorted.

    Statements collect lists of lists: to flatten them there takes time that grows with the square of their length.
    In `relations` stand the sources of the relations that a statement cites by id.
    """
    found: set[str] = set()
    held = relations or Relations({})
    waiting = [citations]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            cited = held.of(item)
            if cited is not None:
                found.update(cited)
            elif not filters or matches(item, filters):
                found.add(item)
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            found |= held.beside(item)
    return sorted(found)


class Relations:
    """Sources of relations, for statements that cite a relation by its id.

    A hub (a segment, its place in a layer) cites every row that names it. A statement that carried these lists along
    with every company would need memory and time that grow with the square of the companies, so it carries ids, and the
    lists are looked up here, once. Two forms stand among the citations of an answer:

    - the id of a relation: its sources are meant, of the asked ones the first `SHOWN`;
    - ``{row: [citation, …], steps: [id, …]}``: of each relation those sources that are rows given beside it, and only
      where it has none of them, its first ones.
    """

    SHOWN = 10

    def __init__(self, sources: Mapping[str, Iterable[str]], filters: Sequence[Sequence[str]] = ()) -> None:
        kept = {
            name: sorted({c for c in cited if not filters or matches(c, filters)}) for name, cited in sources.items()
        }
        self._first = {name: tuple(cited[: self.SHOWN]) for name, cited in kept.items()}
        self._whole = {name: frozenset(cited) for name, cited in kept.items()}

    @classmethod
    def cited(cls, store: Store, answers: Iterable[object], filters: Sequence[Sequence[str]]) -> Relations:
        """The relations that the cells of an answer cite, read from the store."""
        wanted: set[str] = set()
        waiting = list(answers)
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                if not item.startswith("src:"):
                    wanted.add(item)
            elif isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                waiting.append(item["steps"])
        types = sorted({name.partition(":")[0] for name in wanted} & set(load_schema().relations))
        if not types:
            return cls({})
        # Types are names of the ontology; ids are a parameter.
        rows = store.query(
            f"MATCH ()-[r:{'|'.join(types)}]->() WHERE r.id IN $ids RETURN r.id AS id, r.sources AS sources",
            {"ids": sorted(wanted)},
            timeout=None,
            row_limit=None,
        )
        pairs = zip(rows["id"], rows["sources"], strict=True)
        return cls({str(name): cited if isinstance(cited, list) else [] for name, cited in pairs}, filters)

    def of(self, name: str) -> tuple[str, ...] | None:
        """Sources of a relation; None for what is no relation's id."""
        return self._first.get(name)

    def beside(self, place: Mapping[str, Any]) -> set[str]:
        """Sources of the relations `steps`, those among `row` where there are any."""
        found: set[str] = set()
        for name in flat(place["steps"]):
            own = self._whole.get(name, frozenset()).intersection(flat(place["row"]))
            found |= own or set(self._first.get(name, ()))
        return found


def flat(item: object) -> Iterator[str]:
    """Texts of lists within lists.

    >>> list(flat(["a", None, [["b"]]]))
    ['a', 'b']
    """
    if isinstance(item, str):
        yield item
    elif isinstance(item, list):
        for part in item:
            yield from flat(part)


def source_values(store: Store) -> list[str]:
    """Titles of the documents, then the tables that citations name, in the order of their numbers."""
    titles = [name for _, name in _documents(store)]
    rows = store.query(
        "MATCH ()-[r:STATED_IN]->(:Source) UNWIND r.sources AS x "
        "WITH split(x, ';') AS parts WHERE size(parts) > 1 RETURN DISTINCT parts[1] AS part"
    )
    tables = {table for part in rows["part"] if (table := table_name(str(part)))}
    return [*titles, *sorted(tables, key=_by_number)]


def _by_number(table: str) -> tuple[str, list[int]]:
    return re.split(r"\d", table)[0], [int(n) for n in re.findall(r"\d+", table)]


def _filter(store: Store, text: str) -> list[str]:
    found = filter_of(text, _documents(store))
    if found is not None:
        return found
    caption = caption_of(text)
    rows = store.query(
        "MATCH (n) WHERE any(x IN n.sources WHERE (x + ';') CONTAINS $caption) RETURN n.id AS id LIMIT 1",
        {"caption": caption},
    )
    if not rows.empty:
        return [caption]
    raise QueryError(_unknown(store, text))


def _documents(store: Store) -> list[tuple[str, str]]:
    rows = store.query("MATCH (s:Source) RETURN s.id AS id, s.name AS name ORDER BY id")
    return [(str(r.id), str(r.name)) for r in rows.itertuples(index=False)]


def _unknown(store: Store, text: str) -> str:
    titles = [name for _, name in _documents(store)]
    near = difflib.get_close_matches(text, titles, n=3, cutoff=0.4) or titles[:5]
    known = (
        say(f"its documents are {', '.join(near)}", f"本图的文件有 {'、'.join(near)}")
        if near
        else say("it names no documents", "本图没有写明文件")
    )
    return say(
        f"source '{text}' is no table (图表3) and no document of this graph; {known}",
        f"来源“{text}”既不是图表号（如图表3），也不是本图的文件；{known}",
    )
