"""Which language the command line speaks: Chinese unless the machine is clearly set to another language.

``--lang`` goes before the environment's ``AIKG_LANG``, and that before the locale. The users are Chinese analysts, and
servers and containers are mostly set to no language at all (C, POSIX, C.UTF-8): there it is Chinese.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["LANGUAGES", "Lang", "detect", "given"]

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")

# glibc's order; LC_MESSAGES is the category of what programs say.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NO_LANGUAGE = {"", "C", "POSIX"}


def detect(environ: Mapping[str, str] | None = None) -> Lang:
    """The language that the environment asks for.

    >>> detect({"LANG": "zh_CN.GBK"}), detect({"LANG": "de_DE.UTF-8"}), detect({"LC_ALL": "C.UTF-8"})
    ('zh', 'en', 'zh')
    >>> detect({"AIKG_LANG": "en", "LANG": "zh_CN.UTF-8"})
    'en'
    """
    environ = os.environ if environ is None else environ
    wanted = environ.get("AIKG_LANG", "").strip().lower()
    if wanted in LANGUAGES:
        return wanted
    locale = next((value for name in _VARIABLES if (value := environ.get(name, ""))), "")
    if not locale and sys.platform == "win32":
        locale = _windows_language()
    name = locale.partition(".")[0].partition("@")[0]
    return "zh" if name in _NO_LANGUAGE or name.lower().startswith(("zh", "chinese")) else "en"


def given(words: Sequence[str]) -> Lang | None:
    """The value of the last ``--lang`` among the words of a command line, wherever it stands.

    Read before the words are parsed, so that help and errors are in that language too; whether the value is
    one that exists is judged by the parser.

    >>> given(["ask", "--help", "--lang", "en"]), given(["--lang=zh"]), given(["--", "--lang", "en"])
    ('en', 'zh', None)
    """
    found: Lang | None = None
    for index, word in enumerate(words):
        value = words[index + 1] if index + 1 < len(words) else ""
        if word == "--":
            break
        if word.startswith("--lang="):
            value = word.removeprefix("--lang=")
        elif word != "--lang":
            continue
        if value in LANGUAGES:
            found = value
    return found


def _windows_language() -> str:
    import locale

    return locale.getlocale()[0] or ""
