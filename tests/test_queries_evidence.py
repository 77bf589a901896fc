"""Questions of the theme `evidence`: on the shipped graph against the documents and its frames, and their rules on made-up graphs.

003 is the white paper of 2023 among the shared documents; lines are those that citations give.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import pytest
from question_graph import PAPER, REPORT, Maker

from aikg.graph.citations import parse_source
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
GRAPH = build_graph()[0]
STORE = EmbeddedStore(GRAPH)
WHITE_PAPER = "2023人工智能发展白皮书"
NO_FACTS = {"STATED_IN", "HAS_CONFLICT", "SAME_AS_CANDIDATE"}
RECORDS = {"Source", "Conflict"}


def ask(name: str, store: EmbeddedStore = STORE, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(store, name, given)


def plain(value: Any) -> Any:
    return None if not isinstance(value, list) and pd.isna(value) else value


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(plain(cell) for cell in row) for row in frame[list(columns)].itertuples(index=False)]


def documents(citations: list[str]) -> set[str]:
    return {cited.partition("#")[0] for cited in citations}


def facts() -> list[tuple[str, str, Any]]:
    """(label, relation type, row) of every fact of the shipped graph, read from its frames."""
    found = [(label, "", row) for label, frame in GRAPH.nodes.items() for row in frame.itertuples()]
    found += [("", kind, row) for kind, frame in GRAPH.edges.items() for row in frame.itertuples()]
    return [(label, kind, row) for label, kind, row in found if label not in RECORDS and kind not in NO_FACTS]


# -- the shipped graph -------------------------------------------------------------------------------


def test_what_hangs_on_a_table() -> None:
    # 003, 图表31: 13 listings. That they are events is said nowhere else; of the 12 firms prose speaks too.
    answer = ask("depends-on-source")
    things = answer[answer["relation"] == ""].set_index("label")
    assert things.loc["Event", ["n", "total"]].tolist() == [13, 13]
    assert things.loc["Company", ["n", "total"]].tolist() == [0, 12]
    assert things.loc["ChainSegment", "examples"] == ["智能军事", "智能时尚"]
    assert answer.attrs["parameters"]["source"] == ["图表31"]
    # The same from the frames, for three tables at once.
    tables = {"图表3", "图表4", "图表5"}
    alone, named = Counter[str](), Counter[str]()
    for label, kind, row in facts():
        cited = [parse_source(entry) for entry in row.sources]
        inside = [citation is not None and citation.table in tables for citation in cited]
        named[label or kind] += any(inside)
        alone[label or kind] += bool(inside) and all(inside)
    found = ask("depends-on-source", source=sorted(tables))
    assert {r.label or r.relation: (r.n, r.total) for r in found.itertuples()} == {
        key: (alone[key], n) for key, n in named.items() if n
    }
    assert ask("depends-on-source", source=[]).empty, "nothing is asked for"


def test_facts_of_one_document() -> None:
    frame = ask("single-source-facts", city="深圳市").set_index("relation")
    expected: dict[str, list[int]] = {}
    for kind, edges in GRAPH.edges.items():
        touching = edges[(edges["subject"] == "city:440300") | (edges["object"] == "city:440300")]
        cited = [list(entry) for entry in touching["sources"] if len(entry)]
        if kind not in NO_FACTS and cited:
            expected[kind] = [
                len(cited),
                sum(len(documents(entry)) == 1 for entry in cited),
                sum(len(entry) == 1 for entry in cited),
            ]
    assert {k: frame.loc[k, ["n", "n_one_document", "n_one_citation"]].tolist() for k in frame.index} == expected
    assert (frame["share"] == frame["n_one_document"] / frame["n"]).all()
    # 003, 图表4, lines 223 and 233: 商汤科技 in two cities, by one document.
    firm = ask("single-source-facts", company="商汤科技").set_index("relation")
    assert firm.loc["LOCATED_IN", "other"] == ["北京市", "深圳市"]


def test_what_each_document_contributes() -> None:
    titles = {row.id: row.name for row in GRAPH.nodes["Source"].itertuples(index=False)}
    n, only = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for label, kind, row in facts():
        cited = documents(list(row.sources))
        for document in cited:
            n[titles[document], label, kind] += 1
            only[titles[document], label, kind] += len(cited) == 1
    answer = ask("facts-by-source")
    assert {(r.document, r.label, r.relation): r.n for r in answer.itertuples()} == dict(n)
    assert {(r.document, r.label, r.relation): r.n_only for r in answer.itertuples()} == {key: only[key] for key in n}
    assert set(ask("facts-by-source", kind="relation")["label"]) == {""}
    assert set(ask("facts-by-source", kind="node")["relation"]) == {""}


def test_facts_by_method() -> None:
    answer = ask("facts-by-method")
    counted = Counter((kind, row.method) for _, kind, row in facts() if kind)
    assert {(relation, method): n for relation, method, n in rows(answer, "relation", "method", "count")} == counted
    assert answer.groupby("relation")["share"].sum().round(9).eq(1).all()
    code_table = answer[answer["method"] == "code_table"]
    assert list(code_table["relation"]) == ["PART_OF"]
    stated = [row for _, _, row in facts() if row.method == "code_table" and len(row.sources)]
    assert code_table["count"].iloc[0] > len(stated), "ancestors that no source states count too"
    limited = ask("facts-by-method", source=[row.name for row in GRAPH.nodes["Source"].itertuples(index=False)])
    assert limited.set_index("method").loc["code_table", "count"] == len(stated)


def test_relations_of_low_confidence() -> None:
    answer = ask("low-confidence-facts", most=0.9)
    expected = {row.id for _, kind, row in facts() if kind and row.confidence <= 0.9}
    assert set(answer["id"]) == expected
    assert answer["confidence"].is_monotonic_increasing
    assert set(ask("low-confidence-facts", relation="LOCATED_IN", most=0.9)["relation"]) == {"LOCATED_IN"}


def test_how_much_is_recorded() -> None:
    firms = GRAPH.nodes["Company"]
    answer = ask("recorded-properties", label="Company").set_index("property")
    for name in ("founded", "financing_stage", "listed", "uscc"):
        assert answer.loc[name, "n_recorded"] == firms[name].notna().sum()
        assert answer.loc[name, "n_not_recorded"] == firms[name].isna().sum()
    located = set(GRAPH.edges["LOCATED_IN"]["subject"]) | set(GRAPH.edges["HOSTS"]["object"])
    assert answer.loc["LOCATED_IN", "n_recorded"] == firms["id"].isin(located).sum()
    chain = GRAPH.edges["REPRESENTATIVE_OF"]
    chain = chain[chain["object"].str.startswith(("segment:", "layer:"))]
    trades = set(GRAPH.edges["OPERATES_IN"]["subject"]) | set(chain["subject"])
    assert answer.loc["OPERATES_IN", "n_recorded"] == firms["id"].isin(trades).sum()
    everything = ask("recorded-properties")
    assert (everything["n_recorded"] + everything["n_open"] + everything["n_not_recorded"] == everything["n"]).all()
    assert (everything["n_open"] == 0).all(), "only a limit to some sources leaves it open"


def test_contradictions_by_kind_are_all_of_them() -> None:
    conflicts = GRAPH.nodes["Conflict"]
    answer = ask("conflicts-by-kind")
    assert answer["n"].sum() == len(conflicts)
    assert answer.groupby("severity")["n"].sum().to_dict() == conflicts.groupby("severity").size().to_dict()
    assert answer.groupby("kind")["n"].sum().to_dict() == conflicts.groupby("kind").size().to_dict()
    # 003, 图表4 (lines 223 and 233): 商汤科技; 图表3 and 4: when 奥比中光 was founded; 图表3 and 5: the stage of 平安科技.
    tables = ask("conflicts-by-kind", source="图表3,图表4,图表5")
    assert sorted(rows(tables, "severity", "n")) == [("hard", 1), ("hard", 1), ("soft", 1)]
    assert {name for names in tables["properties"] for name in names} == {"LOCATED_IN", "founded", "financing_stage"}


def test_the_most_disputed_things() -> None:
    counted = Counter(GRAPH.edges["HAS_CONFLICT"]["subject"])
    answer = ask("disputed-subjects", least=1)
    assert dict(zip(answer["id"], answer["n"], strict=True)) == dict(counted)
    assert (answer["n_hard"] + answer["n_soft"] + answer["n_alias"] == answer["n"]).all()
    assert answer["n_hard"].is_monotonic_decreasing
    assert (ask("disputed-subjects")["n"] >= 2).all()
    assert rows(ask("disputed-subjects", label="Company", least=1, source="图表4"), "name", "properties") == [
        ("商汤科技", ["LOCATED_IN"])
    ]


def test_tables_and_prose_of_a_document() -> None:
    answer = ask("tables-of-document", other_source=WHITE_PAPER).set_index("table")
    # 003: the rows of 图表3 are lines 178–200, of 图表50 lines 992–1008, of 图表45 lines 906–915.
    for table, ends in (("图表3", [178, 200]), ("图表50", [992, 1008]), ("图表45", [906, 915])):
        assert answer.loc[table, ["from_line", "to_line"]].tolist() == ends
    assert answer.loc["图表45", "n_lines"] == 10
    assert answer.index.isna().sum() == 1, "prose is one row"
    expected = {
        kind: sum(
            any((cited := parse_source(entry)) and cited.table == "图表3" for entry in row.sources)
            for label, relation, row in facts()
            if bool(relation) == (kind == "n_relations")
        )
        for kind in ("n_nodes", "n_relations")
    }
    assert answer.loc["图表3", list(expected)].to_dict() == expected
    assert set(ask("tables-of-document", source="图表3,图表4")["table"]) == {"图表3", "图表4"}


def test_old_figures_that_nothing_newer_replaces() -> None:
    answer = ask("oldest-figures", until=2020)
    # 003, 图表50, line 1005: 1.16 EOPS at the end of 2019.
    assert ("2019", "period", 1.16) in rows(answer, "period", "basis", "value")
    assert answer["period"].str[:4].astype(int).max() <= 2020
    assert answer["period"].is_monotonic_increasing
    # Patents of Shenzhen in 2021 (7817) have a successor of 2022.
    assert 7817.0 not in set(ask("oldest-figures", until=2021)["value"])
    by_document = ask("oldest-figures", until=2023, indicator="算力", source="图表50")
    assert set(by_document["basis"]) == {"period", "document"}


def test_what_two_documents_have_in_common() -> None:
    answer = ask("sources-compared", other_source=WHITE_PAPER)
    assert all(WHITE_PAPER in pair for pair in zip(answer["document"], answer["other"], strict=True))
    # Output of the core industry: 003 says 1565 亿元 in 2022, 002 超过千亿元 at the end of 2020.
    core = answer[answer["property"] == "人工智能核心产业规模"]
    assert rows(core, "kind", "examples") == [("figures of both", ["中国：1565 亿元（2022） / 超过千亿元（2020-12）"])]
    assert len(documents(core["sources"].iloc[0])) == 2
    # Every contradiction of the data set lies within one document.
    conflicts = GRAPH.nodes["Conflict"]
    within = [len({c[:16] for said in row for c in said.split(", ")}) == 1 for row in conflicts["value_sources"]]
    assert all(within)
    assert "contradict" not in set(ask("sources-compared")["kind"])
    both = [row for _, kind, row in facts() if kind == "DESIGNATED_AS" and len(documents(list(row.sources))) > 1]
    shared = ask("sources-compared")
    shared = shared[shared["property"] == "DESIGNATED_AS"]
    assert shared["n"].sum() == sum(
        len(documents(list(row.sources))) * (len(documents(list(row.sources))) - 1) // 2 for row in both
    )


# -- rules -------------------------------------------------------------------------------------------


@pytest.fixture
def two_documents() -> EmbeddedStore:
    """A firm of two documents that disagree on its stage, and one that only the first one names."""
    made = Maker()
    made.nodes["Source"] = [
        {"id": source, "name": name, "aliases": [], "sources": [source], "method": "table", "confidence": 1.0}
        for source, name in ((PAPER, "白皮书"), (REPORT, "年报"))
    ]
    firm = made.node("Company", "company:甲", 3, financing_stage="A轮")
    made.nodes["Company"][-1]["sources"] = [*made.cite(3), *made.cite(3, source=REPORT)]
    other = made.node("Company", "company:乙", 3, financing_stage=None)
    city = made.node("City", "city:a", 3, name="a市")
    made.nodes["City"][-1]["sources"] = [*made.cite(3), *made.cite(4, source=REPORT)]
    for company, cited in ((firm, [*made.cite(3), *made.cite(4, source=REPORT)]), (other, made.cite(3))):
        made.edge("LOCATED_IN", company, city, 3, role="headquarters")
        made.edges["LOCATED_IN"][-1]["sources"] = cited
    for number, (values, sides) in enumerate(
        (
            (["A轮", "B轮"], [made.cite(3), made.cite(3, source=REPORT)]),
            (["2011", "2012"], [made.cite(3), made.cite(4)]),
        )
    ):
        seen = made.node(
            "Conflict",
            f"conflict:{number}",
            3,
            property="financing_stage" if number == 0 else "founded",
            kind="value",
            severity="hard",
            values=values,
            value_sources=[", ".join(side) for side in sides],
            chosen=values[0],
        )
        made.nodes["Conflict"][-1]["sources"] = [entry for side in sides for entry in side]
        made.edge("HAS_CONFLICT", firm, seen, 3)
    for label in ("Company", "City", "Conflict"):
        for row in made.nodes[label]:
            for document in sorted(documents(row["sources"])):
                made.edge("STATED_IN", row["id"], document, 3, locator="L1")
                made.edges["STATED_IN"][-1]["sources"] = row["sources"]
    return EmbeddedStore(made.graph())


def test_documents_that_contradict_each_other(two_documents: EmbeddedStore) -> None:
    answer = ask("sources-compared", two_documents)
    assert rows(answer, "document", "other", "kind", "label", "property", "n", "examples") == [
        ("白皮书", "年报", "contradict", "", "financing_stage", 1, ["甲：A轮 / B轮"]),
        ("白皮书", "年报", "stated by both", "", "LOCATED_IN", 1, ["甲 → a市"]),
        ("白皮书", "年报", "named by both", "City", "", 1, ["a市"]),
        ("白皮书", "年报", "named by both", "Company", "", 1, ["甲"]),
    ], "the two dates of founding are both of 白皮书"
    # 图表3 of both documents: the place of 甲 is of 图表4 in the second.
    assert set(ask("sources-compared", two_documents, source="图表3")["kind"]) == {"contradict", "named by both"}
    assert ask("sources-compared", two_documents, source="白皮书").empty


def test_what_else_is_cited_keeps_a_fact(two_documents: EmbeddedStore) -> None:
    answer = ask("depends-on-source", two_documents, source="白皮书")
    found = {r.label or r.relation: (r.n, r.total, r.examples) for r in answer.itertuples()}
    assert found == {
        "Company": (1, 2, ["乙"]),
        "City": (0, 1, []),
        "LOCATED_IN": (1, 2, ["乙 → a市"]),
    }, "Contradictions are records about facts, and not counted"
    assert ask("depends-on-source", two_documents, source="年报").set_index("label").loc["Company", "n"] == 0


def test_one_document_is_one_source_however_often_it_repeats(two_documents: EmbeddedStore) -> None:
    (row,) = rows(
        ask("single-source-facts", two_documents, city="a市"),
        "relation",
        "n",
        "n_one_document",
        "n_one_citation",
        "other",
    )
    assert row == ("LOCATED_IN", 2, 1, 1, ["乙"])


def test_a_contradiction_needs_both_sides_of_the_asked_sources(two_documents: EmbeddedStore) -> None:
    assert ask("conflicts-by-kind", two_documents)["n"].tolist() == [2]
    assert ask("conflicts-by-kind", two_documents)["n_within_document"].tolist() == [1]
    only = ask("conflicts-by-kind", two_documents, source="白皮书")
    assert rows(only, "n", "properties") == [(1, ["founded"])]
    assert ask("conflicts-by-kind", two_documents, source="年报").empty
    assert ask("disputed-subjects", two_documents)["n"].tolist() == [2]
    assert ask("disputed-subjects", two_documents, source="白皮书").empty, "one of them is fewer than two"


def test_whose_source_is_open_is_neither_recorded_nor_missing(two_documents: EmbeddedStore) -> None:
    answer = ask("recorded-properties", two_documents, label="Company").set_index("property")
    assert answer.loc["financing_stage", ["n_recorded", "n_open", "n_not_recorded"]].tolist() == [1, 0, 1]
    # 甲 cites both documents: from which of them its stage is, the node does not say.
    answer = ask("recorded-properties", two_documents, label="Company", source="白皮书").set_index("property")
    assert answer.loc["financing_stage", ["n_recorded", "n_open", "n_not_recorded"]].tolist() == [0, 1, 1]
    assert answer.loc["LOCATED_IN", "n_recorded"] == 2, "a relation says where it is from"
    assert answer.loc["legal_name", "n_not_recorded"] == 2
    assert all(answer["sources"]), "what is not recorded cites the things themselves"


def test_facts_of_a_document_are_counted_once_each(two_documents: EmbeddedStore) -> None:
    answer = ask("facts-by-source", two_documents)
    assert rows(answer, "document", "label", "relation", "n", "n_only") == [
        ("年报", "City", "", 1, 0),
        ("年报", "Company", "", 1, 0),
        ("年报", "", "LOCATED_IN", 1, 0),
        ("白皮书", "Company", "", 2, 1),
        ("白皮书", "City", "", 1, 0),
        ("白皮书", "", "LOCATED_IN", 2, 1),
    ]
    assert rows(ask("tables-of-document", two_documents, other_source="年报"), "table", "n_nodes", "n_relations") == [
        ("图表3", 1, 0),
        ("图表4", 1, 1),
    ]
