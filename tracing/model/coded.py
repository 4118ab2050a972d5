"""Columns of texts kept as distinct texts and a number per row: what is asked of a text is asked once.

To pandas such a column is a column of texts (dtype ``string``) like any other. What it knows to do with the numbers
alone (taking rows, comparing, counting, matching patterns) costs four bytes per row; whatever else is asked of it is
done with the texts written out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.arrays import ArrowStringArray

from tracing.model.arrow import TEXT
from tracing.model.columns import Codes, code_numbers, renumbered
from tracing.model.joined import JoinedRows

#: Methods behind ``Series.str`` whose answer depends on the text alone.
_OF_A_TEXT: Final = (
    *("_str_contains", "_str_match", "_str_fullmatch", "_str_startswith", "_str_endswith", "_str_len", "_str_slice"),
    *("_str_lower", "_str_upper", "_str_strip", "_str_lstrip", "_str_rstrip", "_str_replace", "_str_zfill"),
)


class CodedTexts(ArrowStringArray):
    """Texts as positions ``codes`` (-1: missing) in ``texts``, of which some may not occur.

    ``distinct``: none of ``texts`` is there twice; ``settled``: they stand, too, in the order in which they occur.
    Texts that are not distinct may be rows that are joined only when they are asked for.
    """

    _codes: Codes
    _texts: Any
    _distinct: bool
    _settled: bool
    _dtype: pd.StringDtype[Any]
    _cache: dict[str, Any]

    def __init__(
        self,
        codes: npt.NDArray[np.integer[Any]],
        texts: pa.Array | JoinedRows,
        *,
        distinct: bool = True,
        settled: bool = False,
    ) -> None:
        self._codes = codes.astype(np.int32, copy=False)
        self._texts = texts
        self._distinct = distinct
        self._settled = settled
        self._dtype = pd.StringDtype("pyarrow")
        self._cache = {}

    @classmethod
    def of(cls, texts: pa.Array | pa.ChunkedArray) -> CodedTexts:
        """Return texts of Arrow (plain, or with a dictionary without doubles) as coded ones."""
        settled = not pa.types.is_dictionary(texts.type)
        column = texts.dictionary_encode() if settled else texts
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        return cls(code_numbers(column.indices), column.dictionary.cast(TEXT), settled=settled)

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> CodedTexts:
        return cls.of(pa.array(pd.array(scalars, dtype="string"), type=TEXT))

    @classmethod
    def of_rows(cls, texts: JoinedRows, given: npt.NDArray[np.bool_]) -> CodedTexts:
        """Return texts of which hardly any is there twice: they stay where they are, whatever rows are taken."""
        return cls(np.where(given, np.arange(len(texts), dtype=np.int32), np.int32(-1)), texts, distinct=False)

    @classmethod
    def constant(cls, text: str | None, size: int) -> CodedTexts:
        """Return ``size`` times the same text, or none; however many, their number is kept once."""
        given = [] if text is None else [text]
        return cls(np.broadcast_to(np.int32(len(given) - 1), size), pa.array(given, type=TEXT))

    def encoded(self) -> tuple[Codes, pa.Array]:
        """Return the codes and the texts that occur, in the order in which they do first."""
        if not self._distinct:
            self._pa_array = self._pa_array
        elif not self._settled:
            self._codes, kept = renumbered(self._codes, len(self._texts))
            self._texts = self._texts.take(pa.array(kept))
            self._settled = True
        return self._codes, self._texts

    def held(self) -> tuple[Codes, pa.Array]:
        """Return the codes and the texts as they are kept: distinct ones, of which some may not occur."""
        return (self._codes, self._texts) if self._distinct else self.encoded()

    @property
    def is_distinct(self) -> bool:
        """Whether none of the texts that are kept is there twice."""
        return self._distinct

    # ---- what pandas asks

    def _at_places(self, codes: Codes) -> pa.Array:
        missing = codes < 0
        if isinstance(self._texts, JoinedRows):
            given = self._texts.take(codes[~missing])
            if not missing.any():
                return given
            return given.take(pa.array(np.cumsum(~missing) - 1, mask=missing))
        return self._texts.take(pa.array(codes, mask=missing))

    @property
    def _pa_array(self) -> pa.ChunkedArray:
        return pa.chunked_array([self._at_places(self._codes)], type=TEXT)

    @_pa_array.setter
    def _pa_array(self, written: pa.ChunkedArray) -> None:
        new = CodedTexts.of(written)
        self._codes, self._texts, self._distinct, self._settled = new._codes, new._texts, True, True

    def _reduce(self, name: str, **how: Any) -> Any:
        return self._written()._reduce(name, **how)

    def _written(self) -> Any:
        return ArrowStringArray(self._pa_array)

    def _from_pyarrow_array(self, made: pa.Array | pa.ChunkedArray) -> ArrowStringArray:
        return ArrowStringArray(made)

    def _at(self, codes: npt.NDArray[np.integer[Any]]) -> CodedTexts:
        return CodedTexts(codes, self._texts, distinct=self._distinct)

    def __len__(self) -> int:
        return len(self._codes)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, int | np.integer):
            code = self._codes[item]
            return pd.NA if code < 0 else self._at_places(np.array([code], dtype=np.int32))[0].as_py()
        item = pd.api.indexers.check_array_indexer(self, item)
        return self._at(self._codes[item])

    def __iter__(self) -> Iterator[Any]:
        return iter(self.to_numpy(dtype=object))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(CodedTexts, settled=True), self.encoded()

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return int(self._codes.nbytes + self._texts.nbytes)

    @property
    def _hasna(self) -> bool:
        return bool((self._codes < 0).any())

    def isna(self) -> npt.NDArray[np.bool_]:
        """Tell which texts are missing."""
        return self._codes < 0

    def count(self) -> int:
        """Return how many are given."""
        return int((self._codes >= 0).sum())

    def copy(self) -> CodedTexts:
        """Return the same texts; nothing is ever changed in place but as a whole."""
        return CodedTexts(self._codes, self._texts, distinct=self._distinct, settled=self._settled)

    def view(self, dtype: Any = None) -> Any:
        """Return the same texts."""
        return self.copy() if dtype is None else super().view(dtype)

    def dropna(self) -> CodedTexts:
        """Return those that are given."""
        return self._at(self._codes[self._codes >= 0])

    def take(self, indices: Any, allow_fill: bool = False, fill_value: Any = None) -> Any:
        """Return those at positions; with ``allow_fill`` -1 is a missing one."""
        places = np.asarray(indices, dtype=np.int64)
        if allow_fill and len(places) and places.min() < 0:
            if isinstance(fill_value, str) or places.min() < -1:
                return super().take(indices, allow_fill=allow_fill, fill_value=fill_value)
            return self._at(np.concatenate([self._codes, np.array([-1], dtype=np.int32)])[places])
        return self._at(self._codes[places])

    def to_numpy(self, dtype: Any = None, copy: bool = False, na_value: Any = pd.api.extensions.no_default) -> Any:
        """Return them as objects, each distinct text once."""
        if dtype not in (None, object, np.dtype(object)) or not self._distinct:
            return self._written().to_numpy(dtype=dtype, copy=copy, na_value=na_value)
        codes, texts = self.encoded()
        missing = pd.NA if na_value is pd.api.extensions.no_default else na_value
        return _objects([*texts.to_pylist(), missing])[codes]

    def factorize(self, use_na_sentinel: bool = True) -> tuple[npt.NDArray[np.intp], Any]:
        """Return a number per row and the distinct texts, in the order in which they occur."""
        codes, texts = self.encoded()
        numbers = codes.astype(np.intp)
        if use_na_sentinel or not self._hasna:
            return numbers, ArrowStringArray(texts)
        own = self._place_of_missing()
        return np.where(codes < 0, own, numbers + (numbers >= own)), self._with_missing_at(own)

    def unique(self) -> Any:
        """Return the distinct texts, in the order in which they occur."""
        return self._with_missing_at(self._place_of_missing()) if self._hasna else ArrowStringArray(self.encoded()[1])

    def _place_of_missing(self) -> int:
        codes = self.encoded()[0]
        return int(codes[: int(np.argmax(codes < 0))].max(initial=-1)) + 1

    def _with_missing_at(self, place: int) -> ArrowStringArray:
        texts = self.encoded()[1]
        return ArrowStringArray(pa.chunked_array([texts[:place], pa.nulls(1, TEXT), texts[place:]]))

    def isin(self, values: Any) -> npt.NDArray[np.bool_]:
        """Tell which are among ``values``."""
        try:
            among = pa.array(values, type=TEXT, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            return np.asarray(self._asked(lambda texts: texts.isin(values)), dtype=bool)
        codes, texts = self.encoded()
        told = np.asarray(pc.is_in(texts, value_set=among.drop_null()), dtype=bool)
        return np.asarray(np.append(told, among.null_count > 0)[codes], dtype=bool)

    def fillna(self, value: Any, limit: int | None = None, copy: bool = True) -> Any:
        """Return them with ``value`` where they are missing."""
        return super().fillna(value, limit=limit, copy=copy) if limit is not None else self._where(~self.isna(), value)

    def _where(self, mask: npt.NDArray[np.bool_], value: Any) -> Any:
        if value is None or value is pd.NA:
            return self._at(np.where(mask, self._codes, -1))
        both = CodedTexts._concat_same_type([self, _as_coded(value, len(self))])
        own, others = np.split(both._codes, 2)
        return both._at(np.where(mask, own, others))

    def _str_extract(self, pat: Any, flags: int = 0, expand: bool = True) -> Any:
        if not expand:
            return self._written()._str_extract(pat, flags, expand)
        codes, texts = self.encoded()
        found = CodedTexts(np.arange(len(texts) + 1), pa.concat_arrays([texts, pa.nulls(1, TEXT)]))._written()
        made = found._str_extract(pat, flags, expand)  # the last one is that of a missing text
        groups = {number: name for name, number in re.compile(pat, flags).groupindex.items()}
        columns = [CodedTexts._from_sequence(column) for column in zip(*made, strict=True)]
        return {groups.get(at + 1, at): column._at(column._codes[codes]) for at, column in enumerate(columns)}

    def _cmp_method(self, other: Any, op: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, str):
            return self._asked(lambda texts: texts._cmp_method(other, op))
        if not isinstance(other, CodedTexts) or len(other) != len(self):
            return self._written()._cmp_method(other, op)
        codes, texts = CodedTexts._concat_same_type([self, other]).encoded()
        places = np.empty(len(texts) + 1, dtype=np.int64)
        places[np.asarray(pc.sort_indices(texts))] = np.arange(len(texts))
        own, others = np.split(codes, 2)
        told = pa.array(op(places[own], places[others]), mask=(own < 0) | (others < 0))
        return pd.arrays.ArrowExtensionArray(pa.chunked_array([told]))

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Any]) -> Any:
        parts = [_as_coded(part, len(part)) for part in to_concat]
        texts = parts[0]._texts
        if all(part._texts is texts for part in parts):
            return parts[0]._at(np.concatenate([part._codes for part in parts]))
        if not all(part._distinct for part in parts):
            starts = np.cumsum([0, *(len(part._texts) for part in parts)])
            codes = [np.where(part._codes < 0, -1, part._codes + at) for part, at in zip(parts, starts, strict=False)]
            written = [p._texts.whole() if isinstance(p._texts, JoinedRows) else p._texts for p in parts]
            return cls(np.concatenate(codes), pa.concat_arrays(written), distinct=False)
        held = [part.encoded() for part in parts]
        joined = pa.concat_arrays([own for _, own in held]).dictionary_encode()
        ends = np.cumsum([0, *(len(own) for _, own in held)])
        numbers = code_numbers(joined.indices)
        mapped = [_mapped(own, numbers[at:end]) for (own, _), at, end in zip(held, ends, ends[1:], strict=False)]
        return cls(np.concatenate(mapped), joined.dictionary, settled=True)

    def _asked(self, ask: Callable[[Any], Any]) -> Any:
        """Return what is answered for each row, asked of each distinct text and of a missing one."""
        codes, texts = self.encoded()
        made = ask(ArrowStringArray(pa.chunked_array([texts, pa.nulls(1, TEXT)])))
        if isinstance(made, ArrowStringArray):
            found = CodedTexts.of(pa.array(made, type=TEXT))
            return found._at(found._codes[codes])
        return made.take(np.where(codes < 0, len(texts), codes))


def _by_text(name: str) -> Callable[..., Any]:
    def of_texts(self: CodedTexts, *said: Any, **named: Any) -> Any:
        return self._asked(lambda texts: getattr(texts, name)(*said, **named))

    return of_texts


for _name in _OF_A_TEXT:
    setattr(CodedTexts, _name, _by_text(_name))


def encoded(texts: pd.Series) -> tuple[Codes, pa.Array]:
    """Return for each text its position among the distinct ones (-1 where missing), and these as they first occur."""
    held = texts.array
    return held.encoded() if isinstance(held, CodedTexts) else _as_coded(held, len(held)).encoded()


def arrow_column(values: pd.Series) -> pa.Array | pa.ChunkedArray:
    """Return a column as Arrow has it; coded texts with their dictionary."""
    held = values.array
    if not isinstance(held, CodedTexts) or not held._distinct:
        return pa.array(values, from_pandas=True)
    codes, texts = held.encoded()
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), texts)


def coded(codes: npt.NDArray[np.integer[Any]], texts: pa.Array | Iterable[str | None]) -> pd.Series:
    """Return a column of texts by their positions in ``texts``, -1 where missing."""
    written = CodedTexts.of(pa.array(texts, type=TEXT))
    if len(written) == len(written.encoded()[1]):  # none twice, none missing
        return pd.Series(written._at(codes))
    return pd.Series(written._at(_mapped(codes, written._codes)))


def constant_texts(text: str | None, size: int) -> pd.Series:
    """Return a column of ``size`` times the same text, or without any."""
    return pd.Series(CodedTexts.constant(text, size))


def _as_coded(value: Any, size: int) -> CodedTexts:
    """Return one text, a missing one, or a column of them as coded texts."""
    if isinstance(value, CodedTexts):
        return value
    if value is None or value is pd.NA or isinstance(value, str | float):
        return CodedTexts.constant(value if isinstance(value, str) else None, size)
    return CodedTexts.of(pa.array(value, type=TEXT, from_pandas=True))


def _mapped(codes: npt.NDArray[np.integer[Any]], numbers: npt.NDArray[np.integer[Any]]) -> Codes:
    """Return the number of each code, -1 where missing."""
    with_missing: Codes = np.append(numbers, -1).astype(np.int32)
    out: Codes = with_missing[codes]
    return out


def _objects(values: list[Any]) -> npt.NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out
