"""Who cannot be gone round: choke points, substitutability and tiers of a supply network.

Two levels are kept apart. Suppliers of one input are alternatives (OR): who is on every way is a dominator. Inputs of one
product are all needed (AND): an input with one supplier is critical for all that is made of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["choke_points", "substitutability", "tiers"]


def choke_points(supplies: pd.DataFrame, target: str, sources: Iterable[str] = ()) -> pd.DataFrame:
    """What a product (or firm) cannot be made without, as the recorded supplies say.

    `supplies` has a row per relation with `supplier`, `customer` and, where known, `input` (what is supplied; null where not said).
    `sources` are declared inputs: there the chain begins. Rows, `level` telling which rule:

    - ``supplier``: on every way from the sources to the target, by dominators (Lengauer, Tarjan 1979), every edge an alternative;
    - ``input``: the one known supplier of an input that the target or something upstream of it needs; `input` and `customer` say of
      what and whose. Only relations with a recorded input count here.

    Columns: id, level, input, customer, steps (least number of supplies to the target). `attrs["open"]`: nodes upstream that no
    supplier is recorded for and that are no source: an unrecorded way may lead in there, so they join no way (they would hide choke
    points) and the answer holds for what is recorded. `attrs["note"]` says so.

    >>> table = pd.DataFrame({"supplier": ["EUV", "fab"], "customer": ["fab", "chip"]})
    >>> choke_points(table, "chip", ["EUV"])["id"].tolist()
    ['fab', 'EUV']
    """
    steps = _steps(supplies, "customer", "supplier", target)
    declared = sorted(set(sources))
    for source in declared:
        if source not in steps:
            raise ValueError(f"source {source} does not lead to {target}")
    inner = supplies[supplies["customer"].isin(steps) & supplies["supplier"].isin(steps)]
    begun = set(inner["customer"]) | set(declared)
    open_ends = sorted(node for node in steps if node not in begun)
    rows: list[tuple[Any, ...]] = [
        (node, "supplier", None, None, steps[node]) for node in _dominators(inner, target, declared) if node != target
    ]
    if "input" in inner:
        stated = inner[inner["input"].notna()]
        for (customer, what), part in stated.groupby(["customer", "input"], sort=True):
            if part["supplier"].nunique() == 1 and customer not in declared:
                only = part["supplier"].iloc[0]
                rows.append((only, "input", what, customer, steps[only]))
    found = pd.DataFrame(rows, columns=["id", "level", "input", "customer", "steps"])
    found["at"] = found["level"].map({"supplier": 0, "input": 1})
    found = found.sort_values(["at", "steps", "id", "customer", "input"], na_position="first", ignore_index=True)
    found = found.drop(columns="at").astype({"input": object, "customer": object})
    found.attrs.update(open=open_ends, note=_note(open_ends, declared))
    return found


def _dominators(inner: pd.DataFrame, target: str, declared: list[str]) -> list[str]:
    import networkx as nx

    graph = nx.DiGraph()
    root: Any = ("source",)  # no name of a node is a tuple
    graph.add_node(root)
    graph.add_nodes_from([target, *declared])
    graph.add_edges_from((root, source) for source in declared)
    graph.add_edges_from(
        sorted(
            (supplier, customer)
            for supplier, customer in zip(inner["supplier"], inner["customer"], strict=True)
            if supplier != customer
        )
    )
    above = nx.immediate_dominators(graph, root)  # networkx 3.6 leaves the root out, earlier ones make it its own
    found, at = [], target
    while at in above and above[at] != root and at != root:
        at = above[at]
        found.append(at)
    return found


def _note(open_ends: list[str], declared: list[str]) -> str | None:
    if not declared:
        return say(
            "no inputs are declared, so ways have no beginning: only inputs with one supplier are listed",
            "未声明投入，链条没有起点：只列出仅有一家供应方的投入",
        )
    if open_ends:
        return say(
            f"open: the suppliers of {', '.join(open_ends)} are not recorded; the answer holds for what is recorded",
            f"开放：{'、'.join(open_ends)} 的供应方未见记载；结果只对已记载的部分成立",
        )
    return None


def substitutability(supplies: pd.DataFrame, supplier: str, *, places: Mapping[str, str] | None = None) -> pd.Series:
    """How far the customers of a supplier have another one: 1 - share of its (customer, input) pairs without another known supplier.

    `supplies` has the columns supplier, customer and, where known, input (pairs without one count as one input of the customer).
    With `places` (firm to place) `second` is the second order, for a local shock: a pair whose other suppliers all sit in the supplier's
    own place counts half; a place that is not recorded may be the same one, so `second_low` takes it as the same and `second` as another.
    Returns first, second, second_low (0-1), pairs, without_other, same_place; NaN where it supplies nobody. `attrs["note"]` words it:
    the world is open, so it is "no other known".

    >>> table = pd.DataFrame({"supplier": ["v", "w", "v"], "customer": ["x", "x", "y"], "input": ["a", "a", "b"]})
    >>> float(substitutability(table, "v")["first"])
    0.5
    """
    what = supplies["input"] if "input" in supplies else pd.Series(None, index=supplies.index, dtype=object)
    by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
    for who, customer, item in zip(supplies["supplier"], supplies["customer"], what, strict=True):
        by_pair[customer, "" if pd.isna(item) else item].add(who)
    known = places or {}
    home = known.get(supplier)
    pairs = without = same = maybe = 0
    for who in by_pair.values():
        if supplier not in who:
            continue
        pairs += 1
        others = [known.get(other) for other in sorted(who - {supplier})]
        if not others:
            without += 1
        elif home is not None and all(place == home for place in others):
            same += 1
        elif places is not None and (home is None or all(place in (home, None) for place in others)):
            maybe += 1
    first = 1 - without / pairs if pairs else math.nan
    second = first - same / pairs / 2 if pairs and places is not None else math.nan
    low = second - maybe / pairs / 2 if pairs and places is not None else math.nan
    found = pd.Series(
        {
            "first": first,
            "second": second,
            "second_low": low,
            "pairs": float(pairs),
            "without_other": float(without),
            "same_place": float(same),
        }
    )
    found.attrs["note"] = (
        say(
            f"no other supplier is known for {without} of {pairs} (customer, input) pairs; one may exist unrecorded",
            f"{pairs} 个（客户，投入）对中有 {without} 个未见其他供应方；可能存在而未见记载",
        )
        if pairs
        else say("it supplies nobody as recorded", "未见它供应任何一方的记载")
    )
    return found


def tiers(
    supplies: pd.DataFrame, company: str, *, direction: Literal["upstream", "downstream"] = "upstream", steps: int = 3
) -> pd.DataFrame:
    """Suppliers of a firm by tier (direction upstream), or customers (downstream): tier 1 are its own, tier 2 theirs …

    A firm stands in the tier where it is met first. Columns: tier, id, via (the firms of the tier before that it is tied to, sorted).
    Raises ValueError for another direction or fewer than one step.

    >>> table = pd.DataFrame({"supplier": ["EUV", "fab"], "customer": ["fab", "chip"]})
    >>> tiers(table, "chip")[["tier", "id"]].values.tolist()
    [[1, 'fab'], [2, 'EUV']]
    """
    if direction not in ("upstream", "downstream"):
        raise ValueError(f"direction '{direction}' is not upstream or downstream")
    if steps < 1:
        raise ValueError(f"steps: {steps} is not 1 or more")
    at, to = ("customer", "supplier") if direction == "upstream" else ("supplier", "customer")
    next_of = _neighbours(supplies, at, to)
    found = _steps(supplies, at, to, company, limit=steps)
    via: dict[str, set[str]] = defaultdict(set)
    for node, tier in found.items():
        for other in next_of.get(node, ()):
            if found.get(other) == tier + 1:
                via[other].add(node)
    rows = sorted((tier, node, sorted(via[node])) for node, tier in found.items() if tier)
    return pd.DataFrame(rows, columns=["tier", "id", "via"])


def _neighbours(supplies: pd.DataFrame, at: str, to: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in zip(supplies[at], supplies[to], strict=True):
        found[one].add(other)
    return found


def _steps(supplies: pd.DataFrame, at: str, to: str, start: str, limit: int | None = None) -> dict[str, int]:
    """Everything reached from `start`, with the least number of steps."""
    next_of = _neighbours(supplies, at, to)
    found, edge, step = {start: 0}, [start], 0
    while edge and (limit is None or step < limit):
        step += 1
        edge = sorted({other for node in edge for other in next_of.get(node, ())} - set(found))
        found |= dict.fromkeys(edge, step)
    return found
