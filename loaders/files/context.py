"""What a sheet says of all its rows, as one text: rows that are set aside take it along and are read as they were."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Final

from loaders.files.grid import Fact, Line, Sheet
from loaders.files.orders import Hints

#: Name of the column, behind :data:`loaders.files.grid.OWN_PREFIX`, that holds it.
CONTEXT: Final = "context"


def write_context(sheet: Sheet) -> str | None:
    """Return titles, facts and what is known of the dates of a sheet as JSON; None where there is nothing."""
    dates = sheet.dates
    told = {
        "titles": [[line.row, *line.texts] for line in sheet.titles],
        "facts": [asdict(fact) for fact in sheet.facts if fact.source != "file"],
        "dates": {name: value for name, value in asdict(dates).items() if value and name != "day"},
        "day": None if dates.day is None else dates.day.isoformat(),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if any(told.values()) else None


def with_context(sheet: Sheet) -> Sheet:
    """Return a sheet of rows set aside with what their first sheet said of them; any other sheet as it is."""
    origin = sheet.origin
    if origin is None or CONTEXT not in origin:
        return sheet
    if "section" in origin and origin["section"].notna().any():
        sheet = replace(sheet, sections=origin["section"])
    texts = origin[CONTEXT].dropna().unique()
    if len(texts) != 1:
        return sheet
    try:
        told = json.loads(texts[0])
        day = None if told["day"] is None else date.fromisoformat(told["day"])
        return replace(
            sheet,
            titles=tuple(Line(int(row), tuple(map(str, words))) for row, *words in told["titles"]),
            facts=tuple(Fact(**fact) for fact in told["facts"]),
            dates=Hints(**told["dates"], day=day),
        )
    except (ValueError, TypeError, KeyError):
        return sheet  # somebody has written into the column: the rows are read as they stand
