"""Which lists tell of one person under one id, and what: kept beside the records, where a person has one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from tracing.identity.told import Telling, homes_in_words, read_tellings
from tracing.model.columns import TableColumns
from tracing.model.records import Records
from tracing.model.rows import row_groups
from tracing.model.schema import SOURCE_COLUMNS

_SOURCE: Final = list(SOURCE_COLUMNS)
_LIST: Final = ["source_file", "source_sheet"]


@dataclass(frozen=True)
class ToldByLists:
    """What the lists of a load tell of people of whom more than one list tells.

    ``new`` is what the lists of the load tell; ``before`` what the row on record says, which is what the first list
    told, as long as no other one has told of the person.
    """

    new: tuple[Telling, ...] = ()
    before: tuple[Telling, ...] = ()


def told_by_lists(rows: pd.DataFrame, homes: pd.DataFrame | None, stored: Records | None) -> ToldByLists:
    """Return what lists tell of people who stand in more than one.

    Parameters
    ----------
    rows
        The staged rows of persons.
    homes
        The staged texts of where they live, by person and row; None where no list tells it.
    stored
        What is on record of them, and the areas on record; None: nothing.
    """
    person, names = pd.factorize(rows["person"])
    _group, first = row_groups([rows["person"], *(rows[name] for name in _LIST)], len(rows))
    lists = np.bincount(person[first], minlength=len(names)) > 1
    known = pd.Index([])
    if stored is not None:
        kept = stored.persons
        again = rows.iloc[first][["person", *_LIST]].merge(kept[["person", *_LIST]], on="person", suffixes=("", "_"))
        same = [again[name].fillna("") == again[f"{name}_"].fillna("") for name in _LIST]
        known = pd.Index(again.loc[~(same[0] & same[1]), "person"].unique())
        lists |= np.asarray(pd.Index(names).isin(known))
        stood = set(kept["person"])
        known = pd.Index([name for name in names[lists] if name in stood])
    if not lists.any():
        return ToldByLists()
    told = rows[lists[person]]
    if homes is not None:
        places = homes.dropna(subset="person").drop_duplicates(["person", *_SOURCE])
        places = places[places["person"].isin(names[lists])]
        told = told.merge(_in_words(places), on=["person", *_SOURCE], how="left")
    before = [] if stored is None else read_tellings(_recorded(stored, known))
    return ToldByLists(tuple(read_tellings(TableColumns.of(told))), tuple(one for one in before if one.facts))


def _in_words(homes: pd.DataFrame) -> pd.DataFrame:
    texts = homes.reindex(columns=["hamlet", "commune"]).astype(object)
    said = [", ".join(str(v) for v in parts if not pd.isna(v)) or None for parts in texts.itertuples(index=False)]
    return homes[["person", *_SOURCE]].assign(home=pd.array(said, dtype="string"))


def _recorded(stored: Records, people: pd.Index) -> TableColumns:
    """Return the rows on record of people, with the names of where they live."""
    persons = stored.columns("persons")
    own = persons.take(persons.texts("person").says(*people))
    return own.put(home=homes_in_words(stored, own))
