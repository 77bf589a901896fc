"""click's commands, options and arguments with help in two languages and lines that fit Chinese characters.

Which language is known only when a command line is read, so texts are looked up when help is shown, not when a
command is defined. click itself measures text in characters; a Chinese one takes two columns.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from aikg.cli.help_texts import help_text
from aikg.cli.language import LANGUAGES, Lang, detect
from aikg.cli.messages import say

__all__ = [
    "Argument",
    "Command",
    "Misuse",
    "Option",
    "Settings",
    "argument",
    "columns_of_help",
    "command",
    "common_options",
    "lang_of",
    "option",
    "paragraphs",
    "section",
]

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])
_INDENT = "  "
_WIDEST_TERM = 30


@dataclass(frozen=True)
class Settings:
    """What holds for a whole command line."""

    lang: Lang
    debug: bool = False


class Misuse(click.UsageError):
    """Wrong usage, already said in the user's language."""


def lang_of(ctx: click.Context | None = None) -> Lang:
    """The language of a command line."""
    ctx = ctx or click.get_current_context(silent=True)
    settings = ctx.find_root().obj if ctx is not None else None
    return settings.lang if isinstance(settings, Settings) else detect()


class Option(click.Option):
    """An option whose help stands in `help_texts`."""

    def record(self, command_name: str, lang: Lang) -> tuple[str, str]:
        """Names with the value's name, and the help text."""
        names = ", ".join(sorted([*self.opts, *self.secondary_opts], key=len))
        value = self.metavar or ("|".join(self.type.choices) if isinstance(self.type, click.Choice) else "")
        return f"{names} {value}".rstrip(), help_text(command_name, str(self.name).rstrip("_"), lang)


class Argument(click.Argument):
    """An argument whose help stands in `help_texts`; the name that users see is its `metavar`."""

    def record(self, command_name: str, lang: Lang) -> tuple[str, str]:
        """The argument as the usage line shows it, and the help text."""
        return self.metavar or str(self.name).upper(), help_text(command_name, str(self.name).rstrip("_"), lang)


def _help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=False)
        ctx.exit()


def common_options() -> list[click.Parameter]:
    """What every command takes. Language and debugging are read beforehand: `language.given`, `Root.main`."""
    return [
        Option(["--lang"], type=click.Choice(LANGUAGES), metavar="zh|en", expose_value=False),
        Option(["--debug"], is_flag=True, expose_value=False),
        Option(["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_help),
    ]


class Command(click.Command):
    """A command that shows its help in the user's language and explains its arguments too."""

    def __init__(self, name: str | None, **rest: Any) -> None:
        super().__init__(name, **{**rest, "add_help_option": False})
        self.params.extend(common_options())

    @property
    def key(self) -> str:
        return str(self.name)

    def usage(self, ctx: click.Context) -> str:
        """The words behind the command's name."""
        return " ".join(
            [
                say("options_word", lang_of(ctx)),
                *(p.record(self.key, "en")[0] for p in self.params if isinstance(p, Argument)),
            ]
        )

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = lang_of(ctx)
        formatter.write("\n".join(self.help_lines(ctx, lang)) + "\n")

    def help_lines(self, ctx: click.Context, lang: Lang) -> list[str]:
        """The whole help, in lines that fit the terminal."""
        columns = columns_of_help()
        lines = [f"{say('usage', lang)}{ctx.command_path} {self.usage(ctx)}", ""]
        lines += paragraphs(help_text(self.key, None, lang), columns)
        for heading, kind in (("arguments", Argument), ("options", Option)):
            records = [p.record(self.key, lang) for p in self.params if isinstance(p, kind)]
            lines += section(say(heading, lang), records, columns)
        return lines


def command(name: str) -> Callable[[Callable[..., None]], Command]:
    """Decorator that makes a `Command` of a function."""

    def made(function: Callable[..., None]) -> Command:
        return click.command(name, cls=Command)(function)

    return made


def option(*names: str, **rest: Any) -> Callable[[Wrapped], Wrapped]:
    """Decorator that adds an `Option`."""
    return click.option(*names, cls=Option, **rest)


def argument(name: str, **rest: Any) -> Callable[[Wrapped], Wrapped]:
    """Decorator that adds an `Argument`; `metavar` is required, since users see it."""
    return click.argument(name, cls=Argument, **rest)


def section(heading: str, records: Sequence[tuple[str, str]], columns: int) -> list[str]:
    """A heading with terms on the left and what they mean on the right."""
    from aikg.cli.width import pad, width, wrap

    if not records:
        return []
    fitting = [width(term) for term, _ in records if width(term) <= _WIDEST_TERM]
    left = max(fitting, default=0) + 2
    lines = ["", f"{heading}"]
    for term, text in records:
        right = wrap(text.replace("\n", " "), max(columns - left - len(_INDENT), 20))
        head = _INDENT + term
        if width(term) > _WIDEST_TERM:
            lines.append(head)
            head = ""
        lines += [pad(head if i == 0 else "", left + len(_INDENT)) + line for i, line in enumerate(right)]
    return lines


def paragraphs(text: str, columns: int) -> list[str]:
    """Indented paragraphs, with an empty line between them."""
    from aikg.cli.width import wrap

    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += [*([""] if lines else []), *(_INDENT + line for line in wrap(paragraph, columns - len(_INDENT)))]
    return lines


def columns_of_help() -> int:
    """How wide help is: lines longer than that are hard to read, whatever the terminal."""
    return max(min(shutil.get_terminal_size((100, 24)).columns, 120), 40)
