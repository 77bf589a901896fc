"""What the console offers: questions, measures, pictures and the schema, as the page's forms and lists need them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from aikg.serve.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aikg.api import Graph
    from aikg.graph.stores.protocol import Store, StoreSchema

__all__ = ["LABELS_OF", "accepted", "offer"]

LABELS_OF: dict[str, tuple[str, ...]] = {
    "city": ("City",),
    "cities": ("City",),
    "province": ("Province",),
    "region": ("Region",),
    "country": ("Country",),
    "place": ("City", "Province", "Region", "Country"),
    "places": ("City", "Province", "Region", "Country"),
    "against": ("City", "Province", "Region", "Country"),
    "segment": ("ChainSegment",),
    "segments": ("ChainSegment",),
    "layer": ("ChainLayer",),
    "company": ("Company",),
    "companies": ("Company",),
    "park": ("Park",),
    "parks": ("Park",),
    "policy": ("Policy",),
    "policies": ("Policy",),
    "programme": ("Programme",),
    "technology": ("Technology",),
    "field": ("ApplicationField", "Industry"),
}
"""Which nodes the key names of columns and parameters name, everywhere in the catalogue and the measures."""

_EXAMPLES = (
    (
        {"zh": "某市企业及其环节（关系图）", "en": "Firms of a city and their segments (network)"},
        "MATCH (t:City {name: '杭州市'})<-[r:LOCATED_IN]-(c:Company)\n"
        "OPTIONAL MATCH (c)-[o:OPERATES_IN]->(s:ChainSegment)\nRETURN t, r, c, o, s",
    ),
    (
        {"zh": "各城市有记载的企业数", "en": "Recorded firms by city"},
        "MATCH (c:Company)-[:LOCATED_IN]->(t:City)\n"
        "RETURN t.name AS city, t.id AS id, count(DISTINCT c) AS n\nORDER BY n DESC, id",
    ),
    (
        {"zh": "企业的成立日期与出处", "en": "Dates of foundation with sources"},
        "MATCH (c:Company)\nWHERE c.founded >= '2018'\n"
        "RETURN c.name AS name, c.id AS id, c.founded AS founded, c.sources AS sources\nORDER BY founded DESC, id",
    ),
    (
        {"zh": "来源有矛盾的节点", "en": "Nodes on which sources disagree"},
        "MATCH (n)-[:HAS_CONFLICT]->(c:Conflict)\n"
        "RETURN n.name AS name, n.id AS id, c.property AS property, c.values AS stated, c.value_sources AS sources\n"
        "ORDER BY name, property LIMIT 100",
    ),
    (
        {"zh": "两家企业之间的最短路径", "en": "Shortest path between two firms"},
        "MATCH p = shortestPath((a:Company {name: '华为'})-[*1..6]-(b:Company {name: '商汤科技'}))\nRETURN p",
    ),
)
_WHOLE_LIST = 3_000  # names that a browser's list still shows at once; of more, those that hold what was typed
_SUGGESTED = 50


def offer(kg: Graph, lang: str) -> dict[str, Any]:
    """Everything the page shows before anything is asked, in one language."""
    held = kg.store.schema()
    return {
        "lang": lang,
        "words": words(lang),
        "graph": {
            "nodes": sum(held.labels.values()),
            "relations": sum(held.types.values()),
            "database": getattr(kg.store, "uri", None),
            "folder": str(kg.folder) if kg.folder else None,
        },
        "questions": list(_questions(lang)),
        "measures": list(_measures(lang)),
        "pictures": list(_pictures(lang)),
        "schema": _schema(held, lang),
        "examples": [{"title": title[lang], "statement": statement} for title, statement in _EXAMPLES],
    }


def _questions(lang: str) -> Iterable[dict[str, Any]]:
    from aikg.queries.catalogue import load_catalogue
    from aikg.queries.parse import THEMES

    for query in load_catalogue():
        yield {
            "name": query.name,
            "group": THEMES[query.theme][lang],
            "title": query.title[lang],
            "about": query.question[lang],
            "method": (query.method or {}).get(lang, ""),
            "choices": [list(group) for group in query.choices],
            "parameters": [
                {
                    "name": p.name,
                    "datatype": p.datatype,
                    "default": p.default,
                    "text": p.description[lang],
                    "listed": bool(p.values),
                }
                for p in query.parameters.values()
            ],
            "columns": [{"name": c.name, "text": c.description[lang]} for c in query.columns],
        }


def _measures(lang: str) -> Iterable[dict[str, Any]]:
    from aikg.graph.analysis.catalogue import load_measures
    from aikg.graph.analysis.measure import GROUPS

    which = int(lang == "en")
    for measure in load_measures().values():
        yield {
            "name": measure.name,
            "group": GROUPS[measure.group][lang],
            "title": measure.title[which],
            "about": "",
            "method": measure.method[which],
            "choices": [],
            "parameters": [
                {
                    "name": name,
                    "datatype": _datatype(str(p.annotation)),
                    "default": None if p.default is p.empty else p.default,
                    "needed": p.default is p.empty,
                    "text": measure.parameters[name][which],
                    "listed": name in LABELS_OF or name in ("labels", "relations"),
                }
                for name, p in measure.signature().items()
                if name != "file"  # the console reads no files
            ],
            "columns": [{"name": name, "text": text[which]} for name, text in measure.columns.items()],
        }


def _datatype(annotation: str) -> str:
    kind = annotation.removesuffix(" | None").removeprefix("None | ")
    if kind.startswith(("list", "Sequence", "Iterable", "tuple")):
        return "list"
    return {"int": "integer", "float": "number", "bool": "boolean"}.get(kind, "text")


def _pictures(lang: str) -> Iterable[dict[str, Any]]:
    from aikg.graph.views.picture import PICTURES

    for name, kind in PICTURES.items():
        if importlib.util.find_spec(kind.module) is None:
            continue
        yield {
            "name": name,
            "group": "",
            "title": kind.title[lang],
            "about": "",
            "method": "",
            "choices": [],
            "parameters": [
                {
                    "name": p.name,
                    "datatype": "list" if p.datatype == "text_list" else p.datatype,
                    "default": p.default,
                    "text": p.description[lang],
                    "choices": list(p.choices),
                    "listed": bool(p.values) or p.name in LABELS_OF or p.name in ("labels", "relations"),
                }
                for p in kind.parameters
                if p.name != "lang" and p.datatype != "file"  # the console reads no files
            ],
            "columns": [],
        }


def _schema(held: StoreSchema, lang: str) -> dict[str, Any]:
    from aikg.ontology.schema import load_schema

    schema = load_schema()
    common = {"node": schema.common_node, "edge": schema.common_edge}

    def listed(columns: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
        return [
            {
                "name": p.name,
                "title": p.label[lang],
                "text": p.definition[lang],
                "datatype": p.datatype,
                "common": p.name in common[kind],
            }
            for p in columns.values()
            if p.name not in ("subject", "object")
        ]

    foreign = [name for name in held.labels if name not in schema.labels]
    return {
        "labels": [
            {
                "name": name,
                "title": label.label[lang],
                "text": label.definition[lang],
                "n": held.labels.get(name, 0),
                "prefix": label.id_prefix,
                "properties": listed(schema.node_columns(name), "node"),
            }
            for name, label in schema.labels.items()
        ]
        + [{"name": n, "title": n, "text": "", "n": held.labels[n], "prefix": "", "properties": []} for n in foreign],
        "relations": [
            {
                "name": name,
                "title": relation.label[lang],
                "text": relation.definition[lang],
                "n": held.types.get(name, 0),
                "ends": [list(relation.domain), list(relation.range)],
                "properties": listed(schema.edge_columns(name), "edge"),
            }
            for name, relation in schema.relations.items()
        ],
    }


def accepted(kg: Graph, kind: str, name: str, parameter: str, typed: str) -> dict[str, Any]:
    """Values to suggest for a parameter: all where they are few (`whole`), else those that hold what was typed."""
    from aikg.ontology.schema import load_schema

    store = kg.store
    if kind == "question":
        from aikg.queries.catalogue import load_catalogue
        from aikg.queries.parameters import accepted_values, known_parameter

        wanted = known_parameter(load_catalogue().get(name), parameter)
        labels = wanted.labels
        if not labels:
            return {"values": accepted_values(store, wanted)[:_WHOLE_LIST], "whole": True}
    else:
        if parameter in ("labels", "relations"):
            schema, held = load_schema(), store.schema()
            ours = schema.labels if parameter == "labels" else schema.relations
            return {"values": [n for n in ours if n in held.labels or n in held.types], "whole": True}
        labels = _picture_labels(name, parameter) if kind == "picture" else ()
        labels = labels or LABELS_OF.get(parameter, ())
    return _names(store, labels, typed)


def _picture_labels(name: str, parameter: str) -> tuple[str, ...]:
    from aikg.graph.views.picture import known_picture

    return next((p.values for p in known_picture(name).parameters if p.name == parameter), ())


def _names(store: Store, labels: tuple[str, ...], typed: str) -> dict[str, Any]:
    held = store.schema().labels
    here = [label for label in labels if held.get(label)]  # labels are the ontology's own names, never the user's
    if not here:
        return {"values": [], "whole": True}
    few = sum(held[label] for label in here) <= _WHOLE_LIST
    rows = store.query(
        f"MATCH (n:{'|'.join(here)}) WHERE n.name CONTAINS $typed "
        f"RETURN DISTINCT n.name AS value ORDER BY value LIMIT {_WHOLE_LIST if few else _SUGGESTED}",
        {"typed": "" if few else typed},
    )
    return {"values": [str(value) for value in rows["value"]], "whole": few}
