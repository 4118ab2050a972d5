"""Records whose people and contacts are numbered: the arrays that every trace reads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tracing.model.arrow import texts_to_objects
from tracing.model.columns import Codes, TableColumns, Texts
from tracing.model.order import stable_order
from tracing.model.records import Records
from tracing.times import EVER, NEVER

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int64]
Smalls = npt.NDArray[np.int8]

SURE_NEVER: Final = 0
SURE_PRESENCE: Final = 1
SURE_SOMETIME: Final = 2

#: People for each one asked for from which on those few are searched, and not all told apart.
_MORE: Final = 32
#: So many ids are looked up one after the other.
_FEW: Final = 2_000
#: Contacts that are read together: what is worked out on the way stays small.
_BLOCK: Final = 1 << 16


@dataclass(frozen=True)
class Spans:
    """When each contact can have been, columnar, all shape (contacts,).

    Attributes
    ----------
    lo, hi
        The contact lies inside ``[lo, hi)``, epoch seconds.
    sure
        What holds in every reading: nothing (0), presence at every instant of ``[c1, c2)`` (1), or one meeting inside
        ``[lo, c1)`` and one inside ``[c2, hi)`` (2).
    """

    lo: Ints
    hi: Ints
    c1: Ints
    c2: Ints
    sure: Smalls


def contact_spans(contacts: TableColumns) -> Spans:
    """Read the time columns of a contacts table (see "Two kinds of contact time" in the semantics).

    *Presence* where said, or where both start and end are instants; else *sometime*. First and last day of contact:
    a meeting on each of the two days, the time between only possible. Undated: in all of time, only possible. A
    contact known by its last day alone: a meeting on that day, before it only possible; by its first day alone: a
    meeting on that day, after it only possible (until ``end``, where that is given).
    """
    size = len(contacts)
    lo, hi, c1, c2 = (np.empty(size, dtype=np.int64) for _ in range(4))
    whole = Spans(lo, hi, c1, c2, np.empty(size, dtype=np.int8))
    for first in range(0, size, _BLOCK):
        rows = slice(first, first + _BLOCK)
        block = _spans_of(contacts, rows)
        for field in fields(Spans):
            getattr(whole, field.name)[rows] = getattr(block, field.name)
    return whole


def _spans_of(contacts: TableColumns, rows: slice) -> Spans:
    start, start_to, end, end_to = (_times(contacts, c, rows) for c in ("start", "start_to", "end", "end_to"))
    kind = contacts.texts("time_kind").part(rows)
    no_start, no_end = start == NEVER, end == NEVER
    end = np.where(no_end, start, end)
    end_to = np.where(no_end, start_to, end_to)
    undated = no_start & no_end
    start_day, end_day = start_to > start, end_to > end
    first_day, last_day = kind.says("first_day") & ~no_start, kind.says("last_day") & ~no_end
    lo = start.copy()
    hi = np.where(end_day, end_to, np.maximum(end + no_start, start + 1))
    hi = np.where(undated | (first_day & no_end), EVER, hi)
    hi = np.where(first_day | last_day, np.maximum(hi, np.where(first_day, start_to, end + 1)), hi)
    presence = np.where(kind.missing, ~start_day & ~end_day, kind.says("presence")) & ~no_start
    two_days = ~presence & start_day & end_day & (start_to <= end) & ~no_start
    c1 = np.where(presence, lo, np.where(two_days, start_to, np.where(no_start, lo, hi)))
    c2 = np.where(presence, hi, np.where(two_days | no_start, end, lo))
    c1 = np.where(first_day, np.maximum(start_to, start + 1), np.where(last_day, lo, c1))
    c2 = np.where(first_day, hi, np.where(last_day, end, c2))
    sure = np.where(presence, SURE_PRESENCE, SURE_SOMETIME)
    sure = np.where(undated, SURE_NEVER, sure).astype(np.int8)
    return Spans(lo, hi, c1, c2, sure)


def _times(contacts: TableColumns, name: str, rows: slice) -> Ints:
    return contacts.numbers(name).part(rows).filled(NEVER)


class PersonNumbers:
    """The number of each person: the position of the id in ``people``, which are in ascending order.

    ``ids`` are the same as Arrow has texts.
    """

    def __init__(self, people: npt.NDArray[np.object_], ids: pa.Array) -> None:
        self._people = people
        self.ids = ids

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Every number by id, for those who ask for one after the other."""
        return dict(zip(self._people.tolist(), range(len(self._people)), strict=True))

    def of_one(self, person: str) -> int:
        """Return the number of one person; ``KeyError`` for an unknown id."""
        at = bisect_left(self._people, person)
        if at == len(self._people) or self._people[at] != person:
            raise KeyError(person)
        return at

    def of(self, ids: Sequence[str] | Texts | pd.Series) -> Ints:
        """Return the numbers of many people at once, -1 where an id is unknown; shape (ids,)."""
        if len(ids) * _MORE <= len(self._people):
            asked = ids.tolist() if isinstance(ids, Texts) else list(ids)
            if None not in asked:
                told = np.array(asked, dtype=object)
                at = np.searchsorted(self._people, told)
                found = self._people[np.minimum(at, len(self._people) - 1)] == told
                return np.where(found, at, -1)
        if len(ids) <= _FEW:
            known: dict[Any, int] = self.by_id
            return np.array([known.get(person, -1) for person in ids], dtype=np.int64)
        return (ids if isinstance(ids, Texts) else Texts.of(ids)).index_in(self.ids)


@dataclass(frozen=True, kw_only=True)
class ContactArrays:
    """The arrays of :class:`NumberedRecords`.

    Attributes
    ----------
    people
        Person ids in ascending order, shape (people,), dtype object; ``numbers`` finds them.
    a, b
        Person index of either side of each contact, shape (contacts,); row ``i`` is row ``i`` of ``records.contacts``.
    spans
        Times of each contact.
    indptr, neighbour, contact
        Half-edges in CSR form, sorted by (person, contact): those of person ``p`` are ``indptr[p]:indptr[p + 1]``.
    """

    people: npt.NDArray[np.object_]
    numbers: PersonNumbers
    a: Codes
    b: Codes
    spans: Spans
    indptr: Ints
    neighbour: Codes
    contact: Codes


def _build_columns(records: Records) -> ContactArrays:
    ids, a, b = records.numbered_people()
    people = texts_to_objects(ids)
    spans = contact_spans(records.columns("contacts"))
    source = np.column_stack([a, b]).ravel()  # the halves of a contact stand beside each other
    order = stable_order(source)
    count, alone = np.bincount(source, minlength=len(people)), a == b
    if alone.any():  # a contact with oneself has one half
        order = order[(order & 1 == 0) | ~alone[order >> 1]]
        count -= np.bincount(a[alone], minlength=len(people))
    indptr = np.zeros(len(people) + 1, dtype=np.int64)
    np.cumsum(count, out=indptr[1:])
    return ContactArrays(
        people=people,
        numbers=PersonNumbers(people, ids),
        a=a,
        b=b,
        spans=spans,
        indptr=indptr,
        neighbour=source[order ^ 1],
        contact=(order >> 1).astype(np.int32),
    )


class NumberedRecords:
    """Records with a number for each person and contact; make them with :func:`number_records`.

    All that the science reads. NetworkX sees them as a :class:`tracing.model.contactgraph.ContactGraph`.

    Attributes
    ----------
    records
        The tables.
    columns
        The arrays.
    focus
        Ids of the people whose case was asked for, or None for all cases.
    """

    records: Records
    columns: ContactArrays
    focus: tuple[str, ...] | None

    def person_index(self, person: str) -> int:
        """Return the position of ``person`` in ``columns.people``; ``KeyError`` for an unknown id."""
        return self.columns.numbers.of_one(person)

    def positions(self, ids: Sequence[str] | Texts | pd.Series) -> Ints:
        """Return positions of ``ids`` in ``columns.people``, -1 where unknown."""
        return self.columns.numbers.of(ids)

    @cached_property
    def households(self) -> Ints:
        """A number for the household of each person, -1 where none is known; shape (people + 1,)."""
        persons = self.records.columns("persons")
        if persons.texts("household").missing.all():
            return np.full(len(self.columns.people) + 1, -1, dtype=np.int64)
        codes = np.full(len(self.columns.people) + 1, -1, dtype=np.int64)
        codes[self.positions(persons.texts("person"))] = persons.texts("household").held()[0]
        return codes


def number_records(records: Records, *, focus: Sequence[str] | None = None) -> NumberedRecords:
    """Return ``records`` with their arrays. O(contacts log contacts).

    They keep their own view of the tables (copied on write): a later edit of ``records`` changes neither what is
    answered from them nor what the answer says it was made from. Raises nothing of its own.

    Parameters
    ----------
    records
        What is on record; people who occur in a contact, a visit or a case only are numbered, too.
    focus
        Ids of the people whose case is asked for; None for all cases.
    """
    numbered = NumberedRecords()
    numbered.records = records.apart()
    numbered.columns = _build_columns(numbered.records)
    numbered.focus = None if focus is None else tuple(sorted(focus))
    return numbered
