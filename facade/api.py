"""The Python API: one handle that joins frames, store, questions, exports and pictures."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.analysis.chain import Chain
    from aikg.graph.analysis.clusters import Clusters
    from aikg.graph.analysis.policy import Policies
    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.stores.protocol import Store
    from aikg.graph.views.picture import Picture
    from aikg.graph.views.report.report import Report
    from aikg.loaders.extract.protocol import Extractor
    from aikg.pipeline import BuildReport

__all__ = ["DEFAULT_GRAPH", "Graph", "build", "from_networkx", "open"]

DEFAULT_GRAPH = "aikg-graph"
"""Folder that commands write to and read from when none is given."""

PathLike = str | os.PathLike[str]


class Graph:
    """A graph with its store: ``ask``, ``cypher``, ``conflicts``, ``same_as``, ``why``, ``sources``, ``check``,
    ``analyze``, ``centrality``, ``communities``, ``clusters``, ``chain``, ``policy``, ``compare``, ``without``, ``export``, ``view``, ``report``.

    Made by `aikg.build` and `aikg.open`. `frames` is the KnowledgeGraph (pandas), or raises GraphError where only
    a database was opened. `build_report` tells what `aikg.build` read; it is None for a graph that was opened.
    """

    def __init__(
        self,
        *,
        frames: KnowledgeGraph | None = None,
        folder: Path | None = None,
        store: Store | None = None,
        report: BuildReport | None = None,
    ) -> None:
        self._frames, self.folder, self._store, self.build_report = frames, folder, store, report

    @property
    def frames(self) -> KnowledgeGraph:
        """The frames; read from the folder on first use."""
        if self._frames is None:
            if self.folder is None:
                raise GraphError(
                    say(
                        "a database holds no frames and statements; give the graph folder with --graph",
                        "数据库里没有数据表和陈述；请用 --graph 给出图谱文件夹",
                    )
                )
            from aikg.graph.folder import load

            self._frames = load(self.folder)
        return self._frames

    @cached_property
    def store(self) -> Store:
        """The store that queries go to: the one opened, or the embedded one."""
        if self._store is not None:
            return self._store
        from aikg.graph.stores.embedded import EmbeddedStore

        return EmbeddedStore.open(self.folder) if self.folder else EmbeddedStore(self.frames)

    # -- questions --------------------------------------------------------------------------------

    def ask(self, name: str, /, *, lang: str = "zh", **parameters: Any) -> pd.DataFrame:
        """Answer a canned question; `attrs["note"]` says what an empty answer means.

        >>> kg.ask("companies-in-segment", segment="计算机视觉")  # doctest: +SKIP
        """
        from aikg.queries.catalogue import load_catalogue

        return load_catalogue().ask(self.store, name, parameters, lang=lang)

    def cypher(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = 30.0,
        row_limit: int | None = 100_000,
        **more: Any,
    ) -> pd.DataFrame:
        """Run a reading Cypher statement. Raises ReadOnlyError for anything else.

        `attrs["note"]` names labels, types and properties that the ontology does not know.

        >>> kg.cypher(
        ...     "MATCH (c:Company) WHERE c.name = $name RETURN c.founded AS founded", name="华为"
        ... )  # doctest: +SKIP
        """
        from aikg.graph.stores.misspelt import unknown_names

        found = self.store.query(statement, {**(parameters or {}), **more}, timeout=timeout, row_limit=row_limit)
        if note := unknown_names(statement):
            found.attrs["note"] = note
        return found

    def conflicts(self, *, kind: Iterable[str] = (), severity: Iterable[str] = ()) -> pd.DataFrame:
        """Contradictions, one row per pair of values; a dash is a stated blank. `attrs["kinds"]` counts them by kind.

        `kind` and `severity` (codes of the ontology: value, sum …; hard, soft, alias) limit the answer.
        """
        from aikg.graph.evidence import conflicts

        return conflicts(self.frames, kinds=kind, severities=severity)

    def same_as(self, *, judgements: PathLike | None = None) -> pd.DataFrame:
        """Pairs that may be one thing under two names; saved as CSV it is a file for ``build(judgements=…)``.

        Pairs that the file `judgements` judges are left out. Raises SourceError for a broken file.
        """
        from aikg.graph.same_as import same_as
        from aikg.loaders.judgements import read_judgements

        return same_as(self.frames, read_judgements(Path(judgements)).pairs if judgements is not None else ())

    def why(self, id_or_name: str, property: str | None = None) -> pd.DataFrame:  # noqa: A002 - the user's word
        """Every statement behind a node's values and relations, with its source."""
        from aikg.graph.evidence import why

        return why(self.frames, id_or_name, property)

    def sources(self) -> pd.DataFrame:
        """The documents this graph was made of."""
        from aikg.graph.evidence import sources

        return sources(self.frames)

    def check(self) -> pd.DataFrame:
        """Violations of the ontology's shapes; no row means that none was found."""
        from aikg.graph.check import check

        return check(self.frames)

    def cite(self, entry: str, lang: str = "zh") -> str:
        """One entry of a `sources` list as a citation: 《…》图表3，第178行."""
        from aikg.graph.citations import cite

        return cite(entry, self._titles, lang)

    @cached_property
    def _titles(self) -> dict[str, str]:
        rows = self.store.query("MATCH (s:Source) RETURN s.id AS id, s.name AS name ORDER BY id")
        return dict(zip(rows["id"], rows["name"], strict=True))

    # -- measures ---------------------------------------------------------------------------------

    def analyze(self, name: str, /, **parameters: Any) -> pd.DataFrame:
        """A measure by its name; ``aikg analyze`` lists them. Raises QueryError for an unknown measure or parameter.

        >>> kg.analyze("location-quotient", min_count=1)  # doctest: +SKIP
        """
        from aikg.graph.analysis.catalogue import analyze

        return analyze(self.contents, name, parameters)

    def centrality(self, kind: str = "degree", **options: Any) -> pd.DataFrame:
        """Centrality of the nodes (`graph.analysis.centrality.centrality`).

        >>> kg.centrality("degree", relations=["OPERATES_IN"])  # doctest: +SKIP
        """
        from aikg.graph.analysis.centrality import centrality

        return centrality(self.contents, kind, **options)

    def communities(self, method: str = "leiden", **options: Any) -> pd.DataFrame:
        """Communities of the nodes (`graph.analysis.communities.communities`)."""
        from aikg.graph.analysis.communities import communities

        return communities(self.contents, method, **options)

    @cached_property
    def clusters(self) -> Clusters:
        """Measures of places and segments: quotients, concentration, relatedness (`graph.analysis.clusters`)."""
        from aikg.graph.analysis.clusters import Clusters

        return Clusters(self.contents)

    @cached_property
    def chain(self) -> Chain:
        """Measures of the chain: states, coverage, gaps, choke points (`graph.analysis.chain`)."""
        from aikg.graph.analysis.chain import Chain

        return Chain(self.contents)

    @cached_property
    def policy(self) -> Policies:
        """Measures of policies: overlap and likeness of focus, gap to what is there (`graph.analysis.policy`)."""
        from aikg.graph.analysis.policy import Policies

        return Policies(self.contents)

    def compare(self, *places: str, **options: Any) -> pd.DataFrame:
        """Two or more places side by side (`graph.analysis.compare.compare`).

        >>> kg.compare("深圳", "杭州")  # doctest: +SKIP
        """
        from aikg.graph.analysis.compare import compare

        return compare(self.contents, places, **options)

    def without(self, source: str | Iterable[str]) -> Graph:
        """This graph, had a source (or several) not been read: a document, 图表31, or 《…》图表3.

        >>> kg.without("图表31").ask("listings-of-year")  # doctest: +SKIP
        """
        from aikg.graph.subset import without

        return Graph(frames=without(self.contents, [source] if isinstance(source, str) else source))

    def only(self, source: str | Iterable[str]) -> Graph:
        """This graph, had nothing but a source (or several) been read."""
        from aikg.graph.subset import only

        return Graph(frames=only(self.contents, [source] if isinstance(source, str) else source))

    def to_networkx(self, **options: Any) -> Any:
        """The graph as a `networkx.MultiDiGraph` with typed attributes (`graph.networkx_io.to_networkx`)."""
        from aikg.graph.networkx_io import to_networkx

        return to_networkx(self.contents, **options)

    @cached_property
    def contents(self) -> KnowledgeGraph:
        """Nodes and relations as frames: those of the graph, or those of the database that was opened, read once.

        A database holds no statements; what needs them (`why`, `conflicts`) takes `frames`.
        """
        if self._frames is None and self.folder is None and self._store is not None:
            from aikg.graph.stores.read_back import frames_of

            return frames_of(self._store)
        return self.frames

    # -- out --------------------------------------------------------------------------------------

    def save(self, path: PathLike) -> Path:
        """Write the graph folder (atomically)."""
        from aikg.graph.folder import save

        self.folder = save(self.frames, path, report=self.build_report.as_dict() if self.build_report else None)
        return self.folder

    def export(self, format: str, destination: PathLike) -> list[Path]:  # noqa: A002 - the user's word
        """Write the graph in an exchange format: kgx, rdf."""
        from aikg.graph.export import write

        return write(self.frames, format, Path(destination))

    def view(self, name: str = "network", **options: Any) -> Picture:
        """A picture; ``.save(path)`` writes one offline HTML file."""
        from aikg.graph.views.picture import draw

        return draw(self.frames, name, **options)

    def report(self, place: str, *, lang: str = "zh") -> Report:
        """The report on a city, province or region (`graph.views.report`); ``.save(path)`` writes one offline page.

        >>> kg.report("深圳").save("shenzhen.html")  # doctest: +SKIP
        """
        from aikg.graph.views.report.report import report

        return report(self.frames, place, lang=lang)

    def to_pyvis(self, **options: Any) -> Any:
        """The network as a `pyvis.network.Network` (a safe, offline subclass)."""
        from aikg.graph.views.explorer.pyvis_graph import pyvis_graph

        return pyvis_graph(self.frames, **options)

    def load_into(
        self,
        uri: str,
        *,
        username: str | None = None,
        password: str | None = None,
        database: str | None = None,
        into: bool = False,
        progress: bool = False,
    ) -> dict[str, int]:
        """Bring this graph into a Neo4j database; twice gives the same. Returns numbers of nodes and relations."""
        from aikg.graph.stores.neo4j import Neo4jStore

        store = Neo4jStore(uri, username=username, password=password, database=database)
        try:
            store.load(self.frames, into=into, progress=progress)
        finally:
            store.close()
        counts = self.frames.counts()
        return {"nodes": sum(counts["nodes"].values()), "relations": sum(counts["edges"].values())}

    def close(self) -> None:
        """Close the store."""
        if "store" in self.__dict__ or self._store is not None:
            self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        where = str(self.folder) if self.folder else (type(self._store).__name__ if self._store else "in memory")
        return f"<aikg.Graph {where}>"


def build(
    *sources: PathLike,
    with_data_set: bool = False,
    mappings: Iterable[PathLike] = (),
    curated: Iterable[PathLike] = (),
    judgements: PathLike | None = None,
    places: PathLike | None = None,
    lenient: bool = False,
    strict: bool = False,
    extractor: Extractor | None = None,
    graph: PathLike | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> Graph:
    """Build a graph: without sources the shipped data set, with them what these files say and nothing else.

    `curated` are folders of reviewed records (docs/curated.md), `extractor` reads the sentences in place of the patterns
    that come with aikg (docs/extraction.md). `graph` is a folder to write it to (whole or not at all); without it the
    graph stays in memory. Raises SourceError for bad input, GraphError when the folder cannot be written.

    >>> kg = aikg.build("white-paper.md", "firms.xlsx", graph="my-graph")  # doctest: +SKIP
    """
    from aikg.pipeline import build_graph

    frames, report = build_graph(
        [Path(s) for s in sources],
        with_data_set=with_data_set,
        mappings=[Path(m) for m in mappings],
        curated=[Path(c) for c in curated],
        judgements=Path(judgements) if judgements else None,
        places=Path(places) if places else None,
        lenient=lenient,
        strict=strict,
        extractor=extractor,
        step=step,
    )
    made = Graph(frames=frames, report=report)
    if graph is not None:
        made.save(graph)
    return made


def from_networkx(graph: Any, **options: Any) -> Graph:
    """A graph of ours from a NetworkX one (`graph.networkx_io.from_networkx`): nodes with `label`, relations with `type`.

    Raises GraphError for labels, relations or ends that the ontology does not know.

    >>> aikg.from_networkx(kg.to_networkx())  # doctest: +SKIP
    """
    from aikg.graph.networkx_io import from_networkx as read

    return Graph(frames=read(graph, **options))


def open(  # noqa: A001 - the verb of the API, used as aikg.open
    location: PathLike | None = None,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> Graph:
    """Open a graph folder built before, or a Neo4j database (``bolt://…``, ``neo4j://…``).

    Without a location: ``./aikg-graph``, or the shipped data set where there is none (said on stderr).
    """
    text = str(location) if location is not None else ""
    if "://" in text:
        from aikg.graph.stores.neo4j import Neo4jStore

        return Graph(store=Neo4jStore(text, username=username, password=password, database=database))
    if location is None:
        from aikg.graph.folder import is_graph

        if not is_graph(DEFAULT_GRAPH):
            note = say(
                f"no {DEFAULT_GRAPH} here; reading the shipped data set", f"这里没有 {DEFAULT_GRAPH}，改用随附数据集"
            )
            print(f"aikg: {note}", file=sys.stderr)  # noqa: T201
            return Graph(folder=shipped_graph())
        location = DEFAULT_GRAPH
    from aikg.graph.folder import read_manifest

    read_manifest(location)
    return Graph(folder=Path(location))


def shipped_graph() -> Path:
    """The shipped data set as a graph folder in the user's cache, built on first use."""
    import hashlib
    from importlib import resources
    from importlib.metadata import version

    import platformdirs

    from aikg.graph.folder import is_graph

    digest = hashlib.sha256()
    for room, pattern in (("aikg.loaders", "dataset"), ("aikg.ontology", ""), ("aikg.ontology", "schemes")):
        base = resources.files(room).joinpath(pattern) if pattern else resources.files(room)
        for entry in sorted(base.iterdir(), key=lambda e: e.name):
            if entry.is_file() and entry.name.endswith((".csv", ".ttl")):
                digest.update(entry.read_bytes())
    root = Path(platformdirs.user_cache_dir("aikg", appauthor=False))
    folder = root / f"data-set-{version('aikg')}-{digest.hexdigest()[:12]}"
    if is_graph(folder):
        return folder
    kg = build()
    try:
        return kg.save(folder)
    except GraphError:
        import tempfile

        return kg.save(Path(tempfile.mkdtemp(prefix="aikg-")) / "data-set")
