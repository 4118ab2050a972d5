"""Reports that tell of several cases, a block of lines for each: ``1. BN34 – LÊ VĂN TƯ, sinh năm 1980, …``.

A block begins with the code and the name of its case; below that stand its onset and its test, its days, and those
whom it met, in lines or in a table. The cases become a list with the tests and the contacts that lines tell; days are
read as any text about that case, and each table as one below the name of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, NamedTuple

from loaders.code_words import plain_code
from loaders.columns.bracketed import people_of_sentence
from loaders.columns.companions import CASES_APART, WITH_CASE
from loaders.columns.movements import has_day_line
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import DAYS, HEADINGS, ITEM, REMARK, tells_something
from loaders.files.body import is_footer
from loaders.files.case_heads import head_of_case
from loaders.files.form_titles import is_form_title
from loaders.files.grid import Document, Fact, Grid, Line, Sheet
from loaders.files.spelt import Spelt
from loaders.files.text import document
from loaders.shapes.case_facts import (
    ADMITTED,
    AGE,
    BIRTH,
    CODE,
    DAY,
    HOSPITAL,
    NAME,
    ONSET,
    SEX,
    SYMPTOMS,
    YEAR,
    facts_of,
    sentences,
)
from loaders.shapes.case_report import (
    CONFIRMED,
    LEVEL,
    MET,
    MET_ON,
    CaseTold,
    complete,
    is_head_of_case,
    lists_of,
    met_in,
    tests_in,
)
from loaders.shapes.several_forms import rows_of
from tracing.patterns import regex
from tracing.spelling import fold

#: The head of another part of a block, without accents: the days of the case.
_PART: Final = regex(
    r"\W{0,3}(?:(?:\d{1,2}|[ivx]{1,4}|[a-d])\s?[.)]\s*)?(?:(?:cac|danh sach|ds|mot so)\s)?"
    r"(?:lich (?:trinh|su)|tien su|dich te|yeu to|moc (?:dich te|thoi gian)|qua trinh|dien bien|di chuyen"
    r"|(?:noi|dia diem)|movements?|itinerary|places? visited|timeline|history)\b[^:]{0,80}(?P<colon>:)?"
)
#: Those whom the case met, behind the colon or in the lines below.
_MET: Final = Spelt(
    r"(?i)^\W{0,3}(?:\d{1,2}[.)]\s*)?(?:(?:các|danh sách|ds|những|list of|close)\s+){0,2}(?:trường hợp\s+|người\s+)?"
    r"(?:F\s?1|tiếp xúc(?: gần)?|contacts?)(?!\w)(?P<how>[^:\n]{0,90}?)\s*:\s*(?P<people>.*)$"
)
_DAY: Final = regex(DAY)
#: Of what else than a meeting a day before people may be, without accents.
_OTHER_DAY: Final = regex(r"\b(?:mau|lm|xet nghiem|xn|test|pcr|cach ly|cl\w*|sinh|khoi phat|sot|ho|ket qua|kq)\b")
_LAST: Final = regex(r"\b(?:cuoi|last)\b")
_DENIED: Final = regex(
    r"\b(?:khong|chua|ko|k|not|no|never)\b(?: (?:co|he|phai|thay|ghi nhan|yet))?"
    r"(?: (?:tx|tiep xuc|gap|f ?1|met|contact))"
)
_PLACES: Final = (
    r"(?:khu |phòng )?(?:BVĐK|BVDC|BV|bệnh viện|TTYT|trung tâm y tế|khu cách ly|khu điều trị|cơ sở|hospital)(?!\w)"
)
#: Where and since when a case is treated: ``Cách ly, điều trị tại BV Đa khoa từ 04/9``; the day may stand before.
_TREATED: Final = (
    Spelt(
        r"(?i)(?:cách ly|điều trị|nhập viện|chuyển|đưa)[^.;\d]{0,30}?\s(?:(?:tại|ở|đến|tới|vào|về|sang|lên)\s+)?"
        rf"(?P<where>{_PLACES}[^;\n]{{0,80}}?)[\s,(]+(?:(?:kể|từ|vào|lúc|hôm|ngày|sáng|trưa|chiều|tối)\s+){{1,3}}"
        rf"(?P<day>{DAY})"
    ),
    Spelt(
        rf"(?i)(?<!\w)(?:ngày|từ|hôm|sáng|chiều|tối)\s+(?P<day>{DAY})[^.;\d]{{0,30}}?"
        r"(?:cách ly|điều trị|nhập viện|chuyển|đưa)[^.;\d]{0,30}?\s(?:tại|ở|đến|tới|vào|về|sang|lên)\s+"
        rf"(?P<where>{_PLACES}[^.,;\n]{{0,80}}?)(?=\s+(?:điều trị|cách ly|để|theo)(?!\w)|[.,;\n]|$)"
    ),
)
_TIERS: Final = regex(r"(?i)(?<!\w)(?:F\s?[0-4]|BN\s?\d+)(?!\w)")
LAST: Final = "Ngày tiếp xúc cuối"
_HEAD: Final = 60
_ROWS: Final = 2_000
_WHO: Final = frozenset({YEAR, BIRTH, AGE, SEX})
_Row = tuple[int, dict[str, str]]


class CaseBlocks(NamedTuple):
    """What such a report becomes: its lists, texts with whom each is about, and the tables of a sheet."""

    lists: list[Sheet]
    rests: list[tuple[Document, dict[str, str]]]
    tables: list[Grid]


@dataclass
class _Block:
    """The lines of a case: those about itself, those of its days, those whom it met and of whom that is denied."""

    code: str
    name: str
    own: list[Line]
    below: list[Line] = field(default_factory=list)
    met: list[_Row] = field(default_factory=list)
    others: list[_Row] = field(default_factory=list)
    part: str = "own"
    when: dict[str, str] = field(default_factory=dict)

    def read(self, line: Line) -> None:
        """Put a line where it belongs."""
        text = line.text.strip()
        met = _MET.match(text)
        part = _PART.match(fold(text)) if met is None else None
        if met is not None:
            self.part, self.when = "met", _when(met["how"])
            self._listed(line.row, met["people"])
        elif part is not None and (part["colon"] or len(text) <= _HEAD):
            self.part = "below"
            behind = text.partition(":")[2].strip()
            self.below += [Line(line.row, (behind,))] if behind else []
        elif (
            (self.part == "met" or _DENIED.search(fold(text))) and not has_day_line(text) and (people := _people(text))
        ):
            self._keep(line.row, text, people)
        elif self.part == "own" and (not has_day_line(text) or list(tests_in(text)) or ONSET in facts_of([text])):
            self.own.append(line)
        else:
            self.part = "below"
            self.below.append(line)

    def _listed(self, row: int, text: str) -> None:
        """Keep the people of a line; a sentence that names nobody and tells something stays to be read."""
        for sentence in sentences(text):
            people = _people(sentence)
            self._keep(row, sentence, people)
            if not people and tells_something(_TIERS.sub(" ", sentence)):
                self.below.append(Line(row, (sentence,)))

    def _keep(self, row: int, text: str, people: Sequence[dict[str, str]]) -> None:
        """Keep people as those whom the case met, or as others where the text says that it did not."""
        denied = _DENIED.search(fold(text)) is not None
        for cells in people:
            if denied:
                left = [part for part in cells.pop(REMARK, "").split(", ") if part and not _DENIED.search(fold(part))]
                self.others.append((row, {**cells, **({REMARK: ", ".join(left)} if left else {})}))
            else:
                told = {} if {DAYS, LAST} & cells.keys() else _told_before(text, cells.get(NAME, "")) or self.when
                self.met.append((row, {**cells, **told, MET: self.code}))


def read_case_blocks(grid: Grid | Document) -> CaseBlocks | None:
    """Return what a report of cases in blocks becomes; None of any other text or sheet."""
    text = grid if isinstance(grid, Document) else _lines(grid)
    if text is None or any(is_form_title(line.text) or is_head_of_case(line.text) for line in text.lines):
        return None
    blocks = _blocks(text)
    cases = [_case_of(block) for block in blocks]
    if not any(CONFIRMED in case.cells for case in cases) or not all(_WHO & case.cells.keys() for case in cases):
        return None
    tables = [] if isinstance(grid, Document) else _tables(grid, blocks)
    if not tables and all(block.part == "own" for block in blocks):
        return None
    facts = tuple(fact for fact in text.facts if fact.name != "case")
    rests = [
        (replace(text, lines=tuple(block.below), facts=facts), case.named())
        for block, case in zip(blocks, cases, strict=True)
        if block.below
    ]
    return CaseBlocks([*lists_of(text, cases), *_lists_of_people(text, blocks)], rests, tables)


def with_cases_apart(sheet: Sheet) -> Sheet:
    """Return the days of a case with the word that the other cases of which they tell stand in another list."""
    return replace(sheet, facts=(*sheet.facts, Fact(CASES_APART, "yes", "title", 0, "")))


def _lines(grid: Grid) -> Document | None:
    """Return the rows of one text of a small sheet as lines; None of a large one and of one that begins no block."""
    if grid.headings is not None or not 0 < len(grid.cells) <= _ROWS:
        return None
    alone = [(at, texts[0]) for at, texts in enumerate(_texts(grid)) if len(texts) == 1]
    if not any(head_of_case(text) for _, text in alone):
        return None
    return document(grid.file, [Line(int(grid.numbers[at]), (text,)) for at, text in alone])


def _texts(grid: Grid) -> list[list[str]]:
    rows = grid.cells.itertuples(index=False, name=None)
    return [[text for text in row if isinstance(text, str) and text.strip()] for row in rows]


def _blocks(text: Document) -> list[_Block]:
    """Return the blocks of a text; lines of those who sign it are none of the last."""
    blocks: list[_Block] = []
    for line in text.lines:
        head = head_of_case(line.text)
        if head is not None and head.code not in {block.code for block in blocks}:
            blocks.append(_Block(head.code, head.name, [Line(line.row, (head.behind,))]))
        elif blocks and not is_footer(line.text):
            blocks[-1].read(line)
    return blocks


def _case_of(block: _Block) -> CaseTold:
    """Return what the lines of a block tell of its case."""
    about = [line.text for line in block.own]
    case = CaseTold(block.own[0].row, {CODE: block.code, NAME: block.name, **facts_of(about)})
    below = facts_of([line.text for line in block.below])
    case.cells = {heading: below[heading] for heading in (ONSET, SYMPTOMS) if heading in below} | case.cells
    case.cells |= _treated(about)
    for line in (*block.own, *block.below):
        case.tests += [(line.row, test) for test in tests_in(line.text)]
    for line in block.own:
        case.met += [(line.row, met) for met in met_in(line.text) if met[MET] != block.code]
    for line in block.below:
        case.met += [(line.row, met) for met in _with_cases(line.text) if met[MET] != block.code]
    complete(case, block.own)
    case.cells |= {LEVEL: "F0"} if CONFIRMED in case.cells else {}
    return case


def _treated(texts: Sequence[str]) -> dict[str, str]:
    """Return where and since when a case is treated, as the first line that tells both says it."""
    for text in texts:
        for form in _TREATED:
            told = form.search(text)
            if told is not None:
                return {HOSPITAL: told["where"].strip(" ,."), ADMITTED: told["day"]}
    return {}


def _with_cases(text: str) -> list[dict[str, str]]:
    """Return the cases whom a line of somebody's days says that they met, with the day."""
    days = list(dict.fromkeys(_DAY.findall(text)))
    if not days or not has_day_line(text) or _DENIED.search(fold(text)):
        return []
    return [{MET: plain_code(found["code"]), MET_ON: days[0]} for found in WITH_CASE.finditer(text)]


def _when(how: str) -> dict[str, str]:
    """Return the one day on which people were met, as the line above them tells it."""
    days = set(_DAY.findall(how))
    return {LAST if _LAST.search(fold(how)) else DAYS: days.pop()} if len(days) == 1 else {}


def _told_before(text: str, name: str) -> dict[str, str]:
    """Return the one day that the words before the first person of a clause tell of all of them.

    ``sống cùng nhà, TX lần cuối 24/7 gồm chồng Lê Văn Tư (1972), con …``; of samples or isolation it is none.
    """
    clause = next((part for part in text.split(";") if name and name in part), "")
    first = min((clause.find(one[NAME]) for one in _people(clause) if one[NAME] in clause), default=0)
    lead = clause[:first]
    return {} if _OTHER_DAY.search(fold(lead)) else _when(lead)


def _people(text: str) -> list[dict[str, str]]:
    """Return the people whom a line names in full, with the code of one who is a case."""
    item = ITEM.match(text)
    return people_of_sentence(text if item is None else item["rest"])


def _lists_of_people(text: Document, blocks: Sequence[_Block]) -> list[Sheet]:
    """Return the list of those whom the cases met, and that of others whom the report names."""
    facts = tuple(fact for fact in text.facts if fact.name in ("day", "year"))
    lists = ([row for block in blocks for row in block.met], [row for block in blocks for row in block.others])
    return [list_of_text(text, (*HEADINGS, LAST, MET), rows, said=text.facts, facts=facts) for rows in lists if rows]


def _tables(grid: Grid, blocks: Sequence[_Block]) -> list[Grid]:
    """Return the tables of the blocks of a sheet, each below the lines of its title, the name of its case, its head."""
    texts = _texts(grid)
    at_row = {int(number): at for at, number in enumerate(grid.numbers)}
    begins = [at_row[block.own[0].row] for block in blocks]
    title = [at for at in range(begins[0]) if len(texts[at]) == 1]
    tables = []
    for block, (begin, end) in zip(blocks, pairwise([*begins, len(texts)]), strict=True):
        for first, last in _wide(texts, begin, end):
            above = next((at for at in range(first - 1, begin, -1) if texts[at]), begin)
            rows = [*title, begin, *([above] if above > begin and len(texts[above]) == 1 else []), *range(first, last)]
            part = rows_of(grid, rows)
            part.cells.iloc[len(title)] = None
            part.cells.iloc[len(title), 0] = f"{block.code} – {block.name.upper()}"
            tables.append(part)
    return tables


def _wide(texts: Sequence[Sequence[str]], begin: int, end: int) -> list[tuple[int, int]]:
    """Return where the tables between two rows begin and end: rows of several texts, until one of none or of a line."""
    out: list[tuple[int, int]] = []
    for at in range(begin, end):
        if len(texts[at]) > 1 and out and out[-1][1] == at:
            out[-1] = out[-1][0], at + 1
        elif len(texts[at]) > 1:
            out.append((at, at + 1))
    return out
