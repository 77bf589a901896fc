"""The language in which errors and reports speak: English in Python, the user's own on the command line.

A message is written once in both languages, where it arises, since only that place knows the thing, the place and
the cure. `say` is for what is shown at once (errors), `Said` for what is kept and shown or written later (the
problems of a build, whose report must not depend on the language of the terminal).
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

__all__ = ["Said", "current", "say", "speaking", "why_not"]

# The system speaks one language, mostly English; these are the reasons that users meet.
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "只读，不能写入",
    errno.ENAMETOOLONG: "名称太长",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ETIMEDOUT: "连接超时",
}

_LANGUAGE: ContextVar[str] = ContextVar("aikg_language", default="en")


def current() -> str:
    """``zh`` or ``en``."""
    return _LANGUAGE.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Messages made inside the block are in `lang` (``zh`` or ``en``).

    >>> with speaking("zh"):
    ...     say("no such file", "没有这个文件")
    '没有这个文件'
    """
    if lang not in ("zh", "en"):
        raise ValueError(f"language {lang!r} is not zh or en")
    token = _LANGUAGE.set(lang)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def say(en: str, zh: str) -> str:
    """The message in the current language."""
    return zh if _LANGUAGE.get() == "zh" else en


def why_not(error: OSError) -> str:
    """The system's reason without number and path, in Chinese where it is a common one.

    >>> why_not(FileNotFoundError(errno.ENOENT, "No such file or directory", "a.csv"))
    'No such file or directory'
    """
    reason = error.strerror or str(error)
    return say(reason, _REASONS.get(error.errno or 0, reason))


@dataclass(frozen=True, slots=True)
class Said:
    """A text that is kept; as `str` it is in the language of the moment.

    >>> str(Said("no such file", "没有这个文件"))
    'no such file'
    """

    en: str
    zh: str

    def __str__(self) -> str:
        return say(self.en, self.zh)

    def as_dict(self) -> dict[str, str]:
        """Both texts, for JSON."""
        return {"en": self.en, "zh": self.zh}
