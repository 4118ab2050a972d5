"""``truyvet questions``: what loads could not decide."""

from __future__ import annotations

import click

from cli.options import Settings, json_option, make_command, option
from cli.screen import show, show_call, show_json, show_table
from cli.use_cases.findings import where_asked, write_questions
from cli.use_cases.open import open_existing
from cli.use_cases.questions import Answered, kept_answers, open_questions, question_object
from cli.words import NEXT
from tracing.text import catalogue

_, _n = catalogue("cli")


@make_command(
    "questions",
    help=_(
        "What the files that were loaded leave open, those first that hold back most rows: where it stands, what may be"
        " answered, and what an answer changes. Each is asked once; rows wait until it is answered and their file is"
        " loaded again.\n"
        "--answered lists the answers on record; --kind difference what was declared otherwise than it was"
        " investigated, for somebody to conclude. --show-names also shows what stands in the cells."
    ),
    examples=_("truyvet questions\ntruyvet questions --answered\ntruyvet questions --kind difference"),
)
@option("--answered", is_flag=True, help=_("The answers on record."))
@option(
    "--kind",
    type=click.Choice(("sheet", "column", "dates", "reference", "person", "case", "difference", "value")),
    help=_("Only questions of this kind."),
)
@json_option
@click.pass_obj
def command(settings: Settings, /, answered: bool, kind: str | None, as_json: bool) -> int:
    """List open questions, or the answers on record."""
    with open_existing(settings, read_only=True) as store:
        questions, answers = open_questions(store), list(kept_answers(store).values())
    questions = [question for question in questions if kind in (None, question.kind)]
    answers = [one for one in answers if kind is None or (one.question is not None and one.question.kind == kind)]
    if answered:
        write_answers(answers, as_json=as_json)
        return 0
    if as_json:
        show_json([question_object(question) for question in questions])
        return 0
    if not questions:
        show(_("No question is open."))
        return 0
    write_questions(questions, everything=True, more="", said=settings.show_names)
    if not settings.quiet:
        show_call(NEXT, f"truyvet answer {questions[0].id} …" + settings.again)
    return 0


def write_answers(answers: list[Answered], *, as_json: bool) -> None:
    """Print the answers on record, each with its question."""
    if as_json:
        about = [None if one.question is None else question_object(one.question) for one in answers]
        show_json([{"id": one.id, "answer": one.choice, "question": q} for one, q in zip(answers, about, strict=True)])
        return
    if not answers:
        show(_("No answer is on record."))
        return
    rows = [[one.id, "" if one.question is None else where_asked(one.question), one.choice] for one in answers]
    show_table(rows, head=[_("id"), _("where"), _("answer")])
    show(_("Take one back: truyvet answer --back ID"))
