"""ISSUED_BY, APPLIES_TO, PROMOTES and DESIGNATED_AS: who issues what for whom, and who bears which title."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import CONTEXT, SAME_CLAUSE, SAME_SENTENCE, Rule, Scene
from aikg.loaders.extract.titles import issuing_verb

__all__ = ["RULES"]

_AREAS = PLACES
_ISSUERS = frozenset({"Institution", *PLACES, "Park"})
_BY = re.compile(
    r"^[》\s]*[，]?(?:是|系)?由(?P<who>[^，。；]{2,40}?)(?:联合|共同|牵头)?(?:印发|发布|出台|颁布|制定|推出|编制|起草)"
)
_NATIONAL = re.compile(r"^(?:国家|国务院|中国|中华|全国|中共中央)|^“?十[一二三四五六七八]五”?(?:规划|时期)")
_FOREIGN = frozenset({"Country", "Region"})


_FOR_IT = re.compile(r"(?:关于)?(?:进一步)?(?:加快)?(?:支持|促进|推动|推进|加快|扶持|鼓励|支撑|服务|建设)")


def issuing(scene: Scene) -> None:
    """A印发《X》, 《X》由A发布, A《X》; where nobody issues, the place of the title or the one that is spoken of."""
    for policy in scene.mentions:
        if policy.label != "Policy":
            continue
        sentence = scene.discourse.sentence(policy.start)
        if sentence is None:
            continue
        issuers, sure = _issuers(scene, sentence, policy)
        own = scene.place_of(policy)
        park = max((n for n in scene.memory.parks if len(n) >= 4 and n in policy.name), key=len, default=None)
        if park is not None and _FOR_IT.match(policy.name) and issuers:
            # 支持某园区发展若干政策 of a province: it promotes the park and applies where it is issued
            scene.link("PROMOTES", policy, scene.memory.parks[park], SAME_SENTENCE)
            park = None
        elif park is not None:
            scene.link("APPLIES_TO", policy, scene.memory.parks[park], SAME_SENTENCE)
            if not issuers:
                scene.link("ISSUED_BY", policy, scene.memory.parks[park], CONTEXT)
        for name, programme in scene.memory.programmes.items():
            if name in policy.name:
                scene.link("PROMOTES", policy, programme, SAME_SENTENCE)
        for issuer in issuers:
            scene.link("ISSUED_BY", policy, issuer, sure)
        areas: list[tuple[Mention, float]] = []
        if own is None:
            named = [p for _, _, p in scene.places.find_all(policy.name) if p.label in ("City", "Province", "District")]
            own = scene.place(named[-1], policy) if named else None
        if own is not None and own.label in _AREAS and park is None:
            areas.append((own, SAME_CLAUSE))
        else:
            for issuer in issuers:
                if issuer.label in _AREAS:
                    areas.append((issuer, sure))
                elif issuer.label == "Park":
                    scene.link("APPLIES_TO", policy, issuer, sure)
                elif issuer.place is not None and issuer.place.label in _AREAS:
                    areas.append((scene.place(issuer.place, issuer), SAME_SENTENCE))
                elif issuer.kind == "ministry":
                    areas.append((scene.place(scene.places.get("CN")), CONTEXT))
        if not areas and park is None:
            areas = _context(scene, sentence, policy)
        for area, how_sure in areas:
            scene.link("APPLIES_TO", policy, area, how_sure)
        if not issuers:
            for area, how_sure in areas:
                scene.link("ISSUED_BY", policy, area, min(how_sure, CONTEXT))


def _issuers(scene: Scene, sentence: Sentence, policy: Mention) -> tuple[list[Mention], float]:
    text = scene.text
    first = policy
    row = [m for m in scene.mentions if m.label == "Policy"]
    at = row.index(policy)
    while (
        at > 0
        and re.fullmatch(r"[》《、和与及以\s]*", text[row[at - 1].end : first.start])
        and row[at - 1].start >= sentence.start
    ):
        at -= 1
        first = row[at]
    before = text[sentence.start : first.start].rstrip("《“ ")
    if behind := _BY.match(text[policy.end : sentence.end]):
        start = policy.end + behind.start("who")
        found = scene.inside(start, policy.end + behind.end("who"), _ISSUERS)
        return _bodies(scene, found), SAME_CLAUSE
    verb = issuing_verb(before)
    if verb is not None:
        until = sentence.start + verb.start()
        clause = next((c for c in sentence.clauses if c.start <= until < c.end), sentence.clauses[-1])
        for part in [clause, *reversed([c for c in sentence.clauses if c.end <= clause.start])]:
            found = [m for m in part.mentions if m.end <= until and m.label in _ISSUERS and not scene.is_everywhere(m)]
            found = [
                m
                for m in found
                if m.kind != "media" and not re.search(r"[与同比]$", text[max(part.start, m.start - 1) : m.start])
            ]
            if found:
                return _bodies(scene, found), SAME_CLAUSE if part is clause else SAME_SENTENCE
        return [], CONTEXT
    near = [m for m in sentence.mentions if m.end <= first.start and first.start - m.end <= 4 and m.label in _ISSUERS]
    if near and re.fullmatch(r"(?:的|《|省政府|市政府|政府|省级|\s)*", text[near[-1].end : first.start]):
        return _bodies(scene, near[-1:]), SAME_CLAUSE
    return [], CONTEXT


def _bodies(scene: Scene, found: list[Mention]) -> list[Mention]:
    """Of the names before the verb the last list; institutions rather than the places they belong to."""
    bodies = [m for m in found if m.label == "Institution"]
    chosen = bodies or found
    group = (
        [m for m in scene.together(chosen[-1], {chosen[-1].label} if bodies else None) if m in chosen] if chosen else []
    )
    return group or chosen[-1:]


def _context(scene: Scene, sentence: Sentence, policy: Mention) -> list[tuple[Mention, float]]:
    if _NATIONAL.search(policy.name):
        return [(scene.place(scene.places.get("CN")), CONTEXT)]
    clause = next((c for c in sentence.clauses if c.start <= policy.start < c.end), sentence.clauses[0])
    found, sure = scene.subjects(sentence, clause, policy.start, _AREAS | {"Policy", "Programme"})
    areas = [m for m in found if m.label in _AREAS]
    if areas:
        return [(m, sure) for m in areas]
    around = [m for m in scene.mentions if m.label in PLACES and m.label != "Country"]
    abroad = [m for m in scene.mentions if m.label == "Country" and m.id != "country:CN"]
    above = [m for h in scene.discourse.passage.headings for m in scene.discourse.under(h) if m.label in PLACES]
    if not around and not abroad and not above:
        return [(scene.place(scene.places.get("CN")), CONTEXT)]
    return []


_PROMOTES = re.compile(
    r"(?:实施|推进|推动|支持|争创|建设|启动|打造|组织|开展|培育|创建|加快|包括|设立)(?:了)?[^，。；]{0,8}$"
)


def promoting(scene: Scene) -> None:
    """《X》提出，实施“Y”工程; 根据X，…推进Y先导区建设."""
    for sentence, clause in scene.clauses(frozenset({"Programme", "Park"})):
        for thing in clause.mentions:
            if thing.label not in ("Programme", "Park"):
                continue
            if not _PROMOTES.search(scene.text[clause.start : thing.start]) or not scene.real(
                sentence, clause, thing.start
            ):
                continue
            policies = [m for m in scene.mentions if m.label == "Policy" and m.end <= thing.start]
            main = scene.memory.main
            if not policies and main is not None and main.label == "Policy" and _promoted(scene, clause, thing):
                scene.link("PROMOTES", main, thing, CONTEXT)
                continue
            if policies and (policies[-1].start >= sentence.start or _still(scene, policies[-1], sentence)):
                scene.link(
                    "PROMOTES", policies[-1], thing, SAME_SENTENCE if policies[-1].start >= sentence.start else CONTEXT
                )
                if thing.label == "Programme":
                    place = policies[-1].place
                    if place is not None and place.label in PLACES and not _STATE.search(thing.name):
                        scene.link("ISSUED_BY", thing, scene.place(place, policies[-1]), CONTEXT)
                        scene.link("APPLIES_TO", thing, scene.place(place, policies[-1]), CONTEXT)
                    scene.link("PART_OF", thing, policies[-1], CONTEXT)


_BUILDS = re.compile(
    r"(?:建设|打造|创建|推进|培育|做强|做大|新建|规划|布局|启动|加快|扩建|提升|建好|高标准|高水平|发展|支持)(?:好|了|一批)?[“\"《]?$"
)
_DOES_MORE = re.compile(
    r"[”\"]?[^，。；]{0,8}?(?:做强|做大|发展|重点|主攻|聚焦|打造|培育|建设(?!$|[，。；、和及与])|布局|开展|引进|牵头)"
)


def _promoted(scene: Scene, clause: Clause, thing: Mention) -> bool:
    """Of the parks that a policy names those that it has built up; one that is bidden to do something acts itself."""
    if thing.label == "Programme":
        return True
    row = scene.together(thing)
    return (
        _BUILDS.search(scene.text[clause.start : row[0].start]) is not None
        and _DOES_MORE.match(scene.text[row[-1].end : clause.end]) is None
    )


_STATE = re.compile(r"国家|全国|东数西算|中国")
_STARTS = re.compile(r"(?:实施|启动|推出|开展|组织实施|发起|设立)(?:了)?[^，。；、]{0,6}$")


def starting(scene: Scene) -> None:
    """浙江将实施“星火计划”: a programme that a place itself starts is its own."""
    for sentence, clause in scene.clauses(frozenset({"Programme"})):
        for programme in clause.mentions:
            start = (
                _STARTS.search(scene.text, clause.start, programme.start) if programme.label == "Programme" else None
            )
            if start is None or _STATE.search(programme.name) or not scene.real(sentence, clause, programme.start):
                continue
            subjects, sure = scene.subjects(sentence, clause, start.start())
            for subject in subjects if sure > CONTEXT else ():
                if subject.label in PLACES | {"Park", "Institution"} and subject.label != "Country":
                    scene.link("ISSUED_BY", programme, subject, sure)
                    scene.link("APPLIES_TO", programme, subject, sure)


def _still(scene: Scene, policy: Mention, sentence: Sentence) -> bool:
    """Whether sentences behind one that names a policy go on telling what it says: nobody else has been named first."""
    for other in scene.sentences:
        if policy.end < other.end <= sentence.end and other.start > policy.start:
            first = next((m for m in other.clauses[0].mentions if m.label in PLACES | {"Institution", "Company"}), None)
            if first is not None:
                return False
    return True


_AWARDED = re.compile(
    r"(?:成功|先后|相继|正式|双双|分别|已|率先|首批|陆续)*(?:获批|获评|创建|入选|成为|跻身|列入|入围|被?认定为|被?列为|被?评为|被?确定为|被?纳入|建设|作为|是|荣获|获|获得|获准|拿下|挂牌|则是|落户|揭牌|承担|依托)"
    r"(?:了|为|首批|全国首个|全国首批|全国|第[一二三四五]批|国内首个)*(?:建设|创建|开展|支持)?"
)
_SOME_OF = re.compile(r"\d\s?余?多?(?:家|个|项|所)[^，。；]{0,14}$")
_MANY = re.compile(r"(?:建设)?(?:数量|总数|名单|申报|评选|建设指引)")
_BRACKETS = re.compile(r"[\s、和与及/（()）的等0-9\-—–~]*(?:[0-9一二三四五六七八九十]+个)?(?:城市)?")
_COUNTED = re.compile(r"(?:获批|获准|入选|创建|建成|建设)(?:建设|创建)?的(?P<head>先导区|试验区|示范区|试点城市|试点)")
_SHORT = re.compile(r"(?:[0-9一二三四五六七八九十]+个)?(?P<head>先导区|试验区|示范区|试点城市|试点)(?![”建])")
_TITLE_BEARERS = PLACES - {"Country"} | {"Park", "Company"}


def designations(scene: Scene) -> None:
    """南京获批国家…先导区; 北京、天津（滨海新区）国家…先导区; A与B创建P1与P2 in parallel order."""
    for sentence, clause in scene.clauses():
        programmes = [m for m in clause.mentions if m.label == "Programme"]
        done: set[int] = set()
        for programme in programmes:
            if programme.start in done:
                continue
            row = [p for p in scene.together(programme) if p in programmes]
            done.update(p.start for p in row)
            bearers, sure = _bearers(scene, sentence, clause, row[0])
            if not bearers:
                continue
            pairs = [(b, p) for b in bearers for p in row]
            if len(row) > 1 and len(row) == len(bearers):
                pairs = list(zip(bearers, row, strict=True))
            for bearer, title in pairs:
                _designate(scene, bearer, title, sure)
        _short_heads(scene, sentence, clause)


def _designate(scene: Scene, bearer: Mention, title: Mention, sure: float) -> None:
    scene.link("DESIGNATED_AS", bearer, title, sure)


def _bearers(scene: Scene, sentence: Sentence, clause: Clause, programme: Mention) -> tuple[list[Mention], float]:
    text = scene.text
    if not scene.real(sentence, clause, programme.start) or _MANY.match(text[programme.end : programme.end + 6]):
        return [], CONTEXT
    before = [m for m in clause.mentions if m.end <= programme.start and m.label in _TITLE_BEARERS]
    before = [m for m in before if not text[: m.start].endswith(("“", '"'))]
    if before and _OWNED.search(text[clause.start : before[-1].start]) and before[-1].label in PLACES:
        return _titled(scene, sentence, clause, before[-1].start)
    if before and re.fullmatch(
        r"[\s）)的等]*(?:[0-9一二三四五六七八九十]+[个地]|城市|市|省|区)*[\s“]*", text[before[-1].end : programme.start]
    ):
        return [m for m in scene.together(before[-1]) if m.end <= programme.start], SAME_CLAUSE
    cue = None
    for match in _AWARDED.finditer(text, clause.start, programme.start):
        gap = text[match.end() : programme.start]
        if len(gap) <= 6 and not re.search(r"推进|推动|加快|支持|开展|参与|申报|协同|结合", gap):
            cue = match
            break
    if cue is None:
        return [], CONTEXT
    if re.search(
        r"(?:鼓励|推动|推进|指导|加快|争取|力争|拟|计划|申报|申请)[^，。；]{0,6}$", text[clause.start : cue.start()]
    ):
        return [], CONTEXT
    if re.search(r"(?:支持|引导)[^，。；]{0,20}$", text[clause.start : cue.start()]) and any(
        m.label == "Policy" and m.end <= cue.start() for m in sentence.mentions
    ):
        return [], CONTEXT  # a paper that has somebody try for a title does not give it
    if moved := re.search(r"[将把](?P<whom>[^，。；]{2,40})$", text[clause.start : cue.start()]):
        # 将南京列为…: whom the verb moves bears the title, and not who moves him
        start = clause.start + moved.start("whom")
        return [m for m in before if m.start >= start], SAME_CLAUSE
    if _SOME_OF.search(text[clause.start : cue.start()]):
        return [], CONTEXT  # 有300家企业被认定为…: they bear it, and not their city
    found, sure = scene.subjects(sentence, clause, cue.start())
    bearers = [m for m in found if m.label in _TITLE_BEARERS]
    if found and not bearers and found[0].label == "Institution":
        return _titled(scene, sentence, clause, cue.start())
    return bearers, sure


# 入选江苏省示范区: the place behind the verb grants the title and does not bear it.
_OWNED = re.compile(
    r"(?:是|作为|入选|获评|获批|认定为|列入|列为|成为|纳入|跻身|入围|评为|荣获|获得|获|授予|属于)(?:了|首批|第[一二三四五]批|全国|首个|[一1]个)*$"
)


def _titled(scene: Scene, sentence: Sentence, clause: Clause, cue: int) -> tuple[list[Mention], float]:
    for part in [clause, *reversed([c for c in sentence.clauses if c.end <= clause.start])]:
        found, sure = scene.subjects(sentence, part, min(part.end, cue))
        bearers = [m for m in found if m.label in _TITLE_BEARERS]
        if bearers and sure > CONTEXT:
            return bearers, sure
    return [], CONTEXT


def _short_heads(scene: Scene, sentence: Sentence, clause: Clause) -> None:
    """上海、深圳3个先导区 where the passage has named 国家…先导区: the short name stands for it."""
    known = [p for p in scene.mentions if p.label == "Programme" and p.start < clause.end]
    for match in _SHORT.finditer(scene.text, clause.start, clause.end):
        if any(m.start < match.end() and m.end > match.start() for m in scene.mentions):
            continue
        whole = [p for p in known if p.name.endswith(match["head"]) and p.end <= match.start()]
        before = [m for m in clause.mentions if m.end <= match.start() and m.label in _TITLE_BEARERS]
        if (
            whole
            and before
            and _BRACKETS.fullmatch(scene.text[before[-1].end : match.start()])
            and scene.real(sentence, clause, match.start())
        ):
            for bearer in scene.together(before[-1]):
                _designate(scene, bearer, whole[-1], SAME_SENTENCE)


def counted(scene: Scene) -> None:
    """加上北京、上海，获批建设的试验区已增至…: the list before names further bearers."""
    for sentence, clause in scene.clauses():
        for match in _COUNTED.finditer(scene.text, clause.start, clause.end):
            whole = [
                p
                for p in scene.mentions
                if p.label == "Programme" and p.name.endswith(match["head"]) and p.end <= match.start()
            ]
            before = [m for m in sentence.mentions if m.end <= match.start() and m.label in _TITLE_BEARERS]
            if (
                whole
                and before
                and re.search(
                    r"(?:加上|连同|包括|此前|已有|继)[^，。]{0,4}$",
                    scene.text[sentence.start : scene.together(before[-1])[0].start],
                )
            ):
                for bearer in scene.together(before[-1]):
                    _designate(scene, bearer, whole[-1], SAME_SENTENCE)


_GRANTS = re.compile(r"(?:支持|批复|同意|公布|认定|发布|启动|设立|批准|印发|复函|遴选|评选|实施)")


def granting(scene: Scene) -> None:
    """工信部支持创建…先导区: the body of the state that grants a programme issues it."""
    for sentence in scene.sentences:
        for programme in sentence.mentions:
            if programme.label != "Programme":
                continue
            before = [
                m
                for m in sentence.mentions
                if m.end <= programme.start and m.label == "Institution" and m.kind in ("ministry", "government", None)
            ]
            if not before or before[0].kind == "media" or before[0].start - sentence.start > 30:
                continue
            between = scene.text[before[0].end : programme.start]
            clause = next((c for c in sentence.clauses if c.start <= programme.start < c.end), sentence.clauses[0])
            if (
                before[0].kind == "ministry"
                and _GRANTS.search(between)
                and "表示" not in between
                and scene.real(sentence, clause, programme.start)
            ):
                scene.link("ISSUED_BY", programme, before[0], SAME_SENTENCE)
                if before[0].place is None or before[0].place.label == "Country":
                    scene.link("APPLIES_TO", programme, scene.place(scene.places.get("CN")), CONTEXT)


RULES: tuple[Rule, ...] = (issuing, promoting, starting, designations, counted, granting)
