"""Cells that tell in words which case somebody met, and when: ``ăn trưa với BN34 ngày 2/7``, ``BN34 (chồng), đến 4/7``.

They stand below a heading that asks for the case, or that tells of contact and has a case and a day in most cells. The
code stays there, day and words become columns of their own. A cell that names two cases or nobody, or denies a meeting,
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from loaders.code_words import PROVINCE_CODE
from loaders.columns.attendance import day_of
from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.days import several_days
from loaders.columns.meetings import ADDRESS, DENIES, DOUBTS, read_meeting
from loaders.columns.references import is_answer
from loaders.columns.remark import is_remark
from loaders.columns.when import read_when
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import PEOPLE, name_of_field, read_headings
from loaders.files.trees import PARENT
from loaders.shapes.called_cases import cases_called
from loaders.shapes.split_cells import with_columns_of
from loaders.shapes.titled import KIND_HEADING
from tracing.patterns import regex
from tracing.spelling import fold

_CODE: Final = regex(rf"(?i)(?<!\w)(?:(?:BN|F0|CA)[ \-.]?\d{{2,}}|{PROVINCE_CODE})(?![\w/])")
_FIRST, _ON, _LAST = "Ngày tiếp xúc đầu tiên", "Ngày tiếp xúc", "Ngày tiếp xúc cuối"
_NOT: Final = regex(r"\b(?:khong|chua|ko|k) (?:co |con |he )?(?:tx|tiep xuc|gap|phai|o|an|di|noi)\b")
_ASKED: Final = "Tiếp xúc với ca"
_UNTIL: Final = regex(r"\b(?:den|toi|cuoi|until|last)\b")
#: Fields of which a column may be taken that tells in most cells a case and a day.
_MAY_TELL: Final = ("kind", "contact_place", "level", "person")
#: Words of contact in a heading that is none of those which ask for the case, without accents.
_OF_CONTACT: Final = regex(r"\b(?:tx|t ?xuc|tiep xuc|gap|f ?0|nguon|contact\w*|exposure|exposed|met)\b")
_DITTO: Final = regex(r"(?:nt|nhu tren)\.?")
#: What stands before or behind a code and says nothing else: ``F0 BN34``, ``ca BN34``, ``BN34 (mẹ)``.
_BARE: Final = regex(r"\W*(?:(?:f ?0|ca(?: benh)?|benh nhan|f ?1 cua|voi|cua|ngay|hom|vao|luc)\W*)*")
#: What may stand right before the code of whom somebody met: words of kin name somebody else, ``mẹ BN34``.
LEADS_TO: Final = regex(
    r"(?:.*\b(?:voi|cung|gap|cho|tham|gan|canh|ke|ben|doi dien|nuoi|cham soc|tx|tiep xuc|f ?0|ca|ca benh"
    r"|benh nhan|la|chung|va|with|met|of case))?\W*"
)
"""What may stand right before the code of whom somebody met: words of kin name somebody else, ``mẹ BN34``."""
_DAY: Final = regex(r"(?<![\d/.])\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\d/.])")
_LONGEST: Final = 400
#: What somebody is to the case, before it, without accents: ``cha của BN34``; words alone may be of whom they met.
_KIN_OF: Final = regex(
    r"(?:(?:la|f ?1|nguoi|ban than)\W+)*(?P<kin>(?:vo|chong|con|me|bo|cha|ba|ma|anh|chi|em|ong|chau|co|chu|cau|di|bac"
    r"|hang xom|dong nghiep|nguoi nha|ban)(?: (?:trai|gai|dau|re|ruot|de|nuoi|ke|noi|ngoai|vo|chong|hoc|ho|ut))*)"
    r"(?P<of> cua)?(?: (?:anh|chi|em|ong|ba|co|chu|bac|chau|be))?(?: (?:f ?0|ca|benh nhan))?\s*"
)
#: A heading that asks what the person of the row is to the case, without accents.
_OF_WHOM: Final = regex(r"\bf ?[123] cua\b|\bly do\b|\bquan he\b|\bla gi cua\b|\blien quan\b|\brelation")
#: That they live with the case, without accents.
_TOGETHER: Final = regex(r"\b(?:o|song|cung|chung) (?:chung|cung|nha|mot nha)\b")
#: Somebody by the full name, whom brackets behind it or words before it call a case.
_FULL: Final = r"(?P<name>(?-i:[A-ZÀ-ỸĐ][^\W\d_]{0,15}(?: [A-ZÀ-ỸĐ][^\W\d_]{0,15}){2,5}))"
_CASE_BY_NAME: Final = (
    regex(
        rf"(?i)(?:(?<!\w){ADDRESS}\s+)?{_FULL}\s*"
        r"\((?:là )?(?:F ?0|ca (?:bệnh|F0|dương)|dương tính|đã dương)(?!\w)[^()]{0,60}\)"
    ),
    regex(rf"(?i)(?<!\w)(?:F ?0|ca (?:bệnh|dương tính|F0)|bệnh nhân)\s+(?:(?<!\w){ADDRESS}\s+)?{_FULL}"),
)


class _Met(NamedTuple):
    """The case, first and last day, the one day of a meeting, the other words of a cell; no case where none was met."""

    case: str | None
    first: str | None = None
    last: str | None = None
    on: str | None = None
    words: str | None = None


def with_cases_met_in_words(sheet: Sheet) -> Sheet:
    """Return a list of people whose cells tell in words whom they met and when, with the days as columns."""
    columns = dict(read_headings(sheet.headings, PEOPLE, {}).columns)
    at, heading = _asking(sheet, columns)
    told = {name for name in (*EXPOSURE, "hours", "day", "visit_date", "moment") if columns.get(name, at) != at}
    if (
        at is None
        or sheet.origin is not None
        or told
        or not {"name", "first_name", "phone", "person", "birth_year"} & set(columns)
    ):
        return sheet
    last = _UNTIL.search(fold(sheet.headings[at])) is not None
    kin = _OF_WHOM.search(fold(sheet.headings[at])) is not None
    _, distinct = distinct_texts(sheet.cells[at])
    some = some_of(distinct)
    called = cases_called([sheet], at)
    if any(map(_of_several, some)) or not any(_met(text, last=last, called=called) for text in some):
        return sheet
    found = _each(distinct, last=last, called=called, kin_of_row=kin)
    if _is_of_presence(sheet):
        heading = PARENT  # who was there and met no case is no gap
    days = [(None, None, None) if one is None else (one.first, one.on, one.last) for _, one in found]
    words = [None if one is None else one.words for _, one in found]
    named = [text if one is None else one.case for text, one in found]
    if "kind" in columns:
        return with_columns_of(sheet, at, days, (_FIRST, _ON, _LAST), keep=(heading, named))
    more = [(*of, said) for of, said in zip(days, words, strict=True)]
    return with_columns_of(sheet, at, more, (_FIRST, _ON, _LAST, KIND_HEADING), keep=(heading, named))


def _is_of_presence(sheet: Sheet) -> bool:
    """Tell whether a list has a column for each of several days, so that it is of those who were there."""
    return sum(day_of(heading) is not None for heading in sheet.headings) > 1


def _asking(sheet: Sheet, columns: Mapping[str, int]) -> tuple[int | None, str]:
    """Return the column whose heading asks for the case, and that heading: ``Gặp F0 nào, lần cuối`` asks for both.

    Where none does, it is the one below words of contact in which most cells name a case and a day: ``TX - ngày cuối``.
    """
    if "index" in columns:
        return columns["index"], sheet.headings[columns["index"]]
    exposed = {columns[name] for name in EXPOSURE if name in columns}
    for at in exposed:
        for part in re.split(r"\s*[,;/&(]\s*|\s+và\s+", sheet.headings[at]):
            if name_of_field(part, PEOPLE) == "index":
                return at, part
    exposed |= {columns[name] for name in _MAY_TELL if name in columns}
    others = set(columns.values()) - exposed
    for at, heading in enumerate(sheet.headings):
        if at not in others and not is_remark(heading) and (at in exposed or _OF_CONTACT.search(fold(heading))):
            told = [_met(text, last=False, called={}) for text in some_of(distinct_texts(sheet.cells[at])[1])]
            if told and 2 * sum(met is not None and (met.on or met.last) is not None for met in told) > len(told):
                return at, _ASKED
    return None, ""


def _each(
    distinct: Sequence[str], *, last: bool, called: Mapping[str, str], kin_of_row: bool
) -> list[tuple[str, _Met | None]]:
    """Return each text and what it tells; ``nt`` behind a case is what the text before it tells of the same case."""
    found: list[tuple[str, _Met | None]] = []
    above: _Met | None = None
    for text in distinct:
        met = _met(text, last=last, called=called, kin_of_row=kin_of_row)
        rest = "" if met is None or met.words is None else fold(re.sub(r"\([^()]*\)", "", met.words)).strip(" ,;.-")
        if met is not None and met.case and above is not None and met.case == above.case and _DITTO.fullmatch(rest):
            met = above._replace(words=_but_of(met.words or "", above.words or ""))
        found.append((text, met))
        above = met or above
    return found


def _of_several(text: str) -> bool:
    """Tell whether a text names several cases and a day: each has its own then, which other rules read."""
    return len(_CODE.findall(text[:_LONGEST])) > 1 and re.search(r"\d/\d", text) is not None


def _but_of(own: str, above: str) -> str | None:
    """Return the words above with what this cell says in brackets, in place of what stands in brackets there."""
    said = re.findall(r"\([^()]*\)", own)
    words = re.sub(r"\([^()]*\)", " ", above).strip(" ,;.-–:")
    return ", ".join([*(part.strip("()") for part in said), *([words] if words else [])]) or None


def _met(text: str, *, last: bool, called: Mapping[str, str], kin_of_row: bool = False) -> _Met | None:
    """Return what a text tells of a meeting with the one case that it names; None of any other, and of a bare code."""
    if len(text) > _LONGEST or is_answer(text):
        return None
    text, kin = _without_kin(text, kin_of_row=kin_of_row)
    met = _told_of_case(text, last=last, called=called)
    if met is None or kin is None or met.case is None:
        return met
    return met._replace(words=", ".join([kin, *([met.words] if met.words else [])]))


def _without_kin(text: str, *, kin_of_row: bool) -> tuple[str, str | None]:
    """Return a text without what its person is to the case: with whom they live, or ``kin_of_row`` if asked for it."""
    code = _CODE.search(text) or _by_name(text)
    head = None if code is None else text[: code.start()]
    match = None if head is None else _KIN_OF.fullmatch(fold(head))
    if head is None or match is None or not ((kin_of_row and match["of"]) or _TOGETHER.search(fold(text))):
        return text, None
    return text[len(head) :], head.split()[0] if " " not in match["kin"] else match["kin"]


def _by_name(text: str) -> re.Match[str] | None:
    return next((found for form in _CASE_BY_NAME if (found := form.search(text)) is not None), None)


def _told_of_case(text: str, *, last: bool, called: Mapping[str, str]) -> _Met | None:
    """Return what a text tells of a meeting with the one case that it names, by a code or the full name."""
    codes = list(_CODE.finditer(text))
    named = None if codes else _by_name(text)
    if named is not None and not DENIES.search(fold(text)) and not DOUBTS.search(fold(text)):
        told = _told(text, named, last=last)
        return None if told is None else told._replace(case=named["name"])
    if len(codes) == 1 and DENIES.search(fold(text)) and read_when(text) is None:
        return _Met(None, words=text)
    met = read_meeting(text, called, near=False)
    listed = met is not None and met.on is not None and bool(several_days(met.on))
    if not listed and len(codes) == 1 and LEADS_TO.fullmatch(fold(_DAY.sub(" ", text[: codes[0].start()]))):
        told = None if _NOT.search(fold(text)) else _told(text, codes[0], last=last)
        if told is not None:
            return told
    if met is None or _BARE.fullmatch(fold(text)) or not (met.on or met.last or (met.words and not codes)):
        return None
    first, on, end = met.cells()
    return _Met(met.case, on=None if last else on, first=first, last=(on or end) if last else end, words=met.words)


def _told(text: str, code: re.Match[str], *, last: bool) -> _Met | None:
    """Return what stands around the code of whom somebody met."""
    rest = f"{text[: code.start()]} {text[code.end() :]}"
    if _BARE.fullmatch(fold(re.sub(r"\([^()\d]{0,60}\)", "", rest))):
        return None
    when = read_when(rest)
    if when is None and re.search(r"\d", rest):
        return None
    words = re.sub(r"\(\s*\)", "", re.sub(r"\s+", " ", rest if when is None else when.rest)).strip(" ,;.-–:") or None
    if words is not None and _BARE.fullmatch(fold(words)):
        words = None
    if when is None:
        return _Met(code[0], words=words)
    if when.last is not None and not re.search(r"\d:\d", when.last):
        return _Met(code[0], first=when.first, last=when.last, words=words)
    until = last or _UNTIL.search(fold(words or "")) is not None
    return _Met(code[0], last=when.first, words=words) if until else _Met(code[0], on=when.first, words=words)
