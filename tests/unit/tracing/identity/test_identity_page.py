"""The tables of ``docs/identity.md`` are computed anew, and better than the two other ways."""

from __future__ import annotations

import re
from pathlib import Path

from identity_page import tables

PAGE = Path(__file__).parents[4] / "docs/identity.md"


def test_the_tables_of_the_page_are_what_is_computed() -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in re.findall(r"^\|.*\|$", text, re.M)]
    ways, thresholds, mentions = tables()
    assert {*ways, *thresholds, *mentions} <= set(found)
    assert [row[2] for row in mentions] == ["0", "0"]
    ours, *others = ways
    assert "(0 wrong)" in ours[1]
    assert all(float(ours[4].split()[0]) > float(other[4].split()[0]) for other in others)
    assert all(float(ours[2]) < float(other[2]) for other in others)
