"""Findings about rows, people, places and the load as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from loaders.messages.message import Message
from tracing.text import catalogue

_, _n = catalogue("loaders")

ROWS: Final[Mapping[str, Message]] = {
    "result.unknown": Message(
        "question",
        _("the result of this test is not understood; the test is loaded without it"),
        _("answer, or write positive, negative, pending or invalid"),
    ),
    "class.unknown": Message(
        "question",
        _("the class of this case is not known; suspected until it is"),
        _("answer, or write confirmed, suspected or discarded"),
    ),
    "person.differs": Message(
        "warning",
        _(
            "another list says something else of this person: {what}; the first value was kept, "
            "this one as an attribute"
        ),
        _("which one is right?"),
    ),
    "case.differs": Message(
        "question",
        _("another list says something else of this case: {what}"),
        _("which one is right?"),
    ),
    "reference.read_as": Message(
        "note",
        _n('"{value}" ({count} row) was read as "{read}"', '"{value}" ({count} rows) was read as "{read}"', 2),
        _("correct it if that is wrong"),
    ),
    "reference.unclear": Message(
        "question",
        _("{value}: more than one person fits, or one of several is meant{near}"),
        _("answer, or write the id"),
    ),
    "person.only_named": Message(
        "question",
        _("only a name is told, the name of somebody in another list; a person apart until that is answered"),
        _("answer, or write a telephone number or a year of birth"),
    ),
    "person.called": Message(
        "question",
        _("only a short name or a relation is told; a person apart until it is answered who this is"),
        _("answer, or write the full name with a telephone number or a year of birth"),
    ),
    "remark.isolation": Message(
        "note",
        _("{count} remarks tell since when somebody is isolated: read so"),
        _("nothing to do"),
    ),
    "origin.unclear": Message(
        "question",
        _("several districts have this name: {value}"),
        _("answer which one is meant, or write its province behind it"),
    ),
    "visit.no_hour": Message(
        "question",
        _("no hour is told of this row, and of the others there is: whether the person was there is not known"),
        _("answer, or write the hours"),
    ),
    "visit.denied": Message(
        "question",
        _("a remark says that this person did not go there, and the row tells hours"),
        _("answer, or correct the hours or the remark"),
    ),
    "visit.unsure": Message(
        "question",
        _("the cell leaves open whether this person was there, or another one of it"),
        _("answer, or name in it only those who were there"),
    ),
    "remark.people": Message(
        "question",
        _("a text speaks of a case or of company that no column holds; the row is used without it"),
        _("write each of these people into a row of its own and load again, or answer that it tells of no contact"),
    ),
    "remark.time": Message(
        "question",
        _("a remark tells a day, an hour or a change that no column holds; the row is used without it"),
        _("answer, or write it into a column of its own"),
    ),
    "isolation.from_arrival": Message(
        "note",
        _("{count} people are isolated since the day of their arrival, as no other day is told"),
        _("nothing to do"),
    ),
    "place.no_building": Message(
        "question",
        _("no building is named for these rooms, tables or teams: they are this list's own until it is"),
        _("answer, or write the place above the list"),
    ),
    "visit.no_place": Message(
        "question",
        _("a time, but no place where the person was is named"),
        _("answer, or write the place"),
    ),
    "shift.hours": Message(
        "question",
        _("a shift or part of the day is named without its hours: it counts as the whole day until they are told"),
        _("answer, or write the hours"),
    ),
    "movement.open": Message(
        "question",
        _("a part of what is told here names no place that others could be looked for at"),
        _("answer, or write the place"),
    ),
    "movement.nothing": Message(
        "note",
        _n(
            "{count} cell of this column tells of no day and no place; kept with the person",
            "{count} cells of this column tell of no day and no place; kept with the person",
            2,
        ),
        _("nothing to do"),
    ),
    "contact.declared_differs": Message(
        "question",
        _("declared and investigated differ: the contact waits for what somebody concludes"),
        _("answer, or write the conclusion into the form"),
    ),
    "diary.no_driver": Message(
        "question",
        _("nobody is named as the driver of this vehicle: its trips wait"),
        _("answer, or write the driver above the table"),
    ),
    "visit.seat_twice": Message(
        "question",
        _("this seat stands twice for one trip; it is nobody's until somebody says who sat there"),
        _("answer, or correct the seat"),
    ),
    "bluezone.meetings": Message(
        "note",
        _(
            "{count} rows of this log are {meetings} meetings; no rule turns the strength of a signal into metres, so "
            "the distance stays unknown"
        ),
        _("nothing to do"),
    ),
    "bluezone.nobody": Message(
        "question",
        _("no list says whose telephone had this id"),
        _('load the list that has a column "Bluezone ID" beside the people'),
    ),
    "result.no_sample": Message(
        "error",
        _("no list that was loaded names the people of this pool or sample"),
        _("load the list of the samples; this row waits for it"),
    ),
    "result.several": Message(
        "question",
        _("samples of several lists have this code"),
        _("answer to which of them the result belongs"),
    ),
    "result.differs": Message(
        "error",
        _("another result of this pool or sample is on record"),
        _("which one is right?"),
    ),
    "visit.absent": Message(
        "note",
        _n(
            "{count} person was not there, as the note says: no visit of theirs",
            "{count} people were not there, as their note says: no visit of theirs",
            2,
        ),
        _("nothing to do"),
    ),
    "visit.scans": Message(
        "note",
        _n(
            "{count} scan out ended the visit that the scan in before it began",
            "{count} scans out ended the visit that the scan in before them began",
            2,
        ),
        _("nothing to do"),
    ),
    "case.code_given": Message(
        "note",
        _("nobody has the code {value}; the one case of the name beside it, {read}, had none and has it now"),
        _("tell the case's code in the list of cases where that is wrong"),
    ),
    "contact.titled": Message(
        "note",
        _n(
            "whom this {count} person met is told once, in the title or the name of the list (their {words})",
            "whom these {count} people met is told once, in the title or the name of the list (their {words})",
            2,
        ),
        _("add a column for whom they met where that is wrong"),
    ),
    "stay.open": Message(
        "question",
        _("until when people stayed in this room is not told, and the list names no day of its own"),
        _("answer with the day until which they were there"),
    ),
    "roster.days": Message(
        "question",
        _("where these people belong is told, but not on which days they were there"),
        _("answer with the days"),
    ),
    "roster.gathering": Message(
        "question",
        _("the title tells a day, but nothing says where these people were on it"),
        _("answer with the place, or that it is only the day of the list"),
    ),
    "roster.month": Message(
        "question",
        _("the days of this sheet are of a month that nothing names"),
        _("answer with the month"),
    ),
    "roster.mark": Message(
        "question",
        _('"{value}": whether this mark means that the person was there is not known'),
        _("answer what the mark means"),
    ),
    "visit.next_day": Message(
        "note",
        _n(
            "in {count} row the end lies before the start: read as the next day",
            "in {count} rows the end lies before the start: read as the next day",
            2,
        ),
        _("write the day if that is wrong"),
    ),
    "person.missing": Message(
        "error",
        _("neither an id nor a name says who this is"),
        _("give an id"),
    ),
    "row.duplicate": Message(
        "note",
        _n(
            "{count} row says the same as another row; counted as already known",
            "{count} rows say the same as another row; counted as already known",
            2,
        ),
        _("nothing to do"),
    ),
    "row.conflict": Message(
        "error",
        _('another row of this load says something else for the same {table} "{key}": {columns}'),
        _("which one is right?"),
    ),
    "contact.self": Message(
        "error",
        _('a contact of "{value}" with itself'),
        _("who was the other person?"),
    ),
    "link.self": Message(
        "warning",
        _('"{value}" is named as its own source'),
        _("who was the source?"),
    ),
    "time.end_before_start": Message(
        "error",
        _("the end ({end}) lies before the start ({start})"),
        _("which of the two is right?"),
    ),
    "contact.last_only": Message(
        "note",
        _n(
            "only the last day of contact is known in {count} row: they met on that day, possibly before it too",
            "only the last day of contact is known in {count} rows: they met on that day, possibly before it too",
            2,
        ),
        _("add the first day where it is known"),
    ),
    "contact.first_only": Message(
        "note",
        _n(
            "only the first day of contact is known in {count} row: they met on that day, possibly after it too",
            "only the first day of contact is known in {count} rows: they met on that day, possibly after it too",
            2,
        ),
        _("add the last day where it is known"),
    ),
    "case.onset_after_sample": Message(
        "warning",
        _("the onset lies after the sample"),
        _("check the two dates"),
    ),
    "case.outcome_before_onset": Message(
        "warning",
        _("the outcome lies before the onset"),
        _("check the two dates"),
    ),
    "test.resulted_before_sample": Message(
        "warning",
        _("the result lies before the sample"),
        _("check the two dates"),
    ),
    "test.pool_positive": Message(
        "warning",
        _n(
            'pool "{value}" is positive: its {count} member needs a test of their own',
            'pool "{value}" is positive: its {count} members need a test of their own',
            2,
        ),
        _("test them one by one; a positive pool makes nobody a case"),
    ),
    "person.unknown": Message(
        "error",
        _("{value}: no such person{near}"),
        _("correct the id, or load the list that has this person first"),
    ),
    "person.set_aside": Message(
        "error",
        _("{value}: the row about this person was set aside"),
        _("correct that row, then load both"),
    ),
    "person.created": Message(
        "note",
        _n(
            "{count} person is only mentioned here; they were put on record without details",
            "{count} people are only mentioned here; they were put on record without details",
            2,
        ),
        _("load the list that has them when there is one"),
    ),
    "link.source_created": Message(
        "note",
        _n(
            "{count} source is in no list; they were put on record without details",
            "{count} sources are in no list; they were put on record without details",
            2,
        ),
        _("load the list that has them when there is one"),
    ),
    "link.not_a_case": Message(
        "note",
        _("sources that are no case are kept as attributes: {names}"),
        _("nothing to do"),
    ),
    "sensor.start_date": Message(
        "error",
        _("the file counts seconds from a day it does not name"),
        _("say --start-date"),
    ),
}
