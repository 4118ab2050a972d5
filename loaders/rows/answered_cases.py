"""Cases that only an answer puts on record: a list names their codes, and somebody said that they are cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from loaders.asked import Asked
from loaders.code_words import NAMED_CODE, plain_code
from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.references import Named, Reference, loose, read_reference
from loaders.columns.values import read_ids
from loaders.files.grid import distinct_texts
from loaders.files.headings import PEOPLE
from loaders.findings import FindingLog
from loaders.people.directory import Directory
from loaders.people.entries import Mention
from loaders.people.meant import WhoIsMeant
from loaders.questions import NOBODY
from loaders.rows.refer import PUT_CASE, ask_whom, may_be, question_of_code
from loaders.rows.tables import Staged
from tracing.patterns import regex
from tracing.spelling import clean_name, is_full

_FIELDS: Final = ("index", "index_2", "index_3", "sources", "people_met")
_DAY: Final = regex(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?")
_UNKNOWN: Final = WhoIsMeant((), "unknown")


def with_answered_cases(sheets: Sequence[Columns], people: Directory, asked: Asked) -> Staged:
    """Return what answers put on record: the cases of the codes that lists name and nobody has."""
    staged = Staged()
    for number, columns in enumerate(sheets):
        if columns.found.layout != PEOPLE:
            continue
        for field, text, named in _codes_named(columns):
            answer = asked.answers.of(question_of_code(loose(named.words)))
            puts = answer is not None and answer != NOBODY and _is_open(people, named, answer)
            if not puts and (answer is not None or field == "sources" or not _is_named(people, named)):
                continue
            rows = np.flatnonzero((read_ids(columns.text(field)) == text).fillna(False).to_numpy(dtype=bool)).tolist()
            reference, meant = Reference((named,)), [_UNKNOWN]
            ask_whom(columns, people, field, text, rows, reference, meant, may_be(people, reference, meant))
            if answer is not None and puts:
                _put(columns, number, staged, people, named, answer, rows[0])
    return staged


def _codes_named(columns: Columns) -> Iterator[tuple[str, str, Named]]:
    """Yield the codes of cases that a list names: the field, the text, who is named."""
    for field in _FIELDS:
        for text in distinct_texts(read_ids(columns.text(field)))[1] if columns.has(field) else ():
            for named in read_reference(text).named:
                if named.code and NAMED_CODE.fullmatch(named.words):
                    yield field, text, named


def _is_named(people: Directory, named: Named) -> bool:
    """Tell whether nobody has a code beside which a full name stands: asked first, it says who may be the case."""
    named_so = not people.open and is_full(clean_name(named.note))
    return named_so and people.find(named, cases=True).how == "unknown"


def _is_open(people: Directory, named: Named, answer: str) -> bool:
    """Tell whether no list of this load tells who has a code, and the answer makes a case of somebody."""
    meant = people.entry(answer)
    if meant is not None:  # a case of another code is only linked
        return not meant.case or loose(named.words) in set(map(loose, meant.codes))
    found = people.find(named, cases=True)
    entry = people.entry(found.people[0]) if len(found.people) == 1 else None
    listed = found.how == "several" or (entry is not None and bool(entry.places))
    return not listed and (answer == PUT_CASE or _DAY.fullmatch(answer) is not None)


def _put(columns: Columns, number: int, staged: Staged, people: Directory, named: Named, answer: str, row: int) -> None:
    """Stage a case that was answered, and let those who name its code mean it."""
    code = plain_code(named.words)
    meant = people.entry(answer)
    name = clean_name(named.note) if is_full(clean_name(named.note)) else None
    ident = code if meant is None else meant.key
    size = len(columns.sheet)

    def constant(text: str | None) -> pd.Series:
        return pd.Series(pd.array([text] * size, dtype="string"))

    quiet = Columns(columns.found, columns.options, FindingLog())
    days = quiet.time("confirmed", texts=constant(answer)) if _DAY.fullmatch(answer) else Times.none(size)
    told = {"person": constant(ident), "case_code": constant(code), "status": constant("confirmed")}
    staged.put("cases", staged.frame(columns, number, {**told, **span(days, "confirmed")}).iloc[[row]])
    if meant is None:
        person = {"person": constant(ident), "name": constant(name)}
        staged.put("persons", staged.frame(columns, number, person).iloc[[row]])
        if people.entry(code) is None:
            people.put(Mention(ident=code, name=name, case=True))
    else:
        people.give_code(meant.key, code)
        meant.case = True
