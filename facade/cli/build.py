"""``aikg build``: files in, a graph folder out, and a report of what became of every table."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aikg.cli import streams
from aikg.cli.bilingual import argument, command, lang_of, option
from aikg.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["build_command"]

_MOST_FILES = 3  # named in one line


@command("build")
@argument("sources", metavar="[SOURCE]…", nargs=-1, type=click.Path())
@option("--graph", type=click.Path(), metavar="PATH")
@option("--with-data-set", is_flag=True)
@option("--mapping", multiple=True, type=click.Path(), metavar="FILE")
@option("--curated", multiple=True, type=click.Path(), metavar="FOLDER")
@option("--judgements", type=click.Path(), metavar="FILE")
@option("--places", type=click.Path(), metavar="FILE")
@option("--lenient", is_flag=True)
@option("--strict", is_flag=True)
@option("--format", "format_", type=click.Choice(("table", "json")), default="table")
def build_command(sources: tuple[str, ...], graph: str | None, format_: str, **rest: Any) -> None:
    import aikg
    from aikg.api import DEFAULT_GRAPH
    from aikg.cli.build_report import report_lines
    from aikg.cli.output import terminal_columns

    lang = lang_of()
    target = graph or DEFAULT_GRAPH
    mappings = rest.pop("mapping")
    with _progress(sources) as step, aikg.build(*sources, graph=target, mappings=mappings, step=step, **rest) as kg:
        report = {"graph": target, **(kg.build_report.as_dict() if kg.build_report else {})}
    if format_ == "json":
        streams.write(json.dumps(report, ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        streams.write("\n".join(report_lines(report, lang, terminal_columns())) + "\n")
    read = [str(entry["name"]) for entry in report.get("inputs", ()) if not entry.get("data_set")]
    if read and not report["tables"] and not any(entry["entities"] for entry in report.get("prose", ())):
        names = say("list", lang).join(read[:_MOST_FILES])
        if len(read) > _MOST_FILES:
            names = say("and_more", lang, names=names, n=len(read))
        streams.note(say("nothing_read", lang, files=names))


@contextmanager
def _progress(sources: tuple[str, ...]) -> Iterator[Callable[[str], None]]:
    """A bar on stderr while files are read, only where somebody watches."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm

    # Files in folders are counted as they come: only the loaders know which of them can be read.
    total = None if any(Path(source).is_dir() for source in sources) else len(sources)
    form = "{desc} {n_fmt}/{total_fmt} |{bar:20}|{postfix}"
    with tqdm(total=total, desc=say("reading", lang_of()), bar_format=form, leave=False, file=sys.stderr) as bar:

        def step(name: str) -> None:
            bar.update(1)
            bar.set_postfix_str(name)

        yield step
