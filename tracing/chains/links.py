"""The edges of chains: declared links and exposures between cases, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from tracing.model.contactgraph import ContactGraph
from tracing.text import Text, catalogue
from tracing.tiers.windows import case_openings
from tracing.times import EVER, NEVER

if TYPE_CHECKING:
    from tracing.tiers.tiers import Tiers

    StringDiGraph = nx.DiGraph[str]
else:
    StringDiGraph = nx.DiGraph

_, _n = catalogue("tracing")

LINK: Final = "link"
CONTACT: Final = "contact"

#: Reason codes: how serious ("impossible", "doubtful", "gap" in the records) and what they say.
REASONS: Final[Mapping[str, tuple[str, Text]]] = {
    "link.self": ("impossible", _("the link joins a case to itself")),
    "link.cycle": (
        "impossible",
        _("the links run in a circle: at least one of them is wrong"),
    ),
    "onset.before_exposure": (
        "impossible",
        _("onset of the later case was before the exposure"),
    ),
    "source.isolated": (
        "impossible",
        _("the exposure was after the source's isolation"),
    ),
    "source.not_yet_infectious": (
        "impossible",
        _("the later case was ill before the source could infect"),
    ),
    "source.not_yet_infected": (
        "impossible",
        _("passed on before the source was infected itself"),
    ),
    "link.before_window": (
        "impossible",
        _("passed on before the source could infect"),
    ),
    "exposure.outside": (
        "doubtful",
        _("the link lies outside the later case's recorded time of exposure"),
    ),
    "exposure.too_late": (
        "impossible",
        _("exposed only after the later case was already ill"),
    ),
    "contact.outside_window": (
        "impossible",
        _("the contact was outside the time when the source could infect"),
    ),
    "contact.fails": (
        "impossible",
        _("the contact does not meet the rule for close contact"),
    ),
    "onset.before_source": (
        "doubtful",
        _("onset of the later case was before the source's"),
    ),
    "source.missing": ("gap", _("the source is not in the line list")),
    "target.missing": (
        "gap",
        _("the later case is not in the line list"),
    ),
}
_WORST: Final = {"impossible": 2, "doubtful": 1, "gap": 0}

EDGE_COLUMNS: Final = {
    "source": "string", "target": "string", "basis": "string", "id": "string", "first": "Int64", "last": "Int64",
    "reading": "string", "clause": "string", "place": "string", "status": "string", "reason": "string",
}  # fmt: skip
FINDING_COLUMNS: Final = {
    "code": "string", "severity": "string", "source": "string", "target": "string", "id": "string",
}  # fmt: skip


def table_of(rows: list[Any], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return ``rows`` as a table with exactly these columns and types; an empty one for no rows."""
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype(dict(columns))


class CaseDate(NamedTuple):
    """The first known of a case's onset, sample and confirmation: ``[at, to)`` (an instant if equal), and which."""

    at: int
    to: int
    what: str

    @property
    def known(self) -> bool:
        """Whether the case has any date."""
        return self.at < EVER

    @property
    def end(self) -> int:
        """First instant after it."""
        return max(self.to, self.at + 1)


UNDATED: Final = CaseDate(EVER, EVER, "")


def case_dates(graph: ContactGraph) -> dict[str, CaseDate]:
    """Return the first known date of every case on record, :data:`UNDATED` where there is none."""
    cases, dates = graph.records.cases, {}
    times = {c: cases[c].to_numpy(np.int64, na_value=EVER).tolist() for a in _ANCHORS for c in (a, f"{a}_to")}
    for row, person in enumerate(cases["person"].tolist()):
        what = next((a for a in _ANCHORS if times[a][row] < EVER), "")
        dates[person] = CaseDate(times[what][row], times[f"{what}_to"][row], what) if what else UNDATED
    return dates


_ANCHORS: Final = ("onset", "sample", "confirmed")


def declared_edges(
    graph: ContactGraph, dates: Mapping[str, CaseDate], tiers: Tiers | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (edges, findings) of the declared links.

    Edges: one row per pair (:data:`EDGE_COLUMNS`), with the earliest date and the smallest link id of the pair; a self
    link is a finding and no edge. Findings: one row per link and reason code (:data:`FINDING_COLUMNS`).
    """
    links = graph.records.links.sort_values(["source", "target", "date", "link"], kind="stable")
    links = links.assign(certainty=links["certainty"].fillna("certain"))
    rows = list(links[["source", "target", "link", "date", "date_to", "certainty"]].itertuples(index=False))
    circles = _circles(rows)
    openings = _openings(graph, tiers)
    isolated = _isolated(graph)
    infected = _infected(graph, rows)
    exposures = _exposure_windows(graph)
    edges: dict[tuple[str, str], list[Any]] = {}
    findings: list[tuple[str, str, str, str, str]] = []
    for row in rows:
        start = EVER if pd.isna(row.date) else int(row.date)
        end = EVER if pd.isna(row.date) else max(int(row.date_to), start + 1)
        judged = {
            *_judge(row.source, row.target, start, dates, openings, isolated, circles),
            *_judge_times(row.source, row.target, (start, end), openings, infected, exposures),
        }
        codes = sorted(
            sorted(judged),
            key=lambda code: -_WORST[REASONS[code][0]],
        )
        findings += [(code, REASONS[code][0], row.source, row.target, row.link) for code in codes]
        if row.source == row.target:
            continue
        known = edges.get((row.source, row.target))
        reading = row.certainty
        if known is None:
            status = REASONS[codes[0]][0] if codes and REASONS[codes[0]][0] != "gap" else "possible"
            edges[row.source, row.target] = [
                row.source, row.target, LINK, row.link, row.date, _last(row.date, row.date_to), reading, pd.NA, pd.NA,
                status, codes[0] if codes else pd.NA,
            ]  # fmt: skip
        elif reading == "certain":
            known[6] = "certain"
    return table_of(list(edges.values()), EDGE_COLUMNS), table_of(findings, FINDING_COLUMNS)


def _last(date: Any, date_to: Any) -> Any:
    return pd.NA if pd.isna(date) else max(int(date), int(date_to) - 1)


def _circles(rows: list[Any]) -> dict[str, int]:
    """Return for everybody in a circle of links the number of that circle (strongly connected component)."""
    graph = StringDiGraph()
    graph.add_edges_from((row.source, row.target) for row in rows if row.source != row.target)
    components = (c for c in nx.strongly_connected_components(graph) if len(c) > 1)
    return {person: number for number, component in enumerate(components) for person in component}


def _openings(graph: ContactGraph, tiers: Tiers | None) -> dict[str, int]:
    if tiers is None:
        return {}
    openings = case_openings(graph, tiers.policy)
    people = graph.columns.people[openings.person]
    return dict(zip(people.tolist(), openings.earliest.tolist(), strict=True))


def _isolated(graph: ContactGraph) -> dict[str, int]:
    """Return the end of the day on which each case was isolated for good (no release on record)."""
    cases, roster = graph.records.cases, graph.records.isolations
    released = set(roster.loc[roster["end"].notna(), "person"].tolist())
    known = cases.dropna(subset="isolated_to")
    return {
        person: int(at)
        for person, at in zip(known["person"].tolist(), known["isolated_to"].tolist(), strict=True)
        if person not in released
    }


def _infected(graph: ContactGraph, rows: list[Any]) -> dict[str, int]:
    """Return the earliest instant at which somebody can have been infected, where the records bound it.

    That is the beginning of their recorded time of exposure, else the first of the links to them if all are dated.
    """
    first: dict[str, int] = {}
    for row in rows:
        if row.source != row.target:
            date = NEVER if pd.isna(row.date) else int(row.date)
            first[row.target] = min(first.get(row.target, EVER), date)
    begun = {person: begin for person, (begin, _end) in _exposure_windows(graph).items() if begin > NEVER}
    return {person: at for person, at in (first | begun).items() if at > NEVER}


def _exposure_windows(graph: ContactGraph) -> dict[str, tuple[int, int]]:
    """Return each case's recorded time of exposure ``[begin, end)``, open where one of its ends is not known."""
    cases = graph.records.cases
    cases = cases[cases["exposure_start"].notna() | cases["exposure_end"].notna()]
    begin = cases["exposure_start"].to_numpy(np.int64, na_value=NEVER)
    end = cases["exposure_end"].to_numpy(np.int64, na_value=EVER)
    end = np.maximum(cases["exposure_end_to"].to_numpy(np.int64, na_value=EVER), np.minimum(end, EVER - 1) + 1)
    return dict(zip(cases["person"].tolist(), zip(begin.tolist(), end.tolist(), strict=True), strict=True))


def _judge_times(
    source: str,
    target: str,
    date: tuple[int, int],
    openings: Mapping[str, int],
    infected: Mapping[str, int],
    exposures: Mapping[str, tuple[int, int]],
) -> Iterator[str]:
    """Yield what the date ``[start, end)`` of a link says against it: of its source, and of the later case."""
    start, end = date
    if source == target or start >= EVER:
        return
    if end <= infected.get(source, NEVER):
        yield "source.not_yet_infected"
    if end <= openings.get(source, NEVER):
        yield "link.before_window"
    begin, until = exposures.get(target, (NEVER, EVER))
    if end <= begin or start >= until:
        yield "exposure.outside"


def _judge(
    source: str,
    target: str,
    date: int,
    dates: Mapping[str, CaseDate],
    openings: Mapping[str, int],
    isolated: Mapping[str, int],
    circles: Mapping[str, int],
) -> Iterator[str]:
    """Yield every reason code that holds for one declared link; ``date`` is the first instant of the exposure."""
    if source not in dates:
        yield "source.missing"
    if target not in dates:
        yield "target.missing"
    if source == target:
        yield "link.self"
        return
    if source in circles and circles[source] == circles.get(target):
        yield "link.cycle"
    first, later = dates.get(source, UNDATED), dates.get(target, UNDATED)
    if later.what == "onset" and date < EVER and later.end <= date:
        yield "onset.before_exposure"
    if date < EVER and isolated.get(source, EVER) <= date:
        yield "source.isolated"
    if later.known and later.end <= openings.get(source, NEVER):
        yield "source.not_yet_infectious"
    if first.what == later.what == "onset" and later.end <= first.at:
        yield "onset.before_source"


def contact_edges(tiers: Tiers | None, dates: Mapping[str, CaseDate]) -> pd.DataFrame:
    """Return exposures of cases by other cases, one row per contact (:data:`EDGE_COLUMNS`), by target and time.

    ``first`` and ``last`` are the first and last instant of exposure. An exposure that begins only when the target was
    already ill (onset, else sample) is impossible as a source. Empty without tiers.
    """
    if tiers is None:
        return table_of([], EDGE_COLUMNS)
    rows = tiers.parents
    rows = rows[rows["person"].isin(dates) & rows["parent"].isin(dates) & (rows["tier"] == 1)]
    ill = np.array([min(dates[p].end, EVER) for p in rows["person"]], dtype=np.int64)
    late = ill <= rows["exposure"].to_numpy(dtype=np.int64)
    return pd.DataFrame(
        {
            "source": rows["parent"], "target": rows["person"], "basis": CONTACT, "id": rows["contact"],
            "first": rows["exposure"], "last": rows["until"], "reading": rows["reading"], "clause": rows["clause"],
            "place": rows["place"], "status": np.where(late, "impossible", "possible"),
            "reason": pd.Series("exposure.too_late", index=rows.index, dtype="string").where(late),
        }
    ).astype(dict(EDGE_COLUMNS)).reset_index(drop=True)  # fmt: skip
