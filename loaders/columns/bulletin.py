"""Bulletins about the movements of cases become a list: a row for each thing told, with the number of its line.

``1. Bệnh nhân BN990101 (N.V.L., nam, sinh năm 1990, ngụ ấp Rạch Bần Nhỏ)`` begins a person; ``- Ngày 26/7: …`` says
where they were. What a rule does not understand is a row, too, so that it is asked or set aside with its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from loaders.columns.bulletin_lines import days_follow, home_alone, names_listed, with_days_apart, without_teller
from loaders.columns.companions import MET_APART, list_of_met
from loaders.columns.day_first import days_first, plain_times
from loaders.columns.movements import Movement, complete, has_day_line, read_movements
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import ITEM, people_of_line
from loaders.columns.whereabouts import find_place, is_specific, one_name
from loaders.files.grid import Document, Fact, Line, Sheet
from loaders.place_words import COMMUNES, HAMLETS, either
from tracing.patterns import regex
from tracing.spelling import fold

#: Headings of the list that a bulletin becomes, as a clerk would have typed them.
HEADINGS: Final = (
    "Mã BN",
    "Họ và tên",
    "Năm sinh",
    "Ngày sinh",
    "CCCD",
    "Tuổi",
    "Giới tính",
    "Địa chỉ",
    "SĐT",
    "F",
    "Nguồn lây",
    "Ngày",
    "Giờ vào",
    "Giờ ra",
    "Địa điểm",
    "Ngày vào cách ly",
    "Nơi cách ly",
    "Hình thức cách ly",
    "Độ chắc chắn",
    "Lịch trình",
    "Lời khai",
)
_WORDS: Final = HEADINGS[-1]
_SUBJECT: Final = regex(
    r"(?i)^\s*(?:\d{1,2}\s*[.)/]\s*|[-+•*]\s*)?"
    r"(?:(?:ca|trường hợp|truong hop)\s+(?:số\s+)?(?:thứ\s+)?\d{0,2}\s*[:.]?\s*)?"
    r"(?:ca bệnh|ca benh|bệnh nhân|benh nhan|ca dương tính|ca nhiễm|f0|"
    r"bn(?=\s+[a-z]{2,4}[\-. ]?\d)|(?=bn[ \-]?\d))\s*(?:số|mã|ma|so)?\s*[:.]?\s*"
)
#: Whose places the next lines tell, inside a line: ``các mốc dịch tễ của bệnh nhân BN41377 (nam, …):``.
_OF_WHOM: Final = regex(
    r"(?i)(?<!\w)(?:của|liên quan(?: đến)?|về)\s+"
    r"(?:(?:các )?(?:ca bệnh|bệnh nhân|ca dương tính|ca nhiễm|trường hợp|ca|f0)\s+)?"
    r"(?:(?:số|mã)\s+)?(?=(?:bn|f0)[ \-.]?\d{2})"
)
#: Where the sentence about a person ends and tells of a day.
_THEN: Final = regex(
    r"[.;:]\s+(?=\d{1,2}/\d{1,2}(?:/20\d\d)?[ :,]"
    r"|(?:(?:[Tt]ừ|[Ll]úc|[Kk]hoảng|[Vv]ào) )?\d{1,2} ?(?:h|g|giờ|:) ?(?:\d{2})?(?: phút)?(?: \w{4,5})?,?"
    r" ngày \d{1,2}[/.-]\d"
    r"|(?:(?:[Ss]áng|[Cc]hiều|[Tt]ối|[Tt]rưa|[Đđ]êm)\s+)?(?:[Nn]gày|[Hh]ôm|[Tt]ừ ngày)\s+\d{1,2}[/.-]\d)"
)
#: A line below which people are listed: ``F1:``, ``Danh sách F1 (3 người):``, ``Các trường hợp tiếp xúc gần:``.
_LIST_HEAD: Final = regex(
    r"(?i)\s*(?:[-+•*]\s*|\d{1,2}[.)]\s*)?(?:(?:các|danh sách|ds|những)\s+)?(?:trường hợp\s+|người\s+)?"
    r"(?:F\s?[1-4]|tiếp xúc(?: gần)?|tx(?: gần)?)(?!\w)[^:]{0,40}:\s*$"
)
_INSIDE: Final = regex(r"(?i)(?<!\w)BN[ \-.]?\d{2,}(?!\w)")
_BESIDE: Final = regex(r"(?i)(?<!\w)(?:cùng|với|gặp|chở|của|và|thăm|cho|đón|F1)(?!\w)")
#: Who tells of themselves: ``Tôi tên Huỳnh Văn Lợi, sinh năm 1985, ngụ …``, ``Họ và tên: …``.
_DECLARER: Final = regex(
    r"(?i)^\W{0,3}(?:tôi (?:tên(?: là)?|là)|họ (?:và )?tên(?: người khai)?|người khai)\s*:?\s*(?=\w)"
)
_CODE: Final = regex(r"(?i:\b(?:BN|F0|CA)[ \-.]?\d{2,}\b)|^\d{4,7}\b|^[A-ZĐ]{2,4}[\-. ]?\d{2,}\b")
_INITIALS: Final = regex(r"(?<![\w.])(?:[A-ZĐ]\.\s?){1,4}[A-ZĐ]?\.?(?=[\s,;)]|$)")
_WHOSE: Final = regex(r"(?i)\(\s*(?:của\s+|ca\s+)?((?:(?:BN|F0)[ \-.]?\d{2,}(?:\s*(?:,|;|và|\+)\s*)?)+)\)[\s.;]*$")
_BORN: Final = regex(r"(?i)(?:sinh (?:năm|nam|ngày [\d/]+/)|SN|năm sinh:?)\s*:?\s*((?:19|20)\d\d)")
_AGE: Final = regex(r"(?i)(\d{1,3})\s*(?:tuổi|tuoi)")
_SEX: Final = regex(r"(?i)(?<!\w)(nam|nữ|nu)(?!\w)(?! sinh)")
_HOME: Final = regex(
    r"(?i)(?:ngụ(?: tại)?|thường trú(?: tại)?|(?<!cư )(?<!bán )(?<!nội )trú(?: tại)?|cư trú(?: tại)?|(?<!cùng )địa chỉ"
    r"|nơi ở(?: hiện nay)?|chỗ ở|ở tại|ngu tai)"
    r"\s*:?\s*([^;()]{3,160})"
)
_LIVES: Final = regex(r"(?i)(?<!\w)(?:ngụ|(?<!bán )(?<!nội )trú|địa chỉ|nơi ở|ở|quê)(?!\w)")
#: A home and a year of birth that no word introduces: ``BN53010, nữ, 1965, ấp Kinh Hòn, xã Khánh Bình Tây``.
_BARE_HOME: Final = regex(rf"(?i),\s*((?:tổ|{either((*HAMLETS, *COMMUNES))})\s[^;().]{{2,120}})")
_BARE_YEAR: Final = regex(r",\s*(19[2-9]\d|20[01]\d)\s*(?=[,;.]|$)")
_NAMED: Final = regex(
    r"(?:ông|bà|anh|chị|em|cháu)?\s*"
    r"([A-ZĐÀ-Ỹ][a-zà-ỹ]+\s(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]*\s){0,3}[A-ZĐÀ-Ỹ][a-zà-ỹ]+|(?:[A-ZĐÀ-Ỹ]{2,}\s){1,4}[A-ZĐÀ-Ỹ]+)(?=[\s,;()]|$)"
)
#: What says that places are listed below, without accents: there a name is one, whatever it is called.
_PLACES: Final = regex(r"\b(?:dia diem|cac diem|moc dich te|cac noi|cac moc)\b")
_HISTORY: Final = regex(r"(?i)\W{0,3}(?:yếu tố|tiền sử|nguồn)")
_SOURCE: Final = regex(
    r"(?i)(?:F1 của|lây từ|nguồn lây:?|(?:tiếp xúc|(?<!\w)tx)(?: gần)?(?: với)?|là F1)\s*"
    r"(?:F0|ca bệnh|bệnh nhân|ca)?\s*"
    r"((?:BN|F0)[ \-]?\d{2,})"
)
_LABEL: Final = regex(
    r"(?i)^\s*[-+•*]?\s*(?:\d{1,2}\s?[.)]\s*)?"
    r"(giới tính|năm sinh|nơi ở|địa chỉ|nơi đăng ký|nghề|yếu tố dịch tễ|tiền sử|số điện thoại|"
    r"họ (?:và )?tên|lịch (?:trình|sử))"
)
_ISOLATED_AT: Final = regex(r"(?i)(?:bệnh viện|khu cách ly|tại nhà|khách sạn)(?!\w)")
_CLOSING: Final = regex(
    r"(?:ai co mat|nhung (?:ai|nguoi)|de nghi|yeu cau|thong bao|tat ca|nguoi dan|lien he|moi thong tin|duong day nong|"
    r"noi nhan|vay|truong hop co mat|neu ai|kinh|noi dung tren|hien|trung tam)\b"
)
_FACT: Final = regex(
    r"(?:^(?:nhung nguoi |nguoi |di |ngoi )?cung (?:xe|ban|mam|phong|tau|chuyen|di|ngoi)\b"
    r"|duong tinh|\bf[0-3]\b|\bbn ?\d|\d{1,2}h\d{0,2}\b|\d{1,2}/\d{1,2}|tiep xuc)"
)


@dataclass
class _Told:
    """One row of the list to be: the line it stands in, the person's cells, and what is told."""

    line: int
    who: dict[str, str]
    what: Movement


@dataclass
class _Reader:
    """Goes through the lines of a bulletin and keeps whom it is about and on which day."""

    who: dict[str, str] = field(default_factory=dict)
    day: str | None = None
    told: list[_Told] = field(default_factory=list)
    passed: list[Line] = field(default_factory=list)
    listed: list[Line] = field(default_factory=list)
    movements: int = 0
    places: bool = False
    own: bool = False
    given: bool = False

    def read(self, line: Line) -> None:
        text = without_teller(plain_times(line.text.strip()))
        self.places |= _PLACES.search(fold(text)) is not None
        if names_listed(text, below=bool(self.listed)):
            self.listed.append(line)
            self.day = None
            return
        day_first = has_day_line(text) and not (self.listed and ITEM.match(text) and people_of_line(text))
        subject = _SUBJECT.match(text)
        if subject is None and not (day_first or _LABEL.match(text) or _SOURCE.search(text)):
            subject = _OF_WHOM.search(text)
        declarer = _DECLARER.match(text) if not self.who else None
        if declarer is not None and _NAMED.match(text[declarer.end() :]):
            self.who, self.day = _person(text[declarer.end() :], text), None
            self.who.pop("F", None)
            self.own = True
            self._add(line.row, Movement(what="note", words=text))
        elif subject is not None and not day_first and _describes(text[subject.end() :]):
            about, *then = _THEN.split(text, maxsplit=1)
            self.who, self.day = _person(about[subject.end() :], about), None
            self._add(line.row, Movement(what="note", words=about))
            if then:
                self._read_movements(line.row, then[0])
        elif (
            self.who
            and not self.listed
            and not (day_first or text.isupper() or _LABEL.match(text))
            and (moved := days_first(text, listed=self.places and ITEM.match(text) is not None))
        ):
            for one in moved:
                self._read_movements(line.row, one)
        elif day_first or (self.day is not None and re.match(r"[-+•*]", text)):
            self._read_movements(line.row, text)
        elif self.who and _LABEL.match(text):
            self._add_label(text)
            source = _SOURCE.search(text)
            self._add(line.row, Movement(what="note", words=text))
            if source is not None:
                self.told[-1].who = {**self.who, "Nguồn lây": source[1]}
        else:
            self._other(line, text)

    def _add_label(self, text: str) -> None:
        """Add what a line with a label says of the person: a code in it is that of somebody else."""
        told = _person(re.sub(r"^[-+•*]\s*", "", text), "")
        name = _DECLARER.match(text)
        if name is not None and _NAMED.match(text[name.end() :]):
            told |= {"Họ và tên": _person(text[name.end() :], text).get("Họ và tên", "")}
        self.who |= {k: v for k, v in told.items() if k not in self.who and k != "Mã BN" and v}

    def _read_movements(self, row: int, text: str) -> None:
        """Read where somebody was: the person of the lines before, or the cases in brackets behind a place."""
        whose = None if self.who else _WHOSE.search(text)
        inside = None if whose is not None else _subject_in(text)
        subjects = [self.who if inside is None or inside == self.who.get("Mã BN") else {"Mã BN": inside, "F": "F0"}]
        if whose is not None:
            text = text[: whose.start()]
            subjects = [{"Mã BN": re.sub(r"[ .\-]", "", code).upper(), "F": "F0"} for code in _CODE.findall(whose[1])]
        for one in read_movements(text, self.day):
            for who in subjects:
                self.told.append(_Told(row, who, one))
            self.day = one.day or self.day
            self.movements += 1

    def _other(self, line: Line, text: str) -> None:
        """Pass a heading or a request to the reader; keep any other line that tells a fact."""
        bare = fold(re.sub(r"^[-+•*\s]+", "", text))
        item = ITEM.match(text)
        if _LIST_HEAD.match(text) or (self.listed and item is not None and people_of_line(item["rest"])):
            self.listed.append(line)
            self.day = None
        elif text.endswith(":") or _CLOSING.match(bare):
            # what somebody states themselves is about them to the end
            if self.told and not (self.own or days_follow(text)):
                self.who, self.day = {}, None
            self.passed.append(line)
        elif (self.told or self.given) and _FACT.search(bare):
            self._add(line.row, Movement(what="open", words=text))
        else:
            self.passed.append(line)

    def _add(self, row: int, what: Movement) -> None:
        self.told.append(_Told(row, self.who, what))


@dataclass(frozen=True)
class Bulletin:
    """The list that a bulletin becomes, the lines of it that list people, and the one case that it is about.

    ``met`` is the list of those whom its sentences name beside a case, with day and hours.
    """

    sheet: Sheet
    listed: Document
    case: str | None
    met: Sheet | None = None


def read_bulletin(document: Document, who: Mapping[str, str] | None = None) -> Bulletin | None:
    """Return what a bulletin tells, of one case (``who``) where it is known; None of one of nobody's movements."""
    reader = _Reader(given=who is not None)
    reader.who = _of_title(document) if who is None else {**who, "F": "F0"}
    for line in with_days_apart(document.lines):
        reader.read(line)
    if not reader.movements:
        return None
    lines = groupby(_completed(reader.told), key=lambda one: one.line)
    rows = [row for _, told in lines for row in _rows(list(told))]
    sheet = list_of_text(
        document,
        HEADINGS,
        rows,
        said=document.facts,
        facts=tuple(fact for fact in document.facts if fact.name == "year"),
        passed={"remark": len(reader.passed)} if reader.passed else {},
    )
    of_cases = [(one.line, named_as(one.who), one.what) for one in reader.told if _is_case(one.who)]
    cases = {named_as(one.who): None for one in reader.told if _is_case(one.who)}
    case = next(iter(cases)) if len(cases) == 1 else None if who is None else named_as(who)
    met = list_of_met(document, of_cases, reader.passed)
    if met is not None:
        sheet = replace(sheet, facts=(*sheet.facts, Fact(MET_APART, "yes", "title", 0, "")))
    return Bulletin(sheet, replace(document, lines=tuple(reader.listed)), case, met)


def _is_case(who: dict[str, str]) -> bool:
    return who.get("F") == "F0" or "Mã BN" in who


def _of_title(document: Document) -> dict[str, str]:
    """Return the one case that the first lines name, else the one of the first line; none of a list of its contacts."""
    codes = [
        (fact.row, fact.value)
        for fact in document.facts
        if fact.name == "case"
        and not (_SOURCE.search(fact.text) or _HISTORY.match(fact.text) or has_day_line(fact.text))
    ]
    first = {code for row, code in codes if row == document.lines[0].row}
    for found in ({code for _, code in codes}, first):
        if len(found) == 1:
            return {"Mã BN": found.pop()}
    return {}


def named_as(who: Mapping[str, str]) -> str:
    """Return how a contact list would name a case: its code, else its name with the year."""
    name = who.get("Họ và tên", "")
    return who.get("Mã BN") or (f"{name} ({who['Năm sinh']})" if "Năm sinh" in who else name)


def _subject_in(text: str) -> str | None:
    """Return the case that a sentence is about: ``8h ngày 21/7, BN57000 đến khám tại …``, not one who was there too."""
    code = _INSIDE.search(text)
    if code is None or _BESIDE.search(text[: code.start()]) or find_place(text[: code.start()]) is not None:
        return None
    return re.sub(r"[ .\-]", "", code[0]).upper()


def _describes(text: str) -> bool:
    """Tell whether the words behind "Bệnh nhân" name or describe one person."""
    aged = _BORN.search(text) or _AGE.search(text)
    name = _NAMED.match(text)
    named = aged and name is not None and _called(None, None, name)
    return bool(_CODE.search(text[:40]) or _INITIALS.search(text[:60]) or (aged and _SEX.search(text)) or named)


def _person(text: str, line: str) -> dict[str, str]:
    """Return the cells that the line about a person fills."""
    code, initials, born = _CODE.search(text), _INITIALS.search(text), _BORN.search(text) or _BARE_YEAR.search(text)
    age, sex, home, name = (
        _AGE.search(text),
        _SEX.search(text),
        _HOME.search(text) or _BARE_HOME.search(text),
        _NAMED.search(_LIVES.split(text[:80])[0]),
    )
    who = {
        "Mã BN": re.sub(r"[ .\-]", "", code[0]).upper() if code else None,
        "Họ và tên": _called(code, initials, name) if line else None,
        "Năm sinh": born[1] if born else None,
        "Tuổi": age[1] if age and not born else None,
        "Giới tính": sex[1] if sex else None,
        "Địa chỉ": home_alone(home[1]) if home else None,
        "F": "F0" if line else None,
    }
    if line and not code and _NAMED.match(text):
        told = next(iter(people_of_line(text)), {})
        who |= {heading: value for heading, value in told.items() if heading in HEADINGS}
    return {heading: value for heading, value in who.items() if value}


def _called(code: re.Match[str] | None, initials: re.Match[str] | None, name: re.Match[str] | None) -> str | None:
    """Return the name of a person; of one who has no code, the initials."""
    if initials is not None:
        return None if code else initials[0].strip(" .")
    return name[1].strip() if name and all(word[0].isupper() for word in name[1].split()) else None


def _completed(told: list[_Told]) -> list[_Told]:
    """Complete what is told of each person, and write the name of each place in one way."""
    whole: list[_Told] = []
    for who in list({id(one.who): None for one in told}):
        own = [one for one in told if id(one.who) == who]
        whole += [replace(one, what=what) for one, what in zip(own, complete([o.what for o in own]), strict=True)]
    names = one_name(one.what.place for one in whole if one.what.what == "visit" and one.what.place)
    for one in whole:
        if one.what.place is not None:
            one.what = replace(one.what, place=names.get(one.what.place, one.what.place))
    return sorted(whole, key=lambda one: one.line)


def _rows(told: list[_Told]) -> list[tuple[int, dict[str, str | None]]]:
    """Return the rows of one line: one for each place, isolation or open part, and one of each case that was there.

    Remarks go with the first of them; a line of remarks alone is one row.
    """
    remarks = [one for one in told if one.what.what in ("note", "home")]
    rows: list[tuple[int, dict[str, str | None]]] = []
    for one in [other for other in told if other not in remarks] or remarks[:1]:
        what = one.what
        cells: dict[str, str | None] = {**one.who, _WORDS: what.words}
        if what.what == "isolation":
            cells["Ngày vào cách ly"] = f"{what.first} {what.day}" if what.first and what.day else what.day
            cells["Nơi cách ly"] = what.place if what.place and is_specific(what.place) else None
            kind = _ISOLATED_AT.search(what.words)
            cells["Hình thức cách ly"] = None if kind is None else kind[0].lower()
        elif what.what == "open" and not what.day:
            cells["Lịch trình"] = what.words  # what nobody could read is asked about
        elif what.what in ("visit", "open"):
            cells |= {"Ngày": what.day, "Giờ vào": what.first, "Giờ ra": what.last}
        if what.what == "visit":
            cells |= {"Địa điểm": what.place, "Độ chắc chắn": "có thể" if what.possible else None}
        rows.append((one.line, cells))
        if what.what == "visit":
            shared = {heading: cells.get(heading) for heading in HEADINGS[HEADINGS.index("Ngày") :]}
            rows += [(one.line, {**shared, "Mã BN": code}) for code in what.people]
    said = [one.what.words for one in remarks]
    first = rows[0][1]
    first[_WORDS] = "; ".join(dict.fromkeys([str(first[_WORDS]), *said]))
    return rows
