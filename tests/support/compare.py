"""The engine's answer and the reference's, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd
from brute.data import Data
from brute.tiers import Answer, brute_tiers
from outbreaks import policies

from tracing import build_contact_graph, trace_tiers
from tracing.model.records import Records

_TABLE = ["tier_certain", "tier_possible", "first_exposure", "last_exposure", "first_exposure_certain", "f1_class"]
_PARENTS = ["person", "tier", "parent", "contact", "reading", "exposure", "until", "start", "end"]
_TOGETHER = ["person", "case", "contact", "start", "end"]


def engine_answer(
    records: Records, policy_name: str, *, as_of: int | None = None, cases: list[str] | None = None
) -> Answer:
    """Return the engine's answer in the reference's words."""
    tiers = trace_tiers(build_contact_graph(records), policy=policies()[policy_name], as_of=as_of, cases=cases)

    def plain(values: Any) -> tuple[Any, ...]:
        return tuple(None if pd.isna(v) else v for v in values)

    def rows(frame: pd.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
        return list(frame[columns].astype(object).itertuples(index=False, name=None))

    table = {person: plain(values) for person, *values in rows(tiers.table, ["person", *_TABLE])}
    lists = [
        rows(tiers.parents, _PARENTS),
        *(rows(part, _TOGETHER) for part in (tiers.co_present, tiers.met_after_isolation, tiers.source_finding)),
    ]
    for one in lists:
        assert len(set(one)) == len(one)
    return Answer(table, *(set(one) for one in lists))


def assert_same(expected: Answer, found: Answer) -> None:
    """Compare tiers, exposures, parents and co-present contacts."""
    assert found.table == expected.table
    assert found.parents == expected.parents
    assert found.co_present == expected.co_present
    assert found.met_after_isolation == expected.met_after_isolation
    assert found.source_finding == expected.source_finding


def assert_engine_is_right(records: Records, policy_name: str, *, cases: list[str] | None = None) -> None:
    """Compare the engine with the reference on one outbreak."""
    expected = brute_tiers(Data(records), policies()[policy_name], cases=cases)
    assert_same(expected, engine_answer(records, policy_name, cases=cases))
