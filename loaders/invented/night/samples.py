"""Lists of tests: PCR in pools, rapid tests of one place and day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

import numpy as np

from loaders.invented.night.contacts import born, born_cells, closing, letterhead
from loaders.invented.night.hands import Clerk
from loaders.invented.night.pages import Cell, Page, PageColumn, Row, RowFact
from loaders.invented.night.people import Evening, Somebody

_POOL: Final = 4
_WORDS: Final = {
    "negative": ("Âm tính", "ÂM TÍNH", "âm", "(-)", "Neg"),
    "positive": ("Dương tính", "DƯƠNG TÍNH", "(+)", "Pos"),
}


def _sampled(evening: Evening, count: int, rng: np.random.Generator) -> list[Somebody]:
    met = [evening.people[m.person] for m in evening.meetings]
    return [met[i] for i in sorted(rng.choice(len(met), min(count, len(met)), replace=False))]


def pools(rng: np.random.Generator, evening: Evening) -> Page:
    """Return the laboratory's list: code, day and result merged over the members of each pool, then single samples."""
    clerk = Clerk(rng, evening)
    day = evening.day - timedelta(days=1)
    people = _sampled(evening, 22, rng)
    in_title = clerk.chance(0.5)
    columns = [clerk.column("name"), *born(clerk, "year"), clerk.column("address"), clerk.column("phone")]
    columns.append(PageColumn(clerk.pick(("Mã gộp", "Mẫu gộp", "Mã mẫu gộp")), "pool", merged=True))
    columns += [] if in_title else [clerk.column("sample", merged=True)]
    columns.append(clerk.column("test_result", merged=True))
    rows: list[Row] = []
    for place, person in enumerate(people):
        number = place // _POOL
        single = number == len(people) // _POOL
        code = clerk.pick(("đơn", "Mẫu đơn")) if single else f"G{number + 1:02d}"
        result = "positive" if number == 1 else "negative"
        cells = {
            "name": clerk.name(person),
            **born_cells(clerk, "year", person),
            "address": clerk.home(person),
            "phone": clerk.phone(person),
            "pool": Cell(code, code),
            "sample": clerk.day(day),
            "test_result": Cell(clerk.pick(_WORDS[result]), result),
        }
        above = rows[-1].cells if rows and rows[-1].cells["pool"].written == code and not single else None
        if above is not None:
            cells |= {name: Cell(above[name].written, above[name].true) for name in ("sample", "test_result")}
        told = ("name", "test_result", *(() if in_title else ("sample",)))
        fact = RowFact(
            table="tests",
            person=person.key,
            first=day.isoformat(),
            what=result,
            told=told,
            place=None if single else code,
        )
        rows.append(Row(person.key, cells, [fact]))
    titles = letterhead(evening, "KẾT QUẢ XÉT NGHIỆM RT-PCR", at=f"Ngày lấy mẫu: {day:%d/%m/%Y}")
    return Page(f"05 KQ RT-PCR mau gop {day:%d-%m}.xlsx", "Kết quả", titles, columns, rows, closing(len(rows), "mẫu"))


def rapid_tests(rng: np.random.Generator, evening: Evening) -> Page:
    """Return a list of rapid tests: the day in the title, hours in a column."""
    clerk = Clerk(rng, evening)
    day = evening.day
    style = clerk.pick(("sexes", "year"))
    people = _sampled(evening, 14, rng)
    columns = [clerk.column("name"), *born(clerk, style), clerk.column("phone"), clerk.column("address")]
    columns.append(PageColumn(clerk.pick(("Giờ lấy mẫu", "Giờ test")), "sample_hour"))
    columns.append(PageColumn(clerk.pick(("KQ test nhanh", "Kết quả test nhanh")), "test_result"))
    rows = []
    for place, person in enumerate(people):
        hour = time(7 + place // 3, (place * 17) % 60)
        missed = place == 5
        result = "positive" if place == 9 else "negative"
        written = clerk.pick(("chưa lấy", "vắng")) if missed else clerk.pick(_WORDS[result])
        cells = {
            "name": clerk.name(person),
            **born_cells(clerk, style, person),
            "phone": clerk.phone(person),
            "address": clerk.home(person),
            "sample_hour": Cell(None) if missed else Cell(clerk.hour(hour), f"{hour:%H:%M}"),
            "test_result": Cell(written, None if missed else result),
        }
        first = datetime.combine(day, hour).isoformat(timespec="minutes")
        told = ("name", "sample_hour", "test_result")
        fact = RowFact(table="tests", person=person.key, first=first, what=result, told=told)
        rows.append(Row(person.key, cells, [] if missed else [fact]))
    titles = [
        [f"DANH SÁCH TEST NHANH KHÁNG NGUYÊN NGÀY {day.day}/{day.month}/{day.year}"],
        [f"Huyện {evening.district}"],
    ]
    return Page(f"06 Test nhanh {day:%d.%m}.xlsx", f"{day:%d.%m}", titles, columns, rows, closing(len(rows)))
