"""The extractor that comes with aikg: gazetteers, patterns and cues; no language model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aikg.loaders.extract import companies, organisations, parks, programmes, titles, topics
from aikg.loaders.extract.discourse import Discourse
from aikg.loaders.extract.figures import Figures
from aikg.loaders.extract.groups import groups
from aikg.loaders.extract.lexicon import Lexicon
from aikg.loaders.extract.mentions import Mention, View, collect, from_places, mention_id
from aikg.loaders.extract.passages import Passage, passages
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.extract.relations import Relations
from aikg.loaders.records import Records
from aikg.ontology.concepts import Concepts, load_concepts
from aikg.ontology.lexicon import load_lexicon
from aikg.ontology.places import Places, load_places
from aikg.ontology.schema import Schema, load_schema

__all__ = ["PatternExtractor"]


_LEARNT = frozenset({"Company", "Park", "Policy", "University", "Institution", "ComputeCenter", "Programme"})


class PatternExtractor:
    """Reads prose by general rules. The same text gives the same records."""

    name = "patterns"

    def __init__(self, *, schema: Schema | None = None, places: Places | None = None, concepts: Concepts | None = None) -> None:
        self.schema = schema or load_schema()
        self.places = places or load_places()
        self.concepts = concepts or load_concepts()

    def extract(self, prose: Prose, known: Iterable[tuple[str, str, str]] = ()) -> Records:
        """The records of one document. `known`: (name, label, id) of things that tables or a graph know already."""
        lexicon = self._lexicon(known)
        found = list(passages(prose.lines, prose.headings))
        named = [self.mentions(passage, lexicon) for passage in found]
        # What is named in full once is known by that name everywhere in the document, before and behind.
        if lexicon.learn(m for mentions in named for m in mentions if m.label in _LEARNT):
            named = [self.mentions(passage, lexicon) for passage in found]
        records, discourse = Records(), Discourse()
        relations = Relations(self.schema, self.concepts, self.places)
        figures = Figures(self.schema, self.concepts, self.places)
        for passage, mentions in zip(found, named, strict=True):
            self._tell(passage, mentions, prose, records)
            discourse.enter(passage, [m for m in mentions if m.label])
            relations.read(discourse, prose, records)
            figures.read(discourse, prose, records)
        return records

    def _lexicon(self, known: Iterable[tuple[str, str, str]]) -> Lexicon:
        """Words of the ontology first, then of the tables of this build, then the shipped word lists."""
        lexicon = Lexicon()
        lexicon.add_concepts(self.concepts)
        for name, label, id_ in known:
            lexicon.add(name, label, name, id_)
        for entry in load_lexicon():
            if entry.kind != "ambiguous":
                for word in (entry.name, *entry.aliases):
                    lexicon.add(word, entry.label, entry.name)
        return lexicon

    def _tell(self, passage: Passage, mentions: Iterable[Mention], prose: Prose, records: Records) -> None:
        """Each mention says that its thing exists, and so does the place that a name holds (杭州 in 杭州人工智能小镇)."""
        origin = prose.origin(passage.line, passage.heading)
        for mention in mentions:
            if not mention.label or mention.label == "Group":  # a class is only there for figures
                continue
            said = replace(origin, confidence=mention.confidence)
            id_ = mention_id(mention, self.schema)
            properties = {"kind": mention.kind} if mention.kind else None
            records.entity(mention.label, id_, mention.name, said, properties=properties, aliases=mention.aliases)
            place = mention.place
            if place is not None and place.id != id_ and place.name[:2] in mention.name:
                records.entity(place.label, place.id, place.name, replace(said, confidence=min(0.8, said.confidence)))

    def mentions(self, passage: Passage, lexicon: Lexicon) -> list[Mention]:
        """The names of one passage, by position."""
        view = View(passage.text, self.places.find_all(passage.text))
        return collect(
            view,
            (
                titles.titles(self.places),
                programmes.programmes,
                organisations.compute_centres,
                parks.parks,
                organisations.universities,
                organisations.institutions,
                companies.companies,
                groups,
                topics.plus_topics,
                topics.known_names(lexicon),
                companies.listed_companies,
                companies.short_names,
                from_places,
            ),
        )
