"""Words that texts on the AI industry, its parks, cities and policies use as names: firms, institutions, terms.

The lists in ``lexicon/`` were compiled by hand for this project from general knowledge of the field, from no document
and no other list, and may be used under the licence of the project without naming it. They say only what a word names
where a document uses it. They state no fact, so nothing enters a graph because it is listed here.

What the concepts (`concepts.load_concepts`) and the place table have already is not repeated. A word names one thing:
if it also is an everyday word or names several things (联想, 理想), its entry has the kind ``ambiguous`` and a reader
must ask the context (a list of firms, a legal form behind) before it takes the word for a name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aikg.ontology.errors import SchemaError
from aikg.ontology.language import say
from aikg.ontology.places import load_places
from aikg.ontology.schema import load_schema

__all__ = ["AMBIGUOUS", "LexiconEntry", "load_lexicon", "not_names", "read_lexicon", "read_words"]

AMBIGUOUS = "ambiguous"

_FOLDER = Path(__file__).with_name("lexicon")
_FILES = ("companies", "institutions", "universities", "parks", "programmes", "terms")
_COLUMNS = ("name", "label", "aliases", "kind")
_OPTIONAL = ("place",)


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One name with its other wordings. `kind` is a code of the label's code list, ``ambiguous`` or empty; `place`
    is the name of the place where a park lies, or empty."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    place: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)

    @property
    def ambiguous(self) -> bool:
        """Whether a reader must ask the context before it takes the word for a name."""
        return self.kind == AMBIGUOUS


@lru_cache(maxsize=1)
def load_lexicon() -> tuple[LexiconEntry, ...]:
    """All entries of the shipped lists, file by file, each sorted by name. Read once per process.

    >>> next(entry for entry in load_lexicon() if "NVIDIA" in entry.aliases).name
    '英伟达'
    """
    entries: list[LexiconEntry] = []
    owner: dict[str, LexiconEntry] = {}
    for stem in _FILES:
        path = _FOLDER / f"{stem}.csv"
        for entry in read_lexicon(path):
            for word in entry.words:
                if other := owner.get(word):
                    raise _error(
                        path,
                        f"{word!r} names {entry.name} ({entry.label}) and {other.name} ({other.label}); keep one",
                        f"“{word}”同时指 {entry.name}（{entry.label}）和 {other.name}（{other.label}）；请保留一个",
                    )
                owner[word] = entry
            entries.append(entry)
    return tuple(entries)


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Words that end like names (科技, 园区, 大学) but name nothing: 高新科技, 大学生, 重点实验室."""
    return frozenset(read_words(_FOLDER / "not_names.csv"))


def read_lexicon(path: Path) -> list[LexiconEntry]:
    """The entries of one CSV file with the columns name, label, aliases (joined by ``|``), kind and perhaps place.

    Raises SchemaError with file, row and cure: missing column, unknown label, unknown place, word of one sign, names
    that repeat or are not sorted.
    """
    schema, places = load_schema(), load_places()
    entries: list[LexiconEntry] = []
    for line, row in _rows(path, _COLUMNS, _OPTIONAL):
        aliases = tuple(row["aliases"].split("|")) if row["aliases"] else ()
        entry = LexiconEntry(row["name"], row["label"], aliases, row["kind"], row.get("place", ""))
        if entry.label not in schema.labels:
            raise _error(
                path,
                f"row {line}: {entry.label!r} is no label of the schema; write one of {', '.join(schema.labels)}",
                f"第 {line} 行：“{entry.label}”不是本体中的标签；应为 {'、'.join(schema.labels)} 之一",
            )
        for word in entry.words:
            if len(word) < 2 or word != word.strip():
                raise _error(
                    path,
                    f"row {line}: {word!r} is no word of two signs or more without blanks around it",
                    f"第 {line} 行：“{word}”应至少两个字，且前后无空格",
                )
        if len(set(entry.words)) < len(entry.words):
            raise _error(
                path,
                f"row {line}: {entry.name} lists a word twice; delete one",
                f"第 {line} 行：{entry.name} 的词有重复；请删去一个",
            )
        if entry.place and places.resolve(entry.place).place is None:
            raise _error(
                path,
                f"row {line}: place {entry.place!r} is not in the place table; write a name that is",
                f"第 {line} 行：地名表中没有“{entry.place}”；请改用表中的地名",
            )
        if entries and entry.name <= entries[-1].name:
            raise _error(
                path,
                f"row {line}: {entry.name} stands behind {entries[-1].name}; sort the rows by name, each once",
                f"第 {line} 行：{entry.name} 排在 {entries[-1].name} 之后；请按名称排序，每个名称一行",
            )
        entries.append(entry)
    return entries


def read_words(path: Path) -> list[str]:
    """The words of a CSV file with the one column ``word``; SchemaError for a broken file."""
    return [row["word"] for _, row in _rows(path, ("word",))]


def _rows(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) pairs of the rows."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if tuple(header) not in (columns, columns + optional):
                raise _error(
                    path,
                    f"the first row is {','.join(header)!r}; write {','.join(columns)}",
                    f"首行为“{','.join(header)}”；应为 {','.join(columns)}",
                )
            for cells in reader:
                if len(cells) != len(header) or not cells[0]:
                    raise _error(
                        path,
                        f"row {reader.line_num} has {len(cells)} cells or no name; write {len(header)} cells",
                        f"第 {reader.line_num} 行有 {len(cells)} 格或缺名称；应为 {len(header)} 格",
                    )
                yield reader.line_num, dict(zip(header, cells, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _error(
            path, f"cannot be read ({error}); install aikg again", f"无法读取（{error}）；请重新安装 aikg"
        ) from error


def _error(path: Path, en: str, zh: str) -> SchemaError:
    return SchemaError(say(f"{path.name}: {en}", f"{path.name}：{zh}"))
