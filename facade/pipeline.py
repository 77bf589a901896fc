"""Joins the rooms: files → records → graph. A build is a pure function of its inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.loaders.curated import read_curated
from aikg.loaders.extract.protocol import Extractor
from aikg.loaders.judgements import Judgements, read_judgements
from aikg.loaders.load import LoadReport, load_files
from aikg.loaders.records import Records
from aikg.loaders.resolve import Resolved, resolve
from aikg.loaders.reviewed import retracted
from aikg.ontology.places import load_places
from aikg.ontology.schema import load_schema

__all__ = ["BuildReport", "build_graph", "data_set_records"]


@dataclass
class BuildReport:
    """What was read, what became of it, and what a person should look at.

    `problems` and `notes` hold file, line, and the whole sentence in Chinese (zh) and English (en): report.json is the
    same whatever language the build spoke.
    """

    inputs: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    prose: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    unknown_words: dict[str, str] = field(default_factory=dict)
    untied_indicators: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    records: int = 0
    merged: int = 0
    conflicts: int = 0
    conflict_kinds: dict[str, int] = field(default_factory=dict)
    candidates: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for report.json and ``--format json``."""
        return dict(vars(self))


def data_set_records() -> Records:
    """The shipped data set: reviewed records, one CSV per label and relation type."""
    folder = resources.files("aikg.loaders") / "dataset"
    with resources.as_file(folder) as path:
        return Records.read_csv(path, load_schema())


def build_graph(
    sources: Sequence[Path] = (),
    *,
    with_data_set: bool = False,
    mappings: Iterable[Path] = (),
    curated: Iterable[Path] = (),
    judgements: Path | None = None,
    places: Path | None = None,
    lenient: bool = False,
    strict: bool = False,
    extractor: Extractor | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> tuple[KnowledgeGraph, BuildReport]:
    """Without `sources` the shipped data set; with them what these files say, and nothing else.

    `with_data_set` joins both. Other arguments as `load_files`; `judgements` is the file of a person's
    decisions on candidates. Raises SourceError; nothing is written here.
    """
    records = Records()
    loaded = LoadReport()
    if not sources or with_data_set:
        records.extend(data_set_records())
    if sources:
        found, loaded = load_files(
            sources,
            mappings=mappings,
            places=places,
            lenient=lenient,
            strict=strict,
            extractor=extractor,
            step=step,
        )
        records.extend(found)
    for folder in curated:
        reviewed = read_curated(folder, records, places=load_places(places))
        records = retracted(records, reviewed.retractions)
        records.extend(reviewed.records)
        loaded.problems.extend(reviewed.problems)
        loaded.untied_indicators.update(reviewed.untied_indicators)
    judged = read_judgements(judgements) if judgements else Judgements()
    resolved = resolve(records, same=judged.same, different=judged.different, places=load_places(places))
    inputs = _inputs(loaded, records)
    graph = KnowledgeGraph.from_rows(
        resolved.nodes,
        resolved.edges,
        resolved.statements,
        {"inputs": inputs, "data_set": not sources or with_data_set},
    )
    return graph, _report(graph, inputs, loaded, records, resolved)


def _inputs(loaded: LoadReport, records: Records) -> list[dict[str, Any]]:
    """Files read now, and documents that the data set's records cite."""
    now = {entry["source"] for entry in loaded.inputs}
    cited = [
        {"name": row["name"], "sha256": row.get("sha256"), "source": row["id"], "title": row["name"], "data_set": True}
        for row in {row["id"]: row for row in records.entities.get("Source", ())}.values()
        if row["id"] not in now
    ]
    return [*cited, *loaded.inputs]


def _report(
    graph: KnowledgeGraph, inputs: list[dict[str, Any]], loaded: LoadReport, records: Records, resolved: Resolved
) -> BuildReport:
    kinds = dict(sorted(Counter(row["kind"] for row in resolved.nodes.get("Conflict", ())).items()))
    return BuildReport(
        inputs=inputs,
        tables=loaded.tables,
        prose=loaded.prose,
        left_out=loaded.left_out,
        problems=[p.as_dict() for p in [*loaded.problems, *resolved.problems] if p.row],
        notes=[p.as_dict() for p in loaded.problems if not p.row],
        unknown_words=dict(sorted(loaded.unknown_words.items())),
        untied_indicators=dict(sorted(loaded.untied_indicators.items())),
        rows=loaded.rows,
        records=len(records),
        merged=resolved.merged,
        conflicts=sum(kinds.values()),
        conflict_kinds=kinds,
        candidates=resolved.candidates,
        counts=graph.counts(),
    )
