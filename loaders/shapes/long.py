"""Exports with a row for each answer, as DHIS2 and REDCap write them: the answers of one record become a row."""

from __future__ import annotations

import pandas as pd

from loaders.files.grid import Sheet
from loaders.files.headings import ANSWERS, read_headings
from tracing.model.rows import row_groups

_FEWEST, _MOST = 2, 200


def with_answers_beside(sheet: Sheet) -> Sheet:
    """Return a sheet with a column for each thing that its rows tell one below the other; any other sheet as it is."""
    columns = read_headings(sheet.headings, ANSWERS, {}).columns
    field, value = columns.get("field"), columns.get("value")
    kept = [at for at in range(len(sheet.headings)) if at not in (field, value)]
    if field is None or value is None or not kept or sheet.origin is not None or len(sheet) < _FEWEST:
        return sheet
    named = sheet.cells[field].dropna().drop_duplicates().tolist()
    record, first = row_groups([sheet.cells[at] for at in kept], len(sheet))
    own = {sheet.headings[at] for at in kept}
    if not _FEWEST <= len(named) <= _MOST or len(first) * 2 > len(sheet) or own & set(named):
        return sheet
    table = pd.DataFrame({"record": record, "field": sheet.cells[field], "value": sheet.cells[value]}).dropna()
    if table.duplicated(["record", "field"]).any():
        return sheet  # a record that answers twice: which answer stands is not ours to say
    wide = table.pivot(index="record", columns="field", values="value").reindex(range(len(first)))
    told = {sheet.headings[at]: sheet.cells[at].iloc[first].reset_index(drop=True) for at in kept}
    told |= {name: pd.Series(pd.array(wide[name], dtype="string")) for name in named if name in wide.columns}
    return sheet.with_table(told, letter=sheet.letters[value], numbers=sheet.numbers[first])
