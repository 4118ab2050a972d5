"""One column of references resolved: what is certain is linked and said once, what is not becomes a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from loaders.code_words import NAMED_CODE
from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.looks import tells_how
from loaders.columns.references import Named, Reference, loose, read_reference
from loaders.columns.values import read_ids, words
from loaders.files.trees import UP
from loaders.people.directory import Directory
from loaders.people.meant import WhoIsMeant
from loaders.questions import NOBODY, OTHER, Choice, question_id
from loaders.rows.among_words import known_within, named_among_words
from loaders.rows.identity import made_id
from loaders.rows.kind import ListRows
from loaders.rows.tables import shown, time_kinds
from tracing.nearest import nearest_id
from tracing.patterns import regex
from tracing.spelling import clean_name, fold, is_full
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

_ALL: Final = "+"
_NEW: Final = "new"
PUT_CASE: Final = "case"
"""The answer that a code is that of a case which no list tells, and which is put on record."""
#: What a heading says whose cells name cases, of whatever code.
_OF_CASE: Final = regex(r"\b(?:f ?[01]|ca (?:benh|duong tinh|nhiem)|benh nhan|bn|nguon lay|tiep xuc|cases?)\b")
_ROW_NUMBER: Final = regex(r"\d{1,2}")
_CODE_WITHIN: Final = regex(r"(?<!\w)[A-Za-z]{1,6}[\s.\-]?\d{2,}(?!\w)")


@dataclass
class Meant:
    """Whom one text means: ids for certain, ids that are only possible, names that mean nobody on record."""

    sure: list[str] = field(default_factory=list)
    possible: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    open: bool = False
    words: bool = False


@dataclass
class Resolved:
    """A column of references: a row per person named. ``words`` tells whether the words are worth keeping."""

    rows: list[int] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    certain: list[bool] = field(default_factory=list)
    words: list[bool] = field(default_factory=list)
    others: dict[int, list[str]] = field(default_factory=dict)


def resolve_column(rows: ListRows, name: str, *, cases: bool, missing: bool = False) -> Resolved:
    """Resolve the references of the field ``name``; ``cases`` says that cases are meant.

    With ``missing`` an id that is in no list is taken as it stands (a source that nobody has listed yet).
    """
    columns = rows.columns
    texts = read_ids(columns.text(name))
    out = Resolved()
    places: dict[str, list[int]] = {}
    for row, text in enumerate(texts.to_numpy(dtype=object)):
        if isinstance(text, str):
            places.setdefault(text, []).append(row)
    among = named_among_words(rows, name, places) if name == "sources" else {}
    for text, where in places.items():
        if text in among:
            meant = Meant(sure=among[text] or [], open=among[text] is None, words=True)
        else:
            meant = _meaning(rows, name, text, where, cases=cases, missing=missing)
        for row in where:
            for certain, people in ((True, meant.sure), (False, meant.possible)):
                for ident in people:
                    out.rows.append(row)
                    out.people.append(ident)
                    out.certain.append(certain)
                    out.words.append(meant.words)
            if meant.others:
                out.others[row] = meant.others
            if meant.open:
                columns.waiting[row] = True
    return out


def _meaning(rows: ListRows, name: str, text: str, where: list[int], *, cases: bool, missing: bool) -> Meant:
    if text.startswith(UP):
        parent = _of_row(rows, text)
        if parent is not None:
            return Meant(sure=[parent])
    reference = read_reference(text)
    if reference.answer:
        return Meant(others=[text] if missing else [], words=True)
    answers = [rows.people.find(named, cases=cases or named.case) for named in reference.named]
    if reference.joined in ("or", "range"):
        return _asked(rows, name, text, where, reference, answers)
    before = _put_before(rows, where[0], reference, answers)
    if before is not None:
        return before
    meant = Meant(others=list(reference.said) if missing else [])
    for named, answer in zip(reference.named, answers, strict=True):
        if answer.sure:
            meant.sure += answer.people
            if answer.how != "exact":
                _say_read_as(rows, name, named, answer, where)
        elif answer.how == "unknown" and missing and not _near(rows.people, named) and not _of_case(rows.people, named):
            (meant.sure if named.code else meant.others).append(named.words)
        elif answer.how == "unknown" and named.code and rows.people.open:
            meant.sure.append(named.words)
        else:
            one = Reference((named,))
            found = _asked(rows, name, text if len(answers) == 1 else named.words, where, one, [answer])
            meant.sure += found.sure
            meant.open |= found.open
    meant.words = meant.sure != [text]
    return meant


def _of_case(people: Directory, named: Named) -> bool:
    """Tell whether words that name nobody speak of a known case: ``vợ BN34``."""
    return not named.code and bool(known_within(people, named.words))


def _of_row(rows: ListRows, text: str) -> str | None:
    """Return the person of another row of a tree, ``↑12``: of several people in row 12 ``↑12``, ``↑12.1``, …"""
    number, _, count = text.removeprefix(UP).partition(".")
    found = np.flatnonzero(rows.columns.sheet.numbers == int(number if number.isdigit() else -1))
    if rows.columns.sheet.origin is not None or len(found) <= int(count or 0):
        return None
    ident = rows.person.iloc[int(found[int(count or 0)])]
    return None if pd.isna(ident) else str(ident)


def _near(people: Directory, named: Named) -> str | None:
    return nearest_id(named.words, people) if named.code else None


def _named_beside(people: Directory, named: Named) -> tuple[str, ...]:
    """Return whom the name behind a code or a yes may mean: ``BN34 (Lê Văn Tư)``, ``Có (ông Đủ, uống cà phê)``."""
    if _is_yes(named):
        found = people.find(Named(clean_name(named.note.split(",")[0])), cases=True) if named.note else None
        return () if found is None else (*found.people, *found.may_be)
    if not named.code or not is_full(named.note):
        return ()
    found = people.find(Named(named.note), cases=True)
    return (*found.people, *found.may_be)


def _is_yes(named: Named) -> bool:
    """Tell whether words only say that somebody was met: ``Có``."""
    return not named.code and words("flag").get(fold(named.words)) == "true"


def _kin_of(people: Directory, named: Named) -> tuple[str, ...]:
    """Return the cases by which words name somebody: ``mẹ BN34``, ``con trai của BN35``."""
    return () if named.code else tuple(dict.fromkeys(known_within(people, named.words)))


def _say_read_as(rows: ListRows, name: str, named: Named, answer: WhoIsMeant, where: list[int]) -> None:
    columns = rows.columns
    severity = "warning" if answer.how == "nickname" else "note"
    columns.sheet.report(
        columns.log,
        "reference.read_as",
        where[:1],
        column=columns.at(name),
        severity=severity,
        value=shown(named.words) if named.code else "…",
        read=shown(answer.people[0]),
        count=len(where),
    )


def _asked(
    rows: ListRows, name: str, text: str, where: list[int], reference: Reference, answers: list[WhoIsMeant]
) -> Meant:
    """Ask whom a text means, or take the answer given."""
    columns, column = rows.columns, rows.columns.at(name)
    people = may_be(rows.people, reference, answers)
    answer_given = ask_whom(columns, rows.people, name, text, where, reference, answers, people)
    if answer_given == NOBODY:
        return Meant(words=True)
    if answer_given == _NEW:
        return Meant(sure=[put_on_record(rows, where[0], reference.named[0])], words=True)
    if answer_given is not None:
        wanted = people if answer_given == _ALL else [part.strip() for part in answer_given.split(",")]
        entries = [rows.people.entry(ident) for ident in wanted]
        if rows.people.open or name == "sources" or all(entries):
            ids = [ident if one is None else one.key for ident, one in zip(wanted, entries, strict=True)]
            return Meant(sure=ids, words=True)
        for ident in _idents(columns, name, text, where, reference):
            columns.asked.reopen(ident)
    code = "person.unknown" if not people or any(a.how == "unknown" for a in answers) else "reference.unclear"
    for row in where:
        hint = _(' ("{ident}" exists)', ident=shown(people[0])) if len(people) == 1 else ""
        value = f'"{shown(text)}"' if all(n.code for n in reference.named) else '"…"'
        columns.sheet.report(
            columns.log,
            code,
            [row],
            column=column,
            severity="question",
            values=[value],
            near=hint,
        )
    sure_alone = reference.joined in ("or", "range")
    possible = [p for a in answers for p in a.people] if sure_alone and reference.joined == "or" else []
    return Meant(possible=possible, open=True, words=True)


def ask_whom(
    columns: Columns,
    people: Directory,
    name: str,
    text: str,
    where: list[int],
    reference: Reference,
    answers: list[WhoIsMeant],
    likely: list[str],
) -> str | None:
    """Ask whom a text of the field ``name`` means, of whom ``likely`` are shown; return what was answered."""
    of_case = _is_unknown_case(columns.sheet.headings[columns.at(name) or 0], reference, answers)
    known = [one for ident in likely if (one := people.entry(ident)) is not None and one.case]
    becomes = _("this person is the case: that is put on record, too") if of_case and not known else None
    choices = [Choice(ident, describe(people, ident), becomes) for ident in likely]
    if len(likely) > 1 and reference.joined != "one":
        choices.append(Choice(_ALL, _("all of them")))
    if of_case:
        effect = _("its person and its day stay open; the rows that wait for it are used")
        choices.append(Choice(PUT_CASE, _("a case on no list yet: put it on record as confirmed"), effect))
    elif _is_new(reference, answers):
        choices.append(Choice(_NEW, _("somebody on no list yet: put this person on record by name")))
    other = _("another id; or the day of the positive result: the case is put on record with it")
    choices += [Choice(NOBODY, _("nobody on record")), Choice(OTHER, other if of_case else _("another id"))]
    return columns.asked.ask(
        columns.sheet,
        "reference",
        _why(reference, answers),
        ids=_idents(columns, name, text, where, reference),
        row=where[0],
        rows=where,
        column=columns.at(name),
        said=text,
        choices=choices,
    )


def may_be(people: Directory, reference: Reference, answers: list[WhoIsMeant]) -> list[str]:
    """Return the ids of those whom a text may mean."""
    out: list[str] = []
    for named, answer in zip(reference.named, answers, strict=True):
        near = _near(people, named) if answer.how == "unknown" else None
        kin = _kin_of(people, named) if answer.how == "unknown" else ()
        noted = _named_beside(people, named) if answer.how == "unknown" else ()
        found = (*answer.people, *answer.may_be, *noted, *([near] if near else []), *kin)
        out += [i for i in found if i not in out]
    return out


def _is_unknown_case(heading: str, reference: Reference, answers: list[WhoIsMeant]) -> bool:
    """Tell whether a text is the code of one case that nobody has: by itself, or by what its heading asks for."""
    named = reference.named[0]
    of_case = named.case or _OF_CASE.search(fold(heading)) is not None
    coded = named.code and NAMED_CODE.fullmatch(named.words) is not None
    return len(answers) == 1 and answers[0].how == "unknown" and coded and of_case


def _is_new(reference: Reference, answers: list[WhoIsMeant]) -> bool:
    """Tell whether a text is one full name that nobody has."""
    named = reference.named[0]
    alone = len(answers) == 1 and answers[0].how == "unknown" and not named.code and is_full(clean_name(named.words))
    return alone and not tells_how(named.words)


def _put_before(rows: ListRows, row: int, reference: Reference, answers: list[WhoIsMeant]) -> Meant | None:
    """Return whom a name means that a load of this list put on record: still that person, or who has the name now."""
    named = reference.named[0]
    made = made_id("r", fold(clean_name(named.words)), rows.columns.sheet.form)
    found = dict.fromkeys((*answers[0].people, *answers[0].may_be)) if len(answers) == 1 else {}
    others = [one for one in found if one != made]
    if named.code or made not in found or len(others) > 1:
        return None
    return Meant(sure=others or [put_on_record(rows, row, named)], words=True)


def put_on_record(rows: ListRows, row: int, named: Named) -> str:
    """Stage a person of whom the list tells only the name, as a contact of the cases named behind it; return the id."""
    columns, size = rows.columns, len(rows.columns.sheet)
    called = clean_name(named.words)
    ident = made_id("r", fold(called), columns.sheet.form)
    person = {"person": rows.constant(ident), "name": rows.constant(called)}
    rows.staged.put("persons", rows.staged.frame(columns, rows.sheet, person).iloc[[row]])
    never = Times.none(size)
    times = {**span(never, "start"), **span(never, "end"), "time_kind": time_kinds(never, never)}
    for code in _CODE_WITHIN.findall(named.note):
        found = rows.people.find(Named(code, code=True, case=True), cases=True)
        if found.sure and len(found.people) == 1:
            met = {"person_a": rows.constant(found.people[0]), "person_b": rows.constant(ident), **times}
            rows.staged.put("contacts", rows.staged.frame(columns, rows.sheet, met).iloc[[row]])
    return ident


def _idents(columns: Columns, name: str, text: str, where: list[int], reference: Reference) -> list[str]:
    """Return the ids under which this may have been answered.

    One code means one person in every list. A name, or one of several, means whom it means in these rows.
    """
    heading = columns.sheet.headings[columns.at(name) or 0]
    if reference.joined == "one" and reference.named[0].code:
        code = loose(reference.named[0].words)
        number = (heading,) if _ROW_NUMBER.fullmatch(code) else ()  # a number alone means another one in another list
        return [question_of_code(code, *number)]
    return [question_id("reference", columns.asked.key(columns.sheet, row), heading, text) for row in where]


def question_of_code(code: str, *of_list: str) -> str:
    """Return the id of the question who has a code, as :func:`loose` has it: the same for a whole load."""
    return question_id("reference", *of_list, code)


def _why(reference: Reference, answers: list[WhoIsMeant]) -> Text:
    if reference.joined == "or":
        return _("One or the other: whom is meant?")
    if reference.joined == "range":
        return _("From–to, or two people: whom is meant?")
    if any(answer.how == "several" for answer in answers):
        return _("Several people fit: whom is meant?")
    if all(map(_is_yes, reference.named)):
        return _("A case was met, and nothing says which: whom is meant?")
    if reference.named[0].code:
        return _("Nobody on record has this id: whom is meant?")
    return _("Nobody on record has this name: whom is meant?")


def describe(people: Directory, ident: str) -> Text:
    """Return an id with what tells its person from others: year of birth, home; never a name."""
    entry = people.entry(ident)
    year = None if entry is None or entry.years is None else str(entry.years[0])
    if year and entry is not None and entry.years is not None and entry.years[0] == entry.years[1]:
        return _("{ident} (born {year})", ident=ident, year=year)
    return _("{ident}", ident=ident)


def column_of(values: list[str]) -> pd.Series:
    """Return texts as a column."""
    return pd.Series(pd.array(values, dtype="string"))
