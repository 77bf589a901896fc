"""A person's judgements: pairs that chain, in whatever order they stand."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from aikg.loaders.judgements import read_judgements
from aikg.ontology.errors import SourceError

HEADER = "id_a,id_b,judgement,reason\n"


@pytest.mark.parametrize("order", list(permutations(["c:bb,c:cc", "c:aa,c:dd", "c:cc,c:dd"])))
def test_pairs_that_chain_are_one_thing(tmp_path: Path, order: tuple[str, ...]) -> None:
    path = tmp_path / "j.csv"
    path.write_text(HEADER + "".join(f"{pair},same,\n" for pair in order), encoding="utf-8")
    assert read_judgements(path).same == {"c:bb": "c:aa", "c:cc": "c:aa", "c:dd": "c:aa"}


def test_different_and_unsure(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text(HEADER + "c:a,c:b,different,two firms\nc:a,c:d,unsure,\n", encoding="utf-8")
    judged = read_judgements(path)
    assert (judged.same, judged.different) == ({}, [("c:a", "c:b")])


@pytest.mark.parametrize(
    ("row", "said"), [("c:a,c:b,maybe,", "'maybe' is not one of"), ("c:a,p:b,same,", "not two ids of one label")]
)
def test_bad_rows_are_named(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "j.csv"
    path.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"j\.csv row 2") as error:
        read_judgements(path)
    assert said in str(error.value)
