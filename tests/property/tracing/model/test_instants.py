"""Many instants written together are written as each alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracing.times import format_iso, format_isos, local, local_days

_ZONES = ("Asia/Ho_Chi_Minh", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")


@given(st.lists(st.integers(-4_000_000_000, 4_000_000_000), max_size=20), st.sampled_from(_ZONES))
def test_instants_are_written_as_each_alone(instants: list[int], zone: str) -> None:
    assert format_isos(np.array(instants, dtype=np.int64), zone) == [format_iso(at, at, zone) for at in instants]
    assert local_days(np.array(instants, dtype=np.int64), zone).tolist() == [
        local(t, zone).toordinal() for t in instants
    ]


def test_the_hour_in_which_clocks_change_is_written_right() -> None:
    change = np.arange(1_616_893_200 - 3_600, 1_616_893_200 + 3_600, 600)  # 28/3/2021, 01:00 UTC
    half = np.arange(1_617_462_000 - 3_600, 1_617_462_000 + 3_600, 600)  # 3/4/2021, 15:00 UTC, by half an hour
    assert format_isos(change, "Europe/Berlin") == [format_iso(int(at), int(at), "Europe/Berlin") for at in change]
    assert format_isos(half, "Australia/Lord_Howe") == [
        format_iso(int(at), int(at), "Australia/Lord_Howe") for at in half
    ]
