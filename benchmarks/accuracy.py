"""How much of what documents say is in the graph, and how much in the graph they do not say.

    python benchmarks/accuracy.py GOLD DOCUMENT…          # extraction alone, each document by itself
    python benchmarks/accuracy.py GOLD --export FOLDER    # an export made before (aikg export kgx FOLDER)
    python benchmarks/accuracy.py --speed TEXT            # MB/s of repair and of extraction beside OpenCC, 1 to 100 MB

GOLD is a folder with entities.csv, relations.csv and observations.csv; the document of a row is the beginning of its
file's name. Precision of relations and observations counts only what is in the gold as right, so a true statement that
the gold does not list lowers it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from scoring import Export, Score, read, score

import aikg


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("documents", type=Path, nargs="*")
    parser.add_argument("--export", type=Path, help="a folder with nodes.tsv and edges.tsv")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="show N misses and N wrong statements of each kind"
    )
    parser.add_argument("--speed", type=Path, metavar="TEXT", help="measure the throughput on copies of this text")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100], metavar="MB")
    options = parser.parse_args()
    if options.gold:
        accuracy(options)
    if options.speed:
        speed(options.speed, options.sizes)


def accuracy(options: argparse.Namespace) -> None:
    known = {row["doc"] for row in read(options.gold / "entities.csv")}
    totals: dict[str, Score] = {}
    print(f"{'document':10} {'kind':13} {'gold':>5} {'recall':>7} {'stated':>7} {'precision':>9} {'F1':>6}")
    if options.export:
        export = Export(options.export)
        runs = [(name, export) for name in sorted(known)]
    else:
        runs = []
        for path in options.documents:
            name = next((n for n in sorted(known, key=len, reverse=True) if path.stem.startswith(n)), None)
            if name is None:
                sys.exit(f"{path}: the gold knows no document of this name; known are {', '.join(sorted(known))}")
            runs.append((name, _built(path)))
    for name, export in runs:
        for kind, made in score(export, options.gold, name).items():
            _show(name, kind, made, options.misses)
            totals.setdefault(kind, Score()).add(made)
    if len(runs) > 1:
        for kind, made in totals.items():
            _show("all", kind, made, 0)


def _built(path: Path) -> Export:
    with tempfile.TemporaryDirectory() as folder, aikg.build(path) as kg:
        kg.export("kgx", folder)
        return Export(Path(folder))


def _show(document: str, kind: str, made: Score, misses: int) -> None:
    # `named` only asks whether what stands under the labels of proper names is right.
    recall = "      –" if kind == "named" else f"{made.recall:7.3f}"
    f1 = "     –" if kind == "named" else f"{made.f1:6.3f}"
    print(f"{document:10} {kind:13} {made.gold:5} {recall} {made.stated:7} {made.precision:9.3f} {f1}")
    for miss in made.misses[:misses]:
        print("    missing:", " | ".join(miss))
    for wrong in made.wrong[:misses]:
        print("    not in the gold:", " | ".join(wrong))


def speed(text: Path, sizes: list[int]) -> None:
    import opencc

    from aikg.loaders.extract.prose import PatternExtractor
    from aikg.loaders.extract.protocol import Prose
    from aikg.loaders.readers.document import read_document
    from aikg.loaders.repair.text import repair_lines

    document = read_document(text)
    size = len(document.text.encode("utf-8")) / 1e6
    converter = opencc.OpenCC("t2s")
    extractor = PatternExtractor()
    extractor.extract(Prose(document, document.lines))
    print(f"{'MB':>6} {'OpenCC MB/s':>12} {'repair MB/s':>12} {'of OpenCC':>10} {'extract MB/s':>13} {'of OpenCC':>10}")
    for wanted in sizes:
        copies = max(1, round(wanted / size))
        lines = list(document.lines) * copies
        mega = size * copies
        started = time.perf_counter()
        for line in lines:
            converter.convert(line)
        plain = mega / (time.perf_counter() - started)
        started = time.perf_counter()
        repaired = repair_lines(lines)
        repair = mega / (time.perf_counter() - started)
        started = time.perf_counter()
        extractor.extract(Prose(document, repaired.reading))
        extract = mega / (time.perf_counter() - started)
        row = f"{mega:6.1f} {plain:12.1f} {repair:12.2f} {repair / plain:10.3f} {extract:13.2f} {extract / plain:10.3f}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
