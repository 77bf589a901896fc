"""One passage as the rules for relations see it: who stands where, who is spoken of, and how a link is written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from aikg.loaders import identity
from aikg.loaders.extract.discourse import PLACES, Clause, Discourse, Sentence
from aikg.loaders.extract.mentions import Mention, mention_id
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.records import Records
from aikg.ontology.concepts import ROOT, Concepts
from aikg.ontology.places import Place, Places
from aikg.ontology.schema import Schema

__all__ = ["ACTORS", "CONTEXT", "ORGANISATIONS", "SAME_CLAUSE", "SAME_SENTENCE", "TOPICS", "Memory", "Scene"]

SAME_CLAUSE, SAME_SENTENCE, CONTEXT = 0.8, 0.7, 0.6

TOPICS = frozenset({"ChainSegment", "Technology", "Industry", "ApplicationField", "ApplicationScenario"})
ORGANISATIONS = frozenset({"Company", "Institution", "University", "ComputeCenter"})
ACTORS = PLACES | ORGANISATIONS | {"Park", "Policy", "Programme", "Group"}

# What is denied, wished for or only supposed is no fact.
_UNREAL = re.compile(
    r"若(?!干)|如果|倘若|假如|假设|一旦|缺乏|缺少|未能|尚未|还未|并未|从未|未曾|没有|没能|难以|不足以|不再|不是|不靠|并非|而非|无法|不能|不得|不宜|避免|摆脱|退出|放弃|盲目"
    r"|欠缺|匮乏|建议|呼吁|不妨|应该|应当|可以|可(?=[通加推以利借引])|能否|是否|如何|为何|怎样|(?<![合适顺])应(?=加|建|推|以|在|从|抓|把|将|重|着|聚|积|当|该|进)"
)
# A recommendation colours the whole sentence, a condition only its clause and the next.
_ADVICE = re.compile(r"(?:建议|呼吁|提议|倡议)(?!》|指出|提出|稿|书|明确)(?:，|：|:|政府|各地|企业|应|加|推|将|在|设|支|从|进|尽|可|地方|相关|有关|国家)|(?:如果|倘若|假如|假设|若)(?!干)")
# Between two names of one list.
_JOIN = re.compile(r"[\s”“\"]*(?:[、和与及/\-—–~－]|以及|[（(]|[)）]\s*[、和与及]?)?[\s”“\"]*")
_EVERYWHERE = frozenset({"全国", "国内", "全球", "世界"})


@dataclass
class Memory:
    """What is remembered from passage to passage of one document."""

    institutions: dict[str, Mention] = field(default_factory=dict)
    topics: dict[str, Mention] = field(default_factory=dict)
    programmes: dict[str, Mention] = field(default_factory=dict)
    region: tuple[Mention, int] | None = None
    national: bool = True

    def learn(self, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            if mention.label == "Institution":
                self.institutions.setdefault(mention.name, mention)
            elif mention.label in TOPICS:
                self.topics.setdefault(mention.name, mention)
            elif mention.label == "Programme":
                self.programmes.setdefault(mention.name, mention)


@dataclass
class Scene:
    """`mentions` are the named ones of the passage (hidden titles left out), by position."""

    discourse: Discourse
    prose: Prose
    records: Records
    schema: Schema
    places: Places
    concepts: Concepts
    memory: Memory
    mentions: tuple[Mention, ...] = ()
    _linked: dict[tuple[str, str, str], float] = field(default_factory=dict)
    _made: dict[tuple[int, int], Mention] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mentions = tuple(m for m in self.discourse.mentions if m.label)
        self.text = self.discourse.passage.text
        self.sentences = self.discourse.sentences

    # -- writing -----------------------------------------------------------------------------------

    def id(self, mention: Mention) -> str:
        return mention_id(mention, self.schema)

    def allows(self, kind: str, subject: Mention, target: Mention) -> bool:
        return self.schema.relations[kind].allows(subject.label, target.label)

    def link(self, kind: str, subject: Mention, target: Mention, confidence: float, **properties: object) -> bool:
        """Write one relation, once for each passage; False where the ontology has no such relation or both are one thing."""
        first, second = self.id(subject), self.id(target)
        if first == second or not self.allows(kind, subject, target):
            return False
        if self._linked.get((kind, first, second), 0) >= confidence:
            return True
        self._linked[kind, first, second] = confidence
        passage = self.discourse.passage
        origin = self.prose.origin(passage.line, passage.heading, confidence=confidence)
        self.records.link(kind, first, second, origin, **properties)
        return True

    def add(self, mention: Mention) -> Mention:
        """Write the entity of a name that the recognisers did not hand in."""
        passage = self.discourse.passage
        origin = self.prose.origin(passage.line, passage.heading, confidence=mention.confidence)
        self.records.entity(mention.label, self.id(mention), mention.name, origin, aliases=mention.aliases)
        return mention

    def place(self, place: Place, at: Mention | None = None) -> Mention:
        """A mention of a place that stands inside another name (宁波 in 宁波前湾新区)."""
        start, end = (at.start, at.end) if at else (0, 0)
        made = Mention(start, end, place.label, place.name, place.id, place, confidence=0.8)
        if (0, hash(place.id)) not in self._made:
            self._made[0, hash(place.id)] = made
            if not any(m.id == place.id for m in self.mentions):
                self.add(made)
        return made

    def topic(self, start: int, end: int, label: str) -> Mention:
        """A new topic named by `text[start:end]`; one that the document has named already keeps its label."""
        if (start, end) not in self._made:
            name = identity.clean_name(self.text[start:end])
            known = self.memory.topics.get(name)
            concept = self.concepts.find(name)
            if known is not None:
                made = replace(known, start=start, end=end)
            elif concept is not None and concept.label in TOPICS:
                made = Mention(start, end, concept.label, concept.name, concept.id, aliases=(name,), confidence=0.7)
            else:
                made = Mention(start, end, label, name, confidence=0.65)
            self.memory.learn([made])
            self._made[start, end] = self.add(made)
        return self._made[start, end]

    # -- reading -----------------------------------------------------------------------------------

    def clauses(self) -> Iterator[tuple[Sentence, Clause]]:
        for sentence in self.sentences:
            for clause in sentence.clauses:
                yield sentence, clause

    def inside(self, start: int, end: int, labels: Collection[str] | None = None) -> list[Mention]:
        return [m for m in self.mentions if m.start >= start and m.end <= end and (labels is None or m.label in labels)]

    def is_everywhere(self, mention: Mention) -> bool:
        """全国, 国内: a scope and nobody who acts."""
        return mention.label == "Country" and self.text[mention.start : mention.end] in _EVERYWHERE

    def is_root(self, mention: Mention) -> bool:
        return mention.id == ROOT

    def real(self, sentence: Sentence, clause: Clause, position: int) -> bool:
        """Whether what the clause says up to `position` is stated as a fact."""
        if _ADVICE.search(sentence.text[: position - sentence.start]):
            return False
        return _UNREAL.search(self.text[clause.start : position]) is None

    def together(self, mention: Mention, labels: Collection[str] | None = None) -> list[Mention]:
        """The list that a mention belongs to: 南京、苏州; 苏中苏北; 天津（滨海新区）. Only names of like kind."""
        labels = labels if labels is not None else (PLACES if mention.label in PLACES else {mention.label})
        row = [m for m in self.mentions if m.label in labels]
        if mention not in row:
            return [mention]
        first = last = row.index(mention)
        while first > 0 and _JOIN.fullmatch(self.text[row[first - 1].end : row[first].start]):
            first -= 1
        while last + 1 < len(row) and _JOIN.fullmatch(self.text[row[last].end : row[last + 1].start]):
            last += 1
        return self._without_owners(row[first : last + 1])

    def _without_owners(self, row: list[Mention]) -> list[Mention]:
        """安徽合肥 is one place, and so is 长三角的苏州; 天津（滨海新区） is two."""
        kept = []
        for current, following in zip(row, [*row[1:], None], strict=True):
            adjacent = following is not None and self.text[current.end : following.start].strip() == ""
            if adjacent and following is not None and self.contains(current, following):
                continue
            kept.append(current)
        return kept

    def contains(self, outer: Mention, inner: Mention) -> bool:
        if outer.place is None or inner.place is None or outer.label not in PLACES:
            return False
        if inner.label in PLACES and inner.place.id == outer.place.id:
            return False
        return any(a.id == outer.place.id for a in (inner.place, *self.places.ancestors(inner.place)))

    def subjects(
        self, sentence: Sentence, clause: Clause, position: int, labels: Collection[str] = ACTORS
    ) -> tuple[list[Mention], float]:
        """Who acts at `position`, with the list he stands in, and how sure that is: named in the clause, in the sentence,
        or only before."""
        for part in [clause, *reversed([c for c in sentence.clauses if c.end <= clause.start])]:
            found = self._actors(part, min(part.end, position), labels)
            if found:
                return found, SAME_CLAUSE if part is clause else SAME_SENTENCE
        for earlier in reversed([s for s in self.sentences if s.end <= sentence.start]):
            for part in earlier.clauses:
                if found := self._actors(part, part.end, labels):
                    return found, CONTEXT
        for heading in reversed(self.discourse.passage.headings):
            under = [m for m in self.discourse.under(heading) if m.label in labels and not (m.label == "Country")]
            if under:
                return under[:1] if len({m.id or m.name for m in under}) == 1 else [], CONTEXT
        return [], CONTEXT

    def _actors(self, clause: Clause, until: int, labels: Collection[str]) -> list[Mention]:
        for mention in clause.mentions:
            if mention.end > until or mention.label not in ACTORS or self.is_everywhere(mention):
                continue
            if self._aside(mention, clause):
                continue
            group = [m for m in self.together(mention) if m.end <= until]
            if mention.label not in labels:
                return []
            # 杭州城西…走廊 behind 浙江: the nearer of a place and a park inside it acts
            inner = [
                m
                for m in clause.mentions
                if m.start >= mention.end and m.end <= until and m.label in labels and self.text[mention.end : m.start].strip("的") == ""
            ]
            if mention.label in PLACES and inner and inner[0].label not in PLACES:
                return [m for m in self.together(inner[0]) if m.end <= until]
            return group or [mention]
        return []

    def _aside(self, mention: Mention, clause: Clause) -> bool:
        """Named, but nobody who acts: 与浙江…, 比中西部…, 较上海, 作为长三角…的一部分, 在全国, 据《杭州日报》."""
        before = self.text[max(clause.start, mention.start - 3) : mention.start]
        behind = self.text[mention.end : min(clause.end, mention.end + 14)]
        if re.search(r"(?:[与同和跟比较据超向]|相比|相较|作为|依据|根据|对接|不同于|仅次于|辐射|带动|面向|紧扣)$", before):
            return not (before.endswith(("与", "和", "同")) and mention.start - clause.start > 3)
        if mention.label == "Region" and re.search(r"^(?:发展要求|建设机遇|一体化|协同发展战略|协同发展|战略)", behind):
            return True
        if re.search(r"(?:在|于)$", before):
            return mention.label == "Country"
        return mention.label == "Institution" and mention.kind == "media"

    def place_of(self, mention: Mention) -> Mention | None:
        """Where a thing is as far as its name says."""
        return self.place(mention.place, mention) if mention.place is not None else None

    def spoken_of(self, sentence: Sentence | None, position: int, labels: Collection[str] = PLACES) -> tuple[Mention | None, float]:
        """The place that a position is about: the nearest before it in the sentence, else of the passage, else of the headings."""
        if sentence is not None:
            before = [
                m for m in self.inside(sentence.start, position) if m.label in PLACES and m.label != "Country"
            ]
            if before:
                return (before[-1], SAME_SENTENCE) if before[-1].label in labels else (None, CONTEXT)
        earlier = [m for m in self.mentions if m.end <= position and m.label in PLACES and m.label != "Country"]
        if earlier:
            return (earlier[-1], CONTEXT) if earlier[-1].label in labels else (None, CONTEXT)
        for heading in reversed(self.discourse.passage.headings):
            under = [m for m in self.discourse.under(heading) if m.label in PLACES]
            if under:
                return (under[0], CONTEXT) if under[0].label in labels else (None, CONTEXT)
        return None, CONTEXT


Rule = Callable[[Scene], None]
