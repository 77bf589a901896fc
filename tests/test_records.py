"""Records: what is kept of a source, and that the readable files give back what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.loaders.records import Origin, Problem, Records, citation, in_column, locator
from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, speaking
from aikg.ontology.schema import load_schema

ORIGIN = Origin("src:0123456789ab", "L12;图表1", "2023-03", "table", 1.0)
# Any text a file can hold; lone surrogates cannot be written as UTF-8. CSV readers take CR as a line end in bare cells.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1)


def test_locator_holds_no_blank_and_no_bar() -> None:
    assert locator(178, "图表3", "企业 简称|x") == "L178;图表3;企业简称x"
    assert locator(5, None, "") == "L5"
    assert in_column("L5;图表3", "a;b") == "L5;图表3;a；b"
    assert citation("src:0123456789ab", "L5") == "src:0123456789ab#L5"


def test_long_cells_are_not_kept() -> None:
    records = Records()
    records.entity("Company", "company:x", "x", ORIGIN, raw={"name": "字" * 41, "founded": "字" * 40})
    assert records.entities["Company"][0]["raw"] == {"founded": "字" * 40}


@settings(deadline=None)  # the first, cold example reads the ontology
@given(
    name=TEXT,
    alias=TEXT,
    raw=st.dictionaries(st.sampled_from(["name", "founded"]), TEXT.filter(lambda t: len(t) <= 40)),
    confidence=st.floats(0, 1),
    listed=st.none() | st.booleans(),
    text=TEXT,
    where=st.sampled_from(["", "L1", "L1;图表1;企业"]),
)
def test_csv_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    alias: str,
    raw: dict[str, str],
    confidence: float,
    listed: bool | None,
    text: str,
    where: str,
) -> None:
    folder: Path = tmp_path_factory.mktemp("records")
    records = Records()
    origin = Origin("src:0123456789ab", where, None, "curated", confidence)
    records.entity("Company", "company:x", name, origin, aliases=[alias], raw=raw, properties={"listed": listed})
    records.link("FOCUSES_ON", "company:x", "segment:y", origin, text=text)
    records.write_csv(folder, load_schema())
    back = Records.read_csv(folder, load_schema())
    assert dict(back.entities) == dict(records.entities)
    assert dict(back.links) == dict(records.links)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("Firm.csv", "id\n", "neither a label nor a relation"),
        ("Company.csv", "id,colour\n", "'colour' is not a property of Company"),
        (
            "Company.csv",
            "id,name,listed\ncompany:x,x,maybe\n",
            "Company.csv line 2: listed 'maybe' is not a boolean",
        ),
    ],
)
def test_broken_record_files_are_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        Records.read_csv(tmp_path, load_schema())
    assert said in str(error.value)


def test_a_problem_is_one_line() -> None:
    problem = Problem("a.csv", 14, Said("城市 'x' is unknown", "城市“x”不认得"))
    assert str(problem) == "a.csv line 14: 城市 'x' is unknown"
    with speaking("zh"):
        assert str(problem) == "a.csv 第 14 行：城市“x”不认得"
