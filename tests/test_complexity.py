"""Diversity, reflections, complexity, proximity and density on the toy of Hidalgo & Hausmann 2009 (supplement), and by properties.

C1 makes P1 to P4, C2 P2, C3 P3 and P4, C4 P4 (as EconGeo gives it); numbers recomputed in design paper `metrics.md`, B1 to B4.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.graph.analysis.complexity import diversity, eci, eigenvalues, pci, presence, reflections, ubiquity
from aikg.graph.analysis.relatedness import proximity, relatedness_density

TOY = pd.DataFrame(
    [[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]],
    index=["C1", "C2", "C3", "C4"],
    columns=["P1", "P2", "P3", "P4"],
)


@st.composite
def presences(draw: st.DrawFn) -> pd.DataFrame:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells = draw(
        st.lists(st.lists(st.integers(0, 1), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    return pd.DataFrame(cells, index=[f"r{i}" for i in range(rows)], columns=[f"s{i}" for i in range(columns)])


# -- B1 ---------------------------------------------------------------------------------------------


def test_presence_takes_the_quotient_of_one_in() -> None:
    # All quotients are 1: ecomplexity says present (>= 1), EconGeo's binary says absent (> 1).
    even = pd.DataFrame([[3, 3], [3, 3]], index=["A", "B"], columns=["x", "y"])
    assert presence(even).to_numpy().tolist() == [[1, 1], [1, 1]]
    assert presence(even, strict=True).to_numpy().sum() == 0
    assert presence(even, min_count=4).to_numpy().sum() == 0
    nothing = pd.DataFrame([[0, 2], [0, 0]], index=["A", "B"], columns=["x", "y"])
    assert presence(nothing).to_numpy().tolist() == [[0, 1], [0, 0]]
    assert presence(nothing, cut=0).to_numpy().tolist() == [[0, 1], [0, 0]]


def test_reflections_of_the_toy() -> None:
    assert diversity(TOY).tolist() == [4, 1, 2, 1]
    assert ubiquity(TOY).tolist() == [1, 2, 2, 3]
    first, second = reflections(TOY, 1), reflections(TOY, 2)
    assert first[0].tolist() == pytest.approx([2, 2, 2.5, 3])
    assert first[1].tolist() == pytest.approx([4, 2.5, 3, 2.3333], abs=5e-5)
    assert second[0].tolist() == pytest.approx([2.9583, 2.5, 2.6667, 2.3333], abs=5e-5)
    assert second[1].tolist() == pytest.approx([2, 2, 2.25, 2.5])
    assert reflections(TOY, 0)[0].tolist() == [4, 1, 2, 1]


def test_reflections_on_their_edges() -> None:
    regions, sectors = reflections(pd.DataFrame([[1, 0], [0, 0]], index=["A", "B"], columns=["x", "y"]), 2)
    assert regions["A"] == 1
    assert math.isnan(regions["B"])
    assert math.isnan(sectors["y"])
    with pytest.raises(ValueError, match="count from 0"):
        reflections(TOY, -1)
    wrong = TOY.copy()
    wrong.loc["C2", "P1"] = 3
    for measure in (diversity, ubiquity, reflections, eci, pci, proximity, relatedness_density):
        with pytest.raises(ValueError, match=r"presence\['C2', 'P1'\] is 3; it is 0 or 1"):
            measure(wrong)


@settings(max_examples=60, deadline=None)
@given(presences())
def test_diversity_and_ubiquity_count_the_same_cells(m: pd.DataFrame) -> None:
    assert diversity(m).sum() == ubiquity(m).sum() == m.to_numpy().sum()


# -- B2 ---------------------------------------------------------------------------------------------


def test_complexity_of_the_toy() -> None:
    # ecomplexity 0.5.3, whose convention this is: PCI from the eigenvector, ECI its mean over own products.
    assert eigenvalues(TOY) == pytest.approx([1, 0.542134, 0.190154, 0.101045], abs=5e-7)
    assert eci(TOY).tolist() == pytest.approx([-0.0754, -1.6029, 0.7478, 0.9305], abs=5e-5)
    assert pci(TOY).tolist() == pytest.approx([-0.194, -1.603, 0.565, 0.930], abs=5e-4)
    # The sign is barely founded here, and the note says so.
    assert "0.11" in eci(TOY).attrs["note"]


def test_complexity_leaves_out_what_has_nothing() -> None:
    wide = TOY.assign(P5=0)
    wide.loc["C5"] = 0
    found = eci(wide)
    assert math.isnan(found["C5"])
    assert math.isnan(pci(wide)["P5"])
    assert found.drop("C5").tolist() == pytest.approx(eci(TOY).tolist())
    assert eigenvalues(wide) == pytest.approx(eigenvalues(TOY))
    assert eigenvalues(wide * 0) == []


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]], "unconnected"),
        ([[1, 1, 0], [0, 1, 1], [1, 0, 1]], "2nd and 3rd eigenvalue are the same"),  # a ring: 1, 1/4, 1/4
        ([[1, 1], [1, 1]], "same sectors"),
        ([[1, 1, 1]], "fewer than two"),
        ([[0, 0], [0, 0]], "fewer than two"),
    ],
)
def test_complexity_without_its_conditions_is_nan_and_says_why(cells: list[list[int]], why: str) -> None:
    m = pd.DataFrame(cells)
    for found in (eci(m), pci(m)):
        assert found.isna().all()
        assert why in found.attrs["note"]


def test_close_eigenvalues_are_told() -> None:
    # A ring of 16 regions has each eigenvalue twice; one more product of one region parts them a little.
    ring = np.eye(16, dtype=int) + np.roll(np.eye(16, dtype=int), 1, axis=1)
    ring[0, 2] = 1
    m = pd.DataFrame(ring)
    values = eigenvalues(m)
    assert 1e-6 < values[1] - values[2] < 0.02
    assert "close" in eci(m).attrs["note"]
    assert not eci(m).isna().any()
    assert "close" not in eci(TOY).attrs["note"]


@settings(max_examples=60, deadline=None)
@given(presences(), st.randoms(use_true_random=False))
def test_complexity_is_standardised_and_knows_no_order(m: pd.DataFrame, random: Any) -> None:
    found = eci(m)
    kept = found.dropna()
    if len(kept):
        assert kept.mean() == pytest.approx(0, abs=1e-9)
        assert kept.std(ddof=0) == pytest.approx(1)
        own = m.loc[kept.index]
        assert ((own * pci(m).fillna(0)).sum(axis=1) / own.sum(axis=1)).tolist() == pytest.approx(
            kept.tolist(), abs=1e-6
        )
        spread = diversity(m)[kept.index]
        correlation = np.corrcoef(kept, spread)[0, 1] if spread.std() > 0 else 0.0
        assert correlation >= -1e-9
        if correlation > 1e-6:
            rows = list(m.index)
            random.shuffle(rows)
            assert eci(m.loc[rows])[kept.index].tolist() == pytest.approx(kept.tolist(), abs=1e-5)
    else:
        assert found.attrs["note"]


# -- B3, B4 -----------------------------------------------------------------------------------------


def test_proximity_of_the_toy() -> None:
    phi = proximity(TOY)
    assert phi.loc["P1", "P2"] == pytest.approx(0.5)
    assert phi.loc["P1", "P4"] == pytest.approx(1 / 3)
    assert phi.loc["P3", "P4"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("diagonal", "c2", "c3"),
    # With the diagonal: ecomplexity; without: econcomplex and EconGeo's practice.
    [
        (True, [0.2143, 0.4286, 0.1875, 0.1429], [0.3571, 0.3571, 0.6250, 0.7143]),
        (False, [0.375, 0, 0.3, 0.25], [0.625, 0.625, 0.4, 0.5]),
    ],
)
def test_density_of_the_toy(diagonal: bool, c2: list[float], c3: list[float]) -> None:
    found = relatedness_density(TOY, diagonal=diagonal)
    assert found.loc["C2"].tolist() == pytest.approx(c2, abs=5e-5)
    assert found.loc["C3"].tolist() == pytest.approx(c3, abs=5e-5)


def test_density_on_its_edges() -> None:
    m = pd.DataFrame([[1, 0, 0], [0, 1, 0]], index=["A", "B"], columns=["x", "y", "z"])
    assert proximity(m)["z"].isna().all()
    assert proximity(m).loc["z"].isna().all()
    # Nothing is near to anything, and z is nowhere.
    assert relatedness_density(m).isna().all(axis=None)
    assert relatedness_density(m, diagonal=True).loc["A"].tolist()[:2] == [1, 0]
    phi = pd.DataFrame(0.5, index=["z", "y", "x"], columns=["z", "y", "x"])
    assert relatedness_density(m, phi).loc["A"].tolist() == pytest.approx([0, 0.5, 0.5])
    with pytest.raises(ValueError, match="phi lacks 'z'"):
        relatedness_density(m, phi.loc[["x", "y"], ["x", "y"]])


@settings(max_examples=60, deadline=None)
@given(presences())
def test_proximity_is_the_lesser_conditional_chance(m: pd.DataFrame) -> None:
    phi = proximity(m)
    for s in m.columns:
        for t in m.columns:
            if m[s].sum() == 0 or m[t].sum() == 0:
                assert math.isnan(phi.loc[s, t])
            else:
                both = int((m[s] & m[t]).sum())
                assert phi.loc[s, t] == pytest.approx(min(both / m[s].sum(), both / m[t].sum()))


@settings(max_examples=60, deadline=None)
@given(presences(), st.booleans())
def test_density_lies_between_zero_and_one(m: pd.DataFrame, diagonal: bool) -> None:
    # py-ecomplexity#6: above 1 where regions overlap; never here.
    found = relatedness_density(m, diagonal=diagonal).stack().dropna()
    assert ((found >= 0) & (found <= 1)).all()


@settings(max_examples=60, deadline=None)
@given(presences())
def test_own_presence_does_not_raise_density_without_the_diagonal(m: pd.DataFrame) -> None:
    # With the same proximities, whether the region has the sector itself makes no difference to that sector.
    phi = proximity(m)
    region, sector = m.index[0], m.columns[0]
    other = m.copy()
    other.loc[region, sector] = 1 - other.loc[region, sector]
    one, two = (relatedness_density(table, phi).loc[region, sector] for table in (m, other))
    assert one == pytest.approx(two, nan_ok=True)
