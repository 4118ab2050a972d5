"""Write a generated province as files: the plain tables, or lists as a commune sends them; clean or with dirt."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd

from loaders.invented.dirt import spoil
from loaders.invented.lists import ListSheet, commune_lists, local_texts, time_texts, with_named_places
from loaders.invented.province import Province
from tracing.errors import UsageError
from tracing.model.records import Records
from tracing.model.schema import SOURCE_COLUMNS, TABLES, Table
from tracing.text import catalogue

_, _n = catalogue("loaders")

Headings = Literal["plain", "vi"]
Format = Literal["csv", "parquet", "xlsx"]

TRUTH_FOLDER: Final = "truth"
_STAMP: Final = (2021, 1, 1, 0, 0, 0)
_KEYS_WRITTEN: Final = frozenset({"contacts", "visits"})
_DAY, _MOMENT = "%Y-%m-%d", "%Y-%m-%dT%H:%M"
_SHEET_ROWS: Final = 1_048_575


def write_province(
    province: Province, out: Path, *, headings: Headings = "plain", format: Format = "csv", dirt: float | None = None
) -> tuple[Path, ...]:
    """Write ``province`` into the folder ``out`` (made if need be) and return the files written.

    Parameters
    ----------
    headings
        "plain": one file per record table under its own name. "vi": the lists that a commune sends, with Vietnamese
        headings and dd/MM/yyyy (cases, F1, F2, coach, tests, isolations as .xlsx, QR check-ins as .csv); the
        register of people, places and areas stay plain.
    format
        Of the plain tables: "csv", "parquet", or "xlsx" (one workbook, a sheet per table).
    dirt
        Share of rows to spoil; by default the province's own.

    The truth goes to the folder ``truth`` in it, which no load of ``out`` reads: ``TRUTH_infections.csv``, and with
    dirt ``TRUTH_dirt.csv`` (file, row from 1 below the headings, column, what was done). The same province and options
    give the same bytes.

    Raises
    ------
    UsageError
        If ``out`` is a file, ``dirt`` is not between 0 and 1, or a sheet cannot hold a table.
    """
    rate = province.dirt if dirt is None else dirt
    if not 0 <= rate <= 1:
        raise UsageError(_("{name} must be {range}", name="dirt", range=_("between 0 and 1")))
    if out.exists() and not out.is_dir():
        raise UsageError(_("{name} is a file, not a folder", name=out.name))
    if headings == "vi":
        records = with_named_places(province.records)
        sheets, written = commune_lists(province.records), {"persons", "places", "areas"}
    else:
        records = province.records
        sheets, written = [], {name for name in TABLES if len(records[name])}
    sheets = [*sheets, *(_plain_sheet(records, name) for name in TABLES if name in written)]
    notes: list[pd.DataFrame] = []
    if rate > 0:
        sheets, notes = _with_dirt(sheets, province.seed, rate)
    (out / TRUTH_FOLDER).mkdir(parents=True, exist_ok=True)
    files = _write_sheets(sheets, out, format)
    files += _write_truth(province, out / TRUTH_FOLDER, notes)
    return tuple(files)


def _plain_sheet(records: Records, name: str) -> ListSheet:
    return ListSheet(name, None, plain_texts(TABLES[name], records[name], records.zone), {})


def plain_texts(table: Table, frame: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return a record table in the plain format: its own columns, times as ISO texts, flags as yes and no."""
    out: dict[str, pd.Series] = {}
    for column in table:
        values = frame[column.name]
        if column.name == table.key and table.identity != (table.key,) and table.name not in _KEYS_WRITTEN:
            continue
        if column.kind == "time":
            values = time_texts(values, frame[f"{column.name}_to"], zone, day=_DAY, moment=_MOMENT)
        elif column.kind == "flag":
            values = values.map({True: "yes", False: "no"}).astype("string")
        out[column.name] = values
    return pd.DataFrame(out).drop(columns=list(SOURCE_COLUMNS), errors="ignore")


def _with_dirt(sheets: list[ListSheet], seed: int, rate: float) -> tuple[list[ListSheet], list[pd.DataFrame]]:
    spoilt, notes = [], []
    for number, sheet in enumerate(sheets):
        rng = np.random.default_rng([seed, 8, number])
        frame, done = spoil(rng, sheet.frame, rate=rate, vietnamese=bool(sheet.headings))
        spoilt.append(ListSheet(sheet.name, sheet.title, frame, sheet.headings))
        notes.append(done.assign(file=sheet.name))
    return spoilt, notes


def _write_sheets(sheets: list[ListSheet], out: Path, format: Format) -> list[Path]:
    files: list[Path] = []
    book: list[ListSheet] = []
    for sheet in sheets:
        if sheet.title is not None:
            files.append(_write_workbook([sheet], out / f"{sheet.name}.xlsx"))
        elif sheet.headings or format == "csv":
            path = out / f"{sheet.name}.csv"
            sheet.headed().to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
            files.append(path)
        elif format == "parquet":
            path = out / f"{sheet.name}.parquet"
            sheet.frame.to_parquet(path, index=False)
            files.append(path)
        else:
            book.append(sheet)
    if book:
        files.append(_write_workbook(book, out / "records.xlsx"))
    return files


def _write_workbook(sheets: list[ListSheet], path: Path) -> Path:
    """Write sheets into one workbook whose bytes depend on nothing but their content."""
    from openpyxl import Workbook

    too_long = [s.name for s in sheets if len(s.frame) > _SHEET_ROWS]
    if too_long:
        raise UsageError(
            _("{names}: a sheet holds at most {limit} rows", names=", ".join(too_long), limit=_SHEET_ROWS),
            fix=_("write CSV or Parquet"),
        )
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        if sheet.title is not None:
            page.append([sheet.title])
            page.append([])
        frame = sheet.headed()
        page.append([str(c) for c in frame.columns])
        for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None):
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(without_clock(buffer))
    return path


def without_clock(buffer: io.BytesIO) -> bytes:
    """Return a workbook with the times of its making set to a fixed one."""
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2021-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(info.filename, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


def _write_truth(province: Province, folder: Path, notes: list[pd.DataFrame]) -> list[Path]:
    truth = province.truth.copy()
    truth["infected_at"] = local_texts(truth["infected_at"], _MOMENT, province.records.zone)
    path = folder / "TRUTH_infections.csv"
    truth.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    files = [path]
    dirt = folder / "TRUTH_dirt.csv"
    if notes:
        columns = ["file", "row", "column", "what"]
        pd.concat(notes)[columns].to_csv(dirt, index=False, lineterminator="\n", encoding="utf-8")
        files.append(dirt)
    else:
        dirt.unlink(missing_ok=True)
    return files
