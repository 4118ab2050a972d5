"""Rows of lists loaded before that wait for cases which a load has brought: that they can be loaded now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.screen import show
from cli.use_cases.questions import open_questions
from tracing.spelling import case_key
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Store
    from loaders import LoadResult

_, _n = catalogue("cli")


def released_by_cases(store: Store, result: LoadResult) -> dict[str, int]:
    """Return file -> its rows that wait, of files not in this load, for cases that this load put on record."""
    from loaders.columns.references import read_reference

    cases = result.records.cases
    told = [*cases["person"].dropna(), *cases["case_code"].dropna()]
    keys = {case_key(code) for code in told} - {None}
    own = {file for file, _ in result.read}
    found: dict[str, set[tuple[str, int]]] = {}
    for question in open_questions(store) if keys else ():
        if question.kind != "reference" or question.said is None:
            continue
        if not any(named.code and case_key(named.words) in keys for named in read_reference(question.said).named):
            continue
        for (file, sheet), rows in question.waiting.items():
            if file not in own:
                found.setdefault(file, set()).update((sheet, row) for row in rows)
    return {file: len(rows) for file, rows in sorted(found.items())}


def write_released(files: dict[str, int]) -> None:
    """Say which lists are to be loaded again."""
    for file, count in files.items():
        show(
            _n(
                "{n} row of {file} waited for a case that is on record now: load that list again.",
                "{n} rows of {file} waited for cases that are on record now: load that list again.",
                count,
                n=count,
                file=file,
            )
        )
