"""What a message advises exists: each command and option that a text names is one of the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
from catalogues import PACKAGES, read_catalogue

from cli.main import app

#: Options of other programs, which texts name too.
OTHERS = {"--upgrade", "--env-file", "--wait", "--overwrite-destination"}
#: What follows the name of the program where it is not called.
NOT_CALLED = {"a", "has", "in", "on", "starts", "wrote"}


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            assert found is not None
            yield from commands(found, f"{name} {part}")


def texts() -> Iterator[str]:
    for package in PACKAGES:
        for message in read_catalogue(package, "vi"):
            forms = message.id if isinstance(message.id, tuple | list) else [message.id]
            yield from forms


def test_what_is_advised_exists() -> None:
    known = dict(commands(app, "truyvet"))
    options = {option for one in known.values() for parameter in one.params for option in parameter.opts}
    options |= {option for one in known.values() for parameter in one.params for option in parameter.secondary_opts}
    wrong = []
    for text in texts():
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text):
            if option not in options | OTHERS | {"--help"}:
                wrong.append((option, text))
        for call in re.findall(r"\btruyvet ((?:[a-z0-9]+ ?)+)", text):
            words = call.split()
            if words[0] not in NOT_CALLED and f"truyvet {words[0]}" not in known:
                wrong.append((call, text))
    assert not wrong


def test_an_option_in_a_call_is_one_of_its_command() -> None:
    known = dict(commands(app, "truyvet"))
    wrong = []
    for text in texts():
        for call in re.findall(r"\btruyvet [^\n;]*", text):
            words = call.split()
            names = [name for name in known if words[: len(name.split())] == name.split()]
            name = max(names, key=len)
            if name == "truyvet":
                continue
            own = {
                option for parameter in known[name].params for option in (*parameter.opts, *parameter.secondary_opts)
            }
            for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", call):
                if option not in own | {"--help"}:
                    wrong.append((name, option, text))
    assert not wrong
