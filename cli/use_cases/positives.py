"""People whom a load brings with a positive result of their own and whom no list of cases names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.screen import show
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Store
    from tracing.model.records import Records

_, _n = catalogue("cli")


def positive_without_case(records: Records, store: Store) -> int:
    """Return how many people with a positive result in ``records``, not that of a pool, are no case in the store."""
    tests = records.tests
    own = (tests["result"] == "positive").fillna(False) & tests["pool"].isna()
    ids = set(tests.loc[own, "person"].dropna())
    if not ids:
        return 0
    members = {one: frozenset(group) for group in store.identity().groups for one in group}
    people = {members.get(one, frozenset([one])) for one in ids}
    import pandas as pd

    asked = pd.Series(sorted(frozenset().union(*people)), dtype="string")
    cases = store.among("cases", asked)
    return sum(cases.isdisjoint(person) for person in people)


def write_positive_without_case(count: int) -> None:
    """Say that they are not F0 by that."""
    if count:
        show(
            _n(
                "{n} person has a positive result of their own and is on no list of cases: no F0 so far.",
                "{n} people have a positive result of their own and are on no list of cases: no F0 so far.",
                count,
                n=count,
            )
        )
