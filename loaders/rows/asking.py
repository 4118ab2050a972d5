"""What is asked of whole columns and of pairs of people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from loaders.asked import Asked
from loaders.columns.columns import Columns
from loaders.columns.hours import has_day
from loaders.columns.looks import Look, look_at, says_class, says_class_or_id, yes_or_no
from loaders.columns.mapping import field_meant
from loaders.columns.texts import told_of
from loaders.columns.words import KIND_WORDS, field_words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import KEEP, PEOPLE, fields_of, plain
from loaders.findings import FindingLog
from loaders.people.directory import Directory
from loaders.questions import (
    LEFT_OUT,
    NO,
    NOBODY,
    OTHER,
    YES,
    Choice,
    column_question,
    question_id,
    sheet_question,
)
from loaders.rows.kinds import used_fields
from loaders.rows.unnamed_case import ask_case, asks_for_case
from loaders.shapes.carers import has_carers
from loaders.shapes.itinerary import subject_question, tells_no_subject
from loaders.shapes.message import TEXT
from loaders.shapes.on_duty import people_in
from loaders.shapes.week_days import tells_weekdays
from tracing.model.schema import TABLES
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

#: Fields whose values must not stay unused without a question.
_MUST: Final = frozenset(
    [
        "first_contact",
        "last_contact",
        "contact_date",
        "onset",
        "sample",
        "confirmed",
        "isolation_start",
        "isolation_end",
        "arrived",
        "visit_start",
        "visit_end",
        "visit_date",
        "from_day",
        "to_day",
        "from_time",
        "to_time",
        "moment",
        "day",
        "hours",
        "shift",
        "sample_hour",
        "place",
        "contact_place",
        *("room", "block", "table", "stall", "boat", "ward", "class", "seat", "place_code", "isolation_kind"),
        *("index", "index_2", "index_3"),
        "sources",
        *("declared_at", "declared_first", "declared_last", "investigated_first", "investigated_last"),
        *("carer", "carer_start", "carer_end", "attendant", "driver_phone"),
        *("f1_name", "f2_name", "f3_name", "f1_id", "f2_id"),
        "vehicle",
        "resulted",
        "outcome_date",
        "exposure_start",
        "exposure_end",
        "isolated",
        "isolation_place",
        "checkpoint",
        "origin",
        "pool",
        "test_code",
        "people_met",
        "driver",
        "mate",
    ]
)
_BY_LOOK: Final = {
    "date": (
        "contact_date",
        "last_contact",
        "onset",
        "sample",
        "confirmed",
        "isolation_start",
        "isolation_end",
        "arrived",
        "visit_date",
        "birth_date",
    ),
    "hour": ("hours", "visit_start", "visit_end", "sample_hour"),
    "place": ("place", "contact_place", "isolation_place", "origin", "address"),
    "case": ("index", "sources"),
    "code": ("person", "case_code", "index", "test_code", "pool", "national_id", "vehicle", "room"),
    "phone": ("phone",),
    "national_id": ("national_id",),
    "plate": ("vehicle",),
    "name": ("name", "people_met", "driver", "mate", "contact_place", "isolation_place", "origin", "address"),
    "result": ("test_result", "classification"),
    "seat": ("room", "table", "stall", "vehicle", "test_code", "person", "case_code"),
    "text": (
        *("place", "room", "table", "vehicle", "origin", "address", "kind", "isolation_kind", "occupation", "symptoms"),
        *("people_met", "test_result"),
    ),
}

_OF_CLASSES: Final = ("classification", "outcome", "level", "test_result")
#: When a form was sent, as the program writes it into its answers.
_STAMP: Final = regex("dauthoigian|timestamp|thoigianphanhoi")
#: A second day of onset: the rule for measles counts from the rash, not from the fever before it.
_RASH: Final = regex("rash|phatban")
#: What a second column of the same meaning must not be passed over for, by what its values look like.
_TWICE: Final = frozenset({"date", "hour", "place", "case", "result"})
#: Fields of which a second column says nothing new: where somebody lives, when they were born, Ct of another gene.
_SAID: Final = frozenset(
    {"person", "address", "commune", "district", "province", "hamlet", "birth_date", "birth_year", "ct"}
)


def unused_columns(columns: Columns) -> dict[int, Look | None]:
    """Return the columns of days, hours, places, ids or cases that nothing uses."""
    found = columns.found
    asked: dict[int, Look | None] = dict(found.asked)
    for at, name in found.reading.double.items():
        told = found.reading.by.get(found.reading.columns.get(name, -1)) == "said"  # somebody chose the other one
        look = look_at(columns.sheet.cells[at]) if name not in _SAID and not told else None
        if (
            look is not None
            and not yes_or_no(columns.sheet.cells[at])
            and (name in ("index", "sources", "name", "test_result") or (look.kind in _TWICE and look.share >= 0.6))
        ):
            asked[at] = look
    if found.layout == PEOPLE:
        weekly = [at for at in (*found.reading.unused, *found.reading.kept) if tells_weekdays(columns.sheet, at)]
        asked |= dict.fromkeys(weekly) if not columns.has("visit_date", "day") else {}
        facts = frozenset(fact.name for fact in columns.sheet.facts)
        used = used_fields(frozenset(found.reading.columns), facts) | _used_beside(columns)
        for name in (_MUST & set(found.reading.columns)) - used:
            at = found.reading.columns[name]
            if columns.sheet.cells[at].notna().any() and not yes_or_no(columns.sheet.cells[at]):
                asked[at] = None
        if "visit_date" in used and _on_another_day(columns):
            asked[found.reading.columns["visit_date"]] = None
    return asked


def _used_beside(columns: Columns) -> frozenset[str]:
    """Return the fields that no kind of list uses and that say nothing new, or of which rows of their own are made."""
    fields = frozenset(columns.found.reading.columns)
    told = frozenset({"driver_phone"}) if "driver" in fields else frozenset()
    if "visit_start" in fields:
        told |= {"origin"}  # from where somebody came by a post that they passed
    if columns.has("attendant") and _have_rows(columns):
        told |= {"attendant"}
    if "household" in fields:
        told |= {"class"}  # of people by their homes the class is one more word about each
    if has_carers(columns.sheet):
        told |= {"carer", "carer_start", "carer_end"}
    at = columns.at("declared_at")
    stamped = at is not None and _STAMP.fullmatch(plain(columns.sheet.headings[at])) is not None
    return told | {"declared_at"} if stamped or columns.has("index") else told  # whom they met has a day of its own


def _have_rows(columns: Columns) -> bool:
    """Tell whether those who served have rows of their own in a list."""
    _, texts = distinct_texts(columns.text("attendant"))
    return not {name for text in texts for name in people_in(text)}.isdisjoint(columns.text("name").dropna())


def _on_another_day(columns: Columns) -> bool:
    """Tell whether the column of days of a list of visits tells others than its hours that have a day of their own."""
    quiet = Columns(columns.found, columns.options, FindingLog())
    if not told_of(columns.text("visit_start"), has_day).any() or not columns.has("visit_date"):
        return False
    day, start = quiet.time("visit_date"), quiet.time("visit_start")
    both = day.known & start.known & told_of(columns.text("visit_start"), has_day)
    return bool((both & ((start.start < day.start) | (start.start >= day.end))).any())


def _free(name: str, have: Collection[str], known: Collection[str]) -> str | None:
    """Return the field that a column may be: of what is told already a second one, where a row may tell two."""
    again = f"{name}_2"
    found = name if name not in have else again if again in known and again not in have else None
    return found if found in known else None


def ask_columns(sheets: Sequence[Columns], people: Directory) -> None:
    """Ask what every column is that must not be passed over; an answer is given before the sheet is recognised."""
    for columns in sheets:
        whom = False
        for at, look in sorted(unused_columns(columns).items()):
            means = next((name for name, column in columns.found.reading.columns.items() if column == at), None)
            if asks_for_case(columns, means):
                if not whom:
                    ask_case(columns, people, at)
                whom = True
                continue
            cells = columns.sheet.cells[at]
            kind = (look or look_at(cells)).kind
            names = _BY_LOOK.get(kind, _BY_LOOK["date"])
            if kind == "text" and look is not None and says_class_or_id(heading := columns.sheet.headings[at], cells):
                names = _OF_CLASSES if says_class(heading) else _BY_LOOK["code"]
            known = fields_of(columns.found.layout)
            have = columns.found.reading.columns
            choices = [Choice(n, field_words(n)) for name in names if (n := _free(name, have, known)) is not None]
            if _RASH.search(plain(columns.sheet.headings[at])) and "onset" in have:
                choices.insert(0, Choice("onset", _("the day of onset, where the rule counts from the rash (measles)")))
            if tells_weekdays(columns.sheet, at):
                text = _("Days of the week, and not from when to when they hold: write these two days into the title")
                choices = []
            else:
                text = _why_open(columns, at, means)
            choices += [Choice(KEEP, _("nothing that a rule asks for: keep it")), Choice(OTHER, _("another column"))]
            given = columns.sheet.cells[at].notna()
            ident = column_question(columns.sheet, columns.sheet.headings[at])
            if (
                columns.asked.ask(
                    columns.sheet,
                    "column",
                    text,
                    ids=[ident],
                    column=at,
                    choices=choices,
                    rows=np.flatnonzero(given.to_numpy(dtype=bool)),
                )
                is not None
            ):
                columns.asked.reopen(ident)  # the answer makes no use of the column
            columns.sheet.report(columns.log, "column.meaning", column=at)


def _why_open(columns: Columns, at: int, means: str | None) -> Text:
    """Return what is asked of a column that nothing uses, and why, where somebody has said already what it is."""
    said = columns.asked.answers.given.get(column_question(columns.sheet, columns.sheet.headings[at]))
    if said is not None and field_meant(said, fields_of(columns.found.layout)) is None:
        return _("The answer names no column that there is: what is this column? Choose one of those below")
    if means is not None and columns.found.reading.by.get(at) == "said":
        field = field_words(means)
        return _("As {field} nothing in this list can use it: what is this column?", field=field)
    return _("Nothing uses this column: what is it?")


#: How the head of an official letter begins, without accents.
_LETTERHEAD: Final = regex(
    r"(?:uy ban nhan dan|ubnd|so y te|bo y te|trung tam|tram y te|benh vien|ban chi dao|cong hoa)\b"
)


def ask_sheets(sheets: Sequence[Sheet], asked: Asked) -> None:
    """Ask what a sheet lists that is not recognised: a table, or nothing of ours."""
    for sheet in sheets:
        if tells_no_subject(sheet):
            text, ident = _("Days and places, and nobody is named: whose itinerary is this?"), subject_question(sheet)
            choices = [Choice(OTHER, _("type the id or the full name")), Choice(NOBODY, LEFT_OUT)]
            asked.ask(sheet, "reference", text, ids=[ident], rows=range(len(sheet)), choices=choices)
            continue
        if not len(sheet) and len(sheet.headings) == 1 and _LETTERHEAD.match(fold(sheet.headings[0])):
            continue  # the head of a text below which nothing stands
        ident = sheet_question(sheet)
        if sheet.headings == (TEXT,):
            asked.ask(
                sheet,
                "sheet",
                _(
                    "A text that could not be read. Write who met the case on a line each (F1 of BN34: name, year, "
                    "telephone, day) and load it again; or leave it out"
                ),
                ids=[ident],
                rows=range(len(sheet)),
                choices=[Choice(NOBODY, LEFT_OUT)],
            )
            continue
        answer = asked.ask(
            sheet,
            "sheet",
            _("What does this sheet list?"),
            ids=[ident],
            rows=range(len(sheet)),
            choices=[*(Choice(name, KIND_WORDS[name]) for name in (PEOPLE, *TABLES)), Choice(NOBODY, LEFT_OUT)],
        )
        if answer is not None:
            asked.reopen(ident)  # the sheet cannot be read as that


def ask_people(directory: Directory, sheets: Sequence[Columns], asked: Asked) -> None:
    """Ask whether two people are one, where it changes who is a case."""
    for doubt in (*directory.settled, *directory.doubts):
        places = sorted((*doubt.one.places, *doubt.other.places))
        if not places:
            continue
        number, row = places[0]
        people = tuple(sorted((doubt.one.key, doubt.other.key)))
        case = doubt.one if doubt.one.case else doubt.other
        if doubt.why == "id":
            text = _("Two rows whose ids differ only in spelling: one person?")
        elif doubt.why == "name":
            text = _("Somebody of whom only the name is told, and somebody of that name: one person?")
        else:
            text = _("The same name and telephone number under two ids, one of them a case: one person?")
        asked.ask(
            sheets[number].sheet,
            "person",
            text,
            ids=[question_id("person", *people)],
            row=row,
            choices=[
                Choice(
                    YES,
                    _("one person"),
                    _("{id} stands for both: their contacts are contacts of the case", id=case.key),
                ),
                Choice(NO, _("two people"), _("both stay as they are")),
            ],
            people=people,
        )
