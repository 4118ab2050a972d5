"""Results on a sheet of their own, by the code of a pool or sample: they go to the members that another list names.

The list of members may come before, with or after the results, or be on record from an earlier load; a result whose
samples nobody has listed yet is set aside and waits. A pool's positive result makes nobody a case.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.references import loose
from loaders.files.headings import PEOPLE, field_of
from loaders.options import Known
from loaders.questions import Choice
from loaders.rows.tables import ROW, SHEET, Staged
from loaders.rows.tests import method, results, thresholds
from tracing.patterns import regex
from tracing.text import catalogue
from tracing.times import DAY, format_iso

_, _n = catalogue("loaders")

#: What a result adds to the test of a member.
_FILLED: Final = ("result", "resulted", "resulted_to", "method", "ct")
#: Another sample of the same person is a test of its own.
_AGAIN: Final = {"test": None, "pool": None, "result": None, "method": None}
#: A result comes at most so many days after the sample.
_LATEST: Final = 21 * DAY

#: What stands between the codes of a cell that tells several, and between the first and the last of a row of them.
_AND: Final = regex(r"(?i)[,;&+\n]|\s(?:và|va|and)\s")
_TO: Final = regex(r"(?i)\s*(?:[-–~→]|->|\s(?:đến|den|to)\s)\s*")
_NUMBERED: Final = regex(r"(\D*)(\d{1,6})")
#: More samples than this no cell stands for.
_MOST: Final = 50


@dataclass(frozen=True)
class _Sample:
    """A test that a result may belong to: staged in this load (``frame``, ``at``), or on record (``frame`` None)."""

    person: str
    sample: int
    sample_to: int
    file: str
    result: str | None
    row: Mapping[Any, Any]
    frame: pd.DataFrame | None = None
    at: Any = None

    @property
    def key(self) -> tuple[int, Any]:
        """Which test it is."""
        if self.frame is not None:
            return id(self.frame), self.at
        return 0, self.row["test"] or (self.person, self.sample)


def place_results(sheets: Sequence[tuple[int, Columns]], staged: Staged, known: Known | None) -> None:
    """Write the results of these sheets into the staged tests, and into tests on record that wait for them."""
    if not sheets:
        return
    samples = _samples(staged, known)
    placed: list[tuple[Columns, int, int, dict[str, Any], list[_Sample]]] = []
    said: dict[tuple[int, Any], set[str]] = defaultdict(set)
    for number, columns in sheets:
        day = _own_day(columns)
        told = ((row, code, values) for row, text, values in _results(columns) for code in _codes(text, samples))
        for row, code, values in told:
            found = _taken_again(samples.get(code, []), day)
            found = _of_one_day(columns, row, code, values, samples.get(code, [])) if found is None else found
            if found is not None:
                placed.append((columns, number, row, values, found))
                for sample in found:
                    said[sample.key] |= {values["result"]} | ({sample.result} if sample.result else set())
    for columns, number, row, values, found in placed:
        if any(len(said[sample.key] - {"pending"}) > 1 for sample in found):
            columns.fail("result.differs", [row], columns.at("test_result"))
        else:
            _write(columns, number, row, values, found, staged)


def _samples(staged: Staged, known: Known | None) -> dict[str, list[_Sample]]:
    """Return code -> the tests that have it, of this load and on record."""
    found: dict[str, list[_Sample]] = defaultdict(list)
    for frame in staged.tables.get("tests", []):
        for at, row in zip(frame.index, frame.to_dict("records"), strict=True):
            _add(found, row, frame, at)
    read = getattr(known, "read", None)
    if read is not None:
        for row in read(tables=["tests"]).tests.to_dict("records"):
            _add(found, row, None, None)
    return found


def _add(found: dict[str, list[_Sample]], row: Mapping[Any, Any], frame: pd.DataFrame | None, at: Any) -> None:
    codes = {loose(row["pool"])} if isinstance(row["pool"], str) else set()
    if isinstance(row["attributes"], str):
        codes |= {
            loose(value)
            for key, value in json.loads(row["attributes"]).items()
            if isinstance(value, str) and (field_of(key, PEOPLE) or ("", 0))[0] == "test_code"
        }
    if pd.isna(row["person"]) or pd.isna(row["sample"]):
        return
    file = "" if pd.isna(row["source_file"]) else str(row["source_file"])
    result = None if pd.isna(row["result"]) else str(row["result"])
    for code in codes:
        found[code].append(
            _Sample(str(row["person"]), int(row["sample"]), int(row["sample_to"]), file, result, row, frame, at)
        )


def _results(columns: Columns) -> Iterable[tuple[int, str, dict[str, Any]]]:
    """Yield row, code and values of each row that has a result; without one a row says nothing yet."""
    codes = columns.ids("pool").fillna(columns.ids("test_code"))
    table = pd.DataFrame(
        {
            "result": results(columns),
            **span(columns.time("resulted"), "resulted"),
            "method": method(columns),
            "ct": thresholds(columns),
        }
    )
    given = table["result"].notna()
    columns.fail("required.missing", np.flatnonzero((codes.isna() & given).to_numpy(dtype=bool)), _code_at(columns))
    for row in np.flatnonzero((codes.notna() & given).to_numpy(dtype=bool) & ~columns.bad).tolist():
        yield row, str(codes.iloc[row]), {str(k): v for k, v in table.iloc[row].to_dict().items()}


def _codes(text: str, samples: Collection[str]) -> list[str]:
    """Return the codes that a cell tells: one, or several that are all known, ``M06-M09``, ``M06, M08``."""
    whole = loose(text)
    if whole in samples:
        return [whole]
    listed = [loose(part) for part in _AND.split(text)]
    ends = [loose(part) for part in _TO.split(text)]
    first, last = (_NUMBERED.fullmatch(end) for end in (ends[0], ends[-1]))
    if len(ends) == 2 and first and last and (not last[1] or first[1] == last[1]):
        numbers = range(int(first[2]), int(last[2]) + 1)
        listed = [f"{first[1]}{number}" for number in numbers] if 1 < len(numbers) <= _MOST else listed
    return listed if len(listed) > 1 and all(code in samples for code in listed) else [whole]


def _own_day(columns: Columns) -> Times | None:
    """Return the one day on which all samples of a sheet of single samples were taken, as its title says."""
    days = {fact.value for fact in columns.sheet.facts if fact.name == "sample_day" and fact.source == "title"}
    if columns.has("pool") or len(days) != 1:
        return None
    texts = pd.Series(pd.array([days.pop()] * len(columns.sheet), dtype="string"))
    times = columns.time("sample", texts=texts)
    return times if times.known.any() else None


def _taken_again(samples: Sequence[_Sample], day: Times | None) -> list[_Sample] | None:
    """Return samples of those whose code it is, taken on another day than the list of codes says; None of the same.

    Who was in a positive pool is sampled again under the same code.
    """
    if day is None or not samples:
        return None
    start, end = int(day.start[0]), int(day.end[0])
    if any(sample.sample < end and start < sample.sample_to for sample in samples):
        return None
    people = {sample.person: sample for sample in samples}
    return [
        replace(
            one, sample=start, sample_to=end, frame=None, row={**one.row, **_AGAIN, "sample": start, "sample_to": end}
        )
        for one in (people.values() if len(people) == 1 else ())
    ] or None


def _code_at(columns: Columns) -> int | None:
    return columns.at("pool") if columns.has("pool") else columns.at("test_code")


def _of_one_day(
    columns: Columns, row: int, code: str, values: Mapping[str, Any], samples: Sequence[_Sample]
) -> list[_Sample] | None:
    """Return the samples of one session that a result belongs to: codes begin anew every day and in every commune."""
    resulted = values["resulted_to"]
    if not pd.isna(resulted):
        samples = [s for s in samples if s.sample < int(resulted) <= s.sample_to + _LATEST]
    if not samples:
        columns.fail("result.no_sample", [row], _code_at(columns))
        return None
    groups: dict[tuple[int, str], list[_Sample]] = defaultdict(list)
    for sample in samples:
        groups[sample.sample // DAY, sample.file].append(sample)
    own = {key: group for key, group in groups.items() if key[1] == columns.sheet.file} or groups
    different = {frozenset(s.person for s in group): key for key, group in sorted(own.items())}
    if len(different) == 1:
        return next(iter(own.values())) if len(own) == 1 else [s for group in own.values() for s in group]
    zone = columns.options.zone
    names = {
        f"{format_iso(g[0].sample, g[0].sample + 1, zone)[:10]} {file}".strip(): g for (_d, file), g in own.items()
    }
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Samples of several lists have this code: to which of them does the result belong?"),
        row=row,
        column=_code_at(columns),
        said=code,
        choices=[
            Choice(name, _("sampled {name}", name=name), _n("{n} person", "{n} people", len(g), n=len(g)))
            for name, g in sorted(names.items())
        ],
    )
    if answer not in names:
        columns.query("result.several", [row], _code_at(columns))
        return None
    return names[answer]


def _write(
    columns: Columns, number: int, row: int, values: Mapping[str, Any], samples: Sequence[_Sample], staged: Staged
) -> None:
    """Give each sample of a pool its result."""
    for sample in samples:
        if sample.frame is not None:
            for name in _FILLED:
                empty = name == "result" or bool(sample.frame[name].isna()[sample.at])
                if empty and not pd.isna(values[name]):
                    sample.frame.at[sample.at, name] = values[name]
            continue
        again = {name: sample.row[name] for name in ("person", "sample", "sample_to", "method", "pool")}
        names = ("result", "resulted", "resulted_to", "ct", *(("method",) if sample.row["test"] is None else ()))
        filled = {name: values[name] for name in names}
        source = {name: texts.iloc[row] for name, texts in columns.source().items()}
        frame = pd.DataFrame([{**again, **filled, **source, SHEET: number, ROW: row}]).convert_dtypes()
        staged.put("tests", frame)
