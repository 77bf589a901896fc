"""Names in a Cypher statement that the ontology does not know: an empty answer to a typing error is no finding."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import pairwise

from aikg.graph.stores.tokens import NAME, WORD, Token, TokenError, tokenise
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

__all__ = ["unknown_names"]


def unknown_names(cypher: str) -> str | None:
    """A line that names unknown labels, relation types and misspelt properties with near ones; None if there are none.

    >>> unknown_names("MATCH (c:Compny) RETURN c.nmae")
    "the ontology has no 'Compny' (Company?), no 'nmae' (name?)"
    """
    try:
        tokens = tokenise(cypher)
    except TokenError:
        return None
    found = dict.fromkeys([*_labels(cypher, tokens), *_properties(cypher, tokens)])
    if not found:
        return None
    en = ", ".join(f"no '{name}'" + (f" ({near}?)" if near else "") for name, near in found)
    zh = "、".join(f"“{name}”" + (f"（是不是 {near}？）" if near else "") for name, near in found)
    return say(f"the ontology has {en}", f"本体里没有{zh}")


def _labels(cypher: str, tokens: list[Token]) -> Iterator[tuple[str, str | None]]:
    schema = load_schema()
    known = [*schema.labels, *schema.relations]
    for mark, token in pairwise(tokens):
        name = cypher[token.start : token.end]
        # Labels and types of ours begin with a capital; values behind a map's colon hardly ever do.
        if mark.is_symbol(":", "|") and token.kind == WORD and name[0].isupper() and name not in known:
            yield name, next(iter(difflib.get_close_matches(name, known, n=1)), None)


def _properties(cypher: str, tokens: list[Token]) -> Iterator[tuple[str, str | None]]:
    schema = load_schema()
    known = {c for label in schema.labels for c in schema.node_columns(label)}
    known |= {c for kind in schema.relations for c in schema.edge_columns(kind)}
    for owner, dot, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        name = cypher[token.start : token.end]
        if owner.kind not in (WORD, NAME) or not dot.is_symbol(".") or token.kind != WORD or name in known:
            continue
        # A map of the statement's own may have any keys; only what looks like a property of ours is a typing error.
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
        followed = next((t for t in tokens if t.start >= token.end), None)
        if near and not (followed and followed.is_symbol("(")):
            yield name, near[0]
