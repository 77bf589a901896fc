"""The helpers of the tests: what is skipped, what fails instead, and a server that ends with its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from neo4j_server import UnavailableError, library_folder, running_server
from support import assert_equal_rows, require_or_skip

SERVER = Path(__file__).with_name("neo4j_server.py")


def test_a_missing_tool_skips_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIKG_REQUIRE", "browser, shared")
    with pytest.raises(pytest.skip.Exception, match="no Java"):
        require_or_skip("neo4j", "no Java")
    with pytest.raises(pytest.fail.Exception, match="AIKG_REQUIRE names shared, but there is none"):
        require_or_skip("shared", "there is none")
    monkeypatch.delenv("AIKG_REQUIRE")
    with pytest.raises(pytest.skip.Exception):
        require_or_skip("shared", "there is none")
    with pytest.raises(ValueError, match="is not one of neo4j, browser, shared"):
        require_or_skip("gpu", "x")


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NEO4J_URI", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="java is not installed"), running_server():
        pass
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(UnavailableError, match=r"mvn .* is not installed"):
        library_folder()


def test_equal_rows_are_multisets_with_tolerance() -> None:
    left = pd.DataFrame({"a": [1, 1, 2], "l": [["x", "y"], ["y", "x"], None], "f": [0.1 + 0.2, 1.0, None]})
    right = pd.DataFrame({"a": [2, 1, 1], "l": [None, ["x", "y"], ["x", "y"]], "f": [None, 0.3, 1.0]})
    assert_equal_rows(left, right)
    with pytest.raises(AssertionError):
        assert_equal_rows(left, right.iloc[:2])
    with pytest.raises(AssertionError):
        assert_equal_rows(left, right.assign(f=[None, 0.3001, 1.0]))
    with pytest.raises(AssertionError):
        assert_equal_rows(left, right[["l", "a", "f"]])


@pytest.mark.neo4j
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_the_server_ends_with_a_parent_that_is_killed() -> None:
    try:
        library_folder()
    except UnavailableError as error:
        require_or_skip("neo4j", str(error))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_")}
    with subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        said = parent.stdout.readline()
        address = urlsplit(said.strip().partition("=")[2])
        assert address.hostname is not None, said
        socket.create_connection((address.hostname, address.port or 0), timeout=5).close()
        parent.kill()
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection((address.hostname, address.port or 0), timeout=5).close()
            except OSError:
                return
            time.sleep(0.1)
    pytest.fail("the server goes on although its parent was killed")
