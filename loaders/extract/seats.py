"""LOCATED_IN of firms by a bracket, a share-out or a seat: 甲公司（某市）, 甲、乙分别位于丙、丁, 甲把总部设在这里."""

from __future__ import annotations

import re

from aikg.loaders.extract.discourse import PLACES, Clause, Sentence
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.scene import ORGANISATIONS, SAME_CLAUSE, SAME_SENTENCE, Rule, Scene, governs

__all__ = ["RULES", "holder_of_title"]

_THINGS = ORGANISATIONS | {"Park"}
_WHERE = PLACES - {"Country"} | {"Park"}
_OPEN = re.compile(r"[”\"》]?\s*[（(]\s*(?:总部|位于|注册地|所在地|现|地处|在|落户|：|:|\s)*")
_CLOSE = re.compile(
    r"(?:[\u3400-\u9fff]{0,6}(?:区|县|镇|街道|园|高新区|开发区))?\s*[)）]|[、，,/·][^()（）]{0,16}[)）]"
)


def bracketed(scene: Scene) -> None:
    """甲公司（某市）: a bracket that holds only a place behind a firm, a body or a park says where it is."""
    if not any(sign in scene.text for sign in "（("):
        return
    for thing, place in zip(scene.mentions, scene.mentions[1:], strict=False):
        if thing.label not in _THINGS or place.label not in PLACES - {"Country"} or governs(thing):
            continue
        if _OPEN.fullmatch(scene.text, thing.end, place.start) is None:
            continue
        if _CLOSE.match(scene.text, place.end) is None:
            continue
        scene.locate(thing, place, SAME_CLAUSE)


_EACH = re.compile(
    r"(?:分别|依次|各自)(?:是|总部)?(?:位于|坐落于?|坐落在|地处|落户于?|落地于?|来自|出自|设在|落在|入驻|进驻|选址于?|选址在|扎根于?|布局在|注册在|诞生于|诞生在|总部在|总部位于|在|落子于?|落位于?|分布在|成立于|安家于?)(?:了)?"
)
_ALL_OF = re.compile(
    r"(?:等[\u3400-\u9fff]{0,8}|[两二三四五六几0-9]+(?:家|个|所|座)[\u3400-\u9fff]{0,6}|，|的?总部|均|则|也|已)*"
)


def respectively(scene: Scene) -> None:
    """甲、乙和丙分别位于A、B和C: the first in the first, the second in the second; otherwise nothing."""
    if "分别" not in scene.text and "依次" not in scene.text and "各自" not in scene.text:
        return
    for sentence in scene.sentences:
        for match in _EACH.finditer(scene.text, sentence.start, sentence.end):
            before = [m for m in sentence.mentions if m.end <= match.start() and m.label in _THINGS]
            behind = [m for m in sentence.mentions if m.start >= match.end() and m.label in _WHERE]
            if not before or not behind or behind[0].start - match.end() > 2:
                continue
            things = [m for m in scene.together(before[-1], _THINGS) if m.end <= match.start()]
            homes = [m for m in scene.together(behind[0], _WHERE) if m.start >= match.end()]
            if len(things) < 2 or len(things) != len(homes):
                continue
            if _ALL_OF.fullmatch(scene.text, things[-1].end, match.start()) is None:
                continue
            clause = next(c for c in sentence.clauses if c.start <= match.start() < c.end)
            for thing, home in zip(things, homes, strict=True) if scene.real(sentence, clause, match.start()) else ():
                scene.locate(thing, home, SAME_CLAUSE)


_FIRM_OF = re.compile(
    r"(?:本土|本地|当地|知名|龙头|头部|明星|初创|创新|科技|上市|老牌|民营|高科技|[\u3400-\u9fff]{0,6}?(?=企业))*(?:企业|公司|厂商|独角兽|创业公司)[“\"]?"
)
_IS_FIRM_OF = re.compile(r"(?:则|也|同样|都|均)?(?:是|为|系|属于?|作为)(?:一?[家个]|来自|位于|总部在)?")


def firms_of(scene: Scene) -> None:
    """某市本土企业甲; 甲是一家某市企业."""
    for sentence, clause in scene.clauses(frozenset({"Company"})):
        for one, two in zip(clause.mentions, clause.mentions[1:], strict=False):
            between = scene.text[one.end : two.start]
            if one.label in ("City", "District") and two.label == "Company":
                said = _FIRM_OF.fullmatch(between) is not None and not scene.text[: one.start].endswith(
                    ("、", "和", "与")
                )
                firm, home = two, one
            elif one.label == "Company" and two.label in ("City", "District"):
                said = _IS_FIRM_OF.fullmatch(between) is not None and _FIRM_OF.match(scene.text, two.end) is not None
                firm, home = one, two
            else:
                continue
            if said and scene.real(sentence, clause, one.start):
                for each in scene.together(firm) if firm is two else [firm]:
                    scene.locate(each, home, SAME_CLAUSE)


# 甲把总部设在这里, 甲的总部就在此: the seat is at the place that is spoken of.
_SEAT_HERE = re.compile(
    r"(?:等[^，。；]{0,10}?)?(?:均|都|也|皆|先后|相继|已|就|纷纷|同样|则|双双)*(?:把|将|的)?(?:[\u3400-\u9fff]{0,4}?)(?:总部|注册地|大本营)(?:也|都|均|就|便|已)*"
    r"(?:设在|放在|落在|安在|建在|搬到|迁到|迁至|迁入|搬进|设于|落户|落户在|扎在|坐落在|在|位于)(?:了)?(?:这里|此地|此处|此间|此(?=$|[，。；、])|区内|园内|园区|本区|本园|当地|这座|这片)"
)
_BORN_HERE = re.compile(
    r"(?:等[^，。；]{0,10}?)?(?:均|都|也|皆|先后|相继|已|就|纷纷|同样|则|双双|正是|便)*(?:从|在|于|由)(?:这里|此地|此处|此)(?:诞生|成立|创立|创办|起步|发家|注册|孵化|成长起来|长大|走出|发源)"
)


def seat_here(scene: Scene) -> None:
    """Whose seat is said to be 这里 is at the last place or park named before."""
    for sentence, clause in scene.clauses(frozenset({"Company"})):
        for firm in clause.mentions:
            if firm.label != "Company":
                continue
            cue = _SEAT_HERE.match(scene.text, firm.end, clause.end) or _BORN_HERE.match(
                scene.text, firm.end, clause.end
            )
            if cue is None or not scene.real(sentence, clause, firm.start):
                continue
            row = scene.together(firm, {"Company"})
            home = _last_place(scene, row[0].start)
            for one in row if home is not None else ():
                if home is not None:
                    scene.locate(one, home, SAME_SENTENCE)


def _last_place(scene: Scene, position: int) -> Mention | None:
    before = [m for m in scene.mentions if m.end <= position and m.label in _WHERE and m.label != "Region"]
    if before:
        return before[-1] if len(scene.together(before[-1])) == 1 else None
    for heading in reversed(scene.discourse.passage.headings):
        named = [m for m in scene.discourse.under(heading) if m.label in _WHERE]
        if named:
            return named[0] if len({scene.id(m) for m in named}) == 1 else None
    main = scene.memory.main
    return main if main is not None and main.label in _WHERE else None


# 区内甲公司: of a district that is spoken of.
_WITHIN = re.compile(
    r"(?:^|[，。；：])(?:目前|如今|其中|现在|而)?(?:区内|县内|全区|全县|市内|全市|本市|本区|该市|该区|辖区内?)的?(?:[\u3400-\u9fff]{0,6}(?:企业|公司|厂商|独角兽|巨头))?(?:中|里|当中)?(?:，)?[“\"]?$"
)


def within(scene: Scene) -> None:
    """区内甲公司把…用于…，乙公司…: firms that open the clauses behind 区内 lie in the district or city spoken of."""
    for sentence in scene.sentences:
        for index, clause in enumerate(sentence.clauses):
            first = next(iter(clause.mentions), None)
            if first is None or first.label != "Company":
                continue
            opening = scene.text[max(clause.start - 1, 0) : first.start]
            if clause.start == sentence.start:
                opening = scene.text[clause.start : first.start]
            if not _WITHIN.search(opening) or not scene.real(sentence, clause, first.start):
                continue
            home = _last_place(scene, first.start)
            if home is None or home.label not in ("District", "City") or ("区" in opening and home.label != "District"):
                continue
            for firm in [*scene.together(first), *_openers(scene, sentence.clauses[index + 1 :])]:
                scene.locate(firm, home, SAME_SENTENCE)


def _openers(scene: Scene, clauses: tuple[Clause, ...] | list[Clause]) -> list[Mention]:
    found: list[Mention] = []
    for clause in clauses:
        first = next(iter(clause.mentions), None)
        if first is not None and first.start - clause.start <= 2 and first.label != "Company":
            break
        if first is not None and first.label == "Company" and first.start == clause.start:
            found += scene.together(first)
    return found


def holder_of_title(scene: Scene, sentence: Sentence | None, thing: Mention) -> Mention | None:
    """庆阳市数据中心集群…，甲基地投运: the place that begins the name which opens the sentence."""
    first = sentence.mentions[0] if sentence is not None and sentence.mentions else None
    if sentence is None or first is None or first.label not in ("Programme", "ComputeCenter") or first == thing:
        return None
    if first.start - sentence.start > 3 or any(m.label in PLACES for m in scene.inside(sentence.start, thing.start)):
        return None
    leading = scene.places.leading(first.name)
    if leading is None or leading[0].label not in ("City", "District"):
        return None
    return scene.place(leading[0], first)


RULES: tuple[Rule, ...] = (bracketed, respectively, firms_of, seat_here, within)
