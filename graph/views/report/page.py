"""Chapters written as one HTML page with numbered notes; no script: it reads wherever HTML can be read.

Whatever comes from a graph goes through `_text`: cleaned as in pictures, escaped, never markup. The page's policy admits
its style sheet by hash and no script at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from aikg.graph.citations import parse_source
from aikg.graph.views.page import html_page
from aikg.graph.views.report.parts import Cell, Column, Figure, Paragraph, Section, Table, cited
from aikg.graph.views.report.pictures import beside
from aikg.graph.views.style import FONT_STACK
from aikg.graph.views.svg import cleaned

if TYPE_CHECKING:
    from aikg.graph.views.report.place import Place

__all__ = ["Cover", "Notes", "ranges", "report_html"]

_LONGEST = 5_000
_LONG_WORD = re.compile("([^\\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]{23,})")
_TALL = (
    172 / 194
)  # height in shares of the width from which on a picture is larger on an upright page than on one that lies


@dataclass(frozen=True)
class Cover:
    """What stands at the top: title, what the place is, and how much the report rests on."""

    title: str
    subtitle: str
    facts: tuple[str, ...]


class Notes:
    """End notes: citations numbered by document, line and table, each once however often it is used."""

    def __init__(self, place: Place, entries: Iterable[str]) -> None:
        self.place = place
        order = sorted(set(entries), key=_by_document)
        self.entries: dict[str, str] = {}
        """A citation and the first entry that it stands for."""
        numbers: dict[str, int] = {}
        self._number: dict[str, int] = {}
        for entry in order:
            text = place.cite(entry)
            self.entries.setdefault(text, entry)
            self._number[entry] = numbers.setdefault(text, len(numbers) + 1)

    def marks(self, sources: Iterable[str]) -> str:
        """Numbers of entries as links: [3–5, 9]."""
        found = sorted({self._number[entry] for entry in sources})
        if not found:
            return ""
        made = []
        for first, last in ranges(found):
            link = f'<a href="#n{first}">{first}</a>'
            made.append(link if first == last else f'{link}–<a href="#n{last}">{last}</a>')
        return f'<span class="cites">[{", ".join(made)}]</span>'


def ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as ranges; two neighbours stay apart.

    >>> ranges([1, 2, 3, 5, 6, 9])
    [(1, 3), (5, 5), (6, 6), (9, 9)]
    """
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [
        one
        for first, last in found
        for one in ([(first, first), (last, last)] if last == first + 1 else [(first, last)])
    ]


def report_html(place: Place, cover: Cover, chapters: Sequence[Section]) -> str:
    """The whole page."""
    notes = Notes(place, cited(chapters))
    folder = resources.files("aikg.graph.views") / "assets"
    style = (folder / "report.css").read_text(encoding="utf-8").replace("FONT_STACK", FONT_STACK)
    contents = [(chapter.id, chapter.title) for chapter in chapters]
    contents.append(("notes", place.pick("出处", "Sources")))
    figures = [part for chapter in chapters for part in chapter.parts if isinstance(part, Figure)]
    plates = {figure.name: at for at, figure in enumerate(figures, start=1)}
    body = [
        f'<header><p class="kind">{_text(place.words["title"])}</p><h1>{_text(cover.title)}</h1>',
        f'<p class="standing">{_text(cover.subtitle)}</p><ul class="facts">',
        *(f"<li>{_text(fact)}</li>" for fact in cover.facts),
        f"</ul></header><nav><h2>{place.pick('目录', 'Contents')}</h2><ol>",
        *(f'<li><a href="#{id_}">{_text(title)}</a></li>' for id_, title in contents),
        f'<li class="plates"><a href="#plates">{place.pick("附图", "Plates")}</a></li>' if figures else "",
        "</ol></nav><main>",
    ]
    for at, chapter in enumerate(chapters, start=1):
        body.append(f'<section id="{chapter.id}"><h2>{at} {_text(chapter.title)}</h2>')
        for part in chapter.parts:
            if isinstance(part, Figure):
                body.append(_figure(part, place, plates[part.name]))
            else:
                body.append(_part(part, place, notes))
        body.append("</section>")
    body += [_notes(place, notes, len(contents)), _plates(figures, place), "</main>"]
    return html_page(title=cover.title, body="\n".join(body), styles=[style], lang=place.lang)


def _part(part: Paragraph | Table, place: Place, notes: Notes) -> str:
    if isinstance(part, Table):
        return _table(part, place, notes)
    looks = " ".join(name for name, wanted in (("unknown", part.unknown), ("small", part.small)) if wanted)
    return (
        f'<p class="{looks}">{_text(part.text)} {notes.marks(part.sources)}</p>'
        if looks
        else f"<p>{_text(part.text)} {notes.marks(part.sources)}</p>"
    )


def _figure(part: Figure, place: Place, number: int) -> str:
    """A picture in its chapter, for the screen; on paper the chapter refers to the plates behind the text."""
    said = place.pick(f"图见附图 {number}：{part.title}", f"See plate {number}: {part.title}")
    return f'<figure>{beside(part.svg, part.name)}</figure><p class="plate small">{_text(said)}</p>'


def _plates(figures: Sequence[Figure], place: Place) -> str:
    """All pictures once more, for paper only: on pages that lie, so that text of twelve pixels can be read.

    They stand together, since a page that lies amid a chapter would leave two pages half empty.
    """
    made = []
    for number, figure in enumerate(figures, start=1):
        width, height = (float(size) for size in figure.svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
        shape = "tall" if height > _TALL * width else "wide"
        title = place.pick(f"附图 {number}", f"Plate {number}")
        made.append(
            f'<figure class="{shape}"><figcaption>{title}</figcaption>{beside(figure.svg, f"plate-{figure.name}")}</figure>'
        )
    return f'<div class="plates" id="plates" aria-hidden="true">{"".join(made)}</div>' if made else ""


def _table(part: Table, place: Place, notes: Notes) -> str:
    part = _without_blank(part)
    has_sources = not part.apart and any(cell.sources for row in part.rows for cell in row)
    columns = (*part.columns, Column(place.pick("出处", "Sources"), "sources")) if has_sources else part.columns
    head = "".join(f'<th scope="col" class="{column.kind}">{_text(column.title)}</th>' for column in columns)
    rows = []
    for row in part.rows:
        cells = [
            _cell(cell, column, place, notes if part.apart else None)
            for cell, column in zip(row, part.columns, strict=True)
        ]
        if has_sources:
            marks = notes.marks(entry for cell in row for entry in cell.sources)
            cells.append(f'<td class="sources" data-label="{_label(columns[-1].title)}">{marks}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<table><caption>{_text(part.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _without_blank(part: Table) -> Table:
    """The table without columns in which nothing stands; *not recorded* is something."""
    kept = [
        at
        for at in range(len(part.columns))
        if any(row[at].text != "" or row[at].below or row[at].items for row in part.rows)
    ]
    columns = tuple(part.columns[at] for at in kept)
    return Table(part.caption, columns, tuple(tuple(row[at] for at in kept) for row in part.rows), part.apart)


def _cell(cell: Cell, column: Column, place: Place, notes: Notes | None) -> str:
    if cell.text is None:
        inside = f'<span class="unknown">{_text(place.words["not_recorded"])}</span>'
    elif cell.look == "state":
        inside = f'<span class="state {cell.code.replace(" ", "-")}">{_text(cell.text)}</span>'
    elif cell.look == "count":
        inside = f'<span class="count">{_text(cell.text)}</span>'
    elif cell.items:
        inside = f'<ul class="items">{"".join(f"<li>{_text(item)}</li>" for item in cell.items)}</ul>'
    else:
        inside = _text(cell.text)
    if cell.unit:
        inside += f' <span class="unit">{_text(cell.unit)}</span>'
    if notes is not None and (marks := notes.marks(cell.sources)):
        inside += f" {marks}"
    if cell.below:
        inside += f'<span class="below">{_text(cell.below)}</span>'
    empty = " empty" if not inside else ""
    if column.kind == "name":
        return f'<th scope="row" class="name">{inside}</th>'
    return f'<td class="{column.kind}{empty}" data-label="{_label(column.title)}">{inside}</td>'


def _notes(place: Place, notes: Notes, number: int) -> str:
    """The documents, and below them the notes."""
    made = [f'<section id="notes"><h2>{number} {place.pick("出处", "Sources")}</h2>']
    documents = place.documents(notes.entries.values())
    if documents:
        made.append(
            f'<ul class="documents">{"".join(f"<li>{_text(_document(place, row))}</li>" for row in documents)}</ul>'
        )
    else:
        made.append(f'<p class="unknown">{_text(place.words["no_sources"])}</p>')
    listed = "".join(
        f'<li id="n{at}" value="{at}"><span class="number">[{at}]</span> {_text(text)}</li>'
        for at, text in enumerate(notes.entries, start=1)
    )
    made.append(f'<ol class="notes">{listed}</ol></section>')
    return "".join(made)


def _document(place: Place, row: dict[str, object]) -> str:
    told = [row.get("publisher"), row.get("published") or row.get("as_of"), row.get("url")]
    unknown = [place.pick("发布时间未见记载", "date not recorded")] if not told[1] else []
    return (
        place.pick(f"《{row['name']}》", f"“{row['name']}”")
        + place.words["colon"]
        + place.words["list"].join([*(str(t) for t in told if t), *unknown])
    )


def _by_document(entry: str) -> tuple[bool, str, int, str]:
    found = parse_source(entry)
    return (True, entry, 0, "") if found is None else (False, found.source, found.line or 0, found.table or "")


def _text(value: object) -> str:
    """Text of a graph as text of a page; a word longer than those of English may break anywhere, Chinese does so of itself."""
    parts = _LONG_WORD.split(_plain(value))
    return "".join(
        f'<span class="wide">{escape(part)}</span>' if at % 2 else escape(part) for at, part in enumerate(parts)
    )


def _label(value: object) -> str:
    """Text of a graph as the value of an attribute."""
    return escape(_plain(value), quote=True)


def _plain(value: object) -> str:
    text = cleaned(str(value)[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
