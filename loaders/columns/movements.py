"""Where somebody was, told in sentences: ``Ngày 26/7: từ 7h10 đến 9h00 uống cà phê tại quán Gió Biển, khóm Bến Lá``.

Rules only: a text is cut at its days, sentences and hours; of each part it is told what it is. Nothing is made up: a
part with a time whose place cannot be named is *open*, and the words stay with every part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from loaders.columns.accents import CAPITALS, Words
from loaders.columns.clock import HOUR, Span, take_times
from loaders.columns.day_first import plain_times
from loaders.columns.days import listed_days, next_day, several_days
from loaders.columns.whereabouts import find_place, is_specific, one_name, same_place
from loaders.files.titles import boats_in
from loaders.place_words import STREETS, UNITS
from tracing.patterns import regex

What = Literal["visit", "home", "isolation", "note", "open"]

_BULLET: Final = r"^\s*[-+•*–]?\s*"
_D_M: Final = r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?(?![\d/])"
_PART: Final = r"(?:(?:ri[eê]ng|c[oò]n|s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m|kho[aả]ng|v[aà]o|[dđ][eế]n|sang)\s+)*"
_FEW_PARTS: Final = _PART.removesuffix("*") + "{0,4}"
_FROM_TO: Final = regex(
    rf"(?i){_BULLET}(?:t[uừ]\s+)?(?:ng[aà]y\s+)?(\d{{1,2}})(?:\s*/\s*(\d{{1,2}}))?(?:\s*/\s*(\d{{4}}))?"
    rf"\s*(?:-|–|[dđ][eế]n)\s*(?:h[eế]t\s+)?(?:ng[aà]y\s+)?(\d{{1,2}})\s*/\s*(\d{{1,2}})(?:\s*/\s*(\d{{4}}))?(?![\d/])\s*[:,.]?"
)
_ON: Final = regex(
    rf"(?i){_BULLET}{_PART}(?:(?:ng[aà]y|h[oô]m)\s+{_D_M}|(?<![\d/])(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?(?![\d/]))\s*[:,.]?"
)
#: Several days: ``Ngày 4/5 và 5/5:``, ``Các ngày 1, 2 và 3/5``.
_DAYS: Final = regex(
    rf"(?i){_BULLET}{_PART}(?:(?:c[aá]c|nh[uữ]ng|trong|hai|ba)\s+){{0,2}}(?P<days>(?:ng[aà]y\s+)?"
    rf"(?:\d{{1,2}}(?:\s*/\s*\d{{1,2}}(?:/\d{{4}})?)?\s*(?:[,;&+]|v[aà](?!\w))\s*{_PART}(?:ng[aà]y\s+)?){{1,12}}"
    rf"\d{{1,2}}\s*/\s*\d{{1,2}}(?:/\d{{4}})?)(?![\d/])\s*[:,.]?"
)
_DAYS_ALONE: Final = regex(rf"(?i)(?:(?<=[,;&+\s]){_FEW_PARTS}(?=ng[aà]y|\d)|(?<=\d)\s{{1,3}}(?=/)|(?<=/)\s{{1,3}})")
_HOURS_FIRST: Final = regex(
    rf"(?i){_BULLET}(?=[^\d/]*\d{{1,2}}\s*(?:h|g|gi[oờ]|:))(?P<hours>(?:(?:t[uừ]|kho[aả]ng|l[uú]c|v[aà]o|[dđ][eế]n|s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m|"
    rf"\d{{1,2}}\s*(?:h|gi[oờ]|g|:)\s*(?:\d{{2}}(?:\s*ph[uú]t)?)?)\s*+[,\-–]?\s*+){{1,20}}+)(?P<on>ng[aà]y\s+{_D_M})\s*[:,.\-–]?"
)
#: Behind the day of the first hour: the last hour, with its own day.
_UNTIL_DAY: Final = regex(
    r"(?i)\s*(?:-|–|(?:cho\s+)?(?:[dđ][eế]n|t[oớ]i))\s*(?:l[uú]c\s+|kho[aả]ng\s+)?\d{1,2}\s*(?:h|g|gi[oờ]|:)\s*(?:\d{2})?"
    r"(?:\s*ph[uú]t)?(?:\s+(?:s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m))?,?\s+(?:ng[aà]y\s+)?\d{1,2}/\d"
)
_LONG: Final = regex(r"(?i)(\d{1,2})\s*th[aá]ng\s*(\d{1,2})(?:\s*n[aă]m\s*(\d{4}))?")
_NEXT_DAY: Final = regex(rf"(?i){_BULLET}(?:s[aá]ng\s+)?(?:ng[aà]y\s+)?h[oô]m sau\s*[:,]?")
POINT: Final = r"(?<![A-ZĐ])(?<!(?<!\w)[A-ZĐ][hrgiu])\.\s+"
"""The point at the end of a sentence; one behind initials ("bà Nh. đến chợ", "ông H. về") is none."""
_SENTENCE: Final = regex(rf"[;\n]|{POINT}(?=[\"“(]?[{CAPITALS}\d+\-•*])|\s+[-–•+]\s+(?=Ng[àa]y\b)")
_THEN: Final = regex(r"(?i),|\s+(?=(?:sau [dđ][oó]|r[oồ]i)\s)")
_VERB: Final = Words(
    r"(?:sau đó |rồi |tiếp đó |tiếp tục )?(?:đi|đến|tới|ghé|về|lên|xuống|sang|qua|vào|ra|ăn|uống|mua|làm|dự|ở|tiếp tục|"
    r"chở|gặp|lấy mẫu|xét nghiệm|test|được|bị|sốt|ho|đau|mệt|nghỉ|cách ly|đưa|nhập viện|thăm|chơi|bán|giao|nhận|"
    r"chạy|bốc|họp|học|tập|ngủ|không đi)"
)
_PART_OF_DAY: Final = Words(r"sáng|trưa|chiều|tối|đêm")
_MOVES: Final = Words(
    r"(?:sau đó |rồi )?"
    r"(?:về (?:quê|ngoại|nội|nhà (?:ngoại|nội|bố|mẹ|cha|ba|má|vợ|chồng|con|ông|bà|anh|chị|em|bạn|người))"
    r"|đi|đến|tới|ghé|sang|qua|mua|ăn|uống|dự)"
)
_DID: Final = Words(r"(?:mua|ăn|uống)")
_UNSURE: Final = Words(r"(?:không|ko|k) (?:nhớ|rõ|biết|xác định)|chưa (?:rõ|xác định|biết)")
_MAYBE: Final = Words(r"có thể|hình như|có lẽ|nghi là|không chắc")
_HOME: Final = Words(
    r"(?:ở|về|tại|đến|ở tại|không ra khỏi) (?:nhà riêng|nhà ở|phòng trọ|nhà(?=\s*$|\s*[,;.(]| (?:với|cùng|bằng|cả ngày|"
    r"nghỉ|sinh hoạt|không|ngủ)))"
)
_STILL: Final = Words(r"tiếp tục|trở lại|quay lại|nói trên|trên")
_ISOLATED: Final = Words(
    r"cách ly|nhập viện|điều trị"
    r"|chuyển (?:(?:bn|bệnh nhân|người bệnh|f0) )?(?:(?:đến|tới|vào|lên|sang|về|qua) )?(?:bệnh viện|bv)"
)
_NOT_YET: Final = Words(r"ngoài khu cách ly|trước khi cách ly|nhà thuốc")
_MEDICAL: Final = Words(
    r"lấy mẫu|xét nghiệm|test|kết quả|dương tính|âm tính|sốt|ho|đau|mệt|triệu chứng|mất vị|mất mùi|khó thở|sổ mũi|"
    r"nghỉ làm|khai báo y tế|tiêm"
)
_RIDE: Final = Words(r"xe (?:khách|ôm|buýt|đò|tải|công nghệ)|taxi|tàu|ghe|phà|máy bay|chuyến bay")
#: A ride with others, whose vehicle somebody else can name: by its company or not at all.
_WITH_OTHERS: Final = regex(
    rf"(?i:(?<!\w)(?:xe (?:khách|buýt|đò|giường nằm)|tàu (?:hỏa|cao tốc|khách)|máy bay|chuyến bay)(?!\w))"
    rf"|(?i:(?<!\w)(?:trên|lên|bằng|đi) xe) (?=[{CAPITALS}])"
)
#: Who leaves a place, and when: ``đến 9h bà Nh. ra về``.
_LEAVES: Final = Words(
    r"(?:(?:thì|sau đó|rồi) )?(?:(?:bà|ông|anh|chị|em|cô|chú) \S{1,12} |(?:bệnh nhân|bn|f0|người này) )?"
    r"(?:ra về|về nhà|trở về|quay về|ra khỏi|rời(?: khỏi)?)"
)
#: Until which day somebody stayed where they had come: ``ở bán trú đến ngày 12/8``.
_STAYS: Final = regex(
    r"(?i)(?:(?:và|rồi|sau đó)\s+)?(?:ở|lưu trú|nghỉ|học|làm|ngủ|trọ|sinh hoạt)(?!\w)[^,;]{0,40}?\s"
    r"(?:đến|tới)(?:\s+hết)?\s+(?:ngày\s+)?(?P<day>\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])"
)
#: Until which day somebody stayed who came at an hour of the day before it: ``6h30 ngày 30/8 đến 05/9: ở tại …``.
_UNTIL_ON: Final = regex(
    r"(?i)(?:cho\s+)?(?:[dđ][eế]n|t[oớ]i)\s+(?:h[eế]t\s+)?(?:ng[aà]y\s+)?(?P<day>\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])"
)
#: When somebody left where they lodged, and the words of such a stay.
_CHECKED_OUT: Final = regex(
    r"(?i)[,;]?\s*(?:và\s+|rồi\s+)?(?:trả phòng|tra phong|check[ -]?out)\s+(?:vào\s+)?(?:ngày\s+|hôm\s+)?"
    r"(?P<day>\d{1,2}/\d{1,2}(?:/\d{4})?)(?![\d/])"
)
_LODGES: Final = Words(
    r"lưu trú|ăn (?:ở|ngủ)|(?:3|ba) tại chỗ"
    r"|ở (?:lại )?(?:tại )?(?:công ty|cty|nhà máy|xưởng|ký túc xá|ktx|nhà trọ|phòng trọ|khu trọ|chùa|lán|trại)"
    r"|(?:ở|nghỉ|ngủ)(?: tại)? (?:khách sạn|nhà nghỉ|homestay|resort)"
)
_OFF: Final = Words(r"(?:rồi |sau đó )?(?:xuống|đến|tới|về đến|về tới)")
_DOWN: Final = Words(r"(?:rồi |sau đó )?(?:xuống|về)")
_WITH: Final = Words(r"cùng|với|chở|gặp|tiếp xúc")
_WITHIN: Final = Words(rf"(?:{'|'.join((*UNITS, *STREETS))})(?= )")
_CODE: Final = regex(r"(?i)\b(BN|F0(?=.\d\d))[ \-]?(\d+)\b")


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One part of what is told.

    Attributes
    ----------
    what
        "visit", "home", "isolation", "note" (symptoms, samples, remarks), "open" (there is a time or a journey, but
        where it was is not said so that others who were there could be found).
    words
        The words as they stand.
    day
        The day as written, ``26/7`` or ``26/7/2021``; None if none was told yet.
    first, last
        Hours ``07:10``, the second with its own day where that is told (``04:20 25/7``).
    place
        Name of the place, or the plate of a vehicle.
    people
        Codes of cases that were there too.
    possible
        Whether the words say that it is not certain.
    """

    what: What
    words: str
    day: str | None = None
    first: str | None = None
    last: str | None = None
    place: str | None = None
    people: tuple[str, ...] = ()
    possible: bool = False


def has_day_line(text: str) -> bool:
    """Tell whether a line begins with a day: ``- Ngày 26/7: …``, ``Các ngày 1, 2/7: …``, ``Từ 20/7 đến 25/7 …``."""
    return bool(_ON.match(text) or _DAYS.match(text) or _FROM_TO.match(text) or _HOURS_FIRST.match(text))


def _day_first(text: str) -> str:
    """Return "Ngày 22/7: từ 7h đến 9h quán …" for a text that has the hours before the day."""
    told = _HOURS_FIRST.match(text)
    if told is not None and _UNTIL_DAY.match(text, told.end("on")):
        return text  # each hour has a day of its own: "từ 18h ngày 3/8 đến 5h ngày 4/8"
    return text if told is None else f"{told['on']}: {told['hours'].strip(' ,-–')} {text[told.end() :].strip()}"


def read_movements(text: str, day: str | None = None) -> list[Movement]:
    """Return the parts of a text in their order, each by itself; ``day`` is the day that was told before it."""
    text = _LONG.sub(
        lambda m: "/".join(part for part in m.groups() if part), re.sub(r"[ \t\u00a0]+", " ", plain_times(text))
    )
    found: list[Movement] = []
    days: list[str | None] = [day]
    for sentence in map(_day_first, _SENTENCE.split(text)):
        days, rest = _days_of(sentence, days)
        part = _PART_OF_DAY.match(sentence.strip(" -+•*"))
        for clause in _clauses(rest):
            part = _PART_OF_DAY.match(clause) or part
            told = _told(clause, days, part[0] if part else None)
            if told:
                days = [told[-1].day] if len(days) == 1 else days
                found += told
    return found


def _days_of(sentence: str, days: list[str | None]) -> tuple[list[str | None], str]:
    """Return the days that a sentence is about, and what it says of them."""
    span = _FROM_TO.match(sentence)
    if span is not None and (span[2] or int(span[1]) < int(span[4]) <= 31):
        listed = listed_days((span[1], span[2], span[3]), (span[4], span[5], span[6]))
        if listed:
            return list(listed), sentence[span.end() :]
    several = _DAYS.match(sentence)
    if several is not None and (listed := several_days(_DAYS_ALONE.sub("", several["days"]))):
        return list(listed), sentence[several.end() :]
    on = _ON.match(sentence)
    if on is not None:
        d, m, y = (on[1], on[2], on[3]) if on[1] else (on[4], on[5], on[6])
        return ["/".join(part for part in (d, m, y) if part)], sentence[on.end() :]
    after = _NEXT_DAY.match(sentence)
    if after is not None and days[-1] is not None:
        return [next_day(days[-1])], sentence[after.end() :]
    return days, sentence


def _clauses(sentence: str) -> list[str]:
    """Cut a sentence at commas before another hour or verb; a part that is only a time goes with its neighbour."""
    out: list[str] = []
    waiting = ""
    for part in _split(sentence):
        words = part.strip(" .:-+•*–")
        if not words:
            continue
        hours = HOUR.search(words) is not None
        alone = hours and len(re.sub(r"[\W\d_]", "", take_times(words)[1])) < 3
        if alone and out and not HOUR.search(out[-1]) and not waiting:
            out[-1] += f", {words}"
        elif hours and out and not waiting and _WITHIN.match(words) and not HOUR.search(out[-1]):
            out[-1] += f", {words}"  # the end of an address: "tại quán Ba Lù, ấp 5 từ 10h"
        elif out and not waiting and _goes_with(words, out[-1]):
            out[-1] += f", {words}"
        elif alone:
            waiting = f"{waiting} {words}".strip()
        elif waiting or not out or hours or _VERB.match(words) or _PART_OF_DAY.match(words):
            out.append(f"{waiting} {words}".strip())
            waiting = ""
        else:
            out[-1] += f", {words}"
    return [*out, waiting] if waiting else out


def _goes_with(words: str, before: str) -> bool:
    """Tell whether words only say what somebody did at the place of the clause before: "chợ Cái Nước, mua đồ"."""
    if HOUR.search(words) or _DID.match(words) is None or _UNSURE.search(words) or find_place(words) is not None:
        return False
    return find_place(before) is not None


def _split(sentence: str) -> Iterator[str]:
    """Split outside brackets."""
    held = ""
    for part in _THEN.split(sentence):
        held = f"{held},{part}" if held else part
        if held.count("(") <= held.count(")"):
            yield held
            held = ""
    if held:
        yield held


def _told(clause: str, days: Sequence[str | None], part: str | None) -> list[Movement]:
    """Return what one clause tells, once for each day that it is about."""
    span, rest = take_times(clause, part)
    words = re.sub(r"\s+", " ", clause).strip()
    on = [span.day] if span.day else list(days)
    if span.day and days[-1] is not None and span.day.isdigit():
        on = [f"{span.day}{days[-1][days[-1].index('/') :]}" if "/" in days[-1] else days[-1]]
    out = _CHECKED_OUT.search(rest) if span.first is None else None
    what, place = _what(rest if out is None else rest[: out.start()], span)
    codes = tuple(f"{a.upper()}{b}" for a, b in _CODE.findall(rest)) if _WITH.search(rest) else ()
    possible = bool(_MAYBE.search(rest)) or (what == "visit" and bool(_UNSURE.search(rest)))
    last = span.last
    if last is not None and span.next_day and on[-1] is not None:
        last = f"{last} {next_day(on[-1])}"
    until = _UNTIL_ON.match(rest) if span.first is not None else None
    if what == "visit" and last is None and until is not None and len(on) == 1:
        last = until["day"]
    elif what == "visit" and last is None and out is not None and len(on) == 1:
        last = out["day"]
    elif what == "visit" and span == Span() and len(on) > 1 and (boats_in(rest) or _LODGES.search(rest)):
        on, last = on[:1], on[-1]  # one stay, day and night
    told = [
        Movement(
            what=what, words=words, day=day, first=span.first, last=last, place=place, people=codes, possible=possible
        )
        for day in on
    ]
    ride = _WITH_OTHERS.search(rest) if what in ("visit", "isolation") and not is_vehicle(place) else None
    if ride is None:
        return told
    vehicle = find_place(rest[ride.start() :])
    named = is_vehicle(vehicle)
    rode = replace(told[0], what="visit" if named else "open", place=vehicle if named else None, last=None, people=())
    return [rode, *told]


def _what(rest: str, span: Span) -> tuple[What, str | None]:
    """Tell what the words of a clause without its hours are, and name the place."""
    place = find_place(rest)
    named = place is not None and is_specific(place)
    unsure = _UNSURE.search(rest) is not None
    isolated = _ISOLATED.search(rest)
    if isolated is not None and not _NOT_YET.search(rest):
        place = find_place(rest[isolated.start() :]) or place
        return ("isolation", place) if span.first or place else ("note", None)
    if _MEDICAL.search(rest) and not named and not unsure:
        return "note", None
    if named:
        return "visit", place
    if _HOME.search(rest) and not (unsure and _RIDE.search(rest)):
        return "home", None
    rode = _RIDE.search(rest) or _WITH_OTHERS.search(rest)
    if span.first or place is not None or unsure or _MOVES.match(rest) or rode:
        return "open", place
    return "note", None


def complete(found: Sequence[Movement]) -> list[Movement]:
    """Return the parts of what one person did with rides ended where they got off, and "the wake" of the day before.

    One part comes out for each that goes in.
    """
    out: list[Movement] = []
    for told in found:
        one, rest = told, take_times(told.words)[1]
        ride = out[-1] if out else None
        off = one.first if _OFF.match(rest) else None
        if off and ride is not None and ride.what == "visit" and not ride.last and is_vehicle(ride.place):
            out[-1] = replace(ride, last=off if one.day == ride.day else f"{off} {one.day}")
            one = replace(one, what="note", place=None) if _DOWN.match(rest) else one
        elif (until := _STAYS.match(rest)) and ride is not None and one.what == "note" and _open_ended(ride):
            out[-1] = replace(ride, last=until["day"])
        elif one.first and ride is not None and one.what != "visit" and _LEAVES.match(rest) and _stays(ride, one):
            out[-1] = replace(ride, last=one.first)
            one = replace(one, what="note", place=None) if one.what == "open" and not _RIDE.search(rest) else one
        if one.what == "open" and one.place is not None and _STILL.search(one.words):
            before = [o.place for o in out if o.what == "visit" and o.place and same_place(one.place, o.place)]
            one = replace(one, what="visit", place=before[-1]) if before else one
        out.append(one)
    names = one_name(one.place for one in out if one.what == "visit" and one.place)
    return [replace(one, place=names.get(one.place, one.place)) if one.place else one for one in out]


def _open_ended(stay: Movement) -> bool:
    return stay.what == "visit" and stay.last is None and not is_vehicle(stay.place)


def _stays(stay: Movement, left: Movement) -> bool:
    """Tell whether somebody was at a place of which no end is told until they left, on the same day."""
    return (
        _open_ended(stay)
        and stay.first is not None
        and stay.day == left.day
        and _clock(stay.first) < _clock(left.first)
    )


def _clock(hour: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", hour or ""))


def is_vehicle(place: str | None) -> bool:
    """Tell whether the name of a place is the plate of a vehicle or the number of a flight."""
    return place is not None and bool(re.fullmatch(r"\d{2}[A-Z]{1,2}\d?-[\d.]+|[A-Z\d]{2}\d{1,4}", place))
