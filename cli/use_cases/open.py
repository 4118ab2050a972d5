"""What most commands begin with: the store, the rule, the time asked for, the person meant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from cli.language import say
from cli.options import Settings
from cli.screen import ask_password
from cli.use_cases.people import People
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue, unaccented
from tracing.times import end_of_day, parse_iso

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store

_, _n = catalogue("cli")

_SHOWN: Final = 20


def password_prompt() -> Callable[[str, str], str] | None:
    """Return what asks a person for a password, None where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(address: str, user: str) -> str:
        return ask_password(_("Password of {user} at {server}", user=user, server=address))

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


def no_case() -> NothingFound:
    """Return the error of a question about cases where there is none."""
    return NothingFound(_("There is no case on record."), fix=_("Load a line list of cases: truyvet load FILES"))


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


def fold_name(name: str) -> str:
    """Return a name without marks and case, so that "tran van a" finds "Trần Văn A"."""
    return " ".join(unaccented(name).casefold().split())


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
