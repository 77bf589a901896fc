"""Scores an exported graph (KGX: nodes.tsv, edges.tsv) against gold files; the rules are those of the gold's README.

Gold: entities.csv, relations.csv, observations.csv, each row with the document it belongs to. Names are compared without
width, blanks, quotes and outer 《》; 深圳 and 深圳市 are both right; aliases count; amounts agree within half a percent.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, str]

# Labels that may stand for the label of a gold entity, and relations that may stand for that of a gold relation.
LABELS = {
    "ChainSegment": {"ChainSegment", "Technology", "ApplicationField", "Industry"},
    "Technology": {"Technology", "ChainSegment"},
    "ApplicationScenario": {"ApplicationScenario", "ApplicationField", "ChainSegment"},
    "Region": {"Region", "Group"},
    "District": {"District", "Park"},
}
RELATIONS = {
    "ISSUED_BY": {"ISSUED_BY", "APPLIES_TO"},
    "APPLIES_TO": {"APPLIES_TO", "ISSUED_BY"},
    "REPRESENTATIVE_OF": {"REPRESENTATIVE_OF", "OPERATES_IN"},
    "FOCUSES_ON": {"FOCUSES_ON", "PROMOTES", "OPERATES_IN", "PILLAR_INDUSTRY"},
    "LOCATED_IN": {"LOCATED_IN", "PART_OF"},
    "PART_OF": {"PART_OF", "LOCATED_IN"},
    "OPERATES_IN": {"OPERATES_IN", "LOCATED_IN"},
}
# Scored through observations, or not modelled.
UNSCORED = frozenset({"TARGETS", "RANKS", "HAS_EVENT", "PILLAR_INDUSTRY", "WORKS_FOR", "OPERATES"})
NAMED = frozenset({"Company", "Park", "Policy", "ComputeCenter", "University", "Programme"})
FIGURES = frozenset({"Observation", "PolicyTarget"})
_NO_ENTITY = FIGURES | {"Source", "Conflict", "Assessment", "Event", "Group"}
_SCALES = {"万亿": 1e12, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3}
_UNITS = {
    "人民币": "元",
    "人民币元": "元",
    "人次": "人",
    "名": "人",
    "位": "人",
    "百分点": "个百分点",
    "百分比": "%",
    "p": "pflops",
}


@dataclass
class Score:
    """Of one kind: gold facts, those found, statements made, those right, and what is missing or wrong."""

    gold: int = 0
    found: int = 0
    stated: int = 0
    right: int = 0
    misses: list[tuple[str, ...]] = field(default_factory=list)
    wrong: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.stated if self.stated else 1.0

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    def add(self, other: Score) -> None:
        for name in ("gold", "found", "stated", "right", "misses", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text or "").lower()
    return re.sub(r"[—–―-]+", "-", re.sub(r"[\s“”\"'‘’《》<>·•]", "", text))


def loose(text: str) -> str:
    text = normal(text)
    return re.sub(r"(市|省|区|县)$", "", text) if len(text) > 2 else text


def read(path: Path) -> list[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix == ".tsv":
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file))


class Export:
    """The nodes and edges of an export, by name and by their ends."""

    def __init__(self, folder: Path) -> None:
        self.nodes = {row["id"]: row for row in read(folder / "nodes.tsv")}
        self.edges = read(folder / "edges.tsv")
        self.by_name: dict[str, set[str]] = defaultdict(set)
        for id_, node in self.nodes.items():
            for name in (node["name"], *(node.get("aliases") or "").split("|")):
                if name:
                    self.by_name[normal(name)].add(id_)
                    self.by_name["~" + loose(name)].add(id_)
        self.kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.subjects: dict[str, set[str]] = defaultdict(set)
        for edge in self.edges:
            self.kinds[edge["subject"], edge["object"]].add(edge["predicate"])
            if edge["predicate"] in ("OBSERVED", "TARGETS", "HAS_EVENT"):
                self.subjects[edge["object"]].add(edge["subject"])

    def find(self, names: set[str], labels: set[str] | None) -> set[str]:
        found = set()
        for name in names:
            found |= self.by_name.get(normal(name), set()) | self.by_name.get("~" + loose(name), set())
        return {id_ for id_ in found if labels is None or self.nodes[id_]["category"] in labels}


def score(export: Export, gold: Path, document: str) -> dict[str, Score]:
    """Entities, entities with a proper name (precision counts there), relations and observations of one document."""
    entities = [row for row in read(gold / "entities.csv") if row["doc"] == document and row["type"] != "Person"]
    names: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for row in entities:
        names[row["name"]] |= {row["name"], *filter(None, row["aliases"].split("|"))}
        also = json.loads(row["attrs"] or "{}").get("also") or []
        labels[row["name"]] |= LABELS.get(row["type"], {row["type"]}) | set([also] if isinstance(also, str) else also)
    return {
        "entities": _entities(export, entities, names, labels),
        "named": _named(export, names, labels),
        "relations": _relations(export, [r for r in read(gold / "relations.csv") if r["doc"] == document], names),
        "observations": _observations(
            export, [r for r in read(gold / "observations.csv") if r["doc"] == document], names
        ),
    }


def _optional(row: Row) -> bool:
    return json.loads(row.get("attrs") or "{}").get("optional") is True


def _entities(export: Export, gold: list[Row], names: dict[str, set[str]], labels: dict[str, set[str]]) -> Score:
    made = Score()
    matched: set[str] = set()
    for row in gold:
        hit = export.find(names[row["name"]], labels[row["name"]])
        matched |= export.find(names[row["name"]], None)
        if _optional(row):
            continue
        made.gold += 1
        made.found += bool(hit)
        if not hit:
            made.misses.append((row["line"], row["type"], row["name"]))
    for id_, node in export.nodes.items():
        if node["category"] not in _NO_ENTITY and node.get("method") != "code_table":
            made.stated += 1
            made.right += id_ in matched
            if id_ not in matched:
                made.wrong.append((node["category"], node["name"], node.get("sources", "")))
    return made


def _named(export: Export, names: dict[str, set[str]], labels: dict[str, set[str]]) -> Score:
    matched = set().union(*(export.find(names[name], labels[name]) for name in names)) if names else set()
    stated = {id_: node for id_, node in export.nodes.items() if node["category"] in NAMED}
    wrong = [(n["category"], n["name"], n.get("sources", "")) for id_, n in stated.items() if id_ not in matched]
    right = len(stated) - len(wrong)
    return Score(right, right, len(stated), right, [], wrong)


def _relations(export: Export, gold: list[Row], names: dict[str, set[str]]) -> Score:
    made = Score()
    right: set[tuple[str, str, str]] = set()
    seen: set[tuple[str, str, str]] = set()
    kinds: set[str] = set()
    for row in gold:
        key = (row["subject"], row["predicate"], row["object"])
        if row["predicate"] in UNSCORED or key in seen:
            continue
        seen.add(key)
        wanted = RELATIONS.get(row["predicate"], {row["predicate"]})
        kinds |= wanted
        subjects = export.find(names.get(row["subject"], {row["subject"]}), None)
        targets = export.find(names.get(row["object"], {row["object"]}), None)
        hits = {(s, kind, t) for s in subjects for t in targets for kind in export.kinds.get((s, t), set()) & wanted}
        right |= hits
        if _optional(row):
            continue
        made.gold += 1
        made.found += bool(hits)
        if not hits:
            made.misses.append((row["line"], *key))
    for edge in export.edges:
        if edge["predicate"] in kinds and edge.get("method") != "code_table":
            made.stated += 1
            ok = (edge["subject"], edge["predicate"], edge["object"]) in right
            made.right += ok
            if not ok:
                ends = (export.nodes[edge[end]]["name"] for end in ("subject", "object"))
                subject, target = ends
                made.wrong.append((edge.get("sources", ""), subject, edge["predicate"], target))
    return made


def _observations(export: Export, gold: list[Row], names: dict[str, set[str]]) -> Score:
    made = Score()
    figures = [
        (id_, node) for id_, node in export.nodes.items() if node["category"] in FIGURES and _number(node.get("value"))
    ]
    right: set[str] = set()
    for row in gold:
        value = _number(row["value"])
        if value is None:
            continue
        subjects = export.find(names.get(row["subject"], {row["subject"]}), None)
        hits = {
            id_
            for id_, node in figures
            if _same(row, value, node)
            and (row["subject_type"] == "Group" or export.subjects[id_] & subjects)
            and _bigrams(" ".join(node.get(k) or "" for k in ("indicator", "indicator_text", "name")))
            & _bigrams(row["indicator"] + " " + row.get("where", ""))
        }
        right |= hits
        made.gold += 1
        made.found += bool(hits)
        if not hits:
            made.misses.append(
                (row["line"], row["subject"], row["indicator"], row["value"], row["unit"], row["period"])
            )
    for id_, node in figures:
        made.stated += 1
        made.right += id_ in right
        if id_ not in right:
            about = "+".join(sorted(export.nodes[s]["name"] for s in export.subjects[id_]))
            made.wrong.append((node.get("sources", ""), about, node["name"], node["value"], node.get("unit", "")))
    return made


def _same(row: Row, value: float, node: Row) -> bool:
    stated = _number(node.get("value"))
    if stated is None or not _amounts_agree(value, row["unit"], stated, node.get("unit") or ""):
        return False
    years = set(re.findall(r"\d{4}", row["period"] or ""))
    said = set(re.findall(r"\d{4}", (node.get("period") or "") + " " + (node.get("due") or "")))
    return not (years and said and not years & said)


def _amounts_agree(first: float, unit: str, second: float, other: str) -> bool:
    """Counters (家, 个) stand in for each other; currencies, shares and capacities do not."""
    (factor, base), (factor2, base2) = _unit(unit), _unit(other)
    apart = ("元", "美元", "港元", "%", "个百分点")
    if base and base2 and base != base2 and (base in apart or base2 in apart or "ops" in base + base2):
        return False
    if not unit or not other:
        factor = factor2 = 1.0
    return abs(first * factor - second * factor2) <= 0.005 * abs(first * factor) + 1e-9


def _unit(text: str) -> tuple[float, str]:
    text = normal(text)
    if text == "eflops":
        return 1e3, "pflops"
    factor = 1.0
    for word, scale in _SCALES.items():
        if text.startswith(word):
            factor, text = scale, text[len(word) :]
            break
    return factor, _UNITS.get(text, text)


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return None


def _bigrams(text: str) -> set[str]:
    words = re.sub(r"[\W\d_]+", " ", normal(text)).split()
    return {word[i : i + 2] for word in words for i in range(len(word) - 1)}
