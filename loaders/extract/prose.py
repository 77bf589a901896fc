"""The extractor that comes with aikg: gazetteers, patterns and cues; no language model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aikg.loaders.contradictions.sections import notice
from aikg.loaders.extract.discourse import Discourse
from aikg.loaders.extract.figures import Figures
from aikg.loaders.extract.mentions import Mention, mention_id
from aikg.loaders.extract.passages import Passage, passages
from aikg.loaders.extract.plain import is_plain, settle, used
from aikg.loaders.extract.protocol import UNSURE, Prose
from aikg.loaders.extract.recognisers import names_in, names_known
from aikg.loaders.extract.relations import Relations
from aikg.loaders.records import Records
from aikg.ontology.concepts import Concepts, load_concepts
from aikg.ontology.places import Places, load_places
from aikg.ontology.schema import Schema, load_schema

__all__ = ["PatternExtractor"]


class PatternExtractor:
    """Reads prose by general rules. The same text gives the same records."""

    name = "patterns"

    def __init__(
        self, *, schema: Schema | None = None, places: Places | None = None, concepts: Concepts | None = None
    ) -> None:
        self.schema = schema or load_schema()
        self.places = places or load_places()
        self.concepts = concepts or load_concepts()

    def extract(self, prose: Prose, known: Iterable[tuple[str, str, str]] = ()) -> Records:
        """The records of one document. `known`: (name, label, id) of things that tables or a graph know already."""
        lexicon = names_known(self.concepts, self.places, known)
        found = list(passages(prose.lines, prose.headings))
        named = names_in(found, lexicon, self.places)
        records, discourse = Records(), Discourse()
        relations = Relations(self.schema, self.concepts, self.places)
        figures = Figures(self.schema, self.concepts, self.places)
        for passage, mentions in zip(found, named, strict=True):
            self._tell(passage, mentions, prose, records)
            discourse.enter(passage, [m for m in mentions if m.label])
            relations.read(discourse, prose, records)
            figures.read(discourse, prose, records)
        self._tell_what_is_used(found, named, prose, records)
        notice(found, named, prose.origin, lambda m: mention_id(m, self.schema), records, self.schema)
        return records

    def _tell_what_is_used(
        self, found: list[Passage], named: list[list[Mention]], prose: Prose, records: Records
    ) -> None:
        """Plain words, which are told only of what a relation or a figure says something."""
        waiting: dict[str, list[tuple[Passage, Mention]]] = {}
        for passage, mentions in zip(found, named, strict=True):
            for mention in mentions:
                if is_plain(mention, passage.text[mention.start : mention.end]):
                    waiting.setdefault(mention_id(mention, self.schema), []).append((passage, mention))
        told = {row["id"] for rows in records.entities.values() for row in rows}
        settle(records, frozenset(waiting) - told)
        needed = used(records) & frozenset(waiting)
        for id_ in waiting:
            for passage, mention in waiting[id_] if id_ in needed or id_ in told else ():
                self._say(passage, mention, prose, records)

    def _tell(self, passage: Passage, mentions: Iterable[Mention], prose: Prose, records: Records) -> None:
        """Each mention says that its thing exists, and so does the place that a name holds (杭州 in 杭州人工智能小镇)."""
        for mention in mentions:
            if not is_plain(mention, passage.text[mention.start : mention.end]):
                self._say(passage, mention, prose, records)

    def _say(self, passage: Passage, mention: Mention, prose: Prose, records: Records) -> None:
        origin = prose.origin(passage.line, passage.heading)
        for place in mention.holds:
            records.entity(place.label, place.id, place.name, replace(origin, confidence=0.75))
        if mention.owner is not None:
            self._say(passage, mention.owner, prose, records)
        if not mention.label or mention.label == "Group":  # a class is only there for figures
            return
        doubted = prose.is_unsure(passage.line, passage.text, mention.start, mention.end)
        said = replace(origin, confidence=min(mention.confidence, UNSURE) if doubted else mention.confidence)
        id_ = mention_id(mention, self.schema)
        properties = {"kind": mention.kind} if mention.kind else None
        records.entity(mention.label, id_, mention.name, said, properties=properties, aliases=mention.aliases)
