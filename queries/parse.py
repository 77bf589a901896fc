"""Reads the `.cypher` files of the catalogue: a comment header that says everything about a question, then one statement.

A header line is ``// key: value``; a line ``//   …`` indented by three blanks goes on with the line above. Keys::

    name, theme, title.zh, title.en, question.zh, question.en
    method.zh, method.en    how it counts (optional)
    parameter:  name | datatype | default | values | zh | en
    choice:     city, province      one of them is asked for: giving one drops the defaults of the others
    returns:    name | zh | en
    codes:      state | present = 有, thin = 仅一家      what codes of a column mean in Chinese (in English they are words),
                severity | @severity                   or where that stands: a code list, label, relation or property
    blank:      columns in which null means that the column does not apply (in others it is: not recorded)
    needs:      labels and relation types without which there is no answer
    plan:       CartesianProduct | zh | en      why Neo4j's plan may hold an operator that a test otherwise forbids
    example:    segment=智能芯片 source=图表3
    empty.zh, empty.en      what no row means

`values` says where the accepted values of a parameter come from: labels of nodes (``City``, ``ChainSegment,Technology``),
a property (``Event.date_year``), ``source``, all labels or relation types (``@label``, ``@relation``), a list
(``=City,Province``), or nothing. ``parameter: source`` alone is the parameter that most have.

In a statement three conditions are written short, and read as Cypher from `Query.statement` on (see `_CONDITIONS`):
``from_source(r.sources)``, ``only_from_source(c.sources)`` and ``way_from_source(up)``.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DATATYPES", "LANGUAGES", "THEMES", "Column", "Parameter", "Query", "parse_query"]

LANGUAGES = ("zh", "en")
DATATYPES = ("text", "integer", "number", "boolean", "list")
THEMES = {
    "chain": {"zh": "产业链", "en": "Industry chain"},
    "supply": {"zh": "供需与依赖", "en": "Supply and dependence"},
    "clusters": {"zh": "集群与园区", "en": "Clusters and parks"},
    "places": {"zh": "地方对比", "en": "Places compared"},
    "policy": {"zh": "政策", "en": "Policy"},
    "companies": {"zh": "企业", "en": "Companies"},
    "technology": {"zh": "技术与场景", "en": "Technology and scenarios"},
    "indicators": {"zh": "指标", "en": "Indicators"},
    "evidence": {"zh": "出处与矛盾", "en": "Provenance and contradictions"},
}
_SOURCE = (
    "source | list | | source | 只计入这些来源：文件标题或 id、图表号，可多个"
    " | count only these sources: title or id of a document, number of a table; several"
)
_ASKED = "any(wanted IN $source WHERE all(piece IN wanted WHERE (cited + ';') CONTAINS piece))"
# `$source` is a list of filters, of which one must fit; a filter is a list of pieces that a citation must hold; no filter
# is no limit. Every statement asks this of many relations, so that it stands here once. What comes from the code table
# (the ancestors of a place) holds whatever source is asked for.
_CONDITIONS = {
    "from_source": f"(size($source) = 0 OR any(cited IN {{0}} WHERE {_ASKED}))",
    "only_from_source": f"(size($source) = 0 OR all(cited IN {{0}} WHERE {_ASKED}))",
    "way_from_source": f"all(step IN {{0}} WHERE size($source) = 0 OR step.method = 'code_table'"
    f" OR any(cited IN step.sources WHERE {_ASKED}))",
}
_CONDITION = re.compile(r"\b(?P<name>" + "|".join(_CONDITIONS) + r")\((?P<of>\w+(?:\.\w+|\(\w+\))?)\)")
_HEADER = re.compile(r"//(?: (?P<more>  )?(?P<text>.*))?")
_ENTRY = re.compile(r"(?P<key>[a-z]+(?:\.(?:zh|en))?):\s*(?P<value>.*)")
_IN_TWO_LANGUAGES = ("title", "question", "empty")
_REPEATED = ("parameter", "returns", "codes", "choice", "example", "plan")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question. `datatype` is one of `DATATYPES`, `values` says where accepted values come from."""

    name: str
    datatype: str
    default: Any
    description: Mapping[str, str]
    values: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the nodes that a value may name; empty where values are no nodes."""
        if not self.values or "." in self.values or self.values == "source" or self.values[0] in "=@":
            return ()
        return tuple(self.values.split(","))

    @property
    def choices(self) -> tuple[str, ...]:
        """All values, where the header lists them; empty otherwise."""
        return tuple(_names(self.values[1:])) if self.values.startswith("=") else ()


@dataclass(frozen=True)
class Column:
    """One column of an answer. `codes` are Chinese words by code; `scheme` says where else they stand:
    a code list of the ontology, ``label``, ``relation`` or ``property`` (which includes relations)."""

    name: str
    description: Mapping[str, str]
    codes: Mapping[str, str] = field(default_factory=dict)
    scheme: str = ""


@dataclass(frozen=True)
class Query:
    """One question of the catalogue: what it asks, what it takes and returns, and its Cypher.

    `title`, `question`, `method` and `empty` are texts by language. `needs` are labels and relation types without
    which no answer is possible; `choices` are groups of parameters of which one is asked for; `plan` says by operator
    why Neo4j may plan it so; in the columns `blank` null says nothing about the world.
    """

    name: str
    theme: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    columns: tuple[Column, ...]
    statement: str
    needs: tuple[str, ...] = ()
    choices: tuple[tuple[str, ...], ...] = ()
    examples: tuple[Mapping[str, str], ...] = ()
    method: Mapping[str, str] = field(default_factory=dict)
    empty: Mapping[str, str] = field(default_factory=dict)
    plan: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blank: tuple[str, ...] = ()

    def defaults(self) -> dict[str, Any]:
        """Every parameter with its default; what the question is asked with when nothing is given."""
        return {p.name: p.default for p in self.parameters.values()}


def parse_query(text: str, where: str) -> Query:
    """One `.cypher` file as a `Query`. `where` (the file's name) stands in the messages of QueryError.

    >>> parse_query("// title.zh: 缺名\\nRETURN 1", "a.cypher")
    Traceback (most recent call last):
    ...
    aikg.ontology.errors.QueryError: a.cypher: the header has no name
    """
    header, statement = _split(text, where)
    one, many = _entries(header, where)
    for key in ("name", "theme", *(f"{key}.{lang}" for key in _IN_TWO_LANGUAGES for lang in LANGUAGES)):
        if key not in one:
            raise QueryError(say(f"{where}: the header has no {key}", f"{where}：文件头没有 {key}"))
    if one["theme"] not in THEMES:
        raise QueryError(
            say(
                f"{where}: theme '{one['theme']}' is not one of {', '.join(THEMES)}",
                f"{where}：主题“{one['theme']}”应为 {'、'.join(THEMES)} 之一",
            )
        )
    if not statement:
        raise QueryError(say(f"{where}: there is no statement below the header", f"{where}：文件头下面没有查询语句"))
    parameters = [_parameter(value, where) for value in many["parameter"]]
    query = Query(
        name=one["name"],
        theme=one["theme"],
        title=_texts(one, "title"),
        question=_texts(one, "question"),
        parameters={p.name: p for p in parameters},
        columns=_columns(many["returns"], many["codes"], where),
        statement=_CONDITION.sub(lambda found: _CONDITIONS[found["name"]].format(found["of"]), statement),
        needs=tuple(_names(one.get("needs", ""))),
        blank=tuple(_names(one.get("blank", ""))),
        choices=tuple(tuple(_names(value)) for value in many["choice"]),
        examples=tuple(_example(value, where) for value in many["example"]),
        method=_texts(one, "method"),
        empty=_texts(one, "empty"),
        plan={
            name: {"zh": zh, "en": en}
            for name, zh, en in (_fields(v, 3, "operator | zh | en", where) for v in many["plan"])
        },
    )
    _check(query, where)
    return query


def _split(text: str, where: str) -> tuple[list[str], str]:
    """Logical header lines (continued ones joined) and the statement."""
    lines = text.splitlines()
    header: list[str] = []
    for at, line in enumerate(lines):
        match = _HEADER.fullmatch(line)
        if match is None:
            return header, "\n".join(lines[at:]).strip()
        if not (match["text"] or "").strip():
            continue
        if match["more"]:
            if not header:
                raise QueryError(
                    say(
                        f"{where} line {at + 1}: nothing stands above that this line could go on with",
                        f"{where} 第 {at + 1} 行：这是续行，上面却没有可接的行",
                    )
                )
            header[-1] = _joined(header[-1], match["text"].strip())
        else:
            header.append(match["text"].strip())
    return header, ""


def _joined(before: str, after: str) -> str:
    """Two lines as one: no blank between Chinese."""
    close = ord(before[-1]) > 0x2E80 or ord(after[0]) > 0x2E80
    return before + ("" if close else " ") + after


def _entries(header: list[str], where: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    one: dict[str, str] = {}
    many: dict[str, list[str]] = {key: [] for key in _REPEATED}
    known = {
        "name",
        "theme",
        "needs",
        "blank",
        *(f"{k}.{lang}" for k in (*_IN_TWO_LANGUAGES, "method") for lang in LANGUAGES),
    }
    for line in header:
        match = _ENTRY.fullmatch(line)
        if match is None or match["key"] not in known | set(many):
            keys = sorted(known | set(many))
            raise QueryError(
                say(
                    f"{where}: '{line}' is no header line; keys are {', '.join(keys)}",
                    f"{where}：“{line}”不是文件头的行；可用的键有 {'、'.join(keys)}",
                )
            )
        if match["key"] in many:
            many[match["key"]].append(match["value"])
        elif match["key"] in one:
            raise QueryError(say(f"{where}: {match['key']} is given twice", f"{where}：{match['key']} 写了两次"))
        else:
            one[match["key"]] = match["value"]
    return one, many


def _texts(one: Mapping[str, str], key: str) -> dict[str, str]:
    return {lang: one[f"{key}.{lang}"] for lang in LANGUAGES if f"{key}.{lang}" in one}


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _fields(value: str, count: int, form: str, where: str) -> list[str]:
    found = [part.strip() for part in value.split("|")]
    if len(found) != count:
        raise QueryError(say(f"{where}: '{value}' has not the form {form}", f"{where}：“{value}”应写成 {form}"))
    return found


def _parameter(value: str, where: str) -> Parameter:
    if value.strip() == "source":
        value = _SOURCE
    name, datatype, default, values, zh, en = _fields(value, 6, "name | datatype | default | values | zh | en", where)
    if datatype not in DATATYPES:
        raise QueryError(
            say(
                f"{where}: datatype '{datatype}' of {name} is not one of {', '.join(DATATYPES)}",
                f"{where}：{name} 的类型“{datatype}”应为 {'、'.join(DATATYPES)} 之一",
            )
        )
    made: Any = default
    if datatype == "list":
        made = _names(default)
    elif datatype == "boolean":
        made = default == "true"
    elif datatype != "text":
        made = int(default) if datatype == "integer" else float(default)
    # A list of values may hold blanks, labels and properties do not.
    return Parameter(
        name, datatype, made, {"zh": zh, "en": en}, values if values.startswith("=") else values.replace(" ", "")
    )


def _columns(returns: list[str], codes: list[str], where: str) -> tuple[Column, ...]:
    made: dict[str, Column] = {}
    for value in returns:
        name, zh, en = _fields(value, 3, "name | zh | en", where)
        made[name] = Column(name, {"zh": zh, "en": en})
    form = "column | code = zh, … (or @list)"
    for value in codes:
        name, listed = _fields(value, 2, form, where)
        if name not in made:
            raise QueryError(say(f"{where}: '{name}' is no column", f"{where}：没有“{name}”这一列"))
        if listed.startswith("@"):
            made[name] = replace(made[name], scheme=listed.removeprefix("@"))
            continue
        words = dict(_split_code(pair, value, form, where) for pair in _names(listed))
        made[name] = replace(made[name], codes=words)
    return tuple(made.values())


def _split_code(pair: str, value: str, form: str, where: str) -> tuple[str, str]:
    code, equals, word = (part.strip() for part in pair.partition("="))
    if not (code and equals and word):
        raise QueryError(say(f"{where}: '{value}' has not the form {form}", f"{where}：“{value}”应写成 {form}"))
    return code, word


def _example(value: str, where: str) -> dict[str, str]:
    made: dict[str, str] = {}
    for part in shlex.split(value):
        name, equals, given = part.partition("=")
        if not equals:
            raise QueryError(
                say(
                    f"{where}: '{part}' of the example has not the form name=value",
                    f"{where}：示例里的“{part}”应写成 name=value",
                )
            )
        made[name] = given
    return made


def _check(query: Query, where: str) -> None:
    """What a header says about itself must hold; that it fits the statement is a matter of the tests."""
    for group in (*query.choices, *query.examples):
        for name in group:
            if name not in query.parameters:
                raise QueryError(
                    say(
                        f"{where}: '{name}' is no parameter; they are {', '.join(query.parameters)}",
                        f"{where}：没有参数“{name}”；参数有 {'、'.join(query.parameters)}",
                    )
                )
    for name in query.blank:
        if name not in {column.name for column in query.columns}:
            raise QueryError(say(f"{where}: '{name}' is no column", f"{where}：没有“{name}”这一列"))
    if not query.columns:
        raise QueryError(say(f"{where}: the header has no returns", f"{where}：文件头没有 returns"))
