"""Every question of the catalogue on generated graphs: seconds, peak memory, and how both grow.

    python benchmarks/scale.py                      # 5,000 and 50,000 companies
    python benchmarks/scale.py 1000 5000 --only companies-in-segment,chain-gaps

The graph is the hard case for statements: few segments, cities and layers, so that every one of them is a hub. A hub
cites every row that names it, hence its `sources` (and those of its place in the chain) are as long as the table of
companies. Half of the companies come from a table that states the layer of their segment, the other half from one
that does not. Each question runs in a process of its own, on a store opened before; memory is what the
answer adds to it. A question that does not answer within `--timeout` is shown with a dash.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from aikg.graph.folder import save
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.ontology.errors import AikgError
from aikg.queries.catalogue import load_catalogue

WITH_LAYERS, WITHOUT_LAYERS = "src:aaaaaaaaaaaa", "src:bbbbbbbbbbbb"
LAYERS = {
    "基础层": ("智能芯片", "智能传感器", "大数据", "云计算"),
    "技术层": ("计算机视觉", "智能语音", "机器学习", "生物特征识别"),
    "应用层": ("智能医疗", "智能金融", "智能制造", "智能教育"),
}
PLACES = {
    "440000 广东省": ("440300 深圳市", "440100 广州市"),
    "330000 浙江省": ("330100 杭州市", "330200 宁波市"),
    "340000 安徽省": ("340100 合肥市",),
    "110000 北京市": (),
    "310000 上海市": (),
}
REGION = "长三角"
# The defaults of these ask for what the generated graph does not hold.
ASKED: dict[str, dict[str, str]] = {
    "co-located-firms": {"company": "企业0"},
    "neighbourhood": {"company": "企业0"},
    "cluster-profile": {"region": REGION},
    "policies-of-place": {"country": "中国"},
}


class _Rows:
    """Rows of nodes and edges; an entry of `cite` lands in the sources of everything that the row names."""

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.edges: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)

    def node(self, label: str, node_id: str, cite: list[str], **own: Any) -> str:
        blank = {"id": node_id, "name": node_id.rpartition(":")[2], "aliases": [], "sources": []}
        row = self.nodes[label].setdefault(node_id, blank | {"as_of": "2023", "method": "table", "confidence": 1.0})
        row["sources"] += cite
        row |= own
        return node_id

    def edge(self, kind: str, subject: str, target: str, cite: list[str], **own: Any) -> None:
        key = f"{kind}:{subject}>{target}"
        blank = {"id": key, "subject": subject, "object": target, "sources": []}
        row = self.edges[kind].setdefault(key, blank | {"as_of": "2023", "method": "table", "confidence": 1.0})
        row["sources"] += cite
        row |= own


def scale_graph(companies: int) -> KnowledgeGraph:
    """A graph of this many companies, each with one or two segments and a seat; parks, policies, centres beside them.

    >>> len(scale_graph(100).nodes["Company"])
    100
    """
    made = _Rows()
    for source in (WITH_LAYERS, WITHOUT_LAYERS):
        made.node("Source", source, [source], name=f"名录{source[4]}")
    cities, segments = _hubs(made)
    for number in range(companies):
        _company(made, number, cities, segments)
    for number in range(companies // 10):
        _around(made, number, cities, segments)
    return KnowledgeGraph.from_rows(
        {label: rows.values() for label, rows in made.nodes.items()},
        {kind: rows.values() for kind, rows in made.edges.items()},
    )


def _hubs(made: _Rows) -> tuple[list[str], list[tuple[str, str]]]:
    country = made.node("Country", "country:CN", [], name="中国")
    region = made.node("Region", f"region:{REGION}", [f"{WITH_LAYERS}#L1;图表1;区域"])
    cities = []
    for province, below in PLACES.items():
        code, name = province.split()
        above = country
        if below:
            above = made.node("Province", f"province:{code}", [], name=name)
            made.edge("PART_OF", above, country, [])
        for at, city in enumerate(below or (province,)):
            code, name = city.split()
            cities.append(made.node("City", f"city:{code}", [], name=name))
            made.edge("PART_OF", cities[-1], above, [])
            if code[:2] in {"33", "34", "31"}:
                made.edge("PART_OF", cities[-1], region, [f"{WITH_LAYERS}#L{at + 2};图表1;城市"])
    segments = []
    for order, (layer, names) in enumerate(LAYERS.items()):
        made.node("ChainLayer", f"layer:{layer}", [], order=order + 1)
        segments += [(made.node("ChainSegment", f"segment:{name}", []), f"layer:{layer}") for name in names]
    for (above, _), (below, _) in zip(segments, segments[4:], strict=False):
        made.edge("UPSTREAM_OF", above, below, [f"{WITH_LAYERS}#L9;图表2;上游"])
    return cities, segments


def _company(made: _Rows, number: int, cities: list[str], segments: list[tuple[str, str]]) -> None:
    states_layer = number % 2 == 0
    cite = [f"{WITH_LAYERS if states_layer else WITHOUT_LAYERS}#L{number + 10};图表3;企业"]
    name = f"企业{number}"
    firm = made.node("Company", f"company:{name}", cite)
    for at in {number, number // 7}:
        segment, layer = segments[at % len(segments)]
        made.node("ChainSegment", segment, cite)
        made.edge("OPERATES_IN", firm, segment, cite)
        if states_layer:
            made.node("ChainLayer", layer, cite)
            made.edge("PART_OF", segment, layer, cite)
    city = made.node("City", cities[number // 3 % len(cities)], cite)
    made.edge("LOCATED_IN", firm, city, cite, role="headquarters")
    if number % 100 == 0:  # a contradiction: another seat
        made.edge("LOCATED_IN", firm, cities[(number // 3 + 1) % len(cities)], cite, role="headquarters")
        conflict = made.node(
            "Conflict", f"conflict:{number}", cite, property="LOCATED_IN", kind="value", severity="hard"
        )
        said = [f"{cite[0]}", f"{WITH_LAYERS}#L1;图表9;总部"]
        made.nodes["Conflict"][conflict] |= {"values": ["甲", "乙"], "value_sources": said, "chosen": "甲"}
        made.edge("HAS_CONFLICT", firm, conflict, cite)
    if number % 10 == 0:
        event = made.node(
            "Event", f"event:{number}", cite, kind="listing", date="2022-03", date_year=2022, amount=1e8, currency="CNY"
        )
        made.edge("HAS_EVENT", firm, event, cite)


def _around(made: _Rows, number: int, cities: list[str], segments: list[tuple[str, str]]) -> None:
    """A park, a policy and a computing centre of one city; the park and the policy name a segment."""
    cite = [f"{WITH_LAYERS}#L{number + 10};图表4;园区"]
    city = made.node("City", cities[number % len(cities)], cite)
    segment = made.node("ChainSegment", segments[number % len(segments)][0], cite)
    park = made.node("Park", f"park:园区{number}", cite)
    made.edge("LOCATED_IN", park, city, cite)
    made.edge("FOCUSES_ON", park, segment, cite, text="重点")
    policy = made.node("Policy", f"policy:政策{number}", cite, issued="2022-01", issued_year=2022)
    made.edge("APPLIES_TO", policy, city, cite)
    made.edge("FOCUSES_ON", policy, segment, cite)
    center = made.node("ComputeCenter", f"center:中心{number}", cite)
    made.edge("LOCATED_IN", center, city, cite)
    seen = made.node("Observation", f"observation:{number}", cite, name="算力", value=100.0 + number, unit="PFLOPS")
    made.nodes["Observation"][seen] |= {"qualifier": ["exact"], "indicator": "compute_capacity"}
    made.edge("OBSERVED", center, seen, cite)


def measure(folder: Path, question: str, timeout: float) -> tuple[float, float, int] | None:
    """Seconds, MB added at the peak, and rows of one question; None where it gave no answer in time."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_ask, args=(folder, question, timeout, send))
    process.start()
    send.close()
    found: Any = None
    try:
        if receive.poll(timeout + 120):
            found = receive.recv()
    except EOFError:  # killed, by the system that had no memory left
        found = None
    process.kill()
    process.join()
    if isinstance(found, str):
        print(f"{question}: {found}", file=sys.stderr)
        return None
    return found


def _ask(folder: Path, question: str, timeout: float, send: Any) -> None:
    try:
        with EmbeddedStore.open(folder) as store:
            before = _reset_peak()
            start = time.perf_counter()
            answer = load_catalogue().ask(store, question, ASKED.get(question), timeout=timeout)
            seconds = time.perf_counter() - start
            send.send((seconds, _peak() - before, len(answer)))
    except AikgError as error:
        send.send(str(error))


def _reset_peak() -> float:
    """Forget the peak so far where the system can (Linux); the memory in use, in MB."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[5_000, 50_000], help="numbers of companies")
    parser.add_argument("--only", help="questions, with commas between")
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds for one question")
    given = parser.parse_args()
    questions = given.only.split(",") if given.only else load_catalogue().names()
    taken: dict[str, list[tuple[float, float, int] | None]] = {name: [] for name in questions}
    with tempfile.TemporaryDirectory() as place:
        for size in given.sizes:
            start = time.perf_counter()
            folder = save(scale_graph(size), Path(place) / str(size))
            EmbeddedStore.open(folder).close()
            print(f"{size:,} companies: graph and cache made in {time.perf_counter() - start:.0f} s", flush=True)
            for name in questions:
                taken[name].append(measure(folder, name, given.timeout))
                print(f"  {name:26}{_shown(taken[name][-1])}", flush=True)
    print(
        f"\ngrowth from {given.sizes[0]:,} to {given.sizes[-1]:,} companies ({given.sizes[-1] / given.sizes[0]:g} times)"
    )
    for name, found in taken.items():
        first, last = found[0], found[-1]
        if first and last:
            print(f"  {name:26}seconds × {last[0] / first[0]:6.1f}   MB × {last[1] / max(first[1], 1):6.1f}")
        else:
            print(f"  {name:26}no answer")
    return 0 if all(all(found) for found in taken.values()) else 1


def _shown(found: tuple[float, float, int] | None) -> str:
    return f"{found[0]:8.2f} s {found[1]:8.0f} MB {found[2]:8,} rows" if found else f"{'–':>10} {'–':>11}"


if __name__ == "__main__":
    sys.exit(main())
