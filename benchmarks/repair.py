"""How well and how fast damaged text is repaired, beside OpenCC and a pattern for brackets in the same run.

    python benchmarks/repair.py CLEAN.txt [--sizes 1,10,100]

CLEAN.txt is a clean text in Simplified Chinese. The converter of the tests damages it in several ways; printed are
damaged runs right and wrong by kind, the same for a chain of OpenCC and a pattern, throughput beside OpenCC alone,
and how time and memory grow with the size of a file (MB), also of one that is a single line.
"""

from __future__ import annotations

import argparse
import difflib
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import opencc

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from converter import READINGS, Habits, forward, traditional

from aikg.loaders.repair.text import Repaired, repair_lines

HABITS = {
    "as most pages": Habits(),
    "lost bytes leave no ?": Habits(silent=True),
    "the same, private signs kept": Habits(silent=True, keeps_private=True),
    "characters respected": Habits(shifts=False),
    "without brackets": Habits(brackets=False),
    "marks not narrowed": Habits(narrow=False),
}
KINDS = ("reading", "script", "shift", "mark")
TONED = r"\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\)"
MARKS = str.maketrans(",:;!?", "，：；！？")
STREAM = (
    "import resource, sys, time; from pathlib import Path\n"
    "from aikg.loaders.repair.stream import repaired_pieces, survey\n"
    "path = Path(sys.argv[1]); begun = time.process_time()\n"
    "size = sum(len(piece.text) for piece in repaired_pieces(path, survey(path)))\n"
    "print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
)


def wrong_runs(made: list[str], truth: list[str], done: Repaired) -> tuple[Counter[str], Counter[str]]:
    """Wrong runs by kind, and those of them that are marked as unsure."""
    wrong: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    changes: dict[int, list[tuple[int, int, str, bool]]] = {}
    for change in done.changes:
        changes.setdefault(change.line, []).append((change.start, change.end, change.kind, change.sure))
    for number, (line, right) in enumerate(zip(made, truth, strict=True), start=1):
        if line == right:
            continue
        for tag, start, end, _, _ in difflib.SequenceMatcher(None, line, right, autojunk=False).get_opcodes():
            if tag != "equal":
                hit = [c for c in changes.get(number, []) if c[0] <= end and c[1] >= start]
                kind = next((c[2] for c in hit if c[2] == "shift"), hit[0][2] if hit else "missed")
                wrong[kind] += 1
                marked[kind] += any(not c[3] for c in hit)
    return wrong, marked


def quality(clean: str) -> None:
    """Right and wrong runs, ours and those of the chain of tools."""
    t2s = opencc.OpenCC("t2s")
    truth = clean.split("\n")
    for name, habits in HABITS.items():
        damaged = forward(clean, habits).split("\n")
        done = repair_lines(damaged)
        runs = Counter(change.kind for change in done.changes)
        wrong, marked = wrong_runs(list(done.lines), truth, done)
        total = runs.total() + wrong["missed"]
        print(f"\n{name} ({done.kind}): {total:,} runs, right {1 - wrong.total() / total:.3%}")
        for kind in (*KINDS, "missed"):
            if runs[kind] or wrong[kind]:
                print(
                    f"  {kind:8} {runs[kind]:6,} runs, {wrong[kind]:3} wrong, {marked[kind]:3} of these marked unsure"
                )
        chain = [str(t2s.convert(re.sub(TONED, "", line))) for line in damaged]
        # The chain does nothing about marks: they are not held against it.
        failed, _ = wrong_runs(
            [line.translate(MARKS) for line in chain], [line.translate(MARKS) for line in truth], done
        )
        left = runs.total() - runs["mark"]
        shifts = f"{failed['shift']} of {runs['shift']} shifted runs wrong"
        print(f"  OpenCC and a pattern: right {1 - failed.total() / left:.3%} without marks; {shifts}")
        print(f"  unsure in all: {sum(not change.sure for change in done.changes)}")


def throughput(clean: str) -> None:
    """MB a second of one core, cold (every shifted run new) and beside OpenCC alone."""
    page = forward(clean)
    size = len(page.encode("utf-8")) / 1e6
    repair_lines(["產(chǎn)業(yè)西部?jī)H為"])  # the word list is read once
    from aikg.loaders.repair import replay, shift

    shift._read.cache_clear()
    replay._options.cache_clear()
    lines = page.split("\n")
    begun = time.process_time()
    repair_lines(lines)
    ours = time.process_time() - begun
    t2s = opencc.OpenCC("t2s")
    begun = time.process_time()
    for line in lines:
        t2s.convert(line)
    theirs = time.process_time() - begun
    print(f"\nthroughput: {size / ours:.2f} MB/s; OpenCC alone {size / theirs:.2f} MB/s; ratio {theirs / ours:.2f}")


def growth(clean: str, sizes: list[int]) -> None:
    """Time and peak memory of a file in lines and of one line, in a process each."""
    page = forward(clean)
    size = len(page.encode("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.txt"
        for shape, text in (("lines", page + "\n"), ("one line", page.replace("\n", ""))):
            for megabytes in sizes:
                with path.open("w", encoding="utf-8", newline="") as file:
                    for _ in range(max(megabytes * 1_000_000 // size, 1)):
                        file.write(text)
                out = subprocess.run(
                    [sys.executable, "-c", STREAM, str(path)], capture_output=True, check=True, text=True
                )
                seconds, peak = out.stdout.split()
                rate = path.stat().st_size / 1e6 / float(seconds)
                print(
                    f"{shape:8} {megabytes:4} MB: {float(seconds):7.2f} s, {rate:5.2f} MB/s, {int(peak) // 1024} MB memory"
                )


def main() -> int:
    """Print everything; 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clean", type=Path)
    parser.add_argument("--sizes", default="1,10,100")
    words = parser.parse_args()
    clean = words.clean.read_text(encoding="utf-8")
    print(f"{len(READINGS)} characters with readings, e.g. 业 → {traditional('业')}({READINGS[traditional('业')]})")
    quality(clean)
    throughput(clean)
    growth(clean, [int(size) for size in words.sizes.split(",")])
    print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
