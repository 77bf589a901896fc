"""What the shell offers at the Tab key: questions, their parameters, places, pictures, formats.

A completion that fails says nothing: its words would land in the middle of the line that somebody types.
"""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

__all__ = [
    "formats_beginning",
    "measures_beginning",
    "parameters_beginning",
    "picture_parameters_beginning",
    "pictures_beginning",
    "places_beginning",
    "queries_beginning",
]

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_PLACES = {"city": "city", "province": "province", "region": "region", "country": "country"}
_MOST = 500


def _quiet(offer: Completer) -> Completer:
    @functools.wraps(offer)
    def wrapped(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        with contextlib.redirect_stderr(io.StringIO()):
            try:
                return offer(ctx, param, incomplete)
            except Exception:  # noqa: BLE001 - see the module
                return []

    return wrapped


def _items(words: Iterable[str], incomplete: str, *, before: str = "") -> list[CompletionItem]:
    found = sorted({word for word in words if word.startswith(incomplete)})
    return [CompletionItem(before + word) for word in found[:_MOST]]


@_quiet
def queries_beginning(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of questions."""
    from aikg.queries.catalogue import load_catalogue

    return _items(load_catalogue().names(), incomplete)


@_quiet
def measures_beginning(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of measures, and behind one its parameters."""
    from aikg.graph.analysis.catalogue import load_measures, measure_named

    name = ctx.params.get("metric")
    if name is None:
        return _items(load_measures(), incomplete)
    return _items((f"{key}=" for key in measure_named(str(name)).signature()), incomplete)


@_quiet
def places_beginning(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Cities, provinces and regions of the table of places."""
    from aikg.ontology.places import load_places

    return _items((place.name for place in load_places() if place.level in ("city", "province", "region")), incomplete)


@_quiet
def pictures_beginning(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of pictures."""
    from aikg.graph.views.picture import PICTURES

    return _items(PICTURES, incomplete)


@_quiet
def picture_parameters_beginning(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """``city=`` and the like of a picture, and the values of a parameter that has few."""
    from aikg.graph.views.picture import known_picture

    parameters = {p.name: p for p in known_picture(str(ctx.params.get("picture"))).parameters}
    key, sign, value = incomplete.partition("=")
    if sign and key in parameters:
        return _items(parameters[key].choices, value, before=f"{key}=")
    return _items((f"{name}=" for name in parameters), incomplete)


@_quiet
def formats_beginning(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of exchange formats."""
    from aikg.graph.export import FORMATS

    return _items(FORMATS, incomplete)


@_quiet
def parameters_beginning(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """``city=`` of a question, and behind it the values.

    bash takes a word apart at ``=``, the other shells do not: there the value is completed together with its key.
    """
    from aikg.queries.catalogue import load_catalogue

    name = str(ctx.params.get("name"))
    known = list(load_catalogue().get(name).parameters)
    key, sign, value = incomplete.partition("=")
    if sign:
        return _items(_values(ctx, name, key), value, before=f"{key}=")
    given = list(ctx.params.get("parameters") or ())
    if given and given[-1] == "=":
        given.pop()
    if given and given[-1] in known:
        return _items(_values(ctx, name, given[-1]), incomplete)
    used = {word.partition("=")[0] for word in given}
    return _items((f"{word}=" for word in known if word not in used), incomplete)


def _values(ctx: click.Context, name: str, parameter: str) -> Iterable[str]:
    """Places from the table of places, which is quick; others from the graph at hand, if there is one."""
    if parameter in _PLACES:
        from aikg.ontology.places import load_places

        return [place.name for place in load_places() if place.level == _PLACES[parameter]]
    import aikg
    from aikg.api import DEFAULT_GRAPH
    from aikg.graph.folder import is_graph
    from aikg.queries.catalogue import load_catalogue

    graph = ctx.params.get("graph") or DEFAULT_GRAPH
    if not is_graph(graph):
        return []
    with aikg.open(graph) as kg:
        found: list[str] = load_catalogue().values(kg.store, name, parameter)
        return found
