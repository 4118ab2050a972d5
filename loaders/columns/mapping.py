"""What somebody said of a sheet's headings: in answers, and by the mapping heading -> field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Final

from loaders.columns.words import FIELD_WORDS
from loaders.files.grid import Sheet
from loaders.files.headings import DIARY, KEEP, LAYOUTS, PEOPLE, field_of, fields_of, plain
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from loaders.questions import OTHER, Answers, column_question
from tracing.errors import UsageError
from tracing.spelling import fold
from tracing.text import LANGUAGES, catalogue

_, _n = catalogue("loaders")

#: How sure a heading must be known to be one for a field.
_SURE: Final = 0.9


def said_of(sheet: Sheet, options: LoadOptions, answers: Answers) -> dict[str, str]:
    """Return what was said of this sheet's headings: in answers, then by the mapping."""
    found: dict[str, str] = {}
    if answers.given:
        for heading in sheet.headings:
            answer = answers.of(column_question(sheet, heading))
            if answer is not None:
                found[heading] = field_meant(answer) or answer
    return found | mapped(sheet, options)


def field_meant(answer: str, offered: Collection[str] = ()) -> str | None:
    """Return the field that an answer to the question what a column is names; None of any other word.

    It is called by its own name (``visit_start``), by the words with which it is shown, or as lists have it as a
    heading: ``Giờ vào``. It is one of a list that has the fields that were ``offered``, too.
    """
    name = answer.strip()
    mine = set(offered) - {KEEP, OTHER}
    if name == KEEP or any(name in fields_of(of) for of in (*LAYOUTS, DIARY) if mine <= fields_of(of)):
        return name
    known = fields_of(PEOPLE)
    called = {fold(FIELD_WORDS[field].say(lang)): field for field in known & FIELD_WORDS.keys() for lang in LANGUAGES}
    heading = field_of(name, PEOPLE)
    found = called.get(fold(name)) or (heading[0] if heading is not None and heading[1] >= _SURE else None)
    return found if found in known else None


def mapped(sheet: Sheet, options: LoadOptions) -> dict[str, str]:
    """Return what the mapping says of this sheet's headings: heading -> field."""
    own = {plain(heading): heading for heading in sheet.headings}
    found = {}
    for said, name in options.mapping.items():
        heading = _heading_here(said, sheet, own)
        if heading is not None:
            found[heading] = name
    return found


def _heading_here(said: str, sheet: Sheet, own: Mapping[str, str]) -> str | None:
    """Return the heading of this sheet that is meant by ``heading``, ``file:heading`` or ``file:sheet:heading``."""
    if plain(said) in own:
        return own[plain(said)]
    for file in (sheet.file, PurePath(sheet.file).stem):
        if said.startswith(f"{file}:"):
            rest = said[len(file) + 1 :]
            if plain(rest) in own:
                return own[plain(rest)]
            if sheet.sheet and rest.startswith(f"{sheet.sheet}:"):
                return own.get(plain(rest[len(sheet.sheet) + 1 :]))
    return None


def check_mapping(options: LoadOptions, sheets: Collection[Sheet], log: FindingLog) -> None:
    """Refuse a mapping to a column that does not exist; note one whose heading no sheet has."""
    known = frozenset().union(*(fields_of(layout) for layout in (*LAYOUTS, DIARY)))
    for name in options.mapping.values():
        if name not in known:
            raise UsageError(
                _("there is no column {name} to map to", name=repr(name)),
                fix=_("one of {names}", names=", ".join(sorted(known))),
            )
    for said in options.mapping:
        if sheets and not any(_heading_here(said, sheet, {plain(h): h for h in sheet.headings}) for sheet in sheets):
            log.add("map.unused", file=min(sheet.file for sheet in sheets), heading=said)
