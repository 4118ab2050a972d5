"""Short ids are the same in every store, and stay when others come."""

from __future__ import annotations

import hashlib

import pandas as pd

from graph.short_ids import short_ids
from tracing.model.records import Records


def made(number: int) -> str:
    return f"P-{hashlib.blake2b(str(number).encode(), digest_size=6).hexdigest()}"


def people(*ids: str) -> Records:
    return Records.build({"persons": pd.DataFrame({"person": list(ids)})})


def test_short_ids_are_those_of_the_ids_and_stay(store) -> None:
    all_of_them = [made(n) for n in range(400)]
    # Two whose numbers begin alike; the second comes later.
    codes = {person: code for person, code in short_ids(all_of_them, {}).items() if len(code) > len("P-4127")}
    first = min(codes)
    second = next(p for p in sorted(codes) if p != first and codes[p][:6] == codes[first][:6])
    store.write(people("C1", "P-000412"))
    assert store.short_ids() == {}
    store.write(people(first))
    said = store.short_ids()
    assert said == {first: codes[first][:6]}
    store.write(people(second))
    assert store.short_ids()[first] == said[first]
    assert store.short_ids()[second].startswith(said[first]) and len(store.short_ids()[second]) > len(said[first])
    store.write(people(first, second))
    assert store.short_ids()[first] == said[first]
