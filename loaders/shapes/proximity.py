"""How near two people were, in the words of a list of choices: ``PHYSICAL_CONTACT``, ``FACE_TO_FACE_LONG``."""

from __future__ import annotations

from typing import Final

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, plain, read_headings
from tracing.patterns import regex

_HEADING: Final = regex(r"(?:contact)?proximity(?:ofcontact)?|(?:type|kind)ofcontact(?:proximity)?")
_TOUCHED: Final = regex(r"(?i)\b(?:physical|touched|clothes)[_ ]?(?:contact|fluids?)?\b|touched_fluid|clothes_or_other")
_HEADING_OF_FLAG: Final = "Physical contact"


def with_physical_contact(sheet: Sheet) -> Sheet:
    """Return a list whose column of proximity says of some that they touched, with that as a column of its own."""
    if sheet.origin is not None or "physical" in read_headings(sheet.headings, PEOPLE, {}).columns:
        return sheet
    at = next((i for i, heading in enumerate(sheet.headings) if _HEADING.fullmatch(plain(heading))), None)
    if at is None:
        return sheet
    touched = sheet.cells[at].str.contains(_TOUCHED.pattern, regex=True).fillna(False)
    if not touched.any():
        return sheet
    told = ["yes" if one else None for one in touched]
    return sheet.with_column(_HEADING_OF_FLAG, told, letter=sheet.letters[at], as_read=sheet.original)
