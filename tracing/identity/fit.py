"""Weights fitted to the records of a province: counted where the truth is known, else by expectation and maximisation.

The levels of the compared pairs are all that is looked at. Without truth, the shares and the priors are
those under which the levels that were found are likeliest, if a pair's comparisons are independent of each other given
whether it is one person (Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049; Winkler 1988).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from tracing.identity.blocking import candidate_pairs
from tracing.identity.compare import LEVELS, Levels, compare, level
from tracing.identity.facts import Flags, PersonFacts
from tracing.identity.weights import FREQUENT, Floats, Weights, class_shares, shipped_weights
from tracing.model.records import Records

_ROUNDS: Final = 200
_STILL: Final = 1e-7
_LEAST: Final = 1e-4
"""No level is taken to be rarer than this: that none was seen does not mean that there is none."""


def fit_weights(
    records: Sequence[Records], *, truth: Sequence[Mapping[str, str]] | None = None, source: str
) -> Weights:
    """Return weights fitted to the people of ``records`` (several provinces are taken together).

    Parameters
    ----------
    records
        Records with people.
    truth
        For each of ``records`` person on record to true person, where it is known: the shares are then counted. Else
        they are estimated, from the shipped weights on.
    source
        What stands as source in the weights.
    """
    parts = [_compared(PersonFacts.of(one), None if truth is None else truth[at]) for at, one in enumerate(records)]
    levels = {name: np.concatenate([part[0][name] for part in parts]) for name in LEVELS}
    weights = replace(
        shipped_weights(), source=source, usual={name: _usual(name, parts, shipped_weights()) for name in FREQUENT}
    )
    if not len(levels["name"]):
        return weights
    if truth is None:
        return _expect(levels, weights)
    match = np.concatenate([part[1] for part in parts])
    kin = (match == 0) & _near(levels)
    return _counted(levels, np.column_stack([match, (match == 0) & ~kin, kin]), weights)


def _near(levels: Mapping[str, Levels]) -> Flags:
    """Tell which pairs have a house or a number in common."""
    house = levels["home"] == level("home", "household")
    return np.asarray(house | np.isin(levels["phone"], [level("phone", "same"), level("phone", "many")]))


_Part = tuple[dict[str, Levels], Floats, dict[str, Floats]]


def _compared(facts: PersonFacts, truth: Mapping[str, str] | None) -> _Part:
    """Return the levels of all compared pairs, 1 where a pair is truly one person, and shares of shared values."""
    a, b = candidate_pairs(facts)
    levels = compare(facts, a, b)
    match = np.zeros(len(a))
    if truth is not None:
        who = np.array([truth[person] for person in facts.person], dtype=object)
        match = (who[a] == who[b]).astype(np.float64)
    shares = {}
    for name, (comparison, column, counting) in FREQUENT.items():
        codes = getattr(facts, column)
        told = np.isin(levels[comparison], [LEVELS[comparison].index(one) for one in counting]) & (match == 0)
        shares[name] = np.bincount(codes[codes >= 0], minlength=1)[codes[a[told]]] / len(facts)
    return levels, match, shares


def _usual(name: str, parts: Sequence[_Part], weights: Weights) -> float:
    shares = np.concatenate([part[2][name] for part in parts])
    return float(np.exp(np.log(shares).mean())) if len(shares) else weights.usual[name]


def _counted(levels: Mapping[str, Levels], classes: Floats, weights: Weights) -> Weights:
    """Return weights of which the shares are counted; ``classes``: how much each pair counts for each class."""
    shares: dict[str, Mapping[str, tuple[float, float, float]]] = {}
    for name, found in levels.items():
        size = len(LEVELS[name])
        counts = np.array([np.bincount(found, weights=part, minlength=size)[1:] for part in classes.T])
        if not counts.sum():
            shares[name] = weights.levels[name]  # no pair tells anything of it
            continue
        part = np.maximum(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12), _LEAST)
        part /= part.sum(axis=1, keepdims=True)
        each = zip(LEVELS[name][1:], part.T.tolist(), strict=True)
        shares[name] = {one: (m, u, k) for one, (m, u, k) in each}
    priors = np.clip(classes.sum(axis=0) / classes.sum(), _LEAST, 1 - _LEAST)
    return replace(weights, levels=shares, prior=float(priors[0]), kin=float(priors[2]))


def _expect(levels: Mapping[str, Levels], weights: Weights) -> Weights:
    """Return weights by expectation and maximisation, over the patterns of levels."""
    rows, counts = np.unique(np.column_stack(list(levels.values())), axis=0, return_counts=True)
    patterns = {name: rows[:, at] for at, name in enumerate(levels)}
    before = np.zeros((len(rows), 3))
    for _round in range(_ROUNDS):
        classes = class_shares(weights, patterns)
        if np.abs(classes - before).max() < _STILL:
            break
        before = classes
        weights = _counted(patterns, classes * counts[:, None], weights)
    return weights


def weights_text(weights: Weights) -> str:
    """Return weights as TOML, to be read by :func:`tracing.identity.weights.read_weights`."""
    lines = [f'source = """{weights.source}"""']
    lines += [f"{name} = {getattr(weights, name):.6g}" for name in ("prior", "kin", "upper", "lower")]
    lines += ["", "[usual]", *(f"{name} = {share:.6g}" for name, share in weights.usual.items())]
    for name, levels in weights.levels.items():
        lines += ["", f"[{name}]"]
        lines += [f"{one} = {{ m = {m:.6f}, u = {u:.6f}, k = {k:.6f} }}" for one, (m, u, k) in levels.items()]
    return "\n".join(lines) + "\n"
