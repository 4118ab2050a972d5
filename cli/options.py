"""What every command is made of: options that stand in any position, help in the spoken language, late imports."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from cli.language import say
from cli.layout import width, wrap_call
from cli.screen import show_lines
from tracing.errors import UsageError
from tracing.text import LANGUAGES, Text, catalogue

_, _n = catalogue("cli")

DEFAULT_STORE: Final = "truyvet.duckdb"
EXIT_CODES: Final = {
    0: _("done"),
    1: _("internal error"),
    2: _("wrong usage"),
    3: _("nothing found"),
    4: _("done, but rows were set aside or questions are open"),
    5: _("input unusable"),
    6: _("store or server not reachable"),
    7: _("refused for safety"),
}
_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass
class Settings:
    """What was said in the options of every command, wherever it stood in the call."""

    store: str | None = None
    policy: str | None = None
    as_of: str | None = None
    show_names: bool = False
    quiet: bool = False
    key_file: str | None = None
    no_key: bool = False
    anyway: bool = False

    @property
    def address(self) -> str:
        """Where records are kept: ``--store``, else TRUYVET_STORE, else ``truyvet.duckdb`` here."""
        return self.store or os.environ.get("TRUYVET_STORE") or DEFAULT_STORE

    @property
    def key_path(self) -> Path | None:
        """The file of the store's key: ``--key-file``, else TRUYVET_KEY_FILE; None where neither is given."""
        named = None if self.no_key else self.key_file or os.environ.get("TRUYVET_KEY_FILE")
        return Path(named).expanduser() if named else None

    @property
    def again(self) -> str:
        """What another command needs to ask the same store by the same rule and time, as it is typed."""
        said = (
            ("--store", self.store),
            ("--key-file", self.key_file),
            ("--policy", self.policy),
            ("--as-of", self.as_of),
        )
        return "".join(f" {name} {shlex.quote(value)}" for name, value in said if value)


class Option(click.Option):
    """An option with its help; ``metavar`` and ``help`` are said when they are shown."""

    def __init__(
        self,
        names: Sequence[str],
        *,
        help: Text | str,
        metavar: Text | str | None = None,
        everywhere: bool = False,
        **attributes: Any,
    ) -> None:
        super().__init__(names, **attributes)
        self.told = help
        self.word = metavar
        self.everywhere = everywhere

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the value."""
        return super().make_metavar(ctx) if self.word is None else say(self.word)

    def help_row(self, context: click.Context) -> tuple[str, str]:
        """Return (how it is written, what it does) in the spoken language."""
        names = ", ".join(sorted((*self.opts, *self.secondary_opts), key=len))
        metavar = "" if self.is_flag or self.count else f" {self.make_metavar(context)}"
        default = ""
        if self.show_default and self.default is not None:
            default = " [" + say(_("default: {value}", value=str(self.default))) + "]"
        return names + metavar, say(self.told) + default


class Argument(click.Argument):
    """An argument with its help; ``metavar`` and ``help`` are said when they are shown."""

    def __init__(
        self, names: Sequence[str], *, help: Text | str, metavar: Text | str | None = None, **attributes: Any
    ) -> None:
        super().__init__(names, **attributes)
        self.told = help
        self.word = metavar

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the value."""
        return super().make_metavar(ctx) if self.word is None else say(self.word)


def option(*names: str, help: Text | str, **attributes: Any) -> Callable[[_F], _F]:
    """Add an option; ``metavar`` can be a text, too."""
    return click.option(*names, cls=Option, help=help, **attributes)


def argument(name: str, *, help: Text | str, **attributes: Any) -> Callable[[_F], _F]:
    """Add an argument; ``metavar`` can be a text, too."""
    return click.argument(name, cls=Argument, help=help, **attributes)


def json_option(function: _F) -> _F:
    """Add ``--json``."""
    return option("--json", "as_json", is_flag=True, help=_("The result as JSON, for programs."))(function)


def case_option(function: _F) -> _F:
    """Add ``--case``, repeatable."""
    told = _("A case: its code (BN22348) or the person's id; can be repeated.")
    return option("--case", "cases", multiple=True, metavar=_("ID"), help=told)(function)


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    settings = context.ensure_object(Settings)
    if value not in (None, False) and parameter.name is not None:
        setattr(settings, parameter.name, value)


def _nothing(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Take a value that was already used (the language is chosen before anything is said)."""


_STORE: Final = _(
    "Where records are kept: a file, or a neo4j://… address [default: TRUYVET_STORE, else truyvet.duckdb here]."
)
_KEY_FILE: Final = _("The file with the key of an encrypted store, readable by you only [default: TRUYVET_KEY_FILE].")
_POLICY: Final = _(
    "Rule to trace by: its id (truyvet policies), your own TOML file, or auto: the Vietnamese rule in force on the day"
    " of the answer [default: auto]."
)
_AS_OF: Final = _("Use nothing after this day or instant, such as 2021-07-08 [default: end of the last day on record].")
_LANG: Final = _("Language, vi or en [default: TRUYVET_LANG, else the locale, else English].")


def _everywhere() -> list[click.Parameter]:
    common: dict[str, Any] = {"expose_value": False, "everywhere": True, "callback": _remember}
    quiet, names = _("No progress and no hints."), _("Show names too.")
    anyway = _("On a Neo4j server: answer although a load there is not whole; the answer is marked and not kept.")
    return [
        Option(["--store"], metavar=_("PLACE"), help=_STORE, **common),
        Option(["--key-file"], metavar=_("FILE"), help=_KEY_FILE, **common),
        Option(["--policy"], metavar=_("RULE"), help=_POLICY, **common),
        Option(["--as-of"], metavar=_("TIME"), help=_AS_OF, **common),
        Option(["--show-names"], is_flag=True, help=names, **common),
        Option(["--quiet", "-q", "--no-progress"], is_flag=True, help=quiet, **common),
        Option(["--anyway"], is_flag=True, help=anyway, **common),
        Option(["--lang"], type=click.Choice(LANGUAGES), help=_LANG, **common | {"callback": _nothing}),
    ]


class _Spoken(click.Command):
    """What commands and groups share: the options of every command, and help in the spoken language.

    Parameters
    ----------
    short
        The line that the list of commands shows; not needed where that list has it.
    help
        What it does, a paragraph per line.
    examples
        Calls, one per line, as they are typed.
    """

    def __init__(
        self, name: str | None = None, *, short: Text | str = "", help: Text, examples: Text | str, **attributes: Any
    ) -> None:
        attributes["params"] = [*attributes.get("params", []), *_everywhere()]
        super().__init__(name, **attributes)
        self.short = short
        self.told = help
        self.examples = examples

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, spoken in the language of the call."""
        if not isinstance(self._help_option, Option):
            self._help_option = Option(
                ["--help", "-h"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_help,
                help=_("This page."),
                everywhere=True,
            )
        return self._help_option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line that the list of commands and shell completion show."""
        return say(self.short)

    def arguments(self, context: click.Context) -> str:
        """Return the arguments as the usage line shows them."""
        return " ".join(p.make_metavar(context) for p in self.params if isinstance(p, click.Argument))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help page."""
        usage = (say(_("Usage:")), ctx.command_path, self.arguments(ctx), say(_("[OPTIONS]")))
        formatter.write(" ".join(word for word in usage if word) + "\n\n")
        for paragraph in say(self.told).split("\n"):
            formatter.write_text(paragraph)
        _write_block(formatter, say(_("Examples:")), say(self.examples))
        self.write_rows(ctx, formatter)
        options = [p for p in self.get_params(ctx) if isinstance(p, Option) and not p.hidden]
        for head, everywhere in ((_("Options:"), False), (_("With every command, in any position:"), True)):
            _write_rows(formatter, head, [p.help_row(ctx) for p in options if p.everywhere is everywhere])

    def write_rows(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands between examples and options: the arguments' help."""
        rows = [(p.make_metavar(context), say(p.told)) for p in self.params if isinstance(p, Argument)]
        _write_rows(formatter, _("Arguments:"), rows)


def _write_rows(formatter: click.HelpFormatter, head: Text, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        formatter.write(f"\n{say(head)}\n")
        with formatter.indentation():
            formatter.write_dl(rows, col_max=28)


def _show_help(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        show_lines(context.get_help())
        context.exit()


@click.pass_context
def _show_page(context: click.Context) -> None:
    """Answer a call that names no command with the help page."""
    if context.invoked_subcommand is None:
        show_lines(context.get_help())


def _write_block(formatter: click.HelpFormatter, head: str, block: str) -> None:
    """Write ``block`` line by line as it stands, so that examples can be copied."""
    formatter.write(f"\n{head}\n")
    for line in block.splitlines():
        lines = wrap_call(f"  {line}", formatter.width) if width(line) + 2 > formatter.width else [f"  {line}"]
        formatter.write("".join(f"{part}\n" for part in lines))


class Command(_Spoken):
    """A command."""


class Group(_Spoken, click.Group):
    """A command with commands of its own, or whose commands live in modules imported when they are used.

    Parameters
    ----------
    modules
        Names of commands and the line that the list shows; each is ``command`` in ``cli.commands.<name>``.
    usual
        The command meant when none is named; without one, the help page is shown.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        modules: Mapping[str, Text] | None = None,
        usual: str | None = None,
        **attributes: Any,
    ) -> None:
        attributes.setdefault("callback", _show_page)
        super().__init__(name, no_args_is_help=False, invoke_without_command=True, **attributes)
        self.modules = modules or {}
        self.usual = usual

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which they are used."""
        return [*self.modules, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, importing its module only now."""
        if cmd_name not in self.modules:
            return self.commands.get(cmd_name)
        found: Command | Group = import_module(f"cli.commands.{cmd_name.replace('-', '_')}").command
        found.short = self.modules[cmd_name]
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
        return say(_("COMMAND …"))

    def write_rows(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        rows = [(name, say(short)) for name, short in self.modules.items()]
        rows += [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        _write_rows(formatter, _("Commands:"), rows)

    def child(
        self, name: str, *, short: Text, help: Text, examples: Text | str
    ) -> Callable[[Callable[..., Any]], click.Command]:
        """Make a function a command of this group."""

        def add(function: Callable[..., Any]) -> click.Command:
            made = make_command(name, short=short, help=help, examples=examples)(function)
            self.add_command(made)
            return made

        return add


def make_command(
    name: str, *, short: Text | str = "", help: Text, examples: Text | str
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function the command ``name``. What it returns is the exit code (None: 0)."""
    return click.command(name, cls=Command, short=short, help=help, examples=examples)


def did_you_mean(names: Sequence[str]) -> Text:
    """Return what to do where only some names fit."""
    return _("Did you mean {names}?", names=lambda lang: _(" or ").say(lang).join(names))


def see_help(command: str) -> Text:
    """Return what to do where a call was not understood."""
    return _("See how it is used: {command} --help", command=command)


def unknown_command(name: str, names: Sequence[str], path: str) -> UsageError:
    """Return the error for a command that does not exist."""
    from tracing.nearest import nearest_words

    near = nearest_words(name, names, most=2)
    return UsageError(_("There is no command {name}.", name=name), fix=did_you_mean(near) if near else see_help(path))
