"""The schema as a Markdown page: the tables that users look names up in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aikg.ontology.constraints import Constraint
    from aikg.ontology.schema import Label, Property, Relation, Schema

__all__ = ["schema_page"]

_WORDS = {
    "zh": {
        "title": "本体：图中有什么",
        "intro": "本页由 `core.ttl` 与 `shapes.ttl` 生成，版本 {version}。未见记载的值为空（null），从不表示“无”。",
        "labels": "节点标签",
        "relations": "关系类型",
        "common_node": "所有节点共有的属性",
        "common_edge": "所有边共有的属性",
        "properties": "各标签的属性",
        "edge_properties": "各关系的属性",
        "rules": "校验规则",
        "label": "标签",
        "relation": "关系",
        "name": "名称",
        "other": "英文",
        "prefix": "id 前缀",
        "definition": "定义",
        "property": "属性",
        "datatype": "类型",
        "list": "代码表",
        "ends": "起点 → 终点",
        "key": "键属性",
        "functional": "唯一条件",
        "target": "对象",
        "severity": "级别",
        "message": "规则",
    },
    "en": {
        "title": "Ontology: what a graph holds",
        "intro": "Made from `core.ttl` and `shapes.ttl`, version {version}. "
        "A value that is not recorded is null and never means “none”.",
        "labels": "Node labels",
        "relations": "Relation types",
        "common_node": "Properties of all nodes",
        "common_edge": "Properties of all edges",
        "properties": "Properties of labels",
        "edge_properties": "Properties of relations",
        "rules": "Rules",
        "label": "label",
        "relation": "relation",
        "name": "name",
        "other": "Chinese",
        "prefix": "id prefix",
        "definition": "definition",
        "property": "property",
        "datatype": "datatype",
        "list": "code list",
        "ends": "from → to",
        "key": "key properties",
        "functional": "at most one where",
        "target": "target",
        "severity": "severity",
        "message": "rule",
    },
}


def schema_page(schema: Schema, lang: str) -> str:
    """Labels, relation types, properties and rules of `schema` as Markdown, in `zh` or `en`."""
    words = _WORDS[lang]
    other = "en" if lang == "zh" else "zh"
    lines = [f"# {words['title']}", "", words["intro"].format(version=schema.version), ""]

    def section(title: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        heads = [words[h] for h in header]
        lines.extend([f"## {words[title]}", "", _row(heads), _row("---" for _ in heads)])
        lines.extend(_row(row) for row in rows)
        lines.append("")

    section(
        "labels",
        ("label", "name", "other", "prefix", "definition"),
        (
            (f"`{x.name}`", x.label[lang], x.label[other], f"`{x.id_prefix}:`", x.definition[lang])
            for x in schema.labels.values()
        ),
    )
    section(
        "relations",
        ("relation", "name", "other", "ends", "key", "functional", "definition"),
        (
            (
                f"`{r.name}`",
                r.label[lang],
                r.label[other],
                _ends(schema, r),
                _code(r.key),
                f"`{r.functional}`" if r.functional else "",
                r.definition[lang],
            )
            for r in schema.relations.values()
        ),
    )
    header = ("property", "name", "other", "datatype", "list", "definition")
    section("common_node", header, (_property(p, lang, other) for p in schema.common_node.values()))
    section("common_edge", header, (_property(p, lang, other) for p in schema.common_edge.values()))
    section("properties", ("label", *header), _owned(schema.labels.values(), schema.node_columns, lang, other))
    section(
        "edge_properties",
        ("relation", *header),
        _owned(schema.relations.values(), schema.edge_columns, lang, other),
    )
    section("rules", ("target", "property", "severity", "message"), _rules(schema.constraints, lang))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _property(prop: Property, lang: str, other: str) -> tuple[str, ...]:
    scheme = f"`{prop.scheme}`" if prop.scheme else ""
    return f"`{prop.name}`", prop.label[lang], prop.label[other], prop.datatype, scheme, prop.definition[lang]


def _owned(
    owners: Iterable[Label | Relation], columns: Callable[[str], dict[str, Property]], lang: str, other: str
) -> Iterator[tuple[str, ...]]:
    """Own properties with their derived years; the common ones have tables of their own."""
    for owner in owners:
        for name, prop in columns(owner.name).items():
            if name in owner.properties or prop.derived_from in owner.properties:
                yield (f"`{owner.name}`", *_property(prop, lang, other))


def _ends(schema: Schema, relation: Relation) -> str:
    """Allowed ends, folded: labels with the same targets share a line, every label is `*`."""
    if relation.same_label:
        return "`*` → =="
    targets: dict[frozenset[str], list[str]] = {}
    for label in relation.domain:
        reached = frozenset(b for a, b in relation.pairs if a == label)
        targets.setdefault(reached, []).append(label)
    parts = []
    for reached, labels in targets.items():
        start = "`*`" if len(labels) == len(schema.labels) else _code(labels)
        parts.append(f"{start} → {_code(sorted(reached, key=list(schema.labels).index))}")
    return "<br>".join(parts)


def _rules(constraints: Iterable[Constraint], lang: str) -> Iterator[tuple[str, ...]]:
    """Rules with the same words in the same place are one row (min and max of a range)."""
    seen: dict[tuple[str, ...], None] = {}
    for c in constraints:
        seen.setdefault((f"`{c.target}`", f"`{c.property}`", c.severity, c.message[lang]))
    yield from seen
