"""Ids are made from identity: the same name gives the same id, whatever the order or the writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.loaders import identity
from aikg.loaders.extract.mentions import Mention, mention_id
from aikg.loaders.identity import clean_name, digest, entity_id, match_key, simplified
from aikg.ontology.places import load_places
from aikg.ontology.schema import load_schema


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("《2020 国家人工智能倡议法案》", "2020国家人工智能倡议法案"),
        (
            "《人工智能（AI）技术应用行动计划（2022-2026年版）》",
            "人工智能（AI）技术应用行动计划（2022-2026年版）",
        ),
        ("Perfect  Corp", "Perfect Corp"),
        ("華為", "华为"),
        ("《甲》与《乙》", "《甲》与《乙》"),
    ],
)
def test_clean_name(written: str, name: str) -> None:
    assert clean_name(written) == name


def test_simplified_leaves_simplified_text_alone() -> None:
    # 乾 and 著 are Simplified here too; a blind conversion would make 干坤 of the first.
    assert simplified("乾坤大挪移，著名") == "乾坤大挪移，著名"


@given(st.text())
def test_clean_name_is_stable(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once).count("《") <= once.count("《")
    assert "\n" not in once


def test_ids_follow_the_contract() -> None:
    # ontology.md, "Identity"
    assert entity_id("Company", "company", "华为") == "company:华为"
    assert entity_id("Company", "company", "华为", uscc="914403001922038216") == "company:uscc:914403001922038216"
    assert entity_id("Park", "park", "宝能科技园", place="440300") == "park:440300:宝能科技园"
    assert entity_id("Policy", "policy", "国家人工智能战略", place="GB") != entity_id(
        "Policy", "policy", "国家人工智能战略", place="IN"
    )
    made = entity_id("Observation", "observation", "算力", key=("center:x", "算力", None, 1.0))
    prefix, _, hexadecimal = made.partition(":")
    assert prefix == "observation"
    assert len(hexadecimal) == 12
    assert int(hexadecimal, 16) >= 0


def test_null_and_blank_are_different_parts() -> None:
    assert digest("a", None) != digest("a", "")
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("深圳市大疆创新科技有限公司", "大疆创新科技"),
        ("阿里巴巴集团控股有限公司", "阿里巴巴"),
        ("阿里巴巴集团控股", "阿里巴巴"),
        ("华为", "华为"),
        ("有限公司", "有限公司"),
    ],
)
def test_match_key(name: str, key: str) -> None:
    assert match_key(name, ["深圳市", "深圳"]) == key


def test_a_park_named_by_its_district_has_the_id_that_its_city_gives() -> None:
    # ontology.md, Identity: park:<adcode of its city>:<name>; 330110 is 余杭区 of 杭州市 (330100)
    places = load_places()
    assert identity.park_place(places.get("330110")) == "330100"
    assert identity.park_place(places.get("330100")) == "330100"
    assert identity.park_place(places.get("330000")) == "330000"
    named = Mention(0, 2, "Park", "余杭某某小镇", place=places.get("330110"))
    assert mention_id(named, load_schema()) == "park:330100:余杭某某小镇"
