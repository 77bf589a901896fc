"""The command line: the Python API with dashes. `main` is what ``aikg`` and ``python -m aikg`` run.

Nothing heavy is imported before a command needs it: help and completion answer at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(words: Sequence[str] | None = None) -> None:
    """Run one command line (default: the process's own) and exit with its code."""
    try:
        from aikg.cli import streams
        from aikg.cli.root import cli

        streams.set_up()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    cli.main(args=words)
