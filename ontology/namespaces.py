"""Where the project's names live on the web. The one place in code that knows the address."""

from __future__ import annotations

from pathlib import Path

__all__ = ["BASE", "FOLDER", "IDS", "NS", "PREFIX", "SCHEMES"]

BASE = "https://w3id.org/aikg/"
NS = BASE + "ns#"  # classes, relations, properties
IDS = BASE + "id/"  # nodes: …/id/{prefix}/{rest of the id, percent-encoded}
SCHEMES = BASE + "scheme/"  # concepts of the SKOS schemes: …/scheme/{scheme}/{code}
PREFIX = "aikg"

FOLDER = Path(__file__).parent  # the Turtle files are beside this module, in a checkout and in a wheel
