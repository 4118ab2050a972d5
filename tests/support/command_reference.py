"""The command reference, written from the commands themselves: ``make commands`` runs this.

``docs/commands.md`` is in English, ``docs/commands.vi.md`` in Vietnamese; a test checks that both are up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cli.language import say, speak
from cli.main import app
from cli.options import EXIT_CODES, Argument, Command, Group, Option
from tracing.text import Text, catalogue

ROOT = Path(__file__).resolve().parents[2]
FILES = {"en": ROOT / "docs" / "commands.md", "vi": ROOT / "docs" / "commands.vi.md"}
_, _n = catalogue("cli")


def commands(group: Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Command | Group]]:
    """Yield every command below ``group`` with its whole name."""
    yield path, group
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        assert isinstance(found, Command | Group)
        if isinstance(found, Group):
            yield from commands(found, (*path, name))
        else:
            yield (*path, name), found


def reference(lang: str) -> str:
    """Return the whole page in ``lang``."""
    speak(lang)
    try:
        blocks = ["<!-- Written by make commands from the commands themselves. -->", f"# {heading(_('Commands:'))}"]
        for path, command in commands(app, ("truyvet",)):
            blocks += section(path, command)
        blocks += [f"## {heading(_('Exit codes:'))}"]
        blocks += ["\n".join(f"- `{code}` {say(means)}" for code, means in EXIT_CODES.items())]
        return "\n\n".join(blocks) + "\n"
    finally:
        speak("en")


def heading(text: Text) -> str:
    """Return a text of the help as a heading."""
    return say(text).rstrip(":")


def section(path: tuple[str, ...], command: Command | Group) -> Iterator[str]:
    """Yield what stands about one command; the options of every command only on the first page."""
    context = click.Context(command, info_name=" ".join(path))
    yield f"{'#' * min(len(path) + 1, 4)} {' '.join(path)}"
    yield "\n\n".join(say(command.told).split("\n"))
    yield f"```sh\n{say(command.examples)}\n```"
    arguments = [p for p in command.params if isinstance(p, Argument)]
    yield from rows([(p.make_metavar(context), say(p.told)) for p in arguments])
    options = [p for p in command.params if isinstance(p, Option) and p.everywhere is (len(path) == 1)]
    yield from rows([p.help_row(context) for p in options])
    if isinstance(command, Group):
        names = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
        yield from rows([(f"{' '.join(path)} {name}", c.get_short_help_str()) for name, c in names if c is not None])


def rows(pairs: list[tuple[str, str]]) -> Iterator[str]:
    """Yield a list of (how it is written, what it does); nothing for none."""
    if pairs:
        yield "\n".join(f"- `{name}` {told}" for name, told in pairs)


def main() -> None:
    for lang, path in FILES.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(reference(lang), encoding="utf-8")


if __name__ == "__main__":
    main()
