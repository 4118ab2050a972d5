"""What the sentences of a report say of a case, by the words before it: ``sinh năm: 1975``, ``Nơi ở hiện nay: …``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loaders.columns.accents import CAPITALS
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import phone_numbers

CODE, NAME, YEAR, BIRTH, AGE, SEX = "Mã BN", "Họ và tên", "Năm sinh", "Ngày sinh", "Tuổi", "Giới tính"
NUMBER, PHONE, ADDRESS, JOB, WORK = "CCCD", "SĐT", "Địa chỉ", "Nghề nghiệp", "Nơi làm việc"
ONSET, SYMPTOMS = "Ngày khởi phát", "Triệu chứng"
ADMITTED, HOSPITAL = "Ngày vào viện", "Nơi cách ly"

DAY: Final = r"(?<![\d/])\d{1,2}[/.-]\d{1,2}(?:[/.-]20\d\d)?(?![\d/])"
"""The pattern of a day, with its year or without."""
_COLON: Final = r"\s{0,2}:\s{0,2}"
#: Where an address is over.
_ENDS: Final = (
    r"\.\s+(?:bệnh nhân|bn|ngày|kết quả|hiện|là|có|nghề|địa chỉ|nơi ở|trước đó|liên quan|lấy mẫu|được|qua|từ|sau"
    r"|trường hợp|(?:số )?điện thoại|sđt|đt|khởi phát|không triệu chứng|thường trú|quê)|[;\n]|\.?$"
)
_ILL: Final = r"(?:triệu chứng|sốt|ho|đau họng|khó thở|mệt)(?!\w)"
#: Heading and words; of several the first that is found holds. A fact ends with its line, or at the mark behind it.
_FACTS: Final = (
    (
        SEX,
        Spelt(
            r"(?i)(?<!\w)(?:giới tính|giới)\s{0,2}:?\s{0,2}(?:\d\s?[.)]\s{0,2})?(nam|nữ)(?!\w)"
            r"(?!\s{0,3}[/,]?\s{0,3}(?:\d\s?[.)])?\s{0,2}(?:nam|nữ)(?!\w))"
        ),
    ),
    (SEX, Spelt(r"(?i)(?:[,;(:]|(?<!\w)(?:bệnh nhân|bn|là))\s{0,2}(nam|nữ)\s{0,2}(?=[,;)]|\s\d)")),
    (AGE, Spelt(r"(?i)(?<![\w/.])(\d{1,3}) tuổi(?!\w)")),
    (
        BIRTH,
        Spelt(
            r"(?i)(?<!\w)(?:(?:ngày,?(?: tháng,? năm)? )?sinh|sinh ngày)\s{0,2}:?\s{0,2}"
            r"(\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)"
        ),
    ),
    (
        YEAR,
        Spelt(
            r"(?i)(?<!\w)(?:năm sinh|sinh năm|sinh|sn|ns)\s{0,2}:?\s{0,2}"
            r"(?:[_.…\s-]{0,12}/[_.…\s-]{0,12}/[_.…\s]{0,4})?((?:19|20)\d\d)(?!\d)"
        ),
    ),
    (YEAR, Spelt(r"(?i)[,;(]\s{0,2}((?:19[2-9]|20[0-2])\d)\s{0,2}(?=[,;)]|$)")),
    (
        NUMBER,
        Spelt(
            r"(?i)(?<!\w)(?:cccd|cmnd|cmt(?:nd)?|chứng minh(?: nhân dân)?|căn cước(?: công dân)?|số định danh)"
            r"[^\d\n]{0,20}(\d{9}(?:\d{3})?)(?!\d)"
        ),
    ),
    (
        PHONE,
        Spelt(r"(?i)(?<!\w)(?:số điện thoại|điện thoại|sđt|đt|số đt)[^\d\n+]{0,20}((?:\+?84|0)(?:[ .-]?\d){8,10})"),
    ),
    (JOB, Spelt(rf"(?i)(?<!\w)nghề nghiệp{_COLON}([^\n;]{{2,120}}?)(?={_ENDS})")),
    (
        WORK,
        Spelt(
            r"(?i)(?<!\w)(?:(?:tên và )?địa chỉ (?:nơi )?làm việc|nơi làm việc|cơ quan|đơn vị)"
            rf"{_COLON}([^\n]{{2,160}})"
        ),
    ),
    (
        ADDRESS,
        Spelt(
            r"(?i)(?<!\w)(?:địa chỉ(?: nhà)? (?:nơi )?(?:ở )?hiện (?:nay|tại)|(?:nơi|chỗ) ở hiện (?:nay|tại)"
            rf"|(?:địa chỉ )?tạm trú(?: tại)?){_COLON}([^\n;]{{4,200}}?)(?={_ENDS})"
        ),
    ),
    (
        ADDRESS,
        Spelt(
            r"(?i)(?<!\w)(?:địa chỉ(?: nơi (?:ở|sinh sống)| nhà| thường trú)?|nơi (?:ở|sinh sống)|thường trú"
            r"|hộ khẩu(?: thường trú)?|chỗ ở)"
            rf"(?:{_COLON}|\s(?:tại|ở|thuộc)\s)([^\n;]{{4,200}}?)(?={_ENDS})"
        ),
    ),
    (
        ONSET,
        Spelt(
            r"(?i)(?:khởi phát|khởi bệnh|phát bệnh|bắt đầu (?:có triệu chứng|sốt|ho))"
            rf"(?:\s(?:vào|từ|ngày|bệnh|triệu chứng)){{0,3}}\s{{0,2}}:?\s{{0,2}}({DAY})"
        ),
    ),
    (
        ONSET,
        Spelt(
            rf"(?i)(?:ngày|hôm)\s({DAY})(?:[^.;\n\d]{{0,40}}?(?:có|xuất hiện|khởi phát|bắt đầu)"
            r"(?:\s(?:các|những|biểu hiện|bị|thấy)){0,2}"
            rf"|,?(?: (?:bn|bệnh nhân))?(?: (?:bị|thấy))?(?: trong người)?)\s{_ILL}"
        ),
    ),
    (
        ONSET,
        Spelt(
            r"(?i)(?:có|xuất hiện)(?:\s(?:các|những))?\s(?:triệu chứng|sốt|ho)(?!\w)[^.;\n\d]{0,40}?\s(?:từ )?ngày\s"
            rf"({DAY})"
        ),
    ),
    (ADMITTED, Spelt(rf"(?i)(?<!\w)(?:ngày (?:vào|nhập) viện|(?:vào|nhập) viện ngày)\s{{0,2}}:?\s{{0,2}}({DAY})")),
    (
        HOSPITAL,
        Spelt(rf"(?i)(?<!\w)(?:nơi (?:đang )?điều trị|bệnh viện điều trị){_COLON}([^\n;]{{3,120}}?)(?={_ENDS})"),
    ),
    (SYMPTOMS, Spelt(rf"(?i)(?<!\w)(?:các )?triệu chứng(?: lâm sàng| chính)?{_COLON}([^\n;]{{2,120}}?)(?={_ENDS})")),
    (SYMPTOMS, Spelt(r"(?i)((?:không|chưa)(?: có)? triệu chứng)")),
)
_NAME_END: Final = regex(r"\s{2,}|\s*(?:[,;(:–\t]|-\s|(?i:giới|sinh|nam|nữ|sn|bn)(?!\w)|\.\s|\.?$)")
_SENTENCE: Final = regex(rf"(?<![A-ZĐ])(?<!(?<!\w)[A-ZĐ][hrgiup])\.\s+(?=[{CAPITALS}])|;\s*|\n")


def facts_of(lines: Sequence[str]) -> dict[str, str]:
    """Return what lines say of a case, by heading."""
    whole = "\n".join(text.strip() for text in lines)
    cells: dict[str, str] = {}
    for heading, form in _FACTS:
        told = form.search(whole) if heading not in cells else None
        if told is not None:
            cells[heading] = told[1].strip(" .,")
    if PHONE in cells:
        cells[PHONE] = "; ".join(phone_numbers(cells[PHONE])) or cells[PHONE]
    if BIRTH in cells:
        cells[YEAR] = cells[BIRTH][-4:]
    return cells


def name_of(text: str) -> str:
    """Return the name with which the words about somebody begin; empty where they begin with a code."""
    end = _NAME_END.search(text)
    return (text if end is None else text[: end.start()]).strip(" .")


def sentences(text: str) -> list[str]:
    """Return the sentences of a line."""
    return [part for part in _SENTENCE.split(text) if part.strip()]
