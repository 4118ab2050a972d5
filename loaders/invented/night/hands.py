"""How clerks write: days, hours, telephone numbers, names, homes, and whom somebody met; each clerk in one way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

import numpy as np

from loaders.invented.night.pages import Cell, PageColumn, Written
from loaders.invented.night.people import Case, Evening, Somebody
from tracing.text import unaccented

TEXT_DAYS: Final = ("d/m/Y", "j/n/Y", "d-m-Y", "d.m.Y", "d/m/y", "Y-m-d", "stamp", "d/m")
BOOK_DAYS: Final = ("date", "serial", *TEXT_DAYS)
_EPOCH: Final = date(1899, 12, 30)
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("Họ và tên", "HỌ VÀ TÊN", "Họ tên", "Họ và tên (*)", "Họ tên đầy đủ", "Tên"),
    "phone": ("SĐT", "Số điện thoại", "Điện thoại", "Số ĐT", "SĐT liên hệ", "Số điện thoại (Zalo)"),
    "birth_year": ("Năm sinh", "NS", "Sinh năm"),
    "birth_date": ("Ngày sinh", "Ngày tháng năm sinh", "Ngày/Năm sinh"),
    "sex": ("Giới tính", "Giới", "Nam/Nữ"),
    "address": ("Địa chỉ", "Nơi ở hiện nay", "Địa chỉ nơi ở", "Chỗ ở hiện tại", "Nơi cư trú"),
    "hamlet": ("Ấp/Khóm", "Ấp", "Thôn/Ấp"),
    "commune": ("Xã/TT", "Xã", "Xã, thị trấn"),
    "index": (
        "Tiếp xúc với ca bệnh",
        "F0 liên quan",
        "Tiếp xúc với F0 nào",
        "Mã BN F0",
        "Trường hợp F0",
        "Liên quan ca bệnh",
        "Tiếp xúc F0",
    ),
    "last_contact": ("Ngày tiếp xúc cuối", "Ngày tiếp xúc lần cuối", "Lần cuối gặp F0", "Ngày TX gần nhất"),
    "first_contact": ("Ngày tiếp xúc đầu tiên", "Bắt đầu tiếp xúc", "Ngày đầu tiếp xúc"),
    "contact_place": ("Nơi tiếp xúc", "Địa điểm tiếp xúc", "Hoàn cảnh tiếp xúc", "Tiếp xúc ở đâu"),
    "kept": ("Ghi chú", "Ghi chú thêm"),
    "onset": ("Ngày khởi phát", "Ngày phát bệnh", "Ngày có triệu chứng"),
    "sample": ("Ngày lấy mẫu", "Ngày LM", "Ngày lấy mẫu XN"),
    "confirmed": ("Ngày công bố", "Ngày dương tính", "Ngày xác định"),
    "classification": ("Phân loại", "Phân loại ca", "Loại ca bệnh"),
    "sources": ("Nguồn lây", "Lây từ ai", "Nghi lây từ"),
    "test_result": ("Kết quả", "KQ", "Kết quả XN"),
    "national_id": ("CCCD", "Số CCCD/CMND"),
}
_KIN: Final = ("mẹ", "con", "vợ", "chồng", "hàng xóm", "bạn")


class Clerk:
    """One writer with habits of its own. ``book`` tells that a workbook is filled in, not a text file."""

    def __init__(self, rng: np.random.Generator, evening: Evening, *, book: bool = True, dated: bool = True) -> None:
        self.rng, self.evening = rng, evening
        styles = [s for s in (BOOK_DAYS if book else TEXT_DAYS) if dated or s != "d/m"]
        self.days = self.pick(styles)
        self.phones = self.pick(("plain", "spaced", "dotted", "number", "84", "+84") if book else ("plain", "spaced"))
        self.letters = self.pick(("proper", "proper", "capitals", "bare", "blanks"))
        self.homes = self.pick(("comma", "dash", "short", "capitals", "group"))
        self.refers = self.pick(("code", "spaced", "small", "kin", "name", "short"))
        self.padded = bool(rng.random() < 0.5)

    def pick(self, choices: Sequence[str]) -> str:
        """Return one of several texts."""
        return choices[int(self.rng.integers(0, len(choices)))]

    def chance(self, share: float) -> bool:
        """Tell whether something that happens in this share of cases happens."""
        return bool(self.rng.random() < share)

    def column(
        self, means: str, *, heading: str | None = None, over: str | None = None, merged: bool = False
    ) -> PageColumn:
        """Return a column under a heading of this clerk's choice."""
        return PageColumn(heading or self.pick(HEADINGS[means]), means, over, merged)

    def day(self, value: date | None) -> Cell:
        """Write a day."""
        return Cell(None) if value is None else Cell(self._day(value), f"{value:%d/%m/%Y}")

    def _day(self, value: date) -> Written:
        style = self.days
        if style == "date":
            return value
        if style == "serial":
            return (value - _EPOCH).days
        if style == "j/n/Y":
            return f"{value.day}/{value.month}/{value.year}"
        if style == "stamp":
            return f"{value.isoformat()} 00:00:00"
        pattern = {"d/m/Y": "%d/%m/%Y", "d-m-Y": "%d-%m-%Y", "d.m.Y": "%d.%m.%Y", "d/m/y": "%d/%m/%y", "d/m": "%d/%m"}
        return value.strftime(pattern.get(style, "%Y-%m-%d"))

    def hour(self, value: time) -> str:
        """Write an hour."""
        style = self.pick(("{h:02d}:{m:02d}", "{h}h{m:02d}", "{h}g{m:02d}", "{h} giờ {m:02d}", "{h}h{m:02d}p"))
        return style.format(h=value.hour, m=value.minute)

    def moment(self, value: datetime | None) -> Cell:
        """Write a day with its hour."""
        if value is None:
            return Cell(None)
        style = self.pick(("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Hh%M ngày %d/%m/%Y"))
        return Cell(value.strftime(style), f"{value:%d/%m/%Y %H:%M}")

    def phone(self, person: Somebody) -> Cell:
        """Write a telephone number; some who have none say so in words."""
        number = person.phone
        if number is None:
            return Cell(self.pick(("không có", "", "ko", "-")) or None)
        spellings: dict[str, Written] = {
            "plain": number,
            "spaced": f"{number[:4]} {number[4:7]} {number[7:]}",
            "dotted": f"{number[:4]}.{number[4:7]}.{number[7:]}",
            "number": int(number),
            "84": f"84{number[1:]}",
            "+84": f"+84 {number[1:]}",
        }
        return Cell(spellings[self.phones], number)

    def name(self, person: Somebody) -> Cell:
        """Write a name."""
        written = {
            "proper": person.name,
            "capitals": person.name.upper(),
            "bare": unaccented(person.name) if self.chance(0.5) else person.name,
            "blanks": f" {person.name.replace(' ', '  ', 1)} ",
        }[self.letters]
        return Cell(written, person.name, (person.key,))

    def home(self, person: Somebody) -> Cell:
        """Write where somebody lives."""
        unit = "thị trấn" if person.unit == "Thị trấn" else "xã"
        short = "TT" if person.unit == "Thị trấn" else "X."
        district = self.evening.district
        written = {
            "comma": f"ấp {person.hamlet}, {unit} {person.commune}, huyện {district}",
            "dash": f"Ấp {person.hamlet} - {person.commune}",
            "short": f"ấp {person.hamlet}, {short} {person.commune}, H. {district}",
            "capitals": unaccented(f"ap {person.hamlet}, {unit} {person.commune}").upper(),
            "group": f"tổ {person.group}, ấp {person.hamlet}, {unit} {person.commune}",
        }[self.homes]
        return Cell(written, f"ấp {person.hamlet}, {unit} {person.commune}, huyện {district}")

    def code(self, case: Case) -> str:
        """Write the code of a case as the clerk is used to."""
        number = f"{case.number:06d}" if self.padded else str(case.number)
        return {"spaced": f"BN {number}", "small": f"bn{number}", "short": number}.get(self.refers, f"BN{number}")

    def refer(self, met: Sequence[str], *, one_of: bool = False) -> Cell:
        """Write whom somebody met or was infected by: by code, by name, by what the house says."""
        people = [self.evening.people[key] for key in met]
        cases = [self.evening.case_of(key) for key in met]
        parts = []
        for person, case in zip(people, cases, strict=True):
            if case is None or (self.refers == "name" and self.chance(0.8)):
                parts.append(self._called(person))
            elif self.refers == "kin":
                parts.append(f"{self.code(case)} ({self.pick(_KIN)})" if self.chance(0.5) else self.code(case))
            else:
                parts.append(self.code(case))
        joint = " hoặc " if one_of else self.pick(("/", ", ", " và ", " + ", "; "))
        meant = [
            f"BN{case.number:06d}" if case else f"{person.name} ({person.born.year})"
            for person, case in zip(people, cases, strict=True)
        ]
        return Cell(joint.join(parts), "; ".join(meant), tuple(met))

    def _called(self, person: Somebody) -> str:
        style = self.pick(("full", "full", "year", "year", "capitals"))
        if style == "year":
            return f"{person.name} ({person.born.year})"
        return person.name.upper() if style == "capitals" else person.name
