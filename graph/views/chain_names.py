"""Names in the language of a picture, and names broken into lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aikg.graph.analysis.facts import names_of
from aikg.graph.analysis.names import PLACES
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import shown
from aikg.ontology.concepts import load_concepts
from aikg.ontology.places import load_places
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["broken", "layers_in_order", "names_in", "words_of"]


def names_in(graph: KnowledgeGraph, lang: str) -> dict[str, str]:
    """Names by id; in English, layers, segments and places have the English name that the ontology
    gives them, if any.

    >>> names_in(graph, "en")["layer:基础层"]  # doctest: +SKIP
    'Foundation layer'
    """
    names = {node: name if isinstance(name, str) else node for node, name in names_of(graph).items()}
    if lang == "en":
        for label in ("ChainLayer", "ChainSegment"):
            for node in names_of(graph, label):
                concept = load_concepts().get(node)
                if concept is not None and concept.en:
                    names[node] = concept.en
        for label in PLACES:
            for node in names_of(graph, label):
                place = load_places().find(node)
                if place is not None and place.name_en:
                    names[node] = place.name_en
    return names


def layers_in_order(graph: KnowledgeGraph) -> list[tuple[str, str]]:
    """Ids and names of the layers from upstream to downstream: as the graph numbers them (those without a number last).

    A graph that records segments and no layers has those of the scheme, which place its segments.
    """
    frame = graph.nodes.get("ChainLayer")
    if frame is None:
        return [(c.id, c.name) for c in load_concepts().layers()] if "ChainSegment" in graph.nodes else []
    order = list(frame["order"]) if "order" in frame else [None] * len(frame)
    listed = [
        (
            math.inf if rank is None or is_null(rank) else float(rank),
            str(node),
            str(node) if is_null(name) else str(name),
        )
        for node, name, rank in zip(frame["id"], frame["name"], order, strict=True)
    ]
    return [(node, name) for _, node, name in sorted(listed)]


def broken(text: str, width: float, size: float, most: int) -> list[str]:
    """A name in lines of at most `width` pixels at `size`, about equally long; line `most` is cut with … .

    >>> broken("生物特征识别", 60, 12, 4)
    ['生物特', '征识别']
    """
    plain = shown(text)
    lines = _filled(plain, width, size)
    if len(lines) > most:
        return [*lines[: most - 1], shown(" ".join(lines[most - 1 :]), width, size)]
    # No narrower than the longest word, which would be broken.
    longest = max((text_width(word, size) for word in words_of(plain)), default=0.0)
    even = max(text_width(plain, size) / max(len(lines), 1), longest)
    for share in range(6):
        tried = _filled(plain, min(width, even + share * size + 0.1), size)
        if len(tried) == len(lines):
            return tried
    return lines


def words_of(text: str) -> list[str]:
    """The parts of a name that no line break should cut: words, and single Chinese signs.

    >>> words_of("AI芯片")
    ['AI', '芯', '片']
    """
    return [piece.strip() for piece in _pieces(shown(text), float("inf"), 12.0)]


def _filled(plain: str, width: float, size: float) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(plain, width, size):
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()]


def _pieces(plain: str, width: float, size: float) -> list[str]:
    """Where a line may break: behind blanks and Chinese signs, and anywhere in a word that is wider than a line."""
    made, word = [], ""
    for sign in plain:
        if word and text_width(word + sign, size) > width:
            made.append(word)
            word = ""
        if word and ord(sign) > 0x2E7F:
            made.append(word)
            word = ""
        word += sign
        if sign in " /-" or ord(sign) > 0x2E7F:
            made.append(word)
            word = ""
    return [*made, word] if word else made
