"""Graph to RDF and back, files included; and what other vocabularies' readers find in it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from broken_graphs import SOURCE, clean_graph, clean_rows
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from aikg.graph.export import write
from aikg.graph.export.rdf import PREFIXES, from_rdf, id_of, iri_of, to_rdf, write_rdf
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError
from aikg.ontology.namespaces import FOLDER, IDS, NS
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

# rdflib's own JSON-LD parser still uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

OWN = Namespace(NS)
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SUFFIXES = (".ttl", ".nt", ".jsonld")

HOSTILE = [
    'say "so"', "back\\slash", "trailing\\", 'ends in a quote\n\\"', '"""', "'", "line\nfeed", "carriage\rreturn", "a\r\nb",
    "\ttab", "line\u2028separator", "paragraph\u2029", "next\x85line", "\x00", "\x0b\x1f\x7f", "\ufeffbom", "😀👩‍👩‍👧", "𠮷野家",
    "مرحبا \u202eright to left", "@zh", "^^xsd:date", "<b>&amp;</b>", "{}[]$id _:b0", "%E5%8D%8E/..", " lead and trail ", "",
    "2022", "true", "1e5", "e\u0301 é", "a|b",
]  # fmt: skip


def frames(graph: KnowledgeGraph) -> dict[str, pd.DataFrame]:
    return {**graph.nodes, **graph.edges}


def assert_same_graph(found: KnowledgeGraph, wanted: KnowledgeGraph) -> None:
    """Equal in every frame: columns, types, order of rows and of lists."""
    assert sorted(found.nodes) == sorted(wanted.nodes)
    assert sorted(found.edges) == sorted(wanted.edges)
    for name, frame in frames(wanted).items():
        pd.testing.assert_frame_equal(frames(found)[name], frame, check_exact=True, obj=name)
        # pandas compares an empty list and a null as equal.
        assert frames(found)[name].isna().equals(frame.isna()), name


def through(graph: KnowledgeGraph, suffix: str, folder: Path) -> KnowledgeGraph:
    """The graph after a file."""
    return from_rdf(Graph().parse(write_rdf(graph, folder / f"graph{suffix}")))


def objects(rdf: Graph, subject: str, predicate: URIRef) -> set[Any]:
    return set(rdf.objects(iri_of(subject), predicate))


# -- round trip ---------------------------------------------------------------------------------------


def test_round_trip_of_every_label_and_relation() -> None:
    graph = clean_graph()
    assert {*graph.nodes} == {*load_schema().labels}
    assert {*graph.edges} == {*load_schema().relations}
    assert_same_graph(from_rdf(to_rdf(graph)), graph)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_round_trip_through_files(suffix: str, tmp_path: Path) -> None:
    assert_same_graph(through(clean_graph(), suffix, tmp_path), clean_graph())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_hostile_text_survives_files(suffix: str, tmp_path: Path) -> None:
    rows = clean_rows(pairs=2)
    rows.nodes["Technology"] = [
        {**rows.node("Technology"), "id": f"tech:{text}", "name": text, "aliases": [text, f"{text}{text}"]}
        for text in HOSTILE
    ]
    for text in HOSTILE:
        rows.node("Technology", HOSTILE.index(text))["aliases"] = sorted({text, f"{text}{text}"})
    rows.edge("FOCUSES_ON")["text"] = "".join(HOSTILE)
    assert_same_graph(through(rows.graph(), suffix, tmp_path), rows.graph())


def test_null_and_empty_lists() -> None:
    """Aliases and sources are known to be none, other lists are unknown: that is how both come back."""
    rows = clean_rows()
    rows.node("Group").update(aliases=[], sources=[], as_of=None, method=None, confidence=None)
    rows.node("Observation").update(qualifier=None, value=None, period=None)
    rows.edge("STATED_IN").update(locator=None, sources=[])
    assert_same_graph(from_rdf(to_rdf(rows.graph())), rows.graph())
    other = clean_rows()
    other.node("Group").update(aliases=None, sources=None, as_of=None, method=None, confidence=None)
    other.node("Observation").update(qualifier=[], value=None, period=None)
    other.edge("STATED_IN").update(locator=[], sources=None)
    assert_same_graph(from_rdf(to_rdf(other.graph())), rows.graph())


def test_lists_come_back_sorted_sources_by_line() -> None:
    rows = clean_rows()
    rows.node("Group").update(
        aliases=["b", "a", "b", "B"],
        sources=[f"{SOURCE}#L178;图表3", f"{SOURCE}#L22", "src:0b2cf3b8c081#L900", f"{SOURCE}#L9", SOURCE],
    )
    rows.edge("STATED_IN")["locator"] = ["L178;图表3", "附表", "L22"]
    found = from_rdf(to_rdf(rows.graph()))
    row = found.nodes["Group"].iloc[0]
    assert list(row["aliases"]) == ["B", "a", "b"]
    assert list(row["sources"]) == [
        "src:0b2cf3b8c081#L900", SOURCE, f"{SOURCE}#L9", f"{SOURCE}#L22", f"{SOURCE}#L178;图表3",
    ]  # fmt: skip
    assert list(found.edges["STATED_IN"].iloc[0]["locator"]) == ["附表", "L22", "L178;图表3"]


def test_values_of_a_conflict_keep_their_sources() -> None:
    rows = clean_rows()
    same = f"{SOURCE}#L1"
    rows.node("Conflict").update(values=["z", "—", "a"], value_sources=[same, f"{SOURCE}#L2, {SOURCE}#L3", same])
    found = from_rdf(to_rdf(rows.graph())).nodes["Conflict"].iloc[0]
    assert list(zip(found["values"], found["value_sources"], strict=True)) == [
        ("z", same), ("—", f"{SOURCE}#L2, {SOURCE}#L3"), ("a", same),
    ]  # fmt: skip


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    rows = clean_rows()
    values = [113.94654321987654, 1e-300, 1.7976931348623157e308, -0.1, 5e-324, float("inf"), 1070000000.0, 0.1 + 0.2]
    rows.nodes["Event"] = [{**rows.node("Event"), "id": f"event:{n:012x}", "amount": v} for n, v in enumerate(values)]
    rows.edges["HAS_EVENT"] = []
    rows.edge("DESIGNATED_AS")["year"] = 2**62 + 1
    for suffix in SUFFIXES:
        assert_same_graph(through(rows.graph(), suffix, tmp_path), rows.graph())
        assert "INF" in (tmp_path / f"graph{suffix}").read_text(encoding="utf-8")  # XML Schema knows no "inf"


def test_rows_without_id_and_edges_without_end() -> None:
    """A check over RDF must see what is wrong in frames, so that nothing may be dropped on the way."""
    rows = clean_rows(pairs=2)
    rows.nodes["Industry"].append({**rows.node("Industry"), "id": None})
    rows.edge("HAS_EVENT")["id"] = None
    rows.edge("TARGETS")["subject"] = None
    rows.edge("HOSTS")["object"] = "company:没有这家"
    assert_same_graph(from_rdf(to_rdf(rows.graph())), rows.graph())


_text = st.text(max_size=12) | st.sampled_from(HOSTILE)
_cells = {
    "text": _text,
    "date": st.sampled_from(
        ["2022", "2022-09", "2022-09-01", "0800", "9999-12-31", "2022-02-31", "0000", "2022-13", "去年"]
    ),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "text_list": st.lists(_text, min_size=1, max_size=4, unique=True).map(sorted),
}


@st.composite
def node_rows(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    label = draw(st.sampled_from(sorted(load_schema().labels)))
    rows = []
    for id_ in draw(st.lists(_text, min_size=1, max_size=4, unique=True)):
        row: dict[str, Any] = {"id": id_}
        for name, prop in load_schema().node_columns(label).items():
            if name not in ("id", "sources", "value_sources") and not prop.derived_from:
                row[name] = draw(st.none() | _cells[prop.datatype])
        row["aliases"], row["sources"] = row["aliases"] or [], [SOURCE]
        for name, prop in load_schema().node_columns(label).items():
            if prop.derived_from and row[prop.derived_from] and row[prop.derived_from][0] in "0129":
                row[name] = int(row[prop.derived_from][:4])
        rows.append(row)
    return label, rows


@settings(max_examples=60, deadline=None)
@given(node_rows())
def test_any_row_survives_a_file(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[str, list[dict[str, Any]]]
) -> None:
    graph = KnowledgeGraph.from_rows({made[0]: made[1]}, {})
    folder = tmp_path_factory.mktemp("rdf")
    for suffix in SUFFIXES:
        assert_same_graph(through(graph, suffix, folder), graph)


@given(_text)
def test_ids_and_iris_belong_together(id_: str) -> None:
    iri = iri_of(id_)
    assert id_of(iri) == id_
    assert iri.startswith(IDS)
    assert iri.isascii()
    assert not set(iri) & set(' <>"{}|\\^`')


def test_ids_in_iris() -> None:
    assert iri_of("company:华为") == URIRef(IDS + "company/%E5%8D%8E%E4%B8%BA")
    assert iri_of("park:440300:a/b?c#d") == URIRef(IDS + "park/440300:a%2Fb%3Fc%23d")
    assert iri_of("tech:..") == URIRef(IDS + "tech/%2E%2E")  # else a reader goes one step up
    assert len({iri_of(i) for i in ("a", "a:", "a:b", "a/b", ":a")}) == 5
    with pytest.raises(GraphError, match="aikg:id"):
        id_of("http://www.wikidata.org/entity/Q42")


# -- what is in it ------------------------------------------------------------------------------------


def test_a_relation_is_a_triple_and_an_edge() -> None:
    rows = clean_rows()
    edge = rows.edge("PROVIDES", "Country")
    rdf = to_rdf(rows.graph())
    subject, object_ = iri_of(edge["subject"]), iri_of(edge["object"])
    assert (subject, OWN.provides, object_) in rdf
    said = dict(rdf.predicate_objects(iri_of(edge["id"])))
    assert said[RDF.type] == OWN.Edge
    assert (said[RDF.subject], said[RDF.predicate], said[RDF.object]) == (subject, OWN.provides, object_)
    assert said[OWN.year] == Literal(2021, datatype=XSD.integer)
    assert said[OWN.share] == Literal("1.0", datatype=XSD.double)
    assert said[OWN.asOf] == Literal("2022-12", datatype=XSD.gYearMonth)
    assert said[PROV.wasDerivedFrom] == iri_of(SOURCE)
    assert objects(rdf, edge["id"], OWN.sources) == {Literal(text) for text in edge["sources"]}


def test_dates_have_the_type_of_their_precision() -> None:
    rows = clean_rows()
    for text, datatype in (
        ("2022", XSD.gYear), ("2022-09", XSD.gYearMonth), ("2024-02-29", XSD.date), ("2023-02-29", None), ("2022-13", None),
        ("0000", None), ("去年", None),
    ):  # fmt: skip
        rows.node("Company")["founded"] = text
        (found,) = objects(to_rdf(rows.graph()), "company:华为", OWN.founded)
        assert (str(found), found.datatype) == (text, datatype)


def test_companies_are_formal_organisations_for_w3c_org() -> None:
    """A reader with core.ttl beside the export reaches W3C ORG, SKOS, PROV and schema.org classes."""
    rdf = to_rdf(clean_graph()) + Graph().parse(FOLDER / "core.ttl")
    schema = load_schema()
    for id_, wanted in (
        ("company:华为", str(ORG.FormalOrganization)),
        ("institution:科学技术部", str(ORG.FormalOrganization)),
        ("park:440300:南山智园", "https://schema.org/Place"),
        ("city:440300", "https://schema.org/AdministrativeArea"),
        ("segment:智能芯片", str(SKOS.Concept)),
        ("observation:0123456789ab", "http://purl.org/linked-data/cube#Observation"),
        (SOURCE, str(PROV.Entity)),
    ):
        found = rdf.query(
            "ASK { ?node rdf:type/rdfs:subClassOf* ?class }",
            initNs={"rdf": RDF, "rdfs": RDFS},
            initBindings={"node": iri_of(id_), "class": URIRef(wanted)},
        )
        assert found.askAnswer, id_
    assert str(ORG.FormalOrganization) in schema.labels["Company"].aligned


def test_names_and_what_core_puts_above_properties() -> None:
    rows = clean_rows()
    rows.node("Company").update(name="华为", aliases=["HUAWEI", "华为技术"])
    rdf = to_rdf(rows.graph())
    assert objects(rdf, "company:华为", RDFS.label) == {Literal("华为")}
    assert objects(rdf, "company:华为", SKOS.prefLabel) == {Literal("华为", lang="zh")}
    assert objects(rdf, "company:华为", SKOS.altLabel) == {Literal("HUAWEI"), Literal("华为技术", lang="zh")}
    assert objects(rdf, "layer:基础层", SKOS.notation) == {Literal("A")}
    assert iri_of("country:CN") in objects(rdf, "province:440000", DCTERMS.isPartOf)
    # Every entailment of core.ttl about our properties is written out.
    core = Graph().parse(FOLDER / "core.ttl")
    above = {
        (p, q)
        for p, q in core.subject_objects(RDFS.subPropertyOf)
        if str(p).startswith(NS) and not str(q).startswith(NS)
    }
    assert {q for _, q in above} >= {RDFS.label, DCTERMS.isPartOf, DCTERMS.date, SKOS.notation, PROV.wasDerivedFrom}
    for below, other in above:
        for subject, value in rdf.subject_objects(below):
            assert (subject, other, value) in rdf


def test_documents_are_provenance() -> None:
    rows = clean_rows()
    rows.node("Group")["sources"] = [f"{SOURCE}#L1", f"{SOURCE}#L2", "src:0123456789ab#L3", "a wrong one"]
    del rows.edges["STATED_IN"]  # which core.ttl puts below prov:wasDerivedFrom
    rdf = to_rdf(rows.graph())
    assert objects(rdf, "group:全球", PROV.wasDerivedFrom) == {iri_of(SOURCE), iri_of("src:0123456789ab")}
    assert not objects(rdf, SOURCE, PROV.wasDerivedFrom)  # a document does not come from itself


def test_every_term_is_declared() -> None:
    """No property or class of ours stands in an export that core.ttl does not know."""
    core = Graph().parse(FOLDER / "core.ttl")
    declared = {s for s in core.subjects(RDF.type, None) if str(s).startswith(NS)}
    rdf = to_rdf(clean_graph())
    used = {p for _, p, _ in rdf} | set(rdf.objects(None, RDF.type))
    assert {term for term in used if str(term).startswith(NS)} <= declared


# -- back: what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("triples", "message"),
    [
        ([("company:华为", OWN.name, Literal("另名"))], "company:华为: has 2 values of aikg:name; keep one"),
        ([("company:华为", RDF.type, OWN.Park)], "company:华为: is Company and Park"),
        (
            [("company:华为", OWN.adcode, Literal("440300"))],
            "company:华为: has aikg:adcode, which Company does not have",
        ),
        ([("company:华为", OWN.spelled_wrong, Literal("x"))], "company:华为: has aikg:spelled_wrong"),
        ([("thing:x", OWN.name, Literal("x"))], "thing:x: has aikg:name and no class"),
        ([("region:珠三角", OWN.latitude, Literal("北纬"))], "region:珠三角: aikg:latitude '北纬' is no number"),
        ([("region:珠三角", OWN.latitude, URIRef("urn:x"))], "region:珠三角: aikg:latitude is <urn:x>"),
        ([("company:uscc:914403001922038216", OWN.listed, Literal("是"))], "has 2 values of aikg:listed"),
        ([("company:华为", OWN.operatesIn, iri_of("city:440300"))], "aikg:operatesIn .* has no aikg:Edge"),
        ([("X:1", RDF.type, OWN.Edge)], "X:1: is an edge whose rdf:predicate is None"),
        ([("X:1", RDF.type, OWN.Edge), ("X:1", RDF.predicate, OWN.founded)], "X:1: is an edge whose rdf:predicate"),
        (
            [
                ("X:1", RDF.type, OWN.Edge),
                ("X:1", RDF.predicate, OWN.hosts),
                ("X:1", RDF.subject, URIRef("urn:foreign")),
            ],
            "urn:foreign: is not one of",
        ),
        (
            [("X:1", RDF.type, OWN.Edge), ("X:1", RDF.predicate, OWN.hosts), ("X:1", OWN.role, Literal("x"))],
            "HOSTS does not",
        ),
    ],
)
def test_what_frames_cannot_hold_is_refused(triples: list[tuple[str, URIRef, Any]], message: str) -> None:
    rdf = to_rdf(clean_graph())
    for subject, predicate, value in triples:
        rdf.add((iri_of(subject), predicate, value))
    with pytest.raises(GraphError, match=message) as caught:
        from_rdf(rdf)
    assert "\n" not in str(caught.value)


def test_other_peoples_triples_are_passed_over() -> None:
    rdf = to_rdf(clean_graph())
    rdf += Graph().parse(FOLDER / "core.ttl")
    rdf.add((iri_of("company:华为"), URIRef("https://schema.org/url"), URIRef("https://www.huawei.com")))
    rdf.add((BNode(), RDFS.label, Literal("x")))
    assert_same_graph(from_rdf(rdf), clean_graph())


def test_unknown_frames_are_refused() -> None:
    graph = clean_graph()
    graph.nodes["Person"] = graph.nodes["Group"]
    with pytest.raises(GraphError, match="nodes of 'Person'"):
        to_rdf(graph)


# -- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_say_exactly_what_the_graph_says(suffix: str, tmp_path: Path) -> None:
    path = write_rdf(clean_graph(), tmp_path / f"graph{suffix}")
    assert set(Graph().parse(path)) == set(to_rdf(clean_graph()))
    assert "智能芯片" in path.read_text(encoding="utf-8")
    assert b"\r" not in path.read_bytes()


def test_files_are_the_same_in_every_process(tmp_path: Path) -> None:
    """Order must come neither from hashes, which differ from process to process, nor from the order of the rows."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from broken_graphs import clean_graph\n"
        "from aikg.graph.export.rdf import write_rdf\n"
        "for suffix in ('ttl', 'nt', 'jsonld'): write_rdf(clean_graph(), f'{sys.argv[2]}/other.{suffix}')"
    )
    here = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", program, here, str(tmp_path)], check=True, env={"PYTHONHASHSEED": "7"})
    rows = clean_rows()
    for part in (rows.nodes, rows.edges):
        for listed in part.values():
            random.Random(1).shuffle(listed)  # noqa: S311 - an order, not a secret
    shuffled = KnowledgeGraph.from_rows(dict(reversed(rows.nodes.items())), dict(reversed(rows.edges.items())))
    for suffix in SUFFIXES:
        path = write_rdf(shuffled, tmp_path / f"mine{suffix}")
        assert path.read_bytes() == (tmp_path / f"other{suffix}").read_bytes()


def test_turtle_is_readable(tmp_path: Path) -> None:
    text = write_rdf(clean_graph(), tmp_path / "graph").read_text(encoding="utf-8")  # Turtle without a suffix
    assert text.startswith("@prefix aikg: <https://w3id.org/aikg/ns#> .\n")
    assert (
        "\n<https://w3id.org/aikg/id/group/%E5%85%A8%E7%90%83> a aikg:Group ;\n"
        '    rdfs:label "全球" ;\n'
        '    skos:altLabel "group:全球别名"@zh ;\n'
        '    skos:prefLabel "全球"@zh ;\n'
    ) in text
    assert {line.split()[1].rstrip(":") for line in text.splitlines() if line.startswith("@prefix")} == {*PREFIXES}


def test_json_ld_is_plain_json(tmp_path: Path) -> None:
    document = json.loads(write_rdf(clean_graph(), tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    by_id = {node["@id"]: node for node in document["@graph"]}
    assert by_id[IDS + "tech/5G"]["@type"] == ["aikg:Technology"]
    assert by_id[IDS + "tech/5G"]["aikg:name"] == "5G"


def test_export_writes_turtle(tmp_path: Path) -> None:
    assert write(clean_graph(), "rdf", tmp_path / "new" / "graph.ttl") == [tmp_path / "new" / "graph.ttl"]


@pytest.mark.parametrize("name", ["graph.xml", "graph.rdf", "graph.json"])
def test_other_suffixes_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"one of \.ttl, \.nt, \.jsonld"):
        write_rdf(clean_graph(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def _listing(folder: Path) -> Iterable[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    write_rdf(clean_graph(), path)
    before = path.read_bytes()

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(GraphError, match=r"graph\.ttl: cannot be written \(No space left on device\)"):
        write_rdf(KnowledgeGraph(), path)
    assert path.read_bytes() == before
    assert _listing(tmp_path) == ["graph.ttl"]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path in (tmp_path, tmp_path / "file" / "graph.ttl"):
        with pytest.raises(GraphError, match="cannot be written") as caught:
            write_rdf(clean_graph(), path)
        assert "\n" not in str(caught.value)
    assert _listing(tmp_path) == ["file"]
