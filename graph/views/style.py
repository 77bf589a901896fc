"""What each label looks like, in every picture: one colour and one shape, and fonts that hold Chinese."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

__all__ = ["FONT_STACK", "LABEL_STYLES", "Style", "label_style", "text_width"]

# The first that is installed wins: Debian, macOS, Windows, older Linux. No web font: a page asks nobody.
FONT_STACK = (
    '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", '
    '"WenQuanYi Micro Hei", "Hiragino Sans GB", system-ui, "Segoe UI", sans-serif'
)


@dataclass(frozen=True)
class Style:
    """Colour (``#rrggbb``), shape (of vis-network, text outside) and base radius of a label's nodes."""

    color: str
    shape: str
    size: int


# Chain warm, places blue squares, parks green, policies violet: kinds stay apart by shape for readers who
# do not see the colours, and every colour has a contrast of at least 3 : 1 to white.
LABEL_STYLES: dict[str, Style] = {
    "ChainLayer": Style("#8a2f3c", "square", 11),
    "ChainSegment": Style("#b9741f", "dot", 10),
    "Technology": Style("#a0522d", "diamond", 8),
    "ApplicationField": Style("#c2410c", "hexagon", 9),
    "ApplicationScenario": Style("#d9622b", "hexagon", 6),
    "Industry": Style("#857217", "diamond", 8),
    "Company": Style("#2563eb", "dot", 6),
    "University": Style("#be185d", "triangle", 7),
    "Institution": Style("#9d4e78", "triangle", 7),
    "Country": Style("#0b3954", "square", 11),
    "Region": Style("#14597a", "square", 10),
    "Province": Style("#1b6f93", "square", 9),
    "City": Style("#1784a8", "square", 8),
    "District": Style("#4c8ba1", "square", 6),
    "Group": Style("#5b6472", "square", 7),
    "Park": Style("#2f855a", "triangle", 8),
    "ComputeCenter": Style("#0f766e", "star", 9),
    "Policy": Style("#6d4bc3", "triangleDown", 8),
    "PolicyTarget": Style("#8b6fd1", "triangleDown", 6),
    "Programme": Style("#7c3a9d", "triangleDown", 8),
    "Event": Style("#b4447a", "diamond", 6),
    "Observation": Style("#6b7280", "dot", 5),
    "Assessment": Style("#6b7280", "diamond", 5),
    "Conflict": Style("#c81e1e", "star", 7),
    "Source": Style("#4b5563", "square", 6),
}

_OTHER = ("#3f6212", "#9a3412", "#155e75", "#86198f", "#713f12", "#1e40af")


def label_style(label: str) -> Style:
    """The style of a label; one that the ontology gained later gets a colour fixed by its name.

    >>> label_style("Company").color
    '#2563eb'
    """
    known = LABEL_STYLES.get(label)
    # crc32, not hash(): the same label has the same colour in every run.
    return known or Style(_OTHER[zlib.crc32(label.encode("utf-8")) % len(_OTHER)], "dot", 7)


# Signs of Western text that Chinese fonts draw a full em wide.
_WIDE = frozenset("“”‘’—…·")


def text_width(text: str, size: float = 12.0) -> float:
    """Approximate width in pixels of `text` at `size`: a full em for Chinese, 0.56 of one for the rest.

    >>> text_width("深圳AI", 10), text_width("“张江”", 10)
    (31.2, 40)
    """
    return round(sum(size if ord(sign) > 0x2E7F or sign in _WIDE else 0.56 * size for sign in text), 1)
