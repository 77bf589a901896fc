"""Cypher as tokens: enough to know what a statement does without parsing it.

The read-only check and the hints for portable Cypher both read statements through here. Strings, back-ticked
names and comments are understood as Neo4j 5 and kglite understand them, so that nothing can hide in them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

__all__ = ["Token", "TokenError", "code_only", "decoded", "folded", "position", "tokenise"]

# Kinds of tokens. A "word" is a keyword or an unquoted name: only its place tells which.
WORD, NAME, TEXT, NUMBER, PARAMETER, SYMBOL = "word", "name", "text", "number", "parameter", "symbol"

_SYMBOLS = ("<=", ">=", "<>", "=~", "!=", "+=", "||", "::", "..", "->", "<-")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|0o[0-7]+|(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_ASCII_WORD = re.compile(r"[A-Za-z0-9_]+")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `value` is upper case for words; for strings and back-ticked names it is what stands inside.

    `start` and `end` are offsets into the statement, the end exclusive.
    """

    kind: str
    value: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of these (upper-case) words, not quoted in any way."""
        return self.kind == WORD and self.value in words

    def is_symbol(self, *symbols: str) -> bool:
        """Whether this is one of these punctuation marks."""
        return self.kind == SYMBOL and self.value in symbols


class TokenError(QueryError):
    """A string, name or comment does not end, or a character cannot be seen; `tokens` are those before it."""

    def __init__(self, message: str, *, invisible: bool = False) -> None:
        super().__init__(message)
        self.invisible = invisible
        self.tokens: list[Token] = []


def tokenise(cypher: str) -> list[Token]:
    r"""The tokens of a statement, without blanks and comments.

    Raises TokenError (a QueryError) for a string, name or comment that does not end, and for invisible
    characters outside strings, which engines take for letters, for blanks or for nothing.

    >>> [t.value for t in tokenise("match (n:`a b`) RETURN n.x // done")]
    ['MATCH', '(', 'N', ':', 'a b', ')', 'RETURN', 'N', '.', 'X']
    """
    return list(_scan(cypher)[0])


def code_only(cypher: str) -> str:
    """The same statement with comments, unusual blanks and a last ``;`` turned into plain blanks, of the same length.

    kglite knows neither ``/* … */`` nor no-break spaces, and ends ``//`` elsewhere than Neo4j does.

    >>> code_only("RETURN /* one */ 1;")
    'RETURN           1 '
    """
    characters = list(cypher)
    tokens, blanks = _scan(cypher)
    if tokens and tokens[-1].is_symbol(";"):
        blanks += ((tokens[-1].start, tokens[-1].end),)
    for start, end in blanks:
        for offset in range(start, end):
            if characters[offset] != "\n":
                characters[offset] = " "
    return "".join(characters)


def decoded(cypher: str) -> str:
    """The statement as Neo4j 5 reads it, which decodes ``\\uXXXX`` everywhere before it looks for strings."""
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), cypher)


def position(cypher: str, offset: int) -> str:
    """Where an offset is, for a message.

    >>> position("MATCH (n)\\nSET n.x = 1", 10)
    'line 2, column 1'
    """
    before = cypher[:offset]
    line, column = before.count("\n") + 1, offset - before.rfind("\n")
    return say(f"line {line}, column {column}", f"第 {line} 行第 {column} 列")


def folded(word: str) -> str:
    """A word in upper case, look-alikes (ſ, ＳＥＴ) included: an engine may fold them too."""
    return word.upper() if word.isascii() else unicodedata.normalize("NFKC", word).upper()


@lru_cache(maxsize=64)
def _scan(cypher: str) -> tuple[tuple[Token, ...], tuple[tuple[int, int], ...]]:
    """Tokens, and the stretches that are blanks or comments; a query asks for them several times."""
    tokens: list[Token] = []
    blanks: list[tuple[int, int]] = []
    try:
        _fill(cypher, tokens, blanks)
    except TokenError as error:
        error.tokens = tokens
        raise
    return tuple(tokens), tuple(blanks)


def _fill(cypher: str, tokens: list[Token], blanks: list[tuple[int, int]]) -> None:
    at, end = 0, len(cypher)
    while at < end:
        character = cypher[at]
        start = at
        if character.isspace() and unicodedata.category(character) not in {"Zl", "Zp"} and character != "\x85":
            at += 1
            blanks.append((start, at))
        elif cypher.startswith("//", at):
            at = _line_end(cypher, at)
            _refuse_invisible(cypher, start, at)
            blanks.append((start, at))
        elif cypher.startswith("/*", at):
            at = cypher.find("*/", at + 2) + 2
            if at < 2:
                raise _endless(say("comment /*", "注释 /*"), cypher, start, "*/")
            blanks.append((start, at))
        elif character in "'\"":
            at = _string_end(cypher, at)
            tokens.append(Token(TEXT, cypher[start + 1 : at - 1], start, at))
        elif character == "`":
            at = _name_end(cypher, at)
            tokens.append(Token(NAME, cypher[start + 1 : at - 1].replace("``", "`"), start, at))
        elif character == "$" and at + 1 < end and (_is_letter(cypher[at + 1]) or cypher[at + 1].isdigit()):
            at = _word_end(cypher, at + 1)
            tokens.append(Token(PARAMETER, cypher[start + 1 : at], start, at))
        elif character == "$" and at + 1 < end and cypher[at + 1] == "`":
            at = _name_end(cypher, at + 1)
            tokens.append(Token(PARAMETER, cypher[start + 2 : at - 1].replace("``", "`"), start, at))
        elif _is_letter(character):
            at = _word_end(cypher, at)
            tokens.append(Token(WORD, folded(cypher[start:at]), start, at))
        elif number := _NUMBER.match(cypher, at):  # of 1..3 it takes the 1, of ..3 nothing
            at = number.end()
            tokens.append(Token(NUMBER, cypher[start:at], start, at))
        else:
            _refuse_invisible(cypher, at, at + 1)
            symbol = next((s for s in _SYMBOLS if cypher.startswith(s, at)), character)
            at += len(symbol)
            tokens.append(Token(SYMBOL, symbol, start, at))


def _is_letter(character: str) -> bool:
    return character == "_" or character.isalpha() or unicodedata.category(character) in {"Nl", "Pc"}


def _word_end(cypher: str, at: int) -> int:
    found = _ASCII_WORD.match(cypher, at)
    at = found.end() if found else at
    while at < len(cypher) and (
        _is_letter(cypher[at]) or cypher[at].isdigit() or unicodedata.category(cypher[at]) in {"Mn", "Mc", "Nd"}
    ):
        at += 1
    return at


def _line_end(cypher: str, at: int) -> int:
    while at < len(cypher) and cypher[at] not in "\r\n":
        at += 1
    return at


def _string_end(cypher: str, start: int) -> int:
    quote, at = cypher[start], start + 1
    while at < len(cypher):
        if cypher[at] == "\\":
            at += 2
        elif cypher[at] == quote:
            return at + 1
        else:
            at += 1
    raise _endless(say("string", "字符串"), cypher, start, quote)


def _name_end(cypher: str, start: int) -> int:
    at = start + 1
    while at < len(cypher):
        if cypher[at] != "`":
            at += 1
        elif cypher.startswith("``", at):
            at += 2
        else:
            return at + 1
    raise _endless(say("back-ticked name", "反引号名称"), cypher, start, "`")


def _endless(what: str, cypher: str, start: int, end: str) -> TokenError:
    where = position(cypher, start)
    return TokenError(say(f"{what} at {where} does not end; add {end}", f"{where}的{what}没有结束；请补上 {end}"))


def _refuse_invisible(cypher: str, start: int, end: int) -> None:
    for offset in range(start, end):
        character = cypher[offset]
        if character != "\t" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            where = position(cypher, offset)
            code = f"U+{ord(character):04X}"
            raise TokenError(
                say(f"invisible character {code} at {where}; take it out", f"{where}有看不见的字符 {code}；请删去"),
                invisible=True,
            )
