"""The shipped word lists: one meaning per word, labels and places that exist, nothing that the concepts have."""

from __future__ import annotations

import csv
import importlib.resources
from pathlib import Path

import pytest

from aikg.ontology import lexicon
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import SchemaError
from aikg.ontology.language import speaking
from aikg.ontology.lexicon import load_lexicon, not_names, read_lexicon, read_words
from aikg.ontology.places import load_places
from aikg.ontology.schema import load_schema

FOLDER = Path(lexicon.__file__).with_name("lexicon")
LABELS = {
    "companies": {"Company"},
    "institutions": {"Institution"},
    "universities": {"University"},
    "parks": {"Park"},
    "programmes": {"Programme"},
    "terms": {"ChainSegment", "Technology", "Industry", "ApplicationField", "ApplicationScenario"},
}
KINDS = {"Institution": "institution_kind", "University": "university_kind", "Park": "park_kind"}


def test_every_file_has_rows_of_its_labels_sorted_by_name() -> None:
    for stem, labels in LABELS.items():
        entries = read_lexicon(FOLDER / f"{stem}.csv")
        names = [entry.name for entry in entries]
        assert entries
        assert names == sorted(names)
        assert {entry.label for entry in entries} == labels <= set(load_schema().labels)


def test_no_file_is_left_unread() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {*LABELS, "not_names"}
    assert (importlib.resources.files("aikg.ontology") / "lexicon" / "terms.csv").is_file()


def test_a_word_names_one_thing() -> None:
    words = [word for entry in load_lexicon() for word in entry.words]
    assert len(words) == len(set(words))
    assert all(len(word) >= 2 for word in words)


def test_nothing_that_the_concepts_have() -> None:
    words = {word for entry in load_lexicon() for word in entry.words}
    assert not words & load_concepts().gazetteer().keys()


def test_terms_are_not_other_wordings_of_a_concept() -> None:
    """机器人产业 is 机器人: `find` takes it for the concept, so a second node must not arise from it."""
    found = load_concepts().find
    terms = [word for entry in read_lexicon(FOLDER / "terms.csv") for word in entry.words]
    assert [word for word in terms if found(word) is not None] == []


def test_not_names_are_no_names() -> None:
    words = read_words(FOLDER / "not_names.csv")
    assert words == sorted(set(words))
    assert not_names() == frozenset(words)
    assert {"高新科技", "前沿科技", "大学生", "科技园区", "重点实验室"} <= not_names()
    assert not not_names() & {word for entry in load_lexicon() for word in entry.words}
    assert not not_names() & load_concepts().gazetteer().keys()


def test_kinds_are_codes_or_ambiguous() -> None:
    for entry in load_lexicon():
        codes = {code.name for code in load_concepts().code_list(KINDS[entry.label])} if entry.label in KINDS else set()
        assert entry.kind in {"", "ambiguous", *codes}, entry


def test_places_resolve() -> None:
    parks = [entry for entry in load_lexicon() if entry.place]
    assert parks
    assert {entry.label for entry in parks} == {"Park"}
    assert all(load_places().resolve(entry.place).place is not None for entry in parks)


def test_everyday_words_are_ambiguous() -> None:
    """Words that also are everyday words (苹果 an apple, 理想 an ideal, 浪潮 a wave) never count alone."""
    by_word = {word: entry for entry in load_lexicon() for word in entry.words}
    for word in ("联想", "苹果", "小米", "美的", "理想", "浪潮", "平安", "地平线"):
        assert by_word[word].ambiguous
    for word in ("华为", "英伟达", "之江实验室", "工信部", "清华大学", "苏州工业园区", "东数西算", "预测性维护"):
        assert not by_word[word].ambiguous


HEAD = "name,label,aliases,kind\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,label\n华为,Company\n", "first row"),
        (HEAD + "华为,Company,\n", "3 cells"),
        (HEAD + ",Company,,\n", "no name"),
        (HEAD + "华为,Firm,,\n", "no label of the schema"),
        (HEAD + "华,Company,,\n", "two signs"),
        (HEAD + "华为,Company,华为|Huawei,\n", "twice"),
        (HEAD + "华为,Company,,\n中兴,Company,,\n", "sort the rows"),
        (HEAD + "华为,Company,,\n华为,Company,,\n", "sort the rows"),
        ("name,label,aliases,kind,place\n光谷,Park,,,无此地市\n", "not in the place table"),
        (HEAD + '华为,"Company,,\n', "cannot be read"),
    ],
)
def test_a_broken_file_is_refused_with_row_and_cure(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "firms.csv"
    path.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(SchemaError, match=says) as caught:
        read_lexicon(path)
    assert str(caught.value).startswith("firms.csv: ")
    with speaking("zh"), pytest.raises(SchemaError, match=r"^firms\.csv："):
        read_lexicon(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"words\.csv: cannot be read"):
        read_words(tmp_path / "words.csv")


def test_a_word_of_two_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for stem in LABELS:
        rows = [("name", "label", "aliases", "kind")]
        if stem in ("companies", "institutions"):
            rows.append((f"甲{stem}", "Company", "乙丙", ""))
        with (tmp_path / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path)
    with pytest.raises(SchemaError, match="乙丙"):
        load_lexicon.__wrapped__()
