"""The columns of a printed list: heading, width, and what stands in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from cli.language import say, spoken
from cli.short import short_of, shorten
from cli.shown import shown_area, shown_day, shown_instant
from cli.words import CERTAIN, CHANGES, POSSIBLE
from tracing.lists.lists import NO_SCHEDULE
from tracing.policy.words import F1_CLASSES, LEVELS
from tracing.text import Text, catalogue, say_meeting
from tracing.times import local

_, _n = catalogue("cli")

Cell = str | int | date | None
Row = Mapping[Any, Any]
"""A row of the lists, with None where nothing is known, and the time zone under "zone"."""

#: What an export calls the states of a quarantine that are counted.
COUNTS: Final[Mapping[str, Text]] = {
    "possible_only": _("only possible"),
    "running": _("in quarantine"),
    "due": _("to be quarantined"),
    "completed": _("completed"),
    "lapsed": _("days are over"),
    "none": _("none asked for"),
    "no_schedule": _("no days by the rule"),
}
_WHERE: Final[Mapping[str, Text | str]] = {"centre": _("centre"), "home": _("home"), "none": "–"}
_COUNTED_FROM: Final[Mapping[str, Text]] = {
    "last_exposure": _("last exposure"),
    "first_quarantine_day": _("first day of quarantine"),
}
_RECORDED: Final[Mapping[str, Text]] = {
    "hospital": _("hospital"),
    "centre": _("centre"),
    "home": _("home"),
    "zone": _("zone"),
}


class ListColumn(NamedTuple):
    """A column of a printed list; ``width`` in characters. One that can be left out is not shown where it is empty."""

    head: Text
    width: int
    cell: Callable[[Row], Cell]
    can_be_left_out: bool = False


def _as_it_is(name: str) -> Callable[[Row], Cell]:
    return lambda row: row[name]


def _born(row: Row) -> Cell:
    """Return the year of birth, and behind it those that other lists give."""
    also = row.get("also_born")
    return row["birth_year"] if also is None else f"{row['birth_year']} / {also}"


def _locality(row: Row) -> Cell:
    """Return the name of the commune; that it has none, or is not known, in words."""
    name = None if row["locality"] is None else shown_area(str(row["locality_name"]), str(row["locality"]))
    return ", ".join(filter(None, (row.get("apart"), name or say(_("Not known")))))


def _to_say(row: Row) -> Cell:
    """Return what somebody is called on the telephone: the short id; of a case without one the id itself."""
    return short_of(row["person"]) or (row["person"] if row.get("case") is True else None)


def _short(name: str) -> Callable[[Row], Cell]:
    return lambda row: None if row[name] is None else shorten(str(row[name]))


def _word(name: str, words: Mapping[str, Text | str]) -> Callable[[Row], Cell]:
    return lambda row: None if row[name] is None else say(words[row[name]])


def _day(name: str) -> Callable[[Row], Cell]:
    return lambda row: None if row[name] is None else date.fromisoformat(row[name])


def _instant(name: str) -> Callable[[Row], Cell]:
    return lambda row: None if row[name] is None else shown_instant(local(row[name], row["zone"]))


def _tier(name: str, otherwise: str | None) -> Callable[[Row], Cell]:
    return lambda row: otherwise if row[name] is None else f"F{row[name]}"


def _sure(row: Row) -> Cell:
    return None if row["tier"] is None else say(CERTAIN if row["certain"] else POSSIBLE)


def _test_days(row: Row) -> Cell:
    """Return the days of the tests; those that have passed say so."""
    days = [date.fromisoformat(day) for day in (row["test_days"] or "").split("; ") if day]
    passed = [row["today"] is not None and day < row["today"] for day in days]
    told = [
        say(_("{day} (passed)", day=shown_day(d))) if p else shown_day(d) for d, p in zip(days, passed, strict=True)
    ]
    return ", ".join(told)


def _span(row: Row) -> Cell:
    return say_meeting(row["start"], row["end"], spoken(), row["zone"], year=True)


def _reason(row: Row) -> Cell:
    return None if row[f"reason_{spoken()}"] is None else shorten(row[f"reason_{spoken()}"])


def _on_record(row: Row) -> Cell:
    return " · ".join(str(row[c]) for c in ("source_file", "source_sheet", "source_row") if row[c] is not None)


def _box(row: Row) -> Cell:
    return BOX


def _no_schedule(row: Row) -> Cell:
    return None if row["no_schedule"] is None else say(NO_SCHEDULE[row["no_schedule"]])


def _doubts(row: Row) -> Cell:
    from tracing.evidence.doubts import say_doubts

    return say_doubts(row["doubts"], spoken())


#: A box to tick on paper.
BOX: Final = "☐"

COLUMNS: Final[Mapping[str, ListColumn]] = {
    "number": ListColumn(_("No."), 5, _as_it_is("number")),
    "visited": ListColumn(_("Visited"), 7, _box),
    "sampled": ListColumn(_("Sample"), 7, _box),
    "short": ListColumn(_("Id to say"), 9, _to_say, can_be_left_out=True),
    "person": ListColumn(_("Id"), 14, _short("person")),
    "name": ListColumn(_("Name"), 18, _as_it_is("name")),
    "born": ListColumn(_("Born"), 6, _born),
    "phone": ListColumn(_("Phone"), 12, _as_it_is("phone")),
    "hamlet": ListColumn(_("Hamlet"), 12, _as_it_is("hamlet")),
    "address": ListColumn(_("Address"), 22, _as_it_is("address"), can_be_left_out=True),
    "tier": ListColumn(_("Tier"), 5, _tier("tier", "")),
    "sure": ListColumn(_("How sure"), 10, _sure),
    "f1_class": ListColumn(_("Class of F1"), 9, _word("f1_class", F1_CLASSES), can_be_left_out=True),
    "met": ListColumn(_("Whom and where they met"), 28, _short("met")),
    "last": ListColumn(_("Last exposure"), 12, _instant("last_exposure")),
    "quarantine": ListColumn(_("Quarantine"), 11, _word("quarantine", COUNTS)),
    "place": ListColumn(_("Where"), 8, _word("quarantine_place", _WHERE)),
    "first": ListColumn(_("First day"), 10, _day("quarantine_first")),
    "until": ListColumn(_("Last day"), 10, _day("quarantine_last")),
    "tests": ListColumn(_("Test days"), 18, _test_days),
    "watched": ListColumn(_("Monitored until"), 10, _day("watched_until")),
    "isolated": ListColumn(_("Isolated since"), 12, _instant("isolated"), can_be_left_out=True),
    "isolation_kind": ListColumn(_("As recorded"), 9, _word("isolation_kind", _RECORDED), can_be_left_out=True),
    "no_schedule": ListColumn(_("No days because"), 18, _no_schedule, can_be_left_out=True),
    "change": ListColumn(_("Change"), 10, _word("change", CHANGES), can_be_left_out=True),
    "before": ListColumn(_("Was"), 6, _tier("tier_before", None), can_be_left_out=True),
    "reason": ListColumn(_("Why"), 34, _reason, can_be_left_out=True),
}
"""The columns to work from, as a sheet has them."""

PRIVATE: Final = ("name", "phone", "hamlet", "address", "met")
"""Columns only where the lists hold them; with them ids stand on the last sheet alone."""

BEHIND: Final[Mapping[str, ListColumn]] = {
    "locality": ListColumn(_("Locality"), 24, _locality),
    "number": COLUMNS["number"],
    "short": ListColumn(COLUMNS["short"].head, 9, lambda row: short_of(row["person"]), can_be_left_out=True),
    "person": ListColumn(COLUMNS["person"].head, 14, _as_it_is("person")),
    "contact_of": ListColumn(_("Contact of"), 22, _as_it_is("contact_of")),
    "contacts": ListColumn(_("Contacts"), 10, lambda row: row["contacts"] or None),
    "clause": ListColumn(_("Clause"), 16, _as_it_is("clause")),
    "counted": ListColumn(_("Counted from"), 22, _word("counted_from", _COUNTED_FROM)),
    "schedule": ListColumn(_("Schedule"), 30, _as_it_is("schedule")),
    "doses": ListColumn(_("Doses"), 8, _as_it_is("doses"), can_be_left_out=True),
    "doubts": ListColumn(_("What keeps it from being certain"), 40, _doubts, can_be_left_out=True),
}
"""What is behind each row: ids, clauses, schedules; on the last sheet."""

FINDING: Final[Mapping[str, ListColumn]] = {
    **{
        name: column
        for name, column in COLUMNS.items()
        if name not in ("tier", "sure", "f1_class", "change", "before", "reason")
    },
    "contact_of": BEHIND["contact_of"],
    "locality": BEHIND["locality"],
    "schedule": BEHIND["schedule"],
}
"""The columns of those met to find the source of a case."""

MET_AFTER: Final[Mapping[str, ListColumn]] = {
    **{name: COLUMNS[name] for name in ("number", "name", "born", "phone", "hamlet")},
    "locality": BEHIND["locality"],
    "tier": COLUMNS["tier"],
    "met": COLUMNS["met"],
    "when": ListColumn(_("When"), 24, _span),
    "place": ListColumn(_("Place"), 12, _as_it_is("place"), can_be_left_out=True),
    "person": COLUMNS["person"],
    "case": ListColumn(_("Case"), 14, _short("case")),
    "case_code": ListColumn(_("Case code"), 12, _as_it_is("case_code"), can_be_left_out=True),
    "contact": ListColumn(_("Contact"), 14, _as_it_is("contact")),
    "record": ListColumn(_("Row on record"), 26, _on_record, can_be_left_out=True),
}
"""The columns of contacts met after an isolation: each is to be looked at, so ids and the row on record stand here."""

ARRIVALS: Final[Mapping[str, ListColumn]] = {
    **{name: COLUMNS[name] for name in ("number", "short", "person", "name", "born", "phone", "hamlet")},
    "locality": BEHIND["locality"],
    "tier": COLUMNS["tier"],
    "origin": ListColumn(_("Came from"), 22, _as_it_is("origin")),
    "arrived": ListColumn(_("Arrived"), 11, _day("arrived")),
    "level": ListColumn(_("Epidemic there"), 14, _word("level", LEVELS)),
    "place": COLUMNS["place"],
    "reason": COLUMNS["reason"],
    **{name: COLUMNS[name] for name in ("quarantine", "first", "until", "tests", "watched")},
    **{name: COLUMNS[name] for name in ("isolated", "isolation_kind", "no_schedule")},
    "schedule": BEHIND["schedule"],
    "record": MET_AFTER["record"],
}
"""The columns of people who came from elsewhere."""
