"""What lists tell of a person: which one gave which fact, and on what they differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from tracing.model.areas import Localities
from tracing.model.columns import TableColumns, Texts
from tracing.model.records import Records
from tracing.model.schema import SOURCE_COLUMNS
from tracing.papers import paper_key
from tracing.patterns import regex
from tracing.spelling import called_numbers, fits_name, fold, nicknames
from tracing.times import EVER

FACTS: Final = ("name", "sex", "birth", "phone", "national_id", "home")
"""Facts of a person that lists tell."""
_COLUMNS: Final = {
    "name": ("name",),
    "sex": ("sex",),
    "birth": ("birth_date", "birth_year"),
    "phone": ("phone",),
    "national_id": ("national_id",),
    "home": ("address", "home", "household"),
}
"""By fact the columns that tell it, the one that tells most first."""
_UNIT: Final = regex(
    r"^(?:ap|khom|thon|to|khu pho|kp|xa|phuong|thi tran|tt|p|x|huyen|h|quan|q|thanh pho|tp|tinh)\b\.?\s*"
    r"|^[pq]\.?\s*(?=\d)"
)
_PARTS: Final = regex(
    r"[,;]|\s-\s"
    r"|(?<=\s)(?=(?:ap|khom|thon|khu pho|xa|phuong|thi tran|huyen|quan|thanh pho|tinh|tp|p\.? ?\d|q\.? ?\d)\b)"
)
_SEVERAL: Final = "; "


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What one list tells of one person: where it first does, and its facts by :data:`FACTS`, as texts.

    Several values that a list gives for one fact stand with "; " between them.
    """

    person: str
    file: str | None
    sheet: str | None
    row: int | None
    facts: Mapping[str, str]

    @property
    def source(self) -> tuple[str | None, str | None]:
        """The list: its file and sheet."""
        return self.file, self.sheet


def read_tellings(rows: TableColumns) -> list[Telling]:
    """Return what lists tell, an entry per person and list, in the order of people, lists and rows.

    ``rows``: rows of persons with their source, several of one person where several are on hand; ``home`` may tell in
    words where they live.
    """
    columns = [name for fact in FACTS for name in _COLUMNS[fact]]
    none = [None] * len(rows)
    told = [rows[name].tolist() if name in rows.names else none for name in ("person", *SOURCE_COLUMNS, *columns)]
    lines = sorted(zip(*told, strict=True), key=lambda line: tuple(_order(value) for value in line[:4]))
    found: dict[tuple[Any, ...], tuple[Any, dict[str, list[str]]]] = {}
    for person, file, sheet, row, *values in lines:
        facts = found.setdefault((person, file, sheet), (row, {}))[1]
        given = dict(zip(columns, values, strict=True))
        for fact in FACTS:
            value = next((given[name] for name in _COLUMNS[fact] if given[name] is not None), None)
            if value is not None and str(value) not in facts.setdefault(fact, []):
                facts[fact].append(str(value))
    return [
        Telling(
            person=str(person),
            file=file,
            sheet=sheet or None,
            row=None if row is None else int(row),
            facts={fact: _SEVERAL.join(values) for fact, values in facts.items()},
        )
        for (person, file, sheet), (row, facts) in found.items()
    ]


def homes_in_words(records: Records, persons: TableColumns) -> Texts:
    """Return the names of hamlet and commune of people, by their areas on record; missing where none is told."""
    places = Localities.of(records, EVER)
    told: dict[str, str] = {}
    for code in set(persons.texts("area").given()):
        levels = {str(places.levels.get(one)): places.name(one) for one in reversed(places.ancestry(code))}
        names = [levels[level] for level in ("hamlet", "commune") if levels.get(level)]
        told[code] = ", ".join(names) or places.name(code) or code
    return Texts.of([None if code is None else told[code] for code in persons.texts("area")])


def _order(value: Any) -> tuple[bool, Any]:
    return value is not None, 0 if value is None else value


def differing_facts(told: Iterable[Telling]) -> list[str]:
    """Return the facts of which two lists, or two rows of one, cannot both be right or tell something else."""
    told = list(told)
    return [
        fact
        for fact in FACTS
        if any(not _AGREE[fact](one, other) for one, other in combinations(_values(told, fact), 2))
    ]


def _values(told: Collection[Telling], fact: str) -> list[str]:
    """Return the different values of a fact; telephones of one list are one value."""
    texts = dict.fromkeys(one.facts[fact] for one in told if fact in one.facts)
    return list(texts) if fact == "phone" else list(dict.fromkeys(v for text in texts for v in text.split(_SEVERAL)))


def _years_agree(one: str, other: str) -> bool:
    exact = len(one) == len(other) == 10 and not (one.endswith("-01-01") or other.endswith("-01-01"))
    return one == other if exact else one[:4] == other[:4]


def _papers_agree(one: str, other: str) -> bool:
    x, y = paper_key(one), paper_key(other)
    return x is None or y is None or len(x) != len(y) or x == y


def _homes_agree(one: str, other: str) -> bool:
    x, y = ({_UNIT.sub("", part.strip()) for part in _PARTS.split(fold(text))} for text in (one, other))
    named = [{part for part in parts if not part.isdigit()} for parts in (x, y)]
    return not all(named) or bool(named[0] & named[1])


def _names_agree(one: str, other: str) -> bool:
    return fits_name(one, other) or fold(other) in nicknames(one) or fold(one) in nicknames(other)


_AGREE: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "name": _names_agree,
    "sex": lambda one, other: one == other,
    "birth": _years_agree,
    "phone": lambda one, other: not set(called_numbers(one)).isdisjoint(called_numbers(other)),
    "national_id": _papers_agree,
    "home": _homes_agree,
}
"""By fact, whether two values can both be right (of telephones: have a number in common)."""
