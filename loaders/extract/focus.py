"""FOCUSES_ON and PILLAR_INDUSTRY: what a place, a park or a policy bets on; and what a segment is made of."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.focus_subjects import COVERS, DIRECTION, covered_by_firms, just_issued, says
from aikg.loaders.extract.lexicon import Lexicon
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, TOPICS, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["RULES"]

_HOW = "重点|大力|优先|着力|全力|积极|加快|加速|前瞻性?|持续|率先|主要|全面|深入|统筹|超前|聚力|集中力量|选择|布局|不断|想要|旨在|进一步"
_STRONG = (
    "聚焦于?|锚定|押注|深耕|主攻|专攻|抢占|抢滩|瞄准|侧重于?|锁定|发力|卡位|主打|力推|做强做优|做大做强|做优做强|做强|壮大|倾力打造|突出发展"
    f"|(?:{_HOW})(?:地)?(?:发展|布局|培育|打造|发力|突破|部署|支持|扶持)"
    "|主导产业(?:为|是|包括|有|涵盖)|主要产业(?:为|是|包括|有)|特色产业(?:为|是|包括|有)|(?:产业|功能|发展)定位(?:为|是|于)|(?:率先|积极|先行)探索|产业方向(?:为|是|包括)"
)
_WEAK = f"围绕|面向|布局|发展|打造|培育|构建|推动|推进|涵盖|覆盖|建设|加快|加速|突破|涉及|(?:{_HOW})(?:推动|推进|建设|发展)|做好|集中在|集中于|落子|投向|规划"
_CUE = re.compile(
    rf"(?P<strong>(?:(?:{_HOW})?(?:{_STRONG})(?:了|在)?)+(?:发展|布局|于)?)|(?P<weak>(?:{_WEAK})(?:了)?(?:发展)?)"
)
_IN_FIELD = re.compile(
    r"(?<![存所旨])在(?P<list>[^，。；：]{2,44}?)(?P<kind>(?:等[^，。；、]{0,6}?|重点|关键|核心|特色|优势|新兴|前沿)?(?:赛道|领域|方面|产业|行业|环节|板块|技术|场景|方向))(?:上|中|内)?(?:均|已|都|也|率先|重点|优先|大力|先行)*"
    r"(?:处于|位居|居于?|加强|形成|开放|推广|示范|先行先试|试点|打造|落地|深化|应用|具有|具备|拥有|领先|优势|走在|跻身|占据|保持|领跑|深化探索|发力|布局|持续发力|全国领先|率先|实力|达到|取得|积累|见长|突出|表现|实现|突破|探索|开展|推进)"
)
_APPLIED_IN = re.compile(
    r"(?:人工智能|AI|智能)(?:技术)?在(?P<list>[^，。；：]{2,44}?)(?:等[^，。；、]{0,6}?|重点|关键)?(?:领域|行业|方面|场景|产业)的?(?:深度|创新|融合|规模化)*(?:应用|落地|部署|渗透)"
)
_BASED_ON = re.compile(
    r"以(?P<list>[^，。；：]{2,40}?)(?:等)?(?:产业|领域)?为(?:[一二三四五六七八九十两0-9]+大)?(?:新兴|战略性?|特色|重点)*(?:产业|主导|核心|支柱|特色|重点|引领|主攻方向|主线|优势|主体|主(?![要题动管旨张])|主要方向|抓手|龙头|突破|牵引)|以(?P<list2>[^，。；：]{2,30}?)(?:见长|著称|闻名)"
)
_TAKEN_AS = re.compile(
    r"(?:[将把]|以(?=[^，。；]{2,30}(?:作为|列为)))(?P<list>[^，。；：]{2,30}?)(?:作为|列为|列入|纳入|确定为|定位为)[^，。；]{0,10}(?:重点|主导|支柱|核心|优先|战略|主攻|突破口|产业体系|一号|首位|头号|先导|主抓手|主赛道|新名片|王牌|名片|主引擎|特色产业)"
)
_PILLAR = re.compile(
    r"(?:支柱|主导)产业(?:为|是|有|包括|：)(?P<a>[^，。；：]{2,40})|以(?P<b>[^，。；：]{2,40}?)(?:等)?为(?:支柱|主导)(?:产业)?"
    r"|(?P<d>(?:[^，。；：、]{2,16}[、和与及])*[^，。；：、]{2,16}?)(?:已?是|成为|已成)[^，。；：、]{0,8}(?:支柱|主导)产业(?!链|园)"
    r"|(?P<c>(?:[^，。；：、]{2,8}[、和与])+[^，。；：、]{2,8}?)等?(?:两大|三大|四大|五大|传统|特色|主要|等|[一二三四五六七八九十0-9]+大)*(?:支柱|主导|优势)产业"
)
_PILLAR_WORD = re.compile("支柱|主导|优势产业")
_INTEGRATE = re.compile(
    r"推动(?:人工智能|AI)(?:技术)?[与和同](?P<list>[^，。；：]{2,30}?)(?:等[^，。；、]{0,6}?)?(?:深度融合|融合|结合)"
)
_MODE = re.compile(r"[^，。；]{0,6}?(?:通过|以|探索|发展|采用|推行|打造|创新|推广|试点)[“\"]?$")
_NOT_FOCUS = re.compile(r"^(?:的(?!智能|AI|人工|工业互联)|了|是|工作报告|改革|建设)")
_NO_CUE_BEFORE = re.compile(
    r"(?:[的被]|产业|经济|创新|科技|企业|快速|协同|融合|健康|有序|高质量|可持续|一体化|智能化|数字化|社会|国家|绿色|蓬勃|迅速|较快|市场|未来|行业|技术|业务|区域|同)$"
)
_SUBJECTS = PLACES | {"Park", "Policy", "Company", "Institution", "Group", "University"}
_FOCUSING = frozenset({"Region", "Province", "City", "District", "Park", "Policy"})


_SHOWN = re.compile(
    r"(?:开展|组织|推进|实施|启动|推动|加快|打造|建设|开放|深化|探索|试点|部署|推广|拓展)(?:一批|了|好)?(?P<list>[^，。；：]{2,36}?)(?:等[^，。；、]{0,6}?)?(?:领域|场景|方面)?的?(?:规模化|创新|融合|先行|试点|重点|典型|综合|深度)*(?:应用示范|示范应用|示范工程|应用试点|试点示范|应用场景|示范场景|先行先试|先导应用|标杆应用|应用推广|场景应用|场景建设|场景示范)"
)


# What every one of the patterns below holds: most clauses hold none of it and are done.
_ANY = re.compile(
    "聚焦|锁定|开展|开放|示范|试点|锚定|押注|深耕|主攻|专攻|抢占|抢滩|瞄准|侧重|发力|卡位|主打|力推|做强|做优|做大|壮大|打造|突出发展|发展|布局|培育|突破|部署|支持|扶持|产业|围绕|面向|构建|推动|推进|涵盖|覆盖|建设|加快|加速|涉及|做好|集中|落子|投向|规划|在|以|作为|列|纳入|定位"
)


def cues(scene: Scene) -> None:
    """聚焦A、B等领域; 重点发展A; 在A、B领域处于第一梯队; 以A为主导 …"""
    for sentence, clause in scene.clauses():
        if not _ANY.search(clause.text):
            continue
        for match in _CUE.finditer(scene.text, clause.start, clause.end):
            if any(m.start < match.end() and m.end > match.start() for m in scene.mentions):
                continue
            if (
                match["weak"]
                and not scene.agent(clause, match.start(), _SUBJECTS)
                and _NO_CUE_BEFORE.search(scene.text[clause.start : match.start()])
            ):
                continue
            if _NOT_FOCUS.match(scene.text[match.end() : clause.end]):
                continue
            if match[0] == "面向" and _DOES_FOR.search(scene.text, match.end(), clause.end):
                continue  # 面向A等行业推广B: B is what is bet on
            _focus(scene, sentence, clause, match.start(), match.end(), clause.end, strong=bool(match["strong"]))
        for pattern, strong in (
            (_IN_FIELD, True),
            (_BASED_ON, False),
            (_TAKEN_AS, False),
            (_APPLIED_IN, False),
            (_INTEGRATE, False),
            (_SHOWN, False),
        ):
            for match in pattern.finditer(scene.text, clause.start, clause.end):
                groups = match.groupdict()
                name = "list" if groups["list"] else "list2"
                end = match.end("kind") if groups.get("kind") else match.end(name)
                _focus(scene, sentence, clause, match.start(), match.start(name), end, strong=strong)


_DOES_FOR = re.compile(r"推广|推动|部署|开展|建设|打造|提供|引入|开发|培育|遴选|征集|研发|发布|组织|举办")
_OF_THE_PLACE = re.compile(r"等?(?:[\u3400-\u9fff]{0,4})(?:特色|优势|传统|主导|支柱)(?:产业|行业)")


def _focus(scene: Scene, sentence: Sentence, clause: Clause, cue: int, start: int, end: int, *, strong: bool) -> None:
    if not scene.real(sentence, clause, cue):
        return
    about = COVERS.match(scene.text, cue) is not None or DIRECTION.search(scene.text, clause.start, cue) is not None
    subjects, sure = scene.subjects(sentence, clause, cue, _FOCUSING if about else _SUBJECTS)
    head = _heading_topic(scene, clause, cue)
    if not subjects and head is None:
        return
    focusing = [s for s in subjects if s.label in _FOCUSING]
    if about and covered_by_firms(scene, sentence, clause, focusing):
        return
    paper = just_issued(scene, sentence, clause, cue) or says(scene, sentence, cue)
    if paper is not None and sure <= SAME_SENTENCE:
        focusing, subjects = [paper], [paper]
    if focusing and focusing == scene.agent(clause, cue, _SUBJECTS):
        # 武汉依托东湖高新区发展X: both
        outer, outer_sure = scene.subjects(sentence, clause, focusing[0].start, _FOCUSING)
        focusing += [
            m
            for m in outer
            if m.label in _FOCUSING and outer_sure > CONTEXT and m.label != "Policy" and m not in focusing
        ]
    if sure <= CONTEXT and not strong:
        focusing = [m for m in focusing if m.label != "Region"]
    firms = [s for s in subjects if s.label == "Company"] if sure > CONTEXT else []
    if firms and not focusing:
        # 带动A等企业发展X: the place that leads them bets on it too
        outer, outer_sure = scene.subjects(sentence, clause, firms[0].start, _FOCUSING)
        focusing = [m for m in outer if m.label in _FOCUSING and outer_sure > CONTEXT and firms[0].start > clause.start]
    if not focusing and not firms and head is None:
        return
    if sure <= CONTEXT and scene.text[cue] == "在":
        return
    new = bool(focusing or head)
    found = read_list(scene, start, end, new=strong and new, ai=new and sure > CONTEXT)
    if sure <= CONTEXT and not strong and not found.named_kind:
        return
    if not found.topics or (not strong and not found.named_kind and len(found.topics) < 2 and sure < SAME_SENTENCE):
        return
    if (
        len(focusing) > 1
        and len(focusing) == len(found.topics)
        and re.search(r"分别|各自", scene.text[clause.start : start])
    ):
        for subject, topic in zip(focusing, found.topics, strict=True):
            scene.link("FOCUSES_ON", subject, topic, sure)
        return
    if [m.label for m in focusing] == ["Policy"] and _OF_THE_PLACE.match(scene.text, found.end):
        # 围绕A、B等特色产业: the place has them, and not the paper
        own = focusing[0].place
        focusing = [scene.place(own, focusing[0])] if own is not None and own.label != "Country" else focusing
    for topic in found.topics:
        for firm in firms:
            if not scene.is_root(topic):
                scene.link("OPERATES_IN", firm, topic, sure)
        if head is not None:
            scene.link("PART_OF", topic, head, SAME_CLAUSE)
        for subject in focusing:
            if scene.is_root(topic) and (len(found.topics) == 1 and not strong):
                continue
            scene.link("FOCUSES_ON", subject, topic, sure, text=scene.text[start:end].strip('“”" ，。；')[:40])
            if subject.label == "Policy" and (place := _its_place(scene, subject)) is not None:
                scene.link("FOCUSES_ON", place, topic, CONTEXT)
    if head is not None:
        for subject in focusing:
            scene.link("FOCUSES_ON", subject, head, SAME_SENTENCE)


def _its_place(scene: Scene, policy: Mention) -> Mention | None:
    """The place that bets on what its plan says, unless the whole text is about the plan or the plan is one of a park."""
    main, place = scene.memory.main, policy.place
    if place is None or place.label == "Country" or (main is not None and scene.id(main) == scene.id(policy)):
        return None
    if not re.search(r"规划|纲要", policy.name) or any(n in policy.name for n in scene.memory.parks if len(n) >= 4):
        return None
    return scene.place(place, policy)


def applied(scene: Scene) -> None:
    """深化人工智能技术在…的应用, 推动AI与…深度融合: a city or park uses what it applies."""
    for sentence, clause in scene.clauses():
        for pattern in (_APPLIED_IN, _INTEGRATE):
            for match in pattern.finditer(scene.text, clause.start, clause.end):
                tool = next(
                    (m for m in clause.mentions if match.start() <= m.start < match.start("list") and scene.is_root(m)),
                    None,
                )
                if tool is None or not scene.real(sentence, clause, match.start()):
                    continue
                subjects, sure = scene.subjects(sentence, clause, match.start(), _SUBJECTS)
                for subject in subjects if sure > CONTEXT else ():
                    if subject.label in ("City", "Park"):
                        scene.link("USES_TECHNOLOGY", subject, tool, SAME_SENTENCE)


def _heading_topic(scene: Scene, clause: Clause, cue: int) -> Mention | None:
    """消费终端重点发力…: the topic that opens a clause and does what the cue says."""
    for mention in clause.mentions:
        if mention.label in {"ChainSegment", "Technology"} and mention.start - clause.start <= 2 and mention.end <= cue:
            between = scene.text[mention.end : cue]
            if re.fullmatch(r"(?:产业|领域|方面|则|将|主要|要|侧)*", between) and not scene.is_root(mention):
                return mention
    return None


def pillars(scene: Scene) -> None:
    """以A、B为支柱产业; 电子信息、装备制造等优势产业 of the place that the sentence is about."""
    for sentence, clause in scene.clauses():
        if not _PILLAR_WORD.search(clause.text):
            continue
        for match in _PILLAR.finditer(scene.text, clause.start, clause.end):
            group = next(g for g in "abdc" if match[g])
            if not scene.real(sentence, clause, match.start()):
                continue
            subjects, sure = scene.subjects(sentence, clause, match.start(group) + 1, _SUBJECTS)
            focusing = [s for s in subjects if s.label in _FOCUSING and (s.label != "Region" or sure > CONTEXT)]
            start = match.start(group)
            inside = scene.inside(start, match.end(group), TOPICS)
            if group == "c" and inside:
                start = inside[0].start
            for topic in read_list(scene, start, match.end(group), new=False).topics:
                for subject in focusing:
                    kind = "PILLAR_INDUSTRY" if scene.allows("PILLAR_INDUSTRY", subject, topic) else "FOCUSES_ON"
                    scene.link(kind, subject, topic, sure)
                    scene.link("FOCUSES_ON", subject, topic, sure)


_STRENGTH = re.compile(
    r"(?:依托|凭借|立足|发挥|利用)(?:自身|本地|当地|其|强大的?|雄厚的?|良好的?|扎实的?|深厚的?)*(?P<list>[^，。；：]{2,24}?)(?:产业|领域|行业)?(?:等)?的?(?:先发|产业|集群|传统|基础|规模)*(?:基础|优势|底蕴|禀赋|底座)"
)
_HOME_OF = re.compile(r"(?P<list>[^，。；：、“”的]{2,8})(?:大省|强省|大市|强市|重镇|名城|之都|之城|第一城|大县|强区)")
_HEIGHT = re.compile(
    r"(?:成为|已成|打造|建设|建成|形成|展现出|崛起为|是)(?P<gap>[^，。；]{0,14}?)(?P<what>人工智能|AI|[^，。；的]{2,10}?)(?:产业|技术)?(?:创新)?(?:发展)?的?[^，。；、“”]{0,6}?(?:引擎|高地|集聚区|集聚地|策源地|重镇|先行区|活力|标杆城市|先锋城市|之城|第一城|之都)"
)


def strengths(scene: Scene) -> None:
    """依托电子信息产业基础; 制造业大省江苏; 打造人工智能创新高地: what a place is strong in, or means to be."""
    for sentence, clause in scene.clauses(TOPICS):
        for pattern in (_STRENGTH, _HOME_OF, _HEIGHT):
            for match in pattern.finditer(scene.text, clause.start, clause.end):
                group = "what" if pattern is _HEIGHT else "list"
                inside = scene.inside(
                    match.start("gap") if pattern is _HEIGHT else match.start(group), match.end(group), TOPICS
                )
                if not inside or not scene.real(sentence, clause, match.start(group)):
                    continue
                if pattern is not _STRENGTH and inside[-1].end < match.end(group):
                    continue
                owners, sure = _owners(scene, sentence, clause, match, pattern is _HOME_OF)
                topics = (
                    [m for m in inside if m.start == inside[0].start]
                    if pattern is _STRENGTH and "、" not in match[group]
                    else inside
                )
                for owner in owners:
                    for topic in topics:
                        scene.link("FOCUSES_ON", owner, topic, min(sure, SAME_SENTENCE))


def _owners(
    scene: Scene, sentence: Sentence, clause: Clause, match: re.Match[str], behind: bool
) -> tuple[list[Mention], float]:
    """Whose strength it is: 制造业大省江苏 names its owner behind, 广东作为制造业大省 before."""
    if behind:
        after = next((m for m in clause.mentions if m.start == match.end() and m.label in PLACES), None)
        if after is not None:
            return [after], SAME_CLAUSE
    found, sure = scene.subjects(sentence, clause, match.start(), _SUBJECTS)
    return ([m for m in found if m.label in _FOCUSING] if sure > CONTEXT else []), sure


def slogans(scene: Scene) -> None:
    """苏州工业园区（人工智能+高端制造）; 鄂州通过“AI+物流”模式…: a slogan of this form says what its owner bets on."""
    for sentence, clause in scene.clauses(frozenset({"ChainSegment"})):
        for topic in clause.mentions:
            if topic.label != "ChainSegment" or not re.match(r"(?:人工智能|AI|智能)\+", topic.name):
                continue
            before = scene.text[clause.start : topic.start]
            bracket = re.search(r"[（(]$", before)
            if bracket:
                owner = next((m for m in clause.mentions if m.end == topic.start - 1 and m.label in _FOCUSING), None)
                if owner is not None:
                    scene.link("FOCUSES_ON", owner, topic, SAME_CLAUSE)
                continue
            if _MODE.search(before) and scene.real(sentence, clause, topic.start):
                subjects, sure = scene.subjects(sentence, clause, topic.start, _SUBJECTS)
                for subject in subjects:
                    if subject.label in _FOCUSING and sure > CONTEXT:
                        scene.link("FOCUSES_ON", subject, topic, sure)


def names(scene: Scene) -> None:
    """A park or a policy is about what its name says: 机器人小镇, 生成式人工智能服务管理暂行办法."""
    lexicon = _lexicon(scene)
    for mention in scene.mentions:
        if mention.label not in ("Park", "Policy") or (mention.label == "Park" and not _is_main(scene, mention)):
            continue
        found = [t for t in lexicon.find(mention.name) if t.label in TOPICS]
        specific = [t for t in found if not scene.is_root(t)]
        if _GROUNDS.search(scene.text[: mention.start]):
            continue
        known = [
            t for n, t in scene.memory.topics.items() if len(n) >= 4 and n in mention.name and not scene.is_root(t)
        ]
        if longest := max(known, key=lambda t: len(t.name), default=None):
            scene.link("FOCUSES_ON", mention, longest, SAME_SENTENCE)
            specific = [t for t in specific if t.name not in longest.name]
        for topic in specific[:2]:
            if not any(m.id == topic.id for m in scene.mentions):
                scene.add(topic)
            scene.link("FOCUSES_ON", mention, topic, SAME_SENTENCE)


# What a paper rests on is named in passing.
_GROUNDS = re.compile(r"(?:根据|依据|按照|贯彻落实|贯彻|落实|遵循|依照)[^。；，]*$")


def _is_main(scene: Scene, park: Mention) -> bool:
    """Of the parks of a text only what it is about says by its name what it bets on; the others are just called so."""
    return scene.memory.main is not None and scene.id(scene.memory.main) == scene.id(park)


_shared: dict[int, Lexicon] = {}


def _lexicon(scene: Scene) -> Lexicon:
    key = id(scene.concepts)
    if key not in _shared:
        _shared.clear()
        _shared[key] = Lexicon()
        _shared[key].add_concepts(scene.concepts)
    return _shared[key]


_INDUSTRY_BEHIND = re.compile(
    r"(?:相关)?(?:产业集群|产业链|产业|集群)(?!协会|联盟|园|基地|规划|政策|基金|促进|行动|高质量|发展(?:规划|条例|行动|基金|大会|联盟|三年)|研究院|大会|论坛|峰会|技术|创新中心|局|处)|(?=跻身|规模|产值|营收)"
)


def owned(scene: Scene) -> None:
    """合肥量子科技产业, 中关村的集成电路集群: an industry named right behind its place."""
    for sentence, clause in scene.clauses(TOPICS):
        for owner, topic in zip(clause.mentions, clause.mentions[1:], strict=False):
            if owner.label not in ("Park", "District", "City") or topic.label not in TOPICS or scene.is_root(topic):
                continue
            between = scene.text[owner.end : topic.start]
            if between not in ("", "的") or not (
                (topic.label == "Industry" and topic.name.endswith("产业"))
                or _INDUSTRY_BEHIND.match(scene.text[topic.end : clause.end])
            ):
                continue
            if scene.real(sentence, clause, topic.start):
                for one in scene.together(owner) if owner.label == "Park" else [owner]:
                    if one is owner:
                        scene.link("FOCUSES_ON", one, topic, SAME_SENTENCE)


def _new_park_topics(scene: Scene) -> None:
    """前湾新区重点布局智能机器人终端产业园: the park that is laid out says what its builder bets on."""
    for sentence, clause in scene.clauses():
        for park in clause.mentions:
            if park.label != "Park" or park.place is not None:
                continue
            name = re.fullmatch(
                r"(?P<topic>[\u3400-\u9fffA-Za-z0-9]{3,12}?)(?:产业)?(?:园区|园|基地|小镇|产业城|谷)", park.name
            )
            cue = re.search(r"(?:布局|建设|打造|规划|建成)(?:了|有)?$", scene.text[clause.start : park.start])
            if name is None or cue is None or not scene.real(sentence, clause, park.start):
                continue
            subjects, sure = scene.subjects(sentence, clause, clause.start + cue.start(), _SUBJECTS)
            if not any(s.label in _FOCUSING for s in subjects) or not re.match(
                r"智能|AI|人形|具身|机器人|芯片|算力|大?数据|终端|汽车|生物|新材料|集成|半导体|工业互联|量子|无人|智慧",
                name["topic"],
            ):
                continue
            topic = scene.topic(park.start, park.start + len(name["topic"]), "ChainSegment")
            scene.link("FOCUSES_ON", park, topic, SAME_SENTENCE)
            for subject in subjects:
                scene.link("FOCUSES_ON", subject, topic, sure)
                if subject.label in ("Park", *PLACES):
                    scene.link("LOCATED_IN", park, subject, sure)


RULES: tuple[Rule, ...] = (cues, applied, pillars, strengths, slogans, names, owned, _new_park_topics)
