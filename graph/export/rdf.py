"""The graph as RDF and back. The only module that knows both.

- A node is ``…/id/company/%E5%8D%8E%E4%B8%BA`` of class ``aikg:Company`` with its properties as literals;
  partial dates are xsd:gYear, xsd:gYearMonth or xsd:date. Derived years are left out, and derived again on the
  way back.
- A relation is a direct triple (``aikg:locatedIn``) and, beside it, an ``aikg:Edge`` with rdf:subject,
  rdf:predicate and rdf:object of that triple, which carries id, sources, as_of, method, confidence and the
  relation's own properties.
- What core.ttl puts above a property (rdfs:subPropertyOf: rdfs:label, dcterms:isPartOf, skos:notation) is
  written out, so that tools that know only those vocabularies see it. Names are also skos:prefLabel, aliases
  skos:altLabel, with @zh where they hold Chinese signs. Documents are given by prov:wasDerivedFrom.
- A list is one triple for each different element: RDF has no order. On the way back lists come sorted, sources
  and locators by document and line, others as text; an empty list of a label's own property comes back as
  null. The values and sources of a Conflict belong together one by one: each pair is a prov:Derivation.

Statements stay in the graph folder.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast
from urllib.parse import quote, unquote

from rdflib import RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from aikg.graph.columns import typed_value
from aikg.graph.export.rdf_text import write_file, writer_for
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say
from aikg.ontology.namespaces import FOLDER, IDS, NS, PREFIX
from aikg.ontology.schema import Property, load_schema
from aikg.ontology.values import as_text, is_null

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    from rdflib.term import Node

__all__ = ["PREFIXES", "from_rdf", "id_of", "iri_of", "to_rdf", "write_rdf"]

_PROV = Namespace("http://www.w3.org/ns/prov#")
_POSITION = URIRef("https://schema.org/position")
_OWN = Namespace(NS)

PREFIXES = {
    PREFIX: NS,
    "dcterms": "http://purl.org/dc/terms/",
    "prov": str(_PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": "https://schema.org/",
    "skos": str(SKOS),
    "xsd": str(XSD),
}
"""Prefixes of every export."""

_DATES = (
    (r"[0-9]{4}", XSD.gYear),
    (r"[0-9]{4}-[0-9]{2}", XSD.gYearMonth),
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", XSD.date),
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_DOCUMENT = re.compile(r"src:[0-9a-f]{12}(?=[#,]|$)")
_LINE = re.compile(r"L([0-9]+)")
_ENDS = ("subject", "object")
_PAIRED = ("values", "value_sources")  # core.ttl: "in the same order"
_BY_PLACE = frozenset({"sources", "locator"})


def iri_of(id_: str) -> URIRef:
    """The IRI of a node or an edge.

    >>> iri_of("park:440300:宝能科技园")
    rdflib.term.URIRef('https://w3id.org/aikg/id/park/440300:%E5%AE%9D%E8%83%BD%E7%A7%91%E6%8A%80%E5%9B%AD')
    """
    prefix, colon, rest = id_.partition(":")
    return URIRef(IDS + _segment(prefix) + ("/" + _segment(rest) if colon else ""))


def _segment(text: str) -> str:
    quoted = quote(text, safe=":")
    return quoted.replace(".", "%2E") if quoted in (".", "..") else quoted  # else a reader takes it for a step up


def id_of(iri: str) -> str:
    """The id that an IRI of ours stands for. Raises GraphError for another one."""
    if not iri.startswith(IDS):
        _refuse(iri, f"is not one of {IDS}…; give it an aikg:id", f"不以 {IDS} 开头；请给它 aikg:id")
    prefix, slash, rest = iri[len(IDS) :].partition("/")
    return unquote(prefix) + (":" + unquote(rest) if slash else "")


# -- out ----------------------------------------------------------------------------------------------


def to_rdf(graph: KnowledgeGraph) -> Graph:
    """Nodes and edges as triples. Raises GraphError for a frame that the ontology does not know.

    >>> len(to_rdf(KnowledgeGraph()))
    0
    """
    schema, rdf = load_schema(), Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        rdf.bind(prefix, iri)
    for kind, frames, known in (
        ("nodes", graph.nodes, schema.labels),
        ("edges", graph.edges, schema.relations),
    ):
        for name in frames:
            if name not in known:
                raise GraphError(
                    say(
                        f"{kind} of '{name}', which the ontology does not know; rename them or leave them out",
                        f"{kind} 里的“{name}”不在本体里；请改名或去掉",
                    )
                )
    triples = [
        *(node for label in sorted(graph.nodes) for node in _nodes(label, graph)),
        *(edge for type_ in sorted(graph.edges) for edge in _edges(type_, graph)),
    ]
    rdf.addN((*triple, rdf) for triple in triples)
    return rdf


def _nodes(label: str, graph: KnowledgeGraph) -> Iterator[tuple[Node, Node, Node]]:
    known = load_schema().labels[label]
    columns = load_schema().node_columns(label)
    kind = URIRef(known.iri)
    for number, row in enumerate(_records(graph.nodes[label])):
        node = _resource(row.get("id"), label, number)
        yield node, RDF.type, kind
        yield from _properties(node, row, columns)
        yield from _documents(node, row.get("sources"))
        for name, predicate in (("name", SKOS.prefLabel), ("aliases", SKOS.altLabel)):
            for text in _elements(row.get(name)):
                yield node, predicate, Literal(text, lang="zh" if _HAN.search(text) else None)
        if label == "Conflict":
            yield from _derivations(node, row)


def _edges(type_: str, graph: KnowledgeGraph) -> Iterator[tuple[Node, Node, Node]]:
    relation = load_schema().relations[type_]
    columns = {n: p for n, p in load_schema().edge_columns(type_).items() if n not in _ENDS}
    predicate = URIRef(relation.iri)
    for number, row in enumerate(_records(graph.edges[type_])):
        edge = _resource(row.get("id"), type_, number)
        ends = [None if is_null(row.get(end)) else iri_of(str(row[end])) for end in _ENDS]
        yield edge, RDF.type, _OWN.Edge
        yield edge, RDF.predicate, predicate
        for property_, end in zip((RDF.subject, RDF.object), ends, strict=True):
            if end is not None:
                yield edge, property_, end
        yield from _properties(edge, row, columns)
        yield from _documents(edge, row.get("sources"))
        if ends[0] is not None and ends[1] is not None:
            for direct in (predicate, *_above(relation.iri)):
                yield ends[0], direct, ends[1]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def _resource(id_: Any, name: str, number: int) -> URIRef | BNode:
    return BNode(f"{name}-{number}") if is_null(id_) else iri_of(str(id_))


def _properties(
    resource: Node, row: Mapping[str, Any], columns: Mapping[str, Property]
) -> Iterator[tuple[Node, Node, Node]]:
    for name, prop in columns.items():
        if not prop.iri or is_null(value := row.get(name)):
            continue
        typed = typed_value(value, prop.datatype)
        for element in typed if isinstance(typed, list) else [typed]:
            # What is not of its type goes out as plain text, for SHACL to say so.
            literal = Literal(as_text(value)) if element is None else _literal(element, prop.datatype)
            for predicate in (URIRef(prop.iri), *_above(prop.iri)):
                yield resource, predicate, literal


def _literal(value: Any, datatype: str) -> Literal:
    if datatype == "date":
        return Literal(value, datatype=_date_type(value))
    if datatype == "number":
        return Literal(repr(value), datatype=XSD.double)
    return Literal(value)  # str, int and bool have their XML Schema types by themselves


def _date_type(text: str) -> URIRef | None:
    for pattern, datatype in _DATES:
        if re.fullmatch(pattern, text):
            try:
                date.fromisoformat((text + "-01-01")[:10])
            except ValueError:
                return None  # 2022-13 and 2023-02-29 are no dates; as text they get through
            return datatype
    return None


def _documents(resource: Node, sources: Any) -> Iterator[tuple[Node, Node, Node]]:
    for document in sorted({match for entry in _elements(sources) for match in _DOCUMENT.findall(entry)}):
        if iri_of(document) != resource:
            yield resource, _PROV.wasDerivedFrom, iri_of(document)


def _derivations(conflict: Node, row: Mapping[str, Any]) -> Iterator[tuple[Node, Node, Node]]:
    """Each value of a contradiction together with where it is said, in the order of the graph."""
    values, sources = (list(_elements(row.get(name))) for name in _PAIRED)
    for position in range(max(len(values), len(sources))):
        number = position + 1
        part: Node = URIRef(f"{conflict}#{number}") if isinstance(conflict, URIRef) else BNode(f"{conflict}-{number}")
        yield conflict, _PROV.qualifiedDerivation, part
        yield part, RDF.type, _PROV.Derivation
        yield part, _POSITION, Literal(number)
        if position < len(values):
            yield part, RDF.value, Literal(values[position])
        if position < len(sources):
            yield part, _OWN.valueSources, Literal(sources[position])
            for document in sorted(set(_DOCUMENT.findall(sources[position]))):
                yield part, _PROV.entity, iri_of(document)


def _elements(value: Any) -> Iterator[str]:
    if not is_null(value):
        yield from typed_value(value, "text_list")


@lru_cache(maxsize=1)
def _core() -> Graph:
    return Graph(bind_namespaces="none").parse(FOLDER / "core.ttl", format="turtle")


@cache
def _above(iri: str) -> tuple[URIRef, ...]:
    """Properties of other vocabularies that core.ttl puts above one of ours."""
    above = _core().transitive_objects(URIRef(iri), RDFS.subPropertyOf)
    return tuple(sorted(URIRef(str(p)) for p in above if not str(p).startswith(NS)))


# -- back ---------------------------------------------------------------------------------------------


def from_rdf(rdf: Graph) -> KnowledgeGraph:
    """The graph that `to_rdf` wrote; other people's triples about its resources are passed over.

    Raises GraphError for what would be lost or wrong in frames: a resource of two classes or of none, two
    values where one is allowed, a value that is not of its type, a property that the class does not have,
    a relation that no `aikg:Edge` carries the sources of.
    """
    about: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in rdf:
        about[subject][predicate].append(value)
    schema = load_schema()
    labels: dict[Node, str] = {URIRef(label.iri): name for name, label in schema.labels.items()}
    relations: dict[Node, str] = {URIRef(relation.iri): name for name, relation in schema.relations.items()}
    properties: set[Node] = {URIRef(prop.iri) for prop in schema.properties().values()}
    nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    ids: dict[Node, str | None] = {}
    carriers = []
    for resource, said in about.items():
        kinds = sorted(labels[kind] for kind in said.get(RDF.type, ()) if kind in labels)
        if _OWN.Edge in said.get(RDF.type, ()):
            carriers.append(resource)
        elif len(kinds) > 1:
            _refuse(
                resource,
                f"is {' and '.join(kinds)}; a node has one class",
                f"属于 {'、'.join(kinds)}；一个节点只有一类",
            )
        elif kinds:
            row = _row(resource, said, schema.node_columns(kinds[0]), kinds[0], relations.keys())
            if kinds[0] == "Conflict":
                row |= _pairs(said, about)
            nodes[kinds[0]].append(row)
            ids[resource] = row["id"]
        elif _PROV.Derivation not in said.get(RDF.type, ()):
            for predicate in sorted(said.keys() & properties, key=str):
                _refuse(
                    resource,
                    f"has {_short(predicate)} and no class; say what it is (a aikg:Company …)",
                    f"有 {_short(predicate)} 却没有类；请写明它是什么（a aikg:Company …）",
                )
    edges: dict[str, list[dict[str, Any]]] = defaultdict(list)
    carried = set()
    for resource in carriers:
        type_, row, triple = _edge(resource, about[resource], relations, ids)
        edges[type_].append(row)
        carried.add(triple)
    for subject, said in about.items():
        for predicate in said.keys() & relations.keys():
            for value in said[predicate]:
                if (subject, predicate, value) not in carried:
                    _refuse(
                        subject,
                        f"{_short(predicate)} {value} has no aikg:Edge that carries its sources; add one",
                        f"{_short(predicate)} {value} 没有带出处的 aikg:Edge；请补上",
                    )
    return KnowledgeGraph.from_rows(nodes, edges)


def _edge(
    resource: Node,
    said: Mapping[Node, list[Node]],
    relations: Mapping[Any, str],
    ids: Mapping[Node, str | None],
) -> tuple[str, dict[str, Any], tuple[Any, Any, Any]]:
    named = {}
    for predicate in (RDF.subject, RDF.predicate, RDF.object):
        found = said.get(predicate, [])
        if len(found) > 1:
            _several(resource, predicate, len(found))
        named[predicate] = found[0] if found else None
    relation = named[RDF.predicate]
    if relation not in relations:
        _refuse(
            resource,
            f"is an edge whose rdf:predicate is {relation}; name a relation of the ontology",
            f"这条边的 rdf:predicate 是 {relation}；应为本体里的关系",
        )
    type_ = relations[relation]
    columns = {n: p for n, p in load_schema().edge_columns(type_).items() if n not in _ENDS}
    row = _row(resource, said, columns, type_, ())
    for end, predicate in zip(_ENDS, (RDF.subject, RDF.object), strict=True):
        node = named[predicate]
        row[end] = None if node is None else ids[node] if node in ids else id_of(str(node))
    return type_, row, (named[RDF.subject], relation, named[RDF.object])


def _row(
    resource: Node,
    said: Mapping[Node, list[Node]],
    columns: Mapping[str, Property],
    owner: str,
    relations: Iterable[Node],
) -> dict[str, Any]:
    by_iri = {URIRef(prop.iri): prop for prop in columns.values() if prop.iri}
    for predicate in said.keys() - by_iri.keys() - {*relations}:
        if str(predicate).startswith(NS):
            _refuse(
                resource,
                f"has {_short(predicate)}, which {owner} does not have",
                f"有 {_short(predicate)}，而 {owner} 没有这个属性",
            )
    row: dict[str, Any] = {}
    common = load_schema().common_node
    for iri, prop in by_iri.items():
        found = said.get(iri, [])
        if prop.datatype == "text_list":
            # Aliases and sources are known to be none; of other lists nothing is known.
            row[prop.name] = _ordered(prop.name, map(str, found)) if found or prop.name in common else None
        elif len(found) > 1:
            _several(resource, iri, len(found))
        else:
            row[prop.name] = _cell(resource, prop, found[0]) if found else None
    if row["id"] is None and isinstance(resource, URIRef):
        row["id"] = id_of(str(resource))
    for name, prop in columns.items():
        if prop.derived_from:
            year = re.match(r"[0-9]{4}", row[prop.derived_from] or "")
            row[name] = int(year[0]) if year else None
    return row


def _cell(resource: Node, prop: Property, term: Node) -> Any:
    text = str(term)
    if not isinstance(term, Literal):
        _refuse(
            resource,
            f"{_short(URIRef(prop.iri))} is <{text}>, not a literal",
            f"{_short(URIRef(prop.iri))} 是 <{text}>，应为字面值",
        )
    try:
        if prop.datatype == "integer":
            return int(text)
        if prop.datatype == "number":
            return float(text)
        if prop.datatype == "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[text]
    except (ValueError, KeyError):
        _refuse(
            resource,
            f"{_short(URIRef(prop.iri))} {text!r} is no {prop.datatype}",
            f"{_short(URIRef(prop.iri))} 的值“{text}”不是 {prop.datatype}",
        )
    return text


def _pairs(said: Mapping[Node, list[Node]], about: Mapping[Node, Mapping[Node, list[Node]]]) -> dict[str, list[str]]:
    parts = [about[part] for part in said.get(_PROV.qualifiedDerivation, ()) if part in about]
    parts = sorted((p for p in parts if _POSITION in p), key=lambda p: int(str(p[_POSITION][0])))
    made = {}
    for name, predicate in zip(_PAIRED, (RDF.value, _OWN.valueSources), strict=True):
        if values := [str(part[predicate][0]) for part in parts if predicate in part]:
            made[name] = values
    return made


def _ordered(name: str, values: Iterable[str]) -> list[str]:
    return sorted(set(values), key=_place if name in _BY_PLACE else str)


def _place(entry: str) -> tuple[str, int, str]:
    """Document, line and text of src:<id>#L178;图表3 or of L178;图表3."""
    document, _, locator = entry.partition("#") if entry.startswith("src:") else ("", "", entry)
    line = _LINE.match(locator)
    return document, int(line[1]) if line else 0, locator


def _short(iri: Node) -> str:
    return next((f"{p}:{str(iri)[len(ns) :]}" for p, ns in PREFIXES.items() if str(iri).startswith(ns)), f"<{iri}>")


def _several(resource: object, predicate: Node, n: int) -> NoReturn:
    _refuse(
        resource, f"has {n} values of {_short(predicate)}; keep one", f"有 {n} 个 {_short(predicate)} 的值；请只留一个"
    )


def _refuse(resource: object, en: str, zh: str) -> NoReturn:
    text = str(resource)
    named = id_of(text) if text.startswith(IDS) else text
    raise GraphError(say(f"{named}: {en}", f"{named}：{zh}"))


# -- files --------------------------------------------------------------------------------------------


def write_rdf(graph: KnowledgeGraph, path: str | os.PathLike[str]) -> Path:
    """Write the graph to a file, as Turtle (.ttl or no suffix), N-Triples (.nt) or JSON-LD (.jsonld), sorted.

    The file is replaced as a whole or not at all. Raises GraphError for another suffix or a place that cannot
    be written.

    >>> write_rdf(graph, "graph.ttl")  # doctest: +SKIP
    PosixPath('graph.ttl')
    """
    target = Path(path)
    writer = writer_for(target)
    write_file(target, writer(to_rdf(graph), PREFIXES))
    return target
