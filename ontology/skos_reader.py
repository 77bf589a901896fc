"""Reads the SKOS schemes in `schemes/` into concepts, code lists and indicators; only here is their RDF known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aikg.ontology.errors import SchemaError
from aikg.ontology.language import say
from aikg.ontology.namespaces import FOLDER, NS, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

__all__ = [
    "MAPPING_KINDS",
    "Concept",
    "Indicator",
    "Vocabulary",
    "by_word",
    "normal_form",
    "read_indicators",
    "read_lists",
    "read_official_layers",
]

MAPPING_KINDS = ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch")

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PREFIXES = {
    "ChainLayer": "layer",
    "ChainSegment": "segment",
    "Technology": "tech",
    "Industry": "industry",
    "ApplicationField": "field",
}
_BLANKS = re.compile(r"\s+")


def normal_form(word: str) -> str:
    """What two spellings have in common: NFKC, case folded, without white space.

    >>> normal_form("ＡＩ 芯片") == normal_form("ai芯片")
    True
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", word)).casefold()


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme, or an entry of a code list.

    `id` is the node's id (`segment:计算机视觉`); for a code list it is `<list>:<name>`. `label` is the label
    of the node, empty for a code list. `name` is the value that the graph holds: the Chinese preferred label,
    or the code where the list has codes (`exact`, `table`); `zh` and `en` are what a user sees.
    `alternatives` are other wordings. `broader` and `layer` are ids. `order` is the place among siblings, or
    in an ordered list; None where there is none. `source` is the locator of the wording in a document
    (`src:<12 hex>#L172`), the first of `sources`. A `cell_only` word is too common for running text.
    """

    id: str
    label: str
    name: str
    en: str
    alternatives: tuple[str, ...] = ()
    notation: str | None = None
    broader: str | None = None
    order: int | None = None
    layer: str | None = None
    source: str | None = None
    zh: str = ""
    definition: dict[str, str] = field(default_factory=dict, hash=False)
    sources: tuple[str, ...] = ()
    cell_only: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator to which the wordings of several documents are tied.

    `unit_family`: money, percent, count, … (values of one family can be converted and compared);
    `higher_is`: better, worse or neutral.
    """

    name: str
    en: str
    unit_family: str
    higher_is: str
    wordings: tuple[str, ...] = ()
    definition: dict[str, str] = field(default_factory=dict, hash=False)


def _parse(*schemes: str) -> Graph:
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for scheme in schemes:
        graph.parse(FOLDER / "schemes" / f"{scheme}.ttl", format="turtle")
    return graph


class Vocabulary:
    """Concepts that can be nodes, with look-up tables by id and by word."""

    @classmethod
    def read(cls) -> Vocabulary:
        """The main scheme and the concordance."""
        return cls(_parse("chain-layers3", "concordance"))

    def __init__(self, graph: Graph) -> None:
        from rdflib import RDF, SKOS, URIRef

        self.ids: dict[Node, str] = {}
        labels: dict[Node, str] = {}
        for label, prefix in _PREFIXES.items():
            for iri in graph.subjects(RDF.type, URIRef(NS + label)):
                labels[iri] = label
                self.ids[iri] = f"{prefix}:{_text(graph, iri, SKOS.prefLabel, 'zh')}"
        self.by_id: dict[str, Concept] = {}
        for iri, id_ in self.ids.items():
            above = [a for a in graph.transitive_objects(iri, SKOS.broader) if a is not None and a != iri]
            layer = next((self.ids[a] for a in above if labels.get(a) == "ChainLayer"), None)
            self.by_id[id_] = _concept(
                graph,
                iri,
                id_,
                labels[iri],
                broader=self.ids[above[0]] if above else None,
                layer=layer,
            )
        self.by_word = by_word(self.by_id.values())
        self.mappings = {id_: found for iri, id_ in self.ids.items() if (found := _mappings(graph, iri, self.ids))}
        pairs = [(s, o) for s, o in graph.subject_objects(URIRef(NS + "upstreamOf")) if s in self.ids and o in self.ids]
        self.upstream = tuple(sorted((self.ids[s], self.ids[o]) for s, o in pairs))


def by_word(concepts: Iterable[Concept]) -> dict[str, Concept]:
    """Concept by normal form of each wording; preferred labels win over alternative and English ones."""
    listed = sorted(concepts, key=lambda c: c.id)
    words: dict[str, Concept] = {}
    for wordings in (
        lambda c: (c.name, c.zh),
        lambda c: c.alternatives,
        lambda c: (c.en,),
    ):
        for concept in listed:
            for word in wordings(concept):
                if word:
                    words.setdefault(normal_form(word), concept)
    return words


def _concept(
    graph: Graph,
    iri: Node,
    id_: str,
    label: str,
    *,
    broader: str | None = None,
    layer: str | None = None,
    coded: bool = False,
) -> Concept:
    from rdflib import DCTERMS, SH, SKOS, URIRef

    notation = next((str(o) for o in graph.objects(iri, SKOS.notation)), None)
    order = next((int(str(o)) for o in graph.objects(iri, URIRef(NS + "rank") if coded else SH.order)), None)
    sources = tuple(sorted((str(o) for o in graph.objects(iri, DCTERMS.source)), key=_line))
    zh = _text(graph, iri, SKOS.prefLabel, "zh")
    return Concept(
        id=id_,
        label=label,
        name=notation or zh if coded else zh,
        en=_text(graph, iri, SKOS.prefLabel, "en"),
        alternatives=tuple(sorted(str(o) for o in graph.objects(iri, SKOS.altLabel))),
        notation=notation,
        broader=broader,
        order=order,
        layer=layer,
        source=sources[0] if sources else None,
        zh=zh,
        definition={o.language: str(o) for o in graph.objects(iri, SKOS.definition)},  # type: ignore[attr-defined]
        sources=sources,
        cell_only=(iri, URIRef(NS + "cellOnly"), None) in graph,
    )


def read_official_layers() -> tuple[tuple[Concept, tuple[tuple[str, str], ...]], ...]:
    """The official four tiers in their order, each with its (kind of match, id) pairs to the main scheme."""
    from rdflib import SKOS, URIRef

    graph = _parse("chain-layers3", "chain-layers4")
    ids = Vocabulary(graph).ids
    members = graph.subjects(SKOS.inScheme, URIRef(SCHEMES + "chain-layers4"))
    listed = [(_concept(graph, iri, "", ""), _mappings(graph, iri, ids)) for iri in members]
    return tuple(sorted(listed, key=lambda pair: pair[0].order or 0))


def _line(source: str) -> tuple[str, int]:
    document, _, line = source.partition("#L")
    return document, int(line) if line.isdigit() else 0


def _text(graph: Graph, iri: Node, predicate: Node, lang: str) -> str:
    texts = [str(o) for o in graph.objects(iri, predicate) if o.language == lang]  # type: ignore[attr-defined]
    if len(texts) != 1:
        raise SchemaError(
            say(
                f"schemes: {iri} has {len(texts)} values of {predicate} @{lang}; give it exactly one",
                f"schemes：{iri} 有 {len(texts)} 个 {predicate} @{lang} 的值；应恰好有一个",
            )
        )
    return texts[0]


def _mappings(graph: Graph, iri: Node, ids: dict[Node, str]) -> tuple[tuple[str, str], ...]:
    from rdflib import URIRef

    return tuple(
        (kind, target)
        for kind in MAPPING_KINDS
        for target in sorted(ids[o] for o in graph.objects(iri, URIRef(_SKOS + kind)) if o in ids)
    )


def read_lists() -> dict[str, tuple[Concept, ...]]:
    """Code lists by name. A scheme is a list; its name is the last part of its IRI with `_` for `-`."""
    from rdflib import RDF, SH, SKOS

    graph = _parse("code-lists", "financing-stages")
    lists: dict[str, tuple[Concept, ...]] = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        name = str(scheme).removeprefix(SCHEMES).replace("-", "_")
        members = sorted(
            graph.subjects(SKOS.inScheme, scheme),
            key=lambda iri: (int(str(next(graph.objects(iri, SH.order), 0))), str(iri)),
        )
        concepts = [_concept(graph, iri, "", "", coded=True) for iri in members]
        if concepts:
            lists[name] = tuple(replace(c, id=f"{name}:{c.name}") for c in concepts)
    return lists


def read_indicators() -> tuple[dict[str, Indicator], tuple[Indicator, ...]]:
    """Indicators by normal form of each wording, and all of them in the order of the file."""
    from rdflib import RDF, SH, SKOS, URIRef

    graph = _parse("indicators")

    def one(iri: Node, name: str) -> str:
        return str(next(graph.objects(iri, URIRef(NS + name))))

    members = sorted(
        graph.subjects(RDF.type, SKOS.Concept),
        key=lambda iri: (int(str(next(graph.objects(iri, SH.order)))), str(iri)),
    )
    listed: list[Indicator] = []
    words: dict[str, Indicator] = {}
    for iri in members:
        concept = _concept(graph, iri, "", "")
        indicator = Indicator(
            concept.zh,
            concept.en,
            one(iri, "unitFamily"),
            one(iri, "higherIs"),
            concept.alternatives,
            concept.definition,
        )
        listed.append(indicator)
        for word in (indicator.name, *indicator.wordings, indicator.en):
            words.setdefault(normal_form(word), indicator)
    return words, tuple(listed)
