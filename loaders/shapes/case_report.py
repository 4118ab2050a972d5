"""Reports of a case in running text, as a centre sends them: ``1. Thông tin ca bệnh``, ``2. Lịch sử đi lại …``.

The first section becomes a line of a case list, with the tests and whom the case met in lists of their own; the others
are read as any bulletin about that case, and those listed there are its F1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from loaders.code_words import CASE_CODE, PROVINCE_CODE
from loaders.columns.movements import has_day_line
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import ITEM, people_of_line
from loaders.files.body import is_footer
from loaders.files.form_titles import is_form_title, is_of_teller
from loaders.files.grid import Document, Line, Sheet
from loaders.files.spelt import Spelt
from loaders.files.tick_boxes import chosen
from loaders.shapes.case_facts import (
    ADDRESS,
    ADMITTED,
    AGE,
    BIRTH,
    CODE,
    DAY,
    HOSPITAL,
    JOB,
    NAME,
    NUMBER,
    ONSET,
    PHONE,
    SEX,
    SYMPTOMS,
    WORK,
    YEAR,
    facts_of,
    name_of,
    sentences,
)
from tracing.patterns import regex
from tracing.spelling import fold

CONFIRMED, LEVEL, CLASS, REMARK, TOLD = "Ngày xác nhận", "F", "Phân loại ca bệnh", "Ghi chú", "Lời khai"
SAMPLE, RESULT, RESULTED, METHOD = "Ngày lấy mẫu", "Kết quả xét nghiệm", "Ngày trả kết quả", "Phương pháp"
MET, MET_ON, SOURCE = "Tiếp xúc với ca", "Ngày tiếp xúc cuối", "Nguồn lây"

#: What other sections may tell of the case, too.
_LATER: Final = frozenset({ONSET, ADMITTED, HOSPITAL, SYMPTOMS})
#: By what the rows about a case without a code tell who it is.
_NAMED: Final = (NAME, YEAR, BIRTH, AGE, SEX, NUMBER, PHONE, ADDRESS)
#: The head of a section, and what says that it is the one about the case itself; without accents.
_HEAD: Final = regex(r"(?:phan )?(?:\d{1,2}|[ivx]{1,4}|[a-d])\s?[.)/:]\s?(?:\d{1,2}[.)]?\s?)?(?P<words>[a-z].{5,120})")
_OF_CASE: Final = regex(
    r"(?:nhan )?thong tin (?:ca benh|benh nhan|chung (?:ve )?(?:ca benh|benh nhan)|(?:ve )?(?:ca|truong hop)\b"
    r"|hanh chinh|ca nhan)|hanh chinh\b"
)
_OTHERS: Final = regex(
    r"(?:lich su|lich trinh|tien su|yeu to|dich te|dien bien|qua trinh|cac hoat dong|hoat dong|bien phap"
    r"|cac bien phap|nhan dinh|de xuat|kien nghi|ket luan|cong tac|xu ly|tinh hinh|thong tin (?:nguoi )?tiep xuc"
    r"|danh sach|dieu tra)\b"
)
#: The head of the section about somebody's days, without accents.
_OF_DAYS: Final = regex(r"\b(?:tien su|yeu to|lich su|lich trinh|dich te|dien bien|qua trinh)\b")
_LONGEST_HEAD: Final = 60
#: The line that names the case.
_SUBJECT: Final = Spelt(
    r"(?i)^\W{0,3}(?:(?:\d{1,2}|[a-zđ])[.)](?:\d{1,2}[.)]?)?\s{0,2})?(?:họ (?:và )?tên(?: bệnh nhân| ca bệnh"
    r"| người bệnh)?|bệnh nhân|ca bệnh|tên bệnh nhân)\s{0,2}:\s{0,2}(?P<rest>\S.*)$"
)
#: The code of the case where a form asks for it, in a line of its own or in the head of a section.
_CODED: Final = Spelt(
    r"(?i)(?<!\w)(?:mã(?: số)?(?: (?:của )?(?:bệnh nhân|ca bệnh|ca|BN))?|số BN)\s{0,2}:\s{0,2}"
    rf"(?P<code>{CASE_CODE})(?!\w)"
)
_CODE: Final = regex(r"(?i)(?<!\w)BN[ _.-]?\d{2,}(?!\w)")
_DAY: Final = regex(DAY)
_SAMPLED: Final = Spelt(r"(?i)lấy mẫu|mẫu lấy|xét nghiệm|test nhanh|lần \d|(?<!\w)(?:lm|xn|pcr)(?!\w)")
_RESULT: Final = Spelt(r"(?i)(?<!\w)(dương tính|âm tính|nghi ngờ|không xác định)(?!\w)|\((?P<sign>[+-])\)")
_RESULT_ON: Final = Spelt(rf"(?i)\W{{0,3}}(?:ngày (?:có |trả )?kết quả\s{{0,2}}:?|ngày|vào|lúc)?\s{{0,2}}({DAY})")
#: The day behind "kết quả" is that of the result, and not of the sample.
_RESULT_OF: Final = Spelt(
    rf"(?i)kết quả(?: xét nghiệm| rt-pcr| pcr| test nhanh)*(?: lần \d)?(?: ngày| vào ngày)?\s{{0,2}}({DAY})"
)
#: When the sample was taken, in a sentence before that of the result.
_TAKEN: Final = Spelt(rf"(?i)(?:lấy mẫu|mẫu lấy)(?:[^.;\d]{{0,20}})({DAY})")
#: The same, where the day stands right behind.
_DRAWN: Final = Spelt(rf"(?i)(?:lấy mẫu|mẫu lấy)\s+(?:(?:ngày|hôm)\s+)?{DAY}")
#: The day of a sample in a field of its own.
_SAMPLE_ASKED: Final = Spelt(rf"(?i)ngày (?:lấy mẫu|lấy bệnh phẩm|xét nghiệm)(?: lần \d)?\s{{0,2}}:\s{{0,2}}({DAY})")
_RAPID: Final = Spelt(r"(?i)test nhanh|kháng nguyên")
_PCR: Final = regex(r"(?i)pcr")
_WITH: Final = Spelt(
    r"(?i)(?:(?:là )?F1 (?:của)?|tiếp xúc(?: gần)?(?: lần cuối)?(?: \(F1\))?(?: với)?|lây từ|gặp|sống cùng"
    r"|cùng nhà(?: với)?|liên quan(?: dịch tễ)?(?: đến| với| tới)?)\s{0,2}"
    r"(?:(?:các )?(?:F0|ca bệnh|bệnh nhân|ca dương tính|ca)\s{0,2})?(?:(?-i:[A-ZÀ-ỸĐ])[^\d(),.;:]{2,40}\(\s?)?"
    rf"(?P<code>(?:BN|F0)[ _.-]?\d{{2,}}|{PROVINCE_CODE}"
    r"|(?:(?:BN|F0) )?(?-i:(?:[A-ZĐ]\.){2,5}[A-ZĐ]?)(?!\w))"
)
#: The case that a form asks for: ``họ tên ca bệnh: Lê Văn An (BN34)``.
_ASKED: Final = Spelt(
    r"(?i)(?:họ (?:và )?tên|tên|mã(?: số)?)\s{0,2}(?:ca bệnh|bệnh nhân|F0|BN)(?: đã tiếp xúc)?\s{0,2}:\s{0,2}"
    r"[^,;:()\n]{0,60}?\(?(?P<code>(?:BN|F0)[ _.-]?\d{2,})"
)
_WITH_ON: Final = Spelt(rf"(?i)(?:tiếp xúc|gặp)(?: gần| lần cuối| cuối)?[^.;\d]{{0,30}}?(?:ngày|hôm)\s{{0,2}}({DAY})")
#: Those whom the case met, below a line or behind a colon: ``Điều tra được 2 F1: …; …``.
_LISTED: Final = Spelt(
    r"(?i)^[^:\n]{0,120}(?:(?<!\w)F1(?!\w)|tiếp xúc gần|người tiếp xúc)[^:\n]{0,60}:\s{0,2}(?P<people>.*)$"
)
#: What stands for the line above those whom a case met.
_LIST_HEAD: Final = "F1:"
_AND: Final = regex(r"^(?:và|cùng)\s+")
_AS_ABOVE: Final = regex(r"\b(?:nhu tren|nt)\W*$")
_POSITIVE: Final = frozenset({"duong tinh", "+"})
_DOUBTFUL: Final = regex(r"\bnghi (?:ngo|mac|nhiem)\b")


@dataclass
class CaseTold:
    """What a text tells of a case: cells of the case list, its tests, and whom it met."""

    line: int
    cells: dict[str, str]
    tests: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    met: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def named(self) -> dict[str, str]:
        """Return the cells that say who a row is about."""
        names = (CODE,) if CODE in self.cells else _NAMED
        return {name: self.cells[name] for name in names if name in self.cells}


def read_case_reports(document: Document) -> tuple[list[Sheet], list[tuple[Document, dict[str, str]]]] | None:
    """Return the lists of the cases that a text reports, and the rest of each report with who it is about.

    None of a text that is no such report.
    """
    document = replace(document, lines=tuple(Line(one.row, (chosen(one.text),)) for one in document.lines))
    reports = list(_reports(document))
    cases = [_case_of(own, rest, document) for own, rest in reports]
    told = [case for case in cases if case is not None]
    if not told or len(told) < len(cases):
        return None
    rests = [_rest(document, _unread(rest, case)) for (_, rest), case in zip(reports, told, strict=True)]
    return lists_of(document, told), [
        (rest, case.named()) for case, rest in zip(told, rests, strict=True) if rest.lines
    ]


def reports_all(document: Document, forms: int) -> bool:
    """Tell whether a text of so many forms is read as reports of so many cases."""
    return len(list(_reports(document))) == forms and read_case_reports(document) is not None


def _reports(document: Document) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield the lines about the case and those below them of every report in a text."""
    own: list[Line] | None = None
    rest: list[Line] = []
    coded: list[Line] = []
    below = False
    for at, line in enumerate(document.lines):
        said = fold(line.text.strip())
        head = _HEAD.fullmatch(said)
        words = said if head is None else head["words"]
        if is_head_of_case(line.text):
            if own is not None:
                yield own, rest
            own, rest, below = [*coded, *([line] if _CODED.search(line.text) else [])], [], False
            coded = []
        elif is_form_title(line.text) or (is_of_teller(line.text) and not below):
            if own is not None:
                yield own, rest
            own, rest, below = [] if _is_whole(document.lines[at:]) else None, [], False
        elif own is None:
            coded += [line] if _CODED.search(line.text) else []
        elif (head is not None or (own and said.endswith(":"))) and _OTHERS.match(words) and not below:
            below = True
        elif own and not below and _LISTED.match(line.text.strip()):
            below = True
            rest.append(line)
        else:
            (rest if below else own).append(line)
    if own is not None:
        yield own, rest


def is_head_of_case(text: str) -> bool:
    """Tell whether a line is the head of the section about the case itself."""
    said = fold(text.strip())
    head = _HEAD.fullmatch(said)
    words = said if head is None else head["words"]
    return _OF_CASE.match(words) is not None and len(words) <= _LONGEST_HEAD


def _is_whole(lines: Sequence[Line]) -> bool:
    """Tell whether a form that begins with its title tells of its case with no section for it: name and code."""
    if not is_form_title(lines[0].text):
        return False
    end = next((at for at, line in enumerate(lines) if at and is_form_title(line.text)), len(lines))
    own = lines[1:end]
    if any(is_head_of_case(line.text) or is_of_teller(line.text) for line in own):
        return False
    return any(_SUBJECT.match(line.text) for line in own) and any(_CODED.search(line.text) for line in own)


def _case_of(own: Sequence[Line], rest: Sequence[Line], document: Document) -> CaseTold | None:
    """Return what the lines about a case tell, and those below them of its tests; None where no line names it."""
    subject = next(((line, found) for line in own if (found := _SUBJECT.match(line.text)) is not None), None)
    if subject is None:
        return None
    line, found = subject
    code = _CODE.search(found["rest"])
    asked = next((told["code"] for one in own if (told := _CODED.search(one.text)) is not None), None)
    of_file = {fact.value for fact in document.facts if fact.name == "case" and fact.source == "file"}
    cells = {NAME: name_of(found["rest"])} if name_of(found["rest"]) else {}
    if code is not None or asked is not None or len(of_file) == 1:
        cells[CODE] = _plain(code[0] if code is not None else asked or of_file.pop())
    if not cells:
        return None
    cells |= facts_of([one.text for one in own])
    doubtful = any(_DOUBTFUL.search(fold(one.text)) for one in document.lines if "/" not in one.text)
    cells |= {CLASS: "nghi ngờ"} if doubtful else {LEVEL: "F0"}
    case = CaseTold(line.row, cells)
    listed = next((at for at, one in enumerate(rest) if _LISTED.match(one.text)), len(rest))
    about = [*own, *rest[:listed]]
    for one in about:
        case.tests += [(one.row, test) for test in tests_in(one.text)]
        others = [met for met in met_in(one.text) if one in own or not has_day_line(one.text)]
        case.met += [(one.row, met) for met in others if met[MET] != cells.get(CODE)]
    cells |= {name: told for name, told in facts_of([one.text for one in rest[:listed]]).items() if name in _LATER}
    _with_samples(case, about)
    complete(case, own)
    return case


def _with_samples(case: CaseTold, about: Sequence[Line]) -> None:
    """Give tests whose lines tell no day of the sample that of the line before, ``Ngày lấy mẫu: 26/10``."""
    taken: str | None = None
    for line in about:
        asked = _SAMPLE_ASKED.search(line.text)
        taken = taken if asked is None else asked[1]
        for row, test in case.tests:
            if row == line.row and asked is None and taken is not None and SAMPLE not in test:
                test[SAMPLE], taken = taken, None


def complete(case: CaseTold, own: Sequence[Line]) -> None:
    """Put what follows from tests and meetings into the cells, and what no fact was found in as a remark."""
    positive = [test for _, test in case.tests if fold(test[RESULT]) in _POSITIVE]
    sure = [test for test in positive if test.get(METHOD) != "test nhanh"] or positive
    if sure and (day := sure[0].get(RESULTED) or sure[0].get(SAMPLE)):
        case.cells[CONFIRMED] = day
    undated = [met for _, met in case.met if MET_ON not in met]
    if undated:
        case.cells[SOURCE] = ", ".join(dict.fromkeys(met[MET] for met in undated))
        case.met = [(row, met) for row, met in case.met if MET_ON in met]
    told = {row for row, _ in (*case.tests, *case.met)} | {case.line}
    told |= {one.row for one in own if _CODED.search(one.text) and case.cells.get(CODE)}
    left = [one.text.strip() for one in own if one.row not in told and not facts_of([one.text])]
    left = [text for text in left if not _AS_ABOVE.search(fold(text))]
    if left:
        case.cells[REMARK] = "; ".join(left)


def tests_in(text: str) -> Iterator[dict[str, str]]:
    """Yield the tests of a line in their order: the day of the sample, the result, its day, the method."""
    begin, before = 0, ""
    for result in _RESULT.finditer(text):
        said = text[begin : result.start()]
        if not _SAMPLED.search(said):
            continue
        # The sample is spoken of in the sentence of the result or in the one before it.
        told = sentences(said)
        last = next((at for at in range(len(told) - 1, -1, -1) if _SAMPLED.search(told[at])), len(told) - 1)
        around = " ".join(told[last:])
        drawn = _DRAWN.search(around)  # what stands before the sample is the day of something else
        days = _DAY.findall(around if drawn is None else around[drawn.start() :]) or _DAY.findall(before)[-1:]
        behind = _RESULT_ON.of(text).match(text, result.end())
        cells = {RESULT: result["sign"] or result[1]}
        of_result = _RESULT_OF.search(around)
        if of_result is not None and days[:1] == [of_result[1]]:
            cells[RESULTED] = of_result[1]  # where no day of the sample is told it was on that day or shortly before
            taken = _TAKEN.of(text).findall(text[: result.start()])
            days = [*taken[-1:], *days]
        cells |= {SAMPLE: days[0]} if days else {}
        later = behind[1] if behind is not None else days[-1] if len(days) > 1 else None
        cells |= {RESULTED: later} if later else {}
        cells |= {METHOD: "test nhanh"} if _RAPID.search(said) else {METHOD: "PCR"} if _PCR.search(said) else {}
        yield cells
        before = f"{before} {said}"
        begin = result.end() if behind is None else behind.end()


def met_in(text: str) -> Iterator[dict[str, str]]:
    """Yield whom the case met by a line, with the day where its sentence tells one."""
    for sentence in sentences(text):
        days = list(dict.fromkeys(_DAY.findall(sentence)))
        told = _WITH_ON.search(sentence)
        on = told[1] if told is not None else days[0] if len(days) == 1 else None
        for found in (*_WITH.finditer(sentence), *_ASKED.finditer(sentence)):
            code = found["code"]
            coded = any(sign.isdigit() for sign in code[2:])
            cells = {MET: _plain(code) if coded else f"F0 {code.rpartition(' ')[2].strip('.')}"}
            yield cells | ({MET_ON: on} if on else {}) | ({REMARK: sentence.strip()} if len(days) > 1 else {})


def _plain(code: str) -> str:
    """Return the code of a case without the signs inside it."""
    return re.sub(r"[ _.-]", "", code).upper()


def lists_of(document: Document, cases: Sequence[CaseTold]) -> list[Sheet]:
    """Return the list of the cases, and those of their tests and of whom they met."""
    own = (CODE, NAME, YEAR, BIRTH, AGE, SEX, NUMBER, PHONE, ADDRESS, JOB, WORK, LEVEL, CLASS)
    lists = [
        (
            (*own, ONSET, CONFIRMED, SYMPTOMS, ADMITTED, HOSPITAL, SOURCE, REMARK, TOLD),
            [(case.line, case.cells) for case in cases],
        ),
        (
            (CODE, *_NAMED, SAMPLE, RESULT, RESULTED, METHOD),
            [(row, {**case.named(), **test}) for case in cases for row, test in case.tests],
        ),
        (
            (CODE, *_NAMED, MET, MET_ON, REMARK),
            [(row, {**case.named(), **met}) for case in cases for row, met in case.met],
        ),
    ]
    return sheets_of(document, lists)


def sheets_of(
    document: Document, lists: Iterable[tuple[Sequence[str], Sequence[tuple[int, dict[str, str]]]]]
) -> list[Sheet]:
    """Return lists, headings and rows of each, as sheets with the days that are said of the text; none without rows."""
    facts = tuple(fact for fact in document.facts if fact.name in ("day", "year"))
    return [list_of_text(document, heads, rows, said=document.facts, facts=facts) for heads, rows in lists if rows]


def _is_head(text: str) -> bool:
    """Tell whether a line is the head of a section, and says nothing else."""
    head = _HEAD.fullmatch(fold(text.strip()))
    return head is not None and _OTHERS.match(head["words"]) is not None and not re.search(r":\s*\S|\d{3}", text)


def _unread(lines: Sequence[Line], case: CaseTold) -> list[Line]:
    """Return the lines of the sections below without those whose tests, contacts or facts are told of the case."""
    while lines and (_is_head(lines[-1].text) or is_footer(lines[-1].text)):  # what stands below is a table
        lines = lines[:-1]
    told = {row for row, _ in (*case.tests, *case.met)}
    told |= {line.row for line in lines if _is_head(line.text) and _OF_DAYS.search(fold(line.text))}
    said = [
        line.row in told or _SAMPLE_ASKED.search(line.text) is not None or bool(_LATER & set(facts_of([line.text])))
        for line in lines
    ]
    return [line for line, read in zip(lines, said, strict=True) if has_day_line(line.text) or not read]


def _rest(document: Document, lines: Sequence[Line]) -> Document:
    """Return the sections below as a text: last those whom the case met, below a head, each in a line of their own."""
    out: list[Line] = []
    met: list[Line] = []
    within = False
    for line in lines:
        listed = _LISTED.match(line.text.strip())
        parts = listed["people"].split(";") if listed else []
        people = [_AND.sub("", part.strip(" .-")) for part in parts if part.strip()]
        item = ITEM.match(line.text)
        if listed is not None and all(map(people_of_line, people)):
            within = True
            met.append(Line(line.row, (_LIST_HEAD,)))
            met += [Line(line.row, (f"- {part}",)) for part in people]
        elif within and item is not None and people_of_line(item["rest"]):
            met.append(line)
        else:
            within = False
            out.append(line)
    facts = tuple(fact for fact in document.facts if fact.name != "case")
    return replace(document, lines=(*out, *met), facts=facts)
