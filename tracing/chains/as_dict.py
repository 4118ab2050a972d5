"""The tables of chains as plain values for JSON; times are ISO 8601 text."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from tracing.times import EVER, format_iso

_TIMES: Final = frozenset({"first", "last", "start", "end"})


def cases_as_dict(rows: pd.DataFrame, zone: str, *, exposures: bool) -> list[dict[str, Any]]:
    """Return rows of the table of chains, with what exposures say where ``exposures`` were looked at."""
    return [_case(row, zone, exposures=exposures) for row in rows.itertuples(index=False)]


def rows_as_dict(frame: pd.DataFrame, zone: str) -> list[dict[str, Any]]:
    """Return rows of an answer or of findings; what is missing is None."""
    return [
        {str(k): time_as_text(v, zone) if k in _TIMES else _plain(v) for k, v in row.items()}
        for row in frame.to_dict("records")
    ]


def time_as_text(value: Any, zone: str) -> str | None:
    """Return an instant as text; None where there is none, or it is all of time."""
    if pd.isna(value) or abs(int(value)) >= EVER // 2:
        return None
    return format_iso(int(value), int(value), zone)


def _case(row: Any, zone: str, *, exposures: bool) -> dict[str, Any]:
    known = not pd.isna(row.date)
    out = {
        "id": row.id,
        "case": bool(row.case),
        "case_code": _plain(row.case_code),
        "secondary": int(row.secondary),
        "sources": list(row.sources),
        "root": _plain(row.root),
        "roots": list(row.roots),
        "depth": int(row.depth),
        "descendants": int(row.descendants),
        "component": _plain(row.component),
        "sources_missing": list(row.sources_missing),
        "in_circle": bool(row.in_circle),
        "date": format_iso(int(row.date), int(row.date_to), zone) if known else None,
        "date_of": _plain(row.date_of),
    }
    if exposures:
        out |= {
            "contact_secondary": int(row.contact_secondary),
            "contact_sources": list(row.contact_sources),
            "exposed": int(row.exposed),
        }
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return list(value)
    if pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value
