"""The network page beside pyvis and vis-network: seconds until it is drawn, frames per second while it moves.

    python benchmarks/views.py                        # 500, 5,000, 20,000 and 100,000 nodes: some minutes
    python benchmarks/views.py 5000 --repeat 3 --seconds 2

One run, one headless Chromium without a GPU (``CHROMIUM`` names another one), window of 1280 × 800. Compared are:

- ours: `kg.view("network")`;
- vis-network: the same nodes, positions and relations drawn by the copy inside pyvis' wheel, without physics, with the
  options that its documentation names for speed (straight edges, none while moving, no hover). Labels are left to it;
- pyvis as it is: `pyvis.network.Network` with its defaults, hence with physics, its CDN files taken away (they are not
  needed to draw).

Ready is the time from the navigation until the picture is complete (ours: all relations, nodes and names; vis-network:
its first ``afterDrawing``; with physics: ``stabilizationIterationsDone``). Frames are counted by requestAnimationFrame in the page while
the mouse drags in circles, and then while its wheel turns, for `--seconds` each. `--repeat` takes the median.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.explorer.network import NetworkPage, network
from aikg.graph.views.explorer.payload import unpacked

SOURCE = "src:aaaaaaaaaaaa"
LAYERS = {
    "基础层": ("智能芯片", "智能传感器", "大数据", "云计算", "算力设施", "数据服务"),
    "技术层": ("计算机视觉", "智能语音", "机器学习", "知识图谱", "自然语言处理"),
    "应用层": ("智能医疗", "智能金融", "智能制造", "智能教育", "智能家居", "智慧城市", "机器人"),
}
WORDS = "智云图灵科数深慧芯光华创远景宏达星海天元"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def view_graph(count: int) -> KnowledgeGraph:
    """A graph of about `count` nodes and three and a half relations per node: firms, parks, policies, cities, segments.

    >>> sum(view_graph(500).counts()["nodes"].values())
    501
    """
    chance = random.Random(7)  # noqa: S311 - the same graph every time
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    edges: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    entry = {"as_of": "2023", "method": "table", "confidence": 1.0, "aliases": []}

    def node(label: str, node_id: str, name: str, **own: Any) -> str:
        nodes[label].append({"id": node_id, "name": name, "sources": [f"{SOURCE}#L1"], **entry, **own})
        return node_id

    def edge(kind: str, subject: str, target: str) -> None:
        key = f"{kind}:{subject}>{target}"
        edges[kind][key] = {"id": key, "subject": subject, "object": target, "sources": [f"{SOURCE}#L2"], **entry}

    node("Source", SOURCE, "名录")
    segments, cities = [], []
    for order, (layer, names) in enumerate(LAYERS.items()):
        top = node("ChainLayer", f"layer:{layer}", layer, order=order + 1)
        for name in names:
            segments.append(node("ChainSegment", f"segment:{name}", name))
            edge("PART_OF", segments[-1], top)
    for number in range(min(46, max(6, count // 12))):
        province = f"province:{10 + number // 4:02}0000"
        if number % 4 == 0:
            node("Province", province, f"省{number // 4}")
        cities.append(node("City", f"city:{10 + number // 4:02}{number % 4 + 1:02}00", f"城市{number}市"))
        edge("PART_OF", cities[-1], province)
    # Places are unlike in size, as everywhere: the k-th city has 1/k as much as the first.
    weights = [1 / (k + 1) for k in range(len(cities))]
    left = count - sum(map(len, nodes.values())) + 1
    firms = []
    for number in range(left):
        name = "".join(chance.choices(WORDS, k=4))
        city = chance.choices(cities, weights)[0]
        if number % 25 == 0:
            park = node("Park", f"park:{number}", f"{name}产业园")
            edge("LOCATED_IN", park, city)
            edge("FOCUSES_ON", park, chance.choice(segments))
        elif number % 20 == 1:
            policy = node("Policy", f"policy:{number}", f"{name}行动计划")
            edge("FOCUSES_ON", policy, chance.choice(segments))
        else:
            firms.append(
                node("Company", f"company:{number}", f"{name}科技股份有限公司", founded=f"{2000 + number % 24}")
            )
            edge("LOCATED_IN", firms[-1], city)
            for segment in chance.sample(segments, 1 + number % 2):
                edge("OPERATES_IN", firms[-1], segment)
            for _ in range(2):
                edge("SUPPLIES", firms[-1], chance.choice(firms))
    return KnowledgeGraph.from_rows(nodes, {kind: found.values() for kind, found in edges.items()})


def vis_page(page: NetworkPage, *, as_it_is: bool) -> str:
    """The page's nodes and relations drawn by vis-network; `as_it_is`, as pyvis sets it up, else without physics."""
    data = unpacked(dict(page.data))
    label, layout = data["label"], data["layouts"][0]
    nodes = []
    for at, name in enumerate(data["names"]):
        style = data["labels"][int(label[at])]
        shown = {"id": at, "label": name, "color": style["color"], "shape": "dot"}
        if not as_it_is:
            shown |= {"x": float(layout["x"][at]), "y": float(layout["y"][at]), "size": 8, "font": {"size": 12}}
        nodes.append(shown)
    ends = zip(data["from"].tolist(), data["to"].tolist(), strict=True)
    edges = [{"from": a, "to": b} for a, b in ends]
    if as_it_is:
        from pyvis.network import Network

        net = Network(height="760px", width="100%", directed=True)
        # add_edge compares with all edges before it, so lists are filled directly; what is drawn is the same.
        net.nodes, net.edges = nodes, [{**edge, "arrows": "to"} for edge in edges]
        options = json.loads(net.get_network_data()[5])
        options.pop("configure", None)
    else:
        options = {
            "physics": False,
            "layout": {"improvedLayout": False},
            "edges": {"smooth": False, "color": {"color": "#9db0c9", "opacity": 0.3}},
            "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "hover": False},
        }
    folder = resources.files("pyvis").joinpath("templates", "lib")
    script = next(f for f in folder.iterdir() if f.name.startswith("vis-")).joinpath("vis-network.min.js")
    given = json.dumps({"nodes": nodes, "edges": edges, "options": options}).replace("<", "\\u003c")
    event = "stabilizationIterationsDone" if as_it_is else "afterDrawing"
    return (
        "<!DOCTYPE html><meta charset=utf-8><style>html,body,#n{height:100%;margin:0}</style><div id=n></div>"
        f"<script>{script.read_text(encoding='utf-8').replace('</script', '')}</script><script>"
        f"const d={given}; const net=new vis.Network(document.getElementById('n'),{{nodes:new vis.DataSet(d.nodes),"
        f"edges:new vis.DataSet(d.edges)}},d.options); net.once('{event}',()=>setTimeout(()=>{{document.body.dataset.ready='1'}},0));"
        "</script>"
    )


FRAMES = "() => { window.frames_ = 0; window.counting = true; const f = () => { window.frames_++; if (window.counting) requestAnimationFrame(f); }; requestAnimationFrame(f); }"


def measured(browser: Any, path: Path, seconds: float, timeout: float) -> dict[str, float]:
    """Ready, pan and zoom of one page; NaN for what did not come in time."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(timeout * 1000)
    made = dict.fromkeys(("ready", "pan", "zoom"), math.nan)
    # The page's own clock, from its navigation on: what the driver needs to ask does not count.
    page.add_init_script(
        "new MutationObserver((_, o) => { if (document.body && document.body.dataset.ready) { window.readyAt = performance.now();"
        " o.disconnect(); } }).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready']});"
    )
    try:
        page.goto(path.as_uri(), wait_until="commit")
        page.locator("body[data-ready]").wait_for(
            state="attached"
        )  # a function as text would need eval, which our policy forbids
        made["ready"] = page.evaluate("window.readyAt") / 1000
        page.wait_for_timeout(700)
        for kind in ("pan", "zoom"):
            made[kind] = moving(page, kind, seconds)
            page.wait_for_timeout(700)
    except Exception as error:  # noqa: BLE001 - a page that hangs is a result
        print(f"  {path.name}: {str(error).splitlines()[0]}", file=sys.stderr)
    context.close()
    return made


def moving(page: Any, kind: str, seconds: float) -> float:
    """Frames per second while the mouse drags in circles, or while its wheel turns in and out."""
    mouse = page.mouse
    mouse.move(700, 420)
    if kind == "pan":
        mouse.down()
    page.evaluate(FRAMES)
    begin, step = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        step += 1
        if kind == "pan":
            mouse.move(700 + 220 * math.sin(step / 9), 420 + 160 * math.cos(step / 9))
        else:
            mouse.wheel(0, -120 if step % 40 < 20 else 120)
        time.sleep(0.008)
    frames = page.evaluate("() => { window.counting = false; return window.frames_; }")
    passed = time.perf_counter() - begin
    if kind == "pan":
        mouse.up()
    return float(frames) / passed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 5_000, 20_000, 100_000])
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--physics-up-to", type=int, default=500, help="nodes up to which pyvis as it is takes part")
    parser.add_argument("--timeout", type=float, default=120.0)
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    executable = next((path for name in names if name and (path := shutil.which(name))), None)
    if executable is None:
        sys.exit("no Chromium was found; give its path in CHROMIUM")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        print(_machine(browser.version))
        print(
            f"{'nodes':>8} {'relations':>9}  {'page':<22} {'MB':>6} {'made s':>7} {'ready s':>8} {'pan fps':>8} {'zoom fps':>9}"
        )
        for size in given.sizes:
            graph = view_graph(size)
            begin = time.perf_counter()
            page = network(graph, limit=size + 1)
            html = page.html
            seconds = time.perf_counter() - begin
            pages = [("aikg", html, seconds), ("vis-network, no physics", vis_page(page, as_it_is=False), math.nan)]
            if size <= given.physics_up_to:
                pages.append(("pyvis as it is", vis_page(page, as_it_is=True), math.nan))
            count = len(page.data["names"])
            relations = len(unpacked({"x": page.data["from"]})["x"])
            for name, text, made in pages:
                path = Path(folder) / f"{name.split()[0].strip(',')}-{size}.html"
                path.write_text(text, encoding="utf-8", newline="\n")
                runs = [measured(browser, path, given.seconds, given.timeout) for _ in range(given.repeat)]
                ready, pan, zoom = (statistics.median(run[key] for run in runs) for key in ("ready", "pan", "zoom"))
                print(
                    f"{count:>8,} {relations:>9,}  {name:<22} {len(text.encode()) / 1e6:>6.1f} {_shown(made):>7}"
                    f" {_shown(ready):>8} {_shown(pan):>8} {_shown(zoom):>9}",
                    flush=True,
                )
        browser.close()


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.1f}"


def _machine(chromium: str) -> str:
    from importlib.metadata import version

    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{model}, {os.cpu_count()} processors{load}; Chromium {chromium} without GPU, 1280 × 800; Python "
        f"{platform.python_version()}, pyvis {version('pyvis')}"
    )


if __name__ == "__main__":
    main()
