"""``aikg cypher``: a statement of the user's own, which may only read."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from aikg.cli.bilingual import Misuse, argument, command, lang_of, option
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options
from aikg.cli.output import Output, show_frame, table_options

__all__ = ["cypher_command", "key_values", "value_of"]

_INTEGERS = range(-(2**63), 2**63)  # what both stores hold


@command("cypher")
@argument("statement", metavar="STATEMENT")
@option("--param", multiple=True, metavar="K=V")
@option("--timeout", type=click.FloatRange(min=0), default=30.0, metavar="S")
@option("--limit", type=click.IntRange(min=0), default=100_000, metavar="N")
@option("--cite", is_flag=True)
@graph_options
@table_options
@click.pass_context
def cypher_command(
    ctx: click.Context,
    /,
    statement: str,
    param: tuple[str, ...],
    timeout: float,
    limit: int,
    cite: bool,
    place: Place,
    output: Output,
) -> None:
    lang = lang_of()
    values: dict[str, Any] = {key: value_of(text) for key, text in key_values(param, ctx)}
    if statement == "-":
        from aikg.loaders.readers.document import decode

        statement = decode(sys.stdin.buffer.read(), "stdin")[0]
    if not statement.strip():
        raise Misuse(say("no_statement", lang), ctx)
    with place.open() as kg:
        found = kg.cypher(statement, values, timeout=timeout or None, row_limit=limit or None)
        titles = {str(name): str(name) for name in found.columns}  # the user chose them
        show_frame(found, output, cite=(lambda entry: kg.cite(entry, lang)) if cite else None, titles=titles)


def key_values(words: tuple[str, ...], ctx: click.Context) -> list[tuple[str, str]]:
    """``key=value`` words as pairs. Raises Misuse for a word without ``=``."""
    pairs = []
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or not key.strip():
            raise Misuse(say("key_value", lang_of(), word=word), ctx)
        pairs.append((key.strip(), value))
    return pairs


def value_of(text: str) -> Any:
    """A value as JSON where it is JSON, otherwise the text itself.

    >>> value_of("12"), value_of('"12"'), value_of("[1, 2]"), value_of("华为"), value_of("NaN")
    (12, '12', [1, 2], '华为', 'NaN')
    """
    try:
        value = json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError):
        return text
    # An identifier of twenty digits is text: no store has integers of that size.
    return text if isinstance(value, int) and value not in _INTEGERS else value


def _not_json(word: str) -> Any:
    raise ValueError(word)
