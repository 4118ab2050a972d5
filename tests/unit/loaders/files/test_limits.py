"""Limits follow the memory that there is: of the machine, and of the container that the program runs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import limits
from loaders.limits import Limits, free_memory


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


MACHINE = {"proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n"}
SECOND = {"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/memory.max": "5000000\n"}
USED = {"sys/fs/cgroup/a/memory.current": "3000000\n", "sys/fs/cgroup/a/memory.stat": "anon 5\ninactive_file 1000\n"}
FIRST = {
    "proc/self/cgroup": "3:cpu:/x\n4:memory:/x\n0::/\n",
    "sys/fs/cgroup/memory/x/memory.limit_in_bytes": "9223372036854771712",
    "sys/fs/cgroup/memory/x/memory.usage_in_bytes": "100",
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "7000",
    "sys/fs/cgroup/memory/memory.usage_in_bytes": "7900",
}


@pytest.mark.parametrize(
    ("files", "free"),
    [
        ({}, None),
        (MACHINE, 8000 << 10),
        ({**MACHINE, **SECOND, **USED}, 2_001_000),
        ({**MACHINE, **SECOND, **USED, "sys/fs/cgroup/a/memory.max": "max"}, 8000 << 10),
        ({**MACHINE, **FIRST}, 0),
    ],
)
def test_what_is_free_is_the_least_of_machine_and_groups(
    tmp_path: Path, files: dict[str, str], free: int | None
) -> None:
    assert free_memory(write(tmp_path, files)) == free


def test_a_small_container_has_small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "free_memory", lambda: 1 << 30)
    assert Limits().memory_bytes == Limits().file_bytes == 1 << 30
    assert Limits().unpacked_bytes == (1 << 30) // 5 or Limits().unpacked_bytes == 256 << 20
