"""The store that needs no server: kglite, in this process. Every call to kglite is in this module.

kglite is young, so nothing is kept in its format but a cache: a file beside the graph's Parquet frames
whose name holds a digest of them. A cache that is missing, of other frames, of another kglite or damaged is
made anew.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import kglite
import pandas as pd
import pyarrow as pa

from aikg.graph.folder import CACHE_PREFIX, verify
from aikg.graph.folder import load as load_folder
from aikg.graph.stores import lacking, portable, readonly
from aikg.graph.stores.projections import unordered_columns
from aikg.graph.stores.protocol import DEFAULT_ROW_LIMIT, DEFAULT_TIMEOUT, StoreSchema, store_schema
from aikg.graph.stores.results import (
    frame_of,
    missing_parameter,
    node_dict,
    plain_parameters,
    plain_temporal,
    relationship_dict,
    timed_out,
)
from aikg.graph.stores.rows import arrow_table, edge_groups, label_by_id
from aikg.graph.stores.tokens import code_only, position
from aikg.ontology.errors import QueryError, ReadOnlyError, StoreError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["EmbeddedStore"]

# Part of a cache's name: a new number makes every cache stale when the way of loading changes.
_LAYOUT = "2"
_PASSES = frozenset(kglite.cypher_pass_names())  # another release may have others, and refuses unknown names
_NODE_KEYS = frozenset({"id", "labels", "properties"})
_EDGE_KEYS = frozenset({"id", "start", "end", "type", "properties"})
# kglite gives these to every node beside what was stored; the ontology has no such properties.
_PSEUDO = frozenset({"title", "type"})


class EmbeddedStore:
    """A graph in memory that answers Cypher. Several threads may ask at once.

    >>> with EmbeddedStore(graph) as store:  # doctest: +SKIP
    ...     store.query("MATCH (c:City) RETURN c.name AS name ORDER BY name")
    """

    def __init__(self, graph: KnowledgeGraph | None = None) -> None:
        """A store of `graph`, or an empty one to `load` later."""
        # Warnings of the engine would go to stderr, one a query; what matters is refused before.
        kglite.set_query_warning_policy("silent")
        self._engine: Any = kglite.KnowledgeGraph()
        self._ids: list[str] | None = None
        self._engine.read_only(True)
        if graph is not None:
            self.load(graph)

    @classmethod
    def open(cls, folder: str | Path, graph: KnowledgeGraph | None = None) -> EmbeddedStore:
        """The store of a graph folder, by its cache where that is current: milliseconds instead of seconds.

        `graph` saves reading the frames once more where they have been loaded already. A folder that cannot
        be written is served from memory. Raises GraphError when the folder holds no graph, or files that no build wrote.
        """
        folder = Path(folder)
        store = cls()
        cache = folder / _cache_name(folder)
        if store._load_cache(cache):
            return store
        store.load(load_folder(folder) if graph is None else graph)
        store._save_cache(cache)
        return store

    def load(self, graph: KnowledgeGraph, *, progress: bool = False) -> None:
        """Hold exactly this graph. GraphError when an edge ends nowhere or an id stands twice."""
        engine = kglite.KnowledgeGraph()
        labels = label_by_id(graph)
        for label, frame in _shown(sorted(graph.nodes.items()), progress, say("nodes", "节点")):
            _add_nodes(engine, label, arrow_table(frame))
        seen: set[tuple[str, str]] = set()
        for group in _shown(edge_groups(graph, labels), progress, say("edges", "关系")):
            again = (group.type, group.subject_label) in seen
            seen.add((group.type, group.subject_label))
            _add_edges(engine, group.type, group.subject_label, group.object_label, group.table, again=again)
        nodes, edges = sum(map(len, graph.nodes.values())), sum(map(len, graph.edges.values()))
        info = engine.schema()
        if (info["node_count"], info["edge_count"]) != (nodes, edges):
            raise StoreError(
                say(
                    f"the embedded engine holds {info['node_count']} nodes and {info['edge_count']} relations of "
                    f"{nodes} and {edges}; report this with the version of kglite, {kglite.__version__}",
                    f"内嵌引擎只有 {info['node_count']} 个节点、{info['edge_count']} 条关系，应有 "
                    f"{nodes} 个和 {edges} 条；请报告此问题，并注明 kglite 的版本 {kglite.__version__}",
                )
            )
        engine.read_only(True)
        self._engine, self._ids = engine, None

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = DEFAULT_TIMEOUT,
        row_limit: int | None = DEFAULT_ROW_LIMIT,
    ) -> pd.DataFrame:
        """Answer a reading statement; see `Store.query`."""
        statement, disabled = _checked(cypher)
        engine = self._opened()
        given = plain_parameters(parameters)
        try:
            view = engine.cypher(
                statement,
                params=given,
                timeout_ms=0 if timeout is None else max(1, round(timeout * 1000)),
                row_limit=row_limit,
                hide_structural_keys=True,
                disabled_passes=disabled or None,
            )
        except (kglite.KgError, ValueError, TypeError, RecursionError) as error:
            raise _translated(error, cypher, timeout) from error
        columns = list(view.columns)
        read = _Values(self)
        rows = [[read.plain(row[name]) for name in columns] for row in view.to_list()]
        read.fill_ends()
        truncated = (view.diagnostics or {}).get("total_rows") is not None
        return frame_of(columns, rows, unordered=unordered_columns(cypher, columns), truncated=truncated)

    def schema(self) -> StoreSchema:
        """What the store holds."""
        info = self._opened().schema()
        return store_schema(
            {name: entry["count"] for name, entry in info["node_types"].items()},
            {name: entry["count"] for name, entry in info["connection_types"].items()},
        )

    def close(self) -> None:
        """Give the memory back."""
        self._engine, self._ids = None, None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self) -> Any:
        if self._engine is None:
            raise StoreError(say("the store is closed; open it again", "图库已关闭；请重新打开"))
        return self._engine

    def node_ids(self) -> list[str]:
        """Our id of each node by the engine's own number; read once."""
        if self._ids is None:
            statement = "MATCH (n) RETURN elementId(n) AS number, n.id AS id"
            rows = self._opened().cypher(statement, timeout_ms=0).to_list()
            ids = [""] * (1 + max((int(row["number"]) for row in rows), default=-1))
            for row in rows:
                ids[int(row["number"])] = row["id"]
            self._ids = ids
        return self._ids

    def _load_cache(self, cache: Path) -> bool:
        if not cache.is_file():
            return False
        # A name can be given to any file: only the one that was saved under it has the hash that stands beside it.
        try:
            if _stamp_of(cache) != _stamp(cache).read_text(encoding="ascii"):
                return False
            engine = kglite.load(str(cache), verify="eager")
        except (kglite.KgError, OSError, ValueError):
            return False
        engine.read_only(True)
        self._engine = engine
        return True

    def _save_cache(self, cache: Path) -> None:
        # kglite writes beside the target and renames, so that a reader never sees half a file. Compact, because
        # lists cannot be mapped anyway, and a file that is not mapped may be replaced while others read it.
        try:
            self._engine.save(str(cache), layout="compact")
            stamp = _stamp(cache)
            partial = stamp.with_name(f"{stamp.name}.{os.getpid()}.part")
            partial.write_text(_stamp_of(cache), encoding="ascii", newline="\n")
            partial.replace(stamp)
        except (kglite.KgError, OSError, ValueError):
            return
        for old in [*cache.parent.glob(f"{CACHE_PREFIX}*.kgl"), *cache.parent.glob(f"{CACHE_PREFIX}*.sha256")]:
            if old not in (cache, _stamp(cache)):
                with contextlib.suppress(OSError):
                    old.unlink()


@functools.lru_cache(maxsize=256)
def _checked(cypher: str) -> tuple[str, list[str]]:
    """A statement without its comments, and the engine's passes that it must do without; raises for one that is refused.

    Whether a statement may run depends on its text alone, and canned questions are asked again and again.
    """
    readonly.check(cypher)
    portable.refuse(cypher)
    return code_only(cypher), [name for name in portable.unsafe_passes(cypher) if name in _PASSES]


class _Values:
    """Turns kglite's values into plain ones; relationships get the ids of their ends at the end."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store
        self.ids: dict[int, str] = {}
        self.open_ends: list[tuple[dict[str, Any], int, int]] = []

    def plain(self, value: Any) -> Any:
        if isinstance(value, dict):
            return self._mapping(value)
        if isinstance(value, list | tuple):
            return [self.plain(item) for item in value]
        if isinstance(value, dt.date | dt.datetime | dt.time):
            return plain_temporal(value)
        return value

    def _mapping(self, value: dict[str, Any]) -> dict[str, Any]:
        keys = value.keys()
        if keys == _NODE_KEYS and isinstance(value["labels"], list) and isinstance(value["properties"], dict):
            properties = {k: self.plain(v) for k, v in value["properties"].items() if k not in _PSEUDO}
            if "id" not in properties:  # no node of the graph: what db.schema.visualization() makes for a label
                return node_dict(value["labels"][0] if value["labels"] else None, properties)
            self.ids[value["id"]] = properties["id"]
            return node_dict(value["labels"][0] if value["labels"] else None, properties)
        if keys == _EDGE_KEYS and isinstance(value["start"], int):
            properties = {k: self.plain(v) for k, v in value["properties"].items() if k not in _PSEUDO}
            made = relationship_dict(value["type"], None, None, properties)
            self.open_ends.append((made, value["start"], value["end"]))
            return made
        return {key: self.plain(item) for key, item in value.items()}

    def fill_ends(self) -> None:
        for made, start, end in self.open_ends:
            if start not in self.ids or end not in self.ids:
                self.ids = dict(enumerate(self.store.node_ids()))
            made["subject"], made["object"] = self.ids[start], self.ids[end]


def _add_nodes(engine: Any, label: str, table: pa.Table) -> None:
    frame, types = _pandas(table)
    report = engine.add_nodes(frame, label, "id", "id", column_types=types, conflict_handling="replace")
    if report["has_errors"] or report["nodes_created"] != len(frame):
        raise StoreError(
            say(
                f"the embedded engine took {report['nodes_created']} of {len(frame)} {label} nodes: {report}",
                f"内嵌引擎只收下 {report['nodes_created']} 个节点，应有 {len(frame)} 个 {label}：{report}",
            )
        )
    engine.create_index(label, "name")


def _add_edges(engine: Any, name: str, subject: str, target: str, table: pa.Table, *, again: bool) -> None:
    """Add edges of one type between two labels.

    From the second group of a type and a subject's label on, kglite folds parallel edges into one; the
    parallel ones (SUPPLIES of two products) are then created by Cypher, which does not.
    """
    rest = table.slice(0, 0)
    if again:
        pairs = pd.MultiIndex.from_arrays([table.column("subject").to_pylist(), table.column("object").to_pylist()])
        repeated = pa.array(pairs.duplicated())
        rest, table = table.filter(repeated), table.filter(pa.compute.invert(repeated))
    frame, types = _pandas(table)
    engine.add_relationships(frame, name, subject, "subject", target, "object", column_types=types)
    if rest.num_rows:
        columns = [c for c in rest.column_names if c not in {"subject", "object"}]
        rows = [
            {"s": row["subject"], "o": row["object"], "p": {c: row[c] for c in columns if row[c] is not None}}
            for row in rest.to_pylist()
        ]
        engine.cypher(
            f"UNWIND $rows AS row MATCH (s:{subject} {{id: row.s}}), (o:{target} {{id: row.o}}) "
            f"CREATE (s)-[r:{name}]->(o) SET r = row.p",
            params={"rows": rows},
            timeout_ms=0,
        )


def _pandas(table: pa.Table) -> tuple[pd.DataFrame, dict[str, str]]:
    """A table as kglite takes it: its type names are fixed, so that a column of nulls still has one."""
    columns: dict[str, Any] = {}
    types: dict[str, str] = {}
    for field in table.schema:
        values = table.column(field.name).to_pylist()
        if pa.types.is_integer(field.type):
            columns[field.name], types[field.name] = pd.array(values, dtype="Int64"), "integer"
        elif pa.types.is_floating(field.type):
            columns[field.name], types[field.name] = pd.Series(values, dtype="float64"), "float"
        else:
            columns[field.name] = pd.Series(values, dtype=object)
            if pa.types.is_list(field.type):
                types[field.name] = "list"
            elif not pa.types.is_boolean(field.type):
                types[field.name] = "string"
    return pd.DataFrame(columns), types


def _shown(items: Any, progress: bool, what: str) -> Iterator[Any]:
    if not progress:
        return iter(items)
    from tqdm import tqdm

    return iter(tqdm(items, desc=what, unit=say("frame", " 表")))


def _cache_name(folder: Path) -> str:
    """Name of the cache that fits the folder's frames, engine and ontology. GraphError for no graph.

    The manifest's hash says what the frames hold, once every file is the one that the manifest names.
    """
    manifest = verify(folder)
    made = [_LAYOUT, kglite.__version__, load_schema().version, str(manifest.get("content"))]
    # Files of older versions have no hash in the manifest: at least their sizes must fit.
    for kind in ("nodes", "edges"):
        made += [f"{path.name} {path.stat().st_size}" for path in sorted(folder.glob(f"{kind}/*.parquet"))]
    return f"{CACHE_PREFIX}{hashlib.sha256(chr(10).join(made).encode()).hexdigest()[:16]}.kgl"


def _stamp(cache: Path) -> Path:
    return cache.with_suffix(".sha256")


def _stamp_of(cache: Path) -> str:
    """A hash of the cache with the name it was saved under, so that a pair of another graph does not fit."""
    digest = hashlib.sha256(cache.name.encode())
    digest.update(cache.read_bytes())
    return digest.hexdigest()


def _translated(error: Exception, cypher: str, timeout: float | None) -> Exception:
    """The error of kglite as ours, in one line."""
    said = " ".join(str(error).split("\n   ", 1)[0].split())[:300]
    if isinstance(error, kglite.ReadOnlyError):
        return ReadOnlyError(say(said, f"只允许读取：{said}"))
    if isinstance(error, kglite.CypherTimeoutError):
        return timed_out(timeout)
    if "max_work_units" in said or "safety limit" in said:
        return StoreError(
            say(
                "stopped: more than 10 million intermediate rows; start from one id or add a LIMIT",
                "已停止：中间结果超过 1000 万行；请从一个编号出发，或加 LIMIT",
            )
        )
    if said.startswith("Cypher execution error: Missing parameter: "):
        return missing_parameter(said.rsplit(" ", 1)[-1])
    better = lacking.hint(cypher)
    if better:
        return QueryError(better)
    for prefix in ("Cypher execution error: ", "Schema error: ", "Cypher type mismatch: "):
        said = said.removeprefix(prefix)
    if isinstance(error, kglite.CypherSyntaxError):
        return QueryError(_syntax(error, cypher, said))
    return QueryError(say(said, f"查询出错：{said}"))


def _syntax(error: Any, cypher: str, said: str) -> str:
    reason = said.split(": ", 1)[-1].removeprefix("Pattern parse error: ").removeprefix("Syntax error: ")
    if error.line is not None:
        return say(
            f"syntax error at line {error.line}, column {error.col}: {reason}",
            f"第 {error.line} 行第 {error.col} 列语法错误：{reason}",
        )
    before, marker, offset = reason.partition(" at position ")
    digits = offset.split(".", 1)[0].split(" ", 1)[0]
    known = bool(marker) and digits.isdigit()
    where, reason = (position(cypher, int(digits)), before) if known else (position(cypher, len(cypher)), reason)
    return say(f"syntax error at {where}: {reason}", f"{where}语法错误：{reason}")
