"""Records as they are after a load: everybody once who is joined without asking."""

from __future__ import annotations

from tracing.identity.decisions import Identity
from tracing.identity.pairs import find_pairs
from tracing.identity.unite import unite
from tracing.model.records import Records


def joined(records: Records) -> Records:
    """Return records in which the ids of one person, as far as nobody has to be asked, are one."""
    found = find_pairs(records).automatic
    return unite(records, Identity.of([], zip(found["person_a"], found["person_b"], strict=True)).groups)
