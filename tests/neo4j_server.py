"""A real Neo4j for the tests: the one that `NEO4J_URI` names, or a Community server of our own.

The server comes as plain jars from Maven (`tests/neo4j-server/pom.xml`, 123 MB, fetched once into the
user's cache), runs on a free port with its data in a temporary folder, and stops with the process that
started it, even when that is killed. It needs `mvn` and Java 17 or newer. By hand, for development::

    python tests/neo4j_server.py            # prints NEO4J_URI etc., runs until Ctrl-C
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
POM = HERE / "neo4j-server" / "pom.xml"
PASSWORD = "aikg-tests-only"  # noqa: S105  # of a throw-away server that listens on 127.0.0.1
START_SECONDS = 90.0


class UnavailableError(Exception):
    """No server can be had here; the message says what is missing."""


@dataclass(frozen=True)
class Server:
    """How to reach a running server; `home` is None for one that is not ours."""

    uri: str
    username: str
    password: str
    home: Path | None = None

    def environment(self) -> dict[str, str]:
        """The variables that the product reads."""
        return {"NEO4J_URI": self.uri, "NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """The server that the environment names, or a new one that ends with the block. `UnavailableError` if not."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        yield Server(uri, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", ""))
        return
    java = _java()
    library = library_folder()
    home = Path(tempfile.mkdtemp(prefix="aikg-neo4j-"))
    try:
        with _started(java, library, home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def version() -> str:
    """The pinned version of the server, as the pom has it."""
    found = re.search(r"<neo4j\.version>([^<]+)<", POM.read_text(encoding="utf-8"))
    if found is None:
        raise AssertionError(f"{POM} has no neo4j.version")
    return found.group(1)


def library_folder() -> Path:
    """The folder of the server's jars, filled by Maven when it is not there yet. `UnavailableError` if not."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aikg-tests"
    folder = cache / f"neo4j-{version()}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise UnavailableError("mvn (Apache Maven) is not installed and NEO4J_URI is not set")
    cache.mkdir(parents=True, exist_ok=True)
    # A name of our own and one rename: another run that fetches at the same moment never sees half a library.
    fresh = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=cache))
    try:
        command = [
            maven,
            "-B",
            "-q",
            "-f",
            str(POM),
            "dependency:copy-dependencies",
            f"-DoutputDirectory={fresh}",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode or not any(fresh.glob("neo4j-server-*.jar")):
            raise UnavailableError(f"mvn could not fetch Neo4j {version()}: {_last_line(done.stdout + done.stderr)}")
        with contextlib.suppress(OSError):  # the other run was faster: its folder serves as well
            fresh.rename(folder)
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"mvn did not fetch Neo4j {version()} within {error.timeout:.0f} s") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def admin(home: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Neo4j's admin tool on a home folder that no server is using. `check` is left to the caller."""
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = [_java(), "-cp", f"{library_folder()}/*", "org.neo4j.cli.AdminTool", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=300, check=False)


def prepare_home(home: Path, port: int) -> None:
    """Write the configuration of a server that starts fast and is seen by this machine only."""
    (home / "conf").mkdir(parents=True, exist_ok=True)
    lines = [
        f"server.directories.data={home / 'data'}",
        f"server.directories.import={home / 'import'}",
        f"server.bolt.listen_address=127.0.0.1:{port}",
        f"server.bolt.advertised_address=127.0.0.1:{port}",
        "server.http.enabled=false",
        "server.https.enabled=false",
        "dbms.usage_report.enabled=false",
        "db.tx_log.preallocate=false",
        "server.memory.pagecache.size=128m",
        # Plans are made once a statement: graphs of some thousand nodes take turns here, and planning is what takes time.
        "dbms.cypher.min_replan_interval=1d",
    ]
    (home / "import").mkdir(exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def free_port() -> int:
    """A port of this machine that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _started(java: str, library: Path, home: Path) -> Iterator[Server]:
    port = free_port()
    prepare_home(home, port)
    with started_server(home, port, java=java, library=library, throwaway=True) as server:
        yield server


@contextlib.contextmanager
def started_server(
    home: Path, port: int, *, java: str | None = None, library: Path | None = None, throwaway: bool = False
) -> Iterator[Server]:
    """Start a server on a prepared home folder; it is down when the block is left, and a `throwaway` home gone."""
    command = [
        java or _java(), "-Xms256m", "-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
        "-cp", f"{library or library_folder()}/*", "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home}", f"--config-dir={home / 'conf'}",
    ]  # fmt: skip
    output = home / "console.log"
    with output.open("wb") as console:
        # The supervisor ends the server when its input closes, which the system does when we are killed.
        guard = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--supervise", str(home) if throwaway else "", *command],
            stdin=subprocess.PIPE, stdout=console, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        uri = f"bolt://127.0.0.1:{port}"
        _wait_for(guard, port, home)
        _set_password(uri)
        yield Server(uri, "neo4j", PASSWORD, home)
    finally:
        if guard.stdin is not None:
            guard.stdin.close()
        try:
            guard.wait(timeout=60)
        except subprocess.TimeoutExpired:
            guard.kill()
            guard.wait()


def _wait_for(guard: subprocess.Popen[bytes], port: int, home: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    log = home / "logs" / "neo4j.log"
    while time.monotonic() < deadline:
        if guard.poll() is not None:
            break
        # Bolt answers before the databases are up, hence the log's word first and the port after it.
        if log.is_file() and "Started." in log.read_text(encoding="utf-8", errors="replace"):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        time.sleep(0.05)
    said = "\n".join(
        f.read_text(encoding="utf-8", errors="replace") for f in (log, home / "console.log") if f.is_file()
    )
    raise UnavailableError(f"Neo4j {version()} did not start within {START_SECONDS:.0f} s: {_last_line(said)}")


def _set_password(uri: str) -> None:
    import neo4j

    with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j")) as driver:
        try:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                old="neo4j",
                new=PASSWORD,
                database_="system",
            )
        except neo4j.exceptions.AuthError:  # a home folder that was used before
            return


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None or shutil.which(java) is None:
        raise UnavailableError("java is not installed and NEO4J_URI is not set")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found.group(1)) < 17:
        raise UnavailableError(f"Neo4j {version()} needs Java 17 or newer, found: {_last_line(said) or 'none'}")
    return java


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "no output"


def _supervise(home: str, command: list[str]) -> int:
    """Run the server as a child; end it when standard input closes or a signal asks for it, then remove `home`."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: child.terminate())
    import threading

    def watch() -> None:
        sys.stdin.buffer.read()
        child.kill()  # its data is thrown away anyway, and an orderly shutdown takes ten seconds

    threading.Thread(target=watch, daemon=True).start()
    code = child.wait()
    if home:
        shutil.rmtree(home, ignore_errors=True)
    return code


def _main() -> int:
    if sys.argv[1:2] == ["--supervise"]:
        return _supervise(sys.argv[2], sys.argv[3:])
    try:
        with running_server() as server:
            for name, value in server.environment().items():
                sys.stdout.write(f"export {name}={value}\n")
            sys.stdout.flush()
            with contextlib.suppress(KeyboardInterrupt):
                while True:
                    time.sleep(3600)
    except UnavailableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
