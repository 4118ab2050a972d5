"""Names, telephone and identity numbers of people as lists write them, made comparable.

Names come with and without accents, with forms of address, nicknames, initials; numbers with +84, dots, lost zeros.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tracing.patterns import regex
from tracing.text import unaccented

#: Titles that are no syllable of any Vietnamese name.
_TITLES: Final = frozenset(
    ("mr", "mrs", "ms", "miss", "mister", "madam", "mdm", "dr", "prof", "bs", "ths", "ts", "gs", "pgs")
) | {"đd", "ys", "ktv"}
#: Forms of address and words of rank among siblings that stand before a name.
_ADDRESS: Final = _TITLES | frozenset(
    (
        *("ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "dì", "cậu", "mợ", "bé", "út", "hai", "ba", "tư", "năm"),
        *("sáu", "bảy", "tám", "chín", "mười", "cụ", "thầy", "thím", "dượng", "trẻ", "cháu"),
    )
)
#: Those of them that nobody has as a family name: before a full name, too, they are no part of it.
_ONLY_ADDRESS: Final = _ADDRESS - frozenset(
    ("ông", "út", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "trẻ")
)
#: The most frequent family names: "Ông" before one of them and two more words is no family name itself.
_FREQUENT: Final = frozenset(
    (
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
    )
)
#: Family names that look like a form of address where accents are left out: Dương, Chu, Từ.
_FAMILIES: Final = frozenset(("duong", "chu", "tu"))
_PLAIN_ADDRESS: Final = frozenset(unaccented(word) for word in _ADDRESS) - _FAMILIES
#: Of these, those that are given names, too: at the end of a name, or before it where the order is another.
_PLAIN_NUMBERS: Final = frozenset(
    unaccented(word) for word in ("hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "út")
)
#: What somebody does, behind the name by which they are called: ``Anh Công tài xế``.
TRADE: Final = regex(
    r"\s+(?:(?:tai xe|lai xe|phu xe|phu lai|lo xe|lai tau|thuyen truong|phuc vu|bao ve|chu quan|chu xe|chu nha"
    r"|giao hang|cho hang|xe om|tho (?:ho|may|moc|dien|lanh)|ban (?:ca|hang|rau|thit|ve so))\b.*)$"
)
#: No name is longer; what is stays as it is.
_LONGEST: Final = 2_000
NO_NAME: Final = regex(
    r"(?:khong|chua) (?:ro|biet|nho|xac dinh|khai)(?: (?:ho va ten|ho ten|ten|danh tinh))?|khong (?:co )?ten"
    r"|(?:name )?(?:unknown|not known)(?: (?:name|person|man|woman|male|female|contact))?|no name"
)
_BRACKETS: Final = regex(r"\(([^)]{0,300})\)|\[([^\]]{0,300})\]")
#: A title and its point right before a name: ``Mr.Miller``.
_TITLE_JOINED: Final = regex(rf"(?i)^({'|'.join(sorted(_TITLES))})\.(?=[^\W\d_])")
#: A relation behind a name and a comma: ``Tiêu Văn Đặng, con ông Mến``.
_KIN_BEHIND: Final = regex(r",\s*(?:con|vợ|chồng|cháu|mẹ|cha|em|anh|chị)\s+[^,]*$", re.IGNORECASE)
_PHONE: Final = regex(r"(?<!\d)(?:\+?84|0084|0)?(?:2\d{9}|[235789]\d{8})(?!\d)")
_ZERO_INSIDE: Final = regex(r"(?<=84)\s*\(0\)")
_TEN_DIGITS: Final = regex(r"0\d{9}", re.ASCII)
PRIVATE_ID: Final = r"(?:\+?84|0)[35789]\d{8}|0\d{11}"
"""An id that is a telephone number, or an identity number of twelve digits."""
MADE_ID: Final = r"P-[0-9a-f]{12}(?:[0-9a-f]{4})?"
"""An id that was made from what a row without an id tells; four signs more where two people tell the same."""

#: First digits of mobile numbers of eleven digits until November 2018 -> what they became (mobile operators' notices).
_SINCE_2018: Final = {
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "162": "32",
    "163": "33",
    "164": "34",
    "165": "35",
    "166": "36",
    "167": "37",
    "168": "38",
    "169": "39",
    "186": "56",
    "188": "58",
    "199": "59",
}
#: A number with the code of another country.
_ABROAD: Final = regex(r"(?:\+|00)\s*(?!84)\d[\d\s.\-()/]*$")
#: A number in which letters O stand for zeros.
_WITH_O: Final = regex(r"(?=(?:\D*\d){3})[+\doO\s.\-()/]+")
#: A stroke between two whole numbers, not one within a number.
_NEXT_NUMBER: Final = regex(r"(?<=\d)\s*/\s*(?=\+?[\d.][\d. ]{7,})")
_OLD_PHONE: Final = regex(r"(?<!\d)(?:\+?84|0084|0)?(1(?:2[0-9]|6[2-9]|8[68]|99))(\d{7})(?!\d)")

#: Short forms of kinds of places, without accents -> the words for them.
_PLACE_KINDS: Final = {
    "cty": "cong ty",
    "bv": "benh vien",
    "pk": "phong kham",
    "kcl": "khu cach ly",
    "ks": "khach san",
    "ttyt": "trung tam y te",
    "tyt": "tram y te",
}
#: What stands before the name of a café or an eating place, one for the other.
_EATING: Final = regex(
    r"^(?:(?:quan|tiem|qc|cf|cafe|caphe|kafe|coffee|coffe|ca phe|ca fe|nuoc|nhau|an|com|tra sua)\s+)+(?=\S+\s+\S)"
)

#: Letters of other scripts that look like Latin ones, as keyboards and copied texts mix them (Unicode's confusables).
_LOOK_ALIKE: Final = str.maketrans(
    "АВСЕНІЈКМОРЅТХУаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ",
    "ABCEHIJKMOPSTXYaeijopcyxsABEZHIKMNOPTYXovp",
)
_INVISIBLE: Final = regex(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")


def plain_letters(ident: str) -> str:
    """Return an id in the letters that it looks like: without invisible signs, wide and look-alike letters as Latin."""
    if ident.isascii() and ident.isprintable():
        return ident
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", ident)).translate(_LOOK_ALIKE)


_NAME: Final = r"[A-ZÀ-ỸĐ][\w']*"
#: A home that is called after who lives there: ``nhà ông Bảy``, ``hộ bà Lê Thị Sáu``, ``nhà Nguyễn Văn Ba``.
_HOME_OF: Final = regex(
    r"(?i:\b(nhà|hộ|gia đình|house of|home of|house|home)(?: riêng| trọ| của)*:?"
    r"(?: (?:ông|bà|anh|chị|cô|chú|bác|dì|cậu|mợ|thím|em|út|mr\.?|mrs\.?|ms\.?)(?= ))+)"
    rf"(?: {_NAME}){{1,5}}"
    r"|(?i:\b(nhà|hộ|gia đình)(?: riêng| trọ| của)*:?)"
    r" (?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý)"
    rf"(?: {_NAME}){{1,4}}"
)
#: A small business that is called after its owner: ``quán bà Sáu``, ``tiệm tạp hóa cô Ba Lành``, ``vựa chú Tư``.
_BUSINESS_OF: Final = regex(
    r"(?i:\b((?:quán|tiệm|tạp hóa|tạp hoá|vựa|sạp|quầy|vuông|đìa|ao|rẫy|vườn|lò|cửa hàng|xưởng|phòng trọ|dãy trọ|ghe"
    r"|xuồng|tàu|xe|đám|tiệc)(?: (?!(?:ông|bà|anh|chị|cô|chú|bác|dì|cậu|mợ|thím|em)\b)[\w-]+){0,3}?)"
    r"(?: (?:ông|bà|anh|chị|cô|chú|bác|dì|cậu|mợ|thím|em)(?= ))+)"
    rf"(?: {_NAME}){{1,5}}"
)


def without_person(place: str) -> str:
    """Return the name of a place without the person that it names: ``nhà ông Bảy, ấp 3`` -> ``nhà …, ấp 3``."""
    bare = _HOME_OF.sub(lambda found: f"{found[1] or found[2]} …", place)
    return _BUSINESS_OF.sub(lambda found: f"{found[1]} …", bare)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, blanks made single."""
    return " ".join(filter(None, map(_folded, text.split())))


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    """Return a word in lower case without accents; texts are made of few different ones."""
    return unaccented(word).lower()


@lru_cache(maxsize=200_000)
def clean_name(text: str) -> str:
    """Return a name without what stands in brackets, "Hộ:" before it and dashes: ``- Ngân (cháu)`` -> ``Ngân``."""
    words = text.split(" ")
    if all(map(str.isalpha, words)):  # nothing but words with one blank between them
        return " ".join(words[1:]) if _addressed(words) else text
    bare = _KIN_BEHIND.sub("", _BRACKETS.sub(" ", text)) if len(text) <= _LONGEST else text
    bare = re.sub(r"^\s*(?:[-–+*•]+\s*|hộ\s*:|chủ hộ\s*:)", "", bare.strip(), flags=re.IGNORECASE)
    bare = re.sub(r"\s+", " ", bare).strip(" ,;-.")
    words = _TITLE_JOINED.sub(r"\1 ", bare, count=1).split()
    return " ".join(words[1:]) if _addressed(words) else bare


def _addressed(words: Sequence[str]) -> bool:
    """Tell whether a title or a form of address stands before a full name; ``Ông`` is a family name, too."""
    if len(words) < 3 or (first := _lower(words[0])) in _TITLES:
        return len(words) >= 3
    family = fold(first) == "ong" and fold(words[1]) in _FREQUENT
    return len(words) >= 4 and (family or first in _ONLY_ADDRESS)


#: A letter i at the end of a syllable that is as often written y: ``Lý`` and ``Lí``, ``Quý`` and ``Quí``, not ``Thúy``.
_ENDS_IN_Y: Final = regex(r"(?<=[bcdghklmnprstvx])y\b|(?<=\bqu)y\b")


@lru_cache(maxsize=100_000)
def name_letters(word: str) -> str:
    """Return a word of a name for comparison: no accents, small letters, i where y may stand for it."""
    return _ENDS_IN_Y.sub("i", fold(word))


@lru_cache(maxsize=200_000)
def name_key(text: str) -> str:
    """Return a name for comparison: no accents, no brackets, small letters, initials apart (``N.T.Hoa``)."""
    folded = name_letters(clean_name(text))
    if folded.isascii() and folded.replace(" ", "").isalnum():
        return folded
    apart = re.sub(r"(?<=[a-z])\.(?=[a-z])", ". ", re.sub(r"[^a-z0-9. ]", " ", folded))
    return " ".join(apart.split())


def written(text: str) -> str:
    """Return a name with its accents, however these are typed: old and new tone marks, NFC and NFD, capitals."""
    return " ".join("".join(_marks(word)) for word in clean_name(text).split())


@lru_cache(maxsize=100_000)
def _lower(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower().strip(".")


@lru_cache(maxsize=200_000)
def _bare(text: str) -> tuple[str, ...]:
    key = name_key(text)
    words = TRADE.sub("", key).split() or key.split()
    if not 1 < len(words) < 4:
        return tuple(words)
    written = [_lower(word) for word in clean_name(text).split()]
    if len(words) == 3 and words[0] in _PLAIN_NUMBERS and words[-1] in ("van", "thi"):
        return tuple(words)  # given name first, as other systems write it: "Sau Truong Van" is no Truong Van called Sáu
    accented = any(not word.isascii() for word in written)
    while 1 < len(words) < 4 and len(written) >= len(words):
        if (written[0] not in _ADDRESS) if accented else (words[0] not in _PLAIN_ADDRESS):
            break
        words, written = words[1:], written[1:]
    return tuple(words)


def bare_words(text: str) -> list[str]:
    """Return the words of a name without forms of address and trades; at least one word is left."""
    return list(_bare(text))


def may_address(word: str) -> bool:
    """Tell whether a word before a name may be a form of address, which is no part of the name."""
    return _lower(word) in _ADDRESS or fold(word) in _PLAIN_ADDRESS


def given_name(text: str) -> str:
    """Return the last word of a name, the one by which a person is called; empty without any."""
    words = bare_words(text)
    return words[-1] if words else ""


def is_full(text: str) -> bool:
    """Tell whether a name has a family name and a given name, as far as its words show."""
    words = bare_words(text)
    return len(words) >= 2 and len(name_key(text).split()) == len(words) and is_name(text)


@lru_cache(maxsize=200_000)
def is_name(text: str) -> bool:
    """Tell whether somebody is named at all: not by ``không rõ tên``, ``unknown male``, ``?``."""
    return any(map(str.isalpha, text)) and NO_NAME.fullmatch(fold(text)) is None


def accents(text: str) -> tuple[str, ...]:
    """Return the accents of each word of a name, empty where it has none."""
    return tuple(_marks(word)[1] for word in clean_name(text).split())


@lru_cache(maxsize=200_000)
def given_accents(text: str) -> str:
    """Return the accents of the given name, also of one behind initials or before a trade: ``N.T.Hảo tài xế``."""
    given = given_name(text)
    words = (word for word in reversed(clean_name(text).split()) if name_letters(word).endswith(given))
    return next((_marks(word)[1] for word in words), "")


def nicknames(text: str) -> tuple[str, ...]:
    """Return what stands in brackets after a name, for comparison: ``Trần Văn Bảy (Bảy Kiệu)`` -> ("bay kieu",)."""
    return tuple(fold(a or b) for a, b in _BRACKETS.findall(text) if 1 <= len((a or b).split()) <= 3)


@lru_cache(maxsize=200_000)
def _marks(word: str) -> tuple[str, str]:
    """Return the letters and the accents of a word: Hoà and Hòa have the same, Hùng and Hưng have not."""
    apart = unicodedata.normalize("NFD", re.sub("[đðɖ]", "d\u0335", word.lower()))
    letters = "".join(c for c in apart if not unicodedata.combining(c))
    return letters, "".join(sorted(c for c in apart if unicodedata.combining(c)))


def same_name(one: str, other: str) -> bool:
    """Tell whether two full names are the same: accents count where both names carry some."""
    if one == other:
        return True
    if name_key(one) != name_key(other):
        return False
    a, b = accents(one), accents(other)
    return len(a) != len(b) or not (any(a) and any(b)) or a == b


def fits_name(one: str, other: str) -> bool:
    """Tell whether one name can be a short form of the other: ``Lệ`` or ``Bùi T. Lệ`` of ``Bùi Thị Lệ``."""
    if name_key(one) == name_key(other):
        return same_name(one, other)
    if not fits_words(bare_words(one), bare_words(other)):
        return False
    marked = any(accents(one)) and any(accents(other))
    return not marked or given_accents(one) == given_accents(other)  # "Lê Hòa" is not short for "Lê Thị Hoa"


def fits_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell the same of the words of two names that are not the same (:func:`bare_words`)."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not short:
        return False
    if len(short) == len(long):
        return short[-1] == long[-1] and all(_initial(x, y) for x, y in zip(short, long, strict=True))
    if len(short) == 2 and len(long) > 2 and short[0] == long[0]:
        return short[-1] == long[-1]
    return long[-len(short) :] == short


def _initial(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return short == long or (len(short) <= 2 and long.startswith(short) and ("." in one or "." in other))


@lru_cache(maxsize=200_000)
def phone_numbers(text: str) -> tuple[str, ...]:
    """Return the telephone numbers in a text, each as 0 and nine digits, or ten of a fixed line; O before them is 0.

    Mobile numbers of eleven digits are those that they became in 2018.
    """
    if _TEN_DIGITS.fullmatch(text):
        return (text,) if text[1] in "235789" else ()
    bare = text.strip().strip("'")
    if _ABROAD.match(bare):
        return ()
    bare = _ZERO_INSIDE.sub("", bare)
    bare = re.sub(r"(?i)o", "0", bare) if _WITH_O.fullmatch(bare) else bare
    bare = _NEXT_NUMBER.sub(" | ", bare)
    bare = re.sub(
        r"(?<=\d)[ \t\u00a0./()]+(?=\d)|(?<=\d)-(?=\d{3}(?:\D|$))", "", re.sub(r"\s+-\s+|[;,\n]", " | ", bare)
    )
    bare = _OLD_PHONE.sub(lambda old: f"0{_SINCE_2018[old[1]]}{old[2]}", bare)
    return tuple(re.sub(r"^(?:\+?84|0084|0)?(2\d{9}|\d{9})$", r"0\1", found) for found in _PHONE.findall(bare))


@lru_cache(maxsize=200_000)
def called_numbers(text: str) -> tuple[str, ...]:
    """Return the telephone numbers in a text, each once; a number from elsewhere as it is, without blanks and dots."""
    if _TEN_DIGITS.fullmatch(text):
        return (text,)
    found = phone_numbers(text) or tuple(re.sub(r"[\s.\-()/']", "", part) for part in text.split(";"))
    return tuple(one for one in dict.fromkeys(found) if re.fullmatch(r"\+?\d{3,15}", one))


def join_numbers(texts: Sequence[str]) -> str:
    """Return the telephone numbers of several texts, "; " between them, each once: the same in any order of texts."""
    told = {number for text in texts for number in text.split("; ")}
    return min((text for text in texts if set(text.split("; ")) == told), default="; ".join(sorted(told)))


def case_key(code: str) -> str | None:
    """Return what spellings of a case code have in common: ``BN22348`` and ``bn 22.348``; None of what is no code."""
    bare = re.sub(r"[\s.,\-_/:#]+", "", code).upper()
    found = re.fullmatch(r"([A-Z]{1,6})0*(\d+)", bare)
    return None if found is None else found[1] + found[2]


def place_key(name: str) -> str:
    """Return what spellings of one place have in common: ``QC Gió Lộng`` and ``quán cà phê gió lộng``."""
    words = re.sub(r"[^\w\s]", " ", fold(name)).split()
    whole = " ".join(_PLACE_KINDS.get(word, word) for word in words)
    bare = _EATING.sub("", whole)
    return whole if bare == whole else f"quan {bare}"


def other_accents(one: str, other: str) -> bool:
    """Tell whether the names of two places that are alike without accents both have some, and others."""
    a, b = ({_marks(word) for word in re.findall(r"\w+", text)} for text in (one, other))
    x, y = ({letters: marks for letters, marks in words if marks} for words in (a, b))
    return any(x[word] != y[word] for word in x.keys() & y.keys())
