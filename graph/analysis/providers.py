"""How many providers a segment depends on, and whether a place depends on others for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from aikg.graph.analysis.concentration import hhi
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Concentration", "import_dependence", "provider_concentration"]

_WORDS = ("major", "minor", "negligible")
_SMALL = 1e-9  # .5 + .25 reaches .75 whatever the order of the sum


class Concentration(NamedTuple):
    """Answer of `provider_concentration`."""

    value: int | None
    """Least number of providers that reach the threshold; None where it is not known."""
    providers: int
    """Providers that are not negligible."""
    covered: float
    """Sum of the shares that are known, 0-1 (rounded shares may exceed 1)."""
    reached: bool
    """Whether the known shares reach the threshold; if not, `value` is the number of known providers, or None."""
    note: str | None
    """What stands in the way of a number, or limits it."""


def provider_concentration(
    shares: Mapping[str, Any] | pd.Series, *, threshold: float = 0.75, eto: bool = False
) -> Concentration:
    """Least number of providers whose shares, summed from the largest, reach the threshold (CSET ETO, Supply Chain Explorer).

    `shares` gives for each provider a share 0-1, or the words major, minor and negligible of the ETO's chip data. Negligible
    providers are left out. With unquantified providers the answer is None, since their shares are not known; `eto` claims
    what the ETO claims: fewer than three major providers are 1, otherwise 4. Where the shares never reach the threshold, the
    number of known providers is given and `reached` is False. No provider: None.

    Raises ValueError for a negative share, NaN or another word, naming the provider.

    >>> provider_concentration({"NL": 0.5, "JP": 0.5}).value
    2
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold {threshold} is not above 0 and at most 1")
    numbers: list[float] = []
    words = dict.fromkeys(_WORDS, 0)
    for provider, share in dict(shares).items():
        if isinstance(share, str):
            word = share.strip().lower()
            if word not in words:
                raise ValueError(f"share of {provider}: '{share}' is not a number, {', '.join(_WORDS)}")
            words[word] += 1
            continue
        number = math.nan if share is None else float(share)
        if not math.isfinite(number) or number < 0:
            raise ValueError(f"share of {provider}: {share} is not a share of 0 or more")
        numbers += [number] if number > 0 else []
    open_ones = words["major"] + words["minor"]
    providers, covered = len(numbers) + open_ones, math.fsum(numbers)
    summed, needed = 0.0, 0
    for number in sorted(numbers, reverse=True):
        if summed >= threshold - _SMALL:
            break
        summed += number
        needed += 1
    reached = covered >= threshold - _SMALL
    if eto and words["major"]:
        return Concentration(1 if words["major"] < 3 else 4, providers, covered, reached, None)
    if open_ones:
        said = [f"{words[word]} {word}" for word in ("major", "minor") if words[word]]
        return Concentration(None, providers, covered, reached, f"{', '.join(said)}, unquantified")
    if not numbers:
        return Concentration(None, 0, 0.0, False, say("no provider", "没有提供者"))
    if not reached:
        note = say(
            f"the known shares sum to {covered:.2f}, below {threshold:g}",
            f"已知份额合计 {covered:.2f}，不到 {threshold:g}",
        )
        return Concentration(len(numbers), providers, covered, False, note)
    return Concentration(needed, providers, covered, True, None)


def import_dependence(
    imports: Mapping[str, float] | pd.Series,
    exports: float,
    world: Mapping[str, float] | pd.Series,
    *,
    own: float = 0.0,
    hhi_above: float = 0.4,
    outside_above: float = 0.5,
    ratio_above: float = 1.0,
) -> pd.DataFrame:
    """The import-dependence triple of a place (European Commission 2021; CEPII GeoDep 2024), one row per criterion.

    `imports`: what each *other* place supplies to it (firms, relations or value: one unit throughout). `exports`: what its own
    firms supply. `own`: what they supply to the place itself. `world`: what each place of the world provides altogether.
    Criteria: `supplier_hhi` (HHI of the supplying places), `world_hhi` (HHI of all providers; the Commission takes `outside_share`
    instead) and `ratio` (imports to exports; infinite without exports, which CEPII writes 9999).
    Columns: value, above (the threshold), holds (null where the value is NaN), n (places behind the number). `attrs`: `cepii` and
    `eu` say whether all three criteria of that author hold (null where one is unknown). Nothing imported: NaN throughout.

    >>> import_dependence({"US": 8, "JP": 2}, 5, {"US": 60, "JP": 40}).loc["supplier_hhi", "value"].round(2)
    np.float64(0.68)
    """
    bought, made = _amounts(imports, "imports"), _amounts(world, "world")
    for name, amount in (("exports", exports), ("own", own)):
        if not math.isfinite(amount) or amount < 0:
            raise ValueError(f"{name}: {amount} is not an amount of 0 or more")
    total = math.fsum(bought.values())
    nothing = math.nan
    ratio = nothing if not total else math.inf if not exports else total / exports
    rows = {
        "supplier_hhi": (hhi(bought, renormalise=True), hhi_above, len(bought)),
        "world_hhi": (hhi(made, renormalise=True), hhi_above, len(made)),
        "outside_share": (total / (total + own) if total + own else nothing, outside_above, len(bought)),
        "ratio": (ratio, ratio_above, len(bought)),
    }
    found = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "above", "n"])
    found.index.name = "criterion"
    holds = [None if math.isnan(value) else bool(value > above) for value, above, _ in rows.values()]
    found.insert(2, "holds", pd.Series(holds, index=found.index, dtype=object))
    by_name = dict(zip(rows, holds, strict=True))
    found.attrs["cepii"] = _all_of(by_name, "supplier_hhi", "world_hhi", "ratio")
    found.attrs["eu"] = _all_of(by_name, "supplier_hhi", "outside_share", "ratio")
    return found


def _all_of(holds: dict[str, bool | None], *names: str) -> bool | None:
    said = [holds[name] for name in names]
    if False in said:
        return False
    return None if None in said else True


def _amounts(given: Mapping[str, float] | pd.Series, what: str) -> dict[str, float]:
    found = {}
    for place, amount in dict(given).items():
        if amount is None or not math.isfinite(float(amount)) or float(amount) < 0:
            raise ValueError(f"{what} of {place}: {amount} is not an amount of 0 or more")
        if float(amount) > 0:
            found[str(place)] = float(amount)
    return found
