"""Delimited text: the encoding and the separator are found from the file, or the file is refused."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.columns.headings import is_known
from loaders.files.grid import Document, Grid, Line
from loaders.files.read import Unreadable, cells_of_rows, foreign_kind, grid_cells
from loaders.files.titles import read_facts
from loaders.findings import FindingLog
from loaders.options import LoadOptions

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t", "|")
_VOWELS: Final = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")
_SAMPLE_LINES: Final = 40


def read_text(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    """Read a delimited text file; row numbers are those a spreadsheet would show. Running text gives a document."""
    text = decode(path, data, options, log)
    if not text.strip():
        raise Unreadable("file.empty")
    skipped = 0
    delimiter = options.delimiter
    separator = re.match(r'\s*"?sep=(.)"?\s*\r?\n', text)
    if separator is not None:
        delimiter = delimiter or separator[1]
        text, skipped = text[separator.end() :], 1
    if delimiter is None and is_running_text(text):
        return [_document(path.name, text)]
    if delimiter is None:
        delimiter = find_delimiter(text, ending)
    if delimiter == " ":
        text, delimiter = re.sub(r"[ \t]+", " ", text), " "
    grid = _read_fast(path.name, text, delimiter, skipped)
    return [grid if grid is not None else _read_slow(path.name, text, delimiter, skipped)]


def decode(path: Path, data: bytes, options: LoadOptions, log: FindingLog) -> str:
    """Return the text of ``data``. What is not UTF-8 is named in a finding; what is no text at all is refused."""
    kind = foreign_kind(data)
    if kind is not None:
        raise Unreadable("file.binary", kind=kind)
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    encoding = marked or options.encoding
    if encoding is None:
        encoding = _find_encoding(data)
        if encoding != "utf-8":
            log.add("file.decoded", file=path.name, encoding=encoding)
    try:
        return unicodedata.normalize("NFC", data.decode(encoding)) if encoding == "cp1258" else data.decode(encoding)
    except LookupError as wrong:
        raise Unreadable("file.unreadable", kind=encoding, reason="no such encoding") from wrong
    except UnicodeDecodeError as wrong:
        raise Unreadable("file.encoding", encoding=encoding, at=_row_of(data, wrong.start)) from wrong


def _row_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _find_encoding(data: bytes) -> str:
    if b"\x00" in data[:65536] or len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", data[:65536])) > 2:
        raise Unreadable("file.binary", kind="unknown")
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as wrong:
        if wrong.end >= len(data) - 3 and "unexpected end" in wrong.reason:
            raise Unreadable("file.truncated", at=_row_of(data, wrong.start)) from wrong
        if len(re.findall(rb"[\xc3-\xe1][\x80-\xbf]+", data)) > len(re.findall(rb"[\x80-\xff]+", data)) // 2:
            raise Unreadable("file.encoding", encoding="utf-8", at=_row_of(data, wrong.start)) from wrong
    if _is_vietnamese(data):
        return "windows-1258"
    if not re.search(rb"[\x80-\x9f]", data):
        return "iso-8859-1"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise Unreadable("file.encoding", encoding="utf-8", at=_row_of(data, wrong.start)) from wrong
    return "windows-1252"


def _is_vietnamese(data: bytes) -> bool:
    """Windows-1258 writes tones as marks of their own after a vowel; other Western text has them nowhere else."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return False
    marks = [i for i, letter in enumerate(text) if unicodedata.combining(letter)]
    return bool(marks) and all(i > 0 and text[i - 1] in _VOWELS for i in marks)


def find_delimiter(text: str, ending: str) -> str:
    """Return the separator that cuts the first lines most evenly; a blank where numbers are set apart by blanks."""
    lines = [line for line in text[:65536].splitlines()[:_SAMPLE_LINES] if line.strip()]
    if ending in {".tsv", ".tab"}:
        return "\t"
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        width, lines_of_width = max(counts.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        score = lines_of_width / len(lines) + width / 1000 if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    if best_score == 0 and all(re.fullmatch(r"\s*[-\d.]+(\s+\S+){2,}\s*", line) for line in lines):
        return " "
    return best


def is_running_text(text: str) -> bool:
    """Tell whether the lines are sentences and not rows: long, of many words, cut evenly by no separator."""
    lines = [line.strip() for line in text[:65536].splitlines()[:200] if line.strip()]
    if len(lines) < 2 or any(_is_heading_line(line) for line in lines[:20]):
        return False
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        width, share = counts.most_common(1)[0]
        if width and share * 3 > len(lines):
            return False
    return sum(len(line.split()) >= 5 for line in lines) * 2 >= len(lines)


def _is_heading_line(line: str) -> bool:
    cells = [cell.strip(' "') for cell in re.split(r"[,;\t|]", line)]
    return sum(is_known(cell) for cell in cells) * 2 > len(cells)


def _document(file: str, text: str) -> Document:
    lines = tuple(
        Line(number, (line.strip(),)) for number, line in enumerate(text.splitlines(), start=1) if line.strip()
    )
    head = [line for i, line in enumerate(lines[:6]) if i == 0 or line.row == lines[i - 1].row + 1 == lines[0].row + i]
    return Document(file, lines, read_facts(head, None, file))


def _read_fast(file: str, text: str, delimiter: str, skipped: int) -> Grid | None:
    """Read with Arrow; None if a row has another number of cells than the first, or a quote stays open."""
    quoted = text.count('"')
    if quoted % 2:
        return None
    width = len(next(csv.reader(io.StringIO(text), delimiter=delimiter)))
    if width < 2:
        return None
    try:
        table = pacsv.read_csv(
            pa.BufferReader(text.encode("utf-8")),
            read_options=pacsv.ReadOptions(autogenerate_column_names=True, block_size=1 << 24),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, ignore_empty_lines=False, newlines_in_values=quoted > 0
            ),
            convert_options=pacsv.ConvertOptions(
                strings_can_be_null=True,
                null_values=[""],
                column_types={f"f{i}": pa.string() for i in range(width)},
            ),
        )
    except pa.ArrowInvalid:
        return None
    numbers = np.arange(1 + skipped, table.num_rows + 1 + skipped)
    return Grid(file=file, sheet=None, cells=grid_cells(table.columns), numbers=numbers)


def _read_slow(file: str, text: str, delimiter: str, skipped: int) -> Grid:
    rows: list[list[str]] = []
    csv.field_size_limit(1 << 27)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=text.count('"') % 2 == 1)
    try:
        for row in reader:
            rows.append([*row])
    except csv.Error as wrong:
        raise Unreadable("file.truncated", at=len(rows) + 1 + skipped) from wrong
    counts = Counter(len(row) for row in rows if any(row))
    width = max(counts, key=lambda n: (counts[n], n))
    header = next((len(row) for row in rows if len(row) >= width), width)
    width = max(width, header) if rows and len(rows[0]) >= width else width
    ragged = {}
    for position, row in enumerate(rows):
        extra = [cell for cell in row[width:] if cell]
        if any(row) and (extra or len(row) < width):
            ragged[position] = len(row)
    numbers = np.arange(1 + skipped, len(rows) + 1 + skipped)
    return Grid(file=file, sheet=None, cells=cells_of_rows(rows, width), numbers=numbers, ragged=ragged)
