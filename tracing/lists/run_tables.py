"""What a run keeps of tiers, so that a later one can be compared with it."""

from __future__ import annotations

import numpy as np

from tracing.model.columns import Numbers, Tables
from tracing.tiers.isolation import isolation_periods
from tracing.tiers.tiers import Tiers


def run_tables(tiers: Tiers) -> Tables:
    """Return what a run has to keep of ``tiers``, so that a later one can be compared with it. Raises nothing.

    Parameters
    ----------
    tiers
        Who is listed.

    Returns
    -------
    Tables
        Frames by name, and columns where these are asked for: "tiers" and "parents" as
        :class:`tracing.tiers.tiers.Tiers` has them, and "facts": the dates of every listed person (columns person,
        onset, sample, confirmed, isolated: epoch seconds, NA where unknown; isolated is the beginning of the first
        isolation), one row per person, sorted.
    """
    graph = tiers.graph
    isolated: dict[str, int] = {}
    for person, start in isolation_periods(tiers.spread.stays).rows("person", "start"):
        isolated.setdefault(graph.columns.people[person], start)
    people, cases = tiers.people.select(["person"]), graph.records.columns("cases")
    at = people.texts("person").index_in(cases.texts("person").arrow)
    dates = {name: cases.numbers(name).at(at) for name in ("onset", "sample", "confirmed")}
    begun = [isolated.get(str(person)) for person in people.texts("person")]
    known = np.array([start is not None for start in begun], dtype=bool)
    starts = np.array([start or 0 for start in begun], dtype=np.int64)
    facts = people.put(**dates, isolated=Numbers(starts, ~known))
    return Tables({"tiers": tiers.people, "parents": tiers.columns("parents"), "facts": facts})
