"""Columns that mean something else by those beside them: names of cases by their ids, ``Nhận``, ``Trả`` of rooms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from loaders.columns.looks import Look, is_name
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import Reading, plain, spaced
from loaders.files.parts_below import OF_TESTS
from tracing.patterns import regex
from tracing.spelling import fold


def named_by_case_names(reading: Reading, sheet: Sheet) -> Reading:
    """Of two columns that may be ids, that of names is the name where no other is: ``case_id``, ``case_name``."""
    if len(reading.ids) < 2 or {"name", "first_name"} & set(reading.columns):
        return reading
    named = [at for at in reading.ids if reading.by.get(at) != "said" and _all_names(sheet, at)]
    others = [at for at in reading.ids if at not in named]
    if len(named) != 1 or not others:
        return reading
    at, person = named[0], reading.columns["person"]
    columns = {**reading.columns, "name": at, "person": others[0] if person == at else person}
    double = {i: name for i, name in reading.double.items() if i not in (at, columns["person"])}
    return replace(reading, columns=columns, ids=tuple(i for i in reading.ids if i != at), double=double)


def days_of_visits(reading: Reading, sheet: Sheet) -> Reading:
    """Read ``Ngày đến`` beside ``Giờ đến | Giờ về`` as the day of a visit: nobody came from elsewhere."""
    at = reading.columns.get("arrived")
    if at is None or fold(sheet.headings[at]) not in _CAME or _FROM_ELSEWHERE & set(reading.columns):
        return reading
    hours = [reading.columns[name] for name in ("visit_start", "visit_end") if name in reading.columns]
    if not hours or not all(fold(sheet.headings[i]).startswith("gio") for i in hours):
        return reading
    return reading if "visit_date" in reading.columns else reading.renamed("arrived", "visit_date")


_CAME: Final = frozenset({"ngay den", "ngay toi", "ngay vao", "ngay ghe", "ngay den du"})
_FROM_ELSEWHERE: Final = frozenset({"origin", "checkpoint", "vehicle"})


#: The day or the hour of a visit in the words about it.
_WHEN: Final = regex(r"\d{1,2} ?(?:[/:hg-]|gio\b|thang\b) ?\d{0,2}|\b(?:ngay|sang|trua|chieu|toi|hom) \d")


def where_they_went(reading: Reading, sheet: Sheet) -> Reading:
    """Read ``Mốc dịch tễ đã đến`` beside day or hours of a visit as its place, where its texts tell no times."""
    at = reading.columns.get("movements")
    beside = {"visit_date", "visit_start", "visit_end", "hours", "moment"} & set(reading.columns)
    if at is None or not beside or {"place", "vehicle"} & set(reading.columns) or reading.by.get(at) == "said":
        return reading
    some = some_of(distinct_texts(sheet.cells[at])[1])
    if not some or any(len(text) > _LONG or _WHEN.search(fold(text)) for text in some):
        return reading
    return reading.renamed("movements", "place")


#: A longer text is no name of a place.
_LONG: Final = 80


def came_from(reading: Reading, sheet: Sheet) -> Reading:
    """Read ``Nơi về`` beside a home here as from where people came: elsewhere it is where they live now."""
    if "arrived" not in reading.columns or "origin" in reading.columns:
        return reading
    for name in ("commune", "address", "district"):
        at = reading.columns.get(name)
        home = next((i for i, double in reading.double.items() if double == name), None)
        if at is not None and home is not None and fold(sheet.headings[at]) in ("noi ve", "noi tro ve"):
            columns = {**reading.columns, name: home, "origin": at}
            double = {i: field for i, field in reading.double.items() if i != home}
            return replace(reading, columns=columns, double=double)
    return reading


def in_quarantine(reading: Reading, *, camp: bool) -> Reading:
    """Read the days of a room in a place of quarantine as those of the isolation."""
    columns = set(reading.columns)
    if not camp or "visit_start" not in columns or columns & {"isolation_start", "hours", "visit_date"}:
        return reading
    reading = reading.renamed("visit_start", "isolation_start")
    free = "visit_end" in reading.columns and "isolation_end" not in reading.columns
    return reading.renamed("visit_end", "isolation_end") if free else reading


#: Whereto somebody goes, as a heading.
_WHERETO: Final = regex(r"(?:di )?(?:den|toi)|(?:noi|diem) (?:den|toi)|ve|to|destination")


def without_destination(reading: Reading, sheet: Sheet) -> Reading:
    """Keep whereto people go, right behind the column from where they come: they have not been there yet."""
    at = reading.columns.get("origin", -2) + 1
    if at not in reading.unused or not _WHERETO.fullmatch(fold(sheet.headings[at])):
        return reading
    if any(re.search(r"\d ?[/:h]", text) for text in distinct_texts(sheet.cells[at])[1]):
        return reading  # when they got there
    kept = tuple(sorted({*reading.kept, at}))
    return replace(reading, unused=tuple(i for i in reading.unused if i != at), kept=kept)


#: Where somebody is treated, as a heading, and since when they are there.
_TREATED: Final = regex(r"(?:noi|co so|benh vien|dia diem|dang)\b.*\b(?:dieu tri|thu dung)\b.*|dieu tri (?:o|tai)")
_ADMITTED: Final = regex(r"(?:ngay |ngay gio )?(?:vao|nhap)\b.*|.*\b(?:nhap vien|vao vien|dieu tri)\b.*")


def treated_at(reading: Reading, sheet: Sheet) -> Reading:
    """Read ``Nơi điều trị`` beside the day of the admission as the place of the stay that began on it."""
    start = reading.columns.get("isolation_start")
    if start is None or "isolation_place" in reading.columns or not _ADMITTED.fullmatch(fold(sheet.headings[start])):
        return reading
    found = [at for at in reading.kept if _TREATED.fullmatch(fold(sheet.headings[at]))]
    if len(found) != 1:
        return reading
    kept = tuple(at for at in reading.kept if at != found[0])
    return replace(reading, kept=kept).with_heading(found[0], "isolation_place", 0.8)


def by_own_ids(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading:
    """Read two columns of codes, of which one names each row and the other rows of this list, as id and whom they met.

    Of a list of cases these are by whom they were infected.
    """
    if {"person", "index", "sources"} & set(reading.columns):
        return reading
    coded = [at for at in reading.unused if look(at).kind in ("code", "case") and look(at).share >= 0.8]
    for at in coded:
        own = sheet.cells[at]
        if own.isna().any() or not own.is_unique:
            continue
        other = next((i for i in coded if i != at and set(sheet.cells[i].dropna()) <= set(own)), None)
        if other is not None and sheet.cells[other].notna().any():
            listed = "onset" in reading.columns and _LINE_LIST.search(fold(" ".join(t.text for t in sheet.titles)))
            found = reading.with_values(at, "person", 0.9).with_values(other, "sources" if listed else "index", 0.9)
            return replace(found, ids=(at, *found.ids))
    return reading


#: A test as the heading of the days of its sample.
_TEST_NAME: Final = regex(r"(?:rt-?)?(?:pcr|test|xn|xet nghiem|swab)(?: (?:test|lan))?(?: ?\d)?(?: date)?")
#: Words of days that are none of a sample.
_OF_JOURNEYS: Final = regex(
    r"\b(?:xuat|nhap|vao|ra|roi|cap (?:ben|cang)|di|den|ve|hen|het|sinh|cap|khoi hanh|departure|arrival|sail\w*)\b"
)
_LINE_LIST: Final = regex(r"\bline ?list|\bdanh sach (?:cac )?(?:ca |f ?0|benh nhan)")


def _all_names(sheet: Sheet, at: int) -> bool:
    _, distinct = distinct_texts(sheet.cells[at])
    return "name" in plain(sheet.headings[at]) and bool(distinct) and all(map(is_name, distinct))


def of_rooms(reading: Reading, sheet: Sheet) -> Reading:
    """Read ``Nhận`` and ``Trả`` of a room as the beginning and the end of a stay."""
    if "room" not in reading.columns or {"visit_start", "visit_end", "isolation_start"} & set(reading.columns):
        return reading
    level = reading.columns.get("level")  # "nhãn" looks like "nhận"
    free = {
        plain(sheet.headings[at]): at for at in (*reading.unused, *reading.kept, *([] if level is None else [level]))
    }
    if not {"nhan", "tra"} <= free.keys():
        return reading
    reading = reading.without("level") if level == free["nhan"] else reading
    kept = tuple(at for at in reading.kept if at not in (free["nhan"], free["tra"]))
    reading = replace(reading, kept=kept).with_heading(free["nhan"], "visit_start", 0.8)
    return reading.with_heading(free["tra"], "visit_end", 0.8)


def tested_there(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading:
    """Of a list of who was where, results below a heading of a test are of who was tested there and then."""
    if "test_result" in reading.columns or not {"visit_start", "visit_date"} & set(reading.columns):
        return reading
    named = [at for at in reading.unused if OF_TESTS.match(spaced(sheet.headings[at])) and look(at).kind == "result"]
    return reading.with_values(named[0], "test_result", look(named[0]).share) if len(named) == 1 else reading


def tests_by_values(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading:
    """Of a list of tests the one column of days is that of the samples, one of codes that of pools or samples."""
    columns = set(reading.columns)
    named = [at for at in reading.unused if look(at).kind == "date" and _TEST_NAME.fullmatch(fold(sheet.headings[at]))]
    if "test_result" in columns and "sample" not in columns and len(named) == 1:
        return reading.with_values(named[0], "sample", 0.8)
    if "test_result" not in columns or columns & {"visit_start", "place", "vehicle"}:
        return reading
    dates = [at for at in reading.unused if look(at).kind == "date"]
    dates = [at for at in dates if not _OF_JOURNEYS.search(fold(sheet.headings[at]))]
    if len(dates) == 1 and not columns & {"sample", "day", "moment"}:
        reading = reading.with_values(dates[0], "sample", 0.6)
    codes = [at for at in reading.unused if look(at).kind == "code"]
    if len(codes) == 1 and not columns & {"pool", "test_code"}:
        shared = bool(sheet.cells[codes[0]].dropna().duplicated().any())
        reading = reading.with_values(codes[0], "pool" if shared else "test_code", 0.6)
    return reading
