"""What a run found, as rows of the graph: the Cypher that writes each part, and its columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph.neo4j.derived import moment, native
from graph.neo4j.model import property_of
from graph.neo4j.rows import column_values
from tracing.times import EVER

if TYPE_CHECKING:
    from tracing.chains.chains import Chains
    from tracing.model.records import Records
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_NATIVE: Final = frozenset({"first_exposure", "last_exposure", "exposure", "first", "last"})
_TIMES: Final = frozenset({"first_exposure", "last_exposure", "exposure", "until", "first", "last"})
_TIER: Final = ("tier_certain", "tier_possible", "case", "first_exposure", "last_exposure", "parents")
_EXPOSED: Final = ("tier", "contact", "visits", "clause", "verdict", "exposure", "until", "place", "joined")
_LED: Final = ("basis", "id", "first", "last", "reading", "clause", "place", "status", "reason")
_ZONE: Final = ("lambda", "units", "people", "households", "share", "contacts_cut", "posts")
_UNIT: Final = ("name", "level", "people", "share", "f0", "f1", "f2", "enters")
_EACH: Final = "UNWIND range(0, $total - 1) AS i"
_OWN: Final = "run: $run"
_WITH_RULE: Final = "run: $run, policy: $policy, asOf: $asOf"


def parts_of(
    tiers: Tiers | None, chains: Chains | None, zones: Zones | None
) -> Iterator[tuple[str, tuple[str, pd.DataFrame]]]:
    """Give what there is to write: what it is called, the Cypher, and the rows, whose columns it has as lists."""
    if tiers is not None:
        yield from (("tiers", part) for part in _tier_parts(tiers))
    if chains is not None:
        edges = chains.edges
        yield "chains", (_between("source", "LED_TO", "target", _LED), edges[["source", "target", *_LED]])
    if zones is not None:
        yield from (("zones", part) for part in _zone_parts(zones))


def _tier_parts(tiers: Tiers) -> Iterator[tuple[str, pd.DataFrame]]:
    at = tiers.table["tier_possible"]
    sure = (tiers.table["tier_certain"] == at).fillna(False)
    steps = pd.DataFrame({"tier": at, "certain": sure}).groupby("tier", as_index=False)["certain"].agg(["sum", "size"])
    steps["certain"], steps["possible"] = steps["sum"], steps["size"] - steps["sum"]
    own = "MERGE (x:Tier {run: $run, tier: $c_tier[i]}) SET x.name = 'F' + toString($c_tier[i]), x.policy = $policy"
    yield (
        f"MATCH (r:Run {{run: $run}}) {_EACH} {own}, x.asOf = $asOf, x.certain = $c_certain[i],"
        " x.possible = $c_possible[i] MERGE (x)-[:OF_RUN]->(r)",
        steps[["tier", "certain", "possible"]],
    )
    held = f"CREATE (p)-[:HAS_TIER {{{_OWN}, {_given(_TIER)}}}]->(x)"
    yield (
        f"MATCH (x:Tier {{run: $run}}) UNWIND [i IN range(0, $total - 1) WHERE $c_tier_possible[i] = x.tier] AS i "
        f"{_person('p', 'person')} {held}",
        tiers.table[["person", *_TIER]],
    )
    visits = pd.Series(_visits_of(tiers.parents, tiers.graph.records), tiers.parents.index, dtype=object)
    parents = tiers.parents.assign(certain=tiers.parents["reading"] == "certain", visits=visits)
    columns = (*_EXPOSED, "certain")
    by_node = parents.sort_values(["parent", "person"], kind="stable")
    yield _between("person", "EXPOSED_BY", "parent", columns), by_node[["person", "parent", *columns]]
    only = tiers.table.loc[(at == 1).fillna(False), "person"]  # a case that was exposed to another is F0
    of_f1 = parents[(parents["tier"] == 1) & parents["person"].isin(only)]
    first = of_f1.groupby(["person", "parent"])["certain"].any()
    yield (
        f"{_EACH} {_person('a', 'person')} MATCH (c:Case {{person: $c_parent[i]}}) "
        f"CREATE (a)-[:F1_OF {{{_OWN}, {_given(('certain',))}}}]->(c)",
        first.reset_index(),
    )


def _visits_of(parents: pd.DataFrame, records: Records) -> list[list[str] | None]:
    """Return of each exposure by visits the ids of the two; of others None."""
    known = set(records.visits["visit"]) | set(records.isolations["isolation"])
    return [
        _pair(str(ident), known) if joined else None
        for ident, joined in zip(parents["contact"], parents["joined"], strict=True)
    ]


def _pair(ident: str, known: set[str]) -> list[str] | None:
    """Return the two ids that are joined by a tilde, which may stand in an id as well."""
    cuts = (at for at, letter in enumerate(ident) if letter == "~")
    pairs = ([ident[:at], ident[at + 1 :]] for at in cuts)
    return next((pair for pair in pairs if known.issuperset(pair)), None)


def _zone_parts(zones: Zones) -> Iterator[tuple[str, pd.DataFrame]]:
    steps = zones.table.assign(proposed=zones.table["step"] == (zones.proposal or -1))
    yield (
        f"MATCH (r:Run {{run: $run}}) {_EACH} "
        f"CREATE (:Zone {{{_WITH_RULE}, {_given(('step', *_ZONE, 'proposed'))}}})-[:OF_RUN]->(r)",
        steps[["step", *_ZONE, "proposed"]],
    )
    yield (
        f"{_EACH} MATCH (a:Zone {{run: $run, step: $c_step[i]}}) MATCH (b:Zone {{run: $run, step: $c_step[i] + 1}}) "
        "CREATE (a)-[:WIDENS_TO]->(b)",
        steps[["step"]].iloc[:-1],
    )
    entering = zones.units[zones.units["enters"].notna()]
    around = set(zones.buffer()) if zones.proposal else set()
    inside = set(zones.core()) if zones.proposal else set()
    wanted = zones.units[zones.units["enters"].notna() | zones.units["unit"].isin(around)]
    household = wanted["unit"].where(wanted["level"] == "household").astype("string").str.removeprefix("household:")
    coded = wanted["unit"].isin(zones.tiers.graph.records.areas["area"])
    others = wanted[~coded].assign(household=household[~coded])
    yield (
        f"MATCH (r:Run {{run: $run}}) {_EACH} CREATE (:ZoneUnit {{{_WITH_RULE}, unit: $c_unit[i], name: $c_name[i], "
        "level: $c_level[i], household: $c_household[i]})",
        others[["unit", "name", "level", "household"]],
    )
    for label, key, of in (("Area", "area: ", set(wanted.loc[coded, "unit"])), ("ZoneUnit", "run: $run, unit: ", None)):
        unit = f"MATCH (u:{label} {{{key}$c_unit[i]}})"
        rows = entering[entering["unit"].isin(of if of is not None else others["unit"])]
        yield (
            f"{_EACH} {unit} MATCH (z:Zone {{run: $run, step: $c_enters[i]}}) "
            f"CREATE (u)-[:ENTERS {{{_OWN}, {_given(_UNIT)}}}]->(z)",
            rows[["unit", *_UNIT]],
        )
        held = [u for u in sorted(inside | around) if (u in of if of is not None else u in set(others["unit"]))]
        parts = pd.DataFrame(
            {"unit": held, "part": ["core" if u in inside else "buffer" for u in held]}, dtype="string"
        )
        yield (
            f"MATCH (z:Zone {{run: $run}}) WHERE z.proposed WITH z {_EACH} {unit} "
            f"CREATE (z)-[:HOLDS {{{_OWN}, step: z.step, part: $c_part[i]}}]->(u)",
            parts,
        )


def _between(first: str, kind: str, second: str, columns: Sequence[str]) -> str:
    return (
        f"{_EACH} {_person('a', first)} {_person('b', second)} CREATE (a)-[:{kind} {{{_OWN}, {_given(columns)}}}]->(b)"
    )


def _person(node: str, column: str) -> str:
    """Return the words that find a person by the server's own id of them, which spares a look-up of the text."""
    return f"MATCH ({node}) WHERE elementId({node}) = $n_{column}[i]"


def people_columns(cypher: str) -> set[str]:
    """Return the columns of whose people the Cypher wants the server's own ids."""
    return set(re.findall(r"\$n_(\w+)\[i\]", cypher))


def _given(columns: Sequence[str]) -> str:
    shown = [f"{property_of(column)}: $c_{column}[i]" for column in columns]
    shown += [f"{native(c)}: {moment(_within(c, columns))}" for c in columns if c in _NATIVE]
    return ", ".join(shown)


def _within(column: str, columns: Sequence[str]) -> str:
    """Return the words for a time to be shown: of an exposure at some time of a day, which counts after it, in it."""
    at = f"$c_{column}[i]"
    if column != "exposure" or "until" not in columns:
        return at
    return f"CASE WHEN $c_until[i] < {at} THEN $c_until[i] ELSE {at} END"


def values_of(name: str, column: pd.Series) -> list[Any]:
    """Return a column as plain values; an instant that is "ever" is left out."""
    values = column_values(column)
    if name in _TIMES:
        return [None if v is None or abs(v) >= EVER // 2 else v for v in values]
    return [None if isinstance(v, float) and math.isnan(v) else v for v in values]
