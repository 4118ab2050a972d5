"""Contacts of people who are one: each renamed, nobody with themselves, one meeting once, in order."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tracing.identity.unite import unite
from tracing.model.normal import normalise_table
from tracing.model.records import Records
from tracing.model.schema import SOURCE_COLUMNS

_CALLED = {"b": "a", "d": "c", "e": "c"}
_PEOPLE = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(_PEOPLE, _PEOPLE, st.integers(0, 3), st.sampled_from([True, False, None])), max_size=12))
def test_contacts_are_what_renaming_all_of_them_gives(told: list[tuple[str, str, int, bool | None]]) -> None:
    rows = [(a, b, 86_400 * day, mask) for a, b, day, mask in told if a != b]
    contacts = pd.DataFrame(rows, columns=["person_a", "person_b", "start", "mask_a"])
    contacts = contacts.astype({"mask_a": "boolean"}).assign(
        end=contacts["start"] + 60, time_kind="sometime", kind="household"
    )
    records = Records.build({"persons": pd.DataFrame({"person": list("abcdefgh")}), "contacts": contacts})

    wanted = records.contacts.copy()
    for side in ("person_a", "person_b"):
        wanted[side] = wanted[side].replace(_CALLED)
    wanted = normalise_table("contacts", wanted[(wanted["person_a"] != wanted["person_b"]).to_numpy(dtype=bool)])
    content = [name for name in wanted if name not in ("contact", "attributes", *SOURCE_COLUMNS)]
    wanted = wanted.drop_duplicates(content).reset_index(drop=True)

    found = unite(records, [("a", "b"), ("c", "d", "e")]).contacts
    pd.testing.assert_frame_equal(found, wanted)
