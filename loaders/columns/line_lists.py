"""Columns of line lists as they are published: what a heading alone would misread, and what company makes plain."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.columns.about_cases import CODED
from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.dates import UNKNOWN
from loaders.columns.looks import is_day, yes_or_no
from loaders.columns.references import loose, read_reference
from loaders.columns.values import words
from loaders.columns.who_is_a_case import of_cases_alone
from loaders.files.grid import Sheet, distinct_texts, share_of
from loaders.files.headings import Reading, spaced
from tracing.patterns import regex
from tracing.spelling import fold

#: So many rows tell what a column is.
_LOOKED_AT: Final = 400
_PAGE: Final = regex(r"(?i)\s*(?:https?://|www\.)")
#: The two ends of when somebody may have been infected, as headings.
_FROM: Final = regex(
    r"(?:exposure|exposed|infection|source|exp) (?:lower|from|start|min|first|earliest|left)"
    r"|(?:lower|start|min|first|earliest|left) (?:exposure|exposed|infection|source|exp)"
)
_TO: Final = regex(
    r"(?:exposure|exposed|infection|source|exp) (?:upper|to|end|max|last|latest|right)"
    r"|(?:upper|end|max|last|latest|right) (?:exposure|exposed|infection|source|exp)"
)
#: A heading that says from where somebody has something, and not that it is the illness.
_ONLY_SOURCE: Final = regex(r"nguon|sources?")
#: What else tells that the people of a list are cases, or leaves no doubt who they are.
_ILL: Final = (CASE_FIELDS - {"sources"}) | {"person", "sample", "test_result", "level", "symptoms"}
_DIED: Final = regex(r"(?:death|died|deceased|dead)(?: on)?")
#: What is said of who is a case still, beside the outcomes of others.
_STILL_ILL: Final = frozenset(
    {"hospitalised", "hospitalized", "isolated", "admitted", "active", "stable", "in hospital", "under treatment"}
)
_REPORTED: Final = regex(r"(?:report(?:ed|ing)? date|date (?:of )?report(?:ed|ing)?|date announced|announced)")
_RELATED: Final = regex(r"\b(?:related|clusters?)\b")
_LINKED: Final = regex(r"\b(?:linked|links?)\b")
_CASE: Final = frozenset({"onset", "confirmed"})
_MET: Final = frozenset({"index", "first_contact", "last_contact", "contact_date"})


def only_related(reading: Reading, sheet: Sheet, at: int) -> bool:
    """Tell whether a column of a list of cases only says which of them belong together: each names the other."""
    heading = spaced(sheet.headings[at])
    if not CASE_FIELDS & set(reading.columns):
        return False
    return _RELATED.search(heading) is not None or (_LINKED.search(heading) is not None and _mutual(reading, sheet, at))


def _mutual(reading: Reading, sheet: Sheet, at: int) -> bool:
    """Tell whether two rows name each other."""
    person = reading.columns.get("person")
    both = sheet.cells[[person, at]].dropna() if person is not None else sheet.cells.iloc[:0, :2]
    both = both.iloc[: 10 * _LOOKED_AT]
    named = {
        (loose(str(ident)), loose(one.words))
        for ident, text in both.itertuples(index=False, name=None)
        for one in read_reference(str(text)).named
    }
    return any((other, own) in named for own, other in named if own != other)


def said_to_have_met(reading: Reading, sheet: Sheet) -> bool:
    """Tell whether nearly everybody has a day of confirmation, and an answer says whom these cases met."""
    if not {"index", "confirmed"} <= set(reading.columns) or reading.by.get(reading.columns["index"]) != "said":
        return False
    confirmed = sheet.cells[reading.columns["confirmed"]].notna()
    return len(confirmed) > 1 and float(confirmed.mean()) >= 0.9


def of_line_lists(reading: Reading, sheet: Sheet) -> Reading:
    """Read what only the values or the company of a column of a published line list tell."""
    for name, is_other in (("sources", _of_pages), ("index", _of_pages), ("disease", _of_no_disease)):
        at = reading.columns.get(name)
        if at is not None and reading.by.get(at) != "said" and is_other(sheet, at):
            reading = _kept(reading, name, at)
    source = reading.columns.get("sources")
    if source is not None and reading.by.get(source) != "said" and _tells_no_cases(reading, sheet, source):
        reading = reading.without("sources")
    kind = reading.columns.get("kind")
    if kind is not None and reading.by.get(kind) != "said" and _of_days(sheet, kind):
        reading = reading.without("kind")
    reading = _announced(_ended(of_cases_alone(reading, sheet), sheet), sheet)
    reading = _died(_exposed(_last_exposed(_own_case(reading, sheet), sheet), sheet), sheet)
    return _whereabouts(reading, sheet)


def _kept(reading: Reading, name: str, at: int) -> Reading:
    """Return the reading with the column of a field kept with the person."""
    reading = reading.without(name)
    return replace(reading, unused=tuple(i for i in reading.unused if i != at), kept=(*reading.kept, at))


def _tells_no_cases(reading: Reading, sheet: Sheet, at: int) -> bool:
    """Tell whether a column ``Nguồn`` is all that could say that these people are cases: its values say what it is."""
    listed = {fact.value for fact in sheet.facts if fact.name == "list_of"}
    return bool(_ONLY_SOURCE.fullmatch(spaced(sheet.headings[at]))) and not (
        _ILL & set(reading.columns) or "cases" in listed or CODED in {fact.name for fact in sheet.facts}
    )


def _of_days(sheet: Sheet, at: int) -> bool:
    """Tell whether a column called ``exposure`` holds days, and no kinds of contact."""
    return share_of(sheet, at, lambda text: all(map(is_day, re.split(r"\s*[,;]\s*", text)))) >= 0.8


def _of_pages(sheet: Sheet, at: int) -> bool:
    """Tell whether a column called ``source`` holds where the row was told: addresses of pages."""
    return share_of(sheet, at, _PAGE.match) >= 0.5


def _of_no_disease(sheet: Sheet, at: int) -> bool:
    """Tell whether a column ``disease`` is empty, or only says whether somebody had one before: it tells no cases."""
    return yes_or_no(sheet.cells[at])


def _own_case(reading: Reading, sheet: Sheet) -> Reading:
    """Pass over a column that only tells again which case the row is: ``12 | Case 12, 37F``."""
    person = reading.columns.get("person")
    if person is None:
        return reading
    at = reading.columns.get("index")
    if at is not None and reading.by.get(at) != "said" and _says_again(sheet, person, at):
        reading = reading.without("index")
        return replace(
            reading,
            unused=tuple(i for i in reading.unused if i != at),
            double={**reading.double, at: "person"},
        )
    again = [i for i, name in reading.double.items() if name == "index" and _says_again(sheet, person, i)]
    return replace(reading, double={**reading.double, **dict.fromkeys(again, "person")})


def _says_again(sheet: Sheet, person: int, at: int) -> bool:
    """Tell whether a column names the person of its row."""
    both = sheet.cells[[person, at]].dropna().iloc[:_LOOKED_AT]
    own = [_first(text) == str(ident).strip() for ident, text in zip(both[person], both[at], strict=True)]
    return bool(own) and sum(own) >= 0.8 * len(own)


def _first(text: str) -> str | None:
    """Return by which words a text names somebody first."""
    named = read_reference(str(text)).named
    return named[0].words if named else None


def _last_exposed(reading: Reading, sheet: Sheet) -> Reading:
    """Read the last day of a possible exposure of cases as the end of when they were infected: no contact is told."""
    at = reading.columns.get("last_contact")
    if at is None or not set(reading.columns) >= _CASE or "index" in reading.columns:
        return reading
    if reading.by.get(at) == "said" or not re.search(r"\bexpos", spaced(sheet.headings[at])):
        return reading
    if any(speaks.fullmatch(spaced(heading)) for heading in sheet.headings for speaks in (_FROM, _TO)):
        return reading.without("last_contact")
    return reading.renamed("last_contact", "exposure_end")


def _exposed(reading: Reading, sheet: Sheet) -> Reading:
    """Read two columns of days, the ends of when a case may have been infected, as that."""
    if not _CASE & set(reading.columns) or {"exposure_start", "exposure_end"} & set(reading.columns):
        return reading
    found = {}
    for name, speaks in (("exposure_start", _FROM), ("exposure_end", _TO)):
        fits = [at for at in reading.unused if speaks.fullmatch(spaced(sheet.headings[at]))]
        if len(fits) == 1 and share_of(sheet, fits[0], is_day) >= 0.8:
            found[name] = fits[0]
    if len(found) == 2:
        for name, at in found.items():
            reading = reading.with_heading(at, name, 0.8)
    return reading


def _died(reading: Reading, sheet: Sheet) -> Reading:
    """Read days below ``death`` as those on which people died."""
    if "death_date" in reading.columns or not _CASE & set(reading.columns):
        return reading
    fits = [at for at in reading.unused if _DIED.fullmatch(spaced(sheet.headings[at]))]
    if len(fits) == 1 and share_of(sheet, fits[0], lambda text: is_day(text) or fold(text) in UNKNOWN) == 1:
        return reading.with_heading(fits[0], "death_date", 0.8)
    return reading


def _ended(reading: Reading, sheet: Sheet) -> Reading:
    """Read a column of a list of cases that only says what became of them, ``state``, as their outcome."""
    if "outcome" in reading.columns or not _CASE & set(reading.columns):
        return reading
    known = words("outcome")
    for at in (*reading.unused, *reading.kept):
        told = {fold(text) for text in distinct_texts(sheet.cells[at])[1]}
        if (
            told
            and told <= known.keys() | _STILL_ILL
            and any(known.get(text) in ("died", "recovered") for text in told)
        ):
            kept = tuple(i for i in reading.kept if i != at)
            return replace(reading, kept=kept).with_values(at, "outcome", 0.8)
    return reading


def _announced(reading: Reading, sheet: Sheet) -> Reading:
    """Read the day of a report as that of the confirmation, where nothing else tells when these were cases."""
    columns = set(reading.columns)
    if "onset" not in columns or columns & {"confirmed", "sample", "resulted", "index", *_MET, "isolation_start"}:
        return reading
    days = [at for at in (*reading.kept, *reading.unused) if _REPORTED.fullmatch(spaced(sheet.headings[at]))]
    if len(days) != 1 or share_of(sheet, days[0], is_day) < 0.8:
        return reading
    kept = tuple(at for at in reading.kept if at != days[0])
    return replace(reading, kept=kept).with_heading(days[0], "confirmed", 0.6)


def _whereabouts(reading: Reading, sheet: Sheet) -> Reading:
    """Read the one bare day beside coordinates, in a list that tells people several times, as the day of a visit."""
    columns = set(reading.columns)
    if not {"person", "lat", "lon"} <= columns or columns & (_CASE | _MET | {"visit_date", "visit_start", "sample"}):
        return reading
    days = [at for at in (*reading.unused, *reading.kept) if spaced(sheet.headings[at]) in ("date", "day")]
    days += [reading.columns["day"]] if "day" in columns else []
    if len(days) != 1 or share_of(sheet, days[0], is_day) < 0.8:
        return reading
    told = sheet.cells[[reading.columns[name] for name in ("person", "lat", "lon")]].dropna().drop_duplicates()
    if not told.iloc[:, 0].duplicated().any():
        return reading
    if "day" in columns:
        return reading.renamed("day", "visit_date")
    kept = tuple(at for at in reading.kept if at != days[0])
    return replace(reading, kept=kept).with_heading(days[0], "visit_date", 0.8)
