"""Who can matter to why somebody is listed, or is not: told from an earlier tracing of the same records."""

from __future__ import annotations

from collections.abc import Mapping

from tracing.model.columns import TableColumns
from tracing.tiers.tiers import Tiers

_TIERS = ("tier_certain", "tier_possible")


def who_matters(table: TableColumns, person: str, depth: int) -> dict[str, int]:
    """Return how many contacts away from ``person`` each listed one may stand and still matter to their evidence.

    An exposure passes from F(n) to F(n + 1): whoever stands n contacts away and is to pass one on to somebody of at
    most ``depth`` is listed at most at ``depth - n``. Of somebody who is not listed it is said as well who would have
    listed them, had the rule followed one tier more.

    Parameters
    ----------
    table
        :attr:`tracing.tiers.tiers.Tiers.people` of all records, or as a run kept it.
    person
        Whom the question is about.
    depth
        The last tier of the rule.

    Returns
    -------
    dict
        Person to a number of contacts, 0 or more.
    """
    people, tiers = table.texts("person"), table.numbers("tier_possible").values
    left = (depth if people.says(person).any() else depth + 1) - tiers
    near = left >= 0
    return {who: steps for who, steps in zip(people.take(near), left[near].tolist(), strict=True) if who is not None}


def who_can_matter(near: Mapping[str, int], known: int, depth: int) -> tuple[dict[str, int], int]:
    """Return how many contacts away each may stand and still matter to somebody's evidence, untraced.

    Nobody's tier is smaller than the number of contacts to the nearest case, whatever their times.

    Parameters
    ----------
    near
        Person to the number of contacts or joined visits to the nearest case, of all who are ``known`` of them away
        at most.
    depth
        The last tier of the rule.

    Returns
    -------
    tuple
        Person to a number of contacts; and that of everybody else.
    """
    return {person: depth + 1 - away for person, away in near.items()}, depth - known


def agrees(tiers: Tiers, table: TableColumns, person: str) -> bool:
    """Tell whether ``tiers``, traced through those who matter only, say nothing that ``table`` contradicts.

    Nobody is listed nearer to a case than there, and ``person`` as there.
    """
    own, known = (of.take(of.texts("person").says(person)) for of in (tiers.people, table))
    at = tiers.people.texts("person").index_in(table.texts("person").arrow)
    if (at < 0).any():
        return False
    nearer = tiers.people.numbers("tier_possible").values < table.numbers("tier_possible").values[at]
    return not nearer.any() and list(own.rows(*_TIERS)) == list(known.rows(*_TIERS))
