"""Lines about a table that tell what its rows do not: a case that was there, a positive test, hours, people on duty."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.accents import CAPITALS
from loaders.columns.when import tells_contact
from loaders.files.body import CLOCK, LEGEND, SHIFT_HOURS, is_footer
from loaders.files.colours import tells_colour
from loaders.files.grid import Line
from loaders.files.headings import KEEP
from loaders.files.heads import DAY_TOLD
from loaders.questions import NO, YES, Choice, question_id
from loaders.rows.kind import ListRows, is_person
from loaders.rows.met import CODE, known_case
from loaders.rows.tables import ROW, SHEET
from loaders.shapes.told_of_carers import CARERS
from tracing.patterns import regex
from tracing.spelling import fold, is_full, phone_numbers
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

POSITIVE: Final = regex(
    r"(?<!khong )(?<!chua )\bduong tinh\b|(?<![\w+])\(\+\)|\b(?:positive|reactive)\b(?! control)"
    r"|\b(?:test(?: nhanh)?|tn|pcr|kq|xn)[^\w+]{1,3}\+(?![\w+])"
)
"""A positive test in a text without accents."""
_HOURS: Final = regex(rf"(?<!\w){CLOCK} ?(?:-|–|den|->) ?{CLOCK}")
_COUNT: Final = regex(r"\W*(?:tong|cong|so luong|total|sum)\b|\W*(?:hien (?:co|con|dien)|con lai)(?: mat)? ?:? ?\d")
#: Who is with the people of a list and signs none: the teacher of a class, the leader of a group, without accents.
_LEADER: Final = regex(
    r"\b(?:gvcn|giao vien|chu nhiem|(?:co|thay) giao|bao mau|(?:lop|to|nhom|chuyen|ca) (?:truong|pho)|quan doc"
    r"|truong (?:nhom|doan)|huong dan vien|hdv|giam thi|nguoi (?:dan doan|phu trach|huong dan)|(?<!ban )quan ly"
    r"|teacher|team leader|tour guide)\b"
)
_NAME: Final = regex(
    rf"(?<!\w)[{CAPITALS}](?:(?![{CAPITALS}])[^\W\d_])+(?: [{CAPITALS}](?:(?![{CAPITALS}])[^\W\d_])*){{1,5}}"
)
#: What the people of a list did, where a line below it tells the day, too.
_DONE: Final = regex(
    r"\b(?:cach ly|tiep xuc|lay mau|an chung|o chung|hoc chung|nghi (?:hoc|lam)|quarantined?|isolated)\b"
)
#: Who met a case that is not named by its code: ``anh Khoa làm chung chuyền với F0 Khải, ca cuối 04/9 → F1``.
_OF_F0: Final = regex(r"\bf ?0\b.{0,80}\bf ?1\b|\b(?:chung|cung|ngoi ke|ngoi gan) .{0,40}\bf ?0\b")
#: That somebody was on duty on a day that the line tells.
_DUTY: Final = regex(r"\b(?:e-?kip|kip|ca|nguoi|nhan vien)? ?(?:truc|dung quay|phuc vu)\b|\bon duty\b")
#: Near to whom people were, without accents.
_NEAR: Final = regex(
    r"\b(?:cung|chung|canh|gan|ke|doi dien) (?:ban|mam|phong|buong|xe|ghe|lop|to|ca|nhom|nha|bn|f0|benh nhan|ca benh)\b"
    r"|\b(?:chup (?:hinh|anh)|nang ly|bat tay|om)\b"
)
#: Columns that tell whom the people of a list met, by which a case of its title is linked already.
_WHOM: Final = ("index", "index_2", "index_3", "sources")
_MOST: Final = 20


def ask_outside(rows: ListRows) -> None:
    """Ask about the lines above and below a table that tell of a case, a positive test, hours or people on duty."""
    sheet = rows.columns.sheet
    if sheet.origin is not None or not len(sheet):
        return
    for cell, text in sheet.comments[:_MOST]:
        _ask_line(rows, text, _("A comment stands at cell {cell}: does it say more than the rows do?", cell=cell), None)
    where = _visits(rows)
    if where is not None and not rows.has(*_WHOM) and sheet.fact(CARERS) is None:  # the list of patients tells it
        for code, case in sorted(_cases_in(rows, sheet.titles).items()):
            _ask_present(rows, code, case, where)
    below = sheet.notes[: 4 * _MOST]
    named = _cases_in(rows, below)
    met = {code for line in below if _tells_met(line.text) for code in _known_in(rows, [line])}
    told = [line for line in below if _tells(line.text, {*named, *met}, hours=where is not None)]
    led = [line for line in (*sheet.titles, *below) if _names_leader(line.text) and line.row not in sheet.numbers]
    used = {fact.row for fact in sheet.facts if fact.source != "footer"}  # where and when it was signed is little
    for line in dict.fromkeys([*led, *(one for one in told if one.row not in used)][:_MOST]):
        _ask_line(rows, line.text, _told_by(line), line.row)


def _visits(rows: ListRows) -> pd.DataFrame | None:
    """Return the visits that a list tells; None of one that tells none."""
    frames = [f[f[SHEET] == rows.sheet] for f in rows.staged.tables.get("visits", []) if SHEET in f]
    told = pd.concat(frames) if frames else pd.DataFrame()
    return told if len(told) else None


def _cases_in(rows: ListRows, lines: Iterable[Line]) -> dict[str, str]:
    """Return the known cases that lines name and no row is about: code as written -> id."""
    size = len(rows.columns.sheet)
    return {
        code: case
        for code, case in _known_in(rows, lines).items()
        if not any(is_person(rows, row, case) for row in range(min(size, 1_000))) and not _is_listed(rows, case)
    }


def _known_in(rows: ListRows, lines: Iterable[Line]) -> dict[str, str]:
    """Return the known cases that lines name: code as written -> id."""
    found = {code: known_case(rows.people, code) for line in lines for code in CODE.findall(line.text)}
    return {code: case for code, case in found.items() if case is not None}


def _is_listed(rows: ListRows, case: str) -> bool:
    """Tell whether a row has the full name and the year of birth of a case, so that it is on the list itself."""
    of_case = rows.people.entry(case)
    if of_case is None or of_case.years is None:
        return False
    names = {fold(name) for name in of_case.names if is_full(name)}
    told = rows.columns.text("name").map(lambda name: fold(name) in names, na_action="ignore").fillna(False)
    entries = (rows.people.entry_of(rows.sheet, row) for row in np.flatnonzero(told).tolist())
    born = [entry.years for entry in entries if entry is not None and entry.years is not None]
    return any(first <= of_case.years[1] and of_case.years[0] <= last for first, last in born)


def _ask_present(rows: ListRows, code: str, case: str, visits: pd.DataFrame) -> None:
    """Ask whether a case that a title names was where the people of the list were; stage these visits if so."""
    columns = rows.columns
    if any(fact.name in ("driver_code", "mate_code") and fact.value == code for fact in columns.sheet.facts):
        columns.sheet.report(columns.log, "present.drives", count=len(visits))
        _stage_present(rows, case, visits)
        return
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("The lines about the table name the case {case}: was this person there, too?", case=code),
        ids=[question_id("present", case, *columns.sheet.headings, *(line.text for line in columns.sheet.titles))],
        rows=np.unique(visits[ROW].to_numpy(dtype=np.int64)),
        choices=[Choice(YES, _("yes, whenever somebody of the list was")), Choice(NO, _("no"))],
    )
    if answer is None:
        columns.query("present.in_title", [int(visits[ROW].iloc[0])], None)
    elif answer == YES:
        _stage_present(rows, case, visits)


def _stage_present(rows: ListRows, case: str, visits: pd.DataFrame) -> None:
    """Stage the visits of a list for a case, each time once."""
    times = [name for name in ("place", "start", "start_to", "end", "end_to") if name in visits]
    rows.staged.put("visits", visits.drop_duplicates(times).assign(person=case))


def _tells_met(text: str) -> bool:
    """Tell whether a line says that people were near somebody: ``tất cả khách bàn 2 ngồi cùng bàn với BN34``."""
    return tells_contact(text) or _NEAR.search(fold(text)) is not None


def _tells(text: str, named: Collection[str], *, hours: bool) -> bool:
    """Tell whether a line below a table tells something that its rows should."""
    said = fold(text)
    if _COUNT.match(said) or tells_colour(said) or LEGEND.search(said) or SHIFT_HOURS.search(said):
        return False
    if POSITIVE.search(said) or any(code in text for code in named):
        return True
    if DAY_TOLD.search(said) and (_DONE.search(said) or _OF_F0.search(said)):
        return True
    if hours and DAY_TOLD.search(said) and _DUTY.search(said) and _NAME.search(text):
        return True
    return hours and bool(_HOURS.search(said) or (phone_numbers(text) and not is_footer(text)))


def _names_leader(text: str) -> bool:
    """Tell whether a line names somebody, behind a colon or with a telephone, who is with the people of a list."""
    found = _LEADER.search(fold(text))
    behind = text[found.end() :] if found is not None and len(fold(text)) == len(text) else text
    return found is not None and _NAME.search(behind) is not None and (":" in text or bool(phone_numbers(text)))


def _told_by(line: Line) -> Text:
    return _(
        "Line {line} beside the table tells of a case, a test, hours or people: does it say more than the rows do?",
        line=line.row,
    )


def _ask_line(rows: ListRows, said: str, question: Text, row: int | None) -> None:
    sheet = rows.columns.sheet
    answer = rows.columns.asked.ask(
        sheet,
        "value",
        question,
        ids=[question_id("line", sheet.file, said)],
        said=said,
        choices=[Choice(KEEP, _("no: it says nothing more"), _("else write it into a row and load again"))],
    )
    if answer is None:
        rows.columns.log.add("line.tells", file=sheet.file, sheet=sheet.sheet, row=row, severity="question")
