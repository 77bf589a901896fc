"""PageRank, components and k-core at a million companies: networkx, the raw libraries and ours, from the same frames.

    python benchmarks/analysis.py                          # 1,000,000 companies, about 8 million relations
    python benchmarks/analysis.py --companies 50000 --skip-networkx

Every leg starts from one Arrow-backed frame of edges with ids as text, structure included, and runs in a process of its
own, whose peak memory (`resource.getrusage`) is shown beside the time; the memory of the frame alone is said too.
*Raw* is what somebody writes who knows the libraries: `pandas.factorize`, then networkit or SciPy; where both can do it,
the faster of the two counts. The results are compared: components and k-core must be identical, PageRank within 1e-6.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TASKS = ("pagerank", "components", "k-core")
LEGS = {"pagerank": ("networkit", "scipy"), "components": ("networkit", "scipy"), "k-core": ("networkit",)}
RELATIONS_OF_COMPANY = (("city", 300, 1), ("segment", 200, 2), ("layer", 3, 1), ("park", 20_000, 1))
"""Kind of the other end, how many there are (of a million companies), relations of each company to it."""
SUPPLIES_PER_COMPANY = 3


def edge_frame(companies: int, seed: int = 0) -> pd.DataFrame:
    """Relations of this many companies: to places, segments, layers and parks with a skew, and to each other.

    Few cities and segments have most of the companies (1/rank), and a few suppliers have most of the customers.
    """
    rng = np.random.default_rng(seed)
    firms = pa.array([f"company:企业{number:07d}" for number in range(companies)])
    sources, targets = [], []
    for kind, count, each in RELATIONS_OF_COMPANY:
        ends = pa.array([f"{kind}:{number:06d}" for number in range(count)])
        weights = 1.0 / np.arange(1, count + 1)
        for _ in range(each):
            sources.append(firms)
            targets.append(ends.take(pa.array(rng.choice(count, companies, p=weights / weights.sum()))))
    links = SUPPLIES_PER_COMPANY * companies
    # Density of x^-0.7: the first percent of the companies supplies about a quarter.
    supplier = (companies * rng.random(links) ** 3.3).astype(np.int64)
    order = rng.permutation(companies)
    sources.append(firms.take(pa.array(order[supplier])))
    targets.append(firms.take(pa.array(rng.integers(0, companies, links))))
    table = pa.table({"source": pa.chunked_array(sources), "target": pa.chunked_array(targets)})
    shuffled = table.take(pa.array(rng.permutation(len(table)))).combine_chunks()
    return shuffled.to_pandas(types_mapper=pd.ArrowDtype)


def leg_networkx(edges: pd.DataFrame, task: str) -> dict[str, Any]:
    import networkx as nx

    made = nx.from_pandas_edgelist(
        edges, "source", "target", create_using=nx.DiGraph if task == "pagerank" else nx.Graph
    )
    if task == "pagerank":
        return _keyed(nx.pagerank(made, tol=1e-10 / len(made), max_iter=1000))
    if task == "components":
        return {node: number for number, part in enumerate(nx.connected_components(made)) for node in part}
    made.remove_edges_from(list(nx.selfloop_edges(made)))
    return _keyed(nx.core_number(made))


def _keyed(found: Any) -> dict[str, Any]:
    return dict(found)


def leg_raw(edges: pd.DataFrame, task: str, library: str) -> tuple[Any, Any]:
    both = pd.concat([edges["source"], edges["target"]], ignore_index=True)
    codes, ids = pd.factorize(both)
    start, end = codes[: len(edges)], codes[len(edges) :]
    n = len(ids)
    if library == "scipy":
        return _raw_scipy(start, end, n, task), ids
    import networkit as nk

    start, end = start.astype(np.uint64), end.astype(np.uint64)
    if task == "k-core":
        graph = nk.GraphFromCoo((start, end), n=n)
        graph.removeSelfLoops()
        graph.removeMultiEdges()
        found = nk.centrality.CoreDecomposition(graph)
        found.run()
        return np.array(found.scores()), ids
    graph = nk.GraphFromCoo((start, end), n=n, directed=task == "pagerank")
    if task == "components":
        parts = nk.components.ConnectedComponents(graph)
        parts.run()
        return np.array(parts.getPartition().getVector()), ids
    graph.removeMultiEdges()
    sinks = nk.centrality.SinkHandling.DistributeSinks
    ranks = nk.centrality.PageRank(graph, damp=0.85, tol=1e-10, distributeSinks=sinks)
    ranks.run()
    return np.array(ranks.scores()), ids


def _raw_scipy(start: Any, end: Any, n: int, task: str) -> Any:
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import connected_components

    matrix = sparse.csr_array((np.ones(len(start)), (start, end)), shape=(n, n))
    if task == "components":
        return connected_components(matrix, directed=False)[1]
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    out = matrix.sum(axis=1)
    share = np.where(out > 0, 0.85 / np.where(out > 0, out, 1), 0)
    into = matrix.T.tocsr()
    value = np.full(n, 1 / n)
    for _ in range(500):
        before = value
        value = into @ (before * share) + (0.15 + 0.85 * before[out == 0].sum()) / n
        if np.abs(value - before).sum() < 1e-10:
            break
    return value


def leg_ours(edges: pd.DataFrame, task: str) -> pd.DataFrame:
    if task == "components":
        from aikg.graph.analysis.communities import communities

        return communities(edges, "components").rename(columns={"community": "value"})
    from aikg.graph.analysis.centrality import centrality

    return centrality(edges, task)


def run(path: Path, task: str, leg: str, out: Path) -> None:
    """One leg in this process: its seconds and memory as JSON on stdout, its result as Parquet."""
    edges = pq.read_table(path).to_pandas(types_mapper=pd.ArrowDtype)
    for library in ("networkx", "networkit", "scipy.sparse.csgraph"):  # not what is measured
        if leg in ("ours", *library.split(".")):
            __import__(library)
    before = _peak()
    start = time.perf_counter()
    if leg == "networkx":
        found = leg_networkx(edges, task)
        seconds = time.perf_counter() - start
        ids, values = list(found), list(found.values())
    elif leg == "ours":
        frame = leg_ours(edges, task)
        seconds = time.perf_counter() - start
        ids, values = frame["id"], frame["value"]
    else:
        values, ids = leg_raw(edges, task, leg)
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": _peak(), "before": before}))
    pq.write_table(pa.table({"id": pa.array(ids), "value": pa.array(values)}), out)


def _peak() -> float:
    """Peak memory of this process in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 30 if sys.platform == "darwin" else 1 << 20)


def same(task: str, first: Path, second: Path) -> str:
    """How far two results are apart; `identical` for partitions and for k-core."""
    a, b = (pq.read_table(path).sort_by("id")["value"].to_numpy() for path in (first, second))
    if len(a) != len(b):
        return f"{len(a):,} and {len(b):,} nodes"
    if task == "pagerank":
        return f"differs by {np.abs(a / a.sum() - b / b.sum()).max():.0e}"
    if task == "k-core":
        return "identical" if np.array_equal(a, b) else f"{(a != b).sum():,} nodes differ"
    # Two partitions are one if each part of either lies in one part of the other.
    pairs = len(np.unique(np.stack([a, b], axis=1), axis=0))
    return "identical" if pairs == len(np.unique(a)) == len(np.unique(b)) else "another partition"


def main() -> int:
    """Print the table; 1 where a result differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--skip-networkx", action="store_true", help="networkx takes minutes and some GB")
    parser.add_argument("--only", choices=TASKS, help="one of the tasks")
    parser.add_argument("--leg", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.leg:
        path, task, leg, out = given.leg
        run(Path(path), task, leg, Path(out))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edges.parquet"
        frame = edge_frame(given.companies)
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), path)
        print(f"{given.companies:,} companies, {len(frame):,} relations")
        del frame
        shown = ("networkx", "networkit", "scipy", "numpy", "pandas", "pyarrow")
        print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, ", end="")
        print(", ".join(f"{name} {version(name)}" for name in shown), flush=True)
        tasks = [given.only] if given.only else list(TASKS)
        wrong = [task for task in tasks if not _compare(path, task, Path(folder), given.skip_networkx)]
    return 1 if wrong else 0


def _compare(path: Path, task: str, folder: Path, skip_networkx: bool) -> bool:
    legs = [*LEGS[task], "ours", *([] if skip_networkx else ["networkx"])]
    taken = {}
    print(f"\n{task:12}{'seconds':>9}{'peak GB':>9}{'frame GB':>10}")
    for leg in legs:
        command = [sys.executable, __file__, "--leg", str(path), task, leg, str(folder / f"{leg}.parquet")]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        taken[leg] = found["seconds"]
        print(f"  {leg:10}{found['seconds']:9.1f}{found['peak']:9.2f}{found['before']:10.2f}", flush=True)
    raw = min(LEGS[task], key=lambda leg: taken[leg])
    line = f"  ours takes {taken['ours'] / taken[raw]:.2f} times raw {raw}"
    if "networkx" in taken:
        line += f"; networkx takes {taken['networkx'] / taken['ours']:.1f} times ours"
    results = {leg: same(task, folder / "ours.parquet", folder / f"{leg}.parquet") for leg in legs if leg != "ours"}
    print(line + "; " + ", ".join(f"{leg}: {found}" for leg, found in results.items()), flush=True)
    return all(found == "identical" or found.startswith("differs by") for found in results.values())


if __name__ == "__main__":
    sys.exit(main())
