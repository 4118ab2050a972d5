"""When a kernel is compiled: much work is done in machine code, little work in plain Python.

To load the compiler costs more processor time than all the kernels of one person's question, so it is loaded only when
the kernels of a process have come to :data:`SMALL` steps. Machine code is kept beside the package or, where that is
read-only, in numba's own cache directory; where neither can be written it lasts as long as the process. The answers are
the same either way; ``NUMBA_DISABLE_JIT=1`` keeps to Python.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, Final, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

#: Steps that are done in plain Python before the compiler is loaded; a step takes Python about a microsecond.
SMALL = 1_000_000

_done: Final = Counter[str]()
_CALLEES: Final[list[tuple[Callable[..., Any], str]]] = []


def callee(*, inline: bool = False) -> Callable[[F], F]:
    """Mark a function that kernels call, so that it can be compiled into them; ``inline`` builds it into its caller."""

    def mark(function: F) -> F:
        _CALLEES.append((function, "always" if inline else "never"))
        return function

    return mark


def kernel(steps: Callable[..., int]) -> Callable[[F], F]:
    """Make a function a kernel; ``steps(*arguments)`` tells about how much there is to do, see :data:`SMALL`."""

    def make(function: F) -> F:
        @wraps(function)
        def run(*arguments: Any) -> Any:
            _done["steps"] += steps(*arguments)
            return (function if _done["steps"] <= SMALL else machine_code(function))(*arguments)

        return run  # type: ignore[return-value]  # a kernel's arguments are positional, so the types stay

    return make


@cache
def machine_code(function: F) -> F:
    """Return a function compiled; what it calls is marked with :func:`callee`."""
    import numba
    from numba.extending import register_jitable

    forget_older(Path(function.__code__.co_filename))
    while _CALLEES:
        called, inline = _CALLEES.pop()
        register_jitable(inline=inline)(called)
    try:
        code: Any = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep machine code in can be written
        code = numba.njit(nogil=True)(function)
    compiled: F = code
    return compiled


def forget_older(source: Path) -> None:
    """Remove what was compiled beside ``source`` before it was last changed.

    numba would compile anew, too, but first reads the old index, which fails where a class of this module has another
    name since.
    """
    changed = source.stat().st_mtime
    for index in source.parent.glob(f"__pycache__/{source.stem}.*.nbi"):
        with contextlib.suppress(OSError):
            if index.stat().st_mtime < changed:
                index.unlink()
