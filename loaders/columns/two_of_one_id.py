"""One id for two people, who differ in name and in year of birth or telephone, in lists of cases: asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from loaders.asked import Asked
from loaders.columns.corrected import corrected, filled
from loaders.columns.recognised import Recognised
from loaders.columns.references import is_answer
from loaders.columns.texts import told_of
from loaders.columns.values import read_ids
from loaders.options import Known
from loaders.questions import IN_WORDS, NOBODY, OTHER, Choice
from tracing.patterns import regex
from tracing.spelling import clean_name, fits_name, name_key, phone_numbers
from tracing.text import catalogue

_, _n = catalogue("loaders")

SAME: Final = "same"
"""Said of the row: it is the person whose id stands there, whatever else it tells."""
_YEAR: Final = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class _Bearer:
    """A row that bears an id: the list and the row, and what tells people apart."""

    number: int
    row: int
    name: str
    year: str | None
    phones: frozenset[str]

    def is_other(self, other: _Bearer) -> bool:
        """Tell whether two rows are about two people."""
        if fits_name(self.name, other.name) or fits_name(other.name, self.name):
            return False
        if self.year and other.year:
            return self.year != other.year
        return bool(self.phones and other.phones) and not self.phones & other.phones


def with_ids_apart(lists: Sequence[Recognised], known: Known | None, asked: Asked) -> list[Recognised]:
    """Return the lists with their cells corrected, without ids that stand for somebody else in another row.

    Whose such an id is, is asked; who is on record with it keeps it, else the person of whom most rows tell. A list in
    which more than every tenth row is such a one tells something else by its ids, and stays as it is.
    """
    lists = [corrected(found, asked) for found in lists]
    out = list(lists)
    for number, rows in _others(lists, known).items():
        found = lists[number]
        if len(rows) > max(1, len(found.sheet) // 10):
            continue
        at = found.reading.columns["person"]
        answers = {(row, at): answer for row in rows if (answer := _ask(found, row, at, asked)) != SAME}
        out[number] = filled(found, answers) if answers else found
    return out


def _ask(found: Recognised, row: int, at: int, asked: Asked) -> str:
    answer = asked.ask(
        found.sheet,
        "value",
        _("Another row gives this id to somebody of another name, year of birth or telephone: whose is it here?"),
        row=row,
        column=at,
        said=str(found.sheet.cells[at].iloc[row]),
        choices=[
            Choice(SAME, _("the same person: this id is right")),
            Choice(NOBODY, _("somebody else, whose id is not known")),
            Choice(OTHER, IN_WORDS),
        ],
    )
    return NOBODY if answer is None else answer


def _others(lists: Sequence[Recognised], known: Known | None) -> dict[int, list[int]]:
    """Return the number of each list -> its rows whose id another person bears; who is on record keeps it."""
    found: dict[int, list[int]] = defaultdict(list)
    for bearers in _shared(lists, known).values():
        rows: dict[str, list[_Bearer]] = defaultdict(list)
        for one in bearers:
            rows[name_key(one.name)].append(one)
        owner = min(rows, key=lambda name: (min(one.number for one in rows[name]) >= 0, -len(rows[name]), name))
        for one in bearers:
            if one.number >= 0 and one.is_other(rows[owner][0]):
                found[one.number].append(one.row)
    return found


def _shared(lists: Sequence[Recognised], known: Known | None) -> dict[str, list[_Bearer]]:
    """Return the ids under which lists of cases, and the record, have several names, with who bears them."""
    told = [_named(found, number) for number, found in enumerate(lists) if _names_cases(found)]
    if not told:
        return {}
    every = pd.concat(told, ignore_index=True)
    recorded = _on_record(known, every["id"])
    names = pd.concat([every, recorded[["id", "name"]]], ignore_index=True).drop_duplicates(["id", "name"])
    shared = set(names["id"][names["id"].duplicated()].tolist())
    out: dict[str, list[_Bearer]] = defaultdict(list)
    for ident, name, year, phone in recorded[recorded["id"].isin(shared)].itertuples(index=False, name=None):
        born = None if pd.isna(year) else str(year)
        out[ident].append(_Bearer(-1, 0, clean_name(name), born, frozenset(phone_numbers(phone or ""))))
    again = every[every["id"].isin(shared)]
    for ident, number, row in zip(again["id"].tolist(), again["number"].tolist(), again["row"].tolist(), strict=True):
        out[str(ident)].append(_bearer(lists[number], number, row))
    return out


def _on_record(known: Known | None, idents: pd.Series) -> pd.DataFrame:
    """Return id, name, year of birth and telephone of the cases on record that have one of these ids, and a name."""
    columns = {"person": "id", "name": "name", "birth_year": "birth_year", "phone": "phone"}
    read = getattr(known, "read", None)
    there = set() if known is None or read is None else known.among("cases", idents)
    if read is None or not there:
        return pd.DataFrame({name: pd.Series(dtype="string") for name in columns.values()})
    persons: pd.DataFrame = read(tables=["persons"]).persons
    told = persons[persons["person"].isin(there) & persons["name"].notna()][list(columns)].rename(columns=columns)
    return told.astype(object).where(told.notna(), None)


def _names_cases(found: Recognised) -> bool:
    columns = set(found.reading.columns)
    told = {"person", "name"} <= columns and "level" not in columns
    return found.makes_cases and told and len(found.reading.ids) == 1


def _named(found: Recognised, number: int) -> pd.DataFrame:
    """Return the ids and names of the rows of a list that tell both."""
    columns, cells = found.reading.columns, found.sheet.cells
    ids = read_ids(cells[columns["person"]])
    told = {"id": ids.where(~told_of(ids, is_answer)).array, "name": cells[columns["name"]].array}
    return pd.DataFrame({**told, "number": number, "row": np.arange(len(cells))}).dropna()


def _bearer(found: Recognised, number: int, row: int) -> _Bearer:
    told = found.sheet.cells.iloc[row]
    texts = {name: told[at] for name, at in found.reading.columns.items() if isinstance(told[at], str)}
    year = _YEAR.search(" ".join(texts[name] for name in ("birth_year", "birth_date") if name in texts))
    phones = frozenset(phone_numbers(texts.get("phone", "")))
    return _Bearer(number, row, clean_name(texts["name"]), None if year is None else year[0], phones)
