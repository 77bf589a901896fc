"""All findings about one folded graph, and what of the recorded ones they replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aikg.loaders.candidates import Candidate
from aikg.loaders.contradictions.contradiction import Contradiction
from aikg.loaders.contradictions.figures import Node
from aikg.loaders.contradictions.joining import join, reviewed_from
from aikg.loaders.contradictions.observed import of_observations
from aikg.loaders.contradictions.relations import of_homes, of_relations
from aikg.loaders.contradictions.spelling import of_spellings
from aikg.loaders.contradictions.values import of_values
from aikg.loaders.statements import Statement
from aikg.ontology.concepts import Concepts
from aikg.ontology.places import Places
from aikg.ontology.schema import Schema

__all__ = ["gather"]

_Edges = Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]]


def gather(
    nodes: Mapping[str, Node],
    edges: _Edges,
    statements: Sequence[Statement],
    pairs: Iterable[Candidate],
    different: Iterable[frozenset[str]],
    order: Mapping[str, int],
    *,
    schema: Schema,
    places: Places,
    concepts: Concepts,
) -> tuple[list[Contradiction], set[str]]:
    """The contradictions of a graph, and the ids of Conflict nodes to take out of it, since a finding says the same.

    `nodes` (id → label and row) and `edges` (type → key → row) are what records were folded to; Conflict nodes among
    them are those that reviewers wrote, and those that were found while reading a document. `pairs` are candidates for
    one thing and `different` pairs judged apart: neither is a misspelling. `order` gives the place of each source.
    """
    subjects = {edge["object"]: edge["subject"] for edge in edges.get("HAS_CONFLICT", {}).values()}
    noticed = {
        id_: _noticed(subjects[id_], row)
        for id_, (label, row) in nodes.items()
        if label == "Conflict" and row["method"] != "curated" and id_ in subjects
    }
    known = {frozenset((pair.first, pair.second)) for pair in pairs} | set(different)
    found = [
        *of_values((s for s in statements if s.label != "Conflict"), schema),
        *of_relations(edges, nodes, schema, places),
        *of_homes(edges, nodes, places),
        *of_observations(nodes, {kind: by_key.values() for kind, by_key in edges.items()}, places, concepts, order),
        *of_spellings(nodes, known, order),
        *noticed.values(),
    ]
    made, replaced = join(found, reviewed_from(nodes, subjects))
    return made, replaced | set(noticed)


def _noticed(subject: str, row: Mapping[str, Any]) -> Contradiction:
    """What a reader of tables or sentences recorded (`as_record`)."""
    return Contradiction(
        subject,
        row["property"],
        row["kind"],
        row["severity"],
        row.get("period"),
        tuple(row["values"]),
        tuple(tuple(cited.split(", ")) for cited in row["value_sources"]),
        row.get("chosen"),
        row["as_of"],
        (),
        row["method"],
        row["confidence"],
    )
