"""Who a row of a list is about: the id column that the other lists refer to, or an id made from what is known."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.headings import PEOPLE
from loaders.columns.recognise import Recognised
from loaders.columns.values import fold, read_ids
from tracing.model.schema import TABLES

_SEPARATORS: Final = r"\s*[;,+&\n]\s*|\s+/\s+"
_ENOUGH_ROWS: Final = 10
_ENOUGH_SHARE: Final = 0.9


def split_ids(texts: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """Return row positions and single ids of texts that may name several, ``GB;BN145``."""
    parts = texts.str.split(_SEPARATORS, regex=True).explode().str.strip()
    parts = parts[parts.notna() & (parts != "")]
    return parts.index.to_numpy(), parts.reset_index(drop=True).astype("string")


def shape(ident: str) -> str:
    """Return the pattern of an id: BN145 -> BN9."""
    return re.sub(r"\d+", "9", ident)


def references(found: Recognised) -> set[str]:
    """Return the person ids by which this sheet refers to people of other sheets."""
    columns, cells = found.reading.columns, found.sheet.cells
    if found.layout == PEOPLE:
        fields = ["index"]
        if len(found.reading.ids) == 1:
            fields.append("person")
        lists = [cells[columns[f]] for f in fields if f in columns]
        if "sources" in columns:
            lists.append(cells[columns["sources"]])
        return {str(i) for texts in lists for i in split_ids(read_ids(texts))[1]}
    if found.layout not in TABLES:
        return set()
    table = TABLES[found.layout]
    named = [c.name for c in table if c.refers_to == "persons" or (found.layout == "persons" and c.name == "person")]
    return {str(i) for f in named if f in columns for i in read_ids(cells[columns[f]]).dropna().unique()}


def choose_id_column(found: Recognised, referred: Collection[str]) -> tuple[int | None, int]:
    """Return the position of the id column whose ids the other lists use, and how many of them they use.

    Without any use, the column whose heading comes first in ``data/headings.csv``.
    """
    from loaders.columns.headings import aliases, variants

    ids = found.reading.ids
    if not ids:
        return None, 0
    order = [heading for heading, field in aliases()[PEOPLE].items() if field == "person"]

    def rank(position: int) -> tuple[int, int]:
        used = len(set(read_ids(found.sheet.cells[position]).dropna()) & set(referred))
        places = [order.index(v) for v in variants(found.sheet.headings[position]) if v in order]
        return -used, min(places, default=len(order))

    mapped = found.reading.columns.get("person")
    best = min(ids, key=rank) if len(ids) > 1 else mapped
    return best, 0 if best is None else -rank(best)[0]


def person_ids(columns: Columns, referred: Collection[str]) -> tuple[pd.Series, int | None]:
    """Return the id of each row's person and the position of the column it came from."""
    found, sheet = columns.found, columns.sheet
    position, used = choose_id_column(found, referred)
    if position is None:
        return _derived(columns, columns.empty()), None
    ids = read_ids(sheet.cells[position])
    others = [i for i in found.reading.ids if i != position]
    if others:
        why = f"{used} of its ids are used by the other lists" if used else "no other list refers to either"
        sheet.report(columns.log, "column.id", column=position, why=why)
        for other in others:
            ids = _completed(columns, ids, position, read_ids(sheet.cells[other]), referred)
    _report_unlike(columns, ids, position)
    return _derived(columns, ids), position


def _completed(
    columns: Columns, ids: pd.Series, position: int, other: pd.Series, referred: Collection[str]
) -> pd.Series:
    """Fill ids that are missing or misspelt from the other id column, if all rows follow one pattern (5 -> P00005)."""
    numbers = other.str.extract(r"^\D*?(?:[A-Za-z0-9]*_)?(\d+)(?:_[A-Za-z0-9]*)?$")[0].str.lstrip("0")
    parts = ids.str.extract(r"^(\D*)(\d+)$")
    both = numbers.notna() & parts[1].notna() & other.str.fullmatch(r"\d+").fillna(False).astype(bool)
    if both.sum() < _ENOUGH_ROWS:
        return ids
    same = both.astype(bool) & (parts[1].str.lstrip("0") == numbers).fillna(False).astype(bool)
    patterns = Counter(zip(parts[0][same], parts[1][same].str.len(), strict=True))
    if not patterns:
        return ids
    (prefix, width), count = patterns.most_common(1)[0]
    if count < _ENOUGH_SHARE * both.sum():
        return ids
    expected = prefix + numbers.str.zfill(int(width))
    doubtful = ids.isna() | ~ids.isin(list(referred))
    fill = (expected.isin(list(referred)) & doubtful & (ids != expected).fillna(True)).to_numpy(dtype=bool)
    for row in np.flatnonzero(fill):
        columns.sheet.report(columns.log, "id.completed", [int(row)], column=position, read=expected.iloc[row])
    return ids.where(~fill, expected)


def _report_unlike(columns: Columns, ids: pd.Series, position: int) -> None:
    """Note ids that look unlike nearly all others of their column (a slip of the keyboard)."""
    shapes = ids.dropna().map(shape)
    if len(shapes) < _ENOUGH_ROWS * 2:
        return
    common, count = Counter(shapes).most_common(1)[0]
    if count >= _ENOUGH_SHARE * len(shapes):
        rows = shapes.index[shapes != common]
        columns.sheet.report(columns.log, "id.unlike", rows, column=position) if len(rows) else None


def _derived(columns: Columns, ids: pd.Series) -> pd.Series:
    """Make ids for rows without one: from the identity number, else from name with phone, or birth and home."""
    missing = ids.isna().to_numpy()
    if not missing.any():
        return ids
    name = full_name(columns)
    birth, year = Columns(columns.found, columns.options, type(columns.log)()).birth()
    facts: Iterable[tuple[object, ...]] = zip(
        columns.national_id(),
        name,
        columns.phone(),
        birth,
        year,
        columns.text("sex"),
        columns.text("address"),
        columns.json({"a": _age(columns)}),
        strict=True,
    )
    out = [i if isinstance(i, str) else None for i in ids]
    made = 0
    for row, (national, called, phone, born, in_year, *home) in enumerate(facts):
        if not missing[row]:
            continue
        if isinstance(national, str):
            out[row] = _made("n", national)
        elif isinstance(called, str):
            told = (phone,) if isinstance(phone, str) else (born, in_year, *home)
            out[row] = _made("p", fold(called), *told)
        made += out[row] is not None
    nobody = [row for row in np.flatnonzero(missing).tolist() if out[row] is None and not columns.bad[row]]
    columns.fail("person.missing", nobody, columns.at("person"))
    if made:
        columns.sheet.report(columns.log, "id.derived", count=made)
    return pd.Series(pd.array(out, dtype="string"))


def _age(columns: Columns) -> pd.Series:
    for position, heading in enumerate(columns.sheet.headings):
        if heading.lower() in ("age", "tuổi"):
            return columns.sheet.cells[position]
    return columns.empty()


def _made(kind: str, *facts: object) -> str:
    text = "\x1f".join("" if f is None or f is pd.NA else str(f) for f in facts)
    return f"P-{hashlib.blake2b(f'{kind}{text}'.encode(), digest_size=6).hexdigest()}"


def full_name(columns: Columns) -> pd.Series:
    """Return names; of two name columns both."""
    if columns.has("name") or not columns.has("first_name", "last_name"):
        return columns.text("name")
    parts = columns.text("last_name").fillna("") + " " + columns.text("first_name").fillna("")
    parts = parts.str.strip()
    return parts.where(parts != "")
