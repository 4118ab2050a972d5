"""A map of a foreign graph: what is wrong with it is said, with the section."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run as truyvet
from graph.neo4j.foreign import read_map
from tracing.errors import InputError

PAGE = Path(__file__).parents[4] / "docs" / "foreign_graph.md"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[visits\n", "it is no TOML.*line 1"),
        ("", "there is no section"),
        ("visits = 'MATCH (n) RETURN n'", r"visits is no section such as \[visits\]"),
        ("['a/b']\ncypher = 'x'", "a/b is no section"),
        ("[visits]\ntable = 'visits'", r"\[visits\] has no cypher"),
        ("[visits]\ncypher = '  '", r"\[visits\] has no cypher"),
        ("[visits]\ncypher = 'x'\nlimit = 3", r"\[visits\] has limit"),
        ("[visit]\ncypher = 'x'", r"\[visit\]: there is no table visit; did you mean visits"),
        ("[bars]\ncypher = 'x'\ntable = 7", r"\[bars\]: there is no table 7"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told) as refused:
        read_map(path)
    assert refused.value.text("vi") != refused.value.text("en")


def test_sections_are_tables_or_name_one(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text("[people]\ncypher = 'a'\n[night_bars]\ntable = 'visits'\ncypher = 'b'", encoding="utf-8")
    assert [(q.name, q.table, q.cypher) for q in read_map(path)] == [
        ("people", "people", "a"),
        ("night_bars", "visits", "b"),
    ]


def test_an_address_and_a_map_come_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("person\nx\n")
    Path("map.toml").write_text("[visits\n")
    for said in (["neo4j://h"], ["list.csv", "--map", "map.toml"], ["neo4j://h", "list.csv", "--map", "map.toml"]):
        assert truyvet(["load", *said, "--lang", "en"]) == 2
        assert "one address and one map" in capsys.readouterr().err
    assert truyvet(["load", "neo4j://h", "--map", "map.toml", "--lang", "en"]) == 5
    assert "no TOML" in capsys.readouterr().err
    assert not Path("truyvet.duckdb").exists()
