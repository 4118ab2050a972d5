"""A day is taken as it is printed, in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracing.text import say_instant, written_day
from tracing.times import DEFAULT_ZONE, parse_iso

MINUTES = st.integers(0, 3 * 10**7).map(lambda number: number * 60)


@given(MINUTES, st.sampled_from(["vi", "en"]))
def test_a_day_or_an_instant_that_was_printed_is_read_again(at: int, lang: str) -> None:
    first, until = parse_iso(written_day(say_instant(at, lang, DEFAULT_ZONE)))
    assert first == at
    assert until in (at, at + 86_400)


@pytest.mark.parametrize("text", ["2021-07-08", "2021-07-08T02:10", "8/7", "8-7-2021", "8/Jul/2021x", "", "July 2021"])
def test_any_other_text_stays(text: str) -> None:
    assert written_day(text) == text
