"""Pure measures of policy: overlap, similarity, homogeneity, gap (design paper metrics.md, E1-E5)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aikg.graph.analysis.policy_gap import gap_correlation, map_words, policy_gap
from aikg.graph.analysis.similarity import focus_overlap, focus_similarity, homogeneity, idf, pooled_hhi

SETS = pd.DataFrame([[1, 1, 1, 0], [0, 1, 1, 1], [0, 0, 0, 0]], ["i", "j", "none"], list("abcd"))
# Employment by sector of metrics.md A3 (REAT's example, after Farhauer & Kröll)
NORDIC = pd.DataFrame(
    [[45000, 15000, 32000, 10000, 30000], [35000, 12000, 30000, 8000, 22000]], ["Sweden", "Norway"], list("abcde")
)
DISJOINT = pd.DataFrame([[1, 1, 0, 0], [0, 0, 1, 1]], ["i", "j"], list("abcd"))


# -- E1: overlap ---------------------------------------------------------------------------------------------------


def test_overlap_of_the_worked_example() -> None:
    assert focus_overlap(SETS).loc["i", "j"] == 0.5  # metrics.md E1: {a,b,c} v {b,c,d}


def test_two_places_without_a_focus_have_no_overlap() -> None:
    found = focus_overlap(SETS)
    assert math.isnan(found.loc["none", "none"])  # both empty
    assert found.loc["i", "none"] == 0  # one empty: nothing in common


def test_places_with_few_focuses_are_left_undefined_on_request() -> None:
    assert focus_overlap(SETS, min_count=3).loc["i", "j"] == 0.5
    assert focus_overlap(SETS, min_count=4).isna().all(axis=None)


# -- E2: cosine ----------------------------------------------------------------------------------------------------


def test_similarity_of_the_worked_examples() -> None:
    assert focus_similarity(DISJOINT).loc["i", "j"] == 0  # metrics.md E2
    same = pd.DataFrame([[3, 1, 2], [6, 2, 4]], ["i", "j"], list("abc"))
    assert focus_similarity(same).loc["i", "j"] == pytest.approx(1)
    assert focus_similarity(NORDIC).loc["Sweden", "Norway"] == pytest.approx(0.99572, abs=5e-6)  # metrics.md E2


def test_the_coefficient_is_the_same_for_shares_and_for_numbers() -> None:
    shares = NORDIC.div(NORDIC.sum(axis=1), axis=0)
    assert focus_similarity(shares).loc["Sweden", "Norway"] == pytest.approx(0.99572, abs=5e-6)


def test_a_place_without_a_focus_has_no_similarity() -> None:
    assert math.isnan(focus_similarity(SETS).loc["i", "none"])


def test_fewer_than_three_focuses_are_undefined_on_request() -> None:
    assert math.isnan(focus_similarity(DISJOINT, min_count=3).loc["i", "j"])
    assert focus_similarity(SETS, min_count=3).loc["i", "j"] == pytest.approx(2 / 3)


def test_idf_counts_places_with_a_focus_only() -> None:
    # N = 2 (the third place has no focus): a in 1 -> ln(3/2) + 1, b in 2 -> ln(3/3) + 1 (by hand)
    assert idf(SETS)[["a", "b"]].tolist() == pytest.approx([math.log(1.5) + 1, 1.0])


def test_what_everybody_names_weighs_less() -> None:
    plain = focus_similarity(SETS).loc["i", "j"]
    weighted = focus_similarity(SETS, weighting="idf").loc["i", "j"]
    rare = math.log(1.5) + 1  # by hand: 2 / (rare^2 + 2)
    assert weighted == pytest.approx(2 / (rare**2 + 2))
    assert weighted < plain == pytest.approx(2 / 3)


def test_idf_comes_from_all_places_not_from_the_selection() -> None:
    more = pd.concat([SETS, pd.DataFrame([[1, 0, 0, 0]] * 5, [f"p{at}" for at in range(5)], list("abcd"))])
    chosen = focus_similarity(SETS, weighting="idf", reference=more).loc["i", "j"]
    assert chosen == pytest.approx(focus_similarity(more, weighting="idf").loc["i", "j"])
    assert chosen != pytest.approx(focus_similarity(SETS, weighting="idf").loc["i", "j"])
    with pytest.raises(ValueError, match="d is a focus of the table"):
        focus_similarity(SETS, weighting="idf", reference=more[list("abc")])


def test_bad_cells_and_weightings_are_named() -> None:
    with pytest.raises(ValueError, match=r"'i', 'b'. is -1"):
        focus_similarity(pd.DataFrame([[1, -1]], ["i"], ["a", "b"]))
    with pytest.raises(ValueError, match=r"'i', 'b'. is missing"):
        focus_overlap(pd.DataFrame([[1, math.nan]], ["i"], ["a", "b"]))
    with pytest.raises(ValueError, match="tfidf"):
        focus_similarity(SETS, weighting="tfidf")  # type: ignore[arg-type]


_TABLES = arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(0, 1e6))


@given(_TABLES)
def test_similarity_is_symmetric_between_0_and_1_and_1_with_itself(cells: np.ndarray) -> None:
    table = pd.DataFrame(cells)
    for found in (focus_similarity(table), focus_similarity(table, weighting="idf"), focus_overlap(table)):
        numbers = found.to_numpy()
        assert np.allclose(numbers, numbers.T, equal_nan=True)
        assert ((numbers >= 0) & (numbers <= 1) | np.isnan(numbers)).all()
        diagonal = np.diag(numbers)
        assert np.allclose(diagonal[cells.any(axis=1)], 1)
        assert np.isnan(diagonal[~cells.any(axis=1)]).all()


# -- E4: homogeneity of a group ------------------------------------------------------------------------------------


def test_homogeneity_is_the_mean_of_the_pairwise_cosines() -> None:
    group = pd.DataFrame([[1, 0], [1, 0], [0, 1]], list("ijk"), ["a", "b"])
    found = homogeneity(group)
    assert found["homogeneity"] == pytest.approx(1 / 3)  # cosines 1, 0, 0 (by hand)
    assert (found["pairs"], found["places"]) == (3, 3)
    assert found["pooled_hhi"] == pytest.approx(5 / 9)  # shares 2/3 and 1/3
    assert math.isnan(found["national"])


def test_the_national_row_is_compared_and_no_member() -> None:
    group = pd.DataFrame([[1, 0], [0, 1], [1, 0]], ["i", "j", "nation"], ["a", "b"])
    found = homogeneity(group, national="nation")
    assert (found["homogeneity"], found["pairs"]) == (0, 1)
    assert found["national"] == 0.5  # 1 and 0
    assert found["pooled_hhi"] == 0.5


def test_one_place_has_no_homogeneity() -> None:
    assert math.isnan(homogeneity(SETS.loc[["i"]])["homogeneity"])
    assert math.isnan(homogeneity(SETS.loc[["i", "none"]])["homogeneity"])  # nor has one with a focus


def test_pooled_hhi() -> None:
    assert pooled_hhi(pd.DataFrame([[2, 0], [5, 0]], ["i", "j"], ["a", "b"])) == 1  # all in one segment
    assert math.isnan(pooled_hhi(SETS.loc[["none"]]))
    # metrics.md A2: 20, 50, 20, 10 -> 0.34
    assert pooled_hhi(pd.DataFrame([[20, 50, 0, 0], [0, 0, 20, 10]], ["i", "j"], list("abcd"))) == pytest.approx(0.34)


# -- E5: gap -------------------------------------------------------------------------------------------------------


def test_gap_is_policy_rank_minus_quotient_rank() -> None:
    focus = pd.Series({"a": 5.0, "b": 2.0, "c": 2.0, "d": 0.0})
    quotients = pd.Series({"a": 0.5, "b": 1.5, "c": 1.0, "d": 3.0})
    found = policy_gap(focus, quotients)
    # by hand: ranks of the focus 1, 2.5, 2.5, 4 (ties averaged); of LQ 4, 2, 3, 1
    assert found["gap"].to_dict() == {"a": -3, "b": 0.5, "c": -0.5, "d": 3}
    assert found["reading"].to_dict() == {"a": None, "b": None, "c": None, "d": "overlooked strength"}


def test_aims_beyond_reach_need_a_low_density() -> None:
    focus = pd.Series({"a": 1.0, "b": 1.0, "c": 0.0})
    quotients = pd.Series({"a": 0.5, "b": 0.5, "c": 1.9})
    found = policy_gap(focus, quotients, pd.Series({"a": 0.1, "b": 0.3, "c": 0.2}))
    assert found["reading"].tolist() == ["aims beyond reach", None, None]
    assert policy_gap(focus, quotients)["reading"].isna().all()


def test_a_segment_without_a_quotient_is_not_ranked() -> None:
    found = policy_gap(pd.Series({"a": 9.0, "b": 1.0}), pd.Series({"a": math.nan, "b": 1.0}))
    assert math.isnan(found.at["a", "gap"])
    assert found.at["b", "focus_rank"] == 1


def test_gap_refuses_negative_weights() -> None:
    with pytest.raises(ValueError, match=r"focus.'a'. is -1"):
        policy_gap(pd.Series({"a": -1.0}), pd.Series({"a": 1.0}))


def test_spearman_needs_five_segments_and_variation() -> None:
    five = pd.Series([1.0, 2, 3, 4, 5])
    # 1 - 6 * sum d^2 / (n (n^2 - 1)) with d = 4, 2, 0, -2, -4 -> 1 - 240/120 = -1
    assert gap_correlation(five, 6 - five) == -1
    # d = 1, -1, 0, 0, 0 -> 1 - 12/120 = 0.9
    assert gap_correlation(five, pd.Series([2.0, 1, 3, 4, 5])) == pytest.approx(0.9)
    assert math.isnan(gap_correlation(five[:4], five[:4]))
    assert math.isnan(gap_correlation(five, pd.Series([1.0, 2, 3, 4, math.nan])))
    assert math.isnan(gap_correlation(five, five * 0))


def test_words_are_mapped_and_what_is_not_is_listed() -> None:
    words = pd.Series({"智能驾驶": 2.0, "智能运载工具": 1.0, "航运": 4.0})
    found = map_words(words, {"智能驾驶": ["智能运载工具"], "智能运载工具": ["智能运载工具"]})
    assert found.to_dict() == {"智能运载工具": 3.0}
    assert found.attrs == {"mapped": pytest.approx(2 / 3), "words": 3, "unmapped": ["航运"]}
    assert math.isnan(map_words(pd.Series(dtype=float), {}).attrs["mapped"])
    with pytest.raises(ValueError, match="航运"):
        map_words(pd.Series({"航运": -1.0}), {})


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 9)), min_size=1, max_size=15))
def test_gaps_sum_to_zero(cells: list[tuple[int, float]]) -> None:
    focus = pd.Series([float(weight) for weight, _ in cells])
    quotients = pd.Series([lq for _, lq in cells])
    assert policy_gap(focus, quotients)["gap"].sum() == pytest.approx(0)  # ranks of either sum to n (n + 1) / 2
    rho = gap_correlation(focus, quotients)
    assert math.isnan(rho) or -1 <= rho <= 1
