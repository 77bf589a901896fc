"""The catalogue of questions: find one, ask it of a store, list what its parameters accept.

Listing needs neither pandas nor an engine, so that the command line answers at once.

>>> from aikg.queries.catalogue import load_catalogue
>>> load_catalogue().get("companies-in-segment").title["en"]
'Companies in a segment'
"""

from __future__ import annotations

import difflib
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.queries.parse import LANGUAGES, THEMES, Column, Parameter, Query, parse_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from aikg.graph.stores.protocol import Store

__all__ = ["Catalogue", "Column", "Parameter", "Query", "load_catalogue"]


class Catalogue:
    """Questions by name, in the order of their themes. Get the shipped ones with `load_catalogue()`."""

    def __init__(self, queries: Iterable[Query]) -> None:
        order = list(THEMES)
        ordered = sorted(queries, key=lambda q: (order.index(q.theme), q.name))
        self._queries = {query.name: query for query in ordered}

    def __iter__(self) -> Iterator[Query]:
        return iter(self._queries.values())

    def __len__(self) -> int:
        return len(self._queries)

    def names(self) -> list[str]:
        """Names of all questions, by theme and then by name."""
        return list(self._queries)

    def get(self, name: str) -> Query:
        """The question of this name; QueryError with near names for an unknown one.

        >>> load_catalogue().get("chain-gap")
        Traceback (most recent call last):
        ...
        aikg.ontology.errors.QueryError: no question 'chain-gap'; did you mean chain-gaps?
        """
        if name in self._queries:
            return self._queries[name]
        near = difflib.get_close_matches(name.strip().lower().replace("_", "-"), self._queries, n=3, cutoff=0.6)
        if near:
            raise QueryError(
                say(
                    f"no question '{name}'; did you mean {', '.join(near)}?",
                    f"没有“{name}”这个问题；是不是 {'、'.join(near)}？",
                )
            )
        raise QueryError(
            say(
                f"no question '{name}'; there are {', '.join(self._queries)}",
                f"没有“{name}”这个问题；可以问 {'、'.join(self._queries)}",
            )
        )

    def ask(
        self,
        store: Store,
        name: str,
        parameters: Mapping[str, Any] | None = None,
        lang: str = "zh",
        *,
        timeout: float | None = 30.0,
        row_limit: int | None = 100_000,
    ) -> pd.DataFrame:
        """Answer a question.

        Parameters may be text (``"3"``, ``"图表3,图表4"``) or values of their type; places, segments, firms … are named
        by name, alias or id. The frame has exactly the columns of the question, also without rows; every row has
        `sources`, sorted and distinct. ``attrs`` hold `query`, `parameters`, `truncated` and `note`: what an answer
        without rows means, or which sources were counted, in `lang` (zh, en), or None.

        Raises QueryError for an unknown question, parameter or value, StoreError when the store fails.

        >>> load_catalogue().ask(store, "companies-in-segment", {"segment": "计算机视觉"})  # doctest: +SKIP
        """
        from aikg.queries.answer import answer

        _language(lang)
        return answer(store, self.get(name), parameters or {}, lang, timeout=timeout, row_limit=row_limit)

    def values(self, store: Store, name: str, parameter: str) -> list[str]:
        """Values that a parameter accepts on this store, sorted; empty where anything goes (a year without data too).

        >>> load_catalogue().values(store, "companies-in-segment", "city")  # doctest: +SKIP
        ['上海市', '北京市', …]
        """
        from aikg.queries.parameters import accepted_values, known_parameter

        return accepted_values(store, known_parameter(self.get(name), parameter))

    def markdown(self, lang: str = "zh") -> str:
        """The catalogue as a page, in Chinese (`zh`) or English (`en`)."""
        from aikg.queries.page import catalogue_page

        return catalogue_page(self, _language(lang))


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise QueryError(
            say(
                f"language '{lang}' is not one of {', '.join(LANGUAGES)}",
                f"语言“{lang}”应为 {'、'.join(LANGUAGES)} 之一",
            )
        )
    return lang


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The shipped questions; read once per process."""
    folder = resources.files("aikg.queries") / "cypher"
    found = [
        parse_query(file.read_text(encoding="utf-8"), f"{theme.name}/{file.name}")
        for theme in folder.iterdir()
        if theme.is_dir()
        for file in theme.iterdir()
        if file.name.endswith(".cypher")
    ]
    return Catalogue(found)
