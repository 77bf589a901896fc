"""The read-only check: what must be refused, what must pass, and that nothing an engine takes for a write gets by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import kglite
import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aikg.graph.stores.readonly import PROCEDURES, check
from aikg.graph.stores.tokens import code_only, tokenise
from aikg.ontology.errors import QueryError, ReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neo4j_server import Server

ATTACKS = [
    # writing, as plain as it comes and in the spellings of the openCypher TCK
    "CREATE (n)",
    "CREATE (a:A)-[:T]->(b:B)",
    "create ()",
    "MATCH (a) CREATE (a)-[:T]->(a)",
    "MATCH (n) SET n.x = 1",
    "MATCH (n) SET n:Label",
    "MATCH (n) SET n += {x: 1}",
    "MATCH (n) REMOVE n.x",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH p = (a)-->(b) DELETE p",
    "MERGE (a:A {x: 1}) ON CREATE SET a.y = 2 ON MATCH SET a.z = 3",
    "UNWIND [1, 2] AS x MERGE (n {x: x}) RETURN n",
    "UNWIND $rows AS row CREATE (n) SET n = row",
    "MATCH (n) WITH n ORDER BY n.x DESC LIMIT 1 DELETE n",
    "MATCH (n) WITH n WHERE n.x = 1 SET n.x = 2 RETURN n",
    "MATCH (n) WITH collect(n) AS ns FOREACH (n IN ns | SET n.x = 1)",
    "FOREACH (x IN [1] | CREATE (n))",
    "MATCH (n) INSERT (:B)",
    "MATCH (n) RETURN n{.a} SET n.x = 1",
    "MATCH (n) WHERE n.name ENDS WITH 'x' SET n.x = 1",
    "MATCH (n) RETURN CASE WHEN true THEN 1 END DELETE n",
    "MATCH (n) WHERE n.x IN [1] DETACH DELETE n",
    "OPTIONAL MATCH (n) DELETE n",
    "RETURN 1 AS x CREATE (n)",
    "RETURN 1 LIMIT 1SET n.x = 1",
    # constraints, indexes, users, databases
    "CREATE CONSTRAINT c FOR (n:A) REQUIRE n.x IS UNIQUE",
    "CREATE INDEX FOR (n:A) ON (n.x)",
    "DROP INDEX x",
    "DROP CONSTRAINT c IF EXISTS",
    "CREATE DATABASE x",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "GRANT ROLE a TO b",
    "REVOKE ROLE a FROM b",
    "DENY READ {*} ON GRAPH * TO x",
    "START DATABASE neo4j",
    "STOP DATABASE neo4j",
    "RENAME USER a TO b",
    "TERMINATE TRANSACTIONS 'x'",
    # reading what is none of the graph's
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM 'http://x/y.csv' AS line RETURN line",
    "USING PERIODIC COMMIT 500 LOAD CSV FROM 'x' AS l CREATE (n)",
    "MATCH (n) LOAD CSV FROM n.url AS l RETURN l",
    "RETURN * LOAD CSV FROM 'x' AS l",
    "SHOW USERS",
    "SHOW SETTINGS YIELD name, value RETURN name, value",
    "SHOW TRANSACTIONS",
    "USE neo4j RETURN 1",
    "CALL { USE system MATCH (n) RETURN n } RETURN n",
    "CALL dbms.listConfig()",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL dbms.killConnection('bolt-1')",
    "CALL db.clearQueryCaches()",
    "CALL db.createLabel('x')",
    "CALL `dbms`.`components`()",
    "CALL dbms/**/.components()",
    "CALL dbms . components ( )",
    "CALL db.labels() YIELD label CALL dbms.components() YIELD name RETURN name",
    "CALL apoc.load.json('http://x')",
    "CALL pagerank() YIELD node RETURN node",
    "OPTIONAL CALL dbms.components() YIELD name RETURN name",
    "WITH * CALL dbms.components() YIELD name RETURN name",
    "RETURN apoc.cypher.runFirstColumnSingle('CREATE (n)', {}) AS x",
    "RETURN `apoc`.`cypher`.`runFirstColumnMany`('x', {}) AS x",
    # inside something else
    "EXPLAIN CREATE (n)",
    "PROFILE MATCH (n) DELETE n",
    "EXPLAIN EXPLAIN RETURN 1",
    "CYPHER 5 CREATE (n)",
    "RETURN 1; CREATE (n)",
    "RETURN 1; RETURN 2",
    "RETURN 1;;",
    "RETURN 1 UNION CREATE (n) RETURN 1",
    "RETURN 1 AS x UNION ALL MATCH (n) SET n.x = 1 RETURN 1 AS x",
    "CALL { CREATE (n) RETURN n } RETURN n",
    "MATCH (n) CALL (n) { SET n.x = 1 } RETURN n",
    "MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS",
    "CALL { LOAD CSV FROM 'x' AS l RETURN l } RETURN l",
    "MATCH (n) WHERE EXISTS { CREATE (n) } RETURN n",
    "RETURN COUNT { LOAD CSV FROM 'x' AS l RETURN l } AS n",
    "RETURN COLLECT { MATCH (n) SET n.x = 1 RETURN n } AS l",
    # behind something else
    "MATCH (n)/**/SET/**/n.x = 1",
    "MATCH (n)//\nSET n.x = 1",
    "MATCH (n)//\rSET n.x = 1",
    "MATCH (n)\u00a0SET\u00a0n.x = 1",
    "MATCH (n)\u3000SET\u2003n.x = 1",
    "MATCH (n)\u200bSET n.x = 1",
    "\ufeffMATCH (n) SET n.x = 1",
    "RETURN 1 // x\u2028CREATE (n)",
    "MATCH (n) \\u0053ET n.x = 1",
    "MATCH (n) SE\\u0054 n.x = 1",
    "RETURN 'a\\u0027 CREATE (n) //'",
    'RETURN "a\\u0022 CREATE (n) //"',
    "RETURN 1 AS `a\\u0060 CREATE (n) //`",
    "RETURN 1 \\u002f* x *\\u002f CREATE (n)",
    "MATCH (n) sEt n.x = 1",
    "MATCH (n) ſET n.x = 1",
    "MATCH (n) ＳＥＴ n.x = 1",
    "RETURN 'it''s' CREATE (n)",
    "CREATE (n {x: 'no end})",
    "RETURN 1 /* no end CREATE */ CREATE (n) /*",
    # keywords as names, which Neo4j allows
    "WITH 1 AS where LOAD CSV FROM 'x' AS l RETURN l",
    "WITH 1 AS return SET as.x = 1",
    "MATCH (as) WITH as AS return SET return.x = 1",
    "WITH 1 AS union LOAD CSV FROM 'x' AS l RETURN l",
    "WITH 1 AS not WITH not SET as.x = 1",
    "WITH 1 AS call CALL dbms.components() YIELD name RETURN name",
    "WITH 1 AS in UNWIND in CREATE (n)",
    "MATCH (set) SET set.set = 1",
    "MATCH (n) WHERE n.x IS :: LIST<INTEGER> CREATE (m)",
    "MATCH (n) WHERE n.x IS :: INTEGER! SET n.x = 1",
    "MATCH ((a)-->(b))+ LOAD CSV FROM 'x' AS l RETURN l",
    # not Cypher that both engines have, or not Cypher
    "FOR VALID_TIME ALL MATCH (n) RETURN n",
    "MATCH (n) RETURN n FORMAT CSV",
    "LET x = 1 RETURN x",
    "START n = node(1) RETURN n",
    "(n)",
    "`CREATE` (n)",
    "MATCH (n) RETRN n",
]

LEGITIMATE = [
    "RETURN 'CREATE'",
    "RETURN \"LOAD CSV FROM 'x' AS y\" AS x",
    "MATCH (setting:Company) RETURN setting.name",
    "MATCH (n) RETURN n.set, n.create, n.`delete` AS merge",
    "MATCH (n:SET)-[:CREATE|DELETE]->(m:Load) RETURN n, m",
    "MATCH (n:`SET`) RETURN n.`CREATE` AS `DROP`",
    "RETURN {set: 1, create: {delete: 2}, call: 3} AS m",
    "MATCH (n) RETURN n {.*, .set, create: n.x} AS m",
    "MATCH (n) RETURN n.name AS create ORDER BY create DESC, n.id",
    "WITH 1 AS set RETURN set",
    "WITH 1 AS set RETURN set AS x",
    "WITH 1 AS set WHERE set = 1 RETURN set + 1 AS x",
    "UNWIND [1] AS remove RETURN remove",
    "MATCH (set)-[use:USES]->(show) RETURN set.x, use.y, show.load AS load",
    "RETURN $set, $`create x`",
    "MATCH (n) WHERE NOT n.set IN ['a'] RETURN n",
    "MATCH (n {set: 1}) RETURN n",
    "MATCH (create) RETURN count(create) AS n",
    "// SET\nRETURN 1",
    "RETURN 1 /* CREATE (n) */",
    "RETURN 1 // ; CREATE (n)",
    "RETURN 1;",
    "RETURN 1; // done",
    "  \n MATCH (n)\n\tRETURN n",
    "MATCH (n)\u00a0RETURN\u3000n",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CALL db.labels()",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.labels() YIELD label AS l WHERE l <> 'x' RETURN l ORDER BY l",
    "CALL db.relationshipTypes() YIELD *",
    "call `db`.labels()",
    "CALL db.schema.nodeTypeProperties() YIELD nodeType RETURN nodeType",
    "OPTIONAL CALL db.labels() YIELD label RETURN label",
    "MATCH (n) RETURN DISTINCT n ORDER BY n.x ASC SKIP 1 LIMIT 2",
    "MATCH (n) RETURN n ORDER BY n.x DESCENDING OFFSET 1",
    "OPTIONAL MATCH (a)-[r]->(b) RETURN *",
    "MATCH (n) WITH * WHERE n.x = 1 RETURN * ORDER BY n.id LIMIT 3",
    "MATCH (n) WITH DISTINCT n.x AS x, count(*) AS n WHERE n > 1 RETURN x, n",
    "MATCH (a), (b) WHERE a.x <> b.x XOR a.y =~ 'x' AND NOT a.z OR b.z IS NULL RETURN a.x ^ 2 - -1",
    "MATCH (n) WHERE n.name STARTS WITH 'a' AND n.x IS NOT NULL RETURN n",
    "MATCH (n) RETURN CASE WHEN n.x > 1 THEN 'SET' ELSE n.y END AS z",
    "MATCH (n) RETURN CASE n.x WHEN 1 THEN 2 WHEN 3 THEN 4 END AS z",
    "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x = 1 } RETURN count(*) AS c",
    "MATCH (n) WHERE EXISTS { (n)-->() } AND COUNT { (n)--() } > 1 RETURN n",
    "RETURN COLLECT { MATCH (n) RETURN n.x } AS l",
    "MATCH (x) CALL (x) { MATCH (x)-->(y) RETURN y UNION MATCH (x)<--(y) RETURN y } RETURN x, y",
    "MATCH (x) CALL { WITH x RETURN 1 AS y } RETURN y",
    "CALL () { RETURN 1 AS x } RETURN x",
    "MATCH (x) CALL (*) { RETURN x.y AS y } RETURN y",
    "RETURN 1 AS x UNION ALL RETURN 2 AS x",
    "RETURN 1 AS x UNION DISTINCT RETURN 2 AS x",
    "RETURN [x IN range(0, 3) WHERE x % 2 = 0 | x * 2] AS l, reduce(a = 0, y IN [1, 2] | a + y) AS r",
    "RETURN any(z IN [1] WHERE z = 1) AS a, all(z IN [] WHERE z) AS b, none(z IN [] WHERE z) AS c",
    "RETURN single(z IN [1] WHERE z = 1) AS a, [1, 2, 3][1..] AS s, [1][-1] AS t",
    "MATCH (a) RETURN [(a)-->(b) WHERE b.x = 1 | b.x] AS l",
    "MATCH p = shortestPath((a)-[:R*..5]-(b)) RETURN nodes(p)",
    "MATCH p = ALL SHORTEST (a)-->+(b) RETURN p",
    "MATCH p = SHORTEST 2 PATHS (a)-->+(b) RETURN p",
    "MATCH ((a)-[:R]->(b)){1,3} RETURN a",
    "MATCH (n)-[r:R*1..3 {a: 1}]->(m) RETURN r",
    "MATCH (n:A&!B|%) RETURN n",
    "MATCH (n) WHERE n:A|B RETURN n",
    "MATCH (n WHERE n.x = 1) RETURN n",
    "MATCH (n) WHERE n.x IS :: INTEGER RETURN n",
    "RETURN date.truncate('year', date()) AS d, duration.between(date(), date()) AS e",
    "RETURN point.distance(point({x: 1, y: 1}), point({x: 1, y: 1})) AS d",
    "RETURN apoc.text.join(['a'], ',') AS x",
    "RETURN trim(BOTH 'x' FROM 'xax') AS t, toUpper('drop') AS u",
    "MATCH (公司:Company) WHERE 公司.名称 = '华为' RETURN 公司.名称 AS 名称",
    "RETURN 0x1F AS a, 1_000 AS b, .5 AS c, 1e3 AS d, 0o17 AS e, 1.5e-3 AS f",
    "RETURN 'it\\'s' AS a, \"say \\\"x\\\"\" AS b, 'back\\\\' AS c, 1 AS `a``b`",
    "RETURN '\\u4e2d\\u6587' AS x",
    "UNWIND $rows AS row RETURN row.set, row['create']",
    "MATCH (n) RETURN n.x AS x, 'MERGE' AS y, size(n.set) AS z ORDER BY x",
]


@pytest.mark.parametrize("statement", ATTACKS)
def test_refused_in_one_line(statement: str) -> None:
    with pytest.raises(ReadOnlyError) as caught:
        check(statement)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("statement", LEGITIMATE)
def test_let_pass(statement: str) -> None:
    check(statement)


@pytest.mark.parametrize("statement", ["RETURN 'no end", "RETURN 1 /* no end", "RETURN 1 AS `no end", "", " // x"])
def test_what_is_no_statement_is_no_write(statement: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(statement)
    assert not isinstance(caught.value, ReadOnlyError)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("MATCH (n)\nSET n.x = 1", r"SET at line 2, column 1 writes"),
        ("MATCH (n) RETRN n", r"RETRN at line 1, column 11 .* did you mean RETURN\?"),
        ("CALL dbms.listConfig()", r"procedure dbms\.listConfig at line 1, column 6 .* db\.labels"),
        ("RETURN apoc.load.x('y')", r"function apoc\.load\.x at line 1, column 8"),
        ("RETURN 1; RETURN 2", r"second statement begins at line 1, column 11"),
        ("SHOW USERS", r"SHOW at line 1, column 1 is not a reading clause"),
        ("RETURN\u200b1", r"invisible character U\+200B at line 1, column 7"),
    ],
)
def test_the_error_names_thing_place_and_cure(statement: str, said: str) -> None:
    with pytest.raises(ReadOnlyError, match=said):
        check(statement)


def test_the_switch() -> None:
    check("CREATE (n)", allow_writes=True)


def test_a_long_statement_is_checked_quickly() -> None:
    check("RETURN [" + ", ".join("{set: 'CREATE'}" for _ in range(10_000)) + "] AS x")


# Pieces that mean something alone or together: what attacks are made of.
PIECES = [
    "MATCH (n)", "MATCH (set:A)", "OPTIONAL MATCH (n)", "WITH n", "WITH *", "WITH 1 AS x", "WITH 1 AS where",
    "WITH 1 AS return", "WITH 1 AS not", "WITH n AS set", "UNWIND [1] AS x", "UNWIND [1] AS in", "WHERE true",
    "WHERE n.x = 1", "WHERE not", "ORDER BY x", "LIMIT 1", "SKIP 0", "RETURN 1 AS x", "RETURN *", "RETURN n",
    "RETURN n.set AS set", "UNION", "UNION ALL", "CALL {", "CALL (n) {", "}", "EXISTS {", "COUNT {", "CREATE (m:B)",
    "CREATE (n)-[:T]->(m)", "SET n.x = 1", "SET n += {x: 1}", "SET set.x = 2", "REMOVE n.x", "DELETE n",
    "DETACH DELETE n", "MERGE (m:B {x: 1})", "ON CREATE SET m.x = 1", "FOREACH (x IN [1] | SET n.x = 1)",
    "LOAD CSV FROM 'file:///x' AS l", "CALL db.labels() YIELD label", "CALL dbms.components() YIELD name",
    "INSERT (:B)", "USE neo4j", ";", "'", '"', "`", "/*", "*/", "//", "\\u0027", "\\u0053ET n.x = 1", "S\\u0045T",
    "'SET'", "`SET`", "{set: 1}", "n.set", "AS", "NOT", "DISTINCT", "CASE WHEN true THEN", "ELSE 1 END", "(", ")",
    "[", "]", "|", ",", "+", "*", ".", ":", "$x", "IS :: INTEGER!", "EXPLAIN", "PROFILE", "CREATE", "SET", "DELETE",
]  # fmt: skip
JOINTS = [" ", "\n", "\t", "\u00a0", "/**/", "//\n", "//\r", ""]


@st.composite
def statements(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7))
    made = "".join(part + draw(st.sampled_from(JOINTS)) for part in parts)
    return made.swapcase() if draw(st.integers(0, 9)) == 0 else made


# Sound statements whose names become keywords: Neo4j allows that, and it is where a check without a parser errs.
TEMPLATES = [
    "MATCH (A) CREATE (B)", "MATCH (A) SET A.B = 1", "MATCH (A) WITH A AS B SET B.C = 1 RETURN B", "MATCH (A) DELETE A",
    "MATCH (A) DETACH DELETE A", "MATCH (A) REMOVE A.B", "UNWIND [1] AS A CREATE (B {C: A}) RETURN B",
    "WITH 1 AS A LOAD CSV FROM 'file:///x' AS B RETURN B", "WITH 1 AS A, 2 AS B LOAD CSV FROM 'x' AS C RETURN A, C",
    "MATCH (A) WHERE A.B = 1 MERGE (C {D: 1}) ON CREATE SET C.B = 1", "WITH 1 AS A RETURN A AS B ORDER BY B",
    "MATCH (A) WITH A WHERE A.B RETURN A", "WITH 1 AS A WITH A AS B WHERE B = 1 AND B IN [1] RETURN B",
    "MATCH (A) WITH A ORDER BY A.B DESC LIMIT 1 SET A.C = 2", "MATCH (A) WITH DISTINCT A CREATE (B)",
    "WITH 1 AS A, [1] AS B UNWIND B AS C MERGE (D) RETURN A, C", "MATCH (A)-[B:C]->(D) DELETE B",
    "MATCH (A) FOREACH (B IN [1] | CREATE (C))", "CALL { MATCH (A) SET A.B = 1 RETURN A AS C } RETURN C",
    "MATCH (A) CALL (A) { CREATE (B) RETURN B } RETURN B", "WITH 1 AS A, 2 AS B RETURN CASE A WHEN B THEN A END AS C",
    "WITH 1 AS A RETURN [B IN [1] WHERE B = A | B] AS C", "WITH {A: 1} AS B RETURN B.A AS C, B {.A, D: 1} AS E",
    "MATCH (A:B)-[C:D]->(E:F) WHERE A:G RETURN A, C, E", "WITH 1 AS A RETURN A UNION ALL WITH 2 AS A RETURN A",
    "WITH 1 AS A CALL db.labels() YIELD label AS B RETURN A, B", "WITH 1 AS A CALL dbms.components() YIELD name AS B RETURN B",
]  # fmt: skip
KEYWORDS = [
    "set",
    "create",
    "delete",
    "where",
    "return",
    "with",
    "match",
    "unwind",
    "call",
    "union",
    "as",
    "in",
    "is",
    "not",
    "null",
    "and",
    "or",
    "xor",
    "case",
    "when",
    "then",
    "else",
    "end",
    "order",
    "by",
    "skip",
    "limit",
    "distinct",
    "optional",
    "load",
    "show",
    "use",
    "yield",
    "on",
    "exists",
    "count",
    "collect",
    "all",
    "any",
    "none",
    "starts",
    "ends",
    "true",
    "contains",
    "asc",
    "desc",
    "remove",
    "merge",
    "detach",
    "foreach",
    "drop",
    "explain",
    "finish",
    "filter",
    "from",
    "offset",
    "x",
    "y",
]


@st.composite
def renamed(draw: st.DrawFn) -> str:
    names = {letter: draw(st.sampled_from(KEYWORDS)) for letter in "ABCDEFG"}
    made = re.sub(r"\b[A-G]\b", lambda found: names[found.group()], draw(st.sampled_from(TEMPLATES)))
    blanks = draw(st.sampled_from([" ", " ", "\n", "/**/", "//\r", "\u00a0"]))
    return (made.swapcase() if draw(st.booleans()) else made).replace(" ", blanks)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements() | renamed())
def test_nothing_that_kglite_writes_gets_by(statement: str) -> None:
    kglite.set_query_warning_policy("silent")
    try:
        check(statement)
    except QueryError:
        return
    graph = kglite.KnowledgeGraph()
    graph.cypher("CREATE (:A {id: '1', x: 1})-[:T]->(:B {id: '2', x: 2})")
    before = graph.cypher("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n, r").to_list()
    try:
        view = graph.cypher(code_only(statement), params={"x": 1}, timeout_ms=2000)
    except (kglite.KgError, ValueError, TypeError, RecursionError):
        return  # it may be nonsense, as long as it changed nothing
    finally:
        assert graph.cypher("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n, r").to_list() == before
    assert view.stats is None


@pytest.fixture(scope="module")
def driver(neo4j_server: Server) -> Iterator[neo4j.Driver]:
    login = (neo4j_server.username, neo4j_server.password)
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=login, notifications_min_severity="OFF") as made:
        yield made


def operators(plan: dict[str, object] | None) -> set[str]:
    """The operators of a plan, without the database's name behind them."""
    if plan is None:
        return set()
    found = {str(plan["operatorType"]).split("@")[0]}
    for child in plan.get("children", []):  # type: ignore[attr-defined]
        found |= operators(child)
    return found


def reads_only(driver: neo4j.Driver, statement: str) -> bool | None:
    """Whether Neo4j's planner takes a statement for one that reads the graph only; None for no statement at all.

    EXPLAIN runs nothing, and tells more than a read transaction does, which lets LOAD CSV pass.
    """
    with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
        try:
            summary = session.run(
                "EXPLAIN " + re.sub(r"^\s*(EXPLAIN|PROFILE)\b", "", statement, flags=re.IGNORECASE)
            ).consume()
        except neo4j.exceptions.Neo4jError:  # also the server's own NullPointerExceptions on half statements
            return None
    found = operators(summary.plan)
    return summary.query_type == "r" and not any("LoadCSV" in o or "Administration" in o for o in found)


@pytest.mark.neo4j
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(statements() | renamed())
def test_nothing_that_neo4j_takes_for_a_write_gets_by(driver: neo4j.Driver, statement: str) -> None:
    if reads_only(driver, statement) is False:
        with pytest.raises(QueryError):
            check(statement)


@pytest.mark.neo4j
def test_the_tables_are_what_neo4j_says_they_are(driver: neo4j.Driver) -> None:
    """An attack that Neo4j understands does more than read, but for the few that the list refuses to be safe."""
    harmless = {s for s in ATTACKS if reads_only(driver, s)}
    assert all(re.search(r"CALL|USE|CYPHER|EXPLAIN|SHOW|TERMINATE|\u2028", s) for s in harmless), harmless
    # Those of Neo4j 5 that need a plugin, a graph type, or parameters of another kind do not plan here.
    odd = [s for s in LEGITIMATE if reads_only(driver, s) is not True]
    assert [s for s in odd if "apoc" not in s] == []


@pytest.mark.neo4j
def test_the_listed_procedures_exist_and_read(driver: neo4j.Driver) -> None:
    found = driver.execute_query("SHOW PROCEDURES YIELD name, mode RETURN name, mode").records
    modes = {record["name"].lower(): record["mode"] for record in found}
    assert {name: modes.get(name) for name in PROCEDURES} == dict.fromkeys(PROCEDURES, "READ")


@given(st.text())
def test_tokens_cover_the_statement(text: str) -> None:
    """Whatever the text, tokens are in order and apart, and what lies between them is blank or comment."""
    try:
        tokens = tokenise(text)
    except QueryError:
        return
    code = code_only(text)
    assert len(code) == len(text)
    at = 0
    for token in tokens:
        assert at <= token.start < token.end
        assert not code[at : token.start].strip()
        at = token.end
    assert not code[at:].strip()
