"""A reader in a process of its own, with limits of memory and time: what goes wrong there ends that process only.

The readers of workbooks are programs of others that unpack what others made. A child is forked where the system can do
that safely (Linux) and costs some hundredths of a second. Elsewhere the reader runs in this process, behind the same
checks of the file's outline, and without those limits.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from loaders.files.cells import Unreadable
from loaders.limits import Limits
from tracing.text import Words, catalogue

_, _n = catalogue("loaders")

_T = TypeVar("_T")

CAN_FORK: Final = sys.platform == "linux"
#: Of how many seconds by the clock a reader may make one of work, on a machine that others use, too.
_PATIENCE: Final = 5
_PIECE: Final = 1 << 20


def read_confined(reader: Callable[[], _T], limits: Limits, *, size: int, kind: Words) -> _T:
    """Return what ``reader`` returns, read in a process of its own where that can be had.

    Parameters
    ----------
    reader
        Reads what it closes over; its result can be pickled.
    limits
        Bytes of memory and seconds of work that it may take.
    size
        Bytes of what is read: a small file gets little of both.
    kind
        What it reads, for the message.

    Raises
    ------
    Unreadable
        What ``reader`` raises itself; ``file.memory``, ``file.time`` or ``file.unreadable`` if it was stopped or broke.
    """
    if not CAN_FORK:
        return _guarded(reader, kind)
    limits = limits.of_size(size)
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        _run(reader, limits, into)
    os.close(into)
    done = False
    try:
        data = _receive(out, limits.seconds * _PATIENCE)
        done = data is not None
    finally:
        os.close(out)
        if not done:
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
    if data is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)):
        raise Unreadable("file.time", seconds=limits.seconds)
    result: _T = _result(data, limits, kind)
    return result


def _guarded(reader: Callable[[], _T], kind: Words) -> _T:
    try:
        return reader()
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as wrong:  # a reader written in Rust says so that it broke
        raise _broken(kind) from wrong


def _broken(kind: Words) -> Unreadable:
    return Unreadable("file.unreadable", kind=kind, reason=_("its reader broke off"))


def _result(data: bytes, limits: Limits, kind: Words) -> Any:
    try:
        how, said = pickle.loads(data)
    except (EOFError, pickle.UnpicklingError) as wrong:
        # The process ended without a word: memory that it could not have ends a reader so.
        raise Unreadable("file.memory", limit=f"{limits.memory_bytes >> 20} MB") from wrong
    if how == "unreadable":
        raise Unreadable(said[0], **said[1])
    if how == "memory":
        raise Unreadable("file.memory", limit=f"{limits.memory_bytes >> 20} MB")
    if how == "broken":
        raise _broken(kind)
    return said


def _receive(pipe: int, seconds: float) -> bytes | None:
    """Return all that comes through a pipe; None if it takes longer than ``seconds``."""
    parts: list[bytes] = []
    end = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([pipe], [], [], max(end - time.monotonic(), 0))
        if not ready:
            return None
        part = os.read(pipe, _PIECE)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _run(reader: Callable[[], object], limits: Limits, into: int) -> None:
    """Read in the child and send what came of it; this never returns."""
    try:
        _limit(limits)
        try:
            told: tuple[str, object] = ("good", reader())
        except Unreadable as wrong:
            told = ("unreadable", (wrong.code, wrong.words))
        except MemoryError:
            told = ("memory", None)
        except BaseException:
            told = ("broken", None)
        with os.fdopen(into, "wb") as pipe:
            try:
                pickle.dump(told, pipe, protocol=pickle.HIGHEST_PROTOCOL)
            except MemoryError:
                os._exit(1)
    finally:
        os._exit(0)


def _limit(limits: Limits) -> None:
    import faulthandler
    import resource

    faulthandler.disable()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    with open("/proc/self/statm", encoding="ascii") as told:
        taken = int(told.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (taken + limits.memory_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
