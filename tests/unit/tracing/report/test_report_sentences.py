"""Sentences, names and marks of the report, each on a small outbreak of its own."""

from __future__ import annotations

import re

import pytest
from report_examples import analyse, case
from small_records import records_of

from tracing import figures
from tracing.report import write_report
from tracing.times import DAY


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (("confirmed", "suspected"), "2 ca bệnh từ 3/7 đến 5/7 ở 2 xã, phường; 1 ca mới là nghi ngờ; "),
        (("suspected", "suspected"), "2 ca bệnh từ 3/7 đến 5/7 ở 2 xã, phường; mới là nghi ngờ; "),
        (("confirmed", "confirmed"), "2 ca bệnh từ 3/7 đến 5/7 ở 2 xã, phường; 2 ca không rõ nguồn lây."),
    ],
)
def test_suspected_cases_are_told_apart_and_hamlets_of_one_name_too(status: tuple[str, str], told: str) -> None:
    communes = [{"area": c, "name": f"Xã {c}", "level": "commune"} for c in "CD"]
    hamlets = [{"area": h, "name": "Ấp 3", "level": "hamlet", "parent": c} for h, c in (("c3", "C"), ("d3", "D"))]
    records = records_of(
        {
            "areas": [*communes, *hamlets],
            "persons": [{"person": "p0", "area": "c3"}, {"person": "p1", "area": "d3"}],
            "cases": [case(f"p{i}", 2 + 2 * i) | {"status": said} for i, said in enumerate(status)],
        }
    )
    said = re.sub(r"<[^>]+>", " ", write_report(*analyse(records), lang="vi"))
    assert told in said
    assert "Ấp 3, Xã C" in said and "Ấp 3, Xã D" in said


def test_few_days_have_one_mark_each() -> None:
    def axis(days: int) -> object:
        people = [{"person": f"p{n}"} for n in range(2)]
        cases = [case("p0", 0), case("p1", days)]
        tiers = analyse(records_of({"persons": people, "cases": cases}))[0]
        return figures.epidemic_curve(tiers).layout.xaxis

    assert axis(4).dtick == DAY * 1000 and str(axis(4).tick0).startswith("2021-07-01")
    assert axis(40).dtick is None
