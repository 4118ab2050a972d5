"""The folder of one night: ten files and, apart, what is true of every row and cell of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from loaders.invented.night import contacts, samples, stays
from loaders.invented.night.books import book_bytes, text_bytes
from loaders.invented.night.pages import Page
from loaders.invented.night.people import Evening, imagine_evening
from loaders.invented.night.slips import RATE, spoil

TRUTH_FOLDER: Final = "truth"


@dataclass(frozen=True)
class Night:
    """A folder of lists and its truth.

    Attributes
    ----------
    evening
        What happened.
    pages
        The tables of the lists, by file and sheet; two of one sheet stand below each other.
    """

    evening: Evening
    pages: tuple[Page, ...]

    @cached_property
    def truth(self) -> dict[str, pd.DataFrame]:
        """What is true: tables people, cases, facts (a row per thing that a row of a list tells of its person),
        cells (as written, as meant), columns (what each means). Rows are numbered as a spreadsheet shows them.
        """
        people = pd.DataFrame([vars(person) for person in self.evening.people.values()])
        cases = pd.DataFrame([vars(case) for case in self.evening.cases])
        cells = pd.DataFrame(list(self._cells())).drop_duplicates(["file", "sheet", "row", "heading"])
        return {
            "people": people,
            "cases": cases,
            "facts": pd.DataFrame(list(self._facts())),
            "cells": cells,
            "columns": cells[["file", "sheet", "heading", "means"]].drop_duplicates(ignore_index=True),
        }

    def files(self) -> Iterator[tuple[str, list[Page]]]:
        """Yield each file's name and its pages."""
        for name in sorted({page.file for page in self.pages}):
            yield name, [page for page in self.pages if page.file == name]

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write the ten lists into ``folder``, the truth into ``folder/truth``; return the lists written."""
        (folder / TRUTH_FOLDER).mkdir(parents=True, exist_ok=True)
        written = []
        for name, pages in self.files():
            path = folder / name
            path.write_bytes(text_bytes(pages[0]) if name.endswith(".csv") else book_bytes(pages))
            written.append(path)
        for name, table in self.truth.items():
            path = folder / TRUTH_FOLDER / f"TRUTH_{name}.csv"
            table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        return tuple(written)

    def _rows(self) -> Iterator[tuple[Page, int, int]]:
        """Yield page, place of a row in it, and the row's number in the sheet."""
        top: dict[tuple[str, str | None], int] = {}
        for page in self.pages:
            place = (page.file, page.sheet)
            first = top.get(place, 0) + page.head + 1
            for number in range(len(page.rows)):
                yield page, number, first + number
            top[place] = top.get(place, 0) + len(page.lines()) + 1

    def _facts(self) -> Iterator[dict[str, object]]:
        for page, at, number in self._rows():
            row = page.rows[at]
            place = {"file": page.file, "sheet": page.sheet, "row": number}
            yield {"table": "mention", "person": row.person, **place, "columns": page.headings(("name",))}
            for fact in row.facts:
                told = page.headings(fact.told)
                yield {k: v for k, v in vars(fact).items() if k != "told"} | place | {"columns": told}

    def _cells(self) -> Iterator[dict[str, object]]:
        for page, at, number in self._rows():
            for column in page.columns:
                cell = page.rows[at].cells.get(column.means)
                yield {
                    "file": page.file,
                    "sheet": page.sheet,
                    "row": number,
                    "heading": column.heading,
                    "means": column.means,
                    "written": None if cell is None else cell.written,
                    "true": None if cell is None else cell.true,
                    "who": () if cell is None else cell.who,
                    "slip": None if cell is None else cell.slip,
                }


def generate_night(seed: int, *, slips: float = RATE) -> Night:
    """Make the folder of one night.

    Parameters
    ----------
    seed
        Any integer from 0; the same number gives the same bytes. The kind of the roster goes round with it.
    slips
        Share of the filled cells that are wrong in a way that the file can show.

    Returns
    -------
    Night
        Ten lists as ten communes send them: no common id of people, each in another shape.
    """
    evening = imagine_evening(seed)

    def rng(number: int) -> np.random.Generator:
        return np.random.default_rng([seed, 21, number])

    communes = evening.communes
    pages = [
        contacts.case_list(rng(1), evening),
        contacts.contact_list(rng(2), evening, "02", communes[:1], book=True),
        contacts.contact_list(rng(3), evening, "03", communes[1:3], book=False),
        *contacts.two_tables(rng(4), evening, communes[3:]),
        samples.pools(rng(5), evening),
        samples.rapid_tests(rng(6), evening),
        stays.check_ins(rng(7), evening),
        stays.coach(rng(8), evening),
        stays.roster(rng(9), evening),
        stays.houses(rng(10), evening),
        stays.rooms(rng(11), evening),
    ]
    for number, page in enumerate(pages):
        spoil(np.random.default_rng([seed, 22, number]), page, evening, rate=slips)
    return Night(evening, tuple(pages))
