"""Files → records: what is taken over, what is reported, and what stops a build."""

from __future__ import annotations

from pathlib import Path

import pytest

import aikg
from aikg.loaders.load import load_files
from aikg.ontology.errors import SourceError

DOCUMENT = """某市产业报告

目录

| | |
|---|---|
| 一、概况 | 1 |
| 二、园区 | 2 |

图表 1：某市人工智能产业链技术层代表企业

| 企业简称 | 成立日期 | 融资阶段 | 细分领域 | 所在城市 |
|---|---|---|---|---|
| **甲科技** | 2015-01-02 | A轮 | 智能语音 | 合肥市 |
| 乙科技 | 2016.03 | — | 计算机视觉 | 深圳 |

2

| 企业简称 | 成立日期 | 融资阶段 | 细分领域 | 所在城市 |
|---|---|---|---|---|
| 丙科技 | 2016-02-30 | B轮 | 机器学习 | 朝阳区 |

参考来源：公开资料

图表 2：颜色一览

| 颜色 | 名称 |
|---|---|
| 红 | 朱 |

图表 3：各区政策汇总

| 地区 | 颁布时间 | 政策名称 | 相关内容 |
|---|---|---|---|
| 合肥市 | 2022.09 | 《合肥市智能语音产业规划》 | 建设甲园，发展智能语音与大数据等 3 个产业。 |
| | 2023.01 | 《智慧城市办法》 | 推进智慧 |
| | | | 城市。 |

图表 4：园区一览

| 序号 | 园区名称 | 地点 | 主要布局领域 |
|---|---|---|---|
| 1 | 甲园（省级人工智能产业园） | 合肥市 | 智能语音、空中飞船等 |
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def test_a_document_gives_what_its_mapped_tables_say(document: Path) -> None:
    records, report = load_files([document])
    assert [(t["number"], t["mapping"], t["logical_rows"], t["accepted"], t["partial"]) for t in report.tables] == [
        ("图表1", "chain-companies", 3, 2, 1),
        ("图表3", "policies-of-region", 2, 2, 0),
        ("图表4", "parks", 1, 1, 0),
    ]
    assert report.inputs[0]["furniture"] == 1, "the table of contents"
    companies = {row["name"]: row for row in records.entities["Company"]}
    assert companies["甲科技"]["founded"] == "2015-01-02"
    assert companies["乙科技"]["founded"] == "2016-03"
    assert "financing_stage" not in companies["乙科技"]
    assert companies["乙科技"]["raw"]["financing_stage"] == "—"
    assert companies["甲科技"]["locator"] == "L14;图表1"
    layers = {(row["subject"], row["object"]) for row in records.links["REPRESENTATIVE_OF"]}
    assert ("company:甲科技", "layer:技术层") in layers


def test_bad_values_of_a_document_are_reported_with_their_line_and_the_rest_of_the_row_is_kept(document: Path) -> None:
    records, report = load_files([document])
    said = [str(p) for p in report.problems if p.row]
    assert said[0] == "report.md line 21: 成立日期 '2016-02-30': month 2 of 2016 has no day 30"
    assert said[1].startswith("report.md line 21: 所在城市: '朝阳区' is more than one place")
    row = next(row for row in records.entities["Company"] if row["name"] == "丙科技")
    assert "founded" not in row
    assert row["financing_stage"] == "B轮"
    assert not any(link["subject"] == "company:丙科技" for link in records.links["LOCATED_IN"])


def test_an_unknown_table_is_left_out_and_named(document: Path) -> None:
    _, report = load_files([document])
    assert [(t["line"], t["number"], t["headers"]) for t in report.left_out] == [(27, "图表2", "颜色 | 名称")]
    with pytest.raises(SourceError, match=r"report\.md line 21"):
        load_files([document], strict=True)


def test_parks_named_by_tables_are_found_in_policies_wherever_the_tables_stand(document: Path) -> None:
    records, report = load_files([document])
    park = "park:340100:甲园"
    policy = "policy:340100:合肥市智能语音产业规划"
    assert [(r["subject"], r["object"]) for r in records.links["PROMOTES"]] == [(policy, park)]
    focus = {(r["subject"], r["object"], r["text"]) for r in records.links["FOCUSES_ON"]}
    assert (policy, "segment:智能语音", "智能语音") in focus
    assert ("policy:340100:智慧城市办法", "segment:智慧城市", "智慧城市") in focus, "the cell goes on in the next row"
    assert (park, "industry:空中飞船", "空中飞船") in focus
    assert report.unknown_words == {"空中飞船": "Industry"}
    programme = [(r["subject"], r["object"]) for r in records.links["DESIGNATED_AS"]]
    assert programme == [(park, "programme:省级人工智能产业园")]


def test_without_a_caption_the_layer_is_unknown_and_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "plain.md"
    path.write_text("| 企业名称 | 细分领域 |\n|---|---|\n| 甲 | 智能语音 |\n", encoding="utf-8")
    records, _ = load_files([path])
    assert "ChainLayer" not in records.entities
    assert [r["object"] for r in records.links["OPERATES_IN"]] == ["segment:智能语音"]


CSV = "企业简称,成立日期,细分领域,所在城市,产业链层\n甲,2015-01-02,智能芯片,深圳,基础层\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("乙,2016-13-02,智能芯片,北京市,基础层", r"firms\.csv row 3: 成立日期 '2016-13-02': there is no month 13"),
        ("乙,2016,智能芯片,木卫二,基础层", r"firms\.csv row 3: 所在城市: '木卫二'"),
        ("乙,2016,智能芯片,北京市,应用", r"firms\.csv row 3: 产业链层 '应用' is not one of 基础层, 技术层, 应用层"),
        ("乙,2016,智能芯片", r"firms\.csv row 3: "),
        (",2016,智能芯片,北京市,基础层", r"firms\.csv row 3: 企业简称 is blank"),
    ],
)
def test_a_bad_row_of_a_sheet_stops_the_build_or_is_counted(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "firms.csv"
    path.write_text(CSV + row + "\n丙,2017,智能芯片,上海市,基础层\n", encoding="utf-8")
    with pytest.raises(SourceError, match=said) as error:
        load_files([path])
    assert "\n" not in str(error.value)
    records, report = load_files([path], lenient=True)
    assert [r["name"] for r in records.entities["Company"]] == ["甲", "丙"]
    assert report.rows == {"read": 3, "accepted": 2, "partial": 0, "rejected": 1}


def test_gbk_and_excel_say_the_same_as_utf8(tmp_path: Path) -> None:
    import openpyxl

    (tmp_path / "utf8.csv").write_text(CSV, encoding="utf-8-sig")
    (tmp_path / "gbk.csv").write_text(CSV, encoding="gbk")
    book = openpyxl.Workbook()
    for line in CSV.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "book.xlsx")
    made = [load_files([tmp_path / name])[0] for name in ("utf8.csv", "gbk.csv", "book.xlsx")]
    first, *others = [
        [{k: v for k, v in row.items() if k not in ("source", "locator")} for row in m.entities["Company"]]
        for m in made
    ]
    assert others == [first, first]
    assert made[2].entities["Company"][0]["locator"].startswith("L2;")


def test_the_same_file_twice_is_read_once(document: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.md"
    copy.write_bytes(document.read_bytes())
    once, _ = load_files([document])
    twice, report = load_files([document, copy])
    assert len(once) == len(twice)
    assert any("same file as report.md" in str(p) for p in report.problems)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.md", b"", "is empty"),
        ("blank.txt", b"  \n\n", "no text"),
        ("binary.txt", b"\x00\x01\x02\xff" * 9, "."),
        ("slides.pptx", b"x", "files of this kind cannot be read"),
        ("odd.csv", "甲,乙\n1,2\n".encode(), "no mapping knows the headers 甲 | 乙"),
        ("broken.xlsx", b"not a workbook", "."),
    ],
)
def test_unreadable_files_are_one_clear_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=name.replace(".", r"\.")) as error:
        load_files([tmp_path / name])
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_file_and_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        load_files([tmp_path / "none.md"])
    with pytest.raises(SourceError, match="no file in this folder"):
        load_files([tmp_path])


def test_a_failed_build_leaves_the_previous_graph(document: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    aikg.build(document, graph=folder)
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    (tmp_path / "bad.csv").write_text(CSV + "乙,x,智能芯片,北京市,基础层\n", encoding="utf-8")
    with pytest.raises(SourceError):
        aikg.build(document, tmp_path / "bad.csv", graph=folder)
    assert {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_build_is_a_pure_function_of_its_inputs(document: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        aikg.build(document, with_data_set=True, graph=tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()}
        for n in ("one", "two")
    )
    assert one == two


def test_with_data_set_joins_and_without_holds_only_the_files(document: Path) -> None:
    alone = aikg.build(document)
    joined = aikg.build(document, with_data_set=True)
    assert "华为" not in set(alone.frames.nodes["Company"]["name"])
    assert {"华为", "甲科技"} <= set(joined.frames.nodes["Company"]["name"])
    assert len(joined.frames.nodes["Source"]) == 6, "this file and the five documents of the data set"


def test_a_district_is_looked_for_inside_the_rows_city(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(
        """
[[table]]
name = "sites"
[table.columns]
company = ["企业"]
city = ["市"]
district = ["区"]
[[table.entity]]
as = "company"
label = "Company"
name = "{company}"
[[table.entity]]
as = "city"
label = "Place"
name = "{city}"
[[table.entity]]
as = "district"
label = "Place"
name = "{district}"
within = "city"
[[table.link]]
type = "LOCATED_IN"
from = "company"
to = "district"
""",
        encoding="utf-8",
    )
    (tmp_path / "sites.csv").write_text("企业,市,区\n甲,北京,朝阳区\n乙,长春,朝阳区\n", encoding="utf-8")
    records, _ = load_files([tmp_path / "sites.csv"], mappings=[tmp_path / "my.toml"])
    homes = [(row["subject"], row["object"]) for row in records.links["LOCATED_IN"]]
    # 110105 and 220104 are the two 朝阳区 of GB/T 2260
    assert homes == [("company:甲", "district:110105"), ("company:乙", "district:220104")]


def test_a_workbook_may_hold_a_sheet_of_remarks(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["备注", "甲"])
    book.active.append(["x", "y"])
    sheet = book.create_sheet("企业")
    for line in CSV.splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "book.xlsx")
    records, report = load_files([tmp_path / "book.xlsx"])
    assert [row["name"] for row in records.entities["Company"]] == ["甲"]
    assert [entry["headers"] for entry in report.left_out] == ["备注 | 甲"]
    with pytest.raises(SourceError, match=r"book\.xlsx .*no mapping knows the headers 备注"):
        load_files([tmp_path / "book.xlsx"], strict=True)


def test_a_citation_of_a_csv_counts_the_lines_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "multi.csv"
    path.write_text('企业简称,细分领域\n"甲\n科技",智能芯片\n\n乙,智能芯片\n', encoding="utf-8")
    records, _ = load_files([path])
    where = {row["name"]: row["locator"].split(";")[0] for row in records.entities["Company"]}
    # the quoted name takes lines 2 and 3, line 4 is blank
    assert where == {"甲科技": "L2", "乙": "L5"}
