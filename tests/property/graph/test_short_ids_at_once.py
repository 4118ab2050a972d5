"""The short ids of everybody at once are those that are found one length after the other, as they are defined."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.short_ids import short_ids, to_keep


def made(number: int, size: int = 6) -> str:
    return f"P-{hashlib.blake2b(str(number).encode(), digest_size=size).hexdigest()}"


def number_of(ident: str) -> str:
    if not re.fullmatch("P-[0-9a-f]{12}", ident):
        ident = f"P-{hashlib.blake2b(ident.encode(), digest_size=6).hexdigest()}"
    rest, first = divmod(int(ident[2:], 16), 9)
    return str(first + 1) + str(rest)[::-1].ljust(14, "0")


def one_by_one(ids: Collection[str], kept: Mapping[str, str], private: Collection[str]) -> dict[str, str]:
    """Return the short ids: those that are kept, then the shortest beginning that nobody else has."""
    called = sorted(one for one in ids if one in private or re.fullmatch("P-[0-9a-f]{12}(?:[0-9a-f]{4})?", one))
    taken = {f"P-{like[1]}" for one in ids if (like := re.fullmatch(r"[Pp]\W*0*(\d+)", one))}
    found: dict[str, str] = {}
    for person in called:
        if person in kept and kept[person] not in taken:
            found[person] = kept[person]
            taken.add(kept[person])
    left = {person: number_of(person) for person in called if person not in found}
    for length in range(4, 16):
        codes = {person: f"P-{number[:length]}" for person, number in left.items()}
        shared = Counter(codes.values())
        alone = {person: code for person, code in codes.items() if shared[code] == 1 and code not in taken}
        found |= alone
        left = {person: number for person, number in left.items() if person not in alone}
    return dict(sorted(found.items())) if called else {}


ODD = [
    "P 00123",
    "p--1234",
    "BN12",
    "Pé1234",
    "P-１２３４",
    "P·4127",
    "P-0",
    "P-" + "9" * 20,
    "0912345679",
    "Lê Văn Tám",
]
MADE = st.builds(made, st.integers(0, 3_000), st.sampled_from([6, 6, 6, 8]))
LISTED = st.sampled_from(ODD) | st.integers(1, 9_999).map("P-{}".format)
IDS = st.integers(0, 2_000).map(lambda size: {made(n) for n in range(size)})


@settings(max_examples=60, deadline=None)
@given(
    many=IDS,
    some=st.sets(MADE | LISTED, max_size=40),
    private=st.sets(MADE | st.sampled_from(ODD), max_size=6),
    more=st.sets(MADE | LISTED, max_size=20),
    keeps=st.integers(1, 9),
)
def test_at_once_and_one_by_one(many: set[str], some: set[str], private: set[str], more: set[str], keeps: int) -> None:
    ids = many | some
    before = one_by_one(ids, {}, private)
    assert short_ids(ids, {}, private) == before
    kept = dict(list(before.items())[::keeps])
    after = one_by_one(ids | more, kept, private)
    found = short_ids(ids | more, kept, private)
    assert found == after and list(found) == list(after)
    now = one_by_one(ids | more, {}, private)
    changed = {person: code for person, code in before.items() if now[person] != code}
    assert to_keep(ids, more, {}, private) == to_keep(ids, more, {}, private, said=before) == changed
