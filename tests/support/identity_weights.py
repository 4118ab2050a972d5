"""Makes the shipped weights of identity anew: ``python tests/support/identity_weights.py``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from loaders.invented.duplicates import Doubled, add_duplicates
from loaders.invented.town import build_town
from tracing.identity.fit import fit_weights, weights_text
from tracing.model.records import Records

FITTED_ON = (101, 102, 103)
PEOPLE = 20_000
SOURCE = (
    f"Counted on the invented provinces {', '.join(map(str, FITTED_ON))} of {PEOPLE} people each with known truth"
    " (tests/support/identity_weights.py); method: Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049."
    " Case codes: judged, no invented province has a case twice"
)
WHERE = Path(__file__).parents[2] / "tracing/identity/weights.toml"


def town(seed: int, people: int) -> Records:
    """Return the people of an invented province, without an outbreak."""
    built = build_town(np.random.default_rng([seed, 1]), people=people, start=date(2021, 7, 1), language="vi")
    return Records.build({"persons": built.persons, "areas": built.areas})


def doubled(seed: int, people: int) -> Doubled:
    """Return them with duplicates, twins, namesakes and shared numbers."""
    return add_duplicates(town(seed, people), seed=seed)


if __name__ == "__main__":
    made = [doubled(seed, PEOPLE) for seed in FITTED_ON]
    weights = fit_weights([one.records for one in made], truth=[one.truth for one in made], source=SOURCE)
    WHERE.write_text(weights_text(weights), encoding="utf-8")
