"""Whom a name fits is found by ends of names as it is by looking at everybody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.people.fitting import Fitting
from tracing.spelling import fits_name

_WORDS = (
    "Trần",
    "Tran",
    "T.",
    "Văn",
    "V.",
    "Thị",
    "Út",
    "Bé",
    "Chị",
    "Ba",
    "Bảy",
    "Huy",
    "Lượm",
    "An",
    "(Tư)",
    ".",
    "-",
)
_NAMES = st.lists(st.sampled_from(_WORDS), max_size=5).map(" ".join)


@given(told=st.lists(st.lists(_NAMES, max_size=3), max_size=12), name=_NAMES)
def test_whom_a_name_fits_is_found_as_by_looking_at_everybody(told: list[list[str]], name: str) -> None:
    expected = [at for at, names in enumerate(told) if any(fits_name(name, one) for one in names)]
    assert Fitting(told).of(name) == expected
