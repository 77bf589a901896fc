"""Code lists and the vocabulary of the chain: segments, technologies, industries, fields, stages, indicators.

A concept that is a node of the graph has the node's id.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from aikg.ontology.errors import SchemaError
from aikg.ontology.language import say
from aikg.ontology.skos_reader import (
    MAPPING_KINDS,
    Concept,
    Indicator,
    Vocabulary,
    by_word,
    normal_form,
    read_indicators,
    read_lists,
    read_official_layers,
)

__all__ = ["MAPPING_KINDS", "ROOT", "Concept", "Concepts", "Indicator", "load_concepts", "normal_form"]

ROOT = "segment:人工智能"

_NOUN_BEHIND = re.compile(r"(?<=..)等?(?:产业|行业|领域|技术)$")
_SCOPE_BEFORE = re.compile(r"^(?:全国|我国|中国|国内|全省|全市|全区|全球|世界|累计)(?=..)")
_UNIT_BEHIND = re.compile(r"\([^()]*\)$")


class Concepts:
    """All concepts. Get them with `load_concepts()`; files are read when first needed."""

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.read()

    @cached_property
    def _lists(self) -> dict[str, tuple[Concept, ...]]:
        return read_lists()

    @cached_property
    def _stages(self) -> dict[str, Concept]:
        return by_word(self.financing_stages())

    @cached_property
    def _indicators(self) -> tuple[dict[str, Indicator], tuple[Indicator, ...]]:
        return read_indicators()

    def get(self, concept_id: str) -> Concept | None:
        """The concept with this id, None if there is none.

        >>> load_concepts().get("layer:基础层").en
        'Foundation layer'
        """
        return self._vocabulary.by_id.get(concept_id)

    def all(self) -> tuple[Concept, ...]:
        """Every concept that can be a node, by id."""
        return tuple(concept for _, concept in sorted(self._vocabulary.by_id.items()))

    def find(self, word: str) -> Concept | None:
        """The concept that a word names (Chinese or English, preferred or alternative); None if none.

        A noun behind it that adds nothing (产业, 行业, 领域, 技术) may be there or not.

        >>> load_concepts().find("ＡＩ").id
        'segment:人工智能'
        """
        known, text = self._vocabulary.by_word, normal_form(word)
        return known.get(text) or known.get(_NOUN_BEHIND.sub("", text))

    def mappings(self, concept_id: str) -> tuple[tuple[str, str], ...]:
        """(kind of match, segment id) pairs of a word of the concordance; empty if no segment fits.

        >>> load_concepts().mappings("tech:机器视觉")
        (('closeMatch', 'segment:计算机视觉'),)
        """
        return self._vocabulary.mappings.get(concept_id, ())

    def layers(self) -> tuple[Concept, ...]:
        """The layers of the main scheme from upstream to downstream."""
        found = [c for c in self._vocabulary.by_id.values() if c.label == "ChainLayer"]
        return tuple(sorted(found, key=lambda c: c.order or 0))

    def segments(self, layer: str | None = None, *, refinements: bool = False) -> tuple[Concept, ...]:
        """Segments in the order of the scheme, without the root; of one layer (name or id) if given.

        Segments below another segment are left out unless `refinements` is set, since coverage counts those
        directly under a layer.

        >>> [c.name for c in load_concepts().segments("基础层")][:2]
        ['智能芯片', '智能传感器']
        """
        layers = {c.id: c for c in self.layers()}
        wanted = set(layers)
        if layer is not None:
            wanted = {c.id for c in layers.values() if layer in (c.id, c.name, c.en)}
            if not wanted:
                names = [c.name for c in layers.values()]
                raise SchemaError(
                    say(
                        f"layer {layer!r} is not one of {', '.join(names)}",
                        f"产业链层“{layer}”应为 {'、'.join(names)} 之一",
                    )
                )
        found = [
            c
            for c in self._vocabulary.by_id.values()
            if c.label == "ChainSegment" and c.layer in wanted and (refinements or c.broader in layers)
        ]
        return tuple(sorted(found, key=lambda c: [int(n) for n in (c.notation or "0").split(".")]))

    def upstream(self) -> tuple[tuple[str, str], ...]:
        """(upstream id, downstream id) pairs that the main scheme states."""
        return self._vocabulary.upstream

    def official_layers(self) -> tuple[tuple[Concept, tuple[tuple[str, str], ...]], ...]:
        """The official four tiers of 2024, each with its (kind of match, id) pairs to the main scheme."""
        return read_official_layers()

    def gazetteer(self) -> dict[str, str]:
        """Concept id by word, for finding names in running text; without words too common for that."""
        words: dict[str, str] = {}
        for concept in self.all():
            if not concept.cell_only:
                words |= dict.fromkeys((concept.name, *concept.alternatives), concept.id)
        return dict(sorted(words.items()))

    def financing_stages(self) -> tuple[Concept, ...]:
        """Financing stages, first to last. `order` is None for those that may come at any time (战略融资)."""
        return self.code_list("financing_stage")

    def find_stage(self, text: str) -> Concept | None:
        """The financing stage that a text names; None for a dash or an unknown text.

        >>> load_concepts().find_stage("PreA 轮融资").name
        'Pre-A轮'
        """
        word = normal_form(text)
        return self._stages.get(word) or self._stages.get(word.removesuffix("融资"))

    def code_list(self, name: str) -> tuple[Concept, ...]:
        """Entries of a code list in their order; SchemaError for an unknown list.

        >>> [c.name for c in load_concepts().code_list("maturity")]
        ['成熟', '新兴', '未来']
        """
        if name == "indicator":
            return tuple(
                Concept(f"indicator:{i.name}", "", i.name, i.en, i.wordings, zh=i.name, definition=i.definition)
                for i in self.indicators()
            )
        if name not in self._lists:
            raise SchemaError(
                say(
                    f"code list {name!r} is not one of {', '.join(self.code_lists())}",
                    f"代码表“{name}”应为 {'、'.join(self.code_lists())} 之一",
                )
            )
        return self._lists[name]

    def code_lists(self) -> tuple[str, ...]:
        """Names of all code lists."""
        return tuple(sorted([*self._lists, "indicator"]))

    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the file."""
        return self._indicators[1]

    def find_indicator(self, text: str) -> Indicator | None:
        """The indicator that a wording names, None if the list does not have it.

        Only whole wordings count, since 企业数量 and 企业数量增速 are different indicators; a unit in brackets
        behind and a word of scope (全国, 全省, 全球) before are left out.

        >>> load_concepts().find_indicator("社会融资规模增量（亿元）").unit_family
        'money'
        """
        known = self._indicators[0]
        word = _UNIT_BEHIND.sub("", normal_form(text))
        return known.get(normal_form(text)) or known.get(word) or known.get(_SCOPE_BEFORE.sub("", word))


@lru_cache(maxsize=1)
def load_concepts() -> Concepts:
    """The shipped vocabulary, read once per process."""
    return Concepts()
