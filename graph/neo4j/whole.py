"""Answers come from whole loads: who reads sees the mark of a load that is under way, or that was broken off.

A load of many transactions, and one that is taken back, leaves a mark on the store's node and on its own. Nobody traces
from a part of it without knowing: :meth:`Neo4jStore.slice` and :meth:`~Neo4jStore.read` refuse, and so does a ready
query, unless that is wanted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.loads import LoadEntry, parse_load
from graph.neo4j.lease import is_dead
from graph.neo4j.rows import Runner, fetch
from tracing.errors import StoreError
from tracing.text import In, Text, catalogue, say_date
from tracing.times import DEFAULT_ZONE, format_iso

_, _n = catalogue("graph")


class Unfinished(StoreError):
    """What is there is a part of a load only."""


@dataclass(frozen=True)
class LoadState:
    """How a store stands: the number of its last change; who is at a load or began the one that is not whole.

    ``since`` is when that load began, as ISO 8601, None where nobody noted it; ``live``: its program is at work;
    ``replacing``: it is not a load, but everything is being removed, and perhaps a backup put in its place.
    """

    revision: int
    whole: bool = True
    live: bool = False
    taking_back: bool = False
    replacing: bool = False
    who: str | None = None
    since: str | None = None

    def told(self) -> Text:
        """Return what is said of a store that is not whole."""
        who = self.who or _("somebody")
        since = _words_of(self.since) if self.since else _("some time ago")
        if self.replacing:
            return _(
                "{who} began {since} to remove everything here, perhaps to put a backup in its place, and is not done: "
                "what is there is a part",
                who=who,
                since=since,
            )
        if self.live:
            return _("{who} loads into this database, since {since}: what is there is a part", who=who, since=since)
        if self.taking_back:
            return _(
                "taking back the load that {who} began {since} was broken off: what is there is a part of it",
                who=who,
                since=since,
            )
        return _(
            "the load that {who} began {since} was broken off: what is there is a part of it", who=who, since=since
        )

    def to_dict(self, lang: str) -> dict[str, object]:
        """Return what a program is told of an answer that comes from a part: who, since when, and the sentence."""
        names = ("who", "since", "live", "taking_back")
        return {name: getattr(self, name) for name in names} | {"told": self.told().say(lang)}

    def refusal(self) -> Unfinished:
        """Return the error of who wanted an answer."""
        if self.live:
            first = _("wait until it is done and ask again")
        elif self.replacing:
            first = _("run truyvet neo4j clear or restore again to finish it")
        elif self.taking_back:
            first = _("truyvet undo goes on with it")
        else:
            first = _("load the same files again to finish it, or take it back: truyvet undo")
        return Unfinished(
            self.told(),
            fix=_("{first}; with --anyway the answer comes from what is there, and is not kept", first=first),
        )


def _words_of(since: str) -> In:
    """Return an ISO 8601 instant as the value of a text, at the hour of its own offset."""
    moment = datetime.fromisoformat(since)
    return lambda lang: f"{say_date(moment, lang)} {moment:%H:%M}"


def read_state(runner: Runner) -> LoadState:
    """Return how the store stands."""
    revision, writer, left, zone, replacing, noted = fetch(
        runner,
        "OPTIONAL MATCH (s:TruyVetStore {key: 'store'}) "
        "RETURN coalesce(s.revision, 0), s.writer, coalesce(s.writingUntil, 0) - timestamp(), s.zone, s.replacing, "
        "s.lastOf IS NOT NULL",
    )[0]
    if replacing is not None:
        who, at = json.loads(replacing)
        since = format_iso(at, at, zone or DEFAULT_ZONE)
        return LoadState(
            revision, whole=False, live=writer is not None and left > 0, replacing=True, who=who, since=since
        )
    begun = _begun(runner)
    if writer is None and begun is None:
        return LoadState(revision)
    live = writer is not None and left > 0 and not is_dead(writer)
    if begun is None:  # whoever writes more than a transaction takes the note of the last instant away meanwhile
        return LoadState(revision, whole=noted and not live, live=live)
    load, undoing = begun
    since = format_iso(load.at, load.at, zone or DEFAULT_ZONE)
    return LoadState(revision, whole=False, live=live, taking_back=undoing, who=load.who, since=since)


def _begun(runner: Runner) -> tuple[LoadEntry, bool] | None:
    """Return the latest load that is not whole, and whether it is being taken back; None where every one is.

    One whose files were loaded to their end later is whole.
    """
    if not fetch(runner, "MATCH (l:Load) WHERE NOT l.finished OR l.undoing IS NOT NULL RETURN 1 LIMIT 1"):
        return None
    whole: list[Mapping[str, str]] = []
    for text, undoing in fetch(runner, "MATCH (l:Load) RETURN l.entry, l.undoing ORDER BY l.number DESC"):
        load = parse_load(text)
        if undoing is not None or (not load.finished and load.files not in whole):
            return load, undoing is not None
        whole.append(load.files)
    return None
