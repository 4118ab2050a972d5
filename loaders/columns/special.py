"""Sheets whose rows are about nobody by name: results by the code of a pool, and logs of Bluezone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from loaders.columns.by_words import is_result
from loaders.files.grid import Sheet, share_of
from loaders.files.headings import PEOPLE, Reading, plain, read_headings

RESULTS: Final = "results"
BLUEZONE: Final = "bluezone"
KINDS: Final = {RESULTS: "results by code", BLUEZONE: "Bluezone log"}
_WHO: Final = frozenset({"person", "name", "first_name", "last_name", "phone", "national_id"})
_COUNTS: Final = frozenset({"somau", "soluongmau", "soluong", "slmau"})
_MOST: Final = 0.6
_LOG: Final = {
    "own": (
        "bluezoneid",
        "mabluezone",
        "idbluezone",
        "deviceid",
        "blid",
        "ownid",
        "myid",
        "idcuaminh",
        "idcuatoi",
        "idmay",
        "ownblid",
        "mybluezone",
        "mybluezoneid",
        "bluezonecuatoi",
        "maycuatoi",
        "mamaychu",
    ),
    "other": (
        "contactbluezoneid",
        "bluezoneidcontact",
        "blidcontact",
        "contactid",
        "contactblid",
        "idtiepxuc",
        "idlienhe",
        "blid2",
        "contactbluezone",
        "otherbluezoneid",
        "bluezonegap",
        "bluezonetiepxuc",
        "mamaygap",
    ),
    "rssi": ("rssi", "rssidbm", "tinhieu", "cuongdotinhieu"),
    "time": (
        "timestamp",
        "time",
        "thoigian",
        "thoidiem",
        "epoch",
        "epochms",
        "timestampms",
        "timems",
        "scantime",
        "timeepochms",
        "timeepoch",
        "thoigianms",
    ),
}
_VALUES: Final = (
    ("own", r"[0-9A-Fa-f]{6,64}"),
    ("other", r"[0-9A-Fa-f]{6,64}"),
    ("rssi", r"-\d{1,3}"),
    ("time", r"\d{10,13}"),
)


def read_special(sheet: Sheet, said: Mapping[str, str], forced: str | None) -> Reading | None:
    """Return the reading of a sheet of one of these kinds, None of any other."""
    if forced in (None, BLUEZONE):
        log = _log(sheet)
        if log is not None:
            return log
    if forced not in (None, RESULTS):
        return None
    reading = _with_results(read_headings(sheet.headings, PEOPLE, said), sheet)
    columns = set(reading.columns)
    if "test_result" in columns and columns & {"pool", "test_code"} and not columns & _WHO:
        return replace(_without_counts(reading, sheet), layout=RESULTS)
    return None


def _with_results(reading: Reading, sheet: Sheet) -> Reading:
    """Read the one column beside codes of samples whose values are results as these: ``Ống số | SARS-CoV-2``."""
    columns = set(reading.columns)
    if "test_result" in columns or not columns & {"pool", "test_code"} or columns & _WHO:
        return reading
    told = [at for at in reading.unused if share_of(sheet, at, is_result) >= _MOST]
    return reading.with_values(told[0], "test_result", 0.8) if len(told) == 1 else reading


def _without_counts(reading: Reading, sheet: Sheet) -> Reading:
    """Keep ``Số mẫu`` beside the code of a pool as how many samples it has: small numbers are no codes."""
    at = reading.columns.get("test_code")
    if at is None or "pool" not in reading.columns or plain(sheet.headings[at]) not in _COUNTS:
        return reading
    if not sheet.cells[at].str.fullmatch(r"\d{1,2}").fillna(True).all():
        return reading
    columns = {name: i for name, i in reading.columns.items() if name != "test_code"}
    ids = tuple(i for i in reading.ids if i != at)
    return replace(reading, columns=columns, ids=ids, kept=(*reading.kept, at))


def _log(sheet: Sheet) -> Reading | None:
    headings = [plain(heading) for heading in sheet.headings]
    columns = {name: headings.index(one) for name, known in _LOG.items() for one in known if one in headings}
    if not {"own", "other", "time"} <= set(columns):
        columns = _by_values(sheet)
    if not columns:
        return None
    unused = tuple(at for at in range(len(headings)) if at not in columns.values())
    return Reading(BLUEZONE, columns, (), {}, unused, ())


def _by_values(sheet: Sheet) -> dict[str, int]:
    """Four columns under no headings: own id, id of the other, signal, time."""
    if len(sheet.headings) < len(_VALUES) or not len(sheet):
        return {}
    if [h.strip("()") for h in sheet.headings[: len(_VALUES)]] != ["A", "B", "C", "D"]:
        return {}
    head = sheet.cells.iloc[:50]
    fits = all(head[at].str.fullmatch(pattern).fillna(False).all() for at, (_, pattern) in enumerate(_VALUES))
    return {name: at for at, (name, _) in enumerate(_VALUES)} if fits else {}
