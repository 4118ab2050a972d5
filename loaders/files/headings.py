"""Headings to columns: one table of other names (``data/headings.csv``), matched without accents and punctuation."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

from loaders.files.abbreviated import SHORT, joined, meant_by
from loaders.files.grid import OWN_PREFIX
from loaders.files.heading_words import told_as_home, told_by_accents, told_positive
from loaders.files.parts_below import MEASURED, OF_OTHERS, THEIRS, last_part, moment_below, part_below
from tracing.model.schema import TABLES
from tracing.patterns import regex
from tracing.text import unaccented

PEOPLE: Final = "people"
SENSOR: Final = "sensor"
DIARY: Final = "diary"
"""A diary of a vehicle: a row per trip, see :mod:`loaders.columns.diary`."""
ANSWERS: Final = "answers"
"""An export with a row for each answer of a record, see :mod:`loaders.shapes.long`."""
NOT_READ: Final = "(not read)"
KEEP: Final = "kept"
"""Said of a heading: its values stay with the person, and nothing else is made of them."""
KEPT: Final = "(kept)"
"""Headings that are understood and kept with the person, because no rule asks for them."""
LAYOUTS: Final = (*TABLES, PEOPLE)
"""Shapes of sheets: our own tables, and lists with one row per person (line list, contact list, test list, …)."""

_STAY: Final = regex(r"^(center|centre|shelter|ward|unit|arrival|leave)(\d+)$")
_STAY_FIELDS: Final = {"arrival": "stay_start", "leave": "stay_end"}


def plain(text: str) -> str:
    """Return ``text`` in lower case without accents, blanks and punctuation: "Họ và tên (*)" -> "hovaten"."""
    return re.sub(r"[^a-z0-9]", "", unaccented(text).lower())


@cache
def aliases() -> Mapping[str, Mapping[str, str]]:
    """Return layout -> plain heading -> field."""
    table: dict[str, dict[str, str]] = {layout: {} for layout in (*LAYOUTS, DIARY, ANSWERS)}
    for name in TABLES:
        for column in TABLES[name]:
            table[name][plain(column.name)] = column.name
    for layout, name, alias in told_headings():
        if "*" not in alias:
            table[layout].setdefault(plain(alias), name)
    return table


def spaced(text: str) -> str:
    """Return the words of ``text`` without accents, one blank between two: "SĐT1 (nhà)" -> "sdt 1 nha"."""
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unaccented(text))
    return " ".join(re.findall(r"[a-z]+|[0-9]+", parts.lower()))


class _Pattern(NamedTuple):
    """Headings that mean a field: their words, and the pattern of all of it; few are ever asked for the latter."""

    words: tuple[str, ...]
    whole: re.Pattern[str]
    field: str

    def fits(self, heading: str) -> bool:
        """Tell whether a heading (:func:`spaced`) is one of them."""
        return all(word in heading for word in self.words) and self.whole.fullmatch(heading) is not None


@cache
def patterns() -> Mapping[str, tuple[_Pattern, ...]]:
    """Return layout -> patterns of a heading's words, in the order of the table.

    ``*`` stands for any words: "nơi đi*" is "Nơi đi (tỉnh)" and not "Nơi điều trị". Only a longer English word may go
    on: "confirm*date" is "confirmed date", too.
    """
    found = [(layout, _pattern(alias, name)) for layout, name, alias in told_headings() if "*" in alias]
    return {layout: tuple(one for of, one in found if of == layout) for layout in (*LAYOUTS, DIARY, ANSWERS)}


def _pattern(alias: str, name: str) -> _Pattern:
    first, *rest = parts = [spaced(part) for part in alias.split("*")]
    *middle, last = rest
    if alias.isascii():
        first, last, *middle = [re.sub(r"([a-z]{4,})", r"\1[a-z]*", part) for part in (first, last, *middle)]
    inner = " (?:.* )?".join(part for part in (first, *middle, last) if part)
    whole = regex(f"{'' if first else '(?:.* )?'}{inner}{'' if last else '(?: .*)?'}")
    return _Pattern(tuple(" ".join(parts).split()), whole, name)


@cache
def told_headings() -> tuple[tuple[str, str, str], ...]:
    """Return the layout, the field and each other name of its headings."""
    source = resources.files("loaders").joinpath("data/headings.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines())
    return tuple((row["layout"], row["field"], alias) for row in rows for alias in row["aliases"].split("|"))


@cache
def words_known() -> Mapping[str, Mapping[str, str]]:
    """Return layout -> the words of each plain heading -> field."""
    found: dict[str, dict[str, str]] = {layout: {} for layout in (*LAYOUTS, DIARY, ANSWERS)}
    for layout, name, alias in told_headings():
        if "*" not in alias and not alias.isdigit():
            found[layout].setdefault(spaced(alias), name)
    return found


@cache
def known_headings() -> frozenset[str]:
    """Return every plain heading that any layout knows."""
    return frozenset(heading for layout in aliases().values() for heading in layout)


#: Words of a number of days, which is no day: ``diff_dt_onset``, "Số ngày cách ly".
_LENGTH: Final = regex(r"\b(?:diff|difference|delay|interval|lag|days|so ngay)\b")
_OR: Final = regex(r"\s+[/|–-]\s+|\n")
#: What a column without a heading is called.
_LETTERED: Final = regex(r"\([A-Z]{1,3}\)")
#: The code of somebody as a heading: no word to be written in full.
_CODE: Final = regex(r"[A-ZĐ]{1,5}[-. ]?\d+")
#: The number of a question of a form before its words: ``7. Family name``, ``2.1) Họ tên``.
_QUESTION: Final = regex(r"^\s*\d{1,2}(?:\.\d{1,2})?[.)]\s+(?=[^\W\d_]{2})")
#: The same headings are looked up again and again: in every layout, for every row that may be the head of a table.
_REMEMBERED: Final = 8192


def _forms(heading: str) -> tuple[str, ...]:
    """Return the texts under which a heading is looked up: whole, without brackets, its last part, and in full."""
    heading = joined(_QUESTION.sub("", heading))
    bare = re.sub(r"\([^)]{0,300}\)|\[[^\]]{0,300}\]", " ", heading)
    forms = [heading, bare]
    if " › " in heading:
        forms.append(heading.rsplit(" › ", 1)[1])
    if (last := last_part(heading.strip())) is not None:
        forms.append(last.replace("_", " "))
    if _CODE.fullmatch(heading.strip()):
        return tuple(dict.fromkeys(forms))
    forms += [" ".join(SHORT.get(word, word) for word in spaced(form).split()) for form in forms]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=_REMEMBERED)
def variants(heading: str) -> tuple[str, ...]:
    """Return the plain forms under which a heading is looked up: whole, without brackets, its last part, in full."""
    return tuple(dict.fromkeys(form for text in _forms(heading) if (form := plain(text))))


def is_known(heading: str) -> bool:
    """Tell whether any layout knows this heading as it stands, or it is one of lists of people cut down."""
    known = any(form in known_headings() or _STAY.match(form) for form in variants(heading))
    return known or meant_by(heading, words_known()[PEOPLE]) is not None


def of_others(upper: str) -> str | None:
    """Return whose columns stand below a heading: "carer", "index" (the case that was met), "driver", "mate"."""
    found = field_of(upper, PEOPLE)
    return found[0] if found is not None and found[0] in OF_OTHERS else None


def _day_called(heading: str) -> str | None:
    told = _looked_up(heading, PEOPLE, ())
    return None if told is None else told[0]


def _grouped(heading: str) -> tuple[str, float] | None:
    """Return what a column below the heading of somebody else is; a fact of that person is kept."""
    upper, _, lower = heading.rpartition(" › ")
    own = plain(heading) in aliases()[PEOPLE] or of_others(upper.rpartition(" › ")[2]) is not None
    moment = moment_below(spaced(upper.rpartition(" › ")[2]), plain(lower), None if own else _day_called)
    if moment is not None:
        return moment, 0.95
    part = part_below(spaced(upper.rpartition(" › ")[2]), spaced(lower)) if upper else None
    if part is not None:
        return part, 1.0
    if upper and MEASURED.fullmatch(spaced(upper)):
        return KEPT, 0.8
    whose = of_others(upper.rpartition(" › ")[2]) if upper else None
    below = field_of(lower, PEOPLE) if whose is not None else None
    if whose is None or below is None:
        return None
    name = OF_OTHERS[whose].get(below[0])
    if name is not None:
        return name, 0.95
    return (KEPT, 0.8) if below[0] in THEIRS else None


@lru_cache(maxsize=_REMEMBERED)
def field_of(heading: str, layout: str, *, but: tuple[str, ...] = ()) -> tuple[str, float] | None:
    """Return the field that ``heading`` means in ``layout`` and how sure that is (1 for a heading of the table).

    ``but`` are fields that it cannot mean, because its values are others.
    """
    if _LETTERED.fullmatch(heading):
        return None
    grouped = _grouped(heading) if layout == PEOPLE and " › " in heading else None
    return _looked_up(heading, layout, but) if grouped is None or grouped[0] in but else grouped


def name_of_field(heading: str, layout: str) -> str | None:
    """Return the field that ``heading`` means in ``layout``, however sure that is."""
    found = field_of(heading, layout)
    return None if found is None else found[0]


def _looked_up(heading: str, layout: str, but: tuple[str, ...]) -> tuple[str, float] | None:
    """Return what the table of headings says."""
    if layout == PEOPLE and re.search(r"chuyển|chuyến", heading.lower()):
        but = (*but, "team")  # "Chuyển" and "Chuyến" are no "chuyền"
    if layout == PEOPLE and (home := told_as_home(heading)) is not None and home not in but:
        return home, 1.0
    for form in variants(heading):
        if layout == PEOPLE and (meant := told_by_accents(form, heading)) is not None:
            return meant, 1.0
        if layout == PEOPLE and "confirmed" not in but and told_positive(form, heading):
            return "confirmed", 0.95
        if form == "ngaydt" and "đ" in heading.lower():
            continue  # "Ngày ĐT" is that of a treatment, "Ngày DT" that of a positive test
        name = aliases()[layout].get(form)
        if name is not None and name not in but:
            return name, 1.0 if form == plain(heading) else 0.95
        stay = _STAY.match(form) if layout == PEOPLE else None
        if stay is not None:
            return f"{_STAY_FIELDS.get(stay[1], 'stay_place')}_{stay[2]}", 1.0
    for form in dict.fromkeys(spaced(text) for text in _forms(heading)):
        if _LENGTH.search(form):
            continue
        for pattern in patterns()[layout]:
            if pattern.field not in but and pattern.fits(form):
                return pattern.field, 0.8
    meant = meant_by(heading.rpartition(" › ")[2], words_known()[layout]) or _in_two_languages(heading, layout)
    return None if meant is None or meant in but else (meant, 0.8)


def _in_two_languages(heading: str, layout: str) -> str | None:
    """Return the field that the parts of ``Tên NV / Employee name`` mean, where those that are known mean one."""
    parts = _OR.split(heading)
    told = {found[0] for part in parts if (found := _looked_up(part, layout, ()))} if len(parts) == 2 else set()
    return told.pop() if len(told) == 1 and heading.isascii() < any(map(str.isascii, parts)) else None


@dataclass(frozen=True)
class Reading:
    """What the columns of a sheet mean in one layout.

    ``columns`` is field -> column position; ``ids`` are all columns that could be a person's id, in order; ``double``
    are columns whose field another column already has; ``skipped`` must not be read; ``kept`` are understood and kept
    with the person; ``unused`` mean nothing here. ``sure`` is column position -> how sure the reading is (0 to 1), and
    ``by`` what it rests on: "said", "heading" or "values".
    """

    layout: str
    columns: Mapping[str, int]
    ids: tuple[int, ...]
    double: Mapping[int, str]
    skipped: tuple[int, ...]
    unused: tuple[int, ...]
    kept: tuple[int, ...] = ()
    sure: Mapping[int, float] = field(default_factory=dict)
    by: Mapping[int, str] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return len(self.columns)

    def without(self, *fields: str) -> Reading:
        """Return the reading with these fields' columns unused."""
        gone = [self.columns[name] for name in fields if name in self.columns]
        columns = {name: at for name, at in self.columns.items() if name not in fields}
        return replace(self, columns=columns, unused=tuple(sorted({*self.unused, *gone})))

    def renamed(self, old: str, new: str) -> Reading:
        """Return the reading with the column of one field as another's, if that has none."""
        if old not in self.columns or new in self.columns:
            return self
        return replace(self, columns={new if name == old else name: at for name, at in self.columns.items()})

    def another(self, position: int, name: str) -> Reading:
        """Return the reading with a column that is unused or double as a further one of its kind: ``index_2``."""
        double = {at: field for at, field in self.double.items() if at != position}
        return replace(self._with(position, name, 0.9, "heading"), double=double)

    def with_values(self, position: int, name: str, sure: float) -> Reading:
        """Return the reading with an unused column read by its values."""
        return self._with(position, name, sure, "values")

    def with_heading(self, position: int, name: str, sure: float) -> Reading:
        """Return the reading with an unused column as another field that its heading may mean."""
        return self._with(position, name, sure, "heading")

    def _with(self, position: int, name: str, sure: float, by: str) -> Reading:
        kept = name in (KEPT, NOT_READ)
        return replace(
            self,
            columns=self.columns if kept else {**self.columns, name: position},
            kept=(*self.kept, position) if kept else self.kept,
            unused=tuple(at for at in self.unused if at != position),
            sure={**self.sure, position: sure},
            by={**self.by, position: by},
        )


@cache
def fields_of(layout: str) -> frozenset[str]:
    """Return every field that a layout has."""
    own = {column.name for column in TABLES[layout]} if layout in TABLES else set()
    return frozenset(own | {name for of, name, _ in told_headings() if of == layout} - {NOT_READ, KEPT})


#: What says of a heading that telephone numbers stand below it, without accents.
_PHONE: Final = regex(r"\b(?:so )?(?:dien thoai|sdt|dt|di dong|phone(?: number)?|tel|mobile)\b(?: cua| of)?")


def _phones_of_others(headings: tuple[str, ...], means: list[tuple[int, str, float, str]]) -> list[int]:
    """Return the columns of telephones that are those of another column's people: ``Shipper | SĐT shipper | Khách``."""
    named = {position for position, name, _, _ in means if name in ("name", "first_name", "last_name", "f1_name")}
    others = {_words(heading): position for position, heading in enumerate(headings) if position not in named}
    found = []
    for position, name, sure, by in means:
        whose = _PHONE.sub(" ", _words(headings[position])) if name == "phone" and by != "said" else ""
        whose = " ".join(whose.split())
        if sure < 1 and whose and others.get(whose, position) != position and not _PHONE.search(whose):
            found.append(position)
    return found


def _words(heading: str) -> str:
    """Return the words of a heading, short ones in full."""
    return " ".join(SHORT.get(word, word) for word in spaced(heading).split())


_WHO: Final = regex(r"(?:name|first_name|person|relation|(?:first|last)_contact|contact_(?:date|place))$|f[1-3]_")


def _names_cases(headings: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Tell whether ``Họ tên F0`` is whom the rows are about: they name nobody else, and tell of that person's age."""
    if "index" not in columns or not {"age", "birth_year", "birth_date", "sex"} & set(columns):
        return False
    named = any(map(_WHO.match, columns))
    return not named and re.search(r"\b(?:ten|name)\b", spaced(headings[columns["index"]])) is not None


def read_headings(headings: tuple[str, ...], layout: str, said: Mapping[str, str]) -> Reading:
    """Return what ``headings`` mean in ``layout``; what was ``said`` (own heading -> field) comes first.

    What is said of one heading takes nothing from the others: another column that meant the same field is double.
    """
    own = {plain(heading): name for heading, name in said.items() if name in fields_of(layout) | {KEEP}}
    answered = "wascase" in {plain(heading) for heading in headings}
    means: list[tuple[int, str, float, str]] = []
    skipped, unused, kept = [], [], []
    for position, heading in enumerate(headings):
        if heading.startswith(OWN_PREFIX):
            continue
        found = field_of(heading, layout)
        if own.get(plain(heading)) == KEEP:
            kept.append(position)
        elif plain(heading) in own:
            means.append((position, own[plain(heading)], 1.0, "said"))
        elif plain(heading) == "status" and answered:
            skipped.append(position)
        elif found is None:
            unused.append(position)
        elif found[0] == NOT_READ:
            skipped.append(position)
        elif found[0] == KEPT:
            kept.append(position)
        else:
            means.append((position, *found, "heading"))
    if layout == PEOPLE:
        theirs = _phones_of_others(headings, means)
        kept += theirs
        means = [one for one in means if one[0] not in theirs]
    columns: dict[str, int] = {}
    double: dict[int, str] = {}
    for position, name, _sure, _by in sorted(means, key=lambda one: (one[3] != "said", one[2] < 0.9, one[0])):
        if name in columns:
            double[position] = name
        else:
            columns[name] = position
    if layout == PEOPLE and _names_cases(headings, columns) and own.get(plain(headings[columns["index"]])) is None:
        columns["name"] = columns.pop("index")
    ids = tuple(position for position, name, _, _ in means if name == "person" and layout == PEOPLE)
    return Reading(
        layout,
        columns,
        ids,
        double,
        tuple(skipped),
        tuple(unused),
        tuple(kept),
        {position: sure for position, _, sure, _ in means},
        {position: by for position, _, _, by in means},
    )
