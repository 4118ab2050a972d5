"""Questions of loads and their answers: kept beside the records, answered in one way wherever the answer comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from cli.language import say
from cli.options import see_help
from cli.short import person_of
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Store
    from loaders import LoadOptions, LoadResult, Question

_, _n = catalogue("cli")

#: Kinds of notes: an answer by the id of its question; the open questions, all under one key.
ANSWER: Final = "answer"
QUESTIONS: Final = "questions"
OPEN: Final = "open"
#: Kind of notes: a row corrected in a workbook of rows set aside, by its key.
CORRECTED: Final = "corrected row"
#: Kind of notes: answers taken back, until the lists that they are about are loaded again.
TAKEN_BACK: Final = "answer taken back"


@dataclass(frozen=True)
class Taken:
    """What became of answers: how many were kept or taken back, and the rows that can be loaded now.

    ``files`` are those whose rows these are; ``unlike`` are ids of answers in a workbook that differ from what is kept.
    """

    kept: int = 0
    back: int = 0
    released: int = 0
    files: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """An answer on record; ``question`` is None where only its id is known."""

    id: str
    choice: str
    question: Question | None


def open_questions(store: Store) -> list[Question]:
    """Return the questions that are to be answered, those that hold back most rows first."""
    from loaders.answers import question_of

    return [question_of(data) for data in store.notes(QUESTIONS).get(OPEN, [])]


def kept_answers(store: Store) -> dict[str, Answered]:
    """Return the answers on record by the id of their question."""
    from loaders.answers import question_of

    found = {}
    for ident, note in store.notes(ANSWER).items():
        asked = note["question"]
        found[ident] = Answered(ident, note["choice"], None if asked is None else question_of(asked))
    return found


def with_long_ids(options: LoadOptions, store: Store) -> LoadOptions:
    """Return the options with the ids of people where answers name them by their short ones."""
    if not options.answers:
        return options
    long = {short: person for person, short in store.short_ids().items()}
    return replace(options, answers={ident: long.get(choice, choice) for ident, choice in options.answers.items()})


def with_kept_answers(options: LoadOptions, store: Store) -> LoadOptions:
    """Return the options with the answers and corrected rows that the store keeps; an empty answer takes one back."""
    options = with_long_ids(options, store)
    kept = {ident: one.choice for ident, one in kept_answers(store).items()}
    both = {**kept, **options.answers}
    answers = {ident: choice for ident, choice in both.items() if choice}
    return replace(options, answers=answers, corrected=store.notes(CORRECTED))


def keep_answers(store: Store, said: Mapping[str, str]) -> Taken:
    """Keep answers to questions that are on record; an empty one takes its answer back. All of them, or none.

    Raises
    ------
    NothingFound
        If there is no such question.
    UsageError
        If a question cannot be answered so.
    """
    asked, kept = {question.id: question for question in open_questions(store)}, kept_answers(store)
    said = {ident: person_of(choice) or choice for ident, choice in said.items()}
    for ident, choice in said.items():
        if not choice and ident in asked and ident not in kept:
            raise _not_answered(ident)
        if ident not in (kept if not choice else kept.keys() | asked.keys()):
            raise _no_question(ident)
        known = asked.get(ident) or (kept[ident].question if ident in kept else None)
        if choice and known is not None and not _takes(known, choice):
            raise _no_choice(known, choice)
    before = list(asked.values())
    for ident, choice in said.items():
        if choice:
            question = asked.pop(ident, None) or kept[ident].question
            _save_answer(store, ident, choice, question)
        else:
            gone = kept[ident].question
            store.save_note(ANSWER, ident, None)
            store.save_note(TAKEN_BACK, ident, True)
            if gone is not None:
                asked[ident] = gone
    _save_open(store, asked.values())
    return _taken(said, before, asked.values())


def check_said(result: LoadResult, said: Mapping[str, str], store: Store) -> None:
    """Refuse answers given with a load that answer nothing, or cannot be used; nothing was written yet."""
    asked = {question.id: question for question in (*open_questions(store), *result.questions)}
    unread = {question.id for question in result.questions}
    known = result.used | kept_answers(store).keys() | asked.keys()
    for ident, choice in said.items():
        if ident not in known:
            raise _no_question(ident)
        if choice and (ident in unread or (ident in asked and not _takes(asked[ident], choice))):
            raise _no_choice(asked[ident], choice)


def _takes(question: Question, choice: str) -> bool:
    """Tell whether a question may be answered so; what a column is, only with a column that there is."""
    from loaders.columns.mapping import field_meant

    offered = [one.value for one in question.choices]
    return question.takes(choice) and (question.kind != "column" or field_meant(choice, offered) is not None)


def keep_of_load(store: Store, result: LoadResult, said: Mapping[str, str]) -> Taken:
    """Keep what was answered with a load, on the command line and in its files. What is kept already stands.

    Rows that were corrected in its files are kept, too, so that they are read so wherever they come again.
    """
    kept = kept_answers(store)
    known = {question.id: question for question in (*open_questions(store), *result.answered)}
    unread = {question.id for question in result.questions}
    new = {ident: choice for ident, choice in result.learned.items() if ident not in kept and ident not in unread}
    unlike = tuple(i for i, choice in result.learned.items() if i in kept and choice != kept[i].choice)
    for ident, choice in {**new, **said}.items():
        if choice:
            _save_answer(store, ident, choice, known.get(ident))
        else:
            store.save_note(ANSWER, ident, None)
            store.save_note(TAKEN_BACK, ident, True)
    for ident in unread & kept.keys():
        store.save_note(ANSWER, ident, None)  # it cannot be used any more, and is asked again
    for key, texts in result.corrected.items():
        store.save_note(CORRECTED, key, dict(texts))
    before = open_questions(store)
    asked = [question for question in before if question.id not in new and question.id not in said]
    return replace(_taken({**new, **said}, before, asked), unlike=unlike)


def keep_open(store: Store, result: LoadResult) -> None:
    """Keep the questions that are open after a load."""
    from loaders.answers import still_open

    answered = kept_answers(store).keys()
    asked = still_open(open_questions(store), result.questions, result.read)
    _save_open(store, [question for question in asked if question.id not in answered])


def _save_answer(store: Store, ident: str, choice: str, question: Question | None) -> None:
    from loaders.answers import question_data

    data = None if question is None else question_data(question)
    store.save_note(ANSWER, ident, {"choice": choice, "question": data})


def _save_open(store: Store, questions: Iterable[Question]) -> None:
    from loaders.answers import question_data

    by_rows = sorted(questions, key=lambda q: (-q.rows, q.file, q.sheet or "", q.row or 0, q.id))
    store.save_note(QUESTIONS, OPEN, [question_data(question) for question in by_rows] or None)


def close_questions(store: Store, ids: Collection[str]) -> None:
    """Forget open questions that were decided in another way, by id."""
    asked = open_questions(store)
    left = [question for question in asked if question.id not in ids]
    if len(left) < len(asked):
        _save_open(store, left)


def _taken(said: Mapping[str, str], before: Iterable[Question], after: Iterable[Question]) -> Taken:
    left = releases(before, after)
    files = tuple(sorted({file for (file, _sheet), rows in left.items() if rows}))
    kept = sum(bool(choice) for choice in said.values())
    return Taken(kept, len(said) - kept, sum(map(len, left.values())), files)


def releases(before: Iterable[Question], after: Iterable[Question]) -> dict[tuple[str, str], set[int]]:
    """Return the rows that waited before and no longer do, by file and sheet."""
    from loaders.questions import rows_held

    held = rows_held(after)
    return {
        source: set(rows.tolist()) - set(held[source].tolist() if source in held else ())
        for source, rows in rows_held(before).items()
    }


def _not_answered(ident: str) -> NothingFound:
    return NothingFound(
        _("Question {id} is open: it has no answer yet that could be taken back.", id=ident),
        fix=_("Answer it: truyvet answer {id} CHOICE", id=ident),
    )


def _no_question(ident: str) -> NothingFound:
    return NothingFound(_("There is no question {id}.", id=ident), fix=_("See them: truyvet questions"))


def _no_choice(question: Question, choice: str) -> UsageError:
    values = ", ".join(one.value for one in question.choices)
    return UsageError(
        _("Question {id} cannot be answered so.", id=question.id),
        fix=_("Choose one of: {values}.", values=values) if values else see_help("truyvet answer"),
    )


def question_object(question: Question) -> dict[str, Any]:
    """Return a question as plain data, in the spoken language; what stands in the cell is left out."""
    return {
        "id": question.id,
        "kind": question.kind,
        "file": question.file,
        "sheet": question.sheet,
        "row": question.row,
        "column": question.column,
        "cell": question.cell,
        "text": say(question.text),
        "rows": question.rows,
        "people": list(question.people),
        "choices": [{"value": choice.value, "text": say(choice.text)} for choice in question.choices],
    }


def parse_pairs(words: Sequence[str]) -> dict[str, str]:
    """Return ID CHOICE ID CHOICE … as a mapping.

    Raises
    ------
    UsageError
        If a choice is missing.
    """
    if not words or len(words) % 2:
        raise UsageError(_("Write an id and a choice, in pairs."), fix=see_help("truyvet answer"))
    return dict(zip(words[::2], words[1::2], strict=True))
