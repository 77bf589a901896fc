"""What would stop without a technology, a segment or a company, as far as the graph records who uses what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis import supply
from aikg.graph.analysis.facts import ROOT, links, names_of, things
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["absence_of"]

_COLUMNS = ["label", "name", "id", "via", "counted", "before", "after", "stops", "sources"]
_ORDER = ("ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "Company")


class _Rows:
    """Collects who depends on what; the sources of all ways to a row are joined."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
        self.cited: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)

    def add(self, node: str, via: tuple[str, ...], counted: str, before: int, after: int, sources: set[str]) -> None:
        self.cited[node, via] |= sources
        self.rows[node, via] = {"id": node, "via": via, "counted": counted, "before": before, "after": after}


def absence_of(graph: KnowledgeGraph, id_or_name: str) -> pd.DataFrame:
    """What the absence of a company, technology or segment would touch, and whether any provider would be left.

    - Of a company: each segment and technology it works in or provides (`counted` firms); the scenarios and fields that use
      these (firms left for what they use); its customers, by product (`counted` suppliers), where SUPPLIES is recorded.
    - Of a technology or segment: the scenarios and fields that use it (no firm could give it: `after` 0); what it is stated to
      be upstream of (`counted` inputs: those stated, before and after); the fields of the scenarios (`counted` scenarios).

    Columns: label, name, id, via (names of what it depends on), counted, before, after, stops (`after` is 0), sources. The world is
    open: `stops` says that no other is recorded. Raises QueryError for a name that is none of these.
    """
    node, name = find(graph, id_or_name, "Company", "Technology", "ChainSegment")
    made = _Rows()
    if node in set(things(graph, "Company")["id"]):
        touched = _of_company(graph, node, made)
    else:
        touched = {node: (len(_providers(graph)[node]), 0)}
        _downstream(graph, node, made)
    _users(graph, touched, made)
    names = names_of(graph)
    labels = dict(zip(*(things(graph)[c] for c in ("id", "label")), strict=True))
    rows = [
        row
        | {
            "label": labels.get(row["id"], ""),
            "name": names[row["id"]],
            "via": sorted(names.get(entry, entry) for entry in row["via"]),
            "stops": row["after"] == 0,
            "sources": sorted(made.cited[key]),
        }
        for key, row in made.rows.items()
    ]
    rows = sorted(rows, key=lambda row: (str(row["id"]), row["via"]))
    found = pd.DataFrame(rows, columns=_COLUMNS)
    rank = {label: at for at, label in enumerate(_ORDER)}
    found["at"] = found["label"].map(lambda label: rank.get(label, len(rank)))
    found = found.sort_values(["stops", "at", "id"], ascending=[False, True, True], kind="stable", ignore_index=True)
    found = found.drop(columns="at")
    note = None
    if found.empty:
        note = say(f"nothing is recorded that depends on {name}", f"未见依赖{name}的记载")
    elif "SUPPLIES" not in graph.edges and node.startswith("company:"):
        note = supply.no_supplies()
    found.attrs.update(by="providers", n=len(found), note=note)
    return found


def _providers(graph: KnowledgeGraph) -> dict[str, dict[str, set[str]]]:
    """Firms by segment or technology that they work in or provide, with sources."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = links(
        graph,
        "OPERATES_IN",
        "REPRESENTATIVE_OF",
        "PROVIDES",
        subjects=["Company"],
        objects=["ChainSegment", "Technology"],
    )
    for row in records(rows):
        if row.object != ROOT:
            found[row.object][row.subject].update(row.sources)
    return found


def _of_company(graph: KnowledgeGraph, firm: str, made: _Rows) -> dict[str, tuple[int, int]]:
    touched = {}
    for item, firms in _providers(graph).items():
        if firm in firms:
            touched[item] = (len(firms), len(firms) - 1)
            made.add(item, (firm,), "firms", *touched[item], {entry for said in firms.values() for entry in said})
    table = supply.supplies_of(graph)
    products = table["input"].map(lambda text: text or "")
    for (customer, product), part in table.groupby([table["customer"], products], sort=True):
        suppliers = set(part["supplier"])
        if firm in suppliers:
            said = {entry for cited in part["sources"] for entry in cited}
            made.add(str(customer), (str(product or firm),), "suppliers", len(suppliers), len(suppliers) - 1, said)
    return touched


def _downstream(graph: KnowledgeGraph, node: str, made: _Rows) -> None:
    rows = links(graph, "UPSTREAM_OF")
    for target, part in rows.groupby("object", sort=True):
        inputs = set(part["subject"])
        if node in inputs and target != ROOT:
            said = {entry for cited in part.loc[part["subject"] == node, "sources"] for entry in cited}
            made.add(str(target), (node,), "inputs", len(inputs), len(inputs) - 1, said)


def _users(graph: KnowledgeGraph, touched: dict[str, tuple[int, int]], made: _Rows) -> None:
    """Scenarios and fields that use what is touched, and the fields and segments of these scenarios."""
    lost: set[str] = set()
    users = links(graph, "USES_TECHNOLOGY", subjects=["ApplicationScenario", "ApplicationField"])
    for row in records(users):
        if row.object in touched:
            made.add(row.subject, (row.object,), "firms", *touched[row.object], set(row.sources))
            if touched[row.object][1] == 0:
                lost.add(row.subject)
    homes = links(graph, "PART_OF", subjects=["ApplicationScenario"])
    for home, part in homes.groupby("object", sort=True):
        scenarios, gone = set(part["subject"]), set(part["subject"]) & lost
        if gone:
            said = {
                e for who, cited in zip(part["subject"], part["sources"], strict=True) if who in gone for e in cited
            }
            made.add(str(home), tuple(sorted(gone)), "scenarios", len(scenarios), len(scenarios - gone), said)
