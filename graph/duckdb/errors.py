"""What can be wrong with the embedded store's file, in plain words."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import duckdb

from tracing.errors import InternalError, StoreError, TruyVetError
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("graph")

_LOCK: Final = regex(r"held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")


def other_version(path: Path, *, later: bool) -> StoreError:
    """Return the refusal of a store that a ``later`` version made, or that does not tell its version."""
    if later:
        return StoreError(
            _("{path} was made by a later version of this software; this one cannot read it safely", path=path),
            fix=_("install the newer version (pip install --upgrade truyvet); the file was left as it was"),
        )
    return StoreError(
        _("{path} does not say which version it is of, so it is not read", path=path),
        fix=_("take it from a backup, or load the original files into a new store"),
    )


_OF_THE_FILE: Final = (
    duckdb.IOException,
    duckdb.PermissionException,
    duckdb.TransactionException,
    duckdb.ConnectionException,
    duckdb.SerializationException,
    duckdb.FatalException,
    duckdb.InternalException,
)

_INTERRUPTED: Final = "Query interrupted"
"""What DuckDB says, in a plain RuntimeError, where Ctrl-C comes in the middle of a query."""


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what DuckDB and the file system complain of into a ``StoreError`` that says what to do.

    DuckDB's own words may hold data, so they are kept as the cause only, never shown.
    """
    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        if isinstance(error, RuntimeError) and str(error) != _INTERRUPTED:
            raise
        raise KeyboardInterrupt from error
    except duckdb.Error as error:
        raise _explain(path, error) from error
    except MemoryError as error:
        raise _no_memory(path) from error
    except OSError as error:
        raise _explain_text(path, os.strerror(error.errno or 0), error) from error


class NeedsKey(StoreError):
    """An encrypted store was opened without a key."""


def _needs_key(path: Path) -> StoreError:
    return NeedsKey(
        _("{path} is encrypted, and no key was given", path=path),
        fix=_("name the file that holds the key: --key-file FILE, or TRUYVET_KEY_FILE"),
    )


def _wrong_key(path: Path) -> StoreError:
    return StoreError(
        _("{path} is encrypted under another key than the one given", path=path),
        fix=_("give the key with which it was encrypted; without it nobody can read the store"),
    )


def _no_key_needed(path: Path) -> StoreError:
    return StoreError(
        _("{path} is not encrypted, but a key was given", path=path),
        fix=_("leave the key out (TRUYVET_KEY_FILE too), or encrypt the store: truyvet store encrypt"),
    )


#: What DuckDB says of keys, in small letters.
_KEYS: Final[Mapping[str, Callable[[Path], StoreError]]] = {
    "wrong encryption key": _wrong_key,
    "without a key": _needs_key,
    "is not encrypted": _no_key_needed,
}


def _explain(path: Path, error: duckdb.Error) -> TruyVetError:
    if isinstance(error, duckdb.OutOfMemoryException):
        return _no_memory(path)
    text = str(error).lower()
    for sign, refusal in _KEYS.items():
        if sign in text:
            return refusal(path)
    if isinstance(error, duckdb.TransactionException) and "conflict" in text:
        return StoreError(
            _("another part of this program changed {path} at the same time; nothing was written", path=path),
            fix=_("try again"),
        )
    if "read-only mode" in text and "lock on file" not in text:
        return StoreError(
            _("{path} was opened for reading only", path=path),
            fix=_("open it again for writing"),
        )
    if isinstance(error, _OF_THE_FILE) or "corrupt" in text or "checksum" in text:
        return _explain_text(path, str(error), error)
    return InternalError(
        _(
            "the embedded store asked DuckDB for something it cannot do ({kind}); nothing was written",
            kind=type(error).__name__,
        ),
        fix=_("please report this with what you were doing, and without any record"),
    )


def _explain_text(path: Path, text: str, error: Exception) -> StoreError:
    lowered = text.lower()
    if "lock on file" in lowered:
        return _in_use(path, _LOCK.search(text))
    if "different configuration" in lowered or "already attached" in lowered or "unique file handle" in lowered:
        return StoreError(
            _("this program already has {path} open in another way", path=path),
            fix=_("close that store first"),
        )
    if any(sign in lowered for sign in ("permission denied", "read-only", "operation not permitted")):
        return StoreError(
            _("{path} may not be opened or changed by this user", path=path),
            fix=_("ask for the right to write there, or put the store in a folder of your own"),
        )
    if any(sign in lowered for sign in ("no space left", "file too large", "disk quota", "not enough space")):
        return StoreError(
            _("the disk that holds {path} is full; the store is as it was before", path=path),
            fix=_("make room there and run the same command again"),
        )
    if "not a valid duckdb database" in lowered:
        return StoreError(
            _("{path} is not a store: it is some other kind of file", path=path),
            fix=_("give the path of a store, or of a file that does not exist yet; this one was left as it was"),
        )
    if "version number" in lowered or isinstance(error, duckdb.SerializationException):
        return other_version(path, later=True)
    return StoreError(
        _(
            "{path} cannot be read or written: it is damaged or cut short, or the disk failed ({kind})",
            path=path,
            kind=type(error).__name__,
        ),
        fix=_("take it from a backup, or load the original files into a new store"),
    )


def _in_use(path: Path, holder: re.Match[str] | None) -> StoreError:
    if holder is None:
        told = _("another truyvet has {path} open; one file is written by one program at a time", path=path)
    else:
        told = _(
            "another truyvet has {path} open (process {pid}, {program}); one file is written by one program at a time",
            path=path,
            pid=holder["pid"],
            program=Path(holder["program"]).name,
        )
    return StoreError(
        told,
        fix=_("wait until it is done, or close that program or notebook, then run the same command again"),
    )


def _no_memory(path: Path) -> StoreError:
    return StoreError(
        _("there is not enough memory for this work on {path}", path=path),
        fix=_("close other programs, ask for a smaller part (--case, --since), or write in smaller parts"),
    )
