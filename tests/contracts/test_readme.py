"""The READMEs do what they say: the Python runs, the commands exist, the pictures and links are there."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from sessions import follow

from cli.main import app, run
from cli.options import EXIT_CODES, Group
from tracing.model.schema import TABLES
from tracing.policy.shipped import list_policies, load_policy

ROOT = Path(__file__).resolve().parents[2]
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]
DOCUMENTS = [*READMES, ROOT / "GLOSSARY.md", ROOT / "CHANGELOG.md"]
each_readme = pytest.mark.parametrize("readme", READMES, ids=[file.name for file in READMES])


def blocks(readme: Path, language: str = "") -> list[str]:
    """Return the fenced blocks of a language ("" for those without one)."""
    text = readme.read_text(encoding="utf-8")
    return [body for name, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S) if name == language]


def shell_lines(readme: Path) -> Iterator[list[str]]:
    """Yield the words of every command in the blocks without a language; drawings are not commands."""
    for block in blocks(readme):
        for line in block.splitlines():
            if line.startswith(("make ", "pip ", "truyvet ")):
                yield shlex.split(line, comments=True)


def command_at(words: list[str]) -> click.Command:
    """Return the command that the words of a truyvet call begin with."""
    found: click.Command = app
    for word in words:
        if not isinstance(found, Group):
            break
        below = found.get_command(click.Context(found), word)
        if below is None:
            if found is app:
                raise AssertionError(f"there is no command truyvet {word}")
            break
        found = below
    return found


def without_comments(code: str) -> str:
    code = re.sub(r"  # .*", "", code)
    return re.sub(r'\.text\("\w\w"\)', ".text(…)", code)


@pytest.fixture(scope="module", params=["en", "vi"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """Return the README of a language, a folder in which ``truyvet demo`` was called in it, and what that said."""
    lang = str(request.param)
    folder, said = tmp_path_factory.mktemp(f"readme-{lang}"), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.chdir(folder)
        patch.setenv("COLUMNS", "100")  # a terminal of one width, whatever runs the tests
        assert run(["demo", "--lang", lang]) == 0
    return READMES[lang == "vi"], folder, said.getvalue()


def test_the_python_runs_after_the_demo(demo: tuple[Path, Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    readme, folder, _ = demo
    (code,) = blocks(readme, "python")
    said = io.StringIO()
    monkeypatch.chdir(folder)
    with redirect_stdout(said):
        exec(compile(code, readme.name, "exec"), {"__name__": "__main__"})
    assert "P-000016: F2" in said.getvalue() and "share" in said.getvalue()
    lines = [line for line in code.splitlines() if line.strip() and not line.startswith(("from", "import"))]
    assert len(lines) <= 10


def test_the_terminal_shown_is_the_demo(demo: tuple[Path, Path, str]) -> None:
    readme, _, said = demo
    (shown,) = blocks(readme, "text")
    for line in filter(None, shown.splitlines()):
        for part in line.replace(" …", "…").split("…"):  # the ellipsis stands for what was left out
            assert part.rstrip(";") in said or part in ")]", line


def test_the_python_is_the_same_in_both_languages() -> None:
    first, second = (blocks(readme, "python") for readme in READMES)
    assert [without_comments(block) for block in first] == [without_comments(block) for block in second]


@each_readme
def test_the_two_commands_come_first(readme: Path) -> None:
    words = list(shell_lines(readme))
    assert words[:2] == [["make", "demo"], ["make", "test"]]
    assert words[2:4] == [["pip", "install", "."], ["truyvet", "demo"]]


@each_readme
def test_shell_commands_exist(readme: Path) -> None:
    targets = set(re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for words in shell_lines(readme):
        if words[0] == "make":
            assert words[1] in targets
        elif words[0] == "truyvet":
            command = command_at(words[1:])
            known = {name for p in [*command.params, *app.get_params(click.Context(app))] for name in p.opts}
            known |= {"--store", "--policy", "--as-of", "--show-names", "--quiet", "--lang"}
            assert {w.split("=")[0] for w in words if w.startswith("--")} <= known, words


@each_readme
def test_commands_named_in_the_text_exist(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for words in re.findall(r"`truyvet ((?:[a-z][a-z0-9-]* ?)+)", text):
        command_at(words.split())


@each_readme
def test_the_messy_list_goes_as_shown(
    readme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (session,) = blocks(readme, "console")
    monkeypatch.chdir(tmp_path)
    follow(session, readme.name, monkeypatch, capsys)


@each_readme
def test_every_command_stands_in_the_table(readme: Path) -> None:
    rows = re.findall(r"^\| `truyvet ([a-z0-9-]+)` \| (.+) \|$", readme.read_text(encoding="utf-8"), re.M)
    assert [name for name, _ in rows] == list(dict(rows)), "a command stands there twice"
    assert set(dict(rows)) == set(app.list_commands(click.Context(app)))
    assert all(says.strip() for says in dict(rows).values())


@each_readme
def test_every_exit_code_stands_in_the_table(readme: Path) -> None:
    rows = re.findall(r"^\| (\d) \| ([^|\d]+) \|", readme.read_text(encoding="utf-8"), re.M)
    assert [int(code) for code, _ in rows] == sorted(EXIT_CODES)


@each_readme
def test_every_table_of_the_plain_format_is_named(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        (row,) = [line for line in text.splitlines() if re.match(rf"\|[^|]*`{name}`", line)]
        for column in table:
            if column.required and name not in ("tests", "isolations", "arrivals"):
                assert f"`{column.name}`" in row, (name, column.name)


@each_readme
def test_every_rule_stands_there_with_how_much_is_not_verified(
    readme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policies", "list", "--lang", "en"]) == 0
    said = dict(re.findall(r"^(\S+) .*?(\d+ of \d+) rule items", capsys.readouterr().out, re.M))
    text = readme.read_text(encoding="utf-8").replace(" trên ", " of ")
    for name in list_policies():
        (row,) = [line for line in text.splitlines() if line.startswith("|") and f"`{name}`" in line]
        assert said[name] in row, (name, said[name])
        days = [day for day in (load_policy(name).valid_from, load_policy(name).valid_to) if day]
        assert all(f"{day.day}/{day.month}/{day.year}" in row for day in days), row


def links(document: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.S)
    return re.findall(r"\]\(([^)\s]+)\)", text)


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", DOCUMENTS, ids=[file.name for file in DOCUMENTS])
def test_links_and_pictures_are_there(document: Path) -> None:
    missing = []
    for link in links(document):
        path, _, anchor = unquote(link).partition("#")
        target = ROOT / path if path else document
        if re.match(r"https?:", path):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            missing.append(link)
    assert not missing


@each_readme
def test_pictures_are_pictures(readme: Path) -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", readme.read_text(encoding="utf-8"))
    assert len(pictures) >= 2
    for _, path in pictures:
        assert (ROOT / path).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_both_languages_say_the_same_things() -> None:
    """Same headings by level, same tables by rows, same links to files, each in its language."""
    shape = []
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        rows = [line.count("|") for line in text.splitlines() if line.startswith("|")]
        linked = [link for link in links(readme) if not link.startswith(("#", "README"))]
        files = sorted({link.replace(".vi.md", ".md") for link in linked})
        shape.append((re.findall(r"^#+", text, re.M), rows, files))
    assert shape[0] == shape[1]
