"""Who a row of a list is about: the id column that the other lists refer to, or an id made from what is known."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from loaders.columns.columns import Columns
from loaders.columns.recognised import Recognised
from loaders.columns.references import is_answer, read_reference
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.values import read_ids
from loaders.files.headings import PEOPLE
from tracing.identity.facts import MANY
from tracing.model.coded import coded, encoded
from tracing.model.schema import TABLES
from tracing.patterns import regex
from tracing.spelling import PRIVATE_ID, fold, is_full

#: People who are counted and not named, behind a name: ``Lê Kim Ngân + 2 bạn``.
_AND_OTHERS: Final = r"\s*(?:\+|và|cùng)\s*\d+\s*\D*$"
_BEFORE_NAME: Final = (
    r"(?i)^\s*(?:[-–+*•]+\s*|(?:(?:chủ\s+)?hộ|tài xế|tai xe|lái xe|lai xe|phụ xe|phu xe|lơ xe|tài công|tai cong"
    r"|hành khách|vợ|chồng|con|cha|mẹ|ông|bà|anh|chị|em|cháu)\s*:\s*)"
)
#: Names on boarding cards: ``MR TRAN/QUOC TOAN``.
_BOARDING: Final = (
    r"^\s*(?:(?:MR|MRS|MS|MISS|MSTR|CHD|INF)\.?\s+)?([A-Z]{2,})\s*/\s*([A-Z ]{2,}?)"
    r"(?:\s+(?:MR|MRS|MS|MISS|MSTR|CHD))?\s*$"
)
#: Columns that tell a home beside, or instead of, an address.
_HOME: Final = ("hamlet", "group", "commune", "district")
_ENOUGH_ROWS: Final = 10
_ENOUGH_SHARE: Final = 0.9


#: What becomes of the texts of ids for their pattern (in RE2's words), BN145 -> BN9; and of those whose letters differ
#: from one to the next, QX145 -> AA9.
_SHAPE: Final = ((r"\p{Nd}+", "9"),)
_OUTLINE: Final = (*_SHAPE, (r"[\p{L}\p{Nl}\p{No}]", "A"))


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
        said = {str(text) for texts in lists for text in read_ids(texts).dropna().unique()}
        return {one.words for text in said for one in read_reference(text).named}
    if found.layout not in TABLES:
        return set()
    table = TABLES[found.layout]
    named = [c.name for c in table if c.refers_to == "persons" or (found.layout == "persons" and c.name == "person")]
    return {str(i) for f in named if f in columns for i in read_ids(cells[columns[f]]).dropna().unique()}


def choose_id_column(found: Recognised, referred: Collection[str]) -> tuple[int | None, int]:
    """Return the position of the id column whose ids the other lists use, and how many of them they use.

    Without any use, the column whose heading comes first in ``data/headings.csv``.
    """
    from loaders.files.headings import aliases, variants

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


#: Headings of the number of a patient, and of what a hospital tells beside it, without accents.
_PATIENT: Final = regex(r"(?:ma |so |ma so )?(?:bn|benh nhan|nguoi benh)|patient (?:id|no\.?|number)|mrn|pid")
_OF_WARD: Final = regex(
    r"(?:khoa|giuong|so giuong|buong|phong|chan doan|bac si|bs|ngay (?:vao|nhap|ra) vien|(?:so |the )?bhyt"
    r"|ma ba|(?:so )?benh an|ward|bed|diagnosis|admi\w+|discharge\w*)\b"
)


def person_ids(columns: Columns, referred: Collection[str]) -> tuple[pd.Series, int | None]:
    """Return the ids that a list gives its rows, missing where it gives none, and the position of their column."""
    found, sheet = columns.found, columns.sheet
    position, used = choose_id_column(found, referred)
    if position is None:
        return columns.empty(), None
    ids = read_ids(sheet.cells[position])
    ids = ids.where(~told_of(ids, is_answer))
    others = [i for i in found.reading.ids if i != position]
    if others:
        why = f"{used} of its ids are used by the other lists" if used else "no other list refers to either"
        sheet.report(columns.log, "column.id", column=position, why=why)
        for other in others:
            ids = _completed(columns, ids, position, read_ids(sheet.cells[other]), referred)
    _report_unlike(columns, ids, position)
    _report_private(columns, ids, position)
    return ids, position


def numbers_patients(columns: Columns) -> bool:
    """Tell whether the ids of a list are numbers that a hospital gives its patients, which are no codes of cases."""
    at, reading = columns.at("person"), columns.found.reading
    if at is None or columns.found.makes_cases or "list_of" in {fact.name for fact in columns.sheet.facts}:
        return False
    beside = sum(_OF_WARD.match(fold(heading)) is not None for heading in columns.sheet.headings)
    named = {"name", "first_name"} & set(reading.columns)
    return bool(named) and beside > 1 and _PATIENT.fullmatch(fold(columns.sheet.headings[at])) is not None


def _report_private(columns: Columns, ids: pd.Series, position: int) -> None:
    """Say where ids are telephone or identity numbers, or the names themselves: ids are shown in every output."""
    private = ids.str.fullmatch(PRIVATE_ID).fillna(False)
    if columns.has("name"):
        private |= (ids == columns.text("name")).fillna(False)
    count = int(private.sum())
    if count:
        columns.sheet.report(columns.log, "id.private", column=position, count=count)


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
    odd = unlike_others(ids, ids)
    columns.sheet.report(columns.log, "id.unlike", odd, column=position) if len(odd) else None


def unlike_others(ids: pd.Series, all_ids: pd.Series) -> npt.NDArray[np.int64]:
    """Return in which rows an id looks unlike nearly all: a slip of the keyboard, or a place among people."""
    for steps in (_SHAPE, _OUTLINE):
        codes, shapes = encoded(_replaced(all_ids, steps))
        counts = np.bincount(codes[codes >= 0])
        told = int(counts.sum())
        if told >= _ENOUGH_ROWS * 2 and counts.max() >= _ENOUGH_SHARE * told:
            own = _replaced(ids, steps)
            unlike = own.notna() & (own != shapes[int(counts.argmax())].as_py())
            return np.flatnonzero(unlike.fillna(False).to_numpy(dtype=bool))
    return np.array([], dtype=np.int64)


def _replaced(ids: pd.Series, steps: Sequence[tuple[str, str]]) -> pd.Series:
    codes, texts = encoded(ids)
    for found, put in steps:
        texts = pc.replace_substring_regex(texts, pattern=found, replacement=put)
    return coded(codes, texts)


#: What makes rows of a list days of people: one person stands in several of them.
_DAILY: Final = ("visit_date", "visit_start", "day", "shift", "hours", "moment")


def derived_ids(columns: Columns, birth: pd.Series, year: pd.Series, rows: npt.NDArray[np.int64]) -> list[str | None]:
    """Return for each of the ``rows`` an id made of what is told: identity number, or name with phone, birth, home.

    It holds in lists of one form (:class:`~loaders.files.grid.Sheet`) only: who is the same on another list is for
    identity to say, which logs it.
    Where next to nothing is told it holds for the same company: whom they met, whose household, which place. A number
    that people of many names give in the list is nobody's own: there birth, sex and home tell two of one name apart,
    as does a class or a team where no number is told.
    """
    many = _numbers_of_many(columns)
    told: tuple[pd.Series, ...] = (
        columns.national_id(),
        full_name(columns),
        columns.phone(),
        birth,
        year,
        columns.text("sex"),
        columns.text("address"),
        columns.json({"a": columns.age()}),
    )
    if columns.has(*_HOME):
        told += (columns.json({name: by_distinct(columns.text(name), fold) for name in _HOME}),)
    units = units_apart(columns)
    company = tuple(columns.text(name) for name in ("index", "household", "place", "parent"))
    facts: Iterable[tuple[object, ...]] = zip(*(v.iloc[rows].to_numpy(dtype=object) for v in told), strict=True)
    beside: Iterable[tuple[object, ...]] = zip(*(v.iloc[rows].to_numpy(dtype=object) for v in company), strict=True)
    within = [[unit.iloc[row] for unit in units] for row in rows.tolist()]
    form = columns.sheet.form
    out: list[str | None] = []
    for (national, called, phone, born, in_year, *home), among, unit in zip(facts, beside, within, strict=True):
        if isinstance(national, str):
            out.append(made_id("n", national, form))
        elif isinstance(called, str) and isinstance(phone, str):
            own = (born, in_year, *home, *unit) if phone in many else ()
            out.append(made_id("p", fold(called), phone, *own, form))
        elif isinstance(called, str):
            known = is_full(called) and any(isinstance(one, str | int | np.integer) for one in (born, in_year, *home))
            out.append(made_id("p", fold(called), born, in_year, *home, *unit, form, *(() if known else among)))
        else:
            out.append(None)
    return out


def units_apart(columns: Columns) -> list[pd.Series]:
    """Return the classes and teams by which two rows of one name and year are two people, compared without accents.

    A pupil is of one class; a team tells people apart only where rows are no days on which somebody was there.
    """
    daily = columns.has(*_DAILY)
    names = [name for name in ("class", "team") if columns.has(name) and not (name == "team" and daily)]
    return [by_distinct(columns.text(name), fold) for name in names]


def _numbers_of_many(columns: Columns) -> frozenset[str]:
    """Return the telephone numbers that people of :data:`MANY` names or more give in this list."""
    told = pd.DataFrame({"phone": columns.phone(), "name": by_distinct(full_name(columns), fold)}).dropna()
    names = told.drop_duplicates()["phone"].value_counts()
    return frozenset(names.index[names >= MANY])


def note_derived(columns: Columns, ids: pd.Series, person: pd.Series) -> None:
    """Say how many rows got an id that was made, and mark rows about nobody."""
    missing = ids.isna().to_numpy()
    nobody = [row for row in np.flatnonzero(missing & person.isna().to_numpy()).tolist() if not columns.bad[row]]
    columns.fail("person.missing", nobody, columns.at("person"))
    made = int((missing & person.notna().to_numpy()).sum())
    if made:
        columns.sheet.report(columns.log, "id.derived", count=made)


def made_id(kind: str, *facts: object) -> str:
    """Return an id made of what is told of somebody."""
    text = "\x1f".join("" if f is None or f is pd.NA else str(f) for f in facts)
    return f"P-{hashlib.blake2b(f'{kind}{text}'.encode(), digest_size=6).hexdigest()}"


def _bare(name: str) -> str:
    """Return a name without what stands before or behind it."""
    name = re.sub(_BOARDING, r"\1 \2", re.sub(_BEFORE_NAME, "", name))
    return re.sub(_AND_OTHERS, "", name)


def full_name(columns: Columns) -> pd.Series:
    """Return names without "Hộ:" or a dash before them; of two name columns both."""
    if columns.has("name") or not columns.has("first_name", "last_name"):
        return by_distinct(columns.text("name"), _bare)
    parts = columns.text("last_name").fillna("")
    for name in ("middle_name", "first_name"):
        parts = (parts + " " + columns.text(name).fillna("")).str.strip()
    return parts.where(parts != "")
