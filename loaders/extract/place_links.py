"""LOCATED_IN and HOSTS: what lies where, by the name itself, by a cue, or by the place that is spoken of."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.part_links import region_at
from aikg.loaders.extract.scene import CONTEXT, ORGANISATIONS, SAME_CLAUSE, SAME_SENTENCE, Rule, Scene, governs
from aikg.loaders.extract.seats import holder_of_title

__all__ = ["RULES"]

_LIES = re.compile(
    r"(?:总部|公司|企业)?(?:位于|坐落于|坐落在|地处|落户于?|落地于?|入驻|进驻|设在|设立在|落址|选址于?|扎根于?|布局在|注册在|诞生于|总部设于|总部为|注册地为|迁至|迁到|搬至|(?:成立|创立|创办|起步|发源|孵化)于(?=[\u3400-\u9fff])|总部(?:设)?在|总部位于|落子于?|落位于?|定址|选定|座落于?|坐落|坐镇|立足|藏身于?|隐身于?|安家于?|安家在|落在(?!了)|建在|地处于?)"
)
_HOSTS = re.compile(
    r"(?:已|现已|现|累计|先后|成功|目前|共|还|也|并)*(?:集聚|聚集|汇聚|汇集|云集|拥有|入驻|引进|引入|招引|招揽|吸引|落户|落地|培育|孵化|建有|建成|设有|坐拥|签约|引育|涌现出|涌现|会聚|聚合|吸引来|引来)(?:了|有|出)?"
)
_NOT_YET = re.compile(
    r"(?:将|拟|计划|有望|力争|争取|目标|未来|推动|支持|鼓励|探索|预计|加快|推进|到20\d\d年)[^，。；]{0,12}$"
)
_HOSTED = ORGANISATIONS - {"University"}


# 某市分公司, 某市国投: a branch, or a firm of the city itself.
_BRANCH = re.compile(r"(?:大学|学院|[)）])[\u3400-\u9fff]{2,4}|^[^大学院所会社报]*创新中心$")
_LOCAL = re.compile(r"分公司$|分行$|分部$|^[\u3400-\u9fff]{2,4}[市区县]")


def by_name(scene: Scene) -> None:
    """宁波前湾新区 lies in 宁波, 深圳大学 in 深圳; and in the province that the text speaks of."""
    for mention in scene.mentions:
        if mention.label not in ("Park", "University", "Institution", "ComputeCenter", "Company") or governs(mention):
            continue
        where = scene.place_of(mention)
        if mention.label == "Park":
            where = _district(scene, mention) or where
        elif (mention.label == "Institution" and not _BRANCH.search(mention.name)) or (
            mention.label == "Company" and not _LOCAL.search(mention.name)
        ):
            continue  # what a body or a firm is called does not say where it works
        elif where is None and (leading := scene.places.leading(mention.name)) is not None:
            where = scene.place(leading[0], mention)
        elif where is None and mention.label == "University":
            city = scene.places.resolve(mention.name[:2]).place
            where = scene.place(city, mention) if city is not None and city.label == "City" else None
        inside = [
            (a, p)
            for a, _, p in scene.places.find_all(scene.text[mention.start : mention.end])
            if p.label in ("City", "District", "Province")
        ]
        if where is None or where.label == "Country" or mention.label == "Institution":
            where = scene.place(inside[-1][1], mention) if inside and mention.label != "Company" else where
        if where is None or where.label in ("Country", "Region"):
            continue
        wide = where.label == "Province" and mention.label == "ComputeCenter"
        if (wide or not inside) and scene.id(mention) in scene.memory.located:
            continue  # the text says where it is; what is known of its name says something else
        if not inside and mention.label == "Park" and (home := scene.memory.home(scene.places)) is not None:
            listed = any(
                m.id == home.id and (len(scene.together(m)) > 1 or "；" in scene.text[m.end : mention.start])
                for m in scene.mentions
            )
            where = home if scene.contains(where, home) and not listed else where
        scene.locate(mention, where, SAME_CLAUSE)


def _district(scene: Scene, park: Mention) -> Mention | None:
    """萧山信息港小镇 where 杭州 is spoken of: the short name of a district of that city stands in front."""
    for city in _spoken(scene, park.start):
        if city.label == "City" and city.place is not None and park.place is None:
            leading = scene.places.leading(park.name, within=city.place)
            if leading is not None and leading[0].label == "District":
                scene.locate(park, city, SAME_SENTENCE)
                return scene.place(leading[0], park)
    bracket = re.search(r"[（(]([\u3400-\u9fff]{2,4})[)）]$", park.name)
    if bracket and park.place is not None and park.place.label == "City":
        leading = scene.places.leading(bracket[1], within=park.place)
        if leading is not None and leading[0].label == "District":
            scene.locate(park, scene.place(leading[0], park), SAME_CLAUSE)
    return None


def _spoken(scene: Scene, position: int) -> list[Mention]:
    """Places spoken of before a position: in the passage, nearest first, and in the headings."""
    before = [m for m in scene.mentions if m.end <= position and m.label in PLACES]
    above = [
        m for h in reversed(scene.discourse.passage.headings) for m in scene.discourse.under(h) if m.label in PLACES
    ]
    return [*reversed(before), *above]


_INSIDE_NAME = re.compile(
    r"[\u3400-\u9fff]{0,4}?(?:园|基地|中心|公司|大学|学院|集团|银行|研究院|研究所)(?!区?[内里中])"
)


def by_context(scene: Scene) -> None:
    """A park that nothing else locates lies in the place that its sentence, its section or the whole document is about."""
    for mention in scene.mentions:
        if mention.label not in ("Park", "ComputeCenter"):
            continue
        sentence = scene.discourse.sentence(mention.start)
        if (park := _its_park(scene, sentence, mention)) is not None:
            scene.locate(mention, park, SAME_SENTENCE)
            continue
        if scene.id(mention) in scene.memory.located:
            continue
        if (holder := holder_of_title(scene, sentence, mention)) is not None:
            scene.locate(mention, holder, SAME_SENTENCE)
            continue
        where, sure = scene.spoken_of(sentence, mention.start, frozenset({"District", "City", "Province"}))
        if where is not None and where in scene.mentions and "；" in scene.text[where.end : mention.start]:
            continue  # A在甲区；B…: what was said before the semicolon is somewhere else
        if where is not None and where in scene.mentions and _INSIDE_NAME.match(scene.text, where.end):
            continue  # 中国电信云计算内蒙古信息园: inside some other name
        if where is not None and where.end and len(scene.together(where, PLACES)) > 1 and where in scene.mentions:
            continue  # of several places the list does not say which is meant
        where = where or scene.memory.home(scene.places)
        if where is not None:
            scene.locate(mention, where, min(sure, CONTEXT + 0.05))


_OF_THE_PARK = re.compile(
    r"(?:园区|小镇|基地|科技城|产业园|园内|区内|新区|开发区)(?:内|里)?(?:已|还|自|正在|先期|规划|同步)*(?:配建|配套|建设|建成|自建|布局|规划|建有|设有|打造|投建|投用|运营)?的?(?:[“\"]|首个|大型)*$"
)
_RUNS = re.compile(
    r"(?:调度|推进|建成|开工|启动|投用|拥有|建有|打造|建设|布局|谋划|实施|上马|引进|落地|配建|规划|新建|在建)"
)


def _its_park(scene: Scene, sentence: Sentence | None, thing: Mention) -> Mention | None:
    """园区配建的某中心; 某科技城推进某中心建设: what a park builds or runs lies in it."""
    if sentence is None:
        return None
    clause = next((c for c in sentence.clauses if c.start <= thing.start < c.end), None)
    if clause is None or not scene.real(sentence, clause, thing.start):
        return None
    before = [m for m in scene.mentions if m.label == "Park" and m.end <= thing.start and m.name != thing.name]
    if _OF_THE_PARK.search(scene.text, clause.start, thing.start):
        main = scene.memory.main
        return before[-1] if before else main if main is not None and main.label == "Park" else None
    own = [m for m in before if m.start >= clause.start]
    if own and _RUNS.match(scene.text, own[-1].end) and thing.start - own[-1].end <= 24:
        return own[-1] if len(scene.together(own[-1])) == 1 else None
    return None


def by_cue(scene: Scene) -> None:
    """A位于B; A落户B: B is the nearest place or park behind the verb, A what stands before it."""
    for sentence, clause in scene.clauses():
        for match in _LIES.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()):
                continue
            if scene.text[clause.start : match.start()].endswith(("分别", "依次", "各自")):
                continue  # read one by one: seats.respectively
            target = next((m for m in clause.mentions if m.start >= match.end() and m.label in PLACES | {"Park"}), None)
            if target is None and _MOVES_IN.match(match[0]):
                _moved_in(scene, clause, match)
            if target is None or target.start - match.end() > 6:
                continue
            chain = [target]
            for following in clause.mentions:
                if (
                    following.start >= chain[-1].end
                    and following.label in PLACES | {"Park"}
                    and scene.text[chain[-1].end : following.start] in ("", "的", "“")
                ):
                    chain.append(following)
            subjects = [
                m
                for m in clause.mentions
                if m.end <= match.start() and m.label in ORGANISATIONS | {"Park", "ApplicationScenario"}
            ]
            owned = next(
                (m for m in clause.mentions if m.start >= chain[-1].end and m.label in ORGANISATIONS | {"Park"}), None
            )
            if not subjects and owned is not None and scene.text[chain[-1].end : owned.start] == "的":
                subjects = [owned]
            if not subjects and clause is not sentence.clauses[0]:
                subjects = [
                    m for m in sentence.mentions if m.end <= clause.start and m.label in ORGANISATIONS | {"Park"}
                ][:1]
            if not subjects:
                continue
            for subject in scene.together(subjects[-1]):
                for place in chain:
                    scene.locate(subject, place, SAME_CLAUSE)
                    for _, _, holder in (
                        scene.places.find_all(scene.text[place.start : place.end])
                        if place.label == "Park" and subject.label != "Company"
                        else ()
                    ):
                        if holder.label in ("Province", "City", "District"):
                            scene.locate(subject, scene.place(holder, place), SAME_SENTENCE)
                    if place.label in ("Park", "District"):
                        scene.link("HOSTS", place, subject, SAME_CLAUSE)


_MOVES_IN = re.compile("入驻|进驻|落户")


def _moved_in(scene: Scene, clause: Clause, match: re.Match[str]) -> None:
    """A公司入驻两年: into the park that the document is about."""
    main = scene.memory.main
    park = main if main is not None and main.label == "Park" else next(iter(scene.memory.parks.values()), None)
    firms = [m for m in clause.mentions if m.end <= match.start() and m.label in ORGANISATIONS]
    if (
        park is None
        or len(firms) != 1
        or scene.text[match.end() : match.end() + 1] not in "两多以一三四五六七八九十0123456789后，。；的"
    ):
        return
    scene.locate(firms[0], park, CONTEXT)
    scene.link("HOSTS", park, firms[0], CONTEXT)


def hosting(scene: Scene) -> None:
    """A集聚了B、C等机构: a park or district and the organisations listed right behind the verb."""
    for sentence, clause in scene.clauses(_HOSTED):
        for match in _HOSTS.finditer(scene.text, clause.start, clause.end):
            if not scene.real(sentence, clause, match.start()) or _NOT_YET.search(
                scene.text[clause.start : match.start()]
            ):
                continue
            subjects, sure = scene.subjects(sentence, clause, match.start())
            found = _listed(scene, sentence, match.end())
            for subject in subjects if len(subjects) == 1 else ():
                for thing in found:
                    if subject.label in ("Park", "District"):
                        scene.link("HOSTS", subject, thing, sure)
                    if _placed(subject, thing):
                        scene.locate(thing, subject, min(sure, SAME_SENTENCE))


def _placed(home: Mention, thing: Mention) -> bool:
    """Whether a home says where a thing lies: of a firm that a park or district hosts HOSTS says it already."""
    return home.label != "Country" and not (thing.label == "Company" and home.label in ("Park", "District"))


_ORG_LIST_VERB = re.compile(
    r"^(?:等|等等)?[^，。；]{0,16}?(?:相继|先后|已|均|都|纷纷|陆续|正式|成功)*(?:入驻|落户|进驻|(?<!应用)落地(?!的|应用)|扎根|聚集于此|集聚于此)"
)
_SETTLES = re.compile(
    r"^(?:公司|总部|研发中心)?(?:相继|先后|已|也|还|均|正式|成功)*(?:入驻|落户|进驻|扎根)(?![^，。；]{0,4}(?:企业|项目))"
)
_SETTLED_IN = re.compile(
    r"^(?:等|等等)?[^，。；]{0,14}?(?:均|都|已|纷纷)?(?:在|于)(?P<where>[^，。；]{2,14}?)(?:设立|建立|落户|落地|建设|投资|布局|成立|设)"
)
_APART = re.compile(
    r"(?:与|和|同|联合|携手|对接|依赖|采购|替代|追赶|相比|超过|挤满(?:了)?|学习|借鉴|仅次于|比肩)[^，。；]{0,6}$"
)
_OWNS = re.compile(
    r"(?:依托|依靠|拥有|坐拥|集聚|聚集|汇聚|云集|涌现|培育|孵化|诞生|走出|吸引|形成)(?:了|出|着)?[^，。；]{0,16}$"
)


def lists_of_firms(scene: Scene) -> None:
    """A、B等企业入驻; 成都依托A、B等高校; A、B均在龙岗设立总部: where the names of a list are."""
    for sentence, clause in scene.clauses(ORGANISATIONS):
        done: set[int] = set()
        for mention in clause.mentions:
            if mention.label not in ORGANISATIONS or mention.start in done:
                continue
            row = [m for m in scene.together(mention, ORGANISATIONS) if m.start >= clause.start and m.end <= clause.end]
            done.update(m.start for m in row)
            before, behind = scene.text[clause.start : row[0].start], scene.text[row[-1].end : clause.end]
            if _APART.search(before) or not scene.real(sentence, clause, row[0].start):
                continue
            settled = _SETTLED_IN.match(behind)
            where = (
                scene.inside(
                    row[-1].end + settled.start("where"), row[-1].end + settled.end("where"), PLACES | {"Park"}
                )
                if settled
                else []
            )
            if settled and not where and (short := scene.memory.short(settled["where"])) is not None:
                where = [short]
            if where:
                for one in row:
                    scene.locate(one, where[-1], SAME_CLAUSE)
                    if where[-1].label in ("Park", "District"):
                        scene.link("HOSTS", where[-1], one, SAME_CLAUSE)
                continue
            settles = (_ORG_LIST_VERB if len(row) > 1 or behind.startswith("等") else _SETTLES).match(behind)
            if _THEIRS.match(behind):
                continue
            explicit = settles is not None and any(
                m.label in PLACES | {"Park"} and m.start >= row[-1].end for m in clause.mentions
            )
            owns = _OWNS.search(before) or (len(row) > 1 and behind.startswith("等"))
            if (settles and not explicit) or owns:
                _place_them(scene, sentence, clause, row, sure_cue=bool(settles or _OWNS.search(before)))


def _place_them(scene: Scene, sentence: Sentence, clause: Clause, row: list[Mention], *, sure_cue: bool) -> None:
    subjects, sure = scene.subjects(sentence, clause, row[0].start, PLACES | {"Park"})
    if subjects and len(row) > 1 and subjects[-1].end == row[0].start:
        subjects, sure = [], CONTEXT  # 上海发那科、库卡: the place belongs to the first name
    if len(subjects) > 1:
        subjects = _common(scene, subjects)
    if not subjects or (sure <= CONTEXT and not sure_cue):
        region = region_at(scene, row[0].start)
        subjects, sure = ([region], CONTEXT) if region is not None else (subjects, sure)
    for place in subjects:
        if place.label == "Country":
            continue
        for one in row:
            if one.label in ("University", "Institution") and place.label == "Park" and sure <= CONTEXT:
                continue
            how = min(sure, SAME_SENTENCE) if sure_cue else CONTEXT
            if _placed(place, one):
                scene.locate(one, place, how)
            if place.label in ("Park", "District") and sure_cue:
                scene.link("HOSTS", place, one, how)
            if one.label == "Company" and not sure_cue and place.label in ("City", "Province", "Region"):
                scene.link("REPRESENTATIVE_OF", one, place, CONTEXT)


def _common(scene: Scene, subjects: list[Mention]) -> list[Mention]:
    """Of several parks the city that all of them lie in; of several places none, since the list says not which is meant."""
    cities = [
        {a.id: a for a in (m.place, *scene.places.ancestors(m.place)) if a.label == "City"} if m.place else {}
        for m in subjects
    ]
    shared = set.intersection(*(set(c) for c in cities))
    return [scene.place(cities[0][i]) for i in sorted(shared)] if all(m.label == "Park" for m in subjects) else []


def adjacent(scene: Scene) -> None:
    """九江鄱阳湖生态科技城, 佛山的美的集团, 两江新区水土新城: what stands right behind a place lies in it."""
    for clause in (c for s in scene.sentences for c in s.clauses):
        for outer, inner in zip(clause.mentions, clause.mentions[1:], strict=False):
            between = scene.text[outer.end : inner.start]
            if (
                between not in ("", "的", "“", "的“")
                or outer.label not in PLACES | {"Park"}
                or outer.label == "Country"
            ):
                continue
            if inner.label in ORGANISATIONS | {"Park"} and not _elsewhere(scene, outer, inner):
                scene.locate(inner, outer, SAME_CLAUSE)
                if inner.label == "Park" and outer.label == "Park":
                    scene.link("PART_OF", inner, outer, SAME_CLAUSE)
                if outer.label in ("Park", "District"):
                    scene.link("HOSTS", outer, inner, SAME_CLAUSE)


def _elsewhere(scene: Scene, outer: Mention, inner: Mention) -> bool:
    """Whether the name of the inner thing says that it lies somewhere else, or the outer begins a list (上海发那科、库卡)."""
    if outer.place is None:
        return False
    around = {outer.place.id, *(a.id for a in scene.places.ancestors(outer.place))}
    for _, _, place in scene.places.find_all(scene.text[inner.start : inner.end]):
        if place.label not in PLACES - {"Country"}:
            continue
        chain = {place.id, *(a.id for a in scene.places.ancestors(place))}
        if outer.place.id not in chain and place.id not in around:
            return True
    return False


# What stands between two organisations of a list: a joint, or what the first has there (研发总部、).
_NEXT = re.compile(r"\s*(?:[\u3400-\u9fff]{0,7}[、和与及]|以及|等[\u3400-\u9fff]{0,8}(?:[、，和与]|，?以及))\s*")
# 中国移动、中国联通等运营商数据中心: the firms own what is there and are elsewhere.
_THEIRS = re.compile(
    r"(?:、[\u3400-\u9fffA-Za-z]{2,8}){0,3}?(?:等|等等)?[^，。；、]{0,8}?(?:数据中心|项目|产品|基金|平台|服务器|模型|产线|订单|投资)(?!公司|企业|等)"
)


def _listed(scene: Scene, sentence: Sentence, start: int) -> list[Mention]:
    """Organisations behind a verb, as long as only joints and words such as 等, 一批, 为代表的 stand between them."""
    found: list[Mention] = []
    at = start
    for mention in scene.inside(start, sentence.end):
        between = scene.text[at : mention.start]
        if mention.label not in _HOSTED or re.search(r"[。；：]", between):
            break
        limit = 24 if not found else 10
        if len(between) > limit or (found and not _NEXT.fullmatch(between)):
            break
        if not found and not re.fullmatch(
            r"[^，]*|[^，]*(?:企业|机构|单位|公司)[^，]*，?(?:包括|如|有|其中有)?", between
        ):
            break
        found.append(mention)
        at = mention.end
    theirs = _THEIRS.match(scene.text[at : sentence.end]) if found else None
    return [] if theirs is not None and not theirs[0].endswith("的数据中心") else found


RULES: tuple[Rule, ...] = (adjacent, by_cue, by_name, hosting, lists_of_firms, by_context)
