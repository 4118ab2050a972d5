"""The person meant by what somebody typed: an id (short or long), a case code, a telephone number, a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

from cli.language import say
from cli.use_cases.people import People
from cli.use_cases.same import called
from tracing.errors import NothingFound, UsageError
from tracing.patterns import regex
from tracing.text import catalogue, unaccented

if TYPE_CHECKING:
    from graph import Store
    from tracing.model.columns import TableColumns
    from tracing.model.records import Records

_, _n = catalogue("cli")

_SHOWN: Final = 20
_NUMBERED: Final = regex(r"([a-z]*)0*(\d+)")


def find_person(store: Store, wanted: str) -> tuple[str, bool]:
    """Return the id of the person meant, and whether it was by name.

    What is written exactly as in the lists comes first; then codes and telephone numbers in any spelling; then names,
    also with the year of birth, the hamlet or the commune behind them ("tran van a 1991 ap 3").

    Raises
    ------
    NothingFound
        If nobody fits.
    UsageError
        If several people fit; their ids, years of birth, communes and hamlets are listed.
    """
    wanted, named = wanted.strip(), called(store)
    if store.among("persons", [wanted]):
        return named.get(wanted, wanted), False
    cases = list(store.read(tables=["cases"]).columns("cases").rows("case_code", "person"))
    coded = [person for code, person in cases if wanted in (code, person)]
    short = store.short_ids()
    coded = sorted({named.get(c, c) for c in (*coded, *(person for person, one in short.items() if one == wanted))})
    if len(coded) == 1:
        return str(coded[0]), False
    records = store.read(tables=["persons", "areas"])
    codes = [(code, person) for code, person in cases if code is not None]
    codes += [(one, person) for person, one in short.items()]
    persons = records.columns("persons")
    found = coded or sorted({*_by_code(persons.texts("person").given(), codes, wanted), *_by_phone(persons, wanted)})
    by_name = [] if found else _by_name(persons, wanted) or _by_name_and_more(records, wanted)
    fitting = list(dict.fromkeys(named.get(one, one) for one in found or by_name))
    if len(fitting) == 1:
        return str(fitting[0]), bool(by_name)
    if not fitting:
        raise NothingFound(
            _("nobody on record has this id, case code, telephone number or name"),
            fix=_(
                "accents, capitals, dots and blanks do not matter; part of a name is enough, part of a number is not"
            ),
        )
    people = People.of(records)
    listed = "".join(f"\n  {people.line(person, hamlet=True)}" for person in fitting[:_SHOWN])
    more = f"\n  … (+{len(fitting) - _SHOWN})" if len(fitting) > _SHOWN else ""
    count = len(fitting)
    raise UsageError(
        say(_n("{count} person fits; say which:", "{count} people fit; say which:", count, count=count)) + listed + more
    )


def cases_asked(store: Store, cases: Iterable[str]) -> tuple[str, ...]:
    """Return the ids or codes of the cases meant by what was typed after ``--case``; one code may be that of several.

    Raises
    ------
    NothingFound, UsageError
        As :func:`find_person`.
    """
    cases = tuple(cases)
    if not cases:
        return ()
    known = {one for row in store.read(tables=["cases"]).columns("cases").rows("person", "case_code") for one in row}
    return tuple(case if case in known else find_person(store, case)[0] for case in cases)


def fold_name(name: str) -> str:
    """Return a name without marks and case, so that "tran van a" finds "Trần Văn A"."""
    from tracing.spelling import fold

    return fold(name)


def _fold_code(code: str) -> tuple[str, str]:
    """Return a code's letters and its number without zeros in front ("BN 22.348" -> bn, 22348), else all of it."""
    bare = "".join(sign for sign in unaccented(code).casefold() if sign.isalnum())
    numbered = _NUMBERED.fullmatch(bare)
    return (numbered[1], numbered[2]) if numbered else (bare, "")


def _by_code(ids: Collection[str], codes: Iterable[tuple[str, str]], wanted: str) -> set[str]:
    """Return ids of people whose id or case code is ``wanted`` in another spelling; a bare number fits any letters."""
    letters, number = asked = _fold_code(wanted)
    if not letters and not number:
        return set()

    def fits(code: str) -> bool:
        folded = _fold_code(code)
        return folded == asked or (not letters and folded[1] == number)

    return {one for one in ids if fits(one)} | {person for code, person in codes if fits(code)}


def _by_phone(persons: TableColumns, wanted: str) -> set[str]:
    """Return ids of people who can be called on the number ``wanted``; empty where it is no number."""
    from tracing.spelling import phone_numbers

    if not re.fullmatch(r"[\doO+().\-/\s']{7,}", wanted):
        return set()

    def numbers(text: str) -> set[str]:
        return {re.sub(r"\D", "", one) for one in (*phone_numbers(text), *text.split(";"))}

    asked = numbers(wanted)
    return {person for person, phone in persons.rows("person", "phone") if phone is not None and numbers(phone) & asked}


def _by_name(persons: TableColumns, wanted: str) -> list[str]:
    """Return ids of people whose whole name, or else part of it, is ``wanted``, without marks and case."""
    asked = fold_name(wanted)
    if not asked:
        return []
    named = [(person, fold_name(name)) for person, name in persons.rows("person", "name") if name is not None]
    whole = [person for person, name in named if name == asked]
    return whole or [person for person, name in named if f" {asked} " in f" {name} "]


def _by_name_and_more(records: Records, wanted: str) -> list[str]:
    """Return ids of people whose name begins what is ``wanted``, and whose year of birth or home is the rest of it."""
    words, people = fold_name(wanted).split(), People.of(records)
    for many in range(len(words) - 1, 0, -1):
        rest = set(words[many:])
        named = _by_name(records.columns("persons"), " ".join(words[:many]))
        fitting = [
            person for person in named if rest <= set(re.findall(r"\w+", fold_name(people.line(person, hamlet=True))))
        ]
        if fitting:
            return fitting
    return []
