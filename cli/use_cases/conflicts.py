"""Rows that contradict what is stored: findings, and rows set aside, like any other row that needs a correction."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from cli.words import ROWS
from tracing.text import Text, catalogue
from tracing.text import say as say_in
from tracing.times import format_iso

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store
    from loaders import LoadResult
    from loaders.result import SetAside
    from tracing.model.records import Records

_, _n = catalogue("cli")

_COLUMNS: Final[Mapping[str, Text | str]] = {
    "person": _("person"),
    "name": _("name"),
    "sex": _("sex"),
    "birth_date": _("date of birth"),
    "birth_year": _("year of birth"),
    "phone": _("telephone"),
    "national_id": _("identity number"),
    "household": _("household"),
    "area": _("area"),
    "address": _("address"),
    "occupation": _("occupation"),
    "vaccine_doses": _("doses of vaccine"),
    "immune": _("immunity"),
    "case_code": _("case code"),
    "onset": _("onset of symptoms"),
    "sample": _("sample"),
    "confirmed": _("confirmation"),
    "isolated": _("isolation"),
    "outcome": _("outcome"),
    "outcome_date": _("day of the outcome"),
    "asymptomatic": _("no symptoms"),
    "source_known": _("known source"),
    "found_in": _("found in"),
    "person_a": _("first person"),
    "person_b": _("second person"),
    "start": _("beginning"),
    "end": _("end"),
    "time_kind": _("kind of time"),
    "place": _("place"),
    "kind": _("kind"),
    "distance_m": _("distance"),
    "minutes": _("minutes"),
    "closed_space": _("closed space"),
    "mask_a": _("mask of the first person"),
    "mask_b": _("mask of the second person"),
    "physical": _("physical contact"),
    "protected": _("protective equipment"),
    "reported_by": _("reported by"),
    "seat_row": _("seat row"),
    "seat": _("seat"),
    "mask": _("mask"),
    "certainty": _("certainty"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "capacity": _("capacity"),
    "level": _("level"),
    "parent": _("larger area"),
    "population": _("population"),
    "households": _("households"),
    "valid_from": _("valid from"),
    "valid_to": _("valid until"),
    "result": _("result"),
    "resulted": _("time of the result"),
    "method": _("method"),
    "ct": "Ct",
    "pool": _("pool"),
    "arrived": _("arrival time"),
    "origin": _("origin"),
    "vehicle": _("vehicle"),
    "checkpoint": _("checkpoint"),
    "source": _("source"),
    "target": _("infected person"),
    "date": _("date"),
}
"""Columns of the tables of records; a word can stand for those of several tables."""
_SOURCES = ["source_file", "source_sheet", "source_row"]


def conflicts_with(store: Store, records: Records) -> pd.DataFrame:
    """Return the contradictions a write would find, as a WriteReport has them, without writing."""
    import pandas as pd

    from tracing.model.normal import merge_table
    from tracing.model.schema import TABLES

    found = []
    for name in TABLES:
        if len(records.tables[name]):
            stored = store.read(tables=[name]).tables[name]
            clashes = merge_table(name, stored, records.tables[name]).conflicts
            found.append(clashes.assign(table=name))
    columns = ["table", "key", "column", *_SOURCES]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


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
    from loaders.rows.tables import shown

    columns = dict.fromkeys(one if one in _COLUMNS else one.removesuffix("_to") for one in row.column)

    def named(lang: str) -> str:
        return ", ".join(say_in(_COLUMNS.get(column, column), lang) for column in columns)

    message = _(
        '{table} "{key}" is stored with another {columns}',
        table=ROWS[row.table],
        key=shown(str(row.key)),
        columns=named,
    )
    fix = _("which one is right? correct this row, or load it with --replace to take the new value")
    return {
        "file": row.source_file,
        "sheet": row.source_sheet,
        "row": row.source_row,
        "code": "store.conflict",
        "message_en": message.say("en"),
        "message_vi": message.say("vi"),
        "fix_en": fix.say("en"),
        "fix_vi": fix.say("vi"),
        "severity": "error",
    }


def _set_aside(records: Records, table: str, conflicts: pd.DataFrame) -> SetAside:
    """Return the conflicting rows of one table and source, written as our plain format has them."""
    import pandas as pd

    from loaders.result import SetAside
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
