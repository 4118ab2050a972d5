"""Remarks beside the rows: an isolation that only a remark tells is read; days, cases and company in them are asked."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import span
from loaders.columns.companions import CASES_APART, MET_APART, WITH_CASE, companions_of
from loaders.columns.company import tells_company
from loaders.columns.dates import Times, read_times
from loaders.columns.remark import is_remark, tells_time
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.when import tells_contact
from loaders.files.grid import Sheet
from loaders.files.headings import KEEP
from loaders.files.spelt import Spelt
from loaders.questions import Choice, question_id
from loaders.rows.became_cases import became, may_tell
from loaders.rows.company import ask_company, of_tier
from loaders.rows.dated_remarks import ask_stays, meetings_told
from loaders.rows.interview import told_more
from loaders.rows.isolations import ask_since_when, kind_of_place
from loaders.rows.kind import ListRows
from loaders.rows.taken_off import says_not_met
from loaders.rows.told_results import ask_positive_texts
from loaders.shapes.left_early import left_as_told
from loaders.shapes.met_in_histories import READ, left_of_history, tells_history
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_ISOLATED: Final = regex(
    r"(?:cach ly(?: y te)?|\bcl(?=tn|tt| ))(?P<how> ?tai nha| ?tap trung|tn|tt)?,? (?:ke )?(?:tu )?(?:luc )?(?:ngay )?"
    r"(?P<when>(?:\d{1,2} ?(?:h|gio|:) ?\d{0,2},? (?:ngay )?)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
)
#: The same told as a way: ``16/9 đi KCL``, ``vào khu cách ly ngày 16/9``.
_TO: Final = (
    r"(?<!khong )(?<!chua )(?<!khoi )(?:di|vao|chuyen|dua(?: di| vao| den)?|len)"
    r"(?: cach ly(?: tap trung)?)?(?: (?:o|tai|vao|den))? ?"
)
_CAMP: Final = r"(?P<camp>kcl(?:tt)?|khu (?:cach ly|cl)|cltt|cach ly tap trung|(?<=di )cach ly)\b"
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
_WENT: Final = regex(
    rf"(?:(?:tu |ngay )?(?P<before>{_DAY}),? (?:da |duoc )?{_TO}{_CAMP}"
    rf"|\b{_TO}{_CAMP.replace('camp', 'there')}[^,;.\d]{{0,30}}? (?:tu )?(?:ngay )?(?P<behind>{_DAY}))"
)
#: The same with the place before the day: ``CLTT tại TTYT Lạng Giang từ 20/5``.
_PLACED: Final = Spelt(
    r"(?i)(?<!\w)(?P<how>CLTT|cách ly(?: y tế)?(?: tập trung)?|CL(?: tập trung)?)\s+(?:(?:tại|ở)\s+)?"
    r"(?P<place>(?!(?:(?:tại|ở)\s+)?(?:nhà\b|tập trung|gia đình|nơi|từ|ngày))[^\W\d_][^,;.()]{1,60}?)"
    r",?\s+(?:kể )?(?:từ|ngày)(?: ngày)? "
    r"(?P<when>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
)
#: Columns that tell what was done with somebody.
_STATUS: Final = regex(
    r"(?:tinh trang|hien trang|tinh hinh|hien tai|xu ly|xu tri|huong xu (?:ly|tri)|bien phap"
    r"|(?:(?:dia phuong|xa|phuong) )?(?:phan hoi|tra loi)|ket qua (?:truy vet|xac minh))\b(?!.*suc khoe)"
)
#: An isolation of which no day is told.
_SOMEWHERE: Final = regex(
    r"(?:dang |da |duoc |hien )*(?:cach ly|cl)(?: y te)?(?P<how> ?tai nha| ?tap trung|tn|tt)(?: voi .*)?"
)
#: Company that a case code names, so that the case is there on record.
_LINKED: Final = regex(r"(?i)(?<!\w)(?:cùng|với|chở|gặp)\s[^,;.()]{0,40}\(?(?:BN|F0)[ -]?\d{2,}\)?")
_KINDS: Final = {"tai nha": "home", "tn": "home", "tap trung": "centre", "tt": "centre"}


def build(rows: ListRows) -> None:
    """Stage the isolations that remarks tell, and ask about days and hours that stand nowhere else."""
    columns = rows.columns
    reading = columns.found.reading
    dated = meetings_told(columns)
    for at in sorted({*reading.kept, *reading.unused} - set(columns.found.asked)):
        texts = columns.sheet.cells[at]
        if tells_history(columns.sheet, at):
            texts = by_distinct(texts, left_of_history)
        if may_tell(columns.found):
            texts = texts.where(~told_of(texts, lambda text: became(text) is not None))  # asked about already
        if columns.has("index") and is_remark(columns.sheet.headings[at]):
            texts = texts.where(~told_of(texts, says_not_met))
        if columns.has("isolation_start"):
            texts = texts.where(~left_as_told(texts, columns.text("isolation_start")))  # read as the last day
        texts = texts.where(~ask_positive_texts(rows, at, texts))
        status = _STATUS.match(fold(columns.sheet.headings[at])) is not None
        timed = None
        if status or (at in reading.kept and is_remark(columns.sheet.headings[at])):
            read = _stage_isolations(rows, columns.sheet.cells[at], at if status else None)
            read |= dated.get(at, False)
            read |= ask_stays(rows, at, texts.where(~read))
            met = told_of(texts.where(~read), _met_when) & columns.text("index").isna().to_numpy(dtype=bool)
            ask_company(rows, at, texts.where(met), dated=True)
            timed = texts.where(~read & ~met)
            texts = texts.where(~met)
        whom = ask_company(rows, at, texts)
        if timed is not None:
            _ask(rows, at, timed.where(~whom))  # who answers whom they met says when
    ask_company(rows, columns.at("level") or 0, columns.text("level").where(of_tier(rows)))
    if columns.has("relation"):
        _ask(rows, columns.at("relation") or 0, columns.text("relation"))
    for name in ("told", "movements"):
        if columns.has(name):
            texts = columns.text(name)
            unread = name in rows.kept and _is_table(columns.sheet)  # such a field puts nobody on record
            linked = texts if unread else by_distinct(texts, partial(_unlinked, columns.sheet))
            ask_company(rows, columns.at(name) or 0, linked)
            if name == "told" and unread:
                _ask(rows, columns.at(name) or 0, texts.where(~told_of(texts, tells_contact)))
    for at, texts in told_more(columns).items():
        kept = bool({"investigated", "declared"} & set(rows.kept))
        ask_company(rows, at, columns.sheet.cells[at] if kept else texts, lines=kept)
        _ask(rows, at, texts.where(~(kept | told_of(texts, tells_contact) | told_of(texts, tells_company))))
    if "outcome" in rows.more:
        _ask(rows, columns.at("outcome") or 0, rows.more["outcome"])
    if columns.has("name"):
        ask_company(rows, columns.at("name") or 0, columns.text("name"), names=True)


def _met_when(text: str) -> bool:
    """Tell whether a remark says when somebody met somebody."""
    return tells_contact(text) and tells_time(text)


def _is_table(sheet: Sheet) -> bool:
    """Tell whether a list was a table, and no text of which people, times and contacts are read already."""
    return sheet.lettered or sheet.file.lower().endswith((".csv", ".tsv"))


def _unlinked(sheet: Sheet, text: str) -> str:
    """Return a text without the company that is on record: cases by their codes, people in a list of their own."""
    if sheet.fact(CASES_APART) is not None:
        text = WITH_CASE.sub(" ", text)
    told = text if sheet.fact(READ) is None else left_of_history(text)
    return _LINKED.sub(" ", told if sheet.fact(MET_APART) is None else companions_of(told).rest)


def _stage_isolations(rows: ListRows, texts: pd.Series, status: int | None) -> pd.Series:
    """Stage isolations of rows whose columns tell none; return of which rows nothing is left to ask.

    Of a column of what was done (``status``) the day of an isolation that is told without one is asked for.
    """
    columns = rows.columns
    told = {text: _isolation(text) for text in texts.dropna().unique()}
    found = [told.get(text) for text in texts.to_numpy(dtype=object)]
    own = columns.text("isolation_start").notna().to_numpy(dtype=bool)
    whens = pd.Series(pd.array([None if one is None else one[0] for one in found], dtype="string"))
    times = read_times(
        whens.where(~own), zone=columns.options.zone, day_first=True, hints=columns.sheet.dates, is_end=False
    )
    lost = np.array([one is not None and one[0] is None for one in found], dtype=bool) & ~own
    if status is not None and lost.any() and not columns.has("isolation_start", "isolation_kind", "isolation_place"):
        times = ask_since_when(columns, times, lost, status)
    kind = pd.Series(pd.array([None if one is None else one[1] for one in found], dtype="string"))
    kind = kind.fillna(columns.texts_of("isolation_kind", "isolation_kind"))
    nothing = Times.none(len(columns.sheet))
    values = {"person": rows.person, **span(times, "start"), **span(nothing, "end"), "kind": kind}
    place = pd.Series(pd.array([None if one is None else one[2] for one in found], dtype="string"))
    rows.stage("isolations", values | {"place": place}, times.known)
    rows.mention_places(place.where(times.known), None)
    read = times.known & rows.person.notna().to_numpy(dtype=bool)
    if read.any():
        columns.sheet.report(columns.log, "remark.isolation", count=int(read.sum()))
    return pd.Series(times.known)


def _isolation(text: str) -> tuple[str | None, str | None, str | None] | None:
    """Return since when a remark says that somebody is isolated, how and where; None of another remark."""
    said = fold(text)
    placed = _PLACED.search(text)
    if placed is not None:
        how = fold(placed["how"])
        together = "tt" in how or "tap trung" in how
        return placed["when"], "centre" if together else kind_of_place(placed["place"]), placed["place"]
    dated, went = _ISOLATED.search(said), _WENT.search(said)
    if went is not None:
        return went["before"] or went["behind"], "centre", None
    if dated is not None:
        return dated["when"], _KINDS.get((dated["how"] or "").strip()), None
    somewhere = _SOMEWHERE.fullmatch(said.strip(" ."))
    return None if somewhere is None else (None, _KINDS.get(somewhere["how"].strip()), None)


def _ask(rows: ListRows, at: int, texts: pd.Series) -> None:
    """Ask once for a column whether the days and hours that its remarks tell matter."""
    columns = rows.columns
    told = told_of(texts, tells_time)
    where = np.flatnonzero(told)
    if not len(where):
        return
    distinct = sorted(set(texts.iloc[where]))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "{n} remark tells a day, an hour or a change that no column holds: does it say something else of the row?",
            "{n} remarks tell a day, an hour or a change that no column holds: do they say something else of the rows?",
            len(where),
            n=len(where),
        ),
        ids=[question_id("remarks", *distinct)],
        column=at,
        rows=where,
        choices=[Choice(KEEP, _("no: keep them as they are"), _("else write it into a column and load again"))],
    )
    if answer is None:
        columns.query("remark.time", where, at)
