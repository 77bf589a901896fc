"""A base map of the user's own: an image with its bounds and its 审图号, which is shown on the picture.

Maps of China that are published need an approved number (地图管理条例, 2016, articles 22 and 37), so an image without one
is refused. aikg ships no map and draws no boundary.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.views.pictures.place_map import Box
    from aikg.graph.views.svg import Svg

__all__ = ["BaseMap", "read_base_map"]

MOST_BYTES = 8_000_000
_NUMBER = re.compile(r"[A-Za-z\u4e00-\u9fff]{1,8}\s*[（(\[〔]\s*\d{4}\s*[)）\]〕]\s*第?\s*\d+\s*号?")


@dataclass(frozen=True)
class BaseMap:
    """An image as data: URI, its bounds in degrees (equirectangular, WGS-84), and its 审图号."""

    uri: str
    west: float
    south: float
    east: float
    north: float
    number: str

    def draw(self, svg: Svg, box: Box) -> None:
        """The image over the whole box. Only ever as image: whatever stands in an SVG file, none of it becomes markup."""
        # The URI is longer than attribute values of `Svg` may be; base64 holds nothing to escape.
        svg.parts.append(
            f'<image x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
            f'preserveAspectRatio="none" href="{self.uri}"/>'
        )


def read_base_map(path: str, bounds: list[str], number: str) -> BaseMap | None:
    """The base map that the parameters name; None where they name none.

    `bounds` are west, south, east, north in degrees; `number` is the 审图号 (GS(2024)0650号). Raises GraphError where one
    of the three is missing or wrong, and for a file that is not PNG, JPEG or SVG.
    """
    if not path and not bounds and not number:
        return None
    if not path:
        raise GraphError(
            say("bounds and map_number belong to a base_map, which is missing", "给出了 bounds 或 map_number，却没有 base_map")
        )  # fmt: skip
    written = number.strip().removeprefix("审图号").lstrip("：: ").strip()
    if not _NUMBER.fullmatch(written):
        raise GraphError(
            say(
                f"base_map needs the approval number of the map, as map_number='GS(2024)0650', not '{written}'",
                f"base_map 须同时给出底图的审图号，如 map_number='GS(2024)0650号'，不能是“{written}”",
            )
        )
    west, south, east, north = _edges(bounds)
    return BaseMap(_uri(path), west, south, east, north, written)


def _edges(bounds: list[str]) -> tuple[float, float, float, float]:
    wrong = GraphError(
        say(
            f"bounds must be west,south,east,north of the base map in degrees, as 73,17,136,54, not '{','.join(bounds)}'",
            f"bounds 应为底图的西、南、东、北界（度），如 73,17,136,54，不能是“{','.join(bounds)}”",
        )
    )
    try:
        west, south, east, north = (float(part) for part in bounds)
    except ValueError:
        raise wrong from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise wrong
    return west, south, east, north


def _uri(path: str) -> str:
    file = Path(path).expanduser()
    try:
        if file.stat().st_size > MOST_BYTES:
            raise GraphError(
                say(f"{file}: a base map may have {MOST_BYTES // 1_000_000} MB at most", f"{file}：底图不能超过 {MOST_BYTES // 1_000_000} MB")
            )  # fmt: skip
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GraphError(say(f"cannot read the base map {path}: {reason}", f"无法读取底图 {path}：{reason}")) from error
    kind = _kind(content)
    if kind is None:
        raise GraphError(
            say(f"{file} is no PNG, JPEG or SVG image; save the base map as one of these", f"{file} 不是 PNG、JPEG 或 SVG 图像；请存为其中一种")
        )  # fmt: skip
    return f"data:{kind};base64,{binascii.b2a_base64(content, newline=False).decode('ascii')}"


def _kind(content: bytes) -> str | None:
    """Media type by what is in the file, not by its name."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/svg+xml" if _is_svg(content) else None


def _is_svg(content: bytes) -> bool:
    """Whether it is XML whose root is `svg`, without entities of its own (which can grow without end)."""
    roots: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise ValueError

    def start(name: str, _: object) -> None:
        roots.append(name) if not roots else None

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        return False
    return roots == ["http://www.w3.org/2000/svg svg"]
