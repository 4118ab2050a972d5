"""Findings: everything wrong or noteworthy in a load, with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from loaders.messages import MESSAGES
from tracing.errors import InternalError

COLUMNS: Final = (
    "file",
    "sheet",
    "row",
    "column",
    "cell",
    "code",
    "message_en",
    "message_vi",
    "fix_en",
    "fix_vi",
    "severity",
)
ERROR: Final = "error"
_ORDER: Final = ["file", "sheet", "row", "column", "code", "message_en"]


@dataclass(frozen=True)
class Findings:
    """All findings of a load.

    Attributes
    ----------
    table
        One row per finding: file, sheet, row (as a person sees it; empty for a whole sheet or file), column (heading),
        cell (``F37``), code, message and fix in English and Vietnamese, severity: ``error`` (the row, sheet or file was
        set aside), ``question`` (a part of the row waits for an answer), ``warning`` (the row was loaded), ``note``.
        Sorted by place.
    """

    table: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return iter(self.table["code"].tolist())

    def of(self, *, code: str | None = None, severity: str | None = None) -> pd.DataFrame:
        """Return the findings with this code and severity; without either, all."""
        table = self.table
        if code is not None:
            table = table[table["code"] == code]
        if severity is not None:
            table = table[table["severity"] == severity]
        return table

    @property
    def to_answer(self) -> pd.DataFrame:
        """The findings that need a correction or an answer."""
        return self.table[self.table["severity"].isin(("error", "question"))]

    def _repr_html_(self) -> str:
        return str(self.table.to_html(max_rows=50))


@dataclass
class FindingLog:
    """Collects findings while a load runs."""

    rows: list[dict[str, object]] = field(default_factory=list)

    def add(
        self,
        code: str,
        *,
        file: str,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        cell: str | None = None,
        severity: str | None = None,
        **words: Any,
    ) -> None:
        """Note one finding; ``words`` fill the message's gaps."""
        if code not in MESSAGES:
            raise InternalError(f"no message for finding {code}")
        message = MESSAGES[code]
        self.rows.append(
            {
                "file": file,
                "sheet": sheet,
                "row": row,
                "column": column,
                "cell": cell,
                "code": code,
                "message_en": message.en.format(column=column, **words),
                "message_vi": message.vi.format(column=column, **words),
                "fix_en": message.fix_en.format(column=column, **words),
                "fix_vi": message.fix_vi.format(column=column, **words),
                "severity": severity or message.severity,
            }
        )

    def freeze(self) -> Findings:
        """Return what was found, sorted by place, each thing once."""
        table = pd.DataFrame(self.rows, columns=list(COLUMNS))
        types = {c: "Int64" if c == "row" else "string" for c in COLUMNS}
        table = table.astype(types).drop_duplicates()
        return Findings(table.sort_values(_ORDER, kind="stable", ignore_index=True, na_position="first"))


def shorten(values: Sequence[str], limit: int = 12) -> str:
    """Return ``values`` as one text, the first ``limit`` of them."""
    text = ", ".join(values[:limit])
    return text if len(values) <= limit else f"{text}, … (+{len(values) - limit})"
