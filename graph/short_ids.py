"""Short ids: what people say aloud for somebody whose id was made from name and telephone ("P-4127").

A made id is twelve signs of a hash, sixteen where two people tell the same, which nobody can say on the telephone. Its
short id is the beginning of a number made of it, as short as tells everybody on record apart. It depends on the ids
alone, so that stores and orders of loading agree; one that a newcomer would have lengthened is kept as a note, so that
it stays what it was.

An id that is a telephone or identity number, or the name itself, is private: its short id is shown in its place
wherever no names are.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import pandas as pd

from tracing.spelling import MADE_ID, PRIVATE_ID

CALLED: Final = f"{MADE_ID}|{PRIVATE_ID}"
"""What ids look like whose people are called by a short id; beside them those that are the person's name or number."""

NOTE: Final = "short id"
"""The kind of note that keeps the short ids which newcomers would have changed, by person."""

_LEAST: Final = 4
_MOST: Final = 15
_HASH: Final = len("P-") + 12
"""Signs of a made id that nobody else tells the same as; a longer one is hashed for its number as other ids are."""
_MADE: Final = re.compile(MADE_ID)
_LIKE_SHORT: Final = re.compile(r"[Pp]\W*0*(\d+)")


def private_ids(persons: pd.DataFrame) -> set[str]:
    """Return the ids, of rows of the table persons, that tell who it is (:data:`tracing.spelling.PRIVATE_ID`)."""
    ids = persons["person"].astype("string")
    private = ids.str.fullmatch(PRIVATE_ID).fillna(False).astype(bool)
    for column in ("name", "phone", "national_id"):
        private |= (ids == persons[column].astype("string")).fillna(False).astype(bool)
    return set(ids[private])


def short_ids(ids: Collection[str], kept: Mapping[str, str], private: Collection[str] = ()) -> dict[str, str]:
    """Return the short id of everybody in ``ids`` whose id was made, or is private.

    Parameters
    ----------
    ids
        All people on record.
    kept
        Short ids that stay as they are, by person; those of people who are not on record play no part.
    private
        Ids that tell who it is.

    Returns
    -------
    dict of str
        By person; different for everybody, and like no other id on record, however that one is spelt.
    """
    made = sorted(one for one in ids if one in private or _MADE.fullmatch(one))
    if not made:
        return {}
    taken = {f"P-{like[1]}" for one in ids if (like := _LIKE_SHORT.fullmatch(one))}
    found: dict[str, str] = {}
    for person in made:
        if person in kept and kept[person] not in taken:
            found[person] = kept[person]
            taken.add(kept[person])
    numbers = {person: _number(person) for person in made if person not in found}
    for length in range(_LEAST, _MOST + 1):
        codes = {person: f"P-{number[:length]}" for person, number in numbers.items()}
        shared = Counter(codes.values())
        alone = {person: code for person, code in codes.items() if shared[code] == 1 and code not in taken}
        found |= alone
        taken |= set(alone.values())
        numbers = {person: number for person, number in numbers.items() if person not in alone}
    return dict(sorted(found.items()))


def to_keep(
    ids: Collection[str], more: Iterable[str], kept: Mapping[str, str], private: Collection[str] = ()
) -> dict[str, str]:
    """Return the short ids, by person, that ``more`` people on record would change."""
    before = short_ids(ids, kept, private)
    after = short_ids({*ids, *more}, kept, private) if before else {}
    return {person: code for person, code in before.items() if after.get(person) != code}


def _number(made: str) -> str:
    """Return the digits of a made id, another number for each: the first is no 0, all are spread evenly."""
    if not _MADE.fullmatch(made) or len(made) > _HASH:
        made = f"P-{hashlib.blake2b(made.encode(), digest_size=6).hexdigest()}"
    rest, first = divmod(int(made[2:], 16), 9)
    return str(first + 1) + str(rest)[::-1].ljust(_MOST - 1, "0")
