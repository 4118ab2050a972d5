"""The style sheet for the Neo4j Browser has the house's colours, and names what is in the graph."""

from __future__ import annotations

import re
from pathlib import Path

from graph.neo4j import model
from graph.neo4j.model import property_of
from tracing import colours
from tracing.model.schema import TABLES, stored_columns

GRAPH = Path(model.__file__).parent
STYLE = (GRAPH / "browser.grass").read_text(encoding="utf-8")


def test_colours_are_those_of_the_house() -> None:
    house = {value for value in vars(colours).values() if isinstance(value, str)} | {*colours.TIERS, *colours.TIER_TEXT}
    used = set(re.findall(r"#[0-9a-f]{6}", STYLE))
    assert used <= house and {colours.of_tier(0), colours.of_tier(1), colours.CORE} <= used


def test_what_is_styled_is_in_the_graph() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in (*GRAPH.rglob("*.py"), GRAPH / "MODEL.md"))
    words = {property_of(column) for table in TABLES.values() for column in stored_columns(table)}
    words |= set(re.findall(r"\w+", told))
    styled = re.findall(r"^(?:node|relationship)\.(\w+) \{.*?caption: \"(?:<type>|\{(\w+)\})\"", STYLE, re.M)
    assert len(styled) > 15
    assert {name for pair in styled for name in pair if name} <= words
