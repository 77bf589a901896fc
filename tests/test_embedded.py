"""The embedded store's own matters: its cache, threads, and what kglite must not do behind our back."""

from __future__ import annotations

import multiprocessing
import os
import threading
from typing import TYPE_CHECKING

import kglite
import pytest
from store_graph import edge, graph_of, store_graph, store_rows
from support import multiset

from aikg.graph import folder as graph_folder
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores import embedded
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.ontology.errors import GraphError, StoreError
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

GRAPH = store_graph()
COUNT = "MATCH (n) RETURN count(n) AS n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return graph_folder.save(GRAPH, tmp_path / "图 谱")


def caches(folder: Path) -> list[Path]:
    return sorted(folder.glob("cache.*.kgl"))


def answers(store: EmbeddedStore) -> list[list[str]]:
    return [multiset(store.query(q)) for q in ("MATCH (n) RETURN n", "MATCH ()-[r]->() RETURN r")]


@pytest.fixture
def frames_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> KnowledgeGraph:
        raise AssertionError(f"the frames of {path} were read although the cache is current")

    monkeypatch.setattr(embedded, "load_folder", refuse)


def test_the_cache_answers_as_the_frames_do(folder: Path, request: pytest.FixtureRequest) -> None:
    with EmbeddedStore.open(folder) as first, EmbeddedStore(GRAPH) as direct:
        want = answers(direct)
        assert answers(first) == want
        schema = direct.schema()
    (cache,) = caches(folder)
    before = cache.stat().st_mtime_ns
    request.getfixturevalue("frames_are_not_read")
    with EmbeddedStore.open(folder) as second:
        assert answers(second) == want
        assert second.schema() == schema
    assert caches(folder) == [cache]
    assert cache.stat().st_mtime_ns == before


def test_a_cache_of_other_frames_is_replaced(folder: Path) -> None:
    EmbeddedStore.open(folder).close()
    (old,) = caches(folder)
    nodes, edges = store_rows()
    nodes["Company"].append({"id": "company:新", "name": "新"})
    graph = graph_of(nodes, edges)
    kept = old.read_bytes()
    graph_folder.save(graph, folder)
    assert caches(folder) == [], "the folder is replaced as a whole"
    old.write_bytes(kept)  # and if it were not:
    with EmbeddedStore.open(folder) as store:
        assert store.query("MATCH (c:Company {name: '新'}) RETURN c.id AS id")["id"].tolist() == ["company:新"]
    (new,) = caches(folder)
    assert new != old


@pytest.mark.parametrize("damage", ["empty", "half", "noise", "flipped", "a folder"])
def test_a_damaged_cache_is_made_anew(folder: Path, damage: str) -> None:
    EmbeddedStore.open(folder).close()
    (cache,) = caches(folder)
    content = cache.read_bytes()
    middle = len(content) // 2
    if damage == "a folder":
        cache.unlink()
        cache.mkdir()
    else:
        flipped = content[:middle] + bytes(b ^ 0xFF for b in content[middle : middle + 64]) + content[middle + 64 :]
        cache.write_bytes(
            {"empty": b"", "half": content[:middle], "noise": os.urandom(2048), "flipped": flipped}[damage]
        )
    with EmbeddedStore.open(folder) as store, EmbeddedStore(GRAPH) as direct:
        assert answers(store) == answers(direct)
    if cache.is_file():
        assert kglite.load(str(cache), verify="eager").schema()["node_count"] == sum(map(len, GRAPH.nodes.values()))


def test_a_cache_of_another_graph_under_the_right_name_is_not_believed(folder: Path, tmp_path: Path) -> None:
    EmbeddedStore.open(folder).close()
    (cache,) = caches(folder)
    rows = [{"id": "company:假", "name": "假", "aliases": [], "sources": []}]
    other = graph_folder.save(KnowledgeGraph.from_rows({"Company": rows}, {}), tmp_path / "other")
    EmbeddedStore.open(other).close()
    (foreign,) = caches(other)
    for stamped in (False, True):
        cache.write_bytes(foreign.read_bytes())
        if stamped:
            cache.with_suffix(".sha256").write_bytes(foreign.with_suffix(".sha256").read_bytes())
        with EmbeddedStore.open(folder) as store, EmbeddedStore(GRAPH) as direct:
            assert answers(store) == answers(direct)


def test_a_tampered_frame_is_no_answer(folder: Path) -> None:
    EmbeddedStore.open(folder).close()
    path = folder / "nodes" / "Company.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(
        GraphError, match=r"Company\.parquet: is not the file that the build wrote .* build the graph again"
    ):
        EmbeddedStore.open(folder)


def test_the_schema_procedure_answers(folder: Path) -> None:
    with EmbeddedStore(GRAPH) as store:
        found = store.query("CALL db.schema.visualization()")
    assert {node["label"] for node in found["nodes"][0]} == set(GRAPH.nodes)
    assert {edge["type"] for edge in found["relationships"][0]} == set(GRAPH.edges)


def test_a_folder_that_cannot_be_written_is_served_from_memory(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object, *_: object, **__: object) -> None:
        raise kglite.FileIoError("read-only file system")

    class Sealed:
        """Permission bits do not stop root, so the engine's own save is what fails."""

        def __init__(self, engine: object) -> None:
            self.engine = engine

        def __getattr__(self, name: str) -> object:
            return refuse if name == "save" else getattr(self.engine, name)

    original = EmbeddedStore.load

    def load(self: EmbeddedStore, graph: KnowledgeGraph, *, progress: bool = False) -> None:
        original(self, graph, progress=progress)
        self._engine = Sealed(self._engine)

    monkeypatch.setattr(EmbeddedStore, "load", load)
    with EmbeddedStore.open(folder) as store:
        assert store.query(COUNT)["n"].tolist() == [sum(map(len, GRAPH.nodes.values()))]
    assert caches(folder) == []


def test_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="not a graph folder"):
        EmbeddedStore.open(tmp_path)
    with pytest.raises(GraphError, match="no such graph"):
        EmbeddedStore.open(tmp_path / "nothing")


def _open_and_count(path: str, queue: multiprocessing.Queue[object]) -> None:
    with EmbeddedStore.open(path) as store:
        queue.put(int(store.query(COUNT)["n"].iloc[0]))


def test_processes_that_open_at_the_same_time(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[object] = context.Queue()
    processes = [context.Process(target=_open_and_count, args=(str(folder), queue)) for _ in range(3)]
    for process in processes:
        process.start()
    got = [queue.get(timeout=120) for _ in processes]
    for process in processes:
        process.join()
    queue.close()
    assert got == [sum(map(len, GRAPH.nodes.values()))] * 3
    assert len(caches(folder)) == 1


def test_threads_ask_at_the_same_time() -> None:
    got: list[object] = []
    with EmbeddedStore(GRAPH) as store:

        def ask(name: str) -> None:
            statement = "MATCH (c:Company {name: $name})-[r]->(x) RETURN r, x.id AS id ORDER BY r.id"
            got.append((name, [r["subject"] for r in store.query(statement, {"name": name})["r"]]))

        threads = [threading.Thread(target=ask, args=(name,)) for name in ["华为", "甲公司", "百度"] * 5]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(got) == 15
    assert all(ends and set(ends) == {f"company:{name}"} for name, ends in got)  # type: ignore[misc]


def test_no_node_is_invented() -> None:
    nodes, edges = store_rows()
    edges["SUPPLIES"].append(edge("SUPPLIES", "company:甲公司", "company:无"))
    with EmbeddedStore() as store:
        with pytest.raises(GraphError, match="company:无"):
            store.load(graph_of(nodes, edges))
        assert store.query(COUNT)["n"].tolist() == [0]


def test_the_ontology_has_no_names_that_kglite_takes() -> None:
    schema = load_schema()
    columns = {c for label in schema.labels for c in schema.node_columns(label)}
    columns |= {c for name in schema.relations for c in schema.edge_columns(name)}
    assert not columns & {"title", "type", "label"}


def test_many_parallel_edges_between_many_labels() -> None:
    """kglite folds parallel edges in every load of a type but the first from a label: none may be lost."""
    codes = [f"{n:06d}" for n in range(20)]
    nodes = {
        "Policy": [{"id": f"policy:{c}", "name": c} for c in codes],
        "City": [{"id": f"city:{c}", "name": c} for c in codes],
        "Province": [{"id": f"province:{c}", "name": c} for c in codes],
        "Park": [{"id": f"park:{c}", "name": c} for c in codes],
    }
    edges = {
        "APPLIES_TO": [
            edge("APPLIES_TO", f"policy:{c}", f"{kind}:{c}", n, as_of=f"20{n:02d}")
            for kind in ("city", "province", "park")
            for c in codes
            for n in range(3)
        ]
    }
    with EmbeddedStore(graph_of(nodes, edges)) as store:
        found = store.query("MATCH ()-[r:APPLIES_TO]->(x) RETURN r.id AS id, x.id AS x, r.as_of AS as_of")
    assert len(found) == 180
    assert sorted(found["id"]) == sorted(e["id"] for e in edges["APPLIES_TO"])


def test_a_closed_store_says_so() -> None:
    store = EmbeddedStore(GRAPH)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query(COUNT)
    with pytest.raises(StoreError, match="closed"):
        store.schema()


def test_progress_is_shown_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with EmbeddedStore() as store:
        store.load(GRAPH, progress=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "nodes" in shown.err
