"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def put_in_place(
    path: Path, write: Callable[[Path], object], *, before: Callable[[], None] | None = None, private: bool = False
) -> None:
    """Let ``write`` make a file beside ``path`` and put it there whole.

    Parameters
    ----------
    path
        Where the file is to be; its folder is made, an old file of that name is replaced.
    write
        Makes the file at the path that it is given.
    before
        Called when the file is ready; if it fails, nothing is put in place.
    private
        Whether only its owner may read the file, from the first byte on.

    Raises
    ------
    OSError
        If the file cannot be written; it names ``path``.
    """
    with naming(path):
        _put_in_place(path, write, before, private=private)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let what the system says of files name ``path``: of a write into an open file it names none, else the draft."""
    try:
        yield
    except OSError as error:
        if error.strerror:
            error.filename, error.filename2 = str(path), None
        raise


def _put_in_place(
    path: Path, write: Callable[[Path], object], before: Callable[[], None] | None, *, private: bool
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}-{os.getpid()}{path.suffix}")
    try:
        draft.unlink(missing_ok=True)
        if private:
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        write(draft)
        if before is not None:
            before()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
