"""What messages of a chat announce of people by name: ``KQ PCR: Lê Văn Tư 1980 dương tính``, ``mã số BN34 (Tư)``.

A result is a row of the chat's list, and so is a case whose code is told of one who is listed; who is not certain in
the chat is looked for in all lists by the name, as anybody of whom a short name is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from loaders.code_words import NAMED_CODE, plain_code
from loaders.columns.gathering import SURNAME
from loaders.columns.person_line import CODE, LEVEL, METHOD, NAME, REMARK, RESULT, SAMPLE, YEAR, method_in
from loaders.files.spelt import Spelt
from loaders.shapes.case_facts import DAY
from loaders.shapes.case_report import CONFIRMED
from loaders.shapes.talk import BY, RESULTS, SIGN, Talk
from tracing.patterns import regex
from tracing.spelling import fold

_WORD: Final = r"[A-ZÀ-ỸĐ][^\W\d_]*"
_TITLE: Final = r"(?i:ông|bà|anh|chị|em|cháu|cô|chú|bác|dì|cậu|mợ|bé|thầy)"
_WHO: Final = rf"(?:{_TITLE}\s+)?(?P<name>{_WORD}(?:\s+{_WORD}){{0,5}})"
#: Somebody with the year of birth, before the words for a result.
_TESTED: Final = Spelt(
    rf"(?:^|[\s,;:.(]){_WHO}(?:\s*[,(]?\s*(?i:sn|sinh năm|sinh|ns)?\s*(?P<year>(?:19|20)\d\d)\)?)?\s*,?{BY}\s*{SIGN}"
)
#: The result before the name: ``dương tính: Lê Văn Tư 1980``, ``(+) chị Lan``.
_LED: Final = Spelt(rf"^(?P<lead>[^:]{{0,80}}?{SIGN}[^:\d]{{0,40}}):\s*(?P<who>\S.*)$")
RAPID: Final = "test nhanh"
_AND: Final = regex(r"\s*[,;+&]\s*|\s+(?:và|va|với)\s+")
_ONE: Final = regex(rf"{_WHO}(?:\s*[,(]?\s*(?i:sn|sinh năm|sinh|ns)?\s*(?P<year>(?:19|20)\d\d)\)?)?")
_SAMPLED: Final = Spelt(rf"(?i)(?:lấy mẫu|mẫu lấy|mẫu|(?<!\w)lm)(?:\s+(?:ngày|hôm|lúc))?\s*(?P<day>{DAY})")
_DAYS: Final = regex(DAY)
#: A code and in brackets, behind a sign or "là" whose it is; the other way round.
_CODED: Final = regex(
    rf"(?:(?i:mã|số|mã số)\s*:?\s*)*(?P<code>{NAMED_CODE.pattern})\s*(?:\(\s*|[:=–-]\s*|(?i:là(?: của)?|của)\s+)"
    rf"{_WHO}\s*\)?"
)
_OWNED: Final = regex(
    rf"{_WHO}\s*(?:\(\s*|[:=–-]\s*|(?i:là|có|được|mang)\s+)(?:(?i:được|cấp|mang|mã|số|mã số|ca|F0)\s*:?\s*)*"
    rf"(?P<code>{NAMED_CODE.pattern})\s*\)?"
)
#: What such a message says beside the codes and whose they are, without accents.
_LEAD: Final = regex(
    r"(?:(?:bo y te|byt|cdc|so y te|so|ttyt|da|moi|vua|duoc|cap|co|ra|cong bo|ma|so|ma so|ma ca|ca|bn|benh nhan|f0|roi"
    r"|nha|nhe|a|ah|e|em|dạ|da|thong bao|tb|la|va|luon|them|cua|cac|anh|chi|2|hai)\W*)*"
)
#: Somebody who is told by whose kin they are, or a whole home: ``con chị Lan dương tính``.
_OF_KIN: Final = Spelt(
    r"(?i)(?<!\w)(?:nhà|gia đình|gđ|con|vợ|chồng|mẹ|má|cha|ba|bố|cháu|hàng xóm|đồng nghiệp|bạn|người nhà)"
    rf"(?:\s+(?:ruột|trai|gái|dâu|rể|nội|ngoại|của|cùng \w+)){{0,2}}\s+{_TITLE}\s+(?-i:[A-ZÀ-ỸĐ])"
)
_OF_MET: Final = Spelt(r"(?i)(?<!\w)(?:f ?[1-4]|tiếp xúc|tx|nghi)(?!\w)")
#: That somebody on a list has become the case whose code is told: ``đã là F0 BN34``.
_IS: Final = regex(
    rf"(?i:(?:(?:đã|nay|giờ|hiện|vừa|bây giờ)\s+)*(?:là|thành|lên)\s+(?:F0|ca|ca bệnh|ca F0)?\s*[:,(–-]?\s*)"
    rf"(?P<code>{NAMED_CODE.pattern})\W*"
)


def results_of(text: str, sent: str | None) -> list[dict[str, str]]:
    """Return the results that a message announces by name; none of one that has a result of somebody unnamed."""
    if _OF_MET.search(text) or text.rstrip().endswith("?"):
        return []
    told = [(one["name"], one["year"], one["result"]) for one in _TESTED.finditer(text)]
    led = _LED.of(text).match(text) if not told else None
    if led is not None:
        parts = [
            _ONE.fullmatch(part.strip(" .")) for part in _AND.split(_SAMPLED.sub("", led["who"])) if part.strip(" .")
        ]
        told = [(one["name"], one["year"], led["result"]) for one in parts if one is not None]
        told = told if len(told) == len(parts) else []
    elif len(told) != sum(1 for _ in RESULTS.finditer(text)):
        return []
    if not told or _OF_KIN.search(text) or not all(year or _is_somebody(name, text) for name, year, _ in told):
        return []
    sampled = _SAMPLED.search(text)
    days = sorted({match[0] for match in _DAYS.finditer(text)})
    day = sampled["day"] if sampled is not None else sent if not days else days[0] if len(days) == 1 else None
    more = {**({SAMPLE: day} if day else {}), **({METHOD: by} if (by := method_in(text)) else {})}
    codes = [plain_code(code[0]) for code in NAMED_CODE.finditer(text)]
    if codes and (len(codes) > 1 or len(told) > 1):
        return []  # whose code it is, another message may tell
    out = [{NAME: name, **({YEAR: year} if year else {}), RESULT: result, **more} for name, year, result in told]
    for code in codes:
        out[0][CODE] = code
        if _is_positive(out[0]) and day and not (sampled or days or more.get(METHOD) == RAPID):
            kept = {heading: out[0][heading] for heading in (CODE, NAME, YEAR) if heading in out[0]}
            out[0] = {**kept, LEVEL: "F0", CONFIRMED: day}  # when the sample was taken nobody says
        elif _is_positive(out[0]):
            out[0][LEVEL] = "F0"
    return out


def _is_somebody(name: str, text: str) -> bool:
    """Tell whether capitals are somebody's name: with a family name, or behind a form of address."""
    words = name.split()
    full = len(words) > 1 and SURNAME.fullmatch(fold(words[0])) is not None
    return full or re.search(rf"{_TITLE}\s+{re.escape(name)}(?!\w)", text) is not None


def codes_of(text: str) -> list[tuple[str, str]]:
    """Return the codes of cases that a message gives to people by name; none of one that says anything else."""
    if _OF_MET.search(text) or text.rstrip().endswith((":", "?")):
        return []
    for form in (_CODED, _OWNED):
        found = list(form.finditer(text))
        codes = {code[0] for code in NAMED_CODE.finditer(text)}
        if found and len(codes) == len(found) and _LEAD.fullmatch(fold(form.sub(" ", text)).strip(" ,;.:!")):
            return [(plain_code(one["code"]), one["name"]) for one in found]
    return []


class Announced:
    """The results and codes that a chat announces, with those who are listed in it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.codes: dict[str, str] = {}
        self._told_on: dict[str, str | None] = {}

    def of_results(self, row: int, text: str) -> list[dict[str, str]]:
        """Return the rows of the results that a message announces; those named in full are listed from then on.

        None where all of these are listed: what a message tells of them is for :class:`Talk` to read.
        """
        told = [(cells, self._talk.meant(cells[NAME])) for cells in results_of(text, self._talk.sent.get(row))]
        if all(who is not None for _, who in told):
            return []
        out = [{**(who or {}), **cells, NAME: (who or cells)[NAME]} for cells, who in told]
        self._told_on |= {cells[NAME]: self._talk.sent.get(row) for cells in out if cells.get(METHOD) != RAPID}
        for cells, (_, who) in zip(out, told, strict=True):
            if who is None and len(cells[NAME].split()) > 1:
                self._talk.listed.append({heading: cells[heading] for heading in (NAME, YEAR) if heading in cells})
        return out

    def of_codes(self, text: str, rows: Iterable[dict[str, str]]) -> tuple[list[dict[str, str]], bool] | None:
        """Return the cases whose codes a message gives to those who are listed, and whether it gives others, too.

        ``rows`` are those of the chat: of somebody who was tested positive there the row has the code from then on.
        None of a message that gives no code.
        """
        people = [(code, self._talk.meant(name)) for code, name in codes_of(text)]
        if not people:
            return None
        out: list[dict[str, str]] = []
        known = list(rows)
        for code, who in people:
            if who is None:
                continue
            self.codes[code] = who[NAME]
            found = [one for one in known if one.get(NAME) == who[NAME] and _is_positive(one)]
            on = self._told_on.get(who[NAME])
            for one in found:
                one.update({CODE: code, LEVEL: "F0", **({CONFIRMED: on} if on else {})})
            out += [] if found else [{**who, CODE: code, LEVEL: "F0"}]
        return out, any(who is None for _, who in people)

    def with_own_code(self, cells: dict[str, str]) -> None:
        """Put the code that a remark says is the row's own into its cell, where the chat gave it to that person."""
        parts = cells.get(REMARK, "").split(", ")
        for part in parts:
            own = _IS.fullmatch(part)
            if own is not None and self.codes.get(plain_code(own["code"])) == cells.get(NAME):
                left = [one for one in parts if one is not part]
                cells.pop(REMARK)
                cells.update({CODE: plain_code(own["code"]), **({REMARK: ", ".join(left)} if left else {})})
                return


def _is_positive(cells: Mapping[str, str]) -> bool:
    return fold(cells.get(RESULT, "")).strip("()") in ("duong tinh", "duong", "+")


def tells_result(text: str) -> bool:
    """Tell whether a text speaks of a result of somebody whom it calls by name, or by a code."""
    named = re.search(rf"{_TITLE}\s+[A-ZÀ-ỸĐ]", text) or NAMED_CODE.search(text)
    return RESULTS.search(text) is not None and named is not None
