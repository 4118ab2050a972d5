"""Files to grids of text: one reader per format, each failure a finding, nothing interpreted."""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from loaders.files.cells import Unreadable
from loaders.files.confined import Confined
from loaders.files.encodings import NAMES, find_garbled, repair_texts
from loaders.files.grid import Document, Grid, distinct_texts
from loaders.files.orders import gather
from loaders.findings import FindingLog
from loaders.limits import Limits
from loaders.options import LoadOptions
from tracing.model.coded import coded, encoded
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt", ".tab", ".dat")
WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
WORD_ENDINGS: Final = (".docx", ".docm")
JSON_ENDINGS: Final = (".json", ".ndjson", ".jsonl")
PARQUET_ENDINGS: Final = (".parquet", ".pq")
ENDINGS: Final = TEXT_ENDINGS + WORKBOOK_ENDINGS + WORD_ENDINGS + JSON_ENDINGS + PARQUET_ENDINGS
_Reader: TypeAlias = Callable[[Path, bytes, str, LoadOptions, FindingLog], Sequence[Grid | Document]]
_SAMPLE: Final = 300
_PIECE: Final = 1 << 24
_MOST_BLANKS: Final = 32
#: Written out: Python and Arrow name letters differently in a pattern.
_BLANKS: Final = regex(
    f"[ \t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000]{{{_MOST_BLANKS + 1},}}"
)
_CONTROL: Final = r"[\x00-\x08\x0e-\x1f\x7f]"


class FileReader:
    """Reads files one after the other, in a process of its own, so that none can stop the others.

    With TRUYVET_DEBUG they are read in this process, and a fault of a reader is raised.
    """

    def __init__(self, options: LoadOptions) -> None:
        self._options = options
        self._confined = Confined(partial(read_with_log, options), options.limits)

    def __enter__(self) -> FileReader:
        return self

    def __exit__(self, *how: object) -> None:
        self._confined.end()

    def read(self, path: Path, log: FindingLog) -> Sequence[Grid | Document]:
        """Return the grids of one file (one, or one per sheet or table), or its text; a finding if it cannot be read.

        A fault of the reader itself is a finding, too, so that it costs one file.
        """
        try:
            size = _outline(path, self._options.limits)
            found, told = read_with_log(self._options, path) if _debugs() else self._confined.read(path, size)
        except Unreadable as wrong:
            log.add(wrong.code, file=file_name(path), **wrong.words)
            return []
        log.merge(told)
        return found


def read_file(path: Path, *, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    """Return what one file holds, as :meth:`FileReader.read` does."""
    with FileReader(options) as reader:
        return reader.read(path, log)


def _debugs() -> bool:
    return os.environ.get("TRUYVET_DEBUG", "") not in ("", "0")


def _outline(path: Path, limits: Limits) -> int:
    """Return the size of a file, without opening it: a pipe or a device would wait for ever."""
    if re.search(r"truth", path.stem, re.IGNORECASE):
        raise Unreadable("file.truth")
    if file_name(path) != path.name:
        raise Unreadable("file.name")
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError) as wrong:
        raise Unreadable("file.missing") from wrong
    except (OSError, ValueError) as wrong:
        raise _no_access(wrong) from wrong
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable("file.special")
    if about.st_size > limits.file_bytes:
        raise Unreadable("file.too_large", limit=f"{limits.file_bytes >> 20} MB")
    return about.st_size


def _no_access(wrong: Exception) -> Unreadable:
    reason = wrong.strerror if isinstance(wrong, OSError) else None
    return Unreadable("file.unreadable", kind=_("file"), reason=reason or _("no access"))


def read_with_log(options: LoadOptions, path: Path) -> tuple[Sequence[Grid | Document], FindingLog]:
    """Return what one file holds, read in this process, and what was found in it."""
    log = FindingLog()
    return _grids(path, options, log), log


def _grids(path: Path, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    ending = ending_of(path)
    reader = _reader(ending)
    found = reader(path, _content(path, options.limits), ending, options, log)
    limit = options.limits.cell_chars
    return with_evidence(
        [
            repair_grid(cut_cells(short_blanks(without_control(each, log)), limit, log), log)
            if isinstance(each, Grid)
            else replace(each, lines=tuple(replace(line, texts=_short(line.texts)) for line in each.lines))
            for each in found
        ]
    )


def file_name(path: Path) -> str:
    """Return the name of a file as text; what is no letter in it is a question mark."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def ending_of(path: Path) -> str:
    """Return the ending of a file, in small letters, or that of what it packs."""
    ending = path.suffix.lower()
    return Path(path.stem).suffix.lower() if ending == ".gz" else ending


def _content(path: Path, limits: Limits) -> bytes:
    """Return what a file holds; one that grows while it is read, or whose size is not told, up to the limit."""
    try:
        with path.open("rb") as file:
            data = file.read(os.fstat(file.fileno()).st_size + 1)
            while (more := file.read(_PIECE)) and len(data) <= limits.file_bytes:
                data += more
    except OSError as wrong:
        raise _no_access(wrong) from wrong
    if len(data) > limits.file_bytes:
        raise Unreadable("file.too_large", limit=f"{limits.file_bytes >> 20} MB")
    if path.suffix.lower() == ".gz":
        data = _unpacked(data, limits)
    if not data:
        raise Unreadable("file.empty")
    return data


def _unpacked(data: bytes, limits: Limits) -> bytes:
    """Return what a gzip file holds, up to the limit."""
    parts, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while part := file.read(_PIECE):
                parts.append(part)
                size += len(part)
                if size > limits.unpacked_bytes:
                    raise Unreadable("file.too_large", limit=f"{limits.unpacked_bytes >> 20} MB")
    except (OSError, EOFError, zlib.error) as wrong:
        raise Unreadable("file.unreadable", kind="gzip", reason=_("it is damaged or cut off")) from wrong
    return b"".join(parts)


def _reader(ending: str) -> _Reader:
    """Return who reads files of this ending."""
    if ending in TEXT_ENDINGS:
        from loaders.files.text import read_text

        return read_text
    if ending in WORKBOOK_ENDINGS:
        from loaders.files.workbook import read_workbook

        return read_workbook
    if ending in WORD_ENDINGS:
        from loaders.files.word import read_word

        return read_word
    if ending in JSON_ENDINGS:
        from loaders.files.json_lists import read_json

        return read_json
    if ending in PARQUET_ENDINGS:
        from loaders.files.parquet import read_parquet

        return read_parquet
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


def short_blanks(grid: Grid) -> Grid:
    """Leave no more than so many blanks in a row: in a thousand, a pattern with two gaps tries a million ways."""
    cells = grid.cells
    for column in grid.cells:
        codes, texts = encoded(grid.cells[column])
        long = texts.filter(pc.greater(pc.utf8_length(texts), _MOST_BLANKS))
        if len(long) and pc.any(pc.match_substring_regex(long, _BLANKS.pattern)).as_py():
            cells = cells.copy() if cells is grid.cells else cells
            cells[column] = coded(codes, _short(texts.to_pylist()))
    headings = None if grid.headings is None else _short(grid.headings)
    return grid if cells is grid.cells and headings == grid.headings else replace(grid, cells=cells, headings=headings)


def _short(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_BLANKS.sub(" " * _MOST_BLANKS, text) for text in texts)


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
