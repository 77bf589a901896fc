"""KGX files: one line a node, and an id that is nobody else's."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aikg.graph.export.kgx import kgx_id, write_kgx
from aikg.graph.knowledge_graph import KnowledgeGraph

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NEAR = st.text(st.sampled_from("|% \t\r\n27C5甲"), max_size=6)


@given(TEXT | NEAR, TEXT | NEAR)
def test_different_ids_stay_different_and_stand_in_one_cell(one: str, other: str) -> None:
    assert (kgx_id(one) == kgx_id(other)) == (one == other)
    assert not set(kgx_id(one)) & set("|\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def test_names_that_differ_by_a_bar_and_a_blank_are_two_nodes(tmp_path: Path) -> None:
    names = ["甲|乙", "甲 乙"]
    nodes = [{"id": f"company:{n}", "name": n, "aliases": [], "sources": []} for n in names]
    edge = {"id": "PART_OF:0", "subject": "company:甲|乙", "object": "company:甲 乙", "sources": []}
    write_kgx(KnowledgeGraph.from_rows({"Company": nodes}, {"PART_OF": [edge]}), tmp_path)

    def rows(name: str) -> list[dict[str, str]]:
        text = (tmp_path / name).read_text(encoding="utf-8")
        return list(csv.DictReader(text.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE))

    written = [row["id"] for row in rows("nodes.tsv")]
    assert sorted(written) == ["company:甲 乙", "company:甲%7C乙"]
    (link,) = rows("edges.tsv")
    assert {link["subject"], link["object"]} == set(written)
