"""The index beside the store: all its records, everybody one person, with the arrays that a trace reads.

It says nothing that the store does not say. It is made when everything is read, names the state of the store that it
is of, and is mapped into memory where the store is in that state still; one that is missing, old or damaged is made
anew, and where none can be written, in a folder that is only read or on a full disk, everything is read from the store.
A store with a key has none, for the index is plain.
"""

from __future__ import annotations

import stat
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from graph.arrays import ArrayFile, ArrayWriter
from graph.duckdb.file import draft_of
from tracing.model.arrow import texts_to_objects
from tracing.model.columns import Column, Numbers, TableColumns, Texts
from tracing.model.numbered import ContactArrays, NumberedRecords, PersonNumbers, Spans
from tracing.model.records import Records, nothing
from tracing.model.schema import TABLES, ColumnKind, stored_columns
from tracing.results import inputs_hash, know_inputs, software_version

#: Version of what is written below; another one is made anew.
_LAYOUT: Final = 1
#: Contacts and visits from which on an index pays: fewer are read in a moment.
_PAYS_FROM: Final = 50_000
_TEXT: Final = pa.large_string()
_ARRAYS: Final = ("a", "b", "indptr", "neighbour", "contact")
#: Texts that occur so often that their numbers are put in the order of occurrence when they are written.
_FEW: Final = 10_000


def index_path(store: Path) -> Path:
    """Return where the index of a store is kept."""
    return store.with_name(f"{store.name}.index")


def remove_index(store: Path) -> None:
    """Remove the index of a store, where there is one."""
    index_path(store).unlink(missing_ok=True)


def pays(records: Records) -> bool:
    """Tell whether there is so much on record that an index pays."""
    return records.size("contacts") + records.size("visits") >= _PAYS_FROM


def read_index(store: Path, state: str) -> NumberedRecords | None:
    """Return all records of a store in a ``state``, mapped into memory; None where no index holds them."""
    file = ArrayFile.open(index_path(store), lambda about: about.get("of") == _of(state))
    return None if file is None else _Reader(file).read()


def write_index(store: Path, state: str, numbered: NumberedRecords) -> None:
    """Keep all records of a store in a ``state`` beside it, readable by those who may read the store."""
    writer = _Writer()
    about = writer.put(numbered) | {"of": _of(state)}
    draft = draft_of(store)
    writer.arrays.write(index_path(store), draft.with_name(f"{draft.name}.index"), about, _mode(store))


def _of(state: str) -> list[object]:
    return [_LAYOUT, software_version(), {name: [*stored_columns(table)] for name, table in TABLES.items()}, state]


def _mode(store: Path) -> int:
    return stat.S_IMODE(store.stat().st_mode)


class _Writer:
    def __init__(self) -> None:
        self.arrays = ArrayWriter()
        self._texts: list[tuple[pa.Array, list[object]]] = []

    def put(self, numbered: NumberedRecords) -> dict[str, Any]:
        """Take records with their arrays; return what tells where they stand."""
        columns, records = numbered.columns, numbered.records
        sides = {"person_a": columns.a, "person_b": columns.b}
        people = {side: Texts(columns.numbers.ids, codes) for side, codes in sides.items()}
        given = {name: records.columns(name).put(**(people if name == "contacts" else {})) for name in TABLES}
        tables = {
            name: [len(table), {c: self._column(values) for c, values in table.items()}]
            for name, table in given.items()
        }
        return {
            "zone": records.zone,
            "inputs": inputs_hash(numbered),
            "people": self._plain(columns.numbers.ids),
            "arrays": {name: self.arrays.put(getattr(columns, name)) for name in _ARRAYS},
            "spans": {f.name: self.arrays.put(getattr(columns.spans, f.name)) for f in fields(Spans)},
            "tables": tables,
        }

    def _column(self, values: Column) -> dict[str, Any]:
        if values.missing.all():
            return {}
        if isinstance(values, Texts):
            return self._coded(values) if values.is_coded else {"plain": self._plain(values.arrow)}
        told: dict[str, Any] = {"values": self.arrays.put(values.values)}
        return told | {"missing": self.arrays.put(values.missing)} if values.missing.any() else told

    def _coded(self, values: Texts) -> dict[str, Any]:
        codes, texts = values.held()
        if settled := len(texts) < _FEW:
            codes, texts = values.encoded()
        if len(texts) == 1 and not values.missing.any():
            return {"constant": texts[0].as_py()}
        return {"codes": self.arrays.put(codes), "settled": settled, "texts": self._plain(texts)}

    def _plain(self, texts: pa.Array) -> list[Any]:
        known = next((place for one, place in self._texts if one is texts), None)
        if known is not None:
            return known
        whole = pa.concat_arrays([texts, pa.array([], _TEXT)]) if texts.offset else texts
        given, offsets, letters = whole.buffers()
        place: list[Any] = [len(whole), *(self.arrays.put(_bytes(part)) for part in (offsets, letters))]
        if whole.null_count:
            place.append(self.arrays.put(_bytes(given)))
        self._texts.append((texts, place))
        return place


def _bytes(part: pa.Buffer | None) -> Any:
    return np.frombuffer(b"" if part is None else part, dtype=np.uint8)


class _Reader:
    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._texts: dict[str, pa.Array] = {}

    def read(self) -> NumberedRecords:
        about, get = self._file.about, self._file.get
        found = NumberedRecords()
        found.records = Records.of({n: self._table(n, *told) for n, told in about["tables"].items()}, about["zone"])
        ids = self._plain(about["people"])
        people = texts_to_objects(ids)
        found.columns = ContactArrays(
            people=people,
            numbers=PersonNumbers(people, ids),
            spans=Spans(**{name: get(place) for name, place in about["spans"].items()}),
            **{name: get(place) for name, place in about["arrays"].items()},
        )
        found.focus = None
        know_inputs(found, about["inputs"])
        return found

    def _table(self, name: str, size: int, told: dict[str, dict[str, Any]]) -> TableColumns:
        kinds = stored_columns(TABLES[name])
        return TableColumns({c: self._column(kind, size, told[c]) for c, kind in kinds.items()}, size)

    def _column(self, kind: ColumnKind, size: int, told: dict[str, Any]) -> Column:
        get = self._file.get
        if not told:
            return nothing(kind, size)
        if "constant" in told:
            return Texts.constant(told["constant"], size)
        if "codes" in told:
            return Texts(self._plain(told["texts"]), get(told["codes"]), settled=told["settled"])
        if "plain" in told:
            return Texts(self._plain(told["plain"]))
        missing = get(told["missing"]) if "missing" in told else np.zeros(size, dtype=bool)
        return Numbers(get(told["values"]), missing)

    def _plain(self, place: list[Any]) -> pa.Array:
        size, *parts = place
        key = str(place)
        if key not in self._texts:
            offsets, letters, *given = (pa.py_buffer(self._file.get(part)) for part in parts)
            buffers = [given[0] if given else None, offsets, letters]
            self._texts[key] = pa.Array.from_buffers(_TEXT, size, buffers)
        return self._texts[key]
