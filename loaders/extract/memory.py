"""What the rules for relations remember of a document while they read it passage by passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aikg.loaders.extract.discourse import PLACES
from aikg.loaders.extract.mentions import Mention
from aikg.ontology.places import Place, Places

__all__ = ["TOPICS", "Memory", "governs"]

TOPICS = frozenset({"ChainSegment", "Technology", "Industry", "ApplicationField", "ApplicationScenario"})

_GOVERNS = re.compile(r"(?:局|厅|委|委员会|政府|办公室|办公厅|管委会|国务院|部|院党组|人大|政协|法院|检察院)$")


def governs(thing: Mention) -> bool:
    """A body of government: it stands for its area, and nobody says of it where it lies."""
    if thing.label != "Institution":
        return False
    return thing.kind in ("ministry", "government") or _GOVERNS.search(thing.name) is not None


@dataclass
class Memory:
    """What is remembered from passage to passage of one document."""

    institutions: dict[str, Mention] = field(default_factory=dict)
    topics: dict[str, Mention] = field(default_factory=dict)
    programmes: dict[str, Mention] = field(default_factory=dict)
    region: tuple[Mention, int] | None = None
    lead: tuple[int, tuple[Mention, ...]] | None = None
    main: Mention | None = None
    parks: dict[str, Mention] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    named: dict[str, Mention] = field(default_factory=dict)
    around: dict[str, Place] = field(default_factory=dict)
    located: set[str] = field(default_factory=set)
    upstream: tuple[int, tuple[Mention, ...]] = (-1, ())
    passages: int = 0

    def learn(self, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            if mention.label == "Institution":
                self.institutions.setdefault(mention.name, mention)
            elif mention.label in TOPICS:
                self.topics.setdefault(mention.name, mention)
            elif mention.label == "Programme":
                self.programmes.setdefault(mention.name, mention)
            elif mention.label in PLACES and mention.place is not None:
                self.places.add(mention.place.id)
                if mention.label != "Country":
                    self.named.setdefault(mention.place.id, mention)
            elif mention.label == "Park":
                self.parks.setdefault(mention.name, mention)
            if mention.label in ("Park", "Policy") and mention.place is not None and mention.place.label in PLACES:
                self.around.setdefault(mention.place.id, mention.place)

    def home(self, places: Places) -> Mention | None:
        """The place of a document that speaks of one place only: the innermost, where all that are named lie around it."""
        named = {m.place.id: m for m in self.named.values() if m.place and m.label in ("Province", "City", "District")}
        around = {i: p for i, p in self.around.items() if p.label in ("Province", "City", "District")}
        if not named or len(named) > 3:
            return None
        chains = {i: {i, *(a.id for a in places.ancestors(p))} for i, p in around.items()}
        chains |= {i: {i, *(a.id for a in places.ancestors(m.place))} for i, m in named.items() if m.place}
        inner = max(chains, key=lambda i: len(chains[i]))
        return named.get(inner) if set(chains) <= chains[inner] else None

    def short(self, text: str) -> Mention | None:
        """A district or park that the document has named before, by its short name: 龙岗 for 龙岗区."""
        for mention in (*self.named.values(), *self.parks.values()):
            if mention.label in ("District", "Park") and text in (mention.name[:-1], mention.name):
                return mention
        return None
