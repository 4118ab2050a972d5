"""The files of a folder that can be loaded."""

from __future__ import annotations

import os
from pathlib import Path

from loaders.files.read import ENDINGS
from tracing.errors import InputError, NothingFound
from tracing.text import catalogue

_, _n = catalogue("loaders")


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder that can be loaded; errors as :func:`loaders.load.load_folder` has them."""
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(
            _("{name}: no such folder", name=folder.name),
            fix=_("check the path"),
        )
    paths = sorted(
        p
        for p in folder.iterdir()
        if not os.path.isdir(p)
        and not p.name.startswith((".", "~$"))
        and (p.suffix.lower() in ENDINGS or (p.suffix == ".gz" and Path(p.stem).suffix in ENDINGS))
    )
    if not paths:
        raise NothingFound(
            _("{name}: no file that can be loaded", name=folder.name),
            fix=_("known endings: {endings}", endings=" ".join(ENDINGS)),
        )
    return paths
