"""Kernels compiled for an older version of their file are compiled anew."""

from __future__ import annotations

import os
from pathlib import Path

from tracing.compiled import forget_older


def test_what_was_compiled_before_the_source_changed_is_forgotten(tmp_path: Path) -> None:
    source, cache = tmp_path / "kernels.py", tmp_path / "__pycache__"
    cache.mkdir()
    source.touch()
    names = {"kernels.expose-25.py311.nbi": -60, "kernels.spread-80.py311.nbi": 60, "other.expose-1.py311.nbi": -60}
    for name, later in names.items():
        (cache / name).touch()
        at = source.stat().st_mtime + later
        os.utime(cache / name, (at, at))
    forget_older(source)
    assert sorted(path.name for path in cache.iterdir()) == ["kernels.spread-80.py311.nbi", "other.expose-1.py311.nbi"]
