"""Reading single fields of a policy file, and noting what is wrong with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar, get_args

from tracing.nearest import nearest_word
from tracing.policy.model import Grade, Quantity, RuleText
from tracing.text import Text, Words, catalogue, plain_words

_, _n = catalogue("tracing")

_T = TypeVar("_T")
_SOURCE_KEYS = ("source", "grade", "note")


@dataclass(frozen=True)
class FieldFinding:
    """One field that is wrong: its dotted name, and what is wrong."""

    field: str
    text: Text


@dataclass
class FieldReader:
    """Takes fields out of TOML tables. A wrong field gives a finding and a harmless value, never an exception."""

    findings: list[FieldFinding] = field(default_factory=list)

    @staticmethod
    def join(field: str, key: str) -> str:
        """Return the dotted name of ``key`` in the table ``field`` (empty: the file itself)."""
        return f"{field}.{key}" if field else key

    def wrong(self, field: str, text: Text) -> None:
        """Note a finding about ``field``."""
        self.findings.append(FieldFinding(field, text))

    def found(self, field: str, value: object, allowed: Words) -> None:
        """Note what was found and what is allowed."""
        self.wrong(field, _("found {value}; allowed: {allowed}", value=_show(value), allowed=allowed))

    def missing(self, field: str) -> None:
        """Note that a required field is not there."""
        self.wrong(field, _("is missing"))

    def found_under(self, field: str) -> bool:
        """Whether anything was already said about ``field`` or a part of it."""
        return any(item.field == field or item.field.startswith((f"{field}.", f"{field}[")) for item in self.findings)

    def table(
        self, raw: object, field: str, allowed: tuple[str, ...], *, optional: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        """Return ``raw`` as a table without unknown keys; notes those, and the required ones that are missing."""
        if not isinstance(raw, Mapping):
            keys = ", ".join(allowed)
            self.found(field, raw, _("a table with {keys}", keys=keys))
            return {}
        for key in raw:
            if key not in allowed:
                self.wrong(self.join(field, key), _unknown_field(key, allowed))
        for key in allowed:
            if key not in raw and key not in optional:
                self.missing(self.join(field, key))
        return {key: value for key, value in raw.items() if key in allowed}

    def text(self, table: Mapping[str, Any], key: str, field: str) -> str:
        """Return a text that is not blank; empty if it is missing (already noted) or wrong."""
        value = table.get(key, "")
        if key in table and (not isinstance(value, str) or not value.strip()):
            self.found(self.join(field, key), value, _("a text that is not empty"))
            return ""
        return str(value)

    def flag(self, table: Mapping[str, Any], key: str, field: str) -> bool | None:
        """Return true or false, or ``None`` if it is missing (already noted) or wrong."""
        value = table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.found(self.join(field, key), value, "true, false")
        return None

    def number(
        self, table: Mapping[str, Any], key: str, field: str, *, low: float, high: float, whole: bool
    ) -> float | None:
        """Return a number within ``[low, high]``, or ``None`` if it is missing (already noted) or wrong."""
        value = table.get(key)
        if value is None:
            return None
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if plain and low <= value <= high and (not whole or value == round(value)):
            return float(value)
        words = _("a whole number from {low} to {high}") if whole else _("a number from {low} to {high}")
        span = words.fill(low=plain_words(low), high=plain_words(high))
        self.found(self.join(field, key), value, span)
        return None

    def choice(self, table: Mapping[str, Any], key: str, field: str, allowed: tuple[Any, ...]) -> Any:
        """Return one of ``allowed``, or ``None`` if it is missing (already noted) or wrong."""
        value = table.get(key)
        if value is None or value in allowed:
            return value
        self.found(self.join(field, key), value, ", ".join(allowed))
        return None

    def words(self, table: Mapping[str, Any], key: str, field: str) -> tuple[str, ...]:
        """Return a list of words; empty if it is absent or wrong."""
        value = table.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(v, str) and v.strip() for v in value):
            self.found(self.join(field, key), value, _("a list of words"))
            return ()
        return tuple(value)

    def choices(self, table: Mapping[str, Any], key: str, field: str, allowed: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return a list of words out of ``allowed``; empty if it is absent or wrong."""
        value = table.get(key)
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        unknown = [item for item in items if item not in allowed]
        if unknown or not items:
            found = unknown[0] if unknown else value
            self.found(self.join(field, key), found, ", ".join(allowed))
        elif items is not value:
            self.found(self.join(field, key), value, _("a list, [{value}]", value=repr(value)))
        else:
            return tuple(items)
        return ()

    def whole_numbers(self, table: Mapping[str, Any], key: str, field: str) -> tuple[int, ...]:
        """Return a list of whole numbers from 0 to 365; empty if it is absent or wrong."""
        value = table.get(key, [])
        if isinstance(value, list) and all(type(v) is int and 0 <= v <= 365 for v in value):
            return tuple(value)
        self.found(self.join(field, key), value, _("a list of whole numbers from 0 to 365"))
        return ()


def read_items(
    reader: FieldReader, raw: object, field: str, read: Callable[[FieldReader, object, str], _T | None]
) -> tuple[_T, ...]:
    """Read a list of tables; each is named by its id, or by its number counted from 1."""
    if raw is None:
        return ()
    if not isinstance(raw, list):
        reader.found(field, raw, _("a list of tables"))
        return ()
    out = []
    for number, item in enumerate(raw, start=1):
        own = item.get("id") if isinstance(item, Mapping) else None
        value = read(reader, item, f"{field}[{own if isinstance(own, str) and own.strip() else number}]")
        if value is not None:
            out.append(value)
    return tuple(out)


def read_text(reader: FieldReader, raw: object, field: str) -> RuleText | None:
    """Return a text in both languages, or ``None`` if it is absent."""
    if raw is None:
        return None
    table = reader.table(raw, field, ("vi", "en"))
    return RuleText(vi=reader.text(table, "vi", field), en=reader.text(table, "en", field))


def read_source(reader: FieldReader, table: Mapping[str, Any], field: str) -> tuple[str, Grade]:
    """Return source and grade."""
    grade: Grade = reader.choice(table, "grade", field, get_args(Grade)) or "ours"
    return reader.text(table, "source", field), grade


def read_note(reader: FieldReader, table: Mapping[str, Any], field: str) -> RuleText | None:
    """Return the note, or ``None`` if there is none."""
    return read_text(reader, table.get("note"), f"{field}.note")


def read_quantity(
    reader: FieldReader,
    raw: object,
    field: str,
    units: tuple[str, ...],
    *,
    low: float = 0,
    high: float = 3650,
    whole: bool = False,
) -> Quantity | None:
    """Return a quantity in one of ``units`` and within ``[low, high]``, or ``None`` if it is absent or wrong."""
    if raw is None:
        return None
    table = reader.table(raw, field, ("value", "unit", *_SOURCE_KEYS), optional=("note",))
    if not isinstance(raw, Mapping):
        return None
    value = reader.number(table, "value", field, low=low, high=high, whole=whole)
    unit = reader.choice(table, "unit", field, units)
    source, grade = read_source(reader, table, field)
    if value is None or unit is None:
        return None
    return Quantity(value, unit, source, grade, read_note(reader, table, field))


def read_validity(reader: FieldReader, table: Mapping[str, Any], field: str) -> tuple[date | None, date | None]:
    """Return ``valid_from`` and ``valid_to``, each ``None`` if it is absent or wrong."""
    days: list[date | None] = []
    for key in ("valid_from", "valid_to"):
        value = table.get(key)
        if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
            reader.found(reader.join(field, key), value, _("a date like 2021-07-30"))
            value = None
        days.append(value)
    start, end = days
    if start is not None and end is not None and end < start:
        reader.wrong(
            reader.join(field, "valid_to"), _("{end} is before valid_from {start}", end=str(end), start=str(start))
        )
    return start, end


def _unknown_field(key: str, allowed: tuple[str, ...]) -> Text:
    close = nearest_word(key, allowed)
    if close:
        return _("is not a field here; did you mean {close}?", close=close)
    return _("is not a field here; allowed: {allowed}", allowed=", ".join(allowed))


def _show(value: object) -> str:
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
