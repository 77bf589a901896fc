"""One HTML file that asks nobody for anything: the shell that every picture is put into.

Three rules make a page safe whatever its names say. Data travel as JSON in a `<script
type="application/json">` block in which no character can end the block; the page's own scripts and styles
are admitted by the sha256 of their text and nothing else runs or loads; and the scripts write text nodes
only (`require-trusted-types-for` makes the browser refuse anything else). It holds on `file://`, where no
server could send headers.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say, why_not

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["content_security_policy", "html_page", "json_text", "save_bytes", "save_html"]

# `<` and `>` could open or close a tag, `&` an entity in XHTML, U+2028/9 end a line in old JavaScript, and
# a lone surrogate has no UTF-8 form at all. All of them only ever occur inside JSON strings, where \uXXXX
# means the same.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def _plain(value: Any) -> Any:
    """Values as JSON knows them: numpy scalars become Python's, NaN and infinities null, sets lists."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, str) or value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    if hasattr(value, "tolist"):  # numpy scalars and arrays, without importing numpy for it
        return _plain(value.tolist())
    return str(value)


def json_text(value: Any) -> str:
    """`value` as JSON that may stand inside a `<script>` element and parses back to the same value.

    >>> json_text({"name": "</script>", "share": float("nan")})
    '{"name":"\\\\u003c/script\\\\u003e","share":null}'
    """
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _lf(text: str) -> str:
    """Line ends as the HTML parser leaves them; a hash over CRLF text would admit nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _source_hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def content_security_policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """The policy of a page with these inline scripts and styles: no request, no eval, no HTML from strings.

    >>> content_security_policy([], [])[:42]
    "default-src 'none'; script-src 'none'; sty"
    """
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(_source_hash, scripts)) or "'none'",
        "style-src": " ".join(map(_source_hash, styles)) or "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def html_page(
    *,
    title: str,
    body: str,
    data: Mapping[str, Any] | None = None,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    lang: str = "zh",
) -> str:
    """A whole HTML document. `body` is trusted markup of ours; whatever comes from a graph goes into `data`.

    Scripts find the data with ``JSON.parse(document.getElementById("data").textContent)``. `title` is text.

    >>> "connect-src" in html_page(title="a < b", body="<p>…</p>")
    False
    """
    scripts = [_lf(script) for script in scripts]
    styles = [_lf(style) for style in styles]
    for script in scripts:
        if re.search(r"</script|<!--", script, re.IGNORECASE):
            raise ValueError("a script that is set inline cannot contain '</script' or '<!--'")
    for style in styles:
        if "</style" in style.lower():
            raise ValueError("a style sheet that is set inline cannot contain '</style'")
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{"en" if lang == "en" else "zh-CN"}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{content_security_policy(scripts, styles)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<link rel="icon" href="data:,">',  # otherwise a browser asks a server for /favicon.ico
        f"<title>{html.escape(title[:200])}</title>",
        *(f"<style>{style}</style>" for style in styles),
        "</head>",
        "<body>",
        body,
    ]
    if data is not None:
        parts.append(f'<script type="application/json" id="data">{json_text(data)}</script>')
    parts += [f"<script>{script}</script>" for script in scripts]
    parts += ["</body>", "</html>", ""]
    # A lone surrogate (possible in the title only) has no UTF-8 form; the file must still be written.
    return "\n".join(parts).encode("utf-8", "replace").decode("utf-8")


def save_html(html: str, path: str | os.PathLike[str]) -> Path:
    """Write a page as UTF-8 with LF line ends in any locale; see `save_bytes`."""
    return save_bytes(_lf(html).encode("utf-8"), path)


def save_bytes(content: bytes, path: str | os.PathLike[str]) -> Path:
    """Write a file whole or not at all; returns the path. Raises GraphError when the place cannot be written.

    >>> save_bytes(b"...", "network.html")  # doctest: +SKIP
    PosixPath('network.html')
    """
    target = Path(path)
    try:
        real = Path(os.path.realpath(target))  # through a link to the file itself, so that the link stays one
        if real.is_dir():
            raise GraphError(
                say(
                    f"{target} is a folder; name a file in it, such as {target / 'network.html'}",
                    f"{target} 是文件夹；请写出文件名，如 {target / 'network.html'}",
                )
            )
        if not real.parent.is_dir():
            raise GraphError(
                say(
                    f"{target} cannot be written: there is no folder {real.parent}; make it first",
                    f"{target} 写不进去：没有文件夹 {real.parent}；请先建好",
                )
            )
        if real.exists() and not real.is_file():  # /dev/stdout, a pipe: nothing to replace
            real.write_bytes(content)
            return target
        # Not tempfile: it makes files that only their owner can read, and a page is there to be passed on.
        temporary = real.with_name(f".{real.name[:60]}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(content)
            if real.exists():
                temporary.chmod(real.stat().st_mode)
            temporary.replace(real)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise GraphError(
            say(
                f"{target} cannot be written ({why_not(error)}); choose another place for it",
                f"{target} 写不进去（{why_not(error)}）；请换一个位置",
            )
        ) from error
    return target
