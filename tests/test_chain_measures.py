"""Pure measures of the chain: coverage, states, actions, leakage, providers, choke points (design paper metrics.md, C and D1-D4)."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.graph.analysis.choke import choke_points, substitutability, tiers
from aikg.graph.analysis.coverage import (
    STATES,
    actions,
    connected_coverage,
    coverage,
    leakage,
    segment_state,
    segment_states,
)
from aikg.graph.analysis.providers import import_dependence, provider_concentration

# The chain of metrics.md C, "build by hand": a -> b -> c -> d, the region has a:3, b:0, c:1, d:5.
CHAIN = pd.DataFrame([[3, 0, 1, 5]], ["r"], list("abcd"))
PAIRS = [("a", "b"), ("b", "c"), ("c", "d")]
LQ = pd.DataFrame([[1.0, 0.0, 2.0, 0.9]], ["r"], list("abcd"))


# -- C: coverage, connected coverage, states -----------------------------------------------------------------------


def test_coverage_of_the_worked_chain() -> None:
    found = coverage(CHAIN).loc["r"]
    assert found.to_dict() == {"coverage": 0.75, "covered": 3, "few": 0, "none": 0, "unknown": 1, "segments": 4}


def test_connected_coverage_of_the_worked_chain() -> None:
    found = connected_coverage(CHAIN, PAIRS).loc["r"]
    assert found["connected"] == pytest.approx(1 / 3)
    assert (found["linked"], found["pairs"]) == (1, 3)


def test_every_second_link_is_half_covered_and_nothing_connected() -> None:
    every_second = pd.DataFrame([[1, 0, 1, 0]], ["r"], list("abcd"))  # the remark in metrics.md C
    assert coverage(every_second).loc["r", "coverage"] == 0.5
    assert connected_coverage(every_second, PAIRS).loc["r", "connected"] == 0


def test_unknown_and_none_are_said_apart() -> None:
    assert coverage(CHAIN, complete=True).loc["r", ["none", "unknown"]].tolist() == [1, 0]
    assert coverage(CHAIN, at_least=2).loc["r", ["coverage", "few", "unknown"]].tolist() == [0.5, 1, 1]


def test_weighted_coverage() -> None:
    # a, c, d are there: weights 1 + 1 + 2 of 8 (by hand)
    weights = pd.Series({"a": 1, "b": 4, "c": 1, "d": 2})
    assert coverage(CHAIN, weights=weights).loc["r", "coverage"] == 0.5
    with pytest.raises(ValueError, match=r"weights.'d'. is missing"):
        coverage(CHAIN, weights=weights.drop("d"))


def test_an_empty_chain_has_no_coverage() -> None:
    assert math.isnan(coverage(CHAIN[[]]).loc["r", "coverage"])
    assert math.isnan(connected_coverage(CHAIN, []).loc["r", "connected"])


def test_a_pair_outside_the_table_and_bad_cells_are_named() -> None:
    with pytest.raises(ValueError, match="x of the pair a -> x"):
        connected_coverage(CHAIN, [("a", "x")])
    with pytest.raises(ValueError, match=r"'r', 'b'. is -1"):
        coverage(pd.DataFrame([[1, -1]], ["r"], ["a", "b"]))
    with pytest.raises(ValueError, match=r"'r', 'b'. is missing"):
        coverage(pd.DataFrame([[1, math.nan]], ["r"], ["a", "b"]))
    with pytest.raises(ValueError, match="column 'a' twice"):
        coverage(pd.DataFrame([[1, 1]], ["r"], ["a", "a"]))
    with pytest.raises(ValueError, match="at_least"):
        coverage(CHAIN, at_least=0)


def test_states_of_the_worked_chain() -> None:
    assert segment_states(CHAIN, LQ).loc["r"].tolist() == ["strong", "not recorded", "thin", "present"]
    assert segment_states(CHAIN, LQ, complete=True).loc["r", ["b", "c"]].tolist() == ["none", "thin"]


@pytest.mark.parametrize(
    ("n", "lq", "stated", "complete", "state"),
    [
        (3, 1.0, False, False, "strong"),  # the weak cut: LQ >= 1
        (3, 0.99, False, False, "present"),
        (3, math.nan, False, False, "present"),  # an undefined quotient is no specialisation
        (2, 9.0, True, False, "thin"),
        (0, 0.0, True, False, "stated"),
        (0, 0.0, True, True, "stated"),
        (0, 0.0, False, True, "none"),
        (0, 0.0, False, False, "not recorded"),
    ],
)
def test_state_of_a_segment(n: int, lq: float, stated: bool, complete: bool, state: str) -> None:
    assert segment_state(n, lq, stated=stated, complete=complete) == state


def test_states_refuse_bad_numbers() -> None:
    with pytest.raises(ValueError, match="n: nan"):
        segment_state(math.nan, 1.0)
    with pytest.raises(ValueError, match="k: 0"):
        segment_state(1, 1.0, k=0)


# -- C: actions ----------------------------------------------------------------------------------------------------


def _states(**cells: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(cells, orient="index", columns=["n", "state"])


WORKED = _states(a=(3, "strong"), b=(0, "not recorded"), c=(1, "thin"), d=(5, "strong"))


def _listed(found: pd.DataFrame, action: str) -> list[str]:
    return found.loc[found["action"] == action, "segment"].tolist()


def test_fill_list_of_the_worked_chain() -> None:
    found = actions(WORKED, PAIRS)
    assert _listed(found, "fill") == ["b"]  # metrics.md C: 补链 = {b}
    row = found[found["action"] == "fill"].iloc[0]
    assert (row["state"], row["reasons"], row["neighbours"]) == ("not recorded", ["upstream"], ["a"])
    declared = actions(WORKED.replace("not recorded", "none"), PAIRS)
    assert declared.loc[declared["action"] == "fill", "state"].tolist() == ["none"]


def test_a_gap_beside_thin_segments_only_is_not_filled() -> None:
    assert _listed(actions(_states(a=(1, "thin"), b=(0, "not recorded")), [("a", "b")]), "fill") == []


def test_a_stated_segment_is_no_gap() -> None:
    assert _listed(actions(_states(a=(3, "strong"), b=(0, "stated")), [("a", "b")]), "fill") == []


def test_strong_list_says_what_threatens() -> None:
    threats = pd.DataFrame({"hhi": [0.41, 0.4, 0.9], "outside": [math.nan, 0.6, 0.5]}, ["a", "c", "d"])
    found = actions(WORKED, PAIRS, threats=threats)
    strong = found[found["action"] == "strong"].set_index("segment")["reasons"].to_dict()
    assert strong == {"a": ["provider_hhi"], "c": ["one_firm", "suppliers_outside"], "d": ["provider_hhi"]}


def test_extend_list_is_the_upper_quarter_of_the_densities_of_absent_segments() -> None:
    states = _states(
        a=(3, "strong"),
        b=(4, "present"),
        c=(3, "strong"),
        p=(0, "stated"),
        q=(0, "not recorded"),
        s=(0, "none"),
        t=(0, "none"),
    )
    density = pd.Series({"a": 0.9, "b": 0.9, "c": 0.9, "p": 0.2, "q": 0.4, "s": 0.6, "t": 0.0})
    found = actions(states, [], density=density)
    # 75th percentile, linear, of 0, .2, .4, .6: position 2.25 -> .4 + .25 * .2 = .45 (by hand)
    assert _listed(found, "extend") == ["s"]
    assert found.loc[found["action"] == "extend", "cut"].iloc[0] == pytest.approx(0.45)
    assert _listed(actions(states, [], density=density * 0), "extend") == []  # d > 0 is asked for
    assert _listed(actions(states, [], density=density, held=["a", "b"]), "extend") == []  # fewer than three held


def test_a_segment_may_be_in_two_lists() -> None:
    states = _states(a=(3, "strong"), b=(0, "none"), c=(3, "strong"), d=(3, "present"))
    found = actions(states, [("a", "b")], density=pd.Series({"b": 0.5}))
    assert found.loc[found["segment"] == "b", "action"].tolist() == ["fill", "extend"]


# -- C: leakage ----------------------------------------------------------------------------------------------------


def _supplies(*rows: tuple[Any, ...], columns: tuple[str, ...] = ("supplier", "customer")) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)


def test_leakage_keeps_unknown_places_apart() -> None:
    table = _supplies(
        ("r", "r", "a"),
        ("q", "r", "a"),
        (None, "r", "a"),
        ("q", "r", "b"),
        ("q", "q", "a"),
        columns=("supplier_place", "customer_place", "segment"),
    )
    found = leakage(table, "r", segments=["a"])
    assert found.to_dict() == {
        "leakage": 0.5,
        "outside": 1,
        "n": 2,
        "unknown": 1,
        "low": pytest.approx(1 / 3),
        "high": pytest.approx(2 / 3),
    }
    assert leakage(table, "r")["n"] == 3


def test_without_supplies_leakage_is_undefined() -> None:
    assert (
        leakage(_supplies(columns=("supplier_place", "customer_place")), "r").isna()[["leakage", "low", "high"]].all()
    )


# -- D1: provider concentration ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "least"),
    [
        ([0.5, 0.5], 2),  # ETO's own test suite (metrics.md D1)
        ([1.0], 1),
        ([0.815, 0.15, 0.016], 1),  # ETO's data (metrics.md D1)
        ([0.526, 0.326, 0.101], 2),
        ([0.479, 0.256, 0.209, 0.045], 3),
        ([0.25, 0.25, 0.25, 0.25], 3),  # exactly the threshold
    ],
)
def test_provider_concentration(shares: list[float], least: int) -> None:
    assert provider_concentration(dict(enumerate(shares))).value == least  # type: ignore[arg-type]


def test_unquantified_majors_have_no_number_unless_the_eto_rule_is_asked_for() -> None:
    three = dict.fromkeys("abc", "Major")
    two = {"a": "Major", "b": "Major", "c": "negligible"}
    assert provider_concentration(three, eto=True).value == 4  # ETO's own test suite
    assert provider_concentration(two, eto=True).value == 1
    plain = provider_concentration(two)
    assert (plain.value, plain.providers, plain.note) == (None, 2, "2 major, unquantified")
    assert provider_concentration({"a": 0.8, "b": "minor"}).note == "1 minor, unquantified"


def test_shares_that_never_reach_the_threshold_are_flagged() -> None:
    found = provider_concentration({"a": 0.4, "b": 0.1})
    assert (found.value, found.reached) == (2, False)
    assert found.note == "the known shares sum to 0.50, below 0.75"
    assert provider_concentration({"a": 0.4, "b": 0.1}, threshold=0.4).value == 1


def test_no_provider_is_none() -> None:
    assert provider_concentration({}).value is None
    assert provider_concentration({"a": "negligible", "b": 0.0}).providers == 0


@pytest.mark.parametrize("share", [-0.1, math.nan, None, "huge"])
def test_a_bad_share_names_its_provider(share: Any) -> None:
    with pytest.raises(ValueError, match="share of NL"):
        provider_concentration({"NL": share})


@given(st.lists(st.floats(0.001, 1.0), min_size=1, max_size=20))
def test_concentration_is_least(weights: list[float]) -> None:
    shares = {str(at): weight / math.fsum(weights) for at, weight in enumerate(weights)}
    least = provider_concentration(shares).value
    assert least is not None
    largest = sorted(shares.values(), reverse=True)
    assert math.fsum(largest[:least]) >= 0.75 - 1e-8 > math.fsum(largest[: least - 1]) - 1e-8


# -- D2: import dependence -----------------------------------------------------------------------------------------


def test_import_dependence_triple() -> None:
    # by hand: .8^2 + .2^2 = .68; .6^2 + .4^2 = .52; 10 / (10 + 5) = 2/3; 10 / 4 = 2.5
    found = import_dependence({"US": 8, "JP": 2}, 4, {"US": 60, "JP": 40}, own=5)
    assert found["value"].to_dict() == pytest.approx(
        {"supplier_hhi": 0.68, "world_hhi": 0.52, "outside_share": 2 / 3, "ratio": 2.5}
    )
    assert found["holds"].tolist() == [True] * 4
    assert (found.attrs["cepii"], found.attrs["eu"]) == (True, True)


def test_the_commission_and_cepii_differ_in_the_second_criterion() -> None:
    spread = import_dependence({"US": 1}, 0, {"US": 1, "JP": 1, "KR": 1}, own=0)
    assert spread.loc["ratio", "value"] == math.inf  # no exports; CEPII writes 9999
    assert (spread.attrs["cepii"], spread.attrs["eu"]) == (False, True)


def test_without_imports_nothing_is_known() -> None:
    found = import_dependence({}, 1, {})
    assert found["value"].isna().all()
    assert found["holds"].tolist() == [None] * 4
    assert found.attrs["cepii"] is None


def test_bad_amounts_are_named() -> None:
    with pytest.raises(ValueError, match="imports of US"):
        import_dependence({"US": -1}, 1, {})
    with pytest.raises(ValueError, match="exports"):
        import_dependence({"US": 1}, math.nan, {})


# -- D3: choke points ----------------------------------------------------------------------------------------------

# metrics.md D3: EUV, resist, design -> fab -> {pack, osat2} -> chip -> server
SERVER = _supplies(
    ("EUV", "fab", "lithography"),
    ("resist", "fab", "photoresist"),
    ("design", "fab", "layout"),
    ("fab", "pack", "wafer"),
    ("fab", "osat2", "wafer"),
    ("pack", "chip", "packaging"),
    ("osat2", "chip", "packaging"),
    ("chip", "server", "processor"),
    columns=("supplier", "customer", "input"),
)
INPUTS = ["EUV", "resist", "design"]


def _level(found: pd.DataFrame, level: str) -> list[str]:
    return found.loc[found["level"] == level, "id"].tolist()


def test_choke_points_of_the_server() -> None:
    found = choke_points(SERVER.drop(columns="input"), "server", INPUTS)
    assert found["id"].tolist() == ["chip", "fab"]  # metrics.md D3: {chip, fab}; pack is none
    assert (found.attrs["open"], found.attrs["note"]) == ([], None)


def test_inputs_are_all_needed_and_kept_apart_from_alternatives() -> None:
    found = choke_points(SERVER, "server", INPUTS)
    assert _level(found, "supplier") == ["chip", "fab"]
    # by hand: every input but packaging has one supplier; fab is the only wafer supplier of two packagers
    assert sorted(_level(found, "input")) == ["EUV", "chip", "design", "fab", "fab", "resist"]


def test_unknown_suppliers_leave_the_result_open() -> None:
    found = choke_points(SERVER, "server", ["EUV", "resist"])
    assert found.attrs["open"] == ["design"]
    assert "design" in found.attrs["note"]
    assert _level(found, "supplier") == ["chip", "fab"]


def test_an_open_node_hides_no_choke_point() -> None:
    # osat2's own suppliers are unknown: if it counted as a beginning, fab would no longer be on every way
    table = _supplies(("EUV", "fab"), ("fab", "pack"), ("pack", "chip"), ("osat2", "chip"), ("chip", "server"))
    found = choke_points(table, "server", ["EUV"])
    assert found["id"].tolist() == ["chip", "pack", "fab", "EUV"]
    assert found.attrs["open"] == ["osat2"]


def test_choke_points_with_a_cycle_and_a_self_loop() -> None:
    table = _supplies(("EUV", "fab"), ("fab", "chip"), ("chip", "fab"), ("chip", "chip"), ("chip", "server"))
    assert choke_points(table, "server", ["EUV"])["id"].tolist() == ["chip", "fab", "EUV"]


def test_without_declared_inputs_no_way_begins() -> None:
    found = choke_points(SERVER, "server")
    assert _level(found, "supplier") == []
    assert found.attrs["open"] == sorted(INPUTS)
    assert "no inputs are declared" in found.attrs["note"]


def test_a_product_that_nobody_supplies_is_open() -> None:
    found = choke_points(SERVER.iloc[:0], "server")
    assert (len(found), found.attrs["open"]) == (0, ["server"])


def test_a_source_that_does_not_lead_there_is_named() -> None:
    with pytest.raises(ValueError, match="source mine does not lead to server"):
        choke_points(SERVER, "server", ["mine"])


_PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25)


@given(_PAIRS)
def test_dominators_are_those_without_which_nothing_arrives(pairs: list[tuple[int, int]]) -> None:
    """Against the definition: take a firm out, and see whether the target is still reached from the source."""
    table = pd.DataFrame([(f"f{a}", f"f{b}") for a, b in pairs], columns=["supplier", "customer"])

    def reached(without: str | None) -> bool:
        seen, edge = {"f0"} - {without}, ["f0"] if without != "f0" else []
        while edge:
            node = edge.pop()
            for a, b in zip(table["supplier"], table["customer"], strict=True):
                if a == node and b != without and b not in seen:
                    seen.add(b)
                    edge.append(b)
        return "f7" in seen

    if not reached(None):
        return
    found = choke_points(table, "f7", ["f0"])["id"].tolist()
    assert sorted(found) == [f"f{at}" for at in range(7) if not reached(f"f{at}")]


# -- D4: substitutability, and tiers -------------------------------------------------------------------------------


def test_substitutability_first_and_second_order() -> None:
    table = _supplies(
        ("v", "x", "a"),
        ("w", "x", "a"),  # another supplier, in the same place
        ("v", "y", "a"),
        ("u", "y", "a"),  # another supplier, elsewhere
        ("v", "z", "a"),  # no other supplier
        ("w", "z", "b"),  # of another input
        ("v", "q", "a"),
        ("n", "q", "a"),  # another supplier whose place is not recorded
        columns=("supplier", "customer", "input"),
    )
    found = substitutability(table, "v", places={"v": "r", "w": "r", "u": "s"})
    assert found["first"] == 0.75  # 1 - 1/4
    assert found["second"] == 0.625  # x counts half: (.5 + 1 + 0 + 1) / 4
    assert found["second_low"] == 0.5  # and q too, if that supplier sits in r
    assert found.attrs["note"].startswith("no other supplier is known for 1 of 4")


def test_a_supplier_of_nobody_has_no_substitutability() -> None:
    found = substitutability(SERVER, "server")
    assert math.isnan(found["first"])
    assert found["pairs"] == 0


def test_without_places_there_is_no_second_order() -> None:
    assert math.isnan(substitutability(SERVER, "fab")["second"])
    assert substitutability(SERVER, "pack")["first"] == 1


@given(_PAIRS, st.dictionaries(st.sampled_from([f"f{at}" for at in range(8)]), st.sampled_from("rs")))
def test_second_order_is_never_above_the_first(pairs: list[tuple[int, int]], places: dict[str, str]) -> None:
    table = pd.DataFrame([(f"f{a}", f"f{b}") for a, b in pairs], columns=["supplier", "customer"])
    found = substitutability(table, "f0", places=places)
    if found["pairs"]:
        assert 0 <= found["second_low"] <= found["second"] <= found["first"] <= 1


def test_tiers_upstream_and_downstream() -> None:
    up = tiers(SERVER, "server", steps=3)
    assert up[["tier", "id"]].values.tolist() == [[1, "chip"], [2, "osat2"], [2, "pack"], [3, "fab"]]
    assert up["via"].tolist()[-1] == ["osat2", "pack"]
    assert tiers(SERVER, "fab", direction="downstream", steps=1)["id"].tolist() == ["osat2", "pack"]
    assert tiers(SERVER, "nobody").empty
    with pytest.raises(ValueError, match="sideways"):
        tiers(SERVER, "server", direction="sideways")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="steps"):
        tiers(SERVER, "server", steps=0)


# -- properties of coverage ----------------------------------------------------------------------------------------

_COUNTS = st.lists(st.integers(0, 5), min_size=1, max_size=12)


@given(_COUNTS, st.integers(1, 4))
def test_coverage_stays_within_bounds_and_counts_every_segment(counts: list[int], least: int) -> None:
    table = pd.DataFrame([counts], ["r"])
    row = coverage(table, at_least=least).loc["r"]
    assert 0 <= row["coverage"] <= 1
    assert row["covered"] + row["few"] + row["unknown"] + row["none"] == row["segments"] == len(counts)
    names = [str(at) for at in range(len(counts))]
    pairs = list(pairwise(names))
    linked = connected_coverage(table.set_axis(names, axis=1), pairs, at_least=least).loc["r", "linked"]
    assert linked <= max(row["covered"] - 1, 0)


@given(st.integers(0, 9), st.floats(0, 5), st.booleans(), st.booleans())
def test_every_state_is_in_the_list(n: int, lq: float, stated: bool, complete: bool) -> None:
    assert segment_state(n, lq, stated=stated, complete=complete) in STATES
