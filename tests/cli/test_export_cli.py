"""What an export holds and what it never holds: names, formulas, the time of writing."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from exports import cells, export, load_there

from cli.language import speak
from cli.main import run
from cli.writers.workbook import _sheet_name
from graph import open_store

NASTY = '=HYPERLINK("http://x","y")'
FILES = {
    "areas.csv": "area,name,level,parent\n964,Thành phố Cà Mau,district,\n32025,Tân Thành,commune,964\n"
    "32026,Tân Thành,commune,964\n32077,Xã Tân Lộc [cũ]: ấp/khóm *?,commune,\n",
    "persons.csv": "person,name,birth_year,area,address,vaccine_doses,phone\n"
    f'0007,Tên Bảy,1991,32025,,,\n=1+1,Tên Tám,1985,32026,"{NASTY.replace(chr(34), chr(34) * 2)}",2,0912345678\n'
    "@x,Tên Chín,,32077,số 9,,\n-5,Tên Mười,,,,,\n",
    "cases.csv": "person,case_code,onset\n0007,BN1,2021-08-04\n",
    "contacts.csv": "person_a,person_b,start,end,kind,distance_m\n"
    "0007,=1+1,2021-08-05T09:00,2021-08-05T10:00,work,1\n0007,@x,2021-08-05T09:00,2021-08-05T10:00,work,1\n"
    "0007,-5,2021-08-05T09:00,2021-08-05T10:00,,\n",
}
NAMES = ("Tên Bảy", "Tên Tám", "Tên Chín", "Tên Mười", "HYPERLINK", "số 9", "0912345678")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files and the store that they were loaded into, once for all tests."""
    return load_there(tmp_path_factory.mktemp("loaded"), FILES)


@pytest.fixture(scope="module")
def loaded_later(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with what was found later."""
    folder = shutil.copytree(loaded, tmp_path_factory.mktemp("loaded-later"), dirs_exist_ok=True)
    return load_there(folder, LATER, "--create-people")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to work in, with nothing set."""
    monkeypatch.chdir(tmp_path)
    for name in ("TRUYVET_STORE", "TRUYVET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path
    speak("en")


@pytest.fixture
def folder(place: Path, loaded: Path) -> Path:
    return shutil.copytree(loaded, place, dirs_exist_ok=True)


@pytest.fixture
def met_after(place: Path, loaded_later: Path) -> Path:
    return shutil.copytree(loaded_later, place, dirs_exist_ok=True)


def test_a_sheet_per_locality_with_title_and_headings(folder: Path) -> None:
    export()
    book = cells(folder / "truyvet-lists.xlsx")
    assert list(book) == [
        "Overview",
        "Tân Thành",
        "Tân Thành 32026",
        "Xã Tân Lộc cũ ấp khóm",
        "Not known",
        "Ids and sources",
    ]
    sheet = book["Tân Thành 32026"]
    assert sheet[0][0] == "Tân Thành (32026), Thành phố Cà Mau"
    assert "Rule vn-3638" in str(sheet[1][0]) and "as of the end of 5 Aug 2021" in str(sheet[1][0])
    assert sheet[2][:7] == ["No.", "Visited", "Sample", "Id", "Born", "Tier", "How sure"]
    assert sheet[3][:7] == [1, "☐", "☐", "=1+1", 1985, "F1", "certain"]
    assert "policy: vn-3638" in [row[0] for row in book["Ids and sources"]]


def test_in_vietnamese(folder: Path) -> None:
    export("--lang", "vi")
    book = cells(folder / "truyvet-lists.xlsx")
    assert next(iter(book)) == "Tổng hợp" and list(book)[-2:] == ["Không rõ", "Mã và nguồn"]
    assert book["Không rõ"][2][:7] == ["STT", "Đã đến", "Lấy mẫu", "Mã", "Sinh", "Bậc", "Mức chắc chắn"]
    assert book["Không rõ"][3][6] == "có thể"


def test_ids_keep_their_zeros_and_nothing_is_a_formula(folder: Path) -> None:
    export("--show-names")
    book = openpyxl.load_workbook(folder / "truyvet-lists.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in found} <= {"s", "n", "d"}
    texts = {cell.value for cell in found if cell.data_type == "s"}
    assert {"0007", "=1+1", "@x", "-5", NASTY} <= texts
    assert all(cell.number_format == "@" for cell in found if cell.data_type == "s")
    export("--show-names", "--format", "csv")
    written = pd.read_csv(folder / "truyvet-lists.csv", dtype=str)
    assert {"0007", "'=1+1", "'@x", "'-5"} == set(written["person"])
    assert not written.stack().str.match(r"[=+\-@\t\r]").any()


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "parquet", "graphml"])
def test_masked_unless_asked(folder: Path, file_format: str) -> None:
    def text(path: Path) -> str:
        if file_format == "xlsx":
            return str(cells(path))
        if file_format == "parquet":
            return str(pq.read_table(path).to_pylist())
        return path.read_text(encoding="utf-8")

    export("--format", file_format, "--out", f"masked.{file_format}")
    masked = text(folder / f"masked.{file_format}")
    assert "0007" in masked and not any(name in masked for name in NAMES)
    export("--format", file_format, "--out", f"named.{file_format}", "--show-names")
    assert all(name in text(folder / f"named.{file_format}") for name in NAMES[:4])


def test_a_list_to_work_from_on_paper(folder: Path) -> None:
    export("--show-names", "--as-of", "2021-08-08")
    book = openpyxl.load_workbook(folder / "truyvet-lists.xlsx")
    sheet = book["Tân Thành 32026"]
    heads = [cell.value for cell in sheet[3]]
    assert heads[:7] == ["No.", "Visited", "Sample", "Name", "Born", "Phone", "Hamlet"]
    row = dict(zip(heads, (cell.value for cell in sheet[4]), strict=True))
    assert (row["Name"], row["Phone"], row["Whom and where they met"]) == ("Tên Tám", "0912345678", "Tên Bảy (BN1)")
    assert "Id" not in heads and "=1+1" not in str([[cell.value for cell in line] for line in sheet.iter_rows()])
    behind = [[cell.value for cell in line] for line in book["Ids and sources"].iter_rows()]
    assert ["Tân Thành", 1, "=1+1", "0007"] in [line[:4] for line in behind]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4" and sheet.column_dimensions["D"].width > sheet.column_dimensions["A"].width


def test_test_days_that_have_passed_say_so(folder: Path) -> None:
    (folder / "isolations.csv").write_text("person,start,kind\n@x,2021-08-06T08:00,centre\n", encoding="utf-8")
    assert run(["load", "isolations.csv", "-q"]) == 0
    export("--as-of", "2021-08-08", "--lang", "vi", "--overwrite")
    said = str(cells(folder / "truyvet-lists.xlsx"))
    assert "6/8/2021 (đã qua), 19/8/2021" in said


def test_one_file_per_commune(folder: Path) -> None:
    export("--per-commune", "--show-names", "--out", "hand-over")
    files = sorted(path.name for path in (folder / "hand-over").iterdir())
    assert files == [
        "truyvet-lists-Not-known.xlsx",
        "truyvet-lists-Tân-Thành-32025.xlsx",
        "truyvet-lists-Tân-Thành-32026.xlsx",
        "truyvet-lists-Xã-Tân-Lộc-cũ-ấp-khóm-32077.xlsx",
    ]
    one = str(cells(folder / "hand-over" / files[2]))
    assert "Tên Tám" in one and "Tên Chín" not in one
    with open_store(folder / "truyvet.duckdb", read_only=True) as store:
        assert [entry.rows for entry in store.exports()] == [1, 1, 1, 1]
    assert run(["export", "--per-commune", "--out", "hand-over", "-q"]) == 7
    assert run(["export", "--per-commune", "--out", "one.xlsx", "-q"]) == 2


def test_csv_opens_in_a_spreadsheet_with_its_letters(folder: Path) -> None:
    export("--format", "csv")
    assert (folder / "truyvet-lists.csv").read_bytes().startswith(b"\xef\xbb\xbflocality,")


def test_parquet_has_types_and_its_provenance(folder: Path) -> None:
    export("--format", "parquet")
    table = pq.read_table(folder / "truyvet-lists.parquet")
    assert str(table.schema.field("last_exposure").type).endswith("tz=Asia/Ho_Chi_Minh]")
    assert str(table.schema.field("quarantine_first").type) == "date32[day]"
    assert table.schema.metadata[b"truyvet.policy"] == b"vn-3638"


def test_graphml_is_read_by_networkx(folder: Path) -> None:
    export("--format", "graphml")
    graph = nx.read_graphml(folder / "truyvet-lists.graphml", force_multigraph=True)
    assert set(graph.nodes) == {"0007", "=1+1", "@x", "-5"}
    assert {(a, b) for a, b in graph.edges()} == {("0007", "=1+1"), ("0007", "@x"), ("0007", "-5")}
    assert graph.nodes["-5"]["certain"] is False and graph.nodes["0007"]["tier"] == 0
    export("--format", "graphml", "--area", "32077", "--out", "one.graphml")
    graph = nx.read_graphml(folder / "one.graphml", force_multigraph=True)
    assert graph.nodes["@x"]["listed"] is True and graph.nodes["0007"]["listed"] is False


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "parquet", "graphml"])
def test_the_same_question_gives_the_same_bytes(folder: Path, file_format: str) -> None:
    digests = set()
    for number in (1, 2):
        export("--format", file_format, "--out", f"{number}.{file_format}")
        digests.add(hashlib.sha256((folder / f"{number}.{file_format}").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_tracing_again_gives_the_same_bytes_and_one_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for _ in range(2):
        assert run(["tiers", "--json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    with open_store(folder / "truyvet.duckdb") as store:
        assert len(store.runs()) == 1
        kept = store.load_run(store.runs()[0].id)
    assert {"tiers", "parents", "facts", "co_present"} == set(kept.tables)


def test_who_took_what_is_noted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "lan")
    export("--show-names", "--out", "f1.xlsx")
    with open_store(folder / "truyvet.duckdb", read_only=True) as store:
        entry = store.exports()[-1]
    assert (entry.who, entry.masked, entry.rows) == ("lan", False, 4)
    assert "f1.xlsx" in entry.what and entry.at > 1_600_000_000


def test_no_file_is_left_where_the_export_cannot_be_noted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.duckdb.store import EmbeddedStore
    from tracing.errors import StoreError

    def refuse(self: object, entry: object) -> None:
        raise StoreError("full")

    monkeypatch.setattr(EmbeddedStore, "log_export", refuse)
    assert run(["export", "--out", "lists.xlsx", "-q"]) == 6
    assert not list(folder.glob("*.xlsx")) and not list(folder.glob(".*.xlsx"))


def test_a_file_that_is_there_is_not_written_over(folder: Path) -> None:
    (folder / "lists.csv").write_text("mine", encoding="utf-8")
    assert run(["export", "--out", "lists.csv"]) == 7
    assert (folder / "lists.csv").read_text(encoding="utf-8") == "mine"
    export("--out", "lists.csv", "--overwrite")


def test_into_a_folder(folder: Path) -> None:
    export("--out", "to/hand/over")
    assert (folder / "to/hand/over/truyvet-lists.xlsx").is_file()


def test_what_a_sheet_may_be_called() -> None:
    taken: set[str] = {"history"}
    assert _sheet_name("History", taken, "1") == "History 1"
    assert _sheet_name("'[x]:*?/\\'", taken) == "x"
    assert _sheet_name("", taken) == "…"
    long = [_sheet_name("Xã " + "dài " * 20, taken, "32077") for _ in range(3)]
    assert len(set(long)) == 3 and all(len(name) <= 31 for name in long)


def test_signs_that_no_workbook_may_hold(tmp_path: Path) -> None:
    from cli.writers.cells import clean

    assert clean("a\x00b\x0bc\ud800") == "abc"
    assert io.StringIO(clean("dòng\n2")).read() == "dòng\n2"


LATER = {
    "isolations.csv": "person,start,kind\n0007,2021-08-05T12:00,centre\n",
    "places.csv": "place,name,kind\nm1,Chợ Tên,market\n",
    "contacts-later.csv": "contact,person_a,person_b,start,end,kind,distance_m,place\n"
    "late1,0007,@x,2021-08-06T09:00,2021-08-06T10:00,work,1,m1\n"
    "late2,0007,=1+1,2021-08-07T09:00,2021-08-07T10:00,work,1,\n"
    "late3,0007,new,2021-08-07T11:00,2021-08-07T12:00,work,1,\n",
}


def test_who_was_met_after_an_isolation_has_a_sheet_of_their_own(met_after: Path) -> None:
    export("--as-of", "2021-08-08")
    book = cells(met_after / "truyvet-lists.xlsx")
    assert list(book)[-3:] == ["Not known", "Met after isolation", "Ids and sources"]
    sheet = book["Met after isolation"]
    assert sheet[0][0].startswith("Met after isolation. On record, but after the isolation")
    rows = [dict(zip(sheet[2], line, strict=True)) for line in sheet[3:]]
    assert [(row["Id"], row["Case"], row["Contact"]) for row in rows] == [
        ("=1+1", "0007", "late2"),
        ("@x", "0007", "late1"),
        ("new", "0007", "late3"),
    ]
    assert (rows[1]["Tier"], rows[2]["Tier"], rows[1]["Place"]) == ("F1", None, "m1")
    assert rows[1]["When"] == "6 Aug 2021 09:00–10:00"
    assert rows[1]["Row on record"] == "contacts-later.csv · 2"
    assert not any(name in str(book) for name in (*NAMES, "Chợ Tên"))
    export("--as-of", "2021-08-08", "--show-names", "--lang", "vi", "--out", "named.xlsx")
    named = cells(met_after / "named.xlsx")["Gặp sau khi ca đã cách ly"]
    assert "Tên Bảy (BN1), Chợ Tên" in str(named) and "0912345678" in str(named)


def test_who_was_met_after_an_isolation_has_a_file_of_their_own(met_after: Path) -> None:
    export("--as-of", "2021-08-08", "--format", "csv")
    beside = met_after / "truyvet-lists-met-after-isolation.csv"
    written = pd.read_csv(beside, dtype=str)
    assert written["contact"].tolist() == ["late2", "late1", "late3"]
    assert written["start"].tolist()[1] == "2021-08-06T09:00:00+07:00"
    assert written["person"].tolist() == ["'=1+1", "'@x", "new"] and "name" not in written
    (met_after / "truyvet-lists.csv").unlink()
    assert run(["export", "--as-of", "2021-08-08", "--format", "csv", "-q"]) == 7
    export("--as-of", "2021-08-04", "--format", "csv", "--out", "before.csv")
    assert not list(met_after.glob("before-*.csv"))


def test_a_commune_gets_its_own_contacts_met_after_an_isolation(met_after: Path) -> None:
    export("--as-of", "2021-08-08", "--per-commune", "--format", "csv", "--out", "parts")
    found = {
        path.name: pd.read_csv(path, dtype=str)["contact"].tolist()
        for path in (met_after / "parts").glob("*-isolation.csv")
    }
    assert found == {
        "truyvet-lists-Not-known-met-after-isolation.csv": ["late3"],
        "truyvet-lists-Tân-Thành-32026-met-after-isolation.csv": ["late2"],
        "truyvet-lists-Xã-Tân-Lộc-cũ-ấp-khóm-32077-met-after-isolation.csv": ["late1"],
    }
