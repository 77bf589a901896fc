"""The catalogue of pictures: names, parameters as text, and errors that list what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sample_graph import sample_graph

from aikg.graph.views.explorer.network import network
from aikg.graph.views.picture import PICTURES, draw
from aikg.ontology.errors import AikgError, GraphError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_draws_with_its_defaults_and_explains_its_parameters(name: str, tmp_path: Path) -> None:
    kind = PICTURES[name]
    for texts in (kind.title, *(parameter.description for parameter in kind.parameters)):
        assert set(texts) == {"zh", "en"}
        assert all(texts.values())
    defaults = {parameter.name: parameter.default for parameter in kind.parameters}
    picture = draw(sample_graph(), name)
    assert picture.html == draw(sample_graph(), name, **defaults).html
    assert picture.save(tmp_path / "p.html").read_text(encoding="utf-8") == picture.html
    assert "<iframe srcdoc=" in picture._repr_html_()


def test_values_may_be_text() -> None:
    as_text = draw(sample_graph(), "network", labels="Company，City", depth="2", around="华为", limit="50")
    as_values = network(sample_graph(), labels=["Company", "City"], depth=2, around="华为", limit=50)
    assert as_text.html == as_values.html
    assert as_text.title == "“华为”周围 2 步"


def test_what_is_left_out_is_noted() -> None:
    picture = draw(sample_graph(), "network", limit=3, lang="en")
    assert "3" in picture.notes[0]


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("netwrk", {}, "pictures are network"),
        ("network", {"colour": "red"}, "around"),
        ("network", {"depth": "deep"}, "whole number"),
        ("network", {"depth": -1}, "at least 0"),
        ("network", {"limit": 0}, "at least 1"),
        ("network", {"layout": "circle"}, "bands, places, force"),
        ("network", {"lang": "fr"}, "zh, en"),
        ("network", {"labels": "Compny"}, "Company"),
        ("network", {"around": "无此企业"}, "无此企业"),
    ],
)
def test_errors_name_what_there_is(name: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(AikgError) as caught:
        draw(sample_graph(), name, **options)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_picture_is_a_graph_error() -> None:
    with pytest.raises(GraphError):
        draw(sample_graph(), "")
