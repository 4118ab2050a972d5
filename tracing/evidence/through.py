"""Who can matter to why somebody is listed, or is not: told from an earlier tracing of the same records."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tracing.tiers.tiers import Tiers


def who_matters(table: pd.DataFrame, person: str, depth: int) -> dict[str, int]:
    """Return how many contacts away from ``person`` each listed one may stand and still matter to their evidence.

    An exposure passes from F(n) to F(n + 1): whoever stands n contacts away and is to pass one on to somebody of at
    most ``depth`` is listed at most at ``depth - n``. Of somebody who is not listed it is said as well who would have
    listed them, had the rule followed one tier more.

    Parameters
    ----------
    table
        :attr:`tracing.tiers.tiers.Tiers.table` of all records, or as a run kept it.
    person
        Whom the question is about.
    depth
        The last tier of the rule.

    Returns
    -------
    dict
        Person to a number of contacts, 0 or more.
    """
    listed = bool((table["person"] == person).any())
    left = (depth if listed else depth + 1) - table["tier_possible"].astype("int64")
    near = left >= 0
    return dict(zip(table.loc[near, "person"].tolist(), left[near].tolist(), strict=True))


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


def agrees(tiers: Tiers, table: pd.DataFrame, person: str) -> bool:
    """Tell whether ``tiers``, traced through those who matter only, say nothing that ``table`` contradicts.

    Nobody is listed nearer to a case than there, and ``person`` as there.
    """
    columns = ["tier_certain", "tier_possible"]
    known = table.set_index("person")[columns]
    there = known.reindex(tiers.table["person"]).reset_index(drop=True)
    nearer = tiers.table["tier_possible"].reset_index(drop=True) < there["tier_possible"]
    own = tiers.table.loc[tiers.table["person"] == person, columns].reset_index(drop=True)
    return not bool(nearer.fillna(True).any()) and own.equals(known.loc[known.index == person].reset_index(drop=True))
