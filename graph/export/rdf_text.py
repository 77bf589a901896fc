"""An rdflib graph as a file of Turtle, N-Triples or JSON-LD: sorted, exact, one line for each statement.

rdflib's own writers are not used: its Turtle keeps seven digits of a number (113.946543219 becomes
1.139465e+02), and its N-Triples come in the order of a hash table.
"""

from __future__ import annotations

import errno
import json
import re
import tempfile
from itertools import groupby
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
    for subject, triples in groupby(_sorted(rdf), key=lambda triple: triple[0]):
        yield f"\n{names(subject)}"
        joint = " "
        for predicate, same in groupby(triples, key=lambda triple: triple[1]):
            verb = "a" if predicate == RDF.type else names(predicate)
            yield f"{joint}{verb} {', '.join(names(o) for _, _, o in same)}"
            joint = " ;\n    "
        yield " .\n"


def json_ld(rdf: Graph, prefixes: Mapping[str, str]) -> Iterator[str]:
    """JSON-LD, one line for each subject; property names are compact, identifiers whole."""
    names = _Names(prefixes, joint=":", whole="{}")
    context = json.dumps(dict(sorted(prefixes.items())), ensure_ascii=False)
    yield f'{{"@context": {context},\n"@graph": ['
    comma = ""
    for subject, triples in groupby(_sorted(rdf), key=lambda triple: triple[0]):
        block: dict[str, Any] = {"@id": names(subject)}
        for predicate, same in groupby(triples, key=lambda triple: triple[1]):
            if predicate == RDF.type:
                block["@type"] = [names(o) for _, _, o in same]
            else:
                values = [_json_value(o, names) for _, _, o in same]
                block[names(predicate)] = values if len(values) > 1 else values[0]
        yield f"{comma}\n{json.dumps(block, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def _json_value(term: Node, names: _Names) -> Any:
    if not isinstance(term, Literal):
        return {"@id": names(term)}
    if term.language:
        return {"@language": term.language, "@value": str(term)}
    if term.datatype in (None, XSD.string):
        return str(term)
    return {"@type": names(term.datatype), "@value": _lexical(term)}


def _sorted(rdf: Graph) -> list[tuple[Node, Node, Node]]:
    return sorted(rdf, key=lambda t: (str(t[0]), t[1] != RDF.type, str(t[1]), _key(t[2])))


def _key(term: Node) -> tuple[str, str, str]:
    if isinstance(term, Literal):
        return str(term), str(term.language or ""), str(term.datatype or "")
    return str(term), "", ""


def _lexical(literal: Literal) -> str:
    """rdflib writes infinity and NaN as Python does, XML Schema otherwise."""
    if literal.datatype == XSD.double:
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
            return text if term.datatype in (None, XSD.string) else f"{text}^^{self(term.datatype)}"
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
