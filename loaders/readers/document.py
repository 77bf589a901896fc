"""A document: its lines, its identity, and what its cover says of itself; and how text files become one.

Line numbers are those of the given file, since the locator of a fact points into the copy that the user has.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aikg.loaders.readers.cover import Cover, read_cover
from aikg.loaders.readers.markdown import heading_levels
from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, say

__all__ = ["Cover", "Document", "decode", "read_bytes", "read_cover", "read_document", "refuse_magic"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text file. `lines[0]` is line 1; lines end at LF only and keep no CR.

    `source_id` is ``src:`` and 12 hex digits of the sha256 of the file's bytes. `title`, `publisher` and
    `published` (ISO, partial) stand on the cover, or are None: they are never guessed.

    Of a file that is no plain text (HTML, PDF, DOCX) the lines are those that its reader makes. `places` then
    says for each line where the file itself has it, such as ``p3`` for a page (empty: the line says it all).
    `headings` maps the lines that are known to be headings to their level, from 1.
    """

    path: Path
    name: str
    sha256: str
    source_id: str
    encoding: str
    lines: tuple[str, ...]
    title: str | None
    publisher: str | None
    published: str | None
    places: tuple[str | None, ...] = ()
    headings: Mapping[int, int] = field(default_factory=dict, hash=False)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def place(self, line: int) -> str | None:
        """What a locator says of a line (from 1) besides its number: ``p3``, or None."""
        return self.places[line - 1] if 1 <= line <= len(self.places) else None


def read_document(path: Path | str) -> Document:
    """Read a text file in UTF-8, UTF-16 with its mark, or GB18030 (with GBK and GB2312).

    Raises SourceError in one line for a path that is missing, a folder, unreadable, empty, or not text.
    The cover of a damaged text is read better after its repair: give the repaired lines to `read_cover`.
    """
    path = Path(path)
    data = read_bytes(path)
    text, encoding = decode(data, path.name)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0"):
        raise SourceError(
            say(
                f"{path}: the file holds no text; give a file with text in it",
                f"{path}：文件里没有文字；请给出有文字的文件",
            )
        )
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    digest = hashlib.sha256(data).hexdigest()
    kept = tuple(line.removesuffix("\r") for line in lines)
    cover = read_cover(kept)
    headings = heading_levels(kept) if path.suffix.lower() in (".md", ".markdown") else {}
    return Document(path, path.name, digest, f"src:{digest[:12]}", encoding, kept, *cover, headings=headings)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or a SourceError that says in one line what is wrong with the path."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(say(f"{path}: no such file; check the path", f"{path}：没有这个文件；请检查路径")) from None
    except IsADirectoryError:
        raise _folder(path) from None
    except PermissionError:
        if path.is_dir():  # Windows
            raise _folder(path) from None
        raise SourceError(
            say(
                f"{path}: may not be read; change its permissions or copy it",
                f"{path}：没有读取权限；请修改权限，或复制一份",
            )
        ) from None
    except (OSError, ValueError) as error:
        raise SourceError(
            say(f"{path}: cannot be read ({error}); check the path", f"{path}：无法读取（{error}）；请检查路径")
        ) from None
    if not data:
        raise SourceError(
            say(f"{path}: the file is empty; give a file with text in it", f"{path}：文件是空的；请给出有文字的文件")
        )
    return data


def _folder(path: Path) -> SourceError:
    return SourceError(say(f"{path}: is a folder; give a file in it", f"{path}：是文件夹；请给出其中的文件"))


# ------------------------------------------------------------------------------------------ encodings

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", Said("a PDF file", "PDF 文件")),
    (b"PK\x03\x04", Said("a ZIP file (DOCX, XLSX, EPUB …)", "ZIP 文件（DOCX、XLSX、EPUB 等）")),
    (b"\xd0\xcf\x11\xe0", Said("an old Office file (DOC, XLS)", "旧的 Office 文件（DOC、XLS）")),
    (b"\x89PNG", Said("a picture", "图片")),
    (b"\xff\xd8\xff", Said("a picture", "图片")),
    (b"\x1f\x8b", Said("a compressed file", "压缩文件")),
    (b"PAR1", Said("a Parquet file", "Parquet 文件")),
)
_COMMON = 0.5


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and the name of its encoding.

    SourceError where no encoding fits beyond doubt: wrong text is worse than none.
    """
    refuse_magic(data, name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise SourceError(
                    say(
                        f"{name}: begins as {encoding} but breaks at byte {error.start}; save it as UTF-8",
                        f"{name}：开头是 {encoding}，但在第 {error.start} 字节处出错；请另存为 UTF-8",
                    )
                ) from None
    if b"\0" in data:
        raise SourceError(
            say(
                f"{name}: is a binary file, not text (or UTF-16 without its mark); save it as UTF-8",
                f"{name}：是二进制文件，不是文本（或是没有标记的 UTF-16）；请另存为 UTF-8",
            )
        )
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _looks_chinese(text):
        return text, "gb18030"
    line = data.count(b"\n", 0, broken.start) + 1
    byte = f"0x{data[broken.start]:02x}"
    raise SourceError(
        say(
            f"{name} line {line}: byte {byte} is neither UTF-8 nor GB18030; save the file as UTF-8",
            f"{name} 第 {line} 行：字节 {byte} 既不是 UTF-8 也不是 GB18030；请另存为 UTF-8",
        )
    )


def refuse_magic(data: bytes, name: str) -> None:
    """SourceError for bytes that begin as a file of another kind does, whatever its name says."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(
                say(
                    f"{name}: is {kind}, not text; give it the right suffix, or convert it to text or Markdown",
                    f"{name}：是{kind}，不是文本；请改正后缀，或转换成文本、Markdown",
                )
            )


def _looks_chinese(text: str) -> bool:
    """GB18030 has *some* character for most bytes; Chinese mostly uses the 3755 common ones of GB 2312."""
    foreign = [char for char in text[:200_000] if char > "\x7f"]
    if any("\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f" for char in foreign):
        return False
    common = 0
    for char in foreign:
        try:
            code = char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        common += 0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7
    return common >= _COMMON * len(foreign)
