"""What most commands begin with: the store, the rule, the time asked for, the person meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.language import day, moment, say
from cli.options import Settings
from tracing.errors import InputError, NothingFound, UsageError
from tracing.times import end_of_day, local, parse_iso

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store
    from tracing.policy.library import Policy

BY_DATE: Final = ("auto", "by-date")
_SHOWN: Final = 20


def open_existing(settings: Settings, *, read_only: bool = False) -> Store:
    """Open the store that is there.

    Raises
    ------
    StoreError
        If there is none, or it cannot be opened.
    """
    from cli.use_cases.server import password_prompt
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
            f"{rule}: not a UTF-8 text",
            fix="save it as UTF-8",
            vi=f"{rule}: không phải văn bản UTF-8",
            fix_vi="lưu lại dạng UTF-8",
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
            "no case asked for has a date, so no rule can be chosen by date",
            fix="name one: --policy vn-3638",
            vi="không ca bệnh nào được hỏi có ngày, nên không chọn được quy định theo ngày",
            fix_vi="nêu tên một quy định: --policy vn-3638",
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
            f"--as-of {as_of}: not a day or an instant",
            fix="write it like 2021-07-08 or 2021-07-08T02:10",
            vi=f"--as-of {as_of}: không phải ngày hay giờ",
            fix_vi="viết như 2021-07-08 hoặc 2021-07-08T02:10",
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


def shown_time(as_of: int, zone: str) -> str:
    """Return the instant up to which data speak, as people read it: midnight is the end of the day before."""
    at = local(as_of, zone)
    if (at.hour, at.minute, at.second) == (0, 0, 0):
        return say("common.end_of_day", day=day(at.date() - timedelta(days=1)))
    return moment(at)


def shown_instant(at: datetime) -> str:
    """Return an instant as people read it: the last second of a day is that day, that of a minute the end it is of."""
    after = at + timedelta(seconds=1)
    return day(at.date()) if at.date() != after.date() else moment(after if at.second == 59 else at)


def policy_line(policy: Policy, *, as_of: str) -> str:
    """Return the line that says by which rule and up to when, and what of the rule is not verified."""
    open_points = [name for name, _ in policy.unverified()]
    window = any(name.startswith("window.asymptomatic") for name in open_points)
    key = "none" if not open_points else "window" if window else "some"
    since = day(policy.valid_from) if policy.valid_from else say("common.rule.no_date")
    return say(f"common.rule.{key}", id=policy.id, since=since, count=len(open_points), as_of=as_of)


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
            "nobody on record has this id, case code or name",
            fix="ids and case codes are written exactly as in the lists; accents in names do not matter",
            vi="không có ai trong hồ sơ mang mã, mã ca hoặc tên này",
            fix_vi="mã phải viết đúng như trong danh sách; tên có thể viết không dấu",
        )
    from cli.use_cases.people import People

    people = People.of(records)
    listed = "".join(f"\n  {people.line(person)}" for person in found[:_SHOWN])
    more = f"\n  … (+{len(found) - _SHOWN})" if len(found) > _SHOWN else ""
    raise UsageError(say("common.several", count=len(found)) + listed + more)


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
