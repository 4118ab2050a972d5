"""``truyvet store``: encrypt the embedded store, or take its encryption off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cli.options import Group, Settings
from cli.screen import show
from cli.use_cases.key import ask_new_key, make_key, read_key
from cli.use_cases.open import open_existing
from tracing.errors import SafetyError, UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph.duckdb.store import EmbeddedStore

_, _n = catalogue("cli")

command = Group(
    "store",
    help=_(
        "The file in which records are kept can be encrypted (DuckDB's AES-256). The key stands in a file that only you"
        " can read (--key-file, TRUYVET_KEY_FILE), or is typed when it is asked for; never in a command.\n"
        "Without the key nobody can read the store again: keep a copy of it in another place."
    ),
    examples="truyvet store encrypt --key-file ~/truyvet.key\ntruyvet store decrypt --key-file ~/truyvet.key",
)


@command.child(
    "encrypt",
    short=_("Encrypt the store."),
    help=_(
        "Write the store anew, encrypted, in place of the old file. A key file that is not there yet is made, with a"
        " new key; without --key-file a key is asked for."
    ),
    examples="truyvet store encrypt --key-file ~/truyvet.key",
)
@click.pass_obj
def _encrypt(settings: Settings) -> None:
    from graph.duckdb.errors import NeedsKey

    path = _embedded(settings)
    file = settings.key_path
    try:
        opened = open_existing(replace(settings, no_key=True))
    except NeedsKey:
        raise SafetyError(_("{path} is encrypted already.", path=str(path))) from None
    with cast("EmbeddedStore", opened) as store:
        made = file is not None and not file.exists()
        store.change_key(_new_key(path, file))
    if made:
        show(_("A key was made: {file}. Keep a copy of it in another place.", file=str(file)))
    show(_("{path} is encrypted. Without its key nobody can read it.", path=str(path)))


@command.child(
    "decrypt",
    short=_("Take the encryption off."),
    help=_("Write the store anew, readable without a key, in place of the encrypted file."),
    examples="truyvet store decrypt --key-file ~/truyvet.key",
)
@click.pass_obj
def _decrypt(settings: Settings) -> None:
    path = _embedded(settings)
    with cast("EmbeddedStore", open_existing(settings)) as store:
        if not store.encrypted:
            raise SafetyError(_("{path} is not encrypted.", path=str(path)))
        store.change_key(None)
    show(_("{path} can be read without a key now.", path=str(path)))


def _new_key(path: Path, file: Path | None) -> str:
    """Return the key to encrypt with: typed, in a file, or made and written into one."""
    if file is None:
        return ask_new_key(str(path))
    return read_key(file) if file.exists() else make_key(file)


def _embedded(settings: Settings) -> Path:
    """Return the path of the store.

    Raises
    ------
    UsageError
        If it is on a server.
    """
    from graph.address import is_server

    if is_server(settings.address):
        raise UsageError(
            _("Only a store that is a file can be encrypted here."),
            fix=_("encrypt the disk on which the server keeps its data"),
        )
    return Path(settings.address).expanduser()
