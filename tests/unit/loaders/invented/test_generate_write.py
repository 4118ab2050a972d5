"""Generated files: loaded again they are the same records; the same bytes each time; dirt as noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from loaders import load_folder
from loaders.invented.province import Province, generate_province
from loaders.invented.write import Format, write_province
from tracing.errors import UsageError

Write = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="module")
def province() -> Province:
    return generate_province(people=400, seed=11, contacts_per_person=3.0)


def contents(files: tuple[Path, ...]) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx"])
def test_plain_files_load_to_the_same_records(province: Province, tmp_path: Path, format: Format) -> None:
    write_province(province, tmp_path, format=format)
    loaded = load_folder(tmp_path)
    assert loaded.rows_set_aside == 0
    assert loaded.records.content_hash() == province.records.content_hash()


def test_plain_files_are_named_by_their_tables_and_the_truth_lies_apart(province: Province, tmp_path: Path) -> None:
    files = write_province(province, tmp_path)
    names = {file.relative_to(tmp_path).as_posix() for file in files}
    assert {"persons.csv", "cases.csv", "contacts.csv", "visits.csv", "areas.csv"} <= names
    assert {name for name in names if "TRUTH" in name} == {"truth/TRUTH_infections.csv"}
    assert not {"infector", "generation"} & set(pd.read_csv(tmp_path / "cases.csv").columns)
    truth = pd.read_csv(tmp_path / "truth" / "TRUTH_infections.csv")
    assert list(truth.columns) == ["person", "infected_at", "infector", "generation", "kind", "place"]
    assert len(truth) == len(province.truth)


def test_commune_lists_look_like_what_a_commune_sends(province: Province, tmp_path: Path) -> None:
    write_province(province, tmp_path, headings="vi")
    page = openpyxl.load_workbook(tmp_path / "danh-sach-F0.xlsx").worksheets[0]
    rows = list(page.iter_rows(values_only=True))
    assert str(rows[0][0]).startswith("DANH SÁCH F0")
    assert "KHÔNG CÓ NGƯỜI THẬT" in str(rows[0][0])
    headings = [str(cell) for cell in rows[2]]
    assert {"STT", "Họ và tên", "Năm sinh", "Ngày khởi phát", "Ngày lấy mẫu", "Nơi phát hiện"} <= set(headings)
    assert len(rows) == 3 + len(province.records.cases)
    samples = [row[headings.index("Ngày lấy mẫu")] for row in rows[3:]]
    assert pd.Series(samples).str.match(r"\d\d/\d\d/2021").all()


def test_commune_lists_load_without_a_row_set_aside(province: Province, tmp_path: Path) -> None:
    write_province(province, tmp_path, headings="vi")
    loaded = load_folder(tmp_path)
    assert loaded.rows_set_aside == 0
    own, read = province.records, loaded.records
    assert set(read.cases["person"]) == set(own.cases["person"])
    assert len(read.visits) == len(own.visits)
    assert len(read.tests) == len(own.tests)
    assert set(read.links[["source", "target"]].itertuples(index=False)) == set(
        own.links[["source", "target"]].itertuples(index=False)
    )
    cases = set(own.cases["person"])
    pairs = own.contacts[["person_a", "person_b"]]
    of_cases = pairs[pairs["person_a"].isin(cases) | pairs["person_b"].isin(cases)]
    assert set(of_cases.itertuples(index=False)) <= set(read.contacts[["person_a", "person_b"]].itertuples(index=False))


@pytest.mark.parametrize("options", [{}, {"headings": "vi", "dirt": 0.1}, {"format": "xlsx"}, {"format": "parquet"}])
def test_same_bytes_each_time(province: Province, tmp_path: Path, options: dict[str, str]) -> None:
    first = contents(write_province(province, tmp_path / "a", **options))
    second = contents(write_province(province, tmp_path / "b", **options))
    assert first == second


def test_dirt_is_noted_where_it_is(province: Province, tmp_path: Path) -> None:
    write_province(province, tmp_path / "clean")
    write_province(province, tmp_path / "dirty", dirt=0.1)
    notes = pd.read_csv(tmp_path / "dirty" / "truth" / "TRUTH_dirt.csv", keep_default_na=False)
    assert {"impossible day", "row typed twice", "slip in an id", "hour lost"} <= set(notes["what"])
    clean = pd.read_csv(tmp_path / "clean" / "contacts.csv", dtype="string")
    dirty = pd.read_csv(tmp_path / "dirty" / "contacts.csv", dtype="string")
    said = notes[notes["file"] == "contacts"]
    twice = said[said["what"] == "row typed twice"]["row"]
    assert len(dirty) == len(clean) + len(twice)
    kept = dirty.drop(index=twice - 1).reset_index(drop=True)
    differs = (kept.fillna("") != clean.fillna("")).any(axis=1)
    assert differs.sum() == len(said) - len(twice)
    row = said[said["what"] == "impossible day"].iloc[0]
    assert pd.isna(pd.to_datetime(str(dirty.loc[row["row"] - 1, row["column"]])[:10], errors="coerce"))
    assert 0.05 < len(said) / len(clean) < 0.15


def test_dirt_is_found_by_the_loader(province: Province, tmp_path: Path) -> None:
    write_province(province, tmp_path, dirt=0.1)
    loaded = load_folder(tmp_path)
    assert loaded.rows_set_aside > 0


def test_the_provinces_own_dirt_is_the_default(tmp_path: Path) -> None:
    dirty = generate_province(people=100, seed=1, dirt=0.2)
    write_province(dirty, tmp_path)
    assert (tmp_path / "truth" / "TRUTH_dirt.csv").exists()
    write_province(dirty, tmp_path, dirt=0)
    assert not (tmp_path / "truth" / "TRUTH_dirt.csv").exists()


def test_refusals(province: Province, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="dirt"):
        write_province(province, tmp_path, dirt=2)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="not a folder"):
        write_province(province, tmp_path / "file")
