"""Which texts went through the converter, and which are Traditional because their author wrote so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from aikg.loaders.repair.brackets import HAN, HAN_SIGN, TONED, belongs
from aikg.loaders.repair.marks import share_of_narrow
from aikg.loaders.repair.script import to_simplified

__all__ = ["Evidence", "Kind"]

Kind = Literal["clean", "damaged", "bare", "traditional"]

_GLOSSED = re.compile(rf"([{HAN}])\(({TONED})\)")
# The converter leaves these; whoever writes Traditional does not. 公里, 皇后 and 制度 are written so in both.
_LEFT = re.compile(
    r"(?<![关關])于|(?<![皇太王母影歌])后|(?<![公英海鄰邻千万萬])里(?![程])|云|制(?=造|作|药|藥|品|成)|托(?=管|盤|盘)|托$|[并范]"
)
_UNTOUCHED = re.compile(r"[後裡裏雲製託於並範麵鬆鬥]")
# A quotation in Traditional does not make a Simplified text a Traditional one.
_FEW = 0.03


@dataclass
class Evidence:
    """Counts over a text that is given piece by piece; `kind` is the verdict so far."""

    han: int = 0
    traditional: int = 0
    readings: int = 0
    left: int = 0
    untouched: int = 0
    narrow: int = 0
    full: int = 0
    _known: dict[str, bool] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Count one piece; characters at a cut are counted on one side."""
        if text.isascii():
            return
        changed = to_simplified()
        signs = Counter(HAN_SIGN.findall(text))
        self.han += signs.total()
        self.traditional += sum(count for char, count in signs.items() if ord(char) in changed)
        for (char, reading), count in Counter(_GLOSSED.findall(text)).items():
            # Clean text explains the reading of a Simplified character; the converter's are Traditional ones.
            if ord(char) in changed and belongs(char, reading):
                self.readings += count
        self.left += len(_LEFT.findall(text))
        self.untouched += len(_UNTOUCHED.findall(text))
        narrow, full = share_of_narrow(text)
        self.narrow += narrow
        self.full += full

    @property
    def kind(self) -> Kind:
        """clean, damaged, bare (the converter's work without brackets) or traditional."""
        few = self.traditional < max(_FEW * self.han, 3)
        if self.readings and (self.untouched <= self.left or not few) and self._glossed_by_converter():
            return "damaged"
        if few:
            return "clean"
        return "bare" if self.left > self.untouched else "traditional"

    def _glossed_by_converter(self) -> bool:
        """A language lesson glosses a word here and there; the converter a good part of what it changed."""
        if self.untouched > self.left and self.readings < 0.2 * self.traditional:
            return False
        return self.readings >= 3 or self.readings >= 0.05 * self.traditional

    @property
    def narrowed(self) -> bool:
        """Whether the marks were narrowed too."""
        return self.narrow >= self.full
