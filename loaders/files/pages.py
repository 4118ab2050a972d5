"""What a list printed over several pages says again, and cells that say "as above"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.files.grid import Line
from loaders.files.headings import PEOPLE, read_headings
from tracing.model.coded import encoded
from tracing.patterns import regex
from tracing.spelling import fold

_PAGE: Final = regex(r"\W*(?:trang|page|to so)\s*(?:so\s*)?:?\s*\d+\s*(?:(?:/|tren|of)\s*\d+)?\W*")
#: What is told of a person in every row that names them.
_OF_PERSON: Final = ("person", "phone", "national_id", "birth_date", "birth_year", "age", "sex", "address", "commune")
#: Who is named in one column -> what other columns tell of nobody else.
_TOLD_OF: Final = {
    "name": frozenset({"phone", "national_id", "birth_date", "birth_year"}),
    "carer": frozenset({"carer_phone", "carer_birth_year"}),
}
#: Texts that stand for the cell above.
_DITTOS: Final = (
    '"',
    "''",
    "”",
    "“",
    "〃",
    "″",
    '-"-',
    '- " -',
    "-''-",
    '" "',
    '""',
    "//",
    "-//-",
    "- // -",
    "\\\\",
    "nt",
    "n/t",
    "nt.",
    "n.t",
    "-nt-",
    "-do-",
    "ditto",
    "- nt -",
    "như trên",
    "nhu tren",
    "như t/trên",
    "như trên nt",
    "ditto",
    "idem",
)
#: Nobody writes longer lists by hand.
_MOST_ROWS: Final = 200_000


def repeated_head_rows(body: pd.DataFrame, head: pd.DataFrame, found: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which rows say the headings again; ``found`` are those known already.

    ``head`` has the rows of the headings as they stand in the file: a head of several rows is known again row by row,
    each after the one above it (``Nam | Nữ`` alone is data).
    """
    again = found.copy()
    if len(head) < 2 or body.empty:
        return again
    rows = [head.iloc[i].fillna("").tolist() for i in range(len(head))]
    here = _is_row(body, rows[0]) | found
    for step, said in enumerate(rows[1 : len(body)], start=1):
        here[-step:] = False
        here[:-step] &= _is_row(body, said)[step:]
        if not here.any():
            break
        again[here] = True
        again[np.flatnonzero(here) + step] = True
    return again


def _is_row(body: pd.DataFrame, said: Sequence[str]) -> npt.NDArray[np.bool_]:
    same: npt.NDArray[np.bool_] = np.ones(len(body), dtype=bool)
    for column, text in zip(body.columns, said, strict=True):
        texts = body[column]
        same &= (texts == text).fillna(False).to_numpy(dtype=bool) if text else texts.isna().to_numpy()
        if not same.any():
            break
    return same


def of_a_page(texts: Sequence[str], titles: frozenset[str]) -> str | None:
    """Return "page number" or "title again" for a line of a later page; None for what may be a row."""
    joined = fold(" ".join(texts))
    if _PAGE.fullmatch(joined):
        return "page number"
    return "title again" if joined in titles else None


def title_texts(titles: Sequence[Line]) -> frozenset[str]:
    """Return the texts of title lines for comparison; a line of one short word is none."""
    return frozenset(fold(" ".join(line.texts)) for line in titles if len(" ".join(line.texts)) > 6)


#: "As above" with another part behind it: ``nt, phòng 14`` below ``Trường Lê Lợi, phòng 12``.
_DITTO_BUT: Final = regex(r"(?i)\s*(?:-?nt-?|như trên|nhu tren)\s*[,;]\s*(?P<but>\S.*?)\s*")


def _but(text: str, above: str) -> str:
    """Return what stands above with a part of it changed, where both parts begin alike, else with it added."""
    head, comma, last = above.rpartition(",")
    alike = bool(comma) and last.split()[:1] == text.split()[:1]
    return f"{head}, {text}" if alike else f"{above}, {text}"


def _with_parts_changed(texts: npt.NDArray[np.object_]) -> int:
    """Write "as above" in front of another part in full, in place; return how many cells said so."""
    count = 0
    for row in range(1, len(texts)):
        match = _DITTO_BUT.fullmatch(texts[row]) if isinstance(texts[row], str) else None
        if match is not None and isinstance(texts[row - 1], str):
            texts[row] = _but(match["but"], texts[row - 1])
            count += 1
    return count


def fill_dittos(cells: pd.DataFrame, headings: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """Write into each cell that says "as above" (``nt``, ``"``) what stands above; return also how many there were.

    A ditto in the first row stays as it is. Whose name is that above is the same person: what else is told of the
    person above and not of this one holds, too.
    """
    if not 1 < len(cells) <= _MOST_ROWS:
        return cells, 0
    out, count = cells, 0
    columns = read_headings(tuple(headings), PEOPLE, {}).columns
    names = {columns[name] for name in ("name", "driver") if name in columns}
    whose = {
        columns[told]: columns[name] for name in _TOLD_OF if name in columns for told in _TOLD_OF[name] & {*columns}
    }
    own = [columns[name] for name in _OF_PERSON if name in columns]
    for column in cells.columns:
        codes, texts = encoded(cells[column])
        said = pc.is_in(pc.utf8_trim_whitespace(pc.utf8_lower(texts)), value_set=pa.array(_DITTOS, type=texts.type))
        ditto = np.append(np.asarray(said, dtype=bool), False)[codes]
        if not ditto.any():
            continue
        above = np.maximum.accumulate(np.where(ditto, 0, np.arange(len(cells))))
        real = ditto & ~ditto[above]
        if real.any():
            texts = cells[column].to_numpy(dtype=object).copy()
            rows = np.flatnonzero(real)
            texts[rows] = texts[_rows_meant(out, whose.get(int(column)), ditto, above)[rows]]
            out = out.copy() if out is cells else out
            out[column] = pd.Series(pd.array(texts, dtype="string"))
            count += int(real.sum())
            if int(column) in names:
                out = _same_person(out, own, rows, above)
    for column in cells.columns:
        said = [text for text in encoded(out[column])[1].to_pylist() if _DITTO_BUT.fullmatch(text)]
        if said:
            texts = out[column].to_numpy(dtype=object).copy()
            count += _with_parts_changed(texts)
            out = out.copy() if out is cells else out
            out[column] = pd.Series(pd.array(texts, dtype="string"))
    return out, count


def _rows_meant(
    cells: pd.DataFrame, whose: int | None, ditto: npt.NDArray[np.bool_], above: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return for each row the one that "as above" means: of what is told of a person the last one that names them.

    Of whom no row above names it is the row above, as of everything else: a child has the telephone of its mother.
    """
    if whose is None:
        return above
    meant = above.copy()
    names = [fold(text) if isinstance(text, str) else "" for text in cells[whose]]
    last: dict[str, int] = {}
    for row, name in enumerate(names):
        if not ditto[row]:
            last[name] = row
        elif name and name != names[above[row]]:
            meant[row] = last.get(name, above[row])
    return meant


def _same_person(
    cells: pd.DataFrame, own: Sequence[int], rows: npt.NDArray[np.int64], above: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Write what is told of the people above into the empty cells of rows that are theirs, too."""
    cells = cells.copy()
    for column in own:
        texts = cells[column].to_numpy(dtype=object).copy()
        empty = rows[pd.isna(texts[rows])]
        texts[empty] = texts[above[empty]]
        cells[column] = pd.Series(pd.array(texts, dtype="string"))
    return cells
