"""All measures of the graph by name: what ``aikg analyze`` lists and runs."""

from __future__ import annotations

import difflib
import math
import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.measure import GROUPS, Measure
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["analyze", "load_measures", "measure_named"]

_MODULES = ("network_measures", "clusters_measures", "chain_measures", "policy_measures")
_SEPARATORS = re.compile(r"[,，、;；\n]")
_TRUE, _FALSE = {"true", "yes", "1", "是", "真"}, {"false", "no", "0", "否", "假"}


@lru_cache(maxsize=1)
def load_measures() -> dict[str, Measure]:
    """Measures by name, in the order of their groups."""
    found = [measure for module in _MODULES for measure in import_module(f"aikg.graph.analysis.{module}").MEASURES]
    order = list(GROUPS)
    return {measure.name: measure for measure in sorted(found, key=lambda m: (order.index(m.group), m.name))}


def measure_named(name: str) -> Measure:
    """The measure of this name; QueryError with near names for an unknown one."""
    measures = load_measures()
    wanted = name.strip().lower().replace("_", "-")
    if wanted in measures:
        return measures[wanted]
    near = (
        difflib.get_close_matches(wanted, measures, n=3, cutoff=0.5)
        or [m for m in measures if wanted and wanted in m][:3]
    )
    if near:
        raise QueryError(
            say(
                f"no measure '{name}'; did you mean {', '.join(near)}?",
                f"没有“{name}”这个指标；是不是 {'、'.join(near)}？",
            )
        )
    raise QueryError(
        say(f"no measure '{name}'; there are {', '.join(measures)}", f"没有“{name}”这个指标；有 {'、'.join(measures)}")
    )


def analyze(graph: KnowledgeGraph, name: str, given: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Compute a measure. `given` are its parameters, as text (``"3"``, ``"深圳,杭州"``) or as values of their type.

    Raises QueryError for an unknown measure, parameter or value.

    >>> analyze(graph, "location-quotient", {"min_count": "1"})  # doctest: +SKIP
    """
    measure = measure_named(name)
    signature = measure.signature()
    wanted = {}
    for key, value in (given or {}).items():
        if key not in signature:
            known = say(f"known are {', '.join(signature)}", f"可用的有 {'、'.join(signature)}")
            none = say("it takes none", "它没有参数")
            said = known if signature else none
            raise QueryError(say(f"{name} has no parameter '{key}'; {said}", f"{name} 没有参数“{key}”；{said}"))
        wanted[key] = _converted(key, str(signature[key].annotation), value)
        number = wanted[key]
        if isinstance(number, int | float) and number < 0 and number != signature[key].default:
            raise _unfit(key, value, say("0 or more", "0 或更大的数"))
    missing = [key for key, p in signature.items() if p.default is p.empty and key not in wanted]
    if missing:
        raise QueryError(
            say(f"{name} needs {missing[0]}; write {missing[0]}=…", f"{name} 需要 {missing[0]}；请写 {missing[0]}=…")
        )
    try:
        return measure.compute(graph, **wanted)
    except ValueError as error:  # what the pure functions say of a value that is out of range
        raise QueryError(say(f"{name}: {error}", f"指标 {name}：{error}")) from error


def _converted(key: str, annotation: str, value: Any) -> Any:
    """A value of the type that a signature names: ``str``, ``int``, ``float``, ``bool``, ``list[str]``, or one of these or None."""
    kind = annotation.removesuffix(" | None").removeprefix("None | ")
    if value is None:
        return None
    if isinstance(value, str) and not value.strip():
        raise QueryError(
            say(
                f"parameter {key} is empty; write a value, or leave {key} out",
                f"参数 {key} 是空的；请写出取值，或者不写 {key}",
            )
        )
    if kind.startswith(("list", "Sequence", "Iterable", "tuple")):
        items = _SEPARATORS.split(value) if isinstance(value, str) else list(value)
        return [text for item in items if (text := str(item).strip())]
    if kind == "bool":
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            raise _unfit(key, value, say("true or false", "true 或 false（是或否）"))
        return word in _TRUE
    if kind in ("int", "float"):
        whole = kind == "int"
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number) or (whole and number != int(number)):
            raise _unfit(key, value, say("a whole number", "整数") if whole else say("a number", "数"))
        return int(number) if whole else number
    return str(value).strip()


def _unfit(key: str, value: Any, kind: str) -> QueryError:
    return QueryError(say(f"parameter {key}={value!r} is not {kind}", f"参数 {key}={value!r} 不对，应为{kind}"))
