"""Cards of parks: where, what kind, focuses, what they hold, figures, titles, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.views.chart import Filter, Line
from aikg.graph.views.chips import ALERT, Chip, alert, draw_chips, unknown_chip
from aikg.graph.views.details import plain
from aikg.graph.views.recorded import code_names, figure_about, figure_text
from aikg.graph.views.style import label_style, text_width
from aikg.graph.views.svg import Svg, shown
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aikg.graph.views.chart import Chart
    from aikg.graph.views.pictures.park_facts import Parks

__all__ = ["FIGURES", "draw_cards"]

FIGURES = 8
"""Figures on one card; the rest stands in the details and in the data."""
_COLUMNS, _GAP, _PAD, _LABEL = 3, 16.0, 14.0, 46.0
_GREEN = label_style("Park").color


def draw_cards(chart: Chart, facts: Parks, parks: Sequence[str], marks: Mapping[str, str]) -> None:
    """Draw a card for each park, in order, each below the shortest column so far; fills filters and table too."""
    width = (chart.width - (_COLUMNS - 1) * _GAP) / _COLUMNS
    ends = [0.0] * _COLUMNS
    cities = sorted({c for p in parks for c in facts.cities(p)})
    tags = {c: f"c{at}" for at, c in enumerate(cities)}
    for park in parks:
        column = min(range(_COLUMNS), key=lambda at: (ends[at], at))
        card = _Card(chart, facts, park, width, tuple(tags[c] for c in facts.cities(park)) or ("c-",), marks)
        height = card.draw()
        chart.body.group(card.body, x=column * (width + _GAP), y=ends[column])
        ends[column] += height + _GAP
    if parks:
        chart.height = max(ends) - _GAP
    listed = [(tags[c], facts.name[c]) for c in sorted(cities, key=lambda c: (facts.name[c], c))]
    if any(not facts.cities(p) for p in parks):
        listed.append(("c-", chart.words["not_recorded"]))
    chart.filters = [Filter(pick(chart.lang, "城市", "City"), tuple(listed))]
    chart.table = _table(chart, facts, parks)


class _Card:
    """One card in the making, from its own corner."""

    def __init__(
        self, chart: Chart, facts: Parks, park: str, width: float, tags: tuple[str, ...], marks: Mapping[str, str]
    ) -> None:
        self.chart, self.facts, self.park, self.width, self.tags, self.marks = chart, facts, park, width, tags, marks
        self.inner = Svg()
        self.body = Svg()
        self.y = 0.0

    def draw(self) -> float:
        lang = self.chart.lang
        self._head()
        self._section(pick(lang, "重点", "Focus"), self._focuses(), 4)
        self._section(pick(lang, "园内", "Holds"), self._held(), 2)
        self._figures()
        self._section(pick(lang, "称号", "Titles"), self._designations(), 2)
        height = self.y + 8
        self.body.rect(0, 0, self.width, height, fill="#ffffff", stroke="#c3cad4", rx=8, tags=self.tags)
        self.body.path(
            f"M0 8a8 8 0 0 1 8 -8h{self.width - 16:.1f}a8 8 0 0 1 8 8v{self.head - 8:.1f}h{-self.width:.1f}z", fill="#eaf4ee", tags=self.tags
        )  # fmt: skip
        self.body.parts += self.inner.parts
        return height

    def _head(self) -> None:
        chart, facts, row = self.chart, self.facts, self.facts.rows[self.park]
        lang, words = chart.lang, chart.words
        found = facts.conflicts.get(self.park, ())
        room = self.width - 2 * _PAD - (46 if found else 0)
        self.inner.text(
            _PAD, 24, facts.name[self.park], size=15, weight=700, fill="#1f5c40", width=room, key=chart.tell_node(self.park), tags=self.tags
        )  # fmt: skip
        if found:
            key = chart.tell(
                f"{facts.name[self.park]}{words['colon']}{words['conflicts']}", conflicts=found, nodes=[self.park],
                sources=sorted({entry for _, values in found for _, said in values for entry in said}),
            )  # fmt: skip
            # The whole corner can be chosen, the mark alone is small.
            self.inner.rect(self.width - _PAD - 38, 8, 38, 22, fill="#fdecea", rx=4, key=key, tags=self.tags, tip=words["has_conflict"])  # fmt: skip
            alert(self.inner, self.width - _PAD - 26, 19, tags=self.tags)
            self.inner.text(self.width - _PAD - 13, 23.5, len(found), size=12, fill=ALERT, weight=700, pointer_events="none", tags=self.tags)  # fmt: skip
        where = facts.where[self.park]
        spots = [facts.name[p] for level in ("City", "District") for p in where.get(level, ())]
        if not where.get("City"):
            spots = [facts.name[p] for level in ("Province", "Region") for p in where.get(level, ())][:1] + spots
        parts = [" · ".join(spots)] if spots else []
        if facts.within.get(self.park):
            parts.append(
                pick(lang, "属于", "part of ") + words["list"].join(facts.name[p] for p in facts.within[self.park])
            )
        if parts:
            place = pick(lang, "，", ", ").join(parts)
            self.inner.text(_PAD, 43, place, size=12, fill="#3b4655", width=self.width - 2 * _PAD, tags=self.tags)
        else:
            place = pick(lang, "所在地", "place") + words["colon"] + words["not_recorded"]
            self._chips([unknown_chip(place, self.tags)], 30)
        chips = []
        for name, scheme, title in (
            ("kind", "park_kind", pick(lang, "类别", "kind")),
            ("level", "level", pick(lang, "级别", "level")),
        ):
            value = row.get(name)
            if value is None:
                chips.append(unknown_chip(f"{title}{words['colon']}{words['not_recorded']}", self.tags))
            else:
                known = code_names(scheme, lang).get(str(value), str(value))
                chips.append(Chip(known, tags=self.tags, edge="#9cc5ae", fill="#ffffff"))
        used = self._chips(chips, 52)
        self.head = 52 + used + 8
        self.y = self.head + 8

    def _chips(self, chips: Sequence[Chip], y: float) -> float:
        return draw_chips(self.inner, chips, _PAD, y, self.width - 2 * _PAD, size=11, height=18)

    def _section(self, title: str, chips: Sequence[Chip], most: int) -> None:
        self.inner.text(_PAD, self.y + 14, title, size=11.5, fill="#5b6675", tags=self.tags)
        shown_chips = chips or [unknown_chip(self.chart.words["not_recorded"], self.tags)]
        used = draw_chips(
            self.inner,
            shown_chips,
            _PAD + _LABEL,
            self.y,
            self.width - 2 * _PAD - _LABEL,
            size=11.5,
            height=19,
            most=most,
            more=pick(self.chart.lang, "另 {n} 项", "{n} more"),
        )
        self.y += used + 8

    def _focuses(self) -> list[Chip]:
        facts, lang = self.facts, self.chart.lang
        found = facts.focus.get(self.park, {})
        chips = []
        for focus in sorted(found, key=lambda f: (facts.label[f], facts.name[f], f)):
            label = facts.label[focus]
            key = self.chart.tell(
                f"{facts.name[self.park]} · {facts.name[focus]}",
                [
                    Line(
                        pick(lang, "来源的措辞", "Wording"),
                        "；".join(found[focus].texts) or None,
                        tuple(found[focus].sources),
                    )
                ],
                sources=found[focus].sources,
                nodes=[self.park, focus],
            )
            color = label_style(label).color
            chips.append(
                Chip(facts.name[focus], key=key, tags=self.tags, edge=color, symbol=self.marks.get(label, "dot"))
            )
        if self.park in facts.broad:
            # Said, but too broad to be a focus of its own.
            key = self.chart.tell(
                f"{facts.name[self.park]} · 人工智能", sources=facts.broad[self.park], nodes=[self.park]
            )
            chips.append(Chip("人工智能", key=key, tags=self.tags, edge="#c77d1e", fill="#fff8ec", dashed=True))
        return chips

    def _held(self) -> list[Chip]:
        return [
            Chip(
                self.facts.name[one], key=self.chart.tell_node(one), tags=self.tags, edge="#c3cad4", fill="#f5f7fa",
                alert=bool(self.facts.conflicts.get(one)),
            )
            for one in self.facts.held.get(self.park, ())
        ]  # fmt: skip

    def _designations(self) -> list[Chip]:
        found = self.facts.designations.get(self.park, ())
        color = label_style("Programme").color
        return [Chip(self.facts.name[one], key=self.chart.tell_node(one), tags=self.tags, edge=color) for one in found]

    def _figures(self) -> None:
        chart, lang = self.chart, self.chart.lang
        found = self.facts.figures.get(self.park, [])
        if not found:
            self._section(pick(lang, "指标", "Figures"), [], 1)
            return
        left, right = _PAD + _LABEL, self.width - _PAD
        self.inner.text(_PAD, self.y + 14, pick(lang, "指标", "Figures"), size=11.5, fill="#5b6675", tags=self.tags)
        for row in found[:FIGURES]:
            value = shown(figure_text(row, lang) or chart.words["not_recorded"], (right - left) * 0.6, 12)
            about = figure_about(row, lang)
            height = 32.0 if about else 19.0
            name = row.get("indicator_text") or row["name"]
            key = chart.tell_node(row["id"])
            self.inner.rect(left - 4, self.y, right - left + 8, height, fill="#ffffff", rx=3, key=key, tags=self.tags, tip=f"{name} {value}")  # fmt: skip
            room = right - left - text_width(value, 12) * 1.06 - 10
            over: dict[str, Any] = {"tags": self.tags, "pointer_events": "none"}
            self.inner.text(left, self.y + 14, name, size=12, width=room, **over)
            self.inner.text(right, self.y + 14, value, size=12, weight=700, anchor="end", **over)
            if about:
                self.inner.text(left, self.y + 28, about, size=10.5, fill="#5b6675", width=right - left, **over)
            self.y += height
        if len(found) > FIGURES:
            text = pick(
                lang, f"另 {len(found) - FIGURES} 条，见园区详情", f"{len(found) - FIGURES} more, in the details"
            )
            self.inner.text(left, self.y + 13, text, size=11, fill="#1d4ed8", key=chart.tell_node(self.park), tags=self.tags)  # fmt: skip
            self.y += 18
        self.y += 8


def _table(chart: Chart, facts: Parks, parks: Sequence[str]) -> pd.DataFrame:
    """One row per fact; what is not recorded of a park has a row without a name."""
    lang = chart.lang
    headings = {
        "zh": ("园区", "城市", "区县", "类别", "级别", "记载", "名称", "数值", "上限", "单位", "时期", "口径", "限定"),
        "en": ("park", "city", "district", "kind", "level", "fact", "name", "value", "upper end", "unit", "period", "scope", "qualifier"),
    }[lang]  # fmt: skip
    kinds, levels, qualifiers = (code_names(scheme, lang) for scheme in ("park_kind", "level", "qualifier"))
    join = chart.words["list"].join
    rows: list[tuple[Any, ...]] = []
    for park in parks:
        own = facts.rows[park]
        head = (
            facts.name[park],
            join(facts.name[p] for p in facts.where[park].get("City", ())) or None,
            join(facts.name[p] for p in facts.where[park].get("District", ())) or None,
            kinds.get(own.get("kind") or "", own.get("kind")),
            levels.get(own.get("level") or "", own.get("level")),
        )
        blank: tuple[Any, ...] = (None,) * 6
        broad = ["人工智能"] if park in facts.broad else []
        for word, named in (
            (pick(lang, "重点", "focus"), [*(facts.name[f] for f in facts.focus.get(park, ())), *broad]),
            (pick(lang, "园内", "holds"), [facts.name[x] for x in facts.held.get(park, ())]),
            (pick(lang, "称号", "title"), [facts.name[x] for x in facts.designations.get(park, ())]),
        ):
            rows += [(*head, word, name, *blank) for name in (named or blank[:1])]
        word = pick(lang, "指标", "figure")
        for row in facts.figures.get(park, ()):
            said = join(qualifiers.get(q, q) for q in row.get("qualifier") or ()) or None
            value = row.get("value") if row.get("value") is not None else row.get("value_text")
            rows.append(
                (*head, word, row["name"], value, row.get("value_max"), row.get("unit"), row.get("period"), row.get("scope"), said)
            )  # fmt: skip
        if not facts.figures.get(park):
            rows.append((*head, word, None, *blank))
    frame = pd.DataFrame(rows, columns=list(headings), dtype=object)
    return frame.map(plain)
