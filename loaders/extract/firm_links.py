"""HOSTS and OPERATES_IN of firms that a text introduces one by one: who is at home in a park, and what each of them makes."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, TOPICS, Rule, Scene
from aikg.loaders.extract.topic_lists import read_list

__all__ = ["RULES"]

_FIRM = frozenset({"Company"})
_HOMES = frozenset({"Park", "District"})
_WHO = "企业|公司|厂商|独角兽|上市公司|项目|团队|龙头|名企|巨头"
_SORT = "代表|入驻|重点|骨干|龙头|头部|领军|知名|明星|典型|标杆|落户|签约|在园|驻区|链主|核心|主要|人工智能|机器人|AI|科技|创新|上市|本土|优质|特色"
_AMONG = re.compile(
    rf"(?P<of>的|里的?|内的?|中的)?(?P<sort>(?:(?:{_SORT})(?:性|型|的)?)+|区内|园内|园区内?|辖区内?|本地|当地|旗下)(?:{_WHO})(?P<tail>中|里|当中|之中|方面|名单(?:中|里)?|主要)?(?P<list>有|包括|包含|如|为|是|：)?"
)
_CROWDED = re.compile(
    rf"(?:{_WHO})[^，。；]{{0,6}}(?:扎堆|云集|林立|密集|众多|成群|密布|汇聚|聚集|集聚|成林|荟萃|齐聚|[成集]链|抱团)"
)
_HERE = re.compile(
    r"(?:等[^，。；]{0,10})?(?:均|都|也|皆|先后|相继|已|就|纷纷|同样|正是)*(?:把|将)?(?:[\u3400-\u9fff]{0,6}?)(?:从|在|于|自|由|落户|设在|放在|落在|选择|扎根|入驻|诞生于|成长于|起步于)(?:了)?"
    r"(?:这里|此地|此处|此间|此(?=[落起诞成设扎聚集安办布建投驻开部])|区内|园内|园区|这片|这座|岛上|谷中|本区|本园)"
)
_LEADS = re.compile(
    r"(?:以|由)(?P<list>[^，。；]{2,50}?)(?:等[^，。；]{0,8}?)?(?:为|作为|做)(?:龙头|链主|引领|核心|骨干|牵引|支撑|主体|代表)"
)
_IN_IT = re.compile(
    r"[”\"]?(?:(?:区|园)?(?:内|里|中)的?|的)(?:[\u3400-\u9fff]{0,5}(?:企业|公司|厂商|独角兽))?[“\"]?|[\u3400-\u9fff]{0,4}(?:企业|公司)[“\"]?"
)


def at_home(scene: Scene) -> None:
    """X的代表企业中，A做…，B做…; 区内企业A、B; X企业扎堆，A…，B…; A、B都从这里起步; 园区以A为龙头."""
    for sentence, clause in scene.clauses(_FIRM):
        for match in _AMONG.finditer(scene.text, clause.start, clause.end):
            behind = _behind(scene, sentence, clause, match.end(), listed=match["tail"] is None)
            if not behind or not scene.real(sentence, clause, match.start()):
                continue
            if match["of"] is None and match["tail"] is None and match["list"] is None and "内" not in match[0]:
                continue
            _host(scene, clause, match.start(), behind, own=match["of"] is not None)
        crowd = _CROWDED.search(scene.text, clause.start, clause.end)
        if crowd is not None and not any(m.label == "Company" for m in clause.mentions):
            behind = _behind(scene, sentence, clause, clause.end, listed=False)
            if behind and scene.real(sentence, clause, crowd.start()):
                _host(scene, clause, crowd.start(), behind, own=False)
        for match in _LEADS.finditer(scene.text, clause.start, clause.end):
            firms = scene.inside(match.start("list"), match.end("list"), _FIRM)
            if firms and scene.real(sentence, clause, match.start()):
                _host(scene, clause, match.start(), firms, own=False)
        for firm in clause.mentions:
            if firm.label == "Company" and _HERE.match(scene.text, firm.end, clause.end):
                row = scene.together(firm, _FIRM)
                home = _spoken_of(scene, row[0].start)
                if home is not None and scene.real(sentence, clause, row[0].start):
                    for one in row:
                        scene.link("HOSTS", home, one, SAME_SENTENCE)


def _behind(scene: Scene, sentence: Sentence, clause: Clause, start: int, *, listed: bool) -> list[Mention]:
    """The firms listed right behind a cue, or those that open the clauses behind it, until somebody else does."""
    found: list[Mention] = []
    first = next((m for m in clause.mentions if m.start >= start), None)
    if first is not None and first.label == "Company" and first.start - start <= 2:
        found = [m for m in scene.together(first, _FIRM) if m.start >= start]
    if listed or not re.fullmatch(r"[^\u3400-\u9fff]*", scene.text[start : clause.end]):
        return found
    for part in sentence.clauses:
        if part.start < clause.end:
            continue
        opening = part.mentions[0] if part.mentions else None
        if opening is None or opening.start - part.start > 3:
            continue
        if opening.label != "Company":
            if opening.label in _HOMES | {"City", "Province"}:
                break
            continue
        found += [m for m in scene.together(opening, _FIRM) if m.end <= part.end]
    return found


def _host(scene: Scene, clause: Clause, cue: int, firms: list[Mention], *, own: bool) -> None:
    """Firms belong to the park or district right before the cue; without one, to the park that is spoken of."""
    before = [m for m in clause.mentions if m.end <= cue]
    if before and before[-1].label in _HOMES | {"City", "Province"}:
        home: Mention | None = before[-1]
    elif own and before:
        home = None
    else:
        home = scene.itself(clause) or _spoken_of(scene, cue)
    if home is None or home.label not in _HOMES:
        return
    for firm in firms:
        if scene.id(firm) != scene.id(home):
            scene.link("HOSTS", home, firm, SAME_SENTENCE)


def _spoken_of(scene: Scene, position: int, *, only_parks: bool = False) -> Mention | None:
    """The park or district that is spoken of: the last place before, if it is one; else the park of the document."""
    labels = {"Park"} if only_parks else _HOMES | {"City", "Province"}
    places = [m for m in scene.mentions if m.end <= position and m.label in labels]
    if places:
        return places[-1] if places[-1].label in _HOMES else None
    for heading in reversed(scene.discourse.passage.headings):
        named = [m for m in scene.discourse.under(heading) if m.label in _HOMES | {"City", "Province"}]
        if named:
            return named[-1] if named[-1].label in _HOMES else None
    main = scene.memory.main
    if main is not None:
        return main if main.label in _HOMES else None
    return next(iter(scene.memory.parks.values())) if len(scene.memory.parks) == 1 else None


_WITHIN = re.compile(
    r"(?<![\u3400-\u9fff]{2})(?:在|该|而|而在|走进|如今|目前)?(?:园区|小镇|基地|科技城|产业园|岛上|谷中|开发区|高新区|园|区)(?:内|里|中)?的?(?:[\u3400-\u9fff]{0,4}(?:企业|公司|厂商|独角兽))?[“\"]?$"
)


def inside_it(scene: Scene) -> None:
    """X内的A公司, X企业A: a firm named right behind the park that it is in."""
    for sentence, clause in scene.clauses(_FIRM):
        first = next((m for m in clause.mentions if m.label == "Company"), None)
        if first is not None and (within := _WITHIN.search(scene.text, clause.start, first.start)) is not None:
            home_of_it = _spoken_of(
                scene, within.start(), only_parks=re.search("[园镇地城岛谷]", within[0]) is not None
            )
            if home_of_it is not None and scene.real(sentence, clause, first.start):
                for one in scene.together(first, _FIRM):
                    scene.link("HOSTS", home_of_it, one, SAME_SENTENCE)
        for home, firm in zip(clause.mentions, clause.mentions[1:], strict=False):
            if firm.label == "Company" and home.label in _HOMES:
                between = scene.text[home.end : firm.start]
                if between not in ("", "的") and _IN_IT.fullmatch(between):
                    for one in scene.together(firm, _FIRM):
                        scene.link("HOSTS", home, one, SAME_CLAUSE)


# -- what a firm makes ------------------------------------------------------------------------------------

_ITS = re.compile(
    r"(?:(?:公司)?(?:的|自研的?|自主研发的?|研发的|推出的|旗下的?|开源的|训练的|量产的|制造的|设计的|上线的|开发的|生产的|打造的|发布的|运营的|投放的|部署的))(?:[\u3400-\u9fffA-Za-z0-9“”\"\-]{0,10}?)"
)
_MAKES = re.compile(
    r"(?:则|也|就|主要|一直|长期|已|正|还|都|均|分别)*(?:做|造|干|搞|卖|产|研制|攻关|攻克|掌握|拿下|主营|专做|专注|推|拥有|量产|批量供应|供应|出货|交付|发布|推出|研发|带来|展出|主打|瞄准|切入|押注|提供|布局|聚焦|深耕|主攻)(?:的是|了|于|出|起|在)?"
)
_WITH = re.compile(
    r"(?:则|也|已|正)?(?:用|把|将|以|利用|运用|依托|借助|基于|凭借|靠)(?P<tool>[^，。；]{2,16}?)(?P<how>用于|用在|用到|应用于|应用到|引入|带进|嵌入|植入|装进|搬进|送进|做|开展|实现|进行|完成|从事|提供|服务|赋能|解决|辅助)(?P<what>[^，。；]{2,24})"
)
_RANKS = re.compile(
    r"在(?P<what>[^，。；]{2,20}?)(?:领域|市场|赛道|环节|行业|方面|产业|技术|业务|上|中|里|份额)+[^，。；]{0,4}?(?:位?居|位列|排名?|跻身|稳居|占据?|领先|拿下|领跑|处于|优势|突破|实力|名列|站稳|见长|深耕|布局|发力|积累|独占|市占|取得|保持|属|是|具)"
)
_IS_HEAD = re.compile(
    r"(?:则|也|已|正)?(?:是|为|系|作为|成为|被视为|堪称|被称为)(?P<where>我国|国内|全国|全球|世界|国际|国产|中国|本土)?(?:最大的?|领先的?|知名的?|重要的?|少数)*(?P<what>[^，。；]{2,20}?)(?:领域|行业|环节|赛道|市场|产业)?的?(?:最大的?)?(?P<head>代表(?:性)?(?:企业|公司|厂商)?|龙头(?:企业|股)?|领军(?:企业|者)|头部(?:企业|厂商|玩家)|独角兽|骨干企业|链主(?:企业)?|标杆企业|重要供应商|核心供应商|主要供应商|供应商|第一股|制造商|生产商|服务商|提供商)"
)
_LEADING = re.compile(r"代表|龙头|领军|头部|链主|骨干|第一股")


_AND_MORE = re.compile("(?:等[^，。；、]{0,6}?(?:企业|公司|厂商)?)?")


def makes(scene: Scene) -> None:
    """A做X, B的Y芯片, C用X做Y, A是X的龙头, B在X上居全球第三: what the firm that opens a clause makes."""
    for sentence, clause in scene.clauses(_FIRM):
        done: set[int] = set()
        for firm in clause.mentions:
            if firm.label != "Company" or firm.start in done:
                continue
            row = [m for m in scene.together(firm, _FIRM) if m.end <= clause.end and m.start >= clause.start]
            done.update(m.start for m in row)
            last = row[-1]
            if not scene.real(sentence, clause, row[0].start):
                continue
            etc = _AND_MORE.match(scene.text, last.end, clause.end)
            at = etc.end() if etc is not None else last.end
            _possessed(scene, clause, row, last)
            _made(scene, clause, row, at)


def _possessed(scene: Scene, clause: Clause, row: list[Mention], last: Mention) -> None:
    topic = next((m for m in clause.mentions if m.start >= last.end and m.label in TOPICS), None)
    if topic is None or scene.is_root(topic) or topic.label in ("Industry", "ApplicationField"):
        return
    between = scene.text[last.end : topic.start]
    if _ITS.fullmatch(between) and not re.match(
        r"人才|需求|股东|客户|领域|行业|产业|赛道|市场(?!占有率|份额)", scene.text[topic.end :]
    ):
        for firm in row:
            scene.link("OPERATES_IN", firm, topic, SAME_CLAUSE)


def _made(scene: Scene, clause: Clause, row: list[Mention], at: int) -> None:
    text, topics, heads = scene.text, [], False
    if (tool := _WITH.match(text, at, clause.end)) is not None:
        topics = scene.inside(tool.start("tool"), tool.end("tool"), TOPICS)
        for user in scene.inside(tool.start("what"), tool.end("what"), {"ApplicationScenario"}):
            for one in topics:
                scene.link("USES_TECHNOLOGY", user, one, SAME_CLAUSE)
        if not topics or tool["how"] in ("做", "开展", "从事", "提供", "实现", "进行"):
            made = scene.inside(tool.start("what"), tool.end("what"), TOPICS - {"ApplicationScenario"})
            topics = topics + [m for m in made if m not in topics][:1]
    elif (head := _IS_HEAD.match(text, at, clause.end)) is not None:
        topics = scene.inside(head.start("what"), head.end("what"), TOPICS)[-1:]
        heads = _LEADING.search(head["head"]) is not None
    elif (rank := _RANKS.match(text, at, clause.end)) is not None:
        topics = scene.inside(rank.start("what"), rank.end("what"), TOPICS)[-1:]
    elif (verb := _MAKES.match(text, at, clause.end)) is not None:
        first = next((m for m in clause.mentions if m.start >= verb.end()), None)
        if first is not None and first.label in TOPICS and first.start - verb.end() <= 12:
            topics = list(read_list(scene, verb.end(), clause.end, new=False).topics)
    for topic in topics:
        if scene.is_root(topic) or topic.label == "ApplicationScenario":
            continue
        for firm in row:
            scene.link("OPERATES_IN", firm, topic, SAME_CLAUSE)
            if heads:
                scene.link("REPRESENTATIVE_OF", firm, topic, SAME_CLAUSE)


_FIELD_HAS = re.compile(
    r"(?:产业|行业|领域|环节|方面|赛道|方向|市场|板块|层|端|企业|类)?(?:上|中|里|内|，)?(?:则|也|还|主要|方面|同样|，)*(?:有|看|由|以|是|如|包括|属|数|涌现出?|活跃着|聚集了?|集聚了?|汇聚了?|走出了?|跑出了?|诞生了?|布局了?|拥有|云集了?)"
)
_FIELD_IS = re.compile(r"(?:产业|行业|领域|环节|赛道)?(?:：|——|\()")
_SHARE = re.compile(r"[^，。；]{0,6}?(?:市场|份额|赛道|领域|出货量|装机量|市占率|销量)")
_NUMBER = re.compile(
    r"[^，。；]{0,8}?(?:[0-9.]+\s?[%％]|[一二三四五六七八九]成|份额|第[一二三四五]|紧随其后|次之|居次|位居|位列|排名|领先|居首|领跑|登顶)"
)


def by_field(scene: Scene) -> None:
    """X领域有A、B；Y领域有C; X市场中，A独占八成，B仅百分之一; 两家均称X订单饱满."""
    for sentence in scene.sentences:
        if not any(m.label == "Company" for m in sentence.mentions):
            continue
        field: Mention | None = None
        for clause in sentence.clauses:
            for topic, firm in zip(clause.mentions, clause.mentions[1:], strict=False):
                if topic.label not in TOPICS or firm.label != "Company" or scene.is_root(topic):
                    continue
                between = scene.text[topic.end : firm.start]
                if _FIELD_HAS.fullmatch(between) or _FIELD_IS.fullmatch(between):
                    if not scene.real(sentence, clause, firm.start):
                        continue
                    for one in scene.together(firm, _FIRM):
                        scene.link("OPERATES_IN", one, topic, SAME_CLAUSE)
            first = clause.mentions[0] if clause.mentions else None
            if first is not None and first.label == "Company" and first.start - clause.start <= 4:
                row = scene.together(first, _FIRM)
                if field is not None and _NUMBER.match(scene.text, row[-1].end, clause.end):
                    for one in row:
                        scene.link("OPERATES_IN", one, field, SAME_SENTENCE)
                continue
            last = clause.mentions[-1] if clause.mentions else None
            if last is not None and last.label in TOPICS and not scene.is_root(last):
                field = last if _SHARE.match(scene.text, last.end, clause.end) else None
        _all_of_them(scene, sentence)


_ALL = re.compile(
    r"(?:这)?(?:[两三四五六二]家|二者|两者|双方|三者|它们|上述|几家)(?:公司|企业|厂商|巨头)*(?:的)?(?:均|都|也|皆|同样)*(?:[^，。；]{0,4}?)(?:称|表示|提到|指出|预计|披露|受益于|做|从事|专注|主营|属于|来自|布局|供应|生产)"
)


def _all_of_them(scene: Scene, sentence: Sentence) -> None:
    """…，两家均称X需求旺盛: the firms of the sentence make it."""
    for clause in sentence.clauses:
        match = _ALL.search(clause.text)
        if match is None or not scene.real(sentence, clause, clause.start):
            continue
        start = clause.start + match.end()
        topic = next((m for m in clause.mentions if m.start >= start and m.label in TOPICS), None)
        if topic is None or scene.is_root(topic) or topic.label == "Industry" or topic.start - start > 6:
            continue
        for firm in sentence.mentions:
            if firm.label == "Company" and firm.end <= clause.start + match.start():
                scene.link("OPERATES_IN", firm, topic, SAME_SENTENCE)


_A_KIND = re.compile(r"[^，。；]{0,4}?(?:公司|企业|厂商|上市公司|龙头股?|概念股|板块|巨头|赛道)(?!家)")
_RESULTS = re.compile(
    r"半年报|年报|季报|财报|业绩|营收|营业收入|净利润|股价|市值|成绩单|上市|融资|订单|出货|IPO|备案|招股|科创板"
)


def announced(scene: Scene) -> None:
    """国产X公司的半年报陆续发布。A营收…，B营收…: the firms that the next sentences open with are of the kind announced."""
    for said, following in zip(scene.sentences, scene.sentences[1:], strict=False):
        topics = [m for m in said.mentions if m.label == "ChainSegment" and not scene.is_root(m)]
        if len(topics) != 1 or any(m.label == "Company" for m in said.mentions) or not _RESULTS.search(said.text):
            continue
        if not _A_KIND.match(scene.text, topics[0].end, said.end):
            continue
        behind = [s for s in scene.sentences if s.start >= following.start][:2]
        for sentence in behind:
            first = sentence.mentions[0] if sentence.mentions else None
            if first is None or first.label != "Company" or first.start - sentence.start > 1:
                break
            if _RESULTS.search(sentence.text):
                for one in scene.together(first, _FIRM):
                    scene.link("OPERATES_IN", one, topics[0], CONTEXT)


RULES: tuple[Rule, ...] = (at_home, inside_it, makes, by_field, announced)
