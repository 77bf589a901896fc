"""Questions on 5,000 companies in few segments: what a statement carries along may not grow with the square of them.

Bounded is memory, as the kernel counts it, since the embedded engine's memory is not Python's; time is not. Before hubs
went on as ids, one of these took 2.7 GB. `benchmarks/scale.py` shows all of it, also for 50,000.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from aikg.graph.folder import save
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.queries.catalogue import load_catalogue

FILE = Path(__file__).resolve().parents[1] / "benchmarks" / "scale.py"
# Those that go through every firm of a hub, on the graph that benchmarks/scale.py makes; that script asks all questions.
ASKED = (
    "chain-gaps", "companies-across-layers", "companies-in-segment", "feeds-segment", "segment-concentration",
    "segments-by-layer", "segment-pairs", "investment-targets", "region-members", "cities-full-chain", "cities-ranked",
    "cluster-profile", "compare-places", "firms-by-city-and-layer", "co-located-firms", "firms-by-city",
    "firms-by-stage", "neighbourhood", "facts-by-source",
)  # fmt: skip
# Twice what the hungriest of them took when this was written (67 MB), rounded up.
MOST_MB = 150


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scale", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["scale"] = module  # for the processes that it starts
    spec.loader.exec_module(module)
    return module


SCALE = _module()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = save(SCALE.scale_graph(5_000), tmp_path_factory.mktemp("scale") / "graph")
    EmbeddedStore.open(made).close()
    return made


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize("name", ASKED)
def test_memory_of_a_question_is_bounded(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FILE.parent))
    found = SCALE.measure(folder, name, 60.0)
    assert found is not None, "no answer"
    _, added, rows = found
    assert rows
    assert added < MOST_MB


def test_a_hub_is_cited_by_the_rows_of_the_answer(folder: Path) -> None:
    with EmbeddedStore.open(folder) as store:
        answer = load_catalogue().ask(store, "companies-in-segment", {"segment": "智能芯片"})
    # Every second company's row states the layer of its segment: it alone is cited for it. The others cite the first ten.
    own = answer[answer["sources_layer"].map(len) == 1]
    assert all(set(layer) <= set(said) for layer, said in zip(own["sources_layer"], own["sources"], strict=True))
    others = answer.drop(index=own.index)
    assert len(own)
    assert len(others)
    assert set(others["sources_layer"].map(len)) <= {10}
