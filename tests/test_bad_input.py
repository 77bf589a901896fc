"""Bad input: a clear message with file and place, and nothing hangs, is executed or fetched.

Sizes are chosen so that a reader whose time grows with the square of the input would not come to an end.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pytest

from aikg.loaders.curated import read_curated
from aikg.loaders.extract.passages import passages
from aikg.loaders.judgements import read_judgements
from aikg.loaders.load import load_files
from aikg.loaders.readers import files
from aikg.loaders.readers.cover import read_cover
from aikg.loaders.readers.files import read_file
from aikg.loaders.readers.foreign import is_foreign
from aikg.loaders.repair.text import repair_lines
from aikg.ontology.errors import SourceError
from aikg.ontology.language import speaking

if TYPE_CHECKING:
    from pathlib import Path

FACT = "2022年杭州市人工智能企业有500家。"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------ long paragraphs


@pytest.mark.parametrize("mark", ["。", "，", "、", " ", ""])
def test_paragraph_without_end_is_read_in_pieces(mark: str) -> None:
    text = f"人工智能{mark}" * 4_000
    found = list(passages([text]))
    assert len(found) > 5
    assert max(len(p.text) for p in found) <= 2_000  # what the patterns compare with each other is bounded
    assert {p.line for p in found} == {1}
    assert all(p.text.endswith(f"智能{mark}".strip()) for p in found[: -1 if mark else 0])  # cut behind a mark


def test_pieces_hold_all_characters() -> None:
    text = "合肥市发展智能语音、" * 999 + "终。"
    assert "".join(p.text for p in passages([text])) == text


def test_ordinary_paragraph_is_one_piece() -> None:
    assert len(list(passages([FACT * 60]))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "杭州市企业" + "1" * 60_000 + "家。",
        "杭州市" + " " * 60_000 + "企业500家。",
        "杭州市重点发展" + "、".join(f"智能产品{i}" for i in range(5_000)) + "等产业。",
        "《" * 60_000,
        "“" * 60_000,
        "（" * 30_000 + "人工智能" + "）" * 30_000,
        "A" * 60_000 + "公司",
    ],
    ids=["digits", "blanks", "list", "titles", "quotations", "brackets", "letters"],
)
def test_hostile_line_comes_to_an_end(tmp_path: Path, line: str) -> None:
    _, report = load_files([write(tmp_path / "a.txt", line + "\n" + FACT)])
    assert report.inputs[0]["lines"] == 2


def test_cover_looks_at_the_begin_of_a_line() -> None:
    assert read_cover(["人工智能产业报告", "甲" + " " * 500_000 + "乙"]).title == "人工智能产业报告"


# ------------------------------------------------------------------------------------------ other languages


@pytest.mark.parametrize(
    "line",
    [
        "2022年、東京都の人工知能産業規模は500億円に達し、前年比12.5%増加した。",
        "2022년 서울시 인공지능 산업 규모는 500억원에 달했다.",
        "In 2022, the AI industry of Hangzhou reached 50 billion yuan, up 12.5%.",
        "في عام 2022 بلغ حجم صناعة الذكاء الاصطناعي 500 مليار",
    ],
)
def test_sentence_in_another_language_gives_no_fact(tmp_path: Path, line: str) -> None:
    assert is_foreign(line)
    records, report = load_files([write(tmp_path / "a.txt", f"{FACT}\n{line}\n")])
    assert [row["value"] for row in records.entities["Observation"]] == [500.0]  # of line 1 alone
    said = [p for p in report.problems if p.file == "a.txt"]
    assert [p.line for p in said] == [2]
    assert "another language" in said[0].said.en


@pytest.mark.parametrize(
    "line", [FACT, "OpenAI、NVIDIA、Intel", "优の良品公司位于杭州市。", "NVIDIA", "", "产品有 A B C D E F G H 等八种"]
)
def test_chinese_and_names_are_read(line: str) -> None:
    assert not is_foreign(line)


def test_invisible_marks_are_no_part_of_names(tmp_path: Path) -> None:
    records, _ = load_files([write(tmp_path / "a.txt", "\u202e杭州市\u200f人工智能\u200b企业500家\u202c。\n")])
    assert records.entities["Observation"]
    for rows in records.entities.values():
        for row in rows:
            assert not any(sign in str(row.get("indicator_text")) for sign in "\u202e\u200f\u200b\u202c")


# ------------------------------------------------------------------------------------------ sizes


def test_text_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST_BYTES", 1 << 20)
    path = write(tmp_path / "a.txt", "x" * (1 << 21))
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda _: pytest.fail("read"))
    with pytest.raises(SourceError, match=r"a\.txt.*(2 MB|拆成)"):
        read_file(path)


def test_folder_with_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_CHARACTERS", 1_000)
    write(tmp_path / "a.txt", FACT * 100)
    write(tmp_path / "b.txt", FACT)
    with pytest.raises(SourceError, match=r"a\.txt"):
        load_files([tmp_path])
    _, report = load_files([tmp_path], lenient=True)
    assert [entry["name"] for entry in report.inputs] == ["b.txt"]
    assert [p.file for p in report.problems] == ["a.txt"]


# ------------------------------------------------------------------------------------------ office files, PDF


def changed(tmp_path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A workbook with one part changed; `old` empty: replaced."""
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "城市"])
    made = io.BytesIO()
    book.save(made)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, (data.replace(old, new) if old else new) if name == part else data)
    return path


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("content", [b"", b"<x", b"\0\xff"])
def test_workbook_with_a_broken_part(tmp_path: Path, part: str, content: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.xlsx"):
        read_file(changed(tmp_path, part, b"", content))


def test_merged_cells_over_a_whole_sheet(tmp_path: Path) -> None:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = changed(tmp_path, "xl/worksheets/sheet1.xml", b"</sheetData>", merged)
    with pytest.raises(SourceError, match=r"17,179,869,184"):  # 16,384 columns of 1,048,576 rows
        read_file(path)


def test_table_with_too_many_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ",".join(f"c{i}" for i in range(20_000)) + "\n")
    with pytest.raises(SourceError, match=r"a\.csv.*\b1\b.*20,000") as error:
        read_file(path)
    assert len(str(error.value)) < 300


def pdf(content: bytes, extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode" + extra + b">>stream\n" + content + b"\nendstream endobj\n%%EOF\n"
    )


def test_pdf_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(zlib.compress(b" " * (32 << 20), 9)))
    with pytest.raises(SourceError, match=r"a\.pdf.*(unpacks|解压)"):
        read_file(path)


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        (zlib.compress(b"\xff" * (32 << 20)), b"/Subtype/Image"),
        (zlib.compress(b"BT ET " * 1_000), b""),
        (b"x\x9czzz", b""),
    ],
    ids=["blank picture", "text", "damaged"],
)
def test_other_streams_are_no_bombs(content: bytes, extra: bytes) -> None:
    from aikg.loaders.readers.pdf import _is_bomb

    assert not _is_bomb(pdf(content, extra))


# ------------------------------------------------------------------------------------------ repair


def test_unsure_spans_of_many_lines(tmp_path: Path) -> None:
    """Spans are gathered in one pass: every guessed run is found again under its line."""
    from aikg.loaders.extract.reading import prose_of

    lines = ["人工智能產(chǎn)業(yè)發(fā)展規(guī)劃,覷髒犙芯繕哱研究"] * 50
    path = write(tmp_path / "a.txt", "\n".join(lines))
    document, tables = read_file(path)
    repaired = repair_lines(document.lines)
    prose = prose_of(document, tables, repaired)
    for number in range(1, 51):
        assert list(prose.unsure.get(number, [])) == repaired.unsure(number)


# ------------------------------------------------------------------------------------------ reviewed records, judgements

ENTITIES = "line,label,name,aliases,place,properties,reason\n"


def reviewed(tmp_path: Path, **changed: str) -> Path:
    folder = tmp_path / "review"
    folder.mkdir()
    write(folder / "document.toml", changed.pop("document", f'sha256 = "{"0" * 64}"\ntitle = "T"\n'))
    for name, text in changed.items():
        write(folder / f"{name}.csv", text)
    return folder


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("entities", ENTITIES + '1,Company,"甲,,,,\n', "line 2.*CSV"),
        ("entities", ENTITIES + '1,Company,"甲"乙,,,,\n', "line 2.*CSV"),
        ("entities", ENTITIES + "1,Company," + "甲" * 140_000 + ",,,,\n", "line 2.*CSV"),
        ("entities", ENTITIES + "1,Company,甲\0,,,,\n", "binary"),
        ("entities", ENTITIES + "1,Company,甲,乙\n", "line 2.*4 fields.*7"),
        ("entities", ENTITIES + "²,Company,甲,,,,\n", "line 2.*number"),
        ("entities", ENTITIES + "9" * 5_000 + ",Company,甲,,,,\n", "line 2.*number"),
        ("entities", ENTITIES + "1,Company,,,,,\n", "line 2.*empty"),
        ("retractions", "line,label,name,reason\nx,Company,甲,\n", "line 2.*number"),
        ("retractions", "line,label,name,reason\n1,Nope,甲,\n", "line 2.*Nope"),
        ("document", f'sha256 = "{"0" * 64}"\ntitle = "T"\npublished = "never"\n', "published.*never"),
        ("document", "sha256==", "cannot be read"),
    ],
)
def test_broken_reviewed_records(tmp_path: Path, file: str, text: str, said: str) -> None:
    with speaking("en"), pytest.raises(SourceError, match=rf"{file}.*{said}") as error:
        read_curated(reviewed(tmp_path, **{file: text}))
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


def test_value_that_is_no_finite_number(tmp_path: Path) -> None:
    header = "line,subject_label,subject,also,indicator,value,value_max,unit,period,scope,qualifier,policy,raw,reason\n"
    folder = reviewed(tmp_path, observations=header + "1,City,杭州市,,产业规模,1e999,,亿元,2022,,,,,\n")
    with speaking("en"), pytest.raises(SourceError, match=r"observations\.csv line 2.*1e999"):
        read_curated(folder)


@pytest.mark.parametrize(
    "rows",
    [
        "c:a,c:b,same,\nc:a,c:b,different,\n",
        "c:a,c:b,same,\nc:c,c:a,different,\nc:b,c:c,same,\n",
        "c:a,c:a,different,\n",
    ],
)
def test_judgements_that_contradict(tmp_path: Path, rows: str) -> None:
    path = write(tmp_path / "j.csv", "id_a,id_b,judgement,reason\n" + rows)
    with speaking("en"), pytest.raises(SourceError, match=r"j\.csv.*c:a.*judged different"):
        read_judgements(path)
