"""What the WITH and RETURN clauses of a statement project, as far as it decides how an answer is to be read."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.graph.stores.tokens import NAME, SYMBOL, WORD, Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Projection", "is_aggregate", "nesting", "projections", "unordered_columns"]

_AGGREGATES = (
    "AVG", "COLLECT", "COUNT", "MAX", "MEDIAN", "MIN", "MODE", "PERCENTILECONT", "PERCENTILEDISC", "PERCENTILE_CONT",
    "PERCENTILE_DISC", "STDEV", "STDEVP", "SUM", "VARIANCE",
)  # fmt: skip
_CLAUSES = (
    "WITH", "RETURN", "MATCH", "OPTIONAL", "UNWIND", "CALL", "WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT",
    "UNION", "YIELD",
)  # fmt: skip
_STEPS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


@dataclass(frozen=True)
class Projection:
    """One WITH or RETURN: where it stands, how deep in brackets, whether an ORDER BY stood before it, its items.

    An item is the tokens of one expression with its alias.
    """

    keyword: Token
    depth: int
    ordered: bool
    items: list[list[Token]]


def nesting(token: Token) -> int:
    """+1 for an opening bracket, -1 for a closing one, else 0."""
    return _STEPS.get(token.value, 0) if token.kind == SYMBOL else 0


def is_aggregate(tokens: Sequence[Token], at: int) -> bool:
    """Whether an aggregating function is called at a token; ``COUNT { }`` is none."""
    after = at + 1 < len(tokens) and tokens[at + 1].is_symbol("(")
    return after and tokens[at].is_word(*_AGGREGATES) and not (at and tokens[at - 1].is_symbol("."))


def projections(tokens: Sequence[Token]) -> Iterator[Projection]:
    """Every WITH and RETURN in the order of the statement, those of subqueries included."""
    ordered = False
    depth = 0
    for at, token in enumerate(tokens):
        depth += nesting(token)
        if token.is_word("UNION"):
            ordered = False
        elif token.is_word("ORDER"):
            ordered = True
        elif token.is_word("WITH", "RETURN") and not _is_name(tokens, at):
            yield Projection(token, depth, ordered, _items(tokens, at + 1))


def unordered_columns(cypher: str, columns: Sequence[str]) -> list[int]:
    """Positions of the columns whose lists come in an order that the engine made up.

    Those are lists of ``collect()``, of pattern comprehensions, of ``keys()`` and what is passed on from
    them, unless an ORDER BY stands before: then their order was asked for.

    >>> unordered_columns("MATCH (c)-->(t) RETURN t.name, collect(c.name) AS names", ["t.name", "names"])
    [1]
    >>> unordered_columns("MATCH (c) WITH c ORDER BY c.id RETURN collect(c.name) AS names", ["names"])
    []
    """
    return list(_unordered(cypher, tuple(columns)))


@functools.lru_cache(maxsize=256)
def _unordered(cypher: str, columns: tuple[str, ...]) -> tuple[int, ...]:
    found: set[int] = set()
    derived: set[str] = set()
    for made in projections(tokenise(cypher)):
        last = made.depth == 0 and made.keyword.value == "RETURN"
        for place, item in enumerate(made.items):
            if item and item[0].is_symbol("*"):
                if last:
                    found |= {i for i, name in enumerate(columns) if name.upper() in derived}
            elif _is_derived(item, derived, made.ordered):
                derived.add(item[-1].value.upper())
                if last:
                    found.add(place)
            elif item:
                derived.discard(item[-1].value.upper())
    return tuple(sorted(at for at in found if at < len(columns)))


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    return before is not None and (before.is_word("STARTS", "ENDS") or before.is_symbol(".", ":", "$"))


def _items(tokens: Sequence[Token], at: int) -> list[list[Token]]:
    """The expressions of a WITH or RETURN that begins at `at`, each with its alias at the end."""
    items: list[list[Token]] = [[]]
    depth = 0
    while at < len(tokens):
        token = tokens[at]
        depth += nesting(token)
        ends = token.is_symbol(";") or (token.is_word(*_CLAUSES) and not _is_name(tokens, at))
        if depth < 0 or (depth == 0 and ends):
            break
        if depth == 0 and token.is_symbol(","):
            items.append([])
        elif not (token.is_word("DISTINCT") and not items[-1]):
            items[-1].append(token)
        at += 1
    return items


def _is_derived(item: Sequence[Token], derived: set[str], ordered: bool) -> bool:
    for at, token in enumerate(item):
        after = item[at + 1] if at + 1 < len(item) else None
        property_name = at > 0 and item[at - 1].is_symbol(".")
        if (
            token.kind in {WORD, NAME}
            and not property_name
            and token.value.upper() in derived
            and not (at == len(item) - 1 and at and item[at - 1].is_word("AS"))
        ):
            return True
        if ordered:
            continue
        if token.is_word("COLLECT", "KEYS") and after is not None and after.is_symbol("(", "{"):
            return True
        if token.is_symbol("[") and after is not None and after.is_symbol("("):
            inside = item[at:]
            if any(t.is_symbol("|") for t in inside) and any(t.is_symbol("-", "->", "<-") for t in inside):
                return True
    return False
