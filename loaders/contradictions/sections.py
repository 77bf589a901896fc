"""What a document says against its own headings and dates; for readers of running text.

`notice` adds what is found to a document's records; resolving joins it with the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from aikg.loaders.contradictions.contradiction import Contradiction, as_record
from aikg.loaders.extract.mentions import Mention
from aikg.loaders.extract.passages import Passage, sentences
from aikg.loaders.records import Origin, Records, citation
from aikg.ontology.schema import Schema

__all__ = ["Said", "dates_of_titles", "notice", "places_of_sections"]

Said = tuple[Contradiction, str]
"""A finding, and the name of its subject."""

_CONFIDENCE = 0.8
_COMPARES = re.compile(
    r"相比|相较|比较|对比|不同于|对接|辐射|连接|衔接|融入|优于|高于|低于|仅次于|以及|一体化|协同|联动|区别|差异|差距|或|与|和|、|至|到"
)
_LABELS = ("Region", "Province", "City")
_TITLED = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年[^。；，,、《》0-9]{0,12}《(?P<title>[^《》]{2,40})》(?:\s*（[^（）]{0,20}）)?[^。；，,《》]{0,4}?(?P<verb>实施|施行|生效|发布|印发|出台|颁布)"
)
_VERBS = {"实施": "实施年份", "施行": "实施年份", "生效": "实施年份"}
_ISSUED = "发布年份"


def notice(
    passages: Sequence[Passage],
    mentions: Sequence[Sequence[Mention]],
    origin: Callable[[int], Origin],
    id_of: Callable[[Mention], str],
    records: Records,
    schema: Schema,
) -> None:
    """Add the findings about one document to its records.

    `mentions` are those of each passage, `origin` says where a line is cited (`Prose.origin`), `id_of` gives the id of
    a mention in the graph. What is found of a thing that the records do not hold is left out.
    """
    titles: dict[str, tuple[str, str]] = {}
    for named in mentions:
        for mention in named:
            if mention.label == "Policy":
                for word in (mention.name, *mention.aliases):
                    titles.setdefault(word, (id_of(mention), mention.name))
    held = {row["id"] for rows in records.entities.values() for row in rows}
    found = [*places_of_sections(passages, mentions, origin), *dates_of_titles(passages, origin, titles.get)]
    for conflict, name in found:
        if conflict.subject in held:
            as_record(conflict, name, records, schema)


def places_of_sections(
    passages: Sequence[Passage], mentions: Sequence[Sequence[Mention]], origin: Callable[[int], Origin]
) -> Iterator[Said]:
    """A section on one place whose last sentence speaks of another one of the same kind: a sentence left from a model.

    Hard: the section names its own place at least twice, the other one nowhere else, nothing is compared there, and
    the other place has a section of its own. `origin` gives where a line of the document is cited.
    """
    own: dict[int, Sequence[Mention]] = {p.line: m for p, m in zip(passages, mentions, strict=True) if p.is_heading}
    headed = {m.id for named in own.values() for m in named}
    for section in _sections(passages):
        text = [(passages[i], mentions[i]) for i in section]
        last, named = text[-1]
        start, end = sentences(last.text)[-1]
        for label in _LABELS:
            everywhere = [(p, m) for p, ms in text for m in ms if m.label == label]
            home = _home(last, own, label)
            if home is None:
                continue
            said = [p for p, m in everywhere if m.id == home.id]
            closing = [m for m in named if m.label == label and start <= m.start < end]
            strange = {m.id for m in closing} - {home.id}
            if (
                len(said) < 2
                or len(strange) != 1
                or len(closing) != 1
                or _COMPARES.search(_around(last.text, closing[0]))
            ):
                continue
            other = closing[0]
            if other.id not in headed or sum(m.id == other.id for _, m in everywhere) > 1 or _nested(home, other):
                continue
            cited = [_cite(origin(said[0].line)), _cite(origin(last.line))]
            yield _finding(home, "section", "place", (home.name, other.name), cited, origin(last.line)), home.name


def _sections(passages: Sequence[Passage]) -> Iterator[list[int]]:
    """Runs of paragraphs under one heading."""
    run: list[int] = []
    for i, passage in enumerate(passages):
        if passage.is_heading or (run and passage.headings != passages[run[-1]].headings):
            if run:
                yield run
            run = []
        if not passage.is_heading:
            run.append(i)
    if run:
        yield run


def _home(passage: Passage, own: dict[int, Sequence[Mention]], label: str) -> Mention | None:
    for heading in reversed(passage.headings):
        here = [m for m in own.get(heading.line, ()) if m.label == label]
        if here:
            return here[0] if len({m.id for m in here}) == 1 else None
    return None


def _around(text: str, mention: Mention) -> str:
    """The signs beside a mention: 长三角与珠三角 compares, 促使珠三角 does not."""
    return text[max(mention.start - 3, 0) : mention.start] + "｜" + text[mention.end : mention.end + 2]


def _nested(home: Mention, other: Mention) -> bool:
    return other.name in home.name or home.name in other.name


def dates_of_titles(
    passages: Sequence[Passage],
    origin: Callable[[int], Origin],
    known: Callable[[str], tuple[str, str] | None],
) -> Iterator[Said]:
    """One document title of which two years are said: 2025年《人工智能法案》实施, 2024年《人工智能法案》实施.

    `known` gives id and name of what a title names, or None where it names nothing that is known.
    """
    years: dict[tuple[str, str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        for match in _TITLED.finditer(passage.text):
            thing = known(match["title"])
            if thing is not None:
                years[(*thing, _VERBS.get(match["verb"], _ISSUED))][match["year"]].append(passage.line)
    for (id_, name, what), said in sorted(years.items()):
        if len(said) < 2:
            continue
        by_line = sorted(said.items(), key=lambda item: min(item[1]))
        cited = tuple(tuple(dict.fromkeys(_cite(origin(line)) for line in lines)) for _, lines in by_line)
        as_of = origin(by_line[0][1][0]).as_of
        values = tuple(f"{year}年" for year, _ in by_line)
        made = Contradiction(id_, what, "value", "hard", None, values, cited, None, as_of, (), "pattern", _CONFIDENCE)
        yield made, name


def _finding(
    subject: Mention, what: str, kind: str, values: tuple[str, ...], cited: Sequence[str], origin: Origin
) -> Contradiction:
    return Contradiction(
        str(subject.id),
        what,
        kind,
        "hard",
        None,
        values,
        tuple((c,) for c in cited),
        None,
        origin.as_of,
        (),
        "pattern",
        _CONFIDENCE,
    )


def _cite(origin: Origin) -> str:
    return citation(origin.source, origin.locator)
