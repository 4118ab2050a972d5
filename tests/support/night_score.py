"""How much of one night's folder is on record: every fact of its truth found, asked about, or lost; nothing wrong.

And somebody who knows the truth and answers the questions of a load with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from loaders import LoadResult, Question
from loaders.invented.night.folder import Night
from loaders.questions import NO, NOBODY, YES
from tracing.spelling import name_key
from tracing.text import unaccented
from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"
_SUBJECTS = {
    "persons": "person",
    "cases": "person",
    "visits": "person",
    "tests": "person",
    "isolations": "person",
    "links": "target",
}

Place = tuple[str, str | None, int]


def plain(text: object) -> str:
    return re.sub(r"[^a-z0-9]", "", unaccented(str(text)).lower())


def said(first: Any, last: Any) -> str | None:
    return None if pd.isna(first) else format_iso(int(first), int(last), ZONE)[:16]


@dataclass
class Score:
    """One load held against the truth."""

    night: Night
    result: LoadResult
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._check_people()
        for table in ("contacts", "visits", "tests", "isolations", "cases", "links"):
            self._check(table)

    # ---- who is who

    @cached_property
    def subjects(self) -> dict[Place, str]:
        facts = self.night.truth["facts"]
        mentions = facts[facts["table"] == "mention"]
        return {
            self._place(*place): person
            for person, *place in mentions[["person", "file", "sheet", "row"]].itertuples(index=False)
        }

    @cached_property
    def who(self) -> dict[str, set[str]]:
        """Id on record -> the people of the truth whose rows made it."""
        out: dict[str, set[str]] = defaultdict(set)
        for table, column in _SUBJECTS.items():
            frame = self.result.records[table]
            for ident, *place in frame[[column, "source_file", "source_sheet", "source_row"]].itertuples(index=False):
                found = self.subjects.get(self._place(*place))
                if found is not None:
                    out[str(ident)].add(found)
        return out

    @staticmethod
    def _place(file: Any, sheet: Any, row: Any) -> Place:
        return str(file), None if pd.isna(sheet) else str(sheet), -1 if pd.isna(row) else int(row)

    def true(self, ident: Any) -> str:
        found = self.who.get(str(ident), set())
        return next(iter(found)) if len(found) == 1 else f"?{ident}"

    def ids_of(self, person: str) -> list[str]:
        cases = set(self.result.records.cases["person"])
        ids = [ident for ident, people in self.who.items() if people == {person}]
        return sorted(ids, key=lambda ident: (ident not in cases, ident))

    # ---- what is on record

    @cached_property
    def on_record(self) -> dict[str, list[tuple[Place, tuple[Any, ...]]]]:
        """What is on record, table by table: where each record comes from, and what it says of whom of the truth."""
        return {
            "contacts": self._rows("contacts", ("person_a", "person_b"), ("start", "end")),
            "visits": self._rows("visits", ("person",), ("start", "end"), ("place",)),
            "tests": self._rows("tests", ("person",), ("sample",), ("result", "pool")),
            "isolations": self._rows("isolations", ("person",), ("start", "end"), ("place",)),
            "cases": self._rows("cases", ("person",), ("onset", "sample"), ("status",)),
            "links": self._rows("links", ("source", "target"), ()),
        }

    def _rows(
        self, table: str, people: tuple[str, ...], times: tuple[str, ...], others: tuple[str, ...] = ()
    ) -> list[tuple[Place, tuple[Any, ...]]]:
        frame = self.result.records[table].astype(object)
        frame = frame.where(frame.notna(), None)
        out = []
        for row in frame.to_dict("records"):
            said_times = (said(row[name], row[f"{name}_to"]) for name in times)
            place = self._place(row["source_file"], row["source_sheet"], row["source_row"])
            out.append((place, (*(self.true(row[p]) for p in people), *said_times, *(row[name] for name in others))))
        return out

    # ---- one fact, one record

    def fits(self, fact: Any, record: tuple[Any, ...], *, whole: bool) -> bool:
        """Tell whether a record says a fact; not ``whole``: whether it says nothing else."""
        one_way = self._one_way(whole)
        if fact.table == "contacts":
            start = fact.first if fact.first is not None else record[2]
            return (
                sorted(record[:2]) == sorted((fact.person, fact.other))
                and one_way(fact.last, record[3])
                and one_way(start, record[2])
            )
        if fact.table == "links":
            return record == (fact.other, fact.person)
        if record[0] != fact.person:
            return False
        if fact.table == "tests":
            return one_way(fact.first, record[1]) and record[2] == fact.what and plain(record[3]) == plain(fact.place)
        if fact.table == "cases":
            return (
                one_way(fact.first, record[1])
                and one_way(fact.last, record[2])
                and (record[3] or "confirmed") == fact.what
            )
        where = plain(fact.place) in plain(record[3])
        return where and one_way(fact.first, record[1]) and one_way(fact.last, record[2])

    @staticmethod
    def _one_way(whole: bool) -> Any:
        return lambda true, here: here == true or (here is None and (not whole or true is None))

    def is_there(self, fact: Any) -> bool:
        if fact.table == "mention":
            return bool(self.ids_of(fact.person)) and (fact.file, fact.sheet, fact.row) not in self.set_aside
        if fact.table == "persons":
            r = self.result.records.persons
            return bool((r["person"].isin(self.ids_of(fact.person)) & (r["household"] == fact.what)).any())
        return any(self.fits(fact, record, whole=True) for _, record in self.on_record[fact.table])

    @cached_property
    def set_aside(self) -> set[Place]:
        out: set[Place] = set()
        for kept in self.result.set_aside:
            waiting = set()
            for summary in self.result.summaries:
                if (summary.file, summary.sheet) == (kept.file, kept.sheet):
                    waiting |= set().union(*summary.waiting_rows.values(), set())
            out |= {(kept.file, kept.sheet, number) for number in set(kept.numbers) - waiting}
        return out

    # ---- wrong, lost, asked

    def facts(self) -> list[Any]:
        table = self.night.truth["facts"].astype(object)
        table = table.where(table.notna(), None)
        return list(table.itertuples(index=False))

    @cached_property
    def missing(self) -> list[Any]:
        """Facts that are not on record."""
        return [fact for fact in self.facts() if not self.is_there(fact)]

    @cached_property
    def lost(self) -> list[Any]:
        """Facts that are neither on record nor in a question."""
        return [fact for fact in self.missing if not self.asked(fact)]

    def asked(self, fact: Any) -> bool:
        told = {plain(heading) for heading in fact.columns}
        for question in self.result.questions:
            if (question.file, question.sheet) != (fact.file, fact.sheet) and question.kind != "person":
                continue
            about = any(plain(question.column or "").endswith(heading) for heading in told) or question.column is None
            if question.kind == "column" and about:
                return True
            if question.kind == "person" and any(fact.person in self.who.get(i, ()) for i in question.people):
                return True
            waits = fact.row in question.waiting.get((fact.file, fact.sheet or ""), ())
            if about and (waits or question.said in self._written(fact)):
                return True
        return False

    def _written(self, fact: Any) -> set[str]:
        return {str(cell.written).strip() for cell in self.cells.get((fact.file, fact.sheet, fact.row), ())} - {""}

    @cached_property
    def cells(self) -> dict[Place, list[Any]]:
        out: dict[Place, list[Any]] = defaultdict(list)
        table = self.night.truth["cells"].astype(object)
        for cell in table.where(table.notna(), None).itertuples(index=False):
            out[(cell.file, cell.sheet, cell.row)].append(cell)
        return out

    def _check(self, table: str) -> None:
        facts = [fact for fact in self.facts() if fact.table == table]
        for place, record in self.on_record[table]:
            if not any(self.fits(fact, record, whole=False) for fact in facts) and not self._open(place):
                self.wrong.append(f"{table}: {record} {place}")

    def _open(self, place: Place) -> bool:
        """Tell whether something is asked about a row, or about a column of its sheet."""
        return any(
            (q.file, q.sheet) == place[:2] and (q.kind == "column" or q.row == place[2]) for q in self.result.questions
        )

    def _check_people(self) -> None:
        truth = self.night.truth["people"].set_index("key")
        records = self.result.records.persons
        for ident, people in self.who.items():
            if len(people) > 1:
                self.wrong.append(f"people mixed: {ident} {sorted(people)}")
        listed = records[["person", "name", "birth_year", "area"]]
        for ident, name, year, area in listed.astype(object).where(listed.notna(), None).itertuples(index=False):
            person = self.true(ident)
            if person not in truth.index:
                self.wrong.append(f"nobody: {ident} {name}")
                continue
            about = truth.loc[person]
            if name is not None and name_key(str(name)) != name_key(about["name"]):
                self.wrong.append(f"name: {ident} {name} is {about['name']}")
            if year is not None and int(year) != about["born"].year:
                self.wrong.append(f"year: {ident} {year} is {about['born'].year}")
            if area is not None and not str(area).startswith(about["area"]):
                self.wrong.append(f"area: {ident} {area} is {about['area']} {about['commune']}")

    # ---- answering

    def answer(self, question: Question) -> str | None:
        """Answer a question with the truth; None if the truth cannot say it in terms of what is on record yet."""
        if question.kind == "person":
            one, other = (self.who.get(ident, set()) for ident in question.people)
            return None if not (one and other) else YES if one & other else NO
        if question.kind == "value" and question.row is None and self._asks_whether_same(question):
            return YES if self._names_one(question) else NO
        if question.row is None and {choice.value for choice in question.choices} == {YES, NO}:
            return NO  # whether sharing a home with a case is a contact: the truth has those that a list tells
        if {choice.value for choice in question.choices} == {"confirmed", "suspected", NO}:
            return NO  # positive in a rapid test: who is a case stands in the list of cases
        if question.kind == "column":
            means = {
                plain(h): m
                for f, s, h, m in self.night.truth["columns"].itertuples(index=False)
                if (f, s) == (question.file, question.sheet) or (f == question.file and pd.isna(s))
            }
            return means.get(plain(question.column))
        cells = self.cells.get((question.file, question.sheet, question.row or -1), ())
        cell = next((c for c in cells if plain(question.column or "").endswith(plain(c.heading))), None)
        if cell is None:
            return None
        if question.kind == "reference":
            found = [ids[0] for person in self._whom(question, cell) if (ids := self.ids_of(person))]
            return ",".join(found) if found else None
        return str(cell.true) if cell.true is not None else NOBODY

    def _asks_whether_same(self, question: Question) -> bool:
        """Tell whether a question asks if those who are only named are the people of these names in other lists."""
        called = {plain(h) for f, s, h, m in self.night.truth["columns"].itertuples(index=False) if m == "name"}
        return {choice.value for choice in question.choices} == {YES, NO} and plain(question.column) in called

    def _names_one(self, question: Question) -> bool:
        """Tell whether nobody else in the truth has the name of somebody whose row waits for a question."""
        people = self.night.truth["people"].set_index("key")["name"]
        keys = people.map(name_key)
        rows = {(file, sheet or None, int(n)) for (file, sheet), found in question.waiting.items() for n in found}
        named = {self.subjects[row] for row in rows if row in self.subjects}
        return all((keys == name_key(people[person])).sum() == 1 for person in named)

    def _whom(self, question: Question, cell: Any) -> tuple[str, ...]:
        """Return whom the words of a question mean: of a cell that names several, the one that is asked about."""
        if len(cell.who) < 2 or question.said == str(cell.written).strip():
            return tuple(cell.who)
        parts = re.split(r"\s*(?:[/,+;]|\bvà\b)\s*", str(cell.written).strip())
        at = (
            [plain(part) for part in parts].index(plain(question.said))
            if plain(question.said) in map(plain, parts)
            else 0
        )
        return (cell.who[min(at, len(cell.who) - 1)],)
