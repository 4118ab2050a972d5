"""People of whom a list tells a name alone, a short one, a relation: ``- Ngân``, ``Bé Huy (con chị Thoa)``.

Who surely is somebody of another list is taken for them, what only may be so is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from loaders.columns.columns import Columns
from loaders.columns.references import Named, read_reference
from loaders.columns.related import BRACKETS, Related, note_of, read_related
from loaders.people.directory import Directory
from loaders.people.entries import Entry, Mention
from loaders.people.fitting import Fitting
from loaders.people.same_person import contradicts, homes_fit
from loaders.questions import NO, NOBODY, OTHER, YES, Choice, question_id
from loaders.rows.refer import describe
from tracing.papers import is_card
from tracing.spelling import is_full, is_name, name_key
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

_MANY: Final = 8


def is_short(name: str) -> bool:
    """Tell whether a name is one by which people are called, not a full one: ``Lệ``, ``Ông Sĩ``, ``Út Lượm``."""
    return not is_full(name)


def is_called(said: Mention) -> bool:
    """Tell whether a row tells too little of its person to know who it is: a name alone, a short one, a relation.

    A card of health insurance tells nothing to lists that have other numbers, as most do.
    """
    paper = said.national is not None and not is_card(said.national)
    if said.name is None or said.ident or paper or said.phones or said.born or said.case:
        return False
    if not is_name(said.name):
        return False
    rough = said.years is None or said.years[0] != said.years[1]
    return rough or is_short(said.name) or read_related(said.name) is not None


def was_asked(columns: Columns, said: Mention) -> bool:
    """Tell whether somebody answered whom the short name of a row means, before more was known of the row."""
    given = columns.asked.answers.given
    return bool(given) and said.name is not None and is_short(said.name) and _question_of(columns, said) in given


@dataclass
class _Circle:
    """The lists of one load, as far as they tell who belongs to whom."""

    directory: Directory
    columns: Columns
    number: int
    #: The numbers of the tables that stand on the same sheet.
    beside: frozenset[int] = frozenset()
    by_phone: dict[str, list[Entry]] = field(default_factory=dict)

    @cached_property
    def listed(self) -> list[Entry]:
        """The people of the same list of whom more is known."""
        rows = range(len(self.columns.sheet))
        found = (self.directory.entry_of(self.number, row) for row in rows)
        return list({id(entry): entry for entry in found if entry is not None}.values())

    @cached_property
    def in_list(self) -> set[int]:
        """The same, each by the number of the object."""
        return set(map(id, self.listed))

    @cached_property
    def listed_names(self) -> Fitting:
        """The names of the same."""
        return Fitting([entry.names for entry in self.listed])

    def lists(self, entry: Entry) -> bool:
        """Tell whether another table of the same sheet lists somebody, as below a roster of duty its telephones."""
        return any(number in self.beside for number, _ in entry.places)

    @cached_property
    def households(self) -> dict[str, list[int]]:
        """Household -> its rows in this list."""
        out: dict[str, list[int]] = defaultdict(list)
        for row, text in enumerate(self.columns.text("household").to_numpy(dtype=object)):
            if isinstance(text, str):
                out[text].append(row)
        return out

    def relatives(self, said: Mention, related: Related | None) -> list[Entry]:
        """Return those who belong to the person of a row: the household of the list, whom a relation names."""
        found: list[Entry] = []
        household = self.columns.text("household").iloc[said.row] if self.households else None
        if isinstance(household, str):
            others = (self.directory.entry_of(self.number, row) for row in self.households[household])
            found += [entry for entry in others if entry is not None]
        if related is not None and related.of:
            here = [self.listed[at] for at in self.listed_names.of(related.of)]
            if len(here) != 1:
                named = read_reference(related.of).named or (Named(related.of),)
                keys = self.directory.find(named[0], cases=named[0].case).people
                here = [entry for key in keys if (entry := self.directory.entry(key)) is not None]
            found += here
        return found

    def of_phones(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return everybody who shares a telephone with some of these."""
        if not self.by_phone:
            for entry in self.directory.entries:
                for phone in entry.phones:
                    self.by_phone.setdefault(phone, []).append(entry)
        found = [other for entry in entries for phone in entry.phones for other in self.by_phone.get(phone, [])]
        return list({id(entry): entry for entry in found}.values())


@dataclass
class _Decision:
    """What becomes of one row: whom it surely means, or whom it may mean; ``asked`` tells whether to ask."""

    said: Mention
    entry: Entry | None = None
    why: str = ""
    may_be: list[Entry] = field(default_factory=list)
    asked: bool = False
    full: bool = False


def put_called(directory: Directory, sheets: Sequence[Columns], called: Iterable[Mention]) -> None:
    """Find the people of rows that tell too little; what is not certain is asked, and somebody new until then."""
    by_sheet: dict[int, list[Mention]] = defaultdict(list)
    for said in called:
        by_sheet[said.sheet].append(said)
    for number, mentions in sorted(by_sheet.items()):
        here = sheets[number].sheet
        beside = (
            at for at, other in enumerate(sheets) if (other.sheet.file, other.sheet.sheet) == (here.file, here.sheet)
        )
        circle = _Circle(directory, sheets[number], number, frozenset(beside) - {number})
        decided = [_decide(circle, said) for said in mentions]
        _ask_names(circle, [one for one in decided if one.full])
        for one in decided:
            if one.asked:
                _ask_each(circle, one)
        for one in decided:
            directory.put(one.said, one.entry, one.why)


def _decide(circle: _Circle, said: Mention) -> _Decision:
    decision = _decide_among(circle, said)
    if not was_asked(circle.columns, said):
        return decision
    may_be = decision.may_be or ([] if decision.entry is None else [decision.entry])
    return _Decision(said, may_be=may_be, asked=True)


def _decide_among(circle: _Circle, said: Mention) -> _Decision:
    """Decide by what the lists and the record tell, whatever somebody answered."""
    assert said.name is not None
    if not is_called(said):
        return _Decision(said)
    alone = read_related(said.name)
    related = alone or note_of(said.name)
    relatives = circle.relatives(said, related)
    own = Entry(None)
    own.add(said)
    if related is not None and related.sex and not own.sexes:
        own.sexes = frozenset({related.sex})
    of_family = [e for e in circle.of_phones(relatives) if e not in relatives and not contradicts(own, e)]
    if alone is not None:
        return _Decision(said, may_be=of_family[:_MANY], asked=True)
    found = [
        entry
        for entry in circle.directory.alike(said.name)
        if not contradicts(own, entry)
        and homes_fit(own, entry) is not False
        and id(entry) not in circle.in_list
        and not _loaded_before(own, entry)
    ]
    same = [entry for entry in found if entry.ids & own.derived]
    near = [entry for entry in found if entry in of_family or _neighbours(own, entry)]
    if same or len(near) == 1:
        entry = (same or near)[0]
        return _Decision(said, entry=entry, why="family" if entry in of_family else "hamlet")
    if len(found) == 1 and own.years and found[0].years and homes_fit(own, found[0]) and is_full(said.name):
        return _Decision(said, entry=found[0], why="age")
    listed = [entry for entry in found if entry.tells_more and _of_name(entry, said.name) and circle.lists(entry)]
    if len(listed) == 1 and not own.years:
        return _Decision(said, entry=listed[0], why="sheet")
    return _to_ask(said, found, hinted=related is not None or bool(BRACKETS.search(said.name)))


def _to_ask(said: Mention, found: list[Entry], *, hinted: bool) -> _Decision:
    """Return whom a row may mean of those whom its name fits, where none of them is certain."""
    assert said.name is not None
    full = [entry for entry in found if _of_name(entry, said.name)]
    if len(full) == 1:
        return _Decision(said, may_be=full, full=True)
    better = [entry for entry in full if entry.tells_more]
    if len(better) == 1:
        return _Decision(said, may_be=better, full=True)
    may_be = full or found
    return _Decision(said, may_be=may_be[:_MANY], asked=bool(may_be) and (hinted or len(may_be) <= _MANY))


def _of_name(entry: Entry, name: str) -> bool:
    """Tell whether somebody has a full name."""
    return is_full(name) and name_key(name) in map(name_key, entry.names)


def _loaded_before(own: Entry, entry: Entry) -> bool:
    """Tell whether somebody is on record by nothing but this row itself, from a load before."""
    return not entry.places and entry.ids <= own.derived


def _neighbours(one: Entry, other: Entry) -> bool:
    """Tell whether two of one name were born in one year and live in one hamlet."""
    born = one.years is not None and one.years[0] == one.years[1] and one.years == other.years
    communes = {home.removeprefix("*") for entry in (one, other) for home in entry.homes if home.startswith("*")}
    hamlets = {home for home in one.homes & other.homes if not home.startswith("*")}
    return born and bool(hamlets - communes)


def _ask_names(circle: _Circle, decided: list[_Decision]) -> None:
    """Ask once for a list whether those who are only named are the people of these names in other lists."""
    if not decided:
        return
    columns = circle.columns
    rows = [one.said.row for one in decided]
    at, ident = columns.at("name"), question_id("called", *columns.sheet.headings)
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "Only names are told, and {n} is that of one person in another list: the same person?",
            "Only names are told, and {n} are each that of one person in another list: the same people?",
            len(rows),
            n=len(rows),
        ),
        ids=[ident],
        column=at,
        rows=rows,
        choices=[
            Choice(YES, _("the same: their rows are put together")),
            Choice(NO, _("others: they stay as they are")),
        ],
    )
    if answer is None:
        columns.query("person.only_named", rows, at)
    for one in decided:
        one.entry, one.why = (one.may_be[0], ident) if answer == YES else (None, "")


def _ask_each(circle: _Circle, one: _Decision) -> None:
    """Ask who is meant by a short name or a relation."""
    columns, said, at = circle.columns, one.said, circle.columns.at("name")
    ids = [entry.key for entry in one.may_be]
    choices = [Choice(key, describe(circle.directory, key)) for key in ids]
    choices += [Choice(NOBODY, _("somebody else: as it stands")), Choice(OTHER, _("another id or full name"))]
    ident = _question_of(columns, said)
    answer = columns.asked.ask(
        columns.sheet, "reference", _why(said), ids=[ident], row=said.row, column=at, said=said.name, choices=choices
    )
    if answer is not None and answer != NOBODY:
        one.entry, one.why = circle.directory.entry(answer) or _by_name(circle.directory, answer), ident
        if one.entry is None:
            columns.asked.reopen(ident)
            answer = None
    if answer is None:
        columns.query("person.called", [said.row], at)


def _question_of(columns: Columns, said: Mention) -> str:
    return question_id("called", columns.asked.key(columns.sheet, said.row), said.name)


def _by_name(directory: Directory, name: str) -> Entry | None:
    found = directory.find(Named(name))
    return directory.entry(found.people[0]) if found.sure else None


def _why(said: Mention) -> Text:
    if said.name is not None and read_related(said.name) is not None:
        return _("Only a relation is told: who is this?")
    if said.name is not None and is_full(said.name):
        return _("Several people have this name: who is this?")
    return _("Only a short name is told: who is this?")
