"""What a statement may do when only reading is allowed: the check that every query passes first.

The engines have read modes, and they are used, but both run ``LOAD CSV`` in them (server files, the
network), and Neo4j also ``SHOW`` and ``CALL dbms.…``. So clauses, procedures and the namespaces of functions
are allowed by list; what is not on a list is refused, also when it is new in an engine or only misspelt.

How a clause is told from a name, without a parser: two operands never stand side by side in Cypher, so a
word that follows an operand is an operator or starts a clause. The one thing to know is whether an operand
has just ended. Where a keyword is also a name (``WITH 1 AS where LOAD CSV …``) that cannot be known for
certain; such a word counts as the start of a clause whenever it could be one.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from aikg.graph.stores.tokens import NAME, SYMBOL, WORD, Token, TokenError, decoded, position, tokenise
from aikg.ontology.errors import QueryError, ReadOnlyError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FUNCTION_NAMESPACES", "PROCEDURES", "check"]

PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
    }
)

# Functions with a dot in their name come from plugins, unless they are of these, which only compute.
FUNCTION_NAMESPACES = frozenset(
    {
        "date",
        "datetime",
        "duration",
        "localdatetime",
        "localtime",
        "point",
        "time",
        "vector.similarity",
        "apoc.agg",
        "apoc.coll",
        "apoc.convert",
        "apoc.date",
        "apoc.map",
        "apoc.math",
        "apoc.number",
        "apoc.temporal",
        "apoc.text",
    }
)

_STARTERS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
_LATER_CLAUSES = frozenset({"WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT", "UNION", "YIELD", "FINISH"})
# Words between two operands. After a clause or one of these an operand is due.
_INFIX = frozenset(
    {
        "AND",
        "OR",
        "XOR",
        "IN",
        "CONTAINS",
        "STARTS",
        "ENDS",
        "IS",
        "AS",
        "WHEN",
        "THEN",
        "ELSE",
        "FROM",
        "TYPED",
    }
)
# Words after which an operand is complete; PATHS and GROUPS as in SHORTEST 2 PATHS.
_POSTFIX = frozenset({"END", "ASC", "ASCENDING", "DESC", "DESCENDING", "PATH", "PATHS", "GROUP", "GROUPS", "FINISH"})
# Words that stand before an operand, or are a name themselves.
_PREFIX = frozenset(
    {
        "NOT",
        "DISTINCT",
        "CASE",
        "ALL",
        "ANY",
        "NONE",
        "SINGLE",
        "EXISTS",
        "COUNT",
        "COLLECT",
        "SHORTEST",
        "BY",
        "ON",
    }
)
_PAIRS = frozenset(
    {
        ("STARTS", "WITH"),
        ("ENDS", "WITH"),
        ("ORDER", "BY"),
        ("OPTIONAL", "MATCH"),
        ("IS", "NOT"),
        ("IS", "TYPED"),
    }
)
_FOLLOWERS = _STARTERS | _LATER_CLAUSES | _INFIX | _POSTFIX | {"NOT", "BY"}

_WRITES = frozenset({"CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "INSERT", "DROP"})
_REFUSED = _WRITES | {
    "ALTER", "DEALLOCATE", "DENY", "DRYRUN", "ENABLE", "GRANT", "LOAD", "REALLOCATE", "RENAME", "REVOKE",
    "SHOW", "START", "STOP", "TERMINATE", "USE", "USING",
}  # fmt: skip

# Whether an operand has just ended: yes, no (one is due), or perhaps (the words can be read either way).
_ENDED, _DUE, _PERHAPS = "ended", "due", "perhaps"


def check(cypher: str, *, allow_writes: bool = False) -> None:
    """Let a statement pass that only reads; raise ReadOnlyError, in one line, for every other.

    Comes before syntax and parameters are looked at. Names, strings and map keys may be what they like.
    `allow_writes` is the explicit switch for people who change their own database: nothing is checked then.

    >>> check("MATCH (setting:Company {set: 1}) RETURN 'CREATE', setting.set AS `SET`")
    >>> check("MATCH (n) DETACH DELETE n")
    Traceback (most recent call last):
    ...
    aikg.ontology.errors.ReadOnlyError: DETACH at line 1, column 11 writes; only reading is allowed ...
    """
    if allow_writes:
        return
    # Neo4j 5 decodes \u0027 before it looks for strings, kglite inside strings only: both must be harmless.
    readings = [cypher, decoded(cypher)] if "\\u" in cypher else [cypher]
    for reading in readings:
        flaw: TokenError | None = None
        try:
            tokens = tokenise(reading)
        except TokenError as error:
            flaw, tokens = error, error.tokens
        if not tokens and flaw is None:
            raise QueryError(
                say(
                    "the statement is empty; write for example MATCH (n) RETURN count(n)",
                    "语句是空的；可以写 MATCH (n) RETURN count(n)",
                )
            )
        _Reader(reading, tokens).walk()
        if flaw is None:
            continue
        if reading is not cypher:
            raise ReadOnlyError(
                say(
                    f"\\u escapes change where a string ends ({flaw}); write the characters",
                    f"\\u 转义改变了字符串的结尾（{flaw}）；请直接写字符",
                )
            ) from flaw
        raise ReadOnlyError(str(flaw)) if flaw.invisible else flaw


class _Reader:
    """One pass over the tokens; `state` says before each token whether an operand has just ended."""

    def __init__(self, cypher: str, tokens: Sequence[Token]) -> None:
        self.cypher, self.tokens = cypher, tokens
        self.state = _DUE
        self.behind_procedure = -1

    def walk(self) -> None:
        starts = True
        skip_to = 0
        for index, token in enumerate(self.tokens):
            if index < skip_to:
                continue
            if starts:
                if token.is_word("EXPLAIN", "PROFILE") and index == 0:
                    continue
                self._starter(token)
            if token.is_symbol(";"):
                if index + 1 < len(self.tokens):
                    raise ReadOnlyError(
                        say(
                            f"a second statement begins at {self._at(self.tokens[index + 1])}; give one at a time",
                            f"{self._at(self.tokens[index + 1])}起是第二条语句；请一次只写一条",
                        )
                    )
                return
            starts = False
            if token.kind == WORD:
                skip_to = self._word(index, token, clause_due=self.state is _ENDED)
                starts = self._union_ends(index)
            elif token.kind != SYMBOL:
                self.state = _ENDED
            elif token.value == "{":
                starts = self._subquery(index)
                self.state = _DUE
            else:
                if token.value == "(" and index != self.behind_procedure:
                    self._function(index)
                self.state = _after_symbol(token.value)

    def _starter(self, token: Token) -> None:
        if not token.is_word(*_STARTERS):
            raise self._refusal(token, _STARTERS)
        self.state = _ENDED  # a clause may stand here, as after an operand

    def _word(self, index: int, token: Token, *, clause_due: bool) -> int:
        """Judge a word and set the state behind it; the index to go on with."""
        before = self.tokens[index - 1] if index else None
        if before is not None and before.is_symbol(".", "$"):
            self.state = _ENDED
            return index + 1
        if before is not None and before.kind == WORD and (before.value, token.value) in _PAIRS:
            return index + 1  # the pair is one operator: what its first word left behind holds
        if clause_due and token.value not in _FOLLOWERS:
            raise self._refusal(token, _FOLLOWERS)
        if token.value == "CALL" and before is not None and before.is_word("OPTIONAL") and self.state is _DUE:
            self.state = _ENDED
            return self._call(index)
        may_be_clause = clause_due or (self.state is _PERHAPS and self._can_open(index))
        if may_be_clause and token.value == "CALL":
            self.state = _ENDED
            return self._call(index)
        if may_be_clause and token.value in _REFUSED:
            raise self._refusal(token, _FOLLOWERS)
        self.state = self._behind(token.value, clause_due)
        return index + 1

    def _behind(self, word: str, clause_due: bool) -> str:
        if word in _POSTFIX:
            return _ENDED if clause_due or self.state is _DUE else _PERHAPS
        if word in _STARTERS or word in _LATER_CLAUSES or word in _INFIX:
            if clause_due:
                return _DUE
            return _ENDED if self.state is _DUE else _PERHAPS
        return _PERHAPS if word in _PREFIX else _ENDED

    def _can_open(self, index: int) -> bool:
        """Whether what follows could be the inside of a clause, so that the word may be no mere name."""
        if index + 1 == len(self.tokens):
            return False
        after = self.tokens[index + 1]
        return after.kind != SYMBOL or after.value in {"(", "[", "{", "$"}

    def _union_ends(self, index: int) -> bool:
        """Whether UNION, UNION ALL or UNION DISTINCT ends here, so that a new query starts."""
        token = self.tokens[index]
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if token.is_word("UNION"):
            return self.state is _DUE and not (after is not None and after.is_word("ALL", "DISTINCT"))
        before = self.tokens[index - 1] if index else None
        return token.is_word("ALL", "DISTINCT") and before is not None and before.is_word("UNION")

    def _subquery(self, index: int) -> bool:
        """Whether a brace opens a subquery rather than a map, a projection or a quantifier."""
        inside = self.tokens[index + 1 : index + 3]
        if not inside or inside[0].kind != WORD:
            return False
        return not (len(inside) > 1 and inside[1].is_symbol(":", ",", "}", "="))

    def _call(self, index: int) -> int:
        """Judge CALL: a subquery, or a procedure of the list. The index behind the procedure's name."""
        parts, at = self._dotted(index + 1)
        if not parts:
            return index + 1
        name = ".".join(parts)
        if name.lower() not in PROCEDURES:
            raise ReadOnlyError(
                say(
                    f"procedure {name} at {self._at(self.tokens[index + 1])} is not on the list of reading ones: "
                    "db.labels, db.relationshipTypes, db.propertyKeys, db.schema.*",
                    f"过程 {name}（{self._at(self.tokens[index + 1])}）不在只读过程清单中；可用的有 "
                    "db.labels、db.relationshipTypes、db.propertyKeys、db.schema.*",
                )
            )
        self.behind_procedure = at
        return at

    def _dotted(self, index: int) -> tuple[list[str], int]:
        parts: list[str] = []
        while index < len(self.tokens) and self.tokens[index].kind in {WORD, NAME}:
            token = self.tokens[index]
            parts.append(token.value if token.kind == NAME else self.cypher[token.start : token.end])
            index += 1
            if index >= len(self.tokens) or not self.tokens[index].is_symbol("."):
                break
            index += 1
        return parts, index

    def _function(self, index: int) -> None:
        """Refuse a call of a function whose namespace is not on the list."""
        first = index - 1
        while first >= 2 and self.tokens[first - 1].is_symbol(".") and self.tokens[first - 2].kind in {WORD, NAME}:
            first -= 2
        parts, _ = self._dotted(first) if first >= 0 else ([], 0)
        if len(parts) < 2:
            return
        namespace = ".".join(parts[:-1]).lower()
        if namespace not in FUNCTION_NAMESPACES:
            raise ReadOnlyError(
                say(
                    f"function {'.'.join(parts)} at {self._at(self.tokens[first])} is not on the list of those "
                    f"that only compute: {', '.join(sorted(FUNCTION_NAMESPACES))}",
                    f"函数 {'.'.join(parts)}（{self._at(self.tokens[first])}）不在只做计算的函数清单中；"
                    f"可用的有 {'、'.join(sorted(FUNCTION_NAMESPACES))}",
                )
            )

    def _refusal(self, token: Token, allowed: frozenset[str]) -> ReadOnlyError:
        word = " ".join(self.cypher[token.start : token.end].split())
        word, where = word[:40], self._at(token)
        if token.value in _WRITES and token.kind == WORD:
            return ReadOnlyError(
                say(
                    f"{word} at {where} writes; only reading is allowed: to change a graph, build it anew",
                    f"{where}的 {word} 会写入；只允许读取：要改图谱，请重新建图",
                )
            )
        near = difflib.get_close_matches(token.value, allowed - {"NOT", "BY"}, n=1, cutoff=0.7)
        clauses = "MATCH, OPTIONAL MATCH, UNWIND, WITH, WHERE, RETURN, CALL"
        cure = (
            say(f"did you mean {near[0]}?", f"是不是 {near[0]}？") if near else say(f"use {clauses}", f"请用 {clauses}")
        )
        return ReadOnlyError(
            say(
                f"{word} at {where} is not a reading clause; {cure}",
                f"{where}的 {word} 不是读取子句；只允许读取，{cure}",
            )
        )

    def _at(self, token: Token) -> str:
        return position(self.cypher, token.start)


def _after_symbol(symbol: str) -> str:
    if symbol in {")", "]", "}"}:
        return _ENDED
    # Not here: * + > ! may also end things (RETURN *, a quantified path (…)+, the types LIST<INTEGER> and
    # INTEGER!), and a sign that is not known may mean anything.
    known = {"(", "[", ",", ".", ":", "::", "=", "<>", "<", "<=", ">=", "=~", "!=", "-", "/", "^", "|", "||",
             "&", "..", "->", "<-", "%", "$"}  # fmt: skip
    return _DUE if symbol in known else _PERHAPS
