"""A person's judgements on candidates: which ids are one thing and which are not. Input to the next build.

CSV with a header: id_a, id_b, judgement (same, different, unsure), reason.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from aikg.ontology.errors import SourceError
from aikg.ontology.language import say

__all__ = ["Judgements", "read_judgements"]

_HEADER = ("id_a", "id_b", "judgement", "reason")
_KINDS = ("same", "different", "unsure")


@dataclass
class Judgements:
    """`same` maps an id to the one it is the same as; `different` are pairs judged apart, `pairs` all that were looked at."""

    same: dict[str, str] = field(default_factory=dict)
    different: list[tuple[str, str]] = field(default_factory=list)
    pairs: set[frozenset[str]] = field(default_factory=set)

    def join(self, first: str, second: str) -> None:
        """Two ids are one thing, and so is everything judged the same as either; the smallest id stays."""
        keep, drop = sorted((self.same.get(first, first), self.same.get(second, second)))
        if keep != drop:
            self.same |= {id_: keep for id_, end in self.same.items() if end == drop} | {drop: keep}


def read_judgements(path: Path) -> Judgements:
    """Raises SourceError naming row and column."""
    made = Judgements()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _HEADER[:3] if name not in (reader.fieldnames or ())]
            if missing:
                raise SourceError(
                    say(
                        f"{path.name}: column '{missing[0]}' is missing; the header is {','.join(_HEADER)}",
                        f"{path.name}：缺少“{missing[0]}”列；表头应为 {','.join(_HEADER)}",
                    )
                )
            for row in reader:
                first, second, kind = (str(row[name] or "").strip() for name in _HEADER[:3])
                if kind not in _KINDS:
                    raise SourceError(
                        say(
                            f"{path.name} row {reader.line_num}: judgement '{kind}' is not one of {', '.join(_KINDS)}",
                            f"{path.name} 第 {reader.line_num} 行：判断“{kind}”应为 {'、'.join(_KINDS)} 之一",
                        )
                    )
                if not first or not second or first.split(":", 1)[0] != second.split(":", 1)[0]:
                    raise SourceError(
                        say(
                            f"{path.name} row {reader.line_num}: '{first}' and '{second}' are not two ids of one label",
                            f"{path.name} 第 {reader.line_num} 行：“{first}”与“{second}”不是同一类型的两个编号",
                        )
                    )
                made.pairs.add(frozenset((first, second)))
                if kind == "same":
                    made.join(first, second)
                elif kind == "different":
                    made.different.append((first, second))
    except FileNotFoundError as error:
        raise SourceError(say(f"{path}: no such judgement file", f"{path}：没有这个判断文件")) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            say(f"{path}: is not UTF-8 text; save it as CSV UTF-8", f"{path}：不是 UTF-8 文本；请另存为 CSV UTF-8")
        ) from error
    except csv.Error as error:
        raise SourceError(say(f"{path}: is no CSV ({error})", f"{path}：不是正确的 CSV（{error}）")) from error
    for first, second in made.different:
        if made.same.get(first, first) == made.same.get(second, second):
            raise SourceError(
                say(
                    f"{path.name}: {first} and {second} are judged different, and the same in other rows; keep one of them",
                    f"{path.name}：{first} 与 {second} 判断为不同，其他行又判断为同一；请只留一种",
                )
            )
    return made
