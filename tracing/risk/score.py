"""Who of the listed people is how likely infected and not yet found: an explainable hazard score.

For each exposure at a person's tier
``h = hazard per hour * dose(hours) * timing * layer * setting * P(parent infected)``,
and ``P = 1 - exp(-sum of h)`` (competing hazards). Then Bayes with what is known since: negative tests, not having been
found anyway; and the chance that the infection is still active at ``as_of``.

First honest version. It is a ranking score whose size is roughly that of published secondary attack rates (household
about 10 %, work and school 1 to 3 %, passing contacts below 1 %). It is **not** a calibrated probability for one
person, no diagnosis, and no reason to release anybody: a low number never removes a name from a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.places import setting_of
from tracing.policy.model import Quantity
from tracing.results import Result, made_further
from tracing.risk.parameters import RiskParameters
from tracing.tiers.isolation import isolation_periods
from tracing.tiers.tiers import Tiers
from tracing.times import DAY, EVER, NEVER

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_NONE: Final = -1


@dataclass(frozen=True)
class Risk(Result):
    """How likely each listed person is infected and not found.

    Attributes
    ----------
    table
        One row per listed person who is not a case: ``person``; ``tier`` (possible); ``probability`` (infected,
        not found and still active at ``as_of``); ``infected`` (ever infected by the exposures on record, given the
        tests); ``exposed`` (most likely day of infection, epoch seconds); the reason that weighs most: ``parent``,
        ``contact``, ``kind``, ``hours``, ``share`` (of the hazard), ``case`` (where its path begins); ``isolated``
        ("home", "zone", "centre", "hospital", NA for at large at ``as_of``); ``negative_tests``. Sorted by person.
    parameters
        The numbers it was computed with.
    as_of
        The instant it is for, epoch seconds.
    """

    parameters: RiskParameters
    as_of: int

    @property
    def expected(self) -> float:
        """Expected number of infected people among the listed who are not found."""
        return float(self.table["probability"].sum())


@dataclass(frozen=True, kw_only=True)
class _Exposures:
    """Exposures as arrays, one row each: child and parent (person index), times in days, facts as factors."""

    child: Ints
    parent: Ints
    step: Ints
    begins: Floats
    ends: Floats
    hours: Floats
    kind: npt.NDArray[np.object_]
    factor: Floats
    contact: npt.NDArray[np.object_]


def score_risk(tiers: Tiers, *, parameters: RiskParameters | None = None) -> Risk:
    """Return the risk of every listed person who is not a case; an empty table where nobody is listed.

    Linear in the exposures (``tiers.parents``), vectorised; each tier uses the probabilities of the one above. Methods:
    hazard and competing risks as in Ferretti et al. 2024 (doi:10.1038/s41586-023-06952-2), timing He et al. 2020
    (doi:10.1038/s41591-020-0869-5). Raises nothing of its own.

    Parameters
    ----------
    tiers
        Who is listed, with their exposures and tests.
    parameters
        Every number of the score, each with unit and source.

    Returns
    -------
    Risk
        One row per listed person who is not a case; ``probability`` and ``infected`` in [0, 1], ``hours`` in hours.
    """
    parameters = parameters or RiskParameters()
    graph = tiers.graph
    people = len(graph.columns.people)
    now = _now(tiers)
    exposures = _read_exposures(tiers, parameters, now)
    at = graph.positions(tiers.table["person"])
    tier = np.full(people, np.int64(1 << 30))
    tier[at] = tiers.table["tier_possible"].to_numpy(dtype=np.int64, na_value=1 << 30)
    case = np.zeros(people, dtype=bool)
    case[at] = tiers.table["case"].to_numpy(dtype=bool)
    state = _State.begin(people, case, case_days(tiers, parameters))
    tests = _negative_tests(tiers, now)
    for step in range(1, tiers.policy.depth + 1):
        rows = np.flatnonzero(tier[exposures.child] == step)
        if len(rows):
            _carry(state, exposures, rows, parameters, now)
            _update(state, np.unique(exposures.child[rows]), tests, parameters, now)
    listed = np.sort(at[~case[at] & (tier[at] > 0)])
    table = _table(tiers, state, exposures, listed, tier, tests)
    made = made_further(tiers.provenance, {"score": "hazard, first version"})
    return Risk(table, made, parameters, tiers.as_of)


def _now(tiers: Tiers) -> float:
    """Return ``as_of`` in days; the last date on record where the tiers were asked for without an end."""
    if tiers.as_of < EVER // 2:
        return tiers.as_of / DAY
    return (tiers.graph.records.last_instant() or 0) / DAY


@dataclass
class _State:
    """What is known of each person so far, shape (people,)."""

    infected: Floats
    probability: Floats
    exposed: Floats
    hazard: Floats
    main: Ints
    share: Floats
    case: Ints
    is_case: Bools
    anchor: Floats

    @classmethod
    def begin(cls, people: int, case: Bools, anchor: Floats) -> _State:
        return cls(
            case.astype(np.float64),
            np.zeros(people),
            np.full(people, np.nan),
            np.zeros(people),
            np.full(people, _NONE, dtype=np.int64),
            np.zeros(people),
            np.where(case, np.arange(people), _NONE).astype(np.int64),
            case,
            anchor,
        )


def case_days(tiers: Tiers, parameters: RiskParameters) -> Floats:
    """Return each case's onset in days, from the sample or confirmation where it is not known; NaN without a date."""
    cases = tiers.graph.records.cases
    anchor = np.full(len(tiers.graph.columns.people), np.nan)
    if cases.empty:
        return anchor
    middle = {name: _middle(cases, name) for name in ("onset", "sample", "confirmed")}
    found = (
        np.where(np.isnan(middle["sample"]), middle["confirmed"], middle["sample"]) - parameters.onset_to_sample.value
    )
    anchor[tiers.graph.positions(cases["person"])] = np.where(np.isnan(middle["onset"]), found, middle["onset"])
    return anchor


def _middle(table: pd.DataFrame, name: str) -> Floats:
    """Return the middle of a time column in days, NaN where it is not known."""
    both = table[[name, f"{name}_to"]].to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(both.sum(axis=1) / 2 / DAY, dtype=np.float64)


def _kinds(tiers: Tiers, known: Ints) -> npt.NDArray[np.object_]:
    """Return the kind of contact of each exposure: as recorded, else by the kind of place, else "other"."""
    records, place = tiers.graph.records, tiers.parents["place"]
    recorded = np.array(records.contacts["kind"].array.take(known, allow_fill=True).tolist(), dtype=object)
    places = records.places.dropna(subset="kind")
    meant = {place: setting_of(kind) for place, kind in zip(places["place"], places["kind"], strict=True)}
    from_place = np.array([meant.get(p, "other") for p in place.tolist()], dtype=object)
    return np.where(pd.isna(recorded), from_place, recorded).astype(object)


def _hours_together(
    kinds: npt.NDArray[np.object_], minutes: Floats, span: Floats, presence: Bools, days: Floats, p: RiskParameters
) -> Floats:
    """Return the hours of each exposure: the minutes on record, the hours of a stay, else the usual hours a day."""
    per_day = _by_kind(kinds, p.hours_per_day)
    stay = np.where(span < 1, days * 24, np.minimum(days * 24, per_day * np.ceil(days)))
    hours = np.where(np.isnan(minutes), np.where(presence, stay, per_day * np.ceil(days)), minutes / 60)
    return np.maximum(hours, 1 / 60)


def _by_kind(kinds: npt.NDArray[np.object_], values: Mapping[str, Quantity]) -> Floats:
    names, codes = np.unique(kinds.astype(str), return_inverse=True)
    return np.array([values[name].value for name in names.tolist()], dtype=np.float64)[codes]


def _read_exposures(tiers: Tiers, parameters: RiskParameters, now: float) -> _Exposures:
    rows, numbers = tiers.parents, tiers.exposures
    contacts = tiers.graph.records.contacts
    known = np.where(rows["joined"].to_numpy(dtype=bool), _NONE, numbers["ref"].to_numpy(dtype=np.int64))

    def column(name: str) -> Floats:
        values = contacts[name].to_numpy(dtype=np.float64, na_value=np.nan)
        return np.append(values, np.nan)[known]

    kinds = _kinds(tiers, known)
    begins = rows["exposure"].to_numpy(dtype=np.float64) / DAY
    ends = (rows["until"].to_numpy(dtype=np.float64) + 1) / DAY
    span = (rows["end"].to_numpy(dtype=np.float64) - rows["start"].to_numpy(dtype=np.float64)) / DAY
    said = np.append((contacts["time_kind"] == "presence").fillna(False).to_numpy(dtype=bool), False)[known]
    presence = (said | (known == _NONE) | (span < 1)) & (span > 1 / 1440) & (span < 366)
    days = np.clip(np.minimum(ends, now) - begins, 1e-9, parameters.undated_days.value)
    hours = _hours_together(kinds, column("minutes"), span, presence, days, parameters)
    factor = _by_kind(kinds, parameters.layers)
    factor = factor / np.fmax(column("distance_m"), 1) ** 2
    factor = factor * np.where(column("closed_space") == 0, parameters.outdoors.value, 1.0)
    factor = factor * np.where(column("protected") == 1, parameters.protected.value, 1.0)
    undecided = (rows["verdict"] != "meets").to_numpy(dtype=bool)
    factor = np.where(undecided, factor * parameters.undecided.value, factor)
    return _Exposures(
        child=numbers["target"].to_numpy(dtype=np.int64),
        parent=numbers["source"].to_numpy(dtype=np.int64),
        step=rows["tier"].to_numpy(dtype=np.int64),
        begins=begins,
        ends=ends,
        hours=hours,
        kind=kinds,
        factor=factor,
        contact=rows["contact"].to_numpy(dtype=object),
    )


def infectiousness_around_onset(begins: Floats, ends: Floats, parameters: RiskParameters) -> Floats:
    """Return the mean infectiousness, 1 on average, between two times in days since onset (corrected He 2020)."""
    from scipy.special import gammainc

    shape, rate, shift = (q.value for q in (parameters.onset_shape, parameters.onset_rate, parameters.onset_shift))
    share = gammainc(shape, np.maximum(ends + shift, 0) * rate) - gammainc(shape, np.maximum(begins + shift, 0) * rate)
    return np.asarray(share / np.maximum(ends - begins, 1e-9) * parameters.mean_days.value, dtype=np.float64)


def infectiousness_since_infection(begins: Floats, ends: Floats, parameters: RiskParameters) -> Floats:
    """Return the mean infectiousness, 1 on average, between two times in days since infection (Weibull)."""
    shape, scale = parameters.generation_shape.value, parameters.generation_scale.value

    def reached(days: Floats) -> Floats:
        return np.asarray(1 - np.exp(-((np.maximum(days, 0) / scale) ** shape)), dtype=np.float64)

    return (reached(ends) - reached(begins)) / np.maximum(ends - begins, 1e-9) * parameters.mean_days.value


def _timing(
    state: _State, parent: Ints, begins: Floats, ends: Floats, parameters: RiskParameters, now: float
) -> tuple[Floats, Floats]:
    """Return the factor of timing and the most likely time of infection of each exposure."""
    period = parameters.undated_days.value
    from_onset = state.is_case[parent]
    zero = np.where(from_onset, state.anchor[parent], state.exposed[parent])
    dated = ~np.isnan(zero)
    zero = np.where(dated, zero, now - period)
    earliest = np.where(from_onset & dated, zero - period / 2, zero)
    latest = np.minimum(np.maximum(earliest, zero + period), now)
    begins = np.clip(begins, np.minimum(earliest, latest), latest)
    ends = np.maximum(np.clip(ends, begins, latest), begins + 1e-3)
    around = infectiousness_around_onset(begins - zero, ends - zero, parameters)
    since = infectiousness_since_infection(begins - zero, ends - zero, parameters)
    factor = np.where(from_onset, around, since)
    factor = np.where(dated, np.maximum(factor, parameters.weakest.value), 1.0)
    return factor, (begins + ends) / 2


def _carry(state: _State, all_: _Exposures, rows: Ints, parameters: RiskParameters, now: float) -> None:
    """Add up the hazards of the exposures ``rows`` per person; the strongest becomes the main reason."""
    child, parent = all_.child[rows], all_.parent[rows]
    factor, middle = _timing(state, parent, all_.begins[rows], all_.ends[rows], parameters, now)
    saturation = parameters.saturation_hours.value
    dose = saturation * np.log1p(all_.hours[rows] / saturation)
    hazard = parameters.hazard_per_hour.value * dose * factor * all_.factor[rows] * state.infected[parent]
    people = len(state.hazard)
    total = np.bincount(child, weights=hazard, minlength=people)
    when = np.bincount(child, weights=hazard * middle, minlength=people)
    reached = np.unique(child)
    plain = np.zeros(people)
    plain[child[::-1]] = middle[::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(total > 0, when / total, plain)
    state.hazard[reached], state.exposed[reached] = total[reached], mean[reached]
    state.infected[reached] = 1 - np.exp(-total[reached])
    order = np.lexsort((np.arange(len(rows)), -hazard, child))
    first = order[np.append(True, child[order][1:] != child[order][:-1])]
    state.main[child[first]] = rows[first]
    state.share[child[first]] = hazard[first] / np.maximum(total[child[first]], 1e-300)
    state.case[child[first]] = state.case[parent[first]]


def _update(state: _State, reached: Ints, tests: pd.DataFrame, parameters: RiskParameters, now: float) -> None:
    """Lower the probabilities by negative tests and by not having been found; let old infections end."""
    likelihood = np.ones(len(state.infected))
    mine = tests[np.isin(tests["at"].to_numpy(), reached)]
    if len(mine):
        at = mine["at"].to_numpy(dtype=np.int64)
        days = np.array([float(day) for day in sorted(parameters.sensitivity)])
        finds = np.array([parameters.sensitivity[day].value for day in sorted(parameters.sensitivity)])
        found = np.interp(mine["day"].to_numpy(dtype=np.float64) - state.exposed[at], days, finds, left=0.0)
        found = found * np.where(mine["antigen"].to_numpy(dtype=bool), parameters.antigen.value, 1.0)
        np.multiply.at(likelihood, at, 1 - found)
    age = np.maximum(now - state.exposed[reached], 0)
    by_now = 1 - np.exp(-((age / parameters.detection_delay.value) ** 2))
    likely = likelihood[reached] * (1 - parameters.detected_share.value * by_now)
    before = state.infected[reached]
    state.infected[reached] = before * likely / (before * likely + 1 - before)
    state.probability[reached] = state.infected[reached] * active_share(age, parameters)


def active_share(age: Floats, parameters: RiskParameters) -> Floats:
    """Return the chance that an infection is still active ``age`` days after it happened."""
    from scipy.special import gammaincc

    shape = parameters.active_shape.value
    return np.asarray(gammaincc(shape, age * shape / parameters.active_days.value), dtype=np.float64)


def _negative_tests(tiers: Tiers, now: float) -> pd.DataFrame:
    """Return negative tests sampled up to now: at (person index), day, antigen."""
    tests = tiers.graph.records.tests
    tests = tests[(tests["result"] == "negative").fillna(False)]
    rows = pd.DataFrame(
        {
            "at": tiers.graph.positions(tests["person"]),
            "day": _middle(tests, "sample"),
            "antigen": (tests["method"] == "antigen").fillna(False).to_numpy(dtype=bool),
        }
    )
    return rows[rows["day"] <= now]


def isolated_at(tiers: Tiers) -> npt.NDArray[np.object_]:
    """Return where each person of the graph is isolated at ``as_of``: kind of isolation, "other", None at large."""
    graph, now = tiers.graph, round(_now(tiers) * DAY)
    where = np.full(len(graph.columns.people), None, dtype=object)
    periods = isolation_periods(tiers.spread.stays).frame
    inside = periods[(periods["start"] < now) & (periods["end_to"] >= now)]
    where[inside["person"].to_numpy(dtype=np.int64)] = "other"
    roster = graph.records.isolations
    open_ = (roster["start"] < now) & (roster["end_to"].fillna(EVER) >= now) & roster["kind"].notna()
    for row in roster[open_].sort_values(["start", "isolation"]).itertuples(index=False):
        where[graph.person_index(row.person)] = row.kind
    return where


def _table(
    tiers: Tiers, state: _State, exposures: _Exposures, listed: Ints, tier: Ints, tests: pd.DataFrame
) -> pd.DataFrame:
    people = tiers.graph.columns.people
    main = state.main[listed]

    def ids(positions: Ints) -> list[str | None]:
        return [people[i] if i != _NONE else None for i in positions.tolist()]

    def of_main(values: npt.NDArray[np.object_]) -> list[str | None]:
        return [values[i] if i != _NONE else None for i in main.tolist()]

    parents = np.array([exposures.parent[i] if i != _NONE else _NONE for i in main.tolist()], dtype=np.int64)
    hours = np.array([exposures.hours[i] if i != _NONE else np.nan for i in main.tolist()], dtype=np.float64)
    exposed = np.nan_to_num(state.exposed[listed] * DAY, nan=float(NEVER)).astype(np.int64)
    negative = np.bincount(tests["at"].to_numpy(dtype=np.int64), minlength=len(people))[listed]
    return pd.DataFrame(
        {
            "person": pd.array(people[listed], dtype="string"),
            "tier": pd.array(tier[listed], dtype="Int64"),
            "probability": state.probability[listed],
            "infected": state.infected[listed],
            "exposed": pd.arrays.IntegerArray(exposed, np.isnan(state.exposed[listed])),
            "parent": pd.array(ids(parents), dtype="string"),
            "contact": pd.array(of_main(exposures.contact), dtype="string"),
            "kind": pd.array(of_main(exposures.kind), dtype="string"),
            "hours": pd.array(hours, dtype="Float64"),
            "share": state.share[listed],
            "case": pd.array(ids(state.case[listed]), dtype="string"),
            "isolated": pd.array(isolated_at(tiers)[listed], dtype="string"),
            "negative_tests": pd.array(negative, dtype="Int64"),
        }
    )
