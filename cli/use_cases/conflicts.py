"""Rows that contradict what is stored: findings, and rows set aside, like any other row that needs a correction."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from cli.language import find_text
from tracing.times import format_iso

if TYPE_CHECKING:
    import pandas as pd

    from cli.use_cases.load import Source
    from graph import Store
    from loaders import LoadResult
    from loaders.load import SetAside
    from tracing.model.records import Records

_SOURCES = ["source_file", "source_sheet", "source_row"]


def conflicts_with(store: Store, records: Records) -> pd.DataFrame:
    """Return the contradictions a write would find, as a WriteReport has them, without writing."""
    import pandas as pd

    from tracing.model.records import merge_table
    from tracing.model.schema import TABLES

    found = []
    for name in TABLES:
        if len(records.tables[name]):
            stored = store.read(tables=[name]).tables[name]
            clashes = merge_table(name, stored, records.tables[name]).conflicts
            found.append(clashes.assign(table=name))
    columns = ["table", "key", "column", *_SOURCES]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def conflicting_rows(conflicts: pd.DataFrame) -> dict[Source, set[int]]:
    """Return the numbers of the conflicting rows by source."""
    import pandas as pd

    found: dict[Source, set[int]] = {}
    for file, sheet, row in conflicts[_SOURCES].drop_duplicates().astype(object).to_numpy().tolist():
        if not pd.isna(row):
            found.setdefault((str(file), "" if pd.isna(sheet) else str(sheet)), set()).add(int(row))
    return found


def with_conflicts(result: LoadResult, conflicts: pd.DataFrame) -> LoadResult:
    """Return the result with a finding per conflicting row, and that row set aside in our own plain format."""
    if conflicts.empty:
        return result
    import pandas as pd

    from loaders import Findings

    rows = conflicts.groupby(["table", "key", *_SOURCES], dropna=False, sort=True)["column"].agg(list).reset_index()
    told = pd.DataFrame([_finding(row) for row in rows.itertuples(index=False)])
    told = told.reindex(columns=result.findings.table.columns).astype(result.findings.table.dtypes.to_dict())
    findings = Findings(pd.concat([result.findings.table, told], ignore_index=True))
    kept = [
        _set_aside(result.records, str(table), own)
        for (table, _, _), own in rows.groupby(["table", "source_file", "source_sheet"], dropna=False, sort=True)
    ]
    return dataclasses.replace(result, findings=findings, set_aside=(*result.set_aside, *kept))


def _finding(row: Any) -> dict[str, object]:
    message, fix = find_text("load.conflict"), find_text("load.conflict.fix")
    assert message is not None and fix is not None
    from loaders.rows.tables import shown

    words = {"table": row.table, "key": shown(str(row.key)), "columns": ", ".join(row.column)}
    return {
        "file": row.source_file,
        "sheet": row.source_sheet,
        "row": row.source_row,
        "code": "store.conflict",
        "message_en": message.en.format(**words),
        "message_vi": message.vi.format(**words),
        "fix_en": fix.en,
        "fix_vi": fix.vi,
        "severity": "error",
    }


def _set_aside(records: Records, table: str, conflicts: pd.DataFrame) -> SetAside:
    """Return the conflicting rows of one table and source, written as our plain format has them."""
    import pandas as pd

    from loaders.load import SetAside
    from tracing.model.schema import TABLES

    key = TABLES[table].key
    frame = records.tables[table]
    frame = frame[frame[key].isin(conflicts["key"]) & frame["source_row"].isin(conflicts["source_row"])]
    cells = {}
    for column in TABLES[table]:
        values = frame[column.name]
        if column.kind == "time":
            spans = zip(values, frame[f"{column.name}_to"], strict=True)
            texts = [None if pd.isna(a) else format_iso(int(a), int(b), records.zone) for a, b in spans]
        elif column.kind == "flag":
            texts = [None if pd.isna(value) else "yes" if value else "no" for value in values]
        else:
            texts = [None if pd.isna(value) else str(value) for value in values]
        cells[column.name] = pd.array(texts, dtype="string")
    sheet = conflicts["source_sheet"].iloc[0]
    written = pd.DataFrame(cells)
    return SetAside(
        str(conflicts["source_file"].iloc[0]),
        None if pd.isna(sheet) else str(sheet),
        table,
        None,
        written[[name for name in written if name in TABLES[table].required or written[name].notna().any()]],
        tuple(int(n) for n in frame["source_row"]),
    )
