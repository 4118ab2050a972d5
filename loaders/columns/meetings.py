"""What a few words tell of one meeting with a case: whom, on which days, how; ``22/1 ngồi cạnh chị Hạnh BN1552``.

The words stand in any order. A case is named by its code, by a short name with the code beside it, or by the short
name alone where the same list says once whose it is (:func:`called_cases`). Who doubts, denies, or met the kin of a
case, or one of several cases, tells no such meeting.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from loaders.code_words import CASE_CODE, plain_code
from loaders.columns.days import several_days
from loaders.columns.hours import hours_in
from tracing.patterns import regex
from tracing.spelling import fold

ADDRESS: Final = (
    r"(?:anh|chị|chi|em|ông|ong|bà|ba|cô|co|chú|chu|bác|bac|cháu|chau|bé|be|bạn|ban|thầy|thay|lái xe|lai xe|tài xế"
    r"|tai xe"
    r"|bs|bác sĩ|bac si|mr|mrs|ms)\.?"
)
"""How people are spoken of before a short name."""
_CAPITAL: Final = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORD: Final = rf"(?-i:[{_CAPITAL}][^\W\d_]*)"
_SHORT: Final = rf"{_WORD}(?:\s{_WORD}){{0,4}}"
#: A case by its code, with words for a case, an address and a name around it: ``chị Hạnh (BN1552)``, ``F0 BN34``.
_CODED: Final = regex(
    rf"(?i)(?:(?<!\w)(?:f ?0|ca(?: bệnh| benh)?|bệnh nhân|benh nhan|case|patient)\s+)?(?:(?<!\w){ADDRESS}\s+)?"
    rf"(?:(?<!\w)(?P<name>(?!(?i:BN|F0|CA|TX|F1)\b){_SHORT})\s*[(–-]?\s*)?(?<!\w)(?P<code>{CASE_CODE})(?!\w)\)?"
)
#: A short name with its address, of which a list may say elsewhere whose it is.
_NAMED: Final = regex(rf"(?i)(?:(?<!\w){ADDRESS}\s+)?(?<!\w)(?P<name>{_SHORT})(?!\w)")
#: Words behind which it is somebody of the case's who is meant, right before the case, without accents.
_KIN: Final = regex(
    r"(?:(?<!cung )(?<!chung )\b(?:vo|chong|con(?: trai| gai| dau| re)?|me|bo|cha|ma|anh trai|chi gai|em(?: trai| gai)?"
    r"|chau|ban(?: gai| trai| hoc| cung \w+)?|nguoi nha|hang xom|dong nghiep|nha|wife|husband|son|daughter|mother"
    r"|father|brother|sister|friend)|(?:cung|chung) (?:cty|cong ty|co quan|truong|que|khu pho))(?: cua| ruot| of)?$"
)
#: Words before a meeting that it is one of the row's kin, without accents.
_OF_KIN: Final = regex(
    r"(?:\W|\d|\b(?:sang|trua|chieu|toi|dem|ngay|hom|co|thi)\b)*"
    r"\b(?:vo|chong|con(?: trai| gai| dau| re)?|me|bo|cha|ma|chau|nguoi nha|wife|husband|son|daughter|mother|father)\b"
)
#: Words that somebody was near somebody, without accents.
MEETS: Final = regex(
    r"\b(?:f ?1|tx|t/x|tiep xuc|gap(?: go)?|cung|chung|voi|canh|gan|ke|sat|doi dien|ben|noi chuyen|choi|tham|don"
    r"|cho|dua|truc|phuc vu|cham soc|cham|kham|ban|met|with|beside|next to|near|behind|saw|visited|drove)\b"
)
DENIES: Final = regex(
    r"\b(?:khong|chua|ko|k|chang|no|not|never|did not|didn't)(?: (?:co|con|he|tung|close|met|any))?"
    r" (?:tx|t/x|tiep xuc|gap|phai|cung|chung|o|an|di|noi|ngoi|lai gan|gan|choi|contact|meet|met|near|sit|with)\b"
    r"|\b(?:mam|ban|phong|xe|lop|toa|tang|table|room) khac\b|\bno contacts?\b"
    r"|\b(?:nghi|vang)(?: om| hoc| phep| lam)?(?: (?:ca|suot|het) \w+)?(?:,|$)"
)
"""What says that somebody did not meet the case, without accents."""
DOUBTS: Final = regex(
    r"\b(?:hinh nhu|co the|co le|chac(?: la)?|nghe noi|khong (?:ro|nho|chac)|chua ro"
    r"|khoang (?:ngay )?\d{1,2}/|maybe|perhaps|possibly"
    r"|not sure)\b|\?"
)
"""What leaves open whether or when somebody met the case, without accents."""
#: What says right before a day that it is the last; "toi" alone may be the evening.
_UNTIL: Final = regex(
    r"(?i)(?<!\w)(?:đến|den|tới|cuối(?: cùng)?|cuoi(?: cung)?|until|till|last)\s*"
    r"(?:(?:hết|ngày|hôm|là|het|ngay|hom|la|on)\s*)*$"
)
#: What parts a remark, but not a list of days.
_CLAUSES: Final = regex(r"[,;.()]\s*(?!\d)|[;()]\s*")
#: Of what else a day in a remark may be, without accents.
_OTHERWISE: Final = regex(
    r"\b(?:cach ly|cl|cltn|cltt|kcl|lay mau|lm|xet nghiem|xn|test|pcr|sot|nhap vien|ra vien|xuat vien|tiem|mui|khai bao"
    r"|tra phong|ve que|nghi|duong tinh|am tinh|isolat\w+|quarantin\w+|sampled?|tested|onset|fever|vaccin\w+)\b"
)
#: What stands beside a day alone, without accents.
_FILLING: Final = regex(
    r"\b(?:ngay|hom|vao|luc|khoang|tu|den|toi|sang|trua|chieu|dem|cuoi|cung|lan|hang|moi|on|at|from|to|until|last|the"
    r"|h|gio)\b"
)
_ONE: Final = r"\d{1,2}(?:[/.]\d{1,2}(?:[/.](?:20)?\d\d)?)?"
#: A day with its month, a span or a list that ends with one.
_DAYS: Final = regex(
    rf"(?i)(?<![\w/.:])(?<!\d[-–]){_ONE}(?:\s*(?:,|;|\+|&|và|va|and|-|–|đến|den|tới|toi|to)\s*(?:ngày |ngay )?{_ONE})*"
    r"(?![\w/:]|\.\d|-\d)"
)
#: Words of which the number behind them is one: ``mâm 5, 24/1``.
_UNIT: Final = regex(
    r"\b(?<!cung )(?<!chung )(?:mam|ban|phong|to|so|lop|giuong|tang|khu|day|ca|ghe|toa|hang|xe|table|room|seat"
    r"|no|p)\W*$"
)
_PART: Final = regex(
    r"(?i)(?<!\w)(?:(?:vào|vao|từ|tu|lúc|luc|hôm|hom|ngày|ngay|khoảng|khoang|on|at|from)\s+)*"
    r"(?:sáng|sang|trưa|trua|chiều|chieu|tối|toi|đêm|dem)?\s*(?:(?:hôm|hom|ngày|ngay)\s*)?(?=\x00)"
)
#: What is left of words before a day or before an hour, where that is taken out.
_LEFT: Final = regex(
    r"(?i)(?:^|[\s,;]{1,9})(?:(?:tx|tiếp xúc|tiep xuc|gặp|gap)\s+)?(?:đến|den|tới|ngày|ngay|hôm|hom|lúc|luc|từ|tu)$"
)
_LONGEST: Final = 160


class Met(NamedTuple):
    """The case (its code), first and last day, the day or the days of meetings, hours, and how, of one text."""

    case: str
    first: str | None = None
    last: str | None = None
    on: str | None = None
    hours: str | None = None
    words: str | None = None

    def cells(self) -> tuple[str | None, str | None, str | None]:
        """Return first time, the day or the days or the one instant, and last time, as cells of columns have them."""
        if self.on is None or self.hours is None:
            return self.first, self.on, self.last
        begin, _, end = self.hours.partition("-")
        return (f"{self.on} {begin}", None, f"{self.on} {end}") if end else (None, f"{self.on} {begin}", None)


class Days(NamedTuple):
    """The days of a text as a cell of days has them, the hours (``16:20``, ``19:00-21:00``), and the other words.

    ``until`` tells that the day is the last one.
    """

    days: str | None
    hours: str | None
    rest: str
    until: bool = False


def read_meeting(text: str, called: Mapping[str, str], *, near: bool = True) -> Met | None:
    """Return the one meeting of which a text tells; None of any other text.

    ``called`` is short name without accents -> code of the cases of the list (:func:`called_cases`). ``near`` says that
    the text has to say that they met, as a remark does: it is no answer to that question.
    """
    if len(text) > _LONGEST or not (called or re.search(r"\d", text)):
        return None
    said = fold(text)
    if DENIES.search(said) or DOUBTS.search(said):
        return None
    found = _named(text, called)
    if found is None:
        return None
    code, start, end = found
    before = fold(text[:start])
    if _KIN.search(before) or (near and (_OF_KIN.match(before) or MEETS.search(before) is None)):
        return None
    rest = f"{text[:start]} _ {text[end:]}"
    when = read_days(rest)
    if when is None or not all(map(_is_of_meeting, _CLAUSES.split(rest))):
        return None
    words = re.sub(r"\s+(?=[,;.])", "", re.sub(r"[\s_]+", " ", when.rest)).strip(" ,;.-–:()")
    how = _LEFT.sub("", words).strip(" ,;.-–:()") or None
    if when.days is None:
        return Met(code, words=how)
    last = when.until and not several_days(when.days)
    hours = when.hours
    return Met(code, last=when.days if last else None, on=None if last else when.days, hours=hours, words=how)


def _is_of_meeting(clause: str) -> bool:
    """Tell whether the day of a clause, if it has one, is that of the meeting: said beside the case, or of meeting."""
    said = fold(clause)
    if not re.search(r"\d[/.]\d", clause):
        return True
    if _OTHERWISE.search(said):
        return False
    return "_" in said or MEETS.search(said) is not None or re.search(r"[a-z]", _FILLING.sub(" ", said)) is None


def _named(text: str, called: Mapping[str, str]) -> tuple[str, int, int] | None:
    """Return the code of the one case that a text names, and where; None of nobody and of several."""
    coded = list(_CODED.finditer(text))
    named = _short_names(_CODED.sub(lambda match: " " * len(match[0]), text), called)
    found = [(plain_code(match["code"]), match.start(), match.end()) for match in coded] + named
    return found[0] if len({code for code, _, _ in found}) == 1 else None


def _short_names(text: str, called: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Return the cases that a text calls by a short name, and where."""
    out = []
    for match in _NAMED.finditer(text) if called else ():
        words = list(re.finditer(r"\S+", match["name"]))
        spans = [(i, j) for i in range(len(words)) for j in range(len(words), i, -1)]
        code, i, j = next(
            ((called[name], i, j) for i, j in spans if (name := fold(" ".join(w[0] for w in words[i:j]))) in called),
            ("", 0, 0),
        )
        if code:
            begin = match.start() if i == 0 else match.start("name") + words[i].start()
            out.append((code, begin, match.start("name") + words[j - 1].end()))
    return out


def called_cases(texts: Iterable[str], names: Iterable[tuple[str, str]], everybody: Iterable[str]) -> dict[str, str]:
    """Return the short names by which a list calls cases, without accents -> code.

    ``texts`` may have a name beside a code, ``names`` are full names of people of whom a row says that they are a case,
    with its code. A given name that others of the list have, too (``everybody``), means nobody for sure.
    """
    found: dict[str, set[str]] = {}
    full = list(names)
    for text in texts:
        for match in _CODED.finditer(text):
            before = fold(text[: match.start()])
            if match["name"] and not _KIN.search(before) and not _KIN.search(fold(text[: match.start("name")]).strip()):
                full.append((match["name"], plain_code(match["code"])))
    for name, code in full:
        words = fold(name).split()
        for short in {words[-1], " ".join(words[-2:]), " ".join(words)}:
            found.setdefault(short, set()).add(code)
    people = {fold(name) for name in everybody} | {fold(name) for name, _ in full if " " in name}
    bearers = Counter(short for name in people for short in found if f" {name}".endswith(f" {short}"))
    return {short: next(iter(codes)) for short, codes in found.items() if len(codes) == 1 and bearers[short] <= 1}


def read_days(text: str) -> Days | None:
    """Return the days and hours of a text, none of a text without; None where several days are told apart."""
    found = [match for match in _DAYS.finditer(text) if "/" in match[0] or "." in match[0]]
    if not found:
        clocks, rest = hours_in(text)
        return Days(None, None, text) if not clocks and not re.search(r"\d[/.]\d", rest) else None
    if len(found) > 1:
        return None
    (match,) = found
    days, start = match[0], match.start()
    before = text[:start]
    if _UNIT.search(fold(before)) and (cut := re.search(r"[,;]\s*", days)) is not None:
        start += cut.end()
        days, before = days[cut.end() :], text[:start]
    if re.fullmatch(_ONE, days) is None and not several_days(days):
        return None
    until = _UNTIL.search(before) is not None
    rest = f"{before}\x00{text[match.end() :]}"
    rest = _PART.sub(" ", rest).replace("\x00", " ")
    clocks, left = hours_in(rest)
    if len(clocks) > 1 or (clocks and several_days(days)) or re.search(r"\d[/.]\d", left):
        return None
    hours = "-".join(clock for clock in clocks[0] if clock) if clocks else None
    return Days(days, hours, left if clocks else rest, until)
