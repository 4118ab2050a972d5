"""What a column looks like: told by its distinct values, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from loaders.columns.dates import read_moment
from loaders.columns.references import Named, loose, number_of, read_reference
from loaders.columns.values import words
from loaders.files.grid import distinct_texts, some_of
from loaders.files.headings import known_headings, plain, spaced
from loaders.place_words import CELL_PLACES, COMMUNES, HAMLETS, PLATE_ALONE, folded
from tracing.patterns import regex
from tracing.spelling import fold, is_full, name_key

_ROWS, _DISTINCT, _FIRST = 20_000, 400, 50
_ONE_HOUR: Final = r"\d{1,2}\s*(?:giờ|[:h.])\s*\d{0,2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?"
_HOUR: Final = regex(rf"(?i)(?:hơn|khoảng|lúc)?\s*{_ONE_HOUR}(?:\s*(?:-|–|đến)\s*{_ONE_HOUR})?")
_NUMBER: Final = regex(r"-?\d+(?:[.,]\d+)?")
_PHONE: Final = regex(r"(?:\+?84|0)?[235789]\d{8}|(?:\+?84|0)[12]\d{9}")
_PHONES: Final = regex(r"[/;,\n]|\s[-–]\s|\([^()]*\)$")
_NATIONAL: Final = regex(r"\d{9}|\d{12}")
_SEAT: Final = regex(r"(?i)[a-h]\d{1,2}|\d{1,2}[a-h]")
_CODE: Final = regex(r"(?i)[a-zđ]{1,8}[-_./ ]?\d{3,}[\w./-]*|[a-zđ]{2,8}[-_./ ]?\d{2,}[\w./-]*")
_PLACE: Final = regex(rf"(?:{folded(CELL_PLACES)})\s.+")
_ADDRESS: Final = regex(
    rf"(?:.*[,\-] ?)?(?:{folded((*HAMLETS, *COMMUNES))}|x\.|p\.|tt|to \d+|so nha)[ .].*(?:,| - ).*\S"
    rf"|.*, ?(?:{folded(COMMUNES)}) .+"
)
#: A longitude or another fraction, which has as many digits as an old identity number.
_DEGREES: Final = regex(r"-?\d{1,3}\.\d{4,}")
#: Headings that a table has where nobody wrote one: none at all, or what programs put above the numbers of rows.
_UNNAMED: Final = regex(r"(?i)\([A-Z]{1,3}\)|unnamed: \d+|\.\.\.\d+|x|v1|index|rownames?|row\.names")
_SENSITIVE: Final = frozenset({"date", "hour", "place", "code", "case", "phone", "national_id", "plate"})
_TIME_WORDS: Final = ("ngay", "gio", "thoigian", "date", "time")
_NUMBERED: Final = (
    "phong",
    "buong",
    "sophong",
    "sobuong",
    "day",
    "khu",
    "toa",
    "lau",
    "quay",
    "ban",
    "sap",
    "xe",
    "tau",
)
_PLACE_WORDS: Final = ("noi", "diadiem", "place", "venue", "location", *_NUMBERED)

#: Headings of what became of somebody, or of the class of a case, however a system calls it.
_CLASS: Final = regex(
    r"\b(?:final (?:outcome|status|class\w*|lab class)|lab class|case def|epi case def|became case|converted to case"
    r"|(?:tro thanh|chuyen|thanh) f ?0)\b"
)
CLASS_WORDS: Final = regex(r"kategorie|category|type|class|status|loai|phanloai|nhom|krankheit|disease|outcome")
"""Plain headings of classes, whose values may look like names: ``Kategorie I``."""

#: Headings of the number that a case has in another list, and such numbers.
_BY_NUMBER: Final = regex(
    r"\bf ?[123] cua\b|\b(?:stt|so tt|so thu tu|so)\b.{0,40}\b(?:f0|ca benh|bn)\b"
    r"|\b(?:cua|voi|tiep xuc) (?:ca|f0|bn)(?: so)?\b"
)
_NUMBERS_OF_CASES: Final = regex(r"\d{1,3}(?:\s*[,;/+&]\s*\d{1,3}){0,5}")
_LETTERS: Final = regex(r"[^\W\d_]")
_LONGEST: Final = 200
#: A whole day with its year, whose numbers are no cases: ``3/19/2013``.
_WHOLE_DAY: Final = regex(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b.*|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}\b.*")

_DAY_WITHIN: Final = regex(
    r"(?<![\d/.])[0-3]?\d/[01]?\d(?:/(?:20)?\d\d)?(?![\d/])|(?<![\d-])(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)"
)
#: Headings of numbers that count or order something, and name no case.
_OF_GROUPS: Final = regex(r"\b(?:clusters?|generations?|waves?|orders?|ranks?|counts?|totals?|scores?)\b")

_MINUTES: Final = regex(r"(?:khoang |hon |~)?\d{1,3} ?(?:phut|p|'|min|minutes?)")


@dataclass(frozen=True)
class Look:
    """What most values of a column are, and which share of its distinct values is so."""

    kind: str
    share: float
    distinct: int

    @property
    def sensitive(self) -> bool:
        """Whether such a column must not stay unused without a question."""
        return self.kind in _SENSITIVE and self.share >= 0.6


def _bare(text: str) -> str:
    return re.sub(r"[\s.\-()'/]", "", text)


@lru_cache(maxsize=100_000)
def is_day(text: str) -> bool:
    """Tell whether a text is a day, however it is written."""
    if re.fullmatch(r"[\d.,]+", text) and not re.fullmatch(r"\d{1,2}\.\d{1,2}(\.\d{2,4})?", text):
        return False
    if re.fullmatch(r"(?i)(?:hôm qua|hôm kia|hôm nay)", text):
        return True
    if re.fullmatch(r"\d{1,3}\s*[-–]\s*\d{1,3}", text):
        return False
    moment = read_moment(text, "Asia/Ho_Chi_Minh")
    return moment.problem in (None, "date.no_year", "date.two_digit_year", "date.impossible") and not moment.serial


def _in_words(name: str) -> Callable[[str], bool]:
    known = words(name)
    return lambda text: text.lower() in known or fold(text) in known


def is_name(text: str) -> bool:
    """Tell whether a text looks like the name of a person: two to six words with a capital."""
    parts = re.sub(r"\([^)]{0,300}\)", "", text).split()
    return 2 <= len(parts) <= 6 and all(p[0].isupper() and p.replace(".", "").isalpha() for p in parts)


#: Words of where or how people were together, with which no name begins; and those that no name holds in small letters.
_TOGETHER: Final = regex(
    r"(?i)(?:cùng|ngồi|đứng|nằm|gần|cạnh|kế|đối diện|phục vụ|bưng|chụp|tiếp xúc|bạn (?:học|cùng|bàn|nhậu|chung))(?!\w)"
)
_IN_SMALL: Final = regex(
    r"(?<!\w)(?:cùng|chung|bàn|ghế|dãy|mâm|ngồi|xe|phòng|lớp|trước|sau|trên|dưới|với|đi|ăn|uống|làm)(?!\w)"
)


def tells_how(text: str) -> bool:
    """Tell whether words say where or how somebody was beside another, ``cùng bàn``, and are no name."""
    return _TOGETHER.match(text.strip()) is not None or (not is_name(text) and _IN_SMALL.search(text) is not None)


def _is_phone(text: str) -> bool:
    """Tell whether a text is one telephone number, or several: ``0912345678/0987654321 (con)``."""
    parts = [part for part in _PHONES.split(text) if part.strip()]
    return bool(parts) and all(_PHONE.fullmatch(_bare(part)) for part in parts)


_TESTS: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("level", lambda t: bool(re.fullmatch(r"(?i)f\s?[0-5o](\.\d)?", t))),
    ("hour", lambda t: bool(_HOUR.fullmatch(t)) and not re.fullmatch(r"\d+(\.\d+)?", t)),
    ("plate", lambda t: bool(PLATE_ALONE.fullmatch(t))),
    ("date", is_day),
    ("phone", _is_phone),
    ("national_id", lambda t: bool(_NATIONAL.fullmatch(_bare(t))) and not _DEGREES.fullmatch(t)),
    ("seat", lambda t: bool(_SEAT.fullmatch(t))),
    ("code", lambda t: bool(_CODE.fullmatch(t)) and " " not in t.strip()[6:]),
    ("address", lambda t: bool(_ADDRESS.fullmatch(fold(t)))),
    ("place", lambda t: bool(_PLACE.fullmatch(fold(t)))),
    ("name", is_name),
)


def look_at(texts: pd.Series, *, is_case: Callable[[str], bool] | None = None) -> Look:
    """Return what a column looks like; ``is_case`` tells whether a text refers to known cases."""
    _, distinct = distinct_texts(texts.iloc[:_ROWS])
    values = [value.strip() for value in distinct[:_DISTINCT]]
    if not values:
        return Look("empty", 1.0, 0)
    numbers = sum(bool(_NUMBER.fullmatch(value)) for value in values) >= 0.9 * len(values)
    tests = [test for test in _TESTS if not numbers or test[0] in ("phone", "national_id")]
    if is_case is not None:
        tests.insert(0, ("case", is_case))
    for name in ("result", "sex", "direction"):
        tests.append((name, _in_words(name)))
    best = Look("text", 0.0, len(distinct))
    for kind, test in tests:
        share = sum(map(test, values)) / len(values)
        if share > best.share or (
            kind == "date" and best.kind == "case" and share == 1 and any(map(_of_three, values))
        ):
            best = Look(kind, share, len(distinct))
    return best if best.share >= 0.5 else Look("text", 1.0, len(distinct))


def _of_three(text: str) -> bool:
    """Tell whether a text is three numbers, as a day with a short year is: ``3/2/20``."""
    return re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", text) is not None


#: A heading of ids, without accents, and an id of letters or digits.
_OF_IDS: Final = regex(r"(?:ma|ma so|so hieu|code|id)\b")
_LIKE_ID: Final = regex(r"[A-Za-z]{1,6}[-./_ ]?\d+[\w./-]*|\d{3,}[\w./-]*")


def counts_rows(heading: str, texts: pd.Series) -> bool:
    """Tell whether a column numbers its rows: one more in each, or more in each where it has no heading of its own."""
    unnamed = _UNNAMED.fullmatch(heading) is not None

    def counted(rows: int) -> bool:
        numbers = pd.to_numeric(texts.iloc[:rows], errors="coerce")
        steps = numbers.diff().iloc[1:]
        return len(steps) > 0 and bool(numbers.notna().all() and ((steps > 0) if unnamed else (steps == 1)).all())

    return counted(_FIRST) and counted(_ROWS)  # hardly any column that numbers nothing needs more than its first rows


def says_time_or_place(heading: str, texts: pd.Series) -> bool:
    """Tell whether a heading speaks of a day, an hour or a place, and its values are not mere numbers or yes and no."""
    form = plain(heading)
    place = form.startswith(_PLACE_WORDS) or form.endswith(("place", "venue", "location", "locality"))
    if not any(word in form for word in _TIME_WORDS) and not place:
        return False
    if place and form.startswith(_NUMBERED):
        return not yes_or_no(texts)
    _, distinct = distinct_texts(texts.iloc[:_ROWS])
    known = words("flag")
    return any(not re.fullmatch(r"[-\d.,]+", t) and t.lower() not in known for t in distinct[:_DISTINCT])


def numbers_cases(heading: str, texts: pd.Series) -> bool:
    """Tell whether a column names cases by their numbers in another list: ``F1 của ca số (STT trong DS F0)``."""
    if not _BY_NUMBER.search(fold(heading)):
        return False
    _, distinct = distinct_texts(texts)
    return bool(distinct) and all(_NUMBERS_OF_CASES.fullmatch(text.strip()) for text in distinct)


def says_class_or_id(heading: str, texts: pd.Series) -> bool:
    """Tell whether a heading speaks of a class of case, or of ids, and every row has one of its own: ``Mã lạ``."""
    if says_class(heading):
        return True
    given = texts.dropna()
    if not _OF_IDS.match(fold(heading)) or len(given) < 2:
        return False
    _, distinct = distinct_texts(given)
    return len(distinct) == len(given) and all(map(_LIKE_ID.fullmatch, map(str.strip, distinct[:_DISTINCT])))


def says_class(heading: str) -> bool:
    """Tell whether a heading speaks of what became of somebody, or which class of case they are."""
    return _CLASS.search(spaced(heading)) is not None and plain(heading) not in known_headings()


def tell_days(texts: pd.Series) -> bool:
    """Tell whether most texts of a column name a day among other words: ``Âm tính 30/7``."""
    some = some_of(distinct_texts(texts)[1])
    return bool(some) and sum(bool(_DAY_WITHIN.search(text)) for text in some) >= 0.5 * len(some)


def are_minutes(texts: pd.Series) -> bool:
    """Tell whether a column of times holds how long something took: ``10 phút``."""
    _, distinct = distinct_texts(texts)
    return bool(distinct) and all(_MINUTES.fullmatch(fold(text)) for text in distinct)


def only_numbers(texts: pd.Series, most: int = 100) -> bool:
    """Tell whether a column only holds numbers: 1 and 2 are no sexes where no heading says so."""
    _, distinct = distinct_texts(texts)
    return all(text.isdigit() and len(text) <= most for text in distinct)


def numbers_groups(heading: str, texts: pd.Series) -> bool:
    """Tell whether small numbers stand below a heading of clusters, generations or an order: they name no case."""
    return _OF_GROUPS.search(spaced(heading)) is not None and only_numbers(texts, most=5)


def yes_or_no(texts: pd.Series) -> bool:
    """Tell whether a column only says yes and no."""
    _, distinct = distinct_texts(texts.iloc[:_ROWS])
    known = words("flag")
    return all(text.lower() in known for text in distinct[:_DISTINCT])


class KnownCases:
    """The cases known from elsewhere: tells whether a text names some of them."""

    def __init__(self, ids: Collection[str], names: Collection[str] = ()) -> None:
        self._exact, self._alike = set(ids), {loose(ident) for ident in ids}
        self._numbers = {number for ident in ids if (number := number_of(ident)) is not None}
        self._names = {name_key(name) for name in names if is_full(name)}

    def __call__(self, text: str) -> bool:
        """Tell whether a text names cases by their ids, exactly or but for blanks, dashes, capitals and zeros."""
        return not _WHOLE_DAY.fullmatch(text) and any(map(self.is_one, read_reference(text).named))

    def is_one(self, named: Named) -> bool:
        """Tell whether somebody who is named is a known case, by its id."""
        return named.code and (named.words in self._exact or loose(named.words) in self._alike)

    def share(self, texts: pd.Series) -> float:
        """Return the share of the distinct texts of a column that name a case by its id, number or full name."""
        _, distinct = distinct_texts(texts.iloc[:_ROWS])
        values = distinct[:_DISTINCT]
        return sum(map(self._meant, values)) / len(values) if values else 0.0

    def _meant(self, text: str) -> bool:
        if _WHOLE_DAY.fullmatch(text):
            return False
        named = read_reference(text).named
        return self(text) or any(
            number_of(n.words) in self._numbers if n.code else name_key(n.words) in self._names for n in named
        )


def names_some(cases: KnownCases | None, texts: pd.Series) -> bool:
    """Tell whether a column names a known case by its code somewhere: ``BN34`` among other words."""
    if cases is None:
        return False
    _, distinct = distinct_texts(texts.iloc[:_ROWS])
    short = (text for text in distinct[:_DISTINCT] if len(text) <= _LONGEST)
    named = (one for text in short for one in read_reference(text).named)
    return any(cases.is_one(one) for one in named if _LETTERS.search(one.words))
