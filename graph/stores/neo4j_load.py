"""Bringing a database to what a graph says: constraints, then what is too much, then batches of what is there.

Every step may be done again: rows are merged by id, relations that exist are found, and nothing is deleted but
what the graph does not have. So an interrupted load is resumed by loading once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aikg.graph.stores.rows import arrow_table, edge_groups, label_by_id, row_batches
from aikg.ontology.errors import StoreError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import neo4j

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.stores.rows import EdgeGroup

__all__ = ["BATCH", "Loader", "schema_statements"]

BATCH = 10_000


def schema_statements() -> list[str]:
    """Uniqueness of every label's key, and an index of names, for look-ups such as ``{name: $city}``.

    Community knows no other kind of constraint. The names are fixed, so that a second run changes nothing.
    """
    made = []
    for label, key in load_schema().unique_keys().items():
        name = f"aikg_{label.lower()}"
        made.append(f"CREATE CONSTRAINT {name}_{key} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE")
        made.append(f"CREATE INDEX {name}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)")
    return made


class Loader:
    """One load of one graph over one session."""

    def __init__(self, session: neo4j.Session, graph: KnowledgeGraph, *, into: bool, progress: bool) -> None:
        self.session, self.graph, self.into = session, graph, into
        self.schema = load_schema()
        self.labels = label_by_id(graph)
        self.groups = list(edge_groups(graph, self.labels))
        self.hidden = not progress

    def run(self) -> None:
        """Bring the database to the graph. StoreError when it holds what is not ours, or ends up different."""
        before = self._counts()
        if not self.into:
            self._refuse_foreign(before)
        self._write_all(schema_statements())
        self._rows("CALL db.awaitIndexes(300)")
        self._delete_edges(before)
        self._delete_nodes(before)
        total = len(self.labels) + sum(group.table.num_rows for group in self.groups)
        from tqdm import tqdm

        with tqdm(total=total, desc="Neo4j", unit=say("row", " 行"), disable=self.hidden) as bar:
            for label, frame in sorted(self.graph.nodes.items()):
                table = arrow_table(frame)
                for rows in row_batches(table, BATCH):
                    self._write(_node_statement(label, table.column_names), rows=rows)
                    bar.update(len(rows))
            for group in self.groups:
                fresh = not before["edges"].get(group.type)
                for rows in row_batches(group.table, BATCH):
                    self._write(_edge_statement(group, fresh=fresh), rows=rows)
                    bar.update(len(rows))
        self._verify()

    def _counts(self) -> dict[str, dict[str, int]]:
        """Nodes by label and relations by type that are there now, from the server's statistics."""
        labels = [row["x"] for row in self._rows("CALL db.labels() YIELD label RETURN label AS x")]
        types = [row["x"] for row in self._rows("CALL db.relationshipTypes() YIELD relationshipType AS x RETURN x")]
        return {
            "nodes": {x: n for x in labels if (n := self._number(f"MATCH (n:{_q(x)}) RETURN count(n) AS x"))},
            "edges": {x: n for x in types if (n := self._number(f"MATCH ()-[r:{_q(x)}]->() RETURN count(r) AS x"))},
        }

    def _refuse_foreign(self, before: dict[str, dict[str, int]]) -> None:
        foreign = [f"{n} {x}" for x, n in before["nodes"].items() if x not in self.schema.labels]
        foreign += [
            say(f"{n} {x} relations", f"{n} 条 {x} 关系")
            for x, n in before["edges"].items()
            if x not in self.schema.relations
        ]
        bare = self._number("MATCH (n) RETURN count(n) AS x") - sum(before["nodes"].values())
        if bare > 0 and not foreign:
            foreign.append(say(f"{bare} nodes without a label", f"{bare} 个没有标签的节点"))
        for label in [x for x in before["nodes"] if x in self.schema.labels]:
            # Somebody's own Company has no id, or a number: ours are texts such as company:华为.
            strange = self._number(
                f"MATCH (n:{label}) WHERE n.id IS NULL OR NOT coalesce(toStringOrNull(n.id) CONTAINS ':', false) "
                "RETURN count(n) AS x"
            )
            if strange:
                foreign.append(
                    say(f"{strange} {label} that aikg did not load", f"{strange} 个不是 aikg 载入的 {label}")
                )
        if foreign:
            raise StoreError(
                say(
                    f"the database holds {', '.join(foreign[:5])}: use an empty one, or allow it with --into",
                    f"数据库中有其他数据：{'、'.join(foreign[:5])}；请用空的数据库，或加 --into 允许",
                )
            )

    def _delete_edges(self, before: dict[str, dict[str, int]]) -> None:
        """Delete relations of our types between our nodes that the graph does not have, or has once too often."""
        for name in [x for x in before["edges"] if x in self.schema.relations]:
            wanted: set[tuple[str, str, str]] = set()
            for group in self.groups:
                if group.type == name:
                    columns = (group.table.column(c).to_pylist() for c in ("id", "subject", "object"))
                    wanted.update(zip(*columns, strict=True))
            gone: list[str] = []
            found = self.session.run(
                f"MATCH (a)-[r:{name}]->(b) RETURN r.id AS id, a.id AS a, b.id AS b, elementId(r) AS e, "
                "labels(a) + labels(b) AS labels"
            )
            for row in found:
                try:
                    wanted.remove((row["id"], row["a"], row["b"]))
                except KeyError:
                    if all(label in self.schema.labels for label in row["labels"]) and row["a"] and row["b"]:
                        gone.append(row["e"])
            for part in _parts(gone):
                self._write("MATCH ()-[r]->() WHERE elementId(r) IN $ids DELETE r", ids=part)

    def _delete_nodes(self, before: dict[str, dict[str, int]]) -> None:
        for label in [x for x in before["nodes"] if x in self.schema.labels]:
            found = self.session.run(f"MATCH (n:{label}) WHERE n.id IS NOT NULL RETURN n.id AS id")
            gone = [i for i in (row["id"] for row in found) if self.labels.get(i) != label and _is_ours(i)]
            for part in _parts(gone):
                self._write(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids=part)

    def _verify(self) -> None:
        counts, after = self.graph.counts(), self._counts()
        for kind, known in (("nodes", self.schema.labels), ("edges", self.schema.relations)):
            for name in known:
                have, want = after[kind].get(name, 0), counts[kind].get(name, 0)
                if have < want or (have > want and not self.into):
                    raise StoreError(
                        say(
                            f"the database holds {have} {name}, the graph {want}; load once more",
                            f"数据库里有 {have} 个 {name}，图谱里有 {want} 个；请再载入一次",
                        )
                    )

    def _rows(self, statement: str) -> list[Any]:
        return list(self.session.run(statement))

    def _number(self, statement: str) -> int:
        return int(self._rows(statement)[0]["x"])

    def _write(self, statement: str, **parameters: Any) -> None:
        # A managed transaction: the driver tries again after a deadlock, a new leader or a lost connection.
        self.session.execute_write(lambda tx: tx.run(statement, parameters).consume())

    def _write_all(self, statements: Iterable[str]) -> None:
        def work(transaction: neo4j.ManagedTransaction) -> None:
            for statement in statements:
                transaction.run(statement).consume()

        self.session.execute_write(work)


def _node_statement(label: str, columns: Sequence[str]) -> str:
    # Rows are lists and not maps: their keys would be half of what is sent. A null in the map sets nothing.
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row[{columns.index('id')}]}}) SET n = {_map(columns)}"


def _edge_statement(group: EdgeGroup, *, fresh: bool) -> str:
    columns = group.table.column_names
    subject, target, own_id = (f"row[{columns.index(name)}]" for name in ("subject", "object", "id"))
    ends = (
        f"UNWIND $rows AS row MATCH (s:{group.subject_label} {{id: {subject}}}) "
        f"MATCH (o:{group.object_label} {{id: {target}}}) "
    )
    # Where there was none of a type before, nothing needs to be looked for; an interrupted load leaves some.
    made = "CREATE (s)-[r:{}]->(o)" if fresh else "MERGE (s)-[r:{} {{id: {}}}]->(o)"
    return ends + made.format(group.type, own_id) + f" SET r = {_map(columns)}"


def _map(columns: Sequence[str]) -> str:
    own = [f"{name}: row[{at}]" for at, name in enumerate(columns) if name not in {"subject", "object"}]
    return "{" + ", ".join(own) + "}"


def _is_ours(node_id: object) -> bool:
    return isinstance(node_id, str) and ":" in node_id


def _parts(ids: list[str]) -> Iterable[list[str]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _q(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
