"""stdout and stderr: UTF-8 whatever the locale says, line ends as written, and quiet when a reader leaves."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
import warnings
from typing import TextIO

__all__ = ["discard", "flush", "note", "set_up", "write"]


def set_up() -> None:
    """Make both streams UTF-8, so that Chinese also comes out under LC_ALL=C and a GBK code page.

    Line ends stay those of the text: with Windows' translation a CSV in a pipe would end its lines in CR CR LF.
    What has no UTF-8 form (half a surrogate pair from a damaged document) is shown escaped.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if not sys.warnoptions:
        warnings.showwarning = _show_warning


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A library's warning as one line, without the place in the library."""
    del category, filename, lineno, file, line
    note(str(message))


def write(text: str) -> None:
    """Write to stdout. A reader that has left (``| head``) is no error: the rest is dropped."""
    if sys.stdout is None:  # closed by the caller: `>&-`
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        if not _reader_left(error):
            raise
        discard()


def note(text: str) -> None:
    """One line on stderr, beginning with ``aikg:``."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError):
        sys.stderr.write("aikg: " + " ".join(text.split()) + "\n")
        sys.stderr.flush()


def flush() -> None:
    """Bring out what is still in stdout's buffer, as long as an error can be told."""
    write("")


def discard() -> None:
    """Send the rest of stdout nowhere, the interpreter's own flush at exit included."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError, AttributeError):
        sys.stdout = io.StringIO()


def _reader_left(error: OSError) -> bool:
    # Windows says EINVAL where others say EPIPE.
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)
