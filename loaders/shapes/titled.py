"""Contact lists whose title names the case: "DANH SÁCH F1 CỦA BN120001" holds for every row, as a column would."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from loaders.code_words import PROVINCE_CODE
from loaders.columns.accents import CAPITALS
from loaders.columns.by_neighbours import CASE_FIELDS, EXPOSURE, by_neighbours
from loaders.columns.circumstances import read_circumstances
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.labelled import SUBJECT
from loaders.files.spelt import Spelt
from loaders.files.title_labels import labelled_cells
from loaders.findings import FindingLog
from tracing.patterns import regex
from tracing.spelling import fold

KIND_HEADING: Final = "Hình thức tiếp xúc"
"""Heading of how people met, as a title tells it."""
_CODE: Final = rf"(?:(?:BN|F0|CA)[ \-.]?\d[\d.]*\d|{PROVINCE_CODE})"
#: Words of a title that say what kind of case it is, and name nobody: ``CA BỆNH XÁC ĐỊNH COVID-19``.
_NO_NAME: Final = (
    r"(?!(?i:xác định|nghi ngờ|nghi mắc|nghi nhiễm|mắc|nhiễm|dương tính|covid|sars|ncov|đã|đang|có|là|gồm|trong|tại"
    r"|trên|khẳng định)(?!\w))"
)
_NAME: Final = (
    _NO_NAME + r"(?:(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|ÔNG|BÀ|ANH|CHỊ)\s+)?(?:[A-ZÀ-ỸĐ][\wÀ-ỹ]*\s+){1,4}[A-ZÀ-ỸĐ][\wÀ-ỹ]*"
)
_CASE: Final = (
    r"(?i:ca bệnh|ca dương tính|bệnh nhân|ca nhiễm|trường hợp|F0|F1|F2|BN"
    r"|ca(?!\s+(?:đêm|ngày|sáng|chiều|tối|trực|làm|mắc|nghi|bệnh|nhiễm|dương|f0|cộng|mới|\d)))"
)
#: A case by its number alone: ``ca 34012``, ``bệnh nhân số 34012``.
_BARE_NUMBER: Final = (
    r"(?i:ca(?: bệnh)?|bệnh nhân|BN|trường hợp)\s+(?:(?i:mã|số)\s+){0,2}"
    r"(?P<number>(?!(?:19|20)\d\d(?!\d))\d{4,7})(?![\d/.,]|\s*(?i:người|ca)\b)"
)
_ADDRESS: Final = r"(?i:ông|bà|anh|chị|cô|chú|bác|em|thầy|bé|cháu)"
_WORD: Final = r"[A-ZÀ-ỸĐ][\wÀ-ỹ]*"
_OF: Final = r"(?i:của|với|liên quan đến|liên quan|từ)"
_BORN: Final = r"(?:,?\s*\(?(?i:sn|sinh năm|sinh|ns)?\s*(?P<born>(?:19|20)\d\d)\)?)"
_AFTER: Final = (
    r"(?=\s*(?:[,;.:()\-–]|$)|\s+(?i:ngày|tối|sáng|chiều|trưa|đêm|tại|ở|xã|phường|ấp|khóm|từ|đến|thuộc|gồm|có)\b)"
)
#: How people met: ``NGƯỜI SỐNG CÙNG NHÀ VỚI BN34``.
_MET: Final = (
    r"(?:tiếp xúc|tx)(?: gần)?|(?:(?:sinh )?sống|ở|ăn|làm(?: việc)?|đi|học|ngồi|uống|dự|có mặt) (?:cùng|chung)"
    r"|cùng (?:nhà|hộ|gia đình)"
)
#: What somebody is whose contacts a list is of, before the name: ``F1 CỦA CÔNG NHÂN LÊ HOÀNG PHÚC``; no firm.
_AT_WORK: Final = (
    r"(?:(?<=của )|(?<=CỦA )|(?<=với )|(?<=VỚI ))(?i:công nhân|nhân viên|giáo viên|học sinh|sinh viên|tài xế|lái xe"
    r"|thuyền (?:viên|trưởng)|ngư dân|tiểu thương|chủ (?:vựa|quán|tiệm|sạp|tàu)|bác sĩ|điều dưỡng|y sĩ|cán bộ"
    r"|bảo vệ)\s+"
    r"(?!(?i:cty|công ty|xí nghiệp|nhà máy|trường|trạm|chợ|khoa|bệnh viện|xã|phường|ấp|khóm|tổ|khu)(?!\w))"
)
_LIST: Final = Spelt(
    rf"(?<!\w)(?P<tier>F\s?[1-4]|(?i:(?:(?:những )?người )?(?:{_MET})))(?!\w)[^,.;:]{{0,30}}?\s(?:{_OF}\s+)?"
    rf"(?:{_BARE_NUMBER}|(?P<coded>(?:{_CASE}\s+(?:mã|số)?\s*)?{_CODE})(?:\s*[(,\-–]?\s*(?P<called>(?!(?i:và|gồm|có)\b){_NAME}){_AFTER})?"
    rf"|(?:{_CASE}\s*:?\s+|{_AT_WORK})(?P<named>{_NAME})(?:\s*[(,\-–]\s*(?:(?i:mã|số)\s*)?(?P<behind>{_CODE})\s*\)?{_AFTER}|{_BORN}(?!\d)|{_AFTER}))"
)
#: The same with words for who the case is before the name, ``TIẾP XÚC VỚI GIÁO VIÊN LÊ THỊ NĂM (BN34)``, or with the
#: code right behind a form of address and a short name: ``F1 của chị Bông KG015``.
_BRACKETED: Final = Spelt(
    rf"(?<!\w)(?P<tier>F\s?[1-4]|(?i:(?:(?:những )?người )?(?:{_MET})))(?!\w)\s(?:{_OF}\s)?"
    rf"(?:[^,.;:()]{{2,70}}\((?P<coded>{_CODE})\s*[,;)]|{_ADDRESS}\s(?:{_WORD}\s){{1,4}}(?P<alone>{_CODE}))"
)
#: A case by a word for one and a short name, not in capitals as a whole title is: ``là F1 của BN Hòa``.
_CALLED_SHORT: Final = regex(
    rf"(?<!\w)F\s?1\s(?i:của|với)\s(?i:BN|F0|bệnh nhân|ca bệnh)\s(?:{_ADDRESS}\s)?"
    rf"(?P<short>(?!(?:Tại|Covid|Sars|Số|Mã|Dương)\b)[{CAPITALS}](?:(?![{CAPITALS}])[^\W\d_]){{1,6}})(?=\s*(?:[,;.:()]|$))"
)
#: Somebody who is told by what they are of a case: ``TIẾP XÚC VỚI BÉ ĐỖ GIA HUY (CON BN34)`` is with the child.
_KIN_OF: Final = Spelt(
    rf"(?<!\w)(?P<tier>F\s?[1-4]|(?i:(?:(?:những )?người )?(?:{_MET})))(?!\w)[^,.;:()]{{0,30}}?\s(?:{_OF}\s+)?"
    rf"(?:(?i:bé|cháu|em|cô|chú|bác)\s+)?(?P<named>{_NAME})\s*\((?:(?i:là)\s+)?"
    r"(?i:con|vợ|chồng|bố|ba|cha|mẹ|má|cháu|em|anh|chị|bạn|đồng nghiệp|người nhà|F\s?1)"
    rf"(?:\s+(?i:ruột|trai|gái|đẻ|nuôi|dâu|rể|vợ|chồng|nội|ngoại|họ|của|cùng \w+)){{0,3}}\s+(?:{_CASE}\s+)?{_CODE}"
)
#: Whom somebody served or drove, and who that was: ``LỊCH SỬ ĐƠN HÀNG CỦA SHIPPER BN34``, ``KHÁCH CỦA BN34``.
_SERVED: Final = Spelt(
    r"(?i:(?:đơn hàng|đơn giao|khách(?: hàng)?|người nhận|cuốc xe|chuyến xe|hành khách|học viên|học trò|bệnh nhân khám)"
    rf"[^,.;:]{{0,30}}?\s(?:của|do)\s[^,.;:()]{{0,40}}?)(?P<coded>{_CODE})(?!\w)"
)
#: The same with the name before the code: ``NHẬT KÝ GIAO HÀNG - SHIPPER LÊ VĂN TÁM (BN34)``.
_DELIVERED: Final = Spelt(
    r"(?i:(?:đơn hàng|đơn giao|giao hàng|vận đơn|cuốc xe)[^,.;:]{0,30}?\s"
    r"(?:(?:của|do|[-–])\s(?:anh|chị|ông|bà|em)|(?:(?:của|do|[-–])\s)?(?:shipper|tài xế|lái xe|nhân viên giao hàng))"
    r"\s[^,.;:()]{0,40}?)"
    rf"\(?(?P<coded>{_CODE})(?!\w)"
)
#: When these people met the case, said once: ``NGÀY TIẾP XÚC CUỐI 16/7/2021``.
_LAST: Final = Spelt(
    r"(?i)(?:tiếp xúc|tx)(?: lần)? cuối(?: cùng)?(?: là)?\s*:?\s*(?:ngày\s+)?(\d{1,2}/\d{1,2}(?:/20\d\d)?)(?![\d/])"
)
_LAST_HEADING: Final = "Ngày tiếp xúc cuối (theo tiêu đề)"
#: The same in English: ``Contacts of MPX-007``, ``Close contacts of case Maria Lopez``.
_ENGLISH: Final = regex(
    rf"(?i:\bcontacts? of (?:the )?(?:index |confirmed |case |patient ){{0,2}})"
    rf"(?:(?P<coded>{_CODE})|(?P<named>{_NAME})(?=\s*(?:[,;:(]|$)))"
)
_SHORT: Final = regex(rf"(?<!\w)F\s?1[ _\-–]+(?P<coded>{_CODE})(?!\w)")
_FORM: Final = Spelt(
    r"(?i:(?:index )?case (?:id|no\.?|number|code)|index(?: case| patient)?"
    r"|mã (?:số )?(?:ca(?: bệnh)?|BN|bệnh nhân|F0))"
    rf" ?: {{0,3}}({_CODE}|[A-Za-zĐđ]{{0,8}}[-./ ]?\d[\w./-]*)(?!\w)"
)
_SHEET: Final = regex(r"(?i)(?:(?:ds|danh sách|F1|tx)[ _.\-]*)*((?:BN|F0|CA)[ \-.]?\d{2,})(?:[ _\-(]+[^\d]{1,40})?")
#: A line that says that those whom a case met follow: ``Người sống cùng nhà:``, ``DANH SÁCH F1``.
_FOLLOW: Final = regex(
    r"\W*(?:[ivx\d]{1,4}[.)/] )?(?:danh sach |cac |nhung |ds )*(?:f ?1|(?:truong hop |nguoi )?(?:da )?tiep xuc"
    r"(?: gan| truc tiep)?"
    r"|(?:nguoi |thanh vien )?(?:dang )?(?:song|o|sinh song) (?:cung|chung)(?: (?:nha|ho|phong))?(?: gia dinh)?"
    r"|(?:cac )?thanh vien (?:trong )?gia dinh)(?: (?:cua ca benh|voi ca benh|cua benh nhan))?(?: \(.{1,30}\))?\W*"
)
#: Who told of these people, in the title of an interview; what its columns hold then.
_INFORMANT: Final = Spelt(
    r"(?i)(?:người (?:khai(?: báo)?|được phỏng vấn|cung cấp)|(?:theo )?lời khai(?: của)?|phỏng vấn)"
    r"\s*:?\s*([^;:|]{3,80})"
)
#: The beginning of a line of somebody's days, and so many letters that a line is no title.
_TOLD_DAY: Final = Spelt(r"(?i)^\W*(?:(?:từ|sáng|trưa|chiều|tối|đêm|vào|khoảng)\s+)*ngày \d")
_LONGEST: Final = 400
_LEVEL: Final = r"(?i)^\s*F\s?([0-9])\b"
_NAMED: Final = frozenset({"relation", "declared", "investigated", "contact_place"})
#: What the form of a case tells of those whom it names, beside who they are.
_NAMED_BY: Final = frozenset({"relation", "from_day", "to_day", "contact_place", "kind"})
MET_APART: Final = "met_apart"
"""Said of a list of who was there whose column of those who met the case is a list of its own."""
#: A list of people has such a column; tests, seats and rooms of the same people say nothing of whom they met.
_WHO: Final = frozenset({"name", "first_name", "phone"})


def with_titled_case(sheet: Sheet, log: FindingLog) -> Sheet:
    """Return a contact list with the case that its title (else its sheet's or file's name) tells as a column."""
    columns = by_neighbours(read_headings(sheet.headings, PEOPLE, {})).columns
    if not _WHO & set(columns) or {"index", "sources"} & set(columns) or not len(sheet) or sheet.fact(MET_APART):
        return sheet
    told = _told(sheet)
    if told is None and {*EXPOSURE, "day"} & set(columns) and not CASE_FIELDS & set(columns):
        told = _of_form(sheet) or _of_sheet(sheet)
    if told is None and sheet.fact(SUBJECT) is not None and _NAMED_BY & set(columns) and not CASE_FIELDS & set(columns):
        told = _of_form(sheet)
    if told is None and set(EXPOSURE) & set(columns) and not CASE_FIELDS & set(columns):
        told = _of_case_named(sheet)
    told = told or _of_lines(sheet) or (_of_informant(sheet) if _NAMED & set(columns) else None)
    if told is None:
        return sheet
    tier, case = told
    added = sheet.with_column(heading_of(tier), _for_tier(sheet, columns.get("level"), tier, case))
    if not {"kind", "contact_place", "hours"} & set(columns) and _lives_with(sheet):
        added = added.with_column(KIND_HEADING, ["Cùng nhà"] * len(sheet))
    last = {day for line in sheet.titles for day in _LAST.of(line.text).findall(line.text)}
    if len(last) == 1 and not {*EXPOSURE, "day", "moment"} & set(columns):
        added = added.with_column(_LAST_HEADING, [last.pop()] * len(sheet))
    added.report(log, "contact.titled", count=len(sheet), words=tier)
    return added


def _for_tier(sheet: Sheet, level: int | None, tier: str, case: str) -> list[str | None]:
    """Return the case for each row but those of a lower tier: whom an ``F2`` met is one of the others."""
    if level is None:
        return [case] * len(sheet)
    below = int(tier[1:]) + 1 if tier[1:].isdigit() else 1
    told = sheet.cells[level].str.extract(_LEVEL)[0].fillna(str(below))
    return [case if int(number) <= below else None for number in told]


def _lives_with(sheet: Sheet) -> bool:
    """Tell whether the title says that the people of a list share a home with the case."""
    return any(read_circumstances(text).kind == "household" for line in sheet.titles for text in line.texts)


def heading_of(tier: str) -> str:
    """Return the heading of whom people met, as a title tells it."""
    return f"Tiếp xúc với {tier} (theo tiêu đề)"


def _told(sheet: Sheet) -> tuple[str, str] | None:
    """Return the tier of those met and who they are, where titles, sheet or file name one; None of several."""
    titles = [text for line in sheet.titles for text in line.texts if not _is_story(text)]
    for texts in (titles, [sheet.sheet or ""], [PurePath(sheet.file).stem.replace("_", " ")]):
        found: dict[tuple[str, str], str] = {}
        for tier, case in (told for text in texts for told in told_in_text(text)):
            key = (tier, _code(case))
            found[key] = max(found.get(key, ""), case, key=len)  # with the name in brackets, where one line has it
        if found:
            return next(((tier, case) for (tier, _), case in found.items()), None) if len(found) == 1 else None
    return None


def _is_story(text: str) -> bool:
    """Tell whether a line above a table tells of somebody's days: whom they met is not whom the list is of."""
    return len(text) > _LONGEST or _TOLD_DAY.match(text) is not None


def _of_form(sheet: Sheet) -> tuple[str, str] | None:
    """Return the case whose contacts a form lists, where a line above the table gives its id: ``Case ID: BN34``."""
    subject = sheet.fact(SUBJECT)
    if subject is not None:
        return "F0", subject.partition(" - ")[0]  # without the telephone number
    found = {
        _code(match[1])
        for line in sheet.titles
        for text in labelled_cells(line)
        for part in re.split(r"[;|] ?| [-–] ", text)
        if (match := _FORM.of(part).match(part.strip())) is not None
    }
    return ("F0", found.pop()) if len(found) == 1 else None


def _of_lines(sheet: Sheet) -> tuple[str, str] | None:
    """Return the case that the lines above a table are about, where the last of them says that its contacts follow."""
    cases = {fact.value for fact in sheet.facts if fact.name == "case" and fact.source == "title"}
    last = sheet.titles[-1].text if sheet.titles else ""
    return ("F0", cases.pop()) if len(cases) == 1 and _FOLLOW.fullmatch(fold(last)) else None


def _of_case_named(sheet: Sheet) -> tuple[str, str] | None:
    """Return the one case that the lines above a list of days of contact name."""
    cases = {fact.value for fact in sheet.facts if fact.name == "case" and fact.source == "title"}
    return ("F0", cases.pop()) if len(cases) == 1 else None


def _of_informant(sheet: Sheet) -> tuple[str, str] | None:
    """Return the case who names the people of an interview, where a title says who told: ``NGƯỜI KHAI: …  (BN34)``."""
    told = {match[1].strip(): None for line in sheet.titles for match in _INFORMANT.finditer(line.text)}
    codes = {_code(text) for text in told if re.search(_CODE, text)}
    return ("F0", codes.pop()) if len(codes) == 1 else None


def _of_sheet(sheet: Sheet) -> tuple[str, str] | None:
    """Return the case after which the sheet of its contacts is called: ``BN34``, ``F1 BN34``, ``BN34 - Diễm``."""
    match = _SHEET.fullmatch((sheet.sheet or "").strip())
    return None if match is None or sheet.fact("list_of") == "cases" else ("F0", _code(match[1]))


def told_in_text(text: str) -> list[tuple[str, str]]:
    """Return the tier of those met and who they are: ``F1 của BN41201 (Lê Văn Tư)`` is F0, ``BN41201 (Lê Văn Tư)``."""
    if len({_code(code) for code in re.findall(_CODE, text)}) > 1:
        return []  # each of these people met one of several cases
    kin = _KIN_OF.search(text)
    if kin is not None:
        return [("F1", kin["named"])]
    match = _LIST.search(text)
    bracketed = _BRACKETED.search(text) if match is None else None
    if bracketed is not None:
        tier = re.sub(r"\D", "", bracketed["tier"])
        return [(f"F{int(tier) - 1}" if tier else "F0", _code(bracketed["coded"] or bracketed["alone"]))]
    if match is None:
        served = _SERVED.search(text) or _DELIVERED.search(text)
        short = _SHORT.search(text) or served or _ENGLISH.search(text)
        if short is None:
            called = _CALLED_SHORT.search(text)
            return [] if called is None else [("F0", f"BN {called['short']}")]
        return [("F0", _code(short["coded"]) if short["coded"] else short["named"])]
    tier = re.sub(r"\D", "", match["tier"])
    above = f"F{int(tier) - 1}" if tier else "F0"
    code = match["coded"] or match["behind"] or match["number"]
    name = (match["called"] or match["named"] or "").strip()
    if code:
        return [(above, f"{_code(code)} ({name})" if name else _code(code))]
    return [(above, f"{name} ({match['born']})" if match["born"] else name)]


def _code(text: str) -> str:
    code = re.search(_CODE, text)
    return re.sub(r"[ .\-]", "", code[0] if code else text)
