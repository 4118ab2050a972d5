"""People of an invented province a second time, as other lists write them; and those who only look alike.

The dirt is that of real lists: names without accents, in capitals, shortened or with a nickname, numbers in every
spelling or missing, years of birth that are a year off, the hamlet or nothing instead of the house. Beside them live
twins, brothers and sisters under one number, namesakes in one hamlet, and companies that give one number for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from tracing.model.records import Records
from tracing.text import unaccented

_Rng = np.random.Generator
_COMPANY: Final = 30
_ACCENT_TWINS: Final = (("Hùng", "Hưng"), ("Lan", "Lân"), ("Thu", "Thư"), ("Tuấn", "Tuân"))
_GIVEN: Final = ("Khoa", "Khôi", "Nhi", "Nhiên", "Phát", "Phúc", "Thảo", "Thủy", "Vy", "Yến")


@dataclass(frozen=True)
class Doubled:
    """Records in which people stand twice. ``truth``: person on record to the person that it truly is."""

    records: Records
    truth: dict[str, str]


def add_duplicates(records: Records, *, seed: int, share: float = 0.10) -> Doubled:
    """Return ``records`` with people who stand twice or look alike.

    Parameters
    ----------
    records
        Records of an invented province.
    seed
        Any integer from 0.
    share
        People who stand on record a second time, as a share of all.
    """
    rng = np.random.default_rng([seed, 31])
    people = records.persons.astype(object)
    rows: list[dict[str, Any]] = people.where(people.notna(), None).to_dict("records")
    _give_family_numbers(rows)
    rows += _twins(rng, rows)
    _name_alike(rng, rows)
    _give_one_number(rng, rows)
    for row in rows:
        row["source_file"] = "register.csv"
    truth = {row["person"]: row["person"] for row in rows}
    picked = rng.choice(len(rows), round(share * len(rows)), replace=False)
    for number, at in enumerate(sorted(picked.tolist()), 1):
        again = {**rows[at], "person": f"D-{number:06d}", "source_file": f"list-{number % 40:02d}.csv"}
        for spoil in (_spoil_name, _spoil_phone, _spoil_birth, _spoil_paper, _spoil_home):
            spoil(rng, again)
        truth[again["person"]] = rows[at]["person"]
        rows.append(again)
    tables = {**records.tables, "persons": pd.DataFrame(rows, columns=records.persons.columns)}
    return Doubled(Records.build(tables, zone=records.zone), truth)


def _pick(rng: _Rng, choices: Sequence[tuple[float, str]]) -> str:
    return choices[int(rng.choice(len(choices), p=[share for share, _ in choices]))][1]


def _give_family_numbers(rows: list[dict[str, Any]]) -> None:
    """Children give the number of somebody at home."""
    first: dict[str, str] = {}
    for row in rows:
        if row["phone"] is not None:
            first.setdefault(row["household"], row["phone"])
    for row in rows:
        if row["phone"] is None:
            row["phone"] = first.get(row["household"])


def _twins(rng: _Rng, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return twins of children: another given name, which one pair in ten has in accents only."""
    children = [at for at, row in enumerate(rows) if row["national_id"] is None]
    picked = rng.permutation(children)[: len(children) // 50].tolist()
    out = []
    for number, at in enumerate(sorted(picked), 1):
        row = rows[at]
        *before, given = str(row["name"]).split()
        other = _GIVEN[int(rng.integers(len(_GIVEN)))]
        if rng.random() < 0.1:
            given, other = _ACCENT_TWINS[int(rng.integers(len(_ACCENT_TWINS)))]
            row["name"] = " ".join([*before, given])
        if other != given:
            out.append({**row, "person": f"T-{number:06d}", "name": " ".join([*before, other])})
    return out


def _name_alike(rng: _Rng, rows: Sequence[dict[str, Any]]) -> None:
    """Give neighbours one name, one pair in ten the same year of birth, too."""
    for at in rng.choice(len(rows) - 20, len(rows) // 200, replace=False).tolist():
        one, other = rows[at], rows[at + int(rng.integers(8, 20))]
        if one["sex"] == other["sex"]:
            other["name"] = one["name"]
            if rng.random() < 0.1:
                other["birth_year"], other["birth_date"] = one["birth_year"], None


def _give_one_number(rng: _Rng, rows: Sequence[dict[str, Any]]) -> None:
    """Let companies and officers give one number for all: three people in a hundred."""
    for number in range(len(rows) * 3 // 100 // _COMPANY):
        for at in rng.choice(len(rows), _COMPANY, replace=False).tolist():
            rows[at]["phone"] = f"05{number:08d}"


def _spoil_name(rng: _Rng, row: dict[str, Any]) -> None:
    name = str(row["name"])
    *before, given = name.split()
    ways: dict[str, Callable[[], str]] = {
        "same": lambda: name,
        "plain": lambda: unaccented(name),
        "capitals": name.upper,
        "plain capitals": lambda: unaccented(name).upper(),
        "initials": lambda: " ".join([*(f"{word[0]}." for word in before), given]),
        "nickname": lambda: f"{name} (Út {given})",
        "order": lambda: " ".join([given, *before]),
        "short": lambda: " ".join([*before[1:], given]),
        "slip": lambda: _slip(rng, name),
    }
    shares = (0.40, 0.14, 0.14, 0.14, 0.03, 0.05, 0.02, 0.03, 0.05)
    row["name"] = ways[_pick(rng, list(zip(shares, ways, strict=True)))]()


def _slip(rng: _Rng, text: str) -> str:
    """Leave a sign out, or exchange two neighbours."""
    at = int(rng.integers(1, len(text) - 1))
    return text[:at] + text[at + 1 :] if rng.random() < 0.5 else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _spoil_phone(rng: _Rng, row: dict[str, Any]) -> None:
    phone = row["phone"]
    way = _pick(
        rng, [(0.45, "same"), (0.35, "spelling"), (0.08, "none"), (0.08, "other"), (0.02, "slip"), (0.02, "many")]
    )
    if phone is None or way == "same":
        return
    other = f"07{int(rng.integers(10**8)):08d}"
    at = int(rng.integers(3, 10))
    row["phone"] = {
        "spelling": str(rng.choice([f"{phone[:4]} {phone[4:7]} {phone[7:]}", f"{phone[:4]}.{phone[4:7]}.{phone[7:]}"])),
        "none": None,
        "other": f"{phone}; {other}" if rng.random() < 0.3 else other,
        "slip": phone[:at] + str((int(phone[at]) + 1) % 10) + phone[at + 1 :],
        "many": "0500000000",
    }[way]


def _spoil_birth(rng: _Rng, row: dict[str, Any]) -> None:
    way = _pick(rng, [(0.40, "same"), (0.38, "year"), (0.10, "1/1"), (0.07, "none"), (0.04, "near"), (0.01, "other")])
    if way == "same":
        return
    off = {"near": int(rng.choice([-1, 1])), "other": int(rng.integers(3, 20))}.get(way, 0)
    year = None if way == "none" or row["birth_year"] is None else int(row["birth_year"]) + off
    row["birth_year"], row["birth_date"] = year, f"{year}-01-01" if way == "1/1" and year is not None else None


def _spoil_paper(rng: _Rng, row: dict[str, Any]) -> None:
    paper = row["national_id"]
    way = _pick(rng, [(0.48, "same"), (0.46, "none"), (0.03, "slip"), (0.03, "old")])
    if paper is None or way == "same":
        return
    at = int(rng.integers(6, 12))
    slip = paper[:at] + str((int(paper[at]) + 1) % 10) + paper[at + 1 :]
    row["national_id"] = {"none": None, "slip": slip, "old": f"38{int(rng.integers(10**7)):07d}"}[way]


def _spoil_home(rng: _Rng, row: dict[str, Any]) -> None:
    way = _pick(rng, [(0.4, "house"), (0.25, "hamlet"), (0.2, "commune"), (0.15, "none")])
    code = str(row["area"])
    if way != "house":
        row["household"] = None
        parts = code.split("-")
        row["area"] = {"hamlet": "-".join(parts[:2]), "commune": parts[0], "none": None}[way]
        row["address"] = row["address"] if way == "hamlet" else None
    if rng.random() < 0.4:
        row["sex"] = None
