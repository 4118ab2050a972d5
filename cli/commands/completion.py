"""``truyvet completion``: the script for the shell."""

from __future__ import annotations

import click

from cli.options import argument, make_command
from cli.screen import show_data
from tracing.text import catalogue

_, _n = catalogue("cli")

SHELLS = ("bash", "zsh", "fish")


@make_command(
    "completion",
    help=_("Print the script by which bash, zsh or fish complete commands and options with the Tab key."),
    examples="echo 'eval \"$(truyvet completion bash)\"' >> ~/.bashrc\n"
    "echo 'eval \"$(truyvet completion zsh)\"' >> ~/.zshrc\n"
    "truyvet completion fish > ~/.config/fish/completions/truyvet.fish",
)
@argument("shell", type=click.Choice(SHELLS), help=_("bash, zsh or fish."))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script by which a shell completes commands."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    script = found(context.find_root().command, {}, "truyvet", "_TRUYVET_COMPLETE")
    show_data(script.source())
