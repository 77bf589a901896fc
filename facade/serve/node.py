"""One node as the page's panel tells it: values, sources, contradictions and relations, on every store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import QueryError
from aikg.serve.words import WORDS

if TYPE_CHECKING:
    from aikg.api import Graph

__all__ = ["node_details"]

_RELATIONS = 200
_APART = frozenset({"id", "name", "aliases", "sources", "method", "confidence"})
_BEHIND = frozenset({"HAS_CONFLICT", "STATED_IN"})


def node_details(kg: Graph, node_id: str, lang: str) -> dict[str, Any]:
    """Label, name, properties (null: not recorded), citations, contradictions and relations of a node. QueryError for an unknown id."""
    from aikg.cli.tables import plain
    from aikg.graph.views.details import number_text
    from aikg.ontology.schema import load_schema

    schema, store = load_schema(), kg.store
    label = schema.label_of_id(node_id)
    kind = f":{label}" if label else ""
    # Labels are names of the ontology, found by the id's prefix; the id is a parameter.
    rows = store.query(f"MATCH (n{kind}) WHERE n.id = $id RETURN n LIMIT 1", {"id": node_id})
    if rows.empty:
        raise QueryError(WORDS["no_node"][lang].format(id=node_id[:200]))
    node = plain(rows.iloc[0, 0])
    label = str(node["label"])
    columns = schema.node_columns(label) if label in schema.labels else {}
    codes = _codes(lang)

    def text(value: Any, scheme: str | None) -> str | None:
        if value is None or value in ("", []):
            return None
        if isinstance(value, bool):
            return WORDS["yes" if value else "no"][lang]
        if isinstance(value, int | float):
            return number_text(value)
        if isinstance(value, list):
            between = ", " if lang == "en" else "、"
            return between.join(t for item in value if (t := text(item, scheme)))
        return codes.get(scheme or "", {}).get(str(value), str(value))

    shown = {n: p for n, p in columns.items() if n not in _APART and p.derived_from is None}
    foreign = sorted(n for n in node if n not in columns and n not in ("id", "label"))
    properties = [
        {"title": p.label[lang], "name": n, "value": text(node.get(n), p.scheme)} for n, p in shown.items()
    ] + [{"title": n, "name": n, "value": text(node[n], None)} for n in foreign]
    around, cut = _relations(kg, kind, node_id, lang)
    return {
        "id": node_id,
        "name": str(node.get("name") or node_id),
        "label": label,
        "kind": schema.labels[label].label[lang] if label in schema.labels else label,
        "aliases": [str(alias) for alias in node.get("aliases") or []],
        "properties": properties,
        "sources": [kg.cite(str(entry), lang) for entry in node.get("sources") or []],
        "conflicts": _conflicts(kg, kind, node_id, lang),
        "relations": around,
        "cut": cut,
    }


def _conflicts(kg: Graph, kind: str, node_id: str, lang: str) -> list[dict[str, Any]]:
    from aikg.cli.tables import plain
    from aikg.ontology.schema import load_schema

    if not kg.store.schema().labels.get("Conflict"):
        return []
    rows = kg.store.query(
        f"MATCH (n{kind})-[:HAS_CONFLICT]->(c:Conflict) WHERE n.id = $id RETURN c ORDER BY c.id", {"id": node_id}
    )
    columns = [load_schema().node_columns(label) for label in load_schema().labels]
    titles = {name: p.label[lang] for known in columns for name, p in known.items()}
    titles |= {name: relation.label[lang] for name, relation in load_schema().relations.items()}
    made = []
    for conflict in map(plain, rows["c"] if not rows.empty else []):
        values, sources = conflict.get("values") or [], conflict.get("value_sources") or []
        name = str(conflict.get("property") or "")
        made.append(
            {
                "property": titles.get(name, name),
                "values": [
                    {"value": str(value), "cite": kg.cite(str(sources[at]), lang) if at < len(sources) else None}
                    for at, value in enumerate(values)
                ],
            }
        )
    return made


def _relations(kg: Graph, kind: str, node_id: str, lang: str) -> tuple[list[dict[str, Any]], bool]:
    from aikg.ontology.schema import load_schema

    schema = load_schema()
    made: list[dict[str, Any]] = []
    cut = False
    for arrow, pattern in (("→", f"(n{kind})-[r]->(m)"), ("←", f"(m)-[r]->(n{kind})")):
        rows = kg.store.query(
            f"MATCH {pattern} WHERE n.id = $id AND NOT type(r) IN $behind "
            "RETURN type(r) AS type, m.id AS id, m.name AS name, head(labels(m)) AS label, r.sources AS sources "
            f"ORDER BY type, name, id LIMIT {_RELATIONS + 1}",
            {"id": node_id, "behind": sorted(_BEHIND)},
        )
        cut = cut or len(rows) > _RELATIONS
        for row in rows.head(_RELATIONS).itertuples(index=False):
            cited: list[Any] = row.sources if isinstance(row.sources, list) else []
            known, other = schema.relations.get(str(row.type)), schema.labels.get(str(row.label))
            made.append(
                {
                    "type": str(row.type),
                    "title": known.label[lang] if known else str(row.type),
                    "arrow": arrow,
                    "id": str(row.id),
                    "name": str(row.name) if isinstance(row.name, str) else str(row.id),
                    "kind": other.label[lang] if other else str(row.label),
                    "sources": [kg.cite(str(entry), lang) for entry in cited],
                }
            )
    return made, cut


def _codes(lang: str) -> dict[str, dict[str, str]]:
    from aikg.ontology.concepts import load_concepts

    concepts = load_concepts()
    return {
        name: {one.name: (one.en if lang == "en" else one.zh) or one.name for one in concepts.code_list(name)}
        for name in concepts.code_lists()
        if name not in ("indicator", "capacity_unit")
    }
