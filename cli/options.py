"""The frame of every command: help in both languages, options that stand in any position, commands imported late."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final, TypeVar

import click

from cli.language import LANGUAGES, find_text, say
from tracing.errors import UsageError

DEFAULT_STORE: Final = "truyvet.duckdb"
EXIT_CODES: Final = range(8)
_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass
class Settings:
    """What was said in the options of every command, wherever it stood in the call."""

    store: str | None = None
    policy: str | None = None
    as_of: str | None = None
    show_names: bool = False
    quiet: bool = False

    @property
    def address(self) -> str:
        """Where records are kept: ``--store``, else TRUYVET_STORE, else ``truyvet.duckdb`` here."""
        return self.store or os.environ.get("TRUYVET_STORE") or DEFAULT_STORE

    @property
    def again(self) -> str:
        """What another command needs to ask the same store by the same rule and time, as it is typed."""
        said = (("--store", self.store), ("--policy", self.policy), ("--as-of", self.as_of))
        return "".join(f" {name} {shlex.quote(value)}" for name, value in said if value)


class Option(click.Option):
    """An option whose help is the text ``key``."""

    def __init__(self, *names: Any, key: str = "", everywhere: bool = False, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.key = key
        self.everywhere = everywhere

    def help_row(self, context: click.Context) -> tuple[str, str]:
        """Return (how it is written, what it does) in the spoken language."""
        names = ", ".join(sorted((*self.opts, *self.secondary_opts), key=len))
        metavar = "" if self.is_flag or self.count else f" {self.make_metavar(context)}"
        default = ""
        if self.show_default and self.default is not None:
            default = f" [{say('common.default', value=self.default)}]"
        return names + metavar, say(self.key) + default


def option(*names: str, key: str | None = None, **attributes: Any) -> Callable[[_F], _F]:
    """Add an option; its help is ``<command>.option.<name>``, or the text ``key``."""
    return click.option(*names, cls=Option, key=key or "", **attributes)


def json_option(function: _F) -> _F:
    """Add ``--json``."""
    return option("--json", "as_json", is_flag=True, key="common.option.json")(function)


def case_option(function: _F) -> _F:
    """Add ``--case``, repeatable."""
    return option("--case", "cases", multiple=True, metavar="ID", key="common.option.case")(function)


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    settings = context.ensure_object(Settings)
    if value not in (None, False) and parameter.name is not None:
        setattr(settings, parameter.name, value)


def _nothing(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Take a value that was already used (the language is chosen before anything is said)."""


def _everywhere() -> list[click.Parameter]:
    common: dict[str, Any] = {"expose_value": False, "everywhere": True, "callback": _remember}
    return [
        Option(["--store"], metavar="PLACE", key="common.option.store", **common),
        Option(["--policy"], metavar="RULE", key="common.option.policy", **common),
        Option(["--as-of"], metavar="TIME", key="common.option.as_of", **common),
        Option(["--show-names"], is_flag=True, key="common.option.show_names", **common),
        Option(["--quiet", "-q", "--no-progress"], is_flag=True, key="common.option.quiet", **common),
        Option(["--lang"], type=click.Choice(LANGUAGES), key="common.option.lang", **common | {"callback": _nothing}),
    ]


class _Spoken(click.Command):
    """What commands and groups share: the options of every command, and help from the texts of ``key``."""

    def __init__(self, name: str | None = None, *, key: str | None = None, **attributes: Any) -> None:
        attributes["params"] = [*attributes.get("params", []), *_everywhere()]
        super().__init__(name, **attributes)
        self.key = key or str(name)
        for parameter in self.params:
            if isinstance(parameter, Option) and not parameter.key:
                parameter.key = f"{self.key}.option.{parameter.name}"

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, spoken in the language of the call."""
        if not isinstance(self._help_option, Option):
            self._help_option = Option(
                ["--help", "-h"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
                key="common.option.help", everywhere=True,
            )  # fmt: skip
        return self._help_option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line that the list of commands and shell completion show."""
        return say(f"{self.key}.short")

    def arguments(self, context: click.Context) -> str:
        """Return the arguments as the usage line shows them."""
        return " ".join(p.make_metavar(context) for p in self.params if isinstance(p, click.Argument))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help page."""
        usage = f"{ctx.command_path} {self.arguments(ctx)} {say('common.usage.options')}"
        formatter.write(f"{say('common.usage')} {' '.join(usage.split())}\n\n")
        for paragraph in say(f"{self.key}.help").split("\n"):
            formatter.write_text(paragraph)
        _write_block(formatter, say("common.head.examples"), say(f"{self.key}.examples"))
        self.write_rows(ctx, formatter)
        options = [p for p in self.get_params(ctx) if isinstance(p, Option) and not p.hidden]
        for head, wanted in (("common.head.options", False), ("common.head.everywhere", True)):
            rows = [p.help_row(ctx) for p in options if p.everywhere is wanted]
            if rows:
                formatter.write(f"\n{say(head)}\n")
                with formatter.indentation():
                    formatter.write_dl(rows, col_max=28)

    def write_rows(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands between examples and options: the arguments' help."""
        rows = []
        for parameter in self.params:
            text = find_text(f"{self.key}.argument.{parameter.name}")
            if isinstance(parameter, click.Argument) and text is not None:
                rows.append((parameter.make_metavar(context), say(f"{self.key}.argument.{parameter.name}")))
        if rows:
            formatter.write(f"\n{say('common.head.arguments')}\n")
            with formatter.indentation():
                formatter.write_dl(rows, col_max=28)


def _show_help(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


@click.pass_context
def _show_page(context: click.Context) -> None:
    """Answer a call that names no command with the help page."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def _write_block(formatter: click.HelpFormatter, head: str, block: str) -> None:
    """Write ``block`` line by line as it stands, so that examples can be copied."""
    formatter.write(f"\n{head}\n")
    for line in block.splitlines():
        formatter.write(f"  {line}\n")


class Command(_Spoken):
    """A command. Its texts: ``<key>.short``, ``.help``, ``.examples``, ``.option.<name>``, ``.argument.<name>``."""


class Group(_Spoken, click.Group):
    """A command with commands of its own, or whose commands live in modules imported when they are used.

    Parameters
    ----------
    modules
        Names of commands; each is ``command`` in ``cli.commands.<name>``.
    usual
        The command meant when none is named; without one, the help page is shown.
    """

    def __init__(
        self, name: str | None = None, *, modules: Sequence[str] = (), usual: str | None = None, **attributes: Any
    ) -> None:
        attributes.setdefault("callback", _show_page)
        super().__init__(name, no_args_is_help=False, invoke_without_command=True, **attributes)
        self.modules = tuple(modules)
        self.usual = usual

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which they are used."""
        return [*self.modules, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, importing its module only now."""
        if cmd_name not in self.modules:
            return self.commands.get(cmd_name)
        found: click.Command = import_module(f"cli.commands.{cmd_name.replace('-', '_')}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` begin with; an unknown one is an error that names what is near."""
        found = self.get_command(ctx, args[0])
        if found is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            raise unknown_command(args[0], self.list_commands(ctx), ctx.command_path)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options that stand before the command; put in the usual command where none is named."""
        only_options = all(argument.startswith("-") for argument in args[:1])
        named = {"--help", "-h", *self.commands}
        completing = ctx.resilient_parsing
        if self.usual is not None and not completing and only_options and named.isdisjoint(args):
            args = [self.usual, *args]
        return super().parse_args(ctx, args)

    def arguments(self, context: click.Context) -> str:
        """Return the arguments as the usage line shows them."""
        return say("common.usage.command")

    def short_rows(self) -> Iterator[tuple[str, str]]:
        """Yield (name, short help) of every command, without importing it."""
        for name in self.modules:
            yield name, say(f"{name}.short")
        for name, found in self.commands.items():
            yield name, found.get_short_help_str()

    def write_rows(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands and, on the first page, the exit codes."""
        formatter.write(f"\n{say('common.head.commands')}\n")
        with formatter.indentation():
            formatter.write_dl(list(self.short_rows()), col_max=28)

    def child(self, name: str) -> Callable[[Callable[..., Any]], click.Command]:
        """Add a command of this group: its texts are ``<key of the group>.<name>.…``."""

        def add(function: Callable[..., Any]) -> click.Command:
            made = click.command(name, cls=Command, key=f"{self.key}.{name}")(function)
            self.add_command(made)
            return made

        return add


def make_command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function the command ``name``. What it returns is the exit code (None: 0)."""
    return click.command(name, cls=Command)


def unknown_command(name: str, names: Sequence[str], path: str) -> UsageError:
    """Return the error for a command that does not exist."""
    near = get_close_matches(name, names, n=2)
    fix = (
        say("common.error.did_you_mean", names=say("common.or").join(near))
        if near
        else say("common.error.see_help", command=path)
    )
    return UsageError(say("common.error.no_command", name=name), fix=fix)
