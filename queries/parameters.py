"""What a user writes for a parameter, and what the engine gets for it.

Users write names (深圳, 计算机视觉, 图表3); statements compare ids and pieces of citations. A name is looked up in the
graph first, then in the ontology: what exists but is not in this graph gives no rows and a note, what nobody knows is
an error with near names.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import QueryError, SchemaError
from aikg.ontology.language import Said, say
from aikg.ontology.schema import load_schema
from aikg.queries.sources import source_filters, source_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aikg.graph.stores.protocol import Store
    from aikg.queries.parse import Parameter, Query

__all__ = ["Resolved", "accepted_values", "convert", "known_parameter", "resolve"]

_TRUE, _FALSE = {"true", "yes", "1", "是", "真"}, {"false", "no", "0", "否", "假"}
_SEPARATORS = re.compile(r"[,，、;；\n]")
_PLACES = ("Country", "Region", "Province", "City", "District")
_TAILS = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|地区|省|市|区|县)$")


@dataclass
class Resolved:
    """Parameters as the engine takes them, and what has to be said about them.

    `given` is what the user asked for, with names as the graph writes them; `absent` are values that exist, but not
    in this graph; `sources` are the pieces that a citation must hold (see `sources.source_filters`).
    """

    engine: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    sources: list[list[str]] = field(default_factory=list)


def known_parameter(query: Query, name: str) -> Parameter:
    """The parameter of this name; QueryError that lists the known ones."""
    if name in query.parameters:
        return query.parameters[name]
    known = (
        say(f"known are {', '.join(query.parameters)}", f"可用的有 {'、'.join(query.parameters)}")
        if query.parameters
        else say("it takes none", "它没有参数")
    )
    raise QueryError(say(f"{query.name} has no parameter '{name}'; {known}", f"{query.name} 没有参数“{name}”；{known}"))


def convert(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every parameter with a value of its type: what is given, otherwise the default. None means not given.

    Of a group of which one is asked for (city, province), giving one drops the defaults of the others; giving several
    is a QueryError.

    >>> convert(load_catalogue().get("listings-of-year"), {"year": "2021"})["year"]  # doctest: +SKIP
    2021
    """
    wanted = {name: value for name, value in given.items() if value is not None}
    for name, value in wanted.items():
        parameter = known_parameter(query, name)
        if isinstance(value, str) and not _SEPARATORS.sub("", value).strip():
            raise _empty(parameter)
    values = query.defaults()
    for group in query.choices:
        asked = [name for name in group if wanted.get(name)]
        if len(asked) > 1:
            raise QueryError(
                say(
                    f"{query.name} takes one of {', '.join(group)}; {' and '.join(asked)} are given",
                    f"{query.name} 的 {'、'.join(group)} 只能给一个；现在给了 {'、'.join(asked)}",
                )
            )
        if asked:
            values |= dict.fromkeys(group, "")
        else:
            wanted = {name: value for name, value in wanted.items() if name not in group}
    return values | {name: _typed(query.parameters[name], value) for name, value in wanted.items()}


def _empty(parameter: Parameter) -> QueryError:
    """For `city=`: neither every city nor none is asked for by that, and the note of an answer would say the one or the other."""
    name = parameter.name
    return QueryError(
        say(
            f"parameter {name} is empty; write a value ({name}=…), or leave {name} out",
            f"参数 {name} 是空的；请写出取值（{name}=…），或者不写 {name}",
        )
    )


def _typed(parameter: Parameter, value: Any) -> Any:
    if parameter.datatype == "list":
        items = _SEPARATORS.split(value) if isinstance(value, str) else value
        if not hasattr(items, "__iter__"):
            items = [items]
        return list(dict.fromkeys(text for item in items if (text := str(item).strip())))
    if parameter.datatype == "text":
        if isinstance(value, bool | list | tuple | set | dict):
            raise _unfit(parameter, value, Said("one text", "一段文字"))
        return str(value).strip()
    if parameter.datatype == "boolean":
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            raise _unfit(parameter, value, Said("true or false", "true 或 false（是或否）"))
        return word in _TRUE
    return _number(parameter, value)


def _number(parameter: Parameter, value: Any) -> int | float:
    kind = Said("a whole number", "整数") if parameter.datatype == "integer" else Said("a number", "数")
    try:
        number = float(str(value).strip()) if not isinstance(value, bool) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or (parameter.datatype == "integer" and number != int(number)):
        raise _unfit(parameter, value, kind)
    if number < 0:
        raise _unfit(parameter, value, Said("0 or more", "0 或更大的数"))
    return int(number) if parameter.datatype == "integer" else number


def _unfit(parameter: Parameter, value: Any, kind: Said) -> QueryError:
    return QueryError(
        say(f"parameter {parameter.name}={value!r} is not {kind}", f"参数 {parameter.name}={value!r} 不对，应为{kind}")
    )


def resolve(store: Store, query: Query, given: Mapping[str, Any]) -> Resolved:
    """Names as ids of the graph, sources as pieces of citations. `given` is what the user wrote, before `convert`.

    Raises QueryError for a value that neither the graph nor the ontology knows, and for a name of several things.
    """
    values = convert(query, given)
    made = Resolved(given=dict(values))
    for name, parameter in query.parameters.items():
        value = values[name]
        if parameter.values == "source":
            made.sources = source_filters(store, value)
            made.engine[name] = made.sources
        elif parameter.labels and value:
            items = value if isinstance(value, list) else [value]
            is_default = given.get(name) is None
            found = [_node(store, query, parameter, item, made, is_default=is_default) for item in items]
            ids = [node_id for node_id, _ in found]
            names = ids if name == "id" else [shown for _, shown in found]
            made.engine[name] = ids if isinstance(value, list) else ids[0]
            made.given[name] = names if isinstance(value, list) else names[0]
        elif value and parameter.datatype == "text" and parameter.values:
            made.engine[name] = made.given[name] = _listed(store, query, parameter, value, made)
        else:
            made.engine[name] = value
    return made


def _listed(store: Store, query: Query, parameter: Parameter, text: str, made: Resolved) -> str:
    """The value of a list (of the header, of the ontology, of what a property holds) that `text` is, or is called so."""
    accepted = accepted_values(store, parameter)
    if text in accepted:
        return text
    words = _chinese(query, parameter)
    called = {word: code for code, word in words.items()}
    if called.get(text, "") in accepted:
        return called[text]
    if "." in parameter.values and _is_name(store, parameter.values.partition(".")[0], text):
        return text  # a figure whose wording stands in no list of indicators
    if not accepted or text in called or text in words:
        made.absent.append(text)
        return called.get(text, text)
    near = _near(text, [*accepted, *called])
    listed = ", ".join(near or [*accepted[:8], *(["…"] if len(accepted) > 8 else [])])
    cure = (
        say(f"did you mean {listed}?", f"是不是 {listed}？")
        if near
        else say(f"values are {listed}", f"取值有 {listed}")
    )
    raise QueryError(
        say(f"{parameter.name} '{text}' is not known here; {cure}", f"{parameter.name} 没有“{text}”这个取值；{cure}")
    )


def _is_name(store: Store, label: str, text: str) -> bool:
    return not store.query(f"MATCH (n:{label}) WHERE n.name = $text RETURN n.id AS id LIMIT 1", {"text": text}).empty


def _chinese(query: Query, parameter: Parameter) -> dict[str, str]:
    """Chinese words by value: of labels, relation types, of the code list of a property, of the column of that name."""
    schema = load_schema()
    if parameter.choices:
        codes = next((column.codes for column in query.columns if column.name == parameter.name), {})
        return {code: word for code, word in codes.items() if code in parameter.choices}
    if parameter.values == "@label":
        return {label.name: label.label["zh"] for label in schema.labels.values()}
    if parameter.values == "@relation":
        return {relation.name: relation.label["zh"] for relation in schema.relations.values()}
    if "." in parameter.values:
        label, _, name = parameter.values.partition(".")
        scheme = schema.node_columns(label)[name].scheme
        if scheme:
            from aikg.ontology.concepts import load_concepts

            return {code.name: code.zh or code.name for code in load_concepts().code_list(scheme)}
    return {}


def _node(
    store: Store, query: Query, parameter: Parameter, text: str, made: Resolved, *, is_default: bool
) -> tuple[str, str]:
    """Id and name of the node that `text` names."""
    found = _in_graph(store, parameter.labels, text)
    if not found:
        known = _in_ontology(parameter.labels, text)
        if known is not None:
            found = _in_graph(store, parameter.labels, known[0])
            if not found:
                made.absent.append(known[1])
                return known
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(node_id for node_id, _ in found[:5])
        raise QueryError(
            say(
                f"{parameter.name} '{text}' is {len(found)} things: {listed}; give one of these ids",
                f"{parameter.name} 的“{text}”对应 {len(found)} 个对象：{listed}；请给出其中一个编号",
            )
        )
    if is_default or not _any_node(store, parameter.labels):
        made.absent.append(text)
        return text, text
    other = _of_other_kind(store, text)
    if other is not None:
        label, node_id = other
        fitting = next((p.name for p in query.parameters.values() if label in p.labels), None)
        cure = say(f"; write {fitting}={text}", f"；请改写 {fitting}={text}") if fitting else ""
        raise QueryError(
            say(
                f"{parameter.name} '{text}' is a {label} ({node_id}); it must be a {' or '.join(parameter.labels)}{cure}",
                f"{parameter.name} 的“{text}”是 {label} ({node_id})；应为 {'、'.join(parameter.labels)}{cure}",
            )
        )
    raise QueryError(_unknown(store, parameter, text))


def _in_graph(store: Store, labels: Sequence[str], text: str) -> list[tuple[str, str]]:
    """(id, name) of the nodes of these labels that `text` names: by id, else by name, else by alias."""
    wanted = sorted({text, unicodedata.normalize("NFKC", text), text.strip("《》“”\"' ")})
    # The labels are those of a header of ours, checked against the ontology by a test; the text is a parameter.
    rows = store.query(
        f"MATCH (n:{'|'.join(labels)}) "
        "WHERE n.id IN $wanted OR n.name IN $wanted OR any(alias IN n.aliases WHERE alias IN $wanted) "
        "RETURN n.id AS id, n.name AS name, "
        "CASE WHEN n.id IN $wanted THEN 0 WHEN n.name IN $wanted THEN 1 ELSE 2 END AS rank ORDER BY rank, id",
        {"wanted": wanted},
        row_limit=100,
    )
    return [(str(r.id), str(r.name)) for r in rows.itertuples(index=False) if r.rank == rows["rank"].iloc[0]]


def _in_ontology(labels: Sequence[str], text: str) -> tuple[str, str] | None:
    """(id, name) of what the code table of places or the schemes of the chain call so, None if they do not."""
    levels = [label for label in labels if label in _PLACES]
    if levels:
        from aikg.ontology.places import load_places

        for label in levels:
            try:
                place = load_places().resolve(text, level=label.lower()).place
            except SchemaError:  # a code that the table does not have
                continue
            if place is not None:
                return place.id, place.name
    if len(levels) < len(labels):
        from aikg.ontology.concepts import load_concepts

        concept = load_concepts().get(text) or load_concepts().find(text)
        if concept is not None and concept.label in labels:
            return concept.id, concept.name
    return None


def _any_node(store: Store, labels: Sequence[str]) -> bool:
    return not store.query(f"MATCH (n:{'|'.join(labels)}) RETURN n.id AS id LIMIT 1").empty


def _unknown(store: Store, parameter: Parameter, text: str) -> str:
    names = _names(store, parameter.labels)
    near = _near(text, names)
    what = say(f"{parameter.name} '{text}' is not in this graph", f"本图没有 {parameter.name}“{text}”")
    if near:
        return say(f"{what}; did you mean {', '.join(near)}?", f"{what}；是不是 {'、'.join(near)}？")
    more = " …" if len(names) > 8 else ""
    return say(f"{what}; it holds {', '.join(names[:8])}{more}", f"{what}；图里有 {'、'.join(names[:8])}{more}")


def _of_other_kind(store: Store, text: str) -> tuple[str, str] | None:
    """Label and id of a node of any label that `text` names."""
    rows = store.query(
        "MATCH (n) WHERE n.name = $text OR n.id = $text RETURN head(labels(n)) AS label, n.id AS id ORDER BY id",
        {"text": text},
    )
    return None if rows.empty else (str(rows["label"].iloc[0]), str(rows["id"].iloc[0]))


def _near(text: str, names: Iterable[str]) -> list[str]:
    """Up to three names like `text`, compared without 省, 市, 区, 县, since two characters are soon alike."""
    short: dict[str, list[str]] = {}
    for name in names:
        short.setdefault(_TAILS.sub("", name).lower(), []).append(name)
    word = _TAILS.sub("", text).lower()
    alike = {key: difflib.SequenceMatcher(None, word, key).ratio() for key in short}
    best = max(alike.values(), default=0.0)
    found = sorted((k for k in short if alike[k] >= max(0.5, best - 0.2)), key=lambda k: (-alike[k], k))
    inside = sorted(key for key in short if len(word) > 1 and word in key and key not in found)
    return [name for key in [*found, *inside] for name in short[key]][:3]


def _names(store: Store, labels: Sequence[str]) -> list[str]:
    rows = store.query(
        f"MATCH (n:{'|'.join(labels)}) WHERE n.name IS NOT NULL RETURN DISTINCT n.name AS value ORDER BY value"
    )
    return [str(value) for value in rows["value"]]


def accepted_values(store: Store, parameter: Parameter) -> list[str]:
    """Values that exist in this store for a parameter; empty where none can be listed."""
    if parameter.values == "source":
        return source_values(store)
    if parameter.labels:
        return _names(store, parameter.labels)
    if parameter.choices:
        return list(parameter.choices)
    if parameter.values in ("@label", "@relation"):
        held = store.schema()
        return sorted(held.labels if parameter.values == "@label" else held.types)
    if parameter.values:
        label, _, name = parameter.values.partition(".")
        rows = store.query(
            f"MATCH (n:{label}) WHERE n.{name} IS NOT NULL RETURN DISTINCT n.{name} AS value ORDER BY value"
        )
        return [str(value) for value in rows["value"]]
    return []
