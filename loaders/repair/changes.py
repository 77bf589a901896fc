"""What the repair of one line did, run by run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from aikg.ontology.language import Said

__all__ = ["Change", "ChangeKind"]

ChangeKind = Literal["reading", "script", "shift", "mark"]


@dataclass(frozen=True, slots=True)
class Change:
    """One damaged run. `line` counts from 1; `start` and `end` are offsets in the repaired line.

    `kind`: reading (brackets with readings), script (Traditional characters only), shift (bytes played back), mark
    (a narrowed or stray mark). Where not `sure`, `note` says why, and what is read there deserves less trust.
    """

    line: int
    start: int
    end: int
    given: str
    repaired: str
    kind: ChangeKind
    sure: bool = True
    note: Said | None = None
