"""Places by programmes: which cities, districts and parks belong to which pilot or programme, since when, by which source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from aikg.graph.analysis.facts import above, things
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.graph.citations import titles
from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.place_values import place_name
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, Svg, shown
from aikg.graph.views.words import pick
from aikg.ontology.schema import load_schema
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "programmes"]

PARAMETERS = (
    Parameter("programme", "text_list", [], {"zh": "只画哪些试点或专项（逗号分隔），默认有地方成员者全部", "en": "only these programmes (comma); by default all with members"}, values=("Programme",)),
    Parameter("city", "text", "", {"zh": "只画此城市及其区县、园区、企业", "en": "only this city with its districts, parks and firms"}, values=("City",)),
    Parameter("companies", "boolean", True, {"zh": "是否列出获称号的企业", "en": "whether to list firms too"}),
    Parameter("limit", "integer", 40, {"zh": "最多多少行", "en": "how many rows at most"}, least=1),
    LANG,
)  # fmt: skip
_LABELS = ("City", "Province", "Region", "District", "Park", "ComputeCenter", "Company")
_ROW, _LEFT, _SIZE = 22.0, 268.0, 12.0
_WIDEST, _NARROWEST, _MOST_COLUMNS = 190.0, 96.0, 10
_HELD, _PART, _INK = "#cfe3f3", "#ffffff", "#0b3954"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass
class _Cell:
    """A membership as recorded: years that sources state (may differ), sources by year, relations."""

    years: dict[int | None, set[str]] = field(default_factory=lambda: defaultdict(set))
    relations: set[str] = field(default_factory=set)

    @property
    def sources(self) -> list[str]:
        return sorted({entry for said in self.years.values() for entry in said})

    @property
    def stated(self) -> list[int]:
        return sorted(year for year in self.years if year is not None)


def programmes(
    graph: KnowledgeGraph,
    *,
    programme: Sequence[str] = (),
    city: str = "",
    companies: bool = True,
    limit: int = 40,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Places as rows (cities with most programmes first, their districts, parks and firms below), programmes as columns.

    A cell has the year and the sources of DESIGNATED_AS or PART_OF; what a source says of a district or park stays theirs,
    the city's cell then only points there. Raises QueryError for an unknown programme or city.

    >>> programmes(graph, city="深圳").svg()  # doctest: +SKIP
    """
    chart = Chart(
        graph,
        "programmes",
        pick(lang, "地方 × 试点与专项", "Places by pilots and programmes"),
        lang,
        pick(
            lang,
            "格中为获称号的年份与出处；斜纹格未见记载，不等于没有",
            "A cell has the year and the documents that state it; hatched: not recorded, which is not none",
        ),
    )
    wanted = [find(graph, text, "Programme")[0] for text in programme]
    only = find(graph, city, "City")[0] if city else ""
    made = _Matrix(chart, graph, wanted, only, companies)
    made.draw(limit)
    return chart


class _Matrix:
    def __init__(self, chart: Chart, graph: KnowledgeGraph, wanted: list[str], only: str, companies: bool) -> None:
        self.chart, self.graph, self.lang = chart, graph, chart.lang
        known = things(graph, *_LABELS)
        self.label = dict(zip(known["id"], known["label"], strict=True))
        self.names = dict(zip(known["id"], known["name"], strict=True))
        self.columns_of = dict(zip(*(things(graph, "Programme")[c] for c in ("id", "name")), strict=True))
        self.wanted = list(dict.fromkeys(wanted))
        self.cells = self._read()
        cities = set(things(graph, "City")["id"])
        self.home: dict[str, str] = {}
        ways = above(graph)
        for member in sorted({member for member, _ in self.cells}):
            spots = [member] if member in ways or self.label[member] != "Company" else []
            reached = sorted({c for spot in spots for c in ways.get(spot, ()) if c in cities} | ({member} & cities))
            if reached:
                self.home[member] = reached[0]
        self._seat_firms(cities)
        if not companies:
            self.cells = {key: cell for key, cell in self.cells.items() if self.label[key[0]] != "Company"}
        if only:
            self.cells = {key: cell for key, cell in self.cells.items() if self.home.get(key[0]) == only}
        self.columns = self._columns()
        self.rows = self._rows()

    def _read(self) -> dict[tuple[str, str], _Cell]:
        found: dict[tuple[str, str], _Cell] = defaultdict(_Cell)
        for kind in ("DESIGNATED_AS", "PART_OF"):
            frame = self.graph.edges.get(kind)
            if frame is None:
                continue
            for row in records(frame[frame["object"].isin(list(self.columns_of))].astype(object)):
                if row.subject not in self.label or (self.wanted and row.object not in self.wanted):
                    continue
                year = getattr(row, "year", None)
                cell = found[row.subject, row.object]
                cell.years[None if year is None or is_null(year) else int(year)].update(row.sources)
                cell.relations.add(kind)
        return dict(found)

    def _seat_firms(self, cities: set[str]) -> None:
        """Firms belong to their city, where only one is recorded."""
        from aikg.graph.analysis.facts import seats

        at: dict[str, set[str]] = defaultdict(set)
        for row in records(seats(self.graph, "City")):
            at[row.id].add(row.place)
        for firm, places in at.items():
            if len(places & cities) == 1 and any(member == firm for member, _ in self.cells):
                self.home[firm] = next(iter(places))

    def _columns(self) -> list[str]:
        """Programmes with most cities and provinces first, then with most members."""
        members: dict[str, set[str]] = defaultdict(set)
        for member, programme in self.cells:
            members[programme].add(member)
        places = {p: sum(self.label[m] in ("City", "Province", "District") for m in of) for p, of in members.items()}
        chosen = self.wanted or sorted(members, key=lambda p: (-places[p], -len(members[p]), p))
        if len(chosen) > _MOST_COLUMNS:
            self.chart.notes.append(
                pick(
                    self.lang,
                    f"只画成员最多的 {_MOST_COLUMNS} 项，共 {len(chosen)} 项",
                    f"the {_MOST_COLUMNS} programmes with most members of {len(chosen)}",
                )
            )
        return chosen[:_MOST_COLUMNS]

    def _rows(self) -> list[tuple[str, int]]:
        """Rows as (id, depth): each city, then what lies in it; after the cities what lies in none."""
        members = {member for member, programme in self.cells if programme in self.columns}
        heads = {self.home.get(m, m) for m in members}
        order = {label: at for at, label in enumerate(_LABELS)}

        def held(place: str) -> tuple[int, int]:
            own = [p for p in self.columns if (place, p) in self.cells]
            inside = {m for m in members if self.home.get(m) == place}
            return -len(own), -len(inside)

        def rank(place: str) -> tuple[object, ...]:
            # Places of both first programmes come first: the question that is asked most.
            own = [(place, p) in self.cells for p in self.columns[:2]]
            return order[self.label[place]], not all(own) or len(own) < 2, *held(place), place

        rows: list[tuple[str, int]] = []
        for head in sorted(heads, key=rank):
            rows.append((head, 0))
            inside = sorted((m for m in members if self.home.get(m) == head and m != head), key=lambda m: (order[self.label[m]], m))  # fmt: skip
            rows += [(m, 1) for m in inside]
        return rows

    # -- drawing --------------------------------------------------------------------------------

    def draw(self, limit: int) -> None:
        chart, body, lang = self.chart, self.chart.body, self.lang
        rows = self.rows[:limit]
        if len(self.rows) > len(rows):
            chart.notes.append(pick(lang, f"只画 {len(rows)} 行，共 {len(self.rows)} 行", f"{len(rows)} rows of {len(self.rows)}"))  # fmt: skip
        self.width = min(max((chart.width - _LEFT) / max(len(self.columns), 1), _NARROWEST), _WIDEST)
        documents = list(dict.fromkeys(e.partition("#")[0] for _, cell in sorted(self.cells.items()) for e in cell.sources))  # fmt: skip
        listed = titles(self.graph)
        documents.sort(key=lambda d: (listed.get(d, d), d))
        self.marks = {d: _CIRCLED[at] if at < len(_CIRCLED) else f"[{at + 1}]" for at, d in enumerate(documents)}
        head = self._draw_heads(body)
        y = head
        for line, (place, depth) in enumerate(rows):
            self._draw_row(body, place, depth, y, line)
            y += _ROW
        if not rows:
            body.rect(0, y, chart.width, 60, fill=HATCH, rx=6, stroke="#d9dee6")
            body.rect(chart.width / 2 - 170, y + 18, 340, 24, fill="#ffffff", rx=4)
            body.text(chart.width / 2, y + 35, pick(lang, "未见试点或专项成员的记载", "no member of a programme is recorded"), size=13, anchor="middle")  # fmt: skip
            y += 60
        chart.height = y + 6
        self._frame(rows)

    def _draw_heads(self, body: Svg) -> float:
        lines = {p: _two_lines(self.columns_of[p], self.width - 12) for p in self.columns}
        height = 16.0 * max((len(of) for of in lines.values()), default=1) + 22
        for at, programme in enumerate(self.columns):
            x = _LEFT + at * self.width
            members = {m for m, p in self.cells if p == programme}
            key = self.chart.tell(
                self.columns_of[programme],
                [Line(pick(self.lang, "有记载的成员数", "members recorded"), str(len(members)) if members else None)]
                + [Line(self.name(m), self._words(self.cells[m, programme]), tuple(self.cells[m, programme].sources)) for m in sorted(members)],
                nodes=[programme, *sorted(members)],
            )  # fmt: skip
            for line, part in enumerate(lines[programme]):
                body.text(x + self.width / 2, 14 + 16 * line, part, size=_SIZE, weight=600, anchor="middle", width=self.width - 6, key=key, tip=self.columns_of[programme])  # fmt: skip
            number = pick(self.lang, f"{len(members)} 个成员", f"{len(members)} member{'s' * (len(members) != 1)}") if members else self.chart.words["not_recorded"]  # fmt: skip
            body.text(x + self.width / 2, 14 + 16 * len(lines[programme]), number, size=11, anchor="middle", fill="#5b6675")  # fmt: skip
        return height

    def _draw_row(self, body: Svg, place: str, depth: int, y: float, line: int) -> None:
        tags = self._tags(place)
        both = self._both(place)
        if depth == 0 and line:
            body.line(0, y, _LEFT + self.width * len(self.columns), y, stroke="#d9dee6")
        indent = 22.0 * depth
        kind = load_schema().labels[self.label[place]].label[self.lang] if depth or self.label[place] != "City" else ""
        if both:
            body.path(f"M6 {y + 5:.1f} l6 6 l-6 6 l-6 -6 Z", fill="#b4530a", tags=tags, tip=self._both_words())
        room = _LEFT - 24 - indent - (text_width(kind, 10.5) + 8 if kind else 0)
        body.text(16 + indent, y + 15.5, self.name(place), size=_SIZE, width=room, weight=600 if not depth else None, key=self.chart.tell_node(place), tags=tags)  # fmt: skip
        if kind:
            body.text(_LEFT - 8, y + 15.5, kind, size=10.5, anchor="end", fill="#5b6675", tags=tags)
        for at, programme in enumerate(self.columns):
            self._draw_cell(body, place, programme, _LEFT + at * self.width, y, tags)

    def _draw_cell(self, body: Svg, place: str, programme: str, x: float, y: float, tags: tuple[str, ...]) -> None:
        cell = self.cells.get((place, programme))
        inside = [m for m, p in self.cells if p == programme and m != place and self.home.get(m) == place]
        about = f"{self.name(place)} · {self.columns_of[programme]}"
        box: dict[str, Any] = {
            "x": x + 2,
            "y": y + 2,
            "width": self.width - 4,
            "height": _ROW - 4,
            "rx": 3,
            "tags": tags,
        }
        middle = x + self.width / 2
        if cell is not None:
            words = self._words(cell)
            key = self.chart.tell(
                about,
                [Line(pick(self.lang, "年份", "year"), None if year is None else str(year), tuple(sorted(said))) for year, said in sorted(cell.years.items(), key=lambda item: item[0] or 0)],
                kind=self.chart.words["list"].join(load_schema().relations[r].label[self.lang] for r in sorted(cell.relations)),
                sources=cell.sources,
                conflicts=self._conflicts(cell),
                nodes=[place, programme],
            )  # fmt: skip
            body.rect(**box, fill=_HELD, stroke="#b42318" if len(cell.stated) > 1 else "#7fb2dc", key=key, tip=f"{about}{self.chart.words['colon']}{words}")  # fmt: skip
            marks = "".join(dict.fromkeys(self.marks[e.partition("#")[0]] for e in cell.sources))
            text = f"✓ {words} {marks}"
            if text_width(text, 11.5) > self.width - 8:  # the year goes to the tooltip before the sources do
                text = f"✓ {'/'.join(map(str, cell.stated))} {marks}" if cell.stated else f"✓ {marks}"
            body.text(middle, y + 15.5, text, size=11.5, width=self.width - 8, anchor="middle", fill=_INK, pointer_events="none", tags=tags)  # fmt: skip
        elif inside:
            key = self.chart.tell(
                about,
                [Line(pick(self.lang, "该地本身", "the place itself"), None)]
                + [Line(self.name(m), self._words(self.cells[m, programme]), tuple(self.cells[m, programme].sources)) for m in sorted(inside)],
                nodes=[place, programme, *sorted(inside)],
            )  # fmt: skip
            words = pick(self.lang, f"其中 {len(inside)} 处", f"{len(inside)} inside")
            body.rect(**box, fill=_PART, stroke="#7fb2dc", stroke_dasharray="4 3", key=key, tip=f"{about}{self.chart.words['colon']}{words}")  # fmt: skip
            body.text(middle, y + 15.5, words, size=11.5, width=self.width - 8, anchor="middle", fill="#3b4655", pointer_events="none", tags=tags)  # fmt: skip
        else:
            body.rect(**box, fill=HATCH, stroke="#e3e8ee", tip=f"{about}{self.chart.words['colon']}{self.chart.words['not_recorded']}")  # fmt: skip

    # -- words ----------------------------------------------------------------------------------

    def name(self, place: str) -> str:
        return place_name(place, self.names, self.lang)

    def _words(self, cell: _Cell) -> str:
        if cell.stated:
            return self.chart.words["list"].join(map(str, cell.stated))
        return pick(self.lang, "年份未载", "no year")

    def _conflicts(self, cell: _Cell) -> list[tuple[str, list[tuple[str, list[str]]]]]:
        if len(cell.stated) < 2:
            return []
        stated = [(str(year), sorted(cell.years[year])) for year in cell.stated]
        return [(pick(self.lang, "年份", "year"), stated)]

    def _both(self, place: str) -> bool:
        pair = self.columns[:2]
        return len(pair) == 2 and all((place, p) in self.cells for p in pair)

    def _both_words(self) -> str:
        one, other = (self.columns_of[p] for p in self.columns[:2])
        return pick(self.lang, f"兼有：{one}、{other}", f"both: {one}, {other}")

    def _tags(self, place: str) -> tuple[str, ...]:
        own = [p for p in self.columns if (place, p) in self.cells]
        kind = f"label:{self.label[place]}"
        return (
            kind,
            *own,
            *(("both",) if self._both(place) else ()),
            *((self.home[place],) if place in self.home else ()),
        )

    # -- frame ----------------------------------------------------------------------------------

    def _frame(self, rows: list[tuple[str, int]]) -> None:
        chart, lang = self.chart, self.lang
        chart.legend.append(Key(pick(lang, "✓ 来源写明（年份、出处编号）", "✓ stated by a source (year, documents)"), "box", (_HELD,)))  # fmt: skip
        if any(self._points_down(place) for place, _ in rows):
            chart.legend.append(Key(pick(lang, "虚框：该地本身未见记载，其区县、园区或企业有", "dashed: not the place itself, but a district, park or firm in it"), "line", ("#7fb2dc",), dashed=True))  # fmt: skip
        if any(self._both(place) for place, _ in rows):
            chart.legend.append(Key(f"◆ {self._both_words()}", "box", ("#b4530a",)))
        listed = titles(self.graph)
        if self.marks:
            named = "  ".join(f"{mark} {shown(listed.get(d, d), 420, 11.5)}" for d, mark in self.marks.items())
            chart.notes.append(f"{pick(lang, '出处', 'documents')}{chart.words['colon']}{named}")
        for entry in sorted({e for cell in self.cells.values() for e in cell.sources}):
            chart.cite([entry])
        kinds = list(dict.fromkeys(self.label[place] for place, _ in rows))
        schema = load_schema()
        chart.filters = [
            Filter(pick(lang, "试点", "Programme"), tuple((p, self.columns_of[p]) for p in self.columns)),
            Filter(pick(lang, "类型", "Kind"), (*((f"label:{k}", schema.labels[k].label[lang]) for k in kinds), *((("both", self._both_words()),) if any(self._both(p) for p, _ in rows) else ()))),
        ]  # fmt: skip
        chart.filters = [f for f in chart.filters if f.options]
        members = {m for m, _ in self.cells}
        chart.n = pick(lang, f"{len(members)} 个成员，{len(self.columns)} 项", f"{len(members)} members, {len(self.columns)} programmes")  # fmt: skip
        data = []
        for place, _ in self.rows:
            for programme in self.columns:
                cell = self.cells.get((place, programme))
                inside = sorted(self.name(m) for m, p in self.cells if p == programme and m != place and self.home.get(m) == place)  # fmt: skip
                state = chart.words["yes"] if cell else pick(lang, "仅其下级", "inside only") if inside else None
                data.append([self.names[place], schema.labels[self.label[place]].label[lang], self.names.get(self.home.get(place, ""), None), self.columns_of[programme], state, cell.stated if cell else None, inside or None])  # fmt: skip
        heads = [("成员", "member"), ("类型", "kind"), ("所在城市", "city"), ("试点或专项", "programme"), ("获称号", "designated"), ("年份", "years"), ("其中的成员", "members inside")]  # fmt: skip
        chart.table = pd.DataFrame(data, columns=[pick(lang, *head) for head in heads], dtype=object)

    def _points_down(self, place: str) -> bool:
        return any(
            (place, p) not in self.cells
            and any(q == p and m != place and self.home.get(m) == place for m, q in self.cells)
            for p in self.columns
        )


def _two_lines(text: str, width: float, size: float = _SIZE, most: int = 3) -> list[str]:
    """A heading on at most three lines; the last is cut where it is drawn."""
    lines: list[str] = []
    line = ""
    for sign in shown(text):
        if line and text_width(line + sign, size) > width and len(lines) < most - 1:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]
