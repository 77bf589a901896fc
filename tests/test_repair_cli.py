"""``aikg repair``: the list of changes, the clean text, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_support import one_line, process, run

DAMAGED = "首行\n專家訪談法:訪談?wù)a(chǎn)業(yè)主管,规劃(AI)\r\n\n產(chǎn)業(yè)西部?jī)H為4%"
CLEAN = "首行\n专家访谈法：访谈政府产业主管，规划(AI)\r\n\n产业西部仅为4%"
TRADITIONAL = "國家於2023年發佈雲計算規劃,後續的里程碑由監管部門託管"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "page.txt"
    path.write_text(DAMAGED, encoding="utf-8", newline="")
    return path


def test_the_changes_are_listed_and_doubt_is_marked(page: Path) -> None:
    zh, en = run("repair", "page.txt"), run("repair", "page.txt", lang="en")
    assert (zh.exit_code, en.exit_code) == (0, 0)
    lines = zh.stdout.splitlines()
    assert lines[0] == "2: 專 → 专"
    assert "2: ?wù)a(chǎn) → 政府产  【拿不准：也可能是“正产”】" in lines
    assert "4: ?jī)H → 仅" in lines
    assert "2: ?wù)a(chǎn) → 政府产  [unsure: may also be 正产]" in en.stdout.splitlines()
    assert one_line(zh.stderr).startswith("aikg: page.txt：被转换程序损坏；改动 ")
    assert one_line(zh.stderr).endswith("；1 处拿不准（第 2 行）")
    assert one_line(en.stderr).endswith("; 1 unsure (line 2)")
    assert page.read_bytes() == DAMAGED.encode()


def test_the_changes_as_json(page: Path) -> None:
    rows = json.loads(run("repair", "page.txt", "--format", "json").stdout)
    lines = CLEAN.replace("\r", "").split("\n")
    assert all(lines[row["line"] - 1][row["start"] : row["end"]] == row["repaired"] for row in rows)
    assert {row["kind"] for row in rows} == {"reading", "script", "shift", "mark"}
    (unsure,) = [row for row in rows if not row["sure"]]
    assert unsure["note"] == {"en": "may also be 正产", "zh": "也可能是“正产”"}
    page.write_text("干净的文本", encoding="utf-8")
    assert json.loads(run("repair", "page.txt", "--format", "json").stdout) == []


def test_the_clean_text_has_as_many_lines_and_the_same_line_ends(page: Path) -> None:
    done = run("repair", "page.txt", "--output", "clean.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "clean.txt" in done.stderr
    assert Path("clean.txt").read_bytes() == CLEAN.encode()
    assert sorted(path.name for path in page.parent.iterdir()) == ["clean.txt", "page.txt"]
    assert run("repair", "page.txt", "-o", "-").stdout.replace("\r\n", "\n") == CLEAN.replace("\r\n", "\n")
    both = run("repair", "page.txt", "-o", "clean.txt", "--format", "json")
    assert json.loads(both.stdout)[0]["given"] == "專"


@pytest.mark.parametrize("text", [TRADITIONAL, "人工智能(AI)芯片(chip),由IDC预测\n", "plain English (chip), 7:30\n"])
def test_what_is_not_damaged_comes_out_as_it_went_in(page: Path, text: str) -> None:
    page.write_text(text, encoding="utf-8", newline="")
    done = run("repair", "page.txt", lang="en")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "not damaged" in one_line(done.stderr)
    assert run("repair", "page.txt", "-o", "same.txt").exit_code == 0
    assert Path("same.txt").read_bytes() == text.encode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_clean_text_is_utf_8_whatever_was_given(page: Path, encoding: str) -> None:
    plain = "人工智能与各行各业深度融合\n" * 3  # GB 18030 without Simplified characters is not told from other bytes
    page.write_bytes((plain + DAMAGED).encode(encoding))
    assert run("repair", "page.txt", "-o", "clean.txt").exit_code == 0
    assert Path("clean.txt").read_bytes() == (plain + CLEAN).encode()


@pytest.mark.parametrize("target", ["page.txt", "./page.txt", "link.txt"])
def test_the_input_is_never_written_over(page: Path, target: str) -> None:
    Path("link.txt").symlink_to(page)
    done = run("repair", "page.txt", "--output", target)
    assert done.exit_code == 2
    assert target in one_line(done.stderr)
    assert page.read_bytes() == DAMAGED.encode()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere.txt"], 1, "nowhere.txt"),
        (["."], 1, "文件夹"),
        (["empty.txt"], 1, "空"),
        (["picture.txt"], 1, "图片"),
        (["page.txt", "-o", "nowhere/a.txt"], 1, "nowhere"),
        (["page.txt", "-o", "."], 1, "文件夹"),
        (["page.txt", "-o", "-", "--format", "json"], 2, "--format"),
        (["page.txt", "--format", "csv"], 2, "csv"),
        ([], 2, "FILE"),
    ],
)
def test_what_cannot_be_done_is_one_line(page: Path, words: list[str], code: int, said: str) -> None:
    Path("empty.txt").touch()
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 400_000)
    done = run("repair", *words)
    assert done.exit_code == code
    assert said in one_line(done.stderr)
    assert not list(page.parent.glob(".*"))


def test_a_failure_halfway_leaves_the_old_file(page: Path) -> None:
    page.write_bytes(b"plain text\n" * 50_000 + "产业".encode() + b"\xff\xfe\xff" + b"\n")
    Path("clean.txt").write_text("old", encoding="utf-8")
    done = run("repair", "page.txt", "-o", "clean.txt")
    assert done.exit_code == 1
    assert "page.txt" in one_line(done.stderr)
    assert Path("clean.txt").read_text(encoding="utf-8") == "old"


def test_memory_does_not_grow_with_the_file(page: Path) -> None:
    """Five times the text in one line takes no more memory than the text once; measured in a process of its own."""
    script = (
        "import resource, sys; from pathlib import Path; from aikg.loaders.repair.stream import *\n"
        "path = Path(sys.argv[1]); n = sum(len(p.text) for p in repaired_pieces(path, survey(path)))\n"
        "print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    pytest.importorskip("resource")
    import subprocess
    import sys

    peaks = []
    for times in (1, 5):
        page.write_text(
            "人工智能產(chǎn)業(yè)發(fā)展規(guī)劃,西部地區(qū)為4%。" * (40_000 * times), encoding="utf-8"
        )
        out = subprocess.run([sys.executable, "-c", script, str(page)], capture_output=True, check=True, timeout=120)
        peaks.append(int(out.stdout.split()[1]))
    assert peaks[1] < 1.2 * peaks[0]


def test_as_a_process_with_a_reader_that_leaves(page: Path) -> None:
    done = process("repair", "page.txt", "--lang", "en", cwd=page.parent, environ={"LC_ALL": "C"})
    assert (done.returncode, done.stderr.count(b"\n")) == (0, 1)
    assert "產(chǎn)業(yè) → 产业" in done.stdout.decode("utf-8")
