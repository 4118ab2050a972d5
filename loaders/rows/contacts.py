"""Contact lists: whom each row's person met, on which days, at which hours, where."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.circumstances import is_plain_kind, read_circumstances
from loaders.columns.columns import Columns, span
from loaders.columns.dates import UNKNOWN, Times
from loaders.columns.days import several_days
from loaders.columns.further import CONTACT, further_fields
from loaders.columns.hours import with_day
from loaders.columns.remark import is_remark
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.values import words
from loaders.files.grid import distinct_texts
from loaders.files.trees import PARENT
from loaders.questions import NOBODY
from loaders.rows.daily import with_last_days
from loaders.rows.dated_remarks import with_hours_of_kinds, with_meetings_told
from loaders.rows.interview import FIELDS as INTERVIEW
from loaders.rows.interview import denied, named_by, none_on_any_day, tells_none, told_more, two_sided, verdicts
from loaders.rows.kind import Kind, ListRows, is_person
from loaders.rows.lost_days import ask_day_of_hours
from loaders.rows.matrix_cells import left_open, with_days_of_marks
from loaders.rows.refer import Resolved, column_of, resolve_column
from loaders.rows.tables import check_order, shown, time_kinds
from loaders.rows.taken_off import taken_off
from loaders.shapes.places_asked import NOWHERE
from tracing.model.coded import coded, encoded
from tracing.patterns import regex
from tracing.spelling import fold

_NOT_KNOWN: Final = frozenset({"khong nho", "khong ro", "chua ro", "khong biet", "quen", "khong nho ro", "nhieu noi"})
_HOME: Final = regex(r"(?:tai )?nha(?: rieng)?|o nha|home")
#: What words tell of a contact beside its kind.
_TOLD: Final = ("place", "protected", "distance", "minutes")
_CASE: Final = regex(r"f\s?0|ca (?:benh|duong|mac)|case")
_TITLED: Final = "(theo tieu de)"
_LOWER: Final = regex(r"f\s?[1-4]\b")


def contact_times(columns: Columns) -> tuple[Times, Times, pd.Series]:
    """Return first and last time of each row's contact, and whether these are presence or some time in between."""
    alone = columns.has("hours") and not columns.has("contact_date", "first_contact", "last_contact")
    if alone or (columns.has("contact_date") and columns.has("hours")):
        hours = columns.text("hours")
        days = _day_of_hours(columns, hours) if alone else columns.days("contact_date")
        begun, over = (days, days) if alone else _ends(columns, "contact_date")
        on = columns.time("contact_date", texts=with_day(days, hours).where(hours.notna(), begun.fillna(over)))
        ends = with_day(days, hours, to=True)
        until = columns.time("contact_date", texts=ends.fillna(over.where(hours.isna())))
    else:
        earliest, latest = _ends(columns, "contact_date")
        until = columns.time("contact_date", texts=latest)
        on = columns.time("contact_date", texts=earliest.fillna(latest)) if earliest.notna().any() else until
    earliest, latest = _ends(columns, "last_contact")
    if columns.has("hours") and columns.has("last_contact") and not columns.has("contact_date"):
        hours, days = columns.text("hours"), columns.days("last_contact")  # those of the last day
        until_hour = with_day(days, hours, to=True)
        earliest = with_day(days, hours).where(until_hour.notna(), earliest)
        latest = until_hour.fillna(with_day(days, hours).where(hours.notna())).fillna(latest)
    before = (
        columns.time("first_contact") if columns.has("first_contact") else columns.time("last_contact", texts=earliest)
    )
    first = two_sided(columns, "first", before)
    last = two_sided(columns, "last", columns.time("last_contact", texts=latest))
    start = Times(
        np.where(first.known, first.start, on.start), np.where(first.known, first.end, on.end), first.known | on.known
    )
    to_on = until.known & (~first.known | (until.start >= first.start))  # beside the first day one more is the last
    end = Times(
        np.where(last.known, last.start, until.start), np.where(last.known, last.end, until.end), last.known | to_on
    )
    start, end = with_hours_of_kinds(columns, *with_meetings_told(columns, start, end))
    start, end = with_days_of_marks(columns, start, end)
    name = "first_contact" if columns.has("first_contact") else "contact_date"
    check_order(columns, {name: start, "last_contact": end}, name, "last_contact", keep=True)
    only_last, only_first = end.known & ~start.known, start.known & ~end.known & first.known
    for rows, code, name in ((only_last, "last", "last_contact"), (only_first, "first", "first_contact")):
        if rows.any():
            columns.sheet.report(columns.log, f"contact.{code}_only", column=columns.at(name), count=int(rows.sum()))
    return start, end, time_kinds(start, end).mask(only_last, "last_day").mask(only_first, "first_day")


def _day_of_hours(columns: Columns, hours: pd.Series) -> pd.Series:
    """Return the day of the hours of a list that tells no day of contact: asked once, that of the title first."""
    open_rows, at = np.flatnonzero(hours.notna().to_numpy()), columns.at("hours")
    answer = ask_day_of_hours(columns, open_rows, at)
    if answer is None:
        columns.query("required.missing", open_rows, at)
    days = pd.Series(pd.array([None] * len(hours), dtype="string"))
    return days if answer in (None, NOBODY) else days.where(hours.isna(), answer)


def _ends(columns: Columns, name: str) -> tuple[pd.Series, pd.Series]:
    """Return the first day of the cells that name several ("20/7 và 22/7", "27-28/7"), and the last day of all."""
    codes, distinct = distinct_texts(with_last_days(columns, name))
    listed = [several_days(text) for text in distinct]
    firsts = [*(days[0] if days else None for days in listed), None]
    lasts = [*(days[-1] if days else text for days, text in zip(listed, distinct, strict=True)), None]
    first = pd.Series(firsts, dtype="string").take(codes).reset_index(drop=True)
    return first, pd.Series(lasts, dtype="string").take(codes).reset_index(drop=True)


def kinds(columns: Columns) -> pd.Series:
    """Return the kind of each contact: told, else by the words for the place or the relation ("Đám tang", "Vợ")."""
    texts = columns.text("kind")
    read = by_distinct(texts, lambda text: None if is_plain_kind(text) else read_circumstances(text).kind)
    told = columns.choice("kind", "contact_kind", texts=texts.where(~told_of(texts, _says_more)))
    known = words("contact_kind")
    told = told.fillna(read)
    for name in ("contact_place", "relation"):
        said = columns.text(name).map(lambda text: known.get(text.lower()) or known.get(fold(text)), na_action="ignore")
        told = told.fillna(said.astype("string"))
    return told


def _says_more(text: str) -> bool:
    """Tell whether a text of a column of kinds is no such word but tells how people met, or that they did not."""
    return tells_none(text) or (not is_plain_kind(text) and read_circumstances(text).told)


def _in_words(columns: Columns) -> dict[str, pd.Series]:
    """Return what the words of the column of kinds, else of the remarks, tell of each of :data:`_TOLD`."""
    out = {name: columns.empty() for name in _TOLD}
    reading = columns.found.reading
    remarks = [at for at in reading.kept if is_remark(columns.sheet.headings[at])]
    for at in [at for at in (columns.at("kind"), *remarks) if at is not None]:
        codes, distinct = encoded(columns.sheet.cells[at])
        told = [read_circumstances(text) for text in distinct.to_pylist()]
        for name, texts in out.items():
            out[name] = texts.fillna(coded(codes, [getattr(one, name) for one in told]).set_axis(texts.index))
    return out


def contact_place(columns: Columns) -> pd.Series:
    """Return the place of each contact; "at home" names no place."""
    place = columns.ids("contact_place")
    home = place.map(lambda text: _names_no_place(fold(text)), na_action="ignore").astype("boolean")
    return place.where(~home.fillna(False))


def _names_no_place(said: str) -> bool:
    return said in UNKNOWN or said in _NOT_KNOWN or bool(_HOME.fullmatch(said) or NOWHERE.fullmatch(said))


def build(rows: ListRows) -> None:
    """Stage the contacts of a list; a row without a readable reference keeps its person, and the contact waits."""
    parts = rows.columns.parts(CONTACT)
    for columns in parts:
        _build(replace(rows, columns=columns))
    at = rows.columns.at("index")
    nobody = ~rows.columns.bad
    for columns in parts:
        nobody &= columns.text("index").isna().to_numpy()
    if rows.columns.has("level") or (at is not None and rows.columns.sheet.headings[at] == PARENT):
        nobody &= _dated(rows.columns)  # a case stands among its contacts, and met nobody who is told
    rows.columns.query("required.missing", np.flatnonzero(nobody), at)


def _dated(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell which rows give a day of contact and are no case."""
    dated: npt.NDArray[np.bool_] = np.zeros(len(columns.sheet), dtype=bool)
    for name in ("first_contact", "last_contact", "contact_date"):
        dated |= columns.text(name).notna().to_numpy()
    return dated & ~told_of(columns.text("level"), lambda text: _CASE.match(fold(text)) is not None)


def _build(rows: ListRows) -> None:
    columns = rows.columns
    start, end, time_kind = contact_times(columns)
    at = columns.at("index")
    heading = fold(columns.sheet.headings[at]) if at is not None else ""
    found = resolve_column(rows, "index", cases=not _LOWER.search(heading))
    told = _in_words(columns)
    place = contact_place(columns).fillna(told["place"])
    protected = told["protected"].map({"true": True, "false": False}).astype("boolean")
    values = {
        "person_b": rows.person,
        **span(start, "start"),
        **span(end, "end"),
        "time_kind": time_kind,
        "kind": kinds(columns),
        "place": place,
        "distance_m": columns.number("distance_m").fillna(told["distance"].astype("Float64")),
        "minutes": columns.number("minutes").fillna(told["minutes"].astype("Float64")),
        "protected": columns.flag("protected").fillna(protected),
        "physical": columns.flag("physical"),
        "closed_space": columns.flag("closed_space"),
    }
    held = columns.lost("first_contact", "last_contact", "contact_date")
    said_of = verdicts(columns)
    held |= (
        left_open(columns)
        | said_of.none
        | said_of.open
        | denied(columns, dated=start.known | end.known)
        | taken_off(columns)
        | none_on_any_day(columns)
    )
    held[_own_cases(rows, found, at, told=not heading.endswith(_TITLED))] = True
    sure = [i for i, certain in enumerate(found.certain) if certain and not held[found.rows[i]]]
    if sure:
        positions = np.array([found.rows[i] for i in sure])
        frame = rows.staged.frame(columns, rows.sheet, values).iloc[positions].reset_index(drop=True)
        frame["person_a"] = column_of([found.people[i] for i in sure])
        if named_by(columns, at):
            frame["reported_by"] = frame["person_a"]
        keep = np.zeros(len(columns.sheet), dtype=bool)
        keep[positions] = [found.words[i] for i in sure]
        frame["attributes"] = _as_told(columns, at or 0, keep).iloc[positions].reset_index(drop=True)
        rows.staged.put("contacts", _not_with_oneself(rows, frame, at))
    rows.mention_places(place)


def _own_cases(rows: ListRows, found: Resolved, at: int | None, *, told: bool) -> list[int]:
    """Return the rows of cases that stand among their own contacts, known by name and telephone; they met nobody."""
    own = [row for row, ident in zip(found.rows, found.people, strict=True) if is_person(rows, row, ident)]
    if told:
        own = [row for row in own if found.people[found.rows.index(row)] != rows.people.id_of(rows.sheet, row)]
        rows.columns.note("contact.own", own, at)
    return own


def _as_told(columns: Columns, at: int, keep: npt.NDArray[np.bool_]) -> pd.Series:
    """Return the words that stay with a contact: whom it was with, where ``keep`` says so, and how they met."""
    said = {columns.sheet.headings[side]: texts for side, texts in told_more(columns).items()}
    said |= {columns.sheet.headings[at]: columns.text("index").where(pd.Series(keep))}
    kind = columns.at("kind")
    if kind is not None:
        told = columns.sheet.cells[kind]
        said[columns.sheet.headings[kind]] = told.where(~told_of(told, is_plain_kind))
    return columns.json(said)


def _not_with_oneself(rows: ListRows, frame: pd.DataFrame, column: int | None) -> pd.DataFrame:
    own = (frame["person_a"] == frame["person_b"]).fillna(False).to_numpy(dtype=bool)
    columns = rows.columns
    for row, ident in zip(frame.loc[own, "_row"], frame.loc[own, "person_a"], strict=True):
        columns.fail("contact.self", [int(row)], column, values=[shown(ident)])
    return frame[~own]


KIND: Final = Kind(
    name="contacts",
    fields=(
        "index",
        "first_contact",
        "last_contact",
        "contact_date",
        "hours",
        "kind",
        "contact_place",
        "distance_m",
        "minutes",
        "protected",
        "physical",
        "closed_space",
        "relation",
        *further_fields(CONTACT),
        *INTERVIEW,
    ),
    marks=(frozenset({"index"}),),
    build=build,
)
