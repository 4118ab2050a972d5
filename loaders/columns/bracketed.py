"""Several people in one line, each with what is known of them in brackets behind the name.

``bà Lê Thị Út (1960, 0912…) nằm cùng phòng từ 02/7 đến 06/7; người nuôi bà Út là anh Mai Văn Lợi (1985, 0913…)``: what
stands behind the brackets is told of that person, and of those before of whom nothing else is told.
"""

from __future__ import annotations

from typing import Final

from loaders.columns.looks import is_name
from loaders.columns.person_line import NAME, RELATION, REMARK, people_of_line
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

_WORD: Final = r"(?<!\w)[A-ZÀ-ỸĐ][A-Za-zÀ-ỹĐđ']*"
#: A name with a year of birth or a telephone number in brackets behind it, and the words for who it is before it.
_PERSON: Final = Spelt(
    rf"(?P<kin>(?<!\w)(?i:(?:vợ|chồng|mẹ|cha|ba|bố|má|con|em|anh|chị|cháu|ông|bà|cô|chú|bác|dì|cậu)"
    r"(?: (?:trai|gái|ruột|đẻ|nuôi|dâu|rể|vợ|chồng|nội|ngoại|họ|út|cả)){0,3}|bạn(?: gái| trai| học)?|đồng nghiệp"
    r"|hàng xóm|tổ trưởng|chủ (?:nhà|trọ|quán|tiệm))(?=\s(?-i:[A-ZÀ-ỸĐ]))\s+)?"
    rf"(?P<name>(?:{_WORD}\s+){{1,5}}{_WORD})\s*"
    r"\((?P<told>[^()]{0,30}?(?:(?:19|20)\d\d|(?:\+?84|0)(?:[ .]?\d){9})[^()]{0,60})\)"
)
#: What stands before a name and is none: a title, a task.
_TITLES: Final = frozenset(
    ("bs", "bsck", "bscki", "bsckii", "đd", "ths", "ktv", "ys", "ông", "bà", "anh", "chị", "em", "cô", "chú", "bác")
)
#: What stands before a name and says nothing of whose kin it is, without accents.
_CALLED: Final = frozenset(("ong", "ba", "co", "chu", "bac", "di", "cau", "anh", "chi", "em"))
#: Words between two people that tell nothing of the first: ``và cán bộ coi thi``.
_JOINED: Final = regex(r"\W*(?:(?:va|cung|voi|and)\b[^\d,.;:()]{0,40}|[,&+]\s*)?\W*")
#: The blanks around the dash between two hours, at which a line would be parted.
_HOURS: Final = regex(r"(?i)(?<=[\dhg:])\s*[-–]\s*(?=\d{1,2}\s?(?:h|g|giờ|:))")
_FEWEST: Final = 2


def people_of_text(text: str, *, case: bool = False, called: bool = False) -> list[dict[str, str]]:
    """Return the cells of each person that a line tells, as :func:`people_of_line` does; see above for several."""
    return people_in_brackets(text) or people_of_line(text, case=case, called=called)


def people_in_brackets(text: str) -> list[dict[str, str]]:
    """Return the people of a line that names several so; none of any other."""
    return _in_brackets(text, fewest=_FEWEST)


def _in_brackets(text: str, *, fewest: int) -> list[dict[str, str]]:
    if sum(1 for _ in _PERSON.of(text).finditer(text)) < fewest:
        return []
    people: list[dict[str, str]] = []
    for clause in text.split(";"):
        found = _of_clause(clause)
        if not found and people and clause.strip(" ."):
            people[-1][REMARK] = "; ".join(part for part in (people[-1].get(REMARK), clause.strip(" .")) if part)
        people += found
    return people


def people_of_sentence(text: str) -> list[dict[str, str]]:
    """Return the people of a sentence that lists them, be it one alone; see above."""
    return _in_brackets(text, fewest=1) or people_of_line(text)


def _of_clause(clause: str) -> list[dict[str, str]]:
    matches = list(_PERSON.of(clause).finditer(clause))
    if not matches:
        return []
    ends = [*(match.start() for match in matches[1:]), len(clause)]
    behind = [clause[match.end() : end] for match, end in zip(matches, ends, strict=True)]
    people: list[dict[str, str]] = []
    for at, match in enumerate(matches):
        own = next((said for said in behind[at:] if not _JOINED.fullmatch(fold(said))), "")
        name = " ".join(_without_titles(match["name"].split()))
        told = people_of_line(f"{name} ({match['told']}), {_HOURS.sub('-', own).strip(' ,.')}")
        if len(told) != 1 or not is_name(name):
            return []
        if match["kin"] and fold(match["kin"].strip()) not in _CALLED:
            told[0] = {NAME: told[0][NAME], RELATION: match["kin"].strip(), **told[0]}
        people += told
    return people


def _without_titles(words: list[str]) -> list[str]:
    """Return the words of a name without titles and small words before it."""
    while len(words) > _FEWEST and (words[0].lower() in _TITLES or not words[0][0].isupper()):
        words = words[1:]
    return words
