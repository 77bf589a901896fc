"""A graph on disk: a folder of Parquet frames with a manifest, replaced as a whole or not at all.

    nodes/<Label>.parquet   edges/<TYPE>.parquet   statements.parquet   manifest.json   report.json

The folder is the truth. An engine may keep a cache of its own in it (`CACHE_PREFIX`), which can be
deleted at any time.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeGuard

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from aikg.graph.knowledge_graph import STATEMENT_COLUMNS, KnowledgeGraph, arrow_schema
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say, why_not
from aikg.ontology.schema import load_schema

__all__ = ["CACHE_PREFIX", "FORMAT", "is_graph", "load", "read_manifest", "save", "verify"]

FORMAT = 1
"""Version of the folder's layout; a reader refuses a newer one."""
CACHE_PREFIX = "cache."
_TRIES = 5


def save(graph: KnowledgeGraph, path: str | os.PathLike[str], *, report: dict[str, Any] | None = None) -> Path:
    """Write `graph` to a temporary folder beside `path` and move it over the old one at the end.

    Whatever stops it (a full disk, an interrupt, kill -9), `path` holds the old graph or the new one.
    Raises GraphError when `path` holds something that is not a graph, or cannot be written.
    """
    target = Path(path).resolve()  # a link stays a link to the new graph
    _recover(target)
    if target.exists() and not is_graph(target) and (not target.is_dir() or any(target.iterdir())):
        raise GraphError(
            say(
                f"{target}: exists and is not a graph folder; give another --graph, or remove it",
                f"{target}：已经存在，且不是图谱文件夹；请换一个 --graph，或先把它移走",
            )
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _temporary_beside(target) as folder:
            _write(graph, folder, report)
            _swap(folder, target)
    except OSError as error:
        raise GraphError(
            say(
                f"{target}: cannot be written ({why_not(error)}); the previous graph is untouched",
                f"{target}：写不进去（{why_not(error)}）；原来的图谱没有动",
            )
        ) from error
    return target


def load(path: str | os.PathLike[str]) -> KnowledgeGraph:
    """Read a graph folder. Raises GraphError when it is missing, damaged, or of another version."""
    folder = Path(path)
    for _ in range(_TRIES):
        manifest = read_manifest(folder)
        try:
            graph = _load(folder, manifest)
        except GraphError:
            if read_manifest(folder).get("content") == manifest.get("content"):
                raise
            continue
        # A build may have put a new folder in place meanwhile: half of each would be neither graph.
        if read_manifest(folder).get("content") == manifest.get("content"):
            return graph
    raise _replaced(folder)


def verify(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Check that every Parquet file is the one that the manifest names (sha256); returns the manifest.

    For those who read a cache instead of the frames: what is answered then is what the folder says. Files of a graph that
    an older version wrote have no hash and are not checked. Raises GraphError naming the file.
    """
    folder = Path(path)
    for _ in range(_TRIES):
        manifest = read_manifest(folder)
        try:
            for name in manifest.get("files", {}):
                _content(folder, name, manifest)
        except GraphError:
            if read_manifest(folder).get("content") == manifest.get("content"):
                raise
            continue
        return manifest
    raise _replaced(folder)


def _replaced(folder: Path) -> GraphError:
    return GraphError(
        say(f"{folder}: is being replaced again and again; try later", f"{folder}：一直在被替换；请稍后再试")
    )


def _content(folder: Path, name: str, manifest: Mapping[str, Any]) -> pa.Buffer:
    """What a file holds, if it is what was written."""
    path = folder / name
    try:
        # Arrow's own memory, not Python's bytes: a thread of Arrow's that lets go of these while Python ends aborts the process.
        with pa.OSFile(str(path)) as file:
            content = file.read_buffer()
    except OSError as error:
        why = why_not(error)
        raise GraphError(
            say(f"{path}: cannot be read ({why}); build the graph again", f"{path}：无法读取（{why}）；请重新建图")
        ) from error
    files = manifest.get("files")
    if files is not None and hashlib.sha256(content).hexdigest() != files.get(name):
        raise GraphError(
            say(
                f"{path}: is not the file that the build wrote (its sha256 differs from manifest.json); build the graph again",
                f"{path}：不是建图时写下的文件（sha256 与 manifest.json 不符）；请重新建图",
            )
        )
    return content


def _load(folder: Path, manifest: dict[str, Any]) -> KnowledgeGraph:
    schema = load_schema()
    nodes: dict[str, pd.DataFrame] = {}
    edges: dict[str, pd.DataFrame] = {}
    for kind, frames, columns in (("nodes", nodes, schema.node_columns), ("edges", edges, schema.edge_columns)):
        for name in manifest["counts"][kind]:
            if name not in (schema.labels if kind == "nodes" else schema.relations):
                raise GraphError(
                    say(
                        f"{folder}: {kind} of '{name}', which the ontology does not know; build the graph again",
                        f"{folder}：{kind} 里的“{name}”不在本体里；请重新建图",
                    )
                )
            frames[name] = _read(folder, f"{kind}/{name}.parquet", manifest, arrow_schema(columns(name)))
    statements = _read(folder, "statements.parquet", manifest, pa.schema(STATEMENT_COLUMNS.items()))
    return KnowledgeGraph(nodes, edges, statements, manifest)


def read_manifest(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The manifest alone: versions, inputs, counts, and `content`, a hash of all frames."""
    folder = Path(path)
    _recover(folder)
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        what = (
            say("is not a graph folder", "不是图谱文件夹") if folder.exists() else say("no such graph", "没有这个图谱")
        )
        raise GraphError(
            say(
                f"{folder}: {what}; make one with `aikg build --graph {folder}`",
                f"{folder}：{what}；请用 `aikg build --graph {folder}` 建一个",
            )
        ) from error
    except (OSError, ValueError) as error:
        raise GraphError(
            say(
                f"{folder}: manifest.json cannot be read ({error}); build the graph again",
                f"{folder}：manifest.json 无法读取（{error}）；请重新建图",
            )
        ) from error
    if not _is_manifest(manifest):
        raise GraphError(
            say(
                f"{folder}: manifest.json is not that of a graph; build the graph again",
                f"{folder}：manifest.json 不是图谱的清单；请重新建图",
            )
        )
    if manifest["format"] > FORMAT:
        raise GraphError(
            say(
                f"{folder}: written by a newer aikg (format {manifest['format']}, known is {FORMAT}); update aikg",
                f"{folder}：由更新版本的 aikg 写成（格式 {manifest['format']}，本版只认到 {FORMAT}）；请升级 aikg",
            )
        )
    known, made = load_schema().version, str(manifest.get("schema_version") or "?")
    if made.split(".")[:2] != known.split(".")[:2]:
        raise GraphError(
            say(
                f"{folder}: made with version {made} of the ontology, this aikg has {known}; build the graph again (aikg build)",
                f"{folder}：由本体版本 {made} 建成，本版为 {known}；请重新建图（aikg build）",
            )
        )
    return manifest


def _is_manifest(content: Any) -> TypeGuard[dict[str, Any]]:
    """Whether the entries that readers rely on are there and of their types."""
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        return False
    counts, files, inputs = content.get("counts"), content.get("files", {}), content.get("inputs", [])
    return (
        isinstance(counts, dict)
        and all(_is_mapping(counts.get(kind), int) for kind in ("nodes", "edges"))
        and _is_mapping(files, str)
        and isinstance(inputs, list)
        and all(isinstance(entry, dict) for entry in inputs)
        and all(isinstance(content.get(name, ""), str) for name in ("content", "schema_version"))
    )


def _is_mapping(value: Any, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(item, kind) for item in value.values())


def is_graph(path: str | os.PathLike[str]) -> bool:
    """Whether a folder looks like one that `save` wrote."""
    _recover(Path(path))
    return (Path(path) / "manifest.json").is_file()


def _write(graph: KnowledgeGraph, folder: Path, report: dict[str, Any] | None) -> None:
    digest = hashlib.sha256()
    files: dict[str, str] = {}
    for kind, frames in (("nodes", graph.nodes), ("edges", graph.edges)):
        (folder / kind).mkdir()
        for name, frame in sorted(frames.items()):
            content, files[f"{kind}/{name}.parquet"] = _write_frame(frame, folder / kind / f"{name}.parquet")
            digest.update(content)
    content, files["statements.parquet"] = _write_frame(graph.statements, folder / "statements.parquet")
    digest.update(content)
    manifest = {**graph.manifest, "format": FORMAT, "schema_version": load_schema().version}
    manifest |= {"counts": graph.counts(), "content": digest.hexdigest(), "files": files}
    _write_json(folder / "manifest.json", manifest)
    if report is not None:
        _write_json(folder / "report.json", report)
    graph.manifest = manifest


def _write_frame(frame: pd.DataFrame, path: Path) -> tuple[bytes, str]:
    """Write a frame; the hash of what it says, and that of the file."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    # The hash is of the content and not of the file: Parquet files name the version of their writer.
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    with path.open("wb") as file:
        held = pa.BufferOutputStream()
        pq.write_table(table, held, compression="zstd")
        written = held.getvalue()
        file.write(written)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(sink.getvalue()).digest(), hashlib.sha256(written).hexdigest()


def _write_json(path: Path, content: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(content, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def _read(folder: Path, name: str, manifest: Mapping[str, Any], schema: pa.Schema) -> pd.DataFrame:
    path = folder / name
    content = _content(folder, name, manifest)
    try:
        table = pq.ParquetFile(pa.BufferReader(content)).read()
    except (OSError, pa.ArrowException) as error:
        raise GraphError(
            say(f"{path}: cannot be read ({error}); build the graph again", f"{path}：无法读取（{error}）；请重新建图")
        ) from error
    try:
        # A graph of an older ontology lacks columns: they are unknown there, not wrong.
        arrays = [
            table.column(f.name).cast(f.type) if f.name in table.column_names else pa.nulls(len(table), f.type)
            for f in schema
        ]
    except pa.ArrowException as error:
        raise GraphError(
            say(
                f"{path}: has other column types than the ontology ({error}); build the graph again",
                f"{path}：列的类型与本体不同（{error}）；请重新建图",
            )
        ) from error
    frame: pd.DataFrame = pa.Table.from_arrays(arrays, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


@contextmanager
def _temporary_beside(target: Path) -> Iterator[Path]:
    _sweep(target)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-{os.getpid()}-", dir=target.parent))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove what builds left that were killed while writing; those of running ones stay."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.new-*-*"):
        pid = left.name.removeprefix(f".{target.name}.new-").partition("-")[0]
        if pid.isdigit() and int(pid) != os.getpid() and not _runs(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 is no question but ends the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _swap(folder: Path, target: Path) -> None:
    """Two renames. Between them only the set-aside name exists, which `_recover` knows."""
    aside = _aside(target)
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    try:
        folder.rename(target)
    except OSError:
        if aside.exists():
            aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.parent / f".{target.name}.previous"


def _recover(target: Path) -> None:
    """Put the previous graph back if a build was killed between the two renames."""
    aside = _aside(target)
    if not target.exists() and (aside / "manifest.json").is_file():
        aside.rename(target)
