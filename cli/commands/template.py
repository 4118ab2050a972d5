"""``truyvet template``: forms to fill in, one per kind of list."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from cli.language import say, spoken
from cli.options import Settings, argument, make_command, option
from cli.screen import show, show_call, show_table
from cli.words import NEXT
from cli.writers.files import put_in_place
from tracing.errors import UsageError
from tracing.text import catalogue

_, _n = catalogue("cli")


@make_command(
    "template",
    help=_(
        "Write an Excel form for one kind of list, to be filled in and loaded: its heads, drop-downs, a sheet that"
        " explains each column with examples. Underlined heads are needed. Without KIND: the kinds there are."
    ),
    examples=_("truyvet template\ntruyvet template contacts\ntruyvet template contacts --lang en --out f1.xlsx"),
)
@argument("kind", metavar=_("[KIND]"), required=False, help=_("Kind of list; see truyvet template."))
@option(
    "--out", type=click.Path(path_type=Path), metavar=_("FILE"), help=_("Where to write [default: KIND.xlsx here].")
)
@click.pass_obj
def command(settings: Settings, /, kind: str | None, out: Path | None) -> None:
    """Write a form, or list the kinds."""
    from loaders.forms import FORMS
    from loaders.templates import write_template

    if kind is None:
        show_table([[f"  {name}", say(form.title)] for name, form in FORMS.items()])
        if not settings.quiet:
            show_call(NEXT, f"truyvet template {next(iter(FORMS))}")
        return
    path = out or Path(f"{kind}.xlsx")
    if path.exists():
        raise UsageError(_("{file} is there already.", file=str(path)), fix=_("Name another: --out FILE"))
    put_in_place(path, lambda draft: write_template(kind, draft, lang=spoken()))
    show(_("{file}: fill in its first sheet, one row per person.", file=str(path)))
    if not settings.quiet:
        show_call(NEXT, f"truyvet load {shlex.quote(str(path))}" + settings.again)
