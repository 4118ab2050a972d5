"""How the answer to a question in Cypher is written: headings and values in words, or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cli.language import say, spoken
from cli.shown import shown_day, shown_instant
from cli.writers.cells import without_formula
from tracing.text import Text, catalogue, say_number

if TYPE_CHECKING:
    from graph.neo4j.queries.answer import QueryAnswer

_, _n = catalogue("cli")

#: Numbers that name something.
_PLAIN: Final = ("born", "source_row", "seat_row")
COLUMNS: Final[Mapping[str, Text | str]] = {
    "area": _("area"),
    "area_name": _("area name"),
    "arrived": _("arrived"),
    "at": _("at"),
    "basis": _("by"),
    "became_cases": _("became cases"),
    "began": _("began"),
    "born": _("born"),
    "case": _("case"),
    "case_code": _("case code"),
    "cases": _("cases"),
    "certain": _("certain"),
    "checkpoint": _("checkpoint"),
    "commune": _("commune"),
    "contact": _("contact"),
    "contacts": _("contacts"),
    "contacts_a": _("contacts with 1st"),
    "contacts_b": _("contacts with 2nd"),
    "date": _("date"),
    "day": _("day"),
    "days_late": _("days late"),
    "depth": _("depth"),
    "end": _("end"),
    "end_assumed": _("end assumed"),
    "exposed": _("exposed"),
    "exposure": _("exposure"),
    "first": _("first"),
    "first_a": _("first met 1st"),
    "first_b": _("first met 2nd"),
    "first_exposure": _("first exposure"),
    "found_in": _("found in"),
    "household": _("household"),
    "isolated": _("isolated"),
    "kind": _("kind"),
    "last": _("last"),
    "last_exposure": _("last exposure"),
    "method": _("method"),
    "ct": "Ct",
    "f0": "F0",
    "name": _("name"),
    "name_of_f0": _("name of the case"),
    "name_of_other": _("other's name"),
    "origin": _("origin"),
    "other": _("other person"),
    "other_area": _("other area"),
    "other_name": _("its name"),
    "pairs": _("pairs"),
    "person": _("person"),
    "place": _("place"),
    "place_name": _("place name"),
    "possible": _("possible"),
    "recent": _("new cases"),
    "record": _("record"),
    "reported_by": _("reported by"),
    "sample": _("sample"),
    "seat": _("seat"),
    "seat_row": _("seat row"),
    "secondary": _("secondary"),
    "source_file": _("file"),
    "source_row": _("row"),
    "sources": _("sources"),
    "spreaders": _("source cases"),
    "start": _("start"),
    "step": _("step of the way"),
    "vehicle": _("vehicle"),
    "visits": _("visits"),
    "visits_of_cases": _("visits of cases"),
    "without_source": _("without source"),
    "minutes": _("minutes"),
    "share": _("share"),
}
"""Headings."""
OF_A_FEW: Final[Mapping[str, Mapping[str, Text]]] = {
    "basis": {
        "contact": _("contact"),
        "visit": _("visit"),
        "arrival": _("arrival declaration"),
        "household": _("same household"),
    },
    "found_in": {
        "community": _("community"),
        "quarantine": _("quarantine"),
        "zone": _("zone"),
        "home_isolation": _("home isolation"),
        "arrival": _("arrival"),
    },
}
"""Columns of a few values, and what people call them."""


def answer_table(answer: QueryAnswer) -> tuple[list[str], list[list[str]], list[int]]:
    """Return headings, rows of words, and which columns are figures."""
    figures = [
        place
        for place in range(len(answer.columns))
        if any(isinstance(row[place], int | float) and not isinstance(row[place], bool) for row in answer.rows)
    ]
    rows = []
    for row in answer.rows:
        told = zip(row, answer.columns, strict=True)
        rows.append([_time(v) if v is not None and c in answer.times else _cell(v, c) for v, c in told])
    return [say(COLUMNS.get(column, column)) for column in answer.columns], rows, figures


def _time(value: str) -> str:
    """Return a time of an answer, a day or a local instant, as people read it; what others put there as it is."""
    try:
        at = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return value
    return shown_instant(at) if isinstance(at, datetime) else shown_day(at)


def _cell(value: Any, column: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(_("yes")) if value else ""
    if isinstance(value, int):
        return say_number(value, spoken()) if column not in _PLAIN else str(value)
    if isinstance(value, float):
        return say_number(value, spoken(), digits=2)
    if isinstance(value, list):
        return ", ".join(_cell(one, column) for one in value)
    if (word := _word(value, column)) is not None:
        return word
    return str(value)


def _word(value: str, column: str) -> str | None:
    """Return what people call a value that is one of a few; None for one that somebody wrote, as a kind of place is."""
    if column == "kind":
        from tracing.model.places import KIND_WORDS

        return KIND_WORDS[value].say(spoken()) if value in KIND_WORDS else None
    word = OF_A_FEW.get(column, {}).get(value)
    return None if word is None else say(word)


def plain_value(value: Any) -> str:
    """Return the value of a parameter as a person types it: 7, not 7.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def answer_csv(answer: QueryAnswer) -> str:
    """Return an answer as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """Return a value as CSV holds it: lists joined by blanks, nothing that a spreadsheet takes for a formula."""
    if isinstance(value, list):
        value = " ".join(str(one) for one in value)
    return without_formula(value) if isinstance(value, str) else value
