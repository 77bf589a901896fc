"""From a written place name to one place: 深圳 = 深圳市, 杭州余杭区 = the district 330110. Never a guess.

How a name is read, in this order:

1. A code or an id (440305, 4403, ``city:440300``, CN) is looked up.
2. Otherwise the text must be one name or a chain of names, each inside the one before: 深圳南山区,
   浙江省杭州市西湖区, 上海（浦东新区）. A name is ``name_zh`` or an alias; English names are tried where
   the text has no Chinese letter.
3. What `within`, `level` and `on` exclude is left out. `within` means strictly inside; the place itself
   counts only if nothing inside it bears the name. Of a region (长三角) the table knows no members, so as
   `within` it only says which country (or province, for 苏南) is meant.
4. A full name beats an alias. Without `on`, an abolished unit gives way to a present one of the same province
   that bears the same name (巢湖市).
5. **A provincial unit, region or country wins** over a city of the same short name: 吉林, 海南 alone are the
   provinces, as in every official table; 吉林市, 海南州, `level="city"` or `within="吉林省"` give the other
   one.
6. The short name of a district (南山, 海淀) counts only behind or `within` its city, or with
   `level="district"`, since elsewhere it is a hill or a lake; so 朝阳 alone (a city in 辽宁, a district of
   北京 and of 长春) stays unresolved. County-level cities (昆山, 寿光) count like cities, and so does 浦东.
7. Whatever is left more than once (西湖区, 江北区) is unresolved, with the candidates.

The table holds every unit of today from the provinces down to the counties; so a district that resolves
alone is the only one of its name. Of the abolished units it holds the prefecture-level ones and the
districts of the larger cities; add others in a table of your own (`load_places`).

Functional areas (雄安新区, 临港新片区, development zones) are Parks and never places. 两江新区 was one from
2010 on and is the district 500157 since 2025-11-06; so its name needs a date (`on`) or `level="district"`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from aikg.ontology.errors import SchemaError
from aikg.ontology.language import say
from aikg.ontology.place_mentions import DISTRICTS_ALONE, ONCE_AREAS, Scanner
from aikg.ontology.place_resolution import Resolution, unresolved
from aikg.ontology.place_table import LEVELS, Place, check_parents, normalise_code, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Place", "Places", "Resolution", "load_places"]

_SHIPPED = Path(__file__).with_name("places.csv")

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{12}|[A-Z]{2}|(?:" + "|".join(LEVELS) + "):.+|[A-Z]{2}:.+")
_NOISE = re.compile(r"[\s()（）\[\]【】〔〕·•]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH_UNIT = re.compile(r" (?:District|County|Banner|New Area|New District)$")
_UNIT_END = re.compile(r".(?:[区县旗盟市州]|地区)$")
_AREA_END = re.compile(
    r"(?:新区|新片区|开发区|高新区|经开区|产业园|工业园|科技园|园区|科学城|科技城|新城"
    r"|试验区|示范区|保税区|合作区|小镇)$"
)
_SEPARATORS = re.compile(r"[、,，;；/|\n]+|\s+|[-–—－]+")
_AND = re.compile(r"以及|[和与及]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a text: the place, if by its full name, if only by a district's short name."""

    place: Place
    full: bool
    bare: bool


class Places:
    """A table of places that resolves names. Immutable; iterating gives the rows in the table's order."""

    def __init__(self, rows: Sequence[Place]) -> None:
        self._rows: dict[str, Place] = {place.code: place for place in rows}
        self._names: dict[str, list[Place]] = {}
        for place in self._rows.values():
            for name in (place.name, *place.aliases):
                named = self._names.setdefault(name, [])
                if place not in named:
                    named.append(place)
        self._longest = max((len(name) for name in self._names), default=0)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, code: str) -> Place:
        """The place of a code or id, in any form `normalise_code` takes; raises SchemaError if there is none.

        >>> load_places().get("4403").name
        '深圳市'
        """
        place = self._rows.get(normalise_code(code))
        if place is None or (code.partition(":")[0] in LEVELS and not code.strip().startswith(f"{place.level}:")):
            raise SchemaError(
                say(
                    f"place code '{code}' is not in the place table; check it or add a row to your own table",
                    f"地名表里没有代码“{code}”；请检查，或在自己的地名表中加一行",
                )
            )
        return place

    def find(self, code: str) -> Place | None:
        """The place of a code or id, or None: an area that a document names (苏南) may be in no table."""
        try:
            return self.get(code)
        except SchemaError:
            return None

    def ancestors(self, place: Place | str) -> tuple[Place, ...]:
        """The places around a place, nearest first: 南山区 gives 深圳市, 广东省, 中国.

        Membership in a region (长三角) is not here: documents state it, the code table does not.
        """
        parent = (place if isinstance(place, Place) else self.get(place)).parent
        around = []
        while parent is not None:
            around.append(self._rows[parent])
            parent = around[-1].parent
        return tuple(around)

    def resolve(
        self,
        text: str,
        *,
        within: Place | str | None = None,
        level: str | None = None,
        on: str | None = None,
    ) -> Resolution:
        """The one place that a text names, or the reason why there is none (rules: see the module).

        `within` is a place, a code or a name; `level` one of country, region, province, city, district;
        `on` an ISO date (2021, 2021-04, 2021-04-09) at which the unit must have existed.

        >>> places = load_places()
        >>> places.resolve("杭州余杭区").place.id, places.resolve("西湖区", within="杭州").place.id
        ('district:330110', 'district:330106')
        >>> unsure = places.resolve("西湖区")
        >>> unsure.place, unsure.reason, [p.code for p in unsure.candidates]
        (None, 'ambiguous', ['330106', '360103'])
        """
        if level is not None and level not in LEVELS:
            raise ValueError(f"level {level!r} is not one of {', '.join(LEVELS)}")
        if on is not None and not _DATE.fullmatch(on):
            raise ValueError(f"on {on!r} is no ISO date; write 2021, 2021-04 or 2021-04-09")
        container = self._container(within)
        written = unicodedata.normalize("NFKC", text).strip()
        key = _NOISE.sub("", written)
        if not key:
            return unresolved("empty", text, (), self.ancestors)
        if _CODE.fullmatch(written):
            found = self._by_code(written)
        elif _CHINESE.search(key):
            found = self._readings(key)
        else:
            found = self._english.get(_fold(written), [])
        if not found:
            return self._unknown(key, text)

        def refuse(reason: str, readings: Sequence[_Reading]) -> Resolution:
            return unresolved(reason, text, (r.place for r in readings), self.ancestors)

        if container is not None:
            inside = [r for r in found if container in self.ancestors(r.place)]
            kept = inside or [r for r in found if r.place == container]
            if not kept:
                return refuse("outside", found)
            found = kept
        if level is not None:
            kept = [r for r in found if r.place.level == level]
            if not kept:
                return refuse("other_level", found)
            found = kept
        if on is not None:
            kept = [r for r in found if r.place.valid_on(on)]
            if not kept:
                return refuse("not_valid", found)
            found = kept
        found = self._preferred(found, dated=on is not None, alone=container is None or container.level == "country")
        if len(found) > 1:
            return refuse("ambiguous", found)
        best = found[0]
        if best.bare and level is None and (container is None or container.level == "country"):
            return refuse("needs_context", found)
        if best.place.code in ONCE_AREAS and on is None and level is None and not _CODE.fullmatch(written):
            return refuse("functional_area", found)
        return Resolution(best.place)

    def resolve_all(
        self, text: str, *, within: Place | str | None = None, on: str | None = None
    ) -> tuple[Resolution, ...]:
        """Every place of a list in one cell, in order: 北京、天津（滨海新区）; 济南-青岛; 沪浙苏皖.

        A part that does not resolve keeps its reason, so nothing is dropped silently.

        >>> [r.place.name for r in load_places().resolve_all("沪浙苏皖")]
        ['上海市', '浙江省', '江苏省', '安徽省']
        """
        whole = self.resolve(text, within=within, on=on)
        if whole.place is not None or whole.reason == "empty":
            return (whole,) if whole.place is not None else ()
        parts: list[Resolution] = []
        for piece in filter(None, (part.strip() for part in _SEPARATORS.split(text))):
            parts.extend(self._joined(piece, within, on))
        return (whole,) if len(parts) < 2 else tuple(parts)

    def leading(self, text: str, *, within: Place | str | None = None) -> tuple[Place, int] | None:
        """The longest place name that begins a text and its length, or None: 杭州市人工智能… → (杭州市, 3).

        Chains count as one (深圳南山区… → 南山区, 5). Ambiguous and risky names, and those of universities
        and streets, do not count: see `find_all`.
        """
        return self._scanner.leading(text, self._container(within))

    def find_all(self, text: str, *, within: Place | str | None = None) -> list[tuple[int, int, Place]]:
        """Named places in running text as (start, end, place), from left to right, never overlapping.

        `within` says of which place the text speaks, which decides 西湖区. A name that stays ambiguous gives
        nothing, and short names of districts count only behind their city (深圳南山). Traps are left out:
        吉林大学, 南京东路, 其中国家, 推广安全.

        >>> [(s, e, p.name) for s, e, p in load_places().find_all("上海南站与深圳南山区")]
        [(0, 2, '上海市'), (5, 7, '深圳市'), (7, 10, '南山区')]
        """
        return self._scanner.find_all(text, self._container(within))

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self._names, self.ancestors)

    @cached_property
    def _english(self) -> dict[str, list[_Reading]]:
        index: dict[str, list[_Reading]] = {}
        for place in self._rows.values():
            full = {_fold(name) for name in (place.name_en, *place.aliases) if not _CHINESE.search(name)}
            full.add(_fold(f"{place.name_en} {place.level}"))
            for name in full:
                index.setdefault(name, []).append(_Reading(place, full=True, bare=False))
            short = _fold(_ENGLISH_UNIT.sub("", place.name_en))
            if place.level == "district" and short not in full:
                bare = all(_district_alias(place, alias) for alias in place.aliases)
                index.setdefault(short, []).append(_Reading(place, full=False, bare=bare))
        return index

    def _container(self, within: Place | str | None) -> Place | None:
        """The unit that `within` restricts to; for a region, whose members no table tells, its parent."""
        if isinstance(within, str):
            found = self.resolve(within)
            if found.place is None:
                raise SchemaError(say(f"within: {found.message['en']}", f"within：{found.message['zh']}"))
            within = found.place
        while within is not None and within.level == "region":
            within = None if within.parent is None else self._rows[within.parent]
        return within

    def _by_code(self, code: str) -> list[_Reading]:
        try:
            return [_Reading(self.get(code), full=True, bare=False)]
        except SchemaError:
            return self._english.get(_fold(code), [])

    def _readings(self, text: str) -> list[_Reading]:
        found: list[_Reading] = []

        def read(start: int, container: Place | None) -> None:
            for end in range(min(len(text), start + self._longest), start, -1):
                name = text[start:end]
                for place in self._names.get(name, ()):
                    if container is not None and container not in self.ancestors(place):
                        continue
                    if end < len(text):
                        read(end, place)
                        continue
                    full = name == place.name
                    found.append(_Reading(place, full, not full and container is None and _district_alias(place, name)))

        read(0, None)
        return found

    def _preferred(self, found: list[_Reading], *, dated: bool, alone: bool) -> list[_Reading]:
        found = list({r.place.code: r for r in sorted(found, key=lambda r: (r.full, not r.bare))}.values())
        if any(r.full for r in found):
            found = [r for r in found if r.full]
        if not dated:
            present = {self._province(r.place) for r in found if r.place.valid_to is None}
            found = [r for r in found if r.place.valid_to is None or self._province(r.place) not in present]
        above = [r for r in found if r.place.level in ("country", "region", "province")]
        return above if alone and above else found

    def _province(self, place: Place) -> str:
        return place.code[:2] if place.adcode else place.code

    def _unknown(self, key: str, text: str) -> Resolution:
        ends = range(min(len(key) - 1, 3 * self._longest), 1, -1)
        begun: list[_Reading] = next(filter(None, (self._readings(key[:end]) for end in ends)), [])
        begun = self._preferred(begun, dated=False, alone=True)
        inside = (begun[0].place,) if len(begun) == 1 and not begun[0].bare else ()
        if _AREA_END.search(key):
            reason = "functional_area"
        else:
            reason = "not_in_table" if _CODE.fullmatch(key) or _UNIT_END.search(key) else "unknown"
        return unresolved(reason, text, inside, self.ancestors)

    def _joined(self, piece: str, within: Place | str | None, on: str | None) -> list[Resolution]:
        """One part of a list: a name, a run of provinces' one-letter names, or two names joined by 和."""
        single = self.resolve(piece, within=within, on=on)
        if single.place is not None:
            return [single]
        if len(piece) > 1 and all(letter in self._names for letter in piece):
            return [self.resolve(letter, within=within, on=on) for letter in piece]
        for word in _AND.finditer(piece):
            left = self.resolve(piece[: word.start()], within=within, on=on)
            right = self._joined(piece[word.end() :], within, on)
            if left.place is not None and all(part.place is not None for part in right):
                return [left, *right]
        return [single]


def _district_alias(place: Place, name: str) -> bool:
    return place.level == "district" and not place.name.endswith("市") and name not in DISTRICTS_ALONE


def _fold(name: str) -> str:
    """English names without case, accents, blanks and apostrophes: Ürümqi = urumqi, Xi'an = xian."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


@lru_cache(maxsize=8)
def load_places(extra: Path | None = None) -> Places:
    """The shipped table, with the rows of one's own CSV file (same header) added; an equal code replaces.

    Raises SourceError with file, row, column and cure. The result is cached for each path.
    """
    shipped = read_table(_SHIPPED)
    rows = {place.code: place for place in shipped}
    own: dict[str, Place] = {} if extra is None else {place.code: place for place in read_table(extra)}
    rows.update(own)
    if own:
        check_parents(rows, lambda place: str(extra if place.code in own else _SHIPPED))
    return Places(list(rows.values()))
