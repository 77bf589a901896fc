"""Repair of damaged Chinese text: the damage as pages show it, the converter run forwards, and what must stay."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from converter import LEFT, READINGS, Habits, forward, traditional
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aikg.loaders.repair.brackets import belongs
from aikg.loaders.repair.marks import is_narrowed
from aikg.loaders.repair.script import settle, to_simplified
from aikg.loaders.repair.stream import repaired_pieces, survey
from aikg.loaders.repair.text import Repaired, repair_lines
from aikg.loaders.repair.words import load_words

SHARED = Path(__file__).parents[1].parent / "shared" / "documents"
# Sentences of our own, of the kind that reports, plans and news write.
SENTENCES = re.findall(
    ".+",
    """\
人工智能产业是新一轮科技革命和产业变革的重要驱动力量，已经成为各地竞相布局的战略高地。
截至2024年底，全市共有人工智能企业1200余家，其中规模以上企业386家，核心产业规模突破800亿元，同比增长25.6%。
“十四五”期间，我市将建设三个国家级算力中心；到2027年，智能算力规模达到30EFLOPS。
“我们要把场景开放作为突破口。”张建国说，“没有场景，算法就是空中楼阁！”
园区内现有云天励飞、科大讯飞等龙头企业，著名专家学者二十余人。
西部地区仅为东部的三分之一，差距显著；中部地区则处于爬坡过坎的关键阶段。
什么是具身智能？简单来说，就是让机器人拥有与环境交互的身体。
各部门应当规范地使用资金，严禁截留、挪用专项经费（不超过总额的5%）。
干部职工要干净干事；树干、干燥、干涉、若干等词语也应正确书写。
随着大模型（LLM）的发展，芯片(chip)需求快速增长，比例由1:3上升到1:5，会议定于9:30召开。
发展改革委副主任指出，理发行业、发酵工程与头发检测同样可以应用机器视觉。
皇后大道以后将改造为智慧街区，后台系统、后勤保障、前后两期工程均已立项，里程碑节点清晰。
政府引导基金出资20亿元，带动社会资本100亿元，支持专精特新“小巨人”企业发展。
领域专家入驻产业园，测试里程累计突破500万公里，招聘备考题库同步上线。
该项目规模化应用后，生产效率提升28%，产品不良率下降18%，能源消耗降低15%。
他们的观点：数据是基础，算力是关键，算法是核心！
江苏省苏州市、无锡市、常州市和南通市，浙江省嘉兴市、湖州市，安徽省合肥市、芜湖市。
环境保护、海洋经济、保险业务、模式创新、常态化管理、停机检修等都可以使用预测性维护。
云计算、云服务、云南省；托管、委托、依托；并且、合并、并购；范围、规范、模范。
征求意见稿、特征提取、长征五号；复杂、复合、重复、复兴；台湾、平台。
看着屏幕，听着讲解，带着问题，朝着目标前进；著作权、著名、显著、名著。
种子、种植、谷物、山谷、斗争、北斗、松树、放松、卷入、试卷。
鲲鹏昇腾人工智能计算中心与昇思社区由本市承建，设立于2021年。""",
)
HABITS = [
    Habits(),
    Habits(silent=True, keeps_private=True),
    Habits(silent=True),
    Habits(shifts=False),
    Habits(brackets=False),
    Habits(narrow=False),
]
# What the pages of the source documents and others like them show, with what was written there.
SHIFTED = [
    ("產(chǎn)業(yè),西部?jī)H為4%", "产业，西部仅为4%"),
    ("產(chǎn)業(yè)與地方?jīng)Q定", "产业与地方决定"),
    ("從行業(yè)規(guī)?矗瑩?jù)IDC預(yù)測", "从行业规模看，据IDC预测"),
    ("從行業(yè)規(guī)?矗瑩(jù)IDC預(yù)測", "从行业规模看，据IDC预测"),
    ("成都市經(jīng)信局?jǐn)?shù)據(jù)顯示", "成都市经信局数据显示"),
    ("四大戰(zhàn)略區(qū)域!辟R仁龍說。", "四大战略区域。”贺仁龙说。"),
    ("產(chǎn)業(yè)的政策環(huán)境!笆奈濉币(guī)劃建議指出", "产业的政策环境。“十四五”规划建议指出"),
    ("產(chǎn)業(yè)的政策環(huán)境!笆\ue1a2奈濉币(guī)劃建議指出", "产业的政策环境。“十四五”规划建议指出"),
    ("人工智能技術(shù)的規(guī)?;瘧?yīng)用,低于", "人工智能技术的规模化应用，低于"),
    ("產(chǎn)業(yè)從試點(diǎn)走向規(guī)?;?。2024年", "产业从试点走向规模化。2024年"),
    ("吸引300余名AI領(lǐng)域?qū)<胰腭v,帶動(dòng)", "吸引300余名AI领域专家入驻，带动"),
    ("產(chǎn)業(yè)自動(dòng)駕駛測(cè)試?yán)锍汤塾?jì)突破500萬(wàn)公里", "产业自动驾驶测试里程累计突破500万公里"),
    ("專家訪談法:訪談?wù)a(chǎn)業(yè)主管部門(mén)負(fù)責(zé)人", "专家访谈法：访谈政府产业主管部门负责人"),
    ("產(chǎn)業(yè)的系統(tǒng)性落地與深化?!必斀?jīng)評論員", "产业的系统性落地与深化。”财经评论员"),
    ("現(xiàn)實(shí)是,當(dāng)?shù)谹I企業(yè)數(shù)量不足", "现实是，当地AI企业数量不足"),
    ("也很難留住,因?yàn)闆](méi)有產(chǎn)業(yè)鏈支撐", "也很难留住，因为没有产业链支撑"),
    ("而是積極對(duì)接?xùn)|部場(chǎng)景需求", "而是积极对接东部场景需求"),
    ("職業(yè)技術(shù)學(xué)院?jiǎn)握新殬I(yè)傾向性考試", "职业技术学院单招职业倾向性考试"),
    ("2025年湖北省醫(yī)學(xué)會(huì)招聘?jìng)淇碱}庫(kù)", "2025年湖北省医学会招聘备考题库"),
    ("產(chǎn)業(yè)橫向?qū)Ρ蕊@示,AI融合項(xiàng)目", "产业横向对比显示，AI融合项目"),
]


def repaired(text: str) -> Repaired:
    return repair_lines(text.split("\n"))


# -- the damage, as pages show it -----------------------------------------------------------------------


@pytest.mark.parametrize(("damaged", "written"), SHIFTED)
def test_shifted_bytes_are_played_back(damaged: str, written: str) -> None:
    done = repaired(damaged)
    assert (done.kind, done.lines) == ("damaged", (written,))
    assert "shift" in {change.kind for change in done.changes}


@pytest.mark.parametrize(
    ("damaged", "written"),
    [
        ("人工智能產(chǎn)業(yè),規(guī)劃(AI)", "人工智能产业，规划(AI)"),
        ("產(chǎn)業(yè)和著名專家,看著顯著的著作,隨著名單", "产业和著名专家，看着显著的著作，随着名单"),
        ("若乾(gān)產(chǎn)業(yè),乾坤(kūn)與骨幹,乾(qián)縣", "若干产业，乾坤与骨干，乾县"),
        ("頭髮與發(fā)展,後來(lái)的裡程,於是", "头发与发展，后来的里程，于是"),
        ("我們(men)的產(chǎn)業(yè)為什麼(me)不(data)", "我们的产业为什么不(data)"),
        ("產(chǎn)業(yè)比例達(dá)1:10,時(shí)間7:30,共1,000萬(wàn)元", "产业比例达1:10，时间7:30，共1,000万元"),
        ("產(chǎn)業(yè)是什么?很好!說(shuō):“是”;不", "产业是什么？很好！说：“是”；不"),
        ("產(chǎn)業(yè)</a>![]()詳見(jiàn)http://a.cn/b?x=1;y=2", "产业</a>![]()详见http://a.cn/b?x=1;y=2"),
    ],
)
def test_brackets_characters_and_marks(damaged: str, written: str) -> None:
    assert repaired(damaged).lines == (written,)


def test_a_page_without_brackets_is_told_by_what_the_converter_leaves() -> None:
    bare = "國家于2023年發布云計算規劃,后續的里程碑由監管部門托管"
    by_hand = "國家於2023年發佈雲計算規劃,後續的里程碑由監管部門託管"
    assert (repaired(bare).kind, repaired(bare).lines[0]) == (
        "bare",
        "国家于2023年发布云计算规划，后续的里程碑由监管部门托管",
    )
    done = repaired(by_hand)
    assert (done.kind, done.lines[0], done.changes) == ("traditional", by_hand, ())
    assert done.reading[0] == "国家于2023年发布云计算规划,后续的里程碑由监管部门托管"


def test_changes_say_where_what_and_how_sure() -> None:
    done = repaired("首行\n產(chǎn)業(yè)專家訪談法:訪談?wù)a(chǎn)業(yè)主管,规劃")
    assert [c.kind for c in done.changes] == [
        "reading",
        "script",
        "mark",
        "script",
        "shift",
        "reading",
        "mark",
        "script",
    ]
    for change in done.changes:
        assert done.lines[change.line - 1][change.start : change.end] == change.repaired
        assert change.line == 2
        assert change.given != change.repaired
    (unsure,) = [change for change in done.changes if not change.sure]
    assert (unsure.given, unsure.repaired) == ("?wù)a(chǎn)", "政府产")
    assert unsure.note is not None
    assert "产" in unsure.note.zh
    assert done.unsure(2) == [(unsure.start, unsure.end)]
    assert done.unsure(1) == []


def test_what_cannot_be_made_out_is_left_and_marked() -> None:
    done = repaired("產(chǎn)業(yè)與鑫?chuài)Q鑫鑫")
    (unsure,) = [change for change in done.changes if change.kind == "shift"]
    assert not unsure.sure
    assert unsure.note is not None


# -- the converter forwards, and back -----------------------------------------------------------------------


@pytest.mark.parametrize("habits", HABITS, ids=str)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_own_sentences_come_back(sentence: str, habits: Habits) -> None:
    # The other sentences stand before it: whether a page is damaged, and how, one short line cannot tell.
    page = "\n".join((sentence, *SENTENCES))
    done = repaired(forward(page, habits))
    assert done.kind == ("damaged" if habits.brackets else "bare")
    assert len(done.lines) == len(SENTENCES) + 1
    if done.lines[0] != sentence:
        assert done.unsure(1), "what is wrong is marked as unsure"
        assert habits.shifts
        assert len(sentence) == pytest.approx(len(done.lines[0]), abs=3)


_clauses = st.sampled_from(re.findall(r"[\u4e00-\u9fff]{4,}", "".join(SENTENCES)))
_texts = st.lists(st.tuples(_clauses, st.sampled_from("，。；、")), min_size=3, max_size=12).map(
    lambda parts: "".join(clause + mark for clause, mark in parts)
)


@settings(max_examples=150, deadline=None)
@given(_texts)
def test_without_shifts_everything_comes_back(text: str) -> None:
    page = SENTENCES[0] + "\n" + text
    done = repaired(forward(page, Habits(shifts=False)))
    assert done.lines == tuple(page.split("\n"))
    assert all(change.sure for change in done.changes)


@settings(max_examples=150, deadline=None)
@given(_texts, st.sampled_from(HABITS))
def test_what_is_wrong_behind_a_shift_is_marked(text: str, habits: Habits) -> None:
    page = "\n".join((*SENTENCES[8:12], text))
    done = repaired(forward(page, habits))
    assert len(done.lines) == 5
    wrong = [(a, b) for a, b in zip(done.lines, page.split("\n"), strict=True) if a != b]
    if wrong:
        assert any(not change.sure for change in done.changes), wrong


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize("habits", HABITS, ids=str)
def test_a_clean_report_comes_back(habits: Habits) -> None:
    (path,) = SHARED.glob("003_*.txt")
    text = path.read_text(encoding="utf-8")
    assert repaired(text).kind == "clean"
    done = repaired(forward(text, habits))
    wrong = [(a, b) for a, b in zip(done.lines, text.split("\n"), strict=True) if a != b]
    # The issue asks for 99.5 % of the runs; a line in a thousand is stricter.
    assert len(wrong) <= 12, wrong
    assert len(wrong) / len(done.changes) < 0.005


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_the_damaged_documents_keep_no_trace(number: str) -> None:
    (path,) = SHARED.glob(f"{number}_*.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    done = repair_lines(lines)
    assert (done.kind, len(done.lines)) == ("damaged", len(lines))
    text = "\n".join(done.lines)
    assert not re.search(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", text)
    left = {char for char in text if ord(char) in to_simplified()}
    assert not left
    assert not re.search(r"(?<=[\u4e00-\u9fff])[,;:?!](?=[\u4e00-\u9fff])", text)


# -- what must stay -----------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([*SENTENCES, "产品(AI)与芯片(chip),见(IDC)报告", "E=mc², f(x)=a(b+c); ok?", ""]), max_size=8
    )
)
def test_clean_text_stays(lines: list[str]) -> None:
    assert repair_lines(lines) == Repaired(tuple(lines), "clean", (), tuple(lines))


@settings(max_examples=300)
@given(st.lists(st.text(st.characters(max_codepoint=0x2FF, exclude_characters="\n")), max_size=6))
@example(["a(lǐ)b?!", "?jī)H"])
@example(["?÷:"])
def test_other_scripts_stay_even_in_a_damaged_page(lines: list[str]) -> None:
    page = ["產(chǎn)業(yè)發(fā)展規(guī)劃", *lines]
    assert repair_lines(page).lines[1:] == tuple(lines)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n")), max_size=5))
def test_any_text_keeps_its_lines_and_its_offsets(lines: list[str]) -> None:
    for page in (lines, ["產(chǎn)業(yè)發(fā)展規(guī)劃", *lines]):
        done = repair_lines(page)
        assert len(done.lines) == len(done.reading) == len(page)
        for change in done.changes:
            assert done.lines[change.line - 1][change.start : change.end] == change.repaired


@settings(max_examples=100)
@given(st.from_regex(r"[A-Za-z][A-Za-z ]{0,12}", fullmatch=True), st.sampled_from(sorted(READINGS)))
def test_brackets_with_words_stay(word: str, char: str) -> None:
    simple = char.translate(to_simplified())
    if belongs(char, word):
        return
    assert repaired(f"發(fā)展產(chǎn)業(yè){char}({word})").lines == (f"发展产业{simple}({word})",)


def test_readings_that_explain_stay() -> None:
    lesson = "产(chǎn)业(yè)读作 chǎn yè；“乾”有 qián、gān 两读。"
    assert repaired(lesson).lines == (lesson,)


# -- parts --------------------------------------------------------------------------------------------------


def test_the_converter_of_the_tests_is_the_one_that_damaged_the_pages() -> None:
    assert forward("产业西部仅为") == "產(chǎn)業(yè)西部?jī)H爲"
    assert forward("经信局数据") == "經(jīng)信局?jǐn)?shù)據(jù)"
    assert forward("测试里程累计突破") == "測(cè)試?yán)锍汤塾?jì)突破"
    assert forward("院单招职业") == "院?jiǎn)握新殬I(yè)"
    assert forward("当地AI企业") == "當(dāng)?shù)谹I企業(yè)"
    assert all(traditional(char) == char for char in LEFT)


@pytest.mark.parametrize(
    ("before", "after", "narrow"),
    [
        ("近年来", "国家", True),
        ("占15%", "某", True),
        ("达92%", "2025年", True),
        ("占比约35%", "5G基站", True),
        ("位于[40%", "70%)区间", False),
        ("7", "30", False),
        ("达到1", "10", False),
        ("http", "//a.cn", False),
        ("见http://a.cn/b", "中国", False),
        ("CAD", "CAXA", False),
        ("", "[]()", False),
        ("编辑", "126", True),
    ],
)
def test_which_marks_were_narrowed(before: str, after: str, narrow: bool) -> None:
    assert is_narrowed(before, after) is narrow


@pytest.mark.parametrize(
    ("char", "before", "after", "simple"),
    [
        ("著", "有", "巨", "着"),
        ("著", "显", "提", "著"),
        ("著", "", "作权", "著"),
        ("著", "随", "名单", "着"),
        ("乾", "若", "措", "干"),
        ("乾", "", "坤", "乾"),
        ("昇", "", "騰", "昇"),
        ("昇", "", "級", "升"),
        ("徵", "特", "，", "征"),
        ("徵", "角", "羽", "徵"),
    ],
)
def test_characters_with_two_simplified_forms(char: str, before: str, after: str, simple: str) -> None:
    assert settle(char, before, after) == simple


def test_likelier_words_score_higher() -> None:
    words = load_words()
    assert words.score("规模化应用") > words.score("规模缠应用")
    assert words.score("西部仅为") > words.score("西部驟为")
    assert words.step("产", "业") > words.step("产", "液")


# -- files --------------------------------------------------------------------------------------------------


def _streamed(path: Path) -> tuple[str, int]:
    pieces = list(repaired_pieces(path, survey(path)))
    return "".join(piece.text for piece in pieces), max(len(piece.text) for piece in pieces)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_file_in_windows_is_the_text_in_one(tmp_path: Path, encoding: str) -> None:
    text = forward("\n".join(SENTENCES * 3), Habits(shifts=False)) + "\r\n最後一行"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert _streamed(path)[0] == "\n".join(repaired(text).lines)


def test_a_line_without_end_is_cut_where_no_run_goes_across(tmp_path: Path) -> None:
    sentences = "".join(SENTENCES * 150)
    path = tmp_path / "long.txt"
    path.write_text(forward(sentences, Habits(shifts=False)), encoding="utf-8")
    text, longest = _streamed(path)
    assert text == sentences
    assert longest < 50_000
    solid = re.sub(r"[^\u4e00-\u9fff]", "", sentences)
    path.write_text("產(chǎn)業(yè)" + forward(solid, Habits(shifts=False)), encoding="utf-8")
    assert _streamed(path)[0].replace("着", "著") == ("产业" + solid).replace("着", "著")


def test_changes_of_a_long_line_count_from_its_begin(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("首行\n" + forward("".join(SENTENCES * 100)), encoding="utf-8")
    pieces = list(repaired_pieces(path, survey(path)))
    line = "".join(piece.text for piece in pieces).split("\n")[1]
    changes = [change for piece in pieces for change in piece.changes]
    assert len(changes) > 5000
    assert all(line[change.start : change.end] == change.repaired and change.line == 2 for change in changes)


def test_the_time_grows_with_the_text() -> None:
    page = forward("\n".join(SENTENCES)).split("\n")
    repair_lines(page)
    spent = []
    for times in (20, 200):
        begun = time.process_time()
        repair_lines(page * times)
        spent.append(time.process_time() - begun)
    assert spent[1] < 10 * spent[0] * 2.5, "ten times the text takes ten times as long, and noise"
