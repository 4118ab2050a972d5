"""Kernels compiled for an older version of their file are compiled anew; where none can be kept they still run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from numba.core.caching import CacheImpl

from tracing.compiled import forget_older, machine_code


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


def test_where_no_folder_can_be_written_kernels_are_compiled_for_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def double(number: int) -> int:
        return 2 * number

    monkeypatch.setattr(CacheImpl, "_locator_classes", [])  # as on a read-only installation, with a home like it
    assert machine_code(double)(21) == 42
