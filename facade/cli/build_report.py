"""The report of a build for people: what was read, what was left out and why, what to look at next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aikg.cli.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aikg.cli.language import Lang

__all__ = ["report_lines"]

_MOST = 30
"""Lines of a long list that are shown; all of them stand in report.json."""


def report_lines(report: Mapping[str, Any], lang: Lang, columns: int | None) -> list[str]:
    """The report as lines; `columns` is the terminal's width, None for a file or pipe."""
    more = str(Path(str(report["graph"])) / "report.json")

    def listed(
        heading: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]], most: int | None = _MOST
    ) -> list[str]:
        if not rows:
            return []
        shown = rows if most is None else rows[:most]
        lines = ["", f"{say(heading, lang)} ({len(rows)})", *_table(names, shown, lang, columns)]
        return lines + _rest(rows, shown, more, lang)

    def told(heading: str, said: Sequence[Mapping[str, str]]) -> list[str]:
        if not said:
            return []
        texts = [text[lang] for text in said]
        shown = texts[:_MOST]
        return [
            "",
            f"{say(heading, lang)} ({len(texts)})",
            *(f"- {t}" for t in shown),
            *_rest(texts, shown, more, lang),
        ]

    lines = [f"{say('report_inputs', lang)} ({len(report['inputs'])})"]
    lines += _inputs(report["inputs"], lang, columns)
    tables = [{**row, "things": _things(row["things"], lang)} for row in report["tables"]]
    names = ["number", "caption", "line", "mapping", "rows", "logical_rows", "accepted", "partial", "things"]
    if len({row["file"] for row in tables}) > 1:
        names.insert(0, "file")
    lines += listed("report_tables", names, tables, most=None)
    prose = [
        {
            "file": row["file"],
            "damage": say(f"damage_{row['damage']}", lang),
            "repaired": row["repaired"],
            "unsure": row["unsure"],
            "things": _things(row["entities"], lang),
            "edges": sum(row["relations"].values()),
        }
        for row in report.get("prose", ())
    ]
    lines += listed("report_prose", ["file", "damage", "repaired", "unsure", "things", "edges"], prose, most=None)
    lines += listed("report_left_out", ["file", "line", "number", "caption", "headers"], report["left_out"], most=None)
    lines += told("report_problems", report["problems"])
    lines += told("report_notes", report["notes"])
    lines += listed("report_unknown", ["word", "taken_as"], _pairs(report["unknown_words"], "word", "taken_as"))
    lines += listed("report_untied", ["text", "where"], _pairs(report["untied_indicators"], "text", "where"))
    lines += _counts(report["counts"], lang, columns)
    key = "report_rows" if report["rows"] else "report_records"
    totals = {name: f"{n:,}" for name, n in report["rows"].items()}
    lines += ["", say(key, lang, **totals, records=f"{report['records']:,}", merged=f"{report['merged']:,}")]
    lines.append(_contradictions(report, lang))
    lines.append(say("graph_written", lang, path=report["graph"]))
    return lines


def _contradictions(report: Mapping[str, Any], lang: Lang) -> str:
    """How many contradictions and candidates there are, with the contradictions by kind."""
    from aikg.cli.evidence import kinds_told

    told = kinds_told(report.get("conflict_kinds") or {}, lang)
    kinds = f"（{told}）" if told and lang == "zh" else f" ({told})" if told else ""
    numbers = {"conflicts": f"{report['conflicts']:,}", "candidates": f"{report['candidates']:,}"}
    return say("report_conflicts", lang, kinds=kinds, **numbers)


def _inputs(inputs: Sequence[Mapping[str, Any]], lang: Lang, columns: int | None) -> list[str]:
    if not inputs:
        return [f"- {say('none', lang)}"]
    cited = [row for row in inputs if row.get("data_set")]
    read = [row for row in inputs if not row.get("data_set")]
    lines = _table(["name", "title", "source", "encoding", "lines", "tables"], read, lang, columns) if read else []
    return lines + [f"- {row['title'] or row['name']} ({row['source']}; {say('data_set', lang)})" for row in cited]


def _counts(counts: Mapping[str, Mapping[str, int]], lang: Lang, columns: int | None) -> list[str]:
    from aikg.ontology.schema import load_schema

    schema = load_schema()
    lines = []
    for heading, kind, known in (("report_nodes", "nodes", schema.labels), ("report_edges", "edges", schema.relations)):
        here = counts.get(kind, {})
        rows = [{"type": name, "name": known[name].label[lang], "n": n} for name, n in here.items()]
        if rows:
            lines += [
                "",
                f"{say(heading, lang)} ({sum(here.values()):,})",
                *_table(["type", "name", "n"], rows, lang, columns),
            ]
    return lines


def _things(things: Mapping[str, int], lang: Lang) -> list[str]:
    from aikg.ontology.schema import load_schema

    labels = load_schema().labels
    return [f"{labels[name].label[lang] if name in labels else name} {n}" for name, n in things.items() if n]


def _pairs(words: Mapping[str, str], key: str, value: str) -> list[dict[str, str]]:
    return [{key: word, value: meaning} for word, meaning in words.items()]


def _table(names: Sequence[str], rows: Iterable[Mapping[str, Any]], lang: Lang, columns: int | None) -> list[str]:
    from aikg.cli.tables import Table, as_table

    table = replace(Table.of_rows(names, rows), blank=frozenset(names))
    return as_table(table, lang, columns)[0].rstrip("\n").split("\n")


def _rest(all_: Sequence[Any], shown: Sequence[Any], more: str, lang: Lang) -> list[str]:
    left = len(all_) - len(shown)
    return [say("report_more", lang, n=left, path=more)] if left else []
