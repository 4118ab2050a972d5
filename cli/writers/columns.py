"""The columns of a printed list: heading, width, and what stands in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from cli.language import say, spoken
from cli.shown import shown_day, shown_instant
from cli.words import CERTAIN, CHANGES, POSSIBLE
from tracing.text import Text, catalogue
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
}
_STATES: Final[Mapping[str, Text]] = {
    **COUNTS,
    "lapsed": _("days are over"),
    "none": _("none asked for"),
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


class Column(NamedTuple):
    """A column of a printed list; ``width`` in characters. One that can be left out is not shown where it is empty."""

    head: Text
    width: int
    cell: Callable[[Row], Cell]
    can_be_left_out: bool = False


def _as_it_is(name: str) -> Callable[[Row], Cell]:
    return lambda row: row[name]


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
    return ", ".join(shown_day(date.fromisoformat(day)) for day in (row["test_days"] or "").split("; ") if day)


def _doubts(row: Row) -> Cell:
    from tracing.evidence.doubts import say_doubts

    return say_doubts(row["doubts"], spoken())


COLUMNS: Final[Mapping[str, Column]] = {
    "person": Column(_("Id"), 14, _as_it_is("person")),
    "name": Column(_("Name"), 24, _as_it_is("name")),
    "born": Column(_("Born"), 8, _as_it_is("birth_year")),
    "tier": Column(_("Tier"), 6, _tier("tier", "")),
    "sure": Column(_("How sure"), 12, _sure),
    "last": Column(_("Last exposure"), 18, _instant("last_exposure")),
    "contact_of": Column(_("Contact of"), 22, _as_it_is("contact_of")),
    "contacts": Column(_("Contacts"), 10, lambda row: row["contacts"] or None),
    "clause": Column(_("Clause"), 16, _as_it_is("clause")),
    "quarantine": Column(_("Quarantine"), 18, _word("quarantine", _STATES)),
    "place": Column(_("Where"), 12, _word("quarantine_place", _WHERE)),
    "first": Column(_("First day"), 12, _day("quarantine_first")),
    "until": Column(_("Last day"), 12, _day("quarantine_last")),
    "tests": Column(_("Test days"), 30, _test_days),
    "watched": Column(_("Monitored until"), 12, _day("watched_until")),
    "counted": Column(_("Counted from"), 22, _word("counted_from", _COUNTED_FROM)),
    "schedule": Column(_("Schedule"), 22, _as_it_is("schedule")),
    "doses": Column(_("Doses"), 8, _as_it_is("doses"), can_be_left_out=True),
    "isolated": Column(_("Isolated since"), 18, _instant("isolated")),
    "isolation_kind": Column(_("As recorded"), 14, _word("isolation_kind", _RECORDED), can_be_left_out=True),
    "address": Column(_("Address"), 34, _as_it_is("address"), can_be_left_out=True),
    "doubts": Column(_("What keeps it from being certain"), 40, _doubts, can_be_left_out=True),
    "change": Column(_("Change"), 12, _word("change", CHANGES), can_be_left_out=True),
    "before": Column(_("Was"), 8, _tier("tier_before", None), can_be_left_out=True),
    "reason": Column(_("Why"), 44, lambda row: row[f"reason_{spoken()}"], can_be_left_out=True),
}
"""Names and addresses are columns only where the lists hold them."""
