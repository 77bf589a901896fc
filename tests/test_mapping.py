"""Mapping files: what fits which table, and that typing errors are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from aikg.loaders.mapping import choose, header_key, load_mappings, read_mapping_file
from aikg.ontology.errors import SourceError

MINIMAL = """
[[table]]
name = "t"
[table.columns]
company = ["企业"]
[[table.entity]]
as = "company"
label = "Company"
name = "{company}"
"""


def test_a_caption_that_matches_gives_its_groups() -> None:
    fit = choose(
        load_mappings(),
        ["企业简称", "成立日期", "融资阶段", "细分领域", "所在城市"],
        "人工智能产业链技术层代表企业",
    )
    assert fit is not None
    mapping, columns, groups = fit
    assert (mapping.name, groups) == ("chain-companies", {"layer": "技术层"})
    assert columns == {"company": 0, "founded": 1, "stage": 2, "segment": 3, "city": 4}


def test_headers_alone_suffice_in_another_document() -> None:
    fit = choose(load_mappings(), ["企业 名称", "细分领域", "城市"], "某市企业名录")
    assert fit is not None
    assert fit[0].name == "chain-companies"
    assert fit[2] == {}, "the layer is not known, and is not guessed"


def test_the_region_column_decides_between_the_two_policy_tables() -> None:
    known = load_mappings()
    by_country = choose(known, ["时间", "名称", "内容"], "英国人工智能政策文件")
    by_region = choose(known, ["地区", "颁布时间", "政策名称", "相关内容"], "京津冀地区重点政策汇总")
    assert by_country is not None
    assert by_region is not None
    assert (by_country[0].name, by_country[2]["place"]) == ("policies-of-country", "英国")
    assert by_region[0].name == "policies-of-region"


def test_the_star_takes_the_header_no_other_column_knows() -> None:
    fit = choose(load_mappings(), ["排名", "地区名称", "研发经费（亿元）", "较上一年排名变化"], "2024 年各地区研发经费")
    assert fit is not None
    assert (fit[0].name, fit[1]["value"], fit[2]["year"]) == ("ranking-of-places", 2, "2024")


def test_unknown_headers_fit_nothing() -> None:
    assert choose(load_mappings(), ["甲", "乙"], None) is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("社会融资规模增量（亿元）", "社会融资规模增量"),
        (" 企业 简称", "企业简称"),
        ("ＣＩＴＹ", "city"),
        ("（亿元）", "(亿元)"),
    ],
)
def test_header_key(written: str, key: str) -> None:
    assert header_key(written) == key


def test_a_users_mapping_wins_over_an_equal_fit(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(MINIMAL.replace("企业", "园区名称").replace('"t"', '"mine"'), encoding="utf-8")
    fit = choose(load_mappings(path), ["园区名称"], None)
    assert fit is not None
    assert fit[0].name == "mine"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('label = "Company"', 'label = "Firm"'), "label 'Firm' is not one of"),
        (("[[table.entity]]", "[[table.entiti]]"), "'entiti' is not a key"),
        (('name = "{company}"', 'name = "{company}"\nfoo = 1'), "'foo' is not a key of [[entity]]"),
        (
            ('name = "{company}"', 'name = "{company}"\nproperties = { colour = "x" }'),
            "'colour' is not a property of Company",
        ),
        (('name = "t"', 'name = "t"\nkey = "firm"'), "column 'firm' is not in [table.columns]"),
        (('name = "t"', "name = \"t\"\ncaption = '('"), "is not a regular expression"),
        (('name = "{company}"', 'name = "{company}"\nwithin = "city"'), "'city' is not the `as` of an entity"),
        (('name = "{company}"', 'name = "{compnay}"'), "'{compnay}' is no column, caption group or variable"),
        (("[[table]]", "[[tables]]"), "no [[table]] in it"),
        (("[[table]]", "[[table"), "not valid TOML"),
    ],
)
def test_errors_name_file_table_and_cure(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(MINIMAL.replace(*change), encoding="utf-8")
    with pytest.raises(SourceError, match=r"bad\.toml") as error:
        read_mapping_file(path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such mapping file"):
        read_mapping_file(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('name = "t"', "name = 7"), "name = 7 must be a text"),
        (('company = ["企业"]', "company = 3"), "columns.company = 3 must be a text or a list of texts"),
        (('company = ["企业"]', 'company = ["企业", 3]'), "columns.company = "),
        (('as = "company"', "as = 1"), "entity 1: as = 1 must be a text"),
        (('label = "Company"', 'label = ["Company"]'), "entity 1: label = "),
        (('name = "{company}"', "name = 5"), "entity 1: name = 5 must be a text"),
        (('name = "{company}"', 'name = "{company}"\nstrip = 5'), "entity 1: strip = 5 must be a text"),
        (('name = "{company}"', 'name = "{company}"\nsplit = "yes"'), "split = 'yes' must be true or false"),
        (('name = "{company}"', 'name = "{company}"\nconfidence = "high"'), "must be a number from 0 to 1"),
        (('name = "{company}"', 'name = "{company}"\nlabels = "City"'), "labels = 'City' must be a list of texts"),
        (('name = "{company}"', 'name = "{company}"\nproperties = 5'), "properties = 5 must be tables of texts"),
        (('name = "{company}"', 'name = "{company}"\nwhen = { listed = 5 }'), "when.listed = 5 must be a table"),
        (('name = "t"', 'name = "t"\ncaption = 5'), "caption = 5 must be a text"),
        (('name = "t"', 'name = "t"\nrequired = 5'), "required = 5 must be a list of texts"),
        (('name = "t"', 'name = "t"\nlink = 5'), "link = 5 must be a list of tables"),
    ],
)
def test_a_value_of_another_type_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "bad.toml"
    assert change[0] in MINIMAL
    path.write_text(MINIMAL.replace(*change, 1), encoding="utf-8")
    with pytest.raises(SourceError) as error:
        read_mapping_file(path)
    assert said in str(error.value)
    assert "bad.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_list_that_holds_no_tables_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("table = [5]\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"bad\.toml: `table` must be written as \[\[table\]\]"):
        read_mapping_file(path)
