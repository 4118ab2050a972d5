"""Cases that a title, a caption or a sentence tells in full: their code, who they are, the day of the positive result.

``DANH SÁCH F1 CỦA BN34 LÊ VĂN TƯ (SN 1980; dương tính ngày 8/7/2021)`` stands above a list of others, and no row is
about the case: it becomes a case list of its own. A code alone, or one without a day, is none of this: whom it means is
asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from loaders.code_words import NAMED_CODE, plain_code, with_codes_joined
from loaders.columns.gathering import SURNAME
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import ADDRESS, AGE, NAME, PHONE, SEX, YEAR, people_of_line
from loaders.files.grid import Document, Fact, Sheet, distinct_texts
from loaders.files.spelt import Spelt
from loaders.findings import FindingLog
from loaders.shapes.case_facts import CODE, DAY, facts_of
from loaders.shapes.case_report import CONFIRMED, SAMPLE
from tracing.patterns import regex
from tracing.spelling import fold

NAMED: Final = "named_cases"
"""The fact that tells a list of cases that only lines about other lists name."""
_WORD: Final = r"[A-ZÀ-ỸĐ][^\W\d_]*"
_TITLE: Final = r"(?:(?i:ông|bà|anh|chị|em|cô|chú|bác|cháu|bé|thầy)\s+)?"
_NAME: Final = rf"{_WORD}(?:\s+{_WORD}){{1,6}}"
#: The name right behind the code, and the code in brackets right behind the name.
_BEHIND: Final = regex(rf"\W{{0,3}}{_TITLE}(?P<name>{_NAME})")
_BEFORE: Final = Spelt(rf"(?<!\w)(?P<name>{_NAME})\s*\(\s*(?:(?i:F0|ca bệnh|ca|mã số|mã|số|BN)\s*:?\s*){{0,3}}$")
_BORN_NEXT: Final = regex(r"(?i)\W{0,4}(?:(?:sn|ns|sinh|năm sinh|sinh năm|sinh nam)[ :.]*)?(?:19|20)\d\d(?!\d)")
#: Where a name ends and a place, a day or what else is told of somebody begins, in capitals as the name.
_ENDS: Final = regex(r"TẠI|Ở|XÃ|PHƯỜNG|NGÀY|LÀ|VÀ|TỪ|ĐẾN|NGỤ|TRÚ|ẤP|KHÓM|THÔN|SINH(?=\s+(?:NĂM|\d))|SN|NS|NĂM")
#: Somebody who is told by what they are of the case: the name beside the code is not that of the case.
_KIN: Final = Spelt(
    r"(?i)(?<!\w)(?:con|vợ|chồng|bố|ba|cha|mẹ|má|cháu|em|anh|chị|bạn|đồng nghiệp|người nhà|hàng xóm)"
    r"(?:\s+(?:ruột|trai|gái|đẻ|nuôi|dâu|rể|vợ|chồng|nội|ngoại|họ|của|ca bệnh|ca|bệnh nhân|F0)){0,3}\s*$"
)
_VIRUS: Final = regex(r"(?i)(?:(?:với|virus|vi rút)\s+){0,3}(?:sars[- ]?cov[- ]?2|covid[- ]?19|n-?cov)")
_POSITIVE: Final = r"(?:(?i:dương tính)|\(\+\))"
_CLOCK: Final = r"(?:(?:lúc|vào|khoảng)\s+)?(?:\d{1,2}\s?(?:h|g|giờ|:)\s?(?:\d{2}\s?(?:phút)?)?,?\s*)?"
_ON: Final = rf"(?i:\s*\(?{_CLOCK}(?:(?:vào|từ|hôm|ngày|sáng|trưa|chiều|tối|đêm)\s+){{0,3}})"
#: The day behind the words for a positive result, or for what the ministry says of a case.
_RESULT_ON: Final = Spelt(
    rf"(?<!ca )(?<!hợp )(?<!người )(?:{_POSITIVE}|(?i:công bố|khẳng định|xác định)(?=[^.;,()\d]{{0,25}}\d))"
    rf"[^.;,()\d]{{0,40}}?{_ON}(?P<day>{DAY})"
)
#: The same behind the day, with what was done on it.
_ON_RESULT: Final = Spelt(
    r"(?P<what>(?i:lấy mẫu|mẫu|xét nghiệm|xn|test nhanh|test|pcr|kết quả|kq))[^.;,()\d]{0,25}?"
    rf"(?P<day>{DAY})(?:\s*[,:]?\s*(?i:(?:có|cho|với)?\s*(?:kết quả|kq)))?[^.;,()\d]{{0,30}}?{_POSITIVE}"
)
_SAMPLED: Final = Spelt(rf"(?i)(?:lấy mẫu|mẫu lấy|(?<!\w)lm)(?:[^.;\d]{{0,20}}?)(?P<day>{DAY})")
_OF_SAMPLE: Final = regex(r"mau|xet nghiem|xn|test|pcr")
#: What stands behind a number that is no code: a day, or how many there are.
_NO_CODE: Final = regex(r"(?i)/|\s*(?:người|ca|mẫu|trường hợp|lượt|hộ|nguoi|mau|truong hop)(?!\w)")
#: What leaves open whether it is a case.
_DOUBT: Final = Spelt(
    r"(?i)(?<!\w)(?:không|chưa|nghi|nếu)(?!\w)[^,;.]{0,20}dương tính"
    r"|(?<!\w)(?:chờ (?:kết quả|kq|khẳng định|xác định|pcr)|nghi (?:ngờ|mắc|nhiễm))(?!\w)"
)
#: What says that the people of a list met the case: a result behind it may be theirs.
_OF_MET: Final = regex(r"\b(?:f ?[1-4]|tiep xuc|tx)\b")
_SENTENCE: Final = regex(r"(?:(?<=[^\W\d_]{2})|(?<=[\d)]))\.\s+(?=[A-ZÀ-ỸĐ])|\n")
_LONGEST: Final = 2_000
_OWN: Final = (YEAR, AGE, SEX, PHONE, ADDRESS)
_HEADINGS: Final = (CODE, NAME, *_OWN, CONFIRMED, SAMPLE)


def named_cases(text: str) -> list[dict[str, str]]:
    """Return the cells of each case that a text tells in full, by heading."""
    out: list[dict[str, str]] = []
    for sentence in _SENTENCE.split(_VIRUS.sub(" ", with_codes_joined(text))):
        codes = list(NAMED_CODE.finditer(sentence))
        for at, code in enumerate(codes):
            end = codes[at + 1].start() if at + 1 < len(codes) else len(sentence)
            before = sentence[: code.start()] if len(codes) == 1 else ""
            case = _case(before, code[0], sentence[code.end() : end])
            out += [] if case is None or _KIN.search(sentence[: code.start()]) else [case]
    return out


def _case(before: str, code: str, behind: str) -> dict[str, str] | None:
    """Return the cells of a case by what stands before and behind its code; None where not all is told."""
    if _NO_CODE.match(behind) or _DOUBT.search(f"{before} {behind}"):
        return None
    named = _BEHIND.match(behind)
    born = named is not None and _BORN_NEXT.match(behind, named.end()) is not None
    name = None if named is None else _name(named["name"], sure=born)
    rest = behind if named is None or name is None else behind[named.start("name") + len(name) :]
    if name is None and (named := _BEFORE.search(before)) is not None:
        name = _name(named["name"], within=True, sure=False)
    days = _days(before, rest)
    told = _told(name, rest)
    if days is None or not (name or YEAR in told):
        return None
    called = {NAME: name.title() if name.isupper() else name} if name else {}
    return {CODE: plain_code(code), **called, **told, **days}


def _name(said: str, *, sure: bool, within: bool = False) -> str | None:
    """Return the name with which words in capitals begin, ``within`` with which they end; None of no name.

    A heading in capitals is a name where it begins with a family name, or where it is ``sure``: a year follows.
    """
    words = said.split()
    at = next((i for i, word in enumerate(words) if i and _ENDS.match(" ".join(words[i:]))), len(words))
    words = words[:at]
    known = [i for i, word in enumerate(words) if SURNAME.fullmatch(fold(word))]
    first = (known[0] if known else 0) if within else 0
    if len(words) - first < 2 or (said.isupper() and not sure and first not in known):
        return None
    return None if _ENDS.fullmatch(words[first].upper()) else " ".join(words[first:])


def _told(name: str | None, rest: str) -> dict[str, str]:
    """Return what the words behind a case tell of who it is."""
    people = people_of_line(f"{name or 'Lê Văn A'} {rest}", case=True)[:1]
    told = {**facts_of([rest]), **(people[0] if people else {})}
    return {heading: told[heading] for heading in _OWN if heading in told}


def _days(before: str, rest: str) -> dict[str, str] | None:
    """Return the days of the positive result and of its sample; None where none is told of the case itself."""
    result = _RESULT_ON.search(rest)
    tested = _ON_RESULT.search(rest) if result is None else None
    found = result or tested
    if found is not None and _OF_MET.search(fold(before)) and not _is_beside(rest[: found.start()]):
        return None
    if found is None and not _OF_MET.search(fold(before)):
        found = tested = _ON_RESULT.search(f"{before} {rest}")
    if found is None:
        return None
    sampled = _SAMPLED.search(rest)
    days = {SAMPLE: sampled["day"]} if sampled is not None else {}
    of_sample = tested is not None and _OF_SAMPLE.match(fold(tested["what"]))
    return days | {SAMPLE if of_sample else CONFIRMED: found["day"]}


def _is_beside(between: str) -> bool:
    """Tell whether what follows is said of the case and not of the list: inside the brackets, or behind its year."""
    return between.count("(") > between.count(")") or YEAR in facts_of([f"{between.rstrip(' ,;')},"])


def with_named_cases(sheets: Sequence[Sheet], log: FindingLog) -> list[Sheet]:
    """Return the tables of a file, and behind them the list of the cases that lines about them tell in full."""
    about = [(sheet, line) for sheet in sheets if sheet.origin is None for line in _lines_about(sheet)]
    rows = _told_in(line for _, line in about)
    if not rows:
        return list(sheets)
    source = next(sheet for sheet, line in about if named_cases(line[1]))
    used = [heading for heading in _HEADINGS if any(heading in cells for _, cells in rows)]
    told = {heading: pd.Series(pd.array([cells.get(heading) for _, cells in rows], dtype="string")) for heading in used}
    numbers = np.array([row for row, _ in rows], dtype=np.int64)
    listed = source.with_table(told, letter="", numbers=numbers, titles=(), comments=(), facts=_facts(source.facts))
    listed.report(log, "case.named", count=len(rows))
    return [*sheets, listed]


def with_cases_of_text(document: Document, sheets: Sequence[Sheet], log: FindingLog) -> list[Sheet]:
    """Return the lists that a text is, and behind them that of the cases which only its lines tell in full."""
    have = {code for sheet in sheets if CODE in sheet.headings for code in _column(sheet, CODE)}
    told = _told_in((line.row, line.text) for line in document.lines)
    rows = [(row, cells) for row, cells in told if cells[CODE] not in have]
    if not rows:
        return list(sheets)
    listed = list_of_text(document, _HEADINGS, rows, said=document.facts, facts=_facts(document.facts))
    listed.report(log, "case.named", count=len(rows))
    return [*sheets, listed]


def _told_in(lines: Iterable[tuple[int, str]]) -> list[tuple[int, dict[str, str]]]:
    """Return the cases of lines, each once with all that is told of it, and the first line of each."""
    rows: dict[str, tuple[int, dict[str, str]]] = {}
    for number, text in lines:
        for case in named_cases(text[:_LONGEST]):
            before = rows.get(case[CODE], (number, {}))
            rows[case[CODE]] = before[0], {**case, **before[1]}
    return list(rows.values())


def _facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return what is said of the days of a file, and that a list is of cases that its lines name."""
    return (*(fact for fact in facts if fact.name in ("day", "year", "month")), Fact(NAMED, "yes", "title", 0, ""))


def _column(sheet: Sheet, heading: str) -> list[str]:
    return distinct_texts(sheet.cells[sheet.headings.index(heading)])[1]


def _lines_about(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield the lines about a table, with their numbers: above it, below it, between its rows, its headings."""
    for line in (*sheet.titles, *sheet.notes):
        yield from ((line.row, text) for text in line.texts)
    if sheet.sections is not None and len(sheet):
        codes, texts = distinct_texts(sheet.sections)
        yield from ((int(sheet.numbers[int(np.argmax(codes == n))]) - 1, text) for n, text in enumerate(texts))
    yield from ((max(int(sheet.numbers[0]) - 1, 1) if len(sheet) else 1, heading) for heading in sheet.headings)
