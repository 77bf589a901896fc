"""Wrong usage in one line and in the user's language; click's own texts are English only."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import click

from aikg.cli.bilingual import Argument, Misuse
from aikg.cli.messages import say

if TYPE_CHECKING:
    from aikg.cli.language import Lang

__all__ = ["misuse_text"]

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_VALUE = re.compile(r"'([^']*)'|(\S*) is not in the range")
_NUMBERS = (click.types.IntParamType, click.types.FloatParamType)


def misuse_text(error: click.UsageError, lang: Lang, command: str = "aikg") -> str:
    """What is wrong with the command line, and where its help is.

    `command` is what was called, for those of click's errors that do not know it.

    >>> misuse_text(click.NoSuchOption("--foo"), "en")
    'no such option --foo; see aikg --help'
    """
    path = error.ctx.command_path if error.ctx is not None else command
    hint = say("see_help", lang, command=path)
    return _what(error, lang) + ("；" if lang == "zh" else "; ") + hint


def _what(error: click.UsageError, lang: Lang) -> str:
    if isinstance(error, Misuse):
        return error.message
    if isinstance(error, click.NoSuchOption):
        known = (
            [name for p in error.ctx.command.params for name in p.opts if name.startswith("--")] if error.ctx else []
        )
        near = difflib.get_close_matches(error.option_name, known, n=2, cutoff=0.7)
        line = say("no_such_option", lang, name=error.option_name)
        return line + (say("near", lang, names=say("list", lang).join(near)) if near else "")
    if isinstance(error, click.MissingParameter):
        return say("missing", lang, name=_name(error.param))
    if isinstance(error, click.BadParameter):
        return _bad_value(error, lang)
    if isinstance(error, click.BadOptionUsage):
        key = "takes_no_value" if "does not take" in error.message else "needs_value"
        return say(key, lang, name=error.option_name)
    if found := _EXTRA.match(error.message):
        return say("extra", lang, words=found[1])
    return error.message.rstrip(".")


def _bad_value(error: click.BadParameter, lang: Lang) -> str:
    kind = error.param.type if error.param is not None else None
    found = _VALUE.match(error.message)
    said = next((text for text in found.groups() if text), "") if found else ""
    if isinstance(kind, click.Choice):
        choices = say("list", lang).join(map(str, kind.choices))
        return say("bad_choice", lang, name=_name(error.param), value=said, choices=choices)
    if isinstance(kind, _NUMBERS):
        return say("bad_number", lang, name=_name(error.param), value=said)
    return say("bad_value", lang, name=_name(error.param), reason=error.message.rstrip("."))


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, Argument):
        return str(param.metavar).strip("[]…")
    return max(param.opts, key=len) if param is not None else ""
