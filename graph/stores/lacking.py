"""Cypher that kglite lacks, with the form that every store understands.

`hint` comes after an error and names that form, so that nobody has to read a parser's stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aikg.graph.stores.tokens import NAME, NUMBER, PARAMETER, SYMBOL, WORD, Token, position, tokenise
from aikg.ontology.language import Said, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["KEYWORDS", "call_text", "called", "hint", "message"]

_FUNCTIONS = {
    "PERCENTILECONT": Said(
        "write percentile_cont(x, p) here, or compute it from the answer",
        "这里请写 percentile_cont(x, p)，或由答案自行计算",
    ),
    "PERCENTILEDISC": Said(
        "write percentile_disc(x, p) here, or compute it from the answer",
        "这里请写 percentile_disc(x, p)，或由答案自行计算",
    ),
    "STDEVP": Said("compute it from avg(x * x) and avg(x)", "请由 avg(x * x) 和 avg(x) 计算"),
    "POINT.DISTANCE": Said(
        "write distance(a, b) here, or compute it from latitude and longitude",
        "这里请写 distance(a, b)，或由经纬度计算",
    ),
    "NORMALIZE": Said("normalise the text before it becomes a parameter", "请先规范化文字，再作为参数"),
    "TOINTEGERORNULL": Said("write toInteger(x)", "请写 toInteger(x)"),
    "TOFLOATORNULL": Said("write toFloat(x)", "请写 toFloat(x)"),
    "TOSTRINGORNULL": Said("write toString(x)", "请写 toString(x)"),
    "ISEMPTY": Said("write size(x) = 0", "请写 size(x) = 0"),
    "CHAR_LENGTH": Said("write size(x)", "请写 size(x)"),
    "CHARACTER_LENGTH": Said("write size(x)", "请写 size(x)"),
}

_COMPARISONS = ("<", ">", "<=", ">=", "=", "<>")
KEYWORDS = frozenset(
    {
        "ALL", "AND", "AS", "ASC", "BY", "CALL", "CASE", "CONTAINS", "CREATE", "DELETE", "DESC", "DISTINCT",
        "ELSE", "END", "ENDS", "EXISTS", "FALSE", "IN", "IS", "LIMIT", "MATCH", "MERGE", "NOT", "NULL", "ON",
        "OPTIONAL", "OR", "ORDER", "REMOVE", "RETURN", "SET", "SKIP", "STARTS", "THEN", "TRUE", "UNION",
        "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
    }
)  # fmt: skip


def hint(cypher: str) -> str | None:
    """The Neo4j-only construct of a statement that failed, with its portable form; None when there is none.

    >>> hint("MATCH (c:Company WHERE c.listed) RETURN c.name")[:43]
    'WHERE inside a pattern at line 1, column 18'
    """
    tokens = tokenise(cypher)
    for finder in _FINDERS:
        for at in range(len(tokens)):
            found = finder(tokens, at)
            if found:
                return message(cypher, tokens[at], found)
    return None


def message(cypher: str, token: Token, found: tuple[str, str]) -> str:
    what, cure = found
    where = position(cypher, token.start)
    return say(f"{what} at {where} is not portable: {cure}", f"{where}的{what}不通用：{cure}")


def call_text(name: str) -> str:
    return say(f"{name.lower()}()", f"函数 {name.lower()}() ")


def called(tokens: Sequence[Token], at: int) -> str:
    """Upper-case name of the function that is called at a token, with its namespace; empty for no call."""
    if tokens[at].kind != WORD or (at and tokens[at - 1].is_symbol(".")):
        return ""
    name, after = tokens[at].value, at + 1
    while after + 1 < len(tokens) and tokens[after].is_symbol(".") and tokens[after + 1].kind == WORD:
        name += "." + tokens[after + 1].value
        after += 2
    return name if after < len(tokens) and tokens[after].is_symbol("(") else ""


def _foreign_letters(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    token = tokens[at]
    if token.kind not in {WORD, NAME, PARAMETER} or token.value.isascii():
        return None
    if at and tokens[at - 1].is_word("AS") and token.kind == WORD:
        cure = say(f"put it in back-ticks: `{token.value}`", f"请加反引号：`{token.value}`")
        return say(f"the alias {token.value}", f"别名 {token.value} "), cure
    cure = say(
        "use English letters for variables, labels, types, properties and parameters; "
        "values and `back-ticked` result names may be Chinese",
        "变量、标签、关系、属性和参数的名称须用英文字母；值和加反引号的结果列名可以用中文",
    )
    return say(f"the name {token.value}", f"名称 {token.value} "), cure


def _inner_where(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    if not tokens[at].is_word("WHERE"):
        return None
    depth = 0
    for back in range(at - 1, -1, -1):
        token = tokens[back]
        if token.is_symbol("}", ")", "]"):
            depth += 1
        elif token.is_symbol("{", "(", "["):
            depth -= 1
            if depth < 0:
                if not (token.is_symbol("(") or (back > 0 and tokens[back - 1].is_symbol("-", "<-"))):
                    return None
                cure = say("write a WHERE clause behind the pattern", "请把 WHERE 写在模式后面")
                return say("WHERE inside a pattern", "模式里的 WHERE "), cure
        elif depth == 0 and (token.is_word("IN", "MATCH", "WITH") or (token.kind == SYMBOL and token.value == "|")):
            return None
    return None


def _collect_subquery(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    if tokens[at].is_word("COLLECT") and _next_is(tokens, at, "{"):
        cure = say("write OPTIONAL MATCH … WITH …, collect(…)", "请写 OPTIONAL MATCH … WITH …, collect(…)")
        return say("COLLECT { }", "子查询 COLLECT { } "), cure
    return None


def _label_expression(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    before = tokens[at - 1] if at else None
    if tokens[at].is_symbol("!") and before is not None and before.is_symbol(":", "&", "|", "("):
        return say("`!` in a label", "标签里的 `!` "), say("write WHERE NOT n:Label", "请写 WHERE NOT n:Label")
    if tokens[at].is_symbol("%") and before is not None and before.is_symbol(":"):
        return say("`%` for any label", "代表任意标签的 `%` "), say("leave the label out", "请省去标签")
    if tokens[at].is_symbol("&"):
        return say("`&` between labels", "标签之间的 `&` "), say("write :A:B", "请写 :A:B")
    return None


def _quantified(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    found = (
        say("a quantified path", "带次数的路径"),
        say("write -[:TYPE*1..3]-> with both bounds", "请写 -[:TYPE*1..3]->，上下限都要写"),
    )
    if tokens[at].is_symbol(")", "->", "-") and at + 2 < len(tokens):
        if tokens[at + 1].is_symbol("{") and (tokens[at + 2].kind == NUMBER or tokens[at + 2].is_symbol(",")):
            return found
        if tokens[at].is_symbol("->", "-") and tokens[at + 1].is_symbol("+", "*") and tokens[at + 2].is_symbol("("):
            return found
        if tokens[at].is_symbol(")") and tokens[at + 1].is_symbol("+", "*") and _group(tokens, at):
            return found
    return None


def _group(tokens: Sequence[Token], at: int) -> bool:
    """Whether the bracket that closes here holds a pattern, as in ((a)-[:R]->(b))+."""
    depth = 0
    for back in range(at, -1, -1):
        depth += {")": 1, "(": -1}.get(tokens[back].value, 0) if tokens[back].kind == SYMBOL else 0
        if depth == 0:
            return tokens[back + 1].is_symbol("(")
    return False


def _shortest(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    if tokens[at].is_word("SHORTEST"):
        return say("SHORTEST", "关键字 SHORTEST "), say(
            "write shortestPath((a)-[:TYPE*..8]-(b)) as the first pattern of its own MATCH",
            "请在单独的 MATCH 里以 shortestPath((a)-[:TYPE*..8]-(b)) 作第一个模式",
        )
    return None


def _case_list(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    if not tokens[at].is_word("WHEN"):
        return None
    depth = 0
    for token in tokens[at + 1 :]:
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.value, 0)
        if depth == 0 and token.is_word("THEN"):
            return None
        if depth == 0 and token.is_symbol(","):
            cure = say("write CASE WHEN x IN [a, b] THEN …", "请写 CASE WHEN x IN [a, b] THEN …")
            return say("CASE x WHEN a, b", "写法 CASE x WHEN a, b "), cure
    return None


def _function(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    name = called(tokens, at)
    return (call_text(name), str(_FUNCTIONS[name])) if name in _FUNCTIONS else None


def _chained(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    """1 < x < 3: two comparisons with nothing but an operand between them."""
    if not tokens[at].is_symbol(*_COMPARISONS):
        return None
    after = at + 1
    while after < len(tokens) and (
        tokens[after].kind in {WORD, NAME, NUMBER, PARAMETER} or tokens[after].is_symbol(".")
    ):
        if tokens[after].is_word("AND", "OR", "XOR", "WHERE", "RETURN", "WITH"):
            return None
        after += 1
    if after < len(tokens) and after > at + 1 and tokens[after].is_symbol(*_COMPARISONS):
        return say("a chained comparison", "连写的比较"), say("write a < x AND x < b", "请写 a < x AND x < b")
    return None


def _list_sum(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    if tokens[at].is_word("IN") and _next_is(tokens, at, "["):
        depth = 0
        for place, token in enumerate(tokens[at + 1 :], start=at + 1):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.value, 0)
            if depth == 0:
                if not _next_is(tokens, place, "+"):
                    return None
                return say("IN [ ] + …", "写法 IN [ ] + … "), say("write IN ([…] + …)", "请写 IN ([…] + …)")
    return None


def _using_name(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    """A keyword as a name, which Neo4j allows."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if token.kind == WORD and token.value in KEYWORDS and before is not None:
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if before.is_word("AS") or (after is not None and after.is_symbol(".") and not before.is_symbol(".")):
            word = token.value.lower()
            return (
                say(f"the keyword {word} as a name", f"用作名称的关键字 {word} "),
                say("choose another name or put it in back-ticks", "请换一个名称，或加反引号"),
            )
    return None


def _next_is(tokens: Sequence[Token], at: int, symbol: str) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].is_symbol(symbol)


_FINDERS: tuple[Callable[[Sequence[Token], int], tuple[str, str] | None], ...] = (
    _inner_where,
    _collect_subquery,
    _label_expression,
    _shortest,
    _quantified,
    _case_list,
    _function,
    _chained,
    _list_sum,
    _foreign_letters,
    _using_name,
)
