"""Slips of the pen and of the spreadsheet: cells wrong in a way that the file can show, and rows said twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import numpy as np

from loaders.invented.night.pages import Cell, Page, Row, Written
from loaders.invented.night.people import Evening

RATE: Final = 0.05
_TWICE: Final = 0.02
_DAYS: Final = (
    "first_contact",
    "last_contact",
    "onset",
    "sample",
    "confirmed",
    "isolation_start",
    "isolation_end",
    "visit_date",
)
_ERRORS: Final = ("#NAME?", "#REF!", "#N/A", "#VALUE!")

#: What neighbours call somebody whom no list knows by that name; each person is called one way.
_RANKS: Final = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín")
_CORNERS: Final = ("xóm trên", "xóm dưới", "đầu kênh", "cuối chợ", "bến đò", "ngã ba", "sau chùa", "mé sông")

_Way = Callable[[np.random.Generator, Cell, Evening], Written]


def spoil(rng: np.random.Generator, page: Page, evening: Evening, *, rate: float = RATE) -> None:
    """Spoil about a share ``rate`` of the filled cells of a page, and type some rows twice."""
    book = page.file.endswith(".xlsx")
    merged = {column.means for column in page.columns if column.merged}
    for row in page.rows:
        for column in page.columns:
            cell = row.cells.get(column.means)
            if cell is None or cell.written in (None, "") or rng.random() >= rate or column.means in merged:
                continue
            ways = _ways(column.means, book, row)
            if ways:
                name = sorted(ways)[int(rng.integers(0, len(ways)))]
                written = ways[name](rng, cell, evening)
                if written != cell.written:
                    row.cells[column.means] = Cell(written, cell.true, cell.who, name)
    again = [place for place in range(len(page.rows)) if rng.random() < _TWICE and not merged]
    for place in reversed(again):
        page.rows.insert(place + 1, page.rows[place])


def _ways(means: str, book: bool, row: Row) -> dict[str, _Way]:
    """Return the ways in which a cell of this meaning goes wrong."""
    ways: dict[str, _Way] = {}
    if means in _DAYS:
        ways = {
            "no such day": _no_such_day,
            "typed": _typed,
            "old year": _old_year,
            "year ahead": _year_ahead,
            "letter": _letter_day,
        }
        if book:
            ways["swapped"] = _swapped
    elif means in ("visit_start", "visit_end", "sample_hour"):
        ways = {"no such hour": _no_such_hour}
    elif means == "phone":
        ways = {"letter": _letter_phone, "digit lost": _digit_lost, "two numbers": _two_numbers}
    elif means == "index" and row.cells["index"].who:
        ways = {"no such case": _no_such_case}
    elif means in ("birth_year", "male_year", "female_year"):
        ways = {"short year": _short_year, "long year": _long_year, "letter": _letter_year}
    elif means == "test_result":
        ways = {"faint": lambda rng, cell, evening: ("vạch mờ", "?", "lần 2 mới rõ")[int(rng.integers(0, 3))]}
    elif means == "classification":
        ways = {"unknown class": lambda rng, cell, evening: "Chờ hội chẩn"}
    elif means == "name":
        ways = {"blank": lambda rng, cell, evening: None}
    if book and means in (*_DAYS, "name", "index", "address", "seat", "room", "visit_start", "contact_place"):
        ways["error"] = lambda rng, cell, evening: _ERRORS[int(rng.integers(0, len(_ERRORS)))]
    return ways


def _true_day(cell: Cell) -> date:
    return datetime.strptime(str(cell.true)[:10], "%d/%m/%Y").date() if _dated(cell) else date(2021, 8, 1)


def _dated(cell: Cell) -> bool:
    return re.match(r"\d\d/\d\d/\d{4}", str(cell.true)) is not None


def _no_such_day(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return f"{'31/6' if rng.random() < 0.5 else '30/2'}/{evening.day.year}"


def _typed(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    day = _true_day(cell)
    return f"{day.day % 10}{3 + day.day % 7}/{day.month}" if day.day % 10 > 3 else f"{day.day}/{day.month + 12}"


def _old_year(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return f"{_true_day(cell):%d/%m}/{evening.day.year - 9}"


def _year_ahead(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return f"{_true_day(cell):%d/%m}/{evening.day.year + 1}"


def _letter_day(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return f"{_true_day(cell):%d/%m/%Y}".replace("0", "O", 1)


def _swapped(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    """What a spreadsheet set to another country makes of day and month, where nobody can take it for the day meant."""
    day = _true_day(cell)
    if day.day > 12 or day.day == day.month:
        return cell.written
    wrong = date(day.year, day.day, day.month)
    return wrong if abs((wrong - evening.day).days) > 60 else cell.written


def _no_such_hour(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    said = re.sub(r"\b\d{1,2}(?=[:hg]\d| giờ)", "27", str(cell.written), count=1)
    return said


def _letter_phone(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return str(cell.true).replace("0", "O", 1) if cell.true else cell.written


def _digit_lost(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return str(cell.true)[:-2] if cell.true else cell.written


def _two_numbers(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return f"{cell.true} - 0977000{int(rng.integers(100, 999))}" if cell.true else cell.written


def _no_such_case(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    if not any(character.isdigit() for character in str(cell.written)):
        number = list(evening.people).index(cell.who[0])
        return f"Chú {_RANKS[number % len(_RANKS)]} {_CORNERS[number // len(_RANKS) % len(_CORNERS)]}"
    return f"BN{int(rng.integers(100_000, 900_000))}"


def _short_year(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return str(cell.true)[-2:]


def _long_year(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    return f"{cell.true}0"


def _letter_year(rng: np.random.Generator, cell: Cell, evening: Evening) -> Written:
    year = str(cell.true)
    return year.replace("0", "O") if "0" in year else f"{year[:3]}O"
