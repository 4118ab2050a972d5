"""Files to grids of text: one reader per format, each failure a finding, nothing interpreted."""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from loaders.files.cells import Unreadable
from loaders.files.encodings import NAMES, find_garbled, repair_texts
from loaders.files.grid import Document, Grid, distinct_texts
from loaders.files.orders import gather
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions
from tracing.model.coded import coded, encoded
from tracing.text import catalogue

_, _n = catalogue("loaders")

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt", ".tab", ".dat")
WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
JSON_ENDINGS: Final = (".json", ".ndjson", ".jsonl")
PARQUET_ENDINGS: Final = (".parquet", ".pq")
ENDINGS: Final = TEXT_ENDINGS + WORKBOOK_ENDINGS + JSON_ENDINGS + PARQUET_ENDINGS
_SAMPLE: Final = 300
_CONTROL: Final = r"[\x00-\x08\x0e-\x1f\x7f]"


def read_file(path: Path, *, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    """Return the grids of one file (one, or one per sheet or table), or its text; a finding if it cannot be read.

    A fault of the reader itself is a finding, too, so that it costs one file; with TRUYVET_DEBUG it is raised.
    """
    try:
        if re.search(r"truth", path.stem, re.IGNORECASE):
            raise Unreadable("file.truth")
        data, ending = _content(path, options.limits)
        found = _reader(ending)(path, data, ending, options, log)
        limit = options.limits.cell_chars
        return with_evidence(
            [
                repair_grid(cut_cells(without_control(each, log), limit, log), log) if isinstance(each, Grid) else each
                for each in found
            ]
        )
    except Unreadable as wrong:
        log.add(wrong.code, file=path.name, **wrong.words)
    except Exception as fault:
        if os.environ.get("TRUYVET_DEBUG", "") not in ("", "0"):
            raise
        log.add("file.broken", file=path.name, kind=type(fault).__name__)
    return []


def _content(path: Path, limits: Limits) -> tuple[bytes, str]:
    if not path.is_file():
        raise Unreadable("file.missing")
    try:
        if path.stat().st_size > limits.file_bytes:
            raise Unreadable("file.too_large", limit=f"{limits.file_bytes >> 20} MB")
        data = path.read_bytes()
    except OSError as wrong:
        raise Unreadable("file.unreadable", kind=_("file"), reason=wrong.strerror or _("no access")) from wrong
    ending = path.suffix.lower()
    if ending == ".gz":
        ending = Path(path.stem).suffix.lower()
        data = _unpacked(data, limits)
    if not data:
        raise Unreadable("file.empty")
    return data, ending


def _unpacked(data: bytes, limits: Limits) -> bytes:
    """Return what a gzip file holds, up to the limit."""
    parts, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while part := file.read(1 << 24):
                parts.append(part)
                size += len(part)
                if size > limits.unpacked_bytes:
                    raise Unreadable("file.too_large", limit=f"{limits.unpacked_bytes >> 20} MB")
    except (OSError, EOFError, zlib.error) as wrong:
        raise Unreadable("file.unreadable", kind="gzip", reason=_("it is damaged or cut off")) from wrong
    return b"".join(parts)


def _reader(ending: str) -> Callable[[Path, bytes, str, LoadOptions, FindingLog], Sequence[Grid | Document]]:
    from loaders.files.json_lists import read_json
    from loaders.files.parquet import read_parquet
    from loaders.files.text import read_text
    from loaders.files.workbook import read_workbook

    for endings, reader in (
        (TEXT_ENDINGS, read_text),
        (WORKBOOK_ENDINGS, read_workbook),
        (JSON_ENDINGS, read_json),
        (PARQUET_ENDINGS, read_parquet),
    ):
        if ending in endings:
            return reader
    raise Unreadable("file.ending", ending=ending or "(none)")


def without_control(grid: Grid, log: FindingLog) -> Grid:
    """Leave out signs that steer a terminal or end a text (NUL, ESC), and say in how many cells they stood."""
    cells, count = grid.cells, 0
    for column in grid.cells:
        found = int(grid.cells[column].str.contains(_CONTROL).fillna(False).sum())
        if found:
            count += found
            cells = cells.copy() if cells is grid.cells else cells
            texts = grid.cells[column].str.replace(_CONTROL, "", regex=True)
            cells[column] = texts.where(texts != "")
    headings = None if grid.headings is None else tuple(re.sub(_CONTROL, "", heading) for heading in grid.headings)
    if count:
        log.add("cell.control", file=grid.file, sheet=grid.sheet, count=count)
    return grid if headings == grid.headings and not count else replace(grid, cells=cells, headings=headings)


def cut_cells(grid: Grid, limit: int, log: FindingLog) -> Grid:
    """Cut texts longer than ``limit`` letters off, and say how many there were."""
    cells, count = grid.cells, 0
    for column in grid.cells:
        codes, texts = encoded(grid.cells[column])
        long = np.append(np.asarray(pc.greater(pc.utf8_length(texts), limit), dtype=bool), False)
        if long.any():
            count += int(long[codes].sum())
            cells = cells.copy() if cells is grid.cells else cells
            cells[column] = grid.cells[column].str.slice(0, limit)
    if not count:
        return grid
    log.add("cell.long", file=grid.file, sheet=grid.sheet, count=count, limit=limit)
    return replace(grid, cells=cells)


def repair_grid(grid: Grid, log: FindingLog) -> Grid:
    """Turn texts of old Vietnamese fonts (TCVN3, VNI shown as Western letters) into Unicode, and say so once."""
    size = min(_SAMPLE, len(grid.cells))
    sample = {text for column in grid.cells for text in grid.cells[column].iloc[:size].dropna()} | set(
        grid.headings or ()
    )
    encoding = find_garbled(sorted(sample))
    if encoding is None:
        return grid
    log.add("file.font", file=grid.file, sheet=grid.sheet, encoding=NAMES[encoding])
    cells = grid.cells.copy()
    for column in cells:
        codes, texts = distinct_texts(cells[column])
        better = repair_texts(texts, encoding)
        if better:
            cells[column] = coded(codes, [better.get(text, text) for text in texts])
    headings = None
    if grid.headings is not None:
        better = repair_texts(grid.headings, encoding)
        headings = tuple(better.get(heading, heading) for heading in grid.headings)
    return replace(grid, cells=cells, headings=headings)


def with_evidence(found: Sequence[Grid | Document]) -> Sequence[Grid | Document]:
    """Return the grids of one file with what all their columns together show about dates."""
    columns: list[tuple[str, pd.Series]] = []
    headings: list[str] = []
    for grid in found:
        if isinstance(grid, Grid):
            top = grid.cells.iloc[:40]
            names = grid.headings or [" ".join(top[column].dropna().tolist()[:3]) for column in grid.cells]
            headings += names
            columns += [(name, grid.cells[column]) for name, column in zip(names, grid.cells, strict=True)]
    evidence = gather(columns, headings)
    return [replace(grid, evidence=evidence) if isinstance(grid, Grid) else grid for grid in found]
