"""Lists of who was where: check-ins, a coach, a roster, houses, rooms of a quarantine centre."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np

from loaders.invented.names import OWN_NAMES
from loaders.invented.night.contacts import born, born_cells, closing, letterhead
from loaders.invented.night.hands import Clerk
from loaders.invented.night.pages import Cell, Page, PageColumn, Row, RowFact
from loaders.invented.night.people import Evening, Somebody

ROSTERS: Final = ("shift", "class", "stall", "ward", "table", "boat", "room")
_RELATIONS: Final = ("Chủ hộ", "Vợ", "Con", "Con", "Con")


def _some(rng: np.random.Generator, evening: Evening, count: int, *, phone: bool = True) -> list[Somebody]:
    """Return people, some cases among them; with ``phone`` such as have a telephone."""
    sick = [evening.people[case.person] for case in evening.cases[:2]]
    rest = [p for p in evening.people.values() if p not in sick and (p.phone or not phone) and p.born.year < 2003]
    chosen = [rest[i] for i in rng.choice(len(rest), count - len(sick), replace=False)]
    return [*chosen[: count // 2], *sick, *chosen[count // 2 :]]


def _minute(value: datetime) -> str:
    return value.isoformat(timespec="minutes")


def check_ins(rng: np.random.Generator, evening: Evening) -> Page:
    """Return the QR scans of a place: two columns of moments, the second often empty; one scan twice."""
    clerk = Clerk(rng, evening, book=False)
    clerk.days = "stamp"
    place = f"Quán cà phê {clerk.pick(OWN_NAMES)}"
    day = evening.day - timedelta(days=4)
    columns = [
        PageColumn(clerk.pick(("Tên địa điểm", "Địa điểm", "Điểm kiểm soát")), "place"),
        clerk.column("name"),
        clerk.column("phone"),
        PageColumn(clerk.pick(("Thời gian đến", "Giờ vào", "Thời gian quét vào", "Check in lúc")), "visit_start"),
        PageColumn(clerk.pick(("Thời gian đi", "Giờ ra", "Thời gian quét ra", "Check out lúc")), "visit_end"),
    ]
    pattern = clerk.pick(("%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%H:%M %d/%m/%Y"))
    rows = []
    for number, person in enumerate(_some(rng, evening, 14)):
        came = datetime.combine(day, time(6, 40)) + timedelta(minutes=int(rng.integers(1, 12)) + 9 * number)
        left = came + timedelta(minutes=int(rng.integers(15, 70))) if clerk.chance(0.5) else None
        cells = {
            "place": Cell(place, place),
            "name": clerk.name(person),
            "phone": clerk.phone(person),
            "visit_start": Cell(came.strftime(pattern), f"{came:%d/%m/%Y %H:%M}"),
            "visit_end": Cell(
                None if left is None else left.strftime(pattern), None if left is None else f"{left:%d/%m/%Y %H:%M}"
            ),
        }
        told = ("place", "name", "phone", "visit_start", *(("visit_end",) if left else ()))
        fact = RowFact(
            table="visits",
            person=person.key,
            place=place,
            first=_minute(came),
            last=None if left is None else _minute(left),
            told=told,
        )
        rows.append(Row(person.key, cells, [fact]))
    encoding, separator = (("utf-16", "\t"), ("utf-8-sig", ";"))[int(rng.integers(0, 2))]
    return Page("07 qr_export.csv", None, [], columns, rows, numbered=False, encoding=encoding, separator=separator)


def coach(rng: np.random.Generator, evening: Evening) -> Page:
    """Return the passengers of a coach: plate, departure and arrival stand in the lines above."""
    clerk = Clerk(rng, evening)
    plate = f"69B-{int(rng.integers(0, 30)):03d}.{int(rng.integers(10, 99))}"
    left = datetime.combine(evening.day - timedelta(days=6), time(20, 30))
    came = left + timedelta(hours=7, minutes=40)
    titles = [
        ["DANH SÁCH HÀNH KHÁCH"],
        [clerk.pick((f"Biển số xe: {plate}", f"BKS: {plate.replace('.', '')}", f"Biển kiểm soát: {plate}"))],
        [f"Xuất phát: {left.hour}h{left.minute:02d} ngày {left.day}/{left.month}/{left.year}, Bến xe Miền Tây"],
        [f"Đến: {came.hour}h{came.minute:02d} ngày {came.day}/{came.month}/{came.year}, Bến xe {evening.district}"],
    ]
    columns = [
        PageColumn(clerk.pick(("Số ghế", "Ghế", "Vị trí ghế")), "seat"),
        clerk.column("name", heading=clerk.pick(("Họ tên hành khách", "Họ và tên"))),
        clerk.column("birth_year"),
        clerk.column("phone"),
        PageColumn(clerk.pick(("Nơi xuống", "Điểm xuống")), "kept"),
    ]
    rows = []
    for number, person in enumerate(_some(rng, evening, 12)):
        seat = f"{'AB'[number % 2]}{number // 2 + 1:02d}"
        cells = {
            "seat": Cell(seat, seat),
            "name": clerk.name(person),
            "birth_year": Cell(person.born.year, str(person.born.year)),
            "phone": clerk.phone(person),
            "kept": Cell(clerk.pick((evening.district, "dọc đường", "cuối bến"))),
        }
        fact = RowFact(
            table="visits", person=person.key, place=plate, first=_minute(left), last=_minute(came), told=("name",)
        )
        rows.append(Row(person.key, cells, [fact]))
    return Page(f"08 DS xe {plate.replace('.', '')}.xlsx", "Sheet1", titles, columns, rows)


def roster(rng: np.random.Generator, evening: Evening) -> Page:
    """Return a roster; of what kind goes round with the seed."""
    kind = ROSTERS[evening.seed % len(ROSTERS)]
    clerk = Clerk(rng, evening, dated=False)
    day = evening.day - timedelta(days=5)
    return _Roster(clerk, rng, evening, kind, day).page()


class _Roster:
    """A roster of one kind: its place, its part of the place (line, class, stall, …), its day and hours."""

    def __init__(self, clerk: Clerk, rng: np.random.Generator, evening: Evening, kind: str, day: date) -> None:
        self.clerk, self.rng, self.evening, self.kind, self.day = clerk, rng, evening, kind, day
        name = clerk.pick(OWN_NAMES)
        self.title, self.part, self.heading, self.values = {
            "shift": (f"Công ty thủy sản {name}", "team", "Tổ", ("Tổ 1", "Tổ 2", "Phân cỡ")),
            "class": (f"Trường THCS {name}", "class", "Lớp", ("7A1", "7A2")),
            "stall": (f"Chợ {evening.communes[0]}", "stall", "Số sạp", ("12", "14", "15", "B3")),
            "ward": (f"Bệnh viện Đa khoa {evening.district}", "ward", "Khoa", ("Khoa Nội", "Khoa Nhi")),
            "table": (f"Nhà hàng tiệc cưới {name}", "table", "Bàn số", ("3", "4", "5")),
            "boat": (f"Cảng cá {name}", "boat", "Tàu", ("CM-91234-TS", "CM-90077-TS")),
            "room": (f"Nhà trọ {name}", "room", "Phòng số", ("3", "4", "7")),
        }[kind]

    def page(self) -> Page:
        """Return the list."""
        timed = self.kind in ("shift", "ward", "table")
        own_day = not timed or self.clerk.chance(0.5)
        columns = [self.clerk.column("name"), self.clerk.column("birth_year"), self.clerk.column("phone")]
        columns.append(PageColumn(self.heading, self.part))
        if own_day:
            heading = {"room": "Ngày vào ở", "boat": "Ngày cập bến"}.get(self.kind, "Ngày")
            columns.append(PageColumn(heading, "visit_date" if self.kind != "room" else "from_day"))
        if timed:
            columns += [PageColumn("Giờ vào", "visit_start"), PageColumn("Giờ ra", "visit_end")]
        rows = [self._row(person, timed, own_day) for person in _some(self.rng, self.evening, 12)]
        titles = [[self.title.upper() if self.clerk.chance(0.3) else self.title]]
        titles.append([f"DANH SÁCH NGÀY {self.day.day}/{self.day.month}/{self.day.year}"])
        return Page(f"09 {self.title}.xlsx", "Sheet1", titles, columns, rows, closing(len(rows)))

    def _row(self, person: Somebody, timed: bool, own_day: bool) -> Row:
        part = self.clerk.pick(self.values)
        start = datetime.combine(self.day, time(18 if self.kind == "shift" else 7, 0))
        end = start + timedelta(hours=8, minutes=30)
        cells = {
            "name": self.clerk.name(person),
            "birth_year": Cell(person.born.year, str(person.born.year)),
            "phone": self.clerk.phone(person),
            self.part: Cell(part, part),
            "visit_date": self.clerk.day(self.day),
            "from_day": self.clerk.day(self.day),
            "visit_start": Cell(self.clerk.hour(start.time()), f"{start:%d/%m/%Y %H:%M}"),
            "visit_end": Cell(self.clerk.hour(end.time()), f"{end:%d/%m/%Y %H:%M}"),
        }
        told = ("name", self.part, *(("visit_start", "visit_end") if timed else ()))
        told = (*told, *(("visit_date", "from_day") if own_day else ()))
        first = _minute(start) if timed else self.day.isoformat()
        last = _minute(end) if timed else self.day.isoformat() if self.kind == "room" else None
        place = self.title if self.part == "stall" else part  # a stall is no place of its own
        fact = RowFact(table="visits", person=person.key, place=place, first=first, last=last, told=told)
        return Row(person.key, cells, [fact])


def houses(rng: np.random.Generator, evening: Evening) -> Page:
    """Return an extract of the household book: the number only on the head's row, members indented below."""
    clerk = Clerk(rng, evening)
    clerk.letters = "proper"
    homes = [evening.people[case.person].household for case in evening.cases[:4]]
    columns = [
        PageColumn(clerk.pick(("Số hộ", "Hộ số", "Mã hộ")), "household", merged=True),
        clerk.column("name", heading=clerk.pick(("Họ và tên chủ hộ, nhân khẩu", "Họ và tên"))),
        PageColumn("Quan hệ với chủ hộ", "relation"),
        *born(clerk, "year"),
        clerk.column("address"),
    ]
    rows = []
    for home in homes:
        for number, person in enumerate(p for p in evening.people.values() if p.household == home):
            name = clerk.name(person)
            cells = {
                "household": Cell(home, home),
                "name": name if number == 0 else Cell(f"- {name.written}", name.true, name.who),
                "relation": Cell(_RELATIONS[min(number, 4)]),
                **born_cells(clerk, "year", person),
                "address": clerk.home(person),
            }
            fact = RowFact(table="persons", person=person.key, what=home, told=("name", "household"))
            rows.append(Row(person.key, cells, [fact]))
    titles = letterhead(evening, "TRÍCH SỔ HỘ KHẨU", evening.communes[0])
    return Page("10 Ho khau va cach ly.xlsx", "Hộ", titles, columns, rows)


def rooms(rng: np.random.Generator, evening: Evening) -> Page:
    """Return the occupants of a quarantine centre: the room merged down, days in and out."""
    clerk = Clerk(rng, evening, dated=False)
    centre = f"Khu cách ly Trường THPT {evening.district}"
    held = [m for m in evening.meetings if evening.people[m.person].commune in evening.communes[2:]][:14]
    columns = [
        PageColumn(clerk.pick(("Phòng", "Số phòng", "Phòng số")), "room", merged=True),
        clerk.column("name"),
        *born(clerk, "year"),
        clerk.column("phone"),
        PageColumn(clerk.pick(("Ngày vào", "Ngày vào cách ly", "Ngày bắt đầu cách ly")), "isolation_start"),
        PageColumn(clerk.pick(("Ngày ra (dự kiến)", "Ngày hết cách ly", "Ngày ra")), "isolation_end"),
    ]
    rows = []
    for number, meeting in enumerate(held):
        person = evening.people[meeting.person]
        start = meeting.last + timedelta(days=1)
        end = start + timedelta(days=14)
        room = str(201 + number // 3)
        cells = {
            "room": Cell(room, room),
            "name": clerk.name(person),
            **born_cells(clerk, "year", person),
            "phone": clerk.phone(person),
            "isolation_start": clerk.day(start),
            "isolation_end": clerk.day(end),
        }
        told = ("name", "room", "isolation_start", "isolation_end")
        fact = RowFact(
            table="isolations", person=person.key, place=room, first=start.isoformat(), last=end.isoformat(), told=told
        )
        rows.append(Row(person.key, cells, [fact]))
    titles = [[f"DANH SÁCH {centre.upper()}"], [f"Ngày {evening.day:%d/%m/%Y}"]]
    return Page("10 Ho khau va cach ly.xlsx", "Phòng", titles, columns, rows, closing(len(rows)))
