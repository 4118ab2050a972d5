"""Lists by locality: whom to visit, isolate and test, on which days, and what is new about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import pandas as pd

from tracing.errors import UsageError
from tracing.evidence.doubts import say_doubts
from tracing.lists.apart import PRIVATE, list_met, plain
from tracing.lists.arrivals import list_arrivals
from tracing.lists.changes import GONE, Changes
from tracing.lists.rows import COLUMNS, RowMaker
from tracing.model.rows import is_among
from tracing.results import Result
from tracing.text import Text, catalogue
from tracing.tiers.tiers import Tiers

_, _n = catalogue("tracing")

Only = Literal["all", "new"]
#: States of a quarantine in the order in which they are counted; with the contacts without a schedule all contacts.
COUNTED_STATES: Final = ("running", "due", "completed", "lapsed", "none")
#: Why somebody has no days of quarantine.
NO_SCHEDULE: Final[Mapping[str, Text]] = {
    "tier": _("the rule says nothing of the quarantine of such contacts"),
    "day": _("the rule has no days for the time of their contact"),
}


@dataclass(frozen=True, kw_only=True)
class Lists(Result):
    """The people listed, locality by locality.

    Attributes
    ----------
    table
        One row per person, by locality (the communes by name, "not known" last) and urgency: F1 without an isolation
        on record first, then the others by tier and the cases last; the latest exposure first, then the older.
        ``locality`` (code of the commune, :func:`tracing.model.areas.commune_of`; NA: not known),
        ``locality_name``, ``district_name``;
        ``person``, ``birth_year``, ``also_born`` (other years that lists give, "; " between); ``tier`` (possible; NA
        for somebody who is gone from the list), ``certain``, ``f1_class`` (as the tiers have it), ``case``;
        ``first_exposure``, ``last_exposure`` (epoch seconds);
        ``contact_of`` (ids of all parents, the earliest first, "; " between), ``contacts`` (how many gave the tier),
        ``clause`` (ids of the rule's clauses);
        ``quarantine`` (:data:`tracing.lists.quarantine.STATES`; NA: no schedule), ``quarantine_place``,
        ``quarantine_first``, ``quarantine_last``, ``test_days`` ("; " between), ``watched_until`` (ISO days),
        ``counted_from``, ``schedule`` (its source), ``no_schedule`` (why there is none: "tier", the rule says nothing
        of such contacts; "day", nothing for that time), ``doses`` (of a vaccine; NA: not known); ``isolated``
        (beginning of the isolation on record, epoch seconds), ``isolation_kind``; ``doubts`` (codes of what keeps the
        tier from being certain, see :meth:`doubts_of`); ``change``, ``tier_before``, ``reason_vi``, ``reason_en``
        (where changes were given; NA: unchanged). With names also ``name``, ``phone``, ``hamlet``, ``address`` (without
        what the other columns say),
        ``met`` (whom they met, the case's code, and where; "; " between).
    only
        "all", or "new" for those who changed.
    schedules
        Sources of the schedules used, with their grade and note (vi, en).
    met_after_isolation
        Contacts with a case after its isolation (only where all are listed): ``locality``, ``locality_name``,
        ``person`` (who was met), ``birth_year``, ``tier`` (through others; NA: none), ``case``, ``case_code``,
        ``contact``, ``start``, ``end`` (epoch seconds, half-open), ``place``, and the row on record; with names also
        ``name``, ``phone``, ``hamlet``, ``met``.
    source_finding
        People met before a case's window, to find its source (only where all are listed): columns as ``table``, no
        tier, with the quarantine that the rule has for such contacts.
    arrivals
        People who came from elsewhere (only where all are listed): see :func:`tracing.lists.arrivals.list_arrivals`.
    policy_id, as_of
        The rule, and the instant the lists are for, epoch seconds.
    """

    only: Only
    schedules: pd.DataFrame = field(repr=False)
    met_after_isolation: pd.DataFrame = field(repr=False)
    source_finding: pd.DataFrame = field(repr=False)
    arrivals: pd.DataFrame = field(repr=False)
    policy_id: str
    as_of: int

    def __repr__(self) -> str:
        places = self.table["locality"].nunique(dropna=False)
        return f"<Lists {self.policy_id}, {self.only}: {len(self.table)} people in {places} localities>"

    def localities(self) -> list[tuple[str | None, str, pd.DataFrame]]:
        """Return (code, name, rows) of each locality; code None and name "" for those not known, last."""
        found = []
        for code, rows in self.table.groupby("locality", sort=False, dropna=False):
            known = not pd.isna(code)
            found.append((str(code) if known else None, str(rows["locality_name"].iloc[0]) if known else "", rows))
        return found

    def split(self) -> list[tuple[str | None, str, Lists]]:
        """Return (code, name, lists) of each locality, also of those whose people are only listed apart."""
        parts = (self.table, self.met_after_isolation, self.source_finding, self.arrivals)
        names: dict[str | None, str] = {}
        for part in parts:
            for row in plain(part[["locality", "locality_name"]].drop_duplicates()):
                names.setdefault(row["locality"], row["locality_name"] or "")
        found = []
        for code, name in names.items():
            mine = [p[p["locality"].isna() if code is None else (p["locality"] == code).fillna(False)] for p in parts]
            table, met, finding, arrivals = mine
            one = replace(self, table=table, met_after_isolation=met, source_finding=finding, arrivals=arrivals)
            found.append((code, name, one))
        return found

    def summary(self) -> pd.DataFrame:
        """Return one row per locality: people by tier (f0, f1, …), possible only, and by state of quarantine.

        The states are NA where the rule has a schedule for none of the locality's contacts: no rule is not the number
        0. ``no_schedule`` counts the contacts for whom it has none.
        """
        rows = []
        for code, name, people in self.localities():
            tier, state = people["tier"], people["quarantine"]
            without = int(people["no_schedule"].notna().sum())
            ruled = bool(state.notna().any()) or not without
            counts = {f"f{t}": int((tier == t).sum()) for t in sorted(self.table["tier"].dropna().unique().tolist())}
            rows.append(
                {
                    "locality": code,
                    "locality_name": name,
                    **counts,
                    "possible_only": int((~people["certain"].fillna(True)).sum()),
                    **{s: int((state == s).sum()) if ruled else None for s in COUNTED_STATES},
                    "no_schedule": without,
                }
            )
        found = pd.DataFrame(rows)
        return found if found.empty else found.astype(dict.fromkeys(COUNTED_STATES, "Int64"))

    def reasons(self) -> list[Text]:
        """Return why some contacts have no days of quarantine, in words; empty where every one has."""
        found = self.table["no_schedule"].value_counts()
        return [
            _n(
                "{n} contact without days of quarantine: {why}",
                "{n} contacts without days of quarantine: {why}",
                int(found[code]),
                n=int(found[code]),
                why=NO_SCHEDULE[code],
            )
            for code in NO_SCHEDULE
            if code in found
        ]

    @staticmethod
    def doubts_of(codes: str | None, lang: str = "en") -> str:
        """Return what keeps somebody from being certain (a value of ``doubts``) in words, "vi" or "en"."""
        return say_doubts(codes, lang)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON object: provenance, only, people, met_after_isolation, source_finding, arrivals."""
        return {
            "provenance": dict(self.provenance),
            "only": self.only,
            "people": plain(self.table),
            "met_after_isolation": plain(self.met_after_isolation),
            "source_finding": plain(self.source_finding),
            "arrivals": plain(self.arrivals),
        }


def make_lists(
    tiers: Tiers,
    *,
    only: Only = "all",
    changes: Changes | None = None,
    areas: Collection[str] = (),
    show_names: bool = False,
) -> Lists:
    """Return the listed people by locality, with days of quarantine and tests; an empty table where nobody fits.

    Parameters
    ----------
    tiers
        Who is listed.
    only, changes
        "new": only who changed since an earlier run, and those gone (:func:`tracing.lists.changes.compare_runs`).
    areas
        Only people who live in or below these areas (codes); empty: everywhere.
    show_names
        Give name and address too. Without it there is nothing in the table by which a stranger knows a person.

    Returns
    -------
    Lists
        An empty table where nobody fits.

    Raises
    ------
    UsageError
        If only the new ones are asked for and no changes are given.
    """
    if only == "new" and changes is None:
        raise UsageError(_("there is no earlier run to compare with"), fix=_("trace once, or ask for the whole lists"))
    changed = {} if changes is None else {str(row["person"]): row for row in plain(changes.table)}
    maker = RowMaker.of(tiers, changed)
    listed = {str(row["person"]): row for row in plain(tiers.table)}
    people = [p for p in listed if only == "all" or p in changed]
    people += [p for p, row in changed.items() if only == "new" and row["change"] == GONE]
    met, finding = list_met(tiers, maker.places, maker.persons, show_names=show_names), maker.finding()
    arrivals = list_arrivals(maker, areas=areas, show_names=show_names)
    if areas:
        inside = {p for p in {*people, *met["person"], *finding} if maker.lives_in(p, areas)}
        people, met = [p for p in people if p in inside], met[is_among(met["person"], inside)]
        finding = {person: rows for person, rows in finding.items() if person in inside}
    shown = {c: t for c, t in COLUMNS.items() if show_names or c not in PRIVATE}
    table = maker.table([maker.row(person, listed.get(person)) for person in people], shown)
    sources = maker.table([maker.source_row(person, rows) for person, rows in finding.items()], shown)
    if only == "new":
        met, sources, arrivals = met.iloc[:0], sources.iloc[:0], arrivals.iloc[:0]
    return Lists(
        table=table,
        provenance=dict(tiers.provenance),
        only=only,
        schedules=_schedules(tiers, table, sources, arrivals),
        met_after_isolation=met.reset_index(drop=True),
        source_finding=sources,
        arrivals=arrivals.reset_index(drop=True),
        policy_id=tiers.policy.id,
        as_of=tiers.as_of,
    )


def _schedules(tiers: Tiers, *tables: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of the schedules that the tables name, with grade and note."""
    named = {source for table in tables for source in table["schedule"].dropna()}
    used = [rule for rule in tiers.policy.quarantine if rule.source in named]
    return pd.DataFrame(
        [[r.source, r.grade, r.note.vi if r.note else "", r.note.en if r.note else ""] for r in used],
        columns=["source", "grade", "note_vi", "note_en"],
    ).drop_duplicates(ignore_index=True)
