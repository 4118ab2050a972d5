"""What most commands begin with: the store, the rule, the time asked for, the person meant."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.language import say
from cli.options import Settings
from cli.shown import shown_day
from cli.use_cases.people import People
from tracing.errors import InputError, NothingFound, UsageError
from tracing.text import Text, catalogue
from tracing.times import end_of_day, local, parse_iso

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store
    from tracing.policy.library import Policy

_, _n = catalogue("cli")

BY_DATE: Final = ("auto", "by-date")
_SHOWN: Final = 20


def password_prompt() -> Callable[[str, str], str] | None:
    """Return what asks a person for a password, None where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(address: str, user: str) -> str:
        asked = say(_("Password of {user} at {server}", user=user, server=address))
        return str(click.prompt(asked, hide_input=True, err=True, default="", show_default=False))

    return ask


def open_existing(settings: Settings, *, read_only: bool = False) -> Store:
    """Open the store that is there.

    Raises
    ------
    StoreError
        If there is none, or it cannot be opened.
    """
    from graph import open_store

    return open_store(settings.address, create=False, read_only=read_only, prompt=password_prompt())


def find_policy(rule: str) -> Policy:
    """Return the policy with this id, or the one in this TOML file.

    Raises
    ------
    NothingFound
        If it is neither the name of a file nor an id.
    InputError
        If the file is not text, or anything in it is wrong.
    """
    from tracing.policy.library import load_policy, parse_policy

    path = Path(rule)
    if path.suffix.lower() != ".toml" and not path.is_file():
        return load_policy(rule)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(
            _("{rule}: not a UTF-8 text", rule=rule),
            fix=_("save it as UTF-8"),
        ) from None
    return parse_policy(text, name=path.stem)


def choose_policy(settings: Settings, store: Store, cases: Sequence[str] = ()) -> Policy:
    """Return the rule to trace by: the one asked for, else the default; with ``auto`` the one in force.

    ``auto`` takes the latest sample day (else day of confirmation, else onset) among ``cases``, or among all.
    """
    from tracing.policy.library import DEFAULT_POLICY, policy_for_date

    rule = settings.policy or DEFAULT_POLICY
    if rule not in BY_DATE:
        return find_policy(rule)
    records = store.read(tables=["cases"])
    table = records.cases
    if cases:
        table = table[table["person"].isin(list(cases)) | table["case_code"].isin(list(cases))]
    known = table["sample"].fillna(table["confirmed"]).fillna(table["onset"])
    if not known.notna().any():
        raise NothingFound(
            _("no case asked for has a date, so no rule can be chosen by date"),
            fix=_("name one: --policy vn-3638"),
        )
    return policy_for_date(local(int(known.max()), records.zone).date())


def check_time(as_of: str | None) -> str | None:
    """Return ``--as-of`` as it was given if it can be read.

    Raises
    ------
    UsageError
        If it is neither a day nor an instant.
    """
    if as_of is None:
        return None
    try:
        parse_iso(as_of)
    except ValueError:
        raise UsageError(
            _("--as-of {as_of}: not a day or an instant", as_of=as_of),
            fix=_("write it like 2021-07-08 or 2021-07-08T02:10"),
        ) from None
    return as_of.strip()


def time_asked(settings: Settings, store: Store) -> int | str | None:
    """Return ``--as-of``, else the end of the last day on record: of the whole store, also where a part is asked for.

    Raises
    ------
    UsageError
        If ``--as-of`` is neither a day nor an instant.
    """
    given = check_time(settings.as_of)
    last = None if given is not None else store.last_instant()
    return given if last is None else end_of_day(last, store.read(tables=[]).zone)


def policy_line(policy: Policy, *, as_of: str) -> str:
    """Return the line that says by which rule and up to when, and what of the rule is not verified."""
    open_points = [name for name, _ in policy.unverified()]
    since: Text | str = shown_day(policy.valid_from) if policy.valid_from else _("no date given")
    values = {"id": policy.id, "since": since, "as_of": as_of, "count": len(open_points)}
    if not open_points:
        return say(_("Rule {id} (from {since}) · as of {as_of}", **values))
    if any(name.startswith("window.asymptomatic") for name in open_points):
        return say(
            _n(
                "Rule {id} (from {since}; {count} item not verified, the window of cases without symptoms:"
                " truyvet policies show {id}) · as of {as_of}",
                "Rule {id} (from {since}; {count} items not verified, among them the window of cases without symptoms:"
                " truyvet policies show {id}) · as of {as_of}",
                len(open_points),
                **values,
            )
        )
    return say(
        _n(
            "Rule {id} (from {since}; {count} item not verified: truyvet policies show {id}) · as of {as_of}",
            "Rule {id} (from {since}; {count} items not verified: truyvet policies show {id}) · as of {as_of}",
            len(open_points),
            **values,
        )
    )


def fold_name(name: str) -> str:
    """Return a name without marks and case, so that "tran van a" finds "Trần Văn A"."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def find_person(store: Store, wanted: str) -> tuple[str, bool]:
    """Return the id of the person meant by an id, a case code or a name, and whether it was by name.

    Raises
    ------
    NothingFound
        If nobody fits.
    UsageError
        If several people have the name; their ids, years of birth and communes are listed.
    """
    wanted = wanted.strip()
    if wanted in store.ids("persons"):
        return wanted, False
    cases = store.read(tables=["cases"]).cases
    coded = cases.loc[(cases["case_code"] == wanted) | (cases["person"] == wanted), "person"].tolist()
    if len(coded) == 1:
        return str(coded[0]), False
    records = store.read(tables=["persons", "areas"])
    found = _by_name(records.persons, wanted)
    if len(found) == 1:
        return str(found[0]), True
    if not found:
        raise NothingFound(
            _("nobody on record has this id, case code or name"),
            fix=_("ids and case codes are written exactly as in the lists; accents in names do not matter"),
        )

    people = People.of(records)
    listed = "".join(f"\n  {people.line(person)}" for person in found[:_SHOWN])
    more = f"\n  … (+{len(found) - _SHOWN})" if len(found) > _SHOWN else ""
    raise UsageError(
        say(_n("{count} person fits; say which:", "{count} people fit; say which:", len(found), count=len(found)))
        + listed
        + more
    )


def _by_name(persons: pd.DataFrame, wanted: str) -> list[str]:
    """Return ids of people whose whole name, or else part of it, is ``wanted``, without marks and case."""
    named = persons[persons["name"].notna()]
    asked = fold_name(wanted)
    if not asked or named.empty:
        return []
    names = [fold_name(name) for name in named["name"]]
    ids = named["person"].tolist()
    whole = [person for person, name in zip(ids, names, strict=True) if name == asked]
    return whole or [person for person, name in zip(ids, names, strict=True) if f" {asked} " in f" {name} "]
