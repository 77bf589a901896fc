"""The graph folder: round trip, replacement as a whole, and what damage looks like to a user."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.graph.folder import is_graph, load, read_manifest, save
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def damage_manifest(folder: Path, **entries: object) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | entries), encoding="utf-8")


def graph_of(*names: str) -> KnowledgeGraph:
    nodes = [
        {"id": f"company:{n}", "name": n, "aliases": [], "sources": ["src:0123456789ab#L1"], "listed": True}
        for n in names
    ]
    statement = {
        "label": "Company",
        "id": "company:x",
        "property": "name",
        "value": "x",
        "source": None,
        "line": None,
        "locator": "",
    }
    return KnowledgeGraph.from_rows({"Company": nodes}, {}, [statement], {"inputs": []})


def assert_same(a: KnowledgeGraph, b: KnowledgeGraph) -> None:
    assert a.nodes.keys() == b.nodes.keys()
    assert a.edges.keys() == b.edges.keys()
    for label, frame in a.nodes.items():
        pd.testing.assert_frame_equal(frame, b.nodes[label])
    for kind, frame in a.edges.items():
        pd.testing.assert_frame_equal(frame, b.edges[kind])
    pd.testing.assert_frame_equal(a.statements, b.statements)


@settings(max_examples=30, deadline=None)
@given(
    names=st.lists(TEXT, max_size=5, unique=True),
    aliases=st.lists(TEXT, max_size=3),
    founded=st.none() | st.just("2022-09"),
)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], aliases: list[str], founded: str | None
) -> None:
    rows = [{"id": f"company:{n}", "name": n, "aliases": aliases, "sources": [], "founded": founded} for n in names]
    edges = [
        {"id": f"SUPPLIES:{i}", "subject": "a", "object": n, "sources": ["s"], "share": 0.5}
        for i, n in enumerate(names)
    ]
    graph = KnowledgeGraph.from_rows({"Company": rows}, {"SUPPLIES": edges})
    folder = tmp_path_factory.mktemp("graph") / "图谱 folder"
    assert_same(graph, load(save(graph, folder)))


def test_the_same_graph_has_the_same_content_hash(tmp_path: Path) -> None:
    save(graph_of("a", "b"), tmp_path / "one")
    save(graph_of("b", "a"), tmp_path / "two")
    save(graph_of("a", "c"), tmp_path / "three")
    one, two, three = (read_manifest(tmp_path / n)["content"] for n in ("one", "two", "three"))
    assert one == two
    assert one != three


def test_a_build_replaces_the_whole_folder(tmp_path: Path) -> None:
    folder = save(graph_of("a"), tmp_path / "g")
    (folder / "cache.old").write_text("stale", encoding="utf-8")
    save(graph_of("b"), folder)
    assert list(load(folder).nodes["Company"]["name"]) == ["b"]
    assert not (folder / "cache.old").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["g"], "no temporary folder is left"


def test_a_folder_of_something_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match="is not a graph folder"):
        save(graph_of("a"), tmp_path / "letters")
    assert (tmp_path / "letters" / "dear.txt").exists()


def test_a_failed_write_leaves_the_previous_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = save(graph_of("a"), tmp_path / "g")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    with pytest.raises(GraphError, match=r"No space left.*previous graph is untouched"):
        save(graph_of("b"), folder)
    monkeypatch.undo()
    assert list(load(folder).nodes["Company"]["name"]) == ["a"]
    assert [p.name for p in tmp_path.iterdir()] == ["g"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_kill_between_the_two_renames_loses_nothing(tmp_path: Path) -> None:
    folder = save(graph_of("a"), tmp_path / "g")
    script = f"""
    import os, signal
    from pathlib import Path
    real = Path.rename
    def rename(self, target):
        made = real(self, target)
        if str(target).endswith(".previous"):
            os.kill(os.getpid(), signal.SIGKILL)
        return made
    Path.rename = rename
    from aikg.graph.folder import load, save
    save(load({str(folder)!r}), {str(folder)!r})
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not folder.exists(), "the kill came where the test wants it"
    assert list(load(folder).nodes["Company"]["name"]) == ["a"]
    save(graph_of("b"), folder)
    assert list(load(folder).nodes["Company"]["name"]) == ["b"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda f: (f / "manifest.json").unlink(), "is not a graph folder; make one with `aikg build"),
        (lambda f: (f / "manifest.json").write_text("{", encoding="utf-8"), "manifest.json cannot be read"),
        (lambda f: (f / "manifest.json").write_text("[]", encoding="utf-8"), "not that of a graph"),
        (
            lambda f: (f / "nodes" / "Company.parquet").write_bytes(b"PAR1"),
            "Company.parquet: is not the file that the build wrote",
        ),
        (lambda f: damage_manifest(f, counts=7), "not that of a graph"),
        (lambda f: damage_manifest(f, counts={"nodes": [], "edges": {}}), "not that of a graph"),
        (lambda f: damage_manifest(f, counts={"nodes": {"Company": "1"}, "edges": {}}), "not that of a graph"),
        (lambda f: damage_manifest(f, format="one"), "not that of a graph"),
        (lambda f: damage_manifest(f, files=["nodes"]), "not that of a graph"),
        (lambda f: damage_manifest(f, inputs="none"), "not that of a graph"),
        (lambda f: damage_manifest(f, content=3), "not that of a graph"),
        (lambda f: (f / "statements.parquet").unlink(), "statements.parquet: cannot be read"),
    ],
)
def test_damage_is_one_clear_line(tmp_path: Path, damage: object, said: str) -> None:
    folder = save(graph_of("a"), tmp_path / "g")
    damage(folder)  # type: ignore[operator]
    with pytest.raises(GraphError) as error:
        load(folder)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    folder = save(graph_of("a"), tmp_path / "g")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 99}), encoding="utf-8")
    with pytest.raises(GraphError, match="newer aikg"):
        load(folder)


def test_missing_folder(tmp_path: Path) -> None:
    assert not is_graph(tmp_path / "none")
    with pytest.raises(GraphError, match="no such graph"):
        load(tmp_path / "none")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be written"):
        save(graph_of("a"), tmp_path / "file" / "g")


@pytest.mark.skipif(sys.platform == "win32", reason="processes are asked for by signal 0")
def test_what_a_killed_build_left_is_swept_and_a_running_ones_is_not(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as alive:
        for pid in (dead.pid, alive.pid):
            (tmp_path / f".g.new-{pid}-x").mkdir()
        save(graph_of("a"), tmp_path / "g")
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([f".g.new-{alive.pid}-x", "g"])
        alive.communicate(b"\n")
