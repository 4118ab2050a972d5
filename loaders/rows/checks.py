"""Staged rows to Records: duplicates and conflicts, people, places and areas that nobody listed, doubtful dates.

Every decision is made on sets, never on the order of files or rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.files.headings import PEOPLE
from loaders.rows.agree import agree_on_cases, agree_on_people
from loaders.rows.areas import add_official, name_areas, name_codes
from loaders.rows.attributes import attributes_by_key
from loaders.rows.staging import Staging
from loaders.rows.tables import MENTIONED_PLACES, NAMED_AREAS, ROW, SHEET, shown
from loaders.rows.told import ToldByLists, told_by_lists
from tracing.model.coded import constant_texts, encoded
from tracing.model.normal import empty_table, merge_table, normalise_table
from tracing.model.records import Records
from tracing.model.rows import arrow_texts, first_of_each, like_neighbour, row_groups
from tracing.model.schema import SOURCE_COLUMNS, TABLES
from tracing.nearest import nearest_id
from tracing.text import catalogue

_, _n = catalogue("loaders")

_PEOPLE_REFERENCES: Final = tuple(
    (table.name, column.name)
    for table in TABLES.values()
    for column in table
    if column.refers_to == "persons" and table.name != "cases"
)
_SOURCE: Final = list(SOURCE_COLUMNS)
_FEW: Final = 20


@dataclass
class Finish(Staging):
    """The last step of a load: staged rows, the sheets they came from, and what is already on record.

    ``told`` is, after :meth:`records`, what lists tell of those of whom several do.
    """

    told: ToldByLists = field(default_factory=ToldByLists)
    _kept: Records | None = None

    def records(self) -> Records:
        """Return the Records of all rows that are in order; the others are marked in their sheet's ``bad``."""
        self.people = self.among_record("persons", list(self._mentioned()))
        self._collect_lost()
        dirty = {name for name in TABLES if self.staged.tables.get(name)}
        while dirty:
            changed: set[tuple[int, int]] = set()
            for name in [n for n in TABLES if n in dirty]:
                changed |= self._merge(name)
            if not changed:
                changed = self._check_people()
            dirty = self._tables_of(changed)
        people = self.rows("persons")
        if people is not None and len(people):
            self.told = told_by_lists(people, self.rows(NAMED_AREAS), self._kept)
        self._create_people()
        name_areas(self)
        self._create_places()
        self._create_areas()
        for name in list(self.frames):
            self.frames[name] = self.frames[name].drop(columns=[SHEET, ROW], errors="ignore")
        self._warn()
        return Records(self.frames, self.options.zone)

    def _mentioned(self) -> Iterator[pd.Series]:
        """Yield the columns of everybody whom any row names."""
        for table, column in (("persons", "person"), ("cases", "person"), *_PEOPLE_REFERENCES):
            yield from (frame[column] for frame in self.staged.tables.get(table, []) if column in frame)

    def _stored(self, people: set[str]) -> pd.DataFrame | None:
        """Return what is on record of these people, where the record can be read."""
        read = getattr(self.known, "read", None)
        if read is None or not people & self.people:
            self.housed = self.people  # as far as is known
            return None
        records: Records = read(tables=["persons", "areas"])
        persons: pd.DataFrame = records.persons[records.persons["person"].isin(people)]
        self.housed = set(persons.loc[persons["area"].notna(), "person"])
        self._kept = Records({**records.tables, "persons": persons}, records.zone)
        return persons

    def _collect_lost(self) -> None:
        """Remember who is only in rows that were set aside."""
        for name in ("persons", "cases"):
            frame, kept = self.staged.table(name), self.rows(name)
            if frame is not None:
                left = set() if kept is None else distinct_ids(kept["person"])
                self.lost |= distinct_ids(frame["person"]) - left

    def _tables_of(self, changed: set[tuple[int, int]]) -> set[str]:
        sheets = {sheet for sheet, _ in changed}
        return {
            name
            for name, frames in self.staged.tables.items()
            if any(len(frame) and frame[SHEET].iloc[0] in sheets for frame in frames)
        }

    # ---- the same thing twice

    def _merge(self, name: str) -> set[tuple[int, int]]:
        """Make one row per key; rows that contradict the first are set aside. Return those."""
        rows = self.rows(name)
        if rows is None or rows.empty:
            self.frames.pop(name, None)
            return set()
        if name == "persons":
            rows = agree_on_people(rows, self.sheets, self._stored(distinct_ids(rows["person"])))
        elif name == "cases":
            rows = agree_on_cases(rows, self.sheets, self.options.zone)
        frame = normalise_table(name, rows.drop(columns=[SHEET, ROW]))
        key = TABLES[name].key
        again = like_neighbour(frame[key])
        if not again.any():
            self.frames[name] = frame
            return set()
        bare = frame.assign(attributes=frame["attributes"].where(~again))
        merge = merge_table(name, empty_table(name), bare)
        conflicts = self._report_conflicts(name, rows, merge.conflicts)
        put = merge.put
        keys, texts = attributes_by_key(frame.loc[again, key], frame.loc[again, "attributes"])
        at = np.asarray(pc.index_in(arrow_texts(put[key]), keys).fill_null(-1))
        put["attributes"] = put["attributes"].fillna(pd.Series(texts.array.take(at, allow_fill=True)))
        self.frames[name] = put
        return conflicts

    def _report_conflicts(self, name: str, rows: pd.DataFrame, conflicts: pd.DataFrame) -> set[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        if conflicts.empty:
            return found
        said = conflicts.groupby([*_SOURCE, "key"], dropna=False)["column"].agg(sorted).reset_index()
        said = said.astype({"source_file": "string", "source_sheet": "string", "source_row": "Int64"})
        places = rows[[*_SOURCE, SHEET, ROW]].drop_duplicates().merge(said, on=_SOURCE, how="inner")
        for place in places.itertuples(index=False):
            sheet, row = int(place[3]), int(place[4])
            found.add((sheet, row))
            columns = [str(c).removesuffix("_to") for c in place[6]]
            key = shown(place[5]) if name != "persons" or not str(place[5]).startswith("P-") else "…"
            self._fail(sheet, "row.conflict", [row], table=name, key=key, columns=", ".join(dict.fromkeys(columns)))
        return found

    def _fail(self, sheet: int, code: str, rows: Iterable[int], column: int | None = None, **words: Any) -> None:
        self.sheets[sheet].fail(code, rows, column, **words)

    # ---- people

    def _declared(self) -> set[str]:
        declared = set(self.people)
        for name in ("persons", "cases"):
            if name in self.frames:
                declared |= distinct_ids(self.frames[name]["person"])
        return declared

    def _check_people(self) -> set[tuple[int, int]]:
        """Set aside rows that mention somebody unknown, unless people are created. Return those rows."""
        changed: set[tuple[int, int]] = set()
        if self.creates:
            return changed
        declared = self._declared()
        anybody: set[str] = set()
        listed = pa.array(sorted(declared), type=pa.large_string())
        for table, column in _PEOPLE_REFERENCES:
            if (table, column) == ("links", "source") and self.options.create_people is not False:
                continue
            rows = self.rows(table)
            if rows is None or column not in rows:
                continue
            unknown = rows[absent(rows[column], listed)]
            if len(unknown) and not anybody:
                anybody = declared | self.lost | self.on_record("persons")
            for sheet, row, ident in zip(unknown[SHEET], unknown[ROW], unknown[column], strict=True):
                self._report_unknown(int(sheet), int(row), table, column, str(ident), anybody)
                changed.add((int(sheet), int(row)))
        return changed

    def _report_unknown(self, sheet: int, row: int, table: str, column: str, ident: str, anybody: set[str]) -> None:
        columns = self.sheets[sheet]
        own = {"person_a": "index"}.get(column, column) if columns.found.layout == PEOPLE else column
        at = columns.at(own)
        if ident in self.lost:
            columns.query("person.set_aside", [row], at, values=[f'"{shown(ident)}"'])
            self.held.setdefault(table, set()).add((sheet, row))
            return
        near = nearest_id(ident, anybody)
        hint = "" if near is None else _(' ("{ident}" exists)', ident=shown(near))
        columns.fail("person.unknown", [row], at, values=[f'"{shown(ident)}"'], near=hint)

    def _create_people(self) -> None:
        """Put people on record who have no row of their own."""
        listed = set(self.people)
        if "persons" in self.frames:
            listed |= distinct_ids(self.frames["persons"]["person"])
        known = pa.array(sorted(listed), type=pa.large_string())
        parts = []
        for table, column in (("cases", "person"), *_PEOPLE_REFERENCES):
            if table in self.frames:
                part = self.frames[table][[column, *_SOURCE]].set_axis(["person", *_SOURCE], axis=1)
                part = part[absent(part["person"], known)]
                if len(part):
                    parts.append(part.assign(_table=constant_texts(table, len(part)).array))
        if not parts:
            return
        new = first_of_each(pd.concat(parts, ignore_index=True), "person", _SOURCE)
        named = ["_table", "source_file", "source_sheet"]
        group, first = row_groups([new[name] for name in named], len(new))
        rows = new[named].iloc[first].itertuples(index=False)
        for (table, file, sheet), count in zip(rows, np.bincount(group).tolist(), strict=True):
            if table != "cases":
                code = "link.source_created" if table == "links" and not self.creates else "person.created"
                self.log.add(code, file=str(file), sheet=_text(sheet), count=count)
        self.append("persons", new[["person", *_SOURCE]])

    # ---- places and areas

    def _create_places(self) -> None:
        self._create_mentioned()
        self._create(
            "place.unknown",
            "places",
            "place",
            (("contacts", "place"), ("visits", "place"), ("isolations", "place"), ("arrivals", "vehicle")),
        )

    def _create_mentioned(self) -> None:
        """Put places on record that lists only mention; what describes a place is never contradicted by a mention."""
        rows = self.rows(MENTIONED_PLACES)
        if rows is None or rows.empty:
            return
        listed = self.among_record("places", [rows["place"]])
        listed |= distinct_ids(self.frames["places"]["place"]) if "places" in self.frames else set()
        new = rows[absent(rows["place"], pa.array(sorted(listed), type=pa.large_string()))]
        if len(new):
            told = ["kind", *(name for name in ("lat", "lon") if name in new)]
            self.append("places", first_of_each(new, "place", [*told, *_SOURCE])[["place", *told, *_SOURCE]])

    def _create_areas(self) -> None:
        add_official(self)
        self._create(
            "area.unknown",
            "areas",
            "area",
            (("persons", "area"), ("places", "area"), ("areas", "parent")),
        )
        name_codes(self)

    def _create(self, code: str, table: str, key: str, references: Sequence[tuple[str, str]]) -> None:
        named = [self.frames[name][column] for name, column in references if name in self.frames]
        listed = self.among_record(table, named) | (
            distinct_ids(self.frames[table][key]) if table in self.frames else set()
        )
        listed_ids = pa.array(sorted(listed), type=pa.large_string())
        parts = []
        for name, column in references:
            frame = self.frames.get(name)
            if frame is not None:
                part = frame[[column, *_SOURCE]].set_axis([key, *_SOURCE], axis=1)
                parts.append(part[absent(part[key], listed_ids)])
        new = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
        if new.empty:
            return
        new = first_of_each(new, key, _SOURCE)
        for number, (ident, file, sheet, row) in enumerate(new.itertuples(index=False)):
            if number == _FEW:
                self.log.add(f"{code}_more", file=str(file), count=len(new) - _FEW)
                break
            self.log.add(
                code, file=str(file), sheet=None if pd.isna(sheet) else str(sheet), row=int(row), value=shown(ident)
            )
        self.append(table, new)

    # ---- doubts

    def _warn(self) -> None:
        cases, tests = self.frames.get("cases"), self.frames.get("tests")
        if cases is not None:
            self._warn_rows(
                "case.onset_after_sample",
                cases,
                cases["onset"] >= cases["sample_to"].where(cases["sample_to"] > cases["sample"], cases["sample"] + 1),
            )
            self._warn_rows("case.outcome_before_onset", cases, cases["outcome_date_to"] <= cases["onset"])
        if tests is not None:
            self._warn_rows(
                "test.resulted_before_sample",
                tests,
                (tests["resulted_to"] <= tests["sample"]) & (tests["resulted"] < tests["sample"]),
            )
            pooled = tests[tests["pool"].notna()]
            sizes = pooled.groupby("pool")["person"].nunique()
            positive = pooled[(pooled["result"] == "positive").fillna(False)]
            for _, row in positive.drop_duplicates("pool").iterrows():
                self.log.add(
                    "test.pool_positive",
                    file=str(row["source_file"]),
                    sheet=_text(row["source_sheet"]),
                    row=int(row["source_row"]),
                    value=row["pool"],
                    count=int(sizes[row["pool"]]),
                )

    def _warn_rows(self, code: str, frame: pd.DataFrame, wrong: pd.Series) -> None:
        for file, sheet, row in frame.loc[wrong.fillna(False).astype(bool), _SOURCE].itertuples(index=False):
            self.log.add(code, file=str(file), sheet=_text(sheet), row=int(row))


def distinct_ids(ids: pd.Series) -> set[str]:
    """Return the ids that a column gives."""
    return set(encoded(ids)[1].to_pylist())


def absent(ids: pd.Series, listed: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which ids are given but not among ``listed``."""
    codes, distinct = encoded(ids)
    missing = ~np.asarray(pc.is_in(distinct, value_set=listed), dtype=bool)
    return np.asarray(np.append(missing, False)[codes], dtype=bool)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
