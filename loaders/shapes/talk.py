"""Lines of a chat about people whom the lines before list: ``anh Khang dương tính, 2 người kia âm tính``.

Results, isolations and whom somebody met, where who is meant is named and is one of those listed; of arrivals the day
behind "về". What else such a line tells is left to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from loaders.columns.companions import companions_of
from loaders.columns.company import tells_company
from loaders.columns.person_line import (
    DAYS,
    HOURS,
    METHOD,
    NAME,
    PHONE,
    REMARK,
    RESULT,
    SAMPLE,
    YEAR,
    method_in,
)
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

ARRIVED, ORIGIN, VEHICLE = "Ngày về", "Về từ", "Phương tiện"
ISOLATED, ISOLATED_HOW, ISOLATED_AT = "Ngày vào cách ly", "Hình thức cách ly", "Nơi cách ly"
HEADINGS: Final = (ARRIVED, ORIGIN, VEHICLE, ISOLATED, ISOLATED_HOW, ISOLATED_AT)
"""Headings of what such lines tell beside those of a line about one person."""
_WHO: Final = (NAME, YEAR, PHONE)
_TITLE: Final = r"(?i:(?:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ|bé)\s+)?"
_NAMED: Final = r"[A-ZÀ-ỸĐ]\w*(?:\s[A-ZÀ-ỸĐ]\w*){0,4}"
_CALLED: Final = rf"{_TITLE}(?P<name>{_NAMED})"
#: As what somebody is listed, before the name; a second one of the same result, and the seat behind it.
_ROLE: Final = (
    r"(?i:(?:tài xế|phụ xe|lái xe|lơ xe|chủ (?:quán|nhà|trọ|tiệm)|bảo vệ|nhân viên|shipper"
    r"|vợ|chồng|con|mẹ|cha|ba|má)\s+)?"
)
_SECOND: Final = rf"(?:(?:\s*,\s*|\s+(?i:và|với|cùng)\s+){_ROLE}{_TITLE}(?P<second>{_NAMED}))?"
_SEAT: Final = r"(?i:\s+(?:ghế|bàn|phòng|giường|số|dãy)\s+[\w-]{1,5})?"
_BOTH: Final = r"(?i:\s+(?:cả (?:2|hai)|hết|luôn|đều))?"
_DAY: Final = r"\d{1,2}/\d{1,2}(?:/20\d\d)?"
_ON: Final = rf"(?i:(?:\s*,?\s*\(?(?:vào |hôm |ngày |từ |lúc )*(?P<day>{_DAY}|hôm nay|sáng nay|chiều nay))\)?)?"
SIGN: Final = r"(?P<result>(?i:dương tính|âm tính)|\([+-]\)|(?:dương|âm)(?!\w))"
BY: Final = r"(?i:\s*(?:có kết quả|kết quả|kq|đã|thì|là|bị|test(?: nhanh)?|pcr|lần \d|:|ra|cho)\s*){0,4}"
_TESTED: Final = Spelt(
    r"(?:^|[,;:.]\s*|\s(?:và|còn|mà)\s)"
    rf"(?i:(?:đã )?(?:kết quả )?(?:test(?: nhanh)?|xét nghiệm|xn|pcr)(?: cho)?:?\s+)?{_ROLE}{_CALLED}"
    rf"{_SECOND}{_SEAT}{_BOTH}\s*{BY}\s*{SIGN}{_BOTH}{_ON}"
)
_OTHERS: Final = Spelt(
    r"(?i)(?:^|[,;:.]\s*|\s(?:và|còn|mà)\s)"
    r"(?:(?P<count>\d{1,2})\s+(?:người|ca|trường hợp|mẫu)\s+(?:kia|còn lại|khác))"
    rf"\s*{BY}\s*(?:đều\s+)?{SIGN}{_ON}"
)
RESULTS: Final = Spelt(
    r"(?i:dương tính|âm tính)|\([+-]\)|(?<!\w)(?:dương|âm)(?!\w)", bare=r"(?i)duong tinh|am tinh|\([+-]\)"
)
_ASKED: Final = Spelt(
    rf"^\W*{_CALLED}\s+(?i:(?:đã |có |từng )*(?:gặp|tiếp xúc|tx|đi|ở|nhậu|ăn)(?: gần)?(?: chung)?(?: với| cùng)?"
    r"(?: những)? (?:ai|người nào)\b)"
)
_ANSWER: Final = Spelt(r"(?i)^\W*(?:(?:dạ|vâng|ừ|thưa|bc|báo cáo|em|anh|chị)[\s,:]+)*(?:có(?: gặp)?|gặp|gồm)\s+(?=\S)")
_TODAY: Final = r"(?:hôm|sáng|trưa|chiều|tối|đêm) nay"
_AWAY: Final = Spelt(
    rf"^(?P<who>.{{2,80}}?)\s+(?i:(?:(?:{_TODAY} |ngày |sáng |chiều |tối )*(?P<before>{_DAY}|{_TODAY}) )?)"
    r"(?i:(?:đã |được |cho |phải |đang |chuyển |đưa đi |đưa vào )*)"
    r"(?:(?i:cách ly)(?P<how>(?i: tại nhà| tập trung| y tế))?(?P<where>(?i:(?: tại| ở)? (?:trường|thpt|thcs|th|khu|ktx"
    r"|trung tâm|ttyt|trạm|khách sạn|bv|bệnh viện))[^,;.\d]*?)?"
    r"|(?i:chuyển|nhập|vào|đưa đi)\s+(?P<at>(?i:bv|bệnh viện|khu cách ly|kcl)"
    rf"[^,;.\d]*?(?:\ssố \d+)?))(?:\s+(?:lúc )?(?P<hour>\d{{1,2}}h\d{{0,2}}))?{_ON}(?i:\s+(?:rồi|xong|ạ|nha|nhé))*\W*$"
)
_AT: Final = regex(r"(?i)^\s*(?:tại|ở|tai|o)\s+")
_CLAUSES: Final = regex(r"\s*[;,]\s*(?=[^\W\d_])")
_BETWEEN: Final = regex(r"\s*,\s*|\s+(?:và|với|cùng|va|voi|cung)\s+")
_TITLE_ONLY: Final = regex(rf"^{_TITLE}")
_BACK: Final = Spelt(r"(?i)^(?:mới |vừa |đi )?về(?!\w)(?: (?:tới|đến|lại)(?: nhà| địa phương)?| nhà| địa phương)?")
_BY_WHAT: Final = Spelt(r"(?i)\bbằng\s+(\S.*)$|(\bxe (?:khách|tải|máy|ôm|đò|nhà)\b.*|\b\d{2}[A-Z]\d?[- .]?[\d.]{4,7})$")
_FROM: Final = Spelt(r"(?i)\b(?:về|đến|đi) từ\s+(?P<origin>[A-ZÀ-ỸĐ][^,;:()\d]{1,40})")
_SO_MANY: Final = Spelt(r"(?i)(?P<count>\d{1,2})\s+(?:người|công dân|trường hợp)\b")
#: What a line may say of those who are listed, without accents.
_TELLS: Final = regex(
    r"duong tinh|am tinh|\([+-]\)|\bcach ly\b|\b(?:chuyen|nhap|dua di) (?:bv|benh vien|vien|khu)|\btiep xuc\b|\bgap\b"
    r"|\bf[0-4]\b|\btrieu chung\b|\bsot\b"
)

Told: TypeAlias = tuple[str | None, dict[str, str]]
"""A row that a line tells: the name of whom that person met, and its cells."""


@dataclass
class Talk:
    """Those whom a chat lists, so far, and what was asked last.

    ``sent`` has the day of each line's message where that is told; ``more`` tells that the line read last names others,
    too, of whom nobody is known.
    """

    sent: Mapping[int, str] = field(default_factory=dict)
    listed: list[dict[str, str]] = field(default_factory=list)
    asked: dict[str, str] | None = None
    came: tuple[str, int] | None = None
    more: bool = False

    def listing(self, cells: dict[str, str], *, met: bool) -> None:
        """Keep somebody who is listed; of one who met no case the day behind "về" is that of the arrival."""
        if cells.get(NAME):
            self.listed.append({heading: cells[heading] for heading in _WHO if heading in cells})
        if not met:
            _arrive(cells)
        if self.came is not None and self.came[1] > 0:
            if ARRIVED in cells:
                cells.setdefault(ORIGIN, self.came[0])
            else:
                cells[REMARK] = ", ".join(part for part in (cells.get(REMARK), f"về từ {self.came[0]}") if part)
            self.came = self.came[0], self.came[1] - 1

    def heading(self, text: str) -> bool:
        """Keep from where so many people of the next lines came: ``có 3 người về từ TP.HCM``."""
        origin, many = _FROM.search(text), _SO_MANY.search(text)
        if origin is None or many is None or self.listed:
            return False
        self.came = origin["origin"].strip(" ."), int(many["count"])
        return True

    def read(self, row: int, text: str) -> list[Told] | None:
        """Return the rows of a line, each with the name of whom that person met; None of one that is not all read."""
        if not self.listed:
            return None
        asked = _ASKED.of(text).match(text)
        who = None if asked is None else self.meant(asked["name"])
        if who is not None:
            self.asked = who
            return []
        before, self.asked, self.more = self.asked, None, False
        answer = _ANSWER.of(text).match(text) if before is not None else None
        if before is not None and answer is not None:
            met = companions_of(f"cùng {text[answer.end() :]}")
            year = f" ({before[YEAR]})" if YEAR in before else ""
            self.more = tells_company(met.rest)
            if met.named:
                self.listed += [{h: one[h] for h in _WHO if h in one} for one in met.named]
                return [(f"{before[NAME]}{year}", dict(one)) for one in met.named]
        return self._tested(row, text) or self._away(row, text)

    def tells(self, text: str) -> bool:
        """Tell whether a line that is not read may say something of somebody who is listed."""
        if not self.listed:
            return False
        calls = {fold(one[NAME]).split()[-1] for one in self.listed}
        named = {fold(word) for word in re.findall(r"(?<!\w)[A-ZÀ-ỸĐ]\w*", text)}
        return _TELLS.search(fold(text)) is not None or bool(calls & named)

    def meant(self, name: str) -> dict[str, str] | None:
        """Return the one of those listed who is called so: by the full name, or by the end of it."""
        said = fold(_TITLE_ONLY.sub("", name.strip()))
        found = [one for one in self.listed if f" {fold(one[NAME])}".endswith(f" {said}")]
        return found[0] if said and len(found) == 1 else None

    def _tested(self, row: int, text: str) -> list[Told] | None:
        """Read a line of results of those who are listed; None of one whose results are not all theirs."""
        form = _TESTED.of(text)
        method = method_in(text)
        told: list[tuple[dict[str, str], re.Match[str]]] = []
        for match in form.finditer(text):
            who = self.meant(match["name"])
            second = None if match["second"] is None else self.meant(match["second"])
            if who is None or (second is None) != (match["second"] is None):
                return None
            told += [(who, match), *([] if second is None else [(second, match)])]
        rest = [one for one in self.listed if all(one is not who for who, _ in told)]
        for match in _OTHERS.of(text).finditer(text):
            if int(match["count"]) != len(rest):
                return None
            told += [(who, match) for who in rest]
        results = len({match.start("result") for _, match in told})
        if not told or results != sum(1 for _ in RESULTS.finditer(text)):
            return None
        days = list(dict.fromkeys(re.findall(_DAY, text)))
        if len(days) > 1 and any(match["day"] is None for _, match in told):
            return None
        out: list[Told] = []
        for who, match in told:
            day = self._day(row, match["day"]) or (days[0] if days else self.sent.get(row))
            cells = {**who, RESULT: match["result"], **({SAMPLE: day} if day else {})}
            out.append((None, cells | ({METHOD: method} if method else {})))
        return out

    def _away(self, row: int, text: str) -> list[Told] | None:
        """Read a line of isolations of those who are listed; None of one that says anything else."""
        out: list[Told] = []
        held = ""
        for clause in _CLAUSES.split(text.strip()):
            held = f"{held}, {clause}" if held else clause
            match = _AWAY.of(held).match(held)
            if match is None:
                continue
            people = [self.meant(name) for name in _BETWEEN.split(match["who"])]
            day = self._day(row, match["day"] or match["before"])
            if day is None or not all(people) or (match["day"] and match["before"]):
                return None
            when = f"{match['hour']} {day}" if match["hour"] else day
            told = {
                ISOLATED: when,
                ISOLATED_HOW: (match["how"] or "").strip(),
                ISOLATED_AT: (match["at"] or _AT.sub("", match["where"] or "")).strip(),
            }
            out += [(None, {**who, **{h: v for h, v in told.items() if v}}) for who in people if who is not None]
            held = ""
        return None if held or not out else out

    def _day(self, row: int, said: str | None) -> str | None:
        """Return a day as written, that of the message for "today"; None where none is told."""
        return said if said is None or said[0].isdigit() else self.sent.get(row)


def _arrive(cells: dict[str, str]) -> None:
    """Write the day and the hour of somebody who "came back" as those of the arrival, and by what and from where."""
    parts = cells.get(REMARK, "").split(", ")
    at = next((i for i, part in enumerate(parts) if _BACK.of(part).match(part)), None)
    if at is None or DAYS not in cells:
        return
    cells[ARRIVED] = " ".join(told for told in (cells.pop(HOURS, ""), cells.pop(DAYS)) if told)
    part = parts[at]
    for heading, form in ((VEHICLE, _BY_WHAT), (ORIGIN, _FROM)):
        match = form.of(part).search(part)
        if match is not None:
            cells[heading] = next(group for group in match.groups() if group).strip(" .")
