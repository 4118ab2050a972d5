"""The class of a case in a column of yes and no: ``suspected`` TRUE, ``probable`` yes, ``confirmed`` 1."""

from __future__ import annotations

from typing import Final

from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.looks import yes_or_no
from loaders.columns.values import words
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings, spaced

HEADING: Final = "Phân loại ca"
_CLASSES: Final = {"suspected": "suspected", "suspect": "suspected", "probable": "probable"}


def with_classes_told(sheet: Sheet) -> Sheet:
    """Return a list of cases with the class of each as a column, where a column says of which they are suspected."""
    found = {at: _CLASSES[word] for at, heading in enumerate(sheet.headings) if (word := spaced(heading)) in _CLASSES}
    if len(found) != 1 or sheet.origin is not None or not len(sheet):
        return sheet
    ((at, told),) = found.items()
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if "classification" in columns or not columns & CASE_FIELDS - {"sources"}:
        return sheet
    texts = sheet.cells[at]
    if not texts.notna().any() or not yes_or_no(texts):
        return sheet
    yes = texts.map(lambda text: words("flag").get(text.lower()) == "true", na_action="ignore").fillna(False)
    return sheet.with_column(HEADING, [told if one else None for one in yes.tolist()], letter=sheet.letters[at])
