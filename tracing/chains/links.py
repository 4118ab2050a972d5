"""The edges of chains: declared links and exposures between cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from tracing.chains.dates import CaseDate, exposure_windows
from tracing.chains.judge import REASONS, DeclaredLink, Judge
from tracing.chains.walk import DatedLink, Walks
from tracing.model.numbered import NumberedRecords
from tracing.model.rows import is_among
from tracing.times import EVER, NEVER

if TYPE_CHECKING:
    from tracing.tiers.tiers import Tiers

    StringDiGraph = nx.DiGraph[str]
else:
    StringDiGraph = nx.DiGraph

LINK: Final = "link"
CONTACT: Final = "contact"

EDGE_COLUMNS: Final = {
    "source": "string",
    "target": "string",
    "basis": "string",
    "id": "string",
    "first": "Int64",
    "last": "Int64",
    "reading": "string",
    "clause": "string",
    "place": "string",
    "status": "string",
    "reason": "string",
}
FINDING_COLUMNS: Final = {
    "code": "string",
    "severity": "string",
    "source": "string",
    "target": "string",
    "id": "string",
}
#: A period ``[from, to)`` in epoch seconds.
Period = tuple[int, int]
ALWAYS: Final[Period] = (NEVER, EVER)


def table_of(rows: list[Any], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return ``rows`` as a table with exactly these columns and types; an empty one for no rows."""
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype(dict(columns))


def declared_links(graph: NumberedRecords) -> list[DeclaredLink]:
    """Return the declared links of ``graph`` by source, target, date and id."""
    links = graph.records.links.sort_values(["source", "target", "date", "link"], kind="stable")
    exposures = exposure_windows(graph)
    columns = (links[c].tolist() for c in ("source", "target", "link", "date", "date_to", "certainty"))
    found = []
    for source, target, link, at, to, certainty in zip(*columns, strict=True):
        date = None if pd.isna(at) else (int(at), max(int(to), int(at) + 1))
        first, until = exposures.get(target, ALWAYS) if date is None else date
        first, until = (first, until) if first < until else ALWAYS
        sure = "certain" if pd.isna(certainty) else str(certainty)
        found.append(DeclaredLink(source, target, link, date, first, until, sure))
    return found


def in_period(links: Iterable[DeclaredLink], period: Period) -> list[DeclaredLink]:
    """Return the links that can have been in ``period``; one without any time can."""
    return [link for link in links if link.first < period[1] and link.until > period[0]]


def walks_of(links: Iterable[DeclaredLink], period: Period) -> Walks:
    """Return the links of ``period`` to be walked, their time cut to it; self links lead nowhere."""
    return Walks(
        DatedLink(
            source=link.source,
            target=link.target,
            first=max(link.first, period[0]),
            until=min(link.until, period[1]),
            sure=link.date is not None and link.certainty == "certain",
        )
        for link in in_period(links, period)
        if link.source != link.target
    )


def declared_edges(links: Iterable[DeclaredLink], judge: Judge) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (edges, findings) of the declared links.

    Edges: one row per pair (:data:`EDGE_COLUMNS`), with the earliest date and the smallest link id of the pair; where
    no link of the pair has a date, ``first`` and ``last`` are the later case's recorded time of exposure if both its
    ends are known. A self link is a finding and no edge. Findings: one row per link and reason code
    (:data:`FINDING_COLUMNS`).
    """
    edges: dict[tuple[str, str], list[Any]] = {}
    findings: list[tuple[str, str, str, str, str]] = []
    for link in links:
        codes = judge.codes(link)
        findings += [(code, REASONS[code][0], link.source, link.target, link.link) for code in codes]
        if link.source == link.target:
            continue
        known = edges.get((link.source, link.target))
        if known is None:
            status = REASONS[codes[0]][0] if codes and REASONS[codes[0]][0] != "gap" else "possible"
            edges[link.source, link.target] = [
                *(link.source, link.target, LINK, link.link, *_span(link), link.certainty),
                *(pd.NA, pd.NA, status, codes[0] if codes else pd.NA),
            ]
        elif link.certainty == "certain":
            known[6] = "certain"
    return table_of(list(edges.values()), EDGE_COLUMNS), table_of(findings, FINDING_COLUMNS)


def _span(link: DeclaredLink) -> tuple[Any, Any]:
    if link.date is None and (link.first <= NEVER or link.until >= EVER):
        return pd.NA, pd.NA
    first, until = (link.first, link.until) if link.date is None else link.date
    return first, until - 1


def contact_edges(tiers: Tiers | None, dates: Mapping[str, CaseDate], period: Period = ALWAYS) -> pd.DataFrame:
    """Return exposures of cases by other cases, one row per contact (:data:`EDGE_COLUMNS`), by target and time.

    ``first`` and ``last`` are the first and last instant of exposure, cut to ``period``. An exposure that begins only
    when the target was already ill (onset, else sample) is impossible as a source. Empty without tiers.
    """
    if tiers is None:
        return table_of([], EDGE_COLUMNS)
    rows = tiers.parents
    rows = rows[is_among(rows["person"], dates) & is_among(rows["parent"], dates) & (rows["tier"] == 1)]
    rows = rows[(rows["exposure"] < period[1]) & (rows["until"] >= period[0])]
    first = rows["exposure"].clip(lower=period[0])
    ill = np.array([min(dates[p].end, EVER) for p in rows["person"]], dtype=np.int64)
    late = ill <= first.to_numpy(dtype=np.int64)
    columns = {
        "source": rows["parent"],
        "target": rows["person"],
        "basis": CONTACT,
        "id": rows["contact"],
        "first": first,
        "last": rows["until"].clip(upper=period[1] - 1),
        "reading": rows["reading"],
        "clause": rows["clause"],
        "place": rows["place"],
        "status": np.where(late, "impossible", "possible"),
        "reason": pd.Series("exposure.too_late", index=rows.index, dtype="string").where(late),
    }
    return pd.DataFrame(columns).astype(dict(EDGE_COLUMNS)).reset_index(drop=True)
