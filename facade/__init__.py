"""aikg: a knowledge graph of the AI industry's actors, with a source for every fact.

>>> import aikg
>>> kg = aikg.build()  # the shipped data set    # doctest: +SKIP
>>> kg.ask("companies-across-layers")  # doctest: +SKIP

Names are imported on first use, so that the command line answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aikg.api import Graph, build, from_networkx, open  # noqa: A004 - the verb of the API
    from aikg.ontology.errors import (
        AikgError,
        GraphError,
        QueryError,
        ReadOnlyError,
        SchemaError,
        SourceError,
        StoreError,
    )

__all__ = [
    "AikgError",
    "Graph",
    "GraphError",
    "QueryError",
    "ReadOnlyError",
    "SchemaError",
    "SourceError",
    "StoreError",
    "__version__",
    "build",
    "from_networkx",
    "open",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("aikg")
    if name in ("Graph", "build", "from_networkx", "open"):
        import aikg.api

        return getattr(aikg.api, name)
    if name in __all__:
        import aikg.ontology.errors

        return getattr(aikg.ontology.errors, name)
    raise AttributeError(f"module 'aikg' has no attribute '{name}'")
