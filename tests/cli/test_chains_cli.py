"""``truyvet chains`` in a store of its own."""

from __future__ import annotations

import json

import pytest
from outbreaks import build, day, time_columns

from cli.main import run
from graph import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("chains") / "small.duckdb")
    with open_store(path) as opened:
        opened.write(
            build(
                cases=[
                    {"person": p, "case_code": f"BN{n}", **time_columns(onset=day(2 + 3 * n))}
                    for n, p in enumerate(("a", "b", "c"))
                ],
                persons=[{"person": p} for p in ("a", "b", "c", "d")],
                links=[{"source": "a", "target": "b"}, {"source": "b", "target": "c", **time_columns(date=day(6))}],
            )
        )
    return path


@pytest.fixture
def call(store, capsys):
    def told(*arguments):
        code = run([*arguments, "--store", store, "--quiet"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return told


def test_a_chain_is_drawn_with_its_questions(call):
    code, out, _ = call("chains", "BN1", "--lang", "en")
    assert code == 0 and "Chain from a · declared links · 3 cases" in out
    assert "Who could have been the source of b" in out and "a · declared link" in out
    assert "Nguồn" not in out and "Ai có thể là nguồn của b" in call("chains", "b", "--lang", "vi")[1]


def test_only_what_was_asked(call):
    out = call("chains", "b", "--forward", "--lang", "en")[1]
    assert "Chain from b" in out and "Who" not in out
    assert "No dated contact" in call("chains", "b", "--contacts", "--lang", "en")[1]


def test_json_of_one_and_of_all(call):
    one = json.loads(call("chains", "BN1", "--json")[1])
    assert [row["case"] for row in one["forward"]] == ["c"] and one["backward"][0]["source"] == "a"
    cases = {case["id"]: case for case in json.loads(call("chains", "--all", "--json")[1])["cases"]}
    assert cases["c"].items() >= {"secondary": 0, "sources": ["b"], "root": "a", "depth": 2}.items()


def test_all_chains_in_words(call):
    assert "3 cases, 2 declared links, 1 chain;" in call("chains", "--all", "--lang", "en")[1]


def test_a_page(call, tmp_path):
    page = tmp_path / "chain.html"
    code, out, _ = call("chains", "BN1", "--html", str(page), "--lang", "vi")
    assert code == 0 and "chain.html" in out and '<html lang="vi">' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("chains",), 2), (("chains", "a", "--all"), 2), (("chains", "nobody"), 3), (("chains", "d"), 3)],
)
def test_wrong_calls_say_what_to_do(call, arguments, code):
    told = call(*arguments, "--lang", "en")
    assert told[0] == code and "→" in told[2] and "Traceback" not in told[2]


def test_a_period_restricts_what_is_followed(call):
    inside = json.loads(call("chains", "a", "--from", "2021-07-06", "--to", "2021-07-06", "--json")[1])
    assert [row["case"] for row in inside["forward"]] == ["b", "c"] and inside["links_undated"] == 1
    early = call("chains", "--all", "--to", "2021-07-05", "--lang", "en")[1].replace("\xa0", " ")
    assert "3 cases, 1 declared link, 1 chain;" in early and "Period until 5 Jul 2021: 1 declared" in early
    assert call("chains", "a", "--from", "2021-07-06", "--to", "2021-07-05")[0] == 2
    code, _, said = call("chains", "a", "--from", "6/7", "--lang", "en")
    assert code == 2 and "--from 6/7" in said
