"""Same question, same answer: shuffled, loaded twice, split in parts or renamed, the tiers are the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache

import pandas as pd
import pytest
from brute.data import Data
from brute.tiers import brute_tiers
from outbreaks import policies, seeded_outbreaks

from tracing import Tiers, build_contact_graph, trace_tiers
from tracing.model.normal import concat_records
from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.policy.model import Policy

NAMES = ("vn-3638", "cumulative-mask", "latent-hours")


@pytest.fixture(scope="module")
def records() -> Records:
    """Thirty outbreaks side by side."""
    return seeded_outbreaks(range(5000, 5030))


@pytest.fixture(scope="module")
def told(records: Records) -> Callable[[str], Tiers]:
    """Trace them under a policy, once."""
    return cache(lambda policy_name: traced(records, policies()[policy_name]))


def traced(records: Records, policy: Policy) -> Tiers:
    return trace_tiers(build_contact_graph(records), policy=policy)


def as_bytes(tiers: Tiers) -> bytes:
    return json.dumps(tiers.to_dict()).encode()


def some_rows(records: Records, part: int, parts: int) -> Records:
    return Records.build({name: frame.iloc[part::parts] for name, frame in records.tables.items() if len(frame)})


@pytest.mark.parametrize("policy_name", NAMES)
def test_shuffled_rows(records: Records, told: Callable[[str], Tiers], policy_name: str) -> None:
    expected = as_bytes(told(policy_name))
    for seed in range(2):
        shuffled = {
            name: frame.sample(frac=1, random_state=seed) for name, frame in records.tables.items() if len(frame)
        }
        assert as_bytes(traced(Records.build(shuffled), policies()[policy_name])) == expected


@pytest.mark.parametrize("policy_name", NAMES)
def test_loaded_twice(records: Records, told: Callable[[str], Tiers], policy_name: str) -> None:
    twice = concat_records([records, records])
    assert len(twice) == len(records)
    assert as_bytes(traced(twice, policies()[policy_name])) == as_bytes(told(policy_name))


@pytest.mark.parametrize("parts", [2, 5])
def test_split_in_parts(records: Records, told: Callable[[str], Tiers], parts: int) -> None:
    split = [some_rows(records, part, parts) for part in range(parts)]
    random.Random(parts).shuffle(split)
    assert as_bytes(traced(concat_records(split), policies()["vn-3638"])) == as_bytes(told("vn-3638"))


@pytest.mark.parametrize("policy_name", NAMES)
def test_renamed_people(records: Records, told: Callable[[str], Tiers], policy_name: str) -> None:
    """New ids in another order: the same answer under the new names."""
    people = records.person_ids().tolist()
    shuffled = [f"x{i:04d}" for i in range(len(people))]
    random.Random(1).shuffle(shuffled)
    names = dict(zip(people, shuffled, strict=True))
    renamed = {}
    for table in TABLES.values():
        frame = records[table.name]
        if not len(frame):
            continue
        columns = {"person"} | {c.name for c in table if c.refers_to == "persons"}
        renamed[table.name] = frame.assign(**{c: frame[c].map(names) for c in columns & set(frame.columns)})
    before, after = told(policy_name), traced(Records.build(renamed), policies()[policy_name])

    def said(tiers: Tiers, rename: dict[str, str]) -> tuple[set[str], set[str], set[str]]:
        new = [
            frame.assign(**{c: frame[c].map(rename) for c in ("person", "parent") if c in frame})
            for frame in (tiers.table, tiers.parents.drop(columns="place"))
        ]
        together = tiers.co_present
        new.append(together.assign(person=together["person"].map(rename), case=together["case"].map(rename)))
        one, two, three = (
            {str(row) for row in frame.astype(object).itertuples(index=False, name=None)} for frame in new
        )
        return one, two, three

    assert said(before, names) == said(after, {new: new for new in shuffled})


@pytest.mark.parametrize("policy_name", sorted(policies()))
def test_certain_is_never_smaller_than_possible(told: Callable[[str], Tiers], policy_name: str) -> None:
    tiers = told(policy_name)
    table = tiers.table
    assert table["tier_possible"].notna().all()
    both = table.dropna(subset="tier_certain")
    assert (both["tier_certain"] >= both["tier_possible"]).all()
    same_tier = both[(both["tier_certain"] == both["tier_possible"]) & (both["tier_possible"] > 0)]
    assert (same_tier["first_exposure_certain"] >= same_tier["first_exposure"]).all()
    assert (table["last_exposure"] >= table["first_exposure"]).fillna(True).all()
    assert not set(tiers.co_present["person"]) & set(table["person"])


def test_every_parent_is_one_tier_above(told: Callable[[str], Tiers]) -> None:
    """A parent is reached by one step less, in the same reading: nobody is listed without a way back to a case."""
    tiers = told("deep")
    of = tiers.table.set_index("person")
    parents = tiers.parents[~tiers.parents["person"].map(of["case"]).astype(bool)]
    assert len(parents)
    assert (parents["tier"] >= 1).all()
    assert (parents["parent"].map(of["tier_possible"]) <= parents["tier"] - 1).all()
    certain = parents[parents["reading"] == "certain"]
    assert (certain["parent"].map(of["tier_certain"]) <= certain["tier"] - 1).all()
    listed = tiers.table[(tiers.table["tier_possible"] > 0)]
    assert set(listed["person"]) <= set(parents["person"])


def without_contradictions(records: Records) -> Records:
    """Nobody touches from 6 m away, the space of a contact is that of its place, its minutes lie inside its hours."""
    contacts = records.contacts
    span = (contacts["end"] - contacts["start"]) / 60
    contacts = contacts.assign(
        distance_m=contacts["distance_m"].mask(contacts["physical"].fillna(False)),
        minutes=contacts["minutes"].mask((span < contacts["minutes"]).fillna(False)),
        closed_space=contacts["closed_space"].mask(contacts["place"].notna()),
    )
    return Records.build({**{n: f for n, f in records.tables.items() if len(f)}, "contacts": contacts})


_FORGETTABLE = [
    ("contacts", column)
    for column in ("distance_m", "minutes", "closed_space", "physical", "protected", "mask_a", "mask_b")
] + [("visits", "mask"), ("visits", "seat_row"), ("places", "closed_space")]


_FORGETFUL = sorted(set(policies()) - {"alone"} - {"vn-11042", "vn-1909"})


@pytest.mark.parametrize("policy_name", _FORGETFUL)
def test_forgetting_a_fact_removes_nobody(records: Records, policy_name: str) -> None:
    """A missing value leads to undecided, never to fails: whoever was possible stays, at no deeper tier.

    Each policy forgets one of the columns and all of them at once; the next policy the next column.
    """
    policy, records = policies()[policy_name], without_contradictions(records)
    before = traced(records, policy).table.set_index("person")["tier_possible"]
    mine = _FORGETTABLE[_FORGETFUL.index(policy_name) % len(_FORGETTABLE)]
    for columns in ([mine], _FORGETTABLE):
        after = traced(without(records, columns), policy).table.set_index("person")["tier_possible"]
        assert set(before.index) <= set(after.index), columns
        assert (after.reindex(before.index) <= before).all(), columns


def without(records: Records, columns: list[tuple[str, str]]) -> Records:
    """Return the records with these columns of tables empty."""
    tables = {name: rows for name, rows in records.tables.items() if len(rows)}
    for table, column in columns:
        tables[table] = tables[table].assign(**{column: pd.NA}).astype({column: records[table][column].dtype})
    return Records.build(tables)


@pytest.mark.parametrize("policy_name", ["vn-3638", "deep", "latent", "linger", "seats"])
def test_nobody_need_appear_twice_in_a_path(policy_name: str) -> None:
    """Where no isolation ends and windows have no end of their own, paths without repeats give the same tiers."""
    records = seeded_outbreaks(range(6000, 6020))
    isolations = records.isolations.assign(end=pd.NA, end_to=pd.NA).astype({"end": "Int64", "end_to": "Int64"})
    records = Records.build({**{n: f for n, f in records.tables.items() if len(f)}, "isolations": isolations})
    policy, everything = policies()[policy_name], Data(records)
    for seed in range(6000, 6020):
        data = everything.part(f"{seed}-")
        walks, paths = brute_tiers(data, policy), brute_tiers(data, policy, simple=True)
        assert {p: row[:2] for p, row in walks.table.items()} == {p: row[:2] for p, row in paths.table.items()}
