"""The graph in other formats. `write(graph, format, destination)` is the one entry."""

from __future__ import annotations

from pathlib import Path

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

__all__ = ["FORMATS", "write"]

FORMATS = {
    "kgx": {"zh": "KGX：nodes.tsv 与 edges.tsv", "en": "KGX: nodes.tsv and edges.tsv"},
    "rdf": {"zh": "RDF（Turtle，一个文件）", "en": "RDF (Turtle, one file)"},
}


def write(graph: KnowledgeGraph, format: str, destination: Path) -> list[Path]:  # noqa: A002 - the user's word
    """Write `graph` to `destination`: a folder for kgx, a file for rdf. Raises GraphError."""
    if format == "kgx":
        from aikg.graph.export.kgx import write_kgx

        return list(write_kgx(graph, destination))
    if format == "rdf":
        from aikg.graph.export.rdf import write_rdf

        return [write_rdf(graph, destination)]
    raise GraphError(
        say(
            f"export format '{format}' is not one of {', '.join(FORMATS)}",
            f"导出格式“{format}”应为 {'、'.join(FORMATS)} 之一",
        )
    )
