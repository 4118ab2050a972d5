"""When cases were first known, and when they can have been infected by their own record; one ruled out is no case."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from tracing.model.numbered import NumberedRecords
from tracing.tiers.windows import counted_cases
from tracing.times import EVER, NEVER


class CaseDate(NamedTuple):
    """The first known of a case's onset, sample and confirmation: ``[at, to)`` (an instant if equal), and which."""

    at: int
    to: int
    what: str

    @property
    def known(self) -> bool:
        """Whether the case has any date."""
        return self.at < EVER

    @property
    def end(self) -> int:
        """First instant after it."""
        return max(self.to, self.at + 1)


_ANCHORS: Final = ("onset", "sample", "confirmed")
UNDATED: Final = CaseDate(EVER, EVER, "")


def case_dates(graph: NumberedRecords) -> dict[str, CaseDate]:
    """Return the first known date of every case that was not ruled out, :data:`UNDATED` where there is none."""
    cases, dates = counted_cases(graph), {}
    times = {c: cases.numbers(c).filled(EVER).tolist() for a in _ANCHORS for c in (a, f"{a}_to")}
    for row, person in enumerate(cases.texts("person").given()):
        what = next((a for a in _ANCHORS if times[a][row] < EVER), "")
        dates[person] = CaseDate(times[what][row], times[f"{what}_to"][row], what) if what else UNDATED
    return dates


def exposure_windows(graph: NumberedRecords) -> dict[str, tuple[int, int]]:
    """Return each case's recorded time of exposure ``[begin, end)``, open where one of its ends is not known."""
    cases = counted_cases(graph)
    cases = cases.take(~(cases.numbers("exposure_start").missing & cases.numbers("exposure_end").missing))
    begin, end, end_to = (
        cases.numbers("exposure_start"),
        cases.numbers("exposure_end"),
        cases.numbers("exposure_end_to"),
    )
    until = np.maximum(end_to.filled(EVER), np.minimum(end.filled(EVER), EVER - 1) + 1)
    return dict(
        zip(cases["person"].tolist(), zip(begin.filled(NEVER).tolist(), until.tolist(), strict=True), strict=True)
    )
