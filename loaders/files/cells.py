"""What the readers of all formats share: texts made clean, cells of rows, and a file that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.errors import TruyVetError
from tracing.model.coded import CodedTexts, coded

#: Texts that mean "no value" in every column (what R, pandas, SQL and Excel write for a missing value).
MISSING: Final = ("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "<NA>", "NaT", "(null)")
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


def foreign_kind(data: bytes) -> str | None:
    """Return what kind of binary file ``data`` starts like, or None."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return None


def is_locked(data: bytes) -> bool:
    """Tell whether an Office file is encrypted: what it holds stands in a stream of that name."""
    return "EncryptedPackage".encode("utf-16-le") in data


def clean_texts(column: pa.ChunkedArray | pa.Array) -> pd.Series:
    """Return a column of texts: blanks trimmed, Unicode composed (NFC), words for "no value" made missing.

    Each distinct text is cleaned once.
    """
    codes, texts = CodedTexts.of(column).encoded()
    cleaned = _cleaned(texts)
    return pd.Series(CodedTexts(codes, texts, settled=True)) if cleaned.equals(texts) else coded(codes, cleaned)


#: A list as programs print it, which a clerk reads as its members: ``['09/07/2021', '11/07/2021']``.
_LISTED: Final = r"^\['[^'\[\]]*'(?:, ?'[^'\[\]]*')*\]$"


def _cleaned(column: pa.Array) -> pa.Array:
    column = pc.utf8_trim_whitespace(column)
    listed = pc.match_substring_regex(column, _LISTED)
    if pc.any(listed).as_py():
        column = pc.if_else(listed, pc.replace_substring_regex(column, r"^\['|'\]$|'(, ?)'", r"\1"), column)
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
