"""Tables as columns of numbers and of texts: what the science and the stores work on.

pandas, which takes longer to load than one person's question to answer, sees a table as a frame when somebody asks for
one. Columns are never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import MANY, TEXT, nulls_of, texts_to_arrow, to_arrow, to_numpy, words_to_arrow

if TYPE_CHECKING:
    import pandas as pd

Codes: TypeAlias = npt.NDArray[np.int32]
Bools: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.integer[Any]]
#: So many words are kept as Arrow has them.
_FEW: Final = 8


class Texts:
    """A column of texts: as they stand, or as positions ``codes`` (-1: missing) in distinct ones.

    ``settled``: the distinct ones all occur, in the order in which they do first.
    """

    def __init__(self, texts: pa.Array, codes: Places | None = None, *, settled: bool = False) -> None:
        self._texts = texts
        self._codes = None if codes is None else codes.astype(np.int32, copy=False)
        self._settled = settled

    @classmethod
    def of(cls, texts: Any) -> Texts:
        """Return texts of Arrow, of pandas, or one after the other, as they stand."""
        if isinstance(texts, Texts):
            return texts.plain()
        if not isinstance(texts, pa.Array | pa.ChunkedArray):
            few = isinstance(texts, Sequence | np.ndarray) and len(texts) <= MANY
            texts = texts_to_arrow(texts) if few else pa.array(texts, TEXT, from_pandas=True)
        column = texts.cast(TEXT)
        return cls(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)

    @classmethod
    def coded(cls, texts: pa.Array | pa.ChunkedArray) -> Texts:
        """Return texts that are mostly there many times by their positions in distinct ones."""
        settled = not pa.types.is_dictionary(texts.type)
        column = texts.dictionary_encode() if settled else texts
        if isinstance(column, pa.ChunkedArray):
            column = column.unify_dictionaries().combine_chunks()
        return cls(column.dictionary.cast(TEXT), code_numbers(column.indices), settled=settled)

    @classmethod
    def constant(cls, text: str | None, size: int) -> Texts:
        """Return ``size`` times the same text, or none; however many, their number is kept once."""
        given = [] if text is None else [text]
        return cls(texts_to_arrow(given), np.broadcast_to(np.int32(len(given) - 1), size))

    def __len__(self) -> int:
        return len(self._texts if self._codes is None else self._codes)

    def __getitem__(self, row: int) -> str | None:
        if self._codes is None:
            return self._texts[int(row)].as_py()  # type: ignore[no-any-return]  # Arrow ships no types
        code = int(self._codes[row])
        return None if code < 0 else self._texts[code].as_py()

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.tolist())

    def tolist(self) -> list[str | None]:
        """Return the texts, None where missing."""
        if self._codes is None:
            return self._texts.to_pylist()  # type: ignore[no-any-return]  # Arrow ships no types
        texts = [*self._texts.to_pylist(), None]
        return [texts[code] for code in self._codes.tolist()]

    def given(self) -> list[str]:
        """Return those that are there."""
        return [text for text in self if text is not None]

    @property
    def is_coded(self) -> bool:
        """Whether they are kept as positions in distinct ones."""
        return self._codes is not None

    @cached_property
    def arrow(self) -> pa.Array:
        """The texts as one array of Arrow."""
        if self._codes is None:
            return self._texts
        return self._texts.take(to_arrow(self._codes, self._codes < 0))

    @cached_property
    def missing(self) -> Bools:
        """Which are missing."""
        if self._codes is not None:
            return self._codes < 0
        return nulls_of(self._texts)

    def held(self) -> tuple[Codes, pa.Array]:
        """Return the position of each among distinct ones (-1 where missing), and these; some may not occur."""
        if self._codes is None:
            same = Texts.coded(self._texts)
            self._texts, self._codes, self._settled = same._texts, same._codes, same._settled
        assert self._codes is not None
        return self._codes, self._texts

    def encoded(self) -> tuple[Codes, pa.Array]:
        """Return the same with those that occur alone, in the order in which they do first."""
        codes, texts = self.held()
        if not self._settled:
            codes, kept = renumbered(codes, len(texts))
            self._codes, self._texts, self._settled = codes, texts.take(to_arrow(kept)), True
        return codes, self._texts

    def take(self, rows: Places | Bools) -> Texts:
        """Return those of some rows."""
        if self._codes is not None:
            return Texts(self._texts, self._codes[rows])
        return Texts(self._texts.take(to_arrow(np.flatnonzero(rows) if rows.dtype == bool else rows)))

    def plain(self) -> Texts:
        """Return the same texts as they stand."""
        return self if self._codes is None else Texts(self.arrow)

    def part(self, rows: slice) -> Texts:
        """Return those of rows that follow each other."""
        return Texts(self._texts[rows]) if self._codes is None else Texts(self._texts, self._codes[rows])

    def at(self, rows: Places) -> Texts:
        """Return those of rows at positions, none at -1."""
        if self._codes is not None:
            return Texts(self._texts, np.append(self._codes, np.int32(-1))[rows])
        return Texts(self._texts.take(to_arrow(rows, rows < 0)))

    def says(self, *words: str) -> Bools:
        """Tell which are one of some words; a missing one is none."""
        if not len(self) or not words:
            return np.zeros(len(self), dtype=bool)
        return self.among(words_to_arrow(*words) if len(words) <= _FEW else texts_to_arrow(words))

    def among(self, texts: pa.Array) -> Bools:
        """Tell which are among those of Arrow; a missing one is not."""
        found = to_numpy(pc.is_in(self._texts, value_set=texts.drop_null() if texts.null_count else texts))
        return found if self._codes is None else np.append(found, False)[self._codes]

    def index_in(self, texts: pa.Array) -> npt.NDArray[np.int64]:
        """Return the position of each in distinct texts, -1 where it is not among them, or missing."""
        found = pc.index_in(self._texts, value_set=texts.drop_null() if texts.null_count else texts)
        places = to_numpy(found, -1).astype(np.int64)
        return places if self._codes is None else np.append(places, -1)[self._codes]


class Numbers:
    """A column of numbers, or of yes and no; where ``missing`` says so there is none, None: nowhere."""

    def __init__(self, values: npt.NDArray[Any], missing: Bools | None = None) -> None:
        self.values = values
        self._missing = missing

    @classmethod
    def nothing(cls, dtype: Any, size: int) -> Numbers:
        """Return ``size`` times none."""
        return cls(np.zeros(size, dtype=dtype), np.ones(size, dtype=bool))

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, row: int) -> Any:
        return None if self._missing is not None and self._missing[row] else self.values[row].item()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist())

    def tolist(self) -> list[Any]:
        """Return the numbers, None where missing."""
        plain: list[Any] = self.values.tolist()
        for row in np.flatnonzero(self._missing).tolist() if self._missing is not None else ():
            plain[row] = None
        return plain

    @property
    def may_miss(self) -> bool:
        """Whether the column could lack some."""
        return self._missing is not None

    @property
    def missing(self) -> Bools:
        """Which are missing."""
        return np.zeros(len(self.values), dtype=bool) if self._missing is None else self._missing

    def filled(self, value: float, dtype: Any = None) -> npt.NDArray[Any]:
        """Return the numbers, ``value`` in place of missing ones; of type ``dtype``, where it is given."""
        values = self.values if dtype is None else self.values.astype(dtype, copy=False)
        return values if self._missing is None or not self._missing.any() else np.where(self._missing, value, values)

    def part(self, rows: slice) -> Numbers:
        """Return those of rows that follow each other."""
        return Numbers(self.values[rows], None if self._missing is None else self._missing[rows])

    def take(self, rows: Places | Bools) -> Numbers:
        """Return those of some rows."""
        return Numbers(self.values[rows], None if self._missing is None else self._missing[rows])

    def at(self, rows: Places) -> Numbers:
        """Return those of rows at positions, none at -1."""
        return Numbers(np.append(self.values, self.values.dtype.type(0))[rows], np.append(self.missing, True)[rows])


Column: TypeAlias = Texts | Numbers


def _pandas_side() -> Any:
    """Load what stands between columns and pandas."""
    return import_module("tracing.model.frames")


class TableColumns:
    """A table: columns of one length, by name."""

    def __init__(self, columns: Mapping[str, Column], size: int | None = None) -> None:
        self._columns = dict(columns)
        self._size = len(next(iter(self._columns.values()), ())) if size is None else size

    @classmethod
    def of(cls, frame: pd.DataFrame) -> TableColumns:
        """Return a frame of pandas as columns."""
        column_of = _pandas_side().column_of
        return cls({str(name): column_of(values) for name, values in frame.items()}, len(frame))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table as a frame of pandas, made when it is asked for."""
        # While a second frame stands on the same memory, pandas copies what is changed in one: columns stay.
        self._behind: pd.DataFrame = _pandas_side().frame_of(self)
        shown: pd.DataFrame = self._behind.copy(deep=False)
        return shown

    def __len__(self) -> int:
        return self._size

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def items(self) -> Iterable[tuple[str, Column]]:
        """Return the columns with their names."""
        return self._columns.items()

    def texts(self, name: str) -> Texts:
        """Return a column of texts."""
        column = self._columns[name]
        assert isinstance(column, Texts), name
        return column

    def numbers(self, name: str) -> Numbers:
        """Return a column of numbers."""
        column = self._columns[name]
        assert isinstance(column, Numbers), name
        return column

    def __getitem__(self, name: str) -> Column:
        return self._columns[name]

    def take(self, rows: Places | Bools) -> TableColumns:
        """Return some rows; those at positions, or those for which ``rows`` is true."""
        size = int(rows.sum()) if rows.dtype == bool else len(rows)
        return TableColumns({name: column.take(rows) for name, column in self._columns.items()}, size)

    def select(self, names: Sequence[str]) -> TableColumns:
        """Return some columns."""
        return TableColumns({name: self._columns[name] for name in names}, self._size)

    def put(self, **columns: Column) -> TableColumns:
        """Return the table with columns added, or in place of those of these names."""
        return TableColumns(self._columns | columns, self._size)

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows as plain values of some columns, or of all; None where one is missing."""
        return zip(*(self._columns[name].tolist() for name in names or self._columns), strict=True)

    def texts_by(self, key: str, name: str) -> dict[str, str]:
        """Return each text of a column that is there, by the id in the column ``key``."""
        return {ident: text for ident, text in self.rows(key, name) if text is not None}

    def row(self, at: int) -> dict[str, Any]:
        """Return one row as plain values, None where one is missing."""
        return {name: column[at] for name, column in self._columns.items()}


class Tables(Mapping[str, "pd.DataFrame"]):
    """Tables by name, given as columns or as frames of pandas: whichever is asked for is made of the other.

    With ``apart`` they are apart from frames that were given: these can be changed (pandas copies on write).
    """

    def __init__(self, given: Mapping[str, Any], *, apart: bool = False) -> None:
        self._columns = {name: table for name, table in _as_given(given) if isinstance(table, TableColumns)}
        self._frames = {name: table for name, table in _as_given(given) if not isinstance(table, TableColumns)}
        self._names = list(given)
        self._apart = apart
        if apart:
            self._frames = {name: frame.copy(deep=False) for name, frame in self._frames.items()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name] if name in self._frames else self._columns[name].frame

    def columns(self, name: str) -> TableColumns:
        """Return a table as columns."""
        if name in self._columns:
            return self._columns[name]
        columns = TableColumns.of(self._frames[name])
        if self._apart:
            self._columns[name] = columns
        return columns

    def size(self, name: str) -> int:
        """Return how many rows a table has."""
        return len(self._columns[name] if name in self._columns else self._frames[name])

    def given(self) -> dict[str, Any]:
        """Return the tables as they are kept, columns or frames."""
        return {name: self._frames.get(name, self._columns.get(name)) for name in self._names}

    def __or__(self, others: Mapping[str, Any]) -> dict[str, Any]:
        return self.given() | dict(others)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _as_given(tables: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return (tables.given() if isinstance(tables, Tables) else tables).items()


def concat_columns(parts: Sequence[TableColumns]) -> TableColumns:
    """Return tables with the same columns one below the other."""
    first = parts[0]
    return TableColumns({name: _concat([part[name] for part in parts]) for name in first.names}, sum(map(len, parts)))


def _concat(parts: Sequence[Any]) -> Column:
    if isinstance(parts[0], Texts):
        return Texts(pa.concat_arrays([part.arrow for part in parts]))
    values = np.concatenate([part.values for part in parts])
    return Numbers(values, np.concatenate([part.missing for part in parts]) if parts[0].may_miss else None)


def code_numbers(indices: pa.Array) -> Codes:
    """Return the indices of a dictionary, -1 where missing."""
    return to_numpy(indices, -1).astype(np.int32, copy=False)


def renumbered(codes: Codes, size: int) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Return codes anew in the order in which they occur first, and the old ones in that order."""
    first = np.full(size + 1, len(codes), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    used = np.flatnonzero(first[:size] < len(codes))
    kept = used[np.argsort(first[used], kind="stable")]
    if len(kept) == size and (kept == np.arange(size)).all():
        return codes, kept
    new = np.full(size + 1, -1, dtype=np.int32)
    new[kept] = np.arange(len(kept), dtype=np.int32)
    return new[codes], kept
