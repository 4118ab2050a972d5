"""The ``truyvet`` command: the list of commands, and the one place where an error becomes text."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final

import click

from cli.language import choose_language, say, speak, spoken
from cli.options import EXIT_CODES, Group, Option, did_you_mean, see_help
from cli.screen import ReaderLeft, show, show_error, show_lines
from tracing.errors import InputError, TruyVetError, UsageError
from tracing.text import Text, catalogue

_, _n = catalogue("cli")

#: Each is a module in cli/commands, imported when it is used; the order is that of the help page.
COMMANDS: Final = {
    "demo": _("See an example outbreak, from records to F1, F2 and the reasons."),
    "load": _("Load files into the store."),
    "check": _("Check files without loading them."),
    "questions": _("What loads could not decide, by what it holds back."),
    "answer": _("Answer such questions, or take an answer back."),
    "same": _("Who on several lists is one person: propose, review, accept, reject, split, undo, log."),
    "template": _("Write a form for a kind of list, to be filled in and loaded."),
    "undo": _("Take the last load back."),
    "purge": _("Remove people for good: one person, or everybody before a day."),
    "store": _("Encrypt the store's file, or take its encryption off."),
    "tiers": _("Who is F0, F1, F2 …, certain and possible."),
    "why": _("Why a person is listed, or is not."),
    "chains": _("Chains: who led to whom, who could be the source, who else was there."),
    "zones": _("Where to draw the line, narrow to wide, and why."),
    "report": _("One page to decide by: map, zones, chains, lists."),
    "export": _("Lists by locality, to hand over."),
    "runs": _("Runs kept and the log of exports: list, show, compare, delete."),
    "query": _("Ready questions in Cypher, run on Neo4j."),
    "neo4j": _("A Neo4j server: up, down, backup, restore, runs."),
    "policies": _("The rules: list, show, compare, check."),
    "generate": _("Make an invented province with an outbreak, of any size."),
    "completion": _("Completion of commands by the Tab key."),
}

#: Objects made until Python looks for circles among them: what a command loads and makes has hardly any.
_BETWEEN_SEARCHES: Final = 200_000
#: Of Arrow's allocators the one that gives memory back and takes it again with the least work of the system: a command
#: takes large arrays once. It is chosen before Arrow is imported.
_ALLOCATOR: Final = ("ARROW_DEFAULT_MEMORY_POOL", "system")
STOPPED: Final = 130
BROKEN_PIPE: Final = 141


class _Truyvet(Group):
    """The first page: what this is, examples, commands, options, exit codes."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first page."""
        super().format_help(ctx, formatter)
        formatter.write("\n" + say(_("Exit codes:")) + "\n")
        for code, means in EXIT_CODES.items():
            formatter.write(f"  {code}  {say(means)}\n")
        formatter.write("\n" + say(_("More on a command: truyvet COMMAND --help")) + "\n")


def _show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            show(f"truyvet {version('truyvet')}")
        except PackageNotFoundError:
            show("truyvet")
        context.exit()


app = _Truyvet(
    "truyvet",
    short=_("Contact tracing."),
    help=_("Contact tracing: from case and contact records to exact F0, F1, F2, and for every name the reason."),
    examples=_(
        "truyvet demo                      see an example outbreak, from end to end\n"
        "truyvet load contact-list.xlsx    load lists\n"
        "truyvet tiers --case BN22348      who is F1, F2 of this case\n"
        "truyvet why P-000412              why this person is listed"
    ),
    modules=COMMANDS,
    params=[
        Option(
            ["--version", "-V"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=_("Version of the software."),
        )
    ],
)

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main() -> None:
    """Run the command line and leave with its exit code. What it writes can be read by its owner only."""
    os.umask(0o077)
    _leave_no_memory()
    os.environ.setdefault(*_ALLOCATOR)
    gc.set_threshold(_BETWEEN_SEARCHES)
    sys.excepthook = lambda kind, error, trace: show_lines(_trace(error, "--show-names" in sys.argv), err=True)
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
    except (BrokenPipeError, ReaderLeft):
        # Whoever read the output has left; nothing more can be said there, not even by the interpreter's last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except (KeyboardInterrupt, click.Abort):
        show_error(_("Stopped as asked."))
        return STOPPED
    except Exception as error:
        known = _as_known(error)
        if debug and known is not error and not isinstance(known, UsageError):
            raise
        show_lines(known.text(spoken()), err=True)
        return known.exit_code


def _leave_no_memory() -> None:
    """See to it that a crash writes no file of this process's memory, which holds people's records."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _trace(error: BaseException, names: bool) -> str:
    """Return where an error came from; others' words of it, which may quote data, only where ``names`` may be seen."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    safe = names or isinstance(error, TruyVetError)
    told = str(error) if safe else say(_("(its words may quote data; they are shown with --show-names)"))
    lines = [] if before is None else [_trace(before, names), ""]
    return "\n".join([*lines, "".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__}: {told}"])


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
        return TruyVetError(
            _("There is not enough memory for this."),
            fix=_("Close other programs, load fewer files at once, or ask about fewer cases (tiers --case)."),
        )
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        if error.errno in _NO_ROOM:
            return InputError(
                _("There is no room left to write: {reason}.", reason=where + error.strerror),
                fix=_("Make room on that disk, or write elsewhere, and run the same command again."),
            )
        return InputError(
            _("Cannot be read or written: {reason}.", reason=where + error.strerror),
            fix=_("Check the path, its rights and the space."),
        )
    kind = type(error).__name__
    return TruyVetError(
        _("Something went wrong inside this software ({kind}); stored data are as they were.", kind=kind),
        fix=_(
            "Run it again with TRUYVET_DEBUG=1 to see the details, and send them to the developers; they quote no data."
        ),
    )


def _usage(error: click.ClickException) -> UsageError:
    """Return click's error in the spoken language."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "truyvet"
    fix = see_help(path)
    if isinstance(error, click.NoSuchOption):
        near = did_you_mean(error.possibilities) if error.possibilities else fix
        return UsageError(_("{where} has no option {name}.", where=path, name=error.option_name), fix=near)
    if isinstance(error, click.BadParameter):
        return UsageError(_parameter_problem(error, context), fix=fix)
    if isinstance(error, click.BadOptionUsage):
        return UsageError(_("{name} needs a value.", name=error.option_name), fix=fix)
    if "extra argument" in error.message:
        names = error.message.partition("(")[2].rstrip(")")
        return UsageError(_("Too many arguments: {names}.", names=names), fix=fix)
    return UsageError(_("This call is not understood."), fix=fix)


def _parameter_problem(error: click.BadParameter, context: click.Context | None) -> Text:
    parameter = error.param
    name = str(error.param_hint or "")
    if parameter is not None and context is not None:
        is_option = isinstance(parameter, click.Option)
        name = max(parameter.opts, key=len) if is_option else parameter.make_metavar(context)
    if isinstance(error, click.MissingParameter):
        return _("{name} is missing.", name=name)
    kind = parameter.type if parameter is not None else None
    if isinstance(kind, click.Choice):
        return _("{name}: choose one of {choices}.", name=name, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return _("{name}: must be a number.", name=name)
    if isinstance(kind, click.Path):
        value = error.message.partition("'")[2].partition("'")[0]
        return _("{name}: no file or folder {value}.", name=name, value=value)
    return _("{name}: the value does not fit.", name=name)
