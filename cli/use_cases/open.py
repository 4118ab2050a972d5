"""What most commands begin with: the store, the rule, the time asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from cli.language import spoken
from cli.memory import keep_freed_memory
from cli.options import Settings
from cli.screen import ask_password, show_error
from cli.short import remember
from cli.use_cases.key import find_key, key_prompt
from cli.use_cases.unfinished import tell_unfinished, tell_unfinished_purge
from tracing.errors import NothingFound, UsageError
from tracing.text import Text, catalogue, written_day
from tracing.times import end_of_day, parse_iso

if TYPE_CHECKING:
    from graph import Store
    from loaders import LoadResult

_, _n = catalogue("cli")


def password_prompt() -> Callable[[str, str], str] | None:
    """Return what asks a person for a password, None where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(address: str, user: str) -> str:
        return ask_password(_("Password of {user} at {server}", user=user, server=address))

    return ask


def open_at(settings: Settings, *, create: bool = True, read_only: bool = False) -> Store:
    """Open the store that is meant, with its key where it is a file and has one."""
    from graph import open_store
    from graph.address import FILE, find_kind

    keep_freed_memory()
    address = settings.address
    key = find_key(settings) if find_kind(address) is FILE else None
    ask_key = None if settings.no_key else key_prompt()
    return open_store(address, create=create, read_only=read_only, prompt=password_prompt(), key=key, ask_key=ask_key)


def remember_ids(store: Store, settings: Settings) -> None:
    """Call everybody on record by their short ids from here on; private ids are shown only with names."""
    remember(store.short_ids(), hide=not settings.show_names)


def remember_coming(result: LoadResult, store: Store | None, settings: Settings) -> None:
    """Call people by the short ids that they would have if what was read were loaded."""
    from graph.short_ids import private_ids, short_ids

    before = {} if store is None else store.short_ids()
    persons = result.records.persons
    private = private_ids(persons)
    coming = set(persons["person"])
    if store is not None and (before or short_ids(coming, before, private)):
        coming |= store.ids("persons")
    remember(lambda: short_ids(coming, before, private | before.keys()), hide=not settings.show_names)


def open_existing(settings: Settings, *, read_only: bool = False) -> Store:
    """Open the store that is there.

    Raises
    ------
    StoreError
        If there is none, or it cannot be opened.
    """
    from graph.address import FILE, find_kind

    store = open_at(settings, create=False, read_only=read_only)
    remember_ids(store, settings)
    tell_unfinished_purge(store)
    if find_kind(settings.address) is FILE:  # a server is shared: a load may be under way there
        tell_unfinished(store)
    elif settings.anyway:
        answer_anyway(store)
    return store


def read_parts(store: Store) -> None:
    """Let whoever changes records read what is there, also of a load that is not whole."""
    if "cypher" in store.capabilities:
        from graph.neo4j.queries import as_neo4j

        as_neo4j(store).anyway = True


def part_left(store: Store) -> Text | None:
    """Return what is said of a load on a server that is not whole; None where every one is."""
    if "cypher" not in store.capabilities:
        return None
    from graph.neo4j.queries import as_neo4j

    state = as_neo4j(store).state()
    return None if state.whole else state.told()


def answer_anyway(store: Store) -> None:
    """Let a store answer although a load there is not whole, and say so."""
    from graph.neo4j.queries import as_neo4j

    server = as_neo4j(store)
    server.anyway, state = True, server.state()
    if not state.whole:
        show_error(_("Careful: {why}. The answer comes from that part, and is not kept.", why=state.told()))


def mark_of_part(store: Store) -> dict[str, object]:
    """Return what marks an answer in JSON that comes from a part of a load (``--anyway``); nothing of another."""
    if "cypher" not in store.capabilities:
        return {}
    from graph.neo4j.queries import as_neo4j

    state = as_neo4j(store).unfinished
    return {} if state is None else {"part_of_a_load": state.to_dict(spoken())}


def no_case() -> NothingFound:
    """Return the error of a question about cases where there is none."""
    return NothingFound(_("There is no case on record."), fix=_("Load a line list of cases: truyvet load FILES"))


def check_time(given: str | None, *, option: str = "--as-of") -> str | None:
    """Return what was given for ``option`` in ISO 8601, if it is a day or an instant: as it is printed, or in that.

    Raises
    ------
    UsageError
        If it is neither a day nor an instant.
    """
    if given is None:
        return None
    written = written_day(given).strip()
    try:
        parse_iso(written)
    except ValueError:
        raise UsageError(
            _("{option} {given}: not a day or an instant", option=option, given=given),
            fix=_("write it like 8/7/2021, 2021-07-08 or 2021-07-08T02:10"),
        ) from None
    return written


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
