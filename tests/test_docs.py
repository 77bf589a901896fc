"""Documents that are derived from the code are up to date, and README says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aikg.loaders.mapping import EntitySpec, LinkSpec, ObservationSpec, TableMapping
from aikg.ontology.schema import load_schema

ROOT = Path(__file__).resolve().parents[1]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fenced(markdown: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", markdown, flags=re.MULTILINE | re.DOTALL)


def test_the_schema_page_is_what_the_ontology_says() -> None:
    expected = load_schema().markdown("zh") + "\n" + load_schema().markdown("en")
    assert text("docs/schema.md") == expected, (
        "run `aikg schema --lang zh > docs/schema.md`, then --lang en >> docs/schema.md"
    )


def test_readme_begins_with_exactly_two_one_line_commands() -> None:
    main, test, *_ = fenced(text("README.md"))
    for command in (main, test):
        assert command.count("\n") == 1
        assert command.startswith("python3 -m venv .venv && ")
    assert main.endswith("aikg demo\n")
    assert test.endswith("pytest\n")


def test_every_command_in_readme_exists() -> None:
    from aikg.cli.root import COMMANDS
    from aikg.queries.catalogue import load_catalogue

    shown = set(re.findall(r"^aikg ([a-z-]+)", text("README.md"), flags=re.MULTILINE))
    known = {name for group in COMMANDS.values() for name in group}
    assert shown
    assert shown <= known
    asked = set(re.findall(r"aikg ask ([a-z-]+)", text("README.md")))
    assert asked <= set(load_catalogue().names())


@pytest.mark.parametrize("spec", [TableMapping, EntitySpec, LinkSpec, ObservationSpec])
def test_every_key_of_a_mapping_is_described(spec: type) -> None:
    page = text("docs/mappings.md")
    for name in spec.__dataclass_fields__:  # type: ignore[attr-defined]
        key = {"as_": "as", "from_": "from", "entities": "[[table.entity]]", "links": "[[table.link]]"}.get(name, name)
        key = {"observations": "[[table.observation]]"}.get(key, key)
        if name != "file":
            assert f"`{key}`" in page or key in page, f"docs/mappings.md does not say what {key} is"


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
