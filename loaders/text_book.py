"""A workbook (.xlsx) of texts, written row by row: its size costs time, not memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from loaders.files.grid import column_letter

#: Rows and characters that Excel can hold.
MOST_ROWS: Final = 1_048_576
_LONGEST: Final = 32_767
#: Widths in characters, and how many rows are measured for them.
_NARROW, _WIDE, _MEASURED = 8, 44, 500
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
#: Style 1 is text that is wrapped, at the top of its cell; style 2 is the same in bold.
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    "<left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + "".join(
        f'<xf numFmtId="49" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" '
        'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        for font in (0, 1)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, kw_only=True)
class TextSheet:
    """A sheet to be written.

    Attributes
    ----------
    name
        At most 31 characters that Excel allows, different from those of all other sheets.
    headings, rows
        Texts; None is an empty cell.
    wide
        Positions of columns of long texts.
    choices
        A drop-down for a cell each: its place, the range that it takes its choices from, whether other texts may be
        typed.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    wide: frozenset[int] = frozenset()
    choices: Sequence[tuple[str, str, bool]] = ()


def write_text_book(path: Path, sheets: Sequence[TextSheet]) -> None:
    """Write a workbook; every cell is text as it is, also where it begins like a formula.

    The bytes depend on the texts alone.

    Parameters
    ----------
    path
        The file, replaced if it exists.
    sheets
        At least one.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(_clean(sheet.name))} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    parts = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    last = len(sheets) + 1
    relations = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    fixed = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{kinds}</Types>',
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relations}{parts}<Relationship Id="rId{last}" Type="{_OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for name, text in fixed.items():
            book.writestr(_entry(name), text)
        for number, sheet in zip(numbers, sheets, strict=True):
            with book.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part:
                for text in _sheet_xml(sheet):
                    part.write(text.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet_xml(sheet: TextSheet) -> Iterator[str]:
    letters = [column_letter(at) for at in range(len(sheet.headings))]
    widths = "".join(
        f'<col min="{at + 1}" max="{at + 1}" width="{_width(sheet, at)}" customWidth="1"/>'
        for at in range(len(sheet.headings))
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        f'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols>'
        "<sheetData>"
    )
    yield _row_xml(1, letters, sheet.headings, 2)
    for number, row in enumerate(sheet.rows, start=2):
        yield _row_xml(number, letters, row, 1)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{len(sheet.rows) + 1}"/>{_drop_downs(sheet.choices)}'
    yield "</worksheet>"


def _row_xml(number: int, letters: Sequence[str], row: Iterable[object], style: int) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
        for letter, value in zip(letters, row, strict=True)
        if isinstance(value, str | int)  # what is missing leaves its cell empty
    )
    return f'<row r="{number}">{cells}</row>'


def _text(value: object) -> str:
    return escape(_clean(str(value)[:_LONGEST]), {"\r": "&#13;"})


def _clean(text: str) -> str:
    return text if text.isprintable() else _CONTROL.sub("", text)


def _width(sheet: TextSheet, at: int) -> int:
    if at in sheet.wide:
        return _WIDE
    texts = (str(row[at]) for row in sheet.rows[:_MEASURED] if isinstance(row[at], str | int))
    return max(min(max(map(len, (sheet.headings[at], *texts))) + 2, _WIDE), _NARROW)


def _drop_downs(choices: Sequence[tuple[str, str, bool]]) -> str:
    if not choices:
        return ""
    each = "".join(
        f'<dataValidation type="list" allowBlank="1"{"" if free else " showErrorMessage=" + quoteattr("1")} '
        f'sqref="{cell}"><formula1>{escape(where)}</formula1></dataValidation>'
        for cell, where, free in choices
    )
    return f'<dataValidations count="{len(choices)}">{each}</dataValidations>'
