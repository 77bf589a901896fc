"""An rdflib graph as a file of Turtle, N-Triples or JSON-LD: sorted, exact, one line for each statement.

rdflib's own writers are not used: its Turtle keeps seven digits of a number (113.946543219 becomes
1.139465e+02), and its N-Triples come in the order of a hash table.
"""

from __future__ import annotations

import errno
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import RDF, XSD, BNode, Literal, URIRef

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["json_ld", "ntriples", "turtle", "write_file", "writer_for"]

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
# Beside what the grammar demands: every sign that an editor or a line-wise reader takes for the end of a line.
_ESCAPED = re.compile('[\\x00-\\x1f"\\\\\\x7f\\x85\\u2028\\u2029\\ufeff]')
_TYPE, _DOUBLE, _PLAIN = RDF.type, XSD.double, (None, XSD.string)  # each XSD.x is a look-up of its own
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def writer_for(path: Path) -> Callable[[Graph, Mapping[str, str]], Iterator[str]]:
    """The writer that a file's suffix asks for; Turtle where there is none. GraphError for another suffix."""
    suffix = path.suffix.lower() or ".ttl"
    if suffix not in _WRITERS:
        raise GraphError(
            say(
                f"{path}: RDF is written as one of {', '.join(_WRITERS)}, not as {path.suffix}",
                f"{path}：RDF 文件的后缀应为 {'、'.join(_WRITERS)} 之一，不能是 {path.suffix}",
            )
        )
    return _WRITERS[suffix]


def write_file(target: Path, text: Iterable[str]) -> None:
    """Write `text` beside `target` and move it over at the end. GraphError when the place cannot be written."""
    partial = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        partial = Path(name)
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - takes over the handle
            file.writelines(text)
        partial.chmod(0o644)
        partial.replace(target)
    except OSError as error:
        raise GraphError(
            say(f"{target}: cannot be written ({why_not(error)})", f"{target}：写不进去（{why_not(error)}）")
        ) from error
    finally:
        if partial is not None:
            partial.unlink(missing_ok=True)


def ntriples(rdf: Graph, _: Mapping[str, str]) -> Iterator[str]:
    """Lines of N-Triples, sorted; the format has no prefixes."""
    names = _Names({})
    yield from sorted(f"{names(s)} {names(p)} {names(o)} .\n" for s, p, o in rdf)


def turtle(rdf: Graph, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Turtle, a block for each subject with the class first; subjects, predicates and objects sorted."""
    names = _Names(prefixes)
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))
    for subject, block in _blocks(rdf):
        yield f"\n{names(subject)}"
        joint = " "
        for predicate, values in block:
            verb = "a" if predicate == _TYPE else names(predicate)
            yield f"{joint}{verb} {', '.join(map(names, values))}"
            joint = " ;\n    "
        yield " .\n"


def json_ld(rdf: Graph, prefixes: Mapping[str, str]) -> Iterator[str]:
    """JSON-LD, one line for each subject; property names are compact, identifiers whole."""
    names = _Names(prefixes, joint=":", whole="{}")
    context = json.dumps(dict(sorted(prefixes.items())), ensure_ascii=False)
    yield f'{{"@context": {context},\n"@graph": ['
    comma = ""
    for subject, block in _blocks(rdf):
        said: dict[str, Any] = {"@id": names(subject)}
        for predicate, values in block:
            if predicate == _TYPE:
                said["@type"] = [names(value) for value in values]
            else:
                written = [_json_value(value, names) for value in values]
                said[names(predicate)] = written if len(written) > 1 else written[0]
        yield f"{comma}\n{json.dumps(said, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def _json_value(term: Node, names: _Names) -> Any:
    if not isinstance(term, Literal):
        return {"@id": names(term)}
    if term.language:
        return {"@language": term.language, "@value": str(term)}
    if term.datatype in _PLAIN:
        return str(term)
    return {"@type": names(term.datatype), "@value": _lexical(term)}


def _blocks(rdf: Graph) -> Iterator[tuple[Node, list[tuple[Node, list[Node]]]]]:
    """Each subject with its predicates (the class first) and their values, all sorted."""
    for subject in sorted(rdf.subjects(unique=True), key=str):
        said: dict[Node, list[Node]] = {}
        for predicate, value in rdf.predicate_objects(subject):
            said.setdefault(predicate, []).append(value)
        yield (
            subject,
            [
                (predicate, sorted(said[predicate], key=_key) if len(said[predicate]) > 1 else said[predicate])
                for predicate in sorted(said, key=lambda p: (p != _TYPE, str(p)))
            ],
        )


def _key(term: Node) -> tuple[str, str, str]:
    if isinstance(term, Literal):
        return str(term), str(term.language or ""), str(term.datatype or "")
    return str(term), "", ""


def _lexical(literal: Literal) -> str:
    """rdflib writes infinity and NaN as Python does, XML Schema otherwise."""
    if literal.datatype == _DOUBLE:
        return {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(str(literal), str(literal))
    return str(literal)


class _Names:
    """Terms as text; IRIs are abbreviated where what follows the prefix is a plain word."""

    def __init__(self, prefixes: Mapping[str, str], joint: str = ":", whole: str = "<{}>") -> None:
        self.prefixes = {iri: prefix for prefix, iri in prefixes.items()}
        self.joint, self.whole = joint, whole
        self.known: dict[Node, str] = {}

    def __call__(self, term: Node) -> str:
        if isinstance(term, Literal):
            text = f'"{_ESCAPED.sub(_escape, _lexical(term))}"'
            if term.language:
                return f"{text}@{term.language}"
            return text if term.datatype in _PLAIN else f"{text}^^{self(term.datatype)}"
        if term not in self.known:
            self.known[term] = self._name(term)
        return self.known[term]

    def _name(self, term: Node) -> str:
        if isinstance(term, BNode):
            return f"_:{term}"
        assert isinstance(term, URIRef)  # noqa: S101 - rdflib knows no third kind in a graph
        cut = max(term.rfind("#"), term.rfind("/")) + 1
        prefix = self.prefixes.get(term[:cut])
        if prefix is not None and _LOCAL.match(term[cut:]):
            return f"{prefix}{self.joint}{term[cut:]}"
        return self.whole.format(term)


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return _SHORT.get(sign) or f"\\u{ord(sign):04X}"


_WRITERS = {".ttl": turtle, ".nt": ntriples, ".jsonld": json_ld}
