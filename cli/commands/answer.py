"""``truyvet answer``: answers to the questions of loads, kept and taken back."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from cli.options import Settings, argument, make_command, option, see_help
from cli.screen import show, show_call
from cli.use_cases.account import SET_ASIDE
from cli.use_cases.findings import write_taken
from cli.use_cases.open import open_existing
from cli.use_cases.questions import Taken, keep_answers, open_questions, parse_pairs
from cli.use_cases.same import follow_answers
from cli.words import NEXT
from tracing.errors import UsageError
from tracing.text import catalogue

_, _n = catalogue("cli")


@make_command(
    "answer",
    help=_(
        "Answer questions that truyvet load or truyvet questions shows, by id. The answers are kept and used whenever"
        " the same is asked again, in any file; the rows that waited are loaded with their file.\n"
        "A choice may be one of those offered, or, where * is offered, own words: a day, an id, a column. --back takes"
        " answers back: the questions are open again."
    ),
    examples=_(
        "truyvet answer k3wq5x2a BN34\ntruyvet answer k3wq5x2a 30/6/2021 m4t7c2pz -\ntruyvet answer --back k3wq5x2a"
    ),
)
@argument("words", metavar=_("ID CHOICE…"), nargs=-1, help=_("Ids of questions, each with its answer."))
@option("--back", is_flag=True, help=_("Take the answers to these questions back."))
@click.pass_obj
def command(settings: Settings, /, words: tuple[str, ...], back: bool) -> int:
    """Keep answers, or take them back."""
    if back and not words:
        raise UsageError(_("No question was named."), fix=see_help("truyvet answer"))
    said = dict.fromkeys(words, "") if back else parse_pairs(words)
    with open_existing(settings) as store:
        taken = keep_answers(store, said)
        follow_answers(store, said)
        left = open_questions(store)
    write_taken(taken, settings=settings)
    if taken.released:
        show(_n("{n} row can be loaded now.", "{n} rows can be loaded now.", taken.released, n=taken.released))
    if left:
        show(_n("{n} question is still open.", "{n} questions are still open.", len(left), n=len(left)))
    if taken.files and not settings.quiet:
        show_call(NEXT, f"truyvet load {_again(taken)}" + settings.again)
    return 0


def _again(taken: Taken) -> str:
    """Return what is to be loaded again: the files whose rows waited; where one is not here, the rows set aside."""
    here = all(Path(file).is_file() for file in taken.files)
    return " ".join(map(shlex.quote, taken.files)) if here or not Path(SET_ASIDE).is_file() else SET_ASIDE
