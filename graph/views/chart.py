"""A chart: one SVG drawing with heading, legend and footer, what its shapes tell when chosen, and the data behind it.

A picture's module draws the body and says what each shape tells; the frame around it, the page, and the exports (SVG,
PNG, XLSX) are the same for all. Legend and footer are part of the drawing, so that every export keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.views.details import Details, plain
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, Svg, shown
from aikg.graph.views.words import words
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Chart", "Filter", "Key", "Line"]

MARGIN = 24.0
_NAMED_SOURCES = 5


@dataclass(frozen=True)
class Key:
    """One entry of a legend: a swatch (``box``, ``circle``, ``line``, ``hatch``, ``ramp``, a mark of `Svg.symbol`) and what it means.

    A ramp has several colours, from low to high.
    """

    text: str
    shape: str = "box"
    colors: tuple[str, ...] = ("#6b7280",)
    dashed: bool = False


@dataclass(frozen=True)
class Line:
    """One line of details: what, the value (None: not recorded), and the source entries that state it."""

    name: str
    value: str | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """A choice on the page: shapes whose tags lack the chosen value fade. `options` are (tag, text)."""

    name: str
    options: tuple[tuple[str, str], ...]


@dataclass
class Chart:
    """A picture in the making. Coordinates of `body` start at its own upper left corner.

    `table` is the data behind the picture, as people read it (columns are headings); cells that are not recorded are null
    and stay apart from 0. `n` says how many of what were counted ("70 家企业"). `wide` is the width of the body.
    """

    graph: KnowledgeGraph
    name: str
    title: str
    lang: str
    subtitle: str = ""
    body: Svg = field(default_factory=Svg)
    width: float = 1232.0
    height: float = 400.0
    legend: list[Key] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    n: str = ""
    table: pd.DataFrame | None = None
    not_recorded: bool = True

    def __post_init__(self) -> None:
        self.words = words(self.lang)
        self._details = Details(self.graph, load_schema(), self.lang)
        self._told: dict[str, dict[str, Any]] = {}
        self._nodes: dict[str, str] = {}
        self._entries: dict[str, None] = {}

    # -- what shapes tell -------------------------------------------------------------------------

    def tell(
        self,
        title: str,
        lines: Iterable[Line] = (),
        *,
        kind: str = "",
        sources: Iterable[str] = (),
        conflicts: Iterable[tuple[str, Sequence[tuple[str, Sequence[str]]]]] = (),
        nodes: Iterable[str] = (),
    ) -> str:
        """Keep what a shape tells; returns the key for `Svg` shapes.

        `sources` are entries of `sources` lists; `conflicts` are (what, [(value, its sources), …]); `nodes` are ids of
        things of the graph that the reader can go on to from here.
        """
        key = f"d{len(self._told)}"
        lines = list(lines)
        cited = list(dict.fromkeys(sources))
        self._entries.update(dict.fromkeys([*cited, *(entry for line in lines for entry in line.sources)]))
        self._told[key] = {
            "title": shown(title),
            "kind": shown(kind),
            "lines": [
                [
                    shown(line.name),
                    None if line.value is None else shown(line.value),
                    self._details.cite_numbers(line.sources),
                ]
                for line in lines
            ],
            "sources": self._details.cite_numbers(cited),
            "conflicts": [
                {
                    "text": shown(text),
                    "values": [
                        {"value": shown(value), "cites": self._details.cite_numbers(said)} for value, said in values
                    ],
                }
                for text, values in conflicts
            ],
            "nodes": [self.tell_node(node) for node in nodes],
        }
        return key

    def tell_node(self, node: str) -> str:
        """The key of a node's details: its properties, figures, sources and contradictions as the graph holds them."""
        self._nodes.setdefault(node, f"n{len(self._nodes)}")
        return self._nodes[node]

    def cite(self, sources: Iterable[str]) -> None:
        """Count sources among those of the picture without a shape that tells them."""
        self._entries.update(dict.fromkeys(sources))

    # -- the whole --------------------------------------------------------------------------------

    def svg(self) -> str:
        """The drawing with heading, legend and footer."""
        page = Svg()
        width = self.width + 2 * MARGIN
        y = MARGIN + 20
        page.text(MARGIN, y, self.title, size=22, weight=700, width=self.width)
        if self.subtitle:
            y += 22
            page.text(MARGIN, y, self.subtitle, size=13, fill="#5b6675", width=self.width)
        y += 18
        page.group(self.body, x=MARGIN, y=y)
        y += self.height + 12
        y = self._draw_legend(page, y)
        for line in self._footer():
            for part in _wrapped(line, self.width, 11.5):
                y += 17
                page.text(MARGIN, y, part, size=11.5, fill="#5b6675")
        return page.document(width, y + MARGIN - 4, self.title)

    def data(self) -> dict[str, Any]:
        """What the page's script needs: details by key, citations, filters."""
        told = {**self._told, **self._node_details()}
        return {
            "details": told,
            "cites": self._details.cites,
            "facts": self._details.facts,
            "filters": [
                {"name": f.name, "options": [[tag.replace(" ", "_"), shown(text)] for tag, text in f.options]}
                for f in self.filters
            ],
        }

    def _node_details(self) -> dict[str, dict[str, Any]]:
        labels = {
            node: label
            for label, frame in self.graph.nodes.items()
            for node in set(frame["id"]).intersection(self._nodes)
        }
        names = {
            row["id"]: plain(row["name"]) or row["id"]
            for label in sorted(set(labels.values()))
            for row in self.graph.nodes[label][["id", "name"]].to_dict("records")
            if row["id"] in labels
        }
        schema = load_schema()
        made = {}
        for node, own in self._details.node_details(labels).items():
            columns = self._details.columns[labels[node]]
            stated = own.get("stated", {})
            said = [
                [name, value, [number for one in stated.get(at, ()) for number in one["cites"]]]
                for at, (name, value) in enumerate(zip(columns, own["values"], strict=True))
            ]
            head = [[self.words["id"], node, []]]
            if own.get("aliases"):
                head.append([self.words["aliases"], self.words["list"].join(own["aliases"]), []])
            made[self._nodes[node]] = {
                "title": shown(names[node]),
                "kind": schema.labels[labels[node]].label[self.lang],
                "lines": [[shown(n), None if v is None else shown(v), c] for n, v, c in head + said],
                "sources": own["sources"],
                "conflicts": own.get("conflicts", []),
                "facts": own.get("facts", []),
                "nodes": [],
            }
        return made

    # -- frame ------------------------------------------------------------------------------------

    def _draw_legend(self, page: Svg, y: float) -> float:
        entries = list(self.legend)
        if self.not_recorded:
            entries.append(Key(self.words["not_recorded"], "hatch"))
        x, row = MARGIN, y + 14
        for entry in entries:
            swatch = 16.0 * max(len(entry.colors), 1) if entry.shape == "ramp" else 20.0
            text = shown(entry.text, self.width / 2)
            needed = swatch + 6 + text_width(text, 12) + 20
            if x + needed > MARGIN + self.width and x > MARGIN:
                x, row = MARGIN, row + 20
            _swatch(page, x, row, entry)
            page.text(x + swatch + 6, row, text, size=12, fill="#3b4655")
            x += needed
        return row + 6 if entries else y

    def _footer(self) -> list[str]:
        text = self.words
        titles = self._details.titles
        documents = list(dict.fromkeys(entry.partition("#")[0] for entry in self._entries))
        # A title of ten thousand signs must not become the picture.
        listed = [shown(titles.get(d, d), 520, 11.5) for d in documents]
        named = text["list"].join(listed[:_NAMED_SOURCES])
        if len(listed) > _NAMED_SOURCES:
            named += text["sources_more"].format(n=len(listed))
        dates = self._dates(documents)
        when = text["as_of_unknown"]
        if dates:
            when = text["as_of"].format(range=dates[0] if dates[0] == dates[-1] else f"{dates[0]} – {dates[-1]}")
            if len(dates) < len(documents):
                when += text["undated"].format(n=len(documents) - len(dates))
        facts = [when, f"n = {self.n}" if self.n else "", text["sources_of"].format(names=named or text["no_sources"])]
        absent = [text["absent"]] if self.not_recorded else []
        return [" · ".join(part for part in facts if part), " · ".join([*absent, *self.notes])]

    def _dates(self, documents: list[str]) -> list[str]:
        """Dates of documents, sorted; those that say none are left out."""
        frame = self.graph.nodes.get("Source")
        if frame is None:
            return []
        columns = [c for c in ("as_of", "published") if c in frame]
        rows = [row for row in frame.to_dict("records") if row["id"] in documents]
        dated = [next((plain(row[c]) for c in columns if plain(row[c])), None) for row in rows]
        return sorted(str(date) for date in dated if date)


def _swatch(page: Svg, x: float, y: float, entry: Key) -> None:
    color = entry.colors[0] if entry.colors else "#6b7280"
    if entry.shape == "circle":
        page.circle(x + 10, y - 4, 6, fill=color)
    elif entry.shape in ("dot", "square", "diamond", "triangle", "triangleDown", "hexagon"):
        # Dashed: an outline only.
        look = {"fill": "#ffffff", "stroke": color, "stroke_width": 1.6} if entry.dashed else {"fill": color}
        page.symbol(entry.shape, x + 10, y - 4, 6, **look)
    elif entry.shape == "line":
        page.line(
            x, y - 4, x + 20, y - 4, stroke=color, stroke_width=2.5, stroke_dasharray="4 3" if entry.dashed else None
        )
    elif entry.shape == "ramp":
        for at, one in enumerate(entry.colors):
            page.rect(x + 16 * at, y - 11, 16, 13, fill=one)
    else:
        fill = HATCH if entry.shape == "hatch" else color
        # A dashed outline: what is said, but not counted.
        edge = {"stroke": "#c77d1e", "stroke_width": 1.2, "stroke_dasharray": "3 2"} if entry.dashed else {}
        page.rect(x, y - 11, 20, 13, fill=fill, rx=2, **{"stroke": "#c3cad4", "stroke_width": 0.8, **edge})


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines of at most `width` pixels, broken at blanks and behind Chinese signs."""
    lines, line = [], ""
    for piece in _pieces(shown(text, None) if len(text) < 600 else text):
        if line and text_width(line + piece, size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    made, word = [], ""
    for sign in text:
        word += sign
        if sign == " " or ord(sign) > 0x2E7F:
            made.append(word)
            word = ""
    return [*made, word] if word else made
