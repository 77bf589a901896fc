"""What a network page holds: its parts as a parser sees them, and its data as its script unpacks them."""

from __future__ import annotations

import html.parser
import json
from typing import Any

from aikg.graph.views.explorer.payload import unpacked

__all__ = ["Page", "Shown", "of_lists"]


class Page(html.parser.HTMLParser):
    """What a page holds: its scripts, styles, data, policy, and every address in an attribute."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.addresses: list[str] = []
        self.policy = ""
        self.data: dict[str, Any] = {}
        self._inside: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.addresses += [named[key] or "" for key in ("src", "href", "srcset", "action") if key in named]
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named["content"] or ""
        if tag in ("script", "style"):
            self._inside = tag, named

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside is None:
            return
        tag, named = self._inside
        if tag == "style":
            self.styles.append(data)
        elif named.get("type") == "application/json":
            self.data = json.loads(data)
        else:
            self.scripts.append(data)


class Shown:
    """What a page holds, as its script unpacks it: by id and name instead of by number."""

    def __init__(self, text: str) -> None:
        self.page = Page(text)
        self.data = unpacked(self.page.data)
        self.told = unpacked(self.data["details"]) if self.data["details"] else None
        self.ids: list[str] = self.data["ids"]
        self.labels = [one["key"] for one in self.data["labels"]]
        self.label = dict(zip(self.ids, (self.labels[at] for at in self.data["label"]), strict=True))
        self.types = [one["key"] for one in self.data["relations"]]
        ends = zip(self.data["type"], self.data["from"], self.data["to"], strict=True)
        self.edges = [(self.types[kind], self.ids[a], self.ids[b]) for kind, a, b in ends]

    def details(self, node: str) -> dict[str, Any]:
        found: dict[str, Any] = self.told["nodes"][self.ids.index(node)]
        return found

    def values(self, node: str) -> dict[str, Any]:
        return dict(zip(self.told["columns"][self.label[node]], self.details(node)["values"], strict=True))

    def at(self, layout: str = "bands") -> dict[str, tuple[float, float]]:
        found = next(one for one in self.data["layouts"] if one["key"] == layout)
        return {i: (float(x), float(y)) for i, x, y in zip(self.ids, found["x"], found["y"], strict=True)}

    def boxes(self, layout: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = next(one for one in self.data["layouts"] if one["key"] == layout)["boxes"]
        return found

    def measure(self, name: str) -> dict[str, float]:
        found = next(one for one in self.data["measures"] if one["key"] == name)
        return dict(zip(self.ids, found["values"].tolist(), strict=True))


def of_lists(held: dict[str, Any], at: int) -> list[int]:
    ends = [0, *held["ends"].tolist()]
    return list(held["all"][ends[at] : ends[at + 1]].tolist())
