"""What several lists say of one person or case, brought together: spellings agree, contradictions are asked about."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.dates import read_times
from loaders.columns.related import read_related
from loaders.files.headings import PEOPLE
from loaders.questions import OTHER, Choice, question_id
from loaders.rows.tables import ROW, SHEET
from tracing.spelling import clean_name, join_numbers
from tracing.text import Text, catalogue
from tracing.times import format_iso, parse_iso

_, _n = catalogue("loaders")

_PERSON: Final = (
    *("name", "sex", "birth_date", "birth_year", "phone", "national_id", "household", "area", "address", "occupation"),
    "vaccine_doses",
    "immune",
)
#: Facts of a person that cannot have two values.
_ONE_VALUE: Final = ("sex", "birth_year", "national_id")
_CASE: Final = ("case_code", "outcome", "asymptomatic", "source_known", "found_in", "status")
_CASE_TIMES: Final = ("onset", "sample", "confirmed", "isolated", "outcome_date", "exposure_start", "exposure_end")
#: Until it is answered which day is right, the one is taken that leaves the window of infection open longer.
_LATEST: Final = ("isolated",)
_QUESTIONS: Final[dict[str, Text]] = {
    "onset": _("Two lists give another day of onset: which one is right?"),
    "sample": _("Two lists give another day of the sample: which one is right?"),
    "confirmed": _("Two lists give another day of confirmation: which one is right?"),
    "isolated": _("Two lists give another time of isolation as a case: which one is right?"),
    "status": _("Two lists give another class of this case: which one is right?"),
}


def soft_rows(rows: pd.DataFrame, sheets: Sequence[Columns]) -> npt.NDArray[np.bool_]:
    """Tell which staged rows come from lists of people (not from our own tables)."""
    lists = [columns.found.layout == PEOPLE for columns in sheets]
    found: npt.NDArray[np.bool_] = np.array(lists, dtype=bool)[rows[SHEET].to_numpy(dtype=np.int64)]
    return found


def agree_on_people(rows: pd.DataFrame, sheets: Sequence[Columns], stored: pd.DataFrame | None) -> pd.DataFrame:
    """Return the staged rows of persons with one value per person and column; other spellings become attributes.

    What is on record, or in one of our own tables, stands; of lists alone the fuller spelling.
    """
    soft = soft_rows(rows, sheets)
    people, names = pd.factorize(rows["person"], use_na_sentinel=False)
    kept = {} if stored is None else {row["person"]: row for row in stored.to_dict("records")}
    recorded = np.array([name in kept for name in names], dtype=bool)
    if not soft.any() or not (recorded | (np.bincount(people, minlength=len(names)) > 1)).any():
        return rows
    order = np.argsort(people, kind="stable")
    of_person = np.split(order, np.cumsum(np.bincount(people))[:-1])
    out = rows.reset_index(drop=True).copy()
    also: dict[int, dict[str, str]] = {}
    at_sheet, at_row = (out[name].to_numpy(dtype=np.int64) for name in (SHEET, ROW))
    for name in _PERSON:
        given = out[name].notna().to_numpy()
        unlike = np.flatnonzero(recorded | _differ(people, out[name], order[given[order]], len(names))).tolist()
        if not unlike:
            continue
        values = out[name].to_numpy(dtype=object).copy()
        for number in unlike:
            person, found = names[number], of_person[number].tolist()
            mine = [at for at in found if given[at] and soft[at]]
            hard = [values[at] for at in found if given[at] and not soft[at]]
            if person in kept and not pd.isna(kept[person][name]):
                hard.insert(0, kept[person][name])
            if not mine or len({*(values[at] for at in mine), *hard}) == 1:
                continue
            chosen = hard[0] if hard else _best_value(name, [values[at] for at in mine])
            if name == "phone":
                chosen = join_numbers([*hard, *(values[at] for at in mine)])
            for at in mine:
                if values[at] != chosen:
                    if name in _ONE_VALUE:
                        columns = sheets[at_sheet[at]]
                        columns.note("person.differs", [int(at_row[at])], columns.at(name), what=name)
                    if name != "phone":
                        also.setdefault(at, {})[name] = str(values[at])
                    values[at] = chosen
        out[name] = pd.Series(values, dtype=rows[name].dtype)
    if also:
        places = list(also)
        held = out["attributes"].iloc[places].to_numpy(dtype=object)
        told = [_also(text, more) for text, more in zip(held, also.values(), strict=True)]
        attributes = out["attributes"].copy()
        attributes.iloc[places] = pd.array(told, dtype="string")
        out["attributes"] = attributes
    return out


def _differ(
    people: npt.NDArray[np.int64], values: pd.Series, order: npt.NDArray[np.int64], size: int
) -> npt.NDArray[np.bool_]:
    """Tell of which of ``size`` people the rows in ``order``, one person's behind each other, say different things."""
    codes, person = pd.factorize(values)[0][order], people[order]
    unlike = (codes[1:] != codes[:-1]) & (person[1:] == person[:-1])
    out = np.zeros(size, dtype=bool)
    out[person[1:][unlike]] = True
    return out


def _also(text: object, more: dict[str, str]) -> str:
    """Add other values to the attributes of a row."""
    held = json.loads(text) if isinstance(text, str) else {}
    return json.dumps({**held, **more}, ensure_ascii=False, sort_keys=True)


def _best_value(name: str, said: Sequence[Any]) -> Any:
    counts = Counter(said)
    if name == "name":
        return max(said, key=_fullness)
    if name == "birth_date":
        return min(counts, key=lambda v: (-len(str(v)), -counts[v], str(v)))
    return min(counts, key=lambda v: (-counts[v], str(v)))


def _fullness(name: str) -> tuple[object, ...]:
    """Return how much of a name a text tells: no relation, most words, no initials, accents, no capitals only."""
    words = len(clean_name(name).split())
    return read_related(name) is None, words, "." not in name, not name.isascii(), not name.isupper(), -len(name), name


def agree_on_cases(rows: pd.DataFrame, sheets: Sequence[Columns], zone: str) -> pd.DataFrame:
    """Return the staged rows of cases with one value per case and column; what contradicts is asked about."""
    soft = soft_rows(rows, sheets)
    work = rows[soft & rows["person"].duplicated(keep=False).to_numpy()]
    if work.empty:
        return rows
    out = rows.copy()
    for person, group in work.groupby("person", sort=True):
        if not rows.loc[(rows["person"] == person).to_numpy(dtype=bool) & ~soft].empty:
            continue
        for name in _CASE_TIMES:
            _agree_on_time(out, group, sheets, name, zone)
        for name in _CASE:
            if name not in group or group[name].nunique() < 2:
                continue
            told = group.index[group[name].notna()]
            chosen = _best_value(name, group.loc[told, name].tolist())
            if name in _QUESTIONS:
                values = sorted({str(value) for value in group.loc[told, name]})
                answer = _ask(group, told, sheets, name, values, str(person))
                chosen = answer if answer in values else min(values)
            out.loc[told, name] = chosen
    return out


def _agree_on_time(out: pd.DataFrame, group: pd.DataFrame, sheets: Sequence[Columns], name: str, zone: str) -> None:
    if name not in group:
        return
    told = group[group[name].notna()]
    spans = sorted({(int(a), int(b)) for a, b in zip(told[name], told[f"{name}_to"], strict=True)})
    if len(spans) < 2:
        return
    exact = [s for s in spans if not any(o != s and s[0] <= o[0] and o[1] <= s[1] for o in spans)]
    chosen = exact[-1] if name in _LATEST else exact[0]
    if len(exact) > 1:
        values = [format_iso(a, b, zone) for a, b in exact]
        answer = _ask(group, told.index, sheets, name, values, str(told["person"].iloc[0]))
        if answer is not None:
            chosen = parse_iso(answer, zone)
    out.loc[told.index, name], out.loc[told.index, f"{name}_to"] = chosen


def _ask(
    group: pd.DataFrame, told: pd.Index, sheets: Sequence[Columns], name: str, values: Sequence[str], person: str
) -> str | None:
    place = group.loc[told].sort_values([SHEET, ROW]).iloc[-1]
    columns, row = sheets[int(place[SHEET])], int(place[ROW])
    column = columns.at(name) if columns.has(name) else columns.at("isolation_start") if name == "isolated" else None
    ident = question_id("case", person, name, *values)
    answer = columns.asked.ask(
        columns.sheet,
        "case",
        _QUESTIONS.get(name, _("Two lists say something else of this case: which one is right?")),
        ids=[ident],
        row=row,
        column=column,
        said=" | ".join([name, *values]),
        choices=[*(Choice(value, _("{value}", value=value)) for value in values), Choice(OTHER, _("another"))],
        people=(person,),
    )
    if answer is not None and name in _CASE_TIMES and answer not in values:
        answer = _as_time(answer, columns.options.zone)
        if answer is None:
            columns.asked.reopen(ident)
    if answer is None:
        columns.note("case.differs", [row], column, what=name)
    return answer


def _as_time(text: str, zone: str) -> str | None:
    """Return a time in own words ("30/6/2021") as ISO text; None if it cannot be read."""
    read = read_times(pd.Series([text], dtype="string"), zone=zone, day_first=True)
    return format_iso(int(read.start[0]), int(read.end[0]), zone) if read.known[0] else None
