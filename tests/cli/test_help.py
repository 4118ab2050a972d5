"""Help answers at once, in both languages, for every command and every option, always with an example."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from cli.language import speak
from cli.main import app, run
from cli.options import EXIT_CODES, Argument, Command, Group, Option
from tracing.text import LANGUAGES, say

HEAVY = (
    "pandas",
    "numpy",
    "numba",
    "duckdb",
    "networkx",
    "pyarrow",
    "openpyxl",
    "scipy",
    "rich",
    "tracing.policy.shipped",
    "graph",
)


def every_command(group: Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None, f"there is no command {name}"
        if isinstance(found, Group):
            yield from every_command(found, (*path, name))
        else:
            yield (*path, name), found


COMMANDS = list(every_command(app))
IDS = [" ".join(path) or "first page" for path, _ in COMMANDS]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=IDS)
def test_every_command_has_help_with_an_example(
    path: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*path, "--help", "--lang", language]) == 0
    page = capsys.readouterr().out
    assert {"vi": "Ví dụ:", "en": "Examples:"}[language] in page
    assert f"  truyvet {' '.join(path)}".rstrip() in page
    assert {"vi": "Với mọi lệnh", "en": "With every command"}[language] in page
    assert "--lang" in page and "--store" in page


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=IDS)
def test_every_option_and_argument_has_help(path: tuple[str, ...], command: click.Command) -> None:
    for parameter in command.get_params(click.Context(command)):
        assert isinstance(parameter, Option | Argument), f"{parameter.opts}: use option or argument of cli.options"
        assert str(parameter.told).strip()


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=IDS)
def test_examples_use_options_that_exist(path: tuple[str, ...], command: click.Command) -> None:
    assert isinstance(command, Command | Group)
    for language in LANGUAGES:
        for line in say(command.examples, language).splitlines():
            own = line.split("  ")[0].split("|")[0]
            if not own.startswith(f"truyvet {' '.join(path)}".strip()):
                continue
            known = {name for _, c in COMMANDS for p in c.get_params(click.Context(c)) for name in p.opts}
            assert {word for word in own.split() if word.startswith("--")} <= known, line


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_page_has_one_line_per_exit_code(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help", "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    for code in EXIT_CODES:
        assert sum(line.startswith(f"  {code}  ") for line in lines) == 1


def test_no_command_shows_the_first_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "truyvet demo" in capsys.readouterr().out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("truyvet ")


@pytest.mark.parametrize("arguments", [["--help"], ["tiers", "--help"], ["load", "--help"], ["completion", "bash"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    look = (
        "import sys\nfrom cli.main import run\n"
        f"assert run({arguments!r}) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


def test_help_answers_in_three_tenths_of_a_second() -> None:
    truyvet = shutil.which("truyvet", path=os.path.dirname(sys.executable))
    if truyvet is None:
        pytest.skip("The command truyvet is not installed beside this Python (pip install --editable . does it).")
    took = []
    for _ in range(5):
        begin = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([truyvet, "--help"], capture_output=True, check=True)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime)
    assert min(took) < 0.3  # processor seconds: what else the machine does takes no part


def teardown_module() -> None:
    speak("en")
