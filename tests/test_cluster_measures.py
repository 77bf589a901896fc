"""Measures of concentration and specialisation against published examples, on their edges, and by their properties.

Sources of the examples: REAT (CRAN, version 3.0.3; from Farhauer & Kröll 2013/14, and Dörsam 2004), EconGeo (PABalland),
geodz, Investopedia, Padmore & Gibson 1998; collected and recomputed in design paper `metrics.md`, A1 to A8.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.graph.analysis.concentration import cr_class, cr_k, hhi, hhi_bounds
from aikg.graph.analysis.diamond import DETERMINANTS, gem
from aikg.graph.analysis.quotient import hypergeometric_p, location_quotient, quotient_of_shares
from aikg.graph.analysis.spatial import ellison_glaeser, gini_of_quotients, litzenberger_sternberg, locational_gini
from aikg.graph.analysis.specialisation import hoover, krugman, krugman_concentration
from aikg.graph.analysis.stars import cluster_stars
from aikg.graph.analysis.tables import checked, checked_series
from aikg.ontology.language import speaking

ECONGEO = pd.DataFrame(
    [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]],
    index=["R1", "R2", "R3", "R4", "R5"],
    columns=["I1", "I2", "I3", "I4", "I5"],
)
NORDIC = pd.DataFrame(
    {
        "Sweden": (45000, 15000, 32000, 10000, 30000),
        "Norway": (35000, 12000, 30000, 8000, 22000),
        "Denmark": (40000, 10000, 25000, 9000, 18000),
        "Finland": (30000, 11000, 18000, 3000, 13000),
        "Iceland": (40000, 6000, 11000, 2000, 12000),
    }
).T
EMPTY_LINES = pd.DataFrame([[2, 0, 0], [1, 0, 3], [0, 0, 0]], index=["A", "B", "C"], columns=["x", "y", "z"])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    cells = draw(
        st.lists(st.lists(st.integers(0, 40), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    return pd.DataFrame(cells, index=[f"r{i}" for i in range(rows)], columns=[f"s{i}" for i in range(columns)])


# -- A1 location quotient ---------------------------------------------------------------------------


def test_quotient_of_reat() -> None:
    # REAT locq: 1,714 of 79,006 here, 879,213 of 15,593,224 in all.
    table = pd.DataFrame({"sector": [1714], "others": [79006 - 1714]}, index=["here"])
    whole = {"sector": 879213, "others": 15593224 - 879213}
    assert location_quotient(table, reference=whole).loc["here", "sector"] == pytest.approx(0.3847623, abs=1e-7)


def test_quotient_of_shares_of_geodz() -> None:
    # geodz: 49.7 % of a region against 43.3 % of the country.
    assert quotient_of_shares({"industry": 49.7}, {"industry": 43.3})["industry"] == pytest.approx(1.148, abs=5e-4)


def test_quotients_of_the_white_paper() -> None:
    # Document 003 L783 (Shenzhen 19.5, 15.5, 65.0 %) and L162 (China 26.1, 19.2, 54.7 %).
    found = quotient_of_shares(
        {"基础层": 19.5, "技术层": 15.5, "应用层": 65.0}, {"应用层": 54.7, "基础层": 26.1, "技术层": 19.2}
    )
    assert found.round(3).to_dict() == {"基础层": 0.747, "技术层": 0.807, "应用层": 1.188}


def test_quotients_of_econgeo() -> None:
    found = location_quotient(ECONGEO)
    assert found.loc["R1", "I1"] == pytest.approx(5)
    assert found.loc["R2"].tolist() == pytest.approx([0, 0.75, 0.25, 3.5, 0.5])
    assert found.index.tolist() == ECONGEO.index.tolist()
    assert found.columns.tolist() == ECONGEO.columns.tolist()


def test_nothing_in_region_or_sector_is_undefined_and_nothing_here_is_zero() -> None:
    found = location_quotient(EMPTY_LINES)
    assert found["y"].isna().all()
    assert found.loc["C"].isna().all()
    assert found.loc["A", "z"] == 0
    # (1/4) / (3/6)
    assert found.loc["B", "x"] == pytest.approx(0.5)
    assert location_quotient(EMPTY_LINES * 0).isna().all(axis=None)


def test_min_count_hides_small_amounts_only() -> None:
    table = pd.DataFrame([[2, 3, 0], [3, 1, 4]], index=["A", "B"], columns=["x", "y", "z"])
    shown = location_quotient(table, min_count=3)
    assert shown.isna().to_numpy().tolist() == [[True, False, False], [False, True, False]]
    assert shown.loc["A", "z"] == 0
    assert not location_quotient(table).isna().any(axis=None)


def test_reference_must_have_the_sectors_of_the_table() -> None:
    with pytest.raises(ValueError, match="reference lacks 'y'"):
        location_quotient(EMPTY_LINES, reference={"x": 1, "z": 1})
    with pytest.raises(ValueError, match="reference has 'w'"):
        location_quotient(EMPTY_LINES, reference={"x": 1, "y": 1, "z": 1, "w": 1})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-1, "is -1; negative"),
        (math.nan, "is missing"),
        (None, "is missing"),
        (math.inf, "is infinite"),
        ("3 firms", "no number"),
    ],
)
def test_a_bad_cell_is_named(value: Any, said: str) -> None:
    table = pd.DataFrame({"x": [1, 2], "y": [3, value]}, index=["A", "B"])
    for measure in (location_quotient, krugman, locational_gini, gini_of_quotients, ellison_glaeser, cluster_stars):
        with pytest.raises(
            ValueError, match=rf"table\['B', 'y'\] {'is' if said.startswith('is') else ''}.*{said.removeprefix('is ')}"
        ):
            measure(table)
    with pytest.raises(ValueError, match=r"shares\['B'\]"):
        hhi({"A": 0.5, "B": value})


def test_tables_have_each_label_once_and_are_tables() -> None:
    with pytest.raises(ValueError, match="row 'A' twice"):
        checked(pd.DataFrame({"x": [1, 2]}, index=["A", "A"]))
    with pytest.raises(ValueError, match="column 'x' twice"):
        checked(pd.DataFrame([[1, 2]], columns=["x", "x"]))
    with pytest.raises(TypeError, match="list"):
        checked([[1, 2]])  # type: ignore[arg-type]
    assert checked_series({"a": 1})["a"] == 1.0


@settings(max_examples=60, deadline=None)
@given(tables())
def test_quotients_average_to_one(table: pd.DataFrame) -> None:
    # sum over sectors of (X_s / X) LQ_rs = 1 for every region with activity.
    found, whole = location_quotient(table), table.sum()
    for region in table.index[table.sum(axis=1) > 0]:
        assert (found.loc[region] * whole / whole.sum()).sum() == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_changes_nothing(table: pd.DataFrame, random: Any) -> None:
    rows, columns = list(table.index), list(table.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    other = table.loc[rows, columns]
    pd.testing.assert_frame_equal(location_quotient(other).loc[table.index, table.columns], location_quotient(table))
    for measure in (krugman, hoover, locational_gini, gini_of_quotients, ellison_glaeser):
        one, two = measure(table), measure(other)
        pd.testing.assert_series_equal(two[one.index], one, check_exact=False, rtol=1e-9, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(2, 9))
def test_the_unit_changes_nothing(table: pd.DataFrame, factor: int) -> None:
    pd.testing.assert_frame_equal(location_quotient(table * factor), location_quotient(table))
    pd.testing.assert_series_equal(krugman(table * factor), krugman(table), atol=1e-12)


def test_chance_of_as_many_firms() -> None:
    # 4 firms, 2 of the sector, 2 in the region: both of them with chance 1 / C(4, 2) = 1/6, at least one with 5/6.
    both = hypergeometric_p(pd.DataFrame([[2, 0], [0, 2]], index=["A", "B"], columns=["x", "y"]))
    assert both.loc["A", "x"] == pytest.approx(1 / 6)
    assert both.loc["A", "y"] == 1
    one = hypergeometric_p(pd.DataFrame([[1, 1], [1, 1]], index=["A", "B"], columns=["x", "y"]))
    assert one.loc["A", "x"] == pytest.approx(5 / 6)
    assert hypergeometric_p(EMPTY_LINES)["y"].isna().all()
    with pytest.raises(ValueError, match=r"table\['A', 'x'\] is 1.5"):
        hypergeometric_p(pd.DataFrame({"x": [1.5], "y": [1]}, index=["A"]))


# -- A2 Herfindahl and concentration ratios ---------------------------------------------------------


def test_hhi_of_doersam() -> None:
    # REAT herf, Dörsam 2004: sales of 20, 50, 20, 10.
    sales = [20, 50, 20, 10]
    assert hhi(sales, renormalise=True) == pytest.approx(0.34)
    assert hhi(sales, renormalise=True, normalised=True) == pytest.approx(0.12)
    assert hhi(sales, renormalise=True, equivalent=True) == pytest.approx(2.94, abs=2e-3)


@pytest.mark.parametrize(
    ("percent", "points"),
    # Investopedia; the standard example of the US Department of Justice.
    [([10, 9, 12, 15, 12, 11, 15, 16], 1296), ([30, 30, 20, 20], 2600)],
)
def test_hhi_in_points(percent: list[int], points: int) -> None:
    assert hhi([p / 100 for p in percent], points=True) == pytest.approx(points)
    assert hhi(percent, renormalise=True, points=True) == pytest.approx(points)


def test_shares_must_sum_to_one_or_be_renormalised() -> None:
    with pytest.raises(ValueError, match="sum to 100, not to 1"):
        hhi([30, 30, 20, 20])
    with pytest.raises(ValueError, match=r"sum to 0.7, not to 1.*hhi_bounds"):
        hhi([0.4, 0.2, 0.1])
    # Published shares are rounded: ETO's may exceed 100 %.
    assert hhi([0.34, 0.34, 0.33]) == pytest.approx(0.34**2 * 2 + 0.33**2)
    with pytest.raises(ValueError, match="ask for one"):
        hhi([1.0], points=True, normalised=True)


def test_one_firm_and_none() -> None:
    assert hhi([5], renormalise=True) == 1
    assert math.isnan(hhi([5], renormalise=True, normalised=True))
    assert math.isnan(hhi([]))
    assert math.isnan(hhi([0, 0]))


def test_bounds_where_the_rest_is_unknown() -> None:
    # .4 .2 .1, the three largest: the rest of .3 is at most three firms of .1 (metrics.md A2).
    assert hhi_bounds([0.4, 0.2, 0.1]).to_dict() == pytest.approx({"low": 0.21, "high": 0.24})
    # Not the three largest: the rest may be one firm of .3.
    assert hhi_bounds([0.4, 0.2, 0.1], top=False)["high"] == pytest.approx(0.30)
    assert hhi_bounds([0.4, 0.2, 0.1], points=True).to_dict() == pytest.approx({"low": 2100, "high": 2400})
    # Everything is known; nothing is known.
    assert hhi_bounds([0.5, 0.5]).to_dict() == pytest.approx({"low": 0.5, "high": 0.5})
    assert hhi_bounds([]).isna().all()
    with pytest.raises(ValueError, match="more than 1"):
        hhi_bounds([40, 20])
    with pytest.raises(ValueError, match="share of 0"):
        hhi_bounds([0.4, 0.0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_hhi_lies_between_one_nth_and_one(amounts: list[int]) -> None:
    found = hhi(amounts, renormalise=True)
    if sum(amounts) == 0:
        assert math.isnan(found)
    else:
        assert 1 / len(amounts) - 1e-12 <= found <= 1 + 1e-12
        assert hhi(amounts[::-1], renormalise=True) == pytest.approx(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 100), min_size=2, max_size=10), st.integers(1, 9))
def test_bounds_hold_the_truth(amounts: list[int], known: int) -> None:
    shares = sorted((a / sum(amounts) for a in amounts), reverse=True)
    bounds = hhi_bounds(shares[:known])
    assert bounds["low"] - 1e-9 <= hhi(shares) <= bounds["high"] + 1e-9


def test_largest_shares() -> None:
    percent = [10, 9, 12, 15, 12, 11, 15, 16]
    assert cr_k([p / 100 for p in percent], 4) == pytest.approx(0.58)  # metrics.md A2, the shares of Investopedia
    assert cr_k(percent, 4, renormalise=True) == pytest.approx(0.58)
    assert cr_k([0.5, 0.2], 8) == pytest.approx(0.7)
    assert math.isnan(cr_k([]))
    with pytest.raises(ValueError, match="k is 0"):
        cr_k([1.0], 0)
    with pytest.raises(ValueError, match="sum to 100"):
        cr_k(percent)


def test_classes_of_cr8_count_their_lower_end() -> None:
    # Document 003 L346 gives CR8 of 40 to 70 % as 低集中寡占型, lower end included.
    with speaking("zh"):
        read = [cr_class(share) for share in (0.7, 0.69, 0.4, 0.39, 0.2, 0.19)]
    assert read == ["极高寡占型", "低集中寡占型", "低集中寡占型", "低集中竞争型", "低集中竞争型", "分散竞争型"]
    assert cr_class(math.nan) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        cr_class(58)


# -- A3 Krugman -------------------------------------------------------------------------------------


def test_krugman_of_two_regions_without_anything_in_common() -> None:
    table = pd.DataFrame([[20, 10, 70, 0, 0], [0, 0, 0, 60, 40]], index=["A", "B"])
    assert krugman(table, "region", region="B").to_dict() == {"A": 2.0, "B": 0.0}
    assert hoover(table, "region", region="B")["A"] == 1.0
    assert krugman(table, table.loc["B"])["A"] == 2.0


def test_krugman_of_reat_depends_on_the_reference() -> None:
    # REAT krugman.spec2: Sweden against the mean of the others' shares; pooled, the number is another.
    assert krugman(NORDIC, "mean")["Sweden"] == pytest.approx(0.1595, abs=5e-5)
    assert krugman(NORDIC, "rest")["Sweden"] == pytest.approx(0.1351, abs=5e-5)


def test_krugman_of_econgeo_against_the_nation() -> None:
    assert krugman(ECONGEO).tolist() == pytest.approx([1.6, 1.0, 0.6, 0.7, 1.1])


def test_concentration_twin_of_reat() -> None:
    # REAT krugman.conc2: mining against chemistry, social, electronics, wood over five regions.
    sectors = pd.DataFrame(
        {
            "mining": (4320, 7811, 3900, 2300, 47560),
            "chemistry": (20000, 11000, 31000, 8000, 20000),
            "social": (40000, 10000, 25000, 9000, 16000),
            "electronics": (10000, 11000, 14000, 14000, 13000),
            "wood": (7000, 7500, 11000, 1500, 36000),
        }
    )
    assert krugman_concentration(sectors)["mining"] == pytest.approx(0.8619, abs=5e-5)


def test_krugman_on_its_edges() -> None:
    found = krugman(EMPTY_LINES)
    assert math.isnan(found["C"])
    assert not math.isnan(found["A"])
    # A region without activity is no structure to average, and none to compare with.
    assert krugman(EMPTY_LINES, "mean")["A"] == pytest.approx(krugman(EMPTY_LINES, "region", region="B")["A"])
    assert krugman(EMPTY_LINES, "region", region="C").isna().all()
    assert krugman(EMPTY_LINES, min_count=3).isna().to_dict() == {"A": True, "B": False, "C": True}
    alone = pd.DataFrame([[1, 2]], index=["A"])
    assert math.isnan(krugman(alone, "mean")["A"])
    assert math.isnan(krugman(alone, "rest")["A"])
    with pytest.raises(ValueError, match="none of nation"):
        krugman(ECONGEO, "country")
    with pytest.raises(ValueError, match="region 'R9' is no row"):
        krugman(ECONGEO, "region", region="R9")


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from(["nation", "mean", "rest"]))
def test_krugman_lies_between_zero_and_two(table: pd.DataFrame, reference: str) -> None:
    found = krugman(table, reference).dropna()
    assert ((found >= 0) & (found <= 2 + 1e-12)).all()
    pd.testing.assert_series_equal(hoover(table, reference).dropna() * 2, found)


# -- A4 spatial Gini --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "whole", "unweighted", "weighted"),
    # REAT gini.conc and locq examples; both formulas recomputed in metrics.md A4.
    [
        ((500, 500, 1000, 7000, 1000), (20000, 15000, 20000, 40000, 5000), 0.4068966, 0.3725),
        ((700, 600, 500, 10000, 40000), (30000, 15000, 10000, 60000, 50000), 0.6222222, 0.5229),
    ],
)
def test_the_two_ginis_of_reat(
    own: tuple[int, ...], whole: tuple[int, ...], unweighted: float, weighted: float
) -> None:
    assert gini_of_quotients(own, whole) == pytest.approx(unweighted, abs=1e-7)
    assert locational_gini(own, whole) == pytest.approx(weighted, abs=5e-5)


def test_ginis_on_their_edges() -> None:
    for measure in (gini_of_quotients, locational_gini):
        assert measure([1, 2, 3], [10, 20, 30]) == pytest.approx(0)  # spread like everything
        assert measure([1, 2, 0], [10, 20, 0]) == pytest.approx(
            measure([1, 2], [10, 20])
        )  # an empty region is left out
        assert math.isnan(measure([0, 0], [1, 1]))
        assert math.isnan(measure(EMPTY_LINES)["y"])
        with pytest.raises(ValueError, match=r"totals\[1\] is 0"):
            measure([1, 2], [10, 0])
        with pytest.raises(ValueError, match="totals are needed"):
            measure([1, 2], None)
        with pytest.raises(ValueError, match="totals lacks 'B'"):
            measure({"A": 1, "B": 2}, {"A": 3})


@settings(max_examples=60, deadline=None)
@given(tables())
def test_ginis_lie_between_zero_and_one(table: pd.DataFrame) -> None:
    for measure in (gini_of_quotients, locational_gini):
        found = measure(table)
        assert found.index.tolist() == table.columns.tolist()
        assert found.isna().tolist() == (table.sum() == 0).tolist()
        assert ((found.dropna() >= -1e-12) & (found.dropna() < 1)).all()


# -- A5 Ellison-Glaeser -----------------------------------------------------------------------------

PLANTS = pd.Series(
    [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000], index=["Wien"] * 5 + ["Linz"] * 4 + ["Graz"]
)
AUSTRIA = {"Wien": 500000, "Linz": 400000, "Graz": 100000}


def test_gamma_of_reat() -> None:
    # REAT ellison.a: gamma 0.05990628, from G 0.1681633 and H 0.2446888.
    assert ellison_glaeser(PLANTS, AUSTRIA) == pytest.approx(0.05990628, abs=1e-8)
    assert hhi(PLANTS.to_list(), renormalise=True) == pytest.approx(0.2446888, abs=1e-7)


def test_gamma_on_its_edges() -> None:
    one_plant = pd.Series([5], index=["Wien"])
    assert math.isnan(ellison_glaeser(one_plant, AUSTRIA))
    assert math.isnan(ellison_glaeser(pd.Series([5, 5], index=["Wien", "Wien"]), {"Wien": 100}))
    assert math.isnan(ellison_glaeser(one_plant * 0, AUSTRIA))
    # Spread exactly like everything, the index is below chance: G = 0, so -H / (1 - H).
    assert ellison_glaeser({"A": 1, "B": 1}, {"A": 10, "B": 10}, by="count") == pytest.approx(-1)
    with pytest.raises(ValueError, match="totals lacks 'Graz'"):
        ellison_glaeser(PLANTS, {"Wien": 1, "Linz": 1})
    with pytest.raises(ValueError, match="whole"):
        ellison_glaeser({"A": 1.5}, {"A": 2}, by="count")
    with pytest.raises(ValueError, match="neither"):
        ellison_glaeser(PLANTS, AUSTRIA, by="firms")
    with pytest.raises(ValueError, match="holds no plants"):
        ellison_glaeser(ECONGEO, by="plants")


@settings(max_examples=60, deadline=None)
@given(tables())
def test_counts_are_plants_of_one_size(table: pd.DataFrame) -> None:
    # Guimarães et al. 2007: with n firms of one size H = 1/n.
    found, totals = ellison_glaeser(table), table.sum(axis=1)
    for sector in table.columns:
        plants = pd.Series([1] * int(table[sector].sum()), index=table.index.repeat(table[sector]), dtype="float64")
        expected = ellison_glaeser(plants, totals)
        assert found[sector] == pytest.approx(expected, nan_ok=True)


# -- A6, A7, A8 -------------------------------------------------------------------------------------

REAT_CLUSTER = {
    "sector_here": 1743,
    "sector_all": 5740,
    "area_here": 50,
    "area_all": 576,
    "population_here": 488,
    "population_all": 4621,
    "firms_here": 35,
    "firms_all": 53,
}


def test_cluster_index_of_reat() -> None:
    # REAT litzenberger.
    assert litzenberger_sternberg(**REAT_CLUSTER) == pytest.approx(21.87491, abs=1e-5)


def test_cluster_index_on_its_edges() -> None:
    assert litzenberger_sternberg(**REAT_CLUSTER | {"sector_here": 0}) == 0
    for below in ("sector_all", "area_here", "area_all", "population_here", "population_all", "firms_all"):
        assert math.isnan(litzenberger_sternberg(**REAT_CLUSTER | {below: 0})), below
    with pytest.raises(ValueError, match="area_here"):
        litzenberger_sternberg(**REAT_CLUSTER | {"area_here": -1})


def twenty(sector: dict[str, int]) -> pd.DataFrame:
    """20 regions with 10 other firms each; a top tenth is two of them."""
    regions = [f"r{i:02}" for i in range(20)]
    return pd.DataFrame({"x": [sector.get(r, 0) for r in regions], "other": 10}, index=regions)


def stars_of(table: pd.DataFrame, min_count: float = 0) -> pd.DataFrame:
    found = cluster_stars(table, min_count)
    return found[found["sector"] == "x"].set_index("region")


def test_stars_of_a_made_up_country() -> None:
    # By hand: x has 20 + 8 + 2 = 30 of 230; its share is 30/230. r00: 20/30 / (30/230) = 5.1; r01: 8/18 -> 3.4; r02: 2/12 -> 1.3.
    found = stars_of(twenty({"r00": 20, "r01": 8, "r02": 2}))
    assert found.loc["r00", ["size", "specialisation", "focus", "stars"]].tolist() == [1, 1, 1, 3]
    assert found.loc["r01", "stars"] == 3
    assert found.loc["r02", ["size", "specialisation", "focus", "stars"]].tolist() == [0, 0, 0, 0]
    assert found.loc["r03", "stars"] == 0


def test_a_tie_beyond_the_top_wins_no_star() -> None:
    found = stars_of(twenty({"r00": 1, "r01": 1, "r02": 1}))
    assert found["size"].sum() == found["focus"].sum() == 0
    # 1/11 / (3/203) = 6.2: specialisation is no matter of rank.
    assert found.loc["r00", "stars"] == 1


def test_no_star_without_enough_firms_or_regions() -> None:
    few = stars_of(twenty({"r00": 2, "r01": 5}), min_count=3)
    assert math.isnan(few.loc["r00", "stars"])
    assert few.loc["r00", "reason"] == "fewer than 3"
    assert few.loc["r01", "stars"] == 3
    nine = stars_of(twenty({"r00": 5}).iloc[:9])
    assert nine["stars"].isna().all()
    assert nine.loc["r00", "reason"] == "only 9 regions; a top tenth needs 20"
    none = stars_of(twenty({}))
    assert none["stars"].isna().all()
    with pytest.raises(ValueError, match="share between 0 and 1"):
        cluster_stars(ECONGEO, top=10)


@pytest.mark.parametrize(
    ("scores", "value"),
    # Padmore & Gibson 1998: all 10, all 5; and one more worked in metrics.md A8.
    [((10,) * 6, 1000), ((5,) * 6, 250), ((7, 6, 5, 5, 8, 4), 336.2713), ((1,) * 6, 10)],
)
def test_gem(scores: tuple[int, ...], value: float) -> None:
    assert gem(scores) == pytest.approx(value, abs=5e-5)
    assert gem(dict(zip(DETERMINANTS, scores, strict=True))) == pytest.approx(value, abs=5e-5)
    assert gem(pd.Series(scores, index=list(DETERMINANTS.values()))) == pytest.approx(value, abs=5e-5)
    assert gem(pd.DataFrame([scores], index=["A"], columns=list(DETERMINANTS)))["A"] == pytest.approx(value, abs=5e-5)


def test_gem_on_its_edges() -> None:
    assert math.isnan(gem({"resources": 7}))
    assert math.isnan(gem([7, 6, None, 5, 8, 4]))
    assert gem(pd.Series([5.0] * 6)) == pytest.approx(250)
    for wrong in (0, 11, -1):
        with pytest.raises(ValueError, match=rf"score\['suppliers'\] is {wrong}"):
            gem([7, 6, wrong, 5, 8, 4])
    with pytest.raises(ValueError, match="no determinant"):
        gem({"luck": 5})
    with pytest.raises(ValueError, match="GEM has six"):
        gem([5] * 5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10), min_size=6, max_size=6))
def test_gem_is_bounded_and_pairs_replace_each_other(scores: list[int]) -> None:
    assert 10 - 1e-9 <= gem(scores) <= 1000 + 1e-9
    a, b, *rest = scores
    assert gem([b, a, *rest]) == pytest.approx(gem(scores))
