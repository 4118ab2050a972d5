"""Homes told by their hamlet alone: the commune is what a name of the list says, or what is asked for once a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.questions import NOBODY, OTHER, Choice, question_id
from loaders.rows.addresses import hamlet_key
from loaders.rows.area_names import AreaNames
from loaders.rows.tables import ROW, SHEET
from tracing.text import catalogue

if TYPE_CHECKING:
    from loaders.rows.staging import Staging

_, _n = catalogue("loaders")


def by_hamlets(finish: Staging, homes: pd.DataFrame, names: AreaNames, rows: pd.DataFrame) -> pd.DataFrame:
    """Return homes (one row per different text of a sheet) with the commune and hamlet that other homes make plain.

    Hamlets are known from homes that tell their commune, in this load or on record. A part of an address that does not
    say what it is, is the hamlet of its commune that has this name. Where a hamlet stands alone, the commune that the
    sheet's or file's name tells holds it; else it is asked for, once a sheet. ``rows`` are the rows behind the homes,
    by their position in ``_alike``.
    """
    known = _known(finish, homes)
    homes = homes.assign(hamlet=_column(homes, "hamlet"))
    told = zip(*(homes[name] for name in ("code", "hamlet", "bare")), homes["on"], strict=True)
    placed = [_placed(_text(code), _text(hamlet), _text(bare), on, known, names) for code, hamlet, bare, on in told]
    homes = homes.assign(
        code=pd.array([code for code, _ in placed], dtype="string"),
        hamlet=pd.array([hamlet for _, hamlet in placed], dtype="string"),
    )
    alone = homes["code"].isna() & ~homes["far"].astype(bool) & _names_a_hamlet(homes, known)
    for sheet in homes.loc[alone, SHEET].unique():
        own = homes[alone & (homes[SHEET] == sheet)]
        code = _of_sheet(finish.sheets[int(sheet)], own, known, names, rows[rows["_alike"].isin(own.index)])
        homes.loc[own.index, "code"] = code
        homes.loc[own.index, "hamlet"] = own["hamlet"].fillna(own["bare"])
    return homes


def _known(finish: Staging, homes: pd.DataFrame) -> dict[str, set[str]]:
    """Return the key of each hamlet's name -> the codes of the communes that have one of this name."""
    known: dict[str, set[str]] = defaultdict(set)
    for code, hamlet in (
        homes.loc[homes["code"].notna(), ["code", "hamlet"]].dropna().itertuples(index=False, name=None)
    ):
        known[hamlet_key(hamlet)].add(code)
    listed = set(finish.frames["areas"]["area"]) if "areas" in finish.frames else set()
    for area in finish.on_record("areas") | listed:
        code, _, name = str(area).partition("-")
        if name and "-to-" not in name and not name.startswith("to-"):
            known[name.replace("-", " ")].add(code)
    return known


def _placed(
    code: str | None,
    hamlet: str | None,
    bare: str | None,
    on: date,
    known: Mapping[str, set[str]],
    names: AreaNames,
) -> tuple[str | None, str | None]:
    """Return commune and hamlet of one home, with what its bare parts say by what is known of others."""
    parts = [] if bare is None else bare.split("\n")
    if code is None and len(parts) > 1:
        found = {part: other for part in parts if (other := names.code(part, None, on)) is not None}
        code = next(iter(found.values())) if len(found) == 1 else None
    if code is not None and hamlet is None:
        hamlet = next((part for part in parts if code in known.get(hamlet_key(part), ())), None)
    return code, hamlet


def _names_a_hamlet(homes: pd.DataFrame, known: Mapping[str, set[str]]) -> pd.Series:
    one_part = homes["bare"].notna() & ~homes["bare"].str.contains("\n", regex=False).fillna(False)
    bare = [one and hamlet_key(text) in known for one, text in zip(one_part, homes["bare"], strict=True)]
    return homes["hamlet"].notna() | pd.Series(bare, index=homes.index)


def _of_sheet(
    columns: Columns, homes: pd.DataFrame, known: Mapping[str, set[str]], names: AreaNames, rows: pd.DataFrame
) -> str | None:
    """Return the commune of a sheet's homes that name only their hamlet."""
    sheet, on = columns.sheet, homes["on"].iloc[0]
    at = next((columns.at(name) for name in ("hamlet", "address") if columns.has(name)), None)
    named = {code for fact in sheet.facts if fact.name == "commune" and (code := names.code(fact.value, None, on))}
    if len(named) == 1:
        code = next(iter(named))
        sheet.report(columns.log, "area.of_title", column=at, count=len(rows), name=names.called(code, on))
        return code
    keys = {hamlet_key(text) for text in homes["hamlet"].fillna(homes["bare"])}
    answer = columns.asked.ask(
        sheet,
        "value",
        _n(
            "{n} home is told by its hamlet, without a commune: in which commune does it lie?",
            "{n} homes are told by their hamlet, without a commune: in which commune do they lie?",
            len(rows),
            n=len(rows),
        ),
        ids=[question_id("commune", columns.asked.key(sheet, 0), *sorted(keys))],
        column=at,
        rows=np.unique(rows[ROW].to_numpy(dtype=np.int64)),
        choices=_choices(keys, known, names, on),
    )
    return None if answer in (None, NOBODY) else names.code(str(answer), None, on)


def _choices(keys: Iterable[str], known: Mapping[str, set[str]], names: AreaNames, on: date) -> Sequence[Choice]:
    """Return the communes that have hamlets of these names by other lists, those with most of them first."""
    counts = Counter(code for key in keys for code in known.get(key, ()))
    likely = [code for code, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))][:3]
    return [
        *(Choice(code, names.called(code, on)) for code in likely),
        Choice(OTHER, _("type the name of the commune")),
        Choice(NOBODY, _("several: write the commune into the list and load again")),
    ]


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(pd.NA, index=rows.index, dtype="string")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
