"""What the forms ask: per kind of list its columns, what each wants, and two rows of examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

Example = str | Text | date | datetime | int
"""What stands in a cell of an example row."""


@dataclass(frozen=True, kw_only=True)
class FormColumn:
    """One column of a form.

    Attributes
    ----------
    head
        Its heading.
    told
        What is to be written.
    examples
        What the example rows say; of a column of choices these are choices.
    choices
        The set of words that it offers (see :data:`loaders.columns.words.CHOICE_WORDS`).
    needed
        Whether a row without it says nothing.
    """

    head: Text
    told: Text
    examples: tuple[Example, Example]
    choices: str | None = None
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form for one kind of list: its title, its columns, and the tables that its rows fill."""

    title: Text
    columns: tuple[FormColumn, ...]
    tables: tuple[str, ...]


def _column(
    head: Text, told: Text, one: Example, two: Example, *, choices: str | None = None, needed: bool = False
) -> FormColumn:
    return FormColumn(head=head, told=told, examples=(one, two), choices=choices, needed=needed)


_NAME: Final = _column(_("Full name"), _("family name first, in full"), "Lê Văn Mẫu", "Trần Thị Ví Dụ", needed=True)
_BORN: Final = _column(_("Year of birth"), _("four digits"), 1980, 1991)
_SEX: Final = _column(_("Sex"), _("choose"), "male", "female", choices="sex")
_PHONE: Final = _column(
    _("Phone number"), _("ten digits; tells people of one name apart"), "0912000001", "0912000002", needed=True
)
_ADDRESS: Final = _column(
    _("Address"),
    _("house, hamlet, commune, province"),
    "12 ấp Mẫu, xã Tân Hưng, tỉnh Cà Mau",
    "34 ấp Mẫu, xã Tân Hưng, tỉnh Cà Mau",
)
_CASE: Final = _column(_("Case id"), _("the code that other lists call this case by"), "BN34", "BN35", needed=True)
_INDEX: Final = _column(
    _("Index case"), _("the case id of whom this person met; several with a comma"), "BN34", "BN34, BN35", needed=True
)
_SAMPLE: Final = _column(
    _("Sample date"), _("day on which the sample was taken"), date(2021, 8, 2), date(2021, 8, 3), needed=True
)
_PEOPLE: Final = (_NAME, _BORN, _SEX, _PHONE)
_CASES: Final = (
    replace(_NAME, examples=("Nguyễn Văn Thử", "Phạm Thị Thử")),
    _BORN,
    _SEX,
    replace(_PHONE, examples=("0913000001", "0913000002")),
)

FORMS: Final[Mapping[str, Form]] = {
    "cases": Form(
        title=_("Cases (F0)"),
        tables=("persons", "cases"),
        columns=(
            _CASE,
            *_CASES,
            _ADDRESS,
            _column(_("Onset date"), _("first day of symptoms; empty without any"), date(2021, 8, 1), date(2021, 8, 2)),
            _SAMPLE,
            _column(_("Confirmation date"), _("day of the positive result"), date(2021, 8, 3), date(2021, 8, 4)),
            _column(_("Case classification"), _("choose"), "confirmed", "suspected", choices="classification"),
            _column(_("Found in"), _("choose"), "community", "quarantine", choices="found_in"),
            _column(_("Infector"), _("the case id of who infected them, where that is known"), "", "BN34"),
        ),
    ),
    "contacts": Form(
        title=_("Contacts (F1) of cases"),
        tables=("persons", "contacts"),
        columns=(
            *_PEOPLE,
            _ADDRESS,
            _INDEX,
            _column(_("First contact"), _("first day on which they met"), date(2021, 8, 1), date(2021, 8, 2)),
            _column(
                _("Last contact"), _("last day on which they met"), date(2021, 8, 2), date(2021, 8, 2), needed=True
            ),
            _column(_("Contact type"), _("choose"), "household", "work", choices="contact_kind"),
            _column(_("Contact place"), _("name of the place; empty at home"), "", _("Example market")),
            _column(_("Distance (m)"), _("metres; empty where it is not known"), 1, 2),
        ),
    ),
    "tests": Form(
        title=_("Test results"),
        tables=("persons", "tests"),
        columns=(
            *_PEOPLE,
            _SAMPLE,
            _column(_("Method"), _("choose"), "pcr", "antigen", choices="method"),
            _column(_("Pool"), _("the same for all of one pool; empty for a single sample"), "G1", ""),
            _column(_("Test result"), _("choose"), "negative", "negative", choices="result", needed=True),
            _column(_("Ct value"), _("of a positive PCR"), "", ""),
        ),
    ),
    "visits": Form(
        title=_("Who was where (check-in, checkpoint, guests)"),
        tables=("persons", "visits", "places"),
        columns=(
            *_PEOPLE,
            _column(_("Location"), _("name of the place"), _("Example market"), _("Example clinic"), needed=True),
            _column(
                _("Check in"), _("day and hour"), datetime(2021, 8, 2, 7, 30), datetime(2021, 8, 2, 9, 5), needed=True
            ),
            _column(_("Check out"), _("day and hour"), datetime(2021, 8, 2, 8, 15), datetime(2021, 8, 2, 10, 0)),
        ),
    ),
    "isolations": Form(
        title=_("People in isolation"),
        tables=("persons", "isolations"),
        columns=(
            *_PEOPLE,
            _ADDRESS,
            _column(_("Isolation kind"), _("choose"), "centre", "home", choices="isolation_kind"),
            _column(_("Isolation place"), _("name of the facility; empty at home"), _("Example quarantine centre"), ""),
            _column(_("Isolation start"), _("first day"), date(2021, 8, 2), date(2021, 8, 3), needed=True),
            _column(_("Isolation end"), _("last day, as ordered"), date(2021, 8, 16), date(2021, 8, 17)),
        ),
    ),
    "arrivals": Form(
        title=_("People who came from elsewhere"),
        tables=("persons", "arrivals"),
        columns=(
            *_PEOPLE,
            _ADDRESS,
            _column(_("Origin"), _("province and district from which they came"), _("Example province"), "Bình Dương"),
            _column(_("Arrival date"), _("day of arrival"), date(2021, 8, 2), date(2021, 8, 3), needed=True),
            _column(_("Vehicle"), _("plate, or number of the flight"), "69B-000.12", "69B-000.34"),
            _column(_("Checkpoint"), _("checkpoint passed"), _("Example checkpoint"), ""),
        ),
    ),
    "outbreaks": Form(
        title=_("Levels of the epidemic by unit"),
        tables=("outbreaks",),
        columns=(
            _column(
                _("Area name"),
                _("province, with its district before a comma where the level is that of the district"),
                "Bình Dương",
                _("Example district, Example province"),
                needed=True,
            ),
            _column(_("Epidemic level"), _("choose"), "very_high", "none", choices="outbreak_level", needed=True),
            _column(_("From day"), _("first day of that level"), date(2021, 7, 1), date(2021, 7, 15), needed=True),
            _column(_("To day"), _("last day; empty while it lasts"), "", date(2021, 8, 1)),
        ),
    ),
    "interviews": Form(
        title=_("Interviews: whom a case named, declared and investigated"),
        tables=("persons", "contacts"),
        columns=(
            _column(_("Named by"), _("the case id of who named them"), "BN34", "BN35", needed=True),
            *_PEOPLE,
            _column(_("Relationship"), _("to the case that named them"), _("colleague"), _("neighbour")),
            _column(_("First contact"), _("first day on which they met"), date(2021, 8, 1), date(2021, 8, 2)),
            _column(
                _("Last contact"), _("last day on which they met"), date(2021, 8, 2), date(2021, 8, 2), needed=True
            ),
            _column(_("Contact place"), _("name of the place; empty at home"), _("Example market"), ""),
            _column(_("Declared"), _("F1, or no contact, as the case says"), "F1", "F1"),
            _column(_("Investigated"), _("F1, or no contact, as was found"), "F1", _("no contact")),
            _column(_("Conclusion"), _("what holds where the two differ; empty: it is asked"), "", "F1"),
        ),
    ),
    "rosters": Form(
        title=_("Rosters: who worked, learned, sold or sat where"),
        tables=("persons", "visits", "places"),
        columns=(
            *_PEOPLE,
            _column(_("Location"), _("name of the place"), _("Example factory"), _("Example factory"), needed=True),
            _column(_("Production line"), _("line, team, ward; empty where there is none"), "3", "4"),
            _column(
                _("Attendance date"), _("day on which they were there"), date(2021, 8, 2), date(2021, 8, 2), needed=True
            ),
            _column(_("Hours"), _("from – to; empty: the whole day"), "6:00 - 14:00", "14:00 - 22:00"),
        ),
    ),
    "households": Form(
        title=_("Households: who lives in one home"),
        tables=("persons",),
        columns=(
            _column(_("Household no"), _("the same for all of one home"), "H1", "H1", needed=True),
            *_PEOPLE,
            _ADDRESS,
            _column(_("Relationship"), _("to the head of the household"), _("head"), _("child")),
        ),
    ),
    "diaries": Form(
        title=_("Diaries of vehicles: a row per trip"),
        tables=("persons", "visits", "places"),
        columns=(
            _column(_("Vehicle"), _("plate, or number of the flight"), "69B-000.12", "69B-000.12", needed=True),
            _column(_("Driver"), _("family name first, in full"), "Lê Văn Lái", "Lê Văn Lái", needed=True),
            _column(_("Day"), _("day of the trip"), date(2021, 8, 2), date(2021, 8, 3), needed=True),
            _column(_("Departure"), _("hour, 5:00"), "5:00", "6:00", needed=True),
            _column(_("Arrival"), _("hour; earlier than the departure: on the next day"), "7:30", "9:00", needed=True),
            _column(
                _("Destination"),
                _("name of the place where it stopped"),
                _("Example market"),
                _("Example clinic"),
                needed=True,
            ),
            _column(_("Passengers"), _("names, with a comma between"), "", ""),
        ),
    ),
    "passengers": Form(
        title=_("Passengers of vehicles"),
        tables=("persons", "visits", "places"),
        columns=(
            *_PEOPLE,
            _column(_("Vehicle"), _("plate, or number of the flight"), "69B-000.12", "69B-000.12", needed=True),
            _column(_("Seat"), _("number of the seat"), "A1", "A2"),
            _column(
                _("Check in"), _("day and hour"), datetime(2021, 8, 2, 7, 30), datetime(2021, 8, 2, 7, 30), needed=True
            ),
            _column(_("Check out"), _("day and hour"), datetime(2021, 8, 2, 12, 0), datetime(2021, 8, 2, 12, 0)),
        ),
    ),
}
"""The forms by kind of list."""
