"""Chains: who led to whom, over declared links and over exposures between cases, told apart.

Chain depth counts links on record. In incomplete data it is less than the number of infections between two cases, so it
is not a generation and is never called one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import networkx as nx
import pandas as pd

from tracing.chains import questions
from tracing.chains.as_dict import cases_as_dict, rows_as_dict, time_as_text
from tracing.chains.dates import UNDATED, CaseDate, case_dates
from tracing.chains.judge import Judge
from tracing.chains.links import (
    ALWAYS,
    EDGE_COLUMNS,
    Period,
    StringDiGraph,
    contact_edges,
    declared_edges,
    declared_links,
    in_period,
    table_of,
    walks_of,
)
from tracing.chains.shape import ChainShape, shape_of
from tracing.chains.walk import Walks
from tracing.errors import NothingFound, UsageError
from tracing.model.numbered import NumberedRecords
from tracing.model.rows import is_among
from tracing.results import Result, inputs_hash, software_version
from tracing.text import catalogue
from tracing.tiers.tiers import Tiers
from tracing.tiers.windows import counted_cases

_, _n = catalogue("tracing")

CHAIN_COLUMNS: Final = {
    "id": "string",
    "case": "bool",
    "case_code": "string",
    "date": "Int64",
    "date_to": "Int64",
    "date_of": "string",
    "secondary": "Int64",
    "sources": "object",
    "sources_missing": "object",
    "root": "string",
    "roots": "object",
    "depth": "Int64",
    "descendants": "Int64",
    "component": "Int64",
    "in_circle": "bool",
    "contact_secondary": "Int64",
    "contact_sources": "object",
    "exposed": "Int64",
}


@dataclass(frozen=True)
class Chains(Result):
    """Chains of cases.

    Attributes
    ----------
    table
        One row per case and per person whom a link names, sorted by ``id``: ``case`` (on the line list and not ruled
        out), ``case_code``; ``date``, ``date_to``, ``date_of`` (first known of onset, sample, confirmed; epoch
        seconds). Over declared links: ``secondary`` (cases it is a declared source of), ``sources`` (sorted ids),
        ``sources_missing`` (those that are no ``case``), ``component`` (1 is the largest; NA without links),
        ``in_circle``. Walked in time
        (links whose dates do not go back): ``roots`` (where the chains to it begin, the earliest by date, then id,
        first; several where it has several sources), ``root`` (the first of them; NA for a case without any link),
        ``depth`` (fewest links from a root, circles not counted; 0 for roots and cases without links), ``descendants``
        (whom it led to). Over exposures (NA without tiers): ``contact_secondary`` and ``contact_sources`` (cases it may
        have infected, or been infected by, by a contact), ``exposed`` (listed people who are no case and have this case
        as a parent).
    edges
        One row per declared pair ("link") and per exposure of a case by a case ("contact"): ``source``, ``target``,
        ``basis``, ``id``, ``first``, ``last`` (epoch seconds), ``reading``, ``clause``, ``place``, ``status``
        ("possible", "doubtful", "impossible"), ``reason`` (see :data:`tracing.chains.links.REASONS`).
    findings
        One row per declared link and fault: ``code``, ``severity`` ("impossible", "doubtful", "gap"), ``source``,
        ``target``, ``id``. Faulty links are counted and listed; they stay in the chains, as declared, but self links.
    links
        Frozen ``networkx.DiGraph`` of the declared links, from source to target; every row of ``table`` is a node.
    roots
        Roots with at least one secondary case, the earliest first.
    components
        Members of every component with a link, the largest first.
    circles
        One circle of every group of people whose links run in circles, link by link; its end is not repeated.
    longest
        The longest chain of declared links whose dates do not go back, link by link, never through a circle; empty
        where there is none. Of several equally long ones that to the smallest id.
    walks
        The declared links as they can be walked in time.
    period
        The time ``[from, to)`` to which links, contacts and visits were restricted.
    outside, undated
        How many declared links lie outside the period; how many of the others have no date and are only possible.
    graph, tiers
        What it was computed from.
    """

    edges: pd.DataFrame
    findings: pd.DataFrame
    links: StringDiGraph = field(repr=False)
    roots: tuple[str, ...]
    components: tuple[tuple[str, ...], ...]
    circles: tuple[tuple[str, ...], ...]
    longest: tuple[str, ...]
    walks: Walks = field(repr=False)
    period: Period
    outside: int
    undated: int
    graph: NumberedRecords = field(repr=False)
    tiers: Tiers | None = field(repr=False)

    def __repr__(self) -> str:
        return (
            f"<Chains: {int(self.table['case'].sum())} cases, {self.links.number_of_edges()} declared links, "
            f"{len(self.components)} chains, greatest depth {self.depth}>"
        )

    @property
    def depth(self) -> int:
        """The links of the longest chain; 0 without links."""
        return max(len(self.longest) - 1, 0)

    @property
    def zone_name(self) -> str:
        """Time zone in which times are shown."""
        return self.graph.records.zone

    @property
    def several(self) -> tuple[str, ...]:
        """Cases with several declared sources."""
        return tuple(self.table.loc[self.table["sources"].map(len) > 1, "id"])

    @property
    def missing(self) -> tuple[str, ...]:
        """Cases with a declared source that is not on the line list."""
        return tuple(self.table.loc[self.table["sources_missing"].map(len) > 0, "id"])

    @property
    def unlinked(self) -> tuple[str, ...]:
        """Cases on the line list without any declared link."""
        return tuple(self.table.loc[self.table["component"].isna() & self.table["case"], "id"])

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        """Those of the line list who were ruled out as cases."""
        cases = self.graph.records.cases
        return frozenset(cases["person"]) - frozenset(counted_cases(self.graph)["person"])

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        """The rows of ``table`` by id."""
        return {str(row["id"]): {str(k): v for k, v in row.items()} for row in self.table.to_dict("records")}

    def find(self, name: str) -> str:
        """Return the id of the person called ``name`` (an id or a case code).

        Raises
        ------
        NothingFound
            If there is no such case, or the code stands for several.
        """
        ids = self.table["id"]
        if (ids == name).any():
            return name
        found = ids[(self.table["case_code"] == name).fillna(False)].tolist()
        if len(found) == 1:
            return str(found[0])
        if found:
            raise NothingFound(
                _("several cases have the code or id that was asked for"), fix=_("ask by the person's id")
            )
        raise NothingFound(
            _("no case on record has the code or id that was asked for"),
            fix=_("check the code; truyvet chains --all lists the cases"),
        )

    def forward(self, case: str) -> pd.DataFrame:
        """Return the cases to which ``case`` led; see :func:`tracing.chains.questions.forward`."""
        return questions.forward(self, self.find(case))

    def backward(self, case: str) -> pd.DataFrame:
        """Return who could have been the source of ``case``; see :func:`tracing.chains.questions.backward`."""
        return questions.backward(self, self.find(case))

    def sideward(self, case: str) -> pd.DataFrame:
        """Return who else was there; see :func:`tracing.chains.questions.sideward`."""
        return questions.sideward(self, self.find(case))

    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each reason code."""
        return {str(code): int(n) for code, n in sorted(Counter(self.findings["code"]).items())}

    def to_dict(self, case: str | None = None) -> dict[str, Any]:
        """Return the JSON object of ``truyvet chains --json``: all cases, or the chain of ``case`` and its answers."""
        person, rows, zone = None if case is None else self.find(case), self.table, self.zone_name
        if person is not None:
            rows = rows[rows["id"].isin(next((c for c in self.components if person in c), (person,)))]
        members = set(rows["id"])
        out: dict[str, Any] = {
            "policy": self.provenance["policy"] or None,
            "as_of": self.provenance["as_of"] or None,
            "provenance": dict(self.provenance),
            "period": [time_as_text(at, zone) for at in self.period],
            "links_outside_period": self.outside,
            "links_undated": self.undated,
            "cases": cases_as_dict(rows, zone, exposures=self.tiers is not None),
            "roots": [root for root in self.roots if root in members],
            "several_sources": [i for i in self.several if i in members],
            "missing_sources": [i for i in self.missing if i in members],
            "circles": [list(circle) for circle in self.circles if circle[0] in members],
        }
        if person is None:
            out |= {
                "unlinked": list(self.unlinked),
                "components": [list(c) for c in self.components],
                "longest": list(self.longest),
                "depth": self.depth,
                "counts": self.counts(),
            }
        else:
            out |= {
                "case": person,
                "forward": rows_as_dict(self.forward(person), zone),
                "backward": rows_as_dict(self.backward(person), zone),
                "sideward": rows_as_dict(self.sideward(person), zone),
            }
        listed = self.findings["source"].isin(members) | self.findings["target"].isin(members)
        out["findings"] = rows_as_dict(self.findings[listed], zone)
        return out


def trace_chains(graph: NumberedRecords, *, tiers: Tiers | None = None, period: Period = ALWAYS) -> Chains:
    """Return the chains among the cases of ``graph``.

    Declared links are taken as declared: several sources, sources missing from the line list, circles and links that
    cannot be are kept, counted and listed. They are walked in time: a link follows another if it can have been at the
    same time or later. A link without a date lies in the later case's recorded time of exposure, else in all of time.
    With ``tiers`` (of the same graph) exposures of cases by cases come beside them, with ``basis`` "contact".

    Parameters
    ----------
    graph
        Cases and links; contacts and visits for the questions "backward" and "sideward".
    tiers
        Tiers traced on this very graph; their policy says when a source can have infected.
    period
        ``[from, to)`` in epoch seconds: links, contacts and visits that cannot have been in it are left out. Links are
        judged by all that is on record.

    Returns
    -------
    Chains
        Empty tables where there is neither a case nor a link.

    Raises
    ------
    UsageError
        If ``tiers`` were traced on other records, or the period has no instant.
    """
    if tiers is not None and tiers.graph is not graph and inputs_hash(tiers.graph) != inputs_hash(graph):
        raise UsageError(_("these tiers were traced on other records"))
    if period[0] >= period[1]:
        raise UsageError(_("the period ends before it begins"))
    dates, every = case_dates(graph), declared_links(graph)
    kept = in_period(every, period)
    declared, findings = declared_edges(kept, Judge.of(graph, every, dates=dates, tiers=tiers))
    exposures = contact_edges(tiers, dates, period)
    links = StringDiGraph()
    links.add_nodes_from(sorted({*dates, *(link.source for link in kept), *(link.target for link in kept)}))
    links.add_edges_from(zip(declared["source"], declared["target"], strict=True))
    walks = walks_of(kept, period)
    shape = shape_of(links, walks, dates)
    edges = pd.concat([f for f in (declared, exposures) if len(f)] or [table_of([], EDGE_COLUMNS)], ignore_index=True)
    return Chains(
        table=_table(graph, links, dates, shape, exposures, tiers),
        provenance=_made(graph, tiers),
        edges=edges,
        findings=findings,
        links=nx.freeze(links),
        roots=shape.tops,
        components=shape.components,
        circles=shape.circles,
        longest=shape.longest,
        walks=walks,
        period=period,
        outside=len(every) - len(kept),
        undated=sum(link.date is None for link in kept),
        graph=graph,
        tiers=tiers,
    )


def _made(graph: NumberedRecords, tiers: Tiers | None) -> Mapping[str, str]:
    if tiers is not None:
        return tiers.provenance
    return {"version": software_version(), "policy": "", "policy_digest": "", "as_of": "", "inputs": inputs_hash(graph)}


def _table(
    graph: NumberedRecords,
    links: StringDiGraph,
    dates: Mapping[str, CaseDate],
    shape: ChainShape,
    exposures: pd.DataFrame,
    tiers: Tiers | None,
) -> pd.DataFrame:
    cases = graph.records.cases
    code = dict(zip(cases["person"].tolist(), cases["case_code"].tolist(), strict=True))
    number = {person: n for n, component in enumerate(shape.components, start=1) for person in component}
    able = exposures[exposures["status"] == "possible"]
    pairs = sorted(set(zip(able["source"].tolist(), able["target"].tolist(), strict=True)))
    onward = Counter(source for source, _ in pairs)
    back: dict[str, tuple[str, ...]] = {}
    for source, target in pairs:
        back[target] = (*back.get(target, ()), source)
    exposed = _exposed(tiers, dates)
    rows = []
    for person in links:
        date = dates.get(person, UNDATED)
        sources, roots = tuple(sorted(links.predecessors(person))), shape.roots.get(person, ())
        row = {
            "id": person,
            "case": person in dates,
            "case_code": code.get(person, pd.NA),
            **dict(zip(("date", "date_to", "date_of"), date if date.known else (pd.NA, pd.NA, pd.NA), strict=True)),
            "secondary": links.out_degree(person),
            "sources": sources,
            "sources_missing": tuple(s for s in sources if s not in dates),
            "root": roots[0] if roots else pd.NA,
            "roots": roots,
            "depth": shape.depth.get(person, 0),
            "descendants": shape.descendants.get(person, 0),
            "component": number.get(person, pd.NA),
            "in_circle": person in shape.in_circle,
            "contact_secondary": pd.NA if tiers is None else onward[person],
            "contact_sources": back.get(person, ()),
            "exposed": pd.NA if tiers is None else exposed.get(person, 0),
        }
        rows.append([row[name] for name in CHAIN_COLUMNS])
    return table_of(rows, CHAIN_COLUMNS)


def _exposed(tiers: Tiers | None, dates: Mapping[str, CaseDate]) -> dict[str, int]:
    if tiers is None:
        return {}
    pairs = tiers.parents.loc[~is_among(tiers.parents["person"], dates), ["person", "parent"]].drop_duplicates()
    return {str(k): int(n) for k, n in pairs.groupby("parent").size().items()}
