"""What the console answers: questions, measures, Cypher, networks, nodes, files; errors in one line."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from console_server import Running, running
from hostile_graph import hostile_graph
from sample_graph import sample_graph

from aikg.api import Graph
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import StoreError
from aikg.ontology.schema import load_schema
from aikg.queries.catalogue import load_catalogue
from aikg.serve.words import WORDS
from aikg.serve.work import BusyError, Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

GRAPH = sample_graph()


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(Graph(frames=GRAPH)) as made:
        yield made


@pytest.fixture(scope="module")
def small() -> Iterator[Running]:
    """One that stops early: three rows, and what takes longer than a moment."""
    with running(Graph(frames=GRAPH), row_limit=3, timeout=5.0) as made:
        yield made


# -- what is offered ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_gets_every_question_measure_and_label_in_its_language(server: Running, lang: str) -> None:
    from aikg.graph.analysis.catalogue import load_measures

    start = server.get(f"/api/start?lang={lang}").json
    assert [q["name"] for q in start["questions"]] == load_catalogue().names()
    assert [m["name"] for m in start["measures"]] == list(load_measures())
    assert {"network", "heatmap"} <= {p["name"] for p in start["pictures"]}
    schema = load_schema()
    assert [x["name"] for x in start["schema"]["labels"]] == list(schema.labels)
    assert [x["name"] for x in start["schema"]["relations"]] == list(schema.relations)
    assert start["graph"]["nodes"] == sum(map(len, GRAPH.nodes.values()))
    assert set(start["words"]) == set(WORDS)
    question = next(q for q in start["questions"] if q["name"] == "companies-in-segment")
    assert question["title"] == load_catalogue().get("companies-in-segment").title[lang]
    assert [p["name"] for p in question["parameters"]] == ["segment", "city", "source"]
    companies = next(x for x in start["schema"]["labels"] if x["name"] == "Company")
    assert companies["n"] == len(GRAPH.nodes["Company"])


def test_every_text_is_in_both_languages() -> None:
    for key, text in WORDS.items():
        assert set(text) == {"zh", "en"}, key
        assert all(text.values()), key


def test_suggested_values_are_those_of_the_graph(server: Running) -> None:
    def values(**query: str) -> Any:
        return server.get("/api/values?" + "&".join(f"{k}={v}" for k, v in query.items())).json

    cities = values(kind="question", name="companies-in-segment", parameter="city")
    assert cities["whole"]
    assert cities["values"] == sorted(set(GRAPH.nodes["City"]["name"]))
    assert values(kind="measure", name="centrality", parameter="labels")["values"] == [
        x for x in load_schema().labels if x in GRAPH.nodes
    ]
    assert values(kind="picture", name="network", parameter="relations")["values"]
    assert values(kind="measure", name="centrality", parameter="sample") == {"values": [], "whole": True}
    wrong = server.get("/api/values?kind=question&name=companies-in-segment&parameter=x")
    assert (wrong.status, "没有参数“x”" in wrong.error) == (400, True)


# -- answers --------------------------------------------------------------------------------------


def test_an_answer_is_that_of_the_catalogue_with_citations(server: Running) -> None:
    kg = Graph(frames=GRAPH)
    expected = kg.ask("companies-across-layers")
    answer = server.ask("question", "companies-across-layers").json
    assert [c["name"] for c in answer["columns"]] == list(expected.columns)
    assert answer["n"] == len(expected) == len(answer["rows"])
    at = list(expected.columns).index("sources")
    cited = {entry for row in answer["rows"] for entry in row[at]}
    assert cited
    assert all(answer["cites"][entry] == kg.cite(entry, "zh") for entry in cited)


def test_every_question_answers_with_its_defaults(server: Running) -> None:
    for query in load_catalogue():
        reply = server.ask("question", query.name)
        assert reply.status == 200, f"{query.name}: {reply.text[:300]}"
        assert [c["name"] for c in reply.json["columns"]] == [c.name for c in query.columns]


def test_what_is_not_recorded_stays_null_and_nothing_else_does(server: Running) -> None:
    answer = server.cypher("RETURN null AS a, 0 AS b, '' AS c, [] AS d, false AS e").json
    assert answer["rows"] == [[None, 0, "", [], False]]


def test_nodes_with_contradictions_are_marked(server: Running) -> None:
    marked = server.cypher("MATCH (c) WHERE (c)-[:HAS_CONFLICT]->(:Conflict) RETURN c.id AS id, c.name AS name").json
    assert marked["n"] > 0
    assert set(marked["conflicts"]) == {row[0] for row in marked["rows"]}
    plain = server.cypher("MATCH (c:City) WHERE NOT (c)-[:HAS_CONFLICT]->(:Conflict) RETURN c.id AS id LIMIT 5").json
    assert plain["conflicts"] == {}


def test_a_measure_answers_and_says_with_what(server: Running) -> None:
    answer = server.ask("measure", "centrality", {"labels": "Company,City"}).json
    assert answer["n"] > 0
    assert answer["used"]["labels"] == "Company,City"
    assert {row[[c["name"] for c in answer["columns"]].index("label")] for row in answer["rows"]} <= {"Company", "City"}


def test_a_cut_answer_says_so_and_the_first_rows_are_said_to_be_the_first(small: Running) -> None:
    answer = small.cypher("UNWIND range(1, 10) AS x RETURN x").json
    assert (answer["n"], answer["truncated"], answer["limit"]) == (3, True, 3)


def test_the_table_shows_a_thousand_rows_and_the_file_has_all(server: Running) -> None:
    asked = {"kind": "cypher", "name": "UNWIND range(1, 2500) AS x RETURN x", "parameters": {}}
    answer = server.post("/api/answer", asked).json
    assert (answer["n"], len(answer["rows"]), answer["truncated"]) == (2500, 1000, False)
    rows = server.post("/api/export", {**asked, "format": "json"}).json
    assert [row["x"] for row in rows] == list(range(1, 2501))


def test_a_row_that_no_page_can_show_is_one_line(server: Running) -> None:
    # 'xxxxxxxxxx' joined to itself 20 times over: 10 MB in one cell.
    doubled = "WITH 'xxxxxxxxxx' AS a " + "WITH a + a AS a " * 20 + "RETURN a"
    reply = server.cypher(doubled)
    assert reply.status == 400
    assert "8 MB" in reply.error


# -- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", [
    "MATCH (n) DETACH DELETE n", "CREATE (n:Company)", "MATCH (n) SET n.name = 'x'", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
    "CALL dbms.listConfig()", "MATCH (n) RETURN n; MATCH (n) DELETE n", "CALL { CREATE (n) } RETURN 1",
])  # fmt: skip
def test_nothing_but_reading_is_let_through(server: Running, statement: str) -> None:
    before = server.cypher("MATCH (n) RETURN count(n) AS n").json["rows"]
    reply = server.cypher(statement)
    assert reply.status == 403
    assert "只" in reply.error or "清单" in reply.error or "一次只写一条" in reply.error
    assert server.cypher("MATCH (n) RETURN count(n) AS n").json["rows"] == before


@pytest.mark.parametrize(("kind", "name", "parameters", "said"), [
    ("cypher", "MATCH (n RETURN n", {}, "语法错误"),
    ("cypher", "RETURN $x", {}, "缺少参数 $x"),
    ("cypher", "  ", {}, "语句是空的"),
    ("question", "chain-gap", {}, "chain-gaps"),
    ("question", "companies-in-segment", {"segment": "没有的环节"}, "没有的环节"),
    ("question", "companies-in-segment", {"x": "1"}, "没有参数“x”"),
    ("measure", "centralty", {}, "centrality"),
    ("measure", "centrality", {"kind": "nonsense"}, "nonsense"),
    ("measure", "complexity", {"file": "/etc/passwd"}, "file"),
])  # fmt: skip
def test_errors_are_one_line_that_names_thing_and_cure(
    server: Running, kind: str, name: str, parameters: dict[str, Any], said: str
) -> None:
    reply = server.ask(kind, name, parameters)
    assert reply.status == 400
    assert said in reply.error


def test_errors_are_in_the_language_that_is_asked_for(server: Running) -> None:
    english = Running(server.port, server.keys, lang="en")
    assert english.cypher("MATCH (n) DELETE n").error.endswith(
        "only reading is allowed: to change a graph, build it anew"
    )
    assert "did you mean chain-gaps" in english.ask("question", "chain-gap").error


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"kind": "file", "name": "x"}', b'{"kind": "cypher", "name": 3}',
                                  b'{"kind": "cypher", "name": "RETURN 1", "parameters": [1]}', b"[" * 60_000, b"\xff\xfe",
                                  b'{"kind": "cypher", "name": "RETURN 1", "parameters": {"x": NaN}}'])  # fmt: skip
@pytest.mark.parametrize("path", ["answer", "network", "export", "statement"])
def test_anything_else_than_a_question_is_refused(server: Running, path: str, body: bytes) -> None:
    reply = server.post(f"/api/{path}", body)
    assert reply.status == 400
    assert reply.error in (WORDS["bad_request"]["zh"], WORDS["bad_parameters"]["zh"])


def test_a_statement_that_runs_too_long_is_stopped(server: Running) -> None:
    with running(Graph(frames=GRAPH), timeout=0.2) as hasty:
        long = (
            "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b WITH a, b WHERE a * b % 7 = 3 RETURN count(*) AS n"
        )
        reply = hasty.cypher(long)
        assert reply.status == 502
        assert "已停止" in reply.error
        assert hasty.cypher("RETURN 1 AS x").json["rows"] == [[1]]


def apart(scene: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run in a thread of its own: Playwright keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(scene())).result(60)


def test_few_run_at_once_some_wait_and_more_are_told_so() -> None:
    async def scene() -> tuple[list[int], str, int]:
        workers = Workers(parallel=2, waiting=1, seconds=30)
        goes, most, now = threading.Event(), [], []

        def job() -> int:
            now.append(1)
            most.append(len(now))
            goes.wait(20)
            now.pop()
            return 1

        running_ = [asyncio.create_task(workers.run("zh", job)) for _ in range(3)]
        await asyncio.sleep(0.2)
        with pytest.raises(BusyError) as told:
            await workers.run("zh", job)
        goes.set()
        done = await asyncio.gather(*running_)
        return done, str(told.value), max(most)

    done, said, most = apart(scene)
    assert done == [1, 1, 1]
    assert most == 2
    assert "太多" in said


def test_a_job_that_is_given_up_keeps_its_place_until_it_ends() -> None:
    async def scene() -> None:
        workers = Workers(parallel=1, waiting=0, seconds=0.1)
        goes = threading.Event()
        with pytest.raises(StoreError, match="stopped waiting"):
            await workers.run("en", lambda: goes.wait(20))
        with pytest.raises(BusyError):
            await workers.run("en", lambda: None)
        goes.set()
        await asyncio.sleep(0.2)
        assert await workers.run("en", lambda: 7) == 7

    apart(scene)


# -- network, node, statement, files --------------------------------------------------------------


def test_nodes_and_relations_of_an_answer_are_its_network(server: Running) -> None:
    asked = {"kind": "cypher", "name": "MATCH (c:Company)-[r:LOCATED_IN]->(t:City) RETURN c, r, t", "parameters": {}}
    network = server.post("/api/network", asked).json
    located = GRAPH.edges["LOCATED_IN"]
    firms, cities = set(GRAPH.nodes["Company"]["id"]), set(GRAPH.nodes["City"]["id"])
    expected = {
        (s, o) for s, o in zip(located["subject"], located["object"], strict=True) if s in firms and o in cities
    }
    assert {(r["from"], r["to"]) for r in network["relations"]} == expected
    assert {n["id"] for n in network["nodes"]} == {end for pair in expected for end in pair}
    assert not network["joined"]
    assert all(entry in network["cites"] for r in network["relations"] for entry in r["sources"])


def test_a_path_and_ids_alone_and_names_in_columns_are_networks_too(server: Running) -> None:
    path = {"kind": "cypher", "name": "MATCH p = (:Company)-[:LOCATED_IN]->(:City) RETURN p LIMIT 1", "parameters": {}}
    made = server.post("/api/network", path).json
    assert (len(made["nodes"]), len(made["relations"])) == (2, 1)
    ids = {
        "kind": "cypher",
        "name": "MATCH (c:Company)-[:LOCATED_IN]->(t:City) RETURN c.id AS id, t.name AS city",
        "parameters": {},
    }
    made = server.post("/api/network", ids).json
    assert made["joined"]
    assert {n["label"] for n in made["nodes"]} == {"Company", "City"}
    assert {r["type"] for r in made["relations"]} >= {"LOCATED_IN"}
    nothing = {"kind": "cypher", "name": "RETURN 1 AS n", "parameters": {}}
    assert server.post("/api/network", nothing).json["nodes"] == []


def test_a_large_network_is_cut_and_says_of_how_many() -> None:
    rows = [{"id": f"company:{n}", "name": f"企业{n}", "sources": [], "aliases": []} for n in range(400)]
    with running(Graph(frames=KnowledgeGraph.from_rows({"Company": rows}, {}))) as made:
        asked = {"kind": "cypher", "name": "MATCH (c:Company) RETURN c", "parameters": {}}
        network = made.post("/api/network", asked).json
    assert (len(network["nodes"]), network["all"]) == (300, 400)


def test_a_node_tells_values_sources_contradictions_and_relations(server: Running) -> None:
    conflict = GRAPH.edges["HAS_CONFLICT"].iloc[0]
    node = server.post("/api/node", {"id": conflict["subject"]}).json
    assert node["conflicts"]
    assert all(len(one["values"]) >= 2 for one in node["conflicts"])
    assert all("《" in cite for cite in node["sources"])
    located = GRAPH.edges["LOCATED_IN"].iloc[0]
    node = server.post("/api/node", {"id": located["subject"]}).json
    assert located["object"] in {one["id"] for one in node["relations"]}
    label = load_schema().label_of_id(located["subject"])
    own = {p.name for p in load_schema().node_columns(str(label)).values() if p.derived_from is None}
    assert {p["name"] for p in node["properties"]} == own - {"id", "name", "aliases", "sources", "method", "confidence"}
    missing = server.post("/api/node", {"id": "company:没有这家"})
    assert (missing.status, "company:没有这家" in missing.error) == (400, True)
    assert server.post("/api/node", {"id": 3}).status == 400


def test_the_cypher_of_a_question_gives_its_answer(server: Running) -> None:
    asked = {"kind": "question", "name": "parks-by-focus", "parameters": {}}
    shown = server.post("/api/statement", asked).json
    by_name = server.post("/api/answer", asked).json
    by_cypher = server.cypher(shown["statement"], **shown["parameters"]).json
    assert by_cypher["n"] == by_name["n"]
    assert [c["name"] for c in by_cypher["columns"]] == [c["name"] for c in by_name["columns"]]


def test_files_hold_what_was_shown(server: Running) -> None:
    asked = {"kind": "question", "name": "companies-across-layers", "parameters": {}}
    answer = server.post("/api/answer", asked).json
    titles = [c["title"] for c in answer["columns"]]
    at = [c["name"] for c in answer["columns"]].index("sources")

    reply = server.post("/api/export", {**asked, "format": "xlsx"})
    assert reply.headers["content-disposition"] == 'attachment; filename="aikg-companies-across-layers.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(reply.body)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == titles
    assert len(rows) - 1 == answer["n"]
    assert rows[1][at].split("; ") == list(dict.fromkeys(answer["cites"][e] for e in answer["rows"][0][at]))

    reply = server.post("/api/export", {**asked, "format": "csv"})
    assert reply.body.startswith(b"\xef\xbb\xbf")  # or Excel takes Chinese for Latin
    table = list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"))))
    assert (table[0], len(table) - 1) == (titles, answer["n"])

    found = server.post("/api/export", {**asked, "format": "json"}).json
    assert list(found[0]) == [c["name"] for c in answer["columns"]]
    assert [list(row.values()) for row in found] == answer["rows"]

    wrong = server.post("/api/export", {**asked, "format": "exe"})
    assert (wrong.status, "exe" in wrong.error) == (400, True)


def test_what_a_spreadsheet_would_run_stays_text(server: Running) -> None:
    asked = {"kind": "cypher", "name": "RETURN '=1+1' AS a, '2017-12' AS b", "parameters": {}}
    sheet = openpyxl.load_workbook(io.BytesIO(server.post("/api/export", {**asked, "format": "xlsx"}).body)).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("2017-12", "s")]
    assert "'=1+1" in server.post("/api/export", {**asked, "format": "csv"}).text


# -- pictures -------------------------------------------------------------------------------------


def test_the_page_cannot_make_the_server_read_a_file(server: Running) -> None:
    # The base map of `places` is a path: on the command line the user's own, here anybody's who has the page.
    asked = server.get("/picture/places?base_map=/etc/passwd&bounds=1,2,3,4&map_number=x&lang=en")
    assert asked.status == 400
    assert "root:" not in asked.text
    assert "file" in asked.text.lower()


def test_a_picture_is_a_page_with_its_own_policy_and_its_errors_a_line(server: Running) -> None:
    picture = server.get("/picture/heatmap?limit=3&lang=en")
    assert picture.status == 200
    assert 'http-equiv="Content-Security-Policy"' in picture.text
    wrong = server.get("/picture/heatmap?limit=many")
    assert wrong.status == 400
    assert "limit" in wrong.text
    assert "<script" not in wrong.text
    evil = server.get("/picture/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert evil.status in (400, 404)
    assert "<script>alert" not in evil.text


# -- hostile names --------------------------------------------------------------------------------


def test_hostile_names_come_as_json_that_parses_back(server: Running) -> None:
    graph, labels = hostile_graph()
    with running(Graph(frames=graph)) as made:
        for label in labels:
            reply = made.cypher(f"MATCH (n:{label}) RETURN n, n.id AS id, n.sources AS sources")
            assert reply.status == 200, reply.text[:300]
            assert reply.headers["content-type"].startswith("application/json")
            names = {row[0]["name"] for row in json.loads(reply.body)["rows"]}
            assert names == set(graph.nodes[label]["name"])
            for row in reply.json["rows"]:
                node = made.post("/api/node", {"id": row[1]})
                assert node.status == 200, node.text[:300]
            asked = {"kind": "cypher", "name": f"MATCH (n:{label}) RETURN n", "parameters": {}}
            for form in ("csv", "xlsx", "json"):
                assert made.post("/api/export", {**asked, "format": form}).status == 200


def test_an_empty_graph_and_one_node_are_served() -> None:
    one = [{"id": "city:440300", "name": "深圳市", "sources": [], "aliases": []}]
    for frames in (KnowledgeGraph.from_rows({}, {}), KnowledgeGraph.from_rows({"City": one}, {})):
        with running(Graph(frames=frames)) as made:
            assert made.get("/api/start").status == 200
            answer = made.ask("question", "companies-across-layers").json
            assert answer["n"] == 0
            assert answer["note"]
            began = time.monotonic()
            assert made.get("/picture/network").status in (200, 400)
            assert time.monotonic() - began < 60
