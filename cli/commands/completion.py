"""``truyvet completion``: the script for the shell."""

from __future__ import annotations

import click

from cli.options import make_command

SHELLS = ("bash", "zsh", "fish")


@make_command("completion")
@click.argument("shell", type=click.Choice(SHELLS), metavar="SHELL")
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script by which a shell completes commands."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    script = found(context.find_root().command, {}, "truyvet", "_TRUYVET_COMPLETE")
    click.echo(script.source())
