"""The shell of a page and its file: it asks nobody, admits only its own scripts, and is written whole."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from explorer_page import Page, Shown
from hypothesis import given
from hypothesis import strategies as st
from sample_graph import sample_graph

from aikg.graph.views.explorer.network import network
from aikg.graph.views.explorer.payload import unpacked
from aikg.graph.views.page import html_page, json_text, save_html
from aikg.graph.views.picture import draw
from aikg.ontology.errors import GraphError


def sha256(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


@pytest.fixture(scope="module")
def page() -> Shown:
    return Shown(network(sample_graph()).html)


# The shell --------------------------------------------------------------------------------------------------


def test_the_policy_admits_exactly_the_scripts_and_styles_of_the_page(page: Shown) -> None:
    shell = page.page
    rules = dict(rule.strip().split(" ", 1) for rule in shell.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [sha256(script) for script in shell.scripts]
    assert rules["style-src"].split() == [sha256(style) for style in shell.styles]
    assert "unsafe" not in shell.policy
    assert rules["require-trusted-types-for"] == "'script'"


def test_the_page_names_no_address(page: Shown) -> None:
    shell = page.page
    assert shell.addresses == ["data:,"]
    for script in shell.scripts:
        assert "sourceMappingURL" not in script
        assert "innerHTML" not in script
        assert "eval(" not in script
        assert "vis.Network" not in script
    assert not any("url(" in style or "@import" in style for style in shell.styles)


TEXT = st.text(st.characters() | st.sampled_from("</>&\"'\u2028\u2029\ud800\x00{}!-"), max_size=40)


@given(st.recursive(TEXT | st.integers() | st.booleans() | st.none(), lambda x: st.lists(x) | st.dictionaries(TEXT, x)))
def test_data_come_back_as_they_went_in_whatever_they_say(value: Any) -> None:
    page = Page(html_page(title="t", body="", data={"value": value}))
    assert page.data == {"value": value}
    assert not set("<>&\u2028\u2029") & set(json_text(value))


def test_numbers_that_json_does_not_know_become_null() -> None:

    assert json_text({"a": float("nan"), "b": np.float64("inf"), "c": np.int64(3), "d": {2, 1}}) == (
        '{"a":null,"b":null,"c":3,"d":[1,2]}'
    )


@given(TEXT)
def test_a_title_is_text(title: str) -> None:
    page = html_page(title=title, body="<p></p>", scripts=["1\r\n2"])
    assert page.count("<script") == 1
    assert "<script>1\n2</script>" in page
    page.encode("utf-8")


def test_a_script_that_ends_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="</script"):
        html_page(title="", body="", scripts=["'</SCRIPT>'"])


# The file ---------------------------------------------------------------------------------------------------


def test_saved_as_utf8_with_lf_and_readable_by_others(tmp_path: Path) -> None:
    path = draw(sample_graph(), "network").save(tmp_path / "图.html")
    content = path.read_bytes()
    assert b"\r" not in content
    assert Page(content.decode("utf-8")).data["title"] == "人工智能产业知识图谱"
    usual = tmp_path / "usual"
    usual.touch()
    assert path.stat().st_mode == usual.stat().st_mode
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["usual", "图.html"]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_text("old", encoding="utf-8")
    (tmp_path / "link.html").symlink_to("real.html")
    save_html("new\r\n", tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new\n"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GraphError, match="is a folder"):
        save_html("x", tmp_path)
    with pytest.raises(GraphError, match="there is no folder"):
        save_html("x", tmp_path / "missing" / "a.html")
    (tmp_path / "a.html").write_text("old", encoding="utf-8")

    def full(self: Path, data: bytes) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(GraphError, match=r"a\.html cannot be written \(Permission denied\)") as caught:
        save_html("x", tmp_path / "a.html")
    assert "\n" not in str(caught.value)
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.html"]


def run(code: str, **environment: str) -> str:
    tests = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": tests, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("ascii")


def test_works_in_a_locale_that_cannot_write_chinese(tmp_path: Path) -> None:
    # pyvis opens its files in the locale's encoding: here ASCII, on a Chinese Windows GBK
    code = (
        "import locale, sys; from sample_graph import sample_graph; from aikg.graph.views.picture import draw\n"
        "draw(sample_graph(), 'network').save('page.html')\n"
        "print(locale.getpreferredencoding(False))"
    )
    ascii_only = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    encoding = run(f"import os; os.chdir({str(tmp_path)!r})\n{code}", **ascii_only).strip()
    assert encoding.lower() not in ("utf-8", "utf8")
    data = Page((tmp_path / "page.html").read_text(encoding="utf-8")).data
    assert "小马智行" in unpacked(data)["names"]


def test_the_page_needs_no_pyvis() -> None:
    code = (
        "import sys; from sample_graph import sample_graph; from aikg.graph.views.explorer.network import network\n"
        "network(sample_graph()).html; print('pyvis' in sys.modules, 'IPython' in sys.modules)"
    )
    assert run(code).split() == ["False", "False"]
