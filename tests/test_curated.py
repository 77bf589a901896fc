"""Reviewed record files: what a person states is in the records, with its line; what does not fit is named with file and line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from aikg.loaders.curated import read_curated
from aikg.loaders.records import Origin, Records
from aikg.loaders.resolve import resolve
from aikg.loaders.reviewed import Retraction, retracted
from aikg.ontology.errors import SourceError
from aikg.ontology.language import speaking

SHA256 = "ab" * 32
SOURCE = "src:" + "ab" * 6
COLUMNS = {
    "entities": "line,label,name,aliases,place,properties,reason",
    "relations": "line,subject_label,subject,type,object_label,object,properties,reason",
    "observations": "line,subject_label,subject,also,indicator,value,value_max,unit,period,scope,qualifier,policy,raw,reason",
    "conflicts": "line_a,line_b,subject_label,subject,property,value_a,value_b,kind,severity,reason",
    "retractions": "line,label,name,reason",
}


def review(folder: Path, **files: list[tuple[str, ...]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.toml").write_text(
        f'title = "某市白皮书"\npublished = "2024-06"\nsha256 = "{SHA256}"\n', encoding="utf-8"
    )
    for name, rows in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS[name].split(","))
            writer.writerows(rows)
    return folder


def test_a_stated_fact_carries_its_line_and_its_method(tmp_path: Path) -> None:
    made = read_curated(
        review(
            tmp_path,
            entities=[("7", "Company", "某某智能", "某智", "", "founded=2013-01-08; listed=是", "")],
            relations=[("8", "Company", "某智", "LOCATED_IN", "City", "深圳", "role=headquarters", "上下文")],
        )
    )
    assert made.problems == []
    company = made.records.entities["Company"][0]
    assert (company["id"], company["founded"], company["listed"]) == ("company:某某智能", "2013-01-08", True)
    assert (company["locator"], company["method"], company["as_of"]) == ("L7", "curated", "2024-06")
    link = made.records.links["LOCATED_IN"][0]
    assert (link["subject"], link["object"], link["role"]) == ("company:某某智能", "city:440300", "headquarters")
    assert (link["source"], link["locator"]) == (SOURCE, "L8")


def test_a_number_hangs_on_each_of_its_dimensions(tmp_path: Path) -> None:
    row = (
        "9",
        "City",
        "深圳市",
        "ChainSegment:智能机器人",
        "人工智能企业数量",
        "120",
        "",
        "家",
        "2023",
        "",
        "over",
        "",
        "超120家",
        "",
    )
    made = read_curated(review(tmp_path, observations=[row]))
    observed = made.records.entities["Observation"][0]
    assert (observed["indicator"], observed["value"], observed["qualifier"]) == ("人工智能企业数量", 120.0, ["over"])
    subjects = {link["subject"] for link in made.records.links["OBSERVED"]}
    assert subjects == {"city:440300", "segment:智能机器人"}


def test_a_goal_of_a_policy_is_its_target(tmp_path: Path) -> None:
    entities = [("3", "Policy", "某某行动计划", "", "深圳市", "", "")]
    row = (
        "4",
        "City",
        "深圳市",
        "",
        "产业规模",
        "5000",
        "",
        "亿元",
        "2027",
        "",
        "target+over",
        "某某行动计划",
        "突破5000亿元",
        "",
    )
    made = read_curated(review(tmp_path, entities=entities, observations=[row]))
    target = made.records.entities["PolicyTarget"][0]
    assert (target["value"], target["due"], target["comparator"]) == (5000.0, "2027", ">")
    assert [link["subject"] for link in made.records.links["TARGETS"]] == ["policy:440300:某某行动计划"]
    assert [link["subject"] for link in made.records.links["OBSERVED"]] == ["city:440300"]


def test_of_two_things_of_one_name_the_one_declared_above_is_meant(tmp_path: Path) -> None:
    entities = [
        ("10", "Policy", "国家某某战略", "", "英国", "", ""),
        ("20", "Policy", "国家某某战略", "", "印度", "", ""),
    ]
    relations = [
        ("12", "Policy", "国家某某战略", "APPLIES_TO", "Country", "英国", "", ""),
        ("22", "Policy", "国家某某战略", "APPLIES_TO", "Country", "印度", "", ""),
    ]
    made = read_curated(review(tmp_path, entities=entities, relations=relations))
    ends = [(link["subject"], link["object"]) for link in made.records.links["APPLIES_TO"]]
    assert ends == [("policy:GB:国家某某战略", "country:GB"), ("policy:IN:国家某某战略", "country:IN")]


def test_an_alias_that_a_person_states_joins_two_documents(tmp_path: Path) -> None:
    review(tmp_path / "a", entities=[("1", "Company", "某某科技", "某某", "", "", "")])
    made = read_curated(tmp_path)
    origin = Origin("src:000000000000", "L5", None, "pattern", 0.8)
    made.records.entity("Source", "src:000000000000", "另一份", origin)
    made.records.entity("Company", "company:某某", "某某", origin)
    nodes = resolve(made.records).nodes["Company"]
    assert [node["id"] for node in nodes] == ["company:某某科技"]
    assert nodes[0]["sources"] == [f"{SOURCE}#L1", "src:000000000000#L5"]


def test_one_word_is_one_node_whatever_two_reviewers_call_it(tmp_path: Path) -> None:
    review(tmp_path / "a", entities=[("1", "Technology", "某某感知", "", "", "", "")])
    review(tmp_path / "b", entities=[("1", "ApplicationScenario", "某某感知", "", "", "", "")])
    made = read_curated(tmp_path)
    assert {row["id"] for rows in made.records.entities.values() for row in rows if row["name"] == "某某感知"} == {
        "segment:某某感知"
    }


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"relations": [("1", "Company", "无名", "LOCATED_IN", "City", "深圳", "", "")]}, "“无名”没有声明"),
        ({"relations": [("1", "City", "深圳", "SUPPLIES", "City", "广州", "", "")]}, "本体没有从 City“深圳市”到"),
        ({"entities": [("1", "Company", "某某", "", "", "colour=red", "")]}, "“colour”不是 Company 的属性"),
    ],
)
def test_a_row_that_does_not_fit_is_a_problem_with_file_and_line(
    tmp_path: Path, files: dict[str, list[tuple[str, ...]]], said: str
) -> None:
    made = read_curated(review(tmp_path, **files))
    assert len(made.problems) == 1
    problem = str(made.problems[0].said.zh)
    assert said in problem
    assert ".csv 第 2 行" in problem


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"relations": [("1", "City", "深圳", "LIKES", "City", "广州", "", "")]}, "“LIKES”不是本体的关系"),
        ({"entities": [("一", "City", "深圳", "", "", "", "")]}, "line“一”不是数"),
        ({"entities": [("1", "Firm", "某某", "", "", "", "")]}, "“Firm”不是本体的类型"),
    ],
)
def test_a_row_that_cannot_be_meant_stops_the_build(
    tmp_path: Path, files: dict[str, list[tuple[str, ...]]], said: str
) -> None:
    with speaking("zh"), pytest.raises(SourceError, match=said):
        read_curated(review(tmp_path, **files))


def test_a_folder_without_document_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"document\.toml"):
        read_curated(tmp_path)
    review(tmp_path, entities=[])
    (tmp_path / "entities.csv").write_text("line,label,name\n", encoding="utf-8")
    with pytest.raises(SourceError, match="aliases"):
        read_curated(tmp_path)


def test_a_retraction_takes_the_thing_and_its_links_out_of_that_document_only() -> None:
    records = Records()
    for source, line in (("src:1", 3), ("src:1", 9), ("src:2", 3)):
        origin = Origin(source, f"L{line}", None, "pattern", 0.7)
        records.entity("Park", "park::软件园", "软件园", origin)
        records.entity("City", "city:440300", "深圳市", origin)
        records.link("LOCATED_IN", "park::软件园", "city:440300", origin)
    kept = retracted(records, [Retraction("src:1", "Park", "软件园", 3)])
    assert [(r["source"], r["locator"]) for r in kept.entities["Park"]] == [("src:1", "L9"), ("src:2", "L3")]
    assert [(r["source"], r["locator"]) for r in kept.links["LOCATED_IN"]] == [("src:1", "L9"), ("src:2", "L3")]
    everywhere = retracted(records, [Retraction("src:1", "Park", "软件园", 0)])
    assert [r["source"] for r in everywhere.entities["Park"]] == ["src:2"]
    assert len(everywhere.entities["City"]) == 3


def test_a_goal_of_at_least_is_no_goal_of_more_than(tmp_path: Path) -> None:
    entities = [("3", "Policy", "某某行动计划", "", "深圳市", "", "")]
    row = ("4", "City", "深圳市", "", "普及率", "70", "", "%", "2027", "", "target+over", "某某行动计划", "70%以上", "")
    made = read_curated(review(tmp_path, entities=entities, observations=[row]))
    assert made.records.entities["PolicyTarget"][0]["comparator"] == ">="
