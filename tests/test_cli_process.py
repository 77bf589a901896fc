"""The command line as processes: encodings, pipes, full disks, Ctrl-C, where no graph is, and how soon it answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_support import command, environment, one_line, process, write_documents

import aikg
from aikg.cli.demo import is_free

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and signals as POSIX has them")
HEAVY = ("pandas", "numpy", "pyarrow", "rdflib", "kglite", "pyvis", "IPython", "networkx", "neo4j", "tqdm", "scipy")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("process")
    aikg.build(*write_documents(folder), graph=folder / "aikg-graph").close()
    return folder


def test_module_and_version(tmp_path: Path) -> None:
    done = process("--version", cwd=tmp_path)
    assert done.stdout.decode() == f"aikg {aikg.__version__}\n"
    assert process(cwd=tmp_path).stdout == process("--help", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "POSIX"},
    ],
)
def test_output_is_utf8_in_any_locale(built: Path, environ: dict[str, str]) -> None:
    rows = json.loads(process("conflicts", "--cite", "--format", "json", cwd=built, environ=environ).stdout)
    assert rows[0]["subject"] == "甲智能"
    assert "用法".encode() in process("--help", cwd=built, environ=environ).stdout
    wrong = process("asks", cwd=built, environ=environ)
    assert wrong.returncode == 2
    assert "没有“asks”这个命令" in one_line(wrong.stderr.decode("utf-8"))


@pytest.mark.parametrize(
    ("environ", "begins"),
    [
        ({"LANG": "zh_CN.GB18030"}, "用法"),
        ({"LANG": "C.UTF-8"}, "用法"),
        ({}, "用法"),
        ({"LANG": "en_GB.UTF-8"}, "Usage"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "用法"),
        ({"LANG": "zh_CN.UTF-8", "AIKG_LANG": "en"}, "Usage"),
    ],
)
def test_language_follows_the_environment(tmp_path: Path, environ: dict[str, str], begins: str) -> None:
    assert process("ask", "--help", cwd=tmp_path, environ=environ).stdout.decode("utf-8").startswith(begins)


def test_csv_lines_end_in_lf_and_nothing_is_shortened_in_a_pipe(built: Path) -> None:
    csv = process("conflicts", "--format", "csv", "--bom", cwd=built).stdout
    assert csv.startswith(b"\xef\xbb\xbfkind,severity,")
    assert b"\r" not in csv
    statement = f"RETURN '{'长' * 500}' AS a, '{'x' * 500}' AS b"
    table = process("cypher", statement, cwd=built, environ={"COLUMNS": "60"}).stdout.decode("utf-8").splitlines()
    assert table[2].split() == ["长" * 500, "x" * 500]


@posix
def test_a_reader_that_leaves_is_no_error(built: Path) -> None:
    # Far more than the buffer of a pipe holds, so that writing goes on when the reader has left.
    words = command("cypher", "UNWIND range(1, 50000) AS n RETURN n, '某市产业' AS name", "--format", "csv")
    with subprocess.Popen(
        words, cwd=built, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"n,name\n"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(built: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("conflicts"), cwd=built, env=environment(), stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 1
    assert "磁盘已满" in one_line(done.stderr.decode("utf-8"))


@posix
def test_an_interrupted_build_leaves_the_previous_graph(tmp_path: Path) -> None:
    target = tmp_path / "g"
    aikg.build(*write_documents(tmp_path), graph=target).close()
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    slow = tmp_path / "slow.md"
    os.mkfifo(slow)  # the build waits for it for as long as nothing is written into it
    with subprocess.Popen(
        command("build", str(slow), "--graph", str(target)),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A test run in the background has SIGINT ignored, and its children would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        writer = _opened_by(running, slow)
        out, error = _interrupted(running)
        os.close(writer)
    assert running.returncode == 130
    assert (out, one_line(error.decode("utf-8"))) == (b"", "aikg: 已中断")
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"g", "firms.csv", "report.md", "slow.md"}


def _interrupted(running: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What a process leaves behind after Ctrl-C; pressed again, as a person would, when nothing happens.

    A signal that arrives between opening a pipe and waiting for it is only seen once the waiting ends: on a busy
    machine the first one can fall into that gap.
    """
    for _ in range(20):
        running.send_signal(signal.SIGINT)
        try:
            return running.communicate(timeout=3)
        except subprocess.TimeoutExpired:
            continue
    running.kill()
    raise AssertionError("the process goes on in spite of 20 interruptions")


def _opened_by(running: subprocess.Popen[bytes], pipe: Path) -> int:
    """The writing end of a named pipe, as soon as `running` has opened the other one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert running.poll() is None, running.communicate()
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.02)
    raise AssertionError(f"{pipe} was not opened within a minute")


def test_without_a_graph_the_shipped_data_set_is_read_and_stderr_says_so(tmp_path: Path) -> None:
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path / "cache")}
    done = process("sources", "--format", "json", cwd=tmp_path, environ=cache)
    assert done.returncode == 0, done.stderr
    assert "aikg-graph" in one_line(done.stderr.decode("utf-8"))
    assert all(row["id"].startswith("src:") for row in json.loads(done.stdout))
    assert not (tmp_path / "aikg-graph").exists()


def test_demo_builds_answers_and_draws(tmp_path: Path) -> None:
    done = process("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("utf-8")
    assert text.count("$ aikg ask ") >= 3
    assert "，第" in text  # citations
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aikg-graph", "aikg-network.html", "aikg-panorama.html"]
    assert is_free(tmp_path / "aikg-graph")  # the demo may run again here: nothing in it is the user's own
    assert process("check", cwd=tmp_path).returncode == 0
    assert process("ask", "companies-across-layers", "--format", "json", cwd=tmp_path).stderr == b""


@pytest.mark.parametrize(
    ("words", "free"),
    [
        (["--help"], HEAVY),
        (["ask", "--help"], HEAVY),
        (["asks"], HEAVY),
        (["queries", "--format", "json"], HEAVY),
        (["completion", "zsh"], HEAVY),
        (["view", "--format", "json"], ("pyvis", "IPython", "kglite", "neo4j", "tqdm")),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(tmp_path: Path, words: list[str], free: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom aikg.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        f"print('loaded', sorted(set(sys.modules) & set({free!r})), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, timeout=60, check=True
    )
    assert done.stderr.decode("utf-8").splitlines()[-1] == "loaded []"
