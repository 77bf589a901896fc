"""The contract of a store, on each of them: what is loaded, what comes back, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from store_graph import AWKWARD, COMPANIES, PROVIDES, SUPPLIES, edge, graph_of, store_graph, store_rows, without
from support import multiset

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.protocol import Store
from aikg.ontology.errors import GraphError, QueryError, ReadOnlyError, StoreError

GRAPH = store_graph()


@pytest.fixture
def loaded(store: Store) -> Store:
    store.load(GRAPH)
    return store


def one(store: Store, cypher: str, **parameters: Any) -> Any:
    frame = store.query(cypher, parameters)
    assert frame.shape == (1, 1)
    return frame.iat[0, 0]


def test_it_is_a_store_and_holds_what_the_graph_holds(loaded: Store) -> None:
    assert isinstance(loaded, Store)
    counts, schema = GRAPH.counts(), loaded.schema()
    assert schema.labels == counts["nodes"]
    assert schema.types == counts["edges"]
    assert schema.properties["Company"][:2] == ("id", "name")
    assert "founded_year" in schema.properties["Company"]
    assert schema.properties["SUPPLIES"][-3:] == ("product", "share", "year")
    assert "subject" not in schema.properties["SUPPLIES"]


def test_every_property_of_every_node_comes_back(loaded: Store) -> None:
    for label, frame in GRAPH.nodes.items():
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        want = [{"label": label} | {k: _plain(v) for k, v in row.items() if v is not None} for row in rows]
        got = loaded.query(f"MATCH (n:{label}) RETURN n ORDER BY n.id")["n"].tolist()
        assert got == sorted(want, key=lambda row: row["id"])


def test_every_property_of_every_edge_comes_back_with_its_ends(loaded: Store) -> None:
    for name, frame in GRAPH.edges.items():
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        want = [{"type": name} | {k: _plain(v) for k, v in row.items() if v is not None} for row in rows]
        got = loaded.query(f"MATCH ()-[r:{name}]->() RETURN r ORDER BY r.id")["r"].tolist()
        assert got == sorted(want, key=lambda row: row["id"])


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, np.ndarray | list) else value


def test_types_are_the_ontology_s(loaded: Store) -> None:
    frame = loaded.query(
        "MATCH (c:Company) WHERE c.id IN $ids RETURN c.id AS id, c.aliases AS aliases, c.listed AS listed, "
        "c.founded_year AS year, c.confidence AS confidence, c.founded AS founded, c.uscc AS uscc ORDER BY id",
        {"ids": [row["id"] for row in COMPANIES]},
    )
    # By code point: 丁 4E01, 丙 4E19, 乙 4E59, 戊 620A, 甲 7532.
    assert frame["id"].tolist() == [f"company:{name}公司" for name in "丁丙乙戊甲"]
    assert frame["aliases"].tolist() == [[AWKWARD], None, [], ["0012"], ["乙", "甲", "A"]], (
        "stored lists keep their order"
    )
    assert frame["listed"].dtype == "boolean"
    assert frame["listed"].tolist() == [pd.NA, pd.NA, False, pd.NA, True]
    assert frame["year"].dtype == "Int64"
    assert frame["year"].tolist() == [2001, pd.NA, 2013, pd.NA, 2012]
    assert frame["confidence"].dtype == "Float64"
    assert frame["founded"].tolist()[2] == "2013", "a partial date stays text"
    assert frame["uscc"].tolist()[3] == "0012", "digits stay text"


def test_columns_of_an_empty_answer_keep_their_order(loaded: Store) -> None:
    frame = loaded.query("MATCH (x:Company {id: 'nobody'}) RETURN x.name AS b, x.id AS a, x.sources")
    assert list(frame.columns) == ["b", "a", "x.sources"]
    assert len(frame) == 0
    assert frame.attrs == {"truncated": False}


def test_an_absent_property_is_null_and_no_key(loaded: Store) -> None:
    row = loaded.query("MATCH (c:Company {id: 'company:丙公司'}) RETURN c, c.listed AS listed, keys(c) AS keys")
    assert "listed" not in row["c"][0]
    assert "title" not in row["c"][0], "kglite's own"
    assert "type" not in row["c"][0], "kglite's own"
    assert row["keys"][0] == ["as_of", "confidence", "id", "method", "name"]
    assert row["listed"].tolist() == [None]


def test_parallel_edges_stay_apart(loaded: Store) -> None:
    assert one(loaded, "MATCH (:Company)-[r:SUPPLIES]->(:Company) RETURN count(r) AS n") == len(SUPPLIES)
    # kglite folds parallel edges of the second label that a type leads to; three of 甲's are such.
    assert one(loaded, "MATCH ()-[r:PROVIDES]->() RETURN count(r) AS n") == len(PROVIDES)
    found = loaded.query("MATCH (c:Company {name: '甲公司'})-[r:PROVIDES]->(:Technology) RETURN r.year AS y ORDER BY y")
    assert found["y"].tolist() == [2020, 2020, 2021]


def test_nodes_relations_and_paths_are_plain(loaded: Store) -> None:
    frame = loaded.query(
        "MATCH p = (a:Company {name: '丁公司'})-[r:SUPPLIES]->(b) RETURN p, r, [a, b] AS both, {to: b, n: 1} AS map"
    )
    relation = frame["r"][0]
    assert (relation["type"], relation["subject"], relation["object"]) == (
        "SUPPLIES",
        "company:丁公司",
        "company:甲公司",
    )
    assert (relation["product"], relation["share"], relation["year"]) == ("整机", 0.125, 2022)
    path = frame["p"][0]
    assert [node["name"] for node in path["nodes"]] == ["丁公司", "甲公司"], "a path keeps its order"
    assert path["relationships"] == [relation]
    assert frame["both"][0] == path["nodes"]
    assert frame["map"][0] == {"to": path["nodes"][1], "n": 1}
    assert list(path["nodes"][0])[:2] == ["id", "label"]


def test_a_relation_alone_knows_its_ends(loaded: Store) -> None:
    frame = loaded.query("MATCH ()-[r:SUPPLIES]->() RETURN r")
    assert sorted((r["subject"], r["object"]) for r in frame["r"]) == sorted(
        (f"company:{a}", f"company:{b}") for a, b, *_ in SUPPLIES
    )


def test_collected_lists_are_sorted_and_ordered_ones_are_left(loaded: Store) -> None:
    names = [row["name"] for row in COMPANIES]
    where = "MATCH (c:Company) WHERE c.name IN $names "
    assert one(loaded, where + "RETURN collect(c.name) AS l", names=names) == sorted(names)
    got = one(loaded, where + "WITH c ORDER BY c.founded DESC, c.id RETURN collect(c.founded) AS l", names=names)
    assert got == ["2013", "2012-09-01", "2001-01"]


@pytest.mark.parametrize(
    ("value", "back"),
    [
        ("深圳市", "深圳市"),
        (AWKWARD, AWKWARD),
        ("", ""),
        (7, 7),
        (-(2**63), -(2**63)),
        (0.25, 0.25),
        (True, True),
        (None, None),
        ([1, None, "x"], [1, None, "x"]),
        ((1, 2), [1, 2]),
        ({"b", "a"}, ["a", "b"]),
        ({"k": [{"n": 1}]}, {"k": [{"n": 1}]}),
        (np.int64(3), 3),
        (np.array(["a", "b"]), ["a", "b"]),
        (pd.NA, None),
        (pd.Series([1, 2]), [1, 2]),
        (dt.date(2022, 9, 1), "2022-09-01"),
        (pd.Timestamp("2022-09-01T10:30:00"), "2022-09-01T10:30:00"),
    ],
    ids=str,
)
def test_parameters(store: Store, value: Any, back: Any) -> None:
    got = one(store, "RETURN $value AS value", value=value)
    assert got == back or (back is None and got is None)


@pytest.mark.parametrize("value", [object(), 2**63, "\ud800"], ids=["object", "too big", "half a character"])
def test_a_parameter_that_no_engine_takes(store: Store, value: Any) -> None:
    with pytest.raises(QueryError, match=r"parameter \$x"):
        store.query("RETURN $x", {"x": value})


@pytest.mark.parametrize(
    ("expression", "back"),
    [
        ("date('2022-09-01')", "2022-09-01"),
        ("datetime('2020-01-01T10:00:00Z')", "2020-01-01T10:00:00+00:00"),
        ("localdatetime('2020-01-01T10:00:01.5')", "2020-01-01T10:00:01.500000"),
        ("localtime('10:00')", "10:00:00"),
        ("time('10:00+01:00')", "10:00:00+01:00"),
        ("duration('P1Y2M3DT4S')", {"months": 14, "days": 3, "seconds": 4}),
        ("duration('PT0.5S')", {"months": 0, "days": 0, "seconds": 0, "nanoseconds": 500_000_000}),
        ("point({latitude: 1.5, longitude: 2.5})", {"latitude": 1.5, "longitude": 2.5}),
        ("[date('2022-09-01')]", ["2022-09-01"]),
    ],
)
def test_times_and_places_are_plain(store: Store, expression: str, back: Any) -> None:
    assert one(store, f"RETURN {expression} AS x") == back


def test_row_limit(loaded: Store) -> None:
    statement = "MATCH (c:Company) RETURN c.id AS id ORDER BY id"
    number = len(GRAPH.nodes["Company"])
    cut = loaded.query(statement, row_limit=3)
    assert (len(cut), cut.attrs["truncated"]) == (3, True)
    for limit in (number, number + 1, None):
        whole = loaded.query(statement, row_limit=limit)
        assert (len(whole), whole.attrs["truncated"]) == (number, False)
    assert cut["id"].tolist() == whole["id"].tolist()[:3]
    none = loaded.query(statement, row_limit=0)
    assert (len(none), none.attrs["truncated"], list(none.columns)) == (0, True, ["id"])


def test_timeout(loaded: Store) -> None:
    endless = "MATCH (a), (b), (c), (d), (e) WHERE a.name + b.name = c.name + d.name + e.name RETURN count(*) AS n"
    with pytest.raises(StoreError, match=r"stopped after 0\.3 s") as caught:
        loaded.query(endless, timeout=0.3)
    assert "\n" not in str(caught.value)
    assert one(loaded, "RETURN 1 AS n") == 1, "the store goes on"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Company {id: 'x'}) RETURN n",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "CALL dbms.listConfig() YIELD name RETURN name",
        "MATCH (n SET n.x = $missing",
    ],
)
def test_nothing_but_reading(loaded: Store, statement: str) -> None:
    before = loaded.query("MATCH (n) RETURN n")
    with pytest.raises(ReadOnlyError) as caught:
        loaded.query(statement)
    assert "\n" not in str(caught.value)
    assert multiset(loaded.query("MATCH (n) RETURN n")) == multiset(before)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("", "the statement is empty"),
        ("  // nothing", "the statement is empty"),
        ("MATCH (n:Company RETURN n", "syntax error at line 1, column "),
        ("MATCH (n:Company)\nRETURN n.name +", "syntax error at line 2, column "),
        ("RETURN 'a", "string at line 1, column 8 does not end"),
        ("RETURN $one", r"parameter \$one is missing"),
        ("RETURN nothing(1)", "(?i)unknown function.*nothing"),
        ("MATCH (n) RETURN m", "'m'|`m`"),
        ("RETURN 1 / 0", "zero"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(loaded: Store, statement: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        loaded.query(statement)
    assert not isinstance(caught.value, ReadOnlyError)
    assert "\n" not in str(caught.value)


def test_loading_twice_is_loading_once(loaded: Store) -> None:
    nodes, edges = loaded.query("MATCH (n) RETURN n"), loaded.query("MATCH ()-[r]->() RETURN r")
    loaded.load(GRAPH)
    assert multiset(loaded.query("MATCH (n) RETURN n")) == multiset(nodes)
    assert multiset(loaded.query("MATCH ()-[r]->() RETURN r")) == multiset(edges)


def test_loading_another_graph_leaves_nothing_of_the_first(loaded: Store) -> None:
    smaller = without(GRAPH, ["company:甲公司", "tech:大模型"])
    loaded.load(smaller)
    assert loaded.schema().labels == smaller.counts()["nodes"]
    assert loaded.schema().types == smaller.counts()["edges"]
    assert "PROVIDES" not in loaded.schema().types
    loaded.load(KnowledgeGraph())
    assert loaded.schema().labels == {}
    loaded.load(GRAPH)
    assert loaded.schema().labels == GRAPH.counts()["nodes"]


def test_loading_changes_values_and_takes_properties_away(loaded: Store) -> None:
    nodes, edges = store_rows()
    changed = next(row for row in nodes["Company"] if row["id"] == "company:甲公司")
    changed |= {"listed": None, "founded": "2011", "founded_year": 2011, "aliases": ["新"]}
    edges["SUPPLIES"][0] |= {"share": 0.75, "sources": []}
    loaded.load(graph_of(nodes, edges))
    got = loaded.query("MATCH (c:Company {id: 'company:甲公司'}) RETURN c")["c"][0]
    assert "listed" not in got
    assert (got["founded_year"], got["aliases"]) == (2011, ["新"])
    shares = loaded.query("MATCH ()-[r:SUPPLIES {id: $id}]->() RETURN r", {"id": edges["SUPPLIES"][0]["id"]})
    assert (shares["r"][0]["share"], shares["r"][0]["sources"]) == (0.75, [])


def test_a_graph_that_is_not_whole_is_refused_and_the_old_one_kept(loaded: Store) -> None:
    nodes, edges = store_rows()
    edges["SUPPLIES"].append(edge("SUPPLIES", "company:甲公司", "company:无"))
    with pytest.raises(GraphError, match="object 'company:无' is no node"):
        loaded.load(graph_of(nodes, edges))
    edges["SUPPLIES"][-1] = dict(edges["SUPPLIES"][0])
    with pytest.raises(GraphError, match="given twice"):
        loaded.load(graph_of(nodes, edges))
    edges["SUPPLIES"].pop()
    nodes["Company"].append(dict(nodes["Company"][0]))
    with pytest.raises(GraphError, match="stands twice"):
        loaded.load(graph_of(nodes, edges))
    assert loaded.schema().labels == GRAPH.counts()["nodes"]


def test_an_empty_store_answers(store: Store) -> None:
    assert one(store, "MATCH (n) RETURN count(n) AS n") == 0
    assert store.schema().labels == {}


def test_explain_gives_steps_and_runs_nothing(loaded: Store) -> None:
    plan = loaded.query("EXPLAIN MATCH (c:Company) RETURN c.name")
    assert list(plan.columns) == ["step", "operation", "estimated_rows"]
    assert len(plan) >= 2
