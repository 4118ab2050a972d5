"""Freed memory stays with a command: a large array takes the place of the one before it."""

import platform
import subprocess
import sys

import pytest

_RESIDENT = """
from pathlib import Path
import numpy as np
from cli.memory import keep_freed_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

keep_freed_memory()
before = resident()
array = np.ones(8_000_000)
del array
print(resident() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the C library of Linux gives arrays back")
def test_a_large_array_that_is_freed_is_not_given_back():
    done = subprocess.run([sys.executable, "-c", _RESIDENT], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 60_000_000
