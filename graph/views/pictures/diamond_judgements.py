"""What sources say of a place in a framework, sorted into the corners of Porter's diamond."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aikg.graph.analysis.diamond import DETERMINANTS, gem
from aikg.graph.analysis.facts import above, things
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "ASPECTS",
    "CORNERS",
    "FRAMEWORK",
    "Corner",
    "Judgement",
    "corners_of",
    "gem_of",
    "judgements_of",
    "known_framework",
]

FRAMEWORK = "钻石模型"
CORNERS = {
    "chance": ("机会", "Chance"),
    "strategy": ("企业战略、结构与竞争", "Strategy and rivalry"),
    "factors": ("生产要素", "Factor conditions"),
    "demand": ("需求条件", "Demand conditions"),
    "related": ("相关与支撑产业", "Related industries"),
    "government": ("政府", "Government"),
}
"""Four determinants and two outer forces (Porter, The Competitive Advantage of Nations, 1990, chapter 3)."""
ASPECTS = {
    "生产要素": "factors", "要素条件": "factors", "人才资源": "factors", "科研实力": "factors",
    "需求条件": "demand", "市场需求": "demand", "国内市场": "demand",
    "相关支撑产业": "related", "支撑产业": "related", "相关产业": "related", "相关与支撑产业": "related",
    "企业战略": "strategy", "同业竞争": "strategy", "企业竞争": "strategy", "企业战略、结构和同业竞争": "strategy",
    "政府": "government", "政府功能": "government", "政府政策": "government", "政策支持": "government",
    "机会": "chance", "机遇": "chance",
}  # fmt: skip
"""What sources call the determinants. Other aspects are listed below the diamond as they are."""


@dataclass(frozen=True)
class Judgement:
    id: str
    name: str
    aspect: str
    rating: str | None
    text: str | None
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        return self.text or self.rating or self.name


@dataclass
class Corner:
    """What is recorded of one corner: of the place itself, and of cities in it."""

    own: list[Judgement] = field(default_factory=list)
    inside: list[tuple[str, Judgement]] = field(default_factory=list)

    @property
    def ratings(self) -> list[str]:
        return list(dict.fromkeys(one.rating for one in self.own if one.rating))

    @property
    def texts(self) -> list[str]:
        return list(dict.fromkeys(one.text for one in self.own if one.text))


def known_framework(graph: KnowledgeGraph, framework: str) -> None:
    """QueryError for a framework of which nothing is recorded, with those that are; the default may be absent."""
    nodes = graph.nodes.get("Assessment")
    known = set() if nodes is None else {str(value) for value in nodes["framework"] if not is_null(value)}
    if framework not in known and framework != FRAMEWORK:
        listed = sorted(known)
        there = say(f"; there are {', '.join(listed)}", f"；有记载的框架是 {'、'.join(listed)}") if listed else ""
        raise QueryError(
            say(f"no assessment in a framework '{framework}' is recorded{there}", f"未见框架“{framework}”的评价{there}")
        )


def judgements_of(graph: KnowledgeGraph, framework: str) -> dict[str, list[Judgement]]:
    """Assessments of the framework by place, in the order of aspects and words."""
    nodes, edges = graph.nodes.get("Assessment"), graph.edges.get("ASSESSED")
    if nodes is None or edges is None:
        return {}
    columns = ["id", "name", "framework", "aspect", "rating", "text"]
    of = {
        row.id: row
        for row in records(nodes.reindex(columns=columns).astype(object))
        if _text(row.framework) == framework
    }
    made: dict[str, list[Judgement]] = defaultdict(list)
    for row in records(edges[["subject", "object", "sources"]].astype(object)):
        one = of.get(row.object)
        if one is not None:
            made[row.subject].append(
                Judgement(one.id, str(one.name), _text(one.aspect) or "", _text(one.rating), _text(one.text), tuple(row.sources))
            )  # fmt: skip
    return {place: sorted(listed, key=lambda j: (j.rating is None, j.aspect, j.words, j.id)) for place, listed in made.items()}  # fmt: skip


def _text(value: object) -> str | None:
    return None if is_null(value) else str(value)


def corners_of(graph: KnowledgeGraph, place: str, found: dict[str, list[Judgement]]) -> dict[str, Corner]:
    """Corners of a place; "other" has the aspects that are none."""
    cells: dict[str, Corner] = {corner: Corner() for corner in (*CORNERS, "other")}
    for one in found.get(place, ()):
        cells[ASPECTS.get(one.aspect, "other")].own.append(one)
    ways, smaller = above(graph), set(things(graph, "City", "District")["id"])
    for other in sorted(found):
        if other != place and other in smaller and place in ways.get(other, ()):
            for one in found[other]:
                cells[ASPECTS.get(one.aspect, "other")].inside.append((other, one))
    return cells


def gem_of(judgements: list[Judgement]) -> tuple[float, tuple[str, ...]] | None:
    """GEM and its sources, where each of its six determinants has one numeric score from 1 to 10; None otherwise."""
    english = {zh: en for en, zh in DETERMINANTS.items()}
    scores: dict[str, set[float]] = defaultdict(set)
    said: set[str] = set()
    for one in judgements:
        key = english.get(one.aspect, one.aspect)
        try:
            score = float(one.rating or "")
        except ValueError:
            continue
        if key in DETERMINANTS and 1 <= score <= 10:
            scores[key].add(score)
            said.update(one.sources)
    if len(scores) < len(DETERMINANTS) or any(len(values) > 1 for values in scores.values()):
        return None
    return gem({key: next(iter(values)) for key, values in scores.items()}), tuple(sorted(said))
