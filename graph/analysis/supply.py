"""Who supplies whom, over a graph: leakage, tiers, choke points, substitutability.

Most of it rests on SUPPLIES, which many graphs do not hold. Such a question is then answered by an empty frame with its
columns and a note that says so, since "no supplier recorded" would claim more than is known.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis import chain_inputs, choke
from aikg.graph.analysis.coverage import leakage
from aikg.graph.analysis.facts import names_of, works_in
from aikg.graph.analysis.names import find, find_place
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "LEVELS",
    "answered",
    "checked_level",
    "choke_points_of",
    "leakage_of",
    "no_supplies",
    "outside_shares",
    "places_of",
    "substitutability_of",
    "supplies_of",
    "tiers_of",
]

LEVELS = ("City", "Province", "Country")
_SUPPLY_COLUMNS = ["supplier", "customer", "input", "year", "sources"]


def no_supplies() -> str:
    """What is said where the graph has no supply relations."""
    return say(
        "this graph holds no SUPPLIES; load a table of supply relations (company, company, product)",
        "本图没有供应关系（SUPPLIES）；请载入供应关系表（企业、企业、产品）",
    )


def supplies_of(graph: KnowledgeGraph) -> pd.DataFrame:
    """SUPPLIES as supplier, customer, input (the product as written, null where not said), year, sources."""
    if "SUPPLIES" not in graph.edges:
        return pd.DataFrame({name: [] for name in _SUPPLY_COLUMNS}, dtype=object)
    frame = graph.edges["SUPPLIES"].astype(object)
    found = frame.rename(columns={"subject": "supplier", "object": "customer", "product": "input"})
    found = found.reindex(columns=_SUPPLY_COLUMNS)
    for column in ("input", "year"):
        found[column] = [None if is_null(value) else value for value in found[column]]
    found["sources"] = [[str(entry) for entry in said] for said in found["sources"]]
    return found.astype(object)


def answered(rows: list[dict[str, Any]], columns: list[str], by: str, note: str | None) -> pd.DataFrame:
    """Rows as a frame that has its columns in any case, with attrs."""
    found = pd.DataFrame(rows, columns=columns)
    found.attrs.update(by=by, n=len(found), note=note)
    return found


def places_of(graph: KnowledgeGraph, level: str) -> dict[str, set[str]]:
    """Places of each company on a level; Province with the cities that are provinces."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in records(chain_inputs.seats_with_municipalities(graph, level)):
        found[row.id].add(row.place)
    return dict(found)


def checked_level(level: str) -> None:
    """QueryError for a level that overlaps or is none."""
    if level not in LEVELS:
        raise QueryError(
            say(f"level '{level}' is none of {', '.join(LEVELS)}", f"层级“{level}”不对，应为 {'、'.join(LEVELS)} 之一")
        )


# -- leakage -----------------------------------------------------------------------------------------


def leakage_of(graph: KnowledgeGraph, place: str, *, min_count: int = 3) -> pd.DataFrame:
    """Share of the supply relations into a place's firms that work in a segment whose supplier is outside (one row).

    Columns: place, place_id, n (relations with a known place of the supplier), value (NaN below `min_count`), low and high (if the suppliers
    in `unknown`, whose place is not recorded or disputed, were inside or outside), outside, unknown, sources.
    """
    columns = ["place", "place_id", "n", "value", "low", "high", "outside", "unknown", "sources"]
    here, name = find_place(graph, place)
    if "SUPPLIES" not in graph.edges:
        return answered([], columns, "relations", no_supplies())
    into = _into(graph, here, set(works_in(graph)["segment"]))
    found = leakage(into, here)
    n = int(found["n"])
    row = {
        "place": name,
        "place_id": here,
        "n": n,
        "value": found["leakage"] if n >= min_count else math.nan,
        **{key: found[key] for key in ("low", "high")},
        **{key: int(found[key]) for key in ("outside", "unknown")},
        "sources": sorted({entry for said in into["sources"] for entry in said}),
    }
    note = (
        None
        if len(into)
        else say(
            f"no supply to a company of {name} that works in a segment of the chain is recorded",
            f"未见对{name}有环节记载的企业的供应的记载",
        )
    )
    return answered([row], columns, "relations", note)


def outside_shares(graph: KnowledgeGraph, here: str, segments: Iterable[str]) -> list[float]:
    """Leakage of each segment of a place; NaN where no supply is recorded."""
    if "SUPPLIES" not in graph.edges:
        return [math.nan for _ in segments]
    return [float(leakage(_into(graph, here, {s}), here)["leakage"]) for s in segments]


def _into(graph: KnowledgeGraph, here: str, segments: set[str]) -> pd.DataFrame:
    """Supplies to firms of a place that work in the segments, with `supplier_place` and `customer_place`."""
    work = works_in(graph)
    wanted = set(work.loc[work["segment"].isin(segments), "id"])
    at = places_of(graph, chain_inputs.level_of(graph, here))
    found = supplies_of(graph)
    found = found[[c in wanted and here in at.get(c, ()) for c in found["customer"]]].copy()
    spots = [at.get(firm, set()) for firm in found["supplier"]]
    placed = [
        None if not spot or (here in spot and len(spot) > 1) else here if here in spot else min(spot) for spot in spots
    ]
    found["supplier_place"] = pd.Series(placed, index=found.index, dtype=object)
    found["customer_place"] = here
    return found


# -- tiers, choke points, substitutability -----------------------------------------------------------


def tiers_of(graph: KnowledgeGraph, company: str, *, direction: str = "upstream", steps: int = 3) -> pd.DataFrame:
    """Suppliers (upstream) or customers (downstream) of a company: tier, name, id, via (names), products, sources."""
    if direction not in ("upstream", "downstream"):
        raise QueryError(
            say(
                f"direction '{direction}' is not upstream or downstream",
                f"方向“{direction}”应为 upstream 或 downstream",
            )
        )
    if steps < 1:
        raise QueryError(say(f"steps={steps} is less than 1", f"steps={steps} 小于 1"))
    columns = ["tier", "name", "id", "via", "products", "sources"]
    start, name = find(graph, company, "Company")
    if "SUPPLIES" not in graph.edges:
        return answered([], columns, "relations", no_supplies())
    table, names = supplies_of(graph), names_of(graph, "Company")
    near, far = ("customer", "supplier") if direction == "upstream" else ("supplier", "customer")
    rows = []
    for row in records(choke.tiers(table, start, direction=direction, steps=steps)):  # type: ignore[arg-type]
        used = table[(table[far] == row.id) & table[near].isin(row.via)]
        rows.append(
            {
                "tier": row.tier,
                "name": names[row.id],
                "id": row.id,
                "via": [names[node] for node in row.via],
                "products": sorted(set(used["input"].dropna())),
                "sources": sorted({entry for said in used["sources"] for entry in said}),
            }
        )
    what = say("suppliers", "供应方") if direction == "upstream" else say("customers", "客户")
    note = None if rows else say(f"no {what} of {name} are recorded", f"未见{name}的{what}的记载")
    return answered(rows, columns, "relations", note)


def choke_points_of(graph: KnowledgeGraph, product: str, *, inputs: Iterable[str] = ()) -> pd.DataFrame:
    """What a company, or a product as SUPPLIES writes it, cannot be made without; rules in `choke.choke_points`.

    `inputs` are the companies at which the chain begins. Columns: level (supplier: on every way; input: the one known supplier of an input),
    name, id, input, customer (name), steps, sources. `attrs`: `open` (ids whose suppliers are not recorded), note.
    """
    columns = ["level", "name", "id", "input", "customer", "steps", "sources"]
    wanted = [inputs] if isinstance(inputs, str) else list(inputs)
    begin = [find(graph, text, "Company")[0] for text in wanted]
    table, names = supplies_of(graph), names_of(graph, "Company")
    written = product.strip()
    if "SUPPLIES" not in graph.edges:
        return answered([], columns, "relations", no_supplies())
    made = table[table["input"] == written]
    if len(made):
        # Those who supply the product are alternatives: it is a thing of its own that each of them can bring.
        target = f"product:{written}"
        table = pd.concat([table, made.assign(customer=target).drop_duplicates(["supplier"])], ignore_index=True)
        names = names | {target: written}
    else:
        target = find(graph, product, "Company")[0]
    try:
        pure = choke.choke_points(table, target, begin)
    except ValueError as error:
        raise QueryError(
            say(
                f"{error}; leave what does not lead to {names[target]} out of the inputs",
                f"所给投入中有企业不通向{names[target]}，请去掉它（{error}）",
            )
        ) from error
    rows = []
    for row in records(pure):
        mine = table["supplier"] == row.id
        if row.level == "input":
            mine &= (table["customer"] == row.customer) & (table["input"] == row.input)
        rows.append(
            {
                "level": row.level,
                "name": names[row.id],
                "id": row.id,
                "input": row.input,
                "customer": names.get(row.customer),
                "steps": row.steps,
                "sources": sorted({entry for said in table.loc[mine, "sources"] for entry in said}),
            }
        )
    found = answered(rows, columns, "relations", pure.attrs["note"])
    found.attrs["open"] = pure.attrs["open"]
    return found


def substitutability_of(graph: KnowledgeGraph, company: str, *, level: str = "City") -> pd.DataFrame:
    """How far the customers of a company have another supplier on record (one row); rules in `choke.substitutability`.

    Columns: name, id, n ((customer, input) pairs), value (first order, 0-1), second, second_low (for a shock in its own place of the
    level), without_other, same_place, sources. A company in several places counts with none here, so the second order then is low only.
    """
    checked_level(level)
    columns = ["name", "id", "n", "value", "second", "second_low", "without_other", "same_place", "sources"]
    firm, name = find(graph, company, "Company")
    if "SUPPLIES" not in graph.edges:
        return answered([], columns, "relations", no_supplies())
    table = supplies_of(graph)
    places = {who: min(spots) for who, spots in places_of(graph, level).items() if len(spots) == 1}
    pure = choke.substitutability(table, firm, places=places)
    row = {
        "name": name,
        "id": firm,
        "n": int(pure["pairs"]),
        "value": pure["first"],
        **{key: pure[key] for key in ("second", "second_low")},
        **{key: int(pure[key]) for key in ("without_other", "same_place")},
        "sources": sorted({e for said in table.loc[table["supplier"] == firm, "sources"] for e in said}),
    }
    return answered([row], columns, "relations", pure.attrs["note"])
