"""Memory that was freed stays with the process.

The C library of Linux gives every large array back to the system and asks for the next one anew, and the system clears
it before: a third of the time of a trace of ten million contacts. A command ends soon, so it keeps what it has.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_MAX: Final = -4
_MOST: Final = 2**31 - 1


def keep_freed_memory() -> None:
    """Let the C library use again what was freed; does nothing where it has no such setting."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):  # another C library than glibc
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _MOST)
        mallopt(_MMAP_MAX, 0)
