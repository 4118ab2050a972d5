"""Rows of an answer, column by column: a million of them are made and written without an object for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


class JsonRows:
    """Rows of JSON values.

    Attributes
    ----------
    columns
        Name to the values of all rows: JSON values, or for each row some of other rows (:class:`RowsOfEach`).
    """

    def __init__(self, columns: Mapping[str, Sequence[Any] | RowsOfEach]) -> None:
        self.columns = dict(columns)

    def __len__(self) -> int:
        return min(map(len, self.columns.values()), default=0)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield each row as a JSON object."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, values, strict=True))


class RowsOfEach:
    """For each of some rows a list of ``rows``: those from ``starts[i]`` to ``stops[i]``."""

    def __init__(self, rows: JsonRows, starts: npt.NDArray[np.int64], stops: npt.NDArray[np.int64]) -> None:
        self.rows = rows
        self.starts, self.stops = starts.tolist(), stops.tolist()

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[list[dict[str, Any]]]:
        """Yield each row's list of JSON objects."""
        every = list(self.rows)
        return (every[start:stop] for start, stop in zip(self.starts, self.stops, strict=True))
