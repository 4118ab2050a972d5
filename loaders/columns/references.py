"""References to people as people write them: ``BN 34 (mẹ)``, ``BN34/BN35``, ``F0 Hòa``, ``Út Lượm; Ba Cẩm``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from loaders.columns.dates import UNKNOWN
from tracing.patterns import regex
from tracing.spelling import clean_name, fold, plain_letters

Joined = Literal["one", "and", "or", "range"]
#: Words that answer "whom did they meet?" without naming anybody, without accents.
ANSWERS: Final = frozenset(
    (
        "unknown",
        "imported",
        "import",
        "khong ro",
        "chua ro",
        "khong biet",
        "nhap canh",
        "cong dong",
        "khong co",
        "khong",
        "chua xac dinh",
        "khong xac dinh",
        "chua biet",
        "dang dieu tra",
        "dang xac minh",
        "khong nho",
        "none",
        "no",
        *("?", "-", "x", "0"),
        "community",
        "not known",
        "under investigation",
        "tu vung dich",
        "vung dich",
        "khong xuong xe",
        "khong roi xe",
        "khong ra khoi xe",
        "tren xe",
        "o tren xe",
        "khong tiep xuc",
        "khong gap ai",
        "khong tiep xuc ai",
        "khong ai",
        "nobody",
    )
)
#: Letters of a text that is read as a reference; a longer one is asked about as it is.
_LONGEST: Final = 2_000
_OR: Final = regex(r"\s+(?:hoặc|hoac|hay|or)\s+|\s*\?\s*/\s*", re.IGNORECASE)
_AND: Final = regex(r"\s*[;,+&\n]\s*|\s+(?:và|va|and|with|với)\s+|\s*/\s*", re.IGNORECASE)
#: A code that somebody does not have yet: ``chưa cấp``, ``đang chờ cấp mã``, ``chưa có mã BN``.
_TO_COME: Final = regex(
    r"(?:(?:chua|dang|cho|doi|se)(?: duoc)? )+(?:cap|co|ra|bo sung|cap nhat)"
    r"(?: (?:ma|so|ma so|bn|f0|byt|bo y te|benh nhan)){0,3}"
    r"|to be assigned|not assigned|pending|tba|tbd"
)
#: That somebody met no case at all, without accents: ``không phải F1``, ``chưa TX ai``, ``not a contact``.
_MET_NOBODY: Final = regex(
    r"(?:khong|chua|ko|k) (?:(?:phai|co|con|he|tung|la) ){0,3}(?:f ?1|tx|tiep xuc|gap)"
    r"(?: (?:truc tiep|gan|voi|ai|ca|ca benh|ca nao|nao|f ?0|het)){0,4}"
    r"|(?:not an?|no) (?:close )?contact|not (?:a )?f ?1"
)
#: What somebody answers before they name a case, without accents: ``Có``, ``em không nhớ mã``.
_ONLY_ANSWERED: Final = regex(
    r"(?:da |vang,? )?(?:co|yes|roi|da tung)(?: (?:a|tiep xuc|gap|tx))?"
    r"|(?:em |toi |minh |tui |con )?(?:khong|chua|ko|k) (?:nho|biet|ro)(?: (?:ma|so|ro|ma so|ten|ma bn|ma benh nhan))?"
)
#: That somebody did not meet the case that is named, without accents: such words are asked about whole.
_DENIED: Final = regex(
    r"(?:(?:khong|chua|ko|k)(?: co| con| he| tung)?|(?:did|has) not|never) (?:tx|tiep xuc|gap|met|meet|contact)\b.*\d"
)
_NOTE: Final = regex(r"\(([^)]{0,300})\)|\[([^\]]{0,300})\]")
#: The number of a case with a blank between its thousands: ``BN 651 203``.
_PARTED: Final = regex(r"(?i)\b(BN) ?(\d{1,3}) (\d{3})(?![\d/.,-]*\d)(?! \d)(?!\w)")
_CODE: Final = regex(r"^[A-Za-z]{0,6}[\s.\-_]*\d[\w.\-]*$")
#: What says how somebody belongs to the case that is named next: ``Là F1 của BN34``, ``Tiếp xúc với ca 34``.
_OF: Final = regex(
    r"(?i)^(?:là\s+|la\s+)?(?:f\s?[1-5]\s+(?:của|cua|of)|f\s?[1-5](?=\s+(?:bn[\s.\-]?\d|f\s?0\b|ca\s\d))"
    r"|f\s?[1-5](?=\s*:?\s+(?:(?:anh|chị|ông|bà|em|cô|chú)\s+)?(?-i:[A-ZÀ-ỸĐ][a-zà-ỹA-ZÀ-ỸĐ]{1,}\s))"
    r"|(?:tiếp xúc|tiep xuc|tx)(?:\s+(?:gần|gan))?(?:\s+(?:với|voi))?"
    r"|(?:có\s+|co\s+)?(?:liên quan|lien quan)(?:\s+(?:đến|den|tới|toi))?|(?:lây|lay)\s+(?:từ|tu)|contact of)\s*:?\s+"
    r"(?=\S)"
)
_LEAD: Final = regex(
    r"^(?:(?:ca\s*bệnh|ca\s*benh|ca|cases?|bệnh\s*nhân|benh\s*nhan|bn|f\s*[0o])\s*(?:số|so|no\.?|#|:)?)\s+(?=\S)",
    re.IGNORECASE,
)
_CODE_OF_CASE: Final = r"(?P<code>(?:(?i:bn|ca|f0)[ .\-]?\d{1,7}|[A-ZĐ]{2,5}-?\d{3,7}))"
_FULL_NAME: Final = r"(?P<name>[A-ZÀ-ỸĐ][^\W\d_]*(?: [A-ZÀ-ỸĐ][^\W\d_]*){1,5})"
#: A case told twice, by code and by full name: ``BN1501 - Ngô Văn Tài``, ``Ngô Văn Tài - BN1501, sn 1978``.
_WITH_NAME: Final = regex(rf"{_CODE_OF_CASE} ?[-–:]? ?{_FULL_NAME}(?:,? (?i:sn|sinh năm|ns)?[ :.]*(?:19|20)\d\d)?")
_BEHIND_NAME: Final = regex(rf"{_FULL_NAME} ?[-–:] ?{_CODE_OF_CASE}")
_RANGE: Final = regex(r"^([A-Za-z]{1,6}[\s.]*\d+)\s*(?:-|–|->|đến|den|to)\s*([A-Za-z]{1,6}[\s.]*\d+)$", re.IGNORECASE)


_WORDS: Final = r"[^\W\d_]+(?:(?:\.[ ]?|[ ])[^\W\d_]+){0,5}\.?"
#: Words for somebody else than the case whose code stands beside them: ``mẹ BN34``, ``con của BN34``.
_RELATIONS: Final = frozenset(
    ("me", "cha", "bo", "ma", "tia", "con", "vo", "chong", "cua", "em", "chau", "ruot", "ban", "nha", "f1", "f2")
)
_ONLY_CODE: Final = regex(r"(?i)BN[ .\-]?\d{2,9}")
_ADDRESSED: Final = regex(r"^(?:anh|chị|ông|bà|em|cô|chú|bác|chi|ong|ba|co|chu|bac)\s+")
#: The code of a case with the words for somebody before or behind it.
_INSIDE: Final = regex(
    rf"(?i)(?P<before>{_WORDS}[ \-–:,])?(?P<code>bn[ .\-]?\d{{1,9}})(?P<behind>[ \-–:,]{{1,3}}{_WORDS})?"
)


#: What parts a telephone number from the name before it.
_PHONE_NEXT: Final = regex(r"(?i)(?<=[^\W\d_])\s*[,;]\s*(?=(?:(?:sđt|đt|sdt|dt|tel|phone)[.: ]{0,3})?(?:\+?84|0)\d)")
_YEAR: Final = r"(?:(?:sn|ns|sinh năm|sinh nam|sinh|năm sinh|năm|born)[.: ]{0,3})?(?:19|20)\d\d(?!\d)"
_ONLY_YEAR: Final = regex(rf"(?i){_YEAR}")
#: What parts the year of birth from the name before it.
_YEAR_NEXT: Final = regex(rf"(?i)(?<=[^\W\d_])\s*[,;]\s*(?={_YEAR}\s*(?:[,;/+&\n]|$))")
#: A name with the year of birth or the age behind it: ``Trần Thị Lài SN 1982``, ``Trần Thị Lài - 39 tuổi``.
_OF_YEAR: Final = regex(
    rf"(?P<name>[^\W\d_][^\d]*?)[\s,;:–-]{{1,4}}(?P<told>(?i:{_YEAR}|\d{{1,3}} ?(?:tuổi|tuoi|years old)))"
)
#: A telephone number that stands alone for its owner.
_ONLY_PHONE: Final = regex(r"(?i)(?:(?:sđt|đt|sdt|dt|tel|phone)[.: ]{0,3})?(?P<number>(?:\+?84|0)(?:[ .]?\d){9})")
#: What stands behind a name without brackets: a telephone number, a class, a company: ``chị Thắm 0919…``.
_BEHIND: Final = regex(
    r"(?<=\w)[\s,;:–-]{1,4}(?:(?i:(?:sđt|đt|sdt|dt|tel|phone)[.: ]{0,3})?(?:\+?84|0)(?:[ .]?\d){9}(?!\d)"
    r"|(?i:(?:học )?lớp|trường|công ty|cty|xưởng|tổ|đội|phòng)\s+\S[^()]{0,60}).*$"
)


@dataclass(frozen=True)
class Named:
    """Somebody named in a reference: the words that name them, and what the brackets say.

    ``code`` tells whether the words look like an id; ``case`` whether they say that it is a case ("F0 Hòa").
    """

    words: str
    note: str = ""
    code: bool = False
    case: bool = False


@dataclass(frozen=True)
class Reference:
    """A reference read: whom it names, how these are joined, or (``answer``) a word that names nobody.

    ``said`` are the words among several that name nobody: ``nhập cảnh``.
    """

    named: tuple[Named, ...]
    joined: Joined = "one"
    answer: bool = False
    said: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def read_reference(text: str) -> Reference:
    """Read one cell. Nothing is looked up here: what the words mean is for :mod:`loaders.people.directory`."""
    if len(text) > _LONGEST:
        return Reference((Named(text),))
    whole = re.sub(r"[ \t\u00a0]+", " ", text).strip()
    whole = re.sub(r"\b([A-Za-z]{1,6})\s*\n\s*(?=\d)", r"\1", whole)
    whole = _PARTED.sub(r"\1\2\3", whole)
    if is_answer(whole):
        return Reference((), answer=True)
    if _DENIED.match(fold(whole)):
        return Reference((Named(whole),))
    whole = _YEAR_NEXT.sub(" ", _PHONE_NEXT.sub(" ", _OF.sub("", whole)))
    between = _RANGE.match(_NOTE.sub("", whole).strip())
    if between is not None:
        return Reference((_named(between[1]), _named(between[2])), "range")
    joined: Joined = "or" if _OR.search(whole) else "and"
    parts = [part.strip() for part in _split(whole, _OR if joined == "or" else _AND)]
    told = [part for part in parts if part and not is_answer(part)]
    told = [part for part in told if not _ONLY_ANSWERED.fullmatch(fold(part))] or told  # "Có, BN34"
    named = tuple(map(_named, told))
    if not named:
        return Reference((), answer=True)
    said = tuple(part for part in parts if part and is_answer(part))
    return Reference(named, joined if len(named) > 1 else "one", said=said)


def year_of(named: Named) -> int | None:
    """Return the year of birth that stands beside somebody's name: ``(1986)``, ``SN 1986``."""
    years = (_ONLY_YEAR.fullmatch(part.strip()) for part in named.note.split(";"))
    return next((int(year[0][-4:]) for year in years if year is not None), None)


def is_answer(text: str) -> bool:
    """Tell whether a text says that nobody is known: ``không rõ``, ``nhập cảnh``, ``Chưa rõ (về từ Bình Dương)``."""
    if len(text) > _LONGEST:
        return False
    bare = fold(_NOTE.sub("", text)).strip(" .,;:")
    told = (_TO_COME.fullmatch(bare) or _MET_NOBODY.fullmatch(bare)) is not None
    return bare in ANSWERS or bare in UNKNOWN or told or (not bare and bool(text))


@lru_cache(maxsize=200_000)
def loose(ident: str) -> str:
    """Return an id without what people leave out or add: blanks, dashes, points, padding, capitals, ``ca``, ``F0``.

    Letters of other scripts that look like Latin ones are these, and invisible signs are none.
    """
    ident = plain_letters(ident)
    bare = _LEAD.sub("", ident.strip()) if not re.fullmatch(r"(?i)bn[\s.\-]*\d.*", ident.strip()) else ident
    bare = re.sub(r"[\s.\-_#:/]+", "", bare).upper()
    return re.sub(r"(?<![0-9])0+(?=\d)", "", bare)


def number_of(ident: str) -> str | None:
    """Return the number in an id that is letters and one number: ``BN034`` -> ``34``."""
    match = re.fullmatch(r"[A-Za-zÀ-ỹ]*?(\d+)", re.sub(r"[\s.\-_#:/]+", "", ident))
    return (match[1].lstrip("0") or "0") if match else None


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split outside brackets."""
    notes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        notes.append(match[0])
        return f"\x00{len(notes) - 1}\x00"

    hidden = _NOTE.sub(hide, text)
    return [re.sub(r"\x00(\d+)\x00", lambda m: notes[int(m[1])], part) for part in separator.split(hidden)]


def _calls(words: str) -> bool:
    """Tell whether the words beside a code are the name of its bearer, and not of whom they are a relation."""
    said = words.split()
    return bool(said) and said[-1][0].isupper() and not any(fold(word) in _RELATIONS for word in said)


def _is_called(words: str) -> bool:
    """Tell whether words are what somebody is called, ``Hương karaoke``, and not what they are to another."""
    said = _ADDRESSED.sub("", words)
    return said[:1].isupper() and not any(fold(word) in _RELATIONS for word in said.split())


def _named(text: str) -> Named:
    note = "; ".join(a or b for a, b in _NOTE.findall(text))
    bare = _OF.sub("", re.sub(r"\s+", " ", _NOTE.sub(" ", text)).strip(" .,;:"))
    if _ONLY_CODE.fullmatch(note.strip()) and _is_called(bare):
        return Named(note.strip(), bare, code=True, case=True)  # "Hương karaoke (BN35)"
    if (phone := _ONLY_PHONE.fullmatch(bare)) is not None:
        return Named(phone["number"], note, code=True)
    both = _WITH_NAME.fullmatch(bare) or _BEHIND_NAME.fullmatch(bare)
    if both is not None:
        bare, note = both["code"], both["name"]
    case = bool(re.match(r"(?i)(?:f\s*[0o]|ca|case|bn|bệnh nhân)\b", bare))
    inside = _INSIDE.fullmatch(bare)
    beside = "" if inside is None else (inside["before"] or inside["behind"] or "").strip(" -–:,")
    if inside is not None and _calls(beside):  # "anh Lộc BN34": the code says who it is, the name is a note
        return Named(inside["code"], "; ".join(part for part in (beside, note) if part), code=True, case=True)
    after = bare if re.fullmatch(r"(?i)bn[\s.\-]*\d.*", bare) else _LEAD.sub("", bare)
    if (born := _OF_YEAR.fullmatch(after)) is not None and not _CODE.match(after):
        after, note = born["name"].rstrip(" ,;:-–"), "; ".join(part for part in (note, born["told"]) if part)
    if (beside := _BEHIND.search(after)) is not None:
        told = beside[0].strip(" ,;:-–")
        after, note = after[: beside.start()].rstrip(" ,;:-–"), "; ".join(part for part in (note, told) if part)
    seen = plain_letters(after)
    code = bool(_CODE.match(seen)) or (any(c.isdigit() for c in after) and " " not in after)
    return Named(after if code else clean_name(after) or after, note, code, case or bool(re.match(r"(?i)bn", seen)))
