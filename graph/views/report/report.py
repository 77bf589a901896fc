"""A report on one place: an offline page that reads on a screen and a phone, and prints on A4."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aikg.graph.views.page import save_html
from aikg.graph.views.picture import PICTURES
from aikg.graph.views.report import evidence, policy, sections
from aikg.graph.views.report.page import Cover, report_html
from aikg.graph.views.report.parts import Figure, Section, cited
from aikg.graph.views.report.pictures import picture_of_place
from aikg.graph.views.report.place import Place, dates
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say, speaking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Report", "report"]

# Chapters in order, each with the pictures that stand at its end.
_CHAPTERS: tuple[tuple[Callable[[Place], Section], tuple[str, ...]], ...] = (
    (sections.summary, ("places",)),
    (sections.chain, ("panorama", "heatmap")),
    (sections.actions, ("next-segments",)),
    (sections.firms, ()),
    (sections.parks, ("parks",)),
    (sections.compute, ("compute",)),
    (policy.policies, ("timeline",)),
    (policy.focus, ()),
    (policy.targets, ("targets",)),
    (policy.programmes, ("programmes",)),
    (policy.institutions, ()),
    (evidence.indicators, ("indicators",)),
    (evidence.likeness, ("similarity",)),
    (evidence.assessments, ("diamond",)),
    (evidence.contradictions, ("contradictions",)),
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report: `html` is the whole page, `place` the id of the place, `notes` say what could not be drawn."""

    place: str
    title: str
    html: str
    notes: tuple[str, ...] = ()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, whole or not at all, as UTF-8; returns the path. Raises GraphError when it cannot.

        >>> kg.report("深圳").save("shenzhen.html")  # doctest: +SKIP
        PosixPath('shenzhen.html')
        """
        suffix = os.fspath(path).lower().rpartition(".")[2]
        if suffix in ("pdf", "docx", "doc", "xlsx", "png", "svg"):
            raise GraphError(
                say(
                    f"a report is written as .html, not .{suffix}; print it to PDF in a browser",
                    f"报告写成 .html，不能写成 .{suffix}；要 PDF 请在浏览器里打印",
                )
            )
        return save_html(self.html, path)


def report(graph: KnowledgeGraph, place: str, *, lang: str = "zh") -> Report:
    """The report on a city, province, region, country or district, in Chinese or English.

    Numbers are those of the measures (`graph.analysis`), each with its sources as numbered notes at the end. Raises QueryError, with near
    names, for a place that the graph does not have; SchemaError for a language other than zh and en.

    >>> report(graph, "长三角", lang="en").title  # doctest: +SKIP
    '长三角: AI industry'
    """
    found = Place(graph, place, lang)  # errors speak the language of the user, everything below that of the page
    with speaking(lang):
        return _report(found)


def _report(place: Place) -> Report:
    chapters, notes, undrawn = [], [], []
    for write, pictures in _CHAPTERS if place.facts else _CHAPTERS[:1]:
        chapter = write(place)
        for name in pictures:
            drawn = picture_of_place(place.graph, name, place.level, place.id, place.lang)
            title = PICTURES[name].title[place.lang]
            if isinstance(drawn, Figure):
                chapter.parts.append(drawn)
            elif drawn:
                notes.append(place.pick(f"“{title}”没有画：{drawn}", f"“{title}” is not drawn: {drawn}"))
                chapter.say(notes[-1], small=True)
            else:
                undrawn.append(title)
        chapters.append(chapter)
    if not place.facts:
        nothing = place.pick(
            f"图谱中除名称外未见{place.name}的记载；未见记载不等于没有。",
            f"Nothing but the name of {place.name} is recorded in the graph, which does not mean that there is nothing.",
        )
        chapters[0].say(nothing, unknown=True)
    chapters.append(evidence.missing(place))
    chapters.append(evidence.method(place))
    if undrawn:
        listed = place.words["list"].join(undrawn)
        chapters[-1].say(
            place.pick(
                f"没有可画内容或不按此类地方画的图：{listed}。",
                f"Pictures without anything to show here, or not drawn by such a place: {listed}.",
            ),
            small=True,
        )
    chapters = [chapter for chapter in chapters if chapter.parts]
    entries = set(cited(chapters))
    documents = place.documents(entries)
    cover = Cover(
        title=place.pick(f"{place.name}人工智能产业报告", f"{place.name}: AI industry"),
        subtitle=_standing(place),
        facts=(
            _as_of(place, documents),
            place.pick(f"图谱中有关的关系 {place.facts:,} 条", f"{place.facts:,} relations of the graph concern it"),
            place.pick(f"文献 {len(documents)} 份", f"{len(documents)} documents"),
        ),
    )
    return Report(place.id, cover.title, report_html(place, cover, chapters), tuple(notes))


def _as_of(place: Place, documents: list[dict[str, Any]]) -> str:
    """Range of the dates of the documents, and how many of them have none."""
    when, undated = dates(documents), sum(not dates([one]) for one in documents)
    if not when:
        return place.words["as_of_unknown"]
    rest = place.pick(f"（另有 {undated} 份文献未写日期）", f" ({undated} documents without a date)") if undated else ""
    return place.words["as_of"].format(range=when) + rest


def _standing(place: Place) -> str:
    """Level, and what the place lies in."""
    above = sorted(node for node in place.ways.get(place.id, {}) if node != place.id)
    named = [
        place.name_of(node)
        for label in ("City", "Province", "Region", "Country")
        for node in above
        if node in place.rows(label)
    ]
    lies = (
        place.pick(f"属于{place.words['list'].join(named)}", f"in {place.words['list'].join(named)}") if named else ""
    )
    return " · ".join(text for text in (place.label(place.level), lies) if text)
