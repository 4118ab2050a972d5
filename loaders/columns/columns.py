"""One sheet's columns read as typed values; what cannot be read is noted, and its row marked to be set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.births import read_birth, tells_age
from loaders.columns.cells import SheetCells
from loaders.columns.dates import Times, read_times
from loaders.columns.further import parts_of
from loaders.columns.moments import last_day, read_moment
from loaders.columns.reason import beyond_reason, written_on
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.values import (
    Values,
    read_choice,
    read_flag,
    read_ids,
    read_national_id,
    read_number,
    read_phone,
)
from loaders.files.grid import distinct_texts
from loaders.questions import (
    CELL_QUESTIONS,
    IN_WORDS,
    LEFT_OUT,
    NOBODY,
    OTHER,
    Choice,
    dates_question,
    numbered_at,
    question_id,
)
from tracing.papers import beside_numbers, unread_number
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import Text, catalogue
from tracing.times import format_iso

_, _n = catalogue("loaders")

#: A heading of a column in which ages may stand, without accents.
_OF_AGES: Final = regex(r"\b(?:tuoi|age)\b")
ORDERS: Final = {"day first": "d/m", "month first": "m/d"}
ORDER_CHOICES: Final = (Choice("d/m", _("day first")), Choice("m/d", _("month first")))
#: Fields that end something: midnight is an instant there, and 9999-12-31 an open end.
_ENDS: Final = ("end", "valid_to", "until", "leave", "to")
#: Fields of last days, whose cells may say so: ``hàng ngày đến 15/7``.
_UNLIKELY: Final = ("date.unlike", "date.after_list")  #: An answer may say that they are meant all the same.
_LASTS: Final = frozenset({"last_contact", "exposure_end", "isolation_end"})


@dataclass
class Columns(SheetCells):
    """The typed columns of one recognised sheet; ``orders`` is heading -> the order in which its dates are read."""

    orders: dict[str, str] = field(default_factory=dict)

    def parts(self, group: tuple[str, ...]) -> list[Columns]:
        """Return the columns once per contact or test that a row tells; what one notes of a row holds for all."""
        out = []
        for reading in parts_of(self.found.reading, self.sheet, group):
            part = copy(self)
            part.found = replace(self.found, reading=reading)
            out.append(part)
        return out if len(out) > 1 else [self]

    def ids(self, name: str) -> pd.Series:
        """Return a field's ids."""
        return read_ids(self.text(name))

    def phone(self) -> pd.Series:
        """Return phone numbers."""
        return read_phone(self.text("phone"))

    def national_id(self) -> pd.Series:
        """Return identity numbers; of who tells none, that of the card of health insurance in the same row."""
        numbers = read_national_id(self.text("national_id"))
        if not self.has("insurance"):
            return numbers
        return numbers.where(numbers.notna(), read_national_id(self.text("insurance")))

    def told_beside(self, name: str) -> pd.Series:
        """Return the texts of a column of numbers that tell more than the number that is read, or another number."""
        read = unread_number if name == "national_id" else beside_numbers
        return by_distinct(self.text(name), read) if self.has(name) else self.empty()

    def choice(self, name: str, words: str, *, open_set: bool = False, texts: pd.Series | None = None) -> pd.Series:
        """Return words of a choice; ``texts`` stand in for those of the column."""
        if not self.has(name):
            return self.empty()
        return self._noted(name, read_choice(self.text(name) if texts is None else texts, words, open_set=open_set))

    def texts_of(self, name: str, words: str) -> pd.Series:
        """Return words of a choice without noting anything."""
        return self.empty() if not self.has(name) else read_choice(self.text(name), words, open_set=True).values

    def flag(self, name: str) -> pd.Series:
        """Return yes and no."""
        return self.empty("boolean") if not self.has(name) else self._noted(name, read_flag(self.text(name)))

    def number(self, name: str, *, whole: bool = False, read: Callable[[str], str | None] | None = None) -> pd.Series:
        """Return numbers; ``read`` makes a number's text of each cell first."""
        if not self.has(name):
            return self.empty("Int64" if whole else "Float64")
        texts = self.text(name) if read is None else by_distinct(self.text(name), read)
        return self._noted(name, read_number(texts, name, whole=whole))

    def _noted(self, name: str, read: Values) -> pd.Series:
        for row, (code, said) in read.problems.items():
            self.sheet.report(self.log, code, [row], column=self.at(name), **said)
        return read.values

    def time(self, name: str, *, texts: pd.Series | None = None, field_name: str | None = None) -> Times:
        """Return a field's times. An unreadable one sets its row aside."""
        column = self.at(name)
        texts = self.text(name) if texts is None else texts
        if self.soft:
            texts = texts.where(~told_of(texts, _is_pending))
        is_end = (field_name or name).endswith(_ENDS)
        if is_end or name in _LASTS:
            texts = by_distinct(texts, last_day)
        name = field_name or name
        times = self._read(texts, column, is_end)
        answered = self._answered(
            times.problems | self._beyond(name, times),
            texts,
            column,
        )
        if answered:
            said = texts.copy()
            said.loc[list(answered)] = pd.array([answer for answer, _ in answered.values()], dtype="string")
            times = self._read(said, column, is_end)
            for row, (_, question) in answered.items():
                if row in times.problems:
                    self.asked.reopen(question)
            texts = said
        for code in sorted(set(times.problems.values())):
            rows = [row for row, other in times.problems.items() if other == code]
            self.lose(code, rows, column, values=texts.iloc[rows].tolist())
        self._note_dates(times, column)
        if times.order is not None:
            if column is not None:
                self.orders[self.sheet.headings[column]] = ORDERS[times.order]
            wanted = self.options.day_first
            if times.decided and wanted is not None and wanted != (times.order == "day first"):
                self.sheet.report(self.log, "date.option_unlike_column", column=column, order=times.order)
        return self._within_reason(name, times, texts, column, sure=answered)

    def _note_dates(self, times: Times, column: int | None) -> None:
        """Say how texts were read that left something open."""
        if times.mixed is not None:
            self.sheet.report(self.log, "date.mixed", column=column, first=times.mixed[0], second=times.mixed[1])
        if times.why in ("file", "headings"):
            self.sheet.report(self.log, f"date.order_by_{times.why}", order=ORDERS[str(times.order)])
        for code, count in (
            ("date.serial", times.serials),
            ("date.short_year", times.short_years),
            ("date.year_added", times.no_years),
            ("date.midnight", times.midnights),
            ("date.open_end", times.open_ends),
        ):
            if count:
                self.sheet.report(self.log, code, column=column, count=count, year=str(self.sheet.dates.year))

    def _day_first(self, column: int | None) -> bool | None:
        """The order of dates that a set-aside workbook remembers for this column, else the caller's."""
        origin = self.sheet.origin
        if origin is not None and "dates" in origin and column is not None:
            for said in origin["dates"].dropna().unique():
                for part in str(said).split("; "):
                    heading, _, order = part.rpartition("=")
                    if heading == self.sheet.headings[column] and order in ORDERS.values():
                        return order == ORDERS["day first"]
        if self.options.day_first is None:
            said = self.asked.answers.of(dates_question(numbered_at(self.sheet, 0 if len(self.sheet) else None)[0]))
            return None if said is None else said == ORDERS["day first"]
        return self.options.day_first

    def days(self, name: str) -> pd.Series:
        """Return a field's days as ISO texts where they can be read, else as they are; nothing is noted."""
        texts = self.text(name)
        times = self._read(texts, self.at(name), False)
        whole = times.known & (times.end - times.start > 3600)
        zone = self.options.zone
        out = texts.to_numpy(dtype=object).copy()
        for row in np.flatnonzero(whole).tolist():
            out[row] = format_iso(int(times.start[row]), int(times.end[row]), zone)
        return pd.Series(pd.array(out, dtype="string"))

    def _read(self, texts: pd.Series, column: int | None, is_end: bool) -> Times:
        return read_times(
            texts, zone=self.options.zone, day_first=self._day_first(column), hints=self.sheet.dates, is_end=is_end
        )

    def _beyond(self, name: str, times: Times) -> dict[int, str]:
        written = written_on(self.sheet) if self.soft else None
        options = self.options
        return beyond_reason(name, times, today=options.today, zone=options.zone, years=self.soft, written=written)

    def _within_reason(
        self, name: str, times: Times, texts: pd.Series, column: int | None, *, sure: Collection[int]
    ) -> Times:
        """Leave out days beyond reason; a day that somebody gave in answer, ``sure``, may lie years away."""
        beyond = self._beyond(name, times)
        times = replace(times, start=times.start.copy(), end=times.end.copy(), known=np.array(times.known))
        for code in sorted(set(beyond.values())):
            rows = [r for r, said in beyond.items() if said == code and not (code in _UNLIKELY and r in sure)]
            self.lose(code, rows, column, values=texts.iloc[rows].tolist())
            if self.soft:
                times.known[rows] = False
        return times

    def age(self) -> pd.Series:
        """Return ages as they are written, also those that stand in a column of years."""
        return self.text("age").fillna(self.age_for_year())

    def age_for_year(self) -> pd.Series:
        """Return the ages that are written in a column of years ("35 tuổi"); below "Tuổi/NS" also "35"."""
        at = self.at("birth_year")
        either = at is not None and _OF_AGES.search(fold(self.sheet.headings[at])) is not None
        age = re.compile(r"\d{1,2}" if either else r"(?!)")
        return by_distinct(
            self.text("birth_year"), lambda text: text if tells_age(text) or age.fullmatch(text) else None
        )

    def birth(self) -> tuple[pd.Series, pd.Series]:
        """Return birth date (ISO text) and birth year; a year alone, or separate day and month cells, are fine."""
        texts, (whole, years) = (
            self.text("birth_date"),
            self._births("birth_year", self.text("birth_year").where(self.age_for_year().isna()), "day first"),
        )
        if self.has("birth_month") and self.has("birth_year"):
            day = self.text("birth_day") if self.has("birth_day") else texts
            split = day.str.fullmatch(r"\d{1,2}").fillna(False) & self.text("birth_month").notna() & years.notna()
            joined = years.astype("string") + "-" + self.text("birth_month").str.zfill(2) + "-" + day.str.zfill(2)
            texts = joined.where(split, texts if not self.has("birth_day") else None)
        way = self._day_first(self.at("birth_date"))
        order = read_times(texts, zone=self.options.zone, day_first=way, hints=self.sheet.dates).order
        days, from_date = self._births("birth_date", texts, order)
        return days.fillna(whole), years.fillna(from_date)

    def _births(self, name: str, texts: pd.Series, order: str | None) -> tuple[pd.Series, pd.Series]:
        """Return day and year of birth of a column that may hold either."""
        codes, distinct = distinct_texts(texts)
        born = [read_birth(text, order, year=name == "birth_year") for text in distinct]
        for code in sorted({told for _, _, told in born if told}):
            rows = np.flatnonzero(np.isin(codes, [i for i, (_, _, told) in enumerate(born) if told == code]))
            self.sheet.report(self.log, code, rows.tolist(), column=self.at(name))
        days = np.array([*(day for day, _, _ in born), None], dtype=object)[codes]
        years = pd.array([*(year for _, year, _ in born), None], dtype="Int64")[codes]
        return pd.Series(days, dtype="string"), pd.Series(years)

    def _answered(
        self, problems: Mapping[int, str], texts: pd.Series, column: int | None
    ) -> dict[int, tuple[str, str]]:
        """Ask what unreadable cells mean; return row -> text and question for those that were answered."""
        found: dict[int, tuple[str, str]] = {}
        if column is None:
            return found
        self._ask_order([row for row, code in problems.items() if code == "date.ambiguous"], column)
        asked: dict[Text, list[int]] = {}
        without = [row for row, code in problems.items() if code == "date.no_year"] if self.soft else []
        if len(without) > 1:
            found |= self._ask_year(without, texts, column)
        for row, code in problems.items() if self.soft else ():
            if code != "date.ambiguous" and not (len(without) > 1 and code == "date.no_year"):
                asked.setdefault(CELL_QUESTIONS.get(code, CELL_QUESTIONS["value"]), []).append(row)
        for question, rows in asked.items():
            answers = self.asked.ask_many(
                self.sheet,
                "value",
                question,
                rows=rows,
                column=column,
                said=[self._day_cell(row, texts, column)[0] for row in rows],
                choices=lambda text: [*_readings(text), Choice(NOBODY, LEFT_OUT), Choice(OTHER, IN_WORDS)],
            )
            for row, (said, ident) in answers.items():
                hours = self._day_cell(row, texts, column)[1]
                found[row] = ("-" if said == NOBODY else _on_day(str(texts.iloc[row]), said, hours), ident)
        return found

    def _day_cell(self, row: int, texts: pd.Series, column: int) -> tuple[str, str]:
        """Return what is asked about a text, and its hours: of a day's cell with which hours were joined that cell."""
        text, cell = str(texts.iloc[row]), self.sheet.cells[column].iloc[row]
        joined = isinstance(cell, str) and cell != "" and text.startswith(f"{cell} ")
        return (cell, text.removeprefix(cell)) if joined else (text, "")

    def _ask_year(self, rows: Sequence[int], texts: pd.Series, column: int) -> dict[int, tuple[str, str]]:
        """Ask once for a file in which year its days were; return row -> text and question where that is answered."""
        ident = question_id("year", self.sheet.list_file)
        answer = self.asked.ask(
            self.sheet,
            "value",
            CELL_QUESTIONS["date.no_year"],
            ids=[ident],
            column=column,
            rows=rows,
            choices=[Choice(NOBODY, LEFT_OUT), Choice(OTHER, _("type the year"))],
        )
        if answer is None:
            return {}
        if answer != NOBODY and not re.fullmatch(r"(?:19|20)\d\d", answer):
            self.asked.reopen(ident)
            return {}
        return {row: ("-" if answer == NOBODY else with_year(str(texts.iloc[row]), answer), ident) for row in rows}

    def _ask_order(self, rows: Sequence[int], column: int) -> None:
        """Ask once for a whole file in which order its dates are written."""
        by_file: dict[str, list[int]] = {}
        for row in rows:
            by_file.setdefault(numbered_at(self.sheet, row)[0], []).append(row)
        for file, found in by_file.items():
            self.asked.ask(
                self.sheet,
                "dates",
                _("Day first or month first, in all of this file?"),
                ids=[dates_question(file)],
                row=found[0],
                rows=found,
                column=column,
                said=self.sheet.cells[column].iloc[found[0]],
                choices=ORDER_CHOICES,
            )

    def answered_time(self, row: int, name: str, code: str) -> tuple[int, int] | None:
        """Ask for the time in a cell; return the one that was answered."""
        text = self.text(name).iloc[row]
        answered = self._answered({row: code}, self.text(name), self.at(name)) if isinstance(text, str) else {}
        if row not in answered:
            return None
        said, question = answered[row]
        read = read_times(pd.Series([said], dtype="string"), zone=self.options.zone, day_first=True)
        if not read.known[0] and said != NOBODY:
            self.asked.reopen(question)
        return (int(read.start[0]), int(read.end[0])) if read.known[0] else None


def with_year(text: str, year: str) -> str:
    """Return a day with the year behind it: ``7h 22/7`` and 2021 are ``7h 22/7/2021``."""
    return re.sub(r"(?<![\d/.-])(\d{1,2}([/.-])\d{1,2})(?![\d/])", rf"\1\g<2>{year}", text, count=1)


def _on_day(text: str, answer: str, hours: str) -> str:
    """Return an answer with the day of the text that it stands for, if it is an hour alone; a day with its hours."""
    day = re.match(r"\d{4}-\d{2}-\d{2}(?= )", text)
    if day and re.fullmatch(r"\d{1,2}(?::\d{2}){1,2}", answer):
        return f"{day[0]} {answer}"
    return answer + hours if re.fullmatch(r"[\d/.-]+", answer) else answer


def _readings(text: str) -> list[Choice]:
    """Return both readings of a date with two, as choices."""
    moment = read_moment(text)
    if moment.problem is not None or moment.day is None or moment.month_first is None:
        return []
    clock = "" if moment.clock is None else f" {moment.clock // 3600:02}:{moment.clock // 60 % 60:02}"
    return [
        Choice(
            f"{day.isoformat()}{clock}",
            _("{day}/{month}/{year}", day=str(day.day), month=str(day.month), year=str(day.year)),
            how,
        )
        for day, how in ((moment.day, _("day first")), (moment.month_first, _("month first")))
    ]


def _is_pending(text: str) -> bool:
    """Tell whether a text says that a day is not known yet: ``chờ``, ``đang chờ``, ``chưa có``."""
    if text[:1].isdigit():
        return False
    return bool(re.fullmatch(r"(?:dang )?cho(?: kq| ket qua| pcr)?|chua co(?: kq| ket qua)?|pending", fold(text)))


def span(times: Times, name: str) -> dict[str, pd.Series]:
    """Return the stored columns ``name`` and ``name_to`` of a column of times."""
    missing = ~times.known
    return {
        name: pd.Series(pd.arrays.IntegerArray(times.start.copy(), missing.copy())),
        f"{name}_to": pd.Series(pd.arrays.IntegerArray(times.end.copy(), missing.copy())),
    }
