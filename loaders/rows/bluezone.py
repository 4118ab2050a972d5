"""Bluezone logs: own id, id of the other telephone, signal strength, time. Many rows are one meeting; ids change.

Whose an id was is told by another list (a column "Mã Bluezone" beside a person), or asked. How near two telephones
were is not made of the signal: no rule in force turns it into metres; it stays with the contact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.references import read_reference
from loaders.files.headings import PEOPLE, field_of
from loaders.options import Known
from loaders.people.directory import Directory
from loaders.questions import NOBODY, OTHER, Choice
from loaders.rows.tables import ROW, SHEET, Staged
from tracing.text import catalogue
from tracing.times import day_span

_, _n = catalogue("loaders")

#: An id lasts 15 minutes (Bluezone); rows of one pair that lie no further apart are one meeting.
GAP: Final = 15 * 60
_FIELD: Final = "bluezone"
_MILLISECONDS: Final = 10**11


def build_bluezone(
    logs: Sequence[tuple[int, Columns]], staged: Staged, people: Directory, owners: Mapping[str, set[str]]
) -> None:
    """Stage the meetings of all logs of a load as contacts. ``owners`` is id -> the people whose telephone had it."""
    seen = [_sightings(columns, number, people, owners, staged) for number, columns in logs]
    seen = [frame for frame in seen if len(frame)]
    if not seen:
        return
    table = pd.concat(seen, ignore_index=True)
    pair = ["person_a", "person_b"]
    table[pair] = np.sort(table[pair].to_numpy(dtype=object).astype(str), axis=1)
    table = table.sort_values([*pair, "_t", SHEET, ROW], kind="stable", ignore_index=True)
    other = (table[pair] != table[pair].shift()).any(axis=1) | (table["_t"].diff() > GAP)
    table["_meeting"] = other.cumsum()
    groups = table.groupby("_meeting", sort=False)
    first = groups.first().reset_index(drop=True)
    start, end, known = first["_t"].to_numpy(np.int64), groups["_t"].max().to_numpy(np.int64), np.ones(len(first), bool)
    signal, count = groups["_rssi"].max(), groups.size()
    said = [
        f'{{"rows": {rows}' + ("" if pd.isna(best) else f', "rssi": {int(best)}') + "}"
        for rows, best in zip(count, signal, strict=True)
    ]
    frame = first.drop(columns=["_t", "_rssi"]).assign(
        **span(Times(start, start, known), "start"),
        **span(Times(end, end, known), "end"),
        time_kind=pd.Series(pd.array(["presence"] * len(first), dtype="string")),
        attributes=pd.Series(pd.array(said, dtype="string")),
    )
    for name in pair:
        frame[name] = frame[name].astype("string")
    staged.put("contacts", frame)
    for number, columns in logs:
        meetings = int((frame[SHEET] == number).sum())
        columns.sheet.report(columns.log, "bluezone.meetings", count=len(columns.sheet), meetings=meetings)


def _sightings(
    columns: Columns, number: int, people: Directory, owners: Mapping[str, set[str]], staged: Staged
) -> pd.DataFrame:
    """Return the rows of a log that two known people are in, with time in seconds."""
    at = _instants(columns)
    own, other = (columns.text(name).str.lower() for name in ("own", "other"))
    a, b = _people_of(own, owners), _people_of(other, owners)
    a = a.fillna(_asked(columns, people, own[a.isna() & own.notna()]) or pd.NA)
    for who, field, ids in ((a, "own", own), (b, "other", other)):
        columns.require(field, ids)
        waits = np.flatnonzero(who.isna().to_numpy() & ids.notna().to_numpy() & ~columns.bad)
        columns.query("bluezone.nobody", waits, columns.at(field))
    frame = staged.frame(columns, number, {"person_a": a, "person_b": b})
    frame["_t"], frame["_rssi"] = at.start, pd.to_numeric(columns.text("rssi"), errors="coerce")
    same = (a == b).fillna(False).to_numpy(dtype=bool)
    return frame[at.known & a.notna().to_numpy() & b.notna().to_numpy() & ~same & ~columns.bad]


def _instants(columns: Columns) -> Times:
    """Read the times, milliseconds or seconds since 1970; one that is none or still to come sets its row aside."""
    number = pd.to_numeric(columns.text("time"), errors="coerce")
    number = number.where(number < _MILLISECONDS, number / 1000)
    known: npt.NDArray[np.bool_] = (number.notna() & (number > 0)).to_numpy(dtype=bool)
    columns.fail("required.missing", np.flatnonzero(~known), columns.at("time"))
    seconds = number.fillna(0).to_numpy(dtype=np.float64).astype(np.int64)
    today = columns.options.today
    if today is not None:
        late = known & (seconds >= day_span(today, columns.options.zone)[1])
        columns.fail("date.future", np.flatnonzero(late), columns.at("time"))
    return Times(seconds, seconds, known & ~columns.bad)


def _people_of(ids: pd.Series, owners: Mapping[str, set[str]]) -> pd.Series:
    """Return whose each id was, where exactly one person is told."""
    alone = {ident: next(iter(people)) for ident, people in owners.items() if len(people) == 1}
    return ids.map(alone, na_action="ignore").astype("string")


def _asked(columns: Columns, people: Directory, own: pd.Series) -> str | None:
    """Ask whose telephone wrote this log, once for the whole file."""
    if own.empty:
        return None
    answer = columns.asked.ask(
        columns.sheet,
        "reference",
        _("Whose telephone wrote this log?"),
        column=columns.at("own"),
        choices=[Choice(NOBODY, _("nobody known: leave it out")), Choice(OTHER, _("type the id of the person"))],
        rows=[int(row) for row in own.index],
    )
    if answer is None or answer == NOBODY:
        return None
    named = read_reference(answer).named
    found = people.find(named[0], cases=True) if named else None
    return found.people[0] if found is not None and found.sure else None


def owners_of(lists: Sequence[tuple[Columns, pd.Series]], known: Known | None) -> dict[str, set[str]]:
    """Return id -> people, from lists that say whose an id was, and from what is on record of people."""
    told = [(text, who) for columns, people in lists for text, who in zip(columns.text(_FIELD), people, strict=True)]
    read = getattr(known, "read", None)
    if read is not None:
        persons = read(tables=["persons"]).persons
        for who, attributes in zip(persons["person"], persons["attributes"], strict=True):
            held = json.loads(attributes) if isinstance(attributes, str) else {}
            told += [(value, who) for key, value in held.items() if (field_of(key, PEOPLE) or ("",))[0] == _FIELD]
    found: dict[str, set[str]] = {}
    for text, who in told:
        if isinstance(who, str):
            for ident in re.split(r"[\s;,]+", " ".join(text) if isinstance(text, list) else str(text)):
                found.setdefault(ident.lower(), set()).add(who)
    return found
