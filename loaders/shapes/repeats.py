"""Exports of forms with repeated groups, as Kobo and ODK write them: rows that name the row of the form they are of.

The people of a group that a case names are its contacts; other rows of a group are about the person of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.by_neighbours import CASE_FIELDS, EXPOSURE
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.card_holders import with_card_holders
from tracing.patterns import regex

_OWN, _OF, _TABLE = "_index", "_parent_index", "_parent_table_name"
_BY_PROGRAM: Final = regex(r"_(?:parent_\w{1,30}|submission__\w{1,40}|index)")
_INSTRUMENT: Final = "redcap_repeat_instrument"
#: What REDCap notes of a row: of which form it is, and whether somebody called that complete.
_BY_REDCAP: Final = regex(r"redcap_\w{1,40}|\w{1,60}_complete")
#: Short headings of a repeated form without its own name before them.
_NAMES: Final = {"first": "first_name", "last": "last_name", "last_dt": "last_contact_date", "dt": "contact_date"}
_PEOPLE: Final = frozenset({"name", "first_name", "last_name", "phone"})
_CHOSEN: Final = frozenset({"0", "1", "true", "false", "yes", "no", "0.0", "1.0"})
_YES: Final = frozenset({"1", "true", "yes", "1.0"})


def with_forms_of_rows(tables: Iterable[Sheet]) -> list[Sheet]:
    """Return the tables of a file, those of repeated groups with a column that says of which person each row is.

    A log of cards has what a list of the file tells of their holders.
    """
    sheets = with_card_holders(list(tables))
    return [_with_form(sheet, [other for other in sheets if other is not sheet]) for sheet in sheets]


def _with_form(sheet: Sheet, others: Sequence[Sheet]) -> Sheet:
    at = _places(sheet).get(_OF)
    if at is None or sheet.origin is not None or not len(sheet):
        return sheet
    forms = [(other, own) for other in others if (own := _places(other).get(_OWN)) is not None]
    named = _places(sheet).get(_TABLE)
    if named is not None and len(forms) > 1:
        called = set(sheet.cells[named].dropna())
        forms = [(form, own) for form, own in forms if form.sheet in called]
    if len(forms) != 1:
        return sheet
    form, own = forms[0]
    columns = read_headings(form.headings, PEOPLE, {}).columns
    who = _who(form, columns)
    if who is None or form.cells[own].duplicated().any():
        return sheet
    people = dict(zip(form.cells[own], form.cells[who], strict=True))
    said = [people.get(number) for number in sheet.cells[at]]
    mine = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    met = bool(_PEOPLE & mine) and bool(CASE_FIELDS & set(columns) or set(EXPOSURE) & mine)
    rest = sheet.without_columns([i for i, heading in enumerate(sheet.headings) if _BY_PROGRAM.fullmatch(heading)])
    heading = "Contact of case" if met else "Patient ID"
    return rest.with_column(heading, [None if pd.isna(one) else str(one) for one in said], letter=sheet.letters[at])


def instruments_apart(sheet: Sheet) -> list[Sheet]:
    """Return the tables that an export of REDCap is: its form, and each repeated one with whose form its rows are of.

    Rows of a repeated form have its name in ``redcap_repeat_instrument`` and the number of the record in the first
    column, as the row of the form itself has it.
    """
    at = _places(sheet).get(_INSTRUMENT)
    if at is None or sheet.origin is not None or not len(sheet):
        return [sheet]
    record = sheet.cells[0]
    form = _of_rows(sheet, sheet.cells[at].isna().to_numpy(dtype=bool))
    columns = read_headings(form.headings, PEOPLE, {}).columns
    who = _who(form, columns)
    if who is None or form.cells[0].duplicated().any():
        return [sheet]
    people = dict(zip(form.cells[0], form.cells[who], strict=True))
    out = [form]
    for called in sheet.cells[at].dropna().unique():
        rows = (sheet.cells[at] == called).fillna(False).to_numpy(dtype=bool)
        part = _of_rows(sheet.without_columns([0]), rows, prefix=str(called))
        mine = set(read_headings(part.headings, PEOPLE, {}).columns)
        met = bool(_PEOPLE & mine) and bool(CASE_FIELDS & set(columns) or set(EXPOSURE) & mine)
        said = [people.get(number) for number in record[rows]]
        told = [None if pd.isna(one) else str(one) for one in said]
        out.append(part.with_column("Contact of case" if met else "Patient ID", told, letter=sheet.letters[0]))
    return out


def _of_rows(sheet: Sheet, rows: npt.NDArray[np.bool_], prefix: str = "") -> Sheet:
    """Return some rows of an export with the columns that these fill, but not what only the program noted of them."""
    given = np.flatnonzero(rows).tolist()
    part = sheet.with_rows(sheet.cells.iloc[given].reset_index(drop=True), given)
    noted = [i for i, heading in enumerate(sheet.headings) if _BY_REDCAP.fullmatch(heading)]
    empty = [i for i in range(len(sheet.headings)) if part.cells[i].isna().all()]
    part = part.without_columns({*noted, *empty})
    begin = f"{prefix}_"
    bare = [heading.removeprefix(begin) if prefix else heading for heading in part.headings]
    return replace(part, headings=tuple(_NAMES.get(heading, heading) if prefix else heading for heading in bare))


def _places(sheet: Sheet) -> dict[str, int]:
    return {heading: at for at, heading in enumerate(sheet.headings)}


def _who(form: Sheet, columns: Mapping[str, int]) -> int | None:
    """Return the column of a form that tells of whom it is: an id, else a name; not the numbers of its rows."""
    noted = _places(form)
    ids = [at for at in read_headings(form.headings, PEOPLE, {}).ids if form.headings[at] not in ("_id", _OWN, "_uuid")]
    found = next((at for at in ids if "name" not in form.headings[at].lower()), None)
    known = [columns.get(name) for name in ("case_code", "name")]
    return next((at for at in (found, *known, *ids) if at is not None and at != noted.get(_OWN)), None)


def with_choices_joined(sheet: Sheet) -> Sheet:
    """Return a sheet in which the answers of one question with several choices are one column of the chosen ones.

    ``contact_type/household``, ``contact_type/work`` with 0 and 1 become ``contact_type``.
    """
    if sheet.origin is not None:
        return sheet
    groups: dict[str, list[int]] = {}
    for at, heading in enumerate(sheet.headings):
        group, _, choice = heading.rpartition("/")
        if group and choice and _chooses(sheet.cells[at]):
            groups.setdefault(group, []).append(at)
    out, gone = sheet, list[int]()
    for group, places in groups.items():
        if len(places) < 2 or group in sheet.headings:
            continue
        options = [sheet.headings[at].rpartition("/")[2].replace("_", " ") for at in places]
        rows = sheet.cells[places].itertuples(index=False)
        chosen = [[o for o, cell in zip(options, row, strict=True) if _is_yes(cell)] for row in rows]
        texts = [", ".join(one) or None for one in chosen]
        out = out.with_column(group.rpartition("/")[2], texts, letter=sheet.letters[places[0]], as_read=sheet.original)
        gone += places
    return out.without_columns(gone) if gone else out


def _chooses(cells: pd.Series) -> bool:
    given = cells.dropna().unique()[:10]
    return 0 < len(given) <= 3 and all(text.lower() in _CHOSEN for text in given)


def _is_yes(cell: object) -> bool:
    return isinstance(cell, str) and cell.lower() in _YES
