"""``truyvet same``: who on several lists is one person; proposed, decided, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cli.language import say, spoken
from cli.options import Group, Settings, argument, json_option, option
from cli.screen import Piece, show, show_call, show_json, show_table
from cli.shown import shown_instant, shown_number
from cli.use_cases.open import open_existing, time_asked
from cli.use_cases.people import People
from cli.use_cases.questions import kept_answers
from cli.use_cases.same import (
    Proposed,
    all_decisions,
    are_two_cases,
    automatic_joins,
    called,
    decide,
    decision_to_undo,
    find_pairs,
    id_on_record,
    open_pairs,
    propose,
    shown_questions,
)
from cli.use_cases.same_effect import changes_by, effects_of, write_effect
from cli.use_cases.same_pairs import AskedPair
from cli.use_cases.same_words import sources_of, write_proposed
from cli.words import NEXT
from tracing.errors import NothingFound
from tracing.identity.decisions import PEOPLE, PLACES
from tracing.text import Text, catalogue
from tracing.times import local

if TYPE_CHECKING:
    from graph import Store

_, _n = catalogue("cli")

command = Group(
    "same",
    usual="review",
    help=_(
        "The same person stands in several lists, with one id here and another there, and a place under several"
        " spellings. Joined without asking are those whose identity number and name agree, or telephone, name and year"
        " of birth, a row without any number and the one person of its name and year, and places of one plate, or of"
        " one name in one area, where nothing contradicts; others are asked about, first those that change a tier. A"
        " telephone alone joins nobody.\n"
        "The records stay as they came; every decision is kept with who, when and why, and can be taken back."
    ),
    examples="truyvet same\ntruyvet same propose\ntruyvet same accept k3wq5x2a\ntruyvet same log",
)
_BOTH: Final = {"split": _("taken out"), "undo": _("taken back")}
_SAID: Final = {
    PEOPLE: {"join": _("one person"), "apart": _("two people"), **_BOTH},
    PLACES: {"join": _("one place"), "apart": _("two places"), **_BOTH},
}


def _why(function: Any) -> Any:
    return option("--why", default="", metavar=_("TEXT"), help=_("The reason, kept with the decision."))(function)


_PAIR = argument(
    "words", metavar=_("ID…"), nargs=-1, required=True, help=_("The ids of questions, or two ids on record.")
)


@command.child(
    "propose",
    short=_("Find who may be one person, and join what is sure."),
    help=_(
        "Compare everybody on record, as every load does, and keep what is joined and what is to be asked. Names the"
        " telephone numbers that many people give; with --show-names the numbers themselves."
    ),
    examples="truyvet same propose\ntruyvet same propose --weights weights.toml",
)
@option("--weights", type=click.Path(exists=True, path_type=Path), help=_("Weights of your own: truyvet same fit."))
@json_option
@click.pass_obj
def _propose(settings: Settings, weights: Path | None, as_json: bool) -> None:
    from tracing.identity.weights import read_weights

    with open_existing(settings) as store:
        found = propose(store, weights=None if weights is None else read_weights(weights))
    if as_json:
        told = {one.of: _plain_found(one) for one in found}
        show_json(told[PEOPLE] | {"places": told[PLACES]})
        return
    for one in found:
        write_proposed(one, settings=settings)


def _plain_found(found: Proposed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "joined": [_plain(one) for one in found.joined],
        "withdrawn": [_plain(one) for one in found.withdrawn],
        "joins": found.joins,
        "questions": [_plain(one) for one in found.questions],
    }
    if found.shared is None:
        return told
    many = int(found.shared["many"].sum())
    return told | {"shared_numbers": len(found.shared), "numbers_of_many": many}


def _plain(asked: AskedPair) -> dict[str, Any]:
    from tracing.identity.words import say_reasons

    return {
        "id": asked.id,
        ("people" if asked.of == PEOPLE else "places"): list(asked.people),
        "probability": asked.probability,
        "changes_tier": asked.changes_tier,
        "reasons": say_reasons(asked.levels, of=asked.of)(spoken()),
    }


@command.child(
    "review",
    short=_("Show the questions: who may be one person."),
    help=_(
        "The pairs that somebody has to decide: what agrees and what differs, in which lists they stand, and, where one"
        " of the two is a case and the other is not, what a yes would change. Names only with --show-names."
    ),
    examples="truyvet same review\ntruyvet same review --show-names --all",
)
@option("--all", "everything", is_flag=True, help=_("All of them; else the first three per hundred people."))
@json_option
@click.pass_obj
def _review(settings: Settings, everything: bool, as_json: bool) -> None:
    with open_existing(settings, read_only=True) as store:
        asked = open_pairs(store)
        records = store.read(tables=["persons", "places", "areas"])
        shown = asked if everything else shown_questions(asked, len(records.persons))
        if as_json:
            show_json({"questions": [_plain(one) for one in shown], "open": len(asked)})
            return
        if not asked:
            show(_("No question is open about who or what is one."))
            return
        weighty = [one for one in shown[:_EFFECTS] if one.changes_tier or one.of == PLACES]
        effects = effects_of(store, weighty, settings)
    people, sources = (
        People.of(records),
        sources_of(records.columns("persons")) | sources_of(records.columns("places"), "place"),
    )
    show(_n("{n} question, the weightiest first:", "{n} questions, the weightiest first:", len(asked), n=len(asked)))
    for one in shown:
        _write_question(one, people, sources, effects.get(one.id), show_names=settings.show_names)
    if len(shown) < len(asked):
        show(_("… and {n} that are less likely: --all", n=shown_number(len(asked) - len(shown))))
    if not settings.quiet:
        show_call(NEXT, f"truyvet same accept {shown[0].id}" + settings.again)
        show_call(_("or"), f"truyvet same reject {shown[0].id}" + settings.again)


_EFFECTS: Final = 5
"""Questions of which it is worked out what a yes would change."""


def _write_question(
    asked: AskedPair, people: People, sources: dict[str, str], effect: Text | None, *, show_names: bool
) -> None:
    from tracing.identity.words import say_reasons

    show(asked.id, f"  {int(100 * asked.probability)} %  ", say_reasons(asked.levels, of=asked.of)(spoken()))
    for ident in asked.people:
        told = ident if asked.of == PLACES else people.line(ident, show_names=show_names, hamlet=True)
        show("  ", told, "  ", sources.get(ident, ""))
    if effect is not None:
        show("  ", effect)
    elif asked.changes_tier:
        show("  ", _("One of the two is a case: a yes changes tiers."))


@command.child(
    "accept",
    short=_("They are one person, or place."),
    help=_("Say that two ids are one person, or place, and see who rises, falls, comes and goes on the list."),
    examples=_('truyvet same accept k3wq5x2a\ntruyvet same accept BN34 P-000412 --why "asked by phone"'),
)
@_PAIR
@_why
@click.pass_obj
def _accept(settings: Settings, words: tuple[str, ...], why: str) -> None:
    _decide(settings, "join", words, why)


@command.child(
    "reject",
    short=_("They are two people, or places."),
    help=_("Say that two ids are two people, or places; it is never asked again."),
    examples="truyvet same reject k3wq5x2a",
)
@_PAIR
@_why
@click.pass_obj
def _reject(settings: Settings, words: tuple[str, ...], why: str) -> None:
    _decide(settings, "apart", words, why)


@command.child(
    "split",
    short=_("Take an id out of a person, or place."),
    help=_("Say that an id is none of the others with which it is one."),
    examples="truyvet same split P-000412",
)
@argument("person", metavar=_("ID"), help=_("An id on record."))
@_why
@click.pass_obj
def _split(settings: Settings, person: str, why: str) -> None:
    with open_existing(settings) as store:
        of, leaves = id_on_record(store, person)
        others = [one for one in store.identity(of).members(leaves) if one != leaves]
        if not others:
            raise NothingFound(_("This id stands alone: it is one with no other."))
        _carry_out(settings, store, "split", [leaves, *others], why, of=of)


def _decide(settings: Settings, what: str, words: Sequence[str], why: str) -> None:
    with open_existing(settings) as store:
        for of, pair in find_pairs(store, words):
            _carry_out(settings, store, what, pair, why, of=of)


def _carry_out(
    settings: Settings,
    store: Store,
    what: str,
    people: Sequence[str],
    why: str,
    *,
    of: str,
    undoes: int | None = None,
) -> None:
    """Decide, and say what it changes."""
    from cli.use_cases.rule import choose_policy

    before, joined, was = store.numbered(), store.identity(of).groups, called(store)
    decided = decide(store, what, people, why=why, undoes=undoes, of=of)
    if what == "undo" or (what != "join" and store.identity(of).groups != joined):
        propose(store, of=[of])  # what is joined without asking may be another now
    show(_("Decision {n}: {what}.", n=str(decided.number), what=_SAID[of][what]))
    if what == "join" and of == PEOPLE and are_two_cases(store, people, before=joined):
        show(_("Both were cases on record: they are one F0 now. truyvet same undo takes it back."))
    if not before.records.cases.empty:
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, as_of)
        write_effect(changes_by(before, store.slice, policy, as_of), was, called(store))
    left = len(open_pairs(store))
    if left and not settings.quiet:
        show(_n("{n} question is still open.", "{n} questions are still open.", left, n=left))


@command.child(
    "undo",
    short=_("Take a decision back."),
    help=_("Take the last decision back, or the one whose number truyvet same log shows."),
    examples="truyvet same undo\ntruyvet same undo 3",
)
@argument("number", metavar=_("NUMBER"), required=False, type=int, help=_("Number of the decision."))
@click.pass_obj
def _undo(settings: Settings, number: int | None) -> None:
    with open_existing(settings) as store:
        undone = decision_to_undo(store, number)
        _carry_out(settings, store, "undo", [], "", of=undone.of, undoes=undone.number)


@command.child(
    "log",
    short=_("Show the decisions, and what was joined without asking."),
    help=_("Every decision with its number, when, who and why; then the joins without asking and their reasons."),
    examples="truyvet same log",
)
@json_option
@click.pass_obj
def _log(settings: Settings, as_json: bool) -> None:
    from tracing.identity.words import MEANT

    with open_existing(settings, read_only=True) as store:
        decisions, joins, zone = all_decisions(store), automatic_joins(store), store.read(tables=[]).zone
        answers = kept_answers(store)
    undone = {one.undoes for one in decisions}
    if as_json:
        told = [vars(one) | {"undone": one.number in undone} for one in decisions]
        show_json({"decisions": told, "automatic": [_plain(one) | {"at": one.at} for one in joins]})
        return
    if not decisions and not joins:
        show(_("Nothing was decided, and nothing was joined."))
        return
    rows: list[list[Piece]] = []
    for one in decisions:
        what = say(_SAID[one.of][one.what]) + (f" {one.undoes}" if one.undoes is not None else "")
        if one.number in undone:
            what += f" ({say(_('taken back'))})"
        when = shown_instant(local(one.at, zone))
        why = one.why if one.basis is None else say(_("a load found it: {why}", why=MEANT[one.basis]))
        why = say(_("answer to question {id}", id=why)) if why in answers else why
        rows.append([str(one.number), when, one.who, what, "; ".join(one.people), why])
    if rows:
        show_table(rows, head=[_("number"), _("when"), _("who"), _("decision"), _("ids"), _("why")])
    if joins:
        show(_n("{n} join without asking:", "{n} joins without asking:", len(joins), n=len(joins)))
        show_table([_joined(one, zone) for one in joins], head=[_("id"), _("when"), _("ids"), _("why")])


def _joined(asked: AskedPair, zone: str) -> list[Piece]:
    from tracing.identity.words import say_reasons

    when = "" if asked.at is None else shown_instant(local(asked.at, zone))
    return [asked.id, when, "; ".join(asked.people), say_reasons(asked.levels, of=asked.of)(spoken())]


@command.child(
    "fit",
    short=_("Fit the weights to the people on record."),
    help=_(
        "Estimate from the people on record how often facts agree for one person and for two, and write it as a file"
        " for truyvet same propose --weights. Not needed: the weights that come with the program do not depend on your"
        " data, so that the same records give the same answers everywhere."
    ),
    examples="truyvet same fit --out weights.toml",
)
@option(
    "--out", type=click.Path(path_type=Path), default=Path("weights.toml"), metavar=_("FILE"), help=_("File to write.")
)
@click.pass_obj
def _fit(settings: Settings, out: Path) -> None:
    from cli.writers.files import put_in_place
    from tracing.identity.fit import fit_weights, weights_text

    with open_existing(settings, read_only=True) as store:
        records = store.read(tables=["persons", "cases", "areas"])
    weights = fit_weights([records], source=say(_("Estimated from {n} people on record", n=len(records.persons))))
    put_in_place(out, lambda draft: draft.write_text(weights_text(weights), encoding="utf-8"))
    show(_("{name}: weights of {n} people", name=out, n=len(records.persons)))
