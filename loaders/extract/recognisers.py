"""All recognisers of names in their order: what is surest comes first, and a span that is taken stays taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from aikg.loaders.extract import (
    companies,
    organisations,
    parks,
    programmes,
    regions,
    sector_firms,
    titles,
    topics,
    uses,
)
from aikg.loaders.extract.groups import groups
from aikg.loaders.extract.lexicon import Lexicon
from aikg.loaders.extract.mentions import Mention, Recogniser, View, collect, together, where
from aikg.loaders.extract.passages import Passage
from aikg.ontology.concepts import Concepts
from aikg.ontology.places import Place, Places

__all__ = ["LEARNT", "home_of", "names_in", "names_known"]

_HOLDERS = frozenset(
    {"Company", "Park", "Policy", "University", "Institution", "ComputeCenter", "Programme", "Region", "Group"}
)
# What is learnt from one sentence for the whole document. Topics are not: their words are everyday words.
LEARNT = frozenset({"Company", "Park", "Policy", "University", "Institution", "ComputeCenter", "Programme"})
_SHORTS = re.compile(
    r"(?P<names>[\u3400-\u9fff]{2}(?:、[\u3400-\u9fff]{2})+)(?:等?各|等?[0-9一二三四五六七八九十两多]+个?|等)?(?:市辖)?区(?!域|块|间)"
)
_DISTRICT = re.compile(r"[\u3400-\u9fff]{2,3}区")


def names_known(concepts: Concepts, places: Places, known: Iterable[tuple[str, str, str]] = ()) -> Lexicon:
    """The words of the ontology first, then those of the tables of this build, then the shipped word lists."""
    lexicon = Lexicon(base=_shared(concepts, places))
    for name, label, id_ in known:
        lexicon.override(name, label, id_)
    return lexicon


@lru_cache(maxsize=4)
def _shared(concepts: Concepts, places: Places) -> Lexicon:
    lexicon = Lexicon()
    lexicon.add_concepts(concepts)
    for word, label in topics.CORE.items():
        lexicon.add(word, label, word)
    lexicon.add_lists(places)
    return lexicon


def names_in(found: Sequence[Passage], lexicon: Lexicon, places: Places) -> list[list[Mention]]:
    """The names of each passage, by position, each under the name by which the document knows its thing.

    What is named in full once is known by that name everywhere in the document, before and behind. The lexicon learns
    these names.
    """
    home = home_of(found, places)
    # Texts repeat lines; each is read once.
    views: dict[tuple[str, bool], View] = {}
    for passage in found:
        key = passage.text, passage.is_heading
        if key not in views:
            views[key] = _view(passage, lexicon, places, home)
    named = {key: _recognise(view, places) for key, view in views.items()}
    new = lexicon.learn(m for passage in found for m in named[passage.text, passage.is_heading] if m.label in LEARNT)
    if new:
        find = lexicon.finder(new)
        for key, view in views.items():
            if not all(_is_covered(word, named[key]) for word in find(view.text)):
                named[key] = _recognise(view.again(), places)
    return [list(named[passage.text, passage.is_heading]) for passage in found]


def _is_covered(word: Mention, named: Iterable[Mention]) -> bool:
    """Whether a mention says already what a word says that was learnt later."""
    return any(
        m.start <= word.start and word.end <= m.end and (m.label, m.name) == (word.label, word.name) for m in named
    )


def _view(passage: Passage, lexicon: Lexicon, places: Places, home: Place | None) -> View:
    named = _places(passage.text, places)
    short = _short_districts(passage.text, named, home, places)
    named = sorted([*named, *short], key=lambda found: found[0]) if short else named
    return View(passage.text, named, [], lexicon, passage.is_heading, home)


def _recognise(view: View, places: Places) -> list[Mention]:
    lexicon = view.lexicon
    found = collect(view, _recognisers(places))
    return [_under_its_name(_holding(view, mention), lexicon) for mention in found]


@lru_cache(maxsize=4)
def _recognisers(places: Places) -> tuple[Recogniser, ...]:
    return (
        titles.titles(places),
        together(
            where("区市地心点群台系集程划动项战队目", programmes.programmes),
            where("心地脑湖园", organisations.compute_centres),
            where("区港城廊谷地岛场园镇器间湾社", parks.parks),
            organisations.organisations,
            where("司团", companies.companies),
            sector_firms.sector_firms,
            _known,
        ),
        where("等为企公巨厂龙独车运开供制", companies.listed_companies),
        companies.short_names,
        groups,
        uses.uses,
        where("+＋AI人", topics.plus_topics),
        where("型人片器端头仪机AI智学数供区新高先光下超", topics.compound_topics),
        where("带圈群轴部北美湾", regions.regions),
        topics.known_names,
        companies.unsure_names,
        where("、和与及域业景", topics.fields),
        where("等大类", topics.listed_topics),
        where("、", topics.sorts_in_lists),
        regions.from_places,
    )


# Policies of a state towards others are no programmes that places or firms are chosen for.
_INITIATIVES = frozenset({"一带一路", "人工智能+行动", "“人工智能+”行动"})
# A count or kind of firms is no programme: 100家专精特新“小巨人”企业; a title that a firm is given is one.
_OF_FIRMS = re.compile(r"企业$")
_FIRMS_BEHIND = re.compile(r"^[”\"]?(?:企业|培育企业|数量|等企业|家|高校|大学|院校|\d)")
_CHIPS_BEHIND = re.compile(r"[^，。；]{0,12}等[^，。；、]{0,6}(?:芯片|处理器|加速卡)")
_GIVEN = re.compile(r"(?:获评|认定为?|入选|荣获|获得?|评为|授予|列入|成为|属于)(?:了|为)?[“\"]?$")


def _known(view: View) -> Iterator[Mention]:
    """Organisations, parks and programmes that lists or tables name, or that the document named elsewhere."""
    for mention in view.known:
        if mention.label not in LEARNT:
            continue
        if mention.label == "Programme" and (mention.name in _INITIATIVES or not _is_given(view.text, mention)):
            continue
        if mention.label == "Company" and mention.name.endswith("芯") and _CHIPS_BEHIND.match(view.text[mention.end :]):
            yield replace(mention, label="Technology", id=None)  # 某某芯等国产芯片 names the chip
            continue
        yield mention


def _is_given(text: str, mention: Mention) -> bool:
    if not _OF_FIRMS.search(text[mention.start : mention.end]) and not _FIRMS_BEHIND.match(
        text[mention.end : mention.end + 6]
    ):
        return True
    return _GIVEN.search(text[max(0, mention.start - 8) : mention.start]) is not None


def _holding(view: View, mention: Mention) -> Mention:
    """With the places inside its name: 浙江 and 杭州 in 浙江杭州未来科技城, 东部 in 东部省份."""
    if mention.label not in _HOLDERS:
        return mention
    inside = [p for b, s, p in view.places if mention.start <= b and s <= mention.end and p.label != "Country"]
    inside += [p for p in mention.holds if p not in inside]
    if mention.label == "Group":
        inside += [p for p in regions.parts_in(view.text[mention.start : mention.end]) if p not in inside]
    place = mention.place
    if (
        place is not None
        and mention.label == "Park"
        and place.label != "Country"
        and place.name[:2] in mention.name
        and place not in inside
    ):
        inside.append(place)
    holds = tuple(place for place in inside if place.id != mention.id)
    owner = None
    if mention.label == "ComputeCenter" or (mention.label == "Institution" and mention.name.endswith("实验室")):
        firms = (m for m in view.known if m.label == "Company" and m.start == mention.start and m.end < mention.end)
        # Of a name without the firm's that goes on by itself: 中国电信|鄱阳湖智算中心, not 中国移动|智算中心.
        owner = next((m for m in firms if mention.end - m.end > 6 and view.place_at(m.end) is None), None)
    return replace(mention, holds=holds, owner=owner) if holds or owner else mention


def home_of(passages: Sequence[Passage], places: Places) -> Place | None:
    """The place that a document is about: the first city or district that its first lines name, if they name one only."""
    seen: list[Place] = []
    for passage in passages[:3]:
        seen.extend(p for _, _, p in places.find_all(passage.text) if p.label in ("City", "Province", "District"))
    cities = list(dict.fromkeys(p for p in seen if p.label == "City"))
    if len(cities) == 1:
        return cities[0]
    return seen[0] if seen and not cities and len(set(seen)) == 1 else None


def _under_its_name(mention: Mention, lexicon: Lexicon | None) -> Mention:
    if lexicon is None or mention.label not in LEARNT:
        return mention
    entry = lexicon.entry_of(mention.label, (mention.name, *mention.aliases))
    if entry is None:
        return mention
    words = dict.fromkeys((mention.name, *mention.aliases))
    aliases = tuple(word for word in words if word != entry.name)
    return replace(
        mention, name=entry.name, id=mention.id or entry.id, place=entry.place or mention.place, aliases=aliases
    )


def _places(text: str, places: Places) -> list[tuple[int, int, Place]]:
    """The places of a text; a district whose name several cities have is that of the city named before it."""
    found = places.find_all(text)
    if not (_DISTRICT.search(text) and _ambiguous(places).search(text)):
        return found
    named = {begin for begin, _, _ in found}
    cities = [(end, city) for _, end, city in found if city.label == "City"]
    for index, (end, city) in enumerate(cities):
        until = cities[index + 1][0] if index + 1 < len(cities) else len(text)
        for begin, stop, place in places.find_all(text[end:until], within=city):
            if place.label == "District" and end + begin not in named:
                found.append((end + begin, end + stop, place))
    return sorted(found, key=lambda span: span[0])


def _short_districts(
    text: str, found: list[tuple[int, int, Place]], home: Place | None, places: Places
) -> list[tuple[int, int, Place]]:
    """杨浦、长宁、静安等各区 in a text on 上海."""
    made: list[tuple[int, int, Place]] = []
    for match in _SHORTS.finditer(text):
        cities = [p for begin, _, p in found if begin < match.start() and p.label == "City"]
        city = cities[-1] if cities else home
        if city is None or city.label != "City":
            continue
        at = match.start("names")
        for name in match["names"].split("、"):
            place = places.resolve(name, within=city).place
            free = all(stop <= at or begin >= at + len(name) for begin, stop, _ in found)
            if place is not None and place.label == "District" and free:
                made.append((at, at + len(name), place))
            at += len(name) + 1
    return made


@lru_cache(maxsize=4)
def _ambiguous(places: Places) -> re.Pattern[str]:
    """Names of districts that more than one city has."""
    counted: dict[str, int] = {}
    for place in places:
        if place.label == "District":
            counted[place.name] = counted.get(place.name, 0) + 1
    names = sorted((name for name, count in counted.items() if count > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")
