"""The schemes: what the chain consists of, how focus words map to it, and the code lists."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node
from support import shared

from aikg.ontology.concepts import MAPPING_KINDS, ROOT, Concepts, load_concepts, normal_form
from aikg.ontology.errors import SchemaError
from aikg.ontology.namespaces import FOLDER, NS, SCHEMES
from aikg.ontology.schema import load_schema

FILES = sorted(FOLDER.glob("schemes/*.ttl"))
WHITE_PAPER = "src:a76a81ffa34b"


@pytest.fixture(scope="module")
def concepts() -> Concepts:
    return load_concepts()


def labels(graph: Graph, concept: Node, lang: str) -> list[str]:
    found = [*graph.objects(concept, SKOS.prefLabel), *graph.objects(concept, SKOS.altLabel)]
    return [str(o) for o in found if isinstance(o, Literal) and o.language == lang]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_each_concept_is_named_in_both_languages_and_belongs_to_a_scheme(path: Path) -> None:
    graph = Graph().parse(path)
    schemes = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    members = set(graph.subjects(RDF.type, SKOS.Concept))
    assert schemes
    assert members
    for concept in members | schemes:
        languages = sorted(o.language or "" for o in graph.objects(concept, SKOS.prefLabel) if isinstance(o, Literal))
        assert languages == ["en", "zh"], concept
        assert str(concept).isascii()
        assert str(concept).startswith(SCHEMES)
    for concept in members:
        assert set(graph.objects(concept, SKOS.inScheme)) < schemes | {None}, concept
    assert set(graph.subjects(SKOS.prefLabel)) == members | schemes


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_no_label_twice_within_a_scheme(path: Path) -> None:
    graph = Graph().parse(path)
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        for lang in ("zh", "en"):
            words = Counter(
                word
                for concept in graph.subjects(SKOS.inScheme, scheme)
                for word in {normal_form(label) for label in labels(graph, concept, lang)}
            )
            assert [word for word, n in words.items() if n > 1] == [], f"{scheme} {lang}"


def test_no_two_concepts_of_the_vocabulary_share_a_label(concepts: Concepts) -> None:
    owners: dict[str, set[str]] = {}
    for concept in concepts.all():
        for word in {concept.name, concept.en, *concept.alternatives}:
            owners.setdefault(normal_form(word), set()).add(concept.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


def test_ids_are_those_of_the_graph(concepts: Concepts) -> None:
    schema = load_schema()
    for concept in concepts.all():
        assert concept.id == f"{schema.labels[concept.label].id_prefix}:{concept.name}"
        assert concepts.get(concept.id) is concept
    assert concepts.get("segment:没有") is None


def test_layers_in_order_and_upstream(concepts: Concepts) -> None:
    assert [c.name for c in concepts.layers()] == ["基础层", "技术层", "应用层"]
    assert [c.order for c in concepts.layers()] == [1, 2, 3]
    assert concepts.upstream() == (("layer:基础层", "layer:技术层"), ("layer:技术层", "layer:应用层"))


# White paper, lines 172, 206, 242 (what each layer comprises) and the column 细分领域 of its tables 3 to 5.
@pytest.mark.parametrize(
    ("layer", "named"),
    [
        ("基础层", ["物联网", "大数据", "云计算", "智能芯片", "智能传感器"]),
        (
            "技术层",
            ["计算机视觉", "自然语言处理", "机器学习", "类脑智能计算", "智能语音", "生物特征识别", "虚拟/增强现实"],
        ),
        (
            "应用层",
            [
                "智能机器人",
                "智能终端",
                "智慧城市",
                "智能交通",
                "智能制造",
                "智能医疗",
                "智能教育",
                "智能运载工具",
                "智能金融",
            ],
        ),
    ],
)
def test_segments_of_each_layer(concepts: Concepts, layer: str, named: list[str]) -> None:
    names = [c.name for c in concepts.segments(layer)]
    assert set(named) <= set(names)
    assert {c.layer for c in concepts.segments(layer)} == {f"layer:{layer}"}
    assert [c.order for c in concepts.segments(layer)] == list(range(1, len(names) + 1))


def test_root_counts_in_no_layer(concepts: Concepts) -> None:
    root = concepts.get(ROOT)
    assert root is not None
    assert (root.layer, root.broader) == (None, None)
    assert root not in concepts.segments(refinements=True)
    assert concepts.find("AI") is root


def test_refinements_stay_out_of_coverage(concepts: Concepts) -> None:
    whole = {c.id for c in concepts.segments(refinements=True)}
    counted = {c.id for c in concepts.segments()}
    assert counted < whole
    assert "segment:AI手机" in whole - counted
    phone = concepts.get("segment:AI手机")
    assert phone is not None
    assert (phone.broader, phone.layer) == ("segment:消费终端", "layer:应用层")
    for concept in concepts.segments(refinements=True):
        parent = concepts.get(concept.broader or "")
        assert parent is not None
        assert (concept.notation or "").rpartition(".")[0] == parent.notation


def test_unknown_layer_is_an_error_that_lists_the_layers(concepts: Concepts) -> None:
    with pytest.raises(SchemaError, match="layer '应用' is not one of 基础层, 技术层, 应用层"):
        concepts.segments("应用")


def test_broader_and_upstream_are_kept_apart() -> None:
    graph = Graph().parse(FOLDER / "schemes" / "chain-layers3.ttl")
    broader = set(graph.subject_objects(SKOS.broader))
    upstream = set(graph.subject_objects(URIRef(NS + "upstreamOf")))
    assert upstream
    assert not broader & (upstream | {(b, a) for a, b in upstream})


def test_each_segment_and_word_says_where_it_stands(concepts: Concepts) -> None:
    for concept in concepts.all():
        assert concept.sources, concept.id
        assert all(re.fullmatch(r"src:[0-9a-f]{12}#L\d+", s) for s in concept.sources), concept.id
        assert concept.source == concept.sources[0]


def test_no_word_of_the_concordance_is_a_segment(concepts: Concepts) -> None:
    segments = {normal_form(w) for c in concepts.segments(refinements=True) for w in (c.name, *c.alternatives)}
    words = [c for c in concepts.all() if c.label in {"Technology", "Industry", "ApplicationField"}]
    assert len(words) > 100
    for word in words:
        assert not segments & {normal_form(w) for w in (word.name, *word.alternatives)}, word.id


def test_every_word_maps_to_segments_or_says_that_none_fits(concepts: Concepts) -> None:
    graph = Graph().parse(FOLDER / "schemes" / "concordance.ttl")
    segments = {c.id for c in concepts.segments(refinements=True)}
    chain = Graph().parse(FOLDER / "schemes" / "chain-layers3.ttl")
    known = set(chain.subjects(RDF.type, URIRef(NS + "ChainSegment")))
    outside = URIRef(NS + "outsideChain")
    for node in graph.subjects(SKOS.inScheme):
        targets = {o for kind in MAPPING_KINDS for o in graph.objects(node, SKOS[kind])}
        assert targets <= known, node
        assert bool(targets) != ((node, outside, None) in graph), f"{node} must map or be outside, not both"
    for concept in concepts.all():
        for kind, target in concepts.mappings(concept.id):
            assert kind in MAPPING_KINDS
            assert target in segments


@pytest.mark.parametrize(
    ("word", "id_", "mapping"),
    [
        ("智能驾驶", "tech:智能驾驶", ("closeMatch", "segment:智能运载工具")),
        ("芯片", "tech:芯片", ("narrowMatch", "segment:智能芯片")),
        ("AI 芯片", "tech:人工智能芯片", ("closeMatch", "segment:智能芯片")),
        ("集成电路", "industry:集成电路", ("relatedMatch", "segment:智能芯片")),
        ("无人机", "tech:无人机", ("broadMatch", "segment:智能运载工具")),
        ("机器视觉", "tech:机器视觉", ("closeMatch", "segment:计算机视觉")),
        ("语音识别", "tech:语音识别", ("broadMatch", "segment:智能语音")),
        ("传感器", "tech:传感器", ("narrowMatch", "segment:智能传感器")),
        ("智慧医疗", "field:智慧医疗", ("closeMatch", "segment:智能医疗")),
    ],
)
def test_words_keep_their_own_node(concepts: Concepts, word: str, id_: str, mapping: tuple[str, str]) -> None:
    concept = concepts.find(word)
    assert concept is not None
    assert concept.id == id_
    assert mapping in concepts.mappings(id_)


def test_industries_beside_the_chain_map_to_nothing(concepts: Concepts) -> None:
    for word in ("生物医药", "新能源", "新材料", "航空航天"):
        concept = concepts.find(word)
        assert concept is not None
        assert concept.label == "Industry"
        assert concepts.mappings(concept.id) == ()


@pytest.mark.parametrize(
    "word", ["计算机视觉", "Computer Vision", " 计算机 视觉 ", "ＡＩ", "computer vision", "物联网"]
)
def test_find_does_not_care_for_width_case_and_blanks(concepts: Concepts, word: str) -> None:
    assert concepts.find(word) is not None


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("人工智能产业", ROOT),
        ("计算机视觉技术", "segment:计算机视觉"),
        ("生物医药产业", "industry:生物医药"),
        ("智能机器人领域", "segment:智能机器人"),
        ("信息技术", "industry:信息技术"),  # here the noun belongs to the name
        ("新一代信息技术产业", "industry:新一代信息技术"),
    ],
)
def test_a_noun_that_adds_nothing_may_stand_behind(concepts: Concepts, word: str, id_: str) -> None:
    concept = concepts.find(word)
    assert concept is not None
    assert concept.id == id_


def test_find_of_an_unknown_word(concepts: Concepts) -> None:
    assert concepts.find("拍脑袋") is None
    assert concepts.find("") is None
    assert concepts.find("产业") is None


@given(st.sampled_from([w for c in load_concepts().all() for w in (c.name, c.en, *c.alternatives)]), st.data())
def test_every_wording_is_found_with_blanks_put_in(word: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(word)))
    found = load_concepts().find(f"{word[:cut]}  {word[cut:]}".upper())
    assert found is not None
    assert word in (found.name, found.en, *found.alternatives)


def test_gazetteer(concepts: Concepts) -> None:
    words = concepts.gazetteer()
    assert words["AI"] == ROOT
    assert words["智能医疗"] == "segment:智能医疗"
    assert words["AI芯片"] == "tech:人工智能芯片"
    # Found in cells only: in running text these words nearly always mean something else.
    assert not {"金融", "汽车", "工业", "制造"} & set(words)
    assert concepts.find("金融") is not None
    assert list(words) == sorted(words)
    assert all(concepts.get(id_) is not None for id_ in words.values())


def test_official_four_tiers_map_to_the_main_scheme(concepts: Concepts) -> None:
    tiers = concepts.official_layers()
    assert [tier.name for tier, _ in tiers] == ["基础层", "框架层", "模型层", "应用层"]
    by_name = {tier.name: set(matches) for tier, matches in tiers}
    # 技术层 narrowMatch 框架层, 模型层: seen from the tiers, broadMatch.
    assert ("broadMatch", "layer:技术层") in by_name["框架层"] & by_name["模型层"]
    assert ("closeMatch", "layer:应用层") in by_name["应用层"]
    # Algorithms are in the foundation there and in the technology layer here.
    assert ("relatedMatch", "segment:机器学习") in by_name["基础层"]


# Code lists -------------------------------------------------------------------------------------------


def test_every_code_list_of_the_schema_exists(concepts: Concepts) -> None:
    schema = load_schema()
    used = {p.scheme for x in schema.labels for p in schema.node_columns(x).values() if p.scheme}
    used |= {p.scheme for x in schema.relations for p in schema.edge_columns(x).values() if p.scheme}
    assert used <= set(concepts.code_lists())
    for name in concepts.code_lists():
        entries = concepts.code_list(name)
        assert len({c.name for c in entries}) == len(entries) > 1, name
        assert all(c.zh and c.en and c.id == f"{name}:{c.name}" for c in entries), name


def test_unknown_code_list(concepts: Concepts) -> None:
    with pytest.raises(SchemaError, match=r"code list 'colours' is not one of .*maturity"):
        concepts.code_list("colours")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("maturity", ["成熟", "新兴", "未来"]),
        ("lifecycle", ["形成期", "成长期", "成熟期", "衰退期"]),
        ("method", ["table", "pattern", "mapping", "curated", "code_table"]),
        ("qualifier", ["exact", "over", "under", "approx", "range", "forecast", "planned", "target", "peak"]),
        ("severity", ["hard", "soft", "alias"]),
        ("role", ["headquarters", "site"]),
        ("event_kind", ["listing", "financing"]),
    ],
)
def test_closed_lists(concepts: Concepts, name: str, values: list[str]) -> None:
    assert [c.name for c in concepts.code_list(name)] == values


def test_ordered_lists_have_ranks(concepts: Concepts) -> None:
    for name in ("maturity", "lifecycle"):
        ranks = [c.order for c in concepts.code_list(name)]
        assert ranks == list(range(1, len(ranks) + 1))


def test_financing_stages_are_ordered(concepts: Concepts) -> None:
    stages = {c.name: c.order for c in concepts.financing_stages()}
    ranked = [order for order in stages.values() if order is not None]
    assert ranked == list(range(1, len(ranked) + 1))
    order = ["天使轮", "Pre-A轮", "A轮", "B轮", "C轮", "C+轮", "C+++轮", "D轮", "已上市"]
    assert sorted(order, key=lambda name: stages[name] or 0) == order
    # They may come at any time.
    assert stages["战略融资"] is None
    assert stages["股权融资"] is None


# Every wording of the column 融资阶段 in the tables 3, 4 and 5 of the white paper.
@pytest.mark.parametrize(
    "text",
    ["已上市", "战略融资", "B轮", "C轮", "A轮", "D轮", "股权融资", "C+轮", "天使轮", "C+++轮", "Pre-A轮"],
)
def test_stages_of_the_white_paper(concepts: Concepts, text: str) -> None:
    stage = concepts.find_stage(text)
    assert stage is not None
    assert stage.name == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pre-a 轮", "Pre-A轮"),
        ("PreA轮融资", "Pre-A轮"),
        ("Ａ轮", "A轮"),
        ("IPO", "已上市"),
        ("天使", "天使轮"),
        ("Series B", "B轮"),
    ],
)
def test_other_wordings_of_stages(concepts: Concepts, text: str, name: str) -> None:
    stage = concepts.find_stage(text)
    assert stage is not None
    assert stage.name == name


@pytest.mark.parametrize("text", ["—", "-", "", "未见记载", "融资"])
def test_no_stage(concepts: Concepts, text: str) -> None:
    assert concepts.find_stage(text) is None


# Indicators -------------------------------------------------------------------------------------------


def test_indicators_have_a_known_family_and_direction(concepts: Concepts) -> None:
    families = {c.name for c in concepts.code_list("unit_family")}
    assert len(concepts.indicators()) > 150
    owners: dict[str, str] = {}
    for indicator in concepts.indicators():
        assert indicator.unit_family in families, indicator.name
        assert indicator.higher_is in {"better", "worse", "neutral"}, indicator.name
        for word in {indicator.name, indicator.en, *indicator.wordings}:
            assert owners.setdefault(normal_form(word), indicator.name) == indicator.name, word
            assert concepts.find_indicator(word) is indicator


@pytest.mark.parametrize(
    ("text", "name", "family"),
    [
        ("社会融资规模增量（亿元）", "社会融资规模增量", "money"),  # header of table 45
        ("社会融资规模增量排名", "社会融资规模增量排名", "rank"),
        ("泛人工智能企业成立数量", "新成立泛人工智能企业数量", "count"),  # caption of table 12
        ("核心产业规模同比增长", "人工智能核心产业规模增速", "percent"),
        ("GDP", "地区生产总值", "money"),
        ("全国人工智能产业规模", "人工智能产业规模", "money"),
        ("AI 人才缺口", "人才缺口", "persons"),
        ("算力", "算力", "compute"),
    ],
)
def test_wordings_of_indicators(concepts: Concepts, text: str, name: str, family: str) -> None:
    indicator = concepts.find_indicator(text)
    assert indicator is not None
    assert (indicator.name, indicator.unit_family) == (name, family)


def test_core_wide_and_plain_counts_of_companies_are_three_indicators(concepts: Concepts) -> None:
    found = [concepts.find_indicator(t) for t in ("人工智能核心企业数量", "泛人工智能企业数量", "人工智能企业数量")]
    assert None not in found
    assert len({i.name for i in found if i}) == 3


def test_unknown_indicator(concepts: Concepts) -> None:
    assert concepts.find_indicator("桌子的高度") is None
    assert concepts.find_indicator("") is None


# Against the documents, where they lie beside the checkout -------------------------------------------------------------


@pytest.mark.shared
def test_locators_point_to_lines_that_hold_the_word(concepts: Concepts) -> None:
    folder = shared("documents")
    documents = {
        "src:" + hashlib.sha256(path.read_bytes()).hexdigest()[:12]: path.read_text(encoding="utf-8").split("\n")
        for path in folder.glob("*.txt")
    }
    for concept in concepts.all():
        for source in concept.sources:
            document, _, line = source.partition("#L")
            assert document in documents, f"{concept.id}: {source} is none of the documents"
            lines = documents[document]
            assert int(line) <= len(lines)
            # The other four are damaged text (Traditional signs, readings in brackets), which the loaders repair.
            if document == WHITE_PAPER:
                text = normal_form(lines[int(line) - 1])
                words = [normal_form(w) for w in (concept.name, *concept.alternatives)]
                assert any(word in text for word in words), f"{concept.id} is not in line {line}"


@pytest.mark.shared
def test_every_focus_word_of_the_tables_is_known(concepts: Concepts) -> None:
    path = shared("documents", "003_*.txt")
    column, unknown, seen = None, set(), 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        heads = [i for i, cell in enumerate(cells) if cell in {"细分领域", "所属领域", "主要布局领域"}]
        if heads:
            column = heads[0]
        elif not cells:
            column = None
        elif column is not None and not set(line) <= set("|-: ") and "。" not in cells[column]:
            for word in re.split("[、，]", cells[column].removesuffix("等")):
                seen += 1
                if concepts.find(word) is None:
                    unknown.add(word)
    assert seen > 150  # 20 + 22 + 28 firms, 13 listings, and the lists of five tables of parks
    assert unknown == set()
