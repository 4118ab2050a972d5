"""Exposures as tables with ids in place of positions, and the contacts that are listed apart from the tiers."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.rows import arrow_texts, text_array
from tracing.model.schema import SOURCE_COLUMNS
from tracing.tiers.edges import HalfEdges
from tracing.tiers.exposure import COUNTING, Ints, Spread, list_exposures
from tracing.tiers.kernels import half_edges_of
from tracing.tiers.verdict import F1_CLASSES, FAILS, MEETS, VERDICTS
from tracing.tiers.windows import READINGS
from tracing.times import EVER

#: The position of the possible reading in :data:`tracing.tiers.windows.READINGS`.
POSSIBLE: Final = 0
_APART: Final = {
    "person": "string",
    "case": "string",
    "contact": "string",
    "start": "Int64",
    "end": "Int64",
    "place": "string",
}


def frame_exposures(
    edges: HalfEdges, found: Ints, step: int | Ints, table: int, reading: int | Ints = POSSIBLE
) -> pd.DataFrame:
    """Return exposures with positions for ids: ``found`` of :func:`list_exposures` on ``edges``, number ``table``.

    ``step`` and ``reading`` (position in :data:`tracing.tiers.windows.READINGS`) are those of all, or of each.
    """
    edge = found[:, 0]
    return pd.DataFrame(
        {
            "table": table,
            "edge": edge,
            "tier": step,
            "reading": reading,
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
    )


def order_exposures(spread: Spread, rows: pd.DataFrame) -> pd.DataFrame:
    """Return exposure rows sorted by person, tier, exposure, contact (by its id), parent."""
    rank = rows["ref"].to_numpy(dtype=np.int64)  # contacts on record are in the order of their ids
    if (rows["table"] == 1).any():
        rank = np.asarray(pc.rank(_contact_and_place(spread, rows)[0], tiebreaker="dense"))
    source, exposure, tier, target = (
        rows[c].to_numpy(dtype=np.int64) for c in ("source", "exposure", "tier", "target")
    )
    return rows.iloc[np.lexsort([source, rank, exposure, tier, target])].reset_index(drop=True)


def describe_exposures(spread: Spread, rows: pd.DataFrame) -> pd.DataFrame:
    """Return exposure rows with ids instead of positions, in their order."""
    contact, place = _contact_and_place(spread, rows)
    ids = spread.graph.columns.numbers.ids

    def texts(column: str, words: pa.Array) -> pd.arrays.ArrowStringArray:
        codes = rows[column].to_numpy(dtype=np.int64)
        return text_array(words.take(pa.array(codes, mask=codes < 0)))

    def numbers(column: str) -> pd.arrays.IntegerArray:
        values = rows[column].to_numpy(dtype=np.int64)
        return pd.arrays.IntegerArray(values, np.zeros(len(values), dtype=bool))

    return pd.DataFrame(
        {
            "person": texts("target", ids),
            "tier": numbers("tier"),
            "reading": texts("reading", pa.array(READINGS, pa.large_string())),
            "parent": texts("source", ids),
            "contact": text_array(contact),
            "clause": texts("clause", pa.array([clause.id for clause in spread.policy.clauses], pa.large_string())),
            "f1_class": texts("f1_class", pa.array(F1_CLASSES, pa.large_string())),
            "verdict": texts("verdict", pa.array(VERDICTS, pa.large_string())),
            "exposure": numbers("exposure"),
            "until": numbers("until"),
            "start": numbers("start"),
            "end": numbers("end"),
            "place": text_array(place),
            "joined": (rows["table"] == 1).to_numpy(dtype=bool),
        }
    )


def _contact_and_place(spread: Spread, rows: pd.DataFrame) -> tuple[pa.Array, pa.Array]:
    """Return the id of the contact (of two visits: both ids, ``~`` between) and the place of each exposure."""
    contacts, visits = spread.graph.records.contacts, spread.visits.table
    joined = (rows["table"] == 1).to_numpy(dtype=bool)
    ref = rows["ref"].to_numpy(dtype=np.int64)
    told = pa.array(ref[~joined])
    contact, place = (arrow_texts(contacts[name]).take(told) for name in ("contact", "place"))
    if joined.any():
        one, two = (spread.visits.row[side[ref[joined]]] for side in (spread.covisits.source, spread.covisits.target))
        ids, places = arrow_texts(visits["visit"]), arrow_texts(visits["place"])
        pairs = [
            "~".join(sorted(pair)) for pair in zip(ids.take(one).to_pylist(), ids.take(two).to_pylist(), strict=True)
        ]
        contact = pa.concat_arrays([contact, pa.array(pairs, pa.large_string())])
        place = pa.concat_arrays([place, places.take(one)])
    back = np.empty(len(rows), dtype=np.int64)
    back[np.concatenate([np.flatnonzero(~joined), np.flatnonzero(joined)])] = np.arange(len(rows))
    return contact.take(back), place.take(back)


def list_co_present(spread: Spread, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """List ``wanted`` people, in no tier, who were with a case in its window in a way that fails the rule."""
    frames = [
        frame_exposures(edges, list_exposures(spread, edges, "possible", 1, wanted, (FAILS,)), 1, number)
        for number, edges in enumerate(spread.edges())
    ]
    rows = pd.concat(frames, ignore_index=True).drop_duplicates(["table", "edge"])
    return _apart(spread, rows)


def _apart(spread: Spread, rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return pd.DataFrame(columns=list(_APART)).astype(_APART)
    described = describe_exposures(spread, order_exposures(spread, rows))
    return described.rename(columns={"parent": "case"})[list(_APART)]


def _contacts_of_cases(spread: Spread, opens: Ints, closes: Ints, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
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
    return frame_exposures(edges, found, 1, 0)


def list_source_finding(spread: Spread, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """List contacts before a case's window that the rule looks for to find its source (see :class:`Tiers`)."""
    openings = spread.openings
    rows = _contacts_of_cases(spread, openings.source_from, np.minimum(openings.source_to, spread.as_of), wanted)
    return _apart(spread, rows)


def list_met_after_isolation(spread: Spread, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """List recorded contacts of ``wanted`` people with a case that only its isolation kept from counting.

    See :class:`Tiers`.
    """
    openings = spread.openings
    closes = np.minimum(openings.close_possible, spread.as_of)
    rows = _contacts_of_cases(spread, openings.earliest, closes, wanted)
    if len(rows):
        counted = list_exposures(spread, spread.recorded, "possible", 1, wanted, COUNTING["possible"])[:, 0]
        rows = rows[~rows["edge"].isin(counted)]
    out = _apart(spread, rows)
    contacts = spread.graph.records.contacts.loc[:, ["contact", *SOURCE_COLUMNS]]
    sources = contacts.iloc[np.unique(rows["ref"].to_numpy(dtype=np.int64))].drop_duplicates("contact")
    return out.merge(sources, on="contact", how="left")


def classes_of_f1(exposures: pd.DataFrame, people: int) -> npt.NDArray[np.object_]:
    """Return the class of everybody with exposures at tier 1, shape (people,); None where the rule has no classes.

    Near where one contact surely is, or all are; far where all are; otherwise undecided. What is not known never makes
    an F1 a far one.
    """
    rows = exposures[(exposures["tier"] == 1) & (exposures["f1_class"] >= 0)]
    target, code = rows["target"].to_numpy(dtype=np.int64), rows["f1_class"].to_numpy(dtype=np.int64)
    none, undecided = len(F1_CLASSES), F1_CLASSES.index("undecided")
    least, most = np.full(people, none), np.full(people, -1)
    np.minimum.at(least, target, code)
    np.maximum.at(most, target, code)
    found = np.where((least == most) | (most < 0), least, undecided)
    near = F1_CLASSES.index("near")
    found[target[(code == near) & (rows["verdict"] == MEETS).to_numpy(dtype=bool)]] = near
    return np.array([*F1_CLASSES, None], dtype=object)[found]
