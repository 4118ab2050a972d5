"""Splink on the province of ``docs/identity.md``: ``pip install splink``, then ``python tests/bench/bench_splink.py``.

An extra: nothing else here needs it. Its usual settings: Jaro-Winkler for names with term frequency, one digit for
numbers, u by random sampling, m by expectation and maximisation; the facts as this program makes them comparable.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from identity_page import PEOPLE, SEED, found_share, right_share
from identity_weights import doubled

from tracing.identity.facts import Ints, PersonFacts

THRESHOLDS = (0.5, 0.9, 0.99, 0.999, 0.9999)


def comparable(facts: PersonFacts) -> pd.DataFrame:
    """Return the facts as Splink takes them: texts, None where nothing is known."""

    def codes(values: Ints) -> list[str | None]:
        return [None if value < 0 else str(value) for value in values]

    return pd.DataFrame(
        {
            "unique_id": facts.person.astype(str),
            "name": [None if key < 0 else facts.keys[key] for key in facts.key],
            "phone": [None if phone < 0 else facts.numbers[phone] for phone in facts.phones[:, 0]],
            "national": [None if paper < 0 else facts.nationals[paper] for paper in facts.national],
            "year": [None if year <= 0 else str(year) for year in facts.year],
            **{name: codes(getattr(facts, name)) for name in ("household", "commune", "given", "words")},
        }
    )


def predict(people: pd.DataFrame) -> pd.DataFrame:
    """Return Splink's pairs with their probability."""
    splink: Any = import_module("splink")
    compare: Any = import_module("splink.comparison_library")
    block = splink.block_on
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            *(compare.LevenshteinAtThresholds(column, 1) for column in ("phone", "national", "year")),
            compare.ExactMatch("household"),
            compare.ExactMatch("commune").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block(*columns)
            for columns in (
                ("national",),
                ("phone",),
                ("words", "year"),
                ("words", "commune"),
                ("given", "year", "commune"),
            )
        ],
    )
    linker = splink.Linker(splink.DuckDBAPI().register(people, table_name="people"), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block("national"), block("phone", "words")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("words", "year"), ("phone",), ("given", "commune")):
        training.estimate_parameters_using_expectation_maximisation(block(*columns))
    pairs: pd.DataFrame = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    return pairs


def main() -> None:
    """Print by threshold: pairs per 100 people, share that are one person, share of those on record twice found."""
    made = doubled(SEED, PEOPLE)
    people = comparable(PersonFacts.of(made.records))
    begun = time.process_time()
    told = predict(people)
    sys.stdout.write(f"{time.process_time() - begun:.1f} s of processor\n")
    for threshold in THRESHOLDS:
        likely = told[told["match_probability"] >= threshold]
        ids = zip(likely["unique_id_l"], likely["unique_id_r"], strict=True)
        pairs = {(min(a, b), max(a, b)) for a, b in ids}
        sys.stdout.write(
            f"| {threshold} | {100 * len(pairs) / len(people):.1f} | {100 * right_share(pairs, made.truth):.1f} % "
            f"| {100 * found_share(pairs, made.truth):.1f} % |\n"
        )


if __name__ == "__main__":
    main()
