"""The `aikg` command itself: finds the command's module, and ends every run with a right exit code and one line."""

from __future__ import annotations

import difflib
import errno
import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from aikg.cli import streams
from aikg.cli.bilingual import (
    Command,
    Misuse,
    Option,
    Settings,
    columns_of_help,
    common_options,
    lang_of,
    paragraphs,
    section,
)
from aikg.cli.help_texts import help_text
from aikg.cli.language import Lang, detect, given
from aikg.cli.messages import say
from aikg.cli.misuse import misuse_text
from aikg.ontology.language import speaking, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["COMMANDS", "Root", "cli"]

# group → command → module of this package; the function has the command's name (- as _), with _command behind it
COMMANDS: dict[str, dict[str, str]] = {
    "commands_graph": {"demo": "demo", "build": "build", "check": "evidence", "repair": "repair"},
    "commands_ask": {"queries": "ask", "ask": "ask", "cypher": "cypher", "analyze": "analyze", "compare": "analyze"},
    "commands_evidence": {"sources": "sources", "conflicts": "evidence", "same-as": "same_as", "why": "evidence"},
    "commands_out": {"serve": "serve", "view": "out", "report": "report", "export": "out", "load": "out"},
    "commands_help": {"schema": "pages", "completion": "pages"},
}
_MODULES = {name: module for group in COMMANDS.values() for name, module in group.items()}

ERROR, MISUSE, INTERRUPTED = 1, 2, 130


class _Interrupted(Exception):  # noqa: N818 - not an error
    """Ctrl-C while a command ran; click would answer it with an empty line."""


class Root(click.Group):
    """All commands. A command's module is imported when the command is needed, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        found = getattr(import_module(f"aikg.cli.{_MODULES[cmd_name]}"), f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(found, Command)  # noqa: S101 - a mistake in the table above
        found.help = help_text(cmd_name, None, lang_of(ctx))
        found.short_help = _first_line(cmd_name, lang_of(ctx))
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in _MODULES and not name.startswith("-") and not ctx.resilient_parsing:
            near = difflib.get_close_matches(name, list(_MODULES), n=3, cutoff=0.5)
            raise Misuse(_no_such("no_such_command", name, near, lang_of(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = lang_of(ctx)
        columns = columns_of_help()
        lines = [f"{say('usage', lang)}aikg {say('options_word', lang)} {say('command_word', lang)}", ""]
        lines += paragraphs(help_text("aikg", None, lang), columns)
        for group, names in COMMANDS.items():
            lines += section(say(group, lang), [(name, _first_line(name, lang)) for name in names], columns)
        options = [p.record("aikg", lang) for p in self.params if isinstance(p, Option)]
        lines += [*section(say("options", lang), options, columns), ""]
        lines += paragraphs(help_text("aikg", "epilog", lang), columns)
        formatter.write("\n".join(lines) + "\n")

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        extra.setdefault("obj", _settings(args))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise _Interrupted from error

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command line and exit: 0 done, 1 error, 2 misuse, 130 interrupted. One line tells what went wrong."""
        words = sys.argv[1:] if args is None else args
        settings = _settings(words)
        lang = settings.lang
        extra["standalone_mode"] = False
        super_main: Callable[..., Any] = super().main
        try:
            with speaking(lang):
                code = super_main(args=args, prog_name=prog_name or "aikg", **extra)
            streams.flush()
        except (KeyboardInterrupt, click.Abort, _Interrupted):
            code = _fail(say("interrupted", lang), INTERRUPTED, settings)
        except click.UsageError as error:
            code = _fail(misuse_text(error, lang, _called(words)), MISUSE, settings)
        except click.ClickException as error:
            code = _fail(error.format_message(), ERROR, settings)
        except Exception as error:  # noqa: BLE001 - the last place: a user gets a line, --debug the traceback
            code = _fail(_reason(error, lang), ERROR, settings)
        sys.exit(code if isinstance(code, int) else 0)


def _settings(words: Sequence[str]) -> Settings:
    flags = list(words[: words.index("--")] if "--" in words else words)
    debug = "--debug" in flags or os.environ.get("AIKG_DEBUG", "").lower() not in ("", "0", "false", "no")
    return Settings(given(flags) or detect(), debug)


def _called(words: Sequence[str]) -> str:
    """The command that a command line names, as in ``aikg ask``."""
    return " ".join(["aikg", *[word for word in words if word in _MODULES][:1]])


def _fail(line: str, code: int, settings: Settings) -> int:
    if settings.debug and code != MISUSE:
        traceback.print_exc()
    streams.note(line)
    return code


def _reason(error: Exception, lang: Lang) -> str:
    """One line for what went wrong: our own errors say it themselves, anything else is the system's or ours."""
    from aikg.ontology.errors import AikgError

    if isinstance(error, AikgError):
        return str(error)
    if isinstance(error, MemoryError):
        return say("memory", lang)
    if isinstance(error, OSError):
        streams.discard()  # what stays in the buffer would be tried again, and fail again, at exit
        if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC):
            return say("disk_full", lang) + (f"（{error.filename}）" if error.filename else "")
        with speaking(lang):
            reason = why_not(error)
        return say("os_error", lang, reason=reason + (f": {error.filename}" if error.filename else ""))
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("aikg"):
        return say("missing_package", lang, package=error.name)
    return say("bug", lang, kind=type(error).__name__, reason=str(error))


def _no_such(key: str, name: str, near: Sequence[str], lang: Lang) -> str:
    return say(key, lang, name=name) + (say("near", lang, names=say("list", lang).join(near)) if near else "")


def _first_line(name: str, lang: Lang) -> str:
    return help_text(name, None, lang).partition("\n")[0]


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import aikg

        streams.write(f"aikg {aikg.__version__}\n")
        ctx.exit()


@click.pass_context
def _no_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        streams.write(ctx.get_help() + "\n")


cli = Root(
    "aikg",
    callback=_no_command,
    invoke_without_command=True,
    add_help_option=False,
    params=[
        Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version),
        *common_options(),
    ],
)
