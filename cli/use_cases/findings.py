"""What was found in files and what became of every row, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cli.language import say, spoken
from cli.options import Settings
from cli.screen import bold, show, show_call, show_table
from cli.shown import shown_number
from cli.use_cases.account import nothing_usable
from cli.words import COUNTED, NEXT
from tracing.text import Text, catalogue, join

if TYPE_CHECKING:
    import pandas as pd

    from cli.use_cases.questions import Taken
    from graph import WriteReport
    from loaders import Question
    from loaders.account import Account
    from loaders.questions import Choice
    from loaders.result import Summary

_, _n = catalogue("cli")


_SHOWN: Final = 6


def write_summaries(account: Account, *, checking: bool = False) -> None:
    """Print two lines per sheet: what it is, and what became of its rows."""
    from loaders.findings import cut_short

    head = []
    for summary in account.result.summaries:
        where = summary.file + (" · " + say(_("sheet")) + f' "{summary.sheet}"' if summary.sheet else "")
        notes = [
            say(
                _n(
                    "{known} of {all} heading known",
                    "{known} of {all} headings known",
                    summary.headings,
                    known=summary.headings_known,
                    all=summary.headings,
                )
            )
        ]
        if summary.unused and len(summary.unused) <= _SHOWN:
            names = ", ".join(f'"{cut_short(name)}"' for name in summary.unused)
            notes.append(say(_("not used: {names}", names=names)))
        head.append([where, f"{kind_words(summary)} ({'; '.join(notes)})"])
    for summary, (where, what) in zip(account.result.summaries, head, strict=True):
        show(where, "    ", what)
        new, known, completed, waiting, aside = account.of(summary)
        if checking:
            show(
                "  "
                + say(
                    _n(
                        "{rows} row: {good} can be used, {aside} to correct",
                        "{rows} rows: {good} can be used, {aside} to correct",
                        summary.rows,
                        rows=summary.rows,
                        good=new + known + completed,
                        aside=aside,
                    )
                )
                + _waits(waiting)
            )
        else:
            show(
                "  "
                + say(
                    _n(
                        "{rows} row: {new} new, {known} already known, {aside} set aside",
                        "{rows} rows: {new} new, {known} already known, {aside} set aside",
                        summary.rows,
                        rows=summary.rows,
                        new=new,
                        known=known,
                        aside=aside,
                    )
                )
                + _completes(completed)
                + _waits(waiting)
            )


def _completes(count: int) -> str:
    """Return how many rows completed what was known; nothing without any."""
    return say(_n(", {n} completed one on record", ", {n} completed ones on record", count, n=count)) if count else ""


def _waits(count: int) -> str:
    """Return how many rows are loaded but for a part; nothing without any."""
    return say(_n(", {n} loaded but for a part", ", {n} loaded but for a part", count, n=count)) if count else ""


def kind_words(summary: Summary) -> str:
    """Return what a sheet lists, in the spoken language."""
    from loaders.columns.words import KIND_WORDS

    return say(KIND_WORDS[summary.kind])


def write_questions(questions: Sequence[Question], *, everything: bool, more: str, said: bool = False) -> None:
    """Print what is to be answered, what holds back most rows first: id, where, rows; the question; its choices.

    With ``said``, what stands in the cell, too.
    """
    from loaders.questions import rows_held

    if not questions:
        return
    rows = sum(map(len, rows_held(questions).values()))
    held = _n("{n} row", "{n} rows", rows, n=rows)
    head = _n(
        "{n} question about {rows}:",
        "{n} questions about {rows}:",
        len(questions),
        n=len(questions),
        rows=held,
    )
    show()
    show(head)
    shown = questions if everything else questions[:_SHOWN]
    for asked in shown:
        show(
            "  ", bold(asked.id), "  ", f"{where_asked(asked)} · ", _n("{n} row", "{n} rows", asked.rows, n=asked.rows)
        )
        cell = f' "{asked.said}"' if said and asked.said else ""
        show("    ", f"{say(asked.text)}{cell}")
        if len(asked.choices) > _SHOWN:
            show("    · ", " | ".join(map(_briefly, asked.choices)))
            continue
        for choice in asked.choices:
            effect = "" if choice.effect is None else f" ({say(choice.effect)})"
            words = "" if say(choice.text) == choice.value else f"  {say(choice.text)}"
            show("    · ", f"{choice.value}{words}{effect}")
    if len(questions) > len(shown):
        show("  ", _("…{count} more: {command}", count=len(questions) - len(shown), command=more))


def _briefly(choice: Choice) -> str:
    """Return a choice among many: what is to be typed, and in brackets what it means."""
    words = say(choice.text)
    return choice.value if words == choice.value else f"{choice.value} ({words})"


def where_asked(asked: Question) -> str:
    """Return where a question is asked: file, sheet, cell or row, heading."""
    place = asked.cell or ("" if asked.row is None else say(_("row {n}", n=str(asked.row))))
    from loaders.findings import cut_short

    heading = f'"{cut_short(asked.column)}"' if asked.column else ""
    return " ".join(part for part in (asked.file, asked.sheet, place, heading) if part)


def write_taken(taken: Taken, *, settings: Settings) -> None:
    """Print how many answers were kept or taken back, and how to go on."""
    if taken.kept:
        show(_n("{n} answer kept.", "{n} answers kept.", taken.kept, n=taken.kept))
    if taken.back:
        show(_n("{n} answer taken back.", "{n} answers taken back.", taken.back, n=taken.back))
    if taken.unlike:
        told = ", ".join(taken.unlike)
        show(_("Answered otherwise before, and that stands: {ids} (truyvet answer --back ID)", ids=told))


def write_errors(errors: pd.DataFrame, *, files: int, everything: bool, more: str) -> None:
    """Print what is wrong, one line each: where, reason code, what, and what to do."""
    shown = errors if everything else errors.head(_SHOWN)
    rows = [[f"  {place_of(row, files)}", str(row.code), _told(row), f"→ {_fix(row)}"] for row in _rows(shown)]
    show_table(rows)
    if len(errors) > len(shown):
        show("  ", _("…{count} more: {command}", count=len(errors) - len(shown), command=more))


def write_remarks(remarks: pd.DataFrame, *, files: int, everything: bool, more: str) -> None:
    """Print warnings and notes: each kind once with its count, those of whole files with their names; or all."""
    if everything:
        write_errors(remarks, files=files, everything=True, more=more)
        return
    whole = remarks["code"].str.startswith("file.")
    lines = [
        [f"  {_shortened([*together['file'].unique()])}", str(code), str(told)]
        for (code, told), together in remarks[whole].groupby(["code", f"message_{spoken()}"], sort=False)
    ]
    counts = remarks["code"].value_counts(sort=False)
    for row in _rows(remarks[~whole].drop_duplicates("code")):
        count = int(counts[row.code])
        times = " (" + say(_("{count} times", count=count)) + ")" if count > 1 else ""
        lines.append([f"  {place_of(row, files)}", str(row.code), f"{_told(row)}{times}"])
    show_table(lines[:_SHOWN])
    if len(lines) > _SHOWN:
        show("  ", _("…{count} more: {command}", count=len(lines) - _SHOWN, command=more))


def _shortened(names: Sequence[str]) -> str:
    """Return names of files in one line, the first of them where they are many."""
    from loaders.findings import shorten

    return shorten(names, _SHOWN)


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.astype(object).where(table.notna(), None).itertuples(index=False))


def place_of(row: Any, files: int) -> str:
    """Return where a finding is: F1!F37, or the file and row; with the file's name where there are several files."""
    from loaders.findings import cut_short

    column = cut_short(row.column) if row.column else None
    spot = row.cell or ("" if row.row is None else shown_number(int(row.row)))
    if row.cell and row.sheet:
        spot = f"{row.sheet}!{row.cell}"
    elif row.row is not None:
        named = " ".join(part for part in (row.file if files > 1 or not row.sheet else None, row.sheet) if part)
        place = say(_("{file} row {row}", file=named, row=int(row.row)))
        return f"{place}, {column}" if column else place
    if not spot:
        return " ".join(part for part in (row.file, row.sheet, column) if part)
    return f"{row.file} {spot}" if files > 1 or not row.sheet else spot


def _to_correct(account: Account, aside: Path) -> Text:
    """Return how many rows stand in the file to correct, by what became of them: as the figures of the sheets say."""
    waiting = account.waiting
    bad = account.to_correct - waiting
    part = _n("{n} row loaded but for a part", "{n} rows loaded but for a part", waiting, n=waiting)
    if not bad:
        return _(
            "{rows}: what is missing stands in {file}; correct it there and load that file:", rows=part, file=aside
        )
    whole = _n("{n} row set aside", "{n} rows set aside", bad, n=bad)
    rows = join([whole, part]) if waiting else whole
    return _("{rows} in {file}; correct them there and load that file:", rows=rows, file=aside)


def _told(row: Any) -> str:
    return str(row.message_vi if spoken() == "vi" else row.message_en)


def _fix(row: Any) -> str:
    return str(row.fix_vi if spoken() == "vi" else row.fix_en)


def write_account(
    account: Account, report: WriteReport, taken: Taken, aside: Path | None, *, everything: bool, settings: Settings
) -> None:
    """Print the summaries, what is to be corrected, what to look at, and what was written."""
    write_taken(taken, settings=settings)
    findings = account.result.findings
    files = len({summary.file for summary in account.result.summaries})
    write_summaries(account)
    errors = findings.to_answer
    if len(errors):
        show()
        if aside is not None and account.to_correct:
            show(_to_correct(account, aside))
        else:
            show(_("Cannot be used:"))
        write_errors(errors, files=files, everything=everything, more="truyvet check --set-aside --all")
    write_questions(account.result.questions, everything=everything, more="truyvet questions")
    if account.result.questions and not settings.quiet:
        if aside is None:
            show(_("Answer: truyvet answer ID CHOICE; then load again."))
        else:
            show(_("Answer: truyvet answer ID CHOICE, or in {file}; then load again.", file=str(aside)))
    remarks = findings.of() if everything else findings.of(severity="warning")
    remarks = remarks[~remarks["severity"].isin(("error", "question"))]
    if len(remarks):
        show()
        count = int((findings.table["severity"] == "warning").sum())
        show(
            _n(
                "{count} thing to look at (the rows were loaded):",
                "{count} things to look at (the rows were loaded):",
                count,
                count=count,
            )
        )
        write_remarks(remarks, files=files, everything=everything, more="truyvet check --all")
    if settings.quiet or nothing_usable(account):
        return
    show()
    if not len(account.result.records):
        show(_("No row could be used; nothing changed."))
        return
    if not report.changed:
        show(_("{store} already had all of it; nothing changed.", store=settings.address))
        return
    tables = {name: row.new for name, row in report.tables.items() if row.new}
    parts = [say(COUNTED[name](new)) for name, new in tables.items()]
    parts += (
        [say(_n("{count} row completed", "{count} rows completed", report.completed, count=report.completed))]
        if report.completed
        else []
    )
    show(_("New in {store}: {what}.", store=settings.address, what=", ".join(parts)))
    show_call(NEXT, "truyvet tiers" + settings.again)
