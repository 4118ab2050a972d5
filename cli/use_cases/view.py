"""Sheets as they look, for people to read before anything is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.language import say
from cli.options import Settings
from cli.screen import bold, faint, show, show_table
from cli.shown import shown_number
from cli.use_cases.findings import write_questions
from cli.use_cases.load import open_to_read, read_views
from cli.use_cases.questions import with_kept_answers
from cli.words import ROWS
from tracing.spelling import without_person
from tracing.text import catalogue

if TYPE_CHECKING:
    from cli.screen import Piece
    from loaders import LoadOptions, LoadResult
    from loaders.view import ColumnView, RecordView, SheetView

_, _n = catalogue("cli")


def show_dry_run(paths: Sequence[Path], *, options: LoadOptions, settings: Settings) -> LoadResult:
    """Read files, show every sheet as it looks and what would be asked, and return what came of it."""
    opened = open_to_read(settings)
    if opened is None:
        result, views = read_views(paths, options=options, known=None, settings=settings)
    else:
        with opened as store:
            kept = with_kept_answers(options, store)
            result, views = read_views(paths, options=kept, known=store, settings=settings)
    for view in views:
        write_view(view, names=settings.show_names)
    write_questions(result.questions, everything=True, more="", said=settings.show_names)
    show()
    show(_("Nothing was written."))
    return result


def write_view(view: SheetView, *, names: bool) -> None:
    """Print a sheet: what it is, its columns, the first rows as they will be. Without ``names`` these are shapes."""
    where = view.file + (" · " + say(_("sheet")) + f' "{view.sheet}"' if view.sheet else "")
    sure = _percent(view.sure) if view.table is not None else ""
    rows = _n("{n} row", "{n} rows", len(view.cells), n=len(view.cells))
    show(bold(where))
    show("  ", ", ".join(part for part in (say(view.kind), sure, say(rows)) if part))
    show_table([_column(column) for column in view.columns])
    for number, records in view.becomes.items():
        show("  ", _("row {n} becomes", n=str(number)), ":")
        if not records:
            show("    · ", _("nothing new"))
        for record in records:
            show("    · ", _record(record, names=names))
    show()


def _percent(share: float) -> str:
    return say(_("{share} % sure", share=shown_number(round(100 * share))))


def _column(column: ColumnView) -> list[Piece]:
    from loaders.findings import cut_short
    from loaders.view import BASES, USES

    heading = cut_short(column.heading)
    if column.means is None or column.use in ("double", "asked"):
        return [f"  {heading}", USES[column.use] if column.use == "asked" else faint(USES[column.use]), ""]
    kept = "" if column.use == "used" else f" ({say(USES[column.use])})"
    basis = f"{say(BASES[column.by])}, {_percent(column.sure)}"
    return [f"  {heading}", say(column.means) + kept, faint(basis)]


def _record(record: RecordView, *, names: bool) -> str:
    from loaders.columns.words import field_words
    from loaders.view import mask

    parts = []
    for name, value in record.values.items():
        text = value if isinstance(value, str) else say(value)
        text = text if names else without_person(text)
        shown = text if names or name not in record.private else mask(text)
        parts.append(f"{say(field_words(name, record.table))} {shown}")
    return f"{say(ROWS[record.table])}: {'; '.join(parts)}"
