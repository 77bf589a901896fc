"""Everything that a user meets is in Chinese and English: no error without both texts, and the command line speaks either.

The first half reads the sources: a new error with an English text alone fails here, before anybody meets it.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_support import CSV, one_line, run, write_documents

import aikg
from aikg.loaders.records import Problem
from aikg.ontology.language import Said, current, say, speaking, why_not

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("facade", "graph", "loaders", "ontology", "queries")
HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")

# Texts that are bilingual for a reason that the sources do not show.
BILINGUAL = {
    ("graph/stores/readonly.py", "str(flaw)"): "a TokenError, made with say()",
    ("facade/serve/work.py", "ended"): "a text of the console's table, in the language of the request",
}
# Pairs whose Chinese half comes from a table.
PAIRS_FROM_TABLES = {
    (
        "graph/networkx_io.py",
        ast.unparse(
            ast.parse("""say(f'{shown}: {en}', f"{shown.replace('node', '节点').replace('edge', '边', 1)}：{zh}")""")
            .body[0]
            .value
        ),
    ),
    ("ontology/language.py", "say(reason, _REASONS.get(error.errno or 0, reason))"),
}


# -- the sources --------------------------------------------------------------------------------------


@functools.cache
def sources() -> dict[str, ast.Module]:
    """Every module of the shipped rooms by its path; each part of a tree knows its parent."""
    found = {}
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node  # type: ignore[attr-defined]
        found[path.relative_to(ROOT).as_posix()] = tree
    return found


def every(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    return ((file, node) for file, tree in sources().items() for node in ast.walk(tree) if isinstance(node, kind))


def called(node: ast.AST) -> str:
    """Name of the function or class that a call calls, without what stands before a dot."""
    function = getattr(node, "func", None)
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


@functools.cache
def error_classes() -> frozenset[str]:
    """AikgError and everything below it."""
    names, before = {"AikgError"}, 0
    while len(names) > before:
        before = len(names)
        for _, node in every(ast.ClassDef):
            if any(isinstance(base, ast.Name) and base.id in names for base in node.bases):
                names.add(node.name)
    return frozenset(names)


@functools.cache
def pair_positions() -> dict[str, tuple[int, int]]:
    """Functions and classes that take the text in both languages: where `en` and `zh` stand among their arguments."""
    found = {"Said": (0, 1)}
    for _, node in every(ast.FunctionDef):
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        if "en" in names and "zh" in names:
            name = node.parent.name if node.name == "__init__" else node.name
            found[name] = (names.index("en"), names.index("zh"))
    return found


@functools.cache
def has_own_say(file: str) -> bool:
    """Whether a module uses the command line's ``say("key", lang, …)``, whose texts stand in a table that test_cli checks."""
    imports = [node for node in ast.walk(sources()[file]) if isinstance(node, ast.ImportFrom)]
    own = any(node.module == "aikg.cli.messages" and "say" in [n.name for n in node.names] for node in imports)
    return own or file == "facade/cli/messages.py"


def pairs() -> Iterator[tuple[str, ast.Call, ast.expr, ast.expr]]:
    """Every place where a text is written in both languages: file, call, English, Chinese."""
    for file, node in every(ast.Call):
        method = isinstance(node.func, ast.Attribute) and called(node) == "say"
        if method or called(node) in ("pick", "_refuse"):
            continue  # words of pictures, whose pages are read in both languages; refusals of the console, likewise
        if any(isinstance(part, ast.Starred) for part in node.args) or len(node.args) <= max(
            pair_positions().get(called(node), (len(node.args),))
        ):
            continue  # no call of ours, or the texts come from elsewhere (*texts)
        if not (called(node) == "say" and has_own_say(file)):
            en, zh = (node.args[at] for at in pair_positions()[called(node)])
            yield file, node, en, zh


def placeholders(text: ast.expr) -> list[ast.expr]:
    """What stands in the braces of an f-string; an expression that is no literal stands for itself."""
    if isinstance(text, ast.JoinedStr):
        return [part.value for part in text.values if isinstance(part, ast.FormattedValue)]
    return [] if isinstance(text, ast.Constant) else [text]


def normal(expression: ast.expr) -> str:
    """An expression without what may differ between two languages: its literals, and which half of a pair it takes."""

    class Blind(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Constant("·") if isinstance(node.value, str) else node

        def visit_JoinedStr(self, _: ast.JoinedStr) -> ast.AST:
            return ast.Constant("·")

        def visit_Name(self, node: ast.Name) -> ast.AST:
            return ast.Name("en") if node.id == "zh" else node

        def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
            return ast.Attribute(self.visit(node.value), "en" if node.attr == "zh" else node.attr)

    return ast.unparse(Blind().visit(ast.parse(ast.unparse(expression), mode="eval")))


def literal(text: ast.expr) -> str:
    """The fixed part of a text."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def takes_chinese(text: ast.expr) -> bool:
    """Whether the Chinese half of another pair is put into a text."""
    return any(re.search(r"\bzh\b", ast.unparse(part)) for part in placeholders(text))


def function_around(node: ast.AST) -> ast.AST:
    while not isinstance(node, ast.FunctionDef | ast.Module):
        node = node.parent  # type: ignore[attr-defined]
    return node


def assigned(name: str, node: ast.AST) -> list[ast.expr]:
    """What a name is given in the function around a node."""
    return [
        part.value
        for part in ast.walk(function_around(node))
        if isinstance(part, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in part.targets)
    ]


def bilingual(file: str, text: ast.expr) -> bool:
    """Whether a text is there in both languages, as far as the sources show; see `BILINGUAL` for the rest."""
    if (file, ast.unparse(text)) in BILINGUAL:
        return True
    if re.fullmatch(r"WORDS\[\S+\]\[lang\](\.format\(.*\))?", ast.unparse(text)):
        return True  # the console's table of texts, which its tests read in both languages
    if isinstance(text, ast.BinOp):
        return bilingual(file, text.left) and bilingual(file, text.right)
    if isinstance(text, ast.IfExp):
        return bilingual(file, text.body) and bilingual(file, text.orelse)
    if isinstance(text, ast.Name):
        given = assigned(text.id, text)
        return bool(given) and all(bilingual(file, value) for value in given)
    if not isinstance(text, ast.Call):
        return False
    if called(text) == "say":
        return True  # whether the pair is a good one, the next test says
    made = [(where, f) for where, f in every(ast.FunctionDef) if f.name == called(text)]
    here = [(where, f) for where, f in made if where == file] or made
    returned = [(where, part.value) for where, f in here for part in ast.walk(f) if isinstance(part, ast.Return)]
    texts = [(where, value) for where, value in returned if not (isinstance(value, ast.Constant) and not value.value)]
    return bool(texts) and all(value is not None and bilingual(where, value) for where, value in texts)


def test_every_error_is_said_in_both_languages() -> None:
    found = [(file, node) for file, node in every(ast.Call) if called(node) in error_classes()]
    assert len(found) > 150, "the test finds the errors"
    english_only = [
        f"{file}:{node.lineno}: {ast.unparse(node)}"
        for file, node in found
        if not (pair_positions().get(called(node)) or (node.args and bilingual(file, node.args[0])))
    ]
    english_only += [
        f"{file}:{node.lineno}: {ast.unparse(node)} says nothing"
        for file, node in every(ast.Raise)
        if isinstance(node.exc, ast.Name) and node.exc.id in error_classes()
    ]
    assert not english_only, "give the text as say(en, zh):\n" + "\n".join(english_only)


def test_both_texts_of_a_pair_name_the_same_things() -> None:
    found = list(pairs())
    assert len(found) > 200, "the test finds the pairs"
    wrong = []
    for file, call, en, zh in found:
        if (file, ast.unparse(call)) in PAIRS_FROM_TABLES:
            continue
        where = f"{file}:{call.lineno}: {ast.unparse(call)}"
        if {normal(p) for p in placeholders(en)} != {normal(p) for p in placeholders(zh)}:
            wrong.append(f"not the same placeholders: {where}")
        if not HAN.search(literal(zh)) and not takes_chinese(zh):
            wrong.append(f"no Chinese: {where}")
        if HAN.search(re.sub(r"是/true nor 否/false|图表3", "", literal(en))):
            wrong.append(f"Chinese in the English text: {where}")
    assert not wrong, "\n".join(wrong)


def test_no_english_words_get_into_a_chinese_text() -> None:
    """Words that are chosen beforehand (``hint = …``) or inside the braces (``{level or 'empty'}``) are texts too."""
    wrong = []
    for file, call, _, zh in pairs():
        for part in placeholders(zh):
            chosen = assigned(part.id, call) if isinstance(part, ast.Name) else []
            chosen += [v for node in ast.walk(part) if isinstance(node, ast.BoolOp) for v in node.values]
            chosen += [v for node in ast.walk(part) if isinstance(node, ast.IfExp) for v in (node.body, node.orelse)]
            for text in chosen:
                fixed = literal(text) if isinstance(text, ast.JoinedStr | ast.Constant) else ""
                inside = isinstance(text.parent, ast.BoolOp | ast.IfExp)
                if ENGLISH_WORDS.search(fixed) or (inside and re.search("[a-z]{3}", fixed)):
                    wrong.append(f"{file}:{call.lineno}: {ast.unparse(part)} = {ast.unparse(text)}")
    assert not wrong, "\n".join(wrong)


# -- how it works -------------------------------------------------------------------------------------


def test_english_is_spoken_until_somebody_asks_for_chinese() -> None:
    kept = Said("no", "没有")
    assert (current(), say("no", "没有"), str(kept)) == ("en", "no", "no")
    with speaking("zh"):
        assert (current(), say("no", "没有"), f"{kept}") == ("zh", "没有", "没有")
        with speaking("en"):
            assert current() == "en"
        assert current() == "zh"
    assert current() == "en"
    with pytest.raises(ValueError, match="'de' is not zh or en"), speaking("de"):
        pass


def test_the_language_ends_with_an_error() -> None:
    with pytest.raises(KeyError), speaking("zh"):
        raise KeyError
    assert current() == "en"


def test_the_reasons_of_the_system_are_in_chinese_where_they_are_common(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none") as error:
        (tmp_path / "none").read_text(encoding="utf-8")
    assert why_not(error.value) == "No such file or directory"
    with speaking("zh"):
        assert why_not(error.value) == "没有这个文件或文件夹"
        assert why_not(OSError("odd")) == "odd"


def test_a_problem_is_kept_in_both_languages() -> None:
    problem = Problem("a.csv", 14, Said("名称 is blank", "名称为空"), unit="row")
    assert problem.as_dict() == {
        "file": "a.csv",
        "line": 14,
        "en": "a.csv row 14: 名称 is blank",
        "zh": "a.csv 第 14 行：名称为空",
    }


# -- the command line ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("language")
    aikg.build(*write_documents(folder), graph=folder / "aikg-graph").close()
    (folder / "bad.csv").write_text(CSV + "丁视觉,2019-13,A轮,计算机视觉,杭州市,技术层\n", encoding="utf-8")
    (folder / "odd.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        (("build", "none.csv"), "none.csv: no such file", "none.csv：没有这个文件"),
        (
            ("build", "bad.csv"),
            "bad.csv row 5: 成立日期 '2019-13': there is no month 13; mend it, or leave such rows out with --lenient",
            "bad.csv 第 5 行：成立日期“2019-13”：没有 13 月；请改正，或加 --lenient 略过这样的行",
        ),
        (
            ("build", "odd.csv"),
            "odd.csv row 1: no mapping knows the headers 甲 | 乙; "
            "write one and give it with --mapping (docs/mappings.md)",
            "odd.csv 第 1 行：没有映射认得表头 甲 | 乙；请写一个映射，用 --mapping 给出（见 docs/mappings.md）",
        ),
        (
            ("why", "甲智", "--graph", "aikg-graph"),
            "no node with the id or name '甲智'; did you mean 甲智能?",
            "没有编号或名称为“甲智”的节点；是不是 甲智能？",
        ),
        (
            ("check", "--graph", "nowhere"),
            "nowhere: no such graph; make one with `aikg build --graph nowhere`",
            "nowhere：没有这个图谱；请用 `aikg build --graph nowhere` 建一个",
        ),
        (
            ("ask", "chain-gap", "--graph", "aikg-graph"),
            "no question 'chain-gap'; did you mean chain-gaps, chain-path?",
            "没有“chain-gap”这个问题；是不是 chain-gaps、chain-path？",
        ),
        (
            ("ask", "parks-of-city", "town=深圳", "--graph", "aikg-graph"),
            "parks-of-city has no parameter 'town'; known are city, source",
            "parks-of-city 没有参数“town”；可用的有 city、source",
        ),
        (
            ("cypher", "MATCH (n) SET n.x = 1", "--graph", "aikg-graph"),
            "SET at line 1, column 11 writes; only reading is allowed: to change a graph, build it anew",
            "第 1 行第 11 列的 SET 会写入；只允许读取：要改图谱，请重新建图",
        ),
        (
            ("cypher", "RETURN $name", "--graph", "aikg-graph"),
            "parameter $name is missing; give it a value",
            "缺少参数 $name；请给出它的值",
        ),
        (
            ("cypher", "MATCH (a)-[:PART_OF*]->(b) RETURN b", "--graph", "aikg-graph"),
            "`*` without an upper bound at line 1, column 20 is not portable: "
            "it would stop at 10 hops; write how far, as in *1..4",
            "第 1 行第 20 列的没有上限的 `*` 不通用：可变长度到 10 步就停；请写明上限，如 *1..4",
        ),
        (
            ("export", "rdf", "out.xml", "--graph", "aikg-graph"),
            "out.xml: RDF is written as one of .ttl, .nt, .jsonld, not as .xml",
            "out.xml：RDF 文件的后缀应为 .ttl、.nt、.jsonld 之一，不能是 .xml",
        ),
    ],
)
def test_an_error_is_in_the_language_that_was_asked_for(
    built: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], en: str, zh: str
) -> None:
    monkeypatch.chdir(built)
    for lang, text in (("en", en), ("zh", zh)):
        result = run(*words, lang=lang)
        assert (result.exit_code, one_line(result.stderr)) == (1, f"aikg: {text}")
    assert current() == "en", "the language ends with the command"


def test_a_build_is_the_same_bytes_in_every_language_and_its_report_is_read_in_either(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    shown = {lang: run("build", "bad.csv", "--lenient", "--graph", f"in-{lang}", lang=lang) for lang in ("zh", "en")}
    assert "- bad.csv 第 5 行：成立日期“2019-13”：没有 13 月" in shown["zh"].stdout
    assert "- bad.csv row 5: 成立日期 '2019-13': there is no month 13" in shown["en"].stdout
    zh, en = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (Path("in-zh"), Path("in-en"))
    )
    assert Path("report.json") in zh
    assert zh == en
