"""The closed-world rules of `shapes.ttl` as plain objects, to check frames without an RDF graph.

SHACL stays the written rule: pyshacl reads the same file, and both must find the same violations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.ontology.errors import SchemaError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["KINDS", "Constraint", "read_constraints"]

KINDS = (
    "required",
    "single",
    "pattern",
    "in",
    "min",
    "max",
    "max_length",
    "datatype",
    "class",
    "at_most",
    "same_label",
    "uscc",
)


@dataclass(frozen=True)
class Constraint:
    """One rule.

    target      label, relation type, or `Node` / `Edge` for a rule of all nodes / all edges
    property    column the rule is about; `subject` or `object` for the ends of an edge
    kind        required   at least one value, and not blank
                single     at most one value
                pattern    every value matches the regular expression values[0] (search, not full match)
                in         every value is one of `values`
                min, max   every value is >= / <= values[0]
                max_length every value has at most values[0] characters
                datatype   every value is of the datatype values[0] ("number", "integer", …)
                class      the node at this end has one of the labels `values`
                at_most    the value is not above the one of the property values[0] of the same row
                same_label the nodes at both ends have the same label
                uscc       the check sign of the code is right (`aikg.ontology.uscc.check_sign_is_right`)
    severity    violation, warning or info
    message     {"zh": …, "en": …}, one line each
    unless      (property, value): the rule does not hold for rows with that value
    when        (end, label): the rule holds only for edges whose end (`subject`) has that label
    """

    target: str
    property: str
    kind: str
    values: tuple[str | float, ...]
    severity: str
    message: dict[str, str]
    unless: tuple[str, str] | None = None
    when: tuple[str, str] | None = None


def read_constraints(
    shapes: Graph, names: Mapping[str, str], below: Mapping[str, tuple[str, ...]]
) -> tuple[Constraint, ...]:
    """Rules of the shapes graph, sorted.

    `names` gives the graph name of every class and property IRI, `below` the labels of every abstract class.
    Raises SchemaError for a shape that names something unknown or says something this reader does not know:
    a rule that frames silently ignore would be worse than none.
    """
    from rdflib import RDF, SH

    found = [
        constraint
        for shape in shapes.subjects(RDF.type, SH.NodeShape)
        for constraint in _Shapes(shapes, names, below).of(shape)
    ]
    return tuple(sorted(found, key=lambda c: (c.target, c.property, KINDS.index(c.kind), c.when or (), str(c.values))))


class _Shapes:
    def __init__(self, graph: Graph, names: Mapping[str, str], below: Mapping[str, tuple[str, ...]]) -> None:
        from rdflib import SH, XSD, Namespace

        from aikg.ontology.namespaces import NS

        self.g, self.names, self.below, self.sh = graph, names, below, SH
        self.own = Namespace(NS)
        self.datatypes: dict[Node, str] = {
            XSD.string: "text",
            XSD.double: "number",
            XSD.integer: "integer",
            XSD.boolean: "boolean",
        }
        self.known: dict[Node, Callable[[Node], tuple[str, tuple[str | float, ...]]]] = {
            SH.minCount: self._min_count,
            SH.maxCount: self._max_count,
            SH.pattern: lambda o: ("pattern", (str(o),)),
            SH["in"]: lambda o: ("in", tuple(str(v) for v in self.g.items(o))),
            SH.minInclusive: lambda o: ("min", (float(str(o)),)),
            SH.maxInclusive: lambda o: ("max", (float(str(o)),)),
            SH.maxLength: lambda o: ("max_length", (float(str(o)),)),
            SH.datatype: lambda o: ("datatype", (self.datatypes[o],)),
            SH["class"]: lambda o: ("class", self._labels(o)),
            SH.lessThanOrEquals: lambda o: ("at_most", (self._name(o),)),
        }
        self.ignored = {SH.path, SH.severity, SH.message, SH.flags, SH["or"], SH.name, SH.order}

    def of(self, shape: Node) -> Iterator[Constraint]:
        """Constraints of one node shape."""
        g, sh = self.g, self.sh
        targets = [name for t in g.objects(shape, sh.targetClass) for name in self._targets(t)]
        relations = [self._name(t) for t in g.objects(shape, sh.targetSubjectsOf)]
        for relation in relations:
            if labels := self._classes_of_or(shape):
                yield self._make(relation, "subject", "class", labels, shape)
        for target in targets:
            yield from self._sources_rule(target, shape)
        for target in targets + relations:
            yield from self._queries(target, shape)
        for prop in g.objects(shape, sh.property):
            (path,) = (self._name(o) for o in g.objects(prop, sh.path))
            for target in targets + relations:
                yield from self._of_property(target, path, prop)

    def _queries(self, target: str, shape: Node) -> Iterator[Constraint]:
        """A SPARQL rule says by aikg:check which of `KINDS` it is and by aikg:checked on which property."""
        for query in self.g.objects(shape, self.sh.sparql):
            (check,) = (str(o) for o in self.g.objects(query, self.own.check))
            (path,) = (self._name(o) for o in self.g.objects(shape, self.own.checked))
            yield self._make(target, "object" if path == target else path, check, (), query, severity_of=shape)

    def _of_property(self, target: str, path: str, prop: Node) -> Iterator[Constraint]:
        end = None
        if path.isupper():  # the path is a relation: the rule is about what stands at its other end
            target, end, path = path, (None if target == path else ("subject", target)), "object"
            if labels := self._classes_of_or(prop):
                yield self._make(target, path, "class", labels, prop, when=end)
        for predicate, value in self.g.predicate_objects(prop):
            if predicate in self.ignored:
                continue
            if predicate not in self.known:
                raise SchemaError(
                    say(
                        f"shapes.ttl: {target}.{path} uses {predicate}, which frames cannot check",
                        f"shapes.ttl：{target}.{path} 用了 {predicate}，数据表无法据此检查",
                    )
                )
            kind, values = self.known[predicate](value)
            yield self._make(target, path, kind, values, prop, when=end)

    def _sources_rule(self, target: str, shape: Node) -> Iterator[Constraint]:
        """`sh:or ( [ path a; minCount 1 ] [ path b; hasValue v ] )` is: a is required unless b is v."""
        for alternatives in self.g.objects(shape, self.sh["or"]):
            first, second = self.g.items(alternatives)
            (path,) = self.g.objects(first, self.sh.path)
            (other,) = self.g.objects(second, self.sh.path)
            (value,) = self.g.objects(second, self.sh.hasValue)
            yield self._make(target, self._name(path), "required", (), shape, unless=(self._name(other), str(value)))

    def _classes_of_or(self, shape: Node) -> tuple[str, ...]:
        return tuple(
            name
            for alternatives in self.g.objects(shape, self.sh["or"])
            for alternative in self.g.items(alternatives)
            for c in self.g.objects(alternative, self.sh["class"])
            for name in self._labels(c)
        )

    def _make(
        self,
        target: str,
        path: str,
        kind: str,
        values: tuple[str | float, ...],
        shape: Node,
        *,
        severity_of: Node | None = None,
        unless: tuple[str, str] | None = None,
        when: tuple[str, str] | None = None,
    ) -> Constraint:
        from rdflib import Literal

        severity = [str(o).rpartition("#")[2].lower() for o in self.g.objects(severity_of or shape, self.sh.severity)]
        message = {str(o.language): str(o) for o in self.g.objects(shape, self.sh.message) if isinstance(o, Literal)}
        if len(severity) != 1 or set(message) != {"zh", "en"} or kind not in KINDS:
            raise SchemaError(
                say(
                    f"shapes.ttl: {target}.{path} ({kind}) needs one sh:severity, a message @zh and one @en",
                    f"shapes.ttl：{target}.{path}（{kind}）要有一个 sh:severity，以及 @zh 和 @en 的说明各一条",
                )
            )
        message = {"zh": message["zh"], "en": message["en"]}
        return Constraint(target, path, kind, values, severity[0], message, unless, when)

    def _name(self, iri: Node) -> str:
        try:
            return self.names[str(iri)]
        except KeyError:
            raise SchemaError(
                say(
                    f"shapes.ttl names {iri}, which core.ttl does not declare; declare it or mend the name",
                    f"shapes.ttl 提到 {iri}，而 core.ttl 没有声明它；请声明，或改正名称",
                )
            ) from None

    def _labels(self, iri: Node) -> tuple[str, ...]:
        return self.below.get(str(iri)) or (self._name(iri),)

    def _targets(self, iri: Node) -> tuple[str, ...]:
        return (self.names[str(iri)],) if str(iri) in self.names else self._labels(iri)

    @staticmethod
    def _min_count(value: Node) -> tuple[str, tuple[str | float, ...]]:
        if str(value) != "1":
            raise SchemaError(
                say(
                    f"shapes.ttl: sh:minCount {value}; only 1 is meant to be used",
                    f"shapes.ttl：sh:minCount {value}；这里只用 1",
                )
            )
        return "required", ()

    @staticmethod
    def _max_count(value: Node) -> tuple[str, tuple[str | float, ...]]:
        if str(value) != "1":
            raise SchemaError(
                say(
                    f"shapes.ttl: sh:maxCount {value}; only 1 is meant to be used",
                    f"shapes.ttl：sh:maxCount {value}；这里只用 1",
                )
            )
        return "single", ()
