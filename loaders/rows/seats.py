"""Seats of passengers: one that stands twice for one trip is asked about, and is nobody's until it is answered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.dates import Times
from loaders.questions import NOBODY, OTHER, Choice
from tracing.text import catalogue

_, _n = catalogue("loaders")


def seats_of(columns: Columns, person: pd.Series, place: pd.Series, start: Times) -> pd.Series:
    """Return each row's seat; missing of people on one seat, until somebody says who sat there."""
    seat = columns.text("seat")
    keys = pd.DataFrame({"place": place, "start": start.start, "seat": seat.str.upper().str.strip(), "person": person})
    keys = keys[seat.notna().to_numpy() & start.known & place.notna().to_numpy() & person.notna().to_numpy()]
    people = keys.groupby(["place", "start", "seat"])["person"].transform("nunique")
    twice = keys.index[(people > 1).to_numpy(dtype=bool)]
    if not len(twice):
        return seat
    seat, at, still = seat.copy(), columns.at("seat"), []
    for row in np.asarray(twice, dtype=np.int64).tolist():
        text = str(seat.iloc[row])
        answer = columns.asked.ask(
            columns.sheet,
            "value",
            _("Two people on one seat: where did this one sit?"),
            row=row,
            column=at,
            said=text,
            choices=[
                Choice(text, _("on this seat")),
                Choice(NOBODY, _("not known")),
                Choice(OTHER, _("on another seat")),
            ],
        )
        seat.iloc[row] = None if answer in (None, NOBODY) else answer
        still += [row] if answer is None else []
    columns.query("visit.seat_twice", still, at)
    return seat
