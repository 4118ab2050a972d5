"""What a join changes is worked out by a second trace only where it can change anything."""

from __future__ import annotations

import pytest
from lists import load_lists

from cli.use_cases.same_effect import changes_by
from tracing.identity.unite import unite
from tracing.model.contactgraph import ContactGraph, build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy

POLICY = load_policy("vn-3468")
F0 = (("Mã BN", "Họ và tên", "Ngày khởi phát"), ("BN1", "Lê Tám", "2021-07-08"))
F1 = (
    ("Mã F1", "Họ và tên", "Tiếp xúc với ca", "Ngày tiếp xúc cuối"),
    ("K1", "Lê Một", "BN1", "2021-07-07"),
    ("K2", "Lê Hai", "K9", "2021-07-09"),
    ("K3", "Lê Ba", "K9", "2021-07-09"),
    ("K9", "Lê Chín", "K2", "2021-07-09"),
)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return load_lists(tmp_path_factory.mktemp("lists"), {"f0.csv": F0, "f1.csv": F1}).records


def not_needed() -> ContactGraph:
    raise AssertionError("traced although nothing can change")


def test_a_join_of_people_whom_nobody_lists_changes_nothing_and_is_not_traced(records: Records) -> None:
    before = build_contact_graph(records)
    joined = [("K2", "K3")]
    assert changes_by(before, not_needed, POLICY, None, people={"K2", "K3"}) is None
    full = changes_by(before, lambda: build_contact_graph(unite(records, joined)), POLICY, None)
    assert full is not None and full.table.empty


def test_a_join_with_somebody_listed_is_traced(records: Records) -> None:
    found = changes_by(
        build_contact_graph(records),
        lambda: build_contact_graph(unite(records, [("K1", "K2")])),
        POLICY,
        None,
        people={"K1", "K2"},
    )
    assert found is not None and not found.table.empty
