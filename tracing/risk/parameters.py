"""The numbers of the risk score, each with unit and source; what was not read in its source says so."""

# ruff: noqa: RUF009 (the calls below make frozen values)
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tracing.policy.model import Quantity
from tracing.policy.quantities import Parameters, assumed, read_value, remembered

_FERRETTI_2024: Final = "Ferretti et al. 2024, doi:10.1038/s41586-023-06952-2"
_HE: Final = "He et al. 2020, doi:10.1038/s41591-020-0869-5, corrected version"
_COVASIM: Final = "Covasim beta_layer h:s:w:c = 3:0.6:0.6:0.3 per day, doi:10.1371/journal.pcbi.1009149"
_KUCIRKA: Final = "Kucirka et al. 2020, doi:10.7326/M20-1495"


def _layers() -> dict[str, Quantity]:
    day = f"{_COVASIM}; divided by what the hours of a day already give, relative to a household"
    return {
        "household": read_value(1.0, "1", day),
        "school": read_value(0.2, "1", day),
        "work": read_value(0.2, "1", day),
        "care": assumed(0.5, "1", "about 1 % of health-care contacts (Luo et al. 2020, doi:10.7326/M20-2671)"),
        "transport": assumed(0.1, "1", "about 0.1 % of transport contacts (Luo et al. 2020, doi:10.7326/M20-2671)"),
        "social": assumed(0.55, "1", "one hour gives Covasim's ratio of community to household contacts per day"),
        "other": assumed(0.55, "1", "one hour gives Covasim's ratio of community to household contacts per day"),
    }


def _hours() -> dict[str, Quantity]:
    why = "hours together on a day of contact, where no minutes are on record"
    hours = {"household": 8, "school": 8, "work": 8, "care": 2, "transport": 1, "social": 1, "other": 1}
    return {kind: assumed(value, "hour", why) for kind, value in hours.items()}


def _sensitivity() -> dict[str, Quantity]:
    missed = {1: 1.0, 4: 0.67, 5: 0.38, 8: 0.20, 21: 0.66}
    found = {f"{day:02d}": remembered(round(1 - share, 2), "1", _KUCIRKA) for day, share in missed.items()}
    return {"00": assumed(0.0, "1", "nothing to find on the day of infection")} | found


@dataclass(frozen=True, kw_only=True)
class RiskParameters(Parameters):
    """Every number of the hazard score (see :mod:`tracing.risk.score`).

    Attributes
    ----------
    hazard_per_hour
        Hazard of infection in the first hour with an infectious case, at average infectiousness, in a household.
    saturation_hours
        ``s`` of the dose ``s * ln(1 + hours / s)``: proportional to time at first, then slower.
    hours_per_day, layers
        By kind of contact: hours on a day of contact where no minutes are known; strength of an hour.
    onset_shape, onset_rate, onset_shift
        Infectiousness around onset: gamma density of (days since onset + shift).
    generation_shape, generation_scale
        Infectiousness since infection, for people whose onset is not known: Weibull density.
    mean_days
        Length of an infectious period of constant strength; turns the densities above into factors around 1.
    weakest
        The least factor of timing: whom the rule lists is never given nothing.
    onset_to_sample
        How long before the sample a case without onset is taken to have had its onset.
    undecided
        Weight of a contact of which the rule cannot say whether it counts.
    outdoors, protected
        Factors of a contact known to be in the open, or protected.
    sensitivity
        Chance that a PCR test finds an infection, by days since infection; between the days linear.
    antigen
        Sensitivity of an antigen test relative to PCR.
    detected_share, detection_delay
        How many infected people are found anyway without being traced, and how long after infection, on average.
    active_days, active_shape
        Days from infection until nobody can be infected any more: mean and shape of a gamma distribution.
    undated_days
        How long before ``as_of`` an infection of which no date is known is looked for.
    """

    hazard_per_hour: Quantity = read_value(0.011, "1/hour", _FERRETTI_2024)
    saturation_hours: Quantity = assumed(6, "hour", f"about 10 % after 24 h ({_FERRETTI_2024})")
    hours_per_day: Mapping[str, Quantity] = field(default_factory=_hours, hash=False)
    layers: Mapping[str, Quantity] = field(default_factory=_layers, hash=False)
    onset_shape: Quantity = remembered(20.5165, "1", _HE)
    onset_rate: Quantity = remembered(1.5921, "1/day", _HE)
    onset_shift: Quantity = remembered(12.2725, "day", _HE)
    generation_shape: Quantity = remembered(2.826, "1", "Ferretti et al. 2020, doi:10.1126/science.abb6936")
    generation_scale: Quantity = remembered(5.665, "day", "Ferretti et al. 2020, doi:10.1126/science.abb6936")
    mean_days: Quantity = assumed(8, "day", "width of the period of infectiousness")
    weakest: Quantity = assumed(0.05, "1", "the rule still calls the person infectious")
    onset_to_sample: Quantity = assumed(2, "day", "usual delay from onset to sample")
    undecided: Quantity = assumed(0.5, "1", "facts are missing; as likely as not")
    outdoors: Quantity = remembered(0.1, "1", "Bulfone et al. 2021, doi:10.1093/infdis/jiaa742")
    protected: Quantity = remembered(0.15, "1", "Chu et al. 2020, doi:10.1016/S0140-6736(20)31142-9")
    sensitivity: Mapping[str, Quantity] = field(default_factory=_sensitivity, hash=False)
    antigen: Quantity = assumed(0.7, "1", "antigen tests find about 70 % of what PCR finds")
    detected_share: Quantity = assumed(0.3, "1", "three in ten infected people are found without tracing")
    detection_delay: Quantity = assumed(8, "day", "incubation and delay of the test")
    active_days: Quantity = assumed(13, "day", "4.5 days until infectious, 8 days until recovery (Covasim, mild)")
    active_shape: Quantity = assumed(12, "1", "standard deviation of about 4 days")
    undated_days: Quantity = assumed(14, "day", "the longest incubation that quarantine rules reckon with")
