"""Findings: everything wrong or noteworthy in a load, with its place and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from loaders.messages import MESSAGES, QUOTING
from tracing.errors import InternalError
from tracing.patterns import regex
from tracing.text import LANGUAGES, Text, catalogue

_, _n = catalogue("loaders")

COLUMNS: Final = (
    "file",
    "sheet",
    "row",
    "column",
    "cell",
    "code",
    "message_en",
    "message_vi",
    "fix_en",
    "fix_vi",
    "severity",
)
ERROR: Final = "error"
_ORDER: Final = ["file", "sheet", "row", "column", "code", "message_en"]
#: Stands for the value in a message that is written once for a group of findings.
_VALUE: Final = "\x00"


@dataclass(frozen=True)
class Findings:
    """All findings of a load.

    Attributes
    ----------
    table
        One row per finding: file, sheet, row (as a person sees it; empty for a whole sheet or file), column (heading),
        cell (``F37``), code, message and fix in English and Vietnamese, severity: ``error`` (the row, sheet or file was
        set aside), ``question`` (a part of the row waits for an answer), ``warning`` (the row was loaded), ``note``.
        Sorted by place.
    """

    table: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[str]:
        return iter(self.table["code"].tolist())

    def of(self, *, code: str | None = None, severity: str | None = None) -> pd.DataFrame:
        """Return the findings with this code and severity; without either, all."""
        table = self.table
        if code is not None:
            table = table[table["code"] == code]
        if severity is not None:
            table = table[table["severity"] == severity]
        return table

    @property
    def to_answer(self) -> pd.DataFrame:
        """The findings that need a correction or an answer."""
        return self.table[self.table["severity"].isin(("error", "question"))]

    def _repr_html_(self) -> str:
        return str(self.table.to_html(max_rows=50))


@dataclass
class _Group:
    """Findings that differ only in their row and the value that they show."""

    code: str
    file: str
    sheet: str | None
    column: str | None
    letters: str | None
    severity: str
    words: dict[str, Any]
    rows: list[int | None] = field(default_factory=list)
    values: list[Text | str | None] = field(default_factory=list)


@dataclass
class FindingLog:
    """Collects findings while a load runs: a key (``code``) and values, in groups. Words are made at the end."""

    groups: dict[tuple[object, ...], _Group] = field(default_factory=dict)

    def add(
        self,
        code: str,
        /,
        *,
        file: str,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        letters: str | None = None,
        severity: str | None = None,
        **words: Any,
    ) -> None:
        """Note one finding; ``words`` fill the message's gaps."""
        value = words.pop("value", None)
        self.add_many(
            code,
            [row],
            file=file,
            sheet=sheet,
            column=column,
            letters=letters,
            severity=severity,
            values=[value],
            **words,
        )

    def add_many(
        self,
        code: str,
        rows: Iterable[int | None],
        /,
        *,
        file: str,
        sheet: str | None = None,
        column: str | None = None,
        letters: str | None = None,
        severity: str | None = None,
        values: Sequence[object] | None = None,
        **words: Any,
    ) -> None:
        """Note a finding for each row; ``letters`` are those of the column in a spreadsheet, ``values`` one per row."""
        if code not in MESSAGES:
            raise InternalError(f"no message for finding {code}")
        key = (code, file, sheet, column, letters, severity, tuple(sorted(words.items(), key=lambda item: item[0])))
        group = self.groups.get(key)
        if group is None:
            severity = severity or MESSAGES[code].severity
            group = self.groups[key] = _Group(code, file, sheet, column, letters, severity, words)
        group.rows += rows
        missing = len(group.rows) - len(group.values)
        given: Sequence[object] = [None] * missing if values is None else values
        group.values += [_shown(code, value) for value in given]

    def merge(self, other: FindingLog) -> None:
        """Take over what ``other`` holds."""
        for key, group in other.groups.items():
            own = self.groups.setdefault(key, group)
            if own is not group:
                own.rows += group.rows
                own.values += group.values

    @property
    def codes(self) -> list[str]:
        """The codes so far, in the order in which they came first."""
        return [group.code for group in self.groups.values() for _ in group.rows]

    def freeze(self) -> Findings:
        """Return what was found, sorted by place, each thing once."""
        columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        for group in self.groups.values():  # there may be as many as rows: no table of its own for each
            for name, told in _columns(group).items():
                columns[name] += told
        types = {c: "Int64" if c == "row" else "string" for c in COLUMNS}
        table = pd.DataFrame(columns, dtype=object).astype(types).drop_duplicates()
        return Findings(table.sort_values(_ORDER, kind="stable", ignore_index=True, na_position="first"))


def _columns(group: _Group) -> dict[str, Sequence[object]]:
    """Return the findings of a group by column; each text is written once, each different value once."""
    message = MESSAGES[group.code]
    size = len(group.rows)
    words = {"column": group.words.get("named") or group.column or "", **group.words, "value": _VALUE}
    count = int(group.words.get("count", 1))
    same = {
        **{"file": group.file, "sheet": group.sheet, "column": group.column},
        **{"code": group.code, "severity": group.severity},
    }
    lettered = group.letters is not None
    out: dict[str, Sequence[object]] = {name: [value] * size for name, value in same.items()}
    out["row"] = group.rows
    out["cell"] = [f"{group.letters}{row}" if lettered and row is not None else None for row in group.rows]
    for lang in LANGUAGES:
        for name, text in (("message", message.text), ("fix", message.fix)):
            said = replace(text, values=words, count=count).say(lang)
            out[f"{name}_{lang}"] = _with_values(said, group.values, lang) if _VALUE in said else [said] * size
    return out


def _with_values(said: str, values: Sequence[Text | str | None], lang: str) -> list[str]:
    before, _, after = said.partition(_VALUE)
    after = after.replace(_VALUE, "")
    shapes: dict[int, str] = {}
    for value in values:
        if isinstance(value, Text) and id(value) not in shapes:
            shapes[id(value)] = value.say(lang)
    return [f"{before}{'' if value is None else shapes.get(id(value), value)}{after}" for value in values]


_PASSED: Final = {
    "total": _("a total"),
    "signature": _("a signature"),
    "remark": _("a remark"),
    "comment": _("a comment"),
    "crew": _("the crew of a vehicle"),
    "title again": _("the title again"),
    "page number": _("a page number"),
    "control": _("a control of the laboratory, or a scan that tries out the gate"),
    "empty seat": _("an empty seat or bed"),
}


def kinds_of_lines(kinds: Iterable[str]) -> Callable[[str], str]:
    """Return the kinds of lines that were passed over, in the words of the language in which they are said."""
    named = sorted(kinds)
    return lambda lang: ", ".join(_PASSED[kind].say(lang) if kind in _PASSED else kind for kind in named)


# ------------------------------------------------------------------------------------------------ values in messages

_DATE_WORDS: Final = frozenset(
    {
        *("ngày", "tháng", "năm", "lúc", "sáng", "trưa", "chiều", "tối", "đêm", "khoảng", "tầm", "hôm", "qua", "kia"),
        *("nay", "từ", "đến", "giờ", "phút", "thứ", "utc"),
    }
)
_MONTHS: Final = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_PLAIN_DATE: Final = regex(r"\d{1,4}[-/.]\d{1,2}(?:[-/.](?:\d{4}|\d{1,2}))?(?:[ T]\d{1,2}[:h]\d{0,2}(?::\d{2})?)?")
_TOKEN: Final = regex(r"[^\W\d_]+|\d+|[-/.,:+() ]")
_NUMBER: Final = regex(r"[-+]?\d{1,7}(?:[.,]\d{1,6})?(?:[eE][-+]?\d{1,3})?%?")
_WORD: Final = regex(r"[^\W\d_]{1,20}")
_LONGEST: Final = 30
#: Letters of a heading, a sheet's name or an id that a message shows.
_SHOWN: Final = 60


def _is_date(text: str) -> bool:
    """Tell whether a text is written as dates are: short numbers, separators, words for time; no telephone number."""
    if _PLAIN_DATE.fullmatch(text):
        return True
    tokens = _TOKEN.findall(text)
    words = [token.lower() for token in tokens if token.isalpha()]
    numbers = [token for token in tokens if token.isdigit()]
    if "".join(tokens) != text or not (numbers or words) or any(len(number) in (3, 6, 7) for number in numbers):
        return False
    if len(numbers) > 7 or any(len(number) > 5 for number in numbers) or len(words) > 3:
        return False
    known = all(len(word) <= 2 or word in _DATE_WORDS or word[:3] in _MONTHS for word in words)
    return known and (len(numbers) > 1 or len("".join(numbers)) <= 5)


def _is_kind(text: str, kind: str) -> bool:
    if kind == "date":
        return _is_date(text)
    if kind == "number":
        return _NUMBER.fullmatch(text) is not None
    return _WORD.fullmatch(text) is not None and not text.istitle()


def _shown(code: str, value: object) -> Text | str | None:
    """Return a value as its message may show it: as it is where it is of the kind that its column holds."""
    if value is None or isinstance(value, Text):
        return value
    kind = QUOTING.get(code)
    text = str(value)
    if kind is None:
        return text
    return f'"{text}"' if len(text) <= _LONGEST and _is_kind(text, kind) else shape(text)


def shape(text: str) -> Text:
    """Return what a text looks like without saying it: "10 digits", "a text of 3 words"."""
    digits = len(re.findall(r"\d", text))
    return _shape(digits, len(text.split()), re.search(r"[^\W\d_]", text) is not None)


@lru_cache(maxsize=10_000)
def _shape(digits: int, words: int, letters: bool) -> Text:
    if digits and not letters:
        return _n("{n} digit", "{n} digits", digits, n=digits)
    if digits:
        return _n("a text of {n} word, with digits", "a text of {n} words, with digits", words, n=words)
    return _n("a text of {n} word", "a text of {n} words", words, n=words)


def cut_short(text: str) -> str:
    """Return a text of at most so many letters as a line can show."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def shorten(values: Sequence[str], limit: int = 12) -> str:
    """Return ``values`` as one text, the first ``limit`` of them, each cut short."""
    text = ", ".join(cut_short(value) for value in values[:limit])
    return text if len(values) <= limit else f"{text}, … (+{len(values) - limit})"
