"""City clusters: what is recorded in each city as bubbles by coordinates, or in each province as tiles. No boundaries."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.cluster_inputs import disjoint
from aikg.graph.analysis.facts import above, things
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.base_map import read_base_map
from aikg.graph.views.pictures.place_bubbles import City, Scene, draw_scene
from aikg.graph.views.pictures.place_links import links_of_cities, tell_link
from aikg.graph.views.pictures.place_map import Box
from aikg.graph.views.pictures.place_values import (
    VALUES,
    At,
    Recorded,
    is_chinese,
    names_of_places,
    place_name,
    provinces_of,
    recorded,
    value_word,
)
from aikg.graph.views.pictures.places_beside import Aside, draw_asides
from aikg.graph.views.pictures.province_tiles import GRID, draw_ranking, draw_tiles, unit_id
from aikg.graph.views.words import pick
from aikg.ontology.errors import GraphError, SchemaError
from aikg.ontology.language import say
from aikg.ontology.places import load_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.pictures.base_map import BaseMap

__all__ = ["PARAMETERS", "places"]

PARAMETERS = (
    Parameter("view", "text", "bubbles", {"zh": "bubbles 按坐标画城市圆，tiles 每省一格", "en": "bubbles: cities by coordinates; tiles: one square per province"}, ("bubbles", "tiles")),
    Parameter("value", "text", "firms", {"zh": "数什么：企业、园区、政策、智算中心", "en": "what is counted"}, tuple(VALUES)),
    Parameter("region", "text_list", [], {"zh": "圈出哪些区域（逗号分隔），默认有企业而互不重叠者", "en": "regions to outline (comma); by default those with firms that do not overlap"}, values=("Region",)),
    Parameter("limit", "integer", 80, {"zh": "最多画多少座城市", "en": "how many cities at most"}, least=1),
    Parameter("base_map", "file", "", {"zh": "自备底图的路径（PNG、JPEG、SVG）", "en": "path of a base map of your own (PNG, JPEG, SVG)"}),
    Parameter("bounds", "text_list", [], {"zh": "底图的西、南、东、北界（度），如 73,17,136,54", "en": "west,south,east,north of the base map in degrees"}),
    Parameter("map_number", "text", "", {"zh": "底图的审图号，如 GS(2024)0650号", "en": "approval number of the base map (审图号)"}),
    LANG,
)  # fmt: skip
_MAIN = Box(0, 0, 660, 560)
_SIDE_X, _SIDE_WIDTH = 684.0, 548.0
_TILES_WIDTH = 780.0
_MOST_LINKS = 60
_MOST_REGIONS_WITH_DEFAULT = 24  # choosing those that do not overlap takes 2^n steps at worst


def places(
    graph: KnowledgeGraph,
    *,
    view: Literal["bubbles", "tiles"] = "bubbles",
    value: Literal["firms", "parks", "policies", "compute"] = "firms",
    region: Sequence[str] = (),
    limit: int = 80,
    base_map: str = "",
    bounds: Sequence[str] = (),
    map_number: str = "",
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Cities as circles whose area is the number of things recorded there (`value`), or provinces as tiles.

    Links are those that the graph records: deliveries (SUPPLIES), firms recorded in two cities. What no city is recorded of
    is listed beside. `base_map` is an image file of the user's own with `bounds` and `map_number` (审图号).
    Raises QueryError for an unknown region, GraphError for a base map without its number.

    >>> places(graph, value="parks", region=["长三角"]).svg()  # doctest: +SKIP
    """
    word = value_word(value, lang)
    title = {
        "bubbles": ("人工智能城市集群示意图", "City clusters of the AI industry"),
        "tiles": ("人工智能省份方格图", "The AI industry by province"),
    }[view]
    how = {
        "bubbles": (
            f"圆面积＝有记载的{word}数（含区县与园区）；位置为城市坐标（WGS-84）",
            f"Area of a circle: {word} recorded there, districts and parks included; placed by coordinates (WGS-84)",
        ),
        "tiles": (
            f"每个省级单位一格，位置仅示意；颜色＝有记载的{word}数",
            f"One square per province-level unit, positions only suggest; colour: {word} recorded",
        ),
    }[view]
    chart = Chart(graph, "places", pick(lang, *title), lang, pick(lang, *how))
    base = read_base_map(base_map, list(bounds), map_number)
    if base is not None and view == "tiles":
        raise GraphError(say("a base_map goes with view=bubbles, not with tiles", "base_map 只用于 view=bubbles"))
    names = names_of_places(graph)
    counted = {value: recorded(graph, value)} | {other: recorded(graph, other) for other in VALUES if other != value}
    chosen = _regions(graph, region)
    made = _Places(chart, names, counted, value, _members(graph))
    if view == "tiles":
        on_map = _draw_tiles(made)
    else:
        scene, left = made.scene(graph, chosen, limit, bool(region))
        scene.base = base
        if base is not None:
            outside = [c for c in scene.cities if not (base.west <= c.longitude <= base.east and base.south <= c.latitude <= base.north)]  # fmt: skip
            scene.cities = [c for c in scene.cities if c not in outside]
            left = [*left, *(c.id for c in outside)]
        frame = _MAIN if base is None else _fitting(base)
        room = draw_scene(chart, scene, frame, Box(_SIDE_X, 0, _SIDE_WIDTH, _MAIN.height), made.tell, lambda link: tell_link(chart, link))  # fmt: skip
        asides = made.asides(left)
        end = draw_asides(chart, asides, room.x, room.y + 14, room.width)
        chart.height = max(frame.height, end)
        on_map = {c.id for c in scene.cities}
        if any(c.n is not None for c in scene.cities):
            chart.legend.insert(0, Key(pick(lang, f"{word}数", f"number of {word}"), "circle", ("#f6b04d",)))
    note = ("示意，不绘制国界与行政区域界线", "schematic: neither national nor administrative boundaries are drawn")
    if base is not None:
        note = (f"底图由使用者提供，审图号：{base.number}", f"base map provided by the user, approval number (审图号) {base.number}")  # fmt: skip
    chart.notes.insert(0, pick(lang, *note))
    seen = counted[value]
    drawn = {thing for place in on_map for thing in seen.at(place).things}
    chart.n = pick(lang, f"{len(drawn)}（图上有位置的{word}，图谱共 {seen.total}）", f"{len(drawn)} {word} with a place on the map, of {seen.total} in the graph")  # fmt: skip
    chart.table = made.table(graph)
    return chart


def _regions(graph: KnowledgeGraph, wanted: Sequence[str]) -> list[str]:
    """Ids of the regions to outline: those named, else those with firms that do not overlap."""
    if wanted:
        return list(dict.fromkeys(find(graph, text, "Region")[0] for text in wanted))
    known = graph.nodes.get("Region")
    if known is None or len(known) > 10 * _MOST_REGIONS_WITH_DEFAULT:
        return []
    from aikg.graph.analysis.facts import seats

    if seats(graph, "Region")["place"].nunique() > _MOST_REGIONS_WITH_DEFAULT:
        return []
    return disjoint(graph)


def _members(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """Cities and provinces of each region."""
    regions = set(things(graph, "Region")["id"])
    inside: dict[str, set[str]] = {region: set() for region in sorted(regions)}
    for node, reached in above(graph, "PART_OF").items():
        for region in regions & set(reached):
            inside[region].add(node)
    return inside


class _Places:
    """What the two ways of drawing share: names, numbers, details, table."""

    def __init__(
        self, chart: Chart, names: dict[str, str], counted: dict[str, Recorded], value: str, members: dict[str, set[str]]
    ) -> None:  # fmt: skip
        self.chart, self.names, self.counted, self.value, self.members = chart, names, counted, value, members
        self.lang = chart.lang
        self.main = counted[value]
        self.titles = {
            thing: str(name)
            for label, _, _ in VALUES.values()
            for thing, name in zip(*(things(chart.graph, label)[c] for c in ("id", "name")), strict=True)
        }
        self.regions_of: dict[str, set[str]] = {}
        for region, inside in members.items():
            for node in inside:
                self.regions_of.setdefault(node, set()).add(region)
        self._keys: dict[str, str] = {}

    def name(self, place: str) -> str:
        return place_name(place, self.names, self.lang)

    # -- what is told ---------------------------------------------------------------------------

    def tell(self, place: str) -> str:
        """Key of a place: all four numbers, then the things that are counted, each with its sources."""
        if place not in self._keys:
            at = self.main.at(place)
            self._keys[place] = self.tell_at(self.name_of_unit(place), at, place)
        return self._keys[place]

    def name_of_unit(self, place: str) -> str:
        if place in self.names:
            return self.name(place)
        try:
            unit = load_places().get(place)
        except SchemaError:
            return place
        return unit.name_en if self.lang == "en" else unit.name

    def tell_at(self, title: str, at: At, place: str | None = None) -> str:
        lines: list[Line] = []
        cited: set[str] = set()
        if place is not None:
            for other, seen in self.counted.items():
                here = seen.at(place)
                lines.append(Line(value_word(other, self.lang), None if here.n is None else str(here.n)))
                cited.update(entry for said in here.things.values() for entry in said)
        else:
            lines.append(Line(value_word(self.value, self.lang), None if at.n is None else str(at.n)))
        listed = sorted(at.things.items(), key=lambda item: (self.titles.get(item[0], item[0]), item[0]))
        for thing, said in listed:
            mark = "!" if thing in at.disputed else "✓"
            lines.append(Line(self.titles.get(thing, thing), mark, tuple(said)))
        nodes = [thing for thing, _ in listed]
        if place is not None and place in self.names:
            nodes.insert(0, place)
        return self.chart.tell(
            title,
            lines,
            sources=sorted(cited),
            conflicts=[self._conflict(thing) for thing in sorted(at.disputed & set(at.things))],
            nodes=nodes,
        )

    def _conflict(self, firm: str) -> tuple[str, list[tuple[str, Sequence[str]]]]:
        stated = [
            (self.name(city), at.things[firm]) for city, at in sorted(self.main.cities.items()) if firm in at.things
        ]
        return f"{self.titles.get(firm, firm)}{self.chart.words['colon']}{pick(self.lang, '总部所在城市', 'city of the headquarters')}", list(stated)  # fmt: skip

    # -- bubbles --------------------------------------------------------------------------------

    def scene(
        self, graph: KnowledgeGraph, regions: list[str], limit: int, named: bool
    ) -> tuple[Scene, list[str]]:  # fmt: skip
        """Cities of China with coordinates, most first; and the ids of cities that are listed beside."""
        inside = is_chinese(graph)
        frame = graph.nodes.get("City")
        rows = [] if frame is None else list(records(frame[["id", "latitude", "longitude"]].astype(object)))
        found, left = [], []
        for row in rows:
            here = self.main.at(row.id)
            point = _point(row.latitude, row.longitude)
            if row.id in inside and point is not None:
                tags = tuple(sorted(self.regions_of.get(row.id, ())))
                found.append(City(row.id, self.name(row.id), *point, here.n, bool(here.disputed), tags))
            elif here.n is not None or (row.id in inside and point is None):
                left.append(row.id)
        found.sort(key=lambda c: (-(c.n or 0), c.id))
        if len(found) > limit:
            self.chart.notes.append(pick(self.lang, f"只画{value_word(self.value, 'zh')}最多的 {limit} 座城市，共 {len(found)} 座", f"the {limit} cities with most {value_word(self.value, 'en')} of {len(found)}"))  # fmt: skip
        found = found[:limit]
        drawn = {c.id for c in found}
        links = []
        if self.value == "firms":
            links = links_of_cities(graph, {c.id: c.name for c in found}, self.lang)
            links = [link for link in links if {link.start, link.end} <= drawn]
        if len(links) > _MOST_LINKS:
            self.chart.notes.append(pick(self.lang, f"连线只画最多的 {_MOST_LINKS} 条，共 {len(links)} 条", f"the {_MOST_LINKS} largest links of {len(links)}"))  # fmt: skip
        if self.value == "firms" and not any(link.kind == "supply" for link in links):
            self.chart.notes.append(pick(self.lang, "城市间供应关系未见记载，故无供应连线", "deliveries between cities are not recorded, so none are drawn"))  # fmt: skip
        outlined = [(r, self.name(r), sorted(self.members.get(r, set()) & drawn)) for r in regions]
        outlined = [one for one in outlined if len(one[2]) >= (1 if named else 2)]
        empty = [self.name(r) for r in regions if named and not self.members.get(r, set()) & drawn]
        if empty:
            self.chart.notes.append(pick(self.lang, f"未见成员城市的记载：{'、'.join(empty)}", f"no member city is recorded: {', '.join(empty)}"))  # fmt: skip
        sizes = sorted((len(m & drawn), r) for r, m in self.members.items() if m & drawn)
        options = [(r, f"{self.name(r)}（{n}）" if self.lang == "zh" else f"{self.name(r)} ({n})") for n, r in reversed(sizes)]  # fmt: skip
        if options:
            self.chart.filters.append(Filter(pick(self.lang, "区域", "Region"), tuple(options)))
        # What a window may be called: outlined regions first, then the smallest region that holds its cities.
        order = [*(r for r, _, _ in outlined), *(r for _, r in sizes)]
        containers = [(self.name(r), self.members[r]) for r in dict.fromkeys(order)]
        provinces: dict[str, set[str]] = {}
        for city, province in sorted(provinces_of(graph).items()):
            provinces.setdefault(province, set()).add(city)
        containers += [(self.name(province), cities) for province, cities in provinces.items()]
        return Scene(found, links[:_MOST_LINKS], outlined, None, containers), left

    def asides(self, left: list[str], levels: tuple[str, ...] = ("Province", "Region", "Country")) -> list[Aside]:
        """What is not on the map: cities beside it, things recorded only of larger places, things of no place."""
        made = []
        beside = [(self.name(c), self.main.at(c).n, self.tell(c)) for c in sorted(left, key=lambda c: (-(self.main.at(c).n or 0), c))]  # fmt: skip
        if beside:
            made.append(Aside(pick(self.lang, "图外城市", "Cities off the map"), beside))
        return made + self._coarse(levels)

    def _coarse(self, levels: tuple[str, ...]) -> list[Aside]:
        titles = {
            "Province": ("仅记载到省", "Recorded only to the province"),
            "Region": ("仅记载到区域", "Recorded only to the region"),
            "Country": ("仅记载到国家", "Recorded only to the country"),
        }
        made = []
        for level in levels:
            found = self.main.coarser.get(level, {})
            listed = sorted(found, key=lambda p: (-(found[p].n or 0), p))
            if listed:
                entries = [(self.name(p), found[p].n, self.tell_at(self.name(p), found[p])) for p in listed]
                made.append(Aside(pick(self.lang, *titles[level]), entries))
        if self.main.nowhere:
            names = sorted(self.titles.get(thing, thing) for thing in self.main.nowhere)
            key = self.chart.tell(
                pick(self.lang, "地点未见记载", "place not recorded"),
                [Line(value_word(self.value, self.lang), str(len(names)))],
                nodes=sorted(self.main.nowhere)[:200],
            )
            made.append(Aside(pick(self.lang, "地点未见记载", "Place not recorded"), [(value_word(self.value, self.lang), len(names), key)]))  # fmt: skip
        return made

    # -- the data -------------------------------------------------------------------------------

    def table(self, graph: KnowledgeGraph) -> pd.DataFrame:
        """One row per city and province: the four numbers (null: not recorded), coordinates, regions."""
        rows = []
        for label in ("City", "Province"):
            frame = graph.nodes.get(label)
            for row in [] if frame is None else records(frame[["id", "latitude", "longitude"]].astype(object)):
                point = _point(row.latitude, row.longitude)
                regions = sorted(self.name(r) for r in self.regions_of.get(row.id, ()))
                rows.append(
                    [self.names[row.id], row.id, *(self.counted[v].at(row.id).n for v in VALUES), *(point or (None, None)), regions]
                )  # fmt: skip
        rows.sort(key=lambda r: (-(r[2 + list(VALUES).index(self.value)] or 0), r[1]))
        heads = [
            pick(self.lang, "地方", "place"), pick(self.lang, "编号", "id"),
            *(pick(self.lang, f"{VALUES[v][1]}数", VALUES[v][2]) for v in VALUES),
            pick(self.lang, "纬度", "latitude"), pick(self.lang, "经度", "longitude"), pick(self.lang, "所属区域", "regions"),
        ]  # fmt: skip
        table = pd.DataFrame(rows, columns=heads)
        return table.astype({heads[2 + at]: "Int64" for at in range(len(VALUES))}) if rows else table


def _draw_tiles(made: _Places) -> set[str]:
    """Draw the tiles with lists beside them; returns the ids of the units."""
    chart, units = made.chart, {unit_id(code) for code in GRID}
    tags = {unit: made.regions_of.get(unit, set()) for unit in units}
    height = draw_tiles(chart, made.main, made.names, made.tell, tags, _TILES_WIDTH)
    beside = _TILES_WIDTH + 28
    home = provinces_of(chart.graph)
    abroad = [c for c in made.main.cities if home.get(c) not in units]
    end = draw_asides(chart, made.asides(abroad, ("Region", "Country")), beside, 16, chart.width - beside)
    draw_ranking(chart, made.main, made.tell, tags, beside, end + 26, chart.width - beside, height)
    chart.height = max(height, end)
    used = sorted({region for of in tags.values() for region in of})
    if used:
        chart.filters.append(Filter(pick(made.lang, "区域", "Region"), tuple((r, made.name(r)) for r in used)))
    return units


def _fitting(base: BaseMap) -> Box:
    """The box of a base map: as wide as the map may be, as high as its degrees need, so that nothing is stretched."""
    shrink = max(math.cos(math.radians((base.south + base.north) / 2)), 0.05)
    ratio = (base.north - base.south) / ((base.east - base.west) * shrink)
    width = min(_MAIN.width, _MAIN.height * 1.2 / ratio)
    return Box(_MAIN.x, _MAIN.y, width, width * ratio)


def _point(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Both coordinates as numbers on the earth; None where they are not recorded or are none."""
    try:
        lat, lon = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
