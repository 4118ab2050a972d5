"""Records as they are after a load: everybody once who is joined without asking."""

from __future__ import annotations

from tracing.identity.decisions import Identity
from tracing.identity.pairs import AUTOMATIC, find_pairs
from tracing.identity.places import find_place_pairs
from tracing.identity.unite import unite
from tracing.model.records import Records


def joined(records: Records) -> Records:
    """Return records in which the ids of one person, as far as nobody has to be asked, are one."""
    found = find_pairs(records).automatic
    groups = Identity.of([], zip(found["person_a"], found["person_b"], strict=True)).groups
    return unite(records, groups, places=joined_places(records))


def joined_places(records: Records) -> tuple[tuple[str, ...], ...]:
    """Return the places that are one without a question."""
    found = find_place_pairs(records)
    found = found[found["verdict"] == AUTOMATIC]
    return Identity.of([], zip(found["place_a"], found["place_b"], strict=True)).groups
