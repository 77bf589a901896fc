"""Files that are ZIP archives (XLSX, DOCX): refused before unpacking where they would fill the memory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_archive"]

_LARGEST = 1 << 30  # bytes of all parts together
_LARGEST_PART = 512 << 20
_RATIO = 200  # of a part; text of an office file is packed to a tenth or twentieth
_SMALL = 8 << 20  # a part below this does no harm at any ratio
_PARTS = 20_000
_NAMES = {"XLSX": Said("XLSX workbook", "XLSX 工作簿"), "DOCX": Said("DOCX document", "DOCX 文档")}


def check_archive(data: bytes, path: Path, kind: str) -> None:
    """SourceError in one line for bytes that are no whole ZIP archive, locked, or a bomb; `kind` is DOCX or XLSX.

    The sizes are those that the archive's directory states. Python's zipfile unpacks no more than it states, so
    a directory that lies gets no further than an error.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        old = kind.removesuffix("X")
        raise SourceError(
            say(
                f"{path}: is locked by a password or in the old {old} format; save it as {kind} without one",
                f"{path}：有密码或是旧的 {old} 格式；请去掉密码，另存为 {kind}",
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        if not data.startswith(b"PK"):
            return  # the reader says what it is instead
        raise SourceError(
            say(
                f"{path}: is no {_NAMES[kind]} that can be read: a part is missing or damaged; copy or download it again",
                f"{path}：不是能读取的 {_NAMES[kind]}：内容不完整或已损坏；请重新复制或下载",
            )
        ) from None
    total = sum(part.file_size for part in parts)
    packed = [part for part in parts if part.file_size > _SMALL]
    if (
        total > _LARGEST
        or len(parts) > _PARTS
        or any(
            part.file_size > _LARGEST_PART or part.file_size > _RATIO * max(part.compress_size, 1) for part in packed
        )
    ):
        size = f"{total / (1 << 20):,.0f} MB"
        raise SourceError(
            say(
                f"{path}: unpacks to {size} in {len(parts)} parts, as no {kind} file does; "
                "if it is yours, split it or save it as CSV or text",
                f"{path}：解压后有 {size}、{len(parts)} 个部分，正常的 {kind} 文件不会这样；"
                "如果确是您的文件，请拆分，或另存为 CSV 或文本",
            )
        )
