"""A password that stands nowhere is asked for at a terminal: once, hidden, on stderr. Where nobody can be asked, it is
said where to put it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import pytest

from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore

pytestmark = [
    pytest.mark.neo4j,
    pytest.mark.slow,
    # pexpect forks, which newer Pythons warn of where the driver has threads of its own.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]

COMMAND = [sys.executable, "-c", "from cli.main import main; main()"]
ROOT = Path(__file__).resolve().parents[2]
ASKS = {"en": "Password of {user} at {address}: ", "vi": "Mật khẩu của {user} tại {address}: "}
REFUSES = {"en": "refuses this user and password", "vi": "từ chối tên người dùng và mật khẩu này"}
UNKNOWN = {"en": "no password is known for", "vi": "chưa có mật khẩu cho"}


@dataclass
class Seat:
    """A person's place: a folder, a server's address, and no password in any file or variable."""

    folder: Path
    address: str
    password: str
    user: str = "neo4j"

    @property
    def environment(self) -> dict[str, str]:
        ours = {name for name in os.environ if name.startswith("TRUYVET")}
        return {name: value for name, value in os.environ.items() if name not in ours} | {
            "TRUYVET_NEO4J_HOME": str(self.folder / "none"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        }

    def type(self, typed: str, *words: str, lang: str = "en") -> tuple[int, str, str]:
        """Call a command at a terminal and type one line; return exit code, stdout, and what the terminal showed.

        The terminal has stdin and stderr only: what is asked on stdout would not be seen.
        """
        out = self.folder / "out.txt"
        line = ["-c", f'exec "$@" >{out}', "sh", *COMMAND, *words, "--store", self.address, "--lang", lang, "--quiet"]
        child = pexpect.spawn(
            "/bin/sh",
            line,
            env=self.environment,
            cwd=str(self.folder),
            encoding="utf-8",
            timeout=120,
            dimensions=(24, 200),
        )
        child.expect_exact(ASKS[lang].format(user=self.user, address=self.address))
        assert not child.getecho(), "what is typed can be seen"
        child.sendline(typed)
        child.expect(pexpect.EOF)
        shown = child.before
        child.close()
        assert ASKS[lang].partition("{")[0] not in shown, "asked twice"
        assert not typed or typed not in shown + out.read_text(encoding="utf-8")
        assert child.exitstatus is not None
        return child.exitstatus, out.read_text(encoding="utf-8"), shown.strip()

    def call(self, *words: str, lang: str = "en", **settings: str) -> tuple[int, str]:
        """Call a command where nobody is at a terminal; return exit code and stderr."""
        done = subprocess.run(
            [*COMMAND, *words, "--store", self.address, "--lang", lang],
            env=self.environment | settings,
            cwd=self.folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stderr.strip()

    def options(self, text: str, mode: int = 0o600) -> Path:
        path = self.folder / "config" / "truyvet" / "neo4j.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path


@pytest.fixture
def seat(neo4j_server: Any, tmp_path: Path) -> Seat:
    Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password)).close()
    return Seat(tmp_path, neo4j_server.uri, neo4j_server.password)


@pytest.mark.parametrize(("lang", "words"), [("en", "runs"), ("vi", "neo4j runs"), ("vi", "load people.csv")])
def test_the_right_password(seat: Seat, lang: str, words: str) -> None:
    (seat.folder / "people.csv").write_text("person\nprompted\n", encoding="utf-8")
    code, out, shown = seat.type(seat.password, *words.split(), lang=lang)
    assert (code, shown) == (0, "") and out


@pytest.mark.parametrize("lang", ASKS)
def test_a_wrong_password(seat: Seat, lang: str) -> None:
    code, out, shown = seat.type("not this one", "runs", lang=lang)
    assert (code, out) == (6, "") and REFUSES[lang] in shown and "→" in shown and "Traceback" not in shown


@pytest.mark.parametrize("lang", ASKS)
def test_no_password_typed(seat: Seat, lang: str) -> None:
    """A new line alone is no password, so the server is not even asked."""
    code, out, shown = seat.type("", "runs", lang=lang)
    assert (code, out) == (6, "") and UNKNOWN[lang] in shown and "TRUYVET_NEO4J_PASSWORD" in shown


def test_stopped_while_asked(seat: Seat) -> None:
    code, out, shown = seat.type("\x03", "runs", lang="vi")
    assert (code, out) == (130, "") and "Đã dừng" in shown


@pytest.mark.parametrize("lang", ASKS)
def test_nobody_to_ask(seat: Seat, lang: str) -> None:
    """Without a terminal it is said where the password can stand."""
    code, told = seat.call("runs", lang=lang)
    assert code == 6 and UNKNOWN[lang] in told
    assert "TRUYVET_NEO4J_PASSWORD" in told and str(seat.folder / "config" / "truyvet" / "neo4j.toml") in told


def test_the_options_file(seat: Seat) -> None:
    whole = f'["{seat.address}"]\nuser = "neo4j"\npassword = "{seat.password}"\n'
    seat.options(whole)
    assert seat.call("runs") == (0, "")
    path = seat.options(whole, 0o640)
    for lang in ASKS:
        code, told = seat.call("runs", lang=lang)
        assert code == 7 and str(path) in told and "chmod 600" in told and seat.password not in told
    seat.options("user: neo4j")
    code, told = seat.call("runs")
    assert code == 6 and str(path) in told and "TOML" in told


def test_an_options_file_with_a_user_only(seat: Seat) -> None:
    seat.options('user = "neo4j"\n')
    assert seat.type(seat.password, "runs")[0] == 0
    seat.options('user = "lan"\n')
    seat.user = "lan"
    code, _, shown = seat.type(seat.password, "runs")
    assert code == 6 and REFUSES["en"] in shown
    code, told = seat.call("runs")
    assert code == 6 and UNKNOWN["en"] in told
    assert seat.call("runs", TRUYVET_NEO4J_USER="neo4j", TRUYVET_NEO4J_PASSWORD=seat.password) == (0, "")
