"""The key of an encrypted store: from a file that only its owner can read, or typed; never from the command line."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cli.options import Settings
from cli.screen import ask_password
from tracing.errors import SafetyError, UsageError
from tracing.text import catalogue

_, _n = catalogue("cli")

_LEAST: Final = 16
_MOST: Final = 4096


def find_key(settings: Settings) -> str | None:
    """Return the key in ``--key-file``, else in TRUYVET_KEY_FILE; None where neither is named.

    Raises
    ------
    UsageError
        If there is no such file, or what it holds is no key.
    SafetyError
        If others can read it.
    """
    path = settings.key_path
    return None if path is None else read_key(path)


def read_key(path: Path) -> str:
    """Return the key in a file, without the line break at its end."""
    try:
        with path.open("rb") as file:
            rights = os.fstat(file.fileno())
            text = file.read(_MOST + 1)
    except OSError as error:
        raise UsageError(
            _("the key file {path} cannot be read: {reason}", path=path, reason=error.strerror or ""),
            fix=_("check --key-file and TRUYVET_KEY_FILE"),
        ) from None
    if os.name == "posix" and stat.S_IMODE(rights.st_mode) & 0o077:
        raise SafetyError(
            _("others can read the key file {path}, so it is not used", path=path),
            fix=_("take their rights away: chmod 600 {path}", path=path),
        )
    return _checked(text.decode("utf-8", "replace").strip("\r\n"), len(text))


def _checked(key: str, size: int) -> str:
    if len(key) < _LEAST or size > _MOST or "\x00" in key or "\n" in key:
        raise UsageError(
            _("this is no key: a key is one line of at least {least} signs", least=_LEAST),
            fix=_("let truyvet store encrypt make one: name a file that is not there yet"),
        )
    return key


def make_key(path: Path) -> str:
    """Write a new key into a new file that only its owner can read, and return it."""
    key = secrets.token_urlsafe(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def key_prompt() -> Callable[[str], str] | None:
    """Return what asks a person for the key of a store, None where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda place: ask_password(_("Key of {place}", place=place))


def ask_new_key(place: str) -> str:
    """Ask for a new key, twice.

    Raises
    ------
    UsageError
        If nobody is there to be asked, the two differ, or it is too short.
    """
    ask = key_prompt()
    if ask is None:
        raise UsageError(_("no key was given"), fix=_("name a file for it: --key-file FILE"))
    key = ask(place)
    if ask_password(_("The same again")) != key:
        raise UsageError(_("the two are not the same; nothing was changed"))
    return _checked(key, len(key))
