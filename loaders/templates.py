"""Forms to fill in: an Excel workbook per kind of list, whose filled copy loads without a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loaders.columns.words import CHOICE_WORDS
from loaders.files.grid import OWN_PREFIX
from loaders.forms import FORMS, Form, FormColumn
from tracing.errors import UsageError
from tracing.text import Text, Words, catalogue, say

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_, _n = catalogue("loaders")

#: Rows of a form that have drop-downs and formats, and widths in characters.
_ROWS, _NARROW, _WIDE = 200, 12, 44
_FORMATS: Final = {"vi": ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"), "en": ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")}


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
    packed = BytesIO()  # a half-written file of this library would tell of itself
    book.save(packed)
    path.write_bytes(packed.getvalue())


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
