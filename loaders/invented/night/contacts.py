"""Case lists and lists of contacts, as commune and district write them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from loaders.invented.night.hands import Clerk
from loaders.invented.night.pages import Cell, Page, PageColumn, Row, RowFact
from loaders.invented.night.people import Case, Evening, Meeting, Somebody

CLASSES: Final = {
    "confirmed": ("Dương tính", "Ca bệnh xác định", "F0"),
    "suspected": ("Nghi ngờ", "Ca nghi ngờ"),
    "discarded": ("Âm tính", "Đã loại trừ", "Loại trừ"),
}


def letterhead(evening: Evening, what: str, commune: str | None = None, *, at: str | None = None) -> list[list[str]]:
    """Return the lines above a list: office, title, as of when."""
    unit = next((p.unit for p in evening.people.values() if p.commune == commune), "Xã")
    where = f"{unit} {commune}".upper() if commune else f"HUYỆN {evening.district}".upper()
    office = f"TRẠM Y TẾ {where}" if commune else f"TRUNG TÂM Y TẾ {where}"
    told = at or f"(Tính đến 18 giờ 00 ngày {evening.day.day}/{evening.day.month}/{evening.day.year})"
    return [[office, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], [], [f"{what} {where}"], [told], []]


def closing(count: int, people: str = "người") -> list[list[str]]:
    """Return the lines below a list: the total, who signed."""
    return [[f"Tổng cộng: {count:02d} {people}"], [], ["NGƯỜI LẬP BIỂU", "TRƯỞNG TRẠM"], ["(Đã ký)", "(Đã ký)"]]


def born(clerk: Clerk, style: str) -> list[PageColumn]:
    """Return the columns for the birth: a year under Nam or Nữ, a year, or a date."""
    if style == "sexes":
        return [
            PageColumn("Nam", "male_year", over="Năm sinh"),
            PageColumn("Nữ", "female_year", over="Năm sinh"),
        ]
    return [clerk.column("birth_date" if style == "date" else "birth_year"), clerk.column("sex")]


def born_cells(clerk: Clerk, style: str, person: Somebody) -> dict[str, Cell]:
    """Return the cells of the birth; of a date, now and then only month and year, or the year."""
    year = Cell(person.born.year, str(person.born.year))
    if style == "sexes":
        return {"male_year" if person.male else "female_year": year}
    sex = Cell(clerk.pick(("Nam", "nam") if person.male else ("Nữ", "nữ")), "Nam" if person.male else "Nữ")
    if style != "date":
        return {"birth_year": year, "sex": sex}
    day, month = person.born.day, person.born.month
    written = clerk.pick(
        (f"{day:02d}/{month:02d}/{person.born.year}",) * 4
        + (str(person.born.year), f"tháng {month}/{person.born.year}")
    )
    return {"birth_date": Cell(written, f"{person.born:%d/%m/%Y}"), "sex": sex}


def case_list(rng: np.random.Generator, evening: Evening) -> Page:
    """Return the district's list of cases."""
    clerk = Clerk(rng, evening, dated=False)
    clerk.letters = "capitals" if clerk.chance(0.5) else "proper"
    clerk.refers = clerk.pick(("code", "kin", "small"))
    style = clerk.pick(("sexes", "year", "date"))
    columns = [
        PageColumn(clerk.pick(("Mã BN", "Mã số BN", "Mã ca bệnh")), "person"),
        clerk.column("name"),
        *born(clerk, style),
        clerk.column("address"),
        clerk.column("phone"),
        *(clerk.column(name) for name in ("onset", "sample", "confirmed", "classification", "sources")),
    ]
    rows = [_case_row(clerk, evening, case, style) for case in evening.cases]
    titles = letterhead(evening, "BÁO CÁO CA BỆNH COVID-19")
    name = clerk.pick(("01 Bao cao ca benh", "01 DS ca duong tinh", "01 BC F0"))
    return Page(f"{name} {evening.day:%d-%m-%Y}.xlsx", "BC", titles, columns, rows, closing(len(rows), "ca"))


def _case_row(clerk: Clerk, evening: Evening, case: Case, style: str) -> Row:
    person = evening.people[case.person]
    cells = {
        "person": Cell(f"BN{case.number:06d}", f"BN{case.number:06d}", (person.key,)),
        "name": clerk.name(person),
        **born_cells(clerk, style, person),
        "address": clerk.home(person),
        "phone": clerk.phone(person),
        "onset": clerk.day(case.onset) if case.onset else Cell("Không triệu chứng", "Không triệu chứng"),
        "sample": clerk.day(case.sample),
        "confirmed": clerk.day(case.confirmed) if case.confirmed else Cell(clerk.pick(("chờ PCR", "", "chưa có KQ"))),
        "classification": Cell(clerk.pick(CLASSES[case.status]), case.status),
        "sources": clerk.refer(case.sources, one_of=case.one_of)
        if case.sources
        else Cell(clerk.pick(("Chưa rõ", "", "Đang điều tra", "Cộng đồng")) or None),
    }
    row = Row(person.key, cells)
    if case.status != "discarded":
        onset, sample = None if case.onset is None else case.onset.isoformat(), case.sample.isoformat()
        told = ("name", "person", "onset", "sample", "classification")
        row.facts.append(
            RowFact(table="cases", person=person.key, first=onset, last=sample, what=case.status, told=told)
        )
    for number, source in enumerate(case.sources):
        if not (case.one_of and number):
            row.facts.append(RowFact(table="links", person=person.key, other=source, told=("person", "sources")))
    if case.one_of:
        cells["sources"].who = case.sources[:1]
    return row


def contact_list(
    rng: np.random.Generator, evening: Evening, number: str, communes: Sequence[str], *, book: bool
) -> Page:
    """Return the list of the contacts of cases in some communes: a workbook of one, or a text file of several."""
    clerk = Clerk(rng, evening, book=book, dated=book)
    style = clerk.pick(("sexes", "year", "date") if book else ("year", "date"))
    merged = book and clerk.chance(0.6)
    both = clerk.chance(0.5)
    columns = [clerk.column("name"), *born(clerk, style)]
    columns += (
        [clerk.column("hamlet"), clerk.column("commune", merged=merged)]
        if clerk.chance(0.4)
        else [clerk.column("address")]
    )
    columns += [clerk.column("phone"), clerk.column("index", merged=merged)]
    columns += [clerk.column("first_contact")] if both else []
    columns += [clerk.column("last_contact"), clerk.column("contact_place"), clerk.column("kept")]
    told = [m for m in evening.meetings if evening.people[m.person].commune in communes]
    told.sort(key=lambda m: (m.met, evening.people[m.person].commune))
    rows = [contact_row(clerk, evening, meeting, style, first=both) for meeting in told]
    if merged:
        same_words(rows, "index")
    titles = letterhead(evening, "DANH SÁCH F1", communes[0] if len(communes) == 1 else None)
    if not book:
        return Page(
            f"{number} F1 {' '.join(communes)}.csv",
            None,
            [],
            columns,
            rows,
            encoding=clerk.pick(("tcvn3", "cp1258", "utf-8-sig")),
            separator=clerk.pick((",", ";")),
        )
    name = f"{number} DS F1 {clerk.pick(('xa', 'gui', 'lan 2'))} {evening.day:%d.%m}.xlsx"
    return Page(name, "DS F1", titles, columns, rows, closing(len(rows)))


def same_words(rows: Sequence[Row], means: str) -> None:
    """Let rows below each other that mean one thing say it in one way, so that their cells can be merged."""
    for above, row in pairwise(rows):
        if row.cells[means].who == above.cells[means].who:
            row.cells[means] = Cell(above.cells[means].written, row.cells[means].true, above.cells[means].who)


def contact_row(clerk: Clerk, evening: Evening, meeting: Meeting, style: str, *, first: bool) -> Row:
    """Return the row of somebody who met cases (or of an F2 list: an F1)."""
    person = evening.people[meeting.person]
    unit = "TT" if person.unit == "Thị trấn" else "xã"
    cells = {
        "name": clerk.name(person),
        **born_cells(clerk, style, person),
        "address": clerk.home(person),
        "hamlet": Cell(clerk.pick((person.hamlet, f"ấp {person.hamlet}"))),
        "commune": Cell(f"{unit} {person.commune}" if clerk.padded else person.commune),
        "phone": clerk.phone(person),
        "index": clerk.refer(meeting.met),
        "first_contact": clerk.day(meeting.first),
        "last_contact": clerk.day(meeting.last),
        "contact_place": Cell(meeting.occasion),
        "kept": Cell(clerk.pick(("", "", "", "đã lấy mẫu", "đã test (-)", "chưa liên lạc được")) or None),
    }
    told = ("name", "index", "last_contact", *(("first_contact",) if first else ()))
    facts = [
        RowFact(
            table="contacts",
            person=person.key,
            other=other,
            last=meeting.last.isoformat(),
            first=meeting.first.isoformat() if first else None,
            what=meeting.occasion,
            told=told,
        )
        for other in meeting.met
    ]
    return Row(person.key, cells, facts)


def two_tables(rng: np.random.Generator, evening: Evening, communes: Sequence[str]) -> list[Page]:
    """Return one sheet with two tables: the contacts of cases, and below the contacts of these, F1 by name."""
    clerk = Clerk(rng, evening)
    clerk.refers = clerk.pick(("name", "code", "spaced"))
    name = f"04 F1 F2 {evening.district} {evening.day:%d-%m}.xlsx"
    columns = [clerk.column("name"), *born(clerk, "year"), clerk.column("address"), clerk.column("phone")]
    columns += [clerk.column("index"), clerk.column("last_contact"), clerk.column("contact_place")]
    told = [m for m in evening.meetings if evening.people[m.person].commune in communes]
    rows = [contact_row(clerk, evening, meeting, "year", first=False) for meeting in told]
    upper = Page(name, "Tổng hợp", letterhead(evening, "DANH SÁCH TIẾP XÚC GẦN (F1)"), columns, rows)
    clerk.refers = "name"
    below = [clerk.column("name", heading="Họ tên F2"), clerk.column("birth_year"), clerk.column("sex")]
    below += [clerk.column("phone"), clerk.column("index", heading="Họ tên F1"), clerk.column("last_contact")]
    below += [clerk.column("contact_place", heading="Quan hệ với F1" if clerk.chance(0.3) else None)]
    second = [contact_row(clerk, evening, meeting, "year", first=False) for meeting in evening.second]
    lower = Page(name, "Tổng hợp", [["DANH SÁCH F2 (tiếp xúc với F1)"]], below, second, closing(len(rows)))
    return [upper, lower]
