"""What a measure is to the command line, the console and the docs: its words, and the function that computes it.

The parameters of a measure are the keyword parameters of its function: their names, types and defaults stand in the
signature and nowhere else. A measure only adds what they mean, in two languages.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CODES", "GROUPS", "Measure"]

GROUPS = {
    "centrality": {"zh": "中心性", "en": "Centrality"},
    "communities": {"zh": "社群", "en": "Communities"},
    "clusters": {"zh": "集群", "en": "Clusters"},
    "chain": {"zh": "产业链", "en": "Chain"},
    "policy": {"zh": "政策", "en": "Policy"},
}
CODES: dict[str, dict[str, str]] = {
    "state": {
        "strong": "强", "present": "有", "thin": "薄弱", "stated": "仅见表述", "none": "无", "not recorded": "未见记载",
        "recorded": "有记载", "too few": "样本不足",
    },
    "action": {"strong": "强链", "fill": "补链", "extend": "延链"},
    "basis": {"stated": "来源写明", "use": "场景使用", "layers": "由层次推得"},
    "reasons": {"provider_hhi": "提供地集中", "one_firm": "仅一家企业", "outside": "供应来自外部"},
    "reading": {"aims beyond reach": "力所不及", "overlooked strength": "被忽视的优势"},
}  # fmt: skip
"""Chinese words for the codes in columns of results, by column; in English the codes are words themselves."""
Texts = tuple[str, str]
"""A text in Chinese and in English."""


@dataclass(frozen=True)
class Measure:
    """One measure: ``aikg analyze NAME key=value``. `compute(graph, **parameters)` takes a KnowledgeGraph and returns a frame.

    `title` and `method` are (zh, en); `parameters` and `columns` say by name what each means, (zh, en). Every keyword
    parameter of `compute` has a text, and every column it can return.
    """

    name: str
    group: str
    title: Texts
    method: Texts
    compute: Callable[..., pd.DataFrame]
    columns: Mapping[str, Texts]
    parameters: Mapping[str, Texts] = field(default_factory=dict)

    def signature(self) -> dict[str, inspect.Parameter]:
        """Keyword parameters of the function, by name, with annotation (as text) and default."""
        found = inspect.signature(self.compute).parameters.values()
        return {p.name: p for p in found if p.kind is inspect.Parameter.KEYWORD_ONLY}

    def defaults(self) -> dict[str, Any]:
        """Parameters with their defaults; those that must be given are left out."""
        return {name: p.default for name, p in self.signature().items() if p.default is not inspect.Parameter.empty}
