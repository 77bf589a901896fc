"""The JSON-LD context: it turns the project's plain JSON (nodes and edges as objects) into linked data.

`context.jsonld` is the output of `context_text`; after a change of `core.ttl`,
`python -m aikg.ontology.jsonld` prints it anew. JSON-LD keeps Chinese signs in IRIs; the RDF export writes the same
IRIs percent-encoded.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from aikg.ontology.namespaces import IDS, NS, PREFIX
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from aikg.ontology.schema import Schema

__all__ = ["context", "context_text"]

_XSD = {"integer": "xsd:integer", "number": "xsd:double", "boolean": "xsd:boolean"}


def context(schema: Schema) -> dict[str, Any]:
    """The `@context`: ids become IRIs by their prefix (`city:440300` → …/id/city/440300), `label` the class.

    >>> context(load_schema())["@context"]["LOCATED_IN"]
    {'@id': 'aikg:locatedIn', '@type': '@id'}
    """
    terms: dict[str, Any] = {
        "@version": 1.1,
        "@vocab": NS,
        PREFIX: NS,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
    for label in schema.labels.values():
        terms[label.id_prefix] = f"{IDS}{label.id_prefix}/"
    terms |= {"id": "@id", "label": "@type", "category": "@type"}
    terms |= {
        "subject": {"@id": "rdf:subject", "@type": "@id"},
        "object": {"@id": "rdf:object", "@type": "@id"},
    }
    for relation in schema.relations.values():
        terms[relation.name] = {"@id": relation.iri.replace(NS, f"{PREFIX}:"), "@type": "@id"}
    for name, prop in schema.properties().items():
        if name in terms:
            continue
        term: dict[str, Any] = {"@id": prop.iri.replace(NS, f"{PREFIX}:")}
        if prop.datatype in _XSD:
            term["@type"] = _XSD[prop.datatype]
        if prop.datatype == "text_list":
            term["@container"] = "@set"
        terms[name] = term
    return {"@context": terms}


def context_text(schema: Schema) -> str:
    """`context` as the text of the file: two blanks of indent, Chinese unescaped, a line end at the end."""
    return json.dumps(context(schema), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(context_text(load_schema()))
