"""The invented documents that the command-line tests build a graph of, and how they call `aikg`."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from aikg.cli.root import cli

if TYPE_CHECKING:
    from pathlib import Path

# Three firms, and a report that gives one of them another date of foundation: one hard contradiction.
CSV = """\
企业简称,成立日期,融资阶段,细分领域,所在城市,产业链层
甲智能,2015-03-01,A轮,计算机视觉,深圳市,技术层
乙芯片,2016,已上市,智能芯片,上海市,基础层
丙机器人,2018-05,B轮,智能机器人,苏州市,应用层
"""
MARKDOWN = """\
# 某市产业报告

图表3 产业链技术层代表企业

| 企业简称 | 成立日期 | 融资阶段 | 细分领域 | 所在城市 |
| --- | --- | --- | --- | --- |
| 甲智能 | 2015-03-11 | A轮 | 智能语音 | 深圳市 |
| 丁视觉 | 2019-09 | — | 计算机视觉 | 杭州市 |

| 未知表头 | 又一列 |
| --- | --- |
| 1 | 2 |
"""


def write_documents(folder: Path) -> list[str]:
    """firms.csv and report.md in `folder`; their paths."""
    made = []
    for name, text in (("firms.csv", CSV), ("report.md", MARKDOWN)):
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        made.append(str(path))
    return made


def run(*words: str, lang: str | None = "zh", stdin: str | None = None) -> Result:
    """One command line in this process."""
    chosen = ["--lang", lang] if lang else []
    return CliRunner().invoke(cli, [*words[:1], *chosen, *words[1:]] if words else chosen, input=stdin)


def process(
    *words: str, cwd: Path, environ: dict[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """One command line in a process of its own, as a shell would start it; `environ` adds to the environment."""
    return subprocess.run(  # the tests' own words
        command(*words), cwd=cwd, env=environment(**(environ or {})), input=stdin, capture_output=True, timeout=120
    )


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "aikg", *words]


def environment(**more: str) -> dict[str, str]:
    """This process's environment without what decides on language and encoding."""
    decisive = ("LC_", "LANG", "PYTHONIOENCODING", "PYTHONUTF8", "AIKG_")
    return {key: value for key, value in os.environ.items() if not key.startswith(decisive)} | more


def one_line(text: str) -> str:
    """`text` if it is exactly one line of ours, without a traceback."""
    lines = text.splitlines()
    assert len(lines) == 1, text
    assert lines[0].startswith("aikg: "), text
    return lines[0]
