"""A sheet: a rectangle of texts with headings, and where each row and cell stands in its file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.files.orders import NO_EVIDENCE, NO_HINTS, DateEvidence, Hints
from loaders.findings import FindingLog
from tracing.model.coded import encoded
from tracing.spelling import fold

#: Headings that a set-aside workbook adds; they tell where a row came from and are not data.
OWN_PREFIX = "truyvet:"
#: So many distinct texts tell what most of a column look like.
_SOME: Final = 1_000


@dataclass(frozen=True)
class Line:
    """A line of a file that is no row of a table: a title, a section, a footer, a line of a text.

    ``row`` is the number that a person sees in the file, ``texts`` are its cells in order (one, for a text), ``indent``
    how many signs a line of a text is indented.
    """

    row: int
    texts: tuple[str, ...]
    indent: int = 0

    @property
    def text(self) -> str:
        """The whole line."""
        return "  ".join(self.texts)


@dataclass(frozen=True)
class Fact:
    """Something that a title line, a sheet's name or a file's name says about all rows of a sheet.

    Attributes
    ----------
    name
        What it says: "day" (of the list), "sample_day", "result_day" (ISO days; ``--08-02`` where no year is given,
        ``2021-07-31/2021-08-01`` for a span), "year", "month" (``2021-07`` or ``--07``), "departed", "arrived" (local
        ISO instants), "from_place", "to_place", "plate" (also the number of a boat or of a flight), "driver",
        "driver_phone", "driver_since" (from that day on), "mate", "mate_phone", "mate_since", "teacher" (of a class),
        "teacher_phone", "phone", "commune",
        "district", "hamlet", "place", "shift", "event" (a wedding, a wake), "class", "hours"
        (``18:00-02:00``), "case" (an id); "crew" of the table of people that these lines name.
    value
        The value, cleaned.
    source
        "title", "sheet" or "file": where it stands.
    row
        Row of the title line; 0 for a name.
    text
        The words as they stand there.
    """

    name: str
    value: str
    source: str
    row: int
    text: str


@dataclass(frozen=True)
class Document:
    """A file of running text (a bulletin, a notice): its lines that are not blank, with their numbers.

    ``sent`` has the days, as written, of the messages of a chat, by the numbers of their lines, ``senders`` who sent
    them.
    """

    file: str
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    sent: Mapping[int, str] = field(default_factory=dict)
    senders: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Cells as read: texts by position (column labels 0..n-1), missing where empty, nothing interpreted yet.

    ``numbers`` are the row numbers a person sees in the file. ``errors`` are spreadsheet cells that hold an error or
    an uncomputed formula: (row position, column position) -> text. ``ragged`` are rows with too many or too few
    cells: row position -> cell count. ``merged`` are merged ranges of a workbook: (top, left, bottom, right).
    ``headings`` are given where the format names its columns (Parquet, JSON); else they are among the cells.
    ``struck`` are rows struck through, ``indented`` rows whose first text is indented (row -> column),
    ``hidden_rows`` and ``hidden_columns`` are not shown by the spreadsheet, but read. ``colours`` are those of rows, by
    their number, in a sheet that speaks of colours. ``comments`` are those at cells (``F5``, text).
    ``evidence`` is what all columns of the file show about its dates; ``from_1904`` tells that a workbook counts days
    from 1904, ``told_apart`` that the lines beside the tables are a text of the file, too.
    """

    file: str
    sheet: str | None
    cells: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    ragged: dict[int, int] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    lettered: bool = False
    headings: tuple[str, ...] | None = None
    struck: frozenset[int] = frozenset()
    indented: dict[int, int] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    colours: dict[int, str] = field(default_factory=dict)
    comments: tuple[tuple[str, str], ...] = ()
    evidence: DateEvidence = NO_EVIDENCE
    from_1904: bool = False
    told_apart: bool = False

    def with_rows(self, cells: pd.DataFrame, numbers: npt.NDArray[np.int64]) -> Grid:
        """Return the grid with other rows; what is known of single cells and lines stays behind."""
        return replace(
            self,
            cells=cells,
            numbers=numbers,
            errors={},
            ragged={},
            merged=(),
            struck=frozenset(),
            indented={},
            hidden_rows=frozenset(),
            hidden_columns=frozenset(),
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table: its headings were found, only data rows are left. Row positions are 0-based in ``cells``.

    Attributes
    ----------
    cells, numbers
        Texts by column position, and the row numbers a person sees. A merged cell's text stands in every row that it
        covers; ``- `` before the members of a household is taken away (see ``under``).
    headings, letters
        Heading and spreadsheet letters of each column. A heading of two rows is ``upper › lower`` where the lower one
        alone says nothing. Two columns ``Nam | Nữ`` that hold years became ``Năm sinh`` and ``Giới tính``.
    titles
        The lines above the headings, top first: letterhead, title, plate, day.
    facts
        What titles, sheet name and file name say about all rows; see :class:`Fact`.
    notes
        Lines below or between the rows that are no rows: totals, signatures, remarks.
    passed
        How many lines were passed over, by kind: "repeated heading", "total", "signature", "remark", "comment",
        "title again", "page number", "empty seat", "control".
    dittos
        How many cells said "as above" (``nt``, ``"``) and have the text above them now.
    sections
        Text of the section line above each row (``Ấp 3``, ``Mẫu đơn``, ``Hộ: …``); None if there is none at all.
    under
        For each row the position of the row of whose group it is a member (the head of a household with indented
        members below); -1 for rows that stand alone. None if there are no such groups.
    struck
        Positions of rows struck through: somebody crossed them out.
    merged
        Merged cells among the rows: (column position, first row position, last row position).
    part, parts, area
        Which table of its grid this is (from 1), of how many, and the cells that it fills (``A2:I9``).
    hidden
        Positions of columns that the spreadsheet hides; they are read.
    dates
        How to read dates that leave something open: order, year, day of the list.
    as_read
        The cells as they stand in the file, where answers stand in for some of them.
    comments
        Comments at cells of the sheet, with the first of its tables: (``F5``, text).
    form
        The headings of the first table that its sheet tells (:func:`of_one_list`): what kind of list this is.
    """

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    letters: tuple[str, ...]
    cells: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    ragged: dict[int, int] = field(default_factory=dict)
    lettered: bool = False
    origin: pd.DataFrame | None = None
    titles: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()
    notes: tuple[Line, ...] = ()
    passed: dict[str, int] = field(default_factory=dict)
    dittos: int = 0
    sections: pd.Series | None = None
    under: npt.NDArray[np.int64] | None = None
    struck: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int], ...] = ()
    part: int = 1
    parts: int = 1
    area: str = ""
    hidden: tuple[int, ...] = ()
    dates: Hints = NO_HINTS
    as_read: pd.DataFrame | None = None
    comments: tuple[tuple[str, str], ...] = ()
    form: str = ""

    @property
    def original(self) -> pd.DataFrame:
        """The cells as they were read, before anything was put in their place."""
        return self.cells if self.as_read is None else self.as_read

    @property
    def list_file(self) -> str:
        """The file of the list; of rows that were set aside the one from which the first of them came."""
        own = None if self.origin is None or "file" not in self.origin else self.origin["file"].dropna()
        return self.file if own is None or own.empty else str(own.iloc[0])

    @property
    def repeated(self) -> int:
        """How many rows said the headings again."""
        return self.passed.get("repeated heading", 0)

    def with_column(
        self, heading: str, texts: pd.Series | Sequence[str | None], *, letter: str = "", **more: Any
    ) -> Sheet:
        """Return the sheet with one column more, behind the others: a text for each row, in their order.

        ``more`` are further fields that differ.
        """
        cells = self.cells.copy(deep=False)
        cells[len(self.headings)] = texts.array if isinstance(texts, pd.Series) else pd.array(texts, dtype="string")
        return replace(self, headings=(*self.headings, heading), letters=(*self.letters, letter), cells=cells, **more)

    def with_table(
        self, told: Mapping[str, pd.Series], *, letter: str, numbers: npt.NDArray[np.int64], **more: Any
    ) -> Sheet:
        """Return another table that this sheet tells: columns by heading, all from the column ``letter``.

        ``more`` are further fields that differ. What is known of single cells and lines stays behind.
        """
        return replace(
            self,
            headings=tuple(told),
            letters=(letter,) * len(told),
            cells=pd.DataFrame(dict(enumerate(told.values()))),
            numbers=numbers,
            errors={},
            ragged={},
            under=None,
            struck=frozenset(),
            merged=(),
            passed={},
            notes=(),
            sections=None,
            hidden=(),
            as_read=None,
            **more,
        )

    def with_rows(self, cells: pd.DataFrame, rows: Sequence[int]) -> Sheet:
        """Return the sheet with other rows, each from the row of ``rows`` at its place; the columns stay."""
        return replace(
            self,
            cells=cells,
            numbers=self.numbers[list(rows)],
            errors={},
            ragged={},
            under=None,
            struck=frozenset(new for new, old in enumerate(rows) if old in self.struck),
            merged=(),
            sections=None if self.sections is None else self.sections.iloc[list(rows)].reset_index(drop=True),
            as_read=None,
        )

    def with_rows_of(self, rows: Sequence[int], texts: Mapping[int, Sequence[str | None]]) -> Sheet:
        """Return the sheet with a row for each of ``rows``; the columns of ``texts`` have these instead."""
        cells = self.cells.iloc[list(rows)].reset_index(drop=True)
        for at, told in texts.items():
            cells[at] = pd.array(told, dtype="string")
        return self.with_rows(cells, rows)

    def without_columns(self, gone: Collection[int]) -> Sheet:
        """Return the sheet without these columns."""
        kept = [at for at in range(len(self.headings)) if at not in gone]
        place = {old: new for new, old in enumerate(kept)}
        return replace(
            self,
            headings=tuple(self.headings[at] for at in kept),
            letters=tuple(self.letters[at] for at in kept),
            cells=self.cells[kept].set_axis(range(len(kept)), axis=1),
            errors={(row, place[at]): text for (row, at), text in self.errors.items() if at in place},
            merged=tuple((place[at], first, last) for at, first, last in self.merged if at in place),
            hidden=tuple(place[at] for at in self.hidden if at in place),
            as_read=self.original,
        )

    def fact(self, name: str) -> str | None:
        """Return the first value of a fact, titles before the sheet's name before the file's name; None without."""
        return next((fact.value for fact in self.facts if fact.name == name), None)

    def __len__(self) -> int:
        return len(self.cells)

    def report(
        self,
        log: FindingLog,
        code: str,
        positions: Iterable[int] = (),
        *,
        column: int | str | None = None,
        severity: str | None = None,
        values: Sequence[object] | None = None,
        **words: Any,
    ) -> None:
        """Note ``code`` for each row position (or once for the sheet, without any)."""
        at = column if isinstance(column, int) else None
        rows: list[int | None] = [int(self.numbers[position]) for position in positions] or [None]
        if "value" in words:
            values = [words.pop("value")] * len(rows)
        log.add_many(
            code,
            rows,
            file=self.file,
            sheet=self.sheet,
            column=column if isinstance(column, str) or column is None else self.headings[column],
            letters=self.letters[at] if self.lettered and at is not None else None,
            severity=severity,
            values=values,
            **words,
        )


def column_letter(index: int) -> str:
    """Return the spreadsheet letters of the 0-based column ``index``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def distinct_texts(texts: pd.Series) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return for each text its position among the distinct ones (-1 where missing), and these."""
    codes, distinct = encoded(texts)
    return codes.astype(np.int64), distinct.to_pylist()


def some_of(distinct: list[str]) -> list[str]:
    """Return texts taken evenly from all over a long column: enough to tell what most of them look like."""
    return distinct[:: -(-len(distinct) // _SOME)] if len(distinct) > _SOME else distinct


def share_of(sheet: Sheet, at: int, fits: Callable[[str], object]) -> float:
    """Return the share of the distinct texts of a column that fit, of some of very many."""
    some = some_of(distinct_texts(sheet.cells[at])[1])
    return sum(bool(fits(text.strip())) for text in some) / len(some) if some else 0.0


def of_one_list(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield the tables of one file; those that one sheet of it tells are of one form."""
    first: dict[str | None, str] = {}
    for sheet in sheets:
        form = first.setdefault(sheet.sheet, fold(" ".join(sorted(sheet.headings))))
        yield replace(sheet, form=form)
