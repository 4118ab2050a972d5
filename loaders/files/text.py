"""Delimited text: the encoding and the separator are found from the file, or the file is refused."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from loaders.code_words import with_codes_joined
from loaders.files.cells import Unreadable, cells_of_rows, foreign_kind, grid_cells
from loaders.files.chat import CHAT, days_sent, is_chat, is_day, messages, senders
from loaders.files.ditto_marks import with_marks_plain
from loaders.files.encodings import DECODERS, NAMES, find_encoding, is_utf8, row_of
from loaders.files.fixed_width import fixed_width
from loaders.files.form_titles import is_form
from loaders.files.grid import Document, Grid, Line, column_letter
from loaders.files.headings import is_known
from loaders.files.indents import indent_of, is_indented
from loaders.files.prose import with_lines_whole
from loaders.files.titles import read_facts
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = (",", ";", "\t", "|")
#: A line of a message: an item of a list, and one that tells whose contacts the next ones are.
_ITEM: Final = regex(r"(?:\d{1,3}[.)/]\s*(?!\d)|[-–+•*●]\s)\s*[^\W\d_]")
_OF_CASE: Final = regex(
    r"(?i)^(?:[-–+•*●]\s*)?F\s?[1-4]\b[^,;|\t]{0,12}:|\bF\s?[1-4]\b[^,;|\t]{0,20}\b(?:ca\b|BN|F0\b)"
)
#: A day or an hour told in words, or the end of a sentence: what cells of rows seldom have.
_SENTENCE: Final = regex(
    r"(?i)(?<!\w)ngày \d{1,2}[/-]\d|[^\W\d_]{2}\. \w|\w\. \d{1,2}/\d{1,2}(?:/20\d\d)? |(?<!\w)\d{1,2}h\d{0,2} "
)
#: So many words has a line that tells something in sentences.
_TOLD: Final = 12
_SAMPLE_LINES: Final = 40
#: Into so many cells no separator cuts each of some sentences by chance.
_EVEN: Final = 8
#: So many bytes at the beginning tell how a text is separated.
_HEAD: Final = 1 << 18
#: So many bytes has a text with columns set apart by blanks at most.
_MOST_FIXED: Final = 1 << 23
#: So many bytes are cut into cells together.
_BLOCK: Final = 1 << 20


def read_text(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    """Read a delimited text file; row numbers are those a spreadsheet would show. Running text gives a document."""
    csv.field_size_limit(1 << 27)
    data = as_utf8(path, data, options, log)
    head = data[:_HEAD].decode("utf-8", "ignore")
    if not head.strip() and not data.decode().strip():
        raise Unreadable("file.empty")
    skipped = 0
    delimiter = options.delimiter
    separator = re.match(r'\s*"?sep=(.)"?\s*\r?\n', head)
    if separator is not None:
        delimiter = delimiter or separator[1]
        data, head, skipped = data[len(separator[0].encode()) :], head[separator.end() :], 1
    if delimiter is None and is_chat(head):
        return [_chat(path.name, _lines_of(data.decode()))]
    columns = _fixed(data, ending) if delimiter is None else None
    if columns is not None:
        return [_grid_of_rows(path.name, columns, "|", skipped, log)]
    told = is_running_text(head) or is_message(head, sure=ending != ".txt")
    if delimiter is None and (
        told or (ending == ".txt" and (is_indented(head) or is_form(head)) and not _is_even(head))
    ):
        return [document(path.name, _lines_of(data.decode()))]
    if delimiter is None:
        delimiter = find_delimiter(head, ending)
    width = 1 + data[: data.find(b"\n") if b"\n" in data else len(data)].count(delimiter.encode())
    if width > options.limits.columns:
        raise Unreadable("file.columns", columns=width, limit=options.limits.columns)
    if delimiter == " ":
        data, delimiter = re.sub(rb"[ \t]+", b" ", data), " "
    if b'"' in data:
        text = data.decode()
        plain = with_marks_plain(text, delimiter)
        lines, data = with_rows_apart(plain, delimiter), data if plain is text else plain.encode()
        if lines is not None:
            cells = _read_lines(path.name, lines, delimiter, skipped, log)
            return [_grid_of_rows(path.name, cells, delimiter, skipped, log)]
    grid = _read_fast(path.name, data, delimiter, skipped)
    if grid is not None:
        return [grid]
    return [_grid_of_rows(path.name, _read_slow(data.decode(), delimiter, skipped), delimiter, skipped, log)]


def as_utf8(path: Path, data: bytes, options: LoadOptions, log: FindingLog) -> bytes:
    """Return the text of ``data`` in UTF-8, a line feed between lines; errors as :func:`decode` has them.

    What is UTF-8 already is only looked through: a large file is never held as decoded text.
    """
    if options.encoding is not None or not _is_plain(data):
        return decode(path, data, options, log).encode("utf-8", "surrogatepass")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _is_plain(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 without a mark and without NULs."""
    if foreign_kind(data) is not None or any(data.startswith(mark) for mark, _ in _BOMS) or b"\x00" in data:
        return False
    return is_utf8(data) and find_encoding(data) == "utf-8"


def decode(path: Path, data: bytes, options: LoadOptions, log: FindingLog) -> str:
    """Return the text of ``data``, a line feed between lines. What is not UTF-8 is named in a finding.

    Raises
    ------
    Unreadable
        If it is no text at all, or not the text that it should be.
    """
    kind = foreign_kind(data)
    if kind is not None:
        raise Unreadable("file.binary", kind=kind)
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    encoding = marked or options.encoding
    if encoding is None:
        encoding = find_encoding(data)
        if b"\x00" in data and not encoding.startswith("utf-16"):
            data = data.replace(b"\x00", b"")
            log.add("file.nul", file=path.name)
        if encoding != "utf-8":
            log.add("file.decoded", file=path.name, encoding=NAMES.get(encoding, encoding))
    try:
        text = DECODERS[encoding](data) if encoding in DECODERS else data.decode(encoding)
    except LookupError as wrong:
        raise Unreadable("file.unreadable", kind=encoding, reason=_("no such encoding")) from wrong
    except UnicodeDecodeError as wrong:
        raise Unreadable("file.encoding", encoding=encoding, at=row_of(data, wrong.start)) from wrong
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def find_delimiter(text: str, ending: str) -> str:
    """Return the separator that cuts the first lines most evenly; a blank where numbers are set apart by blanks."""
    lines = [line for line in text[:65536].split("\n")[:_SAMPLE_LINES] if line.strip()]
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
    lines = [line.strip() for line in text[:65536].split("\n")[:200] if line.strip()]
    if not lines or any(_is_heading_line(line) for line in lines[:20]) or _is_even(text):
        return False
    if len(lines) == 1:
        words = len(lines[0].split())
        return words >= 3 * _TOLD or (words >= _TOLD and len(_SENTENCE.findall(lines[0])) > 1)
    told = sum(len(line.split()) >= _TOLD and _SENTENCE.search(line) is not None for line in lines)
    for delimiter in _DELIMITERS if told * 3 < len(lines) * 2 else ():
        counts = Counter(line.count(delimiter) for line in lines)
        width, share = counts.most_common(1)[0]
        loose = width <= 2 and share * 5 < len(lines) * 3  # so many sentences have as many commas by chance
        if width and share * 3 > len(lines) and not loose:
            return False
    return sum(len(line.split()) >= 5 for line in lines) * 2 >= len(lines)


def _is_even(text: str) -> bool:
    """Tell whether a separator outside quotes cuts nearly all rows into as many cells as the first."""
    lines = text[:_HEAD].split("\n")
    whole = lines if len(text) < _HEAD else lines[:-1]
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(whole, delimiter=delimiter) if any(row)]
        width = len(rows[0]) if rows else 0
        even = sum(len(row) == width for row in rows)
        if width >= _EVEN and len(rows) > 2 and even >= 0.95 * len(rows):
            return True
    return False


def is_message(text: str, *, sure: bool = False) -> bool:
    """Tell whether the lines are those of a message about people, evenly cut by commas or not: it has no headings.

    With ``sure`` the file calls itself a table: then most of its lines are items of a list as people type them.
    """
    lines = [line.strip() for line in text[:65536].split("\n")[:200] if line.strip()]
    if len(lines) == 1 and not sure:
        return _OF_CASE.search(lines[0]) is not None and ":" in lines[0]
    if len(lines) < 2 or any(_is_heading_line(line) for line in lines[:20] if not _OF_CASE.search(line)):
        return False
    items = sum(_ITEM.match(line) is not None for line in lines)
    told = any(_OF_CASE.search(line) for line in lines)
    return (told and not sure) or (items >= 2 and items * (2 if sure else 3) >= len(lines))


def _is_heading_line(line: str) -> bool:
    cells = [cell.strip(' "') for cell in re.split(r"[,;\t|]", line)]
    if len(cells) == 1 and line.endswith(":"):
        return False  # what the next lines list: "Khách:"
    return sum(is_known(cell) for cell in cells) * 2 > len(cells)


def document(file: str, lines: Sequence[Line]) -> Document:
    """Return lines of running text, with what the first ones together say about all (place, day, number)."""
    lines = [replace(line, texts=tuple(map(with_codes_joined, line.texts))) for line in lines]
    head = [line for i, line in enumerate(lines[:6]) if i == 0 or line.row == lines[i - 1].row + 1 == lines[0].row + i]
    return Document(file, tuple(lines), read_facts(head, None, file))


def _fixed(data: bytes, ending: str) -> list[list[str]] | None:
    """Return the rows of a text whose columns are set apart by blanks; None of one that calls itself separated."""
    return None if ending in {".csv", ".tsv", ".tab"} or len(data) > _MOST_FIXED else fixed_width(data.decode())


def _chat(file: str, lines: Sequence[Line]) -> Document:
    """Return the messages of a chat, with the days that stand before them."""
    dated = [*lines[:1], *(line for line in lines[1:] if is_day(line))]
    days = [fact for fact in read_facts(dated, None, file) if fact.name in ("day", "year")]
    said = document(file, messages(lines))
    return replace(said, facts=(*days, CHAT, *said.facts), sent=days_sent(lines), senders=senders(lines))


def _lines_of(text: str) -> list[Line]:
    numbered = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    return [Line(number, (line.strip(),), indent_of(line)) for number, line in numbered]


def _read_fast(file: str, data: bytes, delimiter: str, skipped: int) -> Grid | None:
    """Read with Arrow; None if a row has another number of cells than the first, or a quote stays open."""
    quoted = data.count(b'"')
    if quoted % 2:
        return None
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="\n")
    width = len(next(csv.reader(lines, delimiter=delimiter)))
    if width < 2:
        return None
    try:
        table = pacsv.read_csv(
            pa.BufferReader(data),
            read_options=pacsv.ReadOptions(autogenerate_column_names=True, block_size=_BLOCK),
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


def _read_slow(text: str, delimiter: str, skipped: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=text.count('"') % 2 == 1):
            rows.append([*row])
    except csv.Error as wrong:
        raise Unreadable("file.truncated", at=len(rows) + 1 + skipped) from wrong
    return rows


# ----------------------------------------------------------------------------------------- quotes and separators astray


def with_rows_apart(text: str, delimiter: str) -> list[str] | None:
    """Return the lines of a text in which stray quotes hide rows; None where every quoted text is as it should be.

    A quote that opens a cell and is closed some lines below holds rows if a whole line inside it has as many
    cells as the headings, or if something else than a separator stands behind the closing quote.
    """
    width = len(next(csv.reader([text[: text.find("\n")] if "\n" in text else text], delimiter=delimiter), []))
    if width < 3 and text.count('"') % 2 == 0:
        return None
    lines = text.split("\n")
    opened: int | None = None
    for number, line in enumerate(lines):
        if line.count('"') % 2 == 0:
            if opened is not None and line.count(delimiter) == width - 1 and f"{delimiter} " not in line:
                return lines
            continue
        if opened is None:
            opened = number
            continue
        after = line[line.index('"') + 1 :].lstrip()
        if after and not after.startswith((delimiter, '"')) and line.count(delimiter) >= width - 1:
            return lines
        opened = None
    return lines if opened is not None and any(line.strip() for line in lines[opened + 1 :]) else None


def _read_lines(file: str, lines: list[str], delimiter: str, skipped: int, log: FindingLog) -> list[list[str]]:
    """Read each line as a row of its own; a quote that is not closed on its line is taken away, and said."""
    rows = []
    stray = re.compile(rf'(^|{re.escape(delimiter)})"|"(?={re.escape(delimiter)}|$)')
    for number, line in enumerate(lines, start=1 + skipped):
        whole = line.count('"') % 2 == 0
        if not whole:
            log.add("row.quote", file=file, row=number)
        text = line if whole else stray.sub(r"\1", line)
        rows.append([cell.strip('"') for cell in next(csv.reader([text], delimiter=delimiter), [])])
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _grid_of_rows(file: str, rows: list[list[str]], delimiter: str, skipped: int, log: FindingLog) -> Grid:
    """Return a grid of rows of unequal length; a separator inside a note is mended, other rows are noted as ragged."""
    if not any(map(any, rows)):
        raise Unreadable("file.empty")
    rows = with_lines_whole(rows, delimiter)
    counts = Counter(len(row) for row in rows if any(row))
    width = max(counts, key=lambda n: (counts[n], n))
    header = next((len(row) for row in rows if len(row) >= width), width)
    width = max(width, header) if rows and len(rows[0]) >= width else width
    shapes = column_shapes(rows, width)
    ragged = {}
    for position, row in enumerate(rows):
        extra = [cell for cell in row[width:] if cell]
        if not any(row) or (not extra and len(row) >= width):
            continue
        mended = mend(row, shapes, delimiter) if extra else None
        if mended is None:
            ragged[position] = len(row)
            continue
        rows[position], at = mended
        log.add("row.joined", file=file, row=position + 1 + skipped, column=column_letter(at), count=len(row))
    numbers = np.arange(1 + skipped, len(rows) + 1 + skipped)
    return Grid(file=file, sheet=None, cells=cells_of_rows(rows, width), numbers=numbers, ragged=ragged)


def column_shapes(rows: list[list[str]], width: int) -> list[set[str]]:
    """Return which shapes of text stand in each column, by the first rows of the right length below the first."""
    shapes: list[set[str]] = [set() for _ in range(width)]
    for row in [row for row in rows if len(row) == width][1:1_000]:
        for column, cell in enumerate(row):
            shapes[column].add(_shape(cell))
    return shapes


def _shape(cell: str) -> str:
    text = cell.strip()
    if not text:
        return ""
    if re.fullmatch(r"[+\d][\d .\-/:]*", text):
        return "digits"
    if re.fullmatch(r"[A-Za-z]{1,4}[ \-]?\d+", text):
        return "code"
    return "words" if " " in text else "word"


def mend(row: list[str], shapes: list[set[str]], delimiter: str) -> tuple[list[str], int] | None:
    """Return a row with too many cells with its note in one piece again, and the note's column.

    That is certain only where one column of running text can take the surplus so that every other cell looks like the
    rest of its column.
    """
    row = row[: len(row) - next((i for i, cell in enumerate(reversed(row)) if cell.strip()), 0)]
    surplus = len(row) - len(shapes)
    found = []
    for column, shape in enumerate(shapes):
        if "words" not in shape:
            continue
        taken = [*row[:column], delimiter.join(row[column : column + surplus + 1]), *row[column + surplus + 1 :]]
        if all(_shape(cell) in shapes[i] | {""} for i, cell in enumerate(taken) if i != column):
            found.append((taken, column))
    return found[0] if len(found) == 1 else None
