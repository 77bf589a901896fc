"""Records → nodes, edges and statements: one thing, one node; every stated value kept.

The rule for the value that a node shows, when several are stated: later `as_of`, then higher confidence,
then the earlier input, then the earlier line. What lost stays in the statements, and the disagreement
becomes a Conflict (`contradictions.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from aikg.loaders import candidates, contradictions, identity
from aikg.loaders.records import Problem, Records, citation, in_column
from aikg.loaders.statements import Statement, line_of, winner
from aikg.ontology.concepts import Concepts, load_concepts
from aikg.ontology.language import Said
from aikg.ontology.places import Place, Places, load_places
from aikg.ontology.ranking import later_first
from aikg.ontology.schema import Schema, load_schema
from aikg.ontology.values import as_text

__all__ = ["PLACE_LABELS", "Resolved", "identity_map", "resolve"]

Row = dict[str, Any]
PLACE_LABELS = frozenset({"Country", "Region", "Province", "City", "District"})


@dataclass
class Resolved:
    """Rows for the frames of a graph, and what resolving has to report."""

    nodes: dict[str, list[Row]] = field(default_factory=dict)
    edges: dict[str, list[Row]] = field(default_factory=dict)
    statements: list[Row] = field(default_factory=list)
    merged: int = 0  # entity records that told more of a thing another record had told of already
    conflicts: int = 0
    candidates: int = 0
    problems: list[Problem] = field(default_factory=list)


def resolve(
    records: Records,
    *,
    same: Mapping[str, str] | None = None,
    different: Iterable[tuple[str, str]] = (),
    schema: Schema | None = None,
    places: Places | None = None,
    concepts: Concepts | None = None,
) -> Resolved:
    """Fold records into one graph.

    `same` maps ids to the id they were judged to be the same as, `different` lists pairs judged apart
    (they are no candidates any more). The order of `Source` records is the order of inputs.

    >>> resolve(records).nodes["Company"][0]["founded"]  # doctest: +SKIP
    '2002-05-31'
    """
    return _Resolver(
        records,
        dict(same or {}),
        {frozenset(pair) for pair in different},
        schema or load_schema(),
        places or load_places(),
        concepts or load_concepts(),
    ).run()


class _Resolver:
    def __init__(
        self,
        records: Records,
        same: dict[str, str],
        different: set[frozenset[str]],
        schema: Schema,
        places: Places,
        concepts: Concepts,
    ) -> None:
        self.records, self.same, self.different = records, same, different
        self.schema, self.places, self.concepts = schema, places, concepts
        self.order = {row["id"]: index for index, row in enumerate(records.entities.get("Source", ()))}
        self.out = Resolved()
        self.nodes: dict[str, tuple[str, Row]] = {}
        self.edges: dict[str, dict[tuple[Any, ...], Row]] = defaultdict(dict)
        self.statements: list[Statement] = []

    def run(self) -> Resolved:
        self.canonical = identity_map(self.records, self.same)
        self._fold_entities()
        self._add_places()
        self._fold_links()
        pairs = candidates.find(self.nodes, self.places, self.different)
        self._contradictions(pairs)
        for pair in pairs:
            row = {"subject": pair.first, "object": pair.second, "score": pair.score, "reason": pair.reason}
            cited = sorted({*self.nodes[pair.first][1]["sources"], *self.nodes[pair.second][1]["sources"]})
            self._edge("SAME_AS_CANDIDATE", row, cited, None, "mapping", pair.score)
        self._cite()
        out = self.out
        out.conflicts = sum(label == "Conflict" for label, _ in self.nodes.values())
        out.candidates = len(pairs)
        for label, row in self.nodes.values():
            out.nodes.setdefault(label, []).append(row)
        for kind, by_key in self.edges.items():
            out.edges[kind] = list(by_key.values())
        out.statements = [statement.row() for statement in self.statements]
        return out

    # -- nodes ------------------------------------------------------------------------------------

    def _fold_entities(self) -> None:
        for label, rows in sorted(self.records.entities.items()):
            groups: dict[str, list[Row]] = defaultdict(list)
            for row in rows:
                groups[self.canonical.get(row["id"], row["id"])].append(row)
            self.out.merged += len(rows) - len(groups)
            for id_, group in groups.items():
                self._fold(label, id_, group)

    def _fold(self, label: str, id_: str, group: list[Row]) -> None:
        statements: dict[str, list[Statement]] = defaultdict(list)
        aliases: set[str] = set()
        sources: dict[str, tuple[int, int, str]] = {}
        named = [self._statement(label, id_, "name", row) for row in group]
        for row, cited in zip(group, named, strict=True):
            aliases |= {row["name"], *row["aliases"]}
            statements["name"].append(cited)
            for name in self.schema.labels[label].properties:
                if row.get(name) is None and name not in row["raw"]:
                    continue
                statements[name].append(self._statement(label, id_, name, row))
            if cited.citation and label != "Source":
                sources[cited.citation] = (cited.order, cited.line or 0, cited.locator)
        node: Row = {"id": id_}
        for name, said in statements.items():
            # The same thing said twice in one cell (a company named in two roles of a row) is one statement.
            unique = list({(s.citation, as_text(s.value)): s for s in sorted(said, key=Statement.rank)}.values())
            self.statements.extend(unique)
            chosen = winner(unique)
            if chosen is not None:
                node[name] = chosen.value
        best = min(named, key=Statement.rank)
        node["aliases"] = sorted(alias for alias in aliases - {node["name"]} if alias)
        node["sources"] = sorted(sources, key=sources.__getitem__) if label != "Source" else [id_]
        node["as_of"] = best.as_of
        node["method"] = best.method
        node["confidence"] = max(row["confidence"] for row in group)
        add_years(node, self.schema.node_columns(label))
        self.nodes[id_] = (label, node)

    def _statement(self, label: str, id_: str, name: str, row: Row) -> Statement:
        where = in_column(row["locator"], row["cells"].get(name) or row["cells"].get("*"))
        value = row.get(name)
        raw = row["raw"].get(name)
        source = row["source"] or None
        order = self.order.get(source or "", len(self.order))
        return Statement(
            label, id_, name, value, raw, source, where, row["as_of"], row["method"], row["confidence"], order
        )

    def _add_places(self) -> None:
        """Codes and coordinates of named places, and their ancestors, from the code table."""
        named = [id_ for id_, (label, _) in self.nodes.items() if label in PLACE_LABELS]
        for id_ in sorted(named):
            place = self.places.find(id_)
            if place is None:  # an area that no code table has, such as 苏南
                continue
            chain = [place, *self.places.ancestors(place)]
            for member in chain:
                if member.id not in self.nodes:
                    node: Row = {"id": member.id, "name": member.name, "aliases": [], "sources": []}
                    node |= {"as_of": None, "method": "code_table", "confidence": 1.0}
                    self.nodes[member.id] = (member.label, node)
                self._from_code_table(member)
            for child, parent in pairwise(chain):
                self._edge("PART_OF", {"subject": child.id, "object": parent.id}, [], None, "code_table", 1.0)
        for concept_id in sorted(
            id_ for id_, (label, _) in self.nodes.items() if label in ("ChainLayer", "ChainSegment")
        ):
            concept = self.concepts.get(concept_id)
            if concept is not None:
                self._table_values(
                    concept_id, {"order": concept.order, "notation": concept.notation}, "aikg:chain-layers3"
                )

    def _from_code_table(self, place: Place) -> None:
        code = place.code if re.fullmatch(r"\d{6}", place.code) else None
        values = {"adcode": code, "latitude": place.latitude, "longitude": place.longitude}
        self._table_values(place.id, values, "GB/T 2260" if code else "ISO 3166-1")

    def _table_values(self, id_: str, values: Mapping[str, Any], table: str) -> None:
        label, node = self.nodes[id_]
        for name, value in values.items():
            if value is None or name in node or name not in self.schema.labels[label].properties:
                continue
            node[name] = value
            order = len(self.order) + 1
            self.statements.append(
                Statement(label, id_, name, value, None, None, table, None, "code_table", 1.0, order)
            )

    # -- edges ------------------------------------------------------------------------------------

    def _fold_links(self) -> None:
        for kind, rows in sorted(self.records.links.items()):
            relation = self.schema.relations[kind]
            groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
            for row in rows:
                ends = tuple(self.canonical.get(row[end], row[end]) for end in ("subject", "object"))
                groups[(*ends, *(row.get(name) for name in relation.key))].append(row)
            for key, group in groups.items():
                subject, target = key[0], key[1]
                if subject == target or not self._allowed(kind, subject, target, group[0]):
                    continue
                group.sort(key=self._link_rank)
                cited = {citation(row["source"], row["locator"]): row for row in group if row["source"]}
                ordered = sorted(cited, key=lambda text: self._place_in_inputs(cited[text]))
                properties = {
                    name: next((row[name] for row in group if row.get(name) is not None), None)
                    for name in relation.properties
                }
                self._edge(
                    kind,
                    {"subject": subject, "object": target, **properties},
                    ordered,
                    max((row["as_of"] for row in group if row["as_of"]), default=None),
                    group[0]["method"],
                    max(row["confidence"] for row in group),
                )

    def _allowed(self, kind: str, subject: str, target: str, row: Row) -> bool:
        message: Said | None = None
        for id_ in (subject, target):
            if id_ not in self.nodes:
                message = Said(f"{kind}: {id_} is described by no record", f"{kind}：没有记录描述 {id_}")
        if message is None:
            ends = self.nodes[subject][0], self.nodes[target][0]
            if not self.schema.relations[kind].allows(*ends):
                message = Said(
                    f"{kind} from {subject} to {target}: the ontology has no {kind} from {ends[0]} to {ends[1]}",
                    f"从 {subject} 到 {target} 的 {kind}：本体没有从 {ends[0]} 到 {ends[1]} 的 {kind}",
                )
        if message is not None:
            self.out.problems.append(Problem(citation(row["source"], row["locator"]), None, message))
        return message is None

    def _link_rank(self, row: Row) -> tuple[Any, ...]:
        return (later_first(row["as_of"]), -row["confidence"], *self._place_in_inputs(row))

    def _place_in_inputs(self, row: Row) -> tuple[int, int, str]:
        return (self.order.get(row["source"], len(self.order)), line_of(row["locator"]) or 0, row["locator"])

    def _edge(self, kind: str, row: Row, sources: list[str], as_of: str | None, method: str, confidence: float) -> None:
        relation = self.schema.relations[kind]
        key = (row["subject"], row["object"], *(row.get(name) for name in relation.key))
        known = self.edges[kind].get(key)
        if known is not None and known["method"] == "code_table":
            # A document states what the code table knows anyway: it holds whatever source is asked for, and cites the document.
            known["sources"] = list(dict.fromkeys([*known["sources"], *sources]))
            return
        if known is not None:
            return
        made = {"id": f"{kind}:{identity.digest(kind, *key)}", **row}
        made |= {"sources": sources, "as_of": as_of, "method": method, "confidence": confidence}
        add_years(made, self.schema.edge_columns(kind))
        self.edges[kind][key] = made

    # -- contradictions and sources ---------------------------------------------------------------

    def _contradictions(self, pairs: Iterable[candidates.Candidate]) -> None:
        """Conflict nodes for what was found; of those that came as records, what was found again goes."""
        found, replaced = contradictions.gather(
            self.nodes,
            self.edges,
            self.statements,
            pairs,
            self.different,
            self.order,
            schema=self.schema,
            places=self.places,
            concepts=self.concepts,
        )
        for id_ in replaced:
            del self.nodes[id_]
        of_conflicts = self.edges["HAS_CONFLICT"]
        for key in [key for key, edge in of_conflicts.items() if edge["object"] in replaced]:
            del of_conflicts[key]
        self.statements = [s for s in self.statements if s.id not in replaced]
        for conflict in found:
            label, subject = self.nodes[conflict.subject]
            node = contradictions.as_node(conflict, label, str(subject["name"]), self.schema)
            self.nodes[node["id"]] = ("Conflict", node)
            ends = {"subject": conflict.subject, "object": node["id"]}
            said = (node["sources"], conflict.as_of, conflict.method, conflict.confidence)
            self._edge("HAS_CONFLICT", ends, *said)

    def _cite(self) -> None:
        """STATED_IN: one edge per node and document, with all locators."""
        for id_, (label, node) in list(self.nodes.items()):
            if label == "Source":
                continue
            by_source: dict[str, list[str]] = defaultdict(list)
            for cited in node["sources"]:
                source, _, where = cited.partition("#")
                by_source[source].append(where)
            for source, locators in by_source.items():
                if source in self.nodes:
                    cited = [citation(source, where) for where in locators]
                    row = {"subject": id_, "object": source, "locator": locators}
                    self._edge("STATED_IN", row, cited, node["as_of"], node["method"], node["confidence"])


def identity_map(records: Records, same: Mapping[str, str]) -> dict[str, str]:
    """Proposed id → id in the graph, for ids that are proven to mean the same thing.

    Proofs: a person's judgement; a company's name that goes with exactly one code; a park or policy named
    without its place where exactly one of that name is known; another name that a reviewer states.
    """
    mapping: dict[str, str] = {}
    codes: dict[str, set[str]] = defaultdict(set)
    for row in records.entities.get("Company", ()):
        if row["id"].startswith("company:uscc:"):
            for name in (row["name"], *row["aliases"]):
                codes[f"company:{name}"].add(row["id"])
    for row in records.entities.get("Company", ()):
        if len(codes.get(row["id"], ())) == 1:
            mapping[row["id"]] = next(iter(codes[row["id"]]))
    for label in ("Park", "Policy"):
        placed: dict[str, set[str]] = defaultdict(set)
        for row in records.entities.get(label, ()):
            prefix, place, name = row["id"].split(":", 2)
            if place:
                placed[f"{prefix}::{name}"].add(row["id"])
        mapping |= {bare: next(iter(ids)) for bare, ids in placed.items() if len(ids) == 1}
    mapping |= _by_stated_alias(records, mapping)
    mapping |= same
    return {id_: _end(mapping, id_) for id_ in mapping}


_ALIASED = ("Company", "University", "Institution", "Park", "Policy", "Programme", "ComputeCenter", "Group")


def _by_stated_alias(records: Records, mapping: Mapping[str, str]) -> dict[str, str]:
    """A thing that goes by a name of which a reviewer says that it is another name of exactly one thing: 腾讯 is 腾讯科技.

    Only a person's word counts here: an alias that a program collected may be a mere way of writing.
    """
    made: dict[str, str] = {}
    for label in _ALIASED:
        claims: dict[str, set[str]] = defaultdict(set)
        named: dict[str, set[str]] = defaultdict(set)
        for row in records.entities.get(label, ()):
            id_ = mapping.get(row["id"], row["id"])
            named[row["name"]].add(id_)
            if row["method"] == "curated":
                for alias in row["aliases"]:
                    if alias != row["name"]:
                        claims[alias].add(id_)
        for alias, owners in claims.items():
            bearers = named.get(alias, set()) - owners
            if len(owners) == 1 and len(bearers) == 1:
                made[next(iter(bearers))] = next(iter(owners))
    return made


def _end(mapping: Mapping[str, str], id_: str) -> str:
    """Follow judgements that chain (a = b, b = c); of a circle the smallest id stays."""
    seen = [id_]
    while id_ in mapping:
        id_ = mapping[id_]
        if id_ in seen:
            return min(seen[seen.index(id_) :])
        seen.append(id_)
    return id_


def add_years(row: Row, columns: Mapping[str, Any]) -> None:
    """The integer `…_year` beside each date."""
    for name, column in columns.items():
        if column.derived_from:
            date = row.get(column.derived_from)
            row[name] = int(date[:4]) if date else None
