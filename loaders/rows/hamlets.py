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
from loaders.rows.tables import ROW, SHEET
from loaders.units.addresses import hamlet_key
from loaders.units.area_names import AreaNames
from loaders.units.national import COUNTRY, NationalUnit
from tracing.text import catalogue

if TYPE_CHECKING:
    from loaders.rows.staging import Staging

_, _n = catalogue("loaders")


def by_hamlets(finish: Staging, homes: pd.DataFrame, names: AreaNames, rows: pd.DataFrame) -> pd.DataFrame:
    """Return homes (one row per different text of a sheet) with the commune and hamlet that other homes make plain.

    Hamlets are known from homes that tell their commune, in this load or on record. A part of an address that does not
    say what it is, is the hamlet of its commune that has this name. Where a hamlet stands alone, the commune that the
    sheet's or file's name tells holds it, unless it is known to lie in others only; else it is asked for, once a sheet.
    ``rows`` are the rows behind the homes, by their position in ``_alike``.
    """
    known = _known(finish, homes)
    told = zip(*(homes[name] for name in ("code", "hamlet", "bare", "on", "around")), strict=True)
    placed = [
        _placed(_text(code), _text(hamlet), _text(bare), on, known, names, around)
        for code, hamlet, bare, on, around in told
    ]
    homes = homes.assign(
        code=pd.array([code for code, _ in placed], dtype="string"),
        hamlet=pd.array([hamlet for _, hamlet in placed], dtype="string"),
    )
    # a commune that is named and that nothing knows is told of elsewhere
    named = homes["commune"].notna() & homes["guessed"].isna()
    open_ = homes["around"].map(lambda unit: unit is COUNTRY).astype(bool)
    alone = homes["code"].isna() & ~open_ & ~homes["far"].astype(bool) & ~named & _names_a_hamlet(homes, known)
    asked: dict[tuple[object, ...], str] = {}
    for sheet in homes.loc[alone, SHEET].unique():
        own = homes[alone & (homes[SHEET] == sheet)]
        told = own["hamlet"].fillna(own["bare"])
        columns, titled = finish.sheets[int(sheet)], _titled(finish.sheets[int(sheet)], own.iloc[0], names)
        there = [titled is not None and titled in known.get(hamlet_key(text), {titled}) for text in told]
        for part, sure in ((own[there], titled), (own[~np.array(there)], None)):
            if part.empty:
                continue
            behind = rows[rows["_alike"].isin(part.index)]
            code = sure or _asked(columns, part.assign(hamlet=told), known, names, behind, asked)
            if sure is not None:
                name = names.called(sure, part["on"].iloc[0])
                columns.sheet.report(columns.log, "area.of_title", column=_at(columns), count=len(behind), name=name)
            homes.loc[part.index, "code"] = code
            homes.loc[part.index, "hamlet"] = told[part.index]
    return homes


def _at(columns: Columns) -> int | None:
    return next((columns.at(name) for name in ("hamlet", "address") if columns.has(name)), None)


def _known(finish: Staging, homes: pd.DataFrame) -> dict[str, set[str]]:
    """Return the key of each hamlet's name -> the codes of the communes that have one of this name."""
    known: dict[str, set[str]] = defaultdict(set)
    for code, hamlet in (
        homes.loc[homes["code"].notna() & ~homes["far"].astype(bool), ["code", "hamlet"]]
        .dropna()
        .itertuples(index=False, name=None)
    ):
        known[hamlet_key(hamlet)].add(code)
    for area in finish.areas_there():
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
    around: NationalUnit | None,
) -> tuple[str | None, str | None]:
    """Return commune and hamlet of one home, with what its bare parts say by what is known of others."""
    parts = [] if bare is None else bare.split("\n")
    if code is None and len(parts) > 1:
        found = {part: other for part in parts if (other := names.code(part, None, on, around)) is not None}
        code = next(iter(found.values())) if len(found) == 1 else None
    if code is not None and hamlet is None:
        hamlet = next((part for part in parts if code in known.get(hamlet_key(part), ())), None)
    return code, hamlet


def _names_a_hamlet(homes: pd.DataFrame, known: Mapping[str, set[str]]) -> pd.Series:
    one_part = homes["bare"].notna() & ~homes["bare"].str.contains("\n", regex=False).fillna(False)
    bare = [one and hamlet_key(text) in known for one, text in zip(one_part, homes["bare"], strict=True)]
    return homes["hamlet"].notna() | pd.Series(bare, index=homes.index)


def _titled(columns: Columns, home: pd.Series, names: AreaNames) -> str | None:
    """Return the one commune that title, sheet or file name tell; None of none or several."""
    told = [fact.value for fact in columns.sheet.facts if fact.name == "commune"]
    found = {code for text in told if (code := names.code(text, None, home["on"], home["around"])) is not None}
    return found.pop() if len(found) == 1 else None


def _asked(
    columns: Columns,
    homes: pd.DataFrame,
    known: Mapping[str, set[str]],
    names: AreaNames,
    rows: pd.DataFrame,
    asked: dict[tuple[object, ...], str],
) -> str | None:
    """Return the commune that is answered for a sheet's homes that name only their hamlet.

    What another table of the same list asks of the same hamlets (``asked``: their question's id) is one question.
    """
    on = homes["on"].iloc[0]
    keys = {hamlet_key(text) for text in homes["hamlet"]}
    own = question_id("commune", columns.asked.key(columns.sheet, 0), *sorted(keys))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "{n} home is told by its hamlet, without a commune: in which commune does it lie?",
            "{n} homes are told by their hamlet, without a commune: in which commune do they lie?",
            len(rows),
            n=len(rows),
        ),
        ids=[asked.setdefault((columns.sheet.file, columns.sheet.sheet, *sorted(keys)), own)],
        column=_at(columns),
        rows=np.unique(rows[ROW].to_numpy(dtype=np.int64)),
        choices=_choices(keys, known, names, on),
    )
    return None if answer in (None, NOBODY) else names.code(str(answer), None, on, homes["around"].iloc[0])


def _choices(keys: Iterable[str], known: Mapping[str, set[str]], names: AreaNames, on: date) -> Sequence[Choice]:
    """Return the communes that have hamlets of these names by other lists, those with most of them first."""
    counts = Counter(code for key in keys for code in known.get(key, ()))
    likely = [code for code, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))][:3]
    return [
        *(Choice(code, names.called(code, on)) for code in likely),
        Choice(OTHER, _("type the name of the commune")),
        Choice(NOBODY, _("several: write the commune into the list and load again")),
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
