"""What became of every row of the files that were read, as the command line hands it on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cli.use_cases.questions import question_object

if TYPE_CHECKING:
    from graph import Store, WriteReport
    from loaders import LoadResult
    from loaders.account import Account

SET_ASIDE: Final = "truyvet-set-aside.xlsx"


def keys_before(store: Store, result: LoadResult) -> dict[str, set[str]]:
    """Return those keys of the rows of ``result`` that are on record, by table."""
    from tracing.model.schema import known_by

    tables = result.records.tables
    return {name: store.among(name, frame[known_by(name)]) for name, frame in tables.items() if len(frame)}


def nothing_usable(account: Account) -> bool:
    """Tell whether nothing in the files could be used, and no single row could be corrected."""
    return not len(account.result.records) and account.to_correct == 0 and not account.complete


def as_object(account: Account, report: WriteReport | None, aside: Path | None) -> dict[str, Any]:
    """Return the account as plain data: sheets, findings, and what was written."""
    sheets = []
    for summary in account.result.summaries:
        new, known, completed, waiting, bad = account.of(summary)
        sheets.append(
            {
                "file": summary.file,
                "sheet": summary.sheet,
                "table": summary.table,
                "rows": summary.rows,
                "new": new,
                "known": known,
                "completed": completed,
                "waiting": waiting,
                "set_aside": bad,
                "headings": summary.headings,
                "headings_known": summary.headings_known,
                "unused": list(summary.unused),
            }
        )
    table = account.result.findings.table
    written = {} if report is None else {name: vars(row) for name, row in report.tables.items()}
    return {
        "sheets": sheets,
        "questions": [question_object(question) for question in account.result.questions],
        "findings": table.astype(object).where(table.notna(), None).to_dict("records"),
        "set_aside_file": None if aside is None else str(aside),
        "written": written,
    }
