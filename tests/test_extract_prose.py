"""Sentences become facts with their line; a user's own extractor can take the place of the patterns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import aikg
from aikg.loaders.extract.passages import clauses, passages, sentences
from aikg.loaders.extract.prose import PatternExtractor
from aikg.loaders.extract.protocol import UNSURE, Prose
from aikg.loaders.readers.document import Document
from aikg.loaders.records import Records

TEXT = """# 某省人工智能产业观察

## 一、区域布局

合肥高新区聚焦智能语音产业，集聚了云帆智联科技有限公司等企业。2023年，合肥市人工智能企业超过1200家，同比增长15%。

## 二、政策

2024年3月，安徽省人民政府印发《安徽省智能终端产业发展行动计划》，提出到2027年产业规模突破3000亿元。
"""


def document(lines: Iterable[str], published: str | None = None) -> Document:
    return Document(Path("x.md"), "x.md", "0" * 64, "src:000000000000", "utf-8", tuple(lines), "某文", None, published)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> aikg.Graph:
    path = tmp_path_factory.mktemp("prose") / "观察.md"
    path.write_text(TEXT, encoding="utf-8")
    return aikg.build(path)


def ends(kg: aikg.Graph, kind: str) -> set[tuple[str, str]]:
    names = {
        id_: name for frame in kg.frames.nodes.values() for id_, name in zip(frame["id"], frame["name"], strict=True)
    }
    frame = kg.frames.edges[kind]
    return {(names[s], names[o]) for s, o in zip(frame["subject"], frame["object"], strict=True)}


def test_names_relations_and_figures_of_a_page(built: aikg.Graph) -> None:
    assert "合肥高新区" in set(built.frames.nodes["Park"]["name"])
    assert "云帆智联科技有限公司" in set(built.frames.nodes["Company"]["name"])
    assert ("合肥高新区", "合肥市") in ends(built, "LOCATED_IN")
    assert ("安徽省智能终端产业发展行动计划", "安徽省人民政府") in ends(built, "ISSUED_BY")
    figures = {(r.indicator_text, r.value, r.unit, r.period) for r in built.frames.nodes["Observation"].itertuples()}
    assert any(value == 1200 and unit == "家" and period == "2023" for _, value, unit, period in figures)
    assert any(value == 15 and unit == "%" for _, value, unit, _ in figures)
    target = built.frames.nodes["PolicyTarget"].iloc[0]
    assert (target["value"], target["unit"], target["due"], target["comparator"]) == (3000, "亿元", "2027", ">")


def test_every_fact_of_a_sentence_cites_its_line_and_is_less_sure_than_a_table(built: aikg.Graph) -> None:
    for frame in (*built.frames.nodes.values(), *built.frames.edges.values()):
        for row in frame[frame["method"] == "pattern"].itertuples():
            assert row.confidence < 1
            assert row.sources
            assert all("#L" in entry for entry in row.sources)
    park = built.frames.nodes["Park"].set_index("name").loc["合肥高新区"]
    assert [entry.split("#")[1].split(";")[0] for entry in park["sources"]] == ["L5"]


def test_a_name_whose_repair_is_a_guess_is_told_with_low_confidence() -> None:
    line = "苏州工业园区与合肥高新区合作。"
    prose = Prose(document([line]), [line], unsure={1: [(0, 2)]})
    records = PatternExtractor().extract(prose)
    confidence = {row["name"]: row["confidence"] for row in records.entities["Park"]}
    assert confidence["苏州工业园区"] == UNSURE
    assert confidence["合肥高新区"] > UNSURE


def test_a_name_that_a_table_knows_is_found_under_its_id() -> None:
    line = "星野岭在深圳市设立总部。"
    records = PatternExtractor().extract(Prose(document([line]), [line]), [("星野岭", "Company", "company:uscc:91X")])
    assert [row["id"] for row in records.entities["Company"]] == ["company:uscc:91X"]


def test_the_page_of_a_pdf_is_part_of_the_locator() -> None:
    made = Document(
        Path("x.pdf"),
        "x.pdf",
        "0" * 64,
        "src:000000000000",
        "pdf",
        ("合肥高新区建成。",),
        None,
        None,
        None,
        places=("p3",),
    )
    records = PatternExtractor().extract(Prose(made, made.lines))
    assert {row["locator"] for row in records.entities["Park"]} == {"L1;p3"}


def test_an_extractor_of_ones_own(tmp_path: Path) -> None:
    class Mine:
        name = "mine"

        def extract(self, prose: Prose, known: Iterable[tuple[str, str, str]] = ()) -> Records:
            records = Records()
            for number, line in enumerate(prose.lines, start=1):
                if "甲" in line:
                    records.entity("Company", "company:甲", "甲", prose.origin(number, confidence=0.4))
            return records

    path = tmp_path / "a.txt"
    path.write_text("没有。\n甲在此。\n", encoding="utf-8")
    kg = aikg.build(path, extractor=Mine())
    company = kg.frames.nodes["Company"].iloc[0]
    assert (company["name"], company["confidence"], company["method"]) == ("甲", 0.4, "pattern")
    assert [entry.partition("#")[2] for entry in company["sources"]] == ["L2"]
    assert set(kg.frames.nodes) == {"Company", "Source"}


def test_the_report_counts_what_sentences_gave(built: aikg.Graph) -> None:
    assert built.build_report is not None
    (prose,) = built.build_report.prose
    assert (prose["damage"], prose["unsure"]) == ("clean", 0)
    assert prose["entities"]["Park"] == 1
    assert json.loads(json.dumps(built.build_report.as_dict(), default=str))["prose"] == built.build_report.prose


def test_the_same_text_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(TEXT, encoding="utf-8")
    made = []
    for seed in ("1", "2"):
        target = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "aikg", "build", str(page), "--graph", str(target)]
        subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True)
        made.append({p.relative_to(target): p.read_bytes() for p in sorted(target.rglob("*.parquet"))})
    assert made[0] == made[1]


def test_passages_know_their_headings_and_keep_their_lines() -> None:
    found = list(passages(["# 总", "", "一、甲", "（一）乙", "文。", "二、丙", "文二。"]))
    assert [(p.line, [h.text for h in p.headings]) for p in found if not p.is_heading] == [
        (5, ["甲", "乙"]),
        (7, ["丙"]),
    ]


def test_sentences_and_clauses_keep_brackets_and_titles_whole() -> None:
    text = "《甲。乙》发布（见图1，下同）。“很好！”他说，结束；再来"
    assert [text[a:b] for a, b in sentences(text)] == [
        "《甲。乙》发布（见图1，下同）。",
        "“很好！”",
        "他说，结束；再来",
    ]
    assert [text[a:b] for a, b in clauses(text, text.index("他说"), len(text))] == ["他说，", "结束；", "再来"]
