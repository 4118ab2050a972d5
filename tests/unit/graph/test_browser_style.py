"""The style sheet for the Neo4j Browser has the house's colours, and names what is in the graph."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bloom_perspective import FILE, to_text

from graph.neo4j import model
from graph.neo4j.model import EDGES, NODES, property_columns, property_of
from tracing import colours
from tracing.model.schema import TABLES, stored_columns

GRAPH = Path(model.__file__).parent
STYLE = (GRAPH / "browser.grass").read_text(encoding="utf-8")


def test_colours_are_those_of_the_house() -> None:
    house = {value for value in vars(colours).values() if isinstance(value, str)} | {*colours.TIERS, *colours.TIER_TEXT}
    used = set(re.findall(r"#[0-9a-f]{6}", STYLE))
    assert used <= house and {colours.of_tier(0), colours.of_tier(1), colours.CORE} <= used


def test_there_are_rules_and_nothing_else() -> None:
    """The Browser knows no comments: what stands before a rule is taken for its name, and the rule is lost."""
    found = re.findall(r"^((?:node|relationship)(?:\.\w+)?) \{ ((?:[a-z-]+: [^;:]+; )+)\}$", STYLE, re.M)
    assert len(found) == len(STYLE.splitlines())
    assert [name for name, _ in found if "." not in name] == ["node", "relationship"]


def test_what_is_styled_is_in_the_graph() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in (*GRAPH.rglob("*.py"), GRAPH / "MODEL.md"))
    words = {property_of(column) for table in TABLES.values() for column in stored_columns(table)}
    words |= set(re.findall(r"\w+", told))
    styled = re.findall(r"^(?:node|relationship)\.(\w+) \{.*?caption: \"(?:<type>|\{(\w+)\})\"", STYLE, re.M)
    assert len(styled) > 15
    assert {name for pair in styled for name in pair if name} <= words


def test_the_perspective_for_bloom_is_made_of_the_style_sheet_and_the_model() -> None:
    assert FILE.read_text(encoding="utf-8") == to_text(), "run tests/support/bloom_perspective.py"
    told = json.loads(FILE.read_text(encoding="utf-8"))
    labels = {kind.label for kind in NODES.values()} | {"PlaceDay", "Tier", "Zone", "ZoneUnit", "Area", "SamePerson"}
    labels |= {"Run", "LatestRun"}
    types = {kind.type for kind in EDGES.values()} | {"EXPOSED_BY", "F1_OF", "HAS_TIER", "LED_TO", "HOLDS"}
    assert {label for category in told["categories"] for label in category["labels"]} <= labels
    assert {kind["name"] for kind in told["relationshipTypes"]} <= types and len(told["categories"]) > 12
    for table, kind in NODES.items():
        if kind.label in told["labels"]:
            columns = {property_of(column) for column in property_columns(table)}
            assert columns <= {one["propertyKey"] for one in told["labels"][kind.label]}
    colours_of = {c["labels"][0]: c["color"] for c in told["categories"]}
    assert (colours_of["Case"], colours_of["Tier"]) == (colours.of_tier(0), colours.of_tier(1))
    for phrase in told["templates"]:
        used = set(re.findall(r":([A-Z]\w+)", phrase["cypher"]))
        assert used <= labels | types | {"OF"}
        assert all(f"${name.lstrip('$')}" in phrase["cypher"] for name in (p["name"] for p in phrase["params"]))
