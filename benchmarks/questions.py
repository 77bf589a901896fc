"""What a canned question costs beside its engine, on the shipped graph: names looked up, sources gathered, a frame made.

    python benchmarks/questions.py [--runs 15]

For every question with its defaults: the engine alone (the same statement with the same parameters, rows read), and
`kg.ask`. Prints the difference in milliseconds, and its median over all questions, with machine and versions.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable

import kglite

import aikg
from aikg.queries.catalogue import load_catalogue
from aikg.queries.parameters import resolve


def median_ms(run: Callable[[], object], runs: int) -> float:
    """Median time of a call in milliseconds, after one to warm up."""
    run()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    store, catalogue = aikg.build().store, load_catalogue()
    engine = store._engine
    rows = []
    for query in catalogue:
        given = resolve(store, query, {}).engine

        def alone(statement: str = query.statement, given: dict[str, object] = given) -> object:
            return engine.cypher(statement, params=given).to_list()

        raw = median_ms(alone, runs)
        asked = median_ms(lambda name=query.name: catalogue.ask(store, name), runs)
        rows.append((query.name, raw, asked, asked - raw))
    print(
        f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}, kglite {kglite.__version__}"
    )
    print(f"{'question':32}{'engine ms':>10}{'ask ms':>10}{'beside':>10}")
    for name, raw, asked, beside in rows:
        print(f"{name:32}{raw:10.1f}{asked:10.1f}{beside:10.1f}")
    print(
        f"{len(rows)} questions; beside the engine: median {statistics.median(r[3] for r in rows):.1f} ms, largest {max(r[3] for r in rows):.1f} ms"
    )


if __name__ == "__main__":
    main()
