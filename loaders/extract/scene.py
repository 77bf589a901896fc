"""One passage as the rules for relations see it: who stands where, who is spoken of, and how a link is written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass, field, replace

from aikg.loaders import identity
from aikg.loaders.extract.discourse import PLACES, Clause, Discourse, Sentence
from aikg.loaders.extract.memory import TOPICS, Memory, governs
from aikg.loaders.extract.mentions import Mention, mention_id
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.records import Records
from aikg.ontology.concepts import ROOT, Concepts
from aikg.ontology.places import Place, Places
from aikg.ontology.schema import Schema

__all__ = ["ACTORS", "CONTEXT", "ORGANISATIONS", "SAME_CLAUSE", "SAME_SENTENCE", "TOPICS", "Memory", "Scene", "governs"]

SAME_CLAUSE, SAME_SENTENCE, CONTEXT = 0.8, 0.7, 0.6

ORGANISATIONS = frozenset({"Company", "Institution", "University", "ComputeCenter"})
ACTORS = PLACES | ORGANISATIONS | {"Park", "Policy", "Programme", "Group"}

# What is denied, wished for or only supposed is no fact.
_UNREAL = re.compile(
    r"若(?!干)|如果|倘若|假如|假设|一旦|缺乏|缺少|未能|尚未|还未|并未|从未|未曾|没有|没能|难以|不足以|不再|不是|不靠|并非|而非|无法|不能|不得|不宜|避免|摆脱|退出|放弃|盲目"
    r"|欠缺|匮乏|建议|呼吁|不妨|应该|应当|可以|可(?=[通加推以利借引])|能否|是否|如何|为何|怎样|(?<![合适顺])应(?=加|建|推|以|在|从|抓|把|将|重|着|聚|积|当|该|进)"
)
# A recommendation colours the whole sentence, a condition only its clause and the next.
_ADVICE = re.compile(
    r"(?:建议|呼吁|提议|倡议)(?!》|指出|提出|稿|书|明确)(?:，|：|:|政府|各地|企业|应|加|推|将|在|设|支|从|进|尽|可|地方|相关|有关|国家)|(?:如果|倘若|假如|假设|若)(?!干)"
)
# Between two names of one list.
_JOIN = re.compile(r"[\s”“\"]*(?:[、和与及/\-—–~－]|以及|[（(]|[)）]\s*[、和与及]?)?[\s”“\"]*")
# Who is named behind one of these in a clause is what somebody else works with: 发挥自贸区优势, 紧扣大湾区要求.
_OBJECT_OF = re.compile(
    r"(?:发挥|利用|依托|围绕|面向|紧扣|立足|把握|对接|借助|辐射|带动|覆盖|涵盖|连接|联动|承接|融入|打造|建设|推动|推进|加快|加速|支持|创建|引进|吸引|携手|联合|访问|走进|赋能|助力|结合|提升|完成|学习|借鉴|超越|超过|追赶)[^，。；的]{0,14}$"
)
_CAUSES = re.compile(r"(?:支持|同意|批复|批准|带动|推动|引导|鼓励|吸引|促使|指导|依托|通过|由|让|使)$")
_JUST_BEFORE = re.compile(
    r"[”\"）)]?(?:等)?(?:[\u3400-\u9fff]{0,4}(?:企业|公司|城市|省份|园区|地区|[一二三四五六七八九十0-9]+[地市家个]))?"
)
# A sentence of a policy that bids somebody do something names nobody who acts.
_BIDS = re.compile(
    r"[“”（）()0-9一二三四五六七八九十、.．\s]*(?:支持|鼓励|引导|推动|推进|加快|加强|加大|依托|围绕|聚焦|实施|开展|建立|完善|培育|打造|建设|做强|做大|发挥|促进|重点|积极|大力|探索)"
)
_DATELINE = re.compile(r"\s*(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息|报道)")
_ITSELF = re.compile(
    r"(?:目前|现在|如今|截至目前|据悉|未来|今年|去年|其中|同时|近年来?|[一二三]期)?，?(?:该|这个|全)?(园区|小镇|科技城|产业园|开发区|集聚区|岛上|基地|区内|园内|示范区|经开区|高新区|新区|科学城|软件园|先导区)(?=[先后已现将把内目共围聚正还也由集拥重引建以主的从])"
)
_INNER = frozenset({"Park", "Institution", "University", "Company", "Policy"})
_WHERE = PLACES | {"Park"}
_EVERYWHERE = frozenset({"全国", "国内", "全球", "世界"})


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
        self.labels = frozenset(m.label for m in self.mentions)

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

    def locate(self, thing: Mention, where: Mention, confidence: float) -> None:
        """LOCATED_IN; of what is no firm also in the city around it, and in a province that is named with it (甘肃庆阳)."""
        if governs(thing) or not self.link("LOCATED_IN", thing, where, confidence):
            return
        self.memory.located.add(self.id(thing))
        inside = where.place
        if inside is None or where.label == "Country" or thing.label in ("Company", "University"):
            return
        around = self.places.ancestors(inside) if where.label in PLACES else (inside, *self.places.ancestors(inside))
        for place in around:
            spoken = place.id in self.memory.places
            if where.label == "District" and place.label == "City":
                own = thing.place is not None and thing.name.startswith(place.name[:2])
                spoken = own or any(m.id == place.id for m in self.mentions)
            if spoken and (place.label == "City" or (place.label == "Province" and self._address(place, thing))):
                self.link("LOCATED_IN", thing, self.place(place, where), min(confidence, SAME_SENTENCE))

    def _address(self, province: Place, thing: Mention) -> bool:
        """Whether the passage names the province together with one of its places, or it alone before a park."""
        for outer, inner in zip(self.mentions, self.mentions[1:], strict=False):
            if outer.id == province.id and inner.start == outer.end and inner.label in PLACES | {"Park"}:
                return True
        named = [m for m in self.mentions if m.label == "Province" and m.end <= thing.start]
        return thing.label == "Park" and {m.id for m in named} == {province.id}

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

    def clauses(self, labels: Set[str] = frozenset()) -> Iterator[tuple[Sentence, Clause]]:
        """All clauses, or those of the sentences that name something of `labels`."""
        if labels and not labels & self.labels:
            return
        for sentence in self.sentences:
            if not labels or any(m.label in labels for m in sentence.mentions):
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
        labels = labels if labels is not None else (_WHERE if mention.label in _WHERE else {mention.label})
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
            if (
                adjacent
                and following is not None
                and (self.contains(current, following) or "Park" in (current.label, following.label))
            ):
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
        self, sentence: Sentence, clause: Clause, position: int, labels: Set[str] = ACTORS
    ) -> tuple[list[Mention], float]:
        """Who acts at `position`, with the list he stands in, and how sure that is: named in the clause, in the sentence,
        or only before."""
        if nearest := self.agent(clause, position, labels):
            return nearest, SAME_CLAUSE
        if (itself := self.itself(clause)) is not None and itself.label in labels:
            return [itself], SAME_SENTENCE
        for part in [clause, *reversed([c for c in sentence.clauses if c.end <= clause.start])]:
            found = self._actors(part, min(part.end, position), labels)
            if found and (part is clause or self._carries(sentence, part, clause, found)):
                return found, SAME_CLAUSE if part is clause else SAME_SENTENCE
            alone = (
                not found
                and part is not clause
                and not any(
                    m.label == "Policy" or (m.label in ACTORS and m.start >= sentence.start)
                    for m in self.mentions
                    if m.end <= part.start
                )
            )
            if alone and (itself := self.itself(part)) is not None:
                return ([itself], SAME_SENTENCE) if itself.label in labels else ([], CONTEXT)
        for earlier in reversed([s for s in self.sentences if s.end <= sentence.start]):
            for part in earlier.clauses:
                if found := self._actors(part, part.end, labels):
                    return found, CONTEXT
        for heading in reversed(self.discourse.passage.headings):
            under = [m for m in self.discourse.under(heading) if m.label in labels and m.label != "Country"]
            if under:
                return under[:1] if len({m.id or m.name for m in under}) == 1 else [], CONTEXT
        main = self.memory.main
        if main is not None and main.label == "Policy" and "Policy" in labels and _BIDS.match(sentence.text):
            return [main], CONTEXT
        if (self.memory.lead or main) and not any(
            m.label in ACTORS and m.end <= position and not self.is_everywhere(m) for m in self.mentions
        ):
            section, lead = self.memory.lead or (-1, ())
            if lead and section == self.section and lead[0].label in labels:
                return list(lead), CONTEXT
            if main is not None:
                if main.label in labels:
                    return [main], CONTEXT
                if main.place is not None and main.place.label in labels and main.place.label != "Country":
                    return [self.place(main.place, None)], CONTEXT
        return [], CONTEXT

    def _carries(self, sentence: Sentence, part: Clause, clause: Clause, found: list[Mention]) -> bool:
        """Across a semicolon only what opens the sentence is still spoken of, and no company of a list behind it."""
        if not re.search("[；;]", self.text[part.start : clause.start]):
            return True
        return part is sentence.clauses[0] and found[0].label != "Company"

    def agent(self, clause: Clause, position: int, labels: Set[str]) -> list[Mention]:
        """Whom somebody else makes act: 支持成都、济南建设…, 带动浪潮集团等企业发展…: the names right before the verb."""
        before = [m for m in clause.mentions if m.end <= position and m.label in labels]
        if not before or not _JUST_BEFORE.fullmatch(self.text[before[-1].end : position]):
            return []
        group = [m for m in self.together(before[-1]) if m.end <= position]
        if group and _CAUSES.search(self.text[clause.start : group[0].start]):
            return group
        return []

    def itself(self, clause: Clause) -> Mention | None:
        """小镇, 园区 at the head of a clause: the park that the document is about, or the one named last."""
        match = _ITSELF.match(clause.text)
        if match is None:
            return None
        before = [m for m in self.mentions if m.label == "Park" and m.end <= clause.start]
        known = before[-1:] or [m for m in (self.memory.main,) if m is not None and m.label == "Park"]
        known += reversed(self.memory.parks.values())
        return next((m for m in known if match[1] in "园区内" or m.name.endswith(match[1])), None)

    @property
    def section(self) -> int:
        """The line of the heading that the passage stands under; 0 without one."""
        above = self.discourse.passage.headings
        return above[-1].line if above else 0

    def leave(self) -> None:
        """Remember whom the passage was about, for one behind it that names nobody."""
        for clause in (c for s in self.sentences[:1] for c in s.clauses):
            if found := self._actors(clause, clause.end, ACTORS):
                self.memory.lead = (self.section, tuple(found))
                return
        if any(m.label in ACTORS for m in self.mentions):
            self.memory.lead = None

    def open(self) -> None:
        """Remember what the title of the document is about: the first passages that name a policy, a park or one place."""
        self.memory.passages += 1
        if self.memory.main is None and self.memory.passages <= 4 and len(self.text) <= 60:
            for labels in ({"Policy"}, {"Park"}, {"City", "District"}):
                found = {self.id(m): m for m in self.mentions if m.label in labels}
                if len(found) == 1:
                    self.memory.main = next(iter(found.values()))
                    return

    def _actors(self, clause: Clause, until: int, labels: Set[str]) -> list[Mention]:
        for mention in clause.mentions:
            if mention.end > until or mention.label not in ACTORS or self.is_everywhere(mention):
                continue
            if self._aside(mention, clause):
                continue
            group = [m for m in self.together(mention) if m.end <= until]
            if mention.label == "Programme" and mention.label not in labels:
                # 北京国际科技创新中心将…: the place that bears the title acts
                leading = self.places.leading(mention.name)
                if leading is not None and leading[0].label in labels and leading[0].label != "Country":
                    return [self.place(leading[0], mention)]
                continue
            if mention.label not in labels:
                return []
            # 杭州城西…走廊 behind 浙江: the nearer of a place and a park inside it acts
            inner = [
                m
                for m in clause.mentions
                if m.start >= mention.end
                and m.end <= until
                and m.label in labels & _INNER
                and self.text[mention.end : m.start].strip("的】〕：:｜| ") == ""
            ]
            if mention.label in PLACES and inner:
                return [m for m in self.together(inner[0]) if m.end <= until]
            return group or [mention]
        return []

    def _aside(self, mention: Mention, clause: Clause) -> bool:
        """Named, but nobody who acts: 与浙江…, 比中西部…, 较上海, 作为长三角…的一部分, 在全国, 据《杭州日报》."""
        first = self.together(mention, ORGANISATIONS)[0] if mention.label in ORGANISATIONS else mention
        mention = first if first.start >= clause.start else mention
        before = self.text[max(clause.start, mention.start - 3) : mention.start]
        if before.endswith(("“", '"')) and self.text[mention.end : mention.end + 1] not in ("”", '"'):
            return True
        if _OBJECT_OF.search(self.text[clause.start : mention.start]):
            return True
        behind = self.text[mention.end : min(clause.end, mention.end + 14)]
        if _DATELINE.match(behind):
            return True
        if before.endswith(("有", "包括", "包含")):
            return True
        if re.search(
            r"(?:[与同和跟比较据超向由]|相比|相较|作为|依据|根据|对接|不同于|仅次于|辐射|带动|面向|紧扣)$", before
        ):
            return not (before.endswith(("与", "和", "同")) and mention.start - clause.start > 3)
        if mention.label == "Region" and re.search(r"^(?:发展要求|建设机遇|一体化|协同发展战略|协同发展|战略)", behind):
            return True
        if re.search(r"(?:在|于)$", before):
            return mention.label == "Country"
        if before.endswith("以") and re.match(
            r"[^，。；]{0,40}?(?:为|作为|做)(?:龙头|链主|引领|核心|骨干|牵引|代表|支撑|主体)",
            self.text[mention.end : clause.end],
        ):
            return True
        return mention.label == "Institution" and mention.kind == "media"

    def place_of(self, mention: Mention) -> Mention | None:
        """Where a thing is as far as its name says."""
        return self.place(mention.place, mention) if mention.place is not None else None

    def spoken_of(
        self, sentence: Sentence | None, position: int, labels: Collection[str] = PLACES
    ) -> tuple[Mention | None, float]:
        """The place that a position is about: the nearest before it in the sentence, else of the passage, else of the headings."""
        if sentence is not None:
            before = [m for m in self.inside(sentence.start, position) if m.label in PLACES and m.label != "Country"]
            if before:
                return (before[-1], SAME_SENTENCE) if before[-1].label in labels else (None, CONTEXT)
        earlier = [m for m in self.mentions if m.end <= position and m.label in PLACES and m.label != "Country"]
        if earlier:
            return (earlier[-1], CONTEXT) if earlier[-1].label in labels else (None, CONTEXT)
        for heading in reversed(self.discourse.passage.headings):
            under = [m for m in self.discourse.under(heading) if m.label in PLACES]
            if under:
                return (under[0], CONTEXT) if under[0].label in labels else (None, CONTEXT)
        main = self.memory.main.place if self.memory.main is not None else None
        return (self.place(main), CONTEXT) if main is not None and main.label in labels else (None, CONTEXT)


Rule = Callable[[Scene], None]
