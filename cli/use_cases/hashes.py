"""The hashes of the files of a load."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path


def hash_files(paths: Sequence[Path]) -> dict[str, str]:
    """Return the hash of the bytes of every file, also of those of a folder, by its name as it was given.

    Of a file that cannot be read (a finding says so) it is empty.
    """
    from loaders.files.folder import files_of

    found: dict[str, str] = {}
    for path in paths:
        for file in files_of(path) if path.is_dir() else [path]:
            name = str(file.relative_to(path) if path.is_dir() else file).encode("utf-8", "replace").decode("utf-8")
            try:
                found[name] = _hash(file) if file.is_file() else ""
            except OSError:
                found[name] = ""
    return found


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
