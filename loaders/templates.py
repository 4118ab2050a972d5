"""Forms to fill in: an Excel workbook per kind of list, whose filled copy loads without a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loaders.columns.words import CHOICE_WORDS
from loaders.files.grid import OWN_PREFIX
from tracing.errors import UsageError
from tracing.text import Text, Words, catalogue, say

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_, _n = catalogue("loaders")

Example = str | Text | date | datetime | int
#: Rows of a form that have drop-downs and formats, and widths in characters.
_ROWS, _NARROW, _WIDE = 200, 12, 44
_FORMATS: Final = {"vi": ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"), "en": ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")}


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
_ADDRESS: Final = _column(_("Address"), _("house, hamlet"), "12 ấp Mẫu", "34 ấp Mẫu")
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


def write_template(kind: str, path: Path, *, lang: str = "vi") -> None:
    """Write the form for one kind of list: its sheet to fill, and a sheet that explains it.

    Parameters
    ----------
    kind
        A key of :data:`FORMS`.
    path
        Where to write.
    lang
        "vi" or "en".

    Raises
    ------
    UsageError
        If there is no form of this kind.
    OSError
        If the file cannot be written.
    """
    import openpyxl

    if kind not in FORMS:
        raise UsageError(
            _("there is no form for {kind}", kind=repr(kind)), fix=_("one of {names}", names=", ".join(FORMS))
        )
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("List").say(lang)
    _write_form(sheet, FORMS[kind], lang)
    _write_help(book.create_sheet(_("Help").say(lang)), FORMS[kind], lang)
    book.save(path)


def example_rows(kind: str, lang: str = "vi") -> list[list[str | int | date | datetime]]:
    """Return the example rows of a form as they are filled in."""
    return [[_shown(column, number, lang) for column in FORMS[kind].columns] for number in (0, 1)]


def _shown(column: FormColumn, number: int, lang: str) -> str | int | date | datetime:
    example = column.examples[number]
    if isinstance(example, Text):
        return example.say(lang)
    if column.choices is not None:
        return CHOICE_WORDS[column.choices][str(example)].say(lang)
    return example


def _write_form(sheet: Worksheet, form: Form, lang: str) -> None:
    """Write the heads, and give the rows below their formats and drop-downs."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    for at, column in enumerate(form.columns, start=1):
        head = sheet.cell(1, at, column.head.say(lang))
        head.font = Font(bold=True, underline="single" if column.needed else None)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = max(_NARROW, min(len(str(head.value)) + 4, _WIDE))
        for row in range(2, _ROWS + 2):
            sheet.cell(row, at).number_format = _format(column, lang)
        if column.choices is not None:
            words = ",".join(text.say(lang) for text in CHOICE_WORDS[column.choices].values())
            check = DataValidation("list", f'"{words}"', allow_blank=True)
            check.add(f"{letter}2:{letter}{_ROWS + 1}")
            sheet.add_data_validation(check)


def _format(column: FormColumn, lang: str) -> str:
    example = column.examples[0] or column.examples[1]
    if isinstance(example, datetime):
        return _FORMATS[lang][1]
    if isinstance(example, date):
        return _FORMATS[lang][0]
    return "General" if isinstance(example, int) else "@"


def _write_help(sheet: Worksheet, form: Form, lang: str) -> None:
    """Write what each column wants, with examples; its heads tell a load that it is no list."""
    from openpyxl.styles import Alignment, Font

    words: Sequence[Words] = (_("column"), _("needed"), _("what to write"), _("example"), _("another example"))
    sheet.append([f"{OWN_PREFIX}{say(word, lang)}" for word in words])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in form.columns:
        offered = (
            ""
            if column.choices is None
            else ": " + ", ".join(text.say(lang) for text in CHOICE_WORDS[column.choices].values())
        )
        needed = _("yes").say(lang) if column.needed else ""
        examples = [_shown(column, number, lang) for number in (0, 1)]
        sheet.append([column.head.say(lang), needed, column.told.say(lang) + offered, *examples])
        for cell in sheet[sheet.max_row][3:]:
            cell.number_format = _format(column, lang)
    for letter, width in zip("ABCDE", (24, 12, 60, 24, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
