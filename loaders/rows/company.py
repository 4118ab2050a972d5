"""Cases and company that texts speak of and no column holds: asked about, text by text where they name cases."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.company import (
    counted_company,
    names_kin,
    names_several,
    stays_with_kin,
    tells_company,
    without_the_case,
)
from loaders.columns.person_line import people_of_line
from loaders.columns.references import Named, loose, read_reference
from loaders.columns.texts import told_of
from loaders.columns.when import is_last, tells_only_contact
from loaders.files.headings import KEEP
from loaders.files.spelt import Spelt
from loaders.people.directory import Directory
from loaders.people.meant import WhoIsMeant
from loaders.questions import ONE_BY_ONE, OTHER, Choice, question_id
from loaders.rows.kind import ListRows
from loaders.rows.met import CODE, MET, known_case, stage_met
from loaders.rows.refer import put_on_record
from loaders.shapes.several_results import DAY_TOLD
from tracing.patterns import regex
from tracing.spelling import clean_name, fold, is_full
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

#: Who met a case, or nobody but others who did; cases alone are of somebody who met them.
_TIER: Final = regex(r"f ?[1-4]\b|bn ?\d+ ?(?:[,;&+/]|va\b)")
_OF_NAMED: Final = Spelt(
    r"(?i)\s*(?:là )?F\s?[1-4](?!\w)[^;\n]{0,60}?\s(?:BN|F0|ca|bệnh nhân)\s+(?-i:[A-ZĐÀ-Ỹ][^\W\d]+)(?!\w*\d)"
)
#: Said of somebody who only has the name of a case.
_NAMESAKE: Final = regex(
    r"\bkhong phai (?:la )?(?:bn|f ?0|ca|benh nhan)(?![a-z])[^,;.]*[,;.(-] ?(?:chi )?trung (?:ho )?ten\b"
)
#: How a case was infected, where another column says by whom.
_SOME_CASE: Final = regex(
    r"(?:had )?(?:close |direct )?contacts? (?:with|of|to) (?:an? |the |another )?"
    r"(?:confirmed |known |positive |infected |covid-?19 )*(?:patient|case|person)s?"
)
_LONGEST: Final = 2_000
#: Days of an isolation, an illness or a sample in such a text.
_OTHER_DAYS: Final = Spelt(
    r"(?i)\b(?:CLTT|CLTN|KCL|cách ly|CL (?:tại|từ)|đi viện|nhập viện|sốt|lấy mẫu|xét nghiệm|test|tiêm)(?!\w)"
    r"[^,;.]{0,40}?\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?"
)
_NEXT: Final = regex(r"\s*[;\n]\s*")


def ask_company(
    rows: ListRows, at: int, texts: pd.Series, *, names: bool = False, lines: bool = False, dated: bool = False
) -> npt.NDArray[np.bool_]:
    """Ask whether the cases and the company that the texts of a column speak of are contacts.

    Return which rows were asked about one by one, so that the answer tells the day, too.

    ``names`` is said of a column of names, ``lines`` of one whose texts may list people as the lines of a message do,
    ``dated`` of texts each of which tells when somebody met somebody.
    """
    columns = rows.columns
    if dated:
        told = texts.notna().to_numpy(dtype=bool)
    elif names:
        told = told_of(texts, names_several)
    else:
        met = _is_linked(rows)
        told = told_of(texts.where(~met), tells_company) | counted_company(columns.sheet.headings[at], texts)
        told |= told_of(texts.where(met), lambda text: tells_company(without_the_case(text)))
        told |= _names_another(rows, texts) | (told_of(texts, names_kin) & (of_tier(rows) | told_of(texts, _is_tier)))
        told |= told_of(texts, lambda text: lines and bool(people_of_line(text)))
        told |= told_of(texts, _is_of_named) & columns.text("index").isna().to_numpy(dtype=bool)
        told &= ~told_of(texts, lambda text: _NAMESAKE.search(fold(text)) is not None)
        told &= ~(told_of(texts, _is_of_some_case) & met)
        if columns.has("isolation_start"):
            told &= ~told_of(texts, stays_with_kin)
    where = np.flatnonzero(told)
    distinct = sorted(set(texts.iloc[where]))
    few = not names and len(distinct) <= ONE_BY_ONE
    one_by_one = few and (dated or any(_cases_in(rows.people, text) for text in distinct))
    groups = [np.flatnonzero(told & (texts == text).fillna(False)) for text in distinct] if one_by_one else [where]
    for group in groups:
        if len(group):
            _ask(rows, at, texts, group, names=names)
    return told & one_by_one


def _is_of_some_case(text: str) -> bool:
    """Tell whether a text only says that somebody met a case, and not which."""
    return _SOME_CASE.fullmatch(fold(text).strip(" .")) is not None


def _is_linked(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell in which rows a column names the case that was met."""
    named = rows.columns.text("index").notna() | rows.columns.text("sources").notna()
    return named.to_numpy(dtype=bool)


def _ask(rows: ListRows, at: int, texts: pd.Series, group: npt.NDArray[np.int64], *, names: bool) -> None:
    """Ask once for rows whether their texts tell of contacts; stage those of the answer."""
    columns, told = rows.columns, sorted(set(texts.iloc[group]))
    alone = len(told) == 1 and not names
    cases = [] if names else _others_in(rows, texts, group)
    day = _day(told[0]) if alone else None
    if len(cases) == len(group) and day is not None and tells_only_contact(told[0]):
        columns.sheet.report(columns.log, "remark.contact", column=at, count=len(group))
        on = columns.time("contact_date", texts=rows.constant(day))
        stage_met(rows, cases, on, last=is_last(told[0]))
        return
    ident = question_id("company", *columns.sheet.headings, *told)
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "{n} text speaks of a case or of company that no column holds: does it tell of a contact?",
            "{n} texts speak of cases or of company that no column holds: do they tell of contacts?",
            len(group),
            n=len(group),
        ),
        ids=[ident],
        row=int(group[0]) if alone and len(group) == 1 else None,
        column=at,
        rows=group,
        said=told[0] if alone else None,
        choices=_choices(met=bool(cases), day=day, alone=alone),
    )
    if answer is None:
        columns.query("remark.people", group, at)
    elif answer == MET:
        stage_met(rows, cases, None if day is None else columns.time("contact_date", texts=rows.constant(day)))
    elif answer != KEEP and not _stage_typed(rows, group, answer):
        columns.asked.reopen(ident)
        columns.query("remark.people", group, at)


def _choices(*, met: bool, day: str | None, alone: bool) -> list[Choice]:
    """Return what may be answered: a contact with the cases named, nothing, or, of one text, whom and when in words."""
    yes: Text = (
        _("yes: with each case that they name, nobody says on which day")
        if day is None
        else _("yes: with each case that it names, on {day}", day=day)
    )
    typed = _("type whom the person met, and on which day: BN34 16/7; the full name, 8/9")
    return [
        *([Choice(MET, yes)] if met else []),
        Choice(KEEP, _("no: keep them as they are"), _("else give each of them a row and load again")),
        *([Choice(OTHER, typed)] if alone else []),
    ]


def _day(text: str) -> str | None:
    """Return the one day that a text tells, but that of something else than a contact: since when they are isolated."""
    found = set(DAY_TOLD.findall(_OTHER_DAYS.sub(" ", text)))
    return found.pop() if len(found) == 1 else None


def _stage_typed(rows: ListRows, group: npt.NDArray[np.int64], answer: str) -> bool:
    """Stage the contacts that were typed, with people on record or a full name that nobody has; tell if all is read."""
    told: list[tuple[str | None, Named, WhoIsMeant]] = []
    for part in filter(None, _NEXT.split(answer.strip())):
        words = re.sub(r"(?i)\s*(?:ngày|on)?\s*$", "", DAY_TOLD.sub(" ", part).strip(" ,:.-–"))
        several = read_reference(words).named or ((Named(words),) if words else ())
        told += [(_day(part), one, rows.people.find(one)) for one in several]
    if not told or not all(len(meant.people) == 1 or _is_new(named, meant) for _on, named, meant in told):
        return False
    for on, named, meant in told:
        times = None if on is None else rows.columns.time("contact_date", texts=rows.constant(on))
        whom = [meant.people[0] if meant.people else put_on_record(rows, row, named) for row in group.tolist()]
        stage_met(rows, [(row, other, answer) for row, other in zip(group.tolist(), whom, strict=True)], times)
    return True


def _is_new(named: Named, meant: WhoIsMeant) -> bool:
    """Tell whether somebody is named in full whom nobody on record can be."""
    return not (meant.people or meant.may_be or named.code) and is_full(clean_name(named.words))


def of_tier(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell which rows are of an F1 or of one further out of whom no column tells whom they met."""
    alone = rows.columns.text("index").isna().to_numpy()
    return alone & told_of(rows.columns.text("level"), _is_tier)


def _is_of_named(text: str) -> bool:
    """Tell whether a text says that somebody is the F1 of a patient whom it names: ``F1 cùng buồng BN Phát``."""
    return _OF_NAMED.match(text) is not None


def _is_tier(text: str) -> bool:
    return _TIER.match(fold(text)) is not None


def _others_in(rows: ListRows, texts: pd.Series, group: npt.NDArray[np.int64]) -> list[tuple[int, str, str]]:
    """Return row, case and text for each known case that texts name beside the row's own person."""
    own, said = rows.person.to_numpy(dtype=object), texts.to_numpy(dtype=object)
    named = {text: sorted(set(_cases_in(rows.people, text).values())) for text in set(said[group])}
    return [
        (row, case, said[row])
        for row in group.tolist()
        for case in named[said[row]]
        if pd.isna(own[row]) or case != own[row]
    ]


def _names_another(rows: ListRows, texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell in which rows a text names a known case that is neither the row's person nor among those whom it met."""
    said = texts.to_numpy(dtype=object)
    named = {text: _cases_in(rows.people, text) for text in texts.dropna().unique()}
    told = np.array([bool(named.get(text)) for text in said], dtype=bool)
    people = rows.person.to_numpy(dtype=object)  # missing where the row names nobody
    linked = [rows.columns.text(name).to_numpy(dtype=object) for name in ("index", "index_2", "index_3", "sources")]
    for row in np.flatnonzero(told).tolist():
        own = people[row]
        met = {loose(code) for of in linked if isinstance(of[row], str) for code in CODE.findall(of[row])}
        found = named[said[row]]
        told[row] = any((pd.isna(own) or key != own) and loose(code) not in met for code, key in found.items())
    return told


def _cases_in(people: Directory, text: str) -> dict[str, str]:
    """Return the known cases that a text of several words names: the code as written, and the id of the person."""
    if len(text) > _LONGEST or " " not in text.strip():
        return {}
    found = {code: known_case(people, code) for code in CODE.findall(text)}
    return {code: case for code, case in found.items() if case is not None}
