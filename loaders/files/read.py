"""Files to grids of text: one function per format, each failure a finding, nothing interpreted."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.columns.orders import gather
from loaders.files.encodings import NAMES, find_garbled, repair_texts
from loaders.files.grid import Document, Grid, distinct_texts
from loaders.files.limits import Limits
from loaders.findings import FindingLog, shorten
from loaders.options import LoadOptions
from tracing.errors import TruyVetError

#: Texts that mean "no value" in every column (what R, pandas, SQL and Excel write for a missing value).
MISSING: Final = ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT", "(null)")
TEXT_ENDINGS: Final = (".csv", ".tsv", ".txt", ".tab", ".dat")
WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
JSON_ENDINGS: Final = (".json", ".ndjson", ".jsonl")
PARQUET_ENDINGS: Final = (".parquet", ".pq")
ENDINGS: Final = TEXT_ENDINGS + WORKBOOK_ENDINGS + JSON_ENDINGS + PARQUET_ENDINGS
_SAMPLE: Final = 300
_MAGIC: Final = (
    (b"PK\x03\x04", "Excel workbook or zip archive"),
    (b"\xd0\xcf\x11\xe0", "old Office file"),
    (b"PAR1", "Parquet"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"SQLite format 3", "database"),
    (b"DUCK", "database"),
)


class Unreadable(TruyVetError):
    """One file cannot be read; becomes a finding, so that the other files still load."""

    exit_code = 5

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words: dict[str, Any] = dict(words)


def read_file(path: Path, *, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    """Return the grids of one file (one, or one per sheet or table), or its text; a finding if it cannot be read."""
    try:
        if re.search(r"truth", path.stem, re.IGNORECASE):
            raise Unreadable("file.truth")
        data, ending = _content(path, options.limits)
        found = _reader(ending)(path, data, ending, options, log)
        limit = options.limits.cell_chars
        return with_evidence(
            [repair_grid(cut_cells(each, limit, log), log) if isinstance(each, Grid) else each for each in found]
        )
    except Unreadable as wrong:
        log.add(wrong.code, file=path.name, **wrong.words)
        return []


def _content(path: Path, limits: Limits) -> tuple[bytes, str]:
    if not path.is_file():
        raise Unreadable("file.missing")
    try:
        if path.stat().st_size > limits.file_bytes:
            raise Unreadable("file.too_large", limit=f"{limits.file_bytes >> 20} MB")
        data = path.read_bytes()
    except OSError as wrong:
        raise Unreadable("file.unreadable", kind="file", reason=wrong.strerror or "no access") from wrong
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
        raise Unreadable("file.unreadable", kind="gzip", reason="it is damaged or cut off") from wrong
    return b"".join(parts)


def _reader(ending: str) -> Callable[[Path, bytes, str, LoadOptions, FindingLog], Sequence[Grid | Document]]:
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


def cut_cells(grid: Grid, limit: int, log: FindingLog) -> Grid:
    """Cut texts longer than ``limit`` letters off, and say how many there were."""
    cells, count = grid.cells, 0
    for column in grid.cells:
        sizes = pc.utf8_length(pa.array(grid.cells[column]))
        longest = pc.max(sizes).as_py()
        if longest is not None and longest > limit:
            count += pc.sum(pc.greater(sizes, limit)).as_py()
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
            named = np.array([*(better.get(text, text) for text in texts), None], dtype=object)
            cells[column] = pd.Series(named[codes], dtype="string")
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


def foreign_kind(data: bytes) -> str | None:
    """Return what kind of binary file ``data`` starts like, or None."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return None


# --------------------------------------------------------------------------------------------------------- texts


def clean_texts(column: pa.ChunkedArray | pa.Array) -> pd.Series:
    """Return a column of texts: blanks trimmed, Unicode composed (NFC), words for "no value" made missing.

    Of a column with a dictionary each text of it is cleaned once.
    """
    if pa.types.is_dictionary(column.type):
        column = pa.chunked_array([_cleaned(part.dictionary).take(part.indices) for part in column.chunks], pa.string())
    else:
        column = _cleaned(column)
    return pd.Series(
        pd.array(column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column, dtype="string")
    )


def _cleaned(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    column = pc.utf8_trim_whitespace(column)
    if not pc.all(pc.string_is_ascii(column)).as_py():
        column = pc.utf8_trim(pc.utf8_normalize(column, form="NFC"), characters=" \t\r\n\u00a0\u200b\ufeff")
    return pc.if_else(pc.is_in(column, value_set=pa.array(MISSING, type=column.type)), None, column)


def grid_cells(columns: Iterable[pa.ChunkedArray | pa.Array]) -> pd.DataFrame:
    """Return the cleaned columns as a frame with positions as labels."""
    return pd.DataFrame(dict(enumerate(clean_texts(column) for column in columns)))


def cells_of_rows(rows: Sequence[Sequence[str | None]], width: int) -> pd.DataFrame:
    """Return rows of texts, padded or cut to ``width``, as a cleaned frame."""
    columns: list[list[str | None]] = [[] for _ in range(width)]
    for row in rows:
        for i in range(width):
            columns[i].append(row[i] if i < len(row) else None)
    return grid_cells(pa.chunked_array([pa.array(c, type=pa.string())]) for c in columns)


# ---------------------------------------------------------------------------------------------------------- JSON


def read_json(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> list[Grid]:
    """Read an array of objects, an object of such arrays (a table each), or one object per line."""
    from loaders.files.text import decode

    text = decode(path, data, options, log)
    if _depth(text) > options.limits.depth:
        raise Unreadable("file.deep", limit=options.limits.depth)
    double: set[str] = set()
    try:
        content: Any = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, double))
    except ValueError as wrong:
        content = _json_lines(text, wrong, double)
    if double:
        log.add("json.double", file=path.name, keys=shorten(sorted(double)))
    if isinstance(content, dict):
        tables = {k: v for k, v in content.items() if isinstance(v, list) and all(isinstance(r, dict) for r in v)}
        if not tables:
            tables = {path.stem: [content]}
            return [_json_grid(path.name, None, tables[path.stem])]
        return [_json_grid(path.name, name, rows) for name, rows in tables.items()]
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise Unreadable("file.unreadable", kind="JSON", reason="it is not a list of objects")
    return [_json_grid(path.name, None, content)]


def _depth(text: str) -> int:
    """Return how deep brackets stand in each other; those inside texts do not count."""
    level = deepest = 0
    for bracket in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        level += bracket in "[{" if len(bracket) == 1 else 0
        deepest = max(deepest, level)
        level -= bracket in "]}" if len(bracket) == 1 else 0
    return deepest


def _object(pairs: list[tuple[str, Any]], double: set[str]) -> dict[str, Any]:
    """Return an object of JSON; keys that stand in it more than once are added to ``double``."""
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            double |= {key} & seen
            seen.add(key)
    return made


def _json_lines(text: str, first: ValueError, double: set[str]) -> list[Any]:
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        rows = [json.loads(line, object_pairs_hook=lambda pairs: _object(pairs, double)) for line in lines]
    except ValueError:
        rows = []
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("file.unreadable", kind="JSON", reason=str(first)) from first
    return rows


def _json_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _json_grid(file: str, sheet: str | None, rows: list[dict[str, object]]) -> Grid:
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    cells = cells_of_rows([[_json_text(row.get(h)) for h in headings] for row in rows], len(headings))
    numbers = np.arange(1, len(rows) + 1)
    return Grid(file=file, sheet=sheet, cells=cells, numbers=numbers, headings=headings)


# ------------------------------------------------------------------------------------------------------- Parquet


def read_parquet(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> list[Grid]:
    """Read a Parquet file; rows are numbered from 1."""
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(pa.BufferReader(data))
    except (pa.ArrowException, OSError) as wrong:
        raise Unreadable("file.unreadable", kind="Parquet", reason="it is damaged or cut off") from wrong
    cells = grid_cells(_arrow_text(column) for column in table.columns)
    numbers = np.arange(1, table.num_rows + 1)
    return [Grid(file=path.name, sheet=None, cells=cells, numbers=numbers, headings=tuple(table.column_names))]


def _arrow_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        return _stamp_text(column)
    if pa.types.is_floating(kind):
        return pc.replace_substring_regex(column.cast(pa.string()), pattern=r"\.0$", replacement="")
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.chunked_array(
            [
                pa.array(
                    [
                        _json_text(v) if not isinstance(v, bytes) else v.decode("utf-8", "replace")
                        for v in column.to_pylist()
                    ],
                    type=pa.string(),
                )
            ]
        )
    return column.cast(pa.string())


def _stamp_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write time stamps as ISO text; a column in which every stamp is midnight holds days."""
    if column.type.tz is not None:
        return pc.strftime(column.cast(pa.timestamp("s", "UTC"), safe=False), format="%Y-%m-%dT%H:%M:%S+00:00")
    seconds = column.cast(pa.timestamp("s"), safe=False)
    days = pc.floor_temporal(seconds, unit="day")
    if pc.all(pc.equal(days, seconds)).as_py():
        return pc.strftime(days, format="%Y-%m-%d")
    return pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%S")
