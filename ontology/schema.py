"""The schema as one object: labels, relation types, properties and rules, read from the Turtle files.

Column types, database constraints, help texts and legends are all derived from it, so that adding a
property means editing `core.ttl` and nothing else.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from aikg.ontology.constraints import Constraint, read_constraints
from aikg.ontology.errors import SchemaError
from aikg.ontology.language import Said, say
from aikg.ontology.namespaces import FOLDER, NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["DATATYPES", "Constraint", "Label", "Property", "Relation", "Schema", "load_schema"]

DATATYPES = ("text", "date", "integer", "number", "boolean", "text_list")

_LABEL, _RELATION, _NAME = Said("label", "类型"), Said("relation type", "关系"), Said("name", "名称")
_EITHER = Said("label or relation type", "类型或关系")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATATYPE_OF_RANGE = {
    _XSD + "string": "text",
    _XSD + "integer": "integer",
    _XSD + "double": "number",
    _XSD + "boolean": "boolean",
    NS + "partialDate": "date",
}


@dataclass(frozen=True)
class Property:
    """A column of a node or edge frame.

    `datatype` is one of `DATATYPES`; a `date` is ISO text that may stop at year or month.
    `scheme` names the code list of the values, `derived_from` the date from which a `…_year` is taken.
    """

    name: str
    datatype: str
    label: dict[str, str]
    definition: dict[str, str]
    scheme: str | None = None
    derived_from: str | None = None
    iri: str = ""


@dataclass(frozen=True)
class Label:
    """A kind of node. `properties` are its own, without the common ones and without derived years."""

    name: str
    label: dict[str, str]
    definition: dict[str, str]
    id_prefix: str
    properties: dict[str, Property]
    aligned: tuple[str, ...]
    iri: str = ""


@dataclass(frozen=True)
class Relation:
    """A type of edge.

    `domain` and `range` are the labels at which edges may start and end, `pairs` the allowed combinations.
    `key` are the properties that tell edges of the same ends apart. `functional` is `property=value`:
    a subject has at most one edge that meets it (more are kept and listed as a contradiction).
    """

    name: str
    label: dict[str, str]
    definition: dict[str, str]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    properties: dict[str, Property]
    key: tuple[str, ...] = ()
    functional: str | None = None
    pairs: frozenset[tuple[str, str]] = frozenset()
    same_label: bool = False
    aligned: tuple[str, ...] = ()
    iri: str = ""

    def allows(self, subject_label: str, object_label: str) -> bool:
        """Whether an edge of this type may go from one label to the other.

        >>> load_schema().relations["PART_OF"].allows("City", "Province")
        True
        """
        return (subject_label, object_label) in self.pairs


@dataclass(frozen=True)
class Schema:
    """Everything that may exist in a graph. Get it with `load_schema()`."""

    version: str
    labels: dict[str, Label]
    relations: dict[str, Relation]
    constraints: tuple[Constraint, ...]
    common_node: dict[str, Property]
    common_edge: dict[str, Property]
    _node_columns: dict[str, dict[str, Property]] = field(default_factory=dict, repr=False)
    _edge_columns: dict[str, dict[str, Property]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for name, label in self.labels.items():
            self._node_columns[name] = self.common_node | _with_years(label.properties)
        for name, relation in self.relations.items():
            self._edge_columns[name] = self.common_edge | _with_years(relation.properties)

    def node_columns(self, label: str) -> dict[str, Property]:
        """Columns of a node frame in their order: the common ones, then the label's own with their `…_year`.

        >>> list(load_schema().node_columns("Company"))[7:9]
        ['founded', 'founded_year']
        """
        return dict(self._node_columns[self._known(label, self.labels, _LABEL)])

    def edge_columns(self, type: str) -> dict[str, Property]:  # noqa: A002 - the word of the property-graph world
        """Columns of an edge frame in their order: the common ones, then the relation's own.

        >>> list(load_schema().edge_columns("DESIGNATED_AS"))[-1]
        'year'
        """
        return dict(self._edge_columns[self._known(type, self.relations, _RELATION)])

    def properties(self) -> dict[str, Property]:
        """Every property of every label and relation by name, common ones first, without derived years."""
        found = self.common_node | self.common_edge
        owners: tuple[Label | Relation, ...] = (*self.labels.values(), *self.relations.values())
        for owner in owners:
            for name, prop in owner.properties.items():
                found.setdefault(name, prop)
        return found

    def label_text(self, name: str, lang: str = "zh") -> str:
        """Chinese (`zh`) or English (`en`) name of a label, relation type, property or derived year.

        >>> load_schema().label_text("LOCATED_IN", "zh"), load_schema().label_text("founded", "en")
        ('位于', 'founded')
        """
        return self._entry(name).label[_language(lang)]

    def definition_text(self, name: str, lang: str = "zh") -> str:
        """Definition of a label, relation type or property in Chinese (`zh`) or English (`en`)."""
        return self._entry(name).definition[_language(lang)]

    def label_of_id(self, node_id: str) -> str | None:
        """The label that an id's prefix stands for, None for an unknown prefix.

        >>> load_schema().label_of_id("segment:计算机视觉")
        'ChainSegment'
        """
        prefix = node_id.partition(":")[0]
        return next((name for name, label in self.labels.items() if label.id_prefix == prefix), None)

    def unique_keys(self) -> dict[str, str]:
        """Property by label for which a database shall hold a uniqueness constraint."""
        return dict.fromkeys(self.labels, "id")

    def constraints_for(self, name: str) -> tuple[Constraint, ...]:
        """Rules for a label or relation type, those common to all nodes or edges first.

        A rule holds for `name` when its target is `name`, `Node` (for labels) or `Edge` (for relation types).
        """
        common = "Node" if name in self.labels else "Edge"
        if common == "Edge":
            self._known(name, self.relations, _EITHER)
        return tuple(c for target in (common, name) for c in self.constraints if c.target == target)

    def markdown(self, lang: str = "zh") -> str:
        """The schema as a Markdown page: labels, relations, properties, rules; in `zh` or `en`."""
        from aikg.ontology.schema_page import schema_page  # only the documentation needs it

        return schema_page(self, _language(lang))

    def _entry(self, name: str) -> Label | Relation | Property:
        if name in self.labels:
            return self.labels[name]
        if name in self.relations:
            return self.relations[name]
        known = self.properties()
        if name not in known:
            for prop in list(known.values()):
                if prop.datatype == "date":
                    known[f"{prop.name}_year"] = _year_of(prop)
        return known[self._known(name, {**self.labels, **self.relations, **known}, _NAME)]

    @staticmethod
    def _known(name: str, valid: Mapping[str, object], what: Said) -> str:
        if name in valid:
            return name
        near = difflib.get_close_matches(name, valid, n=3, cutoff=0.5) or list(valid)
        raise SchemaError(
            say(
                f"{what} {name!r} is not in the ontology; use one of {', '.join(near)}",
                f"本体里没有{what}“{name}”；应为 {'、'.join(near)} 之一",
            )
        )


@lru_cache(maxsize=1)
def load_schema() -> Schema:
    """The schema of the shipped Turtle files; parsed once per process (about 0.1 s).

    >>> load_schema().labels["City"].id_prefix
    'city'
    """
    from rdflib import Graph  # a tenth of a second: only who asks for the schema pays

    core = Graph(bind_namespaces="none").parse(FOLDER / "core.ttl", format="turtle")
    shapes = Graph(bind_namespaces="none").parse(FOLDER / "shapes.ttl", format="turtle")
    return _Reader(core).schema(shapes)


def _language(lang: str) -> str:
    if lang not in {"zh", "en"}:
        raise SchemaError(say(f"language {lang!r} is not one of zh, en", f"语言“{lang}”应为 zh、en 之一"))
    return lang


def _year_of(prop: Property) -> Property:
    return Property(
        name=f"{prop.name}_year",
        datatype="integer",
        label={"zh": f"{prop.label['zh']}（年）", "en": f"{prop.label['en']} (year)"},
        definition={
            "zh": f"由 {prop.name} 得出的年份，便于按年筛选；未见记载为空。",
            "en": f"Year taken from {prop.name}, for filters by year; null where it is not recorded.",
        },
        derived_from=prop.name,
    )


def _with_years(properties: Mapping[str, Property]) -> dict[str, Property]:
    columns: dict[str, Property] = {}
    for name, prop in properties.items():
        columns[name] = prop
        if prop.datatype == "date":
            columns[f"{name}_year"] = _year_of(prop)
    return columns


class _Reader:
    """Turns the triples of `core.ttl` into the schema; SchemaError where a block is incomplete."""

    def __init__(self, core: Graph) -> None:
        from rdflib import RDFS, SH, SKOS, Namespace, URIRef

        self.g = core
        self.own = Namespace(NS)
        self.domain = URIRef("https://schema.org/domainIncludes")
        self.range = URIRef("https://schema.org/rangeIncludes")
        self.rdfs, self.sh, self.skos = RDFS, SH, SKOS

    def schema(self, shapes: Graph) -> Schema:
        from rdflib import OWL, RDF, URIRef

        classes = self._ordered(OWL.Class)
        self.label_names = {iri: str(self._one(iri, self.own.graphName)) for iri in classes}
        properties = self._ordered(OWL.DatatypeProperty)
        labels = {
            name: Label(
                name=name,
                label=self._texts(iri, self.rdfs.label),
                definition=self._texts(iri, self.skos.definition),
                id_prefix=str(self._one(iri, self.own.idPrefix)),
                properties={
                    p.name: p
                    for q in properties
                    if self.own.Node not in (on := set(self.g.objects(q, self.domain)))
                    and name in self._labels_below(on)
                    for p in [self._property(q, iri)]
                },
                aligned=self._aligned(iri),
                iri=str(iri),
            )
            for iri, name in self.label_names.items()
        }
        relations = {r.name: r for iri in self._ordered(OWL.ObjectProperty) for r in [self._relation(iri, properties)]}
        names = {str(iri): str(self._one(iri, self.own.graphName)) for iri in [*classes, *properties]}
        names |= {r.iri: r.name for r in relations.values()}
        below = {
            str(c): self._labels_below([c])
            for c in self.g.subjects(RDF.type, OWL.Class)
            if isinstance(c, URIRef) and c not in self.label_names
        }
        version = self._one(URIRef(NS), OWL.versionInfo)
        return Schema(
            version=str(version),
            labels=labels,
            relations=relations,
            constraints=read_constraints(shapes, names | {NS + "Node": "Node", NS + "Edge": "Edge"}, below),
            common_node=self._common(properties, self.domain, self.own.Node),
            common_edge=self._common(properties, self.own.onRelation, self.own.relation),
        )

    def _ordered(self, kind: Node) -> list[Node]:
        """Declared things of a kind that have a name in the graph, by sh:order, then by IRI."""
        from rdflib import RDF

        found = [s for s in self.g.subjects(RDF.type, kind) if (s, self.own.graphName, None) in self.g]
        return sorted(found, key=lambda s: (int(str(self._one(s, self.sh.order))), str(s)))

    def _one(self, subject: Node, predicate: Node) -> Node:
        values = list(self.g.objects(subject, predicate))
        if len(values) != 1:
            raise SchemaError(
                say(
                    f"core.ttl: {subject} has {len(values)} values of {predicate}; give it exactly one",
                    f"core.ttl：{subject} 有 {len(values)} 个 {predicate} 的值；应恰好有一个",
                )
            )
        return values[0]

    def _texts(self, subject: Node, predicate: Node) -> dict[str, str]:
        from rdflib import Literal

        texts = {o.language: str(o) for o in self.g.objects(subject, predicate) if isinstance(o, Literal)}
        if set(texts) != {"zh", "en"}:
            raise SchemaError(
                say(
                    f"core.ttl: {subject} needs one {predicate} @zh and one @en",
                    f"core.ttl：{subject} 的 {predicate} 要有一个 @zh 和一个 @en",
                )
            )
        return {"zh": texts["zh"], "en": texts["en"]}

    def _aligned(self, subject: Node) -> tuple[str, ...]:
        linked = set(self.g.objects(subject, self.skos.closeMatch))
        for predicate in (self.rdfs.subClassOf, self.rdfs.subPropertyOf):
            linked |= {o for o in self.g.transitive_objects(subject, predicate) if o is not None and o != subject}
        return tuple(sorted(str(o) for o in linked if not str(o).startswith(NS)))

    def _labels_below(self, classes: Iterable[Node]) -> tuple[str, ...]:
        """Names of the labels that are one of the classes or below one, in the order of the labels."""
        below = {s for c in classes for s in self.g.transitive_subjects(self.rdfs.subClassOf, c)}
        return tuple(name for iri, name in self.label_names.items() if iri in below)

    def _property(self, iri: Node, on_label: Node | None = None) -> Property:
        datatype = _DATATYPE_OF_RANGE.get(str(self._one(iri, self.rdfs.range)))
        multiple = (iri, self.own.multiple, None) in self.g
        if datatype is None or (multiple and datatype != "text"):
            raise SchemaError(
                say(
                    f"core.ttl: {iri} needs an rdfs:range that is one of {', '.join(_DATATYPE_OF_RANGE)}",
                    f"core.ttl：{iri} 的 rdfs:range 应为 {'、'.join(_DATATYPE_OF_RANGE)} 之一",
                )
            )
        lists = list(self.g.objects(iri, self.own.codeList))
        for usage in self.g.objects(iri, self.own.codeListFor):
            if (usage, self.own.onLabel, on_label) in self.g:
                lists = [self._one(usage, self.own.codeList)]
        return Property(
            name=str(self._one(iri, self.own.graphName)),
            datatype="text_list" if multiple else datatype,
            label=self._texts(iri, self.rdfs.label),
            definition=self._texts(iri, self.skos.definition),
            scheme=str(lists[0]) if lists else None,
            iri=str(iri),
        )

    def _common(self, properties: Iterable[Node], predicate: Node, owner: Node) -> dict[str, Property]:
        return {p.name: p for q in properties if (q, predicate, owner) in self.g for p in [self._property(q)]}

    def _relation(self, iri: Node, properties: Iterable[Node]) -> Relation:
        domain = self._labels_below(self.g.objects(iri, self.domain))
        reached = self._labels_below(self.g.objects(iri, self.range))
        same_label = (iri, self.own.sameLabel, None) in self.g
        pairs = {(a, b) for a in domain for b in reached if a == b or not same_label}
        if ends := list(self.g.objects(iri, self.own.ends)):
            pairs = {
                (a, b)
                for end in ends
                for a in self._labels_below(self.g.objects(end, self.own["from"]))
                for b in self._labels_below(self.g.objects(end, self.own.to))
            }
        functional = next(self.g.objects(iri, self.own.functionalWhere), None)
        return Relation(
            name=str(self._one(iri, self.own.graphName)),
            label=self._texts(iri, self.rdfs.label),
            definition=self._texts(iri, self.skos.definition),
            domain=domain,
            range=reached,
            properties=self._common(properties, self.own.onRelation, iri),
            key=tuple(
                str(self._one(p, self.own.graphName))
                for listed in self.g.objects(iri, self.own.key)
                for p in self.g.items(listed)
            ),
            functional=None if functional is None else str(functional),
            pairs=frozenset(pairs),
            same_label=same_label,
            aligned=self._aligned(iri),
            iri=str(iri),
        )
