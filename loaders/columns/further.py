"""Several of one thing in a row, each with columns of its own: a second case that somebody met, a second test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from loaders.columns.looks import Look
from loaders.files.grid import Sheet
from loaders.files.headings import Reading
from tracing.patterns import regex
from tracing.spelling import fold

CONTACT: Final = ("index", "first_contact", "last_contact", "contact_date", "hours", "contact_place", "kind", "minutes")
"""Fields of a contact that a row may tell several times."""
TEST: Final = ("test_result", "sample", "sample_hour", "resulted", "method", "ct", "pool", "test_code")
"""Fields of a test that a row may tell several times."""
MOST: Final = 6
"""So many of one thing a row tells at most."""
_TIMES: Final = frozenset({"first_contact", "last_contact", "contact_date", "sample", "sample_hour", "hours"})
_HEADS: Final = {"index": CONTACT, "test_result": TEST}
_WORDS: Final = {"nhat": "1", "mot": "1", "hai": "2", "ba": "3", "tu": "4", "first": "1", "second": "2", "third": "3"}
#: The number of a column among its like: ``F0 thứ 2``, ``KQ lần 2``, ``XN L2 › Ngày``, ``Index case (2)``.
_NUMBER: Final = regex(
    rf"\s*[(#_.]?\s*\b(?:(?:lan|thu|so|dot|no|mau|l)\.?\s*)?(?P<number>[1-9]|(?<=lan )(?:{'|'.join(_WORDS)})"
    rf"|(?<=thu )(?:{'|'.join(_WORDS)})|first|second|third)\)?(?=\s*(?:›|[(]|$)|\s+[a-z])"
)
#: A second heading that is the first again gets the letters of its column: ``KQ (H)``.
_LETTERED: Final = regex(r" \(([A-Z]{1,3})\)$")
_WHOM: Final = regex(r"\b(?:f ?0|bn|ca|tiep xuc|tx|nguon|lien quan|case|index|source)\b")
_RAPID: Final = regex(r"\b(?:test nhanh|nhanh|khang nguyen|antigen|rapid|rat)\b")
#: The result of a pool, and that of one of its members alone.
_POOLED: Final = regex(r"\b(?:gop|pool(?:ed)?)\b")
_SINGLE: Final = regex(r"\b(?:don|rieng|le|ca the|tung nguoi|single|individual)\b")
_PCR: Final = regex(r"\bpcr\b")


def further_fields(group: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of the second, third … of a group, as ``index_2``."""
    return tuple(f"{name}_{number}" for number in range(2, MOST + 1) for name in group)


def with_further(reading: Reading, sheet: Sheet, look: Callable[[int], Look]) -> Reading:
    """Return the reading with the columns of a second, third … contact or test as that."""
    reading = _numbered(reading, sheet)
    for name in ("index", "test_result"):
        for at in sorted((*reading.double, *reading.unused)):
            if _is_another(reading, sheet, name, at, look):
                number = next((n for n in range(2, MOST + 1) if f"{name}_{n}" not in reading.columns), None)
                reading = reading if number is None else reading.another(at, f"{name}_{number}")
    return reading


def _numbered(reading: Reading, sheet: Sheet) -> Reading:
    """Read columns whose headings are those of others but for their number as the same of a further contact or test."""
    fields = {at: name for name, at in reading.columns.items()}
    forms = {at: _form(sheet, at) for at in range(len(sheet.headings))}
    again: dict[int, int] = {}
    for at in sorted((*reading.double, *reading.unused)):
        base, number = forms[at]
        first = next((i for i, (form, n) in forms.items() if i < at and form == base and n <= 1 and i in fields), None)
        if first is None or not base:
            continue
        name = fields[first]
        if not any(name in group and head in reading.columns for head, group in _HEADS.items()):
            continue
        if number <= 1:
            again[first] = number = again.get(first, 1) + 1
        if f"{name}_{number}" not in reading.columns and number <= MOST:
            reading = reading.another(at, f"{name}_{number}")
    return _with_heads(reading)


def _with_heads(reading: Reading) -> Reading:
    """Take back days of a further contact or test of which nothing else is told: they are asked about."""
    for head, group in _HEADS.items():
        for number in range(2, MOST + 1):
            own = [f"{name}_{number}" for name in group if f"{name}_{number}" in reading.columns]
            if own and f"{head}_{number}" not in own:
                reading = reading.without(*own)
    return reading


def _form(sheet: Sheet, at: int) -> tuple[str, int]:
    """Return a heading without its number among its like, and that number (0: it has none)."""
    text = sheet.headings[at]
    lettered = _LETTERED.search(text)
    if lettered is not None and lettered[1] == sheet.letters[at]:
        text = text[: lettered.start()]
    said = fold(text)
    match = _NUMBER.search(said)
    if match is None:
        return said, 0
    number = match["number"]
    return f"{said[: match.start()]}{said[match.end() :]}".strip(), int(_WORDS.get(number, number))


def _is_another(reading: Reading, sheet: Sheet, name: str, at: int, look: Callable[[int], Look]) -> bool:
    """Tell whether a column surely names another case that was met, or the result of another test."""
    first = reading.columns.get(name)
    if first is None or first == at or reading.double.get(at, name) != name:
        return False
    if name == "index":
        coded = all(look(i).kind in ("case", "code") and look(i).share >= 0.6 for i in (first, at))
        told = at in reading.double or (look(at).kind == "case" and look(at).share >= 0.8 and _names_whom(sheet, at))
        return coded and told and not _says_same(sheet, first, at)
    if at not in reading.double:
        return False
    if _POOLED.search(fold(sheet.headings[first])) and _SINGLE.search(fold(sheet.headings[at])):
        return True
    if look(at).kind != "result":
        return False
    one, other = (method_of(sheet.headings[i]) for i in (first, at))
    return one is not None and other is not None and one != other


def _names_whom(sheet: Sheet, at: int) -> bool:
    return _WHOM.search(fold(sheet.headings[at])) is not None


def _says_same(sheet: Sheet, first: int, at: int) -> bool:
    """Tell whether a column only says again what the first one says."""
    both = sheet.cells[[first, at]].dropna()
    return bool(len(both)) and bool((both[first] == both[at]).all())


def method_of(heading: str) -> str | None:
    """Return the method of a test that a heading names: "antigen" or "pcr"; None of none or both."""
    said = fold(heading)
    rapid, pcr = _RAPID.search(said) is not None, _PCR.search(said) is not None
    return None if rapid == pcr else "antigen" if rapid else "pcr"


def parts_of(reading: Reading, sheet: Sheet, group: tuple[str, ...]) -> list[Reading]:
    """Return the reading once per contact or test that a row tells, each with its own columns under the plain names.

    A further one without a day of its own has that of the first. What only a laboratory gives (the Ct value, the code
    of the sample) is that of the PCR where a rapid test stands beside it.
    """
    numbers = [n for n in range(2, MOST + 1) if f"{group[0]}_{n}" in reading.columns]
    if not numbers:
        return [reading]
    plain = {name: at for name, at in reading.columns.items() if name not in further_fields(group)}
    out = [replace(reading, columns=plain)]
    for number in numbers:
        own = {name: reading.columns[f"{name}_{number}"] for name in group if f"{name}_{number}" in reading.columns}
        shared = {name: at for name, at in plain.items() if name not in group}
        if not _TIMES & set(own):
            shared |= {name: at for name, at in plain.items() if name in _TIMES}
        if group == CONTACT:
            shared |= {name: at for name, at in plain.items() if name in ("kind", "contact_place", "minutes")}
        elif _lab_is_second(sheet, plain["test_result"], own["test_result"]):
            lab = {name: at for name, at in plain.items() if name in ("resulted", "ct", "pool", "test_code")}
            shared |= lab
            out[0] = replace(reading, columns={n: at for n, at in out[0].columns.items() if n not in lab})
        out.append(replace(reading, columns=shared | own))
    return out


def _lab_is_second(sheet: Sheet, first: int, second: int) -> bool:
    return method_of(sheet.headings[first]) == "antigen" and method_of(sheet.headings[second]) == "pcr"
