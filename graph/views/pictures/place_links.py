"""Links between cities that the graph records: deliveries, and firms that are recorded in two cities."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from aikg.graph.analysis.facts import names_of, seats
from aikg.graph.analysis.supply import supplies_of
from aikg.graph.analysis.tables import records
from aikg.graph.views.chart import Line
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.chart import Chart

__all__ = ["Link", "links_of_cities", "tell_link"]


@dataclass(frozen=True)
class Link:
    """A link from one city to another: `kind` is supply, sites or disputed; `things` are (text, sources), ids in `nodes`."""

    kind: str
    start: str
    end: str
    title: str
    things: tuple[tuple[str, tuple[str, ...]], ...]
    nodes: tuple[str, ...] = ()
    tags: tuple[str, ...] = field(default=())


def links_of_cities(graph: KnowledgeGraph, names: dict[str, str], lang: str) -> list[Link]:
    """All links between two different cities, those with most behind them first.

    Disputed headquarters join the cities that sources name; other firms in two cities have sites there.
    """
    firms = names_of(graph, "Company")
    at: dict[str, dict[str, list[str]]] = defaultdict(dict)
    disputed = set()
    for row in records(seats(graph, "City")):
        at[row.id][row.place] = row.sources
        if row.disputed:
            disputed.add(row.id)
    found: dict[tuple[str, str, str], list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for firm in sorted(at):
        for one, other in combinations(sorted(at[firm]), 2):
            kind = "disputed" if firm in disputed else "sites"
            said = tuple(sorted({*at[firm][one], *at[firm][other]}))
            found[kind, one, other].append((firms.get(firm, firm), said, (firm,)))
    for row in records(supplies_of(graph)):
        for one in sorted(at.get(row.supplier, ())):
            for other in sorted(at.get(row.customer, ())):
                if one != other:
                    what = f"{firms.get(row.supplier, row.supplier)} → {firms.get(row.customer, row.customer)}"
                    product = f"{pick(lang, '：', ': ')}{row.input}" if row.input else ""
                    said = tuple(sorted({*row.sources, *at[row.supplier][one], *at[row.customer][other]}))
                    found["supply", one, other].append((what + product, said, (row.supplier, row.customer)))
    made = []
    for (kind, one, other), rows in found.items():
        joint = " → " if kind == "supply" else " — "
        made.append(
            Link(
                kind,
                one,
                other,
                f"{names.get(one, one)}{joint}{names.get(other, other)}",
                tuple((text, said) for text, said, _ in rows),
                tuple(dict.fromkeys(node for _, _, nodes in rows for node in nodes)),
            )
        )
    return sorted(made, key=lambda link: (-len(link.things), link.kind, link.start, link.end))


def tell_link(chart: Chart, link: Link) -> str:
    """What a link tells: each delivery or firm with its sources."""
    kinds = {
        "supply": ("供应", "delivery"),
        "sites": ("企业在两地均有记载", "firm recorded in both cities"),
        "disputed": ("总部有矛盾", "disputed headquarters"),
    }
    kind = pick(chart.lang, *kinds[link.kind])
    return chart.tell(
        link.title, [Line(kind, text, said) for text, said in link.things], kind=kind, nodes=[*link.nodes[:40]]
    )
