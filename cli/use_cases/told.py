"""From which lists a person's facts come: kept beside the records, in which everybody has one row per id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from cli.language import say
from cli.screen import Piece, show, show_table
from cli.words import SEXES
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from graph import LoadEntry, Store
    from loaders.rows.told import ToldByLists
    from tracing.identity.told import Telling
    from tracing.model.records import Records

_, _n = catalogue("cli")

_PARTS: Final = 64
"""Notes among which people are spread, so that one person's is small to read."""
_MANY: Final = 1_000
"""So many people are spread among all of them."""
_KEY: Final = "lists"
_WORDS: Final[Mapping[str, Text]] = {
    "name": _("name"),
    "sex": _("sex"),
    "birth": _("born"),
    "phone": _("telephone"),
    "national_id": _("identity number"),
    "home": _("where they live"),
    "case": _("the case"),
}
_BIRTH: Final = "birth"


def _kind(person: str) -> str:
    return _part(blake2b(person.encode(), digest_size=1).digest()[0] % _PARTS)


def _part(number: int) -> str:
    return f"told by lists {number:02d}"


def keep_told(store: Store, told: ToldByLists, load: LoadEntry | None) -> None:
    """Keep what the lists of a load tell of people of whom several do; what a list told before is kept once."""
    parts: dict[str, tuple[list[Telling], list[Telling]]] = defaultdict(lambda: ([], []))
    for which, tellings in enumerate((told.before, told.new)):
        for one in tellings:
            parts[_kind(one.person)][which].append(one)
    for kind, (before, new) in parts.items():
        kept: list[list[Any]] = store.notes(kind).get(_KEY, [])
        told_of, last = {note[0] for note in kept}, {tuple(note[:3]): note[4] for note in kept}
        added = []
        for one in (*(one for one in before if one.person not in told_of), *new):
            if last.get((one.person, *one.source)) != one.facts:
                last[one.person, *one.source] = one.facts
                added.append([one.person, *one.source, one.row, one.facts, None if load is None else load.id])
        if added:
            store.save_note(kind, _KEY, [*kept, *added])


def told_elsewhere(
    store: Store, people: Iterable[str], lists: Collection[tuple[str, str]], loads: Mapping[str, Collection[str]]
) -> set[str]:
    """Return of whom a list tells that is none of ``lists`` (file and sheet, "" without).

    Of a name that several files have, one of ``lists`` is what one of these ``loads`` brought.
    """
    asked = set(people)
    kept = [note for kind in sorted(set(map(_kind, asked))) for note in store.notes(kind).get(_KEY, [])]
    return {
        note[0]
        for note in kept
        if note[0] in asked
        and ((note[1], note[2] or "") not in lists or (note[1] in loads and note[5] not in loads[note[1]]))
    }


def forget_told(store: Store, load: LoadEntry) -> None:
    """Forget what a load that was taken back told."""
    for kind in map(_part, range(_PARTS)):
        kept = store.notes(kind).get(_KEY, [])
        left = [note for note in kept if note[5] != load.id]
        if left != kept:
            store.save_note(kind, _KEY, left or None)


def lists_of(
    store: Store, people: Collection[str], united: Records, *, several: bool = False
) -> dict[str, list[Telling]]:
    """Return by person what each list tells of them, under any of their ids, in the order of lists and rows.

    ``united``: records that hold these people; with ``several`` only of those of whom more than one list tells.
    """
    from tracing.identity.told import homes_in_words, read_tellings

    groups = {who: group for group in store.identity().groups for who in group}
    members = {person: groups.get(person, (person,)) for person in people}
    ids = {who for own in members.values() for who in own}
    told: dict[str, list[Telling]] = defaultdict(list)
    for kind in sorted({_kind(who) for who in ids}) if len(ids) < _MANY else map(_part, range(_PARTS)):
        for one in _read(store.notes(kind).get(_KEY, [])):
            told[one.person].append(one)
    joined = {who for own in members.values() if len(own) > 1 for who in own}
    alone = [(united, ids - joined - told.keys())] if not several else []
    alone += [(store.read(tables=["persons", "areas"]), joined - told.keys())] if joined - told.keys() else []
    for records, own in alone:
        if own:
            persons = records.columns("persons")
            rows = persons.take(persons.texts("person").says(*own))
            for one in read_tellings(rows.put(home=homes_in_words(records, rows))):
                told[one.person].append(one)
    cases = united.columns("cases")
    ill = {one.person: one.source for one in read_tellings(cases.take(cases.texts("person").says(*ids)))}
    found = {}
    for person, all_ids in members.items():
        lists = [one for who in all_ids for one in told.get(who, ())]
        if several and len(lists) < 2:
            continue
        case = {ill[who] for who in all_ids if who in ill}
        lists = [replace(one, facts={**one.facts, "case": ""}) if one.source in case else one for one in lists]
        found[person] = sorted(lists, key=lambda one: (one.file or "", one.sheet or "", one.row or 0, one.person))
    return found


def _read(notes: Iterable[list[Any]]) -> list[Telling]:
    """Return what each list told last."""
    from tracing.identity.told import Telling

    last = {tuple(note[:3]): note for note in notes}
    return [
        Telling(person=person, file=file, sheet=sheet, row=row, facts=facts)
        for person, file, sheet, row, facts, _load in last.values()
    ]


def plain_lists(told: list[Telling]) -> dict[str, Any]:
    """Return what lists tell as plain data: which facts, of birth the year, of sex which; and on what they differ."""
    from tracing.identity.told import differing_facts

    lists = [
        {"id": one.person, "file": one.file, "sheet": one.sheet, "row": one.row}
        | {"facts": [fact for fact in _WORDS if fact in one.facts]}
        | {"birth_year": _years([one.facts[_BIRTH]]) if _BIRTH in one.facts else None, "sex": one.facts.get("sex")}
        for one in told
    ]
    return {"lists": lists, "differ": differing_facts(told)}


def write_lists(told: list[Telling], *, show_names: bool) -> None:
    """Say from which lists a person's facts come, and where these disagree; names and homes with ``show_names``."""
    from tracing.identity.told import differing_facts

    if len(told) < 2:
        for one in told:
            show(_("From {lists}.", lists=_line(one, show_names=show_names)))
        return
    ids = {one.person for one in told}
    if len(ids) > 1:
        show(_("One person under {n} ids (truyvet same log says who decided it):", n=len(ids)))
    else:
        show(_("From these lists (file, sheet, row):"))
    rows: list[list[Piece]] = [
        [*([one.person] if len(ids) > 1 else []), _where(one), _facts(one, show_names=show_names)] for one in told
    ]
    show_table(rows)
    differ = differing_facts(told)
    if differ:
        show(_("They differ: {what}.", what=_differences(told, differ, show_names=show_names)))


def say_lists(told: list[Telling]) -> str:
    """Return the same in one line, without names."""
    from tracing.identity.told import differing_facts

    differ = differing_facts(told)
    parts = [_("From {lists}.", lists="; ".join(_line(one, show_names=False) for one in told))]
    if differ:
        parts.append(_("They differ: {what}.", what=_differences(told, differ, show_names=False)))
    return " ".join(map(say, parts))


def _line(one: Telling, *, show_names: bool) -> str:
    return f"{_where(one)} ({_facts(one, show_names=show_names)})" if one.facts else _where(one)


def _where(one: Telling) -> str:
    return " · ".join(str(part) for part in (one.file, one.sheet, one.row) if part is not None)


def _facts(one: Telling, *, show_names: bool) -> str:
    told = [_fact(fact, [one.facts[fact]], show_names=show_names) for fact in _WORDS if fact in one.facts]
    return ", ".join(told)


def _differences(told: list[Telling], differ: Iterable[str], *, show_names: bool) -> str:
    values = {fact: list(dict.fromkeys(one.facts[fact] for one in told if fact in one.facts)) for fact in differ}
    return ", ".join(_fact(fact, values[fact], show_names=show_names) for fact in differ)


def _fact(fact: str, values: list[str], *, show_names: bool) -> str:
    """Return a fact with its values: of birth the year, of a sex the word, of what names somebody only if asked."""
    each = [one for value in values for one in value.split("; ")]
    shown = ""
    if show_names and fact in ("name", "home", _BIRTH):
        shown = " / ".join(dict.fromkeys(each))
    elif fact == _BIRTH:
        shown = _years(values)
    elif fact == "sex":
        shown = " / ".join(say(SEXES[one]) for one in dict.fromkeys(each))
    return f"{say(_WORDS[fact])} {shown}".strip()


def _years(values: list[str]) -> str:
    return " / ".join(dict.fromkeys(one[:4] for value in values for one in value.split("; ")))
