"""Communes that a list names and nothing knows, or of which several fit: asked for, each once a load.

A commune that no list of units has (another country, a new one, a name of the place) may be a unit under its own name:
whose home is told with one name lives in one unit, wherever that lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.questions import NOBODY, OTHER, Choice, question_id
from loaders.rows.tables import ROW, SHEET
from loaders.units.addresses import hamlet_key
from loaders.units.area_names import AreaNames, CommuneAsked
from loaders.units.gazetteer import read_name
from loaders.units.national import COUNTRY, find_elsewhere
from tracing.model.schema import SOURCE_COLUMNS
from tracing.text import catalogue

if TYPE_CHECKING:
    from loaders.columns.columns import Columns
    from loaders.rows.staging import Staging

_, _n = catalogue("loaders")

#: So many communes are asked for; of more, most are no communes, and they are only told of.
MANY: Final = 20
_OWN: Final = "own"


@dataclass(frozen=True)
class _Unclear:
    """A commune as the homes of a load name it, and those homes; ``key``: its name and kind, however it is written."""

    asked: CommuneAsked
    key: str
    homes: pd.DataFrame

    @property
    def question(self) -> str:
        """The id of the question about it: the same in all loads."""
        return question_id("unknown commune", self.key)


def is_unclear(homes: pd.DataFrame) -> pd.Series:
    """Tell which homes name a commune that was not found."""
    return homes["code"].isna() & homes["commune"].notna() & homes["guessed"].isna()


def _far(homes: pd.DataFrame) -> pd.Series:
    """Tell which homes lie in a district or province elsewhere that is known: who only came from there."""
    told = zip(homes["district"], homes["on"], strict=True)
    far = [
        isinstance(text, str) and (text.strip().isdigit() or find_elsewhere(text, on, origin=True).away)
        for text, on in told
    ]
    return pd.Series(far, index=homes.index, dtype=bool) & homes["around"].isna()


def settle_unclear(finish: Staging, homes: pd.DataFrame, names: AreaNames, rows: pd.DataFrame) -> pd.DataFrame:
    """Return homes (one row per different text of a sheet) with the communes that were answered for; who was ``asked``.

    A unit under its own name is added to the areas. ``rows`` are the rows behind the homes, by their position in
    ``_alike``.
    """
    open_ = homes[is_unclear(homes)]
    open_ = open_[~_far(open_)]
    by_name = list(_by_name(open_))
    if len(by_name) > MANY:
        return homes
    codes, own = homes["code"].copy(), {}
    for one in by_name:
        code = _answered(finish, one, names, rows)
        if code is not None:
            codes.loc[one.homes.index] = code
        if code == one.key:
            source = rows[rows["_alike"].isin(one.homes.index)].iloc[0]
            own[code] = _area(one) | {name: source[name] for name in SOURCE_COLUMNS}
    listed = finish.areas_there()
    new = [area for code, area in sorted(own.items()) if code not in listed]
    if new:
        finish.append("areas", pd.DataFrame(new))
    return homes.assign(code=codes, asked=homes.index.isin(open_.index))


def _by_name(homes: pd.DataFrame) -> Iterator[_Unclear]:
    """Yield the communes that homes name, each once: "P. 5" and "PHƯỜNG 5"; of several districts one for each."""
    if homes.empty:
        return
    district = homes["district"].map(lambda text: hamlet_key(text) if isinstance(text, str) else "")
    for key, same in homes.assign(_district=district).groupby(homes["commune"].map(_key), sort=True):
        told = same["_district"][same["_district"] != ""]
        apart = same["_district"] if told.nunique() > 1 else pd.Series("", index=same.index)
        for where, own in same.groupby(apart, sort=True):
            first = own.sort_values("_district", ascending=False, kind="stable").iloc[0]
            beside = str(first["district"]) if first["_district"] else None
            asked = CommuneAsked(str(first["commune"]), beside, first["on"], first["around"])
            yield _Unclear(asked, "_".join(filter(None, (str(where).replace(" ", "_"), str(key)))), own)


def _key(commune: str) -> str:
    name = read_name(commune)
    return "_".join([*name.units, *name.key.split()]).replace("-", "_")


def _area(one: _Unclear) -> dict[str, object]:
    commune, around = one.asked.commune, one.asked.around
    name = commune.title() if commune.isupper() else commune
    parent = None if around in (None, COUNTRY) else around.code
    return {"area": one.key, "name": name[:1].upper() + name[1:], "level": "commune", "parent": parent}


def _answered(finish: Staging, one: _Unclear, names: AreaNames, rows: pd.DataFrame) -> str | None:
    """Return the code of the commune that is answered for, None while it is open."""
    answer: str | None = None
    for sheet, own in one.homes.groupby(SHEET, sort=True):
        behind = rows.loc[rows["_alike"].isin(own.index), ROW].to_numpy(dtype=np.int64)
        answer = _ask(finish.sheets[int(str(sheet))], one, names, np.unique(behind))
    if answer is None or answer == NOBODY:
        return None
    if answer == _OWN:
        return one.key
    if answer in dict(names.candidates(one.asked)):
        return answer
    commune, _comma, district = answer.partition(",")
    code = names.code(commune.strip(), district.strip() or None, one.asked.on, one.asked.around)
    if code is None:
        finish.sheets[int(one.homes[SHEET].iloc[0])].asked.reopen(one.question)
    return code


def _ask(columns: Columns, one: _Unclear, names: AreaNames, rows: npt.NDArray[np.int64]) -> str | None:
    asked = one.asked
    return columns.asked.ask(
        columns.sheet,
        "value",
        _(
            "{name}: {why}. Which commune is it?",
            name=", ".join(filter(None, (asked.commune, asked.district))),
            why=names.why(asked),
        ),
        ids=[one.question],
        column=columns.at("commune") if columns.has("commune") else columns.at("address"),
        rows=rows,
        choices=[
            *(Choice(code, name) for code, name in names.candidates(asked)[:5]),
            Choice(_OWN, _("a unit of its own, under this name")),
            Choice(OTHER, _("type the name of the commune")),
            Choice(NOBODY, _("none: it is not known where they live")),
        ],
    )
