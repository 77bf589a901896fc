"""Cypher that both stores understand gives equal rows; what only Neo4j understands names its portable form."""

from __future__ import annotations

import doctest
from importlib import import_module
from typing import TYPE_CHECKING, Any

import kglite
import pytest
from store_graph import graph_of, store_graph
from support import assert_equal_rows, canonical

from aikg.graph.stores import portable
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.stores.projections import unordered_columns
from aikg.ontology.errors import QueryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.stores.neo4j import Neo4jStore

GRAPH = store_graph()
PARAMETERS: dict[str, Any] = {
    "ids": ["company:甲公司", "company:乙公司", "x"],
    "city": "深圳市",
    "rows": [{"a": 1, "b": ["x"]}, {"a": None, "b": []}],
    "figures": ["图表3", "图表4"],
    "skip": 1,
    "limit": 3,
    "nothing": None,
    "map": {"k": "name", "n": [1, 2]},
}

# Every statement has rows on this graph, so that two empty answers never count as equal.
PORTABLE = """
MATCH (c:Company)-[:LOCATED_IN]->(t:City) RETURN t.name AS city, count(*) AS n ORDER BY n DESC, city
MATCH (c:Company)-[:LOCATED_IN]->(t:City) WITH t, count(*) AS n RETURN t.name AS city, n ORDER BY n DESC, t.id
MATCH (c:Company)-[:LOCATED_IN]->(t:City {name: $city})-[:PART_OF]->(p:Province) RETURN c.name, p.name
MATCH (c:Company), (c)-[:OPERATES_IN]->(s:ChainSegment), (s)-[:PART_OF]->(l:ChainLayer) RETURN c.name, s.name, l.name
MATCH (c:Company)-[:OPERATES_IN]->(s)<-[:OPERATES_IN]-(d:Company) WHERE c.id < d.id RETURN c.name, d.name, s.name
OPTIONAL MATCH (c:Company {id: 'x'}) RETURN c, c.name
MATCH (c:Company) OPTIONAL MATCH (c)-[r:SUPPLIES]->(d) RETURN c.name, collect(d.name) AS to, count(r) AS n
MATCH (c:Company) WHERE c.id IN $ids RETURN c.id, c.listed
UNWIND $rows AS row RETURN row.a AS a, row.b AS b
UNWIND $ids AS id OPTIONAL MATCH (c:Company {id: id}) RETURN id, c.name
MATCH (n:Company|Park) RETURN labels(n) AS l, count(*) AS n
MATCH (a)-[r:SUPPLIES|PROVIDES]->(b) RETURN type(r) AS t, count(*) AS n, sum(r.share) AS s, min(r.year) AS lo
MATCH (n) WHERE n:Company OR n:Park RETURN count(n) AS n
MATCH (n) WHERE NOT n:Company RETURN count(n) AS n
MATCH (c:Company) WHERE EXISTS { (c)-[:SUPPLIES]->(:Company) } RETURN c.name
MATCH (c:Company) WHERE EXISTS { MATCH (c)-[r:SUPPLIES]->(d) WHERE r.year = 2021 AND d.listed = false } RETURN c.name
MATCH (c:Company) WHERE NOT EXISTS { MATCH (c)-[:LOCATED_IN]->() } RETURN c.name
MATCH (s:ChainSegment) WHERE NOT EXISTS { (s)<-[:OPERATES_IN]-(:Company)-[:LOCATED_IN]->(:City {name: $city}) } RETURN s.id
MATCH (c:Company) RETURN c.name, COUNT { (c)-[:OPERATES_IN]->() } AS n
MATCH (c:Company) WHERE COUNT { MATCH (c)-[:OPERATES_IN]->(s) WHERE s.name <> '大数据' } > 1 RETURN c.name
MATCH (c:Company) CALL (c) { MATCH (c)-[:SUPPLIES]->(d) RETURN count(d) AS n } RETURN c.name, n
MATCH (c:Company) CALL (c) { MATCH (c)-[:SUPPLIES]->(d) RETURN d.name AS x UNION MATCH (c)<-[:SUPPLIES]-(d) RETURN d.name AS x } RETURN c.name, x
MATCH (c:Company) CALL { WITH c MATCH (c)-[:SUPPLIES]->(d) RETURN collect(DISTINCT d.name) AS x } RETURN c.name, x
CALL { MATCH (c:Company) RETURN c.name AS n UNION MATCH (p:Park) RETURN p.name AS n } RETURN count(n) AS n
MATCH (c:Company) WHERE c.name ENDS WITH '公司' RETURN c.name, [(c)-[:SUPPLIES]->(d) | d.name] AS x
MATCH (c:Company) WHERE c.name ENDS WITH '公司' RETURN c.name, [(c)-[r:SUPPLIES]->(d) WHERE r.year > 2020 | {to: d.name, y: r.year}] AS x
RETURN [x IN range(1, 5) WHERE x % 2 = 1 | x * x] AS l, reduce(a = 0, x IN [1, 2, 3] | a + x) AS r, [1, 2, 3, 4][1..3] AS s
MATCH (c:Company) WHERE any(s IN c.sources WHERE s CONTAINS '图表3') RETURN c.name
MATCH (c:Company) WHERE all(s IN c.sources WHERE s CONTAINS '图表4') RETURN c.name, size(c.sources) AS n
MATCH (c:Company) WHERE none(s IN c.aliases WHERE s = '甲') RETURN c.name
MATCH (c:Company) WHERE single(s IN c.aliases WHERE s = '甲') RETURN c.name
MATCH (c:Company) WHERE any(x IN $figures WHERE any(s IN c.sources WHERE s CONTAINS ';' + x + ';')) RETURN c.name
MATCH (c:Company) WHERE all(x IN $figures WHERE any(s IN c.sources WHERE s CONTAINS ';' + x + ';')) RETURN c.name
MATCH (c:Company) WHERE any(s IN coalesce(c.sources, []) WHERE s STARTS WITH 'src:0#') RETURN count(*) AS n
MATCH (c:Company) WHERE '腾讯' IN c.aliases RETURN c.name
MATCH (c:Company) WHERE size(c.aliases) = 0 RETURN count(*) AS n
MATCH (c:Company) WHERE c.aliases IS NULL RETURN c.name
MATCH (c:City) WHERE $city IN ([c.name] + c.aliases) RETURN c.name
MATCH (c:City) WHERE any(x IN [c.name] + coalesce(c.aliases, []) WHERE x = '深圳') RETURN c.name
MATCH (c:Company) WHERE c.sources IS NOT NULL UNWIND c.sources AS s RETURN split(s, '#')[0] AS src, count(*) AS n
MATCH (c:Company) RETURN c.name, [s IN c.sources | split(split(s, '#')[1], ';')[0]] AS lines
MATCH (c:Company) RETURN c.name, [s IN c.sources WHERE s CONTAINS '图表4'] AS s
MATCH (c:Company) RETURN c.name, coalesce(c.sources, []) + ['z'] AS s
MATCH (c:Company)-[r:LOCATED_IN]->(t) UNWIND c.sources + r.sources AS s RETURN t.name, collect(DISTINCT s) AS sources
MATCH (c:Company)-[r:OPERATES_IN]->(s) WITH s, collect(r.sources) AS lists RETURN s.name, reduce(a = [], l IN lists | a + l) AS sources
MATCH (c:Company {id: 'company:甲公司'}) RETURN c {.name, .listed, n: size(c.aliases), other: c.founded} AS m
MATCH (c:Company {id: 'company:甲公司'}) RETURN c {.*, extra: 1} AS m
MATCH (c:Company {id: 'company:丙公司'}) RETURN keys(c) AS k, properties(c) AS p
MATCH (a)-[r:SUPPLIES]->(b) RETURN keys(r) AS k, properties(r) AS p
MATCH (a)-[r:SUPPLIES]->(b) RETURN startNode(r).id AS s, endNode(r).name AS e, type(r) AS t, r.id
MATCH (c:Company) RETURN CASE WHEN c.listed THEN '上市' WHEN NOT c.listed THEN '未上市' ELSE '未见记载' END AS x, count(*) AS n
MATCH (c:Company) RETURN CASE c.financing_stage WHEN '已上市' THEN 1 WHEN 'A轮' THEN 2 END AS x, count(*) AS n
MATCH (c:Company) RETURN sum(CASE WHEN c.listed THEN 1 ELSE 0 END) AS a, count(CASE WHEN c.listed THEN 1 END) AS b
MATCH (c:Company) RETURN coalesce(c.financing_stage, '未见记载') AS s, count(DISTINCT c) AS n ORDER BY n DESC, s
MATCH (a:Company {id: 'company:甲公司'})-[:SUPPLIES*1..3]->(b) RETURN b.name, count(*) AS n
MATCH (a:Company {id: 'company:甲公司'})-[:SUPPLIES*0..1]->(b) RETURN b.name
MATCH p = (a:Company {id: 'company:甲公司'})-[:SUPPLIES*1..4]->(b) RETURN length(p) AS n, [x IN nodes(p) | x.name] AS names, [r IN relationships(p) | r.product] AS products
MATCH (a:Company {id: 'company:甲公司'})-[rs:SUPPLIES*2]->(b) RETURN b.name, [r IN rs | r.id] AS ids
MATCH (a)-[:SUPPLIES*2..2]-(b) RETURN a.name, b.name
MATCH (a:Company {name: '华为'})-[:LOCATED_IN|PART_OF*1..4]->(b) RETURN b.id
MATCH (a:Company)-[r1:SUPPLIES]->(b)<-[r2:SUPPLIES]-(c) RETURN a.name, c.name
MATCH p = shortestPath((a:Company {id: 'company:甲公司'})-[:SUPPLIES*..5]->(b:Company {id: 'company:丁公司'})) RETURN length(p) AS n, [x IN nodes(p) | x.name] AS names
MATCH (a:Company {id: 'company:甲公司'}), (b:Company {id: 'company:丁公司'}) MATCH p = shortestPath((a)-[:SUPPLIES*..5]-(b)) RETURN length(p) AS n
MATCH p = shortestPath((a:Company {id: 'company:甲公司'})-[:SUPPLIES*]->(b:Company {id: 'company:丁公司'})) RETURN length(p) AS n
MATCH p = allShortestPaths((a:Company {id: 'company:甲公司'})-[:SUPPLIES*..5]->(b:Company {id: 'company:丁公司'})) RETURN length(p) AS n, [r IN relationships(p) | r.id] AS ids
MATCH (c:Company) WHERE c.name =~ '.*科技' RETURN c.name
MATCH (c:Company) WHERE c.name STARTS WITH '小马' AND c.name CONTAINS '行' RETURN c.name
RETURN split('a;b;c', ';') AS a, substring('人工智能', 1, 2) AS b, replace('aXb', 'X', '-') AS c, toUpper('abc') AS d, trim('  a ') AS e, size('人工智能') AS f, left('abc', 2) AS g
RETURN toInteger('12') AS a, toFloat('1.5') AS b, toString(3) AS c, toInteger('x') AS d, toInteger(2.9) AS e, toBoolean('true') AS f, toString(1.0) AS g
RETURN date('2022-09-01') AS d, date('2022-09-01') + duration('P1M') AS e, date('2022-09-01').year AS y, date('2020-02-03') < date('2020-02-04') AS c
RETURN duration.inDays(date('2020-01-01'), date('2020-03-01')).days AS d, duration.inMonths(date('2020-01-01'), date('2021-03-01')).months AS m
RETURN abs(-2) AS a, ceil(1.2) AS b, floor(1.8) AS c, round(2.5) AS d, sqrt(4) AS e, sign(-3) AS f, 7 / 2 AS g, -7 % 3 AS h, 2 ^ 3 AS i, round(2.567, 2) AS k
RETURN head([1, 2]) AS a, last([1, 2]) AS b, tail([1, 2]) AS c, range(1, 3) AS e, reverse([1, 2]) AS f, 1 IN [1, null] AS g, 3 IN [1, null] AS h, [1][5] AS i
RETURN null = null AS a, null IS NULL AS b, 1 = 1.0 AS c, 'a' < 'b' AS d, true XOR true AS g, NOT null AS h, null AND false AS i, null OR true AS j
MATCH (c:Company) RETURN c.name AS name ORDER BY name SKIP $skip LIMIT $limit
MATCH (c:Company) RETURN c.founded_year AS y, c.id ORDER BY y, c.id
MATCH (c:Company) RETURN c.founded AS f, c.id ORDER BY f DESC, c.id
MATCH (c:Company) RETURN c.id ORDER BY size(c.sources) DESC, c.id LIMIT 3
UNWIND ['b', '企', 'B', 'a', 'é', 'z', '𠀀', 'ﬀ'] AS x RETURN x ORDER BY x
UNWIND [3, null, 'a', true, 1.5] AS x RETURN x ORDER BY x
RETURN 1 AS x ORDER BY x LIMIT 1
RETURN 2 AS x UNION RETURN 1 AS x ORDER BY x LIMIT 1
MATCH (c:Company) RETURN DISTINCT c.listed AS l
MATCH (c:Company) RETURN 1 AS x UNION ALL MATCH (p:Park) RETURN 1 AS x
MATCH (c:Company) WITH c.financing_stage AS s, collect(c.name) AS names WHERE size(names) > 3 RETURN s, size(names) AS n, names
MATCH (c:Company) WITH c ORDER BY c.id WITH collect(c.name) AS names RETURN names[0..3] AS x
MATCH (c:Company) WITH collect({n: c.name, y: c.founded_year}) AS cs UNWIND cs AS x WITH x WHERE x.y > 2010 RETURN x.n, x.y
MATCH (c:Company)-[:LOCATED_IN]->(t) WITH t.name AS city, count(*) AS n WITH collect({city: city, n: n}) AS rows, sum(n) AS total UNWIND rows AS row RETURN row.city AS city, row.n AS n, 100.0 * row.n / total AS pct
MATCH (c:Company) RETURN count(c.uscc) AS a, count(*) AS b, count(DISTINCT c.financing_stage) AS d, collect(DISTINCT c.listed) AS e, max(c.name) AS f
MATCH (c:Company) RETURN sum(c.founded_year) AS s, avg(c.founded_year) AS a, stDev(c.founded_year) AS sd, min(c.name) AS lo
MATCH (x:Nothing) RETURN count(x) AS n, sum(x.y) AS s, avg(x.y) AS a, collect(x) AS c, min(x.y) AS m
MATCH (c:Company {id: 'company:甲公司'}) RETURN c
MATCH (a)-[r:SUPPLIES]->(b) RETURN r
MATCH p = (a:Company)-[r:SUPPLIES]->(b) RETURN p, nodes(p) AS n, relationships(p) AS r
MATCH (a:Company)-[r:SUPPLIES]->(b) RETURN collect(a) AS nodes, collect(r) AS rels
MATCH (c:Company {id: 'company:甲公司'}) RETURN {a: c, b: [c], c: 1} AS m
RETURN $nothing AS a, $map AS d, $map.k AS e, $map.n[0] AS f, $rows AS g, size($ids) AS h
RETURN 'a' AS `结果`, 1 AS `n 1`, '中文\\n"引号" \\'单\\' \\\\ \\t' AS x, "it's" AS y
MATCH (c:Company) WHERE c.legal_name = '' RETURN c.name
MATCH (c:Company) WHERE NOT c.listed RETURN c.name
MATCH (c:Company) WHERE c.founded >= '2013' AND c.founded < '2015' RETURN c.name, c.founded
MATCH (c:Company) WHERE ($nothing IS NULL OR c.name = $nothing) RETURN count(*) AS n
MATCH (n) RETURN labels(n)[0] AS l, count(*) AS n ORDER BY l
MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n ORDER BY t
MATCH (a)-[r]-(b) WHERE a.id = 'company:甲公司' RETURN type(r) AS t, b.id AS other, startNode(r).id = a.id AS outgoing
MATCH (n {id: 'company:甲公司'}) RETURN n.name
MATCH (n) WHERE n.name CONTAINS '人工智能' RETURN labels(n) AS l, n.id
MATCH (c:City) WHERE NOT (c)<-[:LOCATED_IN]-(:Company) RETURN c.name
MATCH (t:City) WHERE all(l IN ['基础层', '技术层'] WHERE (t)<-[:LOCATED_IN]-(:Company)-[:REPRESENTATIVE_OF]->(:ChainLayer {name: l})) RETURN t.name
MATCH (t:City)<-[:LOCATED_IN]-(c:Company)-[:REPRESENTATIVE_OF]->(l:ChainLayer) WITH t, collect(DISTINCT l.name) AS layers WHERE size(layers) = 3 RETURN t.name, layers
MATCH (t:City) OPTIONAL MATCH (c:Company)-[:LOCATED_IN]->(t) OPTIONAL MATCH (p:Park)-[:LOCATED_IN]->(t) RETURN t.name, count(DISTINCT c) AS firms, collect(DISTINCT p.name) AS parks
MATCH (s:ChainSegment) OPTIONAL MATCH (s)<-[:OPERATES_IN]-(c:Company)-[:LOCATED_IN]->(t:City {name: $city}) WITH s, count(DISTINCT c) AS n RETURN s.name AS segment, CASE WHEN n = 0 THEN '未见记载' ELSE '有' END AS state, n
MATCH (n)-[:HAS_CONFLICT]->(c:Conflict) UNWIND range(0, size(c.values) - 1) AS i RETURN n.name, c.values[i] AS v, c.value_sources[i] AS s
MATCH (x:ComputeCenter)-[:OBSERVED]->(o:Observation) WHERE 'forecast' IN o.qualifier RETURN x.name, o.value, o.unit, o.qualifier
MATCH (c:Company) WHERE c.nope IS NULL RETURN count(*) AS n
MATCH (c:Company) WHERE c.id = 'company:甲公司' RETURN c['name'] AS a, c[$map.k] AS b
MATCH (c:Company) RETURN c.name /* 中文注释 */ AS n // end
MATCH  (c:Company)  WHERE c.id='company:甲公司' RETURN  c . name ,  size( c.aliases )
WITH 1 AS a, [1, 2] AS b RETURN *
RETURN EXISTS { MATCH (c:Company) } AS a, EXISTS { (:Company)-[:SUPPLIES]->() } AS b, COUNT { (:Company) } AS c
CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t ORDER BY t
RETURN 0.1 + 0.2 AS a, -0.0 AS c, 9223372036854775807 AS d, 'a' + 'b' AS e, [1] + 2 AS f
UNWIND [1, 2.0] AS x RETURN x
UNWIND [1, 2.5, 'a', null, true] AS x RETURN x
""".strip().split("\n")  # fmt: skip


@pytest.fixture(scope="module")
def stores(
    both_stores: Callable[[KnowledgeGraph], tuple[EmbeddedStore, Neo4jStore]],
) -> tuple[EmbeddedStore, Neo4jStore]:
    return both_stores(GRAPH)


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedStore]:
    with EmbeddedStore(GRAPH) as store:
        yield store


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", PORTABLE)
def test_equal_rows(stores: tuple[EmbeddedStore, Neo4jStore], statement: str) -> None:
    here, there = (store.query(statement, PARAMETERS) for store in stores)
    assert len(here)
    assert_equal_rows(here, there, statement)
    assert [str(t) for t in here.dtypes] == [str(t) for t in there.dtypes]
    if "ORDER BY" in statement:
        rows = [[canonical(list(row)) for row in frame.itertuples(index=False)] for frame in (here, there)]
        assert rows[0] == rows[1], "the order of rows too"


NEO4J_ONLY = [
    ("MATCH (c:Company WHERE c.listed) RETURN c.name", "line 1, column 18", "a WHERE clause"),
    ("MATCH (c)-[r:SUPPLIES WHERE r.year > 1]->(d) RETURN d", "line 1, column 23", "a WHERE clause"),
    ("RETURN COLLECT { MATCH (c:Company) RETURN c.id } AS x", "line 1, column 8", "collect("),
    ("MATCH (c:!Company) RETURN c", "line 1, column 10", "WHERE NOT n:Label"),
    ("MATCH (c:Company&Park) RETURN c", "line 1, column 17", ":A:B"),
    ("MATCH (c:%) RETURN c", "line 1, column 10", "leave the label out"),
    ("MATCH ((a)-[:SUPPLIES]->(b)){1,3} RETURN a", "column 28", "*1..3"),
    ("MATCH (a)-[:SUPPLIES]->{1,3}(b) RETURN a", "column 22", "*1..3"),
    ("MATCH (a)-[:SUPPLIES]->+(b) RETURN a", "column 22", "*1..3"),
    ("MATCH p = SHORTEST 1 (a)-[:SUPPLIES]->+(b) RETURN p", "column 11", "shortestPath"),
    ("RETURN CASE 1 WHEN 1, 2 THEN 'x' END AS x", "column 15", "WHEN x IN [a, b]"),
    ("MATCH (c:Company) RETURN percentileCont(c.founded_year, 0.5) AS x", "column 26", "percentile_cont"),
    ("MATCH (c:Company) RETURN stDevP(c.founded_year) AS x", "column 26", "compute it"),
    ("RETURN point.distance(point({x: 1, y: 2}), point({x: 1, y: 2})) AS d", "column 8", "distance(a, b)"),
    ("RETURN duration.between(date('2020-01-01'), date('2021-01-01')).months AS m", "column 8", "years and months"),
    ("MATCH (a:Company)-[:SUPPLIES*]->(b) RETURN b", "column 29", "*1..4"),
    ("MATCH (a:Company)-[:SUPPLIES*2..]->(b) RETURN b", "column 29", "*1..4"),
    ("MATCH (a:Company)-[*]-(b) RETURN b", "column 20", "*1..4"),
    ("MATCH (企业:Company) RETURN 企业.name", "column 8", "English letters"),
    ("MATCH (c:公司) RETURN c", "column 10", "English letters"),
    ("MATCH (c:`公司`) RETURN c", "column 10", "English letters"),
    ("MATCH (c:Company)-[:供应]->(d) RETURN d", "column 21", "English letters"),
    ("MATCH (c:Company {名称: 'a'}) RETURN c", "column 19", "English letters"),
    ("RETURN $城市 AS x", "column 8", "English letters"),
    ("RETURN 1 AS 结果", "column 13", "`结果`"),
    ("MATCH (a)-[r:SUPPLIES]->(b) RETURN r {.product} AS m", "column 36", "properties(r)"),
    ("MATCH (c:Company) WHERE 2013 <= c.founded_year < 2015 RETURN c", "column 30", "AND"),
    ("MATCH (c:City) WHERE 'x' IN [c.name] + c.aliases RETURN c", "column 26", "([…] + …)"),
    ("RETURN isEmpty([]) AS x", "column 8", "size(x) = 0"),
    ("WITH 1 AS set RETURN set AS x", "column 11", "back-ticks"),
    ("MATCH (c:Company)-[:LOCATED_IN]->(t) RETURN {city: t.name, n: count(c)} AS m", "column 52", "column of its own"),
    ("MATCH (c:Company)-[:LOCATED_IN]->(t) RETURN t {.name, n: count(c)} AS m", "column 45", "column of its own"),
    ("MATCH (c)\nWITH count(c) AS n, 1 AS a\nMATCH (d) RETURN d.id, count(*) / n AS m", "line 3, column 35", "its own"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "place", "cure"), NEO4J_ONLY)
def test_what_only_neo4j_understands_names_the_portable_form(
    embedded: EmbeddedStore, statement: str, place: str, cure: str
) -> None:
    with pytest.raises(QueryError) as caught:
        embedded.query(statement, {"城市": "x"})
    said = str(caught.value)
    assert place in said
    assert cure in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (a)-[:SUPPLIES*1..4]->(b) RETURN a * 2 AS x, [y IN [1] | y * 2] AS z",
        "MATCH p = shortestPath((a)-[:SUPPLIES*]->(b)) RETURN p",
        "MATCH p = allShortestPaths((a {id: '1'})-[*]-(b)) RETURN p",
        "MATCH (a)-[:R*3]->(b) RETURN count(*) AS n",
        "MATCH (c)-[r:R]->(d) RETURN d.name AS name, count(r) AS n, d.name + '!' AS x, toString(count(*)) + d.name AS y",
        "MATCH (c) WITH c, [x IN collect(c.name) WHERE x STARTS WITH 'a' | x] AS l RETURN c {.name, l: l} AS m",
        "MATCH (c) RETURN count(*) * $k + size([x IN collect(c.name) WHERE x IS NOT NULL]) AS n",
        "MATCH (c) RETURN CASE WHEN count(c) > 3 THEN 'many' ELSE null END AS n",
        "MATCH (c) RETURN {n: count(*), l: collect(DISTINCT c.name)} AS m",
    ],
)
def test_portable_statements_are_not_refused(statement: str) -> None:
    portable.refuse(statement)


@pytest.mark.parametrize(
    ("statement", "columns", "unordered"),
    [
        ("MATCH (c) RETURN collect(c.x) AS a, c.y AS b", ["a", "b"], [0]),
        ("MATCH (c) WITH collect(c.x) AS l RETURN 1 AS a, l", ["a", "l"], [1]),
        ("MATCH (c) WITH collect(c.x) AS l RETURN *", ["l"], [0]),
        ("MATCH (c) WITH collect(c.x) AS l WITH 1 AS l RETURN l", ["l"], []),
        ("MATCH (c) WITH c ORDER BY c.x RETURN collect(c.x) AS a", ["a"], []),
        ("MATCH (c) WITH collect(c.x) AS l ORDER BY size(l) RETURN l", ["l"], [0]),
        ("MATCH (c) RETURN collect(c.x) AS a ORDER BY a", ["a"], [0]),
        ("MATCH (c) RETURN [(c)-->(d) | d.x] AS a, [1, 2] AS b, [x IN c.l | x] AS d", ["a", "b", "d"], [0]),
        ("MATCH p = (c)-->(d) RETURN nodes(p) AS a, c.sources AS b, keys(c) AS k", ["a", "b", "k"], [2]),
        ("CALL { MATCH (c) RETURN collect(c.x) AS l } RETURN l, 'collect(x)' AS t", ["l", "t"], [0]),
        ("MATCH (c) RETURN c.x AS a UNION MATCH (d) RETURN collect(d.x) AS a", ["a"], [0]),
        ("MATCH (c) WHERE c.x STARTS WITH 'a' RETURN c.collect AS a", ["a"], []),
    ],
)
def test_lists_whose_order_an_engine_made_up(statement: str, columns: list[str], unordered: list[int]) -> None:
    assert unordered_columns(statement, columns) == unordered


@pytest.mark.parametrize(
    ("statement", "left_out"),
    [
        ("MATCH (c)-[:R]->(t), (c)-[:S]->(s) RETURN [t.id, s.id] AS l", ["optimize_pattern_start_node"]),
        ("MATCH (c {a: 1, b: 2})-[:R]->(t) WITH c, t RETURN c, t", []),
        ("MATCH (c) WHERE EXISTS { MATCH (c)-->(d), (c)-->(e) } RETURN c", ["optimize_pattern_start_node"]),
        ("MATCH (c) WHERE c.x IN [1, 2] RETURN c.a, c.b", []),
        ("MATCH (c) UNWIND [1, 2] AS x RETURN c, x", []),
        ("RETURN 1 AS x, 2 AS y ORDER BY x LIMIT 1", ["fuse_order_by_top_k"]),
        ("MATCH (c) RETURN c.x AS x UNION RETURN 1 AS x ORDER BY x LIMIT 1", ["fuse_order_by_top_k"]),
        ("UNWIND [1, 2] AS x RETURN x ORDER BY x LIMIT 1", []),
    ],
)
def test_optimisations_that_are_left_out(statement: str, left_out: list[str]) -> None:
    assert portable.unsafe_passes(statement) == left_out
    assert set(left_out) <= set(kglite.cypher_pass_names())


def test_comma_patterns_are_joined_and_not_multiplied() -> None:
    """20,000 firms, 150 cities, 150 segments: with all pairs tried this would take far longer than the limit."""
    firms = range(20_000)
    nodes = {
        "Company": [{"id": f"company:{n}", "name": f"{n}"} for n in firms],
        "City": [{"id": f"city:{n}", "name": f"{n}"} for n in range(150)],
        "ChainSegment": [{"id": f"segment:{n}", "name": f"{n}"} for n in range(150)],
    }
    edges = {
        "LOCATED_IN": [
            {"id": f"LOCATED_IN:{n}", "subject": f"company:{n}", "object": f"city:{n % 150}"} for n in firms
        ],
        "OPERATES_IN": [
            {"id": f"OPERATES_IN:{n}", "subject": f"company:{n}", "object": f"segment:{n % 149}"} for n in firms
        ],
    }
    with EmbeddedStore(graph_of(nodes, edges)) as store:
        frame = store.query(
            "MATCH (c:Company)-[:LOCATED_IN]->(t:City), (c)-[:OPERATES_IN]->(s:ChainSegment) "
            "RETURN t.id AS t, s.id AS s, count(*) AS n ORDER BY n DESC, t, s",
            timeout=20,
        )
    assert frame["n"].sum() == 20_000
    assert len(frame) == 20_000, "150 and 149 have no common divisor: no pair comes twice before 22,350"


def test_too_much_work_is_one_line() -> None:
    with EmbeddedStore(GRAPH) as store:
        store._engine.set_default_max_work_units(1000)  # ten million, the engine's own limit, takes its time
        for statement in ("MATCH (a), (b) RETURN a.id, b.id", "RETURN size(range(1, 1000000000)) AS n"):
            with pytest.raises(StoreError, match="stopped: more than") as caught:
                store.query(statement)
            assert "\n" not in str(caught.value)


@pytest.mark.parametrize("module", ["tokens", "readonly", "portable", "lacking", "projections", "results"])
def test_the_examples_in_the_documentation(module: str) -> None:
    options = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    found = doctest.testmod(import_module(f"aikg.graph.stores.{module}"), optionflags=options)
    assert found.attempted
    assert not found.failed
