"""Case lists: onset, sample, confirmation, class and outcome of each row's person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.about_cases import CODE, CODED, NO_CASES
from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.columns import Columns, span
from loaders.columns.dates import UNKNOWN, Times
from loaders.columns.found_at import says_how
from loaders.columns.result_cells import result_word
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.values import read_choice, words
from loaders.files.headings import spaced
from loaders.questions import NO, YES, Choice, question_id
from loaders.rows import tests
from loaders.rows.kind import Kind, ListRows
from tracing.model.schema import CASE_STATUS
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

STATUS_WORDS: Final = {
    "confirmed": _("a confirmed case"),
    "probable": _("a probable case"),
    "suspected": _("a suspected case"),
    "discarded": _("no case"),
}
_NO_SYMPTOMS: Final = regex(
    r"(?:khong|chua|ko|k|0)(?: co| xuat hien)? (?:trieu chung|tc)|ktc|asymptomatic|no symptoms|khong co"
)


#: A heading of the numbers that the ministry gives to cases, and such a number.
_OF_BN: Final = regex(r"(?:ma (?:so )?|so )?(?:bn|benh nhan)(?: so)?")
_NUMBER: Final = regex(r"\d{3,7}")
#: Results that make their person a suspected case where everybody on a list is a case.
_DOUBTFUL: Final = frozenset({"nghi ngo", "nghi nhiem", "nghi mac", "suspected"})
#: What became of somebody, with its day behind it.
_OUTCOME: Final = regex(
    r"(?i)(?P<word>[^\W\d_]+(?: [^\W\d_]+)??)[ :,(]{1,3}(?:(?:on|ngày|ngay|vào|hôm) )?(?P<day>\d[\w/., -]{2,20})\)?"
)
#: Words in a column of symptoms that say neither that there are some nor that there are none.
_UNCLEAR: Final = frozenset(
    {"binh thuong", "on dinh", "khoe", "?", "-", "unknown", "khong ro", "chua ro", "chua khai thac"}
)
#: What lists tell of cases that stays with people who are none.
_KEPT_OF_OTHERS: Final = (
    *("onset", "confirmed", "death_date", "exposure_start", "exposure_end"),
    *("found_in", "isolated", "outcome_date", "source_known", "asymptomatic"),
)
_TITLED_CASES: Final = _("The title speaks of cases: is everybody on this list a case?")
_PATIENTS_ALONE: Final = _(
    "Ids, samples and symptoms, and nobody says what these people are: is everybody on this list a case?"
)
#: What a list tells of patients, of whom nothing says yet whether they are cases.
_PATIENTS: Final = ("person", "sample", "symptoms")


def case_rows(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell which rows are about a case, of any class: by F level, else every row (with a disease: where filled)."""
    size = len(columns.sheet)
    case = np.full(size, columns.found.makes_cases)
    if columns.has("level"):
        level = columns.texts_of("level", "level")
        case = (level == "F0").fillna(False).to_numpy(dtype=bool)
        if not columns.has("index"):
            told = columns.text("onset").notna() | columns.text("confirmed").notna()
            case |= (told & level.isna()).to_numpy(dtype=bool)
        if _is_list_of_cases(columns):  # "F1 của BN34" is what somebody was before that day
            case |= columns.text("confirmed").notna().to_numpy(dtype=bool)
    elif _only_found(columns):
        case[:] = (
            _ask_cases(columns, _("Only where these people were found is told: is everybody on this list a case?"))
            == YES
        )
    elif columns.has("disease"):
        case &= columns.text("disease").notna().to_numpy()
    elif size and not columns.found.makes_cases:
        if _title_says_cases(columns, NO_CASES - {"test_result"}) and columns.has("test_result"):
            return _found_positive(columns)
        titled = _title_says_cases(columns)
        if titled or (all(map(columns.has, _PATIENTS)) and not columns.has(*NO_CASES)):
            case[:] = _ask_cases(columns, _TITLED_CASES if titled else _PATIENTS_ALONE) == YES
    return case


def _title_says_cases(columns: Columns, other: Collection[str] = NO_CASES) -> bool:
    """Tell whether a title speaks of cases and no column does: then nothing else tells what the people are."""
    return _is_list_of_cases(columns) and not columns.has(*other)


def _is_list_of_cases(columns: Columns) -> bool:
    said = [fact.value for fact in columns.sheet.facts if fact.name == "list_of"]
    return said[-1:] == ["cases"]


def _found_positive(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell which rows of a list of cases have a positive result, or one in doubt."""
    texts = by_distinct(columns.text("test_result"), result_word)
    positive = read_choice(texts, "result", open_set=True).values == "positive"
    return (positive.fillna(False) | texts.map(_in_doubt, na_action="ignore").notna()).to_numpy(dtype=bool)


def _only_found(columns: Columns) -> bool:
    """Tell whether a list tells no more of cases than where its people were found, in words that no case needs."""
    at = columns.at("found_in")
    if at is None or (CASE_FIELDS - {"found_in"}) & set(columns.found.reading.columns) or columns.has("person"):
        return False
    said = {fact.name: fact.value for fact in columns.sheet.facts}
    return said.get("list_of") != "cases" and CODED not in said and not says_how(columns.sheet, at)


def _ask_cases(columns: Columns, question: Text) -> str | None:
    return columns.asked.ask(
        columns.sheet,
        "value",
        question,
        rows=range(len(columns.sheet)),
        choices=[Choice(YES, _("yes: they are confirmed cases")), Choice(NO, _("no"))],
    )


def numbered_codes(columns: Columns) -> pd.Series:
    """Return the codes of cases whose numbers stand alone below a heading like ``Mã BN``: 12345 is BN12345."""
    at = columns.at("person")
    if at is None or not columns.found.makes_cases or not _OF_BN.fullmatch(spaced(columns.sheet.headings[at])):
        return columns.empty()
    return by_distinct(columns.text("person"), lambda text: f"BN{text}" if _NUMBER.fullmatch(text) else None)


def status_of(columns: Columns) -> pd.Series:
    """Return the status of each row's case, missing where none is given; an unknown word is asked about."""
    awaited = told_of(columns.text("confirmed"), _is_awaited)
    if not columns.has("classification"):
        return columns.empty().mask(awaited, "suspected")
    texts = columns.text("classification")
    said = columns.choice("classification", "classification", open_set=True)
    odd = said.notna() & ~said.isin(CASE_STATUS)
    at = columns.at("classification")
    for text in sorted(set(texts[odd])):
        rows = np.flatnonzero((odd & (texts == text)).to_numpy(dtype=bool))
        choices = [Choice(status, words) for status, words in STATUS_WORDS.items()]
        question = _("What is a case of this class?")
        answer = columns.asked.ask(
            columns.sheet,
            "value",
            question,
            ids=[question_id("class", fold(text))],
            row=int(rows[0]),
            rows=rows,
            column=at,
            said=text,
            choices=choices,
        )
        if answer is None:
            columns.query("class.unknown", rows, at)
        said.iloc[rows] = answer if answer in CASE_STATUS else "suspected"
    return said.mask(awaited & said.isna(), "suspected")


def _is_awaited(text: str) -> bool:
    """Tell whether a cell says in the place of a day that a result is not known yet: ``chờ PCR``."""
    return "pending" in (words("result").get(text.strip(" .").lower()), words("result").get(fold(text).strip(" .")))


def discarded_rows(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell which rows say that their person is no case after all."""
    if not columns.has("classification"):
        return np.zeros(len(columns.sheet), dtype=bool)
    said = columns.texts_of("classification", "classification")
    return (said == "discarded").fillna(False).to_numpy(dtype=bool)


def _in_doubt(text: str) -> str | None:
    """Return "suspected" for a result that says so."""
    return "suspected" if fold(text) in _DOUBTFUL else None


def onset_texts(columns: Columns) -> tuple[pd.Series, pd.Series]:
    """Return the texts of the onset, and whether they say that there were no symptoms."""
    texts = columns.text("onset")
    none = texts.map(lambda text: bool(_NO_SYMPTOMS.fullmatch(fold(text))), na_action="ignore").astype("boolean")
    return texts.where(~none.fillna(False)), none


def _without_symptoms(text: str) -> str | None:
    """Return whether a cell of symptoms says that there are none: "true", "false", None where it does not say."""
    said = fold(text)
    flag = words("flag").get(text.lower())
    if flag == "false" or _NO_SYMPTOMS.fullmatch(said) or said in ("none", "nil"):
        return "true"
    return None if said in UNKNOWN or said in _UNCLEAR else "false"


def _with_negative(columns: Columns, status: pd.Series, open_rows: npt.NDArray[np.bool_]) -> pd.Series:
    """Return the status with what is answered of rows that only an onset makes cases, and whose test is negative.

    Until that is answered they are suspected.
    """
    if not columns.has("test_result") or columns.has("level", "confirmed", "case_code", "classification", "outcome"):
        return status
    texts = by_distinct(columns.text("test_result"), result_word)
    negative = (read_choice(texts, "result", open_set=True).values == "negative").fillna(False).to_numpy(dtype=bool)
    rows = np.flatnonzero(negative & open_rows & status.isna().to_numpy(dtype=bool))
    if not len(rows):
        return status
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("A list of cases, and these people have a negative result: what are they?"),
        ids=[question_id("negative", columns.asked.key(columns.sheet, int(rows[0])))],
        rows=rows,
        column=columns.at("test_result"),
        choices=[Choice(name, words) for name, words in STATUS_WORDS.items()],
    )
    out = status.copy()
    out.iloc[rows] = answer or "suspected"
    return out


def _outcome_and_day(text: str) -> tuple[str, str | None]:
    """Return an outcome without its day, and that day: ``Tử vong 17/8``, ``Deceased on 21 Mar 2020``."""
    match = _OUTCOME.fullmatch(text.strip())
    known = words("outcome")
    if match is None or not {match["word"].lower(), fold(match["word"])} & known.keys():
        return text, None
    return match["word"], match["day"]


def _ill(rows: ListRows, others: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.bool_], str | None]:
    """Return who of those of whom nothing says that they are cases is one by what is answered of their onset, and what.

    Whoever is known as a case, or has a positive result, is asked about elsewhere or not at all.
    """
    columns = rows.columns
    size = len(columns.sheet)
    texts, _none = onset_texts(columns)
    at = columns.at("onset")
    confirmed = at is None and columns.has("index")
    if confirmed:  # among contacts a day of confirmation is told of somebody who became a case
        texts, at = columns.text("confirmed"), columns.at("confirmed")
    coded = by_distinct(columns.text("person"), lambda text: text if CODE.fullmatch(text.strip()) else None)
    coded = coded.where(columns.text("name").notna())
    coded_only = coded.notna() & texts.isna()
    told = others & (texts.notna() | coded.notna()).to_numpy(dtype=bool)
    if columns.has("test_result"):
        told &= ~_found_positive(columns)
    for row in np.flatnonzero(told).tolist():
        entry = rows.people.entry_of(rows.sheet, row)
        told[row] = entry is not None and not entry.case
    where = np.flatnonzero(told)
    if not len(where):
        return np.zeros(size, dtype=bool), None
    by_code = bool(coded_only.to_numpy(dtype=bool)[where].any())
    at = columns.at("person") if at is None else at
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _by_code(len(where)) if by_code else _by_day(len(where), confirmed=confirmed),
        ids=[question_id("ill", *(columns.asked.key(columns.sheet, row) for row in where.tolist()))],
        rows=where,
        column=at,
        choices=[
            Choice("suspected", STATUS_WORDS["suspected"]),
            Choice("confirmed", STATUS_WORDS["confirmed"]),
            Choice(NO, _("no case: the day stays with the person")),
        ],
    )
    if answer is None:
        columns.query("code.of_whom" if by_code else "onset.of_whom", where, at)
    return told & (answer in CASE_STATUS), answer


def _by_day(count: int, *, confirmed: bool) -> Text:
    if confirmed:
        return _n(
            "{n} person has a day of confirmation and is on no list of cases: what is this person?",
            "{n} people have a day of confirmation and are on no list of cases: what are they?",
            count,
            n=count,
        )
    return _n(
        "{n} person has a day of onset and is on no list of cases: what is this person?",
        "{n} people have a day of onset and are on no list of cases: what are they?",
        count,
        n=count,
    )


def _by_code(count: int) -> Text:
    return _n(
        "{n} person has the code or an onset of a case and is on no list of cases: what is this person?",
        "{n} people have the code or an onset of a case and are on no list of cases: what are they?",
        count,
        n=count,
    )


def _keep_of_others(rows: ListRows, others: npt.NDArray[np.bool_]) -> None:
    """Keep with those who are no cases what is told of cases; the day of their sample is that of a test."""
    columns = rows.columns
    for name in _KEPT_OF_OTHERS:
        if columns.has(name):
            rows.more[name] = columns.text(name).where(others)
    if columns.has("sample") and not tests.KIND.said_by(rows) and columns.text("sample")[others].notna().any():
        sample = columns.time("sample", texts=columns.text("sample").where(others))
        tests.stage_samples(rows, sample, others, result=None, method=tests.method(columns))


def build(rows: ListRows) -> None:
    """Stage the cases of a list."""
    columns = rows.columns
    case = case_rows(columns)
    if columns.has("outcome") and not case.all():  # of others it stays with the person, and is asked about
        rows.more["outcome"] = columns.text("outcome").where(~case)
    ill, ill_as = _ill(rows, ~case)
    _keep_of_others(rows, ~(case | ill))
    case |= ill
    if not case.any():
        return
    texts, no_symptoms = onset_texts(columns)
    onset, confirmed = columns.time("onset", texts=texts), columns.time("confirmed")
    sample, isolation = columns.time("sample"), columns.time("isolation_start")
    isolated = columns.time("isolated") if columns.has("isolated") else isolation
    outcome = columns.text("outcome")
    day = columns.text("outcome_date").fillna(by_distinct(outcome, lambda text: _outcome_and_day(text)[1]))
    ended, died = columns.time("outcome_date", texts=day), columns.time("death_date")
    fill = died.known & ~ended.known
    ended = Times(np.where(fill, died.start, ended.start), np.where(fill, died.end, ended.end), ended.known | fill)
    by_death = pd.Series(died.known).map({True: "died"}).astype("string")
    asymptomatic = columns.flag("asymptomatic")
    if columns.has("symptoms"):
        none = by_distinct(columns.text("symptoms"), _without_symptoms)
        asymptomatic = asymptomatic.fillna(none.map({"true": True, "false": False}).astype("boolean"))
    asymptomatic = asymptomatic.fillna(no_symptoms.where(no_symptoms.fillna(False)))
    values = {
        "person": rows.person,
        "case_code": columns.ids("case_code")
        .fillna(numbered_codes(columns))
        .fillna(by_distinct(rows.person, rows.people.given.get)),
        **span(onset, "onset"),
        **span(sample, "sample"),
        **span(confirmed, "confirmed"),
        **span(isolated, "isolated"),
        "outcome": columns.choice(
            "outcome", "outcome", open_set=True, texts=by_distinct(outcome, lambda text: _outcome_and_day(text)[0])
        ).fillna(by_death),
        **span(ended, "outcome_date"),
        "asymptomatic": asymptomatic,
        "source_known": columns.flag("source_known"),
        "found_in": columns.choice("found_in", "found_in"),
    }
    status = status_of(columns).fillna(by_distinct(columns.text("test_result"), _in_doubt))
    status = _with_negative(columns, status, case & ~confirmed.known & ~ill).where(~ill, ill_as)
    values |= {
        "status": status,
        **span(columns.time("exposure_start"), "exposure_start"),
        **span(columns.time("exposure_end"), "exposure_end"),
    }
    rows.stage("cases", values, case & ~(status == "discarded").fillna(False).to_numpy(dtype=bool))


KIND: Final = Kind(
    name="cases",
    fields=(
        *("onset", "confirmed", "case_code", "outcome", "outcome_date", "death_date", "classification", "disease"),
        *("found_in", "asymptomatic", "source_known", "symptoms"),
        *("level", "isolated", "exposure_start", "exposure_end"),
        "isolation_start",
        "sample",
    ),
    marks=(
        frozenset({"fact:list_of"}),
        frozenset({f"fact:{CODED}"}),
        frozenset(_PATIENTS),
        *(
            frozenset({name})
            for name in (
                *("onset", "confirmed", "case_code", "outcome", "death_date", "sources", "classification", "disease"),
                "found_in",
                "level",
            )
        ),
    ),
    build=build,
)
