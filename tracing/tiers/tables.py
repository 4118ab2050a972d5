"""Exposures as tables with ids in place of positions, and the contacts that are listed apart from the tiers."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import texts_to_arrow, to_arrow, to_numpy
from tracing.model.columns import Numbers, TableColumns, Texts, concat_columns
from tracing.model.order import stable_order
from tracing.model.schema import SOURCE_COLUMNS
from tracing.tiers.edges import HalfEdges
from tracing.tiers.exposure import COUNTING, Ints, Spread, list_exposures
from tracing.tiers.kernels import half_edges_of
from tracing.tiers.verdict import F1_CLASSES, FAILS, MEETS, VERDICTS
from tracing.tiers.windows import READINGS, TierReading
from tracing.times import EVER

#: The position of the possible reading in :data:`tracing.tiers.windows.READINGS`.
POSSIBLE: Final = 0
_APART: Final = ("person", "case", "contact", "start", "end", "place")


def placed_exposures(
    edges: HalfEdges, found: Ints, step: int | Ints, table: int, reading: int | Ints = POSSIBLE
) -> TableColumns:
    """Return exposures with positions for ids: ``found`` of :func:`list_exposures` on ``edges``, number ``table``.

    ``step`` and ``reading`` (position in :data:`tracing.tiers.windows.READINGS`) are those of all, or of each.
    """
    edge = found[:, 0]
    same = np.empty(len(edge), dtype=np.int64)
    told = {
        "table": np.full_like(same, table),
        "edge": edge,
        "tier": np.broadcast_to(step, same.shape),
        "reading": np.broadcast_to(reading, same.shape),
        "source": edges.source[edge],
        "target": edges.target[edge],
        "exposure": found[:, 2],
        "until": found[:, 3],
        "start": edges.lo[edge],
        "end": edges.hi[edge],
        "verdict": edges.verdict[edge],
        "clause": edges.clause[edge],
        "f1_class": edges.f1_class[edge],
        "ref": edges.ref[edge],
    }
    return TableColumns({name: Numbers(values) for name, values in told.items()}, len(edge))


def order_exposures(spread: Spread, rows: TableColumns) -> TableColumns:
    """Return exposure rows sorted by person, tier, exposure, contact (by its id), parent."""
    rank = rows.numbers("ref").values  # contacts on record are in the order of their ids
    if (rows.numbers("table").values == 1).any():
        rank = to_numpy(pc.rank(_contact_and_place(spread, rows)[0], tiebreaker="dense"))
    source, exposure, tier, target = (rows.numbers(c).values for c in ("source", "exposure", "tier", "target"))
    return rows.take(np.lexsort([source, rank, exposure, tier, target]))


def describe_exposures(spread: Spread, rows: TableColumns) -> TableColumns:
    """Return exposure rows with ids instead of positions, in their order."""
    contact, place = _contact_and_place(spread, rows)
    never = np.zeros(len(rows), dtype=bool)

    def texts(column: str, words: pa.Array) -> Texts:
        return Texts(words, rows.numbers(column).values).plain()

    def numbers(column: str) -> Numbers:
        return Numbers(rows.numbers(column).values.astype(np.int64, copy=False), never)

    return TableColumns(
        {
            "person": texts("target", spread.graph.columns.numbers.ids),
            "tier": numbers("tier"),
            "reading": texts("reading", texts_to_arrow(READINGS)),
            "parent": texts("source", spread.graph.columns.numbers.ids),
            "contact": Texts(contact),
            "clause": texts("clause", texts_to_arrow([clause.id for clause in spread.policy.clauses])),
            "f1_class": texts("f1_class", texts_to_arrow(F1_CLASSES)),
            "verdict": texts("verdict", texts_to_arrow(VERDICTS)),
            "exposure": numbers("exposure"),
            "until": numbers("until"),
            "start": numbers("start"),
            "end": numbers("end"),
            "place": Texts(place),
            "joined": Numbers(rows.numbers("table").values == 1),
        }
    )


def _contact_and_place(spread: Spread, rows: TableColumns) -> tuple[pa.Array, pa.Array]:
    """Return the id of the contact (of two visits: both ids, ``~`` between) and the place of each exposure."""
    contacts, visits = spread.graph.records.columns("contacts"), spread.visits.table
    joined, ref = rows.numbers("table").values == 1, rows.numbers("ref").values
    contact, place = (contacts.texts(name).take(ref[~joined]).arrow for name in ("contact", "place"))
    if joined.any():
        one, two = (spread.visits.row[side[ref[joined]]] for side in (spread.covisits.source, spread.covisits.target))
        ids = visits.texts("visit")
        pairs = ["~".join(sorted(pair)) for pair in zip(ids.take(one).given(), ids.take(two).given(), strict=True)]
        contact = pa.concat_arrays([contact, texts_to_arrow(pairs)])
        place = pa.concat_arrays([place, visits.texts("place").take(one).arrow])
    back = np.empty(len(rows), dtype=np.int64)
    back[np.concatenate([np.flatnonzero(~joined), np.flatnonzero(joined)])] = np.arange(len(rows))
    return contact.take(to_arrow(back)), place.take(to_arrow(back))


def list_co_present(spread: Spread, wanted: npt.NDArray[np.bool_]) -> TableColumns:
    """List ``wanted`` people, in no tier, who were with a case in its window in a way that fails the rule."""
    parts = [
        placed_exposures(edges, list_exposures(spread, edges, "possible", 1, wanted, (FAILS,)), 1, number)
        for number, edges in enumerate(spread.edges())
    ]
    return _apart(spread, concat_columns([part.take(_first_rows(part.numbers("edge").values)) for part in parts]))


def _first_rows(numbers: Ints) -> Ints:
    """Return the first row of each number, in the order of rows."""
    return np.sort(np.unique(numbers, return_index=True)[1])


def _apart(spread: Spread, rows: TableColumns) -> TableColumns:
    described = describe_exposures(spread, order_exposures(spread, rows))
    return described.put(case=described["parent"]).select(_APART)


def _contacts_of_cases(spread: Spread, opens: Ints, closes: Ints, wanted: npt.NDArray[np.bool_]) -> TableColumns:
    """Return recorded contacts of ``wanted`` people with a case that may lie in its ``[opens, closes)``.

    ``opens`` and ``closes`` are by row of the openings; contacts that fail the rule are left out.
    """
    openings, edges = spread.openings, spread.recorded
    begin = np.full(len(spread.graph.columns.people), EVER, dtype=np.int64)
    end = np.full(len(spread.graph.columns.people), -EVER, dtype=np.int64)
    starts = ~(openings.left_out | openings.none)
    begin[openings.person[starts]], end[openings.person[starts]] = opens[starts], closes[starts]
    some = np.unique(openings.person[starts])
    edge = half_edges_of(edges.indptr, some)
    edge = edge[(wanted & ~spread.blocked)[edges.target[edge]]]
    source = edges.source[edge]
    inside = np.maximum(edges.lo[edge], begin[source]) < np.minimum(edges.hi[edge], end[source])
    edge = edge[inside & (edges.verdict[edge] != FAILS) & (edges.target[edge] != source)]
    found = np.column_stack([edge, np.zeros(len(edge), dtype=np.int64), edges.lo[edge], edges.hi[edge] - 1])
    return placed_exposures(edges, found, 1, 0)


def list_source_finding(spread: Spread, wanted: npt.NDArray[np.bool_]) -> TableColumns:
    """List contacts before a case's window that the rule looks for to find its source (see :class:`Tiers`)."""
    openings = spread.openings
    rows = _contacts_of_cases(spread, openings.source_from, np.minimum(openings.source_to, spread.as_of), wanted)
    return _apart(spread, rows)


def list_met_after_isolation(spread: Spread, wanted: npt.NDArray[np.bool_]) -> TableColumns:
    """List recorded contacts of ``wanted`` people with a case that only its isolation kept from counting.

    See :class:`Tiers`.
    """
    openings = spread.openings
    closes = np.minimum(openings.close_possible, spread.as_of)
    rows = _contacts_of_cases(spread, openings.earliest, closes, wanted)
    if len(rows):
        counted = list_exposures(spread, spread.recorded, "possible", 1, wanted, COUNTING["possible"])[:, 0]
        rows = rows.take(~np.isin(rows.numbers("edge").values, counted))
    out, contacts = _apart(spread, rows), spread.graph.records.columns("contacts")
    contacts = contacts.select(["contact", *SOURCE_COLUMNS]).take(np.unique(rows.numbers("ref").values))
    own = contacts.take(out.texts("contact").index_in(contacts.texts("contact").arrow))
    return out.put(**{name: own[name] for name in SOURCE_COLUMNS})


def classes_of_f1(exposures: TableColumns, people: int) -> npt.NDArray[np.object_]:
    """Return the class of everybody with exposures at tier 1, shape (people,); None where the rule has no classes.

    Near where one contact surely is, or all are; far where all are; otherwise undecided. What is not known never makes
    an F1 a far one.
    """
    rows = exposures.take((exposures.numbers("tier").values == 1) & (exposures.numbers("f1_class").values >= 0))
    target, code = rows.numbers("target").values, rows.numbers("f1_class").values
    none, undecided = len(F1_CLASSES), F1_CLASSES.index("undecided")
    least, most = np.full(people, none), np.full(people, -1)
    np.minimum.at(least, target, code)
    np.maximum.at(most, target, code)
    found = np.where((least == most) | (most < 0), least, undecided)
    near = F1_CLASSES.index("near")
    found[target[(code == near) & (rows.numbers("verdict").values == MEETS)]] = near
    return np.array([*F1_CLASSES, None], dtype=object)[found]


def last_exposures(exposures: TableColumns, exposed: Ints) -> Ints:
    """Return the last instant at which everybody can have been ``exposed`` at that step; ``-EVER`` where never."""
    target, tier, until = (exposures.numbers(name).values for name in ("target", "tier", "until"))
    own = tier == exposed[target]
    last = np.full(len(exposed), -EVER, dtype=np.int64)
    np.maximum.at(last, target[own], until[own])
    return last


def collect_exposures(spread: Spread, exposed: dict[TierReading, Ints]) -> TableColumns:
    """Collect every exposure at people's own tiers, once per contact and parent; certain where it holds so."""
    found: list[list[tuple[Ints, Ints]]] = [[], []]
    for reading in READINGS:
        for step in range(1, spread.policy.depth + 1):
            wanted = exposed[reading] == step
            for number, edges in enumerate(spread.edges()):
                rows = list_exposures(spread, edges, reading, step, wanted, COUNTING[reading])
                told = np.full(len(rows), 2 * step + (reading == "certain"), dtype=np.int64)
                found[number].append((rows, told))
    return concat_columns([_once_each(edges, number, found[number]) for number, edges in enumerate(spread.edges())])


def _once_each(edges: HalfEdges, number: int, parts: list[tuple[Ints, Ints]]) -> TableColumns:
    """Return one row per half-edge and tier: from its first exposure to its last, certain where one of them is."""
    rows, told = (np.concatenate(part) for part in zip(*parts, strict=True))
    most = int(told.max(initial=0)) // 2 + 1
    key = rows[:, 0] * most + told // 2
    order = stable_order(key)
    key = key[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    if not len(first):
        return placed_exposures(edges, rows, told, number, told)
    kept = np.zeros((len(first), 4), dtype=np.int64)
    kept[:, 0] = key[first] // most
    kept[:, 2] = np.minimum.reduceat(rows[order, 2], first)
    kept[:, 3] = np.maximum.reduceat(rows[order, 3], first)
    return placed_exposures(edges, kept, key[first] % most, number, np.maximum.reduceat(told[order] & 1, first))
