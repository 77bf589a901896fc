"""Resolving: one thing one node, every value kept, disagreements as Conflict nodes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.loaders.records import Origin, Records
from aikg.loaders.resolve import Resolved, identity_map, resolve
from aikg.loaders.statements import Statement, line_of, winner
from aikg.ontology.ranking import later_first, refines

A, B = "src:aaaaaaaaaaaa", "src:bbbbbbbbbbbb"


def source(records: Records, id_: str) -> None:
    records.entity("Source", id_, id_[-4:], Origin(id_, ""))


def firm(
    records: Records, name: str, source_id: str, line: int, *, as_of: str | None = None, **properties: object
) -> None:
    raw = {key: str(value) if value is not None else "—" for key, value in properties.items()}
    records.entity(
        "Company", f"company:{name}", name, Origin(source_id, f"L{line};图表1", as_of),
        properties=properties, raw=raw, cells=dict.fromkeys(("name", *properties), "列"),
    )  # fmt: skip


def two_sources() -> Records:
    records = Records()
    source(records, A)
    source(records, B)
    return records


def node(resolved: Resolved, label: str, id_: str) -> dict[str, object]:
    return next(row for row in resolved.nodes[label] if row["id"] == id_)


def test_values_that_agree_are_one_node_with_both_sources() -> None:
    records = two_sources()
    firm(records, "甲", B, 3, founded="2013-01-08")
    firm(records, "甲", A, 9, founded="2013-01-08")
    resolved = resolve(records)
    made = node(resolved, "Company", "company:甲")
    assert made["sources"] == [f"{A}#L9;图表1;列", f"{B}#L3;图表1;列"], "in the order of the inputs"
    assert made["founded_year"] == 2013
    assert resolved.conflicts == 0
    assert [s["locator"] for s in resolved.statements if s["property"] == "founded"] == [
        "L9;图表1;列",
        "L3;图表1;列",
    ]


def test_values_that_differ_are_all_kept_and_listed() -> None:
    records = two_sources()
    firm(records, "甲", A, 9, founded="2013-01-08")
    firm(records, "甲", A, 20, founded="2013-01-18")
    resolved = resolve(records)
    assert node(resolved, "Company", "company:甲")["founded"] == "2013-01-08", "same as_of and input: the earlier line"
    (conflict,) = resolved.nodes["Conflict"]
    assert conflict["property"] == "founded"
    assert (conflict["kind"], conflict["severity"]) == ("value", "hard")
    assert conflict["values"] == ["2013-01-08", "2013-01-18"]
    assert conflict["value_sources"] == [f"{A}#L9;图表1;列", f"{A}#L20;图表1;列"]
    assert conflict["chosen"] == "2013-01-08"
    (edge,) = resolved.edges["HAS_CONFLICT"]
    assert (edge["subject"], edge["object"]) == ("company:甲", conflict["id"])


def test_the_later_as_of_wins() -> None:
    records = two_sources()
    firm(records, "甲", A, 1, as_of="2022-12", financing_stage="A轮")
    firm(records, "甲", B, 1, as_of="2023-03", financing_stage="B轮")
    assert node(resolve(records), "Company", "company:甲")["financing_stage"] == "B轮"


def test_a_rougher_date_is_no_contradiction_and_the_exact_one_is_shown() -> None:
    records = two_sources()
    firm(records, "甲", A, 1, as_of="2023", founded="2013")
    firm(records, "甲", B, 1, as_of="2022", founded="2013-01-08")
    resolved = resolve(records)
    assert node(resolved, "Company", "company:甲")["founded"] == "2013-01-08"
    assert resolved.conflicts == 0


def test_a_dash_against_a_value_is_soft_and_a_dash_alone_is_nothing() -> None:
    records = two_sources()
    firm(records, "甲", A, 1, financing_stage="战略融资")
    firm(records, "甲", A, 2, financing_stage=None)
    firm(records, "乙", A, 3, financing_stage=None)
    resolved = resolve(records)
    (conflict,) = resolved.nodes["Conflict"]
    assert (conflict["kind"], conflict["severity"]) == ("blank", "soft")
    assert conflict["values"] == ["战略融资", "—"]
    assert node(resolved, "Company", "company:乙").get("financing_stage") is None
    blank = [s for s in resolved.statements if s["id"] == "company:乙" and s["property"] == "financing_stage"]
    assert [(s["value"], s["raw"]) for s in blank] == [(None, "—")]


def located(records: Records, name: str, place: str, label: str, place_name: str, line: int) -> None:
    origin = Origin(A, f"L{line};图表1;城市")
    records.entity(label, place, place_name, origin)
    records.link("LOCATED_IN", f"company:{name}", place, origin, role="headquarters")


def test_two_headquarters_are_a_contradiction_but_a_district_of_the_city_is_not() -> None:
    records = two_sources()
    for name in ("甲", "乙"):
        firm(records, name, A, 1)
    located(records, "甲", "city:440300", "City", "深圳市", 5)
    located(records, "甲", "city:110000", "City", "北京市", 6)
    located(records, "乙", "city:440300", "City", "深圳市", 7)
    located(records, "乙", "district:440305", "District", "南山区", 8)
    resolved = resolve(records)
    (conflict,) = resolved.nodes["Conflict"]
    assert conflict["property"] == "LOCATED_IN"
    assert conflict["values"] == ["深圳市", "北京市"]
    assert len([e for e in resolved.edges["LOCATED_IN"] if e["subject"] == "company:甲"]) == 2, "both edges are kept"


def test_ancestors_come_from_the_code_table_with_empty_sources() -> None:
    records = two_sources()
    firm(records, "甲", A, 1)
    located(records, "甲", "city:440300", "City", "深圳市", 5)
    resolved = resolve(records)
    province = node(resolved, "Province", "province:440000")
    assert (province["name"], province["sources"], province["method"]) == ("广东省", [], "code_table")
    assert node(resolved, "City", "city:440300")["adcode"] == "440300"
    chain = {(e["subject"], e["object"]): e["sources"] for e in resolved.edges["PART_OF"]}
    assert chain == {("city:440300", "province:440000"): [], ("province:440000", "country:CN"): []}
    assert set(resolved.nodes) == {"City", "Company", "Country", "Province", "Source"}, (
        "only named places and ancestors"
    )


def test_beijing_sits_directly_under_the_country() -> None:
    records = two_sources()
    firm(records, "甲", A, 1)
    located(records, "甲", "city:110000", "City", "北京市", 5)
    assert [(e["subject"], e["object"]) for e in resolve(records).edges["PART_OF"]] == [("city:110000", "country:CN")]


def test_three_look_alikes_stay_three_and_are_no_candidates() -> None:
    records = two_sources()
    for line, name in enumerate(("小马智行", "小马智能", "小马易行"), 1):
        firm(records, name, A, line)
    resolved = resolve(records)
    assert len(resolved.nodes["Company"]) == 3
    assert resolved.candidates == 0


def test_one_thing_under_two_spellings_is_a_candidate_until_judged() -> None:
    records = two_sources()
    for source_id, name in ((A, "金地威新软件园"), (B, "金地威新软件科技园")):
        records.entity("Park", f"park:440300:{name}", name, Origin(source_id, "L1"))
    (edge,) = resolve(records).edges["SAME_AS_CANDIDATE"]
    assert (edge["score"], edge["reason"]) == (0.8, "名称相差一词：科技")
    pair = (edge["subject"], edge["object"])
    assert "SAME_AS_CANDIDATE" not in resolve(records, different=[pair]).edges
    merged = resolve(records, same={pair[0]: pair[1]})
    (park,) = merged.nodes["Park"]
    assert set(park["aliases"]) | {park["name"]} == {"金地威新软件园", "金地威新软件科技园"}
    assert merged.merged == 1


def test_same_policy_name_in_two_countries_stays_two() -> None:
    records = two_sources()
    for code in ("GB", "IN"):
        records.entity("Policy", f"policy:{code}:国家人工智能战略", "国家人工智能战略", Origin(A, "L1"))
    assert len(resolve(records).nodes["Policy"]) == 2


def test_a_name_goes_with_its_only_code() -> None:
    records = two_sources()
    firm(records, "甲", A, 1)
    records.entity("Company", "company:uscc:914403001922038216", "甲", Origin(B, "L2"))
    assert identity_map(records, {}) == {"company:甲": "company:uscc:914403001922038216"}
    records.entity("Company", "company:uscc:9144030071526726XG", "甲", Origin(B, "L3"))
    assert identity_map(records, {}) == {}, "two firms bear the name: nothing is proven"


def test_links_that_the_ontology_does_not_allow_are_left_out_and_reported() -> None:
    records = two_sources()
    firm(records, "甲", A, 1)
    records.link("OPERATES_IN", "company:甲", "segment:nowhere", Origin(A, "L4"))
    records.link("SUPPLIES", "company:甲", A, Origin(A, "L5"))
    resolved = resolve(records)
    assert "OPERATES_IN" not in resolved.edges
    said = [str(p) for p in resolved.problems]
    assert said[0] == f"{A}#L4: OPERATES_IN: segment:nowhere is described by no record"
    assert "no SUPPLIES from Company to Source" in said[1]


def test_judgements_may_chain_or_run_in_a_circle() -> None:
    assert identity_map(Records(), {"a": "b", "b": "c"}) == {"a": "c", "b": "c"}
    assert identity_map(Records(), {"b": "a", "a": "b"}) == {"a": "a", "b": "a"}


@pytest.mark.parametrize(
    ("exact", "rough", "is_so"),
    [("2013-01", "2013", True), ("2013", "2013", False), ("20131", "2013", False)],
)
def test_refines(exact: str, rough: str, is_so: bool) -> None:
    assert refines(exact, rough) is is_so


def test_line_of() -> None:
    assert line_of("L178;图表3") == 178
    assert line_of("GB/T 2260") is None


DATES = st.none() | st.sampled_from(["2021", "2022", "2022-03", "2022-03-01", "2023"])


@given(
    st.lists(
        st.tuples(DATES, st.floats(0, 1), st.integers(0, 3), st.integers(1, 9), st.sampled_from("xyz")),
        min_size=1,
    )
)
def test_the_winner_does_not_depend_on_order(stated: list[tuple[str | None, float, int, int, str]]) -> None:
    said = [
        Statement("Company", "c", "p", value, None, A, f"L{line}", as_of, "table", confidence, order)
        for as_of, confidence, order, line, value in stated
    ]
    first, second = winner(said), winner(said[::-1])
    assert first is not None
    assert second is not None
    assert first.rank() == second.rank()
    assert later_first(first.as_of) == min(later_first(s.as_of) for s in said)


def test_a_number_is_no_word_that_makes_two_names_one() -> None:
    records = two_sources()
    for source_id, name in (
        (A, "北方数据中心一期"),
        (B, "北方数据中心二期"),
        (A, "某某产业1园区"),
        (B, "某某产业12园区"),
    ):
        records.entity("Park", f"park:440300:{name}", name, Origin(source_id, "L1"))
    assert resolve(records).candidates == 0


def test_the_chosen_value_of_a_contradiction_is_the_one_the_node_shows() -> None:
    records = two_sources()
    for line, founded in enumerate(("2013", "2014-02-01", "2013-01-08"), 1):
        firm(records, "甲", A, line, founded=founded)
    resolved = resolve(records)
    (conflict,) = resolved.nodes["Conflict"]
    assert conflict["chosen"] == node(resolved, "Company", "company:甲")["founded"] == "2013-01-08"


def test_a_stated_membership_keeps_its_source_where_the_code_table_knows_it_too() -> None:
    records = two_sources()
    origin = Origin(A, "L5", None, "curated", 1.0)
    records.entity("City", "city:440300", "深圳市", origin)
    records.entity("Province", "province:440000", "广东省", origin)
    records.link("PART_OF", "city:440300", "province:440000", origin)
    edges = {(e["subject"], e["object"]): e for e in resolve(records).edges["PART_OF"]}
    stated = edges["city:440300", "province:440000"]
    assert (stated["method"], stated["sources"]) == ("code_table", [f"{A}#L5"])
    above = edges["province:440000", "country:CN"]
    assert (above["method"], above["sources"]) == ("code_table", [])
