"""Test lists: rapid tests, PCR results, pools (of a positive pool every member is to be tested again)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.further import TEST, further_fields, method_of
from loaders.columns.hours import has_day, read_hours, with_day
from loaders.columns.result_cells import ct_of_cell, has_several, result_and_ct, result_word, without_method
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.values import words
from loaders.files.body import LEGEND
from loaders.files.headings import PEOPLE, name_of_field
from loaders.questions import LEFT_OUT, NO, NOBODY, OTHER, YES, Choice, question_id
from loaders.rows.kind import Kind, ListRows
from loaders.rows.lost_days import ask_day
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

RESULT_WORDS: Final = {
    "positive": _("positive"),
    "negative": _("negative"),
    "pending": _("not known yet"),
    "invalid": _("neither: the test is not valid"),
}
#: A sign and what it means, in a legend.
_EXPLAINED: Final = regex(r"[\"“”']?([^\s:;,=\"“”']{1,12})[\"“”']? ?[:=] ?([^:;,.=]{1,60})")
#: The same with or without a sign between, one of several parts of a line: ``(-) âm tính``, ``BB: bỏ buổi``.
_PART: Final = regex(r"\s*[\"“”']?(\([-+]\)|[-+]|[a-z]{1,3})[\"“”']?(?:\s*[:=]\s*|\s+(?:la\s+)?)([^:=]{2,60})")
_LEAD: Final = regex(r"^\s*(?:ky hieu|ghi chu|chu thich|chu giai|quy uoc|legend|note)s?\s*[:–-]\s*")
#: Said of a test whose sample was not taken.
_NONE: Final = "none"
_NOT_TAKEN: Final = (
    r"chua$|(?:chua|khong|ko|k) (?:lay|xn|xet nghiem|lam|test)|khong dong y|vang|bo (?:buoi|lan|luot)"
    r"|(?:da |bi |nguoi nha )?tu choi|refused|declined|not (?:tested|done|taken|sampled)$"
)
#: So many rows of one sign, "?", are one question; fewer are asked row by row, as each may mean another thing.
_MANY: Final = 6
#: Under which name the words of a cell with the Ct values of several genes stay with the test.
_CT_AS_TOLD: Final = "Ct"
#: What stands before the day until which a list was kept, without accents.
_UNTIL: Final = regex(r"\b(?:(?:tinh )?den|cap nhat|as of|updated)\b[^/]{0,24}\d{1,2}[/.-]\d")
_SINGLE: Final = frozenset({"don", "mau don", "rieng", "le", "single", "0", "khong", "-"})


def sample_time(rows: ListRows) -> Times:
    """Return when each row's sample was taken: its own day and hour, else the day that title or sheet name give.

    In a register it is the day of its row: who came by on that day was tested there.
    """
    columns = rows.columns
    days = columns.days("sample")
    if not columns.has("sample") and (of_row := _day_of_row(columns)) is not None:
        days = columns.text(of_row)
    fact = rows.fact("sample_day") or (None if _as_of(columns) else rows.fact("day"))
    year = columns.sheet.dates.year
    if fact is not None and fact.startswith("--") and len(fact) == 7 and year is not None:
        fact = f"{year}{fact[1:]}"
    if fact is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", fact):
        hours = told_of(days, _is_hour) if not columns.has("sample", "sample_hour") else np.zeros(0, dtype=bool)
        if hours.any():
            days = days.mask(hours, with_day(days.mask(days.notna(), fact), days))
        days = days.fillna(fact)
    if columns.has("sample_hour"):
        texts = with_day(days, columns.text("sample_hour"))
        return columns.time("sample_hour" if not columns.has("sample") else "sample", texts=texts, field_name="sample")
    named = "sample" if columns.has("sample") else _day_of_row(columns) or "visit_start"
    return columns.time(named, texts=days, field_name="sample")


def _is_hour(text: str) -> bool:
    """Tell whether a text tells when somebody came, and not on which day."""
    return read_hours(text)[0] is not None and not has_day(text)


def _as_of(columns: Columns) -> bool:
    """Tell whether the day of a list of people who stay somewhere is that until which it was kept: no sample's."""
    if not columns.has("isolation_start", "isolation_place", "room"):
        return False
    days = [fact.text for fact in columns.sheet.facts if fact.name == "day" and fact.source == "title"]
    return bool(days) and all(_UNTIL.search(fold(text)) for text in days)


def _day_of_row(columns: Columns) -> str | None:
    """Return the field that tells on which day a row was written: a bare ``Ngày``, else the moment of its visit."""
    at = columns.at("visit_date")
    if at is not None and name_of_field(columns.sheet.headings[at], PEOPLE) == "day":
        return "visit_date"
    return "visit_start" if columns.has("visit_start") else None


def method(columns: Columns) -> pd.Series:
    """Return how each sample was tested: told in a column, else by the heading of the result or by the title."""
    told = columns.choice("method", "method").fillna(by_distinct(columns.text("test_result"), _method_in_result))
    at = columns.at("test_result")
    headed = None if at is None else method_of(columns.sheet.headings[at])
    if headed is not None:
        return told.fillna(headed)
    titles = [line.text for line in columns.sheet.titles]
    above = " ".join([columns.sheet.headings[at] if at is not None else "", *titles])
    for said in map(fold, (above, columns.sheet.sheet or "", columns.sheet.file)):
        rapid, pcr = ("test nhanh" in said or "khang nguyen" in said), "pcr" in said
        if rapid or pcr:
            return told if rapid and pcr else told.fillna("antigen" if rapid else "pcr")
    return told


def _method_in_result(text: str) -> str | None:
    """Return how a sample was tested, where its result tells that: ``Dương tính (PCR, Ct 24)``, ``PCR âm tính``."""
    return method_of(text) if result_and_ct(text)[1] is not None or without_method(text) != text else None


def results(columns: Columns) -> pd.Series:
    """Return the result of each row, missing where none is given; a word that says none is asked about."""
    texts = columns.text("test_result")
    said = columns.choice("test_result", "result", open_set=True, texts=by_distinct(texts, result_word))
    legend = _legend(columns)
    said = by_distinct(texts, lambda text: legend.get(fold(text).strip(' ."“”'))).fillna(said) if legend else said
    if _signs(columns, texts):
        said = said.mask((texts == "-").fillna(False), "negative")
    elif columns.has("sample_hour") and texts.str.match(r"\([-+]\)").any():  # who was sampled at an hour has a result
        said = said.mask(((texts == "-") & columns.text("sample_hour").notna()).fillna(False), "negative")
    unsure = texts.where(texts.str.fullmatch(r"[?]+|\(?\+/-\)?").fillna(False))
    said = said.fillna(unsure)
    odd = (said.notna() & ~said.isin([*RESULT_WORDS, _NONE]) & ~_not_taken(texts)).to_numpy(dtype=bool)
    at = columns.at("test_result")
    for text in sorted(set(texts[odd])):
        places = np.flatnonzero(odd & (texts == text).fillna(False).to_numpy(dtype=bool)).tolist()
        word = any(sign.isalnum() for sign in text)
        for group in [places] if word or len(places) >= _MANY else [[row] for row in places]:
            answer = columns.asked.ask(
                columns.sheet,
                "value",
                _("What does this result mean?"),
                row=group[0],
                column=at,
                said=text,
                choices=[*(Choice(result, words) for result, words in RESULT_WORDS.items()), Choice(NOBODY, LEFT_OUT)],
                rows=group,
            )
            if answer is None:
                columns.query("result.unknown", group, at)
            said.iloc[group] = answer if answer in RESULT_WORDS else None
    return said.where(said.isin(list(RESULT_WORDS)))


def _legend(columns: Columns) -> dict[str, str]:
    """Return sign -> result, as a line about the table explains it; a sign that no sample was taken has none."""
    found: dict[str, str] = {}
    for line in (*columns.sheet.titles, *columns.sheet.notes):
        said = fold(line.text)
        pairs = _EXPLAINED.findall(said) if LEGEND.search(said) else _parts_of(said)
        for sign, meaning in pairs:
            known = _NONE if re.match(_NOT_TAKEN, meaning.strip()) else words("result").get(meaning.strip())
            if known is not None:
                found[sign.strip("()")] = known
    return found


def _parts_of(line: str) -> list[tuple[str, str]]:
    """Return sign and meaning of each part of a line that explains signs, if its first part does; else nothing."""
    parts = [_PART.fullmatch(part) for part in re.split(r"[;,.]", _LEAD.sub("", line)) if part.strip()]
    return [(match[1], match[2]) for match in parts if match is not None] if parts and parts[0] is not None else []


def thresholds(columns: Columns) -> pd.Series:
    """Return the Ct value of each row's test: of a column, else told with the result."""
    own = by_distinct(columns.text("test_result"), _threshold).astype("Float64")
    return columns.number("ct", read=ct_of_cell).fillna(own)


def _ct_as_told(columns: Columns) -> pd.Series:
    """Return the texts that tell the Ct values of several genes, of which one is kept as the value."""
    own = by_distinct(columns.text("ct"), lambda text: text if ct_of_cell(text) not in (text, None) else None)
    return own.fillna(by_distinct(columns.text("test_result"), lambda text: text if has_several(text) else None))


def _threshold(text: str) -> str | None:
    value = result_and_ct(text)[1]
    return None if value is None else str(value)


def _signs(columns: Columns, texts: pd.Series) -> bool:
    """Tell whether a column of results is one of signs, in which "-" is no empty cell: ``KQ (+/-)``, or one has "+"."""
    at = columns.at("test_result")
    heading = "" if at is None else columns.sheet.headings[at]
    return bool(re.search(r"\+\s*/\s*-|\(-\)", heading)) or bool((texts == "+").any())


def _not_taken(texts: pd.Series) -> pd.Series:
    """Tell which texts say that no sample was taken."""
    found = texts.map(lambda text: bool(re.match(_NOT_TAKEN, fold(text))), na_action="ignore")
    return found.astype("boolean").fillna(False)


def _untaken(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell in which rows stands the sign that a legend explains as "not taken"."""
    signs = {sign for sign, result in _legend(columns).items() if result == _NONE}
    return told_of(columns.text("test_result"), lambda text: fold(text).strip(' ."“”') in signs)


def _sign_of(text: str) -> str:
    return fold(text).strip(' .()"“”')


def _asked_day(columns: Columns, sample: Times, lost: npt.NDArray[np.bool_]) -> Times:
    """Ask once for the day of the samples of a list that names none; return the times with the answer."""
    at = next((columns.at(name) for name in ("pool", "test_code", "test_result") if columns.has(name)), None)
    return ask_day(
        columns,
        sample,
        lost,
        _("On which day were these samples taken?"),
        at=at,
        missing="sample",
        choices=[Choice(OTHER, _("type the day")), Choice(NOBODY, LEFT_OUT)],
    )


def build(rows: ListRows) -> None:
    """Stage the tests of a list; a row may tell several."""
    days: set[int | None] = set()
    for columns in rows.columns.parts(TEST):
        _build(replace(rows, columns=columns), taken=columns.at("sample") not in days)
        days.add(columns.at("sample"))


def stage_samples(
    rows: ListRows, sample: Times, where: npt.NDArray[np.bool_], *, result: str | None, method: pd.Series
) -> None:
    """Stage the tests of which only the day of the sample is told, and a result that is said of all of them."""
    columns = rows.columns
    values = {
        "person": rows.person,
        **span(sample, "sample"),
        "result": rows.constant(result),
        **span(Times.none(len(columns.sheet)), "resulted"),
        "method": method,
        **{name: columns.empty() for name in ("pool", "attributes")},
        "ct": columns.empty("Float64"),
    }
    rows.stage("tests", values, where & sample.known)


def _build(rows: ListRows, *, taken: bool) -> None:
    """Stage one test of each row; ``taken`` tells that a day of the sample is enough, without a result or a code."""
    columns = rows.columns
    result = results(columns)
    sample = sample_time(rows)
    told = result.notna().to_numpy()
    pool, code = columns.ids("pool"), columns.ids("test_code")
    pool = pool.fillna(code.where(_of_several(rows.person, code) & ~_differ(result, code)))
    pool = pool.where(~pool.map(lambda text: fold(text) in _SINGLE, na_action="ignore").astype("boolean").fillna(False))
    pool = _with_members(columns, pool, ~told & code.isna().to_numpy(dtype=bool) & rows.person.notna().to_numpy())
    listed = (pool.notna() | code.notna()).to_numpy(dtype=bool)
    lost = (told | listed) & ~sample.known & ~columns.bad & ~columns.lost("sample", "sample_hour", "visit_start")
    if columns.has("sample", "sample_hour", "visit_start"):
        columns.query(
            "required.missing", np.flatnonzero(lost), columns.at("sample") if columns.has("sample") else "sample"
        )
    elif lost.any():
        sample = _asked_day(columns, sample, lost)
    values = {
        "person": rows.person,
        **span(sample, "sample"),
        "result": result,
        **span(columns.time("resulted"), "resulted"),
        "method": method(columns),
        "ct": thresholds(columns),
        "pool": pool,
        "attributes": columns.json(
            {
                columns.sheet.headings[columns.at("test_code") or 0]: code,
                _CT_AS_TOLD: _ct_as_told(columns),
            }
        ),
    }
    dated = columns.text("sample").notna() | columns.text("sample_hour").notna()
    given = told | listed | (sample.known & dated.to_numpy(dtype=bool) & taken)
    skip = _not_taken(columns.text("test_result")).to_numpy(dtype=bool) | _untaken(columns)
    rows.stage("tests", values, given & sample.known & ~skip)


def _with_members(columns: Columns, pool: pd.Series, bare: npt.NDArray[np.bool_]) -> pd.Series:
    """Return the pools with the rows below the first of each, of which nothing else is told, as was answered."""
    above = pool.ffill()
    rows = np.flatnonzero(bare & pool.isna().to_numpy(dtype=bool) & above.notna().to_numpy(dtype=bool) & ~columns.bad)
    if not columns.has("pool") or not len(rows):
        return pool
    at = columns.at("pool")
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Rows without a pool below one that has one: are they of the same pool?"),
        ids=[question_id("pool", columns.asked.key(columns.sheet, int(rows[0])))],
        rows=rows,
        column=at,
        choices=[Choice(YES, _("yes: the same pool")), Choice(NO, _("no: each of them by itself"))],
    )
    if answer is None:
        columns.query("required.missing", rows, at)
    out = pool.copy()
    if answer == YES:
        out.iloc[rows] = above.iloc[rows]
    return out


def _of_several(person: pd.Series, code: pd.Series) -> pd.Series:
    """Tell the rows whose sample has the code of another person's, too: the samples of several people in one tube."""
    people = person.groupby(code).nunique()
    return code.map(people, na_action="ignore").fillna(0) > 1


def _differ(result: pd.Series, code: pd.Series) -> pd.Series:
    """Tell the rows of a code that several results have: the run of a machine, or a day, and no tube."""
    return code.map(result.groupby(code).nunique(), na_action="ignore").fillna(0) > 1


KIND: Final = Kind(
    name="tests",
    fields=(*TEST, *further_fields(TEST)),
    marks=(
        frozenset({"test_result"}),
        frozenset({"pool"}),
        frozenset({"test_code", "sample"}),
        frozenset({"test_code", "fact:sample_day"}),
    ),
    build=build,
)
