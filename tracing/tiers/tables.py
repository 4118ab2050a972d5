"""Exposures as tables with ids in place of positions, and the contacts that are listed apart from the tiers."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.schema import SOURCE_COLUMNS
from tracing.tiers.edges import HalfEdges
from tracing.tiers.exposure import COUNTING, Ints, Spread, list_exposures
from tracing.tiers.verdict import F1_CLASSES, FAILS, MEETS, VERDICTS
from tracing.tiers.windows import TierReading
from tracing.times import EVER

_APART: Final = ["person", "case", "contact", "start", "end", "place"]


def frame_exposures(edges: HalfEdges, found: Ints, step: int, table: int, reading: TierReading) -> pd.DataFrame:
    """Return exposures with positions for ids: ``found`` of :func:`list_exposures` on ``edges``, number ``table``."""
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


def describe_exposures(spread: Spread, rows: pd.DataFrame) -> pd.DataFrame:
    """Return exposure rows with ids instead of positions, sorted by person, tier, exposure, contact, parent."""
    people = spread.graph.columns.people
    contacts, visits = spread.graph.records.contacts, spread.visits.table
    joined = (rows["table"] == 1).to_numpy(dtype=bool)
    ref = rows["ref"].to_numpy(dtype=np.int64)
    contact, place = np.empty(len(rows), dtype=object), np.full(len(rows), None, dtype=object)
    contact[~joined] = contacts["contact"].to_numpy(dtype=object)[ref[~joined]]
    place[~joined] = contacts["place"].to_numpy(dtype=object, na_value=None)[ref[~joined]]
    if joined.any():
        rows_of = spread.visits.row
        one = visits["visit"].to_numpy(dtype=object)[rows_of[spread.covisits.source[ref[joined]]]]
        two = visits["visit"].to_numpy(dtype=object)[rows_of[spread.covisits.target[ref[joined]]]]
        contact[joined] = ["~".join(sorted(pair)) for pair in zip(one, two, strict=True)]
        place[joined] = visits["place"].to_numpy(dtype=object)[rows_of[spread.covisits.source[ref[joined]]]]
    clauses = np.array([clause.id for clause in spread.policy.clauses] + [None], dtype=object)
    f1_classes = np.array([*F1_CLASSES, None], dtype=object)
    out = pd.DataFrame(
        {
            "person": pd.array(people[rows["target"].to_numpy(dtype=np.int64)], dtype="string"),
            "tier": pd.array(rows["tier"].to_numpy(dtype=np.int64), dtype="Int64"),
            "reading": pd.array(rows["reading"].to_numpy(dtype=object), dtype="string"),
            "parent": pd.array(people[rows["source"].to_numpy(dtype=np.int64)], dtype="string"),
            "contact": pd.array(contact, dtype="string"),
            "clause": pd.array(clauses[rows["clause"].to_numpy(dtype=np.int64)], dtype="string"),
            "f1_class": pd.array(f1_classes[rows["f1_class"].to_numpy(dtype=np.int64)], dtype="string"),
            "verdict": pd.array(np.array(VERDICTS, dtype=object)[rows["verdict"].to_numpy(np.int64)], dtype="string"),
            "exposure": pd.array(rows["exposure"].to_numpy(dtype=np.int64), dtype="Int64"),
            "until": pd.array(rows["until"].to_numpy(dtype=np.int64), dtype="Int64"),
            "start": pd.array(rows["start"].to_numpy(dtype=np.int64), dtype="Int64"),
            "end": pd.array(rows["end"].to_numpy(dtype=np.int64), dtype="Int64"),
            "place": pd.array(place, dtype="string"),
            "joined": joined,
        }
    )
    order = ["person", "tier", "exposure", "contact", "parent"]
    return out.sort_values(order, kind="stable", ignore_index=True)


def list_co_present(spread: Spread, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """List ``wanted`` people, in no tier, who were with a case in its window in a way that fails the rule."""
    frames = [
        frame_exposures(edges, list_exposures(spread, edges, "possible", 1, wanted, (FAILS,)), 1, number, "possible")
        for number, edges in enumerate(spread.edges())
    ]
    rows = pd.concat(frames, ignore_index=True).drop_duplicates(["table", "edge"])
    out = describe_exposures(spread, rows).rename(columns={"parent": "case"})
    return out[_APART]


def _contacts_of_cases(spread: Spread, opens: Ints, closes: Ints, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return recorded contacts of ``wanted`` people with a case that may lie in its ``[opens, closes)``.

    ``opens`` and ``closes`` are by row of the openings; contacts that fail the rule are left out.
    """
    openings, edges = spread.openings, spread.recorded
    begin = np.full(len(spread.graph.columns.people), EVER, dtype=np.int64)
    end = np.full(len(spread.graph.columns.people), -EVER, dtype=np.int64)
    starts = ~(openings.left_out | openings.none)
    begin[openings.person[starts]], end[openings.person[starts]] = opens[starts], closes[starts]
    source = edges.source
    inside = np.maximum(edges.lo, begin[source]) < np.minimum(edges.hi, end[source])
    able = inside & (edges.verdict != FAILS) & wanted[edges.target] & ~spread.blocked[edges.target]
    edge = np.flatnonzero(able & (edges.target != source))
    found = np.column_stack([edge, np.zeros(len(edge), dtype=np.int64), edges.lo[edge], edges.hi[edge] - 1])
    return frame_exposures(edges, found, 1, 0, "possible")


def list_source_finding(spread: Spread, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """List contacts before a case's window that the rule looks for to find its source (see :class:`Tiers`)."""
    openings = spread.openings
    rows = _contacts_of_cases(spread, openings.source_from, np.minimum(openings.source_to, spread.as_of), wanted)
    return describe_exposures(spread, rows).rename(columns={"parent": "case"})[_APART]


def list_met_after_isolation(spread: Spread) -> pd.DataFrame:
    """List recorded contacts with a case that only its isolation kept from counting (see :class:`Tiers`)."""
    openings = spread.openings
    everybody = np.ones(len(spread.graph.columns.people), dtype=bool)
    closes = np.minimum(openings.close_possible, spread.as_of)
    rows = _contacts_of_cases(spread, openings.earliest, closes, everybody)
    counted = list_exposures(spread, spread.recorded, "possible", 1, everybody, COUNTING["possible"])[:, 0]
    rows = rows[~rows["edge"].isin(counted)]
    out = describe_exposures(spread, rows).rename(columns={"parent": "case"})[_APART]
    sources = spread.graph.records.contacts[["contact", *SOURCE_COLUMNS]].drop_duplicates("contact")
    return out.merge(sources, on="contact", how="left")


def classes_of_f1(parents: pd.DataFrame) -> dict[str, str]:
    """Return the class of everybody with exposures at tier 1, by person; nobody where the rule has no classes.

    Near where one contact surely is, or all are; far where all are; otherwise undecided. What is not known never makes
    an F1 a far one.
    """
    rows = parents[(parents["tier"] == 1) & parents["f1_class"].notna()]
    found = rows.groupby("person")["f1_class"].agg(
        lambda classes: classes.iloc[0] if classes.nunique() == 1 else "undecided"
    )
    sure = rows.loc[(rows["f1_class"] == "near") & (rows["verdict"] == VERDICTS[MEETS]), "person"]
    return {str(person): str(told) for person, told in found.items()} | dict.fromkeys(sure.astype(str), "near")
