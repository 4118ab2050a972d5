"""``truyvet report`` in a store of its own."""

from __future__ import annotations

import json

import pytest
from report_examples import states

from cli.main import run
from graph import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("report") / "small.duckdb")
    with open_store(path) as opened:
        opened.write(states()["two_units"])
    return path


@pytest.fixture
def call(store, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def told(*arguments):
        code = run(["report", *arguments, "--store", store, "--quiet"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return told


def test_the_page_is_written_where_it_is_said(call, tmp_path):
    code, out, _ = call("--lang", "vi")
    assert code == 0
    assert "Đã viết truyvet-report.html" in out
    assert "không có họ tên" in out
    page = (tmp_path / "truyvet-report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Nguyễn Thị" not in page
    assert [path.name for path in tmp_path.iterdir()] == ["truyvet-report.html"]
    code, _, _ = call("--lang", "vi", "--out", "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_names_only_where_they_were_asked_for(call, tmp_path):
    code, out, _ = call("--show-names", "--lang", "en", "--out", "names.html")
    assert code == 0
    assert "HOLDS NAMES" in out
    assert "Nguyễn Thị 3" in (tmp_path / "names.html").read_text(encoding="utf-8")


def test_one_case_and_polygons(call, tmp_path):
    ring = [[105, 9], [105.1, 9], [105.1, 9.1], [105, 9]]
    area = {"properties": {"code": "A"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "areas.geojson").write_text(json.dumps({"features": [area]}), encoding="utf-8")
    code, _, _ = call("--case", "p0", "--geometry", "areas.geojson", "--geometry-id", "code", "--lang", "en")
    assert code == 0
    code, _, said = call("--geometry", "areas.geojson", "--lang", "en")
    assert code == 5
    assert "ward_code" in said and "code" in said
    (tmp_path / "areas.geojson").write_bytes(b"\xff\xfe{")
    assert call("--geometry", "areas.geojson", "--lang", "vi")[0] == 5


def test_only_a_page_is_written_over(call, tmp_path):
    (tmp_path / "list.xlsx").write_text("mine", encoding="utf-8")
    code, _, said = call("--out", "list.xlsx", "--lang", "en")
    assert code == 2
    assert "use --out list.html" in said
    assert (tmp_path / "list.xlsx").read_text(encoding="utf-8") == "mine"


def test_without_a_case_a_sentence_says_so(tmp_path, capsys):
    path = str(tmp_path / "none.duckdb")
    with open_store(path) as opened:
        opened.write(states()["no_case"])
    assert run(["report", "--store", path, "--quiet", "--lang", "en"]) == 3
    assert "no case on record" in capsys.readouterr().err
