"""Chromium for the tests that look at pages: found on this machine, never downloaded, with the network cut.

A machine without a browser skips these tests and says why; with ``AIKG_REQUIRE=browser`` it fails instead,
so that a machine that is meant to have one cannot lose it unnoticed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from support import require_or_skip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Opened", "chromium", "opened"]

_ARGUMENTS = [
    "--no-sandbox",  # containers give no user namespaces; only our own files are opened
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def _executable() -> str | None:
    given = os.environ.get("CHROMIUM")
    names = [given] if given else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One headless Chromium for all tests of a run."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        require_or_skip("browser", "Playwright is not installed (pip install playwright)")
    path = _executable()
    if path is None:
        require_or_skip("browser", "no Chromium was found (install it, or give its path in CHROMIUM)")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        except Error as error:
            require_or_skip("browser", f"{path} did not start: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page on screen, with everything it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextlib.contextmanager
def opened(browser: Any, path: Path, *, width: int = 1280, height: int = 800) -> Iterator[Opened]:
    """Open a file by ``file://``, every other request refused and recorded; watch for what goes wrong.

    ``complaints`` collects console errors and warnings, uncaught errors, violations of the page's own policy,
    dialogs (what ``alert`` would open), and new windows.
    """
    context = browser.new_context(viewport={"width": width, "height": height}, offline=False)
    page = context.new_page()
    seen = Opened(page)
    address = path.resolve().as_uri()

    def answer(route: Any) -> None:
        if route.request.url == address:
            route.continue_()
        else:
            seen.requests.append(route.request.url)
            route.abort()

    def dialog(shown: Any) -> None:
        seen.complaints.append(f"dialog: {shown.message}")
        shown.dismiss()

    context.route("**/*", answer)
    # Requests that a page's policy stops never reach the route; the request event sees data: too, which is
    # no request.
    page.on(
        "request",
        lambda r: None if r.url == address or r.url.startswith("data:") else seen.requests.append(r.url),
    )
    page.on("websocket", lambda socket: seen.requests.append(socket.url))
    page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.complaints.append(f"uncaught: {error}"))
    page.on("dialog", dialog)
    page.on("popup", lambda other: seen.complaints.append(f"window: {other.url}"))
    page.add_init_script(
        "window.violations = []; document.addEventListener('securitypolicyviolation',"
        " event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));"
    )
    try:
        page.goto(address, wait_until="load")
        yield seen
        seen.complaints += [f"policy: {one}" for one in page.evaluate("window.violations")]
    finally:
        context.close()
