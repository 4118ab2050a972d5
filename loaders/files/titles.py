"""What the lines above a table, the name of its sheet and the name of its file say about all its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from loaders.files.completed import hours_of_journey, with_hours, with_site_first, with_year
from loaders.files.day_words import days_in_numbers, iso_day, without_months
from loaders.files.grid import Fact, Line
from loaders.files.one_case import without_day_of_case, without_sentence_of_case
from loaders.files.ship_titles import ship_facts, without_number
from loaders.files.spelt import Spelt
from loaders.files.title_labels import labelled_cells, labels_of
from loaders.files.title_words import (
    BORN_IN,
    CLASS,
    CODE_BEHIND,
    ENGLISH_PLACE,
    EVENT,
    LINE,
    OF_PHONE,
    PLACE,
    ROOM,
    SENDER,
    WARD,
    TitledPerson,
    names_a_site,
)
from loaders.files.watches import watch_in
from loaders.place_words import COMMUNES, DISTRICTS, HAMLETS, PLATE, capitals, flight_text, plate_text
from tracing.patterns import regex
from tracing.spelling import fold

_END: Final = (
    r"(?=\s*(?:[,;()\-–]|$|\s{2}|thuộc|tại|lập|ngày|đến|từ|ghi nhận|phát hiện|báo cáo|hiện có"
    r"|ĐẾN|NGÀY|TÍNH|TỪ|LÚC|THÁNG|LẦN|ĐỢT|\d))"
)
_UPPER: Final = (
    r"[A-ZÀ-ỸĐ][\wÀ-ỹ']*(?: (?!(?:ĐẾN|NGÀY|TÍNH|TỪ|LÚC|THÁNG|LẦN|ĐỢT)\b)(?:[A-ZÀ-ỸĐ][\wÀ-ỹ']*|\d{1,3})){0,4}"
)
_UNIT: Final = rf"(?![Xx]ã hội|XÃ HỘI)(?:{capitals(COMMUNES)}|XA|TT\.?)"
_LONG_DAY: Final = Spelt(
    r"(?<!\d)(?<!tháng )(\d{1,2})\s*(?:[-/.]|tháng)\s*(\d{1,2})(?:\s*(?:[-/.,]|năm)\s*(?=\d{4})|\s*[-/.]\s*)"
    r"(\d{4}(?![\d/])|\d{2}(?![\d/]|\s*(?:giờ|h|g|:)))",
    re.IGNORECASE,
)
_SHORT_DAY: Final = regex(
    r"(?i)(?<![\d/.,:hgt-])(?<!tháng )(?<!thang )(\d{1,2})\s?[-/.]\s?(\d{1,2})(?![\d/hg]|:\s?\d|[-.,]\d)"
)
_SPAN: Final = Spelt(
    r"(?<!\d)(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\s*(?:-|–|(?i:đến|to|until|through))\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)"
)
_SPAN_IN_MONTH: Final = regex(r"(?<![\w/.-])(\d{1,2})\s*[-–]\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_MONTH: Final = Spelt(r"\b(?:tháng|thang|T)\s?(\d{1,2})(?:\s*(?:[/-]|năm)\s*(\d{4}))?(?!\s*(?:năm\s*)?\d)", re.I)
_YEAR: Final = regex(r"(?<![\d/.-])(?:năm|nam)\s*(20\d\d|19\d\d)(?!\d)", re.IGNORECASE)
_SAILED: Final = Spelt(
    r"(?i)(?:xuất bến|rời bến|ra khơi|xuất cảng|rời cảng|khởi hành)\s+([^;:]*?\d{1,2}/\d{1,2}/\d{4})[^\d]*?"
    r"(?:cập bến|cập cảng|về bến|nhập bến|vào bờ|cập bờ)\s+([^;:]*?\d{1,2}/\d{1,2}/\d{4})"
)
#: When a vehicle left, as the title of its passengers says it: ``CHUYẾN CÀ MAU - SÀI GÒN 22H00 NGÀY 12/7/2021``.
_LEFT: Final = Spelt(
    r"(?i)\b(?:chuyến|khởi hành|xuất bến|xuất phát)\b[^:;]{0,60}?(?<!\d)(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?\s*[,-]?\s*"
    r"(?:ngày\s*)?(\d{1,2})/(\d{1,2})/(\d{4})"
    r"(?:\s*[,;–-]?\s*(?:dự kiến\s+)?(?:về\s+)?đến\s+(?:lúc\s+)?(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?"
    r"(?:\s*,?\s*(?:ngày\s*)?(\d{1,2})/(\d{1,2})(?:/\d{4})?)?)?"
)
_HOUR: Final = Spelt(r"(?<!\d)(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?(?!\d)", re.IGNORECASE)
_BOAT: Final = regex(r"(?<![\w-])(?<!BN )(?<!F0 )([A-Z]{2,3})[-. ]?(\d{4,5})(?:[-. ]?(TS|BTS|H))?(?!\w)")
#: A boat that the list of its passengers calls by its name: ``HÀNH KHÁCH TÀU SAO MAI 02``.
_NAMED_BOAT: Final = Spelt(
    r"(?i:hành khách|khách|thủy thủ|thuyền viên|passengers?)[^,;:()\d]{0,20}?\s"
    r"((?i:tàu(?: cao tốc| khách)?|phà|ca ?nô|thuyền) (?!(?i:hỏa|lửa|bay|từ|đi|về|ngày|chuyến|tuyến|cá|cao|du)(?!\w))"
    r"[A-ZÀ-ỸĐ][^\W\d]+(?!\w)(?: (?!(?i:ngày|từ|đi|về|đến|tuyến|chuyến|khởi|lúc|cập)(?!\w))"
    r"(?:[A-ZÀ-ỸĐ][^\W\d]*|\d{1,3}(?![\w/.:]))){0,4})"
)
_BOATS: Final = Spelt(r"(?i)\b(?:tàu|ghe|thuyền|vỏ)\b")
_FLIES: Final = regex(
    r"(?i)\b(?:bay|flight|airlines?|airways|vietjet|manifest|(?:cất|hạ) cánh"
    r"|chuyến(?= (?:VN|VJ|QH|BL|VU|0V)[ -]?\d{3,4}\b))\b"
)
#: Labels of those who drive a vehicle, go along with it or teach a class.
_CREW: Final = frozenset({"driver", "mate", "teacher"})
#: What says that the number of a vehicle follows, of whatever kind.
_NUMBERED: Final = regex(r"\b(?:so (?:hieu|dang ky)|bien so|bks)(?: (?:tau|xe|phuong tien))?\s*:")
_FLIGHT: Final = regex(r"(?<![\w-])([A-Z]{2}|\d[A-Z]|[A-Z]\d)[- ]?(\d{3,4})(?!\w)")
#: What parts the departure from the arrival in one line: ``20h ngày 22/7 - đến Cà Mau 4h ngày 23/7``.
_TO: Final = regex(r"\s*[-–,;]\s*(?:đến|tới|về)\b(?=.*\d)", re.IGNORECASE)
#: Hours of a flight as manifests have them: scheduled or expected departure and arrival.
_FLOWN: Final = regex(
    r"(?:\b[SE]T([DA])|\b(?i:(dep|arr)(?:art(?:ure|s|ed)|iv(?:al|es|ed))?\.?))\s*:?\s*(\d{1,2})\s*[:hH]?\s*(\d{2})\b"
)
#: What a title says that a list is of: those who met a case, or cases; and that people took part in something.
_OF_MET: Final = regex(r"\bf[12]\b|\btiep xuc\b|\btx\b|\blien quan\b|\bcontacts?\b")
_OF_CASES: Final = regex(
    r"\bf0\b|\bca (?:benh|mac|nhiem|duong tinh|f0)\b|\b(?:truong hop|benh nhan|nguoi) (?:duong tinh|mac|nhiem)\b"
    r"|\bconfirmed cases\b"
)
_HELD: Final = regex(
    r"\b(?:tham du|tham gia|co mat|thanh phan du|nguoi du|(?:ngay|buoi|ky) thi|thi sinh)\b|^thoi gian\s*:"
)
#: A law or a decree on which an order rests: its day is none of the list's.
_BASIS: Final = regex(
    r"\W*(?:can cu|theo|thuc hien|xet)\b.{0,30}\b(?:luat|nghi dinh|quyet dinh|thong tu|cong van|chi thi|nghi quyet"
    r"|phap lenh|hien phap)\b"
)
#: A year of birth is no year of the list.
_BORN: Final = regex(r"(?i)(?<!\w)(?:sinh năm|sinh nam|năm sinh|sinh|sn|ns)\s*:?\s*(?:19|20)\d\d(?!\d)")
_PAGE: Final = regex(r"\b(?:trang|page)\s*:?\s*\d+(?:\s*/\s*\d+)?(?![\w-])", re.IGNORECASE)
_CASE: Final = regex(r"\b(BN|(?:F0|CA)(?=[ \-]?\d{3}))[ \-]?(\d{2,})\b(?!\s*(?:tuổi|người|ca\b))", re.IGNORECASE)
#: A case of another code than BN, where the words before it say that it is one: ``F1 của BN PT-001``.
_CODED: Final = Spelt(
    r"\b(?:BN|F0|ca bệnh|bệnh nhân|ca|(?:index )?case:?)\s+"
    r"((?!BN|COVID|SARS|NCOV)[A-ZĐ]{1,5}[-.]?\d{1,6}(?:-\d{1,6})?)\b(?!-)"
)
_PHONE: Final = regex(r"(?<!\d)(?:\+?84|0)(?:[ .\-]?\d){9}(?!\d)")
#: "Các xã, phường truy vết" names no ward.
_COMMUNE: Final = Spelt(
    rf"(?<![\w])(?<!(?i:xã)[,/] )(?<!(?i:xã)/)(?<!(?i:phường), ){_UNIT} ({_UPPER}{_END}|\d{{1,2}}(?![\w/.:-]))"
)
_DISTRICT: Final = Spelt(rf"(?<![\w])(?:{capitals(DISTRICTS)}|TP\.) ({_UPPER}){_END}")
_HAMLET: Final = Spelt(rf"(?<![\w])(?:{capitals(HAMLETS)}) ({_UPPER}){_END}")
_SHIFT: Final = Spelt(r"(?<!\w)(ca(?: trực)? (?:đêm|ngày|sáng|chiều|tối|\d|[ABC])\b|ca \d(?!\d{2}))", re.IGNORECASE)
#: Where the name of a place ends and a day or an hour begins.
_UNTIL: Final = regex(
    r"\s+(?:(?:lúc|ngày|vào|hồi|(?:từ|tháng|tuần|năm)(?= \d)"
    r"|(?-i:đêm|sáng|trưa|chiều|tối)(?= (?:(?:ngày )?\d|thứ |chủ nhật)))(?:\s.*|$)"
    r"|\d{1,2}/\d{1,2}(?:/\d{4})?$)",
    re.IGNORECASE,
)
_HOURS: Final = Spelt(
    r"(?<!\d)(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?\s*(?:-|–|đến)\s*(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?(?!\d)",
    re.IGNORECASE,
)
#: Labels of lines whose days are not those of the list.
_OWN_DAYS: Final = frozenset({"departed", "arrived", "sample_day", "result_day", "driver", "mate", "teacher"})
LIST: Final = "list"
"""The fact that tells what a list is called: its rooms and tables are its own where no building is named."""
#: What tells one page of a book from the next, where both have the same headings.
OF_A_PAGE: Final = frozenset(
    {"plate", "driver", "mate", "departed", "arrived", "day", "sample_day", "place", "shift", "case"}
)


def read_facts(titles: Sequence[Line], sheet: str | None, file: str) -> tuple[Fact, ...]:
    """Return what titles, sheet name and file name say; titles first."""
    found: list[Fact] = list(ship_facts(titles))
    for line in titles:
        for text in (cell for cell in labelled_cells(line) if not _BASIS.match(fold(cell))):
            told = _of_text((without_number(text) if found and found[0].name == "ship" else text)[:2000])
            found += [Fact(name, value, "title", line.row, text) for name, value in told]
    numbered = any(fact.name == "plate" for fact in found)  # a boat is known by its number, else by its name
    found = [replace(fact, name="plate") if fact.name == "boat_name" and not numbered else fact for fact in found]
    for source, called in (("sheet", sheet or ""), ("file", re.sub(r"\.\w{2,7}$", "", PurePath(file).name))):
        found += [Fact(name, value, source, 0, called) for name, value in _of_name(called)]
    called = re.sub(r"\.\w{2,7}$", "", PurePath(file).name)
    return (*with_hours(with_year(with_site_first(list(dict.fromkeys(found))))), Fact(LIST, called, "list", 0, called))


def of_next_page(own: tuple[Fact, ...], before: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return what the titles of a further page with the same headings say: what they leave out is as before.

    A day of its own, whatever it is called, is that of its samples: it stands nearer to its rows than another page's.
    """
    named = {fact.name for fact in own if fact.source == "title"}
    named |= {"sample_day"} if "day" in named else set()
    kept = [fact for fact in before if fact.source == "title" and fact.name not in named]
    titled = [fact for fact in own if fact.source == "title"]
    return tuple(with_year([*titled, *kept, *(fact for fact in own if fact.source != "title")]))


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    text = days_in_numbers(_PAGE.sub(" ", _BORN.sub(" ", without_day_of_case(text))))
    labelled = [*labels_of(text), *_sailed(text)]
    for name, value in labelled:
        yield from _of_label(name, value)
    if not any(
        name in ("departed", "arrived", "sample_day", "result_day", "driver", "mate", "teacher") for name, _ in labelled
    ):
        yield from _days(text, "day")
        yield from _sampled(text)
    for year in _YEAR.findall(text):
        yield "year", year
    yield from _month(text)
    yield from watch_in(text)
    yield from _vehicles(text)
    yield from (*_flown(text), *hours_of_journey(text))
    journey = any(name in ("departed", "arrived", "from_place", "to_place") for name, _ in labelled)
    homes = () if journey else ((_COMMUNE, "commune"), (_DISTRICT, "district"), (_HAMLET, "hamlet"))
    for pattern, name in (*homes, (_SHIFT, "shift")):
        for match in pattern.finditer(text):
            if name != "commune" or not names_a_site(text, match.start()):
                yield name, re.sub(r"\s+", " ", match[0] if name in ("commune", "shift") else match[1]).strip()
    yield from _places("" if journey else text)
    for pattern, name in ((EVENT, "event"), (CLASS, "class"), (LINE, "line"), (ROOM, "room"), (WARD, "ward")):
        found = list(pattern.finditer(text))
        match = next((one for one in found if name == "room" and one[0][-1:].isdigit()), next(iter(found), None))
        if match is not None:
            said = re.sub(r"[\s:]+", " ", match[match.lastindex or 1]).strip(" .")
            yield name, f"Chuyền {said.upper()}" if name == "line" else said
    hours = _HOURS.search(text)
    if hours is not None and int(hours[1]) <= 24 and int(hours[3]) <= 24:
        yield "hours", f"{int(hours[1]):02}:{hours[2] or '00'}-{int(hours[3]):02}:{hours[4] or '00'}"
    elif (
        (_HELD.search(fold(text)) or EVENT.search(text))
        and len(alone := _HOUR.of(text).findall(text)) == 1
        and int(alone[0][0]) < 24
    ):
        yield "hours", f"{int(alone[0][0]):02}:{alone[0][1] or '00'}"
    for word, number in _CASE.findall(text):
        yield "case", f"{word.upper()}{number}"
    for code in _CODED.of(text).findall(text):
        yield "case", code
    if _OF_MET.search(fold(text)):
        yield "list_of", "contacts"
    elif _OF_CASES.search(fold(without_sentence_of_case(text))):
        yield "list_of", "cases"
    if _HELD.search(fold(text)):
        yield "held", "yes"


def _places(text: str) -> Iterator[tuple[str, str]]:
    """Yield the place that a text names, and again as a site where it is no office that only writes lists."""
    place = PLACE.search(text) or ENGLISH_PLACE.search(text)
    if place is not None:
        said = _UNTIL.sub("", place[1]).strip(" .")
        yield "place", said
        if not SENDER.match(fold(said)):
            yield "site", said


def _of_name(text: str) -> Iterator[tuple[str, str]]:
    """A name is not a sentence: only days, months, years, plates, communes and cases are looked for."""
    text = days_in_numbers(text.replace("_", " "))
    yield from _days(text, "day")
    for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text):
        yield "year", year
    yield from _month(text)
    yield from _vehicles(text)
    for match in _COMMUNE.finditer(text):
        words = match[0].split()
        yield "commune", " ".join(words[:-1] if len(words) > 2 and words[-1].isdigit() else words)


def _sampled(text: str) -> Iterator[tuple[str, str]]:
    """Yield the day of a list of samples: ``DANH SÁCH LẤY MẪU … NGÀY 01/8/2021``."""
    if re.search(r"\b(?:danh sach|phieu|ngay) lay mau\b", fold(text)):
        yield from ((name, day) for name, day in _days(text, "sample_day") if "/" not in day)


def _vehicles(text: str) -> Iterator[tuple[str, str]]:
    """Yield the vehicles that a text names: plates, numbers of boats, and of flights where it speaks of one."""
    for plate in PLATE.findall(text):
        yield "plate", plate_text(*plate)
    boats = boats_in(text)
    yield from (("plate", boat) for boat in boats)
    named = _NAMED_BOAT.search(text) if not boats and not PLATE.search(text) else None
    if named is not None:
        yield "boat_name", re.sub(r"\s+", " ", named[1]).strip()
    if _FLIES.search(text):
        for carrier, number in _FLIGHT.findall(text):
            yield "plate", flight_text(carrier, number)


def boats_in(text: str) -> list[str]:
    """Return the numbers of the boats that a text names, in one spelling: ``KG 91234 TS`` is ``KG-91234-TS``."""
    speaks = _BOATS.search(text) or (_NUMBERED.search(fold(text)) and not _FLIES.search(text))
    found = [match for match in _BOAT.findall(text) if match[2] or speaks]
    return ["-".join(part for part in match if part) for match in found]


def _flown(text: str) -> Iterator[tuple[str, str]]:
    """Yield when a vehicle left, and departure and arrival of a flight with its day: ``Date: 23/07/2021 STD 06:10``."""
    left = None if any(name.startswith("arrived") for name, _ in hours_of_journey(text)) else _LEFT.search(text)
    day = None if left is None else iso_day(left[5], left[4], left[3])
    rides = next(_vehicles(text), None) is not None or re.search(r"(?i)khởi hành|xuất bến|khoi hanh|xuat ben", text)
    if left is not None and day is not None and int(left[1]) < 24 and rides:
        yield "departed", f"{day}T{int(left[1]):02}:{left[2] or '00'}"
        came = iso_day(left[5], left[9], left[8]) if left[8] else day
        if left[6] and int(left[6]) < 24 and came is not None:
            yield "arrived", f"{came}T{int(left[6]):02}:{left[7] or '00'}"
    days = {day for _, day in _days(text, "day") if len(day) == 10}
    if len(days) == 1:
        for which, word, hour, minute in _FLOWN.findall(text):
            yield (
                "departed" if (which or word[0].upper()) == "D" else "arrived",
                f"{next(iter(days))}T{int(hour):02}:{minute}",
            )


def _sailed(text: str) -> Iterator[tuple[str, str]]:
    """Yield departure and return of a boat told in words: ``xuất bến 6h00 ngày 10/7/2021; cập bến 23/7/2021``."""
    match = _SAILED.search(text)
    if match is not None:
        yield "departed", match[1]
        yield "arrived", match[2]


def _of_label(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in ("sample_day", "result_day"):
        yield from _days(value, name)
    elif name in ("departed", "arrived"):
        there, *back = _TO.split(value, maxsplit=1)
        yield from _journey(name, there)
        if name == "departed" and back:
            yield from _journey("arrived", back[0])
    elif name in ("driver", "mate", "teacher"):
        for one in people_in(value):
            yield name, one.name
            told = (("phone", one.phone), ("since", one.since), ("born", one.born), ("code", one.code))
            yield from ((f"{name}_{what}", said) for what, said in told if said)
    elif name != "plate":
        value = _UNTIL.sub("", value.split(";", maxsplit=1)[0]) if name == "place" else value
        yield name, value
        if name == "place":
            yield "site", value


def people_in(text: str) -> Iterator[TitledPerson]:
    """Yield each person in a text: ``Lê A (1980), ĐT 09…; Lê B (từ 29/7)``."""
    for part in re.split(rf"[;\n]|\s*\+\s*|,\s*(?!{OF_PHONE})(?=[A-ZÀ-ỸĐ])|\s+(?:và|and)\s+(?=[A-ZÀ-ỸĐ])", text):
        phone = _PHONE.search(part)
        name = re.split(r"\s*[-–,(:\d]|\s+(?:ĐT|SĐT|đt|sđt|DT|SDT|sinh|từ)\b", part.strip(), maxsplit=1)[0].strip(" .")
        since = re.search(r"(?:từ|tu|since|from)\s*(?:ngày\s*|ngay\s*)?(\d.*)", part, re.IGNORECASE)
        days = [day for _, day in _days(since[1], "since")] if since is not None else []
        born = BORN_IN.search(part)
        if len(name) > 1:
            first = days[0] if days else None
            coded = CODE_BEHIND.search(part)
            code = f"BN{coded[2]}" if coded else None
            yield TitledPerson(name, phone[0] if phone else None, first, born[1] if born else None, code)


def _journey(name: str, value: str) -> Iterator[tuple[str, str]]:
    days = [day for _, day in _days(value, name)]
    hour = _HOUR.search(value)
    if days and hour is not None and int(hour[1]) < 24 and len(days[0]) == 10:
        yield name, f"{days[0]}T{int(hour[1]):02}:{hour[2] or '00'}"
    elif days:
        yield name, days[0]
    elif hour is not None and int(hour[1]) < 24:
        yield f"{name}_hour", f"{int(hour[1]):02}:{hour[2] or '00'}"
    place = re.search(r"(?:\btại\s|,\s*)([^,;]{2,80})$", value)
    if place is not None and not re.search(r"\d/\d", place[1]):
        yield "from_place" if name == "departed" else "to_place", place[1].strip()


def _days(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield days: whole ones first; spans as ``first/last``; without a year as ``--08-02``."""
    text = _SPAN_IN_MONTH.sub(r"\1/\3/\4-\2/\3/\4", without_months(text))
    span = _SPAN.search(text)
    if span is not None:
        first = iso_day(span[3] or span[6], span[2], span[1])
        last = iso_day(span[6], span[5], span[4])
        if first and last:
            yield name, f"{first}/{last}"
            text = text[: span.start()] + " " + text[span.end() :]
    whole = [(m.span(), iso_day(m[3], m[2], m[1])) for m in _LONG_DAY.finditer(text)]
    for _, day in whole:
        if day:
            yield name, day
    rest = _LONG_DAY.of(text).sub(" ", text)
    rest = _PHONE.sub(" ", PLATE.sub(" ", rest))
    for match in _SHORT_DAY.finditer(rest):
        if iso_day("2020", match[2], match[1]):
            yield name, f"--{int(match[2]):02}-{int(match[1]):02}"


def _month(text: str) -> Iterator[tuple[str, str]]:
    for match in _MONTH.finditer(_LONG_DAY.of(text).sub(" ", text)):
        if 1 <= int(match[1]) <= 12 and not text[: match.start()].rstrip()[-1:].isdigit():
            yield "month", f"{match[2] or '-'}-{int(match[1]):02}"


def facts_of_footers(notes: Sequence[Line], titled: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return what the lines below a table say of it: who drives the vehicle, who teaches the class, commune and year.

    A commune or a year, which the signature tells, counts where the lines above (``titled``) tell none.
    """
    told = {fact.name for fact in titled}
    out: list[Fact] = []
    for line in notes:
        for text in labelled_cells(line):
            for name, value in _of_text(text[:2000]):
                crew = name.partition("_")[0] in _CREW
                if crew or (name in ("commune", "year") and name not in told):
                    out.append(Fact(name, value, "title" if crew else "footer", line.row, text))
    return tuple(dict.fromkeys(out))


def is_crew(text: str) -> bool:
    """Tell whether a line names who drives, goes along or teaches: ``Tài xế: Lê Văn Tư - 0909…``, ``GVCN: …``."""
    return any(name in _CREW for name, _ in labels_of(text))
