"""Codes of cases that no column of codes tells: those in remarks of a list of cases, those behind a name elsewhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.asked import Asked
from loaders.columns.columns import Columns
from loaders.columns.recognised import Recognised
from loaders.columns.references import Named, loose, read_reference
from loaders.columns.remark import is_remark
from loaders.columns.texts import by_distinct
from loaders.files.grid import distinct_texts
from loaders.files.headings import PEOPLE
from loaders.people.directory import Directory
from loaders.questions import NO, YES, Choice, question_id
from loaders.rows.became_cases import with_cases_of_remarks
from tracing.patterns import regex
from tracing.spelling import is_full
from tracing.text import catalogue

_, _n = catalogue("loaders")

HEADING: Final = "Mã ca (theo ghi chú)"
_ALONE: Final = regex(r"(?i)(?:bn|ca|f0|bệnh nhân)[ \-.:]{0,2}(?:số |mã )?(\d[\d.]{1,8}\d)")
#: Columns that tell the code of a case, or that the codes in remarks are of those whom people met.
_TOLD: Final = frozenset({"case_code", "person", "index", "level", "sources"})


def with_codes_of_remarks(found: Recognised, asked: Asked) -> Recognised:
    """Return a list with the codes of its remarks as a column, if somebody says that they are the rows' own."""
    found = with_cases_of_remarks(found, asked)
    titled = any(fact.name == "list_of" and fact.value == "cases" for fact in found.sheet.facts)
    if found.layout != PEOPLE or not (found.makes_cases or titled) or _TOLD & set(found.reading.columns):
        return found
    for at in sorted({*found.reading.kept, *found.reading.unused}):
        if not is_remark(found.sheet.headings[at]):
            continue
        codes = by_distinct(found.sheet.cells[at], own_code)
        often = {code for code, count in Counter(codes.dropna()).items() if count > 1}
        codes = codes.mask(codes.isin(list(often)))
        rows = np.flatnonzero(codes.notna().to_numpy(dtype=bool))
        if len(rows) and _are_own(found, asked, at, rows.tolist(), codes.iloc[rows].tolist()):
            return _with_column(found, codes)
    return found


def own_code(text: str) -> str | None:
    """Return the one code that stands by itself in a remark: BN202 of ``vợ BN 201; BN202``; None of none or several."""
    parts = [part.strip(" .") for part in re.split(r"[;,\n()]|\s[-–]\s|\s*[-–](?=\s)", text)]
    found = {match[1].replace(".", "") for part in parts if (match := _ALONE.fullmatch(part))}
    return f"BN{found.pop()}" if len(found) == 1 else None


def _are_own(found: Recognised, asked: Asked, at: int, rows: Sequence[int], codes: list[str]) -> bool:
    answer = asked.ask(
        found.sheet,
        "value",
        _n(
            "{n} remark holds a code that stands by itself: is it the code of the row's own case?",
            "{n} remarks hold a code that stands by itself: is it the code of the row's own case?",
            len(codes),
            n=len(codes),
        ),
        ids=[question_id("codes", *found.sheet.headings, *sorted(codes))],
        row=int(rows[0]),
        rows=rows,
        column=at,
        said=str(found.sheet.cells[at].iloc[int(rows[0])]),
        choices=[
            Choice(YES, _("yes: it is the case's own code"), _("other lists then find the case by it")),
            Choice(NO, _("no: it is another case, whom this one met")),
        ],
    )
    return answer == YES


def _with_column(found: Recognised, codes: pd.Series) -> Recognised:
    sheet, reading = found.sheet, found.reading
    columns = {**reading.columns, "case_code": len(sheet.headings)}
    wider = sheet.with_column(HEADING, codes, as_read=sheet.original)
    return replace(found, sheet=wider, reading=replace(reading, columns=columns))


def learn_codes(directory: Directory, sheets: Sequence[Columns]) -> None:
    """Give a case that has no code the one by which a list calls it beside its full name: ``BN201 (Lê Văn Tư)``."""
    claims: dict[str, set[str]] = defaultdict(set)
    places: dict[str, tuple[Columns, int]] = {}
    for columns in sheets:
        if not columns.has("index"):
            continue
        codes, distinct = distinct_texts(columns.text("index"))
        for number, text in enumerate(distinct):
            for named in read_reference(text).named if "(" in text else ():
                key = _unnumbered(directory, named)
                if key is not None:
                    claims[key].add(loose(named.words))
                    places.setdefault(f"{key}\x1f{loose(named.words)}", (columns, int(np.argmax(codes == number))))
    taken = Counter(code for said in claims.values() for code in said)
    for key, said in sorted(claims.items()):
        (code, *others) = sorted(said)
        if others or taken[code] > 1:
            continue
        directory.give_code(key, code)
        columns, row = places[f"{key}\x1f{code}"]
        columns.sheet.report(columns.log, "case.code_given", [row], column=columns.at("index"), value=code, read=key)


def _unnumbered(directory: Directory, named: Named) -> str | None:
    """Return the one case of the full name behind a code that nobody has, if it has no code of its own."""
    if not named.code or not is_full(named.note) or directory.find(named, cases=True).how != "unknown":
        return None
    found = directory.find(Named(named.note), cases=True)
    entry = directory.entry(found.people[0]) if found.sure and found.how == "name" else None
    return entry.key if entry is not None and entry.case and not entry.codes and entry.ident is None else None
