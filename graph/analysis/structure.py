"""A network as integer arrays: what the measures of centrality and communities compute on.

Ids are factorised once; parallel edges become one with the sum of their weights, so that every measure sees a simple
graph. From this one matrix the structures of SciPy, networkit and networkx are made on demand.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aikg.graph.analysis.selection import Selection, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Structure"]

Codes = np.ndarray[Any, np.dtype[np.int32]]
_PARALLEL_FROM = 200_000
"""Rows from which two threads factorise faster than one."""


class Structure:
    """A simple directed graph of n nodes; node i is ``ids[i]``, and ``matrix[i, j]`` the weight of the edge i → j.

    The weight is the sum over parallel edges, of the weight column or of ones (then it is the number of links). Pairs
    without an edge, and those whose weights sum to 0, have no entry. Self-loops stay on the diagonal; `adjacency`
    leaves them out for the measures that cannot take them.

    >>> edges = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "b", "c"]})
    >>> made = Structure.of_edges(edges, nodes=["d"])
    >>> made.n, made.edges(directed=True), made.ids.to_pylist()
    (4, 2, ['a', 'b', 'c', 'd'])
    """

    def __init__(
        self, ids: pa.Array, matrix: Any, *, weight: str | None = None, chosen: Selection | None = None
    ) -> None:
        self.ids, self.matrix, self.weight, self.chosen = ids, matrix, weight, chosen
        self.names: pa.Array | None = None
        self.labels: pa.Array | None = None
        self._made: dict[Any, Any] = {}

    @classmethod
    def of_edges(
        cls,
        edges: pd.DataFrame,
        nodes: Iterable[Any] | None = None,
        *,
        source: str = "source",
        target: str = "target",
        weight: str | None = None,
    ) -> Structure:
        """From a frame of edges, one a row, and the ids of nodes that may have none.

        Fastest on Arrow-backed columns of text. Raises ValueError for an end that is null and for a weight that is
        negative, NaN or infinite, naming the edge; KeyError for a column that the frame does not have.
        """
        starts, ends = (_arrow(edges[name]) for name in (source, target))
        for name, column in ((source, starts), (target, ends)):
            if column.null_count:
                row = int(np.flatnonzero(pc.is_null(column).to_numpy(zero_copy_only=False))[0])
                raise ValueError(f"edge in row {row} has no {name}")
        if not len(starts):  # an empty column has no type of its own
            starts, ends = starts.cast(pa.string()), ends.cast(pa.string())
        weights = None if weight is None else _weights(edges[weight], weight, starts, ends)
        extra = [] if nodes is None else [_arrow(nodes if isinstance(nodes, pd.Series) else pd.Series(list(nodes)))]
        codes, ids = _factorised([starts, ends, *[column for column in extra if len(column)]])
        return cls(ids, _matrix(codes[0], codes[1], weights, len(ids)), weight=weight)

    @classmethod
    def of_graph(
        cls,
        graph: KnowledgeGraph,
        relations: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        *,
        weight: str | None = None,
        without_relations: Sequence[str] = (),
        without_labels: Sequence[str] = (),
        without_nodes: Sequence[str] = (),
    ) -> Structure:
        """From relations of these types between nodes of these labels.

        By default every relation but the bookkeeping ones (`selection.BOOKKEEPING`) between nodes of every label; then
        the nodes are those that stand in such a relation. Where labels are given, all of their nodes take part, also
        those without any. `weight` is a property of the relations (share); `without_…` narrow the choice. Raises
        QueryError for names that the ontology does not have and for a choice that holds no relation.

        >>> Structure.of_graph(graph, ["UPSTREAM_OF"], ["ChainSegment"])  # doctest: +SKIP
        """
        found = select(graph, relations, labels, weight, without_relations, without_labels, without_nodes)
        made = cls(
            found.ids,
            _matrix(found.subjects, found.objects, found.weights, len(found.ids)),
            weight=weight,
            chosen=found.selection,
        )
        made.names, made.labels = found.names, found.labels
        return made

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.ids)

    def edges(self, *, directed: bool) -> int:
        """Number of edges, each pair counted once; with `directed`, each ordered pair once."""
        matrix = self.adjacency(directed=directed)
        if directed:
            return int(matrix.nnz)
        loops = int(np.count_nonzero(matrix.diagonal()))
        return int((matrix.nnz - loops) // 2 + loops)

    def adjacency(self, *, directed: bool, weighted: bool = False, loops: bool = True) -> Any:
        """The matrix as `scipy.sparse.csr_array` of floats; undirected, it is symmetric and both directions are summed.

        Without `weighted` every entry is 1. The arrays are shared: do not write into them.
        """
        key = ("adjacency", directed, weighted, loops)
        if key not in self._made:
            self._made[key] = self._adjacency(directed, weighted, loops)
        return self._made[key]

    def _adjacency(self, directed: bool, weighted: bool, loops: bool) -> Any:
        import scipy.sparse as sparse

        if not loops:
            matrix = self.adjacency(directed=directed, weighted=weighted)
            if not matrix.diagonal().any():
                return matrix
            rows = np.repeat(np.arange(self.n, dtype=matrix.indices.dtype), np.diff(matrix.indptr))
            kept = rows != matrix.indices
            return sparse.csr_array((matrix.data[kept], (rows[kept], matrix.indices[kept])), shape=matrix.shape)
        if not weighted:
            matrix = self.adjacency(directed=directed, weighted=True)
            ones = np.ones(matrix.nnz)
            return sparse.csr_array((ones, matrix.indices, matrix.indptr), shape=matrix.shape)
        if directed:
            return self.matrix
        loop = sparse.dia_array((self.matrix.diagonal()[None, :], [0]), shape=self.matrix.shape)
        both = self.matrix + self.matrix.T
        return (both - loop).tocsr() if loop.data.any() else both.tocsr()

    def pairs(self, *, directed: bool, weighted: bool = False, loops: bool = False) -> tuple[Any, Any, Any]:
        """Arrays of starts, ends and weights of the edges; undirected, each pair once with start ≤ end."""
        matrix = self.adjacency(directed=directed, weighted=weighted, loops=loops)
        rows = np.repeat(np.arange(self.n, dtype=np.int64), np.diff(matrix.indptr))
        columns, weights = matrix.indices, matrix.data
        if not directed:
            kept = rows <= columns
            rows, columns, weights = rows[kept], columns[kept], weights[kept]
        return rows, columns.astype(np.int64), weights

    def networkx(self, *, directed: bool, weighted: bool = False, loops: bool = False) -> Any:
        """A networkx (Di)Graph of the nodes 0 … n−1; weights, where asked for, as the attribute `weight`."""
        key = ("networkx", directed, weighted, loops)
        if key not in self._made:
            import networkx as nx

            made = nx.DiGraph() if directed else nx.Graph()
            made.add_nodes_from(range(self.n))
            rows, columns, weights = self.pairs(directed=directed, weighted=weighted, loops=loops)
            if weighted:
                made.add_weighted_edges_from(zip(rows.tolist(), columns.tolist(), weights.tolist(), strict=True))
            else:
                made.add_edges_from(zip(rows.tolist(), columns.tolist(), strict=True))
            self._made[key] = made
        return self._made[key]

    def networkit(self, *, directed: bool, weighted: bool = False, lengths: bool = False) -> Any:
        """A networkit Graph of the nodes 0 … n−1 without self-loops; with `lengths`, the weights are 1/strength."""
        key = ("networkit", directed, weighted, lengths)
        if key not in self._made:
            import networkit as nk

            rows, columns, weights = self.pairs(directed=directed, weighted=weighted)
            # networkit reads the bytes as 64 bit integers, whatever their type says: 32 bit ones crash it.
            ends = (rows.astype(np.uint64), columns.astype(np.uint64))
            if len(rows) == 0:
                self._made[key] = nk.Graph(self.n, weighted=weighted, directed=directed)
            elif weighted:
                values = np.ascontiguousarray(1.0 / weights if lengths else weights, dtype=np.float64)
                self._made[key] = nk.GraphFromCoo((values, ends), n=self.n, directed=directed, weighted=True)
            else:
                self._made[key] = nk.GraphFromCoo(ends, n=self.n, directed=directed)
        return self._made[key]

    def columns(self, order: Any) -> dict[str, pd.Series[Any]]:
        """Columns `id`, and `name` and `label` where the nodes have them, in this order of nodes."""
        named = {"id": self.ids, "name": self.names, "label": self.labels}
        taken = {key: values.take(pa.array(order)) for key, values in named.items() if values is not None}
        return {key: pd.Series(pd.arrays.ArrowExtensionArray(values)) for key, values in taken.items()}

    def said(self) -> dict[str, Any]:
        """What was chosen, for `attrs`: `relations`, and `without` for what was left out (of a KnowledgeGraph)."""
        if self.chosen is None:
            return {}
        return {"relations": list(self.chosen.relations), "without": list(self.chosen.without)}


def _arrow(column: Any) -> pa.ChunkedArray:
    array = pa.array(column, from_pandas=True)
    found = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
    if pa.types.is_dictionary(found.type):
        found = found.cast(found.type.value_type)
    return found


def _weights(
    column: pd.Series[Any], name: str, starts: pa.ChunkedArray, ends: pa.ChunkedArray
) -> np.ndarray[Any, np.dtype[np.float64]]:
    values = pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(values) & (values >= 0))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"edge {starts[at].as_py()} → {ends[at].as_py()} (row {at}) has {name} = {values[at]}; "
            "weights are finite numbers of 0 and above"
        )
    return values


def _factorised(columns: list[pa.ChunkedArray]) -> tuple[list[Codes], pa.Array]:
    """Codes of each column and the distinct values in the order of first appearance."""
    # Arrow gives each chunk of a column a dictionary of its own: with many chunks that costs ten times the encoding.
    whole = [_one_piece(column) for column in columns]
    if len({piece.type for piece in whole}) > 1:
        whole = [piece.cast(pa.large_string()) for piece in whole]
    # Hashing is what takes the time, and Arrow releases the interpreter: two columns at once.
    with ThreadPoolExecutor(max_workers=2 if sum(map(len, whole)) > _PARALLEL_FROM else 1) as pool:
        encoded = list(pool.map(lambda piece: piece.dictionary_encode(), whole))
    unified = pa.chunked_array(encoded).unify_dictionaries()
    filled = iter(unified.chunks)
    codes = [next(filled).indices.to_numpy(zero_copy_only=False) if len(p) else np.empty(0, np.int32) for p in whole]
    return codes, unified.chunk(0).dictionary


def _one_piece(column: pa.ChunkedArray) -> pa.Array:
    """The chunks as one array; text of more than 2 GB needs 64 bit offsets."""
    if pa.types.is_string(column.type) and column.nbytes >= 2**31:
        column = column.cast(pa.large_string())
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _matrix(starts: Any, ends: Any, weights: Any, n: int) -> Any:
    import scipy.sparse as sparse

    values = np.ones(len(starts)) if weights is None else weights
    matrix = sparse.coo_array((values, (starts, ends)), shape=(n, n)).tocsr()  # sums what is parallel
    if weights is not None:
        matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix
