"""The ``truyvet`` command: the list of commands, and the one place where an error becomes text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, Final

import click

from cli.language import choose_language, say, speak, spoken
from cli.options import EXIT_CODES, Group, Option
from tracing.errors import InputError, TruyVetError, UsageError

#: Each is a module in cli/commands with its texts in cli/messages; the order is that of the help page.
COMMANDS: Final = (
    "demo",
    "load",
    "check",
    "tiers",
    "why",
    "chains",
    "zones",
    "report",
    "export",
    "runs",
    "query",
    "neo4j",
    "policies",
    "generate",
    "completion",
)

STOPPED: Final = 130
BROKEN_PIPE: Final = 141


class _Truyvet(Group):
    """The first page: what this is, examples, commands, options, exit codes."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first page."""
        super().format_help(ctx, formatter)
        formatter.write(f"\n{say('common.head.exit')}\n")
        for code in EXIT_CODES:
            formatter.write(f"  {code}  {say(f'common.exit.{code}')}\n")
        formatter.write(f"\n{say('common.more')}\n")


def _show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"truyvet {version('truyvet')}")
        except PackageNotFoundError:
            click.echo("truyvet")
        context.exit()


app = _Truyvet(
    "truyvet",
    modules=COMMANDS,
    params=[
        Option(
            ["--version", "-V"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
            key="common.option.version",
        )
    ],
)  # fmt: skip


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code; every error is told here, on stderr."""
    speak(choose_language(arguments))
    _write_any_letter()
    debug = os.environ.get("TRUYVET_DEBUG", "") not in ("", "0")
    try:
        done = app.main(list(arguments), prog_name="truyvet", standalone_mode=False)
        sys.stdout.flush()
        return done if isinstance(done, int) else 0
    except BrokenPipeError:
        # Whoever read the output has left; nothing more can be said there, not even by the interpreter's last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (KeyboardInterrupt, click.Abort):
        _tell(say("common.error.stopped"))
        return STOPPED
    except Exception as error:
        known = _as_known(error)
        if debug and known is not error and not isinstance(known, UsageError):
            raise
        _tell(known.text(spoken()))
        return known.exit_code


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _write_any_letter() -> None:
    """Let a terminal that lacks Vietnamese letters show a sign in their place, not fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _as_known(error: Exception) -> TruyVetError:
    """Return the error to tell for any exception that came up."""
    if isinstance(error, TruyVetError):
        return error
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, MemoryError):
        return TruyVetError(say("common.error.memory"), fix=say("common.error.memory.fix"))
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        return InputError(say("common.error.file", reason=where + error.strerror), fix=say("common.error.file.fix"))
    kind = type(error).__name__
    return TruyVetError(say("common.error.internal", kind=kind), fix=say("common.error.internal.fix"))


def _usage(error: click.ClickException) -> UsageError:
    """Return click's error in the spoken language."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "truyvet"
    fix = say("common.error.see_help", command=path)
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            names = say("common.or").join(error.possibilities)
            fix = say("common.error.did_you_mean", names=names)
        return UsageError(say("common.error.no_option", where=path, name=error.option_name), fix=fix)
    if isinstance(error, click.BadParameter):
        return UsageError(_parameter_problem(error), fix=fix)
    if isinstance(error, click.BadOptionUsage):
        return UsageError(say("common.error.no_value", name=error.option_name), fix=fix)
    if "extra argument" in error.message:
        names = error.message.partition("(")[2].rstrip(")")
        return UsageError(say("common.error.too_many", names=names), fix=fix)
    return UsageError(error.message or say("common.error.usage"), fix=fix)


def _parameter_problem(error: click.BadParameter) -> str:
    parameter = error.param
    name = str(error.param_hint or "")
    if parameter is not None:
        is_option = isinstance(parameter, click.Option)
        name = max(parameter.opts, key=len) if is_option else str(parameter.metavar or parameter.human_readable_name)
    if isinstance(error, click.MissingParameter):
        return say("common.error.missing", name=name)
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        return say("common.error.bad_choice", name=name, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return say("common.error.bad_number", name=name)
    if isinstance(kind, click.Path):
        value = error.message.partition("'")[2].partition("'")[0]
        return say("common.error.no_file", name=name, value=value)
    return say("common.error.bad_value", name=name)
