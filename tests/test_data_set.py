"""The shipped data set: what the loader makes of the tables and the reviewed record files, and what it must hold."""

from __future__ import annotations

import filecmp
import re
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import pytest
from support import shared

import aikg
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.loaders.curated import read_curated
from aikg.loaders.load import load_files
from aikg.loaders.make_data_set import CURATED, make_data_set
from aikg.loaders.readers.document import read_document
from aikg.loaders.records import Records
from aikg.loaders.repair.text import repair_lines
from aikg.loaders.resolve import resolve
from aikg.ontology.schema import load_schema
from aikg.pipeline import build_graph, data_set_records

DATA_SET = Path(__file__).resolve().parents[1] / "loaders" / "dataset"


@pytest.fixture(scope="module")
def white_paper() -> Path:
    return shared("documents", "003_*.txt")


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return build_graph()[0]


@pytest.fixture(scope="module")
def tables() -> KnowledgeGraph:
    """The part of the shipped data set that the program read from the white paper's tables."""
    everything, kept = data_set_records(), Records()
    for label, rows in everything.entities.items():
        kept.entities[label] = [row for row in rows if row["method"] != "curated"]
    for kind, rows in everything.links.items():
        kept.links[kind] = [row for row in rows if row["method"] != "curated"]
    resolved = resolve(kept)
    return KnowledgeGraph.from_rows(resolved.nodes, resolved.edges, resolved.statements, {})


@pytest.mark.shared
def test_the_loader_makes_the_shipped_records_again(tmp_path: Path) -> None:
    make_data_set(sorted(shared("documents").glob("*.txt")), tmp_path / "again")
    names = sorted(p.name for p in DATA_SET.iterdir())
    assert names == sorted(p.name for p in (tmp_path / "again").iterdir())
    _, differing, broken = filecmp.cmpfiles(DATA_SET, tmp_path / "again", names, shallow=False)
    assert (differing, broken) == ([], []), "run `python -m aikg.loaders.make_data_set` and review the change"


@pytest.mark.shared
def test_no_reviewed_record_file_has_a_row_that_does_not_fit() -> None:
    documents = sorted(shared("documents").glob("*.txt"))
    records, _ = load_files(documents, prose=False)
    assert [str(p) for p in read_curated(CURATED, records).problems] == []


def test_reviewed_lines_lie_inside_their_documents(shipped: KnowledgeGraph) -> None:
    # Lines of the five files, counted with `wc -l` (plus the last line, which has no line end).
    lines = {"f52a87": 221, "b188ef": 33, "d19981": 91, "a76a81": 1378, "de52a0": 41}
    cited: dict[str, int] = defaultdict(int)
    for frame in (*shipped.nodes.values(), *shipped.edges.values()):
        for entry in (entry for entries in frame["sources"] for entry in entries if "#L" in entry):
            source, _, where = entry.partition("#L")
            cited[source[4:10]] = max(cited[source[4:10]], int(where.split(";")[0]))
    assert set(cited) == set(lines)
    assert all(cited[source] <= last for source, last in lines.items()), cited


@pytest.mark.shared
def test_rows_per_table_of_the_white_paper(white_paper: Path) -> None:
    # Counted by hand in the document: rows of each 图表 after joining page breaks and continued rows.
    expected = {
        "图表3": 20, "图表4": 22, "图表5": 28, "图表15": 17, "图表19": 14, "图表23": 13, "图表27": 5, "图表31": 13,
        "图表43": 12, "图表44": 10, "图表45": 10, "图表49": 10, "图表50": 14, "图表51": 8, "图表53": 5, "图表54": 7, "图表56": 6,
        "图表7": 6, "图表8": 5, "图表9": 3, "图表10": 4, "图表11": 4,
    }  # fmt: skip
    report = build_graph([white_paper])[1]
    assert {t["number"]: t["logical_rows"] for t in report.tables} == expected
    assert all(t["accepted"] == t["logical_rows"] for t in report.tables)
    repeated = {t["number"]: t["repeated"] for t in report.tables if t["repeated"]}
    assert repeated == {"图表54": [1082]}, "row 7 repeats row 1"


def in_tables(frame: pd.DataFrame, *numbers: str) -> pd.DataFrame:
    marks = [f";图表{n};" for n in numbers]
    return frame[[any(m in entry + ";" for entry in entries for m in marks) for entries in frame["sources"]]]


def test_counts_of_things(tables: KnowledgeGraph) -> None:
    # 70 rows of 图表 3–5 name 63 firms (seven stand twice); 图表 31 adds nine.
    assert len(in_tables(tables.nodes["Company"], "3", "4", "5")) == 63
    assert len(tables.nodes["Company"]) == 72
    # 12 + 10 + 10 + 5 + 7 rows, one of them twice
    assert len(tables.nodes["Park"]) == 43
    assert len(tables.nodes["ComputeCenter"]) == 14
    assert len(tables.nodes["Event"]) == 13
    assert tables.edges["HAS_EVENT"]["subject"].nunique() == 12
    # 17 + 14 + 13 + 5 + 8 + 6
    assert len(tables.nodes["Policy"]) == 63


def test_contradictions_of_the_tables_are_found_with_line_and_column() -> None:
    # 图表3 line 185 and 图表4 line 220; 图表4 lines 225 and 233; 图表3 line 192 and 图表5 line 275
    rows = aikg.build().conflicts()
    found = {(r.subject, r.property.split(" ")[0]): r for r in rows.itertuples()}
    expected = {
        ("奥比中光", "founded"): ("hard", "2013-01-08", "2013-01-18", "L185;图表3;成立日期", "L220;图表4;成立日期"),
        ("商汤科技", "LOCATED_IN"): ("hard", "北京市", "深圳市", "L225;图表4;所在城市", "L233;图表4;所在城市"),
        ("平安科技", "financing_stage"): ("soft", "战略融资", "—", "L192;图表3;融资阶段", "L275;图表5;融资阶段"),
    }
    for key, (severity, value_a, value_b, line_a, line_b) in expected.items():
        row = found[key]
        assert (row.severity, row.value_a, row.value_b) == (severity, value_a, value_b)
        # A reviewed record of the same cell may be cited behind it.
        assert [s.split(", ")[0].split("#")[1] for s in (row.source_a, row.source_b)] == [line_a, line_b]


def test_contradictions_between_sentences_are_found() -> None:
    # Read by hand: 郑州航空港区 lines 50 and 134 of the feasibility study; 深圳市 lines 402 and 774 of the white paper.
    rows = aikg.build().conflicts()
    hard = {(r.subject, r.value_a, r.value_b) for r in rows.itertuples() if r.severity == "hard"}
    assert ("郑州航空港区", "突破1200亿元", "突破1500亿元") in hard
    assert ("中国", "2万亿元", "突破9000亿元") in {(s, a, b) for s, a, b in hard if s == "中国"}
    assert any(subject == "深圳市" and {a, b} >= {"全国第三"} for subject, a, b in hard)


def test_three_look_alikes_and_two_policies_of_one_name(shipped: KnowledgeGraph) -> None:
    assert {"小马智行", "小马智能", "小马易行"} <= set(shipped.nodes["Company"]["name"])
    twins = shipped.nodes["Policy"].query("name == '国家人工智能战略'")
    assert list(twins["id"]) == ["policy:GB:国家人工智能战略", "policy:IN:国家人工智能战略"]


def test_names_keep_their_brackets_and_lose_designations(tables: KnowledgeGraph) -> None:
    parks = tables.nodes["Park"].set_index("name")
    assert "中国人工智能（广州）产业园" in parks.index
    assert "中国（杭州）5G创新园" in parks.index
    assert parks.loc["深圳湾科技生态园", "level"] == "provincial"
    assert not any("省级" in name for name in parks.index)
    # 图表 43 designates three parks as 省级人工智能产业园, 图表 44 four
    assert len(tables.edges["DESIGNATED_AS"]) == 7
    centers = set(tables.nodes["ComputeCenter"]["name"])
    assert "北京昇腾人工智能计算中心" in centers, "a Simplified name is not 'converted'"


def test_capacities_keep_their_stage(tables: KnowledgeGraph) -> None:
    centers = tables.nodes["ComputeCenter"].set_index("name")
    assert (
        centers.loc["杭州人工智能计算中心", "capacity_value"],
        centers.loc["杭州人工智能计算中心", "capacity_unit"],
    ) == (40, "PFLOPS")
    for unknown_today in (
        "腾讯长三角人工智能计算中心",
        "商汤人工智能计算中心",
        "太湖量子智算中心",
        "河北人工智能计算中心",
    ):
        assert centers["capacity_value"].isna()[unknown_today], "forecast, peak, 不详 and planned are not today's value"
    stages = tables.nodes["Observation"].query("indicator_text == '算力'")
    # 13 centres with a number, of which three name later stages too (1, 1 and 2 of them)
    assert Counter(q for entry in stages["qualifier"] for q in entry) == {
        "exact": 10,
        "planned": 5,
        "forecast": 1,
        "peak": 1,
    }


def test_listing_amounts_are_in_full_units(tables: KnowledgeGraph) -> None:
    events = tables.nodes["Event"].set_index("name")
    first = events.loc["创新奇智上市（2022-01-27）"]
    assert (first["amount"], first["currency"], first["date_year"]) == (1_070_000_000, "HKD", 2022)
    vague = events.loc["亿咖通科技上市（2022-12-21）"]
    assert (vague["amount_text"], vague["currency"]) == ("数亿美元", "USD")
    assert events["amount"].isna().sum() == 3, "two 未透露 and one 数亿"


def test_sources_cite_line_table_and_column(tables: KnowledgeGraph) -> None:
    company = tables.nodes["Company"].set_index("name").loc["汇顶科技"]
    assert [entry.partition("#")[2] for entry in company["sources"]] == ["L178;图表3;企业简称", "L232;图表4;企业简称"]
    for frame in (*tables.nodes.values(), *tables.edges.values()):
        without = frame[[len(entries) == 0 for entries in frame["sources"]]]
        assert set(without["method"]) <= {"code_table"}
        for entries in frame["sources"]:
            assert not any(mark in entry for entry in entries for mark in "| \t\n")


def test_no_long_text_of_the_source_is_shipped() -> None:
    records = data_set_records()
    texts = [text for rows in records.entities.values() for row in rows for text in row["raw"].values()]
    texts += [
        str(row.get("text", "")) for rows in (*records.entities.values(), *records.links.values()) for row in rows
    ]
    assert max(map(len, texts)) <= 40


def test_every_row_fits_the_ontology(shipped: KnowledgeGraph) -> None:
    from aikg.graph.check import check

    rows = check(shipped)
    assert rows[rows["severity"] == "violation"].to_dict("records") == []
    labels = {id_: label for label, frame in shipped.nodes.items() for id_ in frame["id"]}
    for kind, frame in shipped.edges.items():
        relation = load_schema().relations[kind]
        assert all(
            relation.allows(labels[s], labels[o]) for s, o in zip(frame["subject"], frame["object"], strict=True)
        )


def test_a_place_inside_a_policys_title_is_linked_too(tables: KnowledgeGraph) -> None:
    # 图表51 line 1030: listed under 浙江省, and 杭州 stands in its title
    policy = "policy:330000:建设杭州国家人工智能创新应用先导区行动计划（2022—2024年）"
    applies = tables.edges["APPLIES_TO"]
    applies = applies[applies["subject"] == policy].set_index("object")
    assert list(applies.index) == ["city:330100", "province:330000"]
    assert list(applies["method"]) == ["pattern", "table"]


def test_numbers_keep_their_wording(tables: KnowledgeGraph) -> None:
    forecast = tables.nodes["Observation"].query("value == 1400")
    assert list(forecast["value_text"]) == ["1400 PFLOPS"]


@pytest.mark.shared
def test_every_proper_name_stands_in_the_lines_that_its_node_cites(shipped: KnowledgeGraph) -> None:
    """Read from the documents as given: damaged lines are repaired first, blanks and quotation marks do not count."""
    plain = re.compile(r"[\s“”\"《》]")
    lines: dict[str, list[str]] = {}
    for path in sorted(shared("documents").glob("*.txt")):
        document = read_document(path)
        lines[document.source_id] = [plain.sub("", line) for line in repair_lines(document.lines).reading]
    astray = []
    for label in (
        "Company",
        "Park",
        "Policy",
        "ComputeCenter",
        "University",
        "Programme",
        "City",
        "District",
        "Province",
    ):
        for row in shipped.nodes[label].itertuples():
            names = [plain.sub("", name) for name in (row.name, *row.aliases)]
            names += [re.sub(r"[市省区县]$", "", name) for name in names if len(name) > 2]
            places = [entry.partition("#L") for entry in row.sources]
            cited = [lines[source][int(where.split(";")[0]) - 1] for source, _, where in places]
            if cited and not any(name in line for name in names for line in cited):
                astray.append((label, row.name))
    assert astray == []
