"""Seventeen lists of one night by other hands: what is read, what is found, and that nothing of it is wrong.

The truth is read here only, to score; nothing under test sees it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from joined import joined_places

from loaders import LoadOptions, LoadResult, load_files
from tracing.identity.decisions import Identity
from tracing.identity.pairs import find_pairs
from tracing.identity.unite import unite
from tracing.model.records import Records
from tracing.spelling import clean_name, fits_name, name_key
from tracing.times import format_iso

#: What is reached now; it may only rise.
FLOOR = {"rows": 179, "contacts": 35, "met": 62, "tests": 37, "visits": 36, "isolations": 26, "people": 64}
NOT_READ = ("16 Thong bao",)


@dataclass(frozen=True)
class Night:
    folder: Path
    result: LoadResult
    records: Records
    """The records with everybody once, where the questions who is one person are answered with the truth."""

    def truth(self, name: str) -> Iterator[dict[str, str]]:
        with (self.folder / "truth" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)

    def who(self) -> dict[str, str]:
        """Return person id on record -> person of the truth, by name, of namesakes by year of birth or phone, too, of
        short names by phone."""
        by_name: dict[str, list[dict[str, str]]] = {}
        for person in self.truth("persons"):
            by_name.setdefault(name_key(person["name"]), []).append(person)
        found = {}
        people = self.result.records.persons
        told = people[["person", "name", "birth_year", "phone"]]
        for ident, name, year, phone in told.itertuples(index=False):
            same = by_name.get(name_key(str(name)), [])
            if len(same) > 1:
                same = [p for p in same if (str(phone) == p["phone"] if pd.isna(year) else p["birth"][:4] == str(year))]
            elif not same:
                same = [p for p in self.truth("persons") if phone is not pd.NA and p["phone"] == phone]
                same = [p for p in same if fits_name(clean_name(str(name)), p["name"])]
            if same:
                found[str(ident)] = same[0]["person"]
        for row in self.result.meant:
            assert found.get(row.ident, found[row.person]) == found[row.person], "a short name is another person's"
            found[row.ident] = found[row.person]
        return found


@pytest.fixture(scope="module")
def night(shared_data: Path) -> Night:
    folder = shared_data / "night_folder"
    lists = sorted(path for path in folder.iterdir() if path.name[:2].isdigit())
    result = load_files(lists, options=LoadOptions(today=date(2021, 8, 3)))
    who = Night(folder, result, result.records).who()
    pairs = find_pairs(result.records).pairs[["person_a", "person_b"]].itertuples(index=False)
    yes = [(a, b) for a, b in pairs if who.get(a, a) == who.get(b, b)]
    yes += [(row.ident, row.person) for row in result.meant]
    return Night(
        folder, result, unite(result.records, Identity.of([], yes).groups, places=joined_places(result.records))
    )


def day(value: int, end: int) -> str:
    return format_iso(int(value), int(end), "Asia/Ho_Chi_Minh")[:10]


def test_every_row_is_used_waits_or_is_set_aside(night: Night) -> None:
    rows = {"loaded": 0, "waiting": 0, "set aside": 0}
    for summary in night.result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
        if summary.kind != "counts":
            rows["loaded"] += summary.loaded
            rows["waiting"] += summary.waiting
            rows["set aside"] += summary.set_aside
        if not summary.file.startswith(NOT_READ):
            assert summary.set_aside == 0, summary.file
    assert rows["loaded"] + rows["waiting"] >= FLOOR["rows"] - 2
    assert sum(summary.kind == "counts" for summary in night.result.summaries) == 1


def test_the_cases_are_the_cases(night: Night) -> None:
    who = night.who()
    cases = {
        who[person]: status if isinstance(status, str) else "confirmed"
        for person, status in zip(night.records.cases["person"], night.records.cases["status"], strict=True)
    }
    assert cases == {f"TP00{i}": "suspected" if i == 6 else "confirmed" for i in range(1, 7)}


def test_contacts(night: Night) -> None:
    who, contacts = night.who(), night.records.contacts
    found = {
        frozenset((who.get(a, a), who.get(b, b)))
        for a, b in zip(contacts["person_a"], contacts["person_b"], strict=True)
    }
    told = {frozenset((row["person_a"], row["person_b"])) for row in night.truth("contacts")}
    known = {pair for pair in found if all(person.startswith("TP") for person in pair)}
    assert not known - told, "pairs that never met"
    assert len(known) >= FLOOR["contacts"]


def test_who_met_by_a_contact_or_by_being_at_one_place(night: Night) -> None:
    """Coach, truck, café, shift, home and room are visits: whom the truth says that a file tells is found there."""
    who, records = night.who(), night.records
    found = {
        frozenset((who.get(a, a), who.get(b, b)))
        for a, b in zip(records.contacts["person_a"], records.contacts["person_b"], strict=True)
    }
    stays: dict[str, list[tuple[str, int, int]]] = {}
    rooms = records.isolations[records.isolations["place"].str.contains("phòng").fillna(False)]
    for rows in (records.visits, rooms):
        told = rows[["person", "place", "start", "start_to", "end_to"]].itertuples(index=False)
        for person, place, start, start_to, end in told:
            last = max(int(start_to), int(start) + 1) if pd.isna(end) else int(end)
            stays.setdefault(place, []).append((who.get(person, person), int(start), last))
    for there in stays.values():
        for one, start, end in there:
            found |= {frozenset((one, other)) for other, s, e in there if one < other and max(start, s) < min(end, e)}
    told_pairs = {
        frozenset((row["person_a"], row["person_b"])) for row in night.truth("contacts") if row["told"] == "yes"
    }
    assert len(told_pairs & found) >= FLOOR["met"]


def test_tests_visits_isolations(night: Night) -> None:
    who, records = night.who(), night.records
    found: dict[str, set[tuple[str, str]]] = {}
    for table, column in (("tests", "sample"), ("visits", "start"), ("isolations", "start")):
        rows = records[table]
        found[table] = {
            (who.get(p, p), day(a, b))
            for p, a, b in zip(rows["person"], rows[column], rows[f"{column}_to"], strict=True)
        }
        true = {(row["person"], row[column][:10]) for row in night.truth(table)}
        assert len(found[table] & true) >= FLOOR[table], table
    positive = {
        who.get(p, p) for p in records.tests.loc[(records.tests["result"] == "positive").fillna(False), "person"]
    }
    pooled = {"TP016", "TP021", "TP022", "TP023", "TP025"}
    assert positive - pooled <= {f"TP00{i}" for i in range(1, 7)}


def test_people_are_neither_split_nor_mixed(night: Night) -> None:
    who = night.who()
    assert len(set(who.values())) >= FLOOR["people"]
    found = find_pairs(night.result.records)
    joined = list(zip(found.automatic["person_a"], found.automatic["person_b"], strict=True))
    assert all(who[a] == who[b] for a, b in joined)
    joined += [(row.ident, row.person) for row in night.result.meant]
    united = unite(night.result.records, Identity.of([], joined).groups)
    here = [who[ident] for ident in united.persons["person"] if ident in who]
    asked = {who.get(a) for a, b in zip(found.questions["person_a"], found.questions["person_b"], strict=True)}
    twice = {person for person in here if here.count(person) > 1}
    assert len(twice - asked) <= 1, "on record twice, and neither joined nor asked about"
    assert len(here) - len(set(here)) <= 10, "a short name and a number, namesakes: asked about"


def test_what_is_not_certain_is_asked(night: Night) -> None:
    asked = {(q.file[:2], q.row, q.said) for q in night.result.questions}
    for expected in (
        ("01", 14, "92/7"),
        ("01", 20, "BN990110"),
        ("02", 9, "BN990104 hoặc BN990101"),
        ("04", 5, "Nguyễn Văn Hùng"),
        ("05", 8, "BN990101 hoặc BN990102"),
        ("09", 10, "A06"),
        ("10", 10, "chủ đại lý"),
        ("03", 6, "038 119"),
        ("03", 8, "Hùng (đi chung Út Lượm)"),
        ("09", 14, "chồng chị Rây"),
        ("11", 5, "vạch mờ"),
        ("16", 12, "Khoảng 16h ghé tiệm tạp hóa, không nhớ tên"),
    ):
        assert expected in asked
    columns = {(q.file[:2], q.column, q.rows) for q in night.result.questions if q.row is None}
    assert columns >= {("01", "Họ và tên", 1), ("07", "Ghi chú", 3), ("09", "Ghi chú", 1), ("15", "Ghi chú", 2)}
    assert not night.result.complete
