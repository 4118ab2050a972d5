"""A reader in a process of its own, with limits of memory and time: what goes wrong there ends that process only.

Readers are programs of others that unpack what others made. Where the system can do it safely (Linux) the process is
forked, both limits are the system's own, and what was read comes back through memory that both share: no cell is copied
twice. Elsewhere it is started anew, which takes about a second, and stopped when its time is over; its memory is not
limited. One process reads one file after the other until one ends it. It is a limit of what a file can take, not a cage
for a program that broke in.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, Final, Generic, NoReturn, Protocol, TypeVar

from loaders.files.cells import Unreadable
from loaders.limits import Limits
from tracing.text import catalogue

_, _n = catalogue("loaders")

_T = TypeVar("_T")

CAN_FORK: Final = sys.platform == "linux"
#: Of how many seconds by the clock a reader may make one of work, on a machine that others use, too.
_PATIENCE: Final = 3
#: Behind a file of so many bytes a new process reads the next one: the memory of this one is its own again.
_LARGE: Final = 16 << 20
#: Where each part of what was read begins and ends in the shared memory; behind all places stands how many there are.
_PLACE: Final = struct.Struct("<qq")
_COUNT: Final = struct.Struct("<q")
#: Columns begin at places that suit their numbers.
_EVEN: Final = 64
#: What a child says: it has read, the file cannot be read (why), memory ended.
_GOOD: Final = b"g"
_REFUSED: Final = b"r"
_NO_MEMORY: Final = b"m"
#: Threads that read one file; each may take some memory that counts.
_THREADS: Final = 8
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)


class _Child(Protocol):
    """A process that reads."""

    def ask(self, request: bytes, seconds: float) -> tuple[bytes, memoryview]:
        """Return what it says of a request, and what it read; nothing of a process that ended.

        Raises
        ------
        TimeoutError
            If it takes longer than ``seconds``, or all of its own.
        """
        ...

    def end(self) -> None:
        """End it, whatever it does."""
        ...


class Confined(Generic[_T]):
    """Reads one file after the other in a process of its own, until :meth:`end`.

    Parameters
    ----------
    read
        Reads a file. A function of a module with its first words given, so that it and its result can be pickled.
    limits
        Bytes of memory and seconds of work that it may take; of a small file, little of both.
    """

    def __init__(self, read: Callable[[Path], _T], limits: Limits) -> None:
        self._read = read
        self._limits = limits
        self._child: _Child | None = None

    def end(self) -> None:
        """End the process; the next file is read by a new one."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def read(self, path: Path, size: int) -> _T:
        """Return what is read from ``path``, a file of ``size`` bytes.

        Raises
        ------
        Unreadable
            What the reader raises itself; ``file.memory``, ``file.time`` or ``file.broken`` if it was stopped or broke.
        """
        limits = self._limits.of_size(size)
        child = self._child = self._child or (_Forked(self._read) if CAN_FORK else _Started(self._read))
        said = b""
        try:
            said, found = child.ask(
                pickle.dumps((path, limits.memory_bytes, limits.seconds)), limits.seconds * _PATIENCE
            )
        except TimeoutError as wrong:
            raise Unreadable("file.time", seconds=limits.seconds) from wrong
        finally:
            if said in (b"", _NO_MEMORY) or size > _LARGE:
                self.end()
        if said == _GOOD:
            result: _T = _taken(found)
            return result
        if said.startswith(_REFUSED):
            code, words = pickle.loads(said[1:])
            raise Unreadable(code, **words)
        # A process that ended without a word: memory that it could not have, or that the system took, ends a reader so.
        raise Unreadable("file.memory", limit=f"{limits.memory_bytes >> 20} MB")


class _Forked:
    """A copy of this process that reads; what it read comes back in memory that it shares."""

    def __init__(self, read: Callable[[Path], object]) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with warnings.catch_warnings():
            # Threads of Arrow and DuckDB stay behind; what they hold the child does without, or is stopped by its time.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._id = os.fork()
        if self._id == 0:
            self._line.close()
            _serve_forked(read, theirs)
        theirs.close()

    def ask(self, request: bytes, seconds: float) -> tuple[bytes, memoryview]:
        """As the protocol has it."""
        self._line.settimeout(seconds)
        try:
            self._line.send(request)
            said, given, _flags, _from = socket.recv_fds(self._line, 1 << 16, 1)
        except (BrokenPipeError, ConnectionResetError):
            said, given = b"", []
        if not said and os.WTERMSIG(self._status()) == signal.SIGXCPU:
            raise TimeoutError
        if not given:
            return said, memoryview(b"")
        with os.fdopen(given[0], "rb") as shared:
            return said, memoryview(mmap.mmap(shared.fileno(), 0, access=mmap.ACCESS_COPY))

    def _status(self) -> int:
        _id, status = os.waitpid(self._id, 0) if self._id else (0, 0)
        self._id = 0
        return status

    def end(self) -> None:
        """As the protocol has it."""
        self._line.close()
        if self._id:
            os.kill(self._id, signal.SIGKILL)
            self._status()


class _Started:
    """A new process that reads; what it read comes back through its output."""

    def __init__(self, read: Callable[[Path], object]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from loaders.files.confined import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._first = pickle.dumps(read)

    def ask(self, request: bytes, seconds: float) -> tuple[bytes, memoryview]:
        """As the protocol has it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            _send(self._process.stdin, (self._first, request) if self._first else (request,))
            self._first = b""
            said, found = _receive(self._process.stdout), _receive(self._process.stdout)
        except (OSError, EOFError):
            if late.is_set():
                raise TimeoutError from None
            said, found = b"", b""
        finally:
            timer.cancel()
        return said, memoryview(bytearray(found))

    def end(self) -> None:
        """As the protocol has it."""
        self._process.kill()
        self._process.communicate()


def _taken(data: memoryview) -> Any:
    """Return what a child left: its columns stay where they are."""
    (count,) = _COUNT.unpack_from(data, len(data) - _COUNT.size)
    places = _PLACE.iter_unpack(data[len(data) - _COUNT.size - count * _PLACE.size : -_COUNT.size])
    parts = [data[begin:end] for begin, end in places]
    return pickle.loads(parts[-1], buffers=parts[:-1])


def _send(pipe: IO[bytes], parts: Iterable[bytes]) -> None:
    for part in parts:
        pipe.write(_COUNT.pack(len(part)))
        pipe.write(part)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    head = pipe.read(_COUNT.size)
    if len(head) < _COUNT.size:
        raise EOFError
    (size,) = _COUNT.unpack(head)
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


# ------------------------------------------------------------------------------------------------------- in the child


def _serve_forked(read: Callable[[Path], object], line: socket.socket) -> NoReturn:
    """Read in a forked child until nobody asks any more."""
    try:
        _settle()
        while request := line.recv(1 << 16):
            path, memory, seconds = pickle.loads(request)
            with os.fdopen(os.memfd_create("read"), "wb", buffering=0) as shared:
                said = _answer(read, path, memory, seconds, shared)
                socket.send_fds(line, [said], [shared.fileno()] if said == _GOOD else [])
    finally:
        os._exit(0)


def serve() -> None:
    """Read in a process started for it until nobody asks any more."""
    import io

    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    read = pickle.loads(_receive(sys.stdin.buffer))
    while True:
        try:
            path, _memory, _seconds = pickle.loads(_receive(sys.stdin.buffer))
        except EOFError:
            return
        found = io.BytesIO()
        said = _answer(read, path, None, None, found)
        _send(out, (said, found.getvalue()))


def _answer(
    read: Callable[[Path], object], path: Path, memory: int | None, seconds: int | None, into: IO[bytes]
) -> bytes:
    """Read a file into ``into`` and return what is to be said of that."""
    try:
        if memory is not None and seconds is not None:
            _limit(memory, seconds)
        _leave(read(path), into)
    except Unreadable as wrong:
        return _REFUSED + pickle.dumps((wrong.code, wrong.words))
    except MemoryError:
        return _NO_MEMORY
    except BaseException as fault:  # a reader written in Rust says so that it broke off
        return _REFUSED + pickle.dumps(("file.broken", {"kind": type(fault).__name__}))
    return _GOOD


def _leave(found: object, into: IO[bytes]) -> None:
    """Write what was read where the other process finds it: large columns as they are, then the rest, then places."""
    parts: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(found, protocol=5, buffer_callback=parts.append)
    places = []
    for part in (*(one.raw() for one in parts), memoryview(rest)):
        begin = into.seek(-(-into.tell() // _EVEN) * _EVEN)
        written = 0
        while written < len(part):
            written += into.write(part[written:])
        places.append(_PLACE.pack(begin, into.tell()))
    into.write(b"".join(places) + _COUNT.pack(len(places)))


def _settle() -> None:
    """Leave alone what the other process has: its terminal, its objects, its signals."""
    import faulthandler
    import resource

    import pyarrow as pa

    gc.freeze()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    faulthandler.disable()
    quiet = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(quiet, standard)
    pa.set_cpu_count(min(pa.cpu_count(), _THREADS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)


def _limit(memory: int, seconds: int) -> None:
    """Let the reader take so many bytes and seconds more than it has taken."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as told:
        taken = int(told.read().split()[5]) * resource.getpagesize()
    used = resource.getrusage(resource.RUSAGE_SELF)
    worked = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_DATA, (taken + memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CPU, (worked + seconds, resource.RLIM_INFINITY))
