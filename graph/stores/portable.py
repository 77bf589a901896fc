"""Cypher that kglite answers differently from Neo4j, and how to be spared of it.

`refuse` comes before a statement: for what would be answered wrongly without an error. `unsafe_passes`
names the optimisations that give wrong or endless answers. What kglite says itself that it lacks is in
`lacking`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aikg.graph.stores.lacking import KEYWORDS, call_text, called, message
from aikg.graph.stores.projections import is_aggregate, nesting, projections
from aikg.graph.stores.tokens import NAME, NUMBER, WORD, Token, tokenise
from aikg.ontology.errors import QueryError
from aikg.ontology.language import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["refuse", "unsafe_passes"]

# kglite answers these with 0 or a remainder where Neo4j counts.
_WRONG_FUNCTIONS = {
    "DURATION.BETWEEN": Said(
        "compute it from the years and months, as in (b.founded_year - a.founded_year) * 12",
        "请由年和月计算，如 (b.founded_year - a.founded_year) * 12",
    ),
}


def refuse(cypher: str) -> None:
    """Raise QueryError for what kglite would answer wrongly without saying so.

    >>> refuse("MATCH (a)-[:SUPPLIES*1..4]->(b) RETURN b.name")
    >>> refuse("MATCH (a)-[:SUPPLIES*]->(b) RETURN b.name")
    Traceback (most recent call last):
    ...
    aikg.ontology.errors.QueryError: `*` without an upper bound at line 1, column 21 is not portable: ...
    """
    tokens = tokenise(cypher)
    for at in range(len(tokens)):
        for finder in (_endless, _wrong_function):
            found = finder(tokens, at)
            if found:
                raise QueryError(message(cypher, tokens[at], found))
    for token in _projected_relations(tokens):
        shown = f"{token.value.lower()} {{.…}}"
        what = say(f"the projection {shown}", f"投影 {shown} ")
        cure = say(
            "it is null for a relation; write {product: r.product} or properties(r)",
            "对关系它是空值；请写 {product: r.product} 或 properties(r)",
        )
        raise QueryError(message(cypher, token, (what, cure)))
    for token in _implicit_groups(tokens):
        what = say(f"{token.value.lower()} beside an aggregate", f"与聚合并列的 {token.value.lower()} ")
        cure = say("make it a column of its own, or aggregate in a WITH before", "请让它单独成一列，或先在 WITH 里聚合")
        raise QueryError(message(cypher, token, (what, cure)))


def unsafe_passes(cypher: str) -> list[str]:
    """Optimisations of kglite that must be left out for a statement.

    ``RETURN 1 AS x ORDER BY x LIMIT 1`` gives no row with `fuse_order_by_top_k` where nothing is matched.
    For ``MATCH (c)-[:R]->(t), (c)-[:S]->(s)``, `optimize_pattern_start_node` starts each pattern at its
    smaller end, t and s, and then tries all pairs: half a second became minutes on 50,000 companies.
    """
    depth = 0
    sourced = [False]
    lists: list[int] = []  # bracket depths at which a MATCH stands whose patterns go on
    comma = False
    for token in tokenise(cypher):
        depth += nesting(token)
        lists = [at for at in lists if at <= depth]
        if token.is_word("MATCH"):
            lists.append(depth)
        elif token.is_word("WHERE", "WITH", "RETURN", "UNWIND", "CALL", "OPTIONAL", "UNION"):
            lists = [at for at in lists if at < depth]
        elif token.is_symbol(",") and depth in lists:
            comma = True
        if depth == 0 and token.is_word("UNION"):
            sourced.append(False)
        elif depth == 0 and token.is_word("MATCH", "UNWIND", "CALL"):
            sourced[-1] = True
    return ["fuse_order_by_top_k"] * (not all(sourced)) + ["optimize_pattern_start_node"] * comma


def _endless(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    if tokens[at].is_symbol("*") and _unbounded(tokens, at):
        what = say("`*` without an upper bound", "没有上限的 `*` ")
        return what, say(
            "it would stop at 10 hops; write how far, as in *1..4", "可变长度到 10 步就停；请写明上限，如 *1..4"
        )
    return None


def _wrong_function(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    name = called(tokens, at)
    return (call_text(name), str(_WRONG_FUNCTIONS[name])) if name in _WRONG_FUNCTIONS else None


def _projected_relations(tokens: Sequence[Token]) -> Iterator[Token]:
    """Map projections of relations, r {.product}."""
    relations = {
        name.value
        for before, bracket, name in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if before.is_symbol("-", "<-") and bracket.is_symbol("[") and name.kind in {WORD, NAME}
    }
    for at, token in enumerate(tokens[:-2]):
        named = token.kind in {WORD, NAME} and token.value in relations
        if named and tokens[at + 1].is_symbol("{") and tokens[at + 2].is_symbol("."):
            yield token


def _implicit_groups(tokens: Sequence[Token]) -> Iterator[Token]:
    """Names beside an aggregate that are no column of their own: Neo4j refuses them, kglite takes any row's."""
    for made in projections(tokens):
        plain = [_spelled(item) for item in made.items if not any(is_aggregate(item, i) for i in range(len(item)))]
        for item in made.items:
            if any(is_aggregate(item, i) for i in range(len(item))):
                yield from _loose_names(item, plain)


def _spelled(item: Sequence[Token]) -> str:
    if len(item) > 2 and item[-2].is_word("AS"):
        item = item[:-2]
    return " ".join(token.value for token in item)


def _loose_names(item: Sequence[Token], groups: list[str]) -> Iterator[Token]:
    if len(item) > 2 and item[-2].is_word("AS"):
        item = item[:-2]
    local = {t.value for at, t in enumerate(item[:-1]) if item[at + 1].is_word("IN") or item[at + 1].is_symbol("=")}
    depth, inside = 0, 0  # inside: the depth at which the bracket of an aggregate stands
    for at, token in enumerate(item):
        depth += nesting(token)
        if inside:
            inside = inside if depth >= inside else 0
        elif is_aggregate(item, at):
            inside = depth + 1
        elif _is_variable(item, at) and token.value not in local:
            with_property = " ".join(t.value for t in item[at : at + 3])
            if token.value not in groups and with_property not in groups:
                yield token


def _is_variable(item: Sequence[Token], at: int) -> bool:
    token = item[at]
    if token.kind not in {WORD, NAME} or (token.kind == WORD and token.value in KEYWORDS):
        return False
    before = item[at - 1] if at else None
    after = item[at + 1] if at + 1 < len(item) else None
    if before is not None and before.is_symbol(".", ":", "$") and not (before.is_symbol(":") and _in_map(item, at)):
        return False
    return not (
        after is not None and after.is_symbol("(", ":") and not (after.is_symbol(":") and not _in_map(item, at))
    )


def _in_map(item: Sequence[Token], at: int) -> bool:
    """Whether the innermost bracket around a token is a brace."""
    depth = 0
    for token in reversed(item[:at]):
        depth += nesting(token)
        if depth > 0:
            return token.is_symbol("{")
    return False


def _unbounded(tokens: Sequence[Token], at: int) -> bool:
    """Whether a star is that of a variable length without an upper bound; shortestPath stops by itself."""
    opening = at - 1
    while opening >= 0 and not tokens[opening].is_symbol("[", "]", "(", ")", "{", "}", ","):
        opening -= 1
    if opening < 1 or not tokens[opening].is_symbol("[") or not tokens[opening - 1].is_symbol("-", "<-"):
        return False
    after = at + 1
    if after < len(tokens) and tokens[after].kind == NUMBER:
        after += 1
        if not (after < len(tokens) and tokens[after].is_symbol("..")):
            return False
    if after < len(tokens) and tokens[after].is_symbol(".."):
        after += 1
        if after < len(tokens) and tokens[after].kind == NUMBER:
            return False
    return not _inside_call(tokens, opening, {"SHORTESTPATH", "ALLSHORTESTPATHS"})


def _inside_call(tokens: Sequence[Token], at: int, names: set[str]) -> bool:
    depth = 0
    for back in range(at - 1, 0, -1):
        if tokens[back].is_symbol(")", "]", "}"):
            depth += 1
        elif tokens[back].is_symbol("(", "[", "{"):
            depth -= 1
            if depth < 0 and tokens[back].is_symbol("(") and tokens[back - 1].is_word(*names):
                return True
    return False
