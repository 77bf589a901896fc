"""Draws what flows in the panorama: layer to layer, segment to segment, and what else is stated to be upstream of what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aikg.graph.analysis.chain_inputs import level_of
from aikg.graph.views.chart import Line
from aikg.graph.views.pictures.panorama_content import published_shares
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown

if TYPE_CHECKING:
    from aikg.graph.analysis.cluster_published import Published
    from aikg.graph.views.pictures.panorama_content import Lane
    from aikg.graph.views.pictures.panorama_draw import Scene

__all__ = ["draw_between", "draw_lines", "draw_others", "draw_shares", "draw_skips", "skips"]

_SOFT, _ARROW = "#5b6675", "#e3e8ef"
_CHIP = 22.0


def _tell_flow(scene: Scene, up: str, down: str, said: list[str], basis: str = "") -> str:
    names = scene.names
    line = Line(scene.pick("关系", "relation"), basis or scene.pick("上游于（文献所述）", "upstream of, as stated"), tuple(said))  # fmt: skip
    return scene.chart.tell(f"{names[up]} → {names[down]}", [line], sources=said, nodes=[up, down])


def _layers(scene: Scene) -> list[str]:
    return [lane.id for lane in scene.content.lanes if lane.id]


# -- layers ---------------------------------------------------------------------------------------------


def draw_between(scene: Scene, upper: Lane, lower: Lane, y: float) -> float:
    """The arrow between two lanes that stand below each other; returns the height of the gap."""
    body = scene.chart.body
    said = next((said for up, down, said in scene.content.flows if (up, down) == (upper.id, lower.id)), None)
    if not lower.id:
        return 14.0
    middle = 66 + (scene.right - 66) / 2
    if said is None:
        text = scene.pick("上下游关系未见记载", "flow between these layers: not recorded")
        body.text(middle, y + 18, text, size=11, anchor="middle", fill=_SOFT)
        return 28.0
    key = _tell_flow(scene, upper.id, lower.id, said)
    text = scene.pick(
        f"{scene.lane_name(upper)} 是 {scene.lane_name(lower)} 的上游", f"{scene.lane_name(upper)}: upstream of {scene.lane_name(lower)}"
    )  # fmt: skip
    half = text_width(text, 12) / 2 + 26
    d = f"M{middle - half:.1f} {y + 4:.1f}H{middle + half:.1f}V{y + 22:.1f}H{middle + half + 16:.1f}L{middle:.1f} {y + 34:.1f}L{middle - half - 16:.1f} {y + 22:.1f}H{middle - half:.1f}Z"  # fmt: skip
    body.path(d, fill=_ARROW, stroke="#cfd6e0", key=key, tip=text)
    body.text(middle, y + 18, text, size=12, anchor="middle", fill="#2b3644", pointer_events="none")
    return 38.0


def skips(scene: Scene) -> list[tuple[int, int, list[str]]]:
    """Flows between layers that do not stand directly below each other, as (from, to, sources)."""
    at = {layer: number for number, layer in enumerate(_layers(scene))}
    found = [(at[up], at[down], said) for up, down, said in scene.content.flows if up in at and down in at]
    return sorted((a, b, said) for a, b, said in found if b not in (a, a + 1))


def draw_skips(scene: Scene, middles: list[tuple[float, float]]) -> None:
    """Brackets at the right edge. `middles` are upper edge and height of each lane."""
    layers = _layers(scene)
    for number, (start, end, said) in enumerate(skips(scene)):
        x = scene.right + 16 + number * 16
        y1 = middles[start][0] + middles[start][1] * 0.5
        y2 = middles[end][0] + middles[end][1] * 0.5 + number * 6
        edge = scene.right
        key = _tell_flow(scene, layers[start], layers[end], said)
        tip = f"{scene.names[layers[start]]} → {scene.names[layers[end]]}"
        body = scene.chart.body
        body.path(f"M{edge:.1f} {y1:.1f}H{x:.1f}V{y2:.1f}H{edge + 7:.1f}", stroke="#8792a2", stroke_width=2.5, key=key, tip=tip)  # fmt: skip
        body.path(f"M{edge + 1:.1f} {y2:.1f}l8 -5v10z", fill="#8792a2", pointer_events="none")
        text = scene.pick(
            f"{scene.names[layers[start]]} 是 {scene.names[layers[end]]} 的上游", f"{scene.names[layers[start]]}: upstream of {scene.names[layers[end]]}"
        )  # fmt: skip
        room = middles[-1][0] + middles[-1][1] - abs(y1 + y2 - middles[-1][0] - middles[-1][1])
        body.text(
            0, 0, text, size=11.5, anchor="middle", width=max(room - 8, 40), fill="#2b3644", pointer_events="none", transform=f"translate({x + 13:.1f} {(y1 + y2) / 2:.1f}) rotate(-90)"
        )  # fmt: skip


# -- segments -------------------------------------------------------------------------------------------


def draw_lines(scene: Scene, segment: str) -> set[tuple[str, str]]:
    """Lines between boxes: what is stated, and all flows of the chosen `segment`; returns the ends of those drawn."""
    spots, lines = scene.spots, {}
    for up, down, said in scene.content.flows:
        if up in spots and down in spots and up != down:
            lines[up, down] = (said, "")
    for pair in scene.content.pairs:
        ends = (pair.upstream, pair.downstream)
        if segment and segment in ends and ends not in lines and all(end in spots for end in ends):
            via = scene.chart.words["list"].join(scene.names[node] for node in pair.via)
            lines[ends] = (list(pair.sources), scene.pick(f"场景使用：{via}", f"used in scenarios: {via}"))
    for (up, down), (said, basis) in sorted(lines.items()):
        key = _tell_flow(scene, up, down, said, basis)
        _line(scene, up, down, key, "#c2410c" if down == segment else "#1e3a8a", dashed=bool(basis))
    if segment in spots:
        x, y, width, height = spots[segment]
        scene.chart.body.rect(
            x - 2, y - 2, width + 4, height + 4, rx=7, fill="none", stroke="#111827", stroke_width=2.5
        )
    return set(lines)


def _line(scene: Scene, up: str, down: str, key: str, color: str, *, dashed: bool) -> None:
    x1, y1, w1, h1 = scene.spots[up]
    x2, y2, w2, h2 = scene.spots[down]
    if abs((y1 + h1 / 2) - (y2 + h2 / 2)) < (h1 + h2) / 2:  # side by side
        left = x1 < x2
        a, b = (x1 + (w1 if left else 0), y1 + h1 / 2), (x2 + (0 if left else w2), y2 + h2 / 2)
        reach = (b[0] - a[0]) / 2
        d = f"M{a[0]:.1f} {a[1]:.1f}C{a[0] + reach:.1f} {a[1]:.1f} {b[0] - reach:.1f} {b[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
        head = f"M{b[0]:.1f} {b[1]:.1f}l{-8 if left else 8} -4.5v9z"
    else:
        falls = y1 < y2
        a, b = (x1 + w1 / 2, y1 + (h1 if falls else 0)), (x2 + w2 / 2, y2 + (0 if falls else h2))
        reach = (b[1] - a[1]) / 2
        d = f"M{a[0]:.1f} {a[1]:.1f}C{a[0]:.1f} {a[1] + reach:.1f} {b[0]:.1f} {b[1] - reach:.1f} {b[0]:.1f} {b[1]:.1f}"
        head = f"M{b[0]:.1f} {b[1]:.1f}l-4.5 {-8 if falls else 8}h9z"
    body, tip = scene.chart.body, f"{scene.names[up]} → {scene.names[down]}"
    body.path(d, stroke="#ffffff", stroke_width=4.5, pointer_events="none", opacity=0.8)
    body.path(d, stroke=color, stroke_width=2, stroke_dasharray="5 3" if dashed else None, key=key, tip=tip)
    body.path(head, fill=color, pointer_events="none")


# -- everything else that is stated ---------------------------------------------------------------------


def draw_others(scene: Scene, drawn: set[tuple[str, str]], y: float) -> float:
    """What is stated of technologies, industries and the whole chain, gathered around the things named most; returns the height."""
    layers = set(_layers(scene))
    left = {(up, down): said for up, down, said in scene.content.flows if not {up, down} <= layers and (up, down) not in drawn}  # fmt: skip
    if not left:
        return 0.0
    body, width = scene.chart.body, scene.right
    body.text(0, y + 16, scene.pick("文献所述的其他上下游关系", "Other flows as stated"), size=13.5, weight=700)
    hint = scene.pick("点击两端的名称看出处", "choose a name at either end for its source")
    body.text(text_width(scene.pick("文献所述的其他上下游关系", "Other flows as stated"), 13.5) + 14, y + 16, hint, size=11.5, fill=_SOFT)  # fmt: skip
    x, top = 0.0, y + 28
    while left:
        count = Counter(end for ends in left for end in ends)
        hub = min(count, key=lambda node: (-count[node], node))
        ups = sorted(up for up, down in left if down == hub)
        downs = sorted(down for up, down in left if up == hub)
        items: list[tuple[str, str, str]] = [(node, _tell_flow(scene, node, hub, left[node, hub]), "") for node in ups]
        items += [("→", "", "arrow")] if ups else []
        items += [(hub, scene.chart.tell_node(hub), "hub")]
        items += [("→", "", "arrow")] if downs else []
        items += [(node, _tell_flow(scene, hub, node, left[hub, node]), "") for node in downs]
        whole = sum(_item_width(scene, node, kind) + 5 for node, _, kind in items)
        if x and x + whole > width:
            x, top = 0.0, top + _CHIP + 8
        for at, (node, key, kind) in enumerate(items):
            needed = _item_width(scene, node, kind)
            behind = _item_width(scene, items[at + 1][0], items[at + 1][2]) + 5 if kind == "arrow" else 0
            if x and x + needed + behind > width:
                x, top = 24.0, top + _CHIP + 4
            _item(scene, node, key, kind, x, top, needed)
            x += needed + 5
        x += 22
        left = {ends: said for ends, said in left.items() if hub not in ends}
    return top + _CHIP - y + 4


def _item_width(scene: Scene, node: str, kind: str) -> float:
    if kind == "arrow":
        return 16.0
    return min(text_width(shown(scene.names[node]), 13 if kind else 12) + (24 if kind else 16), 300.0)


def _item(scene: Scene, node: str, key: str, kind: str, x: float, y: float, width: float) -> None:
    body = scene.chart.body
    if kind == "arrow":
        body.path(f"M{x + 1:.1f} {y + 11:.1f}h10", stroke="#3b4655", stroke_width=2)
        body.path(f"M{x + 15:.1f} {y + 11:.1f}l-6 -4.5v9z", fill="#3b4655")
        return
    name, hub = scene.names[node], kind == "hub"
    body.rect(x, y, width, _CHIP, rx=4 if not hub else 11, fill="#2b3644" if hub else "#ffffff", stroke="#2b3644" if hub else "#b8c1cd", key=key, tip=name)  # fmt: skip
    body.text(
        x + width / 2, y + 15.4, name, size=13 if hub else 12, anchor="middle", width=width - 10, weight=600 if hub else None,
        fill="#ffffff" if hub else "#1b2430", pointer_events="none",
    )  # fmt: skip


# -- shares ---------------------------------------------------------------------------------------------


def draw_shares(scene: Scene, y: float) -> float:
    """Bars of shares by layer: what sources publish (of the country and of the places), and the firms of this graph; returns the height."""
    lanes = [lane for lane in scene.content.lanes if lane.id]
    graph = scene.chart.graph
    rows: list[tuple[str, list[Published] | None, dict[str, int]]] = []
    about = scene.pick("企业占比（文献）", "published share")
    countries = sorted(graph.nodes["Country"]["id"]) if "Country" in graph.nodes else []
    for node in countries:
        found = published_shares(graph, node, "Country")
        if found:
            rows.append((f"{scene.names[node]} · {about}", found, {}))
    rows += [
        (f"{scene.names[place.id]} · {about}", published_shares(graph, place.id, level_of(graph, place.id)), {})
        for place in scene.places
    ]
    recorded = scene.pick("本图记载的企业", "firms in this graph")
    if any(lane.firms() for lane in lanes):
        rows.append((recorded, None, {lane.id: len(lane.firms()) for lane in lanes}))
    for place in scene.places:
        own = {lane.id: len({f for box in lane.boxes for f in place.firms_of(box)}) for lane in lanes}
        rows.append((f"{scene.names[place.id]} · {recorded}", None, own))
    for number, (title, shares, counts) in enumerate(rows):
        top = y + number * 25
        scene.chart.body.text(0, top + 15, title, size=12, width=_NAMES - 8)
        _bar(scene, lanes, title, shares, counts, top)
    return len(rows) * 25 + 8 if rows else 0.0


_NAMES = 216.0


def _bar(scene: Scene, lanes: list[Lane], title: str, shares: list[Published] | None, counts: dict[str, int], y: float) -> None:  # fmt: skip
    body, left, width = scene.chart.body, _NAMES, scene.right - _NAMES
    body.rect(left, y, width, 20, fill=HATCH, stroke="#d5dbe3")
    whole = 100.0 if shares is not None else float(sum(counts.values()))
    x = left
    if not whole or shares == []:
        missing = scene.chart.words["not_recorded"]
        body.rect(left + 8, y + 3, text_width(missing, 11.5) + 12, 14, fill="#ffffff")
        body.text(left + 14, y + 14.5, missing, size=11.5, fill=_SOFT)
        return
    for lane in lanes:
        given = [one for one in shares or () if one.segment == lane.id]
        amount = given[0].value if given else float(counts.get(lane.id, 0))
        if not amount > 0:
            continue
        part = width * min(amount / max(whole, amount), (left + width - x) / width)
        if given:
            low, high = given[0].low, given[0].high
            text = f"{amount:g} %" if low == high else f"{amount:g} % ({low:g}–{high:g} %)"
            when = given[0].period
            line = Line(scene.pick("企业占比", "share of firms") + (f" {when}" if when else ""), text, tuple(given[0].sources))  # fmt: skip
            key = scene.chart.tell(f"{title}{scene.chart.words['colon']}{scene.lane_name(lane)}", [line], sources=given[0].sources, nodes=[lane.id])  # fmt: skip
        else:
            text = scene.pick(f"{int(amount)} 家", f"{int(amount)} firms")
            said = sorted({e for box in lane.boxes for of in box.firms.values() for e in of})
            key = scene.chart.tell(f"{title}{scene.chart.words['colon']}{scene.lane_name(lane)}", [Line(scene.pick("企业", "firms"), text)], sources=said, nodes=[lane.id])  # fmt: skip
        body.rect(x, y, part - 1, 20, fill=scene.colors(lane)[0], key=key, tip=f"{scene.lane_name(lane)} {text}")
        label = f"{scene.lane_name(lane)} {text}"
        if text_width(label, 12) > part - 8:  # the colour says which layer, only the text says how much
            label = text
        body.text(x + part / 2, y + 14.5, label, size=12, anchor="middle", fill="#ffffff", width=max(part - 4, 8), pointer_events="none")  # fmt: skip
        x += part
