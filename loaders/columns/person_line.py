"""What one line of a message tells of somebody: ``1. Lê Văn Hậu, 1975, cha ruột, ở chung nhà, sđt 0947 555 011``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from loaders.columns.looks import is_name
from loaders.columns.values import words
from loaders.files.spelt import Spelt
from loaders.place_words import HAMLETS, UNITS, folded
from tracing.patterns import regex
from tracing.spelling import fold, phone_numbers

NAME, YEAR, AGE, SEX, PHONE, ADDRESS = "Họ và tên", "Năm sinh", "Tuổi", "Giới tính", "SĐT", "Địa chỉ"
RELATION, KIND, DAYS, HOURS, MASKS = "Quan hệ", "Loại tiếp xúc", "Ngày tiếp xúc", "Giờ", "Bảo hộ"
REMARK: Final = "Ghi chú"
CODE, LEVEL = "Mã BN", "F"
WHOM: Final = "của"
"""Whom a relation names: ``bạn mẹ Lan`` is of Lan."""
TOGETHER: Final = "sống cùng nhà"
ONSET, SAMPLE, RESULT, METHOD = "Ngày khởi phát", "Ngày lấy mẫu", "Kết quả", "Phương pháp"
HEADINGS: Final = (
    *(
        CODE,
        NAME,
        YEAR,
        AGE,
        SEX,
        PHONE,
        ADDRESS,
        RELATION,
        KIND,
        DAYS,
        HOURS,
        MASKS,
        ONSET,
        SAMPLE,
        RESULT,
        METHOD,
        REMARK,
        LEVEL,
    ),
)
"""Headings of what a line can tell, as a clerk would have typed them."""
ITEM: Final = regex(r"^\s*(?:\(?\d{1,3}\s*[.)/:]\s*(?!\d)|[-–+•*●▪✓>]+\s*)(?P<rest>\S.*)$")
"""A line of a list: behind a number, a dash, a dot."""
_CODED: Final = regex(r"\s*((?i:BN|F0)[ \-.]?\d{2,})(?:\s*[:,–-]\s*|\s+(?=[A-ZÀ-ỸĐ][a-zà-ỹA-ZÀ-Ỹ]))")
_BETWEEN: Final = regex(
    r"\s*[;,|\t]\s*|\s+[-–]+\s*|\s*(?<![-–])[-–]+\s+|\s*[()\[\]]\s*|(?<=[^\W\d_]{2})\.\s+|(?<=[\d\x00])\.\s+(?=[^\W\d_]{2})"
)
_YEAR: Final = regex(
    r"(?i)(?<![\d/.-])(?:\b(?:sn|sinh(?: năm| nam)?|ns|năm sinh)\s*[:.]?\s*)?((?:19[2-9]|20[0-2])\d)(?![\d/.-])"
)
_AGE: Final = regex(r"(?i)(?<![\d/.,])(\d{1,3})\s*(?:tuổi|tuoi|t)\b")
_CALLED: Final = r"(?:\b(?:sđt|sdt|đt|dt|số đt|điện thoại|phone|tel|zalo)\s*[:.]?\s*)"
_PHONE: Final = regex(rf"(?i){_CALLED}?(?<![\d/])(?:\+?84|0)(?:[ .]?\d){{9}}(?!\d)")
_PHONE_WORD: Final = regex(rf"(?i){_CALLED}")
_DAY: Final = r"\d{1,2}[/.]\d{1,2}(?:[/.]20\d\d)?"
_DAYS: Final = Spelt(
    rf"(?i)(?:\b(?:từ|các|vào|trong)\s+)?(?:\bngày\s+)?(?<![\d/.])(?:\d{{1,2}}\s*[-–]\s*)?{_DAY}"
    rf"(?:\s*(?:-|–|đến|và|,|\+|&)\s*(?:hết\s+)?(?:ngày\s+)?{_DAY})*(?![\d/])"
)
_WHEN: Final = rf"(?:\s+(?:từ|ngày|vào|hôm|lúc|là)){{0,3}}\s*:?\s*({_DAY})"
#: What is told of a case by its day.
_OF_CASE: Final = (
    (
        ONSET,
        Spelt(
            r"(?i)(?:khởi phát|khởi bệnh|phát bệnh|(?:có|xuất hiện) triệu chứng|kp"
            rf"|(?:sốt|ho)(?: (?:nhẹ|cao|khan|ít|nhiều))?){_WHEN}"
        ),
    ),
    (ONSET, Spelt(r"(?i)\b((?:không|chưa)(?: có)? triệu chứng)")),
    (SAMPLE, Spelt(rf"(?i)(?:lấy mẫu|lm|xét nghiệm|xn|test|dương tính){_WHEN}")),
)
_TEST: Final = r"(?:(?:kết quả|kq|xn|xét nghiệm|test(?: nhanh)?|pcr|mẫu)\s*(?:lần \d\s*)?:?\s*){0,3}"
_TEST_ON: Final = rf"(?:\s+(?:lần \d|ngày|lúc|vào))*\s*(?P<day>{_DAY})?"
#: A result with or without its day: ``âm tính``, ``KQ PCR: dương tính ngày 20/7``; as a sign, ``test nhanh (+) 20/7``.
_TESTED: Final = Spelt(
    rf"(?i){_TEST}(?:(?:ngày |hôm )?(?P<on>{_DAY})\s*:?\s*)?"
    rf"(?P<result>âm tính|dương tính|\(-\)|\(\+\)|âm|dương|negative|positive){_TEST_ON}"
)
_SIGNED: Final = regex(rf"(?i){_TEST}(?P<result>\([-+]\)){_TEST_ON}")
#: What has a day that is none of a contact: since when somebody is isolated, ill or away, or when they were sampled.
_OF_OTHER_DAYS: Final = regex(
    r"(?:(?:da|dang|duoc|hien|se|di|dua di|chuyen|vao|tu) ){0,3}(?:cach ly|cltt|cltn"
    r"|cl (?:tai|tap trung|tt|tn)|kcl\b|khu cach ly|sot|ho\b|dau hong|(?:co|xuat hien) trieu chung|khoi phat|lay mau"
    r"|xet nghiem|test|tiem|nhap vien|ra vien|di vien|ve que)"
)
_HOUR: Final = r"\d{1,2}\s*(?:h|giờ|g|:)\s*(?:\d{2})?"
_HOURS: Final = Spelt(rf"(?i)(?:\b(?:lúc|khoảng|từ)\s+)?(?<![\d/]){_HOUR}(?:\s*(?:-|–|đến)\s*{_HOUR})?(?![\w/])")
_ADDRESS: Final = regex(
    rf"(?:{folded((*HAMLETS, *UNITS))}|khu pho|kp|tdp|xom|k|p|to|tt|x)\b\.? ?\w.*|.*\b(?:{folded(UNITS)}) .+"
)
_AT_HOME: Final = Spelt(r"(?i)^(?:(?:hiện )?(?:ngụ|trú|cư trú|nhà|ở|địa chỉ|đc)(?: ở| tại)?\s*:?\s+)(?=\S)")
_TITLED: Final = Spelt(r"(?i)^(?:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ|thím)\s+(?=[A-ZÀ-ỸĐ])")
#: Somebody who is called by a short name, behind the word for it.
_SHORT: Final = Spelt(
    r"(?P<name>(?i:ông|bà|anh|chị|em|cô|chú|bác|dì|cậu|mợ|thím|bé)(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]*){1,2})(?=$|[\s,;:(.–-])"
    r"(?!\s+[A-ZÀ-ỸĐ][a-zà-ỹđ])"
)
_WORD: Final = r"[A-ZÀ-ỸĐ][A-Za-zÀ-ỹĐđ']*\.?"
_NAME: Final = Spelt(rf"(?<!\w)(?:[Bb]é\s+{_WORD}(?:\s+{_WORD}){{0,4}}|{_WORD}(?:\s+{_WORD}){{1,5}})(?=$|\s|[:,])")
#: How a relation is told, without accents: kin, neighbours, friends, people of one place of work or class.
_RELATION: Final = regex(
    r"(?:la\s+)?(?:chu (?:nha|quan|tro)|vo|chong|cha|ba|bo|me|ma|con|em|anh|chi|ong|chau|di|cau|mo|co|chu|bac"
    r"|hang xom|ban|dong nghiep|nguoi (?:yeu|nha|quen|lam)|lai xe|tai xe|khach)\b"
    r"(?:\s+(?:ruot|re|dau|trai|gai|ho|noi|ngoai|vo|chong|ke|ut|nuoi|hoc|nhau|be|gai|cung \w+|hang|o|lam)\b)*"
)
#: Kin before a name, ``vợ Trần Thị Lan (1978)``, ``Mẹ: …``; without accents in small letters only ("Võ Văn Tư").
_KIN_FIRST: Final = regex(
    r"^\W{0,3}(?P<kin>(?i:vợ|chồng|mẹ(?: ruột| vợ| chồng)?|cha(?: ruột| vợ| chồng)?|bố(?: ruột| vợ| chồng)?"
    r"|con(?: trai| gái| dâu| rể| ruột| út| cả)?|em (?:trai|gái|ruột|dâu|rể|vợ|chồng)|anh (?:trai|ruột|rể|vợ|chồng)"
    r"|chị (?:gái|ruột|dâu|vợ|chồng)|cháu (?:nội|ngoại|ruột)|bà (?:nội|ngoại)|ông (?:nội|ngoại)|hàng xóm"
    r"|đồng nghiệp|bạn(?: gái| trai| học| cùng \w+)?)|vo|chong|me|con(?: trai| gai)?|em (?:trai|gai))"
    rf"(?:\s+(?:của\s+)?(?P<whom>{_WORD}(?:\s+{_WORD}){{0,4}})(?=\s?:))?"
    rf"(?:\s+(?:là|tên|la|ten)|\s*:)?\s+(?:(?i:anh|chị|ông|bà|em|cháu|bé)\s+)?(?={_WORD}(?:\s+{_WORD}))"
)
#: Words that without accents look like kin.
_NO_KIN: Final = frozenset({"đi", "có", "còn", "chỉ", "câu"})
#: What says that two live together, without accents.
_TOGETHER: Final = regex(
    r"(?:dang )?(?:song|o|an o|ngu)?\s*(?:chung|cung)(?: mot)? (?:nha|ho|phong(?: tro)?|tro|can ho)|o chung|song chung"
    r"|(?:o|song) (?:chung|cung)(?: (?:nha|ho|phong(?: tro)?|tro))?|o tro chung"
)
#: Somebody named behind a relation: ``(bạn) của mẹ Lan``, ``(vợ) anh Lê Văn Tư``.
_WHOM: Final = regex(
    rf"(?:của\s+)?(?:(?:ông|bà|anh|chị|em|cô|chú|bác|mẹ|cha|ba|má|vợ|chồng|con|cháu)\s+)?(?P<name>{_WORD}(?:\s+{_WORD}){{0,4}})"
)
GROUP: Final = Spelt(
    r"(?P<label>(?:Phòng|Bàn (?=\d|VIP)|Nhóm|Quầy|Tầng|Khách|NV|Nhân viên|Phục vụ|Chủ (?:quán|tiệm|cơ sở|nhà|trọ)"
    r"|Lễ tân|Thu ngân|Bảo vệ|Quản lý|Tiếp viên|Đầu bếp)(?!\w)[^:;]{0,60}?):\s+(?P<rest>[^\W_].*)",
    re.DOTALL,
)
"""Where or as what those behind the colon were there: ``Phòng 2, từ 20h đến 22h30: Lê Văn Tư, …``, ``Chủ quán: …``."""
#: What begins like a name and is the place where people were.
_PLACES: Final = regex(
    r"(?:Phòng|Quán|Quầy|Tầng|Nhà hàng|Khách sạn|Nhóm|Chủ quán|Nhân viên|NV|Karaoke|Caf[eé]|Cà phê|Coffee|Nhà thờ|Chùa"
    r"|Chợ|Siêu thị|Bệnh viện|BV|Công ty|Cty|Bến xe|Massage|Spa|Gym|Bar|Pub|Billiards?|Bida|Tiệm|Shop|Nhà máy)(?!\w)"
)
#: A case in a list of people who were there, by its code alone or with what they are called: ``BN34 (Duy)``.
_CASE_ALONE: Final = regex(r"\s*((?:BN|F0)[ \-.]?\d{2,})\s*(?:\([^()]{1,30}\))?\s*(?:[,;]\s*|$)")
#: The code of a case among what is told of somebody, alone between commas.
_CODE_BEHIND: Final = regex(r"(?:^|, )((?:BN|F0)[ \-.]?\d{2,})(?=, |$)")
#: Words behind a name that begins a sentence about somebody else: ``Xã Phú Hưng báo …``.
_NO_PERSON: Final = Spelt(
    r"(?i)(?:là|báo(?! vệ)|kính|đề|của|và|gửi|xin)(?!\w)", bare=r"(?i)(?:la|bao(?! ve)|kinh|de|cua|va|gui|xin)(?!\w)"
)
#: Whether masks were worn, without accents: a text that tells it of one of two people tells it of neither.
_MASKS: Final = regex(
    r"(?:(?P<both>ca (?:2|hai)(?: nguoi)?) )?(?:deu )?(?P<none>(?:khong|ko|k|chua)(?: ai)? )?"
    r"(?:co |deo |mang )*(?:khau trang|kt)"
)
#: A year of birth as young people write it: ``2k1``.
_SHORT_YEAR: Final = regex(r"(?i)(?<!\w)2k(\d)(?!\w)")
#: What tells that a line may be about somebody: a telephone, a code, a day, somebody's tier, year or age.
_TELLS: Final = regex(
    r"(?i)(?<!\d)0\d{9}(?!\d)|\bBN[ \-]?\d{2,}|(?<![\d/])[0-3]?\d/[01]?\d(?:/20\d\d)?(?![\d/])|\bF\s?[0-4]\b"
    r"|(?<!\d)(?:19[2-9]|20[01])\d(?!\d)|\b\d{1,2}\s?(?:t|tuổi)\b"
)


def tells_something(text: str) -> bool:
    """Tell whether a line may say something of somebody, so that it must not be passed over."""
    return _TELLS.search(text) is not None or next(_names_in(text), None) is not None


def names_somebody(text: str) -> bool:
    """Tell whether a line begins with somebody in full, behind a form of address or with a year, an age or a number."""
    people = people_of_line(text)
    told = bool(people) and bool({YEAR, AGE, PHONE} & set(people[0]))
    return bool(people) and (told or _TITLED.match(text) is not None)


def people_of_line(text: str, *, case: bool = False, called: bool = False) -> list[dict[str, str]]:
    """Return the cells of each person that a line tells, by heading; none where no name is told.

    Of a ``case`` the days are those of onset and of the sample, as they are called, and not of a contact. With
    ``called`` a line may begin with what somebody is called: ``Anh Đực (bạn nhậu)``, ``cô Sáu tạp hóa``.
    """
    text = _SHORT_YEAR.sub(r"200\1", text)
    short = _SHORT.match(text) if called else None
    if short is not None:
        name = short["name"][0].upper() + short["name"][1:]
        told: dict[str, str] = {NAME: name}
        for part in _parts(text[short.end() :]):
            _put(told, part, case=case)
        return [told]
    group = GROUP.match(text)
    if group is not None:
        return _of_group(group["label"], group["rest"], case=case)
    people: list[dict[str, str]] = []
    for whole in text.split(";"):
        piece = whole
        coded = _CODED.match(piece)
        before: dict[str, str] = {} if coded is None else {CODE: _plain(coded[1])}
        kin = _KIN_FIRST.match(piece) if coded is None else None
        if kin is not None:
            before, piece = {RELATION: kin["kin"]}, piece[kin.end() :]
            before |= {WHOM: kin["whom"]} if kin["whom"] else {}
        parts = list(_parts(piece if coded is None else piece[coded.end() :]))
        while parts and not _begins(parts[0]) and (phone := _PHONE.match(parts[0]) or _YEAR.match(parts[0])):
            _put(before, phone[0], case=case)
            parts[:1] = [rest] if (rest := parts[0][phone.end() :].strip(" .:;-–")) else []
        begun = bool(parts) and _begins(parts[0])
        if begun and (not people or len(parts) > 1 or _name_of(parts[0])[1]):
            name, rest = _name_of(parts[0])
            people.append({NAME: name or "", **before})
            parts[:1] = [rest] if rest else []
        elif not people:
            return []
        for part, following in zip(parts, [*parts[1:], ""], strict=False):
            name, rest = _name_of(part)
            another = name is not None and (_YEAR.match(rest) or _AGE.match(rest))
            if name is not None and not rest and _is_begun(people[-1]) and not _ADDRESS.fullmatch(fold(part)):
                another = _YEAR.match(following) or _AGE.match(following) or _PHONE.match(following)
            if another:
                people.append({NAME: str(name)})
            if not another or rest:
                _put(people[-1], rest if another else part, case=case)
    return people


def _plain(code: str) -> str:
    """Return the code of a case without the signs inside it."""
    return re.sub(r"\W", "", code).upper()


def _of_group(label: str, rest: str, *, case: bool) -> list[dict[str, str]]:
    """Return the people of a line that says first where or as what they were there, each with the hours of that."""
    coded = []
    while (alone := _CASE_ALONE.match(rest)) is not None:
        coded.append({NAME: "", CODE: _plain(alone[1])})
        rest = rest[alone.end() :]
    people = [*coded, *(people_of_line(rest, case=case) if rest else [])]
    of_all: dict[str, str] = {}
    said = _read_times(of_all, label)
    for cells in people:
        code = _CODE_BEHIND.search(cells.get(REMARK, ""))
        if code is not None and CODE not in cells:
            cells[CODE] = _plain(code[1])
            told = cells.pop(REMARK)
            left = f"{told[: code.start()]}{told[code.end() :]}".strip(" ,")
            cells.update({REMARK: left} if left else {})
        for heading, told in of_all.items():
            cells.setdefault(heading, told)
        if said:
            _remark(cells, said)
    return people


def _is_begun(cells: dict[str, str]) -> bool:
    """Tell whether enough is told of somebody that a further full name is somebody else's."""
    return bool({YEAR, AGE, PHONE} & set(cells))


def _begins(part: str) -> bool:
    """Tell whether a part begins with somebody's name."""
    return _name_of(part)[0] is not None


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a line; days, hours and telephone numbers are not cut at their dashes and blanks."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    hidden = _SIGNED.sub(hide, text)
    hidden = _PHONE.sub(hide, hidden)
    hidden = _DAYS.sub(hide, hidden)
    for part in _BETWEEN.split(hidden):
        shown = re.sub(r"\x00(\d+)\x00", lambda m: kept[int(m[1])], part).strip(" .:;-–")
        if shown:
            yield shown


def _name_of(part: str) -> tuple[str | None, str]:
    """Return the name with which a part begins, and the rest of it."""
    bare = _TITLED.sub("", part)
    match = None if _PLACES.match(bare) else _NAME.match(bare)
    if match is None:
        return None, part
    name, rest = match[0].strip(" :"), bare[match.end() :].strip(" :")
    name = name[0].upper() + name[1:]
    if not is_name(name) or (rest and _NO_PERSON.match(rest)):
        return None, part
    return name, rest


def _names_in(text: str) -> Iterator[str]:
    for match in _NAME.finditer(text):
        if len(match[0].split()) >= 3 and is_name(match[0].strip()):
            yield match[0]


def _put(cells: dict[str, str], part: str, *, case: bool) -> None:
    """Put what a part tells into the cells: numbers and days first, then what the words look like."""
    for heading, pattern in _OF_CASE if case else ():
        told = pattern.search(part) if heading not in cells else None
        if told is not None:
            cells[heading] = told[1]
            part = f"{part[: told.start()]} {part[told.end() :]}".strip(" .,:;-–")
    tested = _TESTED.fullmatch(part) if RESULT not in cells else None
    if tested is not None:
        cells[RESULT] = tested["result"]
        day = tested["on"] or tested["day"]
        if day and SAMPLE not in cells:
            cells[SAMPLE] = day
        if method := method_in(part):
            cells[METHOD] = method
        return
    if not part:
        return
    worn = _MASKS.fullmatch(fold(part))
    if worn is not None and (worn["both"] or worn["none"]):
        cells[MASKS] = "không" if worn["none"] else "có"
        return
    if _ADDRESS.fullmatch(fold(home := _AT_HOME.sub("", part))) and not _PHONE.search(part) and not _DAYS.search(part):
        cells[ADDRESS] = f"{cells[ADDRESS]}, {home}" if ADDRESS in cells else home
        return
    if _DAYS.search(part) and _OF_OTHER_DAYS.match(fold(part)):
        _remark(cells, part)
        return
    for phone in list(_PHONE.finditer(part)):
        numbers = "; ".join(phone_numbers(_PHONE_WORD.sub("", phone[0])))
        cells[PHONE] = f"{cells[PHONE]}; {numbers}" if PHONE in cells else numbers
    part = _PHONE.sub(" ", part)
    for form, heading in ((_YEAR, YEAR), (_AGE, AGE)):
        match = form.search(part) if heading not in cells else None
        if match is not None:
            cells[heading] = match[1]
            part = f"{part[: match.start()]} {part[match.end() :]}"
    part = _read_times(cells, part)
    if part:
        _put_words(cells, part)


def method_in(text: str) -> str:
    """Return by what a text says that somebody was tested; nothing where it does not say."""
    said = fold(text)
    return "test nhanh" if "test nhanh" in said else "PCR" if "pcr" in said else ""


def _read_times(cells: dict[str, str], part: str) -> str:
    """Take the first days and hours that are told; return what is left of the part."""
    for pattern, heading in ((_DAYS, DAYS), (_HOURS, HOURS)):
        match = pattern.search(part) if heading not in cells else None
        if match is not None:
            cells[heading] = re.sub(
                r"(?i)^(?:(?:từ|các|vào|trong|lúc|khoảng|ngày|tu|cac|vao|luc|khoang|ngay)\s+)+", "", match[0].strip()
            )
            part = f"{part[: match.start()]} {part[match.end() :]}"
    return re.sub(r"\s+", " ", part).strip(" .,:;-–")


def _put_words(cells: dict[str, str], part: str) -> None:
    said = fold(part)
    kin = RELATION not in cells and part.split(maxsplit=1)[0].lower() not in _NO_KIN
    related = _RELATION.match(said) if kin else None
    if said in words("sex") and len(said) > 1 and SEX not in cells:
        cells[SEX] = part
    elif _TOGETHER.fullmatch(said):
        cells.setdefault(KIND, TOGETHER)
        _remark(cells, part) if "phong" in said or "tro" in said else None
    elif related is not None and related.end() == len(said):
        cells[RELATION] = part
    elif related is not None and _TOGETHER.fullmatch(said[related.end() :].strip()):
        cells[RELATION] = part[: related.end()].strip()
        cells.setdefault(KIND, TOGETHER)
    elif related is not None and (whom := _WHOM.fullmatch(part[related.end() :].strip())):
        cells[RELATION] = part
        cells[WHOM] = whom["name"]
    else:
        _remark(cells, part)


def _remark(cells: dict[str, str], part: str) -> None:
    cells[REMARK] = f"{cells[REMARK]}, {part}" if REMARK in cells else part
