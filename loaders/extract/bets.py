"""FOCUSES_ON said by a whole: 形成A、B的产业链, A、B、C三大产业, “1+2+N”体系; what the tasks of a policy are about."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_SENTENCE, TOPICS, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["RULES"]

_HOLDERS = frozenset({"Park", "District", "City", "Province"})
_WHOLE = "产业链条|全链条|产业链|产业生态|产业体系|产业集群|产业格局|产业版图|产业矩阵|产业板块|链条|生态圈|生态链|生态|集群|体系|版图|矩阵|格局|闭环|特色产业"
_FORMS = re.compile(
    rf"(?:形成|构建|构筑|打造|打通|建成|构成|拥有|串起|贯通|覆盖|聚成|汇成|培育)(?:了|起|出|成)?(?:以|从|涵盖|覆盖|集|由|包括|包含|贯穿|囊括)?(?P<list>[^，。；]{{3,60}}?)(?:等(?:领域|产业|环节|方向)?)?(?:的|于一体的|为一体的|为主的|为主导的|为核心的|为特色的|全)(?:[\u3400-\u9fff]{{0,4}}?)(?:{_WHOLE})"
)
_SO_MANY = re.compile(
    r"(?:等)?(?:[0-9]{1,2}|[两三四五六七八九十]+)(?:大|条|个|类|项|张)(?:[\u3400-\u9fff]{0,4}?)(?:产业|赛道|领域|方向|板块|集群|产业链|名片|主业)(?!园|基地|项目|企业|协会)"
)
_SYSTEM = re.compile(
    r"[“\"]?[0-9一二三四五六七八九十]+\s?[+＋][0-9NnXx一二三四五六七八九十]+|(?:产业|发展)(?:版图|体系|格局|方向|矩阵|布局|赛道|蓝图)|[0-9两三四五六七八九十]+(?:大|条|个)(?:[\u3400-\u9fff]{0,4})(?:产业|方向|赛道|领域|板块|集群)|主导产业|重点产业|特色产业|优势产业|产业定位"
)
_PART = re.compile(
    r"(?:其中|即|也就是|所谓)?，?(?:的)?[“\"]?(?:[0-9NnXx]|[一二三四五六七八九十])[”\"]?(?:[个大条](?:[\u3400-\u9fff]{0,8}?)?)?(?:分别)?(?:为|是|即|指|指的是|代表|包括|涵盖|对应|：)+"
)
_THEY_ARE = re.compile(r"(?:分别|即|具体)?(?:是|为|包括|涵盖|即|：|有|含|指向|锁定|聚焦)+|即|分别为")


def wholes(scene: Scene) -> None:
    """形成从A、B到C的完整链条: the links of a chain that a place has; A、B、C三大产业 that are told of it."""
    for sentence, clause in scene.clauses():
        for match in _FORMS.finditer(scene.text, clause.start, clause.end):
            if not scene.inside(match.start("list"), match.end("list"), TOPICS):
                continue
            start = match.start("list")
            for part in re.split(r"[到至](?!的)", match["list"]):
                at = scene.text.index(part, start)
                _tell(scene, sentence, clause, match.start(), at, at + len(part))
                start = at + len(part)
        for match in _SO_MANY.finditer(scene.text, clause.start, clause.end):
            row = _row_before(scene, clause, match.start())
            if len(row) > 1:
                _told(scene, sentence, clause, row[0].start, row)


def systems(scene: Scene) -> None:
    """“1+3+N”体系，其中3为A、B、C; 明确三大方向：A、B、C."""
    for sentence in scene.sentences:
        cue = _SYSTEM.search(sentence.text)
        if cue is None:
            continue
        for clause in sentence.clauses:
            if clause.start < sentence.start + cue.start() and clause.end <= sentence.start + cue.end():
                continue
            match = _PART.match(clause.text) or (
                _THEY_ARE.match(clause.text) if clause.start > sentence.start + cue.start() else None
            )
            bare = (
                clause.mentions and clause.mentions[0].start == clause.start and scene.text[clause.start - 1] in "：:"
            )
            if match is None and not bare:
                continue
            start = clause.start + (match.end() if match is not None else 0)
            _tell(scene, sentence, clause, clause.start, start, clause.end)


def _row_before(scene: Scene, clause: Clause, end: int) -> list[Mention]:
    found: list[Mention] = []
    at = end
    for mention in reversed([m for m in clause.mentions if m.end <= end]):
        if mention.label not in TOPICS or not re.fullmatch(
            r"(?:技术|领域|产业|制造|装备|设备|服务|研发|应用)?[、和与及\s”“]*", scene.text[mention.end : at]
        ):
            break
        found.insert(0, mention)
        at = mention.start
    return found


def _tell(scene: Scene, sentence: Sentence, clause: Clause, cue: int, start: int, end: int) -> None:
    _told(scene, sentence, clause, cue, list(read_list(scene, start, end, new=False).topics))


def _told(scene: Scene, sentence: Sentence, clause: Clause, cue: int, topics: list[Mention]) -> None:
    if not topics or not scene.real(sentence, clause, cue):
        return
    holders, sure = scene.subjects(sentence, clause, cue)
    holders = [m for m in holders if m.label in _HOLDERS]
    main = scene.memory.main
    if not holders and main is not None and main.label == "Park" and not _others(scene, sentence, cue):
        holders, sure = [main], CONTEXT
    if len(holders) != 1 or (sure <= CONTEXT and holders[0].label != "Park"):
        return
    for topic in topics:
        scene.link("FOCUSES_ON", holders[0], topic, min(sure, SAME_SENTENCE))


def _others(scene: Scene, sentence: Sentence, until: int) -> bool:
    return any(m.label in PLACES | {"Park", "Company", "Policy"} for m in scene.inside(sentence.start, until))


def families(scene: Scene) -> None:
    """消费终端…；行业终端…；未来终端… under a wider 人工智能终端: the kinds that a sentence tells apart are parts of it."""
    for sentence in scene.sentences:
        heads = [
            next((m for m in c.mentions if m.label == "ChainSegment" and m.start - c.start <= 3), None)
            for c in sentence.clauses
        ]
        kinds = {m.name: m for m in heads if m is not None}
        for last in {name[-2:] for name in kinds}:
            alike = [m for name, m in kinds.items() if name.endswith(last) and len(name) <= len(last) + 3]
            if len(alike) < 2:
                continue
            wider = [
                t for n, t in scene.memory.topics.items() if re.fullmatch(rf"(?:人工智能|AI|智能|人工智能\+){last}", n)
            ]
            wider.sort(key=lambda t: -len(t.name))
            for kind in alike:
                if wider and kind.name not in {w.name for w in wider}:
                    scene.link("PART_OF", kind, wider[0], SAME_SENTENCE)


# -- policies -----------------------------------------------------------------------------------------------

_TASK = re.compile(
    r"(?:加快|加强|大力|积极|深入|全面|着力|重点|支持|鼓励|引导|推动|推进|强化|持续|优先|率先|组织|企业|开展|实施)*(?:突破|推广|部署|攻关|研发|普及|引入|应用|攻克|研制|培育|壮大|做强|发展|促进|推动|推进|试点|提升|打造|建设|完善|加快|强化|支持|加强|实施)(?:一批|发展)?"
)
_FOR_ALL = re.compile(r"推广|部署|攻关|研发|普及|引入|攻克|研制|突破|试点|应用")
_NOT_ITS = re.compile(
    r"(?:企业|公司|园区|基地|平台|人才|基金|项目|资金|大会|标准|联盟|机构|协会|中心|学院|专业|产业园|赛事|大赛|论坛|政策|券)"
)
_END = re.compile(
    r"(?:产业|技术|应用|装备|产品|领域|研发|攻关|制造|服务|行业|场景|系统|能力|集群)*(?:创新|高质量|健康|集聚|融合|规模化|示范|加快)?(?:发展|应用|突破|落地|提升|攻关|推广|升级|建设)?"
)


def tasks(scene: Scene) -> None:
    """二、促进A产业发展; 面向各行业推广B: what the tasks of the policy that a document is are about."""
    policy = scene.memory.main
    if policy is None or policy.label != "Policy" or any(m.label == "Policy" for m in scene.mentions):
        return
    heading = scene.discourse.passage.is_heading
    for sentence, clause in scene.clauses(TOPICS):
        for match in _TASK.finditer(scene.text, clause.start, clause.end):
            if not heading and not _FOR_ALL.search(match[0]):
                continue
            first = next((m for m in clause.mentions if m.start >= match.end()), None)
            if first is None or first.label not in TOPICS or first.start - match.end() > 2 or scene.is_root(first):
                continue
            if any(m.label in _HOLDERS | {"Company", "Programme"} and m.end <= first.start for m in clause.mentions):
                continue
            row = [m for m in scene.together(first, TOPICS) if m.end <= clause.end]
            behind = scene.text[row[-1].end : clause.end]
            if _NOT_ITS.match(behind) or not scene.real(sentence, clause, match.start()):
                continue
            if heading and not _END.fullmatch(behind.strip(" 。，；")):
                continue
            for topic in row:
                if not scene.is_root(topic) and topic.label not in ("Industry", "ApplicationField"):
                    scene.link("FOCUSES_ON", policy, topic, CONTEXT)


_TRIES = re.compile(
    r"(?:港区|园区|区)?(?:内|里|率先|已|已经|正|先行|正在|还|常态化|全面|率先在)*(?:试点|上线|落地|部署|开展|投用|启用|运行|试运行|示范|推广|应用|打造|开通|测试)(?:了|着)?(?:[\u3400-\u9fff]{0,4}?)"
)


def tried(scene: Scene) -> None:
    """在某港区试点无人集卡运输: the park hosts the scenario that is tried there."""
    for sentence, clause in scene.clauses(frozenset({"ApplicationScenario"})):
        for home, scenario in zip(clause.mentions, clause.mentions[1:], strict=False):
            if home.label not in ("Park", "District") or scenario.label != "ApplicationScenario":
                continue
            if _TRIES.fullmatch(scene.text[home.end : scenario.start]) and scene.real(sentence, clause, scenario.start):
                for one in scene.together(scenario):
                    scene.link("HOSTS", home, one, SAME_SENTENCE)


_USED_FOR = re.compile(
    r"(?:技术|系统|平台|模型|方案|产品)?(?:，)?(?:可|已|也|还|均|主要|广泛|成功|正|率先|被|将其|现已)*(?:用于|应用于|应用在|用在|服务于|运用于|用到|赋能|应用到)"
)


def used_for(scene: Scene) -> None:
    """某技术，已用于A、B: the scenarios use it."""
    for sentence in scene.sentences:
        if not any(m.label == "ApplicationScenario" for m in sentence.mentions):
            continue
        for tool, user in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if tool.label not in ("Technology", "ChainSegment") or user.label != "ApplicationScenario":
                continue
            match = _USED_FOR.match(scene.text, tool.end, user.start)
            if match is None or user.start - match.end() > 4 or scene.is_root(tool):
                continue
            clause = next((c for c in sentence.clauses if c.start <= user.start < c.end), sentence.clauses[-1])
            if scene.real(sentence, clause, user.start):
                for one in scene.together(user):
                    scene.link("USES_TECHNOLOGY", one, tool, SAME_SENTENCE)


RULES: tuple[Rule, ...] = (families, wholes, systems, tasks, tried, used_for)
