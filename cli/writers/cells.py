"""What a cell of a file for spreadsheets may hold."""

from __future__ import annotations

from typing import Final

from tracing.patterns import regex

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_CONTROL: Final = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def without_formula(text: str) -> str:
    """Return ``text`` with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def clean(text: str) -> str:
    """Return ``text`` without the signs that no workbook and no XML may hold."""
    return _CONTROL.sub("", text)
