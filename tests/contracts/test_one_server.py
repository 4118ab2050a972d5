"""A session has one Neo4j server of each version, since its fixtures are made known in one place."""

from __future__ import annotations

import ast
from pathlib import Path

from tests import fixtures_neo4j

ROOT = Path(__file__).resolve().parents[2]


def test_the_servers_are_made_known_once() -> None:
    known_in = [
        file.relative_to(ROOT).as_posix()
        for file in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "tests.fixtures_neo4j"
        and {name.name for name in node.names} & set(fixtures_neo4j.__all__)
    ]
    assert known_in == ["tests/conftest.py"], "imported into a second file, they are a second server there"
