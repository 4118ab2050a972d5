"""Known cases whom sentences about somebody name with a day: ``ngày 22/1 ăn ca cùng bàn với BN34``, ``chở BN35``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.code_words import CASE_CODE
from loaders.columns.when import is_last, read_when
from tracing.patterns import regex
from tracing.spelling import fold

_CODE: Final = regex(rf"(?<![\w/]){CASE_CODE}(?![\w/])")
#: What stands right before the code of whom somebody met, without accents.
_LEAD: Final = regex(
    r"\b(?:(?:cung(?: (?:ban|mam|phong|buong|giuong))?|voi|gap|tx|tham|cho|canh|sat|gan|ke(?: ben)?"
    r"|doi dien|nuoi|cham soc|kham|duoc|phuc vu|truc tiep)"
    r"|tiep xuc(?: gan| truc tiep)?|with|met|visited|near|beside|next to|drove|nursed)"
    r"(?: (?:ca(?: benh)?|benh nhan|nguoi benh|f ?0|anh|chi|ong|ba|case|patient))?(?: so| ma)?[\s:(]*$"
)
#: What somebody did at the home of a case that is named next.
_AT_HOME: Final = regex(
    r"\b(?:an|uong|choi|ngu|nhau|lien hoan|hop mat)\b[^,;.]{0,40}? (?:nha|phong|can ho)(?: tro| rieng)?(?: cua)?"
    r"(?: (?:ca(?: benh)?|benh nhan|f ?0|anh|chi|ong|ba))?[\s:(]*$"
)
_NOT: Final = regex(r"\b(?:khong|chua|chang|ko|k|not|never|no)\b(?:(?! nhung| but).)*$")
_MAYBE: Final = regex(
    r"\b(?:co the|hinh nhu|co le|nghi la|khong chac|khong nho|khong ro|may|might|perhaps|possibly|unsure)\b"
)
SENTENCES: Final = regex(r"(?<=[^\s.]{2})\.\s+|[;\n]+")
"""What parts a text into what is told by itself."""
#: Days of which only the last tells its month: a meeting on each.
_SEVERAL_DAYS: Final = regex(
    r"(?i)(?:(?<![\d/])\d{1,2}\s*(?:[,;&+]|và|va|and)\s*"
    r"|(?:ngày|ngay) \d{1,2}\s*(?:[,;&+]|và|va|and)\s*(?:ngày|ngay) )\d{1,2}/\d"
)
#: Days of something else that a sentence tells behind a comma, without accents.
_OTHER: Final = regex(
    r"\b(?:cach ly|cl(?:tt|tn)?|lay mau|lm|xn|xet nghiem|test|sot|ho|khoi phat|duong tinh|nhap vien|ket qua|kq)\b"
)
#: Whose relative somebody is, as a text about them begins, and what that one is called in it, without accents.
_KIN_OF: Final = regex(
    r"^\W*(?:la )?(?P<kin>con|vo|chong|me|ma|bo|ba|cha|em|anh|chi|chau|ban|dong nghiep)"
    r"(?: (?:trai|gai|ruot|de|nuoi|dau|re|ho|cung \w+))*(?: cua)?(?: ca(?: benh)?| benh nhan| f ?0)?\W*$"
)
_INVERSE: Final = {
    "con": "me|ma|bo|ba|cha",
    **dict.fromkeys(("me", "ma", "bo", "ba", "cha"), "con"),
    "vo": "chong",
    "chong": "vo",
    "em": "anh|chi",
    **dict.fromkeys(("anh", "chi"), "em"),
    "chau": "ong|ba|co|chu|bac|di|cau",
    "ban": "ban",
    "dong nghiep": "dong nghiep",
}


class MetCase(NamedTuple):
    """A case whom somebody met: its code, first and last time as texts, whether only the last is told, the words."""

    code: str
    first: str
    last: str | None
    only_last: bool
    words: str


def met_cases(text: str) -> list[MetCase]:
    """Return the meetings with cases that sentences tell with one day or span of days; what is not sure is none."""
    kin = _kin_of(text)
    out: list[MetCase] = []
    for sentence in SENTENCES.split(text):
        codes = list(_CODE.finditer(sentence))
        whom = [code[0] for code in codes if _leads(sentence[: code.start()])]
        if kin is not None and not whom and kin[1].search(fold(sentence)):
            whom = [kin[0]]
        told = _told(sentence) if whom and not _MAYBE.search(fold(sentence)) else None
        if told is not None:
            out += [MetCase(code, *told, sentence.strip()) for code in dict.fromkeys(whom)]
    return out


def without_met_cases(text: str) -> str:
    """Return a text without the sentences whose cases :func:`met_cases` tells."""
    read = {one.words for one in met_cases(text)}
    return ". ".join(part for part in SENTENCES.split(text) if part.strip() not in read)


def _leads(before: str) -> bool:
    """Tell whether the words before a code say that somebody met that case."""
    said = fold(before)
    lead = _LEAD.search(said) or _AT_HOME.search(said)
    return lead is not None and _NOT.search(said[: lead.start()]) is None


def _told(sentence: str) -> tuple[str, str | None, bool] | None:
    """Return when the people of a sentence met: its one day or span; None where days of something else are told."""
    parts = re.split(r",\s+", _CODE.sub(" ", sentence))
    other = any(_OTHER.search(fold(part)) and re.search(r"\d", part) for part in parts)
    when = None if other or _SEVERAL_DAYS.search(", ".join(parts)) else read_when(", ".join(parts))
    if when is None:
        return None
    return when.first, when.last, when.last is None and is_last(sentence)


def _kin_of(text: str) -> tuple[str, re.Pattern[str]] | None:
    """Return the one case by whom a text tells who somebody is, and the words by which it speaks of that case."""
    codes = list(_CODE.finditer(text))
    match = _KIN_OF.match(fold(text[: codes[0].start()])) if codes else None
    if match is None or len({code[0] for code in codes}) > 1:
        return None
    theirs = _INVERSE[match["kin"]]
    called = re.compile(rf"\b(?:tiep xuc|tx|gap|song|o|an|ngu|di|cham soc)(?: \w+){{0,4}} (?:{theirs})\b")
    return codes[0][0], called
