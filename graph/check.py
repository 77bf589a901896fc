"""The written rules of the ontology, checked on frames; and what only frames can show (`check_frames`).

SHACL (`shapes.ttl`) stays the rule. This reads the same rules as `Schema.constraints` and finds, column by
column, the same violations as a SHACL validator over `to_rdf(graph)`, some hundred times faster.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aikg.graph.check_frames import dangling_ends, find_faults
from aikg.graph.columns import NULL_END, UNKNOWN_END, Columns, Ends, Parts, flat
from aikg.graph.findings import Findings
from aikg.ontology.uscc import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.ontology.constraints import Constraint

__all__ = ["check", "check_frames", "check_rules"]

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Rows = np.ndarray[Any, np.dtype[np.int64]]


def check(graph: KnowledgeGraph) -> pd.DataFrame:
    """Violations of the ontology's rules and faults of the frames; no row means that none was found.

    One row for each. Columns: `severity` (violation, warning, info, in this order), `label` (label or relation
    type), `id`, `property` (`subject` and `object` are the ends of an edge), `value` (as text, null where a
    value is missing), `message_zh`, `message_en`. Sorted by severity, label, id, property.

    Beside what `check_rules` and `check_frames` say, an edge whose end is no node gets one row that says so,
    instead of one for each rule about that end.

    >>> check(graph).loc[0, ["id", "message_en"]].tolist()  # doctest: +SKIP
    ['company:示例', 'founded must be 2022, 2022-09 or 2022-09-01']
    """
    parts, found = Parts(graph), Findings()
    _rules(parts, found, dangling=False)
    find_faults(parts, found)
    dangling_ends(parts, found)
    return found.frame()


def check_rules(graph: KnowledgeGraph) -> pd.DataFrame:
    """What the rules of `shapes.ttl` say, as a SHACL validator would. Columns as in `check`.

    Two differences from pyshacl remain, both towards the standard's side: `$` in a pattern is the end of the
    text and nothing else (pyshacl lets a line feed follow), and a NaN is never within bounds.
    Rows with the same id are judged one by one, where RDF has one node with the values of both.
    """
    found = Findings()
    _rules(Parts(graph), found, dangling=True)
    return found.frame()


def check_frames(graph: KnowledgeGraph) -> pd.DataFrame:
    """Faults of the frames that no rule about RDF can show. Columns as in `check`, faults as in `FAULTS`."""
    parts, found = Parts(graph), Findings()
    find_faults(parts, found)
    dangling_ends(parts, found)
    return found.frame()


def _rules(parts: Parts, found: Findings, *, dangling: bool) -> None:
    """Add all violations. With `dangling`, an end that is no node breaks the rules about that end, as in SHACL."""
    for frames in (parts.nodes, parts.edges):
        for name, columns in frames.items():
            for rule in parts.schema.constraints_for(name):
                if rule.kind in ("class", "same_label"):
                    _check_ends(rule, name, columns, parts, found, dangling=dangling)
                elif rule.property in columns.table.column_names:
                    _check_values(rule, name, columns, found)
    for rule in parts.schema.constraints:
        if rule.kind == "single":
            _check_single(rule, parts, found)


def _check_values(rule: Constraint, name: str, columns: Columns, found: Findings) -> None:
    for start, batch in columns.batches():
        ill = {column: texts.slice(start, batch.num_rows) for column, texts in columns.ill.items()}
        for rows, values in _broken(rule, batch, ill):
            found.of_rule(rule, name, batch["id"].take(pa.array(rows)), rule.property, values)


def _broken(
    rule: Constraint, batch: pa.RecordBatch, ill: dict[str, pa.Array]
) -> Iterator[tuple[Rows, pa.Array | None]]:
    """Rows that break the rule, with the values that do; a list gives a row for each wrong element."""
    column = batch[rule.property]
    rows, values = flat(column)
    if rule.kind == "required":
        filled = np.zeros(batch.num_rows, dtype=bool)
        filled[rows[_numpy(pc.is_valid(values))]] = True
        if rule.property in ill:
            filled |= _numpy(pc.is_valid(ill[rule.property]))
        if rule.unless:
            filled |= _numpy(pc.fill_null(pc.equal(batch[rule.unless[0]], rule.unless[1]), False))
        yield np.flatnonzero(~filled), None
        return
    if rule.kind == "at_most":
        yield from _not_at_most(batch, rule, ill)
        return
    if rule.property in ill and rule.kind in ("datatype", "min", "max"):  # text is no number and above none
        wrong = np.flatnonzero(_numpy(pc.is_valid(ill[rule.property])))
        yield wrong, ill[rule.property].take(pa.array(wrong))
    if rule.kind in _TESTS:
        wrong = np.flatnonzero(_TESTS[rule.kind](values, rule.values) & _numpy(pc.is_valid(values)))
        yield rows[wrong], values.take(pa.array(wrong))


def _not_at_most(batch: pa.RecordBatch, rule: Constraint, ill: dict[str, pa.Array]) -> Iterator[tuple[Rows, pa.Array]]:
    """Value above the bound in the same row; nothing is said where one of the two is unknown."""
    bound_name = str(rule.values[0])
    value, bound = batch[rule.property], batch[bound_name]
    wrong = np.flatnonzero(_numpy(pc.invert(pc.fill_null(pc.less_equal(value, bound), True))))
    yield wrong, value.take(pa.array(wrong))
    # Text beside a number cannot be compared, which breaks the rule too; two texts are compared as texts.
    value_text, bound_text = (ill.get(name, pa.nulls(len(batch), pa.string())) for name in (rule.property, bound_name))
    mixed = pc.or_(
        pc.and_(pc.is_valid(value_text), pc.is_valid(bound)),
        pc.and_(pc.is_valid(value), pc.is_valid(bound_text)),
    )
    above = pc.fill_null(pc.greater(value_text, bound_text), False)
    wrong = np.flatnonzero(_numpy(pc.or_(mixed, above)))
    shown = pc.coalesce(value_text, value.cast(pa.string()))
    yield wrong, shown.take(pa.array(wrong))


def _numpy(array: pa.Array) -> Mask:
    return np.array(array.to_numpy(zero_copy_only=False), dtype=bool)


# -- one test per kind: values and parameters in, True where a (known) value breaks the rule ----------


def _no_match(values: pa.Array, wanted: tuple[str | float, ...]) -> Mask:
    """Values that the pattern is not found in. RE2 accepts nearly all at once, Python's `re` judges the rest.

    The two differ in what is a blank (RE2: ASCII only), in `\\W`, `\\D`, `\\b`, and RE2 refuses look-ahead.
    """
    pattern = str(wanted[0])
    wrong = np.ones(len(values), dtype=bool)
    if not re.search(r"\\[WDBb]", pattern):
        with contextlib.suppress(pa.ArrowInvalid):
            wrong = ~_numpy(pc.fill_null(pc.match_substring_regex(values, pattern=pattern), True))
            if re.search(r"\\[sS]", pattern):
                wrong |= _numpy(pc.fill_null(pc.match_substring_regex(values, pattern=_OTHER_BLANKS), False))
    doubtful = values.filter(pa.array(wrong))
    judge = re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern))
    refused = pa.array(
        [v for v in pc.unique(doubtful).to_pylist() if v is not None and not judge.search(v)], pa.string()
    )
    wrong[wrong] = _numpy(pc.is_in(doubtful, value_set=refused))
    return wrong


# What Python's `\s` knows beyond RE2's [\t\n\f\r ].
_OTHER_BLANKS = r"[\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"


def _not_in(values: pa.Array, wanted: tuple[str | float, ...]) -> Mask:
    return ~_numpy(pc.is_in(values.cast(pa.string()), value_set=pa.array([str(w) for w in wanted])))


def _below(values: pa.Array, wanted: tuple[str | float, ...]) -> Mask:
    if not _is_number(values):
        return np.ones(len(values), dtype=bool)  # SHACL: what cannot be compared breaks the rule
    return ~_numpy(pc.fill_null(pc.greater_equal(values, wanted[0]), True))


def _above(values: pa.Array, wanted: tuple[str | float, ...]) -> Mask:
    if not _is_number(values):
        return np.ones(len(values), dtype=bool)
    return ~_numpy(pc.fill_null(pc.less_equal(values, wanted[0]), True))


def _is_number(values: pa.Array) -> bool:
    return bool(pa.types.is_integer(values.type) or pa.types.is_floating(values.type))


def _too_long(values: pa.Array, wanted: tuple[str | float, ...]) -> Mask:
    return _numpy(pc.fill_null(pc.greater(pc.utf8_length(values), wanted[0]), False))


def _wrong_check_sign(values: pa.Array, _: tuple[str | float, ...]) -> Mask:
    """18 signs whose weighted sum is no multiple of 31; a foreign sign counts 0, as in the rule's SPARQL."""
    wrong = np.zeros(len(values), dtype=bool)
    candidates = np.flatnonzero(_numpy(pc.fill_null(pc.equal(pc.utf8_length(values), 18), False)))
    if len(candidates):
        texts = np.array(values.take(pa.array(candidates)).to_pylist(), dtype="U18")
        points = texts.view(np.uint32).reshape(len(texts), 18)
        worth = np.zeros(129, dtype=np.int64)
        worth[[ord(sign) for sign in ALPHABET]] = np.arange(31)
        weights = np.array([pow(3, i, 31) for i in range(17)] + [1])
        wrong[candidates] = (worth[np.minimum(points, 128)] * weights).sum(axis=1) % 31 != 0
    return wrong


_TESTS: dict[str, Callable[[pa.Array, tuple[str | float, ...]], Mask]] = {
    "pattern": _no_match,
    "in": _not_in,
    "min": _below,
    "max": _above,
    "max_length": _too_long,
    "uscc": _wrong_check_sign,
}


# -- rules about ends and about several rows ----------------------------------------------------------


def _check_ends(
    rule: Constraint, name: str, columns: Columns, parts: Parts, found: Findings, *, dangling: bool
) -> None:
    ends = parts.ends[name]
    code = ends.subject if rule.property == "subject" else ends.object
    if rule.kind == "class":
        allowed = np.zeros(len(parts.codes) + 2, dtype=bool)  # the last two stand for no node and for null
        allowed[[parts.codes[str(label)] for label in rule.values]] = True
        wrong = ~allowed[code]
        if rule.when:
            wrong &= ends.subject == parts.codes[rule.when[1]]
    else:
        wrong = (ends.subject != ends.object) | (ends.subject == UNKNOWN_END)
    # Without both ends there is no triple that SHACL could judge; the missing end is a fault of the frame.
    wrong &= (ends.subject != NULL_END) & (ends.object != NULL_END)
    if not dangling:
        wrong &= _known(ends) if rule.kind == "same_label" else code != UNKNOWN_END
    rows = pa.array(np.flatnonzero(wrong))
    found.of_rule(rule, name, columns.table["id"].take(rows), rule.property, columns.table[rule.property].take(rows))


def _known(ends: Ends) -> Mask:
    return np.asarray((ends.subject != UNKNOWN_END) & (ends.object != UNKNOWN_END))


def _check_single(rule: Constraint, parts: Parts, found: Findings) -> None:
    """Two values for one id. A frame has one cell, so only rows that share an id can break this."""
    is_edge = rule.target == "Edge" or rule.target in parts.edges
    frames, repeated = (parts.edges, parts.repeated_edges) if is_edge else (parts.nodes, parts.repeated_nodes)
    tables = {
        name: columns.table.select(["id", rule.property]).filter(pc.is_in(columns.table["id"], value_set=repeated))
        for name, columns in frames.items()
        if rule.target in ("Node", "Edge", name) and rule.property in columns.table.column_names
    }
    if rule.property == "id" or not len(repeated) or not tables:
        return
    rows = pd.concat(
        pd.DataFrame({"label": name, "id": table["id"].to_pylist(), "value": table[rule.property].to_pylist()})
        for name, table in tables.items()
    )
    rows = rows[rows["value"].notna()].drop_duplicates()
    rows = rows[rows.groupby("id")["value"].transform("nunique") > 1]
    for name, group in rows.groupby("label"):
        ids, values = (pa.array(group[column].tolist()) for column in ("id", "value"))
        found.of_rule(rule, str(name), ids, rule.property, values)
