"""Numbers of a passage → Observations and PolicyTargets, each with its subjects, wording, time and reservations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from aikg.loaders.extract.discourse import PLACES, Clause, Discourse, Sentence
from aikg.loaders.extract.figure_clauses import TITLED, bracketed, counted_group, names, owned_items
from aikg.loaders.extract.figure_fallbacks import compared, counted_before, framed, staged, supported
from aikg.loaders.extract.figure_modifiers import stated
from aikg.loaders.extract.figure_names import coordinated, country, speaks_for, usable
from aikg.loaders.extract.figure_policies import PLAN_OF_YEARS, area_of, same_area
from aikg.loaders.extract.figure_projects import inherited, project_firm, spoken_share
from aikg.loaders.extract.figure_records import Figure, Writer, Written
from aikg.loaders.extract.figure_subjects import Subjects, is_part_count, subjects_of, topics_of
from aikg.loaders.extract.figure_times import is_goal, period_of
from aikg.loaders.extract.indicator_nouns import ELLIPTIC, items, measured_in, noun_phrase
from aikg.loaders.extract.indicator_words import Wording, word
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.more_numbers import numbers
from aikg.loaders.extract.protocol import Prose
from aikg.loaders.numbers.quantities import Quantity
from aikg.loaders.records import Records
from aikg.ontology.concepts import Concepts
from aikg.ontology.places import Places
from aikg.ontology.schema import Schema

__all__ = ["Figures"]

_CONFIDENCE = (0.8, 0.8, 0.75, 0.7)  # subject in the clause, the sentence, the paragraph, the heading
_SAID_BY_PLAN = re.compile(
    r"(?:根据|按照|依据|依照|据)?(?:该|这一|上述|此)?(?:行动)?(?:《?方案》?|规划|计划|意见|措施|文件|通知|办法|条例|政策|纲要)(?:提出|明确|要求|显示|指出|中|的|，|,|还|将|设定|目标)"
)
_TOPICS = frozenset({"ChainSegment", "Technology", "ApplicationScenario", "ApplicationField", "Industry", "ChainLayer"})
_ENDS = re.compile(r"[。！？!?…：:][”’」）)\]】\s]*$")
_ASKS = re.compile(r"[？?]\s*[”」]?$|怎么|如何|为何|什么")
_TITLE_LINES = 4  # a heading so far up is the title and stands above all
_SHORT = 60  # passages within which the title still tells of whom a text speaks
_REMEMBERED = PLACES | {"Park", "Company", "ComputeCenter"}
_NEAR_POLICY = 3  # passages after which a policy is no more what a text speaks of
_SUPPORT = re.compile(r"补助|资助|奖励|补贴|算力券|扶持|给予|奖补|创新券|贴息|专项资金")
_PLANS = re.compile(
    r"[，：；](?:明确|将|拟|并|还|其中|共)*(?:规范|提出|要求|计划|规划|设立|明确|投入|支持|提供|力争|到20|到“|包括|涵盖|围绕|部署|培育|打造|推出|覆盖|涉及|目标|从|共)"
)
_STRETCHES = frozenset({"年", "个月", "天", "小时"})
_MODIFIES = re.compile(r"\s?(?:内|之内|以内|以上|以下|左右)?的(?!历史|时间|周期)")
_APIECE = re.compile(r"分别|分列|分居|依次|各为")
_RATE = re.compile(r"(?:占比|同比增长|同比下降|增速|增长|下降)$")
_APART = re.compile(r"\s*(?:、|和|与|及|以及|,|，)?\s*")
_NATION_COUNTS = re.compile(r"^(?:省份|省市区?|省区市?|城市|地级市)")


class Figures:
    """Reads the numbers of a document, passage by passage."""

    def __init__(self, schema: Schema, concepts: Concepts, places: Places) -> None:
        self.schema, self.concepts, self.places = schema, concepts, places
        self._writer = Writer(schema, concepts)
        self._document = ""
        self._policy: Mention | None = None
        self._recent: list[Mention] = []  # names of earlier passages, latest last
        self._since_policy = 0
        self._passages = 0
        self._title: tuple[Mention, ...] = ()  # actors of the first passages that name any
        self._title_policy: Mention | None = None
        self._named: tuple[Sentence, tuple[str, ...]] | None = None
        self._announced: list[Written] = []  # figures of headings that no text below has told yet
        self._project: Mention | None = None  # the firm of a feasibility study
        self._share: Wording | None = None  # the last share of the passage that names its measure
        self._unfinished: tuple[Mention, ...] = ()  # mentions of a passage that a page break cut off

    def read(self, discourse: Discourse, prose: Prose, records: Records) -> None:
        """Add what the numbers of the discourse's passage state. `discourse.enter` was called before."""
        if prose.document.source_id != self._document:
            self._document, self._policy, self._unfinished = prose.document.source_id, None, ()
            self._recent.clear()
            self._announced.clear()
            self._title, self._passages, self._title_policy, self._project = (), 0, None, None
        self._since_policy, self._share = self._since_policy + 1, None
        self._passages += 1
        if not self._title and self._passages <= 3:
            said = discourse.mentions
            if not discourse.passage.is_heading:
                said = tuple(usable(discourse.passage.text, said, 0, self.places))
            actors = (speaks_for(m, self.places) for m in said if m.label in TITLED)
            self._title = tuple(m for m in actors if m is not None)
        if self._title_policy is None and self._passages <= 3:
            self._title_policy = next(
                (m for m in discourse.mentions if m.label == "Policy" and not PLAN_OF_YEARS.search(m.name)), None
            )
        text = discourse.passage.text
        if discourse.passage.is_heading and _ASKS.search(text):
            return
        quantities = [q for q in numbers(text) if q.value is not None and self._counts(discourse, q)]
        for sentence in discourse.sentences:
            inside = [q for q in quantities if sentence.start <= q.start < sentence.end]
            for figure in self._figures(discourse, sentence, inside) if inside else ():
                self._write(figure, discourse, sentence, prose, records)
            for mention in sentence.mentions:
                if mention.label == "Policy":
                    self._policy, self._since_policy = mention, 0
                elif mention.label in _REMEMBERED:
                    self._recent.append(mention)
        passage = discourse.passage
        self._project = project_firm(text, discourse.mentions) or self._project
        cut_off = not passage.is_heading and len(text) > 30 and not _ENDS.search(text)
        last = discourse.sentences[-1].mentions if discourse.sentences else ()
        self._unfinished = last if cut_off else ()

    # -- what is stated ---------------------------------------------------------------------------

    @staticmethod
    def _counts(discourse: Discourse, quantity: Quantity) -> bool:
        """Whether a number is its own: not part of a name such as 三城一区, nor of a modifier (成立5年内的企业)."""
        if quantity.unit in _STRETCHES and _MODIFIES.match(discourse.passage.text, quantity.end):
            return False
        return not any(
            m.start < quantity.end and quantity.start < m.end
            for m in discourse.mentions
            if m.label not in PLACES
            and not (m.label == "Group" and m.start < quantity.start)
            and not (m.label in _TOPICS and quantity.unit and m.start >= quantity.start and quantity.end < m.end)
        )

    def _figures(self, discourse: Discourse, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Figure]:
        done: list[Figure] = []
        text = discourse.passage.text
        for clause in sentence.clauses:
            inside = stated(text, clause, [q for q in quantities if clause.start <= q.start < clause.end])
            shared = self._shared(discourse, sentence, clause, inside, done)
            for index, quantity in enumerate(inside):
                left = inside[index - 1].end if index else clause.start
                right = inside[index + 1].start if index + 1 < len(inside) else clause.end
                figure = shared.get(quantity.start) or self._figure(
                    discourse, sentence, clause, quantity, left, right, done
                )
                if figure is not None:
                    done.append(figure)
                    self._share = (
                        spoken_share(text[clause.start : quantity.start], quantity, figure.wording) or self._share
                    )
                    yield figure

    def _figure(
        self,
        discourse: Discourse,
        sentence: Sentence,
        clause: Clause,
        quantity: Quantity,
        left: int,
        right: int,
        done: list[Figure],
    ) -> Figure | None:
        text = discourse.passage.text
        names = self._names_of(text, sentence)
        earlier = self._earlier(text, sentence, clause, done)
        pre, post = bracketed(text, left, quantity.start), text[quantity.end : right]
        counted = counted_group(text, clause, quantity, left)
        if counted is not None:
            clause = replace(clause, mentions=tuple(m for m in clause.mentions if m is not counted))
            name = counted.name.removeprefix("全国")
            wording: Wording | None = Wording(f"{name}数量", f"{name}数量", "count")
        else:
            here_before = [c.end for c in sentence.clauses if c.end <= clause.start]
            frame = text[sentence.start : here_before[-1]] if here_before and not done else ""
            wording = (
                (inherited(pre, quantity, self._share, names, clause.mentions) if left == clause.start else None)
                or supported(text, 0, pre, post, quantity)
                or framed(frame, pre, quantity, names)
                or compared(pre, quantity, earlier, names)
                or staged(word(pre, post, quantity, earlier, names), earlier)
                or self._of_group(pre, quantity, sentence)
                or counted_before(text[: quantity.start], quantity)
            )
        if wording is None:
            return None
        subjects = self._subjects(discourse, sentence, clause, quantity, done)
        if counted is not None:
            kept = tuple(m for m in subjects.mentions if m.label != "Group") or (
                (country(),) if re.search(r"全国|国家级|我国", text[sentence.start : quantity.start]) else ()
            )
            subjects = Subjects((*kept, counted), subjects.distance)
        if subjects.distance >= 2 and _NATION_COUNTS.match(post.removeprefix("的")):
            subjects = Subjects((country(),), 2)
        here = next((m for m in reversed(sentence.mentions) if m.label == "Policy" and m.end <= quantity.start), None)
        policy = here or self._spoken_policy(subjects)
        own = subjects.distance < 2 and here is None and policy is not self._title_policy and subjects.place is not None
        if policy and not own and quantity.currency and _SUPPORT.search(text[clause.start : clause.end]):
            area = tuple(m for m in subjects.mentions if m.label in PLACES) or area_of(policy)
            subjects = Subjects((policy, *area), max(1, subjects.distance))
        about = policy is not None and (policy is self._title_policy or is_goal(sentence, clause, quantity, None))
        if (
            policy is not None
            and about
            and not is_part_count(quantity)
            and not any(m.label not in _TOPICS for m in subjects.mentions)
        ):
            subjects = Subjects((policy, *area_of(policy), *subjects.mentions), 2)
        elif policy is not None and policy is self._title_policy and subjects.distance == 3:
            subjects = Subjects((policy, *area_of(policy)), 3)
        elif policy is not None and policy is self._title_policy and subjects.distance and about:
            subjects = Subjects((policy, *subjects.mentions), subjects.distance)
        elif here is not None and subjects.distance and _PLANS.search(text, here.end, quantity.start):
            # …发布《意见》，规范40类场景: a number of what was issued, and of its issuer.
            issuers = (speaks_for(m, self.places) for m in sentence.mentions if m.end <= here.start)
            issuer = next((m for m in issuers if m is not None and m.label in PLACES), None)
            known = {m.name for m in subjects.mentions}
            more = (issuer,) if issuer is not None and issuer.name not in known else ()
            subjects = Subjects((here, *more, *(m for m in subjects.mentions if m is not here)), subjects.distance)
        if not subjects.mentions:
            return None
        return Figure(
            quantity, wording, self._with_topics(subjects, discourse, sentence, clause, wording, quantity, done)
        )

    def _of_group(self, pre: str, quantity: Quantity, sentence: Sentence) -> Wording | None:
        """The share of a class that is itself the subject: 中小企业占九成."""
        classes = {m.name for m in sentence.mentions if m.label == "Group" and m.name != "全球" and m.name in pre}
        return word(pre, "", quantity, None, ()) if classes and quantity.unit == "%" else None

    def _subjects(
        self, discourse: Discourse, sentence: Sentence, clause: Clause, quantity: Quantity, done: list[Figure]
    ) -> Subjects:
        previous = (done[-1].quantity.end, done[-1].subjects) if done else None
        return subjects_of(
            discourse,
            sentence,
            clause,
            quantity,
            self.places,
            previous,
            self._unfinished,
            [*self._recent, *(m for m in discourse.mentions if m.end <= quantity.start)],
            self._title if self._passages <= _SHORT else (),
            self._project,
        )

    def _with_topics(
        self,
        subjects: Subjects,
        discourse: Discourse,
        sentence: Sentence,
        clause: Clause,
        wording: Wording,
        quantity: Quantity,
        done: list[Figure],
    ) -> Subjects:
        """With the segments that the number is about; without those of a figure before that it does not go on from."""
        topics = topics_of(discourse, sentence, clause, wording.text, quantity.start)
        kept = subjects.mentions
        if subjects.distance and done and (topics or wording.base != done[-1].wording.base):
            actors = tuple(m for m in kept if m.label not in _TOPICS)
            kept = actors if actors or topics else kept[:1]
        seen = {(m.label, m.name): m for m in (*reversed(topics), *reversed(kept))}
        return Subjects(tuple(reversed(seen.values())), subjects.distance)

    def _names_of(self, text: str, sentence: Sentence) -> tuple[str, ...]:
        if self._named is None or self._named[0] is not sentence:
            self._named = (sentence, names(text, sentence))
        return self._named[1]

    def _earlier(self, text: str, sentence: Sentence, clause: Clause, done: list[Figure]) -> str | None:
        """What a clause without a noun of its own goes on from: the figure before, or the clause before without figures."""
        for previous in reversed([c for c in sentence.clauses if c.end <= clause.start][-2:]):
            if any(f.quantity.start >= previous.start for f in done):
                break
            if spoken := measured_in(text[previous.start : previous.end], self._names_of(text, sentence)):
                return spoken
        return done[-1].wording.base if done else None

    def _shared(
        self, discourse: Discourse, sentence: Sentence, clause: Clause, inside: list[Quantity], done: list[Figure]
    ) -> dict[int, Figure]:
        """Numbers that 分别 shares out: to the names before it, to the nouns before it, or to the figures before it."""
        text = discourse.passage.text
        split = _APIECE.search(text, clause.start, clause.end)
        at = split.start() if split else -1
        series = [q for q in inside if at >= 0 and q.start > at]
        while len(series) > 1 and not all(_APART.fullmatch(text[a.end : b.start]) for a, b in pairwise(series)):
            series.pop()
        count = len(series)
        if count < 2:
            return {}
        names = self._names_of(text, sentence)
        base = clause.start if not (before := [q for q in inside if q.end <= at]) else before[-1].end
        made: dict[int, Figure] = {}
        named = [m for m in clause.mentions if base <= m.start and m.end <= at]
        if not named and not done_here(done, clause):
            # 北京、上海紧随其后，分别占…: the names stand in the clause before.
            last = [c for c in sentence.clauses if c.end <= clause.start][-1:]
            named = [m for c in last if not done_here(done, c) for m in c.mentions]
        for run in coordinated(text, named):
            if len(run) != count:
                continue
            for quantity, mention in zip(series, run, strict=True):
                said = text[max(run[-1].end, base) : series[0].start]
                before_ = done[-1].wording.base if done else None
                if wording := inherited(said, quantity, self._share, names, run) or word(
                    said, "", quantity, before_, names
                ):
                    rest = self._subjects(discourse, sentence, clause, replace(quantity, start=run[0].start), done)
                    others = rest.mentions if mention.label in _TOPICS else ()
                    made[quantity.start] = Figure(quantity, wording, Subjects((mention, *others), 0))
            return made
        listed = items(text[base:at])
        if not "".join(listed) or (len(listed) == 1 and len(listed[0]) < 3):
            # 融资金额和数量再创新高，分别为…: the nouns stand in the clause before.
            previous = [c for c in sentence.clauses if c.end <= clause.start]
            listed = (
                items(text[previous[-1].start : previous[-1].end - 1])
                if previous and not done_here(done, previous[-1]) and not re.search(r"[0-9]", previous[-1].text)
                else []
            )
        if len(listed) == count:
            if owned := owned_items(text, base, at, listed, clause):
                tail = ELLIPTIC.search(listed[-1])
                for quantity, item, owner in zip(series, listed, owned, strict=True):
                    thing = item if tail is None or item.endswith(tail[0]) else item + tail[0]
                    if wording := word(thing + text[at : series[0].start], "", quantity, None, names):
                        made[quantity.start] = Figure(quantity, wording, Subjects((owner,), 0))
                return made
            before_ = done[-1].wording.base if done else None
            for quantity, item in zip(series, listed, strict=True):
                if wording := staged(word(item + text[at : series[0].start], "", quantity, None, names), before_):
                    made[quantity.start] = Figure(
                        quantity, wording, self._subjects(discourse, sentence, clause, quantity, done)
                    )
            return made
        if len(done) >= count and not noun_phrase(re.sub(r"(?:较|比).*", "", text[base:at]), names):
            measure = kind[0] if (kind := _RATE.search(text[base:at])) else ""
            for quantity, figure in zip(series, done[-count:], strict=True):
                said = measure + text[at : series[0].start]
                if wording := word(said, "", quantity, figure.wording.base, names):
                    made[quantity.start] = Figure(quantity, wording, figure.subjects)
        return made

    # -- records ----------------------------------------------------------------------------------

    def _write(self, figure: Figure, discourse: Discourse, sentence: Sentence, prose: Prose, records: Records) -> None:
        quantity, passage = figure.quantity, discourse.passage
        clause = next(c for c in sentence.clauses if c.start <= quantity.start < c.end)
        published = prose.document.published
        confidence = _CONFIDENCE[figure.subjects.distance]
        if any(a < quantity.end and quantity.start < b for a, b in prose.unsure.get(passage.line, ())):
            confidence = min(confidence, 0.6)
        origin = prose.origin(passage.line, passage.heading, confidence=confidence)
        goal = is_goal(sentence, clause, quantity, published)
        policy = self._source(discourse, sentence, quantity, figure.subjects) if goal else None
        period = period_of(discourse, sentence, quantity, published)
        written = self._writer.write(figure, sentence, period, policy, origin, records, goal=goal)
        if passage.is_heading:
            written.line = passage.line
            self._announced.append(written)
            return
        above = {heading.line for heading in passage.headings}
        for announced in [a for a in self._announced if a.line in above or a.line <= _TITLE_LINES]:
            if announced.tells(written):
                announced.become(written, records)
                self._announced.remove(announced)

    def _source(
        self, discourse: Discourse, sentence: Sentence, quantity: Quantity, subjects: Subjects
    ) -> Mention | None:
        """The policy that sets a goal: named before it in the sentence or the paragraph, or meant by 根据方案."""
        named = [m for m in sentence.mentions if m.label == "Policy" and m.end <= quantity.start]
        if named:
            return named[-1]
        earlier = [m for s in discourse.sentences if s.end <= sentence.start for m in s.mentions if m.label == "Policy"]
        found = earlier[-1] if earlier else None
        if _SAID_BY_PLAN.search(sentence.text[: quantity.start - sentence.start]):
            found = self._policy
        if found is None and (policy := self._spoken_policy(subjects)) is not None:
            named_here = subjects.distance < 2 and any(
                m.label not in _TOPICS and m.label != "Policy" for m in subjects.mentions
            )
            if not named_here or policy is self._title_policy or (policy.place is not None and self._since_policy <= 3):
                found = policy
        return found if found is not None and same_area(found, subjects) else None

    def _spoken_policy(self, subjects: Subjects) -> Mention | None:
        """The policy that the document is about, else the last one named not too far above; of the subjects' area."""
        if self._title_policy is not None and self._passages <= _SHORT and same_area(self._title_policy, subjects):
            return self._title_policy
        last = self._policy if self._since_policy <= _NEAR_POLICY else None
        return last if last is not None and same_area(last, subjects) else None


def done_here(done: list[Figure], clause: Clause) -> bool:
    """Whether a clause has told a figure already."""
    return any(clause.start <= f.quantity.start < clause.end for f in done)
