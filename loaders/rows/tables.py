"""A recognised sheet to rows of the record tables, for our own plain tables and sensor files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.values import WORD_SETS
from loaders.rows.identity import unlike_others
from tracing.model.schema import ROOM, TABLES, Column
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.times import DAY, format_iso, instant

#: Columns that tell from which sheet and row of this load a staged row comes.
SHEET, ROW = "_sheet", "_row"
#: Staged beside the record tables: places that a list names without describing them.
MENTIONED_PLACES: Final = "_mentioned_places"
CHOICE_SETS: Final = {
    ("contacts", "kind"): "contact_kind",
    ("isolations", "kind"): "isolation_kind",
    ("cases", "status"): "classification",
    ("counts", "what"): "counted",
}
"""The set of words of a column, where it has another name."""
_ENDED: Final = {
    "contacts": ("start", "end"),
    "visits": ("start", "end"),
    "isolations": ("start", "end"),
    "areas": ("valid_from", "valid_to"),
    "outbreaks": ("valid_from", "valid_to"),
}
_SENSOR_STEP: Final = 20
_ROOM: Final = regex(r"\b(room|phong|buong)( so)? ?[a-z]?\d+")
#: Staged beside the record tables: the names of commune and district in which people of a list live.
NAMED_AREAS: Final = "_named_areas"


@dataclass
class Staged:
    """Rows of record tables on their way, each with its sheet and row, and what is to be known about them."""

    tables: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    notes: dict[tuple[int, str], int] = field(default_factory=dict)

    def add(
        self,
        table: str,
        columns: Columns,
        sheet: int,
        values: dict[str, pd.Series],
        where: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Stage one row of ``table`` per row of the sheet (or per row of ``where``)."""
        frame = self.frame(columns, sheet, values)
        self.put(table, frame if where is None else frame[where])

    def frame(self, columns: Columns, sheet: int, values: dict[str, pd.Series]) -> pd.DataFrame:
        """Return one row per row of the sheet, with its source and place in the load."""
        frame = pd.DataFrame({**values, **columns.source()}, copy=False)
        frame[SHEET], frame[ROW] = sheet, np.arange(len(frame))
        return frame

    def put(self, table: str, frame: pd.DataFrame) -> None:
        """Stage rows made by :meth:`frame`."""
        if len(frame):
            self.tables.setdefault(table, []).append(frame)

    def table(self, name: str) -> pd.DataFrame | None:
        """Return all staged rows of a table, or None."""
        frames = [f for f in self.tables.get(name, []) if len(f)]
        if len(frames) == 1:
            return frames[0].reset_index(drop=True)
        return pd.concat(frames, ignore_index=True) if frames else None


def build_table(columns: Columns, sheet: int, staged: Staged) -> None:
    """Stage the rows of a sheet that is one of our own plain tables."""
    name = columns.found.layout
    table = TABLES[name]
    values: dict[str, pd.Series] = {}
    spans: dict[str, Times] = {}
    for column in table:
        if column.kind == "time":
            spans[column.name] = _time(columns, name, column)
        elif column.name != "birth_date":
            values[column.name] = _value(columns, name, column)
    if name == "persons":
        values["birth_date"], values["birth_year"] = columns.birth()
    if name in _ENDED:
        check_order(columns, spans, *_ENDED[name])
    if name == "contacts":
        values["time_kind"] = values["time_kind"].fillna(time_kinds(spans["start"], spans["end"]))
        spans["end"] = filled_end(spans["start"], spans["end"])
    for column in table:
        if column.required:
            columns.require(column.name, spans[column.name].known if column.kind == "time" else values[column.name])
    check_pairs(columns, name, values)
    for key, times in spans.items():
        values |= span(times, key)
    values["attributes"] = columns.attributes()
    staged.add(name, columns, sheet, values)


def _time(columns: Columns, table: str, column: Column) -> Times:
    if table == "visits" and columns.has("date"):
        return visit_time(columns, column.name)
    return columns.time(column.name, field_name=f"{table.removesuffix('s')}_{column.name}")


def _value(columns: Columns, table: str, column: Column) -> pd.Series:
    read: dict[str, Callable[[], pd.Series]] = {
        "id": lambda: columns.ids(column.name),
        "text": lambda: columns.text(column.name),
        "flag": lambda: columns.flag(column.name),
        "integer": lambda: columns.number(column.name, whole=True),
        "number": lambda: columns.number(column.name),
        "choice": lambda: columns.choice(
            column.name, CHOICE_SETS.get((table, column.name)) or WORD_SETS.get(column.name, column.name)
        ),
    }
    if column.name == "phone":
        return columns.phone()
    if column.name == "national_id":
        return columns.national_id()
    if (table, column.name) == ("cases", "outcome"):
        return columns.choice("outcome", "outcome", open_set=True)
    if (table, column.name) == ("visits", "seat_row") and not columns.has("seat_row") and columns.has("seat"):
        return columns.text("seat").str.extract(r"^(\d+)\s*[A-Za-z]?$")[0].astype("Int64")
    return read[column.kind]()


def visit_time(columns: Columns, name: str) -> Times:
    """Return a visit's start or end where the day and the hours stand in columns of their own."""
    days, hours = columns.text("date"), columns.text(name)
    alone = hours.str.match(r"^\d{1,2}\s*(?:[:hH]|giờ)").fillna(False)
    joined = (days + " " + hours.str.replace(r"^(\d:)", r"0\1", regex=True)).where(alone, hours)
    joined = joined.where(hours.notna(), days if name == "start" else None)
    times = columns.time("date" if not columns.has(name) else name, texts=joined, field_name=name)
    if name == "end" and alone.any():
        first = visit_time_quiet(columns)
        over = alone.to_numpy(dtype=bool) & times.known & first.known & (times.end < first.start)
        times.start[over] += DAY
        times.end[over] += DAY
    return times


def visit_time_quiet(columns: Columns) -> Times:
    """Read the starts again without noting anything (they were noted the first time)."""
    from loaders.findings import FindingLog

    return visit_time(Columns(columns.found, columns.options, FindingLog()), "start")


def check_order(columns: Columns, spans: dict[str, Times], first: str, second: str, *, keep: bool = False) -> None:
    """Mark rows whose end certainly lies before their start; with ``keep`` the end is left out and asked for."""
    start, end = spans[first], spans[second]
    wrong = np.flatnonzero(start.known & end.known & (end.end < start.start))
    wrong = np.union1d(
        wrong, np.flatnonzero(start.known & end.known & (end.end == start.start) & (end.end > end.start))
    )
    zone = columns.options.zone
    for row in wrong.tolist():
        if keep:
            end.known[row] = False
            answer = columns.answered_time(row, second, "time.end_before_start")
            if answer is not None:
                end.start[row], end.end[row], end.known[row] = *answer, True
                continue
        (columns.lose if keep else columns.fail)(
            "time.end_before_start",
            [row],
            columns.at(second),
            start=format_iso(int(start.start[row]), int(start.end[row]), zone),
            end=format_iso(int(end.start[row]), int(end.end[row]), zone),
        )


def time_kinds(start: Times, end: Times) -> pd.Series:
    """*presence* where both start and end are given instants, else *sometime*."""
    both = start.known & end.known & (start.start == start.end) & (end.start == end.end)
    return pd.Series(pd.array(np.where(both, "presence", "sometime"), dtype="string"))


def filled_end(start: Times, end: Times) -> Times:
    """An empty end is the same instant or day as the start."""
    fill = start.known & ~end.known
    return Times(np.where(fill, start.start, end.start), np.where(fill, start.end, end.end), end.known | fill)


def named_rooms(places: pd.DataFrame) -> pd.DataFrame:
    """Return places that are only mentioned, those named like a room ("Phòng 204", "Room 12B") as rooms."""
    kind = places["kind"] if "kind" in places else pd.Series(pd.NA, index=places.index, dtype="string")
    a_room = places["place"].map(lambda name: _ROOM.search(fold(str(name))) is not None).astype(bool)
    return places.assign(kind=kind.where(~(kind.isna() & a_room), ROOM))


def check_pairs(columns: Columns, table: str, values: dict[str, pd.Series]) -> None:
    """Mark contacts and links of somebody with themselves; note ids unlike nearly all: a place among people."""
    sides = {"contacts": ("person_a", "person_b", "contact.self"), "links": ("source", "target", "link.self")}
    if table in sides:
        a, b, code = sides[table]
        same = np.flatnonzero((values[a] == values[b]).fillna(False).to_numpy(dtype=bool))
        columns.fail(code, same, columns.at(b), values=[shown(v) for v in values[a].iloc[same]])
        both = pd.concat([values[a], values[b]], ignore_index=True)
        odd, size = unlike_others(both, both.drop_duplicates()), len(values[a])
        columns.note("id.unlike", odd[odd < size], columns.at(a))
        columns.note("id.unlike", odd[odd >= size] - size, columns.at(b))


def shown(ident: object) -> str:
    """Return an id as a message may show it: not one that is a name or a phone number."""
    text = str(ident)
    private = " " in text or sum(c.isdigit() for c in text) >= 9
    return "…" if private else text


def build_sensor(columns: Columns, sheet: int, staged: Staged) -> None:
    """Stage the contacts of a sensor file: ``t i j``, in contact during the 20 s that end at second ``t``."""
    seconds = pd.to_numeric(columns.text("t"), errors="coerce")
    start_date = columns.options.start_date
    since_1970 = bool((seconds > 500_000_000).all())
    if start_date is None and not since_1970:
        columns.fail("sensor.start_date", range(len(columns.sheet)))
        columns.sheet.report(columns.log, "sensor.start_date")
        return
    zero = 0
    if start_date is not None and not since_1970:
        zero = instant(datetime(start_date.year, start_date.month, start_date.day), columns.options.zone)
    known = seconds.notna().to_numpy()
    ends = zero + seconds.fillna(0).to_numpy(dtype=np.int64)
    values = {"person_a": columns.ids("i"), "person_b": columns.ids("j")}
    for name in ("i", "j"):
        columns.require(name, columns.ids(name))
    columns.require("t", known)
    check_pairs(columns, "contacts", values)
    values |= span(Times(ends - _SENSOR_STEP, ends - _SENSOR_STEP, known), "start")
    values |= span(Times(ends, ends, known), "end")
    values["time_kind"] = pd.Series(pd.array(["presence"] * len(columns.sheet), dtype="string"))
    values["attributes"] = columns.attributes()
    staged.add("contacts", columns, sheet, values)
