"""A chart as one offline HTML page, and as SVG, PNG and XLSX files."""

from __future__ import annotations

import base64
import io
import zipfile
from importlib import resources
from typing import TYPE_CHECKING, Any

from aikg.graph.views.page import html_page
from aikg.graph.views.style import FONT_STACK
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.views.chart import Chart

__all__ = ["PNG_WIDTH", "chart_html", "png_of", "workbook_of"]

PNG_WIDTH = 3840
"""Pixels of a PNG's longer side, at least: a 4K screen, or A4 at 330 dots per inch."""
_LONGEST = 32_767  # characters of a cell of a workbook
_EXACT = 10**15


def chart_html(chart: Chart) -> str:
    """The page: the drawing, details on choice, filters, exports, presentation; it asks nobody for anything."""
    folder = resources.files("aikg.graph.views") / "assets"
    script = (folder / "chart.js").read_text(encoding="utf-8")
    style = (folder / "chart.css").read_text(encoding="utf-8").replace("FONT_STACK", FONT_STACK)
    svg = chart.svg()
    data: dict[str, Any] = {
        "lang": chart.lang,
        "name": chart.name,
        "title": chart.title,
        "words": chart.words,
        **chart.data(),
    }
    if chart.table is not None:
        data["workbook"] = base64.b64encode(workbook_of(chart.table)).decode("ascii")
    body = f'<header id="bar"></header><main><div id="stage">{svg}</div><aside id="panel" hidden></aside></main>'
    return html_page(title=chart.title, body=body, data=data, scripts=[script], styles=[style], lang=chart.lang)


def png_of(svg: str) -> bytes:
    """A drawing as PNG, its longer side `PNG_WIDTH` pixels. GraphError where the extra `aikg[png]` is not installed."""
    try:
        import resvg_py
    except ModuleNotFoundError as error:
        raise GraphError(
            say(
                'PNG files need the extra: pip install "aikg[png]"; or open the HTML page and press PNG there',
                '写 PNG 文件需要：pip install "aikg[png]"；也可打开网页，按其中的 PNG 按钮',
            )
        ) from error
    width, height = (float(part) for part in svg.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split())
    if width >= height:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=PNG_WIDTH))
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, height=PNG_WIDTH))


def workbook_of(table: pd.DataFrame) -> bytes:
    """A table as an .xlsx file, the same bytes for the same table; text stays text, null is an empty cell."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    from aikg.graph.views.details import plain

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("aikg")
    sheet.freeze_panes = "A2"
    for row in [list(table.columns), *table.itertuples(index=False, name=None)]:
        cells = []
        for cell in row:
            value = plain(cell)
            if isinstance(value, list):
                value = "; ".join(map(str, value))
            if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _EXACT:
                value = str(value)
            made = WriteOnlyCell(
                sheet,
                ILLEGAL_CHARACTERS_RE.sub(" ", value.encode("utf-8", "replace").decode())[:_LONGEST]
                if isinstance(value, str)
                else value,
            )
            if isinstance(value, str):
                made.data_type, made.number_format = "s", "@"  # =… is no formula, 2017-12 no date
            cells.append(made)
        sheet.append(cells)
    held = io.BytesIO()
    book.save(held)
    return _without_dates(held.getvalue())


def _without_dates(content: bytes) -> bytes:
    """The archive with fixed dates: the same data give the same file."""
    import re

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/core.xml":
                text = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", text)
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
