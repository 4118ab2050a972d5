"""Colours of rows that a line of the sheet explains: ``màu đỏ: F0; màu vàng: F1``. Without such a line none is read."""

from __future__ import annotations

import colorsys
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from loaders.files.grid import Sheet
from loaders.files.workbook_xml import BROKEN, sheet_parts
from tracing.patterns import regex
from tracing.spelling import fold

HEADING: Final = "Ghi chú (theo màu)"
"""Heading of what the colour of a row says; :data:`LEVEL_HEADING` where these are tiers."""
LEVEL_HEADING: Final = "F (theo màu)"
_NAMES: Final = {
    **{"do": "red", "vang": "yellow", "xanh la": "green", "xanh luc": "green", "xanh": "green|blue", "cam": "orange"},
    **{"xanh duong": "blue", "xanh lam": "blue", "xanh bien": "blue", "tim": "purple", "hong": "pink"},
    **{name: name for name in ("red", "yellow", "green", "blue", "orange", "purple", "pink")},
}
_COLOUR: Final = "|".join(sorted(_NAMES, key=lambda name: (-len(name), name)))
#: A colour and what it means, without accents: ``mau do: F0``, ``to vang = F1``, ``red - confirmed``; not ``tu do -``.
_LEGEND: Final = regex(
    rf"(?<!\btu )\b(?:(?:mau|to|boi|nen|dong|o|hang)(?: mau| nen)? )?(?P<colour>{_COLOUR})(?: \w{{1,8}})?"
    r"(?: ?[:=–-] ?(?:la )?| la | nghia la )(?P<means>[^;,.|\n:=]{1,40})"
)
_SAID: Final = regex(
    rf"\b(?:mau|to|boi|nen) (?:mau )?(?:{_COLOUR})\b|\b(?:red|yellow|green|orange) ?[:=-]"
    rf"|^(?:{_COLOUR}) ?[:=–-]|\b(?:dong|o|hang|chu) (?:mau )?(?:{_COLOUR})\b"
)
_LEVEL: Final = regex(r"f ?\d|ca benh|duong tinh|f0.*")
#: Hues in degrees up to which a colour is called so.
_HUES: Final = (
    (15, "red"),
    (44, "orange"),
    (70, "yellow"),
    (165, "green"),
    (255, "blue"),
    (290, "purple"),
    (340, "pink"),
)
_SHADES: Final = 0.25
_LINES: Final = 40
_CELL: Final = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})" s="(\d{1,6})"[^>]{0,100}>(?!</c>)')


def tells_colours(rows: Sequence[Sequence[str | None]]) -> bool:
    """Tell whether one of the first or last rows of a sheet speaks of colours."""
    ends = rows if len(rows) <= 2 * _LINES else (*rows[:_LINES], *rows[-_LINES:])
    return any(tells_colour(fold(text[:300])) for text in chain.from_iterable(ends) if text is not None)


def tells_colour(text: str) -> bool:
    """Tell whether a text without accents speaks of a colour of rows or cells."""
    return _SAID.search(text) is not None


def coloured_rows(data: bytes, sheet: str) -> dict[int, str]:
    """Return the number of each row of a workbook's sheet whose cells are of one colour -> that colour.

    Empty where the workbook's parts are not as they should be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _colours_of_styles(archive.read("xl/styles.xml"))
            part = dict(sheet_parts(archive))[sheet]
            found: dict[int, set[str]] = {}
            for row, style in _CELL.findall(archive.read(part)):
                colour = styles.get(int(style))
                if colour is not None:
                    found.setdefault(int(row), set()).add(colour)
    except BROKEN:
        return {}
    return {row: colours.pop() for row, colours in found.items() if len(colours) == 1}


def _colours_of_styles(xml: bytes) -> dict[int, str]:
    """Return the number of each cell style that fills its cell with a colour -> what the colour is called."""
    fills = xml[xml.find(b"<fills") : xml.find(b"</fills>")].split(b"<fill>")[1:]
    named = [
        None if (rgb := re.search(rb'<fgColor rgb="[0-9A-Fa-f]{2}([0-9A-Fa-f]{6})"', fill)) is None else _name(rgb[1])
        for fill in fills
    ]
    start = xml.find(b"<cellXfs")
    styles = re.findall(rb'<xf [^>]*?\bfillId="(\d+)"', xml[start : xml.find(b"</cellXfs>", start)])
    told = {i: named[int(fill)] if int(fill) < len(named) else None for i, fill in enumerate(styles)}
    return {i: name for i, name in told.items() if name is not None}


def _name(rgb: bytes) -> str | None:
    """Return what a colour is called; None of white, grey and black."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _SHADES or value < _SHADES:
        return None
    return next((name for most, name in _HUES if hue * 360 <= most), "red")


def with_colours_told(sheet: Sheet, colours: Mapping[int, str]) -> Sheet:
    """Return a sheet with what the colour of its rows means, as a line about the table says it, as a column."""
    if not colours or sheet.origin is not None:
        return sheet
    means: dict[str, str] = {}
    for line in (*sheet.titles, *sheet.notes):
        for match in _LEGEND.finditer(fold(line.text)):
            for name in _NAMES[match["colour"]].split("|"):
                means.setdefault(name, match["means"].strip())
    texts = [means.get(colours.get(number, "")) for number in sheet.numbers.tolist()]
    if not any(texts):
        return sheet
    levels = all(text is None or _LEVEL.fullmatch(text) for text in texts)
    return sheet.with_column(LEVEL_HEADING if levels else HEADING, [text and text.upper() for text in texts])
