"""The language in which errors and reports speak: English in Python, the user's own on the command line.

A message is written once in both languages, where it arises, since only that place knows the thing, the place and
the cure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["current", "say", "speaking"]

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
