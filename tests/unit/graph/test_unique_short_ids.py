"""Short ids: one for each, like no other, of the ids alone, and once given they stay."""

from __future__ import annotations

import hashlib
import random

from cli.short import remember, shorten
from graph.short_ids import short_ids, to_keep


def made(number: int) -> str:
    return f"P-{hashlib.blake2b(str(number).encode(), digest_size=6).hexdigest()}"


def test_everybody_has_one_of_their_own_and_most_are_four_digits() -> None:
    people = [made(n) for n in range(2_000)]
    found = short_ids(people, {})
    assert set(found) == set(people) and len(set(found.values())) == 2_000
    assert sum(len(code) == len("P-4127") for code in found.values()) > 1_400
    assert max(map(len, found.values())) <= len("P-4127123")


def test_the_order_of_the_people_plays_no_part() -> None:
    people = [made(n) for n in range(500)]
    shuffled = random.Random(1).sample(people, len(people))
    assert short_ids(shuffled, {}) == short_ids(people, {})


def test_what_was_said_stays_whoever_comes_later() -> None:
    ids: set[str] = set()
    kept: dict[str, str] = {}
    said: dict[str, str] = {}
    for begin in range(0, 3_000, 300):
        coming = [made(n) for n in range(begin, begin + 300)]
        kept |= to_keep(ids, coming, kept)
        ids.update(coming)
        now = short_ids(ids, kept)
        assert {person: now[person] for person in said} == said
        assert len(set(now.values())) == len(ids)
        said = now
    assert 0 < len(kept) < 1_000


def test_an_id_of_a_list_is_never_a_short_id_of_somebody_else() -> None:
    person = made(1)
    code = short_ids([person], {})[person]
    for like in (code, code.replace("P-", "p "), code.replace("P-", "P-00")):
        longer = short_ids([person, like], {person: code})[person]
        assert longer != code and longer.startswith(code)


def test_a_note_of_somebody_who_is_not_on_record_takes_no_number() -> None:
    person, gone = made(1), made(2)
    code = short_ids([person], {})[person]
    assert short_ids([person], {gone: code}) == {person: code}
    assert short_ids(["C1", "P-000412", "P-3f2a9bc01d7"], {}) == {}


def test_two_people_who_tell_the_same_have_short_ids_too_and_are_called_by_them() -> None:
    twins = [f"{made(1)}{end}" for end in ("c6c9", "6410")]
    found = short_ids([*twins, made(1)], {})
    assert set(found) == {*twins, made(1)} and len(set(found.values())) == 3
    remember(found, hide=False)
    try:
        assert shorten(" ".join([*twins, made(1)])) == " ".join(found[one] for one in [*twins, made(1)])
    finally:
        remember({})
