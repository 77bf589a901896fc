"""The store for many users and for Neo4j Browser: any Neo4j 5 server (Community is enough), over Bolt.

How a graph is loaded is in `neo4j_load`; here are the connection, the queries and the errors in words.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import os
import re
from typing import TYPE_CHECKING, Any, Self, TypeVar

import neo4j
from neo4j import exceptions as errors
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from aikg.graph.stores import readonly
from aikg.graph.stores.neo4j_load import Loader
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
from aikg.graph.stores.tokens import tokenise
from aikg.ontology.errors import AikgError, QueryError, ReadOnlyError, StoreError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Neo4jStore"]

T = TypeVar("T")

# Without a handler of the host program, Python would print the driver's log to stderr beside our own message.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

_OLDEST = 5
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 20.0
_LOAD_ATTEMPTS = 4
_ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://[^/\s]+", re.ASCII)
_WHERE = re.compile(r"\(line (\d+), column (\d+)")
_DROPPED = (errors.ServiceUnavailable, errors.SessionExpired, errors.TransientError)


class Neo4jStore:
    """A graph in a Neo4j server. Connects at once, so that a wrong address or password shows here.

    What is not given comes from NEO4J_URI (else ``bolt://localhost:7687``), NEO4J_USERNAME (else ``neo4j``) and
    NEO4J_PASSWORD. Addresses begin with bolt://, neo4j://, or the same with +s or +ssc. Raises StoreError when
    nobody answers, the login is refused or the server is older than Neo4j 5.

    >>> with Neo4jStore("neo4j://localhost:7687", "neo4j", "secret") as store:  # doctest: +SKIP
    ...     store.load(graph)
    """

    def __init__(
        self,
        uri: str | None = None,
        username: str | None = None,
        password: str | None = None,
        database: str | None = None,
    ) -> None:
        self.uri = uri or os.environ.get("NEO4J_URI") or "bolt://localhost:7687"
        self.username = username or os.environ.get("NEO4J_USERNAME") or "neo4j"
        self.database = database or os.environ.get("NEO4J_DATABASE") or None
        secret = password if password is not None else os.environ.get("NEO4J_PASSWORD", "")
        if not _ADDRESS.match(self.uri):
            raise StoreError(
                say(
                    f"{self.uri!r} is no Neo4j address; it begins with bolt://, neo4j://, bolt+s:// or neo4j+s://",
                    f"“{self.uri}”不是 Neo4j 地址；地址应以 bolt://、neo4j://、bolt+s:// 或 neo4j+s:// 开头",
                )
            )
        try:
            self._driver: neo4j.Driver = neo4j.GraphDatabase.driver(
                self.uri,
                auth=(self.username, secret),
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_CONNECT_SECONDS * 2,
                max_transaction_retry_time=_RETRY_SECONDS,
                # The driver logs what the server remarks on to stderr; a statement's own errors are enough.
                notifications_min_severity="OFF",
                user_agent="aikg",
            )
        except (errors.ConfigurationError, ValueError) as error:
            raise StoreError(
                say(f"{self.uri!r} is no Neo4j address: {_line(error)}", f"“{self.uri}”不是 Neo4j 地址：{_line(error)}")
            ) from error
        try:
            self._check_server()
        except BaseException:
            self._driver.close()
            raise

    def load(self, graph: KnowledgeGraph, into: bool = False, progress: bool = False) -> None:
        """Make the database hold exactly this graph's nodes and relations of our labels.

        Constraints come first, then batches of 10,000 rows. Doing it twice changes nothing; what is gone from the
        graph goes from the database; after an interruption the same call goes on. A database with nodes of other
        labels (or relations of other types) is refused unless `into`; they are left alone then. A dropped
        connection is tried again a few times. `progress` shows bars on stderr.
        """
        for attempt in range(1, _LOAD_ATTEMPTS + 1):
            try:
                with self._driver.session(database=self.database, fetch_size=10_000) as session:
                    Loader(session, graph, into=into, progress=progress).run()
                return
            except errors.Neo4jError as error:
                if not isinstance(error, errors.TransientError) or attempt == _LOAD_ATTEMPTS:
                    raise self._translated(error, None) from error
            except errors.DriverError as error:
                # A commit of which nobody knows whether it happened: loading again finds out.
                if not isinstance(error, _DROPPED) or attempt == _LOAD_ATTEMPTS:
                    raise self._translated(error, None) from error

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = DEFAULT_TIMEOUT,
        row_limit: int | None = DEFAULT_ROW_LIMIT,
    ) -> pd.DataFrame:
        """Answer a reading statement in a read transaction; see `Store.query`."""
        _checked(cypher)
        given = plain_parameters(parameters)

        def work(transaction: neo4j.ManagedTransaction) -> pd.DataFrame:
            result = transaction.run(cypher, given)
            columns = list(result.keys())
            records = list(result) if row_limit is None else result.fetch(row_limit + 1)
            if tokenise(cypher)[0].is_word("EXPLAIN"):
                return _plan(result.consume().plan)
            truncated = row_limit is not None and len(records) > row_limit
            read = _Values()
            rows = [[read.plain(value) for value in record.values()] for record in records[:row_limit]]
            read.fill_ends(transaction)
            return frame_of(columns, rows, unordered=unordered_columns(cypher, columns), truncated=truncated)

        return self._read(work, timeout)

    def schema(self) -> StoreSchema:
        """What the database holds, other people's labels included."""

        def work(transaction: neo4j.ManagedTransaction) -> StoreSchema:
            labels = [row["label"] for row in transaction.run("CALL db.labels() YIELD label RETURN label")]
            types = [
                row["name"]
                for row in transaction.run("CALL db.relationshipTypes() YIELD relationshipType AS name RETURN name")
            ]
            # Counts of one label or type come from the server's own statistics, without reading a node.
            return store_schema(
                {n: _count(transaction, f"MATCH (n:{_quoted(n)}) RETURN count(n)") for n in labels},
                {n: _count(transaction, f"MATCH ()-[r:{_quoted(n)}]->() RETURN count(r)") for n in types},
            )

        return self._read(work, DEFAULT_TIMEOUT)

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, work: Callable[[neo4j.ManagedTransaction], T], timeout: float | None) -> T:
        unit = neo4j.unit_of_work(timeout=timeout)(work)
        try:
            with self._driver.session(
                database=self.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=5000
            ) as session:
                answer: T = session.execute_read(unit)
                return answer
        except (errors.Neo4jError, errors.DriverError) as error:
            raise self._translated(error, timeout) from error

    def _check_server(self) -> None:
        try:
            agent = self._driver.get_server_info().agent
        except (errors.Neo4jError, errors.DriverError, OSError) as error:
            raise self._translated(error, None) from error
        found = re.match(r"Neo4j/v?(\d+)", agent)
        if found is None or int(found.group(1)) < _OLDEST:
            raise StoreError(
                say(
                    f"{self.uri} is {agent}; Neo4j {_OLDEST} or newer is needed",
                    f"{self.uri} 是 {agent}；需要 Neo4j {_OLDEST} 或更新版本",
                )
            )

    def _translated(self, error: Exception, timeout: float | None) -> AikgError:
        """The driver's error as ours, in one line."""
        code = getattr(error, "code", None) or ""
        said = _line(getattr(error, "message", None) or error)
        if isinstance(error, errors.AuthError) or code.startswith("Neo.ClientError.Security"):
            return StoreError(
                say(
                    f"{self.uri} refuses the login as {self.username}: set NEO4J_USERNAME and NEO4J_PASSWORD",
                    f"{self.uri} 拒绝 {self.username} 登录，用户名或密码不对：请设置 NEO4J_USERNAME 和 NEO4J_PASSWORD",
                )
            )
        if "TransactionTimedOut" in code or "TransactionTimedOut" in said:
            return timed_out(timeout)
        if "AccessMode" in code:
            return ReadOnlyError(
                say(f"the server refuses to write here: {said}", f"只允许读取，服务器拒绝写入：{said}")
            )
        if code.startswith("Neo.ClientError.Database") or "DatabaseUnavailable" in code:
            return StoreError(
                say(
                    f"{self.uri}: database {self.database or '(default)'} is not to be had: {said}",
                    f"{self.uri}：数据库 {self.database or '（默认）'} 用不了：{said}",
                )
            )
        if isinstance(error, errors.ConfigurationError | errors.DriverError | OSError):
            return StoreError(
                say(
                    f"no Neo4j 5 answers at {self.uri} ({said}): check NEO4J_URI and that the server runs",
                    f"无法连接数据库，{self.uri} 没有 Neo4j 5 应答（{said}）：请检查 NEO4J_URI，并确认服务器已启动",
                )
            )
        if "MemoryPool" in code or "OutOfMemory" in code:
            return StoreError(
                say(
                    f"the server's memory does not suffice: start from one id or add a LIMIT ({said})",
                    f"服务器内存不够：请从一个编号出发，或加 LIMIT（{said}）",
                )
            )
        if not code.startswith("Neo.ClientError.Statement"):
            return StoreError(say(f"{self.uri}: {said}", f"{self.uri}：服务器报错：{said}"))
        return _query_error(code, said, getattr(error, "message", "") or "")


@functools.lru_cache(maxsize=256)
def _checked(cypher: str) -> None:
    """The read-only check, once per text; raises for a statement that is refused."""
    readonly.check(cypher)


class _Values:
    """Turns the driver's values into plain ones; ends of relationships that came alone are asked for at the end."""

    def __init__(self) -> None:
        self.ids: dict[str, Any] = {}
        self.open_ends: list[tuple[dict[str, Any], str, str]] = []

    def plain(self, value: Any) -> Any:
        if isinstance(value, Node):
            properties = {key: self.plain(item) for key, item in value.items()}
            self.ids[value.element_id] = properties.get("id")
            return node_dict(next(iter(sorted(value.labels)), None), properties)
        if isinstance(value, Relationship):
            properties = {key: self.plain(item) for key, item in value.items()}
            made = relationship_dict(value.type, None, None, properties)
            # Not `if start`: a node without properties, as the ends of a lone relationship are, counts as false.
            ends = ["" if n is None else n.element_id for n in (value.start_node, value.end_node)]
            self.open_ends.append((made, ends[0], ends[1]))
            return made
        if isinstance(value, Path):
            return {"nodes": [self.plain(n) for n in value.nodes],
                    "relationships": [self.plain(r) for r in value.relationships]}  # fmt: skip
        if isinstance(value, dict):
            return {key: self.plain(item) for key, item in value.items()}
        if isinstance(value, Duration):
            months, days, seconds, nanoseconds = value
            made_of = {"months": months, "days": days, "seconds": seconds}
            return made_of | ({"nanoseconds": nanoseconds} if nanoseconds else {})
        if isinstance(value, Date | DateTime | Time):
            return plain_temporal(value.to_native())
        if isinstance(value, Point):  # before list: a point is a tuple
            names = ("longitude", "latitude", "height") if value.srid in {4326, 4979} else ("x", "y", "z")
            return dict(zip(names, value, strict=False))
        if isinstance(value, dt.date | dt.datetime | dt.time):
            return plain_temporal(value)
        if isinstance(value, list | tuple):
            return [self.plain(item) for item in value]
        return value

    def fill_ends(self, transaction: neo4j.ManagedTransaction) -> None:
        wanted = {end for _, *ends in self.open_ends for end in ends} - self.ids.keys()
        if wanted:
            statement = "MATCH (n) WHERE elementId(n) IN $ids RETURN elementId(n) AS e, n.id AS id"
            for row in transaction.run(statement, {"ids": sorted(wanted)}):
                self.ids[row["e"]] = row["id"]
        for made, start, end in self.open_ends:
            made["subject"], made["object"] = self.ids.get(start), self.ids.get(end)


def _query_error(code: str, said: str, message: str) -> QueryError:
    if code.endswith("ParameterMissing"):
        names = ", ".join("$" + name.strip() for name in said.rsplit(":", 1)[-1].split(","))
        return missing_parameter(names)
    if code.endswith("SyntaxError"):
        found = _WHERE.search(message)
        where = say(f" at line {found[1]}, column {found[2]}", f"（第 {found[1]} 行第 {found[2]} 列）") if found else ""
        reason = _WHERE.split(said)[0].strip()
        return QueryError(say(f"syntax error{where}: {reason}", f"语法错误{where}：{reason}"))
    return QueryError(say(said, f"查询出错：{said}"))


def _plan(plan: Any) -> pd.DataFrame:
    """The plan that EXPLAIN gave as rows, as the embedded store has it: step, operation, estimated_rows."""
    steps: list[tuple[int, str, float | None]] = []

    def visit(part: Any) -> None:
        for child in part.get("children", []):
            visit(child)
        estimated = part.get("args", {}).get("EstimatedRows")
        steps.append((len(steps) + 1, str(part["operatorType"]).split("@")[0], estimated))

    if plan:
        visit(plan)
    return frame_of(["step", "operation", "estimated_rows"], steps)


def _count(transaction: neo4j.ManagedTransaction, statement: str) -> int:
    record = transaction.run(statement).single(strict=True)
    return int(record[0])


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _line(error: object) -> str:
    return " ".join(str(error).split("\n", 1)[0].split())[:300]
