"""Relations said in sentences. Each file of rules has one subject; this one lets them read passage by passage."""

from __future__ import annotations

from aikg.loaders.extract import (
    bets,
    chain_links,
    company_links,
    firm_links,
    firm_turns,
    focus,
    inputs,
    part_links,
    place_links,
    policy_links,
    scenario_links,
    seats,
    settled_links,
    title_lists,
)
from aikg.loaders.extract.assessments import assessments
from aikg.loaders.extract.discourse import Discourse
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.extract.scene import Memory, Rule, Scene
from aikg.loaders.records import Records
from aikg.ontology.concepts import Concepts
from aikg.ontology.places import Places
from aikg.ontology.schema import Schema

__all__ = ["Relations"]

_RULES: tuple[Rule, ...] = (
    *settled_links.RULES,
    *place_links.RULES,
    *part_links.RULES,
    *policy_links.RULES,
    *title_lists.RULES,
    *focus.RULES,
    *bets.RULES,
    *company_links.RULES,
    *firm_links.RULES,
    *firm_turns.RULES,
    *chain_links.RULES,
    *inputs.RULES,
    *seats.RULES,
    *scenario_links.RULES,
    assessments,
)


class Relations:
    """Reads the relations of a document, passage after passage. One object for each document, since it remembers.

    `read` expects that `discourse.enter` was called for the passage.
    """

    def __init__(self, schema: Schema, concepts: Concepts, places: Places) -> None:
        self.schema = schema
        self.concepts = concepts
        self.places = places
        self.memory = Memory()
        self._document: str | None = None

    def read(self, discourse: Discourse, prose: Prose, records: Records) -> None:
        """Add the relations of the passage that `discourse` stands at to `records`."""
        if prose.document.source_id != self._document:
            self.memory, self._document = Memory(), prose.document.source_id
        scene = Scene(discourse, prose, records, self.schema, self.places, self.concepts, self.memory)
        self.memory.learn(scene.mentions)
        scene.open()
        if scene.mentions:  # without a name there is nothing to link
            for rule in _RULES:
                rule(scene)
        scene.leave()
