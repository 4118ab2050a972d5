"""Files of every format and in every bad state: read rightly, or refused in words, never a traceback."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from loaders import LoadOptions, load_files, load_folder
from tracing.errors import InputError, NothingFound, UsageError

PEOPLE = "person,name\nA,Đặng Thị Ánh\nB,Lê Ư\n"


def _load(path: Path, content: bytes | str, **options: object):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_files([path], options=LoadOptions(**options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_unicode_is_read_as_it_says(tmp_path: Path, encoding: str) -> None:
    content = b"\xff\xfe" + PEOPLE.encode("utf-16-le") if encoding.endswith("bom") else PEOPLE.encode(encoding)
    result = _load(tmp_path / "persons.csv", content)
    assert result.records.persons["name"].tolist() == ["Đặng Thị Ánh", "Lê Ư"]
    assert result.complete and not len(result.findings)


def test_windows_1258_is_recognised_by_its_tone_marks_and_said(tmp_path: Path) -> None:
    content = b"person,name\nA,\xd0\xe3\xf2ng Thi\xf2\n"  # each tone is a byte of its own after its vowel
    result = _load(tmp_path / "persons.csv", content)
    assert result.records.persons["name"].tolist() == ["Đặng Thị"]
    assert list(result.findings) == ["file.decoded"]
    assert "1258" in result.findings.table["message_en"][0]


@pytest.mark.parametrize(("name", "encoding"), [("Jürgen", "iso-8859-1"), ("Jürgen – “x”", "windows-1252")])
def test_western_text_is_read_and_said(tmp_path: Path, name: str, encoding: str) -> None:
    result = _load(tmp_path / "persons.csv", f"person,name\nA,{name}\n".encode(encoding))
    assert result.records.persons["name"].tolist() == [name]
    assert encoding in result.findings.table["message_en"][0]


def test_a_damaged_utf8_file_is_refused_not_turned_to_gibberish(tmp_path: Path) -> None:
    content = (PEOPLE * 3).encode().replace(b"L\xc3\xaa", b"L\xc3 ", 1)
    result = _load(tmp_path / "persons.csv", content)
    assert list(result.findings) == ["file.encoding"] and len(result.records) == 0
    assert not result.complete


def test_a_wrong_encoding_option_is_an_error(tmp_path: Path) -> None:
    assert list(_load(tmp_path / "a.csv", PEOPLE, encoding="ascii").findings) == ["file.encoding"]
    assert list(_load(tmp_path / "a.csv", PEOPLE, encoding="klingon").findings) == ["file.unreadable"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_separator_is_found(tmp_path: Path, delimiter: str, newline: str) -> None:
    text = PEOPLE.replace(",", delimiter).replace("\n", newline)
    assert _load(tmp_path / "persons.csv", text).records.persons["person"].tolist() == ["A", "B"]


def test_excels_separator_line_is_obeyed_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    result = _load(tmp_path / "persons.csv", "sep=;\nperson;name\nA;x\n")
    assert result.records.persons["source_row"].tolist() == [3]


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    text = 'person,name\n\nA,"two\nlines"\n\nB,y\n'
    assert _load(tmp_path / "persons.csv", text).records.persons["source_row"].tolist() == [3, 5]


def test_rows_with_too_many_or_too_few_cells_are_set_aside(tmp_path: Path) -> None:
    result = _load(tmp_path / "persons.csv", "person,name,sex\nA,x,f\nB,y,f,extra\nC\nD,z,m\n")
    assert result.findings.of(code="row.ragged")["row"].tolist() == [3, 4]
    assert result.records.persons["person"].tolist() == ["A", "D"]
    assert result.rows_set_aside == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file.empty"),
        ("a.csv", b" \n \n", "file.empty"),
        ("a.xlsx", b"", "file.empty"),
        ("a.parquet", b"", "file.empty"),
        ("a.csv", b"PK\x03\x04" + bytes(200), "file.binary"),
        ("a.csv", bytes(range(256)), "file.binary"),
        ("a.csv", b"%PDF-1.7 x", "file.binary"),
        ("a.csv", b'person,name\nA,"x', "file.truncated"),
        ("a.csv", "person,name\nA,Đ".encode()[:-1], "file.truncated"),
        ("a.xlsx", b"hello", "file.unreadable"),
        ("a.xlsx", b"PK\x03\x04" + bytes(200), "file.unreadable"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.unreadable"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
            "file.password",
        ),
        ("a.ods", b"x" * 50, "file.unreadable"),
        ("a.json", b"{", "file.unreadable"),
        ("a.json", b"[1, 2]", "file.unreadable"),
        ("a.parquet", b"PAR1 but not really", "file.unreadable"),
        ("a.csv.gz", b"not gzip", "file.unreadable"),
        ("a.doc", b"x", "file.ending"),
        ("states_TRUTH.csv", b"person,name\nA,x\n", "file.truth"),
    ],
)
def test_a_bad_file_is_one_finding_and_the_others_load(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "persons.csv"
    good.write_text(PEOPLE, encoding="utf-8")
    result = load_files([tmp_path / name, good])
    assert list(result.findings) == [code]
    assert len(result.records.persons) == 2
    finding = result.findings.table.iloc[0]
    assert finding["file"] == name and finding["message_vi"] and finding["fix_en"]


def test_one_path_is_a_list_of_one(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("person,onset\nC1,2021-07-08\n", encoding="utf-8")
    for one in (str(path), path, [path], [str(path)]):
        assert load_files(one).records.cases["person"].tolist() == ["C1"]


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert list(load_files([tmp_path / "nowhere.csv"]).findings) == ["file.missing"]


def test_no_file_gives_empty_records() -> None:
    result = load_files([])
    assert len(result.records) == 0 and result.complete and result.summaries == ()


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    frame = pd.DataFrame({"person": [f"P{i}" for i in range(500)]})
    frame.to_excel(tmp_path / "whole.xlsx", index=False)
    result = _load(tmp_path / "cut.xlsx", (tmp_path / "whole.xlsx").read_bytes()[:-400])
    assert list(result.findings) == ["file.unreadable"]


def test_headings_without_rows_are_said(tmp_path: Path) -> None:
    result = _load(tmp_path / "persons.csv", "person,name\n")
    assert list(result.findings) == ["file.no_rows"] and result.summaries[0].rows == 0


def test_json_in_three_shapes(tmp_path: Path) -> None:
    rows = [{"person": "007", "name": "x"}, {"person": 12, "extra": True}]
    for name, text in (
        ("persons.json", json.dumps(rows)),
        ("persons.ndjson", "\n".join(json.dumps(r) for r in rows)),
        ("all.json", json.dumps({"persons": rows})),
    ):
        result = _load(tmp_path / name, text)
        assert result.records.persons["person"].tolist() == ["007", "12"], name
        assert json.loads(result.records.persons["attributes"][1]) == {"extra": "true"}


def test_parquet_keeps_days_and_instants(tmp_path: Path) -> None:
    pd.DataFrame(
        {
            "person": ["A", "B"],
            "onset": pd.to_datetime(["2021-07-02", "2021-07-03"]),
            "sample": pd.to_datetime(["2021-07-02 09:20", "2021-07-03 00:00"]),
            "confirmed": pd.to_datetime(["2021-07-02 09:20", "NaT"]).tz_localize("Asia/Ho_Chi_Minh"),
        }
    ).to_parquet(tmp_path / "cases.parquet")
    cases = load_folder(tmp_path).records.cases
    assert (cases["onset_to"] - cases["onset"]).tolist() == [86_400, 86_400]
    assert (cases["sample_to"] - cases["sample"]).tolist() == [0, 86_400]
    assert cases["confirmed"][0] == cases["sample"][0]


def test_gzip_is_opened(tmp_path: Path) -> None:
    (tmp_path / "persons.csv.gz").write_bytes(gzip.compress(PEOPLE.encode()))
    assert len(load_folder(tmp_path).records.persons) == 2


def test_a_folder_needs_to_be_one_and_to_hold_something(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_folder(tmp_path / "nowhere")
    with pytest.raises(NothingFound):
        load_folder(tmp_path)


def test_an_unknown_table_name_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        _load(tmp_path / "a.csv", PEOPLE, table="nonsense")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "x")
    assert list(_load(tmp_path / "a.xlsx", held.getvalue()).findings) == ["file.unreadable"]
