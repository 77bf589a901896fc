"""Which graph a command reads: ``--graph`` a folder, ``--store`` a database, otherwise `aikg.open`'s default."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from aikg.cli.bilingual import Misuse, lang_of, option
from aikg.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from aikg.api import Graph

__all__ = ["Place", "database_address", "graph_options", "login_options"]


@dataclass(frozen=True)
class Place:
    """Where a graph is, and how to log in there."""

    graph: str | None = None
    store: str | None = None
    username: str | None = None
    password: str | None = None
    database: str | None = None

    def open(self) -> Graph:
        """The graph; close it, or use it in a with-statement."""
        import aikg

        return aikg.open(
            self.store or self.graph, username=self.username, password=self.password, database=self.database
        )


def database_address(uri: str, name: str) -> str:
    """`uri`, if it is an address of a database. One that holds a login is refused without showing it."""
    if "://" not in uri:
        raise Misuse(say("store_uri", lang_of(), name=name, value=uri), click.get_current_context())
    if "@" in uri.partition("://")[2].partition("/")[0]:
        raise Misuse(say("login_in_uri", lang_of()), click.get_current_context())
    return uri


def login_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--username``, ``--password`` and ``--database``, which the environment may give as well."""
    for name in ("database", "password", "username"):
        function = option(f"--{name}", envvar=f"NEO4J_{name.upper()}", metavar="TEXT")(function)
    return function


def graph_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--graph``, ``--store`` and the log-in; the function gets them as one `Place` named ``place``."""

    @option("--graph", type=click.Path(), metavar="PATH")
    @option("--store", metavar="URI")
    @login_options
    @functools.wraps(function)
    def wrapped(*args: Any, graph: str | None, store: str | None, **rest: Any) -> None:
        login = {name: rest.pop(name) for name in ("username", "password", "database")}
        if graph is not None and store is not None:
            raise Misuse(say("graph_or_store", lang_of()), click.get_current_context())
        if store is not None:
            database_address(store, "--store")
        function(*args, place=Place(graph, store, **login), **rest)

    return wrapped
