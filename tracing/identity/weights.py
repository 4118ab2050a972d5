"""The weights by which agreement counts (Fellegi and Sunter): shipped as data, with their source.

Of each level ``m`` is its share among pairs that are one person, ``u`` its share among compared pairs of two strangers,
``k`` among pairs of two people who have a house or a number in common: kin, colleagues. These are taken apart, since
brothers share much that says nothing of strangers. A name, commune or household that is commoner than usual counts
less, a rare one more; and the more people are on record, the more strangers look like one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tracing.errors import InputError
from tracing.identity.compare import LEVELS, Levels, level, levels_are
from tracing.identity.facts import Flags, Ints, PersonFacts
from tracing.text import catalogue

_, _n = catalogue("tracing")

Floats = NDArray[np.float64]

FREQUENT: Final = {
    "name": ("name", "words", ("same", "accents", "order")),
    "commune": ("home", "commune", ("commune",)),
    "household": ("home", "household", ("household",)),
}
"""What counts by its frequency: in which comparison, the codes that are counted, and the levels."""
COUNTED_ON: Final = 22_000
"""People on record in each of the provinces on which the weights were counted."""
IMAGINED: Final = 2_000
"""People of usual frequencies that are added before counting, so that a short list does not decide what is common."""
_MOST: Final = 3.0
"""Frequency changes a likelihood by at most this (natural logarithm)."""
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weights to score pairs with.

    Attributes
    ----------
    levels
        By comparison and level: (m, u, k).
    prior, kin
        Share of compared pairs that are one person, and that are two who have a house or a number in common.
    upper, lower
        Probabilities: from ``upper`` on a pair with enough in common is joined automatically; below ``lower`` it is
        not asked about.
    usual
        By what is counted (:data:`FREQUENT`): the frequency (share of people) of the shared value, usual among compared
        pairs of two people.
    source
        Where the numbers come from.
    """

    levels: Mapping[str, Mapping[str, tuple[float, float, float]]]
    prior: float
    kin: float
    upper: float
    lower: float
    usual: Mapping[str, float]
    source: str

    def probability(
        self, facts: PersonFacts, a: Ints, compared: Mapping[str, Levels], *, people: int | None = None
    ) -> Floats:
        """Return the probability that the pairs are one person.

        ``a``: one position of each pair; ``people``: how many are on record, those of ``facts`` unless given.
        """
        rarity = np.repeat(self._rarity(facts, a, compared)[:, None], 2, axis=1)
        rarity[:, 0] += np.log(max(1.0, (people or len(facts)) / COUNTED_ON))
        return np.asarray(class_shares(self, compared, rarity=rarity)[:, 0])

    def may_be_likely(self, compared: Mapping[str, Levels], *, people: int) -> Flags:
        """Tell which pairs can have the lower probability, whatever their names, which are made of other words.

        ``compared`` is everything but the names. How common a home is counts as if it were as rare as can be.
        """
        pattern, patterns = _patterns(compared)
        rarity = np.zeros((len(patterns["home"]), 2))
        for comparison, _column, counting in FREQUENT.values():
            if comparison in patterns:
                rarity[levels_are(patterns, comparison, counting)] -= _MOST
        rarity[:, 0] += np.log(max(1.0, people / COUNTED_ON))
        most = np.zeros(len(rarity))
        for name in (one for one in LEVELS["name"] if one not in FREQUENT["name"][2]):
            named = {"name": np.full(len(most), level("name", name), dtype=np.int8)}
            most = np.maximum(most, class_shares(self, named | patterns, rarity=rarity)[:, 0])
        return np.asarray((most >= self.lower - _ROUNDING)[pattern])

    def _rarity(self, facts: PersonFacts, a: Ints, compared: Mapping[str, Levels]) -> Floats:
        """Return by how much commoner than usual the shared values are (natural logarithm)."""
        total = np.zeros(len(a))
        for name, (comparison, column, counting) in FREQUENT.items():
            codes = getattr(facts, column)
            counts = np.bincount(codes[facts.once & (codes >= 0)], minlength=int(codes.max(initial=0)) + 1)
            people = COUNTED_ON if name == "household" else facts.once.sum()  # a house is as large in any province
            share = (counts[codes[a]] + IMAGINED * self.usual[name]) / (people + IMAGINED)
            shared = np.isin(compared[comparison], [LEVELS[comparison].index(one) for one in counting])
            total += np.where(shared, np.clip(np.log(share / self.usual[name]), -_MOST, _MOST), 0.0)
        return total


def class_shares(weights: Weights, compared: Mapping[str, Levels], *, rarity: Floats | float = 0.0) -> Floats:
    """Return the probabilities that each pair is one person, strangers, or kin; shape (pairs, 3).

    ``rarity``, one number or a column each for strangers and kin, is added to the logarithm of their likelihood.
    """
    priors = np.log([weights.prior, 1 - weights.prior - weights.kin, weights.kin])
    pattern, patterns = _patterns(compared)
    by_pattern = np.tile(priors, (len(patterns["home"]), 1))
    for name, found in patterns.items():
        shares = [(1.0, 1.0, 1.0), *(weights.levels[name][one] for one in LEVELS[name][1:])]
        by_pattern += np.log(np.array(shares))[found]
    total = by_pattern[pattern]
    total[:, 1:] += rarity
    likelihood = np.exp(total - total.max(axis=1, keepdims=True))
    return np.asarray(likelihood / likelihood.sum(axis=1, keepdims=True))


def _patterns(compared: Mapping[str, Levels]) -> tuple[Ints, dict[str, Levels]]:
    """Return for each pair which of the patterns of levels it has, and these: few, as levels are."""
    code = np.zeros(len(next(iter(compared.values()))), dtype=np.int64)
    for name, found in compared.items():
        code = code * len(LEVELS[name]) + found
    pattern, codes = pd.factorize(code)
    first = np.zeros(len(codes), dtype=np.int64)
    first[pattern[::-1]] = np.arange(len(code))[::-1]
    return pattern, {name: found[first] for name, found in compared.items()}


@cache
def shipped_weights() -> Weights:
    """Return the weights that come with the program."""
    return parse_weights(files("tracing.identity").joinpath("weights.toml").read_text(encoding="utf-8"))


def read_weights(path: Path) -> Weights:
    """Read weights that were fitted (:mod:`tracing.identity.fit`)."""
    return parse_weights(path.read_text(encoding="utf-8"))


def parse_weights(text: str) -> Weights:
    """Read weights from TOML.

    Raises
    ------
    InputError
        If a comparison or level is missing, or a share is not between 0 and 1.
    """
    try:
        told: dict[str, Any] = tomllib.loads(text)
        levels = {name: {one: _three(told[name][one]) for one in known[1:]} for name, known in LEVELS.items()}
        usual = {name: float(told["usual"][name]) for name in FREQUENT}
        prior, kin, upper, lower = (float(told[name]) for name in ("prior", "kin", "upper", "lower"))
        source = str(told["source"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(_("the weights are not complete"), fix=_("make them anew: truyvet same fit")) from error
    numbers = [
        prior,
        kin,
        upper,
        lower,
        *usual.values(),
        *(n for one in levels.values() for pair in one.values() for n in pair),
    ]
    if not all(0 < number < 1 for number in numbers):
        raise InputError(_("the weights are not shares between 0 and 1"), fix=_("make them anew: truyvet same fit"))
    return Weights(levels=levels, prior=prior, kin=kin, upper=upper, lower=lower, usual=usual, source=source)


def _three(told: Mapping[str, Any]) -> tuple[float, float, float]:
    return float(told["m"]), float(told["u"]), float(told["k"])
