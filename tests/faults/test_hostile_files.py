"""Files that no honest program writes: each is read or refused by name, nothing else stops, no row is lost."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from binary_sheets import write_xls, write_xlsb
from hostile import damaged
from more_hostile import all_hostile_files

from loaders import LoadResult, load_files
from loaders.files import confined
from loaders.files.cells import Unreadable
from loaders.files.confined import Confined
from loaders.files.grid import Grid
from loaders.files.read import FileReader, read_with_log
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions
from tracing.model.coded import encoded

SMALL = Limits(unpacked_bytes=64 << 20, memory_bytes=1 << 30, seconds=2)
OPTIONS = LoadOptions(limits=SMALL)
BINARY = {"xls": write_xls, "xlsb": write_xlsb}
#: How often what is random is tried; then every file is loaded, too, and not only read.
ROUNDS = int(os.environ.get("TRUYVET_TORTURE", "1"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for name, data in all_hostile_files():
        (folder / name).write_bytes(data)
        paths.append(folder / name)
    assert len(set(paths)) == len(paths) >= 540
    return paths


def load(paths: Sequence[Path]) -> LoadResult:
    result = load_files(paths, options=OPTIONS)
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside, summary.file
    return result


def test_every_file_is_read_or_refused_by_its_name(corpus: list[Path]) -> None:
    with FileReader(OPTIONS) as reader:
        for path in corpus:
            log = FindingLog()
            started = time.monotonic()
            found = reader.read(path, log)
            assert time.monotonic() - started < 60, path.name
            assert found or log.codes, path.name
            assert "file.broken" not in log.codes, path.name
            assert {group.file for group in log.groups.values()} <= {path.name}


@pytest.mark.parametrize("part", range(4))
def test_what_is_read_is_loaded_and_every_file_is_accounted_for(corpus: list[Path], part: int) -> None:
    paths = corpus[part :: 40 if ROUNDS == 1 else 4]
    result = load(paths)
    told = {summary.file for summary in result.summaries} | set(result.findings.table["file"])
    assert {path.name for path in paths} <= told


@pytest.mark.parametrize("ending", ["csv", "json", "ndjson", "xlsx", "parquet", "ods", "gz", "xls", "xlsb"])
def test_more_damage_at_random(corpus: list[Path], tmp_path: Path, ending: str) -> None:
    chance = random.Random(ending)
    whole = [path for path in corpus if path.suffix == f".{ending}" and 0 < path.stat().st_size < 50_000]
    if ending in BINARY:  # those of the corpus are none
        whole = [
            BINARY[ending](tmp_path / f"whole.{ending}", [["case id", "onset"], *([f"C{n}", n] for n in range(40))])
        ]
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.{ending}"
        with FileReader(OPTIONS) as reader:
            for copy in damaged(chance.choice(whole).read_bytes(), chance.randrange(10**9), 10):
                path.write_bytes(copy)
                log = FindingLog()
                assert reader.read(path, log) or log.codes
                assert "file.broken" not in log.codes
        if ROUNDS > 1:
            load([path])


def test_signs_that_no_text_has_do_not_come_into_the_records(tmp_path: Path) -> None:
    rows = '[{"case id":"C\\u001b1","name":"A\\u0000B","onset":"2021-07-08"},{"case id":"\\u0000","name":"\\u0007"}]'
    (tmp_path / "a.json").write_text(rows, encoding="utf-8")
    result = load([tmp_path / "a.json"])
    assert result.records.cases["person"].tolist() == ["C1"] and result.records.persons["name"].tolist() == ["AB"]
    assert result.findings.of(code="cell.control")["message_en"].str.startswith("4 cells hold").all()


def test_a_bomb_is_refused_by_what_it_holds_and_the_others_load(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "bomb.xlsx")
    xml = (
        b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", xml % (b"a" * (70 << 20)))
    data = bytearray((tmp_path / "bomb.xlsx").read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (900).to_bytes(4, "little")  # the archive says that it is small
    (tmp_path / "forged.xlsx").write_bytes(data)
    good = tmp_path / "good.csv"
    good.write_text("case id,name,onset\nC1,A,2021-07-08\n", encoding="utf-8")
    result = load_files([tmp_path / "bomb.xlsx", tmp_path / "forged.xlsx", good])
    assert result.findings.of(code="file.packed")["file"].tolist() == ["bomb.xlsx", "forged.xlsx"]
    assert len(result.records.cases) == 1


def refuse(_: Path) -> None:
    raise Unreadable("file.too_wide", rows=3)


def leave(_: Path) -> None:
    os._exit(3)


def hang(_: Path) -> None:
    while True:
        pass


def ask(read: Callable[[Path], object], *paths: str, limits: Limits = SMALL) -> list[object]:
    found: list[object] = []
    one = Confined(read, limits)
    try:
        for path in paths or ("a",):
            try:
                found.append(one.read(Path(path), 9))
            except Unreadable as wrong:
                found.append((wrong.code, wrong.words))
    finally:
        one.end()
    return found


@pytest.mark.skipif(not confined.CAN_FORK, reason="only Linux can give a reader limits of its own")
class TestReadApart:
    def test_what_a_reader_gives_and_refuses_comes_back(self) -> None:
        assert ask(str, "x", "y") == ["x", "y"]
        assert ask(refuse) == [("file.too_wide", {"rows": 3})]

    @pytest.mark.parametrize(
        ("reader", "code"),
        [
            (lambda _: bytearray(2 << 30), "file.memory"),
            (lambda _: [None] * 10**9, "file.memory"),
            (lambda _: os._exit(3), "file.memory"),
            (lambda _: os.abort(), "file.memory"),
            (lambda _: os.kill(os.getpid(), signal.SIGKILL), "file.memory"),
            (lambda _: 1 / 0, "file.broken"),
            (lambda _: sys.exit(3), "file.broken"),
            (lambda _: lambda: None, "file.broken"),
        ],
    )
    def test_a_reader_that_takes_too_much_or_breaks_is_stopped_and_the_next_file_is_read(
        self, reader: Callable[[Path], object], code: str
    ) -> None:
        first, second = ask(lambda path: str(path) if path.name == "b" else reader(path), "a", "b")
        assert isinstance(first, tuple) and first[0] == code
        assert second == "b"

    @pytest.mark.parametrize("reader", [hang, lambda _: time.sleep(99)])
    def test_a_reader_that_hangs_is_stopped(self, reader: Callable[[Path], object]) -> None:
        assert ask(reader, limits=Limits(seconds=1)) == [("file.time", {"seconds": 1})]

    def test_columns_come_back_as_they_are(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("case id,name,onset\n" + "".join(f"C{n},Ba {n % 7},\n" for n in range(3_000)), encoding="utf-8")
        with FileReader(OPTIONS) as reader:
            (apart,) = reader.read(path, FindingLog())
        ((here,), _log) = read_with_log(OPTIONS, path)
        assert isinstance(apart, Grid) and isinstance(here, Grid)
        pd.testing.assert_frame_equal(apart.cells, here.cells)
        assert apart.cells[0].iloc[2_999] == "C2998" and apart.cells[2].isna().sum() == 3_000
        for column in apart.cells:
            codes, texts = encoded(apart.cells[column])
            assert codes.tolist() == encoded(here.cells[column])[0].tolist() and texts == encoded(here.cells[column])[1]

    def test_small_files_get_little_and_a_factor_gives_more(self) -> None:
        limits = Limits(memory_bytes=8 << 30, seconds=20)
        assert limits.of_size(10_000).memory_bytes < 600 << 20 and limits.of_size(10_000).seconds == 20
        assert limits.of_size(40_000_000).memory_bytes == 8 << 30 and limits.of_size(40_000_000).seconds == 220
        assert limits.times(2).seconds == 40 and limits.times(2).depth == limits.depth


def test_a_fault_of_a_reader_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("0912000001")

    monkeypatch.setattr("loaders.files.json_lists.read_json", broken)
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    (tmp_path / "b.csv").write_text("case id,name,onset\nC1,A,2021-07-08\n", encoding="utf-8")
    result = load(sorted(tmp_path.iterdir()))
    assert list(result.findings) == ["file.broken"] and len(result.records.cases) == 1
    assert "0912" not in result.findings.table.to_json()
    monkeypatch.setenv("TRUYVET_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        load(sorted(tmp_path.iterdir()))


class TestWithoutForking:
    """As Windows and macOS have it: a process started anew, whose time is limited."""

    def test_files_are_read_in_a_process_of_their_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(confined, "CAN_FORK", False)
        (tmp_path / "a.json").write_text("[", encoding="utf-8")
        (tmp_path / "b.csv").write_text("case id,name,onset\nC1,Lê Bé,2021-07-08\n", encoding="utf-8")
        result = load(sorted(tmp_path.iterdir()))
        assert list(result.findings) == ["file.unreadable"] and result.records.persons["name"].tolist() == ["Lê Bé"]

    def test_one_that_hangs_or_ends_is_a_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(confined, "CAN_FORK", False)
        assert ask(leave) == [("file.memory", {"limit": "512 MB"})]
        assert ask(hang, limits=Limits(seconds=1)) == [("file.time", {"seconds": 1})]


def test_wide_lists_are_refused_by_their_outline_and_what_no_table_has_is_text(tmp_path: Path) -> None:
    wide = ["a.json", "b.parquet"]
    (tmp_path / wide[0]).write_text(str([{f"h{n}": 1 for n in range(2_001)}]).replace("'", '"'), encoding="utf-8")
    pd.DataFrame([range(2_001)]).rename(columns=str).to_parquet(tmp_path / wide[1])
    pa.parquet.write_table(pa.table([["C1"], ["C2"]], names=["case id", "case id"]), tmp_path / "twice.parquet")
    log = FindingLog()
    with FileReader(OPTIONS) as reader:
        for name in wide:
            assert not reader.read(tmp_path / name, log)
        (grid,) = reader.read(tmp_path / "twice.parquet", log)
    assert log.codes == ["file.columns"] * 2
    assert (
        isinstance(grid, Grid)
        and grid.headings == ("case id", "case id")
        and grid.cells.iloc[0].tolist() == ["C1", "C2"]
    )
