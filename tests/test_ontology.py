"""The names of the ontology are a contract: other people's Cypher depends on them.

`LABELS` and `RELATIONS` are written out here on purpose, so that a name that vanishes from `core.ttl` fails a test.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from support import shared

from aikg.ontology import namespaces
from aikg.ontology.errors import SchemaError
from aikg.ontology.jsonld import context, context_text
from aikg.ontology.schema import DATATYPES, Label, Relation, Schema, load_schema

FOLDER = namespaces.FOLDER
TURTLE = sorted([*FOLDER.glob("*.ttl"), *FOLDER.glob("schemes/*.ttl")])
PLACES = ("Country", "Region", "Province", "City", "District")
CHAIN = ("ChainSegment", "Technology")

# label: (id prefix, own properties)
LABELS: dict[str, tuple[str, set[str]]] = {
    "Company": ("company", {"founded", "financing_stage", "uscc", "legal_name", "listed"}),
    "University": ("university", {"kind"}),
    "Institution": ("institution", {"kind"}),
    "Park": ("park", {"kind", "level"}),
    **{label: (label.lower(), {"adcode", "latitude", "longitude"}) for label in PLACES},
    "Group": ("group", set()),
    "Policy": ("policy", {"issued", "level", "kind"}),
    "PolicyTarget": ("target", {"indicator", "value", "unit", "due", "comparator"}),
    "Programme": ("programme", set()),
    "ChainLayer": ("layer", {"order", "notation"}),
    "ChainSegment": ("segment", {"order", "notation", "lifecycle"}),
    "Technology": ("tech", {"lifecycle"}),
    "Industry": ("industry", set()),
    "ApplicationField": ("field", {"maturity"}),
    "ApplicationScenario": ("scenario", {"maturity"}),
    "ComputeCenter": ("center", {"capacity_value", "capacity_unit"}),
    "Event": ("event", {"kind", "date", "amount", "currency", "amount_text"}),
    "Observation": (
        "observation",
        {"indicator", "indicator_text", "value", "value_max", "value_text", "unit", "period", "scope", "qualifier"},
    ),
    "Assessment": ("assessment", {"framework", "aspect", "rating", "text"}),
    "Conflict": (
        "conflict",
        {"property", "kind", "severity", "period", "values", "value_sources", "chosen"},
    ),
    "Source": ("src", {"publisher", "published", "retrieved", "licence", "url", "sha256"}),
}
# What a source needs beyond the contract; each with its reason.
ADDED = {"PolicyTarget": {"indicator_text", "value_max", "value_text"}}  # the wording and ranges of goals

ANY = tuple(LABELS)
# type: (from, to, properties, key properties)
RELATIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "LOCATED_IN": (
        ("Company", "Park", "ComputeCenter", "University", "Institution", "ApplicationScenario"),
        ("Park", *PLACES),
        ("role",),
        (),
    ),
    "OPERATES_IN": (("Company",), CHAIN, (), ()),
    "REPRESENTATIVE_OF": (
        ("Company",),
        ("ChainSegment", "ChainLayer", "City", "Province", "Region", "Country"),
        (),
        (),
    ),
    "SUPPLIES": (("Company",), ("Company",), ("product", "share", "year"), ("product", "year")),
    "UPSTREAM_OF": (
        (*CHAIN, "ChainLayer"),
        (*CHAIN, "ChainLayer", "ApplicationField"),
        ("basis",),
        (),
    ),
    "PROVIDES": (("Company", "Country"), CHAIN, ("share", "year"), ("year",)),
    "USES_TECHNOLOGY": (("ApplicationScenario", "Park", "City"), CHAIN, (), ()),
    "FOCUSES_ON": (
        ("Policy", "Park", "District", "City", "Province", "Region"),
        (*CHAIN, "ApplicationField", "ApplicationScenario", "Industry"),
        ("text",),
        (),
    ),
    "PILLAR_INDUSTRY": (("City", "Province"), ("Industry", "ChainSegment"), (), ()),
    "HOSTS": (
        ("Park", "District"),
        ("Company", "Institution", "ComputeCenter", "ApplicationScenario"),
        (),
        (),
    ),
    "ISSUED_BY": (
        ("Policy", "Programme"),
        ("Institution", "City", "Province", "Region", "Country", "Park"),
        (),
        (),
    ),
    "APPLIES_TO": (
        ("Policy", "Programme"),
        ("City", "Province", "Region", "Country", "Park", "Institution"),
        (),
        (),
    ),
    "PROMOTES": (("Policy",), ("Park", "Programme"), (), ()),
    "TARGETS": (("Policy",), ("PolicyTarget",), (), ()),
    "DESIGNATED_AS": (
        ("Company", "Park", "District", "City", "Province", "Region"),
        ("Programme",),
        ("year",),
        ("year",),
    ),
    "HAS_EVENT": (("Company",), ("Event",), (), ()),
    "OBSERVED": (ANY, ("Observation", "PolicyTarget"), (), ()),
    "ASSESSED": (("Region", "City", "Country", "ChainSegment"), ("Assessment",), (), ()),
    "HAS_CONFLICT": (ANY, ("Conflict",), (), ()),
    "SAME_AS_CANDIDATE": (ANY, ANY, ("score", "reason"), ()),
    "STATED_IN": (ANY, ("Source",), ("locator",), ()),
}
PART_OF = {
    "District": {"City", "Region"},  # added: 浦东, 滨海 as parts of a region
    "City": {"Province", "Region", "Country"},
    "Province": {"Region", "Country"},
    "Region": {"Region", "Province", "City", "Country", "Programme"},  # City is added: 三城一区 of 北京
    "Park": {"Park"},
    # Added: a word that one document calls a segment and another a technology has parts of both kinds.
    "ChainSegment": {"ChainSegment", "ChainLayer", "Technology"},
    "Technology": {"ChainSegment", "ChainLayer", "Technology"},
    # Added: 智能医疗 is a segment and never also a field, and its scenarios need a whole; 智能质检 belongs to an industry.
    "ApplicationScenario": {"ApplicationField", "ChainSegment", "Industry", "ApplicationScenario"},
    "ApplicationField": {"ApplicationField", "ChainSegment", "Industry"},
    "ComputeCenter": {"Programme"},
    "Institution": {"Institution"},
    "Programme": {"Policy", "Programme"},
}
# Ends that documents say and the contract's table could not hold (it allows more to be added): a firm that works in a field,
# a field that uses a technology or stands in a park, a firm that is known for a technology.
ADDED_ENDS = {
    "LOCATED_IN": (("ApplicationField",), ()),
    "OPERATES_IN": ((), ("ApplicationField", "Industry")),
    "REPRESENTATIVE_OF": ((), ("Technology",)),
    "UPSTREAM_OF": ((), ("Industry",)),
    "USES_TECHNOLOGY": (("ApplicationField", "ChainSegment", "Technology"), ()),
    "HOSTS": ((), ("ApplicationField",)),
    "APPLIES_TO": ((), ("District",)),
    "PILLAR_INDUSTRY": ((), ("ApplicationField",)),  # 金融, 医疗: what AI is applied in, and a city's pillar
}
COMMON_NODE = ["id", "name", "aliases", "sources", "as_of", "method", "confidence"]
COMMON_EDGE = ["id", "subject", "object", "sources", "as_of", "method", "confidence"]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_labels_and_their_properties(schema: Schema) -> None:
    assert set(schema.labels) == set(LABELS)
    for name, (prefix, properties) in LABELS.items():
        assert schema.labels[name].id_prefix == prefix, name
        assert set(schema.labels[name].properties) == properties | ADDED.get(name, set()), name
    assert len({label.id_prefix for label in schema.labels.values()}) == len(LABELS)


def test_relations_with_ends_properties_and_keys(schema: Schema) -> None:
    assert set(schema.relations) == {*RELATIONS, "PART_OF"}
    for name, (stated, reached, properties, key) in RELATIONS.items():
        relation = schema.relations[name]
        more = ADDED_ENDS.get(name, ((), ()))
        domain, range_ = (*stated, *more[0]), (*reached, *more[1])
        assert set(relation.domain) == set(domain), name
        assert set(relation.range) == set(range_), name
        assert tuple(relation.properties) == properties, name
        assert relation.key == key, name
        if name != "SAME_AS_CANDIDATE":
            assert relation.pairs == {(a, b) for a in domain for b in range_}, name


def test_part_of_allows_only_stated_pairs(schema: Schema) -> None:
    relation = schema.relations["PART_OF"]
    assert relation.pairs == {(a, b) for a, reached in PART_OF.items() for b in reached}
    assert set(relation.domain) == set(PART_OF)
    assert set(relation.range) == {b for reached in PART_OF.values() for b in reached}
    assert not relation.allows("District", "Province")


def test_same_as_candidate_joins_equal_labels_only(schema: Schema) -> None:
    relation = schema.relations["SAME_AS_CANDIDATE"]
    assert relation.same_label
    assert relation.pairs == {(label, label) for label in LABELS}


def test_one_headquarters(schema: Schema) -> None:
    assert schema.relations["LOCATED_IN"].functional == "role=headquarters"
    assert [r.name for r in schema.relations.values() if r.functional] == ["LOCATED_IN"]


def test_columns_in_order_with_years_behind_dates(schema: Schema) -> None:
    assert list(schema.node_columns("Company")) == [
        *COMMON_NODE,
        *("founded", "founded_year", "financing_stage", "uscc", "legal_name", "listed"),
    ]
    assert list(schema.edge_columns("SUPPLIES")) == [*COMMON_EDGE, "product", "share", "year"]
    for label in LABELS:
        columns = schema.node_columns(label)
        assert list(columns)[: len(COMMON_NODE)] == COMMON_NODE
        for name, prop in schema.labels[label].properties.items():
            if prop.datatype == "date":
                year = columns[f"{name}_year"]
                assert (year.datatype, year.derived_from) == ("integer", name)
                assert list(columns).index(f"{name}_year") == list(columns).index(name) + 1
    for name in schema.relations:
        assert list(schema.edge_columns(name))[: len(COMMON_EDGE)] == COMMON_EDGE


@pytest.mark.parametrize(
    ("owner", "name", "datatype"),
    [
        ("Company", "listed", "boolean"),
        ("Company", "founded", "date"),
        ("City", "adcode", "text"),
        ("City", "latitude", "number"),
        ("ChainSegment", "order", "integer"),
        ("Observation", "qualifier", "text_list"),
        ("Conflict", "values", "text_list"),
        ("Conflict", "value_sources", "text_list"),
        ("PolicyTarget", "due", "date"),
        ("Source", "retrieved", "date"),
        ("STATED_IN", "locator", "text_list"),
        ("SUPPLIES", "year", "integer"),
        ("SUPPLIES", "share", "number"),
        ("Company", "aliases", "text_list"),
        ("Company", "as_of", "date"),
    ],
)
def test_datatypes(schema: Schema, owner: str, name: str, datatype: str) -> None:
    columns = schema.node_columns(owner) if owner in schema.labels else schema.edge_columns(owner)
    assert columns[name].datatype == datatype


def test_every_property_has_a_known_datatype_and_no_name_that_engines_take(schema: Schema) -> None:
    for name, prop in schema.properties().items():
        assert prop.datatype in DATATYPES
        assert name not in {"type", "title"}  # kglite answers with pseudo-properties of these names
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)


def test_kind_has_another_code_list_on_each_label(schema: Schema) -> None:
    lists = {x.name: x.properties["kind"].scheme for x in schema.labels.values() if "kind" in x.properties}
    assert lists == {
        "University": "university_kind",
        "Institution": "institution_kind",
        "Park": "park_kind",
        "Policy": "policy_kind",
        "Event": "event_kind",
        "Conflict": "conflict_kind",
    }


def test_every_term_has_labels_and_definitions_in_both_languages() -> None:
    graph = Graph().parse(FOLDER / "core.ttl")
    terms = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s != URIRef(namespaces.NS)}
    assert len(terms) > 130
    for term in terms:
        assert str(term).startswith(namespaces.NS), f"{term} is described here but not ours"
        assert str(term).isascii(), "no Chinese in term IRIs"
        for predicate in (RDFS.label, SKOS.definition):
            texts = list(graph.objects(term, predicate))
            languages = sorted(t.language or "" for t in texts if isinstance(t, Literal))
            assert languages == ["en", "zh"], f"{term} {predicate}"
            assert all(str(t).strip() for t in texts)


def test_every_class_and_relation_is_aligned_with_a_standard(schema: Schema) -> None:
    items: list[Label | Relation] = [*schema.labels.values(), *schema.relations.values()]
    for item in items:
        assert item.aligned, item.name
        assert all(not iri.startswith(namespaces.NS) for iri in item.aligned)


def test_upstream_is_not_broader_in_the_ontology() -> None:
    graph = Graph().parse(FOLDER / "core.ttl")
    upstream = URIRef(namespaces.NS + "upstreamOf")
    above = set(graph.transitive_objects(upstream, RDFS.subPropertyOf))
    assert SKOS.broader not in above | set(graph.objects(upstream, SKOS.closeMatch))


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_turtle_files_say_version_licence_and_prefix(path: Path) -> None:
    graph = Graph().parse(path)
    assert len(graph) > 20
    assert set(graph.objects(None, OWL.versionInfo)) == {Literal(load_schema().version)}
    licence = URIRef("http://purl.org/dc/terms/license")
    assert URIRef("https://www.apache.org/licenses/LICENSE-2.0") in set(graph.objects(None, licence))
    assert list(graph.objects(None, URIRef("http://purl.org/vocab/vann/preferredNamespacePrefix")))


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_own_names_in_turtle_files_are_declared_or_under_the_one_base(path: Path) -> None:
    declared = set(Graph().parse(FOLDER / "core.ttl").subjects(RDF.type))
    shapes = set(Graph().parse(FOLDER / "shapes.ttl").subjects(RDF.type))
    for triple in Graph().parse(path):
        for term in triple:
            if isinstance(term, URIRef) and "w3id.org" in term:
                assert term.startswith(namespaces.BASE)
                if term.startswith(namespaces.NS) and term != URIRef(namespaces.NS):
                    assert term in declared | shapes, f"{path.name} uses {term}, core.ttl does not declare it"


def test_only_one_module_knows_the_address() -> None:
    root = FOLDER.parent
    holders = {
        p.relative_to(root).as_posix()
        for room in ("ontology", "loaders", "graph", "queries", "facade")
        for p in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).startswith(namespaces.BASE)
    }
    assert holders == {"ontology/namespaces.py"}


def test_label_text_and_definition(schema: Schema) -> None:
    assert schema.label_text("Company", "zh") == "企业"
    assert schema.label_text("LOCATED_IN", "en") == "located in"
    assert schema.label_text("financing_stage") == "融资阶段"
    assert schema.label_text("founded_year", "zh") == "成立日期（年）"
    assert "listed" in schema.definition_text("listed", "en")
    with pytest.raises(SchemaError, match="language 'de' is not one of zh, en"):
        schema.label_text("Company", "de")


def test_unknown_names_are_named_with_what_would_do(schema: Schema) -> None:
    with pytest.raises(SchemaError, match="label 'Compny' is not in the ontology; use one of Company"):
        schema.node_columns("Compny")
    with pytest.raises(SchemaError, match="relation type 'LOCATEDIN' is not in the ontology; use one of LOCATED_IN"):
        schema.edge_columns("LOCATEDIN")
    with pytest.raises(SchemaError, match="name 'foundd'"):
        schema.label_text("foundd")


def test_label_of_an_id(schema: Schema) -> None:
    assert schema.label_of_id("city:US:纽约") == "City"
    assert schema.label_of_id("src:a76a81ffa34b") == "Source"
    assert schema.label_of_id("nothing:1") is None


def test_unique_keys(schema: Schema) -> None:
    assert schema.unique_keys() == dict.fromkeys(LABELS, "id")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_names_everything(schema: Schema, lang: str) -> None:
    page = schema.markdown(lang)
    for name in (*schema.labels, *schema.relations, *schema.properties(), "founded_year", "due_year"):
        assert f"`{name}`" in page, name
    for constraint in schema.constraints:
        assert constraint.message[lang].replace("|", "\\|") in page
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in page.splitlines() if line.startswith("|")]
    assert len(widths) > 200
    assert {line.count("---") + 1 for line in page.splitlines() if line.startswith("| ---")} <= set(widths)


def test_json_ld_context_is_what_the_schema_says(schema: Schema) -> None:
    text = (FOLDER / "context.jsonld").read_text(encoding="utf-8")
    assert text == context_text(schema), "run `python -m aikg.ontology.jsonld > ontology/context.jsonld`"
    assert json.loads(text) == context(schema)


# rdflib 7 reads JSON-LD through its own deprecated class.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_ld_context_turns_plain_json_into_triples(schema: Schema) -> None:
    document = {
        **context(schema),
        "id": "company:大疆创新",
        "label": "Company",
        "name": "大疆创新",
        "sources": ["src:a76a81ffa34b#L259"],
        "LOCATED_IN": "city:440300",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    company = URIRef(namespaces.IDS + "company/大疆创新")
    assert (company, RDF.type, URIRef(namespaces.NS + "Company")) in graph
    assert (company, URIRef(namespaces.NS + "locatedIn"), URIRef(namespaces.IDS + "city/440300")) in graph
    assert (company, URIRef(namespaces.NS + "name"), Literal("大疆创新")) in graph


def test_loading_is_cheap_and_done_once(schema: Schema) -> None:
    assert load_schema() is schema
    started = time.perf_counter()
    code = "import aikg.ontology.schema, sys; sys.exit('rdflib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)  # importing the module alone reads no Turtle
    load_schema.__wrapped__()
    assert time.perf_counter() - started < 10  # a bound against accidents, not a measurement


# The document of the contract, where it lies beside the checkout -------------------------------------------------------


def contract_tables() -> tuple[list[list[str]], list[list[str]]]:
    path = shared("design", "ontology.md")
    sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)

    def rows(title: str) -> list[list[str]]:
        (body,) = [s for s in sections if s.startswith(title)]
        lines = [line for line in body.splitlines() if line.startswith("|")]
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]

    return rows("Node labels"), rows("Relation types")


@pytest.mark.shared
def test_labels_of_the_contract_document(schema: Schema) -> None:
    nodes, _ = contract_tables()
    seen = set()
    for names, chinese, *properties in nodes:
        labels = [x.strip() for x in names.split("·")]
        for label, text in zip(labels, [x.strip() for x in chinese.split("·")], strict=True):
            seen.add(label)
            assert schema.label_text(label, "zh") == text
            columns = schema.node_columns(label)
            stated = re.sub(r"\([^()]*\)|（[^（）]*）", "", " | ".join(properties))
            for name in re.findall(r"\b[a-z][a-z0-9]*_[a-z0-9_]+\b", stated):
                assert any(name in schema.node_columns(other) for other in labels), (label, name)
            for name in re.split(r"[,;:]", stated.split(".")[0]):
                word = name.strip()
                if word in schema.properties():
                    assert any(word in schema.node_columns(other) for other in labels), (label, word)
            assert list(columns)[:4] == ["id", "name", "aliases", "sources"]
    assert seen == set(schema.labels)


@pytest.mark.shared
def test_relations_of_the_contract_document(schema: Schema) -> None:
    _, edges = contract_tables()
    assert [row[0] for row in edges] == list(schema.relations)
    for name, ends, properties in edges:
        relation = schema.relations[name]
        stated = {p for p in re.findall(r"[a-z_]+", re.sub(r"\(.*?\)", "", properties)) if p}
        assert stated <= set(relation.properties), name
        for pair in re.sub(r"\([^()]*\)", "", ends).split(";"):
            start, _, end = pair.partition("→")
            for a in re.findall(r"[A-Z]\w+", start):
                for b in re.findall(r"[A-Z]\w+", end):
                    assert relation.allows(a, b), (name, a, b)


@pytest.mark.shared
def test_sources_of_the_data_set_are_the_documents() -> None:
    folder = shared("documents")
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.txt")}
    graph = Graph().parse(FOLDER / "dataset.ttl")
    stated = {str(s): str(o) for s, o in graph.subject_objects(URIRef(namespaces.NS + "sha256"))}
    assert set(stated.values()) == hashes
    assert {iri: f"{namespaces.IDS}src/{sha[:12]}" for iri, sha in stated.items()} == {iri: iri for iri in stated}
