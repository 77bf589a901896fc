"""The written rules: what pyshacl finds with them, what `Schema.constraints` makes of them, and the code list of USCC."""

from __future__ import annotations

import re

import pyshacl
import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, Namespace, URIRef

from aikg.ontology import uscc
from aikg.ontology.concepts import load_concepts
from aikg.ontology.constraints import KINDS, read_constraints
from aikg.ontology.errors import SchemaError
from aikg.ontology.namespaces import FOLDER, IDS, NS
from aikg.ontology.schema import Schema, load_schema

AIKG = Namespace(NS)
EX = Namespace(IDS)
SOURCE = "src:a76a81ffa34b#L178;图表3;企业简称"


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


class Data:
    """A small RDF graph in the form of the export: nodes with literals, direct triples, and edges beside them."""

    def __init__(self) -> None:
        self.graph = Graph()

    def node(self, label: str, id_: str, **values: object) -> URIRef:
        node = EX[re.sub(r"\W", "_", id_)]
        self.graph.add((node, RDF.type, AIKG[label]))
        given: dict[str, object] = {"id": id_, "name": id_.rpartition(":")[2], "sources": SOURCE, **values}
        for name, value in given.items():
            for item in value if isinstance(value, list) else [value]:
                if item is not None:
                    datatype = XSD.double if isinstance(item, float) else None
                    self.graph.add((node, AIKG[name], Literal(item, datatype=datatype)))
        return node

    def link(self, relation: str, subject: URIRef, object_: URIRef, **values: object) -> URIRef:
        self.graph.add((subject, AIKG[relation], object_))
        edge = self.node("Edge", "X", **({"id": "LOCATED_IN:0123456789ab", "name": None} | values))
        self.graph.add((edge, RDF.object, object_))
        return edge

    def violations(self) -> list[tuple[str, str, str]]:
        """(severity, node, English message) of each result."""
        _, report, _ = pyshacl.validate(
            self.graph,
            shacl_graph=Graph().parse(FOLDER / "shapes.ttl"),
            ont_graph=Graph().parse(FOLDER / "core.ttl"),
            inference="none",
        )
        assert isinstance(report, Graph)
        found = []
        for result in report.subjects(RDF.type, SH.ValidationResult):
            messages = [str(m) for m in report.objects(result, SH.resultMessage)]
            # pyshacl drops the language of a SPARQL rule's messages, so they are told apart by their signs.
            english = min(messages, key=lambda m: sum(not sign.isascii() for sign in m) / len(m))
            assert len(messages) == 2
            severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2]
            found.append((severity, str(report.value(result, SH.focusNode)), english))
        return sorted(found)


def test_a_sound_graph_conforms() -> None:
    data = Data()
    firm = data.node(
        "Company",
        "company:uscc:91110000600037341L",
        uscc="91110000600037341L",
        financingStage="C+++轮",
        founded="2016-01",
        listed=False,
        confidence=1.0,
        method="table",
    )
    city = data.node(
        "City", "city:440300", sources=None, method="code_table", adcode="440300", latitude=22.5, longitude=114.0
    )
    data.link("locatedIn", firm, city, role="headquarters")
    layer = data.node("ChainLayer", "layer:基础层", order=1)
    segment = data.node("ChainSegment", "segment:智能芯片", lifecycle="成长期", order=1)
    data.link("partOf", segment, layer, id="PART_OF:0123456789ab")
    scenario = data.node("ApplicationScenario", "scenario:质量检测", maturity="成熟")
    data.link("partOf", scenario, segment, id="PART_OF:0123456789ac")
    data.node(
        "Observation", "observation:0123456789ab", value=1.0, valueMax=2.0, period="2022", qualifier=["over", "target"]
    )
    data.node("Event", "event:0123456789ab", kind="listing", currency="HKD", amount=1070000000.0, date="2022-01-27")
    data.node("City", "city:US:纽约")
    data.node("Source", "src:a76a81ffa34b", sha256="a" * 64)
    assert data.violations() == []


BROKEN: list[tuple[str, dict[str, object], str, str]] = [
    ("Company", {"name": None}, "Violation", "node without a name"),
    ("Company", {"sources": None}, "Violation", "node without a source"),
    ("Company", {"sources": ["a76a81ffa34b L178"]}, "Violation", "a source looks like"),
    ("Company", {"sources": ["src:a76a81ffa34b#L178|L179"]}, "Violation", "a source looks like"),
    ("Company", {"confidence": 1.5}, "Violation", "confidence must be between 0 and 1"),
    ("Company", {"method": "guessed"}, "Violation", "method must be"),
    ("Company", {"asOf": "2022年"}, "Violation", "as_of must be 2022, 2022-09 or 2022-09-01"),
    ("Company", {"founded": "2016-13"}, "Violation", "founded must be"),
    ("Company", {"financingStage": "H轮"}, "Violation", "financing_stage is not in the code list"),
    ("Company", {"uscc": "9111000060003734IL"}, "Violation", "18 signs without I, O, S, V, Z"),
    ("Company", {"uscc": "91350211M0000XUF46"}, "Warning", "the check sign of the unified social credit code is wrong"),
    ("Company", {"id": "firm:1"}, "Violation", "a company's id is"),
    ("City", {"id": "city:440300", "adcode": "4403"}, "Violation", "a division code has six digits"),
    ("City", {"id": "city:440301", "latitude": 95.0}, "Violation", "latitude must be between -90 and 90"),
    ("City", {"id": "city:440302", "longitude": -190.0}, "Violation", "longitude must be between"),
    ("City", {"id": "city:深圳"}, "Violation", "the id is city:<six digits>"),
    ("ChainLayer", {"id": "layer:应用", "name": "应用"}, "Violation", "a layer is one of 基础层, 技术层, 应用层"),
    ("ChainSegment", {"id": "segment:甲", "lifecycle": "青春期"}, "Violation", "lifecycle must be"),
    ("ApplicationScenario", {"id": "scenario:乙", "maturity": "mature"}, "Violation", "maturity must be"),
    ("Event", {"id": "event:000000000001", "currency": "港元"}, "Violation", "currency must be an ISO 4217 code"),
    ("Event", {"id": "event:000000000002", "kind": "ipo"}, "Violation", "kind must be listing or financing"),
    (
        "Observation",
        {"id": "observation:000000000001", "value": 3.0, "valueMax": 2.0},
        "Violation",
        "lower end of a range",
    ),
    (
        "Observation",
        {"id": "observation:000000000002", "qualifier": ["about"]},
        "Violation",
        "qualifier is not in the code list",
    ),
    ("Observation", {"id": "observation:000000000003", "period": "2022年底"}, "Warning", "period must be"),
    ("Observation", {"id": "observation:000000000004", "indicatorText": "字" * 41}, "Warning", "at most 40 characters"),
    ("PolicyTarget", {"id": "target:000000000001", "comparator": "≥"}, "Violation", "comparator must be one of"),
    ("Conflict", {"id": "conflict:000000000001", "values": ["a", "b"]}, "Violation", "a conflict names its property"),
    ("Source", {"id": "src:a76a81ffa34c", "sha256": "A" * 64}, "Violation", "sha256 has 64 lower-case hex digits"),
    ("Park", {"id": "park:440300:丙", "kind": "theme_park"}, "Warning", "kind is not in the code list park_kind"),
]


def test_each_broken_rule_is_found_once_and_nothing_else() -> None:
    data, expected = Data(), []
    for number, (label, values, severity, message) in enumerate(BROKEN):
        node = data.node(label, str(values.get("id", f"company:甲{number}")), **values)
        expected.append((severity, str(node), message))
    # A sign outside the alphabet counts 0, so that the ill-formed code fails the check sign as well.
    (ill,) = [node for _, node, message in expected if "18 signs" in message]
    expected.append(("Warning", ill, "the check sign of the unified social credit code is wrong"))
    found = data.violations()
    assert len(found) == len(expected)
    for severity, focus, message in expected:
        assert [f for f in found if f[:2] == (severity, focus) and message in f[2]], (focus, message)


def test_broken_ends_of_relations_are_found() -> None:
    data = Data()
    firm, park = data.node("Company", "company:甲"), data.node("Park", "park:440300:乙")
    city, district = data.node("City", "city:440300"), data.node("District", "district:440305")
    province = data.node("Province", "province:440000")
    data.graph.add((city, AIKG.locatedIn, park))  # cities are part of, not located in
    data.graph.add((firm, AIKG.hosts, park))  # parks host firms, both ends are wrong
    data.graph.add((district, AIKG.partOf, province))  # a district is part of a city only
    data.graph.add((firm, AIKG.sameAsCandidate, park))  # two labels are never the same
    found = [(severity, message) for severity, _, message in data.violations()]
    messages = [message for _, message in found]
    assert {severity for severity, _ in found} == {"Violation"}
    assert sum("LOCATED_IN must start at" in m for m in messages) == 1
    assert sum("HOSTS must start at" in m for m in messages) == 1
    assert sum("HOSTS must end at" in m for m in messages) == 1
    assert sum("District can only be part of City" in m for m in messages) == 1
    assert sum("both ends of SAME_AS_CANDIDATE" in m for m in messages) == 1
    assert len(found) == 5


def test_broken_edges_are_found() -> None:
    data = Data()
    firm, city = data.node("Company", "company:甲"), data.node("City", "city:440300")
    data.link("locatedIn", firm, city, id="LOCATED_IN:1", role="seat", sources=None, share=12.0, year=22)
    assert [message for _, _, message in data.violations()] == [
        "edge without a source; only those from the code table (code_table) may have none",
        "role must be headquarters or site",
        "share must be between 0 and 1; divide percentages by 100",
        "the id of an edge looks like LOCATED_IN:<12 hex>",
        "year must be between 1900 and 2100",
    ]


# The same rules as objects ----------------------------------------------------------------------------


def test_constraints_name_known_things_only(schema: Schema) -> None:
    assert len(schema.constraints) > 150
    for c in schema.constraints:
        assert c.kind in KINDS
        assert c.severity in {"violation", "warning", "info"}
        assert set(c.message) == {"zh", "en"}
        if c.target in schema.labels:
            assert c.property in schema.node_columns(c.target)
        elif c.target in schema.relations:
            assert c.property in {"subject", "object"}
        elif c.target == "Node":
            assert c.property in schema.common_node
        else:
            assert c.target == "Edge"
            assert c.property in schema.properties()
        if c.kind == "class":
            assert set(c.values) <= set(schema.labels)
        if c.kind in {"min", "max", "max_length"}:
            assert isinstance(c.values[0], float)
        if c.kind == "pattern":
            re.compile(str(c.values[0]))


def test_every_constraint_is_in_the_shapes_and_every_path_becomes_one(schema: Schema) -> None:
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    messages = {str(o) for o in shapes.objects(None, SH.message) if isinstance(o, Literal) and o.language == "en"}
    assert messages == {c.message["en"] for c in schema.constraints}


def test_ends_of_relations_are_those_of_the_ontology(schema: Schema) -> None:
    for name, relation in schema.relations.items():
        of = [c for c in schema.constraints if c.target == name and c.kind == "class"]
        plain = {c.property: set(c.values) for c in of if c.when is None}
        assert plain == {"subject": set(relation.domain), "object": set(relation.range)}, name
        pairs = {(c.when[1], b) for c in of if c.when for b in c.values}
        assert pairs == (relation.pairs if name == "PART_OF" else set()), name


def test_required_unless_and_common_rules(schema: Schema) -> None:
    rules = schema.constraints_for("Company")
    (sources,) = [c for c in rules if c.property == "sources" and c.kind == "required"]
    assert (sources.target, sources.unless) == ("Node", ("method", "code_table"))
    assert [c.target for c in rules] == sorted((c.target for c in rules), key=["Node", "Company"].index)
    assert {c.target for c in schema.constraints_for("STATED_IN")} == {"Edge", "STATED_IN"}
    with pytest.raises(SchemaError, match="label or relation type 'Firm'"):
        schema.constraints_for("Firm")


def test_lists_in_the_rules_are_the_code_lists(schema: Schema) -> None:
    concepts = load_concepts()
    checked = set()
    for c in schema.constraints:
        if c.kind != "in" or c.property == "name":
            continue
        owners = {"Node": schema.common_node, "Edge": schema.properties()}
        columns = owners.get(c.target) or schema.node_columns(c.target)
        scheme = columns[c.property].scheme
        assert scheme is not None, (c.target, c.property)
        listed = [x.name for x in concepts.code_list(scheme)]
        if scheme == "basis":
            listed.remove("layer")  # appears in answers, never in a graph
        assert list(c.values) == listed, (c.target, c.property)
        checked.add(scheme)
    layers = [c.values for c in schema.constraints if c.target == "ChainLayer" and c.kind == "in"]
    assert layers == [tuple(layer.name for layer in concepts.layers())]
    assert {"financing_stage", "maturity", "method", "currency", "park_kind", "conflict_kind"} <= checked


PREFIXES = f"@prefix aikg: <{NS}> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
WORDS = 'sh:severity sh:Violation ; sh:message "甲"@zh, "a"@en'
NAMES = {NS + "Company": "Company", NS + "name": "name"}


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (f"sh:property [ sh:path aikg:name ; sh:minLength 3 ; {WORDS} ]", "which frames cannot check"),
        (f"sh:property [ sh:path aikg:nmae ; sh:minCount 1 ; {WORDS} ]", "core.ttl does not declare"),
        ("sh:property [ sh:path aikg:name ; sh:minCount 1 ]", "needs one sh:severity"),
        (f"sh:property [ sh:path aikg:name ; sh:minCount 2 ; {WORDS} ]", "only 1 is meant to be used"),
    ],
)
def test_a_shape_that_frames_could_not_check_is_refused(shape: str, message: str) -> None:
    text = f"{PREFIXES} aikg:S a sh:NodeShape ; sh:targetClass aikg:Company ; {shape} ."
    with pytest.raises(SchemaError, match=message):
        read_constraints(Graph().parse(data=text), NAMES, {})


# Unified social credit codes: examples and counter-examples of design/standards.md, 4.1 --------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "91110000600037341L",
        "914403001922038216",
        "9144030071526726XG",
        "91110000802100433B",
        "91330100799655058B",
        "91340000711771143J",
        "91350100M000100Y43",
        "9111000012345678AU",
        "91110000101623741K",
        "911101066976941872",
        "91440300MA50000050",
    ],
)
def test_valid_codes(code: str) -> None:
    assert uscc.check_sign_is_right(code)


@pytest.mark.parametrize(
    ("code", "well_formed"),
    [
        ("91110000600037341M", True),  # last sign changed
        ("91310115MA1G4L1WXK", True),  # should end in 7
        ("91350211M0000XUF46", True),  # a real company's code, should end in R
        ("9111000060003734IL", False),
        ("9111000060003734OL", False),
        ("9111000060003734ZL", False),
        ("9111000060003734SL", False),
        ("9111000060003734VL", False),
        ("91110000600037341", False),
        ("", False),
    ],
)
def test_invalid_codes(code: str, well_formed: bool) -> None:
    assert uscc.is_well_formed(code) == well_formed
    assert not uscc.check_sign_is_right(code)


def test_check_sign_tells_what_it_should_be() -> None:
    assert uscc.check_sign("91310115MA1G4L1WX") == "7"
    assert uscc.check_sign("91350211M0000XUF4") == "R"
    with pytest.raises(ValueError, match="has 3 signs, 17 are needed"):
        uscc.check_sign("911")
