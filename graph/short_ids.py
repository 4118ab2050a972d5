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
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import texts_to_arrow, to_arrow, to_numpy
from tracing.model.columns import Texts
from tracing.patterns import regex
from tracing.spelling import MADE_ID, PRIVATE_ID

if TYPE_CHECKING:
    import pandas as pd

CALLED: Final = f"{MADE_ID}|{PRIVATE_ID}"
"""What ids look like whose people are called by a short id; beside them those that are the person's name or number."""

NOTE: Final = "short id"
"""The kind of note that keeps the short ids which newcomers would have changed, by person."""

_LEAST: Final = 4
_MOST: Final = 15
_HASH: Final = len("P-") + 12
"""Signs of a made id that nobody else tells the same as; a longer one is hashed for its number as other ids are."""
_MADE: Final = f"^(?:{MADE_ID})$"
_LIKE_SHORT: Final = regex(r"[Pp]\W*0*(\d+)")


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
    told = texts_to_arrow(ids)
    made = told.filter(pc.match_substring_regex(told, _MADE))
    own = pc.unique(pa.concat_arrays([made, texts_to_arrow(set(private).intersection(ids))]))
    if not len(own):
        return {}
    people = own.take(pc.sort_indices(own))
    taken, found = _like_short(told), np.zeros(len(people), dtype=np.int64)
    places, codes = _kept_codes(kept, people)
    free = ~np.isin(codes, taken)
    stay, first = np.unique(codes[free], return_index=True)
    found[places[free][first]] = stay
    left, others = np.flatnonzero(found == 0), np.append(taken, stay)
    numbers = _numbers(people.take(to_arrow(left)))
    left, numbers = left[np.argsort(numbers)], np.sort(numbers)
    for length in range(_LEAST, _MOST + 1):
        if not len(left):
            break
        codes = numbers // 10 ** (_MOST - length)
        like_above = np.append(False, codes[1:] == codes[:-1])
        alone = ~(like_above | np.append(like_above[1:], False) | np.isin(codes, others))
        found[left[alone]] = codes[alone]
        left, numbers = left[~alone], numbers[~alone]
    return {person: f"P-{code}" for person, code in zip(people.to_pylist(), found.tolist(), strict=True)}


def _kept_codes(kept: Mapping[str, str], people: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the places, in order, of those of ``people`` who keep a short id, and its number."""
    places = Texts.of([*kept]).index_in(people)
    codes = np.array([int(code.removeprefix("P-")) for code in kept.values()], dtype=np.int64)
    order = np.argsort(places)[(places < 0).sum() :]
    return places[order], codes[order]


def _like_short(ids: pa.Array) -> npt.NDArray[np.int64]:
    """Return the numbers of the ids that are a P and a number, however they are spelt, if they can be a short id's."""
    plain = pc.string_is_ascii(ids)
    spelt = ids.filter(plain)
    like = spelt.filter(pc.match_substring_regex(spelt, f"^(?:{_LIKE_SHORT.pattern})$"))
    told = pc.replace_substring_regex(like, f"^(?:{_LIKE_SHORT.pattern})$", r"\1")
    length = to_numpy(pc.utf8_length(told))
    few = told.take(to_arrow(np.flatnonzero((length >= _LEAST) & (length <= _MOST))))
    odd = (found[1] for one in ids.filter(pc.invert(plain)).to_pylist() if (found := _LIKE_SHORT.fullmatch(one)))
    fit = [int(number) for number in odd if number.isascii() and _LEAST <= len(number) <= _MOST]
    return np.concatenate([to_numpy(few.cast(pa.int64())), np.array(fit, dtype=np.int64)])


def to_keep(
    ids: Collection[str],
    more: Iterable[str],
    kept: Mapping[str, str],
    private: Collection[str] = (),
    *,
    said: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the short ids, by person, that ``more`` people on record would change.

    ``said``: the short ids of ``ids``, where they are known.
    """
    before = short_ids(ids, kept, private) if said is None else said
    after = short_ids({*ids, *more}, kept, private) if before else {}
    return {person: code for person, code in before.items() if after.get(person) != code}


def _numbers(ids: pa.Array) -> npt.NDArray[np.int64]:
    """Return a number of :data:`_MOST` digits for each id, another for each: none begins with 0, they spread evenly."""
    made = to_numpy(pc.match_substring_regex(ids, _MADE)) & (to_numpy(pc.utf8_length(ids)) == _HASH)
    told = zip(ids.to_pylist(), made.tolist(), strict=True)
    hashes = [one if is_hash else _hashed(one) for one, is_hash in told]
    signs = np.array(hashes, dtype=f"S{_HASH}").view(np.uint8).reshape(-1, _HASH)[:, len("P-") :].astype(np.int64)
    digits = np.where(signs >= ord("a"), signs - ord("a") + 10, signs - ord("0"))
    rest, first = np.divmod(digits @ (16 ** np.arange(digits.shape[1])[::-1]), 9)
    out = first + 1
    for _digit in range(_MOST - 1):  # the last digits first: those of numbers near each other differ
        rest, digit = np.divmod(rest, 10)
        out = out * 10 + digit
    return np.asarray(out, dtype=np.int64)


def _hashed(ident: str) -> str:
    return f"P-{hashlib.blake2b(ident.encode(), digest_size=6).hexdigest()}"
