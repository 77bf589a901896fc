"""The rules on frames and the same rules as SHACL on RDF find the same; and the faults that only frames have."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from broken_graphs import NODES, SOURCE, Rows, clean_graph, clean_rows, edge_row
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, Graph, URIRef

from aikg.graph.check import _no_match, check, check_frames, check_rules
from aikg.graph.check_frames import FAULTS
from aikg.graph.export.rdf import id_of, to_rdf
from aikg.graph.findings import COLUMNS
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.constraints import KINDS
from aikg.ontology.namespaces import FOLDER, NS
from aikg.ontology.schema import load_schema

Key = tuple[
    str | None, str, str, str
]  # focus (id, None for a resource without one), property, severity, English message


# -- what pyshacl says --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _files() -> tuple[Graph, Graph]:
    return Graph().parse(FOLDER / "shapes.ttl"), Graph().parse(FOLDER / "core.ttl")


def shacl_keys(graph: KnowledgeGraph) -> set[Key]:
    """The results of pyshacl over the RDF export."""
    pyshacl = pytest.importorskip("pyshacl", reason="the extra `shacl` is not installed")
    shapes, core = _files()
    _, report, _ = pyshacl.validate(to_rdf(graph), shacl_graph=shapes, ont_graph=core)
    names = {p.iri: name for name, p in load_schema().properties().items()}
    names |= {relation.iri: "object" for relation in load_schema().relations.values()}
    english = {rule.message["en"] for rule in load_schema().constraints}
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        path = report.value(result, SH.resultPath)
        if path is None:  # a rule of the whole node: sh:or about sources or the start of an edge, or SPARQL
            shape = report.value(result, SH.sourceShape)
            path = shapes.value(shape, URIRef(NS + "checked"))
            whole = (URIRef(NS + "NodeShape"), URIRef(NS + "EdgeShape"))
            property_ = names[str(path)] if path else "sources" if shape in whole else "subject"
        else:
            property_ = names[str(path)]
        severity = str(report.value(result, SH.resultSeverity)).rpartition("#")[2].lower()
        # pyshacl takes the language off the messages of SPARQL rules.
        (message,) = {str(text) for text in report.objects(result, SH.resultMessage)} & english
        found.add((id_of(str(focus)) if isinstance(focus, URIRef) else None, property_, severity, message))
    return found


def frame_keys(graph: KnowledgeGraph) -> set[Key]:
    """The results of `check_rules` as SHACL names them: what is wrong with an end is said of its subject."""
    starts = {
        edge_id: start
        for frame in graph.edges.values()
        for edge_id, start in zip(frame["id"], frame["subject"], strict=True)
    }
    rows = check_rules(graph).astype(object)
    rows = rows.where(rows.notna(), None)
    return {
        (
            starts[row["id"]] if row["property"] in ("subject", "object") else row["id"],
            row["property"],
            row["severity"],
            row["message_en"],
        )
        for row in rows.to_dict("records")
    }


def assert_same(graph: KnowledgeGraph) -> set[Key]:
    ours, theirs = frame_keys(graph), shacl_keys(graph)
    assert ours - theirs == set(), "only on frames"
    assert theirs - ours == set(), "only in SHACL"
    return ours


# -- planted errors -----------------------------------------------------------------------------------

LONG = "字" * 41


@dataclass(frozen=True)
class Planted:
    """One error: `value` is put into a cell of the clean graph.

    `owner` is a label or relation type, `pick` the number of the node, or the label at which the edge starts.
    """

    kind: str
    severity: str
    owner: str
    property: str
    value: Any
    pick: int | str | None = None

    def __call__(self, rows: Rows) -> str:
        """Spoil the rows; the id of the row with the error."""
        if self.owner in rows.edges:
            row = rows.edge(self.owner, str(self.pick) if self.pick else None)
        else:
            row = rows.node(self.owner, int(self.pick or 0))
        if self.property == "id" and self.owner in rows.nodes:
            for edge in (edge for edges in rows.edges.values() for edge in edges):
                edge.update({end: self.value for end in ("subject", "object") if edge[end] == row["id"]})
        row[self.property] = self.value
        return str(row["id"])

    def __str__(self) -> str:
        return f"{self.kind}-{self.owner}.{self.property}"


PLANTED = [
    Planted("required", "violation", "Company", "name", None),
    Planted("required", "violation", "Group", "sources", []),
    Planted("required", "violation", "Group", "sources", None),
    Planted("required", "violation", "HAS_EVENT", "sources", []),
    Planted("required", "violation", "Conflict", "property", None),
    Planted("required", "violation", "Conflict", "values", []),
    Planted("pattern", "violation", "Technology", "sources", [f"{SOURCE}#L1", "https://example.org"]),
    Planted("pattern", "violation", "HOSTS", "sources", [f"{SOURCE}#L1|L2"]),
    Planted("pattern", "violation", "Technology", "sources", [f"{SOURCE}#图表\u30003"]),  # ideographic space
    Planted("pattern", "violation", "Technology", "as_of", "2022-13"),
    Planted("pattern", "violation", "HOSTS", "as_of", "去年"),
    Planted("pattern", "violation", "Company", "founded", "1987/9/15"),
    Planted("pattern", "violation", "Policy", "issued", "2022年9月"),
    Planted("pattern", "warning", "Observation", "period", "十四五"),
    Planted("pattern", "violation", "Source", "sha256", "0A" * 32),
    Planted("pattern", "violation", "Province", "adcode", "44"),
    Planted("pattern", "violation", "Company", "uscc", "91440300192203821O", 1),
    Planted("pattern", "violation", "Company", "id", "company:uscc:123"),
    Planted("pattern", "violation", "City", "id", "city:深圳市"),
    Planted("pattern", "violation", "Technology", "id", "technology:5G"),
    Planted("pattern", "violation", "Observation", "id", "observation:1"),
    Planted("pattern", "violation", "HOSTS", "id", "HOSTS:xyz"),
    Planted("in", "violation", "Industry", "method", "guess"),
    Planted("in", "violation", "HOSTS", "method", "guess"),
    Planted("in", "violation", "Company", "financing_stage", "Z轮"),
    Planted("in", "violation", "ChainLayer", "name", "模型层"),
    Planted("in", "warning", "Park", "kind", "游乐园"),
    Planted("in", "violation", "Observation", "qualifier", ["over", "maybe"]),
    Planted("in", "violation", "LOCATED_IN", "role", "boss"),
    Planted("min", "violation", "Industry", "confidence", -0.1),
    Planted("min", "violation", "ChainLayer", "order", 0),
    Planted("min", "violation", "Event", "amount", -1.0),
    Planted("min", "violation", "PROVIDES", "share", -0.01),
    Planted("max", "violation", "HOSTS", "confidence", 1.1),
    Planted("max", "violation", "City", "latitude", 114.0683),
    Planted("max", "violation", "SAME_AS_CANDIDATE", "score", float("inf")),
    Planted("max", "violation", "DESIGNATED_AS", "year", 20221),
    Planted("max_length", "warning", "Observation", "indicator_text", LONG),
    Planted("max_length", "warning", "FOCUSES_ON", "text", LONG),
    Planted("at_most", "violation", "Observation", "value", 5.0),
    Planted("at_most", "violation", "PolicyTarget", "value", 20.5),
    Planted("uscc", "warning", "Company", "uscc", "914403001922038217", 1),
    Planted("class", "violation", "OPERATES_IN", "object", "city:440300"),
    Planted("class", "violation", "OPERATES_IN", "object", "segment:没有"),
    Planted("class", "violation", "PART_OF", "object", "park:440300:南山智园", "City"),  # `when`
    Planted("class", "violation", "TARGETS", "subject", "company:华为"),
    Planted("class", "violation", "SUPPLIES", "subject", "company:没有"),
    Planted("same_label", "violation", "SAME_AS_CANDIDATE", "object", "company:华为", "City"),
]


def test_clean_graph_has_no_violation() -> None:
    assert check(clean_graph()).empty
    assert assert_same(clean_graph()) == set()


def test_empty_graph() -> None:
    found = check(KnowledgeGraph())
    assert found.empty
    assert tuple(found.columns) == COLUMNS


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_planted_error_is_found(planted: Planted) -> None:
    rows = clean_rows()
    id_ = planted(rows)
    found = check_rules(rows.graph())
    hit = found[(found["id"] == id_) & (found["property"] == planted.property)]
    assert planted.severity in set(hit["severity"]), found
    messages = {rule.message["en"] for rule in load_schema().constraints if rule.kind == planted.kind}
    assert messages & set(hit["message_en"])


def test_planted_errors_are_the_same_in_shacl() -> None:
    """All planted errors, in as few graphs as they fit into: one error for each cell."""
    left = list(PLANTED)
    while left:
        rows, spoilt, later = clean_rows(pairs=6), set(), []
        for planted in left:
            cell = (planted.owner, planted.pick, planted.property)
            if cell in spoilt:
                later.append(planted)
            else:
                spoilt.add(cell)
                planted(rows)
        assert len(assert_same(rows.graph())) >= len(spoilt)
        left = later


def test_every_kind_of_rule_is_planted() -> None:
    # `single` and `datatype` cannot be broken in typed frames: they have their own tests below.
    assert {planted.kind for planted in PLANTED} == {*KINDS} - {"single", "datatype"}


AT_THE_BOUND: list[tuple[str, dict[str, Any]]] = [
    ("Observation", {"value": 4.5, "value_max": 4.5}),
    ("PolicyTarget", {"value": 10.0, "value_max": None}),
    ("PolicyTarget", {"value": None, "value_max": 1.0}),
    ("Assessment", {"text": "字" * 40}),
    ("Observation", {"indicator_text": "😀" * 40}),  # signs, not bytes and not UTF-16 units
    ("Province", {"latitude": -90.0, "longitude": 180.0}),
    ("Industry", {"confidence": 0.0}),
    ("Company", {"founded": "2022-12-31", "founded_year": 2022}),
    ("Observation", {"period": "2018-01/2022-12-31", "qualifier": []}),
    ("Source", {"sources": [SOURCE]}),
    ("Technology", {"sources": [f"{SOURCE}#a\u200bb"]}),  # U+200B is no blank
    ("Technology", {"name": "a\u2028b", "as_of": None}),
]


def test_values_at_the_bound_are_right_on_both_sides() -> None:
    for label, values in AT_THE_BOUND:
        rows = clean_rows()
        rows.node(label).update(values)
        assert check(rows.graph()).empty, values
    rows = clean_rows(pairs=3)
    for label, values in AT_THE_BOUND:
        rows.node(label).update(values)
    rows.edge("DESIGNATED_AS")["year"] = 1900
    rows.edge("SUPPLIES").update(year=2100, share=0.0)
    assert assert_same(rows.graph()) == set()


def test_both_ends_unknown_have_no_label_in_common() -> None:
    rows = clean_rows(pairs=3)
    rows.edge("SAME_AS_CANDIDATE").update(subject="company:甲", object="company:乙")
    assert len(assert_same(rows.graph())) == 3  # start, end, and label


@given(
    st.lists(
        st.text(alphabet="ab中0２_ \t\n\x0b\x1c\x85\xa0\u2003\u2028\u3000|#:", max_size=6) | st.none(), max_size=8
    ),
    st.sampled_from(
        [
            r"^\S.*$",
            r"^[^|\s]+$",
            r"\s",
            r"^\d+$",
            r"\D",
            r"^\w+$",
            r"\W",
            r"\bb",
            r"a\B",
            r"^(?!a)",
            r"(?<=b)a",
            r"(.)\1",
            "a$",
            r"\$$",
        ]
    ),
)
def test_patterns_mean_what_python_says(values: list[str | None], pattern: str) -> None:
    """RE2 is only the fast way to the answer of `re` (with `$` as the end of the text)."""
    judge = re.compile(pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern)
    wrong = _no_match(pa.array(values, pa.string()), (pattern,))
    assert wrong.tolist() == [value is not None and not judge.search(value) for value in values]


@pytest.mark.parametrize("missing", ["subject", "object"])
def test_an_edge_without_an_end_is_no_triple(missing: str) -> None:
    rows = clean_rows(pairs=3)
    rows.edge("TARGETS").update({"subject": "company:华为", "object": "company:华为", missing: None})
    assert assert_same(rows.graph()) == set()
    assert check(rows.graph())["message_en"].tolist() == [FAULTS["null_end"][2]]


def test_a_missing_id_is_found_on_both_sides() -> None:
    rows = clean_rows(pairs=3)
    rows.nodes["Industry"].append({**rows.node("Industry"), "id": None, "name": "新能源"})
    rows.edges["HAS_EVENT"].append({**rows.edge("HAS_EVENT"), "id": None})
    keys = assert_same(rows.graph())
    assert {key[:2] for key in keys} == {(None, "id")}
    assert len(keys) == 2  # the message for a node and the one for an edge


def test_two_names_of_one_id_break_single() -> None:
    rows = clean_rows(pairs=3)
    rows.nodes["Industry"].append({**rows.node("Industry"), "name": "医药"})
    keys = assert_same(rows.graph())
    assert {key[:2] for key in keys} == {("industry:生物医药", "name")}
    assert len(check_rules(rows.graph())) == 2  # one row for each name


def test_text_in_a_number_column_breaks_datatype_and_bounds() -> None:
    graph = clean_graph()
    for label, columns in (
        ("City", {"latitude": ["北纬22度", 40.7], "longitude": ["114.0683", "74W"]}),
        ("Company", {"listed": ["是", True]}),  # sorted by id: the one with a code stands first
        ("Observation", {"value": ["三成"]}),
    ):
        made = {name: pd.Series(cells, dtype=object) for name, cells in columns.items()}
        graph.nodes[label] = graph.nodes[label].assign(**made)
    keys = assert_same(graph)
    assert {(id_, property_) for id_, property_, *_ in keys} == {
        ("city:440300", "latitude"), ("city:440300", "longitude"), ("city:US:纽约", "longitude"),
        ("company:uscc:914403001922038216", "listed"), ("observation:0123456789ab", "value"),
    }  # fmt: skip
    mistyped = check_frames(graph)
    assert set(mistyped["message_en"]) == {FAULTS["mistyped"][2]}
    assert mistyped[["label", "property"]].values.tolist() == [
        ["City", "latitude"], ["City", "longitude"], ["Company", "listed"], ["Observation", "value"],
    ]  # fmt: skip


def test_numbers_of_another_width_are_no_fault() -> None:
    graph = clean_graph()
    graph.nodes["ChainLayer"] = graph.nodes["ChainLayer"].astype({"order": "int32[pyarrow]", "confidence": "float64"})
    graph.nodes["City"] = graph.nodes["City"].astype({"name": "str", "adcode": object})
    assert check(graph).empty


def test_end_of_line_is_not_the_end_of_a_pattern() -> None:
    """XPath's `$` is the end of the text; Python's, and so pyshacl's, lets a line feed follow."""
    rows = clean_rows()
    rows.node("Policy")["issued"] = "2022-09\n"
    found = check_rules(rows.graph())
    assert found[["id", "property"]].values.tolist() == [["policy:440300:人工智能行动计划", "issued"]]


def test_every_pair_of_ends_is_allowed_as_the_schema_says() -> None:
    """`Relation.pairs` comes from core.ttl, the rules from shapes.ttl: they must agree on all 25 × 25 pairs."""
    schema = load_schema()
    pairs = list(itertools.product(schema.labels, repeat=2))
    for type_, relation in schema.relations.items():
        rows = clean_rows(pairs=1)
        rows.edges = {type_: [edge_row(type_, n, NODES[a][0], NODES[b][0]) for n, (a, b) in enumerate(pairs)]}
        found = check_rules(rows.graph())
        refused = {pairs[int(id_.rpartition(":")[2], 16)] for id_ in found["id"]}
        assert refused == {*pairs} - relation.pairs, type_


# -- random corruption --------------------------------------------------------------------------------

_TEXTS = st.sampled_from(
    [
        "2022", "2022-13", "2022-02-31", "２０２２", "2018/2022", "guess", "code_table", "headquarters", "已上市", "基础层", "%",
        "listing", "hard", "国家级", "national", LONG, "字" * 40, "a\nb", "\u3000x", "x\u00a0y", "\x1cx", "é", "1.5", "true",
        "914403001922038216", "914403001922038217", "91440300192203821O", "字" * 18, "0" * 18, "0a" * 32, "440300",
    ]
)  # fmt: skip
_IDS = st.sampled_from(
    [id_ for ids in NODES.values() for id_ in ids]
    + ["city:330100", "city:杭州", "company:uscc:1", "company: x", "tech:", "x", "segment:没有", "a/b#c?d:e f", "policy::无", "park::x"]
)  # fmt: skip
_LISTS = st.lists(
    st.sampled_from([SOURCE, f"{SOURCE}#L1", f"{SOURCE}#L1|2", f"{SOURCE}#L1 2", f"{SOURCE}#L1\u3000", "src:1", "over", "x"]),
    max_size=3,
)  # fmt: skip
_NUMBERS = st.sampled_from(
    [-200.0, -90.5, -0.0, 0.0, 0.1, 0.5, 1.0, 1.0000001, 3.5, 4.5, 90.0, 181.0, 1e300, float("inf")]
)
_CELLS = {
    "text": st.none() | _TEXTS,
    "date": st.none() | _TEXTS,
    "integer": st.none() | st.sampled_from([-1, 0, 1, 1899, 1900, 2100, 2101, 10**12]),
    "number": st.none() | _NUMBERS,
    "boolean": st.none() | st.booleans(),
    "text_list": st.none() | _LISTS,
}


Edit = tuple[str, int, str, Any]  # label or relation type, number of the row, column, new value


@st.composite
def edits(draw: st.DrawFn) -> list[Edit]:
    """A few cells of the clean graph with other values: any column, any value of its type, ends and ids included."""
    rows, schema = clean_rows(pairs=3), load_schema()
    frames = {**rows.nodes, **rows.edges}
    made = []
    for _ in range(draw(st.integers(1, 12))):
        name = draw(st.sampled_from(sorted(frames)))
        columns = schema.node_columns(name) if name in schema.labels else schema.edge_columns(name)
        column = draw(st.sampled_from([c for c, p in columns.items() if not p.derived_from]))
        values = _CELLS[columns[column].datatype]
        if column in ("id", "subject", "object"):
            values = _IDS if column == "id" else st.none() | _IDS
        made.append((name, draw(st.integers(0, len(frames[name]) - 1)), column, draw(values)))
    return made


@settings(max_examples=20, deadline=None)
@given(edits())
def test_random_corruption_gives_the_same_violations(made: list[Edit]) -> None:
    rows = clean_rows(pairs=3)
    frames = {**rows.nodes, **rows.edges}
    for name, number, column, value in made:
        # RDF has one node for two rows of one id, so that nothing could be the same.
        if column != "id" or all(value != row["id"] for _, row in rows.all()):
            frames[name][number][column] = value
    assert_same(rows.graph())


# -- faults of frames ---------------------------------------------------------------------------------


def _faults(graph: KnowledgeGraph) -> list[tuple[str, str | None, str | None]]:
    by_message = {message: fault for fault, (_, _, message) in FAULTS.items()}
    rows = check_frames(graph).astype(object)
    return [
        (by_message[row["message_en"]], row["id"] if isinstance(row["id"], str) else None, row["property"])
        for row in rows.where(rows.notna(), None).to_dict("records")
    ]


def test_unknown_frames_and_columns() -> None:
    graph = clean_graph()
    graph.nodes["Person"] = graph.nodes["Industry"]
    graph.edges["KNOWS"] = graph.edges["HOSTS"]
    graph.nodes["Industry"] = graph.nodes["Industry"].drop(columns="aliases").assign(colour="red")
    assert _faults(graph) == [
        ("missing", None, "aliases"),
        ("extra", None, "colour"),
        ("frame", None, None),
        ("frame", None, None),
    ]
    assert check_frames(graph)["label"].tolist() == ["Industry", "Industry", "KNOWS", "Person"]


def test_repeated_ids_within_and_across_frames() -> None:
    rows = clean_rows()
    rows.nodes["Technology"].append({**rows.node("Technology"), "id": "industry:生物医药"})
    rows.nodes["Group"].append({**rows.node("Group")})
    hosts = rows.edges["HOSTS"]
    hosts[1]["id"] = hosts[0]["id"]
    rows.edge("TARGETS")["id"] = hosts[2]["id"]
    assert _faults(rows.graph()) == [
        ("node_twice", "group:全球", "id"),
        ("edge_twice", hosts[0]["id"], "id"),
        ("edge_twice", hosts[2]["id"], "id"),
        ("node_twice", "industry:生物医药", "id"),
        ("edge_twice", hosts[2]["id"], "id"),
        ("edge_prefix", hosts[2]["id"], "id"),
        ("node_twice", "industry:生物医药", "id"),
    ]


def test_an_end_that_is_no_node_is_said_once() -> None:
    rows = clean_rows()
    rows.edge("PART_OF", "District")["object"] = "city:没有"
    rows.edge("SAME_AS_CANDIDATE", "City")["object"] = "city:没有"
    rows.edge("TARGETS")["subject"] = None
    found = check(rows.graph())
    assert found[["label", "property", "value"]].astype(object).fillna("").values.tolist() == [
        ["PART_OF", "object", "city:没有"],
        ["SAME_AS_CANDIDATE", "object", "city:没有"],
        ["TARGETS", "subject", ""],
    ]
    assert set(found["message_en"]) == {FAULTS["dangling"][2], FAULTS["null_end"][2]}
    assert len(check_rules(rows.graph())) == 4  # PART_OF: the rule of all and the one of District; the class; the label


def test_two_edges_for_one_fact() -> None:
    rows = clean_rows()
    first = rows.edge("SUPPLIES")
    # Another year is another fact; another share of the same year is not.
    rows.edges["SUPPLIES"] += [
        {**first, "id": f"SUPPLIES:{900:012x}", "year": 2021},
        {**first, "id": f"SUPPLIES:{901:012x}", "share": 0.5},
    ]
    assert _faults(rows.graph()) == [
        ("fact_twice", first["id"], "subject"),
        ("fact_twice", f"SUPPLIES:{901:012x}", "subject"),
    ]
    other = clean_rows()
    for number, unknown in enumerate(("company:甲", "company:乙"), 900):
        other.edges["SUPPLIES"].append({**first, "id": f"SUPPLIES:{number:012x}", "object": unknown})
    assert {fault for fault, *_ in _faults(other.graph())} == {"dangling"}


def test_cells_that_say_nothing() -> None:
    rows = clean_rows()
    rows.node("Group")["name"] = "\u3000 "
    rows.node("Industry")["aliases"] = ["", "生物"]
    rows.node("Event")["amount"] = float("nan")
    rows.node("Observation")["value_max"] = float("inf")
    assert _faults(rows.graph()) == [
        ("number", "event:0123456789ab", "amount"),
        ("blank", "group:全球", "name"),
        ("blank", "industry:生物医药", "aliases"),
        ("number", "observation:0123456789ab", "value_max"),
    ]


def test_years_follow_their_dates() -> None:
    rows = clean_rows()
    rows.node("Company")["founded_year"] = 1988
    rows.node("Policy").update(issued=None)
    rows.node("Event").update(date_year=None)
    rows.node("Source").update(published="去年", published_year=2023)  # no date: the pattern says so already
    assert _faults(rows.graph()) == [
        ("year", "company:华为", "founded_year"),
        ("year", "event:0123456789ab", "date_year"),
        ("year", "policy:440300:人工智能行动计划", "issued_year"),
    ]


def test_values_and_their_sources_run_in_parallel() -> None:
    rows = clean_rows()
    rows.node("Conflict")["value_sources"].pop()
    assert _faults(rows.graph()) == [("parallel", "conflict:0123456789ab", "value_sources")]


def test_statements_belong_to_something() -> None:
    rows = clean_rows()
    said = {
        "value": "x",
        "raw": "x",
        "source": SOURCE,
        "locator": "L1",
        "line": 1,
        "method": "table",
        "confidence": 1.0,
    }
    statements = [
        {"label": "Company", "id": "company:华为", "property": "founded", **said},
        {"label": "Company", "id": "company:华为", "property": "LOCATED_IN", **said},
        {"label": "Company", "id": "company:华为", "property": "adcode", **said},
        {"label": "Company", "id": "company:没有", "property": "founded", **said},
        {"label": "Company", "id": "company:没有", "property": "name", **said},
        {"label": "Park", "id": "company:华为", "property": "name", **said, "source": "src:ffffffffffff"},
    ]
    graph = KnowledgeGraph.from_rows(rows.nodes, rows.edges, statements)
    assert _faults(graph) == [
        ("statement_property", "company:华为", "property"),
        ("statement_id", "company:没有", "id"),
        ("statement_label", "company:华为", "label"),
        ("uncited", "src:ffffffffffff", "sources"),
    ]


def test_cited_documents_are_in_the_graph() -> None:
    rows = clean_rows()
    rows.edge("HOSTS")["sources"] = ["src:eeeeeeeeeeee#L1"]
    found = check(rows.graph())
    assert found[["severity", "label", "id"]].values.tolist() == [["warning", "Source", "src:eeeeeeeeeeee"]]


def test_rows_are_sorted_by_severity_label_id_property() -> None:
    rows = clean_rows()
    for planted in PLANTED[:20]:
        planted(rows)
    found = check(rows.graph())
    rank = found["severity"].map({"violation": "0", "warning": "1", "info": "2"})
    keys = list(zip(rank, found["label"], found["id"].fillna(""), found["property"].fillna(""), strict=True))
    assert keys == sorted(keys)
    assert len({*rank}) == 2
    pd.testing.assert_frame_equal(found, check(rows.graph()))


def test_frames_in_many_pieces_are_checked_like_one() -> None:
    """Parquet files and concatenated frames come in chunks: positions must be those of the whole frame."""
    rows = clean_rows()
    for planted in PLANTED:
        planted(rows)
    rows.node("City", 1)["name"] = " "
    whole, pieces = rows.graph(), rows.graph()
    for frames in (pieces.nodes, pieces.edges):
        for name, frame in frames.items():
            table = pa.Table.from_pandas(frame, preserve_index=False)
            parts = pa.concat_tables([table.slice(i, 1) for i in range(len(table))])
            frames[name] = parts.to_pandas(types_mapper=pd.ArrowDtype)
    pd.testing.assert_frame_equal(check(whole), check(pieces))
