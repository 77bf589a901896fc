"""Places by places: the cosines are those of the measure, alike places stand together, too few focuses are hatched."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from drawn_marks import SVG, crossings, page_of, texts_of

from aikg.graph.analysis.policy import Policies
from aikg.graph.views.pictures.similarity import similarity
from aikg.graph.views.pictures.similarity_order import ordered
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]


def tips(**options: object) -> dict[str, tuple[str, str]]:
    """Fill and tooltip of every cell by "place – other"."""
    found = {}
    for element in page_of(similarity(GRAPH, **options)).iter(f"{SVG}rect"):  # type: ignore[arg-type]
        label = element.get("aria-label", "")
        if " – " in label:
            found[label.partition("：")[0]] = (element.attrib["fill"], label.partition("：")[2])
    return found


@pytest.mark.parametrize(("level", "weighting"), [("Province", "idf"), ("Province", "plain"), ("City", "idf")])
def test_every_cell_holds_the_cosine_of_the_measure(level: str, weighting: str) -> None:
    cells = tips(level=level, weighting=weighting)
    pairs = Policies(GRAPH).similarity(level=level, weighting=weighting)
    assert len(cells) == 2 * len(pairs)
    for row in pairs.itertuples(index=False):
        for one, other in ((row.place, row.other), (row.other, row.place)):
            fill, tip = cells[f"{one} – {other}"]
            if math.isnan(row.value):
                assert fill == HATCH
                assert "不足 3 个" in tip
            elif row.value == 0:
                assert fill == "#ffffff"
                assert tip.startswith("0，")
            else:
                assert tip == f"{row.value:.2f}"


def test_what_two_places_share_is_told_with_the_sources_of_both() -> None:
    chart = similarity(GRAPH, level="City")
    row = Policies(GRAPH).similarity(level="City").iloc[0]
    told = next(
        own
        for own in chart.data()["details"].values()
        if set(own["title"].split(" – ")) == {row["place"], row["other"]}
    )
    names = [name for name, _, _ in told["lines"]]
    for shared in row["shared"]:
        for place in (row["place"], row["other"]):
            line = told["lines"][names.index(f"{shared} · {place}")]
            assert line[1]
            assert line[2], "who says so is cited"


def test_the_group_and_what_stands_against_it_are_in_the_subtitle_and_notes() -> None:
    chart = similarity(GRAPH)
    group = Policies(GRAPH).homogeneity(level="Province").iloc[0]
    assert f"{group['value']:.2f}（{group['pairs']} 对的平均" in chart.subtitle
    # One focus of the country is recorded: no distance, and the reason.
    assert math.isnan(group["distance"])
    assert any("不足以计算距离" in note for note in chart.notes)
    few = similarity(GRAPH, level="Region")
    assert "可比的地方不足两个" in few.subtitle


def test_alike_places_are_neighbours_in_an_order_that_does_not_depend_on_the_input() -> None:
    rng = np.random.default_rng(5)
    groups = {f"p{at:02}": at % 3 for at in range(12)}
    value = {}
    for one in groups:
        for other in groups:
            if one < other:
                x = (0.8 if groups[one] == groups[other] else 0.1) + float(rng.random()) * 0.05
                value[one, other] = value[other, one] = x
    compared = dict.fromkeys(groups, True) | {"p00": False}
    order, tree = ordered(list(groups), value, compared)
    assert order[-1] == "p00"
    of = [groups[place] for place in order[:-1]]
    assert sum(a != b for a, b in pairwise(of)) == 2, "each group stands together"
    assert ordered(list(reversed(groups)), value, compared)[0] == order
    assert len(tree.joins) == 10
    assert [join.distance for join in tree.joins] == sorted(join.distance for join in tree.joins)
    for join in tree.joins:
        assert join.upper < join.lower
        assert join.distance >= max(join.upper_distance, join.lower_distance)


def test_ties_are_broken_by_id_and_one_place_is_no_tree() -> None:
    same = {(a, b): 0.5 for a in "abcd" for b in "abcd" if a != b}
    compared = dict.fromkeys("abcd", True)
    assert ordered(list("abcd"), same, compared)[0] == ordered(list("dbca"), same, compared)[0]
    assert ordered(["b", "a"], {}, {"a": False, "b": True}) == (["b", "a"], ordered([], {}, {})[1])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("level", ["Province", "City", "Region", "District", "Country"])
def test_no_text_lies_on_another(level: str, lang: str) -> None:
    texts = list(texts_of(page_of(similarity(GRAPH, level=level, lang=lang))))  # type: ignore[arg-type]
    assert crossings(texts) == []
    assert min(text.size for text in texts) >= 10.5


def test_chosen_places_a_limit_and_a_wrong_word() -> None:
    chart = similarity(GRAPH, places=["北京", "广东", "浙江"])
    assert chart.table is not None
    assert set(chart.table["地方"]) | set(chart.table["另一地方"]) == {"北京市", "广东省", "浙江省"}
    # 浙江省 18, 北京市 and 江苏省 9 focuses: the two with most (the lesser id of two alike) are kept.
    kept = similarity(GRAPH, limit=2)
    assert kept.table is not None
    assert kept.table[["地方", "另一地方"]].to_numpy().tolist() == [["北京市", "浙江省"]]
    assert any("只画重点最多的 2 个地方，共 9 个" in note for note in kept.notes)
    with pytest.raises(QueryError):
        similarity(GRAPH, places=["无此地"])
    with pytest.raises(QueryError):
        similarity(GRAPH, speakers=["nobody"])
