"""What a picture says about a node when asked: values with their sources, figures, contradictions.

A page repeats few texts many times (one source line serves a firm, its city and the relation between them),
so citations and figures go into tables, and nodes and relations refer to them by number.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aikg.graph.citations import cite, titles
from aikg.graph.views.words import words
from aikg.ontology.concepts import load_concepts
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.ontology.schema import Property, Schema

__all__ = ["Details", "number_text", "plain"]

# Shown in places of their own, so not once more among the properties.
_APART = {"id", "name", "aliases", "sources", "method", "confidence", "subject", "object"}
_FEEDING = {"OBSERVED", "HAS_CONFLICT", "STATED_IN"}


def plain(value: Any) -> Any:
    """A cell as Python's own value: null is None, a list cell a list without nulls.

    >>> plain(float("nan")) is None
    True
    """
    if is_null(value):
        return None
    if hasattr(value, "tolist"):  # numpy's arrays and scalars
        value = value.tolist()
    return [item for item in map(plain, value) if item is not None] if isinstance(value, list | tuple) else value


@lru_cache(maxsize=2)
def _codes(lang: str) -> dict[str, dict[str, str]]:
    """Texts by code list and code: headquarters is 总部."""
    concepts = load_concepts()
    lists = {name: concepts.code_list(name) for name in concepts.code_lists() if name != "indicator"}
    return {
        name: {one.name: one.en if lang == "en" else one.zh or one.name for one in listed}
        for name, listed in lists.items()
    }


def number_text(value: float) -> str:
    """A number as people write it: no trailing .0, groups of three.

    >>> number_text(1070000000.0), number_text(33.3)
    ('1,070,000,000', '33.3')
    """
    return f"{value:,.12g}" if abs(value) < 1e12 else f"{value:g}"


class Details:
    """Details of chosen nodes and relations of one graph, in one language, with the tables they refer to.

    After `node_details` and `edge_details`, `cites` holds ``{"text", "url"}`` and `facts` ``{"text",
    "cites"}`` rows, and `columns` the names of the values that details list, by label or relation type.
    """

    def __init__(self, graph: KnowledgeGraph, schema: Schema, lang: str) -> None:
        self.graph, self.schema, self.lang, self.words = graph, schema, lang, words(lang)
        self.cites: list[dict[str, Any]] = []
        self.facts: list[dict[str, Any]] = []
        self.columns: dict[str, list[str]] = {}
        self._cite_numbers: dict[str, int] = {}
        self._fact_numbers: dict[str, int] = {}
        sources = graph.nodes.get("Source")
        rows = [] if sources is None else sources.to_dict("records")
        self.titles = titles(graph)
        self._urls = {row["id"]: plain(row.get("url")) for row in rows}
        self.used_sources: dict[str, None] = {}

    def cite_number(self, entry: str) -> int:
        if entry not in self._cite_numbers:
            source = entry.partition("#")[0]
            self.used_sources[source] = None
            url = self._urls.get(source)
            row = {"text": cite(entry, self.titles, self.lang)}
            self._cite_numbers[entry] = len(self.cites)
            self.cites.append({**row, "url": url} if url else row)
        return self._cite_numbers[entry]

    def cite_numbers(self, entries: Iterable[str] | None) -> list[int]:
        return [self.cite_number(entry) for entry in dict.fromkeys(entries or ())]

    def value_text(self, value: Any, scheme: str | None = None) -> str | None:
        """A value for people, codes of the list `scheme` by their names; None for what is not held."""
        value = plain(value)
        if value is None or value == [] or value == "":
            return None
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, int | float):
            return number_text(value)
        if isinstance(value, list):
            return self.words["list"].join(text for item in value if (text := self.value_text(item, scheme)))
        return self.code(scheme, str(value))

    def code(self, scheme: str | None, value: str) -> str:
        """What a code means in this language. Units (PFLOPS) stay what people write."""
        return value if scheme in (None, "capacity_unit") else _codes(self.lang).get(scheme, {}).get(value, value)

    def node_details(self, drawn: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Details by node id of the nodes in `drawn` (id to label)."""
        details: dict[str, dict[str, Any]] = {}
        stated = self._statements(drawn)
        by_label: dict[str, list[str]] = defaultdict(list)
        for node, label in drawn.items():
            by_label[label].append(node)
        for label in sorted(by_label):
            frame = self.graph.nodes[label]
            shown = self._shown(label, self.schema.node_columns(label))
            for row in frame[frame["id"].isin(by_label[label])].to_dict("records"):
                made = self._common(row, shown, stated.get(row["id"], {}))
                if aliases := plain(row.get("aliases")):
                    made["aliases"] = aliases
                details[row["id"]] = made
        self._add_neighbours(details, drawn)
        return details

    def edge_details(self, types: Iterable[str], ids: set[str]) -> dict[str, dict[str, Any]]:
        """Details by edge id of the edges with these types and ids."""
        details: dict[str, dict[str, Any]] = {}
        for name in types:
            frame = self.graph.edges[name]
            shown = self._shown(name, self.schema.edge_columns(name))
            for row in frame[frame["id"].isin(ids)].to_dict("records"):
                details[row["id"]] = self._common(row, shown, {})
        return details

    def _shown(self, name: str, columns: Mapping[str, Property]) -> list[Property]:
        """The own properties, as of last; derived years are left out."""
        own = [p for p in columns.values() if p.derived_from is None and p.name not in _APART]
        shown = sorted(own, key=lambda p: p.name == "as_of")
        self.columns[name] = [p.label[self.lang] for p in shown]
        return shown

    def _common(
        self, row: Mapping[Any, Any], shown: Iterable[Property], stated: Mapping[str, list[dict[str, Any]]]
    ) -> dict[str, Any]:
        """Values in the order of `columns` (null: not recorded), sources, and who states which value."""
        shown = list(shown)
        names = [p.name for p in shown]
        made: dict[str, Any] = {
            "values": [self.value_text(row[p.name], p.scheme) for p in shown],
            "sources": self.cite_numbers(plain(row["sources"])),
        }
        if said := {names.index(name): entries for name, entries in stated.items() if name in names}:
            made["stated"] = said
        if method := plain(row.get("method")):
            made["method"] = method
        return made

    def _statements(self, drawn: Mapping[str, str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Stated values by node and property, each with all places that state it."""
        frame = self.graph.statements
        made: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
        if frame.empty:
            return made
        datatypes = {label: self.schema.node_columns(label) for label in set(drawn.values())}
        for row in frame[frame["id"].isin(list(drawn))].to_dict("records"):
            value, source = plain(row["value"]), plain(row["source"])
            item = datatypes[drawn[row["id"]]].get(row["property"])
            if value is None or item is None or item.name in _APART:
                continue
            # Shown as the node's own value is, so that only a different value is called another one.
            value = self.value_text(_typed(str(value), item.datatype), item.scheme)
            if value is None:
                continue
            values = made[row["id"]].setdefault(row["property"], [])
            entry = next((known for known in values if known["value"] == value), None)
            if entry is None:
                entry = {"value": value, "cites": []}
                values.append(entry)
            locator = plain(row["locator"])
            number = self.cite_number(f"{source}#{locator}" if locator else source) if source else None
            if number is not None and number not in entry["cites"]:
                entry["cites"].append(number)
        return made

    def _add_neighbours(self, details: dict[str, dict[str, Any]], drawn: Mapping[str, str]) -> None:
        observations = self._by_id("Observation")
        conflicts = self._by_id("Conflict")
        outside_names: dict[str, str] = {}
        for label, frame in self.graph.nodes.items():
            kind_of = self._brackets(self.schema.labels[label].label[self.lang])
            for i, name in zip(frame["id"], frame["name"], strict=True):
                if i not in drawn:
                    outside_names[i] = f"{plain(name) or i}{kind_of}"
        others: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for kind in sorted(self.graph.edges):
            frame = self.graph.edges[kind]
            relation = self.schema.relations[kind].label[self.lang]
            near = frame[frame["subject"].isin(list(drawn)) | frame["object"].isin(list(drawn))]
            for subject, target in zip(near["subject"], near["object"], strict=True):
                if kind == "OBSERVED" and target in observations:
                    if subject in details:
                        details[subject].setdefault("facts", []).append(self._fact(observations[target]))
                elif kind == "HAS_CONFLICT" and target in conflicts:
                    if subject in details:
                        details[subject].setdefault("conflicts", []).append(self._conflict(conflicts[target]))
                elif kind in _FEEDING:
                    continue
                else:
                    for inside, outside, title in (
                        (subject, target, f"{relation} →"),
                        (target, subject, f"← {relation}"),
                    ):
                        if inside in details and outside not in drawn:
                            others[inside][title].append(outside_names.get(outside, outside))
        for node, found in others.items():
            details[node]["others"] = [[title, sorted(found[title])] for title in sorted(found)]

    def _by_id(self, label: str) -> dict[str, dict[str, Any]]:
        frame = self.graph.nodes.get(label)
        if frame is None:
            return {}
        return {row["id"]: {str(key): plain(value) for key, value in row.items()} for row in frame.to_dict("records")}

    def _brackets(self, text: str) -> str:
        return f"{self.words['open']}{text}{self.words['shut']}" if text else ""

    def _fact(self, row: Mapping[str, Any]) -> int:
        """Number of an Observation's row in `facts`: what, how much, when, of what, how certain."""
        if row["id"] not in self._fact_numbers:
            value = row.get("value_text")
            if row.get("value") is not None:
                value = number_text(row["value"])
                if row.get("value_max") is not None:
                    value += f"–{number_text(row['value_max'])}"
                value += row.get("unit") or ""
            # "exact" is what a number is anyhow.
            qualifiers = [self.code("qualifier", q) for q in row.get("qualifier") or [] if q != "exact"]
            inside = [row.get("period"), row.get("scope"), self.words["list"].join(qualifiers)]
            about = self.words["semicolon"].join(str(part) for part in inside if part)
            what = row.get("indicator_text") or row.get("name") or row["id"]
            text = f"{what}{self.words['colon']}{value or self.words['not_recorded']}{self._brackets(about)}"
            self._fact_numbers[row["id"]] = len(self.facts)
            self.facts.append({"text": text, "cites": self.cite_numbers(row.get("sources"))})
        return self._fact_numbers[row["id"]]

    def _conflict(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A Conflict with each of its values, the places that state it, and the one that is shown."""
        name = row.get("property") or ""
        known = {kind: relation.label[self.lang] for kind, relation in self.schema.relations.items()}
        for label in self.schema.labels:
            known |= {p.name: p.label[self.lang] for p in self.schema.node_columns(label).values()}
        severity = self.code("severity", row.get("severity") or "")
        about = self.words["semicolon"].join(part for part in (severity, row.get("period") or "") if part)
        chosen = row.get("chosen")
        text = known.get(name, name) + self._brackets(about)
        if chosen is not None:
            text += f"{self.words['semicolon']}{self.words['chosen']} {self.value_text(chosen)}"
        values = _listed(row.get("values"))
        places = _listed(row.get("value_sources"))
        return {
            "text": text,
            "values": [
                {"value": value, "cites": self.cite_numbers(_entries(places[at]) if at < len(places) else [])}
                for at, value in enumerate(values)
            ],
        }


def _typed(text: str, datatype: str) -> Any:
    """A statement's value, which is kept as text, as a value of its property; what does not fit stays text.

    >>> _typed("true", "boolean"), _typed("1400.0", "integer"), _typed("a|b", "text_list"), _typed("约30", "number")
    (True, 1400.0, ['a', 'b'], '约30')
    """
    if datatype == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    if datatype in ("integer", "number"):
        with contextlib.suppress(ValueError):
            return float(text)
    return text.split("|") if datatype == "text_list" else text


def _listed(value: Any) -> list[str]:
    return [] if value is None else [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _entries(text: str) -> list[str]:
    """The source entries of one conflicting value; entries hold no blank, several are joined by a comma and one."""
    return [part for part in text.split(", ") if part]
