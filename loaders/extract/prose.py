"""The extractor that comes with aikg: gazetteers, patterns and cues; no language model."""

from __future__ import annotations

from collections.abc import Iterable

from aikg.loaders.extract import companies, organisations, parks, programmes, titles, topics
from aikg.loaders.extract.lexicon import Lexicon
from aikg.loaders.extract.mentions import Mention, View, collect, from_places, mention_id
from aikg.loaders.extract.passages import Passage, passages
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.records import Records
from aikg.ontology.concepts import Concepts, load_concepts
from aikg.ontology.lexicon import load_lexicon
from aikg.ontology.places import Places, load_places
from aikg.ontology.schema import Schema, load_schema

__all__ = ["PatternExtractor"]


class PatternExtractor:
    """Reads prose by general rules. The same text gives the same records."""

    name = "patterns"

    def __init__(self, *, schema: Schema | None = None, places: Places | None = None, concepts: Concepts | None = None) -> None:
        self.schema = schema or load_schema()
        self.places = places or load_places()
        self.concepts = concepts or load_concepts()

    def extract(self, prose: Prose, known: Iterable[tuple[str, str, str]] = ()) -> Records:
        """The records of one document. `known`: (name, label, id) of things that tables or a graph know already."""
        lexicon = Lexicon()
        lexicon.add_concepts(self.concepts)
        for name, label, id_ in known:
            lexicon.add(name, label, name, id_)
        for entry in load_lexicon():
            if entry.kind == "ambiguous":
                continue
            for word in (entry.name, *entry.aliases):
                lexicon.add(word, entry.label, entry.name)
        found = list(passages(prose.lines, prose.headings))
        records = Records()
        for passage in found:
            for mention in self.mentions(passage, lexicon):
                if not mention.label:
                    continue
                origin = prose.origin(passage.line, passage.heading)
                records.entity(mention.label, mention_id(mention, self.schema), mention.name, origin, aliases=mention.aliases)
        return records

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
                topics.plus_topics,
                topics.known_names(lexicon),
                companies.listed_companies,
                companies.short_names,
                from_places,
            ),
        )
