"""What speaks against a declared link: its dates, its source, its later case, the other links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import networkx as nx

from tracing.chains.dates import UNDATED, CaseDate, exposure_windows
from tracing.model.numbered import NumberedRecords
from tracing.text import Text, catalogue
from tracing.tiers.windows import case_openings, counted_cases
from tracing.times import EVER, NEVER

if TYPE_CHECKING:
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("tracing")

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
    "source.missing": (
        "gap",
        _("the source is not in the line list, or was ruled out as a case"),
    ),
    "target.missing": (
        "gap",
        _("the later case is not in the line list, or was ruled out as a case"),
    ),
}
_WORST: Final = {"impossible": 2, "doubtful": 1, "gap": 0}


class DeclaredLink(NamedTuple):
    """One declared link as it is on record, and when it was.

    ``date`` is its own day or instant ``[from, to)``, None where it has none; ``[first, until)`` is the same, else the
    later case's recorded time of exposure, else all of time. ``certainty`` is "certain" or "possible".
    """

    source: str
    target: str
    link: str
    date: tuple[int, int] | None
    first: int
    until: int
    certainty: str


@dataclass(frozen=True)
class Judge:
    """What links are judged by: dates, windows and circles of the people whom they name."""

    dates: Mapping[str, CaseDate]
    openings: Mapping[str, int]
    isolated: Mapping[str, int]
    infected: Mapping[str, int]
    exposures: Mapping[str, tuple[int, int]]
    circles: Mapping[str, int]

    @classmethod
    def of(
        cls,
        graph: NumberedRecords,
        links: Sequence[DeclaredLink],
        *,
        dates: Mapping[str, CaseDate],
        tiers: Tiers | None,
    ) -> Judge:
        """Return what the records, all ``links`` and the rule of ``tiers`` say."""
        exposures = exposure_windows(graph)
        return cls(
            dates=dates,
            openings=_openings(graph, tiers),
            isolated=_isolated(graph),
            infected=_infected(exposures, links),
            exposures=exposures,
            circles=_circles(links),
        )

    def codes(self, link: DeclaredLink) -> list[str]:
        """Return every reason code that holds for one link, the worst first, then by code."""
        found = {*self._of_people(link), *self._of_later_case(link), *self._of_time(link)}
        return sorted(found, key=lambda code: (-_WORST[REASONS[code][0]], code))

    def _of_people(self, link: DeclaredLink) -> Iterator[str]:
        if link.source not in self.dates:
            yield "source.missing"
        if link.target not in self.dates:
            yield "target.missing"
        if link.source == link.target:
            yield "link.self"
        elif link.source in self.circles and self.circles[link.source] == self.circles.get(link.target):
            yield "link.cycle"

    def _of_later_case(self, link: DeclaredLink) -> Iterator[str]:
        """Yield what the later case's onset, and the source's isolation and window, say against it."""
        if link.source == link.target:
            return
        first, later = self.dates.get(link.source, UNDATED), self.dates.get(link.target, UNDATED)
        if link.date is not None and later.what == "onset" and later.end <= link.date[0]:
            yield "onset.before_exposure"
        if link.date is not None and self.isolated.get(link.source, EVER) <= link.date[0]:
            yield "source.isolated"
        if later.known and later.end <= self.openings.get(link.source, NEVER):
            yield "source.not_yet_infectious"
        if first.what == later.what == "onset" and later.end <= first.at:
            yield "onset.before_source"

    def _of_time(self, link: DeclaredLink) -> Iterator[str]:
        """Yield what the link's own time says against it: of its source, and of the later case."""
        if link.source == link.target:
            return
        if link.until <= self.infected.get(link.source, NEVER):
            yield "source.not_yet_infected"
        if link.until <= self.openings.get(link.source, NEVER):
            yield "link.before_window"
        begin, until = self.exposures.get(link.target, (NEVER, EVER))
        if link.date is not None and (link.until <= begin or link.first >= until):
            yield "exposure.outside"


def _circles(links: Sequence[DeclaredLink]) -> dict[str, int]:
    """Return for everybody in a circle of links the number of that circle (strongly connected component)."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((link.source, link.target) for link in links if link.source != link.target)
    components = (c for c in nx.strongly_connected_components(graph) if len(c) > 1)
    return {person: number for number, component in enumerate(components) for person in component}


def _openings(graph: NumberedRecords, tiers: Tiers | None) -> dict[str, int]:
    if tiers is None:
        return {}
    openings = case_openings(graph, tiers.policy)
    people = graph.columns.people[openings.person]
    return dict(zip(people.tolist(), openings.earliest.tolist(), strict=True))


def _isolated(graph: NumberedRecords) -> dict[str, int]:
    """Return the end of the day on which each case was isolated for good (no release on record)."""
    cases, roster = counted_cases(graph), graph.records.isolations
    released = set(roster.loc[roster["end"].notna(), "person"].tolist())
    known = cases.rows("person", "isolated_to")
    return {person: at for person, at in known if at is not None and person not in released}


def _infected(exposures: Mapping[str, tuple[int, int]], links: Sequence[DeclaredLink]) -> dict[str, int]:
    """Return the earliest instant at which somebody can have been infected, where the records bound it.

    That is the beginning of their recorded time of exposure, else the first of the links to them if all are dated.
    """
    first: dict[str, int] = {}
    for link in links:
        if link.source != link.target:
            first[link.target] = min(first.get(link.target, EVER), link.first)
    begun = {person: begin for person, (begin, _end) in exposures.items() if begin > NEVER}
    return {person: at for person, at in (first | begun).items() if at > NEVER}
